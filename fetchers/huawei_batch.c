/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fetchers/huawei_batch.h"

#include <assert.h>

enum { HALVINGS = 64 }; /* more than a size_t can be halved */

int batches_open(struct batches *b, struct arena *a, size_t n, size_t size)
{
    size_t count = (n + size - 1) / size;

    *b = (struct batches){.stack = arena_array(a, count + HALVINGS, sizeof *b->stack),
                          .out = arena_array(a, n + 1, sizeof *b->out)};
    if (b->stack == NULL || b->out == NULL)
        return -1;
    for (size_t i = count; i-- > 0;)
        b->stack[b->depth++] =
            (struct batch){.from = i * size, .to = (i + 1) * size < n ? (i + 1) * size : n, .why = ""};
    return 0;
}

static size_t live(const struct batches *b, size_t from, size_t to)
{
    size_t n = 0;

    for (size_t i = from; i < to; i++)
        n += b->out[i] == NULL;
    return n;
}

/* Behind the first half of the items that are left. */
static size_t middle(const struct batches *b, const struct batch *v)
{
    size_t half = live(b, v->from, v->to) / 2, at = v->from;

    for (; half > 0; at++)
        half -= b->out[at] == NULL;
    return at;
}

static void halve(struct batches *b)
{
    struct batch whole = b->stack[--b->depth];
    size_t mid = middle(b, &whole);

    b->stack[b->depth++] = (struct batch){.from = mid, .to = whole.to, .why = whole.why};
    b->stack[b->depth++] = (struct batch){.from = whole.from, .to = mid, .has_partner = true, .why = whole.why};
}

static void leave_out(struct batches *b, const struct batch *v)
{
    for (size_t i = v->from; i < v->to; i++)
        if (b->out[i] == NULL)
            b->out[i] = v->why;
}

const struct batch *batches_next(struct batches *b)
{
    while (b->depth > 0) {
        const struct batch *top = &b->stack[b->depth - 1];
        size_t n = live(b, top->from, top->to);
        if (n > 0 && !top->is_bad)
            return top;
        if (n > 1) {
            halve(b);
            continue;
        }
        leave_out(b, top);
        b->depth--;
    }
    return NULL;
}

void batches_answered(struct batches *b)
{
    assert(b->depth > 0);
    bool has_partner = b->stack[--b->depth].has_partner;

    if (has_partner)
        b->stack[b->depth - 1].is_bad = true;
}

void batches_refused(struct batches *b, size_t item, const char *why)
{
    assert(b->depth > 0);
    struct batch *top = &b->stack[b->depth - 1];

    top->has_partner = false; /* the bad one is here: nothing is known of the other half */
    top->why = why;
    if (item == SIZE_MAX)
        top->is_bad = true;
    else
        b->out[item] = why;
}
