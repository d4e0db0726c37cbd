/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/risk_run.h"

#include "models/fx_estimate.h"
#include "models/outcome.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { SHARE_PLACES = 6 };

/* The doubles a simulation needs, in one allocation: [0 .. ncurrencies) drift, then volatility, correlation, times. */
struct moving {
    struct fx_spec spec;
    double *drift, *volatility, *correlation, *times;
};

static int make_room(struct moving *m, int currencies, int times, struct err *err)
{
    size_t c = (size_t)currencies;
    *m = (struct moving){.drift = calloc(2 * c + c * c + (size_t)times, sizeof(double))};
    if (!m->drift)
        return err_nomem(err);
    m->volatility = m->drift + c;
    m->correlation = m->volatility + c;
    m->times = m->correlation + c * c;
    return 0;
}

/* ---- history ---- */

static int take_history(const struct risk_moves *r, struct moving *m, struct err *err)
{
    size_t n = (size_t)r->currencies;
    double *rate = malloc((n * r->days + 1) * sizeof *rate);
    const double **of = malloc((n + 1) * sizeof *of);
    int rc = rate && of ? 0 : err_nomem(err);
    for (size_t c = 0; rc == 0 && c < n; c++) {
        of[c] = rate + c * r->days;
        for (size_t d = 0; d < r->days; d++)
            rate[c * r->days + d] = dec_to_double(r->history[c][d]);
    }
    if (rc == 0) {
        const struct fx_history h = {.currencies = r->currencies,
                                     .days = r->days,
                                     .names = r->names,
                                     .rate = of,
                                     .days_per_year = (double)(r->days - 1) / dec_to_double(r->years)};
        rc = fx_estimate(&h, m->drift, m->volatility, m->correlation, err);
    }
    free(of);
    free(rate);
    return rc;
}

static void take_volatility(const struct risk_moves *r, struct moving *m)
{
    for (int c = 0; c < r->currencies; c++) {
        m->volatility[c] = dec_to_double(r->volatility);
        m->drift[c] = fx_martingale(m->volatility[c]);
        m->correlation[c * r->currencies + c] = 1;
    }
}

static int make_moving(const struct risk_ask *ask, struct moving *m, struct err *err)
{
    const struct risk_moves *r = &ask->rates;
    int times = book_months(ask->book) + 1;
    if (make_room(m, r->currencies, times, err))
        return -1;
    if (r->currencies > 0 && r->history) {
        if (take_history(r, m, err)) {
            free(m->drift);
            return -1;
        }
    } else {
        take_volatility(r, m);
    }
    fx_month_times(dec_to_double(ask->ahead), times, m->times);
    m->spec = (struct fx_spec){.currencies = r->currencies,
                               .names = r->names,
                               .drift = m->drift,
                               .volatility = m->volatility,
                               .correlation = m->correlation,
                               .times = m->times,
                               .ntimes = times};
    return 0;
}

/* ---- the simulation ---- */

struct parts {
    struct moving moving;
    struct sim_price *prices;
    struct sim_value *values;
};

static int make_parts(const struct risk_ask *ask, struct parts *p, struct err *err)
{
    *p = (struct parts){.prices = calloc(ask->nprices + 1, sizeof *p->prices),
                        .values = calloc(ask->nvalues + 1, sizeof *p->values)};
    if (!p->prices || !p->values || make_moving(ask, &p->moving, err)) {
        bool short_of = !p->prices || !p->values;
        free(p->prices);
        free(p->values);
        return short_of ? err_nomem(err) : -1;
    }
    for (size_t i = 0; i < ask->nprices; i++)
        p->prices[i] = (struct sim_price){.name = ask->price_names[i], .step = ask->step};
    for (size_t i = 0; i < ask->nvalues; i++) {
        const struct risk_value *v = &ask->values[i];
        p->values[i] = (struct sim_value){.name = v->name,
                                          .is = v->is,
                                          .low = dec_to_double(v->levels.levels[0]),
                                          .high = dec_to_double(v->levels.levels[v->levels.nlevels - 1])};
    }
    return 0;
}

static void free_parts(struct parts *p)
{
    free(p->moving.drift);
    free(p->prices);
    free(p->values);
}

static struct sim_spec spec_of(const struct risk_ask *ask, const struct parts *p)
{
    return (struct sim_spec){.months = book_months(ask->book) + 1,
                             .offers = ask->offers,
                             .fx = ask->rates.currencies > 0 ? &p->moving.spec : NULL,
                             .prices = p->prices,
                             .nprices = ask->nprices,
                             .values = p->values,
                             .nvalues = ask->nvalues,
                             .more = book_more,
                             .more_data = ask->book,
                             .more_ns = book_path_ns(ask->book),
                             .method = ask->method,
                             .seed = ask->seed,
                             .paths = ask->paths,
                             .threads = ask->threads};
}

/* ---- what came out ---- */

/* The least and the greatest of what is known. False when nothing is. */
static bool ends(const struct outcome *o, double *low, double *high)
{
    *low = INFINITY;
    *high = -INFINITY;
    for (int i = 0; i < o->offers; i++)
        if (o->offer[i].unknown == 0) {
            *low = fmin(*low, o->offer[i].least);
            *high = fmax(*high, o->offer[i].most);
        }
    return *low <= *high;
}

static dec_t money(double x, int places)
{
    return dec_from_double(x, places);
}

static dec_t share(double x)
{
    return isfinite(x) ? dec_from_double(x, SHARE_PLACES) : DEC_ZERO;
}

static void tell_offer(const struct outcome_offer *o, int places, struct risk_figure *f)
{
    *f = (struct risk_figure){.known = o->unknown == 0, .has_spread = isfinite(o->standard_error)};
    if (!f->known)
        return;
    f->mean = money(o->mean, places);
    f->least = money(o->least, places);
    f->most = money(o->most, places);
    f->p10 = money(o->p10, places);
    f->p50 = money(o->p50, places);
    f->p90 = money(o->p90, places);
    f->regret = money(o->regret, places);
    f->cheapest = share(o->cheapest);
    if (f->has_spread) {
        f->standard_error = money(o->standard_error, places);
        f->deviation = money(o->deviation, places);
    }
}

static int check_money(const struct risk_figure *f, struct err *err)
{
    const dec_t v[] = {f->mean, f->least, f->most, f->p10, f->p50, f->p90, f->regret, f->standard_error, f->deviation};
    for (size_t i = 0; i < sizeof v / sizeof *v; i++)
        if (dec_check(v[i], "a simulated amount", err))
            return -1;
    return 0;
}

static void count_bins(const struct risk_ask *ask, const double *figure, struct risk_figures *out, double low,
                       double high)
{
    for (int o = 0; o < ask->offers; o++)
        if (out->offer[o].known)
            outcome_histogram(figure + (uint64_t)o * ask->paths, ask->paths, low, high, RISK_BINS, out->offer[o].bins);
}

static int tell(const struct risk_ask *ask, const double *figure, struct risk_figures *out, struct err *err)
{
    struct outcome o;
    size_t n = (size_t)ask->offers;
    double low, high;
    int rc = 0;
    out->offer = calloc(n, sizeof *out->offer);
    out->below = calloc(n * n, sizeof *out->below);
    if (!out->offer || !out->below)
        return err_nomem(err);
    if (outcome_make(&o, figure, ask->offers, ask->paths, ask->method, err))
        return -1;
    for (size_t i = 0; rc == 0 && i < n; i++) {
        tell_offer(&o.offer[i], ask->places, &out->offer[i]);
        rc = check_money(&out->offer[i], err);
    }
    for (size_t i = 0; i < n * n; i++)
        out->below[i] = share(o.below[i]);
    if (rc == 0 && ends(&o, &low, &high)) {
        high = high > low ? high : low + fmax(1, fabs(low)) * 1e-9; /* all paths alike: one full bin */
        out->low = money(low, ask->places);
        out->high = money(high, ask->places);
        count_bins(ask, figure, out, low, high);
    }
    outcome_free(&o);
    return rc;
}

static int tell_rates(const struct risk_ask *ask, const struct moving *m, struct risk_told *out, struct err *err)
{
    size_t n = (size_t)ask->rates.currencies;
    out->drift = calloc(n + 1, sizeof *out->drift);
    out->volatility = calloc(n + 1, sizeof *out->volatility);
    out->correlation = calloc(n * n + 1, sizeof *out->correlation);
    if (!out->drift || !out->volatility || !out->correlation)
        return err_nomem(err);
    for (size_t i = 0; i < n; i++) {
        out->drift[i] = share(m->drift[i]);
        out->volatility[i] = share(m->volatility[i]);
    }
    for (size_t i = 0; i < n * n; i++)
        out->correlation[i] = share(m->correlation[i]);
    if (ask->nprices > 0)
        out->step_mean = share(distribution_mean(&ask->step));
    return 0;
}

int risk_simulate(const struct risk_ask *ask, struct risk_told *out, struct err *err)
{
    struct parts p;
    struct sim_result r = {0};
    struct risk_told t = {0};
    if (make_parts(ask, &p, err))
        return -1;
    const struct sim_spec spec = spec_of(ask, &p);
    int rc = simulate(&spec, &r, err);
    if (rc == 0)
        rc = tell(ask, r.cost, &t.cost, err) || tell(ask, r.npv, &t.npv, err) || tell_rates(ask, &p.moving, &t, err)
                 ? -1
                 : 0;
    sim_result_free(&r);
    free_parts(&p);
    if (rc)
        risk_free(&t);
    else
        *out = t;
    return rc;
}

static void free_figures(struct risk_figures *f)
{
    free(f->offer);
    free(f->below);
}

void risk_free(struct risk_told *t)
{
    free_figures(&t->cost);
    free_figures(&t->npv);
    free(t->drift);
    free(t->volatility);
    free(t->correlation);
    *t = (struct risk_told){0};
}

/* ---- trying a book ---- */

int risk_draw(const struct risk_ask *ask, uint64_t i, dec_t *values, struct err *err)
{
    const struct draws d = {DRAWS_RANDOM, ask->seed, i + 1, (int)ask->nvalues};
    struct draws_cursor *c = NULL;
    double(*u)[LANES] = malloc((ask->nvalues + 1) * sizeof *u);
    int rc = u ? draws_open(&d, &c, err) : err_nomem(err);
    if (rc == 0)
        rc = draws_block(&d, c, i / LANES * LANES, u, err);
    for (size_t v = 0; rc == 0 && v < ask->nvalues; v++) {
        const struct risk_value *of = &ask->values[v];
        dec_t x = dec_from_double(distribution_quantile(&of->is, u[v][i % LANES]), DEC_PLACES);
        dec_t low = of->levels.levels[0], high = of->levels.levels[of->levels.nlevels - 1];
        values[v] = dec_bad(x) ? high : dec_max(low, dec_min(high, x));
    }
    draws_close(c);
    free(u);
    return rc;
}

int risk_said(const struct risk_ask *ask, const dec_t *values, dec_t *cost, dec_t *npv, struct err *err)
{
    struct parts p;
    struct sim_result r = {0};
    if (make_parts(ask, &p, err))
        return -1;
    struct sim_spec spec = spec_of(ask, &p);
    for (int c = 0; c < ask->rates.currencies; c++)
        p.moving.drift[c] = p.moving.volatility[c] = 0;
    for (size_t i = 0; i < ask->nprices; i++)
        p.prices[i].step = (struct distribution){.kind = DISTRIBUTION_FIXED};
    for (size_t v = 0; v < ask->nvalues; v++)
        p.values[v].is = (struct distribution){.kind = DISTRIBUTION_FIXED, .a = dec_to_double(values[v])};
    spec.method = DRAWS_RANDOM;
    spec.paths = 1;
    spec.threads = 1;
    int rc = simulate(&spec, &r, err);
    for (int o = 0; rc == 0 && o < ask->offers; o++) {
        cost[o] = dec_from_double(r.cost[o], DEC_PLACES - 4);
        npv[o] = dec_from_double(r.npv[o], DEC_PLACES - 4);
    }
    sim_result_free(&r);
    free_parts(&p);
    return rc;
}
