/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A scenario from text, on the bundled data (fixtures/, seen from the repository's top) or on a
 * pack of the tests' own. The catalogue is cached in $TCO_CACHE, else in build/test-cache.
 */
#ifndef TCO_PREPARED_H
#define TCO_PREPARED_H

#include "tests/support/numbers.h"

#include "calc/config.h"
#include "calc/estimate.h"

struct prepared {
    struct arena arena;
    struct config config;
    struct catalogue *catalogue;
    struct rules rules;
    struct scenario scenario;
    struct estimate estimate;
};

/* Fails the test when anything goes wrong. pack NULL: the bundled one. */
void prepare(struct prepared *p, const char *text, const char *pack);
/* The same, and the estimate of it. */
void prepare_estimate(struct prepared *p, const char *text, const char *pack, const struct estimate_options *opt);
/* 0, or -1 with the error of the first step that refuses: configuration, scenario or estimate. */
int prepare_try(struct prepared *p, const char *text, const char *pack, const struct estimate_options *opt,
                struct err *err);
void prepared_free(struct prepared *p);

const struct site_estimate *prepared_site(const struct prepared *p, const char *column);
const struct line *prepared_line(const struct site_estimate *e, const char *label);

#endif
