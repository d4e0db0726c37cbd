/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The tables made of config.def, and the matching of names in a file with their rows.
 */
#include "calc/key.h"

#include "calc/buf.h"
#include "calc/shown.h"
#include "calc/words.h"
#include "fetchers/quote.h"

#include <stddef.h>
#include <stdio.h>
#include <string.h>

#define SECTION(id, word, naming, example, about)
#define KIND_SECTION(id, example, about) | 1u << SECTION_##id
#define KEY(sections, key, type, field, def, allowed, example, help)
#define EVERY_KIND every_kind
enum {
    every_kind = 0
#include "calc/config.def"
};
#undef SECTION
#undef KIND_SECTION
#undef KEY

#define SECTION(id, word, naming, example, about) [SECTION_##id] = {word, NAME_##naming, -1, example, about},
#define KIND_SECTION(id, example, about) [SECTION_##id] = {NULL, NAME_MUST, KIND_##id, example, about},
#define KEY(sections, key, type, field, def, allowed, example, help)
const struct section_info section_table[SECTION_COUNT] = {
#include "calc/config.def"
};
#undef SECTION
#undef KIND_SECTION
#undef KEY

#define SECTION(id, word, naming, example, about)
#define KIND_SECTION(id, example, about)
#define KEY(sections, key, type, field, def, allowed, example, help)                                                   \
    {sections, key, VALUE_TYPE_##type, field, def, allowed, example, help},
#define IN(id) (1u << SECTION_##id)
#define AT(owner, field) offsetof(struct owner, field)
#define OWNER 0
const struct key key_table[] = {
#include "calc/config.def"
};
const size_t nkeys = sizeof key_table / sizeof *key_table;

static const char any_key[] = "SECTION.KEY";   /* of [scenario NAME] */
static const char any_resource[] = "RESOURCE"; /* of [plan NAME] */

enum { NAMES_MAX = 64, NEAR_MAX = 256 };

const char *section_word(enum section_id id)
{
    const struct section_info *s = &section_table[id];
    return s->kind < 0 ? s->word : kind_table[s->kind].name;
}

bool key_in(const struct key *k, enum section_id id)
{
    return (k->sections & 1u << id) != 0;
}

bool key_has_default(const struct key *k)
{
    return k->def[0] != '(';
}

bool key_required(const struct key *k)
{
    return strcmp(k->def, "(required)") == 0;
}

bool key_is_pattern(const struct key *k)
{
    return strstr(k->name, "SITE") || strchr(k->name, '/') || strcmp(k->name, any_key) == 0 ||
           strcmp(k->name, any_resource) == 0;
}

static size_t dots(const char *text)
{
    size_t n = 0;
    for (; *text; text++)
        n += *text == '.';
    return n;
}

bool key_may_vary(const struct key *k)
{
    switch (k->type) {
    case VALUE_TYPE_DRAWN_NUMBER:
    case VALUE_TYPE_DRAWN_PERCENT:
    case VALUE_TYPE_DRAWN_SIZE:
    case VALUE_TYPE_DRAWN_RATE:
    case VALUE_TYPE_DRAWN_QUANTITY:
    case VALUE_TYPE_ITEMS:
    case VALUE_TYPE_GROWTH:
    case VALUE_TYPE_DISCOUNT:
    case VALUE_TYPE_COST_AMOUNT:
    case VALUE_TYPE_PRICE_CHANGE:
        return true;
    default:
        return false;
    }
}

bool key_matches(const struct key *k, const char *text)
{
    if (!key_is_pattern(k))
        return strcmp(k->name, text) == 0;
    if (strchr(k->name, '/'))
        return strchr(text, '/') != NULL;
    if (strcmp(k->name, any_key) == 0) {
        size_t section = strcspn(text, ".");
        return section > 0 && text[section] == '.' && text[section + 1];
    }
    if (strcmp(k->name, any_resource) == 0)
        return text[0] != '\0';
    size_t head = strcspn(k->name, ".") + 1;
    return strncmp(k->name, text, head) == 0 && text[head] && dots(k->name) == dots(text);
}

static size_t names_of(enum section_id id, const char *names[NAMES_MAX])
{
    size_t n = 0;
    for (size_t i = 0; i < nkeys && n < NAMES_MAX; i++)
        if (key_in(&key_table[i], id))
            names[n++] = key_table[i].name;
    return n;
}

/* The nearest key. Of a dotted key only the part before the dot is compared: "regions.aliyun-cn"
 * is near "region.aliyun-cn". */
static bool near_key(enum section_id id, const char *text, char out[NEAR_MAX])
{
    char heads[NAMES_MAX][32], word[NEAR_MAX];
    const char *names[NAMES_MAX], *known[NAMES_MAX], *dot = strchr(text, '.');
    size_t n = names_of(id, names), nknown = 0;
    for (size_t i = 0; i < n; i++) {
        if (dot && !strchr(names[i], '.'))
            continue;
        snprintf(heads[nknown], sizeof heads[0], "%.*s", dot ? (int)strcspn(names[i], ".") : 31, names[i]);
        known[nknown] = heads[nknown];
        nknown++;
    }
    snprintf(word, sizeof word, "%.*s", dot ? (int)(dot - text) : NEAR_MAX - 1, text);
    const char *near = words_near(word, known, nknown);
    if (near)
        snprintf(out, NEAR_MAX, "%s%s", near, dot ? dot : "");
    return near && strcmp(out, text) != 0;
}

/* "unknown <what> (known: ...)"; returns -1. */
static int unknown(struct err *err, const char *what, const char *const *known, size_t n)
{
    struct buf list = {0};
    words_list(&list, known, n, n);
    int rc = list.failed ? err_nomem(err) : err_set(err, ERR_USAGE, "unknown %s (known: %s)", what, list.v);
    buf_free(&list);
    return rc;
}

static void unknown_key(enum section_id id, const char *section, const char *text, struct err *err)
{
    char near[NEAR_MAX], cut[2][SHOWN_MAX], what[3 * SHOWN_MAX];
    const char *names[NAMES_MAX];
    snprintf(what, sizeof what, "key '%s' in [%s]", shown(text, cut[0]), shown(section, cut[1]));
    if (near_key(id, text, near))
        err_set(err, ERR_USAGE, "unknown %s (did you mean '%s'?)", what, near);
    else
        unknown(err, what, names, names_of(id, names));
}

const struct key *key_find(enum section_id id, const char *section, const char *text, struct err *err)
{
    for (size_t i = 0; i < nkeys; i++)
        if (key_in(&key_table[i], id) && key_matches(&key_table[i], text))
            return &key_table[i];
    unknown_key(id, section, text, err);
    return NULL;
}

static int unknown_section(const char *text, struct err *err)
{
    const char *words[SECTION_COUNT];
    char word[NEAR_MAX], what[2 * SHOWN_MAX], cut[2][SHOWN_MAX];
    size_t n = strcspn(text, " ");
    for (int i = 0; i < SECTION_COUNT; i++)
        words[i] = section_word((enum section_id)i);
    snprintf(word, sizeof word, "%.*s", (int)(n < NEAR_MAX ? n : NEAR_MAX - 1), text);
    snprintf(what, sizeof what, "section [%s]", shown(text, cut[0]));
    const char *near = words_near(word, words, SECTION_COUNT);
    if (!near)
        return unknown(err, what, words, SECTION_COUNT);
    return err_set(err, ERR_USAGE, "unknown %s (did you mean [%s%s]?)", what, near, shown(text + n, cut[1]));
}

static int check_naming(const struct section_info *s, const char *word, const char *name, struct err *err)
{
    char cut[SHOWN_MAX];
    if (s->naming == NAME_NO && name[0])
        return err_set(err, ERR_USAGE, "section [%s] takes no name, not '%s'", word, shown(name, cut));
    if (s->naming == NAME_MUST && !name[0])
        return err_set(err, ERR_USAGE, "section [%s] lacks a name (such as [%s %s])", word, word, s->example);
    if (strpbrk(name, ",@"))
        return err_set(err, ERR_USAGE, "name '%s' holds a comma or an at sign", shown(name, cut));
    return 0;
}

int section_find(const char *text, enum section_id *id, const char **name, struct err *err)
{
    size_t n = strcspn(text, " ");
    for (int i = 0; i < SECTION_COUNT; i++) {
        const char *word = section_word((enum section_id)i);
        if (strlen(word) != n || strncmp(word, text, n) != 0)
            continue;
        *id = (enum section_id)i;
        *name = text + n + (text[n] == ' ');
        return check_naming(&section_table[i], word, *name, err);
    }
    return unknown_section(text, err);
}
