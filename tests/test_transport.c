/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The transport over real HTTP and TLS, against a provider that misbehaves on order.
 */
#include "tests/support/test.h"

#include "fetchers/transport.h"
#include "tests/support/loopback.h"
#include "tests/support/scratch.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

enum { PATIENCE = 10000, BIG = 700 * 1000 + 13, CEILING = 1 << 20 };

static struct fixture {
    struct loopback *lb;
    struct transport *t;
    char *big; /* BIG bytes */
    char big_sha256[SHA256_TEXT];
    char url[512];
} f;

static void fill_big(void)
{
    struct err err;
    uint32_t x = 7;

    f.big = malloc(BIG);
    assert_non_null(f.big);
    for (size_t i = 0; i < BIG; i++) {
        x = x * 1664525u + 1013904223u;
        f.big[i] = (char)(x >> 24);
    }
    assert_int_equal(hash_sha256(f.big, BIG, f.big_sha256, &err), 0);
}

static void open_transport(struct transport_options opt)
{
    struct err err;

    transport_close(f.t);
    f.t = NULL;
    if (transport_open(&f.t, &opt, &err) != 0)
        fail_msg("%s", err.text);
}

/* A provider that has /small, /big and /empty, and a transport that trusts it. */
static void start(unsigned flags)
{
    f.lb = loopback_start(NULL, flags);
    if (f.big == NULL)
        fill_big();
    loopback_put(f.lb, "/small", "application/json", "{\"price\":\"0.42\"}", 16);
    loopback_put(f.lb, "/big", "text/csv", f.big, BIG);
    loopback_put(f.lb, "/empty", "text/plain", "", 0);
    open_transport((struct transport_options){.ca_bundle = loopback_ca(f.lb)});
}

static int stop(void **state)
{
    (void)state;
    transport_close(f.t);
    loopback_stop(f.lb);
    free(f.big);
    f = (struct fixture){.lb = NULL};
    scratch_free();
    return 0;
}

static const char *at(const char *path)
{
    snprintf(f.url, sizeof f.url, "%s%s", loopback_url(f.lb), path);
    return f.url;
}

static void open_raw(struct raw *r, const char *name, uint64_t ceiling)
{
    struct err err;

    unlink(scratch_path(name));
    assert_int_equal(raw_open(r, scratch_path(name), ceiling, &err), 0);
}

/* The next result, of whichever question. */
static struct transport_result result(void)
{
    struct transport_result r = {0};
    struct err err;
    int64_t until = transport_clock() + PATIENCE;
    int got = 0;

    while (got == 0 && transport_clock() < until)
        got = transport_wait(f.t, PATIENCE, &r, &err);
    assert_int_equal(got, 1);
    return r;
}

static struct transport_result ask(struct transport_request question)
{
    struct err err;

    question.method = question.method != NULL ? question.method : "GET";
    if (transport_start(f.t, &question, 7, &err) != 0)
        fail_msg("%s", err.text);
    struct transport_result r = result();
    assert_int_equal(r.ticket, 7);
    return r;
}

/* Asks for the path into the file "got". */
static struct transport_result get_up_to(const char *path, uint64_t ceiling)
{
    struct raw raw;

    open_raw(&raw, "got", ceiling);
    struct transport_result r = ask((struct transport_request){.url = at(path), .into = &raw});
    raw_abandon(&raw);
    return r;
}

static struct transport_result get(const char *path)
{
    return get_up_to(path, CEILING);
}

static void got(const char *want, size_t len)
{
    size_t n;
    char *bytes = scratch_read("got", &n);

    assert_int_equal(n, len);
    assert_memory_equal(bytes, want, len);
    free(bytes);
}

static void ended(struct transport_result r, enum transport_end end, const char *why)
{
    assert_string_equal(r.why, why);
    assert_int_equal(r.end, end);
}

static void answered(struct transport_result r, int status)
{
    ended(r, TRANSPORT_ANSWERED, "");
    assert_int_equal(r.status, status);
}

/* ---- well ---- */

static void a_question_says_what_it_has_to_and_no_more(void **state)
{
    struct raw raw;

    (void)state;
    start(LOOPBACK_HTTP);
    scratch_write(".netrc", "machine 127.0.0.1 login someone password secret\n");
    setenv("HOME", scratch_dir(), 1);
    struct transport_result r = get("/small");
    answered(r, 200);
    assert_string_equal(r.type, "application/json");
    assert_string_equal(r.etag, "");
    assert_string_equal(r.last_modified, "");
    assert_string_equal(r.location, "");
    assert_int_equal(r.retry_after, -1);
    assert_false(r.resumed);
    got("{\"price\":\"0.42\"}", 16);
    char want[200];
    snprintf(want, sizeof want,
             "GET /small HTTP/1.1\nHost: %s\nUser-Agent: tco/0.1.0\nAccept: */*\nAccept-Encoding: gzip\n",
             loopback_url(f.lb) + strlen("http://"));
    assert_string_equal(loopback_seen(f.lb, "/small", 0)->head, want);

    const char *const headers[] = {"X-TC-Action: InquiryPrice", "Content-Type: application/json", "User-Agent: other"};
    open_raw(&raw, "got", CEILING);
    r = ask((struct transport_request){
        .url = at("/small?a=1&b=%E4%B8%AD"), .headers = headers, .nheaders = 3, .plain = true, .into = &raw});
    raw_abandon(&raw);
    answered(r, 404);
    const struct loopback_seen *seen = loopback_seen(f.lb, "", 0);
    assert_string_equal(seen->path, "/small?a=1&b=%E4%B8%AD");
    assert_string_equal(loopback_header(seen, "X-TC-Action"), "InquiryPrice");
    assert_string_equal(loopback_header(seen, "Content-Type"), "application/json");
    assert_string_equal(loopback_header(seen, "User-Agent"), "other");
    assert_string_equal(loopback_header(seen, "Accept-Encoding"), "identity");
}

static bool echo(void *with, const struct loopback_seen *seen, struct loopback_answer *out)
{
    (void)with;
    if (strcmp(seen->method, "POST") != 0 && strcmp(seen->method, "PUT") != 0)
        return false;
    out->body = malloc(seen->len + 1);
    if (out->body == NULL)
        return false;
    memcpy(out->body, seen->body, seen->len);
    out->len = seen->len;
    out->status = 201;
    out->type = "application/octet-stream";
    return true;
}

static void a_body_is_sent_as_it_is(void **state)
{
    enum { LARGE = 1200 * 1000 }; /* over a mebibyte libcurl would like to ask first */
    static const char *const methods[] = {"POST", "PUT"};
    struct raw raw;
    char *large = calloc(1, LARGE);

    (void)state;
    start(LOOPBACK_HTTP);
    assert_non_null(large);
    memcpy(large, f.big, BIG);
    loopback_make(f.lb, echo, NULL);
    for (size_t i = 0; i < 2; i++) {
        open_raw(&raw, "got", LARGE);
        struct transport_request q = {
            .method = methods[i], .url = at("/"), .into = &raw, .body = large, .body_len = LARGE};
        answered(ask(q), 201);
        raw_abandon(&raw);
        got(large, LARGE);
        const struct loopback_seen *seen = loopback_seen(f.lb, "made", i);
        assert_string_equal(seen->method, methods[i]);
        assert_null(loopback_header(seen, "Content-Type"));
        assert_null(loopback_header(seen, "Expect"));
    }
    open_raw(&raw, "got", CEILING);
    answered(ask((struct transport_request){.method = "POST", .url = at("/"), .into = &raw}), 201);
    raw_abandon(&raw);
    assert_string_equal(loopback_header(loopback_seen(f.lb, "made", 2), "Content-Length"), "0");
    free(large);
}

static void several_are_under_way_at_once(void **state)
{
    enum { N = 8 };
    struct raw raws[N];
    struct err err;
    char name[16], sha256[SHA256_TEXT];
    bool seen[N] = {false};

    (void)state;
    start(LOOPBACK_TLS);
    for (int i = 0; i < N; i++) {
        snprintf(name, sizeof name, "raw-%d", i);
        open_raw(&raws[i], name, CEILING);
        struct transport_request q = {.method = "GET", .url = at(i % 2 ? "/small" : "/big"), .into = &raws[i]};
        assert_int_equal(transport_start(f.t, &q, i, &err), 0);
    }
    for (int i = 0; i < N; i++) {
        struct transport_result r = result();
        answered(r, 200);
        assert_in_range(r.ticket, 0, N - 1);
        assert_false(seen[r.ticket]);
        seen[r.ticket] = true;
        assert_string_equal(r.type, r.ticket % 2 ? "application/json" : "text/csv");
    }
    for (int i = 0; i < N; i++) {
        assert_int_equal(raws[i].n, i % 2 ? 16 : BIG);
        assert_int_equal(raw_finish(&raws[i], sha256, &err), 0);
        if (i % 2 == 0)
            assert_string_equal(sha256, f.big_sha256);
    }
}

static void answers_without_a_length_or_a_body(void **state)
{
    (void)state;
    start(LOOPBACK_CHUNKED);
    answered(get("/big"), 200);
    got(f.big, BIG);
    answered(get("/empty"), 200);
    got("", 0);
}

static void errors_have_a_body_too(void **state)
{
    static const struct {
        int status;
        const char *retry_after;
        int seconds;
    } rows[] = {
        {400, NULL, -1},   {403, NULL, -1},
        {429, "7", 7},     {429, "0", 0},
        {503, "soon", -1}, {500, "Sat, 01 Jan 2000 00:00:00 GMT", -1},
        {408, "120", 120}, {503, "999999999999", INT32_MAX},
    };

    (void)state;
    start(LOOPBACK_HTTP | LOOPBACK_ETAG);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        loopback_behave(f.lb);
        loopback_order(f.lb, (struct loopback_order){.name = "*",
                                                     .deed = LOOPBACK_STATUS,
                                                     .status = rows[i].status,
                                                     .retry_after = rows[i].retry_after});
        struct transport_result r = get("/small");
        answered(r, rows[i].status);
        assert_string_equal(r.type, "text/plain");
        assert_int_equal(r.retry_after, rows[i].seconds);
        got("not now\n", 8);
    }
}

static void a_date_to_come_back_at_becomes_seconds(void **state)
{
    char date[64];
    time_t then = (time_t)transport_now() + 3600;
    struct tm tm;

    (void)state;
    start(LOOPBACK_HTTP);
    assert_non_null(gmtime_r(&then, &tm));
    strftime(date, sizeof date, "%a, %d %b %Y %H:%M:%S GMT", &tm);
    loopback_order(f.lb,
                   (struct loopback_order){.name = "*", .deed = LOOPBACK_STATUS, .status = 429, .retry_after = date});
    struct transport_result r = get("/small");
    answered(r, 429);
    assert_in_range(r.retry_after, 3590, 3600);
}

static void redirects_are_reported(void **state)
{
    static const struct {
        const char *location, *want;
    } rows[] = {
        {"https://elsewhere.example/x?y=1", "https://elsewhere.example/x?y=1"},
        {"/other?a=b", "+/other?a=b"},
        {"other", "+/dir/other"},
        {"//elsewhere.example/x", "http://elsewhere.example/x"},
        {"file:///etc/passwd", "file:///etc/passwd"},
        {NULL, "+/dir/small"}, /* a loop */
    };
    char want[600];

    (void)state;
    start(LOOPBACK_HTTP);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        loopback_behave(f.lb);
        loopback_order(f.lb, (struct loopback_order){
                                 .name = "*", .deed = LOOPBACK_REDIRECT, .status = 301, .location = rows[i].location});
        struct transport_result r = get("/dir/small");
        answered(r, 301);
        bool here = rows[i].want[0] == '+';
        snprintf(want, sizeof want, "%s%s", here ? loopback_url(f.lb) : "", rows[i].want + here);
        assert_string_equal(r.location, want);
        assert_int_equal(loopback_count(f.lb, "*"), i + 1);
    }
}

/* ---- packed ---- */

static void packed_answers_are_unpacked(void **state)
{
    (void)state;
    start(LOOPBACK_GZIP);
    answered(get("/big"), 200);
    got(f.big, BIG);
    answered(get("/empty"), 200);
    got("", 0);
    struct raw raw;
    open_raw(&raw, "got", CEILING);
    answered(ask((struct transport_request){.url = at("/small"), .plain = true, .into = &raw}), 200);
    raw_abandon(&raw);
    got("{\"price\":\"0.42\"}", 16);
}

static void packed_answers_that_are_none(void **state)
{
    static const struct {
        enum loopback_deed deed;
        enum transport_end end;
        const char *why;
    } rows[] = {
        {LOOPBACK_GZIP_BAD, TRANSPORT_REFUSED, "the answer says it is gzip, and is not"},
        {LOOPBACK_GZIP_CRC, TRANSPORT_REFUSED, "the answer says it is gzip, and is not"},
        {LOOPBACK_GZIP_CUT, TRANSPORT_CUT, "the packed answer was cut short"},
        {LOOPBACK_BROTLI, TRANSPORT_REFUSED, "the answer is packed as 'br' (asked for: gzip)"},
        {LOOPBACK_GZIP_BOMB, TRANSPORT_REFUSED, "the answer is larger than 1048576 bytes"},
    };

    (void)state;
    start(LOOPBACK_HTTP);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        loopback_behave(f.lb);
        loopback_misbehave(f.lb, "*", rows[i].deed, LOOPBACK_ALWAYS);
        struct transport_result r = get("/small");
        ended(r, rows[i].end, rows[i].why);
        assert_int_equal(r.status, 200);
        size_t n;
        free(scratch_read("got", &n));
        assert_true(n <= CEILING);
    }
}

static void the_ceiling_holds(void **state)
{
    (void)state;
    for (unsigned flags = 0; flags <= LOOPBACK_CHUNKED; flags += LOOPBACK_CHUNKED) {
        start(flags);
        answered(get_up_to("/big", BIG), 200);
        got(f.big, BIG);
        ended(get_up_to("/big", BIG - 1), TRANSPORT_REFUSED, "the answer is larger than 700012 bytes");
        ended(get_up_to("/small", 0), TRANSPORT_REFUSED, "the answer is larger than 0 bytes");
        stop(NULL);
    }
    start(LOOPBACK_HTTP);
    loopback_misbehave(f.lb, "*", LOOPBACK_HUGE_LENGTH, LOOPBACK_ALWAYS);
    ended(get("/small"), TRANSPORT_REFUSED, "the answer is larger than 1048576 bytes");
    got("", 0); /* refused at the head */
}

/* ---- broken ---- */

static void what_breaks_off_may_be_tried_again(void **state)
{
    static const struct {
        enum loopback_deed deed;
        unsigned flags;
        const char *why;
        int status;
    } rows[] = {
        {LOOPBACK_HANGUP, 0, "the connection was closed without an answer", 0},
        {LOOPBACK_CUT, 0, "the answer was cut short", 200},
        {LOOPBACK_CUT, LOOPBACK_CHUNKED, "the answer was cut short", 200},
        {LOOPBACK_LONG_LENGTH, 0, "the answer was cut short", 200},
    };

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        start(rows[i].flags);
        loopback_misbehave(f.lb, "*", rows[i].deed, 1);
        struct transport_result r = get("/big");
        assert_int_equal(r.end, TRANSPORT_CUT);
        assert_string_equal(r.why, rows[i].why);
        assert_int_equal(r.status, rows[i].status);
        answered(get("/big"), 200);
        got(f.big, BIG);
        stop(NULL);
    }
}

/* A listener whose queue is full: connections to it get no answer at all. */
static int deaf_port(int sockets[4])
{
    struct sockaddr_in here = {.sin_family = AF_INET, .sin_addr = {htonl(INADDR_LOOPBACK)}};
    socklen_t len = sizeof here;

    sockets[0] = socket(AF_INET, SOCK_STREAM, 0);
    assert_int_equal(bind(sockets[0], (struct sockaddr *)&here, sizeof here), 0);
    assert_int_equal(listen(sockets[0], 0), 0);
    assert_int_equal(getsockname(sockets[0], (struct sockaddr *)&here, &len), 0);
    for (int i = 1; i < 4; i++) {
        sockets[i] = socket(AF_INET, SOCK_STREAM, 0);
        fcntl(sockets[i], F_SETFL, O_NONBLOCK);
        connect(sockets[i], (struct sockaddr *)&here, sizeof here);
    }
    return ntohs(here.sin_port);
}

/* All at once, as each takes a second. */
static void what_stalls_is_given_up(void **state)
{
    static const enum loopback_deed deeds[] = {LOOPBACK_SILENT, LOOPBACK_DRIP, LOOPBACK_MUTE};
    enum { N = 4 };
    struct raw raws[N];
    struct err err;
    char urls[N][128], name[16];
    int sockets[4];

    (void)state;
    start(LOOPBACK_HTTP);
    open_transport((struct transport_options){.stall_seconds = 1, .connect_seconds = 1});
    int64_t began = transport_clock();
    for (int i = 0; i < N; i++) {
        snprintf(name, sizeof name, "raw-%d", i);
        open_raw(&raws[i], name, CEILING);
        if (i < 3) {
            snprintf(urls[i], sizeof urls[i], "%s/%d", loopback_url(f.lb), i);
            loopback_put(f.lb, urls[i] + strlen(loopback_url(f.lb)), "text/csv", f.big, 150);
            loopback_misbehave(f.lb, urls[i] + strlen(loopback_url(f.lb)), deeds[i], LOOPBACK_ALWAYS);
        } else {
            snprintf(urls[i], sizeof urls[i], "http://127.0.0.1:%d/", deaf_port(sockets));
        }
        struct transport_request q = {.method = "GET", .url = urls[i], .into = &raws[i]};
        assert_int_equal(transport_start(f.t, &q, i, &err), 0);
    }
    for (int i = 0; i < N; i++) {
        struct transport_result r = result();
        ended(r, TRANSPORT_CUT, r.ticket == 3 ? "cannot connect in time" : "the connection stalled");
        assert_int_equal(r.status, r.ticket < 2 ? 200 : 0);
    }
    assert_in_range(transport_clock() - began, 900, 4000);
    for (int i = 0; i < N; i++) {
        raw_abandon(&raws[i]);
        close(sockets[i]);
    }
}

static int closed_port(void)
{
    struct sockaddr_in here = {.sin_family = AF_INET, .sin_addr = {htonl(INADDR_LOOPBACK)}};
    socklen_t len = sizeof here;
    int fd = socket(AF_INET, SOCK_STREAM, 0);

    assert_int_equal(bind(fd, (struct sockaddr *)&here, sizeof here), 0);
    assert_int_equal(getsockname(fd, (struct sockaddr *)&here, &len), 0);
    close(fd);
    return ntohs(here.sin_port);
}

static struct transport_result get_url(const char *url)
{
    struct raw raw;

    open_raw(&raw, "got", CEILING);
    struct transport_result r = ask((struct transport_request){.url = url, .into = &raw});
    raw_abandon(&raw);
    return r;
}

static void nobody_there(void **state)
{
    char url[64];

    (void)state;
    start(LOOPBACK_HTTP);
    snprintf(url, sizeof url, "http://127.0.0.1:%d/?key=SECRET", closed_port());
    struct transport_result r = get_url(url);
    ended(r, TRANSPORT_CUT, "cannot connect: Connection refused");
    assert_int_equal(r.status, 0);
}

/* Someone of few words: these, then the end. "got" holds something already, to be resumed when it is not "". */
static struct transport_result from_stranger_holding(const char *words, const char *held)
{
    struct sockaddr_in here = {.sin_family = AF_INET, .sin_addr = {htonl(INADDR_LOOPBACK)}};
    socklen_t len = sizeof here;
    struct transport_result r = {0};
    struct raw raw;
    struct err err;
    char url[64], rest[1024];

    int fd = socket(AF_INET, SOCK_STREAM, 0);
    assert_int_equal(bind(fd, (struct sockaddr *)&here, sizeof here), 0);
    assert_int_equal(listen(fd, 1), 0);
    assert_int_equal(getsockname(fd, (struct sockaddr *)&here, &len), 0);
    snprintf(url, sizeof url, "http://127.0.0.1:%d/", ntohs(here.sin_port));
    open_raw(&raw, "got", CEILING);
    assert_true(raw_write(&raw, held, strlen(held)));
    struct transport_request q = {
        .method = "GET", .url = url, .into = &raw, .plain = true, .resume = *held != '\0' ? "\"x\"" : NULL};
    assert_int_equal(transport_start(f.t, &q, 1, &err), 0);
    int peer = -1;
    fcntl(fd, F_SETFL, O_NONBLOCK);
    while (peer < 0 || recv(peer, rest, sizeof rest, MSG_DONTWAIT) <= 0) {
        assert_int_equal(transport_wait(f.t, 1, &r, &err), 0); /* lets the question out */
        if (peer < 0)
            peer = accept(fd, NULL, NULL);
    }
    assert_int_equal(write(peer, words, strlen(words)), strlen(words));
    close(peer);
    close(fd);
    r = result();
    raw_abandon(&raw);
    return r;
}

static struct transport_result from_stranger(const char *words)
{
    return from_stranger_holding(words, "");
}

static void what_is_no_http(void **state)
{
    (void)state;
    start(LOOPBACK_HTTP);
    ended(from_stranger("220 mail.example ESMTP\r\n"), TRANSPORT_REFUSED, "the answer is not HTTP");
    static const char *const heads[] = {"HTTP/1.1 200 OK\r\nContent-Le", "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n",
                                        "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\n"};
    struct transport_result r;
    for (size_t i = 0; i < sizeof heads / sizeof *heads; i++) {
        r = from_stranger(heads[i]);
        ended(r, TRANSPORT_CUT, "the answer was cut short");
        assert_int_equal(r.status, 0);
    }
    r = from_stranger("HTTP/1.1 200 OK\r\nContent-Encoding: \x1b[2Jx\r\n\r\nabc");
    ended(r, TRANSPORT_REFUSED, "the answer is packed as '?[2Jx' (asked for: gzip)");
    /* Without a length the end of the connection is the end of the body. */
    answered(from_stranger("HTTP/1.0 200 OK\r\n\r\nabc"), 200);
    got("abc", 3);
    r = from_stranger("HTTP/1.1 206 Partial Content\r\nContent-Range: bytes 0-2/3\r\nContent-Length: 3\r\n\r\nabc");
    ended(r, TRANSPORT_REFUSED, "the answer is a part, and the whole was asked for");
    got("", 0);
    r = from_stranger("HTTP/1.1 103 Early Hints\r\nETag: \"wrong\"\r\n\r\nHTTP/1.1 200 OK\r\nETag: \"right\"\r\n"
                      "Content-Length: 1\r\n\r\nx");
    answered(r, 200);
    assert_string_equal(r.etag, "\"right\"");
}

static void an_address_too_long_to_keep_is_refused(void **state)
{
    struct transport_result r;
    char words[2200];

    (void)state;
    start(LOOPBACK_HTTP);
    for (int len = 2047; len <= 2048; len++) {
        int n = snprintf(words, sizeof words, "HTTP/1.1 302 Found\r\nContent-Length: 0\r\nLocation: http://a/");
        memset(words + n, 'x', (size_t)len - 9);
        snprintf(words + n + len - 9, sizeof words - (size_t)(n + len - 9), "\r\n\r\n");
        r = from_stranger(words);
        if (len == 2047)
            answered(r, 302);
        else
            ended(r, TRANSPORT_REFUSED, "the answer leads to an address over 2047 bytes");
        assert_int_equal(strlen(r.location), len == 2047 ? 2047 : 0);
    }
}

/* ---- resumed ---- */

/* A question for /big that was cut, so that `raw` holds its first half. */
static struct transport_result cut(struct raw *raw)
{
    open_raw(raw, "got", CEILING);
    loopback_misbehave(f.lb, "*", LOOPBACK_CUT, 1);
    struct transport_result r = ask((struct transport_request){.url = at("/big"), .plain = true, .into = raw});
    ended(r, TRANSPORT_CUT, "the answer was cut short");
    assert_int_equal(raw->n, BIG / 2);
    loopback_behave(f.lb);
    return r;
}

static struct transport_result go_on(struct raw *raw, const char *validator)
{
    return ask((struct transport_request){.url = at("/big"), .plain = true, .into = raw, .resume = validator});
}

static void is_big(struct raw *raw)
{
    struct err err;
    char sha256[SHA256_TEXT];

    assert_int_equal(raw->n, BIG);
    assert_int_equal(raw_finish(raw, sha256, &err), 0);
    assert_string_equal(sha256, f.big_sha256);
    got(f.big, BIG);
}

static void a_cut_answer_is_resumed(void **state)
{
    struct raw raw;

    (void)state;
    start(LOOPBACK_TLS | LOOPBACK_ETAG | LOOPBACK_DATED | LOOPBACK_RANGES);
    for (int i = 0; i < 2; i++) {
        struct transport_result first = cut(&raw);
        assert_int_equal(strlen(first.etag), 18);
        assert_string_equal(first.last_modified, "Sat, 21 Nov 2026 08:00:00 GMT");
        struct transport_result r = go_on(&raw, i == 0 ? first.etag : first.last_modified);
        answered(r, 206);
        assert_true(r.resumed);
        assert_string_equal(r.etag, first.etag);
        is_big(&raw);
        const struct loopback_seen *seen = loopback_seen(f.lb, "/big", (size_t)i * 2 + 1);
        assert_string_equal(loopback_header(seen, "Range"), "bytes=350006-");
        assert_string_equal(loopback_header(seen, "If-Range"), i == 0 ? first.etag : first.last_modified);
    }
    /* Nothing held: nothing to resume. */
    open_raw(&raw, "got", CEILING);
    answered(go_on(&raw, "\"any\""), 200);
    is_big(&raw);
    assert_null(loopback_header(loopback_seen(f.lb, "/big", 4), "Range"));
}

static void what_changed_meanwhile_is_taken_whole(void **state)
{
    struct raw raw;

    (void)state;
    start(LOOPBACK_ETAG | LOOPBACK_RANGES);
    cut(&raw);
    struct transport_result r = go_on(&raw, "\"another\"");
    answered(r, 200);
    assert_false(r.resumed);
    is_big(&raw);
    /* Who knows no ranges sends all of it; who has been asked for all of it gets no second half. */
    struct transport_result first = cut(&raw);
    loopback_misbehave(f.lb, "*", LOOPBACK_RANGE_NONE, 1);
    answered(go_on(&raw, first.etag), 200);
    is_big(&raw);
    cut(&raw);
    answered(go_on(&raw, NULL), 200);
    is_big(&raw);
}

static void a_part_must_fit(void **state)
{
    static const char misfit[] = "the answer is not the part that was asked for";
    struct raw raw;

    (void)state;
    start(LOOPBACK_ETAG | LOOPBACK_RANGES);
    for (int i = 0; i < 2; i++) {
        struct transport_result first = cut(&raw);
        loopback_misbehave(f.lb, "*", i == 0 ? LOOPBACK_RANGE_LATE : LOOPBACK_RANGE_BLANK, 1);
        struct transport_result r = go_on(&raw, first.etag);
        ended(r, TRANSPORT_REFUSED, misfit);
        assert_false(r.resumed);
        assert_int_equal(raw.n, BIG / 2);
        raw_abandon(&raw);
    }
    struct transport_result first = cut(&raw);
    loopback_misbehave(f.lb, "*", LOOPBACK_RANGE_PART, 1);
    struct transport_result r = go_on(&raw, first.etag);
    ended(r, TRANSPORT_CUT, "the answer was cut short");
    assert_true(r.resumed);
    assert_true(raw.n > BIG / 2 && raw.n < BIG);
    answered(go_on(&raw, first.etag), 206);
    is_big(&raw);
}

/* The ranges of a packed answer count other bytes than those held. */
static void a_packed_part_begins_anew(void **state)
{
    static const char part[] = "HTTP/1.1 206 Partial Content\r\nContent-Range: bytes 2-2/3\r\nContent-Length: 1\r\n";
    char words[200];

    (void)state;
    start(LOOPBACK_HTTP);
    snprintf(words, sizeof words, "%sContent-Encoding: gzip\r\n\r\nc", part);
    struct transport_result r = from_stranger_holding(words, "ab");
    ended(r, TRANSPORT_CUT, "the part came packed, which does not fit the rest");
    got("", 0);
    snprintf(words, sizeof words, "%s\r\nc", part);
    answered(from_stranger_holding(words, "ab"), 206);
    got("abc", 3);
}

static void a_content_range_is_read_strictly(void **state)
{
    static const struct {
        const char *range;
        bool good;
    } rows[] = {
        {"bytes 2-2/3", true},
        {"bytes 2-2/*", true},
        {"Bytes 2-2/3", true},
        {"bytes 2-2/2", false},
        {"bytes 2-1/3", false},
        {"bytes 2-2", false},
        {"bytes 2-2/3 ", true},
        {"bytes 2-2/3x", false},
        {"bytes 3-3/4", false},
        {"bytes -2-2/3", false},
        {"bytes 1-1/3", false},
        {"bytes 2-2/", false},
        {"2-2/3", false},
        {"bytes */3", false},
        {"items 2-2/3", false},
        {"bytes +2-2/3", false},
        {"bytes 18446744073709551618-18446744073709551618/18446744073709551619", false},
    };
    char words[300];

    (void)state;
    start(LOOPBACK_HTTP);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        snprintf(words, sizeof words, "HTTP/1.1 206 Partial Content\r\nContent-Range: %s\r\nContent-Length: 1\r\n\r\nc",
                 rows[i].range);
        struct transport_result r = from_stranger_holding(words, "ab");
        if (rows[i].good != (r.end == TRANSPORT_ANSWERED))
            fail_msg("%s: %s", rows[i].range, r.why);
        got("abc", rows[i].good ? 3 : 2);
    }
}

static void a_range_refused_begins_anew(void **state)
{
    struct raw raw;

    (void)state;
    start(LOOPBACK_ETAG | LOOPBACK_RANGES);
    struct transport_result first = cut(&raw);
    loopback_misbehave(f.lb, "*", LOOPBACK_RANGE_OUT, 1);
    struct transport_result r = go_on(&raw, first.etag);
    ended(r, TRANSPORT_CUT, "what is held is not a part of it any more");
    assert_int_equal(r.status, 416);
    assert_int_equal(raw.n, 0);
    answered(go_on(&raw, first.etag), 200);
    is_big(&raw);
}

/* Answers that say "not now" or "not here" cost nothing of what is held. */
static void what_is_held_survives_a_bad_moment(void **state)
{
    static const int kept[] = {503, 429, 408, 302}, lost[] = {404, 403};
    struct raw raw;

    (void)state;
    start(LOOPBACK_ETAG | LOOPBACK_RANGES);
    struct transport_result first = cut(&raw);
    for (size_t i = 0; i < sizeof kept / sizeof *kept; i++) {
        loopback_behave(f.lb);
        loopback_order(f.lb, (struct loopback_order){
                                 .name = "*",
                                 .deed = kept[i] == 302 ? LOOPBACK_REDIRECT : LOOPBACK_STATUS,
                                 .status = kept[i],
                             });
        struct transport_result r = go_on(&raw, first.etag);
        answered(r, kept[i]);
        assert_false(r.resumed);
        assert_int_equal(raw.n, BIG / 2);
    }
    loopback_behave(f.lb);
    answered(go_on(&raw, first.etag), 206);
    is_big(&raw);
    for (size_t i = 0; i < sizeof lost / sizeof *lost; i++) {
        first = cut(&raw);
        loopback_order(f.lb, (struct loopback_order){.name = "*", .deed = LOOPBACK_STATUS, .status = lost[i]});
        answered(go_on(&raw, first.etag), lost[i]);
        raw_abandon(&raw);
        got("not now\n", 8);
        loopback_behave(f.lb);
    }
}

static void the_ceiling_counts_what_is_held(void **state)
{
    struct raw raw;

    (void)state;
    start(LOOPBACK_ETAG | LOOPBACK_RANGES);
    struct transport_result first = cut(&raw);
    raw.ceiling = BIG - 1;
    ended(go_on(&raw, first.etag), TRANSPORT_REFUSED, "the answer is larger than 700012 bytes");
    assert_int_equal(raw.n, BIG / 2);
    raw_abandon(&raw);
}

static void what_did_not_change_is_not_sent_again(void **state)
{
    struct raw raw;

    (void)state;
    start(LOOPBACK_ETAG | LOOPBACK_DATED);
    struct transport_result first = get("/big");
    for (int i = 0; i < 3; i++) {
        open_raw(&raw, "got", CEILING);
        struct transport_result r = ask((struct transport_request){
            .url = at("/big"),
            .into = &raw,
            .etag = i == 1 ? "" : first.etag,
            .last_modified = i == 0 ? "" : first.last_modified,
        });
        raw_abandon(&raw);
        answered(r, 304);
        got("", 0);
        const struct loopback_seen *seen = loopback_seen(f.lb, "/big", (size_t)i + 1);
        assert_int_equal(loopback_header(seen, "If-None-Match") != NULL, i != 1);
        assert_int_equal(loopback_header(seen, "If-Modified-Since") != NULL, i != 0);
    }
    open_raw(&raw, "got", CEILING);
    answered(ask((struct transport_request){.url = at("/big"), .into = &raw, .etag = "\"other\""}), 200);
    is_big(&raw);
}

/* ---- whom to believe ---- */

static void certificates_are_verified(void **state)
{
    static const char distrust[] = "the certificate is not to be trusted: ";
    char other[256];

    (void)state;
    start(LOOPBACK_TLS);
    answered(get("/small"), 200);
    snprintf(other, sizeof other, "%s", loopback_ca(f.lb));

    open_transport((struct transport_options){.ca_bundle = NULL}); /* the system's certificates only */
    struct transport_result r = get("/small");
    assert_int_equal(r.end, TRANSPORT_REFUSED);
    assert_memory_equal(r.why, distrust, sizeof distrust - 1);
    assert_string_equal(r.why + sizeof distrust - 1, "unable to get local issuer certificate");

    open_transport((struct transport_options){.ca_bundle = scratch_path("none.pem")});
    ended(get("/small"), TRANSPORT_REFUSED, "cannot read the certificates to trust");
    loopback_stop(f.lb);

    f.lb = loopback_start(NULL, LOOPBACK_TLS); /* of another CA */
    open_transport((struct transport_options){.ca_bundle = other});
    assert_int_equal(get("/small").end, TRANSPORT_REFUSED);
    assert_int_equal(loopback_count(f.lb, "*"), 0);
    loopback_stop(f.lb);

    f.lb = loopback_start(NULL, LOOPBACK_EXPIRED);
    open_transport((struct transport_options){.ca_bundle = loopback_ca(f.lb)});
    ended(get("/small"), TRANSPORT_REFUSED, "the certificate is not to be trusted: certificate has expired");
    assert_int_equal(loopback_count(f.lb, "*"), 0);
    loopback_stop(f.lb);

    f.lb = loopback_start(NULL, LOOPBACK_OTHER_NAME);
    open_transport((struct transport_options){.ca_bundle = loopback_ca(f.lb)});
    r = get("/small?key=SECRET");
    assert_int_equal(r.end, TRANSPORT_REFUSED);
    assert_memory_equal(r.why, distrust, sizeof distrust - 1);
    assert_null(strstr(r.why, "SECRET"));
    assert_int_equal(loopback_count(f.lb, "*"), 0);
}

static void tls_meets_no_tls(void **state)
{
    char url[128];

    (void)state;
    start(LOOPBACK_HTTP);
    snprintf(url, sizeof url, "https%s/small", loopback_url(f.lb) + strlen("http"));
    struct transport_result r = get_url(url);
    assert_int_equal(r.end, TRANSPORT_CUT);
    assert_memory_equal(r.why, "cannot agree on TLS", 19);
    loopback_stop(f.lb);
    f.lb = loopback_start(NULL, LOOPBACK_TLS);
    snprintf(url, sizeof url, "http%s/small", loopback_url(f.lb) + strlen("https"));
    assert_int_not_equal(get_url(url).end, TRANSPORT_ANSWERED);
}

static void where_no_question_goes(void **state)
{
    static const char scheme[] = "(known: https, http to loopback)";
    static const struct {
        const char *url, *why;
    } rows[] = {
        {"http://prices.example/",
         "plain http goes only to 127.0.0.0/8 and [::1], not to 'prices.example' (use https)"},
        {"http://localhost/", "not to 'localhost'"},
        {"http://127.0.0.1.prices.example/", "not to '127.0.0.1.prices.example'"},
        {"http://128.0.0.1/", "not to '128.0.0.1'"},
        {"http://0x80.0.0.1/", "not to '128.0.0.1'"},
        {"http://0.0.0.0/", "not to '0.0.0.0'"},
        {"http://[::2]/", "not to '[::2]'"},
        {"http://[::ffff:127.0.0.1]/", "not to '[::ffff:127.0.0.1]'"},
        {"http://127.0.0.1@prices.example/", "a login stands in the address"},
        {"https://someone:SECRET@prices.example/", "a login stands in the address"},
        {"http://someone@127.0.0.1/", "a login stands in the address"},
        {"ftp://prices.example/", "cannot fetch over 'ftp' "},
        {"file:///etc/passwd", scheme},
        {"gopher://127.0.0.1/", scheme},
        {"javascript:alert(1)", "the address is no URL"},
        {"prices.example/x", "the address is no URL"},
        {"", "the address is no URL"},
        {"/path", "the address is no URL"},
        {"https:///", "the address is no URL"},
        {"https://a b/", "the address is no URL"},
        {"https://a/\nx", "the address is no URL"},
        {"https://a:99999/", "the address is no URL"},
    };

    (void)state;
    start(LOOPBACK_HTTP);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct transport_result r = get_url(rows[i].url);
        assert_int_equal(r.end, TRANSPORT_REFUSED);
        if (strstr(r.why, rows[i].why) == NULL)
            fail_msg("%s: %s", rows[i].url, r.why);
        assert_null(strstr(r.why, "SECRET"));
        assert_int_equal(r.status, 0);
    }
    static const char *const broken[] = {"X: a\r\nY: b"};
    struct raw raw;
    open_raw(&raw, "got", CEILING);
    struct transport_result r =
        ask((struct transport_request){.url = at("/small"), .headers = broken, .nheaders = 1, .into = &raw});
    raw_abandon(&raw);
    ended(r, TRANSPORT_REFUSED, "a line break stands in a header line");
    assert_int_equal(loopback_count(f.lb, "*"), 0);
}

static void loopback_goes_by_all_its_names(void **state)
{
    static const char *const hosts[] = {"127.0.0.1", "127.1", "0x7f.0.0.1", "2130706433"};
    char url[128];

    (void)state;
    start(LOOPBACK_HTTP);
    for (size_t i = 0; i < sizeof hosts / sizeof *hosts; i++) {
        snprintf(url, sizeof url, "http://%s%s/small", hosts[i], strrchr(loopback_url(f.lb), ':'));
        answered(get_url(url), 200);
    }
    struct transport_result r = get_url("http://[::1]:1/"); /* goes there, and nobody listens */
    assert_int_equal(r.end, TRANSPORT_CUT);
}

/* The way goes through a proxy only when told so, and never to loopback. */
static void proxies_are_only_those_named(void **state)
{
    static const char *const names[] = {"http_proxy", "https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"};
    char nobody[64];

    (void)state;
    start(LOOPBACK_TLS);
    snprintf(nobody, sizeof nobody, "http://127.0.0.1:%d", closed_port());
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        setenv(names[i], nobody, 1);
    answered(get("/small"), 200);
    open_transport((struct transport_options){.ca_bundle = loopback_ca(f.lb), .proxy = nobody});
    answered(get("/small"), 200);
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        unsetenv(names[i]);
    stop(NULL);

    start(LOOPBACK_HTTP);
    open_transport((struct transport_options){.proxy = loopback_url(f.lb)});
    setenv("no_proxy", "*", 1);
    struct transport_result r = get_url("https://prices.example/x?key=SECRET");
    unsetenv("no_proxy");
    assert_int_equal(r.end, TRANSPORT_CUT);
    assert_string_equal(loopback_seen(f.lb, "*", 0)->method, "CONNECT");
    assert_null(strstr(loopback_seen(f.lb, "*", 0)->head, "SECRET"));
    assert_null(strstr(r.why, "SECRET"));
    assert_int_equal(r.status, 0);
}

/* ---- the rest ---- */

static void a_dropped_question_is_silent(void **state)
{
    struct raw raws[3];
    struct err err;
    struct transport_result r;
    char name[16];

    (void)state;
    start(LOOPBACK_HTTP);
    loopback_misbehave(f.lb, "/big", LOOPBACK_SILENT, LOOPBACK_ALWAYS);
    for (int i = 0; i < 3; i++) {
        snprintf(name, sizeof name, "raw-%d", i);
        open_raw(&raws[i], name, CEILING);
        struct transport_request q = {
            .method = "GET", .url = i == 2 ? "ftp://x/" : at(i == 0 ? "/big" : "/small"), .into = &raws[i]};
        assert_int_equal(transport_start(f.t, &q, i, &err), 0);
    }
    transport_drop(f.t, 2); /* which has a result already */
    transport_drop(f.t, 0);
    transport_drop(f.t, 99);
    assert_int_equal(result().ticket, 1);
    int64_t began = transport_clock();
    assert_int_equal(transport_wait(f.t, 50, &r, &err), 0);
    assert_in_range(transport_clock() - began, 49, 1000);
    struct transport_request q = {.method = "GET", .url = at("/big"), .into = &raws[0]};
    assert_int_equal(transport_start(f.t, &q, 5, &err), 0);
    transport_wait(f.t, 20, &r, &err);
    transport_close(f.t); /* with a question under way */
    f.t = NULL;
    for (int i = 0; i < 3; i++)
        raw_abandon(&raws[i]);
    transport_close(NULL);
}

static volatile sig_atomic_t alarms;

static void on_alarm(int signal)
{
    (void)signal;
    alarms++;
}

static void a_signal_ends_the_wait(void **state)
{
    const struct sigaction action = {.sa_handler = on_alarm};
    const struct itimerval soon = {.it_value = {.tv_usec = 100 * 1000}};
    struct sigaction was;
    struct transport_result r;
    struct raw raw;
    struct err err;

    (void)state;
    start(LOOPBACK_HTTP);
    loopback_misbehave(f.lb, "*", LOOPBACK_MUTE, LOOPBACK_ALWAYS);
    open_raw(&raw, "got", CEILING);
    assert_int_equal(sigaction(SIGALRM, &action, &was), 0);
    for (int i = 0; i < 2; i++) { /* with nothing to wait for, and with a question that has gone out */
        if (i == 1) {
            struct transport_request q = {.method = "GET", .url = at("/small"), .into = &raw};
            assert_int_equal(transport_start(f.t, &q, 1, &err), 0);
            for (int64_t until = transport_clock() + 100; transport_clock() < until;)
                assert_int_equal(transport_wait(f.t, 10, &r, &err), 0);
        }
        int64_t began = transport_clock();
        alarms = 0;
        assert_int_equal(setitimer(ITIMER_REAL, &soon, NULL), 0);
        while (alarms == 0)
            assert_int_equal(transport_wait(f.t, 5000, &r, &err), 0);
        assert_in_range(transport_clock() - began, 50, 900);
    }
    sigaction(SIGALRM, &was, NULL);
    raw_abandon(&raw);
}

/* As far as one process can arrange a full disk: a limit on file sizes. */
static void a_full_disk_is_said(void **state)
{
    struct rlimit was, small;

    (void)state;
    start(LOOPBACK_HTTP);
    assert_int_equal(getrlimit(RLIMIT_FSIZE, &was), 0);
    void (*handler)(int) = signal(SIGXFSZ, SIG_IGN);
    small = was;
    small.rlim_cur = 100000;
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &small), 0);
    struct transport_result r = get("/big");
    setrlimit(RLIMIT_FSIZE, &was);
    signal(SIGXFSZ, handler);
    ended(r, TRANSPORT_REFUSED, "cannot keep the answer: File too large");
}

static void clocks_and_dice(void **state)
{
    char one[33], two[33];
    struct err err;

    (void)state;
    int64_t then = transport_clock();
    assert_int_equal(nanosleep(&(struct timespec){.tv_nsec = 20 * 1000 * 1000}, NULL), 0);
    assert_in_range(transport_clock() - then, 20, 2000);
    assert_in_range(transport_now() - (int64_t)time(NULL) + 2, 0, 4);
    assert_int_equal(transport_nonce(one, &err), 0);
    assert_int_equal(transport_nonce(two, &err), 0);
    assert_int_equal(strspn(one, "0123456789abcdef"), 32);
    assert_int_equal(strlen(one), 32);
    assert_string_not_equal(one, two);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_teardown(a_question_says_what_it_has_to_and_no_more, stop),
        cmocka_unit_test_teardown(a_body_is_sent_as_it_is, stop),
        cmocka_unit_test_teardown(several_are_under_way_at_once, stop),
        cmocka_unit_test_teardown(answers_without_a_length_or_a_body, stop),
        cmocka_unit_test_teardown(errors_have_a_body_too, stop),
        cmocka_unit_test_teardown(a_date_to_come_back_at_becomes_seconds, stop),
        cmocka_unit_test_teardown(redirects_are_reported, stop),
        cmocka_unit_test_teardown(packed_answers_are_unpacked, stop),
        cmocka_unit_test_teardown(packed_answers_that_are_none, stop),
        cmocka_unit_test_teardown(the_ceiling_holds, stop),
        cmocka_unit_test_teardown(what_breaks_off_may_be_tried_again, stop),
        cmocka_unit_test_teardown(what_stalls_is_given_up, stop),
        cmocka_unit_test_teardown(nobody_there, stop),
        cmocka_unit_test_teardown(what_is_no_http, stop),
        cmocka_unit_test_teardown(an_address_too_long_to_keep_is_refused, stop),
        cmocka_unit_test_teardown(a_cut_answer_is_resumed, stop),
        cmocka_unit_test_teardown(what_changed_meanwhile_is_taken_whole, stop),
        cmocka_unit_test_teardown(a_part_must_fit, stop),
        cmocka_unit_test_teardown(a_packed_part_begins_anew, stop),
        cmocka_unit_test_teardown(a_content_range_is_read_strictly, stop),
        cmocka_unit_test_teardown(a_range_refused_begins_anew, stop),
        cmocka_unit_test_teardown(what_is_held_survives_a_bad_moment, stop),
        cmocka_unit_test_teardown(the_ceiling_counts_what_is_held, stop),
        cmocka_unit_test_teardown(what_did_not_change_is_not_sent_again, stop),
        cmocka_unit_test_teardown(certificates_are_verified, stop),
        cmocka_unit_test_teardown(tls_meets_no_tls, stop),
        cmocka_unit_test_teardown(where_no_question_goes, stop),
        cmocka_unit_test_teardown(loopback_goes_by_all_its_names, stop),
        cmocka_unit_test_teardown(proxies_are_only_those_named, stop),
        cmocka_unit_test_teardown(a_dropped_question_is_silent, stop),
        cmocka_unit_test_teardown(a_signal_ends_the_wait, stop),
        cmocka_unit_test_teardown(a_full_disk_is_said, stop),
        cmocka_unit_test_teardown(clocks_and_dice, stop),
    };

    signal(SIGPIPE, SIG_IGN);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
