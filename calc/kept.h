/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What estimates over one catalogue share: each answer of the catalogue is asked for once and kept in memory. A
 * single estimate has its own; a thousand variants of one configuration have one together, and only the first of
 * them waits for the disk. Not for two threads at once. What was given stays where it is until the arena is freed.
 */
#ifndef TCO_KEPT_H
#define TCO_KEPT_H

#include "calc/catalogue.h"

struct kept {
    struct catalogue *catalogue;
    const struct rules *rules;
    struct arena *arena; /* everything kept lives here */
    struct kept_offers *offers;
    struct kept_names *names;
    struct kept_rate *rates;
    struct kept_elsewhere *elsewhere;
    size_t noffers, nnames, nrates, nelsewhere;
    bool has_snapshots;
    const struct snapshot *snapshots;
    size_t nsnapshots;
};

/* Each as the function of the catalogue that is called like it. */
int kept_offers(struct kept *k, const char *site, const char *region, const char *service, unsigned charges,
                struct date as_of, struct offer_list *out, struct err *err);
int kept_class(struct kept *k, const char *site, const char *service, const char *class_, const char *const **skus,
               size_t *n, struct err *err);
int kept_classes(struct kept *k, const char *site, const char *service, const char *const **classes, size_t *n,
                 struct err *err);
int kept_rate(struct kept *k, const char *source, const char *currency, struct date on, struct published_rate *out,
              bool *found, struct err *err);
/* sku NULL: anything of the service. */
int kept_elsewhere(struct kept *k, const char *site, const char *region, const char *service, const char *sku,
                   struct date as_of, size_t limit, const struct elsewhere **out, size_t *n, struct err *err);
int kept_snapshots(struct kept *k, const struct snapshot **out, size_t *n, struct err *err);

#endif
