/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/exponential.h"

#include <stdint.h>
#include <string.h>

static const double log2_e = 1.4426950408889634073599;
static const double ln2_high = 6.93145751953125e-1,
                    ln2_low = 1.42860682030941723212e-6; /* high: few bits, k x high is exact */
static const double p0 = 1.26177193074810590878e-4, p1 = 3.02994407707441961300e-2, p2 = 9.99999999999999999910e-1;
static const double q0 = 3.00198505138664455042e-6, q1 = 2.52448340349684104192e-3, q2 = 2.27265548208155028766e-1,
                    q3 = 2.00000000000000000005e0;
/* Added to a small number this leaves it rounded to an integer in the lowest bits. */
static const double rounder = 0x1.8p52;

/* 2^k for the k in the lowest bits of `rounded`. */
static inline double power_of_two(double rounded)
{
    uint64_t bits;
    double power;
    memcpy(&bits, &rounded, sizeof bits);
    bits = (bits + 1023) << 52;
    memcpy(&power, &bits, sizeof power);
    return power;
}

WIDE_LANES void exponential_lanes(double *x)
{
    for (int l = 0; l < LANES; l++) {
        double rounded = x[l] * log2_e + rounder, k = rounded - rounder;
        double r = (x[l] - k * ln2_high) - k * ln2_low, rr = r * r;
        double p = r * ((p0 * rr + p1) * rr + p2), q = ((q0 * rr + q1) * rr + q2) * rr + q3;
        x[l] = (1 + 2 * (p / (q - p))) * power_of_two(rounded);
    }
}
