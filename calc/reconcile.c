/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A site's estimate against a bill. A cell is what both sides say of one month, region and SKU (or kind of service).
 * Its amounts are kept in the currency the estimate is billed in, with all their decimals; `anchor` is what the
 * estimate made of them in the budget currency, and only differences to it are converted and rounded.
 */
#include "calc/reconcile.h"

#include "calc/line_view.h"
#include "calc/words.h"

#include <stdlib.h>
#include <string.h>

const char *const reconcile_status_names[] = {"matched", "by service", "tax", "unmatched", "not billed", "rounding"};

/* One side of a cell. */
struct side {
    bool any, has_list, has_quantity;
    dec_t net, list, tax, quantity;
    const char *unit;
};

struct cell {
    struct reconcile_row row;
    char currency[CURRENCY_TEXT];
    dec_t rate; /* currency to budget */
    struct side est, bill;
    dec_t anchor_net, anchor_tax; /* of est, in the budget currency */
    dec_t fx;
    size_t next; /* cell with the same name + 1 */
};

struct work {
    const struct reconcile_input *in;
    struct arena *a;
    struct cell *v;
    size_t n, cap;
    const char **kinds; /* of each sum */
    struct intern by_sku, by_service;
    struct buf key;
    int places;    /* of the budget currency */
    dec_t dropped; /* by the rounding of single cells: of many small charges it is money */
    bool failed;
};

/* ---- kinds of service ---- */

static const struct {
    const char *name, *kind; /* a service of the price packs, or a ServiceCategory of FOCUS */
} service_table[] = {
    {"compute", "compute"},        {"database", "database"},  {"block-storage", "storage"},
    {"object-storage", "storage"}, {"snapshot", "storage"},   {"requests", "storage"},
    {"egress", "network"},         {"bandwidth", "network"},  {"public-ip", "network"},
    {"load-balancer", "network"},  {"nat", "network"},        {"cross-region-transfer", "network"},
    {"Compute", "compute"},        {"Databases", "database"}, {"Storage", "storage"},
    {"Networking", "network"},
};

static const char *kind_of(const char *name)
{
    for (size_t i = 0; i < sizeof service_table / sizeof *service_table; i++)
        if (!strcmp(service_table[i].name, name))
            return service_table[i].kind;
    return "";
}

static const char *kind_of_sum(const struct bill_sum *s)
{
    const char *kind = kind_of(s->service);

    return *kind != '\0' ? kind : kind_of(s->service_category);
}

/* "Hours" is "hour", "GB-Months" is "GB-month". */
static bool same_unit(const char *a, const char *b)
{
    size_t na = strlen(a), nb = strlen(b);

    na -= na > 1 && (a[na - 1] == 's' || a[na - 1] == 'S');
    nb -= nb > 1 && (b[nb - 1] == 's' || b[nb - 1] == 'S');
    for (size_t i = 0; i < na && i < nb; i++)
        if ((a[i] | 0x20) != (b[i] | 0x20))
            return false;
    return na == nb && na > 0;
}

/* ---- cells ---- */

static const char *name_cell(struct work *w, struct month month, const char *region, const char *what)
{
    w->key.n = 0;
    buf_add(&w->key, &month, sizeof month);
    buf_add(&w->key, region, strlen(region) + 1);
    buf_puts(&w->key, what);
    w->failed = w->failed || w->key.failed;
    return w->key.failed ? "" : w->key.v;
}

/* NULL without memory. */
static int *numbered(struct work *w, struct intern *by, struct month month, const char *region, const char *what)
{
    const char *key = name_cell(w, month, region, what);
    int *number = w->failed ? NULL : intern_number(by, key, w->key.n);

    w->failed = w->failed || number == NULL;
    return number;
}

static struct cell *new_cell(struct work *w, struct month month, enum reconcile_status status)
{
    static const struct cell empty = {.est = {.has_list = true, .has_quantity = true, .unit = ""},
                                      .bill = {.has_list = true, .has_quantity = true, .unit = ""}};

    if (w->n == w->cap) {
        size_t cap = w->cap != 0 ? w->cap * 2 : 64;
        struct cell *v = arena_grow(w->a, w->v, w->n, cap, sizeof *v);
        if (v == NULL) {
            w->failed = true;
            return NULL;
        }
        w->v = v;
        w->cap = cap;
    }
    struct cell *c = &w->v[w->n++];
    *c = empty;
    c->row = (struct reconcile_row){
        .month = month, .service = "", .region = "", .sku = "", .unit = "", .category = "", .status = status};
    c->rate = DEC_ONE;
    return c;
}

/* Adds to one side. Quantities in different units cannot be added. */
static void add_side(struct side *to, const struct side *s)
{
    to->has_list = to->has_list && s->has_list;
    to->has_quantity = to->has_quantity && s->has_quantity && (!to->any || same_unit(to->unit, s->unit));
    if (!to->any)
        to->unit = s->unit;
    to->any = true;
    to->net = dec_add(to->net, s->net);
    to->list = dec_add(to->list, s->list);
    to->tax = dec_add(to->tax, s->tax);
    to->quantity = dec_add(to->quantity, s->quantity);
}

/* ---- the estimate's side ---- */

/* An amount of a run without the tax it contains. */
static dec_t without_tax(const struct line *l, const struct line_run *r, dec_t amount, int places)
{
    if (l->offer->basis != BASIS_INCL || r->tax == NULL)
        return amount;
    return dec_div_round(amount, dec_add(DEC_ONE, r->tax->rate), places, DEC_HALF_UP);
}

static int places_of(const struct work *w, const char *currency)
{
    const struct currency *c = rules_currency(w->in->e->rules, currency);

    return c != NULL ? c->minor_units : 2;
}

/* What the seller invoices of one month of a run. */
static struct side invoiced(const struct work *w, const struct line *l, const struct line_run *r)
{
    int places = places_of(w, l->fx->from);
    dec_t rate = r->tax != NULL ? r->tax->rate : DEC_ZERO;
    struct side s = {.any = true, .has_list = true, .has_quantity = true, .quantity = r->quantity, .unit = l->unit};

    s.net = without_tax(l, r, r->billed, places);
    if (r->tax != NULL && !r->tax->by_buyer)
        s.tax =
            l->offer->basis == BASIS_INCL ? dec_sub(r->billed, s.net) : dec_mul_round(s.net, rate, places, DEC_HALF_UP);
    s.list = s.net;
    if (dec_cmp(r->list, r->contract) != 0) {
        s.list = without_tax(l, r, r->list, places_of(w, l->price_currency));
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
    int *first = numbered(w, &w->by_sku, month, region, l->offer->sku);
    const char *service = kind_table[l->resource->kind].service;

    if (first == NULL)
        return NULL;
    for (size_t i = (size_t)*first; i > 0; i = w->v[i - 1].next)
        if (!strcmp(w->v[i - 1].row.service, service) && !strcmp(w->v[i - 1].currency, l->fx->from))
            return &w->v[i - 1];
    struct cell *c = new_cell(w, month, RECONCILE_NOT_BILLED);
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
    add_side(&c->est, &s);
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

static void add_estimated_month(struct work *w, int at, size_t *unpriced)
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

/* ---- the bill's side ---- */

static const struct reconcile_rate *rate_of(const struct reconcile_input *in, const char *currency)
{
    for (size_t i = 0; i < in->nrates; i++)
        if (!strcmp(in->rates[i].currency, currency))
            return &in->rates[i];
    return NULL;
}

/* A sum in the currency of the cell; a credit counts as a discount, so it has no list cost of its own. */
static struct side charged(const struct work *w, const struct cell *c, const struct bill_sum *s)
{
    const struct reconcile_rate *rate = rate_of(w->in, s->currency);
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
    const struct reconcile_rate *rate = rate_of(w->in, s->currency);
    struct side side = charged(w, c, s);

    if (s->category > BILL_PURCHASE) { /* no quantity of goods: it leaves the one there is as it is */
        side.quantity = DEC_ZERO;
        side.has_quantity = true;
        side.unit = c->bill.any ? c->bill.unit : c->est.unit;
    }
    add_side(&c->bill, &side);
    if (c->row.line == 0)
        c->row.line = s->line;
    c->fx = dec_add(c->fx, dec_mul(dec_add(s->billed, s->tax), dec_sub(rate->booked, rate->estimated), DEC_HALF_UP));
}

/* The cell that a sum belongs to by its SKU. A bill that speaks of our services is taken at its word. */
static struct cell *cell_of_sku(struct work *w, const struct bill_sum *s)
{
    const char *site_region = w->in->site->region != NULL ? w->in->site->region->id : "";
    const char *region = *s->region != '\0' ? s->region : site_region, *kind = kind_of_sum(s);
    const char *key = name_cell(w, s->month, region, s->sku);

    if (w->failed || *s->sku == '\0')
        return NULL;
    for (size_t i = (size_t)intern_known(&w->by_sku, key, w->key.n); i > 0; i = w->v[i - 1].next)
        if (*kind == '\0' || !strcmp(kind, kind_of(w->v[i - 1].row.service)))
            return &w->v[i - 1];
    return NULL;
}

/* The cell of a kind of service in a month; begun by what the estimate has left of it. */
static struct cell *cell_of_service(struct work *w, const struct bill_sum *s)
{
    const char *site_region = w->in->site->region != NULL ? w->in->site->region->id : "";
    const char *kind = kind_of_sum(s);
    const char *key = name_cell(w, s->month, *s->region != '\0' ? s->region : site_region, kind);
    int at = w->failed || *kind == '\0' ? 0 : intern_known(&w->by_service, key, w->key.n);

    return at > 0 ? &w->v[at - 1] : NULL;
}

static void merge_estimated(struct cell *to, const struct cell *from)
{
    if (!to->est.any) {
        memcpy(to->currency, from->currency, CURRENCY_TEXT);
        to->rate = from->rate;
        to->row.region = from->row.region;
        to->row.service = kind_of(from->row.service);
    }
    add_side(&to->est, &from->est);
    to->est.has_quantity = false;
    to->anchor_net = dec_add(to->anchor_net, from->anchor_net);
    to->anchor_tax = dec_add(to->anchor_tax, from->anchor_tax);
}

/* Is any charge left that the kind of service of this cell could explain? */
static bool wanted(const struct work *w, const struct cell *c, const bool *taken)
{
    const char *kind = kind_of(c->row.service);

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
        const char *kind = kind_of(w->v[i].row.service);
        int *at = numbered(w, &w->by_service, w->v[i].row.month, w->v[i].row.region, kind);
        if (at == NULL)
            return;
        if (*at != 0 && strcmp(w->v[*at - 1].currency, w->v[i].currency) != 0)
            continue;
        if (*at == 0 && new_cell(w, w->v[i].row.month, RECONCILE_BY_SERVICE) == NULL)
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
        struct cell *c = new_cell(w, s->month, RECONCILE_TAX);
        if (c == NULL)
            return;
        memcpy(c->currency, s->currency, CURRENCY_TEXT);
        c->rate = rate_of(w->in, s->currency)->estimated;
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
    struct cell *c = new_cell(w, s->month, RECONCILE_UNMATCHED);

    if (c == NULL)
        return;
    memcpy(c->currency, s->currency, CURRENCY_TEXT);
    c->rate = rate_of(w->in, s->currency)->estimated;
    c->row.service = s->service;
    c->row.region = s->region;
    c->row.sku = s->sku;
    c->row.unit = s->unit;
    c->row.category = bill_category_names[s->category];
    add_charge(w, c, s);
}

static void match(struct work *w, bool *taken)
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

/* ---- the difference ---- */

/* An amount in the cell's currency as the budget currency has it, beside what the estimate made of its own. */
static dec_t converted(const struct work *w, const struct cell *c, dec_t amount, dec_t own, dec_t anchor)
{
    /* nothing is nothing, whatever the roundings of the anchor were */
    if (dec_bad(amount) || dec_bad(own) || dec_sign(amount) != 0)
        return dec_add(anchor, dec_mul_round(dec_sub(amount, own), c->rate, w->places, DEC_HALF_UP));
    return DEC_ZERO;
}

static dec_t net_of(const struct work *w, const struct cell *c, dec_t amount)
{
    return converted(w, c, amount, c->est.net, c->anchor_net);
}

/* A list cost is rounded once a month, as the estimate's is, unless it is what is billed. */
static dec_t listed(const struct work *w, const struct cell *c)
{
    const struct side *b = &c->bill;

    if (dec_bad(b->list) || dec_bad(b->net) || dec_cmp(b->list, b->net) == 0)
        return b->list;
    return dec_round(b->list, places_of(w, c->currency), DEC_HALF_UP);
}

/* What rounding took from the difference of a charge. */
static void drop(struct work *w, const struct cell *c, dec_t rounded, dec_t fx)
{
    dec_t more = dec_sub(dec_add(c->bill.net, c->bill.tax), dec_add(c->est.net, c->est.tax));

    if (!c->bill.any)
        return;
    w->dropped = dec_add(w->dropped, dec_sub(dec_mul(more, c->rate, DEC_HALF_UP), rounded));
    w->dropped = dec_add(w->dropped, dec_sub(c->fx, fx));
}

static void split(struct work *w, struct cell *c)
{
    struct reconcile_parts *p = &c->row.parts;
    const struct side *e = &c->est, *b = &c->bill;
    dec_t net = net_of(w, c, b->net);
    dec_t tax = converted(w, c, b->tax, e->tax, c->anchor_tax);
    /* what is not billed at all is billed zero times, at no other price */
    bool known = e->any && c->row.status != RECONCILE_UNMATCHED;
    bool lists = known && b->has_list;
    bool units = lists && e->has_quantity && !dec_bad(e->quantity) && dec_sign(e->quantity) > 0 &&
                 (!b->any || (b->has_quantity && same_unit(e->unit, b->unit)));

    p->estimated = dec_add(c->anchor_net, c->anchor_tax);
    p->fx = dec_round(c->fx, w->places, DEC_HALF_UP);
    p->billed = dec_add(dec_add(net, tax), p->fx);
    p->tax = dec_sub(tax, c->anchor_tax);
    drop(w, c, dec_sub(dec_add(net, tax), p->estimated), p->fx);
    dec_t list_e = net_of(w, c, e->list), list_b = net_of(w, c, listed(w, c));
    if (units) {
        dec_t expected = net_of(w, c, dec_muldiv(b->quantity, e->list, e->quantity, DEC_HALF_UP));
        p->quantity = dec_sub(expected, list_e);
        p->price = dec_sub(list_b, expected);
    }
    if (lists)
        p->discount = dec_sub(dec_sub(net, list_b), dec_sub(c->anchor_net, list_e));
    p->unexplained = dec_sub(dec_sub(p->billed, p->estimated), dec_add(p->tax, p->fx));
    p->unexplained = dec_sub(p->unexplained, dec_add(dec_add(p->quantity, p->price), p->discount));
    c->row.has_quantities = units && b->any;
    c->row.estimated_quantity = e->quantity;
    c->row.billed_quantity = b->quantity;
}

static void add_parts(struct reconcile_parts *to, const struct reconcile_parts *p)
{
    to->estimated = dec_add(to->estimated, p->estimated);
    to->billed = dec_add(to->billed, p->billed);
    to->quantity = dec_add(to->quantity, p->quantity);
    to->price = dec_add(to->price, p->price);
    to->discount = dec_add(to->discount, p->discount);
    to->tax = dec_add(to->tax, p->tax);
    to->fx = dec_add(to->fx, p->fx);
    to->unexplained = dec_add(to->unexplained, p->unexplained);
}

static int check_parts(const struct reconcile_parts *p, struct err *err)
{
    return dec_check(p->unexplained, "a difference to the bill", err) || dec_check(p->billed, "the bill", err) ||
                   dec_check(p->price, "a difference in price", err) || dec_check(p->fx, "a difference in rates", err)
               ? -1
               : 0;
}

/* Months ascend; within one the order of the cells stays. */
static int by_month(const void *a, const void *b)
{
    const struct cell *x = a, *y = b;

    if (x->row.month.n != y->row.month.n)
        return x->row.month.n < y->row.month.n ? -1 : 1;
    return x->next < y->next ? -1 : x->next > y->next;
}

/* The whole bill is right to the minor unit: what single rows lost in rounding has a row of its own. */
static void add_dropped(const struct work *w, struct reconciliation *out)
{
    dec_t amount = dec_round(w->dropped, w->places, DEC_HALF_UP);

    if (dec_sign(amount) == 0)
        return;
    struct reconcile_row *row = &out->v[out->n];
    *row = (struct reconcile_row){.month = out->v[out->n - 1].month,
                                  .service = "",
                                  .region = "",
                                  .sku = "",
                                  .unit = "",
                                  .category = "",
                                  .status = RECONCILE_ROUNDING,
                                  .parts = {.billed = amount, .unexplained = amount}};
    add_parts(&out->total, &row->parts);
    out->n++;
}

static int finish(struct work *w, struct reconciliation *out, struct err *err)
{
    out->v = arena_array(w->a, w->n + 1, sizeof *out->v);
    if (out->v == NULL)
        return err_nomem(err);
    for (size_t i = 0; i < w->n; i++)
        w->v[i].next = i;
    if (w->n > 0)
        qsort(w->v, w->n, sizeof *w->v, by_month);
    for (size_t i = 0; i < w->n; i++) {
        struct cell *c = &w->v[i];
        if (!c->est.any && !c->bill.any)
            continue;
        split(w, c);
        out->v[out->n++] = c->row;
        add_parts(&out->total, &c->row.parts);
        if (check_parts(&c->row.parts, err) != 0)
            return -1;
    }
    if (!dec_bad(w->dropped))
        add_dropped(w, out);
    return check_parts(&out->total, err);
}

static int compare(struct work *w, struct reconciliation *out, struct err *err)
{
    const struct reconcile_input *in = w->in;
    bool *taken = arena_array(w->a, in->nsums + 1, sizeof *taken);

    w->kinds = arena_array(w->a, in->nsums + 1, sizeof *w->kinds);
    if (taken == NULL || w->kinds == NULL)
        return err_nomem(err);
    for (size_t i = 0; i < in->nsums; i++)
        w->kinds[i] = kind_of_sum(&in->sums[i]);
    for (int at = 0, last = last_month(in->site); at < last && !w->failed; at++)
        if (billed_month(in, month_add(in->e->scenario->start, at)))
            add_estimated_month(w, at, &out->unpriced);
    match(w, taken);
    return w->failed ? err_nomem(err) : finish(w, out, err);
}

int reconcile(const struct reconcile_input *in, struct arena *a, struct reconciliation *out, struct err *err)
{
    struct work w = {.in = in, .a = a, .by_sku = {.arena = a}, .by_service = {.arena = a}};

    *out = (struct reconciliation){0};
    w.places = in->e->minor_units;
    int got = compare(&w, out, err);
    intern_free(&w.by_sku);
    intern_free(&w.by_service);
    buf_free(&w.key);
    return got;
}
