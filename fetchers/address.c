/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Where a question may go: to the endpoints of its job, to the hosts its fetcher names besides, and
 * nowhere else.
 */
#include "fetchers/drive.h"
#include "fetchers/url.h"

#include <string.h>

/* The configured endpoint in place of the fetcher's own of the same site and name; NULL: url is not there. */
static const struct fetch_endpoint *moved(const struct fetcher *f, const struct fetch_job *job, const struct url *to)
{
    for (const struct fetch_endpoint *own = f->endpoints; own != NULL && own->url != NULL; own++) {
        struct url u;
        if (strcmp(own->site, job->site) != 0 || !url_split(own->url, &u) || !url_same_origin(&u, to))
            continue;
        for (size_t i = 0; i < job->nendpoints; i++)
            if (!strcmp(job->endpoints[i].name, own->name))
                return &job->endpoints[i];
    }
    return NULL;
}

static bool at_endpoint(const struct fetch_job *job, const struct url *to)
{
    for (size_t i = 0; i < job->nendpoints; i++) {
        struct url u;
        if (url_split(job->endpoints[i].url, &u) && url_same_origin(&u, to))
            return true;
    }
    return false;
}

static bool followed(const struct fetcher *f, const struct fetch_job *job, const struct url *to)
{
    struct url file;

    for (const char *const *host = f->follows; host != NULL && *host != NULL; host++)
        if (to->is_https && url_host_fits(to, *host))
            return true;
    return job->file != NULL && url_split(job->file, &file) && url_same_origin(&file, to);
}

int drive_address(const struct fetcher *f, const struct fetch_job *job, const char *asked, bool is_signed,
                  struct arena *a, const char **url, struct err *err)
{
    struct url to;

    if (!url_split(asked, &to))
        return err_set(err, ERR_FETCH, "the answers lead to something that is no http address");
    const struct fetch_endpoint *e = at_endpoint(job, &to) ? NULL : moved(f, job, &to);
    if (e != NULL) {
        *url = arena_printf(a, "%s%s", e->url, to.rest);
        return *url != NULL ? 0 : err_nomem(err);
    }
    if (!at_endpoint(job, &to) && (is_signed || !followed(f, job, &to)))
        return err_set(err, ERR_FETCH, "the answers lead to another host, '%.*s': not asked", (int)to.host_len,
                       to.host);
    *url = arena_strdup(a, asked);
    return *url != NULL ? 0 : err_nomem(err);
}
