/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Why a line has no price, in words that help: what was there and did not fit, and the nearest
 * that exists elsewhere or with another charge; or which prices contradict each other.
 */
#ifndef TCO_UNFIT_H
#define TCO_UNFIT_H

#include "calc/match.h"

struct unfit {
    size_t count[FIT_REASONS]; /* offers of the charge asked for, by why they do not fit */
};

int unfit_explain(const struct match_input *in, const struct resource *r, const struct unfit *u, struct line *out,
                  struct err *err);
/* Ambiguous: several offerings of a commitment. */
int unfit_offerings(const struct match_input *in, const struct offer *const *v, size_t n, struct line *out,
                    struct err *err);
/* Ambiguous: different prices for one key and day. */
int unfit_rivals(const struct match_input *in, const struct offer *o, struct line *out, struct err *err);

#endif
