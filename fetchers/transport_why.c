/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What libcurl's codes mean: may the question be put again, and in which words. The words are ours:
 * libcurl's own may quote the URL and say how many milliseconds it took.
 */
#include "fetchers/transport_parts.h"

#include <stdio.h>
#include <string.h>

enum detail {
    PLAIN,
    TIME,   /* whichever of the two times was over */
    SYSTEM, /* with the system's reason: "Connection refused" */
    TLS     /* with what the TLS library says: "certificate has expired" */
};

static const struct meaning {
    CURLcode code;
    enum transport_end end;
    const char *words;
    enum detail detail;
} meanings[] = {
    {CURLE_COULDNT_RESOLVE_PROXY, TRANSPORT_CUT, "cannot find the proxy", PLAIN},
    {CURLE_COULDNT_RESOLVE_HOST, TRANSPORT_CUT, "cannot find the host", PLAIN},
    {CURLE_COULDNT_CONNECT, TRANSPORT_CUT, "cannot connect", SYSTEM},
    {CURLE_PROXY, TRANSPORT_CUT, "the proxy does not connect", PLAIN},
    {CURLE_OPERATION_TIMEDOUT, TRANSPORT_CUT, "no answer in time", TIME},
    {CURLE_SSL_CONNECT_ERROR, TRANSPORT_CUT, "cannot agree on TLS", TLS},
    {CURLE_GOT_NOTHING, TRANSPORT_CUT, "the connection was closed without an answer", PLAIN},
    {CURLE_PARTIAL_FILE, TRANSPORT_CUT, "the answer was cut short", PLAIN},
    {CURLE_SEND_ERROR, TRANSPORT_CUT, "the connection broke", PLAIN},
    {CURLE_RECV_ERROR, TRANSPORT_CUT, "the connection broke", PLAIN},
    {CURLE_HTTP2, TRANSPORT_CUT, "the connection broke", PLAIN},
    {CURLE_HTTP2_STREAM, TRANSPORT_CUT, "the connection broke", PLAIN},
    {CURLE_SEND_FAIL_REWIND, TRANSPORT_CUT, "the connection broke", PLAIN},
    {CURLE_WEIRD_SERVER_REPLY, TRANSPORT_REFUSED, "the answer is not HTTP", PLAIN},
    {CURLE_UNSUPPORTED_PROTOCOL, TRANSPORT_REFUSED, "the answer is not HTTP", PLAIN},
    {CURLE_URL_MALFORMAT, TRANSPORT_REFUSED, "the address is no URL", PLAIN},
    {CURLE_PEER_FAILED_VERIFICATION, TRANSPORT_REFUSED, "the certificate is not to be trusted", TLS},
    {CURLE_SSL_ISSUER_ERROR, TRANSPORT_REFUSED, "the certificate is not to be trusted", TLS},
    {CURLE_SSL_INVALIDCERTSTATUS, TRANSPORT_REFUSED, "the certificate is not to be trusted", TLS},
    {CURLE_SSL_CACERT_BADFILE, TRANSPORT_REFUSED, "cannot read the certificates to trust", PLAIN},
    {CURLE_SSL_CIPHER, TRANSPORT_REFUSED, "cannot agree on TLS", TLS},
    {CURLE_SSL_CLIENTCERT, TRANSPORT_REFUSED, "the server wants a certificate of ours", PLAIN},
    {CURLE_SSL_CERTPROBLEM, TRANSPORT_REFUSED, "the server wants a certificate of ours", PLAIN},
    {CURLE_OUT_OF_MEMORY, TRANSPORT_REFUSED, "out of memory", PLAIN},
};

static void fail_time(struct exchange *x, const struct meaning *m)
{
    curl_off_t connected = 0;

    x->t->curl.curl_easy_getinfo(x->easy, CURLINFO_APPCONNECT_TIME_T, &connected);
    if (connected == 0)
        x->t->curl.curl_easy_getinfo(x->easy, CURLINFO_PRETRANSFER_TIME_T, &connected);
    transport_end(x, m->end, "%s", connected > 0 ? "the connection stalled" : "cannot connect in time");
}

static void fail_system(struct exchange *x, const struct meaning *m)
{
    char reason[128];
    long number = 0;

    if (x->t->curl.curl_easy_getinfo(x->easy, CURLINFO_OS_ERRNO, &number) != CURLE_OK || number == 0 ||
        strerror_r((int)number, reason, sizeof reason) != 0)
        transport_end(x, m->end, "%s", m->words);
    else
        transport_end(x, m->end, "%s: %s", m->words, reason);
}

/* libcurl says "SSL certificate problem: certificate has expired": what stands behind the first colon. */
static void fail_tls(struct exchange *x, const struct meaning *m)
{
    const char *colon = strstr(x->detail, ": "), *said = colon != NULL ? colon + 2 : x->detail;

    if (*said == '\0')
        transport_end(x, m->end, "%s", m->words);
    else
        transport_end(x, m->end, "%s: %s", m->words, said);
}

void transport_fail(struct exchange *x, CURLcode code)
{
    const struct meaning *m = NULL;

    for (size_t i = 0; m == NULL && i < sizeof meanings / sizeof *meanings; i++)
        if (meanings[i].code == code)
            m = &meanings[i];
    if (m == NULL)
        transport_end(x, TRANSPORT_REFUSED, "libcurl fails with code %d", (int)code);
    else if (m->detail == TIME)
        fail_time(x, m);
    else if (m->detail == SYSTEM)
        fail_system(x, m);
    else if (m->detail == TLS)
        fail_tls(x, m);
    else
        transport_end(x, m->end, "%s", m->words);
}
