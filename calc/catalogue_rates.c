/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Reference rates in the catalogue. A rate holds until the day of the next one; that day stands in
 * its row, so a rate that was lost cannot let an older one pass for it.
 */
#include "calc/catalogue_store.h"

#include <stdlib.h>
#include <string.h>

const struct rate_source rate_sources[] = {
    {"ecb", "EUR", "European Central Bank reference rates"},
    {"cfets", "CNY", "CFETS central parity"},
};
const size_t nrate_sources = sizeof rate_sources / sizeof *rate_sources;

/* From which day a source has rates of a currency, to which. */
struct series {
    const char *source, *currency;
    struct date first, last;
};
static const struct cell_rule series_cells[] = {
    {"source", CELL_NAME, offsetof(struct series, source), 0, NULL},
    {"currency", CELL_CODE, offsetof(struct series, currency), 0, NULL},
    {"first", CELL_DATE, offsetof(struct series, first), 0, NULL},
    {"last", CELL_DATE, offsetof(struct series, last), 0, NULL},
};
enum { SERIES_CELLS = 4 };
const struct record_type series_type = {
    "series", sizeof(struct series), series_cells, SERIES_CELLS, "source and currency", 2, 0};

/* ---- writing ---- */

static int write_rates(struct query *q, const char *source, const struct rate_column *c, const struct rate_point *v,
                       size_t n, struct err *err)
{
    char value[DEC_TEXT];
    uint64_t sum = 0;

    for (size_t i = 0; i < n; i++) {
        dec_format(v[i].value, 0, value);
        query_text(q, source);
        query_text(q, c->currency);
        query_int(q, v[i].date.day);
        query_int(q, i + 1 < n ? v[i + 1].date.day : FAR_DAY);
        query_text(q, c->base);
        query_text(q, c->quote);
        query_int(q, c->units);
        query_text(q, value);
        if (query_run_sealed(q, &sum, err) != 0)
            return -1;
    }
    return 0;
}

static int add_series(struct arena *a, struct records *series, const char *source, const char *currency,
                      const struct rate_point *v, size_t n, struct err *err)
{
    const char **texts =
        arena_grow(a, series->texts, series->n * SERIES_CELLS, (series->n + 1) * SERIES_CELLS, sizeof *texts);
    char *days = arena_array(a, 2, DATE_TEXT);

    if (texts == NULL || days == NULL)
        return err_nomem(err);
    date_format(v[0].date, days);
    date_format(v[n - 1].date, days + DATE_TEXT);
    const char *const cells[SERIES_CELLS] = {source, currency, days, days + DATE_TEXT};
    memcpy(texts + series->n * SERIES_CELLS, cells, sizeof cells);
    series->texts = texts;
    series->n++;
    return 0;
}

static int write_source(struct query *q, const char *source, const struct rate_table *t, struct arena *a,
                        struct records *series, struct err *err)
{
    for (size_t i = 0, j; i < t->npoints; i = j) {
        const struct rate_point *v = &t->points[i];
        const struct rate_column *c = &t->columns[v->column];
        for (j = i + 1; j < t->npoints && t->points[j].column == v->column; j++)
            ;
        if (write_rates(q, source, c, v, j - i, err) != 0 ||
            add_series(a, series, source, c->currency, v, j - i, err) != 0)
            return -1;
    }
    return 0;
}

int rates_write(struct store *s, const struct rate_table *tables, struct err *err)
{
    struct arena arena = {NULL};
    struct records series = {.n = 0};
    struct query q;

    int rc = query_open(&q, s, "INSERT INTO rate VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?)", err);
    for (size_t i = 0; rc == 0 && i < nrate_sources; i++)
        rc = write_source(&q, rate_sources[i].id, &tables[i], &arena, &series, err);
    query_close(&q);
    if (rc == 0)
        rc = table_write(s, &series_type, &series, 0, err);
    arena_free(&arena);
    return rc;
}

/* ---- reading ---- */

static const char *source_id(const char *source)
{
    for (size_t i = 0; i < nrate_sources; i++)
        if (!strcmp(rate_sources[i].id, source))
            return rate_sources[i].id;
    return NULL;
}

static int unknown_source(const char *source, struct err *err)
{
    const char *known[8];
    size_t n = 0;

    for (; n < nrate_sources && n < 8; n++)
        known[n] = rate_sources[n].id;
    return rules_unknown("source of rates", source, known, n, err);
}

#define RATE_COLUMNS "source, currency, day, until, base, quote, units, value, seal"

static void copy_code(char out[CURRENCY_TEXT], const struct stored *v)
{
    memcpy(out, v->text, v->len < CURRENCY_TEXT ? v->len : 0);
}

/* The current row must be the one that was asked for: a damaged index may lead to another, sound one. */
static int take_rate(struct query *q, const char *source, const char *currency, struct published_rate *out,
                     struct err *err)
{
    struct published_rate r = {.source = source};
    struct stored row[8];
    uint64_t sum = 0;

    if (query_row(q, 9, row, &sum, err) != 0)
        return -1;
    if (strcmp(row[0].text, source) != 0 || strcmp(row[1].text, currency) != 0)
        return store_damage(q->store, "a rate of another currency", err);
    r.date = (struct date){(int32_t)row[2].number};
    copy_code(r.base, &row[4]);
    copy_code(r.quote, &row[5]);
    r.units = (int)row[6].number;
    if (dec_parse(row[7].text, row[7].len, &r.value, err) != 0)
        return store_unreadable(q->store, "a rate", err);
    *out = r;
    return 0;
}

struct asking {
    const char *source, *currency;
    struct date on, from;
    struct published_rate *out;
    bool *found;
    struct arena *arena;
    size_t *n;
    const char *const **list;
};

/* Is there to be a rate on that day? From the first day of the series on. */
static int expected(struct catalogue *c, const struct asking *a, bool *yes, struct err *err)
{
    const void *rows;
    size_t n;

    *yes = false;
    if (memory_table(c, &series_type, &rows, &n, err) != 0)
        return -1;
    const struct series *v = rows;
    for (size_t i = 0; i < n; i++)
        if (!strcmp(v[i].source, a->source) && !strcmp(v[i].currency, a->currency))
            *yes = date_cmp(v[i].first, a->on) <= 0;
    return 0;
}

static int read_rate(struct catalogue *c, void *ctx, struct err *err)
{
    const struct asking *a = ctx;
    struct query q;
    bool wanted;

    if (expected(c, a, &wanted, err) != 0)
        return -1;
    *a->found = wanted;
    if (!wanted)
        return 0;
    if (query_again(&q, &c->store,
                    "SELECT " RATE_COLUMNS " FROM rate WHERE source = ? AND currency = ? AND day <= ? "
                    "ORDER BY day DESC LIMIT 1",
                    err) != 0)
        return -1;
    query_text(&q, a->source);
    query_text(&q, a->currency);
    query_int(&q, a->on.day);
    int rc = query_next(&q, err);
    if (rc == 1)
        rc = query_get_int(&q, 3) > a->on.day ? take_rate(&q, a->source, a->currency, a->out, err)
                                              : store_damage(&c->store, "a rate is missing", err);
    else if (rc == 0)
        rc = store_damage(&c->store, "rates are missing", err);
    query_close(&q);
    return rc;
}

int catalogue_rate(struct catalogue *c, const char *source, const char *currency, struct date on,
                   struct published_rate *out, bool *found, struct err *err)
{
    struct asking a = {.source = source_id(source), .currency = currency, .on = on, .out = out, .found = found};

    if (a.source == NULL)
        return unknown_source(source, err);
    return catalogue_retry(c, read_rate, &a, err);
}

static int read_list(struct catalogue *c, void *ctx, struct err *err)
{
    struct asking *a = ctx;
    struct published_rate *v = NULL;
    size_t n = 0, cap = 0;
    int64_t before = FAR_DAY; /* the day of the rate read last: where this one ends */
    struct query q;
    int rc;

    if (query_open(&q, &c->store,
                   "SELECT " RATE_COLUMNS " FROM rate WHERE source = ? AND currency = ? AND day BETWEEN ? AND ? "
                   "ORDER BY day DESC",
                   err) != 0)
        return -1;
    query_text(&q, a->source);
    query_text(&q, a->currency);
    query_int(&q, a->from.day);
    query_int(&q, a->on.day);
    while ((rc = query_next(&q, err)) == 1) {
        if (n == cap) {
            cap = cap == 0 ? 64 : cap * 2;
            v = arena_grow(a->arena, v, n, cap, sizeof *v);
        }
        if (v == NULL)
            rc = err_nomem(err);
        else if (n > 0 && query_get_int(&q, 3) != before)
            rc = store_damage(&c->store, "a rate is missing", err);
        else
            rc = take_rate(&q, a->source, a->currency, &v[n], err);
        if (rc != 0)
            break;
        before = v[n++].date.day;
    }
    query_close(&q);
    a->out = v;
    *a->n = n;
    return rc;
}

int catalogue_rates(struct catalogue *c, struct arena *arena, const char *source, const char *currency,
                    struct date from, struct date to, struct published_rate **out, size_t *n, struct err *err)
{
    struct asking a = {
        .source = source_id(source), .currency = currency, .from = from, .on = to, .arena = arena, .n = n};

    if (a.source == NULL)
        return unknown_source(source, err);
    int rc = catalogue_retry(c, read_list, &a, err);
    *out = a.out;
    return rc;
}

static int text_order(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static int read_currencies(struct catalogue *c, void *ctx, struct err *err)
{
    struct asking *a = ctx;
    const void *rows;
    size_t n, kept = 0;

    if (memory_table(c, &series_type, &rows, &n, err) != 0)
        return -1;
    const struct series *v = rows;
    const char **list = arena_array(a->arena, n, sizeof *list);
    if (list == NULL)
        return err_nomem(err);
    for (size_t i = 0; i < n; i++)
        if (!strcmp(v[i].source, a->source) && (list[kept++] = arena_strdup(a->arena, v[i].currency)) == NULL)
            return err_nomem(err);
    if (kept > 1)
        qsort(list, kept, sizeof *list, text_order);
    *a->list = list;
    *a->n = kept;
    return 0;
}

int catalogue_currencies(struct catalogue *c, struct arena *arena, const char *source, const char *const **out,
                         size_t *n, struct err *err)
{
    struct asking a = {.source = source_id(source), .arena = arena, .list = out, .n = n};

    return a.source == NULL ? unknown_source(source, err) : catalogue_retry(c, read_currencies, &a, err);
}
