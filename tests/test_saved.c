/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Saved estimates: what is written is read back, and what was written by anyone else is refused with its place.
 * ONE is the worked case of the estimate: six ecs.g7.xlarge at 1.0465 CNY an hour incl 6 %, 4,583.67 a month.
 */
#include "tests/support/numbers.h"
#include "tests/support/saved_case.h"
#include "tests/support/scratch.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define ONE                                                                                                            \
    "[project]\nstart = 2027-01\nmonths = 12\nas_of = 2026-11-21\n[fx]\nUSD/CNY = 7.10\n[compare]\n"                   \
    "sites = aliyun-cn, aliyun-intl\ncity = Hangzhou\n[compute web]\nsku.aliyun-cn = ecs.g7.xlarge\n"                  \
    "sku.aliyun-intl = ecs.g7.xlarge\ncount = 6\n"

static struct saved_case one;

static int setup(void **state)
{
    (void)state;
    saved_case(&one, ONE);
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    saved_case_free(&one);
    scratch_free();
    return 0;
}

static void everything_is_read_back(void **state)
{
    const struct saved *s = &one.saved;
    const struct saved_line *l = saved_case_line(saved_case_site(s, "aliyun-intl"), "web");
    char day[DATE_TEXT];

    (void)state;
    assert_string_equal(s->currency, "CNY");
    assert_int_equal(s->months, 12);
    assert_int_equal(s->minor_units, 2);
    date_format(s->as_of, day);
    assert_string_equal(day, "2026-11-21");
    assert_int_equal(s->nsites, 2);
    assert_string_equal(s->sites[0].column, "aliyun-cn");
    assert_int_equal(s->sites[0].rank, 1);
    assert_dec(s->sites[0].lines[0].runs[0].contract, "4583.67");
    assert_string_equal(l->kind, "compute");
    assert_string_equal(l->unit, "hour");
    assert_string_equal(l->price_currency, "USD");
    assert_dec(l->offer->parts[0].tiers[0].price, "0.161973");
    assert_true(l->offer->parts[0].tiers[0].open);
    assert_int_equal(l->offer->basis, BASIS_EXCL);
    assert_dec(l->fx->rate, "7.1");
    assert_int_equal(l->nruns, 1);
    assert_dec(l->runs[0].quantity, "4380");
    assert_dec(l->runs[0].billed, "709.44");
    assert_int_equal(l->places[0].price, 2);
    assert_int_equal(l->places[0].billed, 2);
    assert_true(l->runs[0].tax->by_buyer);
    assert_dec(l->runs[0].tax->rate, "0.06");
    assert_string_equal(l->runs[0].tax->row->tax_currency, "CNY");
    assert_dec(l->m.net, "60444.24"); /* 5,037.02 x 12 */
    assert_dec(l->m.tax, "3626.64");  /* 302.22 x 12 */
}

/* Amounts of the yen have no decimals, a bill in it neither; months beyond the horizon belong to a commitment. */
static void other_minor_units_and_terms(void **state)
{
    struct saved_case c;
    char *config = saved_case_edit(ONE, "USD/CNY = 7.10", "USD/CNY = 7.10\nJPY/CNY = 0.048");
    char *yen = saved_case_edit(config, "[compare]",
                                "[payment aliyun-intl]\nsettlement = JPY\nsettlement_rate = 150\n[compare]");

    (void)state;
    saved_case(&c, yen);
    const struct saved_line *l = saved_case_line(saved_case_site(&c.saved, "aliyun-intl"), "web");
    assert_dec(l->runs[0].billed, "106416"); /* 709.44 x 150 */
    assert_int_equal(l->places[0].billed, 0);
    assert_int_equal(l->places[0].price, 2);
    saved_case_free(&c);
    free(config);
    free(yen);
    saved_case(&c, saved_case_config);
    const struct saved_line *held = saved_case_line(saved_case_site(&c.saved, "tencent-intl"), "held");
    bool beyond = false;
    for (size_t i = 0; i < held->nruns; i++)
        beyond = beyond || held->runs[i].first + held->runs[i].months > c.saved.months;
    assert_true(beyond);
    assert_true(saved_case_line(saved_case_site(&c.saved, "azure-cn"), "films")->pooled);
    saved_case_free(&c);
}

static void refused(const char *text, size_t len, const char *message)
{
    struct arena a = {NULL};
    struct saved s;
    struct err err = {ERR_NONE, ""};

    if (saved_read(text, len, &a, &s, &err) == 0)
        fail_msg("read, expected: %s", message);
    assert_string_equal(err.text, message);
    assert_int_equal(err.kind, ERR_USAGE);
    arena_free(&a);
}

#define RUN "sites[0].lines[0].runs[0]"

static void what_is_not_as_written_is_refused(void **state)
{
    static const struct {
        const char *from, *to, *message;
    } cases[] = {
        {"tco-estimate/1", "tco-estimate/9", "schema: 'tco-estimate/9' is not read (known: tco-estimate/1)"},
        {"\"schema\": \"tco-estimate/1\"", "\"schema\": 1", "schema: no text"},
        {"\"schema\"", "\"scheme\"", "no saved estimate (tco estimate --format json writes one)"},
        {"\"scenario\": {", "\"scenario\": null, \"x\": {", "scenario: no object"},
        {"\"months\": 12,", "\"months\": 0,", "scenario.months: 0 is out of range (1 to 600)"},
        {"\"months\": 12,", "\"months\": 601,", "scenario.months: 601 is out of range (1 to 600)"},
        {"\"months\": 12,", "\"months\": 1.5,", "scenario.months: 1.5 is out of range (1 to 600)"},
        {"\"months\": 12,", "\"months\": 1e1,", "scenario.months: '1e1' is no number"},
        {"\"months\": 12,", "\"months\": \"12\",", "scenario.months: no whole number"},
        {"\"months\": 12,", "\"months\": 99999999999999999999,",
         "scenario.months: 18446744073709551615 is out of range (1 to 600)"},
        {"\"start\": \"2027-01\"", "\"start\": \"2027-13\"", "scenario.start: '2027-13' is no month (YYYY-MM)"},
        {"\"as_of\": \"2026-11-21\"", "\"as_of\": \"2026-11-31\"",
         "scenario.as_of: '2026-11-31' is no date (YYYY-MM-DD)"},
        {"\"currency\": \"CNY\"", "\"currency\": \"yuan\"", "scenario.currency: 'yuan' is no currency"},
        {"\"minor_units\": 2", "\"minor_units\": 1",
         "sites[0].totals.net: 51890.64 has more decimals than its currency (1)"},
        {"\"rates\": [", "\"rates\": {}, \"x\": [", "rates: no list"},
        {"\"rate\": \"7.1\"", "\"rate\": \"0\"", "rates[0].rate: a rate is above 0"},
        {"\"rate\": \"7.1\"", "\"rate\": \"-7.1\"", "rates[0].rate: a rate is above 0"},
        {"\"path\": \"direct\"", "\"path\": \"same\"", "rates[0].rate: not 1 within one currency"},
        {"\"path\": \"direct\"", "\"path\": \"detour\"", "rates[0].path: unknown word 'detour'"},
        {"\"stale\": false", "\"stale\": 0", "rates[0].stale: neither true nor false"},
        {"\"site\": \"aliyun-intl\"", "\"site\": \"aliyun-cn\"", "sites[1]: site 'aliyun-cn' stands twice"},
        {"\"unit\": \"hour\", \"scope\"", "\"unit\": \"fortnight\", \"scope\"",
         "sites[0].lines[0].offer.parts[0].unit: unknown unit 'fortnight'"},
        {"\"quantity\": \"4380\"", "\"quantity\": \"-4380\"", RUN ".quantity: below 0"},
        {"\"quantity\": \"4380\"", "\"quantity\": 4380", RUN ".quantity: no text"},
        {"\"quantity\": \"4380\"", "\"quantity\": \"4,380\"", RUN ".quantity: '4,380' is no number"},
        {"\"quantity\": \"4380\"", "\"quantity\": \"999999999999999999999999999999\"",
         RUN ".quantity: '999999999999999999999999999999' is no number"},
        {"\"quantity\": \"4380\", ", "", RUN ".quantity: missing"},
        {"\"first_month\": 1", "\"first_month\": 133", RUN ".first_month: 133 is out of range (1 to 132)"},
        {"\"first_month\": 1, \"months\": 12", "\"first_month\": 1, \"months\": 133",
         RUN ".months: 133 is out of range (1 to 132)"},
        {"\"first_month\": 1, \"months\": 12", "\"first_month\": 1, \"months\": 11",
         "sites[0].lines[0].totals.net: 51890.64 is not the sum of its runs, which is 47566.42"},
        {"\"rule\": 0", "\"rule\": 1", RUN ".tax_sum.rule: 1 is out of range (0 to 0)"},
        {"\"tax_sum\": {", "\"tax_sum\": null, \"x\": {", RUN ": no tax rule"},
        {"\"contract\": \"4583.67\"", "\"contract\": \"4583.70\"",
         RUN ".net: does not follow from the contract amount, rates and tax rule, which give 4324.25"},
        {"\"rate_from\": \"price\"", "\"rate_from\": \"hearsay\"",
         "sites[0].taxes[0].rate_from: unknown word 'hearsay'"},
        {"\"deductible\": \"1\"", "\"deductible\": \"0.5\"",
         RUN ".recoverable: does not follow from the contract amount, rates and tax rule, which give 129.73"},
        {"\"deductible\": \"1\"", "\"deductible\": \"11\"", "sites[0].taxes[0].deductible: no share"},
        {"\"lines\": [", "\"lines\": 7, \"x\": [", "sites[0].lines: no list"},
        {"\"status\": \"priced\"", "\"status\": \"unpriced\"",
         "sites[0].lines[0]: its status does not go with its amounts"},
        {"\"tiers\": [{\"from\": \"0\"", "\"tiers\": [{\"from\": \"1\"",
         "sites[0].lines[0].offer.parts[0].tiers[0]: not a tier that follows the one before"},
        {"\"price\": \"1.0465\"", "\"price\": \"-1\"", "sites[0].lines[0].offer.parts[0].tiers[0]: a price below 0"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char *text = saved_case_edit(one.json.v, cases[i].from, cases[i].to);
        refused(text, strlen(text), cases[i].message);
        free(text);
    }
}

/* Of a site: cost 51,890.64 in a year; a line that is gone, amounts that are not there. */
static void sums_of_sites_are_checked(void **state)
{
    const char *totals = strstr(one.json.v, "\"totals\": {");

    (void)state;
    assert_non_null(totals);
    char *text = saved_case_edit(totals, "\"cost\": \"51890.64\"", "\"cost\": \"50000.00\"");
    char *whole = malloc(one.json.n + 64);
    assert_non_null(whole);
    size_t before = (size_t)(totals - one.json.v);
    memcpy(whole, one.json.v, before);
    memcpy(whole + before, text, strlen(text) + 1);
    refused(whole, strlen(whole), "sites[0].totals.cost: 50000 is not the sum of its lines, which is 51890.64");
    free(text);
    free(whole);
    text = saved_case_edit(one.json.v, "\"totals\": {", "\"totals\": null, \"x\": {");
    refused(text, strlen(text), "sites[0].totals: missing");
    free(text);
}

static void what_is_no_estimate_is_refused(void **state)
{
    static const char *const texts[][2] = {
        {"", "not JSON: it ends at byte 0 in the middle of a value"},
        {"[]", "no saved estimate (tco estimate --format json writes one)"},
        {"{}", "no saved estimate (tco estimate --format json writes one)"},
        {"{\"schema\": \"tco-estimate/1\"}", "scenario: no object"},
        {"{\"schema\": \"tco-estimate/1\", \"schema\": \"tco-estimate/1\"}",
         "not usable JSON: an object has a key twice"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        refused(texts[i][0], strlen(texts[i][0]), texts[i][1]);
}

/* Cut anywhere it is not JSON any more. */
static void cut_estimates_are_refused(void **state)
{
    (void)state;
    for (size_t n = 0; n < one.json.n - 2; n += 97) {
        struct arena a = {NULL};
        struct saved s;
        struct err err = {ERR_NONE, ""};
        assert_int_equal(saved_read(one.json.v, n, &a, &s, &err), -1);
        assert_int_equal(err.kind, ERR_USAGE);
        assert_memory_equal(err.text, "not JSON", 8);
        arena_free(&a);
    }
}

static void files_are_named(void **state)
{
    struct arena a = {NULL};
    struct saved s;
    struct err err;
    char message[1024];

    (void)state;
    scratch_write("old.json", "{}");
    assert_int_equal(saved_load(scratch_path("old.json"), &a, &s, &err), -1);
    snprintf(message, sizeof message, "%s: no saved estimate (tco estimate --format json writes one)",
             scratch_path("old.json"));
    assert_string_equal(err.text, message);
    scratch_bytes("good.json", one.json.v, one.json.n);
    assert_int_equal(saved_load(scratch_path("good.json"), &a, &s, &err), 0);
    assert_int_equal(s.nsites, 2);
    arena_free(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(everything_is_read_back),
        cmocka_unit_test(other_minor_units_and_terms),
        cmocka_unit_test(what_is_not_as_written_is_refused),
        cmocka_unit_test(sums_of_sites_are_checked),
        cmocka_unit_test(what_is_no_estimate_is_refused),
        cmocka_unit_test(cut_estimates_are_refused),
        cmocka_unit_test(files_are_named),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
