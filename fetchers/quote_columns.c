/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The head of a table: a row that names a product and a price. Its titles are looked up in the table of
 * words, whole or with what stands in brackets and behind strokes: a currency, a basis, what a price is per.
 */
#include "fetchers/quote_parts.h"

#include <string.h>

static enum quote_role role_of(const char *meaning)
{
    for (int i = 1; meaning != NULL && i < ROLE_COUNT; i++)
        if (!strcmp(quote_roles[i].name, meaning))
            return (enum quote_role)i;
    return ROLE_NONE;
}

static bool is_money(enum quote_role role)
{
    return role == ROLE_PRICE || role == ROLE_PRICE_INCL || role == ROLE_PRICE_EXCL || role == ROLE_LIST_PRICE ||
           role == ROLE_AMOUNT || role == ROLE_AMOUNT_INCL || role == ROLE_AMOUNT_EXCL || role == ROLE_TAX;
}

/* A price whose head states a basis is a price on that basis. */
static void settle_basis(struct quote_column *c)
{
    bool incl = !strcmp(c->says.basis, "incl");

    if (*c->says.basis == '\0')
        return;
    if (c->role == ROLE_PRICE)
        c->role = incl ? ROLE_PRICE_INCL : ROLE_PRICE_EXCL;
    else if (c->role == ROLE_AMOUNT)
        c->role = incl ? ROLE_AMOUNT_INCL : ROLE_AMOUNT_EXCL;
}

/* The title up to `len`, and what follows as qualifiers. `strict`: those must be understood. */
static bool try_split(struct quote_reading *r, const char *title, size_t len, bool strict, struct quote_column *out)
{
    char *base = arena_strndup(r->a, title, len);

    if (base == NULL) {
        r->nomem = true;
        return false;
    }
    for (size_t n = len; n > 0 && base[n - 1] == ' '; n--)
        base[n - 1] = '\0';
    struct quote_column c = {.role = role_of(quote_word(r->words, "column", base)),
                             .says = {.currency = "", .basis = ""}};
    if (c.role == ROLE_NONE)
        return false;
    bool understood = quote_qualifier(r->words, title + len, &c.says);
    if (!understood && strict)
        return false;
    if (!understood && is_money(c.role))
        quote_say(r, QUOTE_ASSUMED, TEXT_QUOTE_TITLE_MORE, quote_shown(r, title), quote_role_shown(r, c.role));
    *out = c;
    return true;
}

/* "月单价", "monthly price": a time before the word. */
static bool try_time(struct quote_reading *r, const char *title, struct quote_column *out)
{
    const struct quote_word *time = quote_word_first(r->words, "time", title);

    if (time == NULL)
        return false;
    const char *rest = title + time->len;
    rest += *rest == ' ';
    if (!is_money(role_of(quote_word(r->words, "column", rest))))
        return false;
    *out = (struct quote_column){
        .role = role_of(quote_word(r->words, "column", rest)),
        .says = {.currency = "", .basis = "", .per = {.time = quote_time_of(time->meaning), .times = 1}}};
    return true;
}

static bool read_title(struct quote_reading *r, const char *title, struct quote_column *out)
{
    size_t bracket = strcspn(title, "("), stroke = strcspn(title, "/,:");
    const struct quote_word *first = quote_word_first(r->words, "column", title);

    return try_split(r, title, strlen(title), true, out) ||
           (title[bracket] && try_split(r, title, bracket, false, out)) ||
           (title[stroke] && try_split(r, title, stroke, true, out)) || try_time(r, title, out) ||
           (first != NULL && try_split(r, title, first->len, true, out));
}

bool quote_header(struct quote_reading *r, const struct quote_raw *row, struct quote_table *out)
{
    bool product = false, money = false;
    size_t said = r->nsaid;

    out->n = row->n < QUOTE_COLUMNS ? row->n : QUOTE_COLUMNS;
    out->sheet = row->sheet;
    out->row = row->row;
    for (size_t i = 0; i < out->n; i++) {
        struct quote_column *c = &out->columns[i];
        *c = (struct quote_column){.title = row->cells[i].text, .says = {.currency = "", .basis = ""}};
        if (row->cells[i].kind != SHEET_TEXT)
            continue;
        const char *title = quote_fold(r->a, row->cells[i].text);
        r->nomem = r->nomem || title == NULL;
        if (title == NULL || !read_title(r, title, c))
            continue;
        c->title = row->cells[i].text;
        product = product || c->role == ROLE_ITEM || c->role == ROLE_SPEC || c->role == ROLE_SKU;
        money = money || is_money(c->role);
    }
    if (product && money)
        return true;
    r->nsaid = said; /* what was said of titles was said of no title */
    return false;
}

/* Every cell repeats its title or says more of it; at least one cell does either. */
bool quote_header_more(struct quote_reading *r, const struct quote_raw *row, struct quote_table *t)
{
    struct quote_qualifier says[QUOTE_COLUMNS];
    bool any = false;

    for (size_t i = 0; i < row->n && i < t->n; i++) {
        const struct quote_column *c = &t->columns[i];
        says[i] = c->says;
        if (row->cells[i].kind == SHEET_BLANK || !strcmp(row->cells[i].text, c->title))
            continue;
        const char *text = quote_fold(r->a, row->cells[i].text);
        r->nomem = r->nomem || text == NULL;
        if (text == NULL || row->cells[i].kind != SHEET_TEXT || strpbrk(text, "0123456789") != NULL ||
            !is_money(c->role) || !quote_qualifier(r->words, text, &says[i]))
            return false;
        any = true;
    }
    for (size_t i = 0; any && i < row->n && i < t->n; i++)
        t->columns[i].says = says[i];
    return any;
}

static bool may_repeat(enum quote_role role)
{
    return role == ROLE_NUMBER || role == ROLE_NOTE || role == ROLE_NONE;
}

/* A second column of the same product words is its specification; any other pair is left to the reader. */
static void settle_repeat(struct quote_reading *r, struct quote_table *t, int i)
{
    struct quote_column *c = &t->columns[i];
    int first = t->at[c->role];

    if (may_repeat(c->role) || !strcmp(t->columns[first].title, c->title)) {
        c->role = ROLE_NONE; /* a title that spans several columns */
        return;
    }
    if (c->role == ROLE_ITEM && t->at[ROLE_SPEC] < 0) {
        c->role = ROLE_SPEC;
        t->at[ROLE_SPEC] = i;
        return;
    }
    quote_say(r, QUOTE_OPEN, TEXT_QUOTE_BOTH_COLUMNS, quote_column_name(r, t, first), quote_column_name(r, t, i),
              quote_role_shown(r, c->role));
    c->role = ROLE_NONE;
}

static const char *per_of(struct quote_reading *r, const struct quote_per *p)
{
    static const enum text_id names[] = {
        [TIME_MINUTE] = TEXT_QUOTE_MINUTE, [TIME_HOUR] = TEXT_QUOTE_HOUR,   [TIME_DAY] = TEXT_QUOTE_DAY,
        [TIME_WEEK] = TEXT_QUOTE_WEEK,     [TIME_MONTH] = TEXT_QUOTE_MONTH, [TIME_QUARTER] = TEXT_QUOTE_QUARTER,
        [TIME_YEAR] = TEXT_QUOTE_YEAR};

    return p->time != TIME_NONE ? quote_put(r, TEXT_QUOTE_READ_PER, quote_plain(r, names[p->time])) : "";
}

static const char *basis_of(struct quote_reading *r, const struct quote_column *c)
{
    if (c->role != ROLE_LIST_PRICE || *c->says.basis == '\0')
        return "";
    return quote_plain(r, !strcmp(c->says.basis, "incl") ? TEXT_QUOTE_READ_INCL : TEXT_QUOTE_READ_EXCL);
}

static void tell(struct quote_reading *r, const struct quote_table *t, int i)
{
    const struct quote_column *c = &t->columns[i];
    const char *name = quote_column_name(r, t, i);

    if (c->role == ROLE_NONE) {
        if (*c->title != '\0' && (i == 0 || strcmp(t->columns[i - 1].title, c->title) != 0))
            quote_say(r, QUOTE_SKIPPED, TEXT_QUOTE_COLUMN_UNREAD, name);
        return;
    }
    quote_say(r, QUOTE_MAPPED, TEXT_QUOTE_READ_AS, name, quote_role_shown(r, c->role),
              *c->says.currency != '\0' ? quote_put(r, TEXT_QUOTE_READ_IN, c->says.currency) : "",
              is_money(c->role) ? per_of(r, &c->says.per) : "", basis_of(r, c));
}

void quote_header_done(struct quote_reading *r, struct quote_table *t)
{
    for (int i = 0; i < ROLE_COUNT; i++)
        t->at[i] = -1;
    for (int i = 0; i < (int)t->n; i++) {
        struct quote_column *c = &t->columns[i];
        settle_basis(c);
        if (c->role == ROLE_NONE)
            continue;
        if (t->at[c->role] < 0)
            t->at[c->role] = i;
        else
            settle_repeat(r, t, i);
    }
    for (int i = 0; i < (int)t->n; i++)
        tell(r, t, i);
}
