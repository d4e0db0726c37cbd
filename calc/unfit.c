/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "calc/unfit.h"

#include "calc/say.h"

#include <stdio.h>
#include <string.h>

static const enum text_id fit_text[FIT_REASONS] = {
    [FIT_TOO_SMALL] = TEXT_FIT_TOO_SMALL, [FIT_ARCH] = TEXT_FIT_ARCH,
    [FIT_BURSTABLE] = TEXT_FIT_BURSTABLE, [FIT_GPU] = TEXT_FIT_GPU,
    [FIT_METAL] = TEXT_FIT_METAL,         [FIT_LEGACY] = TEXT_FIT_LEGACY,
    [FIT_CLASS] = TEXT_FIT_CLASS,         [FIT_LOW_CONFIDENCE] = TEXT_FIT_LOW_CONFIDENCE,
    [FIT_NO_SHAPE] = TEXT_FIT_NO_SHAPE,
};

enum { NEAREST = 3 };

/* What is missing, for what was wanted: "no on-demand price in cn-hangzhou for 4 vCPU 16 GiB linux". */
static void put_wanted(struct buf *b, const struct match_input *in, const struct resource *r, const char *price)
{
    const char *pin = resource_pin(r, in->pricing->site->id), *lang = in->pricing->lang;
    const char *region = in->shelf->region;
    char n[2][DEC_TEXT];
    if (pin) {
        say_to(b, lang, TEXT_NO_PRICE_FOR, price, region, pin);
    } else if (kind_table[r->kind].choose == CHOOSE_SHAPE && r->vcpu.kind != VALUE_NONE) {
        struct buf shape = {0};
        dec_format(r->vcpu.fixed, 0, n[0]);
        dec_format(r->memory.fixed, 0, n[1]);
        if (r->kind == KIND_COMPUTE)
            say_to(&shape, lang, TEXT_WANTED_SHAPE_OS, n[0], n[1], r->os);
        else
            say_to(&shape, lang, TEXT_WANTED_SHAPE, n[0], n[1]);
        say_to(b, lang, TEXT_NO_PRICE_FOR, price, region, shape.n ? shape.v : "");
        b->failed = b->failed || shape.failed;
        buf_free(&shape);
    } else if (*r->class_) {
        say_to(b, lang, TEXT_NO_PRICE_OF_CLASS, price, region, r->class_);
    } else {
        say_to(b, lang, TEXT_NO_PRICE, price, region);
    }
}

static void put_counts(struct buf *b, const struct match_input *in, const struct unfit *u, const struct resource *r)
{
    const char *lang = in->pricing->lang;
    enum text_id between = TEXT_HERE;
    char many[24];
    for (int f = FIT + 1; f < FIT_REASONS; f++) {
        /* of another class is what every other product is; it says something about machines only */
        if (!u->count[f] || (f == FIT_CLASS && kind_table[r->kind].choose == CHOOSE_CLASS))
            continue;
        snprintf(many, sizeof many, "%zu", u->count[f]);
        buf_puts(b, text(lang, between));
        say_to(b, lang, TEXT_HOW_MANY, many, text(lang, fit_text[f]));
        between = TEXT_BETWEEN;
    }
}

static int find_nearest(const struct match_input *in, const char *pin, const struct elsewhere **v, size_t *n,
                        struct err *err)
{
    const struct shelf *s = in->shelf;
    if (!pin)
        return shelf_nearest(in->shelves, s, v, n, err);
    return kept_elsewhere(in->shelves->kept, s->site, s->region, s->service, pin, in->pricing->scenario->as_of,
                          2 * NEAREST, v, n, err);
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
    const char *pin = resource_pin(r, in->pricing->site->id), *lang = in->pricing->lang;
    if (find_nearest(in, pin, &v, &n, err))
        return -1;
    for (size_t i = 0, shown = 0; i < n && shown < NEAREST; i++) {
        if (is_what_was_asked(in, r, &v[i]))
            continue;
        const char *charge = price_charge_words(in->arena, lang, v[i].charge, v[i].term_months, "");
        if (!charge)
            return err_nomem(err);
        buf_puts(b, text(lang, shown++ ? TEXT_BETWEEN : TEXT_NEAREST));
        if (pin)
            buf_printf(b, "%s ", v[i].sku);
        buf_printf(b, "%s %s", v[i].region, charge);
        if (*v[i].os && strcmp(v[i].os, r->os ? r->os : "") != 0)
            buf_printf(b, " %s", v[i].os);
    }
    return 0;
}

/* The text of a buffer in the estimate's memory; frees the buffer. NULL when there is no memory. */
static const char *take(const struct match_input *in, struct buf *b)
{
    const char *kept = b->failed ? NULL : arena_strndup(in->arena, b->v ? b->v : "", b->n);
    buf_free(b);
    return kept;
}

static int set_reason(struct line *out, const char *reason, struct err *err)
{
    out->reason = reason;
    return reason ? 0 : err_nomem(err);
}

int unfit_explain(const struct match_input *in, const struct resource *r, const struct unfit *u, struct line *out,
                  struct err *err)
{
    struct buf b = {0};
    out->status = LINE_UNPRICED;
    const struct charge_choice *asked = &r->charge;
    const char *lang = in->pricing->lang;
    const char *price = say_in(in->arena, lang, asked->kind == CHARGE_BEST ? TEXT_PRICE_OF_ANY : TEXT_PRICE_OF,
                               price_charge_words(in->arena, lang, asked->kind, asked->months, asked->offering));
    if (!price)
        return err_nomem(err);
    put_wanted(&b, in, r, price);
    put_counts(&b, in, u, r);
    if (put_elsewhere(&b, in, r, err)) {
        buf_free(&b);
        return -1;
    }
    return set_reason(out, take(in, &b), err);
}

int unfit_offerings(const struct match_input *in, const struct offer *const *v, size_t n, struct line *out,
                    struct err *err)
{
    struct buf b = {0};
    out->status = LINE_AMBIGUOUS;
    for (size_t i = 0; i < n; i++) {
        bool seen = false;
        for (size_t j = 0; j < i && !seen; j++)
            seen = !strcmp(v[j]->offering, v[i]->offering);
        if (!seen)
            buf_printf(&b, "%s%s", i ? ", " : "", *v[i]->offering ? v[i]->offering : "unnamed");
    }
    return set_reason(out, say_in(in->arena, in->pricing->lang, TEXT_SEVERAL_OFFERINGS, take(in, &b)), err);
}

/* "0.5 / 0.4 CNY (source)" */
static void put_prices(struct buf *b, const char *lang, const struct offer *o)
{
    struct buf prices = {0};
    char price[DEC_TEXT];
    for (size_t p = 0; p < o->nparts; p++)
        for (size_t t = 0; t < o->parts[p].ntiers; t++) {
            dec_format(o->parts[p].tiers[t].price, 0, price);
            buf_printf(&prices, "%s%s", p || t ? " / " : "", price);
        }
    say_to(b, lang, TEXT_RIVAL_PRICE, prices.n ? prices.v : "", o->currency, o->source->id);
    b->failed = b->failed || prices.failed;
    buf_free(&prices);
}

int unfit_rivals(const struct match_input *in, const struct offer *o, struct line *out, struct err *err)
{
    struct buf b = {0};
    const char *lang = in->pricing->lang;
    char day[DATE_TEXT];
    date_format(o->as_of, day);
    out->status = LINE_AMBIGUOUS;
    put_prices(&b, lang, o);
    /* rivals form a ring or a chain: stop at the end or where it began */
    for (const struct offer *n = o->rival; n && n != o; n = n->rival) {
        buf_puts(&b, text(lang, TEXT_BETWEEN));
        put_prices(&b, lang, n);
        if (n->rival == o || n->rival == n)
            break;
    }
    return set_reason(out, say_in(in->arena, lang, TEXT_DIFFERENT_PRICES, o->sku, o->region, day, take(in, &b)), err);
}
