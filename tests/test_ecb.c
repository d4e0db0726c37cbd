/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The ECB's rates over recorded answers. The expected rates are the bank's own of those days.
 */
#include "tests/support/fetch_case.h"
#include "tests/support/test.h"

#include "fetchers/rates.h"
#include "fetchers/walk.h"

#include <stdio.h>
#include <string.h>

#define ENVELOPE                                                                                                       \
    "<gesmes:Envelope xmlns:gesmes=\"http://www.gesmes.org/xml/2002-08-01\" "                                          \
    "xmlns=\"http://www.ecb.int/vocabulary/2002-08-01/eurofxref\"><Cube>"
#define CLOSE "</Cube></gesmes:Envelope>"

extern const struct fetcher fetcher_ecb;

static struct fetch_case ecb_case(const char *body)
{
    struct fetch_case c = {.fetcher = &fetcher_ecb, .site = ""};

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

/* The rate of EUR to a currency on a day, as the catalogue will read it; "" when there is none. */
static const char *rate(struct fetch_case *c, const char *currency, const char *day)
{
    struct rate_table t;
    struct err err;
    char text[DATE_TEXT];

    if (rates_read("EUR", "rates.csv", c->got.rates.body, c->got.rates.len, &c->arena, &t, &err) != 0)
        fail_msg("%s", err.text);
    for (size_t i = 0; i < t.npoints; i++) {
        const struct rate_column *col = &t.columns[t.points[i].column];
        date_format(t.points[i].date, text);
        if (strcmp(col->quote, currency) != 0 || strcmp(text, day) != 0)
            continue;
        assert_string_equal(col->base, "EUR");
        assert_int_equal(col->units, 1);
        char *out = arena_alloc(&c->arena, DEC_TEXT);
        dec_format(t.points[i].value, 0, out);
        return out;
    }
    return "";
}

static void the_whole_history_when_nothing_is_held(void **state)
{
    struct fetch_case c = ecb_case(NULL);

    (void)state;
    run(&c);
    assert_int_equal(c.asked, 1);
    assert_string_equal(c.urls[0], "https://www.ecb.europa.eu/stats/eurofxref/eurofxref-hist.xml");
    assert_string_equal(rate(&c, "USD", "1999-01-04"), "1.1789");
    assert_string_equal(rate(&c, "CNY", "1999-01-04"), ""); /* CNY begins on 2005-04-01 */
    assert_string_equal(rate(&c, "CNY", "2005-04-01"), "10.7255");
    assert_string_equal(rate(&c, "USD", "2025-05-09"), "1.1252");
    assert_string_equal(rate(&c, "CNY", "2025-05-09"), "8.147");
    assert_string_equal(rate(&c, "JPY", "2026-03-18"), "183.49");
    assert_string_equal(rate(&c, "EUR", "2026-03-18"), "");
    /* The day is the answer's, not the day it was asked. */
    assert_int_equal(c.got.day.day, 20530); /* 2026-03-18: 56 x 365 + 14 leap days + 76 */
    fetch_case_free(&c);
}

/* Single quotes, tabs and trailing zeros; double quotes and none: the same rates. */
static void both_spellings_are_the_same(void **state)
{
    struct fetch_case a = ecb_case(ENVELOPE "<Cube time=\"2025-05-09\"><Cube currency=\"USD\" rate=\"1.1252\"/>"
                                            "<Cube currency=\"CNY\" rate=\"8.147\"/></Cube>" CLOSE);
    struct fetch_case b =
        ecb_case("<?xml version=\"1.0\"?>\n<g:Envelope xmlns:g='http://www.gesmes.org/xml/2002-08-01'\n"
                 "  xmlns:e='http://www.ecb.int/vocabulary/2002-08-01/eurofxref'>\n\t<g:subject>x"
                 "</g:subject>\n\t<e:Cube>\n\t\t<e:Cube time='2025-05-09'>\n\t\t\t<e:Cube rate='1.1252'"
                 " currency='USD'/>\n\t\t\t<e:Cube currency='CNY' rate='8.1470'/>\n\t\t</e:Cube>\n"
                 "\t</e:Cube>\n</g:Envelope>");

    (void)state;
    run(&a);
    run(&b);
    assert_int_equal(a.got.nrates, 2);
    assert_int_equal(a.got.rates.len, b.got.rates.len);
    assert_memory_equal(a.got.rates.body, b.got.rates.body, a.got.rates.len);
    fetch_case_free(&a);
    fetch_case_free(&b);
}

static void the_table_as_csv_is_read_too(void **state)
{
    /* A comma at the end of every line, N/A, newest first, no line feed at the end. */
    struct fetch_case c = ecb_case("Date,USD,JPY,HRK,CNY,\n2026-03-18,1.15,183.49,N/A,7.9214,\n"
                                   "2026-03-17,1.1531,183.29,N/A,,\n2005-04-01,1.2959,139.07,7.4220,10.7255,");

    (void)state;
    run(&c);
    assert_string_equal(rate(&c, "CNY", "2026-03-18"), "7.9214");
    assert_string_equal(rate(&c, "HRK", "2026-03-18"), "");
    assert_string_equal(rate(&c, "HRK", "2005-04-01"), "7.422"); /* a currency that is no more */
    assert_string_equal(rate(&c, "CNY", "2026-03-17"), "");
    assert_int_equal(c.got.nrates, 9);
    assert_null(strstr(c.got.rates.body, ",,,,"));
    fetch_case_free(&c);
}

static void what_is_not_available_is_unknown_and_repeats_are_one(void **state)
{
    struct fetch_case c = ecb_case(ENVELOPE "<Cube time='2025-05-08'><Cube currency='USD' rate='N/A'/>"
                                            "<Cube currency='CNY' rate='8.1'/></Cube><Cube time='2025-05-09'>"
                                            "<Cube currency='CNY' rate='8.147'/></Cube><Cube time='2025-05-09'>"
                                            "<Cube currency='CNY' rate='8.1470'/></Cube>" CLOSE);

    (void)state;
    run(&c);
    assert_int_equal(c.got.nrates, 2);
    assert_string_equal(rate(&c, "USD", "2025-05-08"), "");
    assert_int_equal(fetch_case_counted(&c, "no rate of a currency that day"), 1);
    assert_int_equal(fetch_case_counted(&c, "repeated rates"), 1);
    fetch_case_free(&c);
}

static void what_is_no_list_of_rates_is_refused(void **state)
{
    static const struct {
        const char *body, *says;
    } rows[] = {
        {"<!DOCTYPE html><html><body>Service unavailable</body></html>", "a document type"},
        {"<html><body>Error</body></html>", "no reference rates: the document is a 'html'"},
        {"<Envelope><Cube><Cube time='2025-05-09'><Cube currency='USD' rate='1'/></Cube></Cube></Envelope>",
         "no reference rates"},
        {"<g:Envelope xmlns:g='http://www.gesmes.org/xml/2002-08-01'><Cube><Cube time='2025-05-09'>"
         "<Cube currency='USD' rate='1'/></Cube></Cube></g:Envelope>",
         "no reference rates"},
        {ENVELOPE CLOSE, "no rates in the answer"},
        {ENVELOPE "<Cube time='9 May 2025'><Cube currency='USD' rate='1'/></Cube>" CLOSE, "'9 May 2025' is no date"},
        {ENVELOPE "<Cube><Cube currency='USD' rate='1'/></Cube>" CLOSE, "rates without a day"},
        {ENVELOPE "<Cube time='2025-05-09'><Cube currency='US' rate='1'/></Cube>" CLOSE, "without currency"},
        {ENVELOPE "<Cube time='2025-05-09'><Cube currency='USD'/></Cube>" CLOSE, "without currency or value"},
        {ENVELOPE "<Cube time='2025-05-09'><Cube currency='USD' rate='0'/></Cube>" CLOSE, "is not above 0"},
        {ENVELOPE "<Cube time='2025-05-09'><Cube currency='USD' rate='1,1252'/></Cube>" CLOSE, "1,1252"},
        {ENVELOPE "<Cube time='2025-05-09'><Cube currency='USD' rate='1'/></Cube><Cube time='2025-05-09'>"
                  "<Cube currency='USD' rate='2'/></Cube>" CLOSE,
         "two different rates of EUR/USD on 2025-05-09"},
        {"<!DOCTYPE a [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><a>&x;</a>", "a document type"},
        {"Date,USD,\n2026-03-18,1.15\n", "2 cells where the header has 3"},
        {"Date,USD,\n2026-03-18,0,\n", "'0' is no rate"},
        {"", "an empty answer"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct fetch_case c = ecb_case(rows[i].body);
        struct err err;
        if (fetch_case_run(&c, &err) == 0)
            fail_msg("read: %s", rows[i].body);
        assert_int_equal(err.kind, ERR_FETCH);
        if (strstr(err.text, rows[i].says) == NULL)
            fail_msg("'%s' does not say '%s'", err.text, rows[i].says);
        fetch_case_free(&c);
    }
}

/* Which file is asked for, by the newest day held. 2026-11-20 was a Friday. */
static void the_smallest_file_that_leaves_no_gap(void **state)
{
    static const struct {
        const char *since, *today, *file;
    } rows[] = {
        {"2026-11-20", "2026-11-20", "eurofxref-daily.xml"},    {"2026-11-19", "2026-11-20", "eurofxref-daily.xml"},
        {"2026-11-18", "2026-11-20", "eurofxref-hist-90d.xml"}, {"2026-11-20", "2026-11-22", "eurofxref-daily.xml"},
        {"2026-11-20", "2026-11-23", "eurofxref-daily.xml"},    {"2026-11-20", "2026-11-24", "eurofxref-hist-90d.xml"},
        {"2026-09-01", "2026-11-20", "eurofxref-hist-90d.xml"}, /* 80 days */
        {"2026-08-31", "2026-11-20", "eurofxref-hist.xml"},     {"2027-01-01", "2026-11-20", "eurofxref-daily.xml"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct fetch_job job = {.site = "", .endpoints = fetcher_ecb.endpoints, .nendpoints = 1};
        struct fetch_request q;
        struct walk w;
        struct err err;
        assert_true(date_parse(rows[i].since, 10, &job.since) && date_parse(rows[i].today, 10, &job.today));
        assert_int_equal(walk_open(&w, &fetcher_ecb, &job, NULL, &err), 0);
        assert_int_equal(walk_next(&w, &q, &err), FETCH_ASK);
        assert_string_equal(q.name, rows[i].file);
        assert_int_equal(walk_next(&w, &q, &err), FETCH_DONE);
        walk_close(&w);
    }
}

static void each_recorded_file_is_read(void **state)
{
    static const struct {
        const char *file;
        size_t rates;
    } rows[] = {{"eurofxref-daily.xml", 15}, {"eurofxref-hist-90d.xml", 12 * 15}};

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char path[128], body[16384] = "";
        snprintf(path, sizeof path, "fixtures/ecb/%s", rows[i].file);
        FILE *f = fopen(path, "rb");
        assert_non_null(f);
        assert_true(fread(body, 1, sizeof body - 1, f) < sizeof body - 1);
        fclose(f);
        struct fetch_case c = ecb_case(body);
        run(&c);
        assert_int_equal(c.got.nrates, rows[i].rates);
        assert_string_equal(rate(&c, "USD", "2026-03-18"), "1.15");
        assert_string_equal(rate(&c, "GBP", "2026-03-18"), "0.86393");
        fetch_case_free(&c);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_whole_history_when_nothing_is_held),
        cmocka_unit_test(both_spellings_are_the_same),
        cmocka_unit_test(the_table_as_csv_is_read_too),
        cmocka_unit_test(what_is_not_available_is_unknown_and_repeats_are_one),
        cmocka_unit_test(what_is_no_list_of_rates_is_refused),
        cmocka_unit_test(the_smallest_file_that_leaves_no_gap),
        cmocka_unit_test(each_recorded_file_is_read),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
