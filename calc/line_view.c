/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What every report asks of a line and none may answer differently.
 */
#include "calc/line_view.h"

bool line_has_amounts(const struct line *l)
{
    return l->status == LINE_PRICED || l->status == LINE_STALE;
}

static bool same_tax(const struct tax_used *a, const struct tax_used *b)
{
    if (a == NULL || b == NULL)
        return a == b;
    return dec_cmp(a->rate, b->rate) == 0 && a->by_buyer == b->by_buyer;
}

const struct tax_used *line_one_tax(const struct line *l)
{
    if (!line_has_amounts(l) || l->nruns == 0)
        return NULL;
    for (size_t i = 1; i < l->nruns; i++)
        if (!same_tax(l->runs[0].tax, l->runs[i].tax))
            return NULL;
    return l->runs[0].tax;
}

bool line_unit_price(const struct line *l, dec_t *price)
{
    const struct offer *o = l->offer;
    if (o == NULL || o->nparts != 1 || o->parts[0].ntiers != 1)
        return false;
    *price = o->parts[0].tiers[0].price;
    return true;
}

bool line_fx_rate(const struct line *l, dec_t *rate)
{
    if (l->fx == NULL)
        return false;
    if (l->settle_fx == NULL) {
        *rate = l->fx->rate;
        return true;
    }
    *rate = dec_mul_round(l->settle_fx->rate, l->fx->rate, 8, DEC_HALF_UP);
    if (!dec_bad(*rate) && dec_cmp(*rate, dec_of(1, 2)) < 0)
        *rate = dec_mul_round(l->settle_fx->rate, l->fx->rate, DEC_PLACES, DEC_HALF_UP);
    return !dec_bad(*rate);
}

void line_fx_source(const struct line *l, struct buf *out)
{
    const char *settle = l->settle_fx != NULL ? l->settle_fx->source : "";
    const char *budget = l->fx != NULL ? l->fx->source : "";
    buf_puts(out, settle);
    if (settle[0] != '\0' && budget[0] != '\0')
        buf_putc(out, '+');
    buf_puts(out, budget);
}

struct date line_fx_date(const struct line *l)
{
    if (l->fx == NULL || l->fx->source[0] == '\0')
        return DATE_NONE;
    return l->fx->date;
}

const char *line_source(const struct line *l)
{
    if (l->offer != NULL)
        return l->offer->source != NULL ? l->offer->source->id : "";
    if (l->resource != NULL)
        return "";
    return l->fee_rule != NULL ? l->fee_rule->source : "config";
}
