/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Any bytes as a table of rates; the first byte says whose (e the ECB's, else CFETS's). Either refused with a
 * text, or: every rate is above 0, of a column that is there, one a day at most, in order.
 */
#include "fetchers/rates.h"
#include "tests/fuzz/target.h"

#include <assert.h>
#include <stdbool.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena arena = {NULL};
    struct rate_table t;
    struct err err = {0};

    if (size == 0)
        return 0;
    const char *own = data[0] == 'e' ? "EUR" : "CNY";
    if (rates_read(own, "fuzz.csv", (const char *)data + 1, size - 1, &arena, &t, &err) != 0) {
        assert(err.kind == ERR_USAGE && *err.text != '\0');
        arena_free(&arena);
        return 0;
    }
    for (size_t i = 0; i < t.ncolumns; i++)
        assert(!strcmp(t.columns[i].base, own) != !strcmp(t.columns[i].quote, own));
    for (size_t i = 0; i < t.npoints; i++) {
        const struct rate_point *p = &t.points[i], *last = i > 0 ? &t.points[i - 1] : NULL;
        assert(p->column >= 0 && (size_t)p->column < t.ncolumns && dec_sign(p->value) > 0);
        assert(last == NULL || last->column < p->column ||
               (last->column == p->column && date_cmp(last->date, p->date) < 0));
    }
    arena_free(&arena);
    return 0;
}
