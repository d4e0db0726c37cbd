/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * `tco pack check DIR` says what a price pack holds, or why it is refused; `tco pack load DIR` puts
 * it into the catalogue beside the bundled one.
 */
#include "calc/args.h"
#include "calc/grid.h"
#include "calc/packdir.h"
#include "calc/phrase.h"
#include "calc/wrap.h"

#include <stdlib.h>
#include <string.h>

/* What a pack holds of one site and service. */
struct heap {
    const char *site, *service;
    long prices;
    struct date oldest, newest;
};

struct checking {
    struct arena arena; /* of the rules and the texts */
    struct catalogue *catalogue;
    struct rules rules;
    struct packdir dir;
    struct pack pack;
    struct heap *heaps;
    size_t nheaps;
};

static void close_all(struct checking *c)
{
    pack_free(&c->pack);
    packdir_close(&c->dir);
    catalogue_close(c->catalogue);
    arena_free(&c->arena);
}

/* Reads the pack against the rules of the data directory; its missing tables are the bundled pack's. */
static int read_pack(struct checking *c, struct app *app, const char *dir, struct err *err)
{
    if (app_catalogue(app, NULL, &c->catalogue, err) != 0 ||
        catalogue_rules_for(c->catalogue, dir, &c->arena, &c->rules, err) != 0)
        return -1;
    const char *bundled = arena_printf(&c->arena, "%s/packs/bundled", catalogue_data_dir(c->catalogue));
    if (bundled == NULL)
        return err_nomem(err);
    if (packdir_open(&c->dir, dir, bundled, err) != 0)
        return -1;
    return pack_read(&c->pack, c->dir.bodies, &c->rules, err);
}

static void grow_heap(struct heap *h, const struct pack_price *p)
{
    h->prices++;
    if (h->prices == 1 || date_cmp(p->as_of, h->oldest) < 0)
        h->oldest = p->as_of;
    if (h->prices == 1 || date_cmp(p->as_of, h->newest) > 0)
        h->newest = p->as_of;
}

static struct heap *heap_of(struct checking *c, const struct pack_price *p)
{
    for (size_t i = c->nheaps; i-- > 0;) /* prices come sorted: it is among the last ones */
        if (!strcmp(c->heaps[i].site, p->site) && !strcmp(c->heaps[i].service, p->service))
            return &c->heaps[i];
    struct heap *v = arena_grow(&c->arena, c->heaps, c->nheaps, c->nheaps + 1, sizeof *v);
    if (v == NULL)
        return NULL;
    c->heaps = v;
    v[c->nheaps] = (struct heap){.site = p->site, .service = p->service};
    return &v[c->nheaps++];
}

static int heap_order(const void *pa, const void *pb)
{
    const struct heap *a = pa, *b = pb;
    int order = strcmp(a->site, b->site);

    return order != 0 ? order : strcmp(a->service, b->service);
}

static int sort_out(struct checking *c, struct err *err)
{
    for (size_t i = 0; i < c->pack.nprices; i++) {
        struct heap *h = heap_of(c, &c->pack.prices[i]);
        if (h == NULL)
            return err_nomem(err);
        grow_heap(h, &c->pack.prices[i]);
    }
    qsort(c->heaps, c->nheaps, sizeof *c->heaps, heap_order);
    return 0;
}

static int write_heaps(struct checking *c, const struct app *app, struct buf *out, struct err *err)
{
    static const struct grid_column columns[] = {{.title = "Site"},
                                                 {.title = "Service"},
                                                 {.title = "Prices", .right = true},
                                                 {.title = "From"},
                                                 {.title = "To"}};
    struct phrases p = {.lang = app->lang, .rules = &c->rules};
    struct grid g;

    grid_init(&g, &c->arena, columns, sizeof columns / sizeof *columns, c->nheaps);
    for (size_t i = 0; i < c->nheaps && !g.failed; i++) {
        const struct heap *h = &c->heaps[i];
        struct grid_row *row = grid_row(&g);
        row->cells[0] = h->site;
        row->cells[1] = h->service;
        row->cells[2] = say_count(&p, h->prices);
        row->cells[3] = say_day(&p, h->oldest);
        row->cells[4] = say_day(&p, h->newest);
    }
    grid_fit(&g);
    grid_write(&g, app->color, out);
    arena_free(&p.arena);
    return g.failed || p.failed ? err_nomem(err) : 0;
}

static void write_lent(const struct checking *c, struct buf *out)
{
    size_t n = 0;

    for (int t = 0; t < PACK_SITES; t++)
        if (!c->dir.own[t])
            buf_printf(out, "%s%s", n++ > 0 ? ", " : "", pack_files[t]);
    if (n > 0)
        buf_puts(out, ": those of the bundled pack\n");
}

static int check(struct app *app, const char *dir, struct err *err)
{
    struct checking c = {.catalogue = NULL};
    struct buf *out = &app->out;

    int rc = read_pack(&c, app, dir, err);
    if (rc == 0)
        rc = sort_out(&c, err);
    if (rc == 0) {
        buf_printf(out, "%s: %zu prices, %zu shapes, %zu class rows, %zu regions, %zu sources", c.dir.id,
                   c.pack.nprices, c.pack.nshapes, c.pack.nclasses, c.pack.facts.nregions, c.pack.facts.nsources);
        if (c.dir.own[PACK_SITES])
            buf_printf(out, ", %zu site%s of its own", c.pack.records[PACK_SITES].n,
                       c.pack.records[PACK_SITES].n == 1 ? "" : "s");
        buf_putc(out, '\n');
        write_lent(&c, out);
        buf_puts(out,
                 c.dir.summed ? "checksums: as in SHA256SUMS\n\n" : "checksums: no SHA256SUMS to compare with\n\n");
        rc = write_heaps(&c, app, out, err);
        buf_printf(out, "\n%zu warning%s\n", c.pack.nwarnings, c.pack.nwarnings == 1 ? "" : "s");
        for (size_t i = 0; i < c.pack.nwarnings; i++)
            wrap_text(out, c.pack.warnings[i], "", 4, 100);
    }
    close_all(&c);
    return rc;
}

static int load(struct app *app, const char *dir, struct err *err)
{
    struct catalogue *c = NULL;

    int rc = app_catalogue(app, NULL, &c, err);
    if (rc == 0)
        rc = catalogue_load_pack(c, dir, app->today, err);
    catalogue_close(c);
    return rc;
}

static int run(struct app *app, const struct args *args, struct err *err)
{
    static const char *const verbs[] = {"check", "load"};
    const char *verb = args_word(args, 0), *dir = args_word(args, 1);

    if (!strcmp(verb, verbs[0]))
        return check(app, dir, err);
    if (!strcmp(verb, verbs[1]))
        return load(app, dir, err);
    return err_set(err, ERR_USAGE, "unknown verb '%s' of tco pack (known: check, load)", verb);
}

const struct command cmd_pack = {
    .name = "pack",
    .words = "check|load DIR",
    .min_words = 2,
    .max_words = 2,
    .about = "whether a directory of price tables is sound; load it",
    .run = run,
};
