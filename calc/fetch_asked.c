/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * asked.csv: one row per thing a job was about, so that raw answers can be read again by the questions
 * they belong to. `what` is region, sku, today, since, file or currency.
 */
#include "calc/fetch.h"

#include "calc/csv.h"
#include "calc/file.h"
#include "calc/record.h"

#include <stdio.h>
#include <string.h>

struct asked {
    const char *what, *value, *service, *vcpu, *memory;
};

#define ASKED(field) offsetof(struct asked, field)
static const char *const whats[] = {"region", "sku", "today", "since", "file", "currency", NULL};
static const struct cell_rule cells[] = {
    {"what", CELL_WORD, ASKED(what), 0, whats},      {"value", CELL_TEXT, ASKED(value), 0, NULL},
    {"service", CELL_TEXT, ASKED(service), 0, NULL}, {"vcpu", CELL_TEXT, ASKED(vcpu), 0, NULL},
    {"memory", CELL_TEXT, ASKED(memory), 0, NULL},
};
static const struct record_type asked_type = {
    "asked", sizeof(struct asked), cells, sizeof cells / sizeof *cells, "", 0, 0,
};

static int path_of(const char *dir, char out[1200], struct err *err)
{
    int n = snprintf(out, 1200, "%s/asked.csv", dir);

    return n > 0 && n < 1200 ? 0 : err_set(err, ERR_INTERNAL, "too long a path: '%s'", dir);
}

static void put(struct buf *out, const char *what, const char *value, const struct fetch_sku *sku)
{
    const char *const texts[] = {what, value, sku != NULL ? sku->service : "", sku != NULL ? sku->vcpu : "",
                                 sku != NULL ? sku->memory : ""};

    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        if (i > 0)
            buf_putc(out, ',');
        csv_text(out, texts[i]);
    }
    buf_putc(out, '\n');
}

int fetch_asked_write(const char *dir, const struct fetch_job *job, struct err *err)
{
    char path[1200], day[DATE_TEXT];
    struct buf out = {0};

    if (path_of(dir, path, err) != 0)
        return -1;
    buf_puts(&out, "what,value,service,vcpu,memory\n");
    for (size_t i = 0; i < job->nregions; i++)
        put(&out, "region", job->regions[i], NULL);
    for (size_t i = 0; i < job->nskus; i++)
        put(&out, "sku", job->skus[i].sku, &job->skus[i]);
    date_format(job->today, day);
    put(&out, "today", day, NULL);
    date_format(job->since, day);
    put(&out, "since", day, NULL);
    put(&out, "file", job->file != NULL ? job->file : "", NULL);
    put(&out, "currency", job->currency, NULL);
    int rc = out.failed ? err_nomem(err) : file_write(path, out.v, out.n, err);
    buf_free(&out);
    return rc;
}

static int read_rows(const char *path, struct arena *a, struct records *out, struct err *err)
{
    const char *body;
    size_t len;

    if (file_map(path, &body, &len, err) != 0)
        return -1;
    int rc = records_read(&asked_type, path, body, len, a, out, err);
    file_unmap(body, len);
    return rc;
}

static void take_day(const char *text, struct date *out)
{
    if (!date_parse(text, strlen(text), out))
        *out = DATE_NONE;
}

static void take(struct fetch_job *job, const struct asked *row, const char **regions, struct fetch_sku *skus)
{
    if (!strcmp(row->what, "region")) {
        regions[job->nregions++] = row->value;
    } else if (!strcmp(row->what, "sku")) {
        skus[job->nskus++] = (struct fetch_sku){row->service, row->value, row->vcpu, row->memory};
    } else if (!strcmp(row->what, "today")) {
        take_day(row->value, &job->today);
    } else if (!strcmp(row->what, "since")) {
        take_day(row->value, &job->since);
    } else if (!strcmp(row->what, "file")) {
        job->file = row->value[0] != '\0' ? row->value : NULL;
    } else {
        job->currency = row->value;
    }
}

int fetch_asked_read(const char *dir, struct fetch_job *job, struct arena *a, struct err *err)
{
    char path[1200];
    struct records rows;

    if (path_of(dir, path, err) != 0 || read_rows(path, a, &rows, err) != 0)
        return -1;
    const char **regions = arena_array(a, rows.n + 1, sizeof *regions);
    struct fetch_sku *skus = arena_array(a, rows.n + 1, sizeof *skus);
    if (regions == NULL || skus == NULL)
        return err_nomem(err);
    job->regions = regions;
    job->skus = skus;
    job->nregions = job->nskus = 0;
    for (size_t i = 0; i < rows.n; i++)
        take(job, (const struct asked *)rows.v + i, regions, skus);
    return date_is(job->today) ? 0 : err_set(err, ERR_USAGE, "%s does not say of which day it is", path);
}
