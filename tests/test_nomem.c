/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Every command with memory running out at its first, second, third ... request: it says so with
 * status 1 and writes nothing, or does without and writes exactly what it always writes. What it
 * leaks on the way out, AddressSanitizer reports when this program ends.
 */
#include "calc/buf.h"
#include "calc/tco.h"
#include "tests/support/failing_malloc.h"
#include "tests/support/fetched_case.h"
#include "tests/support/scratch.h"
#include "tests/support/small_data.h"
#include "tests/support/test.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { WORDS_MAX = 12, EVERY_UP_TO = 300 };

static char scratch[] = "/tmp/tco-nomem-XXXXXX";
static char cache[64], output[64], answers[64], messages[64];

struct result {
    int status;
    struct buf out, err;
};

static void read_back(const char *path, struct buf *out)
{
    char part[4096];
    FILE *f = fopen(path, "rb");
    assert_non_null(f);
    for (size_t n; (n = fread(part, 1, sizeof part, f)) > 0;)
        buf_add(out, part, n);
    fclose(f);
    buf_putc(out, '\0'); /* so that a message can be searched */
    assert_false(out->failed);
}

/* Cuts a command line at its blanks; OUTPUT stands for a file in the scratch directory. */
static int split(char *line, char **argv)
{
    int argc = 0;
    char *at = line;
    while (at) {
        char *word = at;
        assert_true(argc < WORDS_MAX);
        at = strchr(word, ' ');
        if (at)
            *at++ = '\0';
        argv[argc++] = strcmp(word, "OUTPUT") ? word : output;
    }
    argv[argc] = NULL;
    return argc;
}

/* Runs the command with the nth request refused (0: none); returns how many there were. */
static long run(const char *command, long nth, struct result *r)
{
    char line[256], *argv[WORDS_MAX + 1];
    snprintf(line, sizeof line, "tco %s", command);
    int argc = split(line, argv);
    FILE *out = fopen(answers, "wb"), *err = fopen(messages, "wb");
    assert_true(out && err);
    struct tco_world world = {.data_dir = "fixtures", .cache_dir = cache, .out_fd = fileno(out), .err_fd = fileno(err)};
    assert_true(date_parse("2026-11-21", 10, &world.today));
    failing_malloc_start(nth);
    r->status = tco_main(argc, argv, &world);
    long calls = failing_malloc_stop();
    fclose(out);
    fclose(err);
    read_back(answers, &r->out);
    read_back(messages, &r->err);
    return calls;
}

static void drop(struct result *r)
{
    buf_free(&r->out);
    buf_free(&r->err);
    *r = (struct result){0};
}

/* The scratch directory holds what it always holds; -o left nothing, not even beside. */
static void assert_nothing_left(void)
{
    DIR *dir = opendir(scratch);
    assert_non_null(dir);
    for (struct dirent *e; (e = readdir(dir));)
        if (e->d_name[0] != '.' && strcmp(e->d_name, "cache") != 0 && strcmp(e->d_name, "answers") != 0 &&
            strcmp(e->d_name, "messages") != 0)
            fail_msg("%s was left", e->d_name);
    closedir(dir);
}

static bool same(const struct buf *a, const struct buf *b)
{
    return a->n == b->n && !memcmp(a->v, b->v, a->n);
}

static void judge(const char *name, long nth, const struct result *r, const struct result *good)
{
    if (r->status == good->status && same(&r->out, &good->out) && same(&r->err, &good->err))
        return;
    if (r->status != 1 || r->out.n != 1 || !strstr(r->err.v, "out of memory"))
        fail_msg("%s, request %ld refused: status %d, %zu bytes written, says: %s", name, nth, r->status, r->out.n - 1,
                 r->err.v);
    assert_nothing_left();
}

static void walk(void **state)
{
    const char *command = *state;
    struct result good = {0}, r = {0};
    long calls = run(command, 0, &good); /* loads the catalogue, which may be worth a message */
    drop(&good);
    calls = run(command, 0, &good);
    unlink(output);
    assert_true(calls > 0);
    /* Each of the first, then further and further apart. */
    for (long nth = 1; nth <= calls; nth += 1 + (nth > EVERY_UP_TO ? nth / 50 : 0)) {
        run(command, nth, &r);
        judge(command, nth, &r, &good);
        unlink(output);
        drop(&r);
    }
    drop(&good);
}

/* Taking what was fetched: all of it or an error, and a list that only memory was short for is not called damaged. */
static void taking_what_was_fetched(void **state)
{
    struct arena a = {NULL};
    struct small_catalogue s;
    struct err err;
    char path[512];

    (void)state;
    small_data();
    scratch_mkdir("cache");
    fetched_case_put(NULL, "aliyun", "aliyun-cn", "2026-10-01",
                     "aliyun-cn,cn-hangzhou,nat,x,,on-demand,,,hour,,,,3,CNY,incl,0.06,2026-10-01,list\n",
                     "region,service,full\ncn-hangzhou,nat,yes\n", &a);
    arena_free(&a);
    small_open(&s, NULL);
    snprintf(path, sizeof path, "%s", catalogue_path(s.c));
    small_close(&s);
    unlink(path);
    failing_malloc_start(0);
    small_open(&s, NULL);
    long calls = failing_malloc_stop();
    small_close(&s);
    for (long nth = 1; nth <= calls; nth += 1 + (nth > EVERY_UP_TO ? nth / 50 : 0)) {
        unlink(path);
        failing_malloc_start(nth);
        int rc = small_try(&s, NULL, &err);
        failing_malloc_stop();
        if (rc != 0 && strstr(err.text, "out of memory") == NULL)
            fail_msg("request %ld refused: %s", nth, err.text);
        if (strstr(s.said, "damaged") != NULL)
            fail_msg("request %ld refused: it said %s", nth, s.said);
        if (rc == 0)
            small_close(&s);
    }
    scratch_free();
}

static int set_up(void **state)
{
    (void)state;
    if (!mkdtemp(scratch))
        return -1;
    snprintf(cache, sizeof cache, "%s/cache", scratch);
    snprintf(output, sizeof output, "%s/output", scratch);
    snprintf(answers, sizeof answers, "%s/answers", scratch);
    snprintf(messages, sizeof messages, "%s/messages", scratch);
    return 0;
}

static void remove_all(const char *path)
{
    DIR *dir = opendir(path);
    for (struct dirent *e; dir && (e = readdir(dir));) {
        char name[512];
        snprintf(name, sizeof name, "%s/%s", path, e->d_name);
        if (e->d_name[0] != '.' && unlink(name) != 0)
            remove_all(name);
    }
    if (dir)
        closedir(dir);
    rmdir(path);
}

static int tear_down(void **state)
{
    (void)state;
    remove_all(scratch);
    return 0;
}

#define DEMO "fixtures/examples/demo.ini"
#define QUOTES "tests/quotes/two.ini"
#define ROWS "fixtures/examples/demo-rows.csv"
#define ESTATE "fixtures/examples/estate"
#define SAVED "tests/fuzz/corpus/saved/two-sites"
#define OTHER "tests/fuzz/corpus/saved/terms-fees-costs"

#define WHAT_IF "fixtures/examples/what-if.ini"
#define PLANS "fixtures/examples/plans.ini"
#define BILL "fixtures/examples/bill.csv"

static char commands[][WORDS_MAX * 12] = {
    "estimate " DEMO,
    "estimate " DEMO " --candidates 3 --all --lang zh",
    "estimate " DEMO " --format csv --view lines",
    "estimate " DEMO " --view monthly",
    "estimate " DEMO " --format json",
    "estimate " DEMO " --format csv -o OUTPUT",
    "estimate " DEMO " --set project.monhts=24",
    "estimate " WHAT_IF " --view scenarios --lang zh",
    "estimate " WHAT_IF " --view scenarios --format json",
    "estimate " WHAT_IF " --view scenarios --format csv -o OUTPUT",
    "estimate " WHAT_IF " --view risk --set risk.paths=64 --format json",
    "estimate " WHAT_IF " --scenario dear-dollar",
    "check " WHAT_IF,
    "estimate " PLANS,
    "estimate " PLANS " --format json --best-of-breed 3",
    "estimate " PLANS " --format csv --view lines",
    "batch " DEMO " " ROWS " -j1 -o OUTPUT",
    "batch " DEMO " " ROWS " -j1 --view lines --set project.months=1 -o OUTPUT",
    "batch " DEMO " " DEMO " -j1 --columns scenario,cost -o OUTPUT",
    "batch " ESTATE ".ini " ESTATE ".csv --rows inventory -o OUTPUT",
    "batch " ESTATE ".ini " ESTATE ".csv --rows inventory --group-by 部门 -o OUTPUT",
    "batch " DEMO " " ROWS " -j1 --group-by scenario -o OUTPUT",
    "explain " DEMO " --site aliyun-intl",
    "diff " SAVED " " SAVED " --format json",
    "diff " OTHER " " SAVED " --lang zh",
    "compare " DEMO " --format json",
    "compare " DEMO " --lang zh",
    "compare " QUOTES " --lang zh",
    "compare " QUOTES " huawei --format csv",
    "breakeven " DEMO " --between aliyun-cn,tencent-cn --vary discount:tencent-cn --range=3..4 --steps=2 --lang=zh",
    "breakeven " DEMO " --between aliyun-cn,tencent-cn --vary months --range 1..3 --format json",
    "breakeven " DEMO " --between aliyun-cn,tencent-cn --vary spread --vary hours:batch --steps=1 --format=csv",
    "estimate " DEMO " --view sensitivity --lang zh",
    "estimate " DEMO " --view sensitivity --format json",
    "quote check tests/quotes/open.csv --site aliyun-cn --lang zh",
    "quote check tests/quotes/team.xlsx --site aliyun-cn",
    "quote check book --config " QUOTES " --format csv",
    "reconcile " DEMO " tests/fuzz/corpus/bill/focus.csv.gz --site aliyun-intl",
    "reconcile " DEMO " tests/fuzz/corpus/bill/focus.csv --site aliyun-intl --format csv",
    "reprice " BILL " --site aliyun-cn --sites aliyun-cn,azure-cn --as cloud_essd_pl1=ssd --view lines",
    "reprice " DEMO " " BILL " --site aliyun-cn --each block-storage=1TB --format json --lang zh",
    "reprice " BILL " --site aliyun-cn --view lines --format csv -o OUTPUT",
    "check " DEMO " --set project.months=24",
    "init",
    "sites",
    "prices --site aliyun-cn --region cn-hangzhou ecs.g7",
    "rates USD/CNY --on 2026-03-18",
    "drift 2024-01-01 2026-11-01 --site aws-cn --format csv",
    "drift 2024-01-01 2026-11-01 --site huawei-cn",
    "pack check tests/packs/two-dates",
    "help",
    "help config",
    "fly",
};
enum { COMMANDS = sizeof commands / sizeof commands[0] };

int main(void)
{
    struct CMUnitTest tests[COMMANDS + 1] = {[COMMANDS] = cmocka_unit_test(taking_what_was_fetched)};
    for (size_t i = 0; i < COMMANDS; i++)
        tests[i] = (struct CMUnitTest){commands[i], walk, NULL, NULL, commands[i]};
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
