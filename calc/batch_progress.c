/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "calc/batch_progress.h"

#include "calc/tco.h"

#include <inttypes.h>

enum { EVERY_MS = 250 };

void batch_progress_open(struct batch_progress *p, struct app *app, uint64_t all)
{
    const struct tco_world *world = app->world;

    *p = (struct batch_progress){.app = app, .all = all, .on = world->err_tty && world->now_ms != NULL};
    if (p->on)
        p->began = p->last = world->now_ms();
}

void batch_progress_line(const struct batch_progress *p, uint64_t rows, uint64_t done, int64_t ms, struct buf *out)
{
    uint64_t t = ms > 0 ? (uint64_t)ms : 1;

    buf_printf(out, "%" PRIu64 " rows, %" PRIu64 " a second", rows, rows * 1000 / t);
    if (p->all == 0 || done == 0 || done > p->all)
        return;
    buf_printf(out, ", %" PRIu64 " %%, %" PRIu64 " s left", done * 100 / p->all, (p->all - done) * t / done / 1000);
}

void batch_progress_show(struct batch_progress *p, uint64_t rows, uint64_t done)
{
    struct buf text = {0};

    if (!p->on)
        return;
    int64_t now = p->app->world->now_ms();
    if (now - p->last < EVERY_MS)
        return;
    p->last = now;
    buf_puts(&text, "\r");
    batch_progress_line(p, rows, done, now - p->began, &text);
    buf_puts(&text, "\033[K");
    if (!text.failed)
        app_show(p->app, text.v);
    p->shown = true;
    buf_free(&text);
}

void batch_progress_clear(struct batch_progress *p)
{
    if (p->shown)
        app_show(p->app, "\r\033[K");
    p->shown = false;
}
