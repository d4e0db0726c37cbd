/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Taking in what a task harvested: its tables into the work directory, read back like any other pack,
 * past the guard, onto the list, into the catalogue. Up to the list nothing is changed but a
 * directory that nobody looks at.
 */
#include "calc/fetch.h"

#include "calc/csv.h"
#include "calc/file.h"
#include "calc/packdir.h"
#include "fetchers/transport.h"

#include <stdio.h>
#include <string.h>

static int write_body(const char *dir, const char *name, const char *body, size_t len, struct err *err)
{
    char path[1200];

    if (len == 0)
        return 0;
    int n = snprintf(path, sizeof path, "%s/%s", dir, name);
    if (n < 0 || (size_t)n >= sizeof path)
        return err_set(err, ERR_INTERNAL, "too long a path: '%s'", dir);
    return file_write(path, body, len, err);
}

static int write_answers(const char *dir, const struct kept_answers *answers, struct err *err)
{
    struct buf text = {0};

    answers_write(answers, &text);
    int rc = text.failed ? err_nomem(err) : write_body(dir, ANSWERS_FILE, text.v, text.n, err);
    buf_free(&text);
    return rc;
}

static int write_counts(const char *dir, const struct harvested *got, struct err *err)
{
    struct buf text = {0};

    buf_puts(&text, "what,rows,kept\n");
    for (size_t i = 0; i < got->ncounts; i++) {
        csv_text(&text, got->counts[i].what);
        buf_printf(&text, ",%zu,%s\n", got->counts[i].n, got->counts[i].remark ? "yes" : "no");
    }
    int rc = text.failed ? err_nomem(err) : write_body(dir, "passed-over.csv", text.v, text.n, err);
    buf_free(&text);
    return rc;
}

static int write_files(const struct fetch_task *t, const struct kept_answers *answers, struct err *err)
{
    const char *dir = t->work.path;
    const struct pack_body *const more[] = {&t->got.scopes, &t->got.contracted, &t->got.rates};

    for (int i = 0; i < PACK_TABLES; i++)
        if (write_body(dir, pack_files[i], t->got.tables[i].body, t->got.tables[i].len, err) != 0)
            return -1;
    for (size_t i = 0; i < sizeof more / sizeof *more; i++)
        if (write_body(dir, more[i]->name, more[i]->body, more[i]->len, err) != 0)
            return -1;
    return write_answers(dir, answers, err) != 0 || write_counts(dir, &t->got, err) != 0 ||
                   fetch_asked_write(dir, &t->job, err) != 0
               ? -1
               : fetched_work_sum(&t->work, err);
}

/* ---- past the guard ---- */

/* Messages name the table, not the place where it lies for the moment. */
static void name_tables(struct packdir *files)
{
    for (int i = 0; i < PACK_TABLES; i++)
        if (files->own[i])
            files->bodies[i].name = pack_files[i];
}

/* Of whole tables a source delivered the harvest knows no days: those of the rows count. */
static void note_day(struct fetch_task *t, const struct pack *pack)
{
    for (size_t i = 0; i < pack->nprices; i++)
        if (!date_is(t->got.day) || date_cmp(pack->prices[i].as_of, t->got.day) > 0)
            t->got.day = pack->prices[i].as_of;
    t->got.nprices = pack->nprices;
}

/* The tables as they were read back: by the guard, then by the catalogue. */
struct tables {
    struct packdir files;
    struct pack pack;
};

static void tables_close(struct tables *v)
{
    pack_free(&v->pack);
    packdir_close(&v->files);
}

static int guard_pack(struct fetch_run *run, struct fetch_task *t, struct tables *v, const char **digest,
                      struct err *err)
{
    const char *bundled = arena_printf(&run->arena, "%s/packs/bundled", catalogue_data_dir(run->catalogue));
    struct rules rules;

    if (bundled == NULL)
        return err_nomem(err);
    int rc = catalogue_rules_for(run->catalogue, t->work.path, &run->arena, &rules, err);
    if (rc == 0)
        rc = packdir_open(&v->files, t->work.path, bundled, err);
    if (rc != 0)
        return -1;
    name_tables(&v->files);
    if (pack_read(&v->pack, v->files.bodies, &rules, err) != 0)
        return -1;
    note_day(t, &v->pack);
    if (fetch_guard_prices(run, t, &v->pack, err) != 0)
        return -1;
    *digest = arena_strdup(&run->arena, v->files.sha256);
    return *digest != NULL ? 0 : err_nomem(err);
}

static int guard(struct fetch_run *run, struct fetch_task *t, struct tables *v, const char **digest, struct err *err)
{
    char text[SHA256_TEXT];

    if (t->got.nprices == 0 && t->got.nrates == 0)
        return err_set(err, ERR_FETCH, "no prices in the answers");
    if (t->got.nrates > 0 && fetch_guard_rates(run, t, err) != 0)
        return -1;
    if (t->got.nprices > 0)
        return guard_pack(run, t, v, digest, err);
    if (hash_sha256(t->got.rates.body, t->got.rates.len, text, err) != 0)
        return -1;
    *digest = arena_strdup(&run->arena, text);
    return *digest != NULL ? 0 : err_nomem(err);
}

/* ---- onto the list ---- */

static int commit(struct fetch_run *run, struct fetch_task *t, const struct tables *v, const char *digest,
                  const char *received, const char *replaces, struct err *err)
{
    const struct fetched_entry e = {
        .name = replaces,
        .source = t->fetcher->name,
        .site = t->site,
        .day = date_is(t->got.day) ? t->got.day : run->app->today,
        .received = received,
        .prices = (long)t->got.nprices,
        .rates = (long)t->got.nrates,
        .sha256 = digest,
    };
    const char *cache = catalogue_cache_dir(run->catalogue);

    if (fetched_commit(cache, &t->work, &e, false, &run->arena, &t->entry, err) != 0)
        return -1;
    if (v->files.dir != NULL)
        catalogue_lend(run->catalogue, &v->files, &v->pack);
    int rc = catalogue_take_fetched(run->catalogue, err);
    catalogue_lend(run->catalogue, NULL, NULL);
    return rc;
}

static void pack_answers(struct fetch_run *run, struct fetch_task *t, const struct kept_answers *answers)
{
    struct kept_answers there = *answers;
    struct err err;

    there.dir = fetched_dir_path(catalogue_cache_dir(run->catalogue), &t->entry, &run->arena);
    if (there.dir == NULL || answers_pack(&there, &err) != 0)
        app_say(run->app, "raw answers of %s stay unpacked%s%s", t->entry.name, there.dir ? ": " : "",
                there.dir ? err.text : "");
}

static const char *received_at(const struct kept_answers *answers, struct arena *a)
{
    char now[INSTANT_TEXT];

    if (answers->n > 0)
        return answers->v[answers->n - 1].received;
    instant_format(transport_now(), now);
    return arena_strdup(a, now);
}

/* What came is what is held: asked again, nothing new, not even the day. */
static bool is_same(const struct fetch_task *t, const char *digest)
{
    return t->held != NULL && !strcmp(t->held->sha256, digest) && date_cmp(t->held->day, t->got.day) == 0;
}

/* Both missing is the same, too. */
static bool same_file(const char *dir, const char *other, const char *name, struct arena *a)
{
    const char *paths[2] = {arena_printf(a, "%s/%s", dir, name), arena_printf(a, "%s/%s", other, name)}, *at[2];
    size_t len[2];
    bool there[2];
    struct err unheard;

    for (int i = 0; i < 2; i++)
        there[i] = paths[i] != NULL && file_map(paths[i], &at[i], &len[i], &unheard) == 0;
    bool same =
        there[0] == there[1] && (!there[0] || (len[0] == len[1] && (len[0] == 0 || !memcmp(at[0], at[1], len[0]))));
    for (int i = 0; i < 2; i++)
        if (there[i])
            file_unmap(at[i], len[i]);
    return same;
}

/* Do the tables of the snapshot held lie there as they were, which is as they came now? One that somebody damaged or
 * deleted is taken again. */
static bool is_whole(struct fetch_run *run, const struct fetch_task *t)
{
    static const char *const others[] = {"scopes.csv", "rates.csv"};
    const char *dir = fetched_dir_path(catalogue_cache_dir(run->catalogue), t->held, &run->arena);
    bool whole = dir != NULL;

    for (int i = 0; whole && i < PACK_TABLES; i++)
        whole = same_file(dir, t->work.path, pack_files[i], &run->arena);
    for (size_t i = 0; whole && i < sizeof others / sizeof *others; i++)
        whole = same_file(dir, t->work.path, others[i], &run->arena);
    return whole;
}

static int take_tables(struct fetch_run *run, struct fetch_task *t, struct tables *v,
                       const struct kept_answers *answers, const char *replaces, struct err *err)
{
    const char *digest = "", *received = received_at(answers, &run->arena);

    if (received == NULL)
        return err_nomem(err);
    if (guard(run, t, v, &digest, err) != 0) {
        t->outcome = FETCH_REFUSED;
        return -1;
    }
    t->outcome = run->dry_run ? FETCH_CHECKED : FETCH_SAME;
    if (run->dry_run)
        return 0;
    if (is_same(t, digest) && replaces == NULL && !is_whole(run, t))
        replaces = t->held->name;
    if (is_same(t, digest) && replaces == NULL) {
        fetched_confirm(catalogue_cache_dir(run->catalogue), t->held, received);
        return 0;
    }
    if (commit(run, t, v, digest, received, replaces, err) != 0)
        return -1;
    t->outcome = FETCH_TAKEN;
    pack_answers(run, t, answers);
    return 0;
}

static int take(struct fetch_run *run, struct fetch_task *t, const struct kept_answers *answers, const char *replaces,
                struct err *err)
{
    struct tables v = {.files = {.dir = NULL}, .pack = {.prices = NULL}};

    if (harvest_finish(t->harvest, &t->got, err) != 0 || write_files(t, answers, err) != 0)
        return -1;
    int rc = take_tables(run, t, &v, answers, replaces, err);
    tables_close(&v);
    return rc;
}

int fetch_take(struct fetch_run *run, struct fetch_task *t, const struct kept_answers *answers, const char *replaces,
               struct err *err)
{
    t->outcome = FETCH_FAILED;
    if (take(run, t, answers, replaces, &t->err) == 0)
        return 0;
    if (t->err.kind == ERR_INTERNAL) {
        *err = t->err;
        return -1;
    }
    if (t->outcome != FETCH_REFUSED)
        t->outcome = FETCH_FAILED;
    return 0;
}
