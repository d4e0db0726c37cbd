/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A data directory small enough to be loaded many times, in the scratch directory: the shipped rules,
 * classes and regions, the prices of tests/packs/two-dates as the bundled pack, shapes of three
 * machines, and a few days of rates.
 */
#ifndef TCO_SMALL_DATA_H
#define TCO_SMALL_DATA_H

#include "calc/catalogue.h"

#include "calc/err.h"

/* Writes it as "data"; the cache directory is "cache" beside it. */
void small_data(void);

struct small_catalogue {
    struct catalogue *c;
    struct arena arena;
    struct rules rules;
    char said[2048]; /* what the catalogue said, line by line */
};
/* Opens the catalogue of it (pack: a private pack, or NULL) and reads the rules; fails the test on an error. */
void small_open(struct small_catalogue *s, const char *pack);
int small_try(struct small_catalogue *s, const char *pack, struct err *err);
void small_close(struct small_catalogue *s);

/* The offers of a place known on a day; text lives in the small catalogue's arena. */
struct offer_list small_offers(struct small_catalogue *s, const char *site, const char *region, const char *service,
                               unsigned charges, const char *day);
struct date small_day(const char *text);

#endif
