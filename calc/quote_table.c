/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * An intake report for a terminal: what is offered, the totals, then what is open, what does not add up, what is
 * assumed, passed over, and how the rest was read.
 */
#include "calc/grid.h"
#include "calc/quote_view.h"
#include "calc/wrap.h"

#include <string.h>

struct report {
    const struct quote *q;
    struct phrases *p;
    bool color;
    struct buf *out;
};

/* ---- items ---- */

static const char *of_what(struct phrases *p, const struct quote_item *i)
{
    const char *size = !strcmp(i->service, "bandwidth") ? " Mbps" : " GiB";

    if (*i->sku != '\0')
        return say_clean(p, i->sku);
    if (i->has_shape)
        return say_joined(p, say_number(p, i->vcpu), " vCPU ", say_number(p, i->memory), " GiB");
    return i->has_size ? say_joined(p, say_number(p, i->size), size) : "";
}

static const char *per_what(struct phrases *p, const struct quote_item *i)
{
    return i->unit == UNIT_TERM ? say_month_count(p, i->period_months) : quote_unit_shown(p->lang, i->unit);
}

static const char *term_of(struct phrases *p, const struct quote_item *i)
{
    const char *months = say_month_count(p, i->term_months);

    if (i->term_months == 0)
        return say_plain(p, TEXT_QUOTE_TERM_NONE);
    return i->paid == QUOTE_PAID_UPFRONT ? say(p, TEXT_QUOTE_TERM_UPFRONT, months) : months;
}

static const char *tax_of(struct phrases *p, const struct quote_item *i)
{
    const char *basis = say_plain(p, i->basis == BASIS_INCL ? TEXT_QUOTE_INCL : TEXT_QUOTE_EXCL);
    char rate[DEC_TEXT];

    if (!i->has_tax_rate)
        return basis;
    dec_format(dec_muln(i->tax_rate, 100), 0, rate);
    return say_joined(p, basis, " ", rate, "%");
}

enum column { ROW, LABEL, SERVICE, WHAT, QUANTITY, PRICE, TAX, PER, TERM, COLUMNS };

/* Rows of a workbook have their sheet before them where items, which are in the order of the file, come from several. */
static const char *row_of(struct phrases *p, const struct quote *q, const struct quote_item *i)
{
    bool several = strcmp(q->items[0].sheet, q->items[q->nitems - 1].sheet) != 0;

    return several ? say_joined(p, say_clean(p, i->sheet), "!", say_count(p, i->row)) : say_count(p, i->row);
}

static void add_item(struct phrases *p, struct grid *g, const struct quote *q, const struct quote_item *i)
{
    struct grid_row *row = grid_row(g);

    row->cells[ROW] = row_of(p, q, i);
    row->cells[LABEL] = say_clean(p, i->label);
    row->cells[SERVICE] = *i->service != '\0' ? quote_service_shown(p->lang, i->service) : "?";
    row->cells[WHAT] = of_what(p, i);
    row->cells[QUANTITY] = say_number(p, i->quantity);
    row->cells[PRICE] = say_exact(p, i->price, q->currency);
    row->cells[TAX] = tax_of(p, i);
    row->cells[PER] = per_what(p, i);
    row->cells[TERM] = term_of(p, i);
}

static void finish(struct report *w, struct grid *g)
{
    w->p->failed = w->p->failed || g->failed;
    grid_fit(g);
    buf_putc(w->out, '\n');
    grid_write(g, w->color, w->out);
}

static void write_items(struct report *w)
{
    const struct grid_column columns[COLUMNS] = {
        [ROW] = {.title = say_plain(w->p, TEXT_QUOTE_COL_ROW), .right = true},
        [LABEL] = {.title = say_plain(w->p, TEXT_QUOTE_COL_LABEL), .max_width = 24, .drop = 1},
        [SERVICE] = {.title = say_plain(w->p, TEXT_QUOTE_COL_SERVICE)},
        [WHAT] = {.title = say_plain(w->p, TEXT_QUOTE_COL_WHAT), .max_width = 24},
        [QUANTITY] = {.title = say_plain(w->p, TEXT_QUOTE_COL_QUANTITY), .right = true},
        [PRICE] = {.title = say_plain(w->p, TEXT_QUOTE_COL_PRICE), .right = true},
        [TAX] = {.title = say_plain(w->p, TEXT_QUOTE_COL_TAX)},
        [PER] = {.title = say_plain(w->p, TEXT_QUOTE_COL_PER)},
        [TERM] = {.title = say_plain(w->p, TEXT_QUOTE_COL_TERM)},
    };
    struct grid g;

    if (w->q->nitems == 0)
        return;
    grid_init(&g, &w->p->arena, columns, COLUMNS, w->q->nitems);
    for (size_t i = 0; i < w->q->nitems && !g.failed; i++)
        add_item(w->p, &g, w->q, &w->q->items[i]);
    finish(w, &g);
}

/* ---- totals ---- */

static void add_total(struct report *w, struct grid *g, enum text_id name, bool stated, dec_t s, bool known, dec_t v)
{
    if (!stated && !known)
        return;
    struct grid_row *row = grid_row(g);
    row->cells[0] = say_plain(w->p, name);
    row->cells[1] = stated ? say_exact(w->p, s, w->q->currency) : "-";
    row->cells[2] = known ? say_exact(w->p, v, w->q->currency) : "?";
}

static void write_totals(struct report *w)
{
    const struct grid_column columns[] = {{.title = say_plain(w->p, TEXT_QUOTE_COL_TOTAL)},
                                          {.title = say_plain(w->p, TEXT_QUOTE_COL_STATED), .right = true},
                                          {.title = say_plain(w->p, TEXT_QUOTE_COL_WORKED), .right = true}};
    const struct quote *q = w->q;
    struct grid g;

    if (!q->has_net && !q->has_gross && !q->has_tax && !q->has_stated_net && !q->has_stated_tax && !q->has_stated_gross)
        return;
    grid_init(&g, &w->p->arena, columns, 3, 3);
    if (!g.failed) {
        add_total(w, &g, TEXT_QUOTE_TOTAL_NET, q->has_stated_net, q->stated_net, q->has_net, q->net);
        add_total(w, &g, TEXT_QUOTE_TOTAL_TAX, q->has_stated_tax, q->stated_tax, q->has_tax, q->tax);
        add_total(w, &g, TEXT_QUOTE_TOTAL_GROSS, q->has_stated_gross, q->stated_gross, q->has_gross, q->gross);
    }
    finish(w, &g);
}

/* ---- words ---- */

static void write_head(struct report *w, const char *file)
{
    const struct quote *q = w->q;
    struct phrases *p = w->p;
    const char *comma = say_plain(p, TEXT_COMMA), *of = q->format;

    if (*q->encoding != '\0')
        of = say_joined(p, of, comma, q->encoding);
    if (*q->site != '\0')
        of = say_joined(p, of, comma, q->site);
    const char *items = say(p, q->nitems == 1 ? TEXT_QUOTE_ITEM_ONE : TEXT_QUOTE_ITEMS, say_count(p, (long)q->nitems));
    buf_printf(w->out, "%s\n",
               say(p, TEXT_QUOTE_HEADLINE, say_clean(p, file), of, items, say_count(p, (long)q->nopen)));
}

static void write_days(struct report *w)
{
    const struct quote *q = w->q;
    struct phrases *p = w->p;

    if (date_is(q->dated))
        buf_printf(w->out, "%s\n", say(p, TEXT_QUOTE_DATED, say_day(p, q->dated)));
    if (date_is(q->valid_until))
        buf_printf(w->out, "%s\n", say(p, TEXT_QUOTE_VALID_UNTIL, say_day(p, q->valid_until)));
    if (q->days > 0)
        buf_printf(
            w->out, "%s\n",
            say(p, TEXT_QUOTE_PAID_DAYS, say(p, q->days == 1 ? TEXT_DAY_ONE : TEXT_DAYS, say_count(p, q->days))));
}

static void write_remarks(struct report *w, enum quote_remark_kind kind, enum text_id title)
{
    const struct quote *q = w->q;
    bool any = false;

    for (size_t i = 0; i < q->nremarks; i++) {
        if (q->remarks[i].kind != kind)
            continue;
        if (!any) {
            buf_putc(w->out, '\n');
            style_puts(w->out, STYLE_BOLD, w->color, say_plain(w->p, title));
            buf_putc(w->out, '\n');
        }
        any = true;
        wrap_text(w->out, q->remarks[i].text, "  ", 4, GRID_WIDTH);
    }
}

void quote_table(const struct quote *q, const char *file, struct phrases *p, bool color, struct buf *out)
{
    struct report w = {q, p, color, out};

    write_head(&w, file);
    write_days(&w);
    write_items(&w);
    write_totals(&w);
    write_remarks(&w, QUOTE_OPEN, TEXT_QUOTE_OPEN);
    write_remarks(&w, QUOTE_DIFFERS, TEXT_QUOTE_DIFFERS);
    write_remarks(&w, QUOTE_ASSUMED, TEXT_QUOTE_ASSUMED);
    write_remarks(&w, QUOTE_SKIPPED, TEXT_QUOTE_SKIPPED);
    write_remarks(&w, QUOTE_MAPPED, TEXT_QUOTE_MAPPED);
}
