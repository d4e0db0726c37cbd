/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The door to libxml2: XML and HTML as a tree of our own in an arena. XML is read strictly: no
 * document type, no entities but the five, at most 64 levels. HTML is read as browsers do, errors
 * and all. Nothing outside the bytes given is ever read. libxml2 is loaded when it is first needed.
 */
#ifndef TCO_MARKUP_H
#define TCO_MARKUP_H

#include "calc/arena.h"
#include "calc/err.h"

#include <stdbool.h>
#include <stddef.h>

struct markup_attribute {
    const char *name, *value;
};

struct markup {
    const char *name; /* without prefix; lower case in HTML; NULL: this is text */
    const char *ns;   /* namespace URI, "" when none */
    const char *text; /* of a text node, as written; else NULL */
    const struct markup_attribute *attributes;
    size_t nattributes;
    const struct markup *parent, *first, *next;
    int line;
};

enum markup_kind { MARKUP_XML, MARKUP_HTML };

int markup_read(enum markup_kind kind, const char *body, size_t len, struct arena *a, const struct markup **root,
                struct err *err);

const char *markup_attribute(const struct markup *v, const char *name); /* NULL when it has none */
/* The next element in document order within `top` (NULL at=the first one), of a name (NULL: any). */
const struct markup *markup_next(const struct markup *top, const struct markup *at, const char *name);
/* The first child element of a name; NULL when there is none. */
const struct markup *markup_child(const struct markup *v, const char *name);
/* All text below, blanks folded to one, none around; <br> counts as a blank. NULL: no memory. */
const char *markup_text(const struct markup *v, struct arena *a);

/* A table with rowspan and colspan expanded: every cell of every row is there. */
struct markup_grid {
    size_t rows, columns;
    const char **cells;             /* rows x columns, markup_text() of each */
    const struct markup **elements; /* the td or th of each cell; the same one in all cells it spans */
};
/* Refuses a table over 20,000 cells or with spans that overlap. */
int markup_grid(const struct markup *table, struct arena *a, struct markup_grid *out, struct err *err);

#endif
