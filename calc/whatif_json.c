/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * --view scenarios --format json. Amounts are strings; what is unknown is null; every key is always there.
 */
#include "calc/json_out.h"
#include "calc/whatif.h"

#define SCHEMA "tco-scenarios/1"

static void number(struct json_out *j, const char *key, bool known, dec_t n, int places)
{
    if (known)
        json_decimal(j, key, n, places);
    else
        json_null(j, key);
}

/* Per cent with two decimals, half-up. */
static void percent(struct json_out *j, const char *key, bool known, dec_t share)
{
    number(j, key, known, known ? dec_round(dec_muln(share, 100), 2, DEC_HALF_UP) : DEC_ZERO, 2);
}

static void write_site(struct json_out *j, const struct whatif_row *r)
{
    const struct site_estimate *s = r->site;
    int places = r->of->estimate.minor_units;
    json_open_object(j, NULL, false);
    json_text(j, "site", s->column);
    json_text(j, "status", site_status_names[s->status]);
    if (s->rank > 0)
        json_int(j, "rank", s->rank);
    else
        json_null(j, "rank");
    number(j, "cost", s->has_totals, s->m.cost, places);
    number(j, "npv", s->has_totals, s->npv, places);
    number(j, "cost_vs_base", r->cost.known, r->cost.more, places);
    percent(j, "cost_vs_base_pct", r->cost.has_share, r->cost.share);
    number(j, "npv_vs_base", r->npv.known, r->npv.more, places);
    percent(j, "npv_vs_base_pct", r->npv.has_share, r->npv.share);
    json_close(j);
}

static void write_scenario(struct json_out *j, const struct whatifs *w, const struct whatif *of)
{
    const struct site_estimate *best = whatif_best(of);
    char start[DATE_TEXT];
    month_format(of->scenario.start, start);
    json_open_object(j, NULL, false);
    json_text(j, "name", of->name);
    json_text(j, "changes", of->changes);
    json_text(j, "start", start);
    json_int(j, "months", of->scenario.months);
    json_text(j, "currency", of->scenario.currency);
    json_text(j, "best_site", best ? best->column : NULL);
    json_open_array(j, "sites", false);
    for (size_t i = 0; i < of->estimate.nsites; i++) {
        const struct whatif_row row = whatif_row(w, of, &of->estimate.sites[i]);
        write_site(j, &row);
    }
    json_close(j);
    json_close(j);
}

int whatif_json(const struct whatifs *w, const struct report_options *opt, struct buf *out, struct err *err)
{
    struct json_out j = {.out = out};
    (void)opt;
    json_open_object(&j, NULL, false);
    json_text(&j, "schema", SCHEMA);
    json_text(&j, "file", w->v[0].scenario.file);
    json_day(&j, "as_of", w->v[0].scenario.as_of);
    json_open_array(&j, "scenarios", false);
    for (size_t i = 0; i < w->n; i++)
        write_scenario(&j, w, &w->v[i]);
    json_close(&j);
    json_close(&j);
    return out->failed ? err_nomem(err) : 0;
}
