/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Where a scenario stands at a site.
 */
#include "calc/where.h"

#include "calc/buf.h"
#include "calc/say.h"
#include "calc/words.h"

#include <string.h>

enum { LISTED = 6 };

/* Is this a region of the site that was asked for? */
static bool fits(const struct scenario *s, const struct region *g, const char *chosen)
{
    return chosen ? strcmp(g->id, chosen) == 0 : s->city[0] && strcmp(g->city, s->city) == 0;
}

static const char *why(const struct scenario *s, const struct site *site, const char *list, struct arena *a,
                       const char *lang)
{
    if (s->city[0])
        return say_in(a, lang, TEXT_NO_REGION_IN, s->city, list);
    return say_in(a, lang, TEXT_NO_REGION_CHOSEN, site->id, list);
}

/* The first names, and how many there are when some are left out. */
static const char *list_of(const char *const *names, size_t n, struct arena *a, const char *lang)
{
    struct buf list = {0};
    words_list(&list, names, n < LISTED ? n : LISTED, LISTED);
    const char *text_ = list.failed ? NULL : arena_strndup(a, list.v, list.n);
    buf_free(&list);
    return n > LISTED ? say_in(a, lang, TEXT_LIST_MORE, text_, arena_printf(a, "%zu", n)) : text_;
}

/* Why no region of the site fits, with those it has: by id where only an id is asked for, with
 * their cities where a city is. NULL when there is no memory. */
static const char *why_no_region(const struct scenario *s, const struct rules *r, const struct site *site,
                                 struct arena *a, const char *lang)
{
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
    if (!names || known == 0)
        return names ? say_in(a, lang, TEXT_NO_REGION, site->id) : NULL;
    return why(s, site, list_of(names, known, a, lang), a, lang);
}

int where_regions(const struct scenario *s, const struct rules *r, const struct site *site, struct arena *a,
                  const char *lang, const struct region *const **out, size_t *n, const char **why_none, struct err *err)
{
    const char *chosen = scenario_region(s, site->id);
    const struct region **found = arena_array(a, r->nregions, sizeof *found);
    size_t k = 0;
    if (!found)
        return err_nomem(err);
    for (size_t i = 0; i < r->nregions; i++)
        if (strcmp(r->regions[i].site, site->id) == 0 && fits(s, &r->regions[i], chosen))
            found[k++] = &r->regions[i];
    const char *reason = k == 0 ? why_no_region(s, r, site, a, lang) : NULL;
    if (k == 0 && !reason)
        return err_nomem(err);
    *out = found;
    *n = k;
    *why_none = reason;
    return 0;
}
