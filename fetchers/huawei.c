/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Huawei Cloud's rating calls, signed: up to 100 items a question, by usage and by period. There is no list,
 * so the flavors asked about are those the program knows. One unknown item has the whole question refused;
 * huawei_batch.h finds it.
 */
#include "fetchers/huawei_batch.h"
#include "fetchers/huawei_parts.h"
#include "fetchers/huawei_refusal.h"
#include "fetchers/sign_huawei.h"

#include <string.h>

enum { BATCH = 100 };

struct huawei {
    const struct fetch_job *job;
    const char *currency;
    enum tax_basis basis;
    bool is_cn, told_source;
    struct arena arena; /* of the question under way */
    struct buf body;
    /* the region under way */
    size_t region;
    struct arena kept;   /* its items and batches, of one phase */
    struct arena names;  /* its project */
    const char *project; /* NULL: to be asked for */
    bool *known;         /* by SKU and system, as huawei_items() takes it; in the arena of the whole job */
    struct arena whole;
    enum huawei_phase phase;
    size_t asked; /* in the phase */
    struct huawei_items items;
    struct batches batches;
};

static const struct {
    const char *name, *path;
} phases[HUAWEI_PHASES] = {
    [PHASE_HOUR] = {"hour", "/v2/bills/ratings/on-demand-resources"},
    [PHASE_WINDOWS] = {"hour-windows", "/v2/bills/ratings/on-demand-resources"},
    [PHASE_MONTH] = {"month", "/v2/bills/ratings/period-resources/subscribe-rate"},
    [PHASE_YEAR] = {"year", "/v2/bills/ratings/period-resources/subscribe-rate"},
};

static int begin(void *state, const struct fetch_job *job, struct err *err)
{
    struct huawei *s = state;
    const struct site *site = rules_site(job->rules, job->site);

    s->job = job;
    s->currency = site->list_currency;
    s->basis = !strcmp(site->list_tax_basis, "incl") ? BASIS_INCL : BASIS_EXCL;
    s->is_cn = !strcmp(site->station, "cn");
    s->known = arena_array(&s->whole, HUAWEI_SYSTEMS * job->nskus + 1, sizeof *s->known);
    return s->known != NULL ? 0 : err_nomem(err);
}

static void end(void *state)
{
    struct huawei *s = state;

    buf_free(&s->body);
    arena_free(&s->arena);
    arena_free(&s->kept);
    arena_free(&s->names);
    arena_free(&s->whole);
}

static void next_region(struct huawei *s)
{
    s->region++;
    s->project = NULL;
    arena_clear(&s->names);
}

static const char *region_of(const struct huawei *s)
{
    return s->job->regions[s->region];
}

/* ---- asking ---- */

static int ask(struct huawei *s, const char *name, const char *endpoint, const char *url, struct fetch_request *out,
               struct err *err)
{
    *out = (struct fetch_request){
        .name = name,
        .endpoint = endpoint,
        .method = "GET",
        .url = url,
        .headers = {"Content-Type: application/json"},
        .is_signed = true,
        .take_errors = true,
    };
    return name != NULL && url != NULL && !s->body.failed ? FETCH_ASK : err_nomem(err);
}

/* Ratings want the project of the region. */
static int ask_project(struct huawei *s, struct fetch_request *out, struct err *err)
{
    struct arena *a = &s->arena;

    return ask(s, arena_printf(a, "%s/project.json", region_of(s)), "iam",
               arena_printf(a, "%s/v3/projects?name=%s", fetch_endpoint(s->job, "iam")->url, region_of(s)), out, err);
}

static void put_body(struct huawei *s, const struct batch *b)
{
    bool first = true;

    s->body.n = 0;
    buf_printf(&s->body, "{\"project_id\":\"%s\",%s\"product_infos\":[", s->project,
               s->phase <= PHASE_WINDOWS ? "\"inquiry_precision\":1," : "");
    for (size_t i = b->from; i < b->to; i++) {
        if (s->batches.out[i] != NULL)
            continue;
        if (!first)
            buf_putc(&s->body, ',');
        huawei_put_item(&s->body, &s->items.v[i], s->phase, region_of(s));
        first = false;
    }
    buf_puts(&s->body, "]}");
}

static int next(void *state, struct fetch_request *out, struct err *err)
{
    struct huawei *s = state;
    struct arena *a = &s->arena;

    if (s->region == s->job->nregions)
        return FETCH_DONE;
    arena_clear(a);
    if (s->project == NULL)
        return ask_project(s, out, err);
    put_body(s, batches_next(&s->batches));
    int rc = ask(s, arena_printf(a, "%s/%s-%zu.json", region_of(s), phases[s->phase].name, s->asked + 1), "bss",
                 arena_printf(a, "%s%s", fetch_endpoint(s->job, "bss")->url, phases[s->phase].path), out, err);
    out->method = "POST";
    out->body = s->body.v;
    out->body_len = s->body.n;
    return rc;
}

/* ---- phases ---- */

static int start(struct huawei *s, struct err *err)
{
    arena_clear(&s->kept);
    s->asked = 0;
    if (huawei_items(&s->items, s->phase, s->job, s->known, &s->kept, err) != 0)
        return -1;
    return batches_open(&s->batches, &s->kept, s->items.n, BATCH) == 0 ? 0 : err_nomem(err);
}

static struct huawei_rating rating_of(struct huawei *s, const struct batch *b, struct harvest *h)
{
    return (struct huawei_rating){
        .job = s->job,
        .region = region_of(s),
        .currency = s->currency,
        .basis = s->basis,
        .is_cn = s->is_cn,
        .phase = s->phase,
        .items = &s->items,
        .from = b != NULL ? b->from : 0,
        .to = b != NULL ? b->to : 0,
        .out = s->batches.out,
        .harvest = h,
    };
}

/* Counts what was left out; flavors that were not are asked about in the phases to come. */
static int finish(struct huawei *s, struct harvest *h, struct err *err)
{
    struct huawei_rating r = rating_of(s, NULL, h);

    for (size_t i = 0; i < s->items.n; i++) {
        const struct huawei_item *item = &s->items.v[i];
        const char *why = s->batches.out[i];
        bool is_counted = i > 0 && s->batches.out[i - 1] != NULL && item[-1].product == item->product;
        if (s->phase <= PHASE_WINDOWS && !strcmp(item->product->service, "compute"))
            s->known[item->known] = why == NULL;
        if (why != NULL && !is_counted && harvest_skip(h, why, 1, err) != 0)
            return -1;
    }
    return huawei_put_ladders(&r, err);
}

/* On to the next batch, phase or region. */
static int settle(struct huawei *s, struct harvest *h, struct err *err)
{
    while (batches_next(&s->batches) == NULL) {
        if (finish(s, h, err) != 0)
            return -1;
        if (s->phase == PHASE_YEAR) {
            next_region(s);
            return 0;
        }
        s->phase++;
        if (start(s, err) != 0)
            return -1;
    }
    return 0;
}

/* ---- refusals ---- */

/* All points of a ladder have one spec: naming it names the first, the others follow. */
static size_t named_item(const struct huawei *s, const struct batch *b, const char *text)
{
    for (size_t i = b->from; i < b->to; i++)
        if (s->batches.out[i] == NULL && huawei_names(text, s->items.v[i].product->spec))
            return i;
    return SIZE_MAX;
}

static int refuse_items(struct huawei *s, const char *text, const char *why, struct harvest *h, struct err *err)
{
    const struct batch *b = s->project != NULL ? batches_next(&s->batches) : NULL;

    if (b == NULL)
        return err_set(err, ERR_FETCH, "%s", text);
    size_t named = named_item(s, b, text), from = b->from, to = b->to;
    batches_refused(&s->batches, named, why);
    for (size_t i = from; named != SIZE_MAX && i < to; i++)
        if (s->items.v[i].product == s->items.v[named].product)
            s->batches.out[i] = why;
    s->asked++;
    return settle(s, h, err) == 0 ? FETCH_READ : -1;
}

static int refuse(struct huawei *s, const struct json *doc, int status, struct harvest *h, struct err *err)
{
    const char *code = json_string(json_get(doc, "error_code")), *says = json_string(json_get(doc, "error_msg"));

    if (*code == '\0') { /* the projects have another form of error */
        code = json_string(json_at(doc, "error/code"));
        says = json_string(json_at(doc, "error/message"));
    }

    const char *why = "";
    switch (huawei_refusal(code, says, status, &why)) {
    case HUAWEI_REFUSES_AGAIN:
        return FETCH_AGAIN;
    case HUAWEI_REFUSES_ITEM:
        return refuse_items(s, says, why, h, err);
    case HUAWEI_REFUSES_STOP:
        return err_set(err, ERR_FETCH, "%s: %s (%s)", why, code, says);
    case HUAWEI_REFUSES_UNKNOWN:
        return err_set(err, ERR_FETCH, "status %d: %s %s", status, code, says);
    case HUAWEI_REFUSES_REGION:
        break;
    }
    next_region(s);
    return harvest_skip(h, why, 1, err) == 0 ? FETCH_READ : -1;
}

/* ---- reading ---- */

static bool is_plain(const char *id)
{
    return *id != '\0' && strspn(id, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-") == strlen(id);
}

static int read_project(struct huawei *s, const struct json *doc, struct harvest *h, struct err *err)
{
    const struct json *projects;
    const char *id = "";

    if (json_need(doc, "projects", &projects, err) != 0)
        return -1;
    for (size_t i = 0; i < json_count(projects); i++)
        if (!strcmp(json_string(json_get(json_item(projects, i), "name")), region_of(s)))
            id = json_string(json_get(json_item(projects, i), "id"));
    if (!is_plain(id)) {
        next_region(s);
        return harvest_skip(h, "region in which the key has no project", 1, err);
    }
    s->project = arena_strdup(&s->names, id);
    s->phase = PHASE_HOUR;
    memset(s->known, 0, HUAWEI_SYSTEMS * s->job->nskus * sizeof *s->known);
    if (s->project == NULL)
        return err_nomem(err);
    return start(s, err) != 0 ? -1 : settle(s, h, err);
}

static int tell_source(struct huawei *s, struct harvest *h, struct err *err)
{
    if (s->told_source)
        return 0;
    s->told_source = true;
    return harvest_source(h, "Huawei Cloud: price inquiries (ratings)", "high",
                          "Totals of 100 hours and 1000 GB divided; tiers of bandwidth and traffic are differences of "
                          "totals. Only flavors known before. Licences of SUSE and the like are not contained.",
                          err);
}

static int read_batch(struct huawei *s, const struct json *doc, struct harvest *h, struct err *err)
{
    struct huawei_rating r = rating_of(s, batches_next(&s->batches), h);

    if (tell_source(s, h, err) != 0 || huawei_read_ratings(&r, doc, err) != 0)
        return -1;
    batches_answered(&s->batches);
    s->asked++;
    return settle(s, h, err);
}

static int read_answer(struct huawei *s, const struct fetch_answer *in, const struct json *doc, struct harvest *h,
                       struct err *err)
{
    if (in->status >= 400 || json_get(doc, "error_code") != NULL)
        return refuse(s, doc, in->status, h, err);
    int rc = s->project == NULL ? read_project(s, doc, h, err) : read_batch(s, doc, h, err);
    return rc == 0 ? FETCH_READ : -1;
}

static int parse(void *state, const struct fetch_answer *in, struct harvest *out, struct err *err)
{
    struct json *doc;

    if (json_read(in->body, in->len, &doc, NULL, err) != 0)
        return -1;
    int rc = read_answer(state, in, doc, out, err);
    json_free(doc);
    return rc;
}

static const struct fetch_endpoint endpoints[] = {
    {"huawei-cn", "bss", "https://bss.myhuaweicloud.com", 600},
    {"huawei-cn", "iam", "https://iam.myhuaweicloud.com", 60},
    {"huawei-intl", "bss", "https://bss-intl.myhuaweicloud.com", 600},
    {"huawei-intl", "iam", "https://iam.myhuaweicloud.com", 60},
    {NULL, NULL, NULL, 0},
};

extern const struct fetcher fetcher_huawei;
const struct fetcher fetcher_huawei = {
    .name = "huawei",
    .about = "Huawei Cloud: known machines, disks, IP, bandwidth, traffic (needs a key)",
    .endpoints = endpoints,
    .key = "huawei",
    .asks_by_sku = true,
    .state_size = sizeof(struct huawei),
    .begin = begin,
    .next = next,
    .parse = parse,
    .end = end,
    .sign = sign_huawei,
};
