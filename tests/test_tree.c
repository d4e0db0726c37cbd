/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The tree: branches, aligned siblings, remarks that go on below themselves.
 */
#include "tests/support/test.h"

#include "calc/tree.h"

static void assert_tree(struct tree *t, size_t columns, const char *expected)
{
    struct buf out = {0};
    tree_write(t, columns, &out);
    assert_string_equal(out.v, expected);
    buf_free(&out);
    arena_free(t->arena);
}

static void branches(void **state)
{
    struct arena a = {0};
    struct tree t = {.arena = &a};
    (void)state;
    tree_add(&t, 0, "root", "", "");
    tree_add(&t, 1, "first", "", "");
    tree_add(&t, 2, "a", "", "");
    tree_add(&t, 3, "deep", "", "");
    tree_add(&t, 2, "b", "", "");
    tree_add(&t, 1, "second", "", "");
    tree_add(&t, 2, "c", "", "");
    assert_tree(&t, 80,
                "root\n"
                "├─ first\n"
                "│  ├─ a\n"
                "│  │  └─ deep\n"
                "│  └─ b\n"
                "└─ second\n"
                "   └─ c\n");
}

static void siblings_align(void **state)
{
    struct arena a = {0};
    struct tree t = {.arena = &a};
    (void)state;
    tree_add(&t, 0, "root", "", "");
    tree_add(&t, 1, "net", "1,000.00", "of it");
    tree_add(&t, 1, "税额", "5.00", "");
    tree_add(&t, 1, "a heading that is longer than all", "", "");
    tree_add(&t, 2, "x", "1", "own columns");
    tree_add(&t, 1, "cost", "", "unknown");
    assert_tree(&t, 80,
                "root\n"
                "├─ net   1,000.00  of it\n"
                "├─ 税额      5.00\n"
                "├─ a heading that is longer than all\n"
                "│  └─ x  1  own columns\n"
                "└─ cost  unknown\n");
}

static void long_remarks_go_on_below(void **state)
{
    struct arena a = {0};
    struct tree t = {.arena = &a};
    (void)state;
    tree_add(&t, 0, "root", "", "");
    tree_add(&t, 1, "net", "1.00", "one two three four five six seven eight");
    tree_add(&t, 2, "child", "", "");
    tree_add(&t, 1, "tax", "2.00", "one two three four five six seven eight");
    assert_tree(&t, 45,
                "root\n"
                "├─ net  1.00  one two three four five six\n"
                "│  │          seven eight\n"
                "│  └─ child\n"
                "└─ tax  2.00  one two three four five six\n"
                "              seven eight\n");
}

static void a_remark_without_room_stands_below(void **state)
{
    struct arena a = {0};
    struct tree t = {.arena = &a};
    (void)state;
    tree_add(&t, 0, "root", "", "");
    tree_add(&t, 1, "a label", "123,456,789.00", "a remark that needs room");
    assert_tree(&t, 40,
                "root\n"
                "└─ a label  123,456,789.00\n"
                "     a remark that needs room\n");
}

static void nothing_is_written_of_nothing(void **state)
{
    struct arena a = {0};
    struct tree t = {.arena = &a};
    struct buf out = {0};
    (void)state;
    tree_write(&t, 80, &out);
    assert_int_equal(out.n, 0);
    buf_free(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(branches),
        cmocka_unit_test(siblings_align),
        cmocka_unit_test(long_remarks_go_on_below),
        cmocka_unit_test(a_remark_without_room_stands_below),
        cmocka_unit_test(nothing_is_written_of_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
