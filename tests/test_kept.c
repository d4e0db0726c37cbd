/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What estimates share: the catalogue is asked once, and an estimate that finds everything kept is the estimate
 * that asked for it.
 */
#include "tests/support/test.h"

#include "tests/support/prepared.h"

#include "calc/fx.h"
#include "calc/kept.h"

#include <string.h>

static const char text[] = "[project]\nmonths = 3\nas_of = 2026-11-21\n[compare]\nsites = aliyun-cn, aws-cn\n"
                           "city = Beijing\n[compute web]\nvcpu = 4\nmemory = 16 GiB\n"
                           "[block-storage disk]\nsize = 100 GiB\n[compute odd]\nvcpu = 1000\nmemory = 1 GiB\n";

static void an_answer_is_asked_for_once(void **state)
{
    (void)state;
    struct prepared p;
    prepare(&p, text, NULL);
    struct arena a = {NULL};
    struct kept k = {.catalogue = p.catalogue, .rules = &p.rules, .arena = &a};
    struct date day = p.scenario.as_of;
    struct offer_list first, again, other;
    struct err err;
    /* texts of the question are copied: the second one comes from elsewhere */
    char site[] = "aliyun-cn";
    assert_int_equal(kept_offers(&k, site, "cn-beijing", "compute", 1, day, &first, &err), 0);
    memset(site, 'x', sizeof site - 1);
    assert_int_equal(kept_offers(&k, "aliyun-cn", "cn-beijing", "compute", 1, day, &again, &err), 0);
    assert_true(first.n > 10);
    assert_ptr_equal(first.v, again.v);
    assert_int_equal(kept_offers(&k, "aliyun-cn", "cn-hangzhou", "compute", 1, day, &other, &err), 0);
    assert_ptr_not_equal(first.v, other.v);
    assert_int_equal(kept_offers(&k, "aliyun-cn", "cn-beijing", "compute", 2, day, &other, &err), 0);
    assert_ptr_not_equal(first.v, other.v);
    assert_int_equal(kept_offers(&k, "aliyun-cn", "cn-beijing", "compute", 1, date_add_days(day, -3000), &other, &err),
                     0);
    assert_true(other.n < first.n);
    assert_int_equal(k.noffers, 4);
    const char *const *skus, *const *skus_again;
    size_t n;
    assert_int_equal(kept_class(&k, "aliyun-cn", "block-storage", "ssd", &skus, &n, &err), 0);
    assert_true(n > 0);
    assert_int_equal(kept_class(&k, "aliyun-cn", "block-storage", "ssd", &skus_again, &n, &err), 0);
    assert_ptr_equal(skus, skus_again);
    assert_int_equal(kept_classes(&k, "aliyun-cn", "block-storage", &skus_again, &n, &err), 0);
    assert_ptr_not_equal(skus, skus_again);
    assert_int_equal(k.nnames, 2);
    arena_free(&a);
    prepared_free(&p);
}

static void rates_and_what_is_not_there(void **state)
{
    (void)state;
    struct prepared p;
    prepare(&p, text, NULL);
    struct arena a = {NULL};
    struct kept k = {.catalogue = p.catalogue, .rules = &p.rules, .arena = &a};
    struct published_rate rate;
    struct err err;
    bool found;
    for (int i = 0; i < 2; i++) {
        assert_int_equal(kept_rate(&k, "ecb", "USD", p.scenario.as_of, &rate, &found, &err), 0);
        assert_true(found);
        assert_string_equal(rate.base, "EUR");
        assert_int_equal(kept_rate(&k, "ecb", "XXX", p.scenario.as_of, &rate, &found, &err), 0);
        assert_false(found);
    }
    assert_int_equal(k.nrates, 2);
    const struct elsewhere *near, *pinned;
    size_t n;
    for (int i = 0; i < 2; i++) {
        assert_int_equal(
            kept_elsewhere(&k, "aliyun-cn", "cn-beijing", "compute", NULL, p.scenario.as_of, 6, &near, &n, &err), 0);
        assert_true(n > 0);
        assert_int_equal(kept_elsewhere(&k, "aliyun-cn", "cn-beijing", "compute", "ecs.g7.xlarge", p.scenario.as_of, 6,
                                        &pinned, &n, &err),
                         0);
    }
    assert_int_equal(k.nelsewhere, 2);
    arena_free(&a);
    prepared_free(&p);
}

/* Two estimates with what is kept, one without: the same amounts and reasons. */
static void shared_or_not_is_the_same(void **state)
{
    (void)state;
    struct prepared p;
    struct arena a = {NULL};
    struct estimate alone, shared[2];
    struct err err;
    prepare(&p, text, NULL);
    struct kept k = {.catalogue = p.catalogue, .rules = &p.rules, .arena = &a};
    struct estimate_options opt = {0}, with = {.kept = &k};
    assert_int_equal(estimate_run(&p.scenario, &p.rules, p.catalogue, &opt, &alone, &err), 0);
    for (int i = 0; i < 2; i++)
        assert_int_equal(estimate_run(&p.scenario, &p.rules, p.catalogue, &with, &shared[i], &err), 0);
    for (int i = 0; i < 2; i++)
        for (size_t s = 0; s < alone.nsites; s++)
            for (size_t l = 0; l < alone.sites[s].nlines; l++) {
                const struct line *x = &alone.sites[s].lines[l], *y = &shared[i].sites[s].lines[l];
                assert_int_equal(x->status, y->status);
                assert_string_equal(x->reason, y->reason);
                assert_int_equal(dec_cmp(y->m.cost, x->m.cost), 0);
            }
    assert_ptr_equal(shared[0].sites[0].lines[0].offer, shared[1].sites[0].lines[0].offer);
    assert_int_equal(shared[1].nsnapshots, alone.nsnapshots);
    estimate_free(&alone);
    estimate_free(&shared[0]);
    estimate_free(&shared[1]);
    arena_free(&a);
    prepared_free(&p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_answer_is_asked_for_once),
        cmocka_unit_test(rates_and_what_is_not_there),
        cmocka_unit_test(shared_or_not_is_the_same),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
