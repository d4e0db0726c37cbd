/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the files of the quote reader share: words, the columns of a table, what the quote says of all
 * its rows, and the reading itself. All texts live in the arena of the reading.
 */
#ifndef TCO_QUOTE_PARTS_H
#define TCO_QUOTE_PARTS_H

#include "calc/buf.h"
#include "calc/say.h"
#include "fetchers/quote.h"
#include "fetchers/quote_words.h"
#include "fetchers/sheet.h"

/* ---- texts ---- */

/* Letters small, full-width forms as ASCII, "￥" as "¥", blanks joined to one and gone beside other scripts.
 * NULL when there is no memory. */
char *quote_fold(struct arena *a, const char *text);
/* The number Chinese numerals (二, 十二, 三十) or digits begin with; its length in bytes, 0: none, or above 9,999. */
size_t quote_whole(const char *text, int *out);
/* An amount at the start of a folded text; *rest is what follows it. 1, 0, -1 as quote_amount(). */
int quote_scan_amount(const char *text, dec_t *out, char currency[CURRENCY_TEXT], const char **rest, struct err *err);
/* The code or sign of a whole folded text such as "元", "rmb", "us$"; NULL: none. */
const char *quote_currency(const char *text);
/* May a price with this sign ("¥") be in this currency? Codes fit themselves only. */
bool quote_sign_fits(const char *sign, const char *code);
/* The currency a sign is read as when nothing else is said. */
const char *quote_sign_means(const char *sign);

/* ---- lengths of time, units ---- */

/* "12个月", "一年", "30 days", "3 years": months and days apart. False: none. */
bool quote_span(const struct quote_words *w, const char *text, struct duration *out);

struct quote_per {
    bool has_base;
    enum unit_base base;
    int divisor; /* of requests */
    enum quote_time time;
    int times; /* "12个月" is 12 months */
};
/* "元/台/月", "GB-month", "台", "per year". False when a part of it is not understood. Currency and tax basis words in it
 * are noted too. */
struct quote_qualifier {
    struct quote_per per;
    const char *currency; /* "" */
    const char *basis;    /* "" */
    bool percent;
};
bool quote_qualifier(const struct quote_words *w, const char *text, struct quote_qualifier *out);
/* Lays what is known over what is missing; false when they contradict each other. */
bool quote_per_join(struct quote_per *into, const struct quote_per *more);
/* The unit of an offer; months: of UNIT_TERM. False: there is none such. */
bool quote_per_unit(const struct quote_per *p, enum unit *unit, int *months);

/* ---- shapes ---- */

struct quote_shape {
    bool has_vcpu, has_memory, has_size, has_rate;
    dec_t vcpu, memory, size, rate; /* GiB, Mbps */
    int sizes;                      /* how many sizes were written; has_size only for one */
};
/* "8核16G", "8C16G", "8 vCPU 16 GiB", "100GB SSD", "10Mbps" in a text as written. */
int quote_shape(struct arena *a, const char *text, struct quote_shape *out, struct err *err);
/* A word that looks like a provider's name for a product ("ecs.g7.2xlarge", "S6.2XLARGE16"); "" none, NULL no memory. */
const char *quote_sku(struct arena *a, const char *text);

/* ---- the reading ---- */

enum { QUOTE_COLUMNS = 256 };

struct quote_column {
    enum quote_role role; /* ROLE_NONE: not read */
    const char *title;    /* as written */
    struct quote_qualifier says;
};

struct quote_table {
    struct quote_column columns[QUOTE_COLUMNS];
    size_t n;
    int at[ROLE_COUNT]; /* the first column of a role, -1: none */
    const char *sheet;
    int row;
};

struct quote_raw {
    const char *sheet;
    int row;
    bool hidden, sheet_hidden;
    const struct sheet_cell *cells;
    size_t n;
};

/* What holds for all rows, from the section and from the lines around the tables; where: NULL, or who says so. */
struct quote_common {
    const char *currency, *basis, *region; /* "" */
    dec_t tax_rate, discount;
    enum invoice invoice;
    struct duration term;
    struct quote_per per;
    bool per_term; /* a price is for the whole term */
    enum quote_paid paid;
    const char *currency_where, *basis_where, *rate_where, *invoice_where, *term_where, *per_where, *paid_where,
        *discount_where, *region_where, *days_where, *valid_where, *dated_where;
    struct duration valid_for; /* from the day of the quote */
    const char *valid_for_where;
};
/* Who says so, when it is the section. */
extern const char quote_section[];

enum quote_sum { SUM_NET, SUM_TAX, SUM_GROSS, SUM_PRICES }; /* the last: on the basis of the prices */
struct quote_total {
    const char *where;
    size_t row; /* index */
    enum quote_sum which;
    dec_t value;
    bool sub;           /* of the rows since the last one */
    size_t first, last; /* items of its table up to it: [first, last) */
    bool whole;         /* no row between was left open */
};

struct quote_reading {
    const struct quote_terms *terms;
    const struct quote_words *words;
    const struct rules *rules;
    const struct site *site; /* NULL: none given */
    struct arena *a;
    struct quote *q;
    struct quote_raw *rows;
    size_t nrows, cap_rows;
    struct quote_said {
        struct quote_remark remark;
        size_t row, seq;
    } * said;
    size_t nsaid, cap_said;
    struct quote_item *items;
    size_t nitems, cap_items;
    struct quote_total *totals;
    size_t ntotals;
    size_t cap_totals;
    struct quote_common common;
    size_t at_row; /* what is said now belongs to this row of the file */
    const struct quote_table *table;
    size_t table_first; /* the first item of that table */
    size_t open_rows;
    /* What is said once of all rows. */
    bool sign_told, paid_told[2], term_told, region_told, rate_told, no_rate_told, no_invoice_told, discount_told,
        os_told, arch_told;
    int period_told;
    bool per_period; /* amounts are those of one period */
    bool nomem;
};

/* A remark, in the language asked for; its places are filled with texts. */
#define quote_say(r, kind, id, ...)                                                                                    \
    quote_say_filled((r), (kind), (id), SAY_COUNT(__VA_ARGS__), (const char *const[]){__VA_ARGS__})
void quote_say_filled(struct quote_reading *r, enum quote_remark_kind kind, enum text_id id, size_t n,
                      const char *const *with);
void quote_say_plain(struct quote_reading *r, enum quote_remark_kind kind, enum text_id id);
/* The text alone, to be part of a remark; "" without memory. */
#define quote_put(r, id, ...) quote_put_filled((r), (id), SAY_COUNT(__VA_ARGS__), (const char *const[]){__VA_ARGS__})
const char *quote_put_filled(struct quote_reading *r, enum text_id id, size_t n, const char *const *with);
const char *quote_plain(struct quote_reading *r, enum text_id id);
const char *quote_count(struct quote_reading *r, int n);
const char *quote_span_shown(struct quote_reading *r, const struct duration *d); /* "1 month", "30 days" */
const char *quote_who(struct quote_reading *r, const char *who);                 /* a place, or the section */
const char *quote_role_shown(const struct quote_reading *r, enum quote_role role);
/* quote_fault.c: an error of a text as those who read amounts set it, in English; the same in the language asked for. */
int quote_faulty(enum text_id id, const char *text, struct err *err);
const char *quote_fault(struct quote_reading *r, const struct err *err);
/* "row 7", "sheet 'x', row 7"; "row 7, column C '单价'". */
const char *quote_place(struct quote_reading *r, const struct quote_raw *row, int column);
const char *quote_column_name(struct quote_reading *r, const struct quote_table *t, int column); /* "column C '单价'" */
/* The cell of the column of a role; a blank one when there is none. */
const struct sheet_cell *quote_cell(const struct quote_reading *r, const struct quote_raw *row, enum quote_role role);
const char *quote_shown(struct quote_reading *r, const char *text); /* cut for a message, on one line */
const char *quote_money(struct quote_reading *r, dec_t v);          /* with thousands separators and minor units */
int quote_places(const struct quote_reading *r);

void quote_give_remarks(struct quote_reading *r); /* to the quote: mappings first, then in the order of the file */

/* quote_sort.c: sorts the rows kept and reads each; fails when there is no table. */
int quote_sort_rows(struct quote_reading *r, struct err *err);
/* quote_columns.c: is this row the head of a table? Its columns then. A second row of a head says more of the
 * columns; finishing settles columns of one kind and tells what each was read as. */
bool quote_header(struct quote_reading *r, const struct quote_raw *row, struct quote_table *out);
bool quote_header_more(struct quote_reading *r, const struct quote_raw *row, struct quote_table *t);
void quote_header_done(struct quote_reading *r, struct quote_table *t);
/* quote_facts.c: a row that is no item; the first cell of it that was understood, NULL: none. */
const char *quote_facts_of(struct quote_reading *r, const struct quote_raw *row);
/* A value of set "fact" of the table of words; false: not understood. */
bool quote_take(struct quote_reading *r, const char *meaning, const char *who, const char *value);
/* What the section says: before anything else. */
void quote_take_terms(struct quote_reading *r);
void quote_settle_days(struct quote_reading *r); /* after everything else: until when it is valid */
/* quote_item.c: a row of a table as an item, or as what is open in it. */
void quote_item_of(struct quote_reading *r, const struct quote_raw *row);
/* quote_total.c: is this row a sum? Then it is kept. */
bool quote_total_of(struct quote_reading *r, const struct quote_raw *row);
/* quote_sums.c: works everything out again. */
void quote_sums(struct quote_reading *r);
/* quote_place.c: a region of the site by its id, its name or its city; NULL with *why. */
const struct region *quote_region(struct quote_reading *r, const char *text, const char **why);

#endif
