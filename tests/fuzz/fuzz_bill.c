/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Any bytes as a bill, plain or packed, in pieces: rows to the end, or an error that names the bill; every row has
 * a month, a currency of three letters and numbers that add up or overflow as an error.
 */
#include "calc/bill_sums.h"
#include "tests/fuzz/target.h"

#include <assert.h>
#include <string.h>

struct feed {
    const uint8_t *at;
    size_t left;
};

static ssize_t give(void *ctx, void *into, size_t room)
{
    struct feed *f = ctx;
    size_t n = f->left < room ? f->left : room;

    n = n > 100 ? 100 : n;
    memcpy(into, f->at, n);
    f->at += n;
    f->left -= n;
    return (ssize_t)n;
}

static int add(struct bill_sums *sums, const struct bill_row *row, struct err *err)
{
    assert(row->line > 0 && strlen(row->currency) == 3 && row->category < BILL_CATEGORIES);
    assert(!dec_bad(row->billed) && !dec_bad(row->list) && !dec_bad(row->quantity) && !dec_bad(row->tax));
    return bill_sums_add(sums, row, err);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char *const names[] = {"ServiceName=Product"};
    const struct bill_naming naming = {names, size % 2};
    struct feed f = {data, size};
    struct bill *b;
    struct bill_row row;
    struct bill_sums sums = {.ceiling = 100};
    struct err err = {0};
    int got;

    if (bill_open(&b, "fuzz.csv", give, &f, &naming, &err) != 0) {
        assert(!strncmp(err.text, "fuzz.csv:", 9));
        return 0;
    }
    while ((got = bill_next(b, &row, &err)) == 1)
        if (add(&sums, &row, &err) != 0)
            break;
    assert(got == 1 || got == 0 || !strncmp(err.text, "fuzz.csv:", 9));
    bill_close(b);
    bill_sums_free(&sums);
    return 0;
}
