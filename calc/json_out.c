/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Writing JSON straight into a buffer. Text is UTF-8 and stays so; only what RFC 8259 asks for is escaped.
 */
#include "calc/json_out.h"

#include <assert.h>
#include <stddef.h>

static void put_string(struct buf *out, const char *text)
{
    buf_putc(out, '"');
    for (; *text != '\0'; text++) {
        unsigned char c = (unsigned char)*text;
        if (c == '"' || c == '\\')
            buf_printf(out, "\\%c", c);
        else if (c == '\n')
            buf_puts(out, "\\n");
        else if (c < 0x20 || c == 0x7F)
            buf_printf(out, "\\u%04x", c);
        else
            buf_putc(out, *text);
    }
    buf_putc(out, '"');
}

static void put_break(struct json_out *j)
{
    buf_printf(j->out, "\n%*s", 2 * j->depth, "");
}

/* Comma, place and key of the next member. */
static void begin(struct json_out *j, const char *key)
{
    struct json_level *level = j->depth > 0 ? &j->levels[j->depth - 1] : NULL;
    assert((key != NULL) == (level != NULL && level->close == '}'));
    if (level == NULL)
        return;
    if (level->any)
        buf_puts(j->out, level->flat ? ", " : ",");
    if (!level->flat)
        put_break(j);
    level->any = true;
    if (key != NULL) {
        put_string(j->out, key);
        buf_puts(j->out, ": ");
    }
}

static void open_level(struct json_out *j, const char *key, char opening, char closing, bool flat)
{
    begin(j, key);
    assert(j->depth < JSON_DEPTH_MAX);
    buf_putc(j->out, opening);
    flat = flat || (j->depth > 0 && j->levels[j->depth - 1].flat);
    j->levels[j->depth++] = (struct json_level){.close = closing, .flat = flat};
}

void json_open_object(struct json_out *j, const char *key, bool flat)
{
    open_level(j, key, '{', '}', flat);
}

void json_open_array(struct json_out *j, const char *key, bool flat)
{
    open_level(j, key, '[', ']', flat);
}

void json_close(struct json_out *j)
{
    struct json_level level;
    assert(j->depth > 0);
    level = j->levels[--j->depth];
    if (level.any && !level.flat)
        put_break(j);
    buf_putc(j->out, level.close);
    if (j->depth == 0)
        buf_putc(j->out, '\n');
}

void json_text(struct json_out *j, const char *key, const char *text)
{
    if (text == NULL) {
        json_null(j, key);
        return;
    }
    begin(j, key);
    put_string(j->out, text);
}

void json_int(struct json_out *j, const char *key, long n)
{
    begin(j, key);
    buf_printf(j->out, "%ld", n);
}

void json_boolean(struct json_out *j, const char *key, bool yes)
{
    begin(j, key);
    buf_puts(j->out, yes ? "true" : "false");
}

void json_null(struct json_out *j, const char *key)
{
    begin(j, key);
    buf_puts(j->out, "null");
}

void json_decimal(struct json_out *j, const char *key, dec_t value, int min_places)
{
    char text[DEC_TEXT];
    dec_format(value, min_places, text);
    json_text(j, key, text);
}

void json_day(struct json_out *j, const char *key, struct date day)
{
    char text[DATE_TEXT];
    date_format(day, text);
    json_text(j, key, date_is(day) ? text : NULL);
}
