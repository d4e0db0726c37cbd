/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The plans below the summary: what is bought where, for how much, and what the split costs or saves beside the
 * best single site. As the ranking, all by NPV.
 */
#include "calc/table.h"

#include "calc/wrap.h"

enum { INDENT = 4, DEEPER = 6 };

/* "web, data" */
static const char *resources_of(struct table *t, const struct site_estimate *part)
{
    const char *names = "";
    for (size_t i = 0; i < part->nlines; i++)
        if (part->lines[i].resource)
            names = say_joined(&t->p, names, names[0] != '\0' ? say_plain(&t->p, TEXT_COMMA) : "",
                               say_clean(&t->p, part->lines[i].label));
    return names;
}

static void write_part(struct table *t, const struct site_estimate *part)
{
    struct phrases *p = &t->p;
    const char *names = resources_of(t, part);
    const char *at = part->region != NULL ? say_joined(p, say_site(p, part), " ", say_clean(p, part->region->id))
                                          : say_site(p, part);
    const char *sum = part->has_totals ? say_money(p, part->npv, t->e->scenario->currency) : table_site_status(t, part);
    if (names[0] != '\0')
        at = say(p, TEXT_PLAN_PART, names, at);
    wrap_text(t->out, say_joined(p, at, say_plain(p, TEXT_COLON), sum), "    ", DEEPER, GRID_WIDTH);
}

static void write_difference(struct table *t, const struct plan_estimate *plan)
{
    struct phrases *p = &t->p;
    const char *code = t->e->scenario->currency, *text, *twice = "";
    dec_t by = plan->difference;
    int sign = dec_sign(by);
    if (plan->best[0] == '\0')
        return;
    if (sign == 0)
        text = say(p, TEXT_PLAN_SAME, plan->best);
    else
        text = say(p, sign > 0 ? TEXT_PLAN_MORE : TEXT_PLAN_LESS, say_money(p, sign > 0 ? by : dec_neg(by), code),
                   plan->best);
    if (dec_sign(plan->twice) != 0)
        twice = say(p, TEXT_PLAN_TWICE, say_money(p, plan->twice, code));
    wrap_text(t->out, say_joined(p, text, twice), "    ", INDENT, GRID_WIDTH);
}

void table_plans(struct table *t)
{
    bool any = false;
    for (size_t i = 0; i < t->e->nsites; i++) {
        const struct site_estimate *s = &t->e->sites[i];
        if (s->plan == NULL)
            continue;
        if (!any)
            table_heading(t, say_plain(&t->p, TEXT_HEADING_PLANS));
        any = true;
        wrap_text(t->out, say_site(&t->p, s), "  ", INDENT, GRID_WIDTH);
        for (size_t k = 0; k < s->plan->nparts; k++)
            write_part(t, &s->plan->parts[k]);
        write_difference(t, s->plan);
    }
}
