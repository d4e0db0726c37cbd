/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Products of AWS: of a machine type a region sells some twenty (tenancy, capacity reservations, systems,
 * software on them), of which one is the machine as it is wanted here. Each check has its reason, in the
 * order of the checks.
 */
#include "fetchers/aws_parts.h"

#include <string.h>

const char *const aws_offer_names[AWS_OFFERS] = {"AmazonEC2", "AmazonS3", "AmazonRDS", "AWSDataTransfer"};
static const char offer_letters[AWS_OFFERS + 1] = "ESRT";

/* ---- columns ---- */

int aws_columns(struct aws_file *f, struct err *err)
{
    static const struct {
        const char *name, *offers;
    } columns[COL_COUNT] = {
#define COLUMN(id, name, offers) [COL_##id] = {name, offers},
#include "fetchers/aws_columns.def"
#undef COLUMN
    };

    for (int c = 0; c < COL_COUNT; c++) {
        if (price_list_column(&f->list, columns[c].name, &f->at[c], err) != 0)
            return -1;
        if (f->at[c] < 0 && strchr(columns[c].offers, offer_letters[f->offer]) != NULL)
            return err_set(err, ERR_FETCH, "no column '%s' in the header", columns[c].name);
    }
    if (f->at[COL_REGION] < 0 && f->at[COL_LOCATION] < 0 && f->offer != AWS_TRANSFER)
        return err_set(err, ERR_FETCH, "no column 'Region Code' or 'Location' in the header");
    return 0;
}

struct price_cell aws_cell(const struct aws_file *f, enum aws_column c)
{
    return price_list_cell(&f->list, f->at[c]);
}

static bool is(const struct aws_file *f, enum aws_column c, const char *text)
{
    return price_cell_is(aws_cell(f, c), text);
}

/* A column that older lists lack, or that is blank for products it says nothing of. */
static bool is_or_blank(const struct aws_file *f, enum aws_column c, const char *text)
{
    struct price_cell cell = aws_cell(f, c);

    return cell.n == 0 || price_cell_is(cell, text);
}

static char *kept(const struct aws_file *f, struct price_cell c)
{
    return arena_strndup(f->arena, c.v, c.n);
}

/* A reason that names something. */
static int name_reason(const struct aws_file *f, const char *what, struct price_cell name, const char **reason,
                       struct err *err)
{
    *reason = arena_printf(f->arena, "%s %.*s", what, (int)(name.n > 80 ? 80 : name.n), name.v);
    return *reason != NULL ? 0 : err_nomem(err);
}

/* ---- the region ---- */

/* The code where the list has it, else what the place is called; "" where the row has no place at all. A name
 * nobody knows cannot be told from the wanted one, so the list is refused. */
static int place_of(const struct aws_file *f, enum aws_column code, enum aws_column name, struct price_cell *out,
                    struct err *err)
{
    struct price_cell place = aws_cell(f, name);

    *out = aws_cell(f, code);
    if (out->n > 0 || place.n == 0)
        return 0;
    const char *region = aws_region(place);
    if (region == NULL && f->at[code] < 0)
        return err_set(err, ERR_FETCH, "unknown location '%.*s'", (int)(place.n > 80 ? 80 : place.n), place.v);
    *out = region != NULL ? (struct price_cell){region, strlen(region)} : place;
    return 0;
}

/* Is the row about the region of the file? Lists of the world hold a few rows about China, which is sold by
 * other companies there. */
static int check_region(const struct aws_file *f, const char **reason, struct err *err)
{
    struct price_cell region;

    if (place_of(f, COL_REGION, COL_LOCATION, &region, err) != 0)
        return -1;
    if (price_cell_is(region, f->region))
        return 0;
    if (price_cell_begins(region, "cn-") && strcmp(f->job->site, "aws-cn") != 0)
        *reason = "a region in China in the list of the world";
    else
        return name_reason(f, "unknown region", region, reason, err);
    return 0;
}

/* ---- shapes ---- */

/* "8 GiB", "1,952 GiB" -> "8", "1952"; NULL: something else. */
static const char *gib(const struct aws_file *f, struct price_cell c)
{
    static const char unit[] = " GiB";
    size_t n = 0, digits = c.n - (sizeof unit - 1);

    if (c.n < sizeof unit || memcmp(c.v + digits, unit, sizeof unit - 1) != 0)
        return NULL;
    char *out = arena_alloc(f->arena, digits + 1);
    for (size_t i = 0; out != NULL && i < digits; i++) {
        bool point = c.v[i] == '.';
        if (c.v[i] == ',')
            continue;
        if (!point && (c.v[i] < '0' || c.v[i] > '9'))
            return NULL;
        out[n++] = c.v[i];
    }
    return out;
}

static const char *whole(const struct aws_file *f, struct price_cell c)
{
    for (size_t i = 0; i < c.n; i++)
        if (c.v[i] < '0' || c.v[i] > '9')
            return NULL;
    return c.n > 0 ? kept(f, c) : NULL;
}

static bool contains(struct price_cell c, const char *text)
{
    size_t n = strlen(text);

    for (size_t i = 0; i + n <= c.n; i++)
        if (memcmp(c.v + i, text, n) == 0)
            return true;
    return false;
}

/* What machines of a family are for; those whose cards are no GPUs count as such, so that nobody gets one
 * who asked for a plain machine. */
static const struct kind {
    const char *family, *class_;
    bool cards;
} kinds[] = {
    {"General purpose", "general", false},
    {"Compute optimized", "compute", false},
    {"Memory optimized", "memory", false},
    {"Storage optimized", "storage", false},
    {"Micro instances", "burstable", false},
    {"GPU instance", "gpu", true},
    {"FPGA Instances", "gpu", true},
    {"Machine Learning ASIC Instances", "gpu", true},
    {"Media Accelerator Instances", "gpu", true},
};

static const struct kind *kind_of(const struct aws_file *f)
{
    static const struct kind other = {"", "", false};

    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (is(f, COL_TYPE_FAMILY, kinds[i].family))
            return &kinds[i];
    return &other;
}

/* The number of cards as published; "yes" when there are some and the list does not say how many. */
static const char *cards(const struct aws_file *f, const struct kind *kind)
{
    struct price_cell gpu = aws_cell(f, COL_GPU);

    for (size_t i = 0; i < gpu.n; i++)
        if ((gpu.v[i] < '0' || gpu.v[i] > '9') && gpu.v[i] != '.')
            gpu.n = 0;
    return gpu.n > 0 ? kept(f, gpu) : kind->cards ? "yes" : "0";
}

static const char *arch(const struct aws_file *f)
{
    struct price_cell processor = aws_cell(f, COL_PROCESSOR);

    if (contains(processor, "Graviton") || contains(processor, "Apple M"))
        return "arm64";
    return processor.n > 0 ? "amd64" : "";
}

/* "m5" -> "5", "u-3tb1" -> "1": the last number where the family is called by its memory, else the first. */
static const char *generation(const struct aws_file *f, const char *family)
{
    const char *at = !strncmp(family, "u-", 2) ? strrchr(family, 'b') : family;

    at = at != NULL ? at : family;
    at += strcspn(at, "0123456789");
    return arena_strndup(f->arena, at, strspn(at, "0123456789"));
}

static bool is_burstable(const char *family)
{
    return family[0] == 't' && family[1] >= '0' && family[1] <= '9';
}

static int put_shape(const struct aws_file *f, const char *sku, bool metal, struct harvest *h, struct err *err)
{
    const char *vcpu = whole(f, aws_cell(f, COL_VCPU)), *memory = gib(f, aws_cell(f, COL_MEMORY));
    const char *family = arena_strndup(f->arena, sku, strcspn(sku, "."));
    const struct kind *kind = kind_of(f);

    if (family == NULL)
        return err_nomem(err);
    if (vcpu == NULL || memory == NULL)
        return harvest_remark(h, "a machine whose size is not understood", 1, err);
    struct pack_shape s = {
        .provider = "aws",
        .sku = sku,
        .service = "compute",
        .family = metal ? arena_printf(f->arena, "%s:metal", family) : family,
        .class_ = metal                  ? "metal"
                  : is_burstable(family) ? "burstable"
                                         : kind->class_,
        .sold = is(f, COL_GENERATION, "No") ? "legacy" : "current",
        .vcpu = vcpu,
        .memory = memory,
        .gpu = cards(f, kind),
        .arch = arch(f),
        .burstable = is_burstable(family),
        .generation = generation(f, family),
    };
    if (s.family == NULL || s.gpu == NULL || s.generation == NULL)
        return err_nomem(err);
    return harvest_shape(h, &s, err);
}

/* ---- machines ---- */

/* "BoxUsage:m5.large" is what a shared machine that runs is billed as; very old types have no name there. */
static bool is_box_of(struct price_cell usage, struct price_cell type)
{
    static const char box[] = "BoxUsage:";
    size_t n = sizeof box - 1;

    return price_cell_is(usage, "BoxUsage") ||
           (price_cell_begins(usage, box) && usage.n - n == type.n && memcmp(usage.v + n, type.v, type.n) == 0);
}

static const char *why_not_machine(const struct aws_file *f)
{
    struct price_cell tenancy = aws_cell(f, COL_TENANCY), os = aws_cell(f, COL_OS);
    bool windows = price_cell_is(os, "Windows");

    if (!price_cell_is(tenancy, "Shared"))
        return price_cell_is(tenancy, "Host") ? "dedicated host" : "dedicated machine";
    if (!is_or_blank(f, COL_CAPACITY, "Used"))
        return "capacity reservation";
    if (!is_or_blank(f, COL_SOFTWARE, "NA"))
        return "pre-installed software";
    if (!windows && !price_cell_is(os, "Linux"))
        return "operating system not asked for";
    if (!is(f, COL_LICENCE, "No License required"))
        return "licence of one's own";
    if (!is_or_blank(f, COL_MARKET, "OnDemand"))
        return "capacity block";
    const char *runs = aws_os(aws_cell(f, COL_OPERATION));
    if (runs == NULL || strcmp(runs, windows ? "windows" : "linux") != 0)
        return "operation of another system or licence";
    return is_box_of(aws_usage(aws_cell(f, COL_USAGE)), aws_cell(f, COL_TYPE)) ? NULL : "usage of another kind";
}

static int read_machine(const struct aws_file *f, struct aws_product *out, const char **reason, struct harvest *h,
                        struct err *err)
{
    *reason = why_not_machine(f);
    if (*reason != NULL)
        return 0;
    const char *sku = kept(f, aws_cell(f, COL_TYPE));
    *out = (struct aws_product){.service = "compute",
                                .sku = sku,
                                .os = is(f, COL_OS, "Windows") ? "windows" : "linux",
                                .unit = UNIT_HOUR,
                                .published_unit = "Hrs"};
    if (sku == NULL)
        return err_nomem(err);
    return put_shape(f, sku, contains(aws_cell(f, COL_FAMILY), "metal") || strstr(sku, ".metal") != NULL, h, err);
}

/* ---- databases ---- */

static int put_database(const struct aws_file *f, const char *engine, const char *set, struct aws_product *out,
                        struct harvest *h, struct err *err)
{
    struct price_cell type = aws_cell(f, COL_TYPE);
    const char *class_ = arena_printf(f->arena, "%s-%s", engine, set);
    const char *vcpu = whole(f, aws_cell(f, COL_VCPU)), *memory = gib(f, aws_cell(f, COL_MEMORY));

    *out = (struct aws_product){.service = "database",
                                .sku = arena_printf(f->arena, "%s.%.*s.%s", engine, (int)type.n, type.v, set),
                                .os = "",
                                .unit = UNIT_HOUR,
                                .published_unit = "Hrs"};
    if (class_ == NULL || out->sku == NULL)
        return err_nomem(err);
    if (vcpu == NULL || memory == NULL)
        return harvest_remark(h, "a machine whose size is not understood", 1, err);
    struct pack_shape s = {.provider = "aws",
                           .sku = out->sku,
                           .service = "database",
                           .family = class_,
                           .class_ = class_,
                           .sold = "current",
                           .vcpu = vcpu,
                           .memory = memory,
                           .gpu = "0",
                           .arch = "",
                           .burstable = price_cell_begins(type, "db.t"),
                           .generation = ""};
    return harvest_shape(h, &s, err);
}

static int read_database(const struct aws_file *f, struct aws_product *out, const char **reason, struct harvest *h,
                         struct err *err)
{
    const char *engine = is(f, COL_ENGINE, "MySQL") ? "mysql" : is(f, COL_ENGINE, "PostgreSQL") ? "postgresql" : NULL;
    bool single = is(f, COL_DEPLOYMENT, "Single-AZ"), both = is(f, COL_DEPLOYMENT, "Multi-AZ");
    struct price_cell usage = aws_usage(aws_cell(f, COL_USAGE));

    if (engine == NULL)
        *reason = "database engine not asked for";
    else if (!single && !both)
        *reason = "deployment not asked for";
    else if (!price_cell_begins(usage, single ? "InstanceUsage:" : "Multi-AZUsage:"))
        *reason = "usage of another kind";
    return *reason != NULL ? 0 : put_database(f, engine, single ? "single" : "ha", out, h, err);
}

/* ---- disks ---- */

static int read_volume(const struct aws_file *f, struct aws_product *out, const char **reason, struct harvest *h,
                       struct err *err)
{
    static const char *const known[] = {"gp3", "gp2", "io1", "io2", "st1", "sc1", "standard"};

    (void)h;
    if (!is(f, COL_UNIT, "GB-Mo"))
        return name_reason(f, "unit without a kind:", aws_cell(f, COL_UNIT), reason, err);
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (is(f, COL_VOLUME, known[i])) {
            *out = (struct aws_product){.service = "block-storage",
                                        .sku = known[i],
                                        .os = "",
                                        .unit = UNIT_GIB_MONTH,
                                        .published_unit = "GB-Mo"};
            return 0;
        }
    *reason = "other storage";
    return 0;
}

/* ---- what one usage type says ---- */

static const struct usage {
    enum aws_offer offer;
    const char *usage; /* the name of the SKU, too */
    const char *service;
    enum unit unit;
    const char *published_unit;
} usages[] = {
    {AWS_EC2, "EBS:SnapshotUsage", "snapshot", UNIT_GIB_MONTH, "GB-Mo"},
    {AWS_EC2, "NatGateway-Hours", "nat", UNIT_HOUR, "Hrs"},
    {AWS_EC2, "NatGateway-Bytes", "nat", UNIT_GB, "GB"},
    {AWS_S3, "TimedStorage-ByteHrs", "object-storage", UNIT_GB_MONTH, "GB-Mo"},
    {AWS_S3, "TimedStorage-SIA-ByteHrs", "object-storage", UNIT_GB_MONTH, "GB-Mo"},
    {AWS_S3, "TimedStorage-ZIA-ByteHrs", "object-storage", UNIT_GB_MONTH, "GB-Mo"},
    {AWS_S3, "TimedStorage-GIR-ByteHrs", "object-storage", UNIT_GB_MONTH, "GB-Mo"},
    {AWS_S3, "TimedStorage-GlacierByteHrs", "object-storage", UNIT_GB_MONTH, "GB-Mo"},
    {AWS_S3, "TimedStorage-GDA-ByteHrs", "object-storage", UNIT_GB_MONTH, "GB-Mo"},
    {AWS_S3, "Retrieval-SIA", "object-storage", UNIT_GB, "GB"},
    {AWS_S3, "Requests-Tier1", "requests", UNIT_REQUEST, "Requests"},
    {AWS_S3, "Requests-Tier2", "requests", UNIT_REQUEST, "Requests"},
    {AWS_S3, "Requests-SIA-Tier1", "requests", UNIT_REQUEST, "Requests"},
    {AWS_S3, "Requests-SIA-Tier2", "requests", UNIT_REQUEST, "Requests"},
};

static int read_usage(const struct aws_file *f, struct aws_product *out, const char **reason, struct harvest *h,
                      struct err *err)
{
    struct price_cell usage = aws_usage(aws_cell(f, COL_USAGE));

    (void)h;
    for (size_t i = 0; i < sizeof usages / sizeof *usages; i++)
        if (usages[i].offer == f->offer && price_cell_is(usage, usages[i].usage)) {
            *out = (struct aws_product){.service = usages[i].service,
                                        .sku = usages[i].usage,
                                        .os = "",
                                        .unit = usages[i].unit,
                                        .published_unit = usages[i].published_unit,
                                        .scope = SCOPE_MONTH};
            return 0;
        }
    if (is(f, COL_FAMILY, "System Operation"))
        return name_reason(f, "unit without a kind:", aws_cell(f, COL_UNIT), reason, err);
    return name_reason(f, "other products:", aws_cell(f, COL_FAMILY), reason, err);
}

/* ---- transfer ---- */

/* "CNN1-CNW1-AWS-Out-Bytes" goes from the first to the second; in China there is one way only. */
static const char *between_sku(const struct aws_file *f, struct price_cell usage)
{
    struct price_cell to = aws_usage(usage);

    return !strcmp(f->job->site, "aws-cn") && price_cell_is(aws_usage(to), "AWS-Out-Bytes") ? "AWS-Out-Bytes"
                                                                                            : kept(f, to);
}

static int read_transfer(const struct aws_file *f, struct aws_product *out, const char **reason, struct harvest *h,
                         struct err *err)
{
    struct price_cell usage = aws_cell(f, COL_USAGE), end = aws_usage(aws_usage(usage)), from;
    bool outward = is(f, COL_TRANSFER, "AWS Outbound") && is(f, COL_TO_PLACE, "External") &&
                   price_cell_is(aws_usage(usage), "DataTransfer-Out-Bytes");
    bool between = is(f, COL_TRANSFER, "InterRegion Outbound") && price_cell_is(end, "AWS-Out-Bytes");

    (void)h;
    if (f->offer == AWS_EC2 && !f->takes_transfer)
        *reason = "transfer that has a list of its own";
    else if (!outward && !between)
        *reason = "other transfer";
    if (*reason != NULL)
        return 0;
    if (place_of(f, COL_FROM_REGION, COL_FROM_PLACE, &from, err) != 0)
        return -1;
    if (!price_cell_is(from, f->region))
        return name_reason(f, "transfer from", from, reason, err);
    *out = (struct aws_product){.service = outward ? "egress" : "cross-region-transfer",
                                .sku = outward ? "DataTransfer-Out-Bytes" : between_sku(f, usage),
                                .os = "",
                                .unit = UNIT_GB,
                                .published_unit = "GB",
                                .scope = SCOPE_MONTH};
    return out->sku != NULL ? 0 : err_nomem(err);
}

/* ---- all ---- */

static const struct family {
    enum aws_offer offer;
    const char *name;
    bool has_region; /* of its own; transfer has two */
    int (*read)(const struct aws_file *f, struct aws_product *out, const char **reason, struct harvest *h,
                struct err *err);
} families[] = {
    {AWS_EC2, "Compute Instance", true, read_machine},
    {AWS_EC2, "Compute Instance (bare metal)", true, read_machine},
    {AWS_EC2, "Storage", true, read_volume},
    {AWS_EC2, "Data Transfer", false, read_transfer},
    {AWS_RDS, "Database Instance", true, read_database},
    {AWS_TRANSFER, "Data Transfer", false, read_transfer},
};

int aws_product(const struct aws_file *f, struct aws_product *out, const char **reason, struct harvest *h,
                struct err *err)
{
    static const struct family other = {.has_region = true, .read = read_usage};
    const struct family *family = &other;

    struct price_cell name = aws_cell(f, COL_FAMILY);

    *reason = NULL;
    for (size_t i = 0; i < sizeof families / sizeof *families; i++)
        if (families[i].offer == f->offer && price_cell_is(name, families[i].name))
            family = &families[i];
    if (family->has_region && check_region(f, reason, err) != 0)
        return -1;
    return *reason != NULL ? 0 : family->read(f, out, reason, h, err);
}
