/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "calc/risk_view.h"

#include <string.h>

dec_t risk_bound(const struct risk_figures *f, int k, int places)
{
    dec_t width = dec_sub(f->high, f->low);
    return dec_round(dec_add(f->low, dec_muldiv(width, dec_int64(k), dec_int64(RISK_BINS), DEC_HALF_UP)), places,
                     DEC_HALF_UP);
}

static int write(const struct risk_report *r, const struct report_options *how, const struct report *report,
                 struct buf *out, struct err *err)
{
    struct phrases p = {.lang = how->lang, .rules = r->e->rules};
    if (strcmp(report->name, "csv") == 0) {
        if (how->bom)
            buf_puts(out, "\xEF\xBB\xBF");
        risk_csv(r, out);
    } else if (strcmp(report->name, "json") == 0) {
        risk_json(r, out);
    } else {
        risk_table(r, &p, how->color, out);
    }
    bool failed = p.failed || out->failed;
    arena_free(&p.arena);
    return failed ? err_nomem(err) : 0;
}

int risk_show(const struct risk_input *in, const struct report_options *how, const struct report *report,
              struct buf *out, struct err *err)
{
    struct risk_report r;
    if (risk_open(&r, in, err))
        return -1;
    int rc = write(&r, how, report, out, err);
    risk_close(&r);
    return rc;
}
