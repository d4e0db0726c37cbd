/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The tornado for a terminal: `-` is the lead at the low value, `+` at the high one, `|` as configured; all on one
 * scale, the least lead of any row on the left.
 */
#include "calc/grid.h"
#include "calc/sensitivity_view.h"
#include "calc/wrap.h"

#include <stdlib.h>
#include <string.h>

enum { BAR_MOST = 25, BAR_LEAST = 13 }; /* columns of a bar: as many as there is room for */

struct scale {
    dec_t least, most;
    int width;
};

static struct scale scale_of(const struct sensitivity *s, int width)
{
    struct scale c = {s->lead, s->lead, width};
    for (size_t i = 0; i < s->nrows; i++)
        for (int k = 0; k < SENSITIVITY_ENDS; k++)
            if (s->rows[i].ends[k].known) {
                c.least = dec_min(c.least, s->rows[i].ends[k].lead);
                c.most = dec_max(c.most, s->rows[i].ends[k].lead);
            }
    return c;
}

static int place(const struct scale *c, dec_t lead)
{
    dec_t width = dec_sub(c->most, c->least);
    if (dec_sign(width) == 0)
        return c->width / 2;
    dec_t at = dec_muldiv(dec_sub(lead, c->least), dec_int64(c->width - 1), width, DEC_HALF_UP);
    return (int)(dec_round(at, 0, DEC_HALF_UP).v / DEC_ONE_UNIT);
}

/* From the middle to an end; where both ends lie on one side the longer one shows behind the shorter. */
static void draw(char bar[BAR_MOST + 1], int from, int to, char with)
{
    int step = to < from ? -1 : 1;
    for (int i = from; i != to + step; i += step)
        if (bar[i] == ' ')
            bar[i] = with;
}

static const char *bar_of(struct phrases *p, const struct sensitivity *s, const struct scale *c,
                          const struct sensitivity_row *r)
{
    static const char with[] = {[SENSITIVITY_LOW] = '-', [SENSITIVITY_HIGH] = '+'};
    char bar[BAR_MOST + 1];
    int base = place(c, s->lead), end[SENSITIVITY_ENDS];
    memset(bar, ' ', (size_t)c->width);
    bar[c->width] = '\0';
    bar[base] = '|';
    for (int i = 0; i < SENSITIVITY_ENDS; i++)
        end[i] = r->ends[i].known ? place(c, r->ends[i].lead) : base;
    bool low_first = abs(end[SENSITIVITY_LOW] - base) <= abs(end[SENSITIVITY_HIGH] - base);
    int first = low_first ? SENSITIVITY_LOW : SENSITIVITY_HIGH;
    draw(bar, base, end[first], with[first]);
    draw(bar, base, end[!first], with[!first]);
    return say_joined(p, bar, "");
}

/* "1.8..2.2% / month": the unit once. */
static const char *tried(struct phrases *p, const struct sensitivity_row *r)
{
    char low[DEC_TEXT];
    dec_format(r->ends[SENSITIVITY_LOW].x, 0, low);
    return say_joined(p, low, "..", say_clean(p, r->ends[SENSITIVITY_HIGH].text));
}

static const char *lead(struct phrases *p, const struct sensitivity *s, const struct sensitivity_end *e)
{
    if (!e->known)
        return "?";
    return say_joined(p, say_amount(p, e->lead, s->e->minor_units), sensitivity_changes(s, e) ? " *" : "");
}

enum column { NAME, TRIED, AT_LOW, AT_HIGH, DRAWN, COLUMNS };

static void add(const struct sensitivity *s, struct phrases *p, const struct scale *c, const struct sensitivity_row *r,
                struct grid *g)
{
    struct grid_row *row = grid_row(g);
    if (!row)
        return;
    row->cells[NAME] = say_clean(p, r->v.name);
    row->cells[TRIED] = tried(p, r);
    row->cells[AT_LOW] = lead(p, s, &r->ends[SENSITIVITY_LOW]);
    row->cells[AT_HIGH] = lead(p, s, &r->ends[SENSITIVITY_HIGH]);
    row->cells[DRAWN] = bar_of(p, s, c, r);
}

/* An end that is unknown may have one. */
static bool has_effect(const struct sensitivity_row *r)
{
    return !r->ends[SENSITIVITY_LOW].known || !r->ends[SENSITIVITY_HIGH].known || dec_sign(r->effect) != 0;
}

/* False: the bars had no room. */
static bool try_width(const struct sensitivity *s, struct phrases *p, int width, struct grid *g)
{
    const struct grid_column columns[COLUMNS] = {
        [NAME] = {.title = say_plain(p, TEXT_SENSITIVITY_INPUT), .max_width = 26},
        [TRIED] = {.title = say_plain(p, TEXT_SENSITIVITY_TRIED), .right = true},
        [AT_LOW] = {.title = say_plain(p, TEXT_SENSITIVITY_AT_LOW), .right = true},
        [AT_HIGH] = {.title = say_plain(p, TEXT_SENSITIVITY_AT_HIGH), .right = true},
        [DRAWN] = {.title = say_plain(p, TEXT_SENSITIVITY_SCALE), .drop = 1},
    };
    struct scale c = scale_of(s, width);
    grid_init(g, &p->arena, columns, COLUMNS, s->nrows);
    for (size_t i = 0; i < s->nrows; i++)
        if (has_effect(&s->rows[i]))
            add(s, p, &c, &s->rows[i], g);
    p->failed = p->failed || g->failed;
    grid_fit(g);
    return g->failed || !g->columns[DRAWN].dropped;
}

static void write_tornado(const struct sensitivity *s, struct phrases *p, bool color, struct buf *out)
{
    struct grid g;
    int width = BAR_MOST;
    while (!try_width(s, p, width, &g) && width > BAR_LEAST)
        width -= 2;
    grid_write(&g, color, out);
}

/* ---- in words */

static void say_end(const struct sensitivity *s, struct phrases *p, const struct sensitivity_row *r,
                    const struct sensitivity_end *e, bool *any, struct buf *out)
{
    const char *name = say_clean(p, r->v.name), *value = say_clean(p, e->text);
    if (!e->known) {
        wrap_text(out, say(p, TEXT_SENSITIVITY_UNKNOWN, name, value, say_clean(p, e->why)), "? ", 2, GRID_WIDTH);
    } else if (sensitivity_changes(s, e)) {
        *any = true;
        wrap_text(out, say(p, TEXT_SENSITIVITY_CHANGED, name, value, say_clean(p, e->winner)), "* ", 2, GRID_WIDTH);
    }
}

static void write_changes(const struct sensitivity *s, struct phrases *p, struct buf *out)
{
    bool any = false;
    buf_putc(out, '\n');
    for (size_t i = 0; i < s->nrows; i++)
        for (int k = 0; k < SENSITIVITY_ENDS; k++)
            say_end(s, p, &s->rows[i], &s->rows[i].ends[k], &any, out);
    if (!any)
        wrap_text(out, say(p, TEXT_SENSITIVITY_STAYS, say_clean(p, s->best)), "", 0, GRID_WIDTH);
}

static void write_idle(const struct sensitivity *s, struct phrases *p, struct buf *out)
{
    const char *names = "";
    for (size_t i = 0; i < s->nrows; i++)
        if (!has_effect(&s->rows[i]))
            names = say_joined(p, names, *names ? ", " : "", say_clean(p, s->rows[i].v.name));
    if (*names)
        wrap_text(out, say(p, TEXT_SENSITIVITY_NO_EFFECT, names), "", 0, GRID_WIDTH);
}

void sensitivity_table(const struct sensitivity *s, struct phrases *p, bool color, struct buf *out)
{
    const char *best = say_clean(p, s->best), *second = say_clean(p, s->second);
    wrap_text(out,
              say(p, TEXT_SENSITIVITY_TITLE, say_clean(p, s->e->scenario->name), best, second,
                  say_money(p, s->lead, s->e->scenario->currency)),
              "", 0, GRID_WIDTH);
    wrap_text(out, say_plain(p, TEXT_SENSITIVITY_BY), "", 0, GRID_WIDTH);
    buf_putc(out, '\n');
    write_tornado(s, p, color, out);
    wrap_text(out, say(p, TEXT_SENSITIVITY_LEAD_NOTE, best, second), "", 0, GRID_WIDTH);
    write_changes(s, p, out);
    write_idle(s, p, out);
}
