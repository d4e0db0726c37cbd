/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A row for each site and figure (npv, cost). The bins are equal and the same for all sites: bin_1 begins at
 * bins_low, bin_20 ends at bins_high.
 */
#include "calc/csv.h"
#include "calc/csv_columns.h"
#include "calc/risk_view.h"

#include <inttypes.h>

enum { SHARE_PLACES = 6 };

static void write_header(struct buf *out)
{
    buf_puts(out,
             "scenario,site,figure,currency,paths,method,seed,estimate,mean,standard_error,deviation,least,p10,p50,"
             "p90,most,cheapest,regret,below,rates,bins_low,bins_high");
    for (int k = 1; k <= RISK_BINS; k++)
        buf_printf(out, ",bin_%d", k);
    buf_putc(out, '\n');
}

static void put(struct buf *out, bool known, dec_t v, int places)
{
    if (known)
        csv_decimal(out, v, places);
    buf_putc(out, ',');
}

static void put_text(struct buf *out, const char *text)
{
    csv_text(out, text);
    buf_putc(out, ',');
}

/* "tencent-cn 0.731200; aws-cn 1" */
static void put_below(const struct risk_report *r, const struct risk_figures *f, size_t site, struct buf *out)
{
    struct buf text = {0};
    for (size_t i = 0; f->offer[site].known && i < r->nsites; i++) {
        char share[DEC_TEXT];
        if (i == site || !f->offer[i].known)
            continue;
        dec_format(f->below[site * r->nsites + i], 0, share);
        buf_printf(&text, "%s%s %s", text.n > 0 ? "; " : "", r->sites[i]->column, share);
    }
    put_text(out, text.n > 0 ? text.v : "");
    out->failed = out->failed || text.failed;
    buf_free(&text);
}

/* "USD/CNY 7.1 drift 0.001 volatility 0.04; ..." */
static void put_rates(const struct risk_report *r, struct buf *out)
{
    struct buf text = {0};
    for (size_t i = 0; i < r->ncurrencies; i++) {
        char rate[DEC_TEXT], drift[DEC_TEXT], volatility[DEC_TEXT];
        dec_format(r->rates[i], 0, rate);
        dec_format(r->told.drift[i], 0, drift);
        dec_format(r->told.volatility[i], 0, volatility);
        buf_printf(&text, "%s%s/%s %s drift %s volatility %s", text.n > 0 ? "; " : "", r->currencies[i],
                   r->e->scenario->currency, rate, drift, volatility);
    }
    put_text(out, text.n > 0 ? text.v : "");
    out->failed = out->failed || text.failed;
    buf_free(&text);
}

static void put_spread(const struct risk_report *r, const struct risk_figure *g, struct buf *out)
{
    int places = r->e->minor_units;
    put(out, g->known, g->mean, places);
    put(out, g->known && g->has_spread, g->standard_error, places);
    put(out, g->known && g->has_spread, g->deviation, places);
    put(out, g->known, g->least, places);
    put(out, g->known, g->p10, places);
    put(out, g->known, g->p50, places);
    put(out, g->known, g->p90, places);
    put(out, g->known, g->most, places);
    put(out, g->known, g->cheapest, SHARE_PLACES);
    put(out, g->known, g->regret, places);
}

static void write_row(const struct risk_report *r, const struct risk_figures *f, size_t i, bool npv, struct buf *out)
{
    const struct site_estimate *site = r->sites[i];
    const struct risk_figure *g = &f->offer[i];
    int places = r->e->minor_units;
    put_text(out, r->e->scenario->name);
    put_text(out, site->column);
    buf_printf(out, "%s,%s,%" PRId64 ",%s,%" PRId64 ",", npv ? "npv" : "cost", r->e->scenario->currency,
               r->asked->paths, draws_name(r->asked->method), r->asked->seed);
    put(out, true, npv ? site->npv : site->m.cost, places);
    put_spread(r, g, out);
    put_below(r, f, i, out);
    put_rates(r, out);
    put(out, true, f->low, places);
    csv_decimal(out, f->high, places);
    for (int k = 0; k < RISK_BINS; k++)
        if (g->known)
            buf_printf(out, ",%llu", (unsigned long long)g->bins[k]);
        else
            buf_putc(out, ',');
    buf_putc(out, '\n');
}

void risk_csv(const struct risk_report *r, struct buf *out)
{
    write_header(out);
    for (size_t i = 0; i < r->nsites; i++) {
        write_row(r, &r->told.npv, i, true, out);
        write_row(r, &r->told.cost, i, false, out);
    }
}
