/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Azure outside of China: the Retail Prices API. One list for each region and service, in pages that
 * lead from one to the next; a list is handed over when its last page is there. The currency is a
 * parameter of its own: inside the filter it makes every answer empty without a word.
 */
#include "fetchers/azure_meter.h"
#include "fetchers/json_read.h"
#include "fetchers/percent.h"
#include "fetchers/url.h"

#include <string.h>

#define HOST "https://prices.azure.com"
#define PATH "/api/retail/prices?"

static const struct {
    const char *name;
    bool always; /* every region has prices of it: an empty list is a failure */
} services[] = {
    {"Virtual Machines", true}, {"Storage", true},        {"Bandwidth", false},
    {"NAT Gateway", false},     {"Load Balancer", false}, {"Virtual Network", false},
};
enum { SERVICES = sizeof services / sizeof *services };

struct azure {
    const struct fetch_job *job;
    const char *currency;
    struct arena arena;      /* texts of the question under way */
    struct arena list_arena; /* links of the list under way */
    struct azure_meters meters;
    size_t region, service;
    int page;         /* of the list, from 0 */
    const char *link; /* path and query of the page to ask for; NULL: the first */
    struct intern links;
};

/* What the API says in other currencies is for reference only, so it is no list price of the site. */
static int begin(void *state, const struct fetch_job *job, struct err *err)
{
    struct azure *s = state;
    const char *own = rules_site(job->rules, job->site)->list_currency;

    s->job = job;
    s->currency = own;
    s->meters = (struct azure_meters){.job = job, .day = job->today, .currency = own};
    s->links.arena = &s->list_arena;
    if (*job->currency != '\0' && strcmp(job->currency, own) != 0)
        return err_set(err, ERR_USAGE, "prices of %s in %s are for reference only (known: %s)", job->site,
                       job->currency, own);
    return 0;
}

static void forget_list(struct azure *s)
{
    intern_free(&s->links);
    arena_clear(&s->list_arena);
    s->links = (struct intern){.arena = &s->list_arena};
    s->link = NULL;
    s->page = 0;
}

static const char *first_page(struct azure *s)
{
    const char *filter = arena_printf(&s->arena, "armRegionName eq '%s' and serviceName eq '%s'",
                                      s->job->regions[s->region], services[s->service].name);
    const char *encoded = filter != NULL ? percent_encode(&s->arena, filter) : NULL;

    return encoded == NULL ? NULL
                           : arena_printf(&s->arena,
                                          PATH "api-version=2023-01-01-preview&currencyCode=%%27%s%%27"
                                               "&meterRegion=%%27primary%%27&$filter=%s",
                                          s->currency, encoded);
}

/* "eastus/Virtual-Machines-1.json" */
static const char *question_name(struct azure *s)
{
    char *name =
        arena_printf(&s->arena, "%s/%s-%d.json", s->job->regions[s->region], services[s->service].name, s->page + 1);

    for (char *at = name; at != NULL && *at != '\0'; at++)
        if (*at == ' ')
            *at = '-';
    return name;
}

static int next(void *state, struct fetch_request *out, struct err *err)
{
    struct azure *s = state;

    if (s->region == s->job->nregions)
        return FETCH_DONE;
    arena_clear(&s->arena);
    const char *path = s->link != NULL ? s->link : first_page(s);
    *out = (struct fetch_request){
        .name = question_name(s),
        .endpoint = "",
        .method = "GET",
        .url = path != NULL ? arena_printf(&s->arena, "%s%s", fetch_endpoint(s->job, "")->url, path) : NULL,
    };
    return out->name != NULL && out->url != NULL ? FETCH_ASK : err_nomem(err);
}

/* ---- items ---- */

static bool is_false(const struct json *v)
{
    return json_kind(v) == JSON_TRUTH && !json_true(v);
}

/* Savings plans stand inside the item whose price they lower. */
static int take_plans(struct azure *s, const struct azure_meter *like, const struct json *plans, struct harvest *h,
                      struct err *err)
{
    for (size_t i = 0; i < json_count(plans); i++) {
        struct azure_meter m = *like;
        const struct json *plan = json_item(plans, i);
        m.type = "SavingsPlanConsumption";
        m.price = json_string(json_get(plan, "unitPrice"));
        m.term = json_string(json_get(plan, "term"));
        if (azure_meters_add(&s->meters, &m, h, err) != 0)
            return -1;
    }
    return 0;
}

static int take(struct azure *s, const struct json *item, struct harvest *h, struct err *err)
{
    struct azure_meter m = {
        .region = json_string(json_get(item, "armRegionName")),
        .service = json_string(json_get(item, "serviceName")),
        .product = json_string(json_get(item, "productName")),
        .meter = json_string(json_get(item, "meterName")),
        .sku = json_string(json_get(item, "skuName")),
        .arm_sku = json_string(json_get(item, "armSkuName")),
        .type = json_string(json_get(item, "type")),
        .unit = json_string(json_get(item, "unitOfMeasure")),
        .term = json_string(json_get(item, "reservationTerm")),
        .currency = json_string(json_get(item, "currencyCode")),
        .starts = json_string(json_get(item, "effectiveStartDate")),
        .ends = json_string(json_get(item, "effectiveEndDate")),
        .price = json_string(json_get(item, "unitPrice")),
        .tier_from = json_string(json_get(item, "tierMinimumUnits")),
        .primary = !is_false(json_get(item, "isPrimaryMeterRegion")),
    };

    if (azure_meters_add(&s->meters, &m, h, err) != 0)
        return -1;
    return take_plans(s, &m, json_get(item, "savingsPlan"), h, err);
}

/* ---- from page to page ---- */

static int bad_link(const char *why, const char *link, struct err *err)
{
    return err_set(err, ERR_FETCH, "NextPageLink %s: %.100s", why, link);
}

/* Path and query of a link; it may name the provider's own host or the configured one, and no other. */
static int follow(struct azure *s, const char *text, struct err *err)
{
    struct url own, configured, to;

    if (!url_split(text, &to))
        return bad_link("is no address", text, err);
    bool split = url_split(HOST, &own) && url_split(fetch_endpoint(s->job, "")->url, &configured);
    if (!split || (!url_same_origin(&to, &own) && !url_same_origin(&to, &configured)))
        return bad_link("leads to another host", text, err);
    if (strncmp(to.rest, PATH, sizeof PATH - 1) != 0)
        return bad_link("leads elsewhere", text, err);
    int *seen = intern_number(&s->links, to.rest, strlen(to.rest));
    const char *link = arena_strdup(&s->list_arena, to.rest);
    if (seen == NULL || link == NULL)
        return err_nomem(err);
    if ((*seen)++ > 0)
        return bad_link("leads round in circles", text, err);
    s->link = link;
    s->page++;
    return 0;
}

static int close_list(struct azure *s, struct harvest *h, struct err *err)
{
    if (azure_meters_deliver(&s->meters, true, NULL, h, err) != 0)
        return -1;
    forget_list(s);
    s->service++;
    if (s->service == SERVICES) {
        s->service = 0;
        s->region++;
    }
    return 0;
}

static int check_first(struct azure *s, size_t items, struct harvest *h, struct err *err)
{
    if (items > 0 || s->page > 0)
        return 0;
    if (services[s->service].always)
        return err_set(err, ERR_FETCH, "an empty list of '%s' in '%s'", services[s->service].name,
                       s->job->regions[s->region]);
    return harvest_remark(h, "service without any meter in the region", 1, err);
}

static int note_source(struct harvest *h, struct err *err)
{
    return harvest_source(h, "Azure Retail Prices API", "high",
                          "Without tax. Reservations are the price of the whole term.", err);
}

static int read_page(struct azure *s, const struct json *doc, struct harvest *h, struct err *err)
{
    const struct json *items;
    const char *link = json_string(json_get(doc, "NextPageLink"));

    if (json_need(doc, "Items", &items, err) != 0 || check_first(s, json_count(items), h, err) != 0)
        return -1;
    if (s->page == 0 && s->service == 0 && s->region == 0 && note_source(h, err) != 0)
        return -1;
    for (size_t i = 0; i < json_count(items); i++)
        if (take(s, json_item(items, i), h, err) != 0)
            return -1;
    return *link != '\0' ? follow(s, link, err) : close_list(s, h, err);
}

static int parse(void *state, const struct fetch_answer *in, struct harvest *out, struct err *err)
{
    struct azure *s = state;
    struct json *doc;

    if (json_read(in->body, in->len, &doc, NULL, err) != 0)
        return -1;
    int rc = read_page(s, doc, out, err);
    json_free(doc);
    return rc == 0 ? FETCH_READ : -1;
}

static void end(void *state)
{
    struct azure *s = state;

    azure_meters_free(&s->meters);
    intern_free(&s->links);
    arena_free(&s->list_arena);
    arena_free(&s->arena);
}

static const struct fetch_endpoint endpoints[] = {
    {"azure-global", "", HOST, 60},
    {NULL, NULL, NULL, 0},
};

extern const struct fetcher fetcher_azure;
const struct fetcher fetcher_azure = {
    .name = "azure",
    .about = "Azure outside of China: the Retail Prices API",
    .endpoints = endpoints,
    .state_size = sizeof(struct azure),
    .begin = begin,
    .next = next,
    .parse = parse,
    .end = end,
};
