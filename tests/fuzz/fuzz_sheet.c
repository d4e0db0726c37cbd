/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Any bytes as a table that someone sent. The first byte says what the rest is: 'f' a whole file; 'w' the rows of a
 * worksheet, 's' the texts its cells share, 'y' the styles, 'm' what stands behind the rows, 'b' the sheets of the
 * workbook, 'r' its relationships, each put into an archive that is sound otherwise. Rows, or an error with its
 * place; what a row promises holds.
 */
#include "calc/buf.h"
#include "fetchers/sheet.h"
#include "tests/fuzz/target.h"

#include <assert.h>
#include <string.h>

enum { PARTS = 6, PART_MAX = 1 << 16 };

#define MAIN "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
#define OFFICE "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
#define RELATION(id, type, target) "<Relationship Id=\"" id "\" Type=\"" OFFICE "/" type "\" Target=\"" target "\"/>"
#define RELATIONS "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">"

/* A part: before and behind what may be fuzzed, and what stands there when it is not. */
static const struct {
    char letter;
    const char *name, *before, *sound, *behind;
} parts[PARTS] = {
    {0, "_rels/.rels", RELATIONS RELATION("r", "officeDocument", "xl/b.xml") "</Relationships>", "", ""},
    {'b', "xl/b.xml", "<workbook xmlns=\"" MAIN "\" xmlns:r=\"" OFFICE "\">",
     "<sheets><sheet name=\"S\" r:id=\"s\"/></sheets>", "</workbook>"},
    {'r', "xl/_rels/b.xml.rels", RELATIONS,
     RELATION("s", "worksheet", "w.xml") RELATION("t", "sharedStrings", "s.xml") RELATION("y", "styles", "y.xml"),
     "</Relationships>"},
    {'s', "xl/s.xml", "<sst xmlns=\"" MAIN "\">", "<si><t>a</t></si><si><t>b</t></si>", "</sst>"},
    {'y', "xl/y.xml", "<styleSheet xmlns=\"" MAIN "\">",
     "<cellXfs><xf/><xf numFmtId=\"14\"/><xf numFmtId=\"9\"/></cellXfs>", "</styleSheet>"},
    {'w', "xl/w.xml", "<worksheet xmlns=\"" MAIN "\">",
     "<sheetData><row><c t=\"s\"><v>1</v></c><c s=\"1\"><v>40729</v></c><c s=\"2\"><v>0.5</v></c></row></sheetData>",
     "</worksheet>"},
};

static void put(struct buf *b, uint32_t v, int bytes)
{
    for (int i = 0; i < bytes; i++)
        buf_putc(b, (char)(v >> 8 * i & 0xFF));
}

static uint32_t crc_of(const char *at, size_t n)
{
    uint32_t crc = ~(uint32_t)0;

    for (size_t i = 0; i < n; i++) {
        crc ^= (unsigned char)at[i];
        for (int bit = 0; bit < 8; bit++)
            crc = crc >> 1 ^ (crc & 1 ? 0xEDB88320u : 0);
    }
    return ~crc;
}

/* What both headers of a stored part say. */
static void put_fields(struct buf *b, const char *name, const struct buf *body, uint32_t crc)
{
    put(b, 20, 2);
    put(b, 0, 4);
    put(b, 0x21u << 16, 4);
    put(b, crc, 4);
    put(b, (uint32_t)body->n, 4);
    put(b, (uint32_t)body->n, 4);
    put(b, (uint32_t)strlen(name), 2);
    put(b, 0, 2);
}

static void put_part(struct buf *file, struct buf *directory, const char *name, const struct buf *body)
{
    uint32_t at = (uint32_t)file->n, crc = crc_of(body->v, body->n);

    buf_add(file, "PK\x03\x04", 4);
    put_fields(file, name, body, crc);
    buf_puts(file, name);
    buf_add(file, body->v, body->n);
    buf_add(directory, "PK\x01\x02\x14\x00", 6);
    put_fields(directory, name, body, crc);
    put(directory, 0, 2);
    put(directory, 0, 4);
    put(directory, 0, 4);
    put(directory, at, 4);
    buf_puts(directory, name);
}

/* A workbook with the bytes in the place of one part's. */
static void make(struct buf *file, char letter, const uint8_t *data, size_t size)
{
    struct buf directory = {0}, body = {0};

    for (int i = 0; i < PARTS; i++) {
        body.n = 0;
        buf_puts(&body, parts[i].before);
        if (parts[i].letter == letter)
            buf_add(&body, data, size);
        else
            buf_puts(&body, parts[i].sound);
        if (letter == 'm' && parts[i].letter == 'w') /* behind its rows */
            buf_add(&body, data, size);
        buf_puts(&body, parts[i].behind);
        put_part(file, &directory, parts[i].name, &body);
    }
    uint32_t at = (uint32_t)file->n;
    buf_add(file, directory.v, directory.n);
    buf_add(file, "PK\x05\x06\0\0\0\0\x06\0\x06\0", 12);
    put(file, (uint32_t)directory.n, 4);
    put(file, at, 4);
    put(file, 0, 2);
    assert(!file->failed);
    buf_free(&directory);
    buf_free(&body);
}

static bool plain_decimal(const char *text)
{
    text += *text == '-';
    size_t whole = strspn(text, "0123456789"), behind = text[whole] == '.' ? strspn(text + whole + 1, "0123456789") : 0;

    return whole > 0 && (text[whole] == '\0' || (behind > 0 && text[whole + 1 + behind] == '\0'));
}

struct seen {
    int sheet, row;
};

static int on_row(void *ctx, const struct sheet_row *row, struct err *err)
{
    struct seen *seen = ctx;

    (void)err;
    assert(row->sheet_number > seen->sheet || (row->sheet_number == seen->sheet && row->number > seen->row));
    *seen = (struct seen){row->sheet_number, row->number};
    assert(row->ncells > 0 && row->cells[row->ncells - 1].kind != SHEET_BLANK);
    for (size_t i = 0; i < row->ncells; i++) {
        const struct sheet_cell *c = &row->cells[i];
        assert(strlen(c->text) == c->len && (c->kind == SHEET_BLANK) == (c->len == 0));
        assert(c->kind != SHEET_NUMBER || plain_decimal(c->text));
        assert(c->kind != SHEET_DATE || c->len == 10);
    }
    return 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const struct sheet_limits limits = {.bytes = 64 << 20, .rows = 100000};
    struct sheet_facts facts;
    struct buf file = {0};
    struct err err = {0};
    struct seen seen = {0, 0};

    if (size == 0 || size > PART_MAX)
        return 0;
    if (data[0] == 'f')
        buf_add(&file, data + 1, size - 1);
    else
        make(&file, (char)data[0], data + 1, size - 1);
    int rc = sheet_read("q", file.v, file.n, &limits, on_row, &seen, &facts, &err);
    assert(rc == 0 || (err.kind == ERR_USAGE && err.text[0] == 'q' && strchr(err.text, '\n') == NULL));
    buf_free(&file);
    return 0;
}
