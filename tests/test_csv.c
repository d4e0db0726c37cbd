/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The CSV reader and writer: RFC 4180's own examples, every refusal with its line, and records
 * that come back as they were written.
 */
#include "tests/support/test.h"

#include "calc/csv.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The whole file as text: cells between bars, records between slashes; an error as "!text". */
static char *dump(const char *body, size_t len, char sep)
{
    struct buf out = {0};
    struct err err = {0};
    struct csv c;
    int got;

    csv_open(&c, "f.csv", body, len, sep);
    buf_add(&out, "", 0);
    while ((got = csv_next(&c, &err)) > 0) {
        for (size_t i = 0; i < c.ncells; i++) {
            assert_int_equal(c.cells[i].text[c.cells[i].len], '\0');
            assert_int_equal(strlen(c.cells[i].text), c.cells[i].len);
            buf_printf(&out, "%s%s", i > 0 ? "|" : "", c.cells[i].text);
        }
        buf_putc(&out, '/');
    }
    if (got < 0) {
        assert_int_equal(err.kind, ERR_USAGE);
        buf_printf(&out, "!%s", err.text);
        assert_int_equal(csv_next(&c, &err), 0);
    }
    csv_close(&c);
    return out.v;
}

static void reads(const char *body, const char *want)
{
    /* a copy of exactly that many bytes, so that a sanitizer sees a read past the end */
    size_t len = strlen(body);
    char *copy = malloc(len > 0 ? len : 1);

    assert_non_null(copy);
    memcpy(copy, body, len);
    char *got = dump(copy, len, ',');
    assert_string_equal(got, want);
    free(got);
    free(copy);
}

static void rfc_4180(void **state)
{
    (void)state;
    reads("aaa,bbb,ccc\r\nzzz,yyy,xxx\r\n", "aaa|bbb|ccc/zzz|yyy|xxx/");
    reads("aaa,bbb,ccc\r\nzzz,yyy,xxx", "aaa|bbb|ccc/zzz|yyy|xxx/");
    reads("\"aaa\",\"bbb\",\"ccc\"\r\nzzz,yyy,xxx", "aaa|bbb|ccc/zzz|yyy|xxx/");
    reads("\"aaa\",\"b\r\nbb\",\"ccc\"\r\nzzz,yyy,xxx", "aaa|b\r\nbb|ccc/zzz|yyy|xxx/");
    reads("\"aaa\",\"b\"\"bb\",\"ccc\"", "aaa|b\"bb|ccc/");
}

static void shapes_of_records(void **state)
{
    (void)state;
    reads("", "");
    reads("\n\r\n\n", "");
    reads("\r", "");
    reads("a", "a/");
    reads(",", "|/");
    reads("a,\n,b\n", "a|/|b/");
    reads("\"\"\n", "/");
    reads("\"\",\"\"\n", "|/");
    reads("\n\na,b\n\nc,d\n\n", "a|b/c|d/");
    reads(" a , b \n", " a | b /");
    reads("a\rb,c\r\n", "a\rb|c/");
    reads("\"a,b\"\"\",c\n", "a,b\"|c/");
    reads("\"\"\"\"\n", "\"/");
    reads("\xEF\xBB\xBFsite,价格\n阿里云,1.0\n", "site|价格/阿里云|1.0/");
    reads("\xEF\xBB\xBF\"a\"\n", "a/");
    reads("\xEF\xBB\xBF", "");
    reads("\xEF\xBB", "!f.csv:1: text that is not UTF-8");
    reads("\"a\"", "a/");
    reads("\"a\",", "a|/");
    reads("\"a\"\"", "!f.csv:1: a quote that is not closed");
}

static void refusals_name_the_line(void **state)
{
    (void)state;
    reads("a,b\n\"c,d\ne,f\n", "a|b/!f.csv:2: a quote that is not closed");
    reads("\"", "!f.csv:1: a quote that is not closed");
    reads("a\n\nb\"c\n", "a/!f.csv:3: a quote in the middle of a cell");
    reads("a\"\n", "!f.csv:1: a quote in the middle of a cell");
    reads(" \"a\"\n", "!f.csv:1: a quote in the middle of a cell");
    reads("\"x\ny\"\n\"a\"b\n", "x\ny/!f.csv:3: text after a closing quote");
    reads("\"a\" ,b\n", "!f.csv:1: text after a closing quote");
    reads("a\nb\xff\n", "a/!f.csv:2: text that is not UTF-8");
    reads("a\n\"b\xc0\x80\"\n", "a/!f.csv:2: text that is not UTF-8");

    char *got = dump("a\nb\0c\n", 6, ',');
    assert_string_equal(got, "a/!f.csv:2: a NUL byte");
    free(got);
}

static void other_separators(void **state)
{
    (void)state;
    char *got = dump("a;b,c\t\"d;e\"\n", 12, ';');
    assert_string_equal(got, "!f.csv:1: a quote in the middle of a cell");
    free(got);
    got = dump("a,b\tc;\t\"d\te\"\n", 13, '\t');
    assert_string_equal(got, "a,b|c;|d\te/");
    free(got);
}

static void ceilings(void **state)
{
    (void)state;
    enum { MIB = 1024 * 1024 };
    char *big = malloc(MIB + 16), *got;

    assert_non_null(big);
    memset(big, 'x', MIB + 16);
    memcpy(big + MIB, "\r\ny\n", 4);
    got = dump(big, MIB + 4, ',');
    assert_int_equal(strlen(got), MIB + 3);
    assert_string_equal(got + MIB, "/y/");
    free(got);
    memcpy(big + MIB, "x\r\ny\n", 5);
    got = dump(big, MIB + 5, ',');
    assert_string_equal(got, "!f.csv:1: a record over 1 MiB");
    free(got);
    got = dump(big, MIB + 1, ',');
    assert_string_equal(got, "!f.csv:1: a record over 1 MiB");
    free(got);
    big[0] = '"'; /* never closed */
    memset(big + MIB, '\n', 16);
    got = dump(big, MIB + 16, ',');
    assert_string_equal(got, "!f.csv:1: a record over 1 MiB");
    free(got);

    memset(big, ',', 4096);
    got = dump(big, 4095, ',');
    assert_int_equal(strlen(got), 4096);
    free(got);
    got = dump(big, 4096, ',');
    assert_string_equal(got, "!f.csv:1: a record over 4096 cells");
    free(got);
    big[0] = '"';
    big[1] = '"';
    memset(big + 2, ',', 4096);
    got = dump(big, 4098, ',');
    assert_string_equal(got, "!f.csv:1: a record over 4096 cells");
    free(got);
    free(big);
}

static const char *const names[] = {"site", "price", "unit", "note"};

/* The header's answer: 0 with at[], or the error. */
static int header(const char *body, int at[4], struct err *err, int records)
{
    struct csv c;
    int got;

    csv_open(&c, "p.csv", body, strlen(body), ',');
    got = csv_header(&c, names, 4, 3, at, err);
    for (int i = 0; got == 0 && i < records; i++)
        if (csv_next(&c, err) != 1)
            got = -2;
    csv_close(&c);
    return got;
}

static void headers(void **state)
{
    (void)state;
    struct err err = {0};
    int at[4];

    assert_int_equal(header("site,price,unit,note\n", at, &err, 0), 0);
    assert_true(at[0] == 0 && at[1] == 1 && at[2] == 2 && at[3] == 3);
    assert_int_equal(header("\n\"unit\",site,price\na,b,c\n", at, &err, 1), 0);
    assert_true(at[0] == 1 && at[1] == 2 && at[2] == 0 && at[3] == -1);

    assert_int_equal(header("site,unit\n", at, &err, 0), -1);
    assert_string_equal(err.text, "p.csv:1: no column 'price' (known: site, price, unit, note)");
    assert_int_equal(header("site,price,unit,nota\n", at, &err, 0), -1);
    assert_string_equal(err.text, "p.csv:1: unknown column 'nota' (known: site, price, unit, note)");
    assert_int_equal(header("site,price,unit,site\n", at, &err, 0), -1);
    assert_string_equal(err.text, "p.csv:1: column named twice: 'site' (known: site, price, unit, note)");
    assert_int_equal(header("", at, &err, 0), -1);
    assert_string_equal(err.text, "p.csv:1: no column 'site' (known: site, price, unit, note)");
    assert_int_equal(header("site,\"price\n", at, &err, 0), -1);
    assert_string_equal(err.text, "p.csv:1: a quote that is not closed");
    assert_int_equal(err.kind, ERR_USAGE);
}

static void every_record_has_the_cells_of_the_header(void **state)
{
    (void)state;
    struct err err = {0};
    int at[4];

    assert_int_equal(header("site,price,unit\na,b,c\nd,e\n", at, &err, 2), -2);
    assert_string_equal(err.text, "p.csv:3: 2 cells where the header has 3");
    assert_int_equal(header("site,price,unit\na,b,c,\n", at, &err, 1), -2);
    assert_string_equal(err.text, "p.csv:2: 4 cells where the header has 3");
}

static void written(void (*put)(struct buf *, const char *), const char *text, const char *want)
{
    struct buf out = {0};

    buf_add(&out, "", 0);
    put(&out, text);
    assert_string_equal(out.v, want);
    buf_free(&out);
}

static void writes(void **state)
{
    (void)state;
    written(csv_text, "", "");
    written(csv_text, "阿里云 (cn)", "阿里云 (cn)");
    written(csv_text, "a,b", "\"a,b\"");
    written(csv_text, "say \"hi\"", "\"say \"\"hi\"\"\"");
    written(csv_text, "\"", "\"\"\"\"");
    written(csv_text, "two\nlines", "\"two\nlines\"");
    written(csv_text, "=1+1", "'=1+1");
    written(csv_text, "+1", "'+1");
    written(csv_text, "-1", "'-1");
    written(csv_text, "@cmd", "'@cmd");
    written(csv_text, "\tx", "'\tx");
    written(csv_text, "\rx", "\"'\rx\"");
    written(csv_text, "=\"a\",b", "\"'=\"\"a\"\",b\"");
    written(csv_text, "a=1", "a=1");
    written(csv_raw, "-12.50", "-12.50");
    written(csv_raw, "+1", "+1");
    written(csv_raw, "1,5", "\"1,5\"");
}

static void what_is_written_reads_back(void **state)
{
    (void)state;
    static const char alphabet[] = "ab,\"\n\r= ";
    uint32_t seed = 20261121;

    for (int round = 0; round < 3000; round++) {
        struct buf out = {0}, want = {0};
        size_t cells = 1 + round % 5;
        for (size_t i = 0; i < cells; i++) {
            char cell[9];
            seed = seed * 1664525u + 1013904223u;
            size_t n = seed >> 29;
            for (size_t k = 0; k < n; k++) {
                seed = seed * 1664525u + 1013904223u;
                cell[k] = alphabet[seed >> 29];
            }
            cell[n] = '\0';
            buf_printf(&out, "%s", i > 0 ? "," : "");
            csv_raw(&out, cell);
            buf_printf(&want, "%s%s", i > 0 ? "|" : "", cell);
        }
        buf_puts(&want, out.n > 0 ? "/" : "");
        buf_puts(&out, "\r\n");
        char *got = dump(out.v, out.n, ',');
        assert_string_equal(got, want.v);
        free(got);
        buf_free(&out);
        buf_free(&want);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rfc_4180),
        cmocka_unit_test(shapes_of_records),
        cmocka_unit_test(refusals_name_the_line),
        cmocka_unit_test(other_separators),
        cmocka_unit_test(ceilings),
        cmocka_unit_test(headers),
        cmocka_unit_test(every_record_has_the_cells_of_the_header),
        cmocka_unit_test(writes),
        cmocka_unit_test(what_is_written_reads_back),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
