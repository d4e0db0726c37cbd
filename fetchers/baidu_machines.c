/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Machines and their reservations. A machine's price answers for a whole family: by the minute
 * (Postpaid), or for so many months paid at once (Prepaid); purchaseLength is asked for either way.
 */
#include "fetchers/baidu_parts.h"

#include <string.h>

/* ---- machines ---- */

static const struct {
    const char *timing, *name;
    int months; /* 0: by the minute */
} ways[] = {{"Postpaid", "minute", 0},
            {"Prepaid", "1", 1},
            {"Prepaid", "12", 12},
            {"Prepaid", "24", 24},
            {"Prepaid", "36", 36}};
enum { WAYS = sizeof ways / sizeof *ways };

static size_t count_machines(const struct baidu *b)
{
    return b->nfamilies * WAYS;
}

static const char *ask_machines(struct baidu *b, size_t i)
{
    const struct baidu_family *f = &b->families[i / WAYS];
    int months = ways[i % WAYS].months;

    buf_printf(&b->body,
               "{\"specId\":\"%s\",\"paymentTiming\":\"%s\",\"zoneName\":\"%s\",\"purchaseCount\":1,"
               "\"purchaseLength\":%d}",
               f->id, ways[i % WAYS].timing, f->zone, months > 0 ? months : 1);
    return arena_printf(&b->arena, "machines-%s-%s", f->id, ways[i % WAYS].name);
}

/* A machine that is sold out keeps its price. */
static int read_machine(struct baidu *b, const struct json *item, int months, struct harvest *h, struct err *err)
{
    const char *spec = json_string(json_get(item, "spec")), *status = json_string(json_get(item, "status"));
    struct fetch_price p = baidu_price(b, "compute", spec);
    int found = baidu_amount(item, "specPrice", &p.price, err);
    int own = found == 1 ? baidu_amount(item, "tradePrice", &p.contracted, err) : 0;

    if (found < 0 || own < 0)
        return -1;
    if (found == 0 || *spec == '\0')
        return harvest_skip(h, "a size without a price", 1, err);
    p.os = "linux";
    p.has_contracted = own == 1;
    if (months > 0) {
        p.charge = CHARGE_PREPAID;
        p.term_months = months;
        p.unit = UNIT_TERM;
    }
    if (strcmp(status, "available") != 0 && harvest_remark(h, "not sold now", 1, err) != 0)
        return -1;
    return harvest_price(h, &p, err);
}

static int read_machines(struct baidu *b, size_t i, const struct json *doc, struct harvest *h, struct err *err)
{
    const struct json *families;
    size_t seen = 0;

    if (json_need(doc, "price", &families, err) != 0)
        return -1;
    for (size_t f = 0; f < json_count(families); f++) {
        const struct json *family = json_item(families, f), *sizes = json_get(family, "specPrices");
        if (strcmp(json_string(json_get(family, "specId")), b->families[i / WAYS].id) != 0) {
            if (harvest_skip(h, "a size of a family that was not asked about", json_count(sizes), err) != 0)
                return -1;
            continue;
        }
        for (size_t k = 0; k < json_count(sizes); k++, seen++)
            if (read_machine(b, json_item(sizes, k), ways[i % WAYS].months, h, err) != 0)
                return -1;
    }
    return seen > 0 ? 0 : harvest_skip(h, "a family that is not sold this way", 1, err);
}

const struct baidu_group baidu_machines = {
    .host = "bcc",
    .method = "POST",
    .path = "/v2/instance/price",
    .count = count_machines,
    .ask = ask_machines,
    .read = read_machines,
};

/* ---- reservations ---- */

static const int terms[] = {12, 36};
enum { TERMS = sizeof terms / sizeof *terms };

static size_t count_reserved(const struct baidu *b)
{
    return b->nasked * TERMS;
}

static const struct baidu_machine *reserved_machine(const struct baidu *b, size_t i)
{
    return &b->machines[b->asked[i / TERMS]];
}

/* Paid at once only: how a list price splits into a sum and a rate is not published. */
static const char *ask_reserved(struct baidu *b, size_t i)
{
    const struct baidu_machine *m = reserved_machine(b, i);

    buf_printf(&b->body,
               "{\"specId\":\"%s\",\"spec\":\"%s\",\"offeringType\":\"FullyPrepay\",\"reservedInstanceTime\":%d,"
               "\"scope\":\"AZ\",\"zoneName\":\"%s\",\"reservedInstanceCount\":1,\"priceTimeUnit\":\"hour\"}",
               m->family, m->spec, terms[i % TERMS], m->zone);
    return arena_printf(&b->arena, "reserved-%s-%d", m->spec, terms[i % TERMS]);
}

static int read_reserved(struct baidu *b, size_t i, const struct json *doc, struct harvest *h, struct err *err)
{
    const char *spec = reserved_machine(b, i)->spec;
    struct fetch_price p = baidu_price(b, "compute", spec);
    dec_t upfront;
    int found = baidu_amount(doc, "catagoryPrice", &p.price, err);
    int paid = found >= 0 ? baidu_amount(doc, "prePaidSpecPrice", &upfront, err) : 0;
    int own = found >= 0 && paid >= 0 ? baidu_amount(doc, "tradePrice", &p.contracted, err) : 0;

    if (found < 0 || paid < 0 || own < 0)
        return -1;
    if (strcmp(json_string(json_get(doc, "spec")), spec) != 0 || found == 0)
        return harvest_skip(h, "a reservation without a price", 1, err);
    if (paid == 0 || dec_cmp(upfront, p.price) != 0)
        return harvest_skip(h, "a reservation whose list price is not what is paid first", 1, err);
    p.os = "linux";
    p.charge = CHARGE_RESERVED;
    p.offering = "all-upfront";
    p.term_months = terms[i % TERMS];
    p.unit = UNIT_TERM;
    p.has_contracted = own == 1;
    return harvest_price(h, &p, err);
}

const struct baidu_group baidu_reserved = {
    .host = "bcc",
    .method = "POST",
    .path = "/v2/reservedInstance/price",
    .count = count_reserved,
    .ask = ask_reserved,
    .read = read_reserved,
};
