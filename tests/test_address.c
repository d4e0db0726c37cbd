/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Where a question may go.
 */
#include "tests/support/test.h"

#include "fetchers/drive.h"

#include <string.h>

static const struct fetch_endpoint own[] = {
    {"site-a", "", "https://prices.example.com", 60},
    {"site-a", "bss", "https://bss.example.com", 60},
    {"site-b", "", "https://prices-b.example.com", 60},
    {NULL, NULL, NULL, 0},
};
static const char *const follows[] = {"*.blob.example.net", NULL};
static const struct fetcher fetcher = {.name = "x", .endpoints = own, .follows = follows};

/* The address for a question of site-a, "refused" when it may not go there. */
static const char *go(const struct fetch_endpoint *configured, const char *asked, bool is_signed, struct arena *a)
{
    const struct fetch_job job = {.site = "site-a", .endpoints = configured, .nendpoints = 2};
    const char *url;
    struct err err;

    if (drive_address(&fetcher, &job, asked, is_signed, a, &url, &err) == 0)
        return url;
    assert_int_equal(err.kind, ERR_FETCH);
    return "refused";
}

static void a_question_goes_to_its_endpoints_and_what_the_fetcher_follows(void **state)
{
    const struct fetch_endpoint as_published[] = {own[0], own[1]};
    struct arena a = {NULL};

    (void)state;
    assert_string_equal(go(as_published, "https://prices.example.com/a?b", false, &a),
                        "https://prices.example.com/a?b");
    assert_string_equal(go(as_published, "https://prices.example.com:443/a", true, &a),
                        "https://prices.example.com:443/a");
    assert_string_equal(go(as_published, "https://x.blob.example.net/f?token", false, &a),
                        "https://x.blob.example.net/f?token");
    assert_string_equal(go(as_published, "https://x.blob.example.net/f", true, &a), "refused"); /* never signed */
    assert_string_equal(go(as_published, "http://x.blob.example.net/f", false, &a), "refused");
    assert_string_equal(go(as_published, "http://prices.example.com/a", false, &a), "refused");
    assert_string_equal(go(as_published, "https://prices-b.example.com/a", false, &a), "refused"); /* another site's */
    assert_string_equal(go(as_published, "https://elsewhere.example.org/a", false, &a), "refused");
    assert_string_equal(go(as_published, "file:///etc/passwd", false, &a), "refused");
    arena_free(&a);
}

static void a_configured_endpoint_takes_what_names_the_providers_own(void **state)
{
    static const struct fetch_endpoint mirror[] = {
        {"site-a", "", "http://127.0.0.1:8080/mirror", 60},
        {"site-a", "bss", "http://127.0.0.1:8081", 60},
    };
    struct arena a = {NULL};

    (void)state;
    assert_string_equal(go(mirror, "https://prices.example.com:443/a?$skip=1", false, &a),
                        "http://127.0.0.1:8080/mirror/a?$skip=1");
    assert_string_equal(go(mirror, "https://bss.example.com/b", true, &a), "http://127.0.0.1:8081/b");
    assert_string_equal(go(mirror, "http://127.0.0.1:8080/mirror/a", true, &a), "http://127.0.0.1:8080/mirror/a");
    assert_string_equal(go(mirror, "https://elsewhere.example.org/a", true, &a), "refused");
    arena_free(&a);
}

static void a_file_from_an_address_may_be_asked_there(void **state)
{
    const struct fetch_job job = {.site = "", .file = "https://finance.example.com/prices.csv"};
    const struct fetcher csv = {.name = "csv"};
    struct arena a = {NULL};
    const char *url;
    struct err err;

    (void)state;
    assert_int_equal(drive_address(&csv, &job, "https://finance.example.com/prices.csv", false, &a, &url, &err), 0);
    assert_int_equal(drive_address(&csv, &job, "https://other.example.com/prices.csv", false, &a, &url, &err), -1);
    assert_string_equal(err.text, "the answers lead to another host, 'other.example.com': not asked");
    arena_free(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_question_goes_to_its_endpoints_and_what_the_fetcher_follows),
        cmocka_unit_test(a_configured_endpoint_takes_what_names_the_providers_own),
        cmocka_unit_test(a_file_from_an_address_may_be_asked_there),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
