/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Binary numbers in tests: assert_near(actual, expected, within) compares with a stated distance.
 */
#ifndef TCO_NEAR_H
#define TCO_NEAR_H

#include "tests/support/test.h"

#include "calc/err.h"

#include <math.h>
#include <string.h>

static inline void assert_near_at(double actual, double expected, double within, const char *file, int line)
{
    if (!(fabs(actual - expected) <= within)) {
        print_error("%s:%d: %.17g, expected %.17g within %.3g\n", file, line, actual, expected, within);
        fail();
    }
}
#define assert_near(actual, expected, within) assert_near_at(actual, expected, within, __FILE__, __LINE__)

/* The relative distance. */
#define assert_close(actual, expected, within) assert_near(actual, expected, (within)*fabs((double)(expected)))

static inline void assert_says_at(const struct err *err, enum err_kind kind, const char *part, const char *file,
                                  int line)
{
    if (err->kind != kind || !strstr(err->text, part)) {
        print_error("%s:%d: kind %d: %s\n    expected kind %d: %s\n", file, line, err->kind, err->text, kind, part);
        fail();
    }
}
#define assert_says(err, kind, part) assert_says_at(err, kind, part, __FILE__, __LINE__)

#endif
