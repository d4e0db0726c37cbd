/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A record without quotes, which is nearly every record there is, is found by memchr(); one with quotes goes
 * through a small state machine. The reader only finds where records end and copies them out of its window; what
 * they hold is looked at by whoever takes the block.
 */
#include "calc/batch_rows.h"

#include <stdlib.h>
#include <string.h>

/* A longest record with its line end, and room to read behind it. */
enum { LONGEST = BATCH_RECORD_BYTES + 2, WINDOW = LONGEST + 256 * 1024 };

int batch_rows_start(struct batch_rows *r, struct err *err)
{
    size_t got = 1;

    r->window = malloc(WINDOW);
    if (r->window == NULL)
        return err_nomem(err);
    r->at = r->end = 0;
    r->line = 1;
    while (r->end < 3 && got > 0) {
        if (batch_bytes_read(&r->bytes, r->window + r->end, WINDOW - r->end, &got, err) != 0)
            return -1;
        r->end += got;
    }
    r->ended = got == 0;
    if (r->end >= 3 && memcmp(r->window, "\xEF\xBB\xBF", 3) == 0)
        r->at = 3;
    return 0;
}

void batch_rows_close(struct batch_rows *r)
{
    batch_bytes_close(&r->bytes);
    free(r->window);
    r->window = NULL;
}

/* More bytes behind those in the window. */
static int fill(struct batch_rows *r, struct err *err)
{
    size_t got;

    memmove(r->window, r->window + r->at, r->end - r->at);
    r->end -= r->at;
    r->at = 0;
    if (batch_bytes_read(&r->bytes, r->window + r->end, WINDOW - r->end, &got, err) != 0)
        return -1;
    r->end += got;
    r->ended = got == 0;
    return 0;
}

/* ---- where a record ends ---- */

enum found { FOUND, MORE, END }; /* MORE: what is in the window does not say */

static const char never_closed[] = "a quote that is never closed", in_middle[] = "a quote in the middle of a cell",
                  behind[] = "text after a closing quote", too_long[] = "a line over 1 MiB",
                  record_too_long[] = "a record over 1 MiB (is a quote never closed?)";

/* Text looked at: all of it has come, or more may follow it. */
struct scan {
    const char *at;
    size_t n, i;
    bool whole;
    const char *wrong;
};

/* Behind the closing quote of the cell that begins at i. */
static enum found close_quote(struct scan *s)
{
    for (size_t i = s->i + 1; i < s->n;) {
        const char *q = memchr(s->at + i, '"', s->n - i);
        if (q == NULL)
            break;
        i = (size_t)(q - s->at) + 1;
        if (i == s->n && !s->whole)
            return MORE;
        if (i == s->n || s->at[i] != '"') {
            s->i = i;
            return FOUND;
        }
        i++;
    }
    if (!s->whole)
        return MORE;
    s->wrong = never_closed;
    return FOUND;
}

static bool ends_record(const struct scan *s)
{
    size_t left = s->n - s->i;

    return left == 0 || s->at[s->i] == '\n' || (s->at[s->i] == '\r' && (left == 1 || s->at[s->i + 1] == '\n'));
}

static enum found scan_cell(struct scan *s)
{
    if (s->i < s->n && s->at[s->i] == '"') {
        if (close_quote(s) == MORE)
            return MORE;
        if (s->wrong == NULL && !ends_record(s) && s->at[s->i] != ',')
            s->wrong = behind;
        return FOUND;
    }
    while (s->i < s->n && s->at[s->i] != ',' && s->at[s->i] != '\n' && s->at[s->i] != '"')
        s->i++;
    if (s->i < s->n && s->at[s->i] == '"')
        s->wrong = in_middle;
    return FOUND;
}

/* Up to the line feed that ends the record, which has quotes in it. */
static enum found scan_record(struct scan *s)
{
    for (;;) {
        if (scan_cell(s) == MORE)
            return MORE;
        if (s->wrong != NULL)
            return FOUND;
        if (s->i < s->n && s->at[s->i] == ',') {
            s->i++;
            continue;
        }
        if (s->i < s->n && s->at[s->i] == '\r')
            s->i++;
        return s->i < s->n || s->whole ? FOUND : MORE;
    }
}

static long count_lines(const char *text, size_t n)
{
    long lines = 0;

    for (size_t i = 0; i < n; i++)
        lines += text[i] == '\n';
    return lines;
}

/* Takes n bytes and the line feed behind them, if there is one. */
static void take(struct batch_rows *r, struct batch_record *rec, size_t n, long lines)
{
    rec->at = r->at; /* in the window, until it is copied */
    rec->n = n > 0 && r->window[r->at + n - 1] == '\r' ? n - 1 : n;
    rec->line = r->line;
    r->line += lines;
    r->at += r->at + n < r->end ? n + 1 : n;
}

/* The first line of what is left is n bytes long and holds a quote. */
static enum found take_quoted(struct batch_rows *r, struct batch_record *rec, size_t n, size_t left)
{
    struct scan s = {.at = r->window + r->at, .n = left < LONGEST ? left : LONGEST};

    s.whole = r->ended || left >= LONGEST;
    if (scan_record(&s) == MORE)
        return MORE;
    if (s.wrong == never_closed && left >= LONGEST)
        s.wrong = record_too_long;
    if (s.wrong == NULL && s.i - (s.at[s.i - 1] == '\r') > BATCH_RECORD_BYTES)
        s.wrong = record_too_long;
    if (s.wrong != NULL)
        take(r, rec, n, 1);
    else
        take(r, rec, s.i, count_lines(s.at, s.i) + 1);
    rec->quotes = true;
    rec->wrong = s.wrong;
    return FOUND;
}

/* A line without an end within the longest record there may be. */
static enum found take_too_long(struct batch_rows *r, struct batch_record *rec)
{
    *rec = (struct batch_record){.at = r->at, .line = r->line, .wrong = too_long};
    r->skipping = true;
    return FOUND;
}

static enum found take_record(struct batch_rows *r, struct batch_record *rec)
{
    size_t left = r->end - r->at, window = left < LONGEST ? left : LONGEST;
    const char *text = r->window + r->at, *feed = memchr(text, '\n', window);
    size_t n = feed != NULL ? (size_t)(feed - text) : left;

    if (feed == NULL && left >= LONGEST)
        return take_too_long(r, rec);
    if (feed == NULL && !r->ended)
        return MORE;
    *rec = (struct batch_record){.quotes = false};
    if (memchr(text, '"', n) != NULL)
        return take_quoted(r, rec, n, left);
    take(r, rec, n, 1);
    if (rec->n > BATCH_RECORD_BYTES)
        rec->wrong = too_long;
    return FOUND;
}

/* The rest of a line that is too long. */
static bool skip_line(struct batch_rows *r)
{
    const char *feed = memchr(r->window + r->at, '\n', r->end - r->at);

    r->at = feed != NULL ? (size_t)(feed - r->window) + 1 : r->end;
    r->skipping = feed == NULL;
    r->line += feed != NULL;
    return feed != NULL;
}

/* Bytes of the line end at r->at, 0 when a record stands there. */
static size_t line_end(const struct batch_rows *r)
{
    const char *at = r->window + r->at;
    size_t left = r->end - r->at;

    if (*at == '\n')
        return 1;
    if (*at != '\r')
        return 0;
    return left > 1 ? (at[1] == '\n' ? 2 : 0) : r->ended;
}

static void skip_empty(struct batch_rows *r)
{
    size_t n;

    for (; r->at < r->end && (n = line_end(r)) > 0; r->line++)
        r->at += n;
}

static enum found next_record(struct batch_rows *r, struct batch_record *rec)
{
    if (r->skipping && !skip_line(r))
        return r->ended ? END : MORE;
    skip_empty(r);
    if (r->at == r->end)
        return r->ended ? END : MORE;
    return take_record(r, rec);
}

/* ---- blocks ---- */

/* A line feed stands behind each record, for the NUL of its last cell. */
static bool copy(struct batch_rows *r, struct batch_block *b, struct batch_record *rec)
{
    size_t n = rec->wrong != NULL ? 0 : rec->n;

    if (b->cap - b->n <= n) {
        size_t cap = b->n + n + 1 + BATCH_BLOCK_BYTES;
        char *text = realloc(b->text, cap);
        if (text == NULL)
            return false;
        b->text = text;
        b->cap = cap;
    }
    memcpy(b->text + b->n, r->window + rec->at, n);
    b->text[b->n + n] = '\n';
    rec->at = b->n;
    rec->n = n;
    b->n += n + 1;
    return true;
}

/* Eight bytes at a time: is there one of 0 or above 127? */
static bool all_ascii(const char *text, size_t n)
{
    const uint64_t high = UINT64_C(0x8080808080808080), ones = UINT64_C(0x0101010101010101);
    uint64_t bad = 0, word;
    size_t i = 0;

    for (; i + sizeof word <= n; i += sizeof word) {
        memcpy(&word, text + i, sizeof word);
        bad |= (word | (word - ones)) & high;
    }
    for (; i < n; i++)
        bad |= (signed char)text[i] <= 0;
    return bad == 0;
}

int batch_rows_block(struct batch_rows *r, struct batch_block *b, size_t most, struct err *err)
{
    enum found found = MORE;

    b->n = b->nrows = 0;
    b->first = r->next;
    if (most > BATCH_BLOCK_ROWS)
        most = BATCH_BLOCK_ROWS;
    while (found != END && b->nrows < most && b->n < BATCH_BLOCK_BYTES) {
        found = next_record(r, &b->v[b->nrows]);
        if (found == MORE && b->nrows > 0)
            break;
        if (found == MORE && fill(r, err) != 0)
            return -1;
        if (found != FOUND)
            continue;
        if (!copy(r, b, &b->v[b->nrows]))
            return err_nomem(err);
        b->nrows++;
    }
    r->next += b->nrows;
    b->ascii = all_ascii(b->text, b->n);
    return b->nrows > 0;
}

void batch_block_free(struct batch_block *b)
{
    free(b->text);
    b->text = NULL;
    b->n = b->cap = b->nrows = 0;
}
