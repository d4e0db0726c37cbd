/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What was asked and the price that answers it, as published: SKU and size, tiers, tax basis, source
 * with its day and how far to trust it. A price of less than high confidence is flagged.
 */
#include "calc/explain_parts.h"

#include <string.h>

static const char *flagged(struct phrases *p, const char *confidence)
{
    if (confidence[0] == '\0' || strcmp(confidence, "high") == 0)
        return say_confidence(p->lang, confidence);
    return say(p, TEXT_X_CONFIDENCE_FLAG, say_clean(p, say_confidence(p->lang, confidence)));
}

static void add_size(struct explain *x, int depth, const struct line *l)
{
    const struct shape *s = l->offer->shape;
    struct phrases *p = &x->p;
    if (l->size_note[0] != '\0')
        explain_fact(x, depth, TEXT_X_SIZE, say_clean(p, l->size_note));
    else if (s != NULL && s->has_size)
        explain_fact(x, depth, TEXT_X_SIZE, say(p, TEXT_X_SHAPE, say_number(p, s->vcpu), say_number(p, s->memory)));
}

static const char *tier_range(struct phrases *p, const struct tier *t)
{
    if (t->open)
        return say(p, TEXT_X_TIER_OPEN, say_number(p, t->from));
    return say(p, TEXT_X_TIER, say_number(p, t->from), say_number(p, t->to));
}

static void add_part(struct explain *x, int depth, const struct offer *o, const struct price_part *part)
{
    static const enum text_id scopes[] = {
        [SCOPE_ITEM] = TEXT_X_SCOPE_ITEM, [SCOPE_MONTH] = TEXT_X_SCOPE_MONTH, [SCOPE_LIFE] = TEXT_X_SCOPE_LIFE};
    struct phrases *p = &x->p;
    const char *unit = unit_table[part->unit].name;
    if (part->ntiers == 1 && part->tiers[0].open) {
        explain_fact(x, depth, TEXT_X_PRICE,
                     say(p, TEXT_PER_UNIT, say_exact(p, part->tiers[0].price, o->currency), unit));
        return;
    }
    explain_fact(x, depth, TEXT_X_PRICE, say_plain(p, scopes[part->scope]));
    for (size_t i = 0; i < part->ntiers; i++)
        tree_add(&x->tree, depth + 1, tier_range(p, &part->tiers[i]),
                 say(p, TEXT_PER_UNIT, say_exact(p, part->tiers[i].price, o->currency), unit), "");
}

static const char *basis(struct phrases *p, const struct offer *o)
{
    if (o->basis == BASIS_EXCL)
        return say_plain(p, TEXT_X_BASIS_EXCL);
    if (!o->has_tax_rate)
        return say_plain(p, TEXT_X_BASIS_INCL_UNSTATED);
    return say(p, TEXT_X_BASIS_INCL, say_percent(p, o->tax_rate));
}

static void add_source(struct explain *x, int depth, const struct offer *o)
{
    struct phrases *p = &x->p;
    struct date now = x->e->scenario->as_of;
    const struct source *s = o->source;
    explain_fact(x, depth, TEXT_X_AS_OF,
                 say(p, TEXT_X_AS_OF_AGE, say_day(p, o->as_of), say_age(p, o->as_of, now), say_day(p, now)));
    if (s == NULL)
        return;
    explain_fact(x, depth, TEXT_X_SOURCE, say_joined(p, say_clean(p, s->id), ": ", say_clean(p, s->title)));
    explain_fact(x, depth, TEXT_X_ORIGIN, say_clean(p, s->origin));
    explain_fact(x, depth, TEXT_X_CONFIDENCE, flagged(p, s->confidence));
    explain_fact(x, depth, TEXT_X_SOURCE_NOTE, say_clean(p, s->note));
    explain_fact(x, depth, TEXT_X_LICENCE, say_clean(p, s->licence));
    explain_fact(x, depth, TEXT_X_SNAPSHOT, say_clean(p, o->snapshot));
}

/* The site's own rule about the basis matters where its source is an assumption. */
static void add_site_rule(struct explain *x, int depth)
{
    const struct site *s = x->site->site;
    struct phrases *p = &x->p;
    if (strcmp(s->confidence, "high") != 0 && s->source[0] != '\0')
        explain_fact(x, depth, TEXT_X_SITE_BASIS,
                     say_joined(p, say_clean(p, s->source), say_plain(p, TEXT_SEMICOLON),
                                say_plain(p, TEXT_X_CONFIDENCE), " ", flagged(p, s->confidence)));
}

static const char *asked(struct explain *x, const struct line *l)
{
    const struct resource *r = l->resource;
    struct phrases *p = &x->p;
    const char *text =
        r->profile != NULL ? say(p, TEXT_X_ASKED_PROFILE, r->profile->file) : say_items(p, r->count.fixed);
    if (r->vcpu.kind != VALUE_NONE && r->memory.kind != VALUE_NONE)
        text = say(p, TEXT_X_ASKED_SHAPE, text, say_number(p, r->vcpu.fixed), say_number(p, r->memory.fixed));
    if (r->growth.rate.kind != VALUE_NONE && dec_sign(r->growth.rate.fixed) != 0)
        text = say_joined(p, text, say_plain(p, TEXT_COMMA),
                          say(p, r->growth.per_year ? TEXT_X_ASKED_GROWTH_YEAR : TEXT_X_ASKED_GROWTH_MONTH,
                              say_percent(p, r->growth.rate.fixed)));
    if (resource_pin(r, x->site->site->id) != NULL)
        return say_joined(p, text, say_plain(p, TEXT_SEMICOLON), say_plain(p, TEXT_X_ASKED_PINNED));
    if (l->offer == NULL)
        return text;
    return say_joined(p, text, say_plain(p, TEXT_SEMICOLON), say_plain(p, TEXT_X_ASKED_CHOSEN));
}

static void add_asked(struct explain *x, int depth, const struct line *l)
{
    struct phrases *p = &x->p;
    int line = l->resource != NULL ? l->resource->line : l->cost != NULL ? l->cost->line : 0;
    const char *place = "";
    if (line > 0)
        place = say(p, TEXT_X_CONFIG_LINE, say_clean(p, x->e->scenario->file), say_count(p, line));
    if (l->resource != NULL)
        explain_fact(x, depth, TEXT_X_ASKED,
                     say_joined(p, place, place[0] != '\0' ? " [" : "[", l->kind, " ", say_clean(p, l->resource->name),
                                "]: ", asked(x, l)));
    else if (place[0] != '\0')
        explain_fact(x, depth, TEXT_X_ASKED, place);
}

static void add_rival(struct explain *x, int depth, const struct offer *o)
{
    struct phrases *p = &x->p;
    const struct offer *r = o->rival;
    if (r == NULL || r->nparts == 0)
        return;
    explain_fact(x, depth, TEXT_X_RIVAL,
                 say_joined(p,
                            say(p, TEXT_PER_UNIT, say_exact(p, r->parts[0].tiers[0].price, r->currency),
                                unit_table[r->parts[0].unit].name),
                            say_plain(p, TEXT_COMMA), say_day(p, r->as_of), say_plain(p, TEXT_COMMA),
                            r->source != NULL ? say_clean(p, r->source->id) : ""));
}

void explain_offer(struct explain *x, int depth, const struct line *l)
{
    const struct offer *o = l->offer;
    struct phrases *p = &x->p;
    add_asked(x, depth, l);
    if (o == NULL)
        return;
    tree_add(&x->tree, depth,
             say_joined(p, say_plain(p, TEXT_X_OFFER), say_plain(p, TEXT_COLON), say_clean(p, o->sku),
                        say_plain(p, TEXT_COMMA), say_clean(p, o->region),
                        o->os[0] != '\0' ? say_plain(p, TEXT_COMMA) : "", say_clean(p, o->os)),
             "", "");
    depth++;
    add_size(x, depth, l);
    explain_fact(x, depth, TEXT_X_CHARGE, say_charge(p, l));
    for (size_t i = 0; i < o->nparts; i++)
        add_part(x, depth, o, &o->parts[i]);
    explain_fact(x, depth, TEXT_X_BASIS, basis(p, o));
    add_source(x, depth, o);
    add_site_rule(x, depth);
    add_rival(x, depth, o);
}
