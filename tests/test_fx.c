/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Expected rates: divided with bc from the published ones, rounded half-up by hand. ECB 2025-05-09: USD 1.1252, CNY 8.1470,
 * HKD 8.7519, SGD 1.4600, JPY 163.36; 2026-03-18: USD 1.1500, SGD 1.4734. CFETS 2026-09-04: USD/CNY 6.7787, 100JPY/CNY 4.3135.
 */
#include "tests/support/prepared.h"

#include "calc/fx.h"

static const char plain[] = "[project]\nas_of = 2026-11-21\n[compare]\nsites = aliyun-cn\ncity = Beijing\n"
                            "[cost x]\namount = 1 CNY\n";

struct desk {
    struct prepared p;
    struct arena arena;
    struct fx fx;
};

static void open_desk(struct desk *d, const char *source, const char *day)
{
    *d = (struct desk){0};
    prepare(&d->p, plain, NULL);
    d->fx = (struct fx){.catalogue = d->p.catalogue, .arena = &d->arena, .source = source};
    d->fx.max_age = (struct duration){0, 7, true};
    assert_true(date_parse(day, strlen(day), &d->fx.on));
}

static void close_desk(struct desk *d)
{
    arena_free(&d->arena);
    prepared_free(&d->p);
}

static const struct fx_used *rate(struct desk *d, const char *from, const char *to)
{
    const struct fx_used *u;
    struct err err;
    if (fx_find(&d->fx, from, to, &u, &err))
        fail_msg("%s", err.text);
    return u;
}

static void crosses_go_through_the_euro(void **state)
{
    (void)state;
    struct desk d;
    open_desk(&d, "ecb", "2025-05-09");
    assert_dec(rate(&d, "USD", "CNY")->rate, "7.24049058");
    assert_dec(rate(&d, "USD", "HKD")->rate, "7.77808390");
    assert_dec(rate(&d, "SGD", "CNY")->rate, "5.58013699");
    assert_dec(rate(&d, "JPY", "CNY")->rate, "0.04987145");
    assert_dec(rate(&d, "CNY", "USD")->rate, "0.13811219"); /* computed, not 1 / the rounded */
    const struct fx_used *u = rate(&d, "USD", "CNY");
    assert_int_equal(u->path, FX_CROSS);
    assert_int_equal(u->noperands, 2);
    assert_string_equal(u->source, "ecb");
    assert_false(u->stale);
    close_desk(&d);
}

static void the_euro_itself_is_direct_or_inverse(void **state)
{
    (void)state;
    struct desk d;
    open_desk(&d, "ecb", "2025-05-09");
    assert_dec(rate(&d, "EUR", "USD")->rate, "1.1252");
    assert_int_equal(rate(&d, "EUR", "USD")->path, FX_DIRECT);
    assert_dec(rate(&d, "USD", "EUR")->rate, "0.88873089"); /* 1 / 1.1252 = 0.888730892... */
    assert_int_equal(rate(&d, "USD", "EUR")->path, FX_INVERSE);
    assert_dec(rate(&d, "EUR", "EUR")->rate, "1");
    close_desk(&d);
}

static void small_rates_keep_twelve_decimals(void **state)
{
    (void)state;
    struct desk d;
    open_desk(&d, "ecb", "2026-03-18");
    dec_t fine = rate(&d, "IDR", "CNY")->rate;
    assert_true(dec_cmp(fine, D("0.01")) < 0);
    assert_true(dec_cmp(fine, dec_round(fine, 8, DEC_HALF_UP)) != 0);
    assert_dec(rate(&d, "USD", "SGD")->rate, "1.28121739");
    close_desk(&d);
}

static void central_parity_is_yuan_per_unit_or_per_hundred(void **state)
{
    (void)state;
    struct desk d;
    open_desk(&d, "cfets", "2026-09-04");
    assert_dec(rate(&d, "USD", "CNY")->rate, "6.7787");
    assert_int_equal(rate(&d, "USD", "CNY")->path, FX_DIRECT);
    assert_dec(rate(&d, "JPY", "CNY")->rate, "0.043135");
    assert_int_equal(rate(&d, "JPY", "CNY")->path, FX_DIRECT);
    assert_dec(rate(&d, "CNY", "USD")->rate, "0.14752091"); /* 1 / 6.7787 = 0.1475209111... */
    assert_dec(rate(&d, "USD", "EUR")->rate, "0.86466319"); /* 6.7787 / 7.8397 = 0.864663188... */
    close_desk(&d);
}

static void the_last_day_before_is_taken_with_its_own_date(void **state)
{
    (void)state;
    struct desk d;
    char day[DATE_TEXT];
    open_desk(&d, "ecb", "2025-05-11"); /* a Sunday */
    date_format(rate(&d, "USD", "CNY")->date, day);
    assert_string_equal(day, "2025-05-09");
    assert_false(rate(&d, "USD", "CNY")->stale);
    close_desk(&d);
    open_desk(&d, "ecb", "2026-11-21"); /* months after the last day known */
    assert_true(rate(&d, "USD", "CNY")->stale);
    close_desk(&d);
}

static void a_budget_rate_wins_and_has_no_age(void **state)
{
    (void)state;
    struct desk d;
    static const struct budget_rate budget[] = {{"USD", "CNY", {7100000000000}, 3}};
    open_desk(&d, "ecb", "2026-11-21");
    d.fx.budget = budget;
    d.fx.nbudget = 1;
    assert_dec(rate(&d, "USD", "CNY")->rate, "7.1");
    assert_string_equal(rate(&d, "USD", "CNY")->source, "budget");
    assert_false(rate(&d, "USD", "CNY")->stale);
    assert_dec(rate(&d, "CNY", "USD")->rate, "0.14084507"); /* 1 / 7.1 = 0.140845070... */
    /* never mixed: SGD to CNY stays with the table on both legs */
    assert_string_equal(rate(&d, "SGD", "CNY")->source, "ecb");
    assert_int_equal(rate(&d, "SGD", "CNY")->noperands, 2);
    close_desk(&d);
}

static void no_rate_is_an_error_that_names_the_pair(void **state)
{
    (void)state;
    struct desk d;
    const struct fx_used *u;
    struct err err = {0};
    open_desk(&d, "cfets", "2026-09-04");
    assert_int_equal(fx_find(&d.fx, "ILS", "CNY", &u, &err), -1);
    assert_string_equal(err.text, "no rate ILS/CNY: source cfets has none for ILS on or before 2026-09-04 (give a "
                                  "budget rate ILS/CNY in [fx])");
    assert_int_equal(err.kind, ERR_USAGE);
    close_desk(&d);
    open_desk(&d, "ecb", "1998-12-31");
    assert_int_equal(fx_find(&d.fx, "USD", "EUR", &u, &err), -1);
    close_desk(&d);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(crosses_go_through_the_euro),
        cmocka_unit_test(the_euro_itself_is_direct_or_inverse),
        cmocka_unit_test(small_rates_keep_twelve_decimals),
        cmocka_unit_test(central_parity_is_yuan_per_unit_or_per_hundred),
        cmocka_unit_test(the_last_day_before_is_taken_with_its_own_date),
        cmocka_unit_test(a_budget_rate_wins_and_has_no_age),
        cmocka_unit_test(no_rate_is_an_error_that_names_the_pair),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
