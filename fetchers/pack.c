/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * prices.csv: every cell is checked by the function its column names in one table; then the row
 * as a whole; then (pack_check.c) the rows among each other.
 */
#include "fetchers/pack.h"

#include "calc/intern.h"
#include "calc/offering.h"
#include "calc/rules_read.h"
#include "fetchers/pack_parts.h"

#include <stdlib.h>
#include <string.h>

const char *const pack_files[PACK_TABLES] = {"prices.csv",  "shapes.csv",  "classes.csv",
                                             "regions.csv", "sources.csv", "sites.csv"};

enum { COLUMNS = 18 };

/* Reading prices.csv: what was seen last is looked up no second time, as rows come sorted. */
struct reader {
    struct pack *pack;
    const struct rules *rules;
    struct intern texts;
    struct csv csv;
    int at[COLUMNS];
    size_t cap;
    const struct site *site;
    const char *last_site, *last_region, *last_region_site, *last_source;
};

static int take(struct reader *r, const struct csv_cell *c, const char **out, struct err *err)
{
    *out = intern(&r->texts, c->text, c->len);
    return *out != NULL ? 0 : err_nomem(err);
}

static int read_site(struct reader *r, const struct csv_cell *c, struct pack_price *p, struct err *err)
{
    if (take(r, c, &p->site, err) != 0)
        return -1;
    if (p->site == r->last_site)
        return 0;
    const struct site *site = rules_site(r->rules, p->site);
    if (site == NULL)
        return rules_unknown_site(r->rules, p->site, err);
    r->site = site;
    r->last_site = p->site;
    return 0;
}

static int unknown_region(const struct rules *facts, const char *site, const char *region, struct err *err)
{
    const char **known = calloc(facts->nregions + 1, sizeof *known);
    size_t n = 0;

    if (known == NULL)
        return err_nomem(err);
    for (size_t i = 0; i < facts->nregions; i++)
        if (!strcmp(facts->regions[i].site, site))
            known[n++] = facts->regions[i].id;
    int rc = rules_unknown("region", region, known, n, err);
    free(known);
    return rc != 0 ? err_prefix(err, "%s", site) : rc;
}

static int read_region(struct reader *r, const struct csv_cell *c, struct pack_price *p, struct err *err)
{
    if (take(r, c, &p->region, err) != 0)
        return -1;
    if (p->region == r->last_region && p->site == r->last_region_site)
        return 0;
    if (rules_region(&r->pack->facts, p->site, p->region) == NULL)
        return unknown_region(&r->pack->facts, p->site, p->region, err);
    r->last_region = p->region;
    r->last_region_site = p->site;
    return 0;
}

static int read_service(struct reader *r, const struct csv_cell *c, struct pack_price *p, struct err *err)
{
    return take(r, c, &p->service, err) != 0 ? -1 : pack_service_check(p->service, err);
}

static int read_sku(struct reader *r, const struct csv_cell *c, struct pack_price *p, struct err *err)
{
    if (c->len == 0)
        return err_set(err, ERR_USAGE, "blank");
    return take(r, c, &p->sku, err);
}

static int read_os(struct reader *r, const struct csv_cell *c, struct pack_price *p, struct err *err)
{
    static const char *const known[] = {"", "linux", "windows"};

    for (size_t i = 0; i < 3; i++)
        if (!strcmp(c->text, known[i]))
            return take(r, c, &p->os, err);
    return err_set(err, ERR_USAGE, "unknown system '%s' (known: linux, windows, blank)", c->text);
}

static int read_charge(struct reader *r, const struct csv_cell *c, struct pack_price *p, struct err *err)
{
    (void)r;
    for (int i = 0; i < CHARGE_BEST; i++)
        if (!strcmp(c->text, charge_names[i])) {
            p->charge = (unsigned char)i;
            return 0;
        }
    return rules_unknown("charge", c->text, charge_names, CHARGE_BEST, err);
}

/* A charge that has no offerings at all is told by check_row(). */
static int read_offering(struct reader *r, const struct csv_cell *c, struct pack_price *p, struct err *err)
{
    const char *known[OFFERINGS_MAX];
    size_t n = offering_names((enum charge_kind)p->charge, known);

    if (take(r, c, &p->offering, err) != 0)
        return -1;
    if (c->len == 0 || n == 0 || offering_find((enum charge_kind)p->charge, p->offering) != NULL)
        return 0;
    return rules_unknown("offering", p->offering, known, n, err);
}

static int read_term(struct reader *r, const struct csv_cell *c, struct pack_price *p, struct err *err)
{
    (void)r;
    p->term_months = 0;
    for (size_t i = 0; i < c->len; i++) {
        if (c->text[i] < '0' || c->text[i] > '9' || p->term_months > TERM_MAX)
            return err_set(err, ERR_USAGE, "'%s' is no number of months (known: 1 to %d, blank)", c->text, TERM_MAX);
        p->term_months = p->term_months * 10 + (c->text[i] - '0');
    }
    if (c->len > 0 && (p->term_months < 1 || p->term_months > TERM_MAX))
        return err_set(err, ERR_USAGE, "'%s' is no number of months (known: 1 to %d, blank)", c->text, TERM_MAX);
    return 0;
}

static int read_unit(struct reader *r, const struct csv_cell *c, struct pack_price *p, struct err *err)
{
    static const char *const known[] = {
#define UNIT(id, name, base, divisor, time) name,
#include "calc/units.def"
#undef UNIT
    };
    int unit = unit_find(c->text);

    (void)r;
    if (unit < 0)
        return rules_unknown("unit", c->text, known, sizeof known / sizeof *known, err);
    p->unit = (unsigned char)unit;
    return 0;
}

static int read_tier_from(struct reader *r, const struct csv_cell *c, struct pack_price *p, struct err *err)
{
    (void)r;
    p->tier_from = DEC_ZERO;
    if (c->len > 0 && dec_parse(c->text, c->len, &p->tier_from, err) != 0)
        return -1;
    return dec_sign(p->tier_from) < 0 ? err_set(err, ERR_USAGE, "'%s' is below 0", c->text) : 0;
}

static int read_tier_to(struct reader *r, const struct csv_cell *c, struct pack_price *p, struct err *err)
{
    (void)r;
    p->open = c->len == 0;
    p->tier_to = DEC_ZERO;
    if (p->open)
        return 0;
    if (dec_parse(c->text, c->len, &p->tier_to, err) != 0)
        return -1;
    return dec_cmp(p->tier_from, p->tier_to) < 0 ? 0 : err_set(err, ERR_USAGE, "'%s' is not above tier_from", c->text);
}

static int read_scope(struct reader *r, const struct csv_cell *c, struct pack_price *p, struct err *err)
{
    static const char *const known[] = {[SCOPE_ITEM] = "", [SCOPE_MONTH] = "month", [SCOPE_LIFE] = "life"};

    (void)r;
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (!strcmp(c->text, known[i])) {
            p->scope = (unsigned char)i;
            return 0;
        }
    return err_set(err, ERR_USAGE, "unknown scope '%s' (known: month, life, blank)", c->text);
}

static int read_price(struct reader *r, const struct csv_cell *c, struct pack_price *p, struct err *err)
{
    (void)r;
    if (dec_parse(c->text, c->len, &p->price, err) != 0)
        return -1;
    bool free_tier = dec_sign(p->tier_from) == 0 && !p->open;
    if (dec_sign(p->price) < 0 || (dec_sign(p->price) == 0 && !free_tier))
        return err_set(err, ERR_USAGE,
                       "'%s' is no price (known: above 0; 0 only for a free tier from 0 to a stated end)", c->text);
    return 0;
}

static int read_currency(struct reader *r, const struct csv_cell *c, struct pack_price *p, struct err *err)
{
    if (strcmp(c->text, r->site->list_currency) != 0)
        return err_set(err, ERR_USAGE, "'%s' is not the currency of %s (known: %s)", c->text, r->site->id,
                       r->site->list_currency);
    memcpy(p->currency, r->site->list_currency, CURRENCY_TEXT);
    return 0;
}

static int read_basis(struct reader *r, const struct csv_cell *c, struct pack_price *p, struct err *err)
{
    (void)r;
    bool incl = !strcmp(c->text, "incl");
    if (!incl && strcmp(c->text, "excl") != 0)
        return err_set(err, ERR_USAGE, "unknown tax basis '%s' (known: incl, excl)", c->text);
    p->basis = incl ? BASIS_INCL : BASIS_EXCL;
    return 0;
}

static int read_tax_rate(struct reader *r, const struct csv_cell *c, struct pack_price *p, struct err *err)
{
    (void)r;
    p->has_tax_rate = c->len > 0;
    p->tax_rate = DEC_ZERO;
    if (!p->has_tax_rate)
        return 0;
    if (dec_parse(c->text, c->len, &p->tax_rate, err) != 0)
        return -1;
    if (dec_sign(p->tax_rate) < 0 || dec_cmp(p->tax_rate, DEC_ONE) > 0)
        return err_set(err, ERR_USAGE, "'%s' is not between 0 and 1", c->text);
    return 0;
}

static int read_as_of(struct reader *r, const struct csv_cell *c, struct pack_price *p, struct err *err)
{
    static const struct {
        const char *text;
        size_t len;
    } first = {"2000-01-01", 10}, last = {"2099-12-31", 10};
    struct date from, to;

    (void)r;
    if (!date_parse(c->text, c->len, &p->as_of))
        return err_set(err, ERR_USAGE, "'%s' is no day (known: YYYY-MM-DD)", c->text);
    if (!date_parse(first.text, first.len, &from) || !date_parse(last.text, last.len, &to))
        return err_set(err, ERR_INTERNAL, "a day of our own does not exist");
    if (date_cmp(p->as_of, from) < 0 || date_cmp(p->as_of, to) > 0)
        return err_set(err, ERR_USAGE, "'%s' is not plausible (known: %s to %s)", c->text, first.text, last.text);
    return 0;
}

static int read_source(struct reader *r, const struct csv_cell *c, struct pack_price *p, struct err *err)
{
    if (take(r, c, &p->source, err) != 0)
        return -1;
    if (p->source == r->last_source)
        return 0;
    if (rules_source(&r->pack->facts, p->source) == NULL)
        return err_set(err, ERR_USAGE, "unknown source '%s' (known: the ids of sources.csv)", p->source);
    r->last_source = p->source;
    return 0;
}

/* In the order in which cells lean on each other: the region on the site, the price on its tier. */
static const struct {
    const char *name;
    int (*read)(struct reader *r, const struct csv_cell *c, struct pack_price *p, struct err *err);
} columns[COLUMNS] = {
    {"site", read_site},   {"region", read_region},       {"service", read_service},   {"sku", read_sku},
    {"os", read_os},       {"charge", read_charge},       {"offering", read_offering}, {"term_months", read_term},
    {"unit", read_unit},   {"tier_from", read_tier_from}, {"tier_to", read_tier_to},   {"tier_scope", read_scope},
    {"price", read_price}, {"currency", read_currency},   {"tax_basis", read_basis},   {"tax_rate", read_tax_rate},
    {"as_of", read_as_of}, {"source", read_source},
};

bool pack_in_parts(enum charge_kind charge)
{
    return charge == CHARGE_RESERVED || charge == CHARGE_SAVINGS_PLAN;
}

static int check_row(const struct pack_price *p, struct err *err)
{
    bool has_term = p->charge == CHARGE_PREPAID || pack_in_parts((enum charge_kind)p->charge);

    if (has_term != (p->term_months > 0))
        return err_set(err, ERR_USAGE, "term_months: %s %s", charge_names[p->charge],
                       has_term ? "needs a term" : "has no term");
    if (*p->offering != '\0' && !pack_in_parts((enum charge_kind)p->charge))
        return err_set(err, ERR_USAGE, "offering: %s has none", charge_names[p->charge]);
    if (p->unit == UNIT_TERM && !has_term)
        return err_set(err, ERR_USAGE, "unit: %s cannot be priced by the term", charge_names[p->charge]);
    if (*p->os == '\0' && !strcmp(p->service, "compute"))
        return err_set(err, ERR_USAGE, "os: blank for compute (known: linux, windows)");
    return 0;
}

static int read_row(struct reader *r, struct pack_price *p, struct err *err)
{
    if (r->csv.ncells != COLUMNS)
        return err_set(err, ERR_USAGE, "%zu cells where the header has %d", r->csv.ncells, COLUMNS);
    p->line = r->csv.line;
    for (size_t i = 0; i < COLUMNS; i++)
        if (columns[i].read(r, &r->csv.cells[r->at[i]], p, err) != 0)
            return err_prefix(err, "%s", columns[i].name);
    return check_row(p, err);
}

static int add_row(struct reader *r, struct err *err)
{
    struct pack *pack = r->pack;

    if (pack->nprices == r->cap) {
        size_t cap = r->cap == 0 ? 1024 : r->cap * 2;
        struct pack_price *wider = realloc(pack->prices, cap * sizeof *wider);
        if (wider == NULL)
            return err_nomem(err);
        pack->prices = wider;
        r->cap = cap;
    }
    if (read_row(r, &pack->prices[pack->nprices], err) != 0)
        return err_prefix(err, "%s:%d", r->csv.name, r->csv.line);
    pack->nprices++;
    return 0;
}

static int read_prices(struct reader *r, const struct pack_body *in, struct err *err)
{
    const char *names[COLUMNS];
    int rc;

    for (size_t i = 0; i < COLUMNS; i++)
        names[i] = columns[i].name;
    csv_open(&r->csv, in->name, in->body, in->len, ',');
    rc = csv_header(&r->csv, names, COLUMNS, COLUMNS, r->at, err);
    while (rc == 0 && (rc = csv_next(&r->csv, err)) == 1)
        rc = add_row(r, err);
    csv_close(&r->csv);
    if (rc == 0 && r->pack->nprices == 0)
        rc = err_set(err, ERR_USAGE, "%s: no prices", in->name);
    return rc;
}

int pack_read(struct pack *out, const struct pack_body in[PACK_TABLES], const struct rules *rules, struct err *err)
{
    struct pack p = {0};
    struct reader r = {.pack = &p, .rules = &p.facts, .texts = {.arena = &p.arena}};

    int rc = pack_read_tables(&p, in, rules, err);
    if (rc == 0)
        rc = read_prices(&r, &in[PACK_PRICES], err);
    intern_free(&r.texts);
    if (rc == 0)
        rc = pack_check(&p, in[PACK_PRICES].name, &p.facts, err);
    if (rc != 0)
        pack_free(&p);
    else
        *out = p;
    return rc;
}

void pack_free(struct pack *p)
{
    free(p->prices);
    arena_free(&p->arena);
    *p = (struct pack){0};
}
