/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A simulation for a terminal. Net present value first, as it ranks; cost below where that is another figure.
 */
#include "calc/grid.h"
#include "calc/risk_view.h"
#include "calc/wrap.h"

#include <string.h>

enum { SITE_WIDTH = 28, INDENT = 2 };

struct page {
    const struct risk_report *r;
    struct phrases *p;
    bool color;
    struct buf *out;
};

static void heading(struct page *g, const char *text)
{
    buf_putc(g->out, '\n');
    style_puts(g->out, STYLE_BOLD, g->color, text);
    buf_putc(g->out, '\n');
}

static void finish(struct page *g, struct grid *grid)
{
    grid_fit(grid);
    grid_write(grid, g->color, g->out);
    g->p->failed = g->p->failed || grid->failed;
}

static const char *amount(struct page *g, dec_t v)
{
    return say_amount(g->p, v, g->r->e->minor_units);
}

/* ---- the figures */

enum column { NAME, MEAN, ERROR, P10, P50, P90, CHEAPEST, REGRET, COLUMNS };

static void figure_row(struct page *g, const struct risk_figure *f, size_t site, struct grid *grid)
{
    struct grid_row *row = grid_row(grid);
    if (!row)
        return;
    row->cells[NAME] = say_site(g->p, g->r->sites[site]);
    if (!f->known) {
        row->cells[MEAN] = "?";
        return;
    }
    row->cells[MEAN] = amount(g, f->mean);
    row->cells[ERROR] = f->has_spread ? amount(g, f->standard_error) : "?";
    row->cells[P10] = amount(g, f->p10);
    row->cells[P50] = amount(g, f->p50);
    row->cells[P90] = amount(g, f->p90);
    row->cells[CHEAPEST] = say_percent1(g->p, f->cheapest);
    row->cells[REGRET] = amount(g, f->regret);
}

static void figures(struct page *g, const struct risk_figures *f, enum text_id title)
{
    const struct grid_column columns[COLUMNS] = {
        [NAME] = {.title = say_plain(g->p, TEXT_SITE), .max_width = SITE_WIDTH},
        [MEAN] = {.title = say_plain(g->p, TEXT_RISK_MEAN), .right = true, .drop = 1},
        [ERROR] = {.title = say_plain(g->p, TEXT_RISK_ERROR), .right = true, .drop = 3},
        [P10] = {.title = "P10", .right = true},
        [P50] = {.title = "P50", .right = true},
        [P90] = {.title = "P90", .right = true},
        [CHEAPEST] = {.title = say_plain(g->p, TEXT_RISK_CHEAPEST), .right = true},
        [REGRET] = {.title = say_plain(g->p, TEXT_RISK_REGRET), .right = true, .drop = 2},
    };
    struct grid grid;
    heading(g, say_plain(g->p, title));
    grid_init(&grid, &g->p->arena, columns, COLUMNS, g->r->nsites);
    for (size_t i = 0; i < g->r->nsites; i++)
        figure_row(g, &f->offer[i], i, &grid);
    finish(g, &grid);
}

/* ---- pairs */

/* Sites are numbered in the columns, where their names have no room. */
static void pair_row(struct page *g, const struct risk_figures *f, size_t a, struct grid *grid)
{
    struct grid_row *row = grid_row(grid);
    if (!row)
        return;
    row->cells[0] = say_joined(g->p, say_count(g->p, (long)a + 1), "  ", say_site(g->p, g->r->sites[a]));
    for (size_t b = 0; b + 1 < grid->ncolumns; b++)
        if (a != b)
            row->cells[b + 1] =
                f->offer[a].known && f->offer[b].known ? say_percent1(g->p, f->below[a * g->r->nsites + b]) : "?";
}

static void pairs(struct page *g, const struct risk_figures *f)
{
    size_t n = g->r->nsites;
    struct grid grid;
    struct grid_column *columns = arena_array(&g->p->arena, n + 1, sizeof *columns);
    if (n < 2)
        return;
    if (!columns) {
        g->p->failed = true;
        return;
    }
    columns[0] = (struct grid_column){.title = say_plain(g->p, TEXT_SITE), .max_width = SITE_WIDTH};
    for (size_t i = 0; i < n; i++)
        columns[i + 1] =
            (struct grid_column){.title = say_count(g->p, (long)i + 1), .right = true, .drop = i == 0 ? 0 : (int)i};
    heading(g, say_plain(g->p, TEXT_RISK_PAIRS));
    grid_init(&grid, &g->p->arena, columns, n + 1, n);
    for (size_t i = 0; i < n; i++)
        pair_row(g, f, i, &grid);
    finish(g, &grid);
}

/* ---- bars */

/* One character a bin: the fuller, the darker, against the fullest bin of the site. */
static const char *bar(struct page *g, const struct risk_figure *f)
{
    static const char shades[] = " .:-=+*#";
    char text[RISK_BINS + 3] = "|";
    uint64_t most = 1, last = sizeof shades - 2;
    for (int k = 0; k < RISK_BINS; k++)
        most = f->bins[k] > most ? f->bins[k] : most;
    for (int k = 0; k < RISK_BINS; k++)
        text[k + 1] = shades[(f->bins[k] * last + most - 1) / most];
    text[RISK_BINS + 1] = '|';
    return say_joined(g->p, text, "");
}

static void bars(struct page *g, const struct risk_figures *f)
{
    const char *code = g->r->e->scenario->currency;
    const struct grid_column columns[] = {
        {.title = say_plain(g->p, TEXT_SITE), .max_width = SITE_WIDTH},
        {.title = say(g->p, TEXT_RISK_BARS, amount(g, f->low), say_money(g->p, f->high, code)), .right = false},
    };
    struct grid grid;
    buf_putc(g->out, '\n');
    grid_init(&grid, &g->p->arena, columns, 2, g->r->nsites);
    for (size_t i = 0; i < g->r->nsites; i++) {
        struct grid_row *row = grid_row(&grid);
        if (!row)
            break;
        row->cells[0] = say_site(g->p, g->r->sites[i]);
        row->cells[1] = f->offer[i].known ? bar(g, &f->offer[i]) : "?";
    }
    finish(g, &grid);
}

/* ---- what was drawn */

static void note(struct page *g, const char *text)
{
    wrap_text(g->out, text, "- ", INDENT, GRID_WIDTH);
}

static void rate_notes(struct page *g)
{
    const struct risk_report *r = g->r;
    struct phrases *p = g->p;
    for (size_t i = 0; i < r->ncurrencies; i++) {
        const char *pair = say_joined(p, r->currencies[i], "/", r->e->scenario->currency);
        const char *start = say_rate(p, r->rates[i]), *volatility = say_percent(p, r->told.volatility[i]);
        if (r->asked->fx.kind == RISK_FX_HISTORY)
            note(g, say(p, TEXT_RISK_RATE_HISTORY, pair, start, say_percent(p, r->told.drift[i]), volatility,
                        say_day(p, r->from), say_day(p, r->to), say_count(p, (long)r->days),
                        say_rate_source(p, r->e->scenario->fx_source)));
        else
            note(g, say(p, TEXT_RISK_RATE_VOLATILITY, pair, start, volatility));
    }
    if (r->ncurrencies > 1)
        note(g, say_plain(p, r->asked->fx.kind == RISK_FX_HISTORY ? TEXT_RISK_CORRELATED : TEXT_RISK_INDEPENDENT));
}

static const char *value_text(struct page *g, const struct uncertain *u)
{
    return say_joined(g->p, "[", say_clean(g->p, u->section), "] ", say_clean(g->p, u->key), " = ",
                      say_clean(g->p, u->text));
}

static void value_notes(struct page *g)
{
    const struct risk_report *r = g->r;
    for (size_t i = 0; i < r->ndrawn; i++)
        note(g, say(g->p, r->drawn[i].told ? TEXT_RISK_VALUE : TEXT_RISK_NO_EFFECT, value_text(g, r->drawn[i].u)));
    if (r->has_off)
        note(g, say(g->p, TEXT_RISK_TRIED, say_count(g->p, r->tries),
                    say_percent(g->p, dec_round(r->off_most, 6, DEC_CEIL))));
}

static void price_note(struct page *g)
{
    const struct value *change = &g->r->asked->price_change;
    const char *names = "";
    for (size_t i = 0; i < g->r->nproviders; i++)
        names = say_joined(g->p, names, i > 0 ? ", " : "", g->r->providers[i]);
    if (change->kind != VALUE_NONE && g->r->nproviders == 0)
        note(g, say_plain(g->p, TEXT_RISK_NO_STEP));
    if (g->r->nproviders > 0)
        note(g, say(g->p, TEXT_RISK_PRICES,
                    change->uncertain ? say_clean(g->p, change->uncertain->text) : say_percent(g->p, change->fixed),
                    names));
}

/* What a spend commitment falls short of is priced with every value, but prices that step leave it alone. */
static bool has_shortfall(const struct risk_report *r)
{
    for (size_t i = 0; i < r->nsites; i++)
        for (size_t k = 0; k < r->sites[i]->nlines; k++)
            if (r->sites[i]->lines[k].shortfall)
                return true;
    return false;
}

static void site_notes(struct page *g)
{
    const struct estimate *e = g->r->e;
    if (g->r->nproviders > 0 && has_shortfall(g->r))
        note(g, say_plain(g->p, TEXT_RISK_SHORTFALL));
    for (size_t i = 0; i < g->r->nsites; i++)
        if (g->r->unpriced[i])
            note(g, say(g->p, TEXT_RISK_UNPRICED, say_site(g->p, g->r->sites[i]), say_clean(g->p, g->r->unpriced[i])));
    for (size_t i = 0; i < e->nsites; i++)
        if (e->sites[i].rank == 0)
            note(g, say(g->p, TEXT_RISK_UNRANKED, say_site(g->p, &e->sites[i])));
}

static void title(struct page *g)
{
    const struct scenario *s = g->r->e->scenario;
    char seed[DEC_TEXT];
    dec_format(dec_int64(g->r->asked->seed), 0, seed);
    const char *text = say(g->p, TEXT_RISK_TITLE, say_clean(g->p, s->name), say_count(g->p, g->r->asked->paths),
                           draws_name(g->r->asked->method), say_joined(g->p, seed, ""), s->currency,
                           say_month_count(g->p, s->months), say_month(g->p, s->start));
    for (const char *rest = text; *rest != '\0';) { /* a long name takes several lines */
        size_t n = wrap_line(rest, GRID_WIDTH);
        style_puts(g->out, STYLE_BOLD, g->color, say_first(g->p, rest, n));
        buf_putc(g->out, '\n');
        rest += n;
        rest += strspn(rest, " ");
    }
}

static bool npv_is_cost(const struct scenario *s)
{
    return s->discount_rate.kind == VALUE_NONE || dec_sign(s->discount_rate.fixed) == 0;
}

void risk_table(const struct risk_report *r, struct phrases *p, bool color, struct buf *out)
{
    struct page g = {r, p, color, out};
    bool one = npv_is_cost(r->e->scenario);
    title(&g);
    figures(&g, &r->told.npv, one ? TEXT_RISK_COST_ONE : TEXT_RISK_NPV);
    bars(&g, &r->told.npv);
    pairs(&g, &r->told.npv);
    if (!one)
        figures(&g, &r->told.cost, TEXT_RISK_COST);
    heading(&g, say_plain(p, TEXT_RISK_DRAWN));
    rate_notes(&g);
    price_note(&g);
    value_notes(&g);
    site_notes(&g);
    note(&g, say_plain(p, TEXT_RISK_LEGEND));
}
