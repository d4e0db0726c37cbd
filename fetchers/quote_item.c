/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A row of a table as an item. Each step settles one thing of it, from its own cell, from the head of the
 * column, from what holds for the whole quote; what none of them says is open, and the row no item.
 */
#include "fetchers/quote_row.h"

#include <string.h>

void row_open(struct row_reading *w, enum quote_role role, const char *what)
{
    int at = role != ROLE_NONE ? w->r->table->at[role] : -1;

    quote_say(w->r, QUOTE_OPEN, "%s: %s", quote_place(w->r, w->row, at), what);
    w->open = true;
}

const char *row_text(const struct row_reading *w, enum quote_role role)
{
    return quote_cell(w->r, w->row, role)->text;
}

const char *row_folded(const struct row_reading *w, const char *text)
{
    const char *t = quote_fold(w->r->a, text);

    w->r->nomem = w->r->nomem || t == NULL;
    return t != NULL ? t : "";
}

static const char *dup(struct quote_reading *r, const char *text)
{
    const char *copy = text != NULL ? arena_strdup(r->a, text) : NULL;

    r->nomem = r->nomem || copy == NULL;
    return copy != NULL ? copy : "";
}

/* The title's words as well: "元/月" in the head of the price. */
const struct quote_qualifier *row_head(const struct row_reading *w, enum quote_role role)
{
    static const struct quote_qualifier none = {.currency = "", .basis = ""};
    int at = w->r->table->at[role];

    return at < 0 ? &none : &w->r->table->columns[at].says;
}

void row_join_per(struct row_reading *w, enum quote_role role, const struct quote_per *more)
{
    if (!quote_per_join(&w->per, more))
        row_open(w, role, "what the price is per is said twice and not alike (change one of them)");
}

void row_join_currency(struct row_reading *w, enum quote_role role, const char *currency)
{
    if (*currency == '\0')
        return;
    if (*w->currency != '\0' && !quote_sign_fits(w->currency, currency) && !quote_sign_fits(currency, w->currency)) {
        quote_say(w->r, QUOTE_OPEN, "%s: %s, but elsewhere %s (change one of them)",
                  quote_place(w->r, w->row, w->r->table->at[role]), currency, w->currency);
        w->open = true;
    } else if (strlen(currency) == 3 || *w->currency == '\0') {
        memcpy(w->currency, currency, strlen(currency) + 1);
    }
}

bool row_filled(const struct row_reading *w, enum quote_role role)
{
    return quote_cell(w->r, w->row, role)->kind != SHEET_BLANK;
}

/* ---- numbers ---- */

/* A number of a cell, with what stands around it. 1; 0: blank or no number at all; -1: said to be open. */
int row_number(struct row_reading *w, enum quote_role role, dec_t *out, struct quote_qualifier *q)
{
    const struct sheet_cell *cell = quote_cell(w->r, w->row, role);
    char currency[CURRENCY_TEXT];
    const char *rest;
    struct err err;

    *q = (struct quote_qualifier){.currency = "", .basis = ""};
    if (cell->kind == SHEET_BLANK)
        return 0;
    int got = quote_scan_amount(row_folded(w, cell->text), out, currency, &rest, &err);
    if (got <= 0) {
        if (got < 0)
            row_open(w, role, err.text);
        return got;
    }
    row_join_currency(w, role, currency);
    if (*rest != '\0' && !quote_qualifier(w->r->words, rest, q)) {
        const char *text = arena_printf(w->r->a, "'%s' is not understood", quote_shown(w->r, cell->text));
        w->r->nomem = w->r->nomem || text == NULL;
        row_open(w, role, text != NULL ? text : "");
        return -1;
    }
    row_join_currency(w, role, q->currency);
    return 1;
}

/* ---- the steps ---- */

static void read_label(struct row_reading *w)
{
    const char *item = row_text(w, ROLE_ITEM), *spec = row_text(w, ROLE_SPEC), *sku = row_text(w, ROLE_SKU);

    if (*item == '\0')
        item = sku;
    const char *label = arena_printf(w->r->a, "%s%s%s", item, *item != '\0' && *spec != '\0' ? " " : "",
                                     strcmp(item, spec) != 0 ? spec : "");
    w->r->nomem = w->r->nomem || label == NULL;
    w->item.label = label != NULL ? label : "";
}

static void read_quantity(struct row_reading *w)
{
    struct quote_qualifier q;

    int got = row_number(w, ROLE_QUANTITY, &w->item.quantity, &q);
    if (got == 0)
        row_open(w, ROLE_QUANTITY, "no quantity (fill it in; 1 is not assumed)");
    if (got != 1)
        return;
    if (dec_sign(w->item.quantity) <= 0) {
        row_open(w, ROLE_QUANTITY, "a quantity that is not above 0 (delete the row if nothing is meant)");
        return;
    }
    w->item.has_quantity = true;
    row_join_per(w, ROLE_QUANTITY, &q.per);
    row_join_per(w, ROLE_QUANTITY, &row_head(w, ROLE_QUANTITY)->per);
}

static void read_unit(struct row_reading *w)
{
    struct quote_qualifier q = {.currency = "", .basis = ""};
    const char *text = row_text(w, ROLE_UNIT);

    if (*text == '\0')
        return;
    if (!quote_qualifier(w->r->words, row_folded(w, text), &q)) {
        quote_say(w->r, QUOTE_OPEN, "%s: unit '%s' is not known (say it as 台, 月, GB, 台/月, month ...)",
                  quote_place(w->r, w->row, w->r->table->at[ROLE_UNIT]), quote_shown(w->r, text));
        w->open = true;
        return;
    }
    row_join_per(w, ROLE_UNIT, &q.per);
    row_join_currency(w, ROLE_UNIT, q.currency);
}

/* ---- tax ---- */

static void take_tax_cell(struct row_reading *w, enum quote_role role)
{
    const struct sheet_cell *cell = quote_cell(w->r, w->row, role);
    struct quote_item *i = &w->item;
    bool has_rate, has_invoice;
    enum invoice invoice;
    struct err err;
    dec_t rate;

    if (cell->kind == SHEET_BLANK)
        return;
    if (dec_parse(cell->text, cell->len, &rate, &err) == 0 && role == ROLE_TAX_RATE) {
        if (!cell->percent &&
            (row_head(w, role)->percent || strchr(w->r->table->columns[w->r->table->at[role]].title, '%')))
            rate = dec_div(rate, dec_int64(100), DEC_HALF_UP);
        if (dec_sign(rate) < 0 || dec_cmp(rate, DEC_ONE) >= 0) {
            row_open(w, role, "no tax rate (write 6%)");
            return;
        }
        if (!cell->percent && !w->r->rate_told)
            quote_say(w->r, QUOTE_ASSUMED, "%s: %s is a share, %s of 1",
                      quote_place(w->r, w->row, w->r->table->at[role]), quote_shown(w->r, cell->text),
                      quote_shown(w->r, cell->text));
        w->r->rate_told = w->r->rate_told || !cell->percent;
        i->tax_rate = rate;
        i->has_tax_rate = true;
        return;
    }
    if (quote_tax(cell->text, &rate, &has_rate, &invoice, &has_invoice, &err) < 0) {
        row_open(w, role, err.text);
        return;
    }
    if (has_rate && i->has_tax_rate && dec_cmp(rate, i->tax_rate) != 0)
        row_open(w, role, "another tax rate than the row's own (change one of them)");
    if (has_rate)
        i->tax_rate = rate, i->has_tax_rate = true;
    if (has_invoice)
        i->invoice = invoice, i->has_invoice = true;
}

static void read_tax(struct row_reading *w)
{
    const struct quote_common *c = &w->r->common;
    struct quote_item *i = &w->item;

    take_tax_cell(w, ROLE_TAX_RATE);
    if (strchr(row_text(w, ROLE_TAX), '%') != NULL)
        take_tax_cell(w, ROLE_TAX);
    take_tax_cell(w, ROLE_INVOICE);
    if (i->has_tax_rate && c->rate_where == quote_section && dec_cmp(i->tax_rate, c->tax_rate) != 0)
        row_open(w, ROLE_TAX_RATE, "another tax rate than the section says (change one of them)");
    if (i->has_invoice && c->invoice_where == quote_section && i->invoice != c->invoice)
        row_open(w, ROLE_INVOICE, "another kind of invoice than the section says (change one of them)");
    if (!i->has_tax_rate && c->rate_where != NULL)
        i->has_tax_rate = true, i->tax_rate = c->tax_rate;
    if (!i->has_tax_rate && !w->r->no_rate_told) {
        quote_say(w->r, QUOTE_ASSUMED, "%s: no tax rate: that of the tax rules counts (say tax_rate)",
                  quote_place(w->r, w->row, -1));
        w->r->no_rate_told = true;
    }
    if (!i->has_invoice && !w->r->no_invoice_told) {
        quote_say(w->r, QUOTE_ASSUMED, "%s: no kind of invoice: that of the buyer counts (say invoice)",
                  quote_place(w->r, w->row, -1));
        w->r->no_invoice_told = true;
    }
    if (!i->has_invoice && c->invoice_where != NULL)
        i->has_invoice = true, i->invoice = c->invoice;
}

static void read_share(struct row_reading *w)
{
    const struct sheet_cell *cell = quote_cell(w->r, w->row, ROLE_SHARE);
    const struct value *section = &w->r->terms->share;
    struct err err;
    dec_t v;

    if (section->kind == VALUE_FIXED)
        w->item.share = section->fixed, w->item.has_share = true;
    if (cell->kind == SHEET_BLANK)
        return;
    size_t n = cell->len;
    bool percent = n > 0 && cell->text[n - 1] == '%';
    if (dec_parse(cell->text, percent ? n - 1 : n, &v, &err) != 0) {
        row_open(w, ROLE_SHARE, "no share (write 100%)");
        return;
    }
    if (percent)
        v = dec_div(v, dec_int64(100), DEC_HALF_UP);
    if (dec_sign(v) < 0 || dec_cmp(v, DEC_ONE) > 0)
        row_open(w, ROLE_SHARE, "a share that is not between 0% and 100%");
    else if (w->item.has_share && dec_cmp(w->item.share, v) != 0)
        row_open(w, ROLE_SHARE, "another share than the section says (change one of them)");
    w->item.share = v;
    w->item.has_share = true;
}

/* ---- currency ---- */

static void read_currency(struct row_reading *w)
{
    struct quote_qualifier q = {.currency = "", .basis = ""};
    struct quote_reading *r = w->r;
    const char *text = row_text(w, ROLE_CURRENCY);

    if (*text != '\0' && quote_qualifier(r->words, row_folded(w, text), &q))
        row_join_currency(w, ROLE_CURRENCY, q.currency);
    else if (*text != '\0')
        row_open(w, ROLE_CURRENCY, "a currency that is not known (write CNY, USD ...)");
    row_join_currency(w, ROLE_NONE, r->common.currency);
    if (*w->currency == '\0') {
        enum quote_role from = row_filled(w, ROLE_PRICE_EXCL)   ? ROLE_PRICE_EXCL
                               : row_filled(w, ROLE_PRICE_INCL) ? ROLE_PRICE_INCL
                               : row_filled(w, ROLE_PRICE)      ? ROLE_PRICE
                                                                : ROLE_LIST_PRICE;
        row_open(w, from, "no currency (say currency = CNY, USD ...)");
        return;
    }
    const char *code = quote_sign_means(w->currency);
    if (strlen(w->currency) != 3 && !r->sign_told) {
        quote_say(r, QUOTE_ASSUMED, "'%s' is %s (say currency = ... if it is another one)", w->currency, code);
        r->sign_told = true;
    }
    if (rules_currency(r->rules, code) == NULL)
        row_open(w, ROLE_CURRENCY, "a currency the program has no minor unit of (rules/currencies.csv)");
    else if (*r->q->currency == '\0')
        memcpy(r->q->currency, code, strlen(code) + 1);
    else if (strcmp(r->q->currency, code) != 0)
        row_open(w, ROLE_CURRENCY, "another currency than the rows before (put it into a quote of its own)");
}

/* ---- what it is ---- */

static void read_product(struct row_reading *w)
{
    static const enum quote_role roles[] = {ROLE_ITEM, ROLE_SPEC, ROLE_SKU};
    struct quote_item *i = &w->item;
    struct quote_reading *r = w->r;
    const struct quote_word *product = NULL;
    const char *sku = row_text(w, ROLE_SKU);

    for (size_t k = 0; product == NULL && k < 3; k++)
        product = quote_word_in(r->words, "product", row_folded(w, row_text(w, roles[k])));
    i->service = product != NULL ? product->meaning : "";
    if (*sku == '\0')
        sku = quote_sku(r->a, i->label);
    i->sku = dup(r, sku);
    const struct quote_word *os = quote_word_in(r->words, "os", row_folded(w, row_text(w, ROLE_OS)));
    if (os == NULL && *row_text(w, ROLE_OS) == '\0')
        os = quote_word_in(r->words, "os", row_folded(w, i->label));
    i->os = os != NULL ? os->meaning : "";
    if (os == NULL && *row_text(w, ROLE_OS) != '\0')
        quote_say(r, QUOTE_SKIPPED, "%s: the system is not known, not read",
                  quote_place(r, w->row, r->table->at[ROLE_OS]));
}

/* Sizes that belong to what is sold: the disk of a disk, the line of a line. */
static void read_shape(struct row_reading *w)
{
    struct quote_item *i = &w->item;
    struct quote_reading *r = w->r;
    struct err err;

    if (quote_shape(r->a, i->label, &w->shape, &err) != 0) {
        row_open(w, ROLE_SPEC, err.text);
        return;
    }
    const struct quote_shape *s = &w->shape;
    if (*i->service == '\0' && s->has_vcpu && s->has_memory) {
        i->service = "compute";
        quote_say(r, QUOTE_ASSUMED, "%s: vCPUs and memory: read as compute", quote_place(r, w->row, -1));
    }
    if (!strcmp(i->service, "public-ip") && s->has_rate) {
        i->service = "bandwidth";
        quote_say(r, QUOTE_ASSUMED, "%s: an address with a line: read as bandwidth", quote_place(r, w->row, -1));
    }
    bool machine = !strcmp(i->service, "compute") || !strcmp(i->service, "database");
    i->has_shape = machine && s->has_vcpu && s->has_memory;
    i->vcpu = s->vcpu, i->memory = s->memory;
    if (machine && s->sizes > 0)
        quote_say(r, QUOTE_ASSUMED, "%s: the disks it names are in its price, not counted again",
                  quote_place(r, w->row, -1));
    if (machine)
        return;
    bool line = !strcmp(i->service, "bandwidth");
    i->has_size = line ? s->has_rate : s->has_size;
    i->size = line ? s->rate : s->size;
}

static void read_region(struct row_reading *w)
{
    struct quote_reading *r = w->r;
    const char *text = row_text(w, ROLE_REGION);
    struct err err;

    w->item.region = r->common.region;
    if (r->site == NULL)
        return;
    if (*text == '\0') {
        if (*w->item.region == '\0' && !r->region_told)
            quote_say(r, QUOTE_ASSUMED, "%s: no region: it holds in every region of the site (say region)",
                      quote_place(r, w->row, -1));
        r->region_told = r->region_told || *w->item.region == '\0';
        return;
    }
    const struct region *g = quote_region(r, text, &err);
    if (g == NULL)
        row_open(w, ROLE_REGION, err.text);
    else if (r->common.region_where == quote_section && strcmp(g->id, r->common.region) != 0)
        row_open(w, ROLE_REGION, "another region than the section says (change one of them)");
    else
        w->item.region = g->id;
}

/* ---- the row ---- */

static void keep(struct quote_reading *r, const struct quote_item *item)
{
    if (r->nitems == r->cap_items) {
        size_t cap = r->cap_items > 0 ? 2 * r->cap_items : 16;
        struct quote_item *grown = arena_grow(r->a, r->items, r->nitems, cap, sizeof *grown);
        if (grown == NULL) {
            r->nomem = true;
            return;
        }
        r->items = grown;
        r->cap_items = cap;
    }
    r->items[r->nitems++] = *item;
}

static void read_amount(struct row_reading *w)
{
    struct quote_item *i = &w->item;
    const enum quote_role same = i->basis == BASIS_INCL ? ROLE_AMOUNT_INCL : ROLE_AMOUNT_EXCL;
    const enum quote_role other = i->basis == BASIS_INCL ? ROLE_AMOUNT_EXCL : ROLE_AMOUNT_INCL;
    const enum quote_role role = row_filled(w, same) ? same : row_filled(w, ROLE_AMOUNT) ? ROLE_AMOUNT : other;
    struct quote_qualifier q;

    i->has_amount = row_number(w, role, &i->amount, &q) == 1;
    i->amount_basis = role == ROLE_AMOUNT ? i->basis : role == ROLE_AMOUNT_INCL ? BASIS_INCL : BASIS_EXCL;
}

void quote_item_of(struct quote_reading *r, const struct quote_raw *row)
{
    struct row_reading w = {.r = r, .row = row, .item = {.sheet = row->sheet, .row = row->row}};

    read_label(&w);
    read_tax(&w);
    read_quantity(&w);
    read_unit(&w);
    row_term(&w);
    row_price(&w);
    read_currency(&w);
    read_share(&w);
    read_product(&w);
    read_shape(&w);
    read_region(&w);
    row_settle(&w);
    if (!w.open)
        read_amount(&w);
    if (w.open)
        r->open_rows++;
    else
        keep(r, &w.item);
}
