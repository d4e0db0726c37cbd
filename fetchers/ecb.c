/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The European Central Bank's euro reference rates: one small file of the last day, one of 90 days,
 * one since 1999, all XML of the same names; a mirror may answer with the bank's table as CSV.
 */
#include "fetchers/fetcher.h"
#include "fetchers/harvest.h"
#include "fetchers/markup.h"
#include "fetchers/rates.h"

#include <string.h>

#define ENVELOPE_NS "http://www.gesmes.org/xml/2002-08-01"
#define CUBE_NS "http://www.ecb.int/vocabulary/2002-08-01/eurofxref"

enum { DAYS_COVERED = 80 }; /* of the file of 90 days, with a margin for holidays at its end */

struct ecb {
    const struct fetch_job *job;
    struct arena arena;
    bool asked;
};

static int begin(void *state, const struct fetch_job *job, struct err *err)
{
    struct ecb *s = state;

    (void)err;
    s->job = job;
    return 0;
}

/* Monday to Friday: 1970-01-01 was a Thursday. */
static bool is_working(struct date d)
{
    return ((d.day % 7) + 7 + 3) % 7 < 5;
}

/* The file of one day closes the gap only when no other working day lies in it. */
static const char *file_for(struct date since, struct date today)
{
    int missed = 0;

    if (!date_is(since) || today.day - since.day > DAYS_COVERED)
        return "eurofxref-hist.xml";
    for (struct date d = date_add_days(since, 1); date_cmp(d, today) <= 0; d = date_add_days(d, 1))
        missed += is_working(d);
    return missed <= 1 ? "eurofxref-daily.xml" : "eurofxref-hist-90d.xml";
}

static int next(void *state, struct fetch_request *out, struct err *err)
{
    struct ecb *s = state;

    if (s->asked)
        return FETCH_DONE;
    s->asked = true;
    const char *file = file_for(s->job->since, s->job->today);
    *out = (struct fetch_request){
        .name = file,
        .endpoint = "",
        .method = "GET",
        .url = arena_printf(&s->arena, "%s/stats/eurofxref/%s", fetch_endpoint(s->job, "")->url, file),
    };
    return out->url != NULL ? FETCH_ASK : err_nomem(err);
}

/* ---- XML ---- */

static bool is_cube(const struct markup *v)
{
    return !strcmp(v->name, "Cube") && !strcmp(v->ns, CUBE_NS);
}

static bool is_code(const char *text)
{
    return strspn(text, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") == 3 && strlen(text) == 3;
}

static int read_rate(const struct markup *v, struct date day, size_t *n, struct harvest *h, struct err *err)
{
    const char *currency = markup_attribute(v, "currency"), *rate = markup_attribute(v, "rate");
    dec_t value;

    if (currency == NULL || rate == NULL || !is_code(currency))
        return err_set(err, ERR_FETCH, "line %d: a rate without currency or value", v->line);
    if (!strcmp(rate, "N/A") || *rate == '\0')
        return harvest_skip(h, "no rate of a currency that day", 1, err);
    if (fetch_amount(rate, strlen(rate), &value, err) != 0)
        return err_prefix(err, "line %d", v->line);
    ++*n;
    return harvest_rate(h, day, "EUR", currency, 1, value, err);
}

/* All in one Cube: a Cube with a time for each day, in it one for each currency. */
static int read_days(const struct markup *days, size_t *n, struct harvest *h, struct err *err)
{
    for (const struct markup *at = NULL; (at = markup_next(days, at, NULL)) != NULL;) {
        const char *time = markup_attribute(at, "time");
        struct date day;
        if (!is_cube(at) || at->parent != days)
            continue;
        if (time == NULL)
            return err_set(err, ERR_FETCH, "line %d: rates without a day", at->line);
        if (fetch_day(time, strlen(time), &day, err) != 0)
            return err_prefix(err, "line %d", at->line);
        for (const struct markup *v = NULL; (v = markup_next(at, v, NULL)) != NULL;)
            if (is_cube(v) && read_rate(v, day, n, h, err) != 0)
                return -1;
    }
    return 0;
}

static int read_xml(struct ecb *s, const struct fetch_answer *in, size_t *n, struct harvest *h, struct err *err)
{
    const struct markup *root;

    if (markup_read(MARKUP_XML, in->body, in->len, &s->arena, &root, err) != 0)
        return -1;
    const struct markup *days = markup_child(root, "Cube");
    if (strcmp(root->name, "Envelope") != 0 || strcmp(root->ns, ENVELOPE_NS) != 0 || days == NULL || !is_cube(days))
        return err_set(err, ERR_FETCH, "no reference rates: the document is a '%s' of '%s'", root->name, root->ns);
    return read_days(days, n, h, err);
}

/* ---- CSV ---- */

static int read_csv(struct ecb *s, const struct fetch_answer *in, size_t *n, struct harvest *h, struct err *err)
{
    struct rate_table table;

    if (rates_read("EUR", "table", in->body, in->len, &s->arena, &table, err) != 0) {
        err->kind = err->kind == ERR_USAGE ? ERR_FETCH : err->kind;
        return -1;
    }
    *n = table.npoints;
    for (size_t i = 0; i < table.npoints; i++) {
        const struct rate_point *p = &table.points[i];
        const struct rate_column *c = &table.columns[p->column];
        if (harvest_rate(h, p->date, c->base, c->quote, c->units, p->value, err) != 0)
            return -1;
    }
    return 0;
}

static bool is_csv(const struct fetch_answer *in)
{
    size_t at = in->len >= 3 && memcmp(in->body, "\xef\xbb\xbf", 3) == 0 ? 3 : 0;

    return in->len - at >= 5 && memcmp(in->body + at, "Date,", 5) == 0;
}

static int parse(void *state, const struct fetch_answer *in, struct harvest *out, struct err *err)
{
    struct ecb *s = state;
    size_t n = 0;
    int rc = is_csv(in) ? read_csv(s, in, &n, out, err) : read_xml(s, in, &n, out, err);

    if (rc == 0 && n == 0)
        return err_set(err, ERR_FETCH, "no rates in the answer");
    return rc == 0 ? FETCH_READ : -1;
}

static void end(void *state)
{
    struct ecb *s = state;

    arena_free(&s->arena);
}

static const struct fetch_endpoint endpoints[] = {
    {"", "", "https://www.ecb.europa.eu", 20},
    {NULL, NULL, NULL, 0},
};

extern const struct fetcher fetcher_ecb;
const struct fetcher fetcher_ecb = {
    .name = "ecb",
    .about = "euro reference rates of the European Central Bank",
    .endpoints = endpoints,
    .rates = "ecb",
    .state_size = sizeof(struct ecb),
    .begin = begin,
    .next = next,
    .parse = parse,
    .end = end,
};
