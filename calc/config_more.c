/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Resources that do not stand in the configuration's file, as those of an inventory: read by the same table.
 */
#include "calc/config_read.h"

#include <string.h>

int config_bill(const struct config *c, const struct rules *rules, struct scenario *out, struct err *err)
{
    struct scenario s = {0};
    struct reading r = {.config = c, .rules = rules, .s = &s, .unpriced = true};
    if (read_all(&r, err) != 0) {
        scenario_free(&s);
        return -1;
    }
    *out = s;
    return 0;
}

/* ---- one resource */

/* A configuration of one section; everything in it comes from the origin of the first key. */
static int one_section(const struct config *c, const struct override *v, size_t n, struct arena *a, struct config *out,
                       struct err *err)
{
    struct ini_section *section = arena_alloc(a, sizeof *section);
    struct ini_entry *entries = arena_array(a, n, sizeof *entries);
    const char **origin = arena_alloc(a, sizeof *origin);
    if (!section || !entries || !origin)
        return err_nomem(err);
    for (size_t i = 0; i < n; i++)
        entries[i] = (struct ini_entry){v[i].key, v[i].value, -1};
    *section = (struct ini_section){.name = v[0].section, .line = -1, .entries = entries, .n = n};
    *origin = v[0].origin;
    *out = (struct config){.ini = {.file = c->file, .sections = section, .n = 1},
                           .origins = origin,
                           .norigins = 1,
                           .file = c->file,
                           .as_of = c->as_of,
                           .today = c->today};
    return 0;
}

static bool keep_text(struct arena *a, const char **text)
{
    *text = arena_strdup(a, *text);
    return *text != NULL;
}

static bool keep_pins(struct arena *a, struct resource *x)
{
    struct pin *pins = arena_grow(a, x->pins, x->npins, x->npins + 1, sizeof *pins);
    bool kept = pins != NULL;
    for (size_t i = 0; kept && i < x->npins; i++)
        kept = keep_text(a, &pins[i].site) && keep_text(a, &pins[i].sku);
    x->pins = pins;
    return kept;
}

static bool keep_sites(struct arena *a, struct resource *x)
{
    struct site_ref *sites = arena_grow(a, x->sites, x->nsites, x->nsites + 1, sizeof *sites);
    bool kept = sites != NULL;
    for (size_t i = 0; kept && i < x->nsites; i++)
        kept = keep_text(a, &sites[i].site) && keep_text(a, &sites[i].buyer);
    x->sites = sites;
    return kept;
}

/* A copy of all that a resource points at; what reading it took beside goes with the other arena. */
static int keep(struct arena *a, const struct resource *from, struct resource *out, struct err *err)
{
    struct resource x = *from;
    bool kept = keep_text(a, &x.name) && keep_text(a, &x.os) && keep_text(a, &x.class_) && keep_text(a, &x.engine) &&
                keep_text(a, &x.charge.offering) && keep_pins(a, &x) && keep_sites(a, &x);
    x.label = x.name;
    *out = x;
    return kept ? 0 : err_nomem(err);
}

int config_resource(const struct config *c, const struct rules *rules, const struct scenario *s,
                    const struct override *v, size_t n, struct arena *a, struct resource *out, struct err *err)
{
    struct scenario here = *s;
    struct config one;
    struct resource x;
    here.arena = (struct arena){NULL};
    struct reading r = {.config = &one, .rules = rules, .s = &here, .unnoted = true};
    int rc = one_section(c, v, n, &here.arena, &one, err);
    if (rc == 0)
        rc = read_heads(&r, err) != 0 || read_resource(&r, &r.heads[0], &x, err) != 0 ? -1 : keep(a, &x, out, err);
    arena_free(&here.arena);
    return rc;
}

/* ---- all together */

int config_join(const struct scenario *s, const struct resource *more, size_t n, struct scenario *out, struct err *err)
{
    struct scenario all = *s;
    all.arena = (struct arena){NULL};
    struct resource *resources = arena_grow(&all.arena, s->resources, s->nresources, s->nresources + n, sizeof *more);
    struct cost *costs = arena_grow(&all.arena, s->costs, s->ncosts, s->ncosts, sizeof *costs);
    struct reading r = {.s = &all, .resources = resources, .costs = costs};
    int rc = resources && costs ? 0 : err_nomem(err);
    if (rc == 0) {
        memcpy(resources + s->nresources, more, n * sizeof *more);
        all.resources = resources;
        all.nresources += n;
        all.costs = costs;
        rc = label_all(&r, err);
    }
    if (rc != 0) {
        arena_free(&all.arena);
        return -1;
    }
    *out = all;
    return 0;
}
