/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Quotes beside price lists, on the bundled prices: China station's ecs.g7.xlarge on demand at 1.0465 CNY an hour
 * with 6 % (Hangzhou). Expected amounts are worked out by hand beside each case.
 */
#include "tests/support/prepared.h"

#include "calc/compare.h"
#include "calc/quote_shelf.h"

#include <string.h>

#define HEAD                                                                                                           \
    "[project]\nstart = 2027-01\nmonths = 1\nas_of = 2026-11-21\n[fx]\nUSD/CNY = 7.10\n"                               \
    "[compare]\nsites = aliyun-cn, aliyun-intl\ncity = Hangzhou\n"
#define WEB "[compute web]\nvcpu = 4\nmemory = 16 GiB\nsku.aliyun-cn = ecs.g7.xlarge\nsku.aliyun-intl = ecs.g7.xlarge\n"
#define WEB_CN "[compute web]\nvcpu = 4\nmemory = 16 GiB\nsku.aliyun-cn = ecs.g7.xlarge\n"
#define OUT "[egress out]\nvolume = 100 GB\n"

struct bench {
    struct prepared p;
    struct scenario scenario;
    struct arena arena;
    struct compare c;
};

static struct quote_item row(const char *service, const char *sku, const char *price, enum unit unit)
{
    return (struct quote_item){.sheet = "",
                               .row = 2,
                               .label = "as written",
                               .service = service,
                               .sku = sku,
                               .region = "",
                               .os = "",
                               .unit = unit,
                               .list_price = D(price),
                               .price = D(price),
                               .basis = BASIS_INCL,
                               .has_tax_rate = true,
                               .tax_rate = D("0.06")};
}

static struct quote quote_of(const char *name, const char *site, const struct quote_item *items, size_t n)
{
    return (struct quote){.name = name,
                          .site = site,
                          .currency = "CNY",
                          .valid_until = DATE_NONE,
                          .dated = DATE_NONE,
                          .items = items,
                          .nitems = n};
}

static struct date day(const char *text)
{
    struct date d;
    assert_true(date_parse(text, strlen(text), &d));
    return d;
}

static int try_compare(struct bench *b, const char *text, const struct quote *quotes, size_t n, bool allow_stale,
                       const char *target, struct err *err)
{
    struct estimate_options opt = {.allow_stale = allow_stale};
    dec_t amount = target ? D(target) : DEC_ZERO;
    *b = (struct bench){0};
    prepare(&b->p, text, NULL);
    b->scenario = b->p.scenario;
    if (compare_sites(&b->p.scenario, quotes, n, &b->arena, &b->scenario.sites, &b->scenario.nsites, err) ||
        estimate_run(&b->scenario, &b->p.rules, b->p.catalogue, &opt, &b->p.estimate, err))
        return -1;
    return compare_make(&b->p.estimate, allow_stale, target ? &amount : NULL, &b->arena, &b->c, err);
}

static void compare(struct bench *b, const char *text, const struct quote *quotes, size_t n)
{
    struct err err;
    if (try_compare(b, text, quotes, n, false, NULL, &err))
        fail_msg("%s", err.text);
}

static void close_bench(struct bench *b)
{
    prepared_free(&b->p);
    arena_free(&b->arena);
}

static const struct compare_offer *offer_of(const struct bench *b, const char *column)
{
    for (size_t i = 0; i < b->c.noffers; i++)
        if (!strcmp(b->c.offers[i].site->column, column))
            return &b->c.offers[i];
    fail_msg("no offer %s", column);
    return NULL;
}

static void is(dec_t got, const char *expected)
{
    char text[DEC_TEXT];
    dec_format(got, 2, text);
    assert_string_equal(text, expected);
}

/* Every price of the site's own estimate, written as rows of a quote. */
static void copy_list(const struct site_estimate *e, struct quote_item *items, struct quote *q)
{
    size_t n = 0;
    for (size_t i = 0; i < e->nlines; i++) {
        const struct offer *o = e->lines[i].offer;
        if (!o)
            continue;
        assert_int_equal(o->parts[0].ntiers, 1);
        struct quote_item *item = &items[n++];
        *item = row(o->service, o->sku, "0", o->parts[0].unit);
        item->price = item->list_price = o->parts[0].tiers[0].price;
        item->basis = o->basis;
        item->has_tax_rate = o->has_tax_rate;
        item->tax_rate = o->tax_rate;
        item->term_months = item->period_months = o->term_months;
        item->paid = o->charge == CHARGE_PREPAID ? QUOTE_PAID_UPFRONT : QUOTE_PAID_PERIOD;
        memcpy(q->currency, o->currency, CURRENCY_TEXT);
    }
    q->items = items;
    q->nitems = n;
}

static void a_quote_of_list_prices_compares_as_nothing(void **state)
{
    (void)state;
    static const char text[] =
        "[project]\nstart = 2027-01\nmonths = 14\nas_of = 2026-11-21\ndiscount_rate = 7%\n[fx]\nUSD/CNY = 7.10\n"
        "spread = 0.2%\n[payment aliyun-intl]\nmethod = wire\n[compare]\nsites = tencent-cn, aliyun-intl\n"
        "region.tencent-cn = ap-guangzhou\nregion.aliyun-intl = cn-hangzhou\n[compute web]\nvcpu = 4\nmemory = 16 "
        "GiB\ncount = 3\ngrowth = 2% / month\n"
        "[compute year]\nvcpu = 4\nmemory = 16 GiB\ncharge = prepaid 12 months\nsites = tencent-cn\n"
        "[block-storage disk]\nsize = 500 GiB\n" OUT "[cost x]\namount = 12.34 USD\n";
    struct bench b;
    struct quote_item items[2][8];
    struct quote q[2] = {quote_of("cn", "tencent-cn", NULL, 0), quote_of("intl", "aliyun-intl", NULL, 0)};
    struct prepared p;
    prepare_estimate(&p, text, NULL, NULL);
    copy_list(prepared_site(&p, "tencent-cn"), items[0], &q[0]);
    copy_list(prepared_site(&p, "aliyun-intl"), items[1], &q[1]);
    assert_int_equal(q[0].nitems, 4);
    assert_int_equal(q[1].nitems, 3);
    compare(&b, text, q, 2);
    assert_int_equal(b.c.noffers, 4);
    for (size_t i = 0; i < 2; i++) {
        const struct compare_offer *o = offer_of(&b, i ? "aliyun-intl:intl" : "tencent-cn:cn");
        assert_int_equal(o->site->status, SITE_COMPLETE);
        assert_true(o->has_vs_list);
        assert_int_equal(dec_sign(o->vs_list), 0);
        assert_int_equal(dec_cmp(o->site->npv, o->list->site->npv), 0);
        assert_int_equal(dec_cmp(o->site->m.cash_out, o->list->site->m.cash_out), 0);
        assert_int_equal(o->nspare, 0);
        for (size_t r = 0; r < b.c.nrows; r++)
            if (b.c.rows[r].resource && o->cells[r].line) {
                assert_true(o->cells[r].has_vs_list);
                assert_int_equal(dec_sign(o->cells[r].vs_list), 0);
            }
    }
    close_bench(&b);
    prepared_free(&p);
}

/* 1,000.00 with 6 %: 943.40 net; with 9 %: 917.43 net. A special invoice gives the tax back, an ordinary one
 * nothing: 1,000.00; half of it back: 943.40 + 28.30 (56.60 x 0.5). 1,000.00 without tax and 9 %: 1,000.00. */
static void each_row_has_its_own_tax_and_invoice(void **state)
{
    (void)state;
    static const struct {
        const char *rate;
        enum tax_basis basis;
        bool ordinary;
        const char *share, *cost, *tax;
    } cases[] = {
        {"0.06", BASIS_INCL, false, NULL, "943.40", "56.60"},  {"0.09", BASIS_INCL, false, NULL, "917.43", "82.57"},
        {"0.06", BASIS_INCL, true, NULL, "1000.00", "56.60"},  {"0.06", BASIS_INCL, true, "0.5", "971.70", "56.60"},
        {"0.09", BASIS_EXCL, false, NULL, "1000.00", "90.00"}, {"0.06", BASIS_INCL, false, "0.5", "971.70", "56.60"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct quote_item items[] = {row("compute", "ecs.g7.xlarge", "1000", UNIT_MONTH),
                                     row("egress", "", "10", UNIT_GB)};
        items[0].tax_rate = D(cases[i].rate);
        items[0].basis = cases[i].basis;
        items[0].has_invoice = true;
        items[0].invoice = cases[i].ordinary ? INVOICE_ORDINARY : INVOICE_SPECIAL;
        items[0].has_share = cases[i].share != NULL;
        items[0].share = cases[i].share ? D(cases[i].share) : DEC_ZERO;
        struct quote q = quote_of("north", "aliyun-cn", items, 2);
        struct bench b;
        compare(&b, HEAD "discount.aliyun-cn = 50%\n" WEB OUT, &q, 1); /* for list prices, not for quotes */
        const struct compare_offer *o = offer_of(&b, "aliyun-cn:north");
        is(o->cells[0].line->m.cost, cases[i].cost);
        is(o->cells[0].line->m.tax, cases[i].tax);
        is(o->cells[1].line->m.cost,
           "943.40"); /* its neighbour keeps the buyer's invoice, with another rate beside it */
        close_bench(&b);
    }
}

/* 10,000.00 without tax at the end of the month; at 3 % a year: 10,000 x (1 - 0.03 x 45 / 365) / 1.03^(1/12)
 * = 9,963.0137 x 0.99753983 = 9,938.50; without a term 9,975.40 (1.03^(1/12) = 1.002466270). */
static void a_payment_term_moves_the_npv_alone(void **state)
{
    (void)state;
    static const char text[] = "[project]\nstart = 2027-01\nmonths = 1\nas_of = 2026-11-21\ndiscount_rate = 3%\n"
                               "[compare]\nsites = aliyun-cn\ncity = Hangzhou\n" WEB_CN;
    struct quote_item item = row("compute", "ecs.g7.xlarge", "10000", UNIT_MONTH);
    item.basis = BASIS_EXCL;
    struct quote q[] = {quote_of("now", "aliyun-cn", &item, 1), quote_of("later", "aliyun-cn", &item, 1)};
    q[1].days = 45;
    struct bench b;
    compare(&b, text, q, 2);
    const struct compare_offer *now = offer_of(&b, "aliyun-cn:now"), *later = offer_of(&b, "aliyun-cn:later");
    is(now->site->npv, "9975.40");
    is(later->site->npv, "9938.50");
    is(later->cells[0].line->npv, "9938.50");
    is(later->site->m.cost, "10000.00");
    assert_true(later->site->rank < now->site->rank); /* two quotes of one site are two offers */
    close_bench(&b);
    item.term_months = 1;
    item.paid = QUOTE_PAID_UPFRONT; /* paid before anything is used: no term moves it */
    compare(&b, text, q, 2);
    is(offer_of(&b, "aliyun-cn:later")->site->npv, "10000.00");
    close_bench(&b);
}

static void an_expired_quote_is_shown_and_not_ranked(void **state)
{
    (void)state;
    struct quote_item item = row("compute", "ecs.g7.xlarge", "1", UNIT_MONTH);
    struct quote q = quote_of("old", "aliyun-cn", &item, 1);
    struct bench b;
    struct err err;
    q.valid_until = day("2026-11-20");
    compare(&b, HEAD WEB, &q, 1);
    const struct compare_offer *o = offer_of(&b, "aliyun-cn:old");
    assert_true(o->expired);
    assert_int_equal(o->site->status, SITE_STALE);
    assert_string_equal(o->site->reasons[0], "web: the quote held until 2026-11-20 only");
    assert_int_equal(o->site->rank, 0);
    is(o->site->m.cost, "0.94");
    assert_string_equal(b.c.winner->site->column, "aliyun-cn");
    assert_string_equal(b.c.rows[0].winner->site->column, "aliyun-cn");
    close_bench(&b);
    assert_int_equal(try_compare(&b, HEAD WEB, &q, 1, true, NULL, &err), 0);
    assert_string_equal(b.c.winner->site->column, "aliyun-cn:old");
    assert_string_equal(b.c.rows[0].winner->site->column, "aliyun-cn:old");
    close_bench(&b);
    q.valid_until = day("2026-11-21"); /* its last day */
    compare(&b, HEAD WEB, &q, 1);
    assert_int_equal(offer_of(&b, "aliyun-cn:old")->site->rank, 1);
    close_bench(&b);
}

static void what_is_missing_on_either_side_is_said(void **state)
{
    (void)state;
    struct quote_item items[] = {row("compute", "ecs.g7.xlarge", "1", UNIT_MONTH),
                                 row("compute", "ecs.g7.xlarge", "1", UNIT_MONTH), row("nat", "", "5", UNIT_MONTH),
                                 row("compute", "ecs.other", "2", UNIT_MONTH)};
    items[1].region = "cn-beijing";
    struct quote q = quote_of("north", "aliyun-cn", items, 4);
    struct bench b;
    compare(&b, HEAD WEB OUT, &q, 1);
    const struct compare_offer *o = offer_of(&b, "aliyun-cn:north");
    assert_int_equal(o->site->status, SITE_INCOMPLETE);
    assert_int_equal(o->site->rank, 0);
    assert_false(o->has_vs_list);
    assert_true(o->cells[0].priced);
    assert_false(o->cells[1].priced);
    assert_string_equal(o->cells[1].line->reason, "no row of quote north fits");
    assert_int_equal(o->nspare, 3);
    assert_int_equal(o->spare[0].why, SPARE_REGION);
    assert_int_equal(o->spare[1].why, SPARE_SERVICE);
    assert_int_equal(o->spare[2].why, SPARE_UNFIT);
    /* its one line is the best there is; the rest comes from the list */
    assert_string_equal(b.c.rows[0].winner->site->column, "aliyun-cn:north");
    assert_string_equal(b.c.rows[1].winner->site->column, "aliyun-cn");
    assert_true(b.c.has_mix);
    assert_int_equal(
        dec_cmp(b.c.mix_cost, dec_add(o->cells[0].line->m.cost, offer_of(&b, "aliyun-cn")->cells[1].line->m.cost)), 0);
    close_bench(&b);
}

/* 943.40 for the machine and 943.40 for the traffic, 500 of own cost: to 2,000 it needs 386.80 of 1,886.80, which is
 * 20.50032 %: 20.51 % rounded up. Below 500 nothing helps. */
static void a_target_tells_the_discount(void **state)
{
    (void)state;
    static const struct {
        const char *target;
        enum compare_need need;
        const char *discount;
    } cases[] = {{"2000", NEED_DISCOUNT, "0.2051"},
                 {"2386.80", NEED_NOTHING, "0.00"},
                 {"2386.79", NEED_DISCOUNT, "0.0001"},
                 {"500", NEED_TOO_MUCH, "0.00"}};
    struct quote_item items[] = {row("compute", "ecs.g7.xlarge", "1000", UNIT_MONTH), row("egress", "", "10", UNIT_GB)};
    struct quote q = quote_of("north", "aliyun-cn", items, 2);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct bench b;
        struct err err;
        assert_int_equal(try_compare(&b, HEAD WEB OUT "[cost own]\namount = 500 CNY\nwhen = once\n", &q, 1, false,
                                     cases[i].target, &err),
                         0);
        const struct compare_offer *o = offer_of(&b, "aliyun-cn:north");
        assert_int_equal(o->need, cases[i].need);
        is(o->discount, cases[i].discount);
        close_bench(&b);
    }
}

static void own_costs_count_once_in_the_best_of_each_line(void **state)
{
    (void)state;
    struct quote_item items[] = {row("compute", "ecs.g7.xlarge", "1", UNIT_MONTH), row("egress", "", "10", UNIT_GB)};
    struct quote q = quote_of("north", "aliyun-cn", items, 2);
    struct bench b;
    compare(&b, HEAD WEB OUT "[cost own]\namount = 500 CNY\nwhen = once\n", &q, 1);
    const struct compare_offer *list = offer_of(&b, "aliyun-cn");
    assert_ptr_equal(b.c.rows[1].winner, list);
    /* 1.00 with 6 % is 0.94 net; 100 GB at 0.80 are 80.00, 75.47 net; 500 */
    is(b.c.mix_cost, "576.41");
    is(b.c.mix_npv, "576.41");
    close_bench(&b);
}

static void a_site_that_is_not_compared_comes_with_its_quote(void **state)
{
    (void)state;
    struct quote_item item = row("compute", "", "300", UNIT_MONTH);
    item.has_shape = true;
    item.vcpu = D("4");
    item.memory = D("16");
    struct quote q = quote_of("ten", "tencent-cn", &item, 1);
    struct bench b;
    compare(&b, HEAD "region.tencent-cn = ap-guangzhou\n" WEB, &q, 1);
    assert_int_equal(b.c.noffers, 4);
    assert_string_equal(b.c.offers[2].site->column, "tencent-cn");
    assert_string_equal(b.c.offers[3].site->column, "tencent-cn:ten");
    assert_int_equal(b.c.offers[3].site->status, SITE_COMPLETE); /* matched by its shape */
    close_bench(&b);
    item.memory = D("15.9");
    compare(&b, HEAD "region.tencent-cn = ap-guangzhou\n" WEB, &q, 1);
    assert_int_equal(offer_of(&b, "tencent-cn:ten")->site->status, SITE_INCOMPLETE);
    close_bench(&b);
}

static void two_prices_of_one_row_are_ambiguous(void **state)
{
    (void)state;
    struct quote_item items[] = {row("compute", "ecs.g7.xlarge", "1", UNIT_MONTH),
                                 row("compute", "ecs.g7.xlarge", "2", UNIT_MONTH)};
    struct quote q = quote_of("north", "aliyun-cn", items, 2);
    struct bench b;
    compare(&b, HEAD WEB, &q, 1);
    assert_int_equal(offer_of(&b, "aliyun-cn:north")->cells[0].line->status, LINE_AMBIGUOUS);
    close_bench(&b);
}

static void a_currency_without_a_rate_is_an_error_that_names_the_quote(void **state)
{
    (void)state;
    struct quote_item item = row("compute", "ecs.g7.xlarge", "1", UNIT_MONTH);
    struct quote q = quote_of("north", "aliyun-cn", &item, 1);
    struct bench b;
    struct err err = {0};
    memcpy(q.currency, "XAF", CURRENCY_TEXT);
    assert_int_equal(try_compare(&b, HEAD WEB, &q, 1, false, NULL, &err), -1);
    assert_non_null(strstr(err.text, "quote north: "));
    assert_non_null(strstr(err.text, "XAF"));
    close_bench(&b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_quote_of_list_prices_compares_as_nothing),
        cmocka_unit_test(each_row_has_its_own_tax_and_invoice),
        cmocka_unit_test(a_payment_term_moves_the_npv_alone),
        cmocka_unit_test(an_expired_quote_is_shown_and_not_ranked),
        cmocka_unit_test(what_is_missing_on_either_side_is_said),
        cmocka_unit_test(a_target_tells_the_discount),
        cmocka_unit_test(own_costs_count_once_in_the_best_of_each_line),
        cmocka_unit_test(a_site_that_is_not_compared_comes_with_its_quote),
        cmocka_unit_test(two_prices_of_one_row_are_ambiguous),
        cmocka_unit_test(a_currency_without_a_rate_is_an_error_that_names_the_quote),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
