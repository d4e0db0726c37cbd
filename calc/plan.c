/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The plan of an estimate, from its facts to its lines; and the compared sites: who may buy there
 * and where the machines would stand.
 */
#include "calc/plan.h"

#include "calc/key.h"
#include "calc/plan_parts.h"
#include "calc/where.h"
#include "calc/who.h"
#include "calc/words.h"
#include "calc/wrap.h"

#include <string.h>

void plan_line(struct plan *p, size_t indent, const char *label, const char *text)
{
    struct buf first = {0};
    size_t width = words_width(label), room = PLAN_LABEL - indent;
    buf_printf(&first, "%*s%s%*s", (int)indent, "", label, (int)(width < room ? room - width : 2), "");
    p->out->failed = p->out->failed || first.failed;
    if (width < room && !p->out->failed)
        wrap_text(p->out, text, first.v, PLAN_LABEL, PLAN_COLUMNS);
    else if (!p->out->failed) { /* a long label has a line of its own */
        buf_printf(p->out, "%*s%s\n%*s", (int)indent, "", label, PLAN_LABEL, "");
        wrap_text(p->out, text, "", PLAN_LABEL, PLAN_COLUMNS);
    }
    buf_free(&first);
}

static int find_place(struct plan *p, const struct site_ref *ref, struct place *at, struct err *err)
{
    *at = (struct place){.site = rules_site(p->rules, ref->site), .buyer = scenario_buyer(p->s, ref->buyer)};
    at->column = ref->buyer[0] ? arena_printf(&p->arena, "%s@%s", ref->site, ref->buyer) : ref->site;
    if (!at->column)
        return err_nomem(err);
    return where_regions(p->s, p->rules, at->site, &p->arena, NULL, &at->regions, &at->nregions, &at->why_none, err);
}

static int find_places(struct plan *p, struct err *err)
{
    p->places = arena_array(&p->arena, p->s->nsites, sizeof *p->places);
    if (!p->places)
        return err_nomem(err);
    for (; p->nplaces < p->s->nsites; p->nplaces++)
        if (find_place(p, &p->s->sites[p->nplaces], &p->places[p->nplaces], err) != 0)
            return -1;
    return 0;
}

static const char *city_zh(const struct rules *r, const char *en)
{
    for (size_t i = 0; i < r->ncities; i++)
        if (strcmp(r->cities[i].en, en) == 0)
            return r->cities[i].zh;
    return "";
}

static void put_regions(const struct plan *p, const struct place *at, struct buf *text)
{
    if (at->why_none)
        buf_puts(text, at->why_none);
    for (size_t i = 0; i < at->nregions; i++) {
        const struct region *g = at->regions[i];
        buf_printf(text, "%s%s %s", i > 0 ? ", " : "", g->id, g->city);
        if (city_zh(p->rules, g->city)[0])
            buf_printf(text, " %s", city_zh(p->rules, g->city));
    }
    if (at->nregions > 1)
        buf_puts(text, ": the one where most is priced, then the cheapest");
}

static void put_discounts(const struct plan *p, const struct place *at, struct buf *text)
{
    for (size_t i = 0; i < p->s->ndiscounts; i++) {
        const struct discount *d = &p->s->discounts[i];
        if (strcmp(d->site, at->site->id) != 0)
            continue;
        buf_puts(text, "; discount ");
        put_percent(text, d->rate);
        if (d->kind >= 0)
            buf_printf(text, " on %s", kind_table[d->kind].name);
    }
}

static void site_lines(struct plan *p, const struct place *at)
{
    static const char *const words[] = {
        [BUYER_ACCEPTED] = "accepted", [BUYER_CONDITIONAL] = "conditional", [BUYER_REFUSED] = "refused"};
    enum { WORD_COLUMNS = 13 };
    enum acceptance how = who_accepts(at->site, at->buyer);
    struct buf text = {0};
    words_pad(&text, words[how], WORD_COLUMNS, false);
    put_regions(p, at, &text);
    put_discounts(p, at, &text);
    p->out->failed = p->out->failed || text.failed;
    if (!text.failed)
        plan_line(p, 2, at->column, text.v);
    text.n = 0;
    buf_printf(&text, "%s%s", how == BUYER_REFUSED ? "not ranked, priced with --all; " : "", at->site->condition);
    p->out->failed = p->out->failed || text.failed;
    if (how != BUYER_ACCEPTED && !text.failed)
        plan_line(p, 2, "", text.v);
    buf_free(&text);
}

/* "[compute web] count = normal(6, 1): an estimate takes the mean, 6" */
static void uncertain_line(struct plan *p, const struct uncertain *u)
{
    const struct value mean = {.kind = VALUE_FIXED, .fixed = u->mean};
    struct buf text = {0};
    buf_printf(&text, "[%s] %s = %s: ", u->section, u->key, u->text);
    if (strcmp(u->section, section_word(SECTION_RISK)) == 0) {
        buf_puts(&text, "drawn in a simulation alone");
    } else {
        buf_puts(&text, "an estimate takes the mean, ");
        (u->share ? put_percent : put_number)(&text, mean);
    }
    p->out->failed = p->out->failed || text.failed;
    plan_line(p, 0, "uncertain", text.failed ? "" : text.v);
    buf_free(&text);
}

/* The values that stand at their means, and the scenarios. */
static void what_ifs(struct plan *p)
{
    for (size_t i = 0; i < p->s->nuncertain; i++)
        uncertain_line(p, p->s->uncertain[i]);
    for (size_t i = 0; i < p->s->nvariants; i++) {
        char *label = arena_printf(&p->arena, "scenario %s", p->s->variants[i].name);
        p->out->failed = p->out->failed || !label;
        plan_line(p, 0, label ? label : "", p->s->variants[i].text);
    }
}

static int write_parts(struct plan *p, struct err *err)
{
    if (find_places(p, err) != 0)
        return -1;
    plan_head(p);
    what_ifs(p);
    buf_puts(p->out, "\nsites\n");
    for (size_t i = 0; i < p->nplaces; i++)
        site_lines(p, &p->places[i]);
    return plan_lines(p, err);
}

int plan_write(const struct scenario *s, const struct rules *r, struct catalogue *c, struct buf *out, struct err *err)
{
    struct plan p = {.s = s, .rules = r, .catalogue = c, .out = out};
    buf_printf(out, "%s is sound; this is what would be priced:\n\n", s->file);
    int rc = write_parts(&p, err);
    arena_free(&p.arena);
    if (rc == 0 && out->failed)
        rc = err_nomem(err);
    return rc;
}
