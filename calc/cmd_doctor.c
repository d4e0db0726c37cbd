/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * tco doctor: what fetching stands on. Which sources there are, whose key is at hand and where it comes
 * from (never the key), what is held and how old it is, and whether libraries and places are as
 * they should be. Nothing is asked of a network and no command is run.
 */
#include "calc/fetch.h"

#include "calc/args.h"
#include "calc/csv.h"
#include "calc/grid.h"
#include "fetchers/markup.h"

#include <string.h>
#include <unistd.h>

static const struct option options[] = {
    {"config", "FILE", "a configuration with [network] and [fetch SOURCE] sections", false},
    {"set", "'SECTION.KEY=VALUE'", "override one value (repeatable)", true},
    {"format", "table|csv", "what to write", false},
    {NULL, NULL, NULL, false},
};

struct row {
    const struct fetcher *fetcher;
    const char *sites, *key, *address;
    const struct fetched_entry *newest; /* NULL: nothing is held */
    struct date oldest;                 /* the newest snapshot of that site of which it is oldest; DATE_NONE */
    const char *without;                /* sites of which nothing is held while something is of others; "" */
    bool wrong;                         /* a key that is refused */
    const char *why;                    /* ... for this */
};

/* ---- sources ---- */

/* The sites in the order of the list, once each. */
static const char *sites_of(const struct fetcher *f, struct arena *a)
{
    struct buf text = {0};
    const char *last = "";

    for (const struct fetch_endpoint *e = f->endpoints; e != NULL && e->url != NULL; e++) {
        if (strcmp(e->site, last) != 0)
            buf_printf(&text, "%s%s", text.n > 0 ? ", " : "", e->site);
        last = e->site;
    }
    const char *out = text.failed ? NULL : arena_strdup(a, text.v != NULL ? text.v : "");
    buf_free(&text);
    return out != NULL ? out : "";
}

static void look_for_key(const struct fetch_run *run, struct row *row, struct arena *a)
{
    struct key_place place;

    row->key = "not needed";
    if (row->fetcher->key == NULL)
        return;
    const struct key_source from = fetch_key_source(run, row->fetcher);
    credentials_where(&from, &place);
    row->wrong = place.refused;
    row->key = arena_strdup(a, place.text);
    row->why = place.refused ? arena_strdup(a, place.why.text) : "";
}

/* The last line of a site is what counts there. */
static const struct fetched_entry *held_of(const struct fetch_run *run, const char *source, const char *site)
{
    for (size_t i = run->list.n; i-- > 0;)
        if (!strcmp(run->list.v[i].source, source) && (site == NULL || !strcmp(run->list.v[i].site, site)))
            return &run->list.v[i];
    return NULL;
}

static void count_held(struct row *row, const struct fetched_entry *e)
{
    if (row->newest == NULL || date_cmp(e->day, row->newest->day) > 0)
        row->newest = e;
    if (!date_is(row->oldest) || date_cmp(e->day, row->oldest) < 0)
        row->oldest = e->day;
}

static void look_for_held(const struct fetch_run *run, struct row *row, struct arena *a)
{
    struct buf without = {0};
    const char *last = "";

    for (const struct fetch_endpoint *e = row->fetcher->endpoints; e != NULL && e->url != NULL; e++) {
        if (e != row->fetcher->endpoints && !strcmp(e->site, last))
            continue;
        last = e->site;
        const struct fetched_entry *held = held_of(run, row->fetcher->name, e->site);
        if (held != NULL)
            count_held(row, held);
        else
            buf_printf(&without, "%s%s", without.n > 0 ? ", " : "", e->site);
    }
    const struct fetched_entry *any = row->newest == NULL ? held_of(run, row->fetcher->name, NULL) : NULL;
    if (any != NULL)
        count_held(row, any); /* a list of one's own has no sites here */
    row->without =
        row->newest == NULL || without.failed || without.n == 0 ? "" : arena_strndup(a, without.v, without.n);
    buf_free(&without);
}

static const char *address_of(const struct fetch_run *run, const struct fetcher *f)
{
    const struct fetch_settings *s = fetch_settings_of(&run->settings, f->name);

    if (s != NULL && s->file[0] != '\0')
        return s->file;
    return s != NULL && s->naddresses > 0 ? s->addresses[0].url : "";
}

static struct row row_of(struct fetch_run *run, const struct fetcher *f)
{
    struct row row = {
        .fetcher = f, .sites = sites_of(f, &run->arena), .address = address_of(run, f), .oldest = DATE_NONE, .why = ""};

    look_for_key(run, &row, &run->arena);
    look_for_held(run, &row, &run->arena);
    return row;
}

/* "2026-11-20 (2 days)", or of several sites "2022-11-10 to 2025-12-03". */
static const char *age_text(const struct fetch_run *run, const struct row *row, struct arena *a)
{
    char day[DATE_TEXT], last[DATE_TEXT];

    if (row->newest == NULL)
        return "nothing";
    int age = run->app->today.day - row->oldest.day;
    date_format(row->oldest, day);
    date_format(row->newest->day, last);
    if (date_cmp(row->oldest, row->newest->day) != 0)
        return arena_printf(a, "%s to %s", day, last);
    return arena_printf(a, "%s (%d day%s)", day, age, age == 1 ? "" : "s");
}

static void put_below(struct grid_row *to, const struct row *row, struct arena *a)
{
    const char **below = arena_array(a, 2, sizeof *below);

    if (below == NULL)
        return;
    to->below = below;
    if (row->wrong && row->why != NULL)
        below[to->nbelow++] = row->why;
    if (row->without != NULL && *row->without != '\0' &&
        (below[to->nbelow] = arena_printf(a, "nothing held of %s", row->without)) != NULL)
        to->nbelow++;
}

/* The place, and why the key there is not taken. */
static const char *key_text(const struct row *row, struct arena *a)
{
    const char *text = row->wrong ? arena_printf(a, "%s: %s", row->key, row->why) : row->key;

    return text != NULL ? text : "";
}

/* ---- the ground it stands on ---- */

struct check {
    const char *what;
    struct err err; /* kind ERR_NONE: all is well */
    const char *good;
};

static void check_transport(const struct fetch_run *run, struct check *c)
{
    const struct network *net = &run->settings.network;
    const struct transport_options opt = {.ca_bundle = net->ca_bundle[0] != '\0' ? net->ca_bundle : NULL};
    struct transport *t;

    c->what = "connections";
    c->good = "libcurl loads, certificates are verified";
    if (opt.ca_bundle != NULL && access(opt.ca_bundle, R_OK) != 0)
        err_set(&c->err, ERR_USAGE, "ca_bundle '%s' cannot be read", opt.ca_bundle);
    else if (transport_open(&t, &opt, &c->err) == 0)
        transport_close(t);
}

static void check_markup(struct check *c)
{
    static const char text[] = "<a/>";
    const struct markup *root;
    struct arena a = {NULL};

    c->what = "price pages";
    c->good = "libxml2 loads";
    markup_read(MARKUP_XML, text, sizeof text - 1, &a, &root, &c->err);
    arena_free(&a);
}

static void check_cache(const struct fetch_run *run, struct check *c, struct arena *a)
{
    const char *dir = catalogue_cache_dir(run->catalogue);

    c->what = "what is kept";
    c->good = arena_printf(a, "%zu snapshot%s in %s/fetched", run->list.n, run->list.n == 1 ? "" : "s", dir);
    if (c->good == NULL)
        c->good = dir;
    if (access(dir, W_OK) != 0)
        err_set(&c->err, ERR_USAGE, "'%s' cannot be written (set TCO_CACHE)", dir);
}

/* ---- output ---- */

static bool write_table(const struct fetch_run *run, const struct row *rows, size_t n, const struct check *checks,
                        size_t nchecks, struct arena *a, struct buf *out)
{
    static const struct grid_column columns[] = {
        {"source", false, 0, 0, false, false, 0},      {"sites", false, 1, 0, false, false, 0},
        {"key", false, 0, 0, false, false, 0},         {"address set to", false, 2, 0, false, false, 0},
        {"held now of", false, 0, 0, false, false, 0},
    };
    struct grid g;

    grid_init(&g, a, columns, sizeof columns / sizeof *columns, n);
    for (size_t i = 0; i < n; i++) {
        struct grid_row *row = grid_row(&g);
        if (row == NULL)
            break;
        row->style = rows[i].wrong ? STYLE_RED : STYLE_PLAIN;
        row->cells[0] = rows[i].fetcher->name;
        row->cells[1] = rows[i].sites;
        row->cells[2] = rows[i].wrong ? arena_printf(a, "%s: refused", rows[i].key) : rows[i].key;
        row->cells[3] = rows[i].address;
        row->cells[4] = age_text(run, &rows[i], a);
        put_below(row, &rows[i], a);
    }
    grid_fit(&g);
    grid_write(&g, run->app->color, out);
    buf_putc(out, '\n');
    for (size_t i = 0; i < nchecks; i++)
        buf_printf(out, "%s: %s\n", checks[i].what,
                   checks[i].err.kind == ERR_NONE ? checks[i].good : checks[i].err.text);
    return !g.failed;
}

static void write_csv(const struct row *rows, size_t n, struct arena *a, struct buf *out)
{
    buf_puts(out, "source,about,sites,key,address,snapshot,held_day,received,prices,rates\n");
    for (size_t i = 0; i < n; i++) {
        const struct fetched_entry *e = rows[i].newest;
        const char *const texts[] = {rows[i].fetcher->name, rows[i].fetcher->about, rows[i].sites,
                                     key_text(&rows[i], a), rows[i].address,        e != NULL ? e->name : ""};
        char day[DATE_TEXT] = "";
        for (size_t k = 0; k < sizeof texts / sizeof *texts; k++) {
            csv_text(out, texts[k]);
            buf_putc(out, ',');
        }
        if (e != NULL)
            date_format(e->day, day);
        buf_printf(out, "%s,%s,", day, e != NULL ? e->received : "");
        if (e != NULL)
            buf_printf(out, "%ld,%ld", e->prices, e->rates);
        else
            buf_putc(out, ',');
        buf_putc(out, '\n');
    }
}

static int examine(struct fetch_run *run, struct err *err)
{
    struct check checks[3] = {{.what = NULL}};
    size_t n = 0;

    while (fetcher_table[n] != NULL)
        n++;
    struct row *rows = arena_array(&run->arena, n + 1, sizeof *rows);
    if (rows == NULL)
        return err_nomem(err);
    bool wrong = false;
    for (size_t i = 0; i < n; i++) {
        rows[i] = row_of(run, fetcher_table[i]);
        wrong |= rows[i].wrong;
    }
    check_transport(run, &checks[0]);
    check_markup(&checks[1]);
    check_cache(run, &checks[2], &run->arena);
    for (size_t i = 0; i < 3; i++)
        wrong |= checks[i].err.kind != ERR_NONE;
    if (run->csv)
        write_csv(rows, n, &run->arena, &run->app->out);
    else if (!write_table(run, rows, n, checks, 3, &run->arena, &run->app->out))
        return err_nomem(err);
    return wrong ? ERR_USAGE : 0;
}

static int run_doctor(struct app *app, const struct args *args, struct err *err)
{
    struct fetch_run run;
    int rc = fetch_open(&run, app, args, err);

    if (rc == 0)
        rc = examine(&run, err);
    fetch_close(&run);
    return rc;
}

const struct command cmd_doctor = {
    .name = "doctor",
    .words = "",
    .about = "what fetching stands on: sources, keys, what is held",
    .options = options,
    .run = run_doctor,
};
