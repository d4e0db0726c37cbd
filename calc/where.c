/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Where a scenario stands at a site.
 */
#include "calc/where.h"

#include "calc/buf.h"
#include "calc/words.h"

#include <string.h>

enum { LISTED = 6 };

/* Is this a region of the site that was asked for? */
static bool fits(const struct scenario *s, const struct region *g, const char *chosen)
{
    return chosen ? strcmp(g->id, chosen) == 0 : s->city[0] && strcmp(g->city, s->city) == 0;
}

static char *why(const struct scenario *s, const struct site *site, const char *list, struct arena *a)
{
    if (!list)
        return arena_printf(a, "no region of %s is known", site->id);
    if (s->city[0])
        return arena_printf(a, "no region in %s (regions: %s)", s->city, list);
    return arena_printf(a, "no region chosen (give city or region.%s; known: %s)", site->id, list);
}

/* Why no region of the site fits, with those it has: by id where only an id is asked for, with
 * their cities where a city is. NULL when there is no memory. */
static const char *why_no_region(const struct scenario *s, const struct rules *r, const struct site *site,
                                 struct arena *a)
{
    struct buf list = {0};
    size_t known = 0;
    const char **names = arena_array(a, r->nregions, sizeof *names);
    for (size_t i = 0; names && i < r->nregions; i++) {
        const struct region *g = &r->regions[i];
        if (strcmp(g->site, site->id) != 0)
            continue;
        names[known] = s->city[0] ? arena_printf(a, "%s %s", g->id, g->city) : g->id;
        if (!names[known++])
            return NULL;
    }
    if (names)
        words_list(&list, names, known, LISTED);
    char *text = names && !list.failed ? why(s, site, known > 0 ? list.v : NULL, a) : NULL;
    buf_free(&list);
    return text;
}

int where_regions(const struct scenario *s, const struct rules *r, const struct site *site, struct arena *a,
                  const struct region *const **out, size_t *n, const char **why_none, struct err *err)
{
    const char *chosen = scenario_region(s, site->id);
    const struct region **found = arena_array(a, r->nregions, sizeof *found);
    size_t k = 0;
    if (!found)
        return err_nomem(err);
    for (size_t i = 0; i < r->nregions; i++)
        if (strcmp(r->regions[i].site, site->id) == 0 && fits(s, &r->regions[i], chosen))
            found[k++] = &r->regions[i];
    const char *reason = k == 0 ? why_no_region(s, r, site, a) : NULL;
    if (k == 0 && !reason)
        return err_nomem(err);
    *out = found;
    *n = k;
    *why_none = reason;
    return 0;
}
