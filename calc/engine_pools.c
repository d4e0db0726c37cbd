/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Lines that may share a ladder by the month. Who shares must not hang on which offer is the cheapest: where
 * several lines could take one pooled offer, each must have no other.
 */
#include "calc/engine_job.h"

static bool holds(const struct engine_line *l, const struct offer *o)
{
    for (size_t i = 0; i < l->n; i++)
        if (l->v[i].pooled && l->v[i].offer == o)
            return true;
    return false;
}

/* Another line of the site that may take the offer as well, NULL when there is none. */
static const struct engine_line *sharer(const struct engine_site *w, const struct engine_line *l, const struct offer *o)
{
    for (size_t i = 0; i < w->nlines; i++)
        if (&w->lines[i] != l && holds(&w->lines[i], o))
            return &w->lines[i];
    return NULL;
}

static int check(const struct engine_site *w, const struct engine_line *l, const struct offer *o, struct err *err)
{
    const struct engine_line *other = sharer(w, l, o);
    if (!other || (l->n == 1 && other->n == 1))
        return 0;
    engine_refuse(w->job, l->resource,
                  "may share a ladder with another line, depending on which offer is the cheapest"
                  " (pin the SKU)",
                  err);
    return err_prefix(err, "%s", w->estimate->column);
}

/* The number an offer has as a pool already, else 0. */
static long known(const struct engine_site *w, const struct offer *o)
{
    for (size_t i = 0; i < w->nlines; i++)
        for (size_t k = 0; k < w->lines[i].n; k++)
            if (w->lines[i].v[k].offer == o && w->lines[i].v[k].pool_no)
                return w->lines[i].v[k].pool_no;
    return 0;
}

static void put_tiers(struct engine_rows *r, long no, const struct price_part *part)
{
    for (size_t i = 0; i < part->ntiers; i++) {
        const struct tier *t = &part->tiers[i];
        engine_put_int(r, ENGINE_TIERS, no);
        engine_put_int(r, ENGINE_TIERS, (long)i + 1);
        engine_put_big(r, ENGINE_TIERS, t->from.v);
        if (t->open)
            engine_put_none(r, ENGINE_TIERS);
        else
            engine_put_big(r, ENGINE_TIERS, t->to.v);
        engine_put_big(r, ENGINE_TIERS, t->price.v);
        engine_end_row(r, ENGINE_TIERS);
    }
}

static int number(struct engine_site *w, struct engine_line *l, struct engine_offer *o, struct err *err)
{
    struct engine_job *j = w->job;
    long pool = o->pooled ? known(w, o->offer) : 0;
    if (o->pooled && check(w, l, o->offer, err))
        return -1;
    o->ladder_no = pool ? pool : ++j->nladders;
    if (!pool)
        put_tiers(&j->rows, o->ladder_no, &o->offer->parts[0]);
    if (o->pooled) {
        o->pool_no = o->ladder_no; /* a pool is its ladder */
        j->parts[PART_POOLS] = true;
    }
    return 0;
}

int engine_pools(struct engine_site *w, struct err *err)
{
    for (size_t i = 0; i < w->nlines; i++)
        for (size_t k = 0; k < w->lines[i].n; k++)
            if (number(w, &w->lines[i], &w->lines[i].v[k], err))
                return -1;
    return 0;
}
