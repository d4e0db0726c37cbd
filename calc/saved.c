/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "calc/saved_parts.h"

#include "calc/buf.h"
#include "calc/file.h"
#include "calc/shown.h"

#include <string.h>

#define SCHEMA "tco-estimate/1"

enum { NAMES = 4 /* of a status */, SITES_MAX = 1000, LINES_MAX = 5000, RUNS_MAX = 4 * MONTHS_MAX };

struct reading {
    struct fields f;
    struct saved *out;
    struct saved_site *site; /* whose lines are read */
};

static size_t count_up_to(const struct field *list, size_t most)
{
    size_t n = field_count(list);

    if (n > most)
        field_refuse(list, "%zu of them (at most %zu)", n, most);
    return n > most ? 0 : n;
}

/* ---- runs ---- */

static struct money money_of(const struct field *f, int places)
{
    return (struct money){
        .net = field_money(f, "net", places),
        .tax = field_money(f, "tax", places),
        .recoverable = field_money(f, "recoverable", places),
        .withheld = field_money(f, "withheld", places),
        .fees = field_money(f, "fees", places),
        .other = field_money(f, "other", places),
        .cash_out = field_money(f, "cash_out", places),
        .cost = field_money(f, "cost", places),
    };
}

static void fill_tax_sum(struct reading *r, const struct field *run, struct line_run *out, struct saved_places *places)
{
    struct field f = field_at(run, "tax_sum");

    if (f.v == NULL)
        return;
    size_t rule = (size_t)field_whole(&f, "rule", 0, (int)r->site->ntaxes - 1);
    out->own_amount = field_amount(&f, "amount", &places->tax);
    out->own_base = field_amount(&f, "base", NULL);
    out->own_tax = field_amount(&f, "tax", NULL);
    out->own_withheld = field_amount(&f, "withheld", NULL);
    out->own_net = field_amount(&f, "net", NULL);
    out->tax = r->f.failed ? NULL : &r->site->taxes[rule];
}

static void fill_run(struct reading *r, const struct field *f, struct line_run *out, struct saved_places *places)
{
    static const char *const timings[] = {[AT_START] = "start", [AT_END] = "end"};
    int months = r->out->months + TERM_MAX; /* commitments run on beyond the horizon */

    field_object(f);
    out->first = field_whole(f, "first_month", 1, months) - 1;
    out->months = field_whole(f, "months", 1, months - out->first);
    out->at = (enum timing)field_choice(f, "at", timings, 2);
    out->quantity = field_amount(f, "quantity", NULL);
    out->list_exact = field_amount(f, "list_exact", NULL);
    out->list = field_amount(f, "list", NULL);
    out->contract = field_amount(f, "contract", &places->price);
    out->billed = field_amount(f, "billed", &places->billed);
    fill_tax_sum(r, f, out, places);
    out->m = money_of(f, r->out->minor_units);
    struct field quantity = field_at(f, "quantity");
    if (!r->f.failed && dec_sign(out->quantity) < 0)
        field_refuse(&quantity, "below 0");
}

static void fill_runs(struct reading *r, const struct field *line, struct saved_line *out)
{
    struct field list = field_at(line, "runs");
    size_t n = count_up_to(&list, RUNS_MAX);
    struct line_run *v = saved_room(&r->f, n, sizeof *v);
    struct saved_places *places = saved_room(&r->f, n, sizeof *places);

    for (size_t i = 0; i < n && !r->f.failed; i++) {
        struct field f = field_item(&list, i);
        fill_run(r, &f, &v[i], &places[i]);
    }
    out->runs = v;
    out->places = places;
    out->nruns = r->f.failed ? 0 : n;
}

/* ---- lines ---- */

static void fill_line_totals(struct reading *r, const struct field *line, struct saved_line *out)
{
    struct field f = field_at(line, "totals");

    out->has_totals = f.v != NULL;
    if (!out->has_totals)
        return;
    field_object(&f);
    out->quantity = field_amount(&f, "quantity", NULL);
    out->m = money_of(&f, r->out->minor_units);
}

/* The rest of a spend commitment has the basis of the site's prices; costs and other fees have no tax in them. */
static enum tax_basis basis_of(const struct field *f)
{
    static const char *const bases[] = {[BASIS_INCL] = "incl", [BASIS_EXCL] = "excl"};
    struct field commitment = field_at(f, "commitment");
    if (field_is_null(f, "commitment"))
        return BASIS_EXCL;
    return (enum tax_basis)field_choice(&commitment, "tax_basis", bases, 2);
}

static void fill_line(struct reading *r, const struct field *f, struct saved_line *out)
{
    field_object(f);
    out->label = field_text(f, "line");
    out->kind = field_text(f, "kind");
    out->status = (enum line_status)field_choice(f, "status", line_status_names, NAMES);
    out->charge = field_text(f, "charge");
    out->unit = field_text(f, "unit");
    out->discount = field_amount(f, "discount", NULL);
    out->spread = field_amount(f, "spread", NULL);
    const char *currency = field_text(f, "price_currency");
    if (*currency != '\0')
        field_currency(f, "price_currency", out->price_currency);
    out->offer = saved_offer(f, "offer");
    out->basis = basis_of(f);
    out->settle_fx = saved_rate(f, "settle_fx");
    out->tax_fx = saved_rate(f, "tax_fx");
    out->back_fx = saved_rate(f, "back_fx");
    out->fx = saved_rate(f, "fx");
    out->pooled = !field_is_null(f, "pool");
    fill_runs(r, f, out);
    fill_line_totals(r, f, out);
    saved_check_line(f, r->out, out);
}

static bool same_line(const struct saved_line *a, const struct saved_line *b)
{
    return !strcmp(a->label, b->label) && !strcmp(a->kind, b->kind);
}

static void fill_lines(struct reading *r, const struct field *site)
{
    struct field list = field_at(site, "lines");
    size_t n = count_up_to(&list, LINES_MAX);
    struct saved_line *v = saved_room(&r->f, n, sizeof *v);
    char cut[SHOWN_MAX];

    for (size_t i = 0; i < n && !r->f.failed; i++) {
        struct field f = field_item(&list, i);
        fill_line(r, &f, &v[i]);
        for (size_t k = 0; k < i && !r->f.failed; k++)
            if (same_line(&v[k], &v[i]))
                field_refuse(&f, "line '%s' stands twice", shown(v[i].label, cut));
    }
    r->site->lines = v;
    r->site->nlines = r->f.failed ? 0 : n;
}

/* ---- sites ---- */

static void fill_taxes(struct reading *r, const struct field *site)
{
    struct field list = field_at(site, "taxes");
    size_t n = field_count(&list);
    struct tax_used *v = saved_room(&r->f, n, sizeof *v);

    for (size_t i = 0; i < n && !r->f.failed; i++) {
        struct field f = field_item(&list, i);
        saved_tax_fill(&f, &v[i]);
    }
    r->site->taxes = v;
    r->site->ntaxes = r->f.failed ? 0 : n;
}

static void fill_site(struct reading *r, const struct field *f, struct saved_site *out)
{
    struct field region = field_at(f, "region"), totals = field_at(f, "totals");

    r->site = out;
    field_object(f);
    out->column = field_text(f, "site");
    out->region = region.v != NULL ? field_text(&region, "id") : "";
    out->status = (enum site_status)field_choice(f, "status", site_status_names, NAMES);
    out->rank = field_is_null(f, "rank") ? 0 : field_whole(f, "rank", 1, 1000000);
    out->has_totals = totals.v != NULL;
    if (out->has_totals)
        out->m = money_of(&totals, r->out->minor_units);
    fill_taxes(r, f);
    fill_lines(r, f);
    saved_check_site(f, out);
}

static void fill_sites(struct reading *r, const struct field *root)
{
    struct field list = field_at(root, "sites");
    size_t n = count_up_to(&list, SITES_MAX);
    struct saved_site *v = saved_room(&r->f, n, sizeof *v);
    char cut[SHOWN_MAX];

    for (size_t i = 0; i < n && !r->f.failed; i++) {
        struct field f = field_item(&list, i);
        fill_site(r, &f, &v[i]);
        for (size_t k = 0; k < i && !r->f.failed; k++)
            if (!strcmp(v[k].column, v[i].column))
                field_refuse(&f, "site '%s' stands twice", shown(v[i].column, cut));
    }
    r->out->sites = v;
    r->out->nsites = r->f.failed ? 0 : n;
}

/* ---- the document ---- */

static void fill_rates(struct reading *r, const struct field *root)
{
    struct field list = field_at(root, "rates");
    size_t n = field_count(&list);
    struct fx_used *v = saved_room(&r->f, n, sizeof *v);

    for (size_t i = 0; i < n && !r->f.failed; i++) {
        struct field f = field_item(&list, i);
        saved_rate_fill(&f, &v[i]);
    }
    r->out->rates = v;
    r->out->nrates = r->f.failed ? 0 : n;
}

static void fill_scenario(struct reading *r, const struct field *root)
{
    struct field f = field_at(root, "scenario"), start = field_at(&f, "start");
    struct saved *s = r->out;
    char cut[SHOWN_MAX];

    field_object(&f);
    s->name = field_text(&f, "name");
    const char *month = field_text(&f, "start");
    if (!r->f.failed && !month_parse(month, strlen(month), &s->start))
        field_refuse(&start, "'%s' is no month (YYYY-MM)", shown(month, cut));
    s->months = field_whole(&f, "months", 1, MONTHS_MAX);
    field_currency(&f, "currency", s->currency);
    s->minor_units = field_whole(&f, "minor_units", 0, DEC_PLACES);
    s->as_of = field_day(&f, "as_of");
}

static void check_schema(const struct field *root)
{
    struct field f = field_at(root, "schema");
    char cut[SHOWN_MAX];

    if (json_kind(root->v) != JSON_OBJECT || f.v == NULL)
        field_refuse(root, "no saved estimate (tco estimate --format json writes one)");
    const char *schema = field_text(root, "schema");
    if (strcmp(schema, SCHEMA) != 0)
        field_refuse(&f, "'%s' is not read (known: %s)", shown(schema, cut), SCHEMA);
}

static int fill(struct json *document, struct arena *arena, struct saved *out, struct err *err)
{
    struct reading r = {.f = {.arena = arena, .err = err}, .out = out};
    struct field root = field_root(&r.f, document);

    *out = (struct saved){.as_of = DATE_NONE};
    check_schema(&root);
    fill_scenario(&r, &root);
    fill_rates(&r, &root);
    fill_sites(&r, &root);
    return r.f.failed ? -1 : 0;
}

int saved_read(const char *body, size_t len, struct arena *arena, struct saved *out, struct err *err)
{
    struct json *document;

    if (json_read(body, len, &document, NULL, err) != 0) {
        err->kind = err->kind == ERR_FETCH ? ERR_USAGE : err->kind;
        return -1;
    }
    int rc = fill(document, arena, out, err);
    json_free(document);
    return rc;
}

int saved_load(const char *path, struct arena *arena, struct saved *out, struct err *err)
{
    struct buf body = {0};
    int rc = file_read(path, SAVED_MAX, &body, err);

    if (rc == 0 && saved_read(body.v != NULL ? body.v : "", body.n, arena, out, err) != 0)
        rc = err_prefix(err, "%s", path);
    buf_free(&body);
    return rc;
}
