/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * e^x of all lanes at once, the same bytes on every machine. Range reduction to x - k ln 2 and a
 * rational function of what is left, as in the Cephes library (Moshier, Methods and Programs for
 * Mathematical Functions, 1989): within 4 units of the sixteenth digit.
 */
#ifndef TCO_EXPONENTIAL_H
#define TCO_EXPONENTIAL_H

#include "models/lanes.h"

/* -708 <= x[lane] <= 708 (a contract, as exp() itself ends at 709); in place. */
void exponential_lanes(double *x);

#endif
