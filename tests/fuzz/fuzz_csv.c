/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Any bytes as CSV: records to the end, or an error with its place; every cell ends in NUL where
 * its length says. Written again, a record reads back as it was.
 */
#include "calc/csv.h"
#include "tests/fuzz/target.h"

#include <assert.h>
#include <string.h>

static void write_again(const struct csv *c)
{
    struct buf out = {0};
    struct csv again;
    struct err err = {0};
    buf_puts(&out, "x\n"); /* what looks like a byte order mark is one only at the start */
    for (size_t i = 0; i < c->ncells; i++) {
        assert(strlen(c->cells[i].text) == c->cells[i].len);
        buf_puts(&out, i ? "," : "");
        csv_text(&out, c->cells[i].text);
    }
    buf_puts(&out, "\n");
    assert(!out.failed);
    csv_open(&again, "again", out.v, out.n, ',');
    int got = csv_next(&again, &err);
    assert(got == 1);
    got = csv_next(&again, &err);
    /* A record of one empty cell is an empty line, which is passed over. */
    assert(got == 1 ? again.ncells == c->ncells : got == 0 && c->ncells == 1 && !c->cells[0].len);
    csv_close(&again);
    buf_free(&out);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct csv csv;
    struct err err = {0};
    int got, line = 0;
    csv_open(&csv, "fuzz.csv", (const char *)data, size, ',');
    while ((got = csv_next(&csv, &err)) == 1) {
        assert(csv.line > line && csv.ncells > 0);
        line = csv.line;
        write_again(&csv);
    }
    assert(got == 0 || (strncmp(err.text, "fuzz.csv", 8) == 0 && !strchr(err.text, '\n')));
    csv_close(&csv);
    return 0;
}
