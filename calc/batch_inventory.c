/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A row is looked up by the bytes of its cells; only one that is new is read.
 */
#include "calc/batch_inventory.h"

#include "calc/batch_place.h"
#include "calc/intern.h"
#include "calc/shown.h"

#include <inttypes.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

struct inventory {
    const struct batch_fields *fields;
    const struct config *base;
    const struct batch_columns *columns;
    int group;
    struct arena arena, scratch; /* scratch: of one row */
    struct buf key;
    struct intern texts;  /* rows, by their cells: number is the entry's place + 1 */
    struct intern lines;  /* what lines ask for: number is the line's place + 1 */
    struct intern names;  /* "compute web": number is how often it was given */
    struct intern groups; /* number is the group's place + 1 */
    struct intern used;   /* entry and group: number is the use's place + 1 */
    struct batch_place place;
    struct scenario bill; /* the base, in the place of the rows, once the first row has said it */
    bool placed, broken;  /* broken: the base itself is wrong, so that every row would be */
    struct inventory_entry *entries;
    struct resource *resources;
    struct inventory_use *uses;
    const char **group_names;
    size_t nentries, nresources, nuses, ngroups;
    size_t entry_room, resource_room, use_room, group_room;
    struct scenario joined;
};

/* ---- lists that grow */

/* Room for one more; the old place is given up. */
static int grow(void **list, size_t n, size_t *room, size_t size, struct err *err)
{
    if (n < *room)
        return 0;
    size_t more = *room ? *room * 2 : 64;
    void *v = more < SIZE_MAX / size ? realloc(*list, more * size) : NULL;
    if (!v)
        return err_nomem(err);
    *list = v;
    *room = more;
    return 0;
}

/* ---- what the columns may be */

static int check_columns(const struct batch_columns *columns, struct err *err)
{
    char cut[SHOWN_MAX];
    for (size_t i = 0; i < columns->n; i++)
        if (columns->v[i].kind == BATCH_KEY)
            return err_set(err, ERR_USAGE,
                           "%s: column '%s' is a key of the configuration, of which a bill has one (use --set)",
                           columns->file, shown(columns->v[i].header, cut));
    if (columns->has_words)
        return 0;
    return err_set(err, ERR_USAGE, "%s: no column says what a row asks for (such as vcpu and memory)", columns->file);
}

int inventory_open(struct inventory **out, const struct batch_fields *fields, const struct config *base,
                   const struct batch_columns *columns, int group, struct err *err)
{
    if (check_columns(columns, err) != 0)
        return -1;
    struct inventory *v = calloc(1, sizeof *v);
    if (!v)
        return err_nomem(err);
    v->fields = fields;
    v->base = base;
    v->columns = columns;
    v->group = group;
    v->texts.arena = v->lines.arena = v->names.arena = v->groups.arena = v->used.arena = &v->arena;
    *out = v;
    return 0;
}

void inventory_free(struct inventory *v)
{
    if (!v)
        return;
    intern_free(&v->texts);
    intern_free(&v->lines);
    intern_free(&v->names);
    intern_free(&v->groups);
    intern_free(&v->used);
    scenario_free(&v->joined);
    scenario_free(&v->bill);
    free(v->entries);
    free(v->resources);
    free(v->uses);
    free(v->group_names);
    buf_free(&v->key);
    arena_free(&v->scratch);
    arena_free(&v->arena);
    free(v);
}

/* The first row says the place. */
static int take_place(struct inventory *v, const struct field_row *row, const char *origin, struct err *err)
{
    struct override over[FIELD_KEYS];
    struct config config;
    for (size_t i = 0; i < row->nplace; i++)
        over[i] = (struct override){"compare", row->place[i].key, row->place[i].value, origin};
    if (config_over(v->base, over, row->nplace, &config, err) != 0)
        return -1;
    int rc = config_bill(&config, v->fields->rules, &v->bill, err);
    config_free(&config);
    if (rc != 0) {
        v->broken = strncmp(err->text, origin, strlen(origin)) != 0;
        return -1;
    }
    v->placed = batch_place_take(&v->place, row, origin, &v->arena, err) == 0;
    return v->placed ? 0 : -1;
}

/* ---- lines */

/* How often the name was given, this time included; 0 when there is no memory. */
static int give_name(struct inventory *v, enum resource_kind kind, const char *name)
{
    const char *full = arena_printf(&v->scratch, "%s %s", kind_table[kind].name, name);
    int *given = full ? intern_number(&v->names, full, strlen(full)) : NULL;
    return given ? ++*given : 0;
}

/* A name that no other line of the kind has; NULL when there is no memory. */
static const char *free_name(struct inventory *v, enum resource_kind kind, const char *name)
{
    int given = give_name(v, kind, name);
    if (given == 1)
        return name;
    while (given > 0) {
        const char *other = arena_printf(&v->arena, "%s#%d", name, given);
        int again = other ? give_name(v, kind, other) : 0;
        if (again <= 1)
            return again == 1 ? other : NULL;
        given = give_name(v, kind, name);
    }
    return NULL;
}

/* The base's own resources have their names first. */
static int take_names(struct inventory *v, struct err *err)
{
    for (size_t i = 0; i < v->bill.nresources; i++) {
        const struct resource *r = &v->bill.resources[i];
        if (give_name(v, r->kind, r->name) == 0)
            return err_nomem(err);
    }
    return 0;
}

/* What a line asks for, as one text. */
static int line_key(struct buf *key, const struct field_line *l, struct err *err)
{
    key->n = 0;
    buf_printf(key, "%d%s", (int)l->kind, l->suffix);
    for (size_t i = 0; i < l->n; i++)
        buf_printf(key, "\n%s=%s", l->v[i].key, l->v[i].value);
    return key->failed ? err_nomem(err) : 0;
}

/* A line that is new: typed and checked as a section of the configuration. */
static int new_line(struct inventory *v, const struct field_line *l, const char *name, const char *origin,
                    struct err *err)
{
    struct override over[FIELD_KEYS + 1];
    size_t n = 0;
    const char *section = arena_printf(&v->scratch, "%s %s%s", kind_table[l->kind].name, name, l->suffix);
    if (!section)
        return err_nomem(err);
    for (; n < l->n; n++)
        over[n] = (struct override){section, l->v[n].key, l->v[n].value, origin};
    if (n == 0)
        over[n++] = (struct override){section, "count", "1", origin};
    if (grow((void **)&v->resources, v->nresources, &v->resource_room, sizeof *v->resources, err) != 0)
        return -1;
    struct resource *r = &v->resources[v->nresources];
    if (config_resource(v->base, v->fields->rules, &v->bill, over, n, &v->arena, r, err) != 0)
        return -1;
    r->name = r->label = free_name(v, l->kind, r->name);
    r->repeats = -1; /* stands for no row yet */
    v->nresources++;
    return r->name ? 0 : err_nomem(err);
}

static int find_line(struct inventory *v, const struct field_line *l, const char *name, const char *origin, int *out,
                     struct err *err)
{
    if (line_key(&v->key, l, err) != 0)
        return -1;
    int *number = intern_number(&v->lines, v->key.v, v->key.n);
    if (!number)
        return err_nomem(err);
    if (*number == 0) {
        if (new_line(v, l, name, origin, err) != 0)
            return -1;
        *number = (int)v->nresources;
    }
    *out = *number - 1;
    return 0;
}

/* ---- rows */

/* The row without its name, its labels and its place among the rows. */
static int row_key(struct inventory *v, const struct batch_row *row, struct err *err)
{
    v->key.n = 0;
    for (size_t i = 0; i < v->columns->n; i++) {
        const struct batch_cell *c = &row->cells[i];
        if (v->columns->v[i].kind != BATCH_WORD || batch_fields_is_name(v->fields, &v->columns->v[i]))
            continue;
        buf_add(&v->key, &c->n, sizeof c->n);
        buf_add(&v->key, c->text, c->n);
    }
    return v->key.failed ? err_nomem(err) : 0;
}

static int read_lines(struct inventory *v, const struct batch_row *row, const struct field_row *read,
                      const char *origin, struct inventory_entry *out, struct err *err)
{
    const char *name = *read->name ? read->name : arena_printf(&v->scratch, "%" PRIu64, row->number);
    if (!name)
        return err_nomem(err);
    *out = (struct inventory_entry){.nlines = 0};
    for (size_t i = 0; i < read->nlines; i++)
        if (find_line(v, &read->lines[i], name, origin, &out->lines[out->nlines++], err) != 0)
            return -1;
    return 0;
}

/* What a row says that no row has said before. */
static int read_row(struct inventory *v, const struct batch_row *row, struct inventory_entry *out, struct err *err)
{
    struct field_row read;
    const char *origin = arena_printf(&v->scratch, "%s:%ld", v->columns->file, row->line);
    if (!origin)
        return err_nomem(err);
    if (batch_fields_read(v->fields, row, &v->scratch, &read, err) != 0)
        return err->kind == ERR_INTERNAL ? -1 : err_prefix(err, "%s", origin);
    if (read.nlines == 0)
        return err_set(err, ERR_USAGE, "%s: asks for nothing", origin);
    if (!v->placed && (take_place(v, &read, origin, err) != 0 || take_names(v, err) != 0))
        return -1;
    if (batch_place_check(&v->place, v->base, v->fields->rules, &read, err) != 0)
        return err_prefix(err, "%s", origin);
    return read_lines(v, row, &read, origin, out, err);
}

static int add_entry(struct inventory *v, const struct batch_row *row, int *out, struct err *err)
{
    struct inventory_entry e;
    int rc = grow((void **)&v->entries, v->nentries, &v->entry_room, sizeof *v->entries, err);
    if (rc == 0)
        rc = read_row(v, row, &e, err);
    arena_clear(&v->scratch);
    if (rc != 0 || row_key(v, row, err) != 0)
        return -1;
    int *number = intern_number(&v->texts, v->key.v, v->key.n);
    if (!number)
        return err_nomem(err);
    v->entries[v->nentries++] = e;
    *out = *number = (int)v->nentries;
    return 0;
}

/* ---- groups */

static int find_group(struct inventory *v, const struct batch_row *row, int *out, struct err *err)
{
    const struct batch_cell none = {"", 0}, *c = v->group < 0 ? &none : &row->cells[v->group];
    int *number = intern_number(&v->groups, c->text, c->n);
    if (!number)
        return err_nomem(err);
    if (*number == 0) {
        if (grow((void **)&v->group_names, v->ngroups, &v->group_room, sizeof *v->group_names, err) != 0)
            return -1;
        *number = (int)v->ngroups + 1;
        v->group_names[v->ngroups++] = intern(&v->groups, c->text, c->n);
    }
    *out = *number - 1;
    return 0;
}

static int find_use(struct inventory *v, int entry, int group, struct inventory_use **out, struct err *err)
{
    const int key[] = {entry, group};
    int *number = intern_number(&v->used, (const char *)key, sizeof key);
    if (!number)
        return err_nomem(err);
    if (*number == 0) {
        if (grow((void **)&v->uses, v->nuses, &v->use_room, sizeof *v->uses, err) != 0)
            return -1;
        v->uses[v->nuses++] = (struct inventory_use){.entry = entry, .group = group};
        *number = (int)v->nuses;
    }
    *out = &v->uses[*number - 1];
    return 0;
}

/* ---- all of it */

static int count_row(struct inventory *v, int entry, struct inventory_use *use, struct err *err)
{
    const struct inventory_entry *e = &v->entries[entry];
    for (int i = 0; i < e->nlines; i++)
        if (v->resources[e->lines[i]].repeats == INT_MAX - 1)
            return err_set(err, ERR_INTERNAL, "%s: more than %d rows are alike", v->columns->file, INT_MAX - 1);
    for (int i = 0; i < e->nlines; i++)
        v->resources[e->lines[i]].repeats++;
    use->rows++;
    return 0;
}

static int take_row(struct inventory *v, const struct batch_row *row, struct err *err)
{
    struct inventory_use *use = NULL;
    int group = 0;
    if (row_key(v, row, err) != 0)
        return -1;
    int entry = intern_known(&v->texts, v->key.v, v->key.n);
    if (entry == 0 && add_entry(v, row, &entry, err) != 0)
        return -1;
    if (find_group(v, row, &group, err) != 0 || find_use(v, entry - 1, group, &use, err) != 0)
        return -1;
    return count_row(v, entry - 1, use, err);
}

int inventory_row(struct inventory *v, const struct batch_row *row, struct err *err)
{
    if (row->wrong) {
        err_set(err, ERR_USAGE, "%s:%ld: %s", v->columns->file, row->line, row->wrong);
        return 1;
    }
    if (take_row(v, row, err) == 0)
        return 0;
    return err->kind == ERR_INTERNAL || v->broken ? -1 : 1;
}

/* A line of a row that another line of it made wrong stands for no row. */
static struct resource *lines_in_use(struct inventory *v, int *place, size_t *n)
{
    struct resource *out = arena_array(&v->arena, v->nresources + 1, sizeof *out);
    *n = 0;
    for (size_t i = 0; out && i < v->nresources; i++)
        if (v->resources[i].repeats >= 0) {
            place[i] = (int)(v->bill.nresources + *n);
            out[(*n)++] = v->resources[i];
        }
    return out;
}

int inventory_bill(struct inventory *v, struct inventory_bill *out, struct err *err)
{
    size_t n;
    if (v->nuses == 0)
        return err_set(err, ERR_USAGE, "%s: no row is in the bill", v->columns->file);
    int *place = arena_array(&v->arena, v->nresources + 1, sizeof *place);
    const struct resource *lines = place ? lines_in_use(v, place, &n) : NULL;
    if (!lines)
        return err_nomem(err);
    if (config_join(&v->bill, lines, n, &v->joined, err) != 0)
        return -1;
    *out = (struct inventory_bill){.scenario = v->joined,
                                   .nbase = v->bill.nresources,
                                   .place = place,
                                   .entries = v->entries,
                                   .uses = v->uses,
                                   .nuses = v->nuses,
                                   .groups = v->group_names,
                                   .ngroups = v->ngroups};
    return 0;
}
