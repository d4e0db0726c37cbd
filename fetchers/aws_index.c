/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * From the service index of AWS to the file of a region. The indexes name each file; nothing is built but
 * the ending .csv, under which every .json file stands as well.
 */
#include "fetchers/aws_parts.h"

#include <string.h>

const char *aws_index_path(const char *site)
{
    return !strcmp(site, "aws-cn") ? "/offers/v1.0/cn/index.json" : "/offers/v1.0/aws/index.json";
}

/* Keys of the indexes hold dots and anything else, so members are found one by one, never by a path. */
static int read_offer_url(const struct json *doc, const char *offer, const char *key, struct arena *a, const char **out,
                          struct err *err)
{
    const struct json *offers;

    if (json_need(doc, "offers", &offers, err) != 0)
        return -1;
    const char *url = json_string(json_get(json_get(offers, offer), key));
    *out = NULL;
    if (*url == '\0')
        return 0;
    *out = arena_strdup(a, url);
    return *out != NULL ? 0 : err_nomem(err);
}

int aws_offer_url(const char *body, size_t len, const char *offer, const char *key, struct arena *a, const char **out,
                  struct err *err)
{
    struct json *doc;

    if (json_read(body, len, &doc, NULL, err) != 0)
        return -1;
    int rc = read_offer_url(doc, offer, key, a, out, err);
    json_free(doc);
    return rc;
}

static int take_region(const struct json *entry, const char *key, const struct fetch_job *job, struct arena *a,
                       const char **urls, struct err *err)
{
    const char *region = json_string(json_get(entry, "regionCode")), *url = json_string(json_get(entry, key));

    for (size_t i = 0; i < job->nregions; i++) {
        if (strcmp(job->regions[i], region) != 0)
            continue;
        if (*url == '\0')
            return err_set(err, ERR_FETCH, "no '%s' of region '%s'", key, region);
        urls[i] = arena_strdup(a, url);
        if (urls[i] == NULL)
            return err_nomem(err);
    }
    return 0;
}

static int read_region_urls(const struct json *doc, const struct fetch_job *job, struct arena *a, const char **urls,
                            struct err *err)
{
    const struct json *regions;

    if (json_need(doc, "regions", &regions, err) != 0)
        return -1;
    if (json_kind(regions) != JSON_OBJECT && json_kind(regions) != JSON_LIST)
        return err_set(err, ERR_FETCH, "'regions' is neither an object nor a list");
    for (struct json_walk w = json_walk(regions); json_kind(regions) == JSON_OBJECT && json_step(&w);)
        if (take_region(w.value, "currentVersionUrl", job, a, urls, err) != 0)
            return -1;
    for (size_t i = 0; i < json_count(regions); i++)
        if (take_region(json_item(regions, i), "versionUrl", job, a, urls, err) != 0)
            return -1;
    return 0;
}

int aws_region_urls(const char *body, size_t len, const struct fetch_job *job, struct arena *a, const char **urls,
                    struct err *err)
{
    struct json *doc;

    if (json_read(body, len, &doc, NULL, err) != 0)
        return -1;
    for (size_t i = 0; i < job->nregions; i++)
        urls[i] = NULL;
    int rc = read_region_urls(doc, job, a, urls, err);
    json_free(doc);
    return rc;
}

/* Letters, digits and what else stands in paths; no host, no way up. */
static bool is_path(const char *path)
{
    static const char allowed[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~/%";

    return path[0] == '/' && path[1] != '/' && path[strspn(path, allowed)] == '\0' && strstr(path, "..") == NULL;
}

int aws_follow(const struct fetch_job *job, const char *path, bool csv, struct arena *a, const char **out,
               struct err *err)
{
    const char *base = fetch_endpoint(job, "")->url;
    size_t n = strlen(path), nbase = strlen(base);

    if (!strncmp(path, base, nbase) && path[nbase] == '/') {
        path += nbase;
        n -= nbase;
    }
    if (!is_path(path))
        return err_set(err, ERR_FETCH, "'%.200s' does not lead to a file of %s", path, base);
    if (csv && (n < 5 || strcmp(path + n - 5, ".json") != 0))
        return err_set(err, ERR_FETCH, "'%.200s' does not end in .json", path);
    *out = csv ? arena_printf(a, "%s%.*s.csv", base, (int)(n - 5), path) : arena_printf(a, "%s%s", base, path);
    return *out != NULL ? 0 : err_nomem(err);
}
