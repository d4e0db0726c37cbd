/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Labels: a name alone, or kind and name where the name is used more than once.
 */
#include "tests/support/test.h"

#include "tests/support/config_case.h"

static void labels(void **state)
{
    (void)state;
    static const char text[] = "[compare]\ncity = Hangzhou\n"
                               "[compute web]\nvcpu = 4\nmemory = 16 GiB\n"
                               "[egress web]\nvolume = 1 TB\n"
                               "[cost web]\namount = 1 CNY\n"
                               "[compute 后台 一]\nvcpu = 4\nmemory = 16 GiB\n"
                               "[egress Web]\nvolume = 1 TB\n"
                               "[cost licence]\namount = 1 CNY\n";
    struct scenario s;
    config_case_read(text, NULL, NULL, &s);
    assert_int_equal(s.nresources, 4);
    assert_string_equal(s.resources[0].label, "compute web");
    assert_string_equal(s.resources[1].label, "egress web");
    assert_string_equal(s.resources[2].label, "后台 一");
    assert_string_equal(s.resources[3].label, "Web");
    assert_int_equal(s.ncosts, 2);
    assert_string_equal(s.costs[0].label, "cost web");
    assert_string_equal(s.costs[1].label, "licence");
    assert_string_equal(s.costs[0].name, "web");
    scenario_free(&s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(labels),
    };
    return cmocka_run_group_tests(tests, config_case_setup, config_case_teardown);
}
