/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Disks of Baidu AI Cloud: what 100 GB cost, by the minute or for a month.
 */
#include "fetchers/baidu_parts.h"

#include <string.h>

enum { SIZE_GB = 100 };

static const char *const types[] = {"hdd", "hp1", "cloud_hp1", "SSD_Enhanced", "enhanced_ssd_pl1"};
enum { TYPES = sizeof types / sizeof *types };

static const struct {
    const char *timing, *name;
    const char *unit; /* what a price without a unit is by */
} ways[] = {{"Postpaid", "minute", "minute"}, {"Prepaid", "month", "month"}};
enum { WAYS = sizeof ways / sizeof *ways };

static const struct {
    const char *name;
    enum unit unit;
    bool prepaid;
} units[] = {{"minute", UNIT_GB_MINUTE, false}, {"hour", UNIT_GB_HOUR, false}, {"month", UNIT_GB_MONTH, true}};

static size_t count(const struct baidu *b)
{
    return b->zone != NULL ? (size_t)TYPES * WAYS : 0;
}

static const char *ask(struct baidu *b, size_t i)
{
    buf_printf(&b->body,
               "{\"storageType\":\"%s\",\"cdsSizeInGB\":%d,\"paymentTiming\":\"%s\",\"zoneName\":\"%s\","
               "\"purchaseCount\":1,\"purchaseLength\":1}",
               types[i / WAYS], SIZE_GB, ways[i % WAYS].timing, b->zone);
    return arena_printf(&b->arena, "disk-%s-%s", types[i / WAYS], ways[i % WAYS].name);
}

/* The answer lists other types and sizes too. */
static const struct json *find(const struct json *list, const char *type)
{
    for (size_t i = 0; i < json_count(list); i++) {
        const struct json *item = json_item(list, i);
        if (!strcmp(json_string(json_get(item, "storageType")), type) &&
            !strcmp(json_string(json_get(item, "cdsSizeInGB")), "100"))
            return item;
    }
    return NULL;
}

static int put(struct baidu *b, size_t i, dec_t total, const char *unit, struct harvest *h, struct err *err)
{
    struct fetch_price p = baidu_price(b, "block-storage", types[i / WAYS]);
    size_t u = 0;

    while (u < sizeof units / sizeof *units && strcmp(units[u].name, unit) != 0)
        u++;
    if (u == sizeof units / sizeof *units || units[u].prepaid != !strcmp(ways[i % WAYS].timing, "Prepaid"))
        return baidu_skip_unit(b, unit, h, err);
    p.price = dec_div(total, dec_int64(SIZE_GB), DEC_EXACT);
    if (dec_bad(p.price))
        return harvest_skip(h, "a disk whose price of one GB is not exact", 1, err);
    p.unit = units[u].unit;
    if (units[u].prepaid) {
        p.charge = CHARGE_PREPAID;
        p.term_months = 1;
    }
    return harvest_price(h, &p, err);
}

static int read(struct baidu *b, size_t i, const struct json *doc, struct harvest *h, struct err *err)
{
    const struct json *list, *item;
    dec_t total = DEC_ZERO;

    if (json_need(doc, "price", &list, err) != 0)
        return -1;
    item = find(list, types[i / WAYS]);
    int found = item != NULL ? baidu_amount(item, "price", &total, err) : 0;
    if (found < 0)
        return -1;
    if (found == 0)
        return harvest_skip(h, "a disk that is not sold this way", 1, err);
    const char *unit = json_string(json_get(item, "unit"));
    return put(b, i, total, *unit != '\0' ? unit : ways[i % WAYS].unit, h, err);
}

const struct baidu_group baidu_disks = {
    .host = "bcc",
    .method = "POST",
    .path = "/v2/volume/getPrice",
    .count = count,
    .ask = ask,
    .read = read,
};
