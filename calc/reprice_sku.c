/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What an SKU is, by the catalogue at the site of the bill: which service, and the shape or class that other sites sell
 * as well.
 */
#include "calc/bill_words.h"
#include "calc/reprice_parts.h"
#include "calc/words.h"

#include <string.h>

enum { ALL_CHARGES = (1 << (CHARGE_SPOT + 1)) - 1, LISTED = 6 };

/* The offers of one SKU in a service: neighbours on a sorted list. */
struct found {
    enum resource_kind kind;
    const struct offer *v;
    size_t n;
};

static struct found find_sku(const struct offer_list *offers, const char *sku)
{
    size_t low = 0, high = offers->n;

    if (offers->n == 0)
        return (struct found){.n = 0};
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (strcmp(offers->v[middle].sku, sku) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    struct found f = {.v = offers->v + low};
    while (low + f.n < offers->n && !strcmp(f.v[f.n].sku, sku))
        f.n++;
    return f;
}

/* Is any of the offers counted in what the unit counts? */
static bool counted_so(const struct found *f, enum unit unit)
{
    for (size_t i = 0; i < f->n; i++)
        for (size_t k = 0; k < f->v[i].nparts; k++) {
            const struct unit_info *a = &unit_table[f->v[i].parts[k].unit], *b = &unit_table[unit];
            if (a->base == b->base && (a->time == PER_NONE) == (b->time == PER_NONE))
                return true;
        }
    return false;
}

/* Of services that sell the SKU in such a unit, those the bill speaks of; all when it speaks of none of them. */
static size_t of_bill(const struct bill_sum *s, struct found *v, size_t n)
{
    const char *kind = bill_sum_kind(s);
    size_t kept = 0;

    for (size_t i = 0; i < n; i++)
        kept += !strcmp(bill_kind(kind_table[v[i].kind].service), kind);
    if (kept == 0)
        return n;
    kept = 0;
    for (size_t i = 0; i < n; i++)
        if (!strcmp(bill_kind(kind_table[v[i].kind].service), kind))
            v[kept++] = v[i];
    return kept;
}

/* *n services sell the SKU; those that do not count it so are left out when others do. */
static int find_services(struct reprice *r, const struct reprice_line *l, struct found *v, size_t *n, bool *counted,
                         struct err *err)
{
    const struct reprice_input *in = r->in;
    size_t all = 0, fit = 0;

    for (int kind = 0; kind < KIND_COUNT; kind++) {
        struct offer_list offers;
        if (kept_offers(&r->kept, in->site->id, l->region->id, kind_table[kind].service, ALL_CHARGES, in->terms->as_of,
                        &offers, err) != 0)
            return -1;
        v[all] = find_sku(&offers, l->sum->sku);
        v[all].kind = (enum resource_kind)kind;
        all += v[all].n > 0;
    }
    for (size_t i = 0; i < all; i++)
        if (counted_so(&v[i], l->unit))
            v[fit++] = v[i];
    *counted = fit > 0;
    *n = fit > 0 ? of_bill(l->sum, v, fit) : all;
    return 0;
}

/* ---- shapes ---- */

static int take_os(struct reprice *r, struct reprice_line *l, const struct found *f, struct err *err)
{
    const char *names[LISTED] = {f->v[0].os}, *asked = r->in->os;
    struct buf list = {0};
    size_t n = 1;

    for (size_t i = 0; i < f->n; i++) {
        if (!strcmp(f->v[i].os, asked)) {
            l->resource.os = asked;
            return 0;
        }
        size_t k = 0;
        while (k < n && strcmp(names[k], f->v[i].os) != 0)
            k++;
        if (k == n && n < LISTED)
            names[n++] = f->v[i].os;
    }
    l->resource.os = names[0];
    if (n == 1 && *asked == '\0')
        return 0;
    words_list(&list, names, n, LISTED);
    int failed = list.failed ? err_nomem(err)
                             : reprice_why(r, l, err, n == 1 ? TEXT_REPRICE_OTHER_OS : TEXT_REPRICE_SYSTEMS, list.v);
    buf_free(&list);
    return failed;
}

/* "mysql-ha": the engine, and whether there is a second machine. */
static int take_engine(struct reprice *r, struct reprice_line *l, const char *class_, struct err *err)
{
    const char *end = strrchr(class_, '-');

    if (end == NULL || (strcmp(end, "-ha") != 0 && strcmp(end, "-single") != 0))
        return reprice_why(r, l, err, TEXT_REPRICE_NO_SHAPE, "");
    l->resource.ha = !strcmp(end, "-ha");
    l->resource.engine = arena_strndup(&r->arena, class_, (size_t)(end - class_));
    return l->resource.engine != NULL ? 0 : err_nomem(err);
}

static int take_shape(struct reprice *r, struct reprice_line *l, const struct found *f, struct err *err)
{
    const struct shape *s = f->v[0].shape;
    struct resource *x = &l->resource;
    bool machine = f->kind == KIND_COMPUTE;

    if (s == NULL || !s->has_size || (machine && s->arch == ARCH_ANY))
        return reprice_why(r, l, err, TEXT_REPRICE_NO_SHAPE, "");
    x->vcpu = (struct value){.kind = VALUE_FIXED, .fixed = s->vcpu};
    x->memory = (struct value){.kind = VALUE_FIXED, .fixed = s->memory};
    x->arch = s->arch;
    x->burstable = s->burstable;
    x->metal = s->metal;
    if (dec_sign(s->gpu) != 0) /* -1: some, how many is not known */
        x->gpu = (struct value){.kind = VALUE_FIXED, .fixed = dec_max(s->gpu, DEC_ZERO)};
    return machine ? take_os(r, l, f, err) : take_engine(r, l, s->class_, err);
}

/* ---- classes ---- */

static const char *class_said(const struct reprice_input *in, const char *sku)
{
    for (size_t i = 0; i < in->nclasses; i++)
        if (!strcmp(in->classes[i].sku, sku))
            return in->classes[i].class_;
    return NULL;
}

/* The classes the SKU is of at its site, at most `most`. */
static int classes_of(struct reprice *r, const struct reprice_line *l, const char **v, size_t most, size_t *n,
                      struct err *err)
{
    const char *site = r->in->site->id, *service = kind_table[l->resource.kind].service;
    const char *const *classes, *const *skus;
    size_t nclasses, nskus;

    *n = 0;
    if (kept_classes(&r->kept, site, service, &classes, &nclasses, err) != 0)
        return -1;
    for (size_t i = 0; i < nclasses; i++) {
        if (kept_class(&r->kept, site, service, classes[i], &skus, &nskus, err) != 0)
            return -1;
        bool has = false;
        for (size_t k = 0; k < nskus && !has; k++)
            has = !strcmp(skus[k], l->sum->sku);
        if (has && *n < most)
            v[(*n)++] = classes[i];
    }
    return 0;
}

static int take_class(struct reprice *r, struct reprice_line *l, const struct found *f, struct err *err)
{
    const char *said = class_said(r->in, l->sum->sku), *v[LISTED];
    const struct shape *s = f->v[0].shape;
    struct buf list = {0};
    size_t n;

    if (s != NULL && s->has_disk_size)
        l->resource.size = (struct value){.kind = VALUE_FIXED, .fixed = s->disk_size};
    if (said != NULL) {
        l->resource.class_ = said;
        return 0;
    }
    if (classes_of(r, l, v, LISTED, &n, err) != 0)
        return -1;
    if (n == 0)
        return reprice_why(r, l, err, TEXT_REPRICE_NO_CLASS, l->sum->sku);
    l->resource.class_ = v[0];
    if (n == 1)
        return 0;
    words_list(&list, v, n, LISTED);
    int failed = list.failed ? err_nomem(err) : reprice_why(r, l, err, TEXT_REPRICE_CLASSES, list.v, l->sum->sku, v[0]);
    buf_free(&list);
    return failed;
}

/* ---- the resource ---- */

static int begin_resource(struct reprice *r, struct reprice_line *l, enum resource_kind kind, struct err *err)
{
    struct pin *pin = arena_alloc(&r->arena, sizeof *pin);
    const char *name = arena_printf(&r->arena, "%s:%d", l->sum->sku, l->sum->line);

    if (pin == NULL || name == NULL)
        return err_nomem(err);
    *pin = (struct pin){.site = r->in->site->id, .sku = l->sum->sku};
    l->resource = (struct resource){.kind = kind,
                                    .name = name,
                                    .label = name,
                                    .os = "",
                                    .class_ = "",
                                    .engine = "",
                                    .pins = pin,
                                    .npins = 1,
                                    .charge = {.kind = CHARGE_ON_DEMAND, .offering = ""},
                                    .running = r->in->running};
    return 0;
}

int reprice_sku(struct reprice *r, struct reprice_line *l, struct err *err)
{
    struct found v[KIND_COUNT + 1];
    bool counted;
    size_t n;

    if (find_services(r, l, v, &n, &counted, err) != 0)
        return -1;
    if (n == 0)
        return reprice_why(r, l, err, TEXT_REPRICE_UNKNOWN_SKU, r->in->site->id, l->region->id);
    if (!counted)
        return reprice_why(r, l, err, TEXT_REPRICE_OTHER_UNIT, unit_table[v[0].v[0].parts[0].unit].name, l->sum->unit);
    if (n > 1)
        return reprice_why(r, l, err, TEXT_REPRICE_SERVICES, kind_table[v[0].kind].service,
                           kind_table[v[1].kind].service);
    if (begin_resource(r, l, v[0].kind, err) != 0)
        return -1;
    return kind_table[v[0].kind].choose == CHOOSE_SHAPE ? take_shape(r, l, &v[0], err) : take_class(r, l, &v[0], err);
}
