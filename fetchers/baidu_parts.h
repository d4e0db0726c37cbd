/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Between the files of the fetcher of Baidu AI Cloud: baidu.c asks region by region and reads refusals,
 * one file reads each kind of answer.
 */
#ifndef TCO_BAIDU_PARTS_H
#define TCO_BAIDU_PARTS_H

#include "calc/buf.h"
#include "fetchers/fetcher.h"
#include "fetchers/harvest.h"
#include "fetchers/json_read.h"
#include "fetchers/probe.h"

/* A machine of the list of sizes; texts live in `kept`. */
struct baidu_machine {
    const char *spec, *family, *zone;
};
struct baidu_family {
    const char *id, *zone; /* the first zone that has it: prices are asked there */
};

struct baidu {
    const struct fetch_job *job;
    const char *currency, *provider; /* the site's own: no answer names a currency */
    enum tax_basis basis;
    struct arena arena; /* of the question under way */
    struct buf body;
    size_t region, group, step; /* where in the list of questions it is */
    bool told_source;
    size_t nhostless;  /* regions the list of hosts does not have: not asked */
    struct arena kept; /* what the list of sizes of the region says */
    struct baidu_family *families;
    struct baidu_machine *machines;
    size_t nfamilies, nmachines;
    const char *zone; /* the region's first; NULL: the list of sizes was not given */
    size_t *asked;    /* machines whose reservations are asked about, by index */
    size_t nasked;
    dec_t totals[PROBE_POINTS]; /* of a ladder of bandwidth */
    size_t ntotals;
};

/* A kind of question. */
struct baidu_group {
    const char *host; /* "bcc", "eip" */
    const char *method, *path;
    size_t (*count)(const struct baidu *b); /* how many of them the region has */
    /* Writes the body of question i; returns what its name ends in, "disk-hdd-Postpaid". */
    const char *(*ask)(struct baidu *b, size_t i);
    int (*read)(struct baidu *b, size_t i, const struct json *doc, struct harvest *h, struct err *err);
    void (*refused)(struct baidu *b, size_t i); /* may be NULL */
};
extern const struct baidu_group baidu_sizes, baidu_machines, baidu_reserved, baidu_disks, baidu_traffic,
    baidu_bandwidth;

const char *baidu_region(const struct baidu *b);
/* A price of the region to fill in. */
struct fetch_price baidu_price(const struct baidu *b, const char *service, const char *sku);
/* An amount above 0: 1; 0 when it is absent, blank or 0, which is no price; -1. */
int baidu_amount(const struct json *v, const char *key, dec_t *out, struct err *err);
/* Made of letters, digits and . _ - only: may stand in a question and in its name. */
bool baidu_plain(const char *text);

/* "0.00233/minute": 1 with the amount and its unit ("minute", "" when there is none); 0 when it is absent, blank
 * or 0; -1 when it is malformed. */
int baidu_unit_price(const struct json *v, const char *key, dec_t *out, const char **unit, struct err *err);
/* Counts a price that was passed over for its unit. */
int baidu_skip_unit(struct baidu *b, const char *unit, struct harvest *h, struct err *err);

#endif
