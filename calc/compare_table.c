/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A comparison for a terminal: the offers ranked, the lines in blocks of offers that fit its width, the best of each
 * line, and in words what is missing where.
 */
#include "calc/compare_table.h"
#include "calc/grid.h"
#include "calc/wrap.h"

#include <stdlib.h>

enum { OFFER_WIDTH = 30, CELL_WIDTH = 26, LINE_WIDTH = 20, BLOCK = 3 };

static const char *amount(struct view *v, bool known, dec_t n)
{
    return known ? say_amount(v->p, n, v->c->e->minor_units) : "";
}

static const char *signed_percent(struct view *v, bool known, dec_t share)
{
    char text_[DEC_TEXT];
    if (!known)
        return "";
    dec_t pct = dec_round(dec_muln(share, 100), 2, DEC_HALF_UP);
    dec_format(pct, 2, text_);
    return say_joined(v->p, dec_sign(pct) > 0 ? "+" : "", text_, " %");
}

static void finish(struct view *v, struct grid *g)
{
    v->p->failed = v->p->failed || g->failed;
    grid_fit(g);
    grid_write(g, v->color, v->out);
}

static void paragraph(struct view *v, const char *said)
{
    wrap_text(v->out, said, "", 0, GRID_WIDTH);
}

/* ---- the offers, ranked first */

static int by_rank(const void *pa, const void *pb)
{
    const struct compare_offer *a = *(const struct compare_offer *const *)pa;
    const struct compare_offer *b = *(const struct compare_offer *const *)pb;
    int ra = a->site->rank, rb = b->site->rank;
    if (ra != rb && (ra == 0 || rb == 0))
        return ra == 0 ? 1 : -1;
    return ra != rb ? ra - rb : (a > b) - (a < b);
}

static const char *status_of(struct view *v, const struct site_estimate *s)
{
    static const enum text_id names[] = {[SITE_COMPLETE] = TEXT_SITE_COMPLETE,
                                         [SITE_INCOMPLETE] = TEXT_SITE_INCOMPLETE,
                                         [SITE_STALE] = TEXT_SITE_STALE,
                                         [SITE_INELIGIBLE] = TEXT_SITE_INELIGIBLE};
    return say_plain(v->p, names[s->status]);
}

static const char *valid_of(struct view *v, const struct compare_offer *o)
{
    const struct quote *q = o->site->quote;
    const char *day = q ? say_day(v->p, q->valid_until) : "";
    return o->expired ? say(v->p, TEXT_COMPARE_EXPIRED, day) : day;
}

static const char *need_of(struct view *v, const struct compare_offer *o)
{
    if (o->need == NEED_DISCOUNT)
        return say_percent(v->p, o->discount);
    if (o->need == NEED_UNKNOWN || !v->c->has_target)
        return "";
    return say_plain(v->p, o->need == NEED_NOTHING ? TEXT_COMPARE_MET : TEXT_COMPARE_TOO_MUCH);
}

enum column { RANK, OFFER, STATUS, AMOUNT, VS_LIST, NEEDS, VALID, COLUMNS };

static void add_offer(struct view *v, struct grid *g, const struct compare_offer *o)
{
    const struct site_estimate *s = o->site;
    struct grid_row *row = grid_row(g);
    if (!row)
        return;
    row->cells[RANK] = s->rank ? say_count(v->p, s->rank) : "-";
    row->cells[OFFER] = compare_name(v, o);
    row->cells[STATUS] = status_of(v, s);
    row->cells[AMOUNT] = amount(v, s->has_totals, s->npv);
    row->cells[VS_LIST] = signed_percent(v, o->has_vs_list, o->vs_list);
    row->cells[NEEDS] = need_of(v, o);
    row->cells[VALID] = valid_of(v, o);
}

static void write_offers(struct view *v)
{
    const struct compare *c = v->c;
    const struct compare_offer **order = arena_array(&v->p->arena, c->noffers + 1, sizeof *order);
    const struct grid_column columns[COLUMNS] = {
        [RANK] = {.title = say_plain(v->p, TEXT_RANK), .right = true},
        [OFFER] = {.title = say_plain(v->p, TEXT_COMPARE_OFFER), .max_width = OFFER_WIDTH},
        [STATUS] = {.title = say_plain(v->p, TEXT_STATUS)},
        [AMOUNT] = {.title = say_plain(v->p, TEXT_COMPARE_AMOUNT), .right = true},
        [VS_LIST] = {.title = say_plain(v->p, TEXT_COMPARE_VS_LIST), .right = true},
        [NEEDS] = {.title = say_plain(v->p, TEXT_COMPARE_NEEDED), .right = true},
        [VALID] = {.title = say_plain(v->p, TEXT_COMPARE_VALID)},
    };
    struct grid g;
    v->p->failed = v->p->failed || !order;
    if (!order)
        return;
    for (size_t i = 0; i < c->noffers; i++)
        order[i] = &c->offers[i];
    qsort(order, c->noffers, sizeof *order, by_rank);
    grid_init(&g, &v->p->arena, columns, COLUMNS, c->noffers);
    for (size_t i = 0; i < c->noffers; i++)
        add_offer(v, &g, order[i]);
    finish(v, &g);
}

static void write_head(struct view *v)
{
    const struct scenario *s = v->c->e->scenario;
    struct phrases *p = v->p;
    bool discounted = s->discount_rate.kind != VALUE_NONE && dec_sign(s->discount_rate.fixed) != 0;
    paragraph(v, say(p, TEXT_COMPARE_TITLE, say_clean(p, s->name), say_month_count(p, s->months),
                     say_month(p, s->start), s->currency, say_day(p, s->as_of)));
    paragraph(v, discounted ? say(p, TEXT_COMPARE_BY_NPV, say_percent(p, s->discount_rate.fixed))
                            : say_plain(p, TEXT_COMPARE_BY_COST));
    buf_putc(v->out, '\n');
}

static void write_verdict(struct view *v)
{
    const struct compare *c = v->c;
    const char *code = c->e->scenario->currency;
    buf_putc(v->out, '\n');
    if (c->winner)
        paragraph(
            v, say(v->p, TEXT_COMPARE_WINNER, compare_name(v, c->winner), say_money(v->p, c->winner->site->npv, code)));
    else
        paragraph(v, say_plain(v->p, TEXT_COMPARE_NO_WINNER));
    if (c->has_target)
        paragraph(v, say(v->p, TEXT_COMPARE_TARGET, say_money(v->p, c->target, code)));
}

/* ---- the lines */

static bool is_stale(const struct line *l)
{
    return l->status == LINE_STALE;
}

/* Of one width, as cells are aligned at their right: three where the best of a line is stale. */
static const char *mark_of(bool best, bool stale, bool wide)
{
    if (best && stale)
        return " *!";
    if (wide)
        return best ? " * " : stale ? " ! " : "   ";
    return best ? " *" : stale ? " !" : "  ";
}

static bool has_stale_best(const struct compare *c)
{
    for (size_t r = 0; r < c->nrows; r++)
        if (c->rows[r].winner && is_stale(c->rows[r].winner->cells[r].line))
            return true;
    return false;
}

static const char *cell_of(struct view *v, const struct compare_row *row, const struct compare_offer *o, size_t r)
{
    static const enum text_id names[] = {[LINE_PRICED] = TEXT_LINE_PRICED,
                                         [LINE_UNPRICED] = TEXT_LINE_UNPRICED,
                                         [LINE_AMBIGUOUS] = TEXT_LINE_AMBIGUOUS,
                                         [LINE_STALE] = TEXT_LINE_STALE};
    const struct compare_cell *k = &o->cells[r];
    if (!k->line)
        return "-";
    if (!k->priced)
        return say_plain(v->p, names[k->line->status]);
    const char *more = signed_percent(v, k->has_vs_list, k->vs_list);
    return say_joined(v->p, amount(v, true, k->line->npv), *more ? "  " : "", more,
                      mark_of(row->winner == o, is_stale(k->line), has_stale_best(v->c)));
}

static bool any_stale(const struct compare *c)
{
    for (size_t i = 0; i < c->noffers; i++)
        for (size_t r = 0; r < c->nrows; r++)
            if (c->offers[i].cells[r].priced && is_stale(c->offers[i].cells[r].line))
                return true;
    return false;
}

/* Offers from..from+n beside each other. */
static void write_block(struct view *v, size_t from, size_t n)
{
    const struct compare *c = v->c;
    struct grid_column columns[1 + BLOCK] = {{.title = say_plain(v->p, TEXT_LINE), .max_width = LINE_WIDTH}};
    struct grid g;
    for (size_t i = 0; i < n; i++)
        columns[1 + i] = (struct grid_column){.title = say_cut(v->p, compare_name(v, &c->offers[from + i]), CELL_WIDTH),
                                              .right = true};
    grid_init(&g, &v->p->arena, columns, 1 + n, c->nrows);
    for (size_t r = 0; r < c->nrows && !g.failed; r++) {
        struct grid_row *row = grid_row(&g);
        row->cells[0] = say_clean(v->p, c->rows[r].label);
        for (size_t i = 0; i < n; i++)
            row->cells[1 + i] = cell_of(v, &c->rows[r], &c->offers[from + i], r);
    }
    finish(v, &g);
}

static void write_lines(struct view *v)
{
    size_t n = v->c->noffers;
    compare_heading(v, say_plain(v->p, any_stale(v->c) ? TEXT_COMPARE_LINES_STALE : TEXT_COMPARE_LINES));
    for (size_t i = 0; i < n; i += BLOCK) {
        if (i > 0)
            buf_putc(v->out, '\n');
        write_block(v, i, n - i < BLOCK ? n - i : BLOCK);
    }
}

/* ---- the best of each line */

static void mix_row(struct grid *g, const char *line, const char *from, const char *sum, enum grid_style style)
{
    struct grid_row *row = grid_row(g);
    if (!row)
        return;
    row->style = style;
    row->cells[0] = line;
    row->cells[1] = from;
    row->cells[2] = sum;
}

static void write_mix(struct view *v)
{
    const struct compare *c = v->c;
    struct phrases *p = v->p;
    const struct grid_column columns[] = {{.title = say_plain(p, TEXT_LINE), .max_width = LINE_WIDTH},
                                          {.title = say_plain(p, TEXT_COMPARE_FROM), .max_width = OFFER_WIDTH},
                                          {.title = say_plain(p, TEXT_COMPARE_AMOUNT), .right = true}};
    struct grid g;
    dec_t rest = c->mix_npv;
    compare_heading(v, say_plain(p, TEXT_COMPARE_MIX));
    grid_init(&g, &p->arena, columns, 3, c->nrows + 2);
    for (size_t r = 0; r < c->nrows; r++) {
        const struct compare_offer *o = c->rows[r].winner;
        if (!c->rows[r].resource)
            continue;
        mix_row(&g, say_clean(p, c->rows[r].label), o ? compare_name(v, o) : "-",
                amount(v, o != NULL, o ? o->cells[r].line->npv : DEC_ZERO), STYLE_PLAIN);
        if (o)
            rest = dec_sub(rest, o->cells[r].line->npv);
    }
    bool extras = false;
    for (size_t r = 0; r < c->nrows; r++)
        extras = extras || !c->rows[r].resource;
    if (c->has_mix && extras)
        mix_row(&g, say_plain(p, TEXT_COMPARE_EXTRAS), "", amount(v, true, rest), STYLE_PLAIN);
    if (c->has_mix)
        mix_row(&g, say_plain(p, TEXT_TOTAL), "", amount(v, true, c->mix_npv), STYLE_BOLD);
    finish(v, &g);
    if (!c->has_mix)
        paragraph(v, say_plain(p, TEXT_COMPARE_NO_MIX));
    else if (extras)
        paragraph(v, say_plain(p, TEXT_COMPARE_MIX_NOTE));
}

void compare_table(const struct compare *c, enum compare_part part, struct phrases *p, bool color, struct buf *out)
{
    struct view v = {c, p, color, out};
    write_head(&v);
    write_offers(&v);
    write_verdict(&v);
    if (part == COMPARE_MATRIX)
        write_lines(&v);
    write_mix(&v);
    compare_remarks(&v);
}
