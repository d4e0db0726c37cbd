/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "calc/bill_sums.h"

#include <stdlib.h>
#include <string.h>

/* Texts hold no NUL, so that joined with NULs no two keys look the same. */
static void join(struct buf *key, const struct bill_row *row)
{
    const char *const texts[] = {row->currency, row->sku,  row->region,           row->service,
                                 row->provider, row->unit, row->service_category, row->pricing};

    key->n = 0;
    buf_add(key, &row->month, sizeof row->month);
    buf_add(key, &row->category, sizeof row->category);
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        buf_add(key, texts[i], strlen(texts[i]) + 1);
}

static const char *keep(struct bill_sums *s, const char *text)
{
    return intern(&s->texts, text, strlen(text));
}

static bool grow(struct bill_sums *s)
{
    size_t cap = s->cap != 0 ? s->cap * 2 : 64;
    struct bill_sum *v = realloc(s->v, cap * sizeof *v);

    if (v == NULL)
        return false;
    s->v = v;
    s->cap = cap;
    return true;
}

static int begin(struct bill_sums *s, const struct bill_row *row, struct err *err)
{
    size_t most = s->ceiling != 0 ? s->ceiling : BILL_SUMS_MOST;

    if (s->n == most)
        return err_set(err, ERR_USAGE, "more than %zu different charges (month, service, region, SKU, unit)", most);
    if (s->n == s->cap && !grow(s))
        return err_nomem(err);
    struct bill_sum sum = {
        .month = row->month,
        .category = row->category,
        .provider = keep(s, row->provider),
        .service = keep(s, row->service),
        .service_category = keep(s, row->service_category),
        .region = keep(s, row->region),
        .sku = keep(s, row->sku),
        .pricing = keep(s, row->pricing),
        .unit = keep(s, row->unit),
        .line = row->line,
        .has_list = true,
        .has_quantity = true,
    };
    memcpy(sum.currency, row->currency, sizeof sum.currency);
    if (!sum.provider || !sum.service || !sum.service_category || !sum.region || !sum.sku || !sum.pricing || !sum.unit)
        return err_nomem(err);
    s->v[s->n++] = sum;
    return 0;
}

static int add(struct bill_sum *sum, const struct bill_row *row, struct err *err)
{
    sum->rows++;
    sum->has_list = sum->has_list && row->has_list;
    sum->has_quantity = sum->has_quantity && row->has_quantity;
    sum->billed = dec_add(sum->billed, row->billed);
    sum->list = dec_add(sum->list, row->list);
    sum->quantity = dec_add(sum->quantity, row->quantity);
    sum->tax = dec_add(sum->tax, row->tax);
    return dec_check(sum->billed, "the sum of BilledCost", err) || dec_check(sum->list, "the sum of ListCost", err) ||
                   dec_check(sum->quantity, "the sum of quantities", err) ||
                   dec_check(sum->tax, "the sum of taxes", err)
               ? -1
               : 0;
}

int bill_sums_add(struct bill_sums *s, const struct bill_row *row, struct err *err)
{
    s->texts.arena = s->keys.arena = &s->arena;
    join(&s->key, row);
    int *number = s->key.failed ? NULL : intern_number(&s->keys, s->key.v, s->key.n);
    if (number == NULL)
        return err_nomem(err);
    if (*number == 0) {
        if (begin(s, row, err) != 0)
            return -1;
        *number = (int)s->n;
    }
    return add(&s->v[*number - 1], row, err);
}

void bill_sums_free(struct bill_sums *s)
{
    intern_free(&s->texts);
    intern_free(&s->keys);
    buf_free(&s->key);
    free(s->v);
    arena_free(&s->arena);
    *s = (struct bill_sums){0};
}
