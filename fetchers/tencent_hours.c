/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Machines of Tencent Cloud by the hour: up to three steps of hours since the machine was created.
 */
#include "fetchers/tencent_machines.h"

#include <string.h>

/* Hours a machine has been billed since it was created, at which the next step begins. */
static const int steps_from[] = {0, 96, 360};
enum { HOUR_STEPS = sizeof steps_from / sizeof *steps_from };

static const char *const step_keys[] = {"UnitPrice", "UnitPriceSecondStep", "UnitPriceThirdStep"};
static const char *const own_step_keys[] = {"UnitPriceDiscount", "UnitPriceDiscountSecondStep",
                                            "UnitPriceDiscountThirdStep"};

static int read_slots(const struct json *price, const char *const *keys, size_t n, dec_t *out, struct err *err)
{
    for (size_t i = 0; i < n; i++) {
        int found = tencent_amount(price, keys[i], &out[i], err);
        if (found < 0)
            return -1;
        if (found == 0)
            out[i] = DEC_ZERO;
    }
    return 0;
}

/* Only the first filled: one step for all hours. */
static void level(dec_t *step)
{
    if (dec_sign(step[1]) == 0 && dec_sign(step[2]) == 0)
        step[1] = step[2] = step[0];
}

/* NULL, or why the hourly price of the item is none. */
const char *tencent_read_hour(struct tencent_machine *m, const struct json *price, struct err *err, int *rc)
{
    const char *unit = json_string(json_get(price, "ChargeUnit"));

    *rc = read_slots(price, step_keys, HOUR_STEPS, m->list, err);
    if (*rc == 0)
        *rc = read_slots(price, own_step_keys, HOUR_STEPS, m->own, err);
    if (*rc != 0)
        return NULL;
    if (dec_sign(m->list[0]) == 0)
        return "machine without a price for this charge";
    if (*unit != '\0' && strcmp(unit, "HOUR") != 0 && strcmp(unit, "H") != 0)
        return "machine not charged by the hour";
    level(m->list);
    level(m->own);
    if (dec_sign(m->list[1]) == 0 || dec_sign(m->list[2]) == 0)
        return "machine with a step of its price missing";
    return NULL;
}

static int put_step(const struct fetch_price *like, const struct tencent_machine *m, size_t step, bool is_one,
                    struct harvest *h, struct err *err)
{
    struct fetch_price p = *like;

    p.price = m->list[step];
    p.contracted = m->own[step];
    p.has_contracted = dec_sign(p.contracted) > 0;
    if (!is_one) {
        p.scope = SCOPE_LIFE;
        p.tier_from = dec_int64(steps_from[step]);
        p.bounded = step + 1 < HOUR_STEPS;
        if (p.bounded)
            p.tier_to = dec_int64(steps_from[step + 1]);
    }
    return harvest_price(h, &p, err);
}

static bool is_level(const struct tencent_machine *m)
{
    return dec_cmp(m->list[0], m->list[1]) == 0 && dec_cmp(m->list[0], m->list[2]) == 0;
}

static int put_hour(const struct fetch_price *like, const struct tencent_machine *m, bool is_one, struct harvest *h,
                    struct err *err)
{
    for (size_t i = 0; i < (is_one ? 1 : HOUR_STEPS); i++)
        if (put_step(like, m, i, is_one, h, err) != 0)
            return -1;
    return 0;
}

/* The zones of one type. Two different ladders are written with the same steps, so that each is whole. */
int tencent_put_hours(const struct fetch_price *like, const struct tencent_machine *v, size_t n, struct harvest *h,
                      struct err *err)
{
    size_t other = 1;

    while (other < n && tencent_same(&v[0], &v[other], 0) && tencent_same(&v[0], &v[other], 1) &&
           tencent_same(&v[0], &v[other], 2))
        other++;
    if (other == n)
        return put_hour(like, &v[0], is_level(&v[0]), h, err);
    if (put_hour(like, &v[0], false, h, err) != 0 || put_hour(like, &v[other], false, h, err) != 0)
        return -1;
    return harvest_remark(h, "machine with different prices in the zones of a region", 1, err);
}
