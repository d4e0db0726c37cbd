/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What stands below the summary: why a site is not ranked, conditions and notes, the rates used,
 * how old the prices are. A note that several sites share is printed once, with their names.
 */
#include "calc/table.h"

#include "calc/words.h"
#include "calc/wrap.h"

#include <string.h>

enum { INDENT = 2, DEEPER = 4, NAME_WIDTH_MAX = 20 };

/* A paragraph behind "  name  ", its further lines below its first one; a long name stands alone. */
static void write_named(struct table *t, const char *name, size_t name_width, const char *text)
{
    struct buf first = {0};
    buf_printf(&first, "%*s", INDENT, "");
    words_pad(&first, name, name_width, false);
    buf_puts(&first, "  ");
    if (first.failed)
        t->p.failed = true;
    else
        wrap_text(t->out, text, first.v, INDENT + name_width + 2, GRID_WIDTH);
    buf_free(&first);
}

static bool is_said(const struct site_estimate *s, const char *reason)
{
    for (size_t i = 0; i < s->nreasons; i++)
        if (strstr(s->reasons[i], reason) != NULL)
            return true;
    return false;
}

static void write_paragraph(struct table *t, const char *text)
{
    wrap_text(t->out, text, "    ", DEEPER, GRID_WIDTH);
}

static void write_why(struct table *t, const struct site_estimate *s)
{
    struct phrases *p = &t->p;
    const char *colon = say_plain(p, TEXT_COLON);
    buf_printf(t->out, "%*s", INDENT, "");
    style_puts(t->out, STYLE_BOLD, t->opt->color, say_cut(p, say_site(p, s), SITE_WIDTH_MAX));
    buf_puts(t->out, "  ");
    style_puts(t->out, table_status_style(s), t->opt->color, table_site_status(t, s));
    buf_putc(t->out, '\n');
    for (size_t i = 0; i < s->nreasons; i++)
        write_paragraph(t, say_clean(p, s->reasons[i]));
    for (size_t i = 0; i < s->nlines; i++) {
        const struct line *l = &s->lines[i];
        if (l->reason[0] != '\0' && !is_said(s, l->reason))
            write_paragraph(t, say_joined(p, say_clean(p, l->label), colon, table_line_status(t, l), colon,
                                          say_clean(p, l->reason)));
    }
}

static void write_not_ranked(struct table *t)
{
    bool any = false;
    for (size_t i = 0; i < t->e->nsites; i++) {
        if (t->e->sites[i].rank > 0)
            continue;
        if (!any)
            table_heading(t, say_plain(&t->p, TEXT_HEADING_NOT_RANKED));
        any = true;
        write_why(t, &t->e->sites[i]);
    }
}

/* A note of a site, and whether it is written already. */
struct note {
    const struct site_estimate *site;
    const char *text;
    bool done;
};

static size_t count_notes(const struct estimate *e)
{
    size_t n = 0;
    for (size_t i = 0; i < e->nsites; i++) {
        n += e->sites[i].nnotes + e->sites[i].nreasons;
        for (size_t k = 0; k < e->sites[i].nlines; k++)
            n += e->sites[i].lines[k].nnotes;
    }
    return n;
}

static void add_line_notes(struct table *t, const struct site_estimate *s, const struct line *l, struct note *notes,
                           size_t *n)
{
    struct phrases *p = &t->p;
    const char *label = say_clean(p, l->label);
    for (size_t i = 0; i < l->nnotes; i++)
        notes[(*n)++] = (struct note){s, say(p, TEXT_NAME_NOTE, label, say_clean(p, l->notes[i])), false};
}

/* In order: sites as ranked, each one's own notes before those of its lines. */
static struct note *collect_notes(struct table *t, size_t *n)
{
    struct note *notes = arena_array(&t->p.arena, count_notes(t->e) + 1, sizeof *notes);
    *n = 0;
    if (notes == NULL) {
        t->p.failed = true;
        return NULL;
    }
    for (size_t i = 0; i < t->e->nsites; i++) {
        const struct site_estimate *s = &t->e->sites[i];
        for (size_t k = 0; s->rank > 0 && k < s->nreasons; k++) /* ranked though stale */
            notes[(*n)++] = (struct note){s, say_clean(&t->p, s->reasons[k]), false};
        for (size_t k = 0; k < s->nnotes; k++)
            notes[(*n)++] = (struct note){s, say_clean(&t->p, s->notes[k]), false};
        for (size_t k = 0; k < s->nlines; k++)
            add_line_notes(t, s, &s->lines[k], notes, n);
    }
    return notes;
}

/* The names of all sites that have the same note, first one first; marks them done. */
static const char *sites_of(struct table *t, struct note *notes, size_t n, size_t from)
{
    const struct site_estimate *last = NULL;
    const char *names = "";
    for (size_t i = from; i < n; i++) {
        if (notes[i].done || strcmp(notes[i].text, notes[from].text) != 0)
            continue;
        notes[i].done = true;
        if (notes[i].site != last)
            names = say_joined(&t->p, names, last != NULL ? say_plain(&t->p, TEXT_BETWEEN) : "",
                               say_site(&t->p, notes[i].site));
        last = notes[i].site;
    }
    return names;
}

static void write_conditions(struct table *t)
{
    size_t n;
    struct note *notes = collect_notes(t, &n);
    const char *before = "";
    if (notes == NULL || n == 0)
        return;
    table_heading(t, say_plain(&t->p, TEXT_HEADING_NOTES));
    for (size_t i = 0; i < n; i++) {
        const char *names;
        if (notes[i].done)
            continue;
        names = sites_of(t, notes, n, i);
        if (strcmp(names, before) != 0)
            wrap_text(t->out, names, "  ", INDENT, GRID_WIDTH);
        wrap_text(t->out, notes[i].text, "    - ", DEEPER + 2, GRID_WIDTH);
        before = names;
    }
}

static const char *rate_text(struct phrases *p, const struct fx_used *u)
{
    const char *day = date_is(u->date) ? say_joined(p, say_day(p, u->date), "  ") : "";
    return say_joined(p, say_rate(p, u->rate), "  ", day, say_rate_how(p, u));
}

static void write_rates(struct table *t)
{
    bool any = false;
    for (size_t i = 0; i < t->e->nrates; i++) {
        const struct fx_used *u = t->e->rates[i];
        if (u->path == FX_SAME)
            continue;
        if (!any)
            table_heading(t, say_plain(&t->p, TEXT_HEADING_RATES));
        any = true;
        write_named(t, say_joined(&t->p, u->from, "/", u->to), 7, rate_text(&t->p, u));
    }
}

enum { SNAPSHOT_WIDTH = 40 };

static bool used_by(const struct site_estimate *site, const char *snapshot)
{
    for (size_t i = 0; i < site->nlines; i++)
        if (site->lines[i].offer && !strcmp(site->lines[i].offer->snapshot, snapshot))
            return true;
    return false;
}

static bool is_used(const struct estimate *e, const char *snapshot)
{
    for (size_t i = 0; i < e->nsites; i++)
        if (used_by(&e->sites[i], snapshot))
            return true;
    return false;
}

/* Where prices beside the bundled ones are used, all that are used are named. */
static void write_packs(struct table *t)
{
    const struct estimate *e = t->e;
    bool others = false;
    for (size_t i = 1; i < e->nsnapshots; i++)
        others = others || is_used(e, e->snapshots[i].id);
    if (!others)
        return;
    table_heading(t, say_plain(&t->p, TEXT_HEADING_PACKS));
    for (size_t i = 0; i < e->nsnapshots; i++)
        if (is_used(e, e->snapshots[i].id))
            write_named(t, say_clean(&t->p, e->snapshots[i].id), SNAPSHOT_WIDTH,
                        say_clean(&t->p, e->snapshots[i].origin));
}

enum { WHERE_SITE, WHERE_REGION, WHERE_CITY, WHERE_OPERATOR, WHERE_OLDEST, WHERE_AGE, WHERE_COLUMNS };

static bool is_chinese(const struct table *t)
{
    return t->p.lang != NULL && !strcmp(t->p.lang, "zh");
}

/* A Chinese name is not what --site takes: the column's text stands behind it, whole before the name. */
static const char *named_column(struct phrases *p, const struct site_estimate *s)
{
    const char *column = say_cut(p, say_clean(p, s->column), SITE_WIDTH_MAX);
    if (s->site->name_zh[0] == '\0')
        return column;
    return say_joined(p, say_cut(p, say_clean(p, s->site->name_zh), NAME_WIDTH_MAX), " ", column);
}

static void fill_where(struct table *t, struct grid_row *row, const struct site_estimate *s)
{
    const struct region *r = s->region;
    if (row == NULL)
        return;
    bool chinese = is_chinese(t);
    row->cells[WHERE_SITE] = chinese ? named_column(&t->p, s) : say_site(&t->p, s);
    row->cells[WHERE_REGION] = r->id;
    row->cells[WHERE_CITY] = chinese ? r->display_zh : r->city;
    row->cells[WHERE_OPERATOR] = r->operator_name;
    if (date_is(s->oldest_price)) {
        row->cells[WHERE_OLDEST] = say_day(&t->p, s->oldest_price);
        row->cells[WHERE_AGE] = say_age(&t->p, s->oldest_price, t->e->scenario->as_of);
    }
}

/* Where each site's figures stand, who runs the region, and how old its oldest price is. */
static void write_where(struct table *t)
{
    struct grid g;
    const struct grid_column columns[WHERE_COLUMNS] = {
        [WHERE_SITE] = {.title = say_plain(&t->p, TEXT_SITE),
                        .max_width = is_chinese(t) ? NAME_WIDTH_MAX + 1 + SITE_WIDTH_MAX : SITE_WIDTH_MAX},
        [WHERE_REGION] = {.title = say_plain(&t->p, TEXT_REGION)},
        [WHERE_CITY] = {.title = say_plain(&t->p, TEXT_CITY), .drop = 2},
        [WHERE_OPERATOR] = {.title = say_plain(&t->p, TEXT_OPERATOR), .drop = 1},
        [WHERE_OLDEST] = {.title = say_plain(&t->p, TEXT_OLDEST)},
        [WHERE_AGE] = {.title = say_plain(&t->p, TEXT_AGE), .right = true},
    };
    grid_init(&g, &t->p.arena, columns, WHERE_COLUMNS, t->e->nsites);
    for (size_t i = 0; i < t->e->nsites; i++)
        if (t->e->sites[i].region != NULL)
            fill_where(t, grid_row(&g), &t->e->sites[i]);
    if (g.nrows == 0)
        return;
    table_heading(t, say(&t->p, TEXT_HEADING_AGE, say_day(&t->p, t->e->scenario->as_of)));
    table_grid(t, &g);
}

void table_notes(struct table *t)
{
    write_not_ranked(t);
    write_conditions(t);
    write_rates(t);
    write_packs(t);
    write_where(t);
    buf_putc(t->out, '\n');
    wrap_text(t->out, say_plain(&t->p, TEXT_NOT_ADVICE), "", 0, GRID_WIDTH);
}
