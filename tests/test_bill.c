/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Bills read row by row: the columns of FOCUS in its versions, numbers as its numeric format allows them, packed
 * bills, and hostile ones.
 */
#include "tests/support/numbers.h"
#include "tests/support/scratch.h"
#include "tests/support/test.h"

#include "calc/bill.h"
#include "calc/buf.h"
#include "fetchers/raw.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define HEAD "BilledCost,BillingCurrency,ChargePeriodStart,ServiceName,ChargeCategory,"

/* Bytes given in pieces of a stated size. */
struct feed {
    const char *at;
    size_t left, piece;
};

static ssize_t give(void *ctx, void *into, size_t room)
{
    struct feed *f = ctx;
    size_t n = f->piece != 0 && f->piece < room ? f->piece : room;

    n = n < f->left ? n : f->left;
    memcpy(into, f->at, n);
    f->at += n;
    f->left -= n;
    return (ssize_t)n;
}

struct reading {
    struct feed feed;
    struct bill *b;
    struct bill_row row;
    struct err err;
};

static void open_bytes(struct reading *r, const char *bytes, size_t n, const struct bill_naming *naming)
{
    *r = (struct reading){.feed = {bytes, n, 0}};
    if (bill_open(&r->b, "bill.csv", give, &r->feed, naming, &r->err) != 0)
        fail_msg("%s", r->err.text);
}

static void open_text(struct reading *r, const char *text)
{
    open_bytes(r, text, strlen(text), NULL);
}

static void next(struct reading *r)
{
    if (bill_next(r->b, &r->row, &r->err) != 1)
        fail_msg("no row: %s", r->err.text);
}

static void at_end(struct reading *r)
{
    assert_int_equal(bill_next(r->b, &r->row, &r->err), 0);
    bill_close(r->b);
}

/* The first error of a bill. */
static void refused_bytes(const char *bytes, size_t n, const char *why)
{
    struct reading r = {.feed = {bytes, n, 7}};
    int got = bill_open(&r.b, "bill.csv", give, &r.feed, NULL, &r.err);

    if (got == 0) {
        do
            got = bill_next(r.b, &r.row, &r.err);
        while (got == 1);
        bill_close(r.b);
    }
    assert_int_equal(got, -1);
    assert_string_equal(r.err.text, why);
    assert_int_equal(r.err.kind, ERR_USAGE);
}

static void refused(const char *text, const char *why)
{
    refused_bytes(text, strlen(text), why);
}

/* FOCUS 1.0 to 1.3 say ProviderName, 1.4 ServiceProviderName. */
static void columns_are_known_by_name(void **state)
{
    struct reading r;

    (void)state;
    open_text(&r, "x_Own,SkuPriceId," HEAD "ProviderName,ListCost,PricingQuantity,PricingUnit,RegionId,SkuId\r\n"
                  "q,price-1,1.50,USD,2027-01-31T23:00:00Z,EC2,Usage,AWS,2.00,10,Hours,us-east-1,m5.large\r\n"
                  "q,price-1,-0.5,CNY,2027-02-01,\"a, \"\"b\"\"\",Credit,null,NULL,,,,\r\n");
    next(&r);
    assert_int_equal(r.row.line, 2);
    assert_int_equal(r.row.month.n, 2027 * 12);
    assert_int_equal(r.row.category, BILL_USAGE);
    assert_string_equal(r.row.currency, "USD");
    assert_string_equal(r.row.provider, "AWS");
    assert_string_equal(r.row.service, "EC2");
    assert_string_equal(r.row.region, "us-east-1");
    assert_string_equal(r.row.sku, "m5.large");
    assert_string_equal(r.row.unit, "Hours");
    assert_true(r.row.has_list && r.row.has_quantity);
    assert_dec(r.row.billed, "1.5");
    assert_dec(r.row.list, "2");
    assert_dec(r.row.quantity, "10");
    next(&r);
    assert_int_equal(r.row.line, 3);
    assert_int_equal(r.row.month.n, 2027 * 12 + 1);
    assert_int_equal(r.row.category, BILL_CREDIT);
    assert_string_equal(r.row.service, "a, \"b\"");
    assert_string_equal(r.row.provider, "");
    assert_string_equal(r.row.sku, "price-1"); /* nothing else names it */
    assert_false(r.row.has_list || r.row.has_quantity);
    assert_dec(r.row.billed, "-0.5");
    at_end(&r);

    open_text(&r, HEAD "ServiceProviderName,ProviderName,ConsumedQuantity,ConsumedUnit\n"
                       "0,USD,2027-01-01 00:00:00,EC2,Tax,new,old,3,GB\n");
    next(&r);
    assert_string_equal(r.row.provider, "new");
    assert_int_equal(r.row.category, BILL_TAX);
    assert_dec(r.row.quantity, "3");
    assert_string_equal(r.row.unit, "GB");
    at_end(&r);
}

static void headers_of_others_are_named(void **state)
{
    static const char *const names[] = {"ServiceName=Product", "ChargePeriodStart=Day"};
    static const char *const wrong[] = {"Service=Product"};
    const struct bill_naming naming = {names, 2}, bad = {wrong, 1};
    /* the columns Tencent Cloud documents of its international bills */
    static const char text[] = "Product,Day,BillingCurrency,Total Amount After Discount (Excluding Tax),TaxAmount\n"
                               "CVM,2026-11-03,USD,100.00,9.00\n";
    struct reading r;

    (void)state;
    open_bytes(&r, text, strlen(text), &naming);
    next(&r);
    assert_string_equal(r.row.service, "CVM");
    assert_int_equal(r.row.category, BILL_USAGE);
    assert_dec(r.row.billed, "100");
    assert_dec(r.row.tax, "9");
    at_end(&r);
    assert_int_equal(bill_open(&r.b, "bill.csv", give, &r.feed, &bad, &r.err), -1);
    assert_non_null(strstr(r.err.text, "--column 'Service=Product' is not NAME=HEADER (known names: BilledCost"));
}

/* 109 with 9 of tax in it is 100; what has no tax beside it is not known. */
static void a_total_with_tax_is_taken_less_its_tax(void **state)
{
    static const char head[] = "ServiceName,ChargePeriodStart,BillingCurrency,Total Cost (Including Tax),TaxAmount\n";
    struct reading r;
    char text[300];

    (void)state;
    snprintf(text, sizeof text, "%sCVM,2026-11-03,USD,109.00,9.00\nCVM,2026-11-03,USD,109.00,\n", head);
    open_text(&r, text);
    next(&r);
    assert_dec(r.row.billed, "100");
    assert_dec(r.row.tax, "9");
    assert_int_equal(bill_next(r.b, &r.row, &r.err), -1);
    assert_string_equal(r.err.text, "bill.csv:3: TaxAmount '' is not given (0 is a cost, nothing is none)");
    bill_close(r.b);
    snprintf(text, sizeof text, "ServiceName,ChargePeriodStart,BillingCurrency,Total Cost (Including Tax)\n");
    r.feed = (struct feed){text, strlen(text), 0};
    assert_int_equal(bill_open(&r.b, "bill.csv", give, &r.feed, NULL, &r.err), -1);
    assert_non_null(strstr(r.err.text, "no column 'BilledCost'"));
}

static void number(const char *text, const char *expected, long rounded)
{
    char bill[400];
    struct reading r;

    snprintf(bill, sizeof bill, HEAD "SkuId\n%s,USD,2027-01-01,S,Usage,\n", text);
    open_text(&r, bill);
    next(&r);
    assert_dec(r.row.billed, expected);
    assert_int_equal(bill_rounded(r.b), rounded);
    at_end(&r);
}

static void numbers_as_focus_writes_them(void **state)
{
    (void)state;
    number("12.5", "12.5", 0);
    number("35.2E-7", "0.00000352", 0); /* the example of the FOCUS numeric format */
    number("-1.2e+3", "-1200", 0);
    number("0.1234567890125", "0.123456789013", 1);
    number("-0.1234567890125", "-0.123456789013", 1);
    number("0.12345678901249999", "0.123456789012", 1);
    number("0.9999999999995", "1", 1);
    number("1E-13", "0", 1);
    number("5E-13", "0.000000000001", 1);
    number("0.1000000000000000", "0.1", 0);
    number("0E50", "0", 0);
    number("99999999999999999999999999.9999999999994", "99999999999999999999999999.999999999999", 1);
}

#define WRONG(cell, why) refused(HEAD "SkuId\n" cell "\n", "bill.csv:2: " why)

static void wrong_types_name_their_row(void **state)
{
    (void)state;
    WRONG("x,USD,2027-01-01,S,Usage,", "BilledCost 'x' is no number (12.5, -0.0004, 1.2E-7)");
    WRONG("1E400,USD,2027-01-01,S,Usage,", "BilledCost '1E400' is no number (12.5, -0.0004, 1.2E-7)");
    WRONG("1000000000000000000000000000,USD,2027-01-01,S,Usage,",
          "BilledCost '1000000000000000000000000000' is no number (12.5, -0.0004, 1.2E-7)");
    WRONG("1.2.3,USD,2027-01-01,S,Usage,", "BilledCost '1.2.3' is no number (12.5, -0.0004, 1.2E-7)");
    WRONG("\"1,200\",USD,2027-01-01,S,Usage,", "BilledCost '1,200' is no number (12.5, -0.0004, 1.2E-7)");
    WRONG("NaN,USD,2027-01-01,S,Usage,", "BilledCost 'NaN' is no number (12.5, -0.0004, 1.2E-7)");
    WRONG(",USD,2027-01-01,S,Usage,", "BilledCost '' is not given (0 is a cost, nothing is none)");
    WRONG("1,usd,2027-01-01,S,Usage,", "BillingCurrency 'usd' is no currency (CNY, USD)");
    WRONG("1,USD,2027-02-30,S,Usage,", "ChargePeriodStart '2027-02-30' is no day (2026-11-01T00:00:00Z)");
    WRONG("1,USD,01/02/2027,S,Usage,", "ChargePeriodStart '01/02/2027' is no day (2026-11-01T00:00:00Z)");
    WRONG("1,USD,2027-01-01,S,Refund,",
          "ChargeCategory 'Refund' is no category (Usage, Purchase, Tax, Credit, Adjustment)");
    WRONG("1,USD,2027-01-01,S,Usage", "5 cells where the header has 6");
    WRONG("1,USD,2027-01-01,\"S,Usage,", "a quote that is not closed");
    refused("BillingCurrency,ChargePeriodStart,ServiceName\n",
            "bill.csv:1: no column 'BilledCost' (--column BilledCost=HEADER names the one it is)");
    refused("BilledCost,BillingCurrency,ChargePeriodStart,ServiceName\n",
            "bill.csv:1: no column 'ChargeCategory' (nor 'TaxAmount': taxes could not be told from charges)");
    refused(HEAD "BilledCost\n", "bill.csv:1: column named twice: 'BilledCost'");
    refused("", "bill.csv: empty (a bill begins with the names of its columns)");
    refused_bytes(HEAD "\n1,\0", sizeof HEAD "\n1,\0" - 1, "bill.csv:2: a NUL byte");
}

/* A bill of more than the window: rows, empty lines among them, and a quote that is never closed. */
static void long_text(struct buf *out, size_t rows)
{
    buf_puts(out, HEAD "Tags\n");
    for (size_t i = 0; i < rows; i++)
        buf_printf(out, "1,USD,2027-01-01,S,Usage,\"{\"\"row\"\": \"\"%zu\"\"}\"\n%s", i, i % 3 == 0 ? "\r\n\n" : "");
}

static void count_rows(struct reading *r, size_t rows)
{
    for (size_t i = 0; i < rows; i++)
        next(r);
    at_end(r);
}

enum { ROWS = 200000 };

static void a_bill_may_be_longer_than_the_window(void **state)
{
    struct buf text = {0};
    struct reading r;

    (void)state;
    long_text(&text, ROWS);
    assert_true(text.n > 8 * 1024 * 1024);
    open_bytes(&r, text.v, text.n, NULL);
    r.feed.piece = 65521;
    count_rows(&r, ROWS);

    buf_puts(&text, "1,USD,2027-01-01,\"never closed\n");
    size_t at = text.n;
    buf_reserve(&text, 3 << 20);
    memset(text.v + at, 'x', 3 << 20);
    text.n += 3 << 20;
    char why[128];
    /* the head, the rows and two empty lines after every third of them */
    snprintf(why, sizeof why, "bill.csv:%d: a record over 1 MiB (is a quote never closed?)",
             1 + ROWS + 2 * ((ROWS + 2) / 3) + 1);
    open_bytes(&r, text.v, text.n, NULL);
    for (size_t i = 0; i < ROWS; i++)
        next(&r);
    assert_int_equal(bill_next(r.b, &r.row, &r.err), -1);
    assert_string_equal(r.err.text, why);
    bill_close(r.b);
    buf_free(&text);
}

/* A record behind more empty lines than the window holds is not cut where the window ends. */
static void empty_lines_cut_nothing(void **state)
{
    enum { LINES = 5 * 1024 * 1024 };
    struct buf text = {0};
    struct reading r;

    (void)state;
    buf_puts(&text, HEAD "Tags\n");
    for (size_t i = 0; i < LINES; i++)
        buf_putc(&text, '\n');
    buf_puts(&text, "1,USD,2027-01-01,S,Usage,t\n");
    open_bytes(&r, text.v, text.n, NULL);
    r.feed.piece = 4093;
    next(&r);
    assert_int_equal(r.row.line, LINES + 2);
    at_end(&r);
    buf_free(&text);
}

static char *packed(const struct buf *text, size_t *n)
{
    struct err err = {0};

    scratch_bytes("bill", text->v, text->n);
    assert_int_equal(raw_pack(scratch_path("bill"), &err), 0);
    return scratch_read("bill.gz", n);
}

static void packed_bills_are_told_by_their_bytes(void **state)
{
    struct buf text = {0};
    struct reading r;
    size_t n;

    (void)state;
    long_text(&text, ROWS);
    char *gz = packed(&text, &n);
    assert_true(n < text.n / 4);
    open_bytes(&r, gz, n, NULL);
    r.feed.piece = 4099;
    count_rows(&r, ROWS);

    assert_int_equal(bill_open_path(&r.b, scratch_path("bill.gz"), NULL, &r.err), 0);
    count_rows(&r, ROWS);

    /* two members, one after the other, are one bill: RFC 1952 */
    char *two = malloc(2 * n);
    assert_non_null(two);
    memcpy(two, gz, n);
    memcpy(two + n, gz, n);
    open_bytes(&r, two, 2 * n, NULL);
    for (size_t i = 0; i < ROWS; i++)
        next(&r);
    assert_int_equal(bill_next(r.b, &r.row, &r.err), -1); /* the head of the second is no charge */
    assert_non_null(strstr(r.err.text, "ChargePeriodStart 'ChargePeriodStart' is no day"));
    bill_close(r.b);

    refused_bytes(gz, n - 9, "bill.csv: the gzip data ends too early");
    gz[n / 2] = (char)(gz[n / 2] ^ 0x55);
    struct reading damaged;
    open_bytes(&damaged, gz, n, NULL);
    int got;
    do
        got = bill_next(damaged.b, &damaged.row, &damaged.err);
    while (got == 1);
    assert_int_equal(got, -1);
    bill_close(damaged.b);
    free(two);
    free(gz);
    buf_free(&text);
    scratch_free();
}

static void a_file_that_is_not_there(void **state)
{
    struct bill *b;
    struct err err = {0};

    (void)state;
    assert_int_equal(bill_open_path(&b, "no/such/bill.csv", NULL, &err), -1);
    assert_string_equal(err.text, "no/such/bill.csv: cannot be read: No such file or directory");
    bill_close(NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(columns_are_known_by_name),
        cmocka_unit_test(headers_of_others_are_named),
        cmocka_unit_test(numbers_as_focus_writes_them),
        cmocka_unit_test(wrong_types_name_their_row),
        cmocka_unit_test(a_bill_may_be_longer_than_the_window),
        cmocka_unit_test(empty_lines_cut_nothing),
        cmocka_unit_test(packed_bills_are_told_by_their_bytes),
        cmocka_unit_test(a_total_with_tax_is_taken_less_its_tax),
        cmocka_unit_test(a_file_that_is_not_there),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
