/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A quote taken in by a test: two sites with their regions, the program's own words, and what the reading said.
 */
#ifndef TCO_TEST_QUOTE_INTAKE_H
#define TCO_TEST_QUOTE_INTAKE_H

#include "fetchers/quote_parts.h"
#include "tests/support/test.h"

struct intake {
    struct arena a;
    const struct quote_words *words;
    struct quote_terms terms;
    struct quote q;
    struct err err;
};

extern const struct rules intake_rules;

/* For cmocka: the state is the intake. */
int intake_start(void **state);
int intake_stop(void **state);

void take(struct intake *in, const char *body);
void take_file(struct intake *in, const char *path);
void must_say(const struct intake *in, enum quote_remark_kind kind, const char *text);
bool says(const struct intake *in, enum quote_remark_kind kind, const char *text);
void is(dec_t v, const char *expected); /* to its last digit */

#define INTAKE_TEST(f) cmocka_unit_test_setup_teardown(f, intake_start, intake_stop)

#endif
