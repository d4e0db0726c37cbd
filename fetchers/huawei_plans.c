/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Plans of a record of Huawei Cloud's calculator: by usage, by month, by year, reserved.
 */
#include "fetchers/huawei_web_parts.h"

#include <string.h>

enum { TERABYTE = 1024 };

int huawei_skip(const struct huawei_reading *r, const char *reason, struct err *err)
{
    return harvest_skip(r->harvest, reason, 1, err);
}

const struct json *huawei_plan_list(const struct json *record)
{
    const struct json *plans = json_get(record, "planList");

    return json_count(plans) > 0 ? plans : json_get(record, "bakPlanList");
}

struct fetch_price huawei_price(const struct huawei_reading *r, const struct huawei_good *good)
{
    return (struct fetch_price){
        .region = r->region,
        .service = good->service,
        .sku = good->sku,
        .os = good->os,
        .offering = "",
        .unit = good->hour,
        .scope = SCOPE_ITEM,
        .currency = r->currency,
        .basis = r->basis,
        .as_of = r->job->today,
    };
}

/* A whole number in a field: 1; 0 absent or null; -1. */
int huawei_number(const struct json *v, const char *key, int *out, struct err *err)
{
    dec_t n;
    int found = json_amount(json_get(v, key), &n, err);

    if (found != 1)
        return found;
    for (int i = 1; i <= 1000; i++)
        if (dec_cmp(n, dec_int64(i)) == 0) {
            *out = i;
            return 1;
        }
    *out = -1;
    return 1;
}

/* ---- amounts ---- */

/* How many of its unit an amount is for. Requests are sold by the ten thousand. */
static int step_of(const struct json *plan, const struct huawei_good *good, dec_t *out, struct err *err)
{
    int found = json_amount(json_get(plan, "measureUnitStep"), out, err);

    if (found < 0)
        return -1;
    if (found == 0 || dec_sign(*out) <= 0)
        *out = DEC_ONE;
    if (good->hour != UNIT_REQUESTS_10K)
        return 1;
    bool is_10k = dec_cmp(*out, dec_int64(10000)) == 0;
    *out = DEC_ONE;
    return is_10k;
}

/* 1, 0 when there is no price, -1. */
int huawei_amount(const struct json *v, dec_t step, dec_t *out, struct err *err)
{
    int found = json_amount(json_get(v, "amount"), out, err);

    if (found != 1 || dec_sign(*out) == 0)
        return found < 0 ? -1 : 0;
    *out = dec_div(*out, step, DEC_EXACT);
    return dec_bad(*out) ? err_set(err, ERR_FETCH, "amount that cannot be divided by measureUnitStep") : 1;
}

/* ---- tiers ---- */

/* A bound; absent, null or negative: open. */
static int bound_of(const struct json *division, const char *key, dec_t *out, bool *has, struct err *err)
{
    const struct json *v = json_get(json_get(division, "division"), key);

    *has = json_string(v)[0] != '\0' && json_string(v)[0] != '-';
    *out = DEC_ZERO;
    return *has && json_amount(v, out, err) < 0 ? -1 : 0;
}

/* Limits of traffic stand in GB or in TB, and the answer does not say which: 10, 50, 150 of them are TB
 * in the vendor's list, so a ladder of GB that ends so low is not believed. */
static bool is_doubtful(const struct fetch_price *p)
{
    return p->unit == UNIT_GB && p->bounded && dec_cmp(p->tier_to, dec_int64(TERABYTE)) < 0;
}

static int check_tiers(const struct fetch_price *v, size_t n, const char **why)
{
    dec_t reached = DEC_ZERO;

    for (size_t i = 0; i < n; i++) {
        if (dec_cmp(v[i].tier_from, reached) != 0 || (!v[i].bounded && i + 1 < n))
            *why = "tiers with a gap between them";
        else if (is_doubtful(&v[i]))
            *why = "tiers of traffic in GB or TB: not said";
        reached = v[i].tier_to;
    }
    return *why == NULL;
}

/* Divisions in the order of their bounds. A first one without a price is the free one, and stays away with the rest. */
static int read_tiers(const struct json *divisions, const struct fetch_price *like, dec_t step, struct fetch_price *v,
                      const char **why, struct err *err)
{
    for (size_t i = 0; i < json_count(divisions); i++) {
        const struct json *d = json_item(divisions, i);
        bool unused;
        v[i] = *like;
        int found = huawei_amount(d, step, &v[i].price, err);
        if (found < 0 || bound_of(d, "beginValue", &v[i].tier_from, &unused, err) != 0 ||
            bound_of(d, "endValue", &v[i].tier_to, &v[i].bounded, err) != 0)
            return -1;
        if (found == 0)
            *why = "tiers of which one has no price";
    }
    return 0;
}

static int put_tiers(const struct huawei_reading *r, const struct json *divisions, const struct fetch_price *like,
                     dec_t step, struct err *err)
{
    size_t n = json_count(divisions);
    struct fetch_price *v = arena_array(r->arena, n, sizeof *v);
    const char *why = NULL;

    if (v == NULL)
        return err_nomem(err);
    if (read_tiers(divisions, like, step, v, &why, err) != 0)
        return -1;
    if (why != NULL || !check_tiers(v, n, &why))
        return huawei_skip(r, why, err);
    for (size_t i = 0; i < n; i++)
        if (harvest_price(r->harvest, &v[i], err) != 0)
            return -1;
    return 0;
}

static int put(const struct huawei_reading *r, const struct json *plan, const struct huawei_good *good,
               const struct fetch_price *like, struct err *err)
{
    const struct json *divisions = json_get(plan, "divisionList");
    struct fetch_price p = *like;
    dec_t step;
    int known = step_of(plan, good, &step, err);

    if (known < 0)
        return -1;
    if (known == 0)
        return huawei_skip(r, "price of an unusual number of requests", err);
    if (json_count(divisions) > 0) {
        p.scope = good->scope;
        return put_tiers(r, divisions, &p, step, err);
    }
    int found = huawei_amount(plan, step, &p.price, err);
    if (found < 0)
        return -1;
    return found == 1 ? harvest_price(r->harvest, &p, err) : huawei_skip(r, "plan without a price", err);
}

/* ---- ways to pay ---- */

static bool is_usage(const struct huawei_good *good, int measure)
{
    if (good->by_volume)
        return good->size == 0 || measure == good->size;
    return measure == MEASURE_HOUR || measure == MEASURE_PLAN_HOUR;
}

static int put_usage(const struct huawei_reading *r, const struct json *plan, const struct huawei_good *good,
                     struct err *err)
{
    struct fetch_price p = huawei_price(r, good);
    int measure = 0, found = huawei_number(plan, "usageMeasureId", &measure, err);

    if (found < 0)
        return -1;
    if (found == 1 && !is_usage(good, measure))
        return huawei_skip(r, "plan in another unit of usage", err);
    p.charge = CHARGE_ON_DEMAND;
    return put(r, plan, good, &p, err);
}

static int put_term(const struct huawei_reading *r, const struct json *plan, const struct huawei_good *good, int months,
                    struct err *err)
{
    struct fetch_price p = huawei_price(r, good);
    int periods = 1, found = huawei_number(plan, "periodNum", &periods, err);

    if (found < 0)
        return -1;
    if (good->by_volume)
        return huawei_skip(r, "package", err);
    if (periods < 1 || periods * months > TERM_MAX)
        return huawei_skip(r, "plan for an unusual term", err);
    p.charge = CHARGE_PREPAID;
    p.term_months = periods * months;
    p.unit = good->month;
    if (p.unit != UNIT_TERM && p.term_months != 1)
        return huawei_skip(r, "plan of several months by size", err); /* a unit has no such time */
    return put(r, plan, good, &p, err);
}

/* ---- a record ---- */

/* NULL, or why the plan is no list price of this good; "" when another good reads it. */
static const char *foreign(const struct json *plan, const struct huawei_good *good)
{
    const char *site = json_string(json_get(plan, "siteCode")), *mode = json_string(json_get(plan, "billingMode")),
               *origin = json_string(json_get(plan, "originType")),
               *factor = json_string(json_get(plan, "usageFactor"));

    if (good->event != NULL && strcmp(json_string(json_get(plan, "billingEvent")), good->event) != 0)
        return "";
    if (*site != '\0' && strcmp(site, "HWC") != 0)
        return "price of a site of another operator";
    if (*json_string(json_get(plan, "condition")) != '\0')
        return "price under a condition";
    if (strcmp(mode, "RI") != 0 && *origin != '\0' && strcmp(origin, "price") != 0)
        return "price worked out from another";
    if (!strcmp(mode, "ONDEMAND") && good->factor != NULL && *factor != '\0' && strcmp(factor, good->factor) != 0)
        return "plan by another measure of usage";
    return NULL;
}

static int put_plan(const struct huawei_reading *r, const struct json *plan, const struct huawei_good *good,
                    struct err *err)
{
    const char *mode = json_string(json_get(plan, "billingMode"));

    if (!strcmp(mode, "ONDEMAND") || (*mode == '\0' && good->event != NULL))
        return put_usage(r, plan, good, err);
    if (!strcmp(mode, "MONTHLY"))
        return put_term(r, plan, good, 1, err);
    if (!strcmp(mode, "YEARLY"))
        return put_term(r, plan, good, 12, err);
    return huawei_skip(r, "plan of an unknown way to pay", err);
}

int huawei_plans(const struct huawei_reading *r, const struct json *record, const struct huawei_good *good,
                 struct err *err)
{
    const struct json *plans = huawei_plan_list(record);
    struct huawei_reserved reserved = {.n = 0};

    for (size_t i = 0; i < json_count(plans); i++) {
        const struct json *plan = json_item(plans, i);
        const char *why = foreign(plan, good);
        int rc;
        if (why != NULL)
            rc = *why != '\0' ? huawei_skip(r, why, err) : 0;
        else if (!strcmp(json_string(json_get(plan, "billingMode")), "RI"))
            rc = huawei_add_part(r, plan, &reserved, err);
        else
            rc = put_plan(r, plan, good, err);
        if (rc != 0)
            return err_prefix(err, "%s", good->sku);
    }
    return huawei_put_reservations(r, good, &reserved, err);
}
