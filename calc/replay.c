/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "calc/replay.h"

#include "calc/tax.h"

#include <string.h>

enum replay_kind replay_kind(const char *kind)
{
    if (!strcmp(kind, "cost"))
        return REPLAY_COST;
    return !strcmp(kind, "fee") ? REPLAY_FEE : REPLAY_RESOURCE;
}

struct money replay_month(const struct replay *r)
{
    struct line_run run = {.billed = r->contract};
    const struct tax_money how = {
        .fx = r->fx,
        .tax_fx = r->tax_fx,
        .back_fx = r->back_fx,
        .billed_places = r->billed_places,
        .tax_places = r->tax_places,
        .budget_places = r->places,
        .basis = r->basis,
        .spread = r->spread,
    };

    if (r->settle != NULL)
        run.billed = dec_mul_round(r->contract, r->settle->rate, r->billed_places, DEC_HALF_UP);
    if (r->tax != NULL)
        tax_apply(&run, r->tax, &how);
    else
        run.m.net = dec_mul_round(run.billed, r->fx->rate, r->places, DEC_HALF_UP);
    dec_t *place = r->kind == REPLAY_COST                    ? &run.m.other
                   : r->kind == REPLAY_FEE && r->tax == NULL ? &run.m.fees
                                                             : &run.m.net;
    if (place != &run.m.net) {
        *place = run.m.net;
        run.m.net = DEC_ZERO;
    }
    money_close(&run.m);
    return run.m;
}
