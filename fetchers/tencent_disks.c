/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Disks of Tencent Cloud: InquiryPriceCreateDisks answers with the total of the size asked for. A size of
 * 1000 GiB keeps what the rounding of the total takes away small, and divides exactly.
 */
#include "fetchers/tencent_parts.h"

#include <string.h>

enum { SIZE = 1000 };

static const char *const types[] = {"CLOUD_PREMIUM", "CLOUD_BSSD", "CLOUD_SSD", "CLOUD_HSSD", "CLOUD_TSSD"};

static const struct way {
    const char *charge, *name, *more;
    const char *list, *own; /* the exact values stand under these names and High, as texts */
    const char *list_high, *own_high;
    enum charge_kind kind;
    int term_months;
    enum unit unit;
} ways[] = {
    {"POSTPAID_BY_HOUR", "hour", "", "UnitPrice", "UnitPriceDiscount", "UnitPriceHigh", "UnitPriceDiscountHigh",
     CHARGE_ON_DEMAND, 0, UNIT_GIB_HOUR},
    {"PREPAID", "month", ",\"DiskChargePrepaid\":{\"Period\":1}", "OriginalPrice", "DiscountPrice", "OriginalPriceHigh",
     "DiscountPriceHigh", CHARGE_PREPAID, 1, UNIT_GIB_MONTH},
};
enum { TYPES = sizeof types / sizeof *types, WAYS = sizeof ways / sizeof *ways };

static const char *ask(struct tencent *t, size_t i)
{
    const struct way *way = &ways[i % WAYS];

    buf_printf(&t->body, "{\"DiskType\":\"%s\",\"DiskSize\":%d,\"DiskCount\":1,\"DiskChargeType\":\"%s\"%s}",
               types[i / WAYS], SIZE, way->charge, way->more);
    return arena_printf(&t->arena, "disk-%s-%s", types[i / WAYS], way->name);
}

/* Of one GiB. 1, 0 when it is not filled, -1. */
static int of_one(const struct json *price, const char *exact, const char *rounded, dec_t *out, struct err *err)
{
    int found = tencent_amount(price, exact, out, err);

    if (found == 0)
        found = tencent_amount(price, rounded, out, err);
    if (found != 1)
        return found;
    *out = dec_div(*out, dec_int64(SIZE), DEC_EXACT);
    return dec_bad(*out) ? err_set(err, ERR_FETCH, "%s of %d GiB has too many decimals", rounded, SIZE) : 1;
}

static bool is_by_hour(const struct json *price)
{
    const char *unit = json_string(json_get(price, "ChargeUnit"));

    return *unit == '\0' || !strcmp(unit, "HOUR") || !strcmp(unit, "H");
}

static int read(struct tencent *t, size_t i, const struct json *response, struct harvest *h, struct err *err)
{
    const struct way *way = &ways[i % WAYS];
    struct fetch_price p = tencent_price(t, "block-storage", types[i / WAYS]);
    const struct json *price;

    if (json_need(response, "DiskPrice", &price, err) != 0)
        return -1;
    p.charge = way->kind;
    p.term_months = way->term_months;
    p.unit = way->unit;
    int found = of_one(price, way->list_high, way->list, &p.price, err);
    int own = found < 0 ? -1 : of_one(price, way->own_high, way->own, &p.contracted, err);
    if (own < 0)
        return -1;
    p.has_contracted = own == 1;
    if (found == 0)
        return harvest_skip(h, "disk without a price for this charge", 1, err);
    if (way->kind == CHARGE_ON_DEMAND && !is_by_hour(price))
        return harvest_skip(h, "disk not charged by the hour", 1, err);
    return harvest_price(h, &p, err);
}

const struct tencent_group tencent_disks = {
    .station = "",
    .endpoint = "cbs",
    .action = "InquiryPriceCreateDisks",
    .n = TYPES * WAYS,
    .ask = ask,
    .read = read,
};
