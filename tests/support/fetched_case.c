/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/support/fetched_case.h"

#include "calc/file.h"
#include "calc/packdir.h"
#include "tests/support/pack_case.h"
#include "tests/support/scratch.h"
#include "tests/support/small_data.h"
#include "tests/support/test.h"

#include <stdio.h>
#include <string.h>

struct fetched_work fetched_case_open(struct arena *a)
{
    struct fetched_work w = {0, NULL};
    struct err err = {ERR_NONE, ""};

    if (fetched_work_open(&w, scratch_path("cache"), a, &err) != 0)
        fail_msg("%s", err.text);
    return w;
}

void fetched_case_file(const struct fetched_work *w, const char *name, const char *text)
{
    struct err err = {ERR_NONE, ""};
    char path[512];

    snprintf(path, sizeof path, "%s/%s", w->path, name);
    if (file_write(path, text, strlen(text), &err) != 0)
        fail_msg("%s", err.text);
}

struct fetched_entry fetched_case_commit(struct fetched_work *w, struct fetched_entry e, struct arena *a)
{
    struct err err = {ERR_NONE, ""};

    if (fetched_work_sum(w, &err) != 0 || fetched_commit(scratch_path("cache"), w, &e, false, a, &e, &err) != 0)
        fail_msg("%s", err.text);
    return e;
}

struct fetched_entry fetched_case_put(const char *name, const char *source, const char *site, const char *received,
                                      const char *rows, const char *scopes, struct arena *a)
{
    struct fetched_work w = fetched_case_open(a);
    struct packdir dir;
    struct err err = {ERR_NONE, ""};
    const char *prices = arena_printf(a, "%s%s", PRICE_HEADER, rows);

    assert_non_null(prices);
    fetched_case_file(&w, "prices.csv", prices);
    fetched_case_file(&w, "sources.csv", SOURCE_HEADER "list,A fetched list,https://example.com,2026-11-22,,high,\n");
    if (scopes != NULL)
        fetched_case_file(&w, "scopes.csv", scopes);
    if (packdir_open(&dir, w.path, scratch_path("data/packs/bundled"), &err) != 0)
        fail_msg("%s", err.text);
    const struct fetched_entry e = {
        .name = name,
        .source = source,
        .site = site,
        .day = small_day(received),
        .received = arena_printf(a, "%sT01:02:03Z", received),
        .prices = 1,
        .sha256 = arena_strdup(a, dir.sha256),
    };
    packdir_close(&dir);
    return fetched_case_commit(&w, e, a);
}
