/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * --view scenarios --format csv: a row for each scenario and site. An empty cell means unknown.
 */
#include "calc/csv_columns.h"
#include "calc/whatif.h"

static void cell(struct buf *out, bool known, dec_t value, int places)
{
    buf_putc(out, ',');
    if (known)
        csv_decimal(out, value, places);
}

static void text(struct buf *out, const char *value)
{
    buf_putc(out, ',');
    csv_text(out, value);
}

/* Per cent with two decimals, half-up. */
static void more_cells(struct buf *out, const struct whatif_more *m, int places)
{
    cell(out, m->known, m->more, places);
    cell(out, m->has_share, m->has_share ? dec_round(dec_muln(m->share, 100), 2, DEC_HALF_UP) : DEC_ZERO, 2);
}

static void write_row(struct buf *out, const struct whatif_row *r)
{
    const struct site_estimate *s = r->site, *best = whatif_best(r->of);
    int places = r->of->estimate.minor_units;
    csv_text(out, r->of->name);
    text(out, s->column);
    text(out, site_status_names[s->status]);
    buf_putc(out, ',');
    if (s->rank > 0)
        buf_printf(out, "%d", s->rank);
    text(out, best ? best->column : "");
    text(out, r->of->scenario.currency);
    cell(out, s->has_totals, s->m.cost, places);
    cell(out, s->has_totals, s->npv, places);
    more_cells(out, &r->cost, places);
    more_cells(out, &r->npv, places);
    buf_putc(out, '\n');
}

int whatif_csv(const struct whatifs *w, const struct report_options *opt, struct buf *out, struct err *err)
{
    if (opt->bom)
        buf_puts(out, "\xEF\xBB\xBF");
    buf_puts(out, "scenario,site,status,rank,best_site,currency,cost,npv,cost_vs_base,cost_vs_base_pct,npv_vs_base,"
                  "npv_vs_base_pct\n");
    for (size_t i = 0; i < w->n; i++)
        for (size_t k = 0; k < w->v[i].estimate.nsites; k++) {
            const struct whatif_row row = whatif_row(w, &w->v[i], &w->v[i].estimate.sites[k]);
            write_row(out, &row);
        }
    return out->failed ? err_nomem(err) : 0;
}
