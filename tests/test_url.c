/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Addresses taken apart; the forms are those of RFC 3986, section 3.
 */
#include "tests/support/test.h"

#include "fetchers/url.h"

#include <string.h>

static void addresses_are_split(void **state)
{
    static const struct {
        const char *text, *host, *rest;
        bool https;
        int port;
    } rows[] = {
        {"https://prices.example.com", "prices.example.com", "", true, 443},
        {"http://127.0.0.1:8080/a?b=c#d", "127.0.0.1", "/a?b=c#d", false, 8080},
        {"HTTPS://Host:443?x", "Host", "?x", true, 443},
        {"https://[::1]:9/x", "::1", "/x", true, 9},
        {"https://[::1]", "::1", "", true, 443},
    };

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct url u;
        assert_true(url_split(rows[i].text, &u));
        assert_int_equal(u.host_len, strlen(rows[i].host));
        assert_memory_equal(u.host, rows[i].host, u.host_len);
        assert_string_equal(u.rest, rows[i].rest);
        assert_int_equal(u.is_https, rows[i].https);
        assert_int_equal(u.port, rows[i].port);
    }
}

static void what_is_no_address_is_refused(void **state)
{
    static const char *const rows[] = {
        "",
        "prices.example.com",
        "ftp://host/",
        "file:///etc/passwd",
        "https://",
        "https:///path",
        "https://user@host/",
        "https://user:pass@host/",
        "https://host:/",
        "https://host:0/",
        "https://host:65536/",
        "https://host:80x/",
        "https://[::1/",
        "https://[::1]x/",
        "https://ho st/",
        "https://host/a b",
        "https://host\\@other/",
        "https://host/\n",
    };
    struct url u;

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        assert_false(url_split(rows[i], &u));
}

static struct url split(const char *text)
{
    struct url u;

    assert_true(url_split(text, &u));
    return u;
}

static bool same(const char *a, const char *b)
{
    struct url x = split(a), y = split(b);

    return url_same_origin(&x, &y);
}

static void origins_are_scheme_host_and_port(void **state)
{
    (void)state;
    assert_true(same("https://prices.azure.com/a", "https://PRICES.azure.com:443/b"));
    assert_false(same("https://prices.azure.com", "http://prices.azure.com"));
    assert_false(same("https://prices.azure.com", "https://prices.azure.com:8443"));
    assert_false(same("https://prices.azure.com", "https://prices.azure.co"));
    assert_false(same("https://prices.azure.com", "https://prices.azure.com.evil.example"));
}

static bool fits(const char *url, const char *pattern)
{
    struct url u = split(url);

    return url_host_fits(&u, pattern);
}

static void hosts_fit_patterns(void **state)
{
    (void)state;
    assert_true(fits("https://x.blob.core.chinacloudapi.cn/a", "*.blob.core.chinacloudapi.cn"));
    assert_true(fits("https://a.b.blob.core.chinacloudapi.cn/a", "*.BLOB.core.chinacloudapi.cn"));
    assert_false(fits("https://blob.core.chinacloudapi.cn/a", "*.blob.core.chinacloudapi.cn"));
    assert_false(fits("https://xblob.core.chinacloudapi.cn/a", "*.blob.core.chinacloudapi.cn"));
    assert_false(fits("https://x.blob.core.chinacloudapi.cn.evil.example/", "*.blob.core.chinacloudapi.cn"));
    assert_true(fits("https://Prices.example.com/", "prices.example.com"));
    assert_false(fits("https://a.prices.example.com/", "prices.example.com"));
}

static bool loopback(const char *url)
{
    struct url u = split(url);

    return url_is_loopback(&u);
}

static void only_literals_are_loopback(void **state)
{
    (void)state;
    assert_true(loopback("http://127.0.0.1:1/"));
    assert_true(loopback("http://127.255.1.2"));
    assert_true(loopback("http://[::1]:8/"));
    assert_false(loopback("http://localhost/"));
    assert_false(loopback("http://127.0.0.1.evil.example/"));
    assert_false(loopback("http://127.1/"));
    assert_false(loopback("http://1270.0.0.1/"));
    assert_false(loopback("http://128.0.0.1/"));
    assert_false(loopback("http://[::2]/"));
}

static void messages_show_no_query(void **state)
{
    struct arena a = {NULL};

    (void)state;
    assert_string_equal(url_plain("https://h/p?Signature=x#y", &a), "https://h/p");
    assert_string_equal(url_plain("https://h/p#y", &a), "https://h/p");
    assert_string_equal(url_plain("https://h/p", &a), "https://h/p");
    arena_free(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(addresses_are_split),
        cmocka_unit_test(what_is_no_address_is_refused),
        cmocka_unit_test(origins_are_scheme_host_and_port),
        cmocka_unit_test(hosts_fit_patterns),
        cmocka_unit_test(only_literals_are_loopback),
        cmocka_unit_test(messages_show_no_query),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
