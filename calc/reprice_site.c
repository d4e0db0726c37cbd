/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the months and regions of a bill come to at each site: its lines, the fees of each month's invoice, the sum, and
 * how far it is from what was billed.
 */
#include "calc/buf.h"
#include "calc/extras.h"
#include "calc/line_view.h"
#include "calc/reprice_parts.h"

#include <stdlib.h>
#include <string.h>

enum { REASONS_MOST = 8 };

/* ---- lines ---- */

static bool has_ladder(const struct offer *o, enum tier_scope scope)
{
    for (size_t i = 0; i < o->nparts; i++)
        if (o->parts[i].scope == scope && o->parts[i].ntiers > 1)
            return true;
    return false;
}

/* What the estimate could price, but not of this usage; NULL when it may. */
static const char *unfit(struct reprice *r, const struct reprice_line *l, const struct line *line)
{
    const struct offer *o = line->offer;
    const struct unit_info *there = &unit_table[o->parts[0].unit], *here = &unit_table[l->unit];

    if ((there->time == PER_NONE) != (here->time == PER_NONE))
        return say_in(&r->arena, r->in->lang, TEXT_REPRICE_OTHER_UNIT, there->name, l->sum->unit);
    if (l->summed && (has_ladder(o, SCOPE_ITEM) || (o->shape != NULL && o->shape->has_disk_size)))
        return say_in(&r->arena, r->in->lang, TEXT_REPRICE_SIZES, o->sku, line->kind);
    return "";
}

static int take_cell(struct reprice *r, struct reprice_site *s, const struct reprice_line *l,
                     const struct site_estimate *e, size_t at, struct err *err)
{
    struct reprice_cell *c = &s->cells[l - r->lines];

    *c = (struct reprice_cell){.region = e->region, .reason = ""};
    if (e->status == SITE_INELIGIBLE && e->nlines == 0) {
        s->unpriced++;
        return 0;
    }
    c->line = &e->lines[at];
    c->reason = line_has_amounts(c->line) ? unfit(r, l, c->line) : c->line->reason;
    if (c->reason == NULL)
        return err_nomem(err);
    c->priced = line_has_amounts(c->line) && *c->reason == '\0';
    s->unpriced += !c->priced;
    if (!c->priced)
        return 0;
    s->m = money_add(s->m, c->line->m, 1);
    s->stepped += has_ladder(c->line->offer, SCOPE_LIFE) && !l->resource.running;
    if (c->line->status == LINE_STALE && s->status == SITE_COMPLETE)
        s->status = SITE_STALE;
    return 0;
}

static const struct site_estimate *estimate_of(const struct estimate *e, const struct reprice_site *s)
{
    size_t i = 0;

    while (strcmp(e->sites[i].column, s->column) != 0)
        i++;
    return &e->sites[i];
}

static int take_group(struct reprice *r, struct reprice_site *s, const struct reprice_group *g, struct err *err)
{
    const struct site_estimate *e = estimate_of(&g->estimate, s);

    if (e->status == SITE_INELIGIBLE) {
        s->status = SITE_INELIGIBLE;
        s->reasons = e->reasons;
        s->nreasons = e->nreasons;
    }
    for (size_t i = 0; i < g->nlines; i++)
        if (take_cell(r, s, g->lines[i], e, i, err) != 0)
            return -1;
    return 0;
}

/* ---- fees: of the invoice of a month ---- */

/* The lines of the groups of one month that are priced. */
static struct line *lines_of(const struct reprice *r, const struct reprice_site *s, struct arena *a, size_t first,
                             size_t end, size_t *n)
{
    size_t room = 1;

    *n = 0;
    for (size_t i = first; i < end; i++)
        room += r->groups[i].nlines;
    struct line *v = arena_array(a, room, sizeof *v);
    for (size_t i = first; v != NULL && i < end; i++)
        for (size_t k = 0; k < r->groups[i].nlines; k++) {
            const struct reprice_cell *c = &s->cells[r->groups[i].lines[k] - r->lines];
            if (c->priced)
                v[(*n)++] = *c->line;
        }
    return v;
}

static int month_fees(struct reprice *r, struct reprice_site *s, struct pricing *p, size_t first, size_t end,
                      struct err *err)
{
    struct arena scratch = {NULL};
    size_t n, fees = 0;
    struct line *lines = lines_of(r, s, &scratch, first, end, &n);

    p->scenario = &r->groups[first].scenario;
    int failed = lines == NULL ? err_nomem(err) : fee_lines(p, &r->arena, lines, n, s->fees + s->nfees, &fees, err);
    arena_free(&scratch);
    for (size_t i = 0; !failed && i < fees; i++) {
        const struct line *l = &s->fees[s->nfees + i];
        if (!line_has_amounts(l))
            s->status = SITE_INCOMPLETE;
        else
            s->m = money_add(s->m, l->m, 1);
        if (l->status == LINE_STALE && s->status == SITE_COMPLETE)
            s->status = SITE_STALE;
    }
    s->nfees += fees;
    return failed;
}

static int take_fees(struct reprice *r, struct reprice_site *s, const struct npv_table *npv, struct err *err)
{
    const struct scenario *terms = r->in->terms;
    struct payment paying = scenario_paying(terms, s->site->id);
    struct fx fx = {.catalogue = r->in->catalogue,
                    .kept = &r->kept,
                    .arena = &r->arena,
                    .source = terms->fx_source,
                    .on = terms->as_of,
                    .max_age = terms->fx_max_age,
                    .budget = terms->rates,
                    .nbudget = terms->nrates};
    struct pricing p = {.rules = r->in->rules,
                        .site = s->site,
                        .buyer = s->buyer,
                        .payment = &paying,
                        .fx = &fx,
                        .npv = npv,
                        .budget_places = r->places,
                        .lang = r->in->lang};

    s->fees = arena_array(&r->arena, 2 * r->ngroups + 2, sizeof *s->fees);
    if (s->fees == NULL)
        return err_nomem(err);
    for (size_t i = 0, end; i < r->ngroups; i = end) {
        for (end = i; end < r->ngroups && r->groups[end].month.n == r->groups[i].month.n;)
            end++;
        if (month_fees(r, s, &p, i, end, err) != 0)
            return -1;
    }
    return 0;
}

/* ---- what it comes to ---- */

/* name "": of no line alone. */
static int add_reason(struct reprice *r, struct reprice_site *s, const char *name, const char *why, struct err *err)
{
    const char *text = *name != '\0' ? say_in(&r->arena, r->in->lang, TEXT_NAME_NOTE, name, why) : why;
    const char **v = arena_grow(&r->arena, s->reasons, s->nreasons, s->nreasons + 1, sizeof *v);

    if (text == NULL || v == NULL)
        return err_nomem(err);
    s->reasons = v;
    for (size_t i = 0; i < s->nreasons; i++)
        if (!strcmp(v[i], text))
            return 0;
    v[s->nreasons++] = text;
    return 0;
}

static int add_reasons(struct reprice *r, struct reprice_site *s, struct err *err)
{
    if (r->ntaken == 0 && add_reason(r, s, "", text(r->in->lang, TEXT_REPRICE_NOTHING), err) != 0)
        return -1;
    for (size_t i = 0; i < r->nlines && s->nreasons < REASONS_MOST; i++) {
        const struct reprice_cell *c = &s->cells[i];
        const char *name = c->region != NULL ? r->lines[i].sum->sku : "";
        if (c->line != NULL && !c->priced && add_reason(r, s, name, c->reason, err) != 0)
            return -1;
    }
    for (size_t i = 0; i < s->nfees && s->nreasons < REASONS_MOST; i++)
        if (!line_has_amounts(&s->fees[i]) && add_reason(r, s, s->fees[i].label, s->fees[i].reason, err) != 0)
            return -1;
    return 0;
}

/* The regions its lines are in, each once. */
static int add_regions(struct reprice *r, struct reprice_site *s, struct err *err)
{
    struct buf list = {0};

    for (size_t i = 0; i < r->ngroups; i++) {
        const struct region *g = estimate_of(&r->groups[i].estimate, s)->region;
        bool seen = g == NULL;
        for (size_t k = 0; k < i && !seen; k++)
            seen = estimate_of(&r->groups[k].estimate, s)->region == g;
        if (!seen)
            buf_printf(&list, "%s%s", list.n > 0 ? ", " : "", g->id);
    }
    s->regions = list.failed ? NULL : arena_strndup(&r->arena, list.n > 0 ? list.v : "", list.n);
    buf_free(&list);
    return s->regions != NULL ? 0 : err_nomem(err);
}

static int sum_up(struct reprice *r, struct reprice_site *s, struct err *err)
{
    if (s->status == SITE_INELIGIBLE)
        return 0;
    if (s->unpriced > 0 || r->ntaken == 0)
        s->status = SITE_INCOMPLETE;
    s->has_totals = s->status != SITE_INCOMPLETE;
    s->difference = dec_sub(s->m.net, r->taken);
    s->has_share = s->has_totals && dec_sign(r->taken) > 0;
    if (s->has_share)
        s->share = dec_div(s->difference, r->taken, DEC_HALF_UP);
    if (money_check(&s->m, s->column, err) != 0 || dec_check(s->difference, s->column, err) != 0 ||
        dec_check(s->share, s->column, err) != 0)
        return -1;
    return add_reasons(r, s, err);
}

static int make_site(struct reprice *r, const struct site_ref *ref, const struct npv_table *npv, struct err *err)
{
    const struct scenario *terms = r->in->terms;
    struct reprice_site *s = &r->sites[r->nsites++];

    *s = (struct reprice_site){
        .column = arena_printf(&r->arena, "%s%s%s", ref->site, *ref->buyer != '\0' ? "@" : "", ref->buyer),
        .site = rules_site(r->in->rules, ref->site),
        .buyer = scenario_buyer(terms, ref->buyer),
        .cells = arena_array(&r->arena, r->nlines + 1, sizeof *s->cells),
        .status = SITE_COMPLETE};
    if (s->column == NULL || s->cells == NULL)
        return err_nomem(err);
    for (size_t i = 0; i < r->nlines; i++)
        s->cells[i].reason = "";
    for (size_t i = 0; i < r->ngroups; i++)
        if (take_group(r, s, &r->groups[i], err) != 0)
            return -1;
    if (s->status != SITE_INELIGIBLE && take_fees(r, s, npv, err) != 0)
        return -1;
    return sum_up(r, s, err) != 0 || add_regions(r, s, err) != 0 ? -1 : 0;
}

/* ---- ranking: by cost, for what is past is not discounted ---- */

static int shown_as(const struct reprice_site *s)
{
    static const int places[] = {[SITE_COMPLETE] = 0, [SITE_STALE] = 1, [SITE_INCOMPLETE] = 2, [SITE_INELIGIBLE] = 3};

    return places[s->status];
}

/* rank is 1 here for all that may be ranked. */
static int by_cost(const void *pa, const void *pb)
{
    const struct reprice_site *a = pa, *b = pb;

    if (a->rank != b->rank)
        return a->rank != 0 ? -1 : 1;
    int order = a->rank != 0 ? dec_cmp(a->m.cost, b->m.cost) : shown_as(a) - shown_as(b);
    return order != 0 ? order : strcmp(a->column, b->column);
}

int reprice_sites(struct reprice *r, struct err *err)
{
    const struct scenario *terms = r->in->terms;
    struct npv_table npv = {0};

    r->sites = arena_array(&r->arena, terms->nsites + 1, sizeof *r->sites);
    if (r->sites == NULL)
        return err_nomem(err);
    int failed = npv_table_make(&npv, DEC_ZERO, 1 + TERM_MAX, err);
    for (size_t i = 0; !failed && i < terms->nsites; i++)
        failed = make_site(r, &terms->sites[i], &npv, err);
    npv_table_free(&npv);
    if (failed)
        return -1;
    for (size_t i = 0; i < r->nsites; i++)
        r->sites[i].rank =
            r->sites[i].status == SITE_COMPLETE || (r->sites[i].status == SITE_STALE && r->in->allow_stale);
    if (r->nsites > 1)
        qsort(r->sites, r->nsites, sizeof *r->sites, by_cost);
    for (size_t i = 0; i < r->nsites && r->sites[i].rank != 0; i++)
        r->sites[i].rank = (int)i + 1;
    return 0;
}
