/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the seller would invoice by the estimate.
 */
#include "calc/reconcile_parts.h"

#include "calc/line_view.h"

#include <string.h>

/* An amount of a run without the tax it contains. */
static dec_t without_tax(const struct line *l, const struct line_run *r, dec_t amount, int places)
{
    if (l->offer->basis != BASIS_INCL || r->tax == NULL)
        return amount;
    return dec_div_round(amount, dec_add(DEC_ONE, r->tax->rate), places, DEC_HALF_UP);
}

/* What the seller invoices of one month of a run. */
static struct side invoiced(const struct work *w, const struct line *l, const struct line_run *r)
{
    int places = work_places(w, l->fx->from);
    dec_t rate = r->tax != NULL ? r->tax->rate : DEC_ZERO;
    struct side s = {.any = true, .has_list = true, .has_quantity = true, .quantity = r->quantity, .unit = l->unit};

    s.net = without_tax(l, r, r->billed, places);
    if (r->tax != NULL && !r->tax->by_buyer)
        s.tax =
            l->offer->basis == BASIS_INCL ? dec_sub(r->billed, s.net) : dec_mul_round(s.net, rate, places, DEC_HALF_UP);
    s.list = s.net;
    if (dec_cmp(r->list, r->contract) != 0) {
        s.list = without_tax(l, r, r->list, work_places(w, l->price_currency));
        if (l->settle_fx != NULL)
            s.list = dec_mul_round(s.list, l->settle_fx->rate, places, DEC_HALF_UP);
    }
    return s;
}

static void begin_estimated(struct cell *c, const struct line *l, const char *region)
{
    c->row.service = kind_table[l->resource->kind].service;
    c->row.region = region;
    c->row.sku = l->offer->sku;
    c->row.unit = l->unit;
    memcpy(c->currency, l->fx->from, CURRENCY_TEXT);
    c->rate = l->fx->rate;
}

/* The cell of a line in a month: lines of one SKU share it, unless their services differ. */
static struct cell *estimated_cell(struct work *w, const struct line *l, struct month month)
{
    const char *region = w->in->site->region != NULL ? w->in->site->region->id : "";
    int *first = cell_number(w, &w->by_sku, month, region, l->offer->sku);
    const char *service = kind_table[l->resource->kind].service;

    if (first == NULL)
        return NULL;
    for (size_t i = (size_t)*first; i > 0; i = w->v[i - 1].next)
        if (!strcmp(w->v[i - 1].row.service, service) && !strcmp(w->v[i - 1].currency, l->fx->from))
            return &w->v[i - 1];
    struct cell *c = cell_new(w, month, RECONCILE_NOT_BILLED);
    if (c == NULL)
        return NULL;
    begin_estimated(c, l, region);
    c->next = (size_t)*first;
    *first = (int)w->n;
    return c;
}

static void add_run(struct work *w, const struct line *l, const struct line_run *r, struct month month)
{
    struct cell *c = estimated_cell(w, l, month);
    struct side s = invoiced(w, l, r);
    bool by_buyer = r->tax != NULL && r->tax->by_buyer;

    if (c == NULL)
        return;
    side_add(&c->est, &s);
    c->anchor_net =
        dec_add(c->anchor_net, by_buyer ? dec_mul_round(s.net, l->fx->rate, w->places, DEC_HALF_UP) : r->m.net);
    c->anchor_tax = dec_add(c->anchor_tax, by_buyer ? DEC_ZERO : r->m.tax);
}

static bool billed_month(const struct reconcile_input *in, struct month month)
{
    for (size_t i = 0; i < in->nsums; i++)
        if (in->sums[i].month.n == month.n)
            return true;
    return false;
}

static void add_month(struct work *w, int at, size_t *unpriced)
{
    const struct site_estimate *site = w->in->site;
    struct month month = month_add(w->in->e->scenario->start, at);

    *unpriced = 0;
    for (size_t i = 0; i < site->nlines; i++) {
        const struct line *l = &site->lines[i];
        if (l->resource == NULL)
            continue;
        *unpriced += !line_has_amounts(l);
        for (size_t k = 0; line_has_amounts(l) && k < l->nruns; k++)
            if (at >= l->runs[k].first && at < l->runs[k].first + l->runs[k].months)
                add_run(w, l, &l->runs[k], month);
    }
}

static int last_month(const struct site_estimate *site)
{
    int last = 0;

    for (size_t i = 0; i < site->nlines; i++)
        for (size_t k = 0; line_has_amounts(&site->lines[i]) && k < site->lines[i].nruns; k++)
            if (site->lines[i].runs[k].first + site->lines[i].runs[k].months > last)
                last = site->lines[i].runs[k].first + site->lines[i].runs[k].months;
    return last;
}

void work_estimated(struct work *w, size_t *unpriced)
{
    for (int at = 0, last = last_month(w->in->site); at < last && !w->failed; at++)
        if (billed_month(w->in, month_add(w->in->e->scenario->start, at)))
            add_month(w, at, unpriced);
}
