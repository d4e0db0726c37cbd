/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/support/prepared.h"

#include "calc/pool.h"

/* Numerical Recipes' generator. */
static uint32_t next_random(uint32_t *seed)
{
    *seed = *seed * 1664525u + 1013904223u;
    return *seed >> 8;
}

static void share(const char *total, int places, struct pool_share *v, size_t n, const char *const *weights)
{
    for (size_t i = 0; i < n; i++)
        v[i] = (struct pool_share){.weight = D(weights[i]), .lines = 1};
    pool_share(D(total), places, v, n);
}

/* What the k-th line of an entry gets. */
static dec_t got(const struct pool_share *s, int k, int places)
{
    return k < s->more ? dec_add(s->out, dec_of(1, places)) : s->out;
}

static void shares_sum_to_the_total(void **state)
{
    (void)state;
    struct pool_share v[3];
    share("100.00", 2, v, 3, (const char *const[]){"1", "1", "1"});
    assert_dec(got(&v[0], 0, 2), "33.34"); /* ties go to the earlier */
    assert_dec(got(&v[1], 0, 2), "33.33");
    assert_dec(got(&v[2], 0, 2), "33.33");
    share("0.05", 2, v, 3, (const char *const[]){"1", "2", "0"}); /* 0.01666, 0.03333 */
    assert_dec(got(&v[0], 0, 2), "0.02");
    assert_dec(got(&v[1], 0, 2), "0.03");
    assert_dec(got(&v[2], 0, 2), "0");
    share("1001", 0, v, 3, (const char *const[]){"7", "3", "5"}); /* 467.13, 200.2, 333.67 */
    assert_dec(got(&v[0], 0, 0), "467");
    assert_dec(got(&v[1], 0, 0), "200");
    assert_dec(got(&v[2], 0, 0), "334");
}

/* Entries that stand for several lines share as these lines would one by one: 300 random pools of a million and less. */
static void alike_lines_share_as_if_each_stood_alone(void **state)
{
    (void)state;
    uint32_t seed = 20261122;
    for (int round = 0; round < 300; round++) {
        struct pool_share some[8], each[8 * 9];
        size_t n = 1 + next_random(&seed) % 8, all = 0;
        int places = (int)(next_random(&seed) % 3);
        for (size_t i = 0; i < n; i++) {
            dec_t weight = dec_of(1 + next_random(&seed) % 5, 1);
            some[i] = (struct pool_share){.weight = weight, .lines = 1 + (int)(next_random(&seed) % 9)};
            for (int k = 0; k < some[i].lines; k++)
                each[all++] = (struct pool_share){.weight = weight, .lines = 1};
        }
        dec_t total = dec_of(next_random(&seed) % 1000000, places), sum = DEC_ZERO;
        pool_share(total, places, some, n);
        pool_share(total, places, each, all);
        for (size_t i = 0, at = 0; i < n; i++)
            for (int k = 0; k < some[i].lines; k++, at++) {
                assert_int_equal(dec_cmp(got(&some[i], k, places), got(&each[at], 0, places)), 0);
                sum = dec_add(sum, got(&each[at], 0, places));
            }
        assert_int_equal(dec_cmp(sum, total), 0);
    }
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

/* The first of `n` resources standing for `lines` of them, the next `lines - 1` left out. */
static void fold_first(struct prepared *p, struct resource *own, int lines)
{
    own[0] = p->scenario.resources[0];
    own[0].repeats = lines - 1;
    for (size_t i = (size_t)lines; i < p->scenario.nresources; i++)
        own[i - (size_t)lines + 1] = p->scenario.resources[i];
    p->scenario.nresources -= (size_t)lines - 1;
    p->scenario.resources = own;
}

/* Three lines of 2 TB and one of 8: 14,336 GB, 1,499.136 USD a month, rounded to 1,499.14. The shares are
 * 2,048 / 14,336 and 8,192 / 14,336: 214.1628... thrice and 856.6514...: 214.16 and 856.65 leave 0.01, which goes to the
 * first of the three. With 9 % on top, rounded line by line: 19.28 (214.17) and 19.27 (214.16) and 77.10. */
static void a_line_may_stand_for_several(void **state)
{
    (void)state;
    static const char text[] = "[project]\nmonths = 2\ncurrency = USD\nas_of = 2026-11-21\ndiscount_rate = 8%\n"
                               "[buyer]\ncountry = SG\nvat = unregistered\n"
                               "[compare]\nsites = huawei-intl\nregion.huawei-intl = ap-southeast-4\n"
                               "[egress a]\nvolume = 2 TB\nsku.huawei-intl = obs.internet\n"
                               "[egress a2]\nvolume = 2 TB\nsku.huawei-intl = obs.internet\n"
                               "[egress a3]\nvolume = 2 TB\nsku.huawei-intl = obs.internet\n"
                               "[egress b]\nvolume = 8 TB\nsku.huawei-intl = obs.internet\n";
    struct prepared each, some;
    struct resource own[2];
    struct err err = {0};
    prepare_estimate(&each, text, NULL, NULL);
    prepare(&some, text, NULL);
    fold_first(&some, own, 3);
    const struct estimate_options opt = {.all = false};
    if (estimate_run(&some.scenario, &some.rules, some.catalogue, &opt, &some.estimate, &err))
        fail_msg("%s", err.text);
    const struct site_estimate *e = prepared_site(&each, "huawei-intl"), *s = prepared_site(&some, "huawei-intl");
    const struct line *a = prepared_line(s, "a");
    assert_int_equal(s->nlines, 2);
    assert_int_equal(a->pool->nlines, 4);
    assert_int_equal(a->nruns, 2);
    assert_int_equal(a->runs[0].copies, 1);
    assert_dec(a->runs[0].list, "214.17");
    assert_int_equal(a->runs[1].copy, 1);
    assert_int_equal(a->runs[1].copies, 2);
    assert_dec(a->runs[1].list, "428.32");
    assert_dec(a->list, "1284.98");
    assert_dec(s->list, "2998.28");
    assert_int_equal(dec_cmp(e->list, s->list), 0);
    assert_dec(s->m.tax, "269.84");
    assert_int_equal(dec_cmp(e->m.tax, s->m.tax), 0);
    assert_int_equal(dec_cmp(e->m.cost, s->m.cost), 0);
    assert_int_equal(dec_cmp(e->npv, s->npv), 0);
    prepared_free(&each);
    prepared_free(&some);
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
        cmocka_unit_test(alike_lines_share_as_if_each_stood_alone),
        cmocka_unit_test(lines_on_one_ladder_are_priced_together),
        cmocka_unit_test(one_line_alone_is_the_same_as_its_pool),
        cmocka_unit_test(a_line_may_stand_for_several),
        cmocka_unit_test(a_pool_beyond_the_ladder_has_no_price),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
