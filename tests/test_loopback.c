/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The provider of our own that other tests lean on: which recorded answer a request gets, and that
 * orders begin and end when they should. How it misbehaves shows in test_transport.
 */
#include "tests/support/test.h"

#include "fetchers/transport.h"
#include "tests/support/loopback.h"
#include "tests/support/scratch.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static struct loopback *lb;
static struct transport *transport;

static const char answers[] = "name,method,path,match,status,type,file\n"
                              "plain,GET,/list?a=1&b=2,,200,application/json,one.json\n"
                              "second,POST,/ask,\"\"\"Page\"\":2 && X-Action: Price\",200,application/json,two.json\n"
                              "first,POST,/ask,,200,text/plain,one.json\n"
                              "signed,GET,/?Action=Price&Region=cn-hangzhou,,403,application/json,two.json\n"
                              "begins,GET,/files/*,,200,text/csv,one.json\n"
                              "moved,GET,/moved,,302,text/html,to.txt\n"
                              "empty,GET,/empty,,204,,\n";

static int start(void **state)
{
    const struct transport_options opt = {.ca_bundle = NULL};
    struct err err;

    (void)state;
    scratch_write("answers.csv", answers);
    scratch_write("one.json", "{\"n\":1}");
    scratch_write("two.json", "{\"n\":2}");
    scratch_write("to.txt", "/list?a=1&b=2\nnot this\n");
    lb = loopback_start(scratch_dir(), LOOPBACK_HTTP);
    return transport_open(&transport, &opt, &err);
}

static int stop(void **state)
{
    (void)state;
    transport_close(transport);
    loopback_stop(lb);
    scratch_free();
    return 0;
}

/* Asks, and sees the status and the body that come. */
static struct transport_result ask(const char *method, const char *path, const char *body, int status, const char *want)
{
    static const char *const headers[] = {"X-Action: Price"};
    struct transport_result r = {0};
    struct raw raw;
    struct err err;
    char url[256];
    size_t n;

    unlink(scratch_path("got"));
    assert_int_equal(raw_open(&raw, scratch_path("got"), 1000, &err), 0);
    snprintf(url, sizeof url, "%s%s", loopback_url(lb), path);
    struct transport_request q = {.method = method,
                                  .url = url,
                                  .headers = headers,
                                  .nheaders = 1,
                                  .body = body,
                                  .body_len = body != NULL ? strlen(body) : 0,
                                  .into = &raw};
    assert_int_equal(transport_start(transport, &q, 1, &err), 0);
    while (transport_wait(transport, 1000, &r, &err) == 0)
        ;
    raw_abandon(&raw);
    assert_int_equal(r.status, status);
    char *bytes = scratch_read("got", &n);
    assert_string_equal(bytes, want);
    free(bytes);
    return r;
}

static const char *last_name(void)
{
    return loopback_seen(lb, "*", loopback_count(lb, "*") - 1)->name;
}

static void a_request_gets_its_row(void **state)
{
    static const struct {
        const char *method, *path, *body;
        int status;
        const char *want, *name;
    } rows[] = {
        {"GET", "/list?a=1&b=2", NULL, 200, "{\"n\":1}", "plain"},
        {"GET", "/list?b=2&a=1", NULL, 200, "{\"n\":1}", "plain"},
        {"GET", "/list?a=1", NULL, 404, "no such answer\n", ""},
        {"GET", "/list?a=1&b=2&c=3", NULL, 404, "no such answer\n", ""},
        {"GET", "/list?a=1&b=22", NULL, 404, "no such answer\n", ""},
        {"GET", "/list", NULL, 404, "no such answer\n", ""},
        {"GET", "/lis", NULL, 404, "no such answer\n", ""},
        {"POST", "/list?a=1&b=2", "", 404, "no such answer\n", ""},
        {"POST", "/ask", "{\"Page\":2}", 200, "{\"n\":2}", "second"},
        {"POST", "/ask", "{\"Page\":1}", 200, "{\"n\":1}", "first"},
        {"GET", "/?Signature=x%3D&Region=cn-hangzhou&Action=Price&SignatureNonce=7&AccessKeyId=i&Timestamp=t", NULL,
         403, "{\"n\":2}", "signed"},
        {"GET", "/?Signatures=x&Region=cn-hangzhou&Action=Price", NULL, 404, "no such answer\n", ""},
        {"GET", "/files/a.csv?x", NULL, 200, "{\"n\":1}", "begins"},
        {"GET", "/file", NULL, 404, "no such answer\n", ""},
        {"GET", "/empty", NULL, 204, "", "empty"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        ask(rows[i].method, rows[i].path, rows[i].body, rows[i].status, rows[i].want);
        assert_string_equal(last_name(), rows[i].name);
        assert_string_equal(loopback_seen(lb, "*", i)->path, rows[i].path);
    }
    assert_int_equal(loopback_count(lb, "plain"), 2);
    assert_string_equal(loopback_seen(lb, "second", 0)->body, "{\"Page\":2}");
    char want[128];
    snprintf(want, sizeof want, "%s/list?a=1&b=2", loopback_url(lb));
    assert_string_equal(ask("GET", "/moved", NULL, 302, "").location, want);
}

static void orders_begin_and_end(void **state)
{
    static const int statuses[] = {200, 503, 503, 429, 200, 200};
    static const char *const bodies[] = {"{\"n\":1}", "not now\n", "not now\n", "not now\n", "{\"n\":1}", "{\"n\":1}"};

    (void)state;
    loopback_order(
        lb, (struct loopback_order){.name = "plain", .deed = LOOPBACK_STATUS, .status = 503, .after = 1, .times = 2});
    loopback_order(
        lb, (struct loopback_order){
                .name = "*", .deed = LOOPBACK_STATUS, .status = 429, .after = 1, .times = 1, .retry_after = "3"});
    for (size_t i = 0; i < sizeof statuses / sizeof *statuses; i++) {
        struct transport_result r = ask("GET", "/list?a=1&b=2", NULL, statuses[i], bodies[i]);
        assert_int_equal(r.retry_after, statuses[i] == 429 ? 3 : -1);
    }
    loopback_misbehave(lb, "*", LOOPBACK_BOM, LOOPBACK_ALWAYS);
    ask("GET", "/list?a=1&b=2", NULL, 200, "\xEF\xBB\xBF{\"n\":1}");
    ask("GET", "/list?a=1&b=2", NULL, 200, "\xEF\xBB\xBF{\"n\":1}");
    loopback_behave(lb);
    ask("GET", "/list?a=1&b=2", NULL, 200, "{\"n\":1}");
    loopback_misbehave(lb, "plain", LOOPBACK_HTML, 1);
    struct transport_result r =
        ask("GET", "/list?a=1&b=2", NULL, 200, "<!DOCTYPE html><html><body>Please log in</body></html>\n");
    assert_string_equal(r.type, "text/html; charset=utf-8");
    loopback_misbehave(lb, "plain", LOOPBACK_HALF, 1);
    ask("GET", "/list?a=1&b=2", NULL, 200, "{\"n");
    loopback_order(
        lb, (struct loopback_order){.name = "plain", .deed = LOOPBACK_BYTES, .bytes = "other", .len = 5, .times = 1});
    assert_string_equal(ask("GET", "/list?a=1&b=2", NULL, 200, "other").type, "application/json");
}

struct pages {
    int n;
    char url[64];
};

/* A list without end: each page names the next. */
static bool next_page(void *with, const struct loopback_seen *seen, struct loopback_answer *out)
{
    struct pages *p = with;

    if (strncmp(seen->path, "/pages", 6) != 0)
        return false;
    out->body = malloc(128);
    if (out->body == NULL)
        return false;
    out->len = (size_t)snprintf(out->body, 128, "{\"next\":\"%s/pages?%d\"}", p->url, ++p->n);
    return true;
}

static void pages_can_be_made_up(void **state)
{
    struct pages p = {.n = 0};
    char want[160];

    (void)state;
    snprintf(p.url, sizeof p.url, "%s", loopback_url(lb));
    loopback_make(lb, next_page, &p);
    for (int i = 1; i <= 3; i++) {
        snprintf(want, sizeof want, "{\"next\":\"%s/pages?%d\"}", loopback_url(lb), i);
        assert_string_equal(ask("GET", "/pages?0", NULL, 200, want).type, "application/json");
        assert_string_equal(last_name(), "made");
    }
    ask("GET", "/list?a=1&b=2", NULL, 200, "{\"n\":1}");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_request_gets_its_row, start, stop),
        cmocka_unit_test_setup_teardown(orders_begin_and_end, start, stop),
        cmocka_unit_test_setup_teardown(pages_can_be_made_up, start, stop),
    };

    signal(SIGPIPE, SIG_IGN);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
