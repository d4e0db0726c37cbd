/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fetchers/answers.h"

#include "calc/csv.h"
#include "calc/file.h"
#include "calc/record.h"
#include "fetchers/raw.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define ANSWER(field) offsetof(struct kept_answer, field)
static const struct cell_rule cells[] = {
    {"name", CELL_NAME, ANSWER(name), 0, NULL},
    {"method", CELL_NAME, ANSWER(method), 0, NULL},
    {"url", CELL_NAME, ANSWER(url), 0, NULL},
    {"status", CELL_NAME, ANSWER(status), 0, NULL},
    {"type", CELL_TEXT, ANSWER(type), 0, NULL},
    {"file", CELL_NAME, ANSWER(file), 0, NULL},
    {"sha256", CELL_NAME, ANSWER(sha256), 0, NULL},
    {"bytes", CELL_NAME, ANSWER(bytes), 0, NULL},
    {"received", CELL_NAME, ANSWER(received), 0, NULL},
    {"etag", CELL_TEXT, ANSWER(etag), 0, NULL},
    {"last_modified", CELL_TEXT, ANSWER(last_modified), 0, NULL},
};
enum { CELLS = sizeof cells / sizeof *cells };
static const struct record_type answer_type = {
    "answers", sizeof(struct kept_answer), cells, CELLS, "name", 1, 0,
};

/* The cells of a row in the order of the columns. */
static const char *cell(const struct kept_answer *one, size_t i)
{
    const char *text;

    memcpy(&text, (const char *)one + cells[i].at, sizeof text);
    return text;
}

static bool good_file(const char *name)
{
    return name[0] != '\0' && name[strspn(name, "0123456789")] == '\0';
}

static int check(const struct kept_answers *list, const char *path, struct err *err)
{
    for (size_t i = 0; i < list->n; i++)
        if (!good_file(list->v[i].file))
            return err_set(err, ERR_USAGE, "%s: '%.40s' is no name of an answer's file (known: digits)", path,
                           list->v[i].file);
    return 0;
}

int answers_read(const char *dir, struct arena *a, struct kept_answers *out, struct err *err)
{
    const char *path = arena_printf(a, "%s/" ANSWERS_FILE, dir), *body;
    struct records rows;
    size_t len;

    if (path == NULL)
        return err_nomem(err);
    *out = (struct kept_answers){.dir = dir};
    if (access(path, F_OK) != 0)
        return 0;
    if (file_map(path, &body, &len, err) != 0)
        return -1;
    int rc = records_read(&answer_type, path, body, len, a, &rows, err);
    file_unmap(body, len);
    if (rc != 0)
        return -1;
    out->v = rows.v;
    out->n = out->cap = rows.n;
    return check(out, path, err);
}

int answers_add(struct kept_answers *list, struct arena *a, const struct kept_answer *one, struct err *err)
{
    if (list->n == list->cap) {
        size_t cap = list->cap == 0 ? 16 : list->cap * 2;
        struct kept_answer *wider = arena_grow(a, list->v, list->n, cap, sizeof *wider);
        if (wider == NULL)
            return err_nomem(err);
        list->v = wider;
        list->cap = cap;
    }
    struct kept_answer *row = &list->v[list->n];
    for (size_t i = 0; i < CELLS; i++) {
        const char *text = arena_strdup(a, cell(one, i));
        if (text == NULL)
            return err_nomem(err);
        memcpy((char *)row + cells[i].at, &text, sizeof text);
    }
    list->n++;
    return 0;
}

void answers_write(const struct kept_answers *list, struct buf *out)
{
    for (size_t i = 0; i < CELLS; i++)
        buf_printf(out, "%s%s", i > 0 ? "," : "", cells[i].column);
    buf_putc(out, '\n');
    for (size_t k = 0; k < list->n; k++) {
        for (size_t i = 0; i < CELLS; i++) {
            if (i > 0)
                buf_putc(out, ',');
            csv_text(out, cell(&list->v[k], i));
        }
        buf_putc(out, '\n');
    }
}

const struct kept_answer *answers_find(const struct kept_answers *list, const char *name)
{
    for (size_t i = 0; list != NULL && i < list->n; i++)
        if (!strcmp(list->v[i].name, name))
            return &list->v[i];
    return NULL;
}

static bool path_of(const struct kept_answers *list, const struct kept_answer *one, const char *ending, char out[1024])
{
    int n = snprintf(out, 1024, "%s/%s%s", list->dir, one->file, ending);

    return n > 0 && n < 1024;
}

static int copy_plain(const char *path, const struct kept_answer *one, const char *to, struct err *err)
{
    char digest[SHA256_TEXT];
    const char *body;
    size_t len;

    if (file_map(path, &body, &len, err) != 0)
        return -1;
    int rc = hash_sha256(body, len, digest, err);
    if (rc == 0 && strcmp(digest, one->sha256) != 0)
        rc = err_set(err, ERR_FETCH, "kept answer '%s' is damaged: its digest differs", path);
    if (rc == 0)
        rc = file_write(to, body, len, err);
    file_unmap(body, len);
    return rc;
}

int answers_unpack(const struct kept_answers *list, const struct kept_answer *one, const char *to, struct err *err)
{
    char path[1024];
    uint64_t bytes = strtoull(one->bytes, NULL, 10);

    if (!path_of(list, one, "", path))
        return err_set(err, ERR_INTERNAL, "too long a path in '%s'", list->dir);
    if (access(path, F_OK) == 0)
        return copy_plain(path, one, to, err);
    path_of(list, one, ".gz", path);
    return raw_unpack(path, to, bytes, one->sha256, err);
}

int answers_pack(const struct kept_answers *list, struct err *err)
{
    char path[1024];

    for (size_t i = 0; i < list->n; i++) {
        if (!path_of(list, &list->v[i], "", path))
            return err_set(err, ERR_INTERNAL, "too long a path in '%s'", list->dir);
        if (access(path, F_OK) == 0 && raw_pack(path, err) != 0)
            return -1;
    }
    return 0;
}

void instant_format(int64_t seconds, char out[INSTANT_TEXT])
{
    enum { DAY = 24 * 60 * 60 };
    int64_t days = seconds / DAY;
    int left = (int)(seconds % DAY);
    char day[DATE_TEXT];

    date_format((struct date){(int32_t)days}, day);
    snprintf(out, INSTANT_TEXT, "%sT%02d:%02d:%02dZ", day, left / 3600 % 24, left / 60 % 60, left % 60);
}

struct date instant_day(const char *text)
{
    struct date day = DATE_NONE;

    return strlen(text) > 10 && text[10] == 'T' && date_parse(text, 10, &day) ? day : DATE_NONE;
}
