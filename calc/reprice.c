/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A bill's usage at other sites' prices: read reprice_run() first.
 */
#include "calc/bill_words.h"
#include "calc/reprice_parts.h"

#include <string.h>

int reprice_say_why(struct reprice *r, struct reprice_line *l, struct err *err, enum text_id id, size_t n,
                    const char *const *with)
{
    l->why = say_in_filled(&r->arena, r->in->lang, id, n, with);
    return l->why != NULL ? 0 : err_nomem(err);
}

static const struct reconcile_rate *rate_of(const struct reprice_input *in, const char *currency)
{
    size_t i = 0;

    while (strcmp(in->rates[i].currency, currency) != 0)
        i++;
    return &in->rates[i];
}

/* ---- one charge of usage ---- */

/* The region the bill gives, else the one the configuration gives its site. */
static int find_region(struct reprice *r, struct reprice_line *l, struct err *err)
{
    const struct reprice_input *in = r->in;
    const char *chosen = scenario_region(in->terms, in->site->id);
    const char *id = *l->sum->region != '\0' || chosen == NULL ? l->sum->region : chosen;

    if (*id == '\0')
        return reprice_why(r, l, err, TEXT_REPRICE_NO_REGION, in->site->id);
    l->region = rules_region(in->rules, in->site->id, id);
    return l->region != NULL ? 0 : reprice_why(r, l, err, TEXT_REPRICE_UNKNOWN_REGION, id, in->site->id);
}

/* What of a charge could not be priced whatever the SKU is. */
static int check_charge(struct reprice *r, struct reprice_line *l, struct err *err)
{
    const struct bill_sum *s = l->sum;
    int unit = bill_unit(s->unit);

    if (*s->pricing != '\0' && strcmp(s->pricing, "Standard") != 0 && strcmp(s->pricing, "Other") != 0)
        return reprice_why(r, l, err, TEXT_REPRICE_COMMITTED, s->pricing);
    if (*s->sku == '\0')
        return reprice_why(r, l, err, TEXT_REPRICE_NO_SKU, "");
    if (!s->has_quantity)
        return reprice_why(r, l, err, TEXT_REPRICE_NO_QUANTITY, "");
    if (dec_sign(s->quantity) <= 0)
        return reprice_why(r, l, err, TEXT_REPRICE_NOT_POSITIVE, "");
    if (unit < 0)
        return reprice_why(r, l, err, TEXT_REPRICE_UNIT, s->unit);
    l->unit = (enum unit)unit;
    return find_region(r, l, err);
}

typedef int step(struct reprice *r, struct reprice_line *l, struct err *err);

static int take_usage(struct reprice *r, struct reprice_line *l, struct err *err)
{
    static step *const steps[] = {check_charge, reprice_sku, reprice_usage};

    for (size_t i = 0; i < sizeof steps / sizeof *steps && *l->why == '\0'; i++)
        if (steps[i](r, l, err) != 0)
            return -1;
    return 0;
}

/* ---- the bill ---- */

/* A list cost is rounded in its own currency first, as a month of a line is in every estimate. */
static dec_t listed(const struct reprice *r, const struct bill_sum *s)
{
    const struct currency *c = rules_currency(r->in->rules, s->currency);
    dec_t list = dec_round(s->list, c != NULL ? c->minor_units : 2, DEC_HALF_UP);

    return dec_mul_round(list, rate_of(r->in, s->currency)->estimated, r->places, DEC_HALF_UP);
}

dec_t reprice_amount(const struct reprice *r, const struct bill_sum *s)
{
    return dec_mul_round(s->billed, rate_of(r->in, s->currency)->estimated, r->places, DEC_HALF_UP);
}

static int take_sum(struct reprice *r, const struct bill_sum *s, struct err *err)
{
    dec_t billed = reprice_amount(r, s), rate = rate_of(r->in, s->currency)->estimated;

    r->net[s->category] = dec_add(r->net[s->category], billed);
    r->net[BILL_TAX] = dec_add(r->net[BILL_TAX], dec_mul_round(s->tax, rate, r->places, DEC_HALF_UP));
    r->rows[s->category] += s->rows;
    if (s->category != BILL_TAX)
        r->billed = dec_add(r->billed, billed);
    if (s->category != BILL_USAGE)
        return 0;
    struct reprice_line *l = &r->lines[r->nlines++];
    *l = (struct reprice_line){.sum = s, .why = "", .net = billed, .list = listed(r, s)};
    if (take_usage(r, l, err) != 0)
        return -1;
    if (*l->why != '\0')
        return 0;
    r->ntaken++;
    r->taken = dec_add(r->taken, l->net);
    r->taken_list = dec_add(r->taken_list, l->list);
    r->has_list = r->has_list && s->has_list;
    return 0;
}

static int check_sums(struct reprice *r, struct err *err)
{
    for (int i = 0; i < BILL_CATEGORIES; i++)
        if (dec_check(r->net[i], "the bill", err) != 0)
            return -1;
    if (dec_check(r->billed, "the bill", err) != 0 || dec_check(r->taken_list, "the list cost of the bill", err) != 0)
        return -1;
    r->has_coverage = dec_sign(r->billed) > 0;
    if (r->has_coverage)
        r->coverage = dec_div(r->taken, r->billed, DEC_HALF_UP);
    return dec_check(r->coverage, "the share repriced", err);
}

static int take_bill(struct reprice *r, struct err *err)
{
    const struct currency *c = rules_currency(r->in->rules, r->in->terms->currency);

    r->places = c != NULL ? c->minor_units : 2;
    r->has_list = true;
    r->lines = arena_array(&r->arena, r->in->nsums + 1, sizeof *r->lines);
    if (r->lines == NULL)
        return err_nomem(err);
    for (size_t i = 0; i < r->in->nsums; i++)
        if (take_sum(r, &r->in->sums[i], err) != 0)
            return -1;
    r->has_list = r->has_list && r->ntaken > 0;
    return check_sums(r, err);
}

int reprice_run(const struct reprice_input *in, struct reprice *out, struct err *err)
{
    *out = (struct reprice){.in = in};
    out->kept = (struct kept){.catalogue = in->catalogue, .rules = in->rules, .arena = &out->arena};
    return take_bill(out, err) != 0 || reprice_groups(out, err) != 0 || reprice_sites(out, err) != 0 ? -1 : 0;
}

void reprice_free(struct reprice *r)
{
    for (size_t i = 0; i < r->ngroups; i++)
        estimate_free(&r->groups[i].estimate);
    arena_free(&r->arena);
    *r = (struct reprice){0};
}

int reprice_status(const struct reprice *r)
{
    bool incomplete = r->ntaken == 0, stale = false;

    for (size_t i = 0; i < r->nsites; i++) {
        incomplete = incomplete || r->sites[i].status == SITE_INCOMPLETE;
        stale = stale || r->sites[i].status == SITE_STALE;
    }
    if (incomplete)
        return ERR_INCOMPLETE;
    return stale && !r->in->allow_stale ? ERR_STALE : 0;
}
