/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The list of the values that are distributions, while a scenario is made.
 */
#include "calc/config_read.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

/* Which resource or cost is obj? -1 when it is none, as of a buyer. */
static int index_in(const void *obj, const void *list, size_t n, size_t size)
{
    for (size_t i = 0; i < n; i++)
        if ((const char *)list + i * size == obj)
            return (int)i;
    return -1;
}

int note_uncertain(struct reading *r, struct uncertain *u, const void *obj, struct err *err)
{
    const struct scenario *s = r->s;
    struct uncertain **grown = arena_grow(&r->s->arena, r->uncertain, r->nuncertain, r->nuncertain + 1, sizeof *grown);
    if (!grown)
        return err_nomem(err);
    u->resource = index_in(obj, r->resources, s->nresources, sizeof *r->resources);
    u->cost = index_in(obj, r->costs, s->ncosts, sizeof *r->costs);
    grown[r->nuncertain++] = u;
    r->uncertain = grown;
    return 0;
}

/* Lines of the file first, then what was set elsewhere, in the order it was set in. */
static int place(const struct uncertain *u)
{
    return u->line >= 0 ? u->line : INT_MAX / 2 - u->line;
}

static int by_place(const void *a, const void *b)
{
    const struct uncertain *const *x = a, *const *y = b;
    int p = place(*x), q = place(*y);
    return (p > q) - (p < q);
}

void order_uncertain(struct reading *r)
{
    if (r->nuncertain > 1)
        qsort(r->uncertain, r->nuncertain, sizeof *r->uncertain, by_place);
    r->s->uncertain = (const struct uncertain *const *)r->uncertain;
    r->s->nuncertain = r->nuncertain;
}
