/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Reading a configuration: the file as a whole, --set and --as-of over it, the pack directory.
 */
#include "tests/support/test.h"

#include "tests/support/config_case.h"
#include "tests/support/rules_fixture.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static struct date today(void)
{
    struct date d;
    assert_true(date_parse("2026-11-21", 10, &d));
    return d;
}

static const char *value_of(const struct config *c, const char *section, const char *key)
{
    const char *found = NULL;
    for (size_t i = 0; i < c->ini.n; i++)
        for (size_t k = 0; k < c->ini.sections[i].n && strcmp(c->ini.sections[i].name, section) == 0; k++)
            if (strcmp(c->ini.sections[i].entries[k].key, key) == 0)
                found = c->ini.sections[i].entries[k].value;
    return found;
}

static void sets_override_and_add(void **state)
{
    (void)state;
    static const char *const sets[] = {"compute web.count=7", "compare.region.aliyun-cn=cn-hangzhou",
                                       "  compute   web . sku.aliyun-cn = x=y ", "compute web.count = 8",
                                       "cost help.amount=1 CNY"};
    struct config c;
    struct err err;
    static const char text[] = "[compute web]\ncount = 6\nvcpu = 4\n";
    config_case_write(text, strlen(text));
    assert_int_equal(config_load(&c, "config.ini", sets, 5, NULL, today(), &err), 0);
    assert_string_equal(value_of(&c, "compute web", "count"), "8"); /* the later one */
    assert_string_equal(value_of(&c, "compute web", "vcpu"), "4");
    assert_string_equal(value_of(&c, "compare", "region.aliyun-cn"), "cn-hangzhou");
    assert_string_equal(value_of(&c, "compute web", "sku.aliyun-cn"), "x=y");
    assert_string_equal(value_of(&c, "cost help", "amount"), "1 CNY");
    assert_int_equal(c.ini.n, 3);
    config_free(&c);
}

/* The base stays as it is; an error names the override's own place, and one of the base the base's. */
static void over_a_base(void **state)
{
    (void)state;
    static const char text[] = "[project]\nmonths = 6\n[compute web]\ncount = 6\nvcpu = 4\nmemory = 8 GiB\n";
    static const char *const sets[] = {"compute web.count=7"};
    static const struct override over[] = {{"compute web", "count", "8", "rows.csv:2"},
                                           {"compute web", "hours", "100", "rows.csv:2"},
                                           {"fx", "USD/CNY", "7", "rows.csv:3"},
                                           {"compute web", "count", "9", "rows.csv:4"}};
    struct config base, c;
    struct err err = {0};
    config_case_write(text, strlen(text));
    assert_int_equal(config_load(&base, "config.ini", sets, 1, NULL, today(), &err), 0);
    assert_int_equal(config_over(&base, over, 4, &c, &err), 0);
    assert_string_equal(value_of(&c, "compute web", "count"), "9");
    assert_string_equal(value_of(&c, "compute web", "hours"), "100");
    assert_string_equal(value_of(&c, "compute web", "vcpu"), "4");
    assert_string_equal(value_of(&c, "fx", "USD/CNY"), "7");
    assert_string_equal(value_of(&base, "compute web", "count"), "7");
    assert_null(value_of(&base, "compute web", "hours"));
    assert_null(value_of(&base, "fx", "USD/CNY"));
    err_set(&err, ERR_USAGE, "wrong");
    assert_int_equal(config_blame(&c, -3, &err), -1);
    assert_string_equal(err.text, "rows.csv:2: wrong");
    err_set(&err, ERR_USAGE, "wrong");
    assert_int_equal(config_blame(&c, -1, &err), -1);
    assert_string_equal(err.text, "--set 'compute web.count=7': wrong");
    config_free(&c);
    assert_int_equal(config_over(&base, NULL, 0, &c, &err), 0);
    assert_string_equal(value_of(&c, "compute web", "count"), "7");
    config_free(&c);
    config_free(&base);
}

static void flag_over_set_over_file(void **state)
{
    (void)state;
    static const char text[] = "[project]\nas_of = 2026-01-01\n[compare]\ncity = Hangzhou\n[cost a]\namount = 1 CNY\n";
    struct scenario s;
    char day[DATE_TEXT];
    static const struct {
        const char *set, *flag, *expect;
    } rows[] = {
        {NULL, NULL, "2026-01-01"},
        {"project.as_of=2026-02-02", NULL, "2026-02-02"},
        {"project.as_of=2026-02-02", "2026-03-03", "2026-03-03"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        config_case_read(text, rows[i].set, rows[i].flag, &s);
        date_format(s.as_of, day);
        assert_string_equal(day, rows[i].expect);
        scenario_free(&s);
    }
}

static void a_name_of_the_standard_input(void **state)
{
    (void)state;
    struct scenario s;
    config_case_write(config_case_whole, strlen(config_case_whole));
    assert_non_null(freopen("config.ini", "rb", stdin));
    struct config c;
    struct err err;
    assert_int_equal(config_load(&c, "-", NULL, 0, NULL, today(), &err), 0);
    assert_int_equal(config_scenario(&c, &rules_fixture, &s, &err), 0);
    assert_string_equal(s.name, "stdin");
    scenario_free(&s);
    config_free(&c);
}

static void wrong_flags_are_named(void **state)
{
    (void)state;
    static const struct {
        const char *set, *flag, *message;
    } rows[] = {
        {"count", NULL, "--set 'count': no section.key=value (such as --set 'compute web.count=7')"},
        {"count=7", NULL, "--set 'count=7': no section.key=value (such as --set 'compute web.count=7')"},
        {".count=7", NULL, "--set '.count=7': the section or the key is empty (section.key=value)"},
        {"compute web. =7", NULL, "--set 'compute web. =7': the section or the key is empty (section.key=value)"},
        {"compute web.count=\001", NULL, "--set 'compute web.count=?': text is not UTF-8, or holds control characters"},
        {"compute web.count=\xff", NULL, "--set 'compute web.count=?': text is not UTF-8, or holds control characters"},
        {"compute web.count=", NULL, "--set 'compute web.count=': count: '' is no number (over 0 to 1000000)"},
        {"compute web.count=0", NULL, "--set 'compute web.count=0': count: '0' is out of range (over 0 to 1000000)"},
        {"compute web.vcpus=4", NULL,
         "--set 'compute web.vcpus=4': unknown key 'vcpus' in [compute web] (did you mean 'vcpu'?)"},
        {"compte web.vcpu=4", NULL,
         "--set 'compte web.vcpu=4': unknown section [compte web] (did you mean [compute web]?)"},
        {NULL, "2026-02-30",
         "--as-of 2026-02-30: as_of: '2026-02-30' is no day that exists (such as 2026-11-21, years 1900 to 2999)"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        config_case_fails(config_case_whole, rows[i].set, rows[i].flag, rows[i].message);
}

static void load_fails(const char *file, const char *part)
{
    struct config c;
    struct err err;
    assert_int_equal(config_load(&c, file, NULL, 0, NULL, today(), &err), -1);
    if (!strstr(err.text, part))
        fail_msg("'%s' lacks '%s'", err.text, part);
    assert_int_equal(err.kind, ERR_USAGE);
    assert_null(strchr(err.text, '\n'));
}

static void bytes_fail(const char *bytes, size_t len, const char *part)
{
    config_case_write(bytes, len);
    load_fails("config.ini", part);
}

static void strange_files_are_refused(void **state)
{
    (void)state;
    enum { BIG = 10 * 1024 * 1024, LONG = 1024 * 1024 };
    char *big = malloc(BIG);
    assert_non_null(big);
    memset(big, 'x', BIG);
    load_fails("nowhere.ini", "nowhere.ini");
    load_fails("/tmp", "/tmp");
    bytes_fail(big, BIG, "config.ini");
    bytes_fail(big, LONG, "config.ini:1: ");
    bytes_fail("[a]\nb\0 = 1\n", 11, "config.ini:2: ");
    bytes_fail("[a]\nb = \xc3\x28\n", 11, "config.ini:2: ");
    free(big);
    config_case_fails("", NULL, NULL,
                      "config.ini: nothing to price (give a resource such as [compute web], or a [cost NAME])");
}

static void pack_is_relative_to_the_file(void **state)
{
    (void)state;
    static const char text[] = "[prices]\npack = packs/2026\n";
    char path[64];
    struct config c;
    struct err err;
    assert_non_null(getcwd(path, sizeof path));
    assert_true(snprintf(path + strlen(path), sizeof path - strlen(path), "/config.ini") > 0);
    config_case_write(text, strlen(text));

    assert_int_equal(config_load(&c, "config.ini", NULL, 0, NULL, today(), &err), 0);
    assert_string_equal(config_pack(&c, &err), "packs/2026");
    config_free(&c);

    assert_int_equal(config_load(&c, path, NULL, 0, NULL, today(), &err), 0);
    *strrchr(path, '/') = '\0';
    const char *pack = config_pack(&c, &err);
    assert_memory_equal(pack, path, strlen(path));
    assert_string_equal(pack + strlen(path), "/packs/2026");
    config_free(&c);

    static const char *const absolute = "prices.pack=/srv/prices";
    assert_int_equal(config_load(&c, "config.ini", &absolute, 1, NULL, today(), &err), 0);
    assert_string_equal(config_pack(&c, &err), "/srv/prices");
    config_free(&c);
}

static void no_pack_is_no_error(void **state)
{
    (void)state;
    struct config c;
    struct err err;
    static const char *const empty = "prices.pack=";
    config_case_write(config_case_whole, strlen(config_case_whole));
    assert_int_equal(config_load(&c, "config.ini", NULL, 0, NULL, today(), &err), 0);
    assert_null(config_pack(&c, &err));
    assert_int_equal(err.kind, ERR_NONE);
    config_free(&c);
    assert_int_equal(config_load(&c, "config.ini", &empty, 1, NULL, today(), &err), 0);
    assert_null(config_pack(&c, &err));
    assert_string_equal(err.text, "--set 'prices.pack=': pack: nothing is given");
    config_free(&c);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sets_override_and_add),        cmocka_unit_test(over_a_base),
        cmocka_unit_test(flag_over_set_over_file),      cmocka_unit_test(a_name_of_the_standard_input),
        cmocka_unit_test(wrong_flags_are_named),        cmocka_unit_test(strange_files_are_refused),
        cmocka_unit_test(pack_is_relative_to_the_file), cmocka_unit_test(no_pack_is_no_error),
    };
    return cmocka_run_group_tests(tests, config_case_setup, config_case_teardown);
}
