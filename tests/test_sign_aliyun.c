/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The RPC signature against the example of Alibaba Cloud's documentation ("Request signatures": testid,
 * testsecret, DescribeRegions), value by value. The page prints the final URL with %253A in Timestamp:
 * its mistake, values are encoded twice in what is signed and once in the URL.
 */
#include "tests/support/test.h"

#include "fetchers/sign_aliyun.h"

#include <string.h>

/* 2016-02-23T12:46:24Z: 16,854 days and 45,984 seconds; `date -u -d 2016-02-23T12:46:24Z +%s`. */
enum { EXAMPLE_TIME = 1456231584 };
static const char nonce[] = "3ee8c1b8-83d3-44af-a94f-4e0ad82fd6cf";
static const struct fetch_key example = {"testid", "testsecret", ""};

#define QUERY                                                                                                          \
    "AccessKeyId=testid&Action=DescribeRegions&Format=XML&SignatureMethod=HMAC-SHA1&"                                  \
    "SignatureNonce=3ee8c1b8-83d3-44af-a94f-4e0ad82fd6cf&SignatureVersion=1.0&"                                        \
    "Timestamp=2016-02-23T12%3A46%3A24Z&Version=2014-05-26"

static void the_text_that_is_signed_is_the_documents(void **state)
{
    struct arena a = {0};

    (void)state;
    assert_string_equal(sign_aliyun_text(&a, "GET", QUERY),
                        "GET&%2F&AccessKeyId%3Dtestid%26Action%3DDescribeRegions%26Format%3DXML%26SignatureMethod"
                        "%3DHMAC-SHA1%26SignatureNonce%3D3ee8c1b8-83d3-44af-a94f-4e0ad82fd6cf%26SignatureVersion"
                        "%3D1.0%26Timestamp%3D2016-02-23T12%253A46%253A24Z%26Version%3D2014-05-26");
    arena_free(&a);
}

static const char *signed_url(struct arena *a, const char *method, const char *url, const struct fetch_key *key)
{
    struct fetch_outgoing out = {.arena = a, .method = method, .url = url};
    const struct fetch_signing with = {.key = key, .now = EXAMPLE_TIME, .nonce = nonce, .endpoint = "ecs"};
    struct err err;

    if (sign_aliyun(&out, &with, &err) != 0)
        fail_msg("%s", err.text);
    assert_int_equal(out.nheaders, 0);
    assert_null(out.body);
    return out.url;
}

static void the_url_carries_query_and_signature(void **state)
{
    static const char want[] = "https://ecs.aliyuncs.com/?" QUERY "&Signature=OLeaidS1JvxuMvnyHOwuJ%2BuX5qY%3D";
    struct arena a = {0};

    (void)state;
    assert_string_equal(signed_url(&a, "GET",
                                   "https://ecs.aliyuncs.com/?Version=2014-05-26&Format=XML&Action=DescribeRegions",
                                   &example),
                        want);
    assert_string_equal(signed_url(&a, "GET",
                                   "https://ecs.aliyuncs.com/?&Action=DescribeRegions&&Format=XML&Version=2014-05-26&",
                                   &example),
                        want);
    arena_free(&a);
}

/* Names are sorted as names: SystemDisk.Size would stand before System=.. if the = counted. The method and
 * a temporary key's token take part. */
static void names_are_sorted_and_a_token_is_sent(void **state)
{
    const struct fetch_key temporary = {"testid", "testsecret", "to+ken/="};
    struct arena a = {0};
    const char *url = signed_url(&a, "POST", "http://127.0.0.1:8080/?System.Size=2&System=1&Zone=z", &temporary);

    (void)state;
    assert_non_null(strstr(url, "/?AccessKeyId=testid&SecurityToken=to%2Bken%2F%3D&SignatureMethod="));
    assert_non_null(strstr(url, "&System=1&System.Size=2&Timestamp="));
    assert_non_null(strstr(url, "&Zone=z&Signature="));
    assert_string_not_equal(
        strstr(url, "&Signature="),
        strstr(signed_url(&a, "GET", "http://127.0.0.1:8080/?System.Size=2&System=1&Zone=z", &temporary),
               "&Signature="));
    arena_free(&a);
}

static void too_many_parameters_are_refused(void **state)
{
    struct arena a = {0};
    char url[1024] = "https://ecs.aliyuncs.com/?";
    struct fetch_outgoing out = {.arena = &a, .method = "GET", .url = url};
    const struct fetch_signing with = {.key = &example, .now = EXAMPLE_TIME, .nonce = nonce, .endpoint = "ecs"};
    struct err err;

    (void)state;
    for (size_t n = strlen(url), i = 0; i < 124; i++, n += 4)
        memcpy(url + n, "a=b&", 5);
    assert_int_equal(sign_aliyun(&out, &with, &err), -1);
    assert_non_null(strstr(err.text, "too many parameters"));
    assert_null(strstr(err.text, "testsecret"));
    arena_free(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_text_that_is_signed_is_the_documents),
        cmocka_unit_test(the_url_carries_query_and_signature),
        cmocka_unit_test(names_are_sorted_and_a_token_is_sent),
        cmocka_unit_test(too_many_parameters_are_refused),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
