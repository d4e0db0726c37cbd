/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Any bytes as a decimal: refused with a text, or printed and read again as the same number. Two
 * decimals with a blank between them are calculated with: what is good keeps its order and comes
 * back, what is bad stays bad, and nothing overflows unseen.
 */
#include "calc/decimal.h"
#include "tests/fuzz/target.h"

#include <assert.h>
#include <string.h>

static bool read_number(const char *text, size_t len, dec_t *value)
{
    struct err err = {0};
    dec_t again;
    char printed[DEC_TEXT];
    if (dec_parse(text, len, value, &err) != 0) {
        assert(err.kind == ERR_USAGE && err.text[0] && !strchr(err.text, '\n'));
        return false;
    }
    size_t n = dec_format(*value, (int)(len % 13), printed);
    assert(n == strlen(printed) && n < DEC_TEXT);
    assert(dec_parse(printed, n, &again, &err) == 0);
    assert(dec_cmp(*value, again) == 0);
    return true;
}

/* The same calculation in the three directions. */
static void in_order(dec_t floor, dec_t half, dec_t ceil)
{
    if (!dec_bad(floor) && !dec_bad(half))
        assert(dec_cmp(floor, half) <= 0);
    if (!dec_bad(half) && !dec_bad(ceil))
        assert(dec_cmp(half, ceil) <= 0);
}

static void calculate(dec_t a, dec_t b, int places)
{
    dec_t sum = dec_add(a, b);
    if (!dec_bad(sum))
        assert(dec_cmp(dec_sub(sum, b), a) == 0);
    in_order(dec_mul_round(a, b, places, DEC_FLOOR), dec_mul_round(a, b, places, DEC_HALF_UP),
             dec_mul_round(a, b, places, DEC_CEIL));
    in_order(dec_div_round(a, b, places, DEC_FLOOR), dec_div_round(a, b, places, DEC_HALF_UP),
             dec_div_round(a, b, places, DEC_CEIL));
    in_order(dec_round(a, places, DEC_FLOOR), dec_round(a, places, DEC_HALF_UP), dec_round(a, places, DEC_CEIL));
    if (dec_sign(b) != 0)
        assert(dec_cmp(dec_muldiv(a, b, b, DEC_EXACT), a) == 0);
    dec_t exact = dec_div(a, b, DEC_EXACT);
    if (!dec_bad(exact))
        assert(dec_cmp(dec_mul(exact, b, DEC_EXACT), a) == 0);
    dec_t root = dec_root(a, places % 12 + 1);
    assert(dec_bad(root) || dec_sign(root) == dec_sign(a));
    dec_t near = dec_from_double(dec_to_double(a), places); /* off by 2^-53 of a, and the rounding */
    assert(dec_bad(near) || dec_sign(near) * dec_sign(a) >= 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const char *text = (const char *)data;
    const char *blank = size > 0 ? memchr(text, ' ', size) : NULL;
    size_t first = blank != NULL ? (size_t)(blank - text) : size;
    dec_t a, b;
    if (read_number(text, first, &a) && blank != NULL && read_number(blank + 1, size - first - 1, &b))
        calculate(a, b, (int)(size % 13));
    return 0;
}
