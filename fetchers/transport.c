/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Questions under way: libcurl's multi interface, with one easy handle for each. How a question is
 * put is in transport_ask.c, what comes back in transport_answer.c, what went wrong in transport_why.c.
 */
#include "fetchers/transport.h"

#include "calc/late.h"
#include "fetchers/transport_parts.h"

#include <errno.h>
#include <stdlib.h>

static int load(struct curl_functions *curl, struct err *err)
{
#define FUNCTION(name) {#name, &curl->name},
    const struct late_function functions[] = {CURL_FUNCTIONS(FUNCTION)};
#undef FUNCTION

    return late_load("libcurl.so.4", "libcurl4", functions, sizeof functions / sizeof *functions, err);
}

static int open_multi(struct transport *t, struct err *err)
{
    if (load(&t->curl, err) != 0)
        return -1;
    if (t->curl.curl_global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK)
        return err_set(err, ERR_FETCH, "cannot use libcurl: it does not start");
    t->multi = t->curl.curl_multi_init();
    if (t->multi != NULL)
        return 0;
    t->curl.curl_global_cleanup();
    return err_nomem(err);
}

int transport_open(struct transport **out, const struct transport_options *opt, struct err *err)
{
    struct transport *t = calloc(1, sizeof *t);

    if (t == NULL)
        return err_nomem(err);
    t->opt = *opt;
    if (open_multi(t, err) != 0) {
        free(t);
        return -1;
    }
    *out = t;
    return 0;
}

static void exchange_free(struct exchange *x)
{
    const struct curl_functions *curl = &x->t->curl;

    if (x->easy != NULL) {
        curl->curl_multi_remove_handle(x->t->multi, x->easy); /* of one that was never added is fine */
        curl->curl_easy_cleanup(x->easy);
    }
    curl->curl_url_cleanup(x->url);
    curl->curl_slist_free_all(x->headers);
    raw_unzip_free(x->unzip);
    free(x);
}

void transport_close(struct transport *t)
{
    if (t == NULL)
        return;
    while (t->first != NULL) {
        struct exchange *x = t->first;
        t->first = x->next;
        exchange_free(x);
    }
    t->curl.curl_multi_cleanup(t->multi);
    t->curl.curl_global_cleanup();
    free(t);
}

/* A question that is refused at once is not sent, but has a result like any other. */
static int put(struct exchange *x, struct err *err)
{
    if (transport_read_url(x, x->ask.url, err) != 0 || (!x->ended && transport_set_up(x, err) != 0))
        return -1;
    x->over = x->ended;
    if (x->over)
        return 0;
    return x->t->curl.curl_multi_add_handle(x->t->multi, x->easy) == CURLM_OK ? 0 : err_nomem(err);
}

int transport_start(struct transport *t, const struct transport_request *r, int ticket, struct err *err)
{
    struct exchange *x = calloc(1, sizeof *x), **last = &t->first;

    if (x == NULL)
        return err_nomem(err);
    x->t = t;
    x->ask = *r;
    x->result.ticket = ticket;
    x->result.retry_after = -1;
    if (put(x, err) != 0) {
        exchange_free(x);
        return -1;
    }
    while (*last != NULL)
        last = &(*last)->next;
    *last = x;
    return 0;
}

/* Lets libcurl work on what has come in, and concludes what is done. */
static int perform(struct transport *t, struct err *err)
{
    const struct curl_functions *curl = &t->curl;
    int running = 0, left = 0;

    if (curl->curl_multi_perform(t->multi, &running) != CURLM_OK)
        return err_set(err, ERR_FETCH, "cannot use libcurl: it does not go on");
    for (const CURLMsg *m; (m = curl->curl_multi_info_read(t->multi, &left)) != NULL;) {
        struct exchange *x = NULL;
        CURLcode code = m->data.result; /* gone once the handle is touched */
        if (curl->curl_easy_getinfo(m->easy_handle, CURLINFO_PRIVATE, (char **)&x) == CURLE_OK)
            transport_conclude(x, code);
    }
    return 0;
}

static bool hand_out(struct transport *t, struct transport_result *out)
{
    for (struct exchange **at = &t->first; *at != NULL; at = &(*at)->next) {
        struct exchange *x = *at;
        if (!x->over)
            continue;
        *out = x->result;
        *at = x->next;
        exchange_free(x);
        return true;
    }
    return false;
}

/* A signal ends the wait: whoever sent it wants the caller to look up. */
static int poll_once(struct transport *t, int milliseconds, int *active, struct err *err)
{
    errno = 0;
    if (t->curl.curl_multi_poll(t->multi, NULL, 0, milliseconds, active) == CURLM_OK || errno == EINTR)
        return 0;
    return err_set(err, ERR_FETCH, "cannot use libcurl: it does not wait");
}

int transport_wait(struct transport *t, int milliseconds, struct transport_result *out, struct err *err)
{
    int64_t until = transport_clock() + milliseconds;

    for (int active = 1;;) {
        if (perform(t, err) != 0)
            return -1;
        if (hand_out(t, out))
            return 1;
        int64_t left = until - transport_clock();
        if (active == 0 || left <= 0)
            return 0;
        active = 0;
        if (poll_once(t, (int)left, &active, err) != 0)
            return -1;
    }
}

void transport_drop(struct transport *t, int ticket)
{
    for (struct exchange **at = &t->first; *at != NULL; at = &(*at)->next) {
        struct exchange *x = *at;
        if (x->result.ticket != ticket)
            continue;
        *at = x->next;
        exchange_free(x);
        return;
    }
}
