/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Azure China: the pages of azure.cn. A page holds the tables of all regions; a list of its own,
 * soft-category.json, says for each software and region which of them are hidden. Where the site keeps that
 * list is not documented: it is asked for beside the scripts of the pages, or where the source's `file`
 * says. Without it no table belongs to any region for certain.
 *
 * Pay-as-you-go prices contain tax and commitments (CPP) do not, in one row: a note above each table says
 * so, and what no note speaks of is not read.
 */
#include "calc/intern.h"
#include "fetchers/azure_size.h"
#include "fetchers/fetcher.h"
#include "fetchers/harvest.h"
#include "fetchers/json_read.h"
#include "fetchers/markup.h"

#include <stdio.h>
#include <string.h>

enum { REGIONS_MAX = 16 };

struct page;
typedef int table_reader(struct page *p, const struct markup_grid *g, struct err *err);
static table_reader read_machines, read_disks;

static const struct source_page {
    const char *name, *path;
    struct tab {
        const char *label, *os; /* os "" for disks */
    } tabs[2];
    table_reader *read;
} pages[] = {
    {"virtual-machine-scale-sets.html",
     "/pricing/details/virtual-machine-scale-sets/",
     {{"Windows", "windows"}, {"Linux", "linux"}},
     read_machines},
    {"managed-disks.html",
     "/pricing/details/storage/managed-disks/",
     {{"Managed Disks", ""}, {NULL, NULL}},
     read_disks},
};
enum { PAGES = sizeof pages / sizeof *pages };

struct azure_web {
    const struct fetch_job *job;
    struct arena arena;      /* of the question under way */
    struct arena list_arena; /* of the deny list */
    struct intern denied;    /* "Windows|chinaeast2|vm-table1-1" */
    bool has_list;
    size_t page;
};

/* A page being read. */
struct page {
    struct azure_web *web;
    struct arena *arena;
    struct harvest *h;
    const struct tab *tab;
    const struct markup *panel;
    const char *regions[REGIONS_MAX]; /* shown by the page and asked for */
    size_t nregions;
    bool shown[REGIONS_MAX]; /* the table at hand is */
    const char *note, *heading;
    struct date as_of;
    size_t prices;
};

static int begin(void *state, const struct fetch_job *job, struct err *err)
{
    struct azure_web *s = state;

    (void)err;
    s->job = job;
    s->denied.arena = &s->list_arena;
    return 0;
}

static int next(void *state, struct fetch_request *out, struct err *err)
{
    struct azure_web *s = state;
    const char *base = fetch_endpoint(s->job, "")->url;

    if (s->page == PAGES)
        return FETCH_DONE;
    arena_clear(&s->arena);
    *out = (struct fetch_request){.endpoint = "", .method = "GET"};
    if (s->has_list) {
        out->name = pages[s->page].name;
        out->url = arena_printf(&s->arena, "%s%s", base, pages[s->page].path);
    } else {
        out->name = "soft-category.json";
        out->url = s->job->file != NULL ? arena_strdup(&s->arena, s->job->file)
                                        : arena_printf(&s->arena, "%s/Static/Scripts/soft-category.json", base);
        out->take_errors = true;
    }
    return out->url != NULL ? FETCH_ASK : err_nomem(err);
}

/* ---- the deny list ---- */

/* "east-china2" -> "chinaeast2"; NULL when it is no such name, or there is no memory. */
static const char *region_id(const char *text, struct arena *a)
{
    const char *china = strstr(text, "-china");

    if (china == NULL || china == text)
        return NULL;
    return arena_printf(a, "china%.*s%s", (int)(china - text), text, china + 6);
}

static int *denied_at(struct azure_web *s, const char *label, const char *region, const char *id)
{
    const char *key = arena_printf(&s->arena, "%s|%s|%s", label, region, id);

    return key != NULL ? intern_number(&s->denied, key, strlen(key)) : NULL;
}

static int deny(struct azure_web *s, const struct json *entry, struct err *err)
{
    const struct json *ids;
    const char *region = region_id(json_string(json_get(entry, "region")), &s->arena);

    if (json_need(entry, "tableIDs", &ids, err) != 0)
        return -1;
    for (size_t i = 0; region != NULL && i < json_count(ids); i++) {
        const char *id = json_string(json_item(ids, i));
        int *denied = denied_at(s, json_string(json_get(entry, "os")), region, id + (*id == '#'));
        if (denied == NULL)
            return err_nomem(err);
        *denied = 1;
    }
    return 0;
}

static int read_list(struct azure_web *s, const struct json *doc, struct err *err)
{
    if (json_kind(doc) != JSON_LIST || json_count(doc) == 0)
        return err_set(err, ERR_FETCH, "no list");
    for (size_t i = 0; i < json_count(doc); i++)
        if (deny(s, json_item(doc, i), err) != 0)
            return -1;
    return 0;
}

static int no_list(const char *why, struct err *err)
{
    return err_set(err, ERR_FETCH,
                   "without the list of hidden tables no price belongs to a region for certain (%s; its address can be "
                   "set as `file`)",
                   why);
}

static int parse_list(struct azure_web *s, const struct fetch_answer *in, struct err *err)
{
    char why[256];
    struct json *doc;

    if (in->status >= 400) {
        snprintf(why, sizeof why, "status %d", in->status);
        return no_list(why, err);
    }
    int rc = json_read(in->body, in->len, &doc, NULL, err);
    if (rc == 0) {
        rc = read_list(s, doc, err);
        json_free(doc);
    }
    s->has_list = true;
    if (rc == 0 || err->kind != ERR_FETCH)
        return rc;
    snprintf(why, sizeof why, "%.200s", err->text);
    return no_list(why, err);
}

/* ---- finding one's way in a page ---- */

static bool has_class(const struct markup *v, const char *word)
{
    const char *at = v->name != NULL ? markup_attribute(v, "class") : NULL;
    size_t n = strlen(word);

    for (; at != NULL && (at = strstr(at, word)) != NULL; at += n)
        if (at[n] == '\0' || at[n] == ' ')
            return true;
    return false;
}

static const struct markup *by_class(const struct markup *top, const char *word)
{
    const struct markup *v = NULL;

    while ((v = markup_next(top, v, NULL)) != NULL && !has_class(v, word))
        ;
    return v;
}

static const struct markup *by_id(const struct markup *top, const char *id)
{
    const struct markup *v = NULL;

    while ((v = markup_next(top, v, NULL)) != NULL) {
        const char *own = markup_attribute(v, "id");
        if (own != NULL && !strcmp(own, id))
            return v;
    }
    return NULL;
}

static bool is_heading(const struct markup *v)
{
    return v->name != NULL && v->name[0] == 'h' && v->name[1] >= '2' && v->name[1] <= '5' && v->name[2] == '\0';
}

static bool is_note(const struct markup *v)
{
    return has_class(v, "tags-date");
}

/* What stands before the table, beside it or beside what it is in: the nearest first. Only texts with `word`
 * count. "" when there is none; NULL: no memory. */
static const char *text_before(const struct page *p, const struct markup *table, bool (*wanted)(const struct markup *),
                               const char *word)
{
    for (const struct markup *in = table; in != p->panel && in->parent != NULL; in = in->parent) {
        const char *found = "";
        for (const struct markup *v = in->parent->first; v != in; v = v->next) {
            const char *text = wanted(v) ? markup_text(v, p->arena) : "";
            if (text == NULL)
                return NULL;
            if (*text != '\0' && strstr(text, word) != NULL)
                found = text;
        }
        if (*found != '\0')
            return found;
    }
    return "";
}

/* Parts of a page that its own scripts show and hide by region. */
static bool is_scripted(const struct page *p, const struct markup *table)
{
    static const char *const words[] = {"isn3", "notn3", "ise3", "note3", "zone1"};

    for (const struct markup *v = table; v != p->panel && v != NULL; v = v->parent)
        for (size_t i = 0; i < sizeof words / sizeof *words; i++)
            if (has_class(v, words[i]))
                return true;
    return false;
}

/* ---- prices ---- */

/* What a note says of the prices below it. */
struct note {
    bool has_basis, has_cpp;
    enum tax_basis basis;
};

static struct note read_note(const char *text)
{
    static const struct {
        const char *words;
        enum tax_basis basis;
    } all[] = {{"均为是含税价格", BASIS_INCL}, {"均为含税价格", BASIS_INCL}, {"均为不含税价格", BASIS_EXCL}};
    struct note out = {.has_cpp = strstr(text, "CPP") != NULL && strstr(text, "不含税价格") != NULL};

    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        if (strstr(text, all[i].words) != NULL) {
            out.has_basis = true;
            out.basis = all[i].basis;
        }
    return out;
}

static bool asked_for(const struct page *p, const char *region)
{
    const struct fetch_job *job = p->web->job;

    for (size_t i = 0; i < job->nregions; i++)
        if (!strcmp(job->regions[i], region))
            return true;
    return false;
}

static int deliver(struct page *p, struct fetch_price *like, struct err *err)
{
    like->currency = rules_site(p->web->job->rules, p->web->job->site)->list_currency;
    like->as_of = p->as_of;
    for (size_t i = 0; i < p->nregions; i++) {
        if (!p->shown[i])
            continue;
        like->region = p->regions[i];
        if (harvest_price(p->h, like, err) != 0)
            return -1;
        p->prices++;
    }
    return 0;
}

/* "￥ 0.31 / 小时 (约 ...)": an amount and, behind a slash, what it is per; a unit "" stands for none. 1: read. */
static int read_cell(const char *cell, const char *unit, dec_t *out, struct harvest *h, struct err *err)
{
    const char *rest;
    int found = fetch_amount_in(cell, out, &rest, err);

    if (found < 0)
        return -1;
    if (found == 0)
        return harvest_skip(h, "not offered", 1, err);
    while (*rest == ' ' || *rest == '/')
        rest++;
    if (strncmp(rest, unit, strlen(unit)) != 0 || (*unit == '\0' && *rest != '\0'))
        return harvest_skip(h, "price of an unknown unit", 1, err);
    if (dec_sign(*out) == 0)
        return harvest_skip(h, "price of 0", 1, err);
    return 1;
}

/* ---- machines ---- */

enum column { COLUMN_NONE, SIZE, CORES, MEMORY, PAYG, CPP_YEAR, CPP_THREE };

/* By the text of the header: columns come and go from table to table. */
static enum column column_of(const char *text)
{
    bool cpp = strstr(text, "CPP") != NULL;

    if (cpp)
        return strstr(text, "1 年") != NULL || strstr(text, "1年") != NULL   ? CPP_YEAR
               : strstr(text, "3 年") != NULL || strstr(text, "3年") != NULL ? CPP_THREE
                                                                             : COLUMN_NONE;
    if (!strcmp(text, "实例"))
        return SIZE;
    if (strstr(text, "内核") != NULL || strstr(text, "vCPU") != NULL)
        return CORES;
    if (!strcmp(text, "RAM") || !strcmp(text, "内存"))
        return MEMORY;
    return !strcmp(text, "标准预付费价格") ? PAYG : COLUMN_NONE;
}

static const char *cell_of(const struct markup_grid *g, size_t row, enum column column)
{
    for (size_t i = 0; i < g->columns; i++)
        if (column_of(g->cells[i]) == column)
            return g->cells[row * g->columns + i];
    return NULL;
}

static int take_payg(struct page *p, const char *sku, const char *cell, struct err *err)
{
    struct note note = read_note(p->note);
    struct fetch_price price = {.service = "compute",
                                .sku = sku,
                                .os = p->tab->os,
                                .charge = CHARGE_ON_DEMAND,
                                .offering = "",
                                .unit = UNIT_HOUR,
                                .basis = note.basis};

    if (!note.has_basis)
        return harvest_skip(p->h, "price without a word on tax", 1, err);
    int found = read_cell(cell, "小时", &price.price, p->h, err);
    return found <= 0 ? found : deliver(p, &price, err);
}

/* A year or three bought in advance, printed as a month without tax. */
static int take_cpp(struct page *p, const char *sku, const char *cell, int months, struct err *err)
{
    struct fetch_price price = {.service = "compute",
                                .sku = sku,
                                .os = p->tab->os,
                                .charge = CHARGE_RESERVED,
                                .offering = "",
                                .term_months = months,
                                .unit = UNIT_MONTH,
                                .basis = BASIS_EXCL};

    if (!read_note(p->note).has_cpp)
        return harvest_skip(p->h, "price without a word on tax", 1, err);
    int found = read_cell(cell, "月", &price.price, p->h, err);
    return found <= 0 ? found : deliver(p, &price, err);
}

static int take_shape(struct page *p, const char *sku, const char *cores, const char *memory, struct err *err)
{
    struct pack_shape shape;
    const char *gib = memory != NULL ? strstr(memory, " GiB") : NULL;

    if (cores == NULL || gib == NULL || gib[4] != '\0')
        return 0;
    const char *size = arena_strndup(p->arena, memory, (size_t)(gib - memory));
    if (size == NULL)
        return err_nomem(err);
    return azure_size_shape(sku, cores, size, p->arena, &shape) ? harvest_shape(p->h, &shape, err) : 0;
}

static int read_machine(struct page *p, const struct markup_grid *g, size_t row, struct err *err)
{
    bool basic = strstr(p->heading, "基本") != NULL, constrained;
    const char *payg = cell_of(g, row, PAYG), *sku;
    const char *year = cell_of(g, row, CPP_YEAR), *three = cell_of(g, row, CPP_THREE);
    size_t before = p->prices;

    if (azure_size_sku(cell_of(g, row, SIZE), basic, p->arena, &sku, &constrained) != 0)
        return err_nomem(err);
    if (sku == NULL)
        return harvest_skip(p->h, constrained ? "size with fewer vCPU than its machine" : "name that is no size", 1,
                            err);
    if (take_payg(p, sku, payg, err) != 0 || (year != NULL && take_cpp(p, sku, year, 12, err) != 0) ||
        (three != NULL && take_cpp(p, sku, three, 36, err) != 0))
        return -1;
    return p->prices > before ? take_shape(p, sku, cell_of(g, row, CORES), cell_of(g, row, MEMORY), err) : 0;
}

static int read_machines(struct page *p, const struct markup_grid *g, struct err *err)
{
    if (g->rows < 2 || cell_of(g, 0, SIZE) == NULL || cell_of(g, 0, PAYG) == NULL)
        return harvest_skip(p->h, "table that is not read", 1, err);
    for (size_t row = 1; row < g->rows; row++)
        if (read_machine(p, g, row, err) != 0)
            return -1;
    return 0;
}

/* ---- disks ---- */

static size_t column_named(const struct markup_grid *g, const char *text)
{
    for (size_t i = 0; i < g->columns; i++)
        if (!strcmp(g->cells[i], text))
            return i;
    return g->columns;
}

/* "P10": a letter and a number. */
static bool is_disk(const char *text)
{
    size_t n = *text != '\0' && strchr("PES", *text) != NULL ? strspn(text + 1, "0123456789") : 0;

    return n > 0 && text[1 + n] == '\0';
}

static int read_disk(struct page *p, const char *name, const char *cell, struct err *err)
{
    bool zrs = strstr(p->heading, "ZRS") != NULL, lrs = strstr(p->heading, "LRS") != NULL;
    struct note note = read_note(p->note);
    struct fetch_price price = {.service = "block-storage",
                                .os = "",
                                .charge = CHARGE_ON_DEMAND,
                                .offering = "",
                                .unit = UNIT_DISK_MONTH,
                                .basis = note.basis};

    /* Of the standard HDD there is only one kind. */
    if (zrs == lrs && (zrs || *name != 'S'))
        return harvest_skip(p->h, "disk of unknown redundancy", 1, err);
    if (!note.has_basis)
        return harvest_skip(p->h, "price without a word on tax", 1, err);
    price.sku = arena_printf(p->arena, "%s%s", name, zrs ? " ZRS" : "");
    if (price.sku == NULL)
        return err_nomem(err);
    int found = read_cell(cell, "", &price.price, p->h, err);
    return found <= 0 ? found : deliver(p, &price, err);
}

static int read_disks(struct page *p, const struct markup_grid *g, struct err *err)
{
    size_t price = column_named(g, "每月价格");

    if (g->rows < 2 || price == g->columns || !is_disk(g->cells[g->columns]))
        return harvest_skip(p->h, "table that is not read", 1, err);
    for (size_t row = 1; row < g->rows; row++) {
        const char *const *cells = &g->cells[row * g->columns];
        int rc = is_disk(cells[0]) ? read_disk(p, cells[0], cells[price], err)
                                   : harvest_skip(p->h, "name that is no disk", 1, err);
        if (rc != 0)
            return -1;
    }
    return 0;
}

/* ---- a page ---- */

/* Is the table shown in any region asked for? Fills p->shown. */
static int find_shown(struct page *p, const struct markup *table, bool *any, struct err *err)
{
    const char *id = markup_attribute(table, "id");

    *any = false;
    for (size_t i = 0; i < p->nregions; i++) {
        int *denied = denied_at(p->web, p->tab->label, p->regions[i], id != NULL ? id : "");
        if (denied == NULL)
            return err_nomem(err);
        p->shown[i] = !*denied;
        *any |= p->shown[i];
    }
    return 0;
}

static int read_table(struct page *p, const struct markup *table, table_reader *read, struct err *err)
{
    struct markup_grid g;
    bool any;

    if (is_scripted(p, table))
        return harvest_skip(p->h, "table that a script of the page shows and hides", 1, err);
    if (find_shown(p, table, &any, err) != 0)
        return -1;
    if (!any)
        return harvest_skip(p->h, "table that is shown in no region asked for", 1, err);
    p->note = text_before(p, table, is_note, "含税");
    p->heading = text_before(p, table, is_heading, "");
    if (p->note == NULL || p->heading == NULL)
        return err_nomem(err);
    return markup_grid(table, p->arena, &g, err) != 0 ? -1 : read(p, &g, err);
}

static int read_panel(struct page *p, table_reader *read, struct err *err)
{
    for (const struct markup *table = NULL; (table = markup_next(p->panel, table, "table")) != NULL;)
        if (read_table(p, table, read, err) != 0)
            return err_prefix(err, "line %d", table->line);
    return 0;
}

static int find_regions(struct page *p, const struct markup *root, struct err *err)
{
    const struct markup *box = by_id(root, "region-box");

    if (box == NULL)
        return err_set(err, ERR_FETCH, "no choice of regions in the page");
    for (const struct markup *v = NULL; (v = markup_next(box, v, "option")) != NULL;) {
        const char *value = markup_attribute(v, "value");
        const char *region = value != NULL ? region_id(value, p->arena) : NULL;
        char reason[96];
        if (region != NULL && asked_for(p, region) && p->nregions < REGIONS_MAX) {
            p->regions[p->nregions++] = region;
            continue;
        }
        const struct fetch_job *job = p->web->job;
        if (region != NULL && rules_region(job->rules, job->site, region) != NULL)
            continue;
        snprintf(reason, sizeof reason, "unknown region %.60s", value != NULL ? value : "");
        if (harvest_skip(p->h, reason, 1, err) != 0)
            return -1;
    }
    return 0;
}

/* "更新时间：2026年8月10日" */
static bool read_updated(const char *text, struct date *out)
{
    static const char *const signs[] = {"年", "月", "日"};
    int n[3] = {0};
    char iso[32];

    text += strcspn(text, "0123456789");
    for (int i = 0; i < 3; i++) {
        for (; *text >= '0' && *text <= '9' && n[i] < 10000; text++)
            n[i] = n[i] * 10 + (*text - '0');
        if (strncmp(text, signs[i], strlen(signs[i])) != 0)
            return false;
        text += strlen(signs[i]);
    }
    snprintf(iso, sizeof iso, "%04d-%02d-%02d", n[0], n[1], n[2]);
    return date_parse(iso, strlen(iso), out);
}

/* The day the page says it was changed, unless that is to come; else today. */
static int find_day(struct page *p, const struct markup *root, struct err *err)
{
    const struct markup *v = by_class(root, "updatetime");
    const char *text = v != NULL ? markup_text(v, p->arena) : "";

    if (text == NULL)
        return err_nomem(err);
    if (!read_updated(text, &p->as_of) || date_cmp(p->as_of, p->web->job->today) > 0)
        p->as_of = p->web->job->today;
    return 0;
}

static const struct tab *known_tab(const struct source_page *page, const char *label)
{
    for (size_t i = 0; i < sizeof page->tabs / sizeof *page->tabs; i++)
        if (page->tabs[i].label != NULL && !strcmp(page->tabs[i].label, label))
            return &page->tabs[i];
    return NULL;
}

static int read_tabs(struct page *p, const struct markup *root, const struct source_page *page, struct err *err)
{
    const struct markup *tabs = by_class(root, "software-kind-container");

    for (const struct markup *a = NULL; tabs != NULL && (a = markup_next(tabs, a, "a")) != NULL;) {
        const char *to = markup_attribute(a, "data-href"), *label = markup_text(a, p->arena);
        if (label == NULL)
            return err_nomem(err);
        p->tab = known_tab(page, label);
        if (p->tab == NULL && harvest_skip(p->h, "tab of other software", 1, err) != 0)
            return -1;
        p->panel = p->tab != NULL && to != NULL && *to == '#' ? by_id(root, to + 1) : NULL;
        if (p->panel != NULL && read_panel(p, page->read, err) != 0)
            return -1;
    }
    return 0;
}

static int parse_page(struct azure_web *s, const struct fetch_answer *in, struct harvest *h, struct err *err)
{
    struct page p = {.web = s, .arena = &s->arena, .h = h};
    const struct markup *root;

    if (markup_read(MARKUP_HTML, in->body, in->len, p.arena, &root, err) != 0 || find_day(&p, root, err) != 0 ||
        find_regions(&p, root, err) != 0 || read_tabs(&p, root, &pages[s->page], err) != 0)
        return -1;
    if (p.prices == 0 && p.nregions > 0)
        return err_set(err, ERR_FETCH, "no prices in the page");
    if (p.nregions == 0 && harvest_remark(h, "page without the regions asked for", 1, err) != 0)
        return -1;
    if (++s->page < PAGES)
        return 0;
    return harvest_source(
        h, "Azure China (21Vianet): pages of azure.cn", "high",
        "Pay-as-you-go with tax, CPP (Compute Pre-Purchase) without and per month. The months printed "
        "beside hours (744 x) are not repeated.",
        err);
}

static int parse(void *state, const struct fetch_answer *in, struct harvest *out, struct err *err)
{
    struct azure_web *s = state;
    int rc = s->has_list ? parse_page(s, in, out, err) : parse_list(s, in, err);

    return rc == 0 ? FETCH_READ : -1;
}

static void end(void *state)
{
    struct azure_web *s = state;

    intern_free(&s->denied);
    arena_free(&s->list_arena);
    arena_free(&s->arena);
}

static const struct fetch_endpoint endpoints[] = {
    {"azure-cn", "", "https://www.azure.cn", 20},
    {NULL, NULL, NULL, 0},
};

extern const struct fetcher fetcher_azure_web;
const struct fetcher fetcher_azure_web = {
    .name = "azure-web",
    .about = "Azure China: the price tables of azure.cn, machines and disks",
    .endpoints = endpoints,
    .state_size = sizeof(struct azure_web),
    .begin = begin,
    .next = next,
    .parse = parse,
    .end = end,
};
