/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A rule the China station's list keeps: in mainland regions a month costs 480 hours for machines of the 6th to 8th
 * generation (8 of 8 exact in Beijing, others within 1 % where the hour is rounded to cents). Figures from elsewhere
 * that were passed off as list prices break it. A machine that does is kept, and counted.
 */
#include "fetchers/aliyun_files.h"

#include <string.h>

enum { HOURS = 480, PER_CENT = 1 };

/* ecs.g7.large, ecs.c8y.xlarge, ecs.r6.large: the families the rule is known for. */
static bool is_known_family(const char *type)
{
    return !strncmp(type, "ecs.", 4) && (type[4] == 'g' || type[4] == 'c' || type[4] == 'r') && type[5] >= '6' &&
           type[5] <= '8' && (type[6] == '.' || (type[6] == 'y' && type[7] == '.'));
}

static bool first_period(const struct json *list, dec_t *out)
{
    struct err ignored;

    for (size_t i = 0; i < json_count(list); i++)
        if (!strcmp(json_string(json_get(json_item(list, i), "period")), "1"))
            return json_amount(json_get(json_item(list, i), "price"), out, &ignored) == 1 && dec_sign(*out) > 0;
    return false;
}

int aliyun_check_ratio(struct aliyun_file *f, const struct json *machine, const struct fetch_price *p, struct err *err)
{
    const struct region *region = rules_region(f->job->rules, f->job->site, p->region);
    dec_t hour, month;

    if (region == NULL || !region->mainland || strcmp(p->currency, "CNY") != 0 || strcmp(p->os, "linux") != 0 ||
        !is_known_family(p->sku) || !first_period(json_get(machine, "hours"), &hour) ||
        !first_period(json_get(machine, "months"), &month))
        return 0;
    dec_t apart = dec_sub(month, dec_muln(hour, HOURS));
    dec_t most = dec_muln(month, PER_CENT), times = dec_muln(dec_sign(apart) < 0 ? dec_neg(apart) : apart, 100);
    if (!dec_bad(times) && !dec_bad(most) && dec_cmp(times, most) <= 0)
        return 0;
    return harvest_remark(f->out, "month that is not 480 hours (mainland, g c r of generations 6 to 8)", 1, err);
}
