/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The template and the help: from the key table, so every key is there; and valid, as it is and with
 * every commented key set free.
 */
#include "tests/support/test.h"

#include "calc/key.h"
#include "calc/words.h"
#include "tests/support/config_case.h"
#include "tests/support/rules_fixture.h"

#include <string.h>

static void the_template_is_a_configuration(void **state)
{
    (void)state;
    struct buf text = {0};
    struct scenario s;
    config_template(&text);
    assert_false(text.failed);
    config_case_read(text.v, NULL, NULL, &s);
    assert_int_equal(s.nresources, 1);
    assert_string_equal(s.city, "Shanghai");
    scenario_free(&s);
    buf_free(&text);
}

/* Takes the ; away from ";key = value" and ";[section]", not from "; text". */
static void set_free(char *text)
{
    for (char *line = text; line; line = strchr(line, '\n')) {
        line += *line == '\n';
        if (line[0] == ';' && line[1] != ' ' && line[1] != '\0')
            line[0] = ' ';
    }
}

/* The examples name tencent-cn, which the fixture lacks: rules with it. */
static void every_example_is_valid(void **state)
{
    (void)state;
    struct buf text = {0};
    struct site sites[6];
    struct rules rules = rules_fixture;
    struct config c;
    struct scenario s;
    struct date today;
    struct err err;
    memcpy(sites, rules_fixture.sites, 5 * sizeof *sites);
    sites[5] = sites[0];
    sites[5].id = "tencent-cn";
    rules.sites = sites;
    rules.nsites = 6;
    assert_true(date_parse("2026-11-21", 10, &today));

    config_template(&text);
    set_free(text.v);
    config_case_write(text.v, text.n);
    assert_int_equal(config_load(&c, "config.ini", NULL, 0, NULL, today, &err), 0);
    if (config_scenario(&c, &rules, &s, &err) != 0)
        fail_msg("%s", err.text);
    assert_int_equal(s.nresources, KIND_COUNT);
    assert_int_equal(s.ncosts, 1);
    assert_int_equal(s.npayments, 1);
    scenario_free(&s);
    config_free(&c);
    buf_free(&text);
}

static void fits_100_columns(const struct buf *text)
{
    for (char *line = text->v, *end; (end = strchr(line, '\n')) != NULL; line = end + 1) {
        *end = '\0';
        if (words_width(line) > 100)
            fail_msg("%s", line);
    }
}

static void both_are_complete_and_narrow(void **state)
{
    (void)state;
    struct buf help = {0}, text = {0};
    config_help(&help);
    config_template(&text);
    assert_false(help.failed);
    for (size_t i = 0; i < nkeys; i++) {
        if (!strstr(help.v, key_table[i].name))
            fail_msg("help lacks %s", key_table[i].name);
        if (!strstr(text.v, key_table[i].help))
            fail_msg("the template lacks %s", key_table[i].help);
    }
    for (int id = 0; id < SECTION_COUNT; id++)
        assert_non_null(strstr(help.v, section_table[id].about));
    assert_non_null(strstr(help.v, "\n  months              how many months are counted\n"
                                   "                      1 to 600; default 12\n"));
    assert_non_null(strstr(help.v, "  a city; required unless region.SITE\n"));
    assert_non_null(strstr(help.v, "  a day such as 2026-11-21; default: today\n"));
    fits_100_columns(&help);
    fits_100_columns(&text);
    buf_free(&help);
    buf_free(&text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_template_is_a_configuration),
        cmocka_unit_test(every_example_is_valid),
        cmocka_unit_test(both_are_complete_and_narrow),
    };
    return cmocka_run_group_tests(tests, config_case_setup, config_case_teardown);
}
