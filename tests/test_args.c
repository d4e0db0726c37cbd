/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/support/test.h"

#include "calc/args.h"

#include <string.h>

static const struct option options[] = {
    {"format", "table|csv", "what", false},
    {"set", "KEY=VALUE", "override", true},
    {"all", NULL, "all", false},
    {NULL, NULL, NULL, false},
};
static const struct command command = {
    .name = "demo", .words = "config.ini", .min_words = 1, .max_words = 1, .options = options};

static int parse(struct args *out, struct arena *a, struct err *err, const char *const *words)
{
    char *argv[16];
    int n = 0;
    for (; words[n]; n++)
        argv[n] = arena_strdup(a, words[n]);
    return args_parse(out, a, &command, n, argv, err);
}

static void words_and_options_in_any_order(void **state)
{
    (void)state;
    struct arena a = {0};
    struct args args;
    struct err err;
    static const char *const words[] = {"--set", "a.b=1", "x.ini", "--format=csv", "--all", "--set=c.d=2", NULL};
    assert_int_equal(parse(&args, &a, &err, words), 0);
    assert_string_equal(args_word(&args, 0), "x.ini");
    assert_int_equal(args_words(&args), 1);
    assert_string_equal(args_get(&args, "format"), "csv");
    assert_int_equal(args_count(&args, "set"), 2);
    assert_string_equal(args_nth(&args, "set", 0), "a.b=1");
    assert_string_equal(args_nth(&args, "set", 1), "c.d=2");
    assert_string_equal(args_get(&args, "all"), "");
    assert_null(args_get(&args, "output"));
    arena_free(&a);
}

static void after_two_dashes_all_are_words(void **state)
{
    (void)state;
    struct arena a = {0};
    struct args args;
    struct err err;
    static const char *const words[] = {"-o", "out.csv", "--", "--odd.ini", NULL};
    assert_int_equal(parse(&args, &a, &err, words), 0);
    assert_string_equal(args_word(&args, 0), "--odd.ini");
    assert_string_equal(args_get(&args, "output"), "out.csv");
    arena_free(&a);
}

static void what_is_wrong_is_named(void **state)
{
    (void)state;
    static const struct {
        const char *words[6];
        const char *text;
    } v[] = {
        {{"x.ini", "--formt", "csv"}, "unknown option '--formt' of tco demo (did you mean '--format'?)"},
        {{"x.ini", "-q"}, "unknown option '-q' of tco demo (known: format, set, all, output, data, lang, help)"},
        {{"x.ini", "--format"}, "option --format needs a value (table|csv)"},
        {{"x.ini", "--all=yes"}, "option --all takes no value"},
        {{"x.ini", "--format", "csv", "--format", "csv"}, "option --format given twice"},
        {{"x.ini", "y.ini"}, "too many words after tco demo: 'y.ini' (usage: tco demo config.ini)"},
        {{NULL}, "tco demo needs more (usage: tco demo config.ini)"},
    };
    for (size_t i = 0; i < sizeof v / sizeof *v; i++) {
        struct arena a = {0};
        struct args args;
        struct err err = {0};
        assert_int_equal(parse(&args, &a, &err, v[i].words), -1);
        assert_string_equal(err.text, v[i].text);
        assert_int_equal(err.kind, ERR_USAGE);
        arena_free(&a);
    }
}

static void numbers_and_choices(void **state)
{
    (void)state;
    struct arena a = {0};
    struct args args;
    struct err err = {0};
    int n;
    size_t at;
    static const char *const known[] = {"table", "csv"};
    static const char *const words[] = {"x.ini", "--format", "12", NULL};
    assert_int_equal(parse(&args, &a, &err, words), 0);
    assert_int_equal(args_number(&args, "format", 1, 50, 0, &n, &err), 0);
    assert_int_equal(n, 12);
    assert_int_equal(args_number(&args, "format", 1, 5, 0, &n, &err), -1);
    assert_string_equal(err.text, "--format '12' is not a whole number from 1 to 5");
    assert_int_equal(args_number(&args, "set", 1, 5, 3, &n, &err), 0);
    assert_int_equal(n, 3);
    assert_int_equal(args_choice(&args, "format", known, 2, &at, &err), -1);
    assert_string_equal(err.text, "unknown --format '12' (known: table, csv)");
    arena_free(&a);
}

/* -j N and -jN alike, for commands that have --jobs. */
static void short_options(void **state)
{
    static const struct option with_jobs[] = {{"jobs", "N", "how many", false}, {NULL, NULL, NULL, false}};
    static const struct command c = {.name = "demo", .words = "", .options = with_jobs};
    static const char *const forms[] = {"-j2", "--jobs=2", "-j"}, *const odd[] = {"-jx", "-o2", "-2"};
    struct arena a = {0};
    struct args args;
    struct err err;

    (void)state;
    for (size_t i = 0; i < 3; i++) {
        char *good[] = {arena_strdup(&a, forms[i]), arena_strdup(&a, "2")}, *wrong[] = {arena_strdup(&a, odd[i])};
        assert_int_equal(args_parse(&args, &a, &c, i == 2 ? 2 : 1, good, &err), 0);
        assert_string_equal(args_get(&args, "jobs"), "2");
        assert_int_equal(args_parse(&args, &a, &c, 1, wrong, &err), -1);
        assert_non_null(strstr(err.text, "unknown option '-"));
        assert_int_equal(args_parse(&args, &a, &command, 1, good, &err), -1);
    }
    arena_free(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words_and_options_in_any_order),
        cmocka_unit_test(after_two_dashes_all_are_words),
        cmocka_unit_test(what_is_wrong_is_named),
        cmocka_unit_test(numbers_and_choices),
        cmocka_unit_test(short_options),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
