/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * SDK-HMAC-SHA256 against the example of Huawei Cloud's documentation (devg-apisign, published example key),
 * value by value.
 */
#include "tests/support/test.h"

#include "calc/hash.h"
#include "fetchers/sign_huawei.h"

#include <string.h>

static const struct fetch_key example = {"QTWAOYTTINDUT2QVKYUC", "MFyfvK41ba2giqM7Uio6PznpdUKGpownRZlmVmHc", ""};

/* 20191115T033655Z: `date -u -d 2019-11-15T03:36:55Z +%s` */
enum { EXAMPLE_TIME = 1573789015 };

static struct fetch_outgoing question(struct arena *a, const char *url)
{
    return (struct fetch_outgoing){
        .arena = a, .method = "GET", .url = url, .headers = {"Content-Type: application/json"}, .nheaders = 1};
}

#define PLACE "https://service.region.example.com/v1/77b6a44cba5143ab91d13ab9a8ff44fd/vpcs"
#define MARKER "marker=13551d6b-755d-4757-b956-536f674975c0"

/* The slash at the end of the path is in what is signed and not in what is asked. */
static void the_request_is_the_documents(void **state)
{
    struct arena a = {0};
    struct fetch_outgoing io = question(&a, PLACE "?limit=2&" MARKER);
    char digest[SHA256_TEXT];
    const char *names;
    struct err err;
    const char *text = sign_huawei_request(&io, "20191115T033655Z", &names, &err);

    (void)state;
    assert_non_null(text);
    assert_string_equal(text, "GET\n/v1/77b6a44cba5143ab91d13ab9a8ff44fd/vpcs/\nlimit=2&" MARKER "\n"
                              "content-type:application/json\nhost:service.region.example.com\n"
                              "x-sdk-date:20191115T033655Z\n\ncontent-type;host;x-sdk-date\n"
                              "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    assert_int_equal(hash_sha256(text, strlen(text), digest, &err), 0);
    assert_string_equal(digest, "b25362e603ee30f4f25e7858e8a7160fd36e803bb2dfe206278659d71a9bcd7a");
    arena_free(&a);
}

static void the_signature_is_the_documents(void **state)
{
    /* The order of the parameters, and a slash at the end, change nothing. */
    static const char *const urls[] = {PLACE "?limit=2&" MARKER, PLACE "?" MARKER "&limit=2",
                                       PLACE "/?limit=2&" MARKER};
    const struct fetch_signing with = {.key = &example, .now = EXAMPLE_TIME, .nonce = "", .endpoint = "bss"};
    struct err err;

    (void)state;
    for (size_t i = 0; i < sizeof urls / sizeof *urls; i++) {
        struct arena a = {0};
        struct fetch_outgoing io = question(&a, urls[i]);
        assert_int_equal(sign_huawei(&io, &with, &err), 0);
        assert_int_equal(io.nheaders, 3);
        assert_string_equal(io.headers[1], "X-Sdk-Date: 20191115T033655Z");
        assert_string_equal(io.headers[2],
                            "Authorization: SDK-HMAC-SHA256 Access=QTWAOYTTINDUT2QVKYUC, "
                            "SignedHeaders=content-type;host;x-sdk-date, "
                            "Signature=7be6668032f70418fcc22abc52071e57aff61b84a1d2381bb430d6870f4f6ebe");
        assert_string_equal(io.url, urls[i]);
        arena_free(&a);
    }
}

static void names_are_sorted_before_values(void **state)
{
    struct arena a = {0};
    struct fetch_outgoing io = question(&a, "https://h.example.com?b&a-b=2&a=2&a=1");
    const char *names;
    struct err err;

    (void)state;
    assert_non_null(strstr(sign_huawei_request(&io, "20191115T033655Z", &names, &err), "GET\n/\na=1&a=2&a-b=2&b=\n"));
    arena_free(&a);
}

static void the_body_and_a_token_count(void **state)
{
    const struct fetch_key temporary = {"AK", "secret", "the-token"};
    const struct fetch_signing with = {.key = &temporary, .now = EXAMPLE_TIME, .nonce = "", .endpoint = "bss"};
    struct arena a = {0};
    struct fetch_outgoing io = question(&a, "https://h.example.com/v2");
    const char *names;
    struct err err;

    (void)state;
    io.method = "POST";
    io.body = "abc and more";
    io.body_len = 3;
    /* FIPS 180-4: the digest of "abc" */
    assert_non_null(strstr(sign_huawei_request(&io, "20191115T033655Z", &names, &err),
                           "\nba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"));
    assert_int_equal(sign_huawei(&io, &with, &err), 0);
    assert_string_equal(io.headers[2], "X-Security-Token: the-token");
    arena_free(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_request_is_the_documents),
        cmocka_unit_test(the_signature_is_the_documents),
        cmocka_unit_test(names_are_sorted_before_values),
        cmocka_unit_test(the_body_and_a_token_count),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
