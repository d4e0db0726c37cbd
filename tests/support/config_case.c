/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Configurations in tests.
 */
#include "tests/support/config_case.h"

#include "tests/support/rules_fixture.h"
#include "tests/support/test.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

const char config_case_whole[] = "[compare]\n"
                                 "sites = aliyun-cn, aliyun-intl\n"
                                 "city = Hangzhou\n"
                                 "[compute web]\n"
                                 "vcpu = 4\n"
                                 "memory = 16 GiB\n";

static char directory[] = "/tmp/tco-config-XXXXXX";

int config_case_setup(void **state)
{
    (void)state;
    return mkdtemp(directory) != NULL && chdir(directory) == 0 ? 0 : -1;
}

int config_case_teardown(void **state)
{
    (void)state;
    return unlink("config.ini") == 0 && chdir("/") == 0 && rmdir(directory) == 0 ? 0 : -1;
}

void config_case_write(const char *text, size_t len)
{
    FILE *f = fopen("config.ini", "wb");
    assert_non_null(f);
    assert_int_equal(fwrite(text, 1, len, f), len);
    assert_int_equal(fclose(f), 0);
}

static int read_case(const char *text, const char *set, const char *as_of, struct scenario *out, struct err *err)
{
    struct config c;
    struct date today;
    assert_true(date_parse("2026-11-21", 10, &today));
    config_case_write(text, strlen(text));
    if (config_load(&c, "config.ini", &set, set != NULL, as_of, today, err) != 0)
        return -1;
    int rc = config_scenario(&c, &rules_fixture, out, err);
    config_free(&c);
    return rc;
}

void config_case_read(const char *text, const char *set, const char *as_of, struct scenario *out)
{
    struct err err = {0};
    if (read_case(text, set, as_of, out, &err) != 0)
        fail_msg("%s", err.text);
}

void config_case_fails(const char *text, const char *set, const char *as_of, const char *message)
{
    struct err err = {0};
    struct scenario s;
    if (read_case(text, set, as_of, &s, &err) == 0) {
        scenario_free(&s);
        fail_msg("no error, but expected: %s", message);
    }
    assert_string_equal(err.text, message);
    assert_int_equal(err.kind, ERR_USAGE);
}
