/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Near misses, lists of allowed words, display width. Widths come from the tables below, never
 * from the locale. A byte that is not UTF-8 and a control character take one column, and are
 * written as '?' where text is padded for a table.
 */
#include "calc/words.h"

#include "calc/utf8.h"

#include <string.h>

enum { WORD_MAX = 64 }; /* longer words are not compared: nobody's typing error */

struct range {
    uint32_t first, last;
};

/* East Asian Width W or F in Unicode 14 (EastAsianWidth.txt); gaps of
 * unassigned code points are closed, planes 2 and 3 are wide as that file says. */
static const struct range wide[] = {
    {0x1100, 0x115F},   {0x231A, 0x231B},   {0x2329, 0x232A},   {0x23E9, 0x23EC},   {0x23F0, 0x23F0},
    {0x23F3, 0x23F3},   {0x25FD, 0x25FE},   {0x2614, 0x2615},   {0x2648, 0x2653},   {0x267F, 0x267F},
    {0x2693, 0x2693},   {0x26A1, 0x26A1},   {0x26AA, 0x26AB},   {0x26BD, 0x26BE},   {0x26C4, 0x26C5},
    {0x26CE, 0x26CE},   {0x26D4, 0x26D4},   {0x26EA, 0x26EA},   {0x26F2, 0x26F3},   {0x26F5, 0x26F5},
    {0x26FA, 0x26FA},   {0x26FD, 0x26FD},   {0x2705, 0x2705},   {0x270A, 0x270B},   {0x2728, 0x2728},
    {0x274C, 0x274C},   {0x274E, 0x274E},   {0x2753, 0x2755},   {0x2757, 0x2757},   {0x2795, 0x2797},
    {0x27B0, 0x27B0},   {0x27BF, 0x27BF},   {0x2B1B, 0x2B1C},   {0x2B50, 0x2B50},   {0x2B55, 0x2B55},
    {0x2E80, 0x303E},   {0x3041, 0x3247},   {0x3250, 0x4DBF},   {0x4E00, 0xA4CF},   {0xA960, 0xA97F},
    {0xAC00, 0xD7A3},   {0xF900, 0xFAFF},   {0xFE10, 0xFE19},   {0xFE30, 0xFE6B},   {0xFF01, 0xFF60},
    {0xFFE0, 0xFFE6},   {0x16FE0, 0x18D08}, {0x1AFF0, 0x1B2FB}, {0x1F004, 0x1F004}, {0x1F0CF, 0x1F0CF},
    {0x1F18E, 0x1F18E}, {0x1F191, 0x1F19A}, {0x1F200, 0x1F320}, {0x1F32D, 0x1F335}, {0x1F337, 0x1F37C},
    {0x1F37E, 0x1F393}, {0x1F3A0, 0x1F3CA}, {0x1F3CF, 0x1F3D3}, {0x1F3E0, 0x1F3F0}, {0x1F3F4, 0x1F3F4},
    {0x1F3F8, 0x1F43E}, {0x1F440, 0x1F440}, {0x1F442, 0x1F4FC}, {0x1F4FF, 0x1F53D}, {0x1F54B, 0x1F54E},
    {0x1F550, 0x1F567}, {0x1F57A, 0x1F57A}, {0x1F595, 0x1F596}, {0x1F5A4, 0x1F5A4}, {0x1F5FB, 0x1F64F},
    {0x1F680, 0x1F6C5}, {0x1F6CC, 0x1F6CC}, {0x1F6D0, 0x1F6D2}, {0x1F6D5, 0x1F6DF}, {0x1F6EB, 0x1F6EC},
    {0x1F6F4, 0x1F6FC}, {0x1F7E0, 0x1F7F0}, {0x1F90C, 0x1F93A}, {0x1F93C, 0x1F945}, {0x1F947, 0x1F9FF},
    {0x1FA70, 0x1FAF6}, {0x20000, 0x3FFFD},
};

/* Marks that sit on the character before and joiners: Unicode categories Mn, Me, Cf, the blocks
 * met in the names of the world's living languages; and Hangul medial and final letters. */
static const struct range narrow[] = {
    {0x0300, 0x036F}, {0x0483, 0x0489}, {0x0591, 0x05BD},   {0x05BF, 0x05BF}, {0x05C1, 0x05C2}, {0x05C4, 0x05C5},
    {0x0610, 0x061A}, {0x064B, 0x065F}, {0x0670, 0x0670},   {0x06D6, 0x06DC}, {0x093A, 0x093A}, {0x093C, 0x093C},
    {0x0941, 0x0948}, {0x094D, 0x094D}, {0x0E31, 0x0E31},   {0x0E34, 0x0E3A}, {0x0E47, 0x0E4E}, {0x0EB1, 0x0EB1},
    {0x0EB4, 0x0EBC}, {0x0EC8, 0x0ECD}, {0x1160, 0x11FF},   {0x1AB0, 0x1ACE}, {0x1DC0, 0x1DFF}, {0x200B, 0x200F},
    {0x202A, 0x202E}, {0x2060, 0x2064}, {0x20D0, 0x20F0},   {0x302A, 0x302D}, {0x3099, 0x309A}, {0xFE00, 0xFE0F},
    {0xFE20, 0xFE2F}, {0xFEFF, 0xFEFF}, {0xE0100, 0xE01EF},
};

static bool in_table(const struct range *table, size_t n, uint32_t code)
{
    size_t low = 0, high = n;

    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (code > table[middle].last)
            low = middle + 1;
        else
            high = middle;
    }
    return low < n && code >= table[low].first;
}

static size_t columns_of(uint32_t code)
{
    if (code < wide[0].first && code < narrow[0].first)
        return 1;
    if (in_table(narrow, sizeof narrow / sizeof narrow[0], code))
        return 0;
    return in_table(wide, sizeof wide / sizeof wide[0], code) ? 2 : 1;
}

/* One step through a text: its bytes, its columns, and whether it may be printed as it is. */
struct glyph {
    size_t bytes, columns;
    bool plain;
};

static struct glyph next_glyph(const char *text, size_t left)
{
    uint32_t code = 0;
    size_t n = utf8_step(text, left, &code);

    if (n == 0)
        return (struct glyph){1, 1, false};
    if (utf8_control(code))
        return (struct glyph){n, 1, false};
    return (struct glyph){n, columns_of(code), true};
}

size_t words_width(const char *text)
{
    size_t columns = 0, left = strlen(text);

    while (left > 0) {
        struct glyph g = next_glyph(text, left);
        columns += g.columns;
        text += g.bytes;
        left -= g.bytes;
    }
    return columns;
}

static void pad(struct buf *out, size_t n)
{
    while (n-- > 0)
        buf_putc(out, ' ');
}

/* The bytes of text that fill at most `columns`, marks of the last character included. */
static size_t prefix(const char *text, size_t columns, size_t *used)
{
    size_t left = strlen(text), at = 0;

    *used = 0;
    while (left > 0) {
        struct glyph g = next_glyph(text + at, left);
        if (*used + g.columns > columns)
            break;
        *used += g.columns;
        at += g.bytes;
        left -= g.bytes;
    }
    return at;
}

static void put_plain(struct buf *out, const char *text, size_t len)
{
    while (len > 0) {
        struct glyph g = next_glyph(text, len);
        if (g.plain)
            buf_add(out, text, g.bytes);
        else
            buf_putc(out, '?');
        text += g.bytes;
        len -= g.bytes;
    }
}

void words_pad(struct buf *out, const char *text, size_t columns, bool right)
{
    size_t used = 0, len = prefix(text, columns, &used);
    bool cut = text[len] != '\0';

    if (columns == 0)
        return;
    if (cut)
        len = prefix(text, columns - 1, &used);
    size_t blanks = columns - used - cut;
    if (right)
        pad(out, blanks);
    put_plain(out, text, len);
    if (cut)
        buf_putc(out, '~');
    if (!right)
        pad(out, blanks);
}

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

/* The word in lower case without - and _; its length, or 0 when it has none or is too long. */
static size_t folded(const char *word, char out[WORD_MAX])
{
    size_t n = 0;

    for (; *word != '\0'; word++) {
        if (*word == '-' || *word == '_')
            continue;
        if (n == WORD_MAX)
            return 0;
        out[n++] = lower(*word);
    }
    return n;
}

static size_t least(size_t a, size_t b)
{
    return a < b ? a : b;
}

/* Insertions, deletions, replacements and swaps of neighbours that turn a into b (optimal string
 * alignment); rows[] are the last three rows of the table. */
static size_t distance(const char *a, size_t na, const char *b, size_t nb)
{
    size_t rows[3][WORD_MAX + 1];
    size_t *before = rows[0], *last = rows[1], *now = rows[2];

    for (size_t k = 0; k <= nb; k++)
        last[k] = k;
    for (size_t i = 1; i <= na; i++) {
        now[0] = i;
        for (size_t k = 1; k <= nb; k++) {
            now[k] = least(last[k - 1] + (a[i - 1] != b[k - 1]), least(last[k], now[k - 1]) + 1);
            if (i > 1 && k > 1 && a[i - 1] == b[k - 2] && a[i - 2] == b[k - 1])
                now[k] = least(now[k], before[k - 2] + 1);
        }
        size_t *spare = before;
        before = last;
        last = now;
        now = spare;
    }
    return last[nb];
}

const char *words_near(const char *word, const char *const *known, size_t n)
{
    char a[WORD_MAX], b[WORD_MAX];
    size_t na = folded(word, a), limit = na >= 6 ? na / 3 : 1;
    const char *best = NULL;

    for (size_t i = 0; i < n && na > 0; i++) {
        size_t nb = folded(known[i], b);
        if (nb == 0 || nb > na + limit || na > nb + limit)
            continue;
        size_t far = distance(a, na, b, nb);
        if (far > limit || far >= na) /* one letter is not near another */
            continue;
        if (best == NULL || far < limit) {
            best = known[i];
            limit = far;
        }
    }
    return best;
}

void words_list(struct buf *out, const char *const *known, size_t n, size_t limit)
{
    for (size_t i = 0; i < n && i < limit; i++)
        buf_printf(out, "%s%s", i > 0 ? ", " : "", known[i]);
    if (n > limit)
        buf_printf(out, "%s... (%zu in all)", limit > 0 ? ", " : "", n);
}

/* Eight bytes at once that are all ASCII and none NUL. */
static bool eight_plain(const char *text)
{
    const uint64_t tops = 0x8080808080808080U, ones = 0x0101010101010101U;
    uint64_t v;

    memcpy(&v, text, sizeof v);
    return ((v | (v - ones)) & tops) == 0;
}

bool words_utf8(const char *text, size_t len)
{
    size_t at = 0;

    while (at < len) {
        uint32_t code = 0;
        if (len - at >= 8 && eight_plain(text + at)) {
            at += 8;
            continue;
        }
        size_t step = utf8_step(text + at, len - at, &code);
        if (step == 0 || code == 0)
            return false;
        at += step;
    }
    return true;
}

bool words_same(const char *a, const char *b)
{
    while (*a != '\0' && lower(*a) == lower(*b)) {
        a++;
        b++;
    }
    return lower(*a) == lower(*b);
}
