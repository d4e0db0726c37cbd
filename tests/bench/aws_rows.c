/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * aws_rows LIST CACHE: reads a regional list of AmazonEC2 (make_aws_csv) as `tco fetch aws` does once the
 * file has come, from the first byte of the map to the rows in the catalogue of CACHE, and prints
 * "ROWS SUM READ-ms COMMIT-ms HASH-ms GZIP-ms BESIDE-KiB": prices that count and their exact sum; time to
 * scan, filter and hand over; to write the tables, read them back as a pack, and load them; to hash and
 * pack the list, which the program does as it comes and after the commit; and the largest resident size less the list.
 */
#define _DEFAULT_SOURCE /* getrusage's ru_maxrss */

#include "calc/catalogue.h"
#include "calc/fetched.h"
#include "calc/file.h"
#include "calc/packdir.h"
#include "fetchers/harvest.h"
#include "fetchers/raw.h"
#include "fetchers/walk.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

extern const struct fetcher fetcher_aws;

static double now_ms(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

static void must(int rc, const struct err *err)
{
    if (rc != 0) {
        fprintf(stderr, "aws_rows: %s\n", err->text);
        exit(2);
    }
}

/* The largest resident size so far. */
static long peak_kib(void)
{
    struct rusage usage;

    return getrusage(RUSAGE_SELF, &usage) == 0 ? usage.ru_maxrss : 0;
}

struct answers {
    const char *list;
    size_t len;
};

static int answer(void *ctx, const struct fetch_request *q, struct fetch_answer *out, struct err *err)
{
    static const char index[] = "{\"offers\":{\"AmazonEC2\":{\"currentRegionIndexUrl\":\"/r.json\"}}}";
    static const char regions[] =
        "{\"regions\":{\"r\":{\"regionCode\":\"ap-southeast-1\",\"currentVersionUrl\":\"/i.json\"}}}";
    const struct answers *a = ctx;

    (void)err;
    bool is_index = !strcmp(q->name, "aws-global/index.json"), is_list = q->large;
    out->body = is_list ? a->list : is_index ? index : regions;
    out->len = is_list ? a->len : strlen(out->body);
    out->status = 200;
    return 0;
}

static void put(const char *dir, const struct pack_body *b, struct err *err)
{
    char path[1024];

    snprintf(path, sizeof path, "%s/%s", dir, b->name);
    if (b->len > 0)
        must(file_write(path, b->body, b->len, err), err);
}

/* From the harvest to rows of the catalogue; *sum of what the pack holds. */
static void commit(struct catalogue *c, struct harvest *h, struct arena *a, size_t *rows, dec_t *sum, struct err *err)
{
    struct fetched_work w;
    struct harvested got;
    struct packdir files;
    struct rules rules;
    struct pack pack;
    struct fetched_entry out;
    const char *bundled = arena_printf(a, "%s/packs/bundled", catalogue_data_dir(c));

    must(harvest_finish(h, &got, err), err);
    must(fetched_work_open(&w, catalogue_cache_dir(c), a, err), err);
    for (int t = 0; t < PACK_TABLES; t++)
        put(w.path, &got.tables[t], err);
    put(w.path, &got.scopes, err);
    must(fetched_work_sum(&w, err), err);
    must(catalogue_rules_for(c, w.path, a, &rules, err), err);
    must(packdir_open(&files, w.path, bundled, err), err);
    must(pack_read(&pack, files.bodies, &rules, err), err);
    *rows = pack.nprices;
    *sum = DEC_ZERO;
    for (size_t i = 0; i < pack.nprices; i++)
        *sum = dec_add(*sum, pack.prices[i].price);
    const struct fetched_entry e = {.source = "aws",
                                    .site = "aws-global",
                                    .day = got.day,
                                    .received = "2026-11-22T01:02:03Z",
                                    .prices = (long)got.nprices,
                                    .sha256 = arena_strdup(a, files.sha256)};
    must(fetched_commit(catalogue_cache_dir(c), &w, &e, true, a, &out, err), err);
    catalogue_lend(c, &files, &pack);
    must(catalogue_take_fetched(c, err), err);
    catalogue_lend(c, NULL, NULL);
    pack_free(&pack);
    packdir_close(&files);
}

static double hash_ms(const struct answers *in, struct err *err)
{
    char digest[SHA256_TEXT];
    double start = now_ms();
    must(hash_sha256(in->list, in->len, digest, err), err);
    return now_ms() - start;
}

static double gzip_ms(const struct answers *in, const char *dir, struct err *err)
{
    char path[1024], digest[SHA256_TEXT];
    struct raw r;

    snprintf(path, sizeof path, "%s/raw", dir);
    must(raw_open(&r, path, in->len, err), err);
    if (!raw_write(&r, in->list, in->len))
        exit(2);
    must(raw_finish(&r, digest, err), err);
    double start = now_ms();
    must(raw_pack(path, err), err);
    return now_ms() - start;
}

int main(int argc, char **argv)
{
    static const char *const regions[] = {"ap-southeast-1"};
    struct arena arena = {0};
    struct err err = {0};
    struct catalogue *c;
    struct harvest *h;
    struct rules rules;
    struct answers in;
    size_t rows;
    dec_t sum;
    char text[DEC_TEXT];

    if (argc < 3)
        return 2;
    must(catalogue_open(&c, &(struct catalogue_options){.data_dir = "fixtures", .cache_dir = argv[2]}, &err), &err);
    must(catalogue_rules(c, &arena, &rules, &err), &err);
    struct fetch_job job = {.rules = &rules,
                            .site = "aws-global",
                            .regions = regions,
                            .nregions = 1,
                            .currency = "",
                            .endpoints = &fetcher_aws.endpoints[1],
                            .nendpoints = 1};
    if (!date_parse("2026-11-21", 10, &job.today))
        return 2;
    double start = now_ms();
    must(file_map(argv[1], &in.list, &in.len, &err), &err);
    must(harvest_open(&h, "aws", "aws-global", "https://prices.example.com", &rules, &err), &err);
    must(walk_all(&fetcher_aws, &job, &(struct walk_source){answer, &in}, h, &err), &err);
    double read = now_ms();
    commit(c, h, &arena, &rows, &sum, &err);
    double done = now_ms();
    long beside = peak_kib() - (long)(in.len / 1024);
    harvest_free(h);
    catalogue_close(c);
    dec_format(sum, 12, text);
    printf("%zu %s %.1f %.1f", rows, text, read - start, done - read);
    if (argc > 3)
        printf(" %.1f %.1f", hash_ms(&in, &err), gzip_ms(&in, argv[2], &err));
    printf(" %ld\n", beside);
    arena_free(&arena);
    return 0;
}
