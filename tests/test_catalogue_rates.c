/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Reference rates out of the catalogue, as tests/support/small_data.c put them in.
 */
#include "tests/support/scratch.h"
#include "tests/support/small_data.h"
#include "tests/support/test.h"

#include <string.h>

static struct small_catalogue s;

static int setup(void **state)
{
    (void)state;
    small_data();
    small_open(&s, NULL);
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    small_close(&s);
    scratch_free();
    return 0;
}

static void the_newest_rate_on_or_before_the_day_counts(void **state)
{
    static const struct {
        const char *source, *currency, *day, *value, *published, *base, *quote; /* value NULL: none */
        int units;
    } rows[] = {
        {"ecb", "USD", "1999-01-03", NULL, NULL, NULL, NULL, 0},
        {"ecb", "USD", "1999-01-04", "1.1789", "1999-01-04", "EUR", "USD", 1},
        {"ecb", "USD", "2026-03-16", "1.1789", "1999-01-04", "EUR", "USD", 1},
        {"ecb", "USD", "2026-03-17", "1.1531", "2026-03-17", "EUR", "USD", 1},
        {"ecb", "USD", "2026-11-21", "1.15", "2026-03-18", "EUR", "USD", 1},
        {"ecb", "CNY", "2026-03-16", NULL, NULL, NULL, NULL, 0}, /* blank in 1999 */
        {"ecb", "EUR", "2026-03-18", NULL, NULL, NULL, NULL, 0}, /* its own base */
        {"ecb", "ZZZ", "2026-03-18", NULL, NULL, NULL, NULL, 0},
        {"cfets", "USD", "2026-09-06", "6.7787", "2026-09-04", "USD", "CNY", 1}, /* a Sunday: Friday's, with its date */
        {"cfets", "JPY", "2026-09-03", "4.2495", "2026-09-03", "JPY", "CNY", 100},
    };

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct published_rate r;
        bool found;
        char text[DEC_TEXT];
        struct err err = {ERR_NONE, ""};
        if (catalogue_rate(s.c, rows[i].source, rows[i].currency, small_day(rows[i].day), &r, &found, &err) != 0)
            fail_msg("%s", err.text);
        assert_int_equal(found, rows[i].value != NULL);
        if (!found)
            continue;
        dec_format(r.value, 0, text);
        assert_string_equal(text, rows[i].value);
        date_format(r.date, text);
        assert_string_equal(text, rows[i].published);
        assert_string_equal(r.base, rows[i].base);
        assert_string_equal(r.quote, rows[i].quote);
        assert_int_equal(r.units, rows[i].units);
        assert_string_equal(r.source, rows[i].source);
    }
}

static void a_list_is_newest_first(void **state)
{
    struct published_rate *v;
    size_t n;
    struct err err;

    (void)state;
    assert_int_equal(
        catalogue_rates(s.c, &s.arena, "ecb", "USD", small_day("1999-01-01"), small_day("2026-11-21"), &v, &n, &err),
        0);
    assert_int_equal(n, 3);
    assert_true(date_cmp(v[0].date, small_day("2026-03-18")) == 0);
    assert_true(date_cmp(v[2].date, small_day("1999-01-04")) == 0);
    assert_int_equal(
        catalogue_rates(s.c, &s.arena, "ecb", "USD", small_day("1999-01-05"), small_day("2026-03-17"), &v, &n, &err),
        0);
    assert_int_equal(n, 1);
    assert_int_equal(
        catalogue_rates(s.c, &s.arena, "ecb", "ZZZ", small_day("1999-01-01"), small_day("2026-11-21"), &v, &n, &err),
        0);
    assert_int_equal(n, 0);
}

static void currencies_of_a_source_are_known(void **state)
{
    const char *const *v;
    size_t n;
    struct err err;

    (void)state;
    assert_int_equal(catalogue_currencies(s.c, &s.arena, "ecb", &v, &n, &err), 0);
    assert_int_equal(n, 2);
    assert_string_equal(v[0], "CNY");
    assert_string_equal(v[1], "USD");
    assert_int_equal(catalogue_currencies(s.c, &s.arena, "cfets", &v, &n, &err), 0);
    assert_int_equal(n, 2);
    assert_string_equal(v[0], "JPY");
}

static void an_unknown_source_is_an_error_listing_the_known(void **state)
{
    struct published_rate r, *v;
    const char *const *list;
    bool found;
    size_t n;
    struct err err = {ERR_NONE, ""};

    (void)state;
    assert_int_equal(catalogue_rate(s.c, "boc", "USD", small_day("2026-03-18"), &r, &found, &err), -1);
    assert_string_equal(err.text, "unknown source of rates 'boc' (known: ecb, cfets)");
    assert_int_equal(
        catalogue_rates(s.c, &s.arena, "boc", "USD", small_day("1999-01-01"), small_day("2026-11-21"), &v, &n, &err),
        -1);
    assert_int_equal(catalogue_currencies(s.c, &s.arena, "boc", &list, &n, &err), -1);
    assert_int_equal(err.kind, ERR_USAGE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_newest_rate_on_or_before_the_day_counts),
        cmocka_unit_test(a_list_is_newest_first),
        cmocka_unit_test(currencies_of_a_source_are_known),
        cmocka_unit_test(an_unknown_source_is_an_error_listing_the_known),
    };

    return cmocka_run_group_tests(tests, setup, teardown);
}
