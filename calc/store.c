/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * SQLite, wrapped thinly. Every answer of SQLite that means "this file is not what we wrote"
 * becomes `damaged`; every one that means "the disk does not let us" names the way out.
 */
#include "calc/store.h"

#include "calc/seal.h"

#include <errno.h>
#include <fcntl.h>
#include <sqlite3.h>
#include <string.h>
#include <unistd.h>

enum { BUSY_MS = 20000 }; /* how long another process may take to load its prices */

int store_damage(struct store *s, const char *why, struct err *err)
{
    s->damaged = true;
    return err_set(err, ERR_INTERNAL, "catalogue '%s' is damaged: %s", s->path, why);
}

int store_unreadable(struct store *s, const char *what, struct err *err)
{
    if (err->kind == ERR_INTERNAL)
        return -1;
    s->damaged = true;
    err->kind = ERR_INTERNAL;
    return err_prefix(err, "catalogue '%s' is damaged: %s does not read", s->path, what);
}

static int fail(struct store *s, int code, struct err *err)
{
    const char *why = s->db != NULL ? sqlite3_errmsg(s->db) : sqlite3_errstr(code);

    switch (code & 0xff) {
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
    case SQLITE_ERROR: /* a table or column of ours is missing */
    case SQLITE_MISMATCH:
        return store_damage(s, why, err);
    case SQLITE_NOMEM:
        return err_nomem(err);
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        s->busy = true;
        return err_set(err, ERR_INTERNAL, "catalogue '%s' is in use by another process: %s", s->path, why);
    case SQLITE_FULL:
    case SQLITE_READONLY:
    case SQLITE_CANTOPEN:
    case SQLITE_IOERR:
    case SQLITE_PERM:
    case SQLITE_AUTH:
        return err_set(err, ERR_USAGE, "cannot write catalogue '%s': %s (set TCO_CACHE to a writable directory)",
                       s->path, why);
    default:
        return err_set(err, ERR_INTERNAL, "catalogue '%s': %s", s->path, why);
    }
}

int store_run(struct store *s, const char *sql, struct err *err)
{
    int code = sqlite3_exec(s->db, sql, NULL, NULL, NULL);

    return code == SQLITE_OK ? 0 : fail(s, code, err);
}

int store_open(struct store *s, const char *path, enum store_mode mode, struct err *err)
{
    static const int flags[] = {
        [STORE_OPEN] = SQLITE_OPEN_READWRITE, /* SQLite falls back to reading when writing is not allowed */
        [STORE_CREATE] = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE,
    };

    *s = (struct store){.path = path};
    int code = sqlite3_open_v2(path, &s->db, flags[mode] | SQLITE_OPEN_NOMUTEX, NULL);
    if (code == SQLITE_OK)
        code = sqlite3_busy_timeout(s->db, BUSY_MS);
    int rc = code == SQLITE_OK ? 0 : fail(s, code, err);
    if (rc == 0)
        rc = store_run(s,
                       mode == STORE_CREATE
                           ? "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -65536"
                           : "PRAGMA cell_size_check = ON",
                       err);
    if (rc != 0)
        store_close(s);
    return rc;
}

void store_wait(struct store *s, int ms)
{
    sqlite3_busy_timeout(s->db, ms > 0 ? ms : BUSY_MS);
}

static void drop_kept(struct store *s)
{
    for (size_t i = 0; i < KEPT_QUERIES; i++) {
        sqlite3_finalize(s->kept[i].stmt);
        s->kept[i] = (struct kept_query){NULL, NULL};
    }
}

void store_close(struct store *s)
{
    drop_kept(s);
    sqlite3_close(s->db);
    s->db = NULL;
}

int store_finish(struct store *s, struct err *err)
{
    drop_kept(s);
    int code = sqlite3_close(s->db);

    s->db = NULL;
    if (code != SQLITE_OK)
        return fail(s, code, err);
    int fd = open(s->path, O_RDONLY | O_CLOEXEC);
    if (fd < 0 || fsync(fd) != 0) {
        int cause = errno;
        if (fd >= 0)
            close(fd);
        return err_set(err, ERR_USAGE, "cannot write catalogue '%s': %s (set TCO_CACHE to a writable directory)",
                       s->path, strerror(cause));
    }
    close(fd);
    return 0;
}

/* ---- statements ---- */

int query_open(struct query *q, struct store *s, const char *sql, struct err *err)
{
    *q = (struct query){.store = s, .next = 1, .seal = SEAL_START};
    int code = sqlite3_prepare_v2(s->db, sql, -1, &q->stmt, NULL);

    return code == SQLITE_OK ? 0 : fail(s, code, err);
}

int query_again(struct query *q, struct store *s, const char *sql, struct err *err)
{
    *q = (struct query){.store = s, .next = 1, .seal = SEAL_START, .kept = sql};
    for (size_t i = 0; i < KEPT_QUERIES; i++)
        if (s->kept[i].sql == sql && s->kept[i].stmt != NULL) {
            q->stmt = s->kept[i].stmt;
            s->kept[i].stmt = NULL;
            return 0;
        }
    int code = sqlite3_prepare_v3(s->db, sql, -1, SQLITE_PREPARE_PERSISTENT, &q->stmt, NULL);
    return code == SQLITE_OK ? 0 : fail(s, code, err);
}

/* Back to its place in the store, or to a free one; false when there is none. */
static bool put_back(struct query *q)
{
    struct store *s = q->store;

    for (size_t i = 0; i < KEPT_QUERIES; i++)
        if (s->kept[i].stmt == NULL && (s->kept[i].sql == q->kept || s->kept[i].sql == NULL)) {
            sqlite3_reset(q->stmt);
            s->kept[i] = (struct kept_query){q->kept, q->stmt};
            return true;
        }
    return false;
}

void query_close(struct query *q)
{
    if (q->stmt != NULL && (q->kept == NULL || !put_back(q)))
        sqlite3_finalize(q->stmt);
    q->stmt = NULL;
}

void query_int(struct query *q, int64_t value)
{
    sqlite3_bind_int64(q->stmt, q->next++, value);
    q->seal = seal_int(q->seal, value);
}

void query_text(struct query *q, const char *text)
{
    size_t len = text != NULL ? strlen(text) : 0;

    /* The text outlives the row, as the header asks: no copy. */
    sqlite3_bind_text64(q->stmt, q->next++, text != NULL ? text : "", len, SQLITE_STATIC, SQLITE_UTF8);
    q->seal = seal_text(q->seal, text, len);
}

void query_reset(struct query *q)
{
    sqlite3_reset(q->stmt);
    q->next = 1;
    q->seal = SEAL_START;
}

int query_next(struct query *q, struct err *err)
{
    int code = sqlite3_step(q->stmt);

    if (code == SQLITE_ROW)
        return 1;
    int rc = code == SQLITE_DONE ? 0 : fail(q->store, code, err);
    query_reset(q);
    return rc;
}

int query_run(struct query *q, struct err *err)
{
    int rc = query_next(q, err);

    if (rc == 1)
        query_reset(q);
    return rc < 0 ? -1 : 0;
}

int query_run_sealed(struct query *q, uint64_t *sum, struct err *err)
{
    uint64_t seal = q->seal;

    *sum += seal;
    query_int(q, (int64_t)seal);
    return query_run(q, err);
}

int64_t query_get_int(struct query *q, int column)
{
    return sqlite3_column_int64(q->stmt, column);
}

const char *query_get_text(struct query *q, int column, size_t *len)
{
    const unsigned char *text = sqlite3_column_text(q->stmt, column);

    if (len != NULL)
        *len = (size_t)sqlite3_column_bytes(q->stmt, column);
    return text != NULL ? (const char *)text : "";
}

int query_row(struct query *q, int n, struct stored *row, uint64_t *sum, struct err *err)
{
    uint64_t seal = SEAL_START;

    for (int i = 0; i < n - 1; i++) {
        row[i] = (struct stored){"", 0, 0};
        if (sqlite3_column_type(q->stmt, i) == SQLITE_INTEGER) {
            row[i].number = sqlite3_column_int64(q->stmt, i);
            seal = seal_int(seal, row[i].number);
        } else {
            row[i].text = query_get_text(q, i, &row[i].len);
            seal = seal_text(seal, row[i].text, row[i].len);
        }
    }
    *sum += seal;
    return seal == (uint64_t)query_get_int(q, n - 1) ? 0 : store_damage(q->store, "a row does not match its seal", err);
}
