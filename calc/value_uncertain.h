/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Values that may be distributions: what the parsers of numbers share to read them. A distribution is left at
 * env->found as well, for the list of the scenario, and where env has no place for one it is no value.
 */
#ifndef TCO_VALUE_UNCERTAIN_H
#define TCO_VALUE_UNCERTAIN_H

#include "calc/buf.h"
#include "calc/value.h"

/* Is text meant as a distribution: a word and an opening bracket, or two numbers with .. between them? */
bool value_is_uncertain(const char *text);

/* `one` reads a single number of the key into a struct value, or each number of a distribution. */
int value_or_uncertain(value_parser *one, const char *text, const struct value_env *env, struct value *out,
                       struct err *err);

/* "uniform(a, b), triangular(a, mode, b), ..." */
void uncertain_forms(struct buf *out);

#endif
