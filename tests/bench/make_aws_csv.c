/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * make_aws_csv FILE [TYPES]: writes a regional price list of AmazonEC2 as it was laid out in 2025: 91
 * columns, a missing value is nothing at all, products on demand first, then reservations, in the order
 * of SKUs that mean nothing. Names and prices are made up (the same on every run), their mix is not: per
 * machine type every tenancy, capacity status, system and software, and 20 reservation rows for half of
 * the systems of shared and dedicated machines. 1000 types make some 400,000 rows, 320 MB.
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *const columns[] = {
    "SKU",
    "OfferTermCode",
    "RateCode",
    "TermType",
    "PriceDescription",
    "EffectiveDate",
    "StartingRange",
    "EndingRange",
    "Unit",
    "PricePerUnit",
    "Currency",
    "RelatedTo",
    "LeaseContractLength",
    "PurchaseOption",
    "OfferingClass",
    "Product Family",
    "serviceCode",
    "Location",
    "Location Type",
    "Instance Type",
    "Current Generation",
    "Instance Family",
    "vCPU",
    "Physical Processor",
    "Clock Speed",
    "Memory",
    "Storage",
    "Network Performance",
    "Processor Architecture",
    "Storage Media",
    "Volume Type",
    "Max Volume Size",
    "Max IOPS/volume",
    "Max IOPS Burst Performance",
    "Max throughput/volume",
    "Provisioned",
    "Tenancy",
    "EBS Optimized",
    "Operating System",
    "License Model",
    "Group",
    "Group Description",
    "Transfer Type",
    "From Location",
    "From Location Type",
    "To Location",
    "To Location Type",
    "usageType",
    "operation",
    "AvailabilityZone",
    "CapacityStatus",
    "ClassicNetworkingSupport",
    "Dedicated EBS Throughput",
    "ECU",
    "Elastic Graphics Type",
    "Enhanced Networking Supported",
    "From Region Code",
    "GPU",
    "GPU Memory",
    "Instance",
    "Instance Capacity - 10xlarge",
    "Instance Capacity - 12xlarge",
    "Instance Capacity - 16xlarge",
    "Instance Capacity - 18xlarge",
    "Instance Capacity - 24xlarge",
    "Instance Capacity - 2xlarge",
    "Instance Capacity - 32xlarge",
    "Instance Capacity - 4xlarge",
    "Instance Capacity - 8xlarge",
    "Instance Capacity - 9xlarge",
    "Instance Capacity - large",
    "Instance Capacity - medium",
    "Instance Capacity - metal",
    "Instance Capacity - xlarge",
    "instanceSKU",
    "Intel AVX Available",
    "Intel AVX2 Available",
    "Intel Turbo Available",
    "MarketOption",
    "Normalization Size Factor",
    "Physical Cores",
    "Pre Installed S/W",
    "Processor Features",
    "Product Type",
    "Region Code",
    "Resource Type",
    "serviceName",
    "SnapshotArchiveFeeType",
    "To Region Code",
    "Volume API Name",
    "VPCNetworkingSupport",
};
enum { COLUMNS = sizeof columns / sizeof *columns, TERM = 1, FAMILY = 15 };

/* What a machine runs: system, software on it, licence, code of the operation, is it reserved? */
static const struct software {
    const char *os, *installed, *licence, *operation;
    int reserved;
} software[] = {
    {"Linux", "NA", "No License required", "RunInstances", 1},
    {"Linux", "SQL Web", "No License required", "RunInstances:0200", 0},
    {"Linux", "SQL Std", "No License required", "RunInstances:0004", 1},
    {"Linux", "SQL Ent", "No License required", "RunInstances:0100", 0},
    {"Windows", "NA", "No License required", "RunInstances:0002", 1},
    {"Windows", "NA", "Bring your own license", "RunInstances:0800", 1},
    {"Windows", "SQL Web", "No License required", "RunInstances:0202", 0},
    {"Windows", "SQL Std", "No License required", "RunInstances:0006", 1},
    {"Windows", "SQL Ent", "No License required", "RunInstances:0102", 0},
    {"RHEL", "NA", "No License required", "RunInstances:0010", 1},
    {"RHEL", "SQL Std", "No License required", "RunInstances:0014", 0},
    {"Red Hat Enterprise Linux with HA", "NA", "No License required", "RunInstances:1010", 1},
    {"SUSE", "NA", "No License required", "RunInstances:000g", 1},
    {"Ubuntu Pro", "NA", "No License required", "RunInstances:0g00", 0},
};
enum { SOFTWARE = sizeof software / sizeof *software };
static const char *const statuses[] = {"Used", "UnusedCapacityReservation", "AllocatedCapacityReservation"};
static const char *const usages[2][3] = {{"BoxUsage", "UnusedBox", "Reservation"},
                                         {"DedicatedUsage", "UnusedDed", "DedicatedRes"}};
static const char *const tenancies[] = {"Shared", "Dedicated", "Host"};
static const char *const sizes[] = {"large",   "xlarge",   "2xlarge",  "4xlarge",
                                    "8xlarge", "12xlarge", "16xlarge", "24xlarge"};
static const int cpus[] = {2, 4, 8, 16, 32, 48, 64, 96};
static const char *const letters[] = {"m", "c", "r"};
static const char *const families[] = {"General purpose", "Compute optimized", "Memory optimized"};

struct product {
    uint64_t order;
    int type, tenancy, status, software; /* tenancy 3: a volume */
};

static uint64_t mix(uint64_t x) /* splitmix64 */
{
    x += 0x9e3779b97f4a7c15U;
    x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9U;
    x = (x ^ (x >> 27)) * 0x94d049bb133111ebU;
    return x ^ (x >> 31);
}

static void code(uint64_t of, int n, char *out)
{
    static const char digits[] = "23456789ABCDEFGHJKMNPQRSTUVWXYZX";
    for (int i = 0; i < n; i++, of = mix(of))
        out[i] = digits[of & 31];
    out[n] = '\0';
}

static int by_order(const void *a, const void *b)
{
    const struct product *x = a, *y = b;
    return (x->order > y->order) - (x->order < y->order);
}

static size_t make_products(struct product *v, int types)
{
    size_t n = 0;
    for (int t = 0; t < types; t++)
        for (int tenancy = 0; tenancy < 3; tenancy++)
            for (int status = 0; status < (tenancy == 2 ? 1 : 3); status++)
                for (int s = 0; s < SOFTWARE; s++)
                    v[n++] = (struct product){0, t, tenancy, status, s};
    for (int i = 0; i < 7; i++)
        v[n++] = (struct product){0, i, 3, 0, 0};
    for (size_t i = 0; i < n; i++)
        v[i].order = mix(i + 1);
    qsort(v, n, sizeof *v, by_order);
    return n;
}

/* ---- a row ---- */

struct row {
    const char *cells[COLUMNS];
    char sku[17], type[32], usage[64], ecu[16], cpu[8], memory[16], description[160], rate[48], factor[8];
};

static int column(const char *name)
{
    for (int i = 0; i < COLUMNS; i++)
        if (!strcmp(columns[i], name))
            return i;
    exit(2);
}

static void set(struct row *r, const char *name, const char *text)
{
    r->cells[column(name)] = text;
}

static void set_machine(struct row *r, const struct product *p)
{
    int letter = p->type % 3, size = p->type / 3 % 8, generation = p->type / 24;
    const struct software *s = &software[p->software];
    const char *usage = p->tenancy == 2 ? "HostBoxUsage" : usages[p->tenancy][p->status];

    snprintf(r->type, sizeof r->type, "%s%d%s.%s", letters[letter], generation % 9 + 1,
             (const char *const[]){"", "a", "d", "g", "i"}[generation / 9 % 5], sizes[size]);
    snprintf(r->cpu, sizeof r->cpu, "%d", cpus[size]);
    snprintf(r->memory, sizeof r->memory, "%d GiB", cpus[size] * (letter == 0 ? 4 : letter == 1 ? 2 : 8));
    snprintf(r->usage, sizeof r->usage, "APS1-%s:%s", usage, r->type);
    snprintf(r->factor, sizeof r->factor, "%d", cpus[size] * 2);
    set(r, "Product Family", "Compute Instance");
    set(r, "Instance Type", r->type);
    set(r, "Current Generation", "Yes");
    set(r, "Instance Family", families[letter]);
    set(r, "vCPU", r->cpu);
    set(r, "Physical Processor", generation / 9 % 5 == 3 ? "AWS Graviton3 Processor" : "Intel Xeon Scalable (Icelake)");
    set(r, "Clock Speed", "3.5 GHz");
    set(r, "Memory", r->memory);
    set(r, "Storage", "EBS only");
    set(r, "Network Performance", "Up to 12500 Megabit");
    set(r, "Processor Architecture", "64-bit");
    set(r, "Tenancy", tenancies[p->tenancy]);
    set(r, "Operating System", s->os);
    set(r, "License Model", s->licence);
    set(r, "usageType", r->usage);
    set(r, "operation", s->operation);
    set(r, "AvailabilityZone", "NA");
    set(r, "CapacityStatus", statuses[p->status]);
    set(r, "ClassicNetworkingSupport", "false");
    set(r, "Dedicated EBS Throughput", "Up to 10000 Mbps");
    set(r, "ECU", "NA");
    set(r, "Enhanced Networking Supported", "Yes");
    set(r, "GPU Memory", "NA");
    set(r, "Intel AVX Available", "Yes");
    set(r, "Intel AVX2 Available", "Yes");
    set(r, "Intel Turbo Available", "Yes");
    set(r, "MarketOption", "OnDemand");
    set(r, "Normalization Size Factor", r->factor);
    set(r, "Pre Installed S/W", s->installed);
    set(r, "Processor Features", "AVX; AVX2; Intel AVX; Intel AVX2; Intel AVX512; Intel Turbo");
    set(r, "VPCNetworkingSupport", "true");
}

static void set_volume(struct row *r, int i)
{
    static const char *const names[] = {"standard", "gp2", "gp3", "io1", "io2", "st1", "sc1"};

    snprintf(r->usage, sizeof r->usage, "APS1-EBS:VolumeUsage.%s", names[i]);
    set(r, "Product Family", "Storage");
    set(r, "Storage Media", "SSD-backed");
    set(r, "Volume Type", "General Purpose");
    set(r, "Max Volume Size", "16 TiB");
    set(r, "usageType", r->usage);
    set(r, "Volume API Name", names[i]);
}

static void set_product(struct row *r, const struct product *p)
{
    for (int i = FAMILY; i < COLUMNS; i++)
        r->cells[i] = "";
    code(p->order, 16, r->sku);
    r->cells[0] = r->sku;
    set(r, "serviceCode", "AmazonEC2");
    set(r, "serviceName", "Amazon Elastic Compute Cloud");
    set(r, "Location", "Asia Pacific (Singapore)");
    set(r, "Location Type", "AWS Region");
    set(r, "Region Code", "ap-southeast-1");
    if (p->tenancy == 3)
        set_volume(r, p->type);
    else
        set_machine(r, p);
}

static void put(FILE *out, const struct row *r)
{
    for (int i = 0; i < COLUMNS; i++) {
        if (i > 0)
            putc(',', out);
        if (*r->cells[i])
            fprintf(out, "\"%s\"", r->cells[i]);
    }
    putc('\n', out);
}

/* Hundred-millionths of a dollar for an hour. */
static uint64_t hour_price(const struct product *p)
{
    if (p->status == 2 || p->tenancy == 2)
        return 0;
    return (2 + p->type / 3 % 8) * (uint64_t)4820000 + mix((uint64_t)p->type * 100 + (uint64_t)p->software) % 3000000 +
           (p->tenancy == 1 ? 610000 : 0);
}

static void put_price(FILE *out, struct row *r, const char *term, const char *rate, const char *unit, const char *price)
{
    snprintf(r->rate, sizeof r->rate, "%s.%s.%s", r->sku, term, rate);
    r->cells[TERM] = term;
    r->cells[2] = r->rate;
    r->cells[5] = "2025-09-01";
    r->cells[8] = unit;
    r->cells[9] = price;
    r->cells[10] = "USD";
    put(out, r);
}

static void put_on_demand(FILE *out, struct row *r, const struct product *p)
{
    char price[32];
    uint64_t hour = p->tenancy == 3 ? 8000000 : hour_price(p);
    const char *unit = p->tenancy == 3 ? "GB-Mo" : "Hrs";

    for (int i = 11; i < FAMILY; i++)
        r->cells[i] = "";
    snprintf(price, sizeof price, "%llu.%08llu00", (unsigned long long)(hour / 100000000),
             (unsigned long long)(hour % 100000000));
    snprintf(r->description, sizeof r->description, "$%s per On Demand %s %s %s Hour", price,
             p->tenancy == 3 ? "" : software[p->software].os, p->tenancy == 3 ? "" : r->type, statuses[p->status]);
    r->cells[3] = "OnDemand";
    r->cells[4] = r->description;
    r->cells[6] = "0";
    r->cells[7] = "Inf";
    put_price(out, r, "JRTCKXETXF", "6YS6EN2CT7", unit, price);
}

static void put_reserved(FILE *out, struct row *r, const struct product *p)
{
    static const char *const terms[] = {"4NA7Y494T4", "HU7G6KETJZ", "6QCMYABX3D", "7NE97W5U4E",
                                        "CUZHX8X6JH", "VJWZNREJX2", "BPH4J8HBKS", "38NPMPTW36",
                                        "NQ3QZPMQV9", "R5XV2EPZQZ", "Z2E3P23VKM", "MZU6U2429S"};
    static const char *const options[] = {"No Upfront", "Partial Upfront", "All Upfront"};
    uint64_t hour = hour_price(p);

    r->cells[3] = "Reserved";
    for (int k = 0; k < 12; k++) {
        char price[32], sum[32];
        int option = k % 3, years = k / 3 % 2 ? 3 : 1, convertible = k / 6;
        uint64_t year = hour / 100 * (uint64_t)(52 - 4 * option + 9 * convertible - 6 * years);
        uint64_t rate = option == 0 ? year : option == 1 ? year / 2 : 0;
        r->cells[12] = years == 1 ? "1yr" : "3yr";
        r->cells[13] = options[option];
        r->cells[14] = convertible ? "convertible" : "standard";
        r->cells[6] = "0";
        r->cells[7] = "Inf";
        snprintf(price, sizeof price, "%llu.%08llu00", (unsigned long long)(rate / 100000000),
                 (unsigned long long)(rate % 100000000));
        snprintf(r->description, sizeof r->description, "%s (Amazon VPC), %s reserved instance applied",
                 software[p->software].os, r->type);
        r->cells[4] = r->description;
        put_price(out, r, terms[k], "6YS6EN2CT7", "Hrs", price);
        if (option == 0)
            continue;
        r->cells[6] = r->cells[7] = "";
        snprintf(sum, sizeof sum, "%llu", (unsigned long long)((year - rate) * 8760 * (uint64_t)years / 100000000 + 1));
        r->cells[4] = "Upfront Fee";
        put_price(out, r, terms[k], "2TG2D8R56U", "Quantity", sum);
    }
}

static void put_head(FILE *out)
{
    fputs(
        "\"FormatVersion\",\"v1.0\"\n\"Disclaimer\",\"This pricing list is for informational purposes only. All prices "
        "are "
        "subject to the additional terms included in the pricing pages, as made up.\"\n"
        "\"Publication Date\",\"2025-09-12T22:53:08Z\"\n\"Version\",\"20250912225308\"\n\"OfferCode\",\"AmazonEC2\"\n",
        out);
    for (int i = 0; i < COLUMNS; i++)
        fprintf(out, "%s\"%s\"", i > 0 ? "," : "", columns[i]);
    putc('\n', out);
}

int main(int argc, char **argv)
{
    int types = argc > 2 ? (int)strtol(argv[2], NULL, 10) : 1000;
    FILE *out = argc > 1 ? fopen(argv[1], "w") : NULL;
    struct product *v = calloc((size_t)types * 7 * SOFTWARE + 7, sizeof *v);
    static struct row r;

    if (out == NULL || v == NULL) {
        fprintf(stderr, "make_aws_csv: cannot write %s\n", argc > 1 ? argv[1] : "nothing");
        return 2;
    }
    size_t n = make_products(v, types);
    for (int i = 0; i < COLUMNS; i++)
        r.cells[i] = "";
    put_head(out);
    for (size_t i = 0; i < n; i++) {
        set_product(&r, &v[i]);
        put_on_demand(out, &r, &v[i]);
    }
    for (size_t i = 0; i < n; i++) {
        if (v[i].tenancy > 1 || v[i].status > 0 || !software[v[i].software].reserved)
            continue;
        set_product(&r, &v[i]);
        put_reserved(out, &r, &v[i]);
    }
    free(v);
    return fclose(out) != 0 ? 2 : 0;
}
