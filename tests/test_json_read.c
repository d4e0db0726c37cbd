/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What is JSON and what is not (RFC 8259), and what json-c would take without a word.
 */
#include "tests/support/test.h"

#include "fetchers/json_read.h"

#include <stdio.h>
#include <string.h>

static struct json *read_text(const char *body)
{
    struct json *doc = NULL;
    struct err err = {.text = ""};

    if (json_read(body, strlen(body), &doc, NULL, &err) != 0)
        fail_msg("%s: %s", body, err.text);
    return doc;
}

static void refuses_bytes(const char *body, size_t len, const char *says)
{
    struct json *doc = NULL;
    struct err err = {.text = ""};

    if (json_read(body, len, &doc, NULL, &err) == 0)
        fail_msg("took %s", body);
    assert_int_equal(err.kind, ERR_FETCH);
    if (strstr(err.text, says) == NULL)
        fail_msg("%s said: %s", body, err.text);
}

static void refuses(const char *body, const char *says)
{
    refuses_bytes(body, strlen(body), says);
}

/* ---- the document ---- */

static void a_byte_order_mark_and_blanks_are_passed_over(void **state)
{
    static const char *const bodies[] = {"\xef\xbb\xbf{\"a\":1}", "  {\"a\":1}\r\n\t ", "{\"a\":1}",
                                         "\xef\xbb\xbf\n{ \"a\" : 1 }\n"};

    (void)state;
    for (size_t i = 0; i < sizeof bodies / sizeof *bodies; i++) {
        struct json *doc = read_text(bodies[i]);
        assert_string_equal(json_string(json_get(doc, "a")), "1");
        json_free(doc);
    }
}

static void what_stands_behind_the_document_is_refused(void **state)
{
    (void)state;
    refuses("{\"a\":1} x", "not JSON at byte 8");
    refuses("{\"a\":1}{\"b\":2}", "not JSON at byte 7");
    refuses("[1],", "not JSON at byte 3");
    refuses_bytes("{\"a\":1}\0", 8, "not JSON at byte 7");
    refuses_bytes("{\"a\":1}\0{\"a\":2}", 15, "not JSON at byte 7");
}

static void where_a_document_ends_can_be_asked(void **state)
{
    const char *body = "{\"a\":1}{\"b\":2}";
    struct json *doc;
    struct err err;
    size_t used = 0;

    (void)state;
    assert_int_equal(json_read(body, strlen(body), &doc, &used, &err), 0);
    assert_int_equal(used, 7);
    json_free(doc);
    assert_int_equal(json_read(body + used, strlen(body) - used, &doc, &used, &err), 0);
    assert_string_equal(json_string(json_get(doc, "b")), "2");
    assert_int_equal(used, 7);
    json_free(doc);
}

static void what_is_no_json_is_refused_with_its_place(void **state)
{
    static const struct {
        const char *body, *says;
    } rows[] = {
        {"", "it ends at byte 0"},
        {"   ", "it ends"},
        {"\xef\xbb\xbf", "it ends at byte 3"},
        {"{\"a\":", "it ends at byte 5 in the middle of a value"},
        {"[1,2", "it ends at byte 4"},
        {"{\"a\":\"x", "it ends at byte 7"},
        {"<html>", "not JSON at byte 0"},
        {"{'a':1}", "not JSON at byte 1"},
        {"{\"a\":'x'}", "not JSON at byte 5"},
        {"{a:1}", "not JSON at byte 1"},
        {"{\"a\" 1}", "not JSON at byte 5"},
        {"{\"a\":1,}", "not JSON at byte 7"},
        {"[1,]", "not JSON at byte 3"},
        {"[1 2]", "not JSON at byte 3"},
        {"{\"a\":1 /* one */}", "not JSON"},
        {"// x\n[1]", "not JSON at byte 0"},
        {"{\"a\":01}", "not JSON"},
        {"{\"a\":+1}", "not JSON"},
        {"{\"a\":.5}", "not JSON"},
        {"{\"a\":0x10}", "not JSON"},
        {"{\"a\":tru}", "not JSON"},
        {"{\"a\":\"\\x41\"}", "not JSON"},
        {"[1}", "not JSON at byte 2"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        refuses(rows[i].body, rows[i].says);
}

static void a_document_is_an_object_or_a_list(void **state)
{
    static const char *const bodies[] = {"1 ", "\"x\"", "true", "null"};

    (void)state;
    for (size_t i = 0; i < sizeof bodies / sizeof *bodies; i++)
        refuses(bodies[i], "not JSON");
}

static void numbers_that_are_none_are_refused(void **state)
{
    static const char *const bodies[] = {"{\"a\":NaN}",       "{\"a\":nan}",  "{\"a\":Infinity}",
                                         "{\"a\":-Infinity}", "[Infinity,1]", "{\"a\":[-0]}",
                                         "{\"a\":-0}",        "[-0,1]",       "[1,\n-0 ]"};

    (void)state;
    for (size_t i = 0; i < sizeof bodies / sizeof *bodies; i++)
        refuses(bodies[i], "JSON");
    json_free(read_text("{\"-0\":\"-0, NaN, -Infinity\",\"b\":[-0.5,-0e1,1e-05,-10]}"));
}

static void bytes_that_are_no_utf8_are_refused(void **state)
{
    (void)state;
    refuses("{\"a\":\"\xff\"}", "not JSON at byte");
    refuses("{\"a\":\"\xc3(\"}", "not JSON");
    refuses("{\"\xed\xa0\x80\":1}", "not JSON");
    refuses("{\"a\":\"\xe4\xb8\"}", "not JSON");
    json_free(read_text("{\"价格\":\"北京\"}"));
}

static void depth_has_a_limit(void **state)
{
    char body[512];

    (void)state;
    for (int deep = 60; deep <= 70; deep++) {
        struct json *doc = NULL;
        struct err err;
        memset(body, '[', deep);
        memset(body + deep, ']', deep);
        int rc = json_read(body, (size_t)(2 * deep), &doc, NULL, &err);
        assert_int_equal(rc, deep <= 64 ? 0 : -1);
        json_free(doc);
    }
}

/* ---- keys that stand twice ---- */

static void a_key_that_stands_twice_is_refused(void **state)
{
    (void)state;
    refuses("{\"a\":1,\"a\":2}", "an object has a key twice");
    refuses("{\"a\":1,\"a\":1}", "an object has a key twice");
    refuses("{\"x\":[{\"b\":{\"a\":1,\"c\":2,\"a\":3}}]}", "an object has a key twice");
    refuses("{\"a\":1,\"\\u0061\":2}", "an object has a key twice");
    refuses("{\"a\":1,\"a\\u0000b\":2}", "an object has a key twice"); /* as texts in C they are the same */
    refuses("{\"a\":{\"b\":1},\"a\":{\"c\":2,\"d\":3}}", "an object has a key twice");
}

/* Keys are counted by the colons outside of texts. */
static void colons_and_quotes_inside_texts_do_not_count(void **state)
{
    static const char *const bodies[] = {
        "{\"a\":\"x:y\",\"b:c\":\"::\"}",
        "{\"a\":\"say \\\":\\\" to me\"}",
        "{\"a\":\"ends in a backslash \\\\\",\"b\":\"\\\\\\\":\"}",
        "{\"a\":\"\\u003a\",\"b\":\"\\u0022:\"}",
        "{\"a\":[\"2020-10-19T20:48:02Z\",\":\"],\"b\":{}}",
        "{\"a\":null,\"b\":[null,{\"c\":null}]}",
    };

    (void)state;
    for (size_t i = 0; i < sizeof bodies / sizeof *bodies; i++)
        json_free(read_text(bodies[i]));
    refuses("{\"a\":\"\\\":\",\"a\":\":\"}", "an object has a key twice");
}

/* ---- looking ---- */

static void values_are_found_by_key_path_and_index(void **state)
{
    struct json *doc = read_text("{\"a\":{\"b\":[{\"c\":\"d\"},2]},\"n\":null,\"t\":true,\"f\":false,\"s\":\"True\","
                                 "\"big\":12345678901234567890}");
    const struct json *found;
    struct err err;

    (void)state;
    assert_int_equal(json_kind(doc), JSON_OBJECT);
    assert_int_equal(json_kind(json_at(doc, "a/b")), JSON_LIST);
    assert_int_equal(json_count(json_at(doc, "a/b")), 2);
    assert_string_equal(json_string(json_get(json_item(json_at(doc, "a/b"), 0), "c")), "d");
    assert_null(json_item(json_at(doc, "a/b"), 2));
    assert_null(json_at(doc, "a/x/b"));
    assert_null(json_at(doc, "a/b/c")); /* a list has no keys */
    assert_null(json_get(doc, "n"));
    assert_null(json_get(NULL, "a"));
    assert_int_equal(json_kind(NULL), JSON_NULL);
    assert_int_equal(json_count(doc), 0);
    assert_string_equal(json_string(NULL), "");
    assert_string_equal(json_string(json_get(doc, "a")), "");
    assert_string_equal(json_string(json_get(doc, "t")), "");
    assert_string_equal(json_string(json_get(doc, "big")), "12345678901234567890");
    assert_true(json_true(json_get(doc, "t")) && json_true(json_get(doc, "s")));
    assert_false(json_true(json_get(doc, "f")) || json_true(NULL) || json_true(doc));
    assert_int_equal(json_need(doc, "a/b", &found, &err), 0);
    assert_int_equal(json_need(doc, "a/z", &found, &err), -1);
    assert_string_equal(err.text, "no 'a/z' in the answer");
    assert_int_equal(json_need(doc, "n", &found, &err), -1);
    json_free(doc);
}

static void members_come_in_the_order_of_the_document(void **state)
{
    struct json *doc = read_text("{\"z\":1,\"a\":null,\"m\":{}}");
    char keys[8] = "";
    size_t n = 0;

    (void)state;
    for (struct json_walk w = json_walk(doc); json_step(&w); n++)
        keys[n] = w.key[0];
    assert_string_equal(keys, "zam");
    for (struct json_walk w = json_walk(json_get(doc, "z")); json_step(&w);)
        fail();
    json_free(doc);
}

/* ---- amounts ---- */

static void amounts_are_read_from_numbers_and_texts(void **state)
{
    static const struct {
        const char *value, *amount; /* NULL: absent; "!": refused */
    } rows[] = {
        {"0.0000166667", "0.0000166667"},
        {"\"0.0100000000\"", "0.01"},
        {"\" 0.5\\t\"", "0.5"},
        {"1e-05", "0.00001"},
        {"1.5E2", "150"},
        {"12", "12"},
        {"0.1", "0.1"},
        {"3.1415926535897", "!"}, /* 13 decimals */
        {"100000000000000000000", "!"},
        {"18446744073709551616", "!"}, /* 2^64: json-c holds it at 2^64 - 1 */
        {"18446744073709551614", "18446744073709551614"},
        {"-99999999999999999999", "!"},
        {"-1", "!"},
        {"\"-1\"", "!"},
        {"\"NaN\"", "!"},
        {"\"1,000\"", "!"},
        {"\"0.5 CNY\"", "!"},
        {"true", "!"},
        {"[1]", "!"},
        {"{}", "!"},
        {"null", NULL},
        {"\"\"", NULL},
        {"\"  \"", NULL},
    };
    char body[64], text[DEC_TEXT];

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct err err = {.text = ""};
        dec_t v;
        snprintf(body, sizeof body, "{\"a\":%s}", rows[i].value);
        struct json *doc = read_text(body);
        int rc = json_amount(json_get(doc, "a"), &v, &err);
        json_free(doc);
        if (rows[i].amount == NULL) {
            assert_int_equal(rc, 0);
        } else if (!strcmp(rows[i].amount, "!")) {
            if (rc != -1)
                fail_msg("took %s", rows[i].value);
            assert_int_equal(err.kind, ERR_FETCH);
        } else {
            if (rc != 1)
                fail_msg("%s: %s", rows[i].value, err.text);
            dec_format(v, 0, text);
            assert_string_equal(text, rows[i].amount);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_byte_order_mark_and_blanks_are_passed_over),
        cmocka_unit_test(what_stands_behind_the_document_is_refused),
        cmocka_unit_test(where_a_document_ends_can_be_asked),
        cmocka_unit_test(what_is_no_json_is_refused_with_its_place),
        cmocka_unit_test(a_document_is_an_object_or_a_list),
        cmocka_unit_test(numbers_that_are_none_are_refused),
        cmocka_unit_test(bytes_that_are_no_utf8_are_refused),
        cmocka_unit_test(depth_has_a_limit),
        cmocka_unit_test(a_key_that_stands_twice_is_refused),
        cmocka_unit_test(colons_and_quotes_inside_texts_do_not_count),
        cmocka_unit_test(values_are_found_by_key_path_and_index),
        cmocka_unit_test(members_come_in_the_order_of_the_document),
        cmocka_unit_test(amounts_are_read_from_numbers_and_texts),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
