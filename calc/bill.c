/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Bills, row by row: opening them, and their cells as rows.
 */
#include "calc/bill_parts.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

const char *const bill_category_names[BILL_CATEGORIES] = {"Usage", "Purchase", "Tax", "Credit", "Adjustment"};

/* ---- opening ---- */

int bill_open(struct bill **out, const char *name, bill_source *source, void *ctx, const struct bill_naming *naming,
              struct err *err)
{
    if (bill_check_naming(naming, err) != 0)
        return -1;
    struct bill *b = calloc(1, sizeof *b);
    if (b == NULL)
        return err_nomem(err);
    *b = (struct bill){.name = name, .source = source, .ctx = ctx, .fd = -1};
    if (bill_begin(b, err) != 0 || bill_read_head(b, naming, err) != 0) {
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
        return bill_cannot_read(&(struct bill){.name = path}, err);
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
static const char *cell(const struct bill *b, enum bill_column id)
{
    const char *text = b->at[id] >= 0 ? b->csv.cells[b->at[id]].text : "";

    return !strcmp(text, "NULL") || !strcmp(text, "null") ? "" : text;
}

static const char *name_of(enum bill_column id)
{
    size_t i = 0;

    while (bill_columns[i].id != id)
        i++;
    return bill_columns[i].name;
}

static int wrong(const struct bill *b, enum bill_column id, const char *why, struct err *err)
{
    return err_set(err, ERR_USAGE, "%s:%d: %s '%.60s' %s", b->name, b->csv.line, name_of(id), cell(b, id), why);
}

static int number(struct bill *b, enum bill_column id, dec_t *out, bool *has, struct err *err)
{
    const char *text = cell(b, id);
    bool rounded = false;
    struct err none;

    *has = *text != '\0';
    *out = DEC_ZERO;
    if (!*has || dec_parse(text, strlen(text), out, &none) == 0)
        return 0;
    if (!bill_number(text, out, &rounded))
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

static int needed(struct bill *b, enum bill_column id, dec_t *out, struct err *err)
{
    bool has;

    if (number(b, id, out, &has, err) != 0)
        return -1;
    return has ? 0 : wrong(b, id, "is not given (0 is a cost, nothing is none)", err);
}

/* What is charged, without tax: as it is said, or the whole less the tax in it. */
static int billed(struct bill *b, struct bill_row *row, struct err *err)
{
    bool has;

    if (b->at[COLUMN_BILLED] >= 0)
        return needed(b, COLUMN_BILLED, &row->billed, err) != 0 ? -1
                                                                : number(b, COLUMN_TAX_AMOUNT, &row->tax, &has, err);
    if (needed(b, COLUMN_TOTAL, &row->billed, err) != 0 || needed(b, COLUMN_TAX_AMOUNT, &row->tax, err) != 0)
        return -1;
    row->billed = dec_sub(row->billed, row->tax);
    return dec_bad(row->billed) ? wrong(b, COLUMN_TOTAL, "less its tax is too much", err) : 0;
}

static int amounts(struct bill *b, struct bill_row *row, struct err *err)
{
    if (billed(b, row, err) != 0 || number(b, COLUMN_LIST, &row->list, &row->has_list, err) != 0 ||
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
    int got = bill_record(b, err);

    if (got <= 0)
        return got;
    *row = (struct bill_row){
        .line = b->csv.line,
        .provider = cell(b, COLUMN_PROVIDER),
        .service = cell(b, COLUMN_SERVICE),
        .service_category = cell(b, COLUMN_SERVICE_CATEGORY),
        .region = cell(b, COLUMN_REGION),
        .pricing = cell(b, COLUMN_PRICING),
        .sku = first_of(cell(b, COLUMN_SKU), cell(b, COLUMN_SKU_PRICE)),
    };
    if (month(b, &row->month, err) != 0 || currency(b, row->currency, err) != 0 ||
        category(b, &row->category, err) != 0 || amounts(b, row, err) != 0)
        return -1;
    return 1;
}
