/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The swift way writes what the long way writes, byte for byte: the same rows once as they are, and once with a
 * column that holds nothing, but is of a key that the swift way leaves alone.
 */
#include "tests/support/test.h"

#include "tests/support/program.h"
#include "tests/support/scratch.h"

#include "calc/buf.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char base[] =
    "[project]\nname = base\nstart = 2027-01\nmonths = 14\nas_of = 2026-11-21\ndiscount_rate = 8%\n"
    "[buyer]\n[buyer sg-sub]\ncountry = SG\nvat = registered\n[fx]\nUSD/CNY = 7.10\nspread = 0.2%\n"
    "[payment aliyun-intl]\nmethod = wire\nfee = 0.1%\n[compare]\n"
    "sites = tencent-cn, azure-cn, aliyun-cn, huawei-cn, aliyun-intl, aliyun-intl@sg-sub\ncity = Beijing\n"
    "[compute web]\nvcpu = 4\nmemory = 16 GiB\ncount = 6\n[egress public]\nvolume = 2 TB\n"
    "[cost icp]\namount = 3000 CNY\nwhen = once\nif = region-mainland, public\n";

static const char *const cells[][8] = {
    {"n1", "a b", "=x", "", "\xe4\xb8\xad\xe6\x96\x87", "with\"\"quote", "-5", "n1"},
    {"1", "7", "0.5", "", "1000", "99999", "0", "x"},
    {"730", "", "100.5", "744", "745", "1", "", ""},
    {"", "2% / month", "0%", "10% / year", "", "", "-3% / month", "2%"},
    {"", "12.5%", "0%", "100%", "", "", "101%", "7%"},
    {"", "3 TB", "100 GB", "", "", "60 TB", "7 apples", ""},
};
enum { COLUMNS = 6, ROWS = 200 };

static const char head[] = "scenario,compute.web.count,compute.web.hours,compute.web.growth,"
                           "compare.discount.aliyun-cn,egress.public.volume";

static unsigned next_random(uint64_t *state)
{
    *state = *state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (unsigned)(*state >> 33);
}

/* bad: with cells that are refused. */
static void write_rows(const char *name, bool plain, bool bad)
{
    struct buf text = {0};
    uint64_t seed = 20261122;
    buf_printf(&text, "%s%s\n", head, plain ? "" : ",compute.web.vcpu");
    for (int r = 0; r < ROWS; r++) {
        for (int k = 0; k < COLUMNS; k++) {
            unsigned pick = next_random(&seed) % (bad || k == 0 ? 8 : 6);
            buf_printf(&text, "%s\"%s\"", k > 0 ? "," : "", cells[k][pick]);
        }
        buf_puts(&text, plain ? "\n" : ",\n");
    }
    assert_false(text.failed);
    scratch_write(name, text.v);
    buf_free(&text);
}

static char *run(struct program *p, const char *rows, const char *more, int status)
{
    char words[512];
    snprintf(words, sizeof words, "batch %s %s %s", scratch_path("base.ini"), scratch_path(rows), more);
    program_run(p, words);
    if (p->status != status)
        fail_msg("%s: status %d: %s", words, p->status, p->err);
    return strdup(p->out);
}

static void same_bytes(bool bad, const char *more, int status)
{
    struct program p = {0};
    write_rows("plain.csv", true, bad);
    write_rows("other.csv", false, bad);
    char *swift = run(&p, "plain.csv", more, status), *longer = run(&p, "other.csv", more, status);
    assert_non_null(strchr(swift, '\n'));
    /* errors name the file */
    for (char *at = longer; (at = strstr(at, "other.csv")) != NULL;)
        memcpy(at, "plain.csv", 9);
    assert_string_equal(swift, longer);
    free(swift);
    free(longer);
    program_free(&p);
}

static void byte_for_byte(void **state)
{
    (void)state;
    scratch_write("base.ini", base);
    same_bytes(false, "", 3);
    same_bytes(true, "-j 3", 3);
    same_bytes(false,
               "--columns row_status,row,npv,scenario,cost,vs_best_pct,rank,region,cost_per_month,oldest_price,"
               "list_cost,list_currency,fees,row_error",
               3);
    same_bytes(true, "--columns scenario,site,list_cost,net_cost", 3);
    same_bytes(false, "--columns notes,cash_out --lang zh", 3);
}

/* Plans are ranked with the sites, in a batch as in an estimate: each record is the estimate's own. */
static void plans_are_ranked_too(void **state)
{
    (void)state;
    struct program p = {0};
    char words[256];
    size_t records = 0;
    scratch_write("rows.csv", "scenario,compute.web.count\ntwo-markets,1\n");
    snprintf(words, sizeof words, "batch fixtures/examples/plans.ini %s", scratch_path("rows.csv"));
    program_run(&p, words);
    assert_int_equal(p.status, 0);
    char *batch = strdup(p.out);
    program_run(&p, "estimate fixtures/examples/plans.ini --set 'compute web.count=1' --format csv");
    assert_int_equal(p.status, 0);
    assert_non_null(strstr(p.out, "two-markets,1,plan:best-of-2,"));
    char *at = strchr(p.out, '\n') + 1;
    for (char *end; (end = strchr(at, '\n')) != NULL; at = end + 1, records++) {
        *end = '\0';
        if (strstr(batch, at) == NULL)
            fail_msg("not in the batch: %s", at);
    }
    assert_int_equal(records, 6);
    free(batch);
    program_free(&p);
}

/* A batch of one row and a thousand by the swift way name their own rows. */
static void rows_without_a_name(void **state)
{
    (void)state;
    struct program p = {0};
    scratch_write("base.ini", base);
    scratch_write("rows.csv", "compute.web.count\n1\n2\n");
    char *out = run(&p, "rows.csv", "--columns scenario,site,row", 3);
    assert_non_null(strstr(out, "1,tencent-cn,1\n"));
    assert_non_null(strstr(out, "2,aliyun-intl@sg-sub,2\n"));
    free(out);
    program_free(&p);
}

static int clean(void **state)
{
    (void)state;
    scratch_free();
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(byte_for_byte),
        cmocka_unit_test(plans_are_ranked_too),
        cmocka_unit_test(rows_without_a_name),
    };
    return cmocka_run_group_tests(tests, NULL, clean);
}
