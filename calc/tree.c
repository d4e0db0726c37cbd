/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A tree of labelled figures for a terminal. Two passes: from the end, which node is the last of
 * its siblings; from the start, how wide its siblings are.
 */
#include "calc/tree.h"

#include "calc/words.h"
#include "calc/wrap.h"

#include <assert.h>

/* A label wider than LABEL_MAX does not push the amounts of its siblings to the right; one with an
 * amount or a remark that is wider than LABEL_CUT is cut. */
enum { LABEL_MAX = 34, LABEL_CUT = 48, STEP = 3, GAP = 2, NOTE_MIN = 28 };

void tree_add(struct tree *t, int depth, const char *label, const char *amount, const char *note)
{
    assert(depth >= 0 && depth < TREE_DEPTH_MAX);
    assert(depth <= (t->n > 0 ? t->v[t->n - 1].depth + 1 : 0) || t->failed);
    if (t->failed)
        return;
    if (t->n == t->cap) {
        size_t cap = t->cap > 0 ? 2 * t->cap : 64;
        struct tree_node *v = arena_grow(t->arena, t->v, t->n, cap, sizeof *v);
        if (v == NULL) {
            t->failed = true;
            return;
        }
        t->v = v;
        t->cap = cap;
    }
    t->v[t->n++] = (struct tree_node){.depth = depth, .label = label, .amount = amount, .note = note};
}

static void find_last(struct tree *t)
{
    bool later[TREE_DEPTH_MAX + 1] = {false}; /* is there a later node of that depth under the same parent? */
    for (size_t i = t->n; i-- > 0;) {
        struct tree_node *node = &t->v[i];
        node->last = !later[node->depth];
        node->parent = later[node->depth + 1];
        later[node->depth] = true;
        later[node->depth + 1] = false;
    }
}

static bool is_figure(const struct tree_node *node)
{
    return node->amount[0] != '\0' || node->note[0] != '\0';
}

static void find_widths(struct tree *t)
{
    size_t first[TREE_DEPTH_MAX] = {0};
    int depth = -1;
    for (size_t i = 0; i < t->n; i++) {
        struct tree_node *node = &t->v[i], *group;
        size_t label = words_width(node->label), amount = words_width(node->amount);
        if (node->depth > depth)
            first[node->depth] = i;
        depth = node->depth;
        node->group = first[depth];
        group = &t->v[node->group];
        if (is_figure(node) && label <= LABEL_MAX && label > group->label_width)
            group->label_width = label;
        if (amount > group->amount_width)
            group->amount_width = amount;
    }
}

/* The lines that come down from the node's ancestors. */
static void put_ancestors(struct buf *out, const bool *last, int depth)
{
    for (int d = 1; d < depth; d++)
        buf_puts(out, last[d] ? "   " : "│  ");
}

static void put_continuation(struct buf *out, const struct tree_node *node, const bool *last, size_t columns)
{
    size_t at = (size_t)(node->depth > 0 ? (node->depth - 1) * STEP : 0);
    put_ancestors(out, last, node->depth);
    if (node->depth > 0) {
        buf_puts(out, node->last ? "   " : "│  ");
        at += STEP;
    }
    if (node->parent && at < columns) {
        buf_puts(out, "│");
        at++;
    }
    for (; at < columns; at++)
        buf_putc(out, ' ');
}

/* Text from the current column on, its further lines from column `from`. */
static void put_wrapped(struct buf *out, const struct tree_node *node, const bool *last, const char *text, size_t from,
                        size_t columns)
{
    size_t room = columns > from ? columns - from : 1;
    while (*text != '\0') {
        size_t n = wrap_line(text, room);
        buf_add(out, text, n);
        text += n;
        while (*text == ' ')
            text++;
        if (*text != '\0') {
            buf_putc(out, '\n');
            put_continuation(out, node, last, from);
        }
    }
}

static void put_blanks(struct buf *out, size_t n)
{
    while (n-- > 0)
        buf_putc(out, ' ');
}

/* Label and amount as columns, the remark after them; below where too little room is left. */
static void put_figure(struct buf *out, const struct tree_node *node, const struct tree_node *group, const bool *last,
                       size_t start, size_t columns)
{
    size_t label = words_width(node->label), width = label > group->label_width ? label : group->label_width;
    size_t at;
    width = width < LABEL_CUT ? width : LABEL_CUT;
    at = start + width + GAP;
    words_pad(out, node->label, width, false);
    put_blanks(out, GAP);
    if (node->amount[0] != '\0') {
        put_blanks(out, group->amount_width - words_width(node->amount));
        buf_puts(out, node->amount);
        at += group->amount_width + GAP;
    }
    if (node->note[0] == '\0')
        return;
    if (at + NOTE_MIN > columns) {
        at = start + GAP;
        buf_putc(out, '\n');
        put_continuation(out, node, last, at);
    } else if (node->amount[0] != '\0') {
        put_blanks(out, GAP);
    }
    put_wrapped(out, node, last, node->note, at, columns);
}

static void put_node(struct buf *out, const struct tree *t, const struct tree_node *node, const bool *last,
                     size_t columns)
{
    size_t at = (size_t)node->depth * STEP;
    put_ancestors(out, last, node->depth);
    if (node->depth > 0)
        buf_puts(out, node->last ? "└─ " : "├─ ");
    if (is_figure(node))
        put_figure(out, node, &t->v[node->group], last, at, columns);
    else
        put_wrapped(out, node, last, node->label, at, columns);
    buf_putc(out, '\n');
}

void tree_write(struct tree *t, size_t columns, struct buf *out)
{
    bool last[TREE_DEPTH_MAX] = {false};
    if (t->failed)
        return;
    find_last(t);
    find_widths(t);
    for (size_t i = 0; i < t->n; i++) {
        last[t->v[i].depth] = t->v[i].last;
        put_node(out, t, &t->v[i], last, columns);
    }
}
