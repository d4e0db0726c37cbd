/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/support/scratch.h"
#include "tests/support/test.h"

#include "calc/seal.h"
#include "calc/store.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const char *path(void)
{
    static char text[256];

    memcpy(text, scratch_path("x.db"), strlen(scratch_path("x.db")) + 1);
    return text;
}

/* A file with one sealed row: 7, "seven". */
static void make(void)
{
    struct store s;
    struct query q;
    struct err err;
    uint64_t sum = 0;

    unlink(path());
    assert_int_equal(store_open(&s, path(), STORE_CREATE, &err), 0);
    assert_int_equal(store_run(&s, "CREATE TABLE t(n INTEGER, name TEXT, seal INTEGER)", &err), 0);
    assert_int_equal(query_open(&q, &s, "INSERT INTO t VALUES(?, ?, ?)", &err), 0);
    query_int(&q, 7);
    query_text(&q, "seven");
    assert_int_equal(query_run_sealed(&q, &sum, &err), 0);
    assert_int_equal(sum, seal_text(seal_int(SEAL_START, 7), "seven", 5));
    query_close(&q);
    assert_int_equal(store_finish(&s, &err), 0);
    store_close(&s);
}

static void sealed_rows_come_back(void **state)
{
    struct store s;
    struct query q;
    struct err err;
    struct stored row[2];
    uint64_t sum = 0;

    (void)state;
    make();
    assert_int_equal(store_open(&s, path(), STORE_OPEN, &err), 0);
    assert_int_equal(query_open(&q, &s, "SELECT n, name, seal FROM t WHERE n >= ?", &err), 0);
    for (int again = 0; again < 2; again++) { /* a query read to its end can be bound again */
        query_int(&q, 7 - again);
        assert_int_equal(query_next(&q, &err), 1);
        assert_int_equal(query_row(&q, 3, row, &sum, &err), 0);
        assert_int_equal(row[0].number, 7);
        assert_string_equal(row[0].text, "");
        assert_string_equal(row[1].text, "seven");
        assert_int_equal(row[1].len, 5);
        assert_int_equal(row[1].number, 0);
        assert_int_equal(query_get_int(&q, 0), 7);
        assert_string_equal(query_get_text(&q, 1, NULL), "seven");
        assert_int_equal(query_next(&q, &err), 0);
    }
    query_close(&q);
    store_close(&s);
    scratch_free();
}

static void a_changed_row_does_not_match_its_seal(void **state)
{
    struct store s;
    struct query q;
    struct err err = {ERR_NONE, ""};
    struct stored row[2];
    uint64_t sum = 0;

    (void)state;
    make();
    assert_int_equal(store_open(&s, path(), STORE_OPEN, &err), 0);
    assert_int_equal(store_run(&s, "UPDATE t SET n = 8", &err), 0);
    assert_int_equal(query_open(&q, &s, "SELECT n, name, seal FROM t", &err), 0);
    assert_int_equal(query_next(&q, &err), 1);
    assert_false(s.damaged);
    assert_int_equal(query_row(&q, 3, row, &sum, &err), -1);
    assert_true(s.damaged);
    assert_non_null(strstr(err.text, "is damaged: a row does not match its seal"));
    query_close(&q);
    store_close(&s);
    scratch_free();
}

static void seals_tell_kinds_and_lengths_apart(void **state)
{
    (void)state;
    uint64_t ab_c = seal_text(seal_text(SEAL_START, "ab", 2), "c", 1),
             a_bc = seal_text(seal_text(SEAL_START, "a", 1), "bc", 2);
    assert_int_not_equal(ab_c, a_bc);
    assert_int_not_equal(seal_text(SEAL_START, "", 0), seal_int(SEAL_START, 0));
    assert_int_not_equal(seal_text(SEAL_START, "12345678", 8), seal_text(SEAL_START, "12345679", 8));
    assert_int_not_equal(seal_text(SEAL_START, "123456789", 9), seal_text(SEAL_START, "12345678\0", 9));
    assert_int_not_equal(seal_int(seal_int(SEAL_START, 1), 2), seal_int(seal_int(SEAL_START, 2), 1));
}

static void what_is_no_database_is_damage(void **state)
{
    struct store s;
    struct query q = {0};
    struct err err = {ERR_NONE, ""};

    (void)state;
    scratch_write("x.db", "this is no database, and it is long enough to have a header of one hundred bytes, or so it "
                          "seems to whoever counts them");
    int rc = store_open(&s, path(), STORE_OPEN, &err);
    if (rc == 0)
        rc = query_open(&q, &s, "SELECT n FROM t", &err);
    assert_int_equal(rc, -1);
    assert_true(s.damaged);
    query_close(&q);
    store_close(&s);
    scratch_free();
}

static void a_missing_table_is_damage(void **state)
{
    struct store s;
    struct query q;
    struct err err;

    (void)state;
    make();
    assert_int_equal(store_open(&s, path(), STORE_OPEN, &err), 0);
    assert_int_equal(query_open(&q, &s, "SELECT n FROM u", &err), -1);
    assert_true(s.damaged);
    query_close(&q);
    store_close(&s);
    scratch_free();
}

static void a_place_that_cannot_be_written_is_named(void **state)
{
    struct store s;
    struct err err = {ERR_NONE, ""};

    (void)state;
    assert_int_equal(store_open(&s, "/proc/none/x.db", STORE_CREATE, &err), -1);
    assert_false(s.damaged);
    assert_int_equal(err.kind, ERR_USAGE);
    assert_non_null(strstr(err.text, "'/proc/none/x.db'"));
    assert_non_null(strstr(err.text, "(set TCO_CACHE to a writable directory)"));
    store_close(&s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sealed_rows_come_back),
        cmocka_unit_test(a_changed_row_does_not_match_its_seal),
        cmocka_unit_test(seals_tell_kinds_and_lengths_apart),
        cmocka_unit_test(what_is_no_database_is_damage),
        cmocka_unit_test(a_missing_table_is_damage),
        cmocka_unit_test(a_place_that_cannot_be_written_is_named),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
