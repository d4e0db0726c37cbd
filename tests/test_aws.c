/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The price lists of AWS. Figures: fixtures/aws/README.md.
 */
#include "tests/support/fetch_case.h"
#include "tests/support/test.h"

#include "calc/buf.h"
#include "calc/file.h"
#include "fetchers/aws_parts.h"

#include <stdlib.h>
#include <string.h>

extern const struct fetcher fetcher_aws;
static const char *const beijing[] = {"cn-north-1", NULL};
static const char *const tokyo[] = {"ap-northeast-1", NULL};
static const char *const virginia[] = {"us-east-1", NULL};

static struct fetch_case case_of(const char *site, const char *const *regions)
{
    return (struct fetch_case){.fetcher = &fetcher_aws, .site = site, .regions = regions};
}

static void run(struct fetch_case *c)
{
    struct err err;

    if (fetch_case_run(c, &err) != 0)
        fail_msg("%s", err.text);
}

/* ---- lists changed for a test ---- */

static char *map_text(const char *path)
{
    const char *body;
    size_t len;
    struct err err;

    assert_int_equal(file_map(path, &body, &len, &err), 0);
    char *copy = malloc(len + 1);
    assert_non_null(copy);
    memcpy(copy, body, len);
    copy[len] = '\0';
    file_unmap(body, len);
    return copy;
}

/* A recorded list with every `from` replaced; malloc'd. */
static char *changed(const char *path, const char *from, const char *to)
{
    char *text = map_text(path), *at = text;
    struct buf out = {0};

    for (char *hit; (hit = strstr(at, from)) != NULL; at = hit + strlen(from)) {
        buf_add(&out, at, (size_t)(hit - at));
        buf_puts(&out, to);
    }
    assert_ptr_not_equal(at, text); /* it was there */
    buf_puts(&out, at);
    assert_false(out.failed);
    free(text);
    return out.v;
}

/* A recorded list without the lines that hold both texts. */
static char *without(const char *path, const char *one, const char *other)
{
    char *text = map_text(path);
    struct buf out = {0};
    size_t gone = 0;

    for (char *line = text, *lf; (lf = strchr(line, '\n')) != NULL; line = lf + 1) {
        *lf = '\0';
        if (strstr(line, one) != NULL && strstr(line, other) != NULL)
            gone++;
        else
            buf_printf(&out, "%s\n", line);
    }
    assert_true(gone > 0);
    assert_false(out.failed);
    free(text);
    return out.v;
}

static void refused(const char *site, const char *const *regions, const char *name, const char *body, const char *says)
{
    struct fetch_case c = case_of(site, regions);
    struct err err;

    c.replace[0].name = name;
    c.replace[0].body = body;
    assert_int_equal(fetch_case_run(&c, &err), -1);
    assert_int_equal(err.kind, ERR_FETCH);
    if (strstr(err.text, says) == NULL)
        fail_msg("'%s' does not say '%s'", err.text, says);
    fetch_case_free(&c);
}

#define EC2_CN "fixtures/aws/cn-north-1-ec2.csv"
#define EC2_JP "fixtures/aws/ap-northeast-1-ec2.csv"
#define EC2_US "fixtures/aws/us-east-1-ec2.csv"
#define CN(service, sku, os) "aws-cn,cn-north-1," service "," sku "," os ","
#define JP(service, sku, os) "aws-global,ap-northeast-1," service "," sku "," os ","
#define US(service, sku, os) "aws-global,us-east-1," service "," sku "," os ","

/* ---- the way to the lists ---- */

static void indexes_lead_to_the_lists(void **state)
{
    struct fetch_case c = case_of("aws-cn", beijing);

    (void)state;
    run(&c);
    assert_int_equal(c.asked, 5);
    assert_string_equal(c.urls[0], "https://pricing.cn-north-1.amazonaws.com.cn/offers/v1.0/cn/index.json");
    assert_string_equal(
        c.urls[1], "https://pricing.cn-north-1.amazonaws.com.cn/offers/v1.0/cn/AmazonEC2/current/region_index.json");
    assert_string_equal(c.names[3], "cn-north-1/AmazonEC2.csv");
    assert_string_equal(
        c.urls[3],
        "https://pricing.cn-north-1.amazonaws.com.cn/offers/v1.0/cn/AmazonEC2/20241106180211/cn-north-1/index.csv");
    /* Trap 18: what the list of China does not have is said, not priced. */
    assert_int_equal(fetch_case_counted(&c, "no AmazonS3 in the service index"), 1);
    assert_int_equal(fetch_case_counted(&c, "no AmazonRDS in the service index"), 1);
    assert_false(fetch_case_scope(&c, "cn-north-1,object-storage,yes"));
    fetch_case_free(&c);
}

static void an_index_that_leads_nowhere_is_refused(void **state)
{
    static const char regions[] =
        "{\"regions\":{\"cn-north-1\":{\"regionCode\":\"cn-north-1\",\"currentVersionUrl\":\"%s\"}}}";
    static const struct {
        const char *url, *says;
    } rows[] = {
        {"https://elsewhere.example.com/index.json", "does not lead to a file of https://pricing.cn-north-1"},
        {"//elsewhere.example.com/index.json", "does not lead to a file of"},
        {"/offers/../../etc/index.json", "does not lead to a file of"},
        {"/offers/v1.0/index.xml", "does not end in .json"},
        {"", "no 'currentVersionUrl' of region 'cn-north-1'"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct buf body = {0};
        buf_add(&body, regions, (size_t)(strchr(regions, '%') - regions));
        buf_puts(&body, rows[i].url);
        buf_puts(&body, strchr(regions, '%') + 2);
        refused("aws-cn", beijing, "aws-cn/AmazonEC2/region_index.json", body.v, rows[i].says);
        buf_free(&body);
    }
    refused("aws-cn", beijing, "aws-cn/index.json", "{\"offers\":{\"AmazonS3\":{}}}",
            "no AmazonEC2 in the service index");
    refused("aws-cn", beijing, "aws-cn/index.json", "{\"offers.AmazonEC2\":{}}", "no 'offers' in the answer");
    refused("aws-cn", beijing, "aws-cn/index.json", "<html>", "not JSON");
    refused("aws-cn", beijing, "aws-cn/AmazonEC2/region_index.json", "{\"regions\":{}}", "no cn-north-1 in");
    refused("aws-cn", beijing, "aws-cn/AmazonEC2/region_index.json", "{\"regions\":7}",
            "'regions' is neither an object nor a list");
}

/* Trap 16: an object here, a list in the other index. */
static void a_region_index_may_be_a_list(void **state)
{
    struct fetch_case c = case_of("aws-cn", beijing);

    (void)state;
    c.replace[0].name = "aws-cn/AmazonEC2/region_index.json";
    c.replace[0].body = "{\"regions\":[{\"regionCode\":\"cn-north-1\",\"versionUrl\":"
                        "\"https://pricing.cn-north-1.amazonaws.com.cn/offers/x/index.json\"}]}";
    run(&c);
    assert_string_equal(c.urls[3], "https://pricing.cn-north-1.amazonaws.com.cn/offers/x/index.csv");
    fetch_case_free(&c);
}

/* ---- machines ---- */

/* Traps 1, 2, 4, 11: of 21 products of m5.large the one that is shared, used and plain; the codes of this
 * partition are unlike those of the other. */
static void one_machine_of_a_type_is_chosen(void **state)
{
    struct fetch_case c = case_of("aws-cn", beijing);

    (void)state;
    run(&c);
    fetch_case_expect(&c, CN("compute", "m5.large", "linux") "on-demand,,,hour,0,,,1.013,CNY,excl,,2024-11-06");
    assert_int_equal(fetch_case_count(&c, CN("compute", "m5.large", "")), 0);
    assert_int_equal(fetch_case_count(&c, "aws-cn,cn-north-1,compute,m5.large,"), 1);
    fetch_case_expect(&c, CN("compute", "t3.medium", "linux") "on-demand,,,hour,0,,,0.2629,CNY,excl,,2024-11-06");
    fetch_case_expect(&c, CN("compute", "c5.large", "linux") "on-demand,,,hour,0,,,0.739,CNY,excl,,2024-11-06");
    fetch_case_expect(&c, CN("compute", "r5.large", "linux") "on-demand,,,hour,0,,,1.219,CNY,excl,,2024-11-06");
    fetch_case_expect(&c, CN("compute", "m6g.large", "linux") "on-demand,,,hour,0,,,0.8037,CNY,excl,,2024-11-06");
    fetch_case_expect(&c, CN("compute", "c7g.large", "linux") "on-demand,,,hour,0,,,0.6285,CNY,excl,,2024-11-06");
    fetch_case_expect(&c, CN("compute", "c5.metal", "linux") "on-demand,,,hour,0,,,35.49,CNY,excl,,2024-11-06");
    assert_true(fetch_case_scope(&c, "cn-north-1,compute,yes"));
    fetch_case_free(&c);
}

static void what_is_passed_over_is_counted(void **state)
{
    static const struct {
        const char *what;
        size_t n;
    } rows[] = {
        {"capacity reservation", 8}, /* unused and allocated, of Linux with and without SQL Server */
        {"dedicated machine", 4},    /* of the same */
        {"dedicated host", 1},
        {"pre-installed software", 3},         /* SQL Server Web, Standard, Enterprise */
        {"operating system not asked for", 4}, /* two of Red Hat, SUSE, Ubuntu Pro */
        {"licence of one's own", 1},           /* Windows */
        {"price of 0: not sold", 1},           /* trap 19: a capacity block */
        {"unit without a kind: IOPS-Mo", 1},
        {"other transfer", 1}, /* inwards, free */
    };
    struct fetch_case c = case_of("aws-cn", beijing);

    (void)state;
    run(&c);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        if (fetch_case_counted(&c, rows[i].what) != rows[i].n)
            fail_msg("%s: %zu, not %zu", rows[i].what, fetch_case_counted(&c, rows[i].what), rows[i].n);
    assert_int_equal(fetch_case_count(&c, "aws-cn,cn-north-1,compute,p5.48xlarge,"), 0);
    fetch_case_free(&c);
}

/* Trap 3: the unused reservation has the true price, and is not the machine. */
static void without_its_own_row_a_machine_is_not_sold(void **state)
{
    char *list = without(EC2_CN, "CNN1-BoxUsage:m5.large\",\"RunInstances\"", "\"NA\"");
    struct fetch_case c = case_of("aws-cn", beijing);

    (void)state;
    c.replace[0].name = "cn-north-1/AmazonEC2.csv";
    c.replace[0].body = list;
    run(&c);
    assert_int_equal(fetch_case_count(&c, "aws-cn,cn-north-1,compute,m5.large,"), 0);
    assert_int_equal(fetch_case_count(&c, "aws-cn,cn-north-1,compute,c5.large,"), 1);
    fetch_case_free(&c);
    free(list);
}

static const struct pack_shape *shape_of(const struct fetch_case *c, const char *sku)
{
    for (size_t i = 0; i < c->pack.nshapes; i++)
        if (!strcmp(c->pack.shapes[i].sku, sku))
            return &c->pack.shapes[i];
    fail_msg("no shape of %s", sku);
    return NULL;
}

static void shape_is(const struct fetch_case *c, const char *sku, const struct pack_shape *want)
{
    const struct pack_shape *s = shape_of(c, sku);

    assert_string_equal(s->provider, "aws");
    assert_string_equal(s->family, want->family);
    assert_string_equal(s->class_, want->class_);
    assert_string_equal(s->sold, want->sold);
    assert_string_equal(s->vcpu, want->vcpu);
    assert_string_equal(s->memory, want->memory);
    assert_string_equal(s->gpu, want->gpu);
    assert_string_equal(s->arch, want->arch);
    assert_int_equal(s->burstable, want->burstable);
    assert_string_equal(s->generation, want->generation);
}

/* As the bundled pack has them, family by family. */
static void shapes_are_those_of_the_pack(void **state)
{
    struct fetch_case c = case_of("aws-cn", beijing);

    (void)state;
    run(&c);
    shape_is(&c, "m5.large",
             &(struct pack_shape){.family = "m5",
                                  .class_ = "general",
                                  .sold = "current",
                                  .vcpu = "2",
                                  .memory = "8",
                                  .gpu = "0",
                                  .arch = "amd64",
                                  .generation = "5"});
    shape_is(&c, "t3.medium",
             &(struct pack_shape){.family = "t3",
                                  .class_ = "burstable",
                                  .sold = "current",
                                  .vcpu = "2",
                                  .memory = "4",
                                  .gpu = "0",
                                  .arch = "amd64",
                                  .burstable = true,
                                  .generation = "3"});
    shape_is(&c, "c7g.large",
             &(struct pack_shape){.family = "c7g",
                                  .class_ = "compute",
                                  .sold = "current",
                                  .vcpu = "2",
                                  .memory = "4",
                                  .gpu = "0",
                                  .arch = "arm64",
                                  .generation = "7"});
    shape_is(&c, "c3.large",
             &(struct pack_shape){.family = "c3",
                                  .class_ = "compute",
                                  .sold = "legacy",
                                  .vcpu = "2",
                                  .memory = "3.75",
                                  .gpu = "0",
                                  .arch = "amd64",
                                  .generation = "3"});
    shape_is(&c, "c5.metal",
             &(struct pack_shape){.family = "c5:metal",
                                  .class_ = "metal",
                                  .sold = "current",
                                  .vcpu = "96",
                                  .memory = "192",
                                  .gpu = "0",
                                  .arch = "amd64",
                                  .generation = "5"});
    shape_is(&c, "p5.48xlarge",
             &(struct pack_shape){.family = "p5",
                                  .class_ = "gpu",
                                  .sold = "current",
                                  .vcpu = "192",
                                  .memory = "2048",
                                  .gpu = "8",
                                  .arch = "amd64",
                                  .generation = "5"});
    fetch_case_free(&c);
}

/* ---- reservations ---- */

/* Traps 5, 6: both rows of a payment, the sum with empty ranges; a rate of 0 is part of all upfront. */
static void reservations_come_with_all_their_parts(void **state)
{
#define WIN JP("compute", "c5.xlarge", "windows")
    static const char *const rows[] = {
        WIN "on-demand,,,hour,0,,,0.398,USD,excl,,2025-09-12",
        WIN "reserved,no-upfront,12,hour,0,,,0.319,USD,excl,,2025-09-12",
        WIN "reserved,partial-upfront,12,term,0,,,1368,USD,excl,,2025-09-12",
        WIN "reserved,partial-upfront,12,hour,0,,,0.156,USD,excl,,2025-09-12",
        WIN "reserved,all-upfront,12,term,0,,,2714,USD,excl,,2025-09-12",
        WIN "reserved,no-upfront,36,hour,0,,,0.276,USD,excl,,2025-09-12",
        WIN "reserved,partial-upfront,36,term,0,,,3543,USD,excl,,2025-09-12",
        WIN "reserved,partial-upfront,36,hour,0,,,0.135,USD,excl,,2025-09-12",
        WIN "reserved,all-upfront,36,term,0,,,6950,USD,excl,,2025-09-12",
    };
    struct fetch_case c = case_of("aws-global", tokyo);

    (void)state;
    run(&c);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        fetch_case_expect(&c, rows[i]);
    assert_int_equal(fetch_case_count(&c, WIN), 9);
    assert_int_equal(fetch_case_count(&c, JP("compute", "c6i.large", "windows")), 0); /* dedicated, with SQL Server */
    fetch_case_free(&c);
    c = case_of("aws-global", virginia);
    run(&c);
    fetch_case_expect(&c, US("compute", "m5.large",
                             "linux") "reserved,convertible-all-upfront,36,term,0,,,1161,USD,excl,,2025-09-12");
    assert_int_equal(fetch_case_count(&c, US("compute", "m5.large", "linux")), 2);
    fetch_case_free(&c);
}

static void half_a_reservation_is_none(void **state)
{
    char *list = without(EC2_JP, "\"1368\"", "Upfront Fee");
    struct fetch_case c = case_of("aws-global", tokyo);

    (void)state;
    c.replace[0].name = "ap-northeast-1/AmazonEC2.csv";
    c.replace[0].body = list;
    run(&c);
    assert_int_equal(fetch_case_counted(&c, "reservation without all its parts"), 1);
    assert_int_equal(fetch_case_count(&c, WIN "reserved,partial-upfront,12"), 0);
    assert_int_equal(fetch_case_count(&c, WIN "reserved,partial-upfront,36"), 2);
    fetch_case_free(&c);
    free(list);
}

static void a_reservation_with_two_prices_is_none(void **state)
{
    char *list = changed(EC2_JP, "\"6950\"", "\"2714\""); /* three years all upfront, sold for one, too */
    char *both = NULL;
    struct fetch_case c = case_of("aws-global", tokyo);

    (void)state;
    both = strstr(list, "NQ3QZPMQV9\",\"JPC5XLWIN0000001.NQ3QZPMQV9.2TG2D8R56U");
    assert_non_null(both);
    char *year = strstr(both, "3yr"), *price = strstr(both, "\"2714\"");
    assert_non_null(year);
    memcpy(year, "1yr", 3);
    memcpy(price, "\"2715\"", 6);
    c.replace[0].name = "ap-northeast-1/AmazonEC2.csv";
    c.replace[0].body = list;
    run(&c);
    assert_int_equal(fetch_case_counted(&c, "reservation with two prices"), 1);
    assert_int_equal(fetch_case_count(&c, WIN "reserved,all-upfront,"), 0);
    fetch_case_free(&c);
    free(list);
}

/* ---- lists of another year, another form ---- */

/* Traps 7, 9, 20: all quoted, no column with the region's code. */
static void a_list_of_2020_tells_its_region_by_name(void **state)
{
    struct fetch_case c = case_of("aws-global", tokyo);

    (void)state;
    run(&c);
    fetch_case_expect(&c, JP("compute", "c5.xlarge", "linux") "on-demand,,,hour,0,,,0.214,USD,excl,,2025-09-12");
    fetch_case_expect(&c, JP("compute", "r7i.metal-24xl", "linux") "on-demand,,,hour,0,,,7.6608,USD,excl,,2025-09-12");
    fetch_case_expect(&c, JP("block-storage", "gp3", "") "on-demand,,,GiB-month,0,,,0.096,USD,excl,,2025-09-12");
    fetch_case_expect(&c,
                      JP("snapshot", "EBS:SnapshotUsage", "") "on-demand,,,GiB-month,0,,,0.05,USD,excl,,2025-09-12");
    fetch_case_expect(&c, JP("nat", "NatGateway-Hours", "") "on-demand,,,hour,0,,,0.062,USD,excl,,2025-09-12");
    assert_int_equal(fetch_case_counted(&c, "a region in China in the list of the world"), 1);
    fetch_case_free(&c);
    char *list = changed(EC2_JP, "\"Asia Pacific (Tokyo)\"", "\"Asia Pacific (Edo)\"");
    refused("aws-global", tokyo, "ap-northeast-1/AmazonEC2.csv", list, "line 7: unknown location 'Asia Pacific (Edo)'");
    free(list);
    list = changed(EC2_JP, "\"Shared\"", "\"shared\""); /* disks still count */
    refused("aws-global", tokyo, "ap-northeast-1/AmazonEC2.csv", list, "no machine that counts among all rows");
    free(list);
    list = changed(EC2_US, "\"us-east-1\"", "\"us-east-9\"");
    refused("aws-global", virginia, "us-east-1/AmazonEC2.csv", list, "no machine that counts among all rows");
    free(list);
}

/* Trap 8: columns are found by name. The first two are told in the other order here. */
static void columns_may_stand_anywhere(void **state)
{
    char *list = changed(EC2_US, "\"SKU\",\"OfferTermCode\"", "\"OfferTermCode\",\"SKU\"");
    struct fetch_case c = case_of("aws-global", virginia);

    (void)state;
    for (char *at = list; (at = strstr(at, "\n\"USM5L")) != NULL;) { /* swap the first two cells */
        char sku[24], term[24];
        char *first = at + 1, *comma = strchr(first, ','), *end = strchr(comma + 1, ',');
        size_t nsku = (size_t)(comma - first), nterm = (size_t)(end - comma - 1);
        memcpy(sku, first, nsku);
        memcpy(term, comma + 1, nterm);
        memcpy(first, term, nterm);
        first[nterm] = ',';
        memcpy(first + nterm + 1, sku, nsku);
        at = end;
    }
    c.replace[0].name = "us-east-1/AmazonEC2.csv";
    c.replace[0].body = list;
    run(&c);
    fetch_case_expect(&c, US("compute", "m5.large", "linux") "on-demand,,,hour,0,,,0.096,USD,excl,,2025-09-12");
    fetch_case_free(&c);
    free(list);
}

static void lists_that_cannot_be_trusted_are_refused(void **state)
{
    static const struct {
        const char *from, *to, *says;
    } rows[] = {
        {"\"PricePerUnit\"", "\"Price\"", "no column 'PricePerUnit' in the header"},
        {"\"Tenancy\"", "\"Tenant\"", "no column 'Tenancy' in the header"},
        {"\"ECU\"", "\"Currency\"", "the column 'Currency' stands twice in the header"},
        {"\"USD\"", "\"CNY\"", "line 7: Currency: 'CNY' (known: USD)"}, /* trap 12 */
        {"\"0.0960000000\"", "\"0.096O\"", "line 7: PricePerUnit: '0.096O'"},
        {"\"0.0960000000\"", "\"\"",
         "line 7: PricePerUnit: '' is no amount"}, /* trap 13: it stands in the prose, too */
        {"\"0.0960000000\"", "\"-0.096\"", "line 7: PricePerUnit: '-0.096' is no amount"},
        {"\"OfferCode\",\"AmazonEC2\"", "\"OfferCode\",\"AmazonS3\"",
         "a list of 'AmazonS3' where 'AmazonEC2' was asked for"},
        {"\"FormatVersion\"", "\"Error\"", "no price list: it does not begin with 'FormatVersion'"},
        {"\"Publication Date\"", "\"Date\"", "no price list: without its Publication Date"},
        {"\"2025-09-12T22:53:08Z\"", "\"yesterday\"", "line 3: 'yesterday' is no date"},
        {"\"Compute Instance\",\"AmazonEC2\"", "\"Compute Instance\"", "line 7: 90 cells where the header has 91"},
        {"\"us-east-1\"", "\"us-east-1", "line 7: a quote"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char *list = changed(EC2_US, rows[i].from, rows[i].to);
        refused("aws-global", virginia, "us-east-1/AmazonEC2.csv", list, rows[i].says);
        free(list);
    }
}

/* Each column that tells the machine from its neighbours, one at a time. */
static void a_machine_is_plain_in_every_respect(void **state)
{
    static const struct {
        const char *from, *to, *reason;
    } rows[] = {
        {"\"NA\",\"Used\"", "\"NA\",\"UnusedCapacityReservation\"", "capacity reservation"},
        {"\"Shared\"", "\"Host\"", "dedicated host"},
        {"\"No License required\"", "\"Bring your own license\"", "licence of one's own"},
        {"\"OnDemand\",\"4\"", "\"CapacityBlock\",\"4\"", "capacity block"},
        {"\"RunInstances\"", "\"RunInstances:0010\"", "operation of another system or licence"},
        {"\"RunInstances\"", "\"RunInstances:0002\"", "operation of another system or licence"},
        {"\"BoxUsage:m5.large\"", "\"UnusedBox:m5.large\"", "usage of another kind"},
        {"\"BoxUsage:m5.large\"", "\"BoxUsage:m5.xlarge\"", "usage of another kind"},
        {"\"4\",,\"NA\"", "\"4\",,\"SQL Web\"", "pre-installed software"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char *list = changed(EC2_US, rows[i].from, rows[i].to);
        struct buf more = {0}; /* another machine, so that something counts */
        struct fetch_case c = case_of("aws-global", virginia);
        char *other = changed(EC2_US, "m5.large", "m5.8xlarge");
        buf_puts(&more, list);
        buf_puts(&more, strchr(strstr(other, "VPCNetworkingSupport"), '\n') + 1);
        for (char *sku = more.v + strlen(list); (sku = strstr(sku, "USM5L")) != NULL; sku++)
            sku[4] = 'X';
        c.replace[0].name = "us-east-1/AmazonEC2.csv";
        c.replace[0].body = more.v;
        run(&c);
        if (fetch_case_counted(&c, rows[i].reason) == 0)
            fail_msg("nothing was passed over as '%s'", rows[i].reason);
        assert_int_equal(fetch_case_count(&c, "aws-global,us-east-1,compute,m5.large,"), 0);
        assert_int_equal(fetch_case_count(&c, "aws-global,us-east-1,compute,m5.8xlarge,"), 2);
        fetch_case_free(&c);
        buf_free(&more);
        free(other);
        free(list);
    }
}

static void a_price_of_a_later_day_waits(void **state)
{
    char *list = changed(EC2_US, "\"2025-09-01\"", "\"2025-10-01\"");
    struct fetch_case c = case_of("aws-global", virginia);

    (void)state;
    c.replace[0].name = "us-east-1/AmazonEC2.csv";
    c.replace[0].body = list;
    run(&c);
    assert_int_equal(fetch_case_counted(&c, "price of a later day"), 1);
    assert_int_equal(fetch_case_count(&c, US("compute", "m5.large", "linux") "on-demand"), 0);
    fetch_case_free(&c);
    free(list);
}

/* ---- the other lists ---- */

static void transfer_goes_out_and_between(void **state)
{
    struct fetch_case c = case_of("aws-cn", beijing);

    (void)state;
    run(&c);
    fetch_case_expect(&c, CN("egress", "DataTransfer-Out-Bytes", "") "on-demand,,,GB,0,,,0.933,CNY,excl,,2023-05-25");
    fetch_case_expect(
        &c, CN("cross-region-transfer", "AWS-Out-Bytes", "") "on-demand,,,GB,0,,,0.6003,CNY,excl,,2023-05-25");
    assert_true(fetch_case_scope(&c, "cn-north-1,egress,yes"));
    fetch_case_free(&c);
    c = case_of("aws-global", virginia);
    run(&c);
#define OUT US("egress", "DataTransfer-Out-Bytes", "") "on-demand,,,GB,"
    fetch_case_expect(&c, OUT "0,10240,month,0.09,USD,excl,,2025-09-12");
    fetch_case_expect(&c, OUT "10240,51200,month,0.085,USD,excl,,2025-09-12");
    fetch_case_expect(&c, OUT "51200,153600,month,0.07,USD,excl,,2025-09-12");
    fetch_case_expect(&c, OUT "153600,,month,0.05,USD,excl,,2025-09-12");
    fetch_case_expect(
        &c, US("cross-region-transfer", "APN1-AWS-Out-Bytes", "") "on-demand,,,GB,0,,,0.02,USD,excl,,2025-09-12");
    assert_int_equal(fetch_case_counted(&c, "transfer from ap-northeast-1"), 1);
    fetch_case_free(&c);
}

static void object_storage_and_its_requests(void **state)
{
    struct fetch_case c = case_of("aws-global", virginia);

    (void)state;
    run(&c);
#define S3(sku) US("object-storage", sku, "") "on-demand,,,GB-month,"
    fetch_case_expect(&c, S3("TimedStorage-ByteHrs") "0,51200,month,0.023,USD,excl,,2025-10-28");
    fetch_case_expect(&c, S3("TimedStorage-ByteHrs") "51200,512000,month,0.022,USD,excl,,2025-10-28");
    fetch_case_expect(&c, S3("TimedStorage-ByteHrs") "512000,,month,0.021,USD,excl,,2025-10-28");
    fetch_case_expect(&c, S3("TimedStorage-SIA-ByteHrs") "0,,,0.0125,USD,excl,,2025-10-28");
    fetch_case_expect(&c, US("requests", "Requests-Tier1", "") "on-demand,,,request,0,,,0.000005,USD,excl,,2025-10-28");
    fetch_case_expect(&c,
                      US("requests", "Requests-Tier2", "") "on-demand,,,request,0,,,0.0000004,USD,excl,,2025-10-28");
    assert_int_equal(fetch_case_counted(&c, "other products: Storage"), 1); /* tags */
    fetch_case_free(&c);
}

static void databases_by_engine_and_deployment(void **state)
{
    struct fetch_case c = case_of("aws-global", virginia);

    (void)state;
    run(&c);
#define DB(sku, price) US("database", sku, "") "on-demand,,,hour,0,,," price ",USD,excl,,2025-01-15"
    fetch_case_expect(&c, DB("mysql.db.m5.large.single", "0.171"));
    fetch_case_expect(&c, DB("mysql.db.m5.large.ha", "0.342"));
    fetch_case_expect(&c, DB("postgresql.db.m5.large.single", "0.178"));
    assert_int_equal(fetch_case_counted(&c, "database engine not asked for"), 1);
    assert_int_equal(fetch_case_counted(&c, "other products: Database Storage"), 1);
    assert_string_equal(shape_of(&c, "mysql.db.m5.large.ha")->class_, "mysql-ha");
    assert_string_equal(shape_of(&c, "mysql.db.m5.large.ha")->memory, "8");
    assert_true(shape_of(&c, "mysql.db.t3.micro.single")->burstable);
    fetch_case_free(&c);
}

/* ---- words ---- */

static struct price_cell cell(const char *text)
{
    return (struct price_cell){text, strlen(text)};
}

static void usage_types_lose_their_region(void **state)
{
    static const struct {
        const char *usage, *rest;
    } rows[] = {
        {"BoxUsage:m5.large", "BoxUsage:m5.large"},
        {"EU-BoxUsage:m5.large", "BoxUsage:m5.large"},
        {"USE2-EBS:VolumeUsage.gp3", "EBS:VolumeUsage.gp3"},
        {"CNN1-CNW1-AWS-Out-Bytes", "CNW1-AWS-Out-Bytes"},
        {"AWS-Out-Bytes", "Out-Bytes"}, /* a prefix like any other: who knows better asks before */
        {"EBS:SnapshotUsage", "EBS:SnapshotUsage"},
        {"TimedStorage-ByteHrs", "TimedStorage-ByteHrs"},
        {"", ""},
        {"EU-", ""},
    };

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        assert_true(price_cell_is(aws_usage(cell(rows[i].usage)), rows[i].rest));
}

/* Operations: EC2 guide, "AMI billing information fields". Names of places: the price lists, before and after 2021. */
static void words_of_theirs_in_ours(void **state)
{
    (void)state;
    assert_string_equal(aws_os(cell("RunInstances")), "linux");
    assert_string_equal(aws_os(cell("RunInstances:0002")), "windows");
    assert_null(aws_os(cell("RunInstances:0010")));
    assert_null(aws_os(cell("RunInstances:0800")));
    assert_string_equal(aws_region(cell("EU (Ireland)")), "eu-west-1");
    assert_string_equal(aws_region(cell("Europe (Ireland)")), "eu-west-1");
    assert_null(aws_region(cell("Ireland")));
    assert_int_equal(aws_term(cell("1yr")), 12);
    assert_int_equal(aws_term(cell("3")), 36);
    assert_int_equal(aws_term(cell("2yr")), 0);
    assert_string_equal(aws_option(cell("Partial Upfront")), "partial-upfront");
    assert_null(aws_option(cell("Heavy Utilization")));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(indexes_lead_to_the_lists),
        cmocka_unit_test(an_index_that_leads_nowhere_is_refused),
        cmocka_unit_test(a_region_index_may_be_a_list),
        cmocka_unit_test(one_machine_of_a_type_is_chosen),
        cmocka_unit_test(what_is_passed_over_is_counted),
        cmocka_unit_test(without_its_own_row_a_machine_is_not_sold),
        cmocka_unit_test(shapes_are_those_of_the_pack),
        cmocka_unit_test(reservations_come_with_all_their_parts),
        cmocka_unit_test(half_a_reservation_is_none),
        cmocka_unit_test(a_reservation_with_two_prices_is_none),
        cmocka_unit_test(a_list_of_2020_tells_its_region_by_name),
        cmocka_unit_test(columns_may_stand_anywhere),
        cmocka_unit_test(lists_that_cannot_be_trusted_are_refused),
        cmocka_unit_test(a_machine_is_plain_in_every_respect),
        cmocka_unit_test(a_price_of_a_later_day_waits),
        cmocka_unit_test(transfer_goes_out_and_between),
        cmocka_unit_test(object_storage_and_its_requests),
        cmocka_unit_test(databases_by_engine_and_deployment),
        cmocka_unit_test(usage_types_lose_their_region),
        cmocka_unit_test(words_of_theirs_in_ours),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
