/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Offers as `tco prices` shows them. What all offers of a table share is said once, above it.
 */
#include "calc/prices_view.h"

#include "calc/csv.h"
#include "calc/grid.h"
#include "calc/wrap.h"

#include <string.h>

/* ---- CSV: the columns of a price pack, then what the catalogue adds ---- */

static void csv_number(struct buf *out, dec_t n)
{
    char text[DEC_TEXT];

    dec_format(n, 0, text);
    csv_raw(out, text);
}

static void csv_shape(struct buf *out, const struct shape *s)
{
    bool sized = s != NULL && s->has_size;

    if (sized)
        csv_number(out, s->vcpu);
    buf_putc(out, ',');
    if (sized)
        csv_number(out, s->memory);
}

static void csv_tier(struct buf *out, const struct offer *o, const struct price_part *part, const struct tier *t)
{
    static const char *const scopes[] = {[SCOPE_ITEM] = "", [SCOPE_MONTH] = "month", [SCOPE_LIFE] = "life"};
    const char *const texts[] = {o->site, o->region, o->service, o->sku, o->os, charge_names[o->charge], o->offering};
    char day[DATE_TEXT];

    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        csv_text(out, texts[i]);
        buf_putc(out, ',');
    }
    if (o->term_months > 0)
        buf_printf(out, "%d", o->term_months);
    buf_printf(out, ",%s,", unit_table[part->unit].name);
    csv_number(out, t->from);
    buf_putc(out, ',');
    if (!t->open)
        csv_number(out, t->to);
    buf_printf(out, ",%s,", scopes[part->scope]);
    csv_number(out, t->price);
    buf_printf(out, ",%s,%s,", o->currency, o->basis == BASIS_INCL ? "incl" : "excl");
    if (o->has_tax_rate)
        csv_number(out, o->tax_rate);
    date_format(o->as_of, day);
    buf_printf(out, ",%s,", day);
    csv_text(out, o->source->id);
    buf_printf(out, ",%s,", o->source->confidence);
    csv_shape(out, o->shape);
    buf_puts(out, o->rival != NULL ? ",yes," : ",no,");
    csv_text(out, o->snapshot);
    buf_puts(out, "\n");
}

void prices_csv(const struct price_list *l, struct buf *out)
{
    buf_puts(out,
             "site,region,service,sku,os,charge,offering,term_months,unit,tier_from,tier_to,tier_scope,price,currency,"
             "tax_basis,tax_rate,as_of,source,confidence,vcpu,memory_gib,ambiguous,snapshot\n");
    for (size_t i = 0; i < l->n; i++) {
        const struct offer *o = l->v[i];
        for (size_t p = 0; p < o->nparts; p++)
            for (size_t t = 0; t < o->parts[p].ntiers; t++)
                csv_tier(out, o, &o->parts[p], &o->parts[p].tiers[t]);
    }
}

/* ---- table ---- */

static const char *charge_of(struct phrases *p, const struct offer *o)
{
    if (o->term_months == 0)
        return charge_names[o->charge];
    return say_joined(p, charge_names[o->charge], " ", say_count(p, o->term_months), *o->offering != '\0' ? " " : "",
                      o->offering);
}

static const char *shape_of(struct phrases *p, const struct offer *o)
{
    const struct shape *s = o->shape;

    if (s == NULL)
        return "";
    if (s->has_disk_size)
        return say_joined(p, say_number(p, s->disk_size), " GiB");
    return s->has_size ? say_joined(p, say_number(p, s->vcpu), " vCPU ", say_number(p, s->memory), " GiB") : "";
}

/* "to 96 life", "above 51,200 month"; nothing for a price without tiers. */
static const char *tier_of(struct phrases *p, const struct price_part *part, const struct tier *t)
{
    static const char *const scopes[] = {[SCOPE_ITEM] = "", [SCOPE_MONTH] = " month", [SCOPE_LIFE] = " life"};

    if (part->ntiers == 1 && t->open)
        return "";
    return t->open ? say(p, TEXT_TIER_ABOVE, say_number(p, t->from), scopes[part->scope])
                   : say(p, TEXT_TIER_TO, say_number(p, t->to), scopes[part->scope]);
}

static const char *source_of(struct phrases *p, const struct offer *o)
{
    return o->rival != NULL ? say_joined(p, say_clean(p, o->source->id), " *") : say_clean(p, o->source->id);
}

enum column {
    COLUMN_SKU,
    COLUMN_OS,
    COLUMN_CHARGE,
    COLUMN_PRICE,
    COLUMN_UNIT,
    COLUMN_TIER,
    COLUMN_TAX,
    COLUMN_DAY,
    COLUMN_SOURCE,
    COLUMN_SHAPE,
    COLUMNS
};

static void add_rows(struct phrases *p, struct grid *g, const struct offer *o)
{
    for (size_t i = 0; i < o->nparts; i++)
        for (size_t t = 0; t < o->parts[i].ntiers && !g->failed; t++) {
            const struct price_part *part = &o->parts[i];
            struct grid_row *row = grid_row(g);
            row->cells[COLUMN_PRICE] = say_number(p, part->tiers[t].price);
            row->cells[COLUMN_UNIT] = unit_table[part->unit].name;
            row->cells[COLUMN_TIER] = tier_of(p, part, &part->tiers[t]);
            if (i > 0 || t > 0)
                continue;
            row->cells[COLUMN_SKU] = say_clean(p, o->sku);
            row->cells[COLUMN_OS] = o->os;
            row->cells[COLUMN_CHARGE] = charge_of(p, o);
            row->cells[COLUMN_TAX] = say_plain(p, o->basis == BASIS_INCL ? TEXT_INCL : TEXT_EXCL);
            row->cells[COLUMN_DAY] = say_day(p, o->as_of);
            row->cells[COLUMN_SOURCE] = source_of(p, o);
            row->cells[COLUMN_SHAPE] = shape_of(p, o);
        }
}

/* What all offers share is said once, in the heading, and leaves its column: *said has it, or "". */
static const char *shared(struct grid *g, enum column column)
{
    const char *text = g->rows[0].cells[column];

    for (size_t i = 0; i < g->nrows; i++)
        if (g->rows[i].cells[COLUMN_SKU] != NULL && strcmp(g->rows[i].cells[column], text) != 0)
            return "";
    for (size_t i = 0; i < g->nrows; i++)
        g->rows[i].cells[column] = NULL;
    return text;
}

static void write_heading(struct phrases *p, const struct offer *o, struct grid *g, bool color, struct buf *out)
{
    static const enum column once[] = {COLUMN_OS, COLUMN_CHARGE, COLUMN_TAX};

    style_puts(out, STYLE_BOLD, color, say_joined(p, o->site, " ", o->region, " ", o->service));
    for (size_t i = 0; i < sizeof once / sizeof *once && !g->failed; i++) {
        const char *text = shared(g, once[i]);
        if (*text != '\0')
            buf_printf(out, "%s%s", say_plain(p, TEXT_COMMA), text);
    }
    buf_putc(out, '\n');
}

static void write_service(const struct price_list *l, size_t first, size_t end, struct phrases *p, bool color,
                          struct buf *out)
{
    const struct grid_column columns[COLUMNS] = {
        [COLUMN_SKU] = {.title = "SKU", .max_width = 36},
        [COLUMN_OS] = {.title = say_plain(p, TEXT_SYSTEM)},
        [COLUMN_CHARGE] = {.title = say_plain(p, TEXT_CHARGE)},
        [COLUMN_PRICE] = {.title = l->v[first]->currency, .right = true},
        [COLUMN_UNIT] = {.title = say_plain(p, TEXT_PER)},
        [COLUMN_TIER] = {.title = say_plain(p, TEXT_TIER)},
        [COLUMN_TAX] = {.title = say_plain(p, TEXT_BASIS)},
        [COLUMN_DAY] = {.title = say_plain(p, TEXT_DAY)},
        [COLUMN_SOURCE] = {.title = say_plain(p, TEXT_SOURCE), .drop = 1},
        [COLUMN_SHAPE] = {.title = say_plain(p, TEXT_SHAPE), .drop = 2},
    };
    struct grid g;
    size_t rows = 0;

    for (size_t i = first; i < end; i++)
        for (size_t k = 0; k < l->v[i]->nparts; k++)
            rows += l->v[i]->parts[k].ntiers;
    grid_init(&g, &p->arena, columns, COLUMNS, rows);
    for (size_t i = first; i < end && !g.failed; i++)
        add_rows(p, &g, l->v[i]);
    p->failed = p->failed || g.failed;
    write_heading(p, l->v[first], &g, color, out);
    grid_fit(&g);
    grid_write(&g, color, out);
}

static bool source_before(const struct price_list *l, size_t at)
{
    for (size_t i = 0; i < at; i++)
        if (l->v[i]->source == l->v[at]->source)
            return true;
    return false;
}

static void write_sources(const struct price_list *l, struct phrases *p, struct buf *out)
{
    bool rivals = false;

    buf_putc(out, '\n');
    for (size_t i = 0; i < l->n; i++) {
        const struct source *s = l->v[i]->source;
        rivals = rivals || l->v[i]->rival != NULL;
        if (i > 0 && (s == l->v[i - 1]->source || source_before(l, i)))
            continue;
        wrap_text(out,
                  say(p, TEXT_ONE_SOURCE, say_clean(p, s->id), say_clean(p, s->title), say_day(p, s->as_of),
                      say_confidence(p->lang, s->confidence)),
                  "", 4, GRID_WIDTH);
    }
    if (rivals)
        wrap_text(out, say_plain(p, TEXT_RIVALS), "", 2, GRID_WIDTH);
}

void prices_table(const struct price_list *l, struct phrases *p, bool color, struct buf *out)
{
    for (size_t i = 0, j; i < l->n; i = j) {
        const char *service = l->v[i]->service;
        for (j = i + 1; j < l->n && !strcmp(l->v[j]->service, service); j++)
            ;
        if (i > 0)
            buf_putc(out, '\n');
        write_service(l, i, j, p, color, out);
    }
    write_sources(l, p, out);
}
