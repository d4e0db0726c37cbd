/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * bce-auth-v1 against the example of Baidu AI Cloud's documentation (doc/Reference/s/njwvz1yfu), value by value.
 */
#include "tests/support/test.h"

#include "fetchers/sign_baidu.h"

#include <string.h>

static const char id[] = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", secret[] = "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb";
enum { EXAMPLE_TIME = 1430123029 }; /* 2015-04-27T08:23:49Z */

static struct fetch_outgoing example(struct arena *a)
{
    return (struct fetch_outgoing){
        .arena = a,
        .method = "PUT",
        .url =
            "https://bj.bcebos.com/v1/test/myfolder/readme.txt?uploadId=a44cc9bab11cbd156984767aad637851&partNumber=9",
        .headers = {"Date: Mon, 27 Apr 2015 16:23:49 +0800", "Content-Type: text/plain", "Content-Length: 8",
                    "Content-Md5: NFzcPqhviddjRNnSOGo4rw==", "x-bce-date: 2015-04-27T08:23:49Z"},
        .nheaders = 5,
    };
}

/* No line break at the end, values encoded, "/" of the path kept, Date not signed. */
static void the_request_is_the_documents(void **state)
{
    struct arena a = {NULL};
    struct fetch_outgoing io = example(&a);
    const char *names;
    struct err err;
    const char *text = sign_baidu_request(&io, &names, &err);

    (void)state;
    assert_non_null(text);
    assert_string_equal(text, "PUT\n/v1/test/myfolder/readme.txt\n"
                              "partNumber=9&uploadId=a44cc9bab11cbd156984767aad637851\n"
                              "content-length:8\ncontent-md5:NFzcPqhviddjRNnSOGo4rw%3D%3D\n"
                              "content-type:text%2Fplain\nhost:bj.bcebos.com\n"
                              "x-bce-date:2015-04-27T08%3A23%3A49Z");
    assert_string_equal(names, "content-length;content-md5;content-type;host;x-bce-date");
    arena_free(&a);
}

/* The key is text: with the bytes of the first digest the second would be another one. */
static void key_and_signature_are_the_documents(void **state)
{
    struct arena a = {NULL};
    struct fetch_outgoing io = example(&a);
    char key[SHA256_TEXT], signature[SHA256_TEXT];
    const char *names, *prefix = sign_baidu_prefix(&a, id, EXAMPLE_TIME, 1800);
    struct err err;

    (void)state;
    assert_string_equal(prefix, "bce-auth-v1/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa/2015-04-27T08:23:49Z/1800");
    assert_int_equal(sign_baidu_hmac(secret, prefix, key, &err), 0);
    assert_string_equal(key, "1d5ce5f464064cbee060330d973218821825ac6952368a482a592e6615aef479");
    assert_int_equal(sign_baidu_hmac(key, sign_baidu_request(&io, &names, &err), signature, &err), 0);
    assert_string_equal(signature, "d74a04362e6a848f5b39b15421cb449427f419c95a480fd6b8cf9fc783e2999e");
    arena_free(&a);
}

/* What sign() adds; the signature was worked out with Python's hmac from the same key and
 *   POST / /v2/instance/price / a=&b=x%2Fy / content-type, host, x-bce-date, x-bce-security-token */
static void a_question_is_signed(void **state)
{
    struct arena a = {NULL};
    const struct fetch_key key = {id, secret, "tok/en="};
    const struct fetch_signing with = {.key = &key, .now = EXAMPLE_TIME, .nonce = "", .endpoint = "bcc.bj"};
    struct fetch_outgoing io = {.arena = &a,
                                .method = "POST",
                                .url = "https://bcc.bj.baidubce.com/v2/instance/price?b=x%2Fy&a",
                                .body = "{}",
                                .body_len = 2,
                                .headers = {"Content-Type: application/json"},
                                .nheaders = 1};
    struct err err;

    (void)state;
    assert_int_equal(sign_baidu(&io, &with, &err), 0);
    assert_int_equal(io.nheaders, 4);
    assert_string_equal(io.headers[1], "x-bce-date: 2015-04-27T08:23:49Z");
    assert_string_equal(io.headers[2], "x-bce-security-token: tok/en=");
    assert_string_equal(io.headers[3],
                        "Authorization: bce-auth-v1/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa/2015-04-27T08:23:49Z/1800/"
                        "content-type;host;x-bce-date;x-bce-security-token/"
                        "64c9d15e97f4d42503dc0dcf5611fb84e273bfdbb0c133b7b04dc508d2c031a0");
    assert_string_equal(io.url, "https://bcc.bj.baidubce.com/v2/instance/price?b=x%2Fy&a");
    assert_string_equal(io.body, "{}");
    arena_free(&a);
}

static void a_key_without_token_sends_none(void **state)
{
    struct arena a = {NULL};
    const struct fetch_key key = {id, secret, ""};
    const struct fetch_signing with = {.key = &key, .now = EXAMPLE_TIME, .nonce = "", .endpoint = "bcc.bj"};
    struct fetch_outgoing io = {.arena = &a, .method = "GET", .url = "http://127.0.0.1:8080"};
    const char *names;
    struct err err;

    (void)state;
    assert_int_equal(sign_baidu(&io, &with, &err), 0);
    assert_int_equal(io.nheaders, 2);
    assert_string_equal(sign_baidu_request(&io, &names, &err),
                        "GET\n/\n\nhost:127.0.0.1%3A8080\nx-bce-date:2015-04-27T08%3A23%3A49Z");
    arena_free(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_request_is_the_documents),
        cmocka_unit_test(key_and_signature_are_the_documents),
        cmocka_unit_test(a_question_is_signed),
        cmocka_unit_test(a_key_without_token_sends_none),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
