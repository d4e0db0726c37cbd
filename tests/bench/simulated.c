/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * simulated time linear|bent METHOD PATHS THREADS   "MS-of-paths MS-of-outcomes MEAN STANDARD-ERROR" of offer 0
 * simulated dump PATHS DRAWS COSTS                   the uniform draws (path by path) and the costs and net present
 *                                                    values (offer by offer) of a small run, as doubles
 *
 * The model: 36 months, 12 offers in three currencies, one of them the budget's, 20 resources of uncertain count
 * and growth, a yearly step of prices for each offer. simulate.py holds the same model in NumPy. "bent" gives each
 * offer a ladder of prices and a shortfall as well.
 */
#include "models/outcome.h"
#include "models/sim_model.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { MONTHS = 36, OFFERS = 12, RESOURCES = 20, CURRENCIES = 2, SEED = 20261121 };

static double cost[OFFERS][RESOURCES][MONTHS], npv[OFFERS][RESOURCES][MONTHS], one[MONTHS], later[MONTHS];
static double volume[RESOURCES][MONTHS], times[MONTHS];
static struct sim_flow flows[OFFERS * RESOURCES];
static struct sim_demand demands[RESOURCES];
static struct sim_price prices[OFFERS];
static struct sim_part parts[RESOURCES];
static struct sim_bent bents[2 * OFFERS];
static const struct sim_step ladder[] = {{0, 0, 0}, {100, 0, 0.8}, {10000, 7920, 0.6}, {50000, 31920, 0.5}};
static const struct sim_step shortfall[] = {{0, 9000, 0}, {9000, 9000, 1}};
static const struct sim_curve ladder_curve = {ladder, 4, INFINITY}, shortfall_curve = {shortfall, 2, INFINITY};

static const char *const names[] = {"USD", "EUR"};
static const double drift[] = {-0.0008, -0.00245}, volatility[] = {0.04, 0.07}, correlation[] = {1, 0.5, 0.5, 1};
static const struct fx_spec fx = {CURRENCIES, names, drift, volatility, correlation, times, MONTHS, false};

static double now_ms(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

static void make_months(void)
{
    for (int m = 0; m < MONTHS; m++) {
        times[m] = (m + 1) / 12.0;
        one[m] = 1;
        later[m] = pow(1.08, -times[m]);
        for (int r = 0; r < RESOURCES; r++)
            volume[r][m] = 500;
        for (int o = 0; o < OFFERS; o++)
            for (int r = 0; r < RESOURCES; r++) {
                cost[o][r][m] = 100 + 7 * o + 13 * r + m % 3;
                npv[o][r][m] = cost[o][r][m] * later[m];
            }
    }
}

static struct distribution triangular(double a, double b, double c)
{
    return (struct distribution){.kind = DISTRIBUTION_TRIANGULAR, .a = a, .b = b, .c = c};
}

static void make_spec(struct sim_spec *s)
{
    make_months();
    for (int r = 0; r < RESOURCES; r++) {
        demands[r] = (struct sim_demand){"resource", triangular(4, 6, 10), triangular(0, 0.02, 0.05), 6, 0.02, false};
        parts[r] = (struct sim_part){r, volume[r]};
    }
    for (int o = 0; o < OFFERS; o++) {
        prices[o] = (struct sim_price){"offer", {.kind = DISTRIBUTION_UNIFORM, .a = -0.08, .b = 0.02}, 0};
        for (int r = 0; r < RESOURCES; r++)
            flows[o * RESOURCES + r] = (struct sim_flow){o, o % 3 - 1, r, o, cost[o][r], npv[o][r]};
        bents[2 * o] = (struct sim_bent){o, o % 3 - 1, o, parts, RESOURCES, &ladder_curve, NULL, NULL, one, later};
        bents[2 * o + 1] =
            (struct sim_bent){o, o % 3 - 1, o, parts, RESOURCES, &shortfall_curve, NULL, NULL, one, later};
    }
    *s = (struct sim_spec){.months = MONTHS,
                           .offers = OFFERS,
                           .fx = &fx,
                           .demands = demands,
                           .ndemands = RESOURCES,
                           .prices = prices,
                           .nprices = OFFERS,
                           .flows = flows,
                           .nflows = OFFERS * RESOURCES,
                           .seed = SEED,
                           .threads = 1};
}

static int timed(struct sim_spec *s)
{
    struct sim_result r;
    struct outcome of_cost, of_npv;
    struct err err;
    double start = now_ms(), middle = 0;
    int status = simulate(s, &r, &err);
    if (status == 0) {
        middle = now_ms();
        status = outcome_make(&of_cost, r.cost, OFFERS, s->paths, s->method, &err) ||
                 outcome_make(&of_npv, r.npv, OFFERS, s->paths, s->method, &err);
    }
    if (status) {
        fprintf(stderr, "simulated: %s\n", err.text);
        return 1;
    }
    double end = now_ms();
    printf("%.1f %.1f %.10g %.6g\n", middle - start, end - middle, of_cost.offer[0].mean,
           of_cost.offer[0].standard_error);
    outcome_free(&of_cost);
    outcome_free(&of_npv);
    sim_result_free(&r);
    return 0;
}

/* The draws of path p, from the first dimension to the last. */
static int write_draws(const struct sim_model *m, FILE *f, struct err *err)
{
    struct draws_cursor *c;
    int n = m->draws.dimensions;
    double(*u)[LANES] = malloc((size_t)n * sizeof *u);
    if (!u || draws_open(&m->draws, &c, err))
        return -1;
    for (uint64_t p = 0; p < m->draws.paths; p += LANES) {
        if (draws_block(&m->draws, c, p, u, err))
            return -1;
        for (int l = 0; l < LANES; l++)
            for (int i = 0; i < n; i++)
                fwrite(&u[i][l], sizeof(double), 1, f);
    }
    draws_close(c);
    free(u);
    return 0;
}

static int dump(const struct sim_spec *s, const char *draws, const char *costs)
{
    struct sim_model m;
    struct sim_result r;
    struct err err = {ERR_NONE, "cannot write"};
    FILE *d = fopen(draws, "wb"), *c = fopen(costs, "wb");
    if (!d || !c || sim_model_make(&m, s, &err) || write_draws(&m, d, &err) || simulate(s, &r, &err)) {
        fprintf(stderr, "simulated: %s\n", err.text);
        return 1;
    }
    fwrite(r.cost, sizeof(double), OFFERS * s->paths, c);
    fwrite(r.npv, sizeof(double), OFFERS * s->paths, c);
    int status = ferror(d) || ferror(c) || fclose(d) || fclose(c);
    sim_model_free(&m);
    sim_result_free(&r);
    return status;
}

int main(int argc, char **argv)
{
    static const char *const methods[] = {"random", "antithetic", "sobol"};
    struct sim_spec s;
    make_spec(&s);
    if (argc == 5 && strcmp(argv[1], "dump") == 0) {
        s.paths = strtoull(argv[2], NULL, 10) / LANES * LANES;
        return dump(&s, argv[3], argv[4]);
    }
    if (argc == 6 && strcmp(argv[1], "time") == 0) {
        for (int i = 0; i < 3; i++)
            if (strcmp(argv[3], methods[i]) == 0)
                s.method = (enum draws_method)i;
        s.paths = strtoull(argv[4], NULL, 10);
        s.threads = (int)strtol(argv[5], NULL, 10);
        s.bents = bents;
        s.nbents = strcmp(argv[2], "bent") == 0 ? 2 * OFFERS : 0;
        return timed(&s);
    }
    fputs("usage: simulated time linear|bent METHOD PATHS THREADS | dump PATHS DRAWS COSTS\n", stderr);
    return 2;
}
