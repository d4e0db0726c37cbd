/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "calc/whatif.h"

#include <string.h>

static const char base[] = "base"; /* no [scenario base] is taken: config_variant.c */

static int estimate(const struct run *r, const struct estimate_options *opt, struct whatifs *w, struct whatif *one,
                    struct err *err)
{
    struct estimate_options own = *opt;
    own.kept = &w->kept;
    return estimate_run(&one->scenario, &r->rules, r->catalogue, &own, &one->estimate, err);
}

static int run_one(const struct run *r, const struct estimate_options *opt, const struct variant *v, struct whatifs *w,
                   struct err *err)
{
    struct whatif *one = &w->v[w->n++];
    const struct rules *rules = &r->rules;
    *one = (struct whatif){.name = v ? v->name : base, .changes = v ? v->text : ""};
    int failed = v ? config_variant_scenario(&r->config, v->name, rules, &one->scenario, err)
                   : config_scenario(&r->config, rules, &one->scenario, err);
    return failed ? -1 : estimate(r, opt, w, one, err);
}

int whatifs_run(const struct run *r, const struct estimate_options *opt, struct whatifs *out, struct err *err)
{
    const struct scenario *s = &r->scenario;
    *out = (struct whatifs){0};
    out->kept = (struct kept){.catalogue = r->catalogue, .rules = &r->rules, .arena = &out->arena};
    out->v = arena_array(&out->arena, s->nvariants + 1, sizeof *out->v);
    if (!out->v)
        return err_nomem(err);
    if (s->nvariants == 0)
        return err_set(err, ERR_USAGE, "%s: no scenario to look at (give a section [scenario NAME])", s->file);
    if (run_one(r, opt, NULL, out, err))
        return -1;
    for (size_t i = 0; i < s->nvariants; i++)
        if (run_one(r, opt, &s->variants[i], out, err))
            return -1;
    return 0;
}

void whatifs_free(struct whatifs *w)
{
    for (size_t i = 0; i < w->n; i++) {
        estimate_free(&w->v[i].estimate);
        scenario_free(&w->v[i].scenario);
    }
    arena_free(&w->arena);
    *w = (struct whatifs){0};
}

int whatifs_status(const struct whatifs *w, const struct estimate_options *opt)
{
    int gravest = ERR_NONE;
    for (size_t i = 0; i < w->n; i++) {
        int status = estimate_status(&w->v[i].estimate, opt);
        if (status == ERR_INCOMPLETE || gravest == ERR_NONE)
            gravest = status;
    }
    return gravest;
}

const struct site_estimate *whatif_site(const struct whatif *w, const char *column)
{
    for (size_t i = 0; i < w->estimate.nsites; i++)
        if (strcmp(w->estimate.sites[i].column, column) == 0)
            return &w->estimate.sites[i];
    return NULL;
}

const struct site_estimate *whatif_best(const struct whatif *w)
{
    const struct estimate *e = &w->estimate;
    return e->nsites > 0 && e->sites[0].rank == 1 ? &e->sites[0] : NULL;
}

static struct whatif_more more(dec_t here, dec_t there)
{
    struct whatif_more m = {.more = dec_sub(here, there)};
    m.known = !dec_bad(m.more);
    if (m.known && dec_sign(there) > 0) {
        m.share = dec_div(m.more, there, DEC_HALF_UP);
        m.has_share = !dec_bad(dec_muln(m.share, 100));
    }
    return m;
}

struct whatif_row whatif_row(const struct whatifs *w, const struct whatif *of, const struct site_estimate *site)
{
    struct whatif_row r = {.of = of, .site = site};
    const struct site_estimate *there = whatif_site(&w->v[0], site->column);
    bool one_currency = strcmp(of->scenario.currency, w->v[0].scenario.currency) == 0;
    if (!there || !site->has_totals || !there->has_totals || !one_currency)
        return r;
    r.cost = more(site->m.cost, there->m.cost);
    r.npv = more(site->npv, there->npv);
    return r;
}
