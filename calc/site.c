/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "calc/site.h"

#include "calc/cap.h"
#include "calc/extras.h"
#include "calc/match.h"
#include "calc/notes.h"
#include "calc/pool.h"
#include "calc/quote_shelf.h"
#include "calc/say.h"
#include "calc/shortfall.h"
#include "calc/ways.h"
#include "calc/where.h"
#include "calc/who.h"

#include <assert.h>
#include <string.h>

/* Is the class asked for the only one the site sells of the service? Of one it is not known to sell, the usual one. */
static int only_class(const struct site_work *w, const struct pricing *p, const struct resource *r,
                      struct match_input *in, struct err *err)
{
    const char *const *classes;
    size_t n;
    if (kept_classes(w->kept, p->site->id, kind_table[r->kind].service, &classes, &n, err))
        return -1;
    const char *only = n == 0 ? kind_table[r->kind].class_default : classes[0];
    in->only_class = n <= 1 && !strcmp(only, r->class_);
    return 0;
}

static int class_skus(const struct site_work *w, const struct pricing *p, const struct resource *r,
                      struct match_input *in, struct err *err)
{
    if (kind_table[r->kind].choose != CHOOSE_CLASS || resource_pin(r, p->site->id))
        return 0;
    const char *service = kind_table[r->kind].service;
    if (kept_class(w->kept, p->site->id, service, r->class_, &in->class_skus, &in->nclass_skus, err))
        return -1;
    return p->quote ? only_class(w, p, r, in, err) : 0;
}

int site_match(const struct site_work *w, const struct pricing *p, const struct resource *r, struct match_input *out,
               struct err *err)
{
    *out = (struct match_input){.pricing = p,
                                .arena = w->arena,
                                .shelves = w->shelves,
                                .candidates = w->options->candidates,
                                .scratch = w->scratch};
    if (shelf_get(w->shelves, p->site->id, p->region->id, kind_table[r->kind].service, p->quote, &out->shelf, err))
        return -1;
    return class_skus(w, p, r, out, err);
}

static int price_resource(const struct site_work *w, const struct pricing *p, const struct resource *r,
                          struct line *out, struct err *err)
{
    struct match_input in;
    return site_match(w, p, r, &in, err) ? -1 : match_line(&in, r, out, err);
}

static bool takes(const struct pricing *p, const struct resource *r)
{
    return sites_take(r->sites, r->nsites, p->site->id, p->buyer->name);
}

/* A line that cannot be priced because the site has no region for it. */
static void no_region(const struct resource *r, const char *why, struct line *out)
{
    *out = (struct line){.label = r->label,
                         .kind = kind_table[r->kind].name,
                         .resource = r,
                         .status = LINE_UNPRICED,
                         .reason = why,
                         .charge = charge_names[r->charge.kind],
                         .size_note = "",
                         .unit = ""};
}

static bool has_price(const struct line *l)
{
    return l->status == LINE_PRICED || l->status == LINE_STALE;
}

static int repeat_lines(const struct site_work *w, const struct pricing *p, struct site_estimate *e, struct err *err)
{
    for (size_t i = 0; i < e->nlines; i++)
        if (has_price(&e->lines[i]) && price_repeat(p, w->arena, &e->lines[i], err))
            return -1;
    return 0;
}

static int price_resources(const struct site_work *w, const struct pricing *p, const char *why_none,
                           struct site_estimate *e, struct err *err)
{
    const struct scenario *s = w->scenario;
    for (size_t i = 0; i < s->nresources; i++) {
        if (!takes(p, &s->resources[i]))
            continue;
        struct line *line = &e->lines[e->nlines++];
        if (!p->region)
            no_region(&s->resources[i], why_none, line);
        else if (price_resource(w, p, &s->resources[i], line, err))
            return -1;
    }
    if (cap_apply(w, p, e, err))
        return -1;
    return pool_lines(p, w->arena, e->lines, e->nlines, err) || repeat_lines(w, p, e, err) ? -1 : 0;
}

static int price_extras(const struct site_work *w, const struct pricing *p, struct site_estimate *e, struct err *err)
{
    const struct scenario *s = w->scenario;
    size_t fees;
    for (size_t i = 0; i < s->ncosts; i++)
        if (cost_applies(p, &s->costs[i]) && cost_line(p, w->arena, &s->costs[i], &e->lines[e->nlines++], err))
            return -1;
    size_t billed = e->nlines;
    if (shortfall_line(p, w->arena, e->lines, billed, &e->lines[billed], &fees, err))
        return -1;
    e->nlines = billed += fees;
    if (fee_lines(p, w->arena, e->lines, billed, &e->lines[billed], &fees, err))
        return -1;
    e->nlines += fees;
    return 0;
}

/* ---- totals */

static void sum_list(struct site_estimate *e)
{
    const struct line *first = NULL;
    e->has_list = false;
    e->list = DEC_ZERO;
    for (size_t i = 0; i < e->nlines; i++) {
        const struct line *l = &e->lines[i];
        if (!l->resource || !l->offer)
            continue;
        if (!first)
            first = l;
        if (strcmp(l->price_currency, first->price_currency) != 0 || l->offer->basis != first->offer->basis)
            return;
        e->list = dec_add(e->list, l->list);
    }
    if (!first)
        return;
    e->has_list = true;
    memcpy(e->list_currency, first->price_currency, CURRENCY_TEXT);
    e->list_basis = first->offer->basis;
}

/* The net present value of everything together: discounted unrounded, rounded once. */
static dec_t sum_npv(const struct site_work *w, const struct site_estimate *e)
{
    struct npv npv = {0};
    for (size_t i = 0; i < e->nlines; i++)
        for (size_t j = 0; has_price(&e->lines[i]) && j < e->lines[i].nruns; j++) {
            const struct line_run *r = &e->lines[i].runs[j];
            npv_add(&npv, w->npv, r->first, r->months, r->at, price_valued(e->lines[i].offer, r));
        }
    return npv_result(&npv, w->npv, w->budget_places);
}

static void note_oldest(struct site_estimate *e)
{
    e->oldest_price = DATE_NONE;
    for (size_t i = 0; i < e->nlines; i++) {
        const struct line *l = &e->lines[i];
        if (l->offer && has_price(l) && date_is(l->offer->as_of) &&
            (!date_is(e->oldest_price) || date_cmp(l->offer->as_of, e->oldest_price) < 0))
            e->oldest_price = l->offer->as_of;
    }
}

/* A site that none of the resources goes to (or no cost, where there are only costs) has no total: it
 * would be the cheapest of all. */
static bool nothing_asked(const struct scenario *s, const struct site_estimate *e)
{
    for (size_t i = 0; i < e->nlines; i++)
        if (e->lines[i].resource || (s->nresources == 0 && e->lines[i].cost))
            return false;
    return true;
}

static int sum_site(const struct site_work *w, struct site_estimate *e, struct err *err)
{
    e->has_totals = !nothing_asked(w->scenario, e);
    e->m = (struct money){0};
    for (size_t i = 0; i < e->nlines; i++) {
        if (!has_price(&e->lines[i]))
            e->has_totals = false;
        else
            e->m = money_add(e->m, e->lines[i].m, 1);
    }
    sum_list(e);
    e->has_list = e->has_list && e->has_totals;
    e->npv = sum_npv(w, e);
    e->cost_per_month = dec_div_round(e->m.cost, dec_int64(w->scenario->months), w->budget_places, DEC_HALF_UP);
    note_oldest(e);
    if (money_check(&e->m, e->column, err) || dec_check(e->npv, e->column, err) ||
        dec_check(e->cost_per_month, e->column, err) || dec_check(e->list, e->column, err))
        return -1;
    return 0;
}

/* ---- status */

struct reasons {
    const char **v;
    size_t n;
};

static int add_reason(const struct site_work *w, struct reasons *r, const char *reason, struct err *err)
{
    const char **v = arena_grow(w->arena, r->v, r->n, r->n + 1, sizeof *v);
    if (!v || !reason)
        return err_nomem(err);
    v[r->n++] = reason;
    r->v = v;
    return 0;
}

static const struct fx_used *stale_rate(const struct line *l)
{
    const struct fx_used *const all[] = {l->fx, l->tax_fx, l->back_fx};
    for (size_t i = 0; i < 3; i++)
        if (all[i] && all[i]->stale)
            return all[i];
    return NULL;
}

static int add_stale(const struct site_work *w, struct reasons *r, const struct line *l, struct err *err)
{
    char day[DATE_TEXT];
    const struct fx_used *old = stale_rate(l);
    if (old) {
        date_format(old->date, day);
        if (add_reason(w, r, say_in(w->arena, w->options->lang, TEXT_STALE_RATE, l->label, old->from, old->to, day),
                       err))
            return -1;
    }
    if (!l->offer || !price_stale(w->scenario, l->offer))
        return 0;
    if (l->offer->quoted && date_is(l->offer->quoted->quote->valid_until)) {
        date_format(l->offer->quoted->quote->valid_until, day);
        return add_reason(w, r, say_in(w->arena, w->options->lang, TEXT_QUOTE_EXPIRED, l->label, day), err);
    }
    date_format(l->offer->as_of, day);
    return add_reason(w, r, say_in(w->arena, w->options->lang, TEXT_STALE_PRICE, l->label, day), err);
}

static int judge(const struct site_work *w, struct site_estimate *e, const char *why_none, struct err *err)
{
    struct reasons r = {0};
    const char *lang = w->options->lang;
    bool empty = nothing_asked(w->scenario, e);
    bool incomplete = why_none != NULL || empty, stale = false;
    if (empty && add_reason(w, &r, text(lang, TEXT_NOTHING_ASKED), err))
        return -1;
    if (!empty && why_none && add_reason(w, &r, why_none, err))
        return -1;
    for (size_t i = 0; i < e->nlines; i++) {
        const struct line *l = &e->lines[i];
        bool missing = !has_price(l);
        incomplete |= missing;
        stale |= l->status == LINE_STALE;
        if (missing && !why_none && add_reason(w, &r, say_in(w->arena, lang, TEXT_NAME_NOTE, l->label, l->reason), err))
            return -1;
        if (l->status == LINE_STALE && add_stale(w, &r, l, err))
            return -1;
    }
    e->status = incomplete ? SITE_INCOMPLETE : stale ? SITE_STALE : SITE_COMPLETE;
    e->reasons = r.v;
    e->nreasons = r.n;
    return 0;
}

/* ---- regions */

enum { EXTRA_LINES = 3 }; /* the rest of a spend commitment, the payment, the invoice */

static int price_region(const struct site_work *w, struct pricing *p, const struct region *region, const char *why_none,
                        struct site_estimate *e, struct err *err)
{
    const struct scenario *s = w->scenario;
    p->region = region;
    e->region = region;
    e->nlines = 0;
    e->lines = arena_array(w->arena, s->nresources + s->ncosts + EXTRA_LINES, sizeof *e->lines);
    if (!e->lines)
        return err_nomem(err);
    if (price_resources(w, p, why_none, e, err) || price_extras(w, p, e, err))
        return -1;
    return sum_site(w, e, err) || judge(w, e, why_none, err) ? -1 : 0;
}

static size_t count_priced(const struct site_estimate *e)
{
    size_t n = 0;
    for (size_t i = 0; i < e->nlines; i++)
        n += has_price(&e->lines[i]);
    return n;
}

bool site_better(const struct site_estimate *a, const struct site_estimate *b)
{
    size_t na = count_priced(a), nb = count_priced(b);
    if (na != nb)
        return na > nb;
    int c = dec_cmp(a->npv, b->npv);
    return c ? c < 0 : dec_cmp(a->m.cost, b->m.cost) < 0;
}

static int choose_region(const struct site_work *w, struct pricing *p, struct site_estimate *e, struct err *err)
{
    const struct region *const *regions;
    size_t n;
    const char *why_none = NULL;
    if (where_regions(w->scenario, w->rules, p->site, w->arena, w->options->lang, &regions, &n, &why_none, err))
        return -1;
    if (n == 0)
        return price_region(w, p, NULL, why_none, e, err);
    struct site_estimate best = *e;
    if (price_region(w, p, regions[0], NULL, &best, err))
        return -1;
    for (size_t i = 1; i < n; i++) {
        struct site_estimate other = *e;
        if (price_region(w, p, regions[i], NULL, &other, err))
            return -1;
        if (site_better(&other, &best))
            best = other;
    }
    *e = best;
    e->other_regions = regions;
    e->nother_regions = n;
    return 0;
}

/* The regions looked at beside the one taken. */
static int list_others(const struct site_work *w, struct site_estimate *e, struct err *err)
{
    const struct region **v = arena_array(w->arena, e->nother_regions + 1, sizeof *v);
    size_t n = 0;
    if (!v)
        return err_nomem(err);
    for (size_t i = 0; i < e->nother_regions; i++)
        if (e->other_regions[i] != e->region)
            v[n++] = e->other_regions[i];
    e->other_regions = v;
    e->nother_regions = n;
    return 0;
}

/* ---- the site */

static int refuse(const struct site_work *w, struct site_estimate *e, struct err *err)
{
    struct reasons r = {0};
    const char *condition = e->site->condition;
    enum text_id id = *condition ? TEXT_REFUSES_BECAUSE : TEXT_REFUSES;
    if (add_reason(w, &r, say_in(w->arena, w->options->lang, id, e->buyer->country, condition), err))
        return -1;
    e->status = SITE_INELIGIBLE;
    e->reasons = r.v;
    e->nreasons = r.n;
    return 0;
}

static const char *column_name(const struct site_work *w, const struct site_ref *ref)
{
    return arena_printf(w->arena, "%s%s%s%s%s", ref->site, *ref->buyer ? "@" : "", ref->buyer, ref->quote ? ":" : "",
                        ref->quote ? quote_name(ref->quote) : "");
}

void site_context(const struct site_work *w, const struct site_estimate *e, struct site_context *out)
{
    out->tax = (struct tax_context){.rules = w->rules,
                                    .site = e->site,
                                    .buyer = e->buyer,
                                    .arena = w->arena,
                                    .start = w->scenario->start,
                                    .nrows = w->scenario->months + TERM_MAX,
                                    .lang = w->options->lang};
    out->payment = scenario_paying(w->scenario, e->site->id);
    if (e->quote) /* a quote is billed in the currency it is written in */
        out->payment.settlement = "";
    out->pricing = (struct pricing){.scenario = w->scenario,
                                    .rules = w->rules,
                                    .site = e->site,
                                    .buyer = e->buyer,
                                    .region = e->region,
                                    .quote = e->quote,
                                    .payment = &out->payment,
                                    .fx = w->fx,
                                    .tax = &out->tax,
                                    .npv = w->npv,
                                    .items = w->items,
                                    .budget_places = w->budget_places,
                                    .lang = w->options->lang};
}

/* only: this region and no other; NULL: the best. */
static int price_site(const struct site_work *w, const struct region *only, struct site_estimate *e, struct err *err)
{
    struct site_context c;
    site_context(w, e, &c);
    struct pricing *p = &c.pricing;
    if (only ? price_region(w, p, only, NULL, e, err) : choose_region(w, p, e, err) || list_others(w, e, err))
        return -1;
    p->region = e->region;
    if (w->options->ways && ways_add(w, p, e, err))
        return -1;
    return notes_add(p, w->arena, e, err);
}

int site_regions(const struct site_work *w, const struct site *site, const struct region *const **out, size_t *n,
                 struct err *err)
{
    const char *why_none;
    return where_regions(w->scenario, w->rules, site, w->arena, w->options->lang, out, n, &why_none, err);
}

static int run_one(const struct site_work *w, const struct site_ref *ref, const struct region *only,
                   struct site_estimate *out, struct err *err)
{
    struct site_estimate e = {.column = column_name(w, ref),
                              .quote = ref->quote,
                              .site = rules_site(w->rules, ref->site),
                              .buyer = scenario_buyer(w->scenario, ref->buyer),
                              .oldest_price = DATE_NONE};
    if (!e.column)
        return err_nomem(err);
    assert(e.site && e.buyer); /* config_scenario has checked both */
    bool refused = who_accepts(e.site, e.buyer) == BUYER_REFUSED;
    if (!refused || w->options->all)
        if (price_site(w, only, &e, err)) {
            if (e.quote)
                err_prefix(err, "quote %s", quote_name(e.quote));
            return -1;
        }
    if (refused && refuse(w, &e, err))
        return -1;
    *out = e;
    return 0;
}

int site_run(const struct site_work *w, const struct site_ref *ref, struct site_estimate *out, struct err *err)
{
    return run_one(w, ref, NULL, out, err);
}

int site_run_in(const struct site_work *w, const struct site_ref *ref, const struct region *region,
                struct site_estimate *out, struct err *err)
{
    return run_one(w, ref, region, out, err);
}
