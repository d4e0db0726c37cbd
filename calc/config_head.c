/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The names in a configuration: every section and key of the file is recognised before any value
 * is read, in the order of the file; and lookups among them.
 */
#include "calc/config_read.h"

#include <string.h>

const struct head *reading_find(const struct reading *r, enum section_id id, const char *name)
{
    for (size_t i = 0; i < r->nheads; i++)
        if (r->heads[i].id == id && strcmp(r->heads[i].name, name) == 0)
            return &r->heads[i];
    return NULL;
}

static const struct ini_entry *entry_of(const struct head *h, const char *key)
{
    for (size_t i = 0; h && i < h->section->n; i++)
        if (strcmp(h->section->entries[i].key, key) == 0)
            return &h->section->entries[i];
    return NULL;
}

int reading_line(const struct head *h, const char *key)
{
    const struct ini_entry *e = entry_of(h, key);
    if (e)
        return e->line;
    return h ? h->section->line : 0;
}

const char *reading_text(const struct head *h, const char *key)
{
    const struct ini_entry *e = entry_of(h, key);
    return e ? e->value : NULL;
}

int head_line(const struct head *h)
{
    return h && h->section->line > 0 ? h->section->line : 0;
}

static int recognise(struct reading *r, const struct ini_section *s, struct head *h, struct err *err)
{
    h->section = s;
    if (section_find(s->name, &h->id, &h->name, err) != 0 ||
        (h->id == SECTION_SCENARIO && check_variant_name(h->name, err) != 0))
        return config_blame(r->config, s->line, err);
    for (size_t i = 0; i < s->n; i++)
        if (!key_find(h->id, s->name, s->entries[i].key, err) ||
            (h->id == SECTION_SCENARIO && check_variant_key(r, &s->entries[i], err) != 0))
            return config_blame(r->config, s->entries[i].line, err);
    return 0;
}

static bool is_priced(enum section_id id)
{
    return section_table[id].kind >= 0 || id == SECTION_COST;
}

int read_heads(struct reading *r, struct err *err)
{
    const struct ini *ini = &r->config->ini;
    struct head *heads = arena_array(&r->s->arena, ini->n, sizeof *heads);
    if (!heads)
        return err_nomem(err);
    for (size_t i = 0; i < ini->n; i++) {
        if (recognise(r, &ini->sections[i], &heads[i], err) != 0)
            return -1;
    }
    r->heads = heads;
    r->nheads = ini->n;
    return 0;
}

int check_priced(const struct reading *r, struct err *err)
{
    for (size_t i = 0; i < r->nheads; i++)
        if (is_priced(r->heads[i].id))
            return 0;
    if (r->unpriced)
        return 0;
    err_set(err, ERR_USAGE, "nothing to price (give a resource such as [compute web], or a [cost NAME])");
    return config_blame(r->config, 0, err);
}
