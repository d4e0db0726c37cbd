/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Savings plans of AWS: what a machine costs by the hour under a commitment of one or three years, for
 * machines of any kind (compute) or of one family in one region (instance). The rate is the whole price;
 * how much of the commitment is paid at its start is the offering's business.
 */
#include "fetchers/aws_parts.h"

#include "calc/buf.h"

#include <string.h>

enum column {
    SP_RATE,
    SP_UNIT,
    SP_CURRENCY,
    SP_SERVICE,
    SP_USAGE,
    SP_OPERATION,
    SP_OPTION,
    SP_LENGTH,
    SP_LENGTH_UNIT,
    SP_FAMILY,
    SP_REGION,
    SP_COLUMNS
};
static const char *const columns[SP_COLUMNS] = {
    [SP_RATE] = "DiscountedRate",
    [SP_UNIT] = "Unit",
    [SP_CURRENCY] = "Currency",
    [SP_SERVICE] = "DiscountedServiceCode",
    [SP_USAGE] = "DiscountedUsageType",
    [SP_OPERATION] = "DiscountedOperation",
    [SP_OPTION] = "PurchaseOption",
    [SP_LENGTH] = "LeaseContractLength",
    [SP_LENGTH_UNIT] = "LeaseContractLengthUnit",
    [SP_FAMILY] = "Product Family",
    [SP_REGION] = "DiscountedRegionCode",
};

enum step { STEP_INDEX, STEP_REGIONS, STEP_LISTS };
enum { SKU_MAX = 64, OFFERING_MAX = 64 };

struct plans {
    const struct fetch_job *job;
    struct arena arena, scratch;
    enum step step;
    const char *index; /* of regions */
    const char **urls; /* of each region's list; NULL: it has none */
    size_t region;
};

static int begin(void *state, const struct fetch_job *job, struct err *err)
{
    struct plans *s = state;

    s->job = job;
    s->urls = arena_array(&s->arena, job->nregions + 1, sizeof *s->urls);
    return s->urls != NULL ? 0 : err_nomem(err);
}

static int ask(struct plans *s, const char *name, const char *path, bool csv, struct fetch_request *out,
               struct err *err)
{
    *out = (struct fetch_request){.name = name, .endpoint = "", .method = "GET", .large = csv};
    out->ceiling = csv ? (uint64_t)4 << 30 : 0;
    if (name == NULL)
        return err_nomem(err);
    return aws_follow(s->job, path, csv, &s->scratch, &out->url, err) == 0 ? FETCH_ASK : -1;
}

static int next(void *state, struct fetch_request *out, struct err *err)
{
    struct plans *s = state;

    arena_clear(&s->scratch);
    if (s->job->nregions == 0)
        return FETCH_DONE;
    if (s->step == STEP_INDEX)
        return ask(s, arena_printf(&s->scratch, "%s/index.json", s->job->site), aws_index_path(s->job->site), false,
                   out, err);
    if (s->step == STEP_REGIONS)
        return ask(s, arena_printf(&s->scratch, "%s/region_index.json", s->job->site), s->index, false, out, err);
    while (s->region < s->job->nregions && s->urls[s->region] == NULL)
        s->region++;
    if (s->region == s->job->nregions)
        return FETCH_DONE;
    return ask(s, arena_printf(&s->scratch, "%s.csv", s->job->regions[s->region]), s->urls[s->region], true, out, err);
}

/* ---- a list ---- */

/* A list under way. */
struct reading {
    struct price_list list;
    int at[SP_COLUMNS];
    const char *region;
    struct fetch_price like; /* what all prices of the list have in common */
    struct harvest *h;
    size_t taken;
};

static struct price_cell cell(const struct reading *r, enum column c)
{
    return price_list_cell(&r->list, r->at[c]);
}

static bool is(const struct reading *r, enum column c, const char *text)
{
    return price_cell_is(cell(r, c), text);
}

/* Of a type there is a row for each tenancy, reservation and system; of the systems, one for each licence. */
static const char *why_not(const struct reading *r)
{
    if (!is(r, SP_SERVICE, "AmazonEC2"))
        return "other services";
    if (!is(r, SP_REGION, r->region))
        return "another region";
    if (!price_cell_begins(aws_usage(cell(r, SP_USAGE)), "BoxUsage:"))
        return "dedicated or reserved capacity";
    if (aws_os(cell(r, SP_OPERATION)) == NULL)
        return "operating system or software not asked for";
    return is(r, SP_UNIT, "Hrs") ? NULL : "a unit other than the hour";
}

/* "compute-partial-upfront"; false for a plan nobody knows. */
static bool read_offering(const struct reading *r, char out[OFFERING_MAX])
{
    const char *option = aws_option(cell(r, SP_OPTION));
    const char *plan = is(r, SP_FAMILY, "ComputeSavingsPlans")       ? "compute-"
                       : is(r, SP_FAMILY, "EC2InstanceSavingsPlans") ? "instance-"
                                                                     : NULL;

    if (plan == NULL || option == NULL)
        return false;
    size_t n = strlen(plan);
    memcpy(out, plan, n);
    memcpy(out + n, option, strlen(option) + 1);
    return true;
}

static bool read_sku(const struct reading *r, char out[SKU_MAX])
{
    struct price_cell usage = aws_usage(cell(r, SP_USAGE));
    size_t box = sizeof "BoxUsage:" - 1;

    if (usage.n - box >= SKU_MAX)
        return false;
    memcpy(out, usage.v + box, usage.n - box);
    out[usage.n - box] = '\0';
    return true;
}

static int take_row(struct reading *r, struct err *err)
{
    struct fetch_price p = r->like;
    struct price_cell rate = cell(r, SP_RATE), currency = cell(r, SP_CURRENCY);
    char sku[SKU_MAX], offering[OFFERING_MAX];
    const char *reason = why_not(r);

    if (reason != NULL)
        return harvest_skip(r->h, reason, 1, err);
    p.term_months = is(r, SP_LENGTH_UNIT, "year") ? aws_term(cell(r, SP_LENGTH)) : 0;
    if (p.term_months == 0 || !read_offering(r, offering))
        return harvest_skip(r->h, "plan of another kind or term", 1, err);
    if (!price_cell_is(currency, p.currency))
        return err_set(err, ERR_FETCH, "Currency: '%.*s' (known: %s)", (int)(currency.n > 40 ? 40 : currency.n),
                       currency.v, p.currency);
    if (!read_sku(r, sku))
        return err_set(err, ERR_FETCH, "DiscountedUsageType: too long");
    if (fetch_amount(rate.v, rate.n, &p.price, err) != 0)
        return err_prefix(err, "DiscountedRate");
    if (dec_sign(p.price) == 0)
        return harvest_skip(r->h, "price of 0: not sold", 1, err);
    p.sku = sku;
    p.os = aws_os(cell(r, SP_OPERATION));
    p.offering = offering;
    r->taken++;
    return harvest_price(r->h, &p, err);
}

static int read_rows(struct reading *r, struct err *err)
{
    int rc;

    for (int c = 0; c < SP_COLUMNS; c++) {
        if (price_list_column(&r->list, columns[c], &r->at[c], err) != 0)
            return -1;
        if (r->at[c] < 0)
            return err_set(err, ERR_FETCH, "no column '%s' in the header", columns[c]);
    }
    while ((rc = price_list_next(&r->list, err)) == 1)
        if (take_row(r, err) != 0)
            return price_list_fail(&r->list, err);
    return rc;
}

static int read_list(struct plans *s, const struct fetch_answer *in, struct harvest *out, struct err *err)
{
    struct reading r = {.region = s->job->regions[s->region], .h = out};
    const struct site *site = rules_site(s->job->rules, s->job->site);

    if (price_list_open(&r.list, in->body, in->len, err) != 0)
        return -1;
    if (!price_cell_is(r.list.offer, "AmazonComputeSavingsPlan") &&
        !price_cell_is(r.list.offer, "AWSComputeSavingsPlan"))
        return err_set(err, ERR_FETCH, "a list of '%.*s' where savings plans were asked for",
                       (int)(r.list.offer.n > 80 ? 80 : r.list.offer.n), r.list.offer.v);
    r.like = (struct fetch_price){.region = r.region,
                                  .service = "compute",
                                  .charge = CHARGE_SAVINGS_PLAN,
                                  .unit = UNIT_HOUR,
                                  .currency = site->list_currency,
                                  .basis = BASIS_EXCL, /* the lists say that taxes are not included */
                                  .as_of = r.list.published};
    if (read_rows(&r, err) != 0)
        return -1;
    if (r.taken == 0)
        return err_set(err, ERR_FETCH, "no plan that counts among all rows");
    s->region++;
    return harvest_full(out, r.region, "compute", err);
}

/* ---- indexes ---- */

static int read_index(struct plans *s, const struct fetch_answer *in, struct harvest *out, struct err *err)
{
    if (aws_offer_url(in->body, in->len, "AmazonEC2", "currentSavingsPlanIndexUrl", &s->arena, &s->index, err) != 0)
        return -1;
    if (s->index == NULL)
        return err_set(err, ERR_FETCH, "no savings plans of AmazonEC2 in the service index");
    s->step = STEP_REGIONS;
    return harvest_source(out, "AWS savings plan files", "high",
                          "rates by the hour that contain what is paid upfront: half of the commitment with partial "
                          "upfront, all of it with all upfront; without tax",
                          err);
}

static int read_regions(struct plans *s, const struct fetch_answer *in, struct harvest *out, struct err *err)
{
    if (aws_region_urls(in->body, in->len, s->job, &s->arena, s->urls, err) != 0)
        return -1;
    for (size_t i = 0; i < s->job->nregions; i++) {
        if (s->urls[i] != NULL)
            continue;
        struct buf reason = {0};
        buf_printf(&reason, "no savings plans in %s", s->job->regions[i]);
        int rc = reason.failed ? err_nomem(err) : harvest_skip(out, reason.v, 1, err);
        buf_free(&reason);
        if (rc != 0)
            return -1;
    }
    s->step = STEP_LISTS;
    return 0;
}

static int parse(void *state, const struct fetch_answer *in, struct harvest *out, struct err *err)
{
    struct plans *s = state;
    int rc = s->step == STEP_INDEX     ? read_index(s, in, out, err)
             : s->step == STEP_REGIONS ? read_regions(s, in, out, err)
                                       : read_list(s, in, out, err);

    return rc == 0 ? FETCH_READ : -1;
}

static void end(void *state)
{
    struct plans *s = state;

    arena_free(&s->arena);
    arena_free(&s->scratch);
}

static const struct fetch_endpoint endpoints[] = {
    {"aws-cn", "", "https://pricing.cn-north-1.amazonaws.com.cn", 60},
    {"aws-global", "", "https://pricing.us-east-1.amazonaws.com", 60},
    {NULL, NULL, NULL, 0},
};

const struct fetcher fetcher_aws_savings_plans = {
    .name = "aws-savings-plans",
    .about = "AWS savings plan files: machines by the hour, for one or three years",
    .endpoints = endpoints,
    .state_size = sizeof(struct plans),
    .begin = begin,
    .next = next,
    .parse = parse,
    .end = end,
};
