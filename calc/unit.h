/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Units of prices and how much of one a resource uses. An hour is 60 minutes; a day is 24 hours; a month is 1 month
 * whatever its hours; price lists' GB and GiB are both 2^30 bytes.
 */
#ifndef TCO_UNIT_H
#define TCO_UNIT_H

#include "calc/offer.h"
#include "calc/texts.h"

/* What one item of a resource takes of a part of an offer. */
struct measure {
    dec_t size;           /* in the price's unit, before time */
    dec_t time, time_div; /* a month is time / time_div of the unit's time; a term for PER_TERM */
};

/* The measure of a resource in a unit, for a month of `hours` hours. False when the unit does not
 * measure this resource (or its size is not known): *why is the text that says so. */
bool unit_measure(const struct resource *r, enum unit unit, dec_t hours, struct measure *out, enum text_id *why);

/* A whole term of `months` months instead of a month: PER_MONTH x months, PER_HOUR x hours x months ... */
struct measure measure_term(struct measure m, enum unit unit, int months);

#endif
