/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What-if: [scenario NAME] sections are laid over the base key by key. What the command line says stays above them.
 */
#include "calc/config_read.h"
#include "calc/shown.h"
#include "calc/value.h"

#include <string.h>

static const char word[] = "scenario ";

/* The name of a [scenario NAME] section, NULL of another. */
static const char *variant_name(const struct ini_section *s)
{
    return strncmp(s->name, word, sizeof word - 1) == 0 ? s->name + sizeof word - 1 : NULL;
}

/* "compute web.count" into "compute web" and "count": the section ends at the first dot. */
static int split(const char *text, struct arena *a, const char **section, const char **key, struct err *err)
{
    size_t n = strcspn(text, ".");
    *key = text + n + (text[n] == '.');
    *section = arena_strndup(a, text, n);
    return *section ? 0 : err_nomem(err);
}

/* What is one for all scenarios: where prices are, how they are fetched. */
static bool is_shared(enum section_id id, const char *key)
{
    return id == SECTION_NETWORK || id == SECTION_FETCH || id == SECTION_SCENARIO ||
           (id == SECTION_PRICES && strcmp(key, "pack") == 0);
}

int check_variant_key(const struct reading *r, const struct ini_entry *e, struct err *err)
{
    const char *section, *key, *name;
    enum section_id id;
    if (split(e->key, &r->s->arena, &section, &key, err) != 0)
        return -1;
    if (section_find(section, &id, &name, err) != 0 || !key_find(id, section, key, err))
        return -1;
    if (is_shared(id, key))
        return err_set(err, ERR_USAGE, "%s of [%s] is one for all scenarios", key, section);
    return 0;
}

/* "compute web.count = 9, fx.USD/CNY = 6.8" */
static const char *in_words(struct arena *a, const struct ini_section *s)
{
    struct buf text = {0};
    for (size_t i = 0; i < s->n; i++)
        buf_printf(&text, "%s%s = %s", i > 0 ? ", " : "", s->entries[i].key, s->entries[i].value);
    const char *out = text.failed ? NULL : arena_strdup(a, text.n > 0 ? text.v : "the same as the base");
    buf_free(&text);
    return out;
}

/* "base" is what the views call the configuration itself. */
int check_variant_name(const char *name, struct err *err)
{
    if (strcmp(name, "base") != 0)
        return 0;
    return err_set(err, ERR_USAGE, "a scenario cannot be called base: that is the configuration without any");
}

int read_variants(struct reading *r, struct err *err)
{
    struct arena *a = &r->s->arena;
    struct variant *list = arena_array(a, r->nheads, sizeof *list);
    if (!list)
        return err_nomem(err);
    for (size_t i = 0; i < r->nheads; i++) {
        const struct head *h = &r->heads[i];
        if (h->id != SECTION_SCENARIO)
            continue;
        struct variant *v = &list[r->s->nvariants++];
        *v = (struct variant){arena_strdup(a, h->name), in_words(a, h->section), head_line(h)};
        if (!v->name || !v->text)
            return err_nomem(err);
    }
    r->s->variants = list;
    return 0;
}

/* ---- laying one over the base */

static const struct ini_section *find(const struct config *c, const char *name)
{
    for (size_t i = 0; i < c->ini.n; i++) {
        const char *own = variant_name(&c->ini.sections[i]);
        if (own && strcmp(own, name) == 0)
            return &c->ini.sections[i];
    }
    return NULL;
}

static int unknown(const struct config *c, const char *name, struct arena *a, struct err *err)
{
    char cut[SHOWN_MAX];
    size_t n = 0;
    const char **known = arena_array(a, c->ini.n, sizeof *known);
    if (!known)
        return err_nomem(err);
    for (size_t i = 0; i < c->ini.n; i++)
        if (variant_name(&c->ini.sections[i]))
            known[n++] = variant_name(&c->ini.sections[i]);
    if (n > 0)
        return value_unknown(err, "scenario", name, known, n);
    return err_set(err, ERR_USAGE, "unknown scenario '%s' (%s has no section [scenario NAME])", shown(name, cut),
                   c->file);
}

/* Does the command line say what this key is? */
static bool is_set(const struct config *c, const char *section, const char *key)
{
    for (size_t i = 0; i < c->ini.n; i++)
        for (size_t k = 0; k < c->ini.sections[i].n && strcmp(c->ini.sections[i].name, section) == 0; k++)
            if (strcmp(c->ini.sections[i].entries[k].key, key) == 0)
                return c->ini.sections[i].entries[k].line < 0;
    return false;
}

static const char *origin_of(const struct config *c, int line, struct arena *a)
{
    return line < 0 ? c->origins[-1 - line] : arena_printf(a, "%s:%d", c->file, line);
}

/* Its name first, so that a name it gives itself wins. */
static int list_overrides(const struct config *base, const struct ini_section *s, struct arena *a, struct override *v,
                          size_t *n, struct err *err)
{
    *n = 0;
    if (!is_set(base, "project", "name"))
        v[(*n)++] = (struct override){"project", "name", variant_name(s), origin_of(base, s->line, a)};
    for (size_t i = 0; i < s->n; i++) {
        const char *section, *key;
        if (split(s->entries[i].key, a, &section, &key, err) != 0)
            return -1;
        if (!is_set(base, section, key))
            v[(*n)++] = (struct override){section, key, s->entries[i].value, origin_of(base, s->entries[i].line, a)};
    }
    for (size_t i = 0; i < *n; i++)
        if (!v[i].origin)
            return err_nomem(err);
    return 0;
}

/* A scenario has no scenarios. */
static void drop_variants(struct config *c)
{
    size_t n = 0;
    for (size_t i = 0; i < c->ini.n; i++)
        if (!variant_name(&c->ini.sections[i]))
            c->ini.sections[n++] = c->ini.sections[i];
    c->ini.n = n;
}

int config_variant(const struct config *base, const char *name, struct arena *texts, struct config *out,
                   struct err *err)
{
    const struct ini_section *s = find(base, name);
    size_t n;
    if (!s)
        return unknown(base, name, texts, err);
    struct override *v = arena_array(texts, s->n + 1, sizeof *v);
    if (!v)
        return err_nomem(err);
    if (list_overrides(base, s, texts, v, &n, err) != 0 || config_over(base, v, n, out, err) != 0)
        return -1;
    drop_variants(out);
    return 0;
}

/* Says at the end of *err in which scenario; returns -1. */
static int blame_variant(const char *name, struct err *err)
{
    char cut[SHOWN_MAX];
    struct err said = *err;
    if (said.kind == ERR_INTERNAL)
        return -1;
    return err_set(err, said.kind, "%s (in [scenario %s])", said.text, shown(name, cut));
}

int config_variant_scenario(const struct config *base, const char *name, const struct rules *rules,
                            struct scenario *out, struct err *err)
{
    struct arena texts = {0};
    struct config c;
    int rc = config_variant(base, name, &texts, &c, err);
    if (rc == 0) {
        rc = config_scenario(&c, rules, out, err);
        config_free(&c);
        if (rc != 0)
            blame_variant(name, err);
    }
    arena_free(&texts);
    return rc;
}

int config_choose(struct config *c, const char *name, struct err *err)
{
    struct config chosen;
    if (!name)
        return 0;
    if (config_variant(c, name, &c->arena, &chosen, err) != 0)
        return -1;
    chosen.below = c->arena;
    *c = chosen;
    return 0;
}

int config_check_variants(const struct config *base, const struct rules *rules, struct err *err)
{
    for (size_t i = 0; i < base->ini.n; i++) {
        const char *name = variant_name(&base->ini.sections[i]);
        struct scenario s;
        if (!name)
            continue;
        if (config_variant_scenario(base, name, rules, &s, err) != 0)
            return -1;
        scenario_free(&s);
    }
    return 0;
}
