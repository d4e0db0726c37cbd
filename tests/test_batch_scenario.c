/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A row of a batch is the estimate of the base with the row's values set: 300 random rows over three bases, each
 * against `tco estimate` alone with the same --set, cell by cell; the same bytes for one worker and for three.
 */
#include "tests/support/test.h"

#include "tests/support/program.h"
#include "tests/support/scratch.h"

#include "calc/buf.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { ROWS = 100, KEYS = 12, LINES = 400 };

static const char web[] =
    "[project]\nname = base\nstart = 2027-01\nmonths = 6\nas_of = 2026-11-21\n"
    "[buyer]\n[buyer sg-sub]\ncountry = SG\nvat = registered\n[fx]\nUSD/CNY = 7.10\nspread = 0.2%\n"
    "[payment aliyun-intl]\nmethod = wire\nfee = 0.1%\n[compare]\n"
    "sites = tencent-cn, aliyun-cn, aliyun-intl, aliyun-intl@sg-sub\ncity = Beijing\n"
    "[compute web]\nvcpu = 4\nmemory = 16 GiB\ncount = 6\n[egress public]\nvolume = 2 TB\n"
    "[cost icp]\namount = 3000 CNY\nwhen = once\nif = region-mainland, public\n";
static const char disks[] =
    "[project]\nname = base\nmonths = 13\nas_of = 2026-11-21\ndiscount_rate = 6%\n[compare]\n"
    "sites = huawei-cn, aliyun-cn, tencent-cn\ncity = Shanghai\n[compute web]\nvcpu = 2\nmemory = 4 GiB\n"
    "charge = prepaid 12 months\n[block-storage data]\nsize = 100 GiB\n[egress public]\nvolume = 300 GB\n";
static const char mixed[] =
    "[project]\nname = base\nmonths = 3\nas_of = 2026-11-21\ncurrency = USD\n[compare]\n"
    "sites = aws-cn, azure-cn, aliyun-intl\ncity = Beijing\ndiscount.aws-cn = 5%\n[compute web]\nvcpu = 8\n"
    "memory = 16 GiB\ngrowth = 20% / year\n[egress public]\nvolume = 1 TB\n";
static const char *const bases[] = {web, disks, mixed};

/* A column and values of it; "" leaves the base's. Among them are some that are refused. */
struct choice {
    const char *key;
    const char *values[8];
};
static const struct choice choices[KEYS] = {
    {"compute web.count", {"1", "7.5", "250", "", "0", "1000000", "3"}},
    {"compute web.growth", {"0%", "2% / month", "30% / year", "", "-5% / month", "2%", "1% / month"}},
    {"compute web.hours", {"730", "240", "", "744", "745", "0.5", "100"}},
    {"project.months", {"1", "12", "", "7", "24", "0", "3"}},
    {"compute web.vcpu", {"2", "4", "16", "", "3", "2000", "8"}},
    {"compute web.memory", {"4 GiB", "16 GiB", "", "5000 MiB", "32 GiB", "16", "64 GiB"}},
    {"compute web.os", {"linux", "windows", "", "linux", "windows", "bsd", "linux"}},
    {"compare.discount.aliyun-cn", {"0%", "15%", "", "33.3%", "100%", "101%", "7%"}},
    {"fx.USD/CNY", {"7.1", "6.5", "", "7.123456", "8", "-1", "7.2"}},
    {"buyer.invoice", {"special", "ordinary", "", "special", "ordinary", "none", "special"}},
    {"compare.sites", {"aliyun-cn", "tencent-cn, aliyun-cn", "", "aliyun-intl, aliyun-cn", "all", "alyun-cn", ""}},
    {"egress public.volume", {"1 GB", "40 TB", "", "500 GiB", "3 TB", "7 apples", "1.5 TB"}},
};
enum { VALUES = 7 };

static unsigned next_random(uint64_t *state)
{
    *state = *state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (unsigned)(*state >> 33);
}

/* pick[r][k]: which value of column k row r has; most leave most of the base alone. */
static void choose(unsigned char pick[ROWS][KEYS], uint64_t seed)
{
    for (int r = 0; r < ROWS; r++)
        for (int k = 0; k < KEYS; k++) {
            unsigned any = next_random(&seed);
            pick[r][k] = (unsigned char)(any % 3 == 0 ? next_random(&seed) % VALUES : 255);
        }
}

static const char *value(unsigned char pick, int k)
{
    return pick == 255 ? "" : choices[k].values[pick];
}

static void write_rows(unsigned char pick[ROWS][KEYS])
{
    struct buf text = {0};

    buf_puts(&text, "scenario");
    for (int k = 0; k < KEYS; k++)
        buf_printf(&text, ",%s", choices[k].key);
    for (int r = 0; r < ROWS; r++) {
        buf_printf(&text, "\nrow-%d", r + 1);
        for (int k = 0; k < KEYS; k++)
            buf_printf(&text, strchr(value(pick[r][k], k), ',') != NULL ? ",\"%s\"" : ",%s", value(pick[r][k], k));
    }
    buf_puts(&text, "\n");
    assert_false(text.failed);
    scratch_write("rows.csv", text.v);
    buf_free(&text);
}

/* Cuts text into lines, in place. */
static size_t lines_of(char *text, char *v[LINES])
{
    size_t n = 0;

    for (char *at = text; *at != '\0';) {
        char *feed = strchr(at, '\n');
        assert_non_null(feed);
        *feed = '\0';
        assert_true(n < LINES);
        v[n++] = at;
        at = feed + 1;
    }
    return n;
}

/* The records of one row in the batch's output; *at moves behind them. */
static size_t records_of(char *const *v, size_t n, size_t *at, int row, bool *failed)
{
    char end[32];
    size_t first = *at;

    *failed = false;
    for (; *at < n; ++*at) {
        const char *last = strrchr(v[*at], ',');
        char tail[64];
        snprintf(end, sizeof end, ",%d,failed,", row);
        if (strstr(v[*at], end) != NULL) {
            *failed = true;
            ++*at;
            break;
        }
        assert_non_null(last);
        snprintf(tail, sizeof tail, ",%d,", row);
        if (strstr(v[*at], tail) == NULL)
            break;
        bool mine = false;
        for (const char *const *s = (const char *const[]){"done", "incomplete", "stale", NULL}; *s != NULL; s++) {
            snprintf(tail, sizeof tail, ",%d,%s,", row, *s);
            size_t len = strlen(v[*at]), t = strlen(tail);
            if (len > t && strcmp(v[*at] + len - t, tail) == 0) {
                v[*at][len - t] = '\0'; /* what is left is the record of the estimate */
                mine = true;
            }
        }
        if (!mine)
            break;
    }
    return *at - first;
}

static int by_text(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

static void run_alone(struct program *p, unsigned char *pick, int row, const char *view)
{
    struct buf words = {0};

    buf_printf(&words, "estimate %s --format csv --view %s --set project.name=row-%d", scratch_path("base.ini"), view,
               row);
    for (int k = 0; k < KEYS; k++)
        if (value(pick[k], k)[0] != '\0')
            buf_printf(&words, " --set '%s=%s'", choices[k].key, value(pick[k], k));
    assert_false(words.failed);
    program_run(p, words.v);
    buf_free(&words);
}

/* One row's records against the estimate of the same; returns the estimate's status. */
static int check_row(struct program *p, unsigned char *pick, int row, const char *view, char **got, size_t n,
                     bool failed)
{
    char *alone[LINES];

    run_alone(p, pick, row, view);
    if (p->status == 2) {
        if (!failed)
            fail_msg("row %d is done, alone it says: %s", row, p->err);
        return 2;
    }
    if (failed)
        fail_msg("row %d failed (%s), alone it has status %d", row, n > 0 ? got[0] : "", p->status);
    size_t m = lines_of(p->out, alone) - 1;
    if (m != n)
        fail_msg("row %d has %zu records, alone %zu", row, n, m);
    qsort(got, n, sizeof *got, by_text);
    qsort(alone + 1, m, sizeof *alone, by_text);
    for (size_t i = 0; i < n; i++)
        if (strcmp(got[i], alone[i + 1]) != 0)
            fail_msg("row %d\n  batch %s\n  alone %s", row, got[i], alone[i + 1]);
    return p->status;
}

static char *batch(struct program *p, const char *view, int workers)
{
    char words[512];

    snprintf(words, sizeof words, "batch %s %s --view %s -j %d", scratch_path("base.ini"), scratch_path("rows.csv"),
             view, workers);
    program_run(p, words);
    assert_int_equal(p->status, 3);
    char *out = strdup(p->out);
    assert_non_null(out);
    return out;
}

static void check_base(const char *base, const char *view, uint64_t seed)
{
    static char *v[ROWS * LINES];
    unsigned char pick[ROWS][KEYS];
    struct program p = {0};
    int statuses[7] = {0};
    size_t n = 0, at = 1;

    scratch_write("base.ini", base);
    choose(pick, seed);
    write_rows(pick);
    char *one = batch(&p, view, 1), *three = batch(&p, view, 3);
    assert_string_equal(one, three);
    for (char *line = one; *line != '\0'; n++) {
        assert_true(n < sizeof v / sizeof *v);
        v[n] = line;
        line = strchr(line, '\n');
        *line++ = '\0';
    }
    for (int row = 1; row <= ROWS; row++) {
        bool failed;
        size_t first = at, k = records_of(v, n, &at, row, &failed);
        statuses[check_row(&p, pick[row - 1], row, view, v + first, k, failed)]++;
    }
    assert_int_equal(at, n);
    if (statuses[0] + statuses[3] < 10 || statuses[2] < 10)
        fail_msg("%d done, %d incomplete, %d failed", statuses[0], statuses[3], statuses[2]);
    free(one);
    free(three);
    program_free(&p);
}

static void rows_are_estimates(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof bases / sizeof *bases; i++)
        check_base(bases[i], i == 1 ? "lines" : "summary", 20261121 + i);
}

static int clean(void **state)
{
    (void)state;
    scratch_free();
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(rows_are_estimates)};
    return cmocka_run_group_tests(tests, NULL, clean);
}
