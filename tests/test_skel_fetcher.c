/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The fetcher to copy, over answers of its own making.
 */
#include "tests/support/fetch_case.h"
#include "tests/support/test.h"

#include <string.h>

extern const struct fetcher fetcher_skel;
static const char *const hangzhou[] = {"cn-hangzhou", NULL};

static struct fetch_case skel_case(const char *body)
{
    return (struct fetch_case){.fetcher = &fetcher_skel,
                               .site = "aliyun-cn",
                               .regions = hangzhou,
                               .replace = {{.name = "cn-hangzhou.json", .body = body}}};
}

static void prices_become_rows_of_a_pack(void **state)
{
    struct fetch_case c =
        skel_case("{\"date\":\"2026-11-20\",\"currency\":\"CNY\",\"prices\":["
                  "{\"type\":\"ecs.g7.large\",\"hour\":\"0.52325\"},{\"type\":\"ecs.g6.large\",\"hour\":5e-1},"
                  "{\"type\":\"ecs.none\",\"hour\":\"0\"},{\"type\":\"ecs.g6.large\",\"hour\":0.5}]}");
    struct err err;

    (void)state;
    if (fetch_case_run(&c, &err) != 0)
        fail_msg("%s", err.text);
    fetch_case_expect(
        &c, "aliyun-cn,cn-hangzhou,compute,ecs.g7.large,linux,on-demand,,,hour,0,,,0.52325,CNY,incl,,2026-11-20");
    fetch_case_expect(&c,
                      "aliyun-cn,cn-hangzhou,compute,ecs.g6.large,linux,on-demand,,,hour,0,,,0.5,CNY,incl,,2026-11-20");
    assert_int_equal(c.got.nprices, 2);
    assert_int_equal(fetch_case_counted(&c, "no hourly price"), 1);
    assert_int_equal(fetch_case_counted(&c, "repeated rows"), 1);
    assert_true(fetch_case_scope(&c, "cn-hangzhou,compute,yes"));
    assert_int_equal(c.asked, 1);
    assert_string_equal(c.urls[0], "https://prices.example.com/prices/cn-hangzhou.json");
    fetch_case_free(&c);
}

static void two_prices_of_one_key_are_kept_apart(void **state)
{
    struct fetch_case c =
        skel_case("{\"date\":\"2026-11-20\",\"currency\":\"CNY\",\"prices\":["
                  "{\"type\":\"a\",\"hour\":1},{\"type\":\"a\",\"hour\":2},{\"type\":\"a\",\"hour\":2}]}");
    struct err err;

    (void)state;
    if (fetch_case_run(&c, &err) != 0)
        fail_msg("%s", err.text);
    assert_int_equal(c.got.nprices, 2);
    assert_int_equal(fetch_case_counted(&c, "a second, different price for the same key: ambiguous"), 1);
    assert_int_equal(c.pack.nwarnings, 2); /* ambiguous; no shape */
    fetch_case_free(&c);
}

static void what_cannot_be_read_is_refused(void **state)
{
    static const struct {
        const char *body, *says;
    } rows[] = {
        {"<html>", "not JSON at byte 0"},
        {"{\"date\":\"2026-11-20\",\"currency\":\"CNY\"}", "no 'prices' in the answer"},
        {"{\"date\":\"today\",\"prices\":[]}", "'today' is no date"},
        {"{\"date\":\"2026-11-20\",\"currency\":\"CNY\",\"prices\":[{\"type\":\"a\",\"hour\":\"one\"}]}",
         "'one' is no amount"},
        {"{\"date\":\"2026-11-20\",\"prices\":[{\"type\":\"a\",\"hour\":1}]}", "has the currency ''"},
    };
    struct err err;

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct fetch_case c = skel_case(rows[i].body);
        assert_int_equal(fetch_case_run(&c, &err), -1);
        assert_int_equal(err.kind, ERR_FETCH);
        assert_non_null(strstr(err.text, rows[i].says));
        fetch_case_free(&c);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(prices_become_rows_of_a_pack),
        cmocka_unit_test(two_prices_of_one_key_are_kept_apart),
        cmocka_unit_test(what_cannot_be_read_is_refused),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
