/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Cells of a row, and merged areas that are repeated over them.
 */
#include "tests/support/test.h"

#include "calc/arena.h"
#include "calc/buf.h"
#include "fetchers/xlsx_merges.h"

#include <stdio.h>
#include <string.h>

static struct xlsx_merges merges_of(const char *const *areas)
{
    struct xlsx_merges m = {.n = 0};
    struct err err;

    for (; *areas != NULL; areas++)
        assert_int_equal(xlsx_merges_add(&m, *areas, strlen(*areas), &err), 0);
    assert_int_equal(xlsx_merges_ready(&m, &err), 0);
    return m;
}
#define MERGES(...) merges_of((const char *const[]){__VA_ARGS__, NULL})

/* A row from one letter for each cell, '.' for a blank one; and the row as it comes out, repeats in capitals. The
 * texts of a row are gone when the next one comes. */
static void row_is(struct xlsx_merges *m, uint32_t row, const char *cells, const char *expected)
{
    struct arena texts = {0};
    struct xlsx_cells c = {.n = 0};
    struct buf shown = {0};
    struct err err;

    for (size_t i = 0; cells[i] != '\0'; i++) {
        struct sheet_cell cell = {.kind = SHEET_TEXT, .text = arena_strndup(&texts, cells + i, 1), .len = 1};
        if (cells[i] != '.')
            assert_int_equal(xlsx_cells_put(&c, i, &cell, &err), 0);
    }
    assert_int_equal(xlsx_merges_apply(m, row, &c, &err), 0);
    buf_puts(&shown, "");
    for (size_t i = 0; i < c.n; i++)
        buf_putc(&shown, (char)(c.v[i].kind == SHEET_BLANK ? '.' : c.v[i].text[0] - (c.v[i].merged ? 32 : 0)));
    assert_string_equal(shown.v, expected);
    buf_free(&shown);
    xlsx_cells_free(&c);
    arena_free(&texts);
}

static void the_first_cell_is_repeated(void **state)
{
    struct xlsx_merges m = MERGES("B1:C1", "A2:A4", "B3:C4", "D9:D9");

    (void)state;
    row_is(&m, 1, "abcd", "abBd");
    row_is(&m, 2, "x", "x");
    row_is(&m, 3, ".yzw", "XyYw");
    row_is(&m, 4, "", "XYY");
    row_is(&m, 5, "a", "a");
    row_is(&m, 9, "abcd", "abcd");
    xlsx_merges_free(&m);
}

/* Nobody sees what lies below a merged cell: it is not read, also when the first cell is blank. */
static void what_is_covered_is_not_read(void **state)
{
    struct xlsx_merges m = MERGES("A1:B2", "A4:B5", "A7:B9");

    (void)state;
    row_is(&m, 1, "xyz", "xXz");
    row_is(&m, 2, "uvw", "XXw");
    row_is(&m, 4, ".yz", "..z");
    row_is(&m, 5, "uvw", "..w");
    row_is(&m, 8, "uvw", "..w"); /* the row of its first cell is not in the file */
    row_is(&m, 10, "uvw", "uvw");
    xlsx_merges_free(&m);
}

static void refused(const char *const *areas, const char *says)
{
    struct xlsx_merges m = {.n = 0};
    struct err err = {0};
    int rc = 0;

    for (; rc == 0 && *areas != NULL; areas++)
        rc = xlsx_merges_add(&m, *areas, strlen(*areas), &err);
    if (rc == 0)
        rc = xlsx_merges_ready(&m, &err);
    assert_int_equal(rc, -1);
    if (strstr(err.text, says) == NULL)
        fail_msg("'%s' does not say '%s'", err.text, says);
    xlsx_merges_free(&m);
}
#define REFUSED(says, ...) refused((const char *const[]){__VA_ARGS__, NULL}, says)

static void areas_that_are_none_are_refused(void **state)
{
    (void)state;
    REFUSED("'' is no merged area", "");
    REFUSED("'A1' is no merged area", "A1");
    REFUSED("'B1:A2' is no merged area", "B1:A2");
    REFUSED("is no merged area", "A2:B1");
    REFUSED("is no merged area", "A1:B2:C3");
    REFUSED("is no merged area", "A1:XFE1");
    REFUSED("is no merged area", "A1:A1048577");
    REFUSED("is no merged area", "A0:A1");
    REFUSED("is no merged area", "a1:b2");
    REFUSED("two merged areas lie on one cell in row 2", "A1:B2", "B2:C3");
    REFUSED("two merged areas lie on one cell in row 3", "C3:C3", "A1:C9");
    REFUSED("two merged areas lie on one cell in row 1", "A1:B2", "A1:B2");
}

/* A whole sheet merged would be 17,179,869,184 cells. */
static void the_work_of_repeating_is_bounded(void **state)
{
    struct xlsx_merges m = MERGES("A1:XFD1048576");
    const struct sheet_cell cell = {.kind = SHEET_TEXT, .text = "x", .len = 1};
    struct xlsx_cells c = {.n = 0};
    struct err err = {0};
    uint32_t row = 0;
    int rc = 0;

    (void)state;
    while (rc == 0) {
        assert_int_equal(xlsx_cells_put(&c, 0, &cell, &err), 0);
        rc = xlsx_merges_apply(&m, ++row, &c, &err);
        xlsx_cells_clear(&c);
    }
    assert_string_equal(err.text, "merged areas of more than 20000000 cells");
    assert_int_equal(row, 20000000 / 16384);
    xlsx_cells_free(&c);
    xlsx_merges_free(&m);
}

/* Nine areas begin in the first row, nine in the second, each with a megabyte to keep. */
static void texts_that_are_kept_are_bounded(void **state)
{
    enum { N = 1 << 20 };
    struct xlsx_merges m = MERGES("A1:A9", "B1:B9", "C1:C9", "D1:D9", "E1:E9", "F1:F9", "G1:G9", "H1:H9", "I1:I9",
                                  "K2:K9", "L2:L9", "M2:M9", "N2:N9", "O2:O9", "P2:P9", "Q2:Q9", "R2:R9", "S2:S9");
    struct xlsx_cells c = {.n = 0};
    struct err err = {0};
    char *text = test_malloc(N + 1);
    const struct sheet_cell cell = {.kind = SHEET_TEXT, .text = text, .len = N};

    (void)state;
    memset(text, 'x', N);
    text[N] = '\0';
    for (size_t i = 0; i < 9; i++)
        assert_int_equal(xlsx_cells_put(&c, i, &cell, &err), 0);
    assert_int_equal(xlsx_merges_apply(&m, 1, &c, &err), 0);
    xlsx_cells_clear(&c);
    for (size_t i = 10; i < 19; i++)
        assert_int_equal(xlsx_cells_put(&c, i, &cell, &err), 0);
    assert_int_equal(xlsx_merges_apply(&m, 2, &c, &err), -1);
    assert_string_equal(err.text, "texts of more than 16777216 bytes in merged areas");
    xlsx_cells_free(&c);
    xlsx_merges_free(&m);
    test_free(text);
}

/* What is no longer needed does not count: twenty areas, one below the other. */
static void texts_are_let_go(void **state)
{
    enum { N = 1 << 20 };
    struct xlsx_merges m = {.n = 0};
    struct xlsx_cells c = {.n = 0};
    struct err err = {0};
    char *text = test_malloc(N + 1), area[16];
    const struct sheet_cell cell = {.kind = SHEET_TEXT, .text = text, .len = N};

    (void)state;
    memset(text, 'x', N);
    text[N] = '\0';
    for (int i = 1; i <= 20; i++) {
        int n = snprintf(area, sizeof area, "A%d:A%d", 2 * i - 1, 2 * i);
        assert_int_equal(xlsx_merges_add(&m, area, (size_t)n, &err), 0);
    }
    assert_int_equal(xlsx_merges_ready(&m, &err), 0);
    for (uint32_t row = 1; row <= 40; row++) {
        assert_int_equal(xlsx_cells_put(&c, 0, &cell, &err), 0);
        assert_int_equal(xlsx_merges_apply(&m, row, &c, &err), 0);
        xlsx_cells_clear(&c);
    }
    xlsx_cells_free(&c);
    xlsx_merges_free(&m);
    test_free(text);
}

/* Sixteen megabytes in one row, of repeats too. */
static void texts_of_a_row_are_bounded(void **state)
{
    enum { N = 1 << 20 };
    struct xlsx_merges m = MERGES("A1:Z1");
    struct xlsx_cells c = {.n = 0};
    struct err err = {0};
    char *text = test_malloc(N + 1);

    (void)state;
    memset(text, 'x', N);
    text[N] = '\0';
    assert_int_equal(xlsx_cells_put(&c, 0, &(struct sheet_cell){.kind = SHEET_TEXT, .text = text, .len = N}, &err), 0);
    assert_int_equal(xlsx_merges_apply(&m, 1, &c, &err), -1);
    assert_string_equal(err.text, "a row of more than 16777216 bytes");
    xlsx_cells_free(&c);
    xlsx_merges_free(&m);
    test_free(text);
}

static void cleared_cells_are_blank(void **state)
{
    const struct sheet_cell cell = {.kind = SHEET_NUMBER, .text = "1", .len = 1, .percent = true};
    struct xlsx_cells c = {.n = 0};
    struct err err;

    (void)state;
    assert_int_equal(xlsx_cells_put(&c, 16383, &cell, &err), 0);
    assert_int_equal(xlsx_cells_put(&c, 3, &cell, &err), 0);
    assert_int_equal(c.n, 16384);
    xlsx_cells_clear(&c);
    assert_int_equal(c.n, 0);
    for (size_t i = 0; i < c.cap; i++)
        assert_true(c.v[i].kind == SHEET_BLANK && !c.v[i].percent && c.v[i].len == 0 && c.v[i].text[0] == '\0');
    xlsx_cells_free(&c);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_first_cell_is_repeated),
        cmocka_unit_test(what_is_covered_is_not_read),
        cmocka_unit_test(areas_that_are_none_are_refused),
        cmocka_unit_test(the_work_of_repeating_is_bounded),
        cmocka_unit_test(texts_that_are_kept_are_bounded),
        cmocka_unit_test(texts_of_a_row_are_bounded),
        cmocka_unit_test(texts_are_let_go),
        cmocka_unit_test(cleared_cells_are_blank),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
