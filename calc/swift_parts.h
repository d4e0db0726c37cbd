/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Inside swift: what swift_make.c works out and swift_row.c goes through. Amounts of prices and quantities are the
 * integers of dec_t (units of 10^-12); amounts of money are whole minor units.
 */
#ifndef TCO_SWIFT_PARTS_H
#define TCO_SWIFT_PARTS_H

#include "calc/key.h"
#include "calc/price_parts.h"
#include "calc/site.h"
#include "calc/swift.h"
#include "calc/unit.h"
#include "calc/value.h"

/* ---- columns */

enum swift_key { SWIFT_IGNORED, SWIFT_COUNT, SWIFT_HOURS, SWIFT_SIZE, SWIFT_GROWTH, SWIFT_DISCOUNT };
struct swift_column {
    enum swift_key what;
    size_t resource;       /* of the scenario; of SWIFT_DISCOUNT: the place among the row's discounts */
    const struct key *row; /* how a cell is read */
    const char *key;       /* as the header has it: "discount.aliyun-cn" */
    value_parser *parser;
    bool bare; /* a number without a unit is read without the parser */
    struct value_range range;
};

/* ---- lines */

/* Months whose taxes follow one rule: up to, but not including, `until`. */
struct swift_span {
    int until;
    struct chain chain;
    uint64_t sure; /* a bill dearer by this costs more; 0: unknown */
};

/* A decimal without the zeros at its end: num x 10^-places. Most products of prices, counts and hours are exact in
 * 64 bits so. */
struct short_number {
    uint64_t num;
    int places;
};
struct short_number short_of(uint64_t units);

/* One price tried for a line. */
struct swift_price {
    const struct offer *offer;
    bool flat;
    uint64_t one; /* price of one item of the base's size, units of 10^-12 */
    struct short_number n;
};

/* Offers that are alike but for the price, in their order of trial. */
struct swift_group {
    struct swift_price *prices;
    size_t n;
    struct swift_span *spans;
    size_t nspans;
    const struct component *component;
    const struct price_part *part; /* of any of them: unit and scope are the same */
    int term, list_places;
    enum timing at;
    bool runs;    /* is paid for the hours it runs */
    bool settled; /* billed in another currency than priced */
    bool limited; /* billed in the currency of the filing limit */
    struct ratio settle;
    struct measure measure; /* of the base */
    bool timed;             /* its time is the hours */
};

/* A discount as the share that is kept, num / den. */
struct swift_keep {
    bool given;
    uint64_t num, den;
};
/* Of a discount of so much; false when it has too many digits. */
bool swift_keep_of(dec_t discount, struct swift_keep *out);

struct swift_line {
    size_t resource, line; /* of the scenario; of the site's lines */
    struct swift_group *groups;
    size_t n;
    struct swift_keep keep; /* by the discount of the base */
    int by_kind, by_site;   /* the row's discounts that mean it, -1: none; the kind's goes first */
    bool has_kind;          /* the base has one for the kind: the site's does not count */
};

/* ---- places */

struct swift_fee {
    bool any;
    struct ratio to_fee, percent, back; /* budget -> fee currency; share; fee currency -> budget */
    bool has_min, has_max;
    uint64_t min, max, fixed;
};

/* A site in one region, priced for the base. What every row looks at stands first. */
struct swift_stand {
    bool constant;      /* no column changes it */
    bool plain;         /* all its lines are changed: nothing of the base is to be added */
    bool handled;       /* invoices are, each at `handling` in the budget currency */
    bool watches_limit; /* its notes depend on the limit */
    int list_places;
    size_t version;           /* of `estimate`; that of `above` is the next */
    struct swift_line *lines; /* those that columns change */
    size_t n;
    struct date oldest; /* price of the lines that no column changes */
    uint64_t handling;
    struct swift_fee payment;
    size_t priced; /* lines with a price */
    struct site_context *context;
    struct site_estimate estimate, above; /* with the notes of a bill below the limit, and above it */
};

struct swift_place { /* one entry of [compare] sites */
    struct swift_stand *stands;
    size_t n;
};

struct swift {
    struct arena arena;
    struct scenario scenario;
    struct site_work work;
    struct quantity_list *items; /* of the base, by resource */
    struct npv_table npv;
    struct swift_place *places;
    size_t nplaces;
    struct swift_column *columns;
    size_t ncolumns, ndiscounts;
    const struct site_estimate **versions;
    size_t nversions;
    int budget_places, limit_places; /* limit_places: of the filing limit's currency */
    uint64_t filing_limit;           /* in its minor units */
    unsigned wanted;
    bool allow_stale;
};

#endif
