/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/book_parts.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { FIGURES = 3 };

int book_open(struct book **out, int months, int offers, dec_t yearly, const struct book_value *values, size_t nvalues,
              struct err *err)
{
    struct book *b = calloc(1, sizeof *b);
    if (!b)
        return err_nomem(err);
    *b = (struct book){.months = months, .offers = offers, .values = values, .nvalues = nvalues};
    b->strands = calloc((size_t)offers, sizeof *b->strands);
    b->tolls = calloc((size_t)offers, sizeof *b->tolls);
    b->levels = calloc(nvalues + 1, LEVELS_MAX * sizeof *b->levels);
    if (!b->strands || !b->tolls || !b->levels) {
        book_free(b);
        return err_nomem(err);
    }
    if (npv_table_make(&b->npv, yearly, months, err)) {
        book_free(b);
        return -1;
    }
    for (size_t v = 0; v < nvalues; v++)
        for (size_t k = 0; k < values[v].nlevels; k++)
            b->levels[v * LEVELS_MAX + k] = dec_to_double(values[v].levels[k]);
    *out = b;
    return 0;
}

static void free_strands(struct strand *s)
{
    while (s) {
        struct strand *next = s->next;
        for (size_t i = 0; i < s->nanswers; i++)
            free(s->answers[i].factor);
        free(s->answers);
        free(s->amount);
        free(s->year);
        free(s);
        s = next;
    }
}

void book_free(struct book *b)
{
    if (!b)
        return;
    for (int o = 0; o < b->offers; o++) {
        if (b->strands)
            free_strands(b->strands[o]);
        for (struct toll *t = b->tolls ? b->tolls[o] : NULL, *next; t; t = next) {
            next = t->next;
            free(t->late);
            free(t);
        }
    }
    npv_table_free(&b->npv);
    free(b->strands);
    free(b->tolls);
    free(b->levels);
    free(b->flows);
    free(b);
}

int book_months(const struct book *b)
{
    return b->months;
}

/* Measured like the others of simulate.c: a product of lanes 0.5, an interpolation 4. */
double book_path_ns(const struct book *b)
{
    double ns = 0;
    for (int o = 0; o < b->offers; o++)
        for (const struct strand *s = b->strands[o]; s; s = s->next)
            ns += b->months * (2 + 12.0 * (double)s->nanswers);
    return ns;
}

/* The discount factor of a month: its end, or its start, which is the end of the month before. */
double book_discount(const struct book *b, int month, bool late)
{
    int end = late ? month + 1 : month;
    return end == 0 ? 1 : b->npv.sum[end] - b->npv.sum[end - 1];
}

/* Each list is kept in the order of the calls: sums have one order. */
static void append(struct strand **at, struct strand *s)
{
    while (*at)
        at = &(*at)->next;
    *at = s;
}

static double *figures_at(double *v, int months, int figure)
{
    return v + (size_t)figure * (size_t)months;
}

static void take_months(const struct book *b, const struct book_months *from, bool late, double *amount)
{
    for (int m = 0; m < b->months; m++) {
        figures_at(amount, b->months, FIGURE_COST)[m] = dec_to_double(from->cost[m]);
        figures_at(amount, b->months, FIGURE_NPV)[m] = dec_to_double(from->valued[m]) * book_discount(b, m, late);
        figures_at(amount, b->months, FIGURE_DUE)[m] = dec_to_double(from->due[m]);
    }
}

static struct strand *new_strand(int months)
{
    size_t n = (size_t)months;
    struct strand *s = calloc(1, sizeof *s);
    if (!s)
        return NULL;
    s->amount = calloc(n, FIGURES * sizeof *s->amount);
    s->year = calloc(n, sizeof *s->year);
    if (!s->amount || !s->year) {
        free_strands(s);
        return NULL;
    }
    return s;
}

int book_add(struct book *b, const struct book_flow *f, size_t *number, struct err *err)
{
    assert(f->offer >= 0 && f->offer < b->offers);
    struct strand *s = new_strand(b->months), **of = realloc(b->flows, (b->nflows + 1) * sizeof *of);
    if (of)
        b->flows = of;
    if (!s || !of) {
        free_strands(s);
        return err_nomem(err);
    }
    s->offer = f->offer;
    s->currency = f->currency;
    s->price = f->price;
    s->late = f->at == AT_END;
    for (int m = 0; m < b->months; m++)
        s->year[m] = f->year[m];
    take_months(b, &f->base, s->late, s->amount);
    append(&b->strands[f->offer], s);
    *number = b->nflows;
    b->flows[b->nflows++] = s;
    return 0;
}

/* ---- answers ---- */

static double *add_answer(struct strand *s, int value, size_t n, size_t size)
{
    struct answer *wider = realloc(s->answers, (s->nanswers + 1) * sizeof *wider);
    double *factor = wider ? malloc(n * size * sizeof *factor) : NULL;
    if (wider)
        s->answers = wider;
    if (factor)
        s->answers[s->nanswers++] = (struct answer){value, n, factor};
    return factor;
}

/* A sum of months, for an effect on the whole of a flow. */
static double total(const double *v, int months)
{
    double sum = 0;
    for (int m = 0; m < months; m++)
        sum += v[m];
    return sum;
}

/* The flow's amounts at every level: [level][figure][month]. */
static double *take_levels(const struct book *b, const struct strand *s, const struct book_months *at, size_t n)
{
    size_t size = FIGURES * (size_t)b->months;
    double *v = malloc(n * size * sizeof *v);
    for (size_t k = 0; v && k < n; k++) {
        if (!at[k].unknown)
            take_months(b, &at[k], s->late, v + k * size);
        for (size_t i = 0; at[k].unknown && i < size; i++)
            v[k * size + i] = NAN;
    }
    return v;
}

/* factor[(figure x months + month) x n + level] of each month by itself; of one without an amount the whole's. */
static void divide(const struct book *b, const double *base, const double *levels, size_t n, double *factor)
{
    size_t size = FIGURES * (size_t)b->months;
    for (size_t at = 0; at < size; at++) {
        size_t whole = at / (size_t)b->months * (size_t)b->months;
        double sum = total(base + whole, b->months);
        for (size_t k = 0; k < n; k++) {
            const double *v = levels + k * size;
            double of_all = sum == 0 ? 1 : total(v + whole, b->months) / sum;
            factor[at * n + k] = base[at] == 0 ? of_all : v[at] / base[at];
        }
    }
}

static bool differs(const double *base, const double *levels, size_t n, size_t size)
{
    for (size_t i = 0; i < n * size; i++)
        if (levels[i] != base[i % size])
            return true;
    return false;
}

/* Does the flow have an amount at some level in a month in which it has none at the base? */
static bool comes_up(const double *base, const double *levels, size_t n, size_t size)
{
    for (size_t i = 0; i < n * size; i++)
        if (base[i % size] == 0 && levels[i] != 0)
            return true;
    return false;
}

/* Such months in a strand of their own: 1 x what there is at the level. */
static int add_rest(struct book *b, const struct strand *s, int value, const double *levels, struct err *err)
{
    size_t size = FIGURES * (size_t)b->months, n = b->values[value].nlevels;
    struct strand *rest = new_strand(b->months);
    double *factor = rest ? add_answer(rest, value, n, size) : NULL;
    if (!factor) {
        free_strands(rest);
        return err_nomem(err);
    }
    rest->offer = s->offer;
    rest->currency = s->currency;
    rest->price = s->price;
    rest->late = s->late;
    memcpy(rest->year, s->year, (size_t)b->months * sizeof *s->year);
    for (size_t at = 0; at < size; at++) {
        rest->amount[at] = s->amount[at] == 0;
        for (size_t k = 0; k < n; k++)
            factor[at * n + k] = levels[k * size + at];
    }
    append(&b->strands[s->offer], rest);
    return 0;
}

static int answer(struct book *b, struct strand *s, int value, const double *levels, bool *told, struct err *err)
{
    size_t n = b->values[value].nlevels, size = FIGURES * (size_t)b->months;
    if (!differs(s->amount, levels, n, size))
        return 0;
    *told = true;
    double *factor = add_answer(s, value, n, size);
    if (!factor)
        return err_nomem(err);
    divide(b, s->amount, levels, n, factor);
    return comes_up(s->amount, levels, n, size) ? add_rest(b, s, value, levels, err) : 0;
}

int book_answer(struct book *b, size_t number, int value, const struct book_months *at, bool *told, struct err *err)
{
    assert(number < b->nflows && value >= 0 && (size_t)value < b->nvalues);
    struct strand *s = b->flows[number];
    double *levels = take_levels(b, s, at, b->values[value].nlevels);
    int rc = levels ? answer(b, s, value, levels, told, err) : err_nomem(err);
    free(levels);
    return rc;
}

/* ---- fees ---- */

int book_add_toll(struct book *b, const struct book_toll *from, struct err *err)
{
    assert(from->offer >= 0 && from->offer < b->offers && dec_sign(from->rate) > 0);
    struct toll *t = calloc(1, sizeof *t), **at = &b->tolls[from->offer];
    bool *late = calloc((size_t)b->months, sizeof *late);
    if (!t || !late) {
        free(t);
        free(late);
        return err_nomem(err);
    }
    *t = (struct toll){.currency = from->currency,
                       .percent_value = from->percent_value,
                       .rate = dec_to_double(from->rate),
                       .percent = dec_to_double(from->percent),
                       .min = from->has_min ? dec_to_double(from->min) : -INFINITY,
                       .max = from->has_max ? dec_to_double(from->max) : INFINITY,
                       .fixed = dec_to_double(from->fixed),
                       .late = late};
    for (int m = 0; m < b->months; m++)
        late[m] = from->at[m] == AT_END;
    while (*at)
        at = &(*at)->next;
    *at = t;
    return 0;
}
