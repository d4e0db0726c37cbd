/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/exponential.h"
#include "tests/support/near.h"

/* Against the C library, whose error is below one unit of the last digit. */
static void as_the_library(void **state)
{
    double x[LANES];
    (void)state;
    for (int part = 0; part < 200; part++) {
        double scale = ldexp(708, -part / 4);
        for (int l = 0; l < LANES; l++)
            x[l] = scale * ((l + part / 200.0) / LANES * 2 - 1);
        double before[LANES];
        memcpy(before, x, sizeof before);
        exponential_lanes(x);
        for (int l = 0; l < LANES; l++)
            assert_close(x[l], exp(before[l]), 4.5e-16);
    }
}

/* bc -l: e(1), e(-1), e(0.1), e(700), e(-700) */
static void known_values(void **state)
{
    double x[LANES] = {0, 1, -1, 0.1, 700, -700};
    (void)state;
    exponential_lanes(x);
    assert_true(x[0] == 1 && x[LANES - 1] == 1);
    assert_close(x[1], 2.71828182845904523536, 4.5e-16);
    assert_close(x[2], 0.36787944117144232159, 4.5e-16);
    assert_close(x[3], 1.10517091807564762481, 4.5e-16);
    assert_close(x[4], 1.0142320547350045e304, 4.5e-16);
    assert_close(x[5], 9.8596765437597708e-305, 4.5e-16);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(as_the_library), cmocka_unit_test(known_values)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
