/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/support/workbook_case.h"

#include "tests/support/test.h"

#include <stdlib.h>
#include <string.h>
#include <zlib.h>

/* ---- archives (APPNOTE.TXT of PKWARE, 4.3) ---- */

static void put16(struct buf *b, unsigned v)
{
    buf_putc(b, (char)(v & 0xFF));
    buf_putc(b, (char)(v >> 8 & 0xFF));
}

static void put32(struct buf *b, uint32_t v)
{
    put16(b, v & 0xFFFF);
    put16(b, v >> 16);
}

static void pack(const char *body, size_t len, struct buf *out)
{
    z_stream z = {0};

    assert_int_equal(deflateInit2(&z, 9, Z_DEFLATED, -15, 8, Z_DEFAULT_STRATEGY), Z_OK);
    size_t room = deflateBound(&z, len);
    assert_true(buf_reserve(out, room));
    z.next_in = (Bytef *)(uintptr_t)body;
    z.avail_in = (uInt)len;
    z.next_out = (Bytef *)out->v;
    z.avail_out = (uInt)room;
    assert_int_equal(deflate(&z, Z_FINISH), Z_STREAM_END);
    out->n = z.total_out;
    deflateEnd(&z);
}

/* The fields that both headers of a part have. */
static void put_fields(struct buf *b, const struct archive_part *p, uint32_t crc, size_t packed, size_t len)
{
    put16(b, 20);
    put16(b, p->flags);
    put16(b, p->method != 0 ? p->method : p->deflate ? 8 : 0);
    put32(b, 0x21u << 16); /* 1980-01-01 */
    put32(b, p->crc != 0 ? p->crc : crc);
    put32(b, (uint32_t)packed);
    put32(b, p->size != 0 ? p->size : (uint32_t)len);
    put16(b, (unsigned)strlen(p->name));
    put16(b, 0);
}

void archive_add(struct archive *a, const struct archive_part *p)
{
    size_t len = p->len != 0 ? p->len : strlen(p->body);
    uint32_t crc = (uint32_t)crc32_z(0, (const Bytef *)p->body, len), at = (uint32_t)a->bytes.n;
    struct buf packed = {0};

    if (p->deflate)
        pack(p->body, len, &packed);
    else
        buf_add(&packed, p->body, len);
    buf_add(&a->bytes, "PK\x03\x04", 4);
    put_fields(&a->bytes, p, crc, packed.n, len);
    buf_puts(&a->bytes, p->name);
    buf_add(&a->bytes, packed.v, packed.n);
    buf_add(&a->directory, "PK\x01\x02\x14\x00", 6);
    put_fields(&a->directory, p, crc, packed.n, len);
    put16(&a->directory, 0);
    put32(&a->directory, 0);
    put32(&a->directory, 0);
    put32(&a->directory, at);
    buf_puts(&a->directory, p->name);
    a->n++;
    buf_free(&packed);
}

void archive_put(struct archive *a, const char *name, const char *body)
{
    archive_add(a, &(struct archive_part){.name = name, .body = body, .deflate = true});
}

void archive_end(struct archive *a)
{
    uint32_t at = (uint32_t)a->bytes.n;

    buf_add(&a->bytes, a->directory.v, a->directory.n);
    buf_add(&a->bytes, "PK\x05\x06", 4);
    put32(&a->bytes, 0);
    put16(&a->bytes, a->n);
    put16(&a->bytes, a->n);
    put32(&a->bytes, (uint32_t)a->directory.n);
    put32(&a->bytes, at);
    put16(&a->bytes, 0);
    assert_false(a->bytes.failed || a->directory.failed);
}

void archive_free(struct archive *a)
{
    buf_free(&a->bytes);
    buf_free(&a->directory);
    *a = (struct archive){.n = 0};
}

/* ---- workbooks ---- */

#define MAIN "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
#define OFFICE "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
#define RELATIONS "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">"

static const char *text_or(const char *text, const char *other)
{
    return text != NULL ? text : other;
}

static void put_part(struct archive *a, const char *name, struct buf *body)
{
    assert_false(body->failed);
    archive_add(a, &(struct archive_part){.name = name, .body = body->v, .len = body->n, .deflate = true});
    buf_free(body);
}

static void put_relations(struct archive *a, const struct workbook *w)
{
    struct buf b = {0};

    archive_put(a, "_rels/.rels",
                RELATIONS "<Relationship Id=\"r1\" Type=\"" OFFICE "/officeDocument\" Target=\"xl/workbook.xml\"/>"
                          "</Relationships>");
    buf_puts(&b, RELATIONS "<Relationship Id=\"rS\" Type=\"" OFFICE "/worksheet\" Target=\"worksheets/sheet1.xml\"/>");
    if (w->strings != NULL)
        buf_puts(&b, "<Relationship Id=\"rT\" Type=\"" OFFICE "/sharedStrings\" Target=\"sharedStrings.xml\"/>");
    if (w->styles != NULL)
        buf_puts(&b, "<Relationship Id=\"rY\" Type=\"" OFFICE "/styles\" Target=\"/xl/styles.xml\"/>");
    buf_printf(&b, "%s</Relationships>", text_or(w->relations, ""));
    put_part(a, "xl/_rels/workbook.xml.rels", &b);
}

void workbook_make(struct archive *a, const struct workbook *w)
{
    struct buf b = {0};
    bool whole = w->sheet != NULL && strncmp(w->sheet, "<?", 2) == 0;

    *a = (struct archive){.n = 0};
    put_relations(a, w);
    buf_printf(&b, "<workbook xmlns=\"" MAIN "\" xmlns:r=\"" OFFICE "\">%s<sheets>%s</sheets></workbook>",
               text_or(w->settings, ""), text_or(w->sheets, "<sheet name=\"S\" sheetId=\"1\" r:id=\"rS\"/>"));
    put_part(a, "xl/workbook.xml", &b);
    if (w->strings != NULL) {
        buf_printf(&b, "<sst xmlns=\"" MAIN "\">%s</sst>", w->strings);
        put_part(a, "xl/sharedStrings.xml", &b);
    }
    if (w->styles != NULL) {
        buf_printf(&b, "<styleSheet xmlns=\"" MAIN "\">%s</styleSheet>", w->styles);
        put_part(a, "xl/styles.xml", &b);
    }
    if (w->sheet == NULL)
        return;
    buf_puts(&b, whole ? "" : "<worksheet xmlns=\"" MAIN "\"><sheetData>");
    buf_puts(&b, w->sheet);
    if (!whole)
        buf_printf(&b, "</sheetData>%s</worksheet>", text_or(w->behind, ""));
    put_part(a, "xl/worksheets/sheet1.xml", &b);
}

/* ---- what they read as ---- */

static void show_cell(struct buf *b, const struct sheet_cell *c)
{
    static const char kinds[] = {[SHEET_BLANK] = '_', [SHEET_TEXT] = 'T',  [SHEET_NUMBER] = 'N',
                                 [SHEET_DATE] = 'D',  [SHEET_TRUTH] = 'B', [SHEET_ERROR] = 'E'};

    assert_int_equal(strlen(c->text), c->len);
    if (c->kind == SHEET_BLANK) {
        assert_int_equal(c->len, 0);
        buf_puts(b, " _");
        return;
    }
    buf_printf(b, " %c[%s]%s%s%s%s", kinds[c->kind], c->text, c->percent ? "%" : "", c->rounded ? "~" : "",
               c->formula ? "f" : "", c->merged ? "m" : "");
}

static int show_row(void *ctx, const struct sheet_row *row, struct err *err)
{
    struct buf *b = ctx;

    (void)err;
    assert_true(row->ncells > 0 && row->cells[row->ncells - 1].kind != SHEET_BLANK);
    buf_printf(b, "%s:%d%s%s", row->sheet, row->number, row->hidden ? "h" : "", row->sheet_hidden ? "H" : "");
    for (size_t i = 0; i < row->ncells; i++)
        show_cell(b, &row->cells[i]);
    buf_putc(b, '\n');
    return 0;
}

char *sheet_shown(const char *body, size_t len, const struct sheet_limits *limits, struct sheet_facts *facts)
{
    struct sheet_facts here;
    struct buf b = {0};
    struct err err = {0};
    /* Of its own size, so that reading past the end is seen. */
    char *tight = malloc(len > 0 ? len : 1);

    assert_non_null(tight);
    memcpy(tight, body, len);
    buf_puts(&b, "");
    int rc = sheet_read("q", tight, len, limits, show_row, &b, facts != NULL ? facts : &here, &err);
    if (rc == -1)
        buf_printf(&b, "error: %s", err.text);
    assert_true(rc == 0 ? err.text[0] == '\0' : err.kind == ERR_USAGE && strncmp(err.text, "q", 1) == 0);
    assert_false(b.failed);
    free(tight);
    return b.v;
}

char *workbook_shown(const struct workbook *w)
{
    struct archive a;

    workbook_make(&a, w);
    archive_end(&a);
    char *shown = sheet_shown(a.bytes.v, a.bytes.n, NULL, NULL);
    archive_free(&a);
    return shown;
}
