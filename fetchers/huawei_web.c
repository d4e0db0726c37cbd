/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Huawei Cloud's public price calculator, without a login: one answer lists all records of a product in a
 * region. It is not documented, and may change without notice.
 */
#include "fetchers/huawei_web_parts.h"

#include <string.h>

#define API "/api/calculator/rest/cbc/portalcalculatornodeservice/v4/api/"

static const char *const products[] = {"ecs", "evs", "eip", "obs"};
enum { PRODUCTS = sizeof products / sizeof *products };

struct huawei_web {
    const struct fetch_job *job;
    const char *currency, *provider, *language;
    enum tax_basis basis;
    struct arena arena; /* of the question under way */
    struct arena kept;  /* until the end */
    bool *absent;       /* by product and region: the menu names other regions only */
    bool asked_menu;
    bool told_source;
    size_t region, product; /* of the question under way */
};

static int begin(void *state, const struct fetch_job *job, struct err *err)
{
    struct huawei_web *s = state;
    const struct site *site = rules_site(job->rules, job->site);

    s->job = job;
    s->currency = site->list_currency;
    s->provider = site->provider;
    s->language = !strcmp(site->station, "cn") ? "zh-cn" : "en-us";
    s->basis = !strcmp(site->list_tax_basis, "incl") ? BASIS_INCL : BASIS_EXCL;
    s->absent = arena_array(&s->kept, job->nregions * PRODUCTS + 1, sizeof *s->absent);
    return s->absent != NULL ? 0 : err_nomem(err);
}

static void end(void *state)
{
    struct huawei_web *s = state;

    arena_free(&s->arena);
    arena_free(&s->kept);
}

/* ---- asking ---- */

static int ask(struct huawei_web *s, const char *name, const char *rest, struct fetch_request *out, struct err *err)
{
    *out = (struct fetch_request){
        .name = name,
        .endpoint = "",
        .method = "GET",
        .url = rest != NULL ? arena_printf(&s->arena, "%s" API "%s", fetch_endpoint(s->job, "")->url, rest) : NULL,
        .headers = {"Accept: application/json", "Origin: https://www.huaweicloud.com",
                    "Referer: https://www.huaweicloud.com/pricing/calculator.html"},
    };
    return out->name != NULL && out->url != NULL ? FETCH_ASK : err_nomem(err);
}

/* To the first question from here on that the menu does not rule out. */
static bool find(struct huawei_web *s)
{
    for (; s->region < s->job->nregions; s->region++, s->product = 0)
        for (; s->product < PRODUCTS; s->product++)
            if (!s->absent[s->region * PRODUCTS + s->product])
                return true;
    return false;
}

static int next(void *state, struct fetch_request *out, struct err *err)
{
    struct huawei_web *s = state;
    struct arena *a = &s->arena;

    arena_clear(a);
    if (!s->asked_menu)
        return ask(s, arena_printf(a, "menu-%s.json", s->language),
                   arena_printf(a, "menuInfo?sign=common&language=%s", s->language), out, err);
    if (!find(s))
        return FETCH_DONE;
    const char *region = s->job->regions[s->region], *product = products[s->product];
    return ask(s, arena_printf(a, "%s/%s.json", region, product),
               arena_printf(a, "productInfo?urlPath=%s&tag=general.online.portal&region=%s&tab=calc&sign=common",
                            product, region),
               out, err);
}

/* ---- the menu ---- */

/* The regions a product is offered in, as far as they are asked about. */
struct offered {
    const struct fetch_job *job;
    bool *named;     /* by region of the job */
    bool understood; /* a region of the site is named */
};

/* Looks at every text in a value; lists stand in lists there. */
static void look(struct offered *o, const struct json *v)
{
    const char *text = json_kind(v) == JSON_STRING ? json_string(v) : "";

    o->understood |= *text != '\0' && rules_region(o->job->rules, o->job->site, text) != NULL;
    for (size_t i = 0; *text != '\0' && i < o->job->nregions; i++)
        o->named[i] |= !strcmp(text, o->job->regions[i]);
    for (size_t i = 0; i < json_count(v); i++)
        look(o, json_item(v, i));
    for (struct json_walk w = json_walk(v); json_step(&w);)
        look(o, w.value);
}

/* A product that names none of the site's regions says nothing that we understand. */
static int read_product(struct huawei_web *s, size_t product, const struct json *entry, struct harvest *h,
                        struct err *err)
{
    const size_t n = s->job->nregions;
    struct offered o = {.job = s->job, .named = arena_array(&s->kept, n + 1, sizeof *o.named)};

    if (o.named == NULL)
        return err_nomem(err);
    look(&o, json_at(entry, "regionOnline/regionList"));
    for (size_t i = 0; o.understood && i < n; i++) {
        s->absent[i * PRODUCTS + product] = !o.named[i];
        if (!o.named[i] && harvest_skip(h, "product that the calculator does not offer in the region", 1, err) != 0)
            return -1;
    }
    return 0;
}

static int read_menu(struct huawei_web *s, const struct json *doc, struct harvest *h, struct err *err)
{
    const struct json *menu;

    if (json_need(doc, "menuInfos", &menu, err) != 0)
        return -1;
    for (size_t i = 0; i < json_count(menu); i++) {
        const struct json *entry = json_item(menu, i);
        const char *path = json_string(json_get(entry, "urlPath"));
        for (size_t p = 0; p < PRODUCTS; p++)
            if (!strcmp(path, products[p]) && read_product(s, p, entry, h, err) != 0)
                return -1;
    }
    s->asked_menu = true;
    return harvest_source(h, "Huawei Cloud: public price calculator", "medium",
                          "The calculator is not documented. Months and years are whole terms as listed. Licences of "
                          "SUSE and the like are not contained.",
                          err);
}

/* ---- a product ---- */

static int read_region(struct huawei_web *s, const struct json *doc, struct harvest *h, struct err *err)
{
    const char *region = s->job->regions[s->region], *answered = json_string(json_get(doc, "region"));
    const struct huawei_reading r = {s->job, region, s->provider, s->currency, s->basis, h, &s->arena};
    const struct json *product;

    if (*answered != '\0' && strcmp(answered, region) != 0)
        return err_set(err, ERR_FETCH, "the answer is about region '%s'", answered);
    if (json_need(doc, "product", &product, err) != 0 || huawei_records(&r, product, err) != 0)
        return -1;
    s->product++;
    return 0;
}

static int parse(void *state, const struct fetch_answer *in, struct harvest *out, struct err *err)
{
    struct huawei_web *s = state;
    struct json *doc;

    if (json_read(in->body, in->len, &doc, NULL, err) != 0)
        return -1;
    int rc = s->asked_menu ? read_region(s, doc, out, err) : read_menu(s, doc, out, err);
    json_free(doc);
    return rc == 0 ? FETCH_READ : -1;
}

/* Nothing is known of a limit; a person clicks no faster than this. */
static const struct fetch_endpoint endpoints[] = {
    {"huawei-cn", "", "https://portal.huaweicloud.com", 30},
    {"huawei-intl", "", "https://portal-intl.huaweicloud.com", 30},
    {NULL, NULL, NULL, 0},
};

extern const struct fetcher fetcher_huawei_web;
const struct fetcher fetcher_huawei_web = {
    .name = "huawei-web",
    .about = "Huawei Cloud: machines, disks, IP, bandwidth, object storage from its public calculator",
    .endpoints = endpoints,
    .state_size = sizeof(struct huawei_web),
    .begin = begin,
    .next = next,
    .parse = parse,
    .end = end,
};
