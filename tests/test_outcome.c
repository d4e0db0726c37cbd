/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/outcome.h"
#include "tests/support/near.h"

#include <gsl/gsl_statistics_double.h>
#include <stdlib.h>

static struct outcome made(const double *figure, int offers, uint64_t paths, enum draws_method method)
{
    struct outcome o;
    struct err err;
    if (outcome_make(&o, figure, offers, paths, method, &err))
        fail_msg("%s", err.text);
    return o;
}

/* Three offers, four paths. Lowest: A; B and C tie; A; C. Distances of A: 0, 3, 0, 4. */
static const double three[] = {10, 20, 30, 40, 12, 17, 33, 38, 15, 17, 31, 36};

static void three_offers_by_hand(void **state)
{
    struct outcome o = made(three, 3, 4, DRAWS_RANDOM);
    (void)state;
    assert_near(o.offer[0].mean, 25, 1e-14);
    assert_near(o.offer[0].deviation, sqrt(500.0 / 3), 1e-13);
    assert_near(o.offer[0].standard_error, sqrt(500.0 / 12), 1e-13);
    assert_true(o.offer[0].least == 10 && o.offer[0].most == 40 && o.offer[0].unknown == 0);
    assert_near(o.offer[0].p10, 13, 1e-14); /* h = 0.3: 10 + 0.3 x 10 */
    assert_near(o.offer[0].p50, 25, 1e-14);
    assert_near(o.offer[0].p90, 37, 1e-13);
    assert_near(o.offer[0].cheapest, 0.5, 1e-15);
    assert_near(o.offer[1].cheapest, 0.125, 1e-15);
    assert_near(o.offer[2].cheapest, 0.375, 1e-15);
    assert_near(o.offer[0].regret, 7.0 / 4, 1e-14);
    assert_near(o.offer[1].regret, (2 + 0 + 3 + 2) / 4.0, 1e-14);
    assert_near(o.offer[2].regret, (5 + 0 + 1 + 0) / 4.0, 1e-14);
    assert_near(o.below[0 * 3 + 1], 0.5, 0); /* A below B: first and third */
    assert_near(o.below[1 * 3 + 0], 0.5, 0);
    assert_near(o.below[1 * 3 + 2], 0.25, 0); /* B below C: first; the second ties */
    assert_near(o.below[2 * 3 + 1], 0.5, 0);
    assert_true(isnan(o.below[0]) && isnan(o.below[4]) && isnan(o.below[8]));
    outcome_free(&o);
}

/* Pairs of A: 15, 35: mean 25, deviation sqrt(200), over sqrt(2). */
static void errors_of_pairs(void **state)
{
    struct outcome o = made(three, 3, 4, DRAWS_ANTITHETIC);
    (void)state;
    assert_near(o.offer[0].standard_error, 10, 1e-13);
    assert_near(o.offer[0].deviation, sqrt(500.0 / 3), 1e-13);
    outcome_free(&o);
}

/* Replicate r holds 10 r - 1 and 10 r + 1: means 0, 10 ... 150, variance 100 x (16^2 - 1) / 12 x 16 / 15. */
static void errors_of_replicates(void **state)
{
    double v[2 * DRAWS_REPLICATES];
    (void)state;
    for (int r = 0; r < DRAWS_REPLICATES; r++) {
        v[2 * r] = 10 * r - 1;
        v[2 * r + 1] = 10 * r + 1;
    }
    struct outcome o = made(v, 1, 2 * DRAWS_REPLICATES, DRAWS_SOBOL);
    assert_near(o.offer[0].standard_error, sqrt(100.0 * 255 / 12 * 16 / 15 / 16), 1e-12);
    outcome_free(&o);
}

static void one_path_has_no_spread(void **state)
{
    struct outcome o = made((const double[]){5}, 1, 1, DRAWS_RANDOM);
    (void)state;
    assert_true(isnan(o.offer[0].deviation) && isnan(o.offer[0].standard_error));
    assert_true(o.offer[0].p10 == 5 && o.offer[0].p90 == 5 && o.offer[0].cheapest == 1 && o.offer[0].regret == 0);
    outcome_free(&o);
}

/* One figure missing: nothing is said of that offer, and the others are compared as if it were not there. */
static void an_unknown_offer(void **state)
{
    double v[sizeof three / sizeof three[0]];
    (void)state;
    memcpy(v, three, sizeof v);
    v[2 * 4 + 3] = NAN; /* C's last */
    struct outcome o = made(v, 3, 4, DRAWS_RANDOM);
    const struct outcome_offer *c = &o.offer[2];
    assert_int_equal(c->unknown, 1);
    assert_true(isnan(c->mean) && isnan(c->deviation) && isnan(c->standard_error) && isnan(c->least) && isnan(c->most));
    assert_true(isnan(c->p10) && isnan(c->p50) && isnan(c->p90) && isnan(c->cheapest) && isnan(c->regret));
    for (int i = 0; i < 3; i++)
        assert_true(isnan(o.below[i * 3 + 2]) && isnan(o.below[2 * 3 + i]));
    assert_near(o.offer[0].cheapest, 0.5, 1e-15);
    assert_near(o.offer[1].cheapest, 0.5, 1e-15);
    assert_near(o.offer[1].regret, (2 + 0 + 3 + 0) / 4.0, 1e-14);
    outcome_free(&o);
    for (int i = 0; i < 12; i++)
        v[i] = NAN;
    o = made(v, 3, 4, DRAWS_SOBOL);
    assert_true(o.offer[0].unknown == 4 && isnan(o.offer[0].cheapest) && isnan(o.below[1]));
    outcome_free(&o);
}

/* A thousand paths that fill no whole block, against GSL and loops of the plainest kind. */
static void many_paths(void **state)
{
    enum { OFFERS = 5, PATHS = 1003 };
    static double v[OFFERS * PATHS];
    double cheapest[OFFERS] = {0}, regret[OFFERS] = {0};
    (void)state;
    for (int i = 0; i < OFFERS * PATHS; i++)
        v[i] = (int)((unsigned)i * 2654435761u >> 24); /* few values, so that there are ties */
    for (int p = 0; p < PATHS; p++) {
        double low = INFINITY, ties = 0;
        for (int o = 0; o < OFFERS; o++)
            low = fmin(low, v[o * PATHS + p]);
        for (int o = 0; o < OFFERS; o++)
            ties += v[o * PATHS + p] == low;
        for (int o = 0; o < OFFERS; o++) {
            cheapest[o] += v[o * PATHS + p] == low ? 1 / ties : 0;
            regret[o] += v[o * PATHS + p] - low;
        }
    }
    struct outcome out = made(v, OFFERS, PATHS, DRAWS_RANDOM);
    for (int o = 0; o < OFFERS; o++) {
        int below = 0;
        for (int p = 0; p < PATHS; p++)
            below += v[o * PATHS + p] < v[(o + 1) % OFFERS * PATHS + p];
        assert_near(out.below[o * OFFERS + (o + 1) % OFFERS], below / (double)PATHS, 1e-15);
        assert_near(out.offer[o].cheapest, cheapest[o] / PATHS, 1e-12);
        assert_near(out.offer[o].regret, regret[o] / PATHS, 1e-10);
        assert_near(out.offer[o].mean, gsl_stats_mean(v + o * PATHS, 1, PATHS), 1e-10);
        assert_near(out.offer[o].deviation, gsl_stats_sd(v + o * PATHS, 1, PATHS), 1e-10);
    }
    outcome_free(&out);
}

/* 0 .. 10 in five bins: 0 1 | 2 3 | 4 5 | 6 7 | 8 9 10; -1, 11 and NAN in none. */
static void bins(void **state)
{
    double v[] = {-1, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, NAN};
    uint64_t count[5];
    (void)state;
    outcome_histogram(v, sizeof v / sizeof v[0], 0, 10, 5, count);
    for (int i = 0; i < 5; i++)
        assert_int_equal(count[i], i < 4 ? 2 : 3);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(three_offers_by_hand),
        cmocka_unit_test(errors_of_pairs),
        cmocka_unit_test(errors_of_replicates),
        cmocka_unit_test(one_path_has_no_spread),
        cmocka_unit_test(an_unknown_offer),
        cmocka_unit_test(many_paths),
        cmocka_unit_test(bins),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
