/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "calc/batch_crew.h"

#include <stdio.h>
#include <stdlib.h>

static void complain(struct worker *k, const char *text)
{
    if (k->ncomplaints == SAID_MAX)
        return;
    k->ncomplaints++;
    buf_puts(&k->complaints, text);
    buf_putc(&k->complaints, '\0');
}

/* The cells of a record, or what is wrong with it, in `why`. */
static void read_row(struct worker *k, size_t i, struct batch_row *row, char why[128])
{
    const struct batch_setup *s = k->crew->work->setup;
    struct batch_record *rec = &k->block.v[i];

    *row = (struct batch_row){.columns = s->columns, .number = k->block.first + i};
    if (s->columns == NULL) {
        row->file = s->options->files[row->number - 1];
        return;
    }
    size_t width = s->columns->n, n = width;
    if (rec->wrong == NULL)
        n = batch_cells(&k->block, rec, k->cells, width);
    row->line = rec->line;
    row->wrong = rec->wrong;
    if (row->wrong == NULL && n != width) {
        snprintf(why, 128, "%zu cell%s where the header has %zu", n, n == 1 ? "" : "s", width);
        row->wrong = why;
    }
    row->cells = row->wrong == NULL ? k->cells : NULL;
}

/* 1: the row and its records are done; 0: not this way; -1 as always. */
static int write_fast(struct worker *k, const struct batch_row *row, struct batch_result *r, struct err *err)
{
    const struct batch_work *w = k->crew->work;

    if (k->fast == NULL || w->sink != NULL || row->wrong != NULL)
        return 0;
    r->why.text[0] = '\0';
    return w->fast->write(k->fast, row, &r->status, &k->out, err);
}

static int evaluate(struct worker *k, const struct batch_row *row, struct batch_result *r, struct err *err)
{
    const struct batch_fast *fast = k->crew->work->fast;
    int got =
        k->fast != NULL && k->crew->work->sink != NULL && row->wrong == NULL ? fast->row(k->fast, row, &r->e, err) : 0;

    if (got == 0)
        return batch_make(&k->maker, row, r, err);
    r->status = got > 0 ? batch_status_of(r->e, &k->crew->work->setup->options->estimate) : BATCH_FAILED;
    r->why.text[0] = '\0';
    return got > 0 ? 0 : -1;
}

static int give(struct worker *k, const struct batch_row *row, const struct batch_result *r, struct err *err)
{
    const struct batch_work *w = k->crew->work;

    if (w->sink != NULL)
        return w->sink->row(k->sink, row, r->status, r->e, err);
    batch_format_row(w->format, row, r->status, r->e, r->e == NULL ? r->why.text : "", &k->out);
    return 0;
}

bool worker_row(struct worker *k, size_t i)
{
    struct batch_row row;
    struct batch_result *r = &k->result;
    char why[128];

    read_row(k, i, &row, why);
    int written = write_fast(k, &row, r, &k->why);
    if (written < 0 || (written == 0 && evaluate(k, &row, r, &k->why) != 0)) {
        k->spoilt = true;
        return false;
    }
    if (r->status == BATCH_FAILED && k->crew->work->setup->options->strict) {
        k->why = r->why;
        k->spoilt = true;
        return false;
    }
    if (written == 0 && give(k, &row, r, &k->why) != 0) {
        k->spoilt = true;
        return false;
    }
    if (r->status == BATCH_FAILED)
        complain(k, r->why.text);
    k->tally.rows[r->status]++;
    k->tally.last = row.number;
    return true;
}

int worker_open(struct worker *k, struct err *err)
{
    const struct batch_work *w = k->crew->work;
    size_t width = w->setup->columns != NULL ? w->setup->columns->n : 0;

    if (batch_maker_open(&k->maker, w->setup, err) != 0)
        return -1;
    k->cells = calloc(width + 1, sizeof *k->cells);
    if (k->cells == NULL)
        return err_nomem(err);
    if (w->sink != NULL && w->sink->open(w->sink->ctx, &k->sink, err) != 0)
        return -1;
    if (w->fast == NULL || w->setup->columns == NULL)
        return 0;
    return w->fast->open(w->fast->ctx, &k->maker.rules, k->maker.catalogue, &k->fast, err);
}

void worker_close(struct worker *k)
{
    const struct batch_work *w = k->crew->work;

    if (k->fast != NULL)
        w->fast->close(k->fast);
    if (k->sink != NULL)
        w->sink->close(k->sink);
    batch_maker_close(&k->maker);
    batch_block_free(&k->block);
    buf_free(&k->out);
    buf_free(&k->complaints);
    free(k->cells);
}
