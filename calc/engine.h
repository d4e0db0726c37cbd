/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * An SQL engine that an export is written for (`tco export-engine`): one file each, one line in
 * engines.def. The query itself is shared (the templates of fixtures/engine); an engine says how it spells what
 * differs. {name} in a text stands for another value, see engine_expand().
 */
#ifndef TCO_ENGINE_H
#define TCO_ENGINE_H

#include "calc/buf.h"

#include <stdbool.h>
#include <stddef.h>

struct engine {
    const char *name;    /* the word of --engine */
    const char *title;   /* as its makers write it */
    bool tried;          /* the project's own tests run it */
    const char *integer; /* type of the scaled integers: at least 127 bits, past its range an error */
    const char *maybe;   /* the same, where a cell may be empty */
    const char *id, *text;
    const char *number;    /* type of a scenario's own numbers, 12 decimals, may be empty */
    const char *tail;      /* after CREATE TABLE name (...) */
    const char *fence;     /* at the end of a step that is not to be merged into the next one; "" */
    const char *functions; /* tco_half_up(a, b): a / b for a >= 0, b > 0, half-up; tco_cut(a, b): cut off */
    const char *scaled;    /* {value} with 12 decimals as a scaled integer */
    const char *shown;     /* {value} minor units, {places} of them, as a decimal */
    const char *load;      /* {table}.csv into tco_{table} */
    const char *run;       /* README: how the files are run */
};

/* Ends in NULL. */
extern const struct engine *const engine_table[];
const struct engine *engine_find(const char *name); /* NULL when unknown */

struct engine_value {
    const char *name, *value;
};
/* Appends text with each {name} replaced. Lines from "--if name" to "--end" stay only when the value of
 * that name is not "". An unknown name stays as it is. */
void engine_expand(struct buf *out, const char *text, const struct engine_value *values, size_t n);

#endif
