/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Crossings and jumps of exact functions, worked out by hand, told by decimals that can be written down.
 */
#include "tests/support/numbers.h"

#include "models/root_decimal.h"

#include <string.h>

static struct root_decimal_list found(root_decimal_fn f, const char *lo, const char *hi, bool whole, int places)
{
    struct root_decimal_ask ask = {
        .f = f, .lo = D(lo), .hi = D(hi), .whole = whole, .steps = 40, .places = places, .zero = D("0.01")};
    struct root_decimal_list l = {0};
    struct err err;
    if (root_decimal_find(&ask, &l, &err))
        fail_msg("%s", err.text);
    return l;
}

static void assert_place(const struct root_decimal *r, enum root_kind kind, const char *from, const char *to, int left,
                         int right)
{
    assert_int_equal(r->kind, kind);
    assert_dec(r->from, from);
    assert_dec(r->to, to);
    assert_int_equal(r->left, left);
    assert_int_equal(r->right, right);
}

/* 1,200 USD at x against 8,500 CNY: equal at 8500 / 1200 = 7.08333..., 7.0833 with four decimals. */
static int rate(void *ctx, dec_t x, dec_t *y, struct err *err)
{
    (void)ctx;
    (void)err;
    *y = dec_sub(dec_round(dec_muln(x, 1200), 2, DEC_HALF_UP), dec_int64(8500));
    return 0;
}

static void a_crossing_on_the_decimals_of_the_answer(void **state)
{
    (void)state;
    struct root_decimal_list l = found(rate, "3.55", "14.2", false, 4);
    assert_int_equal(l.n, 1);
    assert_place(&l.v[0], ROOT_CROSSING, "7.0833", "7.0833", -1, 1);
    assert_dec(l.least, "-4240"); /* 1200 x 3.55 - 8500 */
    assert_dec(l.least_at, "3.55");
    assert_dec(l.most, "8540"); /* 1200 x 14.2 - 8500 */
    assert_dec(l.most_at, "14.2");
    root_decimal_free(&l);
    l = found(rate, "3.55", "14.2", false, 2);
    assert_place(&l.v[0], ROOT_CROSSING, "7.08", "7.08", -1, 1);
    root_decimal_free(&l);
}

/* A flat 100 against 60 up to 12.345, 140 above it. */
static int step(void *ctx, dec_t x, dec_t *y, struct err *err)
{
    (void)ctx;
    (void)err;
    *y = dec_cmp(x, D("12.345")) > 0 ? dec_int64(-40) : dec_int64(40);
    return 0;
}

static void a_jump_between_two_numbers_of_the_answer(void **state)
{
    (void)state;
    struct root_decimal_list l = found(step, "1", "30", false, 2);
    assert_int_equal(l.n, 1);
    assert_place(&l.v[0], ROOT_JUMP, "12.34", "12.35", 1, -1);
    root_decimal_free(&l);
    l = found(step, "1", "30", false, 3); /* 12.345 itself belongs to the left side */
    assert_place(&l.v[0], ROOT_JUMP, "12.345", "12.346", 1, -1);
    root_decimal_free(&l);
    l = found(step, "1", "30", true, 0);
    assert_place(&l.v[0], ROOT_JUMP, "12", "13", 1, -1);
    assert_int_equal(l.evaluations, 30);
    root_decimal_free(&l);
}

/* Positive between 5.001 and 5.004 only, seen because 5.0025 is a point of the grid: with two decimals both changes of
 * sign lie between 5.00 and 5.01. */
static int narrow(void *ctx, dec_t x, dec_t *y, struct err *err)
{
    (void)ctx;
    (void)err;
    *y = dec_cmp(x, D("5.001")) >= 0 && dec_cmp(x, D("5.004")) < 0 ? dec_int64(7) : dec_int64(-7);
    return 0;
}

static void steps_closer_than_the_answer_keep_their_digits(void **state)
{
    (void)state;
    struct root_decimal_list l = found(narrow, "3.0025", "7.0025", false, 2);
    assert_int_equal(l.n, 2);
    assert_int_equal(l.v[0].kind, ROOT_JUMP);
    assert_true(dec_cmp(l.v[0].from, D("5.00")) > 0 && dec_cmp(l.v[0].to, D("5.001")) >= 0);
    assert_true(dec_cmp(l.v[1].to, D("5.01")) < 0 && dec_cmp(l.v[1].to, D("5.004")) >= 0);
    root_decimal_free(&l);
}

static int refuses(void *ctx, dec_t x, dec_t *y, struct err *err)
{
    (void)ctx;
    (void)y;
    return dec_cmp(x, D("5")) > 0 ? err_set(err, ERR_INCOMPLETE, "no price") : ((*y = DEC_ONE), 0);
}

static void a_refusal_is_passed_on(void **state)
{
    (void)state;
    struct root_decimal_ask ask = {.f = refuses, .lo = D("1"), .hi = D("9"), .steps = 4, .places = 2, .zero = DEC_ONE};
    struct root_decimal_list l;
    struct err err;
    assert_int_equal(root_decimal_find(&ask, &l, &err), -1);
    assert_int_equal(err.kind, ERR_INCOMPLETE);
    assert_string_equal(err.text, "at 7: no price");
    ask.lo = ask.hi;
    assert_int_equal(root_decimal_find(&ask, &l, &err), -1);
    assert_int_equal(err.kind, ERR_USAGE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_crossing_on_the_decimals_of_the_answer),
        cmocka_unit_test(a_jump_between_two_numbers_of_the_answer),
        cmocka_unit_test(steps_closer_than_the_answer_keep_their_digits),
        cmocka_unit_test(a_refusal_is_passed_on),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
