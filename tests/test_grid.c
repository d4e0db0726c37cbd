/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Tables: alignment over scripts, columns that go when there is no room, styles.
 */
#include "tests/support/test.h"

#include "calc/grid.h"

#include <string.h>

enum { NAME, AMOUNT, REMARK, COLUMNS };

static const struct grid_column columns[COLUMNS] = {[NAME] = {.title = "Name", .max_width = 8},
                                                    [AMOUNT] = {.title = "Amount", .right = true},
                                                    [REMARK] = {.title = "Remark"}};

static void add(struct grid *g, const char *name, const char *amount, const char *remark)
{
    struct grid_row *r = grid_row(g);
    assert_non_null(r);
    r->cells[NAME] = name;
    r->cells[AMOUNT] = amount;
    r->cells[REMARK] = remark;
}

static void assert_grid(struct grid *g, bool color, const char *expected)
{
    struct buf out = {0};
    grid_fit(g);
    grid_write(g, color, &out);
    assert_string_equal(out.v, expected);
    buf_free(&out);
}

static void columns_align(void **state)
{
    struct arena a = {0};
    struct grid g;
    (void)state;
    grid_init(&g, &a, columns, COLUMNS, 3);
    add(&g, "阿里云", "1,000.00", "x");
    add(&g, "a long name", "5.00", NULL);
    add(&g, "b", NULL, "y");
    g.indent = 2;
    assert_grid(&g, false,
                "  Name        Amount  Remark\n"
                "  阿里云    1,000.00  x\n"
                "  a long ~      5.00\n"
                "  b                   y\n");
    arena_free(&a);
}

static void an_empty_column_is_not_shown(void **state)
{
    struct arena a = {0};
    struct grid g;
    (void)state;
    grid_init(&g, &a, columns, COLUMNS, 1);
    add(&g, "a", NULL, "x");
    assert_grid(&g, false, "Name  Remark\na     x\n");
    assert_true(g.columns[AMOUNT].empty && !g.columns[AMOUNT].dropped);
    arena_free(&a);
}

static void the_least_important_column_goes_first(void **state)
{
    static const struct grid_column wide[] = {
        {.title = "stays"}, {.title = "second", .drop = 1}, {.title = "first", .drop = 2}};
    char text[60];
    struct arena a = {0};
    struct grid g;
    struct grid_row *r;
    (void)state;
    memset(text, 'x', sizeof text);
    text[sizeof text - 1] = '\0';
    grid_init(&g, &a, wide, 3, 1);
    r = grid_row(&g);
    r->cells[0] = r->cells[1] = r->cells[2] = text;
    grid_fit(&g);
    assert_true(g.columns[2].dropped && g.columns[1].dropped && !g.columns[0].dropped);
    grid_init(&g, &a, wide, 3, 1);
    r = grid_row(&g);
    r->cells[0] = r->cells[2] = text;
    r->cells[1] = "short";
    grid_fit(&g);
    assert_true(g.columns[2].dropped && !g.columns[1].dropped);
    arena_free(&a);
}

static void styles_only_with_colour(void **state)
{
    struct arena a = {0};
    struct grid g;
    struct grid_row *r;
    (void)state;
    grid_init(&g, &a, columns, 2, 1);
    r = grid_row(&g);
    r->cells[NAME] = "a";
    r->cells[AMOUNT] = "1";
    r->style = STYLE_DIM;
    r->styles[AMOUNT] = STYLE_RED;
    assert_grid(&g, true,
                "\033[1mName\033[0m  \033[1mAmount\033[0m\n"
                "\033[2ma   \033[0m  \033[31m     1\033[0m\n");
    assert_grid(&g, false, "Name  Amount\na          1\n");
    arena_free(&a);
}

static void paragraphs_below_a_row(void **state)
{
    static const char *const below[] = {"said of it", "and more"};
    struct arena a = {0};
    struct grid g;
    (void)state;
    grid_init(&g, &a, columns, COLUMNS, 2);
    add(&g, "a", "1", "x");
    g.rows[0].below = below;
    g.rows[0].nbelow = 2;
    add(&g, "b", "2", "y");
    assert_grid(&g, false, "Name  Amount  Remark\na          1  x\n    said of it\n    and more\nb          2  y\n");
    arena_free(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(columns_align),
        cmocka_unit_test(an_empty_column_is_not_shown),
        cmocka_unit_test(the_least_important_column_goes_first),
        cmocka_unit_test(styles_only_with_colour),
        cmocka_unit_test(paragraphs_below_a_row),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
