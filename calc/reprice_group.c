/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Each month and region of a bill is an estimate of one month: monthly ladders pool what one region used of an SKU, as
 * they do in every estimate. Fees are those of a whole invoice, so reprice_site.c adds them.
 */
#include "calc/reprice_parts.h"

#include <stdlib.h>
#include <string.h>

dec_t reprice_hours(const struct reprice *r, struct month month)
{
    if (r->in->fixed_hours)
        return r->in->terms->hours.fixed;
    return dec_int64((month_first_day(month_add(month, 1)).day - month_first_day(month).day) * 24);
}

/* By month, then region, then as on the bill. */
static int by_place(const void *pa, const void *pb)
{
    const struct reprice_line *a = *(struct reprice_line *const *)pa, *b = *(struct reprice_line *const *)pb;

    if (a->sum->month.n != b->sum->month.n)
        return a->sum->month.n < b->sum->month.n ? -1 : 1;
    int order = strcmp(a->region->id, b->region->id);
    return order != 0 ? order : (a > b) - (a < b);
}

static bool same_place(const struct reprice_line *a, const struct reprice_line *b)
{
    return a->sum->month.n == b->sum->month.n && a->region == b->region;
}

/* ---- the scenario of a month and region ---- */

/* Without fees: a month's invoice is of all its regions. */
static int without_fees(struct reprice *r, struct scenario *s, struct err *err)
{
    const struct scenario *terms = r->in->terms;
    struct payment *v = arena_array(&r->arena, terms->npayments + 1, sizeof *v);
    bool general = false;

    if (v == NULL)
        return err_nomem(err);
    for (size_t i = 0; i < terms->npayments; i++) {
        v[i] = terms->payments[i];
        v[i].method = "none";
        v[i].fee = (struct value){.kind = VALUE_NONE, .fixed = DEC_ZERO};
        v[i].invoice_handling = (struct amount){.currency = ""};
        general = general || *v[i].site == '\0';
    }
    s->npayments = terms->npayments;
    if (!general)
        v[s->npayments++] = (struct payment){.site = "", .method = "none", .settlement = ""};
    s->payments = v;
    return 0;
}

/* At its own site the bill says the region; elsewhere it is the one in the same city. */
static int same_city(struct reprice *r, const struct region *region, struct scenario *s, struct err *err)
{
    const struct scenario *terms = r->in->terms;
    struct region_choice *v = arena_array(&r->arena, terms->nregions + 1, sizeof *v);

    if (v == NULL)
        return err_nomem(err);
    for (size_t i = 0; i < terms->nregions; i++)
        v[i] = terms->regions[i];
    s->regions = v;
    if (*terms->city != '\0')
        return 0;
    s->city = region->city;
    if (scenario_region(terms, r->in->site->id) == NULL)
        v[s->nregions++] = (struct region_choice){.site = r->in->site->id, .region = region->id};
    return 0;
}

static int make_scenario(struct reprice *r, struct reprice_group *g, struct err *err)
{
    struct scenario *s = &g->scenario;
    struct resource *v = arena_array(&r->arena, g->nlines, sizeof *v);

    if (v == NULL)
        return err_nomem(err);
    for (size_t i = 0; i < g->nlines; i++)
        v[i] = g->lines[i]->resource;
    *s = *r->in->terms; /* what it points to stays the terms' own */
    s->start = g->month;
    s->months = 1;
    s->discount_rate = (struct value){.kind = VALUE_NONE, .fixed = DEC_ZERO};
    s->hours = (struct value){.kind = VALUE_FIXED, .fixed = reprice_hours(r, g->month)};
    s->resources = v;
    s->nresources = g->nlines;
    s->costs = NULL;
    s->quotes = NULL;
    s->ncosts = s->nquotes = 0;
    return without_fees(r, s, err) != 0 || same_city(r, g->region, s, err) != 0 ? -1 : 0;
}

/* ---- all of them ---- */

static struct reprice_line **sorted_lines(struct reprice *r)
{
    struct reprice_line **v = arena_array(&r->arena, r->ntaken + 1, sizeof *v);
    size_t n = 0;

    for (size_t i = 0; v != NULL && i < r->nlines; i++)
        if (*r->lines[i].why == '\0')
            v[n++] = &r->lines[i];
    if (n > 0)
        qsort(v, n, sizeof *v, by_place);
    return v;
}

static size_t count_groups(struct reprice_line *const *v, size_t n)
{
    size_t groups = n > 0;

    for (size_t i = 1; i < n; i++)
        groups += !same_place(v[i], v[i - 1]);
    return groups;
}

static int estimate(struct reprice *r, struct reprice_group *g, struct err *err)
{
    const struct estimate_options opt = {.allow_stale = r->in->allow_stale, .lang = r->in->lang, .kept = &r->kept};

    if (make_scenario(r, g, err) != 0)
        return -1;
    return estimate_run(&g->scenario, r->in->rules, r->in->catalogue, &opt, &g->estimate, err);
}

int reprice_groups(struct reprice *r, struct err *err)
{
    struct reprice_line **v = sorted_lines(r);
    size_t n = v != NULL ? count_groups(v, r->ntaken) : 0;

    r->groups = arena_array(&r->arena, n + 1, sizeof *r->groups);
    if (v == NULL || r->groups == NULL)
        return err_nomem(err);
    for (size_t i = 0, end; i < r->ntaken; i = end) {
        struct reprice_group *g = &r->groups[r->ngroups];
        for (end = i; end < r->ntaken && same_place(v[end], v[i]); end++)
            v[end]->group = r->ngroups;
        *g = (struct reprice_group){
            .month = v[i]->sum->month, .region = v[i]->region, .lines = v + i, .nlines = end - i};
        if (estimate(r, g, err) != 0)
            return -1;
        r->ngroups++;
    }
    return 0;
}
