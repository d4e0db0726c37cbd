/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Paths are computed LANES at a time, one path to a lane, in loops over lanes that the compiler
 * turns into vector instructions. Every lane does the same additions in the same order whatever
 * the width of the machine, so the width changes the speed and not one bit of a result.
 */
#ifndef TCO_LANES_H
#define TCO_LANES_H

enum { LANES = 64 };

/* Compiles a function twice, for AVX2 and for any x86-64; which one runs is chosen when the program is loaded.
 * Products and sums are never fused (ISO C17 of gcc), so both give the same bytes. clang 14 cannot do it. */
#if defined __x86_64__ && defined __GNUC__ && !defined __clang__ && !defined __SANITIZE_ADDRESS__
#define WIDE_LANES __attribute__((target_clones("avx2", "default")))
#else
#define WIDE_LANES
#endif

#endif
