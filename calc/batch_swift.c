/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "calc/batch_swift.h"

#include "calc/batch_scenario.h"
#include "calc/minor_text.h"
#include "calc/price.h"
#include "calc/swift.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

/* ---- a record: pieces of text, and between them what differs from row to row */

enum piece_kind {
    PIECE_TEXT,
    PIECE_SCENARIO,
    PIECE_ROW,
    PIECE_STATUS,
    PIECE_LIST,
    PIECE_MONEY,
    PIECE_CASH_OUT,
    PIECE_COST,
    PIECE_NPV,
    PIECE_PER_MONTH,
    PIECE_RANK,
    PIECE_VS_BEST,
    PIECE_OLDEST
};

static const struct {
    const char *column;
    enum piece_kind kind;
    size_t at; /* of PIECE_MONEY: in struct minor_money */
    unsigned wanted;
    bool totals; /* empty where the site has none */
} varying[] = {
    {"scenario", PIECE_SCENARIO, 0, 0, false},
    {"row", PIECE_ROW, 0, 0, false},
    {"row_status", PIECE_STATUS, 0, 0, false},
    {"list_cost", PIECE_LIST, 0, 0, true},
    {"net_cost", PIECE_MONEY, offsetof(struct minor_money, net), 0, true},
    {"tax", PIECE_MONEY, offsetof(struct minor_money, tax), SWIFT_TAXES, true},
    {"tax_recoverable", PIECE_MONEY, offsetof(struct minor_money, recoverable), SWIFT_TAXES, true},
    {"withheld_tax", PIECE_MONEY, offsetof(struct minor_money, withheld), SWIFT_TAXES, true},
    {"fees", PIECE_MONEY, offsetof(struct minor_money, fees), SWIFT_COSTS, true},
    {"other_cost", PIECE_MONEY, offsetof(struct minor_money, other), 0, true},
    {"cash_out", PIECE_CASH_OUT, 0, SWIFT_COSTS, true},
    {"cost", PIECE_COST, 0, SWIFT_COSTS, true},
    {"npv", PIECE_NPV, 0, SWIFT_NPV, true},
    {"cost_per_month", PIECE_PER_MONTH, 0, SWIFT_COSTS, true},
    {"rank", PIECE_RANK, 0, SWIFT_NPV, false},
    {"vs_best_pct", PIECE_VS_BEST, 0, SWIFT_NPV, false},
    {"oldest_price", PIECE_OLDEST, 0, 0, false},
    {"notes", PIECE_TEXT, 0, SWIFT_NOTES, false},
};

struct piece {
    enum piece_kind kind;
    size_t at;
    const char *text;
    size_t n;
};

struct record {
    struct piece *v;
    size_t n, bytes; /* bytes: of the texts */
    int list_places;
    struct date day; /* what day_text says */
    char day_text[DATE_TEXT];
};

struct own {
    const struct batch_swift *batch;
    struct arena arena, kept_arena;
    struct kept kept;
    struct swift *swift;
    struct swift_scratch *scratch;
    struct record *records; /* by version */
    struct buf name;        /* of the row's scenario, as a cell */
    int name_column, places;
    struct estimate estimate;
};

/* What the columns chosen need to be known. */
static unsigned wanted_by(const struct batch_format *f)
{
    unsigned wanted = 0;
    if (!f)
        return SWIFT_COSTS | SWIFT_NPV;
    for (size_t i = 0; i < f->n; i++)
        for (size_t k = 0; k < sizeof varying / sizeof *varying; k++)
            if (!strcmp(f->v[i].name, varying[k].column))
                wanted |= varying[k].wanted;
    return wanted;
}

/* ---- making the records */

struct making {
    struct own *own;
    const struct csv_row *row;
    struct record *record;
    struct buf text; /* gathered since the last piece that varies */
};

static void add_piece(struct making *m, enum piece_kind kind, size_t at)
{
    struct record *r = m->record;
    if (m->text.n > 0) {
        const char *text = arena_strndup(&m->own->arena, m->text.v, m->text.n);
        m->text.failed |= !text;
        r->v[r->n++] = (struct piece){.kind = PIECE_TEXT, .text = text, .n = m->text.n};
        r->bytes += m->text.n;
        m->text.n = 0;
    }
    if (kind != PIECE_TEXT)
        r->v[r->n++] = (struct piece){.kind = kind, .at = at};
}

static void add_field(struct making *m, const struct batch_field *f)
{
    const struct site_estimate *e = m->row->site;
    for (size_t k = 0; k < sizeof varying / sizeof *varying; k++) {
        if (strcmp(f->name, varying[k].column) != 0 || varying[k].kind == PIECE_TEXT)
            continue;
        bool known = !varying[k].totals || (e->has_totals && (varying[k].kind != PIECE_LIST || e->has_list));
        if (known)
            add_piece(m, varying[k].kind, varying[k].at);
        return;
    }
    if (f->column) /* row_error of a row that is done is empty */
        f->column->put(&m->text, m->row, f->column->at);
}

static int make_record(struct own *o, const struct estimate *e, const struct site_estimate *site, struct record *out,
                       struct err *err)
{
    const struct batch_format *f = o->batch->format;
    struct csv_row row = {.e = e, .site = site, .money = site->has_totals ? &site->m : NULL};
    struct making m = {.own = o, .row = &row, .record = out};
    out->day = DATE_NONE;
    out->list_places = site->has_list ? currency_places(e->rules, site->list_currency) : 2;
    out->v = arena_array(&o->arena, 2 * f->n + 2, sizeof *out->v);
    for (size_t i = 0; i < f->n && out->v; i++) {
        if (i > 0)
            buf_putc(&m.text, ',');
        add_field(&m, &f->v[i]);
    }
    buf_putc(&m.text, '\n');
    if (out->v)
        add_piece(&m, PIECE_TEXT, 0);
    bool failed = !out->v || m.text.failed;
    buf_free(&m.text);
    return failed ? err_nomem(err) : 0;
}

static int make_records(struct own *o, const struct rules *rules, struct err *err)
{
    size_t n = swift_versions(o->swift);
    const struct estimate e = {.scenario = swift_scenario(o->swift), .rules = rules, .minor_units = o->places};
    o->records = arena_array(&o->arena, n + 1, sizeof *o->records);
    if (!o->records)
        return err_nomem(err);
    for (size_t i = 0; i < n; i++)
        if (make_record(o, &e, swift_version(o->swift, i), &o->records[i], err))
            return -1;
    return 0;
}

static int find_name(const struct batch_columns *c)
{
    for (size_t i = 0; i < c->n; i++)
        if (batch_names_row(&c->v[i]))
            return (int)i;
    return -1;
}

/* Where rows of these columns are not to be had this way there is no swift, and no row is taken. */
static int make_swift(struct own *o, const struct rules *rules, struct catalogue *catalogue, struct err *err)
{
    const struct batch_swift *b = o->batch;
    o->kept = (struct kept){.catalogue = catalogue, .rules = rules, .arena = &o->kept_arena};
    const struct swift_input in = {.config = b->base,
                                   .rules = rules,
                                   .kept = &o->kept,
                                   .options = b->options,
                                   .columns = b->columns,
                                   .wanted = wanted_by(b->format)};
    if (b->format && b->format->view == VIEW_LINES)
        return 0;
    return swift_make(&o->swift, &in, err);
}

static int make_own(struct own *o, const struct rules *rules, struct catalogue *catalogue, struct err *err)
{
    const struct batch_swift *b = o->batch;
    if (make_swift(o, rules, catalogue, err))
        return -1;
    if (!o->swift)
        return 0;
    o->places = swift_places(o->swift);
    o->name_column = find_name(b->columns);
    if (swift_scratch_make(&o->scratch, o->swift, err) || (b->format && make_records(o, rules, err)))
        return -1;
    o->estimate = (struct estimate){.scenario = swift_scenario(o->swift),
                                    .rules = rules,
                                    .minor_units = o->places,
                                    .nsites = swift_sites(o->swift)};
    o->estimate.sites = arena_array(&o->arena, o->estimate.nsites + 1, sizeof *o->estimate.sites);
    return o->estimate.sites ? 0 : err_nomem(err);
}

static void fast_close(void *own)
{
    struct own *o = own;
    swift_scratch_free(o->scratch);
    swift_free(o->swift);
    buf_free(&o->name);
    arena_free(&o->arena);
    arena_free(&o->kept_arena);
    free(o);
}

static int fast_open(void *ctx, const struct rules *rules, struct catalogue *catalogue, void **own, struct err *err)
{
    struct own *o = calloc(1, sizeof *o);
    if (!o)
        return err_nomem(err);
    o->batch = ctx;
    if (make_own(o, rules, catalogue, err)) {
        fast_close(o);
        return -1;
    }
    *own = o;
    return 0;
}

/* ---- a row */

static bool plain_name(const struct batch_cell *c)
{
    for (size_t i = 0; i < c->n; i++)
        if ((unsigned char)c->text[i] <= ' ' || (unsigned char)c->text[i] >= 0x7f)
            return false;
    return true;
}

/* The scenario's name as a cell; false for one that is looked at the long way. */
static bool name_row(struct own *o, const struct batch_row *row)
{
    const struct batch_cell *c = o->name_column >= 0 ? &row->cells[o->name_column] : NULL;
    const struct batch_column *column = c ? &row->columns->v[o->name_column] : NULL;
    o->name.n = 0;
    if (c && c->n > 0 && !plain_name(c))
        return false;
    if (c && c->n > 0)
        csv_text(&o->name, c->text);
    else if (column && column->kind == BATCH_KEY)
        csv_text(&o->name, swift_scenario(o->swift)->name);
    else
        buf_printf(&o->name, "%" PRIu64, row->number);
    return !o->name.failed;
}

static char *put(char *at, const char *text, size_t n)
{
    memcpy(at, text, n);
    return at + n;
}

/* What is not of every day: rank, shares, days. */
static char *put_rare(const struct own *o, struct record *r, enum piece_kind kind, const struct swift_site *e, char *at)
{
    char text[DEC_TEXT];
    switch (kind) {
    case PIECE_NPV:
        return at + dec_format(e->npv, o->places, at);
    case PIECE_RANK:
        return e->rank > 0 ? at + minor_format(e->rank, 0, at) : at;
    case PIECE_VS_BEST:
        if (!e->has_vs_best)
            return at;
        return put(at, text, dec_format(dec_round(dec_muln(e->vs_best, 100), 1, DEC_HALF_UP), 1, text));
    case PIECE_OLDEST:
        if (r->day.day != e->oldest_price.day) {
            r->day = e->oldest_price;
            date_format(r->day, r->day_text);
        }
        return put(at, r->day_text, strlen(r->day_text));
    default:
        return at;
    }
}

static char *put_piece(const struct own *o, struct record *r, const struct piece *p, const struct swift_site *e,
                       const struct batch_row *row, enum batch_status status, char *at)
{
    const struct minor_money *m = &e->m;
    switch (p->kind) {
    case PIECE_TEXT:
        return put(at, p->text, p->n);
    case PIECE_SCENARIO:
        return put(at, o->name.v, o->name.n);
    case PIECE_LIST:
        return at + minor_format((int64_t)e->list, r->list_places, at);
    case PIECE_MONEY:
        return at + minor_format((int64_t) * (const uint64_t *)((const char *)m + p->at), o->places, at);
    case PIECE_CASH_OUT:
        return at + minor_format((int64_t)(m->net + m->tax + m->withheld + m->fees + m->other), o->places, at);
    case PIECE_COST:
        return at + minor_format(minor_cost(m), o->places, at);
    case PIECE_PER_MONTH: {
        int64_t months = swift_scenario(o->swift)->months, cost = minor_cost(m), half = months / 2;
        return at + minor_format(cost < 0 ? -((-cost + half) / months) : (cost + half) / months, o->places, at);
    }
    case PIECE_ROW:
        return at + minor_format((int64_t)row->number, 0, at);
    case PIECE_STATUS:
        return put(at, batch_status_names[status], strlen(batch_status_names[status]));
    default:
        return put_rare(o, r, p->kind, e, at);
    }
}

/* Room that a record takes at most beside its texts. */
static size_t room_of(const struct own *o, const struct record *r)
{
    return r->bytes + r->n * (o->name.n + DEC_TEXT);
}

static enum batch_status status_of(const struct own *o, const struct swift_site *sites)
{
    bool stale = false;
    for (size_t i = 0; i < swift_sites(o->swift); i++) {
        if (sites[i].site->status == SITE_INCOMPLETE)
            return BATCH_INCOMPLETE;
        stale |= sites[i].site->status == SITE_STALE;
    }
    return stale && !o->batch->options->allow_stale ? BATCH_STALE : BATCH_DONE;
}

static int fast_write(void *own, const struct batch_row *row, enum batch_status *status, struct buf *out,
                      struct err *err)
{
    struct own *o = own;
    const struct swift_site *sites;
    int got = o->swift && row->cells && name_row(o, row) ? swift_row(o->swift, o->scratch, row, &sites, err) : 0;
    if (got != 1)
        return got;
    *status = status_of(o, sites);
    for (size_t i = 0; i < swift_sites(o->swift); i++) {
        struct record *r = &o->records[sites[i].version];
        if (!buf_reserve(out, room_of(o, r)))
            return err_nomem(err);
        char *at = out->v + out->n;
        for (size_t k = 0; k < r->n; k++)
            at = put_piece(o, r, &r->v[k], &sites[i], row, *status, at);
        out->n = (size_t)(at - out->v);
    }
    out->v[out->n] = '\0';
    return 1;
}

static dec_t amount(uint64_t minor, int places)
{
    return dec_of((int64_t)minor, places);
}

/* The site as an estimate has it, but for its lines, which are the base's. */
static void fill_site(const struct own *o, const struct swift_site *e, int list_places, struct site_estimate *out)
{
    int places = o->places;
    *out = *e->site;
    out->list = amount(e->list, list_places);
    out->m = (struct money){.net = amount(e->m.net, places),
                            .tax = amount(e->m.tax, places),
                            .recoverable = amount(e->m.recoverable, places),
                            .withheld = amount(e->m.withheld, places),
                            .fees = amount(e->m.fees, places),
                            .other = amount(e->m.other, places)};
    money_close(&out->m);
    out->cost_per_month = dec_div_round(out->m.cost, dec_int64(swift_scenario(o->swift)->months), places, DEC_HALF_UP);
    out->npv = e->npv;
    out->rank = e->rank;
    out->has_vs_best = e->has_vs_best;
    out->vs_best = e->vs_best;
    out->oldest_price = e->oldest_price;
}

static int fast_row(void *own, const struct batch_row *row, const struct estimate **e, struct err *err)
{
    struct own *o = own;
    const struct swift_site *sites;
    int got = o->swift && row->cells ? swift_row(o->swift, o->scratch, row, &sites, err) : 0;
    for (size_t i = 0; got == 1 && i < o->estimate.nsites; i++)
        fill_site(o, &sites[i], swift_list_places(o->swift, i), &o->estimate.sites[i]);
    *e = &o->estimate;
    return got;
}

const struct batch_fast batch_swift_fast = {
    .open = fast_open,
    .row = fast_row,
    .write = fast_write,
    .close = fast_close,
};
