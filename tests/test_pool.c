/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/support/prepared.h"

#include "calc/pool.h"

static void shares_sum_to_the_total(void **state)
{
    (void)state;
    const dec_t thirds[] = {D("1"), D("1"), D("1")};
    dec_t out[3];
    pool_share(D("100.00"), 2, thirds, 3, out);
    assert_dec(out[0], "33.34"); /* ties go to the earlier */
    assert_dec(out[1], "33.33");
    assert_dec(out[2], "33.33");
    const dec_t uneven[] = {D("1"), D("2"), D("0")};
    pool_share(D("0.05"), 2, uneven, 3, out); /* 0.01666, 0.03333 */
    assert_dec(out[0], "0.02");
    assert_dec(out[1], "0.03");
    assert_dec(out[2], "0");
    const dec_t yen[] = {D("7"), D("3"), D("5")};
    pool_share(D("1001"), 0, yen, 3, out); /* 467.13, 200.2, 333.67 */
    assert_dec(out[0], "467");
    assert_dec(out[1], "200");
    assert_dec(out[2], "334");
}

/* Two lines of traffic from Huawei Cloud's Jakarta, 6 and 8 TB: 14,336 GB on one ladder, 10,240 x 0.114 + 4,096 x 0.081 =
 * 1,499.136 USD, rounded once and shared 6 : 8 (642.487 and 856.651: 642.49 and 856.65). Apart they would pay 700.416
 * and 933.888. */
static const char two_lines[] = "[project]\nmonths = 2\ncurrency = USD\nas_of = 2026-11-21\n"
                                "[buyer]\ncountry = HK\n"
                                "[compare]\nsites = huawei-intl\nregion.huawei-intl = ap-southeast-4\n"
                                "[egress a]\nvolume = 6 TB\nsku.huawei-intl = obs.internet\n"
                                "[egress b]\nvolume = 8 TB\nsku.huawei-intl = obs.internet\n";

static void lines_on_one_ladder_are_priced_together(void **state)
{
    (void)state;
    struct prepared p;
    prepare_estimate(&p, two_lines, NULL, NULL);
    const struct site_estimate *e = prepared_site(&p, "huawei-intl");
    const struct line *a = prepared_line(e, "a"), *b = prepared_line(e, "b");
    assert_dec(a->runs[0].list, "642.49");
    assert_dec(b->runs[0].list, "856.65");
    assert_dec(e->list, "2998.28");
    assert_int_equal(a->pool->nlines, 2);
    assert_dec(a->pool->runs[0].list, "1499.136");
    prepared_free(&p);
}

static void one_line_alone_is_the_same_as_its_pool(void **state)
{
    (void)state;
    struct prepared p;
    static const char one[] = "[project]\nmonths = 2\ncurrency = USD\nas_of = 2026-11-21\n"
                              "[buyer]\ncountry = HK\n"
                              "[compare]\nsites = huawei-intl\nregion.huawei-intl = ap-southeast-4\n"
                              "[egress a]\nvolume = 14 TB\nsku.huawei-intl = obs.internet\n";
    prepare_estimate(&p, one, NULL, NULL);
    assert_dec(prepared_site(&p, "huawei-intl")->list, "2998.28");
    prepared_free(&p);
}

/* Azure China's Hot GRS in chinaeast2 has no published price above 5,120,000 GB: two lines of 3,000,000 GB pass alone, not
 * together. What the first pricing found is not left behind. */
static void a_pool_beyond_the_ladder_has_no_price(void **state)
{
    (void)state;
    struct prepared p;
    static const char *const names[] = {"a", "b"};
    prepare_estimate(
        &p,
        "[project]\nmonths = 2\nas_of = 2026-11-21\n[compare]\nsites = azure-cn\nregion.azure-cn = chinaeast2\n"
        "[object-storage a]\nsize = 3000000 GB\nsku.azure-cn = Hot GRS\n"
        "[object-storage b]\nsize = 3000000 GB\nsku.azure-cn = Hot GRS\n",
        NULL, NULL);
    const struct site_estimate *e = prepared_site(&p, "azure-cn");
    assert_int_equal(e->status, SITE_INCOMPLETE);
    assert_false(e->has_totals);
    for (size_t i = 0; i < 2; i++) {
        const struct line *l = prepared_line(e, names[i]);
        assert_int_equal(l->status, LINE_UNPRICED);
        assert_non_null(strstr(l->reason, "all lines together"));
        assert_null(l->offer);
        assert_int_equal(l->nruns, 0);
        assert_dec(l->m.cost, "0");
    }
    prepared_free(&p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(shares_sum_to_the_total),
        cmocka_unit_test(lines_on_one_ladder_are_priced_together),
        cmocka_unit_test(one_line_alone_is_the_same_as_its_pool),
        cmocka_unit_test(a_pool_beyond_the_ladder_has_no_price),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
