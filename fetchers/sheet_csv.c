/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * CSV as spreadsheets write it: cells parted by commas, semicolons or tabs, found from the content; quotes as
 * in RFC 4180, but a quote within an unquoted cell stands for itself (19" rack); lines that end in LF, CRLF or
 * CR. One small machine that takes the text in pieces, so that only one row is ever held.
 */
#include "calc/buf.h"
#include "calc/utf8.h"
#include "fetchers/sheet_encoding.h"
#include "fetchers/sheet_parts.h"

#include <stdlib.h>
#include <string.h>

/* ---- which separator ---- */

enum { SAMPLE_BYTES = 64 << 10, SAMPLE_RECORDS = 200, COUNTED = 256, CANDIDATES = 3 };
static const char candidates[CANDIDATES + 1] = ",;\t";

struct sample {
    char text[SAMPLE_BYTES];
    size_t n;
    bool cut;
};

/* How often each separator came so many times in a record. */
struct tally {
    int records[CANDIDATES][COUNTED];
    size_t here[CANDIDATES];
    int n;
};

static int fill_sample(void *ctx, const char *text, size_t len, struct err *err)
{
    struct sample *s = ctx;
    size_t room = sizeof s->text - s->n;

    (void)err;
    if (text == NULL)
        return 1; /* comes again, with its place, when the rows are read */
    s->cut = len > room;
    memcpy(s->text + s->n, text, s->cut ? room : len);
    s->n += s->cut ? room : len;
    return s->cut;
}

static void end_record(struct tally *t)
{
    bool any = false;

    for (int i = 0; i < CANDIDATES; i++) {
        size_t n = t->here[i] < COUNTED ? t->here[i] : COUNTED - 1;
        t->records[i][n] += n > 0;
        any |= n > 0;
        t->here[i] = 0;
    }
    t->n += any;
}

/* Counts outside of quotes; a quote opens behind any of the separators, as it is not known yet which is one. */
static void count(const struct sample *s, struct tally *t)
{
    bool quoted = false, start = true;

    for (size_t i = 0; i < s->n && t->n < SAMPLE_RECORDS; i++) {
        char c = s->text[i];
        const char *which = c != '\0' ? strchr(candidates, c) : NULL;
        bool feed = c == '\n' || c == '\r';
        if (c == '"' && (quoted || start))
            quoted = !quoted;
        else if (!quoted && which != NULL)
            t->here[which - candidates]++;
        else if (!quoted && feed)
            end_record(t);
        start = !quoted && (which != NULL || feed);
    }
    if (!s->cut && !quoted && t->n < SAMPLE_RECORDS)
        end_record(t);
}

/* The most records with one and the same number of separators. */
static int regular(const int records[COUNTED])
{
    int most = 0;

    for (int i = 1; i < COUNTED; i++)
        most = records[i] > most ? records[i] : most;
    return most;
}

/* "sep=;" as its first line, by which spreadsheets are told. */
static bool told(const struct sample *s, char *sep)
{
    const char *at = s->text;
    bool line = s->n >= 5 && memcmp(at, "sep=", 4) == 0 && (s->n == 5 || at[5] == '\n' || at[5] == '\r');

    if (line && strchr(candidates, at[4]) != NULL && at[4] != '\0')
        *sep = at[4];
    else
        line = false;
    return line;
}

static int find_separator(const char *name, const struct sample *s, char *sep, struct err *err)
{
    struct tally t = {0};
    int score[CANDIDATES], best = 0;

    count(s, &t);
    for (int i = 0; i < CANDIDATES; i++) {
        score[i] = regular(t.records[i]);
        best = score[i] >= score[best] ? i : best; /* tabs last: in a tie they win, as prose has none */
    }
    if (score[best] > 0 && best != 2 && score[0] == score[1])
        return err_set(err, ERR_USAGE,
                       "%s:1: cells could be parted by ',' or by ';' (say which in a first line: sep=;)", name);
    *sep = score[best] > 0 ? candidates[best] : ',';
    return 0;
}

/* ---- rows ---- */

enum state { CELL_START, PLAIN, QUOTED, QUOTE_SEEN };

struct machine {
    struct sheet_job *job;
    char sep;
    bool skip_row; /* the line that tells the separator */
    enum state state;
    bool after_return;
    int line, row_line, quote_line;
    struct buf text; /* of the cells of this row, each with its NUL */
    size_t cell;     /* where the current one begins */
    struct sheet_cell *cells;
    size_t ncells, cap;
};

static int bad(const struct machine *m, int line, struct err *err, const char *why)
{
    return err_set(err, ERR_USAGE, "%s:%d: %s", m->job->name, line, why);
}

static int too_large(const struct machine *m, struct err *err)
{
    if (m->state == QUOTED)
        return err_set(err, ERR_USAGE, "%s:%d: a cell of more than %zu bytes (is its quote never closed?)",
                       m->job->name, m->quote_line, m->job->limits.cell);
    return err_set(err, ERR_USAGE, "%s:%d: a cell of more than %zu bytes", m->job->name, m->line, m->job->limits.cell);
}

static int add(struct machine *m, const char *text, size_t n, struct err *err)
{
    if (m->text.n - m->cell + n > m->job->limits.cell)
        return too_large(m, err);
    if (m->text.n + n + 1 > SHEET_ROW_BYTES)
        return err_set(err, ERR_USAGE, "%s:%d: a row of more than %d bytes", m->job->name, m->row_line,
                       SHEET_ROW_BYTES);
    buf_add(&m->text, text, n);
    return m->text.failed ? err_nomem(err) : 0;
}

static int end_cell(struct machine *m, struct err *err)
{
    if (m->ncells == m->job->limits.columns)
        return err_set(err, ERR_USAGE, "%s:%d: more than %zu columns", m->job->name, m->row_line, m->ncells);
    if (m->ncells == m->cap) {
        size_t cap = m->cap > 0 ? m->cap * 2 : 64;
        struct sheet_cell *grown = realloc(m->cells, cap * sizeof *grown);
        if (grown == NULL)
            return err_nomem(err);
        m->cells = grown;
        m->cap = cap;
    }
    size_t len = m->text.n - m->cell;
    bool blank = len == 0 || sheet_is_blank(m->text.v + m->cell, len);
    m->cells[m->ncells++] = (struct sheet_cell){.kind = blank ? SHEET_BLANK : SHEET_TEXT, .len = len};
    buf_putc(&m->text, '\0');
    m->cell = m->text.n;
    m->state = CELL_START;
    return m->text.failed ? err_nomem(err) : 0;
}

/* The buffer has stopped moving: cells learn where their texts are. */
static int deliver(struct machine *m, struct err *err)
{
    size_t at = 0;

    for (size_t i = 0; i < m->ncells; i++) {
        m->cells[i].text = m->text.v + at;
        at += m->cells[i].len + 1;
        if (m->cells[i].kind == SHEET_BLANK) {
            m->cells[i].text = "";
            m->cells[i].len = 0;
        }
    }
    struct sheet_row row = {
        .sheet = "", .sheet_number = 1, .number = m->row_line, .cells = m->cells, .ncells = m->ncells};
    return sheet_deliver(m->job, &row, err);
}

static int end_row(struct machine *m, struct err *err)
{
    int rc = end_cell(m, err);

    if (rc == 0 && !m->skip_row)
        rc = deliver(m, err);
    m->skip_row = false;
    m->text.n = m->cell = m->ncells = 0;
    return rc;
}

/* Bytes that mean nothing to the machine in its state. */
static size_t run_length(const struct machine *m, const char *at, size_t len)
{
    size_t n = 0;

    if (m->state == QUOTED)
        while (n < len && at[n] != '"' && at[n] != '\n' && at[n] != '\r' && at[n] != '\0')
            n++;
    else
        while (n < len && at[n] != m->sep && at[n] != '\n' && at[n] != '\r' && at[n] != '\0')
            n++;
    return n;
}

static int quoted_byte(struct machine *m, char c, struct err *err)
{
    if (c != '"')
        return add(m, &c, 1, err);
    m->state = QUOTE_SEEN;
    return 0;
}

/* A byte outside of quotes that may end something. */
static int open_byte(struct machine *m, char c, struct err *err)
{
    if (c == m->sep)
        return end_cell(m, err);
    if (c == '\n' || c == '\r')
        return end_row(m, err);
    if (m->state == CELL_START && c == '"') {
        m->state = QUOTED;
        m->quote_line = m->line;
        return 0;
    }
    if (m->state == QUOTE_SEEN && c == '"') {
        m->state = QUOTED;
        return add(m, "\"", 1, err);
    }
    if (m->state == QUOTE_SEEN)
        return bad(m, m->line, err, "text behind a closing quote (a quote within quotes is written twice)");
    m->state = PLAIN;
    return add(m, &c, 1, err);
}

static int one_byte(struct machine *m, char c, struct err *err)
{
    bool second = m->after_return && c == '\n'; /* of CRLF */
    int rc = 0;

    if (c == '\0')
        return bad(m, m->line, err, "a NUL byte");
    m->after_return = c == '\r';
    if (m->state == CELL_START && m->ncells == 0)
        m->row_line = m->line;
    if (m->state == QUOTED)
        rc = quoted_byte(m, c, err);
    else if (!second)
        rc = open_byte(m, c, err);
    m->line += (c == '\n' && !second) || c == '\r';
    return rc;
}

static int take(void *ctx, const char *text, size_t len, struct err *err)
{
    struct machine *m = ctx;
    int rc = text != NULL ? 0 : bad(m, m->line, err, "bytes that are no character of the encoding");

    for (size_t at = 0; at < len && rc == 0;) {
        size_t n = m->state == PLAIN || m->state == QUOTED ? run_length(m, text + at, len - at) : 0;
        if (n > 0) {
            m->after_return = false;
            rc = add(m, text + at, n, err);
            at += n;
        } else {
            rc = one_byte(m, text[at++], err);
        }
    }
    return rc;
}

static int finish(struct machine *m, struct err *err)
{
    if (m->state == QUOTED)
        return bad(m, m->quote_line, err, "a quote that is never closed");
    return m->state != CELL_START || m->ncells > 0 ? end_row(m, err) : 0;
}

int sheet_csv_read(struct sheet_job *job, struct err *err)
{
    struct machine m = {.job = job, .line = 1, .row_line = 1, .text.ceiling = 2 * SHEET_ROW_BYTES};
    struct sheet_encoding e;
    struct sample *s = NULL;
    int rc = sheet_encoding_find(job->name, job->body, job->len, &e, err);

    if (rc == 0 && (s = calloc(1, sizeof *s)) == NULL)
        rc = err_nomem(err);
    if (rc == 0 && sheet_decode(&e, job->body, job->len, fill_sample, s, err) == -1)
        rc = -1;
    if (rc == 0 && !(m.skip_row = told(s, &m.sep)))
        rc = find_separator(job->name, s, &m.sep, err);
    free(s);
    if (rc == 0) {
        *job->facts = (struct sheet_facts){.format = "csv", .encoding = e.said, .separator = m.sep, .sheets = 1};
        rc = sheet_decode(&e, job->body, job->len, take, &m, err);
    }
    if (rc == 0)
        rc = finish(&m, err);
    free(m.cells);
    buf_free(&m.text);
    return rc;
}
