/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What becomes of delivered prices and rates: rows of a pack that the pack's own checks take. Expected
 * rows are written by hand from what is delivered.
 */
#include "tests/support/test.h"

#include "fetchers/harvest.h"
#include "tests/support/fetch_case.h"

#include <stdio.h>
#include <string.h>

static const char header[] = "site,region,service,sku,os,charge,offering,term_months,unit,tier_from,tier_to,tier_scope,"
                             "price,currency,tax_basis,tax_rate,as_of,source\n";

static struct date day_of(const char *text)
{
    struct date d;

    assert_true(date_parse(text, strlen(text), &d));
    return d;
}

static dec_t D(const char *text)
{
    struct err err;
    dec_t v;

    assert_int_equal(dec_parse(text, strlen(text), &v, &err), 0);
    return v;
}

static struct harvest *begin(void)
{
    struct harvest *h;
    struct err err;

    assert_int_equal(harvest_open(&h, "skel", "aliyun-cn", "https://prices.example.com", fetch_case_rules(), &err), 0);
    return h;
}

static struct fetch_price machine(const char *sku, const char *price)
{
    return (struct fetch_price){.region = "cn-hangzhou",
                                .service = "compute",
                                .sku = sku,
                                .os = "linux",
                                .charge = CHARGE_ON_DEMAND,
                                .offering = "",
                                .unit = UNIT_HOUR,
                                .price = D(price),
                                .currency = "CNY",
                                .basis = BASIS_INCL,
                                .as_of = day_of("2026-11-20")};
}

/* A tier of traffic; `to` "" is open. */
static struct fetch_price tier(const char *from, const char *to, const char *price)
{
    struct fetch_price p = machine("eip", price);

    p.service = "egress";
    p.os = "";
    p.unit = UNIT_GB;
    p.scope = SCOPE_MONTH;
    p.tier_from = D(from);
    p.bounded = *to != '\0';
    if (p.bounded)
        p.tier_to = D(to);
    return p;
}

static void add(struct harvest *h, struct fetch_price p)
{
    struct err err = {.text = ""};

    if (harvest_price(h, &p, &err) != 0)
        fail_msg("%s", err.text);
}

static struct harvested finish(struct harvest *h)
{
    struct harvested got;
    struct err err = {.text = ""};

    if (harvest_finish(h, &got, &err) != 0)
        fail_msg("%s", err.text);
    return got;
}

static size_t counted(const struct harvested *got, const char *what, bool remark)
{
    for (size_t i = 0; i < got->ncounts; i++)
        if (!strcmp(got->counts[i].what, what) && got->counts[i].remark == remark)
            return got->counts[i].n;
    return 0;
}

static void is_text(const struct pack_body *b, const char *head, const char *rows)
{
    char want[4096];
    char have[4096];

    snprintf(want, sizeof want, "%s%s", head, rows);
    snprintf(have, sizeof have, "%.*s", (int)b->len, b->len > 0 ? b->body : "");
    assert_string_equal(have, want);
}

static const char apart[] = "a second, different price for the same key: ambiguous";
static const char broken[] = "tiers that leave a gap, overlap or do not start at 0";

/* ---- repeats and contradictions ---- */

static void repeats_are_dropped_and_counted(void **state)
{
    struct harvest *h = begin();

    (void)state;
    add(h, machine("b", "0.5"));
    add(h, machine("a", "1"));
    add(h, machine("b", "0.50"));
    add(h, machine("b", "0.5"));
    struct harvested got = finish(h);
    is_text(&got.tables[PACK_PRICES], header,
            "aliyun-cn,cn-hangzhou,compute,a,linux,on-demand,,,hour,0,,,1,CNY,incl,,2026-11-20,"
            "skel.aliyun-cn\n"
            "aliyun-cn,cn-hangzhou,compute,b,linux,on-demand,,,hour,0,,,0.5,CNY,incl,,2026-11-20,"
            "skel.aliyun-cn\n");
    assert_int_equal(got.nprices, 2);
    assert_int_equal(counted(&got, "repeated rows", false), 2);
    assert_int_equal(got.ncounts, 1);
    harvest_free(h);
}

/* The first delivered stays in place; the last of the others is its rival. */
static void a_second_price_of_a_key_gets_a_source_of_its_own(void **state)
{
    struct harvest *h = begin();

    (void)state;
    add(h, machine("a", "2"));
    add(h, machine("a", "3"));
    add(h, machine("a", "1"));
    add(h, machine("a", "3"));
    struct harvested got = finish(h);
    is_text(&got.tables[PACK_PRICES], header,
            "aliyun-cn,cn-hangzhou,compute,a,linux,on-demand,,,hour,0,,,2,CNY,incl,,2026-11-20,"
            "skel.aliyun-cn\n"
            "aliyun-cn,cn-hangzhou,compute,a,linux,on-demand,,,hour,0,,,1,CNY,incl,,2026-11-20,"
            "skel.aliyun-cn#2\n");
    assert_int_equal(counted(&got, apart, true), 2);
    assert_int_equal(counted(&got, "repeated rows", false), 1);
    is_text(&got.tables[PACK_SOURCES], "id,title,origin,as_of,licence,confidence,note\n",
            "skel.aliyun-cn,skel,https://prices.example.com,2026-11-20,published prices; facts "
            "only,medium,\n"
            "skel.aliyun-cn#2,skel,https://prices.example.com,2026-11-20,published prices; facts "
            "only,medium,\n");
    harvest_free(h);
}

/* What tells prices apart is their whole key: none of these are repeats or rivals. */
static void different_keys_stand_side_by_side(void **state)
{
    struct harvest *h = begin();
    struct fetch_price p;

    (void)state;
    add(h, machine("a", "1"));
    p = machine("a", "2");
    p.os = "windows";
    add(h, p);
    p = machine("a", "3");
    p.region = "cn-beijing";
    add(h, p);
    p = machine("a", "4");
    p.basis = BASIS_EXCL;
    add(h, p);
    p = machine("a", "5");
    p.as_of = day_of("2026-11-19");
    add(h, p);
    p = machine("a", "6");
    p.unit = UNIT_MONTH;
    add(h, p);
    p = machine("a", "7");
    p.charge = CHARGE_SPOT;
    add(h, p);
    p = machine("a", "8");
    p.charge = CHARGE_PREPAID;
    p.term_months = 1;
    p.unit = UNIT_MONTH;
    add(h, p);
    p.term_months = 12;
    p.price = D("9");
    add(h, p);
    struct harvested got = finish(h);
    assert_int_equal(got.nprices, 9);
    assert_int_equal(got.ncounts, 0);
    harvest_free(h);
}

/* Another currency for the same key is another price. */
static void another_currency_is_another_price(void **state)
{
    struct harvest *h = begin();
    struct fetch_price p = machine("a", "1");

    (void)state;
    add(h, p);
    p.currency = "USD";
    add(h, p);
    struct harvested got = finish(h);
    assert_int_equal(counted(&got, apart, true), 1);
    assert_int_equal(got.nprices, 2);
    harvest_free(h);
}

/* ---- ladders ---- */

static void open_tiers_end_where_the_next_begins(void **state)
{
    struct harvest *h = begin();

    (void)state;
    add(h, tier("10240", "", "0.17"));
    add(h, tier("51200", "", "0.14"));
    add(h, tier("0", "", "0.20"));
    struct harvested got = finish(h);
    is_text(&got.tables[PACK_PRICES], header,
            "aliyun-cn,cn-hangzhou,egress,eip,,on-demand,,,GB,0,10240,month,0.2,CNY,incl,,2026-11-20,"
            "skel.aliyun-cn\n"
            "aliyun-cn,cn-hangzhou,egress,eip,,on-demand,,,GB,10240,51200,month,0.17,CNY,incl,,2026-11-20,"
            "skel.aliyun-cn\n"
            "aliyun-cn,cn-hangzhou,egress,eip,,on-demand,,,GB,51200,,month,0.14,CNY,incl,,2026-11-20,"
            "skel.aliyun-cn\n");
    assert_int_equal(got.ncounts, 0);
    harvest_free(h);
}

/* One tier with two prices: the ladder stands twice, whole, so that either can be priced. */
static void a_contradiction_inside_a_ladder_makes_two_ladders(void **state)
{
    struct harvest *h = begin();

    (void)state;
    add(h, tier("0", "10", "0.5"));
    add(h, tier("10", "", "0.4"));
    add(h, tier("10", "", "0.3"));
    struct harvested got = finish(h);
    is_text(&got.tables[PACK_PRICES], header,
            "aliyun-cn,cn-hangzhou,egress,eip,,on-demand,,,GB,0,10,month,0.5,CNY,incl,,2026-11-20,"
            "skel.aliyun-cn\n"
            "aliyun-cn,cn-hangzhou,egress,eip,,on-demand,,,GB,10,,month,0.4,CNY,incl,,2026-11-20,"
            "skel.aliyun-cn\n"
            "aliyun-cn,cn-hangzhou,egress,eip,,on-demand,,,GB,0,10,month,0.5,CNY,incl,,2026-11-20,"
            "skel.aliyun-cn#2\n"
            "aliyun-cn,cn-hangzhou,egress,eip,,on-demand,,,GB,10,,month,0.3,CNY,incl,,2026-11-20,"
            "skel.aliyun-cn#2\n");
    assert_int_equal(counted(&got, apart, true), 1);
    harvest_free(h);
}

/* A pack with such a ladder would be refused whole, so it is left out and counted; the rest stays. */
static void ladders_that_do_not_hold_together_are_left_out(void **state)
{
    static const struct {
        const char *rows[4][3];
        size_t dropped;
    } cases[] = {
        {{{"0", "10", "0.5"}, {"20", "", "0.4"}}, 2},                                        /* gap */
        {{{"0", "10", "0.5"}, {"5", "", "0.4"}}, 2},                                         /* overlap */
        {{{"10", "", "0.5"}}, 1},                                                            /* no start */
        {{{"0", "0", "0.5"}}, 1},                                                            /* empty tier */
        {{{"0", "10", "0.5"}, {"10", "", "0.4"}, {"0", "20", "0.5"}, {"20", "", "0.4"}}, 6}, /* other steps */
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct harvest *h = begin();
        for (size_t k = 0; k < 4 && cases[i].rows[k][0] != NULL; k++)
            add(h, tier(cases[i].rows[k][0], cases[i].rows[k][1], cases[i].rows[k][2]));
        add(h, machine("a", "1"));
        struct harvested got = finish(h);
        assert_int_equal(got.nprices, 1);
        assert_int_equal(counted(&got, broken, false), cases[i].dropped);
        harvest_free(h);
    }
}

static void a_ladder_of_two_currencies_is_left_out(void **state)
{
    struct harvest *h = begin();
    struct fetch_price p = tier("10", "", "0.4");

    (void)state;
    add(h, tier("0", "10", "0.5"));
    p.currency = "USD";
    add(h, p);
    struct harvested got = finish(h);
    assert_int_equal(got.nprices, 0);
    assert_int_equal(counted(&got, broken, false), 2);
    assert_int_equal(got.tables[PACK_PRICES].len, 0);
    harvest_free(h);
}

/* The parts of a reservation are one offer: with the hourly part broken the upfront sum goes too. */
static void a_part_does_not_stay_alone(void **state)
{
    struct harvest *h = begin();
    struct fetch_price p = machine("a", "100");

    (void)state;
    p.charge = CHARGE_RESERVED;
    p.offering = "partial-upfront";
    p.term_months = 12;
    p.unit = UNIT_TERM;
    add(h, p);
    p.unit = UNIT_HOUR;
    p.tier_from = D("1");
    add(h, p);
    struct harvested got = finish(h);
    assert_int_equal(got.nprices, 0);
    assert_int_equal(counted(&got, broken, false), 2);
    harvest_free(h);
}

/* ---- what is refused at once ---- */

static void what_no_price_can_be_is_refused(void **state)
{
    struct harvest *h = begin();
    struct fetch_price below = machine("a", "-0.1"), beyond = machine("a", "1"), no_sku = machine("", "1"),
                       no_currency = machine("a", "1"), long_currency = machine("a", "1");
    const struct fetch_price *const rows[] = {&below, &beyond, &no_sku, &no_currency, &long_currency};
    static const char *const says[] = {"'a' has a price below 0", "'a' has a price below 0 or beyond",
                                       "a price without a SKU", "'a' has the currency ''",
                                       "'a' has the currency 'YUAN'"};

    (void)state;
    beyond.price = dec_bad_of(DEC_OVERFLOW);
    no_currency.currency = "";
    long_currency.currency = "YUAN";
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct err err = {.text = ""};
        assert_int_equal(harvest_price(h, rows[i], &err), -1);
        assert_int_equal(err.kind, ERR_FETCH);
        if (strstr(err.text, says[i]) == NULL)
            fail_msg("%s", err.text);
    }
    assert_int_equal(harvest_rows(h), 0);
    harvest_free(h);
}

/* ---- scopes, counts, sources ---- */

static void scopes_say_what_is_whole(void **state)
{
    struct harvest *h = begin();
    struct fetch_price p = machine("a", "1");
    struct err err;

    (void)state;
    add(h, p);
    add(h, tier("0", "", "0.8"));
    p.region = "cn-beijing";
    add(h, p);
    assert_int_equal(harvest_full(h, "cn-hangzhou", "compute", &err), 0);
    assert_int_equal(harvest_full(h, "cn-hangzhou", "compute", &err), 0);
    assert_int_equal(harvest_full(h, "cn-shanghai", "compute", &err), 0); /* it sells nothing any more */
    struct harvested got = finish(h);
    is_text(&got.scopes, "region,service,full\n",
            "cn-hangzhou,compute,yes\ncn-shanghai,compute,yes\ncn-beijing,compute,no\ncn-hangzhou,egress,no\n");
    harvest_free(h);
}

static void counts_come_in_the_order_they_came_up(void **state)
{
    struct harvest *h = begin();
    struct err err;

    (void)state;
    assert_int_equal(harvest_skip(h, "dedicated host", 2, &err), 0);
    assert_int_equal(harvest_remark(h, "sold out at the moment", 1, &err), 0);
    assert_int_equal(harvest_skip(h, "nothing", 0, &err), 0);
    assert_int_equal(harvest_skip(h, "dedicated host", 3, &err), 0);
    assert_int_equal(harvest_remark(h, "dedicated host", 1, &err), 0);
    struct harvested got = finish(h);
    assert_int_equal(got.ncounts, 3);
    assert_string_equal(got.counts[0].what, "dedicated host");
    assert_int_equal(got.counts[0].n, 5);
    assert_int_equal(counted(&got, "sold out at the moment", true), 1);
    assert_int_equal(counted(&got, "dedicated host", true), 1);
    assert_false(date_is(got.day));
    assert_int_equal(got.tables[PACK_PRICES].len + got.tables[PACK_SOURCES].len + got.scopes.len + got.rates.len, 0);
    harvest_free(h);
}

static void prices_of_several_days_share_one_source_of_the_newest(void **state)
{
    struct harvest *h = begin();
    struct fetch_price p = machine("b", "2");
    struct err err;

    (void)state;
    add(h, machine("a", "1"));
    p.as_of = day_of("2024-12-31");
    add(h, p);
    add(h, machine("c", "3"));
    assert_int_equal(harvest_source(h, "Price list, of 2026", "high", "years contain the discount", &err), 0);
    struct harvested got = finish(h);
    is_text(&got.tables[PACK_SOURCES], "id,title,origin,as_of,licence,confidence,note\n",
            "skel.aliyun-cn,\"Price list, of 2026\",https://prices.example.com,2026-11-20,published prices; "
            "facts only,high,years contain the discount\n");
    assert_int_equal(date_cmp(got.day, day_of("2026-11-20")), 0);
    harvest_free(h);
}

static void the_first_shape_of_a_sku_counts(void **state)
{
    struct harvest *h = begin();
    struct pack_shape s = {.provider = "aliyun",
                           .sku = "a",
                           .service = "compute",
                           .family = "f,g",
                           .class_ = "general",
                           .sold = "current",
                           .vcpu = "4",
                           .memory = "16",
                           .gpu = "0",
                           .arch = "amd64"};
    struct err err;

    (void)state;
    assert_int_equal(harvest_shape(h, &s, &err), 0);
    s.vcpu = "8";
    assert_int_equal(harvest_shape(h, &s, &err), 0);
    s.service = "database";
    s.burstable = true;
    assert_int_equal(harvest_shape(h, &s, &err), 0);
    struct harvested got = finish(h);
    is_text(&got.tables[PACK_SHAPES],
            "provider,sku,service,family,class,sold,vcpu,memory_gib,size_gib,gpu,arch,burstable,generation\n",
            "aliyun,a,compute,\"f,g\",general,current,4,16,,0,amd64,no,\n"
            "aliyun,a,database,\"f,g\",general,current,8,16,,0,amd64,yes,\n");
    harvest_free(h);
}

static void contracted_prices_stand_apart(void **state)
{
    struct harvest *h = begin();
    struct fetch_price p = machine("a", "1");

    (void)state;
    p.has_contracted = true;
    p.contracted = D("0.85");
    add(h, p);
    add(h, machine("b", "2"));
    struct harvested got = finish(h);
    is_text(&got.contracted,
            "site,region,service,sku,os,charge,offering,term_months,unit,tier_from,contracted_price,currency\n",
            "aliyun-cn,cn-hangzhou,compute,a,linux,on-demand,,,hour,0,0.85,CNY\n");
    assert_non_null(strstr(got.tables[PACK_PRICES].body, ",a,linux,on-demand,,,hour,0,,,1,CNY,"));
    assert_null(strstr(got.tables[PACK_PRICES].body, "0.85"));
    harvest_free(h);
}

static void a_whole_table_stays_as_it_was_read(void **state)
{
    static const char table[] = "site,region\na,b\n\n\r\nc,d";
    struct harvest *h = begin();
    struct err err;

    (void)state;
    assert_int_equal(harvest_table(h, PACK_PRICES, "x\ny\n", 4, &err), 0);
    assert_int_equal(harvest_table(h, PACK_PRICES, table, sizeof table - 1, &err), 0);
    assert_int_equal(harvest_table(h, PACK_CLASSES, "x\n", 2, &err), 0);
    assert_int_equal(harvest_rows(h), 2);
    struct harvested got = finish(h);
    is_text(&got.tables[PACK_PRICES], "", table);
    is_text(&got.tables[PACK_CLASSES], "", "x\n");
    assert_int_equal(got.nprices, 2);
    harvest_free(h);
}

/* ---- rates ---- */

static void rate(struct harvest *h, const char *day, const char *base, const char *quote, int units, const char *value)
{
    struct err err = {.text = ""};

    if (harvest_rate(h, day_of(day), base, quote, units, D(value), &err) != 0)
        fail_msg("%s", err.text);
}

/* Values: central parity of 2026-06-02 and 03 (fixtures/fx/cfets.csv). */
static void rates_are_a_table_of_days_and_pairs(void **state)
{
    struct harvest *h = begin();

    (void)state;
    rate(h, "2026-06-03", "USD", "CNY", 1, "6.8184");
    rate(h, "2026-06-03", "EUR", "CNY", 1, "7.8990");
    rate(h, "2026-06-02", "USD", "CNY", 1, "6.8187");
    rate(h, "2026-06-03", "JPY", "CNY", 100, "4.2552");
    rate(h, "2026-06-03", "USD", "CNY", 1, "6.81840");
    struct harvested got = finish(h);
    is_text(&got.rates, "date,100JPY/CNY,EUR/CNY,USD/CNY\n", "2026-06-02,,,6.8187\n2026-06-03,4.2552,7.899,6.8184\n");
    assert_int_equal(got.nrates, 4);
    assert_int_equal(counted(&got, "repeated rates", false), 1);
    assert_int_equal(date_cmp(got.day, day_of("2026-06-03")), 0);
    harvest_free(h);
}

static void two_rates_of_one_day_are_refused(void **state)
{
    struct harvest *h = begin();
    struct harvested got;
    struct err err;

    (void)state;
    rate(h, "2024-12-31", "USD", "CNY", 1, "7.1884");
    rate(h, "2024-12-31", "USD", "CNY", 1, "7.1889");
    assert_int_equal(harvest_finish(h, &got, &err), -1);
    assert_int_equal(err.kind, ERR_FETCH);
    assert_non_null(strstr(err.text, "two different rates of USD/CNY on 2024-12-31"));
    harvest_free(h);
}

static void what_is_no_rate_is_refused(void **state)
{
    static const struct {
        const char *base, *quote, *value;
        int units;
    } rows[] = {
        {"USD", "CNY", "0", 1}, {"USD", "CNY", "-1", 1}, {"USDT", "CNY", "1", 1},
        {"USD", "", "1", 1},    {"USD", "CNY", "1", 10}, {"USD", "CNY", "1", 0},
    };
    struct harvest *h = begin();
    struct err err;

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        assert_int_equal(
            harvest_rate(h, day_of("2024-12-31"), rows[i].base, rows[i].quote, rows[i].units, D(rows[i].value), &err),
            -1);
        assert_int_equal(err.kind, ERR_FETCH);
    }
    assert_int_equal(harvest_rows(h), 0);
    harvest_free(h);
}

static void more_pairs_than_a_table_can_hold_are_refused(void **state)
{
    struct harvest *h = begin();
    struct harvested got;
    struct err err;
    char base[4] = "AAA";

    (void)state;
    for (int i = 0; i < 201; i++) {
        base[1] = (char)('A' + i / 26);
        base[2] = (char)('A' + i % 26);
        rate(h, "2024-12-31", base, "CNY", 1, "1");
    }
    assert_int_equal(harvest_finish(h, &got, &err), -1);
    assert_non_null(strstr(err.text, "rates of over 200 pairs"));
    harvest_free(h);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(repeats_are_dropped_and_counted),
        cmocka_unit_test(a_second_price_of_a_key_gets_a_source_of_its_own),
        cmocka_unit_test(different_keys_stand_side_by_side),
        cmocka_unit_test(another_currency_is_another_price),
        cmocka_unit_test(open_tiers_end_where_the_next_begins),
        cmocka_unit_test(a_contradiction_inside_a_ladder_makes_two_ladders),
        cmocka_unit_test(ladders_that_do_not_hold_together_are_left_out),
        cmocka_unit_test(a_ladder_of_two_currencies_is_left_out),
        cmocka_unit_test(a_part_does_not_stay_alone),
        cmocka_unit_test(what_no_price_can_be_is_refused),
        cmocka_unit_test(scopes_say_what_is_whole),
        cmocka_unit_test(counts_come_in_the_order_they_came_up),
        cmocka_unit_test(prices_of_several_days_share_one_source_of_the_newest),
        cmocka_unit_test(the_first_shape_of_a_sku_counts),
        cmocka_unit_test(contracted_prices_stand_apart),
        cmocka_unit_test(a_whole_table_stays_as_it_was_read),
        cmocka_unit_test(rates_are_a_table_of_days_and_pairs),
        cmocka_unit_test(two_rates_of_one_day_are_refused),
        cmocka_unit_test(what_is_no_rate_is_refused),
        cmocka_unit_test(more_pairs_than_a_table_can_hold_are_refused),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
