/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Tencent Cloud: signed inquiries of API 3.0, region by region. One question lists all machines with
 * their prices; disks, traffic and bandwidth are asked one by one. There is no public price file.
 */
#include "fetchers/sign_tencent.h"
#include "fetchers/tencent_parts.h"

#include <string.h>

static const struct tencent_group *const groups[] = {&tencent_machines, &tencent_prepaid,   &tencent_disks,
                                                     &tencent_traffic,  &tencent_bandwidth, &tencent_offerings};
enum { GROUPS = sizeof groups / sizeof *groups };

static int begin(void *state, const struct fetch_job *job, struct err *err)
{
    struct tencent *t = state;
    const struct site *site = rules_site(job->rules, job->site);

    (void)err;
    t->job = job;
    t->currency = site->list_currency;
    t->provider = site->provider;
    t->basis = !strcmp(site->list_tax_basis, "incl") ? BASIS_INCL : BASIS_EXCL;
    return 0;
}

static void end(void *state)
{
    struct tencent *t = state;

    buf_free(&t->body);
    arena_free(&t->kept);
    arena_free(&t->arena);
}

/* ---- asking ---- */

const char *tencent_region(const struct tencent *t)
{
    return t->job->regions[t->region];
}

static void next_region(struct tencent *t)
{
    t->region++;
    t->group = t->step = 0;
}

static bool has(const struct tencent *t, const struct tencent_group *g)
{
    return *g->station == '\0' || !strcmp(g->station, rules_site(t->job->rules, t->job->site)->station);
}

/* The group of the next question, NULL when all is asked. */
static const struct tencent_group *upcoming(struct tencent *t)
{
    for (; t->region < t->job->nregions; next_region(t))
        for (; t->group < GROUPS; t->group++, t->step = 0)
            if (has(t, groups[t->group]) && t->step < groups[t->group]->n)
                return groups[t->group];
    return NULL;
}

static int next(void *state, struct fetch_request *out, struct err *err)
{
    struct tencent *t = state;
    const struct tencent_group *g = upcoming(t);

    if (g == NULL)
        return FETCH_DONE;
    arena_clear(&t->arena);
    t->body.n = 0;
    const char *region = tencent_region(t), *name = g->ask(t, t->step);
    *out = (struct fetch_request){
        .name = name != NULL ? arena_printf(&t->arena, "%s/%s.json", region, name) : NULL,
        .endpoint = g->endpoint,
        .method = "POST",
        .url = arena_printf(&t->arena, "%s/", fetch_endpoint(t->job, g->endpoint)->url),
        .body = t->body.v,
        .body_len = t->body.n,
        .headers = {"Content-Type: application/json; charset=utf-8",
                    arena_printf(&t->arena, "X-TC-Action: %s", g->action), "X-TC-Version: 2017-03-12",
                    arena_printf(&t->arena, "X-TC-Region: %s", region)},
        .is_signed = true,
        .take_errors = true,
    };
    if (t->body.failed || out->name == NULL || out->url == NULL || out->headers[1] == NULL || out->headers[3] == NULL)
        return err_nomem(err);
    return FETCH_ASK;
}

/* ---- what the provider says when it does not answer ---- */

enum refusal { REFUSE_AGAIN, REFUSE_STOP, REFUSE_REGION, REFUSE_THIS };

static const struct {
    const char *code; /* it, or it and a dot and more */
    enum refusal what;
    const char *why;
} refusals[] = {
    {"RequestLimitExceeded", REFUSE_AGAIN, ""},
    {"InternalError", REFUSE_AGAIN, ""},
    {"AuthFailure.SignatureExpire", REFUSE_STOP, "the clock is more than 5 minutes off"},
    {"AuthFailure", REFUSE_STOP, "the key is not accepted at this site"},
    {"UnauthorizedOperation", REFUSE_STOP, "the key may not ask for prices"},
    {"ActionOffline", REFUSE_STOP, "the call is no longer there"},
    {"InvalidZone.MismatchRegion", REFUSE_REGION, "a region the provider does not know"},
    {"UnsupportedRegion", REFUSE_REGION, "a region the provider does not know"},
    {"InvalidParameterValue", REFUSE_THIS, "not sold in this configuration"},
    /* Inquiries are answered within what the account may buy: this says nothing of the list. */
    {"LimitExceeded", REFUSE_THIS, "not answered for this account"},
    {"ResourceInsufficient", REFUSE_THIS, "not answered for this account"},
    {"ResourcesSoldOut", REFUSE_THIS, "not answered for this account"},
    {"InvalidAccount", REFUSE_THIS, "not answered for this account"},
    {"InvalidPermission", REFUSE_THIS, "not answered for this account"},
    {"UnsupportedOperation", REFUSE_THIS, "not answered for this account"},
};

static bool is_code(const char *code, const char *row)
{
    size_t n = strlen(row);

    return strncmp(code, row, n) == 0 && (code[n] == '\0' || code[n] == '.');
}

static int refuse(struct tencent *t, const struct json *error, struct harvest *h, struct err *err)
{
    const char *code = json_string(json_get(error, "Code")), *says = json_string(json_get(error, "Message"));
    size_t i = 0;

    while (i < sizeof refusals / sizeof *refusals && !is_code(code, refusals[i].code))
        i++;
    if (i == sizeof refusals / sizeof *refusals)
        return err_set(err, ERR_FETCH, "%s: %s", code, says);
    if (refusals[i].what == REFUSE_AGAIN)
        return FETCH_AGAIN;
    if (refusals[i].what == REFUSE_STOP)
        return err_set(err, ERR_FETCH, "%s: %s (%s)", refusals[i].why, code, says);
    const char *reason = arena_printf(&t->arena, "%s: %s", refusals[i].why, code);
    if (reason == NULL)
        return err_nomem(err);
    const struct tencent_group *g = groups[t->group];
    if (g->refused != NULL)
        g->refused(t, t->step);
    t->step++;
    if (refusals[i].what == REFUSE_REGION)
        next_region(t);
    return harvest_skip(h, reason, 1, err) == 0 ? FETCH_READ : -1;
}

/* ---- reading ---- */

static int tell_source(struct tencent *t, struct harvest *h, struct err *err)
{
    if (t->told_source)
        return 0;
    t->told_source = true;
    return harvest_source(h, "Tencent Cloud: price inquiries of API 3.0", "high",
                          "List prices. The public discount of a year or more stands in the account's own price only. "
                          "Disks: the total of 1000 GiB divided. Bandwidth: differences of totals. Linux.",
                          err);
}

static int read_answer(struct tencent *t, const struct json *doc, struct harvest *h, struct err *err)
{
    const struct tencent_group *g = groups[t->group];
    const struct json *response = json_at(doc, "data/Response"), *error; /* the console wraps it */

    if (response == NULL && json_need(doc, "Response", &response, err) != 0)
        return -1;
    error = json_get(response, "Error");
    if (error != NULL)
        return refuse(t, error, h, err);
    if (tell_source(t, h, err) != 0 || g->read(t, t->step, response, h, err) != 0)
        return -1;
    t->step++;
    return FETCH_READ;
}

static int parse(void *state, const struct fetch_answer *in, struct harvest *out, struct err *err)
{
    struct tencent *t = state;
    struct json *doc;

    if (json_read(in->body, in->len, &doc, NULL, err) != 0)
        return -1;
    int rc = read_answer(t, doc, out, err);
    json_free(doc);
    return rc;
}

/* ---- what the readers share ---- */

struct fetch_price tencent_price(const struct tencent *t, const char *service, const char *sku)
{
    return (struct fetch_price){
        .region = tencent_region(t),
        .service = service,
        .sku = sku,
        .os = "",
        .charge = CHARGE_ON_DEMAND,
        .offering = "",
        .unit = UNIT_HOUR,
        .currency = t->currency,
        .basis = t->basis,
        .as_of = t->job->today,
    };
}

int tencent_amount(const struct json *v, const char *key, dec_t *out, struct err *err)
{
    int found = json_amount(json_get(v, key), out, err);

    if (found < 0)
        return err_prefix(err, "%s", key);
    return found == 1 && dec_sign(*out) > 0;
}

int tencent_own(const struct json *v, const char *key, struct fetch_price *p, struct err *err)
{
    int found = tencent_amount(v, key, &p->contracted, err);

    p->has_contracted = found == 1;
    return found < 0 ? -1 : 0;
}

/* ---- the table ---- */

static const struct fetch_endpoint endpoints[] = {
    {"tencent-cn", "cvm", "https://cvm.tencentcloudapi.com", 600},
    {"tencent-cn", "cbs", "https://cbs.tencentcloudapi.com", 1200},
    {"tencent-cn", "vpc", "https://vpc.tencentcloudapi.com", 120},
    {"tencent-intl", "cvm", "https://cvm.intl.tencentcloudapi.com", 600},
    {"tencent-intl", "cbs", "https://cbs.intl.tencentcloudapi.com", 1200},
    {"tencent-intl", "vpc", "https://vpc.intl.tencentcloudapi.com", 120},
    {NULL, NULL, NULL, 0},
};

extern const struct fetcher fetcher_tencent;
const struct fetcher fetcher_tencent = {
    .name = "tencent",
    .about = "Tencent Cloud: machines, disks, traffic, bandwidth, reservations (needs a key)",
    .endpoints = endpoints,
    .key = "tencent",
    .state_size = sizeof(struct tencent),
    .begin = begin,
    .next = next,
    .parse = parse,
    .end = end,
    .sign = sign_tencent,
};
