/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Words of --vary to places in the configuration and back, ranges, and texts that the configuration takes.
 */
#include "tests/support/prepared.h"

#include "calc/vary.h"
#include "calc/vary_words.h"

#define EVEN "tests/packs/even"
#define TEXT                                                                                                           \
    "[project]\nstart = 2027-01\nmonths = 12\nas_of = 2026-11-21\n[buyer sg]\ncountry = SG\n"                          \
    "[fx]\nUSD/CNY = 7.10\n[compare]\nsites = aliyun-cn, aliyun-intl\nregion.aliyun-cn = cn-hangzhou\n"                \
    "region.aliyun-intl = cn-hangzhou\ndiscount.aliyun-intl = 15%\ndiscount.aliyun-cn.compute = 5%\n"                  \
    "[compute web]\nmemory = 16 GiB\nvcpu = 4\ngrowth = 2% / year\nsku.aliyun-cn = ecs.g7.xlarge\n"                    \
    "sku.aliyun-intl = ecs.g7.xlarge\n[compute job]\ncount = 3\nsites = aliyun-cn\ncharge = prepaid 12 months\n"       \
    "sku.aliyun-cn = ecs.g7.xlarge\n[cost move]\namount = 200.50 CNY\nmonth = 3\n"

struct bench {
    struct prepared p;
    struct arena a;
    struct vary_from from;
};

static int start(void **state)
{
    static struct bench b;
    b = (struct bench){.a = {NULL}};
    prepare_estimate(&b.p, TEXT, EVEN, NULL);
    b.from = (struct vary_from){&b.p.scenario, &b.p.rules, b.p.estimate.rates, b.p.estimate.nrates};
    *state = &b;
    return 0;
}

static int end(void **state)
{
    struct bench *b = *state;
    arena_free(&b->a);
    prepared_free(&b->p);
    return 0;
}

static struct vary found(struct bench *b, const char *word)
{
    struct vary v = {.name = NULL};
    struct err err;
    if (vary_find(word, &b->from, &b->a, &v, &err))
        fail_msg("%s", err.text);
    assert_string_equal(v.name, word);
    return v;
}

static void assert_vary(struct bench *b, const char *word, const char *section, const char *key, const char *base,
                        const char *low, const char *high)
{
    struct vary v = found(b, word);
    assert_string_equal(v.section, section);
    assert_string_equal(v.key, key);
    assert_string_equal(vary_text(&v, v.base, 0, &b->a), base);
    assert_string_equal(vary_text(&v, v.low, 0, &b->a), low);
    assert_string_equal(vary_text(&v, v.high, 0, &b->a), high);
}

static void words_name_places(void **state)
{
    struct bench *b = *state;
    assert_vary(b, "fx:USD/CNY", "fx", "USD/CNY", "7.1", "3.55", "14.2");
    assert_vary(b, "discount:aliyun-intl", "compare", "discount.aliyun-intl", "15%", "0%", "100%");
    assert_vary(b, "discount:aliyun-cn", "compare", "discount.aliyun-cn", "0%", "0%", "100%");
    assert_vary(b, "discount:aliyun-cn.compute", "compare", "discount.aliyun-cn.compute", "5%", "0%", "100%");
    assert_vary(b, "discount:aliyun-intl.egress", "compare", "discount.aliyun-intl.egress", "15%", "0%", "100%");
    assert_vary(b, "discount:tencent-cn.egress", "compare", "discount.tencent-cn.egress", "0%", "0%", "100%");
    assert_vary(b, "taxable_use", "buyer", "taxable_use", "100%", "0%", "100%");
    assert_vary(b, "taxable_use:sg", "buyer sg", "taxable_use", "100%", "0%", "100%");
    assert_vary(b, "hours", "project", "hours", "730", "1", "744");
    assert_vary(b, "hours:web", "compute web", "hours", "730", "1", "744");
    assert_vary(b, "count:web", "compute web", "count", "1", "1", "100");
    assert_vary(b, "count:compute web", "compute web", "count", "1", "1", "100");
    assert_vary(b, "months", "project", "months", "12", "1", "120");
    assert_vary(b, "growth:web", "compute web", "growth", "2% / year", "0% / year", "100% / year");
    assert_vary(b, "growth:job", "compute job", "growth", "0% / month", "0% / month", "10% / month");
    assert_vary(b, "spread", "fx", "spread", "0%", "0%", "10%");
    assert_vary(b, "discount_rate", "project", "discount_rate", "0%", "0%", "30%");
    assert_vary(b, "compute web.memory", "compute web", "memory", "16 GiB", "8 GiB", "32 GiB");
    assert_vary(b, "cost move.amount", "cost move", "amount", "200.5 CNY", "100.25 CNY", "401 CNY");
}

static void whole_where_only_whole_ones_are_bought(void **state)
{
    struct bench *b = *state;
    assert_true(found(b, "months").whole);
    assert_true(found(b, "count:job").whole);
    assert_false(found(b, "count:web").whole);
    assert_false(found(b, "fx:USD/CNY").whole);
    assert_dec(found(b, "count:job").least, "1"); /* "over 0" is 1 at least, of what has fractions a little */
    assert_dec(found(b, "count:web").least, "0.0000000001");
    assert_dec(found(b, "months").least, "1");
}

static void assert_refused(struct bench *b, const char *word, const char *why)
{
    struct vary v;
    struct err err = {0};
    assert_int_equal(vary_find(word, &b->from, &b->a, &v, &err), -1);
    assert_int_equal(err.kind, ERR_USAGE);
    assert_string_equal(err.text, why);
}

static void other_words_are_refused(void **state)
{
    struct bench *b = *state;
    assert_refused(b, "monhts",
                   "--vary 'monhts': unknown variable 'monhts' (did you mean 'months'? known: fx, discount, "
                   "taxable_use, hours, count, months, growth, spread, discount_rate)");
    assert_refused(b, "count", "--vary 'count': count of what? (count:web)");
    assert_refused(b, "count:", "--vary 'count:': count of what? (count:web)");
    assert_refused(b, "months:web", "--vary 'months:web': nothing follows months (months)");
    assert_refused(b, "count:wob", "--vary 'count:wob': unknown resource 'wob' (did you mean 'web'? known: web, job)");
    assert_refused(b, "taxable_use:sh", "--vary 'taxable_use:sh': unknown buyer 'sh' (did you mean 'sg'? known: sg)");
    assert_refused(b, "fx:EUR/CNY", "--vary 'fx:EUR/CNY': no rate of EUR/CNY is used (used: USD/CNY)");
    assert_refused(b, "fx:CNY/USD", "--vary 'fx:CNY/USD': the configuration gives USD/CNY (fx:USD/CNY)");
    assert_refused(b, "compute web.gpu", "--vary 'compute web.gpu': [compute web] gpu is no number that can be varied");
    assert_refused(b, "cost move.month", "--vary 'cost move.month': [cost move] month is no number that can be varied");
    assert_refused(b, "compute job.memory",
                   "--vary 'compute job.memory': [compute job] memory is not given, so there is nothing to vary");
}

static void a_range_is_two_numbers(void **state)
{
    struct bench *b = *state;
    struct vary v = found(b, "discount:aliyun-intl"), m = found(b, "compute web.memory"), n = found(b, "months");
    struct err err;
    assert_int_equal(vary_range(&v, "5..20%", &err), 0);
    assert_dec(v.low, "5");
    assert_dec(v.high, "20");
    assert_int_equal(vary_range(&m, " 8 GiB .. 64GiB ", &err), 0);
    assert_dec(m.low, "8");
    assert_dec(m.high, "64");
    assert_int_equal(vary_range(&v, "5..5", &err), -1);
    assert_string_equal(err.text, "--range '5..5' is empty (the first number must be less than the second)");
    assert_int_equal(vary_range(&v, "9..5", &err), -1);
    assert_string_equal(err.text,
                        "--range '9..5' is the wrong way round (the first number must be less than the second)");
    assert_int_equal(vary_range(&v, "5-9", &err), -1);
    assert_int_equal(vary_range(&v, "..9", &err), -1);
    assert_int_equal(vary_range(&v, "5..", &err), -1);
    assert_int_equal(vary_range(&m, "5 TB..9", &err), -1);
    assert_string_equal(err.text,
                        "--range '5 TB..9': '5 TB' is no end of a range of compute web.memory (a number, GiB)");
    assert_int_equal(vary_range(&n, "1..2.5", &err), -1);
    assert_string_equal(err.text, "--range '1..2.5': '2.5' is finer than months can be (0 decimals)");
}

static void every_setting_that_is_a_number(void **state)
{
    struct bench *b = *state;
    const char *expected[] = {"months",          "discount_rate",        "hours",
                              "count:web",       "growth:web",           "compute web.memory",
                              "fx:USD/CNY",      "discount:aliyun-intl", "discount:aliyun-cn.compute",
                              "cost move.amount"};
    size_t seen = 0;
    for (size_t i = 0; i < b->p.scenario.nsettings; i++) {
        struct vary v;
        bool is;
        struct err err;
        assert_int_equal(vary_setting(&b->p.scenario.settings[i], &b->from, &b->a, &v, &is, &err), 0);
        for (size_t k = 0; is && k < sizeof expected / sizeof *expected; k++)
            seen += !strcmp(v.name, expected[k]);
        assert_false(is && (!strcmp(v.key, "month") || !strcmp(v.key, "as_of") || !strcmp(v.key, "gpu")));
    }
    assert_int_equal(seen, sizeof expected / sizeof *expected);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(words_name_places, start, end),
        cmocka_unit_test_setup_teardown(whole_where_only_whole_ones_are_bought, start, end),
        cmocka_unit_test_setup_teardown(other_words_are_refused, start, end),
        cmocka_unit_test_setup_teardown(a_range_is_two_numbers, start, end),
        cmocka_unit_test_setup_teardown(every_setting_that_is_a_number, start, end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
