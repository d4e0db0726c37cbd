/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Offers of one part each, put in order, joined and linked. A row is written as sku, charge, term,
 * offering, unit, source, price; what comes out is written the same way.
 */
#include "tests/support/test.h"

#include "calc/buf.h"
#include "calc/rules.h"
#include "calc/settle.h"

#include <stdlib.h>
#include <string.h>

struct row {
    const char *sku;
    enum charge_kind charge;
    const char *offering;
    enum unit unit;
    const char *source;
    int price;
};

enum { MOST = 8 };
static struct source sources[MOST];
static struct tier tiers[MOST];
static struct offer offers[MOST];

static size_t settle(const struct row *rows, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        const struct row *r = &rows[i];
        sources[i] = (struct source){.id = r->source};
        tiers[i] = (struct tier){.open = true, .price = dec_int64(r->price)};
        offers[i] = (struct offer){.sku = r->sku,
                                   .os = "",
                                   .charge = r->charge,
                                   .offering = r->offering,
                                   .currency = "CNY",
                                   .source = &sources[i],
                                   .snapshot = "s",
                                   .parts = {{.unit = r->unit, .tiers = &tiers[i], .ntiers = 1}},
                                   .nparts = 1};
    }
    return offers_settle(offers, n);
}

/* "sku source unit:price+unit:price *" for each, `*` when it has a rival. */
static void comes_out_as(const struct row *rows, size_t n, const char *expected)
{
    struct buf out = {0};
    char price[DEC_TEXT];

    n = settle(rows, n);
    for (size_t i = 0; i < n; i++) {
        buf_printf(&out, "%s%s %s", i > 0 ? ", " : "", offers[i].sku, offers[i].source->id);
        for (size_t p = 0; p < offers[i].nparts; p++) {
            dec_format(offers[i].parts[p].tiers[0].price, 0, price);
            buf_printf(&out, "%s%s:%s", p > 0 ? "+" : " ", unit_table[offers[i].parts[p].unit].name, price);
        }
        buf_puts(&out, offers[i].rival != NULL ? " *" : "");
    }
    assert_string_equal(out.v, expected);
    buf_free(&out);
}

#define ROWS(...) (const struct row[]){__VA_ARGS__}, sizeof((const struct row[]){__VA_ARGS__}) / sizeof(struct row)

static void offers_come_sorted(void **state)
{
    (void)state;
    comes_out_as(ROWS({"b", CHARGE_ON_DEMAND, "", UNIT_HOUR, "x", 1}, {"a", CHARGE_PREPAID, "", UNIT_TERM, "x", 2},
                      {"a", CHARGE_ON_DEMAND, "", UNIT_DAY, "x", 3}, {"a", CHARGE_ON_DEMAND, "", UNIT_HOUR, "x", 4}),
                 "a x hour:4, a x day:3, a x term:2, b x hour:1");
}

static void parts_of_a_reservation_are_one_offer(void **state)
{
    (void)state;
    comes_out_as(ROWS({"a", CHARGE_RESERVED, "p", UNIT_HOUR, "x", 1}, {"a", CHARGE_RESERVED, "p", UNIT_TERM, "x", 100},
                      {"a", CHARGE_RESERVED, "n", UNIT_HOUR, "x", 2}),
                 "a x hour:2, a x term:100+hour:1");
    /* of prepaid terms, two units are two offers */
    comes_out_as(ROWS({"a", CHARGE_PREPAID, "", UNIT_MONTH, "x", 1}, {"a", CHARGE_PREPAID, "", UNIT_TERM, "x", 100}),
                 "a x month:1, a x term:100");
}

static void a_third_part_has_no_room(void **state)
{
    (void)state; /* a checked pack holds none; what a damaged one might is no part of an offer */
    comes_out_as(ROWS({"a", CHARGE_RESERVED, "p", UNIT_HOUR, "x", 1}, {"a", CHARGE_RESERVED, "p", UNIT_MONTH, "x", 2},
                      {"a", CHARGE_RESERVED, "p", UNIT_TERM, "x", 3}),
                 "a x term:3+month:2 *, a x hour:1 *");
}

static void offers_that_differ_are_rivals(void **state)
{
    (void)state;
    comes_out_as(ROWS({"a", CHARGE_ON_DEMAND, "", UNIT_HOUR, "y", 1}, {"a", CHARGE_ON_DEMAND, "", UNIT_HOUR, "x", 2},
                      {"a", CHARGE_ON_DEMAND, "", UNIT_DAY, "x", 3}),
                 "a x hour:2 *, a y hour:1 *, a x day:3");
    /* reservations are compared whole, parts and all */
    comes_out_as(ROWS({"a", CHARGE_RESERVED, "p", UNIT_HOUR, "x", 1}, {"a", CHARGE_RESERVED, "p", UNIT_TERM, "x", 100},
                      {"a", CHARGE_RESERVED, "p", UNIT_HOUR, "y", 1}),
                 "a x term:100+hour:1 *, a y hour:1 *");
}

static void rivals_form_a_ring(void **state)
{
    const struct row rows[] = {{"a", CHARGE_ON_DEMAND, "", UNIT_HOUR, "x", 1},
                               {"a", CHARGE_ON_DEMAND, "", UNIT_HOUR, "y", 2},
                               {"a", CHARGE_ON_DEMAND, "", UNIT_HOUR, "z", 3}};

    (void)state;
    assert_int_equal(settle(rows, 3), 3);
    assert_ptr_equal(offers[0].rival, &offers[1]);
    assert_ptr_equal(offers[1].rival, &offers[2]);
    assert_ptr_equal(offers[2].rival, &offers[0]);
}

static void offers_that_say_the_same_are_one(void **state)
{
    (void)state;
    comes_out_as(ROWS({"a", CHARGE_ON_DEMAND, "", UNIT_HOUR, "x", 1}, {"a", CHARGE_ON_DEMAND, "", UNIT_HOUR, "y", 1}),
                 "a x hour:1");
    comes_out_as(ROWS({"a", CHARGE_ON_DEMAND, "", UNIT_HOUR, "x", 1}, {"a", CHARGE_ON_DEMAND, "", UNIT_HOUR, "y", 2},
                      {"a", CHARGE_ON_DEMAND, "", UNIT_HOUR, "z", 1}),
                 "a x hour:1 *, a y hour:2 *");
}

static void none_and_one_are_left_alone(void **state)
{
    (void)state;
    assert_int_equal(offers_settle(NULL, 0), 0);
    comes_out_as(ROWS({"a", CHARGE_ON_DEMAND, "", UNIT_HOUR, "x", 1}), "a x hour:1");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(offers_come_sorted),          cmocka_unit_test(parts_of_a_reservation_are_one_offer),
        cmocka_unit_test(a_third_part_has_no_room),    cmocka_unit_test(offers_that_differ_are_rivals),
        cmocka_unit_test(rivals_form_a_ring),          cmocka_unit_test(offers_that_say_the_same_are_one),
        cmocka_unit_test(none_and_one_are_left_alone),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
