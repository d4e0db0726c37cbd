/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Who may buy where.
 */
#include "tests/support/test.h"

#include "calc/who.h"
#include "tests/support/rules_fixture.h"

#include <string.h>

static void country_decides(void **state)
{
    (void)state;
    static const struct {
        const char *site, *country;
        enum acceptance expect;
    } rows[] = {
        {"aliyun-cn", "CN", BUYER_ACCEPTED},   {"aliyun-cn", "SG", BUYER_REFUSED},
        {"aliyun-cn", "HK", BUYER_REFUSED},    {"aliyun-cn", "MO", BUYER_REFUSED},
        {"aliyun-cn", "TW", BUYER_REFUSED},    {"aliyun-intl", "CN", BUYER_CONDITIONAL},
        {"aliyun-intl", "SG", BUYER_ACCEPTED}, {"baidu-cn", "US", BUYER_CONDITIONAL},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct buyer b = {.name = ""};
        memcpy(b.country, rows[i].country, sizeof b.country);
        assert_int_equal(who_accepts(rules_site(&rules_fixture, rows[i].site), &b), rows[i].expect);
        assert_int_equal(who_is_mainland(&b), strcmp(rows[i].country, "CN") == 0);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(country_decides),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
