/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the price books of Alibaba Cloud's two sites say of all their prices, and how what they name
 * is called here. Two contracts, two books: neither is ever derived from the other.
 */
#ifndef TCO_ALIYUN_BOOK_H
#define TCO_ALIYUN_BOOK_H

#include "fetchers/fetcher.h"
#include "fetchers/harvest.h"

struct aliyun_book {
    const char *site;
    const char *files;     /* directory of the price files */
    const char *commodity; /* of ECS in the billing interface */
    enum tax_basis basis;
    bool has_tax_rate;
    int tax_percent;
};

/* Of a site the fetchers list (assert). */
const struct aliyun_book *aliyun_book(const char *site);

/* A price as all of an answer are: currency, basis, rate, day. The currency must be the site's own: another
 * one means that the key or the file belongs to the other site. */
int aliyun_price_like(const struct fetch_job *job, const char *currency, struct date as_of, struct fetch_price *out,
                      struct err *err);

/* "cloud_essd" of level "PL1" (or "", which means PL1) is cloud_essd_pl1; the level of other disks means
 * nothing. NULL when there is no memory. */
const char *aliyun_disk_sku(struct arena *a, const char *category, const char *level);

/* A name of the provider's as it may stand in what is counted: itself when it is short and plain ASCII, else a word
 * that says so. */
const char *aliyun_plain(const char *name);

/* The region as the job holds it; NULL when it is not asked for or not known, which is counted. */
int aliyun_region(const struct fetch_job *job, const char *name, const char **out, struct harvest *h, struct err *err);

#endif
