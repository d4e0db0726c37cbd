/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What each number does to the lead, on the prices of tests/packs/even: 1,000.00 CNY a machine and month at aliyun-cn,
 * 140 USD at aliyun-intl, every tax given back. Worked out by hand beside each case.
 */
#include "tests/support/prepared.h"

#include "calc/sensitivity.h"

#define HEAD                                                                                                           \
    "[project]\nstart = 2027-01\nmonths = 1\nas_of = 2026-11-21\n[compare]\n"                                          \
    "sites = aliyun-cn, aliyun-intl, tencent-cn\nregion.aliyun-cn = cn-hangzhou\nregion.aliyun-intl = cn-hangzhou\n"   \
    "region.tencent-cn = ap-guangzhou\n"
#define WEB                                                                                                            \
    "[compute web]\ncount = 100\nsites = aliyun-cn, aliyun-intl\nsku.aliyun-cn = ecs.g7.xlarge\n"                      \
    "sku.aliyun-intl = ecs.g7.xlarge\nsku.tencent-cn = S5.LARGE16\n"
#define RATE "[fx]\nUSD/CNY = 7.10\n"

struct bench {
    struct prepared p;
    struct trials v;
    struct arena a;
    struct sensitivity s;
};

static int try_start(struct bench *b, const char *text, struct err *err)
{
    static const struct estimate_options opt = {0};
    *b = (struct bench){0};
    prepare_estimate(&b->p, text, "tests/packs/even", NULL);
    trials_open(&b->v, &b->p.config, &b->p.rules, b->p.catalogue, &opt);
    return sensitivity_make(&b->v, &b->p.estimate, &b->a, &b->s, err);
}

static void start(struct bench *b, const char *text)
{
    struct err err;
    if (try_start(b, text, &err))
        fail_msg("%s", err.text);
}

static void end(struct bench *b)
{
    trials_close(&b->v);
    arena_free(&b->a);
    prepared_free(&b->p);
}

static const struct sensitivity_row *row(const struct bench *b, const char *name)
{
    for (size_t i = 0; i < b->s.nrows; i++)
        if (!strcmp(b->s.rows[i].v.name, name))
            return &b->s.rows[i];
    fail_msg("no row %s", name);
    return NULL;
}

static void assert_end(const struct sensitivity_end *e, const char *text, const char *lead, const char *winner)
{
    assert_string_equal(e->text, text);
    assert_true(e->known);
    assert_dec(e->lead, lead);
    assert_string_equal(e->winner, winner);
}

/* aliyun-intl leads by 100000 - 99400 = 600. At 6.39: 100000 - 89460 = 10,540; at 7.81: 100000 - 109340 = -9,340. Of
 * 90 machines 540, of 110 660. With 90 % taxable use the lead is 603.60: 6 CNY in 1,060 a machine do not come back,
 * 600.00; of 5,964.00 VAT withheld 596.40. */
static void the_winner_changes_with_the_rate(void **state)
{
    (void)state;
    struct bench b;
    start(&b, HEAD WEB RATE);
    assert_string_equal(b.s.best, "aliyun-intl");
    assert_string_equal(b.s.second, "aliyun-cn");
    assert_dec(b.s.lead, "600");
    const struct sensitivity_row *fx = row(&b, "fx:USD/CNY"), *count = row(&b, "count:web"),
                                 *use = row(&b, "taxable_use"), *months = row(&b, "months");
    assert_end(&fx->ends[0], "6.39", "10540", "aliyun-intl");
    assert_end(&fx->ends[1], "7.81", "-9340", "aliyun-cn");
    assert_dec(fx->effect, "19880");
    assert_end(&count->ends[0], "90", "540", "aliyun-intl");
    assert_end(&count->ends[1], "110", "660", "aliyun-intl");
    assert_dec(count->effect, "120");
    assert_end(&use->ends[0], "90%", "603.60", "aliyun-intl");
    assert_end(&use->ends[1], "100%", "600", "aliyun-intl");
    assert_end(&months->ends[0], "1", "600", "aliyun-intl"); /* not below what the key allows */
    assert_end(&months->ends[1], "2", "1200", "aliyun-intl");
    assert_ptr_equal(fx, &b.s.rows[0]);
    assert_ptr_equal(months, &b.s.rows[1]);
    for (size_t i = 1; i < b.s.nrows; i++)
        assert_true(dec_cmp(b.s.rows[i - 1].effect, b.s.rows[i].effect) >= 0);
    end(&b);
}

/* A cost of 1,000.00 CNY only at aliyun-cn: the lead is 1,600; 900 and 1,100 make 1,500 and 1,700. A discount of 10 %
 * there goes to 9 % and 11 %: 91,000 and 89,000 + 1000 against 99,400. */
static void amounts_and_percentages(void **state)
{
    (void)state;
    struct bench b;
    start(&b, HEAD WEB RATE "[cost move]\namount = 1000.00 CNY\nwhen = once\nsites = aliyun-cn\n");
    assert_end(&row(&b, "cost move.amount")->ends[0], "900 CNY", "1500", "aliyun-intl");
    assert_end(&row(&b, "cost move.amount")->ends[1], "1100 CNY", "1700", "aliyun-intl");
    end(&b);
    start(&b, HEAD "discount.aliyun-cn = 10%\n" WEB RATE);
    assert_string_equal(b.s.best, "aliyun-cn");
    assert_dec(b.s.lead, "9400");
    assert_end(&row(&b, "discount:aliyun-cn")->ends[0], "9%", "8400", "aliyun-cn");
    assert_end(&row(&b, "discount:aliyun-cn")->ends[1], "11%", "10400", "aliyun-cn");
    end(&b);
}

/* Without a rate of its own the configuration takes the published one; that is varied too, once for a pair. */
static void published_rates_count(void **state)
{
    (void)state;
    struct bench b;
    start(&b, HEAD WEB "[fx]\nmax_age = none\n");
    size_t n = 0;
    for (size_t i = 0; i < b.s.nrows; i++)
        n += !strcmp(b.s.rows[i].v.name, "fx:USD/CNY");
    assert_int_equal(n, 1);
    assert_true(row(&b, "fx:USD/CNY")->ends[0].known);
    assert_true(strlen(row(&b, "fx:USD/CNY")->ends[0].text) <= 6); /* "6.1994": as fine as an answer */
    end(&b);
}

/* In dollars one site is turned from CNY, and the tax withheld of the other is computed in CNY: both directions are in
 * use, and are one number. */
static void both_directions_of_a_rate_are_one(void **state)
{
    (void)state;
    struct bench b;
    size_t n = 0;
    start(&b, "[project]\ncurrency = USD\nstart = 2027-01\nmonths = 1\nas_of = 2026-11-21\n[fx]\nmax_age = none\n"
              "[compare]\nsites = aliyun-cn, aliyun-intl, tencent-cn\nregion.aliyun-cn = cn-hangzhou\n"
              "region.aliyun-intl = cn-hangzhou\nregion.tencent-cn = ap-guangzhou\n" WEB);
    assert_int_equal(b.p.estimate.nrates, 2);
    for (size_t i = 0; i < b.s.nrows; i++)
        n += !strncmp(b.s.rows[i].v.name, "fx:", 3);
    assert_int_equal(n, 1);
    end(&b);
}

/* 16 GiB and a tenth more: nothing of 17.6 GiB with 4 vCPU is sold at aliyun-intl. */
static void an_end_where_nothing_is_sold(void **state)
{
    (void)state;
    struct bench b;
    start(&b, HEAD RATE "[compute web]\nvcpu = 4\nmemory = 16 GiB\nsites = aliyun-cn, aliyun-intl\n");
    const struct sensitivity_row *memory = row(&b, "compute web.memory");
    assert_string_equal(memory->ends[1].text, "17.6 GiB");
    assert_false(memory->ends[1].known);
    assert_non_null(strstr(memory->ends[1].why, "aliyun-intl: incomplete: web: no on-demand price"));
    assert_true(memory->known);
    assert_dec(memory->effect, "0");
    end(&b);
}

static void one_site_has_no_lead(void **state)
{
    (void)state;
    struct bench b;
    struct err err;
    assert_int_equal(try_start(&b, HEAD RATE "[compute web]\nsites = aliyun-cn\nsku.aliyun-cn = ecs.g7.xlarge\n", &err),
                     -1);
    assert_int_equal(err.kind, ERR_INCOMPLETE);
    assert_string_equal(err.text, "the two best sites are looked at, but only aliyun-cn is ranked");
    end(&b);
}

/* Uniform from 50 to 150 machines is 60 and 140 at the percentiles, 6 CNY each: 360 and 840; its mean is 100. */
static void an_uncertain_number_goes_to_its_percentiles(void **state)
{
    (void)state;
    struct bench b;
    start(&b, HEAD "[fx]\nUSD/CNY = 7.10\n[compute web]\ncount = uniform(50, 150)\nsites = aliyun-cn, aliyun-intl\n"
                   "sku.aliyun-cn = ecs.g7.xlarge\nsku.aliyun-intl = ecs.g7.xlarge\nsku.tencent-cn = S5.LARGE16\n");
    assert_end(&row(&b, "count:web")->ends[0], "60", "360", "aliyun-intl");
    assert_end(&row(&b, "count:web")->ends[1], "140", "840", "aliyun-intl");
    assert_string_equal(row(&b, "count:web")->base, "100");
    end(&b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_winner_changes_with_the_rate),
        cmocka_unit_test(amounts_and_percentages),
        cmocka_unit_test(published_rates_count),
        cmocka_unit_test(both_directions_of_a_rate_are_one),
        cmocka_unit_test(an_end_where_nothing_is_sold),
        cmocka_unit_test(one_site_has_no_lead),
        cmocka_unit_test(an_uncertain_number_goes_to_its_percentiles),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
