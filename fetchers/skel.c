/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A fetcher to copy: compiled and exercised by tests/test_skel_fetcher.c, not listed. It reads a
 * made-up price list, GET /prices/<region>.json: {"date":"2026-11-21","currency":"CNY",
 * "prices":[{"type":"m1.large","hour":"0.50"}]}.
 *
 * To add one: copy this file to <name>.c, rename `skel`, write what it asks and reads; add
 * FETCHER(<name>) to fetchers.def; put answers of the real shape into fixtures/<name>/ with their
 * answers.csv; write tests/test_<name>.c with a case for every oddity of the source. The contract
 * tests, the loopback provider and the fuzzer find the rest by the list.
 */
#include "fetchers/fetcher.h"
#include "fetchers/harvest.h"
#include "fetchers/json_read.h"

#include <string.h>

struct skel {
    const struct fetch_job *job;
    struct arena arena; /* texts of the question under way */
    size_t region;
};

static int begin(void *state, const struct fetch_job *job, struct err *err)
{
    struct skel *s = state;

    (void)err;
    s->job = job;
    return 0;
}

/* One question a region. Its name is what the answer is kept under: the same from run to run. */
static int next(void *state, struct fetch_request *out, struct err *err)
{
    struct skel *s = state;

    if (s->region == s->job->nregions)
        return FETCH_DONE;
    const char *region = s->job->regions[s->region], *base = fetch_endpoint(s->job, "")->url;
    arena_clear(&s->arena);
    *out = (struct fetch_request){
        .name = arena_printf(&s->arena, "%s.json", region),
        .endpoint = "",
        .method = "GET",
        .url = arena_printf(&s->arena, "%s/prices/%s.json", base, region),
    };
    return out->name != NULL && out->url != NULL ? FETCH_ASK : err_nomem(err);
}

/* Zero and absent mean that it is not sold this way: counted, never a price. */
static int take(struct skel *s, const struct json *item, const struct fetch_price *like, struct harvest *h,
                struct err *err)
{
    struct fetch_price p = *like;
    int found = json_amount(json_get(item, "hour"), &p.price, err);

    if (found < 0)
        return -1;
    if (found == 0 || dec_sign(p.price) == 0)
        return harvest_skip(h, "no hourly price", 1, err);
    p.sku = json_string(json_get(item, "type"));
    p.region = s->job->regions[s->region];
    return harvest_price(h, &p, err);
}

static int read_list(struct skel *s, const struct json *doc, struct harvest *h, struct err *err)
{
    const char *date = json_string(json_get(doc, "date"));
    const struct json *list;
    struct fetch_price like = {
        .service = "compute",
        .os = "linux",
        .charge = CHARGE_ON_DEMAND,
        .offering = "",
        .unit = UNIT_HOUR,
        .basis = BASIS_INCL, /* what this source says of itself; never taken from the provider's name */
        .currency = json_string(json_get(doc, "currency")),
    };

    if (fetch_day(date, strlen(date), &like.as_of, err) != 0 || json_need(doc, "prices", &list, err) != 0)
        return -1;
    for (size_t i = 0; i < json_count(list); i++)
        if (take(s, json_item(list, i), &like, h, err) != 0)
            return -1;
    return harvest_full(h, s->job->regions[s->region], "compute", err);
}

static int parse(void *state, const struct fetch_answer *in, struct harvest *out, struct err *err)
{
    struct skel *s = state;
    struct json *doc;

    if (json_read(in->body, in->len, &doc, NULL, err) != 0)
        return -1;
    int rc = read_list(s, doc, out, err);
    json_free(doc);
    s->region++;
    return rc == 0 ? FETCH_READ : -1;
}

static void end(void *state)
{
    struct skel *s = state;

    arena_free(&s->arena);
}

static const struct fetch_endpoint endpoints[] = {
    {"aliyun-cn", "", "https://prices.example.com", 60},
    {NULL, NULL, NULL, 0},
};

extern const struct fetcher fetcher_skel;
const struct fetcher fetcher_skel = {
    .name = "skel",
    .about = "a fetcher to copy",
    .endpoints = endpoints,
    .state_size = sizeof(struct skel),
    .begin = begin,
    .next = next,
    .parse = parse,
    .end = end,
};
