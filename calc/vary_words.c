/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Both ways, by one table: a word to its place, a place to its word.
 */
#include "calc/vary_words.h"

#include "calc/key.h"
#include "calc/rules_read.h"
#include "calc/shown.h"
#include "calc/value.h"

#include <string.h>

/* What stands behind the colon of a word. */
enum behind {
    NOTHING,
    PAIR,     /* USD/CNY: the key itself */
    SITE,     /* the key's second part */
    RESOURCE, /* its section */
    BUYER     /* its section */
};

static const struct word {
    const char *name;
    enum behind behind;
    const char *section; /* without anything behind; NULL: something must stand there */
    const char *key;
    const char *example;
} words[] = {
    {"fx", PAIR, NULL, NULL, "fx:USD/CNY"},
    {"discount", SITE, NULL, "discount.", "discount:aliyun-cn"},
    {"taxable_use", BUYER, "buyer", "taxable_use", "taxable_use"},
    {"hours", RESOURCE, "project", "hours", "hours:web"},
    {"count", RESOURCE, NULL, "count", "count:web"},
    {"months", NOTHING, "project", "months", "months"},
    {"growth", RESOURCE, NULL, "growth", "growth:web"},
    {"spread", NOTHING, "fx", "spread", "spread"},
    {"discount_rate", NOTHING, "project", "discount_rate", "discount_rate"},
};
enum { WORDS = sizeof words / sizeof *words };

static const char *section_of(const struct resource *r, struct arena *a)
{
    const char *kind = kind_table[r->kind].name;
    return r->name[0] ? arena_printf(a, "%s %s", kind, r->name) : arena_strdup(a, kind);
}

/* ---- a word to its place */

static int resource_section(const char *name, const struct vary_from *from, struct arena *a, const char **section,
                            struct err *err)
{
    const struct scenario *s = from->scenario;
    const char **known = arena_array(a, s->nresources + 1, sizeof *known);
    if (!known)
        return err_nomem(err);
    for (size_t i = 0; i < s->nresources; i++) {
        known[i] = s->resources[i].label;
        const char *own = section_of(&s->resources[i], a);
        if (!own)
            return err_nomem(err);
        if (!strcmp(known[i], name) || !strcmp(own, name)) {
            *section = own;
            return 0;
        }
    }
    return rules_unknown("resource", name, known, s->nresources, err);
}

static int buyer_section(const char *name, const struct vary_from *from, struct arena *a, const char **section,
                         struct err *err)
{
    const struct scenario *s = from->scenario;
    const char **known = arena_array(a, s->nbuyers + 1, sizeof *known);
    if (!known)
        return err_nomem(err);
    for (size_t i = 0; i < s->nbuyers; i++)
        known[i] = s->buyers[i].name;
    if (!scenario_buyer(s, name))
        return rules_unknown("buyer", name, known + 1, s->nbuyers - 1, err); /* the first has no name */
    *section = arena_printf(a, "buyer %s", name);
    return *section ? 0 : err_nomem(err);
}

static int site_key(const char *text, const struct vary_from *from, struct arena *a, struct vary_place *p,
                    struct err *err)
{
    const char *site = arena_strndup(a, text, strcspn(text, "."));
    p->section = "compare";
    p->key = arena_printf(a, "discount.%s", text);
    if (!site || !p->key)
        return err_nomem(err);
    return rules_site(from->rules, site) ? 0 : rules_unknown_site(from->rules, site, err);
}

static int behind_colon(const struct word *w, const char *text, const struct vary_from *from, struct arena *a,
                        struct vary_place *p, struct err *err)
{
    p->key = w->key;
    switch (w->behind) {
    case PAIR:
        p->section = "fx";
        p->key = arena_strdup(a, text);
        return p->key ? 0 : err_nomem(err);
    case SITE:
        return site_key(text, from, a, p, err);
    case RESOURCE:
        return resource_section(text, from, a, &p->section, err);
    case BUYER:
        return buyer_section(text, from, a, &p->section, err);
    case NOTHING:
        break;
    }
    return err_set(err, ERR_USAGE, "nothing follows %s (%s)", w->name, w->example);
}

static const struct word *word_of(const char *text, size_t n)
{
    for (size_t i = 0; i < WORDS; i++)
        if (strlen(words[i].name) == n && !strncmp(words[i].name, text, n))
            return &words[i];
    return NULL;
}

static int unknown(const char *text, struct arena *a, struct err *err)
{
    const char *known[WORDS], *name = arena_strndup(a, text, strcspn(text, ":"));
    for (size_t i = 0; i < WORDS; i++)
        known[i] = words[i].name;
    if (!name)
        return err_nomem(err);
    value_unknown(err, "variable", name, known, WORDS);
    return -1;
}

/* "compute web.memory": any key, by its section. */
static int dotted(const char *text, struct arena *a, struct vary_place *out, struct err *err)
{
    struct vary_place p = {.name = arena_strdup(a, text)};
    size_t dot = strcspn(text, ".");
    if (!text[dot])
        return unknown(text, a, err);
    p.section = arena_strndup(a, text, dot);
    p.key = arena_strdup(a, text + dot + 1);
    if (!p.name || !p.section || !p.key)
        return err_nomem(err);
    *out = p;
    return 0;
}

int vary_place_of(const char *text, const struct vary_from *from, struct arena *a, struct vary_place *out,
                  struct err *err)
{
    size_t n = strcspn(text, ":");
    const struct word *w = word_of(text, n);
    struct vary_place p = {.name = arena_strdup(a, text)};
    if (!w)
        return dotted(text, a, out, err);
    if (!p.name)
        return err_nomem(err);
    if (text[n] && text[n + 1]) {
        if (behind_colon(w, text + n + 1, from, a, &p, err))
            return -1;
    } else if (!w->section) {
        return err_set(err, ERR_USAGE, "%s of what? (%s)", w->name, w->example);
    } else {
        p.section = w->section;
        p.key = w->key;
    }
    *out = p;
    return 0;
}

/* ---- a place to its word */

static bool is_key(const struct word *w, const char *key)
{
    return w->behind == SITE ? !strncmp(key, w->key, strlen(w->key)) : w->key && !strcmp(key, w->key);
}

/* The label of the resource with this section, NULL for none. */
static const char *label_of(const char *section, const struct vary_from *from, struct arena *a)
{
    const struct scenario *s = from->scenario;
    for (size_t i = 0; i < s->nresources; i++) {
        const char *own = section_of(&s->resources[i], a);
        if (own && !strcmp(own, section))
            return s->resources[i].label;
    }
    return NULL;
}

const char *vary_word_for(const char *section, const char *key, const struct vary_from *from, struct arena *a)
{
    const char *label = label_of(section, from, a);
    if (!strcmp(section, "fx") && strchr(key, '/'))
        return arena_printf(a, "fx:%s", key);
    for (size_t i = 0; i < WORDS; i++) {
        const struct word *w = &words[i];
        if (!is_key(w, key))
            continue;
        if (w->behind == SITE && !strcmp(section, "compare"))
            return arena_printf(a, "%s:%s", w->name, key + strlen(w->key));
        if (w->section && !strcmp(section, w->section))
            return w->name;
        if (w->behind == RESOURCE && label)
            return arena_printf(a, "%s:%s", w->name, label);
        if (w->behind == BUYER && !strncmp(section, "buyer ", 6))
            return arena_printf(a, "%s:%s", w->name, section + 6);
    }
    return arena_printf(a, "%s.%s", section, key);
}
