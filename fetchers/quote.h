/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A received quote: what a supplier offers, on paper. Bytes of a spreadsheet in, items out that are as
 * definite as a price list's, or errors that say which row and column leaves what open and how to say
 * it. Nothing is guessed: every mapping, assumption and skipped row is in the intake report.
 *
 * Three steps, each of its own: the table (sheet.h: rows and cells), the reading (header row, columns by
 * the words of fixtures/rules/quote-words.csv, amounts as people write them), the check (units, terms, tax,
 * currency settled per item; sums worked out again and compared with those stated).
 */
#ifndef TCO_QUOTE_H
#define TCO_QUOTE_H

#include "calc/arena.h"
#include "calc/offer.h"
#include "calc/rules.h"

/* What the section [quote NAME] says beyond the file; "", VALUE_NONE, 0: not given. It wins over nothing: where the
 * file says something else, that is an error naming both. */
struct quote_terms {
    const char *name, *file, *site;
    int line;           /* of the section, 0: none */
    const char *region; /* of every line that names none */
    const char *sheet;  /* of a workbook; "" every sheet with a table */
    const char *currency;
    const char *unit;    /* what a unit price without a unit is per: "month", "hour", "GB-month" ... */
    const char *basis;   /* "incl", "excl" */
    const char *invoice; /* "special", "ordinary" */
    struct value tax_rate, discount, share; /* shares; discount: taken off; share: recoverable */
    int days;                               /* payment term: days after the invoice */
    struct duration term;                   /* given with 0 months: no commitment */
    struct date valid_until;
    const char *lang; /* of the remarks; NULL: English */
};
/* Every text "", nothing given. */
struct quote_terms quote_terms_none(void);

enum quote_paid { QUOTE_PAID_PERIOD, QUOTE_PAID_UPFRONT }; /* each month at its end, or the term at its start */

/* One row of the quote that offers something, settled. Texts live in the arena. */
struct quote_item {
    const char *sheet;
    int row;
    const char *label;   /* product and specification as written */
    const char *service; /* "compute", "egress" ...; "" when the words are not known: matched by SKU only */
    const char *sku;     /* "" when only a shape is given */
    const char *region;  /* id of a region of the site; "" when nothing says which */
    const char *os;      /* "linux", "windows"; "" where it means nothing or is not said */
    bool has_shape;
    dec_t vcpu, memory; /* GiB */
    bool has_size;
    dec_t size; /* GiB of a disk, Mbps of a line: of one item, when the price is per item */
    bool has_quantity;
    dec_t quantity;    /* items */
    enum unit unit;    /* the price is per this */
    int period_months; /* of UNIT_TERM: the price is for so many months, which divide the term; else 0 */
    int term_months;   /* the price holds, and is owed, for so long; 0: no commitment */
    enum quote_paid paid;
    dec_t list_price; /* per unit before the discount; = price when none is stated */
    dec_t price;      /* per unit, after the discount, on the basis below */
    enum tax_basis basis;
    bool has_tax_rate;
    dec_t tax_rate;
    bool has_invoice, has_share;
    enum invoice invoice;
    dec_t share;     /* recoverable share stated in the quote */
    bool has_amount; /* of the row as stated, on the basis below */
    dec_t amount;
    enum tax_basis amount_basis;
    bool has_other_amount, has_tax_amount;
    dec_t other_amount; /* of the row as stated, on the other basis */
    dec_t tax_amount;   /* in the row as stated */
    dec_t worked_out;   /* price x quantity x periods, on the price's basis, in minor units */
};

enum quote_remark_kind {
    QUOTE_MAPPED,  /* "column C '单价' read as the unit price, tax included" */
    QUOTE_ASSUMED, /* "no payment term: paid at the end of each month" */
    QUOTE_SKIPPED, /* "row 17: subtotal, not an item" */
    QUOTE_DIFFERS, /* "row 9: 3 x 1,200.00 is 3,600.00, stated 3,500.00: 100.00 less" */
    QUOTE_OPEN     /* an error: "row 9, column D '单价': no tax basis (say tax_basis = incl or excl)" */
};
struct quote_remark {
    enum quote_remark_kind kind;
    const char *text;
};

struct quote {
    const char *name, *site; /* site: id */
    char currency[CURRENCY_TEXT];
    struct date valid_until; /* DATE_NONE: the quote does not say */
    struct date dated;       /* of the quote itself; DATE_NONE */
    int days;                /* payment term; 0: none */
    const struct quote_item *items;
    size_t nitems;
    const struct quote_remark *remarks; /* in the order of the file, mappings first */
    size_t nremarks, nopen;
    /* Totals as the quote states them, and worked out again from the items: unknown where an item's tax rate is. */
    dec_t stated_net, stated_tax, stated_gross, net, tax, gross;
    bool has_stated_net, has_stated_tax, has_stated_gross, has_net, has_tax, has_gross;
    const char *encoding, *format;
};

/* A unit and a service as a report names them. */
const char *quote_unit_shown(const char *lang, enum unit unit);
const char *quote_service_shown(const char *lang, const char *service);

/* Words a quote may use, from fixtures/rules/quote-words.csv. */
struct quote_words;
int quote_words_read(const char *name, const char *body, size_t len, struct arena *a, const struct quote_words **out,
                     struct err *err);

/* Reads a quote. 0 also when something is left open (nopen > 0; items that are open are not among `items`);
 * -1 when the file cannot be read at all or holds no table with a header. */
int quote_read(const struct quote_terms *terms, const struct quote_words *words, const struct rules *rules,
               const char *body, size_t len, struct arena *a, struct quote *out, struct err *err);

/* "¥1,234.50", "￥", "RMB 1,234", "USD 1.2k", full-width digits. 1: read, *currency "" when none is written, the sign
 * itself ("¥", "$") where several currencies share it; 0: no amount; -1: malformed. */
int quote_amount(const char *text, dec_t *out, char currency[CURRENCY_TEXT], struct err *err);
/* What is taken off: "八五折", "85折", "8.5折" and "15% off", "15%" are 0.15. 1, 0, -1 as above. */
int quote_discount(const char *text, dec_t *out, struct err *err);
/* "6%专票", "13% VAT special invoice", "普票 3%": rate and kind of invoice, as far as they stand there. */
int quote_tax(const char *text, dec_t *rate, bool *has_rate, enum invoice *invoice, bool *has_invoice, struct err *err);

#endif
