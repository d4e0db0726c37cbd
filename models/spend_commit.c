/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/spend_commit.h"

#include <assert.h>

enum { YEAR = 12 };

static int check(const struct spend_commit *c, struct err *err)
{
    if (dec_check(c->amount, "spend commitment", err) || dec_check(c->discount, "discount of a spend commitment", err))
        return -1;
    if (dec_sign(c->amount) < 0)
        return err_set(err, ERR_USAGE, "a spend commitment below 0 (allowed: 0 and above)");
    if (dec_sign(c->discount) < 0 || dec_cmp(c->discount, DEC_ONE) > 0)
        return err_set(err, ERR_USAGE, "a discount for committed spending outside 0 to 1");
    return 0;
}

/* What is owed for a contract year of which `months` lie within both contract and horizon. */
static dec_t owed(const struct spend_commit *c, int months, int places)
{
    if (months == YEAR || c->part == SPEND_WHOLE_YEARS)
        return c->amount;
    return dec_round(dec_muldiv(c->amount, dec_int64(months), dec_int64(YEAR), DEC_HALF_UP), places, DEC_HALF_UP);
}

/* The contract price is rounded and the discount is what it leaves, as for any other discount. */
static dec_t discounted(const struct spend_commit *c, dec_t list, int places, struct spend_month *out)
{
    dec_t spent = dec_mul_round(list, dec_sub(DEC_ONE, c->discount), places, DEC_HALF_UP);
    *out = (struct spend_month){.discount = dec_sub(list, spent), .spent = spent};
    return spent;
}

static void year(const struct spend_commit *c, const dec_t *list, int months, int places, struct spend_month *out)
{
    dec_t spent = DEC_ZERO;
    for (int m = 0; m < months; m++)
        spent = dec_add(spent, discounted(c, list[m], places, &out[m]));
    dec_t missing = dec_sub(owed(c, months, places), spent);
    out[months - 1].shortfall = dec_max(missing, DEC_ZERO); /* bad stays bad */
}

static int sum(const dec_t *list, const struct spend_month *v, int months, struct spend_totals *out, struct err *err)
{
    struct spend_totals t = {.years = out->years};
    for (int m = 0; m < months; m++) {
        t.list = dec_add(t.list, list[m]);
        t.discount = dec_add(t.discount, v[m].discount);
        t.spent = dec_add(t.spent, v[m].spent);
        t.shortfall = dec_add(t.shortfall, v[m].shortfall);
    }
    if (dec_check(t.list, "spending at list prices", err) || dec_check(t.discount, "discount on spending", err) ||
        dec_check(t.spent, "discounted spending", err) || dec_check(t.shortfall, "shortfall of spending", err))
        return -1;
    *out = t;
    return 0;
}

int spend_commit(const struct spend_commit *c, const dec_t *list, int months, int places, struct spend_month *out,
                 struct spend_totals *totals, struct err *err)
{
    assert(months >= 1 && c->first >= 0 && c->months >= 1);
    if (check(c, err))
        return -1;
    struct spend_totals t = {0};
    for (int m = 0; m < months; m++)
        out[m] = (struct spend_month){.spent = list[m]};
    int end = c->months < months - c->first ? c->first + c->months : months;
    for (int m = c->first; m < end; m += YEAR, t.years++)
        year(c, list + m, end - m < YEAR ? end - m : YEAR, places, out + m);
    if (sum(list, out, months, &t, err))
        return -1;
    *totals = t;
    return 0;
}
