/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "calc/unit.h"

#include <string.h>

const struct unit_info unit_table[UNIT_COUNT] = {
#define UNIT(id, name, base, divisor, time) {name, BASE_##base, divisor, PER_##time},
#include "calc/units.def"
#undef UNIT
};

int unit_find(const char *name)
{
    for (int i = 0; i < UNIT_COUNT; i++)
        if (!strcmp(unit_table[i].name, name))
            return i;
    return -1;
}

/* What the size of each kind of resource is counted in. */
static bool size_counts(enum resource_kind kind, enum unit_base base)
{
    switch (base) {
    case BASE_ITEM:
        return kind != KIND_EGRESS && kind != KIND_REQUESTS && kind != KIND_OBJECT_STORAGE;
    case BASE_MBPS:
        return kind == KIND_BANDWIDTH;
    case BASE_REQUEST:
        return kind == KIND_REQUESTS;
    case BASE_LCU:
        return kind == KIND_LOAD_BALANCER;
    case BASE_GIB:
        return kind != KIND_COMPUTE && kind != KIND_BANDWIDTH && kind != KIND_REQUESTS && kind != KIND_PUBLIC_IP;
    }
    return false;
}

static bool item_size(const struct resource *r, enum unit unit, dec_t *size, enum text_id *why)
{
    const struct unit_info *u = &unit_table[unit];
    struct value given = r->size;
    if (!size_counts(r->kind, u->base)) {
        *why = TEXT_UNIT_OTHER_KIND;
        return false;
    }
    if (u->base == BASE_ITEM) {
        *size = DEC_ONE;
        return true;
    }
    if (r->kind == KIND_DATABASE && given.kind == VALUE_NONE)
        given = r->memory; /* caches are sold by the GiB of memory */
    if (given.kind == VALUE_NONE) {
        *why = TEXT_UNIT_NO_SIZE;
        return false;
    }
    *size = dec_div(given.fixed, dec_int64(u->divisor), DEC_HALF_UP);
    return true;
}

bool unit_measure(const struct resource *r, enum unit unit, dec_t hours, struct measure *out, enum text_id *why)
{
    struct measure m = {.time = DEC_ONE, .time_div = DEC_ONE};
    if (!item_size(r, unit, &m.size, why))
        return false;
    enum unit_time time = unit_table[unit].time;
    if (time == PER_HOUR || time == PER_DAY)
        m.time = hours;
    if (time == PER_MINUTE)
        m.time = dec_muln(hours, 60);
    if (time == PER_DAY)
        m.time_div = dec_int64(24);
    if (dec_sign(r->parts) > 0)
        m.time_div = dec_mul(m.time_div, r->parts, DEC_HALF_UP);
    *out = m;
    return true;
}

struct measure measure_term(struct measure m, enum unit unit, int months)
{
    if (unit_table[unit].time != PER_TERM && unit_table[unit].time != PER_NONE)
        m.time = dec_muln(m.time, months);
    return m;
}
