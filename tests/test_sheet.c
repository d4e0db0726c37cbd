/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Which table a file is, and workbooks that LibreOffice wrote (tests/quotes/README.md tells how).
 */
#include "tests/support/test.h"

#include "calc/file.h"
#include "tests/support/workbook_case.h"

#include <stdlib.h>
#include <string.h>

static void file_reads(const char *path, const char *expected, struct sheet_facts *facts)
{
    struct buf body = {0};
    struct err err = {0};

    if (file_read(path, 1 << 20, &body, &err) != 0)
        fail_msg("%s", err.text);
    char *shown = sheet_shown(body.v, body.n, NULL, facts);
    assert_string_equal(shown, expected);
    free(shown);
    buf_free(&body);
}

static void a_workbook_of_libreoffice_is_read(void **state)
{
    struct sheet_facts facts;

    (void)state;
#define TITLE "云资源报价单 2026"
    file_reads("tests/quotes/quote.xlsx",
               "报价单:1 T[" TITLE "] T[" TITLE "]m T[" TITLE "]m T[" TITLE "]m T[" TITLE "]m T[" TITLE "]m\n"
               "报价单:3 T[项目] T[数量] T[价格] T[价格]m T[价格]m T[有效期]\n"
               "报价单:4 T[项目]m T[数量]m T[单价] T[折扣] T[小计] T[至]\n"
               "报价单:5 T[ecs.g7.xlarge] N[6] N[1220.16] N[0.15]% N[6222.816]f D[2026-12-31]\n"
               "报价单:6 T[ESSD PL1 & 备份] N[200] N[1.05] N[0]% N[210]f D[2026-12-31]\n"
               "报价单:7h T[内部成本] N[1] N[999] _ N[999]f\n"
               "报价单:8 T[0.1 + 0.2] _ N[0.3]f _ N[0.333333333333]~f\n"
               "报价单:9 T[错误] E[#DIV/0!]f T[含税] B[TRUE] B[FALSE] N[0.520833333333]~\n"
               "报价单:10 T[说明] T[第一行\n第二行]\n"
               "成本:1H T[secret] N[0.0000166667] N[-1234567.89] N[0.0000001]\n"
               "Notes & terms:1 _ _ T[VAT 6% included]\n",
               &facts);
    assert_string_equal(facts.format, "xlsx");
    assert_string_equal(facts.encoding, "");
    assert_int_equal(facts.separator, 0);
    assert_int_equal(facts.sheets, 3);
    assert_int_equal(facts.rows, 11);
    assert_int_equal(facts.hidden_rows, 1);
}

/* The figures of items.csv and the days of mac1904.fods. */
static void amounts_and_days_survive_the_other_program(void **state)
{
    (void)state;
    file_reads("tests/quotes/items.xlsx",
               "items:1 T[SKU] T[Region] T[Unit price (CNY)] T[Valid until]\n"
               "items:2 T[ecs.g7.large] T[cn-hangzhou] N[0.5] D[2026-12-31]\n"
               "items:3 T[ecs.g7,large] T[cn-beijing] N[1234.5] D[2026-11-30]\n",
               NULL);
    file_reads("tests/quotes/mac1904.xlsx", "Mac:1 T[start] D[2026-11-21]\nMac:2 T[leap] D[2024-02-29]\n", NULL);
}

static void its_csv_is_read(void **state)
{
    struct sheet_facts facts;

    (void)state;
    file_reads("tests/quotes/quote.csv",
               ":1 T[" TITLE "]\n"
               ":3 T[项目] T[数量] T[价格] _ _ T[有效期]\n"
               ":4 _ _ T[单价] T[折扣] T[小计] T[至]\n"
               ":5 T[ecs.g7.xlarge] T[6] T[1220.16] T[15%] T[6222.816] T[2026-12-31]\n"
               ":6 T[ESSD PL1 & 备份] T[200] T[1.05] T[0%] T[210] T[2026/12/31]\n"
               ":7 T[内部成本] T[1] T[999] _ T[999]\n"
               ":8 T[0.1 + 0.2] _ T[0.3] _ T[0.333333333333333]\n"
               ":9 T[错误] T[#DIV/0!] T[含税] T[TRUE] T[FALSE] T[12:30:00 PM]\n"
               ":10 T[说明] T[第一行\n第二行]\n",
               &facts);
    assert_string_equal(facts.format, "csv");
    assert_int_equal(facts.separator, ';');
    assert_int_equal(facts.sheets, 1);
    assert_int_equal(facts.rows, 9);
}

#define REFUSED(body, says) refused(body, sizeof body - 1, says)

static void refused(const char *body, size_t len, const char *says)
{
    char *shown = sheet_shown(body, len, NULL, NULL);

    assert_string_equal(shown, says);
    free(shown);
}

static void what_is_sent_by_mistake_is_called_by_its_name(void **state)
{
    (void)state;
#define KNOWN " (known: .xlsx, .csv)"
    REFUSED("", "error: q: an empty file");
    REFUSED("%PDF-1.7\n", "error: q: this is a PDF" KNOWN);
    REFUSED("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1\0\0",
            "error: q: this is an old .xls workbook or one under a password" KNOWN);
    REFUSED("PK\x05\x06\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0", "error: q: this is an empty archive" KNOWN);
    REFUSED("\x1F\x8B\x08", "error: q: this is packed with gzip" KNOWN);
    REFUSED("<html><table>", "error: q: this is XML or a web page" KNOWN);
    REFUSED("\xEF\xBB\xBF\r\n <?xml version='1.0'?><Workbook/>", "error: q: this is XML or a web page" KNOWN);
    REFUSED(" <!DOCTYPE html>", "error: q: this is XML or a web page" KNOWN);
    REFUSED("<TABLE>", "error: q: this is XML or a web page" KNOWN);
    REFUSED("PK\x03\x04", "error: q: not a whole workbook: Not a zip archive");
    REFUSED("<tab", ":1 T[<tab]\n");
    REFUSED("PK\n", ":1 T[PK]\n");
}

/* A workbook cut at any length is refused; with any byte changed it reads as rows or is refused, and never hangs. */
static void a_damaged_workbook_is_refused(void **state)
{
    struct buf body = {0};
    struct err err = {0};

    (void)state;
    assert_int_equal(file_read("tests/quotes/items.xlsx", 1 << 20, &body, &err), 0);
    for (size_t len = 4; len < body.n; len += 7) {
        char *shown = sheet_shown(body.v, len, NULL, NULL);
        assert_true(strncmp(shown, "error: q", 8) == 0);
        free(shown);
    }
    for (size_t i = 4; i < body.n; i += 3) {
        body.v[i] = (char)~body.v[i];
        free(sheet_shown(body.v, body.n, NULL, NULL));
        body.v[i] = (char)~body.v[i];
    }
    buf_free(&body);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_workbook_of_libreoffice_is_read),
        cmocka_unit_test(amounts_and_days_survive_the_other_program),
        cmocka_unit_test(its_csv_is_read),
        cmocka_unit_test(what_is_sent_by_mistake_is_called_by_its_name),
        cmocka_unit_test(a_damaged_workbook_is_refused),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
