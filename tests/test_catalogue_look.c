/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The smaller questions: classes, holdings, days, and where else something is sold.
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

static void a_class_lists_its_skus(void **state)
{
    const char *const *v;
    size_t n;
    struct err err;

    (void)state;
    /* grep '^aliyun-cn,block-storage,ssd,' fixtures/packs/bundled/classes.csv */
    assert_int_equal(catalogue_class(s.c, &s.arena, "aliyun-cn", "block-storage", "ssd", &v, &n, &err), 0);
    assert_int_equal(n, 2);
    assert_string_equal(v[0], "cloud_essd_pl1");
    assert_string_equal(v[1], "cloud_ssd");
    assert_int_equal(catalogue_class(s.c, &s.arena, "aliyun-cn", "block-storage", "tape", &v, &n, &err), 0);
    assert_int_equal(n, 0);
}

static void the_classes_of_a_service_are_known(void **state)
{
    const char *const *v;
    size_t n;
    struct err err;

    (void)state;
    assert_int_equal(catalogue_classes(s.c, &s.arena, "aliyun-cn", "block-storage", &v, &n, &err), 0);
    assert_int_equal(n, 3);
    assert_string_equal(v[0], "hdd");
    assert_string_equal(v[1], "ssd");
    assert_string_equal(v[2], "ssd-premium");
    /* grep ',block-storage,' classes.csv | cut -d, -f3 | sort -u */
    assert_int_equal(catalogue_classes(s.c, &s.arena, NULL, "block-storage", &v, &n, &err), 0);
    assert_int_equal(n, 6);
    assert_string_equal(v[5], "ssd-zrs");
    assert_int_equal(catalogue_classes(s.c, &s.arena, NULL, "compute", &v, &n, &err), 0);
    assert_int_equal(n, 0);
}

static void holdings_count_what_is_current(void **state)
{
    const struct holding *v;
    size_t n;
    struct err err;

    (void)state;
    assert_int_equal(catalogue_holdings(s.c, &s.arena, &v, &n, &err), 0);
    assert_int_equal(n, 4);
    assert_string_equal(v[0].site, "aliyun-cn");
    assert_string_equal(v[0].service, "compute");
    assert_int_equal(v[0].offers, 6); /* ladders: of the two of ecs.g7.xlarge one */
    assert_true(date_cmp(v[0].oldest, small_day("2025-01-01")) == 0);
    assert_true(date_cmp(v[0].newest, small_day("2026-01-01")) == 0);
    assert_string_equal(v[1].service, "egress");
    assert_int_equal(v[1].offers, 1);
    assert_string_equal(v[2].site, "tencent-cn");
    assert_int_equal(v[2].offers, 1);
    assert_string_equal(v[3].region, "ap-singapore");
}

static void days_are_newest_first(void **state)
{
    const struct date *v;
    size_t n;
    struct err err;

    (void)state;
    assert_int_equal(catalogue_days(s.c, &s.arena, "aliyun-cn", "cn-hangzhou", "compute", &v, &n, &err), 0);
    assert_int_equal(n, 2);
    assert_true(date_cmp(v[0], small_day("2026-01-01")) == 0);
    assert_true(date_cmp(v[1], small_day("2025-01-01")) == 0);
    assert_int_equal(catalogue_days(s.c, &s.arena, "aliyun-cn", "cn-hangzhou", "nat", &v, &n, &err), 0);
    assert_int_equal(n, 0);
}

static void the_nearest_that_is_sold_is_found(void **state)
{
    static const struct {
        const char *site, *service, *sku, *day, *found; /* found: of the first one, NULL none */
        size_t n;
    } rows[] = {
        {"aliyun-cn", "compute", "ecs.g7.xlarge", "2026-11-21", "ecs.g7.xlarge", 1},
        {"aliyun-cn", "compute", "ecs.g7.xlage", "2026-11-21", "ecs.g7.xlarge", 1}, /* a slip */
        {"aliyun-cn", "compute", "zzz", "2026-11-21", NULL, 0},                     /* like nothing */
        {"aliyun-cn", "compute", NULL, "2026-11-21", "ecs.g7.2xlarge", 2},          /* on demand, prepaid */
        {"aliyun-cn", "compute", "ecs.g7.xlarge", "2024-12-31", NULL, 0},           /* not yet known */
        {"tencent-intl", "compute", "S5.LARGE8", "2026-11-21", "S5.LARGE8", 1},
        {"aliyun-intl", "compute", "ecs.g7.xlarge", "2026-11-21", NULL, 0}, /* known by name, sold nowhere */
        {"nobody", "compute", "ecs.g7.xlarge", "2026-11-21", NULL, 0},
    };

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct elsewhere *v;
        size_t n;
        struct err err = {ERR_NONE, ""};
        if (catalogue_elsewhere(s.c, &s.arena, rows[i].site, "cn-hangzhou", rows[i].service, rows[i].sku,
                                small_day(rows[i].day), 10, &v, &n, &err) != 0)
            fail_msg("%s", err.text);
        if (n != rows[i].n || (n > 0 && strcmp(v[0].sku, rows[i].found) != 0))
            fail_msg("row %zu: %zu, %s", i, n, n > 0 ? v[0].sku : "none");
    }
}

static void no_more_than_asked_are_told(void **state)
{
    struct elsewhere *v;
    size_t n;
    struct err err;

    (void)state;
    assert_int_equal(catalogue_elsewhere(s.c, &s.arena, "aliyun-cn", "cn-hangzhou", "compute", NULL,
                                         small_day("2026-11-21"), 1, &v, &n, &err),
                     0);
    assert_int_equal(n, 1);
    assert_int_equal(v[0].charge, CHARGE_ON_DEMAND);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_class_lists_its_skus),
        cmocka_unit_test(the_classes_of_a_service_are_known),
        cmocka_unit_test(holdings_count_what_is_current),
        cmocka_unit_test(days_are_newest_first),
        cmocka_unit_test(the_nearest_that_is_sold_is_found),
        cmocka_unit_test(no_more_than_asked_are_told),
    };

    return cmocka_run_group_tests(tests, setup, teardown);
}
