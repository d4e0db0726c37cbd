/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What `tco fetch` says: a line for each source under way on a terminal, a line at each one's end
 * elsewhere, and the summary.
 */
#include "calc/fetch.h"

#include "calc/csv.h"
#include "calc/grid.h"
#include "calc/tco.h"
#include "calc/words.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

const char *const fetch_outcome_names[FETCH_OUTCOMES] = {
    [FETCH_TAKEN] = "taken",   [FETCH_SAME] = "unchanged",  [FETCH_CHECKED] = "would be taken",
    [FETCH_RECENT] = "recent", [FETCH_REFUSED] = "refused", [FETCH_FAILED] = "failed",
};

/* "1.2 MB" */
static void put_bytes(struct buf *out, uint64_t n)
{
    static const char *const units[] = {"B", "kB", "MB", "GB", "TB"};
    uint64_t tenths = n * 10;
    size_t unit = 0;

    while (tenths >= 10000 && unit < 4) {
        tenths /= 1000;
        unit++;
    }
    if (unit == 0)
        buf_printf(out, "%" PRIu64 " B", n);
    else
        buf_printf(out, "%" PRIu64 ".%" PRIu64 " %s", tenths / 10, tenths % 10, units[unit]);
}

/* ---- progress ---- */

/* A line that the terminal broke in two would be one too many to go back over: it is cut at the edge. */
#define WRAP_OFF "\033[?7l"
#define WRAP_ON "\033[?7h"

static uint64_t bytes_so_far(const struct drive_job *j)
{
    return j->bytes + drive_receiving(j);
}

static void put_job(struct buf *out, const struct drive_job *j, int64_t elapsed)
{
    uint64_t bytes = bytes_so_far(j);

    buf_printf(out, "\033[K  %-20s %-14s ", j->fetcher->name, j->job->site);
    put_bytes(out, bytes);
    if (elapsed > 0) {
        buf_puts(out, ", ");
        put_bytes(out, bytes * 1000 / (uint64_t)elapsed);
        buf_puts(out, "/s");
    }
    buf_printf(out, ", %zu rows, %.40s\n", harvest_rows(j->harvest), j->asking);
}

static void write_progress(struct fetch_run *run, struct buf *text)
{
    if (!text->failed && text->v != NULL)
        app_show(run->app, text->v);
    buf_free(text);
}

void fetch_progress(struct fetch_run *run, const struct drive_job *jobs, int64_t now)
{
    struct buf text = {0};
    size_t lines = 0;

    if (!run->app->world->err_tty)
        return;
    if (run->shown_at == 0)
        run->shown_at = now;
    buf_puts(&text, WRAP_OFF);
    if (run->lines > 0)
        buf_printf(&text, "\033[%zuA", run->lines);
    for (size_t i = 0; i < run->njobs; i++)
        if (jobs[i].state != DRIVE_DONE && jobs[i].state != DRIVE_FAILED) {
            put_job(&text, &jobs[i], now - run->shown_at);
            lines++;
        }
    buf_puts(&text, "\033[J" WRAP_ON);
    run->lines = lines;
    write_progress(run, &text);
}

void fetch_progress_end(struct fetch_run *run)
{
    struct buf text = {0};

    if (run->lines > 0)
        buf_printf(&text, "\033[%zuA\033[J", run->lines);
    run->lines = 0;
    write_progress(run, &text);
}

/* ---- one task ---- */

static const char *who(const struct fetch_task *t, struct arena *a)
{
    const char *text = arena_printf(a, "%s%s%s", t->fetcher->name, *t->site ? " " : "", t->site);

    return text != NULL ? text : t->fetcher->name;
}

static const char *rows_text(const struct fetch_task *t, struct arena *a)
{
    size_t n = t->got.nrates > 0 ? t->got.nrates : t->got.nprices;
    const char *text =
        n == 0 ? "" : arena_printf(a, ", %zu %s%s", n, t->got.nrates > 0 ? "rate" : "price", n == 1 ? "" : "s");

    return text != NULL ? text : "";
}

void fetch_line(struct fetch_run *run, const struct fetch_task *t)
{
    fetch_progress_end(run);
    if (t->outcome == FETCH_FAILED || t->outcome == FETCH_REFUSED)
        app_say(run->app, "%s: %s: %s", who(t, &run->arena), fetch_outcome_names[t->outcome], t->err.text);
    else if (!run->app->world->err_tty)
        app_say(run->app, "%s: %s%s", who(t, &run->arena), fetch_outcome_names[t->outcome], rows_text(t, &run->arena));
    for (size_t i = 0; i < t->nmoves; i++) {
        const struct fetch_move *m = &t->moves[i];
        char old[DEC_TEXT], new[DEC_TEXT], day[DATE_TEXT];
        dec_format(m->old, 0, old);
        dec_format(m->new_, 0, new);
        date_format(m->old_day, day);
        app_say(run->app, "%s: moved: %s: %s %s of %s, now %s", who(t, &run->arena), m->what, old, m->currency, day,
                new);
    }
    if (t->nmoves_all > t->nmoves)
        app_say(run->app, "%s: moved: %zu more", who(t, &run->arena), t->nmoves_all - t->nmoves);
    app_show(run->app, "");
}

/* ---- the summary ---- */

static size_t passed_over(const struct fetch_task *t)
{
    size_t n = 0;

    for (size_t i = 0; i < t->got.ncounts; i++)
        n += t->got.counts[i].remark ? 0 : t->got.counts[i].n;
    return n;
}

/* The newest day of what is held now: the new snapshot's, else the old one's. */
static struct date held_day(const struct fetch_task *t)
{
    if (t->outcome == FETCH_TAKEN)
        return t->entry.day;
    return t->held != NULL ? t->held->day : DATE_NONE;
}

/* "dedicated host (12); no price, or 0 (3)" */
static const char *counts_text(const struct fetch_task *t, bool remarks, struct arena *a)
{
    struct buf text = {0};

    for (size_t i = 0; i < t->got.ncounts; i++)
        if (t->got.counts[i].remark == remarks)
            buf_printf(&text, "%s%s (%zu)", text.n > 0 ? "; " : "", t->got.counts[i].what, t->got.counts[i].n);
    const char *out = text.failed || text.n == 0 ? NULL : arena_strndup(a, text.v, text.n);
    buf_free(&text);
    return out;
}

static const char *count_text(struct arena *a, size_t n)
{
    return n > 0 ? arena_printf(a, "%zu", n) : "";
}

static void put_notes(struct grid_row *row, const struct fetch_task *t, struct arena *a)
{
    const char **below = arena_array(a, 3, sizeof *below);
    const char *over = counts_text(t, false, a), *remarks = counts_text(t, true, a);

    if (below == NULL)
        return;
    row->below = below;
    if (over != NULL && (below[row->nbelow] = arena_printf(a, "passed over: %s", over)) != NULL)
        row->nbelow++;
    if (remarks != NULL && (below[row->nbelow] = arena_printf(a, "kept: %s", remarks)) != NULL)
        row->nbelow++;
    if (t->err.text[0] != '\0' && (t->outcome == FETCH_FAILED || t->outcome == FETCH_REFUSED) &&
        (below[row->nbelow] = arena_strdup(a, t->err.text)) != NULL)
        row->nbelow++;
}

static void put_task(struct grid *g, const struct fetch_task *t, struct arena *a)
{
    struct grid_row *row = grid_row(g);
    char day[DATE_TEXT];
    struct buf bytes = {0};

    if (row == NULL)
        return;
    bool bad = t->outcome == FETCH_FAILED || t->outcome == FETCH_REFUSED;
    date_format(held_day(t), day);
    put_bytes(&bytes, t->bytes);
    row->style = bad ? STYLE_RED : STYLE_PLAIN;
    row->cells[0] = t->fetcher->name;
    row->cells[1] = t->site;
    row->cells[2] = fetch_outcome_names[t->outcome];
    row->cells[3] = count_text(a, bad ? 0 : t->got.nprices + t->got.nrates);
    row->cells[4] = count_text(a, passed_over(t));
    row->cells[5] = bytes.failed || t->bytes == 0 ? "" : arena_strdup(a, bytes.v);
    row->cells[6] = arena_strdup(a, *day != '\0' ? day : "nothing");
    buf_free(&bytes);
    put_notes(row, t, a);
}

static void write_table(struct fetch_run *run, struct buf *out)
{
    static const struct grid_column columns[] = {
        {"source", false, 0, 0, false, false, 0},      {"site", false, 0, 0, false, false, 0},
        {"outcome", false, 0, 0, false, false, 0},     {"rows", true, 0, 0, false, false, 0},
        {"passed over", true, 2, 0, false, false, 0},  {"received", true, 1, 0, false, false, 0},
        {"held now of", false, 0, 0, false, false, 0},
    };
    enum { COLUMNS = sizeof columns / sizeof *columns };
    struct grid g;

    grid_init(&g, &run->arena, columns, COLUMNS, run->ntasks);
    for (size_t i = 0; i < run->ntasks; i++)
        put_task(&g, &run->tasks[i], &run->arena);
    grid_fit(&g);
    grid_write(&g, run->app->color, out);
    out->failed |= g.failed;
}

static void write_csv(struct fetch_run *run, struct buf *out)
{
    buf_puts(out,
             "source,site,outcome,prices,rates,passed_over,bytes,questions,unchanged_answers,retries,held_day,snapshot,"
             "note\n");
    for (size_t i = 0; i < run->ntasks; i++) {
        const struct fetch_task *t = &run->tasks[i];
        char day[DATE_TEXT];
        date_format(held_day(t), day);
        csv_text(out, t->fetcher->name);
        buf_putc(out, ',');
        csv_text(out, t->site);
        buf_printf(out, ",%s,%zu,%zu,%zu,%" PRIu64 ",%zu,%zu,%zu,%s,", fetch_outcome_names[t->outcome], t->got.nprices,
                   t->got.nrates, passed_over(t), t->bytes, t->questions, t->unchanged, t->retries, day);
        csv_text(out, t->outcome == FETCH_TAKEN ? t->entry.name : t->held != NULL ? t->held->name : "");
        buf_putc(out, ',');
        csv_text(out, t->outcome == FETCH_FAILED || t->outcome == FETCH_REFUSED ? t->err.text : "");
        buf_putc(out, '\n');
    }
}

void fetch_summary(struct fetch_run *run, struct buf *out)
{
    fetch_progress_end(run);
    if (run->csv)
        write_csv(run, out);
    else
        write_table(run, out);
}
