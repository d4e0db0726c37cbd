/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/support/test.h"

#include "calc/late.h"

#include <string.h>

static void a_function_of_a_library_is_found_and_works(void **state)
{
    const char *(*version)(int) = NULL;
    const struct late_function functions[] = {{"zError", &version}};
    struct err err;

    (void)state;
    assert_int_equal(late_load("libz.so.1", "zlib1g", functions, 1, &err), 0);
    assert_string_equal(version(-5), "buffer error");
}

static void a_missing_library_or_function_names_the_package(void **state)
{
    void (*nothing)(void) = NULL;
    const struct late_function functions[] = {{"no_such_function_at_all", &nothing}};
    struct err err;

    (void)state;
    assert_int_equal(late_load("libnone-such.so.9", "libnone9", functions, 1, &err), -1);
    assert_int_equal(err.kind, ERR_FETCH);
    assert_non_null(strstr(err.text, "cannot load libnone-such.so.9"));
    assert_non_null(strstr(err.text, "(install the package libnone9)"));
    assert_int_equal(late_load("libz.so.1", "zlib1g", functions, 1, &err), -1);
    assert_non_null(strstr(err.text, "no_such_function_at_all"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_function_of_a_library_is_found_and_works),
        cmocka_unit_test(a_missing_library_or_function_names_the_package),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
