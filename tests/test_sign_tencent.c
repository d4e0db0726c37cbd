/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * TC3-HMAC-SHA256 against the example of Tencent Cloud's documentation (api/362/4208, signature v3), value
 * by value. The masked texts of the page are the key.
 */
#include "tests/support/test.h"

#include "fetchers/sign_tencent.h"

#include <string.h>

static const struct fetch_key example = {"AKID********************************", "********************************",
                                         ""};
static const char body[] =
    "{\"Limit\": 1, \"Filters\": [{\"Values\": [\"\\u672a\\u547d\\u540d\"], \"Name\": \"instance-name\"}]}";

enum { EXAMPLE_TIME = 1551113065 }; /* 2019-02-25T16:44:25Z; already the 26th in China */

static struct fetch_outgoing question(struct arena *a)
{
    return (struct fetch_outgoing){
        .arena = a,
        .method = "POST",
        .url = "https://cvm.tencentcloudapi.com/",
        .body = body,
        .body_len = sizeof body - 1,
        .headers = {"Content-Type: application/json; charset=utf-8", "X-TC-Action: DescribeInstances",
                    "X-TC-Version: 2017-03-12", "X-TC-Region: ap-guangzhou"},
        .nheaders = 4,
    };
}

static void the_request_is_the_documents(void **state)
{
    struct arena a = {0};
    struct fetch_outgoing io = question(&a);
    char digest[SHA256_TEXT];
    const char *names;
    struct err err;
    const char *text = sign_tencent_request(&io, &names, &err);

    (void)state;
    assert_non_null(text);
    assert_string_equal(text, "POST\n/\n\ncontent-type:application/json; charset=utf-8\n"
                              "host:cvm.tencentcloudapi.com\nx-tc-action:describeinstances\n\n"
                              "content-type;host;x-tc-action\n"
                              "35e9c5b0e3ae67532d3c9f17ead6c90222632e5b1ff7f6e89887f1398934f064");
    assert_int_equal(hash_sha256(text, strlen(text), digest, &err), 0);
    assert_string_equal(digest, "7019a55be8395899b900fb5564e4200d984910f34794a27cb3fb7d10ff6a1e84");
    arena_free(&a);
}

static void the_keys_are_the_documents(void **state)
{
    struct tencent_keys keys;
    char hex[SHA256_TEXT];
    struct err err;

    (void)state;
    assert_int_equal(sign_tencent_keys(&keys, example.secret, "2019-02-25", "cvm", &err), 0);
    hash_hex(keys.date, sizeof keys.date, hex);
    assert_string_equal(hex, "da98fb70dcf6b112dc21038d1eeeb3a95c74b4dcb12c1131f864f6066bd02be0");
    hash_hex(keys.service, sizeof keys.service, hex);
    assert_string_equal(hex, "8d70cbefb03939f929db64d32dc2ba89b1095620119fe3e050e2b18c5bd2752f");
    hash_hex(keys.signing, sizeof keys.signing, hex);
    assert_string_equal(hex, "b596b923aad85185e2d1f6659d2a062e0a86731226e021e61bfe06f7ed05f5af");
}

static void the_question_is_signed_and_sent_as_it_was(void **state)
{
    struct arena a = {0};
    struct fetch_outgoing io = question(&a);
    const struct fetch_signing with = {.key = &example, .now = EXAMPLE_TIME, .nonce = "", .endpoint = "cvm"};
    struct err err;

    (void)state;
    assert_int_equal(sign_tencent(&io, &with, &err), 0);
    assert_int_equal(io.nheaders, 6);
    assert_string_equal(io.headers[1], "X-TC-Action: DescribeInstances");
    assert_string_equal(io.headers[4], "X-TC-Timestamp: 1551113065");
    assert_string_equal(io.headers[5], "Authorization: TC3-HMAC-SHA256 "
                                       "Credential=AKID********************************/2019-02-25/cvm/tc3_request, "
                                       "SignedHeaders=content-type;host;x-tc-action, "
                                       "Signature=10b1a37a7301a02ca19a647ad722d5e43b4b3cff309d421d85b46093f6ab6c4f");
    assert_ptr_equal(io.body, body);
    assert_string_equal(io.url, "https://cvm.tencentcloudapi.com/");
    arena_free(&a);
}

/* The day is that of UTC: one second makes it the next, and another signature. */
static void the_day_changes_at_midnight_utc(void **state)
{
    static const struct {
        int64_t now;
        const char *scope;
    } rows[] = {{1551139199, "/2019-02-25/cvm/tc3_request"}, {1551139200, "/2019-02-26/cvm/tc3_request"}};
    struct err err;

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct arena a = {0};
        struct fetch_outgoing io = question(&a);
        const struct fetch_signing with = {.key = &example, .now = rows[i].now, .nonce = "", .endpoint = "cvm"};
        assert_int_equal(sign_tencent(&io, &with, &err), 0);
        assert_non_null(strstr(io.headers[5], rows[i].scope));
        arena_free(&a);
    }
}

static void a_temporary_key_brings_its_token_and_a_port_is_part_of_the_host(void **state)
{
    const struct fetch_key temporary = {"AKIDx", "secret", "the-token"};
    const struct fetch_signing with = {.key = &temporary, .now = EXAMPLE_TIME, .nonce = "", .endpoint = "vpc"};
    struct arena a = {0};
    struct fetch_outgoing io = question(&a);
    const char *names;
    struct err err;

    (void)state;
    io.url = "http://127.0.0.1:8081/";
    assert_non_null(strstr(sign_tencent_request(&io, &names, &err), "\nhost:127.0.0.1:8081\n"));
    assert_int_equal(sign_tencent(&io, &with, &err), 0);
    assert_string_equal(io.headers[5], "X-TC-Token: the-token");
    io = question(&a);
    io.url = "https://CVM.tencentcloudapi.com:443/";
    assert_non_null(strstr(sign_tencent_request(&io, &names, &err), "\nhost:cvm.tencentcloudapi.com\n"));
    arena_free(&a);
}

static void without_a_content_type_nothing_is_signed(void **state)
{
    const struct fetch_signing with = {.key = &example, .now = EXAMPLE_TIME, .nonce = "", .endpoint = "cvm"};
    struct arena a = {0};
    struct fetch_outgoing io = question(&a);
    struct err err;

    (void)state;
    io.headers[0] = "Accept: application/json";
    assert_int_equal(sign_tencent(&io, &with, &err), -1);
    assert_int_equal(err.kind, ERR_INTERNAL);
    assert_int_equal(io.nheaders, 4);
    arena_free(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_request_is_the_documents),
        cmocka_unit_test(the_keys_are_the_documents),
        cmocka_unit_test(the_question_is_signed_and_sent_as_it_was),
        cmocka_unit_test(the_day_changes_at_midnight_utc),
        cmocka_unit_test(a_temporary_key_brings_its_token_and_a_port_is_part_of_the_host),
        cmocka_unit_test(without_a_content_type_nothing_is_signed),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
