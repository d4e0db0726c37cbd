/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Expected figures: by hand, and NPV from closed forms evaluated with Python's decimal at 50 digits.
 * On demand an hour costs 1, a month of 730 hours 730. For a year: all upfront 5,256 (438 a month), partly upfront 2,400
 * and 230 a month (430), or 500 a month.
 */
#include "tests/support/numbers.h"

#include "models/commitments.h"

enum { MOST = 48 };

struct flows {
    dec_t start[MOST], end[MOST];
    struct buying_way way;
};

static const struct buying_way *buy(struct flows *f, const char *upfront, const char *monthly, int term, int end)
{
    for (int m = 0; m < end; m++) {
        f->start[m] = term && m % term == 0 ? D(upfront) : DEC_ZERO;
        f->end[m] = D(monthly);
    }
    f->way = (struct buying_way){.at_start = f->start, .at_end = f->end, .end = end, .term = term};
    return &f->way;
}

static int weigh(const struct buying_way *way, int months, struct buying_facts *out, struct err *err)
{
    struct flows demand;
    struct npv_table t;
    assert_int_equal(npv_table_make(&t, D("0.08"), MOST, err), 0);
    int rc = commitments_weigh(way, buy(&demand, "0", "730", 0, months), months, &t, 2, out, err);
    npv_table_free(&t);
    return rc;
}

static struct buying_facts facts(const char *upfront, const char *monthly, int term, int end, int months)
{
    struct flows f;
    struct buying_facts out;
    struct err err;
    if (weigh(buy(&f, upfront, monthly, term, end), months, &out, &err))
        fail_msg("%s", err.text);
    return out;
}

/* The annuity 730 (1 - (1+i)^-36) / i with i = 1.08^(1/12) - 1: 23,391.6319... */
static void on_demand_beside_itself(void **state)
{
    (void)state;
    struct buying_facts f = facts("0", "730", 0, 36, 36);
    assert_dec(f.upfront, "0");
    assert_dec(f.cash, "26280");
    assert_dec(f.monthly, "730");
    assert_dec(f.npv, "23391.63");
    assert_dec(f.unused, "0");
    assert_int_equal(f.renewals, 0);
    assert_true(f.has_break_even);
    assert_dec(f.break_even, "1");
    assert_int_equal(f.payback, 0);
    assert_int_equal(f.payback_stays, 0);
}

/* 5,256 is paid back after 7.2 months, by the end of the eighth. The second 5,256 brings cash to 10,512 against 9,490
 * after 13 months, paid back by the end of the fifteenth (10,950); the third never leads again (15,768 against 18,250). */
static void all_upfront_is_spread_and_renewed(void **state)
{
    (void)state;
    struct buying_facts f = facts("5256", "0", 12, 36, 36);
    assert_dec(f.upfront, "5256");
    assert_dec(f.upfront_all, "15768");
    assert_dec(f.cash, "15768");
    assert_dec(f.monthly, "438");
    assert_dec(f.npv, "14628.84");
    assert_dec(f.unused, "0");
    assert_int_equal(f.renewals, 2);
    assert_dec(f.break_even, "0.6");
    assert_int_equal(f.payback, 7);
    assert_int_equal(f.payback_stays, 14);
}

/* 430 of 730 hours: 0.589041. It saves 500 a month: 2,400 come back in the fifth month, 4,800 in the tenth, before they are
 * paid in the thirteenth, 7,200 in the fifteenth. */
static void partly_upfront(void **state)
{
    (void)state;
    struct buying_facts f = facts("2400", "230", 12, 36, 36);
    assert_dec(f.upfront, "2400");
    assert_dec(f.cash, "15480");
    assert_dec(f.monthly, "430");
    assert_dec(f.npv, "14049.80");
    assert_dec(f.break_even, "0.589041");
    assert_int_equal(f.payback, 4);
    assert_int_equal(f.payback_stays, 4);
}

/* A horizon of 18 months leaves half of the second year: 2,628 of 5,256, or six times 500. */
static void what_the_horizon_leaves_over(void **state)
{
    (void)state;
    struct buying_facts f = facts("5256", "0", 12, 18, 18);
    assert_dec(f.monthly, "438");
    assert_dec(f.unused, "2628");
    assert_dec(f.cash, "10512");
    assert_int_equal(f.renewals, 1);
    f = facts("0", "500", 12, 24, 18);
    assert_dec(f.cash, "12000");
    assert_dec(f.monthly, "500");
    assert_dec(f.unused, "3000");
    assert_dec(f.npv, "11086.46"); /* what is due after the horizon is paid as well */
    assert_int_equal(f.payback, 0);
    /* 10,512 for three years, of which one is used */
    f = facts("10512", "0", 36, 12, 12);
    assert_dec(f.monthly, "292");
    assert_dec(f.unused, "7008");
    assert_dec(f.break_even, "0.4");
    assert_int_equal(f.payback, -1); /* 12 x 730 = 8,760 */
    assert_int_equal(f.payback_stays, -1);
    assert_int_equal(f.renewals, 0);
}

/* 100 / 36 = 2.777..., 100 x 26 / 36 = 72.222... */
static void amounts_are_rounded_once(void **state)
{
    (void)state;
    struct buying_facts f = facts("100", "0", 36, 10, 10);
    assert_dec(f.monthly, "2.78");
    assert_dec(f.unused, "72.22");
    assert_dec(f.break_even, "0.003805"); /* 100 / 36 / 730 = 0.00380517... */
}

/* A term begun in month 3 as well: 1,200 and 600 a year. Of twelve months: 1,200 + 600 x 9 / 12 = 1,650. */
static void terms_that_begin_later(void **state)
{
    (void)state;
    struct flows f;
    struct buying_facts out;
    struct err err;
    buy(&f, "1200", "0", 12, 12);
    f.start[3] = D("600");
    assert_int_equal(weigh(&f.way, 12, &out, &err), 0);
    assert_dec(out.upfront, "1200");
    assert_dec(out.upfront_all, "1800");
    assert_dec(out.monthly, "137.5");
    assert_dec(out.unused, "150");
}

/* Two years paid for, a horizon of ten months: the second 1,200 is cash, not cost, and all of it is left over, with 200 of
 * the first. */
static void what_begins_after_the_horizon(void **state)
{
    (void)state;
    struct buying_facts f = facts("1200", "0", 12, 24, 10);
    assert_dec(f.upfront_all, "2400");
    assert_dec(f.cash, "2400");
    assert_dec(f.monthly, "100");
    assert_dec(f.unused, "1400");
    assert_int_equal(f.renewals, 0);
}

/* The month in which both have paid the same counts: 2 x 730 = 1,460. */
static void paying_back_to_the_fen(void **state)
{
    (void)state;
    assert_int_equal(facts("1460", "0", 12, 12, 12).payback, 1);
    assert_int_equal(facts("1460.01", "0", 12, 12, 12).payback, 2);
    assert_dec(facts("9000", "0", 12, 12, 12).break_even, "1.027397"); /* dearer at any use: 9000 / 8760 */
    assert_int_equal(facts("8760", "0", 12, 12, 12).payback, 11);
}

static void without_an_on_demand_price_there_is_no_break_even(void **state)
{
    (void)state;
    struct flows f;
    struct npv_table t;
    struct err err;
    struct buying_way nothing = {.end = 0};
    struct buying_facts out;
    assert_int_equal(npv_table_make(&t, DEC_ZERO, 12, &err), 0);
    assert_int_equal(commitments_weigh(buy(&f, "120", "0", 12, 12), &nothing, 12, &t, 2, &out, &err), 0);
    npv_table_free(&t);
    assert_false(out.has_break_even);
    assert_int_equal(out.payback, -1);
    assert_dec(out.monthly, "10");
}

static void refused(const char *upfront, const char *monthly, int term, const char *message)
{
    struct flows f;
    struct buying_facts out;
    struct err err;
    buy(&f, "0", monthly, term, 12);
    f.start[0] = D(upfront);
    assert_int_equal(weigh(&f.way, 12, &out, &err), -1);
    assert_int_equal(err.kind, ERR_USAGE);
    assert_string_equal(err.text, message);
}

static void what_cannot_be_weighed_is_refused(void **state)
{
    (void)state;
    refused("-1", "0", 12, "commitment: a payment below 0");
    refused("0", "-1", 12, "commitment: a payment below 0");
    refused("1", "0", 0, "commitment: an upfront payment without a term to spread it over");
    refused("0", "100000000000000000000000000", 12, "cumulative cash overflows");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(on_demand_beside_itself),
        cmocka_unit_test(all_upfront_is_spread_and_renewed),
        cmocka_unit_test(partly_upfront),
        cmocka_unit_test(what_the_horizon_leaves_over),
        cmocka_unit_test(amounts_are_rounded_once),
        cmocka_unit_test(terms_that_begin_later),
        cmocka_unit_test(what_begins_after_the_horizon),
        cmocka_unit_test(paying_back_to_the_fen),
        cmocka_unit_test(without_an_on_demand_price_there_is_no_break_even),
        cmocka_unit_test(what_cannot_be_weighed_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
