/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "calc/compare.h"

#include <string.h>

static bool has_site(const struct site_ref *v, size_t n, const char *site)
{
    for (size_t i = 0; i < n; i++)
        if (!strcmp(v[i].site, site))
            return true;
    return false;
}

/* A site's list price and, after it, its quotes. */
static void add_site(const struct site_ref *ref, const struct quote *quotes, size_t n, struct site_ref *v, size_t *nv)
{
    v[(*nv)++] = *ref;
    for (size_t i = 0; i < n; i++)
        if (!strcmp(quotes[i].site, ref->site))
            v[(*nv)++] = (struct site_ref){ref->site, ref->buyer, &quotes[i]};
}

int compare_sites(const struct scenario *s, const struct quote *quotes, size_t n, struct arena *a,
                  const struct site_ref **out, size_t *nout, struct err *err)
{
    struct site_ref *v = arena_array(a, (s->nsites + n) * (n + 1), sizeof *v);
    *nout = 0;
    if (!v)
        return err_nomem(err);
    for (size_t i = 0; i < s->nsites; i++)
        add_site(&s->sites[i], quotes, n, v, nout);
    for (size_t i = 0; i < n; i++)
        if (!has_site(v, *nout, quotes[i].site))
            add_site(&(struct site_ref){quotes[i].site, "", NULL}, quotes, n, v, nout);
    *out = v;
    return 0;
}
