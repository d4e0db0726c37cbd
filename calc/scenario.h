/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A scenario: what a configuration file asks, checked and typed. Everything in it lives in its
 * arena. Made by config.c; read by everything else; never changed after that.
 */
#ifndef TCO_SCENARIO_H
#define TCO_SCENARIO_H

#include "calc/arena.h"
#include "calc/date.h"
#include "calc/decimal.h"
#include "models/distribution.h"
#include "models/draws.h"

#include <stdbool.h>
#include <stddef.h>

enum { MONTHS_MAX = 600, CURRENCY_TEXT = 4 };

/* What a key allows: "over 0 to 744", "1 to 600". */
struct value_range {
    dec_t low, high;
    bool open; /* low itself is out of it */
};

/* A number of the configuration that is given as a distribution. Measured as the value itself is: a share, GiB,
 * Mbps, whole units of a currency. Every value that such a number can have lies within the key's range; only a
 * normal or a lognormal one can leave it, and its draws are set to the nearest end of the range. */
struct uncertain {
    const char *section, *key; /* "compute web", "growth" */
    const char *text;          /* as written */
    int resource, cost;        /* index in the scenario's resources, costs; -1 */
    int line;                  /* as of a struct ini_entry: below 0 when it is not from the file */
    bool share;                /* written in per cent */
    struct distribution is;
    dec_t mean;
    struct value_range range; /* of the key */
};

/* A number of the configuration. A distribution is VALUE_FIXED too: what computes with one number takes its mean. */
enum value_kind { VALUE_NONE, VALUE_FIXED };
struct value {
    enum value_kind kind; /* VALUE_NONE: not given */
    dec_t fixed;
    const struct uncertain *uncertain; /* NULL: the number is certain */
};

/* [risk]: what a simulation draws besides the uncertain values. */
enum risk_fx { RISK_FX_NONE, RISK_FX_VOLATILITY, RISK_FX_HISTORY };
struct risk {
    int line; /* of the section, 0 when it is not in the file: then every default holds */
    struct risk_rates {
        enum risk_fx kind;
        dec_t volatility; /* per year, a share; of RISK_FX_VOLATILITY */
        int years;        /* of RISK_FX_HISTORY */
    } fx;
    struct value price_change; /* of list prices, per year; VALUE_NONE: they stay */
    int64_t seed, paths;
    enum draws_method method;
};

enum resource_kind {
#define KIND(id, name, service, choose, time, faces, class_default) KIND_##id,
#include "calc/kinds.def"
#undef KIND
    KIND_COUNT
};

enum choose { CHOOSE_SHAPE, CHOOSE_CLASS };
enum usage_time { TIME_RUNS, TIME_FLOW };
struct kind_info {
    const char *name, *service;
    enum choose choose;
    enum usage_time time;
    bool is_public; /* having one makes the workload face the public */
    const char *class_default;
};
extern const struct kind_info kind_table[KIND_COUNT]; /* scenario.c */

enum charge_kind { CHARGE_ON_DEMAND, CHARGE_PREPAID, CHARGE_RESERVED, CHARGE_SAVINGS_PLAN, CHARGE_SPOT, CHARGE_BEST };
extern const char *const charge_names[]; /* "on-demand", "prepaid", "reserved", "savings-plan", "spot", "best" */

/* How a resource is bought. months is 0 for on-demand and best; offering is "" when none is named;
 * "unnamed" asks for the price that carries no offering. */
struct charge_choice {
    enum charge_kind kind;
    int months;
    const char *offering;
};

/* One entry of a list of sites: `site` or `site@buyer`; buyer "" means any (in `sites =` of a
 * resource or cost) or the default buyer (in [compare] sites). */
struct quote;
struct site_ref {
    const char *site, *buyer;
    const struct quote *quote; /* priced by this received quote; NULL: by the price list */
};

struct amount {
    dec_t value;
    char currency[CURRENCY_TEXT];
};

enum invoice { INVOICE_SPECIAL, INVOICE_ORDINARY };
enum bearer { BORNE_BY_BUYER, BORNE_BY_SUPPLIER };

struct buyer {
    const char *name; /* "" for the default buyer */
    char country[3];  /* ISO 3166 */
    const char *vat;  /* general, small-scale, registered, unregistered */
    enum invoice invoice;
    struct value taxable_use; /* 0..1 */
    struct value wht;         /* 0..1 */
    enum bearer taxes_borne_by;
    struct value tax_rate;  /* VALUE_NONE: from the rules */
    struct value surcharge; /* 0..1 */
    int line;               /* of the section, 0 when there is none */
};

struct budget_rate { /* to per from, as written */
    char from[CURRENCY_TEXT], to[CURRENCY_TEXT];
    dec_t rate;
    int line;
};

/* A length of time: days and months are added separately (months first). */
struct duration {
    int months, days;
    bool given;
};

struct payment { /* one [payment] or [payment SITE] section; site "" is the general one */
    const char *site;
    const char *method;             /* "" when not given */
    struct value fee;               /* share of the amount, VALUE_NONE: from rules */
    const char *settlement;         /* currency, "" when the price currency */
    struct value settlement_rate;   /* settlement currency per price currency */
    struct amount invoice_handling; /* currency "" when not given */
    int line;
};

/* [commit SITE]: so much is spent in each contract year of twelve months, the first of which begins with the
 * horizon, for a discount on all of the site's resources. */
enum commit_year { YEAR_WHOLE, YEAR_PRO_RATA };
struct spend_contract {
    const char *site;
    struct amount amount; /* a contract year */
    struct value discount;
    enum commit_year last_year; /* what a year that the horizon cuts short owes */
    int line;
};

struct region_choice {
    const char *site, *region;
    int line;
};
struct discount {
    const char *site;
    int kind; /* enum resource_kind, or -1 for every kind */
    struct value rate;
    int line;
};
struct pin {
    const char *site, *sku;
    int line;
};

struct growth {
    struct value rate;
    bool per_year;
};

/* How many there are in each month of the horizon, from a file. */
struct profile {
    const char *file;
    const dec_t *counts; /* [months] */
};

enum arch { ARCH_AMD64, ARCH_ARM64, ARCH_ANY };

struct resource {
    enum resource_kind kind;
    const char *name;  /* the section's second word */
    const char *label; /* what outputs call the line: name, or "kind name" where two kinds share the name */
    int line;          /* of the section */
    int repeats;       /* further lines it stands for, the same but for their names: those of an inventory; else 0 */
    struct value count;
    struct growth growth;
    const struct profile *profile; /* how many there are in each month; count is then that of the first. NULL: none */
    const struct site_ref *sites;  /* nsites 0: all */
    size_t nsites;
    struct value vat_rate; /* VALUE_NONE: from rules */
    const struct pin *pins;
    size_t npins;
    struct charge_choice charge;
    /* compute, database */
    struct value vcpu, memory; /* memory in GiB */
    enum arch arch;
    const char *os;
    const char *class_; /* "" = any; of storage and the like: kind_table's default when not given */
    bool burstable, metal, legacy;
    struct value gpu;   /* VALUE_NONE: none wanted; 0: any GPU; n: at least n */
    struct value hours; /* VALUE_NONE: project hours */
    /* storage (GiB), egress (GiB), bandwidth (Mbps), requests, LCU ... */
    struct value size;  /* size, volume, rate or quantity of one item, in the base unit of the kind */
    const char *engine; /* database */
    bool ha;
    /* Of what a bill says was used: so many of what `count` counts (hours, or GiB of disks of one size) are one item for
     * a month. 0: count is of items. Only where the horizon is one month. */
    dec_t parts;
    bool running; /* its items have the steps of a ladder over their life behind them */
};

enum cost_when { WHEN_ONCE, WHEN_MONTHLY, WHEN_YEARLY };
enum { COST_IF_MAINLAND = 1, COST_IF_ABROAD = 2, COST_IF_PUBLIC = 4 };
struct cost {
    const char *name, *label;
    int line;
    struct amount amount;
    enum cost_when when;
    int month; /* 1-based first month */
    const struct site_ref *sites;
    size_t nsites;
    unsigned conditions; /* COST_IF_*, all must hold */
    struct value vat_rate;
    const struct uncertain *uncertain; /* of the amount, whose value is then its mean; NULL: it is certain */
};

struct name_list {
    const char *const *v;
    size_t n;
};

struct network {                   /* [network] */
    const char *ca_bundle, *proxy; /* "" when not given */
    int retries, stall;            /* stall: seconds */
    struct value backoff;          /* seconds */
};

struct fetch_address {
    const char *site; /* "": of every site */
    const char *url;
    int line;
};
struct fetch_settings { /* one [fetch SOURCE] */
    const char *source;
    int line;
    const struct fetch_address *addresses;
    size_t naddresses;
    int per_minute;                 /* 0: the source's own */
    struct name_list regions, skus; /* n 0: all */
    struct value factor;
    const char *key_file, *key_command, *file, *site, *currency; /* "" when not given */
};

struct variant { /* a [scenario NAME] */
    const char *name;
    const char *text; /* "compute web.count = 9, fx.USD/CNY = 6.8" */
    int line;
};

/* A [plan NAME]: the resources bought from several offers. */
struct split_part {
    const char *resource; /* as written: its label, or "compute web" */
    struct site_ref offer;
};
struct split {
    const char *name;
    const struct split_part *parts; /* as written */
    size_t nparts;
    const struct site_ref *where; /* by resource of the scenario */
};

struct quote_terms;

struct scenario {
    struct arena arena;
    const char *file; /* as the user named it */
    const char *name;
    struct month start;
    int months;
    char currency[CURRENCY_TEXT];
    struct value discount_rate; /* per year, effective */
    struct date as_of;
    struct value hours; /* in a month */

    const struct buyer *buyers; /* buyers[0] is the default buyer */
    size_t nbuyers;

    const char *fx_source; /* "ecb", "cfets" */
    struct duration fx_max_age;
    struct value fx_spread;
    const struct budget_rate *rates;
    size_t nrates;

    struct duration price_max_age;
    const char *price_pack; /* a pack directory to price from alone, "" when none */

    const struct payment *payments;
    size_t npayments;

    const struct site_ref *sites; /* what is compared; never empty, buyer resolved to a name ("" default) */
    size_t nsites;
    const char *city; /* "" when not given */
    const struct region_choice *regions;
    size_t nregions;
    const struct discount *discounts;
    size_t ndiscounts;

    int max_providers; /* of the search for the best of breed; 0: there is none */
    const struct split *splits;
    size_t nsplits;
    struct amount upfront_cap; /* currency "" when not given, else the budget currency */
    const struct spend_contract *commits;
    size_t ncommits;
    bool no_shortfall; /* less than a contract year is looked at: only the discounts of the contracts count */

    const struct resource *resources;
    size_t nresources;
    const struct cost *costs;
    size_t ncosts;

    struct network network;
    const struct fetch_settings *fetches;
    size_t nfetches;
    const struct quote_terms *quotes; /* fetchers/quote.h: one [quote NAME] each */
    size_t nquotes;

    struct risk risk;
    const struct variant *variants; /* the [scenario NAME] sections of the file */
    size_t nvariants;
    const struct uncertain *const *uncertain; /* every value that is a distribution, in the order of the file */
    size_t nuncertain;

    /* every key as it took effect, in the order of the key table, for the JSON estimate */
    const struct setting {
        const char *section, *key, *value, *origin; /* origin: "config.ini:14", "--set", "default" */
    } * settings;
    size_t nsettings;
};

void scenario_free(struct scenario *s);

/* Looks at the scenario. Borrowed pointers into it. */
const struct buyer *scenario_buyer(const struct scenario *s, const char *name); /* NULL when unknown */
const char *scenario_region(const struct scenario *s, const char *site);        /* NULL when not given */
dec_t scenario_discount(const struct scenario *s, const char *site,
                        int kind); /* the kind's, else the site's or its contract's, else 0 */
const struct spend_contract *scenario_commit(const struct scenario *s, const char *site); /* NULL: none */
const struct payment *scenario_payment(const struct scenario *s, const char *site); /* "" = the general one; NULL */
/* How a site is paid: its own [payment SITE] laid over the general [payment], key by key; a fee goes
 * with its method. method "" when neither names one. */
struct payment scenario_paying(const struct scenario *s, const char *site);
const char *resource_pin(const struct resource *r, const char *site); /* NULL when not pinned */
/* Does a `sites =` list (empty = all) take this site and buyer? */
bool sites_take(const struct site_ref *list, size_t n, const char *site, const char *buyer);

#endif
