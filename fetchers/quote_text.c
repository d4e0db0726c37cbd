/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Texts of quotes brought to one form, numbers in words, lengths of time.
 */
#include "calc/utf8.h"
#include "fetchers/quote_parts.h"

#include <string.h>

/* ---- one form ---- */

static uint32_t plain_form(uint32_t c)
{
    if (c >= 0xff01 && c <= 0xff5e)
        c -= 0xfee0;
    if (c == 0xffe5)
        c = 0xa5;
    if (c == 0x3000 || c == 0xa0 || c == '\t' || c == '\n' || c == '\r')
        c = ' ';
    if (c == 0x3010) /* 【】 */
        c = '(';
    if (c == 0x3011)
        c = ')';
    return c >= 'A' && c <= 'Z' ? c + 32 : c;
}

static char *put(char *to, uint32_t c)
{
    if (c < 0x80) {
        *to++ = (char)c;
    } else if (c < 0x800) {
        *to++ = (char)(0xc0 | c >> 6);
        *to++ = (char)(0x80 | (c & 0x3f));
    } else if (c < 0x10000) {
        *to++ = (char)(0xe0 | c >> 12);
        *to++ = (char)(0x80 | (c >> 6 & 0x3f));
        *to++ = (char)(0x80 | (c & 0x3f));
    } else {
        *to++ = (char)(0xf0 | c >> 18);
        *to++ = (char)(0x80 | (c >> 12 & 0x3f));
        *to++ = (char)(0x80 | (c >> 6 & 0x3f));
        *to++ = (char)(0x80 | (c & 0x3f));
    }
    return to;
}

/* A blank is kept between two ASCII characters only. No character grows. */
char *quote_fold(struct arena *a, const char *text)
{
    size_t left = strlen(text);
    char *out = arena_alloc(a, left + 1), *to = out;
    bool blank = false;

    if (out == NULL)
        return NULL;
    while (left > 0) {
        uint32_t c;
        size_t n = utf8_step(text, left, &c);
        if (n == 0)
            n = 1, c = '?';
        text += n, left -= n;
        c = plain_form(c);
        if (c == ' ') {
            blank = true;
            continue;
        }
        if (blank && to > out && (unsigned char)to[-1] < 0x80 && c < 0x80)
            *to++ = ' ';
        blank = false;
        to = put(to, c);
    }
    *to = '\0';
    return out;
}

/* ---- numbers in words ---- */

static int numeral(const char *text)
{
    static const char *const digits[] = {"零", "一", "二", "三", "四", "五", "六", "七", "八", "九"};

    if (!strncmp(text, "两", 3))
        return 2;
    for (int i = 0; i < 10; i++)
        if (!strncmp(text, digits[i], 3))
            return i;
    return -1;
}

static size_t plain_whole(const char *text, int *out)
{
    size_t n = strspn(text, "0123456789");

    if (n == 0 || n > 4)
        return 0;
    *out = 0;
    for (size_t i = 0; i < n; i++)
        *out = *out * 10 + (text[i] - '0');
    return n;
}

/* Up to 99: 十 stands for 10, before it tens, behind it ones. */
size_t quote_whole(const char *text, int *out)
{
    const char *p = text;
    size_t n = plain_whole(text, out);

    if (n > 0)
        return n;
    int tens = numeral(p);
    if (tens >= 0)
        p += 3;
    if (strncmp(p, "十", 3) != 0) {
        *out = tens;
        return tens > 0 ? 3 : 0;
    }
    p += 3;
    int ones = numeral(p);
    if (ones > 0)
        p += 3;
    *out = (tens > 0 ? tens : 1) * 10 + (ones > 0 ? ones : 0);
    return (size_t)(p - text);
}

bool quote_span(const struct quote_words *w, const char *text, struct duration *out)
{
    int n;
    size_t len = quote_whole(text, &n);

    if (len == 0)
        return false;
    text += len;
    text += *text == ' ' || *text == '-';
    const char *unit = quote_word(w, "time", text);
    switch (unit == NULL ? TIME_NONE : quote_time_of(unit)) {
    case TIME_DAY:
        *out = (struct duration){.days = n, .given = true};
        return true;
    case TIME_WEEK:
        *out = (struct duration){.days = 7 * n, .given = true};
        return true;
    case TIME_MONTH:
        *out = (struct duration){.months = n, .given = true};
        return true;
    case TIME_QUARTER:
        *out = (struct duration){.months = 3 * n, .given = true};
        return true;
    case TIME_YEAR:
        *out = (struct duration){.months = 12 * n, .given = true};
        return true;
    case TIME_NONE:
    case TIME_MINUTE:
    case TIME_HOUR:
        break;
    }
    return false;
}
