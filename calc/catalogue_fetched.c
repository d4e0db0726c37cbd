/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The list of what was fetched, mirrored: each snapshot on it is read, checked and put into the store
 * under a number that says where on the list it stands. One that cannot be read, or is not what the list
 * says, is left out, and that is said at every start until it was fetched again; a list that cannot be
 * read is an error, as nobody knows what it held.
 */
#include "calc/catalogue_store.h"

#include "calc/file.h"

#include <stdlib.h>
#include <string.h>

struct mirror {
    const struct catalogue *c;
    struct store *store;
    struct put *put;
    struct rate_rows *rates;
    struct arena *arena; /* of what lasts: the texts of what is left out */
    struct fetched_list list;
    struct arena list_arena, rules_arena;
    const char **fates; /* [list.n]: why it is left out, "" when it is not */
    struct rules rules; /* as the packs so far leave them */
    struct brought *brought;
};

/* ---- reading one snapshot ---- */

struct read {
    struct arena arena;
    struct packdir dir;
    struct pack pack;
    struct records scopes;
    struct rate_table rates;
    int rate_source;
    bool has_pack, lent; /* lent: the pack is somebody else's */
};

static void read_close(struct read *r)
{
    if (!r->lent)
        pack_free(&r->pack);
    packdir_close(&r->dir);
    arena_free(&r->arena);
}

static int read_pack(struct read *r, const struct mirror *m, const struct fetched_entry *e, const char *path,
                     struct err *err)
{
    const struct packdir *lent = m->c->lent_dir;

    r->has_pack = true;
    r->lent = lent != NULL && lent->summed && !strcmp(lent->sha256, e->sha256);
    if (r->lent) {
        r->pack = *m->c->lent_pack;
        return 0;
    }
    if (packdir_open(&r->dir, path, m->c->bundled, err) != 0)
        return -1;
    if (!r->dir.summed)
        return err_set(err, ERR_USAGE, "'%s' has no SHA256SUMS", path);
    if (strcmp(r->dir.sha256, e->sha256) != 0)
        return err_set(err, ERR_USAGE, "'%s' is not what the list says (sha256 %.12s, not %.12s)", path, r->dir.sha256,
                       e->sha256);
    return pack_read(&r->pack, r->dir.bodies, &m->rules, err);
}

/* Rows of a snapshot of several sites name no place; to be full they would have to. */
static int drop_placeless(struct read *r, const char *name, struct err *err)
{
    const struct fetched_scope *v = r->scopes.v;

    for (size_t i = 0; i < r->scopes.n; i++)
        if (v[i].full)
            return err_set(err, ERR_USAGE, "%s:%d: full, but of no site", name, r->scopes.lines[i]);
    r->scopes.n = 0;
    return 0;
}

static int read_scopes(struct read *r, const char *path, const struct fetched_entry *e, struct err *err)
{
    const char *name = arena_printf(&r->arena, "%s/scopes.csv", path), *body;
    size_t len;

    if (name == NULL)
        return err_nomem(err);
    if (!file_exists(name))
        return 0;
    if (file_map(name, &body, &len, err) != 0)
        return -1;
    int rc = records_read(&fetched_scope_type, name, body, len, &r->arena, &r->scopes, err);
    file_unmap(body, len);
    return rc == 0 && *e->site == '\0' ? drop_placeless(r, name, err) : rc;
}

static int check_digest(const char *body, size_t len, const char *name, const struct fetched_entry *e, struct err *err)
{
    char digest[SHA256_TEXT];

    if (hash_sha256(body, len, digest, err) != 0)
        return -1;
    return !strcmp(digest, e->sha256)
               ? 0
               : err_set(err, ERR_USAGE, "'%s' is not what the list says (sha256 %.12s, not %.12s)", name, digest,
                         e->sha256);
}

static int read_rates(struct read *r, const char *path, const struct fetched_entry *e, struct err *err)
{
    const char *name = arena_printf(&r->arena, "%s/rates.csv", path), *body;
    size_t len;

    r->rate_source = rate_source_find(e->source);
    if (r->rate_source < 0)
        return err_set(err, ERR_USAGE, "'%s' is no source of rates", e->source);
    if (name == NULL)
        return err_nomem(err);
    if (file_map(name, &body, &len, err) != 0)
        return -1;
    int rc = e->prices > 0 ? 0 : check_digest(body, len, name, e, err);
    if (rc == 0)
        rc = rates_read(rate_sources[r->rate_source].base, name, body, len, &r->arena, &r->rates, err);
    file_unmap(body, len);
    return rc;
}

/* A private pack is priced alone: it takes rates only. */
static bool wants_prices(const struct mirror *m, const struct fetched_entry *e)
{
    return e->prices > 0 && m->c->pack == NULL;
}

static int read_one(struct read *r, const struct mirror *m, const struct fetched_entry *e, struct err *err)
{
    const char *path = fetched_dir_path(m->c->cache_dir, e, &r->arena);

    if (path == NULL)
        return err_nomem(err);
    if (wants_prices(m, e) && (read_pack(r, m, e, path, err) != 0 || read_scopes(r, path, e, err) != 0))
        return -1;
    return e->rates > 0 ? read_rates(r, path, e, err) : 0;
}

/* ---- putting it ---- */

static bool is_pack(const struct fetched_entry *e)
{
    return !strncmp(e->source, FETCHED_PACK, strlen(FETCHED_PACK));
}

/* "aws.aws-cn.2026-11-22.1@1a2b3c4d5e6f"; a loaded pack is named as its own directory: "good@aba1308b8571". */
static const char *snapshot_id(const struct fetched_entry *e, struct arena *a)
{
    const char *slash = is_pack(e) ? strrchr(e->source, '/') : NULL;

    return arena_printf(a, "%s@%.12s", slash != NULL ? slash + 1 : e->name, e->sha256);
}

static int put_one(struct mirror *m, struct read *r, size_t at, struct err *err)
{
    const struct fetched_entry *e = &m->list.v[at];
    const struct packdir *dir = r->lent ? m->c->lent_dir : &r->dir;
    const struct put_pack x = {
        .snapshot = FIRST_SNAPSHOT + 1 + (int)at,
        .id = snapshot_id(e, &r->arena),
        .origin = is_pack(e) ? e->source + strlen(FETCHED_PACK) : e->source,
        .dir = dir,
        .pack = &r->pack,
        .fetched = is_pack(e) ? NULL : e,
        .scopes = r->scopes.v,
        .nscopes = r->scopes.n,
    };

    if (x.id == NULL)
        return err_nomem(err);
    if (r->has_pack && put_add(m->put, &x, err) != 0)
        return -1;
    if (r->rates.npoints > 0 && rate_rows_add(m->rates, r->rate_source, &r->rates, err) != 0)
        return -1;
    m->brought->prices += (long)r->pack.nprices;
    m->brought->rates += (long)r->rates.npoints;
    if (!r->has_pack || !dir->own[PACK_SITES])
        return 0;
    arena_free(&m->rules_arena); /* the next packs may lean on its sites */
    return rules_load(m->store, 0, &m->rules_arena, &m->rules, err);
}

static int leave_out(struct mirror *m, size_t at, const struct err *why, struct err *err)
{
    const struct fetched_entry *e = &m->list.v[at];
    const char *again = is_pack(e) ? "load it" : "fetch it";

    m->fates[at] =
        arena_printf(m->arena, "fetched snapshot '%s' is damaged: %s; left out, %s again", e->name, why->text, again);
    return m->fates[at] != NULL ? 0 : err_nomem(err);
}

static int take_one(struct mirror *m, size_t at, struct err *err)
{
    struct read r = {.has_pack = false};
    struct err why = {ERR_NONE, ""};
    int rc = read_one(&r, m, &m->list.v[at], &why);

    if (rc == 0) {
        rc = put_one(m, &r, at, err);
    } else if (why.kind == ERR_INTERNAL) {
        *err = why;
    } else {
        rc = leave_out(m, at, &why, err);
    }
    read_close(&r);
    return rc;
}

/* ---- the list in the store ---- */

enum { ENTRY_CELLS = 9 };

static int write_list(struct mirror *m, struct err *err)
{
    struct query q = {0};
    uint64_t sum = 0;
    int rc = store_run(m->store, "DELETE FROM fetched", err);

    if (rc == 0)
        rc = query_open(&q, m->store, "INSERT INTO fetched VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", err);
    for (size_t i = 0; rc == 0 && i < m->list.n; i++) {
        for (size_t j = 0; j < ENTRY_CELLS; j++)
            query_text(&q, m->list.cells.texts[i * ENTRY_CELLS + j]);
        query_text(&q, m->fates[i]);
        rc = query_run_sealed(&q, &sum, err);
    }
    query_close(&q);
    return rc == 0 ? tally_write(m->store, "fetched", (long)m->list.n, sum, err) : rc;
}

static bool same_entry(const struct mirror *m, size_t at, const struct stored *row)
{
    size_t j = 0;

    while (at < m->list.n && j < ENTRY_CELLS && !strcmp(row[j].text, m->list.cells.texts[at * ENTRY_CELLS + j]))
        j++;
    return j == ENTRY_CELLS;
}

/* How many lines the store holds; *fits: the list begins with just these. */
static int compare_list(struct mirror *m, size_t *n, bool *fits, struct err *err)
{
    struct stored row[ENTRY_CELLS + 1];
    struct query q;
    uint64_t sum = 0;
    int rc;

    *n = 0;
    *fits = true;
    if (query_open(&q, m->store,
                   "SELECT name, dir, source, site, day, received, prices, rates, sha256, left_out, seal FROM fetched "
                   "ORDER BY rowid",
                   err) != 0)
        return -1;
    while ((rc = query_next(&q, err)) == 1) {
        rc = query_row(&q, ENTRY_CELLS + 2, row, &sum, err);
        *fits = rc == 0 && *fits && same_entry(m, *n, row);
        if (*fits && (m->fates[*n] = arena_strndup(m->arena, row[ENTRY_CELLS].text, row[ENTRY_CELLS].len)) == NULL)
            rc = err_nomem(err);
        if (rc != 0)
            break;
        (*n)++;
    }
    query_close(&q);
    return rc != 0 ? rc : tally_check(m->store, "fetched", (long)*n, sum, err);
}

static int say_left_out(struct mirror *m, struct err *err)
{
    struct buf text = {0};

    for (size_t i = 0; i < m->list.n; i++)
        if (*m->fates[i] != '\0')
            buf_printf(&text, "%s%s", text.n > 0 ? "\n" : "", m->fates[i]);
    m->brought->left_out = text.n > 0 ? arena_strdup(m->arena, text.v) : "";
    int rc = text.failed || m->brought->left_out == NULL ? err_nomem(err) : 0;
    buf_free(&text);
    return rc;
}

/* ---- the calls ---- */

static int bad_list(struct err *err)
{
    struct err why = *err;

    return why.kind != ERR_USAGE
               ? -1
               : err_set(err, ERR_USAGE, "%s (mend the list, or remove it to go on without what was fetched)",
                         why.text);
}

static int mirror_open(struct mirror *m, struct err *err)
{
    if (fetched_list(m->c->cache_dir, &m->list_arena, &m->list, err) != 0)
        return bad_list(err);
    m->fates = arena_array(&m->list_arena, m->list.n + 1, sizeof *m->fates);
    if (m->fates == NULL)
        return err_nomem(err);
    for (size_t i = 0; i < m->list.n; i++)
        m->fates[i] = "";
    return 0;
}

static void mirror_close(struct mirror *m)
{
    arena_free(&m->list_arena);
    arena_free(&m->rules_arena);
}

static int take_from(struct mirror *m, size_t first, struct err *err)
{
    int held = fetched_hold(m->c->cache_dir), rc = rules_load(m->store, 0, &m->rules_arena, &m->rules, err);

    for (size_t i = first; rc == 0 && i < m->list.n; i++)
        rc = take_one(m, i, err);
    fetched_release(held);
    if (rc == 0)
        rc = write_list(m, err);
    return rc == 0 ? say_left_out(m, err) : rc;
}

int fetched_put(const struct catalogue *c, struct store *s, struct put *p, struct rate_rows *rates, struct arena *a,
                struct brought *out, struct err *err)
{
    struct mirror m = {.c = c, .store = s, .put = p, .rates = rates, .arena = a, .brought = out};

    int rc = mirror_open(&m, err);
    if (rc == 0)
        rc = take_from(&m, 0, err);
    mirror_close(&m);
    return rc;
}

static int add_from(struct mirror *m, size_t first, struct err *err)
{
    bool has_rates = false;

    /* A price list that spills out of the cache is written, and waited for, twice. */
    if (store_run(m->store, "PRAGMA cache_size = -16384", err) != 0)
        return -1;

    for (size_t i = first; i < m->list.n; i++)
        has_rates = has_rates || m->list.v[i].rates > 0;
    int rc = put_open(&m->put, m->store, err);
    if (rc == 0 && has_rates)
        rc = rate_rows_load(m->rates, m->store, err);
    if (rc == 0)
        rc = take_from(m, first, err);
    if (rc == 0)
        rc = put_write(m->put, err);
    if (rc == 0 && has_rates)
        rc = rate_rows_write(m->rates, m->store, err);
    put_close(m->put);
    return rc;
}

int catalogue_add_fetched(const struct catalogue *c, struct store *s, const struct data_files *files, struct arena *a,
                          bool *fits, struct brought *out, struct err *err)
{
    struct rate_rows rates = {.v = NULL};
    struct mirror m = {.c = c, .store = s, .rates = &rates, .arena = a, .brought = out};
    size_t held = 0;

    *out = (struct brought){.left_out = ""};
    int rc = mirror_open(&m, err);
    if (rc == 0)
        rc = compare_list(&m, &held, fits, err);
    if (rc == 0 && *fits)
        rc = add_from(&m, held, err);
    if (rc == 0 && *fits)
        rc = data_files_write(s, files, out->left_out, err);
    mirror_close(&m);
    rate_rows_free(&rates);
    return rc;
}

int fetched_fate(struct store *s, const char *name, struct arena *a, const char **out, struct err *err)
{
    struct query q;

    if (query_open(&q, s, "SELECT left_out FROM fetched WHERE name = ?", err) != 0)
        return -1;
    query_text(&q, name);
    int rc = query_next(&q, err);
    *out = rc == 1 ? arena_strdup(a, query_get_text(&q, 0, NULL)) : "it is not on the list any more";
    query_close(&q);
    return rc < 0 ? -1 : *out == NULL ? err_nomem(err) : 0;
}
