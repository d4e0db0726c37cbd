/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The program as a call: what goes where, and the exit status.
 */
#include "tests/support/test.h"

#include "calc/cli.h"
#include "calc/tco.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct ran {
    int status;
    char out[16384], err[4096];
};

static void slurp(FILE *f, char *to, size_t room)
{
    rewind(f);
    size_t n = fread(to, 1, room - 1, f);
    to[n] = 0;
    fclose(f);
}

static struct ran run(const char *const *words)
{
    static struct ran r;
    char *argv[16] = {strdup("tco")};
    int argc = 1;
    for (; words[argc - 1]; argc++)
        argv[argc] = strdup(words[argc - 1]);
    FILE *out = tmpfile(), *err = tmpfile();
    const char *cache = getenv("TCO_CACHE");
    struct tco_world world = {.data_dir = "fixtures",
                              .cache_dir = cache ? cache : "build/test-cache",
                              .today = {20778}, /* 2026-11-21 */
                              .out_fd = fileno(out),
                              .err_fd = fileno(err)};
    r.status = tco_main(argc, argv, &world);
    slurp(out, r.out, sizeof r.out);
    slurp(err, r.err, sizeof r.err);
    for (int i = 0; i < argc; i++)
        free(argv[i]);
    return r;
}
#define RUN(...) run((const char *const[]){__VA_ARGS__, NULL})

static void version_and_help(void **state)
{
    (void)state;
    struct ran r = RUN("--version");
    assert_int_equal(r.status, 0);
    assert_string_equal(r.out, "tco " TCO_VERSION "\n");
    r = RUN("help");
    assert_int_equal(r.status, 0);
    for (const struct command *const *c = command_table; *c; c++)
        assert_non_null(strstr(r.out, (*c)->name));
    for (const struct command *const *c = command_table; *c; c++) {
        r = RUN((*c)->name, "--help");
        assert_int_equal(r.status, 0);
        assert_non_null(strstr(r.out, (*c)->about));
    }
}

static void wrong_words_are_answered_with_the_known_ones(void **state)
{
    (void)state;
    struct ran r = RUN("estimat");
    assert_int_equal(r.status, 2);
    assert_string_equal(r.out, "");
    assert_string_equal(r.err, "tco: unknown command 'estimat' (did you mean 'estimate'?)\n");
    r = run((const char *const[]){NULL});
    assert_int_equal(r.status, 2);
    assert_string_equal(r.err, "tco: no command (tco help lists them)\n");
    r = RUN("estimate");
    assert_int_equal(r.status, 2);
    r = RUN("estimate", "/nonexistent.ini");
    assert_int_equal(r.status, 2);
    assert_non_null(strstr(r.err, "/nonexistent.ini"));
    r = RUN("estimate", "x.ini", "--as-of", "2026-02-30");
    assert_int_equal(r.status, 2);
    assert_string_equal(r.err, "tco: --as-of '2026-02-30' is no date (YYYY-MM-DD)\n");
}

static void output_goes_whole_into_a_file(void **state)
{
    (void)state;
    char path[] = "/tmp/tco-cli-XXXXXX";
    int fd = mkstemp(path);
    assert_true(fd >= 0);
    close(fd);
    struct ran r = RUN("sites", "-o", path);
    assert_int_equal(r.status, 0);
    assert_string_equal(r.out, "");
    FILE *f = fopen(path, "r");
    char text[64];
    assert_non_null(fgets(text, sizeof text, f));
    fclose(f);
    unlink(path);
    r = RUN("sites", "-o", "/nonexistent/dir/x");
    assert_int_equal(r.status, 2);
    assert_non_null(strstr(r.err, "/nonexistent/dir/x"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(version_and_help),
        cmocka_unit_test(wrong_words_are_answered_with_the_known_ones),
        cmocka_unit_test(output_goes_whole_into_a_file),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
