/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Errors: the text is always one line of whole UTF-8 characters, safe to print on a terminal,
 * whatever was quoted into it.
 */
#include "calc/err.h"

#include "calc/utf8.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

/* Copies `from` over `to`, controls and bytes that are not UTF-8 as '?'; a character cut at the
 * end of a text that was too long is dropped. */
static void put_clean(char *to, size_t size, const char *from, bool was_cut)
{
    size_t left = strlen(from), n = 0;

    while (left > 0) {
        uint32_t code = 0;
        size_t step = utf8_step(from, left, &code);

        if (step == 0 && was_cut && left < 4 && ((unsigned char)*from & 0xC0u) == 0xC0u)
            break;
        bool keep = step > 0 && !utf8_control(code);
        size_t take = step > 0 ? step : 1;
        if (n + (keep ? take : 1) >= size)
            break;
        if (keep)
            memcpy(to + n, from, take);
        else
            to[n] = '?';
        n += keep ? take : 1;
        from += take;
        left -= take;
    }
    to[n] = '\0';
}

int err_set(struct err *err, enum err_kind kind, const char *fmt, ...)
{
    char raw[sizeof err->text];
    va_list ap;

    va_start(ap, fmt);
    int n = vsnprintf(raw, sizeof raw, fmt, ap);
    va_end(ap);
    if (n < 0)
        raw[0] = '\0';
    err->kind = kind;
    put_clean(err->text, sizeof err->text, raw, n >= (int)sizeof raw);
    return -1;
}

int err_prefix(struct err *err, const char *fmt, ...)
{
    char what[sizeof err->text], raw[2 * sizeof err->text + 2];
    va_list ap;

    va_start(ap, fmt);
    int n = vsnprintf(what, sizeof what, fmt, ap);
    va_end(ap);
    if (n < 0)
        what[0] = '\0';
    snprintf(raw, sizeof raw, "%s: %s", what, err->text);
    put_clean(err->text, sizeof err->text, raw, false);
    return -1;
}

int err_nomem(struct err *err)
{
    return err_set(err, ERR_INTERNAL, "out of memory");
}
