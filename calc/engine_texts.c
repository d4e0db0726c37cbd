/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "calc/engine_texts.h"

#include "calc/csv.h"
#include "calc/file.h"
#include "calc/tco.h"

#include <stdio.h>
#include <string.h>

enum { VALUES = 48, TEMPLATE_MAX = 1 << 20 };

/* Texts of one expansion: names and what stands for them. */
struct words {
    struct engine_texts *t;
    struct engine_value v[VALUES];
    size_t n;
    bool failed;
};

static void say(struct words *w, const char *name, const char *value)
{
    if (!value || w->n == VALUES) {
        w->failed = true;
        return;
    }
    w->v[w->n++] = (struct engine_value){name, value};
}

/* Takes the text of a buffer over. */
static void say_buf(struct words *w, const char *name, struct buf *b)
{
    say(w, name, b->failed ? NULL : arena_strndup(&w->t->arena, b->n ? b->v : "", b->n));
    buf_free(b);
}

/* ---- values of the query */

static void say_shown(struct words *w, const char *name, const char *value, int places)
{
    struct buf out = {0};
    char unit[DEC_TEXT], digits[8];
    dec_format(dec_of(1, places), places, unit);
    snprintf(digits, sizeof digits, "%d", places);
    const struct engine_value v[] = {{"value", value}, {"unit", unit}, {"places", digits}};
    engine_expand(&out, w->t->engine->shown, v, 3);
    say_buf(w, name, &out);
}

static void say_totals(struct words *w)
{
    const struct engine_job *j = w->t->job;
    int places = engine_places(j, j->scenario->currency);
    bool costs = j->parts[PART_COSTS], fees = j->parts[PART_FEES];
    say_shown(w, "shown_list", "w.list", j->list_places);
    say_shown(w, "shown_net", "w.net_cost", places);
    say_shown(w, "shown_tax", "w.tax", places);
    say_shown(w, "shown_recoverable", "w.tax_recoverable", places);
    say_shown(w, "shown_withheld", "w.withheld_tax", places);
    say_shown(w, "shown_fees", "w.fees", places);
    say_shown(w, "shown_other", "w.other_cost", places);
    say_shown(w, "shown_cost", "(w.net_cost + w.tax + w.withheld_tax + w.fees + w.other_cost - w.tax_recoverable)",
              places);
    say(w, "plus_fees", fees ? " + coalesce(y.fees, 0)" : "");
    say(w, "plus_cost_tax", costs ? " + coalesce(c.tax, 0)" : "");
    say(w, "plus_cost_recoverable", costs ? " + coalesce(c.recoverable, 0)" : "");
    say(w, "other", costs ? "coalesce(c.other, 0)" : "0");
}

static void say_parts(struct words *w)
{
    static const char *const names[ENGINE_PARTS] = {
        [PART_TERMS] = "terms", [PART_POOLS] = "pools", [PART_CHOICE] = "choice",
        [PART_ENDS] = "ends",   [PART_FEES] = "fees",   [PART_COSTS] = "costs",
    };
    const bool *parts = w->t->job->parts;
    for (size_t i = 0; i < ENGINE_PARTS; i++)
        say(w, names[i], parts[i] ? "yes" : "");
    say(w, "open", parts[PART_ENDS] ? "" : "yes");
    say(w, "only", parts[PART_CHOICE] ? "" : "yes");
}

static void say_engine(struct words *w)
{
    const struct engine *e = w->t->engine;
    struct buf create = {0}, load = {0};
    engine_create(&create, e);
    engine_load(&load, e);
    const struct engine_value mine[] = {{"table", "scenarios"}};
    engine_expand(&load, e->load, mine, 1);
    say_buf(w, "create", &create);
    say_buf(w, "load", &load);
    say(w, "functions", e->functions);
    say(w, "integer", e->integer);
    say(w, "tail", e->tail);
    say(w, "fence", e->fence);
    say(w, "title", e->title);
    say(w, "run", e->run);
    say(w, "tried",
        e->tried ? "The project's own tests run this form."
                 : "This form was not run here: no such engine was"
                   " at hand. Compare the base with check.csv first.");
}

/* ---- values of README.txt */

static void say_scenario(struct words *w)
{
    const struct scenario *s = w->t->job->scenario;
    char text[DATE_TEXT];
    say(w, "name", s->name);
    say(w, "file", s->file);
    say(w, "currency", s->currency);
    say(w, "version", TCO_VERSION);
    say(w, "months", arena_printf(&w->t->arena, "%d", s->months));
    month_format(s->start, text);
    say(w, "start", arena_strdup(&w->t->arena, text));
    date_format(s->as_of, text);
    say(w, "as_of", arena_strdup(&w->t->arena, text));
}

static void say_sources(struct words *w)
{
    const struct engine_job *j = w->t->job;
    struct buf packs = {0}, tables = {0}, rule = {0};
    for (size_t i = 0; i < j->estimate->nsnapshots; i++) {
        const struct snapshot *s = &j->estimate->snapshots[i];
        buf_printf(&packs, "    %s, %ld rows, SHA-256 %s\n", s->id, s->rows, s->sha256);
    }
    engine_describe(&tables, &j->rows);
    for (size_t i = 0; i < strlen("tco export-engine: ") + strlen(w->t->engine->title); i++)
        buf_putc(&rule, '=');
    say_buf(w, "packs", &packs);
    say_buf(w, "tables", &tables);
    say_buf(w, "title_rule", &rule);
}

/* ---- files */

static struct buf *add(struct engine_texts *t, const char *name)
{
    struct engine_file *f = &t->v[t->n++];
    *f = (struct engine_file){.name = name};
    return &f->text;
}

static int from_template(struct engine_texts *t, const struct words *w, const char *name, struct err *err)
{
    struct buf text = {0};
    const char *path = arena_printf(&t->arena, "%s/%s", t->templates, name);
    struct buf *out = add(t, name);
    if (!path)
        return err_nomem(err);
    if (file_read(path, TEMPLATE_MAX, &text, err))
        return -1;
    engine_expand(out, text.n ? text.v : "", w->v, w->n);
    buf_free(&text);
    return out->failed ? err_nomem(err) : 0;
}

/* The base's own totals, to compare with. */
static void put_check(struct buf *out, const struct estimate *e)
{
    buf_puts(out, "site,list_cost,net_cost,tax,tax_recoverable,withheld_tax,fees,other_cost,cost\n");
    for (size_t i = 0; i < e->nsites; i++) {
        const struct site_estimate *s = &e->sites[i];
        if (!s->has_totals || s->status == SITE_INELIGIBLE)
            continue;
        const dec_t amounts[] = {s->list,       s->m.net,  s->m.tax,   s->m.recoverable,
                                 s->m.withheld, s->m.fees, s->m.other, s->m.cost};
        csv_text(out, s->column);
        for (size_t k = 0; k < sizeof amounts / sizeof amounts[0]; k++) {
            char text[DEC_TEXT];
            dec_format(amounts[k], e->minor_units, text);
            buf_puts(out, ",");
            buf_puts(out, k > 0 || s->has_list ? text : "");
        }
        buf_putc(out, '\n');
    }
}

static int put_tables(struct engine_texts *t, struct err *err)
{
    const struct engine_rows *r = &t->job->rows;
    for (size_t i = 0; i < ENGINE_TABLES; i++) {
        const char *name = arena_printf(&t->arena, "%s.csv", engine_table_name((enum engine_table_id)i));
        if (!name)
            return err_nomem(err);
        struct buf *out = add(t, name);
        buf_add(out, r->text[i].v, r->text[i].n);
        if (out->failed)
            return err_nomem(err);
    }
    return 0;
}

int engine_texts_make(struct engine_texts *t, struct err *err)
{
    static const char *const templates[] = {"README.txt", "schema.sql", "load.sql", "batch.sql"};
    struct words w = {.t = t};
    struct buf create = {0}, asked = {0};
    int failed = engine_keys(t, &create, &asked, add(t, "scenarios.csv"), err);
    say_buf(&w, "scenarios", &create);
    say_buf(&w, "asked", &asked);
    if (failed)
        return -1;
    say_engine(&w);
    say_parts(&w);
    say_totals(&w);
    say_scenario(&w);
    say_sources(&w);
    if (w.failed)
        return err_nomem(err);
    for (size_t i = 0; i < sizeof templates / sizeof templates[0]; i++)
        if (from_template(t, &w, templates[i], err))
            return -1;
    struct buf *check = add(t, "check.csv");
    put_check(check, t->job->estimate);
    return check->failed ? err_nomem(err) : put_tables(t, err);
}

void engine_texts_free(struct engine_texts *t)
{
    for (size_t i = 0; i < t->n; i++)
        buf_free(&t->v[i].text);
    arena_free(&t->arena);
}
