/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Opening a pack: map its tables, compute their digests, compare these with SHA256SUMS.
 */
#include "calc/packdir.h"

#include "calc/file.h"

#include <string.h>

enum { SUMS_BYTES_MAX = 64 * 1024 };
#define TABLE_BYTES_MAX ((size_t)1 << 31)
#define SUMS "SHA256SUMS"

static int map_table(struct packdir *p, enum pack_table t, const char *path, struct err *err)
{
    struct pack_body *b = &p->bodies[t];

    if (file_map(path, &b->body, &b->len, err) != 0)
        return -1;
    b->name = path;
    return b->len <= TABLE_BYTES_MAX ? 0 : err_set(err, ERR_USAGE, "'%s' is over 2 GiB", path);
}

static int map_tables(struct packdir *p, const char *lender, struct err *err)
{
    for (int t = 0; t < PACK_TABLES; t++) {
        bool lendable = lender != NULL && t != PACK_PRICES && t != PACK_SOURCES && t != PACK_SITES;
        const char *path = arena_printf(&p->arena, "%s/%s", p->dir, pack_files[t]);
        if (path == NULL)
            return err_nomem(err);
        p->own[t] = (!lendable && t != PACK_SITES) || file_exists(path);
        if (!p->own[t] && t == PACK_SITES)
            continue;
        if (!p->own[t] && (path = arena_printf(&p->arena, "%s/%s", lender, pack_files[t])) == NULL)
            return err_nomem(err);
        if (map_table(p, (enum pack_table)t, path, err) != 0)
            return -1;
    }
    return 0;
}

/* ---- checksums ---- */

struct sums {
    char table[PACK_TABLES][SHA256_TEXT]; /* computed */
    bool listed[PACK_TABLES];
};

static int compute(struct packdir *p, struct sums *s, struct err *err)
{
    struct buf lines = {0};
    int rc = 0;

    for (int t = 0; rc == 0 && t < PACK_TABLES; t++) {
        if (!p->own[t])
            continue;
        rc = hash_sha256(p->bodies[t].body, p->bodies[t].len, s->table[t], err);
        buf_printf(&lines, "%s  %s\n", s->table[t], pack_files[t]);
    }
    if (rc == 0)
        rc = lines.failed ? err_nomem(err) : hash_sha256(lines.v, lines.n, p->sha256, err);
    buf_free(&lines);
    return rc;
}

/* One line of sha256sum's: 64 digits, a blank, a blank or `*`, the name. */
static int check_line(struct packdir *p, struct sums *s, char *line, struct err *err)
{
    struct buf body = {0};
    char other[SHA256_TEXT];
    const char *name = line + SHA256_TEXT + 1;

    if (strspn(line, "0123456789abcdef") != SHA256_TEXT - 1 || line[SHA256_TEXT - 1] != ' ' ||
        (line[SHA256_TEXT] != ' ' && line[SHA256_TEXT] != '*') || *name == '\0' || strchr(name, '/') != NULL)
        return err_set(err, ERR_USAGE, "not a line of sha256sum (known: 64 digits, two blanks, a file name)");
    line[SHA256_TEXT - 1] = '\0';
    for (int t = 0; t < PACK_TABLES; t++)
        if (p->own[t] && !strcmp(pack_files[t], name)) {
            s->listed[t] = true;
            return strcmp(s->table[t], line) == 0 ? 0
                                                  : err_set(err, ERR_USAGE, "'%s' does not match its checksum", name);
        }
    const char *path = arena_printf(&p->arena, "%s/%s", p->dir, name);
    int rc = path == NULL ? err_nomem(err) : file_read(path, (size_t)64 << 20, &body, err);
    if (rc == 0)
        rc = hash_sha256(body.v, body.n, other, err);
    if (rc == 0 && strcmp(other, line) != 0)
        rc = err_set(err, ERR_USAGE, "'%s' does not match its checksum", name);
    buf_free(&body);
    return rc;
}

static int check_lines(struct packdir *p, struct sums *s, char *text, const char *path, struct err *err)
{
    int line = 0;

    for (char *at = text; *at != '\0';) {
        size_t len = strcspn(at, "\n");
        char *next = at + len + (at[len] == '\n');
        at[len] = '\0';
        line++;
        if (len > 0 && check_line(p, s, at, err) != 0)
            return err_prefix(err, "%s:%d", path, line);
        at = next;
    }
    for (int t = 0; t < PACK_TABLES; t++)
        if (p->own[t] && !s->listed[t])
            return err_set(err, ERR_USAGE, "%s: '%s' is not listed", path, pack_files[t]);
    return 0;
}

static int check_sums(struct packdir *p, struct sums *s, struct err *err)
{
    struct buf text = {0};
    const char *path = arena_printf(&p->arena, "%s/%s", p->dir, SUMS);

    if (path == NULL)
        return err_nomem(err);
    if (!file_exists(path))
        return 0;
    int rc = file_read(path, SUMS_BYTES_MAX, &text, err);
    if (rc == 0 && text.n != 0)
        rc = check_lines(p, s, text.v, path, err);
    p->summed = rc == 0 && text.n != 0;
    buf_free(&text);
    return rc;
}

static const char *base_name(const char *dir)
{
    size_t len = strlen(dir);

    while (len > 1 && dir[len - 1] == '/')
        len--;
    size_t start = len;
    while (start > 0 && dir[start - 1] != '/')
        start--;
    return dir + start;
}

static int name_it(struct packdir *p, struct err *err)
{
    const char *base = base_name(p->dir);

    p->id = arena_printf(&p->arena, "%.*s@%.12s", (int)strcspn(base, "/"), base, p->sha256);
    return p->id != NULL ? 0 : err_nomem(err);
}

int packdir_open(struct packdir *out, const char *dir, const char *lender, struct err *err)
{
    struct packdir p = {0};
    struct sums sums = {0};

    p.dir = arena_strdup(&p.arena, dir);
    int rc = p.dir == NULL ? err_nomem(err) : map_tables(&p, lender, err);
    if (rc == 0)
        rc = compute(&p, &sums, err);
    if (rc == 0)
        rc = check_sums(&p, &sums, err);
    if (rc == 0)
        rc = name_it(&p, err);
    if (rc != 0)
        packdir_close(&p);
    else
        *out = p;
    return rc;
}

void packdir_close(struct packdir *p)
{
    for (int t = 0; t < PACK_TABLES; t++)
        if (p->bodies[t].body != NULL)
            file_unmap(p->bodies[t].body, p->bodies[t].len);
    arena_free(&p->arena);
    *p = (struct packdir){0};
}
