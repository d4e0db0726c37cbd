/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Expected numbers: worked by hand (each product rounded half-up to the fen), and Alibaba's notice 100.25 x 7.78.
 */
#include "tests/support/numbers.h"

#include "calc/tax.h"

static const struct tax_row rows[] = {
    {.buyer_country = "CN",
     .buyer_status = "general",
     .station = "cn",
     .provider = "*",
     .invoice = "special",
     .has_seller_rate = true,
     .seller_rate = {60000000000},
     .recoverable_share = {1000000000000},
     .tax_currency = "",
     .document = "",
     .effective_from = {0},
     .effective_to = {INT32_MIN},
     .confidence = "high",
     .source = "",
     .row = 2},
    {.buyer_country = "CN",
     .buyer_status = "general",
     .station = "cn",
     .provider = "*",
     .invoice = "ordinary",
     .has_seller_rate = true,
     .seller_rate = {60000000000},
     .recoverable_share = {0},
     .tax_currency = "",
     .document = "",
     .effective_from = {0},
     .effective_to = {INT32_MIN},
     .confidence = "high",
     .source = "",
     .row = 3},
    {.buyer_country = "CN",
     .buyer_status = "general",
     .station = "intl",
     .provider = "*",
     .invoice = "",
     .has_seller_rate = true,
     .seller_rate = {0},
     .has_self_rate = true,
     .self_rate = {60000000000},
     .recoverable_share = {1000000000000},
     .tax_currency = "CNY",
     .document = "",
     .effective_from = {0},
     .effective_to = {INT32_MIN},
     .confidence = "medium",
     .source = "",
     .row = 4},
    {.buyer_country = "SG",
     .buyer_status = "registered",
     .station = "intl",
     .provider = "*",
     .invoice = "",
     .has_seller_rate = true,
     .seller_rate = {90000000000},
     .recoverable_share = {1000000000000},
     .tax_currency = "",
     .document = "",
     .effective_from = {19723},
     .effective_to = {INT32_MIN},
     .confidence = "high",
     .source = "",
     .row = 5},
    {.buyer_country = "US",
     .buyer_status = "*",
     .station = "intl",
     .provider = "*",
     .invoice = "",
     .tax_currency = "",
     .document = "",
     .effective_from = {INT32_MIN},
     .effective_to = {INT32_MIN},
     .confidence = "low",
     .source = "",
     .row = 6},
};
static const struct rules rules = {.taxes = rows, .ntaxes = sizeof rows / sizeof *rows};
static const struct site china = {.id = "aliyun-cn", .provider = "aliyun", .station = "cn"};
static const struct site abroad = {.id = "aliyun-intl", .provider = "aliyun", .station = "intl"};

struct bench {
    struct arena arena;
    struct buyer buyer;
    struct tax_context context;
};

static void set_up(struct bench *b, const struct site *site, const char *country, const char *vat)
{
    *b = (struct bench){.buyer = {.name = "", .vat = vat, .invoice = INVOICE_SPECIAL}};
    memcpy(b->buyer.country, country, 3);
    b->context = (struct tax_context){
        .rules = &rules, .site = site, .buyer = &b->buyer, .arena = &b->arena, .start = {2027 * 12}, .nrows = 24};
}

static struct value fixed(const char *text)
{
    return (struct value){.kind = VALUE_FIXED, .fixed = D(text)};
}

static const struct tax_used *find(struct bench *b, const struct tax_query *q, const char **why)
{
    const struct tax_used *t = NULL;
    struct err err;
    *why = "";
    assert_int_equal(tax_find(&b->context, q, 0, &t, why, &err), 0);
    return t;
}

static const struct fx_used same = {.rate = {1000000000000}, .path = FX_SAME};
static const struct fx_used usd_cny = {.from = "USD", .to = "CNY", .rate = {7100000000000}, .path = FX_DIRECT};

/* A bill in the budget currency. */
static struct line_run apply(const struct tax_used *t, const char *billed, enum tax_basis basis)
{
    struct line_run r = {.billed = D(billed)};
    struct tax_money how = {.fx = &same, .billed_places = 2, .tax_places = 2, .budget_places = 2, .basis = basis};
    tax_apply(&r, t, &how);
    return r;
}

static void prices_that_contain_the_tax(void **state)
{
    (void)state;
    static const struct {
        const char *rate, *net, *tax;
    } v[] = {{"0.06", "943.40", "56.60"}, {"0.09", "917.43", "82.57"}, {"0.13", "884.96", "115.04"}};
    struct bench b;
    set_up(&b, &china, "CN", "general");
    for (size_t i = 0; i < 3; i++) {
        const char *why;
        struct tax_query q = {
            .line_rate = fixed(v[i].rate), .has_price_rate = true, .price_rate = D("0.06"), .billed = "CNY"};
        const struct tax_used *t = find(&b, &q, &why);
        assert_int_equal(t->rate_from, RATE_FROM_LINE);
        struct line_run r = apply(t, "1000.00", BASIS_INCL);
        assert_dec(r.m.net, v[i].net);
        assert_dec(r.m.tax, v[i].tax);
        assert_dec(r.m.recoverable, v[i].tax);
        assert_dec(r.m.cash_out, "1000.00");
        assert_dec(r.m.cost, v[i].net);
    }
    arena_free(&b.arena);
}

static dec_t cost_of_1060(struct bench *b)
{
    const char *why;
    struct tax_query q = {.has_price_rate = true, .price_rate = D("0.06"), .billed = "CNY"};
    return apply(find(b, &q, &why), "1060.00", BASIS_INCL).m.cost;
}

static void what_comes_back_depends_on_invoice_use_and_surcharge(void **state)
{
    (void)state;
    struct bench b;
    set_up(&b, &china, "CN", "general");
    assert_dec(cost_of_1060(&b), "1000.00");
    arena_free(&b.arena);
    set_up(&b, &china, "CN", "general");
    b.buyer.invoice = INVOICE_ORDINARY;
    assert_dec(cost_of_1060(&b), "1060.00");
    arena_free(&b.arena);
    set_up(&b, &china, "CN", "general");
    b.buyer.taxable_use = fixed("0.7");
    assert_dec(cost_of_1060(&b), "1018.00");
    arena_free(&b.arena);
    set_up(&b, &china, "CN", "general");
    b.buyer.surcharge = fixed("0.12");
    assert_dec(cost_of_1060(&b), "992.80");
    arena_free(&b.arena);
}

/* 709.44 USD at 7.10 for a mainland buyer: the taxes are reckoned in CNY */
static struct line_run withheld(const char *wht, enum bearer bearer)
{
    struct bench b;
    const char *why;
    struct tax_query q = {.billed = "USD"};
    set_up(&b, &abroad, "CN", "general");
    b.buyer.wht = fixed(wht);
    b.buyer.taxes_borne_by = bearer;
    const struct tax_used *t = find(&b, &q, &why);
    assert_true(t->by_buyer);
    assert_string_equal(t->currency, "CNY");
    struct line_run r = {.billed = D("709.44")};
    struct tax_money how = {.fx = &usd_cny,
                            .tax_fx = &usd_cny,
                            .back_fx = &same,
                            .billed_places = 2,
                            .tax_places = 2,
                            .budget_places = 2,
                            .basis = BASIS_EXCL,
                            .spread = D("0.002")};
    tax_apply(&r, t, &how);
    r.tax = NULL; /* its arena goes */
    arena_free(&b.arena);
    return r;
}

static void withheld_taxes_in_all_bearings(void **state)
{
    (void)state;
    struct line_run r = withheld("0", BORNE_BY_BUYER);
    assert_dec(r.m.net, "5037.02");
    assert_dec(r.m.tax, "302.22");
    assert_dec(r.m.withheld, "0");
    assert_dec(r.m.fees, "10.07"); /* spread on what the seller is paid */
    assert_dec(dec_sub(r.m.cash_out, r.m.fees), "5339.24");

    r = withheld("0.1", BORNE_BY_BUYER);
    assert_dec(r.own_base, "5596.69");
    assert_dec(r.m.withheld, "559.67");
    assert_dec(r.m.tax, "335.80");
    assert_dec(r.m.net, "5037.02");
    assert_dec(dec_sub(r.m.cash_out, r.m.fees), "5932.49");

    r = withheld("0.1", BORNE_BY_SUPPLIER);
    assert_dec(r.own_base, "4751.91");
    assert_dec(r.m.withheld, "475.19");
    assert_dec(r.m.tax, "285.11");
    assert_dec(r.m.net, "4276.72");
    assert_dec(dec_sub(r.m.cash_out, r.m.fees), "5037.02");

    r = withheld("0", BORNE_BY_SUPPLIER);
    assert_dec(r.m.tax, "285.11");
    assert_dec(r.m.net, "4751.91");
    assert_dec(dec_sub(r.m.cash_out, r.m.fees), "5037.02");
}

/* 51.95 USD of tax, d 0.7, at 7.10: 368.85, of which 258.20 comes back */
static void the_credit_is_taken_of_the_converted_tax(void **state)
{
    (void)state;
    struct bench b;
    const char *why;
    struct tax_query q = {.billed = "USD"};
    set_up(&b, &abroad, "SG", "registered");
    b.buyer.taxable_use = fixed("0.7");
    const struct tax_used *t = find(&b, &q, &why);
    assert_false(t->by_buyer);
    struct line_run r = {.billed = D("577.22")}; /* x 9 % = 51.9498 */
    struct tax_money how = {
        .fx = &usd_cny, .billed_places = 2, .tax_places = 2, .budget_places = 2, .basis = BASIS_EXCL};
    tax_apply(&r, t, &how);
    assert_dec(r.own_tax, "51.95");
    assert_dec(r.m.tax, "368.85");
    assert_dec(r.m.recoverable, "258.20");
    arena_free(&b.arena);
}

static void unknown_tax_is_no_zero(void **state)
{
    (void)state;
    struct bench b;
    const char *why;
    struct tax_query q = {.billed = "USD"};
    set_up(&b, &abroad, "US", "registered");
    assert_null(find(&b, &q, &why));
    assert_string_equal(why, "tax unknown for a registered buyer in US (give tax_rate in [buyer])");
    b.buyer.tax_rate = fixed("0.08875");
    const struct tax_used *t = find(&b, &q, &why);
    assert_int_equal(t->rate_from, RATE_FROM_BUYER);
    assert_dec(t->rate, "0.08875");
    assert_false(t->by_buyer);
    arena_free(&b.arena);
    set_up(&b, &abroad, "BR", "registered"); /* no row at all */
    assert_null(find(&b, &q, &why));
    struct tax_query contained = {.has_price_rate = true, .price_rate = D("0.06"), .billed = "USD"};
    assert_null(find(&b, &contained, &why)); /* a rate alone does not say who charges it and what comes back */
    b.buyer.tax_rate = fixed("0.05");
    t = find(&b, &q, &why);
    assert_dec(t->deductible, "0"); /* nothing is taken as recoverable */
    arena_free(&b.arena);
}

/* tax_rate is for overseas sites: at a mainland site the price's own rate stays. */
static void the_buyers_rate_is_for_sites_abroad(void **state)
{
    (void)state;
    struct bench b;
    const char *why;
    struct tax_query q = {.billed = "CNY"};
    set_up(&b, &china, "CN", "general");
    b.buyer.tax_rate = fixed("0");
    assert_dec(find(&b, &q, &why)->rate, "0.06");
    arena_free(&b.arena);
    set_up(&b, &abroad, "CN", "general");
    b.buyer.tax_rate = fixed("0");
    assert_dec(find(&b, &q, &why)->rate, "0");
    arena_free(&b.arena);
}

static void equal_uses_are_one(void **state)
{
    (void)state;
    struct bench b;
    const char *why;
    struct tax_query q = {.billed = "CNY"};
    set_up(&b, &china, "CN", "general");
    const struct tax_used *one = find(&b, &q, &why);
    assert_ptr_equal(one, find(&b, &q, &why));
    q.line_rate = fixed("0.09");
    assert_ptr_not_equal(one, find(&b, &q, &why));
    arena_free(&b.arena);
}

static void costs_of_ones_own_are_bought_at_home(void **state)
{
    (void)state;
    struct bench b;
    const struct tax_used *t;
    const char *why;
    struct err err;
    set_up(&b, &abroad, "CN", "general"); /* though the site is abroad */
    assert_int_equal(tax_find_home(&b.context, D("0.06"), "CNY", 0, &t, &why, &err), 0);
    assert_false(t->by_buyer);
    assert_dec(t->deductible, "1");
    b.buyer.invoice = INVOICE_ORDINARY;
    assert_int_equal(tax_find_home(&b.context, D("0.06"), "CNY", 0, &t, &why, &err), 0);
    assert_dec(t->deductible, "0");
    arena_free(&b.arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(prices_that_contain_the_tax),
        cmocka_unit_test(what_comes_back_depends_on_invoice_use_and_surcharge),
        cmocka_unit_test(withheld_taxes_in_all_bearings),
        cmocka_unit_test(the_credit_is_taken_of_the_converted_tax),
        cmocka_unit_test(unknown_tax_is_no_zero),
        cmocka_unit_test(the_buyers_rate_is_for_sites_abroad),
        cmocka_unit_test(equal_uses_are_one),
        cmocka_unit_test(costs_of_ones_own_are_bought_at_home),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
