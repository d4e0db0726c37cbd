/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Values that name sites: lists of `site` and `site@buyer`, discounts and pinned SKUs by site.
 */
#include "calc/shown.h"
#include "calc/value_uncertain.h"

#include <string.h>

const struct site *value_find_site(const char *id, const struct value_env *env, struct err *err)
{
    const struct rules *r = env->rules;
    const struct site *site = rules_site(r, id);
    if (site)
        return site;
    const char **known = arena_array(env->arena, r->nsites, sizeof *known);
    if (!known) {
        err_nomem(err);
        return NULL;
    }
    for (size_t i = 0; i < r->nsites; i++)
        known[i] = r->sites[i].id;
    value_unknown(err, "site", id, known, r->nsites);
    return NULL;
}

/* The n-th part (from 0) of a dotted key, "" when there is none; NULL when there is no memory. */
static const char *key_part(const struct value_env *env, int n)
{
    const char *p = env->key;
    while (n-- > 0) {
        p += strcspn(p, ".");
        p += *p == '.';
    }
    return arena_strndup(env->arena, p, strcspn(p, "."));
}

const struct site *value_key_site(const struct value_env *env, struct err *err)
{
    const char *id = key_part(env, 1);
    if (id)
        return value_find_site(id, env, err);
    err_nomem(err);
    return NULL;
}

/* The kind in the third part of the key, -1 when there is none. */
static int key_kind(const struct value_env *env, int *kind, struct err *err)
{
    const char *known[KIND_COUNT], *word = key_part(env, 2);
    if (!word)
        return err_nomem(err);
    *kind = -1;
    for (int i = 0; i < KIND_COUNT; i++) {
        known[i] = kind_table[i].name;
        if (strcmp(word, known[i]) == 0)
            *kind = i;
    }
    if (*kind < 0 && word[0])
        return value_unknown(err, "kind", word, known, KIND_COUNT);
    return 0;
}

int value_discount(const char *text, const struct value_env *env, void *out, struct err *err)
{
    struct scenario *s = out;
    struct discount d = {.line = env->line}, *grown;
    const struct site *site = value_key_site(env, err);
    if (!site || key_kind(env, &d.kind, err) != 0 || value_text(site->id, env, &d.site, err) != 0 ||
        value_or_uncertain(value_percent, text, env, &d.rate, err) != 0)
        return -1;
    grown = arena_grow(env->arena, s->discounts, s->ndiscounts, s->ndiscounts + 1, sizeof *grown);
    if (!grown)
        return err_nomem(err);
    grown[s->ndiscounts++] = d;
    s->discounts = grown;
    return 0;
}

int value_pin(const char *text, const struct value_env *env, void *out, struct err *err)
{
    struct resource *r = out;
    struct pin p = {.line = env->line}, *grown;
    const struct site *site = value_key_site(env, err);
    if (!site || value_text(site->id, env, &p.site, err) != 0 || value_text(text, env, &p.sku, err) != 0)
        return -1;
    grown = arena_grow(env->arena, r->pins, r->npins, r->npins + 1, sizeof *grown);
    if (!grown)
        return err_nomem(err);
    grown[r->npins++] = p;
    r->pins = grown;
    return 0;
}

static int unknown_buyer(const char *name, const struct value_env *env, struct err *err)
{
    const struct scenario *s = env->scenario;
    char cut[SHOWN_MAX];
    if (s->nbuyers < 2)
        return err_set(err, ERR_USAGE, "unknown buyer '%s' (there is no section [buyer NAME])", shown(name, cut));
    const char **known = arena_array(env->arena, s->nbuyers, sizeof *known);
    if (!known)
        return err_nomem(err);
    for (size_t i = 1; i < s->nbuyers; i++) /* [0] is the default buyer: it has no name */
        known[i - 1] = s->buyers[i].name;
    return value_unknown(err, "buyer", name, known, s->nbuyers - 1);
}

/* "site" or "site@buyer", text is the arena's own. */
static int read_ref(char *text, const struct value_env *env, struct site_ref *out, struct err *err)
{
    char *at = strchr(text, '@');
    if (at)
        *at++ = '\0';
    *out = (struct site_ref){.site = text, .buyer = at ? at : ""};
    if (!value_find_site(text, env, err))
        return -1;
    if (at && (!at[0] || !scenario_buyer(env->scenario, at)))
        return unknown_buyer(at, env, err);
    return 0;
}

static int ref_is_new(const struct site_ref *list, size_t n, const struct site_ref *ref, struct err *err)
{
    for (size_t i = 0; i < n; i++)
        if (strcmp(list[i].site, ref->site) == 0 && strcmp(list[i].buyer, ref->buyer) == 0)
            return err_set(err, ERR_USAGE, "%s%s%s is given twice", ref->site, ref->buyer[0] ? "@" : "", ref->buyer);
    return 0;
}

/* A copy of text[0..len) without the blanks around it; NULL when there is no memory. */
static char *trimmed(struct arena *a, const char *text, size_t len)
{
    size_t lead = strspn(text, " \t");
    if (lead >= len)
        return arena_strdup(a, "");
    while (strchr(" \t", text[len - 1]))
        len--;
    return arena_strndup(a, text + lead, len - lead);
}

static int read_list(const char *text, const struct value_env *env, const struct site_ref **out, size_t *n,
                     struct err *err)
{
    size_t most = 1;
    for (const char *p = text; *p; p++)
        most += *p == ',';
    struct site_ref *list = arena_array(env->arena, most, sizeof *list);
    if (!list)
        return err_nomem(err);
    for (*n = 0; *n < most; text += strcspn(text, ",") + 1) {
        char *item = trimmed(env->arena, text, strcspn(text, ","));
        if (!item)
            return err_nomem(err);
        if (!item[0])
            return err_set(err, ERR_USAGE, "an empty place in the list");
        if (read_ref(item, env, &list[*n], err) != 0 || ref_is_new(list, *n, &list[*n], err) != 0)
            return -1;
        ++*n;
    }
    *out = list;
    return 0;
}

static int every_site(const struct value_env *env, struct scenario *s, struct err *err)
{
    struct site_ref *list = arena_array(env->arena, env->rules->nsites, sizeof *list);
    if (!list)
        return err_nomem(err);
    for (size_t i = 0; i < env->rules->nsites; i++) {
        list[i].buyer = "";
        if (value_text(env->rules->sites[i].id, env, &list[i].site, err) != 0)
            return -1;
    }
    s->sites = list;
    s->nsites = env->rules->nsites;
    return 0;
}

int value_compared(const char *text, const struct value_env *env, void *out, struct err *err)
{
    struct scenario *s = out;
    return strcmp(text, "all") == 0 ? every_site(env, s, err) : read_list(text, env, &s->sites, &s->nsites, err);
}

int value_resource_sites(const char *text, const struct value_env *env, void *out, struct err *err)
{
    struct resource *r = out;
    return strcmp(text, "all") == 0 ? 0 : read_list(text, env, &r->sites, &r->nsites, err);
}

int value_cost_sites(const char *text, const struct value_env *env, void *out, struct err *err)
{
    struct cost *c = out;
    return strcmp(text, "all") == 0 ? 0 : read_list(text, env, &c->sites, &c->nsites, err);
}

int value_split_part(const char *text, const struct value_env *env, void *out, struct err *err)
{
    struct split *split = out;
    struct split_part p = {.resource = arena_strdup(env->arena, env->key)}, *grown;
    char *ref = trimmed(env->arena, text, strlen(text));
    if (!p.resource || !ref)
        return err_nomem(err);
    if (strchr(ref, ','))
        return err_set(err, ERR_USAGE, "several offers, but a resource is bought from one");
    if (read_ref(ref, env, &p.offer, err) != 0)
        return -1;
    grown = arena_grow(env->arena, split->parts, split->nparts, split->nparts + 1, sizeof *grown);
    if (!grown)
        return err_nomem(err);
    grown[split->nparts++] = p;
    split->parts = grown;
    return 0;
}
