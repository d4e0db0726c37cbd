/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Values of [network] and [fetch SOURCE]: addresses and lists of names.
 */
#include "calc/shown.h"
#include "calc/value.h"
#include "fetchers/url.h"

#include <string.h>

static int check_url(const char *text, bool only_loopback_plain, struct err *err)
{
    char cut[SHOWN_MAX];
    struct url u;

    if (strchr(text, '@'))
        return err_set(err, ERR_USAGE, "an address with a user in it (credentials do not belong in a configuration)");
    if (!url_split(text, &u) || text[strcspn(text, "?#")] || text[strlen(text) - 1] == '/')
        return err_set(err, ERR_USAGE, "'%s' is no address (such as https://mirror.example.com, without / at the end)",
                       shown(text, cut));
    if (only_loopback_plain && !u.is_https && !url_is_loopback(&u))
        return err_set(err, ERR_USAGE, "'%s' is neither https:// nor http:// on a loopback address", shown(text, cut));
    return 0;
}

int value_url(const char *text, const struct value_env *env, void *out, struct err *err)
{
    return check_url(text, false, err) != 0 ? -1 : value_text(text, env, out, err);
}

int value_endpoint(const char *text, const struct value_env *env, void *out, struct err *err)
{
    struct fetch_settings *s = out;
    struct fetch_address a = {.site = "", .line = env->line}, *grown;

    if (check_url(text, true, err) != 0)
        return -1;
    if (strchr(env->key, '.')) {
        const struct site *site = value_key_site(env, err);
        if (!site || value_text(site->id, env, &a.site, err) != 0)
            return -1;
    }
    if (value_text(text, env, &a.url, err) != 0)
        return -1;
    grown = arena_grow(env->arena, s->addresses, s->naddresses, s->naddresses + 1, sizeof *grown);
    if (!grown)
        return err_nomem(err);
    grown[s->naddresses++] = a;
    s->addresses = grown;
    return 0;
}

int value_names(const char *text, const struct value_env *env, void *out, struct err *err)
{
    struct name_list *names = out;
    size_t most = 1, n = 0;

    for (const char *p = text; *p; p++)
        most += *p == ',';
    const char **v = arena_array(env->arena, most, sizeof *v);
    if (!v)
        return err_nomem(err);
    for (const char *p = text;; p++) {
        p += strspn(p, " \t");
        size_t len = strcspn(p, ","), end = len;
        while (end > 0 && (p[end - 1] == ' ' || p[end - 1] == '\t'))
            end--;
        if (end == 0)
            return err_set(err, ERR_USAGE, "a name is missing (names with commas between them)");
        if (!(v[n++] = arena_strndup(env->arena, p, end)))
            return err_nomem(err);
        p += len;
        if (!*p)
            break;
    }
    *names = (struct name_list){v, n};
    return 0;
}
