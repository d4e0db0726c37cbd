/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Values of a scenario in words.
 */
#include "calc/plan_parts.h"

#include <string.h>

void put_number(struct buf *out, struct value v)
{
    char text[DEC_TEXT];
    dec_format(v.fixed, 0, text);
    buf_puts(out, text);
}

void put_percent(struct buf *out, struct value share)
{
    share.fixed = dec_mul(share.fixed, dec_int64(100), DEC_HALF_UP);
    put_number(out, share);
    buf_puts(out, " %");
}

void put_age(struct buf *out, struct duration d)
{
    int n = d.months > 0 ? d.months : d.days;
    if (d.given)
        buf_printf(out, "at most %d %s%s old", n, d.months > 0 ? "month" : "day", n == 1 ? "" : "s");
    else
        buf_puts(out, "of any age");
}

void put_amount(struct buf *out, const struct amount *a)
{
    put_number(out, (struct value){.kind = VALUE_FIXED, .fixed = a->value});
    buf_printf(out, " %s", a->currency);
}

void put_month(struct buf *out, struct month m)
{
    char text[DATE_TEXT];
    month_format(m, text);
    buf_puts(out, text);
}

void put_sites(struct buf *out, const struct site_ref *list, size_t n)
{
    for (size_t i = 0; i < n; i++)
        buf_printf(out, "%s%s%s%s", i > 0 ? ", " : "", list[i].site, list[i].buyer[0] ? "@" : "", list[i].buyer);
}

/* What one measure of a kind is counted in. */
static const char *unit_of(const struct resource *x)
{
    if (x->kind == KIND_BANDWIDTH)
        return "Mbps";
    if (x->kind == KIND_REQUESTS)
        return "requests a month";
    if (x->kind == KIND_EGRESS || strcmp(x->class_, "data") == 0)
        return "GiB a month";
    return strcmp(x->class_, "lcu") == 0 ? "LCU" : "GiB";
}

static void put_gpu(struct buf *out, struct value gpu)
{
    if (gpu.kind == VALUE_NONE)
        return;
    buf_puts(out, ", GPU");
    if (dec_sign(gpu.fixed) > 0) {
        buf_puts(out, " x ");
        put_number(out, gpu);
    }
}

static void put_shape(struct buf *out, const struct resource *x)
{
    static const char *const archs[] = {"amd64", "arm64", "any architecture"};
    if (x->vcpu.kind != VALUE_NONE) {
        put_number(out, x->vcpu);
        buf_puts(out, " vCPU, ");
    }
    if (x->memory.kind != VALUE_NONE) {
        put_number(out, x->memory);
        buf_puts(out, " GiB, ");
    }
    if (x->kind == KIND_DATABASE) {
        buf_printf(out, "%s%s", x->engine, x->ha ? ", with standby" : "");
        return;
    }
    buf_printf(out, "%s, %s%s%s", x->os, archs[x->arch], x->class_[0] ? ", class " : "", x->class_);
    put_gpu(out, x->gpu);
    buf_printf(out, "%s%s%s", x->burstable ? ", burstable too" : "", x->metal ? ", bare metal too" : "",
               x->legacy ? ", old generations too" : "");
}

void put_needs(struct buf *out, const struct resource *x)
{
    if (kind_table[x->kind].choose == CHOOSE_SHAPE) {
        put_shape(out, x);
        return;
    }
    if (x->size.kind != VALUE_NONE) {
        put_number(out, x->size);
        buf_printf(out, " %s, ", unit_of(x));
    }
    buf_printf(out, "class %s", x->class_);
}

static void put_charge(struct buf *out, const struct charge_choice *c)
{
    buf_puts(out, charge_names[c->kind]);
    if (c->months > 0)
        buf_printf(out, " %d month%s", c->months, c->months == 1 ? "" : "s");
    if (c->offering[0])
        buf_printf(out, " %s", c->offering);
}

void put_purchase(struct buf *out, const struct resource *x)
{
    buf_puts(out, "count ");
    if (x->profile)
        buf_printf(out, "as in %s", x->profile->file);
    else
        put_number(out, x->count);
    if (dec_sign(x->growth.rate.fixed) != 0) {
        buf_puts(out, ", growth ");
        put_percent(out, x->growth.rate);
        buf_puts(out, x->growth.per_year ? " a year" : " a month");
    }
    buf_puts(out, ", ");
    put_charge(out, &x->charge);
    if (x->hours.kind != VALUE_NONE) {
        buf_puts(out, ", ");
        put_number(out, x->hours);
        buf_puts(out, " hours a month");
    }
    if (x->vat_rate.kind != VALUE_NONE) {
        buf_puts(out, ", VAT ");
        put_percent(out, x->vat_rate);
    }
}
