/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A provider of our own on 127.0.0.1, on a port the system chooses, over HTTP or TLS with
 * certificates made for the occasion. It answers what answers.csv of a fixtures directory says,
 * keeps every request for the test to look at, and misbehaves on order:
 *
 *     struct loopback *lb = loopback_start("fixtures/aws", LOOPBACK_TLS | LOOPBACK_ETAG);
 *     loopback_misbehave(lb, "cn-north-1/AmazonEC2.csv", LOOPBACK_CUT, 1);
 *     ... ask loopback_url(lb), trusting loopback_ca(lb) ...
 *     assert_int_equal(loopback_count(lb, "cn-north-1/AmazonEC2.csv"), 2);
 *     loopback_stop(lb);
 *
 * It works in threads of its own; all functions may be called while it serves. What it cannot do
 * (no openssl, no port, a broken answers.csv) fails the test that asked.
 *
 * answers.csv: name,method,path,match,status,type,file. A request gets the first row whose method and
 * path are its own and whose match texts, joined by " && ", are all in its head ("GET /x HTTP/1.1",
 * then "Name: value" lines) or body. A path ends in `*` when it is only the beginning; else its
 * query must have the same parameters in any order, leaving out those of a signature (Signature,
 * SignatureNonce, Timestamp, AccessKeyId and their kin). A request without a row gets 404, name "".
 * For a status 3xx with a file, the file's first line is the Location.
 */
#ifndef TCO_LOOPBACK_H
#define TCO_LOOPBACK_H

#include <stdbool.h>
#include <stddef.h>

struct loopback;

enum { /* of loopback_start(), to be joined with | */
       LOOPBACK_HTTP = 0,
       LOOPBACK_TLS = 1,        /* with a certificate for 127.0.0.1, from a CA of its own: loopback_ca() */
       LOOPBACK_EXPIRED = 2,    /* TLS, but the certificate's time is over */
       LOOPBACK_OTHER_NAME = 4, /* TLS, but the certificate is for another address */
       LOOPBACK_ETAG = 8,       /* answers 200 with a strong ETag, 304 to who has it */
       LOOPBACK_DATED = 16,     /* likewise with a Last-Modified */
       LOOPBACK_RANGES = 32,    /* answers 206 to a Range whose If-Range holds */
       LOOPBACK_GZIP = 64,      /* packs a body for who accepts gzip */
       LOOPBACK_CHUNKED = 128,  /* never says a Content-Length */
};

/* Serves `dir`; NULL: no answers.csv, only loopback_make() and loopback_put() answer. */
struct loopback *loopback_start(const char *dir, unsigned flags);
/* Breaks off whatever is under way and forgets the requests; NULL is fine. */
void loopback_stop(struct loopback *lb);
const char *loopback_url(const struct loopback *lb); /* "https://127.0.0.1:40123", no slash at the end */
const char *loopback_ca(const struct loopback *lb);  /* a PEM file (in scratch_dir()); NULL without TLS */

/* ---- misbehaviour ---- */

enum loopback_deed {
    LOOPBACK_WELL,        /* as it should be */
    LOOPBACK_HANGUP,      /* closes without a word */
    LOOPBACK_CUT,         /* closes half way through the body */
    LOOPBACK_SILENT,      /* half of the body, then nothing more, the connection stays */
    LOOPBACK_MUTE,        /* not even a head */
    LOOPBACK_DRIP,        /* ten bytes a second, after half of the body */
    LOOPBACK_HALF,        /* a whole answer with half of the body: only its contents tell */
    LOOPBACK_LONG_LENGTH, /* Content-Length is 100 more than what comes before it closes */
    LOOPBACK_HUGE_LENGTH, /* Content-Length is a terabyte */
    LOOPBACK_GZIP_BAD,    /* says gzip and sends the plain body */
    LOOPBACK_GZIP_CUT,    /* gzip that ends half way, of the right Content-Length */
    LOOPBACK_GZIP_CRC,    /* gzip whose checksum is wrong */
    LOOPBACK_GZIP_BOMB,   /* 256 MiB of blanks in 256 KiB of gzip */
    LOOPBACK_BROTLI,      /* says br, which nobody asked for */
    LOOPBACK_STATUS,      /* `status`, with `retry_after` when given, and a short text; by default 500 */
    LOOPBACK_REDIRECT,    /* 302 (or `status`) to `location`; by default to itself, a loop */
    LOOPBACK_HTML,        /* 200 and a page that asks to log in, text/html */
    LOOPBACK_BOM,         /* a byte order mark before the body */
    LOOPBACK_BYTES,       /* `bytes`, `len` in place of the body; by default an empty one */
    LOOPBACK_RANGE_LATE,  /* 206 whose Content-Range begins one byte late */
    LOOPBACK_RANGE_PART,  /* 206 with half of what was asked for */
    LOOPBACK_RANGE_BLANK, /* 206 without Content-Range */
    LOOPBACK_RANGE_NONE,  /* takes no notice of Range: 200 and the whole */
    LOOPBACK_RANGE_OUT,   /* 416 to a Range */
};

enum { LOOPBACK_ALWAYS = 0 };

/* Texts are borrowed until loopback_stop(). */
struct loopback_order {
    const char *name; /* of the answer; "*": of all, also of those without a row */
    enum loopback_deed deed;
    int times; /* LOOPBACK_ALWAYS, or so often, then as it should be */
    int after; /* after so many good answers */
    int status;
    const char *retry_after, *location;
    const char *bytes;
    size_t len;
};
/* Holds from the next request on. Of several orders for a request the first that is not used up counts. */
void loopback_order(struct loopback *lb, struct loopback_order order);
/* The same in short: deed on name, so many times. */
void loopback_misbehave(struct loopback *lb, const char *name, enum loopback_deed deed, int times);
/* From now on it behaves. */
void loopback_behave(struct loopback *lb);

/* ---- what was asked ---- */

struct loopback_seen {
    const char *name; /* of the answer it got; "" when there was none */
    const char *method;
    const char *path; /* and query, as sent */
    const char *head; /* "GET /x HTTP/1.1\nHost: ...\n" */
    const char *body; /* NUL after it */
    size_t len;
};

/* How many requests of that name ("*": any) came. */
size_t loopback_count(struct loopback *lb, const char *name);
/* The i-th of them, from 0; it must exist. Good until loopback_stop(). */
const struct loopback_seen *loopback_seen(struct loopback *lb, const char *name, size_t i);
/* The value of a header, NULL without it. Good until the thread asked for eight more. */
const char *loopback_header(const struct loopback_seen *seen, const char *header);

/* ---- answers beside answers.csv ---- */

/* Answers "GET path" with these bytes (borrowed) and status 200; the name is the path. A later
 * one of the same path takes its place. */
void loopback_put(struct loopback *lb, const char *path, const char *type, const char *bytes, size_t len);

struct loopback_answer {
    int status;
    const char *type;
    char *body; /* malloc'd, freed by the provider */
    size_t len;
};
/* Asked before answers.csv, for pages without end and the like; false: not its business. Runs in a
 * thread of the provider, one at a time. The name of what it answers is "made". */
typedef bool loopback_maker(void *with, const struct loopback_seen *seen, struct loopback_answer *out);
void loopback_make(struct loopback *lb, loopback_maker *maker, void *with);

#endif
