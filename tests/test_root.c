/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Break-even of functions whose crossings are known by algebra, and of steps worked out by hand.
 */
#include "tests/support/numbers.h"

#include "models/root.h"

#include <math.h>

#define NEAR(actual, expected, by) assert_true(fabs((actual) - (expected)) <= (by))

static int find(root_fn f, void *ctx, double lo, double hi, int steps, struct root_list *out, struct err *err)
{
    struct root_ask ask = {.f = f, .ctx = ctx, .lo = lo, .hi = hi, .steps = steps, .resolution = 1e-9, .zero = 1e-6};
    return root_find(&ask, out, err);
}

static int find_whole(root_fn f, double lo, double hi, struct root_list *out, struct err *err)
{
    struct root_ask ask = {.f = f, .lo = lo, .hi = hi, .whole = true, .resolution = 0.1, .zero = 0.005};
    return root_find(&ask, out, err);
}

static struct root_list found(root_fn f, void *ctx, double lo, double hi, int steps)
{
    struct root_list l = {0};
    struct err err;
    if (find(f, ctx, lo, hi, steps, &l, &err))
        fail_msg("%s", err.text);
    assert_true(l.evaluations <= 1 + (long)ROOT_EVALUATIONS * steps);
    return l;
}

static void assert_root(const struct root *r, enum root_kind kind, double from, double to, int left, int right)
{
    assert_int_equal(r->kind, kind);
    NEAR(r->from, from, 2e-9);
    NEAR(r->to, to, 2e-9);
    assert_int_equal(r->left, left);
    assert_int_equal(r->right, right);
}

/* A 1,000 and 0.30 an hour, B 0.52 an hour: 1000 / 0.22 = 4545.4545... hours */
static int linear(void *ctx, double x, double *y, struct err *err)
{
    (void)ctx;
    (void)err;
    *y = 1000 - 0.22 * x;
    return 0;
}

static void two_straight_lines(void **state)
{
    (void)state;
    struct root_list l = found(linear, NULL, 0, 8760, 40);
    assert_int_equal(l.n, 1);
    assert_root(&l.v[0], ROOT_CROSSING, 1000 / 0.22, 1000 / 0.22, 1, -1);
    NEAR(l.v[0].before, 0, 1e-6);
    NEAR(l.least, 1000 - 0.22 * 8760, 1e-9);
    assert_true(l.least_at == 8760 && l.most == 1000 && l.most_at == 0);
    assert_true(l.evaluations < 41 + 20); /* Brent's method needs few */
    root_free(&l);
    /* also when the grid is one step */
    l = found(linear, NULL, 0, 8760, 1);
    assert_int_equal(l.n, 1);
    NEAR(l.v[0].from, 1000 / 0.22, 2e-9);
    root_free(&l);
}

static void never_between(void **state)
{
    (void)state;
    struct root_list l = found(linear, NULL, 0, 4000, 20);
    assert_int_equal(l.n, 0);
    NEAR(l.least, 120, 1e-9); /* 1000 - 880 */
    assert_true(l.least_at == 4000);
    assert_true(l.most == 1000);
    assert_int_equal(l.evaluations, 21);
    root_free(&l);
}

/* (x - 1)(x - 2.5)(x - 7), not at grid points */
static int cubic(void *ctx, double x, double *y, struct err *err)
{
    (void)ctx;
    (void)err;
    *y = (x - 1) * (x - 2.5) * (x - 7);
    return 0;
}

static void every_crossing(void **state)
{
    (void)state;
    struct root_list l = found(cubic, NULL, 0, 10, 37);
    assert_int_equal(l.n, 3);
    assert_root(&l.v[0], ROOT_CROSSING, 1, 1, -1, 1);
    assert_root(&l.v[1], ROOT_CROSSING, 2.5, 2.5, 1, -1);
    assert_root(&l.v[2], ROOT_CROSSING, 7, 7, -1, 1);
    root_free(&l);
    l = found(cubic, NULL, 0, 10, 20); /* all at grid points */
    assert_int_equal(l.n, 3);
    assert_root(&l.v[1], ROOT_CROSSING, 2.5, 2.5, 1, -1);
    root_free(&l);
    l = found(cubic, NULL, 0.5, 3, 2);
    assert_int_equal(l.n, 2);
    root_free(&l);
}

/* 2 at 4 and 6, down to -1 at 5: 0 where 3 |x - 5| = 1, at 5 -+ 1/3, between grid points of the same sign. */
static int narrow_dip(void *ctx, double x, double *y, struct err *err)
{
    (void)ctx;
    (void)err;
    double d = fabs(x - 5);
    *y = d < 1 ? 3 * d - 1 : d + 1;
    return 0;
}

static void two_crossings_within_a_step(void **state)
{
    (void)state;
    struct root_list l = found(narrow_dip, NULL, 0, 9, 4); /* the grid sees 6, 3.75, 0.5, 2.75, 5 */
    assert_int_equal(l.n, 2);
    assert_root(&l.v[0], ROOT_CROSSING, 5 - 1 / 3.0, 5 - 1 / 3.0, 1, -1);
    assert_root(&l.v[1], ROOT_CROSSING, 5 + 1 / 3.0, 5 + 1 / 3.0, -1, 1);
    assert_true(l.least < 0 && l.least >= -1);
    root_free(&l);
}

/* Whole years bought at 1,000 each, against 95 a month: x months cost 1000 ceil(x / 12) - 95 x. Positive right after each
 * purchase; 0 at 1000 / 95 = 10.53, 21.05 and 31.58. */
static int whole_terms(void *ctx, double x, double *y, struct err *err)
{
    (void)ctx;
    (void)err;
    *y = 1000 * ceil(x / 12) - 95 * x;
    return 0;
}

static void steps_are_jumps(void **state)
{
    (void)state;
    struct root_list l = found(whole_terms, NULL, 1, 40, 78);
    assert_int_equal(l.n, 6);
    for (int year = 1; year <= 3; year++) {
        const struct root *zero = &l.v[2 * year - 2], *jump = &l.v[2 * year - 1];
        assert_root(zero, ROOT_CROSSING, 1000 * year / 95.0, 1000 * year / 95.0, 1, -1);
        assert_root(jump, ROOT_JUMP, 12 * year, 12 * year, -1, 1);
        assert_true(jump->from <= 12 * year && jump->to > 12 * year);
        NEAR(jump->before, 1000 * year - 95 * 12 * year, 1e-5);      /* -140, -280, -420 */
        NEAR(jump->after, 1000 * (year + 1) - 95 * 12 * year, 1e-5); /* 860, 720, 580 */
    }
    root_free(&l);
}

/* A jump is known after some thirty halvings to the resolution and a few more, not only between neighbouring numbers. */
static int one_jump(void *ctx, double x, double *y, struct err *err)
{
    (void)ctx;
    (void)err;
    *y = x < 0.7 ? -3 - x : 4;
    return 0;
}

static void a_jump_costs_little(void **state)
{
    (void)state;
    struct root_list l = found(one_jump, NULL, 0, 1, 1);
    assert_int_equal(l.n, 1);
    assert_root(&l.v[0], ROOT_JUMP, 0.7, 0.7, -1, 1);
    assert_true(l.evaluations <= 45);
    root_free(&l);
}

/* A jump whose one side is within what counts as equal is where both cost the same. */
static int near_jump(void *ctx, double x, double *y, struct err *err)
{
    (void)err;
    *y = x < 3.3 ? -*(double *)ctx : 50;
    return 0;
}

static void a_jump_next_to_zero(void **state)
{
    (void)state;
    double below = 5e-7;
    struct root_list l = found(near_jump, &below, 0, 10, 10);
    assert_int_equal(l.v[0].kind, ROOT_TOUCH); /* at 0, already as good as equal */
    assert_int_equal(l.v[l.n - 1].kind, ROOT_CROSSING);
    NEAR(l.v[l.n - 1].from, 3.3, 2e-9);
    root_free(&l);
    below = 2e-6;
    l = found(near_jump, &below, 0, 10, 10);
    assert_int_equal(l.n, 1);
    assert_root(&l.v[0], ROOT_JUMP, 3.3, 3.3, -1, 1);
    assert_true(l.v[0].before == -2e-6 && l.v[0].after == 50);
    root_free(&l);
}

/* Steep but without a step: a change of 2e6 within 1e-6 is a crossing. */
static int steep(void *ctx, double x, double *y, struct err *err)
{
    (void)ctx;
    (void)err;
    *y = 1e6 * tanh((x - 0.123456789) * 1e6);
    return 0;
}

static void steep_is_no_jump(void **state)
{
    (void)state;
    struct root_list l = found(steep, NULL, 0, 1, 10);
    assert_int_equal(l.n, 1);
    assert_root(&l.v[0], ROOT_CROSSING, 0.123456789, 0.123456789, -1, 1);
    root_free(&l);
}

/* 0.05 (x - 5) rounded to the fen: 0.00 where |x - 5| < 0.1. */
static int rounded(void *ctx, double x, double *y, struct err *err)
{
    (void)ctx;
    (void)err;
    *y = round(5 * (x - 5)) / 100;
    return 0;
}

static void equal_over_a_range(void **state)
{
    (void)state;
    struct root_list l = found(rounded, NULL, 0, 10, 7); /* no grid point within */
    assert_int_equal(l.n, 1);
    assert_root(&l.v[0], ROOT_EQUAL, 4.9, 5.1, -1, 1);
    assert_true(l.v[0].before == 0 && l.v[0].after == 0);
    root_free(&l);
    l = found(rounded, NULL, 0, 10, 200); /* several within */
    assert_int_equal(l.n, 1);
    assert_root(&l.v[0], ROOT_EQUAL, 4.9, 5.1, -1, 1);
    root_free(&l);
    l = found(rounded, NULL, 5, 10, 5); /* from the beginning */
    assert_int_equal(l.n, 1);
    assert_root(&l.v[0], ROOT_EQUAL, 5, 5.1, 0, 1);
    root_free(&l);
    l = found(rounded, NULL, 4.95, 5.05, 5); /* throughout */
    assert_int_equal(l.n, 1);
    assert_root(&l.v[0], ROOT_EQUAL, 4.95, 5.05, 0, 0);
    root_free(&l);
}

/* Touches 0 at the place given. */
static int square(void *ctx, double x, double *y, struct err *err)
{
    (void)err;
    double d = x - *(double *)ctx;
    *y = d * d;
    return 0;
}

static void touching(void **state)
{
    (void)state;
    double at = 3.14159265358979;
    struct root_list l = found(square, &at, 0, 10, 13);
    assert_int_equal(l.n, 1);
    assert_int_equal(l.v[0].kind, ROOT_TOUCH);
    NEAR(l.v[0].from, at, 1e-3); /* f is below 1e-6 there */
    assert_int_equal(l.v[0].left, 1);
    assert_int_equal(l.v[0].right, 1);
    root_free(&l);
    at = 3;
    l = found(square, &at, 0, 10, 10);
    assert_int_equal(l.n, 1);
    assert_root(&l.v[0], ROOT_TOUCH, 3, 3, 1, 1);
    assert_true(l.v[0].from == 3 && l.v[0].to == 3);
    root_free(&l);
    l = found(square, &at, 3, 10, 10); /* at the end */
    assert_int_equal(l.n, 1);
    assert_root(&l.v[0], ROOT_TOUCH, 3, 3, 0, 1);
    root_free(&l);
    l = found(square, &at, 0, 3, 10);
    assert_int_equal(l.n, 1);
    assert_root(&l.v[0], ROOT_TOUCH, 3, 3, 1, 0);
    root_free(&l);
    at = 3.5; /* as close to the grid point before as to the one after */
    l = found(square, &at, 0, 10, 10);
    assert_int_equal(l.n, 1);
    assert_int_equal(l.v[0].kind, ROOT_TOUCH);
    NEAR(l.v[0].from, at, 1e-3);
    root_free(&l);
    at = 3.0005; /* beyond the range by less than what counts as equal: 0.0005^2 = 2.5e-7 */
    l = found(square, &at, 0, 3, 10);
    assert_int_equal(l.n, 1);
    assert_root(&l.v[0], ROOT_TOUCH, 3, 3, 1, 0);
    root_free(&l);
    at = 3.002; /* by more */
    l = found(square, &at, 0, 3, 10);
    assert_int_equal(l.n, 0);
    root_free(&l);
}

/* 1e-7 at 1, 5e-7 at 0 and 2: one touch, where it is closest; 5e-7 - x: a crossing, no touch at 0. */
static int shallow(void *ctx, double x, double *y, struct err *err)
{
    (void)err;
    *y = ctx ? 5e-7 - x : 1e-7 + 4e-7 * fabs(x - 1);
    return 0;
}

static void close_to_equal_at_the_ends(void **state)
{
    struct root_list l = found(shallow, NULL, 0, 2, 2);
    assert_int_equal(l.n, 1);
    assert_root(&l.v[0], ROOT_TOUCH, 1, 1, 1, 1);
    root_free(&l);
    l = found(shallow, &state, 0, 2, 2);
    assert_int_equal(l.n, 1);
    assert_root(&l.v[0], ROOT_CROSSING, 5e-7, 5e-7, 1, -1);
    root_free(&l);
}

/* 0 + 19 x ((9.9 - 0) / 19) is not 9.9 in binary: the model is asked where it was said, and not beyond. */
static void the_range_is_kept(void **state)
{
    (void)state;
    struct root_list l = found(linear, NULL, 0, 9.9, 19);
    assert_true(l.most_at == 0 && l.least_at == 9.9);
    root_free(&l);
}

/* 5,256 upfront against 730 a month: 7.2 months. */
static int months(void *ctx, double x, double *y, struct err *err)
{
    (void)ctx;
    (void)err;
    assert_true(x == floor(x)); /* never between */
    *y = 5256 - 730 * x;
    return 0;
}

static int even_months(void *ctx, double x, double *y, struct err *err)
{
    (void)ctx;
    (void)err;
    assert_true(x == floor(x));
    *y = x == 9 ? 0.005 : x < 5 ? 1460 - 730 * x : x < 8 ? 0 : 20;
    return 0;
}

static void whole_values_are_walked(void **state)
{
    (void)state;
    struct root_list l;
    struct err err;
    assert_int_equal(find_whole(months, 0.5, 36.9, &l, &err), 0);
    assert_int_equal(l.evaluations, 36);
    assert_int_equal(l.n, 1);
    assert_root(&l.v[0], ROOT_JUMP, 7, 8, 1, -1);
    NEAR(l.v[0].before, 146, 1e-9);
    NEAR(l.v[0].after, -584, 1e-9);
    root_free(&l);
    assert_int_equal(find_whole(even_months, 1, 12, &l, &err), 0);
    assert_int_equal(l.evaluations, 12);
    assert_int_equal(l.n, 3);
    assert_root(&l.v[0], ROOT_CROSSING, 2, 2, 1, -1);
    assert_root(&l.v[1], ROOT_EQUAL, 5, 7, -1, 1);
    assert_root(&l.v[2], ROOT_TOUCH, 9, 9, 1, 1);
    root_free(&l);
    assert_int_equal(find_whole(months, 2.5, 3.5, &l, &err), 0); /* one value */
    assert_int_equal(l.n, 0);
    assert_true(l.least == 5256 - 2190 && l.least == l.most);
    root_free(&l);
}

/* The model fails at and after 6.6, in the grid or while closing in. */
static int failing(void *ctx, double x, double *y, struct err *err)
{
    if (x >= 6.6 && x < 6.9)
        return err_set(err, ERR_INCOMPLETE, "no price");
    *y = ctx ? NAN : x - 6.7;
    return 0;
}

static void a_failure_is_passed_on(void **state)
{
    (void)state;
    struct root_list l;
    struct err err;
    assert_int_equal(find(failing, NULL, 0, 10, 10, &l, &err), -1);
    assert_int_equal(err.kind, ERR_INCOMPLETE);
    assert_string_equal(err.text, "at 6.7: no price"); /* where Brent's method looks first: a straight line's zero */
    assert_int_equal(find(failing, NULL, 6.8, 10, 10, &l, &err), -1);
    assert_string_equal(err.text, "at 6.8: no price");
    assert_int_equal(find(failing, &err, 0, 10, 10, &l, &err), -1);
    assert_string_equal(err.text, "at 0: the difference of costs is not finite");
}

static void refused(double lo, double hi, int steps, double resolution, double zero, const char *message)
{
    struct root_ask ask = {.f = linear, .lo = lo, .hi = hi, .steps = steps, .resolution = resolution, .zero = zero};
    struct root_list l;
    struct err err;
    assert_int_equal(root_find(&ask, &l, &err), -1);
    assert_int_equal(err.kind, ERR_USAGE);
    assert_string_equal(err.text, message);
}

static void bad_questions_are_refused(void **state)
{
    (void)state;
    refused(2, 2, 10, 1, 1, "no range from 2 to 2 (the first must be less)");
    refused(3, 2, 10, 1, 1, "no range from 3 to 2 (the first must be less)");
    refused(NAN, 2, 10, 1, 1, "the range to search is not finite");
    refused(0, INFINITY, 10, 1, 1, "the range to search is not finite");
    refused(-1e308, 1e308, 10, 1, 1, "the range to search is not finite");
    refused(0, 1, 0, 1, 1, "0 steps to search in (allowed: 1 to 10000)");
    refused(0, 1, 10001, 1, 1, "10001 steps to search in (allowed: 1 to 10000)");
    refused(0, 1, 1, 0, 1, "the resolution of the search is not above 0");
    refused(0, 1, 1, 1, 0, "what counts as equal is not above 0");
    refused(0, 1, 1, 1, NAN, "what counts as equal is not above 0");
    struct root_list l;
    struct err err;
    assert_int_equal(find_whole(linear, 0.1, 0.9, &l, &err), -1);
    assert_string_equal(err.text, "no whole number from 0.1 to 0.9");
    assert_int_equal(find_whole(linear, 1, 100001, &l, &err), -1);
    assert_int_equal(find_whole(linear, 1, 1e9, &l, &err), -1);
    assert_string_equal(err.text, "1000000000 whole numbers from 1 to 1000000000 (allowed: up to 100000)");
}

/* Saw teeth finer than the grid, touching, jumping: whatever they do, there is an end to it. */
static int saw(void *ctx, double x, double *y, struct err *err)
{
    (void)ctx;
    (void)err;
    *y = sin(1000 * x) > 0 ? fmod(x * 977, 1) - 0.5 : floor(fmod(x * 331, 3)) - 1;
    return 0;
}

static void the_number_of_evaluations_is_bounded(void **state)
{
    (void)state;
    for (int steps = 1; steps < 400; steps += 7) {
        struct root_list l = found(saw, NULL, 0, 10, steps);
        for (size_t i = 1; i < l.n; i++)
            assert_true(l.v[i - 1].to <= l.v[i].from);
        root_free(&l);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(two_straight_lines),
        cmocka_unit_test(never_between),
        cmocka_unit_test(every_crossing),
        cmocka_unit_test(two_crossings_within_a_step),
        cmocka_unit_test(steps_are_jumps),
        cmocka_unit_test(a_jump_costs_little),
        cmocka_unit_test(a_jump_next_to_zero),
        cmocka_unit_test(steep_is_no_jump),
        cmocka_unit_test(equal_over_a_range),
        cmocka_unit_test(touching),
        cmocka_unit_test(close_to_equal_at_the_ends),
        cmocka_unit_test(the_range_is_kept),
        cmocka_unit_test(whole_values_are_walked),
        cmocka_unit_test(a_failure_is_passed_on),
        cmocka_unit_test(bad_questions_are_refused),
        cmocka_unit_test(the_number_of_evaluations_is_bounded),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
