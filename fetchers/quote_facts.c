/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What a quote says around its tables ("以上价格均含6%增值税", "Valid until: 2026-12-31", 账期 | 30天).
 */
#include "fetchers/quote_common.h"

#include <string.h>

static bool digit(char c)
{
    return c >= '0' && c <= '9';
}

/* ---- one thing that is said ---- */

static bool take_currency(struct quote_reading *r, const char *who, const char *value)
{
    struct quote_qualifier q = {.currency = "", .basis = ""};

    if (!quote_qualifier(r->words, value, &q) || *q.currency == '\0')
        return false;
    quote_set_currency(r, who, q.currency);
    return true;
}

static bool take_tax(struct quote_reading *r, const char *who, const char *value)
{
    bool has_rate, has_invoice;
    enum invoice invoice;
    struct err err;
    dec_t rate;

    int got = quote_tax(value, &rate, &has_rate, &invoice, &has_invoice, &err);
    r->nomem = r->nomem || (got < 0 && err.kind == ERR_INTERNAL);
    if (got != 1)
        return false;
    if (has_rate)
        quote_set_rate(r, who, rate);
    if (has_invoice)
        quote_set_invoice(r, who, invoice);
    return true;
}

static const char *without_rate(struct quote_reading *r, const char *text)
{
    char *out = arena_strdup(r->a, text), *to = out;

    if (out == NULL) {
        r->nomem = true;
        return "";
    }
    for (const char *p = text; *p != '\0'; p++)
        if (!digit(*p) && *p != '%' && !(*p == ' ' && to > out && to[-1] == ' '))
            *to++ = *p;
    *to = '\0';
    return out;
}

static bool take_basis(struct quote_reading *r, const char *who, const char *text)
{
    static const char *const yes[] = {"是", "yes", "incl", "included", "含"}, *const no[] = {"否", "no", "excl",
                                                                                             "excluded"};

    for (size_t i = 0; i < sizeof yes / sizeof *yes; i++)
        if (!strcmp(text, yes[i])) {
            quote_set_basis(r, who, "incl");
            return true;
        }
    for (size_t i = 0; i < sizeof no / sizeof *no; i++)
        if (!strcmp(text, no[i])) {
            quote_set_basis(r, who, "excl");
            return true;
        }
    const struct quote_word *w = quote_word_in(r->words, "basis", without_rate(r, text));
    if (w == NULL)
        return false;
    quote_set_basis(r, who, w->meaning);
    if (strchr(text, '%') != NULL)
        take_tax(r, who, text);
    return true;
}

static bool take_term(struct quote_reading *r, const char *who, const char *value)
{
    struct duration term;

    if (!quote_span(r->words, value, &term))
        return false;
    quote_set_term(r, who, term);
    return true;
}

static bool take_days(struct quote_reading *r, const char *who, const char *value)
{
    struct duration span;

    if (!quote_find_span(value, &span))
        return false;
    if (span.months == 0)
        quote_set_days(r, who, span.days);
    else if (r->common.days_where != quote_section)
        quote_say(r, QUOTE_OPEN, TEXT_QUOTE_DAYS_IN_MONTHS, who);
    return true;
}

static bool take_paid(struct quote_reading *r, const char *who, const char *value)
{
    const struct quote_word *w = quote_word_in(r->words, "charge", value);
    bool days = take_days(r, who, value);

    if (w == NULL)
        return days;
    quote_set_paid(r, who, !strcmp(w->meaning, "upfront") ? QUOTE_PAID_UPFRONT : QUOTE_PAID_PERIOD);
    return true;
}

static bool take_valid(struct quote_reading *r, const char *who, const char *value)
{
    struct quote_common *c = &r->common;
    struct duration span;
    struct date day;

    if (quote_find_day(value, &day)) {
        quote_set_valid(r, who, day);
        return true;
    }
    if (!quote_find_span(value, &span))
        return false;
    if (quote_fresh(r, &c->valid_for_where, who, span.days == c->valid_for.days && span.months == c->valid_for.months,
                    TEXT_QUOTE_VALID_FOR))
        c->valid_for = span;
    return true;
}

static bool take_dated(struct quote_reading *r, const char *who, const char *value)
{
    struct date day;

    if (!quote_find_day(value, &day))
        return false;
    if (quote_fresh(r, &r->common.dated_where, who, date_cmp(r->q->dated, day) == 0, TEXT_QUOTE_DATED_OF))
        r->q->dated = day;
    return true;
}

/* Whether the prices have it in them cannot be seen: the section must say. */
static bool take_discount(struct quote_reading *r, const char *who, const char *value)
{
    struct quote_common *c = &r->common;
    struct err err;
    dec_t off;

    int got = quote_discount(value, &off, &err);
    r->nomem = r->nomem || (got < 0 && err.kind == ERR_INTERNAL);
    if (got != 1)
        return false;
    if (c->discount_where != quote_section)
        quote_say(r, QUOTE_OPEN, TEXT_QUOTE_WHOLE_DISCOUNT, who, quote_shown(r, value));
    else if (dec_sign(c->discount) != 0 && dec_cmp(c->discount, off) != 0)
        quote_differ(r, TEXT_QUOTE_DISCOUNT_OF, c->discount_where, who);
    return true;
}

static bool take_region(struct quote_reading *r, const char *who, const char *value)
{
    if (*value == '\0')
        return false;
    quote_set_region(r, who, value);
    return true;
}

static const struct {
    const char *meaning;
    bool (*take)(struct quote_reading *r, const char *who, const char *value);
} takers[] = {
    {"currency", take_currency}, {"unit", quote_take_unit}, {"tax-rate", take_tax},      {"basis", take_basis},
    {"invoice", take_tax},       {"term", take_term},       {"days", take_days},         {"paid", take_paid},
    {"valid", take_valid},       {"dated", take_dated},     {"discount", take_discount}, {"region", take_region},
};

/* ---- lines ---- */

/* "1.", "2、", "(3)" before a note. */
static const char *without_number(const char *p)
{
    const char *at = p + (*p == '(');
    size_t n = strspn(at, "0123456789");

    if (n == 0 || n > 2)
        return p;
    at += n;
    if (*at == '.' && digit(at[1]))
        return p;
    if (*at == ')' || *at == '.')
        return at + 1 + strspn(at + 1, " ");
    return !strncmp(at, "、", 3) ? at + 3 : p;
}

static const char *value_of(const char *p)
{
    for (;;) {
        if (*p == ':' || *p == ' ')
            p++;
        else if (!strncmp(p, "为", 3) || !strncmp(p, "是", 3))
            p += 3;
        else
            return p;
    }
}

bool quote_take(struct quote_reading *r, const char *meaning, const char *who, const char *value)
{
    for (size_t i = 0; i < sizeof takers / sizeof *takers; i++)
        if (!strcmp(takers[i].meaning, meaning))
            return takers[i].take(r, who, value);
    return false;
}

enum { LONG_WORD = 9 }; /* bytes: a word so long is one wherever it stands in a sentence */

/* One sentence; next is the cell beside it, for a word whose value stands there. */
static bool take_sentence(struct quote_reading *r, const char *who, const char *text, const char *next, bool *used_next)
{
    text = without_number(text);
    const struct quote_word *w = quote_word_first(r->words, "fact", text);
    const char *value = w != NULL ? value_of(text + w->len) : "";

    if (w == NULL && (w = quote_word_in(r->words, "fact", text)) != NULL) {
        const char *at = strstr(text, w->folded);
        if (w->len < LONG_WORD || at == NULL)
            w = NULL;
        else
            value = value_of(at + w->len);
    }
    if (w != NULL && *value == '\0' && *next != '\0') {
        if (quote_take(r, w->meaning, who, next))
            return *used_next = true;
    } else if (w != NULL && *value != '\0' && quote_take(r, w->meaning, who, value)) {
        if (strcmp(w->meaning, "basis") != 0 && quote_word_in(r->words, "basis", without_rate(r, value)) != NULL)
            take_basis(r, who, value);
        return true;
    }
    return take_basis(r, who, text);
}

/* The sentences of one cell. */
static bool take_cell(struct quote_reading *r, const char *who, const char *cell, const char *next, bool *used_next)
{
    static const char *const ends[] = {"；", "。", ";", "\n"};
    bool any = false;

    while (*cell != '\0') {
        const char *end = cell + strlen(cell);
        size_t width = 0;
        for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
            const char *at = strstr(cell, ends[i]);
            if (at != NULL && at < end)
                end = at, width = strlen(ends[i]);
        }
        char *part = arena_strndup(r->a, cell, (size_t)(end - cell));
        char *text = part != NULL ? quote_fold(r->a, part) : NULL;
        if (text == NULL) {
            r->nomem = true;
            return any;
        }
        if (*text != '\0')
            any = take_sentence(r, who, text, *(end + width) == '\0' ? next : "", used_next) || any;
        cell = end + width;
    }
    return any;
}

static size_t next_cell(const struct quote_raw *row, size_t i)
{
    for (i++; i < row->n; i++)
        if (row->cells[i].kind != SHEET_BLANK && !row->cells[i].merged)
            break;
    return i;
}

const char *quote_facts_of(struct quote_reading *r, const struct quote_raw *row)
{
    const char *who = quote_place(r, row, -1), *first = NULL;

    for (size_t i = 0; i < row->n; i = next_cell(row, i)) {
        if (row->cells[i].kind == SHEET_BLANK)
            continue;
        size_t beside = next_cell(row, i);
        const char *next = beside < row->n ? quote_fold(r->a, row->cells[beside].text) : "";
        bool used = false;
        r->nomem = r->nomem || next == NULL;
        if (take_cell(r, who, row->cells[i].text, next != NULL ? next : "", &used) && first == NULL)
            first = row->cells[i].text;
        if (used)
            i = beside;
    }
    return first;
}
