/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Alibaba Cloud by its interfaces, with a key of the site: the account decides contract and currency, so a key of
 * one site is never sent to the other's hosts. What is asked stands in aliyun_parts.h.
 */
#include "fetchers/aliyun_parts.h"
#include "fetchers/percent.h"
#include "fetchers/sign_aliyun.h"

#include <string.h>

static const struct aliyun_stage *const stages[] = {&aliyun_lists, &aliyun_quotes, &aliyun_machines};
enum { STAGES = sizeof stages / sizeof *stages };

static int begin(void *state, const struct fetch_job *job, struct err *err)
{
    struct aliyun *s = state;

    (void)err;
    s->job = job;
    s->book = aliyun_book(job->site);
    s->lists.tokens.arena = &s->arena;
    s->listed.arena = &s->arena;
    s->machines.essd.arena = &s->arena;
    s->machines.disks.arena = &s->arena;
    return 0;
}

static int next(void *state, struct fetch_request *out, struct err *err)
{
    struct aliyun *s = state;

    for (; s->stage < STAGES; s->stage++) {
        arena_clear(&s->question);
        *out = (struct fetch_request){.method = "GET", .is_signed = true, .take_errors = true};
        int rc = stages[s->stage]->ask(s, out, err);
        if (rc == FETCH_ASK && (out->name == NULL || out->url == NULL))
            return err_nomem(err);
        if (rc != FETCH_DONE)
            return rc;
    }
    return FETCH_DONE;
}

static int describe(struct aliyun *s, struct harvest *out, struct err *err)
{
    s->described = true;
    return harvest_source(out, "Alibaba Cloud price interfaces (QuerySkuPriceList, DescribePrice, GetPayAsYouGoPrice)",
                          "high",
                          "List prices (OriginalPrice): without the discount of a term, promotions and the account's "
                          "own, which are kept beside them as contracted prices. Machines without disks.",
                          err);
}

static int parse(void *state, const struct fetch_answer *in, struct harvest *out, struct err *err)
{
    struct aliyun *s = state;
    const struct answer_node *root;

    arena_clear(&s->answer);
    if (answer_read(in->body, in->len, &s->answer, &root, err) != 0)
        return -1;
    int rc = stages[s->stage]->read(s, in, root, out, err);
    return rc == FETCH_READ && !s->described && describe(s, out, err) != 0 ? -1 : rc;
}

static void end(void *state)
{
    struct aliyun *s = state;

    intern_free(&s->lists.tokens);
    intern_free(&s->listed);
    intern_free(&s->machines.essd);
    intern_free(&s->machines.disks);
    arena_free(&s->arena);
    arena_free(&s->question);
    arena_free(&s->answer);
}

/* ---- what the stages share ---- */

const char *aliyun_url(struct aliyun *s, const char *endpoint, const struct aliyun_parameter *parameters)
{
    struct buf b = {0};

    buf_puts(&b, fetch_endpoint(s->job, endpoint)->url);
    buf_puts(&b, "/?Format=JSON");
    for (const struct aliyun_parameter *p = parameters; p->name != NULL; p++) {
        if (p->value == NULL || *p->value == '\0')
            continue;
        buf_printf(&b, "&%s=", p->name);
        percent_add(&b, p->value, strlen(p->value));
    }
    const char *url = b.failed ? NULL : arena_strndup(&s->question, b.v, b.n);
    buf_free(&b);
    return url;
}

int aliyun_like(const struct aliyun *s, const char *currency, struct fetch_price *out, struct err *err)
{
    return aliyun_price_like(s->job, currency, s->job->today, out, err);
}

int aliyun_amounts(const struct answer_node *v, const char *list, const char *contracted, struct fetch_price *p,
                   struct err *err)
{
    int found = answer_amount(v, list, &p->price, err);
    int has = found >= 0 ? answer_amount(v, contracted, &p->contracted, err) : -1;

    if (found < 0 || has < 0)
        return -1;
    p->has_contracted = has > 0;
    return found > 0 && dec_sign(p->price) > 0;
}

/* DescribePrice allows 20 calls a second for each account; the billing interface's limit is not published. */
static const struct fetch_endpoint endpoints[] = {
    {"aliyun-cn", "ecs", "https://ecs.aliyuncs.com", 1200},
    {"aliyun-cn", "bss", "https://business.aliyuncs.com", 300},
    {"aliyun-intl", "ecs", "https://ecs.aliyuncs.com", 1200},
    {"aliyun-intl", "bss", "https://business.ap-southeast-1.aliyuncs.com", 300},
    {NULL, NULL, NULL, 0},
};

extern const struct fetcher fetcher_aliyun;
const struct fetcher fetcher_aliyun = {
    .name = "aliyun",
    .about = "Alibaba Cloud: price interfaces of your account (machines, disks, public addresses)",
    .endpoints = endpoints,
    .key = "aliyun",
    .asks_by_sku = true,
    .state_size = sizeof(struct aliyun),
    .begin = begin,
    .next = next,
    .parse = parse,
    .end = end,
    .sign = sign_aliyun,
};
