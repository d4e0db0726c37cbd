/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The table of words: read, checked against what the program knows, and looked up.
 */
#include "fetchers/quote_words.h"

#include "calc/record.h"
#include "fetchers/quote_parts.h"

#include <string.h>

struct quote_words {
    const struct quote_word *v;
    size_t n;
};

const struct quote_role_info quote_roles[ROLE_COUNT] = {
    [ROLE_NONE] = {"", "not read", "未读取"},
#define ROLE(id, name, en, zh) [ROLE_##id] = {name, en, zh},
#include "fetchers/quote_roles.def"
#undef ROLE
};

static const char *const sets[] = {"column", "product", "unit", "time", "charge", "row", "fact", "basis", "os", NULL};
static const char *const times[] = {"", "minute", "hour", "day", "week", "month", "quarter", "year", NULL};

#define AT(field) offsetof(struct quote_word, field)
static const struct cell_rule word_cells[] = {
    {"set", CELL_WORD, AT(set), 0, sets},
    {"word", CELL_NAME, AT(word), 0, NULL},
    {"meaning", CELL_NAME, AT(meaning), 0, NULL},
    {"reason", CELL_NAME, AT(reason), 0, NULL},
};
static const struct record_type word_type = {
    "quote-words", sizeof(struct quote_word), word_cells, sizeof word_cells / sizeof *word_cells, "set and word", 2,
    AT(line),
};

static bool is_role(const char *meaning)
{
    for (int i = 1; i < ROLE_COUNT; i++)
        if (!strcmp(quote_roles[i].name, meaning))
            return true;
    return false;
}

static bool among(const char *const *known, const char *word)
{
    for (; *known != NULL; known++)
        if (!strcmp(*known, word))
            return true;
    return false;
}

/* What words of a set may mean; columns are those of quote_roles.def. */
static bool known_meaning(const struct quote_word *w)
{
    static const struct {
        const char *set, *known[16];
    } rows[] = {
        {"product",
         {"compute", "block-storage", "object-storage", "egress", "bandwidth", "public-ip", "database", "load-balancer",
          "nat", "snapshot", "requests"}},
        {"unit", {"item", "GiB", "Mbps", "request", "10k-requests", "1M-requests", "LCU"}},
        {"time", {"minute", "hour", "day", "week", "month", "quarter", "year"}},
        {"charge", {"upfront", "period", "on-demand"}},
        {"row", {"subtotal", "total", "net", "tax", "gross"}},
        {"fact",
         {"currency", "unit", "tax-rate", "basis", "invoice", "term", "days", "paid", "valid", "dated", "discount",
          "region"}},
        {"basis", {"incl", "excl"}},
        {"os", {"linux", "windows"}},
    };

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        if (!strcmp(rows[i].set, w->set))
            return among(rows[i].known, w->meaning);
    return is_role(w->meaning);
}

int quote_words_read(const char *name, const char *body, size_t len, struct arena *a, const struct quote_words **out,
                     struct err *err)
{
    struct records table;
    struct quote_words *w = arena_alloc(a, sizeof *w);

    if (w == NULL)
        return err_nomem(err);
    if (records_read(&word_type, name, body, len, a, &table, err) != 0)
        return -1;
    struct quote_word *v = table.v;
    for (size_t i = 0; i < table.n; i++) {
        if (!known_meaning(&v[i]))
            return err_set(err, ERR_USAGE, "%s:%d: unknown meaning '%s' of set %s", name, v[i].line, v[i].meaning,
                           v[i].set);
        v[i].folded = quote_fold(a, v[i].word);
        if (v[i].folded == NULL)
            return err_nomem(err);
        v[i].len = strlen(v[i].folded);
    }
    *w = (struct quote_words){v, table.n};
    *out = w;
    return 0;
}

const char *quote_word(const struct quote_words *w, const char *set, const char *text)
{
    for (size_t i = 0; i < w->n; i++)
        if (!strcmp(w->v[i].folded, text) && !strcmp(w->v[i].set, set))
            return w->v[i].meaning;
    return NULL;
}

static bool plain(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}

/* Does a word stand at this place of a text, not in the middle of another one? */
static bool stands(const struct quote_word *w, const char *text, const char *at)
{
    if (strncmp(at, w->folded, w->len) != 0)
        return false;
    if (at > text && plain(at[-1]) && plain(at[0]))
        return false;
    return !(plain(w->folded[w->len - 1]) && plain(at[w->len]));
}

const struct quote_word *quote_word_first(const struct quote_words *w, const char *set, const char *text)
{
    const struct quote_word *best = NULL;

    for (size_t i = 0; i < w->n; i++)
        if (!strcmp(w->v[i].set, set) && (best == NULL || w->v[i].len > best->len) && stands(&w->v[i], text, text))
            best = &w->v[i];
    return best;
}

const struct quote_word *quote_word_in(const struct quote_words *w, const char *set, const char *text)
{
    const struct quote_word *best = NULL;

    for (size_t i = 0; i < w->n; i++) {
        const struct quote_word *x = &w->v[i];
        if (strcmp(x->set, set) != 0 || (best != NULL && x->len <= best->len))
            continue;
        for (const char *at = strstr(text, x->folded); at != NULL; at = strstr(at + 1, x->folded))
            if (stands(x, text, at)) {
                best = x;
                break;
            }
    }
    return best;
}

enum quote_time quote_time_of(const char *meaning)
{
    for (int i = 1; times[i] != NULL; i++)
        if (!strcmp(times[i], meaning))
            return (enum quote_time)i;
    return TIME_NONE;
}
