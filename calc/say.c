/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Sentences of texts.def with their places filled.
 */
#include "calc/say.h"

#include <string.h>

void say_to_filled(struct buf *out, const char *lang, enum text_id id, size_t n, const char *const *with)
{
    for (const char *t = text(lang, id); *t != '\0'; t++) {
        size_t slot = t[0] == '{' && t[1] >= '1' && t[1] <= '9' && t[2] == '}' ? (size_t)(t[1] - '1') : n;
        if (slot < n) {
            buf_puts(out, with[slot]);
            t += 2;
        } else {
            buf_putc(out, *t);
        }
    }
}

const char *say_in_filled(struct arena *a, const char *lang, enum text_id id, size_t n, const char *const *with)
{
    struct buf out = {0};
    for (size_t i = 0; i < n; i++)
        if (with[i] == NULL)
            return NULL;
    say_to_filled(&out, lang, id, n, with);
    const char *said = out.failed ? NULL : arena_strndup(a, out.n > 0 ? out.v : "", out.n);
    buf_free(&out);
    return said;
}

const char *say_confidence(const char *lang, const char *word)
{
    static const enum text_id known[] = {TEXT_CONFIDENCE_HIGH, TEXT_CONFIDENCE_MEDIUM, TEXT_CONFIDENCE_LOW};
    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++)
        if (strcmp(text(NULL, known[i]), word) == 0)
            return text(lang, known[i]);
    return word;
}
