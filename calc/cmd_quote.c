/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * `tco quote check FILE`: the intake report of a received quote: how it was read, what that rests on, what
 * does not add up, and what is open.
 */
#include "calc/args.h"
#include "calc/config.h"
#include "calc/csv.h"
#include "calc/grid.h"
#include "calc/phrase.h"
#include "calc/quote_file.h"
#include "calc/rules_read.h"
#include "calc/wrap.h"

#include <string.h>

static const struct option options[] = {
    {"site", "SITE", "whose offer it is", false},
    {"config", "FILE", "a configuration with the [quote NAME] section of this file", false},
    {"set", "'KEY=VALUE'", "say what the file leaves open: tax_basis=incl, unit=month ... (repeatable)", true},
    {"format", "table|csv", "what to write", false},
    {NULL, NULL, NULL, false},
};

struct intake {
    struct phrases p; /* its arena holds everything */
    struct catalogue *catalogue;
    struct rules rules;
    struct config config;
    struct scenario scenario;
    struct quote_terms terms;
    struct quote quote;
};

/* ---- what is asked ---- */

/* Without a configuration the word is the file, and what is set goes to a section made for it. */
static int load_config(struct intake *in, struct app *app, const struct args *args, struct err *err)
{
    const char *config = args_get(args, "config"), *site = args_get(args, "site");
    size_t n = args_count(args, "set"), k = 0;
    struct arena *a = &in->p.arena;
    const char **sets = arena_array(a, n + 2, sizeof *sets);

    if (sets == NULL)
        return err_nomem(err);
    if (config == NULL)
        sets[k++] = arena_printf(a, "quote offer.file=%s", args_word(args, 1));
    if (config == NULL && site != NULL)
        sets[k++] = arena_printf(a, "quote offer.site=%s", site);
    for (size_t i = 0; i < n; i++) {
        const char *set = args_nth(args, "set", i);
        size_t dot = strcspn(set, ".=");
        sets[k++] = config == NULL && set[dot] == '=' ? arena_printf(a, "quote offer.%s", set) : set;
    }
    for (size_t i = 0; i < k; i++)
        if (sets[i] == NULL)
            return err_nomem(err);
    return config_load(&in->config, config, sets, k, NULL, app->today, err);
}

static const char *last_part(const char *path)
{
    const char *slash = strrchr(path, '/');

    return slash != NULL ? slash + 1 : path;
}

/* The section of that name, of that file, or of a file of that name in the configuration's directory. */
static int find_terms(struct intake *in, const struct args *args, struct err *err)
{
    const struct scenario *s = &in->scenario;
    const char *word = args_word(args, 1), *site = args_get(args, "site");
    const char **known = arena_array(&in->p.arena, s->nquotes + 1, sizeof *known);

    if (known == NULL)
        return err_nomem(err);
    for (size_t i = 0; i < s->nquotes; i++) {
        const struct quote_terms *t = &s->quotes[i];
        known[i] = t->name;
        if (strcmp(t->name, word) != 0 && strcmp(t->file, word) != 0 && strcmp(last_part(t->file), word) != 0)
            continue;
        in->terms = *t;
        if (site == NULL || !strcmp(site, t->site))
            return 0;
        if (*t->site != '\0')
            return err_set(err, ERR_USAGE, "--site %s, but [quote %s] says %s", site, t->name, t->site);
        in->terms.site = site;
        return rules_site(&in->rules, site) != NULL ? 0 : rules_unknown_site(&in->rules, site, err);
    }
    return rules_unknown("quote", word, known, s->nquotes, err);
}

static int read_all(struct intake *in, struct app *app, const struct args *args, struct err *err)
{
    const struct quote_words *words;

    if (load_config(in, app, args, err) != 0 || app_catalogue(app, NULL, &in->catalogue, err) != 0 ||
        catalogue_rules(in->catalogue, &in->p.arena, &in->rules, err) != 0 ||
        config_quotes(&in->config, &in->rules, &in->scenario, err) != 0 || find_terms(in, args, err) != 0 ||
        quote_file_words(catalogue_data_dir(in->catalogue), &in->p.arena, &words, err) != 0)
        return -1;
    return quote_file_read(&in->terms, words, &in->rules, &in->p.arena, &in->quote, err);
}

/* ---- CSV ---- */

static void put_number(struct buf *out, bool known, dec_t n)
{
    char text[DEC_TEXT] = "";

    if (known)
        dec_format(n, 0, text);
    csv_raw(out, text);
    buf_putc(out, ',');
}

static void put_text(struct buf *out, const char *text)
{
    csv_text(out, text);
    buf_putc(out, ',');
}

static void put_months(struct buf *out, int months)
{
    if (months > 0)
        buf_printf(out, "%d", months);
    buf_putc(out, ',');
}

static const char *basis_name(enum tax_basis basis)
{
    return basis == BASIS_INCL ? "incl" : "excl";
}

static void csv_item(struct buf *out, const struct quote *q, const struct quote_item *i)
{
    buf_puts(out, "item,");
    put_text(out, i->sheet);
    buf_printf(out, "%d,", i->row);
    put_text(out, i->label);
    put_text(out, i->service);
    put_text(out, i->sku);
    put_number(out, i->has_shape, i->vcpu);
    put_number(out, i->has_shape, i->memory);
    put_number(out, i->has_size, i->size);
    put_text(out, i->region);
    put_text(out, i->os);
    put_number(out, true, i->quantity);
    put_text(out, unit_table[i->unit].name);
    put_months(out, i->period_months);
    put_months(out, i->term_months);
    put_text(out, i->paid == QUOTE_PAID_UPFRONT ? "upfront" : "period");
    put_number(out, true, i->list_price);
    put_number(out, true, i->price);
    put_text(out, q->currency);
    put_text(out, basis_name(i->basis));
    put_number(out, i->has_tax_rate, i->tax_rate);
    put_text(out, !i->has_invoice ? "" : i->invoice == INVOICE_SPECIAL ? "special" : "ordinary");
    put_number(out, i->has_share, i->share);
    put_number(out, i->has_amount, i->amount);
    put_text(out, i->has_amount ? basis_name(i->amount_basis) : "");
    put_number(out, true, i->worked_out);
    buf_putc(out, '\n');
}

enum { CSV_BLANKS = 26 }; /* cells between the first and the text of a line that is no item */

static void csv_line(struct buf *out, const char *what, const char *text)
{
    buf_puts(out, what);
    for (int i = 0; i < CSV_BLANKS; i++)
        buf_putc(out, ',');
    csv_text(out, text);
    buf_putc(out, '\n');
}

static void csv_total(struct buf *out, const char *what, const struct quote *q, bool stated, dec_t s, bool known,
                      dec_t v)
{
    if (!stated && !known)
        return;
    buf_printf(out, "%s,,,,,,,,,,,,,,,,,,%s,,,,,", what, q->currency);
    put_number(out, stated, s);
    buf_putc(out, ',');
    put_number(out, known, v);
    buf_putc(out, '\n');
}

static void write_csv(const struct quote *q, struct buf *out)
{
    static const char *const kinds[] = {"mapped", "assumed", "skipped", "differs", "open"};

    buf_puts(out, "what,sheet,row,label,service,sku,vcpu,memory_gib,size,region,os,quantity,unit,period_months,"
                  "term_months,paid,list_price,price,currency,tax_basis,tax_rate,invoice,recoverable,amount,"
                  "amount_basis,worked_out,text\n");
    for (size_t i = 0; i < q->nitems; i++)
        csv_item(out, q, &q->items[i]);
    csv_total(out, "total-net", q, q->has_stated_net, q->stated_net, q->has_net, q->net);
    csv_total(out, "total-tax", q, q->has_stated_tax, q->stated_tax, q->has_tax, q->tax);
    csv_total(out, "total-gross", q, q->has_stated_gross, q->stated_gross, q->has_gross, q->gross);
    for (size_t i = 0; i < q->nremarks; i++)
        csv_line(out, kinds[q->remarks[i].kind], q->remarks[i].text);
}

/* ---- table ---- */

static const char *of_what(struct phrases *p, const struct quote_item *i)
{
    const char *size = !strcmp(i->service, "bandwidth") ? " Mbps" : " GiB";

    if (*i->sku != '\0')
        return say_clean(p, i->sku);
    if (i->has_shape)
        return say_joined(p, say_number(p, i->vcpu), " vCPU ", say_number(p, i->memory), " GiB");
    return i->has_size ? say_joined(p, say_number(p, i->size), size) : "";
}

static const char *per_what(struct phrases *p, const struct quote_item *i)
{
    if (i->unit == UNIT_TERM)
        return say_joined(p, say_count(p, i->period_months), " months");
    return unit_table[i->unit].name;
}

static const char *term_of(struct phrases *p, const struct quote_item *i)
{
    if (i->term_months == 0)
        return "none";
    return say_joined(p, say_count(p, i->term_months), " months", i->paid == QUOTE_PAID_UPFRONT ? ", upfront" : "");
}

static const char *tax_of(struct phrases *p, const struct quote_item *i)
{
    char rate[DEC_TEXT];

    if (!i->has_tax_rate)
        return basis_name(i->basis);
    dec_format(dec_muln(i->tax_rate, 100), 0, rate);
    return say_joined(p, basis_name(i->basis), " ", rate, "%");
}

enum column { ROW, LABEL, SERVICE, WHAT, QUANTITY, PRICE, TAX, PER, TERM, COLUMNS };

static void add_item(struct phrases *p, struct grid *g, const struct quote *q, const struct quote_item *i)
{
    struct grid_row *row = grid_row(g);

    row->cells[ROW] = say_count(p, i->row);
    row->cells[LABEL] = say_clean(p, i->label);
    row->cells[SERVICE] = *i->service != '\0' ? i->service : "?";
    row->cells[WHAT] = of_what(p, i);
    row->cells[QUANTITY] = say_number(p, i->quantity);
    row->cells[PRICE] = say_exact(p, i->price, q->currency);
    row->cells[TAX] = tax_of(p, i);
    row->cells[PER] = per_what(p, i);
    row->cells[TERM] = term_of(p, i);
}

static void write_items(struct phrases *p, const struct quote *q, bool color, struct buf *out)
{
    static const struct grid_column columns[COLUMNS] = {
        [ROW] = {.title = "Row", .right = true},
        [LABEL] = {.title = "As written", .max_width = 24, .drop = 1},
        [SERVICE] = {.title = "Service"},
        [WHAT] = {.title = "What", .max_width = 24},
        [QUANTITY] = {.title = "Quantity", .right = true},
        [PRICE] = {.title = "Price", .right = true},
        [TAX] = {.title = "Tax"},
        [PER] = {.title = "Per"},
        [TERM] = {.title = "Term"},
    };
    struct grid g;

    if (q->nitems == 0)
        return;
    grid_init(&g, &p->arena, columns, COLUMNS, q->nitems);
    for (size_t i = 0; i < q->nitems && !g.failed; i++)
        add_item(p, &g, q, &q->items[i]);
    p->failed = p->failed || g.failed;
    grid_fit(&g);
    buf_putc(out, '\n');
    grid_write(&g, color, out);
}

static void write_remarks(const struct quote *q, enum quote_remark_kind kind, const char *title, bool color,
                          struct buf *out)
{
    bool any = false;

    for (size_t i = 0; i < q->nremarks; i++) {
        if (q->remarks[i].kind != kind)
            continue;
        if (!any) {
            buf_putc(out, '\n');
            style_puts(out, STYLE_BOLD, color, title);
            buf_putc(out, '\n');
        }
        any = true;
        wrap_text(out, q->remarks[i].text, "  ", 4, GRID_WIDTH);
    }
}

static void add_total(struct phrases *p, struct grid *g, const char *name, bool stated, dec_t s, bool known, dec_t v,
                      const char *currency)
{
    if (!stated && !known)
        return;
    struct grid_row *row = grid_row(g);
    row->cells[0] = name;
    row->cells[1] = stated ? say_exact(p, s, currency) : "-";
    row->cells[2] = known ? say_exact(p, v, currency) : "?";
}

static void write_totals(struct phrases *p, const struct quote *q, bool color, struct buf *out)
{
    static const struct grid_column columns[] = {
        {.title = "Total"}, {.title = "Stated", .right = true}, {.title = "Worked out", .right = true}};
    const char *c = q->currency;
    struct grid g;

    if (!q->has_net && !q->has_gross && !q->has_tax && !q->has_stated_net && !q->has_stated_tax && !q->has_stated_gross)
        return;
    grid_init(&g, &p->arena, columns, 3, 3);
    if (!g.failed) {
        add_total(p, &g, "without tax", q->has_stated_net, q->stated_net, q->has_net, q->net, c);
        add_total(p, &g, "tax", q->has_stated_tax, q->stated_tax, q->has_tax, q->tax, c);
        add_total(p, &g, "with tax", q->has_stated_gross, q->stated_gross, q->has_gross, q->gross, c);
    }
    p->failed = p->failed || g.failed;
    grid_fit(&g);
    buf_putc(out, '\n');
    grid_write(&g, color, out);
}

static void write_days(struct phrases *p, const struct quote *q, struct buf *out)
{
    if (date_is(q->dated))
        buf_printf(out, "dated %s\n", say_day(p, q->dated));
    if (date_is(q->valid_until))
        buf_printf(out, "valid until %s\n", say_day(p, q->valid_until));
    if (q->days > 0)
        buf_printf(out, "paid %d days after the invoice\n", q->days);
}

static int write_table(struct intake *in, const struct app *app, struct buf *out, struct err *err)
{
    const struct quote *q = &in->quote;
    struct phrases *p = &in->p;

    buf_printf(out, "%s: %s%s%s%s%s, %zu item%s, %zu open\n", say_clean(p, in->terms.file), q->format,
               *q->encoding != '\0' ? ", " : "", q->encoding, *q->site != '\0' ? ", " : "", q->site, q->nitems,
               q->nitems == 1 ? "" : "s", q->nopen);
    write_days(p, q, out);
    write_items(p, q, app->color, out);
    write_totals(p, q, app->color, out);
    write_remarks(q, QUOTE_OPEN, "Open: nothing is priced from these until it is said", app->color, out);
    write_remarks(q, QUOTE_DIFFERS, "Does not add up: the stated figures stay as they are", app->color, out);
    write_remarks(q, QUOTE_ASSUMED, "Assumed", app->color, out);
    write_remarks(q, QUOTE_SKIPPED, "Passed over", app->color, out);
    write_remarks(q, QUOTE_MAPPED, "Read", app->color, out);
    return p->failed ? err_nomem(err) : 0;
}

/* ---- the command ---- */

static int answer(struct intake *in, struct app *app, const struct args *args, bool csv, struct err *err)
{
    if (read_all(in, app, args, err) != 0)
        return -1;
    in->p.rules = &in->rules;
    if (csv)
        write_csv(&in->quote, &app->out);
    else if (write_table(in, app, &app->out, err) != 0)
        return -1;
    return in->quote.nopen > 0 ? ERR_USAGE : 0;
}

static int run(struct app *app, const struct args *args, struct err *err)
{
    static const char *const formats[] = {"table", "csv"};
    struct intake in = {.p = {.lang = app->lang}};
    size_t format;

    if (strcmp(args_word(args, 0), "check") != 0)
        return err_set(err, ERR_USAGE, "unknown verb '%s' of tco quote (known: check)", args_word(args, 0));
    if (args_choice(args, "format", formats, 2, &format, err) != 0)
        return -1;
    int rc = answer(&in, app, args, format == 1, err);
    scenario_free(&in.scenario);
    config_free(&in.config);
    catalogue_close(in.catalogue);
    arena_free(&in.p.arena);
    return rc;
}

const struct command cmd_quote = {
    .name = "quote",
    .words = "check FILE",
    .min_words = 2,
    .max_words = 2,
    .about = "how a received quote is read, and what it leaves open",
    .options = options,
    .run = run,
};
