/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Batches that are halved around bad items. The bound on questions, 2 log2(100) + 1 for each bad item, is
 * that of the plan for this provider: 14.29.
 */
#include "tests/support/test.h"

#include "fetchers/huawei_batch.h"

#include <string.h>

/* Asks until all is asked: a provider that refuses what holds a bad item, and names it in batches of up to so many. */
static size_t ask_all(struct batches *b, const bool *bad, size_t names_up_to)
{
    const struct batch *v;
    size_t asked = 0;

    while ((v = batches_next(b)) != NULL) {
        size_t found = SIZE_MAX;
        asked++;
        assert_true(asked < 5000);
        for (size_t i = v->from; i < v->to && found == SIZE_MAX; i++)
            if (b->out[i] == NULL && bad[i])
                found = i;
        if (found == SIZE_MAX)
            batches_answered(b);
        else
            batches_refused(b, v->to - v->from <= names_up_to ? found : SIZE_MAX, "unknown");
    }
    return asked;
}

static void check_left_out(const struct batches *b, const bool *bad, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        assert_int_equal(b->out[i] != NULL, bad[i]);
        if (bad[i])
            assert_string_equal(b->out[i], "unknown");
    }
}

static void one_bad_item_among_a_hundred(void **state)
{
    size_t most = 0;

    (void)state;
    for (size_t i = 0; i < 100; i++) {
        bool bad[100] = {false};
        struct arena a = {0};
        struct batches b;
        bad[i] = true;
        assert_int_equal(batches_open(&b, &a, 100, 100), 0);
        size_t asked = ask_all(&b, bad, 0);
        most = asked > most ? asked : most;
        check_left_out(&b, bad, 100);
        arena_free(&a);
    }
    assert_true(most <= 14);
}

/* Bad items everywhere and in bunches: x -> (x * 7919) mod 101 below a limit, and neighbours. */
static void many_bad_items_among_several_batches(void **state)
{
    (void)state;
    for (size_t limit = 0; limit <= 100; limit += 5) {
        bool bad[250] = {false};
        struct arena a = {0};
        struct batches b;
        size_t n = 0;
        for (size_t i = 0; i < 250; i++)
            n += bad[i] = i * 7919 % 101 < limit || (limit == 50 && i < 120);
        assert_int_equal(batches_open(&b, &a, 250, 100), 0);
        size_t asked = ask_all(&b, bad, 0);
        check_left_out(&b, bad, 250);
        assert_true(asked <= 3 + 14 * n);
        arena_free(&a);
    }
}

static void a_named_item_costs_one_question(void **state)
{
    bool bad[100] = {[3] = true, [50] = true, [99] = true};
    struct arena a = {0};
    struct batches b;

    (void)state;
    assert_int_equal(batches_open(&b, &a, 100, 100), 0);
    assert_int_equal(ask_all(&b, bad, SIZE_MAX), 4);
    check_left_out(&b, bad, 100);
    arena_free(&a);
}

static void a_batch_of_bad_items_only(void **state)
{
    bool bad[7] = {true, true, true, true, true, true, true};

    (void)state;
    for (int names = 0; names < 2; names++) {
        struct arena a = {0};
        struct batches b;
        assert_int_equal(batches_open(&b, &a, 7, 3), 0);
        ask_all(&b, bad, names == 1 ? SIZE_MAX : 0);
        check_left_out(&b, bad, 7);
        arena_free(&a);
    }
}

/* A half in which the bad item was named and left out says nothing of the other half. */
static void items_named_now_and_then(void **state)
{
    (void)state;
    for (size_t names = 1; names <= 60; names += 7)
        for (size_t i = 0; i < 100; i++) {
            bool bad[100] = {[37] = true};
            struct arena a = {0};
            struct batches b;
            bad[i] = true;
            assert_int_equal(batches_open(&b, &a, 100, 100), 0);
            ask_all(&b, bad, names);
            check_left_out(&b, bad, 100);
            arena_free(&a);
        }
}

static void nothing_to_ask(void **state)
{
    struct arena a = {0};
    struct batches b;

    (void)state;
    assert_int_equal(batches_open(&b, &a, 0, 100), 0);
    assert_null(batches_next(&b));
    arena_free(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(one_bad_item_among_a_hundred),    cmocka_unit_test(many_bad_items_among_several_batches),
        cmocka_unit_test(a_named_item_costs_one_question), cmocka_unit_test(a_batch_of_bad_items_only),
        cmocka_unit_test(items_named_now_and_then),        cmocka_unit_test(nothing_to_ask),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
