/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the row of a key says of a variable: how its numbers are written, how fine, what they may be, and where a
 * break-even is searched unless a range is asked for.
 */
#ifndef TCO_VARY_FORM_H
#define TCO_VARY_FORM_H

#include "calc/key.h"
#include "calc/vary.h"

/* What the number of a text is, whatever it may be drawn from. */
enum form { FORM_NONE, FORM_NUMBER, FORM_PERCENT, FORM_GROWTH, FORM_SIZE, FORM_RATE, FORM_QUANTITY, FORM_MONEY };
enum form form_of(const struct key *k);

/* Each sets what it is named after; `percent`, `whole` and `suffix` are set, for the last also `base`. */
void form_finest(struct vary *v, const struct key *k, const struct rules *r);
void form_limits(struct vary *v, const struct key *k);
void form_places(struct vary *v, const struct key *k);
void form_range(struct vary *v, const struct key *k);

#endif
