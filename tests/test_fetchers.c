/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What holds for every fetcher of the table, over its recorded answers: what it says of itself, that
 * asking ends, that what it brings is whole, and that damaged answers are refused or read, never more.
 */
#include "tests/support/fetch_case.h"
#include "tests/support/test.h"

#include "calc/csv.h"
#include "calc/file.h"
#include "fetchers/credentials.h"
#include "fetchers/url.h"
#include "fetchers/walk.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- recorded answers ---- */

enum { ANSWERS_MAX = 160, SKUS_MAX = 24, REGIONS_MAX = 64 };

struct recorded {
    const char *name, *match, *file, *type, *body;
    size_t len;
    int status;
};

struct shelf { /* of one fetcher */
    struct arena arena;
    const struct fetcher *fetcher;
    struct recorded v[ANSWERS_MAX];
    size_t n;
};

static void map(const char *path, const char **body, size_t *len)
{
    struct err err = {0};

    if (file_map(path, body, len, &err) != 0)
        fail_msg("%s", err.text);
}

static void keep_body(struct shelf *s, struct recorded *r)
{
    const char *path = arena_printf(&s->arena, "fixtures/%s/%s", s->fetcher->name, r->file), *body;

    map(path, &body, &r->len);
    r->body = arena_strndup(&s->arena, body != NULL ? body : "", r->len);
    file_unmap(body, r->len);
}

static void open_shelf(struct shelf *s, const struct fetcher *f)
{
    static const char *const columns[] = {"name", "method", "path", "match", "status", "type", "file"};
    const char *body;
    struct csv csv;
    struct err err;
    size_t len;
    int at[7], rc;

    *s = (struct shelf){.fetcher = f};
    const char *path = arena_printf(&s->arena, "fixtures/%s/answers.csv", f->name);
    map(path, &body, &len);
    csv_open(&csv, path, body, len, ',');
    rc = csv_header(&csv, columns, 7, 7, at, &err);
    while (rc == 0 && (rc = csv_next(&csv, &err)) == 1) {
        assert_true(s->n < ANSWERS_MAX);
        struct recorded *r = &s->v[s->n++];
        r->name = arena_strdup(&s->arena, csv.cells[at[0]].text);
        r->match = arena_strdup(&s->arena, csv.cells[at[3]].text);
        r->status = (int)strtol(csv.cells[at[4]].text, NULL, 10);
        r->type = arena_strdup(&s->arena, csv.cells[at[5]].text);
        r->file = arena_strdup(&s->arena, csv.cells[at[6]].text);
        keep_body(s, r);
        rc = 0;
    }
    if (rc < 0)
        fail_msg("%s", err.text);
    csv_close(&csv);
    file_unmap(body, len);
}

static bool mentions(const struct shelf *s, const char *word)
{
    for (size_t i = 0; i < s->n; i++)
        if (strstr(s->v[i].name, word) != NULL || strstr(s->v[i].match, word) != NULL)
            return true;
    return false;
}

/* ---- a job that the recorded answers are about ---- */

struct trial {
    struct shelf *shelf;
    struct fetch_job job;
    const char *regions[REGIONS_MAX];
    struct fetch_sku skus[SKUS_MAX];
    struct fetch_endpoint endpoints[64];
    /* Asked so far, in their order; which one is damaged and how. */
    const struct recorded *asked[ANSWERS_MAX];
    size_t nasked;
    const char *damaged; /* name of the question; NULL: none */
    const char *body;
    size_t len;
    bool stop; /* after the damaged one */
    bool ran_out;
};

static void choose_regions(struct trial *t, const char *site)
{
    const struct rules *rules = fetch_case_rules();

    t->job.regions = t->regions;
    for (int all = 0; all <= 1 && t->job.nregions == 0; all++)
        for (size_t i = 0; i < rules->nregions && t->job.nregions < REGIONS_MAX; i++)
            if (!strcmp(rules->regions[i].site, site) && (all || mentions(t->shelf, rules->regions[i].id)))
                t->regions[t->job.nregions++] = rules->regions[i].id;
}

/* Machines of the bundled pack that the answers speak of. */
static void choose_skus(struct trial *t)
{
    const char *body;
    struct csv csv;
    struct err err;
    size_t len;

    map("fixtures/packs/bundled/shapes.csv", &body, &len);
    csv_open(&csv, "shapes.csv", body, len, ',');
    while (csv_next(&csv, &err) == 1 && t->job.nskus < SKUS_MAX)
        if (csv.ncells > 7 && mentions(t->shelf, csv.cells[1].text))
            t->skus[t->job.nskus++] = (struct fetch_sku){
                arena_strdup(&t->shelf->arena, csv.cells[2].text), arena_strdup(&t->shelf->arena, csv.cells[1].text),
                arena_strdup(&t->shelf->arena, csv.cells[6].text), arena_strdup(&t->shelf->arena, csv.cells[7].text)};
    csv_close(&csv);
    file_unmap(body, len);
    t->job.skus = t->skus;
}

/* `region`: the one to ask about; NULL: all that the answers mention. */
static void open_trial(struct trial *t, struct shelf *s, const char *site, const char *region)
{
    const struct fetch_endpoint *e = s->fetcher->endpoints;

    *t = (struct trial){.shelf = s};
    t->job = (struct fetch_job){.rules = fetch_case_rules(),
                                .site = site,
                                .today = {0},
                                .since = DATE_NONE,
                                .file = "https://prices.example.com/list",
                                .currency = "",
                                .endpoints = t->endpoints};
    assert_true(date_parse("2026-11-21", 10, &t->job.today));
    for (; e != NULL && e->url != NULL; e++)
        if (!strcmp(e->site, site))
            t->endpoints[t->job.nendpoints++] = *e;
    choose_regions(t, site);
    for (size_t i = 0; region != NULL && i < t->job.nregions; i++)
        if (!strcmp(t->regions[i], region)) {
            t->regions[0] = region;
            t->job.nregions = 1;
        }
    if (s->fetcher->asks_by_sku)
        choose_skus(t);
}

static const struct recorded *answer_to(const struct trial *t, const char *name)
{
    for (size_t i = 0; i < t->shelf->n; i++)
        if (!strcmp(t->shelf->v[i].name, name))
            return &t->shelf->v[i];
    return NULL;
}

static int answer(void *ctx, const struct fetch_request *q, struct fetch_answer *out, struct err *err)
{
    struct trial *t = ctx;
    const struct recorded *r = answer_to(t, q->name);
    struct url u;

    bool usable = url_split(q->url, &u) && u.is_https;
    assert_true(usable || t->damaged != NULL); /* an answer may name the next address */
    if (!usable)
        return err_set(err, ERR_FETCH, "'%s' is not asked", q->name);
    assert_true(!strcmp(q->method, "GET") || !strcmp(q->method, "POST"));
    assert_true(!q->is_signed || t->shelf->fetcher->sign != NULL);
    t->ran_out = r == NULL || (r->status >= 400 && !q->take_errors) || t->stop;
    if (t->ran_out)
        return err_set(err, ERR_FETCH, "no answer to '%s'", q->name);
    if (t->nasked < ANSWERS_MAX)
        t->asked[t->nasked++] = r;
    bool damaged = t->damaged != NULL && !strcmp(t->damaged, q->name);
    t->stop = damaged;
    out->status = r->status;
    out->type = r->type;
    out->received = t->job.today;
    out->body = damaged ? t->body : r->body;
    out->len = damaged ? t->len : r->len;
    return 0;
}

/* 0, also when the answers ran out; -1 with the error of the fetcher. */
static int walk(struct trial *t, struct harvest **h, struct err *err)
{
    const struct walk_source from = {answer, t};
    struct err ignored;

    t->nasked = 0;
    t->stop = t->ran_out = false;
    *err = (struct err){.text = ""};
    assert_int_equal(harvest_open(h, t->shelf->fetcher->name, t->job.site, "x", t->job.rules, &ignored), 0);
    int rc = walk_all(t->shelf->fetcher, &t->job, &from, *h, err);
    return rc == 0 || t->ran_out ? 0 : -1;
}

/* ---- what it says of itself ---- */

static void check_words(const struct fetcher *f)
{
    static const char plain[] = "abcdefghijklmnopqrstuvwxyz0123456789-";

    assert_true(*f->name != '\0' && strspn(f->name, plain) == strlen(f->name));
    assert_true(*f->about != '\0' && strchr(f->about, '\n') == NULL && f->about[strlen(f->about) - 1] != '.');
    assert_non_null(f->begin);
    assert_non_null(f->next);
    assert_non_null(f->parse);
    assert_true((f->key != NULL) == (f->sign != NULL));
    assert_true(f->key == NULL || (*f->key != '\0' && strspn(f->key, plain) == strlen(f->key)));
    assert_ptr_equal(fetcher_find(f->name), f);
}

static void check_endpoints(const struct fetcher *f)
{
    struct url u;

    for (const struct fetch_endpoint *e = f->endpoints; e != NULL && e->url != NULL; e++) {
        if (!url_split(e->url, &u) || !u.is_https || *u.rest != '\0')
            fail_msg("%s: '%s' is no https address without a path", f->name, e->url);
        if (f->rates == NULL && rules_site(fetch_case_rules(), e->site) == NULL)
            fail_msg("%s: unknown site '%s'", f->name, e->site);
        assert_true(f->rates == NULL || *e->site == '\0');
        assert_true(e->per_minute > 0 && e->per_minute <= 6000);
        for (const struct fetch_endpoint *o = f->endpoints; o != e; o++)
            if (!strcmp(o->site, e->site) && !strcmp(o->name, e->name))
                fail_msg("%s: %s has two endpoints named '%s'", f->name, e->site, e->name);
        assert_true(*e->site == '\0' || fetcher_reads(f, e->site));
    }
    assert_false(fetcher_reads(f, "no-such-site"));
}

static void every_fetcher_is_described(void **state)
{
    (void)state;
    for (const struct fetcher *const *f = fetcher_table; *f != NULL; f++) {
        check_words(*f);
        check_endpoints(*f);
        for (const struct fetcher *const *o = fetcher_table; o != f; o++)
            assert_string_not_equal((*o)->name, (*f)->name);
    }
    assert_null(fetcher_find("no-such-source"));
}

/* Every key can be given by variables with names of their own. */
static void every_key_has_a_name_in_the_environment(void **state)
{
    (void)state;
    for (const struct fetcher *const *f = fetcher_table; *f != NULL; f++)
        assert_true((*f)->key == NULL || strlen((*f)->key) < 32);
}

/* ---- what it brings ---- */

static void check_row(const struct pack_price *p, const struct trial *t)
{
    assert_true(*p->sku != '\0' && *p->region != '\0' && *p->service != '\0');
    assert_true(p->unit < UNIT_COUNT && p->charge < CHARGE_BEST);
    assert_int_equal(strlen(p->currency), 3);
    assert_true(p->basis == BASIS_INCL || p->basis == BASIS_EXCL);
    assert_false(dec_bad(p->price));
    assert_true(dec_sign(p->price) > 0 || !p->open || p->charge == CHARGE_RESERVED || p->charge == CHARGE_SAVINGS_PLAN);
    assert_true(date_is(p->as_of) && date_cmp(p->as_of, t->job.today) <= 0);
    assert_true(*t->job.site == '\0' || !strcmp(p->site, t->job.site));
}

/* What was harvested, read back as any pack is. -1: it is refused. */
static int read_back(const struct harvested *got, const struct trial *t, struct pack *pack, struct err *err)
{
    struct pack_body in[PACK_TABLES];
    bool lent[PACK_TABLES];
    char path[128];

    for (int i = 0; i < PACK_TABLES; i++) {
        in[i] = got->tables[i];
        lent[i] = in[i].len == 0 && i != PACK_SITES;
        snprintf(path, sizeof path, "fixtures/packs/bundled/%s", pack_files[i]);
        if (lent[i])
            map(path, &in[i].body, &in[i].len);
    }
    int rc = pack_read(pack, in, t->job.rules, err);
    for (int i = 0; i < PACK_TABLES; i++)
        if (lent[i])
            file_unmap(in[i].body, in[i].len);
    return rc;
}

/* Prices and rates of a walk that went well; 0 for one that was refused (recorded answers of one site are no
 * answers at another). */
static size_t bring(struct trial *t)
{
    struct harvest *h;
    struct harvested got = {.nprices = 0};
    struct pack pack = {.prices = NULL};
    struct err err;
    int rc = walk(t, &h, &err);

    assert_true(rc == 0 || err.kind == ERR_FETCH);
    if (rc == 0 && harvest_finish(h, &got, &err) != 0)
        fail_msg("%s at %s: %s", t->shelf->fetcher->name, t->job.site, err.text);
    size_t n = got.nprices + got.nrates;
    if (got.nprices > 0) {
        if (read_back(&got, t, &pack, &err) != 0)
            fail_msg("%s at %s: %s", t->shelf->fetcher->name, t->job.site, err.text);
        for (size_t i = 0; i < pack.nprices; i++)
            check_row(&pack.prices[i], t);
        assert_int_equal(pack.nprices, got.nprices);
        pack_free(&pack);
    }
    assert_true((t->shelf->fetcher->rates != NULL) == (got.nrates > 0) || n == 0);
    harvest_free(h);
    return n;
}

/* The next site of a fetcher; once "" for one without sites. NULL after the last. */
static const char *next_site(const struct fetcher *f, const char *last)
{
    const struct fetch_endpoint *e = f->endpoints;
    bool past = last == NULL;

    if (e == NULL || e->url == NULL)
        return past ? "" : NULL;
    for (; e->url != NULL; e++) {
        if (past && (last == NULL || strcmp(e->site, last) != 0))
            return e->site;
        past |= !strcmp(e->site, last != NULL ? last : "");
    }
    return NULL;
}

/* The site and region whose recorded answers bring most. */
struct place {
    const char *site, *region;
    size_t n;
};

static void try_place(struct shelf *s, const char *site, const char *region, struct place *best)
{
    struct trial t;

    open_trial(&t, s, site, region);
    size_t n = bring(&t);
    if (best->site == NULL || n > best->n)
        *best = (struct place){site, region, n};
}

static struct place best_place(struct shelf *s)
{
    struct place best = {.site = NULL};
    struct trial t;

    for (const char *site = next_site(s->fetcher, NULL); site != NULL; site = next_site(s->fetcher, site)) {
        try_place(s, site, NULL, &best);
        open_trial(&t, s, site, NULL);
        for (size_t i = 0; i < t.job.nregions && i < 8; i++)
            try_place(s, site, t.regions[i], &best);
    }
    return best;
}

static void recorded_answers_bring_whole_prices(void **state)
{
    (void)state;
    for (const struct fetcher *const *f = fetcher_table; *f != NULL; f++) {
        struct shelf s;
        open_shelf(&s, *f);
        assert_true(s.n > 0);
        if (best_place(&s).n == 0)
            fail_msg("%s: its recorded answers bring nothing", (*f)->name);
        arena_free(&s.arena);
    }
}

/* ---- damage ---- */

static void take_damaged(struct trial *t)
{
    struct harvest *h;
    struct harvested got;
    struct pack pack = {.prices = NULL};
    struct err err;
    int rc = walk(t, &h, &err);

    if (rc == 0)
        rc = harvest_finish(h, &got, &err);
    if (rc == 0 && got.nprices > 0) {
        rc = read_back(&got, t, &pack, &err);
        pack_free(&pack);
    }
    size_t n = strlen(err.text);
    if (rc != 0 && (n < 3 || err.text[n - 1] == ' ' || strchr(err.text, '\n') != NULL || err.kind == ERR_INTERNAL))
        fail_msg("%s, %s: error of kind %d: '%s'", t->shelf->fetcher->name, t->damaged, err.kind, err.text);
    harvest_free(h);
}

/* In memory of its own size, so that a read past the end is seen. */
static void damage(struct trial *t, const struct recorded *r, size_t len, size_t flip)
{
    char *copy = malloc(len > 0 ? len : 1);

    assert_non_null(copy);
    memcpy(copy, r->body, len);
    if (flip < len)
        copy[flip] ^= (char)(1 << flip % 8);
    t->damaged = r->name;
    t->body = copy;
    t->len = len;
    take_damaged(t);
    free(copy);
}

static uint32_t chance(uint32_t *seed)
{
    *seed = *seed * 1664525u + 1013904223u;
    return *seed >> 8;
}

static void damage_one(struct trial *t, const struct recorded *r, uint32_t *seed)
{
    enum { CUTS = 16, FLIPS = 24 };

    for (size_t i = 0; i < CUTS; i++)
        damage(t, r, i < 2 ? i * (r->len > 0) : chance(seed) % (r->len + 1), SIZE_MAX);
    for (size_t i = 0; i < FLIPS && r->len > 0; i++)
        damage(t, r, r->len, chance(seed) % r->len);
}

/* The first questions, one for each file. */
static size_t to_damage(const struct trial *t, const struct recorded *out[], size_t most)
{
    size_t n = 0;

    for (size_t i = 0; i < t->nasked && n < most; i++) {
        size_t k = 0;
        while (k < n && strcmp(out[k]->file, t->asked[i]->file) != 0)
            k++;
        if (k == n && t->asked[i]->len > 0)
            out[n++] = t->asked[i];
    }
    return n;
}

static void damaged_answers_are_refused_or_read(void **state)
{
    enum { FILES = 12 };
    uint32_t seed = 20261121;

    (void)state;
    for (const struct fetcher *const *f = fetcher_table; *f != NULL; f++) {
        const struct recorded *victims[FILES];
        struct shelf s;
        struct trial t;
        open_shelf(&s, *f);
        struct place best = best_place(&s);
        open_trial(&t, &s, best.site, best.region);
        (void)bring(&t);
        size_t n = to_damage(&t, victims, FILES);
        assert_true(n > 0);
        for (size_t i = 0; i < n; i++)
            damage_one(&t, victims[i], &seed);
        arena_free(&s.arena);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_fetcher_is_described),
        cmocka_unit_test(every_key_has_a_name_in_the_environment),
        cmocka_unit_test(recorded_answers_bring_whole_prices),
        cmocka_unit_test(damaged_answers_are_refused_or_read),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
