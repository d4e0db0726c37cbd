/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The files a catalogue is built from, and whether they are still the same: size and time of
 * change of each, as it was when it was read. Contents are compared by nobody on a normal start.
 */
#define _XOPEN_SOURCE 700 /* st_mtim */
#include "calc/catalogue_store.h"

#include <string.h>
#include <sys/stat.h>

static int look(struct data_files *f, const char *path, struct err *err)
{
    struct stat st;

    if (path == NULL)
        return err_nomem(err);
    if (f->n == DATA_FILES_MAX)
        return err_set(err, ERR_INTERNAL, "too many data files");
    bool there = stat(path, &st) == 0;
    f->path[f->n] = path;
    f->size[f->n] = there ? (int64_t)st.st_size : -1;
    f->time[f->n] = there ? (int64_t)st.st_mtim.tv_sec * 1000000000 + st.st_mtim.tv_nsec : -1;
    f->n++;
    return 0;
}

static int look_pack(struct data_files *f, const char *dir, struct arena *a, struct err *err)
{
    for (int t = 0; t < PACK_TABLES; t++)
        if (look(f, arena_printf(a, "%s/%s", dir, pack_files[t]), err) != 0)
            return -1;
    return look(f, arena_printf(a, "%s/SHA256SUMS", dir), err);
}

int data_files_look(const struct catalogue *c, struct arena *a, struct data_files *out, struct err *err)
{
    struct data_files f = {.n = 0};

    for (int t = 0; t < RULES_TABLES; t++)
        if (look(&f, arena_printf(a, "%s/rules/%s.csv", c->data_dir, rule_types[t]->name), err) != 0)
            return -1;
    for (size_t i = 0; i < nrate_sources; i++)
        if (look(&f, arena_printf(a, "%s/fx/%s.csv", c->data_dir, rate_sources[i].id), err) != 0)
            return -1;
    if (look_pack(&f, c->bundled, a, err) != 0 || (c->pack != NULL && look_pack(&f, c->pack, a, err) != 0))
        return -1;
    if (look(&f, fetched_list_path(c->cache_dir, a), err) != 0)
        return -1;
    *out = f;
    return 0;
}

int data_files_write(struct store *s, const struct data_files *f, const char *left_out, struct err *err)
{
    struct query q = {0};
    int rc = store_run(s, "DELETE FROM stamp", err);

    if (rc == 0)
        rc = query_open(&q, s, "INSERT INTO stamp VALUES(?, ?, ?, ?)", err);
    for (size_t i = 0; rc == 0 && i < f->n; i++) {
        query_text(&q, f->path[i]);
        query_int(&q, f->size[i]);
        query_int(&q, f->time[i]);
        query_text(&q, i + 1 == f->n ? left_out : "");
        rc = query_run(&q, err);
    }
    query_close(&q);
    return rc;
}

static bool matches(struct query *q, const struct data_files *f, size_t i)
{
    return i < f->n && !strcmp(query_get_text(q, 0, NULL), f->path[i]) && query_get_int(q, 1) == f->size[i] &&
           query_get_int(q, 2) == f->time[i];
}

int data_files_compare(struct store *s, const struct data_files *f, struct arena *a, enum data_change *out,
                       const char **left_out, struct err *err)
{
    struct query q;
    bool same = true, list = true;
    size_t n = 0;
    int rc;

    *left_out = "";
    if (query_open(&q, s, "SELECT path, size, time, left_out FROM stamp ORDER BY rowid", err) != 0)
        return -1;
    while ((rc = query_next(&q, err)) == 1) {
        bool last = n + 1 == f->n, match = matches(&q, f, n);
        same = same && (match || last);
        list = list && (match || !last);
        n++;
        if (last && *query_get_text(&q, 3, NULL) != '\0' &&
            (*left_out = arena_strdup(a, query_get_text(&q, 3, NULL))) == NULL) {
            rc = err_nomem(err);
            break;
        }
    }
    query_close(&q);
    *out = !same || n != f->n ? DATA_CHANGED : list ? DATA_SAME : DATA_LISTED;
    return rc;
}
