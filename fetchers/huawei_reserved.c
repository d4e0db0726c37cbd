/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Reservations of Huawei Cloud's calculator: the sum at the start and the rate by the month stand in plans
 * of their own, and make one offer together.
 */
#include "fetchers/huawei_web_parts.h"

#include <string.h>

static const struct {
    const char *published, *ours;
    bool upfront, monthly;
} offerings[] = {
    {"NO_UPFRONT", "no-upfront", false, true},
    {"PARTIAL_UPFRONT", "partial-upfront", true, true},
    {"ALL_UPFRONT", "all-upfront", true, false},
};
enum { OFFERINGS = sizeof offerings / sizeof *offerings };

/* "NO_UPFRONT", or "nodeData.NO_UPFRONT". */
static size_t offering_of(const struct json *plan)
{
    const char *key = json_string(json_get(plan, "paymentTypeKey"));
    size_t i = 0;

    if (*key == '\0')
        key = json_string(json_get(plan, "paymentType"));
    if (strrchr(key, '.') != NULL)
        key = strrchr(key, '.') + 1;
    while (i < OFFERINGS && strcmp(key, offerings[i].published) != 0)
        i++;
    return i;
}

static struct huawei_reservation *reservation_of(struct huawei_reserved *all, const char *offering, int months)
{
    for (size_t i = 0; i < all->n; i++)
        if (all->v[i].offering == offering && all->v[i].months == months)
            return &all->v[i];
    if (all->n == HUAWEI_RESERVATIONS)
        return NULL;
    all->v[all->n] = (struct huawei_reservation){.offering = offering, .months = months};
    return &all->v[all->n++];
}

/* A third plan, perEffectivePrice, contains the sum paid at the start again: it is no part. */
int huawei_add_part(const struct huawei_reading *r, const struct json *plan, struct huawei_reserved *to,
                    struct err *err)
{
    const char *origin = json_string(json_get(plan, "originType"));
    size_t i = offering_of(plan);
    int years = 0, found = huawei_number(plan, "periodNum", &years, err);
    dec_t amount;

    if (found < 0)
        return -1;
    if (i == OFFERINGS || years < 1 || years * 12 > TERM_MAX)
        return huawei_skip(r, "reservation of an unknown kind or duration", err);
    struct huawei_reservation *one = reservation_of(to, offerings[i].ours, years * 12);
    int priced = huawei_amount(plan, DEC_ONE, &amount, err);
    if (priced < 0)
        return -1;
    if (one != NULL && priced == 1 && !strcmp(origin, "price"))
        one->upfront = amount;
    else if (one != NULL && priced == 1 && !strcmp(origin, "perPrice"))
        one->monthly = amount;
    return 0;
}

static int put_part(const struct huawei_reading *r, const struct huawei_good *good, const struct huawei_reservation *v,
                    enum unit unit, dec_t amount, struct err *err)
{
    struct fetch_price p = huawei_price(r, good);

    if (dec_sign(amount) == 0)
        return 0;
    p.charge = CHARGE_RESERVED;
    p.offering = v->offering;
    p.term_months = v->months;
    p.unit = unit;
    p.price = amount;
    return harvest_price(r->harvest, &p, err);
}

static bool is_whole(const struct huawei_reservation *v)
{
    for (size_t i = 0; i < OFFERINGS; i++)
        if (v->offering == offerings[i].ours)
            return (dec_sign(v->upfront) > 0) == offerings[i].upfront &&
                   (dec_sign(v->monthly) > 0) == offerings[i].monthly;
    return false;
}

int huawei_put_reservations(const struct huawei_reading *r, const struct huawei_good *good,
                            const struct huawei_reserved *all, struct err *err)
{
    for (size_t i = 0; i < all->n; i++) {
        if (!is_whole(&all->v[i])) {
            if (huawei_skip(r, "reservation without a part of its price", err) != 0)
                return -1;
            continue;
        }
        if (put_part(r, good, &all->v[i], UNIT_TERM, all->v[i].upfront, err) != 0 ||
            put_part(r, good, &all->v[i], UNIT_MONTH, all->v[i].monthly, err) != 0)
            return -1;
    }
    return 0;
}
