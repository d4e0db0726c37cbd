/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Typed values of the configuration: text in, a value at `out` out. Every parser takes the text
 * without blanks around it, checks it against what its key allows, and on failure says in *err
 * what is wrong and what is allowed, without naming the key (the caller does). Text that is kept
 * is copied to the arena. The comment names what `out` points at.
 */
#ifndef TCO_VALUE_H
#define TCO_VALUE_H

#include "calc/arena.h"
#include "calc/err.h"
#include "calc/rules.h"
#include "calc/scenario.h"

struct value_env {
    struct arena *arena;
    const char *key;                 /* as written: "region.aliyun-cn", "USD/CNY" */
    const char *allowed;             /* of the key's row: "a|b|c", "1 to 600", "over 0 to 744" */
    int line;                        /* for values that remember their place; 0 for none */
    const char *file;                /* the configuration, for paths relative to it */
    const struct rules *rules;       /* for sites, regions, currencies, cities */
    const struct scenario *scenario; /* for buyers, and the months of a profile */
    struct uncertain **found;        /* where a distribution is left; NULL: none is taken */
};

typedef int value_parser(const char *text, const struct value_env *env, void *out, struct err *err);

/* value.c */
value_parser value_text;       /* const char *: anything but nothing */
value_parser value_path;       /* const char *: relative paths begin at the directory of the file */
value_parser value_number;     /* struct value: in the allowed range */
value_parser value_whole;      /* int */
value_parser value_long;       /* int64_t */
value_parser value_percent;    /* struct value: a share, 8% is 0.08 */
value_parser value_word;       /* const char *: one of the allowed */
value_parser value_class;      /* const char *: the same, "any" as "" */
value_parser value_choice;     /* an enum: the index of the word among the allowed */
value_parser value_yes_no;     /* bool */
value_parser value_conditions; /* unsigned: bit 1 << index for each of the allowed words */
value_parser value_gpu;        /* struct value: none for no, 0 for yes, else the number of cards */

/* value_unit.c */
value_parser value_size;     /* struct value: GiB */
value_parser value_rate;     /* struct value: Mbps */
value_parser value_quantity; /* struct value: a bare number, or a size in GiB */
value_parser value_growth;   /* struct growth */

/* value_time.c */
value_parser value_month;    /* struct month */
value_parser value_date;     /* struct date */
value_parser value_duration; /* struct duration; "none": not given */

/* value_charge.c */
value_parser value_charge; /* struct charge_choice */

/* value_money.c */
value_parser value_currency;      /* char[CURRENCY_TEXT] */
value_parser value_currency_word; /* const char * */
value_parser value_amount;        /* struct amount: exact in the currency's minor unit */
value_parser value_amount_a_year; /* struct amount: "1000000 CNY / year" */
value_parser value_budget_rate;   /* struct scenario: appended to rates; the pair is the key */

/* value_place.c */
value_parser value_country; /* char[3] */
value_parser value_city;    /* const char *: the English name of a city with a region */
value_parser value_region;  /* struct scenario: appended to regions; the site is in the key */

/* value_site.c */
value_parser value_discount;       /* struct scenario: appended to discounts; site and kind are in the key */
value_parser value_pin;            /* struct resource: appended to pins; the site is in the key */
value_parser value_compared;       /* struct scenario: sites */
value_parser value_split_part;     /* struct split */
value_parser value_resource_sites; /* struct resource: sites */
value_parser value_cost_sites;     /* struct cost: sites */

/* value_quote.c */
value_parser value_term;       /* struct duration of whole months; "none": given, with 0 of them */
value_parser value_quote_site; /* const char *: a site that is known */

/* value_uncertain.c: each also as a distribution, whose mean it then is */
value_parser value_drawn_number;  /* struct value, as value_number */
value_parser value_drawn_percent; /* ... and so on */
value_parser value_drawn_size;
value_parser value_drawn_rate;
value_parser value_drawn_quantity;

/* value_profile.c */
value_parser value_count; /* struct resource: count, and the profile of a file */

/* value_risk.c */
value_parser value_risk_rates;   /* struct risk_rates */
value_parser value_price_change; /* struct value: a share per year; "none": not given */
value_parser value_cost_amount;  /* struct cost: amount, which may be a distribution */

/* value_fetch.c */
value_parser value_url;      /* const char *: http or https, without a user, query or slash at the end */
value_parser value_endpoint; /* struct fetch_settings: appended to endpoints; https, or http to a loopback address */
value_parser value_names;    /* struct name_list */

/* For the parsers themselves. */

/* "unknown <what> '<word>' (did you mean 'x'? known: a, b)"; returns -1. */
int value_unknown(struct err *err, const char *what, const char *word, const char *const *known, size_t n);
/* Splits "a|b|c" in the arena; NULL when there is no memory. */
const char *const *value_words(struct arena *a, const char *allowed, size_t *n);
struct value_range value_range(const char *allowed);
/* Is v, measured like the limits, in the allowed range? Else -1 with the text quoted. */
int value_in_range(dec_t v, const char *text, const struct value_env *env, struct err *err);
/* The first len bytes of text as a decimal; `what` ("number", "size") for the message. */
int value_decimal(const char *text, size_t len, const char *what, const struct value_env *env, dec_t *out,
                  struct err *err);
/* Length of the number that text begins with, and where the word after it begins. */
size_t value_number_length(const char *text, const char **rest);
/* The site of an id, or of the second part of a dotted key; unknown sites are errors, NULL then. */
const struct site *value_find_site(const char *id, const struct value_env *env, struct err *err);
const struct site *value_key_site(const struct value_env *env, struct err *err);

#endif
