/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Where lines break. Widths: a Chinese character takes two columns.
 */
#include "tests/support/test.h"

#include "calc/wrap.h"

#include <string.h>

static void one_line(void **state)
{
    static const struct {
        const char *text;
        size_t columns;
        const char *line;
    } rows[] = {
        {"one two three", 13, "one two three"},
        {"one two three", 12, "one two"},
        {"one two three", 7, "one two"},
        {"one two three", 6, "one"},
        {"one   two", 5, "one"},
        {"abcdefgh", 5, "abcde"},
        {"x", 0, "x"},
        {"a/bc/defgh ij", 6, "a/bc/"},
        {"to a/bc/defgh", 8, "to"},
        {"净额含税", 8, "净额含税"},
        {"净额含税", 7, "净额含"},
        {"净额，含税", 4, "净"},     /* a comma never begins a line */
        {"净额（含税）", 6, "净额"}, /* an opening bracket never ends one */
        {"cost 总成本", 6, "cost"},
        {"cost总成本", 6, "cost总"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        size_t n = wrap_line(rows[i].text, rows[i].columns);
        if (n != strlen(rows[i].line) || memcmp(rows[i].text, rows[i].line, n) != 0)
            fail_msg("'%s' in %zu: '%.*s', not '%s'", rows[i].text, rows[i].columns, (int)n, rows[i].text,
                     rows[i].line);
    }
}

static void assert_wrapped(const char *text, const char *first, size_t indent, size_t columns, const char *expected)
{
    struct buf out = {0};
    wrap_text(&out, text, first, indent, columns);
    assert_string_equal(out.v, expected);
    buf_free(&out);
}

static void paragraphs(void **state)
{
    (void)state;
    assert_wrapped("one two three four", "  - ", 4, 12, "  - one two\n    three\n    four\n");
    assert_wrapped("one", "", 0, 100, "one\n");
    assert_wrapped("", "  - ", 4, 12, "  - \n");
    /* no room at all: a character a line, never an endless loop */
    assert_wrapped("ab", "", 5, 5, "a\n     b\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(one_line), cmocka_unit_test(paragraphs)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
