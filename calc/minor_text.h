/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Whole minor units as text: 1234 with 2 places is "12.34", as dec_format() writes it.
 */
#ifndef TCO_MINOR_TEXT_H
#define TCO_MINOR_TEXT_H

#include <stddef.h>
#include <stdint.h>

enum { MINOR_TEXT = 24 };

/* At most MINOR_TEXT bytes to `out`, without a NUL; returns how many. 0 <= places <= 12; not INT64_MIN. */
size_t minor_format(int64_t amount, int places, char *out);

#endif
