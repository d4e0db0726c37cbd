/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Fetchers that ask what they must not: names that are none, circles, questions without end.
 */
#include "tests/support/test.h"

#include "fetchers/harvest.h"
#include "fetchers/walk.h"

#include <stdio.h>
#include <string.h>

/* A fetcher that does as it is told. */
struct told {
    const char *const *names; /* NULL after the last */
    bool endless, fails_at_start, fails_at_end;
    int says; /* of parse() */
};
static struct told told;
static struct {
    int begun, ended, parsed;
} seen;

struct state {
    size_t asked;
    char name[32];
};

static int begin(void *state, const struct fetch_job *job, struct err *err)
{
    struct state *s = state;

    (void)job;
    seen.begun++;
    assert_int_equal(s->asked, 0);
    assert_int_equal(s->name[0], '\0');
    return told.fails_at_start ? err_set(err, ERR_FETCH, "cannot begin") : 0;
}

static int next(void *state, struct fetch_request *out, struct err *err)
{
    struct state *s = state;

    assert_null(out->name);
    snprintf(s->name, sizeof s->name, "%zu", s->asked);
    const char *name = told.endless ? s->name : told.names[s->asked];
    if (name == NULL)
        return told.fails_at_end ? err_set(err, ERR_FETCH, "cannot end") : FETCH_DONE;
    s->asked++;
    *out = (struct fetch_request){.name = name, .endpoint = "", .method = "GET", .url = "https://x.example.com"};
    return FETCH_ASK;
}

static int parse(void *state, const struct fetch_answer *in, struct harvest *out, struct err *err)
{
    (void)state;
    (void)out;
    seen.parsed++;
    assert_int_equal(in->status, 200);
    return told.says >= 0 ? told.says : err_set(err, ERR_FETCH, "no 'prices' in the answer");
}

static void end(void *state)
{
    (void)state;
    seen.ended++;
}

static const struct fetcher obedient = {.name = "obedient",
                                        .about = "does as it is told",
                                        .state_size = sizeof(struct state),
                                        .begin = begin,
                                        .next = next,
                                        .parse = parse,
                                        .end = end};

static int nothing(void *ctx, const struct fetch_request *q, struct fetch_answer *out, struct err *err)
{
    (void)ctx;
    if (!strcmp(q->name, "missing"))
        return err_set(err, ERR_FETCH, "no answer to '%s'", q->name);
    out->body = "";
    return 0;
}

static int walk(struct told how, struct err *err)
{
    const struct walk_source from = {nothing, NULL};
    struct fetch_job job = {.site = ""};

    told = how;
    memset(&seen, 0, sizeof seen);
    *err = (struct err){.text = ""};
    int rc = walk_all(&obedient, &job, &from, NULL, err);
    assert_int_equal(seen.begun, 1);
    assert_int_equal(seen.ended, 1); /* whatever happened */
    return rc;
}

static void refuses(struct told how, enum err_kind kind, const char *says)
{
    struct err err;

    assert_int_equal(walk(how, &err), -1);
    assert_int_equal(err.kind, kind);
    if (strstr(err.text, says) == NULL)
        fail_msg("said: %s", err.text);
}

static void every_question_gets_its_answer(void **state)
{
    static const char *const names[] = {"cn-north-1/AmazonEC2.csv", "a,b=c_d-e.F/9", NULL}, *const none[] = {NULL};
    struct err err;

    (void)state;
    assert_int_equal(walk((struct told){.names = names}, &err), 0);
    assert_int_equal(seen.parsed, 2);
    assert_int_equal(walk((struct told){.names = none}, &err), 0);
    assert_int_equal(seen.parsed, 0);
}

static void names_are_plain_and_not_long(void **state)
{
    static const char *const bad[] = {"", "a b", "a?b", "a\\b", "a\nb", "北京", "a:b", "a%20b", "~a"};
    char longest[201], longer[202];

    (void)state;
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        const char *const names[] = {bad[i], NULL};
        refuses((struct told){.names = names}, ERR_INTERNAL, "fetcher obedient names a question with other than");
        assert_int_equal(seen.parsed, 0);
    }
    memset(longest, 'a', 200);
    longest[200] = '\0';
    memset(longer, 'a', 201);
    longer[201] = '\0';
    const char *const good[] = {longest, NULL}, *const too_long[] = {longer, NULL};
    struct err err;
    assert_int_equal(walk((struct told){.names = good}, &err), 0);
    refuses((struct told){.names = too_long}, ERR_INTERNAL, "names a question");
}

/* An answer may name the next question: one that was asked already would be asked for ever. */
static void a_question_asked_twice_is_a_circle(void **state)
{
    static const char *const names[] = {"page-1", "page-2", "page-1", NULL};

    (void)state;
    refuses((struct told){.names = names}, ERR_FETCH, "lead round in circles: 'page-1' would be asked again");
    assert_int_equal(seen.parsed, 2);
}

static void asking_without_end_is_ended(void **state)
{
    (void)state;
    refuses((struct told){.endless = true}, ERR_INTERNAL, "fetcher obedient asks without end");
    assert_int_equal(seen.parsed, QUESTIONS_MAX);
}

static void failures_are_passed_on(void **state)
{
    static const char *const names[] = {"a", NULL}, *const missing[] = {"missing", NULL};

    (void)state;
    refuses((struct told){.names = names, .fails_at_start = true}, ERR_FETCH, "cannot begin");
    refuses((struct told){.names = names, .fails_at_end = true}, ERR_FETCH, "cannot end");
    refuses((struct told){.names = missing}, ERR_FETCH, "no answer to 'missing'");
    refuses((struct told){.names = names, .says = -1}, ERR_FETCH, "a: no 'prices' in the answer");
    refuses((struct told){.names = names, .says = FETCH_AGAIN}, ERR_FETCH, "a: the answer at hand only says to ask");
}

static void a_walk_that_was_not_opened_can_be_closed(void **state)
{
    struct walk w = {.fetcher = NULL};

    (void)state;
    walk_close(&w);
    walk_close(&w);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_question_gets_its_answer),
        cmocka_unit_test(names_are_plain_and_not_long),
        cmocka_unit_test(a_question_asked_twice_is_a_circle),
        cmocka_unit_test(asking_without_end_is_ended),
        cmocka_unit_test(failures_are_passed_on),
        cmocka_unit_test(a_walk_that_was_not_opened_can_be_closed),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
