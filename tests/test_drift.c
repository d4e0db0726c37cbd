/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What changed between two days, of prices written here: two full lists of one source, of 2026-10-01 and of
 * 2026-11-01. Percentages by hand: (new - old) / old.
 */
#include "tests/support/fetched_case.h"
#include "tests/support/numbers.h"
#include "tests/support/scratch.h"
#include "tests/support/small_data.h"

#include "calc/drift.h"

#include <stdio.h>
#include <string.h>

#define AT "aliyun-cn,cn-hangzhou,"
#define OLD ",CNY,incl,0.06,2026-10-01,list\n"
#define NEW ",CNY,incl,0.06,2026-11-01,list\n"
#define FULL                                                                                                           \
    "region,service,full\ncn-hangzhou,nat,yes\ncn-hangzhou,snapshot,yes\ncn-hangzhou,load-balancer,yes\n"              \
    "cn-hangzhou,public-ip,yes\n"

/* clang-format off */
static const char october[] =
    AT "nat,cheap,,on-demand,,,hour,,,,3" OLD
    AT "nat,dear,,on-demand,,,hour,,,,3" OLD
    AT "nat,gone,,on-demand,,,hour,,,,1" OLD
    AT "nat,same,,on-demand,,,hour,,,,0.1" OLD
    AT "nat,unit,,on-demand,,,hour,,,,1" OLD
    AT "nat,two,,on-demand,,,hour,,,,1" OLD
    AT "nat,two,,on-demand,,,month,,,,600" OLD
    AT "snapshot,basis,,on-demand,,,GB-month,,,,1" OLD
    AT "load-balancer,free,,on-demand,,,hour,0,10,month,0" OLD
    AT "load-balancer,free,,on-demand,,,hour,10,,month,2" OLD
    AT "public-ip,term,,prepaid,,12,term,,,,100" OLD
    AT "public-ip,term,,prepaid,,24,term,,,,100" OLD;
static const char november[] =
    AT "nat,cheap,,on-demand,,,hour,,,,2" NEW
    AT "nat,dear,,on-demand,,,hour,,,,5" NEW
    AT "nat,new,,on-demand,,,hour,,,,5" NEW
    AT "nat,same,,on-demand,,,hour,,,,0.10" NEW
    AT "nat,unit,,on-demand,,,month,,,,600" NEW
    AT "nat,two,,on-demand,,,month,,,,600" NEW
    AT "nat,two,,on-demand,,,day,,,,20" NEW
    AT "load-balancer,free,,on-demand,,,hour,0,20,month,0.5" NEW
    AT "load-balancer,free,,on-demand,,,hour,20,,month,2" NEW
    AT "public-ip,term,,prepaid,,12,term,,,,100" NEW
    AT "public-ip,term,,prepaid,,24,term,,,,101" NEW
    AT "snapshot,basis,,on-demand,,,GB-month,,,,0.94,CNY,excl,,2026-11-01,list\n";
/* clang-format on */

static int setup(void **state)
{
    struct arena a = {NULL};

    (void)state;
    small_data();
    scratch_mkdir("cache");
    fetched_case_put(NULL, "aliyun", "aliyun-cn", "2026-10-01", october, FULL, &a);
    fetched_case_put(NULL, "aliyun", "aliyun-cn", "2026-11-01", november, FULL, &a);
    arena_free(&a);
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    scratch_free();
    return 0;
}

struct asked {
    struct small_catalogue s;
    struct drift d;
};

static void ask(struct asked *x, struct drift_question q)
{
    struct err err = {ERR_NONE, ""};

    small_open(&x->s, NULL);
    if (drift_find(x->s.c, &x->s.rules, &q, &x->s.arena, &x->d, &err) != 0)
        fail_msg("%s", err.text);
}

static struct drift_question between(const char *old, const char *new)
{
    return (struct drift_question){.old = small_day(old), .new = small_day(new), .site = "aliyun-cn"};
}

/* "cheap cheaper 3 2 -33.33%", with the unit and basis where these are another. */
static const char *told(const struct drift_row *r)
{
    static char text[256];
    char from[DEC_TEXT], old[DEC_TEXT] = "-", new[DEC_TEXT] = "-", pct[DEC_TEXT] = "";

    dec_format(r->tier_from, 0, from);
    if (r->old.known)
        dec_format(r->old.price, 0, old);
    if (r->new.known)
        dec_format(r->new.price, 0, new);
    if (r->has_pct)
        dec_format(r->pct, 2, pct);
    snprintf(text, sizeof text, "%s%s%s %s %s%s %s%s%s%s", r->sku, strcmp(from, "0") != 0 ? " from " : "",
             strcmp(from, "0") != 0 ? from : "", drift_names[r->kind], r->old.ambiguous ? "!" : "", old,
             r->new.ambiguous ? "!" : "", new, r->has_pct ? " " : "", pct);
    return text;
}

static void every_kind_of_change_is_told(void **state)
{
    static const char *const rows[] = {
        "free dearer 0 0.5", /* from nothing there is no percentage */
        "free from 10 gone 2 -",
        "free from 20 new - 2",
        "cheap cheaper 3 2 -33.33",
        "dear dearer 3 5 66.67",
        "gone gone 1 -",
        "new new - 5",
        "two changed 1 20", /* the month is the same, so the hour became the day */
        "unit changed 1 600",
        "term dearer 100 101 1.00",
        "basis changed 1 0.94",
    };
    struct asked x;

    (void)state;
    ask(&x, between("2026-10-31", "2026-11-01"));
    for (size_t i = 0; i < x.d.n && i < sizeof rows / sizeof *rows; i++)
        assert_string_equal(told(&x.d.rows[i]), rows[i]);
    assert_int_equal(x.d.n, sizeof rows / sizeof *rows);
    const struct drift_row *unit = &x.d.rows[8];
    assert_int_equal(unit->old.unit, unit_find("hour"));
    assert_int_equal(unit->new.unit, unit_find("month"));
    assert_int_equal(unit->old.as_of.day, small_day("2026-10-01").day);
    assert_int_equal(unit->new.as_of.day, small_day("2026-11-01").day);
    assert_string_equal(unit->new.source, "list");
    assert_int_equal(x.d.rows[9].term_months, 24);
    assert_int_equal(x.d.nsites, 1);
    const long expected[DRIFT_KINDS] = {[DRIFT_CHEAPER] = 1, [DRIFT_DEARER] = 3,  [DRIFT_NEW] = 2,
                                        [DRIFT_GONE] = 2,    [DRIFT_CHANGED] = 3, [DRIFT_SAME] = 9};
    /* the same: nat `same` and `two` by the month, the prepaid year, and 6 rows of the small data: three machines (one ambiguous
     * with its two prices as one), one prepaid, two tiers of traffic */
    for (int k = 0; k < DRIFT_KINDS; k++)
        assert_int_equal(x.d.sites[0].counts[k], expected[k]);
    small_close(&x.s);
}

static void nothing_changes_where_nothing_came(void **state)
{
    struct asked x;

    (void)state;
    ask(&x, between("2026-11-01", "2026-11-21"));
    assert_int_equal(x.d.n, 0);
    assert_int_equal(x.d.sites[0].counts[DRIFT_SAME], 18); /* 6 of the small data, 12 of the second list */
    small_close(&x.s);
}

static void what_one_side_says_twice_is_changed_not_compared(void **state)
{
    struct asked x;
    struct drift_question q = between("2025-06-01", "2026-11-21");

    (void)state; /* ecs.g7.2xlarge: 2.00 and 2.10 of 2026-01-01, nothing before; g7.xlarge 1.00, then 1.20 */
    q.service = "compute";
    ask(&x, q);
    assert_int_equal(x.d.n, 2);
    assert_string_equal(told(&x.d.rows[0]), "ecs.g7.2xlarge new - !2");
    assert_string_equal(told(&x.d.rows[1]), "ecs.g7.xlarge dearer 1 1.2 20.00");
    small_close(&x.s);

    struct arena a = {NULL};
    fetched_case_put(NULL, "other", "aliyun-cn", "2026-11-01", AT "nat,cheap,,on-demand,,,hour,,,,9" NEW,
                     "region,service,full\n", &a);
    arena_free(&a);
    q = between("2026-10-01", "2026-11-01");
    q.service = "nat";
    ask(&x, q);
    assert_string_equal(told(&x.d.rows[0]), "cheap changed 3 !2");
    small_close(&x.s);
}

static void questions_narrow_it(void **state)
{
    struct asked x;
    struct drift_question q = between("2026-10-31", "2026-11-01");

    (void)state;
    q.region = "cn-beijing";
    ask(&x, q);
    assert_int_equal(x.d.nsites, 0);
    small_close(&x.s);
    q = between("2026-10-31", "2026-11-01");
    q.source = "made-a"; /* of the small data only */
    ask(&x, q);
    assert_int_equal(x.d.n, 0);
    assert_true(x.d.sites[0].counts[DRIFT_SAME] > 0 && x.d.sites[0].counts[DRIFT_SAME] < 6);
    small_close(&x.s);
    q = (struct drift_question){.old = small_day("2024-01-01"), .new = small_day("2026-11-21")};
    ask(&x, q);
    assert_int_equal(x.d.nsites, 3);
    assert_string_equal(x.d.sites[0].site, "aliyun-cn");
    assert_string_equal(x.d.sites[1].site, "tencent-cn");
    assert_int_equal(x.d.sites[0].counts[DRIFT_SAME], 0);
    small_close(&x.s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_kind_of_change_is_told),
        cmocka_unit_test(nothing_changes_where_nothing_came),
        cmocka_unit_test(what_one_side_says_twice_is_changed_not_compared),
        cmocka_unit_test(questions_narrow_it),
    };

    return cmocka_run_group_tests(tests, setup, teardown);
}
