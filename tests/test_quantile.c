/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/quantile.h"
#include "tests/support/near.h"

#include <gsl/gsl_statistics_double.h>
#include <stdlib.h>

/* By hand, definition 7: h = 7 p; p = 0.1: 2 + 0.7 x 2; p = 0.5: (5 + 7) / 2; p = 0.9: 10 + 0.3 x 5. R says the
 * same: quantile(c(2, 4, 4, 5, 7, 9, 10, 15), c(.1, .5, .9), type = 7). Type 6, for one, gives 15 at 0.9. */
static void a_sample_by_hand(void **state)
{
    double v[] = {9, 4, 15, 2, 10, 4, 7, 5}, q[5];
    (void)state;
    quantiles(v, 8, (const double[]){0, 0.1, 0.5, 0.9, 1}, 5, q);
    assert_near(q[0], 2, 0);
    assert_near(q[1], 3.4, 1e-15);
    assert_near(q[2], 6, 0);
    assert_near(q[3], 11.5, 1e-14);
    assert_near(q[4], 15, 0);
}

static void one_and_two(void **state)
{
    double one[] = {3}, two[] = {20, 10}, q[2];
    (void)state;
    quantiles(one, 1, (const double[]){0, 0.7}, 2, q);
    assert_true(q[0] == 3 && q[1] == 3);
    quantiles(two, 2, (const double[]){0.25, 1}, 2, q);
    assert_near(q[0], 12.5, 0);
    assert_near(q[1], 20, 0);
}

static int ascending(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* Shapes that selecting is known to stumble over: sorted, reversed, all equal, few values, a saw, noise. */
static double shape(int kind, int i, int n)
{
    switch (kind) {
    case 0:
        return i;
    case 1:
        return n - i;
    case 2:
        return 7;
    case 3:
        return i % 3;
    case 4:
        return i < n / 2 ? i : n - i;
    default:
        return (i * 2654435761u) % 65536u;
    }
}

/* Against GSL's function of the same definition, on what qsort() made of the numbers. */
static void as_after_sorting(void **state)
{
    enum { MOST = 5000 };
    static double v[MOST], sorted[MOST];
    static const double p[] = {0, 0.001, 0.1, 0.25, 0.5, 0.5, 0.9, 0.99, 1};
    enum { HOW_MANY = sizeof p / sizeof p[0] };
    (void)state;
    for (int kind = 0; kind < 6; kind++)
        for (int n = 1; n <= MOST; n += n < 50 ? 1 : 1237) {
            double q[HOW_MANY];
            for (int i = 0; i < n; i++)
                v[i] = sorted[i] = shape(kind, i, n);
            qsort(sorted, (size_t)n, sizeof *sorted, ascending);
            quantiles(v, (size_t)n, p, HOW_MANY, q);
            for (int i = 0; i < HOW_MANY; i++)
                assert_near(q[i], gsl_stats_quantile_from_sorted_data(sorted, 1, (size_t)n, p[i]), 1e-9);
        }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_sample_by_hand),
        cmocka_unit_test(one_and_two),
        cmocka_unit_test(as_after_sorting),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
