/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Prepaid machines of Tencent Cloud: a month, and one, three and five years.
 */
#include "fetchers/tencent_machines.h"

/* The year's fields have an s behind them in the console's answer. */
static const struct {
    int months;
    const char *list, *list_too, *own, *own_too;
} terms[TENCENT_SLOTS] = {
    {1, "OriginalPrice", "", "DiscountPrice", ""},
    {12, "OriginalPriceOneYear", "OriginalPriceOneYears", "DiscountPriceOneYear", "DiscountPriceOneYears"},
    {36, "OriginalPriceThreeYear", "OriginalPriceThreeYears", "DiscountPriceThreeYear", "DiscountPriceThreeYears"},
    {60, "OriginalPriceFiveYear", "OriginalPriceFiveYears", "DiscountPriceFiveYear", "DiscountPriceFiveYears"},
};

static int read_either(const struct json *price, const char *key, const char *too, dec_t *out, struct err *err)
{
    int found = tencent_amount(price, key, out, err);

    if (found == 0)
        found = tencent_amount(price, too, out, err);
    if (found == 0)
        *out = DEC_ZERO;
    return found < 0 ? -1 : 0;
}

const char *tencent_read_terms(struct tencent_machine *m, const struct json *price, struct err *err, int *rc)
{
    bool any = false;

    for (size_t i = 0; i < TENCENT_SLOTS; i++) {
        *rc = read_either(price, terms[i].list, terms[i].list_too, &m->list[i], err);
        if (*rc == 0)
            *rc = read_either(price, terms[i].own, terms[i].own_too, &m->own[i], err);
        if (*rc != 0)
            return NULL;
        any |= dec_sign(m->list[i]) > 0;
    }
    return any ? NULL : "machine without a price for this charge";
}

static int put_term(const struct fetch_price *like, const struct tencent_machine *m, size_t slot, struct harvest *h,
                    struct err *err)
{
    struct fetch_price p = *like;

    p.charge = CHARGE_PREPAID;
    p.unit = UNIT_TERM;
    p.term_months = terms[slot].months;
    p.price = m->list[slot];
    p.contracted = m->own[slot];
    p.has_contracted = dec_sign(p.contracted) > 0;
    return harvest_price(h, &p, err);
}

/* One term of one type: the first zone that has it, and one that says otherwise. */
static int put_zones(const struct fetch_price *like, const struct tencent_machine *v, size_t n, size_t slot,
                     struct harvest *h, struct err *err)
{
    const struct tencent_machine *first = NULL;

    for (size_t i = 0; i < n; i++) {
        if (dec_sign(v[i].list[slot]) == 0)
            continue;
        if (first != NULL && tencent_same(first, &v[i], slot))
            continue;
        if (put_term(like, &v[i], slot, h, err) != 0)
            return -1;
        if (first != NULL)
            return harvest_remark(h, "machine with different prices in the zones of a region", 1, err);
        first = &v[i];
    }
    return 0;
}

int tencent_put_terms(const struct fetch_price *like, const struct tencent_machine *v, size_t n, struct harvest *h,
                      struct err *err)
{
    for (size_t slot = 0; slot < TENCENT_SLOTS; slot++)
        if (put_zones(like, v, n, slot, h, err) != 0)
            return -1;
    return 0;
}
