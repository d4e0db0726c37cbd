/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What every test file includes first: cmocka wants these headers before its own, in this order.
 */
#ifndef TCO_TEST_H
#define TCO_TEST_H

/* clang-format off */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
/* clang-format on */

#endif
