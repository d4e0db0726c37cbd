/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * AWS, both partitions: the service index names the region index of an offer, that one the list of each
 * region, which is read as CSV. No login; prices without tax, in the currency of the partition.
 */
#include "calc/buf.h"
#include "fetchers/aws_parts.h"

struct aws {
    const struct fetch_job *job;
    struct arena arena;            /* what indexes say */
    struct arena scratch;          /* texts of one question */
    struct arena reading;          /* texts of one list */
    const char *index[AWS_OFFERS]; /* region indexes; NULL: no such offer */
    const char **urls;             /* lists, by offer and region */
    bool has_index;
    size_t offer;  /* whose region index is next; AWS_OFFERS: all are there */
    size_t region; /* then whose lists */
    size_t list;   /* and of which offer */
};

static int begin(void *state, const struct fetch_job *job, struct err *err)
{
    struct aws *s = state;

    s->job = job;
    s->urls = arena_array(&s->arena, job->nregions * AWS_OFFERS + 1, sizeof *s->urls);
    return s->urls != NULL ? 0 : err_nomem(err);
}

static const char **urls_of(const struct aws *s, size_t offer)
{
    return s->urls + offer * s->job->nregions;
}

static int ask(struct aws *s, const char *name, const char *path, bool csv, struct fetch_request *out, struct err *err)
{
    *out = (struct fetch_request){.name = name, .endpoint = "", .method = "GET"};
    if (name == NULL)
        return err_nomem(err);
    if (csv) {
        out->large = true;
        out->ceiling = (uint64_t)4 << 30;
    }
    return aws_follow(s->job, path, csv, &s->scratch, &out->url, err) == 0 ? FETCH_ASK : -1;
}

static int ask_list(struct aws *s, struct fetch_request *out, struct err *err)
{
    for (; s->region < s->job->nregions; s->region++, s->list = 0)
        for (; s->list < AWS_OFFERS; s->list++) {
            const char *url = urls_of(s, s->list)[s->region];
            if (url != NULL)
                return ask(s,
                           arena_printf(&s->scratch, "%s/%s.csv", s->job->regions[s->region], aws_offer_names[s->list]),
                           url, true, out, err);
        }
    return FETCH_DONE;
}

static int next(void *state, struct fetch_request *out, struct err *err)
{
    struct aws *s = state;

    arena_clear(&s->scratch);
    if (s->job->nregions == 0)
        return FETCH_DONE;
    if (!s->has_index)
        return ask(s, arena_printf(&s->scratch, "%s/index.json", s->job->site), aws_index_path(s->job->site), false,
                   out, err);
    while (s->offer < AWS_OFFERS && s->index[s->offer] == NULL)
        s->offer++;
    if (s->offer < AWS_OFFERS)
        return ask(s, arena_printf(&s->scratch, "%s/%s/region_index.json", s->job->site, aws_offer_names[s->offer]),
                   s->index[s->offer], false, out, err);
    return ask_list(s, out, err);
}

/* ---- answers ---- */

/* Without machines the job has no sense; what else is missing has no price, and is said to. */
static int missing(size_t offer, const char *what, const char *where, struct harvest *out, struct err *err)
{
    struct buf reason = {0};

    if (offer == AWS_EC2)
        return err_set(err, ERR_FETCH, "no %s in %s", what, where);
    buf_printf(&reason, "no %s in %s", what, where);
    int rc = reason.failed ? err_nomem(err) : harvest_skip(out, reason.v, 1, err);
    buf_free(&reason);
    return rc;
}

static int read_index(struct aws *s, const struct fetch_answer *in, struct harvest *out, struct err *err)
{
    for (size_t i = 0; i < AWS_OFFERS; i++) {
        if (aws_offer_url(in->body, in->len, aws_offer_names[i], "currentRegionIndexUrl", &s->arena, &s->index[i],
                          err) != 0)
            return -1;
        if (s->index[i] == NULL && missing(i, aws_offer_names[i], "the service index", out, err) != 0)
            return -1;
    }
    s->has_index = true;
    return harvest_source(out, "AWS price list files", "high", "list prices per region, without tax", err);
}

static int read_region_index(struct aws *s, const struct fetch_answer *in, struct harvest *out, struct err *err)
{
    const char **urls = urls_of(s, s->offer);

    if (aws_region_urls(in->body, in->len, s->job, &s->arena, urls, err) != 0)
        return -1;
    for (size_t i = 0; i < s->job->nregions; i++)
        if (urls[i] == NULL && missing(s->offer, s->job->regions[i], in->name, out, err) != 0)
            return -1;
    s->offer++;
    return 0;
}

static int read_offer(struct aws *s, const struct fetch_answer *in, struct harvest *out, struct err *err)
{
    struct aws_file f = {.offer = (enum aws_offer)s->list,
                         .region = s->job->regions[s->region],
                         .job = s->job,
                         .takes_transfer = urls_of(s, AWS_TRANSFER)[s->region] == NULL,
                         .arena = &s->reading};

    int rc = aws_read_offer(&f, in->body, in->len, out, err);
    arena_clear(&s->reading);
    s->list++;
    return rc;
}

static int parse(void *state, const struct fetch_answer *in, struct harvest *out, struct err *err)
{
    struct aws *s = state;
    int rc = !s->has_index           ? read_index(s, in, out, err)
             : s->offer < AWS_OFFERS ? read_region_index(s, in, out, err)
                                     : read_offer(s, in, out, err);

    return rc == 0 ? FETCH_READ : -1;
}

static void end(void *state)
{
    struct aws *s = state;

    arena_free(&s->arena);
    arena_free(&s->scratch);
    arena_free(&s->reading);
}

static const struct fetch_endpoint endpoints[] = {
    {"aws-cn", "", "https://pricing.cn-north-1.amazonaws.com.cn", 60},
    {"aws-global", "", "https://pricing.us-east-1.amazonaws.com", 60},
    {NULL, NULL, NULL, 0},
};

const struct fetcher fetcher_aws = {
    .name = "aws",
    .about = "AWS price list files: machines, disks, object storage, databases, transfer",
    .endpoints = endpoints,
    .state_size = sizeof(struct aws),
    .begin = begin,
    .next = next,
    .parse = parse,
    .end = end,
};
