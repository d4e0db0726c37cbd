/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Simulations whose outcome is known in closed form. Seeds are fixed, so a test passes always or never; distances
 * are four standard errors of what is looked at, unless the outcome holds no chance.
 */
#include "tests/support/failing_malloc.h"
#include "tests/support/sim_case.h"

enum { PATHS = 64000 };
static const char *const names[] = {"USD", "EUR"};
static double hundred[SIM_MONTHS_MAX], discounted[SIM_MONTHS_MAX], times[SIM_MONTHS_MAX];

static int set_up(void **state)
{
    (void)state;
    constant(hundred, 100);
    for (int m = 0; m < SIM_MONTHS_MAX; m++)
        discounted[m] = 100 * pow(1.08, -(m + 1) / 12.0);
    fx_month_times(1, SIM_MONTHS_MAX, times);
    return 0;
}

/* One offer, one flow of 100 a month; `with` names the drivers of the flow. */
static struct sim_spec one_flow(int months, struct sim_flow *with)
{
    with->cost = hundred;
    with->npv = discounted;
    return (struct sim_spec){
        .months = months, .offers = 1, .flows = with, .nflows = 1, .seed = 20261121, .paths = PATHS, .threads = 1};
}

/* Dollars of no drift: the mean stays 1200; the variance is the sum over s, t of 100^2 (exp(v^2 min(s, t)) - 1). */
static void dollars_every_month(void **state)
{
    static const double volatility[] = {0.2}, drift[] = {-0.02};
    struct sim_flow f = {0, 0, SIM_NONE, SIM_NONE, NULL, NULL};
    struct sim_spec s = one_flow(12, &f);
    struct fx_spec fx = {1, names, drift, volatility, NULL, times, 12, false};
    double variance = 0;
    (void)state;
    s.fx = &fx;
    for (int i = 0; i < 12; i++)
        for (int j = 0; j < 12; j++)
            variance += 1e4 * (exp(0.04 * fmin(times[i], times[j])) - 1);
    for (int method = DRAWS_RANDOM; method <= DRAWS_SOBOL; method++) {
        s.method = (enum draws_method)method;
        struct sim_result r = run(&s);
        assert_near(mean_of(r.cost, PATHS), 1200, 4 * sqrt(variance / PATHS));
        assert_close(variance_of(r.cost, PATHS), variance, 0.03); /* about 4 sqrt(2.5 / n), antithetic twice that */
        sim_result_free(&r);
    }
}

/* One month of dollars is lognormal: 90 % are below its quantile, give or take 4 sqrt(0.09 / n); with a Sobol
 * sequence give or take a tenth of that. */
static void ninety_percent_of_one_month(void **state)
{
    static const double volatility[] = {0.3}, drift[] = {0.05};
    struct sim_flow f = {0, 0, SIM_NONE, SIM_NONE, NULL, NULL};
    struct sim_spec s = one_flow(1, &f);
    struct fx_spec fx = {1, names, drift, volatility, NULL, (const double[]){2}, 1, false};
    (void)state;
    s.fx = &fx;
    for (int method = DRAWS_RANDOM; method <= DRAWS_SOBOL; method++) {
        s.method = (enum draws_method)method;
        struct sim_result r = run(&s);
        double within = 4 * sqrt(0.09 / PATHS) / (method == DRAWS_SOBOL ? 10 : 1);
        assert_near(share_below(r.cost, PATHS, 100 * fx_quantile(0.05, 0.3, 2, 0.9)), 0.9, within);
        sim_result_free(&r);
    }
}

/* Counts normal(6, 0.5) and normal(10, 0.6) at 100 and 200 a month are normal(2600, sqrt(50^2 + 120^2) = 130). */
static void normals_add_up(void **state)
{
    static double two_hundred[SIM_MONTHS_MAX];
    const struct sim_demand demands[] = {demand("web", normal(6, 0.5), fixed(0)),
                                         demand("db", normal(10, 0.6), fixed(0))};
    struct sim_flow f[] = {{0, SIM_NONE, 0, SIM_NONE, hundred, hundred},
                           {0, SIM_NONE, 1, SIM_NONE, two_hundred, two_hundred}};
    struct sim_spec s = one_flow(1, f);
    (void)state;
    f[0].npv = hundred;
    constant(two_hundred, 200);
    s.nflows = 2;
    s.demands = demands;
    s.ndemands = 2;
    struct sim_result r = run(&s);
    assert_near(mean_of(r.cost, PATHS), 2600, 4 * 130 / sqrt(PATHS));
    assert_close(sqrt(variance_of(r.cost, PATHS)), 130, 4 / sqrt(2.0 * PATHS));
    assert_near(share_below(r.cost, PATHS, 2600 + 130 * 1.2815515655446004), 0.9, 4 * sqrt(0.09 / PATHS));
    assert_near(share_below(r.cost, PATHS, 2600 - 130 * 1.2815515655446004), 0.1, 4 * sqrt(0.09 / PATHS));
    sim_result_free(&r);
}

/* The mean of (1 + g)^m for g uniform from a to b: ((1 + b)^(m + 1) - (1 + a)^(m + 1)) / ((m + 1)(b - a)); against a
 * base of 2 % each month is divided by 1.02^m, against a base count of 5 all by 5. The outcome is near 0.6 wide
 * against its mean. A Sobol sequence puts 4,096 points, one in each equal part, all at the same place of it: the
 * mean of 16 such is off by 0.6 / 4096 / sqrt(12 x 16) = 1.1e-5; random draws would be off by 7e-4. */
static void growth_that_is_drawn(void **state)
{
    struct sim_demand d = {"web", fixed(6), uniform(0.01, 0.05), 5, 0.02, false};
    struct sim_flow f = {0, SIM_NONE, 0, SIM_NONE, NULL, NULL};
    struct sim_spec s = one_flow(30, &f);
    double cost = 0, npv = 0;
    (void)state;
    for (int m = 0; m < 30; m++) {
        double mean = (pow(1.05, m + 1) - pow(1.01, m + 1)) / ((m + 1) * 0.04) * pow(1.02, -m) * 6 / 5;
        cost += 100 * mean;
        npv += discounted[m] * mean;
    }
    s.demands = &d;
    s.ndemands = 1;
    s.method = DRAWS_SOBOL;
    s.paths = 16 * 4096;
    struct sim_result r = run(&s);
    assert_close(mean_of(r.cost, s.paths), cost, 4.4e-5);
    assert_close(mean_of(r.npv, s.paths), npv, 4.4e-5);
    sim_result_free(&r);
}

/* By the year: (1 + g)^(m / 12); a price that moves by s in months 13 and 25. Both from two values of equal weight,
 * so four outcomes of equal weight, worked out month by month. */
static void by_the_year(void **state)
{
    static const struct weighted growths[] = {{0.1, 1}, {0.4, 1}}, steps[] = {{-0.2, 3}, {0.1, 3}};
    struct sim_demand d = {"web", fixed(1), {.kind = DISTRIBUTION_DISCRETE, .values = growths, .nvalues = 2},
                           1,     0.2,      true};
    struct sim_price p = {"list", {.kind = DISTRIBUTION_DISCRETE, .values = steps, .nvalues = 2}, 0.05};
    struct sim_flow f = {0, SIM_NONE, 0, 0, NULL, NULL};
    struct sim_spec s = one_flow(36, &f);
    int seen[4] = {0};
    (void)state;
    s.demands = &d, s.ndemands = 1, s.prices = &p, s.nprices = 1, s.paths = 4000;
    struct sim_result r = run(&s);
    for (uint64_t path = 0; path < s.paths; path++) {
        int which = -1;
        for (int k = 0; k < 4; k++) {
            double sum = 0;
            for (int m = 0; m < 36; m++)
                sum += 100 * pow((1 + growths[k / 2].value) / 1.2, m / 12.0) *
                       pow((1 + steps[k % 2].value) / 1.05, m / 12);
            if (fabs(r.cost[path] - sum) < 1e-9 * sum)
                which = k;
        }
        assert_in_range(which, 0, 3);
        seen[which]++;
    }
    for (int k = 0; k < 4; k++)
        assert_near(seen[k], 1000, 4 * sqrt(4000 * 0.25 * 0.75));
    sim_result_free(&r);
}

/* Without chance every path is the same: growth, steps, flows without drivers, one that is discounted a little less
 * than the others, and a month whose net present value is paid at another time than its cost. */
static void without_chance(void **state)
{
    static double late[SIM_MONTHS_MAX], none[SIM_MONTHS_MAX], less[SIM_MONTHS_MAX];
    struct sim_demand d = demand("web", fixed(3), fixed(0.03));
    struct sim_price p = {"list", fixed(0.1), 0};
    struct sim_flow f[] = {{0, SIM_NONE, 0, 0, hundred, discounted},
                           {1, SIM_NONE, SIM_NONE, SIM_NONE, hundred, discounted},
                           {1, SIM_NONE, SIM_NONE, SIM_NONE, hundred, less},
                           {1, SIM_NONE, SIM_NONE, SIM_NONE, none, late}};
    struct sim_spec s = one_flow(25, f);
    double cost = 0, npv = 0, plain = 0;
    (void)state;
    late[20] = 77;
    s.offers = 2, s.nflows = 4, s.demands = &d, s.ndemands = 1, s.prices = &p, s.nprices = 1, s.paths = 70;
    for (int m = 0; m < 25; m++) {
        double factor = 3 * pow(1.03, m) * pow(1.1, m / 12);
        cost += 100 * factor;
        npv += discounted[m] * factor;
        less[m] = 1.0001 * discounted[m];
        plain += discounted[m] + less[m];
    }
    struct sim_result r = run(&s);
    for (int path = 0; path < 70; path++) {
        assert_close(r.cost[path], cost, 1e-14);
        assert_close(r.npv[path], npv, 1e-14);
        assert_close(r.cost[70 + path], 5000, 1e-14);
        assert_close(r.npv[70 + path], plain + 77, 1e-14);
    }
    sim_result_free(&r);
}

/* Flows of the same drivers are added up beforehand; taken as offers of their own they give the same sum. Their net
 * present values follow twelve different ways of discounting, more than are told apart. */
static void many_flows_as_one(void **state)
{
    enum { FLOWS = 24 };
    static double cost[FLOWS][36], npv[FLOWS][36];
    static const double volatility[] = {0.1, 0.2}, drift[] = {0, 0}, correlation[] = {1, 0.5, 0.5, 1};
    const struct fx_spec fx = {2, names, drift, volatility, correlation, times, 36, false};
    const struct sim_demand demands[] = {demand("a", uniform(1, 3), uniform(0, 0.05)),
                                         demand("b", fixed(1), uniform(0, 0.1))};
    const struct sim_price price = {"list", uniform(-0.1, 0.1), 0};
    struct sim_flow together[FLOWS], apart[FLOWS];
    (void)state;
    for (int i = 0; i < FLOWS; i++) {
        for (int m = 0; m < 36; m++) {
            cost[i][m] = (i + 2 * m) % 5;
            npv[i][m] = cost[i][m] * pow(1.01 + i / 2 * 0.002, -m);
        }
        together[i] = (struct sim_flow){0, i % 3 - 1, i % 2 - (i % 7 == 0), i % 5 == 0 ? 0 : SIM_NONE, cost[i], npv[i]};
        apart[i] = together[i];
        apart[i].offer = i;
    }
    struct sim_spec s = {
        .months = 36, .offers = 1, .fx = &fx, .demands = demands, .ndemands = 2, .prices = &price, .nprices = 1};
    s.flows = together, s.nflows = FLOWS, s.paths = 640, s.threads = 1;
    struct sim_result one = run(&s);
    s.flows = apart, s.offers = FLOWS;
    struct sim_result many = run(&s);
    for (int path = 0; path < 640; path++) {
        double costs = 0, npvs = 0;
        for (int i = 0; i < FLOWS; i++) {
            costs += many.cost[i * 640 + path];
            npvs += many.npv[i * 640 + path];
        }
        assert_close(one.cost[path], costs, 1e-13);
        assert_close(one.npv[path], npvs, 1e-12);
    }
    sim_result_free(&one);
    sim_result_free(&many);
}

/* ---- what is refused ---- */

static void refused(const struct sim_spec *s, enum err_kind kind, const char *text)
{
    struct sim_result r;
    struct err err;
    assert_int_equal(simulate(s, &r, &err), -1);
    assert_says(&err, kind, text);
}

/* 12 offers take 192 bytes a path: 10^10 paths are 1788.1 GiB; 2^30 / 192 = 5592405. */
static void too_many_paths(void **state)
{
    struct sim_flow f = {0, SIM_NONE, SIM_NONE, SIM_NONE, NULL, NULL};
    struct sim_spec s = one_flow(36, &f);
    (void)state;
    s.offers = 12;
    s.paths = UINT64_C(10000000000);
    refused(&s, ERR_USAGE, "10000000000 paths of 12 offers need 1788.1 GiB of memory and about ");
    refused(&s, ERR_USAGE, " of one core (at most 1 GiB: 5592405 paths)");
    s.paths = UINT64_MAX;
    refused(&s, ERR_USAGE, " days of one core");
    s.paths = 0;
    refused(&s, ERR_USAGE, "a simulation needs at least one path");
}

static void drivers_that_cannot_be(void **state)
{
    struct sim_demand d = demand("web", normal(6, 3), fixed(0));
    struct sim_price p = {"list", uniform(-1, 0), 0};
    struct sim_flow f = {0, SIM_NONE, 0, 0, NULL, NULL};
    struct sim_spec s = one_flow(36, &f);
    (void)state;
    s.demands = &d, s.ndemands = 1, s.prices = &p, s.nprices = 1;
    refused(&s, ERR_USAGE, "count of web: normal reaches -18.6");
    d.count = uniform(6, 5);
    refused(&s, ERR_USAGE, "count of web: uniform: the lowest value 6 is not below the highest, 5");
    d.count = fixed(6), d.base_count = 0;
    refused(&s, ERR_USAGE, "count of web: the base 0 is not above 0");
    d.base_count = 6, d.growth = uniform(-2, 0);
    refused(&s, ERR_USAGE, "growth of web: uniform reaches -2, but nothing shrinks by 100% or more");
    d.growth = fixed(1e30);
    refused(&s, ERR_USAGE, "growth of web: what it comes to is too large to compute with");
    d.growth = (struct distribution){.kind = DISTRIBUTION_TRIANGULAR, .a = 0, .b = 2, .c = 1};
    refused(&s, ERR_USAGE, "growth of web: triangular: the mode 2 is not between 0 and 1");
    d.growth = fixed(0);
    p.step = uniform(-1.5, 0);
    refused(&s, ERR_USAGE, "yearly step of list: uniform reaches -1.5");
    p.step = fixed(0);
    s.method = DRAWS_ANTITHETIC, s.paths = 3;
    refused(&s, ERR_USAGE, "antithetic paths come in pairs");
}

static void amounts_that_are_none(void **state)
{
    double bad[] = {1, NAN};
    struct sim_flow f = {0, SIM_NONE, SIM_NONE, SIM_NONE, NULL, NULL};
    struct sim_spec s = one_flow(2, &f);
    (void)state;
    f.npv = bad;
    refused(&s, ERR_INTERNAL, "offer 1, month 2: an amount is not a finite number");
}

static void correlations_reach_through(void **state)
{
    static const double volatility[] = {0.1, 0.1}, drift[] = {0, 0}, r[] = {1, 2, 2, 1};
    struct sim_flow f = {0, 0, SIM_NONE, SIM_NONE, NULL, NULL};
    struct sim_spec s = one_flow(2, &f);
    const struct fx_spec fx = {2, names, drift, volatility, r, times, 2, false};
    (void)state;
    s.fx = &fx;
    refused(&s, ERR_USAGE, "the correlation of EUR and USD is 2");
}

/* Each request of ours for memory refused in turn: an error, no leak (AddressSanitizer looks), and then it works. */
static void memory_runs_out(void **state)
{
    static const double volatility[] = {0.1}, drift[] = {0};
    const struct fx_spec fx = {1, names, drift, volatility, NULL, times, 12, false};
    struct sim_flow f = {0, 0, SIM_NONE, SIM_NONE, NULL, NULL};
    struct sim_spec s = one_flow(12, &f);
    struct sim_result r;
    struct err err;
    int status = -1;
    (void)state;
    s.fx = &fx, s.paths = 64, s.method = DRAWS_SOBOL;
    for (long nth = 1; status && nth < 100; nth++) {
        failing_malloc_start(nth);
        status = simulate(&s, &r, &err);
        long calls = failing_malloc_stop();
        if (status)
            assert_says(&err, ERR_INTERNAL, "out of memory");
        else
            assert_true(calls < nth && nth > 10);
    }
    assert_int_equal(status, 0);
    sim_result_free(&r);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(dollars_every_month),
        cmocka_unit_test(ninety_percent_of_one_month),
        cmocka_unit_test(normals_add_up),
        cmocka_unit_test(growth_that_is_drawn),
        cmocka_unit_test(by_the_year),
        cmocka_unit_test(without_chance),
        cmocka_unit_test(many_flows_as_one),
        cmocka_unit_test(too_many_paths),
        cmocka_unit_test(drivers_that_cannot_be),
        cmocka_unit_test(amounts_that_are_none),
        cmocka_unit_test(correlations_reach_through),
        cmocka_unit_test(memory_runs_out),
    };
    return cmocka_run_group_tests(tests, set_up, NULL);
}
