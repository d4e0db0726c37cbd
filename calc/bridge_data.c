/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The bridge for programs: CSV and JSON. The form of the JSON is fixtures/schema/bridge.schema.json.
 */
#include "calc/bridge_view.h"
#include "calc/csv_columns.h"
#include "calc/json_out.h"

#define SCHEMA "tco-bridge/1"

static const char *note_name(const struct bridge_line *l, unsigned note)
{
    if (!(l->notes & note))
        return "";
    return note == BRIDGE_UNITS ? "units" : "rates";
}

/* ---- CSV ---- */

static void cell(struct buf *out, const char *text)
{
    csv_text(out, text);
    buf_putc(out, ',');
}

static void money_cell(const struct bridge *b, struct buf *out, bool known, dec_t amount)
{
    if (known)
        csv_decimal(out, amount, b->new->minor_units);
    buf_putc(out, ',');
}

static void operands(struct buf *out, const struct saved_line *l)
{
    cell(out, l != NULL && l->offer != NULL ? l->offer->sku : "");
    if (l != NULL && l->offer != NULL)
        csv_decimal(out, l->quantity, 0);
    buf_putc(out, ',');
    cell(out, l != NULL ? l->unit : "");
}

static void csv_line_row(const struct bridge *b, const struct bridge_site *s, const struct bridge_line *l,
                         struct buf *out)
{
    const struct saved_line *any = l->new != NULL ? l->new : l->old;

    cell(out, s->new->column);
    cell(out, bridge_change_names[s->change]);
    cell(out, any->label);
    cell(out, any->kind);
    cell(out, bridge_change_names[l->change]);
    cell(out, b->new->currency);
    money_cell(b, out, true, l->old_cost);
    money_cell(b, out, true, l->new_cost);
    money_cell(b, out, true, dec_sub(l->new_cost, l->old_cost));
    for (int k = 0; k < BRIDGE_PARTS; k++)
        money_cell(b, out, true, l->parts[k]);
    operands(out, l->old);
    operands(out, l->new);
    buf_printf(out, "%s%s%s\n", note_name(l, BRIDGE_UNITS), l->notes == (BRIDGE_UNITS | BRIDGE_RATES) ? " " : "",
               note_name(l, BRIDGE_RATES));
}

static void csv_site_row(const struct bridge *b, const struct bridge_site *s, struct buf *out)
{
    cell(out, s->new != NULL ? s->new->column : s->old->column);
    cell(out, bridge_change_names[s->change]);
    buf_puts(out, ",,,");
    cell(out, b->new->currency);
    money_cell(b, out, s->has_old, s->old_cost);
    money_cell(b, out, s->has_new, s->new_cost);
    for (int k = 0; k < BRIDGE_PARTS + 7; k++)
        buf_putc(out, ',');
    buf_putc(out, '\n');
}

void bridge_csv(const struct bridge *b, struct buf *out)
{
    buf_puts(out, "site,site_change,line,kind,line_change,currency,old_cost,new_cost,difference");
    for (int k = 0; k < BRIDGE_PARTS; k++)
        buf_printf(out, ",%s", bridge_part_names[k]);
    buf_puts(out, ",old_sku,old_quantity,old_unit,new_sku,new_quantity,new_unit,notes\n");
    for (size_t i = 0; i < b->nsites; i++) {
        const struct bridge_site *s = &b->sites[i];
        if (s->change != BRIDGE_COMPARED)
            csv_site_row(b, s, out);
        for (size_t k = 0; k < s->nlines; k++)
            csv_line_row(b, s, &s->lines[k], out);
    }
}

/* ---- JSON ---- */

static void json_cost(const struct bridge *b, struct json_out *j, const char *key, bool known, dec_t amount)
{
    if (known)
        json_decimal(j, key, amount, b->new->minor_units);
    else
        json_null(j, key);
}

static void json_parts(const struct bridge *b, struct json_out *j, bool known, const dec_t *parts)
{
    if (!known) {
        json_null(j, "parts");
        return;
    }
    json_open_object(j, "parts", true);
    for (int k = 0; k < BRIDGE_PARTS; k++)
        json_cost(b, j, bridge_part_names[k], true, parts[k]);
    json_close(j);
}

static void json_side(struct json_out *j, const char *key, const struct saved_line *l)
{
    const struct tax_used *t = l != NULL && l->nruns > 0 ? l->runs[0].tax : NULL;

    if (l == NULL) {
        json_null(j, key);
        return;
    }
    json_open_object(j, key, true);
    json_text(j, "sku", l->offer != NULL ? l->offer->sku : NULL);
    json_text(j, "region", l->offer != NULL ? l->offer->region : NULL);
    json_text(j, "charge", l->charge);
    json_decimal(j, "quantity", l->quantity, 0);
    json_text(j, "unit", l->unit);
    json_text(j, "price_currency", l->price_currency);
    json_decimal(j, "discount", l->discount, 0);
    if (l->fx != NULL)
        json_decimal(j, "fx_rate", l->fx->rate, 0);
    else
        json_null(j, "fx_rate");
    if (t != NULL) {
        json_decimal(j, "tax_rate", t->rate, 0);
        json_decimal(j, "deductible", t->deductible, 0);
    } else {
        json_null(j, "tax_rate");
        json_null(j, "deductible");
    }
    json_decimal(j, "spread", l->spread, 0);
    json_close(j);
}

static void json_bridge_line(const struct bridge *b, struct json_out *j, const struct bridge_line *l)
{
    const struct saved_line *any = l->new != NULL ? l->new : l->old;

    json_open_object(j, NULL, false);
    json_text(j, "line", any->label);
    json_text(j, "kind", any->kind);
    json_text(j, "change", bridge_change_names[l->change]);
    json_cost(b, j, "old_cost", true, l->old_cost);
    json_cost(b, j, "new_cost", true, l->new_cost);
    json_cost(b, j, "difference", true, dec_sub(l->new_cost, l->old_cost));
    json_parts(b, j, true, l->parts);
    json_open_array(j, "notes", true);
    for (unsigned note = BRIDGE_UNITS; note <= BRIDGE_RATES; note <<= 1)
        if (l->notes & note)
            json_text(j, NULL, note_name(l, note));
    json_close(j);
    json_side(j, "old", l->old);
    json_side(j, "new", l->new);
    json_close(j);
}

static void json_status(struct json_out *j, const char *key, const struct saved_site *s)
{
    json_text(j, key, s != NULL ? site_status_names[s->status] : NULL);
}

static void json_bridge_site(const struct bridge *b, struct json_out *j, const struct bridge_site *s)
{
    bool compared = s->change == BRIDGE_COMPARED;
    dec_t pct;

    json_open_object(j, NULL, false);
    json_text(j, "site", s->new != NULL ? s->new->column : s->old->column);
    json_text(j, "change", bridge_change_names[s->change]);
    json_status(j, "old_status", s->old);
    json_status(j, "new_status", s->new);
    json_cost(b, j, "old_cost", s->has_old, s->old_cost);
    json_cost(b, j, "new_cost", s->has_new, s->new_cost);
    json_cost(b, j, "difference", compared, dec_sub(s->new_cost, s->old_cost));
    if (compared && bridge_percent(s, &pct))
        json_decimal(j, "difference_pct", pct, 2);
    else
        json_null(j, "difference_pct");
    json_parts(b, j, compared, s->parts);
    json_open_array(j, "lines", false);
    for (size_t i = 0; i < s->nlines; i++)
        json_bridge_line(b, j, &s->lines[i]);
    json_close(j);
    json_close(j);
}

static void json_estimate(struct json_out *j, const char *key, const struct saved *s)
{
    char start[DATE_TEXT];

    month_format(s->start, start);
    json_open_object(j, key, true);
    json_text(j, "name", s->name);
    json_text(j, "start", start);
    json_int(j, "months", s->months);
    json_day(j, "as_of", s->as_of);
    json_close(j);
}

void bridge_json(const struct bridge *b, struct buf *out)
{
    struct json_out j = {.out = out};

    json_open_object(&j, NULL, false);
    json_text(&j, "schema", SCHEMA);
    json_estimate(&j, "old", b->old);
    json_estimate(&j, "new", b->new);
    json_text(&j, "currency", b->new->currency);
    json_open_array(&j, "sites", false);
    for (size_t i = 0; i < b->nsites; i++)
        json_bridge_site(b, &j, &b->sites[i]);
    json_close(&j);
    json_close(&j);
}
