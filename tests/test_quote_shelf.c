/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Rows of a quote as offers: which stand on a shelf, how they are bought, what contradicts.
 */
#include "tests/support/numbers.h"
#include "tests/support/test.h"

#include "calc/quote_shelf.h"

#include <string.h>

static const struct shape g7 = {
    .has_size = true, .vcpu = {4 * DEC_ONE_UNIT}, .memory = {16 * DEC_ONE_UNIT}, .class_ = "general", .family = "g7"};
static struct offer known_offer = {.sku = "g7.xlarge", .shape = &g7};
static const struct offer_list known = {&known_offer, 1};

static struct quote_item row(const char *sku, const char *price)
{
    return (struct quote_item){.sheet = "",
                               .row = 7,
                               .label = "a machine",
                               .service = "compute",
                               .sku = sku,
                               .region = "",
                               .os = "",
                               .unit = UNIT_MONTH,
                               .list_price = D(price),
                               .price = D(price),
                               .basis = BASIS_INCL};
}

static struct quote quote_of(const struct quote_item *items, size_t n)
{
    return (struct quote){.name = "north",
                          .site = "aliyun-cn",
                          .currency = "CNY",
                          .valid_until = DATE_NONE,
                          .dated = DATE_NONE,
                          .items = items,
                          .nitems = n};
}

struct bench {
    struct arena arena;
    struct offer_list offers;
};

static void shelve(struct bench *b, const struct quote *q, const char *service)
{
    struct err err;
    *b = (struct bench){0};
    static const struct offer_list none = {NULL, 0};
    bool machines = !strcmp(service, "compute");
    assert_int_equal(quote_shelf(q, machines ? &known : &none, "hz", service, DEC_ZERO, &b->arena, &b->offers, &err),
                     0);
}

static void rows_of_the_region_and_service_stand_on_the_shelf(void **state)
{
    (void)state;
    struct quote_item items[] = {row("g7.xlarge", "300"), row("c7.large", "200"), row("g7.xlarge", "1"),
                                 row("x", "2"),           row("g7.xlarge", "3"),  row("y", "4")};
    items[2].region = "bj"; /* another region */
    items[3].service = "egress";
    items[4].service = ""; /* the SKU says it is a machine */
    items[4].region = "hz";
    items[4].os = "windows";
    items[5].service = ""; /* nothing says what it is */
    struct quote q = quote_of(items, 6);
    struct bench b;
    shelve(&b, &q, "compute");
    assert_int_equal(b.offers.n, 3);
    assert_string_equal(b.offers.v[0].sku, "c7.large");
    assert_null(b.offers.v[0].shape);
    assert_string_equal(b.offers.v[1].sku, "g7.xlarge");
    assert_string_equal(b.offers.v[1].os, "linux");
    assert_ptr_equal(b.offers.v[1].shape, &g7);
    assert_ptr_equal(b.offers.v[1].quoted->item, &items[0]);
    assert_ptr_equal(b.offers.v[2].quoted->item, &items[4]);
    assert_string_equal(b.offers.v[2].os, "windows");
    arena_free(&b.arena);
    shelve(&b, &q, "egress");
    assert_int_equal(b.offers.n, 1);
    assert_string_equal(b.offers.v[0].os, "");
    arena_free(&b.arena);
}

/* 3,600 for a year: 300 a month, 7,200 for two years at once, 10,800 for three. */
static void how_a_row_is_bought(void **state)
{
    (void)state;
    static const struct {
        enum unit unit;
        int period, term;
        enum quote_paid paid;
        const char *price;
        enum charge_kind charge;
        int months;
        enum unit as_unit;
        const char *as_price;
    } cases[] = {
        {UNIT_HOUR, 0, 0, QUOTE_PAID_PERIOD, "1.5", CHARGE_ON_DEMAND, 0, UNIT_HOUR, "1.5"},
        {UNIT_MONTH, 0, 12, QUOTE_PAID_PERIOD, "300", CHARGE_RESERVED, 12, UNIT_MONTH, "300"},
        {UNIT_MONTH, 0, 12, QUOTE_PAID_UPFRONT, "300", CHARGE_PREPAID, 12, UNIT_MONTH, "300"},
        {UNIT_TERM, 12, 12, QUOTE_PAID_UPFRONT, "3600", CHARGE_PREPAID, 12, UNIT_TERM, "3600"},
        {UNIT_TERM, 12, 36, QUOTE_PAID_UPFRONT, "3600", CHARGE_PREPAID, 36, UNIT_TERM, "10800"},
        {UNIT_TERM, 12, 24, QUOTE_PAID_PERIOD, "3600", CHARGE_RESERVED, 24, UNIT_MONTH, "300"},
        {UNIT_TERM, 12, 12, QUOTE_PAID_PERIOD, "100", CHARGE_RESERVED, 12, UNIT_MONTH, "8.333333333333"},
        {UNIT_GB, 0, 12, QUOTE_PAID_UPFRONT, "0.7", CHARGE_ON_DEMAND, 0, UNIT_GB, "0.7"}, /* used up: paid as used */
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct quote_item item = row("g7.xlarge", cases[i].price);
        item.unit = cases[i].unit;
        item.period_months = cases[i].period;
        item.term_months = cases[i].term;
        item.paid = cases[i].paid;
        struct quote q = quote_of(&item, 1);
        struct bench b;
        shelve(&b, &q, "compute");
        const struct offer *o = &b.offers.v[0];
        assert_int_equal(o->charge, cases[i].charge);
        assert_int_equal(o->term_months, cases[i].months);
        assert_int_equal(o->parts[0].unit, cases[i].as_unit);
        assert_int_equal(dec_cmp(o->parts[0].tiers[0].price, D(cases[i].as_price)), 0);
        arena_free(&b.arena);
    }
}

static void a_shape_is_the_one_written(void **state)
{
    (void)state;
    struct quote_item items[] = {row("g7.xlarge", "300"), row("", "200"), row("", "100")};
    items[0].has_shape = items[1].has_shape = true;
    items[0].vcpu = items[1].vcpu = D("8");
    items[0].memory = items[1].memory = D("32");
    items[2].unit = UNIT_DISK_MONTH;
    items[2].has_size = true;
    items[2].size = D("500");
    struct quote q = quote_of(items, 3);
    struct bench b;
    shelve(&b, &q, "compute");
    assert_int_equal(b.offers.n, 3);
    for (size_t i = 0; i < 3; i++) {
        const struct offer *o = &b.offers.v[i];
        const struct shape *s = o->shape;
        if (o->quoted->item == &items[2]) {
            assert_true(s->has_disk_size);
            assert_false(s->has_size);
            assert_int_equal(dec_cmp(s->disk_size, D("500")), 0);
            continue;
        }
        assert_int_equal(dec_cmp(s->vcpu, D("8")), 0);
        assert_string_equal(s->class_, o->quoted->item == &items[0] ? "general" : "");
        assert_string_equal(o->sku, o->quoted->item == &items[0] ? "g7.xlarge" : "a machine");
    }
    arena_free(&b.arena);
}

static void two_prices_of_one_thing_are_rivals_and_a_repeat_is_not(void **state)
{
    (void)state;
    struct quote_item items[] = {row("a", "300"), row("b", "100"), row("a", "310"), row("b", "100"), row("a", "200")};
    items[4].term_months = 12; /* bought in another way */
    struct quote q = quote_of(items, 5);
    struct bench b;
    shelve(&b, &q, "compute");
    assert_int_equal(b.offers.n, 4);
    assert_ptr_equal(b.offers.v[0].rival, &b.offers.v[1]);
    assert_ptr_equal(b.offers.v[1].rival, &b.offers.v[0]);
    assert_null(b.offers.v[2].rival); /* the term */
    assert_null(b.offers.v[3].rival); /* b, once */
    assert_ptr_equal(b.offers.v[3].quoted->item, &items[1]);
    arena_free(&b.arena);
}

/* The worked example of payment terms: 10,000 at 3 % for 45 days is 36.99 (amount x r x days / 365). */
static void a_payment_term_is_worth_its_days(void **state)
{
    (void)state;
    struct quote_item item = row("a", "1");
    struct quote q = quote_of(&item, 1);
    struct arena a = {0};
    struct offer_list offers;
    struct err err;
    q.days = 45;
    assert_int_equal(quote_shelf(&q, &known, "hz", "compute", D("0.03"), &a, &offers, &err), 0);
    dec_t worth = dec_sub(D("10000"), dec_mul(D("10000"), offers.v[0].quoted->worth, DEC_HALF_UP));
    assert_int_equal(dec_cmp(dec_round(worth, 2, DEC_HALF_UP), D("36.99")), 0);
    assert_int_equal(quote_shelf(&q, &known, "hz", "compute", D("9"), &a, &offers, &err), -1); /* 9 x 45 > 365 */
    assert_string_equal(err.text, "a payment term of 45 days at this discount_rate leaves nothing of a bill");
    assert_int_equal(err.kind, ERR_USAGE);
    arena_free(&a);
}

static struct date day(const char *text)
{
    struct date d;
    assert_true(date_parse(text, strlen(text), &d));
    return d;
}

static void a_quote_holds_to_the_end_of_its_last_day(void **state)
{
    (void)state;
    struct quote q = quote_of(NULL, 0);
    assert_false(quote_expired(&q, day("2099-01-01")));
    q.valid_until = day("2026-11-20");
    assert_false(quote_expired(&q, day("2026-11-20")));
    assert_true(quote_expired(&q, day("2026-11-21")));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rows_of_the_region_and_service_stand_on_the_shelf),
        cmocka_unit_test(how_a_row_is_bought),
        cmocka_unit_test(a_shape_is_the_one_written),
        cmocka_unit_test(two_prices_of_one_thing_are_rivals_and_a_repeat_is_not),
        cmocka_unit_test(a_payment_term_is_worth_its_days),
        cmocka_unit_test(a_quote_holds_to_the_end_of_its_last_day),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
