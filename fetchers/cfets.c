/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The central parity of the renminbi, as the China Foreign Exchange Trade System publishes it. A
 * question covers less than a year and has pages. The site turns away bare and hurried clients, so
 * the questions look like those of its own page, and there are few of them.
 */
#include "fetchers/fetcher.h"
#include "fetchers/harvest.h"
#include "fetchers/json_read.h"

#include <string.h>

enum {
    SPAN_MONTHS = 11, /* of one question; a year or more is answered with nothing */
    PAGE_SIZE = 50,
    PAGES_MAX = 100,
    HOLIDAYS_MAX = 14, /* longest run of days without any parity, with a margin */
};

struct cfets {
    const struct fetch_job *job;
    struct arena arena;
    struct date from, to; /* the span being asked */
    int page;             /* of it, from 1 */
};

static struct date earlier(struct date a, struct date b)
{
    return date_cmp(a, b) <= 0 ? a : b;
}

static void set_span(struct cfets *s, struct date from)
{
    s->from = from;
    s->to = earlier(date_add_months(from, SPAN_MONTHS), s->job->today);
    s->page = 1;
}

/* The newest day held is asked again: what was held must still be so. */
static int begin(void *state, const struct fetch_job *job, struct err *err)
{
    struct cfets *s = state;

    (void)err;
    s->job = job;
    set_span(s, date_is(job->since) ? earlier(job->since, job->today) : date_add_months(job->today, -SPAN_MONTHS));
    return 0;
}

static int next(void *state, struct fetch_request *out, struct err *err)
{
    struct cfets *s = state;
    char from[DATE_TEXT], to[DATE_TEXT];

    if (date_cmp(s->from, s->job->today) > 0)
        return FETCH_DONE;
    date_format(s->from, from);
    date_format(s->to, to);
    arena_clear(&s->arena);
    *out = (struct fetch_request){
        .name = arena_printf(&s->arena, "%s_%s-%d.json", from, to, s->page),
        .endpoint = "",
        .method = "POST",
        .url = arena_printf(&s->arena,
                            "%s/ags/ms/cm-u-bk-ccpr/CcprHisNew?startDate=%s&endDate=%s&currency=&pageNum=%d"
                            "&pageSize=%d",
                            fetch_endpoint(s->job, "")->url, from, to, s->page, PAGE_SIZE),
        .body = "",
        .headers = {"User-Agent: Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0",
                    "Referer: https://www.chinamoney.com.cn/chinese/bkccpr/", "Accept: application/json"},
    };
    return out->name != NULL && out->url != NULL ? FETCH_ASK : err_nomem(err);
}

/* ---- reading ---- */

struct pair {
    char base[4], quote[4];
    int units;
};

static bool is_code(const char *text)
{
    return strspn(text, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") >= 3;
}

/* "USD/CNY", "100JPY/CNY", "CNY/MYR": which way round is never guessed. */
static int read_pair(const char *text, struct pair *out, struct err *err)
{
    bool hundred = !strncmp(text, "100", 3);
    const char *at = text + (hundred ? 3 : 0);

    if (strlen(at) != 7 || !is_code(at) || at[3] != '/' || !is_code(at + 4) ||
        (strncmp(at, "CNY", 3) == 0) == (strcmp(at + 4, "CNY") == 0))
        return err_set(err, ERR_FETCH, "unknown pair '%s' (known: AAA/CNY, 100AAA/CNY, CNY/AAA)", text);
    *out = (struct pair){.units = hundred ? 100 : 1};
    memcpy(out->base, at, 3);
    memcpy(out->quote, at + 4, 3);
    return 0;
}

static bool is_none(const char *text)
{
    return *text == '\0' || !strncmp(text, "---", 3) || !strcmp(text, "N/A");
}

static int read_value(const struct json *pair, const struct json *value, struct date day, struct harvest *h,
                      struct err *err)
{
    const char *text = json_string(value);
    struct pair p;
    dec_t v;

    if (read_pair(json_string(pair), &p, err) != 0)
        return -1;
    if (is_none(text))
        return harvest_skip(h, "no parity of a pair that day", 1, err);
    if (fetch_amount(text, strlen(text), &v, err) != 0)
        return -1;
    return harvest_rate(h, day, p.base, p.quote, p.units, v, err);
}

static int read_day(const struct cfets *s, const struct json *head, const struct json *record, struct harvest *h,
                    struct err *err)
{
    const char *text = json_string(json_get(record, "date"));
    const struct json *values;
    struct date day;

    if (fetch_day(text, strlen(text), &day, err) != 0 || json_need(record, "values", &values, err) != 0)
        return -1;
    if (date_cmp(day, s->from) < 0 || date_cmp(day, s->to) > 0)
        return err_set(err, ERR_FETCH, "rates of %s, which was not asked for", text);
    if (json_count(values) != json_count(head))
        return err_set(err, ERR_FETCH, "%s: %zu values for %zu pairs", text, json_count(values), json_count(head));
    for (size_t i = 0; i < json_count(head); i++)
        if (read_value(json_item(head, i), json_item(values, i), day, h, err) != 0)
            return err_prefix(err, "%s", text);
    return 0;
}

/* A refusal comes with status 200: as a code, or as a text beside no records. */
static int check_refusal(const struct cfets *s, const struct json *doc, size_t nrecords, struct err *err)
{
    const char *code = json_string(json_at(doc, "head/rep_code")),
               *flag = json_string(json_at(doc, "data/flagMessage"));

    if (strcmp(code, "200") != 0)
        return err_set(err, ERR_FETCH, "refused: %s %s", code, json_string(json_at(doc, "head/rep_message")));
    if (nrecords == 0 && *flag != '\0')
        return err_set(err, ERR_FETCH, "no records: %s", flag);
    if (nrecords == 0 && s->to.day - s->from.day > HOLIDAYS_MAX)
        return err_set(err, ERR_FETCH, "no records for %d days", s->to.day - s->from.day + 1);
    return 0;
}

/* A whole number above 0 written plainly; 0 when it is none. */
static int small_number(const char *text)
{
    int n = 0;

    for (; *text >= '0' && *text <= '9' && n < 100000; text++)
        n = n * 10 + (*text - '0');
    return *text == '\0' ? n : 0;
}

/* On to the next page, or the next span. */
static int advance(struct cfets *s, const struct json *doc, size_t nrecords, struct err *err)
{
    int pages = small_number(json_string(json_at(doc, "data/pageTotal")));
    int page = small_number(json_string(json_at(doc, "data/pageNum")));

    if (nrecords > 0 && (pages == 0 || pages > PAGES_MAX))
        return err_set(err, ERR_FETCH, "pageTotal is '%s' (known: 1 to %d)",
                       json_string(json_at(doc, "data/pageTotal")), PAGES_MAX);
    if (nrecords > 0 && page != s->page)
        return err_set(err, ERR_FETCH, "page %d where page %d was asked for", page, s->page);
    if (nrecords == 0 && s->page > 1)
        return err_set(err, ERR_FETCH, "page %d is empty", s->page);
    if (s->page < pages)
        s->page++;
    else
        set_span(s, date_add_days(s->to, 1));
    return 0;
}

static int read_answer(struct cfets *s, const struct json *doc, struct harvest *h, struct err *err)
{
    const struct json *head, *records;

    if (json_need(doc, "head", &head, err) != 0 || json_need(doc, "data/head", &head, err) != 0 ||
        json_need(doc, "records", &records, err) != 0 || check_refusal(s, doc, json_count(records), err) != 0)
        return -1;
    for (size_t i = 0; i < json_count(records); i++)
        if (read_day(s, head, json_item(records, i), h, err) != 0)
            return -1;
    return advance(s, doc, json_count(records), err);
}

static int parse(void *state, const struct fetch_answer *in, struct harvest *out, struct err *err)
{
    struct cfets *s = state;
    struct json *doc;

    if (json_read(in->body, in->len, &doc, NULL, err) != 0)
        return -1;
    int rc = read_answer(s, doc, out, err);
    json_free(doc);
    return rc == 0 ? FETCH_READ : -1;
}

static void end(void *state)
{
    struct cfets *s = state;

    arena_free(&s->arena);
}

static const struct fetch_endpoint endpoints[] = {
    {"", "", "https://www.chinamoney.com.cn", 6},
    {NULL, NULL, NULL, 0},
};

extern const struct fetcher fetcher_cfets;
const struct fetcher fetcher_cfets = {
    .name = "cfets",
    .about = "central parity of the renminbi, published by CFETS",
    .endpoints = endpoints,
    .rates = "cfets",
    .state_size = sizeof(struct cfets),
    .begin = begin,
    .next = next,
    .parse = parse,
    .end = end,
};
