/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "calc/args.h"

#include "calc/words.h"

#include <string.h>

const struct option common_options[] = {
    {"output", "FILE", "write to FILE (also -o); a file is written whole or not at all", false},
    {"data", "DIR", "the data directory (default: $TCO_DATA, the source tree, the installed one)", false},
    {"lang", "en|zh", "language of tables, reasons and notes", false},
    {"help", NULL, "show this help", false},
    {NULL, NULL, NULL, false},
};

static const struct option *find_in(const struct option *table, const char *name, size_t len)
{
    for (; table && table->name; table++)
        if (strlen(table->name) == len && !memcmp(table->name, name, len))
            return table;
    return NULL;
}

static size_t names_of(const struct option *table, const char **names, size_t n, size_t room)
{
    for (; table && table->name && n < room; table++)
        names[n++] = table->name;
    return n;
}

static int unknown_option(const struct command *c, const char *arg, struct err *err)
{
    const char *names[32];
    size_t n = names_of(c->options, names, 0, 32);
    n = names_of(common_options, names, n, 32);
    const char *near = words_near(arg + strspn(arg, "-"), names, n);
    if (near)
        return err_set(err, ERR_USAGE, "unknown option '%s' of tco %s (did you mean '--%s'?)", arg, c->name, near);
    struct buf list = {0};
    words_list(&list, names, n, 32);
    if (list.failed)
        err_nomem(err);
    else
        err_set(err, ERR_USAGE, "unknown option '%s' of tco %s (known: %s)", arg, c->name, list.v);
    buf_free(&list);
    return -1;
}

struct reading {
    const struct command *c;
    int argc, at;
    char **argv;
};

/* What a short option is called in full, and the value that stands right behind it ("-j2"), or NULL. "": there is
 * no such option. */
static const char *short_option(const char *arg, const char **value)
{
    static const struct {
        char letter;
        const char *name;
    } known[] = {{'o', "output"}, {'h', "help"}, {'j', "jobs"}};
    *value = NULL;
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        bool digits = known[i].letter == 'j' && arg[2] && !arg[2 + strspn(arg + 2, "0123456789")];
        if (arg[1] != known[i].letter || (arg[2] && !digits))
            continue;
        *value = digits ? arg + 2 : NULL;
        return known[i].name;
    }
    return "";
}

/* Reads the option at argv[at]; a value in the next word is taken too. */
static int read_option(struct reading *r, struct arg *out, struct err *err)
{
    const char *arg = r->argv[r->at];
    const char *name = arg + 2, *equals = strchr(arg, '='), *value = equals ? equals + 1 : NULL;
    size_t len = equals ? (size_t)(equals - name) : strlen(name);
    if (arg[1] != '-') {
        name = short_option(arg, &value);
        len = strlen(name);
    }
    const struct option *o = find_in(r->c->options, name, len);
    if (!o)
        o = find_in(common_options, name, len);
    if (!o)
        return unknown_option(r->c, arg, err);
    *out = (struct arg){o, ""};
    if (!o->value)
        return value ? err_set(err, ERR_USAGE, "option --%s takes no value", o->name) : 0;
    if (value) {
        out->value = value;
        return 0;
    }
    if (r->at + 1 >= r->argc)
        return err_set(err, ERR_USAGE, "option --%s needs a value (%s)", o->name, o->value);
    out->value = r->argv[++r->at];
    return 0;
}

static int check_repeats(const struct args *a, struct err *err)
{
    for (size_t i = 0; i < a->n; i++)
        for (size_t j = i + 1; j < a->n; j++)
            if (a->v[i].option && a->v[i].option == a->v[j].option && !a->v[i].option->repeat)
                return err_set(err, ERR_USAGE, "option --%s given twice", a->v[i].option->name);
    return 0;
}

static int check_words(const struct args *a, struct err *err)
{
    const struct command *c = a->command;
    size_t n = args_words(a);
    if (args_get(a, "help") || (n >= c->min_words && n <= c->max_words))
        return 0;
    if (n > c->max_words)
        return err_set(err, ERR_USAGE, "too many words after tco %s: '%s' (usage: tco %s %s)", c->name,
                       args_word(a, c->max_words), c->name, c->words);
    return err_set(err, ERR_USAGE, "tco %s needs more (usage: tco %s %s)", c->name, c->name, c->words);
}

int args_parse(struct args *out, struct arena *arena, const struct command *c, int argc, char **argv, struct err *err)
{
    struct args a = {.command = c};
    a.v = arena_array(arena, (size_t)argc + 1, sizeof *a.v);
    if (!a.v)
        return err_nomem(err);
    bool options = true;
    struct reading r = {c, argc, 0, argv};
    for (; r.at < argc; r.at++) {
        const char *arg = argv[r.at];
        if (options && !strcmp(arg, "--")) {
            options = false;
            continue;
        }
        if (options && arg[0] == '-' && arg[1]) {
            if (read_option(&r, &a.v[a.n], err))
                return -1;
        } else {
            a.v[a.n] = (struct arg){NULL, arg};
        }
        a.n++;
    }
    if (check_repeats(&a, err) || check_words(&a, err))
        return -1;
    *out = a;
    return 0;
}

size_t args_count(const struct args *a, const char *name)
{
    size_t n = 0;
    for (size_t i = 0; i < a->n; i++)
        n += a->v[i].option && !strcmp(a->v[i].option->name, name);
    return n;
}

const char *args_nth(const struct args *a, const char *name, size_t nth)
{
    for (size_t i = 0; i < a->n; i++)
        if (a->v[i].option && !strcmp(a->v[i].option->name, name) && nth-- == 0)
            return a->v[i].value;
    return NULL;
}

const char *args_get(const struct args *a, const char *name)
{
    size_t n = args_count(a, name);
    return n ? args_nth(a, name, n - 1) : NULL;
}

size_t args_words(const struct args *a)
{
    size_t n = 0;
    for (size_t i = 0; i < a->n; i++)
        n += !a->v[i].option;
    return n;
}

const char *args_word(const struct args *a, size_t nth)
{
    for (size_t i = 0; i < a->n; i++)
        if (!a->v[i].option && nth-- == 0)
            return a->v[i].value;
    return NULL;
}

int args_number(const struct args *a, const char *name, int low, int high, int otherwise, int *out, struct err *err)
{
    const char *text = args_get(a, name);
    long n = 0;
    *out = otherwise;
    if (!text)
        return 0;
    size_t len = strlen(text);
    bool fine = len > 0 && len < 9 && strspn(text, "0123456789") == len;
    for (size_t i = 0; fine && i < len; i++)
        n = n * 10 + (text[i] - '0');
    if (!fine || n < low || n > high)
        return err_set(err, ERR_USAGE, "--%s '%s' is not a whole number from %d to %d", name, text, low, high);
    *out = (int)n;
    return 0;
}

int args_choice(const struct args *a, const char *name, const char *const *known, size_t n, size_t *out,
                struct err *err)
{
    const char *text = args_get(a, name);
    *out = 0;
    if (!text)
        return 0;
    for (size_t i = 0; i < n; i++) {
        if (!strcmp(known[i], text)) {
            *out = i;
            return 0;
        }
    }
    struct buf list = {0};
    words_list(&list, known, n, 16);
    if (list.failed)
        err_nomem(err);
    else
        err_set(err, ERR_USAGE, "unknown --%s '%s' (known: %s)", name, text, list.v);
    buf_free(&list);
    return -1;
}
