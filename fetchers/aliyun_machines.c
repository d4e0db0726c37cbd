/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * DescribePrice, one machine in one region for an hour, a month or a year: what a list does not have. A total
 * contains the system disk, so only the machine's own part of DetailInfos is a price. Newer machines refuse the
 * disk that is asked for by default, and the oldest refuse cloud_essd: a second question asks for the other.
 */
#include "fetchers/aliyun_parts.h"

#include <string.h>

enum { DISK_GIB = 40 };

static const struct way {
    const char *name, *unit;
    enum unit price_unit, disk_unit;
    int term_months;
} ways[] = {
    {"hour", "Hour", UNIT_HOUR, UNIT_GIB_HOUR, 0},
    {"month", "Month", UNIT_TERM, UNIT_GIB_MONTH, 1},
    {"year", "Year", UNIT_TERM, UNIT_GIB_MONTH, 12},
};
enum { WAYS = sizeof ways / sizeof *ways };

static const char *region_of(const struct aliyun *s)
{
    return s->job->regions[s->machines.region];
}

static const struct fetch_sku *sku_of(const struct aliyun *s)
{
    return &s->job->skus[s->machines.sku];
}

static void next_machine(struct aliyun *s)
{
    s->machines.way = 0;
    s->machines.second = false;
    if (++s->machines.sku < s->job->nskus)
        return;
    s->machines.sku = 0;
    s->machines.region++;
}

static void next_way(struct aliyun *s)
{
    s->machines.second = false;
    if (++s->machines.way == WAYS)
        next_machine(s);
}

static void next_region(struct aliyun *s)
{
    s->machines.sku = s->job->nskus - 1;
    next_machine(s);
}

static bool is_type(const struct fetch_sku *sku)
{
    static const char allowed[] = "abcdefghijklmnopqrstuvwxyz0123456789.-";

    return !strcmp(sku->service, "compute") && !strncmp(sku->sku, "ecs.", 4) && strlen(sku->sku) < 100 &&
           strspn(sku->sku, allowed) == strlen(sku->sku);
}

/* Where the lists know the region they know its machines, with their hours. */
static int wanted(struct aliyun *s, bool *out, struct err *err)
{
    const char *region = region_of(s);

    *out = is_type(sku_of(s));
    if (!*out || !aliyun_has_alias(region))
        return 0;
    const char *key = arena_printf(&s->question, "%s %s", region, sku_of(s)->sku);
    const int *listed = key != NULL ? intern_number(&s->listed, key, strlen(key)) : NULL;
    if (listed == NULL)
        return err_nomem(err);
    *out = *listed != 0 && s->machines.way > 0;
    return 0;
}

/* The machine's answers so far tell which disk it takes; the other one is the second question's. */
static int asks_essd(struct aliyun *s, bool *out, struct err *err)
{
    const int *essd = intern_number(&s->machines.essd, sku_of(s)->sku, strlen(sku_of(s)->sku));

    if (essd == NULL)
        return err_nomem(err);
    *out = (*essd != 0) != s->machines.second;
    return 0;
}

static int fill(struct aliyun *s, struct fetch_request *out, struct err *err)
{
    const struct way *way = &ways[s->machines.way];
    bool essd;

    if (asks_essd(s, &essd, err) != 0)
        return -1;
    const struct aliyun_parameter parameters[] = {
        {"Action", "DescribePrice"},
        {"Version", "2014-05-26"},
        {"RegionId", region_of(s)},
        {"ResourceType", "instance"},
        {"InstanceType", sku_of(s)->sku},
        {"InstanceNetworkType", "vpc"},
        {"IoOptimized", "optimized"},
        {"SystemDisk.Category", essd ? "cloud_essd" : NULL},
        {"SystemDisk.PerformanceLevel", essd ? "PL1" : NULL},
        {"SystemDisk.Size", "40"},
        {"Period", "1"},
        {"PriceUnit", way->unit},
        {NULL, NULL},
    };
    out->endpoint = "ecs";
    out->name =
        arena_printf(&s->question, "machines/%s/%s/%s%s", region_of(s), sku_of(s)->sku, way->name, essd ? "-essd" : "");
    out->url = aliyun_url(s, "ecs", parameters);
    return FETCH_ASK;
}

static int ask(struct aliyun *s, struct fetch_request *out, struct err *err)
{
    bool want;

    while (s->job->nskus > 0 && s->machines.region < s->job->nregions) {
        if (wanted(s, &want, err) != 0)
            return -1;
        if (want)
            return fill(s, out, err);
        next_way(s);
    }
    return FETCH_DONE;
}

/* ---- answers ---- */

static const struct answer_node *part_of(const struct answer_node *info, const char *resource)
{
    const struct answer_node *v = answer_at(info, "DetailInfos/DetailInfo");

    if (v == NULL)
        v = answer_at(info, "Price/DetailInfos/DetailInfo");
    while (v != NULL && strcmp(answer_text(v, "Resource"), resource) != 0)
        v = answer_more(v);
    return v;
}

/* The system disk's part for 40 GiB is the price of its GiB; the first answer of a region tells. */
static int take_disk(struct aliyun *s, const struct answer_node *info, const struct fetch_price *like,
                     struct harvest *out, struct err *err)
{
    const struct way *way = &ways[s->machines.way];
    const struct answer_node *part = part_of(info, "systemDisk");
    struct fetch_price p = *like;
    bool essd;

    if (way->term_months != 1 || part == NULL)
        return 0;
    if (asks_essd(s, &essd, err) != 0 || aliyun_amounts(part, "OriginalPrice", "TradePrice", &p, err) < 0)
        return -1;
    p.service = "block-storage";
    p.sku = essd ? "cloud_essd_pl1" : "cloud_efficiency";
    p.os = "";
    p.unit = way->disk_unit;
    p.price = dec_div(p.price, dec_int64(DISK_GIB), DEC_EXACT);
    if (p.has_contracted)
        p.contracted = dec_div(p.contracted, dec_int64(DISK_GIB), DEC_EXACT);
    if (dec_bad(p.price) || dec_sign(p.price) == 0 || (p.has_contracted && dec_bad(p.contracted)))
        return harvest_skip(out, "system disk whose price by the GiB is not exact", 1, err);
    const char *key = arena_printf(&s->answer, "%s %s", p.region, p.sku);
    int *had = key != NULL ? intern_number(&s->machines.disks, key, strlen(key)) : NULL;
    if (had == NULL)
        return err_nomem(err);
    return (*had)++ == 0 ? harvest_price(out, &p, err) : 0;
}

static int take(struct aliyun *s, const struct answer_node *info, struct harvest *out, struct err *err)
{
    const struct way *way = &ways[s->machines.way];
    const struct answer_node *part = part_of(info, "instanceType");
    struct fetch_price p;

    if (aliyun_like(s, answer_text(info, "Price/Currency"), &p, err) != 0)
        return -1;
    p.region = region_of(s);
    p.service = "compute";
    p.sku = sku_of(s)->sku;
    p.os = "linux"; /* no image is asked for */
    p.charge = way->term_months == 0 ? CHARGE_ON_DEMAND : CHARGE_PREPAID;
    p.term_months = way->term_months;
    p.unit = way->price_unit;
    if (part == NULL)
        return harvest_skip(out, "price with disk: the answer has no parts", 1, err);
    int found = aliyun_amounts(part, "OriginalPrice", "TradePrice", &p, err);
    if (found < 0)
        return -1;
    if (found == 0)
        return harvest_skip(out, "no price, or 0", 1, err);
    return harvest_price(out, &p, err) == 0 ? take_disk(s, info, &p, out, err) : -1;
}

static int refused_disk(struct aliyun *s, struct harvest *out, struct err *err)
{
    if (s->machines.second) {
        next_machine(s);
        return harvest_skip(out, "machine that takes neither cloud_efficiency nor cloud_essd", 1, err);
    }
    s->machines.second = true;
    return 0;
}

/* The second disk is the machine's: it is asked for first from now on. */
static int learn(struct aliyun *s, struct err *err)
{
    int *essd = intern_number(&s->machines.essd, sku_of(s)->sku, strlen(sku_of(s)->sku));

    if (essd == NULL)
        return err_nomem(err);
    if (s->machines.second)
        *essd = !*essd;
    s->machines.second = false;
    return 0;
}

static int read_price(struct aliyun *s, const struct answer_node *root, struct harvest *out, struct err *err)
{
    int rc = learn(s, err);

    if (rc == 0)
        rc = take(s, answer_at(root, "PriceInfo"), out, err);
    next_way(s);
    return rc;
}

static int not_taken(struct aliyun *s, const char *code, struct harvest *out, struct err *err)
{
    const char *reason = arena_printf(&s->answer, "machine that cannot be asked for so (%s)", aliyun_plain(code));

    next_machine(s);
    return reason != NULL ? harvest_skip(out, reason, 1, err) : err_nomem(err);
}

/* The catalogue lists machines that nobody can buy: that is no error. */
static int take_answer(struct aliyun *s, const struct fetch_answer *in, const struct answer_node *root,
                       struct harvest *out, struct err *err)
{
    enum aliyun_verdict verdict;
    const char *code;
    int rc;

    if (aliyun_verdict(in, root, "PriceInfo", false, &verdict, &code, err) != 0)
        return -1;
    switch (verdict) {
    case ALIYUN_AGAIN:
        return FETCH_AGAIN;
    case ALIYUN_GOOD:
        rc = read_price(s, root, out, err);
        break;
    case ALIYUN_OTHER_DISK:
        rc = refused_disk(s, out, err);
        break;
    case ALIYUN_NOT_SOLD:
        rc = harvest_skip(out, "machine not sold in the region", 1, err);
        next_machine(s);
        break;
    case ALIYUN_NO_REGION:
        rc = harvest_skip(out, "region not open to the account", 1, err);
        next_region(s);
        break;
    case ALIYUN_BAD_PARAMETER:
        rc = not_taken(s, code, out, err);
        break;
    default:
        rc = aliyun_refuse(root, err);
    }
    return rc == 0 ? FETCH_READ : -1;
}

const struct aliyun_stage aliyun_machines = {ask, take_answer};
