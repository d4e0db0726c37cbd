/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Any bytes as rows of a batch, in pieces whose length the first byte says: the same records as in one piece, and a
 * header that means something or an error with its place. Of damaged gzip data more may be read in pieces before the
 * damage shows.
 */
#include "calc/batch_columns.h"
#include "calc/batch_rows.h"
#include "calc/ini.h"
#include "tests/fuzz/target.h"

#include <assert.h>
#include <string.h>

enum { CELLS = 256 };

struct feed {
    const uint8_t *at;
    size_t n, piece;
};

static ssize_t give(void *ctx, void *into, size_t room)
{
    struct feed *f = ctx;
    size_t n = f->n < f->piece ? f->n : f->piece;

    if (n > room)
        n = room;
    if (n > 0)
        memcpy(into, f->at, n);
    f->at += n;
    f->n -= n;
    return (ssize_t)n;
}

static void read_header(const struct batch_cell *cells, size_t n, long line)
{
    static const char *const names[] = {"project", "compute web", "buyer sg"};
    struct ini_section sections[3];
    struct config base = {.file = "base.ini"};
    struct batch_columns columns;
    struct arena a = {NULL};
    struct err err = {0};

    for (int i = 0; i < 3; i++)
        sections[i] = (struct ini_section){.name = names[i]};
    base.ini.sections = sections;
    base.ini.n = 3;
    if (batch_columns_read(&columns, &a, "fuzz.csv", line, cells, n, &base, NULL, &err) != 0)
        assert(strncmp(err.text, "fuzz.csv:", 9) == 0 && strchr(err.text, '\n') == NULL);
    else
        for (size_t i = 0; i < n; i++)
            assert((columns.v[i].kind == BATCH_KEY) == (columns.v[i].key != NULL));
    arena_free(&a);
}

#define DAMAGED UINT64_MAX

/* A sum over everything that is read, so that two readings can be held against each other. */
static uint64_t read_all(const uint8_t *data, size_t size, size_t piece, bool header)
{
    struct feed f = {data, size, piece};
    struct batch_rows r = {.next = 0};
    struct batch_block block = {.text = NULL};
    struct batch_cell cells[CELLS];
    struct err err = {0};
    uint64_t sum = 0;
    int got = batch_bytes_open(&r.bytes, "fuzz.csv", give, &f, &err);

    got = got == 0 && batch_rows_start(&r, &err) == 0 ? 1 : -1;
    while (got == 1 && (got = batch_rows_block(&r, &block, header ? 1 : BATCH_BLOCK_ROWS, &err)) == 1)
        for (size_t i = 0; i < block.nrows; i++) {
            struct batch_record *rec = &block.v[i];
            size_t n = rec->wrong == NULL ? batch_cells(&block, rec, cells, CELLS) : 0;
            sum = sum * 31 + (uint64_t)rec->line * 7 + n + (rec->wrong != NULL ? strlen(rec->wrong) : 0);
            for (size_t k = 0; k < n && k < CELLS; k++) {
                assert(strlen(cells[k].text) == cells[k].n);
                for (size_t c = 0; c < cells[k].n; c++)
                    sum = sum * 131 + (uint8_t)cells[k].text[c];
            }
            if (header && block.first == 0 && rec->wrong == NULL && n <= CELLS)
                read_header(cells, n, rec->line);
        }
    if (got < 0)
        assert(strncmp(err.text, "fuzz.csv: ", 10) == 0);
    batch_block_free(&block);
    batch_rows_close(&r);
    return got < 0 ? DAMAGED : sum;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size == 0)
        return 0;
    uint64_t whole = read_all(data + 1, size - 1, size, true);
    uint64_t pieces = read_all(data + 1, size - 1, 1 + data[0], false);
    assert(whole == pieces);
    return 0;
}
