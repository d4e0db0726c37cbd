/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Numbers, percentages, words and paths of the configuration, and what all parsers of values share.
 */
#include "calc/value.h"

#include "calc/buf.h"
#include "calc/shown.h"
#include "calc/words.h"

#include <assert.h>
#include <string.h>

int value_unknown(struct err *err, const char *what, const char *word, const char *const *known, size_t n)
{
    enum { LISTED = 40 };
    char cut[SHOWN_MAX];
    struct buf list = {0};
    const char *near = words_near(word, known, n);
    if (near)
        buf_printf(&list, "did you mean '%s'? ", near);
    buf_puts(&list, n > 0 ? "known: " : "none is known");
    words_list(&list, known, n, LISTED);
    int rc =
        list.failed ? err_nomem(err) : err_set(err, ERR_USAGE, "unknown %s '%s' (%s)", what, shown(word, cut), list.v);
    buf_free(&list);
    return rc;
}

const char *const *value_words(struct arena *a, const char *allowed, size_t *n)
{
    size_t count = 1;
    for (const char *p = allowed; *p; p++)
        count += *p == '|';
    const char **words = arena_array(a, count, sizeof *words);
    *n = 0;
    while (words && *n < count) {
        size_t len = strcspn(allowed, "|");
        words[*n] = arena_strndup(a, allowed, len);
        if (!words[(*n)++])
            return NULL;
        allowed += len + (allowed[len] == '|');
    }
    return words;
}

size_t value_number_length(const char *text, const char **rest)
{
    size_t n = strspn(text, "+-.0123456789");
    *rest = text + n + strspn(text + n, " \t");
    return n;
}

/* Reads one number of a range; what follows it up to a blank is a unit and means nothing here. */
static const char *limit(const char *p, dec_t *out)
{
    struct err err;
    size_t n = strspn(p, "+-.0123456789");
    int rc = dec_parse(p, n, out, &err);
    assert(rc == 0); /* config.def is ours */
    (void)rc;
    return p + n;
}

struct value_range value_range(const char *allowed)
{
    static const char over[] = "over ", to[] = " to ";
    struct value_range r = {.open = strncmp(allowed, over, sizeof over - 1) == 0};
    const char *p = limit(r.open ? allowed + sizeof over - 1 : allowed, &r.low);
    p = strstr(p, to);
    assert(p != NULL);
    limit(p + sizeof to - 1, &r.high);
    return r;
}

int value_in_range(dec_t v, const char *text, const struct value_env *env, struct err *err)
{
    char cut[SHOWN_MAX];
    struct value_range r = value_range(env->allowed);
    int above = dec_cmp(v, r.low);
    if (above < 0 || (r.open && above == 0) || dec_cmp(v, r.high) > 0)
        return err_set(err, ERR_USAGE, "'%s' is out of range (%s)", shown(text, cut), env->allowed);
    return 0;
}

static bool numeric(const char *text, size_t len)
{
    size_t sign = len > 0 && (*text == '-' || *text == '+'), whole = strspn(text + sign, "0123456789"),
           point = text[sign + whole] == '.', part = point ? strspn(text + sign + whole + 1, "0123456789") : 0;
    return whole > 0 && point == (part > 0) && sign + whole + point + part == len;
}

int value_decimal(const char *text, size_t len, const char *what, const struct value_env *env, dec_t *out,
                  struct err *err)
{
    char cut[SHOWN_MAX];
    if (len > 0 && dec_parse(text, len, out, err) == 0)
        return 0;
    if (numeric(text, len))
        return err_set(err, ERR_USAGE, "'%s' has too many digits (%s, 12 decimals)", shown(text, cut), env->allowed);
    return err_set(err, ERR_USAGE, "'%s' is no %s (%s)", shown(text, cut), what, env->allowed);
}

static int keep(const char *text, struct arena *a, void *out, struct err *err)
{
    const char **to = out;
    *to = arena_strdup(a, text);
    return *to ? 0 : err_nomem(err);
}

int value_text(const char *text, const struct value_env *env, void *out, struct err *err)
{
    if (!text[0])
        return err_set(err, ERR_USAGE, "nothing is given");
    return keep(text, env->arena, out, err);
}

int value_path(const char *text, const struct value_env *env, void *out, struct err *err)
{
    const char *slash = strrchr(env->file, '/'), **to = out;
    if (!text[0] || text[0] == '/' || !slash)
        return value_text(text, env, out, err);
    *to = arena_printf(env->arena, "%.*s%s", (int)(slash + 1 - env->file), env->file, text);
    return *to ? 0 : err_nomem(err);
}

static int set_value(dec_t v, void *out)
{
    struct value *to = out;
    *to = (struct value){.kind = VALUE_FIXED, .fixed = v};
    return 0;
}

int value_number(const char *text, const struct value_env *env, void *out, struct err *err)
{
    dec_t v;
    if (value_decimal(text, strlen(text), "number", env, &v, err) != 0 || value_in_range(v, text, env, err) != 0)
        return -1;
    return set_value(v, out);
}

/* A whole number in the allowed range. */
static int whole(const char *text, const struct value_env *env, int64_t *out, struct err *err)
{
    char cut[SHOWN_MAX];
    dec_t v;
    if (!text[0] || text[strspn(text, "+-0123456789")]) /* a fraction is refused, not rounded */
        return err_set(err, ERR_USAGE, "'%s' is no whole number (%s)", shown(text, cut), env->allowed);
    if (value_decimal(text, strlen(text), "whole number", env, &v, err) != 0 || value_in_range(v, text, env, err) != 0)
        return -1;
    *out = (int64_t)(v.v / DEC_ONE_UNIT);
    return 0;
}

int value_whole(const char *text, const struct value_env *env, void *out, struct err *err)
{
    int64_t v;
    int *to = out;
    if (whole(text, env, &v, err) != 0)
        return -1;
    *to = (int)v;
    return 0;
}

int value_long(const char *text, const struct value_env *env, void *out, struct err *err)
{
    return whole(text, env, out, err);
}

int value_percent(const char *text, const struct value_env *env, void *out, struct err *err)
{
    char cut[SHOWN_MAX];
    const char *rest, *seen = shown(text, cut);
    dec_t v;
    size_t n = value_number_length(text, &rest);
    if (numeric(text, n) && !*rest)
        return err_set(err, ERR_USAGE, "'%s' lacks its percent sign (such as %s%%)", seen, seen);
    if (strcmp(rest, "%") != 0 || !numeric(text, n))
        return err_set(err, ERR_USAGE, "'%s' is no percentage (%s)", seen, env->allowed);
    if (value_decimal(text, n, "percentage", env, &v, err) != 0 || value_in_range(v, text, env, err) != 0)
        return -1;
    v = dec_div(v, dec_int64(100), DEC_EXACT);
    if (dec_bad(v))
        return err_set(err, ERR_USAGE, "'%s' has too many digits (at most 10 decimals)", seen);
    return set_value(v, out);
}

static int word_index(const char *text, const struct value_env *env, size_t *at, struct err *err)
{
    size_t n;
    const char *const *words = value_words(env->arena, env->allowed, &n);
    if (!words)
        return err_nomem(err);
    for (*at = 0; *at < n; (*at)++)
        if (strcmp(words[*at], text) == 0)
            return 0;
    return value_unknown(err, "word", text, words, n);
}

int value_word(const char *text, const struct value_env *env, void *out, struct err *err)
{
    size_t at;
    return word_index(text, env, &at, err) != 0 ? -1 : keep(text, env->arena, out, err);
}

int value_class(const char *text, const struct value_env *env, void *out, struct err *err)
{
    size_t at;
    if (word_index(text, env, &at, err) != 0)
        return -1;
    return keep(strcmp(text, "any") == 0 ? "" : text, env->arena, out, err);
}

int value_choice(const char *text, const struct value_env *env, void *out, struct err *err)
{
    size_t at;
    int *to = out; /* every enum of the scenario is as wide as int: asserted where they are listed */
    if (word_index(text, env, &at, err) != 0)
        return -1;
    *to = (int)at;
    return 0;
}

int value_yes_no(const char *text, const struct value_env *env, void *out, struct err *err)
{
    size_t at;
    bool *to = out;
    if (word_index(text, env, &at, err) != 0)
        return -1;
    *to = at == 0;
    return 0;
}

int value_conditions(const char *text, const struct value_env *env, void *out, struct err *err)
{
    unsigned *to = out, bits = 0;
    for (const char *p = text + strspn(text, " \t,"); *p; p += strspn(p, " \t,")) {
        size_t len = strcspn(p, " \t,"), at;
        char *word = arena_strndup(env->arena, p, len);
        if (!word)
            return err_nomem(err);
        if (word_index(word, env, &at, err) != 0)
            return -1;
        bits |= 1u << at;
        p += len;
    }
    if (!bits)
        return value_text("", env, out, err);
    *to = bits;
    return 0;
}

int value_gpu(const char *text, const struct value_env *env, void *out, struct err *err)
{
    struct value *to = out;
    if (strcmp(text, "no") == 0) {
        *to = (struct value){0};
        return 0;
    }
    if (strcmp(text, "yes") == 0)
        return set_value(DEC_ZERO, out);
    return value_number(text, env, out, err);
}
