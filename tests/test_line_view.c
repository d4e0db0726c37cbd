/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What every report asks of a line. Rates were multiplied with bc.
 */
#include "tests/support/test.h"

#include "calc/line_view.h"
#include "tests/support/estimate_fixture.h"

#include <string.h>

static struct estimate_fixture f;

static int set_up(void **state)
{
    (void)state;
    estimate_fixture(&f);
    return 0;
}

static void amounts_by_status(void **state)
{
    static const bool known[] = {
        [LINE_PRICED] = true, [LINE_UNPRICED] = false, [LINE_AMBIGUOUS] = false, [LINE_STALE] = true};
    (void)state;
    for (int s = LINE_PRICED; s <= LINE_STALE; s++) {
        f.lines[FIX_CN].status = (enum line_status)s;
        assert_int_equal(line_has_amounts(&f.lines[FIX_CN]), known[s]);
    }
}

static void one_tax(void **state)
{
    static struct tax_used other;
    struct line *l = &f.lines[FIX_TENCENT];
    (void)state;
    assert_ptr_equal(line_one_tax(l), &f.cn_tax);
    other = f.cn_tax;
    f.life_runs[1].tax = &other;
    assert_non_null(line_one_tax(l)); /* equal, though another rule */
    other.by_buyer = true;
    assert_null(line_one_tax(l));
    other = f.cn_tax;
    other.rate = dec_of(9, 2);
    assert_null(line_one_tax(l));
    f.life_runs[1].tax = NULL;
    assert_null(line_one_tax(l));
    assert_null(line_one_tax(&f.cost_line));
    assert_null(line_one_tax(&f.lines[FIX_BAIDU]));
}

static void one_price(void **state)
{
    dec_t price;
    (void)state;
    assert_true(line_unit_price(&f.lines[FIX_CN], &price));
    assert_int_equal(dec_cmp(price, dec_of(10465, 4)), 0);
    assert_false(line_unit_price(&f.lines[FIX_TENCENT], &price));
    assert_false(line_unit_price(&f.cost_line, &price));
    f.offers[FIX_CN].parts[1] = f.offers[FIX_CN].parts[0];
    f.offers[FIX_CN].nparts = 2;
    assert_false(line_unit_price(&f.lines[FIX_CN], &price));
}

static void assert_source(const struct line *l, const char *expected)
{
    struct buf out = {0};
    buf_puts(&out, "");
    line_fx_source(l, &out);
    assert_string_equal(out.n > 0 ? out.v : "", expected);
    buf_free(&out);
}

static void rates(void **state)
{
    struct fx_used settle = {.rate = dec_of(109, 2), .source = "vendor"};
    struct line *l = &f.lines[FIX_INTL];
    dec_t rate;
    (void)state;
    assert_true(line_fx_rate(l, &rate));
    assert_int_equal(dec_cmp(rate, dec_of(71, 1)), 0);
    assert_source(l, "budget");
    assert_false(date_is(line_fx_date(l)));
    l->settle_fx = &settle;
    assert_source(l, "vendor+budget");
    f.usd_cny.rate = dec_of(8788373, 7); /* 1.09 x 0.8788373 = 0.957932657, to 8 decimals half-up */
    assert_true(line_fx_rate(l, &rate));
    assert_int_equal(dec_cmp(rate, dec_of(95793266, 8)), 0);
    f.usd_cny.rate = dec_of(123456789, 12); /* below 0.01 it keeps 12: 0.00013456790001 */
    assert_true(line_fx_rate(l, &rate));
    assert_int_equal(dec_cmp(rate, dec_of(134567900, 12)), 0);
    l->settle_fx = NULL;
    l->fx = &f.same;
    assert_source(l, "");
    l->fx = NULL;
    assert_false(line_fx_rate(l, &rate));
    assert_source(l, "");
}

static void sources(void **state)
{
    static const struct fee_row wire = {.source = "a bank's scale"};
    (void)state;
    assert_string_equal(line_source(&f.lines[FIX_CN]), "acn-ecs24");
    assert_string_equal(line_source(&f.lines[FIX_BAIDU]), "");
    assert_string_equal(line_source(&f.cost_line), "config");
    f.cost_line.cost = NULL;
    f.cost_line.fee_rule = &wire;
    assert_string_equal(line_source(&f.cost_line), "a bank's scale");
    f.offers[FIX_CN].source = NULL;
    assert_string_equal(line_source(&f.lines[FIX_CN]), "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(amounts_by_status, set_up), cmocka_unit_test_setup(one_tax, set_up),
        cmocka_unit_test_setup(one_price, set_up),         cmocka_unit_test_setup(rates, set_up),
        cmocka_unit_test_setup(sources, set_up),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
