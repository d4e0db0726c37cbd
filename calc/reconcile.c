/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A site's estimate against a bill.
 */
#include "calc/reconcile_parts.h"

#include "calc/bill_words.h"

#include <stdlib.h>
#include <string.h>

const char *const reconcile_status_names[] = {"matched", "by service", "tax", "unmatched", "not billed", "rounding"};

/* Months ascend; within one the order of the cells stays. */
static int by_month(const void *a, const void *b)
{
    const struct cell *x = a, *y = b;

    if (x->row.month.n != y->row.month.n)
        return x->row.month.n < y->row.month.n ? -1 : 1;
    return x->next < y->next ? -1 : x->next > y->next;
}

/* The whole bill is right to the minor unit: what single rows lost in rounding has a row of its own. */
static void add_dropped(const struct work *w, struct reconciliation *out)
{
    dec_t amount = dec_round(w->dropped, w->places, DEC_HALF_UP);

    if (dec_sign(amount) == 0)
        return;
    struct reconcile_row *row = &out->v[out->n];
    *row = (struct reconcile_row){.month = out->v[out->n - 1].month,
                                  .service = "",
                                  .region = "",
                                  .sku = "",
                                  .unit = "",
                                  .category = "",
                                  .status = RECONCILE_ROUNDING,
                                  .parts = {.billed = amount, .unexplained = amount}};
    parts_add(&out->total, &row->parts);
    out->n++;
}

static int finish(struct work *w, struct reconciliation *out, struct err *err)
{
    out->v = arena_array(w->a, w->n + 1, sizeof *out->v);
    if (out->v == NULL)
        return err_nomem(err);
    for (size_t i = 0; i < w->n; i++)
        w->v[i].next = i;
    if (w->n > 0)
        qsort(w->v, w->n, sizeof *w->v, by_month);
    for (size_t i = 0; i < w->n; i++) {
        struct cell *c = &w->v[i];
        if (!c->est.any && !c->bill.any)
            continue;
        cell_split(w, c);
        out->v[out->n++] = c->row;
        parts_add(&out->total, &c->row.parts);
        if (parts_check(&c->row.parts, err) != 0)
            return -1;
    }
    if (!dec_bad(w->dropped))
        add_dropped(w, out);
    return parts_check(&out->total, err);
}

static int compare(struct work *w, struct reconciliation *out, struct err *err)
{
    const struct reconcile_input *in = w->in;
    bool *taken = arena_array(w->a, in->nsums + 1, sizeof *taken);

    w->kinds = arena_array(w->a, in->nsums + 1, sizeof *w->kinds);
    if (taken == NULL || w->kinds == NULL)
        return err_nomem(err);
    for (size_t i = 0; i < in->nsums; i++)
        w->kinds[i] = bill_sum_kind(&in->sums[i]);
    work_estimated(w, &out->unpriced);
    work_match(w, taken);
    return w->failed ? err_nomem(err) : finish(w, out, err);
}

int reconcile(const struct reconcile_input *in, struct arena *a, struct reconciliation *out, struct err *err)
{
    struct work w = {.in = in, .a = a, .by_sku = {.arena = a}, .by_service = {.arena = a}};

    *out = (struct reconciliation){0};
    w.places = in->e->minor_units;
    int got = compare(&w, out, err);
    intern_free(&w.by_sku);
    intern_free(&w.by_service);
    buf_free(&w.key);
    return got;
}
