/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The price of a row: from the columns there are, on the basis somebody states, after its discount. A share
 * that may be what is paid or what is taken off is settled by what it gives, or left open.
 */
#include "fetchers/quote_row.h"

#include <string.h>

/* ---- prices ---- */

/* One price with its unit and basis; false when there is none. */
static bool take_price(struct row_reading *w, enum quote_role role, dec_t *out, const char **basis)
{
    struct quote_qualifier q;
    const struct quote_qualifier *head = row_head(w, role);

    row_join_currency(w, role, head->currency);
    row_join_per(w, role, &head->per);
    if (row_number(w, role, out, &q) != 1)
        return false;
    row_join_per(w, role, &q.per);
    *basis = role == ROLE_PRICE_INCL   ? "incl"
             : role == ROLE_PRICE_EXCL ? "excl"
             : *head->basis != '\0'    ? head->basis
                                       : q.basis;
    if (dec_sign(*out) <= 0) {
        row_open(w, role, dec_sign(*out) == 0 ? TEXT_QUOTE_ZERO_PRICE : TEXT_QUOTE_NEGATIVE_PRICE);
        return false;
    }
    return true;
}

static void settle_basis(struct row_reading *w, enum quote_role role, const char *basis)
{
    const struct quote_common *c = &w->r->common;

    if (*basis != '\0' && *c->basis != '\0' && strcmp(basis, c->basis) != 0) {
        quote_say(w->r, QUOTE_OPEN, !strcmp(basis, "incl") ? TEXT_QUOTE_BASIS_INCL : TEXT_QUOTE_BASIS_EXCL,
                  quote_place(w->r, w->row, w->r->table->at[role]), quote_who(w->r, c->basis_where));
        w->open = true;
    }
    if (*basis == '\0')
        basis = c->basis;
    if (*basis == '\0')
        row_open(w, role, TEXT_QUOTE_NO_BASIS);
    w->item.basis = !strcmp(basis, "excl") ? BASIS_EXCL : BASIS_INCL;
}

static dec_t minor(const struct row_reading *w, dec_t v)
{
    return dec_round(v, quote_places(w->r), DEC_HALF_UP);
}

/* The decimals a price is stated with, those of its currency at least. */
static int places_of(const struct row_reading *w, dec_t price)
{
    char text[DEC_TEXT];

    size_t len = dec_format(price, quote_places(w->r), text), whole = strcspn(text, ".");
    return whole < len ? (int)(len - whole - 1) : 0;
}

/* Both columns are filled: the one without tax counts, the other must follow from it. */
static void compare_bases(struct row_reading *w, dec_t excl, dec_t incl)
{
    if (!w->item.has_tax_rate)
        return;
    dec_t with = dec_mul_round(excl, dec_add(DEC_ONE, w->item.tax_rate), places_of(w, incl), DEC_HALF_UP);
    if (dec_bad(with) || dec_cmp(with, incl) != 0)
        quote_say(w->r, QUOTE_DIFFERS, TEXT_QUOTE_BASES_DIFFER, quote_place(w->r, w->row, -1), quote_money(w->r, excl),
                  quote_money(w->r, with), quote_money(w->r, incl));
}

/* The price after discounts, if there is a column of it; its role in *from. */
static bool read_offer_price(struct row_reading *w, enum quote_role *from, const char **basis)
{
    dec_t incl;
    const char *other;

    *from = row_filled(w, ROLE_PRICE_EXCL)   ? ROLE_PRICE_EXCL
            : row_filled(w, ROLE_PRICE_INCL) ? ROLE_PRICE_INCL
                                             : ROLE_PRICE;
    if (!row_filled(w, *from) || !take_price(w, *from, &w->item.price, basis))
        return false;
    if (*from == ROLE_PRICE_EXCL && row_filled(w, ROLE_PRICE_INCL) && take_price(w, ROLE_PRICE_INCL, &incl, &other))
        compare_bases(w, w->item.price, incl);
    return true;
}

/* ---- discounts ---- */

struct cut {
    bool given, either; /* either: a share that may be what is paid */
    dec_t off;
    enum quote_role role;
};

static bool read_cut(struct row_reading *w, struct cut *out)
{
    const enum quote_role role = row_filled(w, ROLE_DISCOUNT) ? ROLE_DISCOUNT : ROLE_DISCOUNT_EITHER;
    const struct sheet_cell *cell = quote_cell(w->r, w->row, role);
    struct err err;
    dec_t v;

    *out = (struct cut){.role = role};
    if (cell->kind == SHEET_BLANK)
        return true;
    out->given = true;
    bool bare = dec_parse(cell->text, cell->len, &v, &err) == 0;
    bool percent_head = row_head(w, role)->percent;
    if (bare && percent_head && !cell->percent)
        v = dec_div(v, dec_int64(100), DEC_HALF_UP);
    if (bare && (dec_sign(v) < 0 || dec_cmp(v, DEC_ONE) > 0)) {
        row_open(w, role, TEXT_QUOTE_BAD_DISCOUNT);
        return false;
    }
    if (bare) {
        out->off = v;
        out->either = dec_sign(v) != 0 && (role == ROLE_DISCOUNT_EITHER || !(cell->percent || percent_head));
        return true;
    }
    int got = quote_discount(cell->text, &out->off, &err);
    if (got != 1) {
        if (got < 0)
            row_open_text(w, role, quote_fault(w->r, &err));
        else
            row_open(w, role, TEXT_QUOTE_BAD_DISCOUNT);
        return false;
    }
    out->either = role == ROLE_DISCOUNT_EITHER && strchr(row_folded(w, cell->text), '%') != NULL &&
                  strstr(row_folded(w, cell->text), "off") == NULL;
    return true;
}

static dec_t after(dec_t list, dec_t off)
{
    return dec_mul(list, dec_sub(DEC_ONE, off), DEC_HALF_UP);
}

/* An amount of the row on the basis of its price, when there is one: what a reading can be checked with. */
static bool plain_amount(struct row_reading *w, dec_t *out)
{
    const enum quote_role same = w->item.basis == BASIS_INCL ? ROLE_AMOUNT_INCL : ROLE_AMOUNT_EXCL;
    const enum quote_role role = row_filled(w, same) ? same : ROLE_AMOUNT;
    char currency[CURRENCY_TEXT];
    const char *rest;
    struct err err;

    return row_filled(w, role) && quote_scan_amount(row_folded(w, row_text(w, role)), out, currency, &rest, &err) == 1;
}

static bool fits(const struct row_reading *w, dec_t price, dec_t amount)
{
    dec_t one = dec_mul(price, w->item.quantity, DEC_HALF_UP);
    int months = w->has_term ? w->term.months : 0;

    if (dec_bad(one))
        return false;
    return dec_cmp(minor(w, one), amount) == 0 ||
           (months > 0 && dec_cmp(minor(w, dec_muln(one, months)), amount) == 0) ||
           (months >= 12 && months % 12 == 0 && dec_cmp(minor(w, dec_muln(one, months / 12)), amount) == 0);
}

/* A list price and a cut, no price after it: of the readings that are possible the one its amount fits. */
static void cut_price(struct row_reading *w, const struct cut *cut, bool price_column)
{
    const dec_t list = w->item.list_price, off = after(list, cut->off), paid = dec_mul(list, cut->off, DEC_HALF_UP);
    const char *where = quote_place(w->r, w->row, w->r->table->at[cut->role]);
    dec_t amount;
    bool checked = plain_amount(w, &amount);

    if (price_column && checked && fits(w, list, amount) && dec_sign(cut->off) != 0) {
        quote_say(w->r, QUOTE_ASSUMED, TEXT_QUOTE_PRICE_AFTER, where);
        w->item.price = list;
        return;
    }
    w->item.price = off;
    if (!cut->either) {
        if (price_column && !w->r->discount_told && !(checked && fits(w, off, amount))) {
            quote_say(w->r, QUOTE_ASSUMED, TEXT_QUOTE_PRICE_BEFORE, where);
            w->r->discount_told = true;
        }
        return;
    }
    bool fits_off = checked && fits(w, off, amount), fits_paid = checked && fits(w, paid, amount);
    if (fits_off == fits_paid) {
        row_open(w, cut->role, TEXT_QUOTE_PAID_OR_OFF);
        return;
    }
    w->item.price = fits_off ? off : paid;
    quote_say(w->r, QUOTE_ASSUMED, fits_off ? TEXT_QUOTE_READ_OFF : TEXT_QUOTE_READ_PAID, where);
}

/* Three columns: list price, cut, price. The price is what is owed; the others must agree. */
static void compare_cut(struct row_reading *w, const struct cut *cut)
{
    dec_t off = minor(w, after(w->item.list_price, cut->off)), price = minor(w, w->item.price);
    dec_t paid = minor(w, dec_mul(w->item.list_price, cut->off, DEC_HALF_UP));

    if (!cut->given || dec_cmp(off, price) == 0 || (cut->either && dec_cmp(paid, price) == 0))
        return;
    quote_say(w->r, QUOTE_DIFFERS, TEXT_QUOTE_DISCOUNT_DIFFERS, quote_place(w->r, w->row, -1),
              quote_money(w->r, w->item.list_price), quote_shown(w->r, row_text(w, cut->role)), quote_money(w->r, off),
              quote_money(w->r, w->item.price));
}

static void section_cut(struct row_reading *w)
{
    const struct quote_common *c = &w->r->common;

    w->item.list_price = w->item.price;
    if (c->discount_where != quote_section || dec_sign(c->discount) == 0)
        return;
    w->item.price = after(w->item.list_price, c->discount);
    if (!w->r->discount_told)
        quote_say_plain(w->r, QUOTE_MAPPED, TEXT_QUOTE_SECTION_DISCOUNT);
    w->r->discount_told = true;
}

void row_price(struct row_reading *w)
{
    enum quote_role from;
    const char *basis = "", *list_basis = "";
    struct cut cut;

    bool has_price = read_offer_price(w, &from, &basis);
    bool has_list = row_filled(w, ROLE_LIST_PRICE) && take_price(w, ROLE_LIST_PRICE, &w->item.list_price, &list_basis);
    if (!has_price && !has_list) {
        if (!w->open)
            row_open(w, w->r->table->at[from] >= 0 ? from : ROLE_LIST_PRICE, TEXT_QUOTE_NO_PRICE);
        return;
    }
    if (!has_price)
        basis = list_basis, from = ROLE_LIST_PRICE;
    settle_basis(w, from, basis);
    if (!read_cut(w, &cut))
        return;
    if (has_price && has_list) {
        compare_cut(w, &cut);
        return;
    }
    if (has_list)
        w->item.price = w->item.list_price;
    if (cut.given) {
        w->item.list_price = w->item.price;
        cut_price(w, &cut, has_price);
    } else {
        section_cut(w);
    }
    if (dec_check(w->item.price, "the price", &(struct err){0}) != 0 || dec_sign(w->item.price) <= 0)
        row_open(w, from, TEXT_QUOTE_NOTHING_LEFT);
}
