/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/support/near.h"
#include "tests/support/numbers.h"

#include "models/levels.h"

static void assert_ascending(const dec_t *v, size_t n)
{
    assert_true(n >= 2 && n <= LEVELS_MAX);
    for (size_t i = 1; i < n; i++)
        assert_true(dec_cmp(v[i - 1], v[i]) < 0);
}

/* 32 equal steps of 0.25, among them the shares. */
static void a_uniform_number(void **state)
{
    const struct distribution d = {.kind = DISTRIBUTION_UNIFORM, .a = 2, .b = 10};
    dec_t v[LEVELS_MAX];
    size_t n = levels_of(&d, D("0"), D("100"), v), found = 0;
    (void)state;
    assert_ascending(v, n);
    assert_dec(v[0], "2");
    assert_dec(v[n - 1], "10");
    for (size_t i = 0; i < n; i++)
        found += dec_cmp(v[i], D("2.25")) == 0 || dec_cmp(v[i], D("6")) == 0;
    assert_int_equal(found, 2);
}

/* A normal number ends 4.8916 standard deviations out (the quantile of 5e-7, from tables), or at the key's range. */
static void a_normal_number(void **state)
{
    const struct distribution d = {.kind = DISTRIBUTION_NORMAL, .a = 6, .b = 1};
    dec_t v[LEVELS_MAX];
    size_t n = levels_of(&d, D("0"), D("7"), v);
    (void)state;
    assert_ascending(v, n);
    assert_near(dec_to_double(v[0]), 6 - 4.8916, 1e-3);
    assert_dec(v[n - 1], "7");
}

static void values_are_their_own_levels(void **state)
{
    static const struct weighted three[] = {{4, 1}, {6, 1}, {9, 2}};
    static struct weighted many[1000];
    struct distribution d = {.kind = DISTRIBUTION_DISCRETE, .values = three, .nvalues = 3};
    dec_t v[LEVELS_MAX];
    (void)state;
    assert_int_equal(levels_of(&d, D("0"), D("100"), v), 3);
    assert_dec(v[0], "4");
    assert_dec(v[1], "6");
    assert_dec(v[2], "9");
    for (int i = 0; i < 1000; i++)
        many[i] = (struct weighted){i + 1, 1};
    d = (struct distribution){.kind = DISTRIBUTION_DISCRETE, .values = many, .nvalues = 1000};
    assert_int_equal(levels_of(&d, D("0"), D("1000"), v), LEVELS_MAX);
    assert_dec(v[0], "1");
    assert_dec(v[LEVELS_MAX - 1], "1000");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_uniform_number),
        cmocka_unit_test(a_normal_number),
        cmocka_unit_test(values_are_their_own_levels),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
