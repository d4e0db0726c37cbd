/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The SKUs a source is asked about one by one, where the provider has no list: those the program knows.
 */
#include "calc/fetch.h"

#include <stdlib.h>
#include <string.h>

struct skus {
    struct fetch_sku *v;
    size_t n, cap;
};

static int sku_order(const void *pa, const void *pb)
{
    const struct fetch_sku *a = pa, *b = pb;
    int order = strcmp(a->service, b->service);

    return order != 0 ? order : strcmp(a->sku, b->sku);
}

static const char *size_text(struct arena *a, const struct shape *s, dec_t value)
{
    char text[DEC_TEXT];

    if (s == NULL || !s->has_size)
        return "";
    dec_format(value, 0, text);
    return arena_strdup(a, text);
}

static int add_offers(struct fetch_run *run, struct skus *list, const struct offer_list *offers, struct err *err)
{
    const char *last = "";

    for (size_t i = 0; i < offers->n; i++) {
        const struct offer *o = &offers->v[i];
        if (!strcmp(last, o->sku))
            continue;
        last = o->sku;
        if (list->n == list->cap) {
            size_t cap = list->cap == 0 ? 256 : list->cap * 2;
            struct fetch_sku *wider = realloc(list->v, cap * sizeof *wider);
            if (wider == NULL)
                return err_nomem(err);
            list->v = wider;
            list->cap = cap;
        }
        struct fetch_sku *x = &list->v[list->n];
        *x = (struct fetch_sku){arena_strdup(&run->arena, o->service), arena_strdup(&run->arena, o->sku),
                                size_text(&run->arena, o->shape, o->shape != NULL ? o->shape->vcpu : DEC_ZERO),
                                size_text(&run->arena, o->shape, o->shape != NULL ? o->shape->memory : DEC_ZERO)};
        if (x->service == NULL || x->sku == NULL || x->vcpu == NULL || x->memory == NULL)
            return err_nomem(err);
        list->n++;
    }
    return 0;
}

/* What is known of the provider: its sites sell the same machines. */
static int known_skus(struct fetch_run *run, const char *provider, struct skus *list, struct err *err)
{
    const struct holding *v;
    size_t n;

    if (catalogue_holdings(run->catalogue, &run->arena, &v, &n, err) != 0)
        return -1;
    for (size_t i = 0; i < n; i++) {
        struct arena scratch = {NULL};
        struct offer_list offers;
        if (strcmp(rules_site(&run->rules, v[i].site)->provider, provider) != 0)
            continue;
        int rc = catalogue_offers(run->catalogue, &scratch, &run->rules, v[i].site, v[i].region, v[i].service, ~0u,
                                  run->app->today, &offers, err);
        if (rc == 0)
            rc = add_offers(run, list, &offers, err);
        arena_free(&scratch);
        if (rc != 0)
            return -1;
    }
    return 0;
}

int fetch_skus(struct fetch_run *run, struct fetch_task *t, struct err *err)
{
    static const struct name_list none = {NULL, 0};
    const struct name_list *only = t->settings != NULL ? &t->settings->skus : &none;
    struct skus list = {NULL, 0, 0};
    size_t kept = 0;

    int rc = known_skus(run, rules_site(&run->rules, t->site)->provider, &list, err);
    if (rc == 0 && list.n > 0)
        qsort(list.v, list.n, sizeof *list.v, sku_order);
    for (size_t i = 0; i < list.n; i++)
        if ((only->n == 0 || fetch_named(only, list.v[i].sku)) &&
            (kept == 0 || sku_order(&list.v[kept - 1], &list.v[i]) != 0))
            list.v[kept++] = list.v[i];
    struct fetch_sku *v = rc == 0 ? arena_array(&run->arena, kept + 1, sizeof *v) : NULL;
    if (rc == 0 && v == NULL)
        rc = err_nomem(err);
    if (rc == 0) {
        if (kept > 0)
            memcpy(v, list.v, kept * sizeof *v);
        t->job.skus = v;
        t->job.nskus = kept;
    }
    free(list.v);
    return rc;
}
