/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "calc/batch_record.h"

#include "calc/csv_columns.h"
#include "calc/line_view.h"
#include "calc/words.h"

#include <inttypes.h>
#include <string.h>

enum { FIELDS_MAX = 64 };

static const char *const own_names[] = {
    [BATCH_ROW] = "row", [BATCH_ROW_STATUS] = "row_status", [BATCH_ROW_ERROR] = "row_error"};

static size_t all_fields(enum view view, struct batch_field v[FIELDS_MAX])
{
    const struct csv_columns *c = view == VIEW_LINES ? &csv_lines : &csv_summary;
    size_t n = 0;

    for (size_t i = 0; i < c->n; i++)
        v[n++] = (struct batch_field){c->v[i].name, &c->v[i], NOT_OWN};
    for (enum batch_own own = BATCH_ROW; own <= BATCH_ROW_ERROR; own++)
        v[n++] = (struct batch_field){own_names[own], NULL, own};
    return n;
}

static int unknown(const char *name, const struct batch_field *all, size_t n, struct err *err)
{
    const char *names[FIELDS_MAX];
    struct buf list = {0};

    for (size_t i = 0; i < n; i++)
        names[i] = all[i].name;
    words_list(&list, names, n, FIELDS_MAX);
    int rc = list.failed ? err_nomem(err)
                         : err_set(err, ERR_USAGE, "--columns: unknown column '%s' (known: %s)", name, list.v);
    buf_free(&list);
    return rc;
}

static int choose(struct batch_field *out, const char *name, const struct batch_field *all, size_t n, struct err *err)
{
    for (size_t i = 0; i < n; i++)
        if (strcmp(all[i].name, name) == 0) {
            *out = all[i];
            return 0;
        }
    return unknown(name, all, n, err);
}

/* The next name of a list with commas; NULL when there is no memory. */
static char *next_name(struct arena *a, const char **at)
{
    const char *text = *at + strspn(*at, " ");
    size_t n = strcspn(text, ","), cut = n;

    while (cut > 0 && text[cut - 1] == ' ')
        cut--;
    *at = text + n;
    return arena_strndup(a, text, cut);
}

static int choose_all(struct batch_field *v, size_t *n, struct arena *a, const char *columns,
                      const struct batch_field *all, size_t nall, struct err *err)
{
    for (const char *at = columns;; at++) {
        const char *name = next_name(a, &at);
        if (name == NULL)
            return err_nomem(err);
        if (*n == FIELDS_MAX)
            return err_set(err, ERR_USAGE, "--columns: more than %d columns", FIELDS_MAX);
        if (choose(&v[(*n)++], name, all, nall, err) != 0)
            return -1;
        if (*at == '\0')
            return 0;
    }
}

int batch_format_make(struct batch_format *f, struct arena *a, enum view view, const char *columns, struct err *err)
{
    struct batch_field all[FIELDS_MAX], *v = arena_array(a, FIELDS_MAX, sizeof *v);
    size_t nall = all_fields(view, all), n = 0;

    if (v == NULL)
        return err_nomem(err);
    if (columns == NULL)
        memcpy(v, all, (n = nall) * sizeof *v);
    else if (choose_all(v, &n, a, columns, all, nall, err) != 0)
        return -1;
    *f = (struct batch_format){v, n, view};
    return 0;
}

void batch_format_header(const struct batch_format *f, bool bom, struct buf *out)
{
    if (bom)
        buf_puts(out, "\xEF\xBB\xBF");
    for (size_t i = 0; i < f->n; i++) {
        buf_puts(out, i > 0 ? "," : "");
        buf_puts(out, f->v[i].name);
    }
    buf_putc(out, '\n');
}

/* ---- a row ---- */

/* What the cells of a row look at besides its estimate. */
struct given {
    const struct batch_row *row;
    enum batch_status status;
    const char *why;
};

static void put_own(enum batch_own own, const struct given *g, struct buf *out)
{
    if (own == BATCH_ROW)
        buf_printf(out, "%" PRIu64, g->row->number);
    else if (own == BATCH_ROW_STATUS)
        buf_puts(out, batch_status_names[g->status]);
    else
        csv_text(out, g->why);
}

static void put_record(const struct batch_format *f, const struct given *g, const struct csv_row *r, struct buf *out)
{
    for (size_t i = 0; i < f->n; i++) {
        const struct batch_field *field = &f->v[i];
        if (i > 0)
            buf_putc(out, ',');
        if (field->own != NOT_OWN)
            put_own(field->own, g, out);
        else
            field->column->put(out, r, field->column->at);
    }
    buf_putc(out, '\n');
}

static void put_lines(const struct batch_format *f, const struct given *g, struct csv_row *r, struct buf *out)
{
    for (size_t k = 0; k < r->site->nlines; k++) {
        r->line = &r->site->lines[k];
        r->money = line_has_amounts(r->line) ? &r->line->m : NULL;
        put_record(f, g, r, out);
    }
}

static bool is_site(const struct site_estimate *site, const struct site_ref *ref)
{
    return site->plan == NULL && site->quote == ref->quote && strcmp(site->site->id, ref->site) == 0 &&
           strcmp(site->buyer->name, ref->buyer) == 0;
}

/* The estimate has its sites ranked; the one asked for as number i is often there all the same. */
static const struct site_estimate *find_site(const struct estimate *e, size_t i)
{
    const struct site_ref *ref = &e->scenario->sites[i];

    for (size_t k = 0; k < e->nsites; k++) {
        const struct site_estimate *site = &e->sites[(i + k) % e->nsites];
        if (is_site(site, ref))
            return site;
    }
    return NULL;
}

static void put_site(const struct batch_format *f, const struct given *g, const struct estimate *e,
                     const struct site_estimate *site, struct buf *out)
{
    struct csv_row r = {.e = e, .site = site};

    if (site == NULL)
        return;
    r.money = site->has_totals ? &site->m : NULL;
    if (f->view == VIEW_LINES)
        put_lines(f, g, &r, out);
    else
        put_record(f, g, &r, out);
}

/* Which of the scenario's plans this is; behind them all for the one that was searched for. */
static size_t plan_number(const struct estimate *e, const struct site_estimate *site)
{
    static const char word[] = "plan:";
    size_t i = 0;

    while (i < e->scenario->nsplits && strcmp(site->column + sizeof word - 1, e->scenario->splits[i].name) != 0)
        i++;
    return i;
}

/* The sites in the order of [compare], then the plans in the order of the file. */
static void put_sites(const struct batch_format *f, const struct given *g, const struct estimate *e, struct buf *out)
{
    for (size_t i = 0; i < e->scenario->nsites; i++)
        put_site(f, g, e, find_site(e, i), out);
    for (size_t i = 0; e->nsites > e->scenario->nsites && i <= e->scenario->nsplits; i++)
        for (size_t k = 0; k < e->nsites; k++)
            if (e->sites[k].plan != NULL && plan_number(e, &e->sites[k]) == i)
                put_site(f, g, e, &e->sites[k], out);
}

bool batch_names_row(const struct batch_column *c)
{
    return c->kind == BATCH_NAME ||
           (c->kind == BATCH_KEY && strcmp(c->section, "project") == 0 && strcmp(c->key, "name") == 0);
}

static void put_name(const struct batch_row *row, struct buf *out)
{
    if (row->file != NULL) {
        csv_text(out, row->file);
        return;
    }
    for (size_t i = 0; row->cells != NULL && i < row->columns->n; i++)
        if (batch_names_row(&row->columns->v[i]) && row->cells[i].n > 0) {
            csv_text(out, row->cells[i].text);
            return;
        }
    buf_printf(out, "%" PRIu64, row->number);
}

static void put_failed(const struct batch_format *f, const struct given *g, struct buf *out)
{
    for (size_t i = 0; i < f->n; i++) {
        buf_puts(out, i > 0 ? "," : "");
        if (f->v[i].own != NOT_OWN)
            put_own(f->v[i].own, g, out);
        else if (strcmp(f->v[i].name, "scenario") == 0)
            put_name(g->row, out);
    }
    buf_putc(out, '\n');
}

void batch_format_row(const struct batch_format *f, const struct batch_row *row, enum batch_status status,
                      const struct estimate *e, const char *why, struct buf *out)
{
    const struct given g = {row, status, why};

    if (e == NULL)
        put_failed(f, &g, out);
    else
        put_sites(f, &g, e, out);
}
