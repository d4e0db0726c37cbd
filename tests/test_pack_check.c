/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Rows of a price pack among each other: ladders, duplicates, parts, contradictions, warnings.
 */
#include "tests/support/pack_case.h"
#include "tests/support/test.h"

#include <string.h>

#define ROW(tail) "aliyun-cn,cn-hangzhou,egress,traffic,,on-demand,,,GB," tail "\n"
#define RESERVED(offering, unit, price, source)                                                                        \
    "aliyun-cn,cn-hangzhou,compute,ecs.g7.xlarge,linux,reserved," offering ",12," unit ",,,," price                    \
    ",CNY,incl,0.06,2024-12-31," source "\n"

static void ladders_without_gaps_are_sound(void **state)
{
    static const char *const rows[] = {
        ROW("0,10,month,1,CNY,incl,0.06,2024-12-31,a") ROW("10,,month,0.8,CNY,incl,0.06,2024-12-31,a"),
        ROW("10,20,month,0.8,CNY,incl,0.06,2024-12-31,a")
            ROW("0,10.0,month,1,CNY,incl,0.06,2024-12-31,a"),                                           /* ends at 20 */
        ROW("0,10,month,0,CNY,incl,0.06,2024-12-31,a") ROW("10,,month,0.8,CNY,incl,0.06,2024-12-31,a"), /* free tier */
        ROW(",,,1,CNY,incl,0.06,2024-12-31,a") ROW(",,,1,CNY,incl,0.06,2025-12-31,a"),                  /* two days */
        ROW(",,,1,CNY,incl,0.06,2024-12-31,a") ROW(",,,0.94,CNY,excl,,2024-12-31,a"),                   /* two bases */
    };

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct pack p;
        struct err err = {ERR_NONE, ""};
        if (pack_case_prices(&p, rows[i], &err) != 0)
            fail_msg("row %zu: %s", i, err.text);
        assert_int_equal(p.nwarnings, 0);
        pack_free(&p);
    }
}

static void bad_ladders_are_refused(void **state)
{
    static const struct {
        const char *rows, *message;
    } cases[] = {
        {ROW("5,,month,1,CNY,incl,0.06,2024-12-31,a"), "prices.csv:2: tiers of 'traffic' do not start at 0"},
        {ROW("0,10,month,1,CNY,incl,0.06,2024-12-31,a") ROW("20,,month,0.8,CNY,incl,0.06,2024-12-31,a"),
         "prices.csv:3: tiers of 'traffic' leave a gap: line 2 ends at 10, this one starts at 20"},
        {ROW("5,,month,0.8,CNY,incl,0.06,2024-12-31,a") ROW("0,10,month,1,CNY,incl,0.06,2024-12-31,a"),
         "prices.csv:2: tiers of 'traffic' overlap: line 3 ends at 10, this one starts at 5"},
        {ROW("0,,month,1,CNY,incl,0.06,2024-12-31,a") ROW("10,,month,0.8,CNY,incl,0.06,2024-12-31,a"),
         "prices.csv:3: a tier above the open one of line 2"},
        {ROW("0,10,month,1,CNY,incl,0.06,2024-12-31,a") ROW("10,,life,0.8,CNY,incl,0.06,2024-12-31,a"),
         "prices.csv:3: scope or tax rate differs from the tier in line 2"},
        {ROW("0,10,month,1,CNY,incl,0.06,2024-12-31,a") ROW("10,,month,0.8,CNY,incl,,2024-12-31,a"),
         "prices.csv:3: scope or tax rate differs from the tier in line 2"},
        {ROW(",,,1,CNY,incl,0.06,2024-12-31,a") ROW(",,,1,CNY,incl,0.06,2024-12-31,a"),
         "prices.csv:3: the same price key as in line 2"},
        {ROW(",,,1,CNY,incl,0.06,2024-12-31,a") ROW("0,,,2,CNY,incl,0.06,2024-12-31,a"),
         "prices.csv:3: the same price key as in line 2"},
        {RESERVED("", "hour", "1", "a") RESERVED("", "month", "700", "a"),
         "prices.csv:3: 'ecs.g7.xlarge' has two rates beside line 2 (known: one, and a sum for the term)"},
        {RESERVED("convertible-partial-upfront", "term", "700", "a"),
         "prices.csv:2: 'ecs.g7.xlarge' convertible-partial-upfront lacks a part or has one too many (it is a sum for "
         "the term and a rate by the hour or month, of one day)"},
        {RESERVED("all-upfront", "hour", "1", "a") RESERVED("all-upfront", "term", "700", "a"),
         "prices.csv:2: 'ecs.g7.xlarge' all-upfront lacks a part or has one too many (it is a sum for the term and no "
         "rate, of one day)"},
        {"aliyun-cn,cn-hangzhou,compute,ecs.g7.xlarge,linux,savings-plan,compute-all-upfront,12,term,,,,700,CNY,incl,"
         "0.06,2024-12-31,a\n",
         "prices.csv:2: 'ecs.g7.xlarge' compute-all-upfront lacks a part or has one too many (it is a rate by the hour "
         "or month and no sum for the term, of one day)"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct pack p;
        struct err err = {ERR_NONE, ""};
        assert_int_equal(pack_case_prices(&p, cases[i].rows, &err), -1);
        assert_string_equal(err.text, cases[i].message);
        assert_int_equal(err.kind, ERR_USAGE);
    }
}

static void two_sources_that_disagree_are_a_warning(void **state)
{
    static const struct {
        const char *rows, *warning; /* NULL: none */
    } cases[] = {
        {ROW(",,,1,CNY,incl,0.06,2024-12-31,a") ROW(",,,2,CNY,incl,0.06,2024-12-31,b"),
         "prices.csv:3: 'traffic' has another price in line 2 from source 'a' on the same day: ambiguous"},
        {ROW(",,,1,CNY,incl,0.06,2024-12-31,a") ROW(",,,1.00,CNY,incl,0.06,2024-12-31,b"), NULL},
        {ROW(",,,1,CNY,incl,0.06,2024-12-31,a") ROW(",,,2,CNY,incl,0.06,2024-12-30,b"), NULL},
        {ROW(",,,1,CNY,incl,0.06,2024-12-31,a") "aliyun-cn,cn-hangzhou,egress,traffic,,on-demand,,,GiB-month,,,,2,CNY,"
                                                "incl,0.06,"
                                                "2024-12-31,b\n",
         NULL}, /* two units are two prices */
        {RESERVED("no-upfront", "hour", "1", "a") RESERVED("no-upfront", "hour", "2", "b"),
         "prices.csv:3: 'ecs.g7.xlarge' has another price in line 2 from source 'a' on the same day: ambiguous"},
        {RESERVED("partial-upfront", "hour", "1", "a") RESERVED("partial-upfront", "term", "700", "a"), NULL},
        {RESERVED("no-upfront", "hour", "1", "a") RESERVED("all-upfront", "term", "700", "a"), NULL},
        {RESERVED("no-upfront", "hour", "1", "a") RESERVED("convertible-no-upfront", "hour", "2", "a"), NULL},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct pack p;
        struct err err = {ERR_NONE, ""};
        if (pack_case_prices(&p, cases[i].rows, &err) != 0)
            fail_msg("case %zu: %s", i, err.text);
        assert_int_equal(p.nwarnings, cases[i].warning != NULL);
        if (cases[i].warning != NULL)
            assert_string_equal(p.warnings[0], cases[i].warning);
        pack_free(&p);
    }
}

static void compute_without_a_shape_is_a_warning_per_provider(void **state)
{
    struct pack p;
    struct err err;

    (void)state;
    assert_int_equal(
        pack_case_prices(
            &p,
            "aliyun-cn,cn-hangzhou,compute,b.x,linux,on-demand,,,hour,,,,1,CNY,incl,0.06,2024-12-31,a\n"
            "aliyun-cn,cn-hangzhou,compute,b.x,windows,on-demand,,,hour,,,,1,CNY,incl,0.06,2024-12-31,a\n"
            "aliyun-intl,cn-hangzhou,compute,b.x,linux,on-demand,,,hour,,,,1,USD,excl,,2024-12-31,a\n"
            "baidu-cn,bj,compute,c.x,linux,on-demand,,,hour,,,,1,CNY,incl,,2024-12-31,a\n"
            "aliyun-intl,cn-hangzhou,compute,c.x,linux,on-demand,,,hour,,,,1,USD,excl,,2024-12-31,a\n"
            "aliyun-cn,cn-hangzhou,compute,ecs.g7.xlarge,linux,on-demand,,,hour,,,,1,CNY,incl,0.06,2024-12-31,a\n"
            "aliyun-cn,cn-hangzhou,egress,traffic,,on-demand,,,GB,,,,1,CNY,incl,0.06,2024-12-31,a\n",
            &err),
        0);
    assert_int_equal(p.nwarnings, 2);
    assert_string_equal(p.warnings[0], "aliyun: 2 compute SKUs without a shape can be pinned, never matched: b.x, c.x");
    assert_string_equal(p.warnings[1], "baidu: 1 compute SKU without a shape can be pinned, never matched: c.x");
    pack_free(&p);
}

static void rows_come_sorted_whatever_their_order(void **state)
{
    struct pack p;
    struct err err;

    (void)state;
    assert_int_equal(pack_case_prices(&p,
                                      ROW("10,,month,0.8,CNY,incl,0.06,2024-12-31,a")
                                          ROW("0,10,month,1,CNY,incl,0.06,2024-12-31,a")
                                              ROW("10,,month,0.7,CNY,incl,0.06,2023-12-31,a")
                                                  ROW("0,10,month,0.9,CNY,incl,0.06,2023-12-31,a"),
                                      &err),
                     0);
    static const int lines[] = {5, 4, 3, 2}; /* the older day first, each from 0 up */
    for (size_t i = 0; i < 4; i++)
        assert_int_equal(p.prices[i].line, lines[i]);
    assert_true(pack_same_ladder(&p.prices[0], &p.prices[1]));
    assert_false(pack_same_ladder(&p.prices[1], &p.prices[2]));
    pack_free(&p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ladders_without_gaps_are_sound),
        cmocka_unit_test(bad_ladders_are_refused),
        cmocka_unit_test(two_sources_that_disagree_are_a_warning),
        cmocka_unit_test(compute_without_a_shape_is_a_warning_per_provider),
        cmocka_unit_test(rows_come_sorted_whatever_their_order),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
