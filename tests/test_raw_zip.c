/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Packing in memory: it unpacks to what went in, and the bytes do not depend on how they came.
 */
#include "tests/support/test.h"

#include "calc/buf.h"
#include "fetchers/raw.h"

#include <stdlib.h>
#include <string.h>

static int collect(void *ctx, const void *bytes, size_t n, struct err *err)
{
    (void)err;
    buf_add(ctx, bytes, n);
    return 0;
}

static int refuse(void *ctx, const void *bytes, size_t n, struct err *err)
{
    (void)ctx;
    (void)bytes;
    (void)n;
    return err_set(err, ERR_USAGE, "full");
}

static void pack(const char *text, size_t n, size_t piece, struct buf *out)
{
    struct raw_zip *zip;
    struct err err;

    assert_int_equal(raw_zip_open(&zip, &err), 0);
    for (size_t i = 0; i < n; i += piece)
        assert_int_equal(raw_zip_add(zip, text + i, n - i < piece ? n - i : piece, collect, out, &err), 0);
    assert_int_equal(raw_zip_finish(zip, collect, out, &err), 0);
    raw_zip_free(zip);
}

static void it_comes_back(void **state)
{
    enum { N = 300000 };
    char *text = malloc(N), *back = malloc(N + 1);
    struct buf a = {0}, b = {0}, c = {0};
    struct raw_unzip *u;
    struct err err;
    size_t at = 0, n = 0, used, got = 1;

    (void)state;
    assert_true(text != NULL && back != NULL);
    for (int i = 0; i < N; i++)
        text[i] = (char)('a' + (i % 9973 * 7919 / 13 + i / 100) % 26);
    pack(text, N, N, &a);
    pack(text, N, 1000, &b);
    pack(text, N, 77, &c);
    assert_int_equal(a.n, b.n);
    assert_memory_equal(a.v, b.v, a.n);
    assert_int_equal(a.n, c.n);
    assert_memory_equal(a.v, c.v, a.n);
    assert_int_equal(raw_unzip_open(&u, &err), 0);
    while (at < a.n || got > 0) {
        assert_int_equal(raw_unzip_read(u, a.v + at, a.n - at, &used, back + n, N + 1 - n, &got), RAW_TAKEN);
        at += used;
        n += got;
    }
    assert_true(raw_unzip_whole(u));
    assert_int_equal(n, N);
    assert_memory_equal(back, text, N);
    raw_unzip_free(u);
    buf_free(&a);
    buf_free(&b);
    buf_free(&c);
    free(text);
    free(back);
}

static void a_sink_that_refuses(void **state)
{
    struct raw_zip *zip;
    struct err err;

    (void)state;
    assert_int_equal(raw_zip_open(&zip, &err), 0);
    struct buf begun = {0};
    assert_int_equal(raw_zip_add(zip, "x", 1, collect, &begun, &err), 0);
    buf_free(&begun);
    assert_int_equal(raw_zip_finish(zip, refuse, NULL, &err), -1);
    assert_string_equal(err.text, "full");
    raw_zip_free(zip);
    raw_zip_free(NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(it_comes_back), cmocka_unit_test(a_sink_that_refuses)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
