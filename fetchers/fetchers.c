/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The table of fetchers, and what belongs to all of them.
 */
#include "fetchers/fetcher.h"

#include <assert.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#define FETCHER(name) extern const struct fetcher fetcher_##name;
#include "fetchers/fetchers.def"
#undef FETCHER

const struct fetcher *const fetcher_table[] = {
#define FETCHER(name) &fetcher_##name,
#include "fetchers/fetchers.def"
#undef FETCHER
    NULL};

const struct fetcher *fetcher_find(const char *name)
{
    for (const struct fetcher *const *f = fetcher_table; *f != NULL; f++)
        if (!strcmp((*f)->name, name))
            return *f;
    return NULL;
}

bool fetcher_reads(const struct fetcher *f, const char *site)
{
    for (const struct fetch_endpoint *e = f->endpoints; e != NULL && e->url != NULL; e++)
        if (!strcmp(e->site, site))
            return true;
    return false;
}

const struct fetch_endpoint *fetch_endpoint(const struct fetch_job *job, const char *name)
{
    for (size_t i = 0; i < job->nendpoints; i++)
        if (!strcmp(job->endpoints[i].name, name))
            return &job->endpoints[i];
    assert(job->nendpoints == SIZE_MAX); /* not an endpoint of the fetcher's own list */
    return NULL;
}

int fetch_header(struct fetch_outgoing *out, struct err *err, const char *fmt, ...)
{
    char text[2048];
    va_list ap;

    va_start(ap, fmt);
    int n = vsnprintf(text, sizeof text, fmt, ap);
    va_end(ap);
    if (n < 0 || (size_t)n >= sizeof text || out->nheaders == sizeof out->headers / sizeof *out->headers)
        return err_set(err, ERR_INTERNAL, "too many headers, or too long a one");
    const char *kept = arena_strdup(out->arena, text);
    if (kept == NULL)
        return err_nomem(err);
    out->headers[out->nheaders++] = kept;
    return 0;
}
