/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Figures, days and phrases as people read them: 1,234,567.89 CNY, 6 %, 3 years 2 months. Every
 * text lives in the arena of its struct phrases; without memory it is "" and `failed` is set, so
 * write plainly and check once at the end.
 */
#ifndef TCO_PHRASE_H
#define TCO_PHRASE_H

#include "calc/arena.h"
#include "calc/estimate.h"
#include "calc/say.h"

struct phrases {
    struct arena arena;
    const char *lang;
    const struct rules *rules;
    bool failed;
};

/* The phrase with {1} .. {9} replaced by the texts given. */
#define say(p, id, ...) say_filled((p), (id), SAY_COUNT(__VA_ARGS__), (const char *const[]){__VA_ARGS__})
/* The texts one after the other. */
#define say_joined(p, ...) say_chain((p), SAY_COUNT(__VA_ARGS__), (const char *const[]){__VA_ARGS__})
const char *say_filled(struct phrases *p, enum text_id id, size_t n, const char *const *with);
const char *say_chain(struct phrases *p, size_t n, const char *const *texts);
const char *say_plain(struct phrases *p, enum text_id id); /* a phrase without {1} */

const char *say_amount(struct phrases *p, dec_t amount, int places);      /* 1,234.50 */
const char *say_money(struct phrases *p, dec_t amount, const char *code); /* 1,234.50 CNY, with its minor units */
const char *say_number(struct phrases *p, dec_t number);                  /* all its digits: 4,380, 0.161973 */
const char *say_exact(struct phrases *p, dec_t amount,
                      const char *code); /* all its digits, at least its minor units: 709.44174 USD, 0.50 USD */
const char *say_rate(struct phrases *p, dec_t rate);                       /* all its digits, at least 7.10 */
const char *say_count(struct phrases *p, long n);                          /* 12 */
const char *say_units(struct phrases *p, dec_t n, const char *unit);       /* 4,380 hours */
const char *say_items(struct phrases *p, dec_t n);                         /* 1 item, 6 items */
const char *say_percent(struct phrases *p, dec_t share);                   /* 0.002 is 0.2 % */
const char *say_percent1(struct phrases *p, dec_t share);                  /* one decimal, half-up: 16.7 % */
const char *say_day(struct phrases *p, struct date day);                   /* "" for none */
const char *say_month(struct phrases *p, struct month month);              /* 2027-03 */
const char *say_months(struct phrases *p, struct month first, int months); /* 2027-03 or 2027-03 … 2027-12 */
const char *say_month_count(struct phrases *p, int months);                /* 12 months */
const char *say_age(struct phrases *p, struct date then, struct date now); /* the two largest of years, months, days */

/* Text from outside with its control characters replaced by '?': what may reach a terminal. */
const char *say_clean(struct phrases *p, const char *text);
/* How a line is bought: "reserved 12 months"; of a fee, how it is paid. */
const char *say_charge(struct phrases *p, const struct line *l);
/* A runner-up's SKU, with its charge where `best` was asked for, and a word when its price is ambiguous. */
const char *say_runner_up(struct phrases *p, const struct line *l, const struct candidate *c);
const char *say_first(struct phrases *p, const char *text, size_t bytes); /* its first bytes */
/* Text of at most so many columns: a longer one is cut and ends in '~'. */
const char *say_cut(struct phrases *p, const char *text, size_t columns);
/* A site as the reader knows it: the column's text, in Chinese the site's name with @buyer. */
const char *say_site(struct phrases *p, const struct site_estimate *s);
/* Where a rate comes from: "European Central Bank reference rate". */
const char *say_rate_source(struct phrases *p, const char *source);
/* The same with how the rate was computed from what is published, and that it is too old when it is. */
const char *say_rate_how(struct phrases *p, const struct fx_used *u);

#endif
