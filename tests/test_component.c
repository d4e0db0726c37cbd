/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What every component promises, over the real table: nothing wanted costs nothing; more is never cheaper; runs are
 * ascending and add up exactly.
 */
#include "tests/support/component.h"

extern const struct component component_skel;

static struct charge_list run(const struct component *c, const struct component_input *in)
{
    struct charge_list out = {0};
    struct err err;
    assert_int_equal(c->charges(in, &out, &err), COMPONENT_DONE);
    return out;
}

/* An input that gives every component something to do, `much` times over. */
struct wanted {
    struct plain p;
    dec_t paid[30];
    enum timing at[30];
};

static struct component_input *want(struct wanted *w, const char *much)
{
    struct component_input *in = plain_input(&w->p, 30, much, "1.67");
    in->time = D("730");
    in->term = 12;
    in->amount = D(much);
    in->every = 1;
    in->percent = D("0.03");
    in->places = 2;
    for (int m = 0; m < 30; m++) {
        w->paid[m] = dec_mul(D(much), D("100"), DEC_HALF_UP);
        w->at[m] = AT_END;
    }
    in->paid = w->paid;
    in->paid_at = w->at;
    in->npaid = 30;
    return in;
}

static void every_one_has_a_name_and_says_what_it_does(void **state)
{
    (void)state;
    for (const struct component *const *c = component_table; *c; c++) {
        assert_true(strlen((*c)->name) > 0 && strlen((*c)->about) > 0);
        assert_non_null((*c)->charges);
    }
}

static void nothing_wanted_costs_nothing(void **state)
{
    (void)state;
    for (const struct component *const *c = component_table; *c; c++) {
        struct wanted w;
        struct charge_list out = run(*c, want(&w, "0"));
        assert_int_equal(out.n, 0);
        charge_free(&out);
    }
}

static void more_is_never_cheaper(void **state)
{
    (void)state;
    for (const struct component *const *c = component_table; *c; c++) {
        struct wanted w;
        struct charge_list a = run(*c, want(&w, "1.5"));
        struct charge_list b = run(*c, want(&w, "4"));
        assert_true(a.n > 0);
        assert_true(dec_cmp(total(&b), total(&a)) > 0);
        charge_free(&a);
        charge_free(&b);
    }
}

static void runs_are_ascending_and_not_empty(void **state)
{
    (void)state;
    for (const struct component *const *c = component_table; *c; c++) {
        struct wanted w;
        struct charge_list out = run(*c, want(&w, "3"));
        int next = 0;
        for (size_t i = 0; i < out.n; i++) {
            assert_true(out.v[i].first >= next && out.v[i].months >= 1);
            next = out.v[i].first + out.v[i].months;
        }
        charge_free(&out);
    }
}

static void the_skeleton_works(void **state)
{
    (void)state;
    struct wanted w;
    struct charge_list out = run(&component_skel, want(&w, "2"));
    assert_int_equal(out.n, 1);
    assert_dec(total(&out), "60");
    charge_free(&out);
    out = run(&component_skel, want(&w, "0"));
    assert_int_equal(out.n, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_one_has_a_name_and_says_what_it_does),
        cmocka_unit_test(nothing_wanted_costs_nothing),
        cmocka_unit_test(more_is_never_cheaper),
        cmocka_unit_test(runs_are_ascending_and_not_empty),
        cmocka_unit_test(the_skeleton_works),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
