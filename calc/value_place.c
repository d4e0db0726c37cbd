/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Countries, cities and regions.
 */
#include "calc/shown.h"
#include "calc/value.h"

#include <string.h>

static bool is_country(const char *code)
{
#define COUNTRY(code) #code,
    static const char *const codes[] = {
#include "calc/countries.def"
    };
#undef COUNTRY
    for (size_t i = 0; i < sizeof codes / sizeof *codes; i++)
        if (strcmp(codes[i], code) == 0)
            return true;
    return false;
}

int value_country(const char *text, const struct value_env *env, void *out, struct err *err)
{
    char cut[SHOWN_MAX];
    (void)env;
    if (!is_country(text))
        return err_set(err, ERR_USAGE, "'%s' is no country (two capital letters of ISO 3166, such as CN, HK, SG)",
                       shown(text, cut));
    memcpy(out, text, sizeof "CN");
    return 0;
}

static int unknown_city(const char *text, const struct value_env *env, struct err *err)
{
    const struct rules *r = env->rules;
    const char **known = arena_array(env->arena, r->ncities, sizeof *known);
    if (!known)
        return err_nomem(err);
    for (size_t i = 0; i < r->ncities; i++)
        known[i] = r->cities[i].en;
    return value_unknown(err, "city", text, known, r->ncities);
}

int value_city(const char *text, const struct value_env *env, void *out, struct err *err)
{
    const char *city = rules_city(env->rules, text);
    return city ? value_text(city, env, out, err) : unknown_city(text, env, err);
}

static int unknown_region(const char *text, const char *site, const struct value_env *env, struct err *err)
{
    const struct rules *r = env->rules;
    const char **known = arena_array(env->arena, r->nregions, sizeof *known),
               *what = arena_printf(env->arena, "region of %s", site);
    size_t n = 0;
    if (!known || !what)
        return err_nomem(err);
    for (size_t i = 0; i < r->nregions; i++)
        if (strcmp(r->regions[i].site, site) == 0)
            known[n++] = r->regions[i].id;
    return value_unknown(err, what, text, known, n);
}

int value_region(const char *text, const struct value_env *env, void *out, struct err *err)
{
    struct scenario *s = out;
    struct region_choice c = {.line = env->line}, *grown;
    const struct site *site = value_key_site(env, err);
    if (!site)
        return -1;
    if (!rules_region(env->rules, site->id, text))
        return unknown_region(text, site->id, env, err);
    if (value_text(site->id, env, &c.site, err) != 0 || value_text(text, env, &c.region, err) != 0)
        return -1;
    grown = arena_grow(env->arena, s->regions, s->nregions, s->nregions + 1, sizeof *grown);
    if (!grown)
        return err_nomem(err);
    grown[s->nregions++] = c;
    s->regions = grown;
    return 0;
}
