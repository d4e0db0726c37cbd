/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Baidu AI Cloud: price tables in its documentation, without a login. baidu_web.def says which pages, which
 * table of a page and what its rows are; a table with another header is none of ours, and a page without the
 * one it should have is refused, for nobody knows what its numbers are now.
 *
 * The tables have one price for the mainland. Abroad only counts what a table names, and none does.
 */
#include "fetchers/fetcher.h"
#include "fetchers/harvest.h"
#include "fetchers/markup.h"

#include <string.h>

enum way { ITEMS, LADDER };

static const struct source_page {
    const char *product, *id, *service;
    enum way way;
    const char *item, *price;
} pages[] = {
#define PAGE(product, id, service, way, item, price) {product, id, service, way, item, price},
#define ITEM(product, words, sku, unit, cell)
#include "fetchers/baidu_web.def"
#undef PAGE
#undef ITEM
};
enum { PAGES = sizeof pages / sizeof *pages };

static const struct source_item {
    const char *product, *words, *sku;
    enum unit unit;
    const char *cell;
} items[] = {
#define PAGE(product, id, service, way, item, price)
#define ITEM(product, words, sku, unit, cell) {product, words, sku, UNIT_##unit, cell},
#include "fetchers/baidu_web.def"
#undef PAGE
#undef ITEM
};
enum { NITEMS = sizeof items / sizeof *items };

struct baidu_web {
    const struct fetch_job *job;
    const char *currency;
    enum tax_basis basis;
    size_t nabroad; /* regions asked for that are not in the mainland */
    struct arena arena;
    size_t page;
    bool told_source;
};

/* A table being read. */
struct reading {
    const struct baidu_web *web;
    const struct source_page *page;
    struct arena *arena;
    struct harvest *h;
    struct date as_of;
    struct markup_grid g;
    size_t item, price; /* columns */
};

static int begin(void *state, const struct fetch_job *job, struct err *err)
{
    struct baidu_web *s = state;
    const struct site *site = rules_site(job->rules, job->site);

    (void)err;
    s->job = job;
    s->currency = site->list_currency;
    s->basis = !strcmp(site->list_tax_basis, "incl") ? BASIS_INCL : BASIS_EXCL;
    for (size_t i = 0; i < job->nregions; i++)
        s->nabroad += !rules_region(job->rules, job->site, job->regions[i])->mainland;
    return 0;
}

static int next(void *state, struct fetch_request *out, struct err *err)
{
    struct baidu_web *s = state;
    const char *base = fetch_endpoint(s->job, "")->url;

    while (s->page < PAGES && *pages[s->page].id == '\0' && s->job->file == NULL)
        s->page++;
    if (s->page == PAGES)
        return FETCH_DONE;
    const struct source_page *page = &pages[s->page];
    arena_clear(&s->arena);
    *out = (struct fetch_request){
        .name = arena_printf(&s->arena, "%s.html", page->product),
        .endpoint = "",
        .method = "GET",
        .url = *page->id != '\0' ? arena_printf(&s->arena, "%s/doc/%s/s/%s", base, page->product, page->id)
                                 : arena_strdup(&s->arena, s->job->file),
    };
    return out->name != NULL && out->url != NULL ? FETCH_ASK : err_nomem(err);
}

/* ---- words ---- */

/* Blanks come and go from edition to edition: only what is printed counts. */
static bool same_words(const char *a, const char *b)
{
    for (;; a++, b++) {
        a += strspn(a, " ");
        b += strspn(b, " ");
        if (*a != *b || *a == '\0')
            return *a == *b;
    }
}

/* Past the first of the words the text begins with; NULL when it begins with none. */
static const char *past_word(const char *text, const char *const *words)
{
    for (; *words != NULL; words++)
        if (!strncmp(text, *words, strlen(*words)))
            return text + strlen(*words) + strspn(text + strlen(*words), " ");
    return NULL;
}

static size_t column_of(const struct markup_grid *g, const char *header)
{
    size_t i = 0;

    while (i < g->columns && !same_words(g->cells[i], header))
        i++;
    return i;
}

/* ---- prices ---- */

static int deliver(const struct reading *r, struct fetch_price *p, struct err *err)
{
    const struct fetch_job *job = r->web->job;

    p->service = r->page->service;
    p->os = p->offering = "";
    p->charge = CHARGE_ON_DEMAND;
    p->currency = r->web->currency;
    p->basis = r->web->basis;
    p->as_of = r->as_of;
    for (size_t i = 0; i < job->nregions; i++) {
        p->region = job->regions[i];
        if (rules_region(job->rules, job->site, p->region)->mainland && harvest_price(r->h, p, err) != 0)
            return -1;
    }
    return 0;
}

/* 1: a price; 0: passed over and counted. */
static int read_price(const struct reading *r, size_t row, const char *behind, dec_t *out, struct err *err)
{
    const char *cell = r->g.cells[row * r->g.columns + r->price], *rest;
    int found = fetch_amount_in(cell, out, &rest, err);

    if (found < 0)
        return -1;
    if (found == 0)
        return harvest_skip(r->h, "no price in the cell", 1, err);
    if (!same_words(rest, behind))
        return harvest_skip(r->h, "price of an unknown unit", 1, err);
    return dec_sign(*out) > 0 ? 1 : harvest_skip(r->h, "price of 0", 1, err);
}

/* ---- a row for each thing sold ---- */

static const struct source_item *item_of(const char *product, const char *words)
{
    for (size_t i = 0; i < NITEMS; i++)
        if (!strcmp(items[i].product, product) && same_words(items[i].words, words))
            return &items[i];
    return NULL;
}

static int read_item(const struct reading *r, size_t row, const struct source_item *item, struct err *err)
{
    struct fetch_price p = {.sku = item->sku, .unit = item->unit};
    int found = read_price(r, row, item->cell, &p.price, err);

    return found <= 0 ? found : deliver(r, &p, err);
}

/* Every thing that is known must be there: half a page looks like a page. */
static int check_items(const struct reading *r, const bool *seen, struct err *err)
{
    for (size_t i = 0; i < NITEMS; i++)
        if (!strcmp(items[i].product, r->page->product) && !seen[i])
            return err_set(err, ERR_FETCH, "no row '%s'", items[i].words);
    return 0;
}

static int read_items(const struct reading *r, struct err *err)
{
    bool seen[NITEMS] = {false};

    for (size_t row = 1; row < r->g.rows; row++) {
        const char *words = r->g.cells[row * r->g.columns + r->item];
        const struct source_item *item = item_of(r->page->product, words);
        if (item == NULL) {
            if (harvest_skip(r->h, "row that is not known", 1, err) != 0)
                return -1;
            continue;
        }
        if (seen[item - items])
            return err_set(err, ERR_FETCH, "two rows '%s'", item->words);
        seen[item - items] = true;
        if (read_item(r, row, item, err) != 0)
            return -1;
    }
    return check_items(r, seen, err);
}

/* ---- a ladder ---- */

/* The vendor's own example has 10,000 GB in the step up to 10 TB. */
static const struct {
    const char *name;
    int gb;
} sizes[] = {{"GB", 1}, {"TB", 1000}, {"PB", 1000000}};

/* "10TB": in GB; 0 may stand without its unit. NULL when it is none. */
static const char *read_size(const char *text, dec_t *out)
{
    size_t n = strspn(text, "0123456789."), i = 0;
    struct err unused;

    if (n == 0 || fetch_amount(text, n, out, &unused) != 0)
        return NULL;
    text += n + strspn(text + n, " ");
    while (i < sizeof sizes / sizeof *sizes && strncmp(text, sizes[i].name, 2) != 0)
        i++;
    if (i == sizeof sizes / sizeof *sizes)
        return dec_sign(*out) == 0 ? text : NULL;
    *out = dec_muln(*out, sizes[i].gb);
    return dec_bad(*out) ? NULL : text + 2 + strspn(text + 2, " ");
}

/* "10TB-50TB(Inclusive)", "Greater than 1PB". */
static bool read_step(const char *text, struct fetch_price *p)
{
    static const char *const above[] = {"Greater than", "大于", ">", NULL};
    static const char *const to[] = {"-", "~", "～", NULL};
    static const char *const including[] = {"(Inclusive)", "(含)", "（含）", NULL};
    const char *open = past_word(text, above), *at = read_size(open != NULL ? open : text, &p->tier_from);

    p->bounded = open == NULL;
    if (p->bounded && at != NULL && (at = past_word(at, to)) != NULL)
        at = read_size(at, &p->tier_to);
    if (at == NULL)
        return false;
    const char *past = past_word(at, including);
    return *(past != NULL ? past : at) == '\0';
}

static int read_ladder(const struct reading *r, struct err *err)
{
    const struct source_item *item = item_of(r->page->product, "");
    dec_t reached = DEC_ZERO;
    bool open = true; /* so far */

    for (size_t row = 1; row < r->g.rows; row++) {
        struct fetch_price p = {.sku = item->sku, .unit = item->unit, .scope = SCOPE_MONTH};
        const char *words = r->g.cells[row * r->g.columns + r->item];
        if (!read_step(words, &p))
            return err_set(err, ERR_FETCH, "'%s' is no step of a ladder", words);
        if (!open || dec_cmp(p.tier_from, reached) != 0 || (p.bounded && dec_cmp(p.tier_to, reached) <= 0))
            return err_set(err, ERR_FETCH, "'%s' does not begin where the step before it ends", words);
        reached = p.tier_to;
        open = p.bounded;
        int found = read_price(r, row, item->cell, &p.price, err);
        if (found < 0 || (found == 1 && deliver(r, &p, err) != 0))
            return -1;
        if (found == 0)
            return err_set(err, ERR_FETCH, "step '%s' without a price", words);
    }
    return open ? err_set(err, ERR_FETCH, "the ladder has no last step") : 0;
}

/* ---- a page ---- */

/* What stands above the tables that are none of ours, for the message: the first few, their first columns. */
struct seen {
    const char *text;
    size_t n;
};

static int add_seen(struct seen *seen, const struct markup_grid *g, struct arena *a, struct err *err)
{
    enum { TABLES = 4, COLUMNS = 6 };

    if (++seen->n > TABLES)
        return 0;
    for (size_t i = 0; g->rows > 0 && i < g->columns && i < COLUMNS && seen->text != NULL; i++)
        seen->text = arena_printf(a, "%s%s%s", seen->text,
                                  i > 0                 ? " | "
                                  : *seen->text != '\0' ? "; "
                                                        : "",
                                  g->cells[i]);
    return seen->text != NULL ? 0 : err_nomem(err);
}

static int read_table(struct reading *r, struct err *err)
{
    return r->page->way == LADDER ? read_ladder(r, err) : read_items(r, err);
}

static bool is_ours(struct reading *r)
{
    if (r->g.rows == 0)
        return false;
    r->item = column_of(&r->g, r->page->item);
    r->price = column_of(&r->g, r->page->price);
    return r->item < r->g.columns && r->price < r->g.columns;
}

static int read_tables(struct reading *r, const struct markup *root, size_t *nread, struct seen *seen, struct err *err)
{
    for (const struct markup *table = NULL; (table = markup_next(root, table, "table")) != NULL;) {
        if (markup_grid(table, r->arena, &r->g, err) != 0)
            return err_prefix(err, "line %d", table->line);
        if (!is_ours(r)) {
            if (add_seen(seen, &r->g, r->arena, err) != 0 || harvest_skip(r->h, "table that is not read", 1, err) != 0)
                return -1;
            continue;
        }
        if (++*nread > 1)
            return err_set(err, ERR_FETCH, "line %d: a second table with the header of the first", table->line);
        if (read_table(r, err) != 0)
            return err_prefix(err, "line %d", table->line);
    }
    return 0;
}

/* "更新时间:2022-02-28": the day the page says it was changed, unless that is to come; else today. */
static int find_day(struct reading *r, const struct markup *root, struct err *err)
{
    static const char *const words[] = {"更新时间", "Updated at", NULL};
    static const char *const colons[] = {":", "：", NULL};
    const char *text = markup_text(root, r->arena);

    r->as_of = r->web->job->today;
    if (text == NULL)
        return err_nomem(err);
    for (size_t i = 0; words[i] != NULL; i++)
        for (const char *at = text; (at = strstr(at, words[i])) != NULL;) {
            struct date day;
            struct err unused;
            at += strlen(words[i]) + strspn(at + strlen(words[i]), " ");
            const char *past = past_word(at, colons);
            if (past == NULL || fetch_day(past, strlen(past), &day, &unused) != 0)
                continue;
            if (date_cmp(day, r->as_of) <= 0)
                r->as_of = day;
            return 0;
        }
    return 0;
}

static int tell_source(struct baidu_web *s, struct harvest *h, struct err *err)
{
    if (s->told_source)
        return 0;
    s->told_source = true;
    return harvest_source(
        h, "Baidu AI Cloud: price tables of the documentation", "low",
        "One price for all mainland regions. That tax is contained is assumed: no page says so. The "
        "currency stands in the header or is the site's. The month of file storage has 30 days; 1 TB "
        "of CDN traffic is 1,000 GB, as in the page's example. CDN abroad is not in it: a whole day's "
        "peak at the price of its step is no ladder.",
        err);
}

static int read_page(struct reading *r, const struct fetch_answer *in, struct err *err)
{
    const struct markup *root;
    struct seen seen = {.text = ""};
    size_t nread = 0;

    if (markup_read(MARKUP_HTML, in->body, in->len, r->arena, &root, err) != 0 || find_day(r, root, err) != 0 ||
        read_tables(r, root, &nread, &seen, err) != 0)
        return -1;
    if (nread == 0)
        return err_set(err, ERR_FETCH, "no table with '%s' and '%s' above it (seen: %s)", r->page->item, r->page->price,
                       *seen.text != '\0' ? seen.text : "none");
    return harvest_skip(r->h, "region abroad that the table does not name", r->web->nabroad, err);
}

static int parse(void *state, const struct fetch_answer *in, struct harvest *out, struct err *err)
{
    struct baidu_web *s = state;
    const struct source_page *page = &pages[s->page];
    struct reading r = {.web = s, .page = page, .arena = &s->arena, .h = out};

    if (tell_source(s, out, err) != 0)
        return -1;
    if (read_page(&r, in, err) != 0)
        return err->kind == ERR_FETCH
                   ? err_prefix(err, "page %s%s%s", page->product, *page->id != '\0' ? "/" : "", page->id)
                   : -1;
    s->page++;
    return FETCH_READ;
}

static void end(void *state)
{
    struct baidu_web *s = state;

    arena_free(&s->arena);
}

static const struct fetch_endpoint endpoints[] = {
    {"baidu-cn", "", "https://cloud.baidu.com", 20},
    {NULL, NULL, NULL, 0},
};

extern const struct fetcher fetcher_baidu_web;
const struct fetcher fetcher_baidu_web = {
    .name = "baidu-web",
    .about = "Baidu AI Cloud: price tables of its documentation, file storage, CDN, logs",
    .endpoints = endpoints,
    .state_size = sizeof(struct baidu_web),
    .begin = begin,
    .next = next,
    .parse = parse,
    .end = end,
};
