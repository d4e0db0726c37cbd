/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The swift way against the long one: the same rows through config_over(), config_scenario() and estimate_run(),
 * whose figures other tests work out by hand. Every amount of every site must be the same, to the minor unit.
 */
#include "tests/support/test.h"

#include "tests/support/prepared.h"

#include "calc/kept.h"
#include "calc/swift.h"

#include <stdio.h>
#include <string.h>

enum { CELLS = 8 };

static uint64_t state = 88172645463325252U;
static uint64_t next(void) /* xorshift64 */
{
    state ^= state << 13;
    state ^= state >> 7;
    state ^= state << 17;
    return state;
}

/* A column and the cells it may hold; NULL ends them. */
struct words {
    const char *section, *key;
    const char *cells[12];
};

struct bench {
    struct prepared p;
    struct arena arena;
    struct kept kept;
    struct estimate_options options;
    struct batch_column columns[CELLS];
    struct batch_columns head;
    struct swift *swift;
    struct swift_scratch *scratch;
};

static void open_bench(struct bench *b, const char *text, const struct words *w, size_t n, unsigned wanted)
{
    struct err err;
    *b = (struct bench){.options = {.lang = "en"}};
    prepare(&b->p, text, NULL);
    b->kept = (struct kept){.catalogue = b->p.catalogue, .rules = &b->p.rules, .arena = &b->arena};
    b->options.kept = &b->kept;
    for (size_t i = 0; i < n; i++)
        b->columns[i] =
            (struct batch_column){.header = w[i].key, .kind = BATCH_KEY, .section = w[i].section, .key = w[i].key};
    b->head = (struct batch_columns){.file = "rows.csv", .v = b->columns, .n = n};
    struct swift_input in = {&b->p.config, &b->p.rules, &b->kept, &b->options, &b->head, wanted};
    assert_int_equal(swift_make(&b->swift, &in, &err), 0);
    if (b->swift)
        assert_int_equal(swift_scratch_make(&b->scratch, b->swift, &err), 0);
}

static void close_bench(struct bench *b)
{
    swift_scratch_free(b->scratch);
    swift_free(b->swift);
    arena_free(&b->arena);
    prepared_free(&b->p);
}

static const struct site_estimate *find(const struct estimate *e, const char *column)
{
    for (size_t i = 0; i < e->nsites; i++)
        if (!strcmp(e->sites[i].column, column))
            return &e->sites[i];
    return NULL;
}

static void same_amount(const char *what, const char *row, const char *site, dec_t exact, uint64_t minor, int places)
{
    char have[DEC_TEXT], want[DEC_TEXT];
    dec_t got = dec_of((int64_t)minor, places);
    if (got.v == exact.v)
        return;
    dec_format(got, places, have);
    dec_format(exact, places, want);
    fail_msg("%s of %s at %s: %s, not %s", what, row, site, have, want);
}

static void same_site(const struct swift_site *s, int list_places, const struct estimate *e, const char *row)
{
    const char *column = s->site->column;
    const struct site_estimate *x = find(e, column);
    int places = e->minor_units;
    assert_non_null(x);
    assert_int_equal(s->site->status, x->status);
    assert_int_equal(s->site->has_totals, x->has_totals);
    assert_int_equal(s->site->has_list, x->has_list);
    assert_true(s->oldest_price.day == x->oldest_price.day);
    if (!x->has_totals)
        return;
    if (x->has_list)
        same_amount("list", row, column, x->list, s->list, list_places);
    same_amount("net", row, column, x->m.net, s->m.net, places);
    same_amount("tax", row, column, x->m.tax, s->m.tax, places);
    same_amount("recoverable", row, column, x->m.recoverable, s->m.recoverable, places);
    same_amount("withheld", row, column, x->m.withheld, s->m.withheld, places);
    same_amount("fees", row, column, x->m.fees, s->m.fees, places);
    same_amount("other", row, column, x->m.other, s->m.other, places);
    same_amount("cost", row, column, x->m.cost, (uint64_t)minor_cost(&s->m), places);
    assert_true(s->npv.v == x->npv.v);
    assert_int_equal(s->rank, x->rank);
    assert_int_equal(s->has_vs_best, x->has_vs_best);
    assert_true(!x->has_vs_best || s->vs_best.v == x->vs_best.v);
    assert_string_equal(s->site->region ? s->site->region->id : "", x->region ? x->region->id : "");
    assert_int_equal(s->site->nnotes, x->nnotes);
    for (size_t i = 0; i < x->nnotes; i++)
        assert_string_equal(s->site->notes[i], x->notes[i]);
    assert_int_equal(s->site->nreasons, x->nreasons);
}

/* The row both ways. Returns whether the swift way took it. */
static bool same_row(struct bench *b, const struct words *w, const struct batch_cell *cells, size_t n)
{
    struct override over[CELLS];
    size_t nover = 0;
    char text[400] = "";
    struct config c;
    struct scenario s;
    struct estimate e;
    struct err err;
    const struct swift_site *sites;
    for (size_t i = 0; i < n; i++) {
        if (cells[i].n > 0)
            over[nover++] = (struct override){w[i].section, w[i].key, cells[i].text, "rows.csv:2"};
        snprintf(text + strlen(text), sizeof text - strlen(text), "%s,", cells[i].text);
    }
    struct batch_row row = {.columns = &b->head, .cells = cells, .number = 1, .line = 2};
    int got = swift_row(b->swift, b->scratch, &row, &sites, &err);
    assert_true(got >= 0);
    if (got == 0)
        return false;
    if (config_over(&b->p.config, over, nover, &c, &err) || config_scenario(&c, &b->p.rules, &s, &err) ||
        estimate_run(&s, &b->p.rules, b->p.catalogue, &b->options, &e, &err))
        fail_msg("%s is taken, but %s", text, err.text);
    assert_int_equal(swift_sites(b->swift), e.nsites);
    for (size_t i = 0; i < e.nsites; i++)
        same_site(&sites[i], swift_list_places(b->swift, i), &e, text);
    estimate_free(&e);
    scenario_free(&s);
    config_free(&c);
    return true;
}

static size_t count(const char *const *v)
{
    size_t n = 0;
    while (n < 12 && v[n])
        n++;
    return n;
}

/* Random rows of the words; at least `least` per cent of them must be taken. */
static void random_rows(const char *base, const struct words *w, size_t n, int rows, int least)
{
    struct bench b;
    int taken = 0;
    open_bench(&b, base, w, n, SWIFT_COSTS | SWIFT_NPV | SWIFT_NOTES);
    assert_non_null(b.swift);
    for (int i = 0; i < rows; i++) {
        struct batch_cell cells[CELLS];
        for (size_t k = 0; k < n; k++) {
            const char *text = w[k].cells[next() % count(w[k].cells)];
            cells[k] = (struct batch_cell){text, strlen(text)};
        }
        taken += same_row(&b, w, cells, n);
    }
    if (taken * 100 < least * rows)
        fail_msg("%d of %d rows taken", taken, rows);
    close_bench(&b);
}

#define BUYERS                                                                                                         \
    "[buyer]\ncountry = CN\nsurcharge = 12%\n[buyer sg-sub]\ncountry = SG\nvat = registered\n"                         \
    "[buyer small]\ncountry = CN\nvat = small-scale\n"
#define SITES "aliyun-cn, tencent-cn, aws-cn, azure-cn, huawei-cn, aliyun-intl, aliyun-intl@sg-sub, aliyun-cn@small"

static const char machines[] = "[project]\nstart = 2027-01\nmonths = 36\ncurrency = CNY\ndiscount_rate = 8%\n"
                               "as_of = 2026-11-21\n" BUYERS "[fx]\nUSD/CNY = 7.10\nspread = 0.20%\n"
                               "[payment aliyun-intl]\nmethod = wire\nfee = 0.10%\n[payment]\n"
                               "invoice_handling = 12.50 CNY\n"
                               "[compare]\nsites = " SITES "\ncity = Beijing\ndiscount.aliyun-cn = 15%\n"
                               "[compute web]\nvcpu = 4\nmemory = 16 GiB\ncount = 6\ngrowth = 2% / month\n"
                               "[compute batch]\nvcpu = 16\nmemory = 32 GiB\ncount = 2\nhours = 240\n"
                               "[egress public]\nvolume = 2 TB\n"
                               "[cost icp]\namount = 3000 CNY\nwhen = once\nif = region-mainland, public\n";

static void counts_hours_growth_and_discounts(void **unused)
{
    (void)unused;
    static const struct words w[] = {
        {"compute web", "count", {"1", "7", "0.5", "1000", "12.345678901234", "", "333333"}},
        {"compute web", "hours", {"730", "1", "0.01", "365.25", "", "744"}},
        {"compute web", "growth", {"0%", "2% / month", "24% / year", "-1.5% / month", "", "0.0001% / month"}},
        {"compute batch", "count", {"1", "2", "", "19"}},
        {"compare", "discount.aliyun-cn", {"0%", "15%", "12.5%", "", "100%", "33.333333%"}},
        {"compare", "discount.aws-cn.compute", {"10%", "", "0.01%"}},
    };
    random_rows(machines, w, 6, 400, 95);
}

static void volumes_on_ladders(void **unused)
{
    (void)unused;
    static const struct words w[] = {
        {"egress public", "volume", {"1 GB", "10 TB", "51 TB", "123.456 GB", "400 TB", ""}},
        {"egress public", "growth", {"0%", "3% / month", ""}},
        {"compute web", "count", {"1", "6"}},
    };
    random_rows(machines, w, 3, 200, 60);
}

static void terms_paid_ahead(void **unused)
{
    (void)unused;
    static const char base[] =
        "[project]\nmonths = 30\ncurrency = USD\nas_of = 2026-11-21\n[fx]\nmax_age = none\n" BUYERS
        "[compare]\nsites = aliyun-cn, tencent-cn, aliyun-cn@sg-sub, huawei-cn\ncity = Beijing\n"
        "[compute web]\nvcpu = 2\nmemory = 4 GiB\ncharge = prepaid 1 month\ncount = 3\n";
    static const struct words w[] = {
        {"compute web", "count", {"1", "7", "2.5", "100"}},
        {"compute web", "growth", {"0%", "2% / month", "-3% / month", "24% / year"}},
        {"compare", "discount.aliyun-cn", {"", "5%", "12%"}},
    };
    random_rows(base, w, 3, 150, 50);
}

/* Yen have no minor unit, and the ECB's rates are crosses of many digits. */
static void other_currencies(void **unused)
{
    (void)unused;
    static const char base[] = "[project]\nmonths = 13\ncurrency = JPY\nas_of = 2026-07-30\ndiscount_rate = 3%\n"
                               "[fx]\nmax_age = none\n[buyer]\ncountry = JP\nvat = unregistered\ntax_rate = 10%\n"
                               "[compare]\nsites = aliyun-intl, aws-global, azure-global\ncity = Singapore\n"
                               "[compute web]\nvcpu = 4\nmemory = 8 GiB\n[object-storage files]\nsize = 500 GiB\n";
    static const struct words w[] = {
        {"compute web", "count", {"1", "7", "0.1", "3333"}},
        {"compute web", "hours", {"730", "11.5", ""}},
        {"object-storage files", "size", {"1 GiB", "100 TiB", "", "60 TiB"}},
    };
    random_rows(base, w, 3, 150, 50);
}

/* A line that no column changes may owe months beyond the horizon: they are paid, with their fees, all the same. */
static void terms_beyond_the_horizon(void **unused)
{
    (void)unused;
    static const char base[] = "[project]\nmonths = 5\nas_of = 2026-11-21\ndiscount_rate = 6%\n[fx]\nUSD/CNY = 7.10\n"
                               "[payment]\nmethod = wire\nfee = 1%\ninvoice_handling = 12.50 CNY\n"
                               "[compare]\nsites = azure-cn\nregion.azure-cn = chinanorth2\n"
                               "[compute held]\nvcpu = 2\nmemory = 4 GiB\ncharge = reserved 12 months unnamed\n"
                               "[compute web]\nvcpu = 2\nmemory = 8 GiB\n";
    static const struct words w[] = {{"compute web", "count", {"1", "7", "2.5", "100"}},
                                     {"compute web", "hours", {"730", "100", ""}}};
    random_rows(base, w, 2, 40, 90);
}

static void what_is_left_to_the_long_way(void **unused)
{
    (void)unused;
    static const struct words w[] = {{"compute web", "count", {NULL}}};
    static const char *const cells[] = {"-1", "0", "abc", "1000001", " 7", "7 ", "1e3", "1.1234567890123", "."};
    struct bench b;
    open_bench(&b, machines, w, 1, SWIFT_COSTS);
    for (size_t i = 0; i < sizeof cells / sizeof *cells; i++) {
        struct batch_cell cell = {cells[i], strlen(cells[i])};
        struct batch_row row = {.columns = &b.head, .cells = &cell, .number = 1, .line = 2};
        const struct swift_site *sites;
        struct err err;
        assert_int_equal(swift_row(b.swift, b.scratch, &row, &sites, &err), 0);
    }
    close_bench(&b);
    static const struct words shapes[] = {
        {"compute web", "vcpu", {NULL}}, {"project", "months", {NULL}}, {"compute new", "count", {NULL}}};
    for (size_t i = 0; i < 3; i++) {
        open_bench(&b, machines, &shapes[i], 1, SWIFT_COSTS);
        assert_null(b.swift);
        close_bench(&b);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(counts_hours_growth_and_discounts),
        cmocka_unit_test(volumes_on_ladders),
        cmocka_unit_test(terms_paid_ahead),
        cmocka_unit_test(other_currencies),
        cmocka_unit_test(terms_beyond_the_horizon),
        cmocka_unit_test(what_is_left_to_the_long_way),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
