/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Rows into cells: by hand, and the fast scan against the plain one on rows made at random.
 */
#include "tests/support/test.h"

#include "fetchers/row_scan.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

/* A copy without a byte behind it, so that reading on is seen. */
static char *exact(const char *text, size_t n)
{
    char *copy = malloc(n > 0 ? n : 1);

    assert_non_null(copy);
    memcpy(copy, text, n);
    return copy;
}

static struct row_scan plain, fast;

static void cells_are(const char *text, size_t n, const char *const *want, size_t nwant, size_t next)
{
    char *copy = exact(text, n);
    row_scanner *const scanners[] = {row_scan_plain, row_scan_fast};
    struct row_scan *const out[] = {&plain, &fast};

    for (size_t k = 0; k < 2; k++) {
        assert_int_equal(scanners[k](copy, copy + n, out[k]), ROW_FINE);
        assert_int_equal(out[k]->ncells, nwant);
        assert_ptr_equal(out[k]->next, copy + next);
        for (size_t i = 0; i < nwant; i++) {
            size_t len;
            const char *cell = row_cell(out[k], i, &len);
            assert_int_equal(len, strlen(want[i]));
            assert_memory_equal(cell, want[i], len);
        }
    }
    free(copy);
}

#define CELLS(text, next, ...)                                                                                         \
    cells_are(text, sizeof(text) - 1, (const char *const[]){__VA_ARGS__},                                              \
              sizeof((const char *const[]){__VA_ARGS__}) / sizeof(char *), next)

static void cells_end_at_commas_outside_of_quotes(void **state)
{
    (void)state;
    CELLS("a,b,c\nd", 6, "a", "b", "c");
    CELLS("a,b,c", 5, "a", "b", "c");
    CELLS("a,b\r\nc", 5, "a", "b");
    CELLS("\"a,b\",\"\",,\"c\"\n", 14, "\"a,b\"", "\"\"", "", "\"c\"");
    CELLS("\"say \"\"no\"\", please\",x\n", 23, "\"say \"\"no\"\", please\"", "x");
    CELLS("\"\"\"\"\n", 5, "\"\"\"\"");
    CELLS("\n", 1, "");
    CELLS(",\n", 2, "", "");
    CELLS("tab\there,b\n", 11, "tab\there", "b");
}

/* Ends, quotes and commas on both sides of each block of 64 bytes. */
static void blocks_leave_nothing_out(void **state)
{
    char text[400];

    (void)state;
    for (size_t pad = 0; pad < 200; pad++) {
        char first[256], second[8] = "\"y,\"\"z\"";
        memset(first, 'x', pad);
        first[pad] = '\0';
        memcpy(text, first, pad);
        size_t n = pad;
        text[n++] = ',';
        memcpy(text + n, second, 7);
        n += 7;
        text[n++] = '\n';
        size_t next = n;
        memset(text + n, 'n', 100); /* rows that follow, so that whole blocks can be read */
        cells_are(text, n + 100, (const char *const[]){first, second}, 2, next);
        cells_are(text, n, (const char *const[]){first, second}, 2, next);
    }
}

static void faults_are_named(void **state)
{
    static const struct {
        const char *text;
        size_t n;
        enum row_fault fault;
    } rows[] = {
        {"a,\"b\nc\"\n", 8, ROW_UNCLOSED}, /* a row is one line */
        {"a,\"b", 4, ROW_UNCLOSED},        {"\"\"\"\n", 4, ROW_UNCLOSED},      {"a\"b\"\n", 5, ROW_STRAY_QUOTE},
        {"\"a\"b\n", 5, ROW_STRAY_QUOTE},  {"\"a\" ,b\n", 7, ROW_STRAY_QUOTE}, {"a\0b\n", 4, ROW_NUL},
        {"\"\0\"\n", 4, ROW_NUL},          {"a\rb\n", 4, ROW_RETURN},          {"a\r", 2, ROW_RETURN},
        {"a\r\r\n", 4, ROW_RETURN},
    };
    char behind[128];

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char *copy = exact(rows[i].text, rows[i].n);
        assert_int_equal(row_scan_plain(copy, copy + rows[i].n, &plain), rows[i].fault);
        assert_int_equal(row_scan_fast(copy, copy + rows[i].n, &fast), rows[i].fault);
        assert_true(strlen(row_faults[rows[i].fault]) > 0);
        free(copy);
        if (rows[i].text[rows[i].n - 1] != '\n')
            continue;
        memset(behind, '"', sizeof behind); /* the fast way, through a whole block; what follows is another row's */
        memcpy(behind, rows[i].text, rows[i].n);
        assert_int_equal(row_scan_fast(behind, behind + sizeof behind, &fast), rows[i].fault);
    }
}

static void a_row_has_a_longest_length(void **state)
{
    size_t n = ROW_BYTES_MAX + 2;
    char *text = malloc(n);

    (void)state;
    assert_non_null(text);
    memset(text, 'x', n);
    text[ROW_BYTES_MAX] = '\n';
    assert_int_equal(row_scan_plain(text, text + n, &plain), ROW_FINE);
    assert_int_equal(row_scan_fast(text, text + n, &fast), ROW_FINE);
    memset(text, ',', ROW_BYTES_MAX);
    assert_int_equal(row_scan_fast(text, text + n, &fast), ROW_FINE);
    assert_int_equal(fast.ncells, ROW_BYTES_MAX + 1);
    text[ROW_BYTES_MAX] = 'x';
    text[ROW_BYTES_MAX + 1] = '\n';
    assert_int_equal(row_scan_plain(text, text + n, &plain), ROW_LONG);
    assert_int_equal(row_scan_fast(text, text + n, &fast), ROW_LONG);
    free(text);
}

/* ---- both ways agree ---- */

static uint64_t draw(uint64_t *seed) /* xorshift */
{
    *seed ^= *seed << 13;
    *seed ^= *seed >> 7;
    *seed ^= *seed << 17;
    return *seed;
}

static void agree(const char *at, const char *end, uint64_t seed)
{
    enum row_fault one = row_scan_plain(at, end, &plain), other = row_scan_fast(at, end, &fast);

    if (one != other)
        fail_msg("seed %llu: '%s' or '%s'", (unsigned long long)seed, row_faults[one], row_faults[other]);
    assert_ptr_equal(plain.next, fast.next);
    if (one != ROW_FINE)
        return;
    assert_int_equal(plain.ncells, fast.ncells);
    for (size_t i = 0; i < plain.ncells; i++) {
        size_t a, b;
        assert_ptr_equal(row_cell(&plain, i, &a), row_cell(&fast, i, &b));
        assert_int_equal(a, b);
    }
}

/* Any bytes, most of them those that mean something. */
static void hostile_rows_are_read_alike(void **state)
{
    static const char bytes[] = "\"\"\"\",,,,\n\r\t\0xx\xff";
    uint64_t seed = UINT64_C(20261122);
    char text[320];

    (void)state;
    for (int round = 0; round < 60000; round++) {
        uint64_t start = seed;
        size_t n = 1 + draw(&seed) % sizeof text, rare = 1 + draw(&seed) % 40;
        for (size_t i = 0; i < n; i++)
            text[i] = draw(&seed) % rare == 0 ? bytes[draw(&seed) % (sizeof bytes - 1)] : 'a';
        char *copy = exact(text, n);
        agree(copy, copy + n, start);
        free(copy);
    }
}

/* Rows as price lists have them, in which nothing is wrong: they are read, and come back. */
static void sound_rows_are_read_alike(void **state)
{
    uint64_t seed = UINT64_C(7);
    char text[4096];

    (void)state;
    for (int round = 0; round < 20000; round++) {
        uint64_t start = seed;
        size_t n = 0, cells = 1 + draw(&seed) % 100;
        for (size_t i = 0; i < cells; i++) {
            size_t len = draw(&seed) % 4 == 0 ? draw(&seed) % 30 : 0;
            bool quoted = draw(&seed) % 2 == 0;
            text[n] = '"';
            n += quoted;
            for (size_t k = 0; k < len; k++)
                text[n++] = quoted && draw(&seed) % 8 == 0 ? ',' : 'a';
            if (quoted && draw(&seed) % 16 == 0) {
                text[n++] = '"';
                text[n++] = '"';
            }
            text[n] = '"';
            n += quoted;
            text[n++] = i + 1 < cells ? ',' : '\n';
        }
        memset(text + n, 'z', 64);
        assert_int_equal(row_scan_fast(text, text + n + 64, &fast), ROW_FINE);
        assert_int_equal(fast.ncells, cells);
        assert_ptr_equal(fast.next, text + n);
        agree(text, text + n + 64, start);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(cells_end_at_commas_outside_of_quotes),
        cmocka_unit_test(blocks_leave_nothing_out),
        cmocka_unit_test(faults_are_named),
        cmocka_unit_test(a_row_has_a_longest_length),
        cmocka_unit_test(hostile_rows_are_read_alike),
        cmocka_unit_test(sound_rows_are_read_alike),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
