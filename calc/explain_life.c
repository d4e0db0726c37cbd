/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A month of a price that steps over each item's life, when the items are of several ages: which
 * began when, which hours of their life the month holds, and what one of them pays for these.
 * Follows the same rule as the estimate: each increase is younger, what goes are the youngest.
 */
#include "calc/explain_parts.h"
#include "calc/items.h"

/* Items by the month they began in. */
struct cohorts {
    dec_t *n;
    int months;
};

static void shrink(struct cohorts *c, dec_t less)
{
    for (int k = c->months - 1; k >= 0 && dec_sign(less) > 0; k--) {
        dec_t gone = dec_min(c->n[k], less);
        c->n[k] = dec_sub(c->n[k], gone);
        less = dec_sub(less, gone);
    }
}

static bool begin_items(struct explain *x, const struct resource *r, int month, struct cohorts *out)
{
    struct quantity_list items;
    struct err ignored;
    dec_t running = DEC_ZERO;
    *out = (struct cohorts){arena_array(&x->p.arena, (size_t)month + 1, sizeof(dec_t)), month + 1};
    if (out->n == NULL || items_runs(r, x->e->scenario->months, &items, &ignored))
        return false;
    for (int m = 0; m <= month; m++) {
        dec_t want = quantity_at(items.v, items.n, m);
        if (dec_cmp(want, running) > 0)
            out->n[m] = dec_sub(want, running);
        else
            shrink(out, dec_sub(running, want));
        running = want;
    }
    quantity_free(&items);
    return true;
}

/* One node: so many items, begun then, these hours of their life, at what one of them pays. */
static void add_cohort(struct explain *x, int depth, const struct line *l, const struct price_part *part, dec_t n,
                       const char *begun, dec_t from, dec_t to)
{
    struct phrases *p = &x->p;
    bool beyond = false;
    dec_t one = ladder_amount(part->tiers, part->ntiers, from, to, &beyond);
    dec_t all = dec_mul(n, one, DEC_HALF_UP);
    if (beyond || dec_bad(all))
        return;
    tree_add(&x->tree, depth, say_joined(p, say_items(p, n), " × ", say_exact(p, one, l->offer->currency)),
             say_exact(p, all, l->offer->currency),
             say(p, TEXT_X_COHORT, begun, say_number(p, from), say_number(p, to)));
}

void explain_life(struct explain *x, int depth, const struct line *l, const struct price_part *part,
                  dec_t hours_a_month, int month)
{
    struct phrases *p = &x->p;
    const struct tier *last = &part->tiers[part->ntiers - 1];
    struct cohorts c;
    dec_t old = DEC_ZERO;
    if (!begin_items(x, l->resource, month, &c))
        return;
    for (int k = 0; k <= month; k++) {
        dec_t from = dec_muln(hours_a_month, month - k), to = dec_muln(hours_a_month, month - k + 1);
        if (dec_sign(c.n[k]) == 0 || dec_bad(to))
            continue;
        if (last->open && dec_cmp(from, last->from) >= 0) {
            old = dec_add(old, c.n[k]);
            continue;
        }
        add_cohort(x, depth, l, part, c.n[k], say_month(p, month_add(x->e->scenario->start, k)), from, to);
    }
    if (dec_sign(old) > 0)
        add_cohort(x, depth, l, part, old, say_plain(p, TEXT_X_COHORT_EARLIER), last->from,
                   dec_add(last->from, hours_a_month));
}
