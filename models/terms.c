/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/terms.h"

#include <stdlib.h>

static void begin_terms(struct terms *t, int month, int term, dec_t more)
{
    int end = month + term;
    int over = end > t->months ? end - t->months : 0;
    t->bought[month] = more;
    t->item_months = dec_add(t->item_months, dec_muln(more, term));
    t->unused = dec_add(t->unused, dec_muln(more, over));
    if (end > t->end)
        t->end = end;
}

static void cover(struct terms *t, const struct quantity_run *items, size_t n, int term)
{
    dec_t running = DEC_ZERO;
    int last = t->months + term;
    for (int m = 0; m < last; m++) {
        if (m >= term)
            running = dec_sub(running, t->bought[m - term]);
        if (m < t->months) {
            dec_t want = quantity_at(items, n, m);
            if (dec_cmp(want, running) > 0) {
                begin_terms(t, m, term, dec_sub(want, running));
                running = want;
            }
        }
        t->active[m] = running;
    }
}

int terms_cover(const struct quantity_run *items, size_t n, int months, int term, struct terms *out, struct err *err)
{
    struct terms t = {.months = months};
    size_t cells = (size_t)(months + term);
    t.bought = calloc(cells, sizeof *t.bought);
    t.active = calloc(cells, sizeof *t.active);
    if (!t.bought || !t.active) {
        terms_free(&t);
        return err_nomem(err);
    }
    cover(&t, items, n, term);
    if (dec_check(t.item_months, "committed item-months", err)) {
        terms_free(&t);
        return -1;
    }
    *out = t;
    return 0;
}

void terms_free(struct terms *t)
{
    free(t->bought);
    free(t->active);
    *t = (struct terms){0};
}
