/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Machines of Tencent Cloud: DescribeZoneInstanceConfigInfos lists every type of every zone of a region
 * with its price, without disks. A type that costs the same in all zones is one row; one that does not
 * is handed over with two prices, so that it counts as ambiguous.
 */
#include "fetchers/tencent_parts.h"

#include <stdlib.h>
#include <string.h>

enum { SLOTS = 4 };

/* A type in a zone. Slots are the steps of an hour or the terms of a prepaid period; 0: not filled. */
struct machine {
    const char *sku; /* of the document */
    size_t order;
    dec_t list[SLOTS], own[SLOTS];
    const struct json *item;
};

static int by_sku(const void *pa, const void *pb)
{
    const struct machine *a = pa, *b = pb;
    int order = strcmp(a->sku, b->sku);

    return order != 0 ? order : (a->order > b->order) - (a->order < b->order);
}

static bool same(const struct machine *a, const struct machine *b, size_t slot)
{
    return dec_cmp(a->list[slot], b->list[slot]) == 0;
}

/* ---- by the hour ---- */

/* Hours a machine has been billed since it was created, at which the next step begins. */
static const int steps_from[] = {0, 96, 360};
enum { HOUR_STEPS = sizeof steps_from / sizeof *steps_from };

static const char *const step_keys[] = {"UnitPrice", "UnitPriceSecondStep", "UnitPriceThirdStep"};
static const char *const own_step_keys[] = {"UnitPriceDiscount", "UnitPriceDiscountSecondStep",
                                            "UnitPriceDiscountThirdStep"};

static int read_slots(const struct json *price, const char *const *keys, size_t n, dec_t *out, struct err *err)
{
    for (size_t i = 0; i < n; i++) {
        int found = tencent_amount(price, keys[i], &out[i], err);
        if (found < 0)
            return -1;
        if (found == 0)
            out[i] = DEC_ZERO;
    }
    return 0;
}

/* Only the first filled: one step for all hours. */
static void level(dec_t *step)
{
    if (dec_sign(step[1]) == 0 && dec_sign(step[2]) == 0)
        step[1] = step[2] = step[0];
}

/* NULL, or why the hourly price of the item is none. */
static const char *read_hour(struct machine *m, const struct json *price, struct err *err, int *rc)
{
    const char *unit = json_string(json_get(price, "ChargeUnit"));

    *rc = read_slots(price, step_keys, HOUR_STEPS, m->list, err);
    if (*rc == 0)
        *rc = read_slots(price, own_step_keys, HOUR_STEPS, m->own, err);
    if (*rc != 0)
        return NULL;
    if (dec_sign(m->list[0]) == 0)
        return "machine without a price for this charge";
    if (*unit != '\0' && strcmp(unit, "HOUR") != 0 && strcmp(unit, "H") != 0)
        return "machine not charged by the hour";
    level(m->list);
    level(m->own);
    if (dec_sign(m->list[1]) == 0 || dec_sign(m->list[2]) == 0)
        return "machine with a step of its price missing";
    return NULL;
}

static int put_step(const struct fetch_price *like, const struct machine *m, size_t step, bool is_one,
                    struct harvest *h, struct err *err)
{
    struct fetch_price p = *like;

    p.price = m->list[step];
    p.contracted = m->own[step];
    p.has_contracted = dec_sign(p.contracted) > 0;
    if (!is_one) {
        p.scope = SCOPE_LIFE;
        p.tier_from = dec_int64(steps_from[step]);
        p.bounded = step + 1 < HOUR_STEPS;
        if (p.bounded)
            p.tier_to = dec_int64(steps_from[step + 1]);
    }
    return harvest_price(h, &p, err);
}

static bool is_level(const struct machine *m)
{
    return dec_cmp(m->list[0], m->list[1]) == 0 && dec_cmp(m->list[0], m->list[2]) == 0;
}

static int put_hour(const struct fetch_price *like, const struct machine *m, bool is_one, struct harvest *h,
                    struct err *err)
{
    for (size_t i = 0; i < (is_one ? 1 : HOUR_STEPS); i++)
        if (put_step(like, m, i, is_one, h, err) != 0)
            return -1;
    return 0;
}

/* The zones of one type. Two different ladders are written with the same steps, so that each is whole. */
static int put_hours(const struct fetch_price *like, const struct machine *v, size_t n, struct harvest *h,
                     struct err *err)
{
    size_t other = 1;

    while (other < n && same(&v[0], &v[other], 0) && same(&v[0], &v[other], 1) && same(&v[0], &v[other], 2))
        other++;
    if (other == n)
        return put_hour(like, &v[0], is_level(&v[0]), h, err);
    if (put_hour(like, &v[0], false, h, err) != 0 || put_hour(like, &v[other], false, h, err) != 0)
        return -1;
    return harvest_remark(h, "machine with different prices in the zones of a region", 1, err);
}

/* ---- prepaid ---- */

/* The year's fields have an s behind them in the console's answer. */
static const struct {
    int months;
    const char *list, *list_too, *own, *own_too;
} terms[SLOTS] = {
    {1, "OriginalPrice", "", "DiscountPrice", ""},
    {12, "OriginalPriceOneYear", "OriginalPriceOneYears", "DiscountPriceOneYear", "DiscountPriceOneYears"},
    {36, "OriginalPriceThreeYear", "OriginalPriceThreeYears", "DiscountPriceThreeYear", "DiscountPriceThreeYears"},
    {60, "OriginalPriceFiveYear", "OriginalPriceFiveYears", "DiscountPriceFiveYear", "DiscountPriceFiveYears"},
};

static int read_either(const struct json *price, const char *key, const char *too, dec_t *out, struct err *err)
{
    int found = tencent_amount(price, key, out, err);

    if (found == 0)
        found = tencent_amount(price, too, out, err);
    if (found == 0)
        *out = DEC_ZERO;
    return found < 0 ? -1 : 0;
}

static const char *read_terms(struct machine *m, const struct json *price, struct err *err, int *rc)
{
    bool any = false;

    for (size_t i = 0; i < SLOTS; i++) {
        *rc = read_either(price, terms[i].list, terms[i].list_too, &m->list[i], err);
        if (*rc == 0)
            *rc = read_either(price, terms[i].own, terms[i].own_too, &m->own[i], err);
        if (*rc != 0)
            return NULL;
        any |= dec_sign(m->list[i]) > 0;
    }
    return any ? NULL : "machine without a price for this charge";
}

static int put_term(const struct fetch_price *like, const struct machine *m, size_t slot, struct harvest *h,
                    struct err *err)
{
    struct fetch_price p = *like;

    p.charge = CHARGE_PREPAID;
    p.unit = UNIT_TERM;
    p.term_months = terms[slot].months;
    p.price = m->list[slot];
    p.contracted = m->own[slot];
    p.has_contracted = dec_sign(p.contracted) > 0;
    return harvest_price(h, &p, err);
}

/* One term of one type: the first zone that has it, and one that says otherwise. */
static int put_zones(const struct fetch_price *like, const struct machine *v, size_t n, size_t slot, struct harvest *h,
                     struct err *err)
{
    const struct machine *first = NULL;

    for (size_t i = 0; i < n; i++) {
        if (dec_sign(v[i].list[slot]) == 0)
            continue;
        if (first != NULL && same(first, &v[i], slot))
            continue;
        if (put_term(like, &v[i], slot, h, err) != 0)
            return -1;
        if (first != NULL)
            return harvest_remark(h, "machine with different prices in the zones of a region", 1, err);
        first = &v[i];
    }
    return 0;
}

static int put_terms(const struct fetch_price *like, const struct machine *v, size_t n, struct harvest *h,
                     struct err *err)
{
    for (size_t slot = 0; slot < SLOTS; slot++)
        if (put_zones(like, v, n, slot, h, err) != 0)
            return -1;
    return 0;
}

/* ---- the list ---- */

static const struct way {
    const char *charge, *name;
    const char *(*read)(struct machine *m, const struct json *price, struct err *err, int *rc);
    int (*put)(const struct fetch_price *like, const struct machine *v, size_t n, struct harvest *h, struct err *err);
} by_hour = {"POSTPAID_BY_HOUR", "machines-hour", read_hour, put_hours},
  by_term = {"PREPAID", "machines-prepaid", read_terms, put_terms};

static bool in_region(const struct tencent *t, const char *zone)
{
    size_t n = strlen(tencent_region(t));

    return strncmp(zone, tencent_region(t), n) == 0 && zone[n] == '-' &&
           strcspn(zone + n + 1, "-") == strlen(zone + n + 1);
}

/* NULL, or why the item is no answer to what was asked. */
static const char *unasked(const struct tencent *t, const struct way *way, const struct json *item)
{
    if (strcmp(json_string(json_get(item, "InstanceChargeType")), way->charge) != 0)
        return "machine of a charge that was not asked for";
    return in_region(t, json_string(json_get(item, "Zone"))) ? NULL : "machine of a zone outside the region";
}

static bool is_sold_out(const struct json *item)
{
    return !strcmp(json_string(json_get(item, "Status")), "SOLD_OUT") ||
           !strcmp(json_string(json_get(item, "StatusCategory")), "WithoutStock");
}

/* 1: a machine with a price; 0: counted, not taken; -1. */
static int read_machine(const struct tencent *t, const struct way *way, const struct json *item, struct machine *out,
                        struct harvest *h, struct err *err)
{
    const char *why = unasked(t, way, item);
    int rc = 0;

    out->sku = json_string(json_get(item, "InstanceType"));
    out->item = item;
    if (*out->sku == '\0')
        return err_set(err, ERR_FETCH, "a machine without InstanceType");
    if (why == NULL)
        why = way->read(out, json_get(item, "Price"), err, &rc);
    if (rc != 0)
        return err_prefix(err, "%s", out->sku);
    if (why != NULL)
        return harvest_skip(h, why, 1, err);
    if (is_sold_out(item) && harvest_remark(h, "sold out at the moment", 1, err) != 0)
        return -1;
    return 1;
}

static int put_all(const struct tencent *t, const struct way *way, const struct machine *v, size_t n, struct harvest *h,
                   struct err *err)
{
    for (size_t i = 0, j; i < n; i = j) {
        struct fetch_price like = tencent_price(t, "compute", v[i].sku);
        like.os = "linux";
        for (j = i + 1; j < n && !strcmp(v[j].sku, v[i].sku); j++)
            ;
        if (way->put(&like, v + i, j - i, h, err) != 0 || tencent_shape(t, v[i].item, h, err) != 0)
            return -1;
    }
    return 0;
}

static int read_list(struct tencent *t, const struct way *way, const struct json *response, struct harvest *h,
                     struct err *err)
{
    const struct json *list;
    size_t n = 0;

    if (json_need(response, "InstanceTypeQuotaSet", &list, err) != 0)
        return -1;
    struct machine *v = calloc(json_count(list) + 1, sizeof *v);
    if (v == NULL)
        return err_nomem(err);
    int rc = 0;
    for (size_t i = 0; rc == 0 && i < json_count(list); i++) {
        v[n].order = i;
        int taken = read_machine(t, way, json_item(list, i), &v[n], h, err);
        rc = taken < 0 ? -1 : 0;
        n += taken == 1;
    }
    if (rc == 0) {
        qsort(v, n, sizeof *v, by_sku);
        rc = put_all(t, way, v, n, h, err);
    }
    free(v);
    return rc;
}

static const char *ask(struct tencent *t, const struct way *way)
{
    buf_printf(&t->body, "{\"Filters\":[{\"Name\":\"instance-charge-type\",\"Values\":[\"%s\"]}]}", way->charge);
    return way->name;
}

static const char *ask_hour(struct tencent *t, size_t i)
{
    (void)i;
    return ask(t, &by_hour);
}

static const char *ask_term(struct tencent *t, size_t i)
{
    (void)i;
    return ask(t, &by_term);
}

static int read_hour_list(struct tencent *t, size_t i, const struct json *response, struct harvest *h, struct err *err)
{
    (void)i;
    return read_list(t, &by_hour, response, h, err);
}

static int read_term_list(struct tencent *t, size_t i, const struct json *response, struct harvest *h, struct err *err)
{
    (void)i;
    return read_list(t, &by_term, response, h, err);
}

const struct tencent_group tencent_machines = {
    .station = "",
    .endpoint = "cvm",
    .action = "DescribeZoneInstanceConfigInfos",
    .n = 1,
    .ask = ask_hour,
    .read = read_hour_list,
};

const struct tencent_group tencent_prepaid = {
    .station = "cn", /* the international station sells machines by the hour only */
    .endpoint = "cvm",
    .action = "DescribeZoneInstanceConfigInfos",
    .n = 1,
    .ask = ask_term,
    .read = read_term_list,
};
