/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Countries, cities and regions.
 */
#include "tests/support/test.h"

#include "tests/support/value_case.h"

static void countries(void **state)
{
    (void)state;
#define NOT(code)                                                                                                      \
    {                                                                                                                  \
        code, "'" code "' is no country (two capital letters of ISO 3166, such as CN, HK, SG)"                         \
    }
    static const struct bad_value bad[] = {NOT("cn"),    NOT("UK"), NOT("XX"), NOT("CHN"),
                                           NOT("China"), NOT(""),   NOT("C")};
    static const char *const good[] = {"CN", "HK", "MO", "TW", "SG", "AD", "ZW", "GB"};
    for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
        char code[3] = "";
        value_case_good(value_country, NULL, NULL, good[i], code);
        assert_string_equal(code, good[i]);
    }
    BAD(value_country, NULL, NULL, bad);
}

static void cities_in_either_language(void **state)
{
    (void)state;
    static const struct bad_value bad[] = {
        {"Beijng",
         "unknown city 'Beijng' (did you mean 'Beijing'? known: Beijing, Hangzhou, Singapore, Ningxia, Shanghai)"},
        {"Paris", "unknown city 'Paris' (known: Beijing, Hangzhou, Singapore, Ningxia, Shanghai)"},
        {"", "unknown city '' (known: Beijing, Hangzhou, Singapore, Ningxia, Shanghai)"},
    };
    static const char *const beijing[] = {"Beijing", "beijing", "BEIJING", "北京"};
    for (size_t i = 0; i < sizeof beijing / sizeof *beijing; i++) {
        const char *city = NULL;
        value_case_good(value_city, NULL, NULL, beijing[i], &city);
        assert_string_equal(city, "Beijing");
    }
    BAD(value_city, NULL, NULL, bad);
}

static void regions_are_the_sites_own(void **state)
{
    (void)state;
    static const struct {
        const char *key, *text, *message;
    } rows[] = {
        {"region.aliyun-cn", "cn-hangzhou", NULL},
        {"region.aws-cn", "cn-north-1", NULL},
        {"region.aws-cn", "cn-hangzhou", "unknown region of aws-cn 'cn-hangzhou' (known: cn-north-1, cn-northwest-1)"},
        {"region.aws-cn", "cn-nort-1",
         "unknown region of aws-cn 'cn-nort-1' (did you mean 'cn-north-1'? known: cn-north-1, cn-northwest-1)"},
        {"region.baidu-cn", "bj", "unknown region of baidu-cn 'bj' (none is known)"},
        {"region.aliyun", "cn-hangzhou",
         "unknown site 'aliyun' (did you mean 'aliyun-cn'? known: aliyun-cn, aliyun-intl, aws-cn, azure-cn, baidu-cn)"},
    };
    struct scenario s = {.nregions = 0};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct err err;
        int rc = value_case(value_region, rows[i].key, NULL, rows[i].text, &s, &err);
        assert_int_equal(rc, rows[i].message ? -1 : 0);
        if (rows[i].message)
            assert_string_equal(err.text, rows[i].message);
    }
    assert_int_equal(s.nregions, 2);
    assert_string_equal(s.regions[0].site, "aliyun-cn");
    assert_string_equal(s.regions[0].region, "cn-hangzhou");
    assert_string_equal(s.regions[1].region, "cn-north-1");
    assert_int_equal(s.regions[1].line, 7);
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
        cmocka_unit_test(countries),
        cmocka_unit_test(cities_in_either_language),
        cmocka_unit_test(regions_are_the_sites_own),
    };
    return cmocka_run_group_tests(tests, NULL, done);
}
