/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Both estimates' lines are walked by stretches of months in which no run of either begins or ends.
 */
#include "calc/bridge.h"

#include "calc/replay.h"
#include "calc/tax.h"

#include <assert.h>
#include <string.h>

const char *const bridge_part_names[BRIDGE_PARTS] = {
    [PART_SCOPE] = "scope", [PART_QUANTITY] = "quantity", [PART_PRODUCT] = "product",
    [PART_PRICE] = "price", [PART_DISCOUNT] = "discount", [PART_FX] = "fx",
    [PART_TAX] = "tax",     [PART_FEES] = "fees",         [PART_ROUNDING] = "rounding",
};
const char *const bridge_change_names[] = {
    [BRIDGE_COMPARED] = "compared",
    [BRIDGE_ADDED] = "added",
    [BRIDGE_REMOVED] = "removed",
    [BRIDGE_UNKNOWN] = "incomplete",
};

/* What the cost is after each step, from all old to all new. */
enum state { ALL_OLD, AT_QUANTITY, AT_LIST, AT_DISCOUNT, AT_RATES, AT_TAX, ALL_NEW, STATES };

/* How the price becomes the budget currency. */
struct path {
    const struct fx_used *settle; /* NULL: billed as priced */
    const char *billed;           /* currency */
    int billed_places;
    const struct fx_used *fx; /* billed -> budget; NULL when no rate is known */
};

/* A line of both estimates, and what its steps share. */
struct pair {
    const struct saved *old, *new;
    const struct saved_line *a, *b;
    int months;                /* what is compared; later ones are scope */
    bool same_offer, measured; /* measured: quantities compare */
    bool even;                 /* both buy in the same months */
    dec_t old_q, new_q;        /* over the months of both */
    dec_t states[STATES];      /* sums */
    enum state now;            /* the step that is made */
    enum state stuck;          /* the first that needs a rate neither estimate has; STATES: none */
};

/* Months [first, first + months) in which nothing begins or ends. */
struct stretch {
    int first, months;
};

/* ---- runs ---- */

static bool runs_in(const struct line_run *r, int month)
{
    return r->first <= month && month < r->first + r->months;
}

static int nearer(const struct saved_line *l, int month, int end)
{
    for (size_t i = 0; i < l->nruns; i++) {
        const struct line_run *r = &l->runs[i];
        if (r->first > month && r->first < end)
            end = r->first;
        if (r->first + r->months > month && r->first + r->months < end)
            end = r->first + r->months;
    }
    return end;
}

static struct stretch stretch_at(const struct pair *p, int month)
{
    int end = nearer(p->b, month, nearer(p->a, month, p->months));

    return (struct stretch){month, end - month};
}

static dec_t quantity_in(const struct saved_line *l, int month, enum timing at)
{
    dec_t sum = DEC_ZERO;

    for (size_t i = 0; i < l->nruns; i++)
        if (l->runs[i].at == at && runs_in(&l->runs[i], month))
            sum = dec_add(sum, l->runs[i].quantity);
    return sum;
}

/* What a line's unit counts: of an offer in two parts, the recurring one. */
static dec_t counted_in(const struct saved_line *l, int month)
{
    dec_t sum = quantity_in(l, month, AT_END);

    return l->offer->nparts > 1 ? sum : dec_add(sum, quantity_in(l, month, AT_START));
}

/* ---- offers ---- */

static bool same_product(const struct offer *a, const struct offer *b)
{
    return !strcmp(a->site, b->site) && !strcmp(a->region, b->region) && !strcmp(a->service, b->service) &&
           !strcmp(a->sku, b->sku) && !strcmp(a->os, b->os) && a->charge == b->charge &&
           !strcmp(a->offering, b->offering) && a->term_months == b->term_months;
}

static bool same_tier(const struct tier *a, const struct tier *b)
{
    return dec_cmp(a->from, b->from) == 0 && a->open == b->open && dec_cmp(a->to, b->to) == 0 &&
           dec_cmp(a->price, b->price) == 0;
}

static bool same_part(const struct price_part *a, const struct price_part *b)
{
    if (a->unit != b->unit || a->scope != b->scope || a->ntiers != b->ntiers)
        return false;
    for (size_t i = 0; i < a->ntiers; i++)
        if (!same_tier(&a->tiers[i], &b->tiers[i]))
            return false;
    return true;
}

static bool same_offer(const struct offer *a, const struct offer *b)
{
    if (a == NULL || b == NULL || !same_product(a, b) || strcmp(a->currency, b->currency) != 0 ||
        a->basis != b->basis || a->nparts != b->nparts)
        return false;
    for (size_t i = 0; i < a->nparts; i++)
        if (!same_part(&a->parts[i], &b->parts[i]))
            return false;
    return true;
}

/* ---- quantities ---- */

static bool bought_in(const struct saved_line *l, int month, enum timing at)
{
    dec_t q = quantity_in(l, month, at);

    return dec_bad(q) || dec_sign(q) != 0;
}

static void measure(struct pair *p)
{
    p->measured = p->a->offer != NULL && p->b->offer != NULL && !strcmp(p->a->unit, p->b->unit);
    p->even = true;
    p->old_q = p->new_q = DEC_ZERO;
    if (!p->measured)
        return;
    for (int m = 0; m < p->months;) {
        struct stretch s = stretch_at(p, m);
        p->even = p->even && bought_in(p->a, m, AT_START) == bought_in(p->b, m, AT_START) &&
                  bought_in(p->a, m, AT_END) == bought_in(p->b, m, AT_END);
        p->old_q = dec_add(p->old_q, dec_muln(counted_in(p->a, m), s.months));
        p->new_q = dec_add(p->new_q, dec_muln(counted_in(p->b, m), s.months));
        m += s.months;
    }
    p->measured = !dec_bad(p->old_q) && !dec_bad(p->new_q) && dec_sign(p->old_q) > 0;
}

/* An old run's quantity as of the new estimate, as a fraction over another. */
static void scale(const struct pair *p, const struct line_run *r, int month, dec_t *over, dec_t *under)
{
    *over = p->new_q;
    *under = p->old_q;
    if (p->even && dec_sign(r->quantity) > 0) {
        *over = quantity_in(p->b, month, r->at);
        *under = quantity_in(p->a, month, r->at);
    }
}

/* The contract amount of an old run at the new quantity, the old price and discount. */
static dec_t contract_at_quantity(const struct pair *p, size_t i, int month)
{
    const struct line_run *r = &p->a->runs[i];
    const struct offer *o = p->a->offer;
    dec_t over, under, list;
    bool beyond = false;

    scale(p, r, month, &over, &under);
    if (dec_bad(over) || dec_bad(under) || dec_cmp(over, under) == 0)
        return r->contract;
    list = dec_muldiv(r->list_exact, over, under, DEC_HALF_UP);
    if (o->nparts == 1 && o->parts[0].scope == SCOPE_MONTH && !p->a->pooled) {
        dec_t q = dec_muldiv(r->quantity, over, under, DEC_HALF_UP);
        dec_t along = dec_bad(q) ? q : ladder_amount(o->parts[0].tiers, o->parts[0].ntiers, DEC_ZERO, q, &beyond);
        list = beyond ? list : along;
    }
    return dec_mul_round(list, dec_sub(DEC_ONE, p->a->discount), p->a->places[i].price, DEC_HALF_UP);
}

/* ---- rates ---- */

static const struct fx_used *rate_in(const struct fx_used *u, const char *from, const char *to)
{
    return u != NULL && !strcmp(u->from, from) && !strcmp(u->to, to) ? u : NULL;
}

static const struct fx_used *rate_of(const struct saved *s, const struct saved_line *l, const char *from,
                                     const char *to)
{
    const struct fx_used *const own[] = {l->fx, l->tax_fx, l->back_fx};

    for (size_t i = 0; i < sizeof own / sizeof *own; i++)
        if (rate_in(own[i], from, to) != NULL)
            return own[i];
    for (size_t i = 0; i < s->nrates; i++)
        if (rate_in(&s->rates[i], from, to) != NULL)
            return &s->rates[i];
    return NULL;
}

/* The rate of the estimate asked first, else of the other. */
static const struct fx_used *find_rate(struct pair *p, bool new_first, const char *from, const char *to)
{
    static const struct fx_used same = {.rate = {DEC_ONE_UNIT}, .source = "", .path = FX_SAME};
    const struct fx_used *u;

    if (!strcmp(from, to))
        return &same;
    u = new_first ? rate_of(p->new, p->b, from, to) : rate_of(p->old, p->a, from, to);
    if (u == NULL)
        u = new_first ? rate_of(p->old, p->a, from, to) : rate_of(p->new, p->b, from, to);
    if (u == NULL && p->now < p->stuck)
        p->stuck = p->now;
    return u;
}

static struct path path_of(const struct saved_line *l, size_t run)
{
    return (struct path){l->settle_fx, l->fx->from, l->places[run].billed, l->fx};
}

/* How a new run's price becomes the budget currency at old rates. */
static struct path old_path(struct pair *p, size_t run)
{
    struct path path = path_of(p->b, run);

    if (!strcmp(p->a->price_currency, p->b->price_currency)) {
        path = (struct path){p->a->settle_fx, p->a->fx->from, path.billed_places, p->a->fx};
        if (p->a->nruns > 0)
            path.billed_places = p->a->places[0].billed;
    } else {
        path.fx = find_rate(p, false, path.billed, p->new->currency);
    }
    return path;
}

/* ---- taxes ---- */

/* The rule of an old line for a new run of a month: of the old run there, of the same timing if there is one;
 * else of the last one before; else of the first. */
static size_t old_rule(const struct saved_line *l, int month, enum timing at)
{
    size_t there = l->nruns, before = l->nruns;

    for (size_t i = 0; i < l->nruns; i++) {
        const struct line_run *r = &l->runs[i];
        if (runs_in(r, month) && r->at == at)
            return i;
        if (runs_in(r, month))
            there = i;
        if (r->first <= month && (before == l->nruns || r->first >= l->runs[before].first))
            before = i;
    }
    if (there < l->nruns)
        return there;
    return before < l->nruns ? before : 0;
}

/* ---- one month, made anew ---- */

struct ask {
    const struct saved_line *line; /* whose kind, basis and contract it is */
    size_t run;
    dec_t contract;
    struct path path;
    const struct saved_line *taxed; /* whose tax rule it is, of its run `rule` */
    size_t rule;
    bool new_rates;
    dec_t spread;
};

/* Is the tax reckoned in the currency of the bill, whichever that is? */
static bool follows_bill(const struct tax_used *t, enum replay_kind kind)
{
    return kind == REPLAY_COST || t->row == NULL || *t->row->tax_currency == '\0';
}

static dec_t cost_of(struct pair *p, const struct ask *q)
{
    const struct tax_used *tax = q->taxed->nruns > 0 ? q->taxed->runs[q->rule].tax : NULL;
    struct replay r = {
        .kind = replay_kind(q->line->kind),
        .contract = q->contract,
        .settle = q->path.settle,
        .billed_places = q->path.billed_places,
        .fx = q->path.fx,
        .tax = tax,
        .basis = q->line->offer != NULL ? q->line->offer->basis : BASIS_EXCL,
        .spread = q->spread,
        .places = p->new->minor_units,
    };

    if (r.fx == NULL)
        return DEC_ZERO;
    bool follows = tax != NULL && follows_bill(tax, r.kind);
    if (tax != NULL) {
        r.tax_places = follows ? q->path.billed_places : q->taxed->places[q->rule].tax;
        if (!follows && strcmp(tax->currency, q->path.billed) != 0) {
            r.tax_fx = find_rate(p, q->new_rates, q->path.billed, tax->currency);
            r.back_fx = find_rate(p, q->new_rates, tax->currency, p->new->currency);
            if (r.tax_fx == NULL || r.back_fx == NULL)
                return DEC_ZERO;
        }
    }
    return replay_month(&r).cost;
}

/* A month of an old run with everything old but the contract amount. */
static dec_t old_month(struct pair *p, size_t i, dec_t contract)
{
    const struct ask q = {p->a, i, contract, path_of(p->a, i), p->a, i, false, p->a->spread};

    return cost_of(p, &q);
}

/* A month of a new run after a step. */
static dec_t new_month(struct pair *p, size_t i, int month, enum state at)
{
    const struct line_run *r = &p->b->runs[i];
    bool rates = at >= AT_RATES, taxes = at >= AT_TAX;
    p->now = at;
    bool same_discount = dec_cmp(p->a->discount, p->b->discount) == 0;
    struct ask q = {
        .line = p->b,
        .run = i,
        .contract = r->contract,
        .path = rates ? path_of(p->b, i) : old_path(p, i),
        .taxed = taxes || p->a->nruns == 0 ? p->b : p->a,
        .rule = taxes || p->a->nruns == 0 ? i : old_rule(p->a, month, r->at),
        .new_rates = rates,
        .spread = at == ALL_NEW ? p->b->spread : p->a->spread,
    };

    if (at == AT_LIST && !same_discount)
        q.contract = dec_mul_round(r->list_exact, dec_sub(DEC_ONE, p->a->discount), p->b->places[i].price, DEC_HALF_UP);
    return cost_of(p, &q);
}

static void add_stretch(struct pair *p, struct stretch s)
{
    for (size_t i = 0; i < p->a->nruns; i++) {
        if (!runs_in(&p->a->runs[i], s.first))
            continue;
        dec_t whole = old_month(p, i, p->a->runs[i].contract), scaled = whole;
        if (p->measured && !p->same_offer)
            scaled = old_month(p, i, contract_at_quantity(p, i, s.first));
        p->states[ALL_OLD] = dec_add(p->states[ALL_OLD], dec_muln(whole, s.months));
        p->states[AT_QUANTITY] = dec_add(p->states[AT_QUANTITY], dec_muln(scaled, s.months));
    }
    for (size_t i = 0; i < p->b->nruns; i++)
        for (enum state at = AT_LIST; runs_in(&p->b->runs[i], s.first) && at < STATES; at++)
            p->states[at] = dec_add(p->states[at], dec_muln(new_month(p, i, s.first, at), s.months));
}

/* ---- a line ---- */

/* What a line costs in months of its own horizon from `from` on. */
static dec_t cost_from(const struct saved_line *l, int from)
{
    dec_t sum = DEC_ZERO;

    for (size_t i = 0; i < l->nruns; i++) {
        int end = l->runs[i].first + l->runs[i].months, first = l->runs[i].first > from ? l->runs[i].first : from;
        if (end > first)
            sum = dec_add(sum, dec_muln(l->runs[i].m.cost, end - first));
    }
    return sum;
}

static void split(const struct pair *p, struct bridge_line *out)
{
    static const enum bridge_part parts[STATES] = {
        [AT_QUANTITY] = PART_QUANTITY, [AT_LIST] = PART_PRICE, [AT_DISCOUNT] = PART_DISCOUNT,
        [AT_RATES] = PART_FX,          [AT_TAX] = PART_TAX,    [ALL_NEW] = PART_FEES};
    bool another = p->a->offer != NULL && p->b->offer != NULL && !same_product(p->a->offer, p->b->offer);

    for (enum state s = AT_QUANTITY; s < STATES; s++) {
        enum bridge_part part = parts[s];
        if (s == AT_LIST && another)
            part = PART_PRODUCT;
        if (s == AT_LIST && p->same_offer)
            part = PART_QUANTITY;
        out->parts[part] = dec_add(out->parts[part], dec_sub(p->states[s], p->states[s - 1]));
    }
}

/* From the step that lacks a rate the line goes to the end at once. */
static void jump(struct pair *p)
{
    for (enum state s = p->stuck; s < ALL_NEW; s++)
        p->states[s] = p->states[ALL_NEW];
}

static void compare_line(struct pair *p, struct bridge_line *out)
{
    dec_t beyond_old = cost_from(p->a, p->months), beyond_new = cost_from(p->b, p->months);

    p->same_offer = same_offer(p->a->offer, p->b->offer);
    measure(p);
    for (int m = 0; m < p->months;) {
        struct stretch s = stretch_at(p, m);
        add_stretch(p, s);
        m += s.months;
    }
    jump(p);
    split(p, out);
    out->notes |= p->stuck < STATES ? BRIDGE_RATES : 0;
    if (p->a->offer != NULL && p->b->offer != NULL && strcmp(p->a->unit, p->b->unit) != 0)
        out->notes |= BRIDGE_UNITS;
    out->parts[PART_SCOPE] = dec_sub(beyond_new, beyond_old);
    dec_t stored_old = dec_sub(out->old_cost, beyond_old), stored_new = dec_sub(out->new_cost, beyond_new);
    out->parts[PART_ROUNDING] =
        dec_add(dec_sub(p->states[ALL_OLD], stored_old), dec_sub(stored_new, p->states[ALL_NEW]));
}

/* Fees follow what is paid: all they move by is theirs, but for months that one horizon does not have. */
static void compare_fee(const struct pair *p, struct bridge_line *out)
{
    dec_t beyond = dec_sub(p->b != NULL ? cost_from(p->b, p->months) : DEC_ZERO,
                           p->a != NULL ? cost_from(p->a, p->months) : DEC_ZERO);

    out->parts[PART_SCOPE] = beyond;
    out->parts[PART_FEES] = dec_sub(dec_sub(out->new_cost, out->old_cost), beyond);
}

static int close_line(const struct bridge_line *l, struct err *err)
{
    dec_t sum = DEC_ZERO, moved = dec_sub(l->new_cost, l->old_cost);
    const struct saved_line *any = l->new != NULL ? l->new : l->old;

    for (int i = 0; i < BRIDGE_PARTS; i++)
        sum = dec_add(sum, l->parts[i]);
    if (dec_check(moved, any->label, err) != 0 || dec_check(sum, any->label, err) != 0)
        return -1;
    assert(dec_cmp(sum, moved) == 0);
    return 0;
}

static int bridge_line(struct pair *p, struct bridge_line *out, struct err *err)
{
    const struct saved_line *any = p->b != NULL ? p->b : p->a;

    *out = (struct bridge_line){
        .old = p->a,
        .new = p->b,
        .change = p->a == NULL   ? BRIDGE_ADDED
                  : p->b == NULL ? BRIDGE_REMOVED
                                 : BRIDGE_COMPARED,
        .old_cost = p->a != NULL ? p->a->m.cost : DEC_ZERO,
        .new_cost = p->b != NULL ? p->b->m.cost : DEC_ZERO,
    };
    if (replay_kind(any->kind) == REPLAY_FEE)
        compare_fee(p, out);
    else if (out->change == BRIDGE_COMPARED)
        compare_line(p, out);
    else
        out->parts[PART_SCOPE] = dec_sub(out->new_cost, out->old_cost);
    return close_line(out, err);
}

/* ---- a site ---- */

static const struct saved_line *find_line(const struct saved_site *s, const struct saved_line *like)
{
    for (size_t i = 0; i < s->nlines; i++)
        if (!strcmp(s->lines[i].label, like->label) && !strcmp(s->lines[i].kind, like->kind))
            return &s->lines[i];
    return NULL;
}

static int compare_lines(const struct bridge *b, struct arena *arena, struct bridge_site *s, struct err *err)
{
    struct bridge_line *v = arena_array(arena, s->old->nlines + s->new->nlines + 1, sizeof *v);

    if (v == NULL)
        return err_nomem(err);
    s->lines = v;
    for (size_t i = 0; i < s->new->nlines + s->old->nlines; i++) {
        bool removed = i >= s->new->nlines;
        const struct saved_line *l = removed ? &s->old->lines[i - s->new->nlines] : &s->new->lines[i];
        const struct saved_line *other = find_line(removed ? s->new : s->old, l);
        struct pair p = {b->old, b->new, removed ? l : other, removed ? NULL : l, b->months, .stuck = STATES};
        if (removed && other != NULL)
            continue;
        if (bridge_line(&p, &v[s->nlines], err) != 0)
            return err_prefix(err, "%s", s->new->column);
        for (int k = 0; k < BRIDGE_PARTS; k++)
            s->parts[k] = dec_add(s->parts[k], v[s->nlines].parts[k]);
        s->nlines++;
    }
    for (int k = 0; k < BRIDGE_PARTS; k++)
        if (dec_check(s->parts[k], s->new->column, err) != 0)
            return -1;
    return dec_check(dec_sub(s->new_cost, s->old_cost), s->new->column, err);
}

static enum bridge_change change_of(const struct bridge_site *s)
{
    if ((s->old != NULL && !s->has_old) || (s->new != NULL && !s->has_new))
        return BRIDGE_UNKNOWN;
    return s->old == NULL ? BRIDGE_ADDED : s->new == NULL ? BRIDGE_REMOVED : BRIDGE_COMPARED;
}

static int bridge_site(const struct bridge *b, struct arena *arena, const struct saved_site *old,
                       const struct saved_site *new, struct bridge_site *out, struct err *err)
{
    *out = (struct bridge_site){
        .old = old,
        .new = new,
        .has_old = old != NULL && old->has_totals,
        .has_new = new != NULL &&new->has_totals,
    };
    out->old_cost = out->has_old ? old->m.cost : DEC_ZERO;
    out->new_cost = out->has_new ? new->m.cost : DEC_ZERO;
    out->change = change_of(out);
    return out->change == BRIDGE_COMPARED ? compare_lines(b, arena, out, err) : 0;
}

static const struct saved_site *find_site(const struct saved *s, const char *column)
{
    for (size_t i = 0; i < s->nsites; i++)
        if (!strcmp(s->sites[i].column, column))
            return &s->sites[i];
    return NULL;
}

/* Commitments run on beyond the horizon: of equal ones every month counts. */
static int months_of_both(const struct saved *old, const struct saved *new)
{
    if (old->months == new->months)
        return old->months + TERM_MAX;
    return old->months < new->months ? old->months : new->months;
}

int bridge_make(const struct saved *old, const struct saved *new, struct arena *arena, struct bridge *out,
                struct err *err)
{
    struct bridge_site *v = arena_array(arena, old->nsites + new->nsites + 1, sizeof *v);

    *out = (struct bridge){.old = old, .new = new, .months = months_of_both(old, new)};
    if (v == NULL)
        return err_nomem(err);
    if (strcmp(old->currency, new->currency) != 0)
        return err_set(err, ERR_USAGE,
                       "the old estimate is in %s, the new one in %s: not comparable "
                       "(give both the same [project] currency)",
                       old->currency, new->currency);
    if (old->minor_units != new->minor_units)
        return err_set(err, ERR_USAGE, "the old estimate has %d decimals, the new one %d: not comparable",
                       old->minor_units, new->minor_units);
    out->sites = v;
    for (size_t i = 0; i < new->nsites; i++)
        if (bridge_site(out, arena, find_site(old, new->sites[i].column), &new->sites[i], &v[out->nsites++], err) != 0)
            return -1;
    for (size_t i = 0; i < old->nsites; i++)
        if (find_site(new, old->sites[i].column) == NULL &&
            bridge_site(out, arena, &old->sites[i], NULL, &v[out->nsites++], err) != 0)
            return -1;
    return 0;
}

/* ---- thresholds ---- */

bool bridge_risen(const struct bridge_site *s, dec_t share)
{
    dec_t moved = dec_sub(s->new_cost, s->old_cost);
    dec_t allowed = dec_mul(s->old_cost, share, DEC_CEIL);

    return dec_bad(allowed) ? false : dec_cmp(moved, allowed) > 0;
}

bool bridge_percent(const struct bridge_site *s, dec_t *out)
{
    dec_t moved = dec_muln(dec_sub(s->new_cost, s->old_cost), 100);

    if (dec_sign(s->old_cost) <= 0)
        return false;
    *out = dec_div_round(moved, s->old_cost, 2, DEC_HALF_UP);
    return !dec_bad(*out);
}
