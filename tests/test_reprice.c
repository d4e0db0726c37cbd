/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A bill's usage at other sites' prices. The property: a bill made of an estimate, repriced at its own site, comes to
 * what was billed, to the fen. Single figures are computed by hand from rows of the bundled pack.
 */
#include "tests/support/prepared.h"
#include "tests/support/test.h"

#include "calc/bill_words.h"
#include "calc/line_view.h"
#include "calc/reprice.h"

#include <stdio.h>
#include <string.h>

static const char head[] = "BilledCost,BillingCurrency,ChargePeriodStart,ServiceName,ServiceCategory,ChargeCategory,"
                           "ListCost,PricingQuantity,PricingUnit,RegionId,SkuId,PricingCategory\n";

struct repriced {
    struct prepared p;
    struct scenario terms;
    struct bill_sums sums;
    struct reprice_input in;
    struct reprice r;
};

static const struct reconcile_rate rates[] = {
    {"CNY", {DEC_ONE_UNIT}, {DEC_ONE_UNIT}},
    {"USD", {DEC_ONE_UNIT * 71 / 10}, {DEC_ONE_UNIT * 71 / 10}},
    {"SGD", {DEC_ONE_UNIT * 53 / 10}, {DEC_ONE_UNIT * 53 / 10}},
};

/* ---- reading a bill held in memory ---- */

struct feed {
    const char *at;
    size_t left;
};

static ssize_t give(void *ctx, void *into, size_t room)
{
    struct feed *f = ctx;
    size_t n = f->left < room ? f->left : room;

    memcpy(into, f->at, n);
    f->at += n;
    f->left -= n;
    return (ssize_t)n;
}

static void sum_up(const char *text, struct bill_sums *sums)
{
    struct feed f = {text, strlen(text)};
    struct bill *b;
    struct bill_row row;
    struct err err = {0};
    int got;

    if (bill_open(&b, "bill.csv", give, &f, NULL, &err) != 0)
        fail_msg("%s", err.text);
    while ((got = bill_next(b, &row, &err)) == 1)
        assert_int_equal(bill_sums_add(sums, &row, &err), 0);
    if (got != 0)
        fail_msg("%s", err.text);
    bill_close(b);
}

/* ---- repricing one ---- */

static void prepare_input(struct repriced *x, const char *site, const char *bill)
{
    x->sums = (struct bill_sums){0};
    sum_up(bill, &x->sums);
    x->in = (struct reprice_input){.terms = &x->terms,
                                   .rules = &x->p.rules,
                                   .catalogue = x->p.catalogue,
                                   .site = rules_site(&x->p.rules, site),
                                   .sums = x->sums.v,
                                   .nsums = x->sums.n,
                                   .rates = rates,
                                   .nrates = 3,
                                   .os = ""};
}

static void run(struct repriced *x)
{
    struct err err = {0};

    if (reprice_run(&x->in, &x->r, &err) != 0)
        fail_msg("%s", err.text);
}

static void again(struct repriced *x)
{
    reprice_free(&x->r);
    run(x);
}

/* The bill of a site on the terms of a configuration. */
static void open_bill(struct repriced *x, const char *config, const char *site, const char *bill)
{
    struct err err = {0};

    prepare(&x->p, config, NULL);
    if (config_terms(&x->p.config, &x->p.rules, &x->terms, &err) != 0)
        fail_msg("%s", err.text);
    prepare_input(x, site, bill);
}

static void repriced_free(struct repriced *x)
{
    reprice_free(&x->r);
    bill_sums_free(&x->sums);
    scenario_free(&x->terms);
    prepared_free(&x->p);
}

static const struct reprice_site *site_of(const struct repriced *x, const char *column)
{
    for (size_t i = 0; i < x->r.nsites; i++)
        if (!strcmp(x->r.sites[i].column, column))
            return &x->r.sites[i];
    fail_msg("no site %s", column);
    return NULL;
}

/* ---- the property ---- */

static void put_number(struct buf *out, dec_t value)
{
    char text[DEC_TEXT];

    dec_format(value, 0, text);
    buf_printf(out, "%s,", text);
}

static void put_row(struct buf *out, const struct site_estimate *s, const struct line *l, struct month month,
                    dec_t billed, dec_t quantity)
{
    char text[DATE_TEXT];

    month_format(month, text);
    put_number(out, billed);
    buf_printf(out, "%s,%s-01T00:00:00Z,%s,,Usage,", l->fx->from, text, kind_table[l->resource->kind].service);
    put_number(out, billed);
    put_number(out, quantity);
    buf_printf(out, "%s,%s,%s,Standard\n", l->unit, s->region->id, l->offer->sku);
}

/* Each charge in two rows, as bills of days are: a third, and the rest. Without tax. */
static void put_month(struct buf *out, const struct site_estimate *s, const struct line *l, const struct line_run *r,
                      struct month month)
{
    dec_t net = r->billed, three = dec_int64(3);

    if (l->offer->basis == BASIS_INCL)
        net = dec_div_round(net, dec_add(DEC_ONE, r->tax->rate), 2, DEC_HALF_UP);
    dec_t a = dec_div(net, three, DEC_DOWN), c = dec_div(r->quantity, three, DEC_DOWN);
    put_row(out, s, l, month, a, c);
    put_row(out, s, l, month, dec_sub(net, a), dec_sub(r->quantity, c));
}

static void put_bill(struct buf *out, const struct estimate *e, const struct site_estimate *s)
{
    buf_puts(out, head);
    for (size_t i = 0; i < s->nlines; i++)
        for (size_t k = 0; s->lines[i].resource != NULL && line_has_amounts(&s->lines[i]) && k < s->lines[i].nruns; k++)
            for (int m = 0; m < s->lines[i].runs[k].months; m++)
                put_month(out, s, &s->lines[i], &s->lines[i].runs[k],
                          month_add(e->scenario->start, s->lines[i].runs[k].first + m));
    assert_false(out->failed);
}

#define PROJECT                                                                                                        \
    "[project]\nstart = 2027-01\nmonths = 14\nas_of = 2026-11-21\n[fx]\nUSD/CNY = 7.10\nSGD/CNY = 5.30\nspread = "     \
    "0.2%\n"                                                                                                           \
    "[buyer sg]\ncountry = SG\nvat = registered\n"                                                                     \
    "[payment]\nmethod = wire\ninvoice_handling = 10 USD\n"

static const char workload[] =
    PROJECT "[payment aliyun-intl]\nmethod = wire\nsettlement = SGD\nsettlement_rate = 1.35\n"
            "[compare]\nsites = aliyun-cn, azure-cn, aws-cn, aliyun-intl, aliyun-intl@sg\ncity = beijing\n"
            "discount.aliyun-cn = 15%\ndiscount.aliyun-intl = 7%\n"
            "[compute web]\nvcpu = 4\nmemory = 16 GiB\ncount = 6\ngrowth = 2% / month\n"
            "[compute small]\nvcpu = 2\nmemory = 4 GiB\ncount = 3\nhours = 301.7\n"
            "[egress public]\nvolume = 3 TB\n"
            "[cost move]\namount = 200 CNY\n";

/* What the estimate has beside the user's own costs. */
static struct money without_costs(const struct site_estimate *s)
{
    struct money m = {0};

    for (size_t i = 0; i < s->nlines; i++)
        if (s->lines[i].cost == NULL) {
            m.net = dec_add(m.net, s->lines[i].m.net);
            m.tax = dec_add(m.tax, s->lines[i].m.tax);
            m.fees = dec_add(m.fees, s->lines[i].m.fees);
            m.cost = dec_add(m.cost, s->lines[i].m.cost);
        }
    return m;
}

static void assert_same_money(const struct reprice_site *s, const struct site_estimate *e)
{
    struct money m = without_costs(e);

    assert_int_equal(dec_cmp(s->m.net, m.net), 0);
    assert_int_equal(dec_cmp(s->m.tax, m.tax), 0);
    assert_int_equal(dec_cmp(s->m.fees, m.fees), 0);
    assert_int_equal(dec_cmp(s->m.cost, m.cost), 0);
}

static void check_own_site(struct repriced *x, const struct site_estimate *e, bool fixed_hours)
{
    const struct site_ref one = {.site = e->site->id, .buyer = e->buyer->name};
    struct buf bill = {0};

    put_bill(&bill, &x->p.estimate, e);
    x->terms.sites = &one;
    x->terms.nsites = 1;
    prepare_input(x, e->site->id, bill.v);
    x->in.fixed_hours = fixed_hours;
    x->in.os = "linux";
    run(x);
    assert_int_equal(x->r.ntaken, x->r.nlines);
    assert_int_equal(x->r.nsites, 1);
    assert_dec(dec_sub(x->r.sites[0].m.net, x->r.taken), "0.00");
    assert_dec(x->r.sites[0].difference, "0.00");
    assert_int_equal(x->r.sites[0].status, e->status);
    for (size_t i = 0; i < x->r.nlines; i++) {
        const struct line_run *run = x->r.sites[0].cells[i].line->runs;
        assert_int_equal(dec_cmp(run->quantity, x->r.lines[i].sum->quantity), 0);
        assert_int_equal(dec_cmp(run->m.net, x->r.lines[i].net), 0);
    }
    assert_same_money(&x->r.sites[0], e);
    reprice_free(&x->r);
    bill_sums_free(&x->sums);
    buf_free(&bill);
}

/* Whether a month has its own hours or 730: what is sold by the hour and billed by the hour is the same. */
static void a_bill_repriced_at_its_own_site_is_what_was_billed(void **state)
{
    const struct estimate_options opt = {.all = true};
    struct repriced x;
    struct err err;

    (void)state;
    prepare_estimate(&x.p, workload, NULL, &opt);
    assert_int_equal(config_terms(&x.p.config, &x.p.rules, &x.terms, &err), 0);
    assert_int_equal(x.p.estimate.nsites, 5);
    for (size_t i = 0; i < x.p.estimate.nsites; i++)
        for (int fixed = 0; fixed < 2; fixed++)
            check_own_site(&x, &x.p.estimate.sites[i], fixed);
    scenario_free(&x.terms);
    prepared_free(&x.p);
}

/* ---- by hand ---- */

#define TERMS "[project]\nas_of = 2026-11-21\n[fx]\nUSD/CNY = 7.10\n[compare]\n"
#define EMPTY "[egress none]\nvolume = 1 GB\n"
#define ROW(billed, month, service, category, list, quantity, unit, region, sku)                                       \
    billed ",CNY,2026-" month "-01," service ",," category "," list "," quantity "," unit "," region "," sku ",\n"

static void open_rows(struct repriced *x, const char *sites, const char *site, const char *rows)
{
    char bill[4096], config[512];

    snprintf(bill, sizeof bill, "%s%s", head, rows);
    snprintf(config, sizeof config, TERMS "city = Beijing\nsites = %s\n" EMPTY, sites);
    open_bill(x, config, site, bill);
    x->terms.city = ""; /* the bill says where */
}

/* C2.2XLARGE16 in Bangkok, Linux: 2.24 for the first 96 hours of a machine's life, 1.12 to 360, 0.76 after, with 6 % in
 * them. 1,488 hours of October are two machines: 2 x (96 x 2.24 + 264 x 1.12 + 384 x 0.76) = 1,605.12, without tax
 * 1,514.26. Past the steps 1,488 x 0.76 = 1,130.88, without tax 1,066.87. */
static void a_life_begins_with_the_month_or_lies_before_it(void **state)
{
    struct repriced x;

    (void)state;
    open_rows(&x, "tencent-cn", "tencent-cn",
              ROW("1500", "10", "CVM", "Usage", "1514.26", "1488", "Hours", "ap-bangkok", "C2.2XLARGE16"));
    run(&x);
    assert_int_equal(x.r.ntaken, 0);
    assert_string_equal(x.r.lines[0].why, "sold with linux, windows: --os says which");
    assert_int_equal(reprice_status(&x.r), ERR_INCOMPLETE);
    x.in.os = "linux";
    again(&x);
    assert_dec(site_of(&x, "tencent-cn")->m.net, "1514.26");
    assert_int_equal(site_of(&x, "tencent-cn")->stepped, 1);
    assert_dec(site_of(&x, "tencent-cn")->difference, "14.26");
    assert_dec(dec_round(site_of(&x, "tencent-cn")->share, 6, DEC_HALF_UP), "0.009507"); /* 14.26 / 1500 */
    x.in.running = true;
    again(&x);
    assert_dec(site_of(&x, "tencent-cn")->m.net, "1066.87");
    assert_int_equal(site_of(&x, "tencent-cn")->stepped, 0);
    repriced_free(&x);
}

/* tests/test_reconcile.c: 4,380 h at 0.161973 USD are 709.44 USD, 5,037.02 CNY; here at the international site of the
 * same provider for a bill of the China station, where 4,380 h at 1.0465 CNY are 4,583.67, without tax 4,324.22. */
static void a_machine_goes_to_the_same_city_by_its_shape(void **state)
{
    struct repriced x;

    (void)state;
    open_rows(&x, "aliyun-cn, aliyun-intl", "aliyun-cn",
              ROW("4000.00", "10", "ECS", "Usage", "4324.22", "4380", "Hours", "cn-hangzhou", "ecs.g7.xlarge"));
    x.in.fixed_hours = true;
    run(&x);
    const struct reprice_site *own = site_of(&x, "aliyun-cn"), *other = site_of(&x, "aliyun-intl");
    assert_dec(own->m.net, "4324.22");
    assert_string_equal(own->regions, "cn-hangzhou");
    assert_string_equal(other->regions, "cn-hangzhou");
    assert_true(x.r.lines[0].resource.vcpu.fixed.v == dec_int64(4).v);
    assert_true(x.r.lines[0].resource.memory.fixed.v == dec_int64(16).v);
    assert_true(other->cells[0].priced && dec_sign(other->m.net) > 0);
    assert_true(dec_cmp(other->m.net, dec_of(503702, 2)) <= 0); /* the cheapest that fits */
    assert_dec(x.r.coverage, "1.00");
    assert_int_equal(reprice_status(&x.r), 0);
    repriced_free(&x);
}

/* What is no usage, or cannot be told, stands apart with its reason and its sum. */
static void nothing_is_dropped_and_nothing_guessed(void **state)
{
    static const struct {
        const char *row, *why;
    } cases[] = {
        {ROW("1", "10", "ECS", "Usage", "1", "1", "Hours", "", "ecs.g7.xlarge"),
         "the bill gives no region (region.aliyun-cn in [compare] names one)"},
        {ROW("1", "10", "ECS", "Usage", "1", "1", "Hours", "mars", "ecs.g7.xlarge"), "aliyun-cn has no region 'mars'"},
        {ROW("1", "10", "ECS", "Usage", "1", "1", "Hours", "cn-hangzhou", ""), "the bill gives no SKU"},
        {ROW("1", "10", "ECS", "Usage", "1", "1", "Hours", "cn-hangzhou", "ecs.g7"),
         "no price list of aliyun-cn in cn-hangzhou has this SKU"},
        {ROW("1", "10", "ECS", "Usage", "1", "", "", "cn-hangzhou", "ecs.g7.xlarge"), "the bill gives no quantity"},
        {ROW("1", "10", "ECS", "Usage", "1", "-1", "Hours", "cn-hangzhou", "ecs.g7.xlarge"),
         "the quantity is not above 0"},
        {ROW("1", "10", "ECS", "Usage", "1", "1", "Fortnights", "cn-hangzhou", "ecs.g7.xlarge"),
         "unknown unit 'Fortnights'"},
        {ROW("1", "10", "ECS", "Usage", "1", "1", "GB", "cn-hangzhou", "ecs.g7.xlarge"), "sold by hour, billed by GB"},
        {"1,CNY,2026-10-01,ECS,,Usage,1,1,Hours,cn-hangzhou,ecs.g7.xlarge,Committed\n",
         "not at the on-demand price: PricingCategory Committed"},
    };
    struct repriced x;
    char rows[4096] = "";
    size_t n = sizeof cases / sizeof *cases, used = 0;

    (void)state;
    for (size_t i = 0; i < n; i++)
        used += (size_t)snprintf(rows + used, sizeof rows - used, "%s", cases[i].row);
    snprintf(rows + used, sizeof rows - used, "%s",
             ROW("100", "10", "ECS", "Purchase", "100", "1", "Year", "cn-hangzhou", "ecs.g7.xlarge")
                 ROW("-7.5", "10", "ECS", "Credit", "", "", "", "", "") ROW("6", "10", "", "Tax", "", "", "", "", ""));
    open_rows(&x, "aliyun-cn", "aliyun-cn", rows);
    run(&x);
    assert_int_equal(x.r.nlines, n);
    for (size_t i = 0; i < n; i++)
        assert_string_equal(x.r.lines[i].why, cases[i].why);
    assert_dec(x.r.net[BILL_USAGE], "9.00");
    assert_dec(x.r.net[BILL_PURCHASE], "100.00");
    assert_dec(x.r.net[BILL_CREDIT], "-7.50");
    assert_dec(x.r.net[BILL_TAX], "6.00");
    assert_dec(x.r.billed, "101.50");
    assert_dec(x.r.coverage, "0.00");
    assert_int_equal(x.r.sites[0].rank, 0);
    repriced_free(&x);
}

/* 7,440 Mbps-hours of October could be one line of 10 Mbps or two of 5: the ladder of the price asks. */
static void a_ladder_over_one_item_needs_the_size_of_each(void **state)
{
    static const struct reprice_each ten = {KIND_BANDWIDTH, {DEC_ONE_UNIT * 10}};
    struct repriced x;

    (void)state;
    open_rows(&x, "aliyun-cn", "aliyun-cn",
              ROW("500", "10", "EIP", "Usage", "500", "7440", "Mbps-Hours", "cn-hangzhou", "eip_bgp"));
    run(&x);
    assert_int_equal(x.r.ntaken, 1);
    assert_int_equal(x.r.lines[0].resource.kind, KIND_BANDWIDTH); /* the SKU is one of egress too */
    assert_false(x.r.sites[0].cells[0].priced);
    assert_non_null(strstr(x.r.sites[0].cells[0].reason, "--each 'bandwidth=SIZE'"));
    assert_int_equal(reprice_status(&x.r), ERR_INCOMPLETE);
    x.in.each = &ten;
    x.in.neach = 1;
    again(&x);
    assert_true(x.r.sites[0].cells[0].priced);
    repriced_free(&x);
}

/* Azure sells disks in sizes: 500 GiB-months are five disks of 100 GiB there, so five of the 128 GiB disk. */
static void disks_of_a_size_are_as_many_as_hold_the_data(void **state)
{
    static const struct reprice_each hundred = {KIND_BLOCK_STORAGE, {DEC_ONE_UNIT * 100}};
    static const struct reprice_word ssd = {"CLOUD_SSD", "ssd"};
    struct repriced x;

    (void)state;
    open_rows(&x, "azure-cn", "tencent-cn",
              ROW("500", "10", "CBS", "Usage", "500", "500", "GiB-Months", "ap-beijing", "CLOUD_SSD"));
    x.in.classes = &ssd;
    x.in.nclasses = 1;
    run(&x);
    assert_int_equal(x.r.ntaken, 1);
    assert_non_null(strstr(x.r.sites[0].cells[0].reason, "--each 'block-storage=SIZE'"));
    x.in.each = &hundred;
    x.in.neach = 1;
    again(&x);
    const struct line *l = x.r.sites[0].cells[0].line;
    assert_true(x.r.sites[0].cells[0].priced);
    assert_dec(l->quantity, "5.00");
    assert_true(dec_cmp(l->offer->shape->disk_size, dec_int64(128)) == 0);
    repriced_free(&x);
}

/* A month has its own hours: 100 GiB-months of February are 100 x 672 GiB-hours where disks are sold so. */
static void months_have_their_own_hours(void **state)
{
    struct repriced x;

    (void)state;
    open_rows(&x, "tencent-cn", "tencent-cn",
              ROW("1", "02", "CBS", "Usage", "1", "100", "GiB-Months", "ap-beijing", "CLOUD_SSD")
                  ROW("1", "10", "CBS", "Usage", "1", "100", "GiB-Months", "ap-beijing", "CLOUD_SSD"));
    run(&x);
    assert_int_equal(x.r.ntaken, 2);
    assert_int_equal(x.r.ngroups, 2);
    const struct line *february = x.r.sites[0].cells[0].line, *october = x.r.sites[0].cells[1].line;
    assert_string_equal(february->unit, "GiB-hour");
    assert_dec(february->quantity, "67200.00");
    assert_dec(october->quantity, "74400.00");
    repriced_free(&x);
}

/* Two regions of one month are one invoice: its handling costs 10 CNY once, not twice. */
static void a_month_is_one_invoice_whatever_its_regions(void **state)
{
    struct repriced x;
    char bill[2048];

    (void)state;
    snprintf(bill, sizeof bill, "%s%s", head,
             ROW("1", "10", "ECS", "Usage", "1", "100", "Hours", "cn-hangzhou", "ecs.g7.xlarge")
                 ROW("1", "10", "ECS", "Usage", "1", "100", "Hours", "cn-beijing", "ecs.g7.xlarge")
                     ROW("1", "11", "ECS", "Usage", "1", "100", "Hours", "cn-beijing", "ecs.g7.xlarge"));
    open_bill(&x,
              "[project]\nas_of = 2026-11-21\n[payment]\ninvoice_handling = 10 CNY\n[compare]\nsites = aliyun-cn\n"
              "region.aliyun-cn = cn-hangzhou\n" EMPTY,
              "aliyun-cn", bill);
    x.terms.nregions = 0;
    run(&x);
    assert_int_equal(x.r.ngroups, 3);
    assert_dec(x.r.sites[0].m.fees, "20.00");
    assert_string_equal(x.r.sites[0].regions, "cn-beijing, cn-hangzhou");
    repriced_free(&x);
}

static void words_of_bills_are_units(void **state)
{
    (void)state;
    assert_int_equal(bill_unit("Hours"), UNIT_HOUR);
    assert_int_equal(bill_unit("GB-Mo"), UNIT_GB_MONTH);
    assert_int_equal(bill_unit("10K-Requests"), UNIT_REQUESTS_10K);
    assert_int_equal(bill_unit("Hrs"), UNIT_HOUR);
    assert_int_equal(bill_unit("GiB"), UNIT_GB);
    assert_int_equal(bill_unit(""), -1);
    assert_int_equal(bill_unit("s"), -1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_bill_repriced_at_its_own_site_is_what_was_billed),
        cmocka_unit_test(a_life_begins_with_the_month_or_lies_before_it),
        cmocka_unit_test(a_machine_goes_to_the_same_city_by_its_shape),
        cmocka_unit_test(nothing_is_dropped_and_nothing_guessed),
        cmocka_unit_test(a_ladder_over_one_item_needs_the_size_of_each),
        cmocka_unit_test(disks_of_a_size_are_as_many_as_hold_the_data),
        cmocka_unit_test(months_have_their_own_hours),
        cmocka_unit_test(a_month_is_one_invoice_whatever_its_regions),
        cmocka_unit_test(words_of_bills_are_units),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
