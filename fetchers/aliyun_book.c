/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fetchers/aliyun_book.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

/* Invoices of the China station are issued at 6 % on the amount paid: the list contains it. Abroad tax is
 * added by order or bill. */
static const struct aliyun_book books[] = {
    {"aliyun-cn", "ecs-price-info", "ecs", BASIS_INCL, true, 6},
    {"aliyun-intl", "ecs-price-info-intl", "ecs_intl", BASIS_EXCL, false, 0},
};

const struct aliyun_book *aliyun_book(const char *site)
{
    const struct aliyun_book *found = NULL;

    for (size_t i = 0; i < sizeof books / sizeof *books; i++)
        if (!strcmp(books[i].site, site))
            found = &books[i];
    assert(found != NULL);
    return found;
}

int aliyun_price_like(const struct fetch_job *job, const char *currency, struct date as_of, struct fetch_price *out,
                      struct err *err)
{
    const struct aliyun_book *book = aliyun_book(job->site);
    const struct site *site = rules_site(job->rules, job->site);

    if (site != NULL && strcmp(site->list_currency, currency) != 0)
        return err_set(err, ERR_FETCH, "prices in '%s', where %s sells in %s: they belong to another site", currency,
                       job->site, site->list_currency);
    *out = (struct fetch_price){
        .os = "",
        .offering = "",
        .currency = currency,
        .basis = book->basis,
        .has_tax_rate = book->has_tax_rate,
        .tax_rate = dec_of(book->tax_percent, 2),
        .as_of = as_of,
    };
    return 0;
}

const char *aliyun_disk_sku(struct arena *a, const char *category, const char *level)
{
    if (strcmp(category, "cloud_essd") != 0)
        return category;
    if (strlen(level) == 3 && !memcmp(level, "PL", 2))
        return arena_printf(a, "cloud_essd_pl%c", level[2]);
    return "cloud_essd_pl1";
}

const char *aliyun_plain(const char *name)
{
    size_t n = 0;

    while (name[n] > ' ' && name[n] <= '~' && n <= 60)
        n++;
    return n > 0 && name[n] == '\0' ? name : "(no plain name)";
}

int aliyun_region(const struct fetch_job *job, const char *name, const char **out, struct harvest *h, struct err *err)
{
    char reason[96];

    *out = NULL;
    for (size_t i = 0; i < job->nregions && *out == NULL; i++)
        if (!strcmp(job->regions[i], name))
            *out = job->regions[i];
    if (*out != NULL)
        return 0;
    if (rules_region(job->rules, job->site, name) != NULL)
        return harvest_skip(h, "region not asked for", 1, err);
    snprintf(reason, sizeof reason, "unknown region %s", aliyun_plain(name));
    return harvest_skip(h, reason, 1, err);
}
