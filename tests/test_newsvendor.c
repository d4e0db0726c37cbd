/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Expected amounts: worked out by hand, the demand of a year with bc; and every amount tried in turn.
 */
#include "tests/support/numbers.h"

#include "models/newsvendor.h"

#include <stdio.h>

static struct newsvendor best(const struct demand_level *v, size_t n, const char *commit, const char *price, bool whole)
{
    struct newsvendor f;
    struct err err;
    if (newsvendor_commit(v, n, D(commit), D(price), whole, &f, &err))
        fail_msg("%s", err.text);
    return f;
}

static struct newsvendor at(const struct demand_level *v, size_t n, const char *commit, const char *price, dec_t q)
{
    struct newsvendor f;
    struct err err;
    if (newsvendor_at(v, n, D(commit), D(price), q, &f, &err))
        fail_msg("%s", err.text);
    return f;
}

/* Demand 10 in six months, 14 in four, 30 in two; 60 committed against 100: ratio 0.4, and F(10) = 0.5. So 10:
 * 12 x 10 x 60 + (4 x 4 + 2 x 20) x 100 = 12,800. On demand (60 + 56 + 60) x 100 = 17,600. */
static void the_critical_ratio_of_a_profile(void **state)
{
    (void)state;
    struct demand_level v[] = {{D("30"), 2}, {D("10"), 6}, {D("14"), 4}};
    struct newsvendor f = best(v, 3, "60", "100", false);
    assert_dec(f.quantity, "10");
    assert_dec(f.highest, "10");
    assert_dec(f.cost, "12800");
    assert_dec(f.on_demand, "17600");
    assert_dec(f.used, "120");
    assert_dec(f.unused, "0");
    assert_int_equal(f.periods, 12);
    /* at 45 the ratio is 0.55: 14, 12 x 14 x 45 + 2 x 16 x 100 = 10,760; unused 6 x 4 */
    f = best(v, 3, "45", "100", false);
    assert_dec(f.quantity, "14");
    assert_dec(f.cost, "10760");
    assert_dec(f.unused, "24");
    /* at 16 it is 0.84 > F(14) = 10/12: the peak */
    assert_dec(best(v, 3, "16", "100", false).quantity, "30");
}

/* At 50 the ratio is exactly F(10) = 0.5: 10 to 14 cost the same, 12 x 10 x 50 + 5,600 = 12 x 14 x 50 + 3,200 = 11,600. */
static void of_equals_the_smallest(void **state)
{
    (void)state;
    struct demand_level v[] = {{D("10"), 6}, {D("14"), 4}, {D("30"), 2}};
    struct newsvendor f = best(v, 3, "50", "100", false);
    assert_dec(f.quantity, "10");
    assert_dec(f.highest, "14");
    assert_dec(f.cost, "11600");
    assert_dec(at(v, 3, "50", "100", D("14")).cost, "11600");
    assert_dec(at(v, 3, "50", "100", D("12.3")).cost, "11600");
    assert_dec(at(v, 3, "50", "100", D("14.1")).cost, "11640"); /* 8,460 + 2 x 15.9 x 100 */
}

static void committing_that_does_not_pay(void **state)
{
    (void)state;
    struct demand_level v[] = {{D("10"), 6}, {D("14"), 6}};
    assert_dec(best(v, 2, "101", "100", false).quantity, "0");
    assert_dec(best(v, 2, "101", "100", false).cost, "14400");
    struct newsvendor even = best(v, 2, "100", "100", true);
    assert_dec(even.quantity, "0");
    assert_dec(even.highest, "10");
    assert_dec(best(v, 2, "0", "100", false).quantity, "14");
    assert_dec(best(v, 2, "0", "0", false).quantity, "0");
    /* nothing wanted more than half of the time */
    struct demand_level rare[] = {{D("0"), 7}, {D("9"), 5}};
    assert_dec(best(rare, 2, "50", "100", false).quantity, "0");
    assert_dec(best(rare, 2, "40", "100", false).quantity, "9");
}

/* Levels are averages, machines are whole. Demand 2.4 always; 60 against 100: 2 cost 120 + 40, 3 cost 180. At 30: 100 against
 * 90. At 40: 120 both ways, the smaller. */
static void whole_machines(void **state)
{
    (void)state;
    struct demand_level v[] = {{D("2.4"), 1}};
    assert_dec(best(v, 1, "60", "100", false).quantity, "2.4");
    assert_dec(best(v, 1, "60", "100", true).quantity, "2");
    assert_dec(best(v, 1, "60", "100", true).cost, "160");
    assert_dec(best(v, 1, "30", "100", true).quantity, "3");
    struct newsvendor even = best(v, 1, "40", "100", true);
    assert_dec(even.quantity, "2");
    assert_dec(even.highest, "3");
    assert_dec(even.cost, "120");
    /* between 1.5 and 4.5 all cost the same: 2 to 4 */
    struct demand_level flat[] = {{D("1.5"), 1}, {D("4.5"), 1}};
    struct newsvendor f = best(flat, 2, "50", "100", true);
    assert_dec(f.quantity, "2");
    assert_dec(f.highest, "4");
    assert_dec(f.cost, "450"); /* 2 x 2 x 50 + 2.5 x 100 */
}

/* A small generator of its own (Knuth's MMIX), so that the cases are the same everywhere. */
static uint64_t next(uint64_t *seed)
{
    *seed = *seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return *seed >> 33;
}

/* Against every whole amount up to the peak. */
static void no_other_amount_is_cheaper(void **state)
{
    (void)state;
    uint64_t seed = 1;
    for (int round = 0; round < 300; round++) {
        struct demand_level v[8];
        size_t n = 1 + next(&seed) % 8;
        for (size_t i = 0; i < n; i++)
            v[i] = (struct demand_level){dec_of((int64_t)(next(&seed) % 120), 1), 1 + (int64_t)(next(&seed) % 5)};
        char commit[16], price[16];
        snprintf(commit, sizeof commit, "%d", (int)(next(&seed) % 12));
        snprintf(price, sizeof price, "%d", (int)(next(&seed) % 12));
        struct newsvendor f = best(v, n, commit, price, true);
        dec_t least = at(v, n, commit, price, DEC_ZERO).cost, where = DEC_ZERO;
        for (int q = 1; q <= 12; q++) {
            dec_t c = at(v, n, commit, price, dec_int64(q)).cost;
            if (dec_cmp(c, least) < 0) {
                least = c;
                where = dec_int64(q);
            }
        }
        assert_int_equal(dec_cmp(f.cost, least), 0);
        assert_int_equal(dec_cmp(f.quantity, where), 0);
        assert_int_equal(dec_cmp(at(v, n, commit, price, f.highest).cost, least), 0);
        /* and fractions are no worse than whole amounts */
        assert_true(dec_cmp(best(v, n, commit, price, false).cost, least) <= 0);
    }
}

static void refused(struct demand_level level, const char *commit, const char *price, const char *message)
{
    struct newsvendor f;
    struct err err;
    assert_int_equal(newsvendor_commit(&level, 1, D(commit), D(price), false, &f, &err), -1);
    assert_int_equal(err.kind, ERR_USAGE);
    assert_string_equal(err.text, message);
}

static void what_makes_no_sense_is_refused(void **state)
{
    (void)state;
    struct demand_level one = {DEC_ONE, 1};
    refused((struct demand_level){D("-1"), 1}, "1", "2", "a demand below 0");
    refused((struct demand_level){DEC_ONE, 0}, "1", "2",
            "a demand lasts no period, or all last more than 10^12 (allowed: 1 and more)");
    refused((struct demand_level){DEC_ONE, INT64_MAX}, "1", "2",
            "a demand lasts no period, or all last more than 10^12 (allowed: 1 and more)");
    struct demand_level long_ones[] = {{DEC_ONE, INT64_C(1000000000000)}, {DEC_ONE, 1}};
    struct newsvendor f;
    struct err err;
    assert_int_equal(newsvendor_commit(long_ones, 1, DEC_ONE, DEC_ONE, false, &f, &err), 0);
    assert_int_equal(newsvendor_commit(long_ones, 2, DEC_ONE, DEC_ONE, false, &f, &err), -1);
    refused(one, "-1", "2", "the price of a committed unit below 0");
    refused(one, "1", "-2", "the on-demand price below 0");
    refused((struct demand_level){D("1000000000000000"), 1}, "1", "1000000000000000", "cost on demand overflows");
    assert_int_equal(newsvendor_at(&one, 1, DEC_ONE, DEC_ONE, D("-0.5"), &f, &err), -1);
    assert_string_equal(err.text, "a committed quantity below 0");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_critical_ratio_of_a_profile), cmocka_unit_test(of_equals_the_smallest),
        cmocka_unit_test(committing_that_does_not_pay),    cmocka_unit_test(whole_machines),
        cmocka_unit_test(no_other_amount_is_cheaper),      cmocka_unit_test(what_makes_no_sense_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
