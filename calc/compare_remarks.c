/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A comparison in words: what an offer lacks, which of its rows nothing is bought by, and where it is not alike.
 */
#include "calc/compare_table.h"
#include "calc/grid.h"
#include "calc/quote_shelf.h"
#include "calc/wrap.h"

#include <string.h>

const char *compare_name(struct view *v, const struct compare_offer *o)
{
    return say_clean(v->p, o->site->column);
}

void compare_heading(struct view *v, const char *title)
{
    buf_putc(v->out, '\n');
    style_puts(v->out, STYLE_BOLD, v->color, title);
    buf_putc(v->out, '\n');
}

/* "row 4", with its sheet where the file has sheets. */
static const char *row_of(struct view *v, const struct quote_item *i)
{
    const char *row = say_count(v->p, i->row);
    return *i->sheet ? say(v->p, TEXT_QUOTE_SHEET_ROW, say_clean(v->p, i->sheet), row) : say(v->p, TEXT_QUOTE_ROW, row);
}

static const char *spare_of(struct view *v, const struct compare_spare *s)
{
    static const enum text_id said[] = {[SPARE_REGION] = TEXT_COMPARE_SPARE_REGION,
                                        [SPARE_SERVICE] = TEXT_COMPARE_SPARE_SERVICE,
                                        [SPARE_UNFIT] = TEXT_COMPARE_SPARE_UNFIT};
    return say(v->p, said[s->why], row_of(v, s->item), say_clean(v->p, s->item->label), s->item->region);
}

/* Rows that quote another number of items than the workload asks for. */
static const char *quantity_of(struct view *v, const struct line *l)
{
    const struct quoted *q = l && l->offer ? l->offer->quoted : NULL;
    if (!q || !q->item->has_quantity || unit_table[q->item->unit].base != BASE_ITEM ||
        dec_cmp(q->item->quantity, l->resource->count.fixed) == 0)
        return NULL;
    return say(v->p, TEXT_COMPARE_QUANTITY, say_clean(v->p, l->label), row_of(v, q->item),
               say_number(v->p, q->item->quantity), say_number(v->p, l->resource->count.fixed));
}

/* Where the lines of an offer bear taxes at different rates; NULL where they do not. */
static const char *taxes_of(struct view *v, const struct site_estimate *s)
{
    dec_t first = DEC_ZERO, rate;
    bool any = false, differ = false;
    const char *list = "";
    for (size_t i = 0; i < s->nlines; i++) {
        if (!s->lines[i].resource || !compare_tax_rate(&s->lines[i], &rate))
            continue;
        differ = differ || (any && dec_cmp(rate, first) != 0);
        first = any ? first : rate;
        list = say_joined(v->p, list, any ? say_plain(v->p, TEXT_BETWEEN) : "", say_clean(v->p, s->lines[i].label), " ",
                          say_percent(v->p, rate));
        any = true;
    }
    return differ ? say(v->p, TEXT_COMPARE_TAXES, list) : NULL;
}

static void remark(struct view *v, const struct compare_offer *o, const char *said, bool *any)
{
    if (!said)
        return;
    if (!*any)
        compare_heading(v, say_plain(v->p, TEXT_COMPARE_REMARKS));
    *any = true;
    wrap_text(v->out, say_joined(v->p, compare_name(v, o), say_plain(v->p, TEXT_COLON), said), "", 2, GRID_WIDTH);
}

void compare_remarks(struct view *v)
{
    bool any = false;
    for (size_t i = 0; i < v->c->noffers; i++) {
        const struct compare_offer *o = &v->c->offers[i];
        for (size_t k = 0; k < o->site->nreasons; k++)
            remark(v, o, say_clean(v->p, o->site->reasons[k]), &any);
        for (size_t k = 0; k < o->nspare; k++)
            remark(v, o, spare_of(v, &o->spare[k]), &any);
        for (size_t k = 0; k < o->site->nlines; k++)
            remark(v, o, quantity_of(v, &o->site->lines[k]), &any);
        remark(v, o, taxes_of(v, o->site), &any);
    }
}
