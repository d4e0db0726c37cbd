/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Labels: what outputs call each resource and cost.
 */
#include "calc/config_read.h"

#include <stdlib.h>
#include <string.h>

struct labelled { /* a resource or cost and its label */
    const char *kind, *name;
    const char **label;
};

static int by_name(const void *a, const void *b)
{
    const struct labelled *x = a, *y = b;
    return strcmp(x->name, y->name);
}

/* Lines that are neither resource nor cost have names of their own. */
static bool is_fee_name(const char *name)
{
    return !strcmp(name, "payment") || !strcmp(name, "invoice-handling") || !strcmp(name, "commitment shortfall");
}

/* Lines are told apart by name alone, or by kind and name where the name is used more than once. */
static int label(struct arena *a, struct labelled *all, size_t n, struct err *err)
{
    qsort(all, n, sizeof *all, by_name);
    for (size_t i = 0; i < n; i++) {
        bool shared = is_fee_name(all[i].name) || (i > 0 && by_name(&all[i - 1], &all[i]) == 0) ||
                      (i + 1 < n && by_name(&all[i], &all[i + 1]) == 0);
        if (shared)
            *all[i].label = arena_printf(a, "%s %s", all[i].kind, all[i].name);
        if (!*all[i].label)
            return err_nomem(err);
    }
    return 0;
}

int label_all(struct reading *r, struct err *err)
{
    struct scenario *s = r->s;
    size_t n = 0;
    struct labelled *all = arena_array(&s->arena, s->nresources + s->ncosts, sizeof *all);
    if (!all)
        return err_nomem(err);
    for (size_t i = 0; i < s->nresources; i++) {
        struct resource *x = &r->resources[i];
        all[n++] = (struct labelled){kind_table[x->kind].name, x->name, &x->label};
    }
    for (size_t i = 0; i < s->ncosts; i++)
        all[n++] = (struct labelled){section_word(SECTION_COST), r->costs[i].name, &r->costs[i].label};
    return label(&s->arena, all, n, err);
}
