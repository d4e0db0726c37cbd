/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What a quote says around its tables ("以上价格均含6%增值税", "Valid until: 2026-12-31", 账期 | 30天) and what the
 * section says of it. What is said twice must be the same.
 */
#include "fetchers/quote_parts.h"

#include <string.h>

const char quote_section[] = "the section";

/* ---- keeping ---- */

static void differ(struct quote_reading *r, const char *what, const char *first, const char *second)
{
    quote_say(r, QUOTE_OPEN, "%s: %s and %s do not agree (change one of them)", what, first, second);
}

/* True: the value is to be taken; false: it is known, or contradicted. */
static bool fresh(struct quote_reading *r, const char **where, const char *who, bool same, const char *what)
{
    if (*where == NULL) {
        *where = who;
        return true;
    }
    if (!same)
        differ(r, what, *where, who);
    return false;
}

static void set_basis(struct quote_reading *r, const char *who, const char *basis)
{
    struct quote_common *c = &r->common;

    if (fresh(r, &c->basis_where, who, !strcmp(c->basis, basis), "the tax basis"))
        c->basis = basis;
}

static void set_rate(struct quote_reading *r, const char *who, dec_t rate)
{
    struct quote_common *c = &r->common;

    if (fresh(r, &c->rate_where, who, dec_cmp(c->tax_rate, rate) == 0, "the tax rate"))
        c->tax_rate = rate;
}

static void set_invoice(struct quote_reading *r, const char *who, enum invoice invoice)
{
    struct quote_common *c = &r->common;

    if (fresh(r, &c->invoice_where, who, c->invoice == invoice, "the kind of invoice"))
        c->invoice = invoice;
}

static void set_currency(struct quote_reading *r, const char *who, const char *currency)
{
    struct quote_common *c = &r->common;

    if (fresh(r, &c->currency_where, who,
              quote_sign_fits(c->currency, currency) || quote_sign_fits(currency, c->currency), "the currency"))
        c->currency = currency;
}

static void set_term(struct quote_reading *r, const char *who, struct duration term)
{
    struct quote_common *c = &r->common;

    if (fresh(r, &c->term_where, who, c->term.months == term.months && c->term.days == term.days, "the term"))
        c->term = term;
}

static void set_days(struct quote_reading *r, const char *who, int days)
{
    if (fresh(r, &r->common.days_where, who, r->q->days == days, "the payment term"))
        r->q->days = days;
}

static void set_paid(struct quote_reading *r, const char *who, enum quote_paid paid)
{
    struct quote_common *c = &r->common;

    if (fresh(r, &c->paid_where, who, c->paid == paid, "when it is paid"))
        c->paid = paid;
}

static void set_valid(struct quote_reading *r, const char *who, struct date day)
{
    if (fresh(r, &r->common.valid_where, who, date_cmp(r->q->valid_until, day) == 0, "until when it is valid"))
        r->q->valid_until = day;
}

static void set_region(struct quote_reading *r, const char *who, const char *text)
{
    struct quote_common *c = &r->common;
    struct err err;

    if (r->site == NULL)
        return;
    const struct region *found = quote_region(r, text, &err);
    if (found == NULL)
        quote_say(r, QUOTE_OPEN, "%s: %s", who, err.text);
    else if (fresh(r, &c->region_where, who, !strcmp(c->region, found->id), "the region"))
        c->region = found->id;
}

/* ---- days ---- */

static bool digit(char c)
{
    return c >= '0' && c <= '9';
}

static int number_at(const char **p)
{
    int n = 0;

    for (int i = 0; i < 4 && digit(**p); i++)
        n = n * 10 + (*(*p)++ - '0');
    return n;
}

static bool pass(const char **p, const char *cjk)
{
    if (**p == '-' || **p == '/' || **p == '.') {
        (*p)++;
        return true;
    }
    if (strncmp(*p, cjk, strlen(cjk)) != 0)
        return false;
    *p += strlen(cjk);
    return true;
}

/* "2026-12-31", "2026/12/31", "2026年12月31日" anywhere in a text; years first, as any other order has two readings. */
static bool find_day(const char *text, struct date *out)
{
    for (const char *p = text; *p != '\0'; p++) {
        if (!digit(*p) || (p > text && digit(p[-1])))
            continue;
        const char *at = p;
        struct buf day = {0};
        int y = number_at(&at), m, d;
        if (y < 1900 || !pass(&at, "年"))
            continue;
        m = number_at(&at);
        if (!pass(&at, "月"))
            continue;
        d = number_at(&at);
        buf_printf(&day, "%04d-%02d-%02d", y, m, d);
        bool ok = !day.failed && !digit(*at) && date_parse(day.v, day.n, out);
        buf_free(&day);
        if (ok)
            return true;
    }
    return false;
}

/* "30天", "一个月", "net 30" anywhere in a text, in days; a month is not a number of days: 0. */
static int find_days(const char *text)
{
    for (const char *p = text; *p != '\0'; p++) {
        int n;
        size_t len = quote_whole(p, &n);
        if (len == 0 || (p > text && digit(p[-1])))
            continue;
        const char *unit = p + len + (p[len] == ' ');
        if (!strncmp(unit, "天", 3) || !strncmp(unit, "日", 3) || !strncmp(unit, "个自然日", 12) ||
            !strncmp(unit, "day", 3))
            return n;
        if (p >= text + 4 && !strncmp(p - 4, "net ", 4))
            return n;
        p += len - 1;
    }
    return 0;
}

/* ---- one thing that is said ---- */

static bool take_currency(struct quote_reading *r, const char *who, const char *value)
{
    struct quote_qualifier q = {.currency = "", .basis = ""};

    if (!quote_qualifier(r->words, value, &q) || *q.currency == '\0')
        return false;
    set_currency(r, who, q.currency);
    return true;
}

/* 单位：元 names a currency, 单位：元/月 also what a price is per. */
static bool take_unit(struct quote_reading *r, const char *who, const char *value)
{
    struct quote_qualifier q = {.currency = "", .basis = ""};
    struct quote_common *c = &r->common;

    if (!quote_qualifier(r->words, value, &q))
        return false;
    if (*q.currency != '\0')
        set_currency(r, who, q.currency);
    if (*q.basis != '\0')
        set_basis(r, who, q.basis);
    if (q.per.time == TIME_NONE && !q.per.has_base)
        return true;
    if (c->per_where != NULL && !quote_per_join(&q.per, &c->per))
        differ(r, "what a price is per", c->per_where, who);
    else if (c->per_where == NULL) {
        c->per_where = who;
        c->per = q.per;
    }
    return true;
}

static bool take_tax(struct quote_reading *r, const char *who, const char *value)
{
    bool has_rate, has_invoice;
    enum invoice invoice;
    struct err err;
    dec_t rate;

    if (quote_tax(value, &rate, &has_rate, &invoice, &has_invoice, &err) != 1)
        return false;
    if (has_rate)
        set_rate(r, who, rate);
    if (has_invoice)
        set_invoice(r, who, invoice);
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
            set_basis(r, who, "incl");
            return true;
        }
    for (size_t i = 0; i < sizeof no / sizeof *no; i++)
        if (!strcmp(text, no[i])) {
            set_basis(r, who, "excl");
            return true;
        }
    const struct quote_word *w = quote_word_in(r->words, "basis", without_rate(r, text));
    if (w == NULL)
        return false;
    set_basis(r, who, w->meaning);
    if (strchr(text, '%') != NULL)
        take_tax(r, who, text);
    return true;
}

static bool take_term(struct quote_reading *r, const char *who, const char *value)
{
    struct duration term;

    if (!quote_span(r->words, value, &term))
        return false;
    set_term(r, who, term);
    return true;
}

static bool take_days(struct quote_reading *r, const char *who, const char *value)
{
    int days = find_days(value);

    if (days > 0)
        set_days(r, who, days);
    return days > 0;
}

static bool take_paid(struct quote_reading *r, const char *who, const char *value)
{
    const struct quote_word *w = quote_word_in(r->words, "charge", value);
    bool days = take_days(r, who, value);

    if (w == NULL)
        return days;
    set_paid(r, who, !strcmp(w->meaning, "upfront") ? QUOTE_PAID_UPFRONT : QUOTE_PAID_PERIOD);
    return true;
}

static bool take_valid(struct quote_reading *r, const char *who, const char *value)
{
    struct date day;
    int days;

    if (find_day(value, &day)) {
        set_valid(r, who, day);
        return true;
    }
    if ((days = find_days(value)) == 0)
        return false;
    r->common.valid_days = days;
    return true;
}

static bool take_dated(struct quote_reading *r, const char *who, const char *value)
{
    struct date day;

    if (!find_day(value, &day))
        return false;
    if (fresh(r, &r->common.dated_where, who, date_cmp(r->q->dated, day) == 0, "the day of the quote"))
        r->q->dated = day;
    return true;
}

/* Whether the prices have it in them cannot be seen: the section must say. */
static bool take_discount(struct quote_reading *r, const char *who, const char *value)
{
    struct quote_common *c = &r->common;
    struct err err;
    dec_t off;

    if (quote_discount(value, &off, &err) != 1)
        return false;
    if (c->discount_where != quote_section)
        quote_say(
            r, QUOTE_OPEN,
            "%s: '%s' of the whole quote: before or after the prices above? (say discount = ... when it is still to "
            "be taken off, discount = 0%% when it is in them)",
            who, quote_shown(r, value));
    else if (dec_sign(c->discount) != 0 && dec_cmp(c->discount, off) != 0)
        differ(r, "the discount", c->discount_where, who);
    return true;
}

static bool take_region(struct quote_reading *r, const char *who, const char *value)
{
    if (*value == '\0')
        return false;
    set_region(r, who, value);
    return true;
}

static const struct {
    const char *meaning;
    bool (*take)(struct quote_reading *r, const char *who, const char *value);
} takers[] = {
    {"currency", take_currency}, {"unit", take_unit},   {"tax-rate", take_tax},      {"basis", take_basis},
    {"invoice", take_tax},       {"term", take_term},   {"days", take_days},         {"paid", take_paid},
    {"valid", take_valid},       {"dated", take_dated}, {"discount", take_discount}, {"region", take_region},
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

static bool take(struct quote_reading *r, const char *meaning, const char *who, const char *value)
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
        if (take(r, w->meaning, who, next))
            return *used_next = true;
    } else if (w != NULL && *value != '\0' && take(r, w->meaning, who, value)) {
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

bool quote_facts_of(struct quote_reading *r, const struct quote_raw *row)
{
    const char *who = quote_place(r, row, -1);
    bool any = false;

    for (size_t i = 0; i < row->n; i = next_cell(row, i)) {
        if (row->cells[i].kind == SHEET_BLANK)
            continue;
        size_t beside = next_cell(row, i);
        const char *next = beside < row->n ? quote_fold(r->a, row->cells[beside].text) : "";
        bool used = false;
        r->nomem = r->nomem || next == NULL;
        any = take_cell(r, who, row->cells[i].text, next != NULL ? next : "", &used) || any;
        if (used)
            i = beside;
    }
    return any;
}

/* ---- the section ---- */

static void take_section_unit(struct quote_reading *r, const char *unit)
{
    struct quote_common *c = &r->common;
    const char *text = quote_fold(r->a, unit);

    if (text == NULL)
        r->nomem = true;
    else if (!strcmp(text, "term"))
        c->per_term = true, c->per_where = quote_section;
    else if (!take_unit(r, quote_section, text))
        quote_say(r, QUOTE_OPEN, "unit = %s is not understood (such as month, year, hour, GB-month, term)",
                  quote_shown(r, unit));
}

void quote_take_terms(struct quote_reading *r)
{
    const struct quote_terms *t = r->terms;

    r->common = (struct quote_common){.currency = "", .basis = "", .region = ""};
    if (*t->currency != '\0')
        set_currency(r, quote_section, t->currency);
    if (*t->basis != '\0')
        set_basis(r, quote_section, t->basis);
    if (t->tax_rate.kind == VALUE_FIXED)
        set_rate(r, quote_section, t->tax_rate.fixed);
    if (*t->invoice != '\0')
        set_invoice(r, quote_section, !strcmp(t->invoice, "ordinary") ? INVOICE_ORDINARY : INVOICE_SPECIAL);
    if (t->discount.kind == VALUE_FIXED)
        r->common.discount = t->discount.fixed, r->common.discount_where = quote_section;
    if (t->term.given)
        set_term(r, quote_section, t->term);
    if (t->days > 0)
        set_days(r, quote_section, t->days);
    if (date_is(t->valid_until))
        set_valid(r, quote_section, t->valid_until);
    if (*t->region != '\0')
        set_region(r, quote_section, t->region);
    if (*t->unit != '\0')
        take_section_unit(r, t->unit);
}

void quote_settle_days(struct quote_reading *r)
{
    if (r->common.valid_days > 0 && !date_is(r->q->valid_until)) {
        if (date_is(r->q->dated))
            r->q->valid_until = date_add_days(r->q->dated, r->common.valid_days);
        else
            quote_say(r, QUOTE_ASSUMED,
                      "valid for %d days from a day it does not name: no end is known (say valid_until)",
                      r->common.valid_days);
    }
    if (r->common.valid_days == 0 && !date_is(r->q->valid_until))
        quote_say(r, QUOTE_ASSUMED, "nothing says until when it is valid (say valid_until)");
    if (r->common.days_where == NULL)
        quote_say(r, QUOTE_ASSUMED, "no payment term: what is due is paid at once (say payment_days)");
}
