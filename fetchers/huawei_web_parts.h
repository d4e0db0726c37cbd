/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Between the files of the fetcher of Huawei Cloud's public calculator: huawei_web.c asks, one file reads
 * records, one their plans, one the shapes of machines.
 */
#ifndef TCO_HUAWEI_WEB_PARTS_H
#define TCO_HUAWEI_WEB_PARTS_H

#include "fetchers/fetcher.h"
#include "fetchers/harvest.h"
#include "fetchers/huawei_measures.h"
#include "fetchers/json_read.h"

/* What is being read: a region's answer. */
struct huawei_reading {
    const struct fetch_job *job;
    const char *region, *provider, *currency;
    enum tax_basis basis;
    struct harvest *harvest;
    struct arena *arena; /* until the answer is read */
};
/* Every record of `product`. */
int huawei_records(const struct huawei_reading *r, const struct json *product, struct err *err);

/* How a record's plans become prices. */
struct huawei_good {
    const char *service, *sku, *os;
    enum unit hour;     /* by usage */
    enum unit month;    /* UNIT_TERM: bought for a term as a whole; else by the month and size */
    int size;           /* measure id of its size; 0: none */
    bool by_volume;     /* used up, not rented: the hour's unit is a quantity */
    const char *event;  /* the billing event that counts; NULL: any */
    const char *factor; /* usage factor that counts; NULL: any */
    enum tier_scope scope;
};
int huawei_plans(const struct huawei_reading *r, const struct json *record, const struct huawei_good *good,
                 struct err *err);
/* planList, or bakPlanList where that is all there is. */
const struct json *huawei_plan_list(const struct json *record);

/* What readers of plans share: something passed over; a price to fill in; a whole number up to 1000 in a
 * field (1; 0 absent, -1 malformed; another number is given as -1); an amount for `step` units (1; 0 none). */
int huawei_skip(const struct huawei_reading *r, const char *reason, struct err *err);
struct fetch_price huawei_price(const struct huawei_reading *r, const struct huawei_good *good);
int huawei_number(const struct json *v, const char *key, int *out, struct err *err);
int huawei_amount(const struct json *v, dec_t step, dec_t *out, struct err *err);

/* The reservations of a record, gathered from its plans. */
enum { HUAWEI_RESERVATIONS = 16 };
struct huawei_reservation {
    const char *offering;
    int months;
    dec_t upfront, monthly;
};
struct huawei_reserved {
    struct huawei_reservation v[HUAWEI_RESERVATIONS];
    size_t n;
};
int huawei_add_part(const struct huawei_reading *r, const struct json *plan, struct huawei_reserved *to,
                    struct err *err);
int huawei_put_reservations(const struct huawei_reading *r, const struct huawei_good *good,
                            const struct huawei_reserved *all, struct err *err);

/* The machine of a record, for shapes.csv. */
int huawei_shape(const struct huawei_reading *r, const struct json *record, const char *sku, struct err *err);
/* "4BSSUNIT.pluralUnit.102" is 4 and 102: 1; 0 when it does not begin with a number above 0; -1. */
int huawei_quantity(const char *text, dec_t *number, int *measure, struct err *err);

#endif
