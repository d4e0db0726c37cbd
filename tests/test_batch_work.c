/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * tco batch as a whole: order and bytes whatever the number of workers, every way for a row to be wrong, what an
 * interrupt leaves, where output goes.
 */
#include "tests/support/test.h"

#include "tests/support/program.h"
#include "tests/support/scratch.h"

#include "calc/batch_out.h"
#include "calc/batch_progress.h"
#include "calc/tco.h"
#include "fetchers/raw.h"

#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char base[] = "[project]\nname = base\nstart = 2027-01\nmonths = 1\nas_of = 2026-11-21\n[compare]\n"
                           "sites = tencent-cn, aliyun-cn\ncity = Beijing\n[compute web]\nvcpu = 2\nmemory = 4 GiB\n";

static int set_up(void **state)
{
    (void)state;
    struct program p = {0};

    scratch_write("base.ini", base);
    program_run(&p, "rates USD/CNY"); /* loads the catalogue, which is said once */
    program_free(&p);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    scratch_free();
    return 0;
}

/* "batch BASE ROWS <more>" over these rows. */
static int batch(struct program *p, const char *rows, const char *more)
{
    char words[2048];

    scratch_write("rows.csv", rows);
    snprintf(words, sizeof words, "batch %s %s %s", scratch_path("base.ini"), scratch_path("rows.csv"), more);
    return program_run(p, words);
}

/* Enough rows for several blocks, some of them wrong. */
static void many_rows(struct buf *rows, int n)
{
    buf_puts(rows, "compute.web.count\n");
    for (int i = 1; i <= n; i++)
        buf_printf(rows, i % 100 == 7 ? "%d many\n" : "%d\n", i);
    assert_false(rows->failed);
}

static void order_does_not_depend_on_workers(void **state)
{
    struct buf rows = {0};
    struct program p = {0};

    (void)state;
    many_rows(&rows, 1500);
    assert_int_equal(batch(&p, rows.v, "--columns row,site,list_cost,row_status,row_error -j1"), 3);
    char *one = strdup(p.out), *said = strdup(p.err);
    assert_int_equal(batch(&p, rows.v, "--columns row,site,list_cost,row_status,row_error -j 5"), 3);
    assert_string_equal(one, p.out);
    assert_string_equal(said, p.err);
    program_expect(&p, 3, "\n1500,tencent-cn,", "\n1500,aliyun-cn,", "\n7,,,failed,",
                   "of 1500 rows, 1485 are done, 0 incomplete, 0 stale, 15 failed", NULL);
    assert_null(strstr(strstr(p.out, "\n1500,aliyun-cn,") + 1, "\n1"));
    free(one);
    free(said);
    buf_free(&rows);
    program_free(&p);
}

static void the_first_twenty_are_named(void **state)
{
    struct buf rows = {0};
    struct program p = {0};
    size_t named = 0;

    (void)state;
    many_rows(&rows, 2600);
    assert_int_equal(batch(&p, rows.v, "--columns row"), 3);
    for (const char *at = p.err; (at = strstr(at, " is no number")) != NULL; at++)
        named++;
    assert_int_equal(named, 20);
    assert_non_null(strstr(p.err, "rows.csv:1908 [compute web]: count: '1907 many' is no number"));
    assert_null(strstr(p.err, "rows.csv:2008 "));
    program_expect(&p, 3, "of 2600 rows, 2574 are done, 0 incomplete, 0 stale, 26 failed", NULL);
    buf_free(&rows);
    program_free(&p);
}

/* A bad row, what its record says, and that the row behind it is done. */
static void bad(const char *row, const char *why)
{
    struct buf rows = {0};
    struct program p = {0};
    char want[512];

    buf_printf(&rows, "compute.web.count,compute.web.sku.aliyun-cn,compare.sites\n%s\n2,,aliyun-cn\n", row);
    batch(&p, rows.v, "--columns row,site,row_status,row_error");
    snprintf(want, sizeof want, "%s\n2,aliyun-cn,done,\n", why);
    program_expect(&p, 3, "\n1,,failed,", want, "of 2 rows, 1 are done", NULL);
    buf_free(&rows);
    program_free(&p);
}

static void every_row_that_is_wrong(void **state)
{
    (void)state;
    bad("1,2,3,4", "rows.csv:2: 4 cells where the header has 3");
    bad("1", "rows.csv:2: 1 cell where the header has 3");
    bad("\"1,,aliyun-cn", "rows.csv:2: a quote that is never closed");
    bad("1\xff,,", "rows.csv:2: text that is not UTF-8");
    bad("1,,alyun-cn",
        "rows.csv:2 [compare]: sites: unknown site 'alyun-cn' (did you mean 'aliyun-cn'? known: aliyun-cn, "
        "aliyun-intl, "
        "aws-cn, aws-global, azure-cn, azure-global, tencent-cn, tencent-intl, huawei-cn, huawei-intl, baidu-cn)\"");
    bad("1,,\"aliyun-cn\ntencent-cn\"",
        "rows.csv:2 [compare]: sites: the cell holds a control character or a line break");
    bad("0,,", "rows.csv:2 [compute web]: count: '0' is out of range (over 0 to 1000000)");
    bad("1e3,,", "rows.csv:2 [compute web]: count: '1e3' is no number (over 0 to 1000000)");
}

/* An SKU that is not sold leaves the row incomplete, as in an estimate. */
static void incomplete_rows(void **state)
{
    struct program p = {0};

    (void)state;
    batch(&p, "scenario,compute.web.sku.aliyun-cn\nfine,\nodd,ecs.none\n", "--columns scenario,site,status,row_status");
    program_expect(&p, 3,
                   "scenario,site,status,row_status\nfine,tencent-cn,complete,done\nfine,aliyun-cn,complete,done\n"
                   "odd,tencent-cn,complete,incomplete\nodd,aliyun-cn,incomplete,incomplete\n",
                   "of 2 rows, 1 are done, 1 incomplete, 0 stale, 0 failed", NULL);
    program_free(&p);
}

/* A number too large for any amount is the row's, not the batch's. */
static void overflow(void **state)
{
    struct program p = {0};

    (void)state;
    batch(&p, "compute.web.count,compute.web.growth,project.months\n1000000,1000% / month,600\n1,,\n",
          "--columns row,site,row_status");
    program_expect(&p, 3, "1,,failed\n2,tencent-cn,done\n2,aliyun-cn,done\n", NULL);
    program_free(&p);
}

static void strict_ends_at_the_first(void **state)
{
    struct buf rows = {0};
    struct program p = {0};
    size_t n;
    char more[300];

    (void)state;
    many_rows(&rows, 900);
    scratch_write("out.csv", "old");
    for (int j = 1; j <= 3; j++) {
        snprintf(more, sizeof more, "--strict -j%d -o %s", j, scratch_path("out.csv"));
        batch(&p, rows.v, more);
        program_expect(&p, 2, "rows.csv:8 [compute web]: count: '7 many' is no number", NULL);
        assert_string_equal(p.out, "");
        char *old = scratch_read("out.csv", &n);
        assert_int_equal(n, 3);
        free(old);
    }
    batch(&p, rows.v, "--strict --columns row,site -j 3");
    assert_int_equal(p.status, 2);
    assert_string_equal(strstr(p.out, "\n6,"), "\n6,tencent-cn\n6,aliyun-cn\n");
    buf_free(&rows);
    program_free(&p);
}

/* ---- interrupts: asked before every row, it comes with the nth question ---- */

static int questions, patience;

static bool impatient(void)
{
    return ++questions > patience;
}

/* Whatever the moment, the output ends with a whole row, and says which. */
static void an_interrupt_leaves_whole_rows(void **state)
{
    struct buf rows = {0};
    struct program p = {.interrupted = impatient};

    (void)state;
    buf_puts(&rows, "compute.web.count\n");
    for (int i = 1; i <= 600; i++)
        buf_printf(&rows, "%d\n", i);
    for (patience = 5; patience < 600; patience += 85) {
        unsigned long last = 0;
        char want[100];
        questions = 0;
        batch(&p, rows.v, "--columns row,site -j1");
        assert_int_equal(p.status, 3);
        const char *said = strstr(p.err, "interrupted: the rows up to ");
        assert_non_null(said);
        last = strtoul(said + 28, NULL, 10);
        assert_true(last < 600);
        if (last == 0)
            snprintf(want, sizeof want, "row,site\n");
        else
            snprintf(want, sizeof want, "\n%lu,tencent-cn\n%lu,aliyun-cn\n", last, last);
        assert_true(strlen(p.out) >= strlen(want));
        assert_string_equal(p.out + strlen(p.out) - strlen(want), want);
    }
    patience = 100000;
    questions = 0;
    batch(&p, rows.v, "--columns row,site -j1");
    assert_int_equal(p.status, 0);
    assert_string_equal(p.err, "");
    buf_free(&rows);
    program_free(&p);
}

/* What was done is in the file, whole. */
static void an_interrupted_file_is_in_its_place(void **state)
{
    struct program p = {.interrupted = impatient};
    char more[300];
    size_t n;

    (void)state;
    questions = 0;
    patience = 3;
    snprintf(more, sizeof more, "--columns row,site -j1 -o %s", scratch_path("cut.csv"));
    batch(&p, "compute.web.count\n1\n2\n3\n4\n5\n", more);
    assert_int_equal(p.status, 3);
    char *text = scratch_read("cut.csv", &n);
    assert_true(n > 9 && text[n - 1] == '\n');
    free(text);
    program_free(&p);
}

/* Rows that only trickle in: those that came are done, and Ctrl-C is heard while none comes. */
static void an_interrupt_while_waiting(void **state)
{
    static const char rows[] = "scenario\nx\nhalf a r";
    struct program p = {.interrupted = impatient};
    char words[600];
    int ends[2], was = dup(STDIN_FILENO);

    (void)state;
    assert_true(was >= 0 && pipe(ends) == 0);
    assert_int_equal(write(ends[1], rows, sizeof rows - 1), (ssize_t)sizeof rows - 1);
    dup2(ends[0], STDIN_FILENO);
    questions = 0;
    patience = 4;
    snprintf(words, sizeof words, "batch %s - --columns scenario,site -j1", scratch_path("base.ini"));
    program_run(&p, words);
    dup2(was, STDIN_FILENO);
    program_expect(&p, 3, "interrupted: the rows up to 1 are written", NULL);
    assert_string_equal(p.out, "scenario,site\nx,tencent-cn\nx,aliyun-cn\n");
    close(was);
    close(ends[0]);
    close(ends[1]);
    program_free(&p);
}

/* ---- in and out ---- */

static void several_configurations(void **state)
{
    struct program p = {0};
    char words[900];

    (void)state;
    scratch_write("a.ini", base);
    scratch_write("b.ini", "[project]\nmonths = none\n");
    snprintf(words, sizeof words,
             "batch %s %s %s -j 2 --set 'compute web.count=1' --columns row,site,row_status,row_error",
             scratch_path("a.ini"), scratch_path("b.ini"), scratch_path("base.ini"));
    program_run(&p, words);
    program_expect(&p, 3, "row,site,row_status,row_error\n1,tencent-cn,done,\n1,aliyun-cn,done,\n2,,failed,",
                   "3,tencent-cn,done,\n3,aliyun-cn,done,\n", "b.ini", NULL);
    program_free(&p);
}

static void unpack(const char *name, struct buf *out)
{
    size_t n, used, got = 1;
    char *gz = scratch_read(name, &n), part[100];
    struct raw_unzip *u;
    struct err err;

    assert_int_equal(raw_unzip_open(&u, &err), 0);
    for (size_t at = 0; at < n || got > 0; at += used) {
        assert_int_equal(raw_unzip_read(u, gz + at, n - at, &used, part, sizeof part, &got), RAW_TAKEN);
        buf_add(out, part, got);
    }
    assert_true(raw_unzip_whole(u));
    raw_unzip_free(u);
    free(gz);
}

/* Packed output holds what standard output shows, and its bytes do not depend on the workers either. */
static void packed_output(void **state)
{
    struct buf rows = {0}, plain = {0};
    struct program p = {0};
    char more[300];
    size_t n[2];
    char *gz[2];

    (void)state;
    many_rows(&rows, 1200);
    for (int i = 0; i < 2; i++) {
        snprintf(more, sizeof more, "-j%d -o %s", 1 + 2 * i, scratch_path("out.csv.gz"));
        assert_int_equal(batch(&p, rows.v, more), 3);
        assert_string_equal(p.out, "");
        gz[i] = scratch_read("out.csv.gz", &n[i]);
    }
    assert_int_equal(n[0], n[1]);
    assert_memory_equal(gz[0], gz[1], n[0]);
    unpack("out.csv.gz", &plain);
    batch(&p, rows.v, "");
    assert_string_equal(plain.v, p.out);
    free(gz[0]);
    free(gz[1]);
    buf_free(&rows);
    buf_free(&plain);
    program_free(&p);
}

static void what_the_command_refuses(void **state)
{
    struct program p = {0};
    char words[600];

    (void)state;
    batch(&p, "", "");
    program_expect(&p, 2, "rows.csv: is empty (its first line names the columns)", NULL);
    batch(&p, "dept\nx\n", "");
    program_expect(&p, 2, "rows.csv:1: no column is known", NULL);
    batch(&p, "\"scenario\nx\n", "");
    program_expect(&p, 2, "rows.csv:1: a quote that is never closed", NULL);
    batch(&p, "scenario\nx\n", "--columns row,scenari");
    program_expect(&p, 2, "--columns: unknown column 'scenari' (known: scenario, rank, site,", NULL);
    batch(&p, "scenario\nx\n", "--view monthly");
    program_expect(&p, 2, "unknown --view 'monthly' (known: summary, lines)", NULL);
    batch(&p, "scenario\nx\n", "-j 0");
    program_expect(&p, 2, "--jobs '0' is not a whole number from 1 to 256", NULL);
    batch(&p, "scenario\nx\n", "-o /dev/full");
    program_expect(&p, 2, "cannot write '/dev/full': No space left on device", NULL);
    program_run(&p, "batch only.ini");
    program_expect(&p, 2, "tco batch needs rows as well", NULL);
    program_run(&p, "batch a.ini b.ini c.csv");
    program_expect(&p, 2, "several words are configurations, each ending in .ini", NULL);
    program_run(&p, "batch - -");
    program_expect(&p, 2, "cannot both be standard input", NULL);
    snprintf(words, sizeof words, "batch %s no-such.csv", scratch_path("base.ini"));
    program_run(&p, words);
    program_expect(&p, 2, "no-such.csv: cannot be read: No such file or directory", NULL);
    program_free(&p);
}

/* A reader that has gone: an error, not a signal and not silence. */
static void a_closed_pipe(void **state)
{
    int ends[2];
    struct batch_out o;
    struct err err;

    (void)state;
    assert_int_equal(pipe(ends), 0);
    close(ends[0]);
    signal(SIGPIPE, SIG_IGN);
    assert_int_equal(batch_out_open(&o, NULL, ends[1], &err), 0);
    assert_int_equal(batch_out_add(&o, "x\n", 2, &err), -1);
    assert_int_equal(err.kind, ERR_INTERNAL);
    assert_string_equal(err.text, "cannot write standard output: Broken pipe");
    batch_out_drop(&o);
    close(ends[1]);
}

static void labels_are_said_once(void **state)
{
    struct program p = {0};

    (void)state;
    batch(&p, "scenario,dept,owner\nx,1,2\ny,3,4\n", "--columns scenario,site");
    program_expect(&p, 0, "x,tencent-cn\nx,aliyun-cn\ny,tencent-cn\ny,aliyun-cn\n",
                   "rows.csv: not used, as they are no keys: dept, owner", NULL);
    program_free(&p);
}

/* ---- progress ---- */

static int64_t clock_ms;

static int64_t now(void)
{
    return clock_ms;
}

static void progress_is_for_terminals(void **state)
{
    int fd = open("/dev/null", O_WRONLY);
    struct tco_world world = {.err_fd = fd, .err_tty = true, .now_ms = now};
    struct app app = {.world = &world};
    struct batch_progress p;
    struct buf line = {0};

    (void)state;
    batch_progress_open(&p, &app, 1000);
    assert_true(p.on);
    batch_progress_line(&p, 5000, 250, 2000, &line);
    assert_string_equal(line.v, "5000 rows, 2500 a second, 25 %, 6 s left");
    line.n = 0;
    p.all = 0;
    batch_progress_line(&p, 5000, 250, 0, &line);
    assert_string_equal(line.v, "5000 rows, 5000000 a second");
    batch_progress_show(&p, 1, 1);
    assert_false(p.shown);
    clock_ms = 300;
    batch_progress_show(&p, 1, 1);
    assert_true(p.shown);
    batch_progress_clear(&p);
    assert_false(p.shown);
    world.err_tty = false;
    batch_progress_open(&p, &app, 1000);
    assert_false(p.on);
    buf_free(&line);
    buf_free(&app.messages);
    close(fd);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(order_does_not_depend_on_workers),
        cmocka_unit_test(the_first_twenty_are_named),
        cmocka_unit_test(every_row_that_is_wrong),
        cmocka_unit_test(incomplete_rows),
        cmocka_unit_test(overflow),
        cmocka_unit_test(strict_ends_at_the_first),
        cmocka_unit_test(an_interrupt_leaves_whole_rows),
        cmocka_unit_test(an_interrupted_file_is_in_its_place),
        cmocka_unit_test(an_interrupt_while_waiting),
        cmocka_unit_test(several_configurations),
        cmocka_unit_test(packed_output),
        cmocka_unit_test(what_the_command_refuses),
        cmocka_unit_test(a_closed_pipe),
        cmocka_unit_test(labels_are_said_once),
        cmocka_unit_test(progress_is_for_terminals),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
