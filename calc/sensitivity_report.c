/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * CSV and JSON of a sensitivity, and which writer a format has.
 */
#include "calc/csv_columns.h"
#include "calc/json_out.h"
#include "calc/sensitivity_view.h"

#include <string.h>

bool sensitivity_changes(const struct sensitivity *s, const struct sensitivity_end *end)
{
    return end->known && strcmp(end->winner, s->best) != 0;
}

/* ---- CSV */

static void cell(struct buf *out, const char *text)
{
    csv_text(out, text);
    buf_putc(out, ',');
}

static void amount(struct buf *out, bool known, dec_t x, int places)
{
    if (known)
        csv_decimal(out, x, places);
    buf_putc(out, ',');
}

/* "why at low; why at high" */
static void note(const struct sensitivity_row *r, struct buf *out)
{
    const char *low = r->ends[SENSITIVITY_LOW].why, *high = r->ends[SENSITIVITY_HIGH].why;
    struct buf both = {0};
    buf_printf(&both, "%s%s%s", low, *low && *high ? "; " : "", high);
    csv_text(out, both.n > 0 ? both.v : "");
    out->failed = out->failed || both.failed;
    buf_free(&both);
}

static void record(const struct sensitivity *s, const struct sensitivity_row *r, size_t rank, struct buf *out)
{
    const struct sensitivity_end *low = &r->ends[SENSITIVITY_LOW], *high = &r->ends[SENSITIVITY_HIGH];
    int places = s->e->minor_units;
    cell(out, s->e->scenario->name);
    buf_printf(out, "%zu,", rank);
    cell(out, r->v.name);
    cell(out, s->best);
    cell(out, s->second);
    cell(out, s->e->scenario->currency);
    buf_printf(out, "%s,%s,%s,", low->text, r->base, high->text);
    amount(out, low->known, low->lead, places);
    amount(out, true, s->lead, places);
    amount(out, high->known, high->lead, places);
    amount(out, r->known, r->effect, places);
    cell(out, low->winner);
    cell(out, high->winner);
    buf_puts(out, sensitivity_changes(s, low) || sensitivity_changes(s, high) ? "yes," : ",");
    buf_puts(out, r->v.uncertain ? "p10-p90," : "10%,");
    note(r, out);
    buf_putc(out, '\n');
}

void sensitivity_csv(const struct sensitivity *s, struct buf *out)
{
    buf_puts(out, "scenario,rank,variable,site,second,currency,low,configured,high,lead_low,lead,lead_high,effect,"
                  "winner_low,winner_high,winner_changes,varied_by,notes\n");
    for (size_t i = 0; i < s->nrows; i++)
        record(s, &s->rows[i], i + 1, out);
}

/* ---- JSON */

static void json_end(const struct sensitivity *s, struct json_out *j, const char *key,
                     const struct sensitivity_end *end)
{
    json_open_object(j, key, true);
    json_text(j, "value", end->text);
    if (end->known)
        json_decimal(j, "lead", end->lead, s->e->minor_units);
    else
        json_null(j, "lead");
    json_text(j, "winner", *end->winner ? end->winner : NULL);
    if (end->known)
        json_boolean(j, "winner_changes", sensitivity_changes(s, end));
    else
        json_null(j, "winner_changes");
    json_text(j, "why", *end->why ? end->why : NULL);
    json_close(j);
}

static void json_row(const struct sensitivity *s, struct json_out *j, const struct sensitivity_row *r)
{
    json_open_object(j, NULL, false);
    json_text(j, "variable", r->v.name);
    json_text(j, "section", r->v.section);
    json_text(j, "key", r->v.key);
    json_text(j, "configured", r->base);
    json_text(j, "varied_by", r->v.uncertain ? "p10-p90" : "10%");
    json_end(s, j, "low", &r->ends[SENSITIVITY_LOW]);
    json_end(s, j, "high", &r->ends[SENSITIVITY_HIGH]);
    if (r->known)
        json_decimal(j, "effect", r->effect, s->e->minor_units);
    else
        json_null(j, "effect");
    json_close(j);
}

void sensitivity_json(const struct sensitivity *s, struct buf *out)
{
    struct json_out j = {.out = out};
    json_open_object(&j, NULL, false);
    json_text(&j, "schema", "tco-sensitivity/1");
    json_text(&j, "scenario", s->e->scenario->name);
    json_text(&j, "currency", s->e->scenario->currency);
    json_text(&j, "site", s->best);
    json_text(&j, "second", s->second);
    json_decimal(&j, "lead", s->lead, s->e->minor_units);
    json_open_array(&j, "numbers", false);
    for (size_t i = 0; i < s->nrows; i++)
        json_row(s, &j, &s->rows[i]);
    json_close(&j);
    json_close(&j);
}

/* ---- the view */

static int write(const struct sensitivity *s, const struct estimate *e, const struct report_options *how,
                 const struct report *report, struct buf *out, struct err *err)
{
    struct phrases p = {.lang = how->lang, .rules = e->rules};
    if (!strcmp(report->name, "csv")) {
        buf_puts(out, how->bom ? "\xEF\xBB\xBF" : "");
        sensitivity_csv(s, out);
    } else if (!strcmp(report->name, "json")) {
        sensitivity_json(s, out);
    } else {
        sensitivity_table(s, &p, how->color, out);
    }
    bool failed = p.failed || out->failed;
    arena_free(&p.arena);
    return failed ? err_nomem(err) : 0;
}

int sensitivity_report(const struct config *config, struct catalogue *catalogue, const struct estimate *e,
                       const struct estimate_options *opt, const struct report_options *how,
                       const struct report *report, struct buf *out, struct err *err)
{
    struct trials v;
    struct arena a = {NULL};
    struct sensitivity s;
    trials_open(&v, config, e->rules, catalogue, opt);
    int rc = sensitivity_make(&v, e, &a, &s, err) || write(&s, e, how, report, out, err) ? -1 : 0;
    trials_close(&v);
    arena_free(&a);
    return rc;
}
