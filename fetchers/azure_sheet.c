/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Azure China: the price sheet. A first question gives a link to a CSV of all prices, good for some hours;
 * when the storage behind it says that the link is no longer good, the first question is asked once more.
 */
#include "calc/csv.h"
#include "fetchers/azure_meter.h"
#include "fetchers/json_read.h"

#include <string.h>

enum { ASK_LINK, ASK_SHEET, ALL_ASKED };

struct azure_sheet {
    const struct fetch_job *job;
    struct arena arena;
    int step;
    int tries; /* links asked for */
    const char *link;
    struct date refreshed; /* when the sheet was made */
};

static int begin(void *state, const struct fetch_job *job, struct err *err)
{
    struct azure_sheet *s = state;

    (void)err;
    s->job = job;
    return 0;
}

static int ask_link(struct azure_sheet *s, struct fetch_request *out)
{
    s->tries++;
    *out = (struct fetch_request){
        .name = s->tries == 1 ? "download.json" : "download-again.json",
        .endpoint = "",
        .method = "GET",
        .url = arena_printf(&s->arena, "%s/api/retail/pricesheet/download?api-version=2023-06-01-preview",
                            fetch_endpoint(s->job, "")->url),
    };
    return out->url != NULL;
}

static int next(void *state, struct fetch_request *out, struct err *err)
{
    struct azure_sheet *s = state;

    if (s->step == ALL_ASKED)
        return FETCH_DONE;
    if (s->step == ASK_LINK)
        return ask_link(s, out) ? FETCH_ASK : err_nomem(err);
    *out = (struct fetch_request){
        .name = s->tries == 1 ? "AzureRetailPrices.csv" : "AzureRetailPrices-again.csv",
        .endpoint = "",
        .method = "GET",
        .url = s->link,
        .take_errors = true,
        .ceiling = (uint64_t)256 << 20,
    };
    return FETCH_ASK;
}

/* ---- the link ---- */

static int read_link(struct azure_sheet *s, const struct fetch_answer *in, struct err *err)
{
    const struct json *link, *refreshed;
    struct json *doc;

    if (json_read(in->body, in->len, &doc, NULL, err) != 0)
        return -1;
    int rc = json_need(doc, "DownloadUrl", &link, err) != 0 || json_need(doc, "LastRefreshedAt", &refreshed, err) != 0;
    if (rc == 0) {
        const char *day = json_string(refreshed);
        s->link = arena_strdup(&s->arena, json_string(link));
        rc = s->link == NULL ? err_nomem(err) : fetch_day(day, strlen(day), &s->refreshed, err);
    }
    if (rc == 0 && strncmp(s->link, "https://", 8) != 0 && strncmp(s->link, "http://", 7) != 0)
        rc = err_set(err, ERR_FETCH, "DownloadUrl is no address");
    json_free(doc);
    s->step = ASK_SHEET;
    return rc == 0 ? 0 : -1;
}

/* ---- the sheet ---- */

enum {
    CURRENCY,
    TIER,
    PRICE,
    REGION,
    STARTS,
    METER,
    PRODUCT,
    SKU,
    SERVICE,
    UNIT_OF,
    TYPE,
    ARM_SKU,
    TERM,
    PRIMARY,
    NEEDED
};
static const char *const columns[NEEDED] = {
    [CURRENCY] = "currencyCode",
    [TIER] = "tierMinimumUnits",
    [PRICE] = "unitPrice",
    [REGION] = "armRegionName",
    [STARTS] = "effectiveStartDate",
    [METER] = "meterName",
    [PRODUCT] = "productName",
    [SKU] = "skuName",
    [SERVICE] = "serviceName",
    [UNIT_OF] = "unitOfMeasure",
    [TYPE] = "type",
    [ARM_SKU] = "armSkuName",
    [TERM] = "term",
    [PRIMARY] = "isPrimaryMeterRegion",
};

/* By name, in any order, among columns that are not read. */
static int find_columns(const struct csv *csv, size_t at[NEEDED], struct err *err)
{
    for (int c = 0; c < NEEDED; c++) {
        size_t found = 0;
        for (size_t i = 0; i < csv->ncells; i++)
            if (!strcmp(csv->cells[i].text, columns[c])) {
                at[c] = i;
                found++;
            }
        if (found != 1)
            return err_set(err, ERR_FETCH, "%s column '%s' in the sheet", found == 0 ? "no" : "more than one",
                           columns[c]);
    }
    return 0;
}

static int read_primary(const char *text, bool *out, struct err *err)
{
    static const char *const yes[] = {"true", "True", "TRUE", "1"}, *const no[] = {"false", "False", "FALSE", "0"};

    for (size_t i = 0; i < sizeof yes / sizeof *yes; i++) {
        if (!strcmp(text, yes[i]) || !strcmp(text, no[i])) {
            *out = !strcmp(text, yes[i]);
            return 0;
        }
    }
    return err_set(err, ERR_FETCH, "isPrimaryMeterRegion is '%.40s' (known: true, false)", text);
}

static int take_row(struct azure_meters *all, const struct csv *csv, const size_t at[NEEDED], struct harvest *h,
                    struct err *err)
{
    const struct csv_cell *cells = csv->cells;
    struct azure_meter m = {
        .region = cells[at[REGION]].text,
        .service = cells[at[SERVICE]].text,
        .product = cells[at[PRODUCT]].text,
        .meter = cells[at[METER]].text,
        .sku = cells[at[SKU]].text,
        .arm_sku = cells[at[ARM_SKU]].text,
        .type = cells[at[TYPE]].text,
        .unit = cells[at[UNIT_OF]].text,
        .term = cells[at[TERM]].text,
        .currency = cells[at[CURRENCY]].text,
        .starts = cells[at[STARTS]].text,
        .ends = "",
        .price = cells[at[PRICE]].text,
        .tier_from = cells[at[TIER]].text,
    };

    return read_primary(cells[at[PRIMARY]].text, &m.primary, err) != 0 ? -1 : azure_meters_add(all, &m, h, err);
}

static int read_rows(struct csv *csv, struct azure_meters *all, struct harvest *h, struct err *err)
{
    size_t at[NEEDED], width, rows = 0;
    int rc = csv_next(csv, err);

    if (rc <= 0)
        return rc < 0 ? -1 : err_set(err, ERR_FETCH, "an empty sheet");
    if (find_columns(csv, at, err) != 0)
        return -1;
    for (width = csv->ncells; (rc = csv_next(csv, err)) == 1; rows++) {
        if (csv->ncells != width)
            return err_set(err, ERR_FETCH, "line %d: %zu cells where the header has %zu", csv->line, csv->ncells,
                           width);
        if (take_row(all, csv, at, h, err) != 0)
            return err_prefix(err, "line %d", csv->line);
    }
    return rc < 0 ? -1 : rows > 0 ? 0 : err_set(err, ERR_FETCH, "a sheet without rows");
}

static int read_sheet(struct azure_sheet *s, const struct fetch_answer *in, struct harvest *h, struct err *err)
{
    const struct site *site = rules_site(s->job->rules, s->job->site);
    struct azure_meters all = {.job = s->job, .day = s->refreshed, .currency = site->list_currency};
    struct csv csv;

    csv_open(&csv, "sheet", in->body, in->len, ',');
    int rc = read_rows(&csv, &all, h, err);
    csv_close(&csv);
    if (rc == 0)
        rc = azure_meters_deliver(&all, true, NULL, h, err);
    azure_meters_free(&all);
    if (rc != 0 && err->kind == ERR_USAGE)
        err->kind = ERR_FETCH;
    return rc != 0 ? -1
                   : harvest_source(h, "Azure China (21Vianet): price sheet", "medium",
                                    "Without tax: shown by arithmetic (x 1.06 = web price), no vendor sentence seen. "
                                    "Reservations are the price of the whole term.",
                                    err);
}

/* 403 is what the storage answers to a link past its time. */
static int parse(void *state, const struct fetch_answer *in, struct harvest *out, struct err *err)
{
    struct azure_sheet *s = state;

    if (s->step == ASK_LINK)
        return read_link(s, in, err) == 0 ? FETCH_READ : -1;
    if (in->status == 403 && s->tries == 1) {
        s->step = ASK_LINK;
        return FETCH_READ;
    }
    if (in->status >= 400)
        return err_set(err, ERR_FETCH, "the link to the sheet is refused with status %d", in->status);
    s->step = ALL_ASKED;
    return read_sheet(s, in, out, err) == 0 ? FETCH_READ : -1;
}

static void end(void *state)
{
    struct azure_sheet *s = state;

    arena_free(&s->arena);
}

static const struct fetch_endpoint endpoints[] = {
    {"azure-cn", "", "https://prices.azure.cn", 30},
    {NULL, NULL, NULL, 0},
};
static const char *const follows[] = {"*.blob.core.chinacloudapi.cn", NULL};

extern const struct fetcher fetcher_azure_sheet;
const struct fetcher fetcher_azure_sheet = {
    .name = "azure-sheet",
    .about = "Azure China: the price sheet, without tax",
    .endpoints = endpoints,
    .follows = follows,
    .state_size = sizeof(struct azure_sheet),
    .begin = begin,
    .next = next,
    .parse = parse,
    .end = end,
};
