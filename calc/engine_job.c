/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The way through an export: the workload, then each site of the comparison with what an estimate knows of it.
 */
#include "calc/engine_job.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int engine_refuse(const struct engine_job *j, const struct resource *r, const char *what, struct err *err)
{
    return err_set(err, ERR_USAGE, "%s:%d: %s %s: %s", j->scenario->file, r->line, kind_table[r->kind].name, r->name,
                   what);
}

/* ---- the workload */

static int check_charge(const struct engine_job *j, const struct resource *r, struct err *err)
{
    enum charge_kind kind = r->charge.kind;
    if (r->profile)
        return engine_refuse(j, r, "a count that is a profile cannot be exported: it does not scale", err);
    if (kind == CHARGE_ON_DEMAND || kind == CHARGE_PREPAID || kind == CHARGE_SPOT)
        return 0;
    char what[128];
    snprintf(what, sizeof what, "charge '%s' cannot be exported (known: on-demand, prepaid, spot)", charge_names[kind]);
    return engine_refuse(j, r, what, err);
}

/* The place of a line among all, by name: a tie within a pool goes to the first. */
static long place_of(const struct scenario *s, size_t at)
{
    long no = 1;
    for (size_t i = 0; i < s->nresources; i++)
        no += strcmp(s->resources[i].label, s->resources[at].label) < 0;
    return no;
}

static void put_line(struct engine_job *j, size_t at)
{
    const struct resource *r = &j->scenario->resources[at];
    struct engine_rows *rows = &j->rows;
    const struct quantity_list *q = &j->items[at];
    dec_t hours = r->hours.kind != VALUE_NONE ? r->hours.fixed : j->scenario->hours.fixed;
    engine_put_int(rows, ENGINE_LINES, j->line_no[at]);
    engine_put_text(rows, ENGINE_LINES, r->label);
    engine_put_text(rows, ENGINE_LINES, arena_printf(&j->arena, "%s %s", kind_table[r->kind].name, r->name));
    engine_put_big(rows, ENGINE_LINES, r->count.fixed.v);
    engine_put_big(rows, ENGINE_LINES, hours.v);
    engine_end_row(rows, ENGINE_LINES);
    for (size_t i = 0; i < q->n; i++) {
        char month[DATE_TEXT];
        month_format(month_add(j->scenario->start, q->v[i].first), month);
        engine_put_int(rows, ENGINE_MONTHS, j->line_no[at]);
        engine_put_int(rows, ENGINE_MONTHS, q->v[i].first);
        engine_put_text(rows, ENGINE_MONTHS, month);
        engine_put_big(rows, ENGINE_MONTHS, q->v[i].quantity.v);
        engine_end_row(rows, ENGINE_MONTHS);
    }
}

static int export_workload(struct engine_job *j, struct err *err)
{
    const struct scenario *s = j->scenario;
    j->items = calloc(s->nresources + 1, sizeof *j->items);
    j->line_no = arena_array(&j->arena, s->nresources + 1, sizeof *j->line_no);
    if (!j->items || !j->line_no)
        return err_nomem(err);
    if (s->nresources == 0)
        return err_set(err, ERR_USAGE, "%s: no resource to export", s->file);
    for (size_t i = 0; i < s->nresources; i++) {
        const struct resource *r = &s->resources[i];
        dec_t rate = r->growth.rate.kind == VALUE_NONE ? DEC_ZERO : r->growth.rate.fixed;
        if (check_charge(j, r, err) || growth_runs(DEC_ONE, rate, r->growth.per_year, s->months, &j->items[i], err))
            return -1;
        j->line_no[i] = place_of(s, i);
        put_line(j, i);
    }
    return 0;
}

/* ---- sites */

static const struct site_estimate *estimate_of(const struct engine_job *j, const struct site_ref *ref)
{
    for (size_t i = 0; i < j->estimate->nsites; i++) {
        const struct site_estimate *e = &j->estimate->sites[i];
        if (e->quote == ref->quote && !strcmp(e->site->id, ref->site) && !strcmp(e->buyer->name, ref->buyer))
            return e;
    }
    return NULL;
}

static int check_site(const struct engine_job *j, const struct site_estimate *e, struct err *err)
{
    const char *file = j->scenario->file;
    if (scenario_commit(j->scenario, e->site->id))
        return err_set(err, ERR_USAGE, "%s: %s: a spend commitment cannot be exported: what it owes hangs on all lines",
                       file, e->column);
    if (e->quote)
        return err_set(err, ERR_USAGE, "%s: %s: prices of a received quote cannot be exported", file, e->column);
    if (!e->has_totals)
        return err_set(err, ERR_INCOMPLETE, "%s: %s cannot be exported: %s (leave it out of [compare] sites)", file,
                       e->column, e->nreasons ? e->reasons[0] : site_status_names[e->status]);
    if (e->nother_regions > 0)
        return err_set(err, ERR_USAGE,
                       "%s: %s: which region is the cheapest hangs on the scenario (choose one: region.%s = %s)", file,
                       e->column, e->site->id, e->region->id);
    return 0;
}

static void put_site(const struct engine_site *w)
{
    struct engine_rows *r = &w->job->rows;
    const struct site_estimate *e = w->estimate;
    engine_put_int(r, ENGINE_SITES, w->no);
    engine_put_text(r, ENGINE_SITES, e->column);
    engine_put_text(r, ENGINE_SITES, e->site->id);
    engine_put_text(r, ENGINE_SITES, e->buyer->name);
    engine_put_text(r, ENGINE_SITES, e->region->id);
    engine_put_text(r, ENGINE_SITES, w->job->scenario->currency);
    engine_put_int(r, ENGINE_SITES, w->pricing.budget_places);
    engine_put_int(r, ENGINE_SITES, (long)w->nlines);
    engine_end_row(r, ENGINE_SITES);
}

static void open_site(struct engine_site *w)
{
    struct engine_job *j = w->job;
    const struct site_estimate *e = w->estimate;
    w->payment = scenario_paying(j->scenario, e->site->id);
    w->tax = (struct tax_context){.rules = j->rules,
                                  .site = e->site,
                                  .buyer = e->buyer,
                                  .arena = &j->arena,
                                  .start = j->scenario->start,
                                  .nrows = j->scenario->months + TERM_MAX};
    w->pricing = (struct pricing){.scenario = j->scenario,
                                  .rules = j->rules,
                                  .site = e->site,
                                  .buyer = e->buyer,
                                  .region = e->region,
                                  .payment = &w->payment,
                                  .fx = &j->fx,
                                  .tax = &w->tax,
                                  .items = j->items,
                                  .budget_places = engine_places(j, j->scenario->currency)};
}

/* The lines of the site with the offers that count. */
static int collect_lines(struct engine_site *w, struct err *err)
{
    struct engine_job *j = w->job;
    const struct scenario *s = j->scenario;
    w->lines = arena_array(&j->arena, s->nresources, sizeof *w->lines);
    if (!w->lines)
        return err_nomem(err);
    for (size_t i = 0; i < s->nresources; i++) {
        const struct resource *r = &s->resources[i];
        if (!sites_take(r->sites, r->nsites, w->pricing.site->id, w->pricing.buyer->name))
            continue;
        struct engine_line *l = &w->lines[w->nlines++];
        *l = (struct engine_line){.resource = r, .no = j->line_no[i]};
        if (engine_offers(w, l, err))
            return -1;
    }
    return 0;
}

/* Decimals of list_cost: the most of any currency that is priced in. */
static void note_places(struct engine_job *j, const struct engine_site *w)
{
    for (size_t i = 0; i < w->nlines; i++)
        for (size_t k = 0; k < w->lines[i].n; k++) {
            int places = engine_places(j, w->lines[i].v[k].offer->currency);
            j->list_places = places > j->list_places ? places : j->list_places;
        }
}

static int export_sites(struct engine_job *j, struct err *err)
{
    const struct scenario *s = j->scenario;
    struct engine_site *v = arena_array(&j->arena, s->nsites, sizeof *v);
    size_t n = 0;
    if (!v)
        return err_nomem(err);
    for (size_t i = 0; i < s->nsites; i++) {
        const struct site_estimate *e = estimate_of(j, &s->sites[i]);
        if (!e || e->status == SITE_INELIGIBLE)
            continue;
        struct engine_site *w = &v[n++];
        *w = (struct engine_site){.job = j, .no = (long)n, .estimate = e};
        if (check_site(j, e, err))
            return -1;
        open_site(w);
        if (collect_lines(w, err) || engine_pools(w, err))
            return -1;
        note_places(j, w);
    }
    if (n == 0)
        return err_set(err, ERR_INCOMPLETE, "%s: no site of [compare] sites takes the buyer", s->file);
    for (size_t i = 0; i < n; i++) {
        put_site(&v[i]);
        if (engine_fees(&v[i], err) || engine_steps(&v[i], err))
            return -1;
        engine_costs(&v[i]);
    }
    return 0;
}

int engine_job_run(struct engine_job *j, const struct scenario *s, const struct rules *r, struct catalogue *c,
                   const struct estimate *e, struct err *err)
{
    j->scenario = s;
    j->rules = r;
    j->estimate = e;
    j->kept = (struct kept){.catalogue = c, .rules = r, .arena = &j->arena};
    j->fx = (struct fx){.catalogue = c,
                        .kept = &j->kept,
                        .arena = &j->arena,
                        .source = s->fx_source,
                        .on = s->as_of,
                        .max_age = s->fx_max_age,
                        .budget = s->rates,
                        .nbudget = s->nrates};
    j->shelves = (struct shelves){.kept = &j->kept, .arena = &j->arena, .rules = r, .scenario = s};
    engine_rows_begin(&j->rows);
    if (export_workload(j, err) || export_sites(j, err))
        return -1;
    return engine_rows_failed(&j->rows) ? err_nomem(err) : 0;
}

void engine_job_free(struct engine_job *j)
{
    for (size_t i = 0; j->items && i < j->scenario->nresources; i++)
        quantity_free(&j->items[i]);
    free(j->items);
    engine_rows_free(&j->rows);
    arena_free(&j->scratch[0]);
    arena_free(&j->scratch[1]);
    arena_free(&j->arena);
}
