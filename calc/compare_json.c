/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "calc/compare_view.h"
#include "calc/json_out.h"
#include "calc/quote_shelf.h"

#define SCHEMA "tco-compare/1"

static void number(struct json_out *j, const char *key, bool known, dec_t n, int places)
{
    if (known)
        json_decimal(j, key, n, places);
    else
        json_null(j, key);
}

/* Percent with two decimals. */
static void percent(struct json_out *j, const char *key, bool known, dec_t share)
{
    number(j, key, known, known ? dec_round(dec_muln(share, 100), 2, DEC_HALF_UP) : DEC_ZERO, 2);
}

static void column(struct json_out *j, const char *key, const struct compare_offer *o)
{
    json_text(j, key, o ? o->site->column : NULL);
}

static void put_row(struct json_out *j, const struct quoted *q)
{
    if (!q) {
        json_null(j, "quote_row");
        return;
    }
    json_open_object(j, "quote_row", true);
    json_text(j, "sheet", q->item->sheet);
    json_int(j, "row", q->item->row);
    json_text(j, "label", q->item->label);
    number(j, "quantity", q->item->has_quantity, q->item->quantity, 0);
    json_decimal(j, "list_price", q->item->list_price, 0);
    json_close(j);
}

static void put_line(const struct compare *c, const struct compare_offer *o, size_t r, struct json_out *j)
{
    const struct compare_cell *k = &o->cells[r];
    const struct line *l = k->line;
    const struct offer *by = l->offer;
    dec_t rate, price;
    bool single = compare_unit_price(l, &price);
    json_open_object(j, NULL, false);
    json_text(j, "line", l->label);
    json_text(j, "kind", l->kind);
    json_text(j, "status", line_status_names[l->status]);
    json_text(j, "reason", l->reason);
    json_text(j, "sku", by ? by->sku : NULL);
    json_text(j, "charge", l->charge);
    number(j, "unit_price", single, price, 0);
    json_text(j, "unit", by ? l->unit : NULL);
    json_text(j, "price_currency", l->price_currency);
    json_text(j, "tax_basis", !by ? NULL : by->basis == BASIS_INCL ? "incl" : "excl");
    bool taxed = compare_tax_rate(l, &rate);
    number(j, "tax_rate", taxed, rate, 0);
    number(j, "cost", k->priced, l->m.cost, c->e->minor_units);
    number(j, "npv", k->priced, l->npv, c->e->minor_units);
    percent(j, "vs_list_pct", k->has_vs_list, k->vs_list);
    json_boolean(j, "best", c->rows[r].winner == o);
    put_row(j, by ? by->quoted : NULL);
    json_close(j);
}

static void put_quote(const struct compare_offer *o, struct json_out *j)
{
    const struct quote *q = o->site->quote;
    if (!q) {
        json_null(j, "quote");
        return;
    }
    json_open_object(j, "quote", true);
    json_text(j, "name", quote_name(q));
    json_text(j, "currency", q->currency);
    json_day(j, "dated", q->dated);
    json_day(j, "valid_until", q->valid_until);
    json_boolean(j, "expired", o->expired);
    json_int(j, "payment_days", q->days);
    json_close(j);
}

static void put_need(const struct compare *c, const struct compare_offer *o, struct json_out *j)
{
    if (!c->has_target)
        return;
    json_text(j, "discount_needed", compare_need_names[o->need]);
    percent(j, "discount_needed_pct", o->need == NEED_DISCOUNT || o->need == NEED_NOTHING, o->discount);
}

static void put_spare(const struct compare_offer *o, struct json_out *j)
{
    json_open_array(j, "rows_not_used", false);
    for (size_t i = 0; i < o->nspare; i++) {
        json_open_object(j, NULL, true);
        json_text(j, "sheet", o->spare[i].item->sheet);
        json_int(j, "row", o->spare[i].item->row);
        json_text(j, "label", o->spare[i].item->label);
        json_text(j, "why", compare_spare_names[o->spare[i].why]);
        json_close(j);
    }
    json_close(j);
}

static void put_texts(struct json_out *j, const char *key, const char *const *v, size_t n)
{
    json_open_array(j, key, false);
    for (size_t i = 0; i < n; i++)
        json_text(j, NULL, v[i]);
    json_close(j);
}

static void put_offer(const struct compare *c, const struct compare_offer *o, struct json_out *j)
{
    const struct site_estimate *s = o->site;
    json_open_object(j, NULL, false);
    json_text(j, "offer", s->column);
    json_text(j, "site", s->site->id);
    json_text(j, "buyer", s->buyer->name);
    put_quote(o, j);
    json_text(j, "region", s->region ? s->region->id : NULL);
    json_text(j, "status", site_status_names[s->status]);
    put_texts(j, "reasons", s->reasons, s->nreasons);
    if (s->rank)
        json_int(j, "rank", s->rank);
    else
        json_null(j, "rank");
    number(j, "cost", s->has_totals, s->m.cost, c->e->minor_units);
    number(j, "npv", s->has_totals, s->npv, c->e->minor_units);
    percent(j, "vs_list_pct", o->has_vs_list, o->vs_list);
    put_need(c, o, j);
    json_open_array(j, "lines", false);
    for (size_t r = 0; r < c->nrows; r++)
        if (o->cells[r].line)
            put_line(c, o, r, j);
    json_close(j);
    json_open_array(j, "missing", true);
    for (size_t r = 0; r < c->nrows; r++)
        if (o->cells[r].line && !o->cells[r].priced)
            json_text(j, NULL, c->rows[r].label);
    json_close(j);
    put_spare(o, j);
    json_close(j);
}

static void put_mix(const struct compare *c, struct json_out *j)
{
    json_open_object(j, "best_of_breed", false);
    number(j, "cost", c->has_mix, c->mix_cost, c->e->minor_units);
    number(j, "npv", c->has_mix, c->mix_npv, c->e->minor_units);
    json_open_array(j, "lines", false);
    for (size_t r = 0; r < c->nrows; r++) {
        if (!c->rows[r].resource)
            continue;
        json_open_object(j, NULL, true);
        json_text(j, "line", c->rows[r].label);
        column(j, "offer", c->rows[r].winner);
        json_close(j);
    }
    json_close(j);
    json_close(j);
}

void compare_json(const struct compare *c, struct buf *out)
{
    const struct scenario *s = c->e->scenario;
    struct json_out j = {.out = out};
    char start[DATE_TEXT];
    month_format(s->start, start);
    json_open_object(&j, NULL, false);
    json_text(&j, "schema", SCHEMA);
    json_text(&j, "scenario", s->name);
    json_text(&j, "start", start);
    json_int(&j, "months", s->months);
    json_day(&j, "as_of", s->as_of);
    json_text(&j, "currency", s->currency);
    json_decimal(&j, "discount_rate", s->discount_rate.kind == VALUE_NONE ? DEC_ZERO : s->discount_rate.fixed, 0);
    number(&j, "target", c->has_target, c->target, c->e->minor_units);
    column(&j, "winner", c->winner);
    json_open_array(&j, "offers", false);
    for (size_t i = 0; i < c->noffers; i++)
        put_offer(c, &c->offers[i], &j);
    json_close(&j);
    put_mix(c, &j);
    json_close(&j);
}
