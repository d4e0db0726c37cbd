/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The door to libxml2: XML and HTML as a tree of our own in an arena. XML is read strictly: no
 * document type, no entities but the five, at most 64 levels. HTML is read as browsers do, errors
 * and all, down to 1,024 levels. Both are UTF-8, whatever they say of themselves: XML that is not is
 * refused, in HTML a bad byte becomes U+FFFD. Nothing outside the bytes given is ever read, nothing
 * printed, no state shared. libxml2 is loaded when it is first needed.
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

/* The tree lives in the arena. Messages say where: "line 3: not XML: ...". Over 2,000,000 nodes, or a
 * text over 16 MiB, is refused. */
int markup_read(enum markup_kind kind, const char *body, size_t len, struct arena *a, const struct markup **root,
                struct err *err);

const char *markup_attribute(const struct markup *v, const char *name); /* NULL when it has none */
/* The next element in document order within `top` (NULL at=the first one), of a name (NULL: any). */
const struct markup *markup_next(const struct markup *top, const struct markup *at, const char *name);
/* The first child element of a name; NULL when there is none. */
const struct markup *markup_child(const struct markup *v, const char *name);
/* All text below, blanks (no-break and ideographic ones too) folded to one, none around. <br> and the
 * edges of paragraphs, cells and other blocks count as a blank; characters without width, scripts and
 * styles below v do not show. NULL: no memory. */
const char *markup_text(const struct markup *v, struct arena *a);

/* A table with rowspan and colspan expanded: every cell of every row is there. A row that is too short
 * is filled up with the text "" and the element NULL; tables within the table are not part of it. */
struct markup_grid {
    size_t rows, columns;
    const char **cells;             /* rows x columns, markup_text() of each */
    const struct markup **elements; /* the td or th of each cell; the same one in all cells it spans */
};
/* Refuses a table over 20,000 cells or with spans that overlap. */
int markup_grid(const struct markup *table, struct arena *a, struct markup_grid *out, struct err *err);

#endif
