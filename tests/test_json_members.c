/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Members over bytes. What is JSON and what is not: RFC 8259.
 */
#include "tests/support/test.h"

#include "fetchers/json_members.h"

#include <stdlib.h>
#include <string.h>

/* A copy of its own size: reading past the end is seen. */
static char *exact(const char *text, size_t len)
{
    char *copy = malloc(len + (len == 0));

    assert_non_null(copy);
    memcpy(copy, text, len);
    return copy;
}

/* The names and values, joined; or the message. */
static const char *walked(const char *body, size_t len, struct err *err)
{
    static char out[512];
    struct json_members m;
    size_t n = 0;
    int rc;

    err->text[0] = '\0';
    if (json_members_open(&m, body, len, err) != 0)
        return err->text;
    while ((rc = json_members_next(&m, err)) == 1) {
        assert_true(m.key_len + m.value_len + n + 4 < sizeof out);
        memcpy(out + n, m.key, m.key_len);
        n += m.key_len;
        out[n++] = '=';
        memcpy(out + n, m.value, m.value_len);
        n += m.value_len;
        out[n++] = ';';
    }
    out[n] = '\0';
    return rc == 0 ? out : err->text;
}

static void members_come_one_by_one(void **state)
{
    static const struct {
        const char *body, *members;
    } rows[] = {
        {"{}", ""},
        {" {\n} \r\n", ""},
        {"{\"a\":1}", "a=1;"},
        {"\xef\xbb\xbf{ \"a\" : -1.5e3 , \"b\":\"x\" }", "a=-1.5e3;b=\"x\";"},
        {"{\"a\":{\"b\":[1,{\"c\":2}]},\"d\":[],\"e\":null}", "a={\"b\":[1,{\"c\":2}]};d=[];e=null;"},
        {"{\"a\":\"}\\\"]{\",\"b\":[\"]\\\\\",\"{\"]}", "a=\"}\\\"]{\";b=[\"]\\\\\",\"{\"];"},
        {"{\"cn::x\":[],\"\":true}", "cn::x=[];=true;"},
        {"{\"中\":1}", "中=1;"},
    };
    struct err err;

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        size_t len = strlen(rows[i].body);
        char *body = exact(rows[i].body, len);
        assert_string_equal(walked(body, len, &err), rows[i].members);
        free(body);
    }
}

static void what_is_no_object_is_refused_with_its_place(void **state)
{
    static const struct {
        const char *body, *says;
    } rows[] = {
        {"", "it ends at byte 0"},
        {"[1]", "byte 0: an object is expected"},
        {"{\"a\":1", "it ends at byte 6"},
        {"{\"a\"", "it ends at byte 4"},
        {"{\"a", "it ends at byte 3"},
        {"{\"a\\", "it ends at byte 4"},
        {"{\"a\":", "it ends at byte 5"},
        {"{\"a\":[{}", "it ends at byte 8"},
        {"{\"a\":\"x", "it ends at byte 7"},
        {"{\"a\":[\"x\\", "it ends at byte 9"},
        {"{\"a\":}", "byte 5: a value is expected"},
        {"{\"a\":,", "byte 5: a value is expected"},
        {"{\"a\" 1}", "byte 5: a colon is expected"},
        {"{a:1}", "byte 1: a name is expected"},
        {"{,}", "byte 1: a name is expected"},
        {"{\"a\":1,}", "byte 7: a name is expected"},
        {"{\"a\":1 \"b\":2}", "byte 7: a comma or a closing brace is expected"},
        {"{\"a\":1]", "byte 6: a comma or a closing brace is expected"},
        {"{} x", "byte 3: text behind the document"},
        {"{\"a\\u0062\":1}", "byte 2: a name with escapes"},
        {"{\"a\xff\":1}", "byte 2: a name with escapes or controls, not UTF-8"},
        {"{\"a\xe4\xb8\":1}", "byte 2: a name with escapes or controls, not UTF-8"},
        {"{\"a\nb\":1}", "byte 2: a name with escapes or controls"},
    };
    struct err err;

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        size_t len = strlen(rows[i].body);
        char *body = exact(rows[i].body, len);
        const char *says = walked(body, len, &err);
        if (strstr(says, rows[i].says) == NULL)
            fail_msg("%s: '%s' instead of '%s'", rows[i].body, says, rows[i].says);
        assert_int_equal(err.kind, ERR_FETCH);
        free(body);
    }
}

static void a_value_is_read_strictly(void **state)
{
    static const char *const bad[] = {"[1,]", "{\"a\":1,\"a\":2}", "[1}", "[\"\xff\"]", "7", "{\"a\":+1}"};
    struct json_members m = {.key = "cn-hangzhou::x", .key_len = 14};
    struct json *v;
    struct err err;

    (void)state;
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        m.value = bad[i];
        m.value_len = strlen(bad[i]);
        assert_int_equal(json_members_read(&m, &v, &err), -1);
        assert_memory_equal(err.text, "cn-hangzhou::x: not", 19);
    }
    m.value = "[\"0.50\"]";
    m.value_len = 8;
    assert_int_equal(json_members_read(&m, &v, &err), 0);
    assert_string_equal(json_string(json_item(v, 0)), "0.50");
    json_free(v);
}

static void a_document_is_split_wherever_its_large_member_stands(void **state)
{
    static const char *const bodies[] = {
        "{\"currency\":\"CNY\",\"n\":1,\"big\":{\"a\":[1],\"b\":{}}}",
        "{\"big\":{\"a\":[1],\"b\":{}},\"currency\":\"CNY\",\"n\":1}",
        " {\"currency\":\"CNY\" , \"big\": {\"a\":[1],\"b\":{}} ,\"n\":1}\n",
    };
    struct json_members m;
    struct json *rest;
    struct err err;

    (void)state;
    for (size_t i = 0; i < sizeof bodies / sizeof *bodies; i++) {
        assert_int_equal(json_members_split(bodies[i], strlen(bodies[i]), "big", &rest, &m, &err), 0);
        assert_string_equal(json_string(json_get(rest, "currency")), "CNY");
        assert_string_equal(json_string(json_get(rest, "n")), "1");
        assert_null(json_get(rest, "big"));
        json_free(rest);
        assert_int_equal(json_members_next(&m, &err), 1);
        assert_true(json_members_is(&m, "a"));
        assert_false(json_members_is(&m, "ab"));
        assert_int_equal(json_members_next(&m, &err), 1);
        assert_int_equal(json_members_next(&m, &err), 0);
    }
}

static void a_document_that_cannot_be_split_is_refused(void **state)
{
    static const struct {
        const char *body, *says;
    } rows[] = {
        {"{\"big\":{},\"big\":{}}", "'big' twice"},
        {"{\"other\":{}}", "no 'big' in the answer"},
        {"{\"big\":[]}", "byte 0: an object is expected"},
        {"{\"big\":{},\"a\":1,\"a\":2}", "a key twice"},
        {"{\"big\":{},\"a\":nul}", "not JSON"},
        {"{\"big\":{}} {}", "text behind the document"},
    };
    struct json_members m;
    struct json *rest;
    struct err err;

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        assert_int_equal(json_members_split(rows[i].body, strlen(rows[i].body), "big", &rest, &m, &err), -1);
        if (strstr(err.text, rows[i].says) == NULL)
            fail_msg("%s: '%s' instead of '%s'", rows[i].body, err.text, rows[i].says);
    }
}

/* Cut anywhere and with any byte changed: members or a message, never a byte outside. */
static void nothing_outside_is_read(void **state)
{
    static const char text[] = "{\"c\":\"x\\\"\",\"big\":{\"a::b\":{\"h\":[{\"p\":\"1\"}]},\"d\":[]},\"n\":null}";
    static const char planted[] = {'"', '{', '}', '[', ']', '\\', ',', ':', '\0', '\xff', ' '};
    struct json_members m;
    struct json *rest;
    struct err err;

    (void)state;
    for (size_t len = 0; len < sizeof text; len++)
        for (size_t at = 0; at < len; at++)
            for (size_t p = 0; p < sizeof planted; p++) {
                char *body = exact(text, len);
                body[at] = planted[p];
                err.text[0] = '\0';
                int rc = json_members_split(body, len, "big", &rest, &m, &err);
                if (rc == 0) {
                    while ((rc = json_members_next(&m, &err)) == 1)
                        assert_true(m.value_len > 0);
                    json_free(rest);
                }
                assert_true(rc == 0 || (rc == -1 && err.text[0] != '\0'));
                free(body);
            }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(members_come_one_by_one),
        cmocka_unit_test(what_is_no_object_is_refused_with_its_place),
        cmocka_unit_test(a_value_is_read_strictly),
        cmocka_unit_test(a_document_is_split_wherever_its_large_member_stands),
        cmocka_unit_test(a_document_that_cannot_be_split_is_refused),
        cmocka_unit_test(nothing_outside_is_read),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
