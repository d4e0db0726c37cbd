/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/normal.h"
#include "tests/support/near.h"

#include <gsl/gsl_cdf.h>

/* Wichura's own checks of PPND16, and values from tables (NIST handbook, 1.3.6.7.1). */
static void published_values(void **state)
{
    (void)state;
    assert_close(normal_quantile(0.25), -0.6744897501960817, 1e-15);
    assert_close(normal_quantile(0.001), -3.090232306167814, 1e-15);
    assert_close(normal_quantile(1e-20), -9.262340089798408, 1e-15);
    assert_close(normal_quantile(0.975), 1.959963984540054, 1e-15);
    assert_near(normal_quantile(0.5), 0, 0);
}

/* Every part of the algorithm, against the same function of GSL and against the distribution turned back. */
static void all_the_way(void **state)
{
    (void)state;
    for (double u = 0x1p-53; u < 0.5; u *= 1.01) {
        assert_close(normal_quantile(u), gsl_cdf_ugaussian_Pinv(u), 4e-15);
        assert_close(gsl_cdf_ugaussian_P(normal_quantile(u)), u, 1e-12);
    }
}

static void both_sides_mirror(void **state)
{
    (void)state;
    for (int i = 1; i < 4096; i++) {
        double u = i / 4096.0;
        assert_true(normal_quantile(u) == -normal_quantile(1 - u));
    }
}

static void lanes_are_the_same_bytes(void **state)
{
    double u[LANES], z[LANES];
    (void)state;
    for (int l = 0; l < LANES; l++)
        u[l] = l < 8 ? ldexp(1, -5 * l - 4) : (l + 0.5) / LANES;
    normal_lanes(u, z);
    for (int l = 0; l < LANES; l++)
        assert_true(z[l] == normal_quantile(u[l]));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(published_values),
        cmocka_unit_test(all_the_way),
        cmocka_unit_test(both_sides_mirror),
        cmocka_unit_test(lanes_are_the_same_bytes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
