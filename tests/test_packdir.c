/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Packs on the disk. Digests are those that sha256sum prints.
 */
#include "tests/support/scratch.h"
#include "tests/support/test.h"

#include "calc/packdir.h"

#include <string.h>

#define BUNDLED "fixtures/packs/bundled"
#define TWO "tests/packs/two-dates"

static void a_pack_with_right_checksums_opens(void **state)
{
    struct packdir p;
    struct err err = {ERR_NONE, ""};

    (void)state;
    if (packdir_open(&p, BUNDLED, NULL, &err) != 0)
        fail_msg("%s", err.text);
    assert_true(p.summed);
    for (int t = 0; t < PACK_SITES; t++)
        assert_true(p.own[t] && p.bodies[t].len > 0);
    assert_false(p.own[PACK_SITES]);
    assert_string_equal(p.bodies[PACK_PRICES].name, BUNDLED "/prices.csv");
    assert_memory_equal(p.id, "bundled@", 8);
    packdir_close(&p);
}

static void missing_tables_are_lent(void **state)
{
    struct packdir p;
    struct err err = {ERR_NONE, ""};

    (void)state;
    if (packdir_open(&p, TWO "/", BUNDLED, &err) != 0)
        fail_msg("%s", err.text);
    assert_true(p.own[PACK_PRICES] && p.own[PACK_SOURCES]);
    assert_false(p.own[PACK_SHAPES] || p.own[PACK_CLASSES] || p.own[PACK_REGIONS]);
    assert_string_equal(p.bodies[PACK_SHAPES].name, BUNDLED "/shapes.csv");
    assert_false(p.summed);
    assert_memory_equal(p.id, "two-dates@", 10);
    packdir_close(&p);
    assert_int_equal(packdir_open(&p, TWO, NULL, &err), -1);
    assert_non_null(strstr(err.text, TWO "/shapes.csv"));
}

static void prices_and_sources_are_never_lent(void **state)
{
    struct packdir p;
    struct err err = {ERR_NONE, ""};

    (void)state;
    scratch_mkdir("pack");
    scratch_copy(TWO "/prices.csv", "pack/prices.csv");
    assert_int_equal(packdir_open(&p, scratch_path("pack"), BUNDLED, &err), -1);
    assert_non_null(strstr(err.text, "/pack/sources.csv"));
    assert_int_equal(err.kind, ERR_USAGE);
    scratch_free();
}

static void wrong_checksums_are_refused(void **state)
{
    static const char good[] = "b5bb9d8014a0f9b1d61e21e796d78dccdf1352f23cd32812f4850b878ae4944c"; /* of "foo\n" */
    static const struct {
        const char *sums, *message;
    } cases[] = {
        {"SUM  prices.csv\n", "/SHA256SUMS: 'sources.csv' is not listed"},
        {"SUM  prices.csv\nSUM  sources.csv\n", "/SHA256SUMS:2: 'sources.csv' does not match its checksum"},
        {"SUM *prices.csv\n\nOTHER  sources.csv\nSUM  note\n", "/SHA256SUMS:4: 'note' does not match its checksum"},
        {"SUM  prices.csv\nOTHER  sources.csv\nSUM  gone\n", "/SHA256SUMS:3: "},
        {"SUM  prices.csv\nOTHER  sources.csv\nSUM  ../x\n", "/SHA256SUMS:3: not a line of sha256sum"},
        {"prices.csv\n", "/SHA256SUMS:1: not a line of sha256sum (known: 64 digits, two blanks, a file name)"},
        {"SUM", "/SHA256SUMS:1: not a line of sha256sum"},
        {"SUM ", "/SHA256SUMS:1: not a line of sha256sum"},
        {"SUM  ", "/SHA256SUMS:1: not a line of sha256sum"},
    };
    static const char other[] = "7d865e959b2466918c9863afca942d0fb89d7c9ac0c99bafc3749504ded97730"; /* of "bar\n" */

    (void)state;
    scratch_mkdir("pack");
    scratch_write("pack/prices.csv", "foo\n");
    scratch_write("pack/sources.csv", "bar\n");
    scratch_write("pack/note", "note\n");
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct packdir p;
        struct err err = {ERR_NONE, ""};
        struct buf text = {0};
        for (const char *at = cases[i].sums; *at != '\0';) {
            bool is_good = !strncmp(at, "SUM", 3), is_other = !strncmp(at, "OTHER", 5);
            if (is_good || is_other)
                buf_puts(&text, is_good ? good : other);
            else
                buf_putc(&text, *at);
            at += is_good ? 3 : is_other ? 5 : 1;
        }
        scratch_write("pack/SHA256SUMS", text.v);
        buf_free(&text);
        assert_int_equal(packdir_open(&p, scratch_path("pack"), BUNDLED, &err), -1);
        if (strstr(err.text, cases[i].message) == NULL)
            fail_msg("case %zu: %s", i, err.text);
        assert_int_equal(err.kind, ERR_USAGE);
    }
    scratch_free();
}

static void the_id_is_name_and_digest_of_the_tables(void **state)
{
    struct packdir p, q;
    struct err err;

    (void)state;
    scratch_mkdir("pack");
    scratch_write("pack/prices.csv", "foo\n");
    scratch_write("pack/sources.csv", "bar\n");
    assert_int_equal(packdir_open(&p, scratch_path("pack"), BUNDLED, &err), 0);
    /* sha256sum prices.csv sources.csv | sha256sum */
    assert_string_equal(p.sha256, "ee8c645464cb1317b63e8f25ba15dd7135af9f143483803d7d50b651be915ebe");
    assert_string_equal(p.id, "pack@ee8c645464cb");
    scratch_write("pack/prices.csv", "fooo\n");
    assert_int_equal(packdir_open(&q, scratch_path("pack"), BUNDLED, &err), 0);
    assert_string_not_equal(p.id, q.id);
    packdir_close(&p);
    packdir_close(&q);
    scratch_free();
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_pack_with_right_checksums_opens),       cmocka_unit_test(missing_tables_are_lent),
        cmocka_unit_test(prices_and_sources_are_never_lent),       cmocka_unit_test(wrong_checksums_are_refused),
        cmocka_unit_test(the_id_is_name_and_digest_of_the_tables),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
