/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Which offers fit; rank.c finds the cheapest of them.
 */
#include "calc/match.h"

#include "calc/quote_shelf.h"
#include "calc/rank.h"
#include "calc/say.h"
#include "calc/unfit.h"

#include <stdlib.h>
#include <string.h>

/* Has the SKU prepaid terms other than one month? */
static bool has_longer_terms(const struct shelf *s, const struct offer *o)
{
    for (size_t i = 0; i < s->offers.n; i++) {
        const struct offer *n = &s->offers.v[i];
        if (n->charge == CHARGE_PREPAID && n->term_months != 1 && !strcmp(n->sku, o->sku) && !strcmp(n->os, o->os))
            return true;
    }
    return false;
}

static bool match_offering(const struct offer *o, const char *asked)
{
    if (!*asked)
        return true;
    return !strcmp(asked, "unnamed") ? !*o->offering : !strcmp(o->offering, asked);
}

bool match_charge(const struct shelf *s, const struct offer *o, const struct charge_choice *asked)
{
    switch (asked->kind) {
    case CHARGE_ON_DEMAND:
        return o->charge == CHARGE_ON_DEMAND || shelf_counts_as_on_demand(s, o);
    case CHARGE_PREPAID:
        if (o->charge != CHARGE_PREPAID)
            return false;
        return o->term_months == asked->months || (o->term_months == 1 && !has_longer_terms(s, o));
    case CHARGE_RESERVED:
    case CHARGE_SAVINGS_PLAN:
        return o->charge == asked->kind && o->term_months == asked->months && match_offering(o, asked->offering);
    case CHARGE_BEST:
        return o->charge != CHARGE_SPOT;
    case CHARGE_SPOT:
        return o->charge == CHARGE_SPOT;
    }
    return false;
}

static bool gpu_fits(const struct resource *r, const struct shape *s)
{
    if (r->gpu.kind == VALUE_NONE)
        return dec_sign(s->gpu) == 0;
    if (dec_sign(r->gpu.fixed) == 0)
        return dec_sign(s->gpu) != 0;
    return dec_cmp(s->gpu, r->gpu.fixed) >= 0;
}

/* A quote that gives a size and no architecture means the usual one; a price list that is silent is not matched. */
static bool arch_fits(const struct resource *r, const struct offer *o)
{
    enum arch has = o->quoted && o->shape->arch == ARCH_ANY ? ARCH_AMD64 : o->shape->arch;
    return r->kind != KIND_COMPUTE || r->arch == ARCH_ANY || has == r->arch;
}

static bool class_fits(const struct resource *r, const struct shape *s)
{
    if (r->kind != KIND_DATABASE)
        return !*r->class_ || !strcmp(r->class_, s->class_);
    size_t n = strlen(r->engine);
    return !strncmp(s->class_, r->engine, n) && !strcmp(s->class_ + n, r->ha ? "-ha" : "-single");
}

enum fit match_shape(const struct resource *r, const struct offer *o)
{
    const struct shape *s = o->shape;
    if (!s || !s->has_size)
        return FIT_NO_SHAPE;
    if (!class_fits(r, s))
        return FIT_CLASS;
    if (!arch_fits(r, o))
        return FIT_ARCH;
    if (dec_cmp(s->vcpu, r->vcpu.fixed) < 0 || dec_cmp(s->memory, r->memory.fixed) < 0)
        return FIT_TOO_SMALL;
    if (s->burstable && !r->burstable)
        return FIT_BURSTABLE;
    if (!gpu_fits(r, s))
        return FIT_GPU;
    if (s->metal && !r->metal)
        return FIT_METAL;
    if (s->legacy && !r->legacy)
        return FIT_LEGACY;
    return !strcmp(o->source->confidence, "low") ? FIT_LOW_CONFIDENCE : FIT;
}

static bool in_class(const struct match_input *in, const char *sku)
{
    for (size_t i = 0; i < in->nclass_skus; i++)
        if (!strcmp(in->class_skus[i], sku))
            return true;
    return false;
}

static bool same_os(const struct resource *r, const struct offer *o)
{
    return r->kind != KIND_COMPUTE || !strcmp(o->os, r->os);
}

/* A sized disk must hold what is asked; others hold anything. */
static bool disk_holds(const struct resource *r, const struct offer *o)
{
    if (!o->shape || !o->shape->has_disk_size || r->size.kind == VALUE_NONE)
        return true;
    return dec_cmp(o->shape->disk_size, r->size.fixed) >= 0;
}

static enum fit fits(const struct match_input *in, const struct resource *r, const struct offer *o)
{
    if (kind_table[r->kind].choose == CHOOSE_SHAPE)
        return match_shape(r, o);
    /* where a service has one class only, a quote's row of that service is of it whatever it is called */
    if (!in_class(in, o->sku) && !(o->quoted && in->only_class))
        return FIT_CLASS;
    return disk_holds(r, o) ? FIT : FIT_TOO_SMALL;
}

/* Of disks sold in sizes only the smallest that holds the data stays. */
static size_t smallest_disks(const struct offer **v, size_t n)
{
    const struct offer *least = NULL;
    for (size_t i = 0; i < n; i++)
        if (v[i]->shape && v[i]->shape->has_disk_size &&
            (!least || dec_cmp(v[i]->shape->disk_size, least->shape->disk_size) < 0))
            least = v[i];
    size_t kept = 0;
    for (size_t i = 0; i < n; i++) {
        bool sized = v[i]->shape && v[i]->shape->has_disk_size;
        if (!sized || dec_cmp(v[i]->shape->disk_size, least->shape->disk_size) == 0)
            v[kept++] = v[i];
    }
    return kept;
}

/* The offers that fit, in `v`; what does not fit is counted by reason. asked NULL: however it is bought. */
static size_t collect(const struct match_input *in, const struct resource *r, const struct charge_choice *asked,
                      const struct offer **v, struct unfit *unfit)
{
    const char *pin = resource_pin(r, in->pricing->site->id);
    size_t n = 0;
    for (size_t i = 0; i < in->shelf->offers.n; i++) {
        const struct offer *o = &in->shelf->offers.v[i];
        if (!same_os(r, o) || (pin && strcmp(o->sku, pin) != 0))
            continue;
        if (asked && !match_charge(in->shelf, o, asked))
            continue;
        enum fit f = pin ? FIT : fits(in, r, o);
        unfit->count[f]++;
        if (f == FIT)
            v[n++] = o;
    }
    if (!pin && r->kind == KIND_BLOCK_STORAGE)
        n = smallest_disks(v, n);
    return n;
}

/* Nothing in a quote that fits: there is no elsewhere to look. */
static int not_quoted(const struct match_input *in, struct line *out, struct err *err)
{
    out->reason = say_in(in->arena, in->pricing->lang, TEXT_QUOTE_NO_ROW, quote_name(in->shelf->quote));
    return out->reason ? 0 : err_nomem(err);
}

/* A commitment asked for without naming an offering, where the pack holds several. */
static bool several_offerings(const struct resource *r, const struct offer *const *v, size_t n)
{
    if ((r->charge.kind != CHARGE_RESERVED && r->charge.kind != CHARGE_SAVINGS_PLAN) || *r->charge.offering)
        return false;
    for (size_t i = 1; i < n; i++)
        if (strcmp(v[i]->offering, v[0]->offering) != 0)
            return true;
    return false;
}

static void blank_line(const struct match_input *in, const struct resource *r, struct line *out)
{
    *out = (struct line){
        .label = r->label,
        .kind = kind_table[r->kind].name,
        .resource = r,
        .status = LINE_UNPRICED,
        .reason = "",
        .charge = charge_names[r->charge.kind],
        .size_note = "",
        .unit = "",
        .discount = scenario_discount(in->pricing->scenario, in->pricing->site->id, (int)r->kind),
    };
}

static int settle(const struct match_input *in, const struct resource *r, const struct offer **v, size_t n,
                  const struct unfit *unfit, struct line *out, struct err *err)
{
    if (n == 0 && in->shelf->quote)
        return not_quoted(in, out, err);
    if (n == 0)
        return unfit_explain(in, r, unfit, out, err);
    if (several_offerings(r, v, n))
        return unfit_offerings(in, v, n, out, err);
    return rank_offers(in, r, v, n, out, err);
}

size_t match_offers(const struct match_input *in, const struct resource *r, const struct offer **v)
{
    struct unfit unfit = {0};
    return collect(in, r, &r->charge, v, &unfit);
}

size_t match_ways(const struct match_input *in, const struct resource *r, const struct offer **v)
{
    static const struct charge_choice any = {.kind = CHARGE_BEST, .offering = ""};
    struct unfit unfit = {0};
    return collect(in, r, &any, v, &unfit);
}

int match_line(const struct match_input *in, const struct resource *r, struct line *out, struct err *err)
{
    struct unfit unfit = {0};
    size_t room = in->shelf->offers.n ? in->shelf->offers.n : 1;
    const struct offer **v = calloc(room, sizeof *v);
    if (!v)
        return err_nomem(err);
    blank_line(in, r, out);
    size_t n = collect(in, r, &r->charge, v, &unfit);
    if (n == 0 && in->shelf->quote) /* a quote says itself how it is bought */
        n = collect(in, r, NULL, v, &unfit);
    int failed = settle(in, r, v, n, &unfit, out, err);
    free(v);
    return failed;
}
