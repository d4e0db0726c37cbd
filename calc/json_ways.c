/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * --format json --view commitments: every way to buy each resource of each site. The form is
 * fixtures/schema/commitments.schema.json, and every key is always there.
 */
#include "calc/json_parts.h"
#include "calc/ways.h"

static void write_facts(struct json_writer *w, const struct way *v)
{
    struct json_out *j = &w->j;
    json_decimal(j, "cash_upfront", v->upfront, w->places);
    json_decimal(j, "monthly_cost", v->monthly, w->places);
    json_decimal(j, "cost", v->cost, w->places);
    json_decimal(j, "npv", v->npv, w->places);
    json_value(j, "break_even",
               (struct value){.kind = v->has_break_even ? VALUE_FIXED : VALUE_NONE, .fixed = v->break_even});
    if (v->payback > 0)
        json_int(j, "payback_month", v->payback);
    else
        json_null(j, "payback_month");
    json_decimal(j, "unused_cost", v->unused_cost, w->places);
    json_int(j, "renewals", v->renewals);
}

static void write_amount(struct json_writer *w, const struct way_amount *a)
{
    struct json_out *j = &w->j;
    if (!a) {
        json_null(j, "amount");
        return;
    }
    json_open_object(j, "amount", false);
    json_decimal(j, "critical_ratio", a->ratio, 0);
    json_decimal(j, "quantity", a->quantity, 0);
    json_decimal(j, "cost", a->cost, w->places);
    json_decimal(j, "on_demand_cost", a->on_demand, w->places);
    json_value(j, "most_quantity", (struct value){.kind = a->has_all ? VALUE_FIXED : VALUE_NONE, .fixed = a->most});
    if (a->has_all)
        json_decimal(j, "most_cost", a->all, w->places);
    else
        json_null(j, "most_cost");
    json_close(j);
}

static void write_way(struct json_writer *w, const struct way *v)
{
    struct json_out *j = &w->j;
    json_open_object(j, NULL, false);
    json_text(j, "charge", v->charge);
    json_boolean(j, "on_demand", v->on_demand);
    json_text(j, "sku", v->offer->sku);
    json_text(j, "status", line_status_names[v->status]);
    json_boolean(j, "best", v->best);
    if (v->status == LINE_PRICED || v->status == LINE_STALE) {
        json_open_object(j, "facts", false);
        write_facts(w, v);
        json_close(j);
    } else {
        json_null(j, "facts");
    }
    write_amount(w, v->amount);
    json_text(j, "source", v->offer->source->id);
    json_day(j, "as_of", v->offer->as_of);
    json_close(j);
}

static void write_resource(struct json_writer *w, const struct line_ways *ways)
{
    struct json_out *j = &w->j;
    json_open_object(j, NULL, false);
    json_text(j, "line", ways->resource->label);
    json_text(j, "kind", kind_table[ways->resource->kind].name);
    json_open_array(j, "ways", false);
    for (size_t i = 0; i < ways->n; i++)
        write_way(w, &ways->v[i]);
    json_close(j);
    json_close(j);
}

static void write_site(struct json_writer *w, const struct site_estimate *s)
{
    struct json_out *j = &w->j;
    json_open_object(j, NULL, false);
    json_text(j, "site", s->column);
    json_text(j, "region", s->region ? s->region->id : NULL);
    json_text(j, "status", site_status_names[s->status]);
    json_texts(j, "reasons", s->reasons, s->nreasons);
    json_open_array(j, "resources", false);
    for (size_t i = 0; i < s->nways; i++)
        write_resource(w, &s->ways[i]);
    json_close(j);
    json_close(j);
}

static void write_scenario(struct json_writer *w)
{
    const struct scenario *s = w->e->scenario;
    struct json_out *j = &w->j;
    char start[DATE_TEXT];
    month_format(s->start, start);
    json_text(j, "scenario", s->name);
    json_text(j, "start", start);
    json_int(j, "months", s->months);
    json_text(j, "currency", s->currency);
    json_value(j, "discount_rate", s->discount_rate);
    json_day(j, "as_of", s->as_of);
}

int json_ways(struct json_writer *w, const struct report_options *opt, struct err *err)
{
    struct json_out *j = &w->j;
    json_open_object(j, NULL, false);
    json_text(j, "schema", "tco-commitments/1");
    write_scenario(w);
    json_open_array(j, "sites", false);
    for (size_t i = 0; i < w->e->nsites; i++)
        if (report_takes(opt, &w->e->sites[i]))
            write_site(w, &w->e->sites[i]);
    json_close(j);
    json_close(j);
    return j->out->failed ? err_nomem(err) : 0;
}
