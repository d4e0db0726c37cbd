/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Archives, sound and hostile: what they say is checked, and what unpacks is counted against it.
 */
#include "tests/support/test.h"

#include "fetchers/xlsx_zip.h"
#include "tests/support/workbook_case.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { ALL = 1 << 30 };

/* Opens, then reads every part to its end. */
static int walk(const struct archive *a, uint64_t bytes, struct buf *out, struct err *err)
{
    struct xlsx_zip *z;
    char piece[1000];
    char *tight = malloc(a->bytes.n + 1);
    long got = 1;

    assert_non_null(tight);
    memcpy(tight, a->bytes.v, a->bytes.n);
    int rc = xlsx_zip_open(&z, tight, a->bytes.n, bytes, err);
    assert_true((rc == 0) == (z != NULL));
    for (long i = 0; rc == 0 && i < (long)a->n; i++) {
        buf_printf(out, "%s:", xlsx_zip_name(z, i));
        rc = xlsx_zip_enter(z, i, err);
        while (rc == 0 && (got = xlsx_zip_read(z, piece, sizeof piece, err)) > 0)
            buf_add(out, piece, (size_t)got);
        rc = got < 0 ? -1 : rc;
        buf_puts(out, "\n");
    }
    xlsx_zip_free(z);
    free(tight);
    return rc;
}

static void refused(struct archive *a, uint64_t bytes, const char *says)
{
    struct buf out = {0};
    struct err err = {0};

    assert_int_equal(walk(a, bytes, &out, &err), -1);
    assert_int_equal(err.kind, ERR_USAGE);
    if (strstr(err.text, says) == NULL)
        fail_msg("'%s' does not say '%s'", err.text, says);
    buf_free(&out);
    archive_free(a);
}

static void part_refused(struct archive_part part, const char *says)
{
    struct archive a = {.n = 0};

    if (part.body == NULL)
        part.body = "x";
    archive_put(&a, "first", "1");
    archive_add(&a, &part);
    archive_end(&a);
    refused(&a, ALL, says);
}

static void parts_are_read_and_found_by_any_case(void **state)
{
    struct archive a = {.n = 0};
    struct buf out = {0};
    struct err err = {0};
    struct xlsx_zip *z;

    (void)state;
    archive_add(&a, &(struct archive_part){.name = "xl/Workbook.xml", .body = "stored"});
    archive_put(&a, "xl/..a/b..xml", "packed packed packed packed");
    archive_end(&a);
    assert_int_equal(walk(&a, ALL, &out, &err), 0);
    assert_string_equal(out.v, "xl/Workbook.xml:stored\nxl/..a/b..xml:packed packed packed packed\n");
    assert_int_equal(xlsx_zip_open(&z, a.bytes.v, a.bytes.n, ALL, &err), 0);
    assert_int_equal(xlsx_zip_find(z, "XL/WORKBOOK.XML", 15), 0);
    assert_int_equal(xlsx_zip_find(z, "xl/..a/b..xml", 13), 1);
    assert_int_equal(xlsx_zip_find(z, "xl/..a/b..xm", 12), -1);
    xlsx_zip_free(z);
    buf_free(&out);
    archive_free(&a);
}

static void names_that_lead_elsewhere_are_refused(void **state)
{
    static const char *const names[] = {"../x", "xl/../../x", "..", "xl/..", "/etc/passwd", "xl\\x.xml", "C:x", "a\nb"};
    char longer[600];

    (void)state;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        part_refused((struct archive_part){.name = names[i]}, "the name of a part leads elsewhere");
    memset(longer, 'a', sizeof longer);
    longer[sizeof longer - 1] = '\0';
    part_refused((struct archive_part){.name = longer}, "the name of a part leads elsewhere");
}

static void a_name_may_be_there_once(void **state)
{
    (void)state;
    part_refused((struct archive_part){.name = "first"}, "two parts of the name 'first'");
    part_refused((struct archive_part){.name = "FIRST"}, "two parts of the name 'FIRST'");
}

static void packing_that_is_not_ours_is_refused(void **state)
{
    (void)state;
    part_refused((struct archive_part){.name = "a", .flags = 1}, "the part 'a' is encrypted");
    part_refused((struct archive_part){.name = "a", .method = 12},
                 "packed in an unknown way (known: stored, deflated)");
    part_refused((struct archive_part){.name = "a", .method = 98}, "packed in an unknown way");
}

static void contents_are_what_the_archive_says(void **state)
{
    (void)state;
    part_refused((struct archive_part){.name = "a", .body = "hello", .deflate = true, .crc = 7},
                 "it cannot be unpacked");
    part_refused((struct archive_part){.name = "a", .body = "hello hello hello", .deflate = true, .size = 5}, "unpack");
    part_refused((struct archive_part){.name = "a", .body = "hello hello hello", .deflate = true, .size = 50},
                 "unpack");
    part_refused((struct archive_part){.name = "a", .body = "\xFF\xFF no stream", .method = 8},
                 "it cannot be unpacked");
}

/* 8 MB of nothing, which deflate packs a thousand times; and the same under a lie of 2,000 bytes. */
static void bombs_are_refused(void **state)
{
    enum { N = 8 << 20 };
    char *zeros = calloc(N, 1);
    struct archive a = {.n = 0};

    (void)state;
    assert_non_null(zeros);
    part_refused((struct archive_part){.name = "a", .body = zeros, .len = N, .deflate = true},
                 "it unpacks to more than 200 times its size");
    part_refused((struct archive_part){.name = "a", .body = zeros, .len = N, .deflate = true, .size = 2000}, "unpack");
    for (int i = 0; i < 10; i++)
        archive_add(
            &a, &(struct archive_part){.name = (const char *[]){"0", "1", "2", "3", "4", "5", "6", "7", "8", "9"}[i],
                                       .body = zeros,
                                       .len = 1 << 20,
                                       .deflate = true});
    archive_end(&a);
    refused(&a, 9 << 20, "it unpacks to more than is allowed");
    free(zeros);
}

static void too_many_parts_are_refused(void **state)
{
    struct archive a = {.n = 0};
    char name[16];

    (void)state;
    for (int i = 0; i < 10001; i++) {
        snprintf(name, sizeof name, "%d", i);
        archive_add(&a, &(struct archive_part){.name = name, .body = "x"});
    }
    archive_end(&a);
    refused(&a, ALL, "it has 10001 parts (1 to 10000)");
}

/* Cut anywhere, or with any byte changed: read as before, or refused with a text. */
static void damaged_archives_are_refused(void **state)
{
    struct archive a = {.n = 0};
    struct buf out = {0};
    struct err err = {0};

    (void)state;
    archive_put(&a, "one", "hello hello hello hello");
    archive_add(&a, &(struct archive_part){.name = "two", .body = "stored"});
    archive_end(&a);
    size_t whole = a.bytes.n;
    for (a.bytes.n = 0; a.bytes.n < whole; a.bytes.n++) {
        assert_int_equal(walk(&a, ALL, &out, &err), -1);
        assert_int_equal(err.kind, ERR_USAGE);
    }
    for (size_t i = 0; i < whole; i++)
        for (int bit = 0; bit < 8; bit++) {
            a.bytes.v[i] = (char)(a.bytes.v[i] ^ 1 << bit);
            err = (struct err){0};
            out.n = 0;
            if (walk(&a, ALL, &out, &err) == -1)
                assert_true(err.kind == ERR_USAGE && err.text[0] != '\0');
            a.bytes.v[i] = (char)(a.bytes.v[i] ^ 1 << bit);
        }
    buf_free(&out);
    archive_free(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(parts_are_read_and_found_by_any_case),
        cmocka_unit_test(names_that_lead_elsewhere_are_refused),
        cmocka_unit_test(a_name_may_be_there_once),
        cmocka_unit_test(packing_that_is_not_ours_is_refused),
        cmocka_unit_test(contents_are_what_the_archive_says),
        cmocka_unit_test(bombs_are_refused),
        cmocka_unit_test(too_many_parts_are_refused),
        cmocka_unit_test(damaged_archives_are_refused),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
