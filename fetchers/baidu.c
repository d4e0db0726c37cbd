/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Baidu AI Cloud: signed price calls, region by region, each region at hosts of its own. The list of
 * sizes comes first: it names the families whose machines are then priced a family at a time. Limits
 * are not published, so it asks slowly.
 */
#include "fetchers/baidu_parts.h"
#include "fetchers/sign_baidu.h"

#include <string.h>

static const struct baidu_group *const groups[] = {&baidu_sizes,   &baidu_machines,  &baidu_disks,
                                                   &baidu_traffic, &baidu_bandwidth, &baidu_reserved};
enum { GROUPS = sizeof groups / sizeof *groups };

/* ---- asking ---- */

const char *baidu_region(const struct baidu *b)
{
    return b->job->regions[b->region];
}

static void next_region(struct baidu *b)
{
    b->region++;
    b->group = b->step = 0;
    b->families = NULL;
    b->machines = NULL;
    b->asked = NULL;
    b->nfamilies = b->nmachines = b->nasked = b->ntotals = 0;
    b->zone = NULL;
    arena_clear(&b->kept);
}

/* "bcc.bj"; NULL for a region the list of hosts does not have. */
static const struct fetch_endpoint *host(const struct baidu *b, const char *service)
{
    for (size_t i = 0; i < b->job->nendpoints; i++) {
        const char *name = b->job->endpoints[i].name;
        size_t n = strlen(service);
        if (!strncmp(name, service, n) && name[n] == '.' && !strcmp(name + n + 1, baidu_region(b)))
            return &b->job->endpoints[i];
    }
    return NULL;
}

static int begin(void *state, const struct fetch_job *job, struct err *err)
{
    struct baidu *b = state;
    const struct site *site = rules_site(job->rules, job->site);

    (void)err;
    b->job = job;
    b->currency = site->list_currency;
    b->provider = site->provider;
    b->basis = !strcmp(site->list_tax_basis, "incl") ? BASIS_INCL : BASIS_EXCL;
    for (; b->region < job->nregions; b->region++)
        b->nhostless += host(b, "bcc") == NULL;
    b->region = 0;
    return 0;
}

static void end(void *state)
{
    struct baidu *b = state;

    buf_free(&b->body);
    arena_free(&b->kept);
    arena_free(&b->arena);
}

/* The group of the next question, NULL when all is asked. */
static const struct baidu_group *upcoming(struct baidu *b)
{
    for (; b->region < b->job->nregions; next_region(b))
        for (; b->group < GROUPS; b->group++, b->step = 0)
            if (host(b, groups[b->group]->host) != NULL && b->step < groups[b->group]->count(b))
                return groups[b->group];
    return NULL;
}

static int next(void *state, struct fetch_request *out, struct err *err)
{
    struct baidu *b = state;
    const struct baidu_group *g = upcoming(b);

    if (g == NULL)
        return FETCH_DONE;
    arena_clear(&b->arena);
    b->body.n = 0;
    const char *name = g->ask(b, b->step);
    const struct fetch_endpoint *at = host(b, g->host);
    *out = (struct fetch_request){
        .name = name != NULL ? arena_printf(&b->arena, "%s/%s.json", baidu_region(b), name) : NULL,
        .endpoint = at->name,
        .method = g->method,
        .url = arena_printf(&b->arena, "%s%s", at->url, g->path),
        .body = b->body.n > 0 ? b->body.v : NULL,
        .body_len = b->body.n,
        .headers = {"Content-Type: application/json;charset=utf-8"},
        .is_signed = true,
        .take_errors = true,
    };
    return b->body.failed || out->name == NULL || out->url == NULL ? err_nomem(err) : FETCH_ASK;
}

bool baidu_plain(const char *text)
{
    static const char plain[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-";
    size_t n = strlen(text);

    return n > 0 && n <= 64 && strspn(text, plain) == n;
}

/* ---- what the provider says when it does not answer ---- */

enum refusal { REFUSE_STOP, REFUSE_AGAIN, REFUSE_THIS };

static const struct {
    const char *code;
    enum refusal what;
    const char *why;
} refusals[] = {
    {"RequestExpired", REFUSE_STOP, "the clock of this computer is off"},
    {"AccessDenied", REFUSE_STOP, "the key may not ask for prices"},
    {"InvalidAccessKeyId", REFUSE_STOP, "the key is not known"},
    {"SignatureDoesNotMatch", REFUSE_STOP, "the key's secret is not right"},
    {"OptInRequired", REFUSE_STOP, "the account has not opened the service"},
    {"InvalidHTTPAuthHeader", REFUSE_STOP, "the question is not understood"},
    {"InvalidHTTPRequest", REFUSE_STOP, "the question is not understood"},
    {"InvalidURI", REFUSE_STOP, "the question is not understood"},
    {"MalformedJSON", REFUSE_STOP, "the question is not understood"},
    {"InappropriateJSON", REFUSE_STOP, "the question is not understood"},
    {"BadRequest", REFUSE_STOP, "the question is not understood"},
    {"InvalidVersion", REFUSE_STOP, "the call is no longer there"},
    {"InternalError", REFUSE_AGAIN, ""},
    {"Instance.NotSupportInstanceTypeException", REFUSE_THIS, "not sold here"},
    {"NoSuchKey", REFUSE_THIS, "not sold here"},
};

static bool has_text(const char *text, const char *word)
{
    return strstr(text, word) != NULL;
}

static int pass_over(struct baidu *b, const char *code, const char *why, struct harvest *h, struct err *err)
{
    const struct baidu_group *g = groups[b->group];
    const char *reason = arena_printf(&b->arena, "%s: %s", why, baidu_plain(code) ? code : "no code");

    if (reason == NULL)
        return err_nomem(err);
    if (g->refused != NULL)
        g->refused(b, b->step);
    b->step++;
    return harvest_skip(h, reason, 1, err) == 0 ? FETCH_READ : -1;
}

/* A code that is not known concerns what was asked, as long as it came as an error of ours (4xx). */
static int refuse(struct baidu *b, const struct json *doc, int status, struct harvest *h, struct err *err)
{
    const char *code = json_string(json_get(doc, "code")), *says = json_string(json_get(doc, "message"));
    size_t i = 0;

    if (status == 403 && (has_text(says, "expired") || has_text(says, "Expired")))
        return err_set(err, ERR_FETCH, "the clock of this computer is off: %s (%s)", code, says);
    while (i < sizeof refusals / sizeof *refusals && strcmp(code, refusals[i].code) != 0)
        i++;
    if (i == sizeof refusals / sizeof *refusals)
        return *code != '\0' ? pass_over(b, code, "refused", h, err)
                             : err_set(err, ERR_FETCH, "status %d and no code that says why", status);
    if (refusals[i].what == REFUSE_AGAIN)
        return FETCH_AGAIN;
    if (refusals[i].what == REFUSE_STOP)
        return err_set(err, ERR_FETCH, "%s: %s (%s)", refusals[i].why, code, says);
    return pass_over(b, code, refusals[i].why, h, err);
}

/* ---- reading ---- */

static int tell_source(struct baidu *b, struct harvest *h, struct err *err)
{
    if (b->told_source)
        return 0;
    b->told_source = true;
    if (harvest_skip(h, "a region no host is known for", b->nhostless, err) != 0)
        return -1;
    return harvest_source(h, "Baidu AI Cloud: price calls of BCC, CDS and EIP", "medium",
                          "List prices (specPrice); by the minute as published. No answer names a currency: the "
                          "site's. That tax is contained is assumed. Disks: the total of 100 GB divided. Bandwidth: "
                          "differences of totals. Linux.",
                          err);
}

static int read_answer(struct baidu *b, const struct json *doc, int status, struct harvest *h, struct err *err)
{
    if (status >= 400 || json_get(doc, "code") != NULL)
        return refuse(b, doc, status, h, err);
    if (tell_source(b, h, err) != 0 || groups[b->group]->read(b, b->step, doc, h, err) != 0)
        return -1;
    b->step++;
    return FETCH_READ;
}

static int parse(void *state, const struct fetch_answer *in, struct harvest *out, struct err *err)
{
    struct baidu *b = state;
    struct json *doc;

    if (json_read(in->body, in->len, &doc, NULL, err) != 0)
        return in->status >= 400 ? err_prefix(err, "status %d", in->status) : -1;
    int rc = read_answer(b, doc, in->status, out, err);
    json_free(doc);
    return rc;
}

/* ---- what the readers share ---- */

struct fetch_price baidu_price(const struct baidu *b, const char *service, const char *sku)
{
    return (struct fetch_price){
        .region = baidu_region(b),
        .service = service,
        .sku = sku,
        .os = "",
        .charge = CHARGE_ON_DEMAND,
        .offering = "",
        .unit = UNIT_MINUTE,
        .currency = b->currency,
        .basis = b->basis,
        .as_of = b->job->today,
    };
}

int baidu_amount(const struct json *v, const char *key, dec_t *out, struct err *err)
{
    int found = json_amount(json_get(v, key), out, err);

    if (found < 0)
        return err_prefix(err, "%s", key);
    return found == 1 && dec_sign(*out) > 0;
}

int baidu_unit_price(const struct json *v, const char *key, dec_t *out, const char **unit, struct err *err)
{
    const char *text = json_string(json_get(v, key));
    size_t n = strcspn(text, "/");

    *unit = text[n] == '/' ? text + n + 1 : "";
    if (n == 0 && text[0] == '\0')
        return 0;
    if (fetch_amount(text, n, out, err) != 0)
        return err_prefix(err, "%s", key);
    return dec_sign(*out) > 0;
}

int baidu_skip_unit(struct baidu *b, const char *unit, struct harvest *h, struct err *err)
{
    const char *shown = baidu_plain(unit) ? unit : *unit == '\0' ? "none" : "other words";
    const char *reason = arena_printf(&b->arena, "a price with a unit that is not known: %s", shown);

    return reason != NULL ? harvest_skip(h, reason, 1, err) : err_nomem(err);
}

/* ---- the table ---- */

#define REGION(name)                                                                                                   \
    {"baidu-cn", "bcc." name, "https://bcc." name ".baidubce.com", 60},                                                \
    {                                                                                                                  \
        "baidu-cn", "eip." name, "https://eip." name ".baidubce.com", 60                                               \
    }
static const struct fetch_endpoint endpoints[] = {
    REGION("bj"), REGION("gz"),  REGION("su"),  REGION("hkg"),         REGION("fwh"),
    REGION("bd"), REGION("sin"), REGION("fsh"), {NULL, NULL, NULL, 0},
};

extern const struct fetcher fetcher_baidu;
const struct fetcher fetcher_baidu = {
    .name = "baidu",
    .about = "Baidu AI Cloud: machines, disks, traffic, bandwidth, reservations (needs a key)",
    .endpoints = endpoints,
    .key = "baidu",
    .asks_by_sku = true,
    .state_size = sizeof(struct baidu),
    .begin = begin,
    .next = next,
    .parse = parse,
    .end = end,
    .sign = sign_baidu,
};
