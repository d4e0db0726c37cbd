/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "calc/engine.h"

#include <string.h>

#define ENGINE(name) extern const struct engine engine_##name;
#include "calc/engines.def"
#undef ENGINE

const struct engine *const engine_table[] = {
#define ENGINE(name) &engine_##name,
#include "calc/engines.def"
#undef ENGINE
    NULL};

const struct engine *engine_find(const char *name)
{
    for (const struct engine *const *e = engine_table; *e; e++)
        if (!strcmp((*e)->name, name))
            return *e;
    return NULL;
}

static const char *value_of(const char *name, size_t len, const struct engine_value *values, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (strlen(values[i].name) == len && !strncmp(values[i].name, name, len))
            return values[i].value;
    return NULL;
}

/* One line, without its line break. */
static void expand_line(struct buf *out, const char *at, size_t len, const struct engine_value *values, size_t n)
{
    const char *end = at + len;
    while (at < end) {
        const char *open = memchr(at, '{', (size_t)(end - at));
        const char *close = open ? memchr(open, '}', (size_t)(end - open)) : NULL;
        const char *value = close ? value_of(open + 1, (size_t)(close - open) - 1, values, n) : NULL;
        const char *stop = value ? open : open ? open + 1 : end;
        buf_add(out, at, (size_t)(stop - at));
        if (value)
            buf_puts(out, value);
        at = value ? close + 1 : stop;
    }
}

static bool begins(const char *line, size_t len, const char *word)
{
    size_t n = strlen(word);
    return len >= n && !strncmp(line, word, n);
}

void engine_expand(struct buf *out, const char *text, const struct engine_value *values, size_t n)
{
    static const char begin[] = "--if ", stop[] = "--end";
    bool kept = true;
    while (*text) {
        size_t len = strcspn(text, "\n");
        bool last = text[len] == '\0';
        if (begins(text, len, begin)) {
            const char *value = value_of(text + sizeof begin - 1, len - (sizeof begin - 1), values, n);
            kept = value && *value;
        } else if (begins(text, len, stop)) {
            kept = true;
        } else if (kept) {
            expand_line(out, text, len, values, n);
            buf_puts(out, last ? "" : "\n");
        }
        text += last ? len : len + 1;
    }
}
