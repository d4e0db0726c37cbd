/* SPDX-License-Identifier: GPL-3.0-or-later */
#define _XOPEN_SOURCE 700 /* setenv, realpath */
#include "tests/support/scratch.h"
#include "tests/support/test.h"

#include "calc/dirs.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static void the_given_data_directory_must_hold_data(void **state)
{
    struct arena a = {NULL};
    struct err err = {ERR_NONE, ""};
    const char *dir;
    char *real = realpath("fixtures", NULL);

    (void)state;
    assert_int_equal(dirs_data("fixtures/../fixtures", &a, &dir, &err), 0);
    assert_string_equal(dir, real);
    assert_int_equal(dirs_data("tests", &a, &dir, &err), -1);
    assert_string_equal(err.text, "'tests' is no data directory: it has no rules/sites.csv");
    assert_int_equal(dirs_data("no/such", &a, &dir, &err), -1);
    assert_string_equal(err.text, "data directory: cannot open directory 'no/such': No such file or directory");
    assert_int_equal(err.kind, ERR_USAGE);
    assert_int_equal(dirs_data("Makefile", &a, &dir, &err), -1);
    assert_string_equal(err.text, "data directory: 'Makefile' is not a directory");
    free(real);
    arena_free(&a);
}

static void without_one_the_source_tree_serves(void **state)
{
    struct arena a = {NULL};
    struct err err = {ERR_NONE, ""};
    const char *dir;

    (void)state;
    if (dirs_data(NULL, &a, &dir, &err) != 0)
        fail_msg("%s", err.text);
    assert_string_equal(dir + strlen(dir) - strlen("/fixtures"), "/fixtures");
    arena_free(&a);
}

static void the_cache_directory_is_made(void **state)
{
    struct arena a = {NULL};
    struct err err = {ERR_NONE, ""};
    struct stat st;
    const char *dir;

    (void)state;
    assert_int_equal(dirs_cache(scratch_path("one/two/three"), &a, &dir, &err), 0);
    assert_true(stat(scratch_path("one/two/three"), &st) == 0 && S_ISDIR(st.st_mode));
    assert_int_equal(dirs_cache(scratch_path("one/two/three"), &a, &dir, &err), 0); /* it may be there */
    setenv("HOME", scratch_path("home"), 1);
    assert_int_equal(dirs_cache(NULL, &a, &dir, &err), 0);
    assert_string_equal(dir, scratch_path("home/.cache/tco"));
    assert_int_equal(stat(dir, &st), 0);
    arena_free(&a);
    scratch_free();
}

static void no_place_is_an_error_with_the_way_out(void **state)
{
    struct arena a = {NULL};
    struct err err = {ERR_NONE, ""};
    const char *dir;

    (void)state;
    unsetenv("HOME");
    assert_int_equal(dirs_cache(NULL, &a, &dir, &err), -1);
    assert_string_equal(err.text,
                        "no place for the catalogue: HOME is not set (set TCO_CACHE to a writable directory)");
    assert_int_equal(dirs_cache("", &a, &dir, &err), -1);
    assert_string_equal(err.text, "TCO_CACHE is empty (set TCO_CACHE to a writable directory)");
    scratch_write("file", "x");
    assert_int_equal(dirs_cache(scratch_path("file"), &a, &dir, &err), -1);
    assert_non_null(strstr(err.text, "/file': Not a directory (set TCO_CACHE to a writable directory)"));
    assert_int_equal(dirs_cache(scratch_path("file/below"), &a, &dir, &err), -1);
    assert_non_null(strstr(err.text, "/file/below': Not a directory (set TCO_CACHE to a writable directory)"));
    assert_int_equal(dirs_cache("/proc/none/tco", &a, &dir, &err), -1);
    assert_int_equal(err.kind, ERR_USAGE);
    arena_free(&a);
    scratch_free();
}

static void a_directory_is_removed_with_all_in_it(void **state)
{
    (void)state;
    scratch_mkdir("tree");
    scratch_mkdir("tree/branch");
    scratch_write("tree/branch/leaf", "x");
    scratch_write("outside", "x");
    assert_int_equal(symlink(scratch_path("outside"), scratch_path("tree/link")), 0);
    assert_int_equal(dirs_remove(scratch_path("tree")), 0);
    assert_int_equal(access(scratch_path("tree"), F_OK), -1);
    assert_int_equal(access(scratch_path("outside"), F_OK), 0);
    assert_int_equal(dirs_remove(scratch_path("outside")), 0); /* a file */
    assert_int_equal(access(scratch_path("outside"), F_OK), -1);
    assert_int_equal(dirs_remove(scratch_path("outside")), 0); /* nothing is there */
    assert_int_not_equal(dirs_remove("/proc/self/fdinfo"), 0);
    scratch_free();
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_given_data_directory_must_hold_data),
        cmocka_unit_test(without_one_the_source_tree_serves),
        cmocka_unit_test(the_cache_directory_is_made),
        cmocka_unit_test(no_place_is_an_error_with_the_way_out),
        cmocka_unit_test(a_directory_is_removed_with_all_in_it),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
