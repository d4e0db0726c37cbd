/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/support/numbers.h"

#include "models/terms.h"

static void cover(struct terms *t, const char *const *demand, int months, int term)
{
    struct quantity_run v[64];
    struct err err;
    for (int m = 0; m < months; m++)
        v[m] = (struct quantity_run){m, 1, D(demand[m])};
    assert_int_equal(terms_cover(v, (size_t)months, months, term, t, &err), 0);
}

static void whole_terms_renew(void **state)
{
    (void)state;
    static const char *const demand[] = {"6", "6", "6", "6", "6"};
    struct terms t;
    cover(&t, demand, 5, 2);
    static const char *const bought[] = {"6", "0", "6", "0", "6", "0"};
    for (int m = 0; m < 6; m++)
        assert_dec(t.bought[m], bought[m]);
    assert_int_equal(t.end, 6);
    assert_dec(t.item_months, "36");
    assert_dec(t.unused, "6"); /* the third term's second month */
    assert_dec(t.active[5], "6");
    terms_free(&t);
}

static void each_increase_starts_terms_of_its_own(void **state)
{
    (void)state;
    static const char *const demand[] = {"4", "5", "5", "5", "7", "7"};
    struct terms t;
    cover(&t, demand, 6, 3);
    static const char *const bought[] = {"4", "1", "0", "4", "3", "0"};
    for (int m = 0; m < 6; m++)
        assert_dec(t.bought[m], bought[m]);
    assert_dec(t.unused, "3"); /* three begun in month 5 run one month over; the four end with the horizon */
    terms_free(&t);
}

static void falling_demand_lets_terms_lapse(void **state)
{
    (void)state;
    static const char *const demand[] = {"4", "2", "2", "2"};
    struct terms t;
    cover(&t, demand, 4, 2);
    static const char *const bought[] = {"4", "0", "2", "0"};
    for (int m = 0; m < 4; m++)
        assert_dec(t.bought[m], bought[m]);
    assert_dec(t.active[1], "4"); /* paid for, used or not */
    assert_dec(t.unused, "0");
    terms_free(&t);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(whole_terms_renew),
        cmocka_unit_test(each_increase_starts_terms_of_its_own),
        cmocka_unit_test(falling_demand_lets_terms_lapse),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
