/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The bridge for a terminal: the sites with old and new cost, then each site's way from one to the other.
 */
#include "calc/bridge_view.h"
#include "calc/grid.h"
#include "calc/words.h"
#include "calc/wrap.h"

static const enum text_id titles[BRIDGE_PARTS] = {
    [PART_SCOPE] = TEXT_DIFF_SCOPE,
    [PART_QUANTITY] = TEXT_DIFF_QUANTITY,
    [PART_PRODUCT] = TEXT_DIFF_PRODUCT,
    [PART_PRICE] = TEXT_DIFF_PRICE,
    [PART_DISCOUNT] = TEXT_DIFF_DISCOUNT,
    [PART_FX] = TEXT_DIFF_FX,
    [PART_TAX] = TEXT_TAX,
    [PART_FEES] = TEXT_FEES,
    [PART_ROUNDING] = TEXT_DIFF_ROUNDING,
};

struct view {
    const struct bridge *b;
    struct phrases *p;
    bool color;
    struct buf *out;
};

static const char *amount(struct view *v, dec_t n)
{
    return say_amount(v->p, n, v->b->new->minor_units);
}

static const char *signed_amount(struct view *v, dec_t n)
{
    return dec_sign(n) > 0 ? say_joined(v->p, "+", amount(v, n)) : amount(v, n);
}

static const char *percent(struct view *v, const struct bridge_site *s)
{
    char text[DEC_TEXT];
    dec_t pct;

    if (s->change != BRIDGE_COMPARED || !bridge_percent(s, &pct))
        return "";
    dec_format(pct, 2, text);
    return say_joined(v->p, dec_sign(pct) > 0 ? "+" : "", text, " %");
}

static const char *column_of(struct view *v, const struct bridge_site *s)
{
    return say_clean(v->p, s->new != NULL ? s->new->column : s->old->column);
}

static void finish(struct view *v, struct grid *g)
{
    v->p->failed = v->p->failed || g->failed;
    grid_fit(g);
    grid_write(g, v->color, v->out);
}

/* ---- the head ---- */

static void write_head(struct view *v)
{
    const struct saved *old = v->b->old, *new = v->b->new;
    struct phrases *p = v->p;

    wrap_text(
        v->out,
        say(p, TEXT_DIFF_TITLE, say_clean(p, new->name), new->currency, say_day(p, new->as_of), say_day(p, old->as_of)),
        "", 2, GRID_WIDTH);
    if (old->months != new->months)
        wrap_text(v->out, say(p, TEXT_DIFF_MONTHS, say_month_count(p, new->months), say_month_count(p, old->months)),
                  "", 2, GRID_WIDTH);
    if (old->start.n != new->start.n)
        wrap_text(v->out, say(p, TEXT_DIFF_START, say_month(p, new->start), say_month(p, old->start)), "", 2,
                  GRID_WIDTH);
    buf_putc(v->out, '\n');
}

/* ---- the sites ---- */

static const char *state_of(struct view *v, const struct bridge_site *s)
{
    static const enum text_id texts[] = {
        [BRIDGE_ADDED] = TEXT_DIFF_ADDED, [BRIDGE_REMOVED] = TEXT_DIFF_REMOVED, [BRIDGE_UNKNOWN] = TEXT_DIFF_UNKNOWN};

    return s->change == BRIDGE_COMPARED ? "" : say_plain(v->p, texts[s->change]);
}

static void write_sites(struct view *v)
{
    struct phrases *p = v->p;
    enum { SITE, OLD, NEW, MOVED, PERCENT, STATE, COLUMNS };
    const struct grid_column columns[COLUMNS] = {
        [SITE] = {.title = say_plain(p, TEXT_SITE), .max_width = 40},
        [OLD] = {.title = say_plain(p, TEXT_DIFF_OLD), .right = true},
        [NEW] = {.title = say_plain(p, TEXT_DIFF_NEW), .right = true},
        [MOVED] = {.title = say_plain(p, TEXT_DIFF_MOVED), .right = true},
        [PERCENT] = {.title = "%", .right = true},
        [STATE] = {.title = say_plain(p, TEXT_STATUS)},
    };
    struct grid g;

    grid_init(&g, &p->arena, columns, COLUMNS, v->b->nsites);
    for (size_t i = 0; i < v->b->nsites && !g.failed; i++) {
        const struct bridge_site *s = &v->b->sites[i];
        struct grid_row *row = grid_row(&g);
        row->cells[SITE] = column_of(v, s);
        row->cells[OLD] = s->has_old ? amount(v, s->old_cost) : "";
        row->cells[NEW] = s->has_new ? amount(v, s->new_cost) : "";
        if (s->change == BRIDGE_COMPARED)
            row->cells[MOVED] = signed_amount(v, dec_sub(s->new_cost, s->old_cost));
        row->cells[PERCENT] = percent(v, s);
        row->cells[STATE] = state_of(v, s);
    }
    finish(v, &g);
}

/* ---- one site's way from old to new ---- */

enum { PART, AMOUNT, LINE, OF_WHICH, WHAT, COLUMNS };
enum { FACT_WIDTH = 44 };

/* Beside the amount, or below it when it is long. */
static void add_fact(struct view *v, struct grid_row *row, const char *fact)
{
    if (words_width(fact) <= FACT_WIDTH) {
        row->cells[WHAT] = fact;
        return;
    }
    const char **below = arena_alloc(&v->p->arena, sizeof *below);
    v->p->failed = v->p->failed || below == NULL;
    if (below == NULL)
        return;
    *below = fact;
    row->below = below;
    row->nbelow = 1;
}

/* Each line that moved by this part, the first beside the part's sum. */
static void add_part(struct view *v, struct grid *g, const struct bridge_site *s, enum bridge_part part)
{
    bool first = true;

    for (size_t i = 0; i < s->nlines; i++) {
        const struct bridge_line *l = &s->lines[i];
        const struct saved_line *any = l->new != NULL ? l->new : l->old;
        if (dec_sign(l->parts[part]) == 0)
            continue;
        struct grid_row *row = grid_row(g);
        if (row == NULL)
            return;
        if (first) {
            row->cells[PART] = say_plain(v->p, titles[part]);
            row->cells[AMOUNT] = signed_amount(v, s->parts[part]);
        }
        row->cells[LINE] = say_clean(v->p, any->label);
        row->cells[OF_WHICH] = signed_amount(v, l->parts[part]);
        add_fact(v, row, bridge_fact(v->p, v->b, l, part));
        first = false;
    }
}

static void add_end(struct view *v, struct grid *g, enum text_id title, dec_t cost)
{
    struct grid_row *row = grid_row(g);

    if (row == NULL)
        return;
    row->style = STYLE_BOLD;
    row->cells[PART] = say_plain(v->p, title);
    row->cells[AMOUNT] = amount(v, cost);
}

static void write_site(struct view *v, const struct bridge_site *s)
{
    struct phrases *p = v->p;
    const struct grid_column columns[COLUMNS] = {
        [PART] = {.title = say_plain(p, TEXT_DIFF_PART)},
        [AMOUNT] = {.title = say_plain(p, TEXT_DIFF_AMOUNT), .right = true},
        [LINE] = {.title = say_plain(p, TEXT_LINE), .max_width = 20},
        [OF_WHICH] = {.title = say_plain(p, TEXT_DIFF_OF_WHICH), .right = true},
        [WHAT] = {.title = say_plain(p, TEXT_DIFF_WHAT)},
    };
    struct grid g;

    buf_putc(v->out, '\n');
    style_puts(v->out, STYLE_BOLD, v->color, column_of(v, s));
    buf_putc(v->out, '\n');
    grid_init(&g, &p->arena, columns, COLUMNS, 2 + s->nlines * BRIDGE_PARTS);
    add_end(v, &g, TEXT_DIFF_OLD, s->old_cost);
    for (enum bridge_part part = PART_SCOPE; part < BRIDGE_PARTS; part++)
        add_part(v, &g, s, part);
    add_end(v, &g, TEXT_DIFF_NEW, s->new_cost);
    finish(v, &g);
}

static bool moved(const struct bridge_site *s)
{
    for (size_t i = 0; i < s->nlines; i++)
        for (int k = 0; k < BRIDGE_PARTS; k++)
            if (dec_sign(s->lines[i].parts[k]) != 0)
                return true;
    return false;
}

void bridge_table(const struct bridge *b, struct phrases *p, bool color, struct buf *out)
{
    struct view v = {b, p, color, out};

    write_head(&v);
    write_sites(&v);
    for (size_t i = 0; i < b->nsites && !p->failed; i++)
        if (b->sites[i].change == BRIDGE_COMPARED && moved(&b->sites[i]))
            write_site(&v, &b->sites[i]);
}
