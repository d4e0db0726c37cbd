/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/brownian.h"

#include <math.h>
#include <stdlib.h>

static void increments(struct brownian_step *s, const double *times, int n)
{
    for (int i = 0; i < n; i++) {
        double from = i > 0 ? times[i - 1] : 0;
        s[i] =
            (struct brownian_step){.at = i, .left = i - 1, .right = -1, .from_left = 1, .own = sqrt(times[i] - from)};
    }
}

/* The value at `at`, given those at `left` (or the start) and `right`: normal with the mean on the line between
 * them and the variance (t - l)(r - t) / (r - l). */
static struct brownian_step between(const double *times, int left, int right, int at)
{
    double l = left < 0 ? 0 : times[left], r = times[right], t = times[at], width = r - l;
    if (width <= 0) /* equal times */
        return (struct brownian_step){.at = at, .left = left, .right = right, .from_right = 1};
    return (struct brownian_step){.at = at,
                                  .left = left,
                                  .right = right,
                                  .from_left = (r - t) / width,
                                  .from_right = (t - l) / width,
                                  .own = sqrt((t - l) * (r - t) / width)};
}

/* Halves the gaps level by level. Each step with room on a side is a gap to be halved in its turn, so the list of
 * steps is the queue as well. */
static void bridge(struct brownian_step *s, const double *times, int n)
{
    int have = 0;
    s[have++] = (struct brownian_step){.at = n - 1, .left = -1, .right = -1, .own = sqrt(times[n - 1])};
    for (int i = 0; i < have; i++) {
        int left = s[i].left, at = s[i].at, right = s[i].right;
        if (at - left > 1)
            s[have++] = between(times, left, at, left + (at - left) / 2);
        if (right >= 0 && right - at > 1)
            s[have++] = between(times, at, right, at + (right - at) / 2);
    }
}

int brownian_make(struct brownian *b, const double *times, int n, bool as_bridge, struct err *err)
{
    for (int i = 0; i < n; i++)
        if (!isfinite(times[i]) || times[i] < (i > 0 ? times[i - 1] : 0))
            return err_set(err, ERR_INTERNAL, "time %d of an exchange rate, %.12g years, is before the one before it",
                           i + 1, times[i]);
    struct brownian_step *steps = calloc((size_t)n, sizeof *steps);
    if (!steps)
        return err_nomem(err);
    if (as_bridge)
        bridge(steps, times, n);
    else
        increments(steps, times, n);
    *b = (struct brownian){steps, n};
    return 0;
}

void brownian_free(struct brownian *b)
{
    free(b->steps);
    *b = (struct brownian){0};
}

WIDE_LANES static void step_lanes(const struct brownian_step *s, const double *restrict left,
                                  const double *restrict right, const double *restrict z, double *restrict w)
{
    for (int l = 0; l < LANES; l++)
        w[l] = s->from_left * left[l] + s->from_right * right[l] + s->own * z[l];
}

void brownian_paths(const struct brownian *b, double (*z)[LANES], double (*w)[LANES])
{
    static const double start[LANES];
    for (int i = 0; i < b->n; i++) {
        const struct brownian_step *s = &b->steps[i];
        step_lanes(s, s->left < 0 ? start : w[s->left], s->right < 0 ? start : w[s->right], z[i], w[s->at]);
    }
}
