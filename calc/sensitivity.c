/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The numbers are the settings that took effect and the rates in use; each is tried at two values.
 */
#include "calc/sensitivity.h"

#include <stdlib.h>
#include <string.h>

enum { TENTHS_LOW = 9, TENTHS_HIGH = 11 };

/* One run over all numbers. */
struct study {
    struct trials *trials;
    struct vary_from from;
    struct arena *a;
    struct sensitivity *out;
    size_t cap;
};

/* ---- the two values of a number */

/* The 10th or 90th percentile, in the numbers of the text, as fine as an answer. */
static dec_t percentile(const struct vary *v, int end)
{
    const struct distribution *d = &v->uncertain->is;
    dec_t x = dec_from_double(distribution_quantile(d, end == SENSITIVITY_LOW ? 0.1 : 0.9), DEC_PLACES);
    return dec_round(v->percent ? dec_muln(x, 100) : x, v->places, DEC_HALF_UP);
}

static dec_t tenth(const struct vary *v, int end)
{
    bool down = (end == SENSITIVITY_LOW) == (dec_sign(v->base) > 0);
    return dec_div(dec_muln(v->base, down ? TENTHS_LOW : TENTHS_HIGH), dec_int64(10), DEC_HALF_UP);
}

/* At least one whole one away, within what the key allows. */
static dec_t end_of(const struct vary *v, int end)
{
    dec_t x = vary_round(v, v->uncertain ? percentile(v, end) : tenth(v, end));
    if (v->whole && dec_cmp(x, v->base) == 0)
        x = dec_add(x, dec_int64(end == SENSITIVITY_LOW ? -1 : 1));
    if (v->has_limits)
        x = dec_min(dec_max(x, v->least), v->most);
    return x;
}

/* ---- one estimate */

/* The same name in the base's estimate: this one goes. */
static const char *winner_of(const struct study *s, const struct estimate *e)
{
    if (e->nsites == 0 || e->sites[0].rank != 1)
        return "";
    const struct site_estimate *same = trial_site(s->out->e, e->sites[0].column);
    return same ? same->column : "";
}

static int take_unfit(const struct study *s, const struct site_estimate *site, const char *why,
                      struct sensitivity_end *end, struct err *err)
{
    end->why = arena_printf(s->a, "%s: %s%s%s", site->column, site_status_names[site->status], *why ? ": " : "", why);
    return end->why ? 0 : err_nomem(err);
}

static int take(const struct study *s, const struct estimate *e, struct sensitivity_end *end, struct err *err)
{
    const struct site_estimate *sites[2] = {trial_site(e, s->out->best), trial_site(e, s->out->second)};
    for (int i = 0; i < 2; i++) {
        const char *why = trial_unfit(sites[i], s->trials->options.allow_stale);
        if (why)
            return take_unfit(s, sites[i], why, end, err);
    }
    end->known = true;
    end->winner = winner_of(s, e);
    end->lead = dec_sub(sites[1]->npv, sites[0]->npv);
    return dec_check(end->lead, "the lead of the best site", err);
}

/* A value that the configuration or the model refuses leaves its end unknown. */
static int refused(const struct study *s, struct sensitivity_end *end, struct err *err)
{
    if (err->kind == ERR_INTERNAL)
        return -1;
    end->why = arena_strdup(s->a, err->text);
    return end->why ? 0 : err_nomem(err);
}

static int look(const struct study *s, const struct vary *v, dec_t x, struct sensitivity_end *end, struct err *err)
{
    struct trial made;
    *end = (struct sensitivity_end){.x = x, .why = "", .winner = "", .text = vary_text(v, x, 0, s->a)};
    if (!end->text)
        return err_nomem(err);
    const struct override over = {v->section, v->key, end->text, v->name};
    if (trial_make(s->trials, &over, 1, &made, err))
        return refused(s, end, err);
    int rc = take(s, &made.estimate, end, err);
    trial_free(&made);
    return rc;
}

/* ---- one number */

static void set_effect(const struct study *s, struct sensitivity_row *r)
{
    dec_t least = s->out->lead, most = s->out->lead;
    for (int i = 0; i < SENSITIVITY_ENDS; i++) {
        if (!r->ends[i].known)
            continue;
        r->known = true;
        least = dec_min(least, r->ends[i].lead);
        most = dec_max(most, r->ends[i].lead);
    }
    r->effect = dec_sub(most, least);
}

static int add(struct study *s, const struct vary *v, struct err *err)
{
    struct sensitivity *out = s->out;
    if (!v->uncertain && dec_sign(v->base) == 0)
        return 0;
    if (out->nrows == s->cap) {
        size_t cap = s->cap ? 2 * s->cap : 32;
        struct sensitivity_row *grown = arena_grow(s->a, out->rows, out->nrows, cap, sizeof *grown);
        if (!grown)
            return err_nomem(err);
        out->rows = grown;
        s->cap = cap;
    }
    struct sensitivity_row *r = &out->rows[out->nrows];
    *r = (struct sensitivity_row){.v = *v, .order = out->nrows, .base = vary_text(v, v->base, 0, s->a)};
    if (!r->base)
        return err_nomem(err);
    for (int i = 0; i < SENSITIVITY_ENDS; i++)
        if (look(s, v, end_of(v, i), &r->ends[i], err))
            return -1;
    set_effect(s, r);
    out->nrows++;
    return dec_check(r->effect, "the effect of a number", err);
}

static int add_settings(struct study *s, struct err *err)
{
    const struct scenario *sc = s->from.scenario;
    for (size_t i = 0; i < sc->nsettings; i++) {
        struct vary v;
        bool is;
        if (vary_setting(&sc->settings[i], &s->from, s->a, &v, &is, err) || (is && add(s, &v, err)))
            return -1;
    }
    return 0;
}

/* Was the pair there before, in this direction or turned? */
static bool is_repeated(const struct vary_from *from, size_t at)
{
    const struct fx_used *u = from->rates[at];
    for (size_t i = 0; i < at; i++) {
        const struct fx_used *o = from->rates[i];
        if ((!strcmp(o->from, u->from) && !strcmp(o->to, u->to)) ||
            (!strcmp(o->from, u->to) && !strcmp(o->to, u->from)))
            return true;
    }
    return false;
}

/* Rates of the configuration are settings; these are the published ones. */
static int add_rates(struct study *s, struct err *err)
{
    for (size_t i = 0; i < s->from.nrates; i++) {
        const struct fx_used *u = s->from.rates[i];
        struct vary v;
        bool own = !strcmp(u->source, "budget") || !strcmp(u->source, "vendor");
        if (own || is_repeated(&s->from, i))
            continue;
        if (vary_rate(u, &s->from, s->a, &v, err) || add(s, &v, err))
            return -1;
    }
    return 0;
}

/* ---- all of them */

static int by_effect(const void *pa, const void *pb)
{
    const struct sensitivity_row *a = pa, *b = pb;
    if (a->known != b->known)
        return a->known ? -1 : 1;
    int c = dec_cmp(b->effect, a->effect);
    return c ? c : (a->order > b->order) - (a->order < b->order);
}

static int find_best(const struct estimate *e, struct sensitivity *out, struct err *err)
{
    if (e->nsites < 2 || e->sites[1].rank != 2) {
        bool one = e->nsites > 0 && e->sites[0].rank == 1;
        return err_set(err, ERR_INCOMPLETE, "the two best sites are looked at, but %s%s is ranked",
                       one ? "only " : "none", one ? e->sites[0].column : "");
    }
    out->best = e->sites[0].column;
    out->second = e->sites[1].column;
    out->lead = dec_sub(e->sites[1].npv, e->sites[0].npv);
    return 0;
}

int sensitivity_make(struct trials *v, const struct estimate *e, struct arena *a, struct sensitivity *out,
                     struct err *err)
{
    struct sensitivity made = {.e = e};
    struct study s = {.trials = v, .from = {e->scenario, e->rules, e->rates, e->nrates}, .a = a, .out = &made};
    if (find_best(e, &made, err) || add_settings(&s, err) || add_rates(&s, err))
        return -1;
    if (made.nrows > 0)
        qsort(made.rows, made.nrows, sizeof *made.rows, by_effect);
    *out = made;
    return 0;
}
