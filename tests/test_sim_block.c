/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Bent flows, and what does not depend on who computes a path.
 */
#include "models/sim_model.h"
#include "tests/support/sim_case.h"

static const char *const names[] = {"USD", "EUR"};
static double one[SIM_MONTHS_MAX], tenth[SIM_MONTHS_MAX], ten[SIM_MONTHS_MAX], times[SIM_MONTHS_MAX];

static int set_up(void **state)
{
    (void)state;
    constant(one, 1);
    constant(ten, 10);
    constant(tenth, 0.1);
    fx_month_times(1, SIM_MONTHS_MAX, times);
    return 0;
}

/* 0 up to 100 free, then 2 each, from 1,000 on 1 each beyond 1,800, and a jump to 3,000 at 2,000; ends at 5,000. */
static const struct sim_step steps[] = {{0, 0, 0}, {100, 0, 2}, {1000, 1800, 1}, {2000, 3000, 0.5}};
static const struct sim_curve curve = {steps, 4, 5000};

static struct sim_spec bent_spec(struct sim_bent *b, int months)
{
    return (struct sim_spec){
        .months = months, .offers = b->offer + 1, .bents = b, .nbents = 1, .seed = 1, .paths = 640, .threads = 1};
}

/* Ten units a month at first, of a count that is drawn from few values: each amount by hand. */
static void a_ladder(void **state)
{
    static const struct weighted counts[] = {{5, 1}, {10, 1}, {40, 1}, {100, 1}, {150, 1}, {200, 1}, {500, 1}};
    static const double expected[] = {0, 0, 600, 1800, 2300, 3000, 4500}; /* of 50, 100, 400, 1000 ... 5000 */
    const struct sim_demand d =
        demand("web", (struct distribution){.kind = DISTRIBUTION_DISCRETE, .values = counts, .nvalues = 7}, fixed(0));
    const struct sim_part part = {0, ten};
    struct sim_bent b = {0, SIM_NONE, SIM_NONE, &part, 1, &curve, NULL, NULL, one, tenth};
    struct sim_spec s = bent_spec(&b, 1);
    int seen[7] = {0};
    (void)state;
    s.demands = &d, s.ndemands = 1;
    struct sim_result r = run(&s);
    for (int p = 0; p < 640; p++) {
        int hits = 0;
        for (int i = 0; i < 7; i++)
            if (fabs(r.cost[p] - expected[i]) < 1e-9) {
                seen[i]++;
                hits++;
            }
        assert_in_range(hits, 1, 2); /* two are 0 */
        assert_near(r.npv[p], r.cost[p] / 10, 1e-9);
    }
    assert_in_range(seen[0], 137, 229); /* two of seven, give or take 4 sqrt(640 x 2/7 x 5/7) */
    for (int i = 2; i < 7; i++)
        assert_in_range(seen[i], 56, 127);
    sim_result_free(&r);
}

/* Beyond the end nothing is known: NAN there, and only there. */
static void beyond_the_ladder(void **state)
{
    const struct sim_demand d = demand("web", uniform(400, 600), fixed(0));
    const struct sim_part part = {0, ten};
    struct sim_bent b = {0, SIM_NONE, SIM_NONE, &part, 1, &curve, NULL, NULL, one, one};
    struct sim_spec s = bent_spec(&b, 1);
    int unknown = 0;
    (void)state;
    s.demands = &d, s.ndemands = 1;
    struct sim_result r = run(&s);
    for (int p = 0; p < 640; p++) {
        assert_true(isnan(r.cost[p]) == isnan(r.npv[p]));
        assert_true(isnan(r.cost[p]) || (r.cost[p] >= 4000 && r.cost[p] <= 4500));
        unknown += isnan(r.cost[p]);
    }
    assert_in_range(unknown, 320 - 51, 320 + 51); /* four times sqrt(640 / 4) */
    sim_result_free(&r);
}

/* A commitment of 100 a month: max(100, quantity). The mean of max(100, x), x uniform from 50 to 250, is
 * 1/4 x 100 + 3/4 x 175 = 156.25. */
static void a_shortfall(void **state)
{
    static const struct sim_step step[] = {{0, 100, 0}, {100, 100, 1}};
    const struct sim_curve commitment = {step, 2, INFINITY};
    const struct sim_demand d = demand("web", uniform(5, 25), fixed(0));
    const struct sim_part part = {0, ten};
    struct sim_bent b = {0, SIM_NONE, SIM_NONE, &part, 1, &commitment, NULL, NULL, one, one};
    struct sim_spec s = bent_spec(&b, 3);
    (void)state;
    s.demands = &d, s.ndemands = 1, s.paths = 64000, s.method = DRAWS_ANTITHETIC;
    struct sim_result r = run(&s);
    assert_near(mean_of(r.cost, s.paths), 3 * 156.25, 4 * 3 * sqrt(2400.0 / 64000)); /* variance 2409 without pairs */
    sim_result_free(&r);
}

static bool twice(const void *data, int months, const double *quantity, double *amount)
{
    for (int m = 0; m < months; m++)
        amount[m] = *(const double *)data * quantity[m];
    return quantity[0] < 1e6;
}

/* A curve of one step, a function and linear flows say the same, with all drivers and several parts. */
static void three_ways_to_be_linear(void **state)
{
    static const double volatility[] = {0.1, 0.2}, drift[] = {0, 0.01}, factor = 2;
    static const struct sim_step line[] = {{0, 0, 2}};
    const struct sim_curve straight = {line, 1, INFINITY};
    const struct fx_spec fx = {2, names, drift, volatility, NULL, times, 27, false};
    const struct sim_demand d[] = {demand("a", uniform(1, 9), uniform(0, 0.1)), demand("b", normal(9, 1), fixed(0.01))};
    const struct sim_price p = {"list", uniform(-0.1, 0.1), 0.02};
    const struct sim_part parts[] = {{0, ten}, {1, one}, {SIM_NONE, one}};
    static double two[SIM_MONTHS_MAX], fifth[SIM_MONTHS_MAX], twenty[SIM_MONTHS_MAX];
    const struct sim_bent bents[] = {{0, 1, 0, parts, 3, &straight, NULL, NULL, one, tenth},
                                     {1, 1, 0, parts, 3, NULL, twice, &factor, one, tenth}};
    const struct sim_flow flows[] = {{2, 1, 0, 0, constant(twenty, 20), constant(two, 2)},
                                     {2, 1, 1, 0, two, constant(fifth, 0.2)},
                                     {2, 1, SIM_NONE, 0, two, fifth}};
    struct sim_spec s = {.months = 27,
                         .offers = 3,
                         .fx = &fx,
                         .demands = d,
                         .ndemands = 2,
                         .prices = &p,
                         .nprices = 1,
                         .flows = flows,
                         .nflows = 3,
                         .bents = bents,
                         .nbents = 2,
                         .method = DRAWS_RANDOM,
                         .seed = 9,
                         .paths = 640,
                         .threads = 1};
    (void)state;
    struct sim_result r = run(&s);
    for (int path = 0; path < 640; path++)
        for (int o = 0; o < 2; o++) {
            assert_close(r.cost[o * 640 + path], r.cost[2 * 640 + path], 1e-13);
            assert_close(r.npv[o * 640 + path], r.npv[2 * 640 + path], 1e-13);
        }
    sim_result_free(&r);
}

static bool unknown_when_large(const void *data, int months, const double *quantity, double *amount)
{
    (void)data;
    for (int m = 0; m < months; m++)
        amount[m] = 1;
    return quantity[months - 1] < 50;
}

static void a_function_that_does_not_know(void **state)
{
    const struct sim_demand d = demand("web", uniform(0, 10), fixed(0));
    const struct sim_part part = {0, ten};
    struct sim_bent b = {0, SIM_NONE, SIM_NONE, &part, 1, NULL, unknown_when_large, NULL, one, one};
    struct sim_spec s = bent_spec(&b, 4);
    int unknown = 0;
    (void)state;
    s.demands = &d, s.ndemands = 1;
    struct sim_result r = run(&s);
    for (int p = 0; p < 640; p++) {
        assert_true(isnan(r.cost[p]) || r.cost[p] == 4);
        unknown += isnan(r.cost[p]);
    }
    assert_in_range(unknown, 320 - 51, 320 + 51);
    sim_result_free(&r);
}

static void curves_that_are_none(void **state)
{
    static const struct sim_step late[] = {{1, 0, 1}}, back[] = {{0, 0, 1}, {5, 0, 1}, {5, 9, 1}},
                                 bad[] = {{0, NAN, 1}};
    const struct sim_curve curves[] = {
        {late, 1, INFINITY}, {back, 3, INFINITY}, {bad, 1, 9}, {steps, 4, 2000}, {steps, 0, 9}};
    const struct sim_part part = {SIM_NONE, ten};
    (void)state;
    for (size_t i = 0; i < sizeof curves / sizeof curves[0]; i++) {
        struct sim_bent b = {0, SIM_NONE, SIM_NONE, &part, 1, &curves[i], NULL, NULL, one, one};
        struct sim_spec s = bent_spec(&b, 1);
        struct sim_result r;
        struct err err;
        assert_int_equal(simulate(&s, &r, &err), -1);
        assert_says(&err, ERR_INTERNAL, "offer 1: a curve does not start at 0 or its steps do not ascend");
    }
}

/* 1, 2, 3 and 70 threads, all methods, every kind of driver and flow, and a number of paths that fills no block. */
static void threads_do_not_show(void **state)
{
    static const double volatility[] = {0.1, 0.2}, drift[] = {0, 0.01}, r[] = {1, 0.3, 0.3, 1}, factor = 2;
    const struct fx_spec fx = {2, names, drift, volatility, r, times, 20, false};
    const struct sim_demand d[] = {demand("a", uniform(1, 9), uniform(0, 0.1)),
                                   demand("b", normal(9, 1), normal(0.01, 0.02))};
    const struct sim_price p = {"list", uniform(-0.1, 0.1), 0.02};
    const struct sim_part parts[] = {{0, ten}, {1, one}};
    const struct sim_bent bents[] = {{0, 1, 0, parts, 2, &curve, NULL, NULL, one, tenth},
                                     {1, 0, 0, parts, 2, NULL, twice, &factor, one, tenth}};
    const struct sim_flow flows[] = {
        {0, 1, 0, 0, ten, one}, {1, 0, 1, 0, ten, one}, {2, SIM_NONE, 1, SIM_NONE, one, one}};
    struct sim_spec s = {.months = 20,
                         .offers = 3,
                         .fx = &fx,
                         .demands = d,
                         .ndemands = 2,
                         .prices = &p,
                         .nprices = 1,
                         .flows = flows,
                         .nflows = 3,
                         .bents = bents,
                         .nbents = 2,
                         .method = DRAWS_RANDOM,
                         .seed = 9,
                         .paths = 16 * 65,
                         .threads = 1};
    (void)state;
    for (int method = DRAWS_RANDOM; method <= DRAWS_SOBOL; method++) {
        static const int threads[] = {2, 3, 70};
        s.method = (enum draws_method)method;
        s.threads = 1;
        struct sim_result alone = run(&s);
        for (int t = 0; t < 3; t++) {
            s.threads = threads[t];
            struct sim_result other = run(&s);
            assert_memory_equal(other.cost, alone.cost, 3 * s.paths * sizeof(double));
            assert_memory_equal(other.npv, alone.npv, 3 * s.paths * sizeof(double));
            sim_result_free(&other);
        }
        sim_result_free(&alone);
    }
}

/* More paths continue the same ones; another seed gives others. */
static void seeds_and_lengths(void **state)
{
    const struct sim_demand d = demand("web", uniform(0, 10), uniform(0, 0.01));
    const struct sim_flow f = {0, SIM_NONE, 0, SIM_NONE, one, one};
    struct sim_spec s = {.months = 12, .offers = 1, .demands = &d, .ndemands = 1, .flows = &f, .nflows = 1};
    (void)state;
    s.seed = 1, s.paths = 100, s.threads = 1;
    struct sim_result little = run(&s);
    s.paths = 1000;
    struct sim_result much = run(&s);
    s.seed = UINT64_C(1) << 40;
    struct sim_result other = run(&s);
    assert_memory_equal(little.cost, much.cost, 100 * sizeof(double));
    assert_true(other.cost[0] != much.cost[0]);
    sim_result_free(&little);
    sim_result_free(&much);
    sim_result_free(&other);
}

/* Which dimension draws what: the first four steps of each rate, the yearly step, growths, counts, the other steps;
 * none for what is fixed. */
static void order_of_dimensions(void **state)
{
    static const double volatility[] = {0.1, 0.2}, drift[] = {0, 0.01};
    const struct fx_spec fx = {2, names, drift, volatility, NULL, times, 6, false};
    const struct sim_demand d[] = {demand("a", uniform(1, 9), fixed(0)), demand("b", fixed(1), uniform(0, 0.1))};
    const struct sim_price p[] = {{"x", fixed(0), 0}, {"y", uniform(0, 1), 0}};
    struct sim_spec s = {.months = 6, .offers = 1, .fx = &fx, .demands = d, .ndemands = 2, .prices = p, .nprices = 2};
    static const struct sim_dimension expected[] = {
        {SIM_DRAWN_FX, 0},    {SIM_DRAWN_FX, 1}, {SIM_DRAWN_FX, 2}, {SIM_DRAWN_FX, 3},   {SIM_DRAWN_FX, 4},
        {SIM_DRAWN_FX, 5},    {SIM_DRAWN_FX, 6}, {SIM_DRAWN_FX, 7}, {SIM_DRAWN_STEP, 1}, {SIM_DRAWN_GROWTH, 1},
        {SIM_DRAWN_COUNT, 0}, {SIM_DRAWN_FX, 8}, {SIM_DRAWN_FX, 9}, {SIM_DRAWN_FX, 10},  {SIM_DRAWN_FX, 11}};
    struct sim_model m;
    struct err err;
    (void)state;
    s.paths = 16, s.threads = 1, s.method = DRAWS_SOBOL;
    assert_int_equal(sim_model_make(&m, &s, &err), 0);
    assert_int_equal(m.draws.dimensions, 15);
    for (int i = 0; i < 15; i++) {
        assert_int_equal(m.dimensions[i].drawn, expected[i].drawn);
        assert_int_equal(m.dimensions[i].of, expected[i].of);
    }
    sim_model_free(&m);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_ladder),
        cmocka_unit_test(beyond_the_ladder),
        cmocka_unit_test(a_shortfall),
        cmocka_unit_test(three_ways_to_be_linear),
        cmocka_unit_test(a_function_that_does_not_know),
        cmocka_unit_test(curves_that_are_none),
        cmocka_unit_test(threads_do_not_show),
        cmocka_unit_test(seeds_and_lengths),
        cmocka_unit_test(order_of_dimensions),
    };
    return cmocka_run_group_tests(tests, set_up, NULL);
}
