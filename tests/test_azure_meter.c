/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What a meter of Azure is: one row each. Figures of D2 v3 are those of eastus, 2026-03, others are made up.
 */
#include "tests/support/fetch_case.h"
#include "tests/support/test.h"

#include "fetchers/azure_meter.h"

#include <stdio.h>
#include <string.h>

#define VM "Virtual Machines"
#define DV3 "Virtual Machines Dv3 Series"
#define D2 "Standard_D2_v3"
#define ON "Consumption"

struct run {
    struct harvest *h;
    struct harvested got;
    struct azure_meters all;
    struct fetch_job job;
    struct err err;
    size_t delivered;
};

static void open_run(struct run *r, const char *site, const char *const *regions, size_t n)
{
    *r = (struct run){.job = {.rules = fetch_case_rules(), .site = site, .regions = regions, .nregions = n}};
    assert_true(date_parse("2026-03-12", 10, &r->job.today));
    r->all = (struct azure_meters){
        .job = &r->job, .day = r->job.today, .currency = !strcmp(site, "azure-cn") ? "CNY" : "USD"};
    assert_int_equal(harvest_open(&r->h, "azure", site, "x", r->job.rules, &r->err), 0);
}

static void add(struct run *r, struct azure_meter m)
{
    const char **const texts[] = {&m.region, &m.service, &m.product,  &m.meter,  &m.sku,  &m.arm_sku,  &m.type,
                                  &m.unit,   &m.term,    &m.currency, &m.starts, &m.ends, &m.tier_from};

    if (m.currency == NULL)
        m.currency = r->all.currency;
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        if (*texts[i] == NULL)
            *texts[i] = "";
    if (azure_meters_add(&r->all, &m, r->h, &r->err) != 0)
        fail_msg("%s", r->err.text);
}

static void finish(struct run *r)
{
    if (azure_meters_deliver(&r->all, true, &r->delivered, r->h, &r->err) != 0 ||
        harvest_finish(r->h, &r->got, &r->err) != 0)
        fail_msg("%s", r->err.text);
}

static void close_run(struct run *r)
{
    azure_meters_free(&r->all);
    harvest_free(r->h);
}

static size_t counted(const struct run *r, const char *what)
{
    for (size_t i = 0; i < r->got.ncounts; i++)
        if (!strcmp(r->got.counts[i].what, what))
            return r->got.counts[i].n;
    return 0;
}

static bool has_line(const struct run *r, const char *line)
{
    const struct pack_body *b = &r->got.tables[PACK_PRICES];

    return b->len > 0 && strstr(b->body, line) != NULL;
}

static const char *const eastus[] = {"eastus"};

static void each_meter_is_a_price_or_has_a_reason(void **state)
{
    static const struct {
        struct azure_meter m;
        const char *line; /* of prices.csv from the service on, or NULL */
        const char *reason;
    } rows[] = {
        {{.service = VM,
          .product = DV3,
          .meter = "D2 v3",
          .sku = "D2 v3",
          .arm_sku = D2,
          .type = ON,
          .unit = "1 Hour",
          .price = "0.096"},
         "compute,Standard_D2_v3,linux,on-demand,,,hour,0,,,0.096,USD,excl,",
         NULL},
        {{.service = VM,
          .product = DV3 " Linux",
          .meter = "D2 v3",
          .arm_sku = D2,
          .type = ON,
          .unit = "1 Hour",
          .price = "0.096"},
         "compute,Standard_D2_v3,linux,on-demand,,,hour,0,,,0.096,USD,excl,",
         NULL},
        {{.service = VM,
          .product = DV3 " Windows",
          .meter = "D2 v3",
          .arm_sku = D2,
          .type = ON,
          .unit = "1 Hour",
          .price = "0.188"},
         "compute,Standard_D2_v3,windows,on-demand,,,hour,0,,,0.188,USD,excl,",
         NULL},
        /* Worth as much as the Linux machine, and no price of one. */
        {{.service = VM,
          .product = DV3 " Windows",
          .meter = "D2 v3",
          .arm_sku = D2,
          .type = "DevTestConsumption",
          .unit = "1 Hour",
          .price = "0.096"},
         NULL,
         "price for development and test only"},
        {{.service = VM,
          .product = DV3,
          .meter = "D2 v3 Spot",
          .sku = "D2 v3 Spot",
          .arm_sku = D2,
          .type = ON,
          .unit = "1 Hour",
          .price = "0.0184"},
         NULL,
         "spot price"},
        {{.service = VM,
          .product = DV3,
          .meter = "D2 v3",
          .sku = "D2 v3 Spot",
          .arm_sku = D2,
          .type = ON,
          .unit = "1 Hour",
          .price = "0.0184"},
         NULL,
         "spot price"},
        {{.service = VM,
          .product = DV3,
          .meter = "D2 v3 Low Priority",
          .sku = "D2 v3 Low Priority",
          .arm_sku = D2,
          .type = ON,
          .unit = "1 Hour",
          .price = "0.0192"},
         NULL,
         "low-priority price"},
        {{.service = VM,
          .product = "Dv3 Series CloudServices",
          .meter = "D2 v3",
          .arm_sku = D2,
          .type = ON,
          .unit = "1 Hour",
          .price = "0.2"},
         NULL,
         "machine of Cloud Services (classic)"},
        {{.service = VM,
          .product = "DSv3 Series Dedicated Host",
          .meter = "DSv3 Type1",
          .arm_sku = "DSv3_Type1",
          .type = ON,
          .unit = "1 Hour",
          .price = "4.05"},
         NULL,
         "dedicated host"},
        /* 501 is a year, not an hour. */
        {{.service = VM,
          .product = DV3,
          .meter = "D2 v3",
          .arm_sku = D2,
          .type = "Reservation",
          .term = "1 Year",
          .unit = "1 Hour",
          .price = "501"},
         "compute,Standard_D2_v3,linux,reserved,all-upfront,12,term,0,,,501,USD,excl,",
         NULL},
        {{.service = VM,
          .product = DV3,
          .meter = "D2 v3",
          .arm_sku = D2,
          .type = "Reservation",
          .term = "3 Years",
          .unit = "1 Hour",
          .price = "968.00"},
         "compute,Standard_D2_v3,linux,reserved,all-upfront,36,term,0,,,968,USD,excl,",
         NULL},
        {{.service = VM,
          .product = DV3,
          .meter = "D2 v3",
          .arm_sku = D2,
          .type = "Reservation",
          .term = "",
          .unit = "1 Hour",
          .price = "501"},
         NULL,
         "commitment of an unknown term"},
        {{.service = VM,
          .product = DV3,
          .meter = "D2 v3",
          .arm_sku = D2,
          .type = "SavingsPlanConsumption",
          .term = "3 Years",
          .unit = "1 Hour",
          .price = "0.0441792"},
         "compute,Standard_D2_v3,linux,savings-plan,,36,hour,0,,,0.0441792,USD,excl,",
         NULL},
        {{.service = VM,
          .product = DV3,
          .meter = "D2 v3",
          .arm_sku = D2,
          .type = "Tiered",
          .unit = "1 Hour",
          .price = "1"},
         NULL,
         "unknown type of price"},
        {{.service = VM, .product = DV3, .meter = "D2 v3", .type = ON, .unit = "1 Hour", .price = "0.096"},
         NULL,
         "machine without the name of a size"},
        {{.service = VM, .product = DV3, .meter = "D2 v3", .arm_sku = D2, .type = ON, .unit = "1 GB", .price = "0.1"},
         NULL,
         "machine not priced by the hour"},
        {{.service = VM, .product = DV3, .meter = "D2 v3", .arm_sku = D2, .type = ON, .unit = "1 Hour", .price = "0"},
         NULL,
         "price of 0"},
        {{.service = VM,
          .product = DV3,
          .meter = "D2 v3",
          .arm_sku = D2,
          .type = ON,
          .unit = "1 Hour",
          .price = "0.096",
          .starts = "2026-03-13T00:00:00Z"},
         NULL,
         "price that does not hold yet"},
        {{.service = VM,
          .product = DV3,
          .meter = "D2 v3",
          .arm_sku = D2,
          .type = ON,
          .unit = "1 Hour",
          .price = "0.096",
          .starts = "2026-03-12T00:00:00Z",
          .ends = "2026-03-12T23:59:59Z"},
         "compute,Standard_D2_v3,linux,on-demand,,,hour,0,,,0.096,USD,excl,",
         NULL},
        {{.service = VM,
          .product = DV3,
          .meter = "D2 v3",
          .arm_sku = D2,
          .type = ON,
          .unit = "1 Hour",
          .price = "0.096",
          .ends = "2026-03-11T23:59:59Z"},
         NULL,
         "price that holds no longer"},
        /* The number in front of a unit is divided out: 100 hours for 9.6 are 0.096 each. */
        {{.service = VM,
          .product = DV3,
          .meter = "D2 v3",
          .arm_sku = D2,
          .type = ON,
          .unit = "100 Hours",
          .price = "9.6"},
         "compute,Standard_D2_v3,linux,on-demand,,,hour,0,,,0.096,USD,excl,",
         NULL},
        {{.service = VM,
          .product = DV3,
          .meter = "D2 v3",
          .arm_sku = D2,
          .type = ON,
          .unit = "0 Hours",
          .price = "9.6"},
         NULL,
         "machine not priced by the hour"},
        {{.service = VM,
          .product = DV3,
          .meter = "D2 v3",
          .arm_sku = D2,
          .type = ON,
          .unit = "1 Hour",
          .price = "0.09600000000000000088"},
         NULL,
         "price with too many decimals"},
        {{.service = VM,
          .product = DV3,
          .meter = "D2 v3",
          .arm_sku = D2,
          .type = ON,
          .unit = "1 Hour",
          .price = "9.6e-02"},
         "compute,Standard_D2_v3,linux,on-demand,,,hour,0,,,0.096,USD,excl,",
         NULL},
        /* Disks by their size; what else is on their bill is not read. */
        {{.service = "Storage",
          .product = "Premium SSD Managed Disks",
          .meter = "P10 LRS Disk",
          .sku = "P10 LRS",
          .type = ON,
          .unit = "1/Month",
          .price = "19.71"},
         "block-storage,P10,,on-demand,,,disk-month,0,,,19.71,USD,excl,",
         NULL},
        {{.service = "Storage",
          .product = "Premium SSD Managed Disks",
          .meter = "P10 Disks",
          .sku = "P10 ZRS",
          .type = ON,
          .unit = "1/Month",
          .price = "29.57"},
         "block-storage,P10 ZRS,,on-demand,,,disk-month,0,,,29.57,USD,excl,",
         NULL},
        {{.service = "Storage",
          .product = "Premium SSD Managed Disks",
          .meter = "P10 LRS Disk Mount",
          .sku = "P10 LRS",
          .type = ON,
          .unit = "1/Month",
          .price = "1.08"},
         NULL,
         "part of a disk's bill other than its size"},
        {{.service = "Storage",
          .product = "Standard SSD Managed Disks",
          .meter = "E10 LRS Disk Operations",
          .sku = "E10 LRS",
          .type = ON,
          .unit = "10K",
          .price = "0.002"},
         NULL,
         "part of a disk's bill other than its size"},
        {{.service = "Storage",
          .product = "Standard SSD Managed Disks",
          .meter = "",
          .type = ON,
          .unit = "1/Month",
          .price = "1"},
         NULL,
         "part of a disk's bill other than its size"},
        {{.service = "Storage",
          .product = "Premium SSD Managed Disks",
          .meter = "P30 LRS Disk",
          .sku = "P30 LRS",
          .type = "Reservation",
          .term = "1 Year",
          .unit = "1/Month",
          .price = "1400"},
         NULL,
         "commitment for another thing than a machine"},
        {{.service = "Storage",
          .product = "Standard HDD Managed Disks",
          .meter = "LRS Snapshots",
          .sku = "Snapshots LRS",
          .type = ON,
          .unit = "1 GB/Month",
          .price = "0.05"},
         "snapshot,Snapshot LRS,,on-demand,,,GiB-month,0,,,0.05,USD,excl,",
         NULL},
        /* Blobs. */
        {{.service = "Storage",
          .product = "Blob Storage",
          .meter = "Hot Read Operations",
          .sku = "Hot",
          .type = ON,
          .unit = "10K",
          .price = "0.004"},
         "requests,Hot Read Operations,,on-demand,,,10k-requests,0,,,0.004,USD,excl,",
         NULL},
        {{.service = "Storage",
          .product = "General Block Blob v2",
          .meter = "Hot Read Operations",
          .sku = "Hot",
          .type = ON,
          .unit = "1M",
          .price = "0.4"},
         "requests,Hot Read Operations,,on-demand,,,1M-requests,0,,,0.4,USD,excl,",
         NULL},
        {{.service = "Storage",
          .product = "Blob Storage",
          .meter = "Hot Read Operations",
          .sku = "Hot",
          .type = ON,
          .unit = "100K",
          .price = "0.04"},
         "requests,Hot Read Operations,,on-demand,,,request,0,,,0.0000004,USD,excl,",
         NULL},
        {{.service = "Storage",
          .product = "Blob Storage",
          .meter = "Cool LRS Data Stored",
          .sku = "Cool LRS",
          .type = ON,
          .unit = "1 GB/Month",
          .price = "0.0152"},
         "object-storage,Cool LRS,,on-demand,,,GB-month,0,,,0.0152,USD,excl,",
         NULL},
        {{.service = "Storage",
          .product = "Blob Storage",
          .meter = "Cool Data Retrieval",
          .sku = "Cool",
          .type = ON,
          .unit = "1 GB",
          .price = "0.01"},
         "object-storage,Cool Data Retrieval,,on-demand,,,GB,0,,,0.01,USD,excl,",
         NULL},
        {{.service = "Storage",
          .product = "Blob Storage",
          .meter = "Cool LRS Early Delete",
          .sku = "Cool LRS",
          .type = ON,
          .unit = "1 GB",
          .price = "0.01"},
         NULL,
         "part of the bill of object storage that is not read"},
        {{.service = "Storage",
          .product = "Files",
          .meter = "LRS Data Stored",
          .sku = "LRS",
          .type = ON,
          .unit = "1 GB/Month",
          .price = "0.06"},
         NULL,
         "product that is not read"},
        /* An address by the month is not the meter that is known. */
        {{.service = "Virtual Network",
          .product = "IP Addresses",
          .meter = "Standard IPv4 Static Public IP",
          .type = ON,
          .unit = "1/Month",
          .price = "3.6"},
         NULL,
         "meter with another unit than known"},
        {{.service = "NAT Gateway",
          .product = "NAT Gateway",
          .meter = "Standard Gateway",
          .type = ON,
          .unit = "1 Hour",
          .price = "0.045"},
         "nat,NAT Gateway,,on-demand,,,hour,0,,,0.045,USD,excl,",
         NULL},
        {{.service = "Bandwidth",
          .product = "Bandwidth Inter-Region",
          .meter = "Inter Continent Data Transfer Out",
          .type = ON,
          .unit = "1 GB",
          .price = "0.05"},
         NULL,
         "product that is not read"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct run r;
        struct azure_meter m = rows[i].m;
        m.region = "eastus";
        m.primary = true;
        open_run(&r, "azure-global", eastus, 1);
        add(&r, m);
        finish(&r);
        assert_int_equal(r.got.nprices, rows[i].line != NULL);
        if (rows[i].line != NULL && !has_line(&r, rows[i].line))
            fail_msg("row %zu: no %s in\n%s", i, rows[i].line, r.got.tables[PACK_PRICES].body);
        if (rows[i].reason != NULL && counted(&r, rows[i].reason) != 1)
            fail_msg("row %zu is not passed over as '%s' but as '%s'", i, rows[i].reason,
                     r.got.ncounts > 0 ? r.got.counts[0].what : "");
        close_run(&r);
    }
}

static struct azure_meter traffic(const char *region, const char *tier, const char *price)
{
    return (struct azure_meter){.region = region,
                                .service = "Bandwidth",
                                .product = "Bandwidth",
                                .primary = true,
                                .meter = "Standard Data Transfer Out",
                                .sku = "Standard",
                                .type = ON,
                                .unit = "1 GB",
                                .tier_from = tier,
                                .price = price};
}

/* Tiers are rows of one ladder, never summed; a first tier of 0 is a free allowance when another one follows. */
static void tiers_make_a_ladder(void **state)
{
    struct run r;

    (void)state;
    open_run(&r, "azure-global", eastus, 1);
    add(&r, traffic("eastus", "100", "0.087"));
    add(&r, traffic("eastus", "0", "0"));
    add(&r, traffic("eastus", "10340.0", "0.083"));
    finish(&r);
    assert_int_equal(r.delivered, 3);
    assert_true(has_line(&r, "egress,Data Transfer Out,,on-demand,,,GB,0,100,month,0,USD,excl,"));
    assert_true(has_line(&r, "egress,Data Transfer Out,,on-demand,,,GB,100,10340,month,0.087,USD,excl,"));
    assert_true(has_line(&r, "egress,Data Transfer Out,,on-demand,,,GB,10340,,month,0.083,USD,excl,"));
    close_run(&r);
    open_run(&r, "azure-global", eastus, 1);
    add(&r, traffic("eastus", "100", "0.087"));
    finish(&r);
    assert_int_equal(r.delivered, 0);
    assert_int_equal(counted(&r, "tiers that do not start at 0"), 1);
    close_run(&r);
    open_run(&r, "azure-global", eastus, 1);
    add(&r, traffic("eastus", "0", "0.1"));
    add(&r, traffic("eastus", "100", "0"));
    finish(&r);
    assert_int_equal(r.delivered, 0);
    assert_int_equal(counted(&r, "tiers with a price of 0 above their start"), 2);
    close_run(&r);
}

static struct azure_meter machine(const char *region, const char *product, const char *price, bool primary)
{
    return (struct azure_meter){.region = region,
                                .service = VM,
                                .product = product,
                                .meter = "D2 v3",
                                .arm_sku = D2,
                                .type = ON,
                                .unit = "1 Hour",
                                .price = price,
                                .primary = primary};
}

static void second_meters_give_way(void **state)
{
    struct run r;

    (void)state;
    open_run(&r, "azure-global", eastus, 1);
    add(&r, machine("eastus", DV3, "0.2", false));
    add(&r, machine("eastus", DV3, "0.096", true));
    add(&r, machine("eastus", DV3, "0.096", true));
    finish(&r);
    assert_int_equal(r.got.nprices, 1);
    assert_true(has_line(&r, "linux,on-demand,,,hour,0,,,0.096,"));
    assert_int_equal(counted(&r, "second meter of a price"), 1);
    assert_int_equal(counted(&r, "repeated rows"), 1);
    close_run(&r);
    /* Alone they count, and it is said; two that differ are ambiguous, like two primary ones. */
    open_run(&r, "azure-global", eastus, 1);
    add(&r, machine("eastus", DV3, "0.2", false));
    add(&r, machine("eastus", DV3, "0.096", false));
    add(&r, machine("eastus", DV3 " Windows", "0.188", true));
    add(&r, machine("eastus", DV3 " Windows", "0.189", true));
    finish(&r);
    assert_int_equal(r.got.nprices, 4);
    assert_int_equal(counted(&r, "price known from second meters only"), 2);
    assert_int_equal(counted(&r, "a second, different price for the same key: ambiguous"), 2);
    close_run(&r);
}

static void blobs_of_the_older_accounts_give_way(void **state)
{
    struct azure_meter m = {.region = "eastus",
                            .service = "Storage",
                            .product = "Blob Storage",
                            .primary = true,
                            .meter = "Cool LRS Data Stored",
                            .sku = "Cool LRS",
                            .type = ON,
                            .unit = "1 GB/Month",
                            .price = "0.02"};
    struct run r;

    (void)state;
    open_run(&r, "azure-global", eastus, 1);
    add(&r, m);
    m.product = "General Block Blob v2";
    m.price = "0.0152";
    add(&r, m);
    finish(&r);
    assert_int_equal(r.got.nprices, 1);
    assert_true(has_line(&r, ",0.0152,"));
    close_run(&r);
}

/* Rows of no region, or of a zone, are no prices of a region; only traffic is priced by zone. */
static void zones_are_for_traffic_only(void **state)
{
    static const char *const cn[] = {"chinaeast2", "chinanorth", "chinanorth3"};
    struct run r;

    (void)state;
    open_run(&r, "azure-cn", cn, 3);
    add(&r, traffic("CN Zone 1", "0", "0.6"));
    add(&r, traffic("CN Zone 2", "0", "0.7"));
    add(&r, traffic("Zone 1 (China)", "0", "0.8"));
    add(&r, traffic("", "0", "0.9"));
    add(&r, machine("CN Zone 1", DV3, "1", true));
    add(&r, machine("", DV3, "1", true));
    add(&r, machine("Azure Stack CN", DV3, "1", true));
    add(&r, machine("chinaeast", DV3, "1", true)); /* known, but not of this job */
    add(&r, machine("chinaeast2", DV3, "0.678302", true));
    finish(&r);
    assert_int_equal(r.got.nprices, 4);
    assert_true(has_line(&r, "azure-cn,chinaeast2,egress,Data Transfer Out,,on-demand,,,GB,0,,,0.7,CNY,excl,"));
    assert_true(has_line(&r, "azure-cn,chinanorth,egress,Data Transfer Out,,on-demand,,,GB,0,,,0.6,CNY,excl,"));
    assert_true(has_line(&r, "azure-cn,chinanorth3,egress,Data Transfer Out,,on-demand,,,GB,0,,,0.6,CNY,excl,"));
    assert_true(
        has_line(&r, "azure-cn,chinaeast2,compute,Standard_D2_v3,linux,on-demand,,,hour,0,,,0.678302,CNY,excl,"));
    assert_int_equal(counted(&r, "no region"), 2);
    assert_int_equal(counted(&r, "unknown region Zone 1 (China)"), 1);
    assert_int_equal(counted(&r, "unknown region CN Zone 1"), 1);
    assert_int_equal(counted(&r, "unknown region Azure Stack CN"), 1);
    assert_int_equal(counted(&r, "region that was not asked for"), 1);
    assert_non_null(strstr(r.got.scopes.body, "chinaeast2,compute,yes\n"));
    assert_null(strstr(r.got.scopes.body, "chinanorth,compute"));
    close_run(&r);
}

static void what_is_no_number_or_another_currency_is_refused(void **state)
{
    struct azure_meter rows[] = {machine("eastus", DV3, "", true), machine("eastus", DV3, "free", true),
                                 machine("eastus", DV3, "-1", true), machine("eastus", DV3, "0.1", true),
                                 machine("eastus", DV3, "0.1", true)};
    static const char *const says[] = {"D2 v3: unitPrice: '' is no amount", "'free' is no amount", "'-1' is no amount",
                                       "tierMinimumUnits: 'x' is no amount", "priced in 'EUR' (asked for: USD)"};

    (void)state;
    rows[3].tier_from = "x";
    rows[4].currency = "EUR";
    for (size_t i = 0; i < 5; i++) {
        struct run r;
        rows[i].sku = rows[i].term = rows[i].starts = rows[i].ends = "";
        rows[i].tier_from = rows[i].tier_from != NULL ? rows[i].tier_from : "0";
        rows[i].currency = rows[i].currency != NULL ? rows[i].currency : "USD";
        open_run(&r, "azure-global", eastus, 1);
        assert_int_equal(azure_meters_add(&r.all, &rows[i], r.h, &r.err), -1);
        assert_int_equal(r.err.kind, ERR_FETCH);
        if (strstr(r.err.text, says[i]) == NULL)
            fail_msg("'%s' does not say '%s'", r.err.text, says[i]);
        close_run(&r);
    }
}

/* 0.05 for 10,000 operations are 0.000005 each: what a unit divides by is the unit's business. */
static void ten_thousand_operations_are_a_unit(void **state)
{
    dec_t each = dec_div(dec_of(5, 2), dec_int64(unit_table[UNIT_REQUESTS_10K].divisor), DEC_EXACT);

    (void)state;
    assert_int_equal(dec_cmp(each, dec_of(5, 6)), 0);
    assert_int_equal(unit_table[UNIT_REQUESTS_1M].divisor, 1000000);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_meter_is_a_price_or_has_a_reason),
        cmocka_unit_test(tiers_make_a_ladder),
        cmocka_unit_test(second_meters_give_way),
        cmocka_unit_test(blobs_of_the_older_accounts_give_way),
        cmocka_unit_test(zones_are_for_traffic_only),
        cmocka_unit_test(what_is_no_number_or_another_currency_is_refused),
        cmocka_unit_test(ten_thousand_operations_are_a_unit),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
