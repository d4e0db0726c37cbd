/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Breaking text into lines of a terminal. One pass per line: the last good place to break is
 * remembered and taken when the next character does not fit.
 */
#include "calc/wrap.h"

#include "calc/utf8.h"
#include "calc/words.h"

#include <assert.h>
#include <stdint.h>
#include <string.h>

enum { OPENING_BRACKET = 0xFF08 }; /* never ends a line */

static size_t char_width(const char *text, size_t bytes)
{
    char one[5] = {0};
    memcpy(one, text, bytes);
    return words_width(one);
}

/* Chinese marks that close something never begin a line. */
static bool closes(uint32_t code)
{
    static const uint32_t marks[] = {0x3001, 0x3002, 0xFF09, 0xFF0C, 0xFF1A, 0xFF1B};
    for (size_t i = 0; i < sizeof marks / sizeof marks[0]; i++)
        if (marks[i] == code)
            return true;
    return false;
}

size_t wrap_line(const char *text, size_t columns)
{
    size_t at = 0, used = 0, good = 0, weak = 0, length = strlen(text);
    bool wide_before = false, opened = false;
    while (at < length) {
        uint32_t code = 0;
        size_t bytes = utf8_step(text + at, length - at, &code);
        size_t width = char_width(text + at, bytes);
        assert(bytes > 0);
        if (at > 0 && (code == ' ' || (!closes(code) && !opened && (width == 2 || wide_before))))
            good = at;
        if (at > 0 && used + width > columns && code != ' ')
            break;
        used += width;
        at += bytes;
        if (code == '/')
            weak = at;
        wide_before = width == 2;
        opened = code == OPENING_BRACKET;
    }
    if (at < length && good + weak > 0)
        at = good > 0 ? good : weak;
    while (at > 1 && text[at - 1] == ' ')
        at--;
    return at;
}

void wrap_text(struct buf *out, const char *text, const char *first, size_t indent, size_t columns)
{
    size_t room = columns > indent ? columns - indent : 1;
    buf_puts(out, first);
    while (*text != '\0') {
        size_t n = wrap_line(text, room);
        buf_add(out, text, n);
        text += n;
        while (*text == ' ')
            text++;
        if (*text != '\0')
            buf_printf(out, "\n%*s", (int)indent, "");
    }
    buf_putc(out, '\n');
}
