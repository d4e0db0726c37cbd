/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A tree of labelled figures for a terminal: a label, an amount, a remark. Amounts of siblings
 * align to the right and remarks below each other; long remarks go on below themselves. Nodes are
 * added in the order they are read, each with its depth; texts are borrowed until tree_write().
 */
#ifndef TCO_TREE_H
#define TCO_TREE_H

#include "calc/arena.h"
#include "calc/buf.h"

#include <stdbool.h>
#include <stddef.h>

enum { TREE_DEPTH_MAX = 8 };

struct tree_node {
    int depth; /* 0: a root; at most one more than the node before */
    const char *label, *amount, *note;
    bool last;                        /* of its siblings */
    bool parent;                      /* has children */
    size_t group;                     /* its siblings, by the first of them */
    size_t label_width, amount_width; /* of the group, kept at its first node */
};

struct tree {
    struct arena *arena;
    struct tree_node *v;
    size_t n, cap;
    bool failed; /* no memory: nothing is written */
};

/* amount and note may be "". */
void tree_add(struct tree *t, int depth, const char *label, const char *amount, const char *note);
void tree_write(struct tree *t, size_t columns, struct buf *out);

#endif
