/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Huawei Cloud's rating calls over recorded answers, over answers with each oddity of the source, and
 * against a provider made here that refuses a batch for one item. Figures: fixtures/huawei/README.md.
 */
#include "tests/support/fetch_case.h"
#include "tests/support/test.h"

#include "fetchers/walk.h"

#include <stdio.h>
#include <string.h>

extern const struct fetcher fetcher_huawei;

static const char *const mexico[] = {"la-north-2", NULL};
static const char *const jakarta[] = {"ap-southeast-4", NULL};
static const char *const hongkong[] = {"ap-southeast-1", NULL};
static const char *const shanghai[] = {"cn-east-2", NULL};
static const char *const both[] = {"ap-southeast-4", "la-north-2", NULL};

static const struct fetch_sku mexican[] = {
    {"compute", "c6.3xlarge.4", "12", "48"},
    {"compute", "m6.3xlarge.8", "12", "96"},
    {"compute", "s6.xlarge.4", "4", "16"},
    {"database", "mysql.general.2vCPU.4GB.ha", "2", "4"}, /* no machine: not asked about */
};
static const struct fetch_sku javanese[] = {{"compute", "c6.2xlarge.4", "8", "32"},
                                            {"compute", "t6.large.2", "2", "4"}};
static const struct fetch_sku small[] = {{"compute", "s6.small.1", "1", "1"}};

#define COUNT(a) (sizeof(a) / sizeof *(a))
#define M "huawei-intl,la-north-2,"
#define J "huawei-intl,ap-southeast-4,"
#define H "huawei-intl,ap-southeast-1,"
#define USD ",USD,excl,,2026-11-21"

static struct fetch_case at(const char *const *regions, const struct fetch_sku *skus, size_t n)
{
    return (struct fetch_case){
        .fetcher = &fetcher_huawei, .site = "huawei-intl", .regions = regions, .skus = skus, .nskus = n};
}

static void run(struct fetch_case *c)
{
    struct err err;

    if (fetch_case_run(c, &err) != 0)
        fail_msg("%s", err.text);
}

static void expect_all(const struct fetch_case *c, const char *const *lines, size_t n)
{
    for (size_t i = 0; i < n; i++)
        fetch_case_expect(c, lines[i]);
}

/* Trap 14: an amount is for the hours asked about. 67.8 for 100 is 0.678, and 730 x 0.678 = 494.94 as recorded. */
static void machines_by_hour_and_month(void **state)
{
    static const char *const lines[] = {
        M "compute,m6.3xlarge.8,linux,on-demand,,,hour,0,,,0.678" USD,
        M "compute,m6.3xlarge.8,linux,prepaid,,1,term,0,,,356.36" USD,
        M "compute,c6.3xlarge.4,linux,on-demand,,,hour,0,,,0.516" USD,
        M "compute,s6.xlarge.4,linux,prepaid,,1,term,0,,,63.07" USD,
    };
    struct fetch_case c = at(mexico, mexican, COUNT(mexican));

    (void)state;
    run(&c);
    expect_all(&c, lines, COUNT(lines));
    assert_int_equal(c.got.nprices, 6);
    assert_true(fetch_case_scope(&c, "la-north-2,compute,no"));
    assert_non_null(strstr(c.got.contracted.body, "m6.3xlarge.8,linux,on-demand,,,hour,0,0.678,USD\n"));
    fetch_case_free(&c);
}

static void years_and_disks(void **state)
{
    static const char *const lines[] = {
        J "compute,c6.2xlarge.4,linux,on-demand,,,hour,0,,,0.456" USD,
        J "compute,c6.2xlarge.4,linux,prepaid,,1,term,0,,,241.78" USD,
        J "compute,c6.2xlarge.4,linux,prepaid,,12,term,0,,,2417.76" USD,
        J "block-storage,GPSSD,,on-demand,,,GiB-hour,0,,,0.000157" USD,
        J "block-storage,GPSSD,,prepaid,,1,GiB-month,0,,,0.114" USD,
        J "block-storage,GPSSD2,,on-demand,,,GiB-hour,0,,,0.000125" USD,
        J "block-storage,SAS,,on-demand,,,GiB-hour,0,,,0.00007" USD,
    };
    struct fetch_case c = at(jakarta, javanese, COUNT(javanese));

    (void)state;
    run(&c);
    expect_all(&c, lines, COUNT(lines));
    fetch_case_free(&c);
}

static void addresses_bandwidth_and_traffic(void **state)
{
    static const char *const lines[] = {
        H "public-ip,5_bgp,,on-demand,,,hour,0,,,0.005" USD,
        H "bandwidth,19_bgp,,on-demand,,,Mbps-hour,0,,,0.0281" USD,
        H "bandwidth,19_bgp,,prepaid,,1,Mbps-month,0,,,9" USD,
        H "egress,12_bgp,,on-demand,,,GB,0,10240,month,0.135" USD,
        H "egress,12_bgp,,on-demand,,,GB,10240,51200,month,0.124" USD,
        H "egress,12_bgp,,on-demand,,,GB,51200,153600,month,0.113" USD,
        H "egress,12_bgp,,on-demand,,,GB,153600,,month,0.103" USD,
    };
    struct fetch_case c = at(hongkong, NULL, 0);

    (void)state;
    run(&c);
    expect_all(&c, lines, COUNT(lines));
    assert_int_equal(c.got.nprices, COUNT(lines));
    fetch_case_free(&c);
}

static void the_china_site_is_in_yuan_with_tax(void **state)
{
    struct fetch_case c = at(shanghai, small, 1);

    (void)state;
    c.site = "huawei-cn";
    run(&c);
    assert_int_equal(c.got.nprices, 1);
    fetch_case_expect(&c, "huawei-cn,cn-east-2,compute,s6.small.1,linux,prepaid,,1,term,0,,,32.2,CNY,incl,,2026-11-21");
    assert_string_equal(c.urls[1], "https://bss.myhuaweicloud.com/v2/bills/ratings/on-demand-resources");
    fetch_case_free(&c);
}

/* Traps 2, 4, 9: ids are there and differ; Windows is a suffix of the flavor; the hour is measure 4. */
static void the_questions(void **state)
{
    static const char *const names[] = {"la-north-2/project.json", "la-north-2/hour-1.json",
                                        "la-north-2/hour-windows-1.json", "la-north-2/month-1.json",
                                        "la-north-2/year-1.json"};
    struct fetch_case c = at(mexico, mexican, 1);

    (void)state;
    run(&c);
    assert_int_equal(c.asked, COUNT(names));
    for (size_t i = 0; i < COUNT(names); i++)
        assert_string_equal(c.names[i], names[i]);
    assert_string_equal(c.urls[0], "https://iam.myhuaweicloud.com/v3/projects?name=la-north-2");
    assert_string_equal(c.urls[1], "https://bss-intl.myhuaweicloud.com/v2/bills/ratings/on-demand-resources");
    assert_string_equal(c.urls[4],
                        "https://bss-intl.myhuaweicloud.com/v2/bills/ratings/period-resources/subscribe-rate");
    assert_string_equal(
        c.last_body,
        "{\"project_id\":\"05041fea8a8025662f4ac00927982f3e\",\"product_infos\":["
        "{\"id\":\"c6.3xlarge.4.linux\",\"cloud_service_type\":\"hws.service.type.ec2\",\"resource_type\":"
        "\"hws.resource.type.vm\",\"resource_spec\":\"c6.3xlarge.4.linux\",\"region\":\"la-north-2\",\"period_type\":3,"
        "\"period_num\":1,\"subscription_num\":1},"
        "{\"id\":\"c6.3xlarge.4.win\",\"cloud_service_type\":\"hws.service.type.ec2\",\"resource_type\":"
        "\"hws.resource.type.vm\",\"resource_spec\":\"c6.3xlarge.4.win\",\"region\":\"la-north-2\",\"period_type\":3,"
        "\"period_num\":1,\"subscription_num\":1}]}");
    fetch_case_free(&c);
}

/* ---- odd answers to the hour's question of la-north-2 ---- */

static char made[2048];

#define RATING(id, list, own)                                                                                          \
    "{\"id\":\"" id "\",\"product_id\":\"P\",\"official_website_amount\":" list ",\"amount\":" own ",\"measure_id\":"  \
    "1}"

static struct fetch_case hour(const char *currency, const char *ratings, int status)
{
    struct fetch_case c = at(mexico, mexican, COUNT(mexican));

    snprintf(made, sizeof made, "{\"currency\":%s,\"product_rating_results\":[%s]}", currency, ratings);
    c.replace[0].name = "la-north-2/hour-1.json";
    c.replace[0].body = made;
    c.replace[0].status = status;
    return c;
}

/* Traps 5, 6: the list is official_website_amount, a number or a text; the account pays less, kept beside it.
 * Trap 2: answers are told by their id, in any order. */
static void list_and_account(void **state)
{
    struct fetch_case c =
        hour("\"USD\"",
             RATING("s6.xlarge.4.linux", "\"12.0\"", "\"9.6\"") "," RATING("c6.3xlarge.4.linux", "51.6", "41"), 0);

    (void)state;
    run(&c);
    fetch_case_expect(&c, M "compute,s6.xlarge.4,linux,on-demand,,,hour,0,,,0.12" USD);
    fetch_case_expect(&c, M "compute,c6.3xlarge.4,linux,on-demand,,,hour,0,,,0.516" USD);
    assert_non_null(strstr(c.got.contracted.body, "s6.xlarge.4,linux,on-demand,,,hour,0,0.096,USD\n"));
    assert_int_equal(fetch_case_count(&c, M "compute,m6.3xlarge.8,linux,on-demand"), 0);
    fetch_case_free(&c);
}

/* A rating of 0, without a list price, or of what was not asked about is none. */
static void ratings_that_are_no_price_are_counted(void **state)
{
    struct fetch_case c = hour("\"USD\"",
                               RATING("s6.xlarge.4.linux", "0", "0") "," RATING(
                                   "c6.3xlarge.4.linux", "null", "41") "," RATING("x1.2u.4g.linux", "1", "1"),
                               0);

    (void)state;
    run(&c);
    assert_int_equal(fetch_case_count(&c, M "compute,s6.xlarge.4,linux,on-demand"), 0);
    assert_int_equal(fetch_case_counted(&c, "rating without a list price"), 2);
    assert_int_equal(fetch_case_counted(&c, "rating of something that was not asked about"), 1);
    fetch_case_free(&c);
}

/* Of discounts by period only the best one is the account's price, and never the list. */
static void the_best_discount_is_the_accounts(void **state)
{
    struct fetch_case c = at(mexico, mexican, COUNT(mexican));

    (void)state;
    c.replace[0].name = "la-north-2/month-1.json";
    c.replace[0].body =
        "{\"currency\":\"USD\",\"official_website_rating_result\":{\"product_rating_results\":["
        "{\"id\":\"s6.xlarge.4.linux\",\"official_website_amount\":63.07,\"measure_id\":1}]},"
        "\"optional_discount_rating_results\":[{\"best_offer\":0,\"product_rating_results\":["
        "{\"id\":\"s6.xlarge.4.linux\",\"amount\":60}]},{\"best_offer\":1,\"product_rating_results\":["
        "{\"id\":\"c6.3xlarge.4.linux\",\"amount\":1},{\"id\":\"s6.xlarge.4.linux\",\"amount\":\"50.46\"}]}]}";
    run(&c);
    fetch_case_expect(&c, M "compute,s6.xlarge.4,linux,prepaid,,1,term,0,,,63.07" USD);
    assert_non_null(strstr(c.got.contracted.body, "s6.xlarge.4,linux,prepaid,,1,term,0,50.46,USD\n"));
    fetch_case_free(&c);
}

/* Trap 7: no currency is yuan at the China site only; yuan from the international one are refused. */
static void the_currency_is_the_sites(void **state)
{
    static const struct {
        const char *site, *currency, *says;
    } rows[] = {
        {"huawei-intl", "null", "the currency is '' (known at this site: USD)"},
        {"huawei-intl", "\"CNY\"", "the currency is 'CNY' (known at this site: USD)"},
        {"huawei-cn", "\"USD\"", "the currency is 'USD' (known at this site: CNY)"},
    };
    struct err err;

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct fetch_case c = hour(rows[i].currency, "", 0);
        c.site = rows[i].site;
        if (!strcmp(c.site, "huawei-cn")) {
            c.regions = shanghai;
            c.replace[0].name = "cn-east-2/hour-1.json";
        }
        assert_int_equal(fetch_case_run(&c, &err), -1);
        assert_int_equal(err.kind, ERR_FETCH);
        if (strstr(err.text, rows[i].says) == NULL)
            fail_msg("'%s' lacks '%s'", err.text, rows[i].says);
        fetch_case_free(&c);
    }
}

static void no_currency_is_yuan_at_the_china_site(void **state)
{
    struct fetch_case c = hour("\"\"", RATING("s6.small.1.linux", "6", "6"), 0);

    (void)state;
    c.site = "huawei-cn";
    c.regions = shanghai;
    c.skus = small;
    c.nskus = 1;
    c.replace[0].name = "cn-east-2/hour-1.json";
    run(&c);
    fetch_case_expect(&c,
                      "huawei-cn,cn-east-2,compute,s6.small.1,linux,on-demand,,,hour,0,,,0.06,CNY,incl,,2026-11-21");
    fetch_case_free(&c);
}

#define REFUSED(code, text) "{\"error_code\":\"" code "\",\"error_msg\":\"" text "\"}"

/* Traps 2, 18 and keys: what stops the job, with no question after it. */
static void what_stops_the_job(void **state)
{
    static const struct {
        const char *body, *says;
        int status;
    } rows[] = {
        {REFUSED("CBC.0100", "id is null"), "the question is not understood: CBC.0100 (id is null)", 400},
        {REFUSED("CBC.0151", "Access denied"), "the key may not ask for prices: CBC.0151", 403},
        {REFUSED("CBC.0154", ""), "the key is not accepted at this site", 401},
        {REFUSED("APIGW.0301", "verify ak sk signature failed"), "the key is not accepted at this site", 401},
        {REFUSED("APIG.0301", ""), "the key is not accepted at this site", 401},
        {REFUSED("CBC.9999", "what"), "status 400: CBC.9999 what", 400},
        {"{}", "status 404:", 404},
        {REFUSED("CBC.0999", ""), "only says to ask again later", 500},
        {"{\"currency\":\"USD\"}", "no 'product_rating_results' in the answer", 200},
        {"<html>", "not JSON at byte 0", 502},
        {"{\"currency\":\"USD\",\"product_rating_results\":[" RATING("s6.xlarge.4.linux", "1", "1") "," RATING(
             "s6.xlarge.4.linux", "2", "2") "]}",
         "two ratings of 's6.xlarge.4.linux'", 200},
        {"{\"currency\":\"USD\",\"product_rating_results\":[{\"id\":\"s6.xlarge.4.linux\",\"official_website_amount\":"
         "1,"
         "\"measure_id\":2}]}",
         "s6.xlarge.4.linux: an amount in measure 2 (known: 1)", 200},
        {"{\"currency\":\"USD\",\"product_rating_results\":[" RATING("s6.xlarge.4.linux", "\"1 USD\"", "1") "]}",
         "s6.xlarge.4.linux: official_website_amount: ", 200},
    };
    struct err err;

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct fetch_case c = hour("\"USD\"", "", rows[i].status);
        c.replace[0].body = rows[i].body;
        assert_int_equal(fetch_case_run(&c, &err), -1);
        assert_int_equal(err.kind, ERR_FETCH);
        if (strstr(err.text, rows[i].says) == NULL)
            fail_msg("'%s' lacks '%s'", err.text, rows[i].says);
        assert_int_equal(c.asked, 2);
        fetch_case_free(&c);
    }
}

/* A flavor that is named is left out; it is not asked about by period or for Windows. The inner code may stand in
 * the text. */
static void a_named_flavor_is_left_out(void **state)
{
    static const char *const texts[] = {
        REFUSED("CBC.99006006", "Can not find product m6.3xlarge.8.linux."),
        REFUSED("CBC.0100", "CBC.6006: Can not find product [m6.3xlarge.8.linux]"),
    };

    (void)state;
    for (size_t i = 0; i < COUNT(texts); i++) {
        struct fetch_case c = hour("\"USD\"", "", 400);
        c.replace[0].body = texts[i];
        c.replace[1].name = "la-north-2/hour-2.json";
        c.replace[1].body =
            "{\"currency\":\"USD\",\"product_rating_results\":[" RATING("s6.xlarge.4.linux", "12", "12") "]}";
        run(&c);
        assert_string_equal(c.names[2], "la-north-2/hour-2.json");
        assert_int_equal(c.asked, 6);
        assert_null(strstr(c.last_body, "m6.3xlarge.8"));
        assert_non_null(strstr(c.last_body, "s6.xlarge.4.win"));
        assert_int_equal(fetch_case_counted(&c, "not sold in the region"), 1);
        fetch_case_expect(&c, M "compute,s6.xlarge.4,linux,on-demand,,,hour,0,,,0.12" USD);
        fetch_case_free(&c);
    }
}

/* "ac6.3xlarge.4" is not "c6.3xlarge.4": a name counts whole. Here nothing is named, and the last item is
 * the bad one. */
static void a_part_of_a_name_names_nothing(void **state)
{
    struct fetch_case c = hour("\"USD\"", "", 400);

    (void)state;
    c.replace[0].body = REFUSED("CBC.99006006", "Can not find product ac6.3xlarge.4.linux");
    c.replace[1].name = "*";
    c.replace[1].body = "{\"currency\":\"USD\",\"projects\":[{\"id\":\"p\",\"name\":\"la-north-2\"}],"
                        "\"product_rating_results\":[],\"official_website_rating_result\":{"
                        "\"product_rating_results\":[]}}";
    run(&c);
    assert_int_equal(fetch_case_counted(&c, "not sold in the region"), 1);
    assert_non_null(strstr(c.last_body, "\"c6.3xlarge.4.linux\""));
    fetch_case_free(&c);
}

static void a_region_the_key_may_not_use_is_left(void **state)
{
    struct fetch_case c = at(both, javanese, COUNT(javanese));

    (void)state;
    c.replace[0].name = "ap-southeast-4/hour-1.json";
    c.replace[0].body = REFUSED("APIGW.0802", "The IAM user is forbidden in the currently selected region");
    c.replace[0].status = 403;
    run(&c);
    assert_string_equal(c.names[2], "la-north-2/project.json");
    assert_int_equal(fetch_case_counted(&c, "region the key may not use"), 1);
    fetch_case_free(&c);
}

static void a_region_without_a_project_is_left(void **state)
{
    struct fetch_case c = at(both, javanese, COUNT(javanese));

    (void)state;
    c.replace[0].name = "ap-southeast-4/project.json";
    c.replace[0].body = "{\"projects\":[{\"id\":\"x\",\"name\":\"ap-southeast-4_other\"}]}";
    run(&c);
    assert_string_equal(c.names[1], "la-north-2/project.json");
    assert_int_equal(fetch_case_counted(&c, "region in which the key has no project"), 1);
    fetch_case_free(&c);
}

/* Totals that are no ladder, as a step at 3 Mbps makes them, give no price. */
static void totals_that_make_no_ladder_are_counted(void **state)
{
    struct fetch_case c = at(hongkong, NULL, 0);

    (void)state;
    c.replace[0].name = "ap-southeast-1/month-1.json";
    c.replace[0].body = "{\"currency\":\"USD\",\"official_website_rating_result\":{\"product_rating_results\":["
                        "{\"id\":\"19_bgp:1\",\"official_website_amount\":9},"
                        "{\"id\":\"19_bgp:5\",\"official_website_amount\":55},"
                        "{\"id\":\"19_bgp:6\",\"official_website_amount\":64},"
                        "{\"id\":\"19_bgp:15\",\"official_website_amount\":145}]}}";
    run(&c);
    assert_int_equal(fetch_case_count(&c, H "bandwidth,19_bgp,,prepaid"), 0);
    assert_int_equal(fetch_case_counted(&c, "totals that make no ladder with the steps of the list"), 1);
    fetch_case_free(&c);
}

/* ---- a provider that refuses a batch for one item ---- */

struct provider {
    const char *retired; /* the flavor it does not know */
    bool names_it;
    size_t asked_hours, seen;
    struct buf body;
};

/* Rates every item of a question at 1. */
static void rate_all(struct provider *p, const char *question)
{
    static const char key[] = "{\"id\":\"";

    buf_puts(&p->body, "{\"currency\":\"USD\",\"product_rating_results\":[");
    p->seen = 0;
    for (const char *at = strstr(question, key); at != NULL; at = strstr(at, key)) {
        at += sizeof key - 1;
        buf_printf(&p->body, "%s{\"id\":\"%.*s\",\"official_website_amount\":1}", p->seen++ > 0 ? "," : "",
                   (int)strcspn(at, "\""), at);
    }
    buf_puts(&p->body, "]}");
}

static int provide(void *ctx, const struct fetch_request *q, struct fetch_answer *out, struct err *err)
{
    struct provider *p = ctx;
    char spec[64];

    (void)err;
    p->body.n = 0;
    snprintf(spec, sizeof spec, "\"%s.linux\"", p->retired);
    if (q->body == NULL) {
        buf_puts(&p->body, "{\"projects\":[{\"id\":\"p\",\"name\":\"la-north-2\"}]}");
    } else if (strstr(q->url, "subscribe-rate") != NULL) {
        buf_puts(&p->body, "{\"currency\":\"USD\",\"official_website_rating_result\":{\"product_rating_results\":[]}}");
    } else {
        p->asked_hours += strstr(q->name, "/hour-windows") == NULL;
        out->status = strstr(q->body, spec) != NULL ? 400 : 200;
        if (out->status == 200)
            rate_all(p, q->body);
        else
            buf_printf(&p->body, REFUSED("CBC.99006006", "Can not find product %s%s"), p->names_it ? p->retired : "",
                       p->names_it ? ".linux" : "");
    }
    out->body = p->body.v;
    out->len = p->body.n;
    return 0;
}

static size_t prices_of(struct provider *p, struct fetch_sku *skus, size_t n)
{
    static const char *const region = "la-north-2";
    const struct walk_source from = {provide, p};
    struct fetch_job job = {.rules = fetch_case_rules(),
                            .site = "huawei-intl",
                            .regions = &region,
                            .nregions = 1,
                            .skus = skus,
                            .nskus = n,
                            .since = DATE_NONE,
                            .endpoints = fetcher_huawei.endpoints + 2,
                            .nendpoints = 2};
    struct harvest *h;
    struct harvested got;
    struct err err;

    assert_true(date_parse("2026-11-21", 10, &job.today));
    if (harvest_open(&h, "huawei", "huawei-intl", "https://prices.example.com", job.rules, &err) != 0 ||
        walk_all(&fetcher_huawei, &job, &from, h, &err) != 0 || harvest_finish(h, &got, &err) != 0)
        fail_msg("%s", err.text);
    size_t machines = 0;
    for (const char *at = got.tables[PACK_PRICES].body; (at = strstr(at, "linux,on-demand")) != NULL; at++)
        machines++;
    harvest_free(h);
    return machines;
}

/* Trap 1: one retired flavor among a hundred; 99 prices arrive, with fewer than 2 log2(100) + 1 questions more. */
static void one_retired_flavor_among_a_hundred(void **state)
{
    static char texts[100][16];
    struct fetch_sku skus[100];

    (void)state;
    for (size_t i = 0; i < 100; i++) {
        snprintf(texts[i], sizeof texts[i], "a%02zu.large.2", i);
        skus[i] = (struct fetch_sku){"compute", texts[i], "2", "4"};
    }
    for (size_t i = 0; i < 100; i += 9) {
        struct provider unnamed = {.retired = texts[i]}, named = {.retired = texts[i], .names_it = true};
        assert_int_equal(prices_of(&unnamed, skus, 100), 99);
        assert_in_range(unnamed.asked_hours, 2, 2 + 14);
        assert_int_equal(prices_of(&named, skus, 100), 99);
        assert_int_equal(named.asked_hours, 2 + 1);
        buf_free(&unnamed.body);
        buf_free(&named.body);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(machines_by_hour_and_month),
        cmocka_unit_test(years_and_disks),
        cmocka_unit_test(addresses_bandwidth_and_traffic),
        cmocka_unit_test(the_china_site_is_in_yuan_with_tax),
        cmocka_unit_test(the_questions),
        cmocka_unit_test(list_and_account),
        cmocka_unit_test(ratings_that_are_no_price_are_counted),
        cmocka_unit_test(the_best_discount_is_the_accounts),
        cmocka_unit_test(the_currency_is_the_sites),
        cmocka_unit_test(no_currency_is_yuan_at_the_china_site),
        cmocka_unit_test(what_stops_the_job),
        cmocka_unit_test(a_named_flavor_is_left_out),
        cmocka_unit_test(a_part_of_a_name_names_nothing),
        cmocka_unit_test(a_region_the_key_may_not_use_is_left),
        cmocka_unit_test(a_region_without_a_project_is_left),
        cmocka_unit_test(totals_that_make_no_ladder_are_counted),
        cmocka_unit_test(one_retired_flavor_among_a_hundred),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
