/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Areas do not overlap, so that no more than one lies on a cell; the work they make is counted, as a few of them
 * could ask for a sheet of 17,000 million repeats.
 */
#include "fetchers/xlsx_merges.h"

#include "fetchers/sheet_parts.h"
#include "fetchers/xlsx_part.h"

#include <stdlib.h>
#include <string.h>

enum { AREAS_MAX = 200000, WORK_MAX = 20000000, COLUMNS = 16384 };

static int work(struct xlsx_merges *m, uint64_t cells, struct err *err)
{
    m->work += cells;
    return m->work <= WORK_MAX ? 0 : err_set(err, ERR_USAGE, "merged areas of more than %d cells", WORK_MAX);
}

static bool read_area(const char *text, size_t len, struct xlsx_area *a)
{
    size_t n = xlsx_reference(text, len, &a->top, &a->left);

    if (n == 0 || n == len || text[n] != ':' ||
        xlsx_reference(text + n + 1, len - n - 1, &a->bottom, &a->right) != len - n - 1)
        return false;
    return a->top <= a->bottom && a->left <= a->right;
}

int xlsx_merges_add(struct xlsx_merges *m, const char *text, size_t len, struct err *err)
{
    struct xlsx_area area = {0};

    if (len == 0 || !read_area(text, len, &area))
        return err_set(err, ERR_USAGE, "'%.*s' is no merged area", (int)(len < 40 ? len : 40), text);
    if (m->n == AREAS_MAX)
        return err_set(err, ERR_USAGE, "more than %d merged areas", AREAS_MAX);
    if (m->n == m->cap) {
        size_t cap = m->cap > 0 ? 2 * m->cap : 64;
        struct xlsx_area *grown = realloc(m->areas, cap * sizeof *grown);
        if (grown == NULL)
            return err_nomem(err);
        m->areas = grown;
        m->cap = cap;
    }
    m->areas[m->n++] = area;
    return 0;
}

static int by_top(const void *left, const void *right)
{
    const struct xlsx_area *a = left, *b = right;

    return a->top != b->top ? (a->top > b->top) - (a->top < b->top) : (a->left > b->left) - (a->left < b->left);
}

/* bottom[c]: the last row in which the column lies under an area. */
static int check_overlap(struct xlsx_merges *m, uint32_t bottom[COLUMNS + 1], struct err *err)
{
    for (size_t i = 0; i < m->n; i++) {
        const struct xlsx_area *a = &m->areas[i];
        if (work(m, a->right - a->left + 1, err) != 0)
            return -1;
        for (uint32_t c = a->left; c <= a->right; c++) {
            if (bottom[c] >= a->top)
                return err_set(err, ERR_USAGE, "two merged areas lie on one cell in row %u", (unsigned)a->top);
            bottom[c] = a->bottom;
        }
    }
    return 0;
}

int xlsx_merges_ready(struct xlsx_merges *m, struct err *err)
{
    uint32_t *bottom = calloc(COLUMNS + 1, sizeof *bottom);

    m->active = calloc(m->n + 1, sizeof *m->active);
    int rc = bottom == NULL || m->active == NULL ? err_nomem(err) : 0;
    if (rc == 0 && m->n > 0) {
        qsort(m->areas, m->n, sizeof *m->areas, by_top);
        rc = check_overlap(m, bottom, err);
    }
    free(bottom);
    return rc;
}

/* Keeps the first cell for the rows below. */
static int hold(struct xlsx_merges *m, struct xlsx_area *a, struct err *err)
{
    m->held += a->first.len;
    if (m->held > SHEET_ROW_BYTES)
        return err_set(err, ERR_USAGE, "texts of more than %d bytes in merged areas", SHEET_ROW_BYTES);
    a->text = malloc(a->first.len + 1);
    if (a->text == NULL)
        return err_nomem(err);
    memcpy(a->text, a->first.text, a->first.len + 1);
    a->first.text = a->text;
    return 0;
}

/* Areas that begin in this row. Those whose first row was not in the file have a blank first cell. */
static int begin(struct xlsx_merges *m, uint32_t row, const struct xlsx_cells *cells, struct err *err)
{
    for (; m->next < m->n && m->areas[m->next].top <= row; m->next++) {
        struct xlsx_area *a = &m->areas[m->next];
        bool here = a->top == row && a->left <= cells->n;
        a->first = here ? cells->v[a->left - 1] : (struct sheet_cell){.kind = SHEET_BLANK, .text = ""};
        a->first.merged = true;
        if (a->bottom > row && hold(m, a, err) != 0)
            return -1;
        if (a->bottom >= row)
            m->active[m->nactive++] = m->next;
    }
    return 0;
}

/* A blank first cell blanks what there is, it need not reach further. */
static int repeat(struct xlsx_merges *m, const struct xlsx_area *a, uint32_t row, struct xlsx_cells *cells,
                  struct err *err)
{
    size_t to = a->right;

    if (a->first.kind == SHEET_BLANK && to > cells->n)
        to = cells->n;
    if (work(m, (to >= a->left ? to - a->left : 0) + 1, err) != 0)
        return -1;
    for (size_t c = a->left; c <= to; c++)
        if ((row != a->top || c != a->left) && xlsx_cells_put(cells, c - 1, &a->first, err) != 0)
            return -1;
    return 0;
}

static void end(struct xlsx_merges *m, struct xlsx_area *a)
{
    if (a->text != NULL)
        m->held -= a->first.len;
    free(a->text);
    a->text = NULL;
}

/* An area stays until the row behind its last one: until then its text is in use. */
int xlsx_merges_apply(struct xlsx_merges *m, uint32_t row, struct xlsx_cells *cells, struct err *err)
{
    size_t kept = 0;

    if (begin(m, row, cells, err) != 0)
        return -1;
    for (size_t i = 0; i < m->nactive; i++) {
        struct xlsx_area *a = &m->areas[m->active[i]];
        if (a->bottom < row) {
            end(m, a);
            continue;
        }
        if (repeat(m, a, row, cells, err) != 0)
            return -1;
        m->active[kept++] = m->active[i];
    }
    m->nactive = kept;
    return 0;
}

void xlsx_merges_free(struct xlsx_merges *m)
{
    for (size_t i = 0; i < m->n; i++)
        end(m, &m->areas[i]);
    free(m->areas);
    free(m->active);
    *m = (struct xlsx_merges){.work = m->work};
}
