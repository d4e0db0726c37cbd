/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fetchers/xlsx_styles.h"

#include "fetchers/xlsx_part.h"

#include <stdlib.h>
#include <string.h>

enum { STYLES_MAX = 65536, FORMATS_MAX = 4096 };

struct declared {
    uint32_t id;
    enum xlsx_format is;
};

struct reading {
    enum { ELSEWHERE, FORMATS, STYLES } in;
    struct declared formats[FORMATS_MAX];
    size_t nformats;
    uint32_t ids[STYLES_MAX];
    size_t nstyles;
};

static int add_format(struct reading *r, const struct markup_tag *tag, struct err *err)
{
    struct markup_value code = markup_tag_find(tag, "formatCode");
    uint32_t id;

    if (!xlsx_whole(markup_tag_find(tag, "numFmtId"), UINT32_MAX, &id) || code.text == NULL)
        return err_set(err, ERR_USAGE, "a number format without its id or code");
    if (r->nformats == FORMATS_MAX)
        return err_set(err, ERR_USAGE, "more than %d number formats", FORMATS_MAX);
    r->formats[r->nformats++] = (struct declared){id, xlsx_format_code(code.text, code.len)};
    return 0;
}

static int add_style(struct reading *r, const struct markup_tag *tag, struct err *err)
{
    struct markup_value id = markup_tag_find(tag, "numFmtId");

    if (r->nstyles == STYLES_MAX)
        return err_set(err, ERR_USAGE, "more than %d styles", STYLES_MAX);
    r->ids[r->nstyles] = 0;
    if (id.text != NULL && !xlsx_whole(id, UINT32_MAX, &r->ids[r->nstyles]))
        return err_set(err, ERR_USAGE, "'%.*s' is no number format", (int)(id.len < 40 ? id.len : 40), id.text);
    r->nstyles++;
    return 0;
}

static int on_start(void *ctx, const struct markup_tag *tag, int depth, struct err *err)
{
    struct reading *r = ctx;

    if (depth == 1 && strcmp(tag->name, "styleSheet") != 0)
        return err_set(err, ERR_USAGE, "its root element is '%.60s' (allowed: styleSheet)", tag->name);
    if (depth == 2)
        r->in = !strcmp(tag->name, "numFmts") ? FORMATS : !strcmp(tag->name, "cellXfs") ? STYLES : ELSEWHERE;
    if (depth == 3 && r->in == FORMATS && !strcmp(tag->name, "numFmt"))
        return add_format(r, tag, err);
    if (depth == 3 && r->in == STYLES && !strcmp(tag->name, "xf"))
        return add_style(r, tag, err);
    return 0;
}

static int by_id(const void *left, const void *right)
{
    const struct declared *a = left, *b = right;

    return (a->id > b->id) - (a->id < b->id);
}

/* The same id twice, once for days and once for numbers, has no meaning. */
static int check_formats(const struct reading *r, struct err *err)
{
    for (size_t i = 1; i < r->nformats; i++)
        if (r->formats[i].id == r->formats[i - 1].id && r->formats[i].is != r->formats[i - 1].is)
            return err_set(err, ERR_USAGE, "two number formats of the id %u", (unsigned)r->formats[i].id);
    return 0;
}

static int resolve(struct reading *r, struct xlsx_styles *s, struct err *err)
{
    qsort(r->formats, r->nformats, sizeof *r->formats, by_id);
    if (check_formats(r, err) != 0)
        return -1;
    s->formats = calloc(r->nstyles + 1, 1);
    if (s->formats == NULL)
        return err_nomem(err);
    s->n = r->nstyles;
    for (size_t i = 0; i < s->n; i++) {
        const struct declared key = {.id = r->ids[i]};
        const struct declared *own = bsearch(&key, r->formats, r->nformats, sizeof key, by_id);
        s->formats[i] = (unsigned char)(own != NULL ? own->is : xlsx_format_builtin(r->ids[i]));
    }
    return 0;
}

int xlsx_styles_read(struct xlsx_styles *s, struct xlsx_zip *zip, long part, struct err *err)
{
    static const struct xlsx_events events = {.start = on_start};
    struct reading *r = calloc(1, sizeof *r);

    if (r == NULL)
        return err_nomem(err);
    int rc = xlsx_part_read(zip, part, XLSX_MAIN, &events, r, err);
    if (rc == 0)
        rc = resolve(r, s, err);
    free(r);
    return rc;
}

void xlsx_styles_free(struct xlsx_styles *s)
{
    free(s->formats);
    *s = (struct xlsx_styles){0};
}
