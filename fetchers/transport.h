/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The door to libcurl: sends what it is told and puts what comes back into a raw file (raw.h). It does
 * not decide anything: which hosts, how often, whether to try again is the driver's business.
 * HTTPS is verified always; plain HTTP goes only to loopback literals (127.0.0.0/8, [::1]); redirects
 * are reported, not followed. Several questions may be under way. libcurl is loaded when first needed,
 * as loading it costs every run of the program more than an estimate does.
 */
#ifndef TCO_TRANSPORT_H
#define TCO_TRANSPORT_H

#include "calc/err.h"
#include "fetchers/raw.h"

#include <stdbool.h>
#include <stdint.h>

struct transport;

struct transport_options {
    const char *ca_bundle; /* a PEM file; NULL: the system's */
    const char *proxy;     /* a URL; NULL: none (the environment is not asked) */
    int connect_seconds;   /* 0: 20 */
    int stall_seconds;     /* gives up when fewer than 100 bytes a second came for so long; 0: 30 */
};

struct transport_request {
    const char *method, *url;
    const char *const *headers; /* nheaders of "Name: value" */
    size_t nheaders;
    const char *body; /* NULL: none */
    size_t body_len;
    const char *etag,
        *last_modified; /* "" or the validators of the answer held: asks If-None-Match, If-Modified-Since */
    bool plain;         /* ask for no compression on the way, so that it can be resumed */
    const char
        *resume; /* NULL, or the strong ETag (else Last-Modified) under which `into` already holds the first bytes */
    struct raw *into; /* open; its ceiling holds for unpacked bytes */
};

enum transport_end {
    TRANSPORT_ANSWERED, /* the whole answer is in `into` */
    TRANSPORT_CUT,      /* the connection broke or stalled: may be tried again */
    TRANSPORT_REFUSED   /* not to be tried again: certificate, bad gzip, over the ceiling, no such host scheme */
};

struct transport_result {
    int ticket;
    enum transport_end end;
    char why[256]; /* for CUT and REFUSED: error first, no capital, no key or query of the URL in it */
    int status;    /* HTTP */
    char type[128];
    char etag[256], last_modified[64];
    char location[2048]; /* of a redirect, made absolute; "" */
    int retry_after;     /* seconds; -1: not said */
    /* 206: the bytes went behind those held. Else `into` was emptied first, but for answers that say
     * nothing of the thing itself (3xx, 408, 429, 5xx) while resuming: then it still holds what it held. */
    bool resumed;
};

/* SIGPIPE should be ignored: a connection may break while something is sent. */
int transport_open(struct transport **out, const struct transport_options *opt, struct err *err);
void transport_close(struct transport *t); /* NULL is fine; whatever is under way is broken off */
/* Starts a question; everything in it is borrowed until its result. The ticket comes back with it. */
int transport_start(struct transport *t, const struct transport_request *r, int ticket, struct err *err);
/* Waits at most so long for a result: 1 with *out, 0 when none came, -1. A signal ends the wait, and
 * libcurl may look up earlier: 0 does not say that the time is over. Without anything under way it
 * just waits. */
int transport_wait(struct transport *t, int milliseconds, struct transport_result *out, struct err *err);
/* Breaks a question off; it gives no result any more. */
void transport_drop(struct transport *t, int ticket);

/* Clocks and chance live here too, being of the world outside. */
int64_t transport_clock(void);                      /* milliseconds, steady */
int64_t transport_now(void);                        /* seconds since 1970-01-01 UTC */
int transport_nonce(char out[33], struct err *err); /* 32 random hexadecimal digits */

#endif
