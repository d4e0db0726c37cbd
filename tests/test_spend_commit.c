/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Expected amounts: worked out by hand and with bc.
 */
#include "tests/support/numbers.h"

#include "models/spend_commit.h"

enum { MOST = 36 };

struct spending {
    dec_t list[MOST];
    struct spend_month out[MOST];
    struct spend_totals totals;
};

static void spend(struct spending *s, int from, int months, const char *a_month)
{
    for (int m = from; m < from + months; m++)
        s->list[m] = D(a_month);
}

static struct spend_commit contract(const char *amount, const char *discount, int first, int months)
{
    return (struct spend_commit){.amount = D(amount), .discount = D(discount), .first = first, .months = months};
}

static void run(struct spending *s, const struct spend_commit *c, int months)
{
    struct err err;
    if (spend_commit(c, s->list, months, 2, s->out, &s->totals, &err))
        fail_msg("%s", err.text);
}

/* 1,200,000 a year at 9 %. Year 1: 12 x 100,000 x 0.91 = 1,092,000, short of 108,000. Year 2: 12 x 120,000 x 0.91 =
 * 1,310,400: nothing is short, and the 110,400 more are not carried back. */
static void a_shortfall_is_due_at_the_end_of_its_year(void **state)
{
    (void)state;
    struct spending s = {0};
    struct spend_commit c = contract("1200000", "0.09", 0, 24);
    spend(&s, 0, 12, "100000");
    spend(&s, 12, 12, "120000");
    run(&s, &c, 24);
    assert_dec(s.out[0].discount, "9000");
    assert_dec(s.out[0].spent, "91000");
    assert_dec(s.out[23].spent, "109200");
    for (int m = 0; m < 24; m++)
        assert_dec(s.out[m].shortfall, m == 11 ? "108000" : "0");
    assert_dec(s.totals.list, "2640000");
    assert_dec(s.totals.discount, "237600");
    assert_dec(s.totals.spent, "2402400");
    assert_dec(s.totals.shortfall, "108000");
    assert_int_equal(s.totals.years, 2);
}

/* More in the first year does not count for the second. */
static void nothing_is_carried_over(void **state)
{
    (void)state;
    struct spending s = {0};
    struct spend_commit c = contract("1200000", "0.09", 0, 24);
    spend(&s, 0, 12, "120000");
    spend(&s, 12, 12, "100000");
    run(&s, &c, 24);
    assert_dec(s.out[11].shortfall, "0");
    assert_dec(s.out[23].shortfall, "108000");
}

/* Half of the second year: 6 x 91,000 = 546,000 of 1,200,000, or of 600,000. */
static void a_part_year_is_due_whole_or_in_proportion(void **state)
{
    (void)state;
    struct spending s = {0};
    struct spend_commit c = contract("1200000", "0.09", 0, 36);
    spend(&s, 0, 18, "100000");
    run(&s, &c, 18);
    assert_dec(s.out[11].shortfall, "108000");
    assert_dec(s.out[17].shortfall, "654000");
    c.part = SPEND_PRO_RATA;
    run(&s, &c, 18);
    assert_dec(s.out[11].shortfall, "108000");
    assert_dec(s.out[17].shortfall, "54000");
    assert_int_equal(s.totals.years, 2);
}

/* 1000 x 7 / 12 = 583.333...; nothing is spent. */
static void a_proportion_is_rounded(void **state)
{
    (void)state;
    struct spending s = {0};
    struct spend_commit c = contract("1000", "0.5", 0, 7);
    c.part = SPEND_PRO_RATA;
    run(&s, &c, 12);
    assert_dec(s.out[6].shortfall, "583.33");
    assert_dec(s.totals.shortfall, "583.33");
}

/* Months 3 to 14 of 18: before and after, list prices are paid and nothing is owed. */
static void the_contract_has_a_beginning_and_an_end(void **state)
{
    (void)state;
    struct spending s = {0};
    struct spend_commit c = contract("2000", "0.10", 3, 12);
    spend(&s, 0, 18, "100");
    run(&s, &c, 18);
    assert_dec(s.out[2].spent, "100");
    assert_dec(s.out[2].discount, "0");
    assert_dec(s.out[3].spent, "90");
    assert_dec(s.out[14].spent, "90");
    assert_dec(s.out[14].shortfall, "920"); /* 2000 - 12 x 90 */
    assert_dec(s.out[15].spent, "100");
    assert_dec(s.totals.spent, "1680");
    assert_int_equal(s.totals.years, 1);
}

static void a_contract_beyond_the_horizon_does_nothing(void **state)
{
    (void)state;
    struct spending s = {0};
    struct spend_commit c = contract("2000", "0.10", 12, 12);
    spend(&s, 0, 6, "100");
    run(&s, &c, 6);
    assert_dec(s.totals.spent, "600");
    assert_dec(s.totals.shortfall, "0");
    assert_int_equal(s.totals.years, 0);
}

/* 33.33 x 0.91 = 30.3303; a credit of 33.33 takes as much back. Exactly the amount is no shortfall, a fen less is one. */
static void months_are_rounded_one_by_one(void **state)
{
    (void)state;
    struct spending s = {0};
    struct spend_commit c = contract("30.33", "0.09", 0, 12);
    s.list[0] = s.list[1] = D("33.33");
    s.list[2] = D("-33.33");
    run(&s, &c, 12);
    assert_dec(s.out[0].spent, "30.33");
    assert_dec(s.out[0].discount, "3");
    assert_dec(s.out[2].spent, "-30.33");
    assert_dec(s.totals.shortfall, "0");
    c.amount = D("30.34");
    run(&s, &c, 12);
    assert_dec(s.out[11].shortfall, "0.01");
}

static void refused(const char *amount, const char *discount, const char *list, const char *message)
{
    struct spending s = {0};
    struct spend_commit c = contract(amount, discount, 0, 12);
    struct err err;
    spend(&s, 0, 12, list);
    assert_int_equal(spend_commit(&c, s.list, 12, 2, s.out, &s.totals, &err), -1);
    assert_int_equal(err.kind, ERR_USAGE);
    assert_string_equal(err.text, message);
}

static void what_no_contract_says_is_refused(void **state)
{
    (void)state;
    refused("-1", "0.1", "1", "a spend commitment below 0 (allowed: 0 and above)");
    refused("1", "-0.1", "1", "a discount for committed spending outside 0 to 1");
    refused("1", "1.01", "1", "a discount for committed spending outside 0 to 1");
    refused("1", "0.1", "100000000000000000000000000", "spending at list prices overflows");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_shortfall_is_due_at_the_end_of_its_year),
        cmocka_unit_test(nothing_is_carried_over),
        cmocka_unit_test(a_part_year_is_due_whole_or_in_proportion),
        cmocka_unit_test(a_proportion_is_rounded),
        cmocka_unit_test(the_contract_has_a_beginning_and_an_end),
        cmocka_unit_test(a_contract_beyond_the_horizon_does_nothing),
        cmocka_unit_test(months_are_rounded_one_by_one),
        cmocka_unit_test(what_no_contract_says_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
