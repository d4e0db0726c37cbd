/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "calc/unfit.h"

#include "calc/buf.h"

#include <string.h>

static const char *const fit_text[FIT_REASONS] = {
    [FIT_TOO_SMALL] = "too small",
    [FIT_ARCH] = "of another architecture",
    [FIT_BURSTABLE] = "burstable (burstable = yes takes them)",
    [FIT_GPU] = "not with the GPUs asked for",
    [FIT_METAL] = "bare metal (metal = yes takes them)",
    [FIT_LEGACY] = "of a generation no longer current (legacy = yes takes them)",
    [FIT_CLASS] = "of another class",
    [FIT_LOW_CONFIDENCE] = "from a source of low confidence (can be pinned)",
    [FIT_NO_SHAPE] = "without a known shape (can be pinned)",
};

enum { NEAREST = 3 };

static void put_wanted(struct buf *b, const struct match_input *in, const struct resource *r)
{
    const char *pin = resource_pin(r, in->pricing->site->id);
    char n[2][DEC_TEXT];
    if (pin)
        buf_printf(b, " for %s", pin);
    else if (kind_table[r->kind].choose == CHOOSE_SHAPE && r->vcpu.kind != VALUE_NONE) {
        dec_format(r->vcpu.fixed, 0, n[0]);
        dec_format(r->memory.fixed, 0, n[1]);
        buf_printf(b, " for %s vCPU %s GiB%s%s", n[0], n[1], r->kind == KIND_COMPUTE ? " " : "",
                   r->kind == KIND_COMPUTE ? r->os : "");
    } else if (*r->class_)
        buf_printf(b, " of class %s", r->class_);
}

static void put_counts(struct buf *b, const struct unfit *u, const struct resource *r)
{
    const char *between = ": here ";
    for (int f = FIT + 1; f < FIT_REASONS; f++) {
        /* of another class is what every other product is; it says something about machines only */
        if (!u->count[f] || (f == FIT_CLASS && kind_table[r->kind].choose == CHOOSE_CLASS))
            continue;
        buf_printf(b, "%s%zu %s", between, u->count[f], fit_text[f]);
        between = ", ";
    }
}

static void put_charge(struct buf *b, enum charge_kind charge, int months)
{
    buf_puts(b, charge_names[charge]);
    if (months)
        buf_printf(b, " %d month%s", months, months == 1 ? "" : "s");
}

static int find_nearest(const struct match_input *in, const char *pin, const struct elsewhere **v, size_t *n,
                        struct err *err)
{
    const struct shelf *s = in->shelf;
    struct elsewhere *found;
    if (!pin)
        return shelf_nearest(in->shelves, s, v, n, err);
    if (catalogue_elsewhere(in->shelves->catalogue, in->arena, s->site, s->region, s->service, pin,
                            in->pricing->scenario->as_of, 2 * NEAREST, &found, n, err))
        return -1;
    *v = found;
    return 0;
}

/* The same charge in the same region: it is what has just been looked at and does not fit. */
static bool is_what_was_asked(const struct match_input *in, const struct resource *r, const struct elsewhere *e)
{
    bool same_os = !*e->os || !r->os || !strcmp(e->os, r->os);
    bool same_charge = r->charge.kind == CHARGE_BEST ||
                       (e->charge == r->charge.kind && (!r->charge.months || e->term_months == r->charge.months));
    return !strcmp(e->region, in->shelf->region) && same_charge && same_os;
}

static int put_elsewhere(struct buf *b, const struct match_input *in, const struct resource *r, struct err *err)
{
    const struct elsewhere *v;
    size_t n;
    const char *pin = resource_pin(r, in->pricing->site->id);
    if (find_nearest(in, pin, &v, &n, err))
        return -1;
    for (size_t i = 0, shown = 0; i < n && shown < NEAREST; i++) {
        if (is_what_was_asked(in, r, &v[i]))
            continue;
        buf_puts(b, shown++ ? ", " : "; nearest: ");
        if (pin)
            buf_printf(b, "%s ", v[i].sku);
        buf_printf(b, "%s ", v[i].region);
        put_charge(b, v[i].charge, v[i].term_months);
        if (*v[i].os && strcmp(v[i].os, r->os ? r->os : "") != 0)
            buf_printf(b, " %s", v[i].os);
    }
    return 0;
}

static int take_reason(const struct match_input *in, struct buf *b, struct line *out, struct err *err)
{
    out->reason = b->failed ? NULL : arena_strndup(in->arena, b->v ? b->v : "", b->n);
    buf_free(b);
    return out->reason ? 0 : err_nomem(err);
}

int unfit_explain(const struct match_input *in, const struct resource *r, const struct unfit *u, struct line *out,
                  struct err *err)
{
    struct buf b = {0};
    out->status = LINE_UNPRICED;
    buf_puts(&b, "no ");
    put_charge(&b, r->charge.kind, r->charge.months);
    if (*r->charge.offering)
        buf_printf(&b, " %s", r->charge.offering);
    buf_printf(&b, " price%s in %s", r->charge.kind == CHARGE_BEST ? " of any charge" : "", in->shelf->region);
    put_wanted(&b, in, r);
    put_counts(&b, u, r);
    if (put_elsewhere(&b, in, r, err)) {
        buf_free(&b);
        return -1;
    }
    return take_reason(in, &b, out, err);
}

int unfit_offerings(const struct match_input *in, const struct offer *const *v, size_t n, struct line *out,
                    struct err *err)
{
    struct buf b = {0};
    out->status = LINE_AMBIGUOUS;
    buf_puts(&b, "several offerings: name one of ");
    for (size_t i = 0; i < n; i++) {
        bool seen = false;
        for (size_t j = 0; j < i && !seen; j++)
            seen = !strcmp(v[j]->offering, v[i]->offering);
        if (!seen)
            buf_printf(&b, "%s%s", i ? ", " : "", *v[i]->offering ? v[i]->offering : "unnamed");
    }
    return take_reason(in, &b, out, err);
}

static void put_prices(struct buf *b, const struct offer *o)
{
    char text[DEC_TEXT];
    for (size_t p = 0; p < o->nparts; p++)
        for (size_t t = 0; t < o->parts[p].ntiers; t++) {
            dec_format(o->parts[p].tiers[t].price, 0, text);
            buf_printf(b, "%s%s", p || t ? " / " : "", text);
        }
    buf_printf(b, " %s (%s)", o->currency, o->source->id);
}

int unfit_rivals(const struct match_input *in, const struct offer *o, struct line *out, struct err *err)
{
    struct buf b = {0};
    char day[DATE_TEXT];
    date_format(o->as_of, day);
    out->status = LINE_AMBIGUOUS;
    buf_printf(&b, "different prices for %s in %s on %s: ", o->sku, o->region, day);
    put_prices(&b, o);
    /* rivals form a ring or a chain: stop at the end or where it began */
    for (const struct offer *n = o->rival; n && n != o; n = n->rival) {
        buf_puts(&b, ", ");
        put_prices(&b, n);
        if (n->rival == o || n->rival == n)
            break;
    }
    return take_reason(in, &b, out, err);
}
