/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Addresses and lists of names in [network] and [fetch SOURCE].
 */
#include "tests/support/test.h"
#include "tests/support/value_case.h"

#include <string.h>

static void endpoints_are_https_or_loopback(void **state)
{
    static const char *const good[] = {"https://mirror.example.com", "https://mirror.example.com:8443/aws",
                                       "http://127.0.0.1:8080", "http://[::1]:80"};
    static const struct bad_value bad[] = {
        {"http://mirror.example.com",
         "'http://mirror.example.com' is neither https:// nor http:// on a loopback address"},
        {"mirror.example.com",
         "'mirror.example.com' is no address (such as https://mirror.example.com, without / at the end)"},
        {"https://mirror.example.com/",
         "'https://mirror.example.com/' is no address (such as https://mirror.example.com, without / at the end)"},
        {"https://mirror.example.com/a?key=1", "'https://mirror.example.com/a?key=1' is no address (such as "
                                               "https://mirror.example.com, without / at the end)"},
        {"https://me:secret@mirror.example.com",
         "an address with a user in it (credentials do not belong in a configuration)"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
        struct fetch_settings s = {.source = "aws"};
        value_case_good(value_endpoint, "endpoint", "", good[i], &s);
        assert_int_equal(s.naddresses, 1);
        assert_string_equal(s.addresses[0].url, good[i]);
        assert_string_equal(s.addresses[0].site, "");
    }
    BAD(value_endpoint, "endpoint", "", bad);
}

static void an_endpoint_may_be_of_one_site(void **state)
{
    struct fetch_settings s = {.source = "aws"};
    static const struct bad_value bad[] = {
        {"https://x.example.com", "unknown site 'aws-china' (known: aliyun-cn, aliyun-intl, aws-cn, "
                                  "azure-cn, baidu-cn)"},
    };

    (void)state;
    value_case_good(value_endpoint, "endpoint.aws-cn", "", "https://x.example.com", &s);
    assert_string_equal(s.addresses[0].site, "aws-cn");
    BAD(value_endpoint, "endpoint.aws-china", "", bad);
}

static void a_proxy_may_be_plain_but_has_no_user(void **state)
{
    const char *url = NULL;
    static const struct bad_value bad[] = {
        {"http://me@proxy:3128", "an address with a user in it (credentials do not belong in a configuration)"},
    };

    (void)state;
    value_case_good(value_url, "proxy", "", "http://proxy.example.com:3128", &url);
    assert_string_equal(url, "http://proxy.example.com:3128");
    BAD(value_url, "proxy", "", bad);
}

static void names_are_parted_by_commas(void **state)
{
    struct name_list names;
    static const struct bad_value bad[] = {
        {"a,,b", "a name is missing (names with commas between them)"},
        {"a,", "a name is missing (names with commas between them)"},
        {",", "a name is missing (names with commas between them)"},
    };

    (void)state;
    value_case_good(value_names, "regions", "", "cn-hangzhou ,  cn-beijing", &names);
    assert_int_equal(names.n, 2);
    assert_string_equal(names.v[0], "cn-hangzhou");
    assert_string_equal(names.v[1], "cn-beijing");
    BAD(value_names, "regions", "", bad);
}

static int forget(void **state)
{
    (void)state;
    value_case_free();
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(endpoints_are_https_or_loopback),
        cmocka_unit_test(an_endpoint_may_be_of_one_site),
        cmocka_unit_test(a_proxy_may_be_plain_but_has_no_user),
        cmocka_unit_test(names_are_parted_by_commas),
    };

    return cmocka_run_group_tests(tests, NULL, forget);
}
