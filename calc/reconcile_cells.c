/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "calc/reconcile_parts.h"

#include "calc/bill_words.h"

#include <string.h>

int work_places(const struct work *w, const char *currency)
{
    const struct currency *c = rules_currency(w->in->e->rules, currency);

    return c != NULL ? c->minor_units : 2;
}

const struct reconcile_rate *work_rate(const struct reconcile_input *in, const char *currency)
{
    for (size_t i = 0; i < in->nrates; i++)
        if (!strcmp(in->rates[i].currency, currency))
            return &in->rates[i];
    return NULL;
}
const char *cell_name(struct work *w, struct month month, const char *region, const char *what)
{
    w->key.n = 0;
    buf_add(&w->key, &month, sizeof month);
    buf_add(&w->key, region, strlen(region) + 1);
    buf_puts(&w->key, what);
    w->failed = w->failed || w->key.failed;
    return w->key.failed ? "" : w->key.v;
}

int *cell_number(struct work *w, struct intern *by, struct month month, const char *region, const char *what)
{
    const char *key = cell_name(w, month, region, what);
    int *number = w->failed ? NULL : intern_number(by, key, w->key.n);

    w->failed = w->failed || number == NULL;
    return number;
}

struct cell *cell_new(struct work *w, struct month month, enum reconcile_status status)
{
    static const struct cell empty = {.est = {.has_list = true, .has_quantity = true, .unit = ""},
                                      .bill = {.has_list = true, .has_quantity = true, .unit = ""}};

    if (w->n == w->cap) {
        size_t cap = w->cap != 0 ? w->cap * 2 : 64;
        struct cell *v = arena_grow(w->a, w->v, w->n, cap, sizeof *v);
        if (v == NULL) {
            w->failed = true;
            return NULL;
        }
        w->v = v;
        w->cap = cap;
    }
    struct cell *c = &w->v[w->n++];
    *c = empty;
    c->row = (struct reconcile_row){
        .month = month, .service = "", .region = "", .sku = "", .unit = "", .category = "", .status = status};
    c->rate = DEC_ONE;
    return c;
}

void side_add(struct side *to, const struct side *s)
{
    to->has_list = to->has_list && s->has_list;
    to->has_quantity = to->has_quantity && s->has_quantity && (!to->any || bill_same_unit(to->unit, s->unit));
    if (!to->any)
        to->unit = s->unit;
    to->any = true;
    to->net = dec_add(to->net, s->net);
    to->list = dec_add(to->list, s->list);
    to->tax = dec_add(to->tax, s->tax);
    to->quantity = dec_add(to->quantity, s->quantity);
}
