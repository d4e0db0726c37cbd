/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Places of a quote: where in the file something stands, and which region of the site a text names.
 */

#include "fetchers/quote_parts.h"

#include <string.h>

const char *quote_column_name(struct quote_reading *r, const struct quote_table *t, int column)
{
    char letters[4];
    int n = 0;

    for (int c = column; c >= 0 && n < 3; c = c / 26 - 1)
        letters[n++] = (char)('A' + c % 26);
    for (int i = 0; i < n / 2; i++) {
        char swap = letters[i];
        letters[i] = letters[n - 1 - i];
        letters[n - 1 - i] = swap;
    }
    letters[n] = '\0';
    return quote_put(r, TEXT_QUOTE_COLUMN, letters, quote_shown(r, t->columns[column].title));
}

const char *quote_place(struct quote_reading *r, const struct quote_raw *row, int column)
{
    const char *number = quote_count(r, row->row);
    const char *text = *row->sheet != '\0' ? quote_put(r, TEXT_QUOTE_SHEET_ROW, quote_shown(r, row->sheet), number)
                                           : quote_put(r, TEXT_QUOTE_ROW, number);

    return column >= 0 ? quote_put(r, TEXT_QUOTE_ROW_COLUMN, text, quote_column_name(r, r->table, column)) : text;
}

/* ---- regions ---- */

/* "华东1（杭州）" is 华东1, 杭州 and both; folded texts. */
static bool names(const char *display, const char *text)
{
    const char *open = strchr(display, '('), *close = open != NULL ? strchr(open, ')') : NULL;
    size_t len = strlen(text);

    if (!strcmp(display, text))
        return true;
    if (close == NULL || len == 0)
        return false;
    return ((size_t)(open - display) == len && !strncmp(display, text, len)) ||
           ((size_t)(close - open) - 1 == len && !strncmp(open + 1, text, len));
}

static const char *city_zh(const struct quote_reading *r, const char *en)
{
    for (size_t i = 0; i < r->rules->ncities; i++)
        if (!strcmp(r->rules->cities[i].en, en))
            return r->rules->cities[i].zh;
    return "";
}

static bool named(struct quote_reading *r, const struct region *g, const char *text)
{
    const char *const forms[] = {g->display_zh, g->display_en, g->city, city_zh(r, g->city)};

    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
        const char *form = quote_fold(r->a, forms[i]);
        r->nomem = r->nomem || form == NULL;
        if (form != NULL && *form != '\0' && names(form, text))
            return true;
    }
    return false;
}

static const char *unknown(struct quote_reading *r, const char *text)
{
    struct buf known = {0};

    for (size_t i = 0; i < r->rules->nregions; i++)
        if (!strcmp(r->rules->regions[i].site, r->site->id))
            buf_printf(&known, "%s%s", known.n > 0 ? ", " : "", r->rules->regions[i].id);
    const char *said = quote_put(r, TEXT_QUOTE_REGION_UNKNOWN, r->site->id, quote_shown(r, text),
                                 known.v != NULL && !known.failed ? known.v : "");
    r->nomem = r->nomem || known.failed;
    buf_free(&known);
    return said;
}

const struct region *quote_region(struct quote_reading *r, const char *text, const char **why)
{
    const struct region *found = NULL;
    const char *t = quote_fold(r->a, text);

    *why = "";
    if (t == NULL) {
        r->nomem = true;
        return NULL;
    }

    for (size_t i = 0; i < r->rules->nregions; i++) {
        const struct region *g = &r->rules->regions[i];
        if (strcmp(g->site, r->site->id) != 0)
            continue;
        if (!strcmp(g->id, t))
            return g;
        if (!named(r, g, t))
            continue;
        if (found != NULL) {
            *why = quote_put(r, TEXT_QUOTE_REGION_EITHER, quote_shown(r, text), found->id, g->id);
            return NULL;
        }
        found = g;
    }
    if (found == NULL)
        *why = unknown(r, text);
    return found;
}
