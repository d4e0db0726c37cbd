/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fetchers/xlsx_part.h"

#include <string.h>

enum { ROWS_MAX = 1048576, COLUMNS_MAX = 16384 };

static const char *const namespaces[][2] = {
    [XLSX_MAIN] = {"http://schemas.openxmlformats.org/spreadsheetml/2006/main",
                   "http://purl.oclc.org/ooxml/spreadsheetml/main"},
    [XLSX_PACKAGE] = {"http://schemas.openxmlformats.org/package/2006/relationships", ""},
};
static const char *const relations[] = {"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
                                        "http://purl.oclc.org/ooxml/officeDocument/relationships"};

struct part {
    const struct xlsx_events *events;
    void *ctx;
    enum xlsx_family family;
    const char *ns;     /* the last one that was seen to be ours */
    int depth, skipped; /* depth of the element that is passed over, 0: none is */
};

static bool ours(struct part *p, const char *ns)
{
    if (ns == p->ns)
        return true;
    for (int i = 0; i < 2; i++)
        if (*ns != '\0' && !strcmp(ns, namespaces[p->family][i])) {
            p->ns = ns;
            return true;
        }
    return false;
}

static int on_start(void *ctx, const struct markup_tag *tag, struct err *err)
{
    struct part *p = ctx;
    bool own = ours(p, tag->ns);

    p->depth++;
    if (p->skipped > 0)
        return 0;
    if (p->depth == 1 && !own)
        return err_set(err, ERR_USAGE, "its root element '%.60s' is not of a workbook", tag->name);
    if (own && strcmp(tag->name, "extLst") != 0)
        return p->events->start(p->ctx, tag, p->depth, err);
    p->skipped = p->depth;
    return !own && p->events->foreign != NULL ? p->events->foreign(p->ctx, tag, p->depth, err) : 0;
}

static int on_end(void *ctx, struct err *err)
{
    struct part *p = ctx;
    int depth = p->depth--;

    if (p->skipped == depth)
        p->skipped = 0;
    else if (p->skipped == 0 && p->events->end != NULL)
        return p->events->end(p->ctx, depth, err);
    return 0;
}

static int on_text(void *ctx, const char *text, size_t len, struct err *err)
{
    struct part *p = ctx;

    return p->skipped == 0 && p->events->text != NULL ? p->events->text(p->ctx, text, len, err) : 0;
}

int xlsx_part_read(struct xlsx_zip *zip, long part, enum xlsx_family family, const struct xlsx_events *events,
                   void *ctx, struct err *err)
{
    static const struct markup_events here = {.start = on_start, .end = on_end, .text = on_text};
    struct part p = {.events = events, .ctx = ctx, .family = family};

    if (xlsx_zip_enter(zip, part, err) != 0)
        return -1;
    int rc = markup_stream(xlsx_zip_read, zip, &here, &p, err);
    xlsx_zip_leave(zip);
    return rc;
}

/* ---- attributes ---- */

struct markup_value xlsx_relation_value(const struct markup_tag *tag, const char *name)
{
    for (size_t i = 0; i < tag->nattributes; i++) {
        struct markup_value v = markup_tag_value(tag, i);
        if (!strcmp(v.name, name) && (!strcmp(v.ns, relations[0]) || !strcmp(v.ns, relations[1])))
            return v;
    }
    return (struct markup_value){0};
}

bool xlsx_is(struct markup_value v, const char *text)
{
    return v.text != NULL && v.len == strlen(text) && memcmp(v.text, text, v.len) == 0;
}

bool xlsx_true(struct markup_value v)
{
    return xlsx_is(v, "1") || xlsx_is(v, "true");
}

bool xlsx_whole(struct markup_value v, uint32_t most, uint32_t *out)
{
    uint64_t n = 0;

    if (v.text == NULL || v.len == 0 || v.len > 10)
        return false;
    for (size_t i = 0; i < v.len; i++) {
        if (v.text[i] < '0' || v.text[i] > '9')
            return false;
        n = n * 10 + (uint64_t)(v.text[i] - '0');
    }
    *out = (uint32_t)n;
    return n <= most;
}

size_t xlsx_reference(const char *text, size_t len, uint32_t *row, uint32_t *column)
{
    size_t at = 0;

    *row = *column = 0;
    for (; at < len && at < 3 && text[at] >= 'A' && text[at] <= 'Z'; at++)
        *column = *column * 26 + (uint32_t)(text[at] - 'A') + 1;
    size_t letters = at;
    for (; at < len && at < letters + 7 && text[at] >= '0' && text[at] <= '9'; at++)
        *row = *row * 10 + (uint32_t)(text[at] - '0');
    bool good = letters > 0 && at > letters && text[letters] != '0' && *column <= COLUMNS_MAX && *row <= ROWS_MAX;
    return good ? at : 0;
}
