/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The lines of each site: one row of figures per line, and below it in words what was bought, at
 * which price of which day, how it differs from what was asked, and the runners-up.
 */
#include "calc/table.h"
#include "calc/tax.h"

#include "calc/line_view.h"
#include "calc/wrap.h"

#include <string.h>

enum { LABEL_WIDTH_MAX = 24, SKU_WIDTH_MAX = 36, BELOW_MAX = 3, QUANTITY_PLACES = 3 };
enum {
    COL_LINE,
    COL_SKU,
    COL_STATUS,
    COL_NET,
    COL_TAX,
    COL_WITHHELD,
    COL_FEES,
    COL_OTHER,
    COL_CASH_OUT,
    COL_RECOVERABLE,
    COL_COST,
    LINE_COLUMNS
};

/* "1.0465 CNY per hour"; of tiers the first and the last price. */
static const char *part_price(struct phrases *p, const struct offer *o, const struct price_part *part)
{
    const struct tier *first = &part->tiers[0], *last = &part->tiers[part->ntiers - 1];
    const char *unit = unit_table[part->unit].name;
    if (part->ntiers == 1)
        return say(p, TEXT_PER_UNIT, say_exact(p, first->price, o->currency), unit);
    return say(p, TEXT_TIERS_TO, say_number(p, first->price), say_exact(p, last->price, o->currency), unit,
               say_count(p, (long)part->ntiers));
}

static const char *offer_price(struct phrases *p, const struct offer *o)
{
    const char *price = part_price(p, o, &o->parts[0]);
    if (o->nparts > 1)
        price = say(p, TEXT_PARTS_AND, price, part_price(p, o, &o->parts[1]));
    return price;
}

static const char *basis(struct phrases *p, const struct line *l)
{
    const char *name = say_plain(p, l->offer->basis == BASIS_INCL ? TEXT_INCL : TEXT_EXCL);
    const struct tax_used *tax = line_one_tax(l);
    if (tax == NULL)
        return name;
    return say(p, tax->by_buyer ? TEXT_DETAIL_RATE_BUYER : TEXT_DETAIL_RATE, name, say_percent(p, tax->rate));
}

static const char *add(struct phrases *p, const char *text, const char *more)
{
    if (more[0] == '\0')
        return text;
    return say_joined(p, text, text[0] != '\0' ? say_plain(p, TEXT_SEMICOLON) : "", more);
}

static const char *bought(struct phrases *p, const struct line *l)
{
    const char *text =
        say(p, TEXT_DETAIL_QUANTITY, say_units(p, l->quantity, l->unit), offer_price(p, l->offer), basis(p, l));
    text = add(p, text, say_charge(p, l));
    if (l->pool != NULL)
        text = add(p, text, say(p, TEXT_DETAIL_POOL, say_count(p, (long)l->pool->nlines)));
    if (dec_sign(l->discount) != 0)
        text = add(p, text, say(p, TEXT_DETAIL_DISCOUNT, say_percent(p, l->discount)));
    return add(p, text, say(p, TEXT_DETAIL_PRICE_DAY, say_day(p, l->offer->as_of), say_clean(p, line_source(l))));
}

/* What vouches for the amounts: of an offer what was bought, of a fee its rule. */
static const char *detail(struct phrases *p, const struct line *l)
{
    if (!line_has_amounts(l))
        return "";
    if (l->offer != NULL)
        return bought(p, l);
    if (l->cost != NULL)
        return say_plain(p, TEXT_DETAIL_COST);
    if (l->fee_rule != NULL)
        return say(p, TEXT_DETAIL_FEE_RULE, say_clean(p, l->fee_rule->source));
    return say_plain(p, TEXT_DETAIL_FEE_CONFIG);
}

static const char *candidate(struct table *t, const struct line *l, const struct candidate *c)
{
    struct phrases *p = &t->p;
    const struct shape *s = c->offer->shape;
    const char *shape = "", *code = t->e->scenario->currency;
    if (s != NULL && s->has_size)
        shape = say(p, TEXT_DETAIL_SHAPE, say_number(p, s->vcpu), say_number(p, s->memory));
    return say(p, TEXT_DETAIL_CANDIDATE, say_runner_up(p, l, c), shape, say_money(p, c->cost, code),
               say_money(p, c->npv, code));
}

static void add_below(struct grid_row *row, const char **below, const char *text)
{
    if (text[0] != '\0')
        below[row->nbelow++] = text;
}

static void fill_below(struct table *t, struct grid_row *row, const struct line *l)
{
    size_t runners_up = t->opt->candidates > 0 ? (size_t)t->opt->candidates : 0;
    const char **below = arena_array(&t->p.arena, BELOW_MAX + l->ncandidates, sizeof *below);
    if (below == NULL) {
        t->p.failed = true;
        return;
    }
    add_below(row, below, detail(&t->p, l));
    add_below(row, below, say_clean(&t->p, l->size_note));
    add_below(row, below, say_clean(&t->p, l->reason));
    for (size_t i = 1; i < l->ncandidates && i <= runners_up; i++)
        add_below(row, below, candidate(t, l, &l->candidates[i]));
    row->below = below;
}

/* What a site's lines come to together; a column that is zero for all of them is not shown. */
static struct money sum_lines(const struct site_estimate *s)
{
    struct money sum = {.net = DEC_ZERO};
    for (size_t i = 0; i < s->nlines; i++)
        if (line_has_amounts(&s->lines[i]))
            sum = money_add(sum, s->lines[i].m, 1);
    return sum;
}

static const char *unless_all_zero(struct table *t, dec_t amount, dec_t sum)
{
    return dec_bad(sum) || dec_sign(sum) != 0 ? say_amount(&t->p, amount, t->e->minor_units) : NULL;
}

static void fill_money(struct table *t, struct grid_row *row, const struct money *m, const struct money *sum)
{
    int places = t->e->minor_units;
    row->cells[COL_NET] = say_amount(&t->p, m->net, places);
    row->cells[COL_TAX] = say_amount(&t->p, m->tax, places);
    row->cells[COL_WITHHELD] = unless_all_zero(t, m->withheld, sum->withheld);
    row->cells[COL_FEES] = unless_all_zero(t, m->fees, sum->fees);
    row->cells[COL_OTHER] = unless_all_zero(t, m->other, sum->other);
    row->cells[COL_CASH_OUT] = say_amount(&t->p, m->cash_out, places);
    row->cells[COL_RECOVERABLE] = unless_all_zero(t, m->recoverable, sum->recoverable);
    row->cells[COL_COST] = say_amount(&t->p, m->cost, places);
}

static void fill_line(struct table *t, struct grid_row *row, const struct line *l, const struct money *sum)
{
    struct phrases *p = &t->p;
    row->cells[COL_LINE] = say_clean(p, l->label);
    row->cells[COL_SKU] = l->offer != NULL ? say_clean(p, l->offer->sku) : NULL;
    row->cells[COL_STATUS] = table_line_status(t, l);
    row->styles[COL_STATUS] = l->status == LINE_PRICED  ? STYLE_PLAIN
                              : l->status == LINE_STALE ? STYLE_YELLOW
                                                        : STYLE_RED;
    if (line_has_amounts(l))
        fill_money(t, row, &l->m, sum);
    fill_below(t, row, l);
}

static void fill_total(struct table *t, struct grid_row *row, const struct site_estimate *s)
{
    row->style = STYLE_BOLD;
    row->cells[COL_LINE] = say_plain(&t->p, TEXT_TOTAL);
    fill_money(t, row, &s->m, &s->m);
}

static void write_site(struct table *t, const struct site_estimate *s)
{
    struct phrases *p = &t->p;
    struct grid_column columns[LINE_COLUMNS] = {
        [COL_LINE] = {.title = say_plain(p, TEXT_LINE), .max_width = LABEL_WIDTH_MAX},
        [COL_SKU] = {.title = say_plain(p, TEXT_SKU), .max_width = SKU_WIDTH_MAX, .drop = 3},
        [COL_STATUS] = {.title = say_plain(p, TEXT_STATUS), .drop = 5},
        [COL_NET] = {.title = say_plain(p, TEXT_NET), .right = true},
        [COL_TAX] = {.title = say_plain(p, TEXT_TAX), .right = true, .drop = 1},
        [COL_WITHHELD] = {.title = say_plain(p, TEXT_WITHHELD), .right = true, .drop = 2},
        [COL_FEES] = {.title = say_plain(p, TEXT_FEES), .right = true, .drop = 2},
        [COL_OTHER] = {.title = say_plain(p, TEXT_OTHER), .right = true, .drop = 2},
        [COL_CASH_OUT] = {.title = say_plain(p, TEXT_CASH_OUT), .right = true},
        [COL_RECOVERABLE] = {.title = say_plain(p, TEXT_RECOVERABLE), .right = true, .drop = 4},
        [COL_COST] = {.title = say_plain(p, TEXT_COST), .right = true}};
    const struct money sum = sum_lines(s);
    struct grid g;
    grid_init(&g, &p->arena, columns, LINE_COLUMNS, s->nlines + 1);
    for (size_t i = 0; !g.failed && i < s->nlines; i++)
        fill_line(t, grid_row(&g), &s->lines[i], &sum);
    if (!g.failed && s->has_totals)
        fill_total(t, grid_row(&g), s);
    table_grid(t, &g);
}

/* A reason that only repeats what stands at a line is not said again. */
static bool said_below(const struct site_estimate *s, const char *reason)
{
    for (size_t i = 0; i < s->nlines; i++)
        if (s->lines[i].reason[0] != '\0' && strstr(reason, s->lines[i].reason) != NULL)
            return true;
    return false;
}

/* Of a plan each part by itself, with a total of its own. */
static void write_parts(struct table *t, const struct plan_estimate *plan)
{
    for (size_t i = 0; i < plan->nparts; i++) {
        table_site_heading(t, &plan->parts[i]);
        if (plan->parts[i].nlines > 0)
            write_site(t, &plan->parts[i]);
    }
}

void table_lines(struct table *t)
{
    for (size_t i = 0; i < t->e->nsites; i++) {
        const struct site_estimate *s = &t->e->sites[i];
        table_site_heading(t, s);
        if (s->plan != NULL)
            write_parts(t, s->plan);
        else if (s->nlines > 0)
            write_site(t, s);
        for (size_t k = 0; k < s->nreasons; k++)
            if (!said_below(s, s->reasons[k]))
                wrap_text(t->out, say_clean(&t->p, s->reasons[k]), "", 0, GRID_WIDTH);
    }
}
