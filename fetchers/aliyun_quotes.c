/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Public addresses and disks, by region. The billing interface prices modules of a product; one bad module of a
 * question fails the whole, so each is asked for alone. Bandwidth is quoted as a total for 1 to 6 Mbps, from which
 * the ladder follows: the five first and each further one.
 */
#include "fetchers/aliyun_parts.h"

#include <stdio.h>
#include <string.h>

enum { STEPS = 6, LOW_MBPS = 5 };

enum call { HOURLY, ABSENT, MONTHLY };

static const struct quote {
    const char *name, *service, *sku;
    enum unit unit;
    enum call call;
    const char *product, *module, *type, *config;
    int asked, mbps;
} quotes[] = {
#define QUOTE(name, service, sku, unit, ...) {name, service, sku, UNIT_##unit, __VA_ARGS__},
#include "fetchers/aliyun_quotes.def"
#undef QUOTE
};
enum { QUOTES = sizeof quotes / sizeof *quotes };

static void step(struct aliyun *s)
{
    if (++s->quotes.quote < QUOTES)
        return;
    s->quotes.quote = 0;
    s->quotes.region++;
    for (int i = 0; i < STEPS; i++)
        s->quotes.totals[i] = DEC_ZERO;
}

static const char *url_of(struct aliyun *s, const struct quote *q, const char *region)
{
    bool monthly = q->call == MONTHLY;
    const struct aliyun_parameter parameters[] = {
        {"Action", monthly ? "GetSubscriptionPrice" : "GetPayAsYouGoPrice"},
        {"Version", "2017-12-14"},
        {"ProductCode", q->product},
        {"SubscriptionType", monthly ? "Subscription" : "PayAsYouGo"},
        {"OrderType", monthly ? "NewOrder" : NULL},
        {"ServicePeriodQuantity", monthly ? "1" : NULL},
        {"ServicePeriodUnit", monthly ? "Month" : NULL},
        {"Quantity", monthly ? "1" : NULL},
        {"Region", region},
        {"ModuleList.1.ModuleCode", q->module},
        {"ModuleList.1.PriceType", q->type},
        {"ModuleList.1.Config", q->config},
        {NULL, NULL},
    };

    return aliyun_url(s, "bss", parameters);
}

static int ask(struct aliyun *s, struct fetch_request *out, struct err *err)
{
    (void)err;
    for (; s->quotes.region < s->job->nregions; step(s)) {
        const char *region = s->job->regions[s->quotes.region];
        const struct quote *q = &quotes[s->quotes.quote];
        if (q->call == ABSENT && aliyun_has_alias(region))
            continue;
        out->endpoint = "bss";
        out->name =
            arena_printf(&s->question, "quotes/%s/%s-%s", region, q->name, q->call == MONTHLY ? "month" : "hour");
        out->url = url_of(s, q, region);
        return FETCH_ASK;
    }
    return FETCH_DONE;
}

/* ---- answers ---- */

static int passed_over(const struct quote *q, const char *why, struct harvest *out, struct err *err)
{
    char reason[160];

    snprintf(reason, sizeof reason, "not quoted: %s (%s)", q->name, why);
    return harvest_skip(out, reason, 1, err);
}

/* Totals for 1, 2 ... Mbps into what each adds; the sixth is what every further one adds. */
static int put_ladder(struct aliyun *s, const struct fetch_price *like, struct harvest *out, struct err *err)
{
    struct fetch_price p = *like;
    dec_t adds[STEPS];

    p.has_contracted = false;
    for (int i = 0; i < STEPS; i++) {
        adds[i] = dec_sub(s->quotes.totals[i], i > 0 ? s->quotes.totals[i - 1] : DEC_ZERO);
        if (dec_bad(adds[i]) || dec_sign(s->quotes.totals[i]) == 0 || dec_sign(adds[i]) <= 0)
            return harvest_skip(out, "bandwidth that does not rise with every Mbps", 1, err);
    }
    for (int from = 0, to; from < STEPS; from = to) {
        for (to = from + 1; to < LOW_MBPS && dec_cmp(adds[to], adds[from]) == 0; to++)
            ;
        p.price = adds[from];
        p.tier_from = dec_int64(from);
        p.bounded = from < LOW_MBPS;
        p.tier_to = p.bounded ? dec_int64(to) : DEC_ZERO;
        if (harvest_price(out, &p, err) != 0)
            return -1;
    }
    return 0;
}

static int put(struct aliyun *s, const struct quote *q, struct fetch_price *p, struct harvest *out, struct err *err)
{
    if (q->mbps > 0) {
        s->quotes.totals[q->mbps - 1] = p->price;
        return q->mbps == STEPS ? put_ladder(s, p, out, err) : 0;
    }
    dec_t n = dec_int64(q->asked);
    p->price = dec_div(p->price, n, DEC_EXACT);
    if (p->has_contracted)
        p->contracted = dec_div(p->contracted, n, DEC_EXACT);
    if (dec_bad(p->price) || (p->has_contracted && dec_bad(p->contracted)))
        return err_set(err, ERR_FETCH, "a price of '%s' that cannot be divided by %d exactly", q->name, q->asked);
    return harvest_price(out, p, err);
}

/* The module asked for among those of the answer. */
static const struct answer_node *module_of(const struct answer_node *data, const char *code)
{
    const struct answer_node *v = answer_at(data, "ModuleDetails/ModuleDetail");

    while (v != NULL && strcmp(answer_text(v, "ModuleCode"), code) != 0)
        v = answer_more(v);
    return v;
}

static int take(struct aliyun *s, const struct quote *q, const struct answer_node *data, struct harvest *out,
                struct err *err)
{
    const struct answer_node *v = q->call == MONTHLY ? data : module_of(data, q->module);
    struct fetch_price p;

    if (aliyun_like(s, answer_text(data, "Currency"), &p, err) != 0)
        return -1;
    p.region = s->job->regions[s->quotes.region];
    p.service = q->service;
    p.sku = q->sku;
    p.unit = q->unit;
    p.charge = q->call == MONTHLY ? CHARGE_PREPAID : CHARGE_ON_DEMAND;
    p.term_months = q->call == MONTHLY ? 1 : 0;
    int found = q->call == MONTHLY ? aliyun_amounts(v, "OriginalPrice", "TradePrice", &p, err)
                                   : aliyun_amounts(v, "OriginalCost", "CostAfterDiscount", &p, err);
    if (found < 0)
        return -1;
    return found > 0 ? put(s, q, &p, out, err) : harvest_skip(out, "no price, or 0", 1, err);
}

/* What this call does not price may still be sold: it is passed over by name, never as a price of 0. */
static int take_answer(struct aliyun *s, const struct fetch_answer *in, const struct answer_node *root,
                       struct harvest *out, struct err *err)
{
    const struct quote *q = &quotes[s->quotes.quote];
    enum aliyun_verdict verdict;
    const char *code;
    int rc;

    if (aliyun_verdict(in, root, "Data", true, &verdict, &code, err) != 0)
        return -1;
    if (verdict == ALIYUN_AGAIN)
        return FETCH_AGAIN;
    if (verdict == ALIYUN_GOOD)
        rc = take(s, q, answer_at(root, "Data"), out, err);
    else
        rc = passed_over(q, verdict == ALIYUN_NO_PLAN ? "no pricing plan" : aliyun_plain(code), out, err);
    step(s);
    return rc == 0 ? FETCH_READ : -1;
}

const struct aliyun_stage aliyun_quotes = {ask, take_answer};
