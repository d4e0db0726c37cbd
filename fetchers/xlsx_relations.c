/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fetchers/xlsx_relations.h"

#include "fetchers/xlsx_part.h"

#include <string.h>

enum { RELATIONS_MAX = 10000, PATH_BYTES = 1024 };

struct reading {
    struct arena *arena;
    struct xlsx_relation *list;
    size_t n, cap;
};

static bool copy(struct arena *a, struct markup_value v, const char **out)
{
    *out = arena_strndup(a, v.text != NULL ? v.text : "", v.text != NULL ? v.len : 0);
    return *out != NULL;
}

static int add(struct reading *r, const struct markup_tag *tag, struct err *err)
{
    struct xlsx_relation one = {.outside = xlsx_is(markup_tag_find(tag, "TargetMode"), "External")};

    if (r->n == RELATIONS_MAX)
        return err_set(err, ERR_USAGE, "more than %d relationships", RELATIONS_MAX);
    if (r->n == r->cap) {
        size_t cap = r->cap > 0 ? 2 * r->cap : 16;
        r->list = arena_grow(r->arena, r->list, r->n, cap, sizeof *r->list);
        if (r->list == NULL)
            return err_nomem(err);
        r->cap = cap;
    }
    if (!copy(r->arena, markup_tag_find(tag, "Id"), &one.id) ||
        !copy(r->arena, markup_tag_find(tag, "Type"), &one.type) ||
        !copy(r->arena, markup_tag_find(tag, "Target"), &one.target))
        return err_nomem(err);
    const char *slash = strrchr(one.type, '/');
    one.type = slash != NULL ? slash + 1 : one.type;
    r->list[r->n++] = one;
    return 0;
}

static int on_start(void *ctx, const struct markup_tag *tag, int depth, struct err *err)
{
    return depth == 2 && !strcmp(tag->name, "Relationship") ? add(ctx, tag, err) : 0;
}

/* Bytes of the folder of a part, with its slash. */
static size_t folder(const char *part)
{
    const char *slash = strrchr(part, '/');

    return slash != NULL ? (size_t)(slash - part) + 1 : 0;
}

int xlsx_relations_read(struct xlsx_zip *zip, const char *base, struct arena *a, struct xlsx_relations *out,
                        struct err *err)
{
    static const struct xlsx_events events = {.start = on_start};
    struct reading r = {.arena = a};
    size_t n = folder(base);
    const char *name = arena_printf(a, "%.*s_rels/%s.rels", (int)n, base, base + n);

    *out = (struct xlsx_relations){.base = base};
    if (name == NULL)
        return err_nomem(err);
    long part = xlsx_zip_find(zip, name, strlen(name));
    if (part < 0)
        return 0;
    if (xlsx_part_read(zip, part, XLSX_PACKAGE, &events, &r, err) != 0)
        return err_prefix(err, "%s", name);
    out->list = r.list;
    out->n = r.n;
    return 0;
}

const struct xlsx_relation *xlsx_relation_find(const struct xlsx_relations *r, const char *id, const char *type)
{
    for (size_t i = 0; i < r->n; i++)
        if (!strcmp(id != NULL ? r->list[i].id : r->list[i].type, id != NULL ? id : type))
            return &r->list[i];
    return NULL;
}

/* One segment of a path onto what there is of it; false when it climbs out. */
static bool step(char path[PATH_BYTES], size_t *n, const char *segment, size_t len)
{
    if (len == 0 || (len == 1 && segment[0] == '.'))
        return true;
    if (len == 2 && memcmp(segment, "..", 2) == 0) {
        if (*n == 0)
            return false;
        for (--*n; *n > 0 && path[*n - 1] != '/'; --*n)
            ;
        return true;
    }
    if (*n + len + 1 >= PATH_BYTES)
        return false;
    memcpy(path + *n, segment, len);
    *n += len;
    path[(*n)++] = '/';
    return true;
}

/* The name of a part from a target, which is relative to the folder of `base` or begins with a slash. */
static bool resolve(const char *base, const char *target, char path[PATH_BYTES])
{
    size_t n = target[0] == '/' ? 0 : folder(base);

    if (n >= PATH_BYTES || strchr(target, ':') != NULL || strchr(target, '\\') != NULL)
        return false;
    memcpy(path, base, n);
    while (*target != '\0') {
        size_t len = strcspn(target, "/");
        if (!step(path, &n, target, len))
            return false;
        target += len + (target[len] == '/');
    }
    if (n == 0)
        return false;
    path[n - 1] = '\0'; /* every step ends in a slash */
    return true;
}

long xlsx_relation_part(const struct xlsx_zip *zip, const struct xlsx_relations *r, const struct xlsx_relation *one,
                        struct err *err)
{
    char path[PATH_BYTES];

    if (one->outside || !resolve(r->base, one->target, path))
        return err_set(err, ERR_USAGE, "its %.40s lies outside of it: '%.100s'", one->type, one->target);
    long part = xlsx_zip_find(zip, path, strlen(path));
    return part >= 0 ? part : err_set(err, ERR_USAGE, "its part '%.100s' is missing", path);
}
