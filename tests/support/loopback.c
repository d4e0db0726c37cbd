/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The loopback provider: libmicrohttpd with a thread for each connection, so that one which is silent
 * does not hold up the others.
 */
#include "tests/support/loopback.h"

#include "calc/buf.h"
#include "tests/support/loopback_parts.h"
#include "tests/support/test.h"

#include <arpa/inet.h>
#include <microhttpd.h>
#include <netinet/in.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>
#include <time.h>

enum { ORDERS = 32, PUTS = 16, BLOCK = 16 * 1024, BODY_CEILING = 64 << 20, HEADER_BYTES = 2048, HEADERS = 8 };

struct standing_order {
    struct loopback_order order;
    int good, bad; /* answers so far */
};

struct put {
    const char *path, *type, *bytes;
    size_t len;
};

struct loopback {
    struct MHD_Daemon *daemon;
    char url[64];
    unsigned flags;
    struct loopback_tls tls;
    struct loopback_rows rows;
    atomic_bool stopping;
    pthread_mutex_t making; /* one call of the maker at a time; it may call the functions below */
    pthread_mutex_t lock;   /* of all that follows */
    loopback_maker *maker;
    void *with;
    struct put puts[PUTS];
    size_t nputs;
    struct standing_order orders[ORDERS];
    size_t norders;
    struct arena arena; /* of what was seen */
    struct loopback_seen **seen;
    size_t nseen;
};

/* A request on its way in. */
struct incoming {
    char *path;
    struct buf body;
};

/* ---- what goes out ---- */

/* False when the provider is stopping. */
static bool rest(const struct loopback *lb, int milliseconds)
{
    for (int left = milliseconds; left > 0 && !atomic_load(&lb->stopping); left -= 10)
        nanosleep(&(struct timespec){.tv_nsec = 10 * 1000000}, NULL);
    return !atomic_load(&lb->stopping);
}

static void wait_for_stop(const struct loopback *lb)
{
    while (rest(lb, 1000))
        ;
}

static ssize_t read_reply(void *reply, uint64_t pos, char *out, size_t max)
{
    const struct loopback_reply *r = reply;

    if (pos < r->ready) {
        size_t n = r->ready - (size_t)pos;
        n = n < max ? n : max;
        memcpy(out, r->body + pos, n);
        return (ssize_t)n;
    }
    if (r->ending == SILENT)
        wait_for_stop(r->lb);
    if (r->ending == DRIPPING && pos < r->len && rest(r->lb, 100)) {
        *out = r->body[pos];
        return 1;
    }
    return r->ending == WHOLE || pos >= r->len + (r->claimed != UINT64_MAX && r->claimed > r->len)
               ? MHD_CONTENT_READER_END_OF_STREAM
               : MHD_CONTENT_READER_END_WITH_ERROR;
}

static void free_reply(void *reply)
{
    struct loopback_reply *r = reply;

    free(r->body);
    free(r);
}

static enum MHD_Result send_reply(struct MHD_Connection *c, struct loopback_reply *r)
{
    if (r->mute)
        wait_for_stop(r->lb);
    if (r->mute || r->hangup) {
        free_reply(r);
        return MHD_NO;
    }
    uint64_t size = r->claimed != UINT64_MAX ? r->claimed : MHD_SIZE_UNKNOWN;
    struct MHD_Response *response = MHD_create_response_from_callback(size, BLOCK, read_reply, r, free_reply);
    if (response == NULL) {
        free_reply(r);
        return MHD_NO;
    }
    if (*r->type != '\0')
        MHD_add_response_header(response, MHD_HTTP_HEADER_CONTENT_TYPE, r->type);
    for (size_t i = 0; i < r->nheaders; i++)
        MHD_add_response_header(response, r->headers[i].name, r->headers[i].value);
    enum MHD_Result queued = MHD_queue_response(c, (unsigned)r->status, response);
    MHD_destroy_response(response);
    return queued;
}

/* ---- choosing it ---- */

static bool by_maker(struct loopback *lb, struct loopback_seen *seen, struct loopback_reply *r, bool *ok)
{
    struct loopback_answer made = {.status = 200, .type = "application/json"};

    pthread_mutex_lock(&lb->lock);
    loopback_maker *maker = lb->maker;
    void *with = lb->with;
    pthread_mutex_unlock(&lb->lock);
    pthread_mutex_lock(&lb->making);
    bool is = maker != NULL && maker(with, seen, &made);
    pthread_mutex_unlock(&lb->making);
    if (!is)
        return false;
    seen->name = "made";
    *ok = loopback_reply_fill(r, made.status, made.type, made.body, made.len);
    free(made.body);
    return true;
}

static bool by_put(struct loopback *lb, struct loopback_seen *seen, struct loopback_reply *r, bool *ok)
{
    struct put put = {.path = NULL};

    pthread_mutex_lock(&lb->lock);
    for (size_t i = 0; i < lb->nputs; i++)
        if (strcmp(seen->method, "GET") == 0 && strcmp(lb->puts[i].path, seen->path) == 0)
            put = lb->puts[i];
    pthread_mutex_unlock(&lb->lock);
    if (put.path == NULL)
        return false;
    seen->name = put.path;
    *ok = loopback_reply_fill(r, 200, put.type, put.bytes, put.len);
    return true;
}

static bool by_row(const struct loopback_row *row, struct loopback_reply *r)
{
    int status = (int)strtol(row->status, NULL, 10);

    if (status >= 300 && status < 400 && row->body != NULL) {
        size_t n = r->nheaders++;
        r->headers[n].name = "Location";
        snprintf(r->headers[n].value, REPLY_VALUE, "%.*s", (int)strcspn(row->body, "\r\n"), row->body);
        return loopback_reply_fill(r, status, row->type, "", 0);
    }
    return loopback_reply_fill(r, status, row->type, row->body, row->len);
}

static bool good_answer(struct loopback *lb, struct loopback_seen *seen, struct loopback_reply *r)
{
    bool ok = true;

    if (by_maker(lb, seen, r, &ok) || by_put(lb, seen, r, &ok))
        return ok;
    const struct loopback_row *row = loopback_rows_find(&lb->rows, seen);
    seen->name = row != NULL ? row->name : "";
    return row != NULL ? by_row(row, r) : loopback_reply_fill(r, 404, "text/plain", "no such answer\n", 15);
}

/* The order that this request meets: *order, or false. */
static bool meets(struct loopback *lb, const char *name, struct loopback_order *order)
{
    for (size_t i = 0; i < lb->norders; i++) {
        struct standing_order *o = &lb->orders[i];
        if (strcmp(o->order.name, "*") != 0 && strcmp(o->order.name, name) != 0)
            continue;
        if (o->order.times != LOOPBACK_ALWAYS && o->bad == o->order.times)
            continue;
        if (o->good < o->order.after) {
            o->good++;
            continue;
        }
        o->bad++;
        *order = o->order;
        return true;
    }
    return false;
}

/* ---- what comes in ---- */

static enum MHD_Result add_line(void *head, enum MHD_ValueKind kind, const char *name, const char *value)
{
    (void)kind;
    buf_printf(head, "%s: %s\n", name, value != NULL ? value : "");
    return MHD_YES;
}

/* The request for the record; in the arena. NULL without memory. */
static struct loopback_seen *record(struct loopback *lb, struct MHD_Connection *c, const char *method,
                                    const struct incoming *in)
{
    struct buf head = {0};

    buf_printf(&head, "%s %s HTTP/1.1\n", method, in->path);
    MHD_get_connection_values(c, MHD_HEADER_KIND, add_line, &head);
    pthread_mutex_lock(&lb->lock);
    struct loopback_seen *seen = head.failed ? NULL : arena_alloc(&lb->arena, sizeof *seen);
    if (seen != NULL)
        *seen = (struct loopback_seen){
            .name = "",
            .method = arena_strdup(&lb->arena, method),
            .path = arena_strdup(&lb->arena, in->path),
            .head = arena_strdup(&lb->arena, head.v),
            .body = arena_strndup(&lb->arena, in->body.n > 0 ? in->body.v : "", in->body.n),
            .len = in->body.n,
        };
    pthread_mutex_unlock(&lb->lock);
    buf_free(&head);
    return seen;
}

static bool keep(struct loopback *lb, struct loopback_seen *seen)
{
    struct loopback_seen **longer =
        arena_grow(&lb->arena, lb->seen, lb->nseen, lb->nseen + 1, sizeof(struct loopback_seen *));

    if (longer == NULL)
        return false;
    lb->seen = longer;
    lb->seen[lb->nseen++] = seen;
    return true;
}

static enum MHD_Result answer(struct loopback *lb, struct MHD_Connection *c, const char *method,
                              const struct incoming *in)
{
    struct loopback_seen *seen = record(lb, c, method, in);
    struct loopback_reply *r = calloc(1, sizeof *r);
    struct loopback_order order = {.name = NULL};

    if (seen == NULL || r == NULL || !good_answer(lb, seen, r)) {
        if (r != NULL)
            free_reply(r);
        return MHD_NO;
    }
    r->lb = lb;
    pthread_mutex_lock(&lb->lock);
    bool kept = keep(lb, seen), ordered = meets(lb, seen->name, &order);
    pthread_mutex_unlock(&lb->lock);
    if (!kept || !loopback_reply_shape(r, lb->flags, seen, ordered ? &order : NULL)) {
        free_reply(r);
        return MHD_NO;
    }
    return send_reply(c, r);
}

static void *begin_request(void *lb, const char *uri, struct MHD_Connection *c)
{
    struct incoming *in = calloc(1, sizeof *in);
    size_t len = strlen(uri);

    (void)lb;
    (void)c;
    if (in == NULL || (in->path = malloc(len + 1)) == NULL) {
        free(in);
        return NULL;
    }
    memcpy(in->path, uri, len + 1);
    in->body.ceiling = BODY_CEILING;
    return in;
}

/* Called with the head, with each piece of the body, and once more at its end. */
static enum MHD_Result take_request(void *lb, struct MHD_Connection *c, const char *url, const char *method,
                                    const char *version, const char *bytes, size_t *n, void **request)
{
    struct incoming *in = *request;

    (void)url;
    (void)version;
    if (in == NULL || in->body.failed)
        return MHD_NO;
    if (in->body.v == NULL) { /* the head: no answer before the body was read */
        return buf_reserve(&in->body, 1) ? MHD_YES : MHD_NO;
    }
    if (*n > 0) {
        buf_add(&in->body, bytes, *n);
        *n = 0;
        return MHD_YES;
    }
    return answer(lb, c, method, in);
}

static void end_request(void *lb, struct MHD_Connection *c, void **request, enum MHD_RequestTerminationCode how)
{
    struct incoming *in = *request;

    (void)lb;
    (void)c;
    (void)how;
    if (in != NULL) {
        buf_free(&in->body);
        free(in->path);
        free(in);
    }
    *request = NULL;
}

/* ---- start and stop ---- */

static void say_nothing(void *with, const char *fmt, va_list ap)
{
    (void)with;
    (void)fmt;
    (void)ap;
}

static void start_daemon(struct loopback *lb)
{
    bool tls = lb->tls.key != NULL;
    struct sockaddr_in here = {.sin_family = AF_INET, .sin_addr = {htonl(INADDR_LOOPBACK)}};
    const struct MHD_OptionItem secrets[] = {
        {MHD_OPTION_HTTPS_MEM_KEY, 0, lb->tls.key},
        {MHD_OPTION_HTTPS_MEM_CERT, 0, lb->tls.chain},
        {MHD_OPTION_END, 0, NULL},
    };

    lb->daemon = MHD_start_daemon(MHD_USE_THREAD_PER_CONNECTION | MHD_USE_INTERNAL_POLLING_THREAD | MHD_USE_AUTO |
                                      MHD_USE_ITC | MHD_USE_ERROR_LOG | (tls ? MHD_USE_TLS : 0),
                                  0, NULL, NULL, take_request, lb, MHD_OPTION_EXTERNAL_LOGGER, say_nothing, NULL,
                                  MHD_OPTION_SOCK_ADDR, (struct sockaddr *)&here, MHD_OPTION_URI_LOG_CALLBACK,
                                  begin_request, lb, MHD_OPTION_NOTIFY_COMPLETED, end_request, lb, MHD_OPTION_ARRAY,
                                  tls ? secrets : secrets + 2, MHD_OPTION_END);
    assert_non_null(lb->daemon);
    const union MHD_DaemonInfo *info = MHD_get_daemon_info(lb->daemon, MHD_DAEMON_INFO_BIND_PORT);
    assert_non_null(info);
    snprintf(lb->url, sizeof lb->url, "%s://127.0.0.1:%u", tls ? "https" : "http", (unsigned)info->port);
}

struct loopback *loopback_start(const char *dir, unsigned flags)
{
    struct loopback *lb = calloc(1, sizeof *lb);

    assert_non_null(lb);
    lb->flags = flags;
    pthread_mutex_init(&lb->lock, NULL);
    pthread_mutex_init(&lb->making, NULL);
    if (dir != NULL)
        loopback_rows_read(&lb->rows, dir);
    if ((flags & (LOOPBACK_TLS | LOOPBACK_EXPIRED | LOOPBACK_OTHER_NAME)) != 0)
        loopback_tls_make(&lb->tls, (flags & LOOPBACK_EXPIRED) != 0 ? -1 : 2,
                          (flags & LOOPBACK_OTHER_NAME) != 0 ? "127.0.0.99" : "127.0.0.1");
    start_daemon(lb);
    return lb;
}

void loopback_stop(struct loopback *lb)
{
    if (lb == NULL)
        return;
    atomic_store(&lb->stopping, true);
    MHD_stop_daemon(lb->daemon);
    pthread_mutex_destroy(&lb->lock);
    pthread_mutex_destroy(&lb->making);
    loopback_tls_free(&lb->tls);
    loopback_rows_free(&lb->rows);
    arena_free(&lb->arena);
    free(lb);
}

const char *loopback_url(const struct loopback *lb)
{
    return lb->url;
}

const char *loopback_ca(const struct loopback *lb)
{
    return lb->tls.key != NULL ? lb->tls.ca : NULL;
}

/* ---- what the test says and asks ---- */

void loopback_order(struct loopback *lb, struct loopback_order order)
{
    pthread_mutex_lock(&lb->lock);
    bool room = lb->norders < ORDERS;
    if (room)
        lb->orders[lb->norders++] = (struct standing_order){.order = order};
    pthread_mutex_unlock(&lb->lock);
    assert_true(room);
}

void loopback_misbehave(struct loopback *lb, const char *name, enum loopback_deed deed, int times)
{
    loopback_order(lb, (struct loopback_order){.name = name, .deed = deed, .times = times});
}

void loopback_behave(struct loopback *lb)
{
    pthread_mutex_lock(&lb->lock);
    lb->norders = 0;
    pthread_mutex_unlock(&lb->lock);
}

void loopback_put(struct loopback *lb, const char *path, const char *type, const char *bytes, size_t len)
{
    pthread_mutex_lock(&lb->lock);
    size_t at = 0;
    while (at < lb->nputs && strcmp(lb->puts[at].path, path) != 0)
        at++;
    bool room = at < PUTS;
    if (room) {
        lb->puts[at] = (struct put){path, type, bytes, len};
        lb->nputs += at == lb->nputs;
    }
    pthread_mutex_unlock(&lb->lock);
    assert_true(room);
}

void loopback_make(struct loopback *lb, loopback_maker *maker, void *with)
{
    pthread_mutex_lock(&lb->lock);
    lb->maker = maker;
    lb->with = with;
    pthread_mutex_unlock(&lb->lock);
}

/* The i-th of that name, or how many there are. */
static const struct loopback_seen *look(struct loopback *lb, const char *name, size_t i, size_t *n)
{
    const struct loopback_seen *found = NULL;

    *n = 0;
    pthread_mutex_lock(&lb->lock);
    for (size_t k = 0; k < lb->nseen; k++) {
        if (strcmp(name, "*") != 0 && strcmp(name, lb->seen[k]->name) != 0)
            continue;
        if (*n == i)
            found = lb->seen[k];
        ++*n;
    }
    pthread_mutex_unlock(&lb->lock);
    return found;
}

size_t loopback_count(struct loopback *lb, const char *name)
{
    size_t n;

    look(lb, name, 0, &n);
    return n;
}

const struct loopback_seen *loopback_seen(struct loopback *lb, const char *name, size_t i)
{
    size_t n;
    const struct loopback_seen *seen = look(lb, name, i, &n);

    if (seen == NULL)
        fail_msg("request %zu of '%s' did not come: there were %zu", i, name, n);
    return seen;
}

const char *loopback_header(const struct loopback_seen *seen, const char *header)
{
    static _Thread_local char values[HEADERS][HEADER_BYTES];
    static _Thread_local unsigned next;
    size_t len = strlen(header);

    for (const char *line = strchr(seen->head, '\n') + 1; *line != '\0'; line = strchr(line, '\n') + 1) {
        if (strncasecmp(line, header, len) != 0 || line[len] != ':')
            continue;
        char *value = values[next++ % HEADERS];
        snprintf(value, HEADER_BYTES, "%.*s", (int)strcspn(line + len + 2, "\n"), line + len + 2);
        return value;
    }
    return NULL;
}
