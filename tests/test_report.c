/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What every report of the table owes, whichever it is: the same bytes for the same estimate, names
 * of any kind come out whole and harmless, and what is printed adds up to what was computed.
 */
#include "tests/support/test.h"

#include "calc/csv.h"
#include "tests/support/printed.h"

#include <json-c/json.h>
#include <string.h>

/* Comma, quote, formula, line break, Chinese, a terminal's escape, longer than a line. */
static const char *const awkward[] = {
    "a,b",
    "say \"no\"",
    "=1+1",
    "two\nlines",
    "店铺",
    "\033[31mred",
    "@sum",
    "-x",
    "a name that does not end where anybody would expect a name to end, and that goes on for longer than a line"};
enum { AWKWARD = sizeof awkward / sizeof awkward[0] };

static void name_everything(struct estimate_fixture *f, const char *name)
{
    estimate_fixture(f);
    f->scenario.name = name;
    f->lines[FIX_CN].label = name;
    f->tencent_lines[0].label = name;
    f->lines[FIX_BAIDU].reason = name;
    f->baidu_reasons[0] = name;
    f->cn_notes[0] = name;
    f->offers[FIX_INTL].sku = name;
    f->sources[FIX_INTL].id = name;
    f->site_estimates[FIX_INTL].column = name;
    f->settings[0].value = name;
}

static void reports_are_listed_once_and_found_by_name(void **state)
{
    size_t n = 0;
    (void)state;
    for (; report_table[n] != NULL; n++) {
        assert_ptr_equal(report_find(report_table[n]->name), report_table[n]);
        assert_true(report_table[n]->about[0] != '\0');
        assert_non_null(report_table[n]->write);
    }
    assert_true(n >= 3);
    assert_string_equal(report_table[0]->name, "table");
    assert_null(report_find("tables"));
    assert_null(report_find(""));
}

static void the_same_estimate_gives_the_same_bytes(void **state)
{
    static struct estimate_fixture a, b;
    (void)state;
    estimate_fixture(&a);
    estimate_fixture(&b);
    for (size_t r = 0; report_table[r] != NULL; r++)
        for (int view = VIEW_SUMMARY; view <= VIEW_MONTHLY; view++) {
            struct report_options opt = {.view = (enum view)view, .lang = "en", .candidates = 2};
            struct buf one = print_report(&a, report_table[r]->name, &opt);
            struct buf two = print_report(&b, report_table[r]->name, &opt);
            assert_int_equal(one.n, two.n);
            assert_memory_equal(one.v, two.v, one.n);
            buf_free(&one);
            buf_free(&two);
        }
}

static void tables_stay_tables(void **state)
{
    static struct estimate_fixture f;
    (void)state;
    for (size_t i = 0; i < AWKWARD; i++)
        for (int view = VIEW_SUMMARY; view <= VIEW_MONTHLY; view++)
            for (int zh = 0; zh < 2; zh++) {
                struct buf out;
                name_everything(&f, awkward[i]);
                out = print_report(&f, "table",
                                   &(struct report_options){.view = (enum view)view, .lang = zh ? "zh" : "en"});
                assert_terminal(&out);
                if (strcmp(awkward[i], "店铺") == 0)
                    assert_has(&out, "店铺");
                if (strcmp(awkward[i], "two\nlines") == 0)
                    assert_has(&out, "two?lines");
                buf_free(&out);
            }
}

static void explain_stays_a_tree(void **state)
{
    static struct estimate_fixture f;
    (void)state;
    for (size_t i = 0; i < AWKWARD; i++) {
        struct buf out;
        name_everything(&f, awkward[i]);
        out = print_explain(&f, "aliyun-cn", awkward[i], 0, "en");
        assert_terminal(&out);
        buf_free(&out);
        out = print_explain(&f, awkward[i], NULL, 0, "zh");
        assert_terminal(&out);
        buf_free(&out);
    }
}

/* The cell of a row by the header's name. */
static const char *cell(const struct csv *c, const char *header, const char *name)
{
    size_t column = 0;
    for (const char *h = header; *h != '\0' && *h != '\n'; column++) {
        size_t n = strcspn(h, ",\n");
        if (n == strlen(name) && memcmp(h, name, n) == 0) {
            assert_true(column < c->ncells);
            return c->cells[column].text;
        }
        h += n + (h[n] == ',');
    }
    fail_msg("no column %s", name);
    return "";
}

static void csv_names_come_back(void **state)
{
    static struct estimate_fixture f;
    (void)state;
    for (size_t i = 0; i < AWKWARD; i++) {
        struct buf out, expected = {0};
        struct err err = {0};
        struct csv c;
        bool formula = strchr("=+-@\t\r", awkward[i][0]) != NULL;
        name_everything(&f, awkward[i]);
        out = print_report(&f, "csv", &(struct report_options){.view = VIEW_LINES});
        csv_open(&c, "lines", out.v, out.n, ',');
        assert_int_equal(csv_next(&c, &err), 1);
        assert_int_equal(c.ncells, 32);
        assert_int_equal(csv_next(&c, &err), 1);
        assert_int_equal(c.ncells, 32);
        /* text that a spreadsheet would compute gets an apostrophe; nothing else changes */
        buf_printf(&expected, "%s%s", formula ? "'" : "", awkward[i]);
        assert_string_equal(cell(&c, out.v, "scenario"), expected.v);
        assert_string_equal(cell(&c, out.v, "line"), expected.v);
        assert_string_equal(cell(&c, out.v, "net_cost"), "51890.64");
        csv_close(&c);
        buf_free(&out);
        buf_free(&expected);
    }
}

static void json_names_come_back(void **state)
{
    static struct estimate_fixture f;
    (void)state;
    for (size_t i = 0; i < AWKWARD; i++) {
        struct buf out;
        struct json_object *top, *v;
        name_everything(&f, awkward[i]);
        out = print_report(&f, "json", &(struct report_options){.view = VIEW_SUMMARY});
        top = json_tokener_parse(out.v);
        assert_non_null(top);
        assert_true(json_object_object_get_ex(top, "scenario", &v) && json_object_object_get_ex(v, "name", &v));
        assert_string_equal(json_object_get_string(v), awkward[i]);
        json_object_put(top);
        buf_free(&out);
    }
}

static dec_t number(const char *text)
{
    struct err err = {0};
    dec_t d = DEC_ZERO;
    if (text[0] != '\0' && dec_parse(text, strlen(text), &d, &err) != 0)
        fail_msg("%s", err.text);
    return d;
}

/* The sum of a column over the rows of a site. */
static dec_t sum_of(const struct estimate_fixture *f, enum view view, const char *site, const char *column)
{
    struct buf out = print_report(f, "csv", &(struct report_options){.view = view});
    struct err err = {0};
    struct csv c;
    dec_t sum = DEC_ZERO;
    csv_open(&c, "view", out.v, out.n, ',');
    assert_int_equal(csv_next(&c, &err), 1);
    while (csv_next(&c, &err) == 1)
        if (strcmp(cell(&c, out.v, "site"), site) == 0)
            sum = dec_add(sum, number(cell(&c, out.v, column)));
    csv_close(&c);
    buf_free(&out);
    return sum;
}

static void what_is_printed_adds_up(void **state)
{
    static const char *const sites[] = {"aliyun-cn", "aliyun-intl", "tencent-cn"};
    static const char *const columns[] = {"net_cost", "tax", "tax_recoverable", "withheld_tax", "fees",
                                          "cash_out", "cost"};
    static struct estimate_fixture f;
    (void)state;
    estimate_fixture(&f);
    for (size_t s = 0; s < 3; s++)
        for (size_t c = 0; c < sizeof columns / sizeof columns[0]; c++) {
            dec_t total = sum_of(&f, VIEW_SUMMARY, sites[s], columns[c]);
            assert_int_equal(dec_cmp(sum_of(&f, VIEW_LINES, sites[s], columns[c]), total), 0);
            assert_int_equal(dec_cmp(sum_of(&f, VIEW_MONTHLY, sites[s], columns[c]), total), 0);
        }
}

/* A buffer that is full: an error, no crash, whatever the report. */
static void a_full_buffer_is_an_error(void **state)
{
    static struct estimate_fixture f;
    (void)state;
    estimate_fixture(&f);
    for (size_t r = 0; report_table[r] != NULL; r++) {
        struct buf out = {.ceiling = 100};
        struct err err = {0};
        struct report_options opt = {.view = VIEW_SUMMARY};
        assert_int_equal(report_table[r]->write(&f.e, &opt, &out, &err), -1);
        assert_int_equal(err.kind, ERR_INTERNAL);
        assert_true(err.text[0] != '\0');
        buf_free(&out);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reports_are_listed_once_and_found_by_name),
        cmocka_unit_test(the_same_estimate_gives_the_same_bytes),
        cmocka_unit_test(tables_stay_tables),
        cmocka_unit_test(explain_stays_a_tree),
        cmocka_unit_test(csv_names_come_back),
        cmocka_unit_test(json_names_come_back),
        cmocka_unit_test(what_is_printed_adds_up),
        cmocka_unit_test(a_full_buffer_is_an_error),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
