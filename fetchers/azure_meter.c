/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fetchers/azure_meter.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct azure_found {
    struct fetch_price p;
    const char *ladder; /* the key of p but for its tier, interned while delivering */
    int rank;           /* of two meters for the same thing the lower one counts */
};
enum { RANK_OLD_ACCOUNT = 1, RANK_SECOND = 2 };

/* ---- units ---- */

/* What a price is per, once the number in front is taken out of it. */
enum per { PER_HOUR_OF, PER_MONTH_OF, PER_DAY_OF, PER_GB, PER_GB_MONTH, PER_COUNT, PER_UNKNOWN };

static const struct {
    const char *text;
    enum per per;
} pers[] = {
    {"Hour", PER_HOUR_OF},
    {"Hours", PER_HOUR_OF},
    {"/Hour", PER_HOUR_OF},
    {"/Month", PER_MONTH_OF},
    {"/Day", PER_DAY_OF},
    {"GB", PER_GB},
    {"GB/Month", PER_GB_MONTH},
    {"GiB/Month", PER_GB_MONTH},
    {"Month", PER_MONTH_OF},
    {"GB Month", PER_GB_MONTH},
    {"", PER_COUNT},
};

/* "1 GB/Month" -> 1, PER_GB_MONTH; "10K" -> 10000, PER_COUNT; "100 Hours" -> 100, PER_HOUR_OF. */
static enum per read_unit(const char *text, int64_t *number)
{
    int64_t n = 0;

    for (; *text >= '0' && *text <= '9' && n < 1000000; text++)
        n = n * 10 + (*text - '0');
    if (*text == 'K' || *text == 'M')
        n *= *text++ == 'K' ? 1000 : 1000000;
    while (*text == ' ')
        text++;
    *number = n;
    for (size_t i = 0; n > 0 && i < sizeof pers / sizeof *pers; i++)
        if (!strcmp(text, pers[i].text))
            return pers[i].per;
    return PER_UNKNOWN;
}

/* ---- what a meter is ---- */

static bool has(const char *text, const char *part)
{
    return strstr(text, part) != NULL;
}

static bool ends_in(const char *text, const char *end)
{
    size_t n = strlen(text), k = strlen(end);

    return n >= k && !strcmp(text + n - k, end);
}

/* Meters with a name of their own. A product NULL: any of the service. */
static const struct named {
    const char *azure_service, *product, *meter;
    const char *service, *sku;
    enum per per;
    enum unit unit;
} named[] = {
    {"Storage", "Standard HDD Managed Disks", "LRS Snapshots", "snapshot", "Snapshot LRS", PER_GB_MONTH,
     UNIT_GIB_MONTH},
    {"Bandwidth", "Rtn Preference: MGN", "Standard Data Transfer Out", "egress", "Data Transfer Out", PER_GB, UNIT_GB},
    {"Bandwidth", "Bandwidth", "Standard Data Transfer Out", "egress", "Data Transfer Out", PER_GB, UNIT_GB},
    {"Bandwidth", "Bandwidth", "Data Transfer Out", "egress", "Data Transfer Out", PER_GB, UNIT_GB},
    {"NAT Gateway", NULL, "Standard Gateway", "nat", "NAT Gateway", PER_HOUR_OF, UNIT_HOUR},
    {"NAT Gateway", NULL, "Standard Data Processed", "nat", "NAT Gateway data processed", PER_GB, UNIT_GB},
    {"Load Balancer", NULL, "Standard Included LB Rules and Outbound Rules", "load-balancer",
     "Standard Load Balancer first 5 rules", PER_HOUR_OF, UNIT_HOUR},
    {"Load Balancer", NULL, "Standard Overage LB Rules and Outbound Rules", "load-balancer",
     "Standard Load Balancer additional rule", PER_HOUR_OF, UNIT_HOUR},
    {"Load Balancer", NULL, "Standard Data Processed", "load-balancer", "Standard Load Balancer data processed", PER_GB,
     UNIT_GB},
    {"Virtual Network", "IP Addresses", "Standard IPv4 Static Public IP", "public-ip", "Standard IPv4 Static Public IP",
     PER_HOUR_OF, UNIT_HOUR},
    {"Virtual Network", "IP Addresses", "Basic IPv4 Dynamic Public IP", "public-ip", "Basic IPv4 Dynamic Public IP",
     PER_HOUR_OF, UNIT_HOUR},
};

/* A meter being taken in: what it is, step by step; `reason` is set as soon as it is none of ours. */
struct reading {
    const struct azure_meter *m;
    struct azure_meters *all;
    struct fetch_price p;
    enum per per;
    int64_t number; /* in front of the unit */
    const char *reason;
};

static void pass(struct reading *r, const char *reason)
{
    if (r->reason == NULL)
        r->reason = reason;
}

/* What no buyer of machines, disks or traffic pays on demand. */
static const char *set_aside(const struct azure_meter *m)
{
    if (!strcmp(m->type, "DevTestConsumption"))
        return "price for development and test only";
    if (has(m->sku, "Spot") || has(m->meter, "Spot"))
        return "spot price";
    if (has(m->sku, "Low Priority") || has(m->meter, "Low Priority"))
        return "low-priority price";
    if (has(m->product, "CloudServices") || has(m->product, "Cloud Services"))
        return "machine of Cloud Services (classic)";
    if (has(m->product, "Dedicated Host") || has(m->product, "DedicatedHost"))
        return "dedicated host";
    if (has(m->sku, "Expired") || has(m->meter, "Expired"))
        return "expired meter";
    return NULL;
}

static int term_months(const char *term)
{
    static const struct {
        const char *text;
        int months;
    } terms[] = {{"1 Year", 12}, {"3 Years", 36}, {"5 Years", 60}};

    for (size_t i = 0; i < sizeof terms / sizeof *terms; i++)
        if (!strcmp(term, terms[i].text))
            return terms[i].months;
    return 0;
}

/* A reservation's price is that of the whole term, though its unit says "1 Hour". */
static void read_commitment(struct reading *r)
{
    bool reserved = !strcmp(r->m->type, "Reservation");

    r->p.term_months = term_months(r->m->term);
    r->p.charge = reserved ? CHARGE_RESERVED : CHARGE_SAVINGS_PLAN;
    r->p.offering = reserved ? "all-upfront" : "";
    r->p.unit = reserved ? UNIT_TERM : UNIT_HOUR;
    if (r->p.term_months == 0)
        pass(r, "commitment of an unknown term");
}

static void read_machine(struct reading *r)
{
    const struct azure_meter *m = r->m;

    r->p.service = "compute";
    r->p.sku = m->arm_sku;
    r->p.os = ends_in(m->product, "Windows") ? "windows" : "linux";
    r->p.unit = UNIT_HOUR;
    if (strcmp(m->type, "Consumption") != 0)
        read_commitment(r);
    if (*m->arm_sku == '\0')
        pass(r, "machine without the name of a size");
    if (r->per != PER_HOUR_OF)
        pass(r, "machine not priced by the hour");
}

/* "P10 LRS Disk", or "P10 Disks" of the SKU "P10 LRS": a disk of a given size. */
static void read_disk(struct reading *r)
{
    const struct azure_meter *m = r->m;
    size_t n = 1 + strspn(m->meter + (m->meter[0] != '\0'), "0123456789");
    bool is_disk = m->meter[0] != '\0' && strchr("PES", m->meter[0]) != NULL && n > 1 && m->meter[n] == ' ' &&
                   (ends_in(m->meter, " Disk") || ends_in(m->meter, " Disks"));
    bool zrs = has(m->meter, "ZRS") || has(m->sku, "ZRS");

    r->p.service = "block-storage";
    r->p.unit = UNIT_DISK_MONTH;
    if (!is_disk)
        pass(r, "part of a disk's bill other than its size");
    else if (r->per != PER_MONTH_OF)
        pass(r, "disk not priced by the month");
    else
        r->p.sku = arena_printf(&r->all->arena, "%.*s%s", (int)n, m->meter, zrs ? " ZRS" : "");
}

static void read_requests(struct reading *r)
{
    r->p.service = "requests";
    r->p.sku = r->m->meter;
    if (r->per != PER_COUNT)
        pass(r, "operations not priced by number");
    r->p.unit = UNIT_REQUEST;
    for (int u = UNIT_REQUESTS_10K; u <= UNIT_REQUESTS_1M; u++)
        if (r->number == unit_table[u].divisor) {
            r->p.unit = (enum unit)u;
            r->number = 1;
        }
}

static void read_blob(struct reading *r)
{
    static const char stored[] = " Data Stored", retrieved[] = " Data Retrieval";
    const struct azure_meter *m = r->m;

    r->p.service = "object-storage";
    if (ends_in(m->meter, " Operations")) {
        read_requests(r);
    } else if (ends_in(m->meter, stored)) {
        r->p.unit = UNIT_GB_MONTH;
        r->p.sku = arena_strndup(&r->all->arena, m->meter, strlen(m->meter) - (sizeof stored - 1));
        if (r->per != PER_GB_MONTH)
            pass(r, "storage not priced by GB and month");
    } else if (ends_in(m->meter, retrieved)) {
        r->p.unit = UNIT_GB;
        r->p.sku = m->meter;
        if (r->per != PER_GB)
            pass(r, "retrieval not priced by GB");
    } else {
        pass(r, "part of the bill of object storage that is not read");
    }
}

static const struct named *find_named(const struct azure_meter *m)
{
    for (size_t i = 0; i < sizeof named / sizeof *named; i++)
        if (!strcmp(m->service, named[i].azure_service) && !strcmp(m->meter, named[i].meter) &&
            (named[i].product == NULL || !strcmp(m->product, named[i].product)))
            return &named[i];
    return NULL;
}

static void read_named(struct reading *r, const struct named *n)
{
    r->p.service = n->service;
    r->p.sku = n->sku;
    r->p.unit = n->unit;
    if (r->per != n->per)
        pass(r, "meter with another unit than known");
}

static void classify(struct reading *r)
{
    const struct azure_meter *m = r->m;
    const struct named *n = find_named(m);
    bool on_demand = !strcmp(m->type, "Consumption");
    bool committed = !strcmp(m->type, "Reservation") || !strcmp(m->type, "SavingsPlanConsumption");

    pass(r, set_aside(m));
    if (!on_demand && !committed)
        pass(r, "unknown type of price");
    else if (!strcmp(m->service, "Virtual Machines"))
        read_machine(r);
    else if (committed)
        pass(r, "commitment for another thing than a machine");
    else if (n != NULL)
        read_named(r, n);
    else if (!strcmp(m->service, "Storage") && ends_in(m->product, " Managed Disks"))
        read_disk(r);
    else if (!strcmp(m->service, "Storage") &&
             (!strcmp(m->product, "General Block Blob v2") || !strcmp(m->product, "Blob Storage")))
        read_blob(r);
    else
        pass(r, "product that is not read");
}

/* ---- when and how much ---- */

/* Texts of ISO dates compare like the days. The sheets write other forms too: those do not tell. */
static bool is_iso(const char *text)
{
    struct date day;

    return strlen(text) >= 10 && date_parse(text, 10, &day);
}

static void check_time(struct reading *r)
{
    char today[DATE_TEXT];

    date_format(r->all->day, today);
    if (is_iso(r->m->starts) && strncmp(r->m->starts, today, 10) > 0)
        pass(r, "price that does not hold yet");
    if (is_iso(r->m->ends) && strncmp(r->m->ends, today, 10) < 0)
        pass(r, "price that holds no longer");
}

static void divide(struct reading *r)
{
    if (r->per == PER_UNKNOWN)
        pass(r, "unknown unit");
    if (r->reason != NULL || r->p.unit == UNIT_TERM)
        return;
    r->p.price = dec_div(r->p.price, dec_int64(r->number), DEC_EXACT);
    if (dec_bad(r->p.price))
        pass(r, "price with too many decimals");
}

/* A binary fraction written out to its last digit is no published price; what is no number at all is a fault
 * of the answer. */
static int read_amounts(struct reading *r, struct err *err)
{
    const struct azure_meter *m = r->m;

    if (*m->tier_from != '\0' && fetch_amount(m->tier_from, strlen(m->tier_from), &r->p.tier_from, err) != 0)
        return err_prefix(err, "%s: tierMinimumUnits", m->meter);
    if (fetch_amount(m->price, strlen(m->price), &r->p.price, err) == 0)
        return 0;
    if (strstr(err->text, "more than 12 decimals") == NULL)
        return err_prefix(err, "%s: unitPrice", m->meter);
    pass(r, "price with too many decimals");
    return 0;
}

/* ---- where ---- */

/* Zones that traffic of several regions is priced for. */
static const struct {
    const char *zone;
    const char *regions[5];
} zones[] = {
    {"CN Zone 1", {"chinaeast", "chinaeast3", "chinanorth", "chinanorth3", NULL}},
    {"CN Zone 2", {"chinaeast2", "chinanorth2", NULL}},
};

static bool asked_for(const struct fetch_job *job, const char *region)
{
    for (size_t i = 0; i < job->nregions; i++)
        if (!strcmp(job->regions[i], region))
            return true;
    return false;
}

/* Storage accounts of the older kind have meters of their own for the same blobs. */
static int rank_of(const struct azure_meter *m)
{
    return (m->primary ? 0 : RANK_SECOND) + (!strcmp(m->product, "Blob Storage") ? RANK_OLD_ACCOUNT : 0);
}

static int keep(struct azure_meters *all, const struct fetch_price *p, const char *region, int rank, struct err *err)
{
    if (all->n == all->cap) {
        size_t cap = all->cap == 0 ? 256 : 2 * all->cap;
        struct azure_found *v = realloc(all->v, cap * sizeof *v);
        if (v == NULL)
            return err_nomem(err);
        all->v = v;
        all->cap = cap;
    }
    struct azure_found *f = &all->v[all->n];
    *f = (struct azure_found){.p = *p, .rank = rank};
    f->p.region = arena_strdup(&all->arena, region);
    f->p.sku = arena_strdup(&all->arena, p->sku);
    if (f->p.region == NULL || f->p.sku == NULL)
        return err_nomem(err);
    all->n++;
    return 0;
}

static int skip_place(struct harvest *h, const char *what, const char *region, struct err *err)
{
    char reason[96];

    snprintf(reason, sizeof reason, "%s %.60s", what, region);
    return harvest_skip(h, reason, 1, err);
}

static int keep_zone(struct reading *r, struct harvest *h, struct err *err)
{
    for (size_t z = 0; z < sizeof zones / sizeof *zones; z++) {
        if (strcmp(r->m->region, zones[z].zone) != 0)
            continue;
        for (const char *const *region = zones[z].regions; *region != NULL; region++)
            if (asked_for(r->all->job, *region) && keep(r->all, &r->p, *region, rank_of(r->m), err) != 0)
                return -1;
        return 0;
    }
    return *r->m->region == '\0' ? harvest_skip(h, "no region", 1, err)
                                 : skip_place(h, "unknown region", r->m->region, err);
}

static int keep_place(struct reading *r, struct harvest *h, struct err *err)
{
    const struct fetch_job *job = r->all->job;

    if (asked_for(job, r->m->region))
        return keep(r->all, &r->p, r->m->region, rank_of(r->m), err);
    if (rules_region(job->rules, job->site, r->m->region) != NULL)
        return harvest_skip(h, "region that was not asked for", 1, err);
    if (!strcmp(r->p.service, "egress"))
        return keep_zone(r, h, err);
    return *r->m->region == '\0' ? harvest_skip(h, "no region", 1, err)
                                 : skip_place(h, "unknown region", r->m->region, err);
}

int azure_meters_add(struct azure_meters *all, const struct azure_meter *m, struct harvest *h, struct err *err)
{
    struct reading r = {
        .m = m,
        .all = all,
        .p = {.os = "", .charge = CHARGE_ON_DEMAND, .offering = "", .basis = BASIS_EXCL, .as_of = all->day},
    };

    if (strcmp(m->currency, all->currency) != 0)
        return err_set(err, ERR_FETCH, "'%s' is priced in '%s' (asked for: %s)", m->meter, m->currency, all->currency);
    r.p.currency = all->currency;
    r.per = read_unit(m->unit, &r.number);
    if (read_amounts(&r, err) != 0)
        return -1;
    classify(&r);
    check_time(&r);
    divide(&r);
    if (r.reason != NULL)
        return harvest_skip(h, r.reason, 1, err);
    if (r.p.sku == NULL)
        return err_nomem(err);
    return keep_place(&r, h, err);
}

/* ---- handing over ---- */

/* What is known of a ladder, as bits of its number. That of one of its tiers has a bit for each rank seen. */
enum { HAS_START = 1, HAS_MORE = 2, HAS_ZERO_ABOVE = 4 };

struct delivery {
    struct azure_meters *all;
    struct arena arena;
    struct intern keys;
    size_t n;
};

static int *bits_of(struct delivery *d, const char *ladder, const dec_t *tier)
{
    char text[DEC_TEXT] = "";

    if (tier == NULL)
        return intern_number(&d->keys, ladder, strlen(ladder));
    dec_format(*tier, 0, text);
    const char *key = arena_printf(&d->arena, "%s|%s", ladder, text);
    return key != NULL ? intern_number(&d->keys, key, strlen(key)) : NULL;
}

/* A first look at every row: which ladders there are, and which meters there are for their tiers. */
static int note(struct delivery *d, struct azure_found *f, struct err *err)
{
    const struct fetch_price *p = &f->p;
    const char *key = arena_printf(&d->arena, "%s|%s|%s|%s|%d|%s|%d|%d", p->region, p->service, p->sku, p->os,
                                   (int)p->charge, p->offering, p->term_months, (int)p->unit);

    f->ladder = key != NULL ? intern(&d->keys, key, strlen(key)) : NULL;
    int *bits = f->ladder != NULL ? bits_of(d, f->ladder, NULL) : NULL;
    if (bits == NULL)
        return err_nomem(err);
    bool start = dec_sign(p->tier_from) == 0, zero = dec_sign(p->price) == 0;
    *bits |= start ? HAS_START : HAS_MORE;
    *bits |= !start && zero ? HAS_ZERO_ABOVE : 0;
    bits = bits_of(d, f->ladder, &p->tier_from);
    if (bits == NULL)
        return err_nomem(err);
    *bits |= 1 << f->rank;
    return 0;
}

/* Why a row is not a price after all; NULL when it is one. A 0 is a free tier only below another one. */
static const char *fault_of(const struct azure_found *f, int ladder, int tier)
{
    if (tier & ((1 << f->rank) - 1))
        return "second meter of a price";
    if (ladder & HAS_ZERO_ABOVE)
        return "tiers with a price of 0 above their start";
    if (!(ladder & HAS_START))
        return "tiers that do not start at 0";
    if (dec_sign(f->p.price) == 0 && !(ladder & HAS_MORE))
        return "price of 0";
    return NULL;
}

/* Of each region and service once. */
static int note_full(struct delivery *d, const struct azure_found *f, struct harvest *h, struct err *err)
{
    const char *key = arena_printf(&d->arena, "#%s|%s", f->p.region, f->p.service);
    int *seen = key != NULL ? intern_number(&d->keys, key, strlen(key)) : NULL;

    if (seen == NULL)
        return err_nomem(err);
    return (*seen)++ == 0 ? harvest_full(h, f->p.region, f->p.service, err) : 0;
}

static int hand_over(struct delivery *d, struct azure_found *f, bool full, struct harvest *h, struct err *err)
{
    int *bits = bits_of(d, f->ladder, NULL);
    int ladder = bits != NULL ? *bits : 0;
    int *tier = bits_of(d, f->ladder, &f->p.tier_from);

    if (bits == NULL || tier == NULL)
        return err_nomem(err);
    const char *fault = fault_of(f, ladder, *tier);
    if (fault != NULL)
        return harvest_skip(h, fault, 1, err);
    f->p.scope = ladder & HAS_MORE ? SCOPE_MONTH : SCOPE_ITEM;
    d->n++;
    if (f->rank >= RANK_SECOND && harvest_remark(h, "price known from second meters only", 1, err) != 0)
        return -1;
    if (harvest_price(h, &f->p, err) != 0)
        return -1;
    return full ? note_full(d, f, h, err) : 0;
}

static int deliver_all(struct delivery *d, bool full, struct harvest *h, struct err *err)
{
    for (size_t i = 0; i < d->all->n; i++)
        if (note(d, &d->all->v[i], err) != 0)
            return -1;
    for (size_t i = 0; i < d->all->n; i++)
        if (hand_over(d, &d->all->v[i], full, h, err) != 0)
            return -1;
    return 0;
}

int azure_meters_deliver(struct azure_meters *all, bool full, size_t *delivered, struct harvest *h, struct err *err)
{
    struct delivery d = {.all = all};

    d.keys.arena = &d.arena;
    int rc = deliver_all(&d, full, h, err);
    intern_free(&d.keys);
    arena_free(&d.arena);
    arena_clear(&all->arena);
    all->n = 0;
    if (delivered != NULL)
        *delivered = d.n;
    return rc;
}

void azure_meters_free(struct azure_meters *all)
{
    arena_free(&all->arena);
    free(all->v);
    all->v = NULL;
    all->n = all->cap = 0;
}
