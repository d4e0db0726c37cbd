#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""simulate.py check PATHS DRAWS COSTS: computes the model of simulated.c from the draws that file holds, and
compares each cost and net present value. simulate.py time PATHS CHUNK: the same model with NumPy's own draws, so
many paths at a time; prints "MS-of-paths MS-of-outcomes MEAN STANDARD-ERROR VERSION"."""
import statistics
import sys
import time

import numpy as np

MONTHS, OFFERS, RESOURCES, CURRENCIES, COARSE = 36, 12, 20, 2, 4
DRIFT, VOLATILITY = np.array([-0.0008, -0.00245]), np.array([0.04, 0.07])
ROOT = np.linalg.cholesky(np.array([[1, 0.5], [0.5, 1]]))
TIMES = np.arange(1, MONTHS + 1) / 12
CURRENCY = np.arange(OFFERS) % 3 - 1

_o, _r, _m = np.ogrid[:OFFERS, :RESOURCES, :MONTHS]
COST = np.ascontiguousarray((100.0 + 7 * _o + 13 * _r + _m % 3).transpose(2, 0, 1))  # month, offer, resource
DISCOUNT = 1.08**-TIMES


def paths(normal, count, growth, step, out):
    """normal[month, currency, path], count and growth[resource, path], step[offer, path] into out[2 x offer, path]"""
    n = count.shape[1]
    moved = np.cumsum(np.einsum("ab,mbp->map", ROOT, normal) * np.sqrt(1 / 12), axis=0)
    moved *= VOLATILITY[:, None]
    moved += (DRIFT[None, :] * TIMES[:, None])[:, :, None]
    rate = np.exp(moved, out=moved)
    demand = count / 6
    growth = (1 + growth) / 1.02
    price, step = np.ones((OFFERS, n)), 1 + step
    out[:] = 0
    part, weight = np.empty((OFFERS, n)), np.empty((OFFERS, n))
    for m in range(MONTHS):
        if m > 0:
            demand *= growth
            if m % 12 == 0:
                price *= step
        np.matmul(COST[m], demand, out=part)
        np.copyto(weight, price)
        for c in range(CURRENCIES):
            weight[CURRENCY == c] *= rate[m, c]
        part *= weight
        out[:OFFERS] += part
        part *= DISCOUNT[m]
        out[OFFERS:] += part


def outcomes(v):
    """What outcome.h says of the offers, from v[offer, path]."""
    n = v.shape[1]
    mean, deviation = v.mean(axis=1), v.std(axis=1, ddof=1)
    quantiles = np.quantile(v, [0.1, 0.5, 0.9], axis=1)
    low = v.min(axis=0)
    is_low = v == low
    cheapest = (is_low / is_low.sum(axis=0)).mean(axis=1)
    regret = (v - low).mean(axis=1)
    below = np.array([[(v[a] < v[b]).mean() for b in range(OFFERS)] for a in range(OFFERS)])
    return mean, deviation / np.sqrt(n), v.min(axis=1), v.max(axis=1), quantiles, cheapest, regret, below


def triangular(u, a, b, c):
    return np.where(u < (b - a) / (c - a), a + np.sqrt(u * (c - a) * (b - a)), c - np.sqrt((1 - u) * (c - a) * (c - b)))


def check(n, draws, costs):
    # The order of dimensions: the first steps of the rates, steps of prices, growths, counts, the other rates.
    u = np.fromfile(draws).reshape(n, -1).T
    theirs = np.fromfile(costs).reshape(2 * OFFERS, n)
    early, fx = COARSE * CURRENCIES, MONTHS * CURRENCIES
    at = np.cumsum([early, OFFERS, RESOURCES, RESOURCES])
    rates = np.concatenate([u[:early], u[at[3]:]])
    assert rates.shape[0] == fx, "not the dimensions of this model"
    inverse = np.vectorize(statistics.NormalDist().inv_cdf)
    ours = np.empty((2 * OFFERS, n))
    paths(inverse(rates).reshape(MONTHS, CURRENCIES, n), triangular(u[at[2]:at[3]], 4, 6, 10),
          triangular(u[at[1]:at[2]], 0, 0.02, 0.05), -0.08 + u[at[0]:at[1]] * 0.1, ours)
    worst = np.max(np.abs(ours / theirs - 1))
    print(f"{ours.size} figures, the largest relative difference {worst:.1e}")
    return 0 if worst < 1e-9 else 1


def timed(n, chunk):
    rng = np.random.default_rng(20261121)
    start = time.perf_counter()
    v = np.empty((2 * OFFERS, n))
    for at in range(0, n, chunk):
        k = min(chunk, n - at)
        paths(rng.standard_normal((MONTHS, CURRENCIES, k)), rng.triangular(4, 6, 10, (RESOURCES, k)),
              rng.triangular(0, 0.02, 0.05, (RESOURCES, k)), rng.uniform(-0.08, 0.02, (OFFERS, k)), v[:, at:at + k])
    middle = time.perf_counter()
    cost = outcomes(v[:OFFERS])
    outcomes(v[OFFERS:])
    end = time.perf_counter()
    print(f"{(middle - start) * 1e3:.1f} {(end - middle) * 1e3:.1f} {cost[0][0]:.10g} {cost[1][0]:.6g} {np.__version__}")


if sys.argv[1] == "check":
    sys.exit(check(int(sys.argv[2]), *sys.argv[3:]))
timed(*map(int, sys.argv[2:]))
