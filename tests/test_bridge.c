/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The variance bridge: parts add up whatever changed, one change alone makes one part, and figures worked by
 * hand. Whole cases with every part by hand are in tests/golden/diff.test.
 */
#include "tests/support/numbers.h"
#include "tests/support/saved_case.h"

#include "calc/bridge.h"

#include <stdlib.h>
#include <string.h>

/* One change of the configuration, and the parts it may move. Fees follow what is paid. */
#define MAY(part) (1u << PART_##part)
static const struct change {
    const char *from, *to;
    unsigned parts;
    const char *moves; /* a site that it moves; NULL: none */
} changes[] = {
    {"count = 3", "count = 3", 0, NULL},
    {"count = 3", "count = 5", MAY(QUANTITY) | MAY(FEES), "aliyun-cn"},
    {"growth = 2%", "growth = 3%", MAY(QUANTITY) | MAY(FEES), "tencent-cn"},
    {"growth = 2% / month", "hours = 300", MAY(QUANTITY) | MAY(FEES), "aliyun-intl"},
    {"size = 40 TiB", "size = 90 TiB", MAY(QUANTITY), "azure-cn"},
    {"USD/CNY = 7.10", "USD/CNY = 6.90", MAY(FX) | MAY(FEES), "tencent-intl"},
    {"EUR/CNY = 7.80", "EUR/CNY = 8.01", MAY(FX) | MAY(FEES), "aliyun-intl"},
    {"settlement_rate = 0.92", "settlement_rate = 0.88", MAY(FX) | MAY(FEES), "aliyun-intl"},
    {"settlement = EUR\nsettlement_rate = 0.92", "settlement = SGD\nsettlement_rate = 1.3", MAY(FX) | MAY(FEES),
     "aliyun-intl@sg"},
    {"taxable_use = 100%", "taxable_use = 63%", MAY(TAX), "azure-cn"},
    {"taxable_use = 100%", "invoice = ordinary", MAY(TAX), "aliyun-cn"},
    {"taxable_use = 100%", "wht = 10%", MAY(TAX) | MAY(FEES), "tencent-intl"},
    {"taxable_use = 100%", "wht = 10%\ntaxes_borne_by = supplier", MAY(TAX) | MAY(FEES), "tencent-intl"},
    {"count = 3", "count = 3\nvat_rate = 9%", MAY(TAX) | MAY(FEES), "tencent-cn"},
    {"vat_rate = 6%", "vat_rate = 13%", 0, NULL}, /* recovered */
    {"vat_rate = 6%", "month = 4", MAY(PRICE), "tencent-cn"},
    {"spread = 0.2%", "spread = 1.1%", MAY(FEES), "tencent-intl"},
    {"fee = 0.10%", "fee = 0.35%", MAY(FEES), "tencent-intl"},
    {"discount.aliyun-cn = 15%", "discount.aliyun-cn = 7.5%", MAY(DISCOUNT), "aliyun-cn"},
    {"amount = 2000 USD", "amount = 3210.99 USD", MAY(PRICE), "azure-cn"},
    {"when = yearly", "when = monthly", MAY(PRICE), "tencent-cn"},
    {"vcpu = 4", "vcpu = 8", MAY(PRODUCT), "aliyun-cn"},
    {"vcpu = 4", "vcpu = 4\ncharge = prepaid 12 months", MAY(PRODUCT) | MAY(FEES), "tencent-cn"},
    {"partial-upfront", "all-upfront", MAY(PRODUCT) | MAY(FEES), "tencent-intl"},
    {"growth = 30% / year", "count = 4", MAY(QUANTITY) | MAY(FEES), "tencent-intl"},
    {"months = 14", "months = 30", MAY(SCOPE), "azure-cn"},
    {"months = 14", "months = 5", MAY(SCOPE), "tencent-intl"},
    {"[cost migration]", "[cost training]", MAY(SCOPE), "aliyun-cn"},
    {"city = Beijing", "city = Shanghai", MAY(PRODUCT), "azure-cn"},
};
enum { CHANGES = sizeof changes / sizeof *changes };

static struct saved_case cases[CHANGES];

static int setup(void **state)
{
    (void)state;
    for (size_t i = 0; i < CHANGES; i++) {
        char *config = saved_case_edit(saved_case_config, changes[i].from, changes[i].to);
        saved_case(&cases[i], config);
        free(config);
    }
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    for (size_t i = 0; i < CHANGES; i++)
        saved_case_free(&cases[i]);
    return 0;
}

static void make(const struct saved *old, const struct saved *new, struct arena *a, struct bridge *b)
{
    struct err err;

    if (bridge_make(old, new, a, b, &err) != 0)
        fail_msg("%s", err.text);
}

static void assert_parts(const dec_t *parts, dec_t old, dec_t new)
{
    dec_t sum = DEC_ZERO;
    char text[DEC_TEXT];

    for (int k = 0; k < BRIDGE_PARTS; k++)
        sum = dec_add(sum, parts[k]);
    dec_format(dec_sub(new, old), 2, text);
    assert_dec(sum, text);
    assert_dec(parts[PART_ROUNDING], "0");
}

static size_t assert_site(const struct bridge_site *s)
{
    dec_t sums[BRIDGE_PARTS] = {{0}}, old = DEC_ZERO, new = DEC_ZERO;
    char text[DEC_TEXT];

    if (s->change != BRIDGE_COMPARED)
        return 0;
    assert_parts(s->parts, s->old->m.cost, s->new->m.cost);
    for (size_t i = 0; i < s->nlines; i++) {
        const struct bridge_line *l = &s->lines[i];
        assert_parts(l->parts, l->old != NULL ? l->old->m.cost : DEC_ZERO, l->new != NULL ? l->new->m.cost : DEC_ZERO);
        for (int k = 0; k < BRIDGE_PARTS; k++)
            sums[k] = dec_add(sums[k], l->parts[k]);
        old = dec_add(old, l->old_cost);
        new = dec_add(new, l->new_cost);
    }
    for (int k = 0; k < BRIDGE_PARTS; k++) {
        dec_format(sums[k], 0, text);
        assert_dec(s->parts[k], text);
    }
    dec_format(s->old->m.cost, 0, text);
    assert_dec(old, text);
    dec_format(s->new->m.cost, 0, text);
    assert_dec(new, text);
    return s->nlines;
}

static void parts_add_up_whatever_changed(void **state)
{
    size_t lines = 0;

    (void)state;
    for (size_t i = 0; i < CHANGES; i++)
        for (size_t j = 0; j < CHANGES; j++) {
            struct arena a = {NULL};
            struct bridge b;
            make(&cases[i].saved, &cases[j].saved, &a, &b);
            for (size_t k = 0; k < b.nsites; k++)
                lines += assert_site(&b.sites[k]);
            arena_free(&a);
        }
    assert_true(lines > 3000);
}

static void assert_moves(const struct change *c, const struct saved *old, const struct saved *new)
{
    struct arena a = {NULL};
    struct bridge b;
    bool moved = false;

    make(old, new, &a, &b);
    for (size_t k = 0; k < b.nsites; k++)
        for (size_t i = 0; i < b.sites[k].nlines * BRIDGE_PARTS; i++) {
            size_t part = i % BRIDGE_PARTS;
            if (b.sites[k].lines[i / BRIDGE_PARTS].notes & BRIDGE_RATES)
                fail_msg("%s -> %s: %s lacks a rate", c->from, c->to, b.sites[k].new->column);
            if (dec_sign(b.sites[k].lines[i / BRIDGE_PARTS].parts[part]) == 0)
                continue;
            if (!(c->parts & 1u << part))
                fail_msg("%s -> %s: %s moves %s", c->from, c->to, b.sites[k].new->column, bridge_part_names[part]);
            moved = moved || (c->moves != NULL && !strcmp(b.sites[k].new->column, c->moves));
        }
    if (moved != (c->moves != NULL))
        fail_msg("%s -> %s moves %s", c->from, c->to, moved ? "something" : "nothing");
    arena_free(&a);
}

static void one_change_moves_its_parts_only(void **state)
{
    (void)state;
    for (size_t i = 0; i < CHANGES; i++) {
        assert_moves(&changes[i], &cases[0].saved, &cases[i].saved);
        assert_moves(&changes[i], &cases[i].saved, &cases[0].saved);
    }
}

static const struct bridge_site *site_of(const struct bridge *b, const char *column)
{
    for (size_t i = 0; i < b->nsites; i++)
        if (!strcmp((b->sites[i].new != NULL ? b->sites[i].new : b->sites[i].old)->column, column))
            return &b->sites[i];
    fail_msg("no site %s", column);
    return NULL;
}

#define ONE                                                                                                            \
    "[project]\nstart = 2027-01\nmonths = 12\nas_of = 2026-11-21\n[fx]\nUSD/CNY = 7.10\n[compare]\n"                   \
    "sites = aliyun-cn, aliyun-intl\ncity = Hangzhou\n[compute web]\nsku.aliyun-cn = ecs.g7.xlarge\n"                  \
    "sku.aliyun-intl = ecs.g7.xlarge\ncount = 6\n"

/* The worked case of the estimate: six at 0.161973 USD an hour, 709.44 USD a month; at 7.10 5,037.02 CNY. At 7.20
 * 709.44 x 7.20 = 5,107.968, 5,107.97: 70.95 more each month, in twelve 851.40. VAT of 6 % is recovered. */
static void a_rate_by_hand(void **state)
{
    struct saved_case old, new;
    struct arena a = {NULL};
    struct bridge b;
    char *config = saved_case_edit(ONE, "7.10", "7.20");

    (void)state;
    saved_case(&old, ONE);
    saved_case(&new, config);
    make(&old.saved, &new.saved, &a, &b);
    const struct bridge_site *s = site_of(&b, "aliyun-intl");
    assert_dec(s->old_cost, "60444.24");
    assert_dec(s->new_cost, "61295.64");
    assert_dec(s->parts[PART_FX], "851.40");
    assert_dec(s->parts[PART_QUANTITY], "0");
    assert_true(bridge_risen(s, D("0.014")));
    assert_false(bridge_risen(s, D("0.0141"))); /* 851.40 / 60,444.24 = 1.40857 % */
    arena_free(&a);
    saved_case_free(&old);
    saved_case_free(&new);
    free(config);
}

/* From dollars without tax to yuan with it, by pinning nothing but the site: a price in another currency. The old
 * estimate has no rate of yuan for a bill in yuan, none is needed; from yuan to dollars it is the new one's. */
static void a_price_in_another_currency_is_product(void **state)
{
    struct saved_case old;
    struct arena a = {NULL};
    struct bridge b;

    (void)state;
    saved_case(&old, ONE);
    struct saved_site *sites = (struct saved_site *)(uintptr_t)old.saved.sites;
    struct saved other = old.saved;
    struct saved_site swapped[2] = {sites[1], sites[0]};
    swapped[0].column = sites[0].column;
    swapped[1].column = sites[1].column;
    other.sites = swapped;
    make(&old.saved, &other, &a, &b);
    for (size_t i = 0; i < 2; i++) {
        assert_site(&b.sites[i]);
        assert_int_equal(b.sites[i].lines[0].notes, 0);
        assert_dec(b.sites[i].parts[PART_QUANTITY], "0");
        assert_dec(b.sites[i].parts[PART_FX], "0");
    }
    /* cost is without tax on both: the difference of the sites is the product's alone */
    dec_t moved = dec_sub(sites[1].m.cost, sites[0].m.cost);
    char text[DEC_TEXT];
    dec_format(moved, 2, text);
    assert_dec(b.sites[0].parts[PART_PRODUCT], text);
    arena_free(&a);
    saved_case_free(&old);
}

/* Hours become terms: nothing is said of quantity. */
static void other_units_do_not_compare(void **state)
{
    struct arena a = {NULL};
    struct bridge b;

    (void)state;
    size_t prepaid = 0;
    while (strstr(changes[prepaid].to, "prepaid 12 months") == NULL)
        prepaid++;
    make(&cases[0].saved, &cases[prepaid].saved, &a, &b);
    const struct bridge_line *l = &site_of(&b, "tencent-cn")->lines[0];
    assert_string_equal(l->old->unit, "hour");
    assert_string_equal(l->new->unit, "term");
    assert_int_equal(l->notes, BRIDGE_UNITS);
    arena_free(&a);
}

/* What is stored differs from what follows by a fen a month: shown as rounding, here 12 x 0.01. */
static void what_does_not_follow_is_rounding(void **state)
{
    struct saved_case old;
    struct arena a = {NULL};
    struct bridge b;
    struct line_run run;

    (void)state;
    saved_case(&old, ONE);
    struct saved other = old.saved;
    struct saved_site site = *saved_case_site(&old.saved, "aliyun-cn");
    struct saved_line line = site.lines[0];
    run = line.runs[0];
    run.m.cost = dec_add(run.m.cost, D("0.01"));
    line.runs = &run;
    line.m.cost = dec_add(line.m.cost, D("0.12"));
    site.m.cost = line.m.cost;
    site.lines = &line;
    other.sites = &site;
    other.nsites = 1;
    make(&old.saved, &other, &a, &b);
    const struct bridge_site *s = site_of(&b, "aliyun-cn");
    assert_dec(s->parts[PART_ROUNDING], "0.12");
    for (int k = 0; k < PART_ROUNDING; k++)
        assert_dec(s->parts[k], "0");
    assert_int_equal(site_of(&b, "aliyun-intl")->change, BRIDGE_REMOVED);
    arena_free(&a);
    saved_case_free(&old);
}

/* Six at 4,583.67 a month incl 6 %: 4,324.22 recovered, 4,583.67 not. In the old estimate nothing is recovered from
 * July on: 6 x (4,324.22 - 4,583.67) = -1,556.70, all of it tax, though the new one has one run for the year. */
static void a_rule_that_ends_is_told_month_by_month(void **state)
{
    struct saved_case new;
    struct arena a = {NULL};
    struct bridge b;

    (void)state;
    saved_case(&new, ONE);
    struct saved old = new.saved;
    struct saved_site site = *saved_case_site(&new.saved, "aliyun-cn");
    struct saved_line line = site.lines[0];
    struct tax_used none = *line.runs[0].tax;
    struct line_run runs[2] = {line.runs[0], line.runs[0]};
    const struct saved_places places[2] = {line.places[0], line.places[0]};
    none.deductible = DEC_ZERO;
    runs[0].months = runs[1].months = runs[1].first = 6;
    runs[1].tax = &none;
    runs[1].m.recoverable = DEC_ZERO;
    runs[1].m.cost = runs[1].m.cash_out;
    line.runs = runs;
    line.places = places;
    line.nruns = 2;
    line.m.cost = site.m.cost = D("53447.34"); /* 6 x 4,324.22 + 6 x 4,583.67 */
    site.lines = &line;
    old.sites = &site;
    old.nsites = 1;
    make(&old, &new.saved, &a, &b);
    const struct bridge_site *s = site_of(&b, "aliyun-cn");
    assert_dec(s->parts[PART_TAX], "-1556.70");
    for (int k = 0; k < BRIDGE_PARTS; k++)
        if (k != PART_TAX)
            assert_dec(s->parts[k], "0");
    arena_free(&a);
    saved_case_free(&new);
}

static void estimates_that_do_not_compare_are_refused(void **state)
{
    struct arena a = {NULL};
    struct bridge b;
    struct err err;
    struct saved other = cases[0].saved;

    (void)state;
    memcpy(other.currency, "USD", sizeof other.currency);
    assert_int_equal(bridge_make(&cases[0].saved, &other, &a, &b, &err), -1);
    assert_int_equal(err.kind, ERR_USAGE);
    assert_string_equal(err.text, "the old estimate is in CNY, the new one in USD: not comparable (give both the same "
                                  "[project] currency)");
    other = cases[0].saved;
    other.minor_units = 3;
    assert_int_equal(bridge_make(&cases[0].saved, &other, &a, &b, &err), -1);
    arena_free(&a);
}

static void a_rise_from_nothing_is_above_every_share(void **state)
{
    struct bridge_site s = {.old_cost = DEC_ZERO, .new_cost = D("0.01")};
    dec_t pct;

    (void)state;
    assert_true(bridge_risen(&s, D("1000000")));
    assert_false(bridge_percent(&s, &pct));
    s.new_cost = DEC_ZERO;
    assert_false(bridge_risen(&s, DEC_ZERO));
    s.old_cost = D("100");
    s.new_cost = D("105");
    assert_false(bridge_risen(&s, D("0.05")));
    s.new_cost = D("105.01");
    assert_true(bridge_risen(&s, D("0.05")));
    assert_true(bridge_percent(&s, &pct));
    assert_dec(pct, "5.01");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(parts_add_up_whatever_changed),
        cmocka_unit_test(one_change_moves_its_parts_only),
        cmocka_unit_test(a_rate_by_hand),
        cmocka_unit_test(a_price_in_another_currency_is_product),
        cmocka_unit_test(other_units_do_not_compare),
        cmocka_unit_test(what_does_not_follow_is_rounding),
        cmocka_unit_test(a_rule_that_ends_is_told_month_by_month),
        cmocka_unit_test(estimates_that_do_not_compare_are_refused),
        cmocka_unit_test(a_rise_from_nothing_is_above_every_share),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
