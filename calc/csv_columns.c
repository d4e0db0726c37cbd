/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Cells that several CSV views have.
 */
#include "calc/csv_columns.h"

#include "calc/plans.h"

void csv_decimal(struct buf *out, dec_t value, int places)
{
    char text[DEC_TEXT];
    dec_format(value, places, text);
    csv_raw(out, text);
}

void csv_day(struct buf *out, struct date day)
{
    char text[DATE_TEXT];
    date_format(day, text);
    csv_raw(out, text);
}

void csv_money(struct buf *out, const struct csv_row *r, size_t at)
{
    if (r->money != NULL)
        csv_decimal(out, *(const dec_t *)((const char *)r->money + at), r->e->minor_units);
}

void csv_scenario(struct buf *out, const struct csv_row *r, size_t at)
{
    (void)at;
    csv_text(out, r->e->scenario->name);
}

void csv_site(struct buf *out, const struct csv_row *r, size_t at)
{
    (void)at;
    csv_text(out, r->site->column);
}

/* Of a plan: "site/region" of the part that the line is of, of all parts without a line. */
static void put_plan_regions(struct buf *out, const struct csv_row *r)
{
    struct buf text = {0};
    for (size_t i = 0; i < r->site->plan->nparts; i++) {
        const struct site_estimate *part = &r->site->plan->parts[i];
        if (r->line != NULL && part != plan_part_of(r->site, r->line))
            continue;
        buf_printf(&text, "%s%s", text.n > 0 ? "+" : "", part->column);
        if (part->region != NULL)
            buf_printf(&text, "/%s", part->region->id);
    }
    if (text.n > 0 && !text.failed)
        csv_text(out, text.v);
    out->failed = out->failed || text.failed;
    buf_free(&text);
}

void csv_region(struct buf *out, const struct csv_row *r, size_t at)
{
    (void)at;
    if (r->site->plan != NULL)
        put_plan_regions(out, r);
    else if (r->site->region != NULL)
        csv_text(out, r->site->region->id);
}

void csv_currency(struct buf *out, const struct csv_row *r, size_t at)
{
    (void)at;
    csv_text(out, r->e->scenario->currency);
}

void csv_line(struct buf *out, const struct csv_row *r, size_t at)
{
    (void)at;
    csv_text(out, r->line->label);
}
