/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "calc/price.h"

#include "calc/price_parts.h"
#include "calc/quote_shelf.h"
#include "calc/say.h"
#include "calc/unit.h"
#include "models/component.h"
#include "models/terms.h"

#include <assert.h>
#include <string.h>

int currency_places(const struct rules *r, const char *code)
{
    const struct currency *c = rules_currency(r, code);
    return c ? c->minor_units : 2;
}

const char *price_billed(const struct pricing *p, const struct offer *o)
{
    return p->payment && *p->payment->settlement ? p->payment->settlement : o->currency;
}

bool price_stale(const struct scenario *s, const struct offer *o)
{
    const struct duration *d = &s->price_max_age;
    struct date as_of = o->as_of;
    if (o->quoted && date_is(o->quoted->quote->valid_until))
        return quote_expired(o->quoted->quote, s->as_of);
    if (!d->given || !date_is(as_of))
        return false;
    return date_cmp(date_add_days(date_add_months(as_of, d->months), d->days), s->as_of) < 0;
}

/* The component for one part of an offer. A price of the month that is sold as prepaid is paid at
 * the month's start; the recurring part of a commitment runs to its end. */
const struct component *price_component(const struct offer *o, const struct price_part *part)
{
    if (o->charge == CHARGE_PREPAID || unit_table[part->unit].time == PER_TERM)
        return &component_prepaid;
    if (o->charge == CHARGE_RESERVED || o->charge == CHARGE_SAVINGS_PLAN)
        return &component_commitment;
    if (part->scope == SCOPE_LIFE)
        return &component_lifetime;
    return part->scope == SCOPE_MONTH ? &component_volume : &component_usage;
}

dec_t price_hours(const struct pricing *p, const struct resource *r, const struct offer *o)
{
    bool runs = o->charge == CHARGE_ON_DEMAND || o->charge == CHARGE_SPOT;
    return runs && r->hours.kind != VALUE_NONE ? r->hours.fixed : p->scenario->hours.fixed;
}

/* Items whose hours are counted, over a life that begins with the month: so many whole ones. */
static struct quantity_run whole_items(const struct resource *r, const struct quantity_list *items, struct measure *m)
{
    assert(items->n <= 1);
    struct quantity_run one = items->n ? items->v[0] : (struct quantity_run){.months = 1};
    one.quantity = dec_div(one.quantity, r->parts, DEC_HALF_UP);
    m->time_div = dec_div(m->time_div, r->parts, DEC_HALF_UP);
    return one;
}

/* The last of the steps over a life, for items that have the others behind them. */
static struct tier last_step(const struct price_part *part)
{
    struct tier t = part->tiers[part->ntiers - 1];
    if (t.open)
        t.from = DEC_ZERO;
    return t;
}

static int part_charges(const struct pricing *p, const struct resource *r, const struct offer *o,
                        const struct price_part *part, struct charge_list *out, const char **why, struct err *err)
{
    struct measure m;
    enum text_id unfit;
    if (!unit_measure(r, part->unit, price_hours(p, r, o), &m, &unfit)) {
        *why = text(p->lang, unfit);
        return 1;
    }
    const struct component *c = price_component(o, part);
    if (c == &component_prepaid)
        m = measure_term(m, part->unit, o->term_months);
    const struct quantity_list *items = &p->items[r - p->scenario->resources];
    struct component_input in = {
        .months = p->scenario->months,
        .items = items->v,
        .nitems = items->n,
        .size = m.size,
        .time = m.time,
        .time_div = m.time_div,
        .tiers = part->tiers,
        .ntiers = part->ntiers,
        .term = o->term_months,
    };
    struct quantity_run whole;
    struct tier step;
    if (c == &component_lifetime && r->running) {
        step = last_step(part);
        in.tiers = &step;
        in.ntiers = 1;
        c = &component_usage;
    } else if (c == &component_lifetime && dec_sign(r->parts) > 0) {
        whole = whole_items(r, items, &m);
        in.items = &whole;
        in.nitems = 1;
        in.time_div = m.time_div;
    }
    switch (c->charges(&in, out, err)) {
    case COMPONENT_DONE:
        return 0;
    case COMPONENT_BEYOND:
        *why = text(p->lang, TEXT_TIERS_END);
        return 1;
    case COMPONENT_FAILED:
        break;
    }
    return -1;
}

int price_charges(const struct pricing *p, const struct resource *r, const struct offer *o, struct charge_list *out,
                  const char **why, struct err *err)
{
    for (size_t i = 0; i < o->nparts; i++) {
        int got = part_charges(p, r, o, &o->parts[i], out, why, err);
        if (got)
            return got;
    }
    return 0;
}

static int settle_rate(const struct pricing *p, struct arena *arena, struct line *line, struct err *err)
{
    const struct payment *pay = p->payment;
    line->settle_fx = NULL;
    if (!pay || !*pay->settlement || !strcmp(pay->settlement, line->price_currency))
        return 0;
    struct fx_used *u = arena_alloc(arena, sizeof *u);
    if (!u)
        return err_nomem(err);
    *u = (struct fx_used){.rate = pay->settlement_rate.fixed, .source = "vendor", .path = FX_DIRECT, .date = DATE_NONE};
    memcpy(u->from, line->price_currency, CURRENCY_TEXT);
    memcpy(u->to, pay->settlement, CURRENCY_TEXT);
    line->settle_fx = u;
    return 0;
}

static void ask_as_quoted(const struct quote_item *item, struct tax_query *q)
{
    q->has_invoice = item->has_invoice;
    q->invoice = item->invoice;
    if (item->has_share)
        q->share = (struct value){.kind = VALUE_FIXED, .fixed = item->share};
}

int price_rates(const struct pricing *p, struct arena *arena, struct line *line, struct line_rates *out,
                struct err *err)
{
    const struct scenario *s = p->scenario;
    const struct offer *o = line->offer;
    if (settle_rate(p, arena, line, err))
        return -1;
    const char *billed = price_billed(p, o);
    if (fx_find(p->fx, billed, s->currency, &line->fx, err))
        return -1;
    bool foreign = line->fx->path != FX_SAME;
    line->spread = foreign && s->fx_spread.kind != VALUE_NONE ? s->fx_spread.fixed : DEC_ZERO;
    *out = (struct line_rates){
        .query = {.line_rate = line->resource->vat_rate,
                  .has_price_rate = o->has_tax_rate,
                  .price_rate = o->tax_rate,
                  .billed = billed},
        .money = {.fx = line->fx,
                  .billed_places = currency_places(p->rules, billed),
                  .budget_places = p->budget_places,
                  .basis = o->basis,
                  .spread = line->spread},
        .keep = dec_sub(DEC_ONE, line->discount),
        .list_places = currency_places(p->rules, line->price_currency),
    };
    if (o->quoted)
        ask_as_quoted(o->quoted->item, &out->query);
    return 0;
}

/* The exchange a tax rule needs beside the bill's own. */
int price_tax_rates(const struct pricing *p, struct line *line, const struct tax_used *t, struct tax_money *how,
                    struct err *err)
{
    how->tax_fx = how->back_fx = NULL;
    how->tax_places = how->billed_places;
    if (strcmp(t->currency, line->fx->from) != 0) {
        if (fx_find(p->fx, line->fx->from, t->currency, &how->tax_fx, err) ||
            fx_find(p->fx, t->currency, p->scenario->currency, &how->back_fx, err))
            return -1;
        how->tax_places = currency_places(p->rules, t->currency);
    }
    line->tax_fx = how->tax_fx;
    line->back_fx = how->back_fx;
    return 0;
}

static void bill_run(struct line_run *run, const struct rounded_charge *c, const struct line *line, int places)
{
    *run = (struct line_run){
        .first = c->run.first,
        .months = c->run.months,
        .copy = c->copy,
        .copies = c->copies,
        .at = c->run.at,
        .quantity = c->run.quantity,
        .list_exact = c->run.list,
        .list = c->list,
        .contract = c->contract,
        .billed = c->contract,
    };
    if (line->settle_fx)
        run->billed = dec_mul_round(c->contract, line->settle_fx->rate, places, DEC_HALF_UP);
}

/* How many months from the charge's `from`-th on share one tax rule. Unknown tax: *t is NULL. */
static int same_tax(const struct pricing *p, const struct line_rates *rates, const struct charge_run *c, int from,
                    const struct tax_used **t, int *months, const char **why, struct err *err)
{
    if (tax_find(p->tax, &rates->query, c->first + from, t, why, err))
        return -1;
    int n = 1;
    while (*t && from + n < c->months) {
        const struct tax_used *next;
        if (tax_find(p->tax, &rates->query, c->first + from + n, &next, why, err))
            return -1;
        if (next != *t)
            break;
        n++;
    }
    *months = n;
    return 0;
}

/* The runs of a line as they come; room grows by doubling. */
struct run_list {
    struct arena *arena;
    struct line_run *v;
    size_t n, room;
};

static struct line_run *add_run(struct run_list *l, size_t expected, struct err *err)
{
    if (l->n == l->room) {
        size_t room = l->room ? l->room * 2 : expected;
        struct line_run *v = arena_grow(l->arena, l->v, l->n, room, sizeof *v);
        if (!v) {
            err_nomem(err);
            return NULL;
        }
        l->v = v;
        l->room = room;
    }
    return &l->v[l->n++];
}

/* Prices one charge as one run or, where the tax rule changes, as several. */
static int add_runs(const struct pricing *p, const struct rounded_charge *c, size_t expected, struct line_rates *rates,
                    struct run_list *runs, struct line *line, struct err *err)
{
    for (int from = 0, n; from < c->run.months; from += n) {
        const struct tax_used *t;
        if (same_tax(p, rates, &c->run, from, &t, &n, &line->reason, err))
            return -1;
        if (!t) {
            line->status = LINE_UNPRICED;
            return 0;
        }
        struct line_run *run = add_run(runs, expected, err);
        if (!run || price_tax_rates(p, line, t, &rates->money, err))
            return -1;
        bill_run(run, c, line, rates->money.billed_places);
        run->first += from;
        run->months = n;
        tax_apply(run, t, &rates->money);
        if (money_check(&run->m, line->label, err))
            return -1;
    }
    return 0;
}

dec_t price_valued(const struct offer *o, const struct line_run *r)
{
    bool later = o && o->quoted && r->at == AT_END;
    return later ? dec_mul(r->m.cost, o->quoted->worth, DEC_HALF_UP) : r->m.cost;
}

enum { QUANTITY_PLACES = 6 };

static int sum_line(const struct pricing *p, struct line *line, struct err *err)
{
    struct npv npv = {0};
    line->m = (struct money){0};
    line->list = line->contract = line->quantity = DEC_ZERO;
    for (size_t i = 0; i < line->nruns; i++) {
        const struct line_run *r = &line->runs[i];
        line->m = money_add(line->m, r->m, r->months);
        line->list = dec_add(line->list, dec_muln(r->list, r->months));
        line->contract = dec_add(line->contract, dec_muln(r->contract, r->months));
        if (line->offer->nparts == 1 || r->at == AT_END)
            line->quantity = dec_add(line->quantity, dec_muln(r->quantity, r->months));
        npv_add(&npv, p->npv, r->first, r->months, r->at, price_valued(line->offer, r));
    }
    line->npv = npv_result(&npv, p->npv, p->budget_places);
    /* days are 24ths of hours: months of 30.416666666667 days are not to show their last digit */
    line->quantity = dec_round(line->quantity, QUANTITY_PLACES, DEC_HALF_UP);
    if (money_check(&line->m, line->label, err) || dec_check(line->list, line->label, err) ||
        dec_check(line->contract, line->label, err) || dec_check(line->quantity, line->label, err) ||
        dec_check(line->npv, line->label, err))
        return -1;
    return 0;
}

static bool rate_stale(const struct line *line)
{
    return line->fx->stale || (line->tax_fx && line->tax_fx->stale) || (line->back_fx && line->back_fx->stale);
}

int price_rounded(const struct pricing *p, struct arena *arena, const struct rounded_charge *v, size_t n,
                  struct line *line, struct err *err)
{
    struct line_rates rates;
    struct run_list runs = {.arena = arena};
    line->status = LINE_PRICED;
    if (price_rates(p, arena, line, &rates, err))
        return -1;
    for (size_t i = 0; i < n && line->status == LINE_PRICED; i++)
        if (add_runs(p, &v[i], n, &rates, &runs, line, err))
            return -1;
    line->runs = NULL;
    line->nruns = 0;
    if (line->status != LINE_PRICED)
        return 0;
    line->runs = runs.v;
    line->nruns = runs.n;
    if (sum_line(p, line, err))
        return -1;
    if (price_stale(p->scenario, line->offer) || rate_stale(line))
        line->status = LINE_STALE;
    return 0;
}

static int round_charges(const struct pricing *p, struct arena *arena, const struct charge_list *c, struct line *line,
                         struct err *err)
{
    struct rounded_charge *v = arena_array(arena, c->n ? c->n : 1, sizeof *v);
    if (!v)
        return err_nomem(err);
    int places = currency_places(p->rules, line->price_currency);
    dec_t keep = dec_sub(DEC_ONE, line->discount);
    for (size_t i = 0; i < c->n; i++) {
        v[i].run = c->v[i];
        v[i].list = dec_round(c->v[i].list, places, DEC_HALF_UP);
        v[i].contract = dec_mul_round(c->v[i].list, keep, places, DEC_HALF_UP);
    }
    return price_rounded(p, arena, v, c->n, line, err);
}

/* The unit a line is counted in: of a two-part commitment, the recurring one. */
static const char *line_unit(const struct offer *o)
{
    bool first = o->nparts == 1 || unit_table[o->parts[0].unit].time != PER_TERM;
    return unit_table[o->parts[first ? 0 : 1].unit].name;
}

const char *price_charge_name(const char *lang, enum charge_kind charge)
{
    static const enum text_id names[] = {
        [CHARGE_ON_DEMAND] = TEXT_CHARGE_ON_DEMAND, [CHARGE_PREPAID] = TEXT_CHARGE_PREPAID,
        [CHARGE_RESERVED] = TEXT_CHARGE_RESERVED,   [CHARGE_SAVINGS_PLAN] = TEXT_CHARGE_SAVINGS_PLAN,
        [CHARGE_SPOT] = TEXT_CHARGE_SPOT,           [CHARGE_BEST] = TEXT_CHARGE_BEST,
    };
    return text(lang, names[charge]);
}

const char *price_charge_words(struct arena *arena, const char *lang, enum charge_kind charge, int months,
                               const char *offering)
{
    const char *said = price_charge_name(lang, charge);
    if (months != 0)
        said = say_in(arena, lang, months == 1 ? TEXT_CHARGE_MONTH : TEXT_CHARGE_MONTHS, said,
                      arena_printf(arena, "%d", months));
    return *offering ? say_in(arena, lang, TEXT_CHARGE_OFFERING, said, offering) : said;
}

const char *price_charge(struct arena *arena, const char *lang, const struct offer *o)
{
    return price_charge_words(arena, lang, o->charge, o->term_months, o->term_months ? o->offering : "");
}

void price_blank(const struct pricing *p, struct arena *arena, const struct resource *r, const struct offer *o,
                 struct line *out)
{
    *out = (struct line){
        .label = r->label,
        .kind = kind_table[r->kind].name,
        .resource = r,
        .status = LINE_PRICED,
        .reason = "",
        .offer = o,
        .charge = price_charge(arena, NULL, o),
        .size_note = "",
        .unit = line_unit(o),
        /* what was agreed with the provider is in the price of a quote already */
        .discount = o->quoted ? DEC_ZERO : scenario_discount(p->scenario, p->site->id, (int)r->kind),
    };
    memcpy(out->price_currency, o->currency, CURRENCY_TEXT);
}

int price_line(const struct pricing *p, struct arena *arena, const struct resource *r, const struct offer *o,
               struct line *out, struct err *err)
{
    price_blank(p, arena, r, o, out);
    if (!out->charge)
        return err_nomem(err);
    struct charge_list charges = {0};
    const char *why = "";
    int got = price_charges(p, r, o, &charges, &why, err);
    if (got == 0)
        got = round_charges(p, arena, &charges, out, err);
    charge_free(&charges);
    if (got == 1) {
        out->status = LINE_UNPRICED;
        out->reason = say_in(arena, p->lang, TEXT_NAME_NOTE, o->sku, why);
        return out->reason ? 0 : err_nomem(err);
    }
    return got;
}

int price_copy(struct arena *arena, const struct line *line, struct line *out, struct err *err)
{
    *out = *line;
    out->runs = arena_grow(arena, line->runs, line->nruns, line->nruns, sizeof *line->runs);
    out->charge = arena_strdup(arena, line->charge);
    out->reason = arena_strdup(arena, line->reason);
    if (line->settle_fx)
        out->settle_fx = arena_grow(arena, line->settle_fx, 1, 1, sizeof *line->settle_fx);
    bool kept = out->runs && out->charge && out->reason && (out->settle_fx || !line->settle_fx);
    return kept ? 0 : err_nomem(err);
}

static void repeat_run(struct line_run *r, int lines)
{
    dec_t *const sums[] = {&r->quantity,   &r->list_exact, &r->list,    &r->contract,     &r->billed,
                           &r->own_amount, &r->own_base,   &r->own_tax, &r->own_withheld, &r->own_net};
    if (r->copies == 0)
        r->copies = lines;
    for (size_t i = 0; i < sizeof sums / sizeof *sums; i++)
        *sums[i] = dec_muln(*sums[i], r->copies);
    r->m = money_add((struct money){0}, r->m, r->copies);
}

int price_repeat(const struct pricing *p, struct arena *arena, struct line *line, struct err *err)
{
    int lines = line->resource->repeats + 1;
    if (lines == 1)
        return 0;
    struct line_run *runs = arena_grow(arena, line->runs, line->nruns, line->nruns + 1, sizeof *runs);
    if (!runs)
        return err_nomem(err);
    for (size_t i = 0; i < line->nruns; i++)
        repeat_run(&runs[i], lines);
    line->runs = runs;
    line->unused_item_months = dec_muln(line->unused_item_months, lines);
    line->unused_cost = dec_muln(line->unused_cost, lines);
    return sum_line(p, line, err) || dec_check(line->unused_cost, line->label, err) ? -1 : 0;
}

int price_unused(const struct pricing *p, struct line *line, struct err *err)
{
    const struct offer *o = line->offer;
    line->unused_months = 0;
    line->unused_item_months = line->unused_cost = DEC_ZERO;
    if (!o || o->term_months <= 1)
        return 0;
    const struct quantity_list *items = &p->items[line->resource - p->scenario->resources];
    struct terms t;
    if (terms_cover(items->v, items->n, p->scenario->months, o->term_months, &t, err))
        return -1;
    line->unused_item_months = t.unused;
    if (dec_sign(t.unused) > 0) {
        line->unused_months = t.end - p->scenario->months;
        dec_t share = dec_muldiv(line->m.cost, t.unused, t.item_months, DEC_HALF_UP);
        line->unused_cost = dec_round(share, p->budget_places, DEC_HALF_UP);
    }
    terms_free(&t);
    return dec_check(line->unused_cost, line->label, err);
}
