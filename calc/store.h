/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The only door to SQLite: a database file and its statements. Rows are written and read together
 * with their seal (seal.h), which is always the last column. When SQLite or a seal says that the
 * file is damaged, `damaged` is set and the call fails; nothing of it is to be used then.
 */
#ifndef TCO_STORE_H
#define TCO_STORE_H

#include "calc/err.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { KEPT_QUERIES = 24 };

struct store {
    struct sqlite3 *db;
    const char *path; /* borrowed */
    bool damaged;
    bool busy; /* a call failed because another process reads or writes */
    struct kept_query {
        const char *sql;
        struct sqlite3_stmt *stmt; /* NULL while it is in use */
    } kept[KEPT_QUERIES];
};

enum store_mode {
    STORE_OPEN,   /* must exist; read-only when the file is */
    STORE_CREATE, /* a new file, written fast and unsafely: store_finish() makes it last */
};

int store_open(struct store *s, const char *path, enum store_mode mode, struct err *err);
/* Flushes a created file to the disk and closes it. */
int store_finish(struct store *s, struct err *err);
void store_close(struct store *s); /* of a zeroed one is fine */
/* How long a call waits for other processes, in milliseconds; 0: as long as usual. */
void store_wait(struct store *s, int ms);
/* Runs statements that give no rows. */
int store_run(struct store *s, const char *sql, struct err *err);
/* Sets `damaged` and fails: "catalogue 'path' is damaged: why". */
int store_damage(struct store *s, const char *why, struct err *err);
/* For a value that was checked when it came in and reads no more (*err says how): damage, unless it
 * was only that memory ran out. */
int store_unreadable(struct store *s, const char *what, struct err *err);

struct query {
    struct store *store;
    struct sqlite3_stmt *stmt;
    const char *kept; /* the literal, when it goes back to the store */
    int next;         /* the next parameter to bind */
    uint64_t seal;    /* of the values bound or read so far */
};

int query_open(struct query *q, struct store *s, const char *sql, struct err *err);
/* The same for a text that is a literal: it is prepared once, and waits in the store between uses. */
int query_again(struct query *q, struct store *s, const char *sql, struct err *err);
void query_close(struct query *q); /* of a zeroed one is fine */

/* Binding, in the order of the parameters. Texts are borrowed until the row is out. */
void query_int(struct query *q, int64_t value);
void query_text(struct query *q, const char *text); /* NULL is "" */

/* 1: a row; 0: no more, and the query is ready to be bound again; -1: failed. */
int query_next(struct query *q, struct err *err);
/* For statements without rows: runs it, ready to be bound again. */
int query_run(struct query *q, struct err *err);
/* The same with the seal of all bound values as the last parameter; *sum grows by the seal. */
int query_run_sealed(struct query *q, uint64_t *sum, struct err *err);
/* Gives a query back that was not read to its end. */
void query_reset(struct query *q);

/* Columns of the current row, 0-based. Texts are lent until the next row. */
int64_t query_get_int(struct query *q, int column);
const char *query_get_text(struct query *q, int column, size_t *len); /* "" for NULL; len may be NULL */

/* The current row whole: all its n columns but the last, which must hold the seal of the others; else the
 * store is damaged. *sum grows by it. Texts are lent until the next row. */
struct stored {
    const char *text; /* "" for a number */
    size_t len;
    int64_t number; /* 0 for a text */
};
int query_row(struct query *q, int n, struct stored *row, uint64_t *sum, struct err *err);

#endif
