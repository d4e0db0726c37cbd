/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Traffic and bandwidth of an elastic IP of Baidu AI Cloud. A price of bandwidth is the total of so
 * many Mbps, from which the ladder is read.
 */
#include "fetchers/baidu_parts.h"

#include <string.h>

#define LINE "\"count\":1,\"purchaseType\":\"BGP\""

/* ---- traffic ---- */

static size_t one(const struct baidu *b)
{
    (void)b;
    return 1;
}

static const char *ask_traffic(struct baidu *b, size_t i)
{
    (void)i;
    buf_puts(&b->body, "{\"bandwidthInMbps\":1," LINE ",\"billing\":{\"paymentTiming\":\"Postpaid\","
                       "\"billingMethod\":\"ByTraffic\"}}");
    return "eip-traffic";
}

static int read_traffic(struct baidu *b, size_t i, const struct json *doc, struct harvest *h, struct err *err)
{
    struct fetch_price p = baidu_price(b, "egress", "eip-BGP-traffic");
    const struct json *prices;
    const char *unit;

    (void)i;
    if (json_need(doc, "prices", &prices, err) != 0)
        return -1;
    int found = baidu_unit_price(prices, "netrafficPrice", &p.price, &unit, err);
    if (found < 0)
        return -1;
    if (json_get(prices, "configPrice") != NULL &&
        harvest_skip(h, "a fee of an address billed by traffic, due at times not published", 1, err) != 0)
        return -1;
    if (found == 0)
        return harvest_skip(h, "traffic without a price", 1, err);
    if (strcmp(unit, "GB") != 0)
        return baidu_skip_unit(b, unit, h, err);
    p.unit = UNIT_GB;
    return harvest_price(h, &p, err);
}

const struct baidu_group baidu_traffic = {
    .host = "eip",
    .method = "POST",
    .path = "/v1/eip/price",
    .count = one,
    .ask = ask_traffic,
    .read = read_traffic,
};

/* ---- bandwidth ---- */

/* One step, at 5 Mbps, as the vendor's price table has it; the totals must agree. */
static const struct probe_plan plan = {.starts = {0, 5}, .nsteps = 2, .width = 1, .beyond = 10};
enum { POINTS = 4 };

static const struct way {
    const char *name, *billing, *total, *unit;
    enum charge_kind charge;
    int term_months;
    enum unit of;
} ways[] = {
    {"minute", "\"paymentTiming\":\"Postpaid\",\"billingMethod\":\"ByBandwidth\"", "configPrice", "minute",
     CHARGE_ON_DEMAND, 0, UNIT_MBPS_MINUTE},
    {"month",
     "\"paymentTiming\":\"Prepaid\",\"billingMethod\":\"ByBandwidth\",\"reservation\":{\"reservationLength\":1,"
     "\"reservationTimeUnit\":\"month\"}",
     "purchasePrice", "month", CHARGE_PREPAID, 1, UNIT_MBPS_MONTH},
};
enum { WAYS = sizeof ways / sizeof *ways };

static size_t count_bandwidth(const struct baidu *b)
{
    (void)b;
    return (size_t)POINTS * WAYS;
}

static const char *ask_bandwidth(struct baidu *b, size_t i)
{
    int points[PROBE_POINTS];

    probe_points(&plan, points);
    buf_printf(&b->body, "{\"bandwidthInMbps\":%d," LINE ",\"billing\":{%s}}", points[i % POINTS],
               ways[i / POINTS].billing);
    return arena_printf(&b->arena, "eip-%s-%d", ways[i / POINTS].name, points[i % POINTS]);
}

static int put_ladder(struct baidu *b, const struct way *way, struct harvest *h, struct err *err)
{
    struct fetch_price p = baidu_price(b, "bandwidth", "eip-BGP");
    struct probe_tier tiers[PROBE_STEPS];
    size_t n;

    if (!probe_ladder(&plan, b->totals, tiers, &n))
        return harvest_skip(h, "bandwidth whose totals make no ladder with a step at 5 Mbps", 1, err);
    p.charge = way->charge;
    p.term_months = way->term_months;
    p.unit = way->of;
    return probe_deliver(&p, tiers, n, h, err);
}

/* The first of a ladder starts the count; a total that is missing leaves it short. A sum for a month may
 * stand without its unit, a price by the minute may not. */
static int read_bandwidth(struct baidu *b, size_t i, const struct json *doc, struct harvest *h, struct err *err)
{
    const struct way *way = &ways[i / POINTS];
    const struct json *prices;
    const char *unit;
    dec_t total;

    if (i % POINTS == 0)
        b->ntotals = 0;
    if (json_need(doc, "prices", &prices, err) != 0)
        return -1;
    int found = baidu_unit_price(prices, way->total, &total, &unit, err);
    if (found < 0)
        return -1;
    bool known = !strcmp(unit, way->unit) || (*unit == '\0' && way->charge == CHARGE_PREPAID);
    if (found == 1 && !known && baidu_skip_unit(b, unit, h, err) != 0)
        return -1;
    if (found == 1 && known && b->ntotals == i % POINTS)
        b->totals[b->ntotals++] = total;
    if (i % POINTS != POINTS - 1)
        return 0;
    return b->ntotals == POINTS ? put_ladder(b, way, h, err)
                                : harvest_skip(h, "bandwidth with a total missing", 1, err);
}

static void refused_bandwidth(struct baidu *b, size_t i)
{
    if (i % POINTS == 0)
        b->ntotals = 0;
}

const struct baidu_group baidu_bandwidth = {
    .host = "eip",
    .method = "POST",
    .path = "/v1/eip/price",
    .count = count_bandwidth,
    .ask = ask_bandwidth,
    .read = read_bandwidth,
    .refused = refused_bandwidth,
};
