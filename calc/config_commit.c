/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * [commitments] and [commit SITE]: limits to what is bought in advance, and what is owed to a site.
 */
#include "calc/config_read.h"
#include "calc/value.h"

#include <string.h>

static int blame(const struct reading *r, const struct head *h, const char *key, struct err *err)
{
    return config_blame(r->config, reading_line(h, key), err);
}

/* Discounts do not add up: that of the contract is for all of the site's resources. */
static int check_alone(const struct reading *r, const struct head *h, const char *site, struct err *err)
{
    for (size_t i = 0; i < r->s->ndiscounts; i++) {
        const struct discount *d = &r->s->discounts[i];
        if (strcmp(d->site, site) != 0)
            continue;
        err_set(err, ERR_USAGE, "discount: [compare] has a discount.%s%s%s already (discounts do not add up: give one)",
                site, d->kind < 0 ? "" : ".", d->kind < 0 ? "" : kind_table[d->kind].name);
        return blame(r, h, "discount", err);
    }
    return 0;
}

static int read_contract(struct reading *r, const struct head *h, struct spend_contract *c, struct err *err)
{
    const struct value_env env = {.arena = &r->s->arena, .rules = r->rules};
    const struct site *site = value_find_site(h->name, &env, err);
    if (!site)
        return config_blame(r->config, h->section->line, err);
    *c = (struct spend_contract){.site = arena_strdup(&r->s->arena, h->name), .line = head_line(h)};
    if (!c->site)
        return err_nomem(err);
    if (read_section(r, SECTION_COMMIT, h, c, err) != 0)
        return -1;
    if (strcmp(c->amount.currency, site->list_currency) != 0) {
        err_set(err, ERR_USAGE, "amount: %s lists its prices in %s, not %s", site->id, site->list_currency,
                c->amount.currency);
        return blame(r, h, "amount", err);
    }
    return check_alone(r, h, c->site, err);
}

static int read_contracts(struct reading *r, struct err *err)
{
    struct spend_contract *list = arena_array(&r->s->arena, r->nheads + 1, sizeof *list);
    size_t n = 0;
    if (!list)
        return err_nomem(err);
    for (size_t i = 0; i < r->nheads; i++)
        if (r->heads[i].id == SECTION_COMMIT && read_contract(r, &r->heads[i], &list[n++], err) != 0)
            return -1;
    r->s->commits = list;
    r->s->ncommits = n;
    return 0;
}

int read_commitments(struct reading *r, struct err *err)
{
    const struct head *h = reading_find(r, SECTION_COMMITMENTS, "");
    if (read_section(r, SECTION_COMMITMENTS, h, r->s, err) != 0)
        return -1;
    const char *currency = r->s->upfront_cap.currency;
    if (*currency && strcmp(currency, r->s->currency) != 0) {
        err_set(err, ERR_USAGE, "upfront_cap: %s is not the budget currency %s", currency, r->s->currency);
        return blame(r, h, "upfront_cap", err);
    }
    return read_contracts(r, err);
}
