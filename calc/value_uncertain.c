/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Numbers given as distributions: "triangular(1%, 2%, 4%)", "4..10". Their parameters are read by the parser of the
 * number itself, so they have its units and keep within its range.
 */
#include "calc/value_uncertain.h"

#include "calc/buf.h"
#include "calc/shown.h"
#include "calc/words.h"
#include "models/distribution_exact.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { PARAMETERS_MAX = 3, VALUES_MAX = 1000 };

static const struct form {
    const char *name, *usage;
    enum distribution_kind kind;
    size_t parameters; /* 0: value: share, ... */
} forms[] = {
    {"uniform", "uniform(a, b)", DISTRIBUTION_UNIFORM, 2},
    {"triangular", "triangular(a, mode, b)", DISTRIBUTION_TRIANGULAR, 3},
    {"normal", "normal(mean, sd)", DISTRIBUTION_NORMAL, 2},
    {"lognormal", "lognormal(mean, sd)", DISTRIBUTION_LOGNORMAL, 2},
    {"discrete", "discrete(value: share%, ...)", DISTRIBUTION_DISCRETE, 0},
};
enum { FORMS = sizeof forms / sizeof *forms };

/* One distribution on its way. */
struct drawing {
    value_parser *one;
    const struct value_env *env; /* takes no distribution itself */
    const struct form *form;
    char *parts[VALUES_MAX]; /* between the commas */
    size_t n;
};

static const char blanks[] = " \t", letters[] = "abcdefghijklmnopqrstuvwxyz", digits[] = "0123456789";

void uncertain_forms(struct buf *out)
{
    for (size_t i = 0; i < FORMS; i++)
        buf_printf(out, "%s, ", forms[i].usage);
    buf_puts(out, "a..b for whole numbers");
}

bool value_is_uncertain(const char *text)
{
    size_t word = strspn(text, letters), number = strspn(text, "+-.0123456789% ");
    const char *after = text + word + strspn(text + word, blanks), *dots = strstr(text, "..");
    return (word > 0 && *after == '(') || (dots && (size_t)(dots - text) < number);
}

/* "<what> (known: uniform(a, b), ...)"; returns -1. */
static int refuse(struct err *err, const char *what)
{
    struct buf list = {0};
    uncertain_forms(&list);
    int rc = list.failed ? err_nomem(err) : err_set(err, ERR_USAGE, "%s (known: %s)", what, list.v);
    buf_free(&list);
    return rc;
}

static const struct form *find_form(const char *text, struct err *err)
{
    char word[SHOWN_MAX], what[2 * SHOWN_MAX], cut[SHOWN_MAX];
    size_t n = strspn(text, letters);
    const char *names[FORMS];
    for (size_t i = 0; i < FORMS; i++) {
        names[i] = forms[i].name;
        if (strlen(names[i]) == n && strncmp(names[i], text, n) == 0)
            return &forms[i];
    }
    snprintf(word, sizeof word, "%.*s", (int)(n < sizeof word ? n : sizeof word - 1), text);
    const char *near = words_near(word, names, FORMS);
    snprintf(what, sizeof what, "unknown distribution '%s'%s%s%s", shown(word, cut), near ? ", did you mean '" : "",
             near ? near : "", near ? "'?" : "");
    refuse(err, what);
    return NULL;
}

/* Cuts text (the arena's own) at its commas. */
static int split(struct drawing *d, char *text, struct err *err)
{
    for (char *at = text; at; d->n++) {
        char *comma = strchr(at, ',');
        if (d->n == VALUES_MAX)
            return err_set(err, ERR_USAGE, "over %d values", VALUES_MAX);
        if (comma)
            *comma++ = '\0';
        at += strspn(at, blanks);
        for (size_t n = strlen(at); n > 0 && strchr(blanks, at[n - 1]); n--)
            at[n - 1] = '\0';
        if (!at[0])
            return err_set(err, ERR_USAGE, "an empty place in the list (%s)", d->form->usage);
        d->parts[d->n] = at;
        at = comma;
    }
    return 0;
}

/* What is between the brackets, in pieces. */
static int open_brackets(struct drawing *d, const char *text, struct err *err)
{
    char cut[SHOWN_MAX];
    const char *inner = strchr(text, '(') + 1, *close = strchr(inner, ')');
    if (!close)
        return err_set(err, ERR_USAGE, "'%s' lacks its closing bracket (%s)", shown(text, cut), d->form->usage);
    if (close[1])
        return err_set(err, ERR_USAGE, "'%s' after the closing bracket (%s)", shown(close + 1, cut), d->form->usage);
    char *own = arena_strndup(d->env->arena, inner, (size_t)(close - inner));
    return own ? split(d, own, err) : err_nomem(err);
}

static int one_number(const struct drawing *d, const char *text, dec_t *out, struct err *err)
{
    struct value v;
    if (d->one(text, d->env, &v, err) != 0)
        return -1;
    *out = v.fixed;
    return 0;
}

/* A standard deviation: above 0, measured like the number, at most as large as the number may be. */
static int deviation(const struct drawing *d, const char *text, dec_t *out, struct err *err)
{
    struct value_env env = *d->env;
    const struct drawing of = {.one = d->one, .env = &env};
    env.allowed = arena_printf(env.arena, "over 0%s", strstr(d->env->allowed, " to "));
    if (!env.allowed)
        return err_nomem(err);
    return one_number(&of, text, out, err) != 0 ? err_prefix(err, "standard deviation") : 0;
}

static int check_order(const struct drawing *d, const dec_t *p, struct err *err)
{
    const char *const *text = (const char *const *)d->parts;
    size_t last = d->n - 1;
    char cut[3][SHOWN_MAX];
    if (d->form->kind != DISTRIBUTION_UNIFORM && d->form->kind != DISTRIBUTION_TRIANGULAR)
        return 0;
    if (dec_cmp(p[0], p[last]) >= 0)
        return err_set(err, ERR_USAGE, "the lowest value, %s, is not below the highest, %s (%s)",
                       shown(text[0], cut[0]), shown(text[last], cut[1]), d->form->usage);
    if (last > 1 && (dec_cmp(p[1], p[0]) < 0 || dec_cmp(p[1], p[2]) > 0))
        return err_set(err, ERR_USAGE, "the mode, %s, is not between %s and %s (%s)", shown(text[1], cut[1]),
                       shown(text[0], cut[0]), shown(text[2], cut[2]), d->form->usage);
    return 0;
}

static int read_parameters(struct drawing *d, struct uncertain *u, struct err *err)
{
    dec_t p[PARAMETERS_MAX];
    bool spread = d->form->kind == DISTRIBUTION_NORMAL || d->form->kind == DISTRIBUTION_LOGNORMAL;
    if (d->n != d->form->parameters)
        return err_set(err, ERR_USAGE, "%zu number%s instead of %zu (%s)", d->n, d->n == 1 ? "" : "s",
                       d->form->parameters, d->form->usage);
    for (size_t i = 0; i < d->n; i++)
        if ((spread && i == 1 ? deviation : one_number)(d, d->parts[i], &p[i], err) != 0)
            return -1;
    if (d->form->kind == DISTRIBUTION_LOGNORMAL && dec_sign(p[0]) <= 0)
        return err_set(err, ERR_USAGE, "the mean, %s, is not above 0 (%s)", d->parts[0], d->form->usage);
    if (check_order(d, p, err) != 0)
        return -1;
    u->is = distribution_exact(d->form->kind, p);
    u->mean = distribution_exact_mean(d->form->kind, p);
    return 0;
}

/* ---- values with shares */

static int by_value(const void *a, const void *b)
{
    const struct exact_weight *x = a, *y = b;
    return dec_cmp(x->value, y->value);
}

static int set_values(const struct drawing *d, struct exact_weight *v, size_t n, struct uncertain *u, struct err *err)
{
    char text[DEC_TEXT];
    struct weighted *room = arena_array(d->env->arena, n, sizeof *room);
    if (!room)
        return err_nomem(err);
    qsort(v, n, sizeof *v, by_value);
    for (size_t i = 1; i < n; i++) {
        if (dec_cmp(v[i - 1].value, v[i].value) != 0)
            continue;
        dec_format(v[i].value, 0, text);
        return err_set(err, ERR_USAGE, "the value %s is there twice (once each, with its whole share)", text);
    }
    u->is = distribution_exact_values(v, n, room);
    u->mean = distribution_exact_values_mean(v, n);
    return 0;
}

/* "4: 30%" */
static int read_weight(const struct drawing *d, char *text, struct exact_weight *out, struct err *err)
{
    struct value_env env = *d->env;
    const struct drawing of = {.one = value_percent, .env = &env};
    char cut[SHOWN_MAX], *colon = strrchr(text, ':');
    if (!colon)
        return err_set(err, ERR_USAGE, "'%s' lacks its share (such as %s: 50%%)", shown(text, cut), shown(text, cut));
    char *end = colon;
    while (end > text && strchr(blanks, end[-1]))
        end--;
    *end = '\0';
    colon += 1 + strspn(colon + 1, blanks);
    env.allowed = "over 0% to 100%";
    if (one_number(d, text, &out->value, err) != 0)
        return -1;
    return one_number(&of, colon, &out->weight, err) != 0 ? err_prefix(err, "share") : 0;
}

static int read_discrete(struct drawing *d, struct uncertain *u, struct err *err)
{
    char text[DEC_TEXT];
    dec_t sum = DEC_ZERO;
    struct exact_weight *v = arena_array(d->env->arena, d->n, sizeof *v);
    if (!v)
        return err_nomem(err);
    for (size_t i = 0; i < d->n; i++) {
        if (read_weight(d, d->parts[i], &v[i], err) != 0)
            return -1;
        sum = dec_add(sum, v[i].weight);
    }
    if (dec_cmp(sum, DEC_ONE) != 0) {
        dec_format(dec_muln(sum, 100), 0, text);
        return err_set(err, ERR_USAGE, "the shares add up to %s%%, not to 100%%", text);
    }
    return set_values(d, v, d->n, u, err);
}

/* ---- "4..10": every whole number alike */

static bool whole(const char *text, size_t n)
{
    return n > 0 && strspn(text, digits) >= n;
}

static int fill_range(const struct drawing *d, dec_t low, size_t n, struct uncertain *u, struct err *err)
{
    struct exact_weight *v = arena_array(d->env->arena, n, sizeof *v);
    if (!v)
        return err_nomem(err);
    for (size_t i = 0; i < n; i++)
        v[i] = (struct exact_weight){dec_add(low, dec_int64((int64_t)i)), DEC_ONE};
    return set_values(d, v, n, u, err);
}

static int read_range(const struct drawing *d, const char *text, struct uncertain *u, struct err *err)
{
    char cut[SHOWN_MAX];
    const char *dots = strstr(text, ".."), *to = dots + 2 + strspn(dots + 2, blanks);
    size_t n = (size_t)(dots - text);
    dec_t low, high;
    while (n > 0 && strchr(blanks, text[n - 1]))
        n--;
    if (!whole(text, n) || !whole(to, strlen(to)) || (d->one != value_number && d->one != value_quantity))
        return err_set(err, ERR_USAGE, "'%s' is no range of whole numbers (a..b, such as 4..10; else uniform(a, b))",
                       shown(text, cut));
    const char *from = arena_strndup(d->env->arena, text, n);
    if (!from)
        return err_nomem(err);
    if (one_number(d, from, &low, err) != 0 || one_number(d, to, &high, err) != 0)
        return -1;
    if (dec_cmp(low, high) >= 0)
        return err_set(err, ERR_USAGE, "the lowest value, %s, is not below the highest, %s (a..b)", from, to);
    dec_t count = dec_add(dec_sub(high, low), DEC_ONE);
    if (dec_cmp(count, dec_int64(VALUES_MAX)) > 0)
        return err_set(err, ERR_USAGE, "'%s' is over %d values (use uniform(%s, %s))", shown(text, cut), VALUES_MAX,
                       from, to);
    return fill_range(d, low, (size_t)(count.v / DEC_ONE_UNIT), u, err);
}

/* ---- any of them */

static int read_named(struct drawing *d, const char *text, struct uncertain *u, struct err *err)
{
    d->form = find_form(text, err);
    if (!d->form)
        return -1;
    if (open_brackets(d, text, err) != 0 || (d->form->parameters > 0 ? read_parameters : read_discrete)(d, u, err) != 0)
        return err_prefix(err, "%s", d->form->name);
    return 0;
}

/* The range of the key, measured like the value. */
static struct value_range range_of(value_parser *one, const char *allowed)
{
    struct value_range r = value_range(allowed);
    if (one == value_percent) {
        r.low = dec_div(r.low, dec_int64(100), DEC_EXACT);
        r.high = dec_div(r.high, dec_int64(100), DEC_EXACT);
    }
    return r;
}

/* Rounding can take a mean of next to nothing out of a range that ends there. */
static int check_mean(const struct uncertain *u, const char *text, const char *allowed, struct err *err)
{
    const struct value_range *r = &u->range;
    char cut[SHOWN_MAX];
    bool out = dec_bad(u->mean) || dec_cmp(u->mean, r->low) < 0 || dec_cmp(u->mean, r->high) > 0 ||
               (r->open && dec_cmp(u->mean, r->low) == 0);
    return out ? err_set(err, ERR_USAGE, "the mean of '%s' is out of range (%s)", shown(text, cut), allowed) : 0;
}

int value_or_uncertain(value_parser *one, const char *text, const struct value_env *env, struct value *out,
                       struct err *err)
{
    if (!env->found || !value_is_uncertain(text))
        return one(text, env, out, err);
    struct value_env inner = *env;
    inner.found = NULL;
    struct uncertain *u = arena_alloc(env->arena, sizeof *u);
    struct drawing *d = arena_alloc(env->arena, sizeof *d);
    if (!u || !d)
        return err_nomem(err);
    *u = (struct uncertain){
        .resource = -1, .cost = -1, .share = one == value_percent, .range = range_of(one, env->allowed)};
    *d = (struct drawing){.one = one, .env = &inner};
    int rc = strchr(text, '(') ? read_named(d, text, u, err) : read_range(d, text, u, err);
    if (rc != 0 || check_mean(u, text, env->allowed, err) != 0 || distribution_check(&u->is, err) != 0)
        return -1;
    *env->found = u;
    *out = (struct value){.kind = VALUE_FIXED, .fixed = u->mean, .uncertain = u};
    return 0;
}

int value_drawn_number(const char *text, const struct value_env *env, void *out, struct err *err)
{
    return value_or_uncertain(value_number, text, env, out, err);
}

int value_drawn_percent(const char *text, const struct value_env *env, void *out, struct err *err)
{
    return value_or_uncertain(value_percent, text, env, out, err);
}

int value_drawn_size(const char *text, const struct value_env *env, void *out, struct err *err)
{
    return value_or_uncertain(value_size, text, env, out, err);
}

int value_drawn_rate(const char *text, const struct value_env *env, void *out, struct err *err)
{
    return value_or_uncertain(value_rate, text, env, out, err);
}

int value_drawn_quantity(const char *text, const struct value_env *env, void *out, struct err *err)
{
    return value_or_uncertain(value_quantity, text, env, out, err);
}
