/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Amounts and days as providers write them, exactly.
 */
#include "calc/buf.h"
#include "fetchers/harvest.h"

#include <string.h>

enum { DIGITS_MAX = 64, EXPONENT_MAX = 40 };

static bool digit(char c)
{
    return c >= '0' && c <= '9';
}

static int no_amount(const char *text, size_t len, struct err *err)
{
    return err_set(err, ERR_FETCH, "'%.*s' is no amount", (int)(len > 40 ? 40 : len), text);
}

/* The exponent of "1.5e-05", behind the e; 0 or more digits make it malformed. */
static bool read_exponent(const char *text, size_t len, int *out)
{
    size_t at = len > 0 && (text[0] == '-' || text[0] == '+');
    int value = 0;

    if (at == len || len - at > 3)
        return false;
    for (size_t i = at; i < len; i++) {
        if (!digit(text[i]))
            return false;
        value = value * 10 + (text[i] - '0');
    }
    *out = text[0] == '-' ? -value : value;
    return value <= EXPONENT_MAX;
}

static void add_zeros(struct buf *out, int n)
{
    for (int i = 0; i < n; i++)
        buf_putc(out, '0');
}

/* Digits d1..dn with the point behind the first `point` of them, which may lie outside. */
static void put_pointed(struct buf *out, const char *digits, int n, int point)
{
    if (point <= 0) {
        buf_puts(out, "0.");
        add_zeros(out, -point);
        buf_add(out, digits, (size_t)n);
    } else {
        int whole = point < n ? point : n;
        buf_add(out, digits, (size_t)whole);
        add_zeros(out, point - whole);
        if (whole < n)
            buf_putc(out, '.');
        buf_add(out, digits + whole, (size_t)(n - whole));
    }
}

/* A plain number (digits, at most one point) times a power of ten, as text. */
static bool shifted(const char *text, size_t len, int by, struct buf *out)
{
    char digits[DIGITS_MAX];
    int n = 0, point = -1;

    for (size_t i = 0; i < len; i++) {
        if (text[i] == '.' && point < 0)
            point = n;
        else if (!digit(text[i]) || n == DIGITS_MAX)
            return false;
        else
            digits[n++] = text[i];
    }
    put_pointed(out, digits, n, (point < 0 ? n : point) + by);
    return n > 0;
}

static int parse_plain(const char *text, size_t len, dec_t *out, struct err *err)
{
    if (dec_parse(text, len, out, err) == 0)
        return 0;
    err->kind = ERR_FETCH;
    return -1;
}

static int parse_scientific(const char *text, size_t mantissa, size_t len, dec_t *out, struct err *err)
{
    struct buf plain = {.ceiling = 4 * DIGITS_MAX};
    int by = 0, rc;

    if (!digit(text[mantissa - 1]) || !read_exponent(text + mantissa + 1, len - mantissa - 1, &by) ||
        !shifted(text, mantissa, by, &plain))
        rc = no_amount(text, len, err);
    else
        rc = plain.failed ? err_nomem(err) : parse_plain(plain.v, plain.n, out, err);
    buf_free(&plain);
    return rc;
}

int fetch_amount(const char *text, size_t len, dec_t *out, struct err *err)
{
    size_t e = 0;

    if (len == 0 || !digit(text[0]))
        return no_amount(text, len, err);
    while (e < len && text[e] != 'e' && text[e] != 'E')
        e++;
    return e < len ? parse_scientific(text, e, len, out, err) : parse_plain(text, len, out, err);
}

/* ---- in tables for people ---- */

/* Past blanks, no-break blanks and the signs of the yuan. */
static const char *past_signs(const char *text)
{
    static const char *const signs[] = {" ", "\t", "\n", "\r", "\xc2\xa0", "\xc2\xa5", "\xef\xbf\xa5"};
    size_t i = 0;

    while (i < sizeof signs / sizeof *signs) {
        size_t n = strlen(signs[i]);
        i = strncmp(text, signs[i], n) == 0 ? (text += n, 0) : i + 1;
    }
    return text;
}

/* Behind a number whose thousands may be parted by commas: "1,220.16". A comma that parts anything else
 * ("12,34", "1234,567", "1.234,567") makes it malformed: NULL. */
static const char *past_number(const char *at, struct buf *plain)
{
    const char *start = at;
    size_t group = 0;
    bool parted = false, pointed = false;

    for (; digit(*at) || *at == '.' || *at == ','; at++) {
        bool comma = *at == ',', point = *at == '.';
        if ((comma && (pointed || group > 3 || (parted && group != 3) || !digit(at[1]))) ||
            (point && parted && !pointed && group != 3))
            return NULL;
        pointed |= point;
        parted |= comma;
        group = comma || point ? 0 : group + 1;
        if (!comma)
            buf_putc(plain, *at);
    }
    return (parted && !pointed && group != 3) || at == start ? NULL : at;
}

int fetch_amount_in(const char *text, dec_t *out, const char **rest, struct err *err)
{
    struct buf plain = {.ceiling = 4 * DIGITS_MAX};
    const char *at = past_signs(text);

    if (!digit(*at))
        return 0;
    const char *end = past_number(at, &plain);
    int rc = end == NULL || plain.failed ? no_amount(text, strlen(text), err) : parse_plain(plain.v, plain.n, out, err);
    buf_free(&plain);
    if (rc != 0)
        return -1;
    *rest = end;
    return 1;
}

int fetch_day(const char *text, size_t len, struct date *out, struct err *err)
{
    enum { DAY = sizeof "2026-11-21" - 1 };

    if (len < DAY || (len > DAY && digit(text[DAY])) || !date_parse(text, DAY, out))
        return err_set(err, ERR_FETCH, "'%.*s' is no date", (int)(len > 40 ? 40 : len), text);
    return 0;
}
