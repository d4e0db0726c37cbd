/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "calc/batch_place.h"

#include "calc/shown.h"

#include <string.h>

static const char *base_value(const struct config *c, const char *key)
{
    for (size_t i = 0; i < c->ini.n; i++)
        for (size_t k = 0; !strcmp(c->ini.sections[i].name, "compare") && k < c->ini.sections[i].n; k++)
            if (!strcmp(c->ini.sections[i].entries[k].key, key))
                return c->ini.sections[i].entries[k].value;
    return "";
}

/* A city has a name in either language. */
static bool same_place(const struct rules *r, const char *key, const char *a, const char *b)
{
    const char *city_a = strcmp(key, "city") ? NULL : rules_city(r, a), *city_b = city_a ? rules_city(r, b) : NULL;
    return city_b ? !strcmp(city_a, city_b) : !strcmp(a, b);
}

static const struct batch_place_key *place_of(const struct batch_place *p, const char *key)
{
    for (size_t i = 0; i < p->n; i++)
        if (!strcmp(p->v[i].key, key))
            return &p->v[i];
    return NULL;
}

static int elsewhere(const struct batch_place_key *first, const char *value, struct err *err)
{
    char cut[2][SHOWN_MAX];
    if (!*first->value)
        return err_set(err, ERR_USAGE, "%s: '%s', where %s says nothing (a bill stands in one place)", first->key,
                       shown(value, cut[0]), first->origin);
    return err_set(err, ERR_USAGE, "%s: '%s', where %s says '%s' (a bill stands in one place)", first->key,
                   shown(value, cut[0]), first->origin, shown(first->value, cut[1]));
}

static bool says(const struct field_row *row, const char *key)
{
    for (size_t i = 0; i < row->nplace; i++)
        if (!strcmp(row->place[i].key, key))
            return true;
    return false;
}

int batch_place_check(const struct batch_place *place, const struct config *base, const struct rules *rules,
                      const struct field_row *row, struct err *err)
{
    for (size_t i = 0; i < row->nplace; i++) {
        const struct field_value *here = &row->place[i];
        const struct batch_place_key *p = place_of(place, here->key);
        const struct batch_place_key of_base = {here->key, base_value(base, here->key), "an earlier row"};
        p = p ? p : &of_base;
        if (!same_place(rules, p->key, p->value, here->value))
            return elsewhere(p, here->value, err);
    }
    for (size_t i = 0; i < place->n; i++) {
        const struct batch_place_key *p = &place->v[i];
        const char *value = base_value(base, p->key);
        if (!says(row, p->key) && !same_place(rules, p->key, p->value, value))
            return elsewhere(p, value, err);
    }
    return 0;
}

int batch_place_take(struct batch_place *place, const struct field_row *row, const char *origin, struct arena *a,
                     struct err *err)
{
    *place = (struct batch_place){.n = row->nplace};
    for (size_t i = 0; i < row->nplace; i++) {
        struct batch_place_key *p = &place->v[i];
        *p = (struct batch_place_key){arena_strdup(a, row->place[i].key), arena_strdup(a, row->place[i].value),
                                      arena_strdup(a, origin)};
        if (!p->key || !p->value || !p->origin)
            return err_nomem(err);
    }
    return 0;
}
