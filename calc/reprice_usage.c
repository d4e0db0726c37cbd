/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * How much of a resource a bill's quantity is: machine-hours are so many hours, of which a month has its own; GiB-months
 * are GiB for the month. The quantity that is then priced is the bill's own, to the last digit.
 */
#include "calc/reprice_parts.h"
#include "calc/unit.h"

static const dec_t *size_of_each(const struct reprice_input *in, enum resource_kind kind)
{
    for (size_t i = 0; i < in->neach; i++)
        if (in->each[i].kind == kind)
            return &in->each[i].size;
    return NULL;
}

/* What was used as an amount that `*parts` of make a month; *parts 0: it is of a month already. False: no such time. */
static bool time_of(enum unit_time time, dec_t hours, dec_t *amount, dec_t *parts)
{
    switch (time) {
    case PER_MINUTE:
        *parts = dec_muln(hours, 60);
        return true;
    case PER_HOUR:
        *parts = hours;
        return true;
    case PER_DAY: /* of 24 hours */
        *amount = dec_muln(*amount, 24);
        *parts = hours;
        return true;
    case PER_MONTH:
    case PER_NONE:
        *parts = DEC_ZERO;
        return true;
    case PER_TERM:
        break;
    }
    return false;
}

static void take_amount(struct reprice *r, struct reprice_line *l, dec_t amount, dec_t parts)
{
    struct resource *x = &l->resource;
    bool flow = unit_table[l->unit].time == PER_NONE; /* a quantity used up has no items */
    const dec_t *each = flow ? NULL : size_of_each(r->in, x->kind);

    x->parts = parts;
    x->count = (struct value){.kind = VALUE_FIXED, .fixed = amount};
    if (unit_table[l->unit].base == BASE_ITEM)
        return;
    l->summed = each == NULL && !flow;
    if (each != NULL) {
        x->size = (struct value){.kind = VALUE_FIXED, .fixed = *each};
        x->parts = dec_sign(parts) > 0 ? dec_mul(parts, *each, DEC_HALF_UP) : *each;
    } else {
        x->size = x->count;
        x->count.fixed = DEC_ONE;
    }
}

int reprice_usage(struct reprice *r, struct reprice_line *l, struct err *err)
{
    const struct unit_info *u = &unit_table[l->unit];
    dec_t amount = dec_muln(l->sum->quantity, u->divisor), hours = reprice_hours(r, l->sum->month), parts;
    struct measure m;
    enum text_id why;

    if (!time_of(u->time, hours, &amount, &parts))
        return reprice_why(r, l, err, TEXT_REPRICE_TERM, "");
    take_amount(r, l, amount, parts);
    if (dec_check(amount, "a quantity of the bill", err) != 0 || dec_check(l->resource.parts, "a month", err) != 0)
        return -1;
    if (unit_measure(&l->resource, l->unit, hours, &m, &why))
        return 0;
    return reprice_why(r, l, err, TEXT_REPRICE_UNFIT, l->sum->unit, kind_table[l->resource.kind].name);
}
