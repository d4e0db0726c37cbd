/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/newsvendor.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#define PERIODS_MOST INT64_C(1000000000000)

static int by_demand(const void *a, const void *b)
{
    return dec_cmp(((const struct demand_level *)a)->demand, ((const struct demand_level *)b)->demand);
}

static int check_levels(const struct demand_level *v, size_t n, int64_t *periods, struct err *err)
{
    int64_t sum = 0;
    for (size_t i = 0; i < n; i++) {
        if (dec_check(v[i].demand, "demand", err))
            return -1;
        if (dec_sign(v[i].demand) < 0)
            return err_set(err, ERR_USAGE, "a demand below 0");
        if (v[i].periods < 1 || v[i].periods > PERIODS_MOST - sum)
            return err_set(err, ERR_USAGE,
                           "a demand lasts no period, or all last more than 10^12 (allowed: 1 and more)");
        sum += v[i].periods;
    }
    *periods = sum;
    return 0;
}

static int check_positive(dec_t value, const char *what, struct err *err)
{
    if (dec_check(value, what, err))
        return -1;
    return dec_sign(value) < 0 ? err_set(err, ERR_USAGE, "%s below 0", what) : 0;
}

static int check(const struct demand_level *v, size_t n, dec_t commit, dec_t price, int64_t *periods, struct err *err)
{
    assert(n >= 1);
    if (check_positive(commit, "the price of a committed unit", err) ||
        check_positive(price, "the on-demand price", err))
        return -1;
    return check_levels(v, n, periods, err);
}

/* Unit-periods of demand above q. */
static dec_t above(const struct demand_level *v, size_t n, dec_t q)
{
    dec_t sum = DEC_ZERO;
    for (size_t i = 0; i < n; i++)
        if (dec_cmp(v[i].demand, q) > 0)
            sum = dec_add(sum, dec_muln(dec_sub(v[i].demand, q), v[i].periods));
    return sum;
}

static dec_t cost(dec_t committed, dec_t commit, dec_t more, dec_t price)
{
    return dec_add(dec_mul(committed, commit, DEC_HALF_UP), dec_mul(more, price, DEC_HALF_UP));
}

static struct newsvendor facts(const struct demand_level *v, size_t n, dec_t commit, dec_t price, dec_t q,
                               int64_t periods)
{
    dec_t all = above(v, n, DEC_ZERO), more = above(v, n, q), committed = dec_muln(q, periods);
    dec_t used = dec_sub(all, more);
    return (struct newsvendor){.quantity = q,
                               .highest = q,
                               .cost = cost(committed, commit, more, price),
                               .on_demand = dec_mul(all, price, DEC_HALF_UP),
                               .used = used,
                               .unused = dec_sub(committed, used),
                               .periods = periods};
}

static int check_facts(const struct newsvendor *f, struct err *err)
{
    return dec_check(f->cost, "cost of a commitment", err) || dec_check(f->on_demand, "cost on demand", err) ||
                   dec_check(f->unused, "unused commitment", err)
               ? -1
               : 0;
}

/* Where cost falls to the right of q (-1), stays (0) or rises (1), when `covered` periods have no demand above q:
 * W(D <= q) p against (p - c) W, where W are whole numbers of periods, so that nothing is rounded. */
static int slope(dec_t price, int64_t covered, dec_t wanted)
{
    return dec_cmp(dec_muln(price, covered), wanted);
}

/* The range of amounts that cost least; levels ascend. */
static void optimum(const struct demand_level *v, size_t n, dec_t price, dec_t wanted, dec_t *low, dec_t *high)
{
    int64_t covered = 0;
    size_t i = 0;
    *low = DEC_ZERO;
    for (; i < n && slope(price, covered, wanted) < 0; i++) {
        *low = v[i].demand;
        covered += v[i].periods;
    }
    *high = i < n && slope(price, covered, wanted) == 0 ? v[i].demand : *low;
}

/* Cost is convex in the amount, so the best whole ones lie in the range or next to it. */
static struct newsvendor best_whole(const struct demand_level *v, size_t n, dec_t commit, dec_t price, dec_t low,
                                    dec_t high, int64_t periods)
{
    dec_t down = dec_round(low, 0, DEC_FLOOR), up = dec_round(low, 0, DEC_CEIL);
    struct newsvendor upper = facts(v, n, commit, price, up, periods);
    if (dec_cmp(up, high) <= 0) {
        upper.highest = dec_round(high, 0, DEC_FLOOR);
        return upper;
    }
    struct newsvendor lower = facts(v, n, commit, price, down, periods);
    if (dec_bad(upper.cost) || dec_bad(lower.cost))
        return upper;
    int order = dec_cmp(lower.cost, upper.cost);
    if (order == 0)
        lower.highest = up;
    return order <= 0 ? lower : upper;
}

static int solve(const struct demand_level *v, size_t n, dec_t commit, dec_t price, bool whole, int64_t periods,
                 struct newsvendor *out, struct err *err)
{
    dec_t wanted = dec_sub(dec_muln(price, periods), dec_muln(commit, periods)), low, high;
    if (dec_check(wanted, "price of all periods", err))
        return -1;
    optimum(v, n, price, wanted, &low, &high);
    struct newsvendor f;
    if (whole) {
        f = best_whole(v, n, commit, price, low, high, periods);
    } else {
        f = facts(v, n, commit, price, low, periods);
        f.highest = high;
    }
    if (check_facts(&f, err))
        return -1;
    *out = f;
    return 0;
}

int newsvendor_commit(const struct demand_level *levels, size_t n, dec_t commit, dec_t price, bool whole,
                      struct newsvendor *out, struct err *err)
{
    int64_t periods;
    if (check(levels, n, commit, price, &periods, err))
        return -1;
    struct demand_level *v = calloc(n, sizeof *v);
    if (!v)
        return err_nomem(err);
    memcpy(v, levels, n * sizeof *v);
    qsort(v, n, sizeof *v, by_demand);
    int rc = solve(v, n, commit, price, whole, periods, out, err);
    free(v);
    return rc;
}

int newsvendor_at(const struct demand_level *levels, size_t n, dec_t commit, dec_t price, dec_t quantity,
                  struct newsvendor *out, struct err *err)
{
    int64_t periods;
    if (check(levels, n, commit, price, &periods, err) || check_positive(quantity, "a committed quantity", err))
        return -1;
    struct newsvendor f = facts(levels, n, commit, price, quantity, periods);
    if (check_facts(&f, err))
        return -1;
    *out = f;
    return 0;
}
