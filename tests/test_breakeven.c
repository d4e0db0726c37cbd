/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Break-evens that algebra gives as well. The prices of tests/packs/even are chosen for it; the buyer gets every tax
 * back, so a cost is the amount without tax:
 *
 *   aliyun-cn    1,000.00 CNY a machine and month, 2,000.00 the larger one; prepaid 10,000.00 for 12 months
 *   aliyun-intl  140 USD a machine and month
 *   tencent-cn   1,000.00 CNY a machine and month, 1,500.00 the larger one
 *   egress       aliyun-cn 0.60 CNY a GB with 6 %; tencent-cn 0.80 up to 100 GB a month, 0.30 above
 */
#include "tests/support/prepared.h"

#include "calc/breakeven.h"

#define EVEN "tests/packs/even"
#define HEAD(months)                                                                                                   \
    "[project]\nstart = 2027-01\nmonths = " months "\nas_of = 2026-11-21\n[fx]\nUSD/CNY = 7.10\n"                      \
    "[compare]\nsites = aliyun-cn, aliyun-intl, tencent-cn\nregion.aliyun-cn = cn-hangzhou\n"                          \
    "region.aliyun-intl = cn-hangzhou\nregion.tencent-cn = ap-guangzhou\n"
#define PINS "sku.aliyun-cn = ecs.g7.xlarge\nsku.aliyun-intl = ecs.g7.xlarge\nsku.tencent-cn = S5.LARGE16\n"

struct bench {
    struct prepared p;
    struct config two;
    struct trials trials;
    struct breakeven_pair pair;
    struct arena a;
    struct vary v[2];
};

static void start(struct bench *b, const char *text, const char *between)
{
    struct err err;
    struct override over = {"compare", "sites", NULL, "--between"};
    struct estimate_options opt = {0};
    *b = (struct bench){0};
    prepare_estimate(&b->p, text, EVEN, NULL);
    if (breakeven_between(between, &b->a, &b->pair.a, &b->pair.b, &over.value, &err) ||
        config_over(&b->p.config, &over, 1, &b->two, &err))
        fail_msg("%s", err.text);
    trials_open(&b->trials, &b->two, &b->p.rules, b->p.catalogue, &opt);
    b->pair.trials = &b->trials;
}

static void end(struct bench *b)
{
    trials_close(&b->trials);
    config_free(&b->two);
    arena_free(&b->a);
    prepared_free(&b->p);
}

static void vary(struct bench *b, int i, const char *word, const char *range)
{
    struct err err;
    const struct vary_from from = {&b->p.scenario, &b->p.rules, b->p.estimate.rates, b->p.estimate.nrates};
    if (vary_find(word, &from, &b->a, &b->v[i], &err) || (range && vary_range(&b->v[i], range, &err)))
        fail_msg("%s", err.text);
}

static struct breakeven solved(struct bench *b, const char *word, const char *range)
{
    struct breakeven out;
    struct err err;
    vary(b, 0, word, range);
    if (breakeven_find(&b->pair, &b->v[0], 50, &b->a, &out, &err))
        fail_msg("%s", err.text);
    return out;
}

static void assert_point(const struct breakeven_point *p, const char *x, const char *a, const char *b,
                         const char *difference)
{
    assert_dec(p->x, x);
    assert_dec(p->a, a);
    assert_dec(p->b, b);
    assert_dec(p->difference, difference);
}

static void assert_place(const struct breakeven_place *p, enum root_kind kind, const char *from, const char *to,
                         int left, int right)
{
    assert_int_equal(p->kind, kind);
    assert_dec(p->from, from);
    assert_dec(p->to, to);
    assert_int_equal(p->left, left);
    assert_int_equal(p->right, right);
}

/* 100 machines: 100,000.00 CNY against 14,000 USD: 100000 / 14000 = 7.142857..., 7.1429 with four decimals, where the
 * USD are 100,000.60 CNY; at 7.1428 they are 99,999.20. */
static void a_flow_in_dollars_against_one_in_yuan(void **state)
{
    (void)state;
    struct bench b;
    start(&b, HEAD("1") "[compute web]\ncount = 100\n" PINS, "aliyun-cn,aliyun-intl");
    struct breakeven r = solved(&b, "fx:USD/CNY", NULL);
    assert_int_equal(r.nplaces, 1);
    assert_place(&r.places[0], ROOT_CROSSING, "7.1429", "7.1429", 1, -1);
    assert_int_equal(r.places[0].npoints, 3);
    assert_int_equal(r.places[0].at, 1);
    assert_point(&r.places[0].points[0], "7.1428", "100000", "99999.20", "0.80");
    assert_point(&r.places[0].points[1], "7.1429", "100000", "100000.60", "-0.60");
    assert_point(&r.places[0].points[2], "7.143", "100000", "100002.00", "-2");
    assert_point(&r.now, "7.1", "100000", "99400", "600");
    assert_point(&r.low, "3.55", "100000", "49700", "50300");
    assert_point(&r.high, "14.2", "100000", "198800", "-98800");
    assert_dec(r.equal, "0.02"); /* a fen for each of two lines and one month */
    end(&b);
}

/* 100,000 (1 - d) CNY against 14,000 USD at 7.10, 99,400: d = 600 / 100000 = 0.6 %. */
static void a_discount_to_the_fen(void **state)
{
    (void)state;
    struct bench b;
    start(&b, HEAD("1") "[compute web]\ncount = 100\n" PINS, "aliyun-cn,aliyun-intl");
    struct breakeven r = solved(&b, "discount:aliyun-cn", NULL);
    assert_int_equal(r.nplaces, 1);
    assert_place(&r.places[0], ROOT_CROSSING, "0.6", "0.6", 1, -1);
    assert_point(&r.places[0].points[1], "0.6", "99400", "99400", "0");
    r = solved(&b, "discount:aliyun-intl", "1%..9%"); /* already cheaper: never equal */
    assert_int_equal(r.nplaces, 0);
    assert_dec(r.least, "1594"); /* 100000 - 99400 x 0.99 */
    assert_dec(r.most, "9546");  /* 100000 - 99400 x 0.91 */
    assert_dec(r.least_at, "1");
    assert_dec(r.most_at, "9");
    end(&b);
}

/* 10,000 for every 12 months begun against 1,000 a month, by hand: equal in month 10, 20, 30; dearer again from 13, 25. */
static void whole_terms_are_walked(void **state)
{
    (void)state;
    struct bench b;
    start(&b,
          HEAD("12") "[compute a]\nsites = aliyun-cn\ncharge = prepaid 12 months\n" PINS
                     "[compute b]\nsites = tencent-cn\n" PINS,
          "aliyun-cn,tencent-cn");
    struct breakeven r = solved(&b, "months", "1..36");
    assert_int_equal(r.nplaces, 5);
    assert_place(&r.places[0], ROOT_CROSSING, "10", "10", 1, -1);
    assert_place(&r.places[1], ROOT_JUMP, "12", "13", -1, 1);
    assert_place(&r.places[2], ROOT_CROSSING, "20", "20", 1, -1);
    assert_place(&r.places[3], ROOT_JUMP, "24", "25", -1, 1);
    assert_place(&r.places[4], ROOT_CROSSING, "30", "30", 1, -1);
    assert_int_equal(r.places[1].npoints, 2);
    assert_point(&r.places[1].points[0], "12", "10000", "12000", "-2000");
    assert_point(&r.places[1].points[1], "13", "20000", "13000", "7000");
    assert_int_equal(r.evaluations, 36);
    end(&b);
}

/* V = 10 n GB: 0.60 V = 80 + 0.30 (V - 100) beyond the step at 100 GB, V = 50 / 0.30 = 166.67, n = 16.67. Below the
 * step 0.60 V < 0.80 V: no other. */
static void a_count_beyond_the_step_of_a_tier(void **state)
{
    (void)state;
    struct bench b;
    start(&b,
          HEAD("1") "[egress out]\nvolume = 10 GB\nsites = aliyun-cn, tencent-cn\nsku.aliyun-cn = flat\n"
                    "sku.tencent-cn = stepped\n",
          "aliyun-cn,tencent-cn");
    struct breakeven r = solved(&b, "count:out", NULL);
    assert_int_equal(r.nplaces, 1);
    assert_place(&r.places[0], ROOT_CROSSING, "16.67", "16.67", -1, 1);
    /* 16.66: 99.96 and 99.98 with tax, 94.30 and 94.32 without */
    assert_point(&r.places[0].points[0], "16.66", "94.30", "94.32", "-0.02");
    end(&b);
}

/* Up to 16 GiB the smaller machine does, 1,000; above it the larger one, 2,000; against 1,500 whatever is asked for. */
static void a_larger_machine_is_a_jump(void **state)
{
    (void)state;
    struct bench b;
    start(&b,
          HEAD("1") "[compute web]\nvcpu = 4\nmemory = 16 GiB\nsku.aliyun-intl = ecs.g7.xlarge\n"
                    "sku.tencent-cn = S5.2XLARGE32\n",
          "aliyun-cn,tencent-cn");
    struct breakeven r = solved(&b, "compute web.memory", "8..32");
    assert_int_equal(r.nplaces, 1);
    assert_place(&r.places[0], ROOT_JUMP, "16", "16.0001", -1, 1);
    assert_point(&r.places[0].points[0], "16", "1000", "1500", "-500");
    assert_point(&r.places[0].points[1], "16.0001", "2000", "1500", "500");
    end(&b);
}

static void two_sites_that_cost_the_same(void **state)
{
    (void)state;
    struct bench b;
    start(&b, HEAD("1") "[compute web]\n" PINS, "tencent-cn,aliyun-cn");
    struct breakeven r = solved(&b, "count:web", NULL);
    assert_int_equal(r.nplaces, 1);
    assert_place(&r.places[0], ROOT_EQUAL, "1", "100", 0, 0);
    end(&b);
}

/* By cost the interest does not matter, by NPV it does: 10,000 at once against 1,000 at the end of each of 10 months. */
static void by_cost_and_by_value(void **state)
{
    (void)state;
    struct bench b;
    start(&b,
          HEAD("10") "[compute a]\nsites = aliyun-cn\ncharge = prepaid 12 months\n" PINS
                     "[compute b]\nsites = tencent-cn\n" PINS,
          "aliyun-cn,tencent-cn");
    b.pair.by_cost = true;
    struct breakeven r = solved(&b, "discount_rate", "0..30");
    assert_int_equal(r.nplaces, 1);
    assert_place(&r.places[0], ROOT_EQUAL, "0", "30", 0, 0);
    b.pair.by_cost = false;
    r = solved(&b, "discount_rate", "1..30");
    assert_int_equal(r.nplaces, 0);
    assert_int_equal(dec_sign(r.least), 1);
    end(&b);
}

/* Rows: 140 x fx x 100 machines; columns: less the discount. 100000 - 14000 x 7 x 0.75 = 26,500. */
static void a_table_of_two_numbers(void **state)
{
    (void)state;
    struct bench b;
    struct breakeven_grid g;
    struct err err;
    start(&b, HEAD("1") "[compute web]\ncount = 100\n" PINS, "aliyun-cn,aliyun-intl");
    vary(&b, 0, "fx:USD/CNY", "6..8");
    vary(&b, 1, "discount:aliyun-intl", NULL);
    const struct vary *const both[2] = {&b.v[0], &b.v[1]};
    assert_int_equal(breakeven_table_of(&b.pair, both, 4, &b.a, &g, &err), 0);
    assert_int_equal(g.n[0], 5);
    assert_int_equal(g.n[1], 5);
    assert_int_equal(g.unknown, 0);
    assert_dec(g.values[0][2], "7");
    assert_dec(g.values[1][1], "25");
    assert_dec(g.cells[2 * 5 + 1].at.difference, "26500");
    assert_dec(g.cells[0].at.difference, "16000");
    assert_dec(g.cells[4 * 5].at.difference, "-12000");
    vary(&b, 1, "months", "1..3"); /* no more than three whole values */
    assert_int_equal(breakeven_table_of(&b.pair, both, 4, &b.a, &g, &err), 0);
    assert_int_equal(g.n[1], 3);
    end(&b);
}

static void a_site_that_cannot_be_compared(void **state)
{
    (void)state;
    struct bench b;
    struct breakeven r;
    struct breakeven_grid g;
    struct err err;
    start(&b,
          HEAD("1") "[compute web]\nvcpu = 4\nmemory = 16 GiB\nsku.aliyun-intl = ecs.g7.xlarge\n"
                    "sku.tencent-cn = S5.2XLARGE32\n",
          "aliyun-cn,tencent-cn");
    vary(&b, 0, "compute web.memory", "8..64");
    assert_int_equal(breakeven_find(&b.pair, &b.v[0], 50, &b.a, &r, &err), -1);
    assert_int_equal(err.kind, ERR_INCOMPLETE);
    assert_non_null(strstr(err.text, "--vary 'compute web.memory' at 64 GiB: aliyun-cn cannot be compared: it is "
                                     "incomplete: web: no on-demand price"));
    vary(&b, 1, "months", "1..2");
    const struct vary *const both[2] = {&b.v[0], &b.v[1]};
    assert_int_equal(breakeven_table_of(&b.pair, both, 7, &b.a, &g, &err), 0);
    assert_int_equal(g.n[0], 8); /* 8, 16, ... 64: above 32 nothing is sold */
    assert_int_equal(g.unknown, 8);
    assert_true(g.cells[3 * 2].known);
    assert_false(g.cells[4 * 2].known);
    assert_int_equal(g.why.kind, ERR_INCOMPLETE);
    vary(&b, 1, "discount:aliyun-cn", "50..120");
    assert_int_equal(breakeven_find(&b.pair, &b.v[1], 50, &b.a, &r, &err), -1);
    assert_int_equal(err.kind, ERR_USAGE);
    assert_string_equal(err.text, "--vary 'discount:aliyun-cn' at 120%: discount.aliyun-cn: '120%' is out of range (0% "
                                  "to 100%)");
    end(&b);
}

/* The newest published rate is of 2026-03-18: older than the 7 days that the configuration allows. */
static void stale_sites_only_when_allowed(void **state)
{
    (void)state;
    struct bench b;
    struct breakeven r;
    struct err err;
    start(&b,
          "[project]\nstart = 2027-01\nmonths = 1\nas_of = 2026-11-21\n[compare]\nregion.aliyun-cn = cn-hangzhou\n"
          "sites = aliyun-cn, aliyun-intl\nregion.aliyun-intl = cn-hangzhou\n[compute web]\n" PINS,
          "aliyun-cn,aliyun-intl");
    vary(&b, 0, "discount:aliyun-intl", NULL);
    assert_int_equal(breakeven_find(&b.pair, &b.v[0], 10, &b.a, &r, &err), -1);
    assert_int_equal(err.kind, ERR_STALE);
    assert_non_null(strstr(err.text, "aliyun-intl cannot be compared: it is stale: web: rate USD/CNY of 2026-03-18"));
    b.trials.options.allow_stale = true;
    assert_int_equal(breakeven_find(&b.pair, &b.v[0], 10, &b.a, &r, &err), 0);
    end(&b);
}

static void two_names(void **state)
{
    (void)state;
    struct arena a = {NULL};
    const char *first, *second, *sites;
    struct err err;
    assert_int_equal(breakeven_between(" aliyun-cn , aliyun-intl@sg", &a, &first, &second, &sites, &err), 0);
    assert_string_equal(first, "aliyun-cn");
    assert_string_equal(second, "aliyun-intl@sg");
    assert_string_equal(sites, "aliyun-cn, aliyun-intl@sg");
    assert_int_equal(breakeven_between("aliyun-cn", &a, &first, &second, &sites, &err), -1);
    assert_int_equal(breakeven_between("a,b,c", &a, &first, &second, &sites, &err), -1);
    assert_string_equal(err.text, "--between 'a,b,c' does not name two sites (such as aliyun-cn,aliyun-intl)");
    assert_int_equal(breakeven_between("a, a", &a, &first, &second, &sites, &err), -1);
    assert_string_equal(err.text, "--between 'a, a' names the same site twice");
    arena_free(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_flow_in_dollars_against_one_in_yuan),
        cmocka_unit_test(a_discount_to_the_fen),
        cmocka_unit_test(whole_terms_are_walked),
        cmocka_unit_test(a_count_beyond_the_step_of_a_tier),
        cmocka_unit_test(a_larger_machine_is_a_jump),
        cmocka_unit_test(two_sites_that_cost_the_same),
        cmocka_unit_test(by_cost_and_by_value),
        cmocka_unit_test(a_table_of_two_numbers),
        cmocka_unit_test(a_site_that_cannot_be_compared),
        cmocka_unit_test(stale_sites_only_when_allowed),
        cmocka_unit_test(two_names),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
