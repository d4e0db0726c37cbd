/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Profiles: the table behind a count, its months, and how an estimate's quantities follow it.
 */
#include "tests/support/numbers.h"

#include "calc/items.h"
#include "tests/support/config_case.h"

#include <stdio.h>
#include <unistd.h>

/* Four months from 2027-01. */
static const char config[] = "[project]\nstart = 2027-01\nmonths = 4\n[compare]\nsites = aliyun-cn\ncity = Hangzhou\n"
                             "[compute web]\nvcpu = 4\nmemory = 16 GiB\ncount = profile demand.csv\n";

static void write_table(const char *text)
{
    FILE *f = fopen("demand.csv", "wb");
    assert_non_null(f);
    assert_int_equal(fwrite(text, 1, strlen(text), f), strlen(text));
    assert_int_equal(fclose(f), 0);
}

static void assert_counts(const char *table, const char *const counts[4])
{
    struct scenario s;
    write_table(table);
    config_case_read(config, NULL, NULL, &s);
    assert_non_null(s.resources[0].profile);
    assert_string_equal(s.resources[0].profile->file, "demand.csv");
    for (int m = 0; m < 4; m++)
        assert_dec(s.resources[0].profile->counts[m], counts[m]);
    assert_dec(s.resources[0].count.fixed, counts[0]);
    scenario_free(&s);
}

static void months_are_of_the_calendar_or_counted(void **state)
{
    (void)state;
    const char *const counts[4] = {"4", "4", "0", "5.5"};
    assert_counts("month,count\n2027-01,4\n2027-02,4\n2027-03,0\n2027-04,5.5\n", counts);
    assert_counts("month,count\n1,4\n2,4\n3,0\n4,5.5\n", counts);
    assert_counts("count,month\n4,1\n4,2\n0,3\n5.5,4\n", counts);
    /* what lies before and after the horizon is passed over */
    assert_counts("month,count\n2026-12,9\n2027-01,4\n2027-02,4\n2027-03,0\n2027-04,5.5\n2027-05,7\n", counts);
}

static void quantities_follow_it_exactly(void **state)
{
    (void)state;
    struct scenario s;
    struct quantity_list l;
    struct err err;
    write_table("month,count\n1,4\n2,4\n3,0\n4,5.5\n");
    config_case_read(config, NULL, NULL, &s);
    assert_int_equal(items_runs(&s.resources[0], 4, &l, &err), 0);
    assert_int_equal(l.n, 3);
    assert_int_equal(l.v[0].months, 2);
    assert_dec(quantity_at(l.v, l.n, 1), "4");
    assert_dec(quantity_at(l.v, l.n, 2), "0");
    assert_dec(quantity_at(l.v, l.n, 3), "5.5");
    quantity_free(&l);
    scenario_free(&s);
}

static void tables_that_cannot_be_are_refused(void **state)
{
    (void)state;
    static const struct {
        const char *table, *message;
    } rows[] = {
        {"month,count\n", "demand.csv: no rows (month,count)"},
        {"month,count\n1,4\n2,4\n3,4\n", "demand.csv: the profile ends with 3, the horizon with 4"},
        {"month,count\n2027-01,4\n2027-02,4\n", "demand.csv: the profile ends with 2027-02, the horizon with 2027-04"},
        {"month,count\n2,4\n", "demand.csv:2: month: 2 where 1 is due (each month once, in order)"},
        {"month,count\n2027-02,4\n", "demand.csv:2: month: 2027-02 where 2027-01 is due (each month once, in order)"},
        {"month,count\n1,4\n3,4\n", "demand.csv:3: month: 3 where 2 is due (each month once, in order)"},
        {"month,count\n1,4\n1,4\n", "demand.csv:3: month: 1 where 2 is due (each month once, in order)"},
        {"month,count\n1,4\n2027-02,4\n",
         "demand.csv:3: month: '2027-02' is a calendar month, those before it are not"},
        {"month,count\n0,4\n", "demand.csv:2: month: '0' is no month (such as 2027-01, or 1 for the first)"},
        {"month,count\nJan,4\n", "demand.csv:2: month: 'Jan' is no month (such as 2027-01, or 1 for the first)"},
        {"month,count\n1,\n", "demand.csv:2: count: '' is no number (0 to 1000000)"},
        {"month,count\n1,-1\n", "demand.csv:2: count: '-1' is out of range (0 to 1000000)"},
        {"month,count\n1,4..10\n", "demand.csv:2: count: '4..10' is no number (0 to 1000000)"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char message[512];
        write_table(rows[i].table);
        snprintf(message, sizeof message, "config.ini:10: count: %s", rows[i].message);
        config_case_fails(config, NULL, NULL, message);
    }
}

static void its_file_and_growth_are_looked_at(void **state)
{
    (void)state;
    write_table("month,count\n1,4\n2,4\n3,0\n4,5.5\n");
    config_case_fails(
        config, "compute web.count=profile nothing.csv", NULL,
        "--set 'compute web.count=profile nothing.csv': count: cannot read 'nothing.csv': No such file or "
        "directory");
    config_case_fails(config, "compute web.count=profile", NULL,
                      "--set 'compute web.count=profile': count: profile lacks its file (such as profile demand.csv)");
    config_case_fails(
        config, "compute web.count=profile -", NULL,
        "--set 'compute web.count=profile -': count: profile lacks its file (such as profile demand.csv)");
    config_case_fails(config, "compute web.growth=2%/month", NULL,
                      "--set 'compute web.growth=2%/month': growth: the count is a profile, which says what it is in "
                      "each month (give one of them)");
    struct scenario s;
    config_case_read(config, "compute web.growth=0%", NULL, &s);
    scenario_free(&s);
}

static int teardown(void **state)
{
    return unlink("demand.csv") == 0 ? config_case_teardown(state) : -1;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(months_are_of_the_calendar_or_counted),
        cmocka_unit_test(quantities_follow_it_exactly),
        cmocka_unit_test(tables_that_cannot_be_are_refused),
        cmocka_unit_test(its_file_and_growth_are_looked_at),
    };
    return cmocka_run_group_tests(tests, config_case_setup, teardown);
}
