/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * bandWidthPrice.json, of the public address a machine is created with: "cn-hangzhou": {"hours": [{"price",
 * "period"}] by Mbps to 5 and from the 6th on, "months": [{"price", "value", "unit"}] totals for 1 to 5 Mbps and
 * then by Mbps, "traffic": [{"price", "value", "unit"}] by GB}.
 *
 * Readers of this file disagree about where in `months` the first Mbps stands. So the values are gone by, and the
 * list of Hangzhou must be the published one: 23, 46, 71, 96, 125, then 80 CNY for each further Mbps. Where it is not,
 * the layout or the meaning has changed and nothing of the file is used. There is no such list in USD: monthly
 * prices of the international file are left out.
 */
#include "fetchers/aliyun_files.h"

#include <string.h>

enum { STEPS = 6, LOW_MBPS = 5 }; /* totals for 1..5, then each further one */

static const int hangzhou[STEPS] = {23, 46, 71, 96, 125, 80};

/* The six prices by their values "1".."6"; false when one is missing, twice, or another value (but 0) is there. */
static bool steps(const struct json *months, dec_t out[STEPS])
{
    bool found[STEPS] = {false};
    size_t n = 0;
    struct err ignored;

    for (size_t i = 0; i < json_count(months); i++) {
        const char *value = json_string(json_get(json_item(months, i), "value"));
        if (!strcmp(value, "0"))
            continue;
        if (value[0] < '1' || value[0] > '0' + STEPS || value[1] != '\0')
            return false;
        int at = value[0] - '1';
        if (found[at] || json_amount(json_get(json_item(months, i), "price"), &out[at], &ignored) != 1)
            return false;
        found[at] = true;
        n++;
    }
    return n == STEPS;
}

static bool as_published(const struct json *region)
{
    dec_t found[STEPS];

    if (!steps(json_get(region, "months"), found))
        return false;
    for (int i = 0; i < STEPS; i++)
        if (dec_cmp(found[i], dec_int64(hangzhou[i])) != 0)
            return false;
    return true;
}

/* Does the file show Hangzhou as published? Its members are walked once for this alone. */
static int check(struct aliyun_file *f, bool *fits, size_t *regions, struct err *err)
{
    struct json_members m = f->m;
    struct json *value;
    int rc;

    *fits = false;
    for (*regions = 0; (rc = json_members_next(&m, err)) == 1; ++*regions) {
        if (!json_members_is(&m, "cn-hangzhou"))
            continue;
        if (json_members_read(&m, &value, err) != 0)
            return -1;
        *fits = as_published(value);
        json_free(value);
    }
    return rc;
}

/* ---- a region ---- */

/* Mbps from..to of the ladder at p->price each. */
static int put_tier(struct aliyun_file *f, struct fetch_price *p, int from, int to, struct err *err)
{
    p->tier_from = dec_int64(from);
    p->bounded = to > 0;
    p->tier_to = dec_int64(to);
    return harvest_price(f->out, p, err);
}

/* From totals to what each Mbps adds; neighbours that add the same are one tier. */
static int take_months(struct aliyun_file *f, const struct json *list, struct fetch_price p, struct err *err)
{
    dec_t total[STEPS], adds[LOW_MBPS];

    if (json_count(list) == 0)
        return 0;
    if (!steps(list, total))
        return harvest_skip(f->out, "monthly bandwidth without its six steps", 1, err);
    for (int i = 0; i < LOW_MBPS; i++) {
        adds[i] = dec_sub(total[i], i > 0 ? total[i - 1] : DEC_ZERO);
        if (dec_bad(adds[i]) || dec_sign(adds[i]) <= 0 || dec_sign(total[LOW_MBPS]) <= 0)
            return harvest_skip(f->out, "monthly bandwidth that does not rise with every Mbps", 1, err);
    }
    p.charge = CHARGE_PREPAID;
    p.term_months = 1;
    p.unit = UNIT_MBPS_MONTH;
    for (int from = 0, to; from < LOW_MBPS; from = to) {
        for (to = from + 1; to < LOW_MBPS && dec_cmp(adds[to], adds[from]) == 0; to++)
            ;
        p.price = adds[from];
        if (put_tier(f, &p, from, to, err) != 0)
            return -1;
    }
    p.price = total[LOW_MBPS];
    return put_tier(f, &p, LOW_MBPS, 0, err);
}

static int take_hours(struct aliyun_file *f, const struct json *list, struct fetch_price p, struct err *err)
{
    bool taken;

    if (json_count(list) == 0)
        return 0;
    if (json_count(list) != 2)
        return harvest_skip(f->out, "hourly bandwidth in other than two steps", 1, err);
    p.charge = CHARGE_ON_DEMAND;
    p.unit = UNIT_MBPS_HOUR;
    p.bounded = true;
    p.tier_to = dec_int64(LOW_MBPS);
    if (aliyun_file_price(f, json_item(list, 0), &p, false, &taken, err) != 0 || !taken)
        return taken ? -1 : 0;
    p.bounded = false;
    p.tier_from = p.tier_to;
    p.tier_to = DEC_ZERO;
    return aliyun_file_price(f, json_item(list, 1), &p, false, NULL, err);
}

static int take_traffic(struct aliyun_file *f, const struct json *list, struct fetch_price p, struct err *err)
{
    const struct json *entry = json_item(list, 0);

    if (entry == NULL)
        return 0;
    if (json_count(list) != 1 || strcmp(json_string(json_get(entry, "unit")), "GB") != 0)
        return harvest_skip(f->out, "traffic in steps, or by another unit than GB", 1, err);
    p.service = "egress";
    p.sku = "ecs_public_traffic";
    p.charge = CHARGE_ON_DEMAND;
    p.unit = UNIT_GB;
    return aliyun_file_price(f, entry, &p, true, NULL, err);
}

static int take_region(struct aliyun_file *f, const char *region, const struct json *value, struct err *err)
{
    bool is_checked = !strcmp(f->like.currency, "CNY");
    struct fetch_price p = f->like;

    p.region = region;
    p.service = "bandwidth";
    p.sku = "ecs_public_bandwidth";
    if (take_hours(f, json_get(value, "hours"), p, err) != 0 ||
        take_traffic(f, json_get(value, "traffic"), p, err) != 0)
        return -1;
    if (is_checked)
        return take_months(f, json_get(value, "months"), p, err);
    return harvest_skip(f->out, "monthly bandwidth: nothing to check its layout against",
                        json_count(json_get(value, "months")) > 0, err);
}

static int sort_out(struct aliyun_file *f, struct err *err)
{
    const char *region, *name;
    struct json *value;

    arena_clear(f->arena);
    if (!aliyun_key_parts(f->arena, &f->m, &name, 1))
        return err_set(err, ERR_FETCH, "'%.*s' is no region", (int)f->m.key_len, f->m.key);
    if (aliyun_region(f->job, name, &region, f->out, err) != 0)
        return -1;
    if (region == NULL)
        return 0;
    if (json_members_read(&f->m, &value, err) != 0)
        return -1;
    int rc = take_region(f, region, value, err);
    json_free(value);
    return rc == 0 ? 0 : err_prefix(err, "%s", region);
}

int aliyun_read_bandwidth(struct aliyun_file *f, struct err *err)
{
    size_t regions;
    bool fits;
    int rc;

    if (check(f, &fits, &regions, err) != 0)
        return -1;
    if (!fits && !strcmp(f->like.currency, "CNY"))
        return harvest_skip(f->out,
                            "bandwidth file refused: cn-hangzhou is not 23, 46, 71, 96, 125, then 80 CNY a month",
                            regions, err);
    while ((rc = json_members_next(&f->m, err)) == 1)
        if ((rc = sort_out(f, err)) != 0)
            break;
    return rc;
}
