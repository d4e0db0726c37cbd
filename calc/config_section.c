/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One section of a configuration into its struct, by the rows of the key table: what is given,
 * else its default. Every value that takes effect is noted among the settings with its origin.
 */
#include "calc/config_read.h"
#include "calc/shown.h"
#include "calc/value_uncertain.h"
#include "calc/who.h"

#include <string.h>

static value_parser *const parsers[VALUE_TYPE_COUNT] = {
#define TYPE(id, parser, how) [VALUE_TYPE_##id] = parser,
#include "calc/value_types.def"
#undef TYPE
};

/* One key of one section on its way into obj. */
struct reader {
    struct reading *r;
    const struct key *row;
    const char *section;
    void *obj;
};

static int note(const struct reader *rd, const char *key, const char *value, const char *origin, struct err *err)
{
    struct reading *r = rd->r;
    struct arena *a = &r->s->arena;
    if (r->unnoted)
        return 0;
    if (r->nsettings == r->cap) {
        size_t cap = r->cap ? 2 * r->cap : 64;
        struct setting *grown = arena_grow(a, r->settings, r->nsettings, cap, sizeof *grown);
        if (!grown)
            return err_nomem(err);
        r->settings = grown;
        r->cap = cap;
    }
    struct setting *s = &r->settings[r->nsettings];
    *s = (struct setting){rd->section, arena_strdup(a, key), arena_strdup(a, value), origin};
    if (!s->key || !s->value || !origin)
        return err_nomem(err);
    r->nsettings++;
    return 0;
}

/* "config.ini:14", "--set", "--as-of" */
static const char *origin_of(const struct reading *r, int line)
{
    struct arena *a = &r->s->arena;
    const char *long_form = line < 0 ? r->config->origins[-1 - line] : "";
    if (line < 0) /* an option without its value; a place as it is */
        return arena_strndup(a, long_form, strncmp(long_form, "--", 2) ? strlen(long_form) : strcspn(long_form, " "));
    return arena_printf(a, "%s:%d", r->config->file, line);
}

/* A distribution where only a number may be is told so. */
static void say_certain(const struct reader *rd, const char *text, struct err *err)
{
    char cut[SHOWN_MAX];
    const enum value_type type = rd->row->type;
    bool fixed = type == VALUE_TYPE_NUMBER || type == VALUE_TYPE_WHOLE || type == VALUE_TYPE_LONG ||
                 type == VALUE_TYPE_PERCENT || type == VALUE_TYPE_SIZE || type == VALUE_TYPE_GPU ||
                 type == VALUE_TYPE_MONTH || type == VALUE_TYPE_AMOUNT || type == VALUE_TYPE_BUDGET_RATE;
    if (!fixed || err->kind != ERR_USAGE || !value_is_uncertain(text))
        return;
    err_set(err, ERR_USAGE, "'%s' is a distribution, and this is a number that is certain%s", shown(text, cut),
            type == VALUE_TYPE_BUDGET_RATE ? " (how rates move is said by fx in [risk])" : "");
}

/* Does the key take a distribution, and was there one? Then it is listed. */
static int take_found(const struct reader *rd, const char *key, const char *text, int line, struct uncertain *u,
                      struct err *err)
{
    struct arena *a = &rd->r->s->arena;
    u->section = rd->section;
    u->key = arena_strdup(a, key);
    u->text = arena_strdup(a, text);
    u->line = line;
    return u->key && u->text ? note_uncertain(rd->r, u, rd->obj, err) : err_nomem(err);
}

static int parse(const struct reader *rd, const char *key, const char *text, int line, struct err *err)
{
    struct uncertain *found = NULL;
    const struct value_env env = {
        .arena = &rd->r->s->arena,
        .key = key,
        .allowed = rd->row->allowed,
        .line = line > 0 ? line : 0,
        .file = rd->r->config->file,
        .rules = rd->r->rules,
        .scenario = rd->r->s,
        .found = &found,
    };
    if (parsers[rd->row->type](text, &env, (char *)rd->obj + rd->row->field, err) == 0)
        return found ? take_found(rd, key, text, line, found, err) : 0;
    say_certain(rd, text, err);
    if (err->kind != ERR_INTERNAL)
        err_prefix(err, "%s", key);
    return config_blame(rd->r->config, line, err);
}

static int read_given(const struct reader *rd, const struct ini_entry *e, struct err *err)
{
    return parse(rd, e->key, e->value, e->line, err) != 0 ||
                   note(rd, e->key, e->value, origin_of(rd->r, e->line), err) != 0
               ? -1
               : 0;
}

/* The file's name without its directories and ".ini"; "-" is the standard input. */
static const char *plain_name(struct arena *a, const char *file)
{
    if (strcmp(file, "-") == 0)
        return "stdin";
    static const char ending[] = ".ini";
    const char *slash = strrchr(file, '/'), *base = slash ? slash + 1 : file;
    size_t n = strlen(base), cut = sizeof ending - 1;
    if (n > cut && strcmp(base + n - cut, ending) == 0)
        n -= cut;
    return arena_strndup(a, base, n);
}

static const char *day_text(struct arena *a, struct date d)
{
    char text[DATE_TEXT];
    date_format(d, text);
    return arena_strdup(a, text);
}

static const char *month_after(struct arena *a, struct date d)
{
    char text[DATE_TEXT];
    month_format(month_add(date_month(d), 1), text);
    return arena_strdup(a, text);
}

/* Defaults that depend on what stands elsewhere, as text; "" for one that stays open. Rows that
 * are looked at here come after those they depend on. NULL when there is no memory. */
static const char *worked_out(const struct reader *rd)
{
    struct scenario *s = rd->r->s;
    const struct buyer *b = rd->obj;
    if (key_in(rd->row, SECTION_PROJECT) && strcmp(rd->row->name, "name") == 0)
        return plain_name(&s->arena, rd->r->config->file);
    if (key_in(rd->row, SECTION_PROJECT) && strcmp(rd->row->name, "as_of") == 0)
        return day_text(&s->arena, rd->r->config->today);
    if (key_in(rd->row, SECTION_PROJECT) && strcmp(rd->row->name, "start") == 0)
        return month_after(&s->arena, s->as_of);
    if (key_in(rd->row, SECTION_BUYER) && strcmp(rd->row->name, "vat") == 0)
        return who_is_mainland(b) ? "general" : "registered";
    return "";
}

static int read_default(const struct reader *rd, struct err *err)
{
    const char *text = key_has_default(rd->row) ? rd->row->def : worked_out(rd);
    if (!text)
        return err_nomem(err);
    if (!text[0])
        return 0;
    return parse(rd, rd->row->name, text, 0, err) != 0 || note(rd, rd->row->name, text, "default", err) != 0 ? -1 : 0;
}

static int read_key(const struct reader *rd, const struct head *h, struct err *err)
{
    bool given = false;
    for (size_t i = 0; h && i < h->section->n; i++) {
        if (!key_matches(rd->row, h->section->entries[i].key))
            continue;
        given = true;
        if (read_given(rd, &h->section->entries[i], err) != 0)
            return -1;
    }
    if (given)
        return 0;
    if (!key_required(rd->row))
        return read_default(rd, err);
    err_set(err, ERR_USAGE, "[%s] lacks %s (such as %s = %s)", rd->section, rd->row->name, rd->row->name,
            rd->row->example);
    return config_blame(rd->r->config, reading_line(h, ""), err);
}

int read_section(struct reading *r, enum section_id id, const struct head *h, void *obj, struct err *err)
{
    struct reader rd = {.r = r, .obj = obj};
    rd.section = arena_strdup(&r->s->arena, h ? h->section->name : section_word(id));
    if (!rd.section)
        return err_nomem(err);
    for (size_t i = 0; i < nkeys; i++) {
        rd.row = &key_table[i];
        if (key_in(rd.row, id) && read_key(&rd, h, err) != 0)
            return -1;
    }
    return 0;
}
