/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The form is fixtures/schema/reprice.schema.json.
 */
#include "calc/json_out.h"
#include "calc/line_view.h"
#include "calc/reprice_view.h"

#define SCHEMA "tco-reprice/1"

static void number(struct json_out *j, const char *key, bool known, dec_t n, int places)
{
    if (known)
        json_decimal(j, key, n, places);
    else
        json_null(j, key);
}

static void percent(struct json_out *j, const char *key, bool known, dec_t share)
{
    number(j, key, known, known ? dec_round(dec_muln(share, 100), 2, DEC_HALF_UP) : DEC_ZERO, 2);
}

static void put_apart(const struct reprice *r, struct json_out *j)
{
    json_open_array(j, "apart", false);
    for (int i = 0; i < BILL_CATEGORIES; i++) {
        if (i == BILL_USAGE || (r->rows[i] == 0 && dec_sign(r->net[i]) == 0))
            continue;
        json_open_object(j, NULL, true);
        json_text(j, "category", bill_category_names[i]);
        json_int(j, "charges", r->rows[i]);
        json_decimal(j, "amount", r->net[i], r->places);
        json_close(j);
    }
    json_close(j);
}

static void put_bill(const struct reprice_view *v, struct json_out *j)
{
    const struct reprice *r = v->r;

    json_open_object(j, "bill", false);
    json_text(j, "file", v->bill);
    json_text(j, "site", r->in->site->id);
    percent(j, "coverage_pct", r->has_coverage, r->coverage);
    json_decimal(j, "net", r->billed, r->places);
    json_decimal(j, "repriced_net", r->taken, r->places);
    number(j, "repriced_list", r->has_list, r->taken_list, r->places);
    put_apart(r, j);
    json_close(j);
}

static void put_line(const struct reprice *r, const struct reprice_line *l, struct json_out *j)
{
    const struct bill_sum *s = l->sum;
    char month[DATE_TEXT];

    month_format(s->month, month);
    json_open_object(j, NULL, false);
    json_text(j, "month", month);
    json_text(j, "region", l->region != NULL ? l->region->id : s->region);
    json_text(j, "service", s->service);
    json_text(j, "sku", s->sku);
    number(j, "quantity", s->has_quantity, s->quantity, 0);
    json_text(j, "unit", s->unit);
    json_int(j, "bill_line", s->line);
    json_decimal(j, "net", l->net, r->places);
    number(j, "list", s->has_list, l->list, r->places);
    json_text(j, "not_repriced", *l->why != '\0' ? l->why : NULL);
    json_close(j);
}

static void put_cell(const struct reprice *r, const struct reprice_line *l, const struct reprice_cell *c,
                     struct json_out *j)
{
    const struct line *x = c->priced ? c->line : NULL;
    const struct money none = {0}, *m = c->priced ? &x->m : &none;
    bool known = x != NULL && x->offer != NULL;
    dec_t price = DEC_ZERO;
    bool single = known && line_unit_price(x, &price);

    json_open_object(j, NULL, false);
    json_int(j, "line", (long)(l - r->lines));
    json_text(j, "region", c->region != NULL ? c->region->id : NULL);
    json_text(j, "status", reprice_cell_status(c));
    json_text(j, "reason", c->reason);
    json_text(j, "sku", known ? x->offer->sku : NULL);
    number(j, "unit_price", single, price, 0);
    json_text(j, "price_currency", known ? x->price_currency : NULL);
    json_text(j, "tax_basis", !known ? NULL : x->offer->basis == BASIS_INCL ? "incl" : "excl");
    number(j, "quantity", known, known ? x->quantity : DEC_ZERO, 0);
    json_text(j, "unit", known ? x->unit : NULL);
    number(j, "net", c->priced, m->net, r->places);
    number(j, "tax", c->priced, m->tax, r->places);
    number(j, "tax_recoverable", c->priced, m->recoverable, r->places);
    number(j, "cost", c->priced, m->cost, r->places);
    json_close(j);
}

static void put_site(const struct reprice *r, const struct reprice_site *s, struct json_out *j)
{
    json_open_object(j, NULL, false);
    json_text(j, "site", s->column);
    json_text(j, "regions", s->regions);
    json_text(j, "status", site_status_names[s->status]);
    if (s->rank != 0)
        json_int(j, "rank", s->rank);
    else
        json_null(j, "rank");
    number(j, "net", s->has_totals, s->m.net, r->places);
    number(j, "tax", s->has_totals, s->m.tax, r->places);
    number(j, "tax_recoverable", s->has_totals, s->m.recoverable, r->places);
    number(j, "withheld_tax", s->has_totals, s->m.withheld, r->places);
    number(j, "fees", s->has_totals, s->m.fees, r->places);
    number(j, "cash_out", s->has_totals, s->m.cash_out, r->places);
    number(j, "cost", s->has_totals, s->m.cost, r->places);
    number(j, "difference", s->has_totals, s->difference, r->places);
    percent(j, "difference_pct", s->has_share, s->share);
    json_int(j, "unpriced_lines", (long)s->unpriced);
    json_int(j, "stepped_lines", (long)s->stepped);
    json_open_array(j, "reasons", false);
    for (size_t i = 0; i < s->nreasons; i++)
        json_text(j, NULL, s->reasons[i]);
    json_close(j);
    json_open_array(j, "lines", false);
    for (size_t i = 0; i < r->nlines; i++)
        if (*r->lines[i].why == '\0')
            put_cell(r, &r->lines[i], &s->cells[i], j);
    json_close(j);
    json_close(j);
}

void reprice_json(const struct reprice_view *v, struct buf *out)
{
    struct json_out j = {.out = out};

    json_open_object(&j, NULL, false);
    json_text(&j, "schema", SCHEMA);
    json_text(&j, "currency", v->r->in->terms->currency);
    json_day(&j, "as_of", v->r->in->terms->as_of);
    put_bill(v, &j);
    json_open_array(&j, "lines", false);
    for (size_t i = 0; i < v->r->nlines; i++)
        put_line(v->r, &v->r->lines[i], &j);
    json_close(&j);
    json_open_array(&j, "sites", false);
    for (size_t i = 0; i < v->r->nsites; i++)
        put_site(v->r, &v->r->sites[i], &j);
    json_close(&j);
    json_close(&j);
}
