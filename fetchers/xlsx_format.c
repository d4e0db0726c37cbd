/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Formats 0 to 49 mean the same everywhere (ECMA-376 part 1, 18.8.30); 27 to 36 and 50 to 58 are days and times in
 * the Chinese, Japanese and Korean programs, which leave their codes out of the file.
 */
#include "fetchers/xlsx_format.h"

#include <stdbool.h>
#include <string.h>

struct ids {
    uint32_t from, to;
    enum xlsx_format is;
};

/* 32, 33, 34, 35, 55 and 56 are times in some of these languages: in Chinese all of them are. */
static const struct ids builtin[] = {
    {9, 10, XLSX_PERCENT}, {14, 17, XLSX_DAY}, {22, 22, XLSX_DAY}, {27, 31, XLSX_DAY},
    {36, 36, XLSX_DAY},    {50, 54, XLSX_DAY}, {57, 58, XLSX_DAY},
};

enum xlsx_format xlsx_format_builtin(uint32_t id)
{
    for (size_t i = 0; i < sizeof builtin / sizeof *builtin; i++)
        if (id >= builtin[i].from && id <= builtin[i].to)
            return builtin[i].is;
    return XLSX_PLAIN;
}

static char lower(char c)
{
    return (char)(c >= 'A' && c <= 'Z' ? c + 32 : c);
}

/* Bytes to pass over: texts in quotes, characters behind \ _ and *, brackets (colours, conditions, currencies,
 * counted hours), the word General, AM/PM; 0: here is something to look at. */
static size_t literal(const char *at, size_t left)
{
    static const char *const words[] = {"general", "am/pm", "a/p"};
    char close = (char)(at[0] == '"' ? '"' : at[0] == '[' ? ']' : '\0');

    if (close != '\0') {
        const char *end = memchr(at + 1, close, left - 1);
        return end != NULL ? (size_t)(end - at) + 1 : left;
    }
    if (at[0] == '\\' || at[0] == '_' || at[0] == '*')
        return left > 1 ? 2 : 1;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        size_t n = 0;
        while (words[i][n] != '\0' && n < left && lower(at[n]) == words[i][n])
            n++;
        if (words[i][n] == '\0')
            return n;
    }
    return 0;
}

/* E+00 is an exponent; any other e is a year (of an era). */
static bool exponent(const char *at, size_t left)
{
    return lower(at[0]) == 'e' && left > 1 && (at[1] == '+' || at[1] == '-');
}

enum xlsx_format xlsx_format_code(const char *code, size_t len)
{
    bool day = false, month = false, clock = false, percent = false;

    for (size_t i = 0, n; i<len; i += n> 0 ? n : 1) {
        n = literal(code + i, len - i);
        if (n == 0 && exponent(code + i, len - i))
            n = 2;
        if (n > 0)
            continue;
        char c = lower(code[i]);
        percent |= c == '%';
        month |= c == 'm';
        clock |= c == 'h' || c == 's';
        day |= c == 'y' || c == 'd' || c == 'e' || c == 'g' || c == 'b' || c == 'a';
    }
    if (day || (month && !clock)) /* m beside hours or seconds is minutes */
        return XLSX_DAY;
    return percent ? XLSX_PERCENT : XLSX_PLAIN;
}
