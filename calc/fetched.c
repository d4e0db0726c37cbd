/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The list of what was fetched, and its directories. A directory is named by the list only after it lies
 * where the list says; until then, and again from when it is to go, a mark in it says that it may be removed.
 */
#include "calc/fetched.h"

#include "calc/dirs.h"
#include "calc/file.h"
#include "calc/hash.h"
#include "fetchers/pack.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#define FOLDER "fetched"
#define LIST "list.csv"
#define MARK ".unlisted" /* in a directory: it goes when the list does not name it */
#define WORK ".work-"
enum { LIST_BYTES_MAX = 64 * 1024 * 1024 };

#define AT(field) offsetof(struct fetched_entry, field)
#define CELLS(a) .cells = (a), .ncells = sizeof(a) / sizeof *(a)

static const struct cell_rule entry_cells[] = {
    {"name", CELL_NAME, AT(name), 0, NULL},       {"dir", CELL_NAME, AT(dir), 0, NULL},
    {"source", CELL_NAME, AT(source), 0, NULL},   {"site", CELL_TEXT, AT(site), 0, NULL},
    {"day", CELL_DATE, AT(day), 0, NULL},         {"received", CELL_NAME, AT(received), 0, NULL},
    {"prices", CELL_NUMBER, AT(prices), 0, NULL}, {"rates", CELL_NUMBER, AT(rates), 0, NULL},
    {"sha256", CELL_NAME, AT(sha256), 0, NULL},
};
static const struct cell_rule scope_cells[] = {
    {"region", CELL_NAME, offsetof(struct fetched_scope, region), 0, NULL},
    {"service", CELL_NAME, offsetof(struct fetched_scope, service), 0, NULL},
    {"full", CELL_YESNO, offsetof(struct fetched_scope, full), 0, NULL},
};
const struct record_type fetched_type = {"fetched", sizeof(struct fetched_entry), CELLS(entry_cells), "name", 1, 0};
const struct record_type fetched_scope_type = {
    "scopes", sizeof(struct fetched_scope), CELLS(scope_cells), "region and service", 2, 0};

/* ---- names ---- */

static const char name_letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-";

static bool is_name(const char *text)
{
    return *text != '.' && *text != '\0' && strlen(text) <= 200 && strspn(text, name_letters) == strlen(text);
}

const char *fetched_list_path(const char *cache_dir, struct arena *a)
{
    return arena_printf(a, "%s/" FOLDER "/" LIST, cache_dir);
}

const char *fetched_dir_path(const char *cache_dir, const struct fetched_entry *e, struct arena *a)
{
    return arena_printf(a, "%s/" FOLDER "/%s", cache_dir, e->dir);
}

static bool there(const char *path)
{
    struct stat st;

    return lstat(path, &st) == 0;
}

/* ---- reading the list ---- */

static bool is_time(const char *text)
{
    struct date day;

    return strlen(text) == 20 && date_parse(text, 10, &day) && text[10] == 'T' && text[19] == 'Z';
}

static int check_entry(const struct fetched_entry *e, struct err *err)
{
    if (!is_name(e->name))
        return err_set(err, ERR_USAGE, "name: '%s' (known: letters, digits, . _ -)", e->name);
    if (!is_name(e->dir))
        return err_set(err, ERR_USAGE, "dir: '%s' (known: letters, digits, . _ -)", e->dir);
    if (!date_is(e->day))
        return err_set(err, ERR_USAGE, "day: blank");
    if (!is_time(e->received))
        return err_set(err, ERR_USAGE, "received: '%s' is no time (known: YYYY-MM-DDThh:mm:ssZ)", e->received);
    if (e->prices + e->rates == 0)
        return err_set(err, ERR_USAGE, "neither prices nor rates");
    if (strlen(e->sha256) != SHA256_TEXT - 1 || strspn(e->sha256, "0123456789abcdef") != SHA256_TEXT - 1)
        return err_set(err, ERR_USAGE, "sha256: '%s' is no digest (known: 64 digits)", e->sha256);
    return 0;
}

/* The list is short (a line for each time somebody fetched), so every look walks it. */
static int check_list(const struct fetched_list *l, const char *path, struct err *err)
{
    for (size_t i = 0; i < l->n; i++) {
        if (check_entry(&l->v[i], err) != 0)
            return err_prefix(err, "%s:%d", path, l->cells.lines[i]);
        for (size_t j = 0; j < i; j++)
            if (!strcmp(l->v[i].dir, l->v[j].dir))
                return err_set(err, ERR_USAGE, "%s:%d: the same dir as in line %d", path, l->cells.lines[i],
                               l->cells.lines[j]);
    }
    return 0;
}

int fetched_list(const char *cache_dir, struct arena *a, struct fetched_list *out, struct err *err)
{
    struct fetched_list l = {.n = 0};
    struct buf text = {0};
    const char *path = fetched_list_path(cache_dir, a);

    if (path == NULL)
        return err_nomem(err);
    *out = l;
    if (!there(path))
        return 0;
    int rc = file_read(path, LIST_BYTES_MAX, &text, err);
    if (rc == 0)
        rc = records_read(&fetched_type, path, text.v, text.n, a, &l.cells, err);
    l.v = l.cells.v;
    l.n = l.cells.n;
    if (rc == 0)
        rc = check_list(&l, path, err);
    buf_free(&text);
    if (rc == 0)
        *out = l;
    return rc;
}

/* ---- the lock ---- */

static int refuse(struct err *err, const char *verb, const char *path, int cause)
{
    return err_set(err, ERR_USAGE, "cannot %s '%s': %s (set TCO_CACHE to a writable directory)", verb, path,
                   strerror(cause));
}

static int take_lock(const char *folder, struct arena *a, int *out, struct err *err)
{
    const char *path = arena_printf(a, "%s/.lock", folder);

    if (path == NULL)
        return err_nomem(err);
    if (mkdir(folder, 0700) != 0 && errno != EEXIST)
        return refuse(err, "make directory", folder, errno);
    int fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (fd < 0)
        return refuse(err, "open", path, errno);
    while (flock(fd, LOCK_EX) != 0)
        if (errno != EINTR) {
            int cause = errno;
            close(fd);
            return refuse(err, "lock", path, cause);
        }
    *out = fd;
    return 0;
}

int fetched_hold(const char *cache_dir)
{
    struct arena a = {NULL};
    const char *path = arena_printf(&a, "%s/" FOLDER "/.lock", cache_dir);
    int fd = path != NULL ? open(path, O_RDONLY | O_CLOEXEC) : -1;

    while (fd >= 0 && flock(fd, LOCK_SH) != 0 && errno == EINTR)
        ;
    arena_free(&a);
    return fd;
}

void fetched_release(int held)
{
    if (held >= 0)
        close(held);
}

/* ---- a directory in the making ---- */

static void leave(struct fetched_work *w)
{
    close(w->lock);
    *w = (struct fetched_work){0, NULL};
}

static int make_mark(const char *dir, struct arena *a, struct err *err)
{
    const char *path = arena_printf(a, "%s/" MARK, dir);

    return path == NULL ? err_nomem(err) : file_write(path, "", 0, err);
}

static int make_work(const char *folder, struct arena *a, struct fetched_work *out, struct err *err)
{
    char *path = arena_printf(a, "%s/" WORK "XXXXXX", folder);

    if (path == NULL)
        return err_nomem(err);
    if (mkdtemp(path) == NULL)
        return refuse(err, "make directory", path, errno);
    int fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd < 0 || flock(fd, LOCK_EX | LOCK_NB) != 0) {
        int cause = errno;
        if (fd >= 0)
            close(fd);
        dirs_remove(path);
        return refuse(err, "lock", path, cause);
    }
    *out = (struct fetched_work){fd, path};
    if (make_mark(path, a, err) == 0)
        return 0;
    fetched_work_drop(out);
    return -1;
}

/* Under the lock of the list: nobody sweeps between the making of a directory and its lock. */
int fetched_work_open(struct fetched_work *out, const char *cache_dir, struct arena *a, struct err *err)
{
    const char *folder = arena_printf(a, "%s/" FOLDER, cache_dir);
    int lock = -1;

    if (folder == NULL)
        return err_nomem(err);
    if (take_lock(folder, a, &lock, err) != 0)
        return -1;
    int rc = make_work(folder, a, out, err);
    close(lock);
    return rc;
}

void fetched_work_drop(struct fetched_work *w)
{
    if (w->path == NULL)
        return;
    dirs_remove(w->path);
    leave(w);
}

static int add_sum(const char *dir, const char *name, struct buf *lines, struct arena *a, struct err *err)
{
    const char *body, *path = arena_printf(a, "%s/%s", dir, name);
    char digest[SHA256_TEXT];
    size_t len;

    if (path == NULL)
        return err_nomem(err);
    if (!there(path))
        return 0;
    if (file_map(path, &body, &len, err) != 0)
        return -1;
    int rc = hash_sha256(body, len, digest, err);
    file_unmap(body, len);
    if (rc == 0)
        buf_printf(lines, "%s  %s\n", digest, name);
    return rc;
}

int fetched_work_sum(const struct fetched_work *w, struct err *err)
{
    static const char *const others[] = {"scopes.csv", "rates.csv"};
    struct arena a = {NULL};
    struct buf lines = {0};
    int rc = 0;

    for (int t = 0; rc == 0 && t < PACK_TABLES; t++)
        rc = add_sum(w->path, pack_files[t], &lines, &a, err);
    for (size_t i = 0; rc == 0 && i < sizeof others / sizeof *others; i++)
        rc = add_sum(w->path, others[i], &lines, &a, err);
    const char *path = arena_printf(&a, "%s/SHA256SUMS", w->path);
    if (rc == 0)
        rc = path == NULL || lines.failed ? err_nomem(err) : file_write(path, lines.v, lines.n, err);
    buf_free(&lines);
    arena_free(&a);
    return rc;
}

/* ---- the commit ---- */

struct commit {
    const char *folder, *cache_dir;
    struct arena *arena;
    struct fetched_list list;
    struct fetched_entry entry;
    size_t at;               /* the line that is replaced; list.n: a new one */
    const char *path, *gone; /* the directory, and the one it replaces */
};

static bool listed(const struct fetched_list *l, const char *name)
{
    for (size_t i = 0; i < l->n; i++)
        if (!strcmp(l->v[i].name, name))
            return true;
    return false;
}

static int name_entry(struct commit *c, struct err *err)
{
    struct fetched_entry *e = &c->entry;
    char day[DATE_TEXT];

    date_format(e->day, day);
    for (int n = 1; e->name == NULL; n++) {
        const char *name =
            arena_printf(c->arena, "%s%s%s.%s.%d", e->source, *e->site != '\0' ? "." : "", e->site, day, n);
        if (name == NULL)
            return err_nomem(err);
        if (!listed(&c->list, name))
            e->name = name;
    }
    return 0;
}

/* A name nobody has: the old directory of the same snapshot stays until the list names the new one. */
static int name_directory(struct commit *c, struct err *err)
{
    for (int n = 1;; n++) {
        c->entry.dir = n == 1 ? c->entry.name : arena_printf(c->arena, "%s.%d", c->entry.name, n);
        c->path = c->entry.dir == NULL ? NULL : fetched_dir_path(c->cache_dir, &c->entry, c->arena);
        if (c->path == NULL)
            return err_nomem(err);
        if (!there(c->path))
            return check_entry(&c->entry, err);
    }
}

static int find_line(struct commit *c, bool add, struct err *err)
{
    c->at = 0;
    while (c->at < c->list.n && (c->entry.name == NULL || strcmp(c->list.v[c->at].name, c->entry.name) != 0))
        c->at++;
    if (c->at < c->list.n) {
        c->gone = fetched_dir_path(c->cache_dir, &c->list.v[c->at], c->arena);
        return c->gone != NULL ? 0 : err_nomem(err);
    }
    if (c->entry.name != NULL && !add)
        return err_set(err, ERR_USAGE, "nothing named '%s' was fetched", c->entry.name);
    return 0;
}

static void put_line(struct buf *out, const struct fetched_entry *e)
{
    const char *const texts[] = {e->name, e->dir, e->source, e->site};
    char day[DATE_TEXT];

    date_format(e->day, day);
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        csv_text(out, texts[i]);
        buf_putc(out, ',');
    }
    buf_printf(out, "%s,%s,%ld,%ld,%s\n", day, e->received, e->prices, e->rates, e->sha256);
}

static int write_list(const struct commit *c, struct err *err)
{
    const char *path = fetched_list_path(c->cache_dir, c->arena);
    struct buf text = {0};

    for (size_t i = 0; i < fetched_type.ncells; i++)
        buf_printf(&text, "%s%s", i > 0 ? "," : "", fetched_type.cells[i].column);
    buf_putc(&text, '\n');
    for (size_t i = 0; i < c->list.n; i++)
        put_line(&text, i == c->at ? &c->entry : &c->list.v[i]);
    if (c->at == c->list.n)
        put_line(&text, &c->entry);
    int rc = path == NULL || text.failed ? err_nomem(err) : file_write(path, text.v, text.n, err);
    buf_free(&text);
    return rc;
}

static int sync_folder(const char *folder, struct err *err)
{
    int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    int rc = fd >= 0 && (fsync(fd) == 0 || errno == EINVAL) ? 0 : refuse(err, "write", folder, errno);

    if (fd >= 0)
        close(fd);
    return rc;
}

static int move_in(const struct commit *c, const struct fetched_work *w, struct err *err)
{
    if (fsync(w->lock) != 0 && errno != EINVAL)
        return refuse(err, "write", w->path, errno);
    if (c->gone != NULL && there(c->gone) && make_mark(c->gone, c->arena, err) != 0)
        return -1;
    if (rename(w->path, c->path) != 0)
        return refuse(err, "write", c->path, errno);
    return 0;
}

static void drop_mark(const char *dir, struct arena *a)
{
    const char *mark = arena_printf(a, "%s/" MARK, dir);

    if (mark != NULL)
        unlink(mark);
}

static int commit(struct commit *c, struct fetched_work *w, bool add, struct err *err)
{
    if (fetched_list(c->cache_dir, c->arena, &c->list, err) != 0 || find_line(c, add, err) != 0 ||
        name_entry(c, err) != 0 || name_directory(c, err) != 0 || move_in(c, w, err) != 0)
        return -1;
    leave(w); /* where it lies now, the list decides about it: the sweep removes it if its line did not get there */
    if (sync_folder(c->folder, err) != 0 || write_list(c, err) != 0)
        return -1;
    drop_mark(c->path, c->arena);
    if (c->gone != NULL)
        dirs_remove(c->gone);
    return 0;
}

int fetched_commit(const char *cache_dir, struct fetched_work *w, const struct fetched_entry *e, bool add,
                   struct arena *a, struct fetched_entry *out, struct err *err)
{
    struct commit c = {
        .folder = arena_printf(a, "%s/" FOLDER, cache_dir), .cache_dir = cache_dir, .arena = a, .entry = *e};
    int lock = -1;

    if (c.folder == NULL)
        return err_nomem(err);
    if (take_lock(c.folder, a, &lock, err) != 0)
        return -1;
    int rc = commit(&c, w, add, err);
    close(lock);
    if (rc == 0)
        *out = c.entry;
    return rc;
}

/* ---- the same again ---- */

#define CONFIRMED "confirmed"

void fetched_confirm(const char *cache_dir, const struct fetched_entry *e, const char *when)
{
    struct arena a = {NULL};
    const char *path = arena_printf(&a, "%s/" FOLDER "/%s/" CONFIRMED, cache_dir, e->dir);
    const char *line = arena_printf(&a, "%s\n", when);
    struct err unheard;

    if (path != NULL && line != NULL)
        (void)file_write(path, line, strlen(line), &unheard);
    arena_free(&a);
}

const char *fetched_last(const char *cache_dir, const struct fetched_entry *e, struct arena *a)
{
    enum { TIME_LINE = 21 };
    const char *path = arena_printf(a, "%s/" FOLDER "/%s/" CONFIRMED, cache_dir, e->dir), *when = NULL;
    struct buf text = {0};
    struct err unheard;

    if (path != NULL && there(path) && file_read(path, TIME_LINE, &text, &unheard) == 0 && text.n == TIME_LINE)
        when = arena_strndup(a, text.v, TIME_LINE - 1);
    buf_free(&text);
    return when != NULL && is_time(when) && strcmp(when, e->received) > 0 ? when : e->received;
}

/* ---- what killed processes left ---- */

static bool nobody_holds(const char *path)
{
    int fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

    if (fd < 0)
        return false;
    bool free = flock(fd, LOCK_EX | LOCK_NB) == 0;
    close(fd);
    return free;
}

static bool is_listed_dir(const struct fetched_list *l, const char *dir)
{
    for (size_t i = 0; i < l->n; i++)
        if (!strcmp(l->v[i].dir, dir))
            return true;
    return false;
}

static void sweep_one(const char *folder, const char *name, const struct fetched_list *l, struct arena *a)
{
    const char *path = arena_printf(a, "%s/%s", folder, name), *mark = arena_printf(a, "%s/%s/" MARK, folder, name);

    if (path == NULL || mark == NULL)
        return;
    if (!strncmp(name, WORK, strlen(WORK)) ? nobody_holds(path) : !strncmp(name, ".tco-", 5))
        dirs_remove(path);
    else if (is_name(name) && there(mark) && is_listed_dir(l, name))
        unlink(mark);
    else if (is_name(name) && there(mark))
        dirs_remove(path);
}

int fetched_sweep(const char *cache_dir, struct err *err)
{
    struct arena a = {NULL};
    struct fetched_list l;
    const char *folder = arena_printf(&a, "%s/" FOLDER, cache_dir);
    int lock = -1, rc = folder == NULL ? err_nomem(err) : take_lock(folder, &a, &lock, err);

    if (rc == 0)
        rc = fetched_list(cache_dir, &a, &l, err);
    DIR *d = rc == 0 ? opendir(folder) : NULL;
    if (d != NULL) {
        for (const struct dirent *e; (e = readdir(d)) != NULL;)
            sweep_one(folder, e->d_name, &l, &a);
        closedir(d);
    }
    if (lock >= 0)
        close(lock);
    arena_free(&a);
    return rc;
}
