/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What a scenario may change: count and hours of each line, named as `tco batch` names them.
 */
#include "calc/engine_texts.h"

#include "calc/key.h"
#include "calc/words.h"

#include <string.h>

static const char *const fields[] = {"count", "hours"};
enum { FIELDS = 2 };

/* One column of the scenarios, NULL name where the line has none. */
struct column {
    const char *name, *allowed_high;
    bool taken;
};

struct keys {
    struct engine_texts *t;
    struct column *v; /* FIELDS by resource */
    size_t n;
};

/* Has the resource's section a key of that name? */
static const struct key *key_of(const struct resource *r, const char *field)
{
    for (size_t i = 0; i < nkeys; i++)
        for (int id = 0; id < SECTION_COUNT; id++)
            if (section_table[id].kind == (int)r->kind && key_in(&key_table[i], (enum section_id)id) &&
                !strcmp(key_table[i].name, field))
                return &key_table[i];
    return NULL;
}

/* "over 0 to 744": the last word. */
static const char *highest(const struct key *k)
{
    const char *space = strrchr(k->allowed, ' ');
    return space ? space + 1 : k->allowed;
}

static int list_keys(struct keys *k, struct err *err)
{
    const struct scenario *s = k->t->job->scenario;
    k->n = s->nresources * FIELDS;
    k->v = arena_array(&k->t->arena, k->n, sizeof *k->v);
    if (!k->v)
        return err_nomem(err);
    for (size_t i = 0; i < k->n; i++) {
        const struct resource *r = &s->resources[i / FIELDS];
        const struct key *key = key_of(r, fields[i % FIELDS]);
        if (!key)
            continue;
        k->v[i].allowed_high = highest(key);
        k->v[i].name = arena_printf(&k->t->arena, "%s.%s.%s", kind_table[r->kind].name, r->name, fields[i % FIELDS]);
        if (!k->v[i].name)
            return err_nomem(err);
        k->v[i].taken = k->t->columns == NULL;
    }
    return 0;
}

static int unknown(const struct keys *k, const char *name, struct err *err)
{
    struct buf known = {0};
    const char *before = "";
    for (size_t i = 0; i < k->n; i++) {
        if (!k->v[i].name)
            continue;
        buf_printf(&known, "%s%s", before, k->v[i].name);
        before = ", ";
    }
    int failed = known.failed ? err_nomem(err)
                              : err_set(err, ERR_USAGE, "--columns: unknown column '%s' (known: %s)", name, known.v);
    buf_free(&known);
    return failed;
}

/* Takes the columns of a list with commas. */
static int take_list(struct keys *k, struct err *err)
{
    for (const char *at = k->t->columns; at && *at;) {
        size_t len = strcspn(at, ",");
        const char *name = arena_strndup(&k->t->arena, at, len);
        size_t i = 0;
        if (!name)
            return err_nomem(err);
        while (i < k->n && !(k->v[i].name && !strcmp(k->v[i].name, name)))
            i++;
        if (i == k->n)
            return unknown(k, name, err);
        k->v[i].taken = true;
        at += at[len] ? len + 1 : len;
    }
    return 0;
}

static void put_table(const struct keys *k, struct buf *out)
{
    const struct engine *e = k->t->engine;
    buf_printf(out, "CREATE TABLE tco_scenarios (row_no %s, scenario %s", e->id, e->text);
    for (size_t i = 0; i < k->n; i++)
        if (k->v[i].taken)
            buf_printf(out, ",\n    \"%s\" %s", k->v[i].name, e->number);
    int no = 0;
    for (size_t i = 0; i < k->n; i++)
        if (k->v[i].taken)
            buf_printf(out, ",\n    CONSTRAINT range_%d CHECK (\"%s\" IS NULL OR (\"%s\" > 0 AND \"%s\" <= %s))", ++no,
                       k->v[i].name, k->v[i].name, k->v[i].name, k->v[i].allowed_high);
    buf_printf(out, ")%s;", e->tail);
}

static void put_base(const struct keys *k, struct buf *csv)
{
    buf_puts(csv, "row_no,scenario");
    for (size_t i = 0; i < k->n; i++)
        if (k->v[i].taken)
            buf_printf(csv, ",%s", k->v[i].name);
    buf_puts(csv, "\n1,base");
    for (size_t i = 0; i < k->n; i++)
        buf_puts(csv, k->v[i].taken ? "," : "");
    buf_putc(csv, '\n');
}

/* What the base has, or what the scenario's cell says. */
static void put_value(const struct keys *k, struct buf *out, const struct column *c, dec_t base)
{
    const struct engine *e = k->t->engine;
    char text[DEC_TEXT];
    dec_t scaled = dec_muln(base, 1000000);
    dec_format(dec_muln(scaled, 1000000), 0, text);
    if (!c->taken) {
        buf_printf(out, "CAST(%s AS %s)", text, e->integer);
        return;
    }
    const char *name = arena_printf(&k->t->arena, "\"%s\"", c->name);
    const struct engine_value value[] = {{"value", name ? name : ""}};
    buf_printf(out, "CASE WHEN \"%s\" IS NULL THEN CAST(%s AS %s) ELSE ", c->name, text, e->integer);
    engine_expand(out, e->scaled, value, 1);
    buf_puts(out, " END");
}

static void put_asked(const struct keys *k, struct buf *out)
{
    const struct engine_job *j = k->t->job;
    for (size_t i = 0; i < j->scenario->nresources; i++) {
        const struct resource *r = &j->scenario->resources[i];
        dec_t hours = r->hours.kind != VALUE_NONE ? r->hours.fixed : j->scenario->hours.fixed;
        buf_printf(out, "%s    SELECT row_no, %ld AS line_no, ", i ? "\n    UNION ALL\n" : "", j->line_no[i]);
        put_value(k, out, &k->v[i * FIELDS], r->count.fixed);
        buf_puts(out, " AS count_e12,\n        ");
        put_value(k, out, &k->v[i * FIELDS + 1], hours);
        buf_puts(out, " AS hours_e12 FROM tco_scenarios");
    }
}

int engine_keys(struct engine_texts *t, struct buf *create, struct buf *asked, struct buf *csv, struct err *err)
{
    struct keys k = {.t = t};
    if (list_keys(&k, err) || take_list(&k, err))
        return -1;
    put_table(&k, create);
    put_asked(&k, asked);
    put_base(&k, csv);
    return create->failed || asked->failed || csv->failed ? err_nomem(err) : 0;
}
