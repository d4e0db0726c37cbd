/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * --view scenarios --format table: the best site of each scenario, then each site in all of them, then what
 * the scenarios change.
 */
#include "calc/grid.h"
#include "calc/phrase.h"
#include "calc/whatif.h"
#include "calc/words.h"
#include "calc/wrap.h"

#include <string.h>

enum { NAME_WIDTH_MAX = 26, FIGURES_MAX = 10 };

/* drop: which figure leaves first where there is no room; 0 never. */
enum figure { SITE, SCENARIO, RANK, STATUS, CURRENCY, COST, COST_MORE, COST_SHARE, NPV, NPV_MORE };
static const struct figure_info {
    enum text_id title;
    bool right;
    int drop;
    size_t max_width;
} infos[] = {
    [SITE] = {TEXT_SITE, false, 0, NAME_WIDTH_MAX},
    [SCENARIO] = {TEXT_WHATIF_SCENARIO, false, 0, NAME_WIDTH_MAX},
    [RANK] = {TEXT_RANK, true, 0, 0},
    [STATUS] = {TEXT_STATUS, false, 2, 0},
    [CURRENCY] = {TEXT_WHATIF_CURRENCY, false, 0, 0},
    [COST] = {TEXT_COST, true, 0, 0},
    [COST_MORE] = {TEXT_WHATIF_VS_BASE, true, 0, 0},
    [COST_SHARE] = {TEXT_WHATIF_SHARE, true, 0, 0},
    [NPV] = {TEXT_NPV, true, 0, 0},
    [NPV_MORE] = {TEXT_WHATIF_VS_BASE, true, 1, 0},
};

static const enum figure best_figures[] = {SCENARIO, SITE, CURRENCY, COST, COST_MORE, COST_SHARE, NPV, NPV_MORE};
static const enum figure site_figures[] = {SITE, SCENARIO,  RANK,       STATUS, CURRENCY,
                                           COST, COST_MORE, COST_SHARE, NPV,    NPV_MORE};

struct whatif_view {
    const struct whatifs *w;
    const struct report_options *opt;
    struct phrases p;
    struct buf *out;
    bool currencies; /* there is more than one */
};

static const char *scenario_name(struct whatif_view *v, const struct whatif *of)
{
    return of == &v->w->v[0] ? say_plain(&v->p, TEXT_WHATIF_BASE) : say_clean(&v->p, of->name);
}

static const char *signed_amount(struct whatif_view *v, const struct whatif_more *m, int places)
{
    if (!m->known)
        return NULL;
    return say_joined(&v->p, dec_sign(m->more) > 0 ? "+" : "", say_amount(&v->p, m->more, places));
}

static const char *signed_share(struct whatif_view *v, const struct whatif_more *m)
{
    if (!m->has_share)
        return NULL;
    return say_joined(&v->p, dec_sign(m->share) > 0 ? "+" : "", say_percent1(&v->p, m->share));
}

static const char *status_text(struct whatif_view *v, const struct site_estimate *s)
{
    static const enum text_id names[] = {[SITE_COMPLETE] = TEXT_SITE_COMPLETE,
                                         [SITE_INCOMPLETE] = TEXT_SITE_INCOMPLETE,
                                         [SITE_STALE] = TEXT_SITE_STALE,
                                         [SITE_INELIGIBLE] = TEXT_SITE_INELIGIBLE};
    return say_plain(&v->p, names[s->status]);
}

static const char *cell(struct whatif_view *v, const struct whatif_row *r, enum figure f)
{
    const struct site_estimate *s = r->site;
    int places = r->of->estimate.minor_units;
    bool base = r->of == &v->w->v[0];
    switch (f) {
    case SITE:
        return say_site(&v->p, s);
    case SCENARIO:
        return scenario_name(v, r->of);
    case RANK:
        return s->rank > 0 ? say_count(&v->p, s->rank) : "-";
    case STATUS:
        return status_text(v, s);
    case CURRENCY:
        return v->currencies ? r->of->scenario.currency : NULL;
    case COST:
        return s->has_totals ? say_amount(&v->p, s->m.cost, places) : NULL;
    case COST_MORE:
        return base ? NULL : signed_amount(v, &r->cost, places);
    case COST_SHARE:
        return base ? NULL : signed_share(v, &r->cost);
    case NPV:
        return s->has_totals ? say_amount(&v->p, s->npv, places) : NULL;
    case NPV_MORE:
        break;
    }
    return base ? NULL : signed_amount(v, &r->npv, places);
}

static void begin(struct whatif_view *v, struct grid *g, const enum figure *figures, size_t n, size_t rows)
{
    struct grid_column columns[FIGURES_MAX] = {{0}};
    for (size_t c = 0; c < n; c++) {
        const struct figure_info *info = &infos[figures[c]];
        columns[c] = (struct grid_column){.title = say_plain(&v->p, info->title),
                                          .right = info->right,
                                          .drop = info->drop,
                                          .max_width = info->max_width};
    }
    grid_init(g, &v->p.arena, columns, n, rows);
}

static void fill(struct whatif_view *v, struct grid *g, const enum figure *figures, const struct whatif_row *r)
{
    struct grid_row *row = grid_row(g);
    for (size_t c = 0; row && c < g->ncolumns; c++)
        row->cells[c] = cell(v, r, figures[c]);
    if (row && r->site->rank == 0)
        row->style = STYLE_DIM;
}

static void finish(struct whatif_view *v, struct grid *g, enum text_id title)
{
    buf_putc(v->out, '\n');
    style_puts(v->out, STYLE_BOLD, v->opt->color, say_plain(&v->p, title));
    buf_putc(v->out, '\n');
    grid_fit(g);
    grid_write(g, v->opt->color, v->out);
    v->p.failed = v->p.failed || g->failed;
}

/* The best of a scenario against the best of the base, which may be another site. */
static struct whatif_row best_row(const struct whatifs *w, const struct whatif *of, const struct site_estimate *best)
{
    const struct site_estimate *there = whatif_best(&w->v[0]);
    struct site_estimate as_there = *best;
    if (!there)
        return (struct whatif_row){.of = of, .site = best};
    as_there.column = there->column;
    struct whatif_row r = whatif_row(w, of, &as_there);
    r.site = best;
    return r;
}

static void write_best(struct whatif_view *v)
{
    struct grid g;
    begin(v, &g, best_figures, sizeof best_figures / sizeof *best_figures, v->w->n);
    for (size_t i = 0; i < v->w->n; i++) {
        const struct whatif *of = &v->w->v[i];
        const struct site_estimate *best = whatif_best(of);
        struct grid_row *row;
        if (best) {
            const struct whatif_row r = best_row(v->w, of, best);
            fill(v, &g, best_figures, &r);
        } else if ((row = grid_row(&g)) != NULL) {
            row->cells[0] = scenario_name(v, of);
            row->cells[1] = say_plain(&v->p, TEXT_WHATIF_NONE);
        }
    }
    finish(v, &g, TEXT_WHATIF_BEST);
}

/* Sites in the order of the base, then those only some scenarios compare. */
static bool seen_before(const struct whatifs *w, size_t scenario, const char *column)
{
    for (size_t i = 0; i < scenario; i++)
        if (whatif_site(&w->v[i], column))
            return true;
    return false;
}

static void fill_site(struct whatif_view *v, struct grid *g, const char *column)
{
    for (size_t i = 0; i < v->w->n; i++) {
        const struct site_estimate *s = whatif_site(&v->w->v[i], column);
        if (!s)
            continue;
        const struct whatif_row r = whatif_row(v->w, &v->w->v[i], s);
        fill(v, g, site_figures, &r);
    }
}

static void write_sites(struct whatif_view *v)
{
    struct grid g;
    size_t rows = 0;
    for (size_t i = 0; i < v->w->n; i++)
        rows += v->w->v[i].estimate.nsites;
    begin(v, &g, site_figures, sizeof site_figures / sizeof *site_figures, rows);
    for (size_t i = 0; i < v->w->n; i++)
        for (size_t k = 0; k < v->w->v[i].estimate.nsites; k++) {
            const char *column = v->w->v[i].estimate.sites[k].column;
            if (!seen_before(v->w, i, column))
                fill_site(v, &g, column);
        }
    finish(v, &g, TEXT_WHATIF_SITES);
    wrap_text(v->out, say_plain(&v->p, TEXT_WHATIF_LEGEND), "", 0, GRID_WIDTH);
}

static void write_changes(struct whatif_view *v)
{
    buf_putc(v->out, '\n');
    style_puts(v->out, STYLE_BOLD, v->opt->color, say_plain(&v->p, TEXT_WHATIF_CHANGES));
    buf_putc(v->out, '\n');
    for (size_t i = 1; i < v->w->n; i++) {
        const struct whatif *of = &v->w->v[i];
        const char *text =
            say_joined(&v->p, say_clean(&v->p, of->name), say_plain(&v->p, TEXT_COLON), say_clean(&v->p, of->changes));
        wrap_text(v->out, text, "  ", 2, GRID_WIDTH);
    }
}

static void write_title(struct whatif_view *v)
{
    const struct scenario *s = &v->w->v[0].scenario;
    const char *title = say(&v->p, TEXT_WHATIF_HEADING, say_clean(&v->p, s->name), say_count(&v->p, (long)v->w->n - 1),
                            s->currency, say_day(&v->p, s->as_of));
    wrap_text(v->out, title, "", 0, GRID_WIDTH);
}

int whatif_table(const struct whatifs *w, const struct report_options *opt, struct buf *out, struct err *err)
{
    struct whatif_view v = {.w = w, .opt = opt, .p = {.lang = opt->lang, .rules = w->v[0].estimate.rules}, .out = out};
    for (size_t i = 1; i < w->n; i++)
        v.currencies = v.currencies || strcmp(w->v[i].scenario.currency, w->v[0].scenario.currency) != 0;
    write_title(&v);
    write_best(&v);
    write_sites(&v);
    write_changes(&v);
    bool failed = v.p.failed || out->failed;
    arena_free(&v.p.arena);
    return failed ? err_nomem(err) : 0;
}
