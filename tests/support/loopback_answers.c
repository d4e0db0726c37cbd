/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * answers.csv: which recorded answer a request gets.
 */
#include "tests/support/loopback_parts.h"

#include "calc/file.h"
#include "calc/record.h"
#include "tests/support/test.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { CEILING = 64 << 20, PARAMETERS = 64 };

#define AT(field) offsetof(struct loopback_row, field)
static const struct cell_rule cells[] = {
    {"name", CELL_NAME, AT(name), 0, NULL},     {"method", CELL_NAME, AT(method), 0, NULL},
    {"path", CELL_NAME, AT(path), 0, NULL},     {"match", CELL_TEXT, AT(match), 0, NULL},
    {"status", CELL_NAME, AT(status), 0, NULL}, {"type", CELL_TEXT, AT(type), 0, NULL},
    {"file", CELL_TEXT, AT(file), 0, NULL},
};
static const struct record_type row_type = {.name = "answers",
                                            .size = sizeof(struct loopback_row),
                                            .cells = cells,
                                            .ncells = sizeof cells / sizeof *cells,
                                            .key = NULL,
                                            .nkey = 0};

static void read_whole(const char *dir, const char *name, struct buf *out)
{
    struct err err = {0};
    char path[512];

    snprintf(path, sizeof path, "%s/%s", dir, name);
    if (file_read(path, CEILING, out, &err) != 0)
        fail_msg("%s", err.text);
}

static void read_body(const char *dir, struct loopback_row *row)
{
    struct buf body = {0};

    if (*row->file == '\0')
        return;
    read_whole(dir, row->file, &body);
    row->body = body.v;
    row->len = body.n;
}

void loopback_rows_read(struct loopback_rows *out, const char *dir)
{
    struct buf body = {0};
    struct records records;
    struct err err = {0};

    *out = (struct loopback_rows){.n = 0};
    read_whole(dir, "answers.csv", &body);
    if (records_read(&row_type, "answers.csv", body.v, body.n, &out->arena, &records, &err) != 0)
        fail_msg("%s/%s", dir, err.text);
    buf_free(&body);
    out->v = records.v;
    out->n = records.n;
    for (size_t i = 0; i < out->n; i++)
        read_body(dir, &out->v[i]);
}

void loopback_rows_free(struct loopback_rows *rows)
{
    for (size_t i = 0; i < rows->n; i++)
        free(rows->v[i].body);
    arena_free(&rows->arena);
    *rows = (struct loopback_rows){.n = 0};
}

/* ---- paths ---- */

struct parameter {
    const char *at;
    size_t len;
};

/* A signature changes with the clock and the dice: no recording can know it. */
static bool of_signature(struct parameter p)
{
    static const char *const names[] = {"Signature",   "SignatureNonce", "SignatureMethod", "SignatureVersion",
                                        "AccessKeyId", "SecurityToken",  "Timestamp"};

    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        size_t len = strlen(names[i]);
        if (p.len > len && p.at[len] == '=' && memcmp(p.at, names[i], len) == 0)
            return true;
    }
    return false;
}

/* The parameters of a query but those of a signature; PARAMETERS + 1 when there are more. */
static size_t split(const char *query, struct parameter out[PARAMETERS])
{
    size_t n = 0;

    while (*query != '\0') {
        struct parameter p = {query, strcspn(query, "&")};
        query += p.len + (query[p.len] == '&');
        if (of_signature(p))
            continue;
        if (n == PARAMETERS)
            return PARAMETERS + 1;
        out[n++] = p;
    }
    return n;
}

static bool has(const struct parameter *v, size_t n, struct parameter p)
{
    for (size_t i = 0; i < n; i++)
        if (v[i].len == p.len && memcmp(v[i].at, p.at, p.len) == 0)
            return true;
    return false;
}

static bool same_query(const char *a, const char *b)
{
    struct parameter va[PARAMETERS], vb[PARAMETERS];
    size_t n = split(a, va);

    if (n > PARAMETERS || split(b, vb) != n)
        return false;
    for (size_t i = 0; i < n; i++)
        if (!has(vb, n, va[i]) || !has(va, n, vb[i]))
            return false;
    return true;
}

static bool path_fits(const char *row, const char *sent)
{
    size_t len = strlen(row), path = strcspn(row, "?");

    if (len > 0 && row[len - 1] == '*')
        return strncmp(row, sent, len - 1) == 0;
    if (strcspn(sent, "?") != path || memcmp(row, sent, path) != 0)
        return false;
    return same_query(row + path + (row[path] == '?'), sent + path + (sent[path] == '?'));
}

/* ---- match texts ---- */

static bool found(const struct loopback_seen *seen, const char *text, size_t len)
{
    char word[512];

    if (len >= sizeof word)
        return false;
    memcpy(word, text, len);
    word[len] = '\0';
    return strstr(seen->head, word) != NULL || strstr(seen->body, word) != NULL;
}

static bool match_fits(const char *match, const struct loopback_seen *seen)
{
    static const char both[] = " && ";

    for (const char *end; (end = strstr(match, both)) != NULL; match = end + sizeof both - 1)
        if (!found(seen, match, (size_t)(end - match)))
            return false;
    return found(seen, match, strlen(match));
}

const struct loopback_row *loopback_rows_find(const struct loopback_rows *rows, const struct loopback_seen *seen)
{
    for (size_t i = 0; i < rows->n; i++) {
        const struct loopback_row *row = &rows->v[i];
        if (strcmp(row->method, seen->method) == 0 && path_fits(row->path, seen->path) && match_fits(row->match, seen))
            return row;
    }
    return NULL;
}
