/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Alibaba Cloud's public price files: no login. The price page names the version the three files are published
 * under. Old versions stay where they were, frozen, so no version is ever taken from anywhere else: a page that names
 * none is an error, and what was fetched before keeps its true age.
 */
#include "fetchers/aliyun_files.h"

#include <string.h>

enum { PAGE, INSTANCES, DISKS, BANDWIDTH, QUESTIONS };

struct files {
    const struct fetch_job *job;
    const struct aliyun_book *book;
    struct arena question, scratch;
    int at;
    char version[32];
};

static const struct price_file {
    const char *name;
    int (*read)(struct aliyun_file *f, struct err *err);
} files_of[QUESTIONS] = {
    [PAGE] = {"page.html", NULL},
    [INSTANCES] = {"instancePrice.json", aliyun_read_instances},
    [DISKS] = {"diskPrice.json", aliyun_read_disks},
    [BANDWIDTH] = {"bandWidthPrice.json", aliyun_read_bandwidth},
};
/* Tens of megabytes today. */
static const uint64_t file_ceiling = (uint64_t)512 << 20;

static int begin(void *state, const struct fetch_job *job, struct err *err)
{
    struct files *s = state;

    (void)err;
    s->job = job;
    s->book = aliyun_book(job->site);
    return 0;
}

static int next(void *state, struct fetch_request *out, struct err *err)
{
    struct files *s = state;

    if (s->at == QUESTIONS)
        return FETCH_DONE;
    arena_clear(&s->question);
    *out = (struct fetch_request){.method = "GET"};
    if (s->at == PAGE) {
        out->name = files_of[PAGE].name;
        out->endpoint = "page";
        out->url = arena_printf(&s->question, "%s/price/ecs/ecs-pricing/zh", fetch_endpoint(s->job, "page")->url);
    } else {
        out->name = arena_printf(&s->question, "%s/%s", s->book->files, files_of[s->at].name);
        out->endpoint = "files";
        out->ceiling = file_ceiling;
        out->url = arena_printf(&s->question, "%s/aliyun/%s/%s/price/download/%s", fetch_endpoint(s->job, "files")->url,
                                s->book->files, s->version, files_of[s->at].name);
    }
    return out->name != NULL && out->url != NULL ? FETCH_ASK : err_nomem(err);
}

/* ---- the version ---- */

/* The version behind "<directory>/", "2.0.421": digits with single points between; 0 when it is none. */
static size_t version_len(const char *text, size_t len)
{
    size_t n = 0;

    while (n < len && ((text[n] >= '0' && text[n] <= '9') || (n > 0 && text[n] == '.' && text[n - 1] != '.')))
        n++;
    return n > 0 && text[n - 1] != '.' ? n : 0;
}

static bool find_version(struct files *s, const struct fetch_answer *in, const char *directory)
{
    const char *mark = arena_printf(&s->scratch, "g.alicdn.com/aliyun/%s/", directory);
    size_t mark_len = mark != NULL ? strlen(mark) : in->len;

    for (size_t i = 0; i + mark_len < in->len; i++) {
        if (in->body[i] != 'g' || memcmp(in->body + i, mark, mark_len) != 0)
            continue;
        const char *at = in->body + i + mark_len;
        size_t n = version_len(at, in->len - i - mark_len);
        if (n == 0 || n >= sizeof s->version)
            continue;
        memcpy(s->version, at, n);
        s->version[n] = '\0';
        return true;
    }
    return false;
}

/* The international files seem to be published under the same numbers; where the page names theirs, that counts. */
static int read_page(struct files *s, const struct fetch_answer *in, struct err *err)
{
    if (find_version(s, in, s->book->files) || find_version(s, in, aliyun_book("aliyun-cn")->files))
        return 0;
    return err_set(err, ERR_FETCH, "the price page names no version of the price files");
}

/* ---- a file ---- */

static int read_head(struct aliyun_file *f, const struct json *head, struct err *err)
{
    const char *date = json_string(json_get(head, "publicationDate"));
    struct date as_of = f->job->today;
    const struct json *currency;

    if (*date != '\0' && fetch_day(date, strlen(date), &as_of, err) != 0)
        return -1;
    if (json_need(head, "currency", &currency, err) != 0)
        return -1;
    return aliyun_price_like(f->job, json_string(currency), as_of, &f->like, err);
}

static int check_any(struct json_members m, struct err *err)
{
    int rc = json_members_next(&m, err);

    return rc == 0 ? err_set(err, ERR_FETCH, "a price file without prices") : rc < 0 ? -1 : 0;
}

static int read_file(struct files *s, const struct fetch_answer *in, struct harvest *out, struct err *err)
{
    struct aliyun_file f = {.job = s->job, .out = out, .arena = &s->scratch};
    struct json *head;

    if (json_members_split(in->body, in->len, "pricingInfo", &head, &f.m, err) != 0)
        return -1;
    int rc = read_head(&f, head, err);
    if (rc == 0)
        rc = check_any(f.m, err);
    if (rc == 0)
        rc = files_of[s->at].read(&f, err);
    json_free(head);
    return rc;
}

static int describe(struct harvest *out, struct err *err)
{
    return harvest_source(out, "Alibaba Cloud ECS price files (instances, disks, bandwidth)", "high",
                          "Yearly totals contain the public discount of the term, monthly and hourly prices none. "
                          "Bandwidth and traffic are those of a machine's own public address.",
                          err);
}

static int parse(void *state, const struct fetch_answer *in, struct harvest *out, struct err *err)
{
    struct files *s = state;
    int rc = s->at == PAGE ? read_page(s, in, err) : read_file(s, in, out, err);

    if (rc == 0 && s->at == BANDWIDTH)
        rc = describe(out, err);
    s->at++;
    return rc == 0 ? FETCH_READ : -1;
}

static void end(void *state)
{
    struct files *s = state;

    arena_free(&s->question);
    arena_free(&s->scratch);
}

static const struct fetch_endpoint endpoints[] = {
    {"aliyun-cn", "page", "https://www.aliyun.com", 10},
    {"aliyun-cn", "files", "https://g.alicdn.com", 10},
    {"aliyun-intl", "page", "https://www.aliyun.com", 10},
    {"aliyun-intl", "files", "https://g.alicdn.com", 10},
    {NULL, NULL, NULL, 0},
};

extern const struct fetcher fetcher_aliyun_files;
const struct fetcher fetcher_aliyun_files = {
    .name = "aliyun-files",
    .about = "Alibaba Cloud: public ECS price files (machines, disks, bandwidth)",
    .endpoints = endpoints,
    .state_size = sizeof(struct files),
    .begin = begin,
    .next = next,
    .parse = parse,
    .end = end,
};
