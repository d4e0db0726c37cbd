/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Any bytes as what a provider answers: the first byte chooses the fetcher from the table, the rest is the
 * answer to every question it asks, up to so many. Either refused with a text, or what was harvested becomes
 * tables whose prices are whole.
 */
#include "calc/file.h"
#include "calc/rules_read.h"
#include "fetchers/harvest.h"
#include "fetchers/walk.h"
#include "tests/fuzz/target.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

enum { QUESTIONS = 200, REGIONS = 2 };

/* The program's own sites and regions; run at the top of the source tree. */
static struct arena arena;
static struct rules rules;

static void map(const char *path, const char **body, size_t *len)
{
    struct err err;
    int rc = file_map(path, body, len, &err);

    assert(rc == 0);
}

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
    struct rules_body in[RULES_TABLES];
    struct records tables[RULES_TABLES], regions;
    struct err err;
    const char *body;
    size_t len;

    (void)argc;
    (void)argv;
    for (int t = 0; t < RULES_TABLES; t++) {
        in[t].name = arena_printf(&arena, "fixtures/rules/%s.csv", rule_types[t]->name);
        map(in[t].name, &in[t].body, &in[t].len);
    }
    int rc = rules_read(in, &arena, &rules, tables, &err);
    assert(rc == 0);
    map("fixtures/packs/bundled/regions.csv", &body, &len);
    rc = records_read(&region_type, "regions.csv", body, len, &arena, &regions, &err);
    assert(rc == 0);
    rules.regions = regions.v;
    rules.nregions = regions.n;
    return 0;
}

struct bytes {
    const char *body;
    size_t len, asked;
    struct date today;
};

static int answer(void *ctx, const struct fetch_request *q, struct fetch_answer *out, struct err *err)
{
    struct bytes *s = ctx;

    assert(q->name != NULL && q->url != NULL && q->method != NULL && q->endpoint != NULL);
    if (s->asked++ == QUESTIONS)
        return err_set(err, ERR_FETCH, "enough");
    out->body = s->body;
    out->len = s->len;
    out->received = s->today;
    return 0;
}

static void check(const struct harvested *got)
{
    assert((got->nprices > 0) == (got->tables[PACK_PRICES].len > 0) || got->nprices == 0);
    assert(got->nprices == 0 || got->tables[PACK_SOURCES].len > 0);
    assert((got->nrates > 0) == (got->rates.len > 0));
    for (size_t i = 0; i < got->ncounts; i++)
        assert(got->counts[i].n > 0 && got->counts[i].what[0] != '\0');
}

static void walk(const struct fetcher *f, const struct fetch_job *job, struct bytes *s)
{
    const struct walk_source from = {answer, s};
    struct harvest *h;
    struct harvested got;
    struct err err = {.text = ""};
    int rc = harvest_open(&h, f->name, job->site, "x", &rules, &err);

    assert(rc == 0);
    rc = walk_all(f, job, &from, h, &err);
    if (rc == 0)
        rc = harvest_finish(h, &got, &err);
    if (rc == 0)
        check(&got);
    else
        assert(err.text[0] != '\0' && err.kind != ERR_INTERNAL);
    harvest_free(h);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const struct fetch_sku skus[] = {{"compute", "a", "2", "8"}, {"compute", "b", "4", "16"}};
    struct fetch_endpoint endpoints[64];
    const char *regions[REGIONS];
    size_t n = 0;

    if (size == 0)
        return 0;
    while (fetcher_table[n] != NULL)
        n++;
    const struct fetcher *f = fetcher_table[data[0] % n];
    const char *site = f->endpoints != NULL && f->endpoints[0].url != NULL ? f->endpoints[0].site : "";
    struct fetch_job job = {.rules = &rules,
                            .site = site,
                            .regions = regions,
                            .skus = skus,
                            .nskus = 2,
                            .since = DATE_NONE,
                            .file = data[0] < 128 ? "file:///a/list.csv" : "file:///a",
                            .currency = "",
                            .endpoints = endpoints};
    bool is_day = date_parse("2026-11-21", 10, &job.today);
    assert(is_day);
    for (const struct fetch_endpoint *e = f->endpoints; e != NULL && e->url != NULL; e++)
        if (!strcmp(e->site, site) && job.nendpoints < 64)
            endpoints[job.nendpoints++] = *e;
    for (size_t i = 0; i < rules.nregions && job.nregions < REGIONS; i++)
        if (!strcmp(rules.regions[i].site, site))
            regions[job.nregions++] = rules.regions[i].id;
    struct bytes s = {(const char *)data + 1, size - 1, 0, job.today};
    walk(f, &job, &s);
    return 0;
}
