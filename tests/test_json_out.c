/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Writing JSON: its layout, and what has to be escaped (RFC 8259, section 7).
 */
#include "tests/support/test.h"

#include "calc/json_out.h"

#include <json-c/json.h>
#include <string.h>

static void layout(void **state)
{
    struct buf out = {0};
    struct json_out j = {.out = &out};
    (void)state;
    json_open_object(&j, NULL, false);
    json_text(&j, "text", "a");
    json_open_array(&j, "empty", false);
    json_close(&j);
    json_open_array(&j, "list", false);
    json_int(&j, NULL, -1);
    json_open_object(&j, NULL, true);
    json_boolean(&j, "yes", true);
    json_open_array(&j, "flat", false); /* inside a flat one: flat */
    json_null(&j, NULL);
    json_decimal(&j, NULL, dec_of(15, 1), 2);
    json_close(&j);
    json_close(&j);
    json_close(&j);
    json_day(&j, "day", DATE_NONE);
    json_close(&j);
    assert_string_equal(out.v, "{\n"
                               "  \"text\": \"a\",\n"
                               "  \"empty\": [],\n"
                               "  \"list\": [\n"
                               "    -1,\n"
                               "    {\"yes\": true, \"flat\": [null, \"1.50\"]}\n"
                               "  ],\n"
                               "  \"day\": null\n"
                               "}\n");
    buf_free(&out);
}

static void any_text_comes_back(void **state)
{
    char text[0x80];
    struct buf out = {0};
    struct json_out j = {.out = &out};
    struct json_object *v;
    (void)state;
    for (int i = 1; i < 0x80; i++)
        text[i - 1] = (char)i;
    text[0x7F] = '\0';
    json_open_array(&j, NULL, false);
    json_text(&j, NULL, text);
    json_text(&j, NULL, "店铺 €");
    json_close(&j);
    v = json_tokener_parse(out.v);
    assert_non_null(v);
    assert_string_equal(json_object_get_string(json_object_array_get_idx(v, 0)), text);
    assert_string_equal(json_object_get_string(json_object_array_get_idx(v, 1)), "店铺 €");
    assert_null(strchr(out.v, '\t'));
    json_object_put(v);
    buf_free(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(layout), cmocka_unit_test(any_text_comes_back)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
