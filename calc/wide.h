/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Unsigned 256-bit intermediates for decimal.c: the exact product of two 128-bit numbers, and
 * its division by a third.
 */
#ifndef TCO_WIDE_H
#define TCO_WIDE_H

#include <stdbool.h>
#include <stdint.h>

__extension__ typedef unsigned __int128 wide_half;

struct wide {
    wide_half hi, lo;
};

/* Significant bits: 0 for 0, 128 at most. */
int wide_bits(wide_half a);

struct wide wide_mul(wide_half a, wide_half b);

/* n / d with its remainder; false when the quotient does not fit in 128 bits. d is not 0. */
bool wide_div(struct wide n, wide_half d, wide_half *quotient, wide_half *rest);

#endif
