/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Where a scenario stands at a site.
 */
#include "tests/support/test.h"

#include "calc/where.h"
#include "tests/support/rules_fixture.h"

#include <stdio.h>

static const struct region_choice chosen[] = {{"aliyun-cn", "cn-hangzhou", 0}, {"aws-cn", "cn-northwest-1", 0}};

/* One row: the regions with blanks between, or why there are none. */
static const struct row {
    const char *city, *site;
    size_t nchosen;
    const char *regions, *why;
} rows[] = {
    {"Beijing", "aliyun-cn", 0, "cn-beijing", NULL},
    {"Beijing", "azure-cn", 0, "chinanorth chinanorth2", NULL},
    {"Beijing", "aliyun-cn", 1, "cn-hangzhou", NULL}, /* the region wins over the city */
    {"Beijing", "aws-cn", 2, "cn-northwest-1", NULL},
    {"", "aws-cn", 2, "cn-northwest-1", NULL},
    {"Beijing", "aliyun-intl", 2, "", "no region in Beijing (regions: cn-hangzhou Hangzhou, ap-southeast-1 Singapore)"},
    {"", "aws-cn", 1, "", "no region chosen (give city or region.aws-cn; known: cn-north-1, cn-northwest-1)"},
    {"Beijing", "baidu-cn", 0, "", "no region of baidu-cn is known"},
    {"", "baidu-cn", 0, "", "no region of baidu-cn is known"},
};

static void check_row(const struct row *row)
{
    struct arena a = {0};
    struct err err;
    const struct region *const *found;
    size_t n, len = 0;
    const char *why;
    char list[200] = "";
    struct scenario s = {.city = row->city, .regions = chosen, .nregions = row->nchosen};
    assert_int_equal(
        where_regions(&s, &rules_fixture, rules_site(&rules_fixture, row->site), &a, NULL, &found, &n, &why, &err), 0);
    for (size_t i = 0; i < n; i++) {
        assert_string_equal(found[i]->site, row->site);
        len += (size_t)snprintf(list + len, sizeof list - len, "%s%s", i > 0 ? " " : "", found[i]->id);
    }
    assert_string_equal(list, row->regions);
    if (row->why)
        assert_string_equal(why, row->why);
    else
        assert_null(why);
    arena_free(&a);
}

static void regions_by_choice_or_city(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        check_row(&rows[i]);
}

static void long_lists_are_cut(void **state)
{
    (void)state;
    enum { MANY = 9 };
    struct region regions[MANY];
    struct rules r = rules_fixture;
    struct arena a = {0};
    struct err err;
    const struct region *const *found;
    size_t n;
    const char *why;
    struct scenario s = {.city = "Shanghai"};
    for (size_t i = 0; i < MANY; i++)
        regions[i] = rules_fixture.regions[0];
    r.regions = regions;
    r.nregions = MANY;
    assert_int_equal(where_regions(&s, &r, rules_site(&r, "aliyun-cn"), &a, NULL, &found, &n, &why, &err), 0);
    assert_string_equal(why,
                        "no region in Shanghai (regions: cn-beijing Beijing, cn-beijing Beijing, cn-beijing Beijing, "
                        "cn-beijing Beijing, cn-beijing Beijing, cn-beijing Beijing, ... (9 in all))");
    arena_free(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(regions_by_choice_or_city),
        cmocka_unit_test(long_lists_are_cut),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
