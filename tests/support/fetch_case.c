/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/support/fetch_case.h"

#include "tests/support/test.h"

#include "calc/file.h"
#include "calc/rules_read.h"
#include "fetchers/walk.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static struct arena rules_arena;
static struct rules shipped;

static void map(const char *path, const char **body, size_t *len)
{
    struct err err = {0};

    if (file_map(path, body, len, &err) != 0)
        fail_msg("%s", err.text);
}

static void forget(void)
{
    arena_free(&rules_arena);
}

const struct rules *fetch_case_rules(void)
{
    struct rules_body in[RULES_TABLES];
    struct records regions, tables[RULES_TABLES];
    struct err err = {0};
    const char *body;
    size_t len;

    if (shipped.nsites > 0)
        return &shipped;
    atexit(forget);
    for (int t = 0; t < RULES_TABLES; t++) {
        in[t].name = arena_printf(&rules_arena, "fixtures/rules/%s.csv", rule_types[t]->name);
        map(in[t].name, &in[t].body, &in[t].len);
    }
    if (rules_read(in, &rules_arena, &shipped, tables, &err) != 0)
        fail_msg("%s", err.text);
    for (int t = 0; t < RULES_TABLES; t++)
        file_unmap(in[t].body, in[t].len);
    map("fixtures/packs/bundled/regions.csv", &body, &len);
    if (records_read(&region_type, "regions.csv", body, len, &rules_arena, &regions, &err) != 0)
        fail_msg("%s", err.text);
    file_unmap(body, len);
    shipped.regions = regions.v;
    shipped.nregions = regions.n;
    return &shipped;
}

/* ---- the job ---- */

static const char **all_regions(struct fetch_case *c, size_t *n)
{
    const struct rules *r = fetch_case_rules();
    const char **out = arena_array(&c->arena, r->nregions + 1, sizeof *out);

    *n = 0;
    for (size_t i = 0; i < r->nregions; i++)
        if (!strcmp(r->regions[i].site, c->site))
            out[(*n)++] = r->regions[i].id;
    return out;
}

static void make_job(struct fetch_case *c)
{
    struct fetch_job *job = &c->job;
    struct fetch_endpoint *own;
    const char *today = c->today != NULL ? c->today : "2026-11-21";
    size_t n = 0;

    *job = (struct fetch_job){.rules = fetch_case_rules(),
                              .site = c->site,
                              .regions = c->regions,
                              .skus = c->skus,
                              .nskus = c->nskus,
                              .since = DATE_NONE,
                              .file = c->file,
                              .currency = c->currency != NULL ? c->currency : ""};
    assert_true(date_parse(today, strlen(today), &job->today));
    if (c->regions == NULL)
        job->regions = all_regions(c, &job->nregions);
    while (c->regions != NULL && c->regions[job->nregions] != NULL)
        job->nregions++;
    while (c->fetcher->endpoints != NULL && c->fetcher->endpoints[n].url != NULL)
        n++;
    own = arena_array(&c->arena, n + 1, sizeof *own);
    for (size_t i = 0; i < n; i++)
        if (!strcmp(c->fetcher->endpoints[i].site, c->site))
            own[job->nendpoints++] = c->fetcher->endpoints[i];
    job->endpoints = own;
}

/* ---- answers ---- */

static const struct fetch_replacement *replacement(const struct fetch_case *c, const char *name)
{
    for (size_t i = 0; i < sizeof c->replace / sizeof *c->replace && c->replace[i].name != NULL; i++)
        if (!strcmp(c->replace[i].name, name) || !strcmp(c->replace[i].name, "*"))
            return &c->replace[i];
    return NULL;
}

/* The file and status answers.csv has for a question. */
static int look_up(struct fetch_case *c, const char *dir, const char *name, const char **file, struct fetch_answer *out,
                   struct err *err)
{
    static const char *const columns[] = {"name", "method", "path", "match", "status", "type", "file"};
    char path[256];
    const char *body;
    size_t len;
    struct csv csv;
    int at[7], rc;

    snprintf(path, sizeof path, "%s/answers.csv", dir);
    map(path, &body, &len);
    csv_open(&csv, path, body, len, ',');
    rc = csv_header(&csv, columns, 7, 7, at, err);
    *file = NULL;
    while (rc == 0 && *file == NULL && (rc = csv_next(&csv, err)) == 1) {
        rc = 0;
        if (strcmp(csv.cells[at[0]].text, name) != 0)
            continue;
        *file = arena_strdup(&c->arena, csv.cells[at[6]].text);
        out->status = (int)strtol(csv.cells[at[4]].text, NULL, 10);
        out->type = arena_strdup(&c->arena, csv.cells[at[5]].text);
    }
    csv_close(&csv);
    file_unmap(body, len);
    if (rc < 0)
        return -1;
    return *file != NULL ? 0 : err_set(err, ERR_FETCH, "%s has no answer to '%s'", path, name);
}

static void note_question(struct fetch_case *c, const struct fetch_request *q)
{
    if (c->asked < sizeof c->names / sizeof *c->names) {
        snprintf(c->names[c->asked], sizeof c->names[0], "%s", q->name);
        snprintf(c->urls[c->asked], sizeof c->urls[0], "%s", q->url);
    }
    c->last_body = q->body != NULL ? arena_strndup(&c->arena, q->body, q->body_len) : "";
    c->asked++;
}

/* A copy of its own size, so that reading past the end is seen. */
static void give(struct fetch_case *c, struct fetch_answer *out, const char *body, size_t len)
{
    char *copy = arena_alloc(&c->arena, len + 1);

    memcpy(copy, body, len);
    out->body = copy;
    out->len = len;
}

static int answer(void *ctx, const struct fetch_request *q, struct fetch_answer *out, struct err *err)
{
    struct fetch_case *c = ctx;
    const struct fetch_replacement *r = replacement(c, q->name);
    char dir[192], path[512];
    const char *file, *body;
    size_t len;

    note_question(c, q);
    out->received = c->job.today;
    if (r != NULL) {
        out->status = r->status != 0 ? r->status : 200;
        give(c, out, r->body, r->len != 0 ? r->len : strlen(r->body));
    } else {
        snprintf(dir, sizeof dir, "%s%s", c->dir != NULL ? c->dir : "fixtures/",
                 c->dir != NULL ? "" : c->fetcher->name);
        if (look_up(c, dir, q->name, &file, out, err) != 0)
            return -1;
        snprintf(path, sizeof path, "%s/%s", dir, file);
        map(path, &body, &len);
        give(c, out, body, len);
        file_unmap(body, len);
    }
    if (out->status >= 400 && !q->take_errors)
        return err_set(err, ERR_FETCH, "%s: status %d", q->name, out->status);
    return 0;
}

/* ---- running ---- */

static int read_pack(struct fetch_case *c, struct err *err)
{
    struct pack_body in[PACK_TABLES];
    bool lent[PACK_TABLES] = {false};
    int rc;

    for (int t = 0; t < PACK_TABLES; t++) {
        char path[128];
        in[t] = c->got.tables[t];
        lent[t] = in[t].len == 0 && t != PACK_SITES;
        if (!lent[t])
            continue;
        snprintf(path, sizeof path, "fixtures/packs/bundled/%s", pack_files[t]);
        in[t].name = pack_files[t];
        map(path, &in[t].body, &in[t].len);
    }
    rc = pack_read(&c->pack, in, fetch_case_rules(), err);
    for (int t = 0; t < PACK_TABLES; t++)
        if (lent[t])
            file_unmap(in[t].body, in[t].len);
    return rc;
}

int fetch_case_run(struct fetch_case *c, struct err *err)
{
    const struct walk_source from = {answer, c};
    struct err ignored;

    *err = (struct err){0};
    make_job(c);
    if (harvest_open(&c->harvest, c->fetcher->name, c->site, "https://prices.example.com", fetch_case_rules(),
                     &ignored) != 0)
        fail_msg("%s", ignored.text);
    if (walk_all(c->fetcher, &c->job, &from, c->harvest, err) != 0 || harvest_finish(c->harvest, &c->got, err) != 0)
        return -1;
    return c->got.nprices > 0 ? read_pack(c, err) : 0;
}

void fetch_case_free(struct fetch_case *c)
{
    pack_free(&c->pack);
    harvest_free(c->harvest);
    arena_free(&c->arena);
    c->harvest = NULL;
}

/* ---- looking ---- */

static size_t line_len(const char *at, const char *end)
{
    const char *lf = memchr(at, '\n', (size_t)(end - at));

    return (size_t)((lf != NULL ? lf : end) - at);
}

static size_t lines(const struct pack_body *b, const char *start, bool whole_but_last)
{
    const char *end = b->body + b->len;
    size_t n = 0, want = strlen(start);

    for (const char *at = b->body; b->len > 0 && at < end; at += line_len(at, end) + 1) {
        size_t len = line_len(at, end);
        if (len < want || memcmp(at, start, want) != 0)
            continue;
        n += !whole_but_last || (len > want && at[want] == ',' && memchr(at + want + 1, ',', len - want - 1) == NULL);
    }
    return n;
}

bool fetch_case_has(const struct fetch_case *c, const char *line)
{
    return lines(&c->got.tables[PACK_PRICES], line, true) == 1;
}

void fetch_case_expect(const struct fetch_case *c, const char *line)
{
    const struct pack_body *b = &c->got.tables[PACK_PRICES];
    char start[256];
    size_t cells = 0, n = 0;

    if (fetch_case_has(c, line))
        return;
    while (line[n] != '\0' && (cells += line[n] == ',') < 4)
        n++;
    snprintf(start, sizeof start, "%.*s", (int)n, line);
    print_message("expected %s\nof the same SKU there are:\n", line);
    for (const char *at = b->body, *end = b->body + b->len; b->len > 0 && at < end; at += line_len(at, end) + 1)
        if (strncmp(at, start, n) == 0)
            print_message("         %.*s\n", (int)line_len(at, end), at);
    fail();
}

size_t fetch_case_count(const struct fetch_case *c, const char *start)
{
    return lines(&c->got.tables[PACK_PRICES], start, false);
}

size_t fetch_case_counted(const struct fetch_case *c, const char *what)
{
    for (size_t i = 0; i < c->got.ncounts; i++)
        if (!strcmp(c->got.counts[i].what, what))
            return c->got.counts[i].n;
    return 0;
}

bool fetch_case_scope(const struct fetch_case *c, const char *line)
{
    char whole[256];

    snprintf(whole, sizeof whole, "%s\n", line);
    return c->got.scopes.len > 0 && strstr(c->got.scopes.body, whole) != NULL;
}
