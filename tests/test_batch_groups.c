/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Sums by group: what is added, what is only counted, in which order they come; the same from several workers.
 */
#include "tests/support/estimate_fixture.h"
#include "tests/support/numbers.h"

#include "calc/batch_groups.h"

static const struct estimate_options plain = {.all = false};

static void row(struct batch_groups *g, const char *group, const struct estimate *e)
{
    struct err err = {0};
    const struct batch_cell cell = {group, strlen(group)};
    if (batch_groups_row(g, &cell, e, &plain, &err) != 0)
        fail_msg("%s", err.text);
}

static const struct group_sum *sum(const struct batch_groups *g, const char *group, const char *site)
{
    for (size_t i = 0; i < g->nsums; i++)
        if (!strcmp(g->names[g->sums[i].group], group) && !strcmp(g->sums[i].site, site))
            return &g->sums[i];
    fail_msg("no sum of %s at %s", group, site);
    return NULL;
}

/* The sites asked for, in another order than the estimate has them. */
static const struct site_ref refs[] = {{.site = "baidu-cn", .buyer = ""},
                                       {.site = "tencent-cn", .buyer = ""},
                                       {.site = "aliyun-intl", .buyer = ""},
                                       {.site = "aliyun-cn", .buyer = ""}};

static void fixture(struct estimate_fixture *f)
{
    estimate_fixture(f);
    f->scenario.sites = refs;
    f->scenario.nsites = FIX_SITES;
}

/* aliyun-cn: 4,583.67 a month list, twelve months of 4,324.22 net (money rules): two rows are twice that. */
static void complete_sites_are_added(void **state)
{
    struct estimate_fixture f;
    struct batch_groups g = {.ngroups = 0};
    (void)state;
    fixture(&f);
    row(&g, "sales", &f.e);
    row(&g, "sales", &f.e);
    const struct group_sum *s = sum(&g, "sales", "aliyun-cn");
    assert_int_equal(s->rows, 2);
    assert_int_equal(s->incomplete, 0);
    assert_dec(s->list, "110008.08");
    assert_dec(s->m.net, "103781.28");
    assert_string_equal(s->list_currency, "CNY");
    /* stale and incomplete: counted, not added */
    assert_int_equal(sum(&g, "sales", "tencent-cn")->incomplete, 2);
    assert_false(sum(&g, "sales", "tencent-cn")->any);
    assert_int_equal(sum(&g, "sales", "baidu-cn")->incomplete, 2);
    assert_string_equal(g.sums[0].site, "baidu-cn"); /* as they were asked for */
    batch_groups_free(&g);
}

static void stale_ones_are_added_when_allowed(void **state)
{
    struct estimate_fixture f;
    struct batch_groups g = {.ngroups = 0};
    const struct estimate_options allow = {.allow_stale = true};
    const struct batch_cell cell = {"x", 1};
    struct err err;
    (void)state;
    fixture(&f);
    assert_int_equal(batch_groups_row(&g, &cell, &f.e, &allow, &err), 0);
    assert_int_equal(sum(&g, "x", "tencent-cn")->incomplete, 0);
    assert_true(sum(&g, "x", "tencent-cn")->any);
    batch_groups_free(&g);
}

static void text_is(const struct batch_groups *g, const char *start)
{
    struct buf out = {0};
    struct err err = {0};
    if (batch_groups_write(g, false, &out, &err) != 0)
        fail_msg("%s", err.text);
    if (strncmp(out.v, start, strlen(start)) != 0)
        fail_msg("%s", out.v);
    buf_free(&out);
}

#define HEADER                                                                                                         \
    "group,site,currency,rows,rows_incomplete,list_currency,list_cost,net_cost,tax,tax_recoverable,withheld_tax,fees," \
    "other_cost,cash_out,cost,npv,note\n"

static void failed_rows_are_counted_at_every_site(void **state)
{
    struct estimate_fixture f;
    struct batch_groups g = {.ngroups = 0};
    (void)state;
    fixture(&f);
    row(&g, "lost", NULL);
    row(&g, "sales", &f.e);
    row(&g, "sales", NULL);
    text_is(&g, HEADER "lost,,,1,1,,,,,,,,,,,,\nsales,baidu-cn,CNY,2,2,,,,,,,,,,,,\n");
    batch_groups_free(&g);
}

static void groups_come_as_their_rows_do(void **state)
{
    struct estimate_fixture f;
    struct batch_groups all = {.ngroups = 0}, own = {.ngroups = 0}, straight = {.ngroups = 0};
    struct buf a = {0}, b = {0};
    struct err err;
    (void)state;
    fixture(&f);
    static const char *const order[] = {"b", "a", "", "b", "c", "a"};
    for (size_t i = 0; i < sizeof order / sizeof *order; i++) {
        const struct estimate *e = i == 4 ? NULL : &f.e;
        row(&straight, order[i], e);
        row(&own, order[i], e);
        if (i % 2 == 1)
            assert_int_equal(batch_groups_join(&all, &own, &err), 0); /* a turn every second row */
    }
    assert_int_equal(own.nsums, 0);
    assert_int_equal(batch_groups_write(&all, true, &a, &err), 0);
    assert_int_equal(batch_groups_write(&straight, true, &b, &err), 0);
    assert_string_equal(a.v, b.v);
    assert_string_equal(all.names[0], "b");
    assert_string_equal(all.names[3], "c");
    buf_free(&a);
    buf_free(&b);
    batch_groups_free(&all);
    batch_groups_free(&straight);
}

static void lists_of_two_kinds_have_no_sum(void **state)
{
    struct group_sum to = {.rows = 0}, one = {.any = true, .has_list = true, .list = D("1")};
    (void)state;
    memcpy(one.list_currency, "CNY", 4);
    group_sum_add(&to, &one);
    group_sum_add(&to, &one);
    assert_true(to.has_list);
    assert_dec(to.list, "2");
    struct group_sum usd = one, incl = one, none = {.rows = 1, .incomplete = 1};
    memcpy(usd.list_currency, "USD", 4);
    incl.list_basis = one.list_basis == BASIS_INCL ? BASIS_EXCL : BASIS_INCL;
    struct group_sum a = to, b = to;
    group_sum_add(&a, &none); /* nothing is added by what is not complete */
    assert_true(a.has_list);
    group_sum_add(&a, &usd);
    assert_false(a.has_list);
    group_sum_add(&b, &incl);
    assert_false(b.has_list);
    group_sum_add(&b, &one); /* and it does not come back */
    assert_false(b.has_list);
}

static void a_sum_that_overflows_is_an_error(void **state)
{
    struct batch_groups g = {.ngroups = 0};
    struct buf out = {0};
    struct err err = {0};
    int group;
    (void)state;
    assert_int_equal(batch_groups_name(&g, "x", 1, &group, &err), 0);
    struct group_sum *s = batch_groups_at(&g, group, "aliyun-cn", "CNY", 2, "", &err);
    struct group_sum huge = {.any = true, .m = {.cost = D("100000000000000000000000000")}};
    for (int i = 0; i < 3; i++)
        group_sum_add(s, &huge);
    assert_int_equal(batch_groups_write(&g, false, &out, &err), -1);
    assert_non_null(strstr(err.text, "group 'x' at aliyun-cn: "));
    assert_non_null(strstr(err.text, "overflows"));
    buf_free(&out);
    batch_groups_free(&g);
}

static void columns_are_known_by_their_headers(void **state)
{
    static const struct batch_column v[] = {{.header = "vcpu", .kind = BATCH_WORD},
                                            {.header = "部门", .kind = BATCH_LABEL}};
    const struct batch_columns c = {.file = "rows.csv", .v = v, .n = 2};
    struct err err;
    int at;
    (void)state;
    assert_int_equal(batch_groups_column(&c, "部门", &at, &err), 0);
    assert_int_equal(at, 1);
    assert_int_equal(batch_groups_column(&c, "dept", &at, &err), -1);
    assert_string_equal(err.text, "--group-by: rows.csv has no column 'dept' (it has: vcpu, 部门)");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(complete_sites_are_added),
        cmocka_unit_test(stale_ones_are_added_when_allowed),
        cmocka_unit_test(failed_rows_are_counted_at_every_site),
        cmocka_unit_test(groups_come_as_their_rows_do),
        cmocka_unit_test(lists_of_two_kinds_have_no_sum),
        cmocka_unit_test(a_sum_that_overflows_is_an_error),
        cmocka_unit_test(columns_are_known_by_their_headers),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
