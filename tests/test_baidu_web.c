/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Price tables of Baidu AI Cloud's documentation over recorded answers. Figures: fixtures/baidu-web/README.md.
 */
#include "tests/support/fetch_case.h"
#include "tests/support/test.h"

#include <stdio.h>
#include <string.h>

extern const struct fetcher fetcher_baidu_web;

#define HEAD "<tr><th>Storage type</th><th>Billing item</th><th>Unit price (RMB/GB/month)</th></tr>"
#define PERFORMANCE "<tr><td>Performance type CFS</td><td>Storage space</td><td>1.8</td></tr>"
#define CAPACITY "<tr><td>Capacity type CFS</td><td>Storage space</td><td>0.35</td></tr>"
#define TABLE(rows) "<table><thead>" HEAD "</thead><tbody>" rows "</tbody></table>"
#define STEPS "<tr><th>Differential traffic</th><th>Discount price(CNY/GB)</th></tr>"
#define LADDER(rows) "<table>" STEPS rows "</table>"
#define STEP(words, price) "<tr><td>" words "</td><td>" price "</td></tr>"

static struct fetch_case web_case(void)
{
    return (struct fetch_case){.fetcher = &fetcher_baidu_web, .site = "baidu-cn"};
}

static struct fetch_case with_page(const char *name, const char *body)
{
    struct fetch_case c = web_case();

    c.replace[0] = (struct fetch_replacement){.name = name, .body = body};
    return c;
}

static void run(struct fetch_case *c)
{
    struct err err;

    if (fetch_case_run(c, &err) != 0)
        fail_msg("%s", err.text);
}

static void refused(struct fetch_case *c, const char *says)
{
    struct err err;

    if (fetch_case_run(c, &err) == 0)
        fail_msg("read, instead of '%s'", says);
    assert_int_equal(err.kind, ERR_FETCH);
    if (strstr(err.text, says) == NULL)
        fail_msg("'%s' does not say '%s'", err.text, says);
    fetch_case_free(c);
}

/* ---- what the pages say ---- */

static void every_region_of_the_mainland_has_the_price(void **state)
{
    static const char *const regions[] = {"bd", "bj", "fsh", "fwh", "gz", "su"};
    struct fetch_case c = web_case();
    char line[256];

    (void)state;
    run(&c);
    for (size_t i = 0; i < sizeof regions / sizeof *regions; i++) {
        snprintf(line, sizeof line,
                 "baidu-cn,%s,file-storage,cfs-performance,,on-demand,,,GB-month,0,,,1.8,CNY,incl,,2024-06-18",
                 regions[i]);
        fetch_case_expect(&c, line);
        snprintf(line, sizeof line,
                 "baidu-cn,%s,file-storage,cfs-capacity,,on-demand,,,GB-month,0,,,0.35,CNY,incl,,2024-06-18",
                 regions[i]);
        fetch_case_expect(&c, line);
    }
    assert_int_equal(c.got.nprices, 6 * (2 + 5));
    assert_int_equal(c.asked, 2);
    assert_string_equal(c.urls[0], "https://cloud.baidu.com/doc/CFS/s/Wjwvy1ths-en");
    assert_string_equal(c.urls[1], "https://cloud.baidu.com/doc/CDN/s/hjwvyfjc2-en");
    assert_int_equal(fetch_case_counted(&c, "table that is not read"),
                     1); /* packages; the one in the script is no table */
    assert_true(fetch_case_scope(&c, "bj,file-storage,no"));
    fetch_case_free(&c);
}

/* Hong Kong and Singapore are named by no table, and are not taken for the mainland. */
static void abroad_has_no_price(void **state)
{
    static const char *const abroad[] = {"hkg", "bj", "sin", NULL}, *const only[] = {"sin", NULL};
    struct fetch_case c = web_case(), none = web_case();

    (void)state;
    c.regions = abroad;
    run(&c);
    assert_int_equal(c.got.nprices, 7);
    assert_int_equal(fetch_case_count(&c, "baidu-cn,bj,"), 7);
    assert_int_equal(fetch_case_counted(&c, "region abroad that the table does not name"), 4); /* 2 on each page */
    fetch_case_free(&c);
    none.regions = only;
    run(&none);
    assert_int_equal(none.got.nprices, 0);
    assert_int_equal(fetch_case_counted(&none, "region abroad that the table does not name"), 2);
    fetch_case_free(&none);
}

/* The page's own example: 10,300 GB are 10,000 at 0.20 and 300 at 0.17. */
static void steps_of_traffic(void **state)
{
    static const char *const lines[] = {
        "baidu-cn,gz,cdn,cdn-traffic-mainland,,on-demand,,,GB,0,10000,month,0.2,CNY,incl,,2026-11-21",
        "baidu-cn,gz,cdn,cdn-traffic-mainland,,on-demand,,,GB,10000,50000,month,0.17,CNY,incl,,2026-11-21",
        "baidu-cn,gz,cdn,cdn-traffic-mainland,,on-demand,,,GB,50000,100000,month,0.14,CNY,incl,,2026-11-21",
        "baidu-cn,gz,cdn,cdn-traffic-mainland,,on-demand,,,GB,100000,1000000,month,0.12,CNY,incl,,2026-11-21",
        "baidu-cn,gz,cdn,cdn-traffic-mainland,,on-demand,,,GB,1000000,,month,0.1,CNY,incl,,2026-11-21",
    };
    struct fetch_case c = web_case();

    (void)state;
    run(&c);
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++)
        fetch_case_expect(&c, lines[i]);
    fetch_case_free(&c);
}

/* Where the page of the log service is, is not known: only a source's `file` says. */
static void logs_are_read_where_the_file_says(void **state)
{
    struct fetch_case c = web_case();

    (void)state;
    c.file = "https://cloud.baidu.com/doc/BLS/s/prices";
    run(&c);
    assert_int_equal(c.asked, 3);
    assert_string_equal(c.urls[2], "https://cloud.baidu.com/doc/BLS/s/prices");
    fetch_case_expect(&c, "baidu-cn,su,log-service,bls-write,,on-demand,,,GB,0,,,0.036,CNY,incl,,2025-07-22");
    fetch_case_expect(&c, "baidu-cn,su,log-service,bls-storage,,on-demand,,,GB-day,0,,,0.011,CNY,incl,,2025-07-22");
    assert_int_equal(fetch_case_count(&c, "baidu-cn,su,log-service,"), 2);
    assert_int_equal(fetch_case_counted(&c, "row that is not known"), 1);
    fetch_case_free(&c);
}

static void what_is_assumed_is_said(void **state)
{
    struct fetch_case c = web_case();

    (void)state;
    run(&c);
    assert_non_null(strstr(c.got.tables[PACK_SOURCES].body, "That tax is contained is assumed"));
    assert_non_null(strstr(c.got.tables[PACK_SOURCES].body, ",low,"));
    fetch_case_free(&c);
}

/* ---- tables as they are written ---- */

static void cells_that_span_are_expanded(void **state)
{
    static const char *const bodies[] = {
        TABLE(PERFORMANCE CAPACITY),
        TABLE("<tr><td>Performance type CFS</td><td rowspan='2'>Storage</td><td>1.8</td></tr>"
              "<tr><td>Capacity type CFS</td><td>0.35</td></tr>"),
        "<table><tr><th>Storage type</th><th colspan='2'>Billing item</th><th>Unit price (RMB/GB/month)</th></tr>"
        "<tr><td>Performance type CFS</td><td>a</td><td>99</td><td>1.8</td></tr>"
        "<tr><td>Capacity type CFS</td><td colspan='2'>b</td><td>0.35</td></tr></table>",
        "<table><tr><th> Unit&nbsp;price\n(RMB/GB/month)</th><th>\tStorage <b>type</b></th></tr>"
        "<tr><td>\n 1.8\n</td><td> Performance\n type CFS&#12288;</td></tr>"
        "<tr><td> 0.35 </td><td>Capacity type CFS</td></tr></table>",
    };

    (void)state;
    for (size_t i = 0; i < sizeof bodies / sizeof *bodies; i++) {
        struct fetch_case c = with_page("CFS.html", bodies[i]);
        run(&c);
        fetch_case_expect(
            &c, "baidu-cn,bj,file-storage,cfs-performance,,on-demand,,,GB-month,0,,,1.8,CNY,incl,,2026-11-21");
        fetch_case_expect(&c,
                          "baidu-cn,bj,file-storage,cfs-capacity,,on-demand,,,GB-month,0,,,0.35,CNY,incl,,2026-11-21");
        assert_int_equal(fetch_case_count(&c, "baidu-cn,bj,file-storage,"), 2);
        fetch_case_free(&c);
    }
}

/* JD Cloud's table of the same make repeats a row. */
static void a_row_that_stands_twice_is_refused(void **state)
{
    static const struct {
        const char *body, *says;
    } rows[] = {
        {TABLE(PERFORMANCE CAPACITY CAPACITY), "page CFS/Wjwvy1ths-en: line 1: two rows 'Capacity type CFS'"},
        {TABLE("<tr><td rowspan='2'>Performance type CFS</td><td>a</td><td>1.8</td></tr>"
               "<tr><td>b</td><td>2.8</td></tr>" CAPACITY),
         "two rows 'Performance type CFS'"},
        {TABLE(PERFORMANCE CAPACITY) "\n" TABLE(PERFORMANCE CAPACITY),
         "line 2: a second table with the header of the first"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct fetch_case c = with_page("CFS.html", rows[i].body);
        refused(&c, rows[i].says);
    }
}

static void another_header_is_refused(void **state)
{
    static const struct {
        const char *body, *says;
    } rows[] = {
        {"<table><tr><th>Storage type</th><th>Unit price (RMB/GB/hour)</th></tr>" PERFORMANCE "</table>",
         "page CFS/Wjwvy1ths-en: no table with 'Storage type' and 'Unit price (RMB/GB/month)' above it (seen: Storage "
         "type | Unit price (RMB/GB/hour)"},
        {"<table><tr><th>Storage type</th><th>Unit price (USD/GB/month)</th></tr>" PERFORMANCE "</table>",
         "(seen: Storage type | Unit price (USD/GB/month)"},
        {"<table><tr><th>Type</th></tr></table><table><tr><th>A</th><th>B</th></tr></table>", "(seen: Type; A | B)"},
        {"<table></table><p>Service unavailable</p>", "(seen: none)"},
        {"", "page CFS/Wjwvy1ths-en: "},
    };

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct fetch_case c = with_page("CFS.html", rows[i].body);
        c.replace[0].len = strlen(rows[i].body);
        if (*rows[i].body == '\0')
            c.replace[0].body = " ";
        refused(&c, rows[i].says);
    }
    struct fetch_case gone = web_case();
    gone.replace[0] = (struct fetch_replacement){.name = "CDN.html", .body = "", .status = 404};
    refused(&gone, "status 404");
}

static void half_a_table_is_refused(void **state)
{
    struct fetch_case items = with_page("CFS.html", TABLE(PERFORMANCE));

    (void)state;
    refused(&items, "page CFS/Wjwvy1ths-en: line 1: no row 'Capacity type CFS'");
}

static void cells_without_a_price_are_counted(void **state)
{
    static const struct {
        const char *cell, *reason;
    } rows[] = {{"-", "no price in the cell"},
                {"", "no price in the cell"},
                {"0", "price of 0"},
                {"0.00", "price of 0"},
                {"0.35/hour", "price of an unknown unit"},
                {"0.35 or less", "price of an unknown unit"}};
    char body[1024];

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        snprintf(body, sizeof body, TABLE(PERFORMANCE "<tr><td>Capacity type CFS</td><td>x</td><td>%s</td></tr>"),
                 rows[i].cell);
        struct fetch_case c = with_page("CFS.html", body);
        run(&c);
        assert_int_equal(fetch_case_counted(&c, rows[i].reason), 1);
        assert_int_equal(fetch_case_count(&c, "baidu-cn,bj,file-storage,"), 1);
        fetch_case_free(&c);
    }
    struct fetch_case c = with_page("CFS.html", TABLE(PERFORMANCE "<tr><td>Capacity type CFS</td><td>x</td>"
                                                                  "<td>1,8</td></tr>"));
    refused(&c, "page CFS/Wjwvy1ths-en: line 1: '1,8' is no amount");
}

/* ---- ladders ---- */

static void steps_in_other_words(void **state)
{
    struct fetch_case c = with_page(
        "CDN.html", LADDER(STEP("0 ~ 1.5 TB（含）", "￥0.5") STEP("1.5TB～2PB(含)", "0.4") STEP("大于 2PB", "0.30")));

    (void)state;
    run(&c);
    fetch_case_expect(&c, "baidu-cn,bj,cdn,cdn-traffic-mainland,,on-demand,,,GB,0,1500,month,0.5,CNY,incl,,2026-11-21");
    fetch_case_expect(
        &c, "baidu-cn,bj,cdn,cdn-traffic-mainland,,on-demand,,,GB,1500,2000000,month,0.4,CNY,incl,,2026-11-21");
    fetch_case_expect(&c,
                      "baidu-cn,bj,cdn,cdn-traffic-mainland,,on-demand,,,GB,2000000,,month,0.3,CNY,incl,,2026-11-21");
    assert_int_equal(fetch_case_count(&c, "baidu-cn,bj,cdn,"), 3);
    fetch_case_free(&c);
}

static void ladders_that_are_none_are_refused(void **state)
{
    static const struct {
        const char *body, *says;
    } rows[] = {
        {LADDER(STEP("0GB-10TB(Inclusive)", "0.20")), "page CDN/hjwvyfjc2-en: line 1: the ladder has no last step"},
        {LADDER(""), "the ladder has no last step"},
        {LADDER(STEP("Greater than 1PB", "0.10")), "'Greater than 1PB' does not begin where the step before it ends"},
        {LADDER(STEP("0-10TB", "0.2") STEP("50TB-100TB", "0.1")), "'50TB-100TB' does not begin where"},
        {LADDER(STEP("0-10TB", "0.2") STEP("0-10TB", "0.2")), "'0-10TB' does not begin where"},
        {LADDER(STEP("0-0GB", "0.2") STEP("Greater than 0GB", "0.2")), "'0-0GB' does not begin where"},
        {LADDER(STEP("0-1TB", "0.2") STEP(">1TB", "0.1") STEP(">1TB", "0.1")), "'>1TB' does not begin where"},
        {LADDER(STEP("0-10", "0.2")), "'0-10' is no step of a ladder"},
        {LADDER(STEP("10TB", "0.2")), "'10TB' is no step of a ladder"},
        {LADDER(STEP("0-10TB per day", "0.2")), "'0-10TB per day' is no step of a ladder"},
        {LADDER(STEP("0~500Mbps(Inclusive)", "1.54")), "'0~500Mbps(Inclusive)' is no step of a ladder"},
        {LADDER(STEP("", "0.2")), "'' is no step of a ladder"},
        {LADDER(STEP("0-10TB", "-")), "step '0-10TB' without a price"},
        {LADDER(STEP("0-10TB", "0")), "step '0-10TB' without a price"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct fetch_case c = with_page("CDN.html", rows[i].body);
        refused(&c, rows[i].says);
    }
}

/* ---- days ---- */

static void the_day_is_the_pages_own(void **state)
{
    static const struct {
        const char *text, *day;
    } rows[] = {
        {"更新时间:2022-02-28", "2022-02-28"},
        {"更新时间：2022-02-28", "2022-02-28"},
        {"<b>更新时间</b> ： 2022-02-28 计费规则", "2022-02-28"},
        {"Updated at:2022-02-28", "2022-02-28"},
        {"更新时间不定。更新时间:2022-02-28", "2022-02-28"},
        {"更新时间:2027-01-01", "2026-11-21"},
        {"更新时间:2022-02-30", "2026-11-21"},
        {"发布于 2022-02-28", "2026-11-21"},
    };
    char body[1024], line[256];

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        snprintf(body, sizeof body, "<p>%s</p>" TABLE(PERFORMANCE CAPACITY), rows[i].text);
        struct fetch_case c = with_page("CFS.html", body);
        run(&c);
        snprintf(line, sizeof line, "baidu-cn,bj,file-storage,cfs-capacity,,on-demand,,,GB-month,0,,,0.35,CNY,incl,,%s",
                 rows[i].day);
        fetch_case_expect(&c, line);
        fetch_case_free(&c);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_region_of_the_mainland_has_the_price),
        cmocka_unit_test(abroad_has_no_price),
        cmocka_unit_test(steps_of_traffic),
        cmocka_unit_test(logs_are_read_where_the_file_says),
        cmocka_unit_test(what_is_assumed_is_said),
        cmocka_unit_test(cells_that_span_are_expanded),
        cmocka_unit_test(a_row_that_stands_twice_is_refused),
        cmocka_unit_test(another_header_is_refused),
        cmocka_unit_test(half_a_table_is_refused),
        cmocka_unit_test(cells_without_a_price_are_counted),
        cmocka_unit_test(steps_in_other_words),
        cmocka_unit_test(ladders_that_are_none_are_refused),
        cmocka_unit_test(the_day_is_the_pages_own),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
