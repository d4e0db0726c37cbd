/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Prices from a file of the user's: a whole price pack (a directory with prices.csv and the other
 * tables), or one list, *.csv, with the pack's own columns. A list may leave columns out: those with a
 * default. Currency and tax basis have none. Lines of the list keep their numbers, so that what is said
 * about them later still fits.
 */
#include "fetchers/fetcher.h"
#include "fetchers/harvest.h"

#include "calc/csv.h"

#include <string.h>

struct csv_list {
    const struct fetch_job *job;
    struct arena arena; /* of the question under way */
    bool is_pack;
    size_t table; /* of the question under way; all tables of a pack, one list */
};

/* "file:///a/prices.csv", "https://a/list?x=1": a list. A directory has another name, or ends in a slash. */
static bool names_a_list(const char *file)
{
    static const char end[] = ".csv";
    size_t n = strlen(file);

    if (strncmp(file, "file:", 5) != 0)
        return n > 0 && file[n - 1] != '/';
    return n > sizeof end - 1 && !strcmp(file + n - (sizeof end - 1), end);
}

static int begin(void *state, const struct fetch_job *job, struct err *err)
{
    struct csv_list *s = state;

    if (job->file == NULL)
        return err_set(err, ERR_USAGE, "source csv needs a file");
    s->job = job;
    s->is_pack = !names_a_list(job->file);
    return 0;
}

static void end(void *state)
{
    struct csv_list *s = state;

    arena_free(&s->arena);
}

/* ---- asking ---- */

static bool needed(size_t table)
{
    return table == PACK_PRICES || table == PACK_SOURCES;
}

static int next(void *state, struct fetch_request *out, struct err *err)
{
    struct csv_list *s = state;
    const char *file = s->job->file;

    if (s->table == (s->is_pack ? (size_t)PACK_TABLES : 1))
        return FETCH_DONE;
    arena_clear(&s->arena);
    const char *slash = file[strlen(file) - 1] == '/' ? "" : "/";
    *out = (struct fetch_request){
        .name = s->is_pack ? pack_files[s->table] : "list.csv",
        .endpoint = "",
        .method = "GET",
        .url = s->is_pack ? arena_printf(&s->arena, "%s%s%s", file, slash, pack_files[s->table]) : file,
        .take_errors = s->is_pack,
    };
    return out->url != NULL ? FETCH_ASK : err_nomem(err);
}

/* ---- one list ---- */

enum { REGION, SERVICE, SKU, UNIT_, PRICE, CURRENCY, TAX_BASIS, REQUIRED };
enum { SITE = REQUIRED, OS, CHARGE, OFFERING, TERM, FROM, TO, SCOPE, RATE, AS_OF, SOURCE, COLUMNS };
static const char *const columns[COLUMNS] = {
    [REGION] = "region",     [SERVICE] = "service",     [SKU] = "sku",        [UNIT_] = "unit", [PRICE] = "price",
    [CURRENCY] = "currency", [TAX_BASIS] = "tax_basis", [SITE] = "site",      [OS] = "os",      [CHARGE] = "charge",
    [OFFERING] = "offering", [TERM] = "term_months",    [FROM] = "tier_from", [TO] = "tier_to", [SCOPE] = "tier_scope",
    [RATE] = "tax_rate",     [AS_OF] = "as_of",         [SOURCE] = "source",
};
/* In the order of a pack's prices.csv. */
static const int order[COLUMNS] = {SITE, REGION, SERVICE, SKU,   OS,       CHARGE,    OFFERING, TERM,  UNIT_,
                                   FROM, TO,     SCOPE,   PRICE, CURRENCY, TAX_BASIS, RATE,     AS_OF, SOURCE};

enum { LIST_NAME_MAX = 64 };

struct listing {
    const struct csv_list *list;
    struct csv csv;
    int at[COLUMNS];
    struct arena *arena;
    struct buf prices, sources;
    int line;            /* that `prices` is at */
    const char **titles; /* of sources so far; "" for rows that name none */
    size_t ntitles;
    char today[DATE_TEXT];
    char name[LIST_NAME_MAX]; /* of the list, for the ids of its sources */
};

/* "prices" of "file:///a/prices.csv": the same whenever the list is fetched. */
static void name_list(const char *file, char out[LIST_NAME_MAX])
{
    size_t len = strcspn(file, "?#"), start = len, n = 0;

    while (start > 0 && file[start - 1] != '/')
        start--;
    for (size_t i = start; i < len && file[i] != '.' && n < LIST_NAME_MAX - 1; i++) {
        bool plain = (file[i] >= 'a' && file[i] <= 'z') || (file[i] >= 'A' && file[i] <= 'Z') ||
                     (file[i] >= '0' && file[i] <= '9') || file[i] == '_' || file[i] == '-';
        out[n++] = plain ? file[i] : '_';
    }
    out[n] = '\0';
}

static const char *cell(const struct listing *l, int column)
{
    return l->at[column] >= 0 ? l->csv.cells[l->at[column]].text : "";
}

static int blank(const struct listing *l, int column, const char *why, struct err *err)
{
    return err_set(err, ERR_FETCH, "%s:%d: %s: blank%s", l->csv.name, l->csv.line, columns[column], why);
}

static int check_row(const struct listing *l, struct err *err)
{
    for (int c = 0; c < REQUIRED; c++)
        if (*cell(l, c) == '\0')
            return blank(l, c, "", err);
    if (*cell(l, SITE) == '\0' && *l->list->job->site == '\0')
        return blank(l, SITE, ", and [fetch csv] names no site", err);
    if (*cell(l, OS) == '\0' && !strcmp(cell(l, SERVICE), "compute"))
        return blank(l, OS, " for compute (known: linux, windows)", err);
    return 0;
}

/* The id of the source a row names: each title is one. */
static int source_of(struct listing *l, const char **out, struct err *err)
{
    const char *title = cell(l, SOURCE);
    size_t i = 0;

    while (i < l->ntitles && strcmp(l->titles[i], title) != 0)
        i++;
    if (i == l->ntitles) {
        const char **v = arena_grow(l->arena, l->titles, l->ntitles, l->ntitles + 1, sizeof *v);
        if (v == NULL || (v[i] = arena_strdup(l->arena, title)) == NULL)
            return err_nomem(err);
        l->titles = v;
        l->ntitles++;
    }
    *out = arena_printf(l->arena, "csv.%s.%zu", l->name, i + 1);
    return *out != NULL ? 0 : err_nomem(err);
}

static const char *given_or(const char *text, const char *otherwise)
{
    return *text != '\0' ? text : otherwise;
}

static int put_row(struct listing *l, struct err *err)
{
    const char *source;

    if (check_row(l, err) != 0 || source_of(l, &source, err) != 0)
        return -1;
    for (; l->line < l->csv.line; l->line++)
        buf_putc(&l->prices, '\n');
    for (int i = 0; i < COLUMNS; i++) {
        const char *text = cell(l, order[i]);
        if (order[i] == SITE)
            text = given_or(text, l->list->job->site);
        else if (order[i] == CHARGE)
            text = given_or(text, "on-demand");
        else if (order[i] == AS_OF)
            text = given_or(text, l->today);
        else if (order[i] == SOURCE)
            text = source;
        if (i > 0)
            buf_putc(&l->prices, ',');
        csv_raw(&l->prices, text);
    }
    return 0;
}

static void put_header(struct buf *out)
{
    for (int i = 0; i < COLUMNS; i++)
        buf_printf(out, "%s%s", i > 0 ? "," : "", columns[order[i]]);
}

/* What stands behind a question mark may be secret. */
static const char *origin(const struct listing *l)
{
    const char *file = l->list->job->file;

    return arena_strndup(l->arena, file, strcspn(file, "?#"));
}

static int put_sources(struct listing *l, struct err *err)
{
    const char *from = origin(l);

    if (from == NULL)
        return err_nomem(err);
    buf_puts(&l->sources, "id,title,origin,as_of,licence,confidence,note\n");
    for (size_t i = 0; i < l->ntitles; i++) {
        buf_printf(&l->sources, "csv.%s.%zu,", l->name, i + 1);
        csv_text(&l->sources, given_or(l->titles[i], "a price list of the user's"));
        buf_putc(&l->sources, ',');
        csv_text(&l->sources, from);
        buf_printf(&l->sources, ",%s,not stated,medium,\n", l->today);
    }
    return 0;
}

static int fill(struct listing *l, struct err *err)
{
    int rc = csv_header(&l->csv, columns, COLUMNS, REQUIRED, l->at, err);

    l->line = 1;
    put_header(&l->prices);
    while (rc == 0 && (rc = csv_next(&l->csv, err)) == 1)
        rc = put_row(l, err);
    if (rc == 0)
        rc = put_sources(l, err);
    buf_putc(&l->prices, '\n');
    if (rc == 0 && (l->prices.failed || l->sources.failed))
        rc = err_nomem(err);
    if (rc != 0 && err->kind == ERR_USAGE)
        err->kind = ERR_FETCH;
    return rc;
}

static int read_list(struct csv_list *s, const struct fetch_answer *in, struct harvest *h, struct err *err)
{
    struct listing l = {.list = s, .arena = &s->arena};

    date_format(s->job->today, l.today);
    name_list(s->job->file, l.name);
    csv_open(&l.csv, "list.csv", in->body, in->len, ',');
    int rc = fill(&l, err);
    csv_close(&l.csv);
    if (rc == 0)
        rc = harvest_table(h, PACK_PRICES, l.prices.v, l.prices.n, err);
    if (rc == 0)
        rc = harvest_table(h, PACK_SOURCES, l.sources.v, l.sources.n, err);
    buf_free(&l.prices);
    buf_free(&l.sources);
    return rc;
}

/* ---- a pack ---- */

static int read_table(struct csv_list *s, const struct fetch_answer *in, struct harvest *h, struct err *err)
{
    enum { NOT_THERE = 404 };

    if (in->status >= 400 && (in->status != NOT_THERE || needed(s->table)))
        return err_set(err, ERR_FETCH, "status %d%s", in->status,
                       in->status == NOT_THERE ? ": a price pack needs it (one list alone is named *.csv)" : "");
    return in->status == NOT_THERE ? 0 : harvest_table(h, (enum pack_table)s->table, in->body, in->len, err);
}

static int parse(void *state, const struct fetch_answer *in, struct harvest *out, struct err *err)
{
    struct csv_list *s = state;
    int rc = s->is_pack ? read_table(s, in, out, err) : read_list(s, in, out, err);

    s->table++;
    return rc == 0 ? FETCH_READ : -1;
}

extern const struct fetcher fetcher_csv_list;
const struct fetcher fetcher_csv_list = {
    .name = "csv",
    .about = "a price pack or a list of prices of your own: a file, a directory, an https address",
    .state_size = sizeof(struct csv_list),
    .begin = begin,
    .next = next,
    .parse = parse,
    .end = end,
};
