/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Numbers with a unit. The sizes in GiB were worked out with bc: scale=12; 0.5/1024 and the like.
 */
#include "tests/support/test.h"

#include "tests/support/value_case.h"

#define SIZE "over 0 to 1000000000 GiB"

static void sizes_are_gib(void **state)
{
    (void)state;
    static const struct {
        const char *text, *gib;
    } good[] = {
        {"16 GiB", "16"},
        {"16GiB", "16"},
        {"16  GB", "16"},
        {"8 TB", "8192"},
        {"1.5 TiB", "1536"},
        {"2 PiB", "2097152"},
        {"1 PB", "1048576"},
        {"512 MiB", "0.5"},
        {"0.5 MB", "0.00048828125"},
        {"100.75 MB", "0.098388671875"},
    };
    static const struct bad_value bad[] = {
        {"16", "'16' lacks its unit (such as 16 GiB)"},
        {"16 GBs", "unknown unit 'GBs' (did you mean 'GB'? known: MiB, GiB, TiB, PiB, MB, GB, TB, PB)"},
        {"16 gib", "unknown unit 'gib' (did you mean 'GiB'? known: MiB, GiB, TiB, PiB, MB, GB, TB, PB)"},
        {"16 bananas", "unknown unit 'bananas' (known: MiB, GiB, TiB, PiB, MB, GB, TB, PB)"},
        {"1 GiB 2", "unknown unit 'GiB 2' (known: MiB, GiB, TiB, PiB, MB, GB, TB, PB)"},
        {"GiB", "'GiB' is no size (" SIZE ")"},
        {"", "'' is no size (" SIZE ")"},
        {"0 GiB", "'0 GiB' is out of range (" SIZE ")"},
        {"-1 GiB", "'-1 GiB' is out of range (" SIZE ")"},
        {"1000 PB", "'1000 PB' is out of range (" SIZE ")"},
        {"0.123 MB", "'0.123 MB' has too many digits (12 decimals of a GiB at most)"},
        {"99999999999999999999999999 PB",
         "'99999999999999999999999999 PB' has too many digits (12 decimals of a GiB at most)"},
    };
    for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
        struct value v;
        value_case_good(value_size, NULL, SIZE, good[i].text, &v);
        value_case_is(v, good[i].gib);
    }
    BAD(value_size, NULL, SIZE, bad);
}

static void rates_are_mbps(void **state)
{
    (void)state;
    static const struct bad_value bad[] = {
        {"10", "'10' lacks its unit (such as 10 Mbps)"},
        {"10 MB", "unknown unit 'MB' (known: Mbps, Gbps)"},
        {"0 Mbps", "'0 Mbps' is out of range (over 0 to 100 Mbps)"},
        {"1 Gbps", "'1 Gbps' is out of range (over 0 to 100 Mbps)"},
    };
    struct value v;
    value_case_good(value_rate, NULL, "over 0 to 100000 Mbps", "10 Mbps", &v);
    value_case_is(v, "10");
    value_case_good(value_rate, NULL, "over 0 to 100000 Mbps", "2.5 Gbps", &v);
    value_case_is(v, "2500");
    BAD(value_rate, NULL, "over 0 to 100 Mbps", bad);
}

static void quantities_may_be_bare(void **state)
{
    (void)state;
    static const struct bad_value bad[] = {
        {"many", "'many' is no size (over 0 to 1000)"},
        {"0", "'0' is out of range (over 0 to 1000)"},
        {"1 TB", "'1 TB' is out of range (over 0 to 1000)"},
    };
    struct value v;
    value_case_good(value_quantity, NULL, "over 0 to 1000", "10", &v);
    value_case_is(v, "10");
    value_case_good(value_quantity, NULL, "over 0 to 1024", "1 TB", &v);
    value_case_is(v, "1024");
    BAD(value_quantity, NULL, "over 0 to 1000", bad);
}

static void growth_has_a_period(void **state)
{
    (void)state;
    static const struct {
        const char *text, *rate;
        bool per_year;
    } good[] = {
        {"2% / month", "0.02", false},
        {"2%/month", "0.02", false},
        {"24 % /  year", "0.24", true},
        {"-5% / year", "-0.05", true},
        {"0%", "0", false},
        {"0% / year", "0", true},
        {"1000% / year", "10", true},
        {"-99% / month", "-0.99", false},
    };
    static const struct bad_value bad[] = {
        {"2%", "'2%' lacks its period (such as 2% / month, 2% / year)"},
        {"2% /", "'2%' lacks its period (such as 2% / month, 2% / year)"},
        {"2% / day", "unknown period 'day' (known: month, year)"},
        {"2% / mnth", "unknown period 'mnth' (did you mean 'month'? known: month, year)"},
        {"2 / month", "'2' lacks its percent sign (such as 2%)"},
        {"-100% / year", "'-100%' is out of range (over -100% to 1000%)"},
        {"1001% / year", "'1001%' is out of range (over -100% to 1000%)"},
        {"/ month", "'' is no percentage (over -100% to 1000%)"},
        {"", "'' is no percentage (over -100% to 1000%)"},
    };
    for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
        struct growth g;
        value_case_good(value_growth, NULL, "over -100% to 1000%", good[i].text, &g);
        value_case_is(g.rate, good[i].rate);
        assert_int_equal(g.per_year, good[i].per_year);
    }
    BAD(value_growth, NULL, "over -100% to 1000%", bad);
}

static int done(void **state)
{
    (void)state;
    value_case_free();
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sizes_are_gib),
        cmocka_unit_test(rates_are_mbps),
        cmocka_unit_test(quantities_may_be_bare),
        cmocka_unit_test(growth_has_a_period),
    };
    return cmocka_run_group_tests(tests, NULL, done);
}
