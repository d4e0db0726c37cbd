/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What was fetched, and what packs were loaded: the directory fetched/ of the cache. It is the truth; the
 * catalogue mirrors it and may be deleted at any time.
 *
 *   list.csv    one line per snapshot in the order of acceptance; written whole, so it is old or new
 *   DIR/        a snapshot: a price pack (prices.csv ... SHA256SUMS) with scopes.csv, or rates.csv, or
 *               both; other files in it (raw answers) are nobody's here
 *   .work-*     a directory being filled; its process holds a lock on it
 *   .lock       held while the list is read and written
 *
 * A process killed at any point leaves the old list or the new one, and perhaps a directory that nobody
 * needs, which fetched_sweep() removes. Errors about files are ERR_USAGE and name the file.
 */
#ifndef TCO_FETCHED_H
#define TCO_FETCHED_H

#include "calc/arena.h"
#include "calc/date.h"
#include "calc/err.h"
#include "calc/record.h"

#include <stdbool.h>
#include <stddef.h>

#define FETCHED_PACK "pack:" /* how the source of a loaded pack begins; its directory follows */

/* A line of list.csv, in the order of its columns. */
struct fetched_entry {
    const char *name;     /* "aws.aws-cn.2026-11-22.1": unique; stays when the raw answers are parsed again */
    const char *dir;      /* beside list.csv */
    const char *source;   /* the fetcher, "aws"; of rates their source, "ecb"; or "pack:/its/directory" */
    const char *site;     /* "" for rates and packs */
    struct date day;      /* the newest as_of of its rows */
    const char *received; /* "2026-11-22T01:02:03Z" */
    long prices, rates;   /* rows */
    const char *sha256;   /* packdir's digest; without prices that of rates.csv */
};
extern const struct record_type fetched_type; /* of list.csv */

struct fetched_list {
    const struct fetched_entry *v;
    size_t n;
    struct records cells; /* as they stand in the file */
};
/* The path of list.csv, and of a snapshot's directory. NULL: no memory. */
const char *fetched_list_path(const char *cache_dir, struct arena *a);
const char *fetched_dir_path(const char *cache_dir, const struct fetched_entry *e, struct arena *a);
/* Reads the list; a missing one is empty. A line that cannot be right: "list.csv:3: what". */
int fetched_list(const char *cache_dir, struct arena *a, struct fetched_list *out, struct err *err);

/* While it is held nothing that is listed is removed; for readers, and not for long. -1: there is nothing to
 * hold, or it cannot be held, which is no error: what is removed meanwhile reads as damaged. */
int fetched_hold(const char *cache_dir);
void fetched_release(int held);

/* A row of scopes.csv, which says what the source was asked for; a place it does not name is partial. */
struct fetched_scope {
    const char *region, *service;
    bool full; /* the source holds nothing else there: what it held before is gone */
};
extern const struct record_type fetched_scope_type;

/* ---- a snapshot in the making ---- */

struct fetched_work {
    int lock;         /* a descriptor */
    const char *path; /* the directory: to be filled with file_write(), or files that were fsynced */
};
/* Makes the directory, and fetched/ when it is missing. `path` lives in the arena. */
int fetched_work_open(struct fetched_work *out, const char *cache_dir, struct arena *a, struct err *err);
/* Writes SHA256SUMS over those files in it that the catalogue reads; the last thing before the commit. */
int fetched_work_sum(const struct fetched_work *w, struct err *err);
/* Removes the directory; after a commit or of a zeroed one nothing. */
void fetched_work_drop(struct fetched_work *w);

/* Puts the work directory on the list, and closes it. e->dir is not looked at. e->name NULL: a new line
 * at the end, named source[.site].day.N; else the line of that name is replaced where it stands, and its
 * old directory removed. When there is no such line: `add` says whether it is added at the end or an error.
 * *out is the line as written; texts live in the arena. On failure the list is what it was. */
int fetched_commit(const char *cache_dir, struct fetched_work *w, const struct fetched_entry *e, bool add,
                   struct arena *a, struct fetched_entry *out, struct err *err);
/* Notes in the directory of a snapshot that its source gave the same again then ("2026-11-22T01:02:03Z"). The list
 * and what was read stay. A note that cannot be written is lost: nothing but a question too many comes of it. */
void fetched_confirm(const char *cache_dir, const struct fetched_entry *e, const char *when);
/* When it was last received or confirmed; in the arena, or e->received. */
const char *fetched_last(const char *cache_dir, const struct fetched_entry *e, struct arena *a);

/* Removes what killed processes left: work directories whose lock nobody holds, directories that came on no
 * list or went from it. Nothing that cannot be removed is an error. */
int fetched_sweep(const char *cache_dir, struct err *err);

#endif
