/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/support/inventory_case.h"

#include "calc/file.h"
#include "tests/support/test.h"

#include <string.h>

static void open_words(struct inventory_case *c)
{
    struct buf body = {0};
    struct err err = {0};
    if (file_read("fixtures/rules/inventory-words.csv", 1 << 20, &body, &err) != 0 ||
        inventory_words_read("words", body.v, body.n, &c->arena, &c->fields.words, &err) != 0)
        fail_msg("%s", err.text);
    buf_free(&body);
}

static size_t count_cells(const char *text)
{
    size_t n = 1;
    for (; *text; text++)
        n += *text == '|';
    return n;
}

/* Cells of "a|b|c". */
static struct batch_cell *cut(struct arena *a, const char *text, size_t n)
{
    struct batch_cell *v = arena_array(a, n, sizeof *v);
    for (size_t i = 0; i < n; i++) {
        size_t len = strcspn(text, "|");
        v[i] = (struct batch_cell){arena_strndup(a, text, len), len};
        text += len + (text[len] == '|');
    }
    return v;
}

void inventory_case(struct inventory_case *c, const struct rules *rules, const char *only_site, const char *header)
{
    *c = (struct inventory_case){.fields = {.rules = rules, .only_site = only_site}};
    open_words(c);
    struct batch_words words = batch_fields_words(&c->fields);
    size_t n = count_cells(header);
    struct batch_column *v = arena_array(&c->arena, n, sizeof *v);
    const struct batch_cell *heads = cut(&c->arena, header, n);
    for (size_t i = 0; i < n; i++) {
        v[i] = (struct batch_column){.header = heads[i].text, .kind = BATCH_LABEL};
        if (!strcmp(heads[i].text, "scenario"))
            v[i].kind = BATCH_NAME;
        else if (words.find(words.ctx, heads[i].text, &v[i].word))
            v[i].kind = BATCH_WORD;
    }
    c->columns = (struct batch_columns){.file = "rows.csv", .v = v, .n = n, .has_words = true};
}

void inventory_case_free(struct inventory_case *c)
{
    arena_free(&c->arena);
}

struct batch_row inventory_case_row(struct inventory_case *c, const char *cells)
{
    assert_int_equal(count_cells(cells), c->columns.n);
    return (struct batch_row){
        .columns = &c->columns, .cells = cut(&c->arena, cells, c->columns.n), .number = 7, .line = 8};
}
