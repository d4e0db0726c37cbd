/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Between the files of the fetcher of Huawei Cloud's rating calls: huawei.c asks, huawei_items.c knows what
 * there is to ask about, huawei_ratings.c reads what came back.
 */
#ifndef TCO_HUAWEI_PARTS_H
#define TCO_HUAWEI_PARTS_H

#include "calc/buf.h"
#include "fetchers/fetcher.h"
#include "fetchers/harvest.h"
#include "fetchers/json_read.h"
#include "fetchers/probe.h"

/* By usage so many hours are asked about: what the rounding of a total takes away stays small, and it
 * divides exactly. */
enum { HUAWEI_HOURS = 100 };

/* Systems of a machine, and what the questions of a region are about, one after another. */
enum { HUAWEI_LINUX, HUAWEI_WINDOWS, HUAWEI_SYSTEMS };
enum huawei_phase { PHASE_HOUR, PHASE_WINDOWS, PHASE_MONTH, PHASE_YEAR, HUAWEI_PHASES };

/* A good, in the provider's words and in ours. */
struct huawei_product {
    const char *service_type, *resource_type, *spec;
    const char *service, *sku, *os;
    int size, size_measure; /* what is asked about; 0: it has no size */
    enum unit hour, month;
    bool by_month;                   /* sold by the month, too */
    const struct probe_plan *ladder; /* its tiers are read off totals; NULL: one price */
    bool by_volume;                  /* the quantities of the ladder are used up (GB), not rented (Mbps) */
};

/* One item of a question: a product, or a point of its ladder. */
struct huawei_item {
    const struct huawei_product *product;
    const char *id; /* of the question: unique among the items of a phase */
    size_t known;   /* of a machine: HUAWEI_SYSTEMS x SKU of the job + system */
    int quantity;   /* of a ladder's point, else 0 */
    bool is_answered;
    dec_t total;
};

struct huawei_items {
    struct huawei_item *v;
    size_t n;
};

/* The items of a phase, in the arena. known[HUAWEI_SYSTEMS x i + system]: SKU i of the job was found in the
 * region by the hour; only such are asked about by period, or for Windows. */
int huawei_items(struct huawei_items *out, enum huawei_phase phase, const struct fetch_job *job, const bool *known,
                 struct arena *a, struct err *err);
/* An item as the question has it. */
void huawei_put_item(struct buf *out, const struct huawei_item *item, enum huawei_phase phase, const char *region);

/* What an answer is read into. */
struct huawei_rating {
    const struct fetch_job *job;
    const char *region, *currency; /* of the site */
    enum tax_basis basis;
    bool is_cn;
    enum huawei_phase phase;
    struct huawei_items *items;
    size_t from, to;        /* items asked about */
    const char *const *out; /* by item: left out of the question when not NULL */
    struct harvest *harvest;
};
int huawei_read_ratings(struct huawei_rating *r, const struct json *doc, struct err *err);
/* At the end of a phase: ladders whose totals are all there. */
int huawei_put_ladders(struct huawei_rating *r, struct err *err);

#endif
