/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Saved estimates in tests: a configuration on the bundled prices becomes an estimate, its JSON, and what is
 * read back from that.
 */
#ifndef TCO_SAVED_CASE_H
#define TCO_SAVED_CASE_H

#include "calc/buf.h"
#include "calc/saved.h"

struct saved_case {
    struct buf json;
    struct arena arena;
    struct saved saved;
};

/* Each fails the test when anything goes wrong. */
void saved_case(struct saved_case *c, const char *config);
void saved_case_free(struct saved_case *c);
/* The first `from` in text is `to`: malloc'd. Fails the test when there is none. */
char *saved_case_edit(const char *text, const char *from, const char *to);

const struct saved_site *saved_case_site(const struct saved *s, const char *column);
const struct saved_line *saved_case_line(const struct saved_site *s, const char *label);

/* A configuration of five sites and two buyers with growth, reservations, a ladder that two lines share, fees,
 * a settlement in another currency and a cost with VAT. */
extern const char saved_case_config[];

#endif
