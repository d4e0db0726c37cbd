/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the parts of the transport share: libcurl's functions, and a question under way. Only
 * transport*.c include this.
 */
#ifndef TCO_TRANSPORT_PARTS_H
#define TCO_TRANSPORT_PARTS_H

#include "fetchers/transport.h"

#define CURL_DISABLE_TYPECHECK /* its macros call the functions by name, and we have them by address */
#include <curl/curl.h>

/* What is called of libcurl: the one list of it. */
#define CURL_FUNCTIONS(FUNCTION)                                                                                       \
    FUNCTION(curl_easy_cleanup)                                                                                        \
    FUNCTION(curl_easy_getinfo)                                                                                        \
    FUNCTION(curl_easy_header)                                                                                         \
    FUNCTION(curl_easy_init)                                                                                           \
    FUNCTION(curl_easy_setopt)                                                                                         \
    FUNCTION(curl_free)                                                                                                \
    FUNCTION(curl_global_cleanup)                                                                                      \
    FUNCTION(curl_global_init)                                                                                         \
    FUNCTION(curl_multi_add_handle)                                                                                    \
    FUNCTION(curl_multi_cleanup)                                                                                       \
    FUNCTION(curl_multi_info_read)                                                                                     \
    FUNCTION(curl_multi_init)                                                                                          \
    FUNCTION(curl_multi_perform)                                                                                       \
    FUNCTION(curl_multi_poll)                                                                                          \
    FUNCTION(curl_multi_remove_handle)                                                                                 \
    FUNCTION(curl_slist_append)                                                                                        \
    FUNCTION(curl_slist_free_all)                                                                                      \
    FUNCTION(curl_url)                                                                                                 \
    FUNCTION(curl_url_cleanup)                                                                                         \
    FUNCTION(curl_url_get)                                                                                             \
    FUNCTION(curl_url_set)

struct curl_functions {
#define FUNCTION(name) __typeof__(&name) name;
    CURL_FUNCTIONS(FUNCTION)
#undef FUNCTION
};

/* One question, from transport_start() until its result was handed out. */
struct exchange {
    struct exchange *next;
    struct transport *t;
    struct transport_request ask; /* its texts and `into` are the caller's */
    CURL *easy;
    CURLU *url;
    struct curl_slist *headers;
    struct raw_unzip *unzip; /* NULL: the body comes as it is */
    uint64_t length;         /* of the whole body in `into`, when known_length */
    bool known_length;
    bool loopback; /* the host is a literal of this machine: never through a proxy */
    bool whole_head;
    bool begun;    /* the head was looked at, the body goes where it should */
    bool unwanted; /* the body goes nowhere: what is held already stays */
    bool ended;    /* `result` says how it ended; the first to say counts */
    bool over;     /* `result` is complete */
    struct transport_result result;
    char detail[CURL_ERROR_SIZE];
};

struct transport {
    struct curl_functions curl;
    struct transport_options opt;
    CURLM *multi;
    struct exchange *first; /* all that were started and not handed out, in the order of the start */
};

/* The URL as libcurl reads it, and whether we go there; a refusal goes to x->result. 0, -1 without memory. */
int transport_read_url(struct exchange *x, const char *url, struct err *err); /* transport_ask.c */
/* Tells libcurl everything about the question. */
int transport_set_up(struct exchange *x, struct err *err); /* transport_ask.c */

/* A line of the head, CURLOPT_HEADERFUNCTION. */
size_t transport_see_line(char *line, size_t one, size_t n, void *exchange); /* transport_answer.c */
/* A body's bytes, CURLOPT_WRITEFUNCTION. */
size_t transport_take(char *bytes, size_t one, size_t n, void *exchange); /* transport_answer.c */
/* libcurl is done with the question: fills in the rest of the result. */
void transport_conclude(struct exchange *x, CURLcode code); /* transport_answer.c */

/* Ends the exchange with these words, unless it has ended already; returns false. */
bool transport_end(struct exchange *x, enum transport_end end, const char *fmt, ...) /* transport_answer.c */
    __attribute__((format(printf, 3, 4)));
/* Ends it with what a code of libcurl means. */
void transport_fail(struct exchange *x, CURLcode code); /* transport_why.c */

#endif
