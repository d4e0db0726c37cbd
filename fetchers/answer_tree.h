/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * An answer in JSON or XML as the same tree, for interfaces that give both: a list of JSON is its items one
 * after another under the list's name, as XML writes them; the root element's name does not count. What holds
 * nothing (null, "", {}, [], <a/>) is not there. Numbers and truth are texts as written.
 */
#ifndef TCO_ANSWER_TREE_H
#define TCO_ANSWER_TREE_H

#include "calc/arena.h"
#include "calc/decimal.h"
#include "calc/err.h"

#include <stdbool.h>
#include <stddef.h>

struct answer_node {
    const char *name;
    const char *text; /* "" when it has children */
    const struct answer_node *first, *next;
};

/* The tree lives in the arena. Refuses what json_read() and markup_read() refuse, and a list as document. */
int answer_read(const char *body, size_t len, struct arena *a, const struct answer_node **root, struct err *err);

/* Along a path of names, "PriceInfo/Price": the first of each; NULL when one is not there, or v is NULL. */
const struct answer_node *answer_at(const struct answer_node *v, const char *path);
/* The next sibling of the same name: all of a list. NULL after the last. */
const struct answer_node *answer_more(const struct answer_node *v);
/* The text there, "" when there is none. */
const char *answer_text(const struct answer_node *v, const char *path);
bool answer_true(const struct answer_node *v, const char *path); /* true, True */
/* 1 read; 0 not there; -1 malformed. */
int answer_amount(const struct answer_node *v, const char *path, dec_t *out, struct err *err);

#endif
