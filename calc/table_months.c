/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The months of each site: sums over its lines, equal months that follow each other in one row, and
 * the total of the horizon. Lines without a price are named beside the total, as it lacks them.
 */
#include "calc/table.h"

#include "calc/line_view.h"
#include "calc/month_sums.h"
#include "calc/tax.h"

#include <stdlib.h>

enum {
    COL_MONTHS,
    COL_NET,
    COL_TAX,
    COL_WITHHELD,
    COL_FEES,
    COL_OTHER,
    COL_CASH_OUT,
    COL_RECOVERABLE,
    COL_COST,
    MONTH_COLUMNS
};

static const struct {
    enum text_id title;
    size_t at; /* of the amount in struct money */
    int drop;
    bool if_any; /* left out when it is 0 in every month */
} figures[MONTH_COLUMNS] = {
    [COL_NET] = {TEXT_NET, offsetof(struct money, net), 0, false},
    [COL_TAX] = {TEXT_TAX, offsetof(struct money, tax), 2, false},
    [COL_WITHHELD] = {TEXT_WITHHELD, offsetof(struct money, withheld), 4, true},
    [COL_FEES] = {TEXT_FEES, offsetof(struct money, fees), 5, true},
    [COL_OTHER] = {TEXT_OTHER, offsetof(struct money, other), 3, true},
    [COL_CASH_OUT] = {TEXT_CASH_OUT, offsetof(struct money, cash_out), 0, false},
    [COL_RECOVERABLE] = {TEXT_RECOVERABLE, offsetof(struct money, recoverable), 1, false},
    [COL_COST] = {TEXT_COST, offsetof(struct money, cost), 0, false},
};

static dec_t amount(const struct money *m, size_t column)
{
    return *(const dec_t *)((const char *)m + figures[column].at);
}

/* A row of figures; a column of zeros only stays empty, and so is not shown. */
static void fill(struct table *t, struct grid_row *row, const char *name, const struct money *m,
                 const struct money *total)
{
    if (row == NULL)
        return;
    row->cells[COL_MONTHS] = name;
    for (size_t c = COL_NET; c < MONTH_COLUMNS; c++)
        if (!figures[c].if_any || dec_sign(amount(total, c)) != 0)
            row->cells[c] = say_amount(&t->p, amount(m, c), t->e->minor_units);
}

static const char *total_name(struct table *t, const struct site_estimate *s)
{
    const char *without = "";
    for (size_t i = 0; i < s->nlines; i++)
        if (!line_has_amounts(&s->lines[i]))
            without = say_joined(&t->p, without, without[0] != '\0' ? ", " : "", say_clean(&t->p, s->lines[i].label));
    if (without[0] == '\0')
        return say_plain(&t->p, TEXT_TOTAL);
    return say(&t->p, TEXT_TOTAL_WITHOUT, without);
}

static void write_sums(struct table *t, const struct site_estimate *s, const struct month_sum *sums, int months,
                       const struct money *total)
{
    struct grid_column columns[MONTH_COLUMNS] = {
        [COL_MONTHS] = {.title = say_plain(&t->p, TEXT_MONTH), .max_width = 36}};
    struct grid g;
    struct grid_row *last;
    for (size_t c = COL_NET; c < MONTH_COLUMNS; c++)
        columns[c] =
            (struct grid_column){.title = say_plain(&t->p, figures[c].title), .right = true, .drop = figures[c].drop};
    grid_init(&g, &t->p.arena, columns, MONTH_COLUMNS, (size_t)months + 1);
    for (int m = 0, n; m < months; m += n) {
        for (n = 1; m + n < months && money_same(&sums[m].m, &sums[m + n].m);)
            n++;
        fill(t, grid_row(&g), say_months(&t->p, month_add(t->e->scenario->start, m), n), &sums[m].m, total);
    }
    last = grid_row(&g);
    fill(t, last, total_name(t, s), total, total);
    if (last != NULL)
        last->style = STYLE_BOLD;
    table_grid(t, &g);
}

static bool any_amounts(const struct site_estimate *s)
{
    for (size_t i = 0; i < s->nlines; i++)
        if (line_has_amounts(&s->lines[i]))
            return true;
    return false;
}

static int write_site(struct table *t, const struct site_estimate *s, struct err *err)
{
    int months = site_months(t->e->scenario, s), rc = 0;
    struct month_sum *sums = month_sums_new(months);
    struct money total = {0};
    if (sums == NULL)
        return err_nomem(err);
    for (size_t i = 0; rc == 0 && i < s->nlines; i++)
        rc = month_sums_add(sums, months, &s->lines[i], err);
    for (int m = 0; rc == 0 && m < months; m++) {
        total = money_add(total, sums[m].m, 1);
        rc = money_check(&total, s->column, err);
    }
    if (rc == 0)
        write_sums(t, s, sums, months, &total);
    free(sums);
    return rc;
}

int table_months(struct table *t, struct err *err)
{
    for (size_t i = 0; i < t->e->nsites; i++) {
        const struct site_estimate *s = &t->e->sites[i];
        table_site_heading(t, s);
        if (!any_amounts(s))
            buf_printf(t->out, "%s\n", say_plain(&t->p, TEXT_NO_FIGURES));
        else if (write_site(t, s, err) != 0)
            return -1;
    }
    return 0;
}
