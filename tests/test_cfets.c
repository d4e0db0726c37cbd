/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Central parity over recorded answers. The expected rates are those CFETS published for those days.
 */
#include "tests/support/fetch_case.h"
#include "tests/support/test.h"

#include "fetchers/rates.h"
#include "fetchers/walk.h"

#include <string.h>

extern const struct fetcher fetcher_cfets;

#define HEAD                                                                                                           \
    "{\"head\":{\"rep_code\":\"200\",\"rep_message\":\"\"},\"data\":{\"head\":[\"USD/CNY\",\"100JPY/CNY\",\"CNY/"      \
    "MYR\"],"
#define ONE_PAGE HEAD "\"total\":1,\"pageTotal\":1,\"pageNum\":1,\"flagMessage\":\"\"},\"records\":"

static struct fetch_case cfets_case(const char *body)
{
    struct fetch_case c = {.fetcher = &fetcher_cfets, .site = ""};

    if (body != NULL)
        c.replace[0] = (struct fetch_replacement){.name = "*", .body = body};
    return c;
}

static void run(struct fetch_case *c)
{
    struct err err;

    if (fetch_case_run(c, &err) != 0)
        fail_msg("%s", err.text);
}

/* CNY of one unit of a currency on a day, half-up to 8 decimals; bad when there is none. */
static dec_t cny_of(struct fetch_case *c, const char *currency, const char *day)
{
    struct rate_table t;
    struct err err;
    struct date at;

    if (rates_read("CNY", "rates.csv", c->got.rates.body, c->got.rates.len, &c->arena, &t, &err) != 0)
        fail_msg("%s", err.text);
    assert_true(date_parse(day, strlen(day), &at));
    for (size_t i = 0; i < t.npoints; i++) {
        const struct rate_column *col = &t.columns[t.points[i].column];
        if (strcmp(col->currency, currency) != 0 || date_cmp(t.points[i].date, at) != 0)
            continue;
        if (!strcmp(col->quote, "CNY"))
            return dec_div_round(t.points[i].value, dec_int64(col->units), 8, DEC_HALF_UP);
        return dec_div_round(DEC_ONE, t.points[i].value, 8, DEC_HALF_UP);
    }
    return dec_bad_of(DEC_NOT_A_NUMBER);
}

static void expect(struct fetch_case *c, const char *currency, const char *day, const char *want)
{
    char text[DEC_TEXT];
    dec_t got = cny_of(c, currency, day);

    assert_false(dec_bad(got));
    dec_format(got, 0, text);
    assert_string_equal(text, want);
}

static void pairs_are_read_the_way_round_they_are_printed(void **state)
{
    struct fetch_case c = cfets_case(NULL);

    (void)state;
    run(&c);
    assert_int_equal(c.asked, 1);
    assert_string_equal(c.urls[0], "https://www.chinamoney.com.cn/ags/ms/cm-u-bk-ccpr/CcprHisNew?startDate=2025-12-21&"
                                   "endDate=2026-11-21&currency=&pageNum=1&pageSize=50");
    assert_int_equal(c.got.nrates, 75);
    expect(&c, "USD", "2026-09-04", "6.7787");
    expect(&c, "JPY", "2026-09-04", "0.043135");   /* 4.3135 per 100 */
    expect(&c, "MYR", "2026-09-04", "1.67268834"); /* 1 / 0.59784, by bc */
    expect(&c, "THB", "2026-09-02", "0.20234313"); /* 1 / 4.9421, by bc */
    assert_true(dec_bad(cny_of(&c, "USD", "2026-09-01")));
    assert_int_equal(c.got.day.day, 20700); /* 2026-09-04, the newest day of the answer */
    fetch_case_free(&c);
}

/* None of them could be upside down, or off by 100, and stay near the cross of the ECB's rates of
 * 2026-03-18 (fixtures/fx/ecb.csv): half a year moves a parity by less than 20 %. */
static void rates_stay_near_the_cross_of_another_source(void **state)
{
    static const struct {
        const char *currency;
        dec_int per_euro; /* x 10^6 */
    } rows[] = {{"USD", 1150000}, {"JPY", 183490000},  {"HKD", 9013500},  {"GBP", 863930},  {"SGD", 1473400},
                {"MYR", 4504000}, {"KRW", 1729080000}, {"THB", 37565000}, {"AUD", 1630500}, {"CHF", 907300}};
    struct fetch_case c = cfets_case(NULL);

    (void)state;
    run(&c);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        dec_t cross = dec_div(dec_of(79214, 4), dec_of((int64_t)rows[i].per_euro, 6), DEC_HALF_UP);
        dec_t ratio = dec_div(cny_of(&c, rows[i].currency, "2026-09-04"), cross, DEC_HALF_UP);
        assert_true(dec_cmp(ratio, dec_of(8, 1)) > 0 && dec_cmp(ratio, dec_of(12, 1)) < 0);
    }
    fetch_case_free(&c);
}

static void every_page_is_asked_for(void **state)
{
#define PAGE(n, day)                                                                                                   \
    HEAD "\"pageTotal\":3,\"pageNum\":" #n "},\"records\":[{\"date\":\"" day "\",\"values\":[\"7\",\"5\",\"---\"]}]}"
    struct fetch_case c = {.fetcher = &fetcher_cfets,
                           .site = "",
                           .replace = {{.name = "2025-12-21_2026-11-21-1.json", .body = PAGE(1, "2026-09-04")},
                                       {.name = "2025-12-21_2026-11-21-2.json", .body = PAGE(2, "2026-09-03")},
                                       {.name = "2025-12-21_2026-11-21-3.json", .body = PAGE(3, "2026-09-02")}}};

    (void)state;
    run(&c);
    assert_int_equal(c.asked, 3);
    assert_non_null(strstr(c.urls[2], "pageNum=3&"));
    assert_int_equal(c.got.nrates, 6);
    assert_true(dec_bad(cny_of(&c, "MYR", "2026-09-02"))); /* --- is unknown */
    assert_int_equal(fetch_case_counted(&c, "no parity of a pair that day"), 3);
    fetch_case_free(&c);
}

static void what_is_no_list_of_parities_is_refused(void **state)
{
    static const struct {
        const char *body, *says;
    } rows[] = {
        {"<html><body>403</body></html>", "not JSON"},
        {"{\"head\":{\"rep_code\":\"500\",\"rep_message\":\"busy\"},\"data\":{\"head\":[]},\"records\":[]}",
         "refused: 500 busy"},
        /* A span of a year: no records, and a text. */
        {HEAD "\"flagMessage\":\"the span must be within one year\"},\"records\":[]}", "no records: the span must be"},
        {ONE_PAGE "[]}", "no records for 336 days"},
        {"{\"head\":{\"rep_code\":\"200\"},\"data\":{\"head\":[]}}", "no 'records'"},
        {"{\"data\":{\"head\":[]},\"records\":[]}", "no 'head'"},
        {ONE_PAGE "[{\"date\":\"2026-09-04\",\"values\":[\"7\",\"5\"]}]}", "2 values for 3 pairs"},
        {ONE_PAGE "[{\"date\":\"2026-09-04\",\"values\":[\"7\",\"5\",\"1\",\"2\"]}]}", "4 values for 3 pairs"},
        {ONE_PAGE "[{\"date\":\"2026-09-04\",\"values\":[\"7\",\"0\",\"1\"]}]}", "the rate of JPY/CNY is not above 0"},
        {ONE_PAGE "[{\"date\":\"06 Mar 2026\",\"values\":[\"7\",\"5\",\"1\"]}]}", "'06 Mar 2026' is no date"},
        {ONE_PAGE "[{\"date\":\"2024-09-04\",\"values\":[\"7\",\"5\",\"1\"]}]}", "which was not asked for"},
        {ONE_PAGE "[{\"date\":\"2026-09-04\",\"values\":[\"7\",\"x\",\"1\"]}]}", "'x' is no amount"},
        {"{\"head\":{\"rep_code\":\"200\"},\"data\":{\"head\":[\"USD/EUR\"],\"pageTotal\":1,\"pageNum\":1},\"records\":"
         "[{\"date\":\"2026-09-04\",\"values\":[\"7\"]}]}",
         "unknown pair 'USD/EUR'"},
        {"{\"head\":{\"rep_code\":\"200\"},\"data\":{\"head\":[\"CNY/CNY\"],\"pageTotal\":1,\"pageNum\":1},\"records\":"
         "[{\"date\":\"2026-09-04\",\"values\":[\"7\"]}]}",
         "unknown pair 'CNY/CNY'"},
        {HEAD "\"pageTotal\":1,\"pageNum\":2},\"records\":[{\"date\":\"2026-09-04\",\"values\":[\"7\",\"5\",\"1\"]}]}",
         "page 2 where page 1 was asked for"},
        {HEAD "\"pageNum\":1},\"records\":[{\"date\":\"2026-09-04\",\"values\":[\"7\",\"5\",\"1\"]}]}",
         "pageTotal is ''"},
        {ONE_PAGE
         "[{\"date\":\"2026-09-04\",\"values\":[\"7\",\"5\",\"1\"]},{\"date\":\"2026-09-04\",\"values\":[\"7\","
         "\"5.1\",\"1\"]}]}",
         "two different rates of 100JPY/CNY on 2026-09-04"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct fetch_case c = cfets_case(rows[i].body);
        struct err err;
        if (fetch_case_run(&c, &err) == 0)
            fail_msg("read: %s", rows[i].body);
        assert_int_equal(err.kind, ERR_FETCH);
        if (strstr(err.text, rows[i].says) == NULL)
            fail_msg("'%s' does not say '%s'", err.text, rows[i].says);
        fetch_case_free(&c);
    }
}

/* Spans stay under a year and join without a gap; few days without any parity are a holiday. */
static void spans_reach_from_what_is_held_to_today(void **state)
{
    static const char *const names[] = {"2024-12-31_2025-11-30-1.json", "2025-12-01_2026-11-01-1.json",
                                        "2026-11-02_2026-11-06-1.json"};
    struct fetch_job job = {.site = "", .endpoints = fetcher_cfets.endpoints, .nendpoints = 1};
    struct fetch_answer a = {.status = 200, .type = ""};
    struct fetch_request q;
    struct harvest *h;
    struct walk w;
    struct err err;
    static const char *const bodies[] = {
        ONE_PAGE "[{\"date\":\"2024-12-31\",\"values\":[\"7\",\"5\",\"1\"]}]}",
        ONE_PAGE "[{\"date\":\"2026-01-05\",\"values\":[\"7\",\"5\",\"1\"]}]}",
        HEAD "\"total\":0,\"pageTotal\":0,\"pageNum\":1,\"flagMessage\":\"\"},\"records\":[]}"};

    (void)state;
    assert_true(date_parse("2024-12-31", 10, &job.since) && date_parse("2026-11-06", 10, &job.today));
    assert_int_equal(harvest_open(&h, "cfets", "", "x", fetch_case_rules(), &err), 0);
    assert_int_equal(walk_open(&w, &fetcher_cfets, &job, h, &err), 0);
    for (size_t i = 0; i < 3; i++) {
        assert_int_equal(walk_next(&w, &q, &err), FETCH_ASK);
        assert_string_equal(q.name, names[i]);
        assert_string_equal(q.method, "POST");
        assert_true(strncmp(q.headers[0], "User-Agent: Mozilla/5.0", 23) == 0);
        assert_string_equal(q.headers[1], "Referer: https://www.chinamoney.com.cn/chinese/bkccpr/");
        a.name = q.name;
        a.body = bodies[i];
        a.len = strlen(bodies[i]);
        if (walk_parse(&w, &a, &err) != FETCH_READ)
            fail_msg("%s", err.text);
    }
    assert_int_equal(walk_next(&w, &q, &err), FETCH_DONE);
    assert_int_equal(harvest_rows(h), 6);
    walk_close(&w);
    harvest_free(h);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(pairs_are_read_the_way_round_they_are_printed),
        cmocka_unit_test(rates_stay_near_the_cross_of_another_source),
        cmocka_unit_test(every_page_is_asked_for),
        cmocka_unit_test(what_is_no_list_of_parities_is_refused),
        cmocka_unit_test(spans_reach_from_what_is_held_to_today),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
