/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A fetcher run over recorded answers: fixtures/<fetcher>/answers.csv, or another directory, with
 * single answers replaced at will. What it harvested is finished and read back as a price pack.
 */
#ifndef TCO_FETCH_CASE_H
#define TCO_FETCH_CASE_H

#include "fetchers/fetcher.h"
#include "fetchers/harvest.h"
#include "fetchers/pack.h"

#include <stdbool.h>

struct fetch_case {
    /* Set before fetch_case_run(): */
    const struct fetcher *fetcher;
    const char *site;
    const char *dir;            /* NULL: fixtures/<fetcher> */
    const char *const *regions; /* NULL after the last; NULL: every region of the site in the rules */
    const struct fetch_sku *skus;
    size_t nskus;
    const char *today;           /* NULL: "2026-11-21" */
    const char *file, *currency; /* of the job */
    struct fetch_replacement {
        const char *name; /* of the question; "*": every one */
        const char *body;
        size_t len; /* 0: strlen(body) */
        int status; /* 0: 200 */
    } replace[8];
    /* After it: */
    struct arena arena;
    struct harvest *harvest;
    struct harvested got;
    struct pack pack;
    size_t asked;          /* questions */
    char names[64][208];   /* of the first questions */
    char urls[64][1024];   /* and where they went */
    const char *last_body; /* of the last question; lives in the arena */
    struct fetch_job job;
};

/* 0, or -1 with *err as the fetcher (or the pack reader) said it. Free in either case. */
int fetch_case_run(struct fetch_case *c, struct err *err);
void fetch_case_free(struct fetch_case *c);

/* Does prices.csv have this line but for its last cell, the source? "aws-cn,cn-north-1,compute,m5.large,linux,
 * on-demand,,,hour,0,,,1.013,CNY,excl,,2024-11-01". fetch_case_expect() fails the test, and shows what is near. */
bool fetch_case_has(const struct fetch_case *c, const char *line);
void fetch_case_expect(const struct fetch_case *c, const char *line);
/* How many lines of prices.csv begin so. */
size_t fetch_case_count(const struct fetch_case *c, const char *start);
/* How many were passed over (or kept with a remark) for this reason. */
size_t fetch_case_counted(const struct fetch_case *c, const char *what);
/* Is there a region and service in scopes.csv, full or not? "cn-north-1,compute,yes" */
bool fetch_case_scope(const struct fetch_case *c, const char *line);
/* The rules and regions the program ships; lives until the process ends. */
const struct rules *fetch_case_rules(void);

#endif
