/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "calc/quote_shelf.h"

#include <stdlib.h>
#include <string.h>

const char *quote_name(const struct quote *q)
{
    return q->name;
}

bool quote_expired(const struct quote *q, struct date on)
{
    return date_is(q->valid_until) && date_cmp(q->valid_until, on) < 0;
}

/* ---- what a row is */

static int by_sku(const void *sku, const void *offer)
{
    return strcmp(sku, ((const struct offer *)offer)->sku);
}

static const struct offer *find_known(const struct offer_list *known, const struct quote_item *item)
{
    return *item->sku && known->n ? bsearch(item->sku, known->v, known->n, sizeof *known->v, by_sku) : NULL;
}

static bool is_here(const struct quote_item *item, const char *region, const char *service, bool known)
{
    if (*item->region && strcmp(item->region, region) != 0)
        return false;
    return *item->service ? !strcmp(item->service, service) : known;
}

/* The machine or disk of a row: as price lists describe the SKU, in the size the quote says. 0 when nothing says. */
static int shape_of(const struct quote_item *item, const struct offer *known, struct arena *a, const struct shape **out,
                    struct err *err)
{
    bool sized = item->has_size && unit_table[item->unit].base == BASE_ITEM;
    *out = known ? known->shape : NULL;
    if (!item->has_shape && !sized)
        return 0;
    struct shape *s = arena_alloc(a, sizeof *s);
    if (!s)
        return err_nomem(err);
    *s = *out ? **out : (struct shape){.arch = ARCH_ANY, .class_ = "", .family = ""};
    if (item->has_shape) {
        s->has_size = true;
        s->vcpu = item->vcpu;
        s->memory = item->memory;
    }
    if (sized) {
        s->has_disk_size = true;
        s->disk_size = item->size;
    }
    *out = s;
    return 0;
}

/* ---- how it is bought */

/* A price for a period is one for the month where it is paid by the month (half-up to 12 decimals), and one for the
 * term where the whole is paid at its start. */
static dec_t price_of(const struct quote_item *item, struct offer *o, enum unit *unit)
{
    *unit = item->unit;
    if (item->unit != UNIT_TERM || item->period_months <= 0)
        return item->price;
    if (o->charge == CHARGE_PREPAID)
        return dec_muln(item->price, item->term_months / item->period_months);
    *unit = UNIT_MONTH;
    return dec_div(item->price, dec_int64(item->period_months), DEC_HALF_UP);
}

static enum charge_kind charge_of(const struct quote_item *item)
{
    if (item->term_months == 0 || unit_table[item->unit].time == PER_NONE)
        return CHARGE_ON_DEMAND;
    return item->paid == QUOTE_PAID_UPFRONT ? CHARGE_PREPAID : CHARGE_RESERVED;
}

static int buy(const struct quote_item *item, struct offer *o, struct arena *a, struct err *err)
{
    struct tier *t = arena_alloc(a, sizeof *t);
    enum unit unit;
    if (!t)
        return err_nomem(err);
    o->charge = charge_of(item);
    o->term_months = o->charge == CHARGE_ON_DEMAND ? 0 : item->term_months;
    *t = (struct tier){.from = DEC_ZERO, .open = true, .price = price_of(item, o, &unit)};
    o->parts[0] = (struct price_part){.unit = unit, .scope = SCOPE_ITEM, .tiers = t, .ntiers = 1};
    o->nparts = 1;
    return dec_check(t->price, item->label, err);
}

/* ---- contradictions */

static int order_ints(int a, int b)
{
    return (a > b) - (a < b);
}

static int by_shape(const struct shape *a, const struct shape *b)
{
    if (!a || !b)
        return (a != NULL) - (b != NULL);
    int c = order_ints(a->has_size, b->has_size);
    if (!c && a->has_size && !(c = dec_cmp(a->vcpu, b->vcpu)))
        c = dec_cmp(a->memory, b->memory);
    if (!c)
        c = order_ints(a->has_disk_size, b->has_disk_size);
    return c || !a->has_disk_size ? c : dec_cmp(a->disk_size, b->disk_size);
}

/* What makes two rows speak of the same thing bought the same way. */
static int by_identity(const struct offer *a, const struct offer *b)
{
    int c = strcmp(a->sku, b->sku);
    if (!c)
        c = strcmp(a->os, b->os);
    if (!c)
        c = order_ints(a->charge, b->charge);
    if (!c)
        c = order_ints(a->term_months, b->term_months);
    if (!c)
        c = order_ints(a->parts[0].unit, b->parts[0].unit);
    return c ? c : by_shape(a->shape, b->shape);
}

static int by_row(const void *pa, const void *pb)
{
    const struct offer *a = pa, *b = pb;
    int c = by_identity(a, b);
    return c ? c : (a->quoted->item > b->quoted->item) - (a->quoted->item < b->quoted->item);
}

static bool same_price(const struct offer *a, const struct offer *b)
{
    return dec_cmp(a->parts[0].tiers[0].price, b->parts[0].tiers[0].price) == 0 && a->basis == b->basis &&
           a->has_tax_rate == b->has_tax_rate && (!a->has_tax_rate || dec_cmp(a->tax_rate, b->tax_rate) == 0);
}

/* Rows with one identity and different prices point to each other in a ring; the first of equal ones stays. */
static size_t settle(struct offer *v, size_t n)
{
    size_t kept = 0;
    if (n > 1)
        qsort(v, n, sizeof *v, by_row);
    for (size_t i = 0; i < n; i++) {
        bool repeat = false;
        for (size_t j = kept; j-- > 0 && by_identity(&v[j], &v[i]) == 0 && !repeat;)
            repeat = same_price(&v[j], &v[i]);
        if (!repeat)
            v[kept++] = v[i];
    }
    for (size_t i = 0, j; i < kept; i = j) {
        for (j = i + 1; j < kept && by_identity(&v[i], &v[j]) == 0; j++)
            ;
        for (size_t r = i; j - i > 1 && r < j; r++)
            v[r].rival = &v[r + 1 < j ? r + 1 : i];
    }
    return kept;
}

/* ---- the shelf */

/* What the whole quote says of each of its offers. */
static int common(const struct quote *q, const char *region, const char *service, struct arena *a, struct offer *out,
                  struct err *err)
{
    struct source *s = arena_alloc(a, sizeof *s);
    if (!s)
        return err_nomem(err);
    *s = (struct source){.id = q->name,
                         .title = q->name,
                         .origin = "",
                         .as_of = q->dated,
                         .licence = "",
                         .confidence = "high",
                         .note = ""};
    *out = (struct offer){.site = q->site,
                          .region = region,
                          .service = service,
                          .offering = "",
                          .as_of = q->dated,
                          .source = s,
                          .snapshot = q->name};
    memcpy(out->currency, q->currency, CURRENCY_TEXT);
    return 0;
}

static int fill(const struct quoted *row, const struct offer *known, struct arena *a, struct offer *o, struct err *err)
{
    const struct quote_item *item = row->item;
    o->sku = *item->sku ? item->sku : item->label;
    o->os = strcmp(o->service, "compute") != 0 ? "" : *item->os ? item->os : "linux";
    o->basis = item->basis;
    o->has_tax_rate = item->has_tax_rate;
    o->tax_rate = item->has_tax_rate ? item->tax_rate : DEC_ZERO;
    o->quoted = row;
    return shape_of(item, known, a, &o->shape, err) || buy(item, o, a, err) ? -1 : 0;
}

static int worth_of(const struct quote *q, dec_t yearly, dec_t *out, struct err *err)
{
    dec_t rest = dec_muldiv(yearly, dec_int64(q->days), dec_int64(365), DEC_HALF_UP);
    *out = dec_sub(DEC_ONE, rest);
    if (dec_bad(*out) || dec_sign(*out) <= 0)
        return err_set(err, ERR_USAGE, "a payment term of %d days at this discount_rate leaves nothing of a bill",
                       q->days);
    return 0;
}

int quote_shelf(const struct quote *q, const struct offer_list *known, const char *region, const char *service,
                dec_t yearly, struct arena *a, struct offer_list *out, struct err *err)
{
    struct offer all, *v = arena_array(a, q->nitems + 1, sizeof *v);
    struct quoted *rows = arena_array(a, q->nitems + 1, sizeof *rows);
    size_t n = 0;
    dec_t worth;
    if (!v || !rows)
        return err_nomem(err);
    if (worth_of(q, yearly, &worth, err) || common(q, region, service, a, &all, err))
        return -1;
    for (size_t i = 0; i < q->nitems; i++) {
        const struct offer *as = find_known(known, &q->items[i]);
        if (!is_here(&q->items[i], region, service, as != NULL))
            continue;
        rows[i] = (struct quoted){q, &q->items[i], worth};
        v[n] = all;
        if (fill(&rows[i], as, a, &v[n++], err))
            return -1;
    }
    *out = (struct offer_list){v, settle(v, n)};
    return 0;
}
