/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Which formats show days and percentages. The built-in ones are those of ECMA-376 part 1, 18.8.30; the codes are
 * such as Excel, WPS and LibreOffice write.
 */
#include "tests/support/test.h"

#include "fetchers/xlsx_format.h"

#include <string.h>

static void shows(const char *code, enum xlsx_format expected)
{
    if (xlsx_format_code(code, strlen(code)) != expected)
        fail_msg("'%s' is %d", code, (int)xlsx_format_code(code, strlen(code)));
}

static void built_in_formats_are_known(void **state)
{
    static const unsigned days[] = {14, 15, 16, 17, 22, 27, 28, 29, 30, 31, 36, 50, 51, 52, 53, 54, 57, 58};

    (void)state;
    for (unsigned id = 0, at = 0; id < 200; id++) {
        enum xlsx_format expected = id == 9 || id == 10 ? XLSX_PERCENT : XLSX_PLAIN;
        if (at < sizeof days / sizeof *days && id == days[at]) {
            expected = XLSX_DAY;
            at++;
        }
        assert_int_equal(xlsx_format_builtin(id), expected);
    }
}

static void days(void **state)
{
    (void)state;
    shows("yyyy\\-mm\\-dd", XLSX_DAY);
    shows("m/d/yy h:mm", XLSX_DAY);
    shows("[$-804]yyyy\\年m\\月d\\日", XLSX_DAY);
    shows("[$-409]d-mmm-yy;@", XLSX_DAY);
    shows("yyyy\"年\"m\"月\"", XLSX_DAY);
    shows("mmm", XLSX_DAY);
    shows("[$-404]e/m/d", XLSX_DAY);
    shows("DD.MM.YYYY", XLSX_DAY);
    shows("aaaa", XLSX_DAY);
    shows("yyyy-mm-dd hh:mm:ss.000", XLSX_DAY);
}

static void percentages(void **state)
{
    (void)state;
    shows("0%", XLSX_PERCENT);
    shows("0.00%;[Red]\\-0.00%", XLSX_PERCENT);
    shows("#,##0.0 %", XLSX_PERCENT);
    shows("0\"%\"", XLSX_PLAIN);
    shows("0\\%", XLSX_PLAIN);
}

static void numbers(void **state)
{
    (void)state;
    shows("", XLSX_PLAIN);
    shows("General", XLSX_PLAIN);
    shows("GENERAL\" days\"", XLSX_PLAIN);
    shows("0.00E+00", XLSX_PLAIN);
    shows("##0.0e-0", XLSX_PLAIN);
    shows("[$￥-804]#,##0.00", XLSX_PLAIN);
    shows("[Red][<100]0.00;[Blue]0.00", XLSX_PLAIN);
    shows("[$USD] #,##0.00", XLSX_PLAIN);
    shows("#,##0.00\" day\"", XLSX_PLAIN);
    shows("0.0_d", XLSX_PLAIN);
    shows("*d0", XLSX_PLAIN);
    shows("\"TRUE\";\"TRUE\";\"FALSE\"", XLSX_PLAIN);
    shows("@", XLSX_PLAIN);
    shows("\"day", XLSX_PLAIN);
    shows("[day", XLSX_PLAIN);
    shows("0\\", XLSX_PLAIN);
}

/* A time has no day of its own. */
static void times(void **state)
{
    (void)state;
    shows("h:mm", XLSX_PLAIN);
    shows("[h]:mm:ss", XLSX_PLAIN);
    shows("[mm]:ss", XLSX_PLAIN);
    shows("h:mm AM/PM", XLSX_PLAIN);
    shows("h:mm a/p", XLSX_PLAIN);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(built_in_formats_are_known),
        cmocka_unit_test(days),
        cmocka_unit_test(percentages),
        cmocka_unit_test(numbers),
        cmocka_unit_test(times),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
