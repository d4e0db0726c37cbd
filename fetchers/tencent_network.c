/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Traffic and bandwidth of an elastic IP of Tencent Cloud: InquiryPriceAllocateAddresses. A price of
 * bandwidth is the total of so many Mbps, from which the ladder is read.
 */
#include "fetchers/tencent_parts.h"

#include <string.h>

/* ---- traffic ---- */

static const char *ask_traffic(struct tencent *t, size_t i)
{
    (void)i;
    buf_puts(&t->body, "{\"AddressType\":\"EIP\",\"InternetChargeType\":\"TRAFFIC_POSTPAID_BY_HOUR\","
                       "\"InternetMaxBandwidthOut\":1}");
    return "traffic";
}

/* The answer calls it a price by the hour; it is one of a GB, settled every hour. */
static int read_traffic(struct tencent *t, size_t i, const struct json *response, struct harvest *h, struct err *err)
{
    struct fetch_price p = tencent_price(t, "egress", "TRAFFIC_POSTPAID_BY_HOUR");
    const struct json *price;

    (void)i;
    p.unit = UNIT_GB;
    if (json_need(response, "Price/AddressPrice", &price, err) != 0)
        return -1;
    int found = tencent_amount(price, "UnitPrice", &p.price, err);
    if (found < 0 || tencent_own(price, "DiscountPrice", &p, err) != 0)
        return -1;
    return found == 1 ? harvest_price(h, &p, err) : harvest_skip(h, "traffic without a price", 1, err);
}

/* ---- bandwidth ---- */

/* The documents have steps at 5 Mbps by the hour, at 2 and 5 Mbps prepaid. */
static const struct probe_plan plan = {.starts = {0, 2, 5}, .nsteps = 3, .width = 1, .beyond = 10};
enum { POINTS = 6 };

static const struct way {
    const char *charge, *name, *more, *total, *sku;
    enum charge_kind kind;
    int term_months;
    enum unit unit;
} ways[] = {
    {"BANDWIDTH_POSTPAID_BY_HOUR", "hour", "", "UnitPrice", "BANDWIDTH_POSTPAID_BY_HOUR", CHARGE_ON_DEMAND, 0,
     UNIT_MBPS_HOUR},
    {"BANDWIDTH_PREPAID_BY_MONTH", "month", ",\"AddressChargePrepaid\":{\"Period\":1}", "OriginalPrice",
     "BANDWIDTH_PREPAID", CHARGE_PREPAID, 1, UNIT_MBPS_MONTH},
};
enum { WAYS = sizeof ways / sizeof *ways };

static const char *ask_bandwidth(struct tencent *t, size_t i)
{
    const struct way *way = &ways[i / POINTS];
    int points[PROBE_POINTS];

    probe_points(&plan, points);
    int mbps = points[i % POINTS];
    buf_printf(&t->body, "{\"AddressType\":\"EIP\",\"InternetChargeType\":\"%s\",\"InternetMaxBandwidthOut\":%d%s}",
               way->charge, mbps, way->more);
    return arena_printf(&t->arena, "bandwidth-%s-%d", way->name, mbps);
}

static int put_ladder(struct tencent *t, const struct way *way, struct harvest *h, struct err *err)
{
    struct fetch_price p = tencent_price(t, "bandwidth", way->sku);
    struct probe_tier tiers[PROBE_STEPS];
    size_t n;

    if (!probe_ladder(&plan, t->totals, tiers, &n))
        return harvest_skip(h, "bandwidth whose totals make no ladder with steps at 2 and 5 Mbps", 1, err);
    p.charge = way->kind;
    p.term_months = way->term_months;
    p.unit = way->unit;
    return probe_deliver(&p, tiers, n, h, err);
}

/* The first of a ladder starts the count; a total that is missing leaves it short. */
static int read_bandwidth(struct tencent *t, size_t i, const struct json *response, struct harvest *h, struct err *err)
{
    const struct way *way = &ways[i / POINTS];
    const struct json *price;
    dec_t total;

    if (i % POINTS == 0)
        t->ntotals = 0;
    if (json_need(response, "Price/AddressPrice", &price, err) != 0)
        return -1;
    int found = tencent_amount(price, way->total, &total, err);
    if (found < 0)
        return -1;
    if (found == 1 && t->ntotals == i % POINTS)
        t->totals[t->ntotals++] = total;
    if (i % POINTS != POINTS - 1)
        return 0;
    return t->ntotals == POINTS ? put_ladder(t, way, h, err)
                                : harvest_skip(h, "bandwidth with a total missing", 1, err);
}

static void refused_bandwidth(struct tencent *t, size_t i)
{
    if (i % POINTS == 0)
        t->ntotals = 0;
}

const struct tencent_group tencent_traffic = {
    .station = "",
    .endpoint = "vpc",
    .action = "InquiryPriceAllocateAddresses",
    .n = 1,
    .ask = ask_traffic,
    .read = read_traffic,
};

const struct tencent_group tencent_bandwidth = {
    .station = "",
    .endpoint = "vpc",
    .action = "InquiryPriceAllocateAddresses",
    .n = WAYS * POINTS,
    .ask = ask_bandwidth,
    .read = read_bandwidth,
    .refused = refused_bandwidth,
};
