/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Offers with their tiers, rates and tax rules of a saved estimate.
 */
#include "calc/saved_parts.h"

#include "calc/shown.h"

#include <string.h>

#define COUNT(v) (sizeof(v) / sizeof *(v))

void *saved_room(struct fields *all, size_t n, size_t size)
{
    void *room = all->failed ? NULL : arena_array(all->arena, n + 1, size);

    if (room == NULL)
        field_nomem(all);
    return room;
}

/* ---- rates ---- */

void saved_rate_fill(const struct field *f, struct fx_used *out)
{
    static const char *const paths[] = {
        [FX_SAME] = "same", [FX_DIRECT] = "direct", [FX_INVERSE] = "inverse", [FX_CROSS] = "cross"};

    field_object(f);
    field_currency(f, "from", out->from);
    field_currency(f, "to", out->to);
    out->rate = field_amount(f, "rate", NULL);
    out->source = field_text(f, "source");
    out->path = field_choice(f, "path", paths, COUNT(paths));
    out->date = field_day(f, "date");
    out->stale = field_truth(f, "stale");
    struct field rate = field_at(f, "rate");
    if (!f->all->failed && dec_sign(out->rate) <= 0)
        field_refuse(&rate, "a rate is above 0");
    if (!f->all->failed && out->path == FX_SAME &&
        (dec_cmp(out->rate, DEC_ONE) != 0 || strcmp(out->from, out->to) != 0))
        field_refuse(&rate, "not 1 within one currency");
}

const struct fx_used *saved_rate(const struct field *up, const char *key)
{
    struct field f = field_at(up, key);
    struct fx_used *u;

    if (f.v == NULL || (u = saved_room(up->all, 0, sizeof *u)) == NULL)
        return NULL;
    saved_rate_fill(&f, u);
    return u;
}

/* ---- offers ---- */

static void fill_tier(const struct field *f, const struct tier *last, struct tier *out)
{
    bool ends;

    field_object(f);
    out->from = field_amount(f, "from", NULL);
    out->to = field_amount_known(f, "to", &ends);
    out->open = !ends;
    out->price = field_amount(f, "price", NULL);
    if (f->all->failed)
        return;
    dec_t from = last != NULL ? last->to : DEC_ZERO;
    if ((last != NULL && last->open) || dec_cmp(out->from, from) != 0 || (ends && dec_cmp(out->to, out->from) <= 0))
        field_refuse(f, "not a tier that follows the one before");
    else if (dec_sign(out->price) < 0)
        field_refuse(f, "a price below 0");
}

static void fill_part(const struct field *f, struct price_part *out)
{
    static const char *const scopes[] = {[SCOPE_ITEM] = "item", [SCOPE_MONTH] = "month", [SCOPE_LIFE] = "life"};
    struct field tiers = field_at(f, "tiers"), unit = field_at(f, "unit");
    char cut[SHOWN_MAX];

    field_object(f);
    const char *name = field_text(f, "unit");
    int at = unit_find(name);
    if (at < 0)
        field_refuse(&unit, "unknown unit '%s'", shown(name, cut));
    out->unit = at < 0 ? 0 : (enum unit)at;
    out->scope = (enum tier_scope)field_choice(f, "scope", scopes, COUNT(scopes));
    size_t n = field_count(&tiers);
    struct tier *v = saved_room(f->all, n, sizeof *v);
    for (size_t i = 0; i < n && v != NULL; i++) {
        struct field t = field_item(&tiers, i);
        fill_tier(&t, i > 0 ? &v[i - 1] : NULL, &v[i]);
    }
    if (n == 0)
        field_refuse(&tiers, "empty");
    out->tiers = v;
    out->ntiers = n;
}

static void fill_parts(const struct field *f, struct offer *out)
{
    struct field parts = field_at(f, "parts");
    size_t n = field_count(&parts);

    if (n < 1 || n > OFFER_PARTS) {
        field_refuse(&parts, "%zu parts (1 to %d)", n, OFFER_PARTS);
        return;
    }
    for (size_t i = 0; i < n; i++) {
        struct field part = field_item(&parts, i);
        fill_part(&part, &out->parts[i]);
    }
    out->nparts = n;
}

const struct offer *saved_offer(const struct field *up, const char *key)
{
    static const char *const bases[] = {[BASIS_INCL] = "incl", [BASIS_EXCL] = "excl"};
    struct field f = field_at(up, key);
    struct offer *o;

    if (f.v == NULL || (o = saved_room(up->all, 0, sizeof *o)) == NULL)
        return NULL;
    field_object(&f);
    o->site = field_text(&f, "site");
    o->region = field_text(&f, "region");
    o->service = field_text(&f, "service");
    o->sku = field_text(&f, "sku");
    o->os = field_text(&f, "os");
    o->charge = (enum charge_kind)field_choice(&f, "charge", charge_names, CHARGE_BEST);
    o->offering = field_text(&f, "offering");
    o->term_months = field_whole(&f, "term_months", 0, TERM_MAX);
    field_currency(&f, "currency", o->currency);
    o->basis = (enum tax_basis)field_choice(&f, "tax_basis", bases, COUNT(bases));
    o->tax_rate = field_amount_known(&f, "tax_rate", &o->has_tax_rate);
    o->as_of = field_day(&f, "as_of");
    o->snapshot = field_text(&f, "snapshot");
    fill_parts(&f, o);
    return o;
}

/* ---- taxes ---- */

static dec_t share(const struct field *up, const char *key)
{
    struct field f = field_at(up, key);
    dec_t v = field_amount(up, key, NULL);

    if (!up->all->failed && (dec_sign(v) < 0 || dec_cmp(v, dec_int64(10)) > 0))
        field_refuse(&f, "no share");
    return v;
}

/* Of the row of the table only in which currency the tax is reckoned: "" is that of the bill. */
static const struct tax_row *rule_of(const struct field *tax)
{
    struct field f = field_at(tax, "rule");
    struct tax_row *row;

    if (f.v == NULL || (row = saved_room(tax->all, 0, sizeof *row)) == NULL)
        return NULL;
    field_object(&f);
    row->tax_currency = field_text(&f, "tax_currency");
    return row;
}

void saved_tax_fill(const struct field *f, struct tax_used *out)
{
    static const char *const origins[] = {
        [RATE_FROM_LINE] = "line", [RATE_FROM_PRICE] = "price", [RATE_FROM_BUYER] = "buyer", [RATE_FROM_RULE] = "rule"};
    static const char *const sides[] = {"seller", "buyer"};
    static const char *const bearers[] = {[BORNE_BY_BUYER] = "buyer", [BORNE_BY_SUPPLIER] = "supplier"};

    field_object(f);
    out->rate = share(f, "rate");
    out->rate_from = field_choice(f, "rate_from", origins, COUNT(origins));
    out->by_buyer = field_choice(f, "by", sides, COUNT(sides)) == 1;
    out->wht = share(f, "wht");
    out->borne_by = (enum bearer)field_choice(f, "borne_by", bearers, COUNT(bearers));
    out->deductible = share(f, "deductible");
    out->surcharge = share(f, "surcharge");
    field_currency(f, "currency", out->currency);
    out->row = rule_of(f);
}
