/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Does a saved estimate add up? Sums exactly; what follows from operands to one minor unit of each rounded
 * amount, as another version may have rounded in another place: the difference is the bridge's `rounding`.
 */
#include "calc/saved_parts.h"

#include "calc/replay.h"
#include "calc/tax.h"

#include <stddef.h>
#include <string.h>

/* The members of struct money by name. */
static const struct {
    const char *name;
    size_t at;
} members[] = {
    {"net", offsetof(struct money, net)},
    {"tax", offsetof(struct money, tax)},
    {"recoverable", offsetof(struct money, recoverable)},
    {"withheld", offsetof(struct money, withheld)},
    {"fees", offsetof(struct money, fees)},
    {"other", offsetof(struct money, other)},
    {"cash_out", offsetof(struct money, cash_out)},
    {"cost", offsetof(struct money, cost)},
};
enum { MEMBERS = sizeof members / sizeof *members };

static dec_t member(const struct money *m, size_t i)
{
    dec_t v;

    memcpy(&v, (const char *)m + members[i].at, sizeof v);
    return v;
}

static void refuse_sum(const struct field *f, size_t i, dec_t got, dec_t sum, const char *of)
{
    struct field at = field_at(f, members[i].name);
    char a[DEC_TEXT], b[DEC_TEXT];

    if (dec_bad(sum)) {
        field_refuse(&at, "the sum of %s is too large", of);
        return;
    }
    dec_format(got, 0, a);
    dec_format(sum, 0, b);
    field_refuse(&at, "%s is not the sum of %s, which is %s", a, of, b);
}

/* Is every member of `got` that of `sum`? */
static void check_sum(const struct field *f, const struct money *got, const struct money *sum, const char *of)
{
    for (size_t i = 0; i < MEMBERS && !f->all->failed; i++)
        if (dec_bad(member(sum, i)) || dec_cmp(member(got, i), member(sum, i)) != 0)
            refuse_sum(f, i, member(got, i), member(sum, i), of);
}

/* ---- runs ---- */

static bool near(dec_t a, dec_t b, int places)
{
    dec_t off = dec_sub(a, b), unit = dec_of(1, places);

    return !dec_bad(off) && dec_cmp(off, unit) <= 0 && dec_cmp(off, dec_neg(unit)) >= 0;
}

static struct money again(const struct saved *s, const struct saved_line *l, size_t i)
{
    const struct replay r = {
        .kind = replay_kind(l->kind),
        .contract = l->runs[i].contract,
        .settle = l->settle_fx,
        .billed_places = l->places[i].billed,
        .fx = l->fx,
        .tax = l->runs[i].tax,
        .tax_fx = l->tax_fx,
        .back_fx = l->back_fx,
        .tax_places = l->places[i].tax,
        .basis = l->offer != NULL ? l->offer->basis : l->basis,
        .spread = l->spread,
        .places = s->minor_units,
    };

    return replay_month(&r);
}

static void check_replay(const struct field *f, const struct saved *s, const struct saved_line *l, size_t i)
{
    struct money m = again(s, l, i);

    for (size_t k = 0; k < MEMBERS && !f->all->failed; k++) {
        bool sum = !strcmp(members[k].name, "cash_out") || !strcmp(members[k].name, "cost");
        if (sum || near(member(&m, k), member(&l->runs[i].m, k), s->minor_units))
            continue;
        struct field at = field_at(f, members[k].name);
        char text[DEC_TEXT] = "too large a number";
        if (!dec_bad(member(&m, k)))
            dec_format(member(&m, k), s->minor_units, text);
        field_refuse(&at, "does not follow from the contract amount, rates and tax rule, which give %s", text);
    }
}

static void check_run(const struct field *f, const struct saved *s, const struct saved_line *l, size_t i)
{
    const struct line_run *r = &l->runs[i];
    struct money closed = r->m;

    if (r->tax == NULL && replay_kind(l->kind) == REPLAY_RESOURCE)
        field_refuse(f, "no tax rule");
    if (f->all->failed)
        return;
    money_close(&closed);
    check_sum(f, &r->m, &closed, "its parts");
    check_replay(f, s, l, i);
}

/* ---- lines ---- */

static bool is_pair(const struct fx_used *u, const char *from, const char *to)
{
    return u == NULL || (!strcmp(u->from, from) && !strcmp(u->to, to));
}

/* The rates lead from the price over the bill to the budget, and from the bill over the tax's currency. */
static void check_rates(const struct field *f, const struct saved *s, const struct saved_line *l)
{
    const char *billed = l->settle_fx != NULL ? l->settle_fx->to : l->price_currency;

    if (l->fx == NULL || (l->tax_fx == NULL) != (l->back_fx == NULL))
        field_refuse(f, "a rate is missing");
    else if (!is_pair(l->fx, billed, s->currency) || !is_pair(l->settle_fx, l->price_currency, billed) ||
             (l->tax_fx != NULL &&
              (strcmp(l->tax_fx->from, billed) != 0 || !is_pair(l->back_fx, l->tax_fx->to, s->currency))))
        field_refuse(f, "a rate is of other currencies than the line");
    for (size_t i = 0; i < l->nruns && !f->all->failed; i++)
        if (l->runs[i].tax != NULL && strcmp(l->runs[i].tax->currency, l->tax_fx != NULL ? l->tax_fx->to : billed) != 0)
            field_refuse(f, "a tax rule is of another currency than the line's rates");
}

void saved_check_line(const struct field *f, const struct saved *s, const struct saved_line *l)
{
    struct field runs = field_at(f, "runs"), totals = field_at(f, "totals");
    struct money sum = {0};
    bool known = l->status == LINE_PRICED || l->status == LINE_STALE;

    if (f->all->failed)
        return;
    if (known != l->has_totals || (!known && l->nruns > 0))
        field_refuse(f, "its status does not go with its amounts");
    if (known)
        check_rates(f, s, l);
    if (known && replay_kind(l->kind) == REPLAY_RESOURCE && l->offer == NULL)
        field_refuse(f, "no offer");
    for (size_t i = 0; i < l->nruns && !f->all->failed; i++) {
        struct field run = field_item(&runs, i);
        check_run(&run, s, l, i);
        sum = money_add(sum, l->runs[i].m, l->runs[i].months);
    }
    if (known && !f->all->failed)
        check_sum(&totals, &l->m, &sum, "its runs");
}

/* ---- sites ---- */

void saved_check_site(const struct field *f, const struct saved_site *s)
{
    struct field totals = field_at(f, "totals");
    struct money sum = {0};

    if (f->all->failed)
        return;
    if (!s->has_totals) {
        if (s->status == SITE_COMPLETE || s->status == SITE_STALE || s->rank > 0)
            field_refuse(&totals, "missing");
        return;
    }
    for (size_t i = 0; i < s->nlines; i++) {
        if (!s->lines[i].has_totals) {
            field_refuse(&totals, "there, though a line has no amounts");
            return;
        }
        sum = money_add(sum, s->lines[i].m, 1);
    }
    check_sum(&totals, &s->m, &sum, "its lines");
}
