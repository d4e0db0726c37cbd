/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the columns of a batch change in its base.
 */
#include "calc/swift_make.h"

#include <string.h>

static const struct {
    enum section_id section; /* SECTION_COUNT: of any resource */
    const char *key;
    enum swift_key what;
} keys[] = {
    {SECTION_COUNT, "count", SWIFT_COUNT},
    {SECTION_COUNT, "hours", SWIFT_HOURS},
    {SECTION_COUNT, "volume", SWIFT_SIZE},
    {SECTION_BANDWIDTH, "rate", SWIFT_SIZE},
    {SECTION_OBJECT_STORAGE, "size", SWIFT_SIZE},
    {SECTION_COUNT, "growth", SWIFT_GROWTH},
    {SECTION_COMPARE, "discount.SITE", SWIFT_DISCOUNT},
    {SECTION_COMPARE, "discount.SITE.KIND", SWIFT_DISCOUNT},
};

static enum swift_key meaning(enum section_id id, const struct key *row)
{
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
        if ((keys[i].section == id || (keys[i].section == SECTION_COUNT && section_table[id].kind >= 0)) &&
            !strcmp(keys[i].key, row->name))
            return keys[i].what;
    return SWIFT_IGNORED;
}

/* The resource of a section, -1 when the base has none: the column makes one. */
static int find_resource(const struct scenario *c, enum section_id id, const char *name)
{
    for (size_t i = 0; i < c->nresources; i++)
        if ((int)c->resources[i].kind == section_table[id].kind && !strcmp(c->resources[i].name, name))
            return (int)i;
    return -1;
}

/* Cells that are distributions or profiles go the long way. */
static value_parser *parser_of(enum value_type type)
{
    switch (type) {
    case VALUE_TYPE_NUMBER:
    case VALUE_TYPE_DRAWN_NUMBER:
    case VALUE_TYPE_ITEMS:
        return value_number;
    case VALUE_TYPE_SIZE:
    case VALUE_TYPE_DRAWN_SIZE:
        return value_size;
    case VALUE_TYPE_RATE:
    case VALUE_TYPE_DRAWN_RATE:
        return value_rate;
    default:
        return NULL;
    }
}

static bool compile_column(struct swift *s, const struct batch_column *b, struct swift_column *out)
{
    enum section_id id;
    const char *name;
    struct err none;
    *out = (struct swift_column){.what = SWIFT_IGNORED};
    if (b->kind == BATCH_NAME || b->kind == BATCH_LABEL)
        return true;
    if (batch_names_row(b))
        return true;
    if (b->kind != BATCH_KEY || section_find(b->section, &id, &name, &none))
        return false;
    out->row = key_find(id, b->section, b->key, &none);
    out->what = out->row ? meaning(id, out->row) : SWIFT_IGNORED;
    out->key = b->key;
    if (out->what == SWIFT_IGNORED)
        return false;
    if (out->what == SWIFT_DISCOUNT) {
        out->resource = s->ndiscounts++;
        return true;
    }
    int at = find_resource(&s->scenario, id, name);
    out->resource = (size_t)at;
    out->parser = parser_of(out->row->type);
    out->bare = out->parser == value_number;
    if (out->bare)
        out->range = value_range(out->row->allowed);
    return at >= 0 && (out->parser || out->what == SWIFT_GROWTH);
}

int swift_compile_columns(struct swift *s, const struct swift_input *in, bool *simple, struct err *err)
{
    s->ncolumns = in->columns->n;
    s->columns = arena_array(&s->arena, s->ncolumns + 1, sizeof *s->columns);
    if (!s->columns)
        return err_nomem(err);
    for (size_t i = 0; i < s->ncolumns && *simple; i++)
        *simple = compile_column(s, &in->columns->v[i], &s->columns[i]);
    return 0;
}

/* "discount.SITE" or "discount.SITE.KIND": does it mean this site, and exactly this kind (or none)? */
static bool discounts(const struct swift_column *c, const char *site, const char *kind)
{
    static const char word[] = "discount.";
    if (c->what != SWIFT_DISCOUNT)
        return false;
    const char *rest = c->key + sizeof word - 1;
    size_t n = strlen(site);
    if (strncmp(rest, site, n) != 0)
        return false;
    return kind ? rest[n] == '.' && !strcmp(rest + n + 1, kind) : rest[n] == '\0';
}

int swift_discount(const struct swift *s, const char *site, const char *kind)
{
    for (size_t i = 0; i < s->ncolumns; i++)
        if (discounts(&s->columns[i], site, kind))
            return (int)s->columns[i].resource;
    return -1;
}

bool swift_touched(const struct swift *s, const struct swift_stand *t, const struct resource *r)
{
    const char *site = t->estimate.site->id, *kind = kind_table[r->kind].name;
    for (size_t i = 0; i < s->ncolumns; i++) {
        const struct swift_column *c = &s->columns[i];
        if (c->what == SWIFT_DISCOUNT ? discounts(c, site, kind) || discounts(c, site, NULL)
                                      : c->what != SWIFT_IGNORED && &s->scenario.resources[c->resource] == r)
            return true;
    }
    return false;
}
