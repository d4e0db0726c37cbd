/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Typed values in tests.
 */
#include "tests/support/value_case.h"

#include "tests/support/rules_fixture.h"
#include "tests/support/test.h"

#include <string.h>

static struct arena arena;
static const struct buyer buyers[] = {{.name = "", .country = "CN", .vat = "general"},
                                      {.name = "sg-sub", .country = "SG", .vat = "registered"}};
struct scenario value_case_scenario = {.buyers = buyers, .nbuyers = sizeof buyers / sizeof *buyers};

int value_case(value_parser *parse, const char *key, const char *allowed, const char *text, void *out, struct err *err)
{
    const struct value_env env = {.arena = &arena,
                                  .key = key ? key : "key",
                                  .allowed = allowed ? allowed : "",
                                  .line = 7,
                                  .file = "dir/config.ini",
                                  .rules = &rules_fixture,
                                  .scenario = &value_case_scenario};
    *err = (struct err){0};
    return parse(text, &env, out, err);
}

void value_case_good(value_parser *parse, const char *key, const char *allowed, const char *text, void *out)
{
    struct err err;
    if (value_case(parse, key, allowed, text, out, &err) != 0)
        fail_msg("'%s': %s", text, err.text);
}

void value_case_bad(value_parser *parse, const char *key, const char *allowed, const struct bad_value *rows, size_t n)
{
    union { /* room for whatever the parser would fill */
        struct scenario scenario;
        struct resource resource;
        struct cost cost;
    } out;
    for (size_t i = 0; i < n; i++) {
        struct err err;
        memset(&out, 0, sizeof out);
        if (value_case(parse, key, allowed, rows[i].text, &out, &err) == 0)
            fail_msg("'%s' is taken, but expected: %s", rows[i].text, rows[i].message);
        assert_string_equal(err.text, rows[i].message);
        assert_int_equal(err.kind, ERR_USAGE);
    }
}

void value_case_free(void)
{
    arena_free(&arena);
}

void value_case_is(struct value v, const char *text)
{
    char got[DEC_TEXT];
    assert_int_equal(v.kind, VALUE_FIXED);
    dec_format(v.fixed, 0, got);
    assert_string_equal(got, text);
}
