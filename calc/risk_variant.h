/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A scenario with some of its uncertain values at other numbers than their means. It shares all else
 * with the scenario it was made from and lives in the arena: it is never freed by itself.
 */
#ifndef TCO_RISK_VARIANT_H
#define TCO_RISK_VARIANT_H

#include "calc/rules.h"
#include "calc/scenario.h"

/* Value u[i] at x[i], measured as it is (struct uncertain). */
int risk_variant(const struct scenario *base, const struct rules *rules, const struct uncertain *const *u,
                 const dec_t *x, size_t n, struct arena *a, struct scenario *out, struct err *err);

#endif
