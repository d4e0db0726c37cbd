/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A book on LANES paths at a time: offer by offer, month by month, as a fee wants all that is paid in its month.
 */
#include "models/book_parts.h"

#include <math.h>
#include <string.h>

typedef double lanes[LANES];

/* From a value to its place among n levels: 2.25 is a quarter of the way from level 2 to level 3. */
static double position(const double *level, size_t n, double x)
{
    size_t low = 0, high = n - 1;
    if (n == 1 || x <= level[0])
        return 0;
    if (x >= level[n - 1])
        return (double)(n - 1);
    while (high - low > 1) {
        size_t mid = (low + high) / 2;
        *(x < level[mid] ? &high : &low) = mid;
    }
    return (double)low + (x - level[low]) / (level[high] - level[low]);
}

static void to_positions(const struct book *b, double (*value)[LANES])
{
    for (size_t v = 0; v < b->nvalues; v++)
        for (int l = 0; l < LANES; l++)
            value[v][l] = position(b->levels + v * LEVELS_MAX, b->values[v].nlevels, value[v][l]);
}

static double between(const double *at_level, size_t n, double place)
{
    size_t k = (size_t)place;
    double part = place - (double)k;
    return k + 1 >= n || part == 0 ? at_level[k] : at_level[k] + part * (at_level[k + 1] - at_level[k]);
}

static void multiply(double *v, const double *by)
{
    for (int l = 0; l < LANES; l++)
        v[l] *= by[l];
}

/* Exchange rate times price of a month. */
static void weigh(const struct strand *s, const struct sim_seen *seen, int month, double *w)
{
    for (int l = 0; l < LANES; l++)
        w[l] = 1;
    if (s->currency != SIM_NONE)
        multiply(w, seen->fx[s->currency * seen->months + month + s->late]);
    if (s->price != SIM_NONE)
        multiply(w, seen->price[s->price * seen->years + s->year[month]]);
}

static void add_figure(const struct book *b, const struct strand *s, const struct sim_seen *seen, int figure, int month,
                       const double *w, double *sum)
{
    size_t at = (size_t)figure * (size_t)b->months + (size_t)month;
    lanes x;
    if (s->amount[at] == 0)
        return;
    for (int l = 0; l < LANES; l++)
        x[l] = s->amount[at] * w[l];
    for (size_t i = 0; i < s->nanswers; i++) {
        const struct answer *a = &s->answers[i];
        for (int l = 0; l < LANES; l++)
            x[l] *= between(a->factor + at * a->n, a->n, seen->value[a->value][l]);
    }
    for (int l = 0; l < LANES; l++)
        sum[l] += x[l];
}

static double toll_of(const struct toll *t, double percent, double rate, double due)
{
    if (!(due > 0))
        return due == 0 ? 0 : NAN;
    return (fmax(t->min, fmin(t->max, due / rate * percent)) + t->fixed) * rate;
}

static void add_toll(const struct book *b, const struct toll *t, const struct sim_seen *seen, int month,
                     const double *due, double *cost, double *npv)
{
    double discount = book_discount(b, month, t->late[month]);
    for (int l = 0; l < LANES; l++) {
        double rate = t->rate, percent = t->percent;
        if (t->currency != SIM_NONE)
            rate *= seen->fx[t->currency * seen->months + month + t->late[month]][l];
        if (t->percent_value != SIM_NONE)
            percent = between(b->levels + t->percent_value * LEVELS_MAX, b->values[t->percent_value].nlevels,
                              seen->value[t->percent_value][l]);
        double fee = toll_of(t, percent, rate, due[l]);
        cost[l] += fee;
        npv[l] += fee * discount;
    }
}

static void offer_month(const struct book *b, const struct sim_seen *seen, int offer, int month)
{
    lanes w, due = {0};
    double *cost = seen->cost[offer], *npv = seen->npv[offer];
    for (const struct strand *s = b->strands[offer]; s; s = s->next) {
        weigh(s, seen, month, w);
        add_figure(b, s, seen, FIGURE_COST, month, w, cost);
        add_figure(b, s, seen, FIGURE_NPV, month, w, npv);
        if (b->tolls[offer])
            add_figure(b, s, seen, FIGURE_DUE, month, w, due);
    }
    for (const struct toll *t = b->tolls[offer]; t; t = t->next)
        add_toll(b, t, seen, month, due, cost, npv);
}

void book_more(const void *book, const struct sim_seen *seen)
{
    const struct book *b = book;
    to_positions(b, seen->value);
    for (int o = 0; o < b->offers; o++)
        for (int m = 0; m < b->months; m++)
            offer_month(b, seen, o, m);
}
