/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Reservations of Tencent Cloud International: DescribeReservedInstancesOfferings, page by page. The parts
 * of one offer must stay together, so the offerings of a region are handed over when all are there; one
 * that differs between zones is passed over, as half of a contradiction cannot be kept.
 */
#include "fetchers/tencent_parts.h"

#include <stdlib.h>
#include <string.h>

enum { PAGE = 100, PAGES_MAX = 200, MONTH_SECONDS = 31536000 / 12 };

struct tencent_offering {
    const char *sku, *os, *offering;
    int months;
    dec_t fixed, usage;
};

static const struct kind {
    const char *published, *ours;
    bool fixed, usage; /* the parts it has */
} kinds[] = {
    {"No Upfront", "no-upfront", false, true},
    {"Partial Upfront", "partial-upfront", true, true},
    {"All Upfront", "all-upfront", true, false},
};

static const char *ask(struct tencent *t, size_t i)
{
    if (i == 0) {
        t->offset = t->nofferings = 0;
        t->offerings = NULL;
        arena_clear(&t->kept);
    }
    buf_printf(&t->body, "{\"Offset\":%zu,\"Limit\":%d}", t->offset, PAGE);
    return arena_printf(&t->arena, "offerings-%zu", t->offset);
}

/* ---- one offering ---- */

static const struct kind *kind_of(const struct json *item)
{
    const char *text = json_string(json_get(item, "OfferingType"));

    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (!strcmp(text, kinds[i].published))
            return &kinds[i];
    return NULL;
}

/* 31536000 seconds are 12 months; 0 when it is no whole number of months. */
static int months_of(const struct json *item, struct err *err)
{
    dec_t seconds;
    int found = tencent_amount(item, "Duration", &seconds, err);

    if (found != 1)
        return found;
    for (int years = 1; years <= 5; years++)
        if (dec_cmp(seconds, dec_int64((int64_t)years * 12 * MONTH_SECONDS)) == 0)
            return years * 12;
    return 0;
}

static const char *os_of(const struct json *item)
{
    const char *text = json_string(json_get(item, "ProductDescription"));

    return !strcmp(text, "linux") || !strcmp(text, "Linux")       ? "linux"
           : !strcmp(text, "windows") || !strcmp(text, "Windows") ? "windows"
                                                                  : NULL;
}

/* NULL, or why it is not taken. */
static const char *read_offering(struct tencent *t, const struct json *item, struct tencent_offering *o,
                                 struct err *err, int *rc)
{
    const struct kind *kind = kind_of(item);
    const char *os = os_of(item), *currency = json_string(json_get(item, "CurrencyCode"));
    int months = months_of(item, err);
    int fixed = months < 0 ? -1 : tencent_amount(item, "FixedPrice", &o->fixed, err);
    int usage = fixed < 0 ? -1 : tencent_amount(item, "UsagePrice", &o->usage, err);

    *rc = usage < 0 ? -1 : 0;
    if (*rc != 0)
        return NULL;
    if (kind == NULL || os == NULL || months == 0)
        return "reservation of an unknown kind, system or duration";
    if ((fixed == 1) != kind->fixed || (usage == 1) != kind->usage)
        return "reservation without a part of its price";
    if (strcmp(currency, t->currency) != 0)
        return "reservation in a currency that is not the site's";
    o->sku = arena_strdup(&t->kept, json_string(json_get(item, "InstanceType")));
    o->os = os;
    o->offering = kind->ours;
    o->months = months;
    if (o->sku == NULL)
        *rc = err_nomem(err);
    return NULL;
}

static int take(struct tencent *t, const struct json *item, struct harvest *h, struct err *err)
{
    struct tencent_offering o = {.months = 0};
    int rc;
    const char *why = read_offering(t, item, &o, err, &rc);

    if (rc != 0)
        return -1;
    if (why != NULL)
        return harvest_skip(h, why, 1, err);
    size_t n = t->nofferings;
    if (n % PAGE == 0) {
        struct tencent_offering *v = arena_grow(&t->kept, t->offerings, n, n + PAGE, sizeof *v);
        if (v == NULL)
            return err_nomem(err);
        t->offerings = v;
    }
    t->offerings[t->nofferings++] = o;
    return 0;
}

/* ---- all of a region ---- */

static int by_key(const void *pa, const void *pb)
{
    const struct tencent_offering *a = pa, *b = pb;
    int order = strcmp(a->sku, b->sku);

    if (order == 0)
        order = strcmp(a->os, b->os);
    if (order == 0)
        order = strcmp(a->offering, b->offering);
    return order != 0 ? order : (a->months > b->months) - (a->months < b->months);
}

static bool same_price(const struct tencent_offering *a, const struct tencent_offering *b)
{
    return dec_cmp(a->fixed, b->fixed) == 0 && dec_cmp(a->usage, b->usage) == 0;
}

static int put_part(const struct tencent *t, const struct tencent_offering *o, enum unit unit, dec_t price,
                    struct harvest *h, struct err *err)
{
    struct fetch_price p = tencent_price(t, "compute", o->sku);

    if (dec_sign(price) == 0)
        return 0;
    p.os = o->os;
    p.charge = CHARGE_RESERVED;
    p.offering = o->offering;
    p.term_months = o->months;
    p.unit = unit;
    p.price = price;
    return harvest_price(h, &p, err);
}

static int put_all(struct tencent *t, struct harvest *h, struct err *err)
{
    const struct tencent_offering *v = t->offerings;
    size_t n = t->nofferings;

    if (n > 0)
        qsort(t->offerings, n, sizeof *v, by_key);
    for (size_t i = 0, j; i < n; i = j) {
        bool same = true;
        for (j = i + 1; j < n && by_key(&v[i], &v[j]) == 0; j++)
            same &= same_price(&v[i], &v[j]);
        if (!same && harvest_skip(h, "reservation with different prices in the zones of a region", j - i, err) != 0)
            return -1;
        if (same && (put_part(t, &v[i], UNIT_TERM, v[i].fixed, h, err) != 0 ||
                     put_part(t, &v[i], UNIT_HOUR, v[i].usage, h, err) != 0))
            return -1;
    }
    t->nofferings = 0;
    return 0;
}

/* After the last page the rest of the questions is not asked. */
static int read(struct tencent *t, size_t i, const struct json *response, struct harvest *h, struct err *err)
{
    const struct json *list;
    dec_t total;

    if (json_need(response, "ReservedInstancesOfferingsSet", &list, err) != 0)
        return -1;
    int found = tencent_amount(response, "TotalCount", &total, err);
    if (found < 0)
        return -1;
    for (size_t k = 0; k < json_count(list); k++)
        if (take(t, json_item(list, k), h, err) != 0)
            return -1;
    t->offset += json_count(list);
    if (found == 1 && json_count(list) > 0 && dec_cmp(dec_int64((int64_t)t->offset), total) < 0 && i + 1 < PAGES_MAX)
        return 0;
    if (found == 1 && dec_cmp(dec_int64((int64_t)t->offset), total) < 0)
        return err_set(err, ERR_FETCH, "%zu reservations instead of TotalCount", t->offset);
    t->step = PAGES_MAX;
    return put_all(t, h, err);
}

/* No page is asked for after one that was refused. */
static void refused(struct tencent *t, size_t i)
{
    (void)i;
    t->step = PAGES_MAX;
}

const struct tencent_group tencent_offerings = {
    .station = "intl",
    .endpoint = "cvm",
    .action = "DescribeReservedInstancesOfferings",
    .n = PAGES_MAX,
    .ask = ask,
    .read = read,
    .refused = refused,
};
