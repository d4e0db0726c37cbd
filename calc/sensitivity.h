/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Sensitivity: every number of the configuration that an estimate reads, one at a time lower and higher, each time with
 * a whole estimate. What is looked at is the lead of the best ranked site: NPV of the second - NPV of the best.
 *
 * A number goes 10 % down and up (a percentage by a tenth of itself), within what its key allows; an uncertain one to
 * its 10th and 90th percentile. A number that is 0 stays: it has no tenth.
 */
#ifndef TCO_SENSITIVITY_H
#define TCO_SENSITIVITY_H

#include "calc/trial.h"
#include "calc/vary.h"

struct sensitivity_end {
    dec_t x;
    const char *text; /* x as the configuration takes it: "5.4", "6.39" */
    bool known;       /* both sites can be compared there */
    const char *why;  /* why not, "" when known */
    dec_t lead;
    const char *winner; /* who is ranked first; "": nobody */
};

enum { SENSITIVITY_LOW, SENSITIVITY_HIGH, SENSITIVITY_ENDS };
struct sensitivity_row {
    struct vary v;
    const char *base; /* as the configuration takes it */
    struct sensitivity_end ends[SENSITIVITY_ENDS];
    bool known;   /* at least one end is */
    dec_t effect; /* from the least to the greatest lead, the base's among them */
    size_t order; /* in the configuration */
};

struct sensitivity {
    const struct estimate *e;
    const char *best, *second;    /* columns */
    dec_t lead;                   /* >= 0 */
    struct sensitivity_row *rows; /* the largest effect first, unknown ones last */
    size_t nrows;
};

/* The estimate is of the trials' base. ERR_INCOMPLETE when fewer than two sites are ranked. */
int sensitivity_make(struct trials *v, const struct estimate *e, struct arena *a, struct sensitivity *out,
                     struct err *err);

#endif
