/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Exact decimals: a 128-bit integer counting units of 10^-12, so about 1.7e26 on either side
 * of zero. Every operation that may round names its rounding at the call.
 *
 * A result that does not fit, or a division by zero, is a *bad* value; any operation on a bad
 * value is bad again, so a formula is written plainly and checked once at its end with
 * dec_check(). Comparing or formatting a bad value is a programming fault (assert).
 */
#ifndef TCO_DECIMAL_H
#define TCO_DECIMAL_H

#include "calc/err.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

__extension__ typedef __int128 dec_int;

typedef struct dec {
    dec_int v; /* value x 10^12 */
} dec_t;

enum { DEC_PLACES = 12, DEC_TEXT = 48 };

enum dec_round {
    DEC_EXACT,   /* a result that would need rounding is bad */
    DEC_HALF_UP, /* to the nearest, ties away from zero */
    DEC_DOWN,    /* towards zero */
    DEC_FLOOR,   /* towards minus infinity */
    DEC_CEIL     /* towards plus infinity */
};

#define DEC_ONE_UNIT ((dec_int)1000000000000)
#define DEC_ZERO ((dec_t){0})
#define DEC_ONE ((dec_t){DEC_ONE_UNIT})

dec_t dec_int64(int64_t n);
/* n / 10^places, exact; places 0..12. dec_of(709441, 3) is 709.441. */
dec_t dec_of(int64_t n, int places);

/* Why a value is bad. The largest good magnitude is DEC_MOST units of 10^-12. */
enum dec_fault {
    DEC_OVERFLOW,    /* "overflows": past the range */
    DEC_BY_ZERO,     /* "divides by zero" */
    DEC_INEXACT,     /* "is not exact": DEC_EXACT would have to round */
    DEC_NOT_A_NUMBER /* "is not a number": the root of a negative, a double that is none */
};
#define DEC_MOST ((((dec_int)1 << 126) - 4) + ((dec_int)1 << 126))

dec_t dec_bad_of(enum dec_fault fault);
bool dec_bad(dec_t a);
/* 0, or -1 with "<what> overflows" or another of the words above (kind ERR_USAGE). */
int dec_check(dec_t a, const char *what, struct err *err);

/* Text to decimal: [+-]digits[.digits], nothing else (no blanks, exponents, separators, lone
 * dot, "inf"). Digits after the 12th decimal must be zero: otherwise "needs more than 12
 * decimals". len bytes, need not end in NUL. Errors have kind ERR_USAGE and quote the text. */
int dec_parse(const char *text, size_t len, dec_t *out, struct err *err);

/* Decimal to text with at least min_places decimals (0..12); further ones only as far as they
 * are not zero. Returns the length; buf ends in NUL. No exponent, no "-0". */
size_t dec_format(dec_t a, int min_places, char buf[DEC_TEXT]);

dec_t dec_add(dec_t a, dec_t b);
dec_t dec_sub(dec_t a, dec_t b);
dec_t dec_neg(dec_t a);
dec_t dec_mul(dec_t a, dec_t b, enum dec_round how);             /* to 12 decimals */
dec_t dec_div(dec_t a, dec_t b, enum dec_round how);             /* to 12 decimals */
dec_t dec_muldiv(dec_t a, dec_t b, dec_t c, enum dec_round how); /* a x b / c rounded once */
dec_t dec_muln(dec_t a, int64_t n);                              /* exact */
dec_t dec_round(dec_t a, int places, enum dec_round how);        /* to 0..12 decimals */
/* a x b rounded once to the given decimals (not first to 12). */
dec_t dec_mul_round(dec_t a, dec_t b, int places, enum dec_round how);
/* a / b rounded once to the given decimals. */
dec_t dec_div_round(dec_t a, dec_t b, int places, enum dec_round how);
/* The n-th root of a >= 0, to 12 decimals, half-up; integer arithmetic only. 1 <= n <= 12. Bad
 * for a negative a, or above 1e12. */
dec_t dec_root(dec_t a, int n);

int dec_cmp(dec_t a, dec_t b); /* -1, 0, 1 */
int dec_sign(dec_t a);         /* -1, 0, 1 */
dec_t dec_min(dec_t a, dec_t b);
dec_t dec_max(dec_t a, dec_t b);

/* The bridge to binary floating point, for models/ only. dec_from_double rounds half-up to the
 * given decimals and is bad when x is not finite or does not fit. */
double dec_to_double(dec_t a);
dec_t dec_from_double(double x, int places);

#endif
