/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Which charge of the bill belongs to which cell: by SKU, then by kind of service; taxes without an SKU to the
 * month; what is left stands by itself.
 */
#include "calc/reconcile_parts.h"

#include "calc/bill_words.h"

#include <string.h>

/* A sum in the currency of the cell; a credit counts as a discount, so it has no list cost of its own. */
static struct side charged(const struct work *w, const struct cell *c, const struct bill_sum *s)
{
    const struct reconcile_rate *rate = work_rate(w->in, s->currency);
    bool same = !strcmp(c->currency, s->currency), quantified = s->category <= BILL_PURCHASE;
    struct side out = {.any = true,
                       .has_list = s->has_list || !quantified,
                       .has_quantity = s->has_quantity,
                       .net = s->billed,
                       .list = quantified ? s->list : DEC_ZERO,
                       .tax = s->tax,
                       .quantity = s->quantity,
                       .unit = s->unit};

    if (s->category == BILL_TAX) {
        out.tax = s->billed;
        out.net = DEC_ZERO;
    }
    if (!same) {
        dec_t *const amounts[] = {&out.net, &out.list, &out.tax};
        for (size_t i = 0; i < 3; i++)
            *amounts[i] = dec_muldiv(*amounts[i], rate->estimated, c->rate, DEC_HALF_UP);
    }
    return out;
}

static void add_charge(struct work *w, struct cell *c, const struct bill_sum *s)
{
    const struct reconcile_rate *rate = work_rate(w->in, s->currency);
    struct side side = charged(w, c, s);

    if (s->category > BILL_PURCHASE) { /* no quantity of goods: it leaves the one there is as it is */
        side.quantity = DEC_ZERO;
        side.has_quantity = true;
        side.unit = c->bill.any ? c->bill.unit : c->est.unit;
    }
    side_add(&c->bill, &side);
    if (c->row.line == 0)
        c->row.line = s->line;
    c->fx = dec_add(c->fx, dec_mul(dec_add(s->billed, s->tax), dec_sub(rate->booked, rate->estimated), DEC_HALF_UP));
}

/* The cell that a sum belongs to by its SKU. A bill that speaks of our services is taken at its word. */
static struct cell *cell_of_sku(struct work *w, const struct bill_sum *s)
{
    const char *site_region = w->in->site->region != NULL ? w->in->site->region->id : "";
    const char *region = *s->region != '\0' ? s->region : site_region, *kind = bill_sum_kind(s);
    const char *key = cell_name(w, s->month, region, s->sku);

    if (w->failed || *s->sku == '\0')
        return NULL;
    for (size_t i = (size_t)intern_known(&w->by_sku, key, w->key.n); i > 0; i = w->v[i - 1].next)
        if (*kind == '\0' || !strcmp(kind, bill_kind(w->v[i - 1].row.service)))
            return &w->v[i - 1];
    return NULL;
}

/* The cell of a kind of service in a month; begun by what the estimate has left of it. */
static struct cell *cell_of_service(struct work *w, const struct bill_sum *s)
{
    const char *site_region = w->in->site->region != NULL ? w->in->site->region->id : "";
    const char *kind = bill_sum_kind(s);
    const char *key = cell_name(w, s->month, *s->region != '\0' ? s->region : site_region, kind);
    int at = w->failed || *kind == '\0' ? 0 : intern_known(&w->by_service, key, w->key.n);

    return at > 0 ? &w->v[at - 1] : NULL;
}

static void merge_estimated(struct cell *to, const struct cell *from)
{
    if (!to->est.any) {
        memcpy(to->currency, from->currency, CURRENCY_TEXT);
        to->rate = from->rate;
        to->row.region = from->row.region;
        to->row.service = bill_kind(from->row.service);
    }
    side_add(&to->est, &from->est);
    to->est.has_quantity = false;
    to->anchor_net = dec_add(to->anchor_net, from->anchor_net);
    to->anchor_tax = dec_add(to->anchor_tax, from->anchor_tax);
}

/* Is any charge left that the kind of service of this cell could explain? */
static bool wanted(const struct work *w, const struct cell *c, const bool *taken)
{
    const char *kind = bill_kind(c->row.service);

    for (size_t i = 0; i < w->in->nsums; i++) {
        const struct bill_sum *s = &w->in->sums[i];
        if (!taken[i] && s->month.n == c->row.month.n && s->category != BILL_TAX &&
            (*s->region == '\0' || !strcmp(s->region, c->row.region)) && !strcmp(w->kinds[i], kind))
            return true;
    }
    return false;
}

/* What is not billed by its SKU goes into cells of their kinds of service, where the bill has such charges left. */
static void gather_services(struct work *w, const bool *taken)
{
    size_t n = w->n;

    for (size_t i = 0; i < n && !w->failed; i++) {
        if (w->v[i].bill.any || !wanted(w, &w->v[i], taken))
            continue;
        const char *kind = bill_kind(w->v[i].row.service);
        int *at = cell_number(w, &w->by_service, w->v[i].row.month, w->v[i].row.region, kind);
        if (at == NULL)
            return;
        if (*at != 0 && strcmp(w->v[*at - 1].currency, w->v[i].currency) != 0)
            continue;
        if (*at == 0 && cell_new(w, w->v[i].row.month, RECONCILE_BY_SERVICE) == NULL)
            return;
        if (*at == 0)
            *at = (int)w->n;
        merge_estimated(&w->v[*at - 1], &w->v[i]);
        w->v[i].est.any = false; /* moved: the cell is dropped */
    }
}

/* Taxes without a SKU are those of the month: so are then the estimate's. */
static void gather_tax(struct work *w, const struct bill_sum *s)
{
    size_t at = 0, n = w->n;

    while (at < n && !(w->v[at].row.status == RECONCILE_TAX && w->v[at].row.month.n == s->month.n &&
                       !strcmp(w->v[at].currency, s->currency)))
        at++;
    if (at == n) {
        struct cell *c = cell_new(w, s->month, RECONCILE_TAX);
        if (c == NULL)
            return;
        memcpy(c->currency, s->currency, CURRENCY_TEXT);
        c->rate = work_rate(w->in, s->currency)->estimated;
        c->row.category = bill_category_names[BILL_TAX];
        for (size_t i = 0; i < n; i++) {
            struct cell *e = &w->v[i];
            if (e->row.month.n != s->month.n || !e->est.any || strcmp(e->currency, c->currency) != 0)
                continue;
            c->est.any = true;
            c->est.tax = dec_add(c->est.tax, e->est.tax);
            c->anchor_tax = dec_add(c->anchor_tax, e->anchor_tax);
            e->est.tax = e->anchor_tax = DEC_ZERO;
        }
    }
    add_charge(w, &w->v[at], s);
}

static void add_unmatched(struct work *w, const struct bill_sum *s)
{
    struct cell *c = cell_new(w, s->month, RECONCILE_UNMATCHED);

    if (c == NULL)
        return;
    memcpy(c->currency, s->currency, CURRENCY_TEXT);
    c->rate = work_rate(w->in, s->currency)->estimated;
    c->row.service = s->service;
    c->row.region = s->region;
    c->row.sku = s->sku;
    c->row.unit = s->unit;
    c->row.category = bill_category_names[s->category];
    add_charge(w, c, s);
}

void work_match(struct work *w, bool *taken)
{
    const struct bill_sum *sums = w->in->sums;

    for (size_t i = 0; i < w->in->nsums && !w->failed; i++) {
        struct cell *c = cell_of_sku(w, &sums[i]);
        taken[i] = c != NULL;
        if (c != NULL) {
            c->row.status = RECONCILE_MATCHED;
            add_charge(w, c, &sums[i]);
        }
    }
    gather_services(w, taken);
    for (size_t i = 0; i < w->in->nsums && !w->failed; i++) {
        struct cell *c = taken[i] ? NULL : cell_of_service(w, &sums[i]);
        if (c != NULL && sums[i].category != BILL_TAX) {
            taken[i] = true;
            add_charge(w, c, &sums[i]);
        }
    }
    for (size_t i = 0; i < w->in->nsums && !w->failed; i++)
        if (!taken[i] && sums[i].category == BILL_TAX)
            gather_tax(w, &sums[i]);
    for (size_t i = 0; i < w->in->nsums && !w->failed; i++)
        if (!taken[i] && sums[i].category != BILL_TAX)
            add_unmatched(w, &sums[i]);
}
