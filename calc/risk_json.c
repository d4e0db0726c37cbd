/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The form is fixtures/schema/risk.schema.json; every key is always there, what is unknown is null.
 */
#include "calc/json_out.h"
#include "calc/risk_view.h"

#include <limits.h>

enum { SHARE_PLACES = 6 };

static void decimal(struct json_out *j, const char *key, bool known, dec_t v, int places)
{
    if (known)
        json_decimal(j, key, v, places);
    else
        json_null(j, key);
}

static void write_rates(struct json_out *j, const struct risk_report *r)
{
    json_open_array(j, "rates", false);
    for (size_t i = 0; i < r->ncurrencies; i++) {
        json_open_object(j, NULL, false);
        json_text(j, "currency", r->currencies[i]);
        json_decimal(j, "start", r->rates[i], 0);
        json_decimal(j, "drift", r->told.drift[i], 0);
        json_decimal(j, "volatility", r->told.volatility[i], 0);
        json_open_array(j, "correlation", true);
        for (size_t k = 0; k < r->ncurrencies; k++)
            json_decimal(j, NULL, r->told.correlation[i * r->ncurrencies + k], 0);
        json_close(j);
        json_close(j);
    }
    json_close(j);
    json_day(j, "history_from", r->from);
    json_day(j, "history_to", r->to);
    json_int(j, "history_days", (long)r->days);
}

static void write_prices(struct json_out *j, const struct risk_report *r)
{
    const struct value *change = &r->asked->price_change;
    json_open_array(j, "price_providers", true);
    for (size_t i = 0; i < r->nproviders; i++)
        json_text(j, NULL, r->providers[i]);
    json_close(j);
    decimal(j, "price_change_mean", r->nproviders > 0, change->fixed, 0);
    json_text(j, "price_change", r->nproviders > 0 && change->uncertain ? change->uncertain->text : NULL);
}

static void write_values(struct json_out *j, const struct risk_report *r)
{
    json_open_array(j, "values", false);
    for (size_t i = 0; i < r->ndrawn; i++) {
        const struct risk_drawn *d = &r->drawn[i];
        json_open_object(j, NULL, true);
        json_text(j, "section", d->u->section);
        json_text(j, "key", d->u->key);
        json_text(j, "distribution", d->u->text);
        json_decimal(j, "mean", d->u->mean, 0);
        json_int(j, "levels", (long)d->nlevels);
        json_boolean(j, "simulated", d->told);
        json_close(j);
    }
    json_close(j);
    json_int(j, "exact_tries", r->tries);
    decimal(j, "largest_deviation", r->has_off, r->off_most, 0);
}

static void write_below(struct json_out *j, const struct risk_report *r, const struct risk_figures *f, size_t site)
{
    json_open_array(j, "below", false);
    for (size_t i = 0; i < r->nsites; i++) {
        if (i == site)
            continue;
        json_open_object(j, NULL, true);
        json_text(j, "site", r->sites[i]->column);
        decimal(j, "probability", f->offer[site].known && f->offer[i].known, f->below[site * r->nsites + i],
                SHARE_PLACES);
        json_close(j);
    }
    json_close(j);
}

static void write_bins(struct json_out *j, const struct risk_figure *g)
{
    json_open_array(j, "bins", true);
    for (int k = 0; g->known && k < RISK_BINS; k++)
        json_int(j, NULL, (long)g->bins[k]);
    json_close(j);
}

static void write_figure(struct json_out *j, const char *key, const struct risk_report *r, const struct risk_figures *f,
                         size_t site, dec_t estimate)
{
    const struct risk_figure *g = &f->offer[site];
    int places = r->e->minor_units;
    json_open_object(j, key, false);
    json_decimal(j, "estimate", estimate, places);
    decimal(j, "mean", g->known, g->mean, places);
    decimal(j, "standard_error", g->known && g->has_spread, g->standard_error, places);
    decimal(j, "deviation", g->known && g->has_spread, g->deviation, places);
    decimal(j, "least", g->known, g->least, places);
    decimal(j, "p10", g->known, g->p10, places);
    decimal(j, "p50", g->known, g->p50, places);
    decimal(j, "p90", g->known, g->p90, places);
    decimal(j, "most", g->known, g->most, places);
    decimal(j, "cheapest", g->known, g->cheapest, SHARE_PLACES);
    decimal(j, "regret", g->known, g->regret, places);
    write_below(j, r, f, site);
    write_bins(j, g);
    json_close(j);
}

static void write_bounds(struct json_out *j, const char *key, const struct risk_figures *f, int places)
{
    json_open_array(j, key, true);
    for (int k = 0; k <= RISK_BINS; k++)
        json_decimal(j, NULL, risk_bound(f, k, places), places);
    json_close(j);
}

static void write_sites(struct json_out *j, const struct risk_report *r)
{
    json_open_array(j, "sites", false);
    for (size_t i = 0; i < r->nsites; i++) {
        json_open_object(j, NULL, false);
        json_text(j, "site", r->sites[i]->column);
        json_int(j, "rank", r->sites[i]->rank);
        json_text(j, "unpriced", r->unpriced[i]);
        write_figure(j, "npv", r, &r->told.npv, i, r->sites[i]->npv);
        write_figure(j, "cost", r, &r->told.cost, i, r->sites[i]->m.cost);
        json_close(j);
    }
    json_close(j);
}

void risk_json(const struct risk_report *r, struct buf *out)
{
    struct json_out j = {.out = out};
    int places = r->e->minor_units;
    json_open_object(&j, NULL, false);
    json_text(&j, "schema", "tco-risk/1");
    json_text(&j, "scenario", r->e->scenario->name);
    json_text(&j, "currency", r->e->scenario->currency);
    json_int(&j, "paths", r->asked->paths);
    json_text(&j, "method", draws_name(r->asked->method));
    json_int(&j, "seed", r->asked->seed);
    write_rates(&j, r);
    write_prices(&j, r);
    write_values(&j, r);
    write_bounds(&j, "npv_bounds", &r->told.npv, places);
    write_bounds(&j, "cost_bounds", &r->told.cost, places);
    write_sites(&j, r);
    json_close(&j);
    buf_putc(out, '\n');
}
