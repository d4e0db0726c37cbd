/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Between the files of the fetcher of Tencent Cloud: tencent.c asks, one file reads each kind of answer.
 */
#ifndef TCO_TENCENT_PARTS_H
#define TCO_TENCENT_PARTS_H

#include "calc/buf.h"
#include "fetchers/fetcher.h"
#include "fetchers/harvest.h"
#include "fetchers/json_read.h"
#include "fetchers/probe.h"

struct tencent_offering;

struct tencent {
    const struct fetch_job *job;
    const char *currency, *provider; /* the site's own: the answers do not say the currency */
    enum tax_basis basis;
    struct arena arena; /* of the question under way */
    struct buf body;
    size_t region, group, step; /* where in the list of questions it is */
    bool told_source;
    /* totals of a ladder of bandwidth */
    dec_t totals[PROBE_POINTS];
    size_t ntotals;
    /* offerings of the region, over their pages */
    struct arena kept;
    struct tencent_offering *offerings;
    size_t nofferings, offset;
};

/* A kind of question: `n` of them a region. */
struct tencent_group {
    const char *station;  /* "" or the one that has it: "intl" */
    const char *endpoint; /* the service, too */
    const char *action;
    size_t n;
    /* Writes the body of question i; returns what its name ends in, "disk-CLOUD_SSD-hour". */
    const char *(*ask)(struct tencent *t, size_t i);
    /* Reads `Response`. */
    int (*read)(struct tencent *t, size_t i, const struct json *response, struct harvest *h, struct err *err);
    /* The provider refused question i: what has to be known about that. May be NULL. */
    void (*refused)(struct tencent *t, size_t i);
};
extern const struct tencent_group tencent_machines, tencent_prepaid, tencent_disks, tencent_traffic, tencent_bandwidth,
    tencent_offerings;

/* The region asked about, and a price of it to fill in. */
const char *tencent_region(const struct tencent *t);
struct fetch_price tencent_price(const struct tencent *t, const char *service, const char *sku);
/* An amount above 0: 1; 0 when it is absent, null or 0, which stands for "not filled"; -1. */
int tencent_amount(const struct json *v, const char *key, dec_t *out, struct err *err);
/* The account's own price beside a list price, when it is filled. */
int tencent_own(const struct json *v, const char *key, struct fetch_price *p, struct err *err);
/* The machine of an item, for shapes.csv. */
int tencent_shape(const struct tencent *t, const struct json *item, struct harvest *h, struct err *err);

#endif
