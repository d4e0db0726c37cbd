/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The contract of a fetcher: one file, one line in fetchers.def, and what it reads recorded in
 * fixtures/<name>/. A fetcher does no I/O: next() says what to ask, parse() reads the bytes that
 * came back and hands over what they say (harvest.h). Connections, retries, rate limits, raw
 * answers, progress, replays and tests are the driver's, once for all.
 *
 * The driver calls begin(), then next() and parse() in turn, one question at a time, then end().
 * The state is zeroed memory of state_size bytes; a job is one fetcher at one site.
 */
#ifndef TCO_FETCHER_H
#define TCO_FETCHER_H

#include "calc/arena.h"
#include "calc/date.h"
#include "calc/err.h"
#include "calc/rules.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct harvest;

/* One host a fetcher speaks to. A user's `endpoint` of the source replaces scheme, host and port
 * of all of them, those of one site when it is `endpoint.SITE`. */
struct fetch_endpoint {
    const char *site; /* "aws-cn"; "" for sources of rates */
    const char *name; /* "" or, where a site has several, "cvm", "bss": unique within the site */
    const char *url;  /* "https://pricing.cn-north-1.amazonaws.com.cn", without a slash at the end */
    int per_minute;   /* most questions a minute */
};

/* A SKU the program already knows at the job's site: what to ask for where a provider has no list. */
struct fetch_sku {
    const char *service, *sku, *vcpu, *memory; /* vcpu, memory: as in shapes.csv, may be "" */
};

/* What a job is about. Borrowed by the fetcher until end(). */
struct fetch_job {
    const struct rules *rules;
    const char *site;           /* "" for rates */
    const char *const *regions; /* to ask about; each is a region of the site in `rules` */
    size_t nregions;
    const struct fetch_sku *skus; /* sorted by service, sku */
    size_t nskus;
    struct date today;    /* as_of of prices whose answer carries no date of its own */
    struct date since;    /* the newest day already held; DATE_NONE: nothing is held */
    const char *file;     /* `csv` only: what to read, a path (already as file:// URL) or an https URL */
    const char *currency; /* asked for explicitly, "" = the site's own */
    const struct fetch_endpoint *endpoints; /* of this job's site, as configured */
    size_t nendpoints;
};
/* The endpoint of that name; it must exist (assert). */
const struct fetch_endpoint *fetch_endpoint(const struct fetch_job *job, const char *name);

enum { FETCH_HEADERS = 8 };

/* A question. Texts belong to the fetcher and hold until its next call. */
struct fetch_request {
    /* Names the answer among those of the job, the same from run to run: "cn-north-1/AmazonEC2.csv".
     * Letters, digits and . _ - = , / only; not over 200 bytes; never twice in a job. */
    const char *name;
    const char *endpoint; /* whose rate limit and, when signed, whose name counts; "" */
    const char *method;   /* "GET", "POST" */
    const char *url;      /* absolute, percent-encoded */
    const char *body;     /* NULL: none */
    size_t body_len;
    const char *headers[FETCH_HEADERS]; /* "Name: value", NULL after the last */
    bool is_signed;                     /* goes through the fetcher's sign(), never follows a redirect */
    bool large;                         /* may be hundreds of MB: asked for plain, resumed where it was cut */
    bool take_errors;                   /* parse() wants answers with status 4xx too (429 and 408 are the driver's) */
    uint64_t ceiling;                   /* bytes, unpacked; 0: 64 MiB */
};

/* What came back. */
struct fetch_answer {
    const char *name; /* of the question */
    int status;       /* HTTP status: 200 */
    const char *type; /* Content-Type, "" when none */
    const char *body; /* mapped; not NUL-terminated */
    size_t len;
    struct date received;
};

enum { FETCH_DONE = 0, FETCH_ASK = 1 };   /* of next() */
enum { FETCH_READ = 0, FETCH_AGAIN = 1 }; /* of parse() */

/* Signing: from a question to what is sent. */
struct fetch_key {
    const char *id, *secret;
    const char *token; /* "" when there is none */
};
struct fetch_signing {
    const struct fetch_key *key;
    int64_t now;          /* seconds since 1970-01-01 UTC */
    const char *nonce;    /* 32 hexadecimal digits, new for each try */
    const char *endpoint; /* name of the endpoint */
};
/* A question on its way out; sign() may replace url and body and add headers. Texts live in the arena. */
struct fetch_outgoing {
    struct arena *arena;
    const char *method, *url, *body;
    size_t body_len;
    const char *headers[2 * FETCH_HEADERS];
    size_t nheaders;
};
/* Adds "Name: value"; fails when there are too many. */
int fetch_header(struct fetch_outgoing *out, struct err *err, const char *fmt, ...)
    __attribute__((format(printf, 3, 4)));

struct fetcher {
    const char *name;  /* "aws": file, list, fixtures, `[fetch aws]` and command line */
    const char *about; /* one line for help */
    /* Ends in a row whose url is NULL. The sites of a fetcher are those named here. `csv` has none. */
    const struct fetch_endpoint *endpoints;
    /* Hosts besides the endpoints' an answer may send it to, "*.blob.core.chinacloudapi.cn"; NULL
     * after the last; may be NULL. Questions for them are never signed. */
    const char *const *follows;
    const char *key;   /* NULL: no login; else the provider whose key it uses: "aliyun" */
    bool asks_by_sku;  /* the provider has no list: one question per SKU and region */
    const char *rates; /* NULL, or the source of rates it brings: "ecb"; its jobs have no site */
    size_t state_size;
    /* Prepares the state. */
    int (*begin)(void *state, const struct fetch_job *job, struct err *err);
    /* FETCH_ASK with *out filled, FETCH_DONE when everything is asked, -1. Asking ends. */
    int (*next)(void *state, struct fetch_request *out, struct err *err);
    /* FETCH_READ; FETCH_AGAIN when the provider asks to come back later (the driver waits and asks the
     * same again); -1 when the answer cannot be used: the job fails whole. Delivers nothing unless it
     * returns FETCH_READ. The messages name the place in the answer, not the URL: the driver adds it. */
    int (*parse)(void *state, const struct fetch_answer *in, struct harvest *out, struct err *err);
    void (*end)(void *state); /* NULL when there is nothing to free */
    /* Needed when `key` is; a pure function. */
    int (*sign)(struct fetch_outgoing *io, const struct fetch_signing *with, struct err *err);
};

extern const struct fetcher *const fetcher_table[];   /* NULL after the last; fetchers.c */
const struct fetcher *fetcher_find(const char *name); /* NULL when unknown */
/* Does the fetcher read this site? */
bool fetcher_reads(const struct fetcher *f, const char *site);

#endif
