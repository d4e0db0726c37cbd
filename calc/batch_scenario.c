/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "calc/batch_scenario.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

const char *const batch_status_names[BATCH_STATUSES] = {"done", "incomplete", "stale", "failed"};

/* What is kept of the catalogue is forgotten beyond KEPT_BYTES, so that a batch over a thousand days stays small. A row
 * has at most WORD_OVERRIDES keys of its words. */
enum { KEPT_BYTES = 8 * 1024 * 1024, WORD_OVERRIDES = 64 };

static void forget(struct batch_maker *m)
{
    arena_free(&m->kept_arena);
    m->kept = (struct kept){.catalogue = m->catalogue, .rules = &m->rules, .arena = &m->kept_arena};
    m->kept_answers = 0;
}

/* A configuration's own price pack needs a catalogue of its own. */
static int open_catalogue(struct batch_maker *m, const char *pack, struct err *err)
{
    const struct app *app = m->setup->app;
    const struct catalogue_options opt = {
        .data_dir = app->data_dir, .cache_dir = app->cache_dir, .pack = *pack != '\0' ? pack : NULL};

    if (m->catalogue != NULL && strcmp(m->pack, pack) == 0)
        return 0;
    catalogue_close(m->catalogue);
    m->catalogue = NULL;
    arena_free(&m->pack_arena);
    m->pack = arena_strdup(&m->pack_arena, pack);
    if (m->pack == NULL)
        return err_nomem(err);
    if (catalogue_open(&m->catalogue, &opt, err) != 0)
        return -1;
    forget(m);
    if (catalogue_rules(m->catalogue, &m->pack_arena, &m->rules, err) == 0)
        return 0;
    catalogue_close(m->catalogue);
    m->catalogue = NULL;
    return -1;
}

static int open_for(struct batch_maker *m, struct config *c, struct err *err)
{
    struct err of_pack;
    const char *pack = config_pack(c, &of_pack);

    if (of_pack.kind != ERR_NONE) {
        *err = of_pack;
        return -1;
    }
    return open_catalogue(m, pack != NULL ? pack : "", err);
}

static bool sets_name(const struct batch_columns *c)
{
    for (size_t i = 0; i < c->n; i++)
        if (c->v[i].kind == BATCH_KEY && strcmp(c->v[i].section, "project") == 0 && strcmp(c->v[i].key, "name") == 0)
            return true;
    return false;
}

int batch_maker_open(struct batch_maker *m, const struct batch_setup *setup, struct err *err)
{
    *m = (struct batch_maker){.setup = setup};
    if (setup->columns == NULL)
        return 0;
    m->named = sets_name(setup->columns);
    m->room = setup->columns->n + 1 + (setup->columns->has_words ? WORD_OVERRIDES : 0);
    m->overrides = arena_array(&m->own, m->room, sizeof *m->overrides);
    if (m->overrides == NULL)
        return err_nomem(err);
    struct config base = *setup->base; /* shared: what is made of it here lives here */
    base.arena = (struct arena){NULL};
    int rc = open_for(m, &base, err);
    arena_free(&base.arena);
    return rc;
}

static void clear(struct batch_maker *m)
{
    estimate_free(&m->estimate);
    scenario_free(&m->scenario);
    config_free(&m->config);
    m->scenario = (struct scenario){0};
    arena_clear(&m->arena);
    size_t answers = m->kept.noffers + m->kept.nnames + m->kept.nrates + m->kept.nelsewhere;
    if (answers == m->kept_answers)
        return;
    m->kept_answers = answers;
    if (arena_bytes(&m->kept_arena) > KEPT_BYTES)
        forget(m);
}

void batch_maker_close(struct batch_maker *m)
{
    clear(m);
    arena_free(&m->arena);
    arena_free(&m->kept_arena);
    catalogue_close(m->catalogue);
    arena_free(&m->pack_arena);
    arena_free(&m->own);
    *m = (struct batch_maker){0};
}

/* ---- what a row says ---- */

/* A line of a configuration holds no control character but the tab. */
static bool is_line(const char *text)
{
    for (; *text != '\0'; text++) {
        unsigned char c = (unsigned char)*text;
        if ((c < ' ' && c != '\t') || c == 0x7f || (c == 0xc2 && (unsigned char)text[1] < 0xa0))
            return false;
    }
    return true;
}

/* A cell without blanks around it; "" for an empty one. NULL when there is no memory. */
static const char *value_of(struct arena *a, const struct batch_cell *cell)
{
    const char *text = cell->text + strspn(cell->text, " \t");
    size_t n = cell->n - (size_t)(text - cell->text), cut = n;

    while (cut > 0 && (text[cut - 1] == ' ' || text[cut - 1] == '\t'))
        cut--;
    return cut == n ? text : arena_strndup(a, text, cut);
}

/* One of a row's overrides on its way. */
struct saying {
    struct batch_maker *m;
    const struct batch_row *row;
    const char *place; /* "rows.csv:17" */
    size_t n;
};

static int put(struct saying *s, const char *section, const char *key, const char *value, struct err *err)
{
    const char *origin = arena_printf(&s->m->arena, "%s [%s]", s->place, section);

    if (origin == NULL)
        return err_nomem(err);
    if (!is_line(value))
        return err_set(err, ERR_USAGE, "%s: %s: the cell holds a control character or a line break", origin, key);
    s->m->overrides[s->n++] = (struct override){section, key, value, origin};
    return 0;
}

static int put_cell(struct saying *s, const struct batch_column *c, const struct batch_cell *cell, struct err *err)
{
    if (c->kind != BATCH_NAME && c->kind != BATCH_KEY)
        return 0;
    const char *value = value_of(&s->m->arena, cell);
    if (value == NULL)
        return err_nomem(err);
    if (*value == '\0')
        return 0;
    if (c->kind == BATCH_NAME)
        return put(s, "project", "name", value, err);
    return put(s, c->section, c->key, value, err);
}

/* A scenario without a name of its own is called by the number of its row. */
static int put_number(struct saying *s, struct err *err)
{
    const char *number = arena_printf(&s->m->arena, "%" PRIu64, s->row->number);

    return number != NULL ? put(s, "project", "name", number, err) : err_nomem(err);
}

static int put_words(struct saying *s, struct err *err)
{
    const struct batch_words *w = s->m->setup->words;
    struct batch_maker *m = s->m;

    if (!s->row->columns->has_words)
        return 0;
    return w->overrides(w->ctx, s->row, s->place, &m->arena, m->overrides, m->room, &s->n, err);
}

int batch_overrides(struct batch_maker *m, const struct batch_row *row, size_t *n, struct err *err)
{
    struct saying s = {.m = m, .row = row};

    s.place = arena_printf(&m->arena, "%s:%ld", row->columns->file, row->line);
    if (s.place == NULL)
        return err_nomem(err);
    if (!m->named && put_number(&s, err) != 0)
        return -1;
    for (size_t i = 0; i < row->columns->n; i++)
        if (put_cell(&s, &row->columns->v[i], &row->cells[i], err) != 0)
            return -1;
    if (put_words(&s, err) != 0)
        return -1;
    *n = s.n;
    return 0;
}

/* ---- the estimate ---- */

static int configure(struct batch_maker *m, const struct batch_row *row, struct err *err)
{
    const struct batch_options *o = m->setup->options;
    size_t n;

    if (row->columns == NULL)
        return config_load(&m->config, row->file, o->sets, o->nsets, o->as_of, m->setup->app->today, err) != 0 ||
                       config_choose(&m->config, o->scenario, err) != 0 || open_for(m, &m->config, err) != 0
                   ? -1
                   : 0;
    return batch_overrides(m, row, &n, err) != 0 ? -1 : config_over(m->setup->base, m->overrides, n, &m->config, err);
}

static int estimate(struct batch_maker *m, const struct batch_row *row, struct err *err)
{
    struct estimate_options opt = m->setup->options->estimate;

    opt.kept = &m->kept;
    if (row->wrong != NULL)
        return err_set(err, ERR_USAGE, "%s", row->wrong);
    if (configure(m, row, err) != 0 || config_scenario(&m->config, &m->rules, &m->scenario, err) != 0)
        return -1;
    return estimate_run(&m->scenario, &m->rules, m->catalogue, &opt, &m->estimate, err);
}

/* What is wrong begins with the row, wherever it came to light. */
static void blame_row(const struct batch_row *row, struct err *why)
{
    char place[sizeof why->text];
    const char *file = row->columns != NULL ? row->columns->file : NULL;

    if (file == NULL)
        return; /* a configuration file names itself */
    int n = snprintf(place, sizeof place, "%s:%ld", file, row->line);
    if (n < 0 || (size_t)n >= sizeof place || strncmp(why->text, place, (size_t)n) != 0)
        err_prefix(why, "%s:%ld", file, row->line);
}

enum batch_status batch_status_of(const struct estimate *e, const struct estimate_options *opt)
{
    int status = estimate_status(e, opt);

    return status == ERR_INCOMPLETE ? BATCH_INCOMPLETE : status == ERR_STALE ? BATCH_STALE : BATCH_DONE;
}

int batch_make(struct batch_maker *m, const struct batch_row *row, struct batch_result *out, struct err *err)
{
    clear(m);
    out->why.kind = ERR_NONE;
    if (estimate(m, row, &out->why) == 0) {
        out->e = &m->estimate;
        out->status = batch_status_of(&m->estimate, &m->setup->options->estimate);
        return 0;
    }
    if (out->why.kind == ERR_INTERNAL) {
        *err = out->why;
        return -1;
    }
    blame_row(row, &out->why);
    out->e = NULL;
    out->status = BATCH_FAILED;
    return 0;
}
