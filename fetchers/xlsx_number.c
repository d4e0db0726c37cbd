/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fetchers/xlsx_number.h"

#include <string.h>

enum { DIGITS_MAX = 64, EXPONENT_MAX = 400, SHOWN = 15, PLACES = 12, KEPT = 6 };

/* 0.d1d2...dn x 10^point; neither d1 nor dn is 0; n 0: zero. */
struct digits {
    char d[DIGITS_MAX];
    int n, point;
    bool minus;
};

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* Digits with at most one point; returns the bytes taken, 0 when there is no digit or too many. */
static size_t read_mantissa(const char *text, size_t len, struct digits *out)
{
    bool pointed = false, any = false;
    size_t at = 0;

    for (; at < len && (is_digit(text[at]) || (text[at] == '.' && !pointed)); at++) {
        if (text[at] == '.') {
            pointed = true;
            continue;
        }
        any = true;
        if (text[at] == '0' && out->n == 0) {
            out->point -= pointed;
            continue;
        }
        if (out->n == DIGITS_MAX)
            return 0;
        out->d[out->n++] = text[at];
        out->point += !pointed;
    }
    return any ? at : 0;
}

/* "E-05" to the end of the text. */
static bool read_exponent(const char *text, size_t len, int *out)
{
    size_t at = 1 + (len > 1 && (text[1] == '-' || text[1] == '+'));
    int n = 0;

    if ((text[0] != 'e' && text[0] != 'E') || at == len)
        return false;
    for (size_t i = at; i < len; i++) {
        if (!is_digit(text[i]) || n > EXPONENT_MAX)
            return false;
        n = n * 10 + (text[i] - '0');
    }
    *out = text[1] == '-' ? -n : n;
    return n <= EXPONENT_MAX;
}

static void strip(struct digits *x)
{
    while (x->n > 0 && x->d[x->n - 1] == '0')
        x->n--;
}

static bool read_digits(const char *text, size_t len, struct digits *out)
{
    int exponent = 0;

    while (len > 0 && strchr(" \t\r\n", text[len - 1]) != NULL && text[len - 1] != '\0')
        len--;
    while (len > 0 && strchr(" \t\r\n", text[0]) != NULL && text[0] != '\0')
        text++, len--;
    if (len > 0 && (text[0] == '-' || text[0] == '+')) {
        out->minus = text[0] == '-';
        text++, len--;
    }
    size_t n = read_mantissa(text, len, out);
    if (n == 0 || (n < len && !read_exponent(text + n, len - n, &exponent)))
        return false;
    out->point += exponent;
    strip(out);
    return true;
}

/* Keeps the first `keep` digits (1 or more), half-up. */
static void round_to(struct digits *x, int keep)
{
    if (keep >= x->n)
        return;
    bool up = x->d[keep] >= '5';
    x->n = keep;
    while (up && x->n > 0 && x->d[x->n - 1] == '9')
        x->n--;
    if (up && x->n > 0) {
        x->d[x->n - 1]++;
    } else if (up) {
        x->d[x->n++] = '1';
        x->point++;
    }
    strip(x);
}

static void put_zeros(struct buf *out, int n)
{
    for (int i = 0; i < n; i++)
        buf_putc(out, '0');
}

static void put(const struct digits *x, struct buf *out)
{
    int whole = x->point < x->n ? x->point : x->n;

    if (x->minus && x->n > 0)
        buf_putc(out, '-');
    if (x->point <= 0 || x->n == 0)
        buf_putc(out, '0');
    else
        buf_add(out, x->d, (size_t)whole);
    if (x->n == 0)
        return;
    put_zeros(out, x->point - x->n);
    if (x->n > x->point)
        buf_putc(out, '.');
    put_zeros(out, x->n > x->point ? -x->point : 0);
    if (x->n > x->point)
        buf_add(out, x->d + (whole > 0 ? whole : 0), (size_t)(x->n - (whole > 0 ? whole : 0)));
}

bool xlsx_number(const char *text, size_t len, struct buf *out, bool *rounded)
{
    struct digits x = {.n = 0};

    *rounded = false;
    if (!read_digits(text, len, &x))
        return false;
    round_to(&x, x.point > SHOWN ? x.point : SHOWN); /* never within the whole part */
    if (x.n - x.point > PLACES && x.point + PLACES >= KEPT) {
        round_to(&x, x.point + PLACES);
        *rounded = true;
    }
    put(&x, out);
    return true;
}

bool xlsx_day(const char *plain, size_t len, bool from_1904, struct date *out)
{
    struct date base;
    size_t at = 0;
    int n = 0;

    for (; at < len && is_digit(plain[at]); at++) {
        if (at == 7)
            return false;
        n = n * 10 + (plain[at] - '0');
    }
    if (at == 0 || (!from_1904 && (n == 0 || n == 60)))
        return false;
    date_parse(from_1904 ? "1904-01-01" : "1900-01-01", 10, &base);
    *out = date_add_days(base, from_1904 ? n : n < 60 ? n - 1 : n - 2);
    return date_is(*out);
}
