/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "calc/batch_groups.h"

#include "calc/csv_columns.h"
#include "calc/price.h"
#include "calc/shown.h"
#include "calc/words.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

/* ---- groups and their sums */

void batch_groups_free(struct batch_groups *g)
{
    intern_free(&g->texts);
    intern_free(&g->keys);
    free(g->names);
    free(g->failed);
    free(g->sums);
    buf_free(&g->key);
    arena_free(&g->arena);
    *g = (struct batch_groups){.ngroups = 0};
}

static int more_groups(struct batch_groups *g, struct err *err)
{
    if (g->ngroups < g->group_room)
        return 0;
    size_t room = g->group_room ? g->group_room * 2 : 64;
    const char **names = realloc(g->names, room * sizeof *names);
    if (names)
        g->names = names;
    uint64_t *failed = names ? realloc(g->failed, room * sizeof *failed) : NULL;
    if (!failed)
        return err_nomem(err);
    g->failed = failed;
    g->group_room = room;
    return 0;
}

int batch_groups_name(struct batch_groups *g, const char *text, size_t n, int *group, struct err *err)
{
    g->texts.arena = &g->arena;
    const char *name = intern(&g->texts, text, n);
    int *number = name ? intern_number(&g->texts, text, n) : NULL;
    if (!number)
        return err_nomem(err);
    if (*number == 0) {
        if (more_groups(g, err) != 0)
            return -1;
        g->names[g->ngroups] = name;
        g->failed[g->ngroups] = 0;
        *number = (int)++g->ngroups;
    }
    *group = *number - 1;
    return 0;
}

static struct group_sum *new_sum(struct batch_groups *g, int *number, struct err *err)
{
    if (g->nsums == g->sum_room) {
        size_t room = g->sum_room ? g->sum_room * 2 : 64;
        struct group_sum *v = realloc(g->sums, room * sizeof *v);
        if (!v) {
            err_nomem(err);
            return NULL;
        }
        g->sums = v;
        g->sum_room = room;
    }
    *number = (int)++g->nsums;
    return &g->sums[g->nsums - 1];
}

static int *key_number(struct batch_groups *g, int group, const char *site, const char *currency, const char *note)
{
    g->keys.arena = &g->arena;
    g->key.n = 0;
    buf_add(&g->key, &group, sizeof group);
    buf_add(&g->key, currency, CURRENCY_TEXT);
    buf_add(&g->key, site, strlen(site) + 1);
    buf_puts(&g->key, note);
    return g->key.failed ? NULL : intern_number(&g->keys, g->key.v, g->key.n);
}

struct group_sum *batch_groups_at(struct batch_groups *g, int group, const char *site, const char *currency, int places,
                                  const char *note, struct err *err)
{
    int *number = key_number(g, group, site, currency, note);
    if (!number) {
        err_nomem(err);
        return NULL;
    }
    if (*number != 0)
        return &g->sums[*number - 1];
    const char *column = arena_strdup(&g->arena, site);
    struct group_sum *s = column ? new_sum(g, number, err) : NULL;
    if (!s) {
        *number = 0;
        err_nomem(err);
        return NULL;
    }
    *s = (struct group_sum){.group = group, .site = column, .places = places, .note = note};
    memcpy(s->currency, currency, CURRENCY_TEXT);
    return s;
}

/* One list currency and one tax basis, or no sum of lists. */
static void add_list(struct group_sum *to, const struct group_sum *more)
{
    if (!to->any) {
        to->has_list = more->has_list;
        memcpy(to->list_currency, more->list_currency, CURRENCY_TEXT);
        to->list_places = more->list_places;
        to->list_basis = more->list_basis;
        to->list = more->list;
        return;
    }
    to->has_list = to->has_list && more->has_list && !strcmp(to->list_currency, more->list_currency) &&
                   to->list_basis == more->list_basis;
    if (to->has_list)
        to->list = dec_add(to->list, more->list);
}

void group_sum_add(struct group_sum *to, const struct group_sum *more)
{
    to->rows += more->rows;
    to->incomplete += more->incomplete;
    if (!more->any)
        return;
    add_list(to, more);
    to->m = money_add(to->m, more->m, 1);
    to->npv = dec_add(to->npv, more->npv);
    to->any = true;
}

void group_sum_site(struct group_sum *to, const struct estimate *e, const struct site_estimate *site)
{
    struct group_sum one = {
        .any = true, .has_list = site->has_list, .list = site->list, .m = site->m, .npv = site->npv};
    if (site->has_list) {
        memcpy(one.list_currency, site->list_currency, CURRENCY_TEXT);
        one.list_places = currency_places(e->rules, site->list_currency);
        one.list_basis = site->list_basis;
    }
    group_sum_add(to, &one);
}

/* ---- rows */

const struct site_estimate *batch_site(const struct estimate *e, const struct site_ref *ref)
{
    for (size_t i = 0; i < e->nsites; i++)
        if (e->sites[i].quote == ref->quote && !strcmp(e->sites[i].site->id, ref->site) &&
            !strcmp(e->sites[i].buyer->name, ref->buyer))
            return &e->sites[i];
    return NULL;
}

static bool counts(const struct site_estimate *site, const struct estimate_options *opt)
{
    bool fresh = site->status == SITE_COMPLETE || (site->status == SITE_STALE && opt->allow_stale);
    return fresh && site->has_totals;
}

static int add_site(struct batch_groups *g, int group, const struct estimate *e, const struct site_estimate *site,
                    const struct estimate_options *opt, struct err *err)
{
    struct group_sum *s = batch_groups_at(g, group, site->column, e->scenario->currency, e->minor_units, "", err);
    if (!s)
        return -1;
    s->rows++;
    if (counts(site, opt))
        group_sum_site(s, e, site);
    else
        s->incomplete++;
    return 0;
}

int batch_groups_row(struct batch_groups *g, const struct batch_cell *group, const struct estimate *e,
                     const struct estimate_options *opt, struct err *err)
{
    int number;
    if (batch_groups_name(g, group->text, group->n, &number, err) != 0)
        return -1;
    if (!e) {
        g->failed[number]++;
        return 0;
    }
    for (size_t i = 0; i < e->scenario->nsites; i++) {
        const struct site_estimate *site = batch_site(e, &e->scenario->sites[i]);
        if (site && add_site(g, number, e, site, opt, err) != 0)
            return -1;
    }
    return 0;
}

static int join_sum(struct batch_groups *g, const struct batch_groups *from, const struct group_sum *s, struct err *err)
{
    int group;
    const char *name = from->names[s->group];
    if (batch_groups_name(g, name, strlen(name), &group, err) != 0)
        return -1;
    struct group_sum *to = batch_groups_at(g, group, s->site, s->currency, s->places, s->note, err);
    if (!to)
        return -1;
    group_sum_add(to, s);
    return 0;
}

int batch_groups_join(struct batch_groups *g, struct batch_groups *from, struct err *err)
{
    for (size_t i = 0; i < from->ngroups; i++) {
        int group;
        if (batch_groups_name(g, from->names[i], strlen(from->names[i]), &group, err) != 0)
            return -1;
        g->failed[group] += from->failed[i];
    }
    for (size_t i = 0; i < from->nsums; i++)
        if (join_sum(g, from, &from->sums[i], err) != 0)
            return -1;
    batch_groups_free(from);
    return 0;
}

/* ---- records */

static const struct amount_column {
    const char *name;
    size_t at; /* in struct money */
} amounts[] = {
    {"net_cost", offsetof(struct money, net)},
    {"tax", offsetof(struct money, tax)},
    {"tax_recoverable", offsetof(struct money, recoverable)},
    {"withheld_tax", offsetof(struct money, withheld)},
    {"fees", offsetof(struct money, fees)},
    {"other_cost", offsetof(struct money, other)},
    {"cash_out", offsetof(struct money, cash_out)},
    {"cost", offsetof(struct money, cost)},
};
enum { AMOUNTS = sizeof amounts / sizeof *amounts };

static void write_header(bool bom, struct buf *out)
{
    buf_puts(out, bom ? "\xEF\xBB\xBF" : "");
    buf_puts(out, "group,site,currency,rows,rows_incomplete,list_currency,list_cost");
    for (size_t i = 0; i < AMOUNTS; i++)
        buf_printf(out, ",%s", amounts[i].name);
    buf_puts(out, ",npv,note\n");
}

static void write_list(const struct group_sum *s, struct buf *out)
{
    if (s->any && s->has_list) {
        buf_printf(out, ",%s,", s->list_currency);
        csv_decimal(out, s->list, s->list_places);
    } else {
        buf_puts(out, ",,");
    }
}

static void write_sum(const struct batch_groups *g, const struct group_sum *s, struct buf *out)
{
    uint64_t failed = *s->note ? 0 : g->failed[s->group];
    csv_text(out, g->names[s->group]);
    buf_putc(out, ',');
    csv_text(out, s->site);
    buf_printf(out, ",%s,%" PRIu64 ",%" PRIu64, s->currency, s->rows + failed, s->incomplete + failed);
    write_list(s, out);
    for (size_t i = 0; i < AMOUNTS; i++) {
        buf_putc(out, ',');
        if (s->any)
            csv_decimal(out, *(const dec_t *)((const char *)&s->m + amounts[i].at), s->places);
    }
    buf_putc(out, ',');
    if (s->any)
        csv_decimal(out, s->npv, s->places);
    buf_putc(out, ',');
    csv_text(out, s->note);
    buf_putc(out, '\n');
}

/* Rows of a group of which none has an estimate belong to no site. */
static void write_failed(const struct batch_groups *g, size_t group, struct buf *out)
{
    csv_text(out, g->names[group]);
    buf_printf(out, ",,,%" PRIu64 ",%" PRIu64 ",,", g->failed[group], g->failed[group]);
    for (size_t i = 0; i < AMOUNTS + 2; i++)
        buf_putc(out, ',');
    buf_putc(out, '\n');
}

static int check_sum(const struct batch_groups *g, const struct group_sum *s, struct err *err)
{
    char cut[SHOWN_MAX];
    if (!s->any || (money_check(&s->m, "the sum", err) == 0 && dec_check(s->npv, "the sum", err) == 0 &&
                    (!s->has_list || dec_check(s->list, "the sum", err) == 0)))
        return 0;
    return err_prefix(err, "group '%s' at %s", shown(g->names[s->group], cut), s->site);
}

/* By group; within one as they came. */
static int by_group(const void *pa, const void *pb)
{
    const struct group_sum *a = *(const struct group_sum *const *)pa, *b = *(const struct group_sum *const *)pb;
    if (a->group != b->group)
        return a->group < b->group ? -1 : 1;
    return (a > b) - (a < b);
}

int batch_groups_write(const struct batch_groups *g, bool bom, struct buf *out, struct err *err)
{
    const struct group_sum **v = calloc(g->nsums + 1, sizeof *v);
    int rc = v ? 0 : err_nomem(err);
    for (size_t i = 0; rc == 0 && i < g->nsums; i++) {
        v[i] = &g->sums[i];
        rc = check_sum(g, v[i], err);
    }
    if (rc == 0) {
        qsort(v, g->nsums, sizeof *v, by_group);
        write_header(bom, out);
        for (size_t group = 0, i = 0; group < g->ngroups; group++) {
            if (g->failed[group] > 0 && (i == g->nsums || v[i]->group != (int)group))
                write_failed(g, group, out);
            for (; i < g->nsums && v[i]->group == (int)group; i++)
                write_sum(g, v[i], out);
        }
        rc = out->failed ? err_nomem(err) : 0;
    }
    free(v);
    return rc;
}

int batch_groups_column(const struct batch_columns *columns, const char *name, int *out, struct err *err)
{
    const char *known[64];
    struct buf list = {0};
    size_t n = 0;
    char cut[SHOWN_MAX];
    for (size_t i = 0; i < columns->n; i++) {
        if (!strcmp(columns->v[i].header, name)) {
            *out = (int)i;
            return 0;
        }
        if (n < sizeof known / sizeof *known)
            known[n++] = columns->v[i].header;
    }
    words_list(&list, known, n, n);
    int rc = list.failed ? err_nomem(err)
                         : err_set(err, ERR_USAGE, "--group-by: %s has no column '%s' (it has: %s)", columns->file,
                                   shown(name, cut), list.v);
    buf_free(&list);
    return rc;
}

/* ---- the sink */

struct own_groups {
    const struct batch_grouping *all;
    struct batch_groups groups;
};

static int open_own(void *ctx, void **own, struct err *err)
{
    struct own_groups *o = calloc(1, sizeof *o);
    if (!o)
        return err_nomem(err);
    o->all = ctx;
    *own = o;
    return 0;
}

/* A record that is broken has no cells: its group is not known. */
static int take_row(void *own, const struct batch_row *row, enum batch_status status, const struct estimate *e,
                    struct err *err)
{
    struct own_groups *o = own;
    const struct batch_cell unknown = {"", 0};
    const struct batch_cell *group = row->cells ? &row->cells[o->all->column] : &unknown;
    (void)status;
    return batch_groups_row(&o->groups, group, e, o->all->options, err);
}

static int take_turn(void *ctx, void *own, struct err *err)
{
    struct batch_grouping *all = ctx;
    struct own_groups *o = own;
    return o ? batch_groups_join(&all->groups, &o->groups, err) : 0; /* a worker that had no memory to begin */
}

static void close_own(void *own)
{
    struct own_groups *o = own;
    batch_groups_free(&o->groups);
    free(o);
}

struct batch_sink batch_groups_sink(struct batch_grouping *g)
{
    return (struct batch_sink){g, open_own, take_row, take_turn, close_own};
}
