/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * --format json: the whole estimate with every operand, so that other formats, comparisons and
 * checks need nothing else. The view changes nothing, but commitments is a document of its own (json_ways.c). Amounts, prices, quantities and rates are
 * strings; days are ISO 8601; what is unknown is null. The form is fixtures/schema/estimate.schema.json,
 * and every key is always there.
 *
 * The text is written straight through json_out.h, not built as a tree: see there.
 */
#include "calc/json_parts.h"
#include "calc/price.h"
#include "calc/report.h"

static void write_settings(struct json_out *j, const struct scenario *s)
{
    json_open_array(j, "settings", false);
    for (size_t i = 0; i < s->nsettings; i++) {
        json_open_object(j, NULL, true);
        json_text(j, "section", s->settings[i].section);
        json_text(j, "key", s->settings[i].key);
        json_text(j, "value", s->settings[i].value);
        json_text(j, "origin", s->settings[i].origin);
        json_close(j);
    }
    json_close(j);
}

static void write_scenario(struct json_writer *w)
{
    const struct scenario *s = w->e->scenario;
    struct json_out *j = &w->j;
    char start[DATE_TEXT];
    month_format(s->start, start);
    json_open_object(j, "scenario", false);
    json_text(j, "name", s->name);
    json_text(j, "file", s->file);
    json_text(j, "start", start);
    json_int(j, "months", s->months);
    json_text(j, "currency", s->currency);
    json_int(j, "minor_units", w->places);
    json_value(j, "discount_rate", s->discount_rate);
    json_day(j, "as_of", s->as_of);
    json_value(j, "hours", s->hours);
    write_settings(j, s);
    json_close(j);
}

static void write_snapshots(struct json_writer *w)
{
    struct json_out *j = &w->j;
    json_open_array(j, "snapshots", false);
    for (size_t i = 0; i < w->e->nsnapshots; i++) {
        const struct snapshot *s = &w->e->snapshots[i];
        json_open_object(j, NULL, true);
        json_text(j, "id", s->id);
        json_text(j, "origin", s->origin);
        json_text(j, "sha256", s->sha256);
        json_int(j, "rows", s->rows);
        json_close(j);
    }
    json_close(j);
}

static void write_rates(struct json_writer *w)
{
    json_open_array(&w->j, "rates", false);
    for (size_t i = 0; i < w->e->nrates; i++)
        json_rate(&w->j, NULL, w->e->rates[i]);
    json_close(&w->j);
}

static void write_region(struct json_out *j, const struct region *r)
{
    if (r == NULL) {
        json_null(j, "region");
        return;
    }
    json_open_object(j, "region", true);
    json_text(j, "id", r->id);
    json_text(j, "city", r->city);
    json_text(j, "country", r->country);
    json_boolean(j, "mainland", r->mainland);
    json_text(j, "operator", r->operator_name);
    json_text(j, "display_en", r->display_en);
    json_text(j, "display_zh", r->display_zh);
    json_close(j);
}

/* NULL: a plan, whose parts have one each. */
static void write_buyer(struct json_out *j, const struct buyer *b)
{
    if (b == NULL) {
        json_null(j, "buyer");
        return;
    }
    json_open_object(j, "buyer", true);
    json_text(j, "name", b->name);
    json_text(j, "country", b->country);
    json_text(j, "vat", b->vat);
    json_text(j, "invoice", b->invoice == INVOICE_SPECIAL ? "special" : "ordinary");
    json_value(j, "taxable_use", b->taxable_use);
    json_value(j, "wht", b->wht);
    json_text(j, "taxes_borne_by", b->taxes_borne_by == BORNE_BY_BUYER ? "buyer" : "supplier");
    json_value(j, "tax_rate", b->tax_rate);
    json_value(j, "surcharge", b->surcharge);
    json_close(j);
}

static void write_site_totals(struct json_writer *w, const struct site_estimate *s)
{
    struct json_out *j = &w->j;
    if (!s->has_totals) {
        json_null(j, "totals");
        return;
    }
    json_open_object(j, "totals", false);
    json_text(j, "list_currency", s->has_list ? s->list_currency : NULL);
    json_text(j, "list_basis", !s->has_list ? NULL : s->list_basis == BASIS_INCL ? "incl" : "excl");
    if (s->has_list)
        json_decimal(j, "list", s->list, currency_places(w->e->rules, s->list_currency));
    else
        json_null(j, "list");
    json_money(w, &s->m);
    json_decimal(j, "npv", s->npv, w->places);
    json_decimal(j, "cost_per_month", s->cost_per_month, w->places);
    json_value(j, "vs_best", (struct value){.kind = s->has_vs_best ? VALUE_FIXED : VALUE_NONE, .fixed = s->vs_best});
    json_close(j);
}

static void write_site_rules(struct json_out *j, const struct site *s)
{
    json_text(j, "id", s->id);
    json_text(j, "provider", s->provider);
    json_text(j, "name_en", s->name_en);
    json_text(j, "name_zh", s->name_zh);
    json_text(j, "station", s->station);
    json_text(j, "contract_entity", s->contract_entity);
    json_text(j, "payee_country", s->payee_country);
}

static void write_site_shared(struct json_writer *w)
{
    json_open_array(&w->j, "taxes", false);
    for (size_t i = 0; i < w->taxes.n; i++)
        json_tax(&w->j, w->taxes.v[i]);
    json_close(&w->j);
    json_open_array(&w->j, "pools", false);
    for (size_t i = 0; i < w->pools.n; i++)
        json_pool(&w->j, w->pools.v[i]);
    json_close(&w->j);
}

/* Where the lines of each part stand among those of the plan. */
static void write_part(struct json_writer *w, const struct site_estimate *part, size_t first)
{
    struct json_out *j = &w->j;
    json_open_object(j, NULL, false);
    json_text(j, "site", part->column);
    write_site_rules(j, part->site);
    write_buyer(j, part->buyer);
    write_region(j, part->region);
    json_text(j, "status", site_status_names[part->status]);
    write_site_totals(w, part);
    json_int(j, "first_line", (long)first);
    json_int(j, "lines", (long)part->nlines);
    json_close(j);
}

static void write_plan(struct json_writer *w, const struct plan_estimate *p)
{
    struct json_out *j = &w->j;
    json_open_object(j, "plan", false);
    json_text(j, "best_site", p->best[0] != '\0' ? p->best : NULL);
    if (p->best[0] != '\0')
        json_decimal(j, "difference", p->difference, w->places);
    else
        json_null(j, "difference");
    json_decimal(j, "borne_twice", p->twice, w->places);
    json_open_array(j, "parts", false);
    for (size_t i = 0; i < p->nparts; i++)
        write_part(w, &p->parts[i], p->first[i]);
    json_close(j);
    json_close(j);
}

static void write_site(struct json_writer *w, const struct site_estimate *s)
{
    struct json_out *j = &w->j;
    w->taxes = w->pools = (struct json_shared){0};
    json_open_object(j, NULL, false);
    json_text(j, "site", s->column);
    write_site_rules(j, s->site);
    write_buyer(j, s->plan ? NULL : s->buyer);
    write_region(j, s->region);
    json_open_array(j, "other_regions", true);
    for (size_t i = 0; i < s->nother_regions; i++)
        json_text(j, NULL, s->other_regions[i]->id);
    json_close(j);
    json_text(j, "status", site_status_names[s->status]);
    if (s->rank > 0)
        json_int(j, "rank", s->rank);
    else
        json_null(j, "rank");
    json_texts(j, "reasons", s->reasons, s->nreasons);
    json_texts(j, "notes", s->notes, s->nnotes);
    json_day(j, "oldest_price", s->oldest_price);
    write_site_totals(w, s);
    json_open_array(j, "lines", false);
    for (size_t i = 0; i < s->nlines; i++)
        json_line(w, &s->lines[i]);
    json_close(j);
    write_site_shared(w);
    if (s->plan)
        write_plan(w, s->plan);
    json_close(j);
}

static int write_json(const struct estimate *e, const struct report_options *opt, struct buf *out, struct err *err)
{
    struct json_writer w = {.j = {.out = out}, .e = e, .places = e->minor_units};
    if (opt->view == VIEW_COMMITMENTS)
        return json_ways(&w, opt, err);
    json_open_object(&w.j, NULL, false);
    json_text(&w.j, "schema", "tco-estimate/1");
    write_scenario(&w);
    write_snapshots(&w);
    write_rates(&w);
    json_open_array(&w.j, "sites", false);
    for (size_t i = 0; i < e->nsites; i++)
        write_site(&w, &e->sites[i]);
    json_close(&w.j);
    json_close(&w.j);
    arena_free(&w.arena);
    return w.failed || out->failed ? err_nomem(err) : 0;
}

const struct report json_report = {
    .name = "json",
    .about = "everything, with every operand",
    .write = write_json,
};
