/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A plan as the sum of its parts: names, status, reasons and notes, lines, amounts.
 */
#include "calc/plans.h"

#include "calc/say.h"
#include "calc/tax.h"

#include <string.h>

/* The distinct texts joined by "+". */
static const char *joined(const struct site_work *w, const char *const *v, size_t n)
{
    const char *text = "";
    for (size_t i = 0; i < n && text; i++) {
        size_t before = 0;
        while (before < i && strcmp(v[before], v[i]) != 0)
            before++;
        if (before == i)
            text = arena_printf(w->arena, "%s%s%s", text, i > 0 ? "+" : "", v[i]);
    }
    return text;
}

/* What outputs say of a site, said of the plan. */
static int name_plan(const struct site_work *w, const char *name, const struct site_estimate *parts, size_t n,
                     struct site_estimate *out, struct err *err)
{
    struct site *site = arena_alloc(w->arena, sizeof *site);
    const char **providers = arena_array(w->arena, n, sizeof *providers);
    const char **sellers = arena_array(w->arena, n, sizeof *sellers);
    out->column = arena_printf(w->arena, "plan:%s", name);
    if (!site || !providers || !sellers || !out->column)
        return err_nomem(err);
    for (size_t i = 0; i < n; i++) {
        providers[i] = parts[i].site->provider;
        sellers[i] = parts[i].site->contract_entity;
    }
    *site = *parts[0].site;
    site->id = site->name_en = out->column;
    site->name_zh = site->station = site->payee_country = "";
    site->operator_note = site->condition = site->icp_note = site->source = "";
    site->provider = joined(w, providers, n);
    site->contract_entity = joined(w, sellers, n);
    out->site = site;
    out->buyer = parts[0].buyer;
    return site->provider && site->contract_entity ? 0 : err_nomem(err);
}

/* In the order of enum site_status, but a stale part is better than an incomplete one. */
static enum site_status worst(const struct site_estimate *parts, size_t n)
{
    static const int bad[] = {[SITE_COMPLETE] = 0, [SITE_STALE] = 1, [SITE_INCOMPLETE] = 2, [SITE_INELIGIBLE] = 3};
    enum site_status status = SITE_COMPLETE;
    for (size_t i = 0; i < n; i++)
        if (bad[parts[i].status] > bad[status])
            status = parts[i].status;
    return status;
}

static bool is_among(const char *const *v, size_t n, const char *text)
{
    for (size_t i = 0; i < n; i++)
        if (!strcmp(v[i], text))
            return true;
    return false;
}

/* Reasons say which part they are of; a note that several parts have is said once. */
static int gather_texts(const struct site_work *w, const struct site_estimate *parts, size_t n,
                        struct site_estimate *out, struct err *err)
{
    size_t nreasons = 0, nnotes = 0;
    for (size_t i = 0; i < n; i++) {
        nreasons += parts[i].nreasons;
        nnotes += parts[i].nnotes;
    }
    const char **reasons = arena_array(w->arena, nreasons + 1, sizeof *reasons);
    const char **notes = arena_array(w->arena, nnotes + 1, sizeof *notes);
    if (!reasons || !notes)
        return err_nomem(err);
    for (size_t i = 0; i < n; i++) {
        for (size_t k = 0; k < parts[i].nreasons; k++)
            if (!(reasons[out->nreasons++] =
                      say_in(w->arena, w->options->lang, TEXT_NAME_NOTE, parts[i].column, parts[i].reasons[k])))
                return err_nomem(err);
        for (size_t k = 0; k < parts[i].nnotes; k++)
            if (!is_among(notes, out->nnotes, parts[i].notes[k]))
                notes[out->nnotes++] = parts[i].notes[k];
    }
    out->reasons = reasons;
    out->notes = notes;
    return 0;
}

/* Costs and fees, which several parts may have, are told apart by the part. */
static int name_extras(const struct site_work *w, const struct site_estimate *part, struct line *lines, struct err *err)
{
    for (size_t i = 0; i < part->nlines; i++)
        if (!lines[i].resource && !(lines[i].label = arena_printf(w->arena, "%s [%s]", lines[i].label, part->column)))
            return err_nomem(err);
    return 0;
}

static int gather_lines(const struct site_work *w, const struct site_estimate *parts, size_t n,
                        struct plan_estimate *plan, struct site_estimate *out, struct err *err)
{
    size_t total = 0;
    for (size_t i = 0; i < n; i++)
        total += parts[i].nlines;
    struct line *lines = arena_array(w->arena, total + 1, sizeof *lines);
    size_t *first = arena_array(w->arena, n, sizeof *first);
    if (!lines || !first)
        return err_nomem(err);
    for (size_t i = 0; i < n; i++) {
        first[i] = out->nlines;
        if (parts[i].nlines > 0)
            memcpy(lines + out->nlines, parts[i].lines, parts[i].nlines * sizeof *lines);
        if (n > 1 && name_extras(w, &parts[i], lines + out->nlines, err))
            return -1;
        out->nlines += parts[i].nlines;
    }
    out->lines = lines;
    *plan = (struct plan_estimate){.parts = parts, .nparts = n, .first = first, .best = ""};
    return 0;
}

static void add_list(const struct site_estimate *part, struct site_estimate *out)
{
    out->has_list = out->has_list && part->has_list && !strcmp(out->list_currency, part->list_currency) &&
                    out->list_basis == part->list_basis;
    out->list = dec_add(out->list, part->list);
}

static void add_oldest(const struct site_estimate *part, struct site_estimate *out)
{
    if (date_is(part->oldest_price) &&
        (!date_is(out->oldest_price) || date_cmp(part->oldest_price, out->oldest_price) < 0))
        out->oldest_price = part->oldest_price;
}

/* Sums of what the parts show, so that a sheet of them adds up. */
static int add_amounts(const struct site_work *w, const struct site_estimate *parts, size_t n,
                       struct site_estimate *out, struct err *err)
{
    out->has_totals = true;
    out->has_list = parts[0].has_list;
    memcpy(out->list_currency, parts[0].list_currency, sizeof out->list_currency);
    out->list_basis = parts[0].list_basis;
    for (size_t i = 0; i < n; i++) {
        out->has_totals = out->has_totals && parts[i].has_totals;
        out->m = money_add(out->m, parts[i].m, 1);
        out->npv = dec_add(out->npv, parts[i].npv);
        add_list(&parts[i], out);
        add_oldest(&parts[i], out);
    }
    out->has_list = out->has_list && out->has_totals;
    out->cost_per_month = dec_div_round(out->m.cost, dec_int64(w->scenario->months), w->budget_places, DEC_HALF_UP);
    return money_check(&out->m, out->column, err) || dec_check(out->npv, out->column, err) ||
                   dec_check(out->cost_per_month, out->column, err) || dec_check(out->list, out->column, err)
               ? -1
               : 0;
}

int plans_sum(const struct site_work *w, const char *name, const struct site_estimate *parts, size_t n,
              struct site_estimate *out, struct err *err)
{
    struct site_estimate e = {.status = worst(parts, n), .oldest_price = DATE_NONE};
    struct plan_estimate *plan = arena_alloc(w->arena, sizeof *plan);
    if (!plan)
        return err_nomem(err);
    e.plan = plan;
    if (name_plan(w, name, parts, n, &e, err) || gather_texts(w, parts, n, &e, err) ||
        gather_lines(w, parts, n, plan, &e, err) || add_amounts(w, parts, n, &e, err))
        return -1;
    *out = e;
    return 0;
}

int plans_none(const struct site_work *w, const char *name, const char *reason, struct site_estimate *out,
               struct err *err)
{
    static const struct site nobody = {.provider = "",
                                       .list_currency = "",
                                       .list_tax_basis = "",
                                       .contract_entity = "",
                                       .invoices = "",
                                       .payment = "",
                                       .as_of = "",
                                       .confidence = ""};
    const struct site_estimate blank = {.site = &nobody, .buyer = &w->scenario->buyers[0], .oldest_price = DATE_NONE};
    struct site_estimate e;
    struct plan_estimate *plan = arena_alloc(w->arena, sizeof *plan);
    const char **reasons = arena_array(w->arena, 1, sizeof *reasons);
    if (!plan || !reasons || !reason)
        return err_nomem(err);
    if (plans_sum(w, name, &blank, 1, &e, err))
        return -1;
    reasons[0] = reason;
    *plan = (struct plan_estimate){.best = ""};
    e.status = SITE_INCOMPLETE;
    e.has_totals = false;
    e.plan = plan;
    e.reasons = reasons;
    e.nreasons = 1;
    *out = e;
    return 0;
}
