/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Bills, row by row. Bytes go through a window: what is left of it moves to its front when less than the longest
 * record remains, so that the reader of CSV always finds a whole record, or one that is too long.
 */
#include "calc/bill.h"

#include "calc/csv.h"
#include "calc/words.h"
#include "fetchers/raw.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

const char *const bill_category_names[BILL_CATEGORIES] = {"Usage", "Purchase", "Tax", "Credit", "Adjustment"};

enum { RECORD_MOST = 1024 * 1024 + 4, WINDOW = 4 * 1024 * 1024, PACKED = 256 * 1024, LINES_MOST = INT_MAX - WINDOW };

enum column_kind { TEXT, NUMBER, DAY };
enum column_need { MAY, MUST };

#define BILL_COLUMN(id, name, kind, need, since, until) {name, since, COLUMN_##id, kind, need},
enum column {
    COLUMN_BILLED,
    COLUMN_CURRENCY,
    COLUMN_START,
    COLUMN_SERVICE,
    COLUMN_CATEGORY,
    COLUMN_SERVICE_CATEGORY,
    COLUMN_LIST,
    COLUMN_QUANTITY,
    COLUMN_UNIT,
    COLUMN_CONSUMED,
    COLUMN_CONSUMED_UNIT,
    COLUMN_REGION,
    COLUMN_SKU,
    COLUMN_SKU_PRICE,
    COLUMN_PROVIDER,
    COLUMN_TAX_AMOUNT,
    COLUMNS
};
static const struct column_info {
    const char *name, *since;
    enum column id;
    enum column_kind kind;
    enum column_need need;
} column_table[] = {
#include "calc/bill_columns.def"
};
enum { NAMES = sizeof column_table / sizeof *column_table };

struct bill {
    const char *name;
    bill_source *source;
    void *ctx;
    int fd;                  /* to close; -1: none */
    struct raw_unzip *unzip; /* NULL: plain */
    unsigned char *packed;   /* bytes taken but not unpacked yet */
    size_t packed_at, packed_n;
    char *window;
    bool ended;
    struct csv csv;
    int at[COLUMNS]; /* the cell of a column, -1: none */
    long rounded;
};

/* ---- bytes ---- */

static int cannot_read(const struct bill *b, struct err *err)
{
    char reason[128];

    if (strerror_r(errno, reason, sizeof reason) != 0)
        snprintf(reason, sizeof reason, "error %d", errno);
    return err_set(err, ERR_USAGE, "%s: cannot be read: %s", b->name, reason);
}

static int read_plain(struct bill *b, void *into, size_t room, size_t *got, struct err *err)
{
    ssize_t n;

    do
        n = b->source(b->ctx, into, room);
    while (n < 0 && errno == EINTR);
    if (n < 0)
        return cannot_read(b, err);
    *got = (size_t)n;
    return 0;
}

static int refill_packed(struct bill *b, struct err *err)
{
    b->packed_at = 0;
    if (read_plain(b, b->packed, PACKED, &b->packed_n, err) != 0)
        return -1;
    if (b->packed_n == 0 && !raw_unzip_whole(b->unzip))
        return err_set(err, ERR_USAGE, "%s: the gzip data ends too early", b->name);
    return 0;
}

/* *got 0: the end. */
static int read_unpacked(struct bill *b, void *into, size_t room, size_t *got, struct err *err)
{
    size_t used;

    for (;;) {
        if (b->packed_at == b->packed_n && refill_packed(b, err) != 0)
            return -1;
        *got = 0;
        if (b->packed_n == 0)
            return 0;
        if (raw_unzip_read(b->unzip, b->packed + b->packed_at, b->packed_n - b->packed_at, &used, into, room, got) !=
            RAW_TAKEN)
            return err_set(err, ERR_USAGE, "%s: damaged gzip data", b->name);
        b->packed_at += used;
        if (*got > 0)
            return 0;
    }
}

/* Fills the window behind its first `held` bytes; returns how many it holds, or -1. */
static ssize_t fill(struct bill *b, size_t held, struct err *err)
{
    size_t got;

    while (!b->ended && held < WINDOW) {
        int failed = b->unzip != NULL ? read_unpacked(b, b->window + held, WINDOW - held, &got, err)
                                      : read_plain(b, b->window + held, WINDOW - held, &got, err);
        if (failed)
            return -1;
        b->ended = got == 0;
        held += got;
    }
    return (ssize_t)held;
}

/* At least one longest record in the window, or all that is left. */
static int provide(struct bill *b, struct err *err)
{
    size_t left = (size_t)(b->csv.end - b->csv.at);

    if (b->ended || left >= RECORD_MOST)
        return 0;
    if (b->csv.next_line > LINES_MOST)
        return err_set(err, ERR_USAGE, "%s: more than %d lines", b->name, LINES_MOST);
    memmove(b->window, b->csv.at, left);
    ssize_t held = fill(b, left, err);
    if (held < 0)
        return -1;
    b->csv.at = b->window;
    b->csv.end = b->window + held;
    return 0;
}

/* A first look tells gzip from text. */
static int begin(struct bill *b, struct err *err)
{
    ssize_t held = 0;
    size_t got = 1;

    while (held < 2 && got > 0) {
        if (read_plain(b, b->window + held, PACKED - (size_t)held, &got, err) != 0)
            return -1;
        held += (ssize_t)got;
    }
    b->ended = got == 0;
    if (held >= 2 && !memcmp(b->window, "\x1f\x8b", 2)) {
        b->packed = malloc(PACKED);
        if (b->packed == NULL || raw_unzip_open(&b->unzip, err) != 0)
            return err_nomem(err);
        memcpy(b->packed, b->window, (size_t)held);
        b->packed_n = (size_t)held;
        b->ended = false;
        held = 0;
    }
    held = fill(b, (size_t)held, err);
    if (held < 0)
        return -1;
    csv_open(&b->csv, b->name, b->window, (size_t)held, ',');
    return 0;
}

/* The reader of CSV passes over empty lines, and could so come to a record that the window cuts: they go first. */
static int skip_empty(struct bill *b, struct err *err)
{
    struct csv *c = &b->csv;
    const char *before;

    do {
        if (provide(b, err) != 0)
            return -1;
        for (before = c->at; c->at < c->end; c->next_line++) {
            size_t n = *c->at == '\n' ? 1 : c->end - c->at > 1 && !memcmp(c->at, "\r\n", 2) ? 2 : 0;
            if (n == 0)
                break;
            c->at += n;
        }
    } while (c->at > before);
    return 0;
}

static int next_record(struct bill *b, struct err *err)
{
    if (skip_empty(b, err) != 0)
        return -1;
    int got = csv_next(&b->csv, err);
    if (got < 0 && strstr(err->text, "a record over 1 MiB") != NULL)
        return err_set(err, ERR_USAGE, "%s:%d: a record over 1 MiB (is a quote never closed?)", b->name, b->csv.line);
    return got;
}

/* ---- columns ---- */

/* The header that a column has in this bill: what --column says, else its own name. */
static const char *header_of(const struct bill_naming *naming, const char *name)
{
    size_t len = strlen(name);

    for (size_t i = 0; naming != NULL && i < naming->n; i++)
        if (!strncmp(naming->v[i], name, len) && naming->v[i][len] == '=')
            return naming->v[i] + len + 1;
    return name;
}

static int check_naming(const struct bill_naming *naming, struct err *err)
{
    const char *names[NAMES];
    struct buf known = {0};

    for (size_t k = 0; k < NAMES; k++)
        names[k] = column_table[k].name;
    for (size_t i = 0; naming != NULL && i < naming->n; i++) {
        size_t k = 0, len = strcspn(naming->v[i], "=");
        while (k < NAMES && (strlen(names[k]) != len || memcmp(names[k], naming->v[i], len) != 0))
            k++;
        if (k < NAMES && naming->v[i][len] == '=' && naming->v[i][len + 1] != '\0')
            continue;
        words_list(&known, names, NAMES, NAMES);
        if (known.failed)
            err_nomem(err);
        else
            err_set(err, ERR_USAGE, "--column '%s' is not NAME=HEADER (known names: %s)", naming->v[i], known.v);
        buf_free(&known);
        return -1;
    }
    return 0;
}

static int find_column(struct bill *b, const char *header, int *at, struct err *err)
{
    *at = -1;
    for (size_t i = 0; i < b->csv.ncells; i++) {
        if (strcmp(b->csv.cells[i].text, header) != 0)
            continue;
        if (*at >= 0)
            return err_set(err, ERR_USAGE, "%s:%d: column named twice: '%.100s'", b->name, b->csv.line, header);
        *at = (int)i;
    }
    return 0;
}

static int read_head(struct bill *b, const struct bill_naming *naming, struct err *err)
{
    int got = next_record(b, err);

    if (got < 0)
        return -1;
    if (got == 0)
        return err_set(err, ERR_USAGE, "%s: empty (a bill begins with the names of its columns)", b->name);
    for (size_t i = 0; i < COLUMNS; i++)
        b->at[i] = -1;
    for (size_t i = 0; i < NAMES; i++) {
        int at;
        if (find_column(b, header_of(naming, column_table[i].name), &at, err) != 0)
            return -1;
        if (b->at[column_table[i].id] < 0)
            b->at[column_table[i].id] = at;
    }
    for (size_t i = 0; i < NAMES; i++)
        if (column_table[i].need == MUST && b->at[column_table[i].id] < 0)
            return err_set(err, ERR_USAGE, "%s:%d: no column '%s' (--column %s=HEADER names the one it is)", b->name,
                           b->csv.line, column_table[i].name, column_table[i].name);
    if (b->at[COLUMN_CATEGORY] < 0 && b->at[COLUMN_TAX_AMOUNT] < 0)
        return err_set(err, ERR_USAGE,
                       "%s:%d: no column 'ChargeCategory' (nor 'TaxAmount': taxes could not be told from charges)",
                       b->name, b->csv.line);
    b->csv.width = b->csv.ncells;
    return 0;
}

/* ---- opening ---- */

int bill_open(struct bill **out, const char *name, bill_source *source, void *ctx, const struct bill_naming *naming,
              struct err *err)
{
    if (check_naming(naming, err) != 0)
        return -1;
    struct bill *b = calloc(1, sizeof *b);
    if (b == NULL)
        return err_nomem(err);
    *b = (struct bill){.name = name, .source = source, .ctx = ctx, .fd = -1};
    b->window = malloc(WINDOW);
    if ((b->window == NULL && err_nomem(err) != 0) || begin(b, err) != 0 || read_head(b, naming, err) != 0) {
        bill_close(b);
        return -1;
    }
    *out = b;
    return 0;
}

static ssize_t from_file(void *ctx, void *into, size_t room)
{
    return read((int)(intptr_t)ctx, into, room);
}

int bill_open_path(struct bill **out, const char *path, const struct bill_naming *naming, struct err *err)
{
    bool standard = !strcmp(path, "-");
    int fd = standard ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);

    if (fd < 0)
        return cannot_read(&(struct bill){.name = path}, err);
    int got = bill_open(out, standard ? "standard input" : path, from_file, (void *)(intptr_t)fd, naming, err);
    if (got == 0 && !standard)
        (*out)->fd = fd;
    else if (!standard)
        close(fd);
    return got;
}

void bill_close(struct bill *b)
{
    if (b == NULL)
        return;
    csv_close(&b->csv);
    raw_unzip_free(b->unzip);
    free(b->packed);
    free(b->window);
    if (b->fd >= 0)
        close(b->fd);
    free(b);
}

long bill_rounded(const struct bill *b)
{
    return b->rounded;
}

/* ---- cells ---- */

/* "" for a column that is not there, and for null, which some write as a word. */
static const char *cell(const struct bill *b, enum column id)
{
    const char *text = b->at[id] >= 0 ? b->csv.cells[b->at[id]].text : "";

    return !strcmp(text, "NULL") || !strcmp(text, "null") ? "" : text;
}

static const char *name_of(enum column id)
{
    size_t i = 0;

    while (column_table[i].id != id)
        i++;
    return column_table[i].name;
}

static int wrong(const struct bill *b, enum column id, const char *why, struct err *err)
{
    return err_set(err, ERR_USAGE, "%s:%d: %s '%.60s' %s", b->name, b->csv.line, name_of(id), cell(b, id), why);
}

enum { DIGITS_MOST = 80, EXPONENT_MOST = 60 };

/* The digits of a number, and where its point is: digit i counts 10^(point - 1 - i). */
struct digits {
    char v[DIGITS_MOST];
    int n, point;
    bool minus;
};

static bool split_number(const char *text, struct digits *out)
{
    bool pointed = false;

    *out = (struct digits){.minus = *text == '-'};
    text += *text == '-' || *text == '+';
    for (; (*text >= '0' && *text <= '9') || (*text == '.' && !pointed); text++) {
        if (*text == '.') {
            pointed = true;
            continue;
        }
        if (out->n == DIGITS_MOST)
            return false;
        out->v[out->n++] = *text;
        out->point += !pointed;
    }
    if (out->n == 0 || *text == '\0')
        return out->n > 0;
    if (*text != 'e' && *text != 'E')
        return false;
    bool down = *++text == '-';
    text += *text == '-' || *text == '+';
    int exponent = 0;
    const char *first = text;
    for (; *text >= '0' && *text <= '9' && exponent <= EXPONENT_MOST; text++)
        exponent = exponent * 10 + (*text - '0');
    out->point += down ? -exponent : exponent;
    return text > first && *text == '\0' && exponent <= EXPONENT_MOST;
}

/* Digit i of the number's plain form, counted from its point: 0 is the first decimal, -1 the last digit before it. */
static int digit_at(const struct digits *x, int i)
{
    int at = x->point + i;

    return at >= 0 && at < x->n ? x->v[at] - '0' : 0;
}

/* With more than 12 decimals or an exponent. */
static bool round_number(const char *text, dec_t *out, bool *rounded)
{
    struct digits x;
    dec_int v = 0;

    if (!split_number(text, &x))
        return false;
    int first = 0;
    while (first < x.n && x.v[first] == '0')
        first++;
    if (x.point - first > 26) /* more than a decimal holds */
        return first == x.n ? (*out = DEC_ZERO, true) : false;
    for (int i = -x.point < 0 ? -x.point : 0; i < DEC_PLACES; i++)
        v = v * 10 + digit_at(&x, i);
    v += digit_at(&x, DEC_PLACES) >= 5;
    for (int i = x.point + DEC_PLACES < 0 ? 0 : x.point + DEC_PLACES; i < x.n && !*rounded; i++)
        *rounded = x.v[i] != '0';
    *out = (dec_t){x.minus ? -v : v};
    return true;
}

static int number(struct bill *b, enum column id, dec_t *out, bool *has, struct err *err)
{
    const char *text = cell(b, id);
    bool rounded = false;
    struct err none;

    *has = *text != '\0';
    *out = DEC_ZERO;
    if (!*has || dec_parse(text, strlen(text), out, &none) == 0)
        return 0;
    if (!round_number(text, out, &rounded))
        return wrong(b, id, "is no number (12.5, -0.0004, 1.2E-7)", err);
    b->rounded += rounded;
    return 0;
}

/* "2026-11-01", with or without a time of the day behind it. */
static int month(struct bill *b, struct month *out, struct err *err)
{
    const char *text = cell(b, COLUMN_START);
    struct date day;

    if (strlen(text) < 10 || (text[10] != '\0' && text[10] != 'T' && text[10] != ' ') || !date_parse(text, 10, &day))
        return wrong(b, COLUMN_START, "is no day (2026-11-01T00:00:00Z)", err);
    *out = date_month(day);
    return 0;
}

static int currency(struct bill *b, char out[CURRENCY_TEXT], struct err *err)
{
    const char *text = cell(b, COLUMN_CURRENCY);

    if (strlen(text) != 3 || strspn(text, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") != 3)
        return wrong(b, COLUMN_CURRENCY, "is no currency (CNY, USD)", err);
    memcpy(out, text, CURRENCY_TEXT);
    return 0;
}

static int category(struct bill *b, enum bill_category *out, struct err *err)
{
    const char *text = cell(b, COLUMN_CATEGORY);

    *out = BILL_USAGE;
    if (b->at[COLUMN_CATEGORY] < 0)
        return 0;
    for (int i = 0; i < BILL_CATEGORIES; i++)
        if (!strcmp(text, bill_category_names[i])) {
            *out = (enum bill_category)i;
            return 0;
        }
    return wrong(b, COLUMN_CATEGORY, "is no category (Usage, Purchase, Tax, Credit, Adjustment)", err);
}

static const char *first_of(const char *a, const char *b)
{
    return *a != '\0' ? a : b;
}

static int amounts(struct bill *b, struct bill_row *row, struct err *err)
{
    bool has;

    if (number(b, COLUMN_BILLED, &row->billed, &has, err) != 0)
        return -1;
    if (!has)
        return wrong(b, COLUMN_BILLED, "is not given (0 is a cost, nothing is none)", err);
    if (number(b, COLUMN_LIST, &row->list, &row->has_list, err) != 0 ||
        number(b, COLUMN_TAX_AMOUNT, &row->tax, &has, err) != 0 ||
        number(b, COLUMN_QUANTITY, &row->quantity, &row->has_quantity, err) != 0)
        return -1;
    row->unit = cell(b, COLUMN_UNIT);
    if (row->has_quantity)
        return 0;
    row->unit = cell(b, COLUMN_CONSUMED_UNIT);
    return number(b, COLUMN_CONSUMED, &row->quantity, &row->has_quantity, err);
}

int bill_next(struct bill *b, struct bill_row *row, struct err *err)
{
    int got = next_record(b, err);

    if (got <= 0)
        return got;
    *row = (struct bill_row){
        .line = b->csv.line,
        .provider = cell(b, COLUMN_PROVIDER),
        .service = cell(b, COLUMN_SERVICE),
        .service_category = cell(b, COLUMN_SERVICE_CATEGORY),
        .region = cell(b, COLUMN_REGION),
        .sku = first_of(cell(b, COLUMN_SKU), cell(b, COLUMN_SKU_PRICE)),
    };
    if (month(b, &row->month, err) != 0 || currency(b, row->currency, err) != 0 ||
        category(b, &row->category, err) != 0 || amounts(b, row, err) != 0)
        return -1;
    return 1;
}
