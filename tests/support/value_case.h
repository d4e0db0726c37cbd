/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Typed values in tests: one parser, rows of texts that it must refuse with an exact message.
 */
#ifndef TCO_VALUE_CASE_H
#define TCO_VALUE_CASE_H

#include "calc/value.h"

struct bad_value {
    const char *text, *message;
};

/* Parses with rules_fixture, the allowed words or range and the key given (either may be NULL), and
 * an empty scenario unless *s is given. Text in `out` lives until value_case_free(). */
int value_case(value_parser *parse, const char *key, const char *allowed, const char *text, void *out, struct err *err);
/* The same, and fails the test when there is an error. */
void value_case_good(value_parser *parse, const char *key, const char *allowed, const char *text, void *out);
void value_case_bad(value_parser *parse, const char *key, const char *allowed, const struct bad_value *rows, size_t n);
void value_case_free(void);

/* The buyers that lists of sites may name: the default one and "sg-sub". */
extern struct scenario value_case_scenario;

/* Fails unless v is the fixed decimal written as text. */
void value_case_is(struct value v, const char *text);

#define BAD(parse, key, allowed, rows) value_case_bad(parse, key, allowed, rows, sizeof(rows) / sizeof *(rows))

#endif
