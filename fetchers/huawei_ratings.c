/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Ratings of Huawei Cloud: list and account's own amount of each item, by its id.
 */
#include "fetchers/huawei_measures.h"
#include "fetchers/huawei_parts.h"

#include <string.h>

static int skip(const struct huawei_rating *r, const char *reason, struct err *err)
{
    return harvest_skip(r->harvest, reason, 1, err);
}

static bool is_period(const struct huawei_rating *r)
{
    return r->phase >= PHASE_MONTH;
}

/* ---- currency ---- */

/* No currency means yuan, and only at the China site; yuan at the other is a price of another book. */
static int check_currency(struct huawei_rating *r, const struct json *doc, struct err *err)
{
    const char *currency = json_string(json_get(doc, "currency"));

    if (*currency == '\0' && r->is_cn)
        return 0;
    if (strcmp(currency, r->currency) != 0)
        return err_set(err, ERR_FETCH, "the currency is '%s' (known at this site: %s)", currency, r->currency);
    return 0;
}

/* ---- one item ---- */

static struct huawei_item *item_of(struct huawei_rating *r, const char *id)
{
    for (size_t i = r->from; i < r->to; i++)
        if (r->out[i] == NULL && !strcmp(r->items->v[i].id, id))
            return &r->items->v[i];
    return NULL;
}

/* How many units a total is for. */
static dec_t parts_of(const struct huawei_rating *r, const struct huawei_product *p)
{
    dec_t parts = p->size > 0 ? dec_int64(p->size) : DEC_ONE;

    return is_period(r) || p->by_volume ? parts : dec_muln(parts, HUAWEI_HOURS);
}

/* 1, 0 when there is none above 0, -1. */
static int amount_of(const struct json *v, const char *key, dec_t *out, struct err *err)
{
    int found = json_amount(json_get(v, key), out, err);

    if (found < 0)
        return err_prefix(err, "%s", key);
    return found == 1 && dec_sign(*out) > 0;
}

static int divide(dec_t *total, dec_t by, const char *id, struct err *err)
{
    *total = dec_div(*total, by, DEC_EXACT);
    return dec_bad(*total) ? err_set(err, ERR_FETCH, "%s: an amount with too many decimals", id) : 0;
}

static struct fetch_price price_of(const struct huawei_rating *r, const struct huawei_product *p)
{
    struct fetch_price price = {
        .region = r->region,
        .service = p->service,
        .sku = p->sku,
        .os = p->os,
        .charge = is_period(r) ? CHARGE_PREPAID : CHARGE_ON_DEMAND,
        .offering = "",
        .term_months = r->phase == PHASE_MONTH  ? 1
                       : r->phase == PHASE_YEAR ? 12
                                                : 0,
        .unit = is_period(r) ? p->month : p->hour,
        .currency = r->currency,
        .basis = r->basis,
        .as_of = r->job->today,
    };

    return price;
}

/* The account's own amount: beside the list by usage, in the discount that applies by period. */
static int own_of(const struct huawei_rating *r, const struct json *rating, const struct json *discounted,
                  struct fetch_price *p, struct err *err)
{
    const struct json *from = rating;

    if (is_period(r)) {
        from = NULL;
        for (size_t i = 0; i < json_count(discounted) && from == NULL; i++)
            if (!strcmp(json_string(json_get(json_item(discounted, i), "id")), json_string(json_get(rating, "id"))))
                from = json_item(discounted, i);
    }
    int found = amount_of(from, "amount", &p->contracted, err);
    p->has_contracted = found == 1;
    return found < 0 ? -1 : 0;
}

static int put_price(struct huawei_rating *r, const struct huawei_item *item, const struct json *rating,
                     const struct json *discounted, struct err *err)
{
    struct fetch_price p = price_of(r, item->product);
    dec_t parts = parts_of(r, item->product);

    p.price = item->total;
    if (own_of(r, rating, discounted, &p, err) != 0 || divide(&p.price, parts, item->id, err) != 0 ||
        (p.has_contracted && divide(&p.contracted, parts, item->id, err) != 0))
        return -1;
    return harvest_price(r->harvest, &p, err);
}

static int check_measure(const struct json *rating, const char *id, struct err *err)
{
    const struct json *measure = json_get(rating, "measure_id");
    dec_t n;
    int found = json_amount(measure, &n, err);

    if (found < 0)
        return -1;
    if (found == 1 && dec_cmp(n, dec_int64(MEASURE_MONEY)) != 0)
        return err_set(err, ERR_FETCH, "%s: an amount in measure %s (known: %d)", id, json_string(measure),
                       MEASURE_MONEY);
    return 0;
}

/* An item that costs nothing is not sold this way. */
static int take(struct huawei_rating *r, const struct json *rating, const struct json *discounted, struct err *err)
{
    const char *id = json_string(json_get(rating, "id"));
    struct huawei_item *item = item_of(r, id);

    if (item == NULL)
        return skip(r, "rating of something that was not asked about", err);
    if (item->is_answered)
        return err_set(err, ERR_FETCH, "two ratings of '%s'", id);
    int found = amount_of(rating, "official_website_amount", &item->total, err);
    if (found < 0)
        return err_prefix(err, "%s", id);
    if (check_measure(rating, id, err) != 0)
        return -1;
    item->is_answered = true;
    if (found == 0) {
        item->total = DEC_ZERO;
        return skip(r, "rating without a list price", err);
    }
    return item->product->ladder != NULL ? 0 : put_price(r, item, rating, discounted, err);
}

/* ---- the answer ---- */

/* Of the discounts offered only the best one counts. */
static const struct json *best_discount(const struct json *doc)
{
    const struct json *all = json_get(doc, "optional_discount_rating_results");

    for (size_t i = 0; i < json_count(all); i++)
        if (!strcmp(json_string(json_get(json_item(all, i), "best_offer")), "1"))
            return json_get(json_item(all, i), "product_rating_results");
    return NULL;
}

int huawei_read_ratings(struct huawei_rating *r, const struct json *doc, struct err *err)
{
    const struct json *ratings;
    const char *path =
        is_period(r) ? "official_website_rating_result/product_rating_results" : "product_rating_results";

    if (json_need(doc, path, &ratings, err) != 0 || check_currency(r, doc, err) != 0)
        return -1;
    for (size_t i = 0; i < json_count(ratings); i++)
        if (take(r, json_item(ratings, i), best_discount(doc), err) != 0)
            return -1;
    for (size_t i = r->from; i < r->to; i++)
        if (r->out[i] == NULL && !r->items->v[i].is_answered && skip(r, "item without a rating", err) != 0)
            return -1;
    return 0;
}

/* ---- ladders ---- */

/* The items of one ladder stand one behind the other. */
static int put_ladder(struct huawei_rating *r, const struct huawei_item *v, size_t n, struct err *err)
{
    const struct huawei_product *product = v->product;
    struct fetch_price p = price_of(r, product);
    struct probe_tier tiers[PROBE_STEPS];
    dec_t totals[PROBE_POINTS];
    size_t ntiers;

    for (size_t i = 0; i < n; i++) {
        totals[i] = v[i].total;
        if (dec_sign(totals[i]) == 0)
            return 0; /* counted where it was left out or not answered */
        if (divide(&totals[i], parts_of(r, product), v[i].id, err) != 0)
            return -1;
    }
    if (!probe_ladder(product->ladder, totals, tiers, &ntiers))
        return skip(r, "totals that make no ladder with the steps of the list", err);
    p.scope = product->by_volume && ntiers > 1 ? SCOPE_MONTH : SCOPE_ITEM;
    for (size_t i = 0; i < ntiers; i++) {
        p.price = tiers[i].price;
        p.tier_from = tiers[i].from;
        p.bounded = i + 1 < ntiers;
        p.tier_to = p.bounded ? tiers[i + 1].from : DEC_ZERO;
        if (harvest_price(r->harvest, &p, err) != 0)
            return -1;
    }
    return 0;
}

int huawei_put_ladders(struct huawei_rating *r, struct err *err)
{
    const struct huawei_item *v = r->items->v;

    for (size_t i = 0, j; i < r->items->n; i = j) {
        for (j = i + 1; j < r->items->n && v[j].product == v[i].product; j++)
            ;
        if (v[i].product->ladder != NULL && put_ladder(r, v + i, j - i, err) != 0)
            return -1;
    }
    return 0;
}
