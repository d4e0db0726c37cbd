/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Estimates of one configuration with some keys set, again and again: what the catalogue answered is kept between
 * them. A trial is a whole estimate: nothing is interpolated or taken over from the base.
 */
#ifndef TCO_TRIAL_H
#define TCO_TRIAL_H

#include "calc/config.h"
#include "calc/estimate.h"
#include "calc/kept.h"

struct trials {
    const struct config *base;
    const struct rules *rules;
    struct catalogue *catalogue;
    struct estimate_options options;
    struct kept kept;
    struct arena arena; /* of what is kept */
};

struct trial {
    struct config config;
    struct scenario scenario;
    struct estimate estimate;
};

/* Everything is borrowed until trials_close(), which the trials must not outlive. *v stays where it is. */
void trials_open(struct trials *v, const struct config *base, const struct rules *rules, struct catalogue *catalogue,
                 const struct estimate_options *opt);
void trials_close(struct trials *v);

int trial_make(struct trials *v, const struct override *over, size_t n, struct trial *out, struct err *err);
void trial_free(struct trial *v);

/* NULL when the estimate has no such site. */
const struct site_estimate *trial_site(const struct estimate *e, const char *column);
/* Why a site's totals cannot be held against another's: NULL when they can; else a sentence of its reasons, "" when
 * it gives none. */
const char *trial_unfit(const struct site_estimate *s, bool allow_stale);

#endif
