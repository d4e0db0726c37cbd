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

/* ---- rates from several tables ---- */

static int add_row(struct rate_rows *r, struct rate_row one, struct err *err)
{
    if (r->n == r->cap) {
        size_t cap = r->cap == 0 ? 4096 : r->cap * 2;
        struct rate_row *wider = realloc(r->v, cap * sizeof *wider);
        if (wider == NULL)
            return err_nomem(err);
        r->v = wider;
        r->cap = cap;
    }
    one.turn = r->n;
    r->v[r->n++] = one;
    return 0;
}

int rate_rows_add(struct rate_rows *r, int source, const struct rate_table *t, struct err *err)
{
    for (size_t i = 0; i < t->npoints; i++) {
        const struct rate_point *p = &t->points[i];
        const struct rate_column *c = &t->columns[p->column];
        struct rate_row one = {.source = source, .units = c->units, .day = p->date, .value = p->value};
        memcpy(one.currency, c->currency, sizeof one.currency);
        memcpy(one.base, c->base, sizeof one.base);
        memcpy(one.quote, c->quote, sizeof one.quote);
        if (add_row(r, one, err) != 0)
            return -1;
    }
    return 0;
}

void rate_rows_free(struct rate_rows *r)
{
    free(r->v);
    *r = (struct rate_rows){.v = NULL};
}

static int order_ints(int a, int b)
{
    return (a > b) - (a < b);
}

static int series_order(const struct rate_row *a, const struct rate_row *b)
{
    int order = order_ints(a->source, b->source);

    return order != 0 ? order : memcmp(a->currency, b->currency, sizeof a->currency);
}

static int day_order(const struct rate_row *a, const struct rate_row *b)
{
    int order = series_order(a, b);

    return order != 0 ? order : date_cmp(a->day, b->day);
}

static int rate_order(const void *pa, const void *pb)
{
    const struct rate_row *a = pa, *b = pb;
    int order = day_order(a, b);

    return order != 0 ? order : (a->turn > b->turn) - (a->turn < b->turn);
}

/* Sorted by source, currency and day; the one added last stays. */
static void settle(struct rate_rows *r)
{
    size_t kept = 0;

    if (r->n > 1)
        qsort(r->v, r->n, sizeof *r->v, rate_order);
    for (size_t i = 0; i < r->n; i++)
        if (i + 1 == r->n || day_order(&r->v[i], &r->v[i + 1]) != 0)
            r->v[kept++] = r->v[i];
    r->n = kept;
}

/* ---- writing ---- */

static int write_series(struct query *q, const struct rate_row *v, size_t n, struct err *err)
{
    char value[DEC_TEXT];
    uint64_t sum = 0;

    for (size_t i = 0; i < n; i++) {
        dec_format(v[i].value, 0, value);
        query_text(q, rate_sources[v[i].source].id);
        query_text(q, v[i].currency);
        query_int(q, v[i].day.day);
        query_int(q, i + 1 < n ? v[i + 1].day.day : FAR_DAY);
        query_text(q, v[i].base);
        query_text(q, v[i].quote);
        query_int(q, v[i].units);
        query_text(q, value);
        if (query_run_sealed(q, &sum, err) != 0)
            return -1;
    }
    return 0;
}

static int add_series(struct arena *a, struct records *series, const struct rate_row *v, size_t n, struct err *err)
{
    const char **texts =
        arena_grow(a, series->texts, series->n * SERIES_CELLS, (series->n + 1) * SERIES_CELLS, sizeof *texts);
    char *days = arena_array(a, 2, DATE_TEXT);

    if (texts == NULL || days == NULL)
        return err_nomem(err);
    date_format(v[0].day, days);
    date_format(v[n - 1].day, days + DATE_TEXT);
    const char *const cells[SERIES_CELLS] = {rate_sources[v->source].id, v->currency, days, days + DATE_TEXT};
    memcpy(texts + series->n * SERIES_CELLS, cells, sizeof cells);
    series->texts = texts;
    series->n++;
    return 0;
}

int rate_rows_write(struct rate_rows *r, struct store *s, struct err *err)
{
    struct arena arena = {NULL};
    struct records series = {.n = 0};
    struct query q = {0};

    settle(r);
    int rc = store_run(s, "DELETE FROM rate", err);
    if (rc == 0)
        rc = query_open(&q, s, "INSERT INTO rate VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?)", err);
    for (size_t i = 0, j; rc == 0 && i < r->n; i = j) {
        for (j = i + 1; j < r->n && series_order(&r->v[i], &r->v[j]) == 0; j++)
            ;
        rc = write_series(&q, &r->v[i], j - i, err);
        if (rc == 0)
            rc = add_series(&arena, &series, &r->v[i], j - i, err);
    }
    query_close(&q);
    if (rc == 0)
        rc = table_write(s, &series_type, &series, 0, err);
    arena_free(&arena);
    return rc;
}

/* ---- reading ---- */

int rate_source_find(const char *id)
{
    for (size_t i = 0; i < nrate_sources; i++)
        if (!strcmp(rate_sources[i].id, id))
            return (int)i;
    return -1;
}

static const char *source_id(const char *source)
{
    int at = rate_source_find(source);

    return at >= 0 ? rate_sources[at].id : NULL;
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

static int load_row(struct rate_rows *r, struct query *q, struct err *err)
{
    const char *currency = query_get_text(q, 1, NULL);
    struct rate_row one = {.source = rate_source_find(query_get_text(q, 0, NULL))};
    struct published_rate rate;

    if (one.source < 0 || strlen(currency) != CURRENCY_TEXT - 1)
        return store_damage(q->store, "a rate of an unknown source or currency", err);
    memcpy(one.currency, currency, CURRENCY_TEXT);
    if (take_rate(q, rate_sources[one.source].id, one.currency, &rate, err) != 0)
        return -1;
    memcpy(one.base, rate.base, CURRENCY_TEXT);
    memcpy(one.quote, rate.quote, CURRENCY_TEXT);
    one.units = rate.units;
    one.day = rate.date;
    one.value = rate.value;
    return add_row(r, one, err);
}

/* A series ends far off, and each rate where the next one begins: none is missing. */
static bool follows(const struct rate_rows *r, size_t i, int64_t until)
{
    bool last = i + 1 == r->n || series_order(&r->v[i], &r->v[i + 1]) != 0;

    return until == (last ? FAR_DAY : r->v[i + 1].day.day);
}

static size_t count_series(const struct rate_rows *r)
{
    size_t n = 0;

    for (size_t i = 0; i < r->n; i++)
        n += i == 0 || series_order(&r->v[i - 1], &r->v[i]) != 0;
    return n;
}

int rate_rows_load(struct rate_rows *r, struct store *s, struct err *err)
{
    struct query q;
    int64_t until = FAR_DAY; /* of the row read last */
    size_t series;
    uint64_t sum;
    int rc;

    if (query_open(&q, s, "SELECT " RATE_COLUMNS " FROM rate ORDER BY source, currency, day", err) != 0)
        return -1;
    while ((rc = query_next(&q, err)) == 1) {
        int64_t own = query_get_int(&q, 3);
        if (load_row(r, &q, err) != 0 ||
            (r->n > 1 && !follows(r, r->n - 2, until) && store_damage(s, "a rate is missing", err) != 0)) {
            rc = -1;
            break;
        }
        until = own;
    }
    query_close(&q);
    if (rc == 0 &&
        (until != FAR_DAY || tally_read(s, series_type.name, &series, &sum, err) != 0 || series != count_series(r)))
        rc = store_damage(s, "rates are missing", err);
    return rc;
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
