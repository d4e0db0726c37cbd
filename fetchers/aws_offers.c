/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The rows of an offer's list. A SKU is one product wherever it stands in the list, and rows of one stand
 * together but for a few: what it is, is found out once for each such run of rows, and never again for the few
 * that count. The parts of a reservation
 * stand in rows of their own, by a code that differs from partition to partition: they are gathered by
 * what they say, and handed over together at the end.
 */
#include "fetchers/aws_parts.h"

#include "calc/intern.h"
#include "calc/offering.h"

#include <string.h>

/* One and three years of each offering of a reservation. */
enum { TERMS = 2, OFFERINGS = OFFERINGS_MAX, RESERVATIONS = TERMS * OFFERINGS };

struct aws_reservation {
    bool has_upfront, has_rate, is_contradictory;
    dec_t upfront, rate;
};

struct reason {
    const char *text;
    size_t rows;
};

struct reading {
    struct aws_file *f;
    struct harvest *h;
    const char *currency, *offerings[OFFERINGS_MAX]; /* names of the offerings of a reservation */
    size_t nofferings;
    struct intern skus;  /* theirs that count -> product + 1 */
    struct intern names; /* service, SKU and system of ours -> product + 1 */
    struct intern said;  /* text of a reason -> reason + 1 */
    struct aws_product *products;
    size_t nproducts, cproducts;
    struct reason *reasons;
    size_t nreasons, creasons;
    struct price_cell last_sku;
    int last;                 /* of it: product + 1, -(reason + 1), or 0 */
    struct fetch_price price; /* what all prices of the list have in common */
};

/* ---- products and reasons, each once ---- */

static int count_reason(struct reading *r, const char *text, int *number, struct err *err)
{
    int *known = intern_number(&r->said, text, strlen(text));

    if (known == NULL)
        return err_nomem(err);
    if (*known == 0) {
        if (r->nreasons == r->creasons) {
            size_t cap = r->creasons == 0 ? 64 : 2 * r->creasons;
            struct reason *v = arena_grow(r->f->arena, r->reasons, r->nreasons, cap, sizeof *v);
            if (v == NULL)
                return err_nomem(err);
            r->reasons = v;
            r->creasons = cap;
        }
        r->reasons[r->nreasons++] = (struct reason){text, 0};
        *known = (int)r->nreasons;
    }
    *number = -*known;
    return 0;
}

static int skip(struct reading *r, const char *text, struct err *err)
{
    int number;

    if (count_reason(r, text, &number, err) != 0)
        return -1;
    r->reasons[-number - 1].rows++;
    return 0;
}

/* Two SKUs of theirs may be one product of ours: then their prices meet, and contradict each other or not. */
static int add_product(struct reading *r, const struct aws_product *p, int *number, struct err *err)
{
    const char *key = arena_printf(r->f->arena, "%s|%s|%s|%d", p->service, p->sku, p->os, (int)p->unit);
    int *known = key != NULL ? intern_number(&r->names, key, strlen(key)) : NULL;

    if (known == NULL)
        return err_nomem(err);
    if (*known == 0) {
        if (r->nproducts == r->cproducts) {
            size_t cap = r->cproducts == 0 ? 256 : 2 * r->cproducts;
            struct aws_product *v = arena_grow(r->f->arena, r->products, r->nproducts, cap, sizeof *v);
            if (v == NULL)
                return err_nomem(err);
            r->products = v;
            r->cproducts = cap;
        }
        r->products[r->nproducts++] = *p;
        *known = (int)r->nproducts;
    }
    *number = *known;
    return 0;
}

/* Product + 1, or -(reason + 1), of the row's SKU. */
static int judge(struct reading *r, struct price_cell sku, int *verdict, struct err *err)
{
    struct aws_product p;
    const char *reason;

    *verdict = intern_known(&r->skus, sku.v, sku.n);
    if (*verdict != 0)
        return 0;
    if (aws_product(r->f, &p, &reason, r->h, err) != 0)
        return -1;
    if (reason != NULL)
        return count_reason(r, reason, verdict, err);
    int *known = intern_number(&r->skus, sku.v, sku.n);
    if (known == NULL)
        return err_nomem(err);
    if (add_product(r, &p, verdict, err) != 0)
        return -1;
    *known = *verdict;
    return 0;
}

/* ---- what a row asks for ---- */

static int bad_cell(const char *column, struct price_cell c, const char *known, struct err *err)
{
    return err_set(err, ERR_FETCH, "%s: '%.*s' (known: %s)", column, (int)(c.n > 40 ? 40 : c.n), c.v, known);
}

static int read_amount(const struct reading *r, enum aws_column column, const char *name, dec_t *out, struct err *err)
{
    struct price_cell c = aws_cell(r->f, column);

    return fetch_amount(c.v, c.n, out, err) != 0 ? err_prefix(err, "%s", name) : 0;
}

static int read_tier(const struct reading *r, struct fetch_price *p, struct err *err)
{
    struct price_cell to = aws_cell(r->f, COL_TO);

    if (read_amount(r, COL_FROM, "StartingRange", &p->tier_from, err) != 0)
        return -1;
    p->bounded = !price_cell_is(to, "Inf");
    return p->bounded ? read_amount(r, COL_TO, "EndingRange", &p->tier_to, err) : 0;
}

static int take_on_demand(struct reading *r, const struct aws_product *product, dec_t price, struct err *err)
{
    struct fetch_price p = r->price;
    struct price_cell unit = aws_cell(r->f, COL_UNIT);

    if (!price_cell_is(unit, product->published_unit))
        return skip(r, "a unit other than the product's", err);
    if (read_tier(r, &p, err) != 0)
        return -1;
    if (dec_sign(price) == 0 && (dec_sign(p.tier_from) != 0 || !p.bounded))
        return skip(r, "price of 0: not sold", err);
    p.service = product->service;
    p.sku = product->sku;
    p.os = product->os;
    p.unit = product->unit;
    p.price = price;
    /* A ladder of one step without a bound needs no scope. */
    p.scope = p.bounded || dec_sign(p.tier_from) != 0 ? product->scope : SCOPE_ITEM;
    return harvest_price(r->h, &p, err);
}

/* "convertible" and "Partial Upfront" -> the place of "convertible-partial-upfront" among the offerings, or -1. */
static int offering_of(const struct reading *r)
{
    static const char convertible[] = "convertible-";
    struct price_cell class_ = aws_cell(r->f, COL_CLASS);
    const char *option = aws_option(aws_cell(r->f, COL_OPTION));
    bool converts = price_cell_is(class_, "convertible");

    if (option == NULL || (!converts && !price_cell_is(class_, "standard")))
        return -1;
    for (size_t i = 0; i < r->nofferings; i++) {
        const char *name = r->offerings[i];
        bool is_convertible = !strncmp(name, convertible, sizeof convertible - 1);
        if (is_convertible == converts && !strcmp(name + (converts ? sizeof convertible - 1 : 0), option))
            return (int)i;
    }
    return -1;
}

static void put_part(struct aws_reservation *to, bool *has, dec_t *part, dec_t price)
{
    if (*has && dec_cmp(*part, price) != 0)
        to->is_contradictory = true;
    *has = true;
    *part = price;
}

/* A part of 0 is none: of all upfront the hours of the term cost no more. */
static int take_reserved(struct reading *r, struct aws_product *product, dec_t price, struct err *err)
{
    struct price_cell unit = aws_cell(r->f, COL_UNIT);
    bool upfront = price_cell_is(unit, "Quantity");
    int months = aws_term(aws_cell(r->f, COL_LEASE)), offering = offering_of(r);

    if (months == 0 || offering < 0)
        return skip(r, "reservation of another term or offering", err);
    if (!upfront && !price_cell_is(unit, product->published_unit))
        return skip(r, "a unit other than the product's", err);
    if (product->reserved == NULL)
        product->reserved = arena_array(r->f->arena, RESERVATIONS, sizeof *product->reserved);
    if (product->reserved == NULL)
        return err_nomem(err);
    struct aws_reservation *to = &product->reserved[(months == 36) * OFFERINGS + offering];
    if (dec_sign(price) == 0)
        return 0;
    if (upfront)
        put_part(to, &to->has_upfront, &to->upfront, price);
    else
        put_part(to, &to->has_rate, &to->rate, price);
    return 0;
}

static int check_currency(const struct reading *r, struct err *err)
{
    struct price_cell c = aws_cell(r->f, COL_CURRENCY);

    return price_cell_is(c, r->currency) ? 0 : bad_cell("Currency", c, r->currency, err);
}

/* A row of a product that counts. */
static int take_row(struct reading *r, struct aws_product *product, struct err *err)
{
    struct price_cell term = aws_cell(r->f, COL_TERM_TYPE), day = aws_cell(r->f, COL_EFFECTIVE);
    struct date effective;
    dec_t price;

    if (check_currency(r, err) != 0 || read_amount(r, COL_PRICE, "PricePerUnit", &price, err) != 0 ||
        (day.n > 0 && fetch_day(day.v, day.n, &effective, err) != 0))
        return -1;
    if (day.n > 0 && date_cmp(effective, r->price.as_of) > 0)
        return skip(r, "price of a later day", err);
    if (price_cell_is(term, "OnDemand"))
        return take_on_demand(r, product, price, err);
    if (price_cell_is(term, "Reserved"))
        return take_reserved(r, product, price, err);
    return skip(r, "other terms", err);
}

static int read_rows(struct reading *r, struct err *err)
{
    int rc;

    while ((rc = price_list_next(&r->f->list, err)) == 1) {
        struct price_cell sku = aws_cell(r->f, COL_SKU);
        bool again = sku.n == r->last_sku.n && memcmp(sku.v, r->last_sku.v, sku.n) == 0 && r->last != 0;
        if (!again && judge(r, sku, &r->last, err) != 0)
            return price_list_fail(&r->f->list, err);
        r->last_sku = sku;
        if (r->last < 0)
            r->reasons[-r->last - 1].rows++;
        else if (take_row(r, &r->products[r->last - 1], err) != 0)
            return price_list_fail(&r->f->list, err);
    }
    return rc;
}

/* ---- at the end ---- */

static int deliver_part(struct reading *r, struct fetch_price *p, bool has, enum unit unit, dec_t price,
                        struct err *err)
{
    p->unit = unit;
    p->price = price;
    return has ? harvest_price(r->h, p, err) : 0;
}

static int deliver_reservation(struct reading *r, const struct aws_product *product, int term, size_t offering,
                               struct err *err)
{
    const struct aws_reservation *v = &product->reserved[(size_t)term * OFFERINGS + offering];
    const struct offering *o = offering_find(CHARGE_RESERVED, r->offerings[offering]);
    struct fetch_price p = r->price;

    if (!v->has_upfront && !v->has_rate)
        return 0;
    if (v->is_contradictory)
        return skip(r, "reservation with two prices", err);
    if (v->has_upfront != o->upfront || v->has_rate != o->rate)
        return skip(r, "reservation without all its parts", err);
    p.service = product->service;
    p.sku = product->sku;
    p.os = product->os;
    p.charge = CHARGE_RESERVED;
    p.offering = o->name;
    p.term_months = term == 0 ? 12 : 36;
    if (deliver_part(r, &p, v->has_upfront, UNIT_TERM, v->upfront, err) != 0)
        return -1;
    return deliver_part(r, &p, v->has_rate, product->unit, v->rate, err);
}

static int deliver_reservations(struct reading *r, struct err *err)
{
    for (size_t i = 0; i < r->nproducts; i++)
        for (size_t k = 0; r->products[i].reserved != NULL && k < TERMS * r->nofferings; k++)
            if (deliver_reservation(r, &r->products[i], (int)(k / r->nofferings), k % r->nofferings, err) != 0)
                return -1;
    return 0;
}

/* What the list is the whole of; a service that it has nothing of may have moved to another list. */
static int close_services(struct reading *r, struct err *err)
{
    for (size_t i = 0; i < r->nproducts; i++) {
        size_t first = 0;
        while (strcmp(r->products[first].service, r->products[i].service) != 0)
            first++;
        if (first == i && harvest_full(r->h, r->f->region, r->products[i].service, err) != 0)
            return -1;
    }
    return 0;
}

static bool sells(const struct reading *r, const char *service)
{
    for (size_t i = 0; i < r->nproducts; i++)
        if (!strcmp(r->products[i].service, service))
            return true;
    return false;
}

/* A list without any machine is another layout, not an empty region. */
static int finish(struct reading *r, struct err *err)
{
    if (r->f->offer == AWS_EC2 && !sells(r, "compute"))
        return err_set(err, ERR_FETCH, "no machine that counts among all rows");
    if (deliver_reservations(r, err) != 0 || close_services(r, err) != 0)
        return -1;
    for (size_t i = 0; i < r->nreasons; i++)
        if (harvest_skip(r->h, r->reasons[i].text, r->reasons[i].rows, err) != 0)
            return -1;
    return 0;
}

static int read_list(struct aws_file *f, struct harvest *h, struct err *err)
{
    const struct site *site = rules_site(f->job->rules, f->job->site);
    struct reading r = {.f = f,
                        .h = h,
                        .currency = site->list_currency,
                        .skus = {.arena = f->arena},
                        .names = {.arena = f->arena},
                        .said = {.arena = f->arena},
                        .price = {.region = f->region,
                                  .charge = CHARGE_ON_DEMAND,
                                  .offering = "",
                                  .currency = site->list_currency,
                                  .basis = BASIS_EXCL, /* the lists say that taxes are not included */
                                  .as_of = f->list.published}};

    r.nofferings = offering_names(CHARGE_RESERVED, r.offerings);
    int rc = aws_columns(f, err);
    if (rc == 0)
        rc = read_rows(&r, err);
    if (rc == 0)
        rc = finish(&r, err);
    intern_free(&r.skus);
    intern_free(&r.names);
    intern_free(&r.said);
    return rc;
}

int aws_read_offer(struct aws_file *f, const char *body, size_t len, struct harvest *h, struct err *err)
{
    if (price_list_open(&f->list, body, len, err) != 0)
        return -1;
    struct price_cell offer = f->list.offer;
    if (!price_cell_is(offer, aws_offer_names[f->offer]))
        return err_set(err, ERR_FETCH, "a list of '%.*s' where '%s' was asked for", (int)(offer.n > 80 ? 80 : offer.n),
                       offer.v, aws_offer_names[f->offer]);
    return read_list(f, h, err);
}
