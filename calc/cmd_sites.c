/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * `tco sites`: what each site is, whom it takes, how it invoices and is paid, where it stands, and how
 * much is known of its prices.
 */
#include "calc/args.h"
#include "calc/csv.h"
#include "calc/grid.h"
#include "calc/phrase.h"
#include "calc/who.h"

#include <string.h>

static const struct option options[] = {
    {"buyer", "COUNTRY", "does it accept a buyer of this country (ISO 3166; default: CN)", false},
    {"format", "table|csv", "what to write", false},
    {NULL, NULL, NULL, false},
};

static const char *const acceptance_names[] = {
    [BUYER_ACCEPTED] = "accepted", [BUYER_CONDITIONAL] = "conditional", [BUYER_REFUSED] = "refused"};

struct listing {
    struct phrases p; /* its arena holds everything */
    struct catalogue *catalogue;
    struct rules rules;
    const struct holding *holdings;
    size_t nholdings;
    const char *buyer;
};

/* ---- facts of one site ---- */

static enum acceptance accepts(const struct listing *l, const struct site *s)
{
    struct buyer buyer = {.name = ""};
    memcpy(buyer.country, l->buyer, sizeof buyer.country);
    return who_accepts(s, &buyer);
}

static const char *kept(struct listing *l, struct buf *b)
{
    const char *text = b->failed ? NULL : arena_strdup(&l->p.arena, b->v != NULL ? b->v : "");

    buf_free(b);
    l->p.failed = l->p.failed || text == NULL;
    return text != NULL ? text : "";
}

/* The tables part the words of a list by `;`. */
static const char *with_commas(struct listing *l, const char *list)
{
    struct buf b = {0};

    for (; *list != '\0'; list++) {
        if (*list == ';')
            buf_puts(&b, *(list + 1) == ' ' ? "," : ", ");
        else
            buf_putc(&b, *list);
    }
    return kept(l, &b);
}

static bool first_of_operator(const struct rules *r, size_t at)
{
    for (size_t i = 0; i < at; i++)
        if (!strcmp(r->regions[i].site, r->regions[at].site) &&
            !strcmp(r->regions[i].operator_name, r->regions[at].operator_name))
            return false;
    return true;
}

static const char *operators(struct listing *l, const struct site *s)
{
    struct buf b = {0};

    for (size_t i = 0; i < l->rules.nregions; i++) {
        const struct region *r = &l->rules.regions[i];
        if (!strcmp(r->site, s->id) && first_of_operator(&l->rules, i))
            buf_printf(&b, "%s%s", b.n > 0 ? ", " : "", r->operator_name);
    }
    return kept(l, &b);
}

static const char *regions(struct listing *l, const struct site *s)
{
    struct buf b = {0};

    for (size_t i = 0; i < l->rules.nregions; i++) {
        const struct region *r = &l->rules.regions[i];
        if (!strcmp(r->site, s->id))
            buf_printf(&b, "%s%s", b.n > 0 ? ", " : "", r->id);
    }
    return kept(l, &b);
}

static void known_prices(const struct listing *l, const struct site *s, long *offers, struct date *newest)
{
    *offers = 0;
    *newest = DATE_NONE;
    for (size_t i = 0; i < l->nholdings; i++) {
        const struct holding *h = &l->holdings[i];
        if (strcmp(h->site, s->id) != 0)
            continue;
        *offers += h->offers;
        if (!date_is(*newest) || date_cmp(h->newest, *newest) > 0)
            *newest = h->newest;
    }
}

/* ---- table ---- */

static const char *acceptance(struct listing *l, const struct site *s)
{
    static const enum text_id texts[] = {[BUYER_ACCEPTED] = TEXT_BUYER_ACCEPTED,
                                         [BUYER_CONDITIONAL] = TEXT_BUYER_CONDITIONAL,
                                         [BUYER_REFUSED] = TEXT_BUYER_REFUSED};

    return say_plain(&l->p, texts[accepts(l, s)]);
}

static const char *tax_basis(struct listing *l, const struct site *s)
{
    if (!strcmp(s->list_tax_basis, "incl"))
        return say_plain(&l->p, TEXT_INCL);
    return say_plain(&l->p, !strcmp(s->list_tax_basis, "excl") ? TEXT_EXCL : TEXT_BASIS_BY_SOURCE);
}

/* "Contract: ..." unless there is nothing to say. */
static void add_fact(struct listing *l, const char **v, size_t *n, enum text_id title, const char *fact)
{
    if (*fact != '\0')
        v[(*n)++] = say_joined(&l->p, say_plain(&l->p, title), say_plain(&l->p, TEXT_COLON), say_clean(&l->p, fact));
}

enum { FACTS_MAX = 9 };

static void facts(struct listing *l, const struct site *s, struct grid_row *row)
{
    const char **v = arena_array(&l->p.arena, FACTS_MAX, sizeof *v);
    size_t n = 0;

    l->p.failed = l->p.failed || v == NULL;
    if (v == NULL)
        return;
    add_fact(l, v, &n, TEXT_FACT_ALSO, !strcmp(l->p.lang, "zh") ? s->name_en : s->name_zh);
    add_fact(l, v, &n, TEXT_FACT_CONTRACT, s->contract_entity);
    add_fact(l, v, &n, TEXT_FACT_OPERATOR, operators(l, s));
    add_fact(l, v, &n, TEXT_FACT_NOTE, s->operator_note);
    add_fact(l, v, &n, TEXT_FACT_CONDITION, s->condition);
    add_fact(l, v, &n, TEXT_FACT_INVOICES, with_commas(l, s->invoices));
    add_fact(l, v, &n, TEXT_FACT_PAYMENT, with_commas(l, s->payment));
    add_fact(l, v, &n, TEXT_FACT_ICP, s->icp_note);
    add_fact(l, v, &n, TEXT_FACT_REGIONS, regions(l, s));
    row->below = v;
    row->nbelow = n;
}

static void site_row(struct listing *l, const struct site *s, struct grid_row *row)
{
    bool zh = !strcmp(l->p.lang, "zh");
    long offers;
    struct date newest;

    known_prices(l, s, &offers, &newest);
    row->cells[0] = say_clean(&l->p, s->id);
    row->cells[1] = say_clean(&l->p, zh ? s->name_zh : s->name_en);
    row->cells[2] = s->station;
    row->cells[3] = s->list_currency;
    row->cells[4] = tax_basis(l, s);
    row->cells[5] = acceptance(l, s);
    row->styles[5] = accepts(l, s) == BUYER_REFUSED       ? STYLE_RED
                     : accepts(l, s) == BUYER_CONDITIONAL ? STYLE_YELLOW
                                                          : STYLE_PLAIN;
    row->cells[6] = offers > 0 ? say_count(&l->p, offers) : say_plain(&l->p, TEXT_NONE_KNOWN);
    row->cells[7] = say_day(&l->p, newest);
    facts(l, s, row);
}

static void write_table(struct listing *l, bool color, struct buf *out)
{
    const struct grid_column columns[] = {
        {.title = say_plain(&l->p, TEXT_SITE)},
        {.title = say_plain(&l->p, TEXT_NAME), .max_width = 36},
        {.title = say_plain(&l->p, TEXT_STATION)},
        {.title = ""},
        {.title = say_plain(&l->p, TEXT_LIST)},
        {.title = say(&l->p, TEXT_BUYER_OF, l->buyer)},
        {.title = say_plain(&l->p, TEXT_PRICES), .right = true},
        {.title = say_plain(&l->p, TEXT_NEWEST)},
    };
    struct grid g;

    grid_init(&g, &l->p.arena, columns, sizeof columns / sizeof *columns, l->rules.nsites);
    for (size_t i = 0; i < l->rules.nsites && !g.failed; i++)
        site_row(l, &l->rules.sites[i], grid_row(&g));
    l->p.failed = l->p.failed || g.failed;
    grid_fit(&g);
    grid_write(&g, color, out);
}

/* ---- CSV ---- */

static void csv_cells(struct buf *out, const char *const *texts, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (i > 0)
            buf_putc(out, ',');
        csv_text(out, texts[i]);
    }
}

static void write_csv(struct listing *l, struct buf *out)
{
    buf_puts(out, "site,provider,name_en,name_zh,station,list_currency,list_tax_basis,contract_entity,payee_country,"
                  "operators,operator_note,buyer,accepts,condition,invoices,payment,icp_note,regions,prices,"
                  "newest_price,as_of,confidence,source\n");
    for (size_t i = 0; i < l->rules.nsites; i++) {
        const struct site *s = &l->rules.sites[i];
        long offers;
        struct date newest;
        known_prices(l, s, &offers, &newest);
        const char *const before[] = {s->id,
                                      s->provider,
                                      s->name_en,
                                      s->name_zh,
                                      s->station,
                                      s->list_currency,
                                      s->list_tax_basis,
                                      s->contract_entity,
                                      s->payee_country,
                                      operators(l, s),
                                      s->operator_note,
                                      l->buyer,
                                      acceptance_names[accepts(l, s)],
                                      s->condition,
                                      s->invoices,
                                      s->payment,
                                      s->icp_note,
                                      regions(l, s)};
        const char *const after[] = {say_day(&l->p, newest), s->as_of, s->confidence, s->source};
        csv_cells(out, before, sizeof before / sizeof *before);
        buf_printf(out, ",%ld,", offers);
        csv_cells(out, after, sizeof after / sizeof *after);
        buf_puts(out, "\n");
    }
}

static int read_buyer(const struct args *args, const char **out, struct err *err)
{
    *out = args_get(args, "buyer") != NULL ? args_get(args, "buyer") : "CN";
    if (strlen(*out) != 2 || strspn(*out, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") != 2)
        return err_set(err, ERR_USAGE, "--buyer '%s' is no country (known: two capital letters of ISO 3166, as SG)",
                       *out);
    return 0;
}

static int run(struct app *app, const struct args *args, struct err *err)
{
    static const char *const formats[] = {"table", "csv"};
    struct listing l = {.p = {.lang = app->lang}};
    size_t format;

    if (read_buyer(args, &l.buyer, err) != 0 || args_choice(args, "format", formats, 2, &format, err) != 0)
        return -1;
    int rc = app_catalogue(app, NULL, &l.catalogue, err);
    if (rc == 0)
        rc = catalogue_rules(l.catalogue, &l.p.arena, &l.rules, err);
    if (rc == 0)
        rc = catalogue_holdings(l.catalogue, &l.p.arena, &l.holdings, &l.nholdings, err);
    l.p.rules = &l.rules;
    if (rc == 0 && format == 1)
        write_csv(&l, &app->out);
    else if (rc == 0)
        write_table(&l, app->color, &app->out);
    if (rc == 0 && l.p.failed)
        rc = err_nomem(err);
    catalogue_close(l.catalogue);
    arena_free(&l.p.arena);
    return rc;
}

const struct command cmd_sites = {
    .name = "sites",
    .words = "",
    .about = "the sites: contract, tax, invoices, who may buy",
    .options = options,
    .run = run,
};
