/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The derivation of a figure as a tree. Here: which site, line and month are meant, and what all
 * parts write alike. The parts are in explain_*.c.
 */
#include "calc/explain_parts.h"

#include "calc/grid.h"
#include "calc/month_sums.h"
#include "calc/price.h"
#include "calc/shown.h"
#include "calc/words.h"

#include <string.h>

enum { KNOWN_SHOWN = 12 };

void explain_node(struct explain *x, int depth, enum text_id label, const char *amount, const char *note)
{
    tree_add(&x->tree, depth, say_plain(&x->p, label), amount, note);
}

void explain_fact(struct explain *x, int depth, enum text_id label, const char *fact)
{
    if (fact[0] != '\0')
        explain_node(x, depth, label, "", fact);
}

const char *explain_rounded(struct explain *x, const char *formula, dec_t exact, dec_t result, const char *code)
{
    enum { SHOWN_PLACES = 6 };
    int places = currency_places(x->e->rules, code);
    struct phrases *p = &x->p;
    dec_t seen, unit = dec_of(1, places);
    if (dec_bad(exact) || dec_cmp(exact, result) == 0 || dec_cmp(dec_round(exact, places, DEC_HALF_UP), result) != 0)
        return formula;
    seen = dec_round(exact, SHOWN_PLACES, DEC_DOWN);
    return say(p, TEXT_X_ROUNDED,
               say_joined(p, formula, " = ", say_number(p, seen), dec_cmp(seen, exact) != 0 ? "…" : ""),
               say_number(p, unit));
}

const char *explain_times(struct explain *x, dec_t a, dec_t share, dec_t result, const char *code)
{
    struct phrases *p = &x->p;
    const char *formula =
        say_joined(p, say_amount(p, a, currency_places(x->e->rules, code)), " × ", say_percent(p, share));
    return explain_rounded(x, formula, dec_mul(a, share, DEC_HALF_UP), result, code);
}

const char *explain_converted(struct explain *x, dec_t amount, const struct fx_used *fx, dec_t result)
{
    struct phrases *p = &x->p;
    const char *formula;
    if (fx == NULL || fx->path == FX_SAME)
        return "";
    formula = say_joined(p, say_money(p, amount, fx->from), " × ", say_rate(p, fx->rate));
    return explain_rounded(x, formula, dec_mul(amount, fx->rate, DEC_HALF_UP), result, fx->to);
}

const char *explain_horizon(struct explain *x)
{
    const struct scenario *s = x->e->scenario;
    return say(&x->p, TEXT_X_HORIZON, say_month_count(&x->p, s->months), say_month(&x->p, s->start));
}

/* What the user may have meant, for a message: a near miss, and the known names. */
static int unknown(struct err *err, const char *what, const char *given, const char *const *known, size_t n)
{
    char cut[SHOWN_MAX];
    const char *near = words_near(given, known, n);
    struct buf list = {0};
    int rc;
    words_list(&list, known, n, KNOWN_SHOWN);
    if (list.failed || n == 0)
        rc = err_set(err, ERR_USAGE, "unknown %s '%s'", what, shown(given, cut));
    else if (near != NULL)
        rc = err_set(err, ERR_USAGE, "unknown %s '%s' (did you mean '%s'? known: %s)", what, shown(given, cut), near,
                     list.v);
    else
        rc = err_set(err, ERR_USAGE, "unknown %s '%s' (known: %s)", what, shown(given, cut), list.v);
    buf_free(&list);
    return rc;
}

static int find_site(struct explain *x, struct err *err)
{
    const char **names;
    for (size_t i = 0; i < x->e->nsites; i++)
        if (strcmp(x->e->sites[i].column, x->opt->site) == 0) {
            x->site = &x->e->sites[i];
            return 0;
        }
    names = arena_array(&x->p.arena, x->e->nsites + 1, sizeof *names);
    if (names == NULL)
        return err_nomem(err);
    for (size_t i = 0; i < x->e->nsites; i++)
        names[i] = x->e->sites[i].column;
    return unknown(err, "site", x->opt->site, names, x->e->nsites);
}

static int find_line(struct explain *x, const struct line **out, struct err *err)
{
    const struct site_estimate *s = x->site;
    const char **names;
    *out = NULL;
    for (size_t i = 0; x->opt->line != NULL && i < s->nlines; i++)
        if (strcmp(s->lines[i].label, x->opt->line) == 0)
            *out = &s->lines[i];
    if (x->opt->line == NULL || *out != NULL)
        return 0;
    names = arena_array(&x->p.arena, s->nlines + 1, sizeof *names);
    if (names == NULL)
        return err_nomem(err);
    for (size_t i = 0; i < s->nlines; i++)
        names[i] = s->lines[i].label;
    return unknown(err, "line", x->opt->line, names, s->nlines);
}

static int check_month(const struct explain *x, struct err *err)
{
    int months = site_months(x->e->scenario, x->site);
    if (x->opt->month >= 0 && x->opt->month <= months)
        return 0;
    return err_set(err, ERR_USAGE, "month %d is not among the months of %s (1 to %d)", x->opt->month, x->site->column,
                   months);
}

static int write_tree(struct explain *x, struct buf *out, struct err *err)
{
    const struct line *line;
    if (find_site(x, err) != 0 || find_line(x, &line, err) != 0 || check_month(x, err) != 0)
        return -1;
    if (line != NULL)
        explain_line(x, line);
    else
        explain_site(x);
    if (x->p.failed || x->tree.failed)
        return err_nomem(err);
    tree_write(&x->tree, GRID_WIDTH, out);
    buf_printf(out, "\n%s\n", say_plain(&x->p, TEXT_X_NOT_ADVICE));
    return out->failed ? err_nomem(err) : 0;
}

int explain_write(const struct estimate *e, const struct explain_options *opt, struct buf *out, struct err *err)
{
    struct explain x = {.e = e, .opt = opt, .p = {.lang = opt->lang, .rules = e->rules}};
    int rc;
    x.tree.arena = &x.p.arena;
    rc = write_tree(&x, out, err);
    arena_free(&x.p.arena);
    return rc;
}
