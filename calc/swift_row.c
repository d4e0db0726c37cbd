/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A row: its cells over the base's amounts, then each place by its compiled lines. Whatever does not fit ends the
 * attempt, and the row is left to estimate_run().
 */
#include "calc/swift_row.h"

#include <stdlib.h>
#include <string.h>

/* ---- a place */

static int by_rank(const void *pa, const void *pb)
{
    const struct swift_site *a = *(const struct swift_site *const *)pa, *b = *(const struct swift_site *const *)pb;
    int c = dec_cmp(a->npv, b->npv);
    int64_t x = minor_cost(&a->m), y = minor_cost(&b->m);
    if (!c && x != y)
        c = x < y ? -1 : 1;
    return c ? c : strcmp(a->site->column, b->site->column);
}

static void rank_sites(const struct swift *s, struct swift_scratch *t)
{
    size_t n = 0;
    for (size_t i = 0; i < s->nplaces; i++) {
        struct swift_site *e = &t->sites[i];
        bool may = e->site->status == SITE_COMPLETE || (e->site->status == SITE_STALE && s->allow_stale);
        e->rank = 0;
        e->has_vs_best = false;
        if (may)
            t->order[n++] = e;
    }
    qsort(t->order, n, sizeof(struct swift_site *), by_rank);
    for (size_t i = 0; i < n; i++) {
        struct swift_site *e = t->order[i];
        dec_t best = t->order[0]->npv;
        dec_t above = i == 0 ? DEC_ZERO : dec_div(dec_sub(e->npv, best), best, DEC_HALF_UP);
        e->rank = (int)i + 1;
        e->has_vs_best = i == 0 || (dec_sign(best) > 0 && !dec_bad(dec_muln(above, 100)));
        e->vs_best = e->has_vs_best ? above : DEC_ZERO;
    }
}

/* Of several regions the one that site_better() prefers. */
static bool better(const struct swift_site *a, const struct swift_site *b)
{
    int c = dec_cmp(a->npv, b->npv);
    return c ? c < 0 : minor_cost(&a->m) < minor_cost(&b->m);
}

static bool price_place(const struct swift *s, struct swift_scratch *t, const struct swift_place *p,
                        struct swift_site *out)
{
    unsigned wanted = p->n > 1 ? s->wanted | SWIFT_NPV | SWIFT_COSTS | SWIFT_TAXES : s->wanted;
    for (size_t i = 0; i < p->n; i++) {
        struct swift_site other;
        if (!swift_stand_price(s, t, &p->stands[i], wanted, i == 0 ? out : &other))
            return false;
        if (i > 0 && better(&other, out))
            *out = other;
    }
    return true;
}

int swift_row(const struct swift *s, struct swift_scratch *t, const struct batch_row *row,
              const struct swift_site **out, struct err *err)
{
    int got = row->cells ? swift_take_cells(s, t, row) : 0;
    if (got != 1)
        return got < 0 ? err_nomem(err) : 0;
    for (size_t i = 0; i < s->nplaces; i++)
        if (!price_place(s, t, &s->places[i], &t->sites[i]))
            return 0;
    if (s->wanted & SWIFT_NPV)
        rank_sites(s, t);
    *out = t->sites;
    return 1;
}
