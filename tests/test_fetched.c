/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The list of what was fetched: written whole, read strictly, and cleaned of what a killed process left,
 * which is made here by taking its steps one by one.
 */
#define _XOPEN_SOURCE 700 /* fork */
#include "tests/support/scratch.h"
#include "tests/support/test.h"

#include "calc/dirs.h"
#include "calc/fetched.h"
#include "calc/file.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#define HEADER "name,dir,source,site,day,received,prices,rates,sha256\n"
#define SHA "b5bb9d8014a0f9b1d61e21e796d78dccdf1352f23cd32812f4850b878ae4944c" /* of "foo\n" */
#define TIME "2026-11-22T01:02:03Z"

static int setup(void **state)
{
    (void)state;
    scratch_mkdir("cache");
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    scratch_free();
    return 0;
}

static struct date day(const char *text)
{
    struct date d;

    assert_true(date_parse(text, strlen(text), &d));
    return d;
}

static struct fetched_entry entry(const char *name, const char *source, const char *site)
{
    return (struct fetched_entry){.name = name,
                                  .source = source,
                                  .site = site,
                                  .day = day("2026-11-22"),
                                  .received = TIME,
                                  .prices = 3,
                                  .sha256 = SHA};
}

static struct fetched_work open_work(struct arena *a)
{
    struct fetched_work w = {0, NULL};
    struct err err = {ERR_NONE, ""};

    if (fetched_work_open(&w, scratch_path("cache"), a, &err) != 0)
        fail_msg("%s", err.text);
    return w;
}

static struct fetched_entry commit(struct arena *a, const struct fetched_entry *e, bool add)
{
    struct fetched_work w = open_work(a);
    struct fetched_entry out;
    struct err err = {ERR_NONE, ""};
    char path[512];

    snprintf(path, sizeof path, "%s/prices.csv", w.path);
    assert_int_equal(file_write(path, "foo\n", 4, &err), 0);
    if (fetched_commit(scratch_path("cache"), &w, e, add, a, &out, &err) != 0)
        fail_msg("%s", err.text);
    assert_null(w.path);
    fetched_work_drop(&w); /* does nothing now */
    return out;
}

static void assert_list(const char *text)
{
    size_t n;
    char *list = scratch_read("cache/fetched/list.csv", &n);

    assert_int_equal(n, strlen(text));
    assert_memory_equal(list, text, n);
    free(list);
}

static bool there(const char *name)
{
    struct stat st;

    return lstat(scratch_path(name), &st) == 0;
}

static void sweep(void)
{
    struct err err = {ERR_NONE, ""};

    if (fetched_sweep(scratch_path("cache"), &err) != 0)
        fail_msg("%s", err.text);
}

static void start_anew(void)
{
    assert_int_equal(dirs_remove(scratch_path("cache/fetched")), 0);
}

/* ---- tests ---- */

static void without_a_list_nothing_was_fetched(void **state)
{
    struct arena a = {NULL};
    struct fetched_list l;
    struct err err;

    (void)state;
    assert_int_equal(fetched_list(scratch_path("cache"), &a, &l, &err), 0);
    assert_int_equal(l.n, 0);
    assert_false(there("cache/fetched"));
    arena_free(&a);
}

static void what_is_committed_is_listed_in_its_order(void **state)
{
    struct arena a = {NULL};
    struct fetched_list l;
    struct err err;
    const struct fetched_entry aws = entry(NULL, "aws", "aws-cn"), ecb = entry(NULL, "ecb", ""),
                               pack = entry("pack.x", FETCHED_PACK "/a \"b\",c/团队", "");

    (void)state;
    start_anew();
    assert_string_equal(commit(&a, &aws, false).name, "aws.aws-cn.2026-11-22.1");
    assert_string_equal(commit(&a, &ecb, false).dir, "ecb.2026-11-22.1");
    assert_string_equal(commit(&a, &aws, false).name, "aws.aws-cn.2026-11-22.2");
    commit(&a, &pack, true);
    assert_list(HEADER "aws.aws-cn.2026-11-22.1,aws.aws-cn.2026-11-22.1,aws,aws-cn,2026-11-22," TIME ",3,0," SHA "\n"
                       "ecb.2026-11-22.1,ecb.2026-11-22.1,ecb,,2026-11-22," TIME ",3,0," SHA "\n"
                       "aws.aws-cn.2026-11-22.2,aws.aws-cn.2026-11-22.2,aws,aws-cn,2026-11-22," TIME ",3,0," SHA "\n"
                       "pack.x,pack.x,\"pack:/a \"\"b\"\",c/团队\",,2026-11-22," TIME ",3,0," SHA "\n");
    assert_true(there("cache/fetched/aws.aws-cn.2026-11-22.2/prices.csv"));
    assert_false(there("cache/fetched/aws.aws-cn.2026-11-22.2/.unlisted"));
    assert_int_equal(fetched_list(scratch_path("cache"), &a, &l, &err), 0);
    assert_int_equal(l.n, 4);
    assert_string_equal(l.v[3].source, "pack:/a \"b\",c/团队");
    assert_int_equal(l.v[0].prices, 3);
    assert_int_equal(l.v[0].day.day, day("2026-11-22").day);
    arena_free(&a);
}

static void a_line_is_replaced_where_it_stands(void **state)
{
    struct arena a = {NULL};
    struct fetched_entry one = entry(NULL, "aws", "aws-cn"), none = entry("none", "aws", "aws-cn"), out;
    struct fetched_work w;
    struct err err;

    (void)state;
    start_anew();
    commit(&a, &one, false);
    commit(&a, &one, false);
    one.name = "aws.aws-cn.2026-11-22.1";
    one.prices = 4;
    assert_string_equal(commit(&a, &one, false).dir, "aws.aws-cn.2026-11-22.1.2");
    assert_list(HEADER "aws.aws-cn.2026-11-22.1,aws.aws-cn.2026-11-22.1.2,aws,aws-cn,2026-11-22," TIME ",4,0," SHA "\n"
                       "aws.aws-cn.2026-11-22.2,aws.aws-cn.2026-11-22.2,aws,aws-cn,2026-11-22," TIME ",3,0," SHA "\n");
    assert_false(there("cache/fetched/aws.aws-cn.2026-11-22.1"));
    assert_true(there("cache/fetched/aws.aws-cn.2026-11-22.1.2/prices.csv"));

    w = open_work(&a);
    assert_int_equal(fetched_commit(scratch_path("cache"), &w, &none, false, &a, &out, &err), -1);
    assert_string_equal(err.text, "nothing named 'none' was fetched");
    assert_int_equal(access(w.path, F_OK), 0); /* still there, and the caller's */
    fetched_work_drop(&w);
    none.prices = 0;
    w = open_work(&a);
    assert_int_equal(fetched_commit(scratch_path("cache"), &w, &none, true, &a, &out, &err), -1);
    assert_string_equal(err.text, "neither prices nor rates");
    fetched_work_drop(&w);
    sweep();
    assert_true(there("cache/fetched/aws.aws-cn.2026-11-22.1.2/prices.csv"));
    arena_free(&a);
}

static void sums_are_those_of_sha256sum(void **state)
{
    struct arena a = {NULL};
    struct fetched_work w = open_work(&a);
    struct err err = {ERR_NONE, ""};
    struct buf text = {0};
    char path[512];
    static const char *const names[] = {"sites.csv", "scopes.csv", "prices.csv", "raw.json"};

    (void)state;
    for (size_t i = 0; i < 4; i++) {
        snprintf(path, sizeof path, "%s/%s", w.path, names[i]);
        assert_int_equal(file_write(path, "foo\n", 4, &err), 0);
    }
    assert_int_equal(fetched_work_sum(&w, &err), 0);
    snprintf(path, sizeof path, "%s/SHA256SUMS", w.path);
    assert_int_equal(file_read(path, 4096, &text, &err), 0);
    assert_string_equal(text.v, SHA "  prices.csv\n" SHA "  sites.csv\n" SHA "  scopes.csv\n");
    buf_free(&text);
    fetched_work_drop(&w);
    arena_free(&a);
}

/* ---- killed processes ---- */

static void only_the_work_of_the_dead_is_swept(void **state)
{
    struct arena a = {NULL};
    struct fetched_work living = open_work(&a), dead = open_work(&a);

    (void)state;
    close(dead.lock); /* as the kernel does for a process that ended */
    sweep();
    assert_int_equal(access(living.path, F_OK), 0);
    assert_int_equal(access(dead.path, F_OK), -1);
    fetched_work_drop(&living);
    arena_free(&a);
}

static void what_never_came_on_the_list_is_swept(void **state)
{
    struct arena a = {NULL};
    const struct fetched_entry one = entry(NULL, "aws", "aws-cn");

    (void)state;
    start_anew();
    commit(&a, &one, false);
    scratch_mkdir("cache/fetched/azure.1"); /* renamed into its place, killed before the list was written */
    scratch_write("cache/fetched/azure.1/.unlisted", "");
    scratch_mkdir("cache/fetched/azure.1/raw");
    scratch_write("cache/fetched/azure.1/raw/answer.json", "{}");
    scratch_write("cache/fetched/.tco-77-0.tmp", "name,dir");             /* killed while it was written */
    scratch_mkdir("cache/fetched/mine");                                  /* somebody's own: nobody says it may go */
    scratch_write("cache/fetched/aws.aws-cn.2026-11-22.1/.unlisted", ""); /* killed before the mark was taken away */
    sweep();
    assert_false(there("cache/fetched/azure.1"));
    assert_false(there("cache/fetched/.tco-77-0.tmp"));
    assert_true(there("cache/fetched/mine"));
    assert_true(there("cache/fetched/aws.aws-cn.2026-11-22.1/prices.csv"));
    assert_false(there("cache/fetched/aws.aws-cn.2026-11-22.1/.unlisted"));
    arena_free(&a);
}

static void links_are_removed_not_followed(void **state)
{
    (void)state;
    scratch_mkdir("precious");
    scratch_write("precious/file", "x");
    scratch_mkdir("cache/fetched/linked");
    scratch_write("cache/fetched/linked/.unlisted", "");
    assert_int_equal(symlink(scratch_path("precious"), scratch_path("cache/fetched/linked/link")), 0);
    sweep();
    assert_false(there("cache/fetched/linked"));
    assert_true(there("precious/file"));
}

static void a_bad_list_is_refused_with_its_line(void **state)
{
#define ROW(name, dir) name "," dir ",aws,aws-cn,2026-11-22," TIME ",3,0," SHA "\n"
    static const struct {
        const char *text, *message;
    } rows[] = {
        {"name,dir\n", ":1: "},
        {HEADER ROW("a", "a") ROW("a", "b"), ":3: the same name as in line 2"},
        {HEADER ROW("a", "a") ROW("b", "a"), ":3: the same dir as in line 2"},
        {HEADER ROW("a", "../a"), ":2: dir: '../a' (known: letters, digits, . _ -)"},
        {HEADER ROW("a", ".a"), ":2: dir: '.a' (known: letters, digits, . _ -)"},
        {HEADER ROW("a/b", "a"), ":2: name: 'a/b' (known: letters, digits, . _ -)"},
        {HEADER "a,a,aws,aws-cn,2026-11-31," TIME ",3,0," SHA "\n", ":2: day: '2026-11-31' is no day"},
        {HEADER "a,a,aws,aws-cn,," TIME ",3,0," SHA "\n", ":2: day: blank"},
        {HEADER "a,a,aws,aws-cn,2026-11-22,yesterday,3,0," SHA "\n", ":2: received: 'yesterday' is no time"},
        {HEADER "a,a,aws,aws-cn,2026-11-22," TIME ",-3,0," SHA "\n", ":2: prices: '-3' is no number"},
        {HEADER "a,a,aws,aws-cn,2026-11-22," TIME ",0,0," SHA "\n", ":2: neither prices nor rates"},
        {HEADER "a,a,aws,aws-cn,2026-11-22," TIME ",3,0,b5bb\n", ":2: sha256: 'b5bb' is no digest"},
        {HEADER "a,a,aws,aws-cn,2026-11-22," TIME ",3", ":2: 7 cells where the header has 9"},
    };
    struct arena a = {NULL};
    struct fetched_list l;
    struct fetched_work w;

    (void)state;
    start_anew();
    scratch_mkdir("cache/fetched");
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct err err = {ERR_NONE, ""};
        const struct fetched_entry one = entry(NULL, "aws", "aws-cn");
        struct fetched_entry out;
        scratch_write("cache/fetched/list.csv", rows[i].text);
        assert_int_equal(fetched_list(scratch_path("cache"), &a, &l, &err), -1);
        assert_int_equal(err.kind, ERR_USAGE);
        if (strncmp(err.text, scratch_path("cache/fetched/list.csv"), strlen(scratch_path("cache/fetched/list.csv"))) ||
            strstr(err.text, rows[i].message) == NULL)
            fail_msg("%s: %s", rows[i].message, err.text);
        w = open_work(&a); /* nor is it written over */
        assert_int_equal(fetched_commit(scratch_path("cache"), &w, &one, false, &a, &out, &err), -1);
        fetched_work_drop(&w);
        assert_list(rows[i].text);
    }
    arena_free(&a);
}

static void many_commits_at_once_are_all_listed(void **state)
{
    enum { PROCESSES = 4, EACH = 5 };
    struct arena a = {NULL};
    struct fetched_list l;
    struct err err;

    (void)state;
    start_anew();
    for (int i = 0; i < PROCESSES; i++) {
        pid_t pid = fork();
        assert_true(pid >= 0);
        if (pid == 0) {
            const struct fetched_entry one = entry(NULL, "aws", "aws-cn");
            for (int k = 0; k < EACH; k++) {
                sweep();
                commit(&a, &one, false);
            }
            _exit(0);
        }
    }
    for (int i = 0; i < PROCESSES; i++) {
        int status;
        assert_true(wait(&status) > 0);
        assert_true(WIFEXITED(status) && WEXITSTATUS(status) == 0);
    }
    assert_int_equal(fetched_list(scratch_path("cache"), &a, &l, &err), 0); /* and no name or directory twice */
    assert_int_equal(l.n, PROCESSES * EACH);
    for (size_t i = 0; i < l.n; i++) {
        const char *path = arena_printf(&a, "%s/prices.csv", fetched_dir_path(scratch_path("cache"), &l.v[i], &a));
        assert_int_equal(access(path, F_OK), 0);
    }
    arena_free(&a);
}

static void the_lock_can_be_held_by_readers(void **state)
{
    int one = fetched_hold(scratch_path("cache")), two = fetched_hold(scratch_path("cache")), writer;

    (void)state;
    assert_true(one >= 0 && two >= 0);
    writer = open(scratch_path("cache/fetched/.lock"), O_RDWR);
    assert_int_equal(flock(writer, LOCK_EX | LOCK_NB), -1);
    fetched_release(one);
    fetched_release(two);
    assert_int_equal(flock(writer, LOCK_EX | LOCK_NB), 0);
    close(writer);
    assert_int_equal(fetched_hold(scratch_path("nowhere")), -1);
    fetched_release(-1);
}

static void a_place_that_cannot_be_written_is_named(void **state)
{
    struct arena a = {NULL};
    struct fetched_work w = {0, NULL};
    struct err err;

    (void)state;
    assert_int_equal(fetched_work_open(&w, "/proc", &a, &err), -1);
    assert_int_equal(err.kind, ERR_USAGE);
    assert_string_equal(
        err.text,
        "cannot make directory '/proc/fetched': No such file or directory (set TCO_CACHE to a writable directory)");
    arena_free(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(without_a_list_nothing_was_fetched),
        cmocka_unit_test(what_is_committed_is_listed_in_its_order),
        cmocka_unit_test(a_line_is_replaced_where_it_stands),
        cmocka_unit_test(sums_are_those_of_sha256sum),
        cmocka_unit_test(only_the_work_of_the_dead_is_swept),
        cmocka_unit_test(what_never_came_on_the_list_is_swept),
        cmocka_unit_test(links_are_removed_not_followed),
        cmocka_unit_test(a_bad_list_is_refused_with_its_line),
        cmocka_unit_test(many_commits_at_once_are_all_listed),
        cmocka_unit_test(the_lock_can_be_held_by_readers),
        cmocka_unit_test(a_place_that_cannot_be_written_is_named),
    };

    return cmocka_run_group_tests(tests, setup, teardown);
}
