/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * From what was delivered to the tables of a price pack.
 */
#include "fetchers/harvest_parts.h"

#include "calc/csv.h"

#include <stdlib.h>
#include <string.h>

#define RIVAL "#2" /* source of a price that contradicts another */
static const char prices_header[] = "site,region,service,sku,os,charge,offering,term_months,unit,tier_from,tier_to,"
                                    "tier_scope,price,currency,tax_basis,tax_rate,as_of,source\n";

/* ---- repeats and contradictions ---- */

static int by_pack_order(const void *a, const void *b)
{
    return pack_order(&((const struct harvest_row *)a)->p, &((const struct harvest_row *)b)->p);
}

static bool same_key(const struct pack_price *a, const struct pack_price *b)
{
    return pack_same_ladder(a, b) && dec_cmp(a->tier_from, b->tier_from) == 0;
}

static bool same_value(const struct pack_price *a, const struct pack_price *b)
{
    return dec_cmp(a->price, b->price) == 0 && !strcmp(a->currency, b->currency) && a->open == b->open &&
           dec_cmp(a->tier_to, b->tier_to) == 0 && a->scope == b->scope && a->has_tax_rate == b->has_tax_rate &&
           dec_cmp(a->tax_rate, b->tax_rate) == 0;
}

/* Rows i..n-1 of one key: repeats are marked, a row that says otherwise than the first is set apart. */
static void compare(struct harvest_row *v, size_t n, size_t *repeats, size_t *apart)
{
    for (size_t i = 1; i < n; i++) {
        bool repeat = false;
        for (size_t j = 0; j < i && !repeat; j++)
            repeat = !v[j].repeat && same_value(&v[j].p, &v[i].p);
        v[i].repeat = repeat;
        *repeats += repeat;
        if (repeat)
            continue;
        v[i].p.source = RIVAL;
        (*apart)++;
    }
}

/* A ladder of which one tier has two prices stands twice, whole: once with each. */
static int complete_rival(struct harvest *h, size_t from, size_t to, struct err *err)
{
    for (size_t i = from; i < to; i++) {
        bool has_rival = false;
        for (size_t j = from; j < to; j++)
            has_rival |= h->prices[j].p.source[0] == '#' && !h->prices[j].repeat &&
                         dec_cmp(h->prices[i].p.tier_from, h->prices[j].p.tier_from) == 0;
        if (has_rival || h->prices[i].repeat)
            continue;
        struct harvest_row *v = harvest_room(h->prices, h->nprices, &h->cprices, sizeof *v);
        if (v == NULL)
            return err_nomem(err);
        h->prices = v;
        v[h->nprices] = v[i];
        v[h->nprices++].p.source = RIVAL;
    }
    return 0;
}

static int set_apart(struct harvest *h, struct err *err)
{
    size_t n = h->nprices, repeats = 0, all_apart = 0;

    for (size_t i = 0, end; i < n; i = end) {
        size_t apart = 0;
        for (end = i + 1; end < n && pack_same_ladder(&h->prices[i].p, &h->prices[end].p); end++)
            ;
        for (size_t k = i, j; k < end; k = j) {
            for (j = k + 1; j < end && same_key(&h->prices[k].p, &h->prices[j].p); j++)
                ;
            compare(h->prices + k, j - k, &repeats, &apart);
        }
        if (apart > 0 && complete_rival(h, i, end, err) != 0)
            return -1;
        all_apart += apart;
    }
    if (harvest_skip(h, "repeated rows", repeats, err) != 0 ||
        harvest_remark(h, "a second, different price for the same key: ambiguous", all_apart, err) != 0)
        return -1;
    if (all_apart > 0) /* those now have a source of their own */
        qsort(h->prices, h->nprices, sizeof *h->prices, by_pack_order);
    return 0;
}

/* Of a third price and more one tells as much as two: the last one delivered stays as the rival. */
static void drop_repeats(struct harvest *h)
{
    size_t kept = 0;

    for (size_t i = 0; i < h->nprices; i++) {
        if (h->prices[i].repeat)
            continue;
        if (kept > 0 && same_key(&h->prices[kept - 1].p, &h->prices[i].p))
            kept--;
        h->prices[kept++] = h->prices[i];
    }
    h->nprices = kept;
}

/* Lists that give only the lower bound of a tier: it ends where the next one starts. */
static void close_tiers(struct harvest *h)
{
    for (size_t i = 0; i + 1 < h->nprices; i++) {
        struct pack_price *a = &h->prices[i].p, *b = &h->prices[i + 1].p;
        if (a->open && pack_same_ladder(a, b) && dec_cmp(a->tier_from, b->tier_from) < 0) {
            a->open = false;
            a->tier_to = b->tier_from;
        }
    }
}

/* ---- ladders that do not hold together ---- */

/* All but source, unit and tier: what cannot be bought without the other rows. */
static bool same_way(const struct pack_price *a, const struct pack_price *b)
{
    return a->region == b->region && a->service == b->service && a->sku == b->sku && a->os == b->os &&
           a->charge == b->charge && a->offering == b->offering && a->term_months == b->term_months &&
           a->basis == b->basis && date_cmp(a->as_of, b->as_of) == 0;
}

/* Does tier b stand right on top of a? */
static bool steps(const struct pack_price *a, const struct pack_price *b)
{
    return !a->open && dec_cmp(a->tier_to, b->tier_from) == 0 && a->scope == b->scope &&
           a->has_tax_rate == b->has_tax_rate && dec_cmp(a->tax_rate, b->tax_rate) == 0 &&
           !strcmp(a->currency, b->currency);
}

static bool holds(const struct harvest_row *v, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        const struct pack_price *p = &v[i].p, *below = i > 0 ? &v[i - 1].p : NULL;
        bool first = below == NULL || !pack_same_ladder(below, p);
        if (!p->open && dec_cmp(p->tier_from, p->tier_to) >= 0)
            return false;
        if (first ? dec_sign(p->tier_from) != 0 : !steps(below, p))
            return false;
    }
    return true;
}

/* A pack with one of them would be refused whole; what is left out is counted, and has no price. Of two
 * ladders with different steps neither is right, so both go. */
static int drop_broken(struct harvest *h, struct err *err)
{
    size_t kept = 0, dropped = 0;

    for (size_t i = 0, end; i < h->nprices; i = end) {
        for (end = i + 1; end < h->nprices && same_way(&h->prices[i].p, &h->prices[end].p); end++)
            ;
        if (!holds(h->prices + i, end - i)) {
            dropped += end - i;
            continue;
        }
        for (size_t k = i; k < end; k++)
            h->prices[kept++] = h->prices[k];
    }
    h->nprices = kept;
    return harvest_skip(h, "tiers that leave a gap, overlap or do not start at 0", dropped, err);
}

/* ---- prices.csv ---- */

static void put_dec(struct buf *out, dec_t v)
{
    char text[DEC_TEXT];

    dec_format(v, 0, text);
    buf_puts(out, text);
}

static void put_text(struct buf *out, const char *text)
{
    csv_text(out, text);
    buf_putc(out, ',');
}

/* A text of our own, which needs no quotes. */
static void put_plain(struct buf *out, const char *text)
{
    buf_puts(out, text);
    buf_putc(out, ',');
}

/* The same from one fetch to the next: each price has its own day, and what prices share is kept once. */
static void put_source(struct buf *out, const struct harvest *h, const char *suffix)
{
    buf_printf(out, "%s.%s%s", h->fetcher, h->site, suffix);
}

static void put_way(struct buf *out, const struct pack_price *p)
{
    put_text(out, p->site);
    put_text(out, p->region);
    put_text(out, p->service);
    put_text(out, p->sku);
    put_text(out, p->os);
    put_text(out, charge_names[p->charge]);
    put_text(out, p->offering);
    if (p->term_months > 0)
        put_dec(out, dec_int64(p->term_months));
    buf_putc(out, ',');
    put_plain(out, unit_table[p->unit].name);
    put_dec(out, p->tier_from);
    buf_putc(out, ',');
}

/* Day and source of a row, which most rows have in common: written once for each run of them. */
struct tail {
    struct date day;
    const char *source;
    struct buf text;
};

static const struct buf *tail_of(struct tail *t, const struct harvest *h, const struct pack_price *p)
{
    char day[DATE_TEXT];

    if (t->source == p->source && date_cmp(t->day, p->as_of) == 0)
        return &t->text;
    t->day = p->as_of;
    t->source = p->source;
    t->text.n = 0;
    date_format(p->as_of, day);
    put_plain(&t->text, day);
    put_source(&t->text, h, p->source);
    buf_putc(&t->text, '\n');
    return &t->text;
}

static void put_price(struct buf *out, const struct pack_price *p, const struct buf *tail)
{
    static const char *const scopes[] = {[SCOPE_ITEM] = "", [SCOPE_MONTH] = "month", [SCOPE_LIFE] = "life"};

    put_way(out, p);
    if (!p->open)
        put_dec(out, p->tier_to);
    buf_putc(out, ',');
    put_plain(out, scopes[p->scope]);
    put_dec(out, p->price);
    buf_putc(out, ',');
    put_plain(out, p->currency);
    put_plain(out, p->basis == BASIS_INCL ? "incl" : "excl");
    if (p->has_tax_rate)
        put_dec(out, p->tax_rate);
    buf_putc(out, ',');
    buf_add(out, tail->v, tail->n);
    out->failed |= tail->failed;
}

static void put_prices(struct harvest *h)
{
    struct buf *out = &h->tables[PACK_PRICES], *own = &h->contracted_text;
    struct tail tail = {.day = DATE_NONE};

    buf_puts(out, prices_header);
    for (size_t i = 0; i < h->nprices; i++) {
        const struct harvest_row *row = &h->prices[i];
        put_price(out, &row->p, tail_of(&tail, h, &row->p));
        if (!row->has_contracted)
            continue;
        if (own->n == 0)
            buf_puts(
                own,
                "site,region,service,sku,os,charge,offering,term_months,unit,tier_from,contracted_price,currency\n");
        put_way(own, &row->p);
        put_dec(own, row->contracted);
        buf_printf(own, ",%s\n", row->p.currency);
    }
    buf_free(&tail.text);
}

/* ---- sources.csv ---- */

/* The newest day of the rows with this suffix; DATE_NONE: there are none. */
static struct date newest(const struct harvest *h, const char *suffix)
{
    struct date day = DATE_NONE;

    for (size_t i = 0; i < h->nprices; i++)
        if (!strcmp(h->prices[i].p.source, suffix) && (!date_is(day) || date_cmp(h->prices[i].p.as_of, day) > 0))
            day = h->prices[i].p.as_of;
    return day;
}

static void put_sources(struct harvest *h)
{
    static const char *const suffixes[] = {"", RIVAL};
    struct buf *out = &h->tables[PACK_SOURCES];

    buf_puts(out, "id,title,origin,as_of,licence,confidence,note\n");
    for (size_t i = 0; i < sizeof suffixes / sizeof *suffixes; i++) {
        struct date day = newest(h, suffixes[i]);
        char text[DATE_TEXT];
        if (!date_is(day))
            continue;
        date_format(day, text);
        put_source(out, h, suffixes[i]);
        buf_putc(out, ',');
        put_text(out, h->title);
        put_text(out, h->origin);
        buf_printf(out, "%s,published prices; facts only,%s,", text, h->confidence);
        csv_text(out, h->note);
        buf_putc(out, '\n');
    }
}

/* ---- scopes.csv ---- */

static void put_scope(struct buf *out, const char *region, const char *service, bool full)
{
    if (out->n == 0)
        buf_puts(out, "region,service,full\n");
    put_text(out, region);
    put_text(out, service);
    buf_puts(out, full ? "yes\n" : "no\n");
}

static bool is_full(const struct harvest *h, const char *region, const char *service)
{
    for (size_t i = 0; i < h->nfulls; i++)
        if (h->fulls[i].region == region && h->fulls[i].service == service)
            return true;
    return false;
}

static void put_scopes(struct harvest *h)
{
    struct buf *out = &h->scopes_text;

    for (size_t i = 0; i < h->nfulls; i++) {
        size_t j = 0;
        while (h->fulls[j].region != h->fulls[i].region || h->fulls[j].service != h->fulls[i].service)
            j++;
        if (j == i)
            put_scope(out, h->fulls[i].region, h->fulls[i].service, true);
    }
    for (size_t i = 0; i < h->nprices; i++) { /* sorted by region and service */
        const struct pack_price *p = &h->prices[i].p;
        if ((i == 0 || p->region != h->prices[i - 1].p.region || p->service != h->prices[i - 1].p.service) &&
            !is_full(h, p->region, p->service))
            put_scope(out, p->region, p->service, false);
    }
}

/* ---- rates.csv ---- */

static int by_day(const void *pa, const void *pb)
{
    const struct harvest_rate *a = pa, *b = pb;
    int order = date_cmp(a->day, b->day);

    if (order == 0)
        order = strcmp(a->pair, b->pair);
    return order != 0 ? order : (a->order > b->order) - (a->order < b->order);
}

static int drop_equal_rates(struct harvest *h, struct err *err)
{
    size_t kept = 0, n = h->nrates;

    for (size_t i = 0; i < n; i++) {
        struct harvest_rate *last = kept > 0 ? &h->rates[kept - 1] : NULL, *r = &h->rates[i];
        if (last != NULL && last->pair == r->pair && date_cmp(last->day, r->day) == 0) {
            char day[DATE_TEXT];
            date_format(r->day, day);
            if (dec_cmp(last->value, r->value) != 0)
                return err_set(err, ERR_FETCH, "two different rates of %s on %s", r->pair, day);
            continue;
        }
        h->rates[kept++] = *r;
    }
    h->nrates = kept;
    return harvest_skip(h, "repeated rates", n - kept, err);
}

/* Every pair once, sorted; at most `cap` of them. */
static size_t list_pairs(const struct harvest *h, const char **out, size_t cap)
{
    size_t n = 0;

    for (size_t i = 0; i < h->nrates; i++) {
        size_t at = 0;
        while (at < n && strcmp(out[at], h->rates[i].pair) < 0)
            at++;
        if (at < n && out[at] == h->rates[i].pair)
            continue;
        if (n == cap)
            return cap + 1;
        memmove(out + at + 1, out + at, (n - at) * sizeof *out);
        out[at] = h->rates[i].pair;
        n++;
    }
    return n;
}

static void put_days(struct harvest *h, const char *const *pairs, size_t npairs)
{
    struct buf *out = &h->rates_text;

    for (size_t i = 0; i < h->nrates;) {
        struct date day = h->rates[i].day;
        char text[DATE_TEXT];
        date_format(day, text);
        buf_puts(out, text);
        for (size_t k = 0; k < npairs; k++) {
            buf_putc(out, ',');
            if (i < h->nrates && date_cmp(h->rates[i].day, day) == 0 && h->rates[i].pair == pairs[k])
                put_dec(out, h->rates[i++].value);
        }
        buf_putc(out, '\n');
    }
}

static int put_rates(struct harvest *h, struct err *err)
{
    enum { PAIRS_MAX = 200 };
    const char *pairs[PAIRS_MAX + 1];

    if (h->nrates == 0)
        return 0;
    qsort(h->rates, h->nrates, sizeof *h->rates, by_day);
    if (drop_equal_rates(h, err) != 0)
        return -1;
    size_t n = list_pairs(h, pairs, PAIRS_MAX);
    if (n > PAIRS_MAX)
        return err_set(err, ERR_FETCH, "rates of over %d pairs", PAIRS_MAX);
    buf_puts(&h->rates_text, "date");
    for (size_t i = 0; i < n; i++)
        buf_printf(&h->rates_text, ",%s", pairs[i]);
    buf_putc(&h->rates_text, '\n');
    put_days(h, pairs, n);
    return 0;
}

/* ---- all ---- */

static struct pack_body body_of(const char *name, const struct buf *b)
{
    return (struct pack_body){name, b->v, b->n};
}

static void note_day(struct harvest *h, struct harvested *out)
{
    for (size_t i = 0; i < h->nprices; i++)
        if (!date_is(out->day) || date_cmp(h->prices[i].p.as_of, out->day) > 0)
            out->day = h->prices[i].p.as_of;
    if (h->nrates > 0)
        out->day = h->rates[h->nrates - 1].day;
}

static bool any_failed(const struct harvest *h)
{
    bool failed = h->scopes_text.failed || h->contracted_text.failed || h->rates_text.failed;

    for (size_t t = 0; t < PACK_TABLES; t++)
        failed |= h->tables[t].failed;
    return failed;
}

int harvest_finish(struct harvest *h, struct harvested *out, struct err *err)
{
    if (h->nprices > 0)
        qsort(h->prices, h->nprices, sizeof *h->prices, by_pack_order);
    if (set_apart(h, err) != 0)
        return -1;
    drop_repeats(h);
    close_tiers(h);
    if (drop_broken(h, err) != 0)
        return -1;
    if (h->nprices > 0) {
        put_prices(h);
        put_sources(h);
    }
    put_scopes(h);
    if (put_rates(h, err) != 0)
        return -1;
    if (any_failed(h))
        return err_nomem(err);
    *out = (struct harvested){.scopes = body_of("scopes.csv", &h->scopes_text),
                              .contracted = body_of("contracted.csv", &h->contracted_text),
                              .rates = body_of("rates.csv", &h->rates_text),
                              .day = DATE_NONE,
                              .nprices = h->nprices + h->table_rows,
                              .nrates = h->nrates,
                              .counts = h->counts,
                              .ncounts = h->ncounts};
    for (int t = 0; t < PACK_TABLES; t++)
        out->tables[t] = body_of(pack_files[t], &h->tables[t]);
    note_day(h, out);
    return 0;
}
