/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "calc/batch_bill.h"

#include "calc/batch_shares.h"
#include "calc/csv_columns.h"
#include "calc/line_view.h"
#include "calc/say.h"
#include "calc/tco.h"
#include "calc/words.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { SAID_MAX = 20, COLUMNS_MAX = 64 };

/* ---- records */

/* The columns of an estimate's view, and `rows` (column NULL). */
struct bill_format {
    const struct csv_column *v[COLUMNS_MAX];
    size_t n;
};

static struct csv_columns columns_of(enum view view)
{
    return view == VIEW_LINES ? csv_lines : csv_summary;
}

static int unknown_column(enum view view, const char *name, size_t len, struct err *err)
{
    struct buf known = {0};
    struct csv_columns c = columns_of(view);
    for (size_t i = 0; i < c.n; i++)
        buf_printf(&known, "%s, ", c.v[i].name);
    int rc = known.failed ? err_nomem(err)
                          : err_set(err, ERR_USAGE, "--columns: unknown column '%.*s' (known: %srows)",
                                    len < 40 ? (int)len : 40, name, known.v);
    buf_free(&known);
    return rc;
}

static bool is_called(const char *name, const char *text, size_t n)
{
    return strlen(name) == n && !strncmp(name, text, n);
}

static int add_column(struct bill_format *f, enum view view, const char *name, size_t n, struct err *err)
{
    struct csv_columns c = columns_of(view);
    if (f->n == COLUMNS_MAX)
        return err_set(err, ERR_USAGE, "--columns: more than %d columns", COLUMNS_MAX);
    f->v[f->n] = NULL;
    for (size_t i = 0; i < c.n; i++)
        if (is_called(c.v[i].name, name, n))
            f->v[f->n] = &c.v[i];
    if (!f->v[f->n] && !is_called("rows", name, n))
        return unknown_column(view, name, n, err);
    f->n++;
    return 0;
}

static int make_format(struct bill_format *f, const struct batch_options *o, struct err *err)
{
    struct csv_columns c = columns_of(o->view);
    *f = (struct bill_format){.n = 0};
    for (size_t i = 0; !o->columns && i < c.n; i++)
        f->v[f->n++] = &c.v[i];
    if (!o->columns)
        f->v[f->n++] = NULL;
    for (const char *at = o->columns; at; at = strchr(at, ',') ? strchr(at, ',') + 1 : NULL) {
        at += strspn(at, " ");
        size_t n = strcspn(at, ",");
        while (n > 0 && at[n - 1] == ' ')
            n--;
        if (add_column(f, o->view, at, n, err) != 0)
            return -1;
    }
    return 0;
}

int batch_bill_check(const struct batch_options *o, struct err *err)
{
    struct bill_format f;
    if (o->columns && o->group_by)
        return err_set(err, ERR_USAGE, "--columns does not go with --group-by, whose columns are fixed");
    return make_format(&f, o, err);
}

/* What came of the rows. */
struct taken {
    struct inventory_bill bill;
    uint64_t rows, wrong;
};

/* Of the bill, or of the line; none of what is no row. */
static void put_rows(const struct taken *t, const struct csv_row *r, struct buf *out)
{
    if (!r->line)
        buf_printf(out, "%" PRIu64, t->rows - t->wrong);
    else if (r->line->resource && (size_t)(r->line->resource - t->bill.scenario.resources) >= t->bill.nbase)
        buf_printf(out, "%d", r->line->resource->repeats + 1);
}

static void put_record(const struct bill_format *f, const struct taken *t, const struct csv_row *r, struct buf *out)
{
    for (size_t i = 0; i < f->n; i++) {
        buf_puts(out, i > 0 ? "," : "");
        if (f->v[i])
            f->v[i]->put(out, r, f->v[i]->at);
        else
            put_rows(t, r, out);
    }
    buf_putc(out, '\n');
}

static void put_site(const struct bill_format *f, const struct taken *t, enum view view, struct csv_row *r,
                     struct buf *out)
{
    r->money = r->site->has_totals ? &r->site->m : NULL;
    if (view != VIEW_LINES) {
        put_record(f, t, r, out);
        return;
    }
    for (size_t i = 0; i < r->site->nlines; i++) {
        r->line = &r->site->lines[i];
        r->money = line_has_amounts(r->line) ? &r->line->m : NULL;
        put_record(f, t, r, out);
    }
    r->line = NULL;
}

static int put_records(const struct batch_bill *b, const struct taken *t, const struct estimate *e, struct buf *out,
                       struct err *err)
{
    struct bill_format f;
    if (make_format(&f, b->options, err) != 0)
        return -1;
    buf_puts(out, b->options->bom ? "\xEF\xBB\xBF" : "");
    for (size_t i = 0; i < f.n; i++)
        buf_printf(out, "%s%s", i > 0 ? "," : "", f.v[i] ? f.v[i]->name : "rows");
    buf_putc(out, '\n');
    for (size_t i = 0; i < e->nsites; i++) {
        struct csv_row r = {.e = e, .site = batch_site(e, &e->scenario->sites[i])};
        if (r.site)
            put_site(&f, t, b->options->view, &r, out);
    }
    return out->failed ? err_nomem(err) : 0;
}

/* ---- rows in */

struct intake {
    const struct batch_bill *b;
    struct inventory *inventory;
    struct batch_groups *groups; /* NULL: without --group-by */
    int group;
    struct batch_cell *cells;
    uint64_t rows, wrong;
};

static void read_row(const struct intake *in, struct batch_block *block, size_t i, struct batch_row *row, char why[128])
{
    struct batch_record *rec = &block->v[i];
    size_t width = in->b->columns->n, n = width;
    if (!rec->wrong)
        n = batch_cells(block, rec, in->cells, width);
    *row = (struct batch_row){
        .columns = in->b->columns, .number = block->first + i, .line = rec->line, .wrong = rec->wrong};
    if (!row->wrong && n != width) {
        snprintf(why, 128, "%zu cell%s where the header has %zu", n, n == 1 ? "" : "s", width);
        row->wrong = why;
    }
    row->cells = row->wrong ? NULL : in->cells;
}

/* The group is named by its first row, right or wrong. */
static int name_group(const struct intake *in, const struct batch_row *row, int *group, struct err *err)
{
    const struct batch_cell unknown = {"", 0}, *c = row->cells ? &row->cells[in->group] : &unknown;
    *group = 0;
    return in->groups ? batch_groups_name(in->groups, c->text, c->n, group, err) : 0;
}

static int take_wrong(struct intake *in, int group, const struct err *why, struct err *err)
{
    if (in->b->options->strict) {
        *err = *why;
        return -1;
    }
    if (in->wrong++ < SAID_MAX)
        app_say(in->b->app, "%s", why->text);
    if (in->groups)
        in->groups->failed[group]++;
    return 0;
}

static int take_row(struct intake *in, struct batch_block *block, size_t i, struct err *err)
{
    struct batch_row row;
    struct err why;
    char text[128];
    int group;
    read_row(in, block, i, &row, text);
    if (name_group(in, &row, &group, err) != 0)
        return -1;
    in->rows++;
    int got = inventory_row(in->inventory, &row, &why);
    if (got > 0)
        return take_wrong(in, group, &why, err);
    if (got < 0)
        *err = why;
    return got;
}

static int take_rows(struct intake *in, struct err *err)
{
    const struct tco_world *world = in->b->app->world;
    struct batch_block block = {.text = NULL};
    int got;
    while ((got = batch_rows_block(in->b->rows, &block, BATCH_BLOCK_ROWS, err)) > 0) {
        if (world->interrupted && world->interrupted())
            got = err_set(err, ERR_INCOMPLETE, "interrupted: a bill of some of the rows is none, nothing is written");
        for (size_t i = 0; got > 0 && i < block.nrows; i++)
            got = take_row(in, &block, i, err) == 0 ? 1 : -1;
        if (got < 0)
            break;
    }
    batch_block_free(&block);
    return got;
}

/* ---- the bill */

/* Rows are missing: what there is is no total. */
static int spoil(const struct batch_bill *b, const struct taken *t, struct estimate *e, struct err *err)
{
    const char *why =
        say_in(&e->arena, b->app->lang, TEXT_BATCH_NOT_IN_IT, arena_printf(&e->arena, "%" PRIu64, t->wrong),
               arena_printf(&e->arena, "%" PRIu64, t->rows));
    for (size_t i = 0; i < e->nsites; i++) {
        struct site_estimate *s = &e->sites[i];
        const char **reasons = arena_grow(&e->arena, s->reasons, s->nreasons, s->nreasons + 1, sizeof *reasons);
        if (!reasons || !why)
            return err_nomem(err);
        reasons[s->nreasons++] = why;
        s->reasons = reasons;
        s->has_totals = s->has_list = s->has_vs_best = false;
        s->rank = 0;
        if (s->status != SITE_INELIGIBLE)
            s->status = SITE_INCOMPLETE;
    }
    return 0;
}

static int write_bill(const struct batch_bill *b, const struct intake *in, const struct taken *t, struct buf *out,
                      int *status, struct err *err)
{
    struct estimate e;
    if (estimate_run(&t->bill.scenario, b->fields->rules, b->catalogue, &b->options->estimate, &e, err) != 0)
        return -1;
    int rc = t->wrong > 0 ? spoil(b, t, &e, err) : 0;
    *status = estimate_status(&e, &b->options->estimate);
    if (rc == 0 && in->groups)
        rc = batch_shares(in->groups, &t->bill, &e, &b->options->estimate, t->wrong == 0, err) != 0 ||
                     batch_groups_write(in->groups, b->options->bom, out, err) != 0
                 ? -1
                 : 0;
    else if (rc == 0)
        rc = put_records(b, t, &e, out, err);
    estimate_free(&e);
    return rc;
}

static int price(const struct batch_bill *b, struct intake *in, struct buf *out, int *status, struct err *err)
{
    struct taken t = {.rows = 0};
    if (take_rows(in, err) != 0)
        return -1;
    t.rows = in->rows;
    t.wrong = in->wrong;
    if (t.wrong > 0)
        app_say(b->app, "of %" PRIu64 " rows, %" PRIu64 " are wrong and not in the bill", t.rows, t.wrong);
    return inventory_bill(in->inventory, &t.bill, err) != 0 || write_bill(b, in, &t, out, status, err) != 0 ? -1 : 0;
}

int batch_bill(const struct batch_bill *b, struct buf *out, int *status, struct err *err)
{
    struct batch_groups groups = {.ngroups = 0};
    struct intake in = {.b = b, .group = -1};
    if (b->options->group_by) {
        in.groups = &groups;
        if (batch_groups_column(b->columns, b->options->group_by, &in.group, err) != 0)
            return -1;
    }
    in.cells = calloc(b->columns->n + 1, sizeof *in.cells);
    int rc = in.cells ? inventory_open(&in.inventory, b->fields, b->base, b->columns, in.group, err) : err_nomem(err);
    if (rc == 0)
        rc = price(b, &in, out, status, err);
    inventory_free(in.inventory);
    batch_groups_free(&groups);
    free(in.cells);
    return rc;
}
