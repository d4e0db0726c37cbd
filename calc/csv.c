/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * CSV in and out. A record without quotes, which is nearly every record there is, is copied and
 * split by memchr(); one with quotes goes through a small state machine. Either way a record is
 * checked whole before a cell of it is handed out.
 */
#include "calc/csv.h"

#include "calc/words.h"

#include <stdlib.h>
#include <string.h>

enum { RECORD_BYTES_MAX = 1024 * 1024, CELLS_MAX = 4096, NAMES_SHOWN = 40 };

void csv_open(struct csv *c, const char *name, const char *body, size_t len, char sep)
{
    const char mark[] = "\xEF\xBB\xBF";

    if (len >= 3 && memcmp(body, mark, 3) == 0) {
        body += 3;
        len -= 3;
    }
    *c = (struct csv){
        .name = name, .at = body, .end = len > 0 ? body + len : body, .sep = sep, .line = 1, .next_line = 1};
}

void csv_close(struct csv *c)
{
    free(c->cells);
    buf_free(&c->text);
    *c = (struct csv){0};
}

static int bad(struct csv *c, struct err *err, const char *why)
{
    c->at = c->end;
    return err_set(err, ERR_USAGE, "%s:%d: %s", c->name, c->line, why);
}

static int nomem(struct csv *c, struct err *err)
{
    c->at = c->end;
    return err_nomem(err);
}

/* Bytes up to the line feed that ends the record, or up to the end of the window; *newlines of
 * them inside quotes. */
static size_t quoted_length(const char *at, size_t window, int *newlines)
{
    bool quoted = false;
    size_t n = 0;

    for (; n < window && (quoted || at[n] != '\n'); n++) {
        if (at[n] == '"')
            quoted = !quoted;
        else if (at[n] == '\n')
            ++*newlines;
    }
    return n;
}

struct record {
    const char *at;
    size_t len; /* without its line end */
    bool quotes;
};

/* Takes the next record off the body and checks its bytes. */
static int take(struct csv *c, struct record *r, struct err *err)
{
    size_t left = (size_t)(c->end - c->at), window = left;
    int newlines = 0;

    if (window > RECORD_BYTES_MAX + 2)
        window = RECORD_BYTES_MAX + 2;
    const char *feed = memchr(c->at, '\n', window);
    size_t n = feed != NULL ? (size_t)(feed - c->at) : window;
    r->at = c->at;
    r->quotes = memchr(c->at, '"', n) != NULL;
    if (r->quotes)
        n = quoted_length(c->at, window, &newlines);

    c->line = c->next_line;
    c->next_line += newlines + 1;
    c->at += n < left ? n + 1 : n;
    r->len = n > 0 && r->at[n - 1] == '\r' ? n - 1 : n;
    if (r->len > RECORD_BYTES_MAX)
        return bad(c, err, "a record over 1 MiB");
    if (memchr(r->at, '\0', r->len) != NULL)
        return bad(c, err, "a NUL byte");
    if (!words_utf8(r->at, r->len))
        return bad(c, err, "text that is not UTF-8");
    return 0;
}

static int add_cell(struct csv *c, const char *text, size_t len, struct err *err)
{
    if (c->ncells == CELLS_MAX)
        return bad(c, err, "a record over 4096 cells");
    if (c->ncells == c->cap) {
        size_t cap = c->cap != 0 ? 2 * c->cap : 32;
        struct csv_cell *cells = realloc(c->cells, cap * sizeof *cells);
        if (cells == NULL)
            return nomem(c, err);
        c->cells = cells;
        c->cap = cap;
    }
    c->cells[c->ncells++] = (struct csv_cell){text, len};
    return 0;
}

static int split_plain(struct csv *c, const struct record *r, struct err *err)
{
    char *at = c->text.v, *end = at + r->len;

    memcpy(at, r->at, r->len);
    *end = '\0';
    for (;;) {
        char *sep = memchr(at, c->sep, (size_t)(end - at));
        char *stop = sep != NULL ? sep : end;
        *stop = '\0';
        if (add_cell(c, at, (size_t)(stop - at), err) != 0)
            return -1;
        if (sep == NULL)
            return 0;
        at = sep + 1;
    }
}

/* Unquotes the cell at *at into *to and leaves *at behind its closing quote; NULL or what is
 * wrong with it. */
static const char *unquote(const char **at, const char *end, char **to)
{
    for (const char *s = *at + 1; s < end; s++) {
        if (*s == '"' && (s + 1 == end || s[1] != '"')) {
            *at = s + 1;
            return NULL;
        }
        if (*s == '"')
            s++;
        *(*to)++ = *s;
    }
    return "a quote that is not closed";
}

/* A cell that is not quoted; it may not hold a quote. */
static const char *plain(const char **at, const char *end, char sep, char **to)
{
    for (; *at < end && **at != sep; ++*at) {
        if (**at == '"')
            return "a quote in the middle of a cell";
        *(*to)++ = **at;
    }
    return NULL;
}

/* The unquoted text with its NULs is never longer than the record and one NUL. */
static int split_quoted(struct csv *c, const struct record *r, struct err *err)
{
    const char *at = r->at, *end = at + r->len;
    char *to = c->text.v;

    for (;;) {
        char *start = to;
        bool quoted = at < end && *at == '"';
        const char *why = quoted ? unquote(&at, end, &to) : plain(&at, end, c->sep, &to);
        if (why != NULL)
            return bad(c, err, why);
        if (at < end && *at != c->sep)
            return bad(c, err, "text after a closing quote");
        if (add_cell(c, start, (size_t)(to - start), err) != 0)
            return -1;
        *to++ = '\0';
        if (at == end)
            return 0;
        at++;
    }
}

int csv_next(struct csv *c, struct err *err)
{
    struct record r = {0};

    c->ncells = 0;
    do {
        if (c->at == c->end)
            return 0;
        if (take(c, &r, err) != 0)
            return -1;
    } while (r.len == 0);

    c->text.n = 0;
    if (!buf_reserve(&c->text, r.len))
        return nomem(c, err);
    if ((r.quotes ? split_quoted : split_plain)(c, &r, err) != 0)
        return -1;
    if (c->width != 0 && c->ncells != c->width) {
        c->at = c->end;
        return err_set(err, ERR_USAGE, "%s:%d: %zu cells where the header has %zu", c->name, c->line, c->ncells,
                       c->width);
    }
    return 1;
}

/* "name:line: what 'column' (known: ...)" */
static int bad_column(struct csv *c, const char *what, const char *column, const char *const *names, size_t n,
                      struct err *err)
{
    struct buf known = {0};

    words_list(&known, names, n, NAMES_SHOWN);
    if (known.failed)
        nomem(c, err);
    else
        err_set(err, ERR_USAGE, "%s:%d: %s '%.100s' (known: %s)", c->name, c->line, what, column,
                known.v != NULL ? known.v : "none");
    buf_free(&known);
    c->at = c->end;
    return -1;
}

static size_t find(const char *text, const char *const *names, size_t n)
{
    size_t i = 0;

    while (i < n && strcmp(text, names[i]) != 0)
        i++;
    return i;
}

int csv_header(struct csv *c, const char *const *names, size_t n, size_t required, int *at, struct err *err)
{
    int got = csv_next(c, err);

    if (got < 0)
        return -1;
    for (size_t i = 0; i < n; i++)
        at[i] = -1;
    for (size_t k = 0; k < c->ncells; k++) {
        size_t i = find(c->cells[k].text, names, n);
        if (i == n)
            return bad_column(c, "unknown column", c->cells[k].text, names, n, err);
        if (at[i] >= 0)
            return bad_column(c, "column named twice:", names[i], names, n, err);
        at[i] = (int)k;
    }
    for (size_t i = 0; i < required && i < n; i++)
        if (at[i] < 0)
            return bad_column(c, "no column", names[i], names, n, err);
    c->width = c->ncells;
    return 0;
}

/* The cell, with `mark` before it when that is not NUL. */
static void put_cell(struct buf *out, const char *text, char mark)
{
    bool quote = strpbrk(text, ",\"\r\n") != NULL;

    if (quote)
        buf_putc(out, '"');
    if (mark != '\0')
        buf_putc(out, mark);
    for (const char *q; quote && (q = strchr(text, '"')) != NULL; text = q + 1) {
        buf_add(out, text, (size_t)(q - text));
        buf_puts(out, "\"\"");
    }
    buf_puts(out, text);
    if (quote)
        buf_putc(out, '"');
}

void csv_text(struct buf *out, const char *text)
{
    put_cell(out, text, text[0] != '\0' && strchr("=+-@\t\r", text[0]) != NULL ? '\'' : '\0');
}

void csv_raw(struct buf *out, const char *text)
{
    put_cell(out, text, '\0');
}
