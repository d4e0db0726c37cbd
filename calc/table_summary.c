/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The ranked table of sites. Figures stand in blocks: the first answers the question, the second
 * puts net, cash out and cost side by side. A figure that no longer fits its block, because
 * amounts are long, moves to the next one; none is lost, and none is cut.
 */
#include "calc/table.h"

#include "calc/wrap.h"

enum figure {
    FIGURE_RANK,
    FIGURE_SITE,
    FIGURE_STATUS,
    FIGURE_LIST,
    FIGURE_NET,
    FIGURE_TAX,
    FIGURE_WITHHELD,
    FIGURE_FEES,
    FIGURE_OTHER,
    FIGURE_CASH_OUT,
    FIGURE_RECOVERABLE,
    FIGURE_COST,
    FIGURE_NPV,
    FIGURE_PER_MONTH,
    FIGURE_VS_BEST,
    FIGURES
};

/* drop: which of them leaves first where there is no room; 0 never. What an earlier block shows already
 * leaves before all others (SHOWN). */
enum { SHOWN = 100 };

struct figure_info {
    enum text_id title;
    bool right;
    int drop;
    size_t max_width;
};

static const struct figure_info infos[FIGURES] = {
    [FIGURE_RANK] = {TEXT_RANK, true, 0, 0},
    [FIGURE_SITE] = {TEXT_SITE, false, 0, SITE_WIDTH_MAX},
    [FIGURE_STATUS] = {TEXT_STATUS, false, 2, 0},
    [FIGURE_LIST] = {TEXT_LIST, true, 3, 0},
    [FIGURE_NET] = {TEXT_NET, true, 0, 0},
    [FIGURE_TAX] = {TEXT_TAX, true, 1, 0},
    [FIGURE_WITHHELD] = {TEXT_WITHHELD, true, 4, 0},
    [FIGURE_FEES] = {TEXT_FEES, true, 5, 0},
    [FIGURE_OTHER] = {TEXT_OTHER, true, 6, 0},
    [FIGURE_CASH_OUT] = {TEXT_CASH_OUT, true, 0, 0},
    [FIGURE_RECOVERABLE] = {TEXT_RECOVERABLE, true, 1, 0},
    [FIGURE_COST] = {TEXT_COST, true, 0, 0},
    [FIGURE_NPV] = {TEXT_NPV, true, 8, 0},
    [FIGURE_PER_MONTH] = {TEXT_PER_MONTH, true, 7, 0},
    [FIGURE_VS_BEST] = {TEXT_VS_BEST, true, 0, 0},
};

static const enum figure first_block[] = {FIGURE_RANK,      FIGURE_SITE,        FIGURE_STATUS, FIGURE_LIST,
                                          FIGURE_NET,       FIGURE_RECOVERABLE, FIGURE_COST,   FIGURE_NPV,
                                          FIGURE_PER_MONTH, FIGURE_VS_BEST};
static const enum figure second_block[] = {FIGURE_SITE,     FIGURE_NET,         FIGURE_TAX,
                                           FIGURE_WITHHELD, FIGURE_FEES,        FIGURE_OTHER,
                                           FIGURE_CASH_OUT, FIGURE_RECOVERABLE, FIGURE_COST};
/* What a block has no room for, in this order. */
static const enum figure further[] = {FIGURE_STATUS, FIGURE_LIST,  FIGURE_TAX, FIGURE_WITHHELD, FIGURE_RECOVERABLE,
                                      FIGURE_FEES,   FIGURE_OTHER, FIGURE_NPV, FIGURE_PER_MONTH};

static const dec_t *money_of(const struct site_estimate *s, enum figure f)
{
    switch (f) {
    case FIGURE_NET:
        return &s->m.net;
    case FIGURE_TAX:
        return &s->m.tax;
    case FIGURE_WITHHELD:
        return &s->m.withheld;
    case FIGURE_FEES:
        return &s->m.fees;
    case FIGURE_OTHER:
        return &s->m.other;
    case FIGURE_CASH_OUT:
        return &s->m.cash_out;
    case FIGURE_RECOVERABLE:
        return &s->m.recoverable;
    case FIGURE_COST:
        return &s->m.cost;
    case FIGURE_NPV:
        return &s->npv;
    case FIGURE_PER_MONTH:
        return &s->cost_per_month;
    default:
        return NULL;
    }
}

static const char *list_cell(struct table *t, const struct site_estimate *s)
{
    return s->has_list ? say_money(&t->p, s->list, s->list_currency) : NULL;
}

static const char *vs_best_cell(struct table *t, const struct site_estimate *s)
{
    if (!s->has_vs_best)
        return NULL;
    if (s->rank == 1)
        return say_plain(&t->p, TEXT_BEST);
    return say_joined(&t->p, "+", say_percent1(&t->p, s->vs_best));
}

static const char *cell(struct table *t, const struct site_estimate *s, enum figure f)
{
    const dec_t *amount = money_of(s, f);
    if (amount != NULL)
        return say_amount(&t->p, *amount, t->e->minor_units);
    switch (f) {
    case FIGURE_RANK:
        return s->rank > 0 ? say_count(&t->p, s->rank) : "-";
    case FIGURE_SITE:
        return say_site(&t->p, s);
    case FIGURE_STATUS:
        return table_site_status(t, s);
    case FIGURE_LIST:
        return list_cell(t, s);
    case FIGURE_VS_BEST:
        return vs_best_cell(t, s);
    default:
        return NULL;
    }
}

/* Is there anything to show? Withheld tax, fees and other cost are left out where no site has any;
 * NPV where nothing is discounted, as it is the cost then. */
static bool wanted(const struct table *t, enum figure f)
{
    bool optional = f == FIGURE_WITHHELD || f == FIGURE_FEES || f == FIGURE_OTHER;
    struct value rate = t->e->scenario->discount_rate;
    if (f == FIGURE_NPV)
        return rate.kind != VALUE_NONE && dec_sign(rate.fixed) != 0;
    for (size_t i = 0; optional && i < t->e->nsites; i++)
        if (t->e->sites[i].has_totals && dec_sign(*money_of(&t->e->sites[i], f)) != 0)
            return true;
    return !optional;
}

static void fill_row(struct table *t, struct grid *g, const struct site_estimate *s, const enum figure *figures)
{
    struct grid_row *row = grid_row(g);
    if (row == NULL)
        return;
    row->style = s->rank == 1 ? STYLE_BOLD : s->rank == 0 ? STYLE_DIM : STYLE_PLAIN;
    for (size_t c = 0; c < g->ncolumns; c++) {
        row->cells[c] = cell(t, s, figures[c]);
        if (figures[c] == FIGURE_STATUS)
            row->styles[c] = table_status_style(s);
    }
}

/* One block; marks what it shows. */
static void write_block(struct table *t, const enum figure *figures, size_t n, bool shown[FIGURES])
{
    struct grid_column columns[FIGURES] = {{0}};
    struct grid g;
    for (size_t c = 0; c < n; c++) {
        const struct figure_info *info = &infos[figures[c]];
        columns[c] = (struct grid_column){.title = say_plain(&t->p, info->title),
                                          .right = info->right,
                                          .drop = info->drop + (info->drop > 0 && shown[figures[c]] ? SHOWN : 0),
                                          .max_width = info->max_width};
    }
    grid_init(&g, &t->p.arena, columns, n, t->e->nsites);
    for (size_t i = 0; i < t->e->nsites; i++)
        if (t->e->sites[i].has_totals)
            fill_row(t, &g, &t->e->sites[i], figures);
    table_grid(t, &g);
    for (size_t c = 0; !g.failed && c < n; c++)
        shown[figures[c]] = shown[figures[c]] || !g.columns[c].dropped;
}

static size_t add_wanted(const struct table *t, const enum figure *from, size_t n, const bool *shown, enum figure *to,
                         size_t nto)
{
    for (size_t i = 0; i < n; i++) {
        bool there = shown != NULL && shown[from[i]];
        for (size_t k = 0; k < nto; k++)
            there = there || to[k] == from[i];
        if (!there && wanted(t, from[i]))
            to[nto++] = from[i];
    }
    return nto;
}

static void write_first(struct table *t, bool shown[FIGURES])
{
    enum figure figures[FIGURES];
    size_t n = add_wanted(t, first_block, sizeof first_block / sizeof first_block[0], NULL, figures, 0);
    buf_putc(t->out, '\n');
    write_block(t, figures, n, shown);
    if (wanted(t, FIGURE_NPV))
        buf_printf(t->out, "%s\n", say_plain(&t->p, TEXT_VS_BEST_LEGEND));
}

static void write_second(struct table *t, bool shown[FIGURES])
{
    enum figure figures[FIGURES];
    size_t n = add_wanted(t, second_block, sizeof second_block / sizeof second_block[0], NULL, figures, 0);
    n = add_wanted(t, further, sizeof further / sizeof further[0], shown, figures, n);
    table_heading(t, say_plain(&t->p, TEXT_HEADING_BASES));
    write_block(t, figures, n, shown);
    wrap_text(t->out, say_plain(&t->p, TEXT_BASES_LEGEND), "", 0, GRID_WIDTH);
}

/* What neither block had room for. Every pass shows at least one figure more, as the site is short. */
static void write_further(struct table *t, bool shown[FIGURES])
{
    enum figure figures[FIGURES] = {FIGURE_SITE};
    size_t n = add_wanted(t, further, sizeof further / sizeof further[0], shown, figures, 1);
    for (size_t before = 0; n > 1 && n != before && !t->p.failed;) {
        if (before == 0)
            table_heading(t, say_plain(&t->p, TEXT_HEADING_MORE));
        else
            buf_putc(t->out, '\n');
        write_block(t, figures, n, shown);
        before = n;
        n = add_wanted(t, further, sizeof further / sizeof further[0], shown, figures, 1);
    }
}

void table_summary(struct table *t)
{
    bool shown[FIGURES] = {false}, any = false, ranked = false;
    for (size_t i = 0; i < t->e->nsites; i++) {
        any = any || t->e->sites[i].has_totals;
        ranked = ranked || t->e->sites[i].rank > 0;
    }
    if (!ranked)
        buf_printf(t->out, "\n%s\n", say_plain(&t->p, TEXT_NOTHING_RANKED));
    if (!any)
        return;
    write_first(t, shown);
    write_second(t, shown);
    write_further(t, shown);
}
