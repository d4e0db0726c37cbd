/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * --format table: what people read, in at most 100 columns, in English or Chinese. It says the
 * same as the other formats with less: every figure is there, every derivation is in explain. The
 * parts are in table_*.c; this file is the order they come in.
 */
#include "calc/table.h"

#include "calc/wrap.h"

#include <string.h>

enum { HEADING_PART = 40 };

void table_heading(struct table *t, const char *title)
{
    buf_putc(t->out, '\n');
    style_puts(t->out, STYLE_BOLD, t->opt->color, title);
    buf_putc(t->out, '\n');
}

void table_site_heading(struct table *t, const struct site_estimate *s)
{
    bool color = t->opt->color;
    buf_putc(t->out, '\n');
    style_puts(t->out, STYLE_BOLD, color, say_cut(&t->p, say_site(&t->p, s), HEADING_PART));
    if (s->region != NULL)
        buf_printf(t->out, "  %s", say_cut(&t->p, say_clean(&t->p, s->region->id), HEADING_PART));
    buf_puts(t->out, "  ");
    style_puts(t->out, table_status_style(s), color, table_site_status(t, s));
    buf_putc(t->out, '\n');
}

void table_grid(struct table *t, struct grid *g)
{
    grid_fit(g);
    grid_write(g, t->opt->color, t->out);
    t->p.failed = t->p.failed || g->failed;
}

const char *table_line_status(struct table *t, const struct line *l)
{
    static const enum text_id names[] = {[LINE_PRICED] = TEXT_LINE_PRICED,
                                         [LINE_UNPRICED] = TEXT_LINE_UNPRICED,
                                         [LINE_AMBIGUOUS] = TEXT_LINE_AMBIGUOUS,
                                         [LINE_STALE] = TEXT_LINE_STALE};
    return say_plain(&t->p, names[l->status]);
}

const char *table_site_status(struct table *t, const struct site_estimate *s)
{
    static const enum text_id names[] = {[SITE_COMPLETE] = TEXT_SITE_COMPLETE,
                                         [SITE_INCOMPLETE] = TEXT_SITE_INCOMPLETE,
                                         [SITE_STALE] = TEXT_SITE_STALE,
                                         [SITE_INELIGIBLE] = TEXT_SITE_INELIGIBLE};
    return say_plain(&t->p, names[s->status]);
}

enum grid_style table_status_style(const struct site_estimate *s)
{
    static const enum grid_style styles[] = {[SITE_COMPLETE] = STYLE_PLAIN,
                                             [SITE_INCOMPLETE] = STYLE_RED,
                                             [SITE_STALE] = STYLE_YELLOW,
                                             [SITE_INELIGIBLE] = STYLE_RED};
    return styles[s->status];
}

/* Scenario, horizon, currency, the discount rate when there is one, the day the prices are known of. */
static void write_title(struct table *t)
{
    const struct scenario *s = t->e->scenario;
    bool discounted = s->discount_rate.kind != VALUE_NONE && dec_sign(s->discount_rate.fixed) != 0;
    struct phrases *p = &t->p;
    const char *title = say(p, discounted ? TEXT_HEADING_NPV : TEXT_HEADING, say_clean(p, s->name),
                            say_month_count(p, s->months), say_month(p, s->start), s->currency, say_day(p, s->as_of),
                            discounted ? say_percent(p, s->discount_rate.fixed) : "");
    for (const char *rest = title; *rest != '\0';) { /* a long name takes several lines */
        size_t n = wrap_line(rest, GRID_WIDTH);
        style_puts(t->out, STYLE_BOLD, t->opt->color, say_first(p, rest, n));
        buf_putc(t->out, '\n');
        rest += n;
        rest += strspn(rest, " ");
    }
}

static int write_view(struct table *t, struct err *err)
{
    int rc = 0;
    write_title(t);
    if (t->opt->view == VIEW_SUMMARY)
        table_summary(t);
    else if (t->opt->view == VIEW_LINES)
        table_lines(t);
    else if (t->opt->view == VIEW_COMMITMENTS)
        table_ways(t);
    else
        rc = table_months(t, err);
    if (rc == 0 && t->opt->view == VIEW_SUMMARY) {
        table_plans(t);
        table_notes(t);
    }
    return rc;
}

static int write_table(const struct estimate *e, const struct report_options *opt, struct buf *out, struct err *err)
{
    struct table t = {.e = e, .opt = opt, .p = {.lang = opt->lang, .rules = e->rules}, .out = out};
    int rc = write_view(&t, err);
    bool failed = t.p.failed || out->failed;
    arena_free(&t.p.arena);
    return rc == 0 && failed ? err_nomem(err) : rc;
}

const struct report table_report = {
    .name = "table",
    .about = "aligned text for people, at most 100 columns wide",
    .write = write_table,
};
