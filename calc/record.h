/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Records described by data: a table says, column by column, what a cell may hold and where in a
 * struct it goes. The same description reads a CSV file and a table of the catalogue, so a cell
 * means the same in both. All text goes to the arena; a blank text is "".
 */
#ifndef TCO_RECORD_H
#define TCO_RECORD_H

#include "calc/arena.h"
#include "calc/csv.h"
#include "calc/err.h"

#include <stdbool.h>
#include <stddef.h>

enum cell_kind {
    CELL_TEXT,    /* const char *, may be blank */
    CELL_NAME,    /* const char *, not blank */
    CELL_WORD,    /* const char *, one of `words` */
    CELL_CHOICE,  /* an enum: the place of the cell in `words` */
    CELL_YESNO,   /* bool: yes, no */
    CELL_COUNT,   /* int, 0 to 99 */
    CELL_NUMBER,  /* long, 0 to 999,999,999 */
    CELL_DECIMAL, /* dec_t >= 0; blank is 0, or unknown when there is a flag */
    CELL_SHARE,   /* dec_t 0..1; blank only where there is a flag */
    CELL_DATE,    /* struct date; blank is DATE_NONE */
    CELL_CODE     /* const char *: three capital letters */
};

struct cell_rule {
    const char *column;
    enum cell_kind kind;
    size_t at;                /* offset of the field */
    size_t flag;              /* offset of a bool that says whether the cell is filled; 0: none */
    const char *const *words; /* ends in NULL; "" among them allows a blank cell */
};

struct record_type {
    const char *name; /* of the table: "sites" */
    size_t size;      /* of the struct */
    const struct cell_rule *cells;
    size_t ncells;
    const char *key; /* what a row must not share with another: the first `nkey` columns, named for messages */
    size_t nkey;     /* 0: rows may repeat */
    size_t line;     /* offset of an int that gets the line of the file; 0: none */
};

enum { RECORD_CELLS = 24 };

/* One record from its cells, in the order of the description. Messages begin with the column's name. */
int record_read(const struct record_type *t, const char *const *cells, void *out, struct arena *a, struct err *err);

/* A whole CSV body: an array of structs and, when `texts` is not NULL, the cells of each record
 * in the order of the description. Messages begin with "name:line: ". */
struct records {
    void *v;
    size_t n;
    const char *const *texts; /* n x ncells */
    const int *lines;
};
int records_read(const struct record_type *t, const char *name, const char *body, size_t len, struct arena *a,
                 struct records *out, struct err *err);

#endif
