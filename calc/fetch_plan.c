/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Which sources are asked, at which sites, about which regions and SKUs, with which key.
 */
#define _XOPEN_SOURCE 700 /* realpath */
#include "calc/fetch.h"

#include "calc/args.h"
#include "calc/tco.h"
#include "calc/value.h"
#include "fetchers/url.h"

#include <stdlib.h>
#include <string.h>

/* What the command line asks for. */
struct wish {
    struct name_list sources, sites, regions;
    bool named; /* sources were named: a missing key is an error then */
};

const struct fetch_settings *fetch_settings_of(const struct scenario *s, const char *source)
{
    for (size_t i = 0; i < s->nfetches; i++)
        if (!strcmp(s->fetches[i].source, source))
            return &s->fetches[i];
    return NULL;
}

bool fetch_named(const struct name_list *list, const char *name)
{
    for (size_t i = 0; i < list->n; i++)
        if (!strcmp(list->v[i], name))
            return true;
    return false;
}

/* An empty list asks for everything. */
static bool wanted(const struct name_list *list, const char *name)
{
    return list->n == 0 || fetch_named(list, name);
}

int fetch_option_words(const struct args *args, const char *name, struct arena *a, struct name_list *out,
                       struct err *err)
{
    const struct value_env env = {.arena = a, .key = name, .allowed = ""};
    const char **all = NULL;
    size_t n = 0;

    for (size_t i = 0; i < args_count(args, name); i++) {
        struct name_list one;
        if (value_names(args_nth(args, name, i), &env, &one, err) != 0)
            return err_prefix(err, "--%s", name);
        const char **grown = arena_grow(a, all, n, n + one.n, sizeof *grown);
        if (grown == NULL)
            return err_nomem(err);
        memcpy(grown + n, one.v, one.n * sizeof *grown);
        all = grown;
        n += one.n;
    }
    *out = (struct name_list){all, n};
    return 0;
}

/* ---- are the names known? ---- */

static int check_sources(const struct name_list *sources, struct err *err)
{
    const char *known[64];
    size_t n = 0;

    for (const struct fetcher *const *f = fetcher_table; *f != NULL && n < sizeof known / sizeof *known; f++)
        known[n++] = (*f)->name;
    for (size_t i = 0; i < sources->n; i++)
        if (fetcher_find(sources->v[i]) == NULL)
            return value_unknown(err, "source", sources->v[i], known, n);
    return 0;
}

static int check_sites(const struct rules *rules, const struct wish *wish, struct arena *a, struct err *err)
{
    const struct value_env env = {.arena = a, .rules = rules};

    for (size_t i = 0; i < wish->sites.n; i++)
        if (value_find_site(wish->sites.v[i], &env, err) == NULL)
            return err_prefix(err, "--site");
    return 0;
}

static int check_regions(const struct rules *rules, const struct wish *wish, struct err *err)
{
    for (size_t i = 0; i < wish->regions.n; i++) {
        bool known = false;
        for (size_t k = 0; k < rules->nregions && !known; k++)
            known = !strcmp(rules->regions[k].id, wish->regions.v[i]) && wanted(&wish->sites, rules->regions[k].site);
        if (!known)
            return err_set(err, ERR_USAGE, "--region: no site%s has a region '%s' (tco sites lists them)",
                           wish->sites.n > 0 ? " of --site" : "", wish->regions.v[i]);
    }
    return 0;
}

/* ---- one task ---- */

static const char *environment(void *ctx, const char *name)
{
    const struct tco_world *world = ctx;

    return world->env != NULL ? world->env(name) : NULL;
}

struct key_source fetch_key_source(const struct fetch_run *run, const struct fetcher *f)
{
    const struct fetch_settings *s = fetch_settings_of(&run->settings, f->name);
    union {
        const struct tco_world *in;
        void *out;
    } world = {.in = run->app->world}; /* the context of a lookup has no const */

    return (struct key_source){.provider = f->key,
                               .file = s != NULL ? s->key_file : "",
                               .command = s != NULL ? s->key_command : "",
                               .environment = {environment, world.out}};
}

static const char *address_of(const struct fetch_settings *s, const struct fetch_endpoint *own)
{
    const char *general = NULL;

    for (size_t i = 0; s != NULL && i < s->naddresses; i++) {
        if (!strcmp(s->addresses[i].site, own->site) && *own->site != '\0')
            return s->addresses[i].url;
        if (s->addresses[i].site[0] == '\0')
            general = s->addresses[i].url;
    }
    return general != NULL ? general : own->url;
}

static int set_endpoints(struct fetch_run *run, struct fetch_task *t, struct err *err)
{
    size_t n = 0;

    for (const struct fetch_endpoint *e = t->fetcher->endpoints; e != NULL && e->url != NULL; e++)
        n += !strcmp(e->site, t->site);
    t->endpoints = arena_array(&run->arena, n, sizeof *t->endpoints);
    if (t->endpoints == NULL)
        return err_nomem(err);
    t->job.endpoints = t->endpoints;
    for (const struct fetch_endpoint *e = t->fetcher->endpoints; e != NULL && e->url != NULL; e++) {
        if (strcmp(e->site, t->site) != 0)
            continue;
        struct fetch_endpoint *mine = &t->endpoints[t->job.nendpoints++];
        *mine = *e;
        mine->url = address_of(t->settings, e);
    }
    return 0;
}

static int set_regions(struct fetch_run *run, struct fetch_task *t, const struct wish *wish, struct err *err)
{
    const char **v = arena_array(&run->arena, run->rules.nregions, sizeof *v);

    if (v == NULL)
        return err_nomem(err);
    t->job.regions = v;
    for (size_t i = 0; i < run->rules.nregions; i++) {
        const struct region *r = &run->rules.regions[i];
        bool mine = !strcmp(r->site, t->site) && wanted(&wish->regions, r->id) &&
                    (t->settings == NULL || wish->regions.n > 0 || wanted(&t->settings->regions, r->id));
        if (mine)
            v[t->job.nregions++] = r->id;
    }
    return 0;
}

/* ---- the file of `csv` ---- */

static int set_file(struct fetch_run *run, struct fetch_task *t, const char *config_file, struct err *err)
{
    const struct fetch_settings *s = t->settings;
    const struct value_env env = {.arena = &run->arena, .file = config_file};
    const char *path;
    struct url u;

    if (url_split(s->file, &u)) {
        t->job.file = s->file;
        return u.is_https || url_is_loopback(&u)
                   ? 0
                   : err_set(err, ERR_USAGE, "[fetch %s] file: only https:// or a loopback address", s->source);
    }
    if (value_path(s->file, &env, &path, err) != 0)
        return -1;
    char *real = realpath(path, NULL);
    if (real == NULL)
        return err_set(err, ERR_USAGE, "[fetch %s] file: '%s' cannot be read", s->source, path);
    t->job.file = arena_printf(&run->arena, "file://%s", real);
    free(real);
    return t->job.file != NULL ? 0 : err_nomem(err);
}

/* ---- what is held ---- */

static void find_held(struct fetch_run *run, struct fetch_task *t)
{
    for (size_t i = 0; i < run->list.n; i++) {
        const struct fetched_entry *e = &run->list.v[i];
        if (!strcmp(e->source, t->fetcher->name) && !strcmp(e->site, t->site))
            t->held = e;
    }
}

/* Was the snapshot about all the regions that are wanted now? One of fewer says nothing of the others. */
static bool covers(const char *dir, const struct fetch_job *job, struct arena *a)
{
    struct fetch_job before = {.site = job->site};
    struct err unheard;

    if (job->nregions > 0 && fetch_asked_read(dir, &before, a, &unheard) != 0)
        return false;
    for (size_t i = 0; i < job->nregions; i++)
        if (!fetch_named(&(struct name_list){before.regions, before.nregions}, job->regions[i]))
            return false;
    return true;
}

static int set_held(struct fetch_run *run, struct fetch_task *t, struct err *err)
{
    find_held(run, t);
    if (t->held == NULL)
        return 0;
    const char *dir = fetched_dir_path(catalogue_cache_dir(run->catalogue), t->held, &run->arena);
    if (dir == NULL)
        return err_nomem(err);
    if (answers_read(dir, &run->arena, &t->before, err) != 0)
        t->before.n = 0; /* only a saving is lost: everything is asked anew */
    const char *last = fetched_last(catalogue_cache_dir(run->catalogue), t->held, &run->arena);
    struct date received = instant_day(last);
    if (date_is(run->since) && date_is(received) && date_cmp(received, run->since) >= 0 &&
        covers(dir, &t->job, &run->arena))
        t->outcome = FETCH_RECENT;
    return 0;
}

/* The newest day of rates held, whether they came with the program or were fetched. */
static int set_since(struct fetch_run *run, struct fetch_task *t, struct err *err)
{
    struct published_rate rate;
    bool found = false;

    t->job.since = DATE_NONE;
    if (t->fetcher->rates == NULL)
        return 0;
    if (catalogue_rate(run->catalogue, t->fetcher->rates, "USD", run->app->today, &rate, &found, err) != 0)
        return -1;
    if (found)
        t->job.since = rate.date;
    return 0;
}

static int set_key(struct fetch_run *run, struct fetch_task *t, struct err *err)
{
    if (t->fetcher->key == NULL || t->outcome == FETCH_RECENT || run->reparse)
        return 0;
    const struct key_source from = fetch_key_source(run, t->fetcher);
    t->credentials = arena_alloc(&run->arena, sizeof *t->credentials);
    if (t->credentials == NULL)
        return err_nomem(err);
    if (credentials_load(t->credentials, &from, err) == 0)
        return 0;
    t->credentials = NULL;
    return -1;
}

static int fill(struct fetch_run *run, struct fetch_task *t, const struct wish *wish, const char *config_file,
                struct err *err)
{
    t->job.rules = &run->rules;
    t->job.site = t->site;
    t->job.today = run->app->today;
    t->job.currency = t->settings != NULL ? t->settings->currency : "";
    if (set_endpoints(run, t, err) != 0 || set_regions(run, t, wish, err) != 0 || set_held(run, t, err) != 0 ||
        set_since(run, t, err) != 0)
        return -1;
    if (t->settings != NULL && t->settings->file[0] != '\0' && set_file(run, t, config_file, err) != 0)
        return -1;
    if (t->fetcher->asks_by_sku && t->outcome != FETCH_RECENT && !run->reparse && fetch_skus(run, t, err) != 0)
        return -1;
    const struct site *site = *t->site != '\0' ? rules_site(&run->rules, t->site) : NULL;
    t->expected_currency = *t->job.currency != '\0' ? t->job.currency : site != NULL ? site->list_currency : "";
    return 0;
}

/* ---- all tasks ---- */

/* A key that is not there fails its task alone when the source was named, and leaves it out when not. */
static int add(struct fetch_run *run, const struct fetcher *f, const char *site, const struct wish *wish,
               const char *config_file, struct err *err)
{
    struct fetch_task *grown = arena_grow(&run->arena, run->tasks, run->ntasks, run->ntasks + 1, sizeof *grown);
    struct key_place place = {.kind = KEY_NOWHERE};

    if (grown == NULL)
        return err_nomem(err);
    run->tasks = grown;
    if (f->key != NULL && !wish->named && !run->reparse) {
        const struct key_source from = fetch_key_source(run, f);
        credentials_where(&from, &place);
        if (place.kind == KEY_NOWHERE)
            return 0;
    }
    struct fetch_task *t = &grown[run->ntasks++];
    *t = (struct fetch_task){.fetcher = f, .site = site, .settings = fetch_settings_of(&run->settings, f->name)};
    if (fill(run, t, wish, config_file, err) != 0)
        return -1;
    if (set_key(run, t, &t->err) != 0)
        t->outcome = FETCH_FAILED;
    return 0;
}

static int add_sites(struct fetch_run *run, const struct fetcher *f, const struct wish *wish, const char *config_file,
                     struct err *err)
{
    const char *last = NULL;

    for (const struct fetch_endpoint *e = f->endpoints; e != NULL && e->url != NULL; e++) {
        if (last != NULL && !strcmp(last, e->site))
            continue;
        last = e->site;
        bool any_region = wish->regions.n == 0 || *e->site == '\0';
        for (size_t i = 0; i < run->rules.nregions && !any_region; i++)
            any_region =
                !strcmp(run->rules.regions[i].site, e->site) && fetch_named(&wish->regions, run->rules.regions[i].id);
        if ((wanted(&wish->sites, e->site) && any_region) && add(run, f, e->site, wish, config_file, err) != 0)
            return -1;
    }
    return 0;
}

/* A source without sites of its own is read again for those it was fetched for. */
static int add_held(struct fetch_run *run, const struct fetcher *f, const struct wish *wish, const char *config_file,
                    struct err *err)
{
    for (size_t i = 0; i < run->list.n; i++) {
        const struct fetched_entry *e = &run->list.v[i];
        size_t before = 0;
        while (strcmp(run->list.v[before].source, e->source) != 0 || strcmp(run->list.v[before].site, e->site) != 0)
            before++;
        if (before == i && !strcmp(e->source, f->name) && add(run, f, e->site, wish, config_file, err) != 0)
            return -1;
    }
    return 0;
}

static int add_source(struct fetch_run *run, const struct fetcher *f, const struct wish *wish, const char *config_file,
                      struct err *err)
{
    const struct fetch_settings *s = fetch_settings_of(&run->settings, f->name);

    if (f->endpoints != NULL && f->endpoints[0].url != NULL)
        return add_sites(run, f, wish, config_file, err);
    if (run->reparse)
        return add_held(run, f, wish, config_file, err);
    if (s != NULL && s->file[0] != '\0') {
        if (s->site[0] != '\0' && rules_site(&run->rules, s->site) == NULL) {
            const struct value_env env = {.arena = &run->arena, .rules = &run->rules};
            value_find_site(s->site, &env, err);
            return err_prefix(err, "[fetch %s] site", f->name);
        }
        return add(run, f, s->site, wish, config_file, err);
    }
    return wish->named ? err_set(err, ERR_USAGE, "source %s needs a file (such as --set 'fetch %s.file=prices.csv')",
                                 f->name, f->name)
                       : 0;
}

static int read_wish(struct fetch_run *run, const struct args *args, struct wish *out, struct err *err)
{
    const char **words = arena_array(&run->arena, args_words(args), sizeof *words);

    if (words == NULL)
        return err_nomem(err);
    for (size_t i = 0; i < args_words(args); i++)
        words[i] = args_word(args, i);
    *out = (struct wish){.sources = {words, args_words(args)}, .named = args_words(args) > 0};
    if (fetch_option_words(args, "site", &run->arena, &out->sites, err) != 0 ||
        fetch_option_words(args, "region", &run->arena, &out->regions, err) != 0 ||
        check_sources(&out->sources, err) != 0 || check_sites(&run->rules, out, &run->arena, err) != 0)
        return -1;
    return check_regions(&run->rules, out, err);
}

int fetch_plan(struct fetch_run *run, const struct args *args, struct err *err)
{
    const char *file = args_get(args, "config");
    struct wish wish;

    if (read_wish(run, args, &wish, err) != 0)
        return -1;
    for (const struct fetcher *const *f = fetcher_table; *f != NULL; f++)
        if (wanted(&wish.sources, (*f)->name) && add_source(run, *f, &wish, file != NULL ? file : "./none", err) != 0)
            return -1;
    return run->ntasks > 0 ? 0
                           : err_set(err, ERR_USAGE,
                                     "no source reads what --site and --region ask for (tco doctor lists "
                                     "the sources and their sites)");
}
