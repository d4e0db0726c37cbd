/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Which cell of a bill is which column, by the names of bill_columns.def or as the user names them.
 */
#include "calc/bill_parts.h"

#include "calc/words.h"

#include <string.h>

#define BILL_COLUMN(id, name, kind, need, since, until) {name, since, COLUMN_##id, BILL_##kind, BILL_##need},
const struct bill_column_info bill_columns[] = {
#include "calc/bill_columns.def"
};
enum { NAMES = sizeof bill_columns / sizeof *bill_columns };

/* The header that a column has in this bill: what --column says, else its own name. */
static const char *header_of(const struct bill_naming *naming, const char *name)
{
    size_t len = strlen(name);

    for (size_t i = 0; naming != NULL && i < naming->n; i++)
        if (!strncmp(naming->v[i], name, len) && naming->v[i][len] == '=')
            return naming->v[i] + len + 1;
    return name;
}

int bill_check_naming(const struct bill_naming *naming, struct err *err)
{
    const char *names[NAMES];
    struct buf known = {0};

    for (size_t k = 0; k < NAMES; k++)
        names[k] = bill_columns[k].name;
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

int bill_read_head(struct bill *b, const struct bill_naming *naming, struct err *err)
{
    int got = bill_record(b, err);

    if (got < 0)
        return -1;
    if (got == 0)
        return err_set(err, ERR_USAGE, "%s: empty (a bill begins with the names of its columns)", b->name);
    for (size_t i = 0; i < COLUMNS; i++)
        b->at[i] = -1;
    for (size_t i = 0; i < NAMES; i++) {
        int at;
        if (find_column(b, header_of(naming, bill_columns[i].name), &at, err) != 0)
            return -1;
        if (b->at[bill_columns[i].id] < 0)
            b->at[bill_columns[i].id] = at;
    }
    bool from_total = b->at[COLUMN_TOTAL] >= 0 && b->at[COLUMN_TAX_AMOUNT] >= 0;
    for (size_t i = 0; i < NAMES; i++)
        if (bill_columns[i].need == BILL_MUST && b->at[bill_columns[i].id] < 0 &&
            !(bill_columns[i].id == COLUMN_BILLED && from_total))
            return err_set(err, ERR_USAGE, "%s:%d: no column '%s' (--column %s=HEADER names the one it is)", b->name,
                           b->csv.line, bill_columns[i].name, bill_columns[i].name);
    if (b->at[COLUMN_CATEGORY] < 0 && b->at[COLUMN_TAX_AMOUNT] < 0)
        return err_set(err, ERR_USAGE,
                       "%s:%d: no column 'ChargeCategory' (nor 'TaxAmount': taxes could not be told from charges)",
                       b->name, b->csv.line);
    b->csv.width = b->csv.ncells;
    return 0;
}
