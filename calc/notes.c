/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "calc/notes.h"

#include "calc/say.h"
#include "calc/who.h"

#include <string.h>

struct note_list {
    struct arena *arena;
    const char *lang;
    const char **v;
    size_t n;
    bool failed;
};

static void add(struct note_list *l, const char *note)
{
    for (size_t i = 0; note && i < l->n; i++)
        if (!strcmp(l->v[i], note))
            return;
    const char **v = arena_grow(l->arena, l->v, l->n, l->n + 1, sizeof *v);
    if (!v || !note) {
        l->failed = true;
        return;
    }
    v[l->n++] = note;
    l->v = v;
}

static bool public_workload(const struct site_estimate *e)
{
    for (size_t i = 0; i < e->nlines; i++) {
        const struct resource *r = e->lines[i].resource;
        if (r && kind_table[r->kind].is_public)
            return true;
    }
    return false;
}

/* Is a method one of "alipay;wechat;transfer"? A domestic wire is a transfer. */
static bool offers_method(const struct site *s, const char *method)
{
    size_t n = strlen(method);
    for (const char *at = s->payment; at; at = strchr(at, ';') ? strchr(at, ';') + 1 : NULL)
        if (!strncmp(at, method, n) && (at[n] == ';' || !at[n]))
            return true;
    return !strcmp(method, "none") || !strcmp(method, "transfer");
}

static void cap_terms(const struct pricing *p, const struct cap_result *cap, struct note_list *l)
{
    const struct amount *most = &p->scenario->upfront_cap;
    char allowed[DEC_TEXT], upfront[DEC_TEXT], more[DEC_TEXT], off[DEC_TEXT];
    dec_format(most->value, p->budget_places, allowed);
    dec_format(cap->upfront, p->budget_places, upfront);
    dec_format(cap->npv, p->budget_places, more);
    dec_format(cap->off, p->budget_places, off);
    if (!cap->kept)
        add(l, say_in(l->arena, l->lang, TEXT_NOTE_CAP_BROKEN, allowed, most->currency, upfront));
    else if (!cap->changed)
        add(l, say_in(l->arena, l->lang, TEXT_NOTE_CAP_FREE, allowed, most->currency, upfront));
    else
        add(l, say_in(l->arena, l->lang, TEXT_NOTE_CAP, allowed, most->currency, upfront, more));
    if (dec_sign(cap->off) > 0)
        add(l, say_in(l->arena, l->lang, TEXT_NOTE_CAP_CUT, off, most->currency));
}

static void site_terms(const struct pricing *p, struct note_list *l)
{
    const struct site *s = p->site;
    if (who_accepts(s, p->buyer) == BUYER_CONDITIONAL && *s->condition)
        add(l, say_in(l->arena, l->lang, TEXT_NOTE_CONDITION, s->condition));
    if (*s->operator_note)
        add(l, s->operator_note);
    if (p->payment && *p->payment->method && !offers_method(s, p->payment->method))
        add(l, say_in(l->arena, l->lang, TEXT_NOTE_METHOD, p->payment->method, s->payment));
    if (strcmp(s->confidence, "high") != 0)
        add(l, say_in(l->arena, l->lang, TEXT_NOTE_SITE_CONFIDENCE, say_confidence(l->lang, s->confidence), s->source));
}

/* A payment abroad above this sum needs a tax filing, once per contract: announcement 40/2013 of the tax and the
 * exchange authorities, from general knowledge, its text not seen. */
const struct notes_limit notes_filing_limit = {"USD", 50000};

static void add_bill(dec_t *bills, int months, const struct line_run *r)
{
    for (int m = r->first; m < r->first + r->months && m < months; m++)
        bills[m] = dec_add(bills[m], r->billed);
}

int notes_above_limit(const struct pricing *p, struct arena *arena, const struct site_estimate *e, bool *above,
                      struct err *err)
{
    int months = p->scenario->months;
    dec_t *bills = arena_array(arena, (size_t)months, sizeof *bills);
    if (!bills)
        return err_nomem(err);
    *above = false;
    for (size_t i = 0; i < e->nlines; i++) {
        const struct line *line = &e->lines[i];
        bool counts =
            (line->resource || line->shortfall) && line->fx && !strcmp(line->fx->from, notes_filing_limit.currency);
        for (size_t j = 0; counts && j < line->nruns; j++)
            add_bill(bills, months, &line->runs[j]);
    }
    for (int m = 0; m < months; m++)
        *above |= dec_bad(bills[m]) || dec_cmp(bills[m], dec_int64(notes_filing_limit.sum)) > 0;
    return 0;
}

bool notes_watch_limit(const struct pricing *p)
{
    return who_is_mainland(p->buyer) && who_is_overseas(p->site);
}

/* The rule by which the buyer assesses VAT itself, when a line follows one. */
static const struct tax_used *own_tax(const struct site_estimate *e)
{
    for (size_t i = 0; i < e->nlines; i++)
        for (size_t j = 0; j < e->lines[i].nruns; j++)
            if (e->lines[i].runs[j].tax && e->lines[i].runs[j].tax->by_buyer)
                return e->lines[i].runs[j].tax;
    return NULL;
}

static void buyer_duties(const struct pricing *p, const struct site_estimate *e, bool above, struct note_list *l)
{
    if (!notes_watch_limit(p))
        return;
    const struct tax_used *t = own_tax(e);
    if (t)
        add(l, text(l->lang, dec_sign(t->deductible) > 0 ? TEXT_NOTE_CREDITED : TEXT_NOTE_NOT_CREDITED));
    if (p->region && !p->region->mainland)
        add(l, text(l->lang, TEXT_NOTE_USED_ABROAD));
    if (above)
        add(l, say_in(l->arena, l->lang, TEXT_NOTE_TAX_FILING, notes_filing_limit.currency,
                      arena_printf(l->arena, "%lld", (long long)notes_filing_limit.sum)));
}

static void region_duties(const struct pricing *p, const struct site_estimate *e, struct note_list *l)
{
    if (!p->region || !p->region->mainland || !public_workload(e))
        return;
    add(l, text(l->lang, TEXT_NOTE_PUBLIC));
    if (*p->site->icp_note)
        add(l, say_in(l->arena, l->lang, TEXT_NOTE_ICP, p->site->icp_note));
}

static void weak_sources(const struct site_estimate *e, struct note_list *l)
{
    for (size_t i = 0; i < e->nlines; i++) {
        const struct line *line = &e->lines[i];
        if (line->offer && line->status != LINE_UNPRICED && !strcmp(line->offer->source->confidence, "low"))
            add(l, say_in(l->arena, l->lang, TEXT_NOTE_WEAK_PRICE, line->label, line->offer->source->id));
        for (size_t j = 0; j < line->nruns; j++) {
            const struct tax_used *t = line->runs[j].tax;
            if (t && !strcmp(t->row->confidence, "low") && t->rate_from == RATE_FROM_RULE)
                add(l, say_in(l->arena, l->lang, TEXT_NOTE_WEAK_RULE, t->row->source));
        }
    }
}

/* Is it the second word of a section, or the second part of a key, and another one than `own`? */
static bool is_other(const char *text, const char *first, char mark, const char *own)
{
    size_t n = strlen(first), len = strlen(own);
    if (strncmp(text, first, n) != 0 || text[n] != mark)
        return false;
    text += n + 1;
    return strncmp(text, own, len) != 0 || (text[len] && text[len] != '.');
}

static bool has_line(const struct site_estimate *e, const struct resource *r, const struct cost *c)
{
    for (size_t i = 0; i < e->nlines; i++)
        if ((r && e->lines[i].resource == r) || (c && e->lines[i].cost == c))
            return true;
    return false;
}

/* Has the value no part in this site's figures? What [risk] has is drawn in a simulation alone. */
static bool elsewhere(const struct pricing *p, const struct uncertain *u, const struct site_estimate *e)
{
    const struct resource *r = u->resource >= 0 ? &p->scenario->resources[u->resource] : NULL;
    const struct cost *c = u->cost >= 0 ? &p->scenario->costs[u->cost] : NULL;
    const char *site = p->site->id;
    if (r || c)
        return !has_line(e, r, c);
    return !strcmp(u->section, "risk") || is_other(u->key, "discount", '.', site) ||
           is_other(u->section, "payment", ' ', site) || is_other(u->section, "buyer", ' ', p->buyer->name) ||
           (!strcmp(u->section, "buyer") && *p->buyer->name);
}

static void at_their_means(const struct pricing *p, const struct site_estimate *e, struct note_list *l)
{
    for (size_t i = 0; i < p->scenario->nuncertain; i++) {
        const struct uncertain *u = p->scenario->uncertain[i];
        if (!elsewhere(p, u, e))
            add(l, say_in(l->arena, l->lang, TEXT_NOTE_MEAN, u->section, u->key, u->text));
    }
}

static void unused_terms(const struct pricing *p, const struct line *line, struct note_list *l)
{
    char months[DEC_TEXT], cost[DEC_TEXT];
    if (dec_sign(line->unused_item_months) == 0)
        return;
    dec_format(line->unused_item_months, 0, months);
    dec_format(line->unused_cost, p->budget_places, cost);
    add(l, say_in(l->arena, l->lang, TEXT_NOTE_UNUSED, months, cost, p->scenario->currency));
}

static void small_pin(const struct pricing *p, const struct line *line, struct note_list *l)
{
    const struct resource *r = line->resource;
    const struct shape *s = line->offer ? line->offer->shape : NULL;
    if (!r || !s || !resource_pin(r, p->site->id) || !s->has_size || r->vcpu.kind == VALUE_NONE ||
        r->memory.kind == VALUE_NONE)
        return;
    if (dec_cmp(s->vcpu, r->vcpu.fixed) < 0 || dec_cmp(s->memory, r->memory.fixed) < 0)
        add(l, text(l->lang, TEXT_NOTE_SMALL_PIN));
}

static int line_notes(const struct pricing *p, struct arena *arena, struct line *line, struct err *err)
{
    struct note_list l = {.arena = arena, .lang = p->lang};
    unused_terms(p, line, &l);
    small_pin(p, line, &l);
    if (l.failed)
        return err_nomem(err);
    line->notes = l.v;
    line->nnotes = l.n;
    return 0;
}

int notes_of_site(const struct pricing *p, struct arena *arena, const struct site_estimate *e, bool above,
                  const char *const **out, size_t *n, struct err *err)
{
    struct note_list l = {.arena = arena, .lang = p->lang};
    site_terms(p, &l);
    buyer_duties(p, e, above, &l);
    region_duties(p, e, &l);
    if (e->cap)
        cap_terms(p, e->cap, &l);
    weak_sources(e, &l);
    at_their_means(p, e, &l);
    if (l.failed)
        return err_nomem(err);
    *out = l.v;
    *n = l.n;
    return 0;
}

int notes_add(const struct pricing *p, struct arena *arena, struct site_estimate *e, struct err *err)
{
    bool above = false;
    if ((notes_watch_limit(p) && notes_above_limit(p, arena, e, &above, err)) ||
        notes_of_site(p, arena, e, above, &e->notes, &e->nnotes, err))
        return -1;
    for (size_t i = 0; i < e->nlines; i++)
        if (line_notes(p, arena, &e->lines[i], err))
            return -1;
    return 0;
}
