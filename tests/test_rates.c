/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Tables of rates. Figures are those the ECB and CFETS published on the days named.
 */
#include "tests/support/test.h"

#include "calc/buf.h"
#include "calc/file.h"
#include "fetchers/rates.h"

#include <string.h>

static int read(const char *own, const char *text, struct arena *a, struct rate_table *out, struct err *err)
{
    return rates_read(own, "rates.csv", text, strlen(text), a, out, err);
}

static const struct rate_point *find(const struct rate_table *t, const char *currency, const char *day)
{
    struct date d;

    assert_true(date_parse(day, strlen(day), &d));
    for (size_t i = 0; i < t->npoints; i++)
        if (!strcmp(t->columns[t->points[i].column].currency, currency) && date_cmp(t->points[i].date, d) == 0)
            return &t->points[i];
    return NULL;
}

static void the_two_spellings_of_the_ecb_say_the_same(void **state)
{
    /* Oldest first with blanks; newest first with N/A, a trailing comma and trailing zeros. */
    static const char *const spellings[] = {
        "date,USD,CNY\n1999-01-04,1.1789,\n2025-05-09,1.1252,8.147\n",
        "Date,USD,CNY,\n2025-05-09,1.1252,8.1470,\n1999-01-04,1.1789,N/A,",
    };
    struct err err = {ERR_NONE, ""};

    (void)state;
    for (size_t i = 0; i < 2; i++) {
        struct arena a = {NULL};
        struct rate_table t;
        if (read("EUR", spellings[i], &a, &t, &err) != 0)
            fail_msg("%s", err.text);
        assert_int_equal(t.ncolumns, 2);
        assert_string_equal(t.columns[1].base, "EUR");
        assert_string_equal(t.columns[1].quote, "CNY");
        assert_string_equal(t.columns[1].currency, "CNY");
        assert_int_equal(t.columns[1].units, 1);
        assert_int_equal(t.npoints, 3);
        assert_true(dec_cmp(find(&t, "CNY", "2025-05-09")->value, dec_of(8147, 3)) == 0);
        assert_true(dec_cmp(find(&t, "USD", "1999-01-04")->value, dec_of(11789, 4)) == 0);
        assert_null(find(&t, "CNY", "1999-01-04"));
        arena_free(&a);
    }
}

static void pairs_are_read_as_printed(void **state)
{
    struct arena a = {NULL};
    struct rate_table t;
    struct err err;

    (void)state;
    assert_int_equal(
        read("CNY", "date,USD/CNY,100JPY/CNY,CNY/MYR\n2026-09-04,6.7787,4.3135,0.59784\n2026-09-03,6.7807,4.2495,---\n",
             &a, &t, &err),
        0);
    assert_string_equal(t.columns[0].base, "USD");
    assert_string_equal(t.columns[0].quote, "CNY");
    assert_string_equal(t.columns[0].currency, "USD");
    assert_string_equal(t.columns[1].base, "JPY");
    assert_int_equal(t.columns[1].units, 100);
    assert_string_equal(t.columns[2].base, "CNY");
    assert_string_equal(t.columns[2].quote, "MYR");
    assert_string_equal(t.columns[2].currency, "MYR");
    assert_int_equal(t.npoints, 5);
    assert_null(find(&t, "MYR", "2026-09-03"));
    for (size_t i = 1; i < t.npoints; i++) /* by column, then day */
        assert_true(
            t.points[i - 1].column < t.points[i].column ||
            (t.points[i - 1].column == t.points[i].column && date_cmp(t.points[i - 1].date, t.points[i].date) < 0));
    arena_free(&a);
}

static void a_day_given_twice_alike_counts_once(void **state)
{
    struct arena a = {NULL};
    struct rate_table t;
    struct err err;

    (void)state;
    assert_int_equal(read("EUR", "date,USD\n2025-05-09,1.1252\n2025-05-09,1.12520\n", &a, &t, &err), 0);
    assert_int_equal(t.npoints, 1);
    arena_free(&a);
}

static void bad_tables_are_refused(void **state)
{
    static const struct {
        const char *text, *message;
    } rows[] = {
        {"", "rates.csv: empty (known: a header and a line a day)"},
        {"date,USD\n", "rates.csv: no rates"},
        {"day,USD\n2025-05-09,1\n", "rates.csv:1: the first column is 'day' (known: date)"},
        {"date,usd\n2025-05-09,1\n",
         "rates.csv:1: unknown column 'usd' (known: a currency per EUR, AAA/EUR, 100AAA/EUR, EUR/AAA)"},
        {"date,EUR\n2025-05-09,1\n",
         "rates.csv:1: unknown column 'EUR' (known: a currency per EUR, AAA/EUR, 100AAA/EUR, EUR/AAA)"},
        {"date,USD/CNY\n2025-05-09,1\n",
         "rates.csv:1: unknown column 'USD/CNY' (known: a currency per EUR, AAA/EUR, 100AAA/EUR, EUR/AAA)"},
        {"date,USD,USD\n2025-05-09,1,1\n", "rates.csv:1: currency 'USD' has two columns"},
        {"date,USD\n2025-05-32,1\n", "rates.csv:2: '2025-05-32' is no day (known: YYYY-MM-DD)"},
        {"date,USD\n2025-05-09,0\n", "rates.csv:2: USD: '0' is no rate (known: above 0; blank when there is none)"},
        {"date,USD\n2025-05-09,-1\n", "rates.csv:2: USD: '-1' is no rate (known: above 0; blank when there is none)"},
        {"date,USD\n2025-05-09,1,2\n", "rates.csv:2: 3 cells where the header has 2"},
        {"date,USD,\n2025-05-09,1,2\n", "rates.csv:2: a value in the column without a name"},
        {"date,USD\n2025-05-09,1.1\n2025-05-09,1.2\n", "rates.csv: two rates of USD on 2025-05-09"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct arena a = {NULL};
        struct rate_table t;
        struct err err = {ERR_NONE, ""};
        assert_int_equal(read("EUR", rows[i].text, &a, &t, &err), -1);
        assert_string_equal(err.text, rows[i].message);
        assert_int_equal(err.kind, ERR_USAGE);
        arena_free(&a);
    }
}

static void the_shipped_tables_are_sound(void **state)
{
    static const struct {
        const char *path, *own;
        size_t columns;
    } rows[] = {{"fixtures/fx/ecb.csv", "EUR", 15}, {"fixtures/fx/cfets.csv", "CNY", 6}};

    (void)state;
    for (size_t i = 0; i < 2; i++) {
        struct arena a = {NULL};
        struct rate_table t;
        struct buf text = {0};
        struct err err = {ERR_NONE, ""};
        assert_int_equal(file_read(rows[i].path, 4 << 20, &text, &err), 0);
        if (rates_read(rows[i].own, rows[i].path, text.v, text.n, &a, &t, &err) != 0)
            fail_msg("%s", err.text);
        assert_int_equal(t.ncolumns, rows[i].columns);
        buf_free(&text);
        arena_free(&a);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_two_spellings_of_the_ecb_say_the_same),
        cmocka_unit_test(pairs_are_read_as_printed),
        cmocka_unit_test(a_day_given_twice_alike_counts_once),
        cmocka_unit_test(bad_tables_are_refused),
        cmocka_unit_test(the_shipped_tables_are_sound),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
