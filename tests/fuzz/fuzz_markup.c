/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Any bytes as markup; the first byte says which (x XML, else HTML). Either refused with a text, or: every
 * node but the root hangs in its parent, is an element or a text, and tables are whole grids.
 */
#include "fetchers/markup.h"
#include "tests/fuzz/target.h"

#include <assert.h>
#include <string.h>

static void check_node(const struct markup *v)
{
    const struct markup *child = v->first;

    assert((v->name == NULL) != (v->text == NULL) && v->ns != NULL);
    assert(v->name != NULL || child == NULL);
    for (; child != NULL; child = child->next) {
        assert(child->parent == v);
        if (child->text != NULL)
            check_node(child);
    }
    for (size_t i = 0; i < v->nattributes; i++)
        assert(markup_attribute(v, v->attributes[i].name) != NULL);
}

static void check_table(const struct markup *table, struct arena *arena)
{
    struct markup_grid g;
    struct err err = {0};

    if (markup_grid(table, arena, &g, &err) != 0) {
        assert(err.kind == ERR_FETCH && *err.text != '\0');
        return;
    }
    for (size_t i = 0; i < g.rows * g.columns; i++)
        assert(g.cells[i] != NULL && (g.elements[i] != NULL || *g.cells[i] == '\0'));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena arena = {NULL};
    const struct markup *root;
    struct err err = {0};

    if (size == 0)
        return 0;
    enum markup_kind kind = data[0] == 'x' ? MARKUP_XML : MARKUP_HTML;
    if (markup_read(kind, (const char *)data + 1, size - 1, &arena, &root, &err) != 0) {
        assert(err.kind == ERR_FETCH && *err.text != '\0');
        arena_free(&arena);
        return 0;
    }
    assert(root->parent == NULL && root->next == NULL && root->name != NULL);
    check_node(root);
    assert(markup_text(root, &arena) != NULL);
    for (const struct markup *v = NULL; (v = markup_next(root, v, NULL)) != NULL;)
        check_node(v);
    for (const struct markup *t = NULL; (t = markup_next(root, t, "table")) != NULL;)
        check_table(t, &arena);
    arena_free(&arena);
    return 0;
}
