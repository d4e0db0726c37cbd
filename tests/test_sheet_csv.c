/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * CSV as people send it: separators, quotes, line ends, encodings, and what is refused.
 */
#include "tests/support/test.h"

#include "tests/support/workbook_case.h"

#include <stdlib.h>
#include <string.h>

#define READS(body, ...) reads(body, sizeof body - 1, __VA_ARGS__)

static void reads(const char *body, size_t len, char separator, const char *encoding, const char *rows)
{
    struct sheet_facts facts;
    char *shown = sheet_shown(body, len, NULL, &facts);

    assert_string_equal(shown, rows);
    assert_string_equal(facts.format, "csv");
    assert_string_equal(facts.encoding, encoding);
    assert_int_equal(facts.separator, separator);
    free(shown);
}

#define REFUSED(body, says) refused(body, sizeof body - 1, NULL, says)

static void refused(const char *body, size_t len, const struct sheet_limits *limits, const char *says)
{
    char *shown = sheet_shown(body, len, limits, NULL), *error = strstr(shown, "error: ");

    if (error == NULL)
        fail_msg("read: %s", shown);
    assert_string_equal(error + strlen("error: "), says);
    free(shown);
}

static void separators_are_found_from_the_content(void **state)
{
    (void)state;
    READS("a,b\n1,2\n", ',', "UTF-8", ":1 T[a] T[b]\n:2 T[1] T[2]\n");
    READS("a;b\n1,5;2,5\n3,5;4,5\n", ';', "UTF-8", ":1 T[a] T[b]\n:2 T[1,5] T[2,5]\n:3 T[3,5] T[4,5]\n");
    READS("a\tb\n1,5\t2,5\n", '\t', "UTF-8", ":1 T[a] T[b]\n:2 T[1,5] T[2,5]\n");
    READS("a,b\n\"1;2;3\",x\n\"4;5;6\",y\n", ',', "UTF-8", ":1 T[a] T[b]\n:2 T[1;2;3] T[x]\n:3 T[4;5;6] T[y]\n");
    READS("Quote, valid until May\nx;1\ny;2\n", ';', "UTF-8",
          ":1 T[Quote, valid until May]\n:2 T[x] T[1]\n:3 T[y] T[2]\n");
    READS("one\ntwo\n", ',', "UTF-8", ":1 T[one]\n:2 T[two]\n");
}

static void a_first_line_may_tell_the_separator(void **state)
{
    (void)state;
    READS("sep=;\na;1,5\n", ';', "UTF-8", ":2 T[a] T[1,5]\n");
    READS("sep=,\r\na;1,5\r\n", ',', "UTF-8", ":2 T[a;1] T[5]\n");
    READS("sep=\t", '\t', "UTF-8", "");
    READS("sep=x\na\n", ',', "UTF-8", ":1 T[sep=x]\n:2 T[a]\n");
}

static void two_equally_good_separators_are_not_guessed(void **state)
{
    (void)state;
    REFUSED("x;1,5\ny;2,5\n", "q:1: cells could be parted by ',' or by ';' (say which in a first line: sep=;)");
    READS("x\t1,5\ny\t2,5\n", '\t', "UTF-8", ":1 T[x] T[1,5]\n:2 T[y] T[2,5]\n");
}

static void quotes_hold_separators_breaks_and_quotes(void **state)
{
    (void)state;
    READS("\"a,\"\"b\"\"\",\"c\nd\"\n\"\",e\n", ',', "UTF-8", ":1 T[a,\"b\"] T[c\nd]\n:3 _ T[e]\n");
    READS("19\" rack,2\n", ',', "UTF-8", ":1 T[19\" rack] T[2]\n");
    READS("\"end\"", ',', "UTF-8", ":1 T[end]\n");
}

static void lines_end_in_any_of_the_three_ways(void **state)
{
    (void)state;
    READS("a,b\r\nc,d\re,f\ng,h", ',', "UTF-8", ":1 T[a] T[b]\n:2 T[c] T[d]\n:3 T[e] T[f]\n:4 T[g] T[h]\n");
    READS("a,\"x\r\ny\r\"\r\nb,c", ',', "UTF-8", ":1 T[a] T[x\r\ny\r]\n:4 T[b] T[c]\n");
}

static void blank_cells_and_rows_are_blank(void **state)
{
    (void)state;
    READS("a,,b,,\n\n,,\n \t,\xC2\xA0,\xE3\x80\x80\nc, ,d\n", ',', "UTF-8", ":1 T[a] _ T[b]\n:5 T[c] _ T[d]\n");
}

/* Bytes as Python's codecs utf-8-sig, utf-16-le, utf-16-be and gb18030 write these texts. */
static void encodings_are_told_from_the_bytes(void **state)
{
    (void)state;
    READS("\xEF\xBB\xBF\xE4\xBB\xB7,1\n", ',', "UTF-8 with BOM", ":1 T[价] T[1]\n");
    READS("\xFF\xFE\xF7\x4E\x2C\x00\x31\x00\x0A\x00", ',', "UTF-16LE", ":1 T[价] T[1]\n");
    READS("\xFE\xFF\x4E\xF7\x00\x2C\x00\x31\x00\x0A", ',', "UTF-16BE", ":1 T[价] T[1]\n");
    READS("\xCF\xEE\xC4\xBF,\xB5\xA5\xBC\xDB\n\xD4\xC6\xB7\xFE\xCE\xF1\xC6\xF7,0.5\n", ',', "GB18030",
          ":1 T[项目] T[单价]\n:2 T[云服务器] T[0.5]\n");
    /* The euro sign in GB18030 (two bytes), and a character of four bytes: U+20087. */
    READS("\xB5\xA5\xBC\xDB\xA2\xE3,\x95\x32\x90\x31\n", ',', "GB18030", ":1 T[单价€] T[𠂇]\n");
}

static void what_is_no_encoding_of_ours_is_refused(void **state)
{
    (void)state;
#define KNOWN " (known: UTF-8, UTF-16 with a byte order mark, GB18030)"
    /* Latin-1: "Müller,é,Größe" */
    REFUSED("a,b\nM\xFCller,\xE9,Gr\xF6\xDF"
            "e\n",
            "q:2: text in an unknown encoding" KNOWN);
    REFUSED("M\xFCller,Gr\xF6"
            "ber\n",
            "q:1: text in an unknown encoding" KNOWN);
    /* UTF-8 with one byte lost: read as GB18030 it would be other Chinese. */
    REFUSED("\xE9\xA1\xB9\xE7\x9B\xAE,\xE5\x8D\xE4\xBB\xB7\n", "q:1: a byte that is not UTF-8" KNOWN);
    REFUSED("\xEF\xBB\xBF"
            "a\n\xCF\xEE\n",
            "q:2: a byte that is not UTF-8" KNOWN);
    /* Big5: "雲端服務,價格" */
    REFUSED("\xB6\xB3\xBA\xDD\xAA\x41\xB0\xC8,\xBB\xF9\xAE\xE6\n", "q:1: text in an unknown encoding" KNOWN);
    REFUSED("a,b\nc\0,d\n", "q:2: a NUL byte" KNOWN);
    REFUSED("\xFF\xFE"
            "a\0\n\0"
            "\0\xD8"
            "b\0",
            "q:2: bytes that are no character of the encoding");
    REFUSED("\xFF\xFE"
            "a\0b",
            "q:1: bytes that are no character of the encoding");
    REFUSED("\xFF\xFE"
            "a\0\0\0",
            "q:1: a NUL byte");
}

static void quotes_that_go_wrong_are_refused(void **state)
{
    (void)state;
    REFUSED("a,b\nc,\"d\ne,f\n", "q:2: a quote that is never closed");
    REFUSED("\"a\"b,c\n", "q:1: text behind a closing quote (a quote within quotes is written twice)");
}

static void limits_are_kept(void **state)
{
    const struct sheet_limits few = {.rows = 2, .columns = 3, .cell = 8};

    (void)state;
#define LIMITED(body, says) refused(body, sizeof body - 1, &few, says)
    LIMITED("a\n\nb\nc\n", "q: more than 2 rows");
    LIMITED("a,b,c,d\n", "q:1: more than 3 columns");
    LIMITED("a\n123456789\n", "q:2: a cell of more than 8 bytes");
    LIMITED("a\n\"1234\n5678\n", "q:2: a cell of more than 8 bytes (is its quote never closed?)");
}

/* 32 MB behind a quote: refused by the default limit, long before its end. */
static void a_cell_of_32_mb_is_refused(void **state)
{
    enum { N = 32 << 20 };
    char *body = malloc(N);

    (void)state;
    assert_non_null(body);
    memset(body, 'x', N);
    memcpy(body, "a,b\nc,\"", 7);
    refused(body, N, NULL, "q:2: a cell of more than 1048576 bytes (is its quote never closed?)");
    for (size_t i = 100; i < N; i += 10000)
        body[i] = ',';
    body[6] = 'x';
    refused(body, N, NULL, "q:2: a row of more than 16777216 bytes");
    free(body);
}

static int count_two(void *ctx, const struct sheet_row *row, struct err *err)
{
    int *seen = ctx;

    (void)row, (void)err;
    return ++*seen == 2 ? 7 : 0;
}

static void who_takes_the_rows_can_stop(void **state)
{
    struct sheet_facts facts;
    struct err err = {0};
    int seen = 0;

    (void)state;
    assert_int_equal(sheet_read("q", "a\nb\nc\n", 6, NULL, count_two, &seen, &facts, &err), 7);
    assert_int_equal(seen, 2);
}

/* However the bytes are cut into pieces, the rows are the same: a wide text in UTF-16 comes in several. */
static void pieces_do_not_show(void **state)
{
    struct buf wide = {0}, plain = {0};

    (void)state;
    for (int i = 0; i < 10000; i++)
        buf_printf(&plain, "%d,\"a \"\"b\"\",\r\n%d\",z,\r\n", i, i * i);
    buf_add(&wide, "\xFF\xFE", 2);
    for (size_t i = 0; i < plain.n; i++)
        buf_add(&wide, (const char[]){plain.v[i], '\0'}, 2);
    char *one = sheet_shown(plain.v, plain.n, NULL, NULL), *many = sheet_shown(wide.v, wide.n, NULL, NULL);
    assert_string_equal(one, many);
    assert_non_null(strstr(one, ":19999 T[9999] T[a \"b\",\r\n99980001] T[z]\n"));
    free(one);
    free(many);
    buf_free(&wide);
    buf_free(&plain);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(separators_are_found_from_the_content),
        cmocka_unit_test(a_first_line_may_tell_the_separator),
        cmocka_unit_test(two_equally_good_separators_are_not_guessed),
        cmocka_unit_test(quotes_hold_separators_breaks_and_quotes),
        cmocka_unit_test(lines_end_in_any_of_the_three_ways),
        cmocka_unit_test(blank_cells_and_rows_are_blank),
        cmocka_unit_test(encodings_are_told_from_the_bytes),
        cmocka_unit_test(what_is_no_encoding_of_ours_is_refused),
        cmocka_unit_test(quotes_that_go_wrong_are_refused),
        cmocka_unit_test(limits_are_kept),
        cmocka_unit_test(a_cell_of_32_mb_is_refused),
        cmocka_unit_test(who_takes_the_rows_can_stop),
        cmocka_unit_test(pieces_do_not_show),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
