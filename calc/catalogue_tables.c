/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The small tables: every column is the text of a CSV cell, so any tool reads them, and the same
 * description turns a row into a struct.
 */
#include "calc/catalogue_store.h"

#include <string.h>

/* "CREATE TABLE sites("site" TEXT, ... , snapshot INTEGER, seal INTEGER)" and the like. */
static void add_columns(struct buf *sql, const struct record_type *t, const char *after)
{
    for (size_t i = 0; i < t->ncells; i++)
        buf_printf(sql, "\"%s\"%s, ", t->cells[i].column, after);
}

static int run_buf(struct store *s, struct buf *sql, struct err *err)
{
    int rc = sql->failed ? err_nomem(err) : store_run(s, sql->v, err);

    buf_free(sql);
    return rc;
}

static int open_buf(struct query *q, struct store *s, struct buf *sql, struct err *err)
{
    int rc = sql->failed ? err_nomem(err) : query_open(q, s, sql->v, err);

    buf_free(sql);
    return rc;
}

int table_create(struct store *s, const struct record_type *t, struct err *err)
{
    struct buf sql = {0};

    buf_printf(&sql, "CREATE TABLE %s(", t->name);
    add_columns(&sql, t, " TEXT");
    buf_puts(&sql, "snapshot INTEGER, seal INTEGER)");
    return run_buf(s, &sql, err);
}

int tally_write(struct store *s, const char *name, long rows, uint64_t sum, struct err *err)
{
    struct query q;

    if (query_open(&q, s, "INSERT OR REPLACE INTO tally VALUES(?, ?, ?)", err) != 0)
        return -1;
    query_text(&q, name);
    query_int(&q, rows);
    query_int(&q, (int64_t)sum);
    int rc = query_run(&q, err);
    query_close(&q);
    return rc;
}

int tally_read(struct store *s, const char *name, size_t *rows, uint64_t *sum, struct err *err)
{
    struct query q;

    *rows = 0;
    *sum = 0;
    if (query_again(&q, s, "SELECT rows, sum FROM tally WHERE name = ?", err) != 0)
        return -1;
    query_text(&q, name);
    int rc = query_next(&q, err);
    if (rc == 1) {
        int64_t n = query_get_int(&q, 0);
        rc = n < 0 || n > ROWS_MAX ? store_damage(s, "a tally is out of range", err) : 0;
        *rows = rc == 0 ? (size_t)n : 0;
        *sum = (uint64_t)query_get_int(&q, 1);
    }
    query_close(&q);
    return rc;
}

int tally_check(struct store *s, const char *name, long rows, uint64_t sum, struct err *err)
{
    size_t wanted_rows;
    uint64_t wanted_sum;

    if (tally_read(s, name, &wanted_rows, &wanted_sum, err) != 0)
        return -1;
    return wanted_rows == (size_t)rows && wanted_sum == sum ? 0 : store_damage(s, "rows are missing", err);
}

static int insert_rows(struct store *s, const struct record_type *t, const struct records *rows, int snapshot,
                       struct err *err)
{
    struct query q;
    struct buf sql = {0};
    uint64_t sum = 0;
    int rc = 0;

    buf_printf(&sql, "INSERT INTO %s VALUES(", t->name);
    for (size_t i = 0; i < t->ncells; i++)
        buf_puts(&sql, "?, ");
    buf_puts(&sql, "?, ?)");
    if (open_buf(&q, s, &sql, err) != 0)
        return -1;
    for (size_t i = 0; rc == 0 && i < rows->n; i++) {
        for (size_t j = 0; j < t->ncells; j++)
            query_text(&q, rows->texts[i * t->ncells + j]);
        query_int(&q, snapshot);
        rc = query_run_sealed(&q, &sum, err);
    }
    query_close(&q);
    return rc;
}

static int count_again(struct store *s, const struct record_type *t, struct err *err)
{
    struct query q;
    struct buf sql = {0};
    long rows = 0;
    uint64_t sum = 0;
    int rc;

    buf_printf(&sql, "SELECT seal FROM %s", t->name);
    if (open_buf(&q, s, &sql, err) != 0)
        return -1;
    while ((rc = query_next(&q, err)) == 1) {
        rows++;
        sum += (uint64_t)query_get_int(&q, 0);
    }
    query_close(&q);
    return rc != 0 ? rc : tally_write(s, t->name, rows, sum, err);
}

/* The newest row of a key is the one that counts: of the others nothing is kept. Sites are, so that a pack can be
 * checked against the rules as they are without it. */
static int drop_older(struct store *s, const struct record_type *t, const struct records *rows, int snapshot,
                      struct err *err)
{
    struct query q;
    struct buf sql = {0};
    int rc = 0;

    if (t->nkey == 0 || t == rule_types[RULES_SITES])
        return 0;
    buf_printf(&sql, "DELETE FROM %s WHERE snapshot < ?", t->name);
    for (size_t j = 0; j < t->nkey; j++)
        buf_printf(&sql, " AND \"%s\" = ?", t->cells[j].column);
    if (open_buf(&q, s, &sql, err) != 0)
        return -1;
    for (size_t i = 0; rc == 0 && i < rows->n; i++) {
        query_int(&q, snapshot);
        for (size_t j = 0; j < t->nkey; j++)
            query_text(&q, rows->texts[i * t->ncells + j]);
        rc = query_run(&q, err);
    }
    query_close(&q);
    return rc;
}

int table_write(struct store *s, const struct record_type *t, const struct records *rows, int snapshot, struct err *err)
{
    struct buf sql = {0};

    buf_printf(&sql, "DELETE FROM %s WHERE snapshot = %d", t->name, snapshot);
    if (run_buf(s, &sql, err) != 0 || (snapshot > FIRST_SNAPSHOT && drop_older(s, t, rows, snapshot, err) != 0) ||
        insert_rows(s, t, rows, snapshot, err) != 0)
        return -1;
    return count_again(s, t, err);
}

/* ---- reading ---- */

struct reading {
    const struct record_type *type;
    struct arena *arena;
    char *v;
    int *snapshots;
    size_t n, cap;
};

static int room(struct reading *r, struct err *err)
{
    if (r->n < r->cap)
        return 0;
    size_t cap = r->cap == 0 ? 64 : r->cap * 2;
    char *v = arena_grow(r->arena, r->v, r->n, cap, r->type->size);
    int *snapshots = arena_grow(r->arena, r->snapshots, r->n, cap, sizeof *snapshots);
    if (v == NULL || snapshots == NULL)
        return err_nomem(err);
    r->v = v;
    r->snapshots = snapshots;
    r->cap = cap;
    return 0;
}

static int keep(struct reading *r, struct store *s, const struct stored *row, struct err *err)
{
    const struct record_type *t = r->type;
    const char *cells[RECORD_CELLS];
    char *at;

    for (size_t i = 0; i < t->ncells; i++)
        cells[i] = row[i].text;
    if (room(r, err) != 0)
        return -1;
    at = r->v + r->n * t->size;
    if (record_read(t, cells, at, r->arena, err) != 0)
        return store_unreadable(s, t->name, err);
    if (t->line != 0)
        *(int *)(void *)(at + t->line) = (int)r->n + 2; /* the header is line 1 */
    r->snapshots[r->n++] = (int)row[t->ncells].number;
    return 0;
}

int table_read(struct store *s, const struct record_type *t, struct arena *a, void **out, size_t *n, int **snapshots,
               struct err *err)
{
    struct reading r = {.type = t, .arena = a};
    struct query q;
    struct buf sql = {0};
    struct stored row[RECORD_CELLS + 1];
    uint64_t sum = 0;
    long rows = 0;
    int rc;

    buf_puts(&sql, "SELECT ");
    add_columns(&sql, t, "");
    buf_printf(&sql, "snapshot, seal FROM %s ORDER BY rowid", t->name);
    if (open_buf(&q, s, &sql, err) != 0)
        return -1;
    while ((rc = query_next(&q, err)) == 1) {
        rows++;
        if (query_row(&q, (int)t->ncells + 2, row, &sum, err) != 0 || keep(&r, s, row, err) != 0) {
            rc = -1;
            break;
        }
    }
    query_close(&q);
    if (rc == 0)
        rc = tally_check(s, t->name, rows, sum, err);
    *out = r.v;
    *n = r.n;
    if (snapshots != NULL)
        *snapshots = r.snapshots;
    return rc;
}
