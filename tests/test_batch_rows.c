/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Rows out of bytes, however these come: the same records for any cutting of the input, those the reader of whole CSV
 * gives where it takes the text, and one bad record costs one line.
 */
#include "tests/support/test.h"

#include "calc/batch_rows.h"
#include "calc/csv.h"
#include "fetchers/raw.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Bytes handed out at most `piece` at a time; then, with fails, an error. */
struct feed {
    const char *at;
    size_t n, piece;
    bool fails;
};

static ssize_t give(void *ctx, void *into, size_t room)
{
    struct feed *f = ctx;
    size_t n = f->n < f->piece ? f->n : f->piece;

    if (n == 0 && f->fails) {
        errno = EIO;
        return -1;
    }
    if (n > room)
        n = room;
    memcpy(into, f->at, n);
    f->at += n;
    f->n -= n;
    return (ssize_t)n;
}

enum { CELLS = 64 };

/* "line[cell|cell]" for every record, "line!why" for a wrong one, or "error: text" at the end. */
static void show(const char *text, size_t n, size_t piece, size_t most, bool fails, struct buf *out)
{
    struct feed f = {text, n, piece, fails};
    struct batch_rows r = {.next = 0};
    struct batch_block block = {.text = NULL};
    struct batch_cell cells[CELLS];
    struct err err = {0};
    uint64_t number = 0;
    int got = batch_bytes_open(&r.bytes, "rows.csv", give, &f, &err);

    got = got == 0 && batch_rows_start(&r, &err) == 0 ? 1 : -1;
    while (got == 1 && (got = batch_rows_block(&r, &block, most, &err)) == 1) {
        assert_true(block.nrows > 0 && block.nrows <= most && block.first == number);
        number += block.nrows;
        for (size_t i = 0; i < block.nrows; i++) {
            struct batch_record *rec = &block.v[i];
            size_t k = rec->wrong == NULL ? batch_cells(&block, rec, cells, CELLS) : 0;
            buf_printf(out, "%ld%s", rec->line, rec->wrong != NULL ? "!" : "[");
            buf_puts(out, rec->wrong != NULL ? rec->wrong : "");
            for (size_t c = 0; c < k && c < CELLS; c++) {
                assert_int_equal(strlen(cells[c].text), cells[c].n);
                buf_printf(out, "%s%s", c > 0 ? "|" : "", cells[c].text);
            }
            buf_puts(out, rec->wrong != NULL ? "\n" : "]\n");
        }
    }
    if (got < 0)
        buf_printf(out, "error: %s\n", err.text);
    batch_block_free(&block);
    batch_rows_close(&r);
    assert_false(out->failed);
}

static void gives(const char *text, size_t n, const char *want)
{
    static const size_t pieces[] = {1, 2, 3, 7, 1000000};

    for (size_t i = 0; i < sizeof pieces / sizeof *pieces; i++)
        for (size_t most = 1; most <= 256; most += 255) {
            struct buf out = {0};
            buf_puts(&out, "");
            show(text, n, pieces[i], most, false, &out);
            assert_string_equal(out.v != NULL ? out.v : "", want);
            buf_free(&out);
        }
}
#define GIVES(text, want) gives(text, sizeof(text) - 1, want)

static void records_and_cells(void **state)
{
    (void)state;
    GIVES("", "");
    GIVES("\n\r\n", "");
    GIVES("a,b\n1,2\n", "1[a|b]\n2[1|2]\n");
    GIVES("a,b\r\n1,\r\n", "1[a|b]\n2[1|]\n");
    GIVES("\xEF\xBB\xBF"
          "a\n\n\nb",
          "1[a]\n4[b]\n");
    GIVES(",\n,,", "1[|]\n2[||]\n");
    GIVES("\"a\",\"b \"\"c\"\"\"\n\"\",x\n", "1[a|b \"c\"]\n2[|x]\n");
    GIVES("\"two\nlines\",x\nnext", "1[two\nlines|x]\n3[next]\n");
    GIVES("\"a\"\r", "1[a]\n");
    GIVES("a\rb\n", "1[a\rb]\n");
}

/* What is wrong takes its own line only. */
static void broken_records(void **state)
{
    (void)state;
    GIVES("a\n\"b\nc\nd,e\n", "1[a]\n2!a quote that is never closed\n3[c]\n4[d|e]\n");
    GIVES("5\" disk,x\n\"fine\"\n", "1!a quote in the middle of a cell\n2[fine]\n");
    GIVES("\"a\"b,c\nd\n", "1!text after a closing quote\n2[d]\n");
    GIVES("\"a\"\rb\nd\n", "1!text after a closing quote\n2[d]\n");
    GIVES("\"", "1!a quote that is never closed\n");
    GIVES("a\0b,c\nd\n", "1!a NUL byte\n2[d]\n");
    GIVES("\xff,c\nd\n", "1!text that is not UTF-8\n2[d]\n");
    GIVES("\xe6\x9c\xba,c\n\xe6\x9c,d\n", "1[\xe6\x9c\xba|c]\n2!text that is not UTF-8\n");
}

static char *filled(size_t n, const char *begin, const char *end, size_t *len)
{
    size_t b = strlen(begin), e = strlen(end);
    char *text = malloc(b + n + e + 1);

    assert_non_null(text);
    memcpy(text, begin, b);
    memset(text + b, 'x', n);
    memcpy(text + b + n, end, e + 1);
    *len = b + n + e;
    return text;
}

/* Cells of the longest records are long: only where they stand and what is wrong is shown. */
static void long_is(size_t n, const char *begin, const char *end, const char *want)
{
    static const size_t pieces[] = {4096, 100000, 100000000};
    size_t len;
    char *text = filled(n, begin, end, &len);

    for (size_t i = 0; i < 3; i++) {
        struct buf out = {0}, cut = {0};
        show(text, len, pieces[i], 256, false, &out);
        for (const char *at = out.v; *at != '\0'; at++)
            if (*at != 'x')
                buf_putc(&cut, *at);
        assert_string_equal(cut.v, want);
        buf_free(&out);
        buf_free(&cut);
    }
    free(text);
}

static void the_longest_record(void **state)
{
    const size_t most = BATCH_RECORD_BYTES;

    (void)state;
    long_is(most, "", "\nb\n", "1[]\n2[b]\n");
    long_is(most, "", "\r\nb\n", "1[]\n2[b]\n");
    long_is(most, "", "", "1[]\n");
    long_is(most + 1, "", "\nb\n", "1!a line over 1 MiB\n2[b]\n");
    long_is(most + 1, "", "", "1!a line over 1 MiB\n");
    long_is(3 * most, "a\n", "\nb\n", "1[a]\n2!a line over 1 MiB\n3[b]\n");
    long_is(3 * most, "a\n", "", "1[a]\n2!a line over 1 MiB\n");
    long_is(most - 2, "\"", "\"\nb\n", "1[]\n2[b]\n");
    long_is(most - 1, "\"", "\"\nb\n", "1!a record over 1 MiB (is a quote never closed?)\n2[b]\n");
    long_is(3 * most, "\"a\n", "\nb\n",
            "1!a record over 1 MiB (is a quote never closed?)\n2!a line over 1 MiB\n3[b]\n");
}

static unsigned next_random(uint64_t *state)
{
    *state = *state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (unsigned)(*state >> 33);
}

/* Text that the reader of whole CSV takes gives the same cells here; any text the same in any pieces. */
static void as_the_whole_reader(void **state)
{
    static const char letters[] = "a,,\"\"\n\nb\r";
    uint64_t seed = 7;
    int taken = 0;

    (void)state;
    for (int round = 0; round < 20000; round++) {
        char text[24];
        size_t n = next_random(&seed) % sizeof text;
        for (size_t i = 0; i < n; i++)
            text[i] = letters[next_random(&seed) % (sizeof letters - 1)];
        struct buf whole = {0}, pieces = {0}, want = {0};
        show(text, n, 1000, 256, false, &whole);
        show(text, n, 1 + next_random(&seed) % 3, 1 + next_random(&seed) % 3, false, &pieces);
        if (whole.n != pieces.n || (whole.n > 0 && memcmp(whole.v, pieces.v, whole.n) != 0))
            fail_msg("'%.*s' gives %s or %s", (int)n, text, whole.v, pieces.v);
        struct csv csv;
        struct err err;
        int got;
        csv_open(&csv, "whole", text, n, ',');
        while ((got = csv_next(&csv, &err)) == 1) {
            buf_printf(&want, "%d[", csv.line);
            for (size_t c = 0; c < csv.ncells; c++)
                buf_printf(&want, "%s%s", c > 0 ? "|" : "", csv.cells[c].text);
            buf_puts(&want, "]\n");
        }
        taken += got == 0 && n > 8;
        if (got == 0 && (want.n != whole.n || (want.n > 0 && memcmp(want.v, whole.v, want.n) != 0)))
            fail_msg("'%.*s' gives %s, not %s", (int)n, text, whole.v, want.v);
        assert_true(got == 0 || strchr(whole.v, '!') != NULL);
        csv_close(&csv);
        buf_free(&whole);
        buf_free(&pieces);
        buf_free(&want);
    }
    assert_true(taken > 1000);
}

static int collect(void *ctx, const void *bytes, size_t n, struct err *err)
{
    (void)err;
    buf_add(ctx, bytes, n);
    return 0;
}

/* Packed here, unpacked on the way in; cut short or damaged it is an error, not an end. */
static void packed(void **state)
{
    struct raw_zip *zip;
    struct buf gz = {0}, out = {0};
    struct err err;

    (void)state;
    assert_int_equal(raw_zip_open(&zip, &err), 0);
    assert_int_equal(raw_zip_add(zip, "a,b\n1,2", 7, collect, &gz, &err), 0);
    assert_int_equal(raw_zip_finish(zip, collect, &gz, &err), 0);
    raw_zip_free(zip);
    gives(gz.v, gz.n, "1[a|b]\n2[1|2]\n");
    show(gz.v, gz.n - 3, 5, 256, false, &out);
    assert_non_null(strstr(out.v, "error: rows.csv: the gzip data ends too early"));
    out.n = 0;
    gz.v[12] ^= 0x55;
    show(gz.v, gz.n, 5, 256, false, &out);
    assert_non_null(strstr(out.v, "error: rows.csv: damaged gzip data"));
    buf_free(&gz);
    buf_free(&out);
}

static void what_cannot_be_read(void **state)
{
    struct batch_bytes b;
    struct buf out = {0};
    struct err err;

    (void)state;
    show("a\nb", 3, 2, 256, true, &out);
    assert_string_equal(out.v, "1[a]\nerror: rows.csv: cannot be read: Input/output error\n");
    buf_free(&out);
    assert_int_equal(batch_bytes_path(&b, "no-such.csv", NULL, &err), -1);
    assert_string_equal(err.text, "no-such.csv: cannot be read: No such file or directory");
    batch_bytes_close(&b);
    assert_int_equal(batch_bytes_path(&b, "tests", NULL, &err), -1);
    assert_string_equal(err.text, "tests: cannot be read: Is a directory");
    batch_bytes_close(&b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(records_and_cells),   cmocka_unit_test(broken_records), cmocka_unit_test(the_longest_record),
        cmocka_unit_test(as_the_whole_reader), cmocka_unit_test(packed),         cmocka_unit_test(what_cannot_be_read),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
