/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Numbers as bills write them.
 */
#include "calc/bill_parts.h"

enum { DIGITS_MOST = 80, EXPONENT_MOST = 60 };

/* The digits of a number, and where its point is: digit i counts 10^(point - 1 - i). */
struct digits {
    char v[DIGITS_MOST];
    int n, point;
    bool minus;
};

static bool split_number(const char *text, struct digits *out)
{
    bool pointed = false;

    *out = (struct digits){.minus = *text == '-'};
    text += *text == '-' || *text == '+';
    for (; (*text >= '0' && *text <= '9') || (*text == '.' && !pointed); text++) {
        if (*text == '.') {
            pointed = true;
            continue;
        }
        if (out->n == DIGITS_MOST)
            return false;
        out->v[out->n++] = *text;
        out->point += !pointed;
    }
    if (out->n == 0 || *text == '\0')
        return out->n > 0;
    if (*text != 'e' && *text != 'E')
        return false;
    bool down = *++text == '-';
    text += *text == '-' || *text == '+';
    int exponent = 0;
    const char *first = text;
    for (; *text >= '0' && *text <= '9' && exponent <= EXPONENT_MOST; text++)
        exponent = exponent * 10 + (*text - '0');
    out->point += down ? -exponent : exponent;
    return text > first && *text == '\0' && exponent <= EXPONENT_MOST;
}

/* Digit i of the number's plain form, counted from its point: 0 is the first decimal, -1 the last digit before it. */
static int digit_at(const struct digits *x, int i)
{
    int at = x->point + i;

    return at >= 0 && at < x->n ? x->v[at] - '0' : 0;
}

/* With more than 12 decimals or an exponent. */
bool bill_number(const char *text, dec_t *out, bool *rounded)
{
    struct digits x;
    dec_int v = 0;

    if (!split_number(text, &x))
        return false;
    int first = 0;
    while (first < x.n && x.v[first] == '0')
        first++;
    if (x.point - first > 26) /* more than a decimal holds */
        return first == x.n ? (*out = DEC_ZERO, true) : false;
    for (int i = -x.point < 0 ? -x.point : 0; i < DEC_PLACES; i++)
        v = v * 10 + digit_at(&x, i);
    v += digit_at(&x, DEC_PLACES) >= 5;
    for (int i = x.point + DEC_PLACES < 0 ? 0 : x.point + DEC_PLACES; i < x.n && !*rounded; i++)
        *rounded = x.v[i] != '0';
    *out = (dec_t){x.minus ? -v : v};
    return true;
}
