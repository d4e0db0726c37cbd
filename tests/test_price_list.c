/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Price lists of AWS, in the forms they had: all quoted (2020), quoted but for what is missing (2025), not
 * quoted (savings plans).
 */
#include "tests/support/test.h"

#include "fetchers/price_list.h"

#include <string.h>

#define FACTS                                                                                                          \
    "\"FormatVersion\",\"v1.0\"\n\"Disclaimer\",\"For information, only\"\n"                                           \
    "\"Publication Date\",\"2020-10-19T20:48:02Z\"\n\"Version\",\"20201019204802\"\n\"OfferCode\",\"AmazonEC2\"\n"
#define PLAIN                                                                                                          \
    "FormatVersion,v1.0\r\nDisclaimer,For information only\r\nPublication Date,2025-09-11T18:44:47Z\r\n"               \
    "Version,20250911184447\r\nOfferCode,AmazonComputeSavingsPlan\r\n"

static struct price_list list;

static int open_list(const char *text, struct err *err)
{
    return price_list_open(&list, text, strlen(text), err);
}

static void is_cell(int column, const char *want)
{
    struct price_cell c = price_list_cell(&list, column);

    if (!price_cell_is(c, want))
        fail_msg("'%.*s', not '%s'", (int)c.n, c.v, want);
}

static void column_is(const char *name, int want)
{
    struct err err;
    int at;

    assert_int_equal(price_list_column(&list, name, &at, &err), 0);
    assert_int_equal(at, want);
}

/* Trap: empty cells quoted and not, commas inside of quotes. */
static void quoted_lists(void **state)
{
    struct err err;

    (void)state;
    assert_int_equal(open_list(FACTS "\"SKU\",\"Unit\",\"Price Description\",\"PricePerUnit\"\n"
                                     "\"A\",\"Hrs\",\"$0.1, per hour\",\"0.1000000000\"\n"
                                     "\"B\",,\"\",\"5\"\n",
                               &err),
                     0);
    assert_true(price_cell_is(list.offer, "AmazonEC2"));
    char day[DATE_TEXT];
    date_format(list.published, day);
    assert_string_equal(day, "2020-10-19");
    column_is("SKU", 0);
    column_is("PricePerUnit", 3);
    column_is("Price", -1);
    assert_int_equal(price_list_next(&list, &err), 1);
    is_cell(0, "A");
    is_cell(2, "$0.1, per hour");
    is_cell(3, "0.1000000000");
    is_cell(-1, "");
    assert_int_equal(price_list_next(&list, &err), 1);
    is_cell(1, "");
    is_cell(2, "");
    is_cell(3, "5");
    assert_int_equal(price_list_next(&list, &err), 0);
    assert_int_equal(price_list_next(&list, &err), 0);
}

static void unquoted_lists_with_crlf(void **state)
{
    struct err err;

    (void)state;
    assert_int_equal(
        open_list(PLAIN "SKU,Unit,Description,DiscountedRate\r\nA,Hrs,,0.0425\r\nB,Hrs,\"x, y\",0.2399", &err), 0);
    assert_true(price_cell_is(list.offer, "AmazonComputeSavingsPlan"));
    assert_int_equal(price_list_next(&list, &err), 1);
    is_cell(2, "");
    is_cell(3, "0.0425");
    assert_int_equal(price_list_next(&list, &err), 1);
    is_cell(2, "x, y");
    is_cell(3, "0.2399");
    assert_int_equal(price_list_next(&list, &err), 0);
}

static void what_is_no_list_is_refused(void **state)
{
    static const struct {
        const char *text, *says;
    } rows[] = {
        {"", "no price list: no header in the first 0 lines"},
        {"<html>\n<body>\n", "no price list: it does not begin with 'FormatVersion'"},
        {"\"SKU\",\"Unit\",\"Price\"\n", "no price list: it does not begin with 'FormatVersion'"},
        {"FormatVersion,v1.0\n", "no price list: no header in the first 1 lines"},
        {"FormatVersion,v1.0\nOfferCode,X\nSKU,Unit,Price\n", "no price list: without its Publication Date"},
        {"FormatVersion,v1.0\nPublication Date,2025-09-11\nSKU,Unit,Price\n", "no price list: without its OfferCode"},
        {"FormatVersion,v1.0\nPublication Date,soon\nSKU,Unit,Price\n", "line 2: 'soon' is no date"},
        {"FormatVersion,v1.0\nOfferCode,\"X\nSKU,Unit,Price\n", "line 2: a quote that is not closed"},
    };
    struct err err;

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        assert_int_equal(open_list(rows[i].text, &err), -1);
        assert_string_equal(err.text, rows[i].says);
        assert_int_equal(err.kind, ERR_FETCH);
    }
}

/* The line is that of the file, whatever stands before. */
static void bad_rows_are_named_by_their_line(void **state)
{
    static const struct {
        const char *row;
        size_t n;
        const char *says;
    } rows[] = {
        {"B,C\n", 4, "line 8: 2 cells where the header has 3"},
        {"B,C,D,E\n", 8, "line 8: 4 cells where the header has 3"},
        {"\n", 1, "line 8: 1 cells where the header has 3"},
        {"B,C,", 4, NULL}, /* ends with an empty cell: nothing tells that it was cut */
        {"B,\"C", 4, "line 8: a quote that is not closed"},
        {"B,C,\"D\nE\"\n", 10, "line 8: a quote that is not closed"},
        {"B,C\"D\",E\n", 9, "line 8: a quote inside a cell"},
        {"B,\0,D\n", 6, "line 8: a NUL byte"},
        {"B,\r,D\n", 6, "line 8: a carriage return inside the line"},
    };
    static const char head[] = FACTS "\"SKU\",\"Unit\",\"Price\"\n\"A\",\"Hrs\",\"1\"\n";
    struct err err;

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char text[512];
        memcpy(text, head, sizeof head - 1);
        memcpy(text + sizeof head - 1, rows[i].row, rows[i].n);
        assert_int_equal(price_list_open(&list, text, sizeof head - 1 + rows[i].n, &err), 0);
        assert_int_equal(price_list_next(&list, &err), 1);
        assert_int_equal(price_list_next(&list, &err), rows[i].says == NULL ? 1 : -1);
        if (rows[i].says != NULL)
            assert_string_equal(err.text, rows[i].says);
    }
}

static void a_column_stands_once(void **state)
{
    struct err err;
    int at;

    (void)state;
    assert_int_equal(open_list(FACTS "\"SKU\",\"Unit\",\"SKU\"\n", &err), 0);
    assert_int_equal(price_list_column(&list, "SKU", &at, &err), -1);
    assert_string_equal(err.text, "the column 'SKU' stands twice in the header");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(quoted_lists),
        cmocka_unit_test(unquoted_lists_with_crlf),
        cmocka_unit_test(what_is_no_list_is_refused),
        cmocka_unit_test(bad_rows_are_named_by_their_line),
        cmocka_unit_test(a_column_stands_once),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
