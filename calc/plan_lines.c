/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What would be priced: each resource and how its SKU would be found at each site, each cost and
 * the sites where it applies.
 */
#include "calc/extras.h"
#include "calc/plan_parts.h"
#include "calc/words.h"

#include <string.h>

enum { SKUS_LISTED = 6 };

/* "class ssd: cloud_essd_pl1, cloud_ssd" */
static int put_class(const struct plan *p, const struct resource *x, const struct site *site, struct buf *text,
                     struct err *err)
{
    struct arena a = {0};
    const char *const *skus;
    size_t n;
    buf_printf(text, "class %s", x->class_);
    if (!p->catalogue)
        return 0;
    int rc = catalogue_class(p->catalogue, &a, site->id, kind_table[x->kind].service, x->class_, &skus, &n, err);
    if (rc == 0 && n == 0)
        buf_puts(text, ": no SKU of it is known here (pin one with sku.SITE)");
    if (rc == 0 && n > 0) {
        buf_puts(text, ": ");
        words_list(text, skus, n, SKUS_LISTED);
    }
    arena_free(&a);
    return rc;
}

static int put_choice(const struct plan *p, const struct resource *x, const struct place *at, struct buf *text,
                      struct err *err)
{
    const char *pin = resource_pin(x, at->site->id);
    if (at->nregions == 0)
        buf_puts(text, "cannot be priced: no region");
    else if (pin)
        buf_printf(text, "SKU %s", pin);
    else if (kind_table[x->kind].choose == CHOOSE_CLASS)
        return put_class(p, x, at->site, text, err);
    else
        buf_puts(text, "the cheapest shape that fits");
    return 0;
}

static int resource_at(struct plan *p, const struct resource *x, const struct place *at, struct err *err)
{
    struct buf text = {0};
    int rc = put_choice(p, x, at, &text, err);
    if (rc == 0)
        plan_line(p, 2, at->column, text.n > 0 ? text.v : "");
    p->out->failed = p->out->failed || text.failed;
    buf_free(&text);
    return rc;
}

/* "compute web   text", after an empty line */
static void put_title(struct plan *p, const char *kind, const char *name, const struct buf *text)
{
    char *title = arena_printf(&p->arena, "%s %s", kind, name);
    p->out->failed = p->out->failed || text->failed || !title;
    buf_puts(p->out, "\n");
    if (!p->out->failed)
        plan_line(p, 0, title, text->v);
}

static int resource(struct plan *p, const struct resource *x, struct err *err)
{
    struct buf text = {0};
    bool any = false;
    put_needs(&text, x);
    buf_puts(&text, "; ");
    put_purchase(&text, x);
    put_title(p, kind_table[x->kind].name, x->name, &text);
    buf_free(&text);
    for (size_t i = 0; i < p->nplaces; i++) {
        const struct place *at = &p->places[i];
        if (!sites_take(x->sites, x->nsites, at->site->id, at->buyer->name))
            continue;
        any = true;
        if (resource_at(p, x, at, err) != 0)
            return -1;
    }
    if (!any)
        plan_line(p, 2, "nowhere", "none of the compared sites is among its sites");
    return 0;
}

static void put_terms(struct buf *text, const struct plan *p, const struct cost *c)
{
    static const char *const conditions[] = {"region-mainland", "region-abroad", "public"};
    static const char *const when[] = {"once, in ", "every month from ", "every year from "};
    put_amount(text, &c->amount);
    buf_printf(text, " %s", when[c->when]);
    put_month(text, month_add(p->s->start, c->month - 1));
    if (c->vat_rate.kind != VALUE_NONE) {
        buf_puts(text, ", VAT ");
        put_percent(text, c->vat_rate);
    }
    for (size_t i = 0, n = 0; i < sizeof conditions / sizeof *conditions; i++)
        if (c->conditions & 1u << i)
            buf_printf(text, "%s%s", n++ ? " and " : "; if ", conditions[i]);
}

static void cost(struct plan *p, const struct cost *c)
{
    struct buf text = {0};
    bool any = false;
    put_terms(&text, p, c);
    put_title(p, "cost", c->name, &text);
    text.n = 0;
    for (size_t i = 0; i < p->nplaces; i++) {
        const struct place *at = &p->places[i];
        const struct pricing here = {.scenario = p->s,
                                     .rules = p->rules,
                                     .site = at->site,
                                     .buyer = at->buyer,
                                     .region = at->nregions > 0 ? at->regions[0] : NULL};
        if (!cost_applies(&here, c))
            continue;
        buf_printf(&text, "%s%s", any ? ", " : "", at->column);
        any = true;
    }
    plan_line(p, 2, any ? "applies at" : "nowhere", any && !text.failed ? text.v : "no compared site meets its terms");
    p->out->failed = p->out->failed || text.failed;
    buf_free(&text);
}

int plan_lines(struct plan *p, struct err *err)
{
    for (size_t i = 0; i < p->s->nresources; i++)
        if (resource(p, &p->s->resources[i], err) != 0)
            return -1;
    for (size_t i = 0; i < p->s->ncosts; i++)
        cost(p, &p->s->costs[i]);
    return 0;
}
