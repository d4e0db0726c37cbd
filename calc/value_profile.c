/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A count that is another one each month: "profile demand.csv", a table with the columns month and count. Months are
 * calendar months (2027-01) or counted from the start of the horizon (1, 2, ...); they follow one another without a
 * gap, and reach from the first month of the horizon to the last at least.
 */
#include "calc/csv.h"
#include "calc/file.h"
#include "calc/shown.h"
#include "calc/value_uncertain.h"

#include <stdio.h>
#include <string.h>

enum { PROFILE_BYTES_MAX = 1024 * 1024, COLUMNS = 2, NUMBERED_MAX = 1000000 };

static const char word[] = "profile", zero_allowed[] = "0 to 1000000";

struct table {
    const struct value_env *env;
    struct csv csv;
    int at[COLUMNS]; /* of month and count */
    dec_t *counts;   /* [months] */
    int next;        /* the month that the next row has to be, 0 is the first of the horizon */
    bool begun, numbered;
};

static int blame(const struct table *t, struct err *err)
{
    return err_prefix(err, "%s:%d", t->csv.name, t->csv.line);
}

/* The month of a row, 0 is the first of the horizon. */
static int row_month(struct table *t, const char *text, int *out, struct err *err)
{
    char cut[SHOWN_MAX];
    struct err ignored;
    struct month m;
    dec_t n;
    size_t len = strlen(text);
    bool calendar = month_parse(text, len, &m);
    bool number = !calendar && len > 0 && strspn(text, "0123456789") == len && dec_parse(text, len, &n, &ignored) == 0;
    if (number && (dec_sign(n) == 0 || dec_cmp(n, dec_int64(NUMBERED_MAX)) > 0))
        number = false;
    if (!calendar && !number)
        return err_set(err, ERR_USAGE, "month: '%s' is no month (such as 2027-01, or 1 for the first)",
                       shown(text, cut));
    if (t->begun && t->numbered != number)
        return err_set(err, ERR_USAGE, "month: '%s' is %s, those before it are not", shown(text, cut),
                       number ? "a number" : "a calendar month");
    t->numbered = number;
    *out = number ? (int)(n.v / DEC_ONE_UNIT) - 1 : m.n - t->env->scenario->start.n;
    return 0;
}

static const char *month_text(const struct table *t, int month, char out[DATE_TEXT])
{
    if (t->numbered)
        snprintf(out, DATE_TEXT, "%d", month + 1);
    else
        month_format(month_add(t->env->scenario->start, month), out);
    return out;
}

/* Rows follow one another; the first one may stand for a month before the horizon. */
static int check_order(const struct table *t, int month, struct err *err)
{
    char here[DATE_TEXT], wanted[DATE_TEXT];
    if (t->begun ? month == t->next : month <= 0)
        return 0;
    return err_set(err, ERR_USAGE, "month: %s where %s is due (each month once, in order)", month_text(t, month, here),
                   month_text(t, t->begun ? t->next : 0, wanted));
}

static int take_row(struct table *t, struct err *err)
{
    struct value_env env = *t->env;
    struct value count;
    int month = 0;
    env.allowed = zero_allowed;
    if (row_month(t, t->csv.cells[t->at[0]].text, &month, err) != 0 || check_order(t, month, err) != 0)
        return blame(t, err);
    if (value_number(t->csv.cells[t->at[1]].text, &env, &count, err) != 0) {
        err_prefix(err, "count");
        return blame(t, err);
    }
    if (month >= 0 && month < env.scenario->months)
        t->counts[month] = count.fixed;
    t->begun = true;
    t->next = month + 1;
    return 0;
}

/* Does the table reach to the end of the horizon? */
static int check_end(const struct table *t, struct err *err)
{
    char last[DATE_TEXT], end[DATE_TEXT];
    int months = t->env->scenario->months;
    if (t->begun && t->next >= months)
        return 0;
    if (!t->begun)
        return err_set(err, ERR_USAGE, "%s: no rows (month,count)", t->csv.name);
    return err_set(err, ERR_USAGE, "%s: the profile ends with %s, the horizon with %s", t->csv.name,
                   month_text(t, t->next - 1, last), month_text(t, months - 1, end));
}

static int read_table(struct table *t, struct err *err)
{
    static const char *const names[COLUMNS] = {"month", "count"};
    int more;
    if (csv_header(&t->csv, names, COLUMNS, COLUMNS, t->at, err) != 0)
        return -1;
    while ((more = csv_next(&t->csv, err)) == 1)
        if (take_row(t, err) != 0)
            return -1;
    return more < 0 ? -1 : check_end(t, err);
}

static int read_profile(const char *path, const struct value_env *env, struct profile *out, struct err *err)
{
    struct buf body = {0};
    struct table t = {.env = env};
    t.counts = arena_array(env->arena, (size_t)env->scenario->months, sizeof *t.counts);
    if (!t.counts)
        return err_nomem(err);
    if (value_path(path, env, &out->file, err) != 0 || file_read(out->file, PROFILE_BYTES_MAX, &body, err) != 0)
        return -1;
    csv_open(&t.csv, out->file, body.n > 0 ? body.v : "", body.n, ',');
    int rc = read_table(&t, err);
    csv_close(&t.csv);
    buf_free(&body);
    out->counts = t.counts;
    return rc;
}

int value_count(const char *text, const struct value_env *env, void *out, struct err *err)
{
    struct resource *r = out;
    size_t n = sizeof word - 1;
    if (strncmp(text, word, n) != 0 || (text[n] && !strchr(" \t", text[n])))
        return value_or_uncertain(value_number, text, env, &r->count, err);
    const char *path = text + n + strspn(text + n, " \t");
    if (!path[0] || strcmp(path, "-") == 0) /* the standard input is not read twice, as scenarios would */
        return err_set(err, ERR_USAGE, "profile lacks its file (such as profile demand.csv)");
    struct profile *p = arena_alloc(env->arena, sizeof *p);
    if (!p)
        return err_nomem(err);
    if (read_profile(path, env, p, err) != 0)
        return -1;
    r->profile = p;
    r->count = (struct value){.kind = VALUE_FIXED, .fixed = p->counts[0]};
    return 0;
}
