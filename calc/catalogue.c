/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The life of a catalogue: found, built when it is not there, loaded again when its data changed,
 * put aside and built again when it is damaged. All reading of one process happens in one
 * transaction, so that what it reads fits together whatever another process loads meanwhile.
 */
#define _XOPEN_SOURCE 700 /* rename, getpid beside realpath */
#include "calc/catalogue_store.h"

#include "calc/dirs.h"
#include "calc/seal.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static void say(const struct catalogue *c, const char *text)
{
    if (c->say != NULL && text != NULL)
        c->say(c->say_ctx, text);
}

static uint64_t inode_of(const char *path)
{
    struct stat st;

    return stat(path, &st) == 0 ? (uint64_t)st.st_ino : 0;
}

/* ---- names ---- */

/* One file per data directory, and per private pack. */
static const char *file_name(struct catalogue *c)
{
    uint64_t h = seal_text(SEAL_START, c->data_dir, strlen(c->data_dir));

    if (c->pack != NULL)
        h = seal_text(h, c->pack, strlen(c->pack));
    return arena_printf(&c->arena, "%s/catalogue-%016llx.db", c->cache_dir, (unsigned long long)h);
}

static int find_places(struct catalogue *c, const struct catalogue_options *opt, struct err *err)
{
    if (dirs_data(opt->data_dir, &c->arena, &c->data_dir, err) != 0 ||
        (opt->pack != NULL && dirs_real(opt->pack, &c->arena, &c->pack, err) != 0) ||
        dirs_cache(opt->cache_dir, &c->arena, &c->cache_dir, err) != 0)
        return -1;
    c->bundled = arena_printf(&c->arena, "%s/" BUNDLED_PACK, c->data_dir);
    c->path = file_name(c);
    return c->bundled != NULL && c->path != NULL ? 0 : err_nomem(err);
}

/* ---- opening what is there ---- */

static int check_version(struct store *s, struct err *err)
{
    struct query q;
    int rc = query_open(&q, s, "PRAGMA user_version", err);

    if (rc == 0)
        rc = query_next(&q, err) == 1 && query_get_int(&q, 0) == SCHEMA_VERSION
                 ? 0
                 : store_damage(s, "it was written by another version of the program", err);
    query_close(&q);
    return rc;
}

static void forget(struct catalogue *c)
{
    memory_free(&c->memory);
}

static void shut(struct catalogue *c)
{
    forget(c);
    store_close(&c->store);
}

static int open_there(struct catalogue *c, struct err *err)
{
    c->inode = inode_of(c->path);
    if (store_open(&c->store, c->path, STORE_OPEN, err) != 0)
        return -1;
    return store_run(&c->store, "BEGIN", err) != 0 ? -1 : check_version(&c->store, err);
}

/* ---- building ---- */

static void say_loaded(struct catalogue *c, long rows)
{
    say(c, arena_printf(&c->arena, "loaded %ld prices from '%s'", rows, c->pack != NULL ? c->pack : c->bundled));
}

static int fill_new(struct catalogue *c, const char *path, const struct data_files *files, long *rows, struct err *err)
{
    struct store s;

    unlink(path);
    if (store_open(&s, path, STORE_CREATE, err) != 0)
        return -1;
    int rc = store_run(&s, "BEGIN", err);
    if (rc == 0)
        rc = catalogue_create(&s, err);
    if (rc == 0)
        rc = catalogue_fill(c, &s, files, rows, err);
    if (rc == 0)
        rc = store_run(&s, "COMMIT", err);
    if (rc == 0)
        rc = store_finish(&s, err);
    store_close(&s);
    return rc;
}

/* Beside, then renamed: two processes that start at once each build one, and the last one stays. */
static int build(struct catalogue *c, const struct data_files *files, struct err *err)
{
    const char *beside = arena_printf(&c->arena, "%s.%ld.new", c->path, (long)getpid());
    long rows = 0;

    if (beside == NULL)
        return err_nomem(err);
    int rc = fill_new(c, beside, files, &rows, err);
    if (rc == 0 && rename(beside, c->path) != 0)
        rc = err_set(err, ERR_USAGE, "cannot write catalogue '%s': %s (set TCO_CACHE to a writable directory)", c->path,
                     strerror(errno));
    if (rc != 0) {
        unlink(beside);
        return -1;
    }
    say_loaded(c, rows);
    return open_there(c, err);
}

/* The file is not to be trusted: it goes aside, unless another process has put a new one there already. */
static int put_aside(struct catalogue *c, const char *why, struct err *err)
{
    uint64_t inode = c->inode;

    shut(c);
    if (inode != 0 && inode_of(c->path) != inode)
        return 0;
    const char *aside = arena_printf(&c->arena, "%s.damaged", c->path);
    if (aside == NULL)
        return err_nomem(err);
    if (rename(c->path, aside) != 0 && errno != ENOENT)
        return err_set(err, ERR_USAGE, "%s, and cannot be put aside: %s (set TCO_CACHE to a writable directory)", why,
                       strerror(errno));
    say(c, arena_printf(&c->arena, "%s: put aside as '%s'; packs loaded into it must be loaded again", why, aside));
    return 0;
}

/* ---- loading again ---- */

static int load_again(struct catalogue *c, const struct data_files *files, struct err *err)
{
    bool same = false;
    long rows = 0;

    forget(c);
    /* The reading transaction ends first: two that wait for each other's would wait for ever. */
    if (store_run(&c->store, "COMMIT; BEGIN IMMEDIATE", err) != 0 || data_files_same(&c->store, files, &same, err) != 0)
        return -1;
    if (!same && catalogue_fill(c, &c->store, files, &rows, err) != 0) {
        struct err ignored;
        store_run(&c->store, "ROLLBACK", &ignored);
        return -1;
    }
    if (store_run(&c->store, "COMMIT; BEGIN", err) != 0)
        return -1;
    if (!same)
        say_loaded(c, rows);
    return 0;
}

static int open_fresh(struct catalogue *c, const struct data_files *files, struct err *err)
{
    bool same = false;

    if (open_there(c, err) != 0 || data_files_same(&c->store, files, &same, err) != 0)
        return -1;
    return same ? 0 : load_again(c, files, err);
}

/* Opens the file, or builds it; a damaged one is put aside and built again. */
static int open_or_build(struct catalogue *c, struct err *err)
{
    struct arena scratch = {NULL};
    struct data_files files;
    int rc = data_files_look(c, &scratch, &files, err);

    if (rc == 0 && access(c->path, F_OK) != 0) {
        rc = build(c, &files, err);
    } else if (rc == 0) {
        rc = open_fresh(c, &files, err);
        if (rc != 0 && c->store.damaged) {
            struct err why = *err;
            rc = put_aside(c, why.text, err) != 0 ? -1
                 : access(c->path, F_OK) == 0     ? open_fresh(c, &files, err)
                                                  : build(c, &files, err);
        }
    }
    arena_free(&scratch);
    return rc;
}

int catalogue_open(struct catalogue **out, const struct catalogue_options *opt, struct err *err)
{
    struct catalogue *c = calloc(1, sizeof *c);

    if (c == NULL)
        return err_nomem(err);
    c->say = opt->say;
    c->say_ctx = opt->say_ctx;
    if (find_places(c, opt, err) != 0 || open_or_build(c, err) != 0) {
        catalogue_close(c);
        return -1;
    }
    *out = c;
    return 0;
}

void catalogue_close(struct catalogue *c)
{
    if (c == NULL)
        return;
    shut(c);
    free(c->buckets.v);
    arena_free(&c->arena);
    free(c);
}

const char *catalogue_path(const struct catalogue *c)
{
    return c->path;
}

const char *catalogue_data_dir(const struct catalogue *c)
{
    return c->data_dir;
}

int catalogue_retry(struct catalogue *c, int (*read)(struct catalogue *c, void *ctx, struct err *err), void *ctx,
                    struct err *err)
{
    int rc = read(c, ctx, err);

    if (rc == 0 || !c->store.damaged)
        return rc;
    struct err why = *err;
    if (put_aside(c, why.text, err) != 0 || open_or_build(c, err) != 0)
        return -1;
    return read(c, ctx, err);
}

/* ---- another pack ---- */

/* A pack from the same directory takes the place of what was loaded from there before. */
static int number_for(struct store *s, const char *origin, int *out, struct err *err)
{
    struct query q;
    int most = FIRST_SNAPSHOT, rc;

    *out = 0;
    if (query_open(&q, s, "SELECT id, origin FROM snapshot", err) != 0)
        return -1;
    while ((rc = query_next(&q, err)) == 1) {
        int id = (int)query_get_int(&q, 0);
        most = id > most ? id : most;
        if (!strcmp(query_get_text(&q, 1, NULL), origin))
            *out = id;
    }
    query_close(&q);
    if (*out == 0)
        *out = most + 1;
    return rc;
}

static int put_pack(struct catalogue *c, const struct packdir *dir, const struct pack *p, const struct rules *rules,
                    struct err *err)
{
    int number = 0;

    forget(c);
    if (store_run(&c->store, "COMMIT; BEGIN IMMEDIATE", err) != 0)
        return -1;
    int rc = number_for(&c->store, dir->dir, &number, err);
    if (rc == 0)
        rc = catalogue_put_pack(&c->store, number, dir, dir->dir, p, rules, false, err);
    if (rc == 0)
        return store_run(&c->store, "COMMIT; BEGIN", err);
    struct err ignored;
    store_run(&c->store, "ROLLBACK; BEGIN", &ignored);
    return -1;
}

int catalogue_load_pack(struct catalogue *c, const char *dir, struct err *err)
{
    struct arena scratch = {NULL};
    struct packdir files = {.dir = NULL};
    struct pack pack = {.prices = NULL};
    struct rules rules = {.nsites = 0};
    const char *real = NULL;

    int rc = dirs_real(dir, &scratch, &real, err);
    if (rc == 0 && !strcmp(real, c->bundled))
        rc = err_set(err, ERR_USAGE, "'%s' is the bundled pack: it is always loaded", dir);
    if (rc == 0)
        rc = catalogue_rules(c, &scratch, &rules, err);
    if (rc == 0)
        rc = packdir_open(&files, real, c->bundled, err);
    if (rc == 0)
        rc = pack_read(&pack, files.bodies, &rules, err);
    if (rc == 0)
        rc = put_pack(c, &files, &pack, &rules, err);
    if (rc == 0)
        say(c, arena_printf(&c->arena, "loaded %zu prices from '%s'", pack.nprices, real));
    pack_free(&pack);
    packdir_close(&files);
    arena_free(&scratch);
    return rc;
}
