/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Pages of azure.cn over recorded answers. Figures: fixtures/azure-web/README.md.
 */
#include "tests/support/fetch_case.h"
#include "tests/support/test.h"

#include "calc/csv.h"
#include "calc/file.h"
#include "fetchers/azure_size.h"

#include <stdio.h>
#include <string.h>

extern const struct fetcher fetcher_azure_web;

#define INCL "CNY,incl,,2026-11-21"
#define EXCL "CNY,excl,,2026-11-21"
#define NOTE                                                                                                           \
    "<div class='tags-date'>以下价格除CPP(Compute Pre-Purchase)外，均为是含税价格。 CPP "               \
    "价格是基于每月的不含税价格。</div>"

static struct fetch_case web_case(void)
{
    return (struct fetch_case){.fetcher = &fetcher_azure_web, .site = "azure-cn"};
}

/* The page of machines with one table in its Linux tab, shown everywhere; no disks. */
static struct fetch_case with_table(char *page, size_t size, const char *before, const char *rows)
{
    struct fetch_case c = web_case();

    snprintf(page, size,
             "<div class='software-kind-container'><a data-href='#t2'>Linux</a></div>"
             "<select id='region-box'><option value='east-china2'>x</option></select>"
             "<div id='t2'><div><h3>D2-64 v3</h3>%s<table id='vm'><tr><th>实例</th><th>内核数</th><th>RAM</th>"
             "<th>标准预付费价格</th><th>CPP 保留 1 年（节省百分比）</th></tr>%s</table></div></div>",
             before, rows);
    c.replace[0] = (struct fetch_replacement){.name = "virtual-machine-scale-sets.html", .body = page};
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

static void machines_of_the_recorded_page(void **state)
{
    static const char *const lines[] = {
        "azure-cn,chinaeast2,compute,Standard_D2_v3,linux,on-demand,,,hour,0,,,0.719," INCL,
        "azure-cn,chinanorth2,compute,Standard_D4_v3,linux,on-demand,,,hour,0,,,1.437," INCL,
        "azure-cn,chinaeast,compute,Standard_D2_v3,linux,on-demand,,,hour,0,,,0.85," INCL,
        "azure-cn,chinaeast2,compute,Standard_E2s_v3,windows,on-demand,,,hour,0,,,1.521," INCL,
        "azure-cn,chinaeast2,compute,Standard_F2s_v2,linux,on-demand,,,hour,0,,,0.522," INCL,
        "azure-cn,chinaeast2,compute,Standard_B2ms,linux,on-demand,,,hour,0,,,0.406," INCL,
        "azure-cn,chinanorth,compute,Basic_A1,windows,on-demand,,,hour,0,,,0.31," INCL,
        "azure-cn,chinaeast2,compute,Basic_A1,windows,on-demand,,,hour,0,,,0.31," INCL,
        "azure-cn,chinaeast2,compute,Standard_A1,windows,on-demand,,,hour,0,,,0.36," INCL,
        /* The other column of the same rows: a month, without tax. */
        "azure-cn,chinaeast2,compute,Standard_D2_v3,linux,reserved,,12,month,0,,,146.08," EXCL,
        "azure-cn,chinaeast2,compute,Basic_A1,windows,reserved,,12,month,0,,,69.93," EXCL,
        "azure-cn,chinanorth2,compute,Standard_A1,linux,reserved,,12,month,0,,,64.17," EXCL,
        "azure-cn,chinaeast2,compute,Standard_M64s,linux,reserved,,36,month,0,,,12666," EXCL,
        "azure-cn,chinaeast2,compute,Standard_M64s,windows,reserved,,12,month,0,,,21655.1," EXCL,
    };
    struct fetch_case c = web_case();

    (void)state;
    run(&c);
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++)
        fetch_case_expect(&c, lines[i]);
    assert_string_equal(c.urls[0], "https://www.azure.cn/Static/Scripts/soft-category.json");
    assert_string_equal(c.urls[1], "https://www.azure.cn/pricing/details/virtual-machine-scale-sets/");
    assert_string_equal(c.urls[2], "https://www.azure.cn/pricing/details/storage/managed-disks/");
    assert_int_equal(c.asked, 3);
    assert_int_equal(fetch_case_counted(&c, "tab of other software"), 1);
    assert_int_equal(fetch_case_counted(&c, "size with fewer vCPU than its machine"), 1);
    assert_int_equal(fetch_case_counted(&c, "not offered"), 2); /* A0 for a year, M64s Windows for three */
    assert_int_equal(fetch_case_count(&c, "azure-cn,chinaeast2,compute,Basic_A0,windows,reserved"), 0);
    fetch_case_free(&c);
}

/* A table that is hidden in a region gives no price there, though it stands in the page. */
static void hidden_tables_give_no_price(void **state)
{
    struct fetch_case c = web_case();

    (void)state;
    run(&c);
    assert_int_equal(fetch_case_count(&c, "azure-cn,chinaeast,compute,Standard_D2_v3,linux,"), 1);
    assert_int_equal(fetch_case_count(&c, "azure-cn,chinaeast2,compute,Standard_D2_v3,linux,on-demand"), 1);
    assert_int_equal(fetch_case_count(&c, "azure-cn,chinanorth,compute,Standard_D2_v3,"), 0);
    assert_int_equal(fetch_case_count(&c, "azure-cn,chinanorth,compute,Basic_A1,windows,reserved"), 0);
    assert_int_equal(fetch_case_count(&c, "azure-cn,chinaeast3,compute,"), 0); /* not in the page's choice */
    assert_int_equal(fetch_case_counted(&c, "a second, different price for the same key: ambiguous"), 0);
    assert_null(strstr(c.got.tables[PACK_PRICES].body, "9.99")); /* commented out */
    fetch_case_free(&c);
}

static void disks_of_the_recorded_page(void **state)
{
    static const char *const lines[] = {
        "azure-cn,chinaeast2,block-storage,P10,,on-demand,,,disk-month,0,,,116.87,CNY,incl,,2026-08-10",
        "azure-cn,chinaeast2,block-storage,P30,,on-demand,,,disk-month,0,,,801.55,CNY,incl,,2026-08-10",
        "azure-cn,chinaeast,block-storage,P10,,on-demand,,,disk-month,0,,,131.32,CNY,incl,,2026-08-10",
        "azure-cn,chinanorth3,block-storage,P10 ZRS,,on-demand,,,disk-month,0,,,175.28,CNY,incl,,2026-08-10",
        "azure-cn,chinaeast3,block-storage,S10,,on-demand,,,disk-month,0,,,34.56,CNY,incl,,2026-08-10",
    };
    struct fetch_case c = web_case();

    (void)state;
    run(&c);
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++)
        fetch_case_expect(&c, lines[i]);
    assert_int_equal(fetch_case_count(&c, "azure-cn,chinaeast2,block-storage,P10 ZRS"), 0);
    assert_int_equal(fetch_case_counted(&c, "table that a script of the page shows and hides"), 1);
    assert_int_equal(fetch_case_counted(&c, "price without a word on tax"), 1);
    fetch_case_free(&c);
}

/* LRS or ZRS stands above a table of disks; without it only the standard HDD, which has one kind, is certain. */
static void disks_need_their_redundancy(void **state)
{
    static const struct {
        const char *heading, *name, *sku;
    } rows[] = {{"LRS", "P10", "P10"},       {"ZRS", "P10", "P10 ZRS"}, {"价格", "P10", NULL},
                {"LRS 与 ZRS", "P10", NULL}, {"价格", "S10", "S10"},    {"LRS", "磁盘", NULL}};
    char page[2048], line[256];

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct fetch_case c = web_case();
        snprintf(
            page, sizeof page,
            "<div class='software-kind-container'><a data-href='#t'>Managed Disks</a></div><select id='region-box'>"
            "<option value='east-china2'>x</option></select><div id='t'>" NOTE "<h4>ZRS</h4><table><tr><th></th>"
            "<th>每月价格</th></tr><tr><td>E1</td><td>￥ 1</td></tr></table><h4>%s</h4><table><tr><th></th>"
            "<th>每月价格</th></tr><tr><td>%s</td><td>￥ 2.5</td></tr></table></div>",
            rows[i].heading, rows[i].name);
        c.replace[0] = (struct fetch_replacement){.name = "managed-disks.html", .body = page};
        run(&c);
        snprintf(line, sizeof line, "azure-cn,chinaeast2,block-storage,%s,,on-demand,,,disk-month,0,,,2.5," INCL,
                 rows[i].sku);
        assert_true(rows[i].sku == NULL || fetch_case_has(&c, line));
        assert_int_equal(fetch_case_count(&c, "azure-cn,chinaeast2,block-storage,"), 1 + (rows[i].sku != NULL));
        fetch_case_free(&c);
    }
}

/* The page's own example: a month of A1 at the hourly price, its tax taken off, is 68 % more than CPP. */
static void the_saving_printed_comes_out(void **state)
{
    dec_t month = dec_div(dec_of(21576, 2), dec_of(106, 2), DEC_HALF_UP);
    dec_t saving = dec_muldiv(dec_sub(month, dec_of(6417, 2)), dec_int64(100), month, DEC_HALF_UP);

    (void)state;
    assert_int_equal(dec_cmp(dec_mul(dec_of(29, 2), dec_int64(744), DEC_EXACT), dec_of(21576, 2)), 0);
    assert_int_equal(dec_cmp(dec_round(saving, 0, DEC_HALF_UP), dec_int64(68)), 0);
    /* 0.719 x 744 = 534.936, as printed. */
    assert_int_equal(dec_cmp(dec_mul(dec_of(719, 3), dec_int64(744), DEC_EXACT), dec_of(534936, 3)), 0);
}

static void cells_as_people_write_them(void **state)
{
    static const struct {
        const char *payg, *cpp;
        const char *hour, *month; /* NULL: no price */
        const char *reason;
    } rows[] = {
        {"￥ 1,220.16 / 小时<br/>(约 ￥907,799.04 / 月 )", "￥1,220.16/月(~68%\n  )", "1220.16", "1220.16", NULL},
        {"¥0.719/小时", "&yen; 146.08&nbsp;/ 月", "0.719", "146.08", NULL},
        {"￥ 0.719\n / 小时", "不适用", "0.719", NULL, "not offered"},
        {"￥ 0.719 / 小时", "-", "0.719", NULL, "not offered"},
        {"￥ 0.719 / 小时", "￥0/月", "0.719", NULL, "price of 0"},
        {"￥ 0.719 / 小时", "￥1,752.96/年", "0.719", NULL, "price of an unknown unit"},
        {"￥ 534.94 / 月", "￥146.08/月", NULL, "146.08", "price of an unknown unit"},
    };
    char page[4096], cells[1024], line[256];

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        snprintf(cells, sizeof cells, "<tr><td> D2\n v3 </td><td>2</td><td>8 GiB</td><td>%s</td><td>%s</td></tr>",
                 rows[i].payg, rows[i].cpp);
        struct fetch_case c = with_table(page, sizeof page, NOTE, cells);
        run(&c);
        assert_int_equal(fetch_case_count(&c, "azure-cn,chinaeast2,compute,Standard_D2_v3,linux,"),
                         (rows[i].hour != NULL) + (rows[i].month != NULL));
        snprintf(line, sizeof line, "azure-cn,chinaeast2,compute,Standard_D2_v3,linux,on-demand,,,hour,0,,,%s," INCL,
                 rows[i].hour);
        assert_true(rows[i].hour == NULL || fetch_case_has(&c, line));
        snprintf(line, sizeof line, "azure-cn,chinaeast2,compute,Standard_D2_v3,linux,reserved,,12,month,0,,,%s," EXCL,
                 rows[i].month);
        assert_true(rows[i].month == NULL || fetch_case_has(&c, line));
        assert_true(rows[i].reason == NULL || fetch_case_counted(&c, rows[i].reason) == 1);
        fetch_case_free(&c);
    }
}

/* The basis is the note's of each table; what it does not speak of has no price. */
static void tax_is_what_the_note_says(void **state)
{
    static const struct {
        const char *note;
        const char *basis; /* of pay-as-you-go; NULL: not read */
        bool cpp;
    } rows[] = {
        {NOTE, "incl", true},
        {"<div class='tags-date'>*以下价格均为含税价格。</div>", "incl", false},
        {"<div class='tags-date'>*以下价格均为不含税价格。</div>", "excl", false},
        {"<div class='tags-date'>CPP 价格是基于每月的不含税价格。</div>", NULL, true},
    };
    char page[4096], line[256];

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct fetch_case c = with_table(page, sizeof page, rows[i].note,
                                         "<tr><td>D2 v3</td><td>2</td><td>8 GiB</td><td>￥0.719 / 小时</td>"
                                         "<td>￥146.08 /月</td></tr>");
        run(&c);
        assert_int_equal(fetch_case_count(&c, "azure-cn,chinaeast2,compute,"), (rows[i].basis != NULL) + rows[i].cpp);
        snprintf(line, sizeof line,
                 "azure-cn,chinaeast2,compute,Standard_D2_v3,linux,on-demand,,,hour,0,,,0.719,CNY,%s,,2026-11-21",
                 rows[i].basis);
        assert_true(rows[i].basis == NULL || fetch_case_has(&c, line));
        fetch_case_free(&c);
    }
    struct fetch_case c = with_table(page, sizeof page, "",
                                     "<tr><td>D2 v3</td><td>2</td><td>8 GiB</td>"
                                     "<td>￥0.719 / 小时</td><td>￥1 /月</td></tr>");
    refused(&c, "no prices in the page");
}

static void without_the_list_nothing_is_certain(void **state)
{
    struct fetch_case gone = web_case(), page = web_case(), empty = web_case(), elsewhere = web_case();

    (void)state;
    gone.replace[0] = (struct fetch_replacement){.name = "soft-category.json", .body = "", .status = 404};
    refused(&gone, "no price belongs to a region for certain (status 404; its address can be set as `file`)");
    page.replace[0] = (struct fetch_replacement){.name = "soft-category.json", .body = "<html>"};
    refused(&page, "no price belongs to a region for certain (not JSON at byte 0");
    empty.replace[0] = (struct fetch_replacement){.name = "soft-category.json", .body = "[]"};
    refused(&empty, "(no list;");
    elsewhere.file = "https://www.azure.cn/elsewhere/soft-category.json";
    run(&elsewhere);
    assert_string_equal(elsewhere.urls[0], "https://www.azure.cn/elsewhere/soft-category.json");
    fetch_case_free(&elsewhere);
}

static void pages_without_their_parts_are_refused(void **state)
{
    static const struct {
        const char *body, *says;
    } rows[] = {
        {"<p>Service unavailable</p>", "no choice of regions in the page"},
        {"<select id='region-box'><option value='east-china2'>x</option></select>", "no prices in the page"},
        {"<div class='software-kind-container'><a data-href='#t'>Linux</a></div><select id='region-box'>"
         "<option value='east-china2'>x</option></select><div id='t'>" NOTE "<table><tr><th>实例</th>"
         "<th>标准预付费价格</th></tr><tr><td>D2 v3</td><td>￥1,22 / 小时</td></tr></table></div>",
         "is no amount"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct fetch_case c = web_case();
        c.replace[0] = (struct fetch_replacement){.name = "virtual-machine-scale-sets.html", .body = rows[i].body};
        refused(&c, rows[i].says);
    }
}

/* Only one region asked for that only the page of disks has. */
static void regions_a_page_does_not_have(void **state)
{
    static const char *const north3[] = {"chinanorth3", NULL};
    struct fetch_case c = web_case();

    (void)state;
    c.regions = north3;
    run(&c);
    assert_int_equal(fetch_case_counted(&c, "page without the regions asked for"), 1);
    assert_int_equal(c.got.nprices, 4);
    fetch_case_free(&c);
}

/* ---- sizes ---- */

static void names_of_sizes(void **state)
{
    static const struct {
        const char *text;
        bool basic;
        const char *sku;
    } rows[] = {
        {"A1", false, "Standard_A1"},
        {"A1", true, "Basic_A1"},
        {"D2 v3", false, "Standard_D2_v3"},
        {"D2s v3", false, "Standard_D2s_v3"},
        {"DS2 v2", false, "Standard_DS2_v2"},
        {"B2MS", false, "Standard_B2ms"},
        {"B1LS", false, "Standard_B1ls"},
        {"NC4as T4 v3", false, "Standard_NC4as_T4_v3"},
        {"NV6ads A10 v5", false, "Standard_NV6ads_A10_v5"},
        {"M128dms v2", false, "Standard_M128dms_v2"},
        {"E4-2s v3", false, NULL},
        {"D2 v3*", false, NULL},
        {"D2 v3 Promo", false, NULL},
        {"合计", false, NULL},
        {"2", false, NULL},
        {"D", false, NULL},
        {"", false, NULL},
    };
    struct arena a = {0};

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const char *sku;
        bool constrained;
        assert_int_equal(azure_size_sku(rows[i].text, rows[i].basic, &a, &sku, &constrained), 0);
        assert_int_equal(constrained, i == 10);
        if (rows[i].sku == NULL)
            assert_null(sku);
        else
            assert_string_equal(sku, rows[i].sku);
    }
    arena_free(&a);
}

/* Of every machine in the bundled shapes that has no GPU the name, vCPU and memory give the rest of the row. */
static void shapes_are_those_of_the_bundled_pack(void **state)
{
    static const char *const columns[] = {"provider", "sku",       "service",    "family",   "class",
                                          "sold",     "vcpu",      "memory_gib", "size_gib", "gpu",
                                          "arch",     "burstable", "generation"};
    struct arena a = {0};
    struct err err;
    struct csv csv;
    const char *body;
    size_t len, n = 0, other = 0;
    int at[13], rc;

    (void)state;
    assert_int_equal(file_map("fixtures/packs/bundled/shapes.csv", &body, &len, &err), 0);
    csv_open(&csv, "shapes.csv", body, len, ',');
    assert_int_equal(csv_header(&csv, columns, 13, 13, at, &err), 0);
    while ((rc = csv_next(&csv, &err)) == 1) {
        const char *cells[13];
        struct pack_shape s;
        for (int i = 0; i < 13; i++)
            cells[i] = csv.cells[at[i]].text;
        if (strcmp(cells[0], "azure") != 0 || strcmp(cells[2], "compute") != 0)
            continue;
        bool is_gpu = strcmp(cells[9], "0") != 0 || !strcmp(cells[4], "gpu");
        assert_int_equal(azure_size_shape(cells[1], cells[6], cells[7], &a, &s), !is_gpu);
        if (is_gpu)
            continue;
        const char *const got[] = {s.provider,  s.sku,    s.service, s.family, s.class_, s.sold,
                                   s.vcpu,      s.memory, s.size,    s.gpu,    s.arch,   s.burstable ? "yes" : "no",
                                   s.generation};
        n++;
        for (int i = 0; i < 13; i++)
            if (strcmp(got[i], cells[i]) != 0) {
                print_message("%s: %s is %s, not %s\n", cells[1], columns[i], got[i], cells[i]);
                other++;
            }
    }
    assert_int_equal(rc, 0);
    assert_true(n > 300);
    assert_int_equal(other, 0);
    csv_close(&csv);
    file_unmap(body, len);
    arena_free(&a);
}

static void shapes_are_harvested(void **state)
{
    struct fetch_case c = web_case();

    (void)state;
    run(&c);
    assert_non_null(
        strstr(c.got.tables[PACK_SHAPES].body, "azure,Standard_D2_v3,compute,Dv3,general,current,2,8,,0,amd64,no,3\n"));
    assert_non_null(
        strstr(c.got.tables[PACK_SHAPES].body, "azure,Basic_A1,compute,BasicA,compute,legacy,1,1.75,,0,amd64,no,1\n"));
    fetch_case_free(&c);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(machines_of_the_recorded_page),
        cmocka_unit_test(hidden_tables_give_no_price),
        cmocka_unit_test(disks_of_the_recorded_page),
        cmocka_unit_test(disks_need_their_redundancy),
        cmocka_unit_test(the_saving_printed_comes_out),
        cmocka_unit_test(cells_as_people_write_them),
        cmocka_unit_test(tax_is_what_the_note_says),
        cmocka_unit_test(without_the_list_nothing_is_certain),
        cmocka_unit_test(pages_without_their_parts_are_refused),
        cmocka_unit_test(regions_a_page_does_not_have),
        cmocka_unit_test(names_of_sizes),
        cmocka_unit_test(shapes_are_those_of_the_bundled_pack),
        cmocka_unit_test(shapes_are_harvested),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
