/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The decision models with memory running out at their first, second, third ... request: each says so, and
 * gives back what it had, which AddressSanitizer sees to. GSL's own memory is not refused: it is a shared
 * library's.
 */
#include "tests/support/failing_malloc.h"
#include "tests/support/numbers.h"

#include "models/mixture.h"
#include "models/newsvendor.h"
#include "models/root.h"
#include "models/upfront_cap.h"

static int newsvendor(struct err *err)
{
    struct demand_level v[] = {{dec_int64(3), 1}, {dec_int64(1), 2}};
    struct newsvendor out;
    return newsvendor_commit(v, 2, dec_int64(1), dec_int64(3), true, &out, err);
}

static int mixture(struct err *err)
{
    struct mixture_cell cells[] = {{true, dec_int64(1)}, {true, dec_int64(2)}};
    struct mixture_offer offers[] = {{0, DEC_ONE}, {1, DEC_ZERO}};
    struct mixture_ask ask = {.cells = cells, .lines = 1, .offers = 2, .offer = offers, .providers = 1};
    struct mixture out;
    size_t line_offer[1];
    return mixture_best(&ask, line_offer, &out, err);
}

enum { MANY = 1500 }; /* more steps than there is room for at first */

static int upfront(struct err *err)
{
    struct cap_option options[] = {
        {DEC_ZERO, dec_int64(9)}, {dec_int64(3), dec_int64(6)}, {dec_int64(5), dec_int64(5)}};
    static struct cap_resource resources[MANY];
    static size_t choice[MANY];
    struct cap_mix out;
    for (size_t i = 0; i < MANY; i++)
        resources[i] = (struct cap_resource){options, 3};
    return upfront_cap(resources, MANY, dec_int64(MANY + 1), choice, &out, err);
}

/* More roots than the list has room for at first. */
static int alternating(void *ctx, double x, double *y, struct err *err)
{
    (void)ctx;
    (void)err;
    *y = (long)x % 2 ? 1 : -1;
    return 0;
}

static int root(struct err *err)
{
    struct root_ask ask = {.f = alternating, .lo = 0, .hi = 40, .whole = true, .zero = 0.1};
    struct root_list out = {0};
    if (root_find(&ask, &out, err))
        return -1;
    root_free(&out);
    return 0;
}

static void walk(int (*model)(struct err *err), long expected)
{
    struct err err;
    failing_malloc_start(0);
    assert_int_equal(model(&err), 0);
    long calls = failing_malloc_stop();
    assert_true(calls >= expected); /* or there is nothing to refuse */
    for (long nth = 1; nth <= calls; nth++) {
        err = (struct err){.kind = ERR_NONE};
        failing_malloc_start(nth);
        int rc = model(&err);
        failing_malloc_stop();
        assert_int_equal(rc, -1);
        assert_int_equal(err.kind, ERR_INTERNAL);
        assert_string_equal(err.text, "out of memory");
    }
}

static void every_request_refused(void **state)
{
    (void)state;
    walk(newsvendor, 1);
    walk(mixture, 6);
    walk(upfront, 9);
    walk(root, 4);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(every_request_refused)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
