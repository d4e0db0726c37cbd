/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The table: what it says, that it fits a terminal in both languages, and that long amounts and
 * names never break its columns. Figures are those of the hand-made estimate.
 */
#include "tests/support/test.h"

#include "calc/words.h"
#include "tests/support/printed.h"

#include <string.h>

static struct buf print(const struct estimate_fixture *f, enum view view, const char *lang)
{
    struct buf out = print_report(f, "table", &(struct report_options){.view = view, .lang = lang, .candidates = 3});
    assert_terminal(&out);
    return out;
}

static void the_ranking(void **state)
{
    static struct estimate_fixture f;
    struct buf out;
    (void)state;
    estimate_fixture(&f);
    out = print(&f, VIEW_SUMMARY, "en");
    assert_has(&out, "storefront: 12 months from 2027-01, in CNY, discounted at 6 % a year, prices as of 2026-11-21\n");
    assert_has(&out,
               "\n#  Site         Status             List        Net  Recoverable       Cost  Per month  vs best\n"
               "1  aliyun-cn    complete  55,004.04 CNY  51,890.64     3,113.40  51,890.64   4,324.22     best\n"
               "2  aliyun-intl  complete   8,513.28 USD  60,444.24     3,626.64  60,565.08   5,047.09  +16.7 %\n"
               "-  tencent-cn   stale                    14,292.18       857.58  34,292.18   2,857.68\n");
    buf_free(&out);
}

static void three_bases_side_by_side(void **state)
{
    static struct estimate_fixture f;
    struct buf out;
    (void)state;
    estimate_fixture(&f);
    out = print(&f, VIEW_SUMMARY, "en");
    assert_has(&out,
               "Site               Net       Tax    Fees      Other   Cash out  Recoverable       Cost        NPV\n"
               "aliyun-cn    51,890.64  3,113.40    0.00       0.00  55,004.04     3,113.40  51,890.64  50,285.49\n");
    buf_free(&out);
}

static void what_is_not_ranked_says_why(void **state)
{
    static struct estimate_fixture f;
    struct buf out;
    (void)state;
    estimate_fixture(&f);
    out = print(&f, VIEW_SUMMARY, "en");
    assert_has(&out, "\nNot ranked\n"
                     "  tencent-cn  stale\n"
                     "    web: the price is of 2022-05-20, older than 36 months\n"
                     "  baidu-cn  incomplete\n"
                     "    1 of 1 lines has no price\n"
                     "    web: unpriced: no compute price at baidu-cn in bj\n");
    buf_free(&out);
}

static void notes_rates_ages(void **state)
{
    static struct estimate_fixture f;
    struct buf out;
    (void)state;
    estimate_fixture(&f);
    out = print(&f, VIEW_SUMMARY, "en");
    /* a note that two sites share stands once */
    assert_has(&out,
               "\nConditions and notes\n"
               "  aliyun-cn, aliyun-intl\n"
               "    - a public site on servers in the mainland needs an ICP filing (about 20 working days)\n"
               "  aliyun-intl\n"
               "    - a mainland company needs a phone number outside the mainland, withholds tax itself and gets "
               "no\n      Chinese invoice; mainland regions need a real-name check\n");
    assert_null(strstr(strstr(out.v, "an ICP filing") + 1, "an ICP filing"));
    assert_has(&out, "\nRates used\n  USD/CNY  7.10  budget rate of the configuration\n");
    assert_has(&out, "\nWhere, and the oldest price used, as of 2026-11-21\n"
                     "Site         Region       ");
    assert_has(&out, "  2024-12-31    1 year 10 months\n");
    assert_has(&out, "  2022-11-10             4 years\n");
    assert_has(&out, "  2022-05-20    4 years 6 months\n");
    assert_has(&out, "\nThis is not tax advice; the rules used are shown by `tco explain`.\n");
    buf_free(&out);
}

/* EUR/CNY 7.9214 over EUR/USD 1.15: 6.88817391 (bc, half-up to 8 decimals) */
static void a_published_rate_names_its_source(void **state)
{
    static struct estimate_fixture f;
    struct published_rate usd = {.base = "EUR", .quote = "USD", .units = 1, .value = dec_of(115, 2), .source = "ecb"};
    struct published_rate cny = {.base = "EUR", .quote = "CNY", .units = 1, .value = dec_of(79214, 4), .source = "ecb"};
    struct buf out;
    (void)state;
    estimate_fixture(&f);
    assert_true(date_parse("2026-03-18", 10, &usd.date));
    cny.date = f.usd_cny.date = usd.date;
    f.usd_cny.source = "ecb";
    f.usd_cny.rate = dec_of(688817391, 8);
    f.usd_cny.path = FX_CROSS;
    f.usd_cny.operands[0] = usd;
    f.usd_cny.operands[1] = cny;
    f.usd_cny.noperands = 2;
    f.usd_cny.stale = true;
    out = print(&f, VIEW_SUMMARY, "en");
    assert_has(&out,
               "  USD/CNY  6.88817391  2026-03-18  European Central Bank reference rate, the cross of 1 EUR = 1.15\n"
               "           USD (2026-03-18) and 1 EUR = 7.9214 CNY (2026-03-18), older than the configuration "
               "allows\n");
    buf_free(&out);
    f.usd_cny.source = "cfets";
    out = print(&f, VIEW_SUMMARY, "en");
    assert_has(&out, "central parity published by CFETS");
    buf_free(&out);
}

static void nothing_ranked(void **state)
{
    static struct estimate_fixture f;
    struct buf out;
    (void)state;
    estimate_fixture(&f);
    f.e.sites = &f.site_estimates[FIX_BAIDU];
    f.e.nsites = 1;
    out = print(&f, VIEW_SUMMARY, "en");
    assert_has(&out, "\nNo site is complete: nothing is ranked.\n");
    assert_lacks(&out, "vs best");
    buf_free(&out);
}

static void without_discounting_npv_is_left_out(void **state)
{
    static struct estimate_fixture f;
    struct buf out;
    (void)state;
    estimate_fixture(&f);
    f.scenario.discount_rate.fixed = DEC_ZERO;
    out = print(&f, VIEW_SUMMARY, "en");
    assert_lacks(&out, "NPV");
    assert_lacks(&out, "discounted");
    buf_free(&out);
}

static void the_lines(void **state)
{
    static struct estimate_fixture f;
    struct buf out;
    (void)state;
    estimate_fixture(&f);
    f.lines[FIX_CN].discount = dec_of(15, 2);
    out = print(&f, VIEW_LINES, "en");
    assert_has(&out,
               "\naliyun-cn  cn-hangzhou  complete\n"
               "Line   SKU            Status        Net       Tax   Cash out  Recoverable       Cost\n"
               "web    ecs.g7.xlarge  priced  51,890.64  3,113.40  55,004.04     3,113.40  51,890.64\n"
               "    52,560 hours at 1.0465 CNY per hour, incl. tax, 6 % by the seller; on-demand; discount 15 %;\n"
               "    price of 2024-12-31 (acn-ecs24)\n"
               "    next: ecs.g7.2xlarge (8 vCPU, 64 GiB), cost 103,781.28 CNY, NPV 100,570.98 CNY\n"
               "total                         51,890.64  3,113.40  55,004.04     3,113.40  51,890.64\n");
    assert_has(&out, "at 4.92 to 1.67 CNY per hour in 3 tiers, incl. tax");
    assert_has(&out, "\n    8 vCPU 64 GiB for 4 vCPU 16 GiB\n");
    assert_has(&out, "Other   Cash out");
    assert_has(&out, "  20,000.00  20,000.00         0.00  20,000.00\n    amount of the configuration\n");
    assert_has(&out, "\nLine  Status\nweb   unpriced\n    no compute price at baidu-cn in bj\n");
    buf_free(&out);
}

static void only_as_many_runners_up_as_asked(void **state)
{
    static struct estimate_fixture f;
    struct buf out;
    (void)state;
    estimate_fixture(&f);
    out = print_report(&f, "table", &(struct report_options){.view = VIEW_LINES});
    assert_lacks(&out, "next:");
    buf_free(&out);
}

static void the_months(void **state)
{
    static struct estimate_fixture f;
    struct buf out;
    (void)state;
    estimate_fixture(&f);
    out = print(&f, VIEW_MONTHLY, "en");
    assert_has(&out, "\ntencent-cn  ap-guangzhou  stale\n"
                     "Month                    Net     Tax      Other   Cash out  Recoverable       Cost\n"
                     "2027-01             1,641.19   98.47  20,000.00  21,739.66        98.47  21,641.19\n"
                     "2027-02 … 2027-12   1,150.09   69.01       0.00   1,219.10        69.01   1,150.09\n"
                     "total              14,292.18  857.58  20,000.00  35,149.76       857.58  34,292.18\n");
    assert_has(&out, "\nbaidu-cn  bj  incomplete\nno line has a price: nothing to add up\n");
    buf_free(&out);
}

static void a_sum_says_what_it_lacks(void **state)
{
    static struct estimate_fixture f;
    struct buf out;
    (void)state;
    estimate_fixture(&f);
    f.tencent_lines[0].status = LINE_AMBIGUOUS;
    out = print(&f, VIEW_MONTHLY, "en");
    assert_has(&out, "\ntotal, without web  0.00  0.00  20,000.00");
    buf_free(&out);
}

static void in_chinese(void **state)
{
    static struct estimate_fixture f;
    struct buf out;
    (void)state;
    estimate_fixture(&f);
    f.site_estimates[FIX_INTL].column = "aliyun-intl@sg-sub";
    out = print(&f, VIEW_SUMMARY, "zh");
    assert_has(&out,
               "\n#  站点                 状态           目录价       净额  可抵扣税     总成本      月均   较最低\n"
               "1  阿里云中国站         完整    55,004.04 CNY  51,890.64  3,113.40  51,890.64  4,324.22     最低\n"
               "2  阿里云国际站@sg-sub  完整     8,513.28 USD  60,444.24  3,626.64  60,565.08  5,047.09  +16.7 %\n");
    assert_has(&out, "本结果不构成税务建议");
    buf_free(&out);
    for (int view = VIEW_LINES; view <= VIEW_MONTHLY; view++) {
        out = print(&f, (enum view)view, "zh");
        assert_has(&out, "总成本");
        buf_free(&out);
    }
}

/* All figures that stand in columns end where their title ends. */
static void assert_right_edges(const struct buf *out, const char *title, const char *figure)
{
    const char *t = strstr(out->v, title), *v = strstr(out->v, figure), *line;
    size_t title_end, figure_end;
    assert_true(t != NULL && v != NULL);
    for (line = t; line > out->v && line[-1] != '\n';)
        line--;
    title_end = (size_t)(t - line) + strlen(title);
    for (line = v; line > out->v && line[-1] != '\n';)
        line--;
    figure_end = (size_t)(v - line) + strlen(figure);
    assert_int_equal(title_end, figure_end);
}

/* Figures of 12 digits and more before the point: columns go to a further block, none is lost or cut. */
static void long_amounts_keep_their_columns(void **state)
{
    static struct estimate_fixture f;
    struct money *m;
    struct buf out;
    (void)state;
    estimate_fixture(&f);
    m = &f.site_estimates[FIX_CN].m;
    m->net = dec_of(12345678901211, 2);
    m->tax = dec_of(12345678901222, 2);
    m->recoverable = dec_of(12345678901233, 2);
    m->withheld = dec_of(12345678901244, 2);
    m->fees = dec_of(12345678901255, 2);
    m->other = dec_of(12345678901266, 2);
    m->cash_out = dec_of(12345678901277, 2);
    m->cost = dec_of(12345678901288, 2);
    f.site_estimates[FIX_CN].npv = dec_of(12345678901299, 2);
    f.site_estimates[FIX_CN].list = dec_of(12345678901200, 2);
    f.site_estimates[FIX_CN].cost_per_month = dec_of(12345678901201, 2);
    f.site_estimates[FIX_CN].column = "a-site-with-a-long-name@a-buyer-with-a-long-name";
    out = print(&f, VIEW_SUMMARY, "en");
    static const char *const figures[] = {"123,456,789,012.00 CNY", "123,456,789,012.01", "123,456,789,012.11",
                                          "123,456,789,012.22",     "123,456,789,012.33", "123,456,789,012.44",
                                          "123,456,789,012.55",     "123,456,789,012.66", "123,456,789,012.77",
                                          "123,456,789,012.88",     "123,456,789,012.99"};
    for (size_t i = 0; i < sizeof figures / sizeof figures[0]; i++)
        assert_has(&out, figures[i]);
    assert_right_edges(&out, "Net", "123,456,789,012.11");
    assert_right_edges(&out, "vs best", "best");
    assert_right_edges(&out, "Cash out", "123,456,789,012.77");
    assert_right_edges(&out, "Site                                         NPV", "123,456,789,012.99");
    buf_free(&out);
    out = print(&f, VIEW_SUMMARY, "zh");
    buf_free(&out);
}

static void colours_only_when_asked(void **state)
{
    static struct estimate_fixture f;
    struct buf out;
    (void)state;
    estimate_fixture(&f);
    for (int view = VIEW_SUMMARY; view <= VIEW_MONTHLY; view++) {
        out = print_report(&f, "table", &(struct report_options){.view = (enum view)view});
        assert_lacks(&out, "\033");
        buf_free(&out);
        out = print_report(&f, "table", &(struct report_options){.view = (enum view)view, .color = true});
        assert_has(&out, "\033[1m");
        assert_has(&out, "\033[33mstale");
        assert_has(&out, "\033[31mincomplete");
        buf_free(&out);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_ranking),
        cmocka_unit_test(three_bases_side_by_side),
        cmocka_unit_test(what_is_not_ranked_says_why),
        cmocka_unit_test(notes_rates_ages),
        cmocka_unit_test(a_published_rate_names_its_source),
        cmocka_unit_test(nothing_ranked),
        cmocka_unit_test(without_discounting_npv_is_left_out),
        cmocka_unit_test(the_lines),
        cmocka_unit_test(only_as_many_runners_up_as_asked),
        cmocka_unit_test(the_months),
        cmocka_unit_test(a_sum_says_what_it_lacks),
        cmocka_unit_test(in_chinese),
        cmocka_unit_test(long_amounts_keep_their_columns),
        cmocka_unit_test(colours_only_when_asked),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
