/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * From the cells of a row to keys of the configuration: which field goes to which line under which key is the table
 * below.
 */
#include "calc/batch_fields.h"

#include "calc/batch_cell.h"
#include "calc/shown.h"

#include <inttypes.h>
#include <string.h>

#define COUNT(a) (sizeof(a) / sizeof *(a))

/* ---- where a field goes */

enum part { PART_OWN, PART_DISK, PART_SYSTEM_DISK, PART_EGRESS, PART_BANDWIDTH, PARTS, PART_EACH };

/* A part of a row beside its own line is there when its main field is given. */
static const struct {
    enum resource_kind kind;
    enum inventory_field main;
    const char *suffix;
} part_table[PARTS] = {
    [PART_DISK] = {KIND_BLOCK_STORAGE, FIELD_DISK, ""},
    [PART_SYSTEM_DISK] = {KIND_BLOCK_STORAGE, FIELD_SYSTEM_DISK, " system"},
    [PART_EGRESS] = {KIND_EGRESS, FIELD_EGRESS, ""},
    [PART_BANDWIDTH] = {KIND_BANDWIDTH, FIELD_BANDWIDTH, ""},
};

#define BIT(kind) (1u << KIND_##kind)
#define MACHINES (BIT(COMPUTE) | BIT(DATABASE))
#define RUNNING (MACHINES | BIT(BLOCK_STORAGE) | BIT(BANDWIDTH) | BIT(PUBLIC_IP) | BIT(LOAD_BALANCER) | BIT(NAT))
#define ANY ((1u << KIND_COUNT) - 1)

static const struct use {
    enum inventory_field field;
    unsigned kinds; /* of rows that may have it */
    enum part part;
    const char *key;
} uses[] = {
    {FIELD_COUNT, ANY, PART_EACH, "count"},
    {FIELD_GROWTH, ANY, PART_EACH, "growth"},
    {FIELD_CHARGE, ANY, PART_OWN, "charge"},
    {FIELD_HOURS, RUNNING, PART_OWN, "hours"},
    {FIELD_VCPU, MACHINES, PART_OWN, "vcpu"},
    {FIELD_MEMORY, MACHINES, PART_OWN, "memory"},
    {FIELD_OS, BIT(COMPUTE), PART_OWN, "os"},
    {FIELD_ARCH, BIT(COMPUTE), PART_OWN, "arch"},
    {FIELD_CLASS, BIT(COMPUTE), PART_OWN, "class"},
    {FIELD_GPU, BIT(COMPUTE), PART_OWN, "gpu"},
    {FIELD_ENGINE, BIT(DATABASE), PART_OWN, "engine"},
    {FIELD_HA, BIT(DATABASE), PART_OWN, "ha"},
    {FIELD_DISK, MACHINES, PART_DISK, "size"},
    {FIELD_DISK_CLASS, MACHINES, PART_DISK, "class"},
    {FIELD_DISK_CHARGE, MACHINES, PART_DISK, "charge"},
    {FIELD_DISK, BIT(BLOCK_STORAGE) | BIT(SNAPSHOT), PART_OWN, "size"},
    {FIELD_DISK_CLASS, BIT(BLOCK_STORAGE), PART_OWN, "class"},
    {FIELD_SYSTEM_DISK, MACHINES, PART_SYSTEM_DISK, "size"},
    {FIELD_SYSTEM_DISK_CLASS, MACHINES, PART_SYSTEM_DISK, "class"},
    {FIELD_STORAGE, BIT(OBJECT_STORAGE), PART_OWN, "size"},
    {FIELD_STORAGE_CLASS, BIT(OBJECT_STORAGE), PART_OWN, "class"},
    {FIELD_EGRESS, MACHINES, PART_EGRESS, "volume"},
    {FIELD_EGRESS, BIT(EGRESS), PART_OWN, "volume"},
    {FIELD_BANDWIDTH, MACHINES, PART_BANDWIDTH, "rate"},
    {FIELD_BANDWIDTH, BIT(BANDWIDTH), PART_OWN, "rate"},
    {FIELD_REQUESTS, BIT(REQUESTS), PART_OWN, "quantity"},
};

/* ---- what a column means, in a number: the field, the unit and the site */

enum { UNIT_SHIFT = 8, SITE_SHIFT = 20 };

/* What the number of a column says. site: its place among those of the rules. */
struct meaning {
    struct inventory_header header;
    int unit, site; /* from 1 on; 0: none */
};

static int number_of(const struct meaning *m)
{
    return (int)m->header.field | m->unit << UNIT_SHIFT | m->site << SITE_SHIFT;
}

static struct inventory_header header_of(const struct batch_fields *f, const struct batch_column *c)
{
    int field = c->word & ((1 << UNIT_SHIFT) - 1), site = c->word >> SITE_SHIFT;
    int unit = c->word >> UNIT_SHIFT & ((1 << (SITE_SHIFT - UNIT_SHIFT)) - 1);
    return (struct inventory_header){(enum inventory_field)field, unit > 0 ? &f->words.v[unit - 1] : NULL,
                                     site > 0 ? f->rules->sites[site - 1].id : ""};
}

bool batch_fields_is_name(const struct batch_fields *f, const struct batch_column *c)
{
    return c->kind == BATCH_WORD && header_of(f, c).field == FIELD_NAME;
}

/* ---- the cells of a row, read */

struct reading {
    const struct batch_fields *f;
    const struct batch_row *row;
    struct arena *a;
    const char *value[FIELD_COUNT_ALL]; /* NULL: not given */
    const struct batch_column *column[FIELD_COUNT_ALL];
    struct field_value skus[FIELD_KEYS];
    size_t nskus;
    struct field_row *out;
};

static const char *name_of(const struct reading *r, enum inventory_field field, char cut[SHOWN_MAX])
{
    return r->column[field] ? shown(r->column[field]->header, cut) : field_table[field].name;
}

static int add_value(struct field_value *v, size_t *n, const char *key, const char *value, struct err *err)
{
    if (!key)
        return err_nomem(err);
    if (*n == FIELD_KEYS)
        return err_set(err, ERR_USAGE, "too many columns of this kind (%d at most)", FIELD_KEYS);
    v[(*n)++] = (struct field_value){key, value};
    return 0;
}

/* sku and region: a key for each site. */
static int add_of_site(struct reading *r, enum inventory_field field, const struct inventory_header *h,
                       const char *value, struct err *err)
{
    const char *name = field_table[field].name, *site = *h->site ? h->site : r->f->only_site;
    if (!*site)
        return err_set(err, ERR_USAGE, "of which site? (several are compared: call the column %s.SITE)", name);
    const char *key = arena_printf(r->a, "%s.%s", name, site);
    return field == FIELD_SKU ? add_value(r->skus, &r->nskus, key, value, err)
                              : add_value(r->out->place, &r->out->nplace, key, value, err);
}

static int take_cell(struct reading *r, const struct batch_column *c, const struct batch_cell *cell, struct err *err)
{
    struct inventory_header h = header_of(r->f, c);
    const char *value;
    char cut[SHOWN_MAX];
    bool of_site = h.field == FIELD_SKU || h.field == FIELD_REGION;
    if (!of_site && r->column[h.field])
        return err_set(err, ERR_USAGE, "'%s' is a column of the same meaning", name_of(r, h.field, cut));
    r->column[h.field] = c;
    if (batch_cell_read(&r->f->words, &h, cell->text, r->a, &value, err) != 0)
        return -1;
    if (value && of_site)
        return add_of_site(r, h.field, &h, value, err);
    r->value[h.field] = value;
    return 0;
}

static int take_cells(struct reading *r, struct err *err)
{
    char cut[SHOWN_MAX];
    const struct batch_columns *columns = r->row->columns;
    for (size_t i = 0; i < columns->n; i++) {
        const struct batch_column *c = &columns->v[i];
        if (c->kind == BATCH_WORD && take_cell(r, c, &r->row->cells[i], err) != 0)
            return err->kind == ERR_INTERNAL ? -1 : err_prefix(err, "%s", shown(c->header, cut));
    }
    return 0;
}

/* ---- its lines */

static enum resource_kind kind_of(const struct reading *r)
{
    const char *name = r->value[FIELD_KIND];
    for (int i = 0; name && i < KIND_COUNT; i++)
        if (!strcmp(kind_table[i].name, name))
            return (enum resource_kind)i;
    return KIND_COMPUTE;
}

/* Is anything but a name and a place said? */
static bool asks(const struct reading *r)
{
    for (size_t i = 0; i < COUNT(uses); i++)
        if (r->value[uses[i].field])
            return true;
    return r->value[FIELD_KIND] || r->nskus > 0;
}

static bool has_part(const struct reading *r, enum part part, enum resource_kind kind)
{
    return part == PART_OWN || (((1u << kind) & MACHINES) && r->value[part_table[part].main]);
}

static bool goes_to(const struct use *u, enum part part, enum resource_kind kind)
{
    return (u->part == part || u->part == PART_EACH) && (u->kinds & (1u << kind));
}

static int add_line(struct reading *r, enum part part, enum resource_kind kind, struct err *err)
{
    struct field_line *line = &r->out->lines[r->out->nlines++];
    bool own = part == PART_OWN;
    line->kind = own ? kind : part_table[part].kind;
    line->suffix = own ? "" : part_table[part].suffix;
    line->n = 0;
    for (size_t i = 0; i < COUNT(uses); i++)
        if (goes_to(&uses[i], part, kind) && r->value[uses[i].field] &&
            add_value(line->v, &line->n, uses[i].key, r->value[uses[i].field], err) != 0)
            return -1;
    for (size_t i = 0; own && i < r->nskus; i++)
        if (add_value(line->v, &line->n, r->skus[i].key, r->skus[i].value, err) != 0)
            return -1;
    return 0;
}

/* A field that rows of this kind do not have. */
static int check_fields(const struct reading *r, enum resource_kind kind, struct err *err)
{
    char cut[SHOWN_MAX];
    bool used[FIELD_COUNT_ALL] = {false}, known[FIELD_COUNT_ALL] = {false};
    for (size_t i = 0; i < COUNT(uses); i++) {
        known[uses[i].field] = true;
        used[uses[i].field] |= (uses[i].kinds & (1u << kind)) != 0;
    }
    for (int f = 0; f < FIELD_COUNT_ALL; f++)
        if (known[f] && !used[f] && r->value[f])
            return err_set(err, ERR_USAGE, "%s: a row of kind %s has none", name_of(r, (enum inventory_field)f, cut),
                           kind_table[kind].name);
    return 0;
}

static int add_lines(struct reading *r, struct err *err)
{
    enum resource_kind kind = kind_of(r);
    if (!asks(r))
        return 0;
    if (check_fields(r, kind, err) != 0)
        return -1;
    for (int part = PART_OWN; part < PARTS; part++)
        if (has_part(r, (enum part)part, kind) && add_line(r, (enum part)part, kind, err) != 0)
            return -1;
    return 0;
}

/* A column that names the scenario names its line as well, when no other does. */
static const char *name_of_row(const struct reading *r)
{
    const struct batch_columns *columns = r->row->columns;
    if (r->value[FIELD_NAME])
        return r->value[FIELD_NAME];
    for (size_t i = 0; i < columns->n && !r->column[FIELD_NAME]; i++)
        if (columns->v[i].kind == BATCH_NAME)
            return batch_cell_spaced(r->a, r->row->cells[i].text);
    return "";
}

int batch_fields_read(const struct batch_fields *f, const struct batch_row *row, struct arena *a, struct field_row *out,
                      struct err *err)
{
    struct reading r = {.f = f, .row = row, .a = a, .out = out};
    out->name = "";
    out->nlines = out->nplace = 0;
    if (take_cells(&r, err) != 0)
        return -1;
    out->name = name_of_row(&r);
    if (!out->name)
        return err_nomem(err);
    if (r.value[FIELD_CITY] && add_value(out->place, &out->nplace, "city", r.value[FIELD_CITY], err) != 0)
        return -1;
    return add_lines(&r, err);
}

/* ---- what it is all made of */

/* "aliyun-cn" and "aliyun-cn@sub" are one site, "all" and "a, b" are several. */
static const char *one_site(struct arena *a, const char *sites)
{
    if (!*sites || !strcmp(sites, "all") || strchr(sites, ','))
        return "";
    return arena_strndup(a, sites, strcspn(sites, "@:"));
}

int batch_fields_open(struct batch_fields *f, const struct config *base, const struct rules *rules,
                      const char *data_dir, struct arena *a, struct err *err)
{
    *f = (struct batch_fields){.rules = rules, .only_site = ""};
    for (size_t i = 0; i < base->ini.n; i++) {
        const struct ini_section *s = &base->ini.sections[i];
        for (size_t k = 0; !strcmp(s->name, "compare") && k < s->n; k++)
            if (!strcmp(s->entries[k].key, "sites"))
                f->only_site = one_site(a, s->entries[k].value);
    }
    return f->only_site ? inventory_words_load(data_dir, a, &f->words, err) : err_nomem(err);
}

/* ---- columns of a batch */

static int site_number(const struct batch_fields *f, const char *id)
{
    for (size_t i = 0; i < f->rules->nsites; i++)
        if (!strcmp(f->rules->sites[i].id, id))
            return (int)i + 1;
    return 0;
}

static bool find(void *ctx, const char *header, int *word)
{
    struct batch_fields *f = ctx;
    struct arena a = {NULL};
    struct err err = {0};
    struct meaning m = {.unit = 0};
    int got = inventory_header(&f->words, header, &a, &m.header, &err);
    bool found = got == 1;
    f->nomem |= got < 0;
    if (found) {
        m.unit = m.header.unit ? (int)(m.header.unit - f->words.v) + 1 : 0;
        m.site = site_number(f, m.header.site);
        found = m.site > 0 || !*m.header.site;
    }
    if (found)
        *word = number_of(&m);
    arena_free(&a);
    return found;
}

static void list_fields(void *ctx, struct buf *out)
{
    (void)ctx;
    for (int i = 0; i < FIELD_COUNT_ALL; i++)
        buf_printf(out, "%s%s", i ? ", " : "", field_table[i].name);
}

static int put(struct override *v, size_t room, size_t *n, struct override one, struct err *err)
{
    if (!one.section)
        return err_nomem(err);
    if (*n == room)
        return err_set(err, ERR_USAGE, "too many values in one row (%zu at most)", room);
    v[(*n)++] = one;
    return 0;
}

static int overrides(void *ctx, const struct batch_row *row, const char *origin, struct arena *a, struct override *v,
                     size_t room, size_t *n, struct err *err)
{
    struct field_row read;
    if (batch_fields_read(ctx, row, a, &read, err) != 0)
        return -1;
    const char *name = *read.name ? read.name : arena_printf(a, "%" PRIu64, row->number);
    for (size_t i = 0; i < read.nplace; i++)
        if (put(v, room, n, (struct override){"compare", read.place[i].key, read.place[i].value, origin}, err) != 0)
            return -1;
    for (size_t i = 0; i < read.nlines; i++) {
        const struct field_line *l = &read.lines[i];
        const char *section = name ? arena_printf(a, "%s %s%s", kind_table[l->kind].name, name, l->suffix) : NULL;
        if (l->n == 0 && put(v, room, n, (struct override){section, "count", "1", origin}, err) != 0)
            return -1; /* a section is there when it has a key */
        for (size_t k = 0; k < l->n; k++)
            if (put(v, room, n, (struct override){section, l->v[k].key, l->v[k].value, origin}, err) != 0)
                return -1;
    }
    return 0;
}

struct batch_words batch_fields_words(struct batch_fields *f)
{
    return (struct batch_words){f, find, list_fields, overrides};
}
