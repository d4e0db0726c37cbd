/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The life of a catalogue: found, built when it is not there or its data changed, added to when more was
 * fetched, put aside and built again when it is damaged. All reading of one process happens in one
 * transaction, so that what it reads fits together whatever another process loads meanwhile.
 */
#define _XOPEN_SOURCE 700 /* rename, getpid beside realpath */
#include "calc/catalogue_store.h"

#include "calc/dirs.h"
#include "calc/file.h"
#include "calc/hash.h"
#include "calc/seal.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

enum { WAIT_MS = 3000 }; /* for readers to end before a catalogue that is added to is built beside instead */

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

static void say_lines(const struct catalogue *c, struct arena *a, const char *lines)
{
    while (*lines != '\0') {
        size_t n = strcspn(lines, "\n");
        say(c, arena_strndup(a, lines, n));
        lines += n + (lines[n] == '\n');
    }
}

static void say_brought(const struct catalogue *c, struct arena *a, const struct brought *b)
{
    const char *price = b->prices == 1 ? "price" : "prices", *rate = b->rates == 1 ? "rate" : "rates";
    const char *text = b->rates == 0    ? arena_printf(a, "loaded %ld %s", b->prices, price)
                       : b->prices == 0 ? arena_printf(a, "loaded %ld %s", b->rates, rate)
                                        : arena_printf(a, "loaded %ld %s and %ld %s", b->prices, price, b->rates, rate);

    if (b->prices + b->rates > 0 && text != NULL)
        say(c, arena_printf(a, "%s from '%s/fetched'", text, c->cache_dir));
    say_lines(c, a, b->left_out);
}

static int fill_new(struct catalogue *c, const char *path, const struct data_files *files, struct arena *a,
                    struct brought *brought, struct err *err)
{
    struct store s;

    unlink(path);
    if (store_open(&s, path, STORE_CREATE, err) != 0)
        return -1;
    int rc = store_run(&s, "BEGIN", err);
    if (rc == 0)
        rc = catalogue_create(&s, err);
    if (rc == 0)
        rc = catalogue_fill(c, &s, files, a, brought, err);
    if (rc == 0)
        rc = store_run(&s, "COMMIT", err);
    if (rc == 0)
        rc = store_finish(&s, err);
    store_close(&s);
    return rc;
}

/* One writer at a time, whichever the catalogue: a file must not be renamed into the place of one that is being
 * written, whose journal would be taken for its own. -1: it cannot be locked, so it cannot be written either. */
static int lock_writers(struct catalogue *c, struct arena *a)
{
    const char *path = arena_printf(a, "%s/.catalogue.lock", c->cache_dir);
    int fd = path != NULL ? open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600) : -1;

    while (fd >= 0 && flock(fd, LOCK_EX) != 0 && errno == EINTR)
        ;
    return fd;
}

static void unlock_writers(int lock)
{
    if (lock >= 0)
        close(lock);
}

/* Has another process built what is wanted while this one waited for the lock? Then it is open. */
static bool built_meanwhile(struct catalogue *c, const struct data_files *files, struct arena *a, uint64_t before)
{
    enum data_change change = DATA_CHANGED;
    const char *left_out;
    struct err ignored;
    uint64_t now = inode_of(c->path);

    if (now == 0 || now == before)
        return false;
    shut(c);
    return open_there(c, &ignored) == 0 && data_files_compare(&c->store, files, a, &change, &left_out, &ignored) == 0 &&
           change == DATA_SAME;
}

/* Beside, then renamed; what a killed process left of a journal belonged to the file that goes. */
static int put_in_place(const struct catalogue *c, const char *beside, struct arena *a, struct err *err)
{
    const char *journal = arena_printf(a, "%s-journal", c->path);

    if (journal == NULL)
        return err_nomem(err);
    unlink(journal);
    return rename(beside, c->path) == 0
               ? 0
               : err_set(err, ERR_USAGE, "cannot write catalogue '%s': %s (set TCO_CACHE to a writable directory)",
                         c->path, strerror(errno));
}

static int build_beside(struct catalogue *c, const struct data_files *files, struct arena *a, struct err *err)
{
    const char *beside = arena_printf(&c->arena, "%s.%ld.new", c->path, (long)getpid());
    struct brought brought;

    if (beside == NULL)
        return err_nomem(err);
    int rc = fill_new(c, beside, files, a, &brought, err);
    if (rc == 0)
        rc = put_in_place(c, beside, a, err);
    if (rc != 0) {
        unlink(beside);
        return -1;
    }
    say(c, arena_printf(a, "loaded %ld prices from '%s'", brought.bundled, c->pack != NULL ? c->pack : c->bundled));
    say_brought(c, a, &brought);
    return 0;
}

/* Processes that start at once wait for the first one, and take what it built. */
static int build(struct catalogue *c, const struct data_files *files, struct arena *a, struct err *err)
{
    uint64_t before = c->inode;
    int lock = lock_writers(c, a), rc = 0;
    bool built = built_meanwhile(c, files, a, before);

    if (!built) {
        shut(c);
        rc = build_beside(c, files, a, err);
    }
    unlock_writers(lock);
    return rc != 0 || built ? rc : open_there(c, err);
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
    say(c, arena_printf(&c->arena, "%s: put aside as '%s', and built again", why, aside));
    return 0;
}

/* ---- data that changed ---- */

/* Nothing of the transaction stays; it may be gone already, which is no damage. */
static void take_back(struct catalogue *c)
{
    bool damaged = c->store.damaged;
    struct err ignored;

    store_run(&c->store, "ROLLBACK; BEGIN", &ignored);
    c->store.damaged = damaged;
}

/* Adds what came on the list; *done false: that is not all that changed. */
static int add_listed(struct catalogue *c, const struct data_files *files, struct arena *a, bool *done, struct err *err)
{
    enum data_change change = DATA_SAME;
    struct brought brought = {.left_out = ""};
    const char *left_out = "";

    forget(c);
    store_wait(&c->store, WAIT_MS);
    /* The reading transaction ends first: two that wait for each other's would wait for ever. The disk is not
     * waited for: the truth lies in fetched/, and a catalogue that a power cut spoiled is noticed and built again. */
    if (store_run(&c->store, "COMMIT; PRAGMA synchronous = OFF; BEGIN IMMEDIATE", err) != 0)
        return -1;
    int rc = data_files_compare(&c->store, files, a, &change, &left_out, err);
    *done = rc == 0 && change == DATA_SAME;
    if (rc == 0 && change == DATA_LISTED)
        rc = catalogue_add_fetched(c, &c->store, files, a, done, &brought, err);
    if (rc == 0 && *done)
        rc = store_run(&c->store, "COMMIT; BEGIN", err);
    if (rc == 0 && *done)
        say_brought(c, a, &brought);
    else
        take_back(c);
    store_wait(&c->store, 0);
    return rc;
}

/* The file that is there, brought up to date; *done false: it has to be built anew. Somebody may be reading for
 * long: what cannot be added is built beside, under their feet. */
static int try_add(struct catalogue *c, const struct data_files *files, struct arena *a, bool *done, struct err *err)
{
    int lock = lock_writers(c, a);
    bool replaced = inode_of(c->path) != c->inode; /* while it waited: this one is nobody's any more */
    int rc = replaced ? 0 : add_listed(c, files, a, done, err);

    unlock_writers(lock);
    if (rc != 0 && c->store.busy) {
        *done = false;
        return 0;
    }
    return rc;
}

static int open_fresh(struct catalogue *c, const struct data_files *files, struct arena *a, struct err *err)
{
    enum data_change change;
    const char *left_out;
    bool done = false;

    if (open_there(c, err) != 0 || data_files_compare(&c->store, files, a, &change, &left_out, err) != 0)
        return -1;
    if (change == DATA_SAME) {
        say_lines(c, a, left_out);
        return 0;
    }
    if (change == DATA_LISTED && try_add(c, files, a, &done, err) != 0)
        return -1;
    return done ? 0 : build(c, files, a, err);
}

/* Opens the file, or builds it; a damaged one is put aside and built again. */
static int open_or_build(struct catalogue *c, struct err *err)
{
    struct arena scratch = {NULL};
    struct data_files files;
    int rc = data_files_look(c, &scratch, &files, err);

    if (rc == 0 && !file_exists(c->path)) {
        rc = build(c, &files, &scratch, err);
    } else if (rc == 0) {
        rc = open_fresh(c, &files, &scratch, err);
        if (rc != 0 && c->store.damaged) {
            struct err why = *err;
            rc = put_aside(c, why.text, err) != 0 ? -1
                 : file_exists(c->path)           ? open_fresh(c, &files, &scratch, err)
                                                  : build(c, &files, &scratch, err);
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

void catalogue_lend(struct catalogue *c, const struct packdir *dir, const struct pack *pack)
{
    c->lent_dir = dir;
    c->lent_pack = pack;
}

const char *catalogue_path(const struct catalogue *c)
{
    return c->path;
}

const char *catalogue_data_dir(const struct catalogue *c)
{
    return c->data_dir;
}

const char *catalogue_cache_dir(const struct catalogue *c)
{
    return c->cache_dir;
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

/* ---- what was fetched, and other packs ---- */

int catalogue_take_fetched(struct catalogue *c, struct err *err)
{
    struct err ignored;

    shut(c);
    if (open_or_build(c, err) == 0)
        return 0;
    if (c->store.db == NULL) /* the catalogue stays usable as it was */
        (void)open_there(c, &ignored);
    return -1;
}

/* A copy of the pack's own tables. */
static int copy_tables(const struct packdir *dir, const struct fetched_work *w, struct arena *a, struct err *err)
{
    for (int t = 0; t < PACK_TABLES; t++) {
        const char *path = arena_printf(a, "%s/%s", w->path, pack_files[t]);
        if (path == NULL)
            return err_nomem(err);
        if (dir->own[t] && file_write(path, dir->bodies[t].body, dir->bodies[t].len, err) != 0)
            return -1;
    }
    return fetched_work_sum(w, err);
}

static struct date newest_day(const struct pack *p)
{
    struct date day = DATE_NONE;

    for (size_t i = 0; i < p->nprices; i++)
        if (!date_is(day) || date_cmp(p->prices[i].as_of, day) > 0)
            day = p->prices[i].as_of;
    return day;
}

/* Its line on the list: named after its directory, so that the next one from there takes its place. */
static int describe(const struct packdir *dir, const struct pack *p, struct date today, struct arena *a,
                    struct fetched_entry *out, struct err *err)
{
    char digest[SHA256_TEXT], day[DATE_TEXT];

    date_format(today, day);
    if (hash_sha256(dir->dir, strlen(dir->dir), digest, err) != 0)
        return -1;
    *out = (struct fetched_entry){
        .name = arena_printf(a, "pack.%.12s", digest),
        .source = arena_printf(a, FETCHED_PACK "%s", dir->dir),
        .site = "",
        .day = newest_day(p),
        .received = arena_printf(a, "%sT00:00:00Z", day),
        .prices = (long)p->nprices,
        .sha256 = dir->sha256,
    };
    return out->name != NULL && out->source != NULL && out->received != NULL ? 0 : err_nomem(err);
}

static int put_on_list(struct catalogue *c, const struct packdir *dir, struct fetched_entry *e, struct arena *a,
                       struct err *err)
{
    struct fetched_work work = {0, NULL};

    int rc = fetched_work_open(&work, c->cache_dir, a, err);
    if (rc == 0)
        rc = copy_tables(dir, &work, a, err);
    if (rc == 0)
        rc = fetched_commit(c->cache_dir, &work, e, true, a, e, err);
    fetched_work_drop(&work);
    return rc;
}

/* Quietly: what is loaded on the way is not what was asked for. */
static int take_pack(struct catalogue *c, const struct fetched_entry *e, struct arena *a, struct err *err)
{
    void (*said)(void *ctx, const char *text) = c->say;
    const char *fate = "";

    c->say = NULL;
    int rc = catalogue_take_fetched(c, err);
    c->say = said;
    if (rc == 0)
        rc = fetched_fate(&c->store, e->name, a, &fate, err);
    return rc == 0 && *fate != '\0' ? err_set(err, ERR_USAGE, "%s", fate) : rc;
}

int catalogue_load_pack(struct catalogue *c, const char *dir, struct date today, struct err *err)
{
    struct arena scratch = {NULL};
    struct packdir files = {.dir = NULL};
    struct pack pack = {.prices = NULL};
    struct rules rules = {.nsites = 0};
    struct fetched_entry entry;
    const char *real = NULL;

    int rc = dirs_real(dir, &scratch, &real, err);
    if (rc == 0 && !strcmp(real, c->bundled))
        rc = err_set(err, ERR_USAGE, "'%s' is the bundled pack: it is always loaded", dir);
    if (rc == 0)
        rc = catalogue_rules_for(c, real, &scratch, &rules, err);
    if (rc == 0)
        rc = packdir_open(&files, real, c->bundled, err);
    if (rc == 0)
        rc = pack_read(&pack, files.bodies, &rules, err);
    if (rc == 0)
        rc = describe(&files, &pack, today, &scratch, &entry, err);
    if (rc == 0)
        rc = put_on_list(c, &files, &entry, &scratch, err);
    if (rc == 0)
        rc = take_pack(c, &entry, &scratch, err);
    if (rc == 0)
        say(c,
            arena_printf(&c->arena, "loaded %zu price%s from '%s'", pack.nprices, pack.nprices == 1 ? "" : "s", real));
    pack_free(&pack);
    packdir_close(&files);
    arena_free(&scratch);
    return rc;
}
