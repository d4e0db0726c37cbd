/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What a thread goes over again and again, and the cells of a row over the base's amounts.
 */
#include "calc/swift_row.h"

#include <stdlib.h>
#include <string.h>

/* ---- making room */

int swift_scratch_make(struct swift_scratch **out, const struct swift *s, struct err *err)
{
    struct swift_scratch *t = calloc(1, sizeof *t);
    const struct scenario *c = &s->scenario;
    /* a term may be paid for beyond the horizon */
    size_t months = (size_t)c->months + 1, paid = (size_t)c->months + TERM_MAX + 1;
    if (!t)
        return err_nomem(err);
    t->amounts = arena_array(&t->arena, c->nresources + 1, sizeof *t->amounts);
    t->discounts = arena_array(&t->arena, s->ndiscounts + 1, sizeof *t->discounts);
    t->cells = arena_array(&t->arena, s->ncolumns + 1, sizeof *t->cells);
    t->sites = arena_array(&t->arena, s->nplaces + 1, sizeof *t->sites);
    t->order = arena_array(&t->arena, s->nplaces + 1, sizeof *t->order);
    t->paid = arena_array(&t->arena, paid, sizeof *t->paid);
    t->paid_at = arena_array(&t->arena, paid, sizeof *t->paid_at);
    t->limit = arena_array(&t->arena, months, sizeof *t->limit);
    bool room = t->amounts && t->discounts && t->cells && t->sites && t->order && t->paid && t->paid_at && t->limit;
    for (int i = 0; i < 2 && room; i++)
        room = (t->bills[i].v = arena_array(&t->arena, 2 * months, sizeof *t->bills[i].v)) != NULL;
    for (size_t i = 0; i < c->nresources && room; i++) {
        struct swift_amounts *a = &t->amounts[i];
        a->resource = c->resources[i];
        a->runs = arena_array(&t->arena, months, sizeof *a->runs);
        a->terms = arena_array(&t->arena, months, sizeof *a->terms);
        a->factors = arena_array(&t->arena, months, sizeof *a->factors);
        room = a->runs && a->terms && a->factors;
    }
    if (!room) {
        swift_scratch_free(t);
        return err_nomem(err);
    }
    *out = t;
    return 0;
}

void swift_scratch_free(struct swift_scratch *t)
{
    if (!t)
        return;
    for (size_t i = 0; t->cells && i < t->ncells; i++)
        free(t->cells[i].text);
    arena_free(&t->arena);
    arena_free(&t->cell_arena);
    free(t);
}

/* ---- cells */

/* A plain number within its key's range, which most cells are: digits, and after a dot at most twelve more. */
static bool plain_number(const struct batch_cell *cell, dec_t *out)
{
    uint64_t whole = 0, part = 0;
    size_t i = 0, places = 0;
    for (; i < cell->n && i < 10 && cell->text[i] >= '0' && cell->text[i] <= '9'; i++)
        whole = whole * 10 + (uint64_t)(cell->text[i] - '0');
    if (i == 0)
        return false;
    if (i < cell->n && cell->text[i] == '.') {
        for (i++; i < cell->n && places < DEC_PLACES && cell->text[i] >= '0' && cell->text[i] <= '9'; i++, places++)
            part = part * 10 + (uint64_t)(cell->text[i] - '0');
        if (places == 0)
            return false;
    }
    if (i != cell->n)
        return false;
    *out = dec_add(dec_int64((int64_t)whole), dec_of((int64_t)part, (int)places));
    return true;
}

/* The cell as its key reads it. 1 read, 0 not to be had. */
static int read_cell(const struct swift *s, struct swift_scratch *t, const struct swift_column *c,
                     const struct batch_cell *cell, struct growth *out)
{
    const struct value_range *range = &c->range;
    dec_t v;
    *out = (struct growth){.rate = {.kind = VALUE_FIXED, .fixed = DEC_ZERO}};
    if (c->bare && plain_number(cell, &v)) {
        int low = dec_cmp(v, range->low);
        out->rate.fixed = v;
        return low >= 0 && (low > 0 || !range->open) && dec_cmp(v, range->high) <= 0;
    }
    if (cell->text[0] == ' ' || cell->text[cell->n - 1] == ' ' || memchr(cell->text, '\t', cell->n))
        return 0;
    struct err none;
    struct value_env env = {.arena = &t->cell_arena,
                            .key = c->key,
                            .allowed = c->row->allowed,
                            .rules = s->work.rules,
                            .scenario = &s->scenario};
    arena_clear(&t->cell_arena);
    if (c->what == SWIFT_GROWTH)
        return value_growth(cell->text, &env, out, &none) == 0;
    if (c->what == SWIFT_DISCOUNT)
        return value_percent(cell->text, &env, &out->rate, &none) == 0;
    return c->parser(cell->text, &env, &out->rate, &none) == 0;
}

/* The same text as in the row before means the same: most columns repeat. */
static int cell_value(const struct swift *s, struct swift_scratch *t, size_t i, const struct batch_cell *cell,
                      struct growth *out)
{
    struct swift_cell *k = &t->cells[i];
    if (k->n == cell->n && k->text && !memcmp(k->text, cell->text, cell->n)) {
        *out = k->value;
        return 1;
    }
    if (read_cell(s, t, &s->columns[i], cell, out) != 1)
        return 0;
    if (cell->n + 1 > k->room) {
        char *text = realloc(k->text, cell->n + 1);
        if (!text)
            return -1;
        k->text = text;
        k->room = cell->n + 1;
        t->ncells = s->ncolumns;
    }
    memcpy(k->text, cell->text, cell->n + 1);
    k->n = cell->n;
    k->value = *out;
    return 1;
}

/* What a row may have changed is the base's again. */
static void start_amounts(const struct swift *s, struct swift_scratch *t)
{
    for (size_t i = 0; i < s->scenario.nresources; i++) {
        const struct resource *r = &s->scenario.resources[i];
        struct swift_amounts *a = &t->amounts[i];
        a->resized = a->retimed = a->ready = a->terms_ready = false;
        a->resource.count = r->count;
        a->resource.hours = r->hours;
        a->resource.size = r->size;
        a->resource.growth = r->growth;
        if (r->growth.rate.kind == VALUE_NONE)
            a->resource.growth.rate = (struct value){.kind = VALUE_FIXED, .fixed = DEC_ZERO};
    }
    for (size_t i = 0; i < s->ndiscounts; i++)
        t->discounts[i].given = false;
}

static int take_cell(const struct swift *s, struct swift_scratch *t, size_t i, const struct batch_cell *cell)
{
    const struct swift_column *c = &s->columns[i];
    struct swift_amounts *a = c->what == SWIFT_DISCOUNT ? NULL : &t->amounts[c->resource];
    struct growth g;
    int got = cell_value(s, t, i, cell, &g);
    if (got != 1)
        return got;
    switch (c->what) {
    case SWIFT_COUNT:
        a->resource.count = g.rate;
        break;
    case SWIFT_HOURS:
        a->resource.hours = g.rate;
        a->retimed = true;
        break;
    case SWIFT_SIZE:
        a->resource.size = g.rate;
        a->resized = true;
        break;
    case SWIFT_GROWTH:
        a->resource.growth = g;
        break;
    case SWIFT_DISCOUNT:
        return swift_keep_of(g.rate.fixed, &t->discounts[c->resource]);
    case SWIFT_IGNORED:
        break;
    }
    return 1;
}

int swift_take_cells(const struct swift *s, struct swift_scratch *t, const struct batch_row *row)
{
    start_amounts(s, t);
    for (size_t i = 0; i < s->ncolumns; i++) {
        if (s->columns[i].what == SWIFT_IGNORED || row->cells[i].n == 0)
            continue;
        int got = take_cell(s, t, i, &row->cells[i]);
        if (got != 1)
            return got;
    }
    return 1;
}
