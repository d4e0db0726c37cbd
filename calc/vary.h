/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A variable: one number of the configuration that takes other values, by its section, key and how it is written. Its
 * numbers are those of the text ("15%" is 15, "16 GiB" is 16), so that every value tried can be put into the file as
 * it is shown. Texts live in the arena that was given.
 */
#ifndef TCO_VARY_H
#define TCO_VARY_H

#include "calc/estimate.h"

struct vary {
    const char *name;          /* "fx:USD/CNY", "discount:aliyun-cn", "compute web.memory" */
    const char *section, *key; /* "compute web", "memory" */
    const char *suffix;        /* what follows the number in the file: "", "%", "% / month", " GiB", " CNY" */
    bool whole;                /* takes whole values only */
    bool percent;
    int places; /* decimals of an answer */
    int finest; /* decimals its text may have */
    bool has_base;
    dec_t base;      /* as configured, or of the rate in use; of a distribution its mean */
    dec_t low, high; /* what is searched when no range is asked for; low < high */
    bool has_limits; /* the key's own range is known in these numbers */
    dec_t least, most;
    const struct uncertain *uncertain; /* NULL: the number is certain */
};

struct vary_from {
    const struct scenario *scenario;
    const struct rules *rules;
    const struct fx_used *const *rates; /* in use: of an estimate of the scenario */
    size_t nrates;
};

/* The variable a word names: "fx:USD/CNY", "discount:SITE", "taxable_use" ([:BUYER]), "hours" ([:RESOURCE]),
 * "count:RESOURCE", "growth:RESOURCE", "months", "spread", "discount_rate", or "SECTION.KEY". */
int vary_find(const char *word, const struct vary_from *from, struct arena *a, struct vary *out, struct err *err);
/* The number of a setting of the scenario; *is false for one that is none, or that no estimate reads. */
int vary_setting(const struct setting *s, const struct vary_from *from, struct arena *a, struct vary *out, bool *is,
                 struct err *err);
/* A rate in use as a budget rate. */
int vary_rate(const struct fx_used *used, const struct vary_from *from, struct arena *a, struct vary *out,
              struct err *err);

/* "LOW..HIGH" in place of low and high: "5..9", "0%..30%", "16 GiB .. 64 GiB". */
int vary_range(struct vary *v, const char *text, struct err *err);

/* x as fine as the text may be; where the present value itself is finer than an answer, as fine as an answer. */
dec_t vary_round(const struct vary *v, dec_t x);
/* A value as the configuration takes it, with at least so many decimals; NULL when there is no memory. */
const char *vary_text(const struct vary *v, dec_t x, int places, struct arena *a);

#endif
