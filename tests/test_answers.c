/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The list of raw answers, there and back, and the answers themselves.
 */
#include "tests/support/scratch.h"
#include "tests/support/test.h"

#include "calc/hash.h"
#include "fetchers/answers.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static struct kept_answer example(const char *body)
{
    static char digest[SHA256_TEXT], bytes[16];
    struct err err;

    assert_int_equal(hash_sha256(body, strlen(body), digest, &err), 0);
    snprintf(bytes, sizeof bytes, "%zu", strlen(body));
    return (struct kept_answer){.name = "cn-hangzhou/list,1.json",
                                .method = "GET",
                                .url = "https://prices.example.com/a?b=\"c\"",
                                .status = "200",
                                .type = "application/json; charset=utf-8",
                                .file = "1",
                                .sha256 = digest,
                                .bytes = bytes,
                                .received = "2026-11-22T01:02:03Z",
                                .etag = "\"v1\"",
                                .last_modified = ""};
}

static void a_list_comes_back_as_it_was(void **state)
{
    struct arena a = {NULL};
    struct kept_answers list = {.dir = scratch_dir()}, back;
    struct kept_answer one = example("{}"), two = one;
    struct buf text = {0};
    struct err err;

    (void)state;
    two.name = "other";
    two.file = "2";
    assert_int_equal(answers_add(&list, &a, &one, &err), 0);
    assert_int_equal(answers_add(&list, &a, &two, &err), 0);
    answers_write(&list, &text);
    scratch_bytes(ANSWERS_FILE, text.v, text.n);
    assert_int_equal(answers_read(list.dir, &a, &back, &err), 0);
    assert_int_equal(back.n, 2);
    const struct kept_answer *found = answers_find(&back, "cn-hangzhou/list,1.json");
    assert_non_null(found);
    assert_string_equal(found->url, one.url);
    assert_string_equal(found->etag, "\"v1\"");
    assert_string_equal(found->received, "2026-11-22T01:02:03Z");
    assert_string_equal(answers_find(&back, "other")->file, "2");
    assert_null(answers_find(&back, "none"));
    assert_null(answers_find(NULL, "none"));
    buf_free(&text);
    arena_free(&a);
}

static void a_missing_list_is_empty_and_a_broken_one_an_error(void **state)
{
    struct arena a = {NULL};
    struct kept_answers list;
    struct err err;

    (void)state;
    scratch_mkdir("empty");
    assert_int_equal(answers_read(scratch_path("empty"), &a, &list, &err), 0);
    assert_int_equal(list.n, 0);
    scratch_mkdir("bad");
    scratch_write("bad/" ANSWERS_FILE, "name,method,url,status,type,file,sha256,bytes,received,etag,last_modified\n"
                                       "n,GET,u,200,,../../etc/passwd,x,1,now,,\n");
    assert_int_equal(answers_read(scratch_path("bad"), &a, &list, &err), -1);
    assert_non_null(strstr(err.text, "is no name of an answer's file"));
    arena_free(&a);
}

static void answers_are_packed_and_come_out_the_same(void **state)
{
    struct arena a = {NULL};
    struct kept_answers list = {.dir = scratch_dir()};
    const char body[] = "{\"price\":\"0.52325\"}";
    struct kept_answer one = example(body);
    struct err err;
    size_t n;

    (void)state;
    scratch_write("1", body);
    assert_int_equal(answers_add(&list, &a, &one, &err), 0);
    assert_int_equal(answers_unpack(&list, &list.v[0], scratch_path("plain"), &err), 0);
    assert_int_equal(answers_pack(&list, &err), 0);
    assert_int_not_equal(access(scratch_path("1"), F_OK), 0);
    assert_int_equal(access(scratch_path("1.gz"), F_OK), 0);
    assert_int_equal(answers_pack(&list, &err), 0); /* again: nothing to do */
    assert_int_equal(answers_unpack(&list, &list.v[0], scratch_path("again"), &err), 0);
    char *back = scratch_read("again", &n);
    assert_int_equal(n, sizeof body - 1);
    assert_memory_equal(back, body, n);
    free(back);
    /* other bytes than those received are refused, packed or plain */
    scratch_write("1", "{\"price\":\"0.52326\"}");
    assert_int_equal(answers_unpack(&list, &list.v[0], scratch_path("bad1"), &err), -1);
    assert_non_null(strstr(err.text, "digest differs"));
    assert_int_equal(answers_pack(&list, &err), 0);
    assert_int_equal(answers_unpack(&list, &list.v[0], scratch_path("bad2"), &err), -1);
    arena_free(&a);
}

static void instants_are_written_in_utc(void **state)
{
    char text[INSTANT_TEXT];

    (void)state;
    /* date -u -d @1795309323 */
    instant_format(1795309323, text);
    assert_string_equal(text, "2026-11-22T01:02:03Z");
    instant_format(0, text);
    assert_string_equal(text, "1970-01-01T00:00:00Z");
    instant_format(951782399, text); /* date -u -d @951782399: the last second before a leap day */
    assert_string_equal(text, "2000-02-28T23:59:59Z");
    assert_int_equal(instant_day("2026-11-22T01:02:03Z").day, 20779);
    assert_false(date_is(instant_day("2026-11-22")));
    assert_false(date_is(instant_day("yesterday, no T")));
}

static int forget(void **state)
{
    (void)state;
    scratch_free();
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_list_comes_back_as_it_was),
        cmocka_unit_test(a_missing_list_is_empty_and_a_broken_one_an_error),
        cmocka_unit_test(answers_are_packed_and_come_out_the_same),
        cmocka_unit_test(instants_are_written_in_utc),
    };

    return cmocka_run_group_tests(tests, NULL, forget);
}
