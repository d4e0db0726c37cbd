/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The [plan NAME] sections: where each resource is bought. They are read last, as they name resources by
 * the labels that outputs use.
 */
#include "calc/config_read.h"

#include "calc/buf.h"
#include "calc/value.h"
#include "calc/words.h"

#include <string.h>

/* A plan that is being read. */
struct planned {
    struct reading *r;
    const struct head *head;
    struct split *split;
    struct site_ref *where; /* by resource; site NULL: not named yet */
};

static int blame(const struct planned *p, const char *key, struct err *err)
{
    return config_blame(p->r->config, reading_line(p->head, key), err);
}

/* Is this what the resource is called: its label, or its section? */
static bool is_called(const struct resource *x, const char *name)
{
    const char *kind = kind_table[x->kind].name;
    size_t n = strlen(kind);
    return strcmp(x->label, name) == 0 ||
           (strncmp(name, kind, n) == 0 && name[n] == ' ' && strcmp(name + n + 1, x->name) == 0);
}

static int unknown_resource(const struct planned *p, const char *name, struct err *err)
{
    const struct scenario *s = p->r->s;
    const char **labels = arena_array(&p->r->s->arena, s->nresources + 1, sizeof *labels);
    if (!labels)
        return err_nomem(err);
    for (size_t i = 0; i < s->nresources; i++)
        labels[i] = s->resources[i].label;
    return value_unknown(err, "resource", name, labels, s->nresources);
}

/* Without a size the machine has to be pinned at the site, as at the compared ones. */
static int check_size(const struct resource *x, const char *site, struct err *err)
{
    bool vcpu = x->vcpu.kind != VALUE_NONE, memory = x->memory.kind != VALUE_NONE;
    if (kind_table[x->kind].choose != CHOOSE_SHAPE || (vcpu && memory) || resource_pin(x, site))
        return 0;
    return err_set(err, ERR_USAGE, "%s lacks %s (needed at %s, which has no sku.%s)", x->label,
                   vcpu ? "memory" : "vcpu", site, site);
}

static int place(struct planned *p, const struct split_part *part, struct err *err)
{
    const struct scenario *s = p->r->s;
    const struct site_ref *to = &part->offer;
    size_t at = 0;
    while (at < s->nresources && !is_called(&s->resources[at], part->resource))
        at++;
    if (at == s->nresources)
        return unknown_resource(p, part->resource, err);
    const struct resource *x = &s->resources[at];
    if (p->where[at].site)
        return err_set(err, ERR_USAGE, "%s is given twice", x->label);
    if (!sites_take(x->sites, x->nsites, to->site, to->buyer))
        return err_set(err, ERR_USAGE, "%s does not go to %s%s%s (see its sites)", x->label, to->site,
                       to->buyer[0] ? "@" : "", to->buyer);
    p->where[at] = *to;
    return check_size(x, to->site, err);
}

/* Every resource is bought somewhere: the error lists those that are not. */
static int check_whole(const struct planned *p, struct err *err)
{
    const struct scenario *s = p->r->s;
    const char **missing = arena_array(&p->r->s->arena, s->nresources + 1, sizeof *missing);
    struct buf list = {0};
    size_t n = 0;
    if (!missing)
        return err_nomem(err);
    for (size_t i = 0; i < s->nresources; i++)
        if (!p->where[i].site)
            missing[n++] = s->resources[i].label;
    if (n == 0)
        return 0;
    words_list(&list, missing, n, n);
    if (list.failed)
        err_nomem(err);
    else
        err_set(err, ERR_USAGE, "[%s] does not say where to buy %s", p->head->section->name, list.v);
    buf_free(&list);
    return blame(p, "", err);
}

static int check_name(const struct planned *p, struct err *err)
{
    static const char found[] = "best-of-";
    if (strncmp(p->split->name, found, sizeof found - 1) != 0)
        return 0;
    err_set(err, ERR_USAGE, "a plan cannot be called '%s' (what the search finds is called so)", p->split->name);
    return blame(p, "", err);
}

static int read_plan(struct reading *r, const struct head *h, struct split *split, struct err *err)
{
    struct planned p = {.r = r, .head = h, .split = split};
    split->name = arena_strdup(&r->s->arena, h->name);
    split->where = p.where = arena_array(&r->s->arena, r->s->nresources + 1, sizeof *p.where);
    if (!split->name || !p.where)
        return err_nomem(err);
    if (check_name(&p, err) != 0 || read_section(r, SECTION_PLAN, h, split, err) != 0)
        return -1;
    for (size_t i = 0; i < split->nparts; i++) {
        if (place(&p, &split->parts[i], err) != 0)
            return blame(&p, split->parts[i].resource, err);
        if (check_payment_at(r, split->parts[i].offer.site, err) != 0)
            return -1;
    }
    if (r->s->nresources == 0) {
        err_set(err, ERR_USAGE, "[%s] has no resource to buy (there is none)", h->section->name);
        return blame(&p, "", err);
    }
    return check_whole(&p, err);
}

int read_plans(struct reading *r, struct err *err)
{
    struct split *list = arena_array(&r->s->arena, r->nheads + 1, sizeof *list);
    if (!list)
        return err_nomem(err);
    r->s->splits = list;
    for (size_t i = 0; i < r->nheads && !r->unpriced; i++)
        if (r->heads[i].id == SECTION_PLAN && read_plan(r, &r->heads[i], &list[r->s->nsplits++], err) != 0)
            return -1;
    return 0;
}
