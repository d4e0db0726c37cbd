/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Taking in what a fetcher delivers. What becomes of it is in harvest_finish.c.
 */
#include "fetchers/harvest_parts.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

int harvest_open(struct harvest **out, const char *fetcher, const char *site, const char *origin,
                 const struct rules *rules, struct err *err)
{
    struct harvest *h = calloc(1, sizeof *h);

    if (h == NULL)
        return err_nomem(err);
    h->fetcher = fetcher;
    h->site = site;
    h->origin = origin;
    h->rules = rules;
    h->texts.arena = &h->arena;
    h->confidence = "medium";
    h->title = fetcher;
    h->note = "";
    *out = h;
    return 0;
}

void harvest_free(struct harvest *h)
{
    if (h == NULL)
        return;
    for (size_t t = 0; t < PACK_TABLES; t++)
        buf_free(&h->tables[t]);
    buf_free(&h->scopes_text);
    buf_free(&h->contracted_text);
    buf_free(&h->rates_text);
    free(h->prices);
    free(h->rates);
    intern_free(&h->texts);
    arena_free(&h->scratch);
    arena_free(&h->arena);
    free(h);
}

size_t harvest_rows(const struct harvest *h)
{
    return h->nprices + h->nrates + h->table_rows;
}

void *harvest_room(void *v, size_t n, size_t *cap, size_t size)
{
    if (n < *cap)
        return v;
    size_t wider = *cap == 0 ? 256 : *cap * 2;
    void *grown = realloc(v, wider * size);
    if (grown != NULL)
        *cap = wider;
    return grown;
}

static const char *kept(struct harvest *h, const char *text)
{
    return intern(&h->texts, text, strlen(text));
}

/* ---- prices ---- */

/* What no published price can be; the message speaks of the answer, not of the fetcher. */
static int check_price(const struct fetch_price *p, struct err *err)
{
    if (dec_bad(p->price) || dec_sign(p->price) < 0)
        return err_set(err, ERR_FETCH, "'%s' has a price below 0 or beyond all measure", p->sku);
    if (strlen(p->currency) != 3)
        return err_set(err, ERR_FETCH, "'%s' has the currency '%s' (known: three letters)", p->sku, p->currency);
    assert(p->region[0] != '\0' && p->service[0] != '\0' && date_is(p->as_of));
    return *p->sku != '\0' ? 0 : err_set(err, ERR_FETCH, "a price without a SKU");
}

int harvest_price(struct harvest *h, const struct fetch_price *p, struct err *err)
{
    if (check_price(p, err) != 0)
        return -1;
    struct harvest_row *v = harvest_room(h->prices, h->nprices, &h->cprices, sizeof *v);
    if (v == NULL)
        return err_nomem(err);
    h->prices = v;
    struct harvest_row *row = &v[h->nprices];
    *row = (struct harvest_row){
        .p =
            {
                .site = h->site,
                .region = kept(h, p->region),
                .service = kept(h, p->service),
                .sku = kept(h, p->sku),
                .os = kept(h, p->os),
                .offering = kept(h, p->offering),
                .source = "",
                .tier_from = p->tier_from,
                .tier_to = p->tier_to,
                .price = p->price,
                .tax_rate = p->tax_rate,
                .as_of = p->as_of,
                .line = (int)h->nprices,
                .term_months = p->term_months,
                .open = !p->bounded,
                .has_tax_rate = p->has_tax_rate,
                .charge = (unsigned char)p->charge,
                .unit = (unsigned char)p->unit,
                .scope = (unsigned char)p->scope,
                .basis = (unsigned char)p->basis,
            },
        .has_contracted = p->has_contracted,
        .contracted = p->contracted,
    };
    memcpy(row->p.currency, p->currency, sizeof row->p.currency);
    if (row->p.region == NULL || row->p.service == NULL || row->p.sku == NULL || row->p.os == NULL ||
        row->p.offering == NULL)
        return err_nomem(err);
    h->nprices++;
    return 0;
}

/* ---- shapes, scopes, counts ---- */

static int *number_of(struct harvest *h, char kind, const char *a, const char *b)
{
    arena_clear(&h->scratch);
    const char *key = arena_printf(&h->scratch, "%c%s|%s", kind, a, b);
    int *number = key != NULL ? intern_number(&h->texts, key, strlen(key)) : NULL;

    return number;
}

int harvest_shape(struct harvest *h, const struct pack_shape *s, struct err *err)
{
    struct buf *out = &h->tables[PACK_SHAPES];
    int *seen = number_of(h, 's', s->service, s->sku);

    if (seen == NULL)
        return err_nomem(err);
    if ((*seen)++ > 0)
        return 0;
    if (out->n == 0)
        buf_puts(out,
                 "provider,sku,service,family,class,sold,vcpu,memory_gib,size_gib,gpu,arch,burstable,generation\n");
    const char *const cells[] = {s->provider,  s->sku,    s->service, s->family, s->class_, s->sold,
                                 s->vcpu,      s->memory, s->size,    s->gpu,    s->arch,   s->burstable ? "yes" : "no",
                                 s->generation};
    for (size_t i = 0; i < sizeof cells / sizeof *cells; i++) {
        if (i > 0)
            buf_putc(out, ',');
        csv_text(out, cells[i] != NULL ? cells[i] : "");
    }
    buf_putc(out, '\n');
    return out->failed ? err_nomem(err) : 0;
}

int harvest_full(struct harvest *h, const char *region, const char *service, struct err *err)
{
    int *full = number_of(h, 'f', region, service);
    struct harvest_scope *v = arena_grow(&h->arena, h->fulls, h->nfulls, h->nfulls + 1, sizeof *v);

    if (full == NULL || v == NULL)
        return err_nomem(err);
    *full = 1;
    h->fulls = v;
    v[h->nfulls] = (struct harvest_scope){kept(h, region), kept(h, service)};
    if (v[h->nfulls].region == NULL || v[h->nfulls].service == NULL)
        return err_nomem(err);
    h->nfulls++;
    return 0;
}

static int count(struct harvest *h, const char *what, size_t n, bool remark, struct err *err)
{
    for (size_t i = 0; i < h->ncounts; i++)
        if (!strcmp(h->counts[i].what, what) && h->counts[i].remark == remark) {
            h->counts[i].n += n;
            return 0;
        }
    struct harvest_count *v = arena_grow(&h->arena, h->counts, h->ncounts, h->ncounts + 1, sizeof *v);
    const char *text = kept(h, what);
    if (v == NULL || text == NULL)
        return err_nomem(err);
    h->counts = v;
    v[h->ncounts++] = (struct harvest_count){text, n, remark};
    return 0;
}

int harvest_skip(struct harvest *h, const char *reason, size_t n, struct err *err)
{
    return n == 0 ? 0 : count(h, reason, n, false, err);
}

int harvest_remark(struct harvest *h, const char *remark, size_t n, struct err *err)
{
    return n == 0 ? 0 : count(h, remark, n, true, err);
}

int harvest_source(struct harvest *h, const char *title, const char *confidence, const char *note, struct err *err)
{
    h->title = arena_strdup(&h->arena, title);
    h->confidence = arena_strdup(&h->arena, confidence);
    h->note = arena_strdup(&h->arena, note);
    return h->title != NULL && h->confidence != NULL && h->note != NULL ? 0 : err_nomem(err);
}

/* ---- rates, whole tables ---- */

int harvest_rate(struct harvest *h, struct date day, const char *base, const char *quote, int units, dec_t value,
                 struct err *err)
{
    if (dec_bad(value) || dec_sign(value) <= 0)
        return err_set(err, ERR_FETCH, "the rate of %s/%s is not above 0", base, quote);
    if (strlen(base) != 3 || strlen(quote) != 3 || (units != 1 && units != 100))
        return err_set(err, ERR_FETCH, "a rate of %d %s/%s (known: 1 or 100 of a currency of three letters)", units,
                       base, quote);
    struct harvest_rate *v = harvest_room(h->rates, h->nrates, &h->crates, sizeof *v);
    if (v == NULL)
        return err_nomem(err);
    h->rates = v;
    arena_clear(&h->scratch);
    v[h->nrates] = (struct harvest_rate){
        day, arena_printf(&h->scratch, "%s%s/%s", units == 100 ? "100" : "", base, quote), value, (int)h->nrates};
    if (v[h->nrates].pair != NULL)
        v[h->nrates].pair = kept(h, v[h->nrates].pair);
    if (v[h->nrates].pair == NULL)
        return err_nomem(err);
    h->nrates++;
    return 0;
}

/* Lines that hold something, but for the first. */
static size_t rows_below_header(const char *body, size_t len)
{
    size_t n = 0;

    for (const char *at = body, *end = body + len; at < end;) {
        const char *feed = memchr(at, '\n', (size_t)(end - at)), *stop = feed != NULL ? feed : end;
        n += stop > at && *at != '\r';
        at = stop + 1;
    }
    return n > 0 ? n - 1 : 0;
}

int harvest_table(struct harvest *h, enum pack_table table, const char *body, size_t len, struct err *err)
{
    struct buf *out = &h->tables[table];

    assert(h->nprices == 0); /* whole tables or single prices, not both */
    if (table == PACK_PRICES)
        h->table_rows = rows_below_header(body, len);
    out->n = 0;
    buf_add(out, body, len);
    return out->failed ? err_nomem(err) : 0;
}
