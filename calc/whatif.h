/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What-if: the base and each [scenario NAME] of a configuration, estimated in one run and looked at side by side.
 * The catalogue is asked once for all of them. The views only read.
 */
#ifndef TCO_WHATIF_H
#define TCO_WHATIF_H

#include "calc/kept.h"
#include "calc/report.h"
#include "calc/run.h"

struct whatif {
    const char *name;    /* "base" is the configuration itself; the first one */
    const char *changes; /* "compute web.count = 9", of the base "" */
    struct scenario scenario;
    struct estimate estimate;
};

struct whatifs {
    struct arena arena;
    struct kept kept;
    struct whatif *v;
    size_t n;
};

/* Of an opened run, which must outlive it. Free with whatifs_free() in any case. */
int whatifs_run(const struct run *r, const struct estimate_options *opt, struct whatifs *out, struct err *err);
void whatifs_free(struct whatifs *w);

/* The gravest of the statuses, as estimate_status(). */
int whatifs_status(const struct whatifs *w, const struct estimate_options *opt);

/* A site of one of them: its place in the estimate by the column's text, NULL when it is not compared there. */
const struct site_estimate *whatif_site(const struct whatif *w, const char *column);
/* The best ranked site, NULL when none is ranked. */
const struct site_estimate *whatif_best(const struct whatif *w);

/* How much more than in the base: known where both have totals in one currency; the share where the base's is above 0. */
struct whatif_more {
    bool known, has_share;
    dec_t more, share;
};
struct whatif_row {
    const struct whatif *of;
    const struct site_estimate *site;
    struct whatif_more cost, npv;
};
struct whatif_row whatif_row(const struct whatifs *w, const struct whatif *of, const struct site_estimate *site);

/* One of each --format: whatif_table.c, whatif_csv.c, whatif_json.c. */
int whatif_table(const struct whatifs *w, const struct report_options *opt, struct buf *out, struct err *err);
int whatif_csv(const struct whatifs *w, const struct report_options *opt, struct buf *out, struct err *err);
int whatif_json(const struct whatifs *w, const struct report_options *opt, struct buf *out, struct err *err);

#endif
