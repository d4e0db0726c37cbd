/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A scenario from a configuration: first every section and key of the file is recognised, in the
 * order of the file; then the sections are read in the order in which they need each other.
 */
#include "calc/config_read.h"

#include "calc/value.h"
#include "fetchers/quote.h"

#include <string.h>

/* Room for one struct per section of the kind; n counts them. NULL when there is no memory. */
static void *room(struct reading *r, enum section_id id, size_t more, size_t size, size_t *n)
{
    *n = more;
    for (size_t i = 0; i < r->nheads; i++)
        *n += r->heads[i].id == id;
    return arena_array(&r->s->arena, *n, size);
}

static int read_buyer(struct reading *r, const struct head *h, struct buyer *b, struct err *err)
{
    b->name = arena_strdup(&r->s->arena, h ? h->name : "");
    b->line = head_line(h);
    if (!b->name)
        return err_nomem(err);
    return read_section(r, SECTION_BUYER, h, b, err) != 0 || check_buyer(r, h, b, err) != 0 ? -1 : 0;
}

static int read_buyers(struct reading *r, struct err *err)
{
    const struct head *first = reading_find(r, SECTION_BUYER, "");
    size_t n, k = 0;
    struct buyer *buyers = room(r, SECTION_BUYER, first == NULL, sizeof *buyers, &n);
    if (!buyers)
        return err_nomem(err);
    if (read_buyer(r, first, &buyers[k++], err) != 0)
        return -1;
    for (size_t i = 0; i < r->nheads; i++)
        if (r->heads[i].id == SECTION_BUYER && &r->heads[i] != first &&
            read_buyer(r, &r->heads[i], &buyers[k++], err) != 0)
            return -1;
    r->s->buyers = buyers;
    r->s->nbuyers = k;
    return 0;
}

static int read_payment(struct reading *r, const struct head *h, struct payment *p, struct err *err)
{
    *p = (struct payment){.site = "", .method = "", .settlement = "", .line = head_line(h)};
    if (h->name[0]) {
        const struct value_env env = {.arena = &r->s->arena, .rules = r->rules};
        if (!value_find_site(h->name, &env, err))
            return config_blame(r->config, h->section->line, err);
        p->site = arena_strdup(&r->s->arena, h->name);
    }
    return p->site ? read_section(r, SECTION_PAYMENT, h, p, err) : err_nomem(err);
}

static int read_payments(struct reading *r, struct err *err)
{
    size_t n, k = 0;
    struct payment *payments = room(r, SECTION_PAYMENT, 0, sizeof *payments, &n);
    if (!payments)
        return err_nomem(err);
    for (size_t i = 0; i < r->nheads; i++)
        if (r->heads[i].id == SECTION_PAYMENT && read_payment(r, &r->heads[i], &payments[k++], err) != 0)
            return -1;
    r->s->payments = payments;
    r->s->npayments = k;
    return 0;
}

int read_resource(struct reading *r, const struct head *h, struct resource *x, struct err *err)
{
    *x = (struct resource){.kind = (enum resource_kind)section_table[h->id].kind,
                           .line = head_line(h),
                           .os = "",
                           .class_ = "",
                           .engine = "",
                           .charge = {.offering = ""}};
    x->name = x->label = arena_strdup(&r->s->arena, h->name);
    if (!x->name)
        return err_nomem(err);
    return read_section(r, h->id, h, x, err) != 0 || check_resource(r, h, x, err) != 0 ? -1 : 0;
}

static int read_resources(struct reading *r, struct err *err)
{
    size_t n = 0;
    for (size_t i = 0; i < r->nheads; i++)
        n += section_table[r->heads[i].id].kind >= 0;
    struct resource *list = arena_array(&r->s->arena, n, sizeof *list);
    if (!list)
        return err_nomem(err);
    r->s->resources = r->resources = list;
    for (size_t i = 0; i < r->nheads; i++)
        if (section_table[r->heads[i].id].kind >= 0 &&
            read_resource(r, &r->heads[i], &list[r->s->nresources++], err) != 0)
            return -1;
    return 0;
}

static int read_cost(struct reading *r, const struct head *h, struct cost *c, struct err *err)
{
    *c = (struct cost){.line = head_line(h)};
    c->name = c->label = arena_strdup(&r->s->arena, h->name);
    if (!c->name)
        return err_nomem(err);
    return read_section(r, SECTION_COST, h, c, err) != 0 || check_cost(r, h, c, err) != 0 ? -1 : 0;
}

static int read_costs(struct reading *r, struct err *err)
{
    size_t n;
    struct cost *list = room(r, SECTION_COST, 0, sizeof *list, &n);
    if (!list)
        return err_nomem(err);
    r->s->costs = r->costs = list;
    for (size_t i = 0; i < r->nheads; i++)
        if (r->heads[i].id == SECTION_COST && read_cost(r, &r->heads[i], &list[r->s->ncosts++], err) != 0)
            return -1;
    return 0;
}

static int read_one(struct reading *r, enum section_id id, struct err *err)
{
    return read_section(r, id, reading_find(r, id, ""), r->s, err);
}

static int read_fetch(struct reading *r, const struct head *h, struct fetch_settings *f, struct err *err)
{
    *f = (struct fetch_settings){.source = arena_strdup(&r->s->arena, h->name),
                                 .line = head_line(h),
                                 .key_file = "",
                                 .key_command = "",
                                 .file = "",
                                 .site = "",
                                 .currency = ""};
    if (!f->source)
        return err_nomem(err);
    return check_source(r, h, err) != 0 ? -1 : read_section(r, SECTION_FETCH, h, f, err);
}

static int read_fetches(struct reading *r, struct err *err)
{
    size_t n;
    struct fetch_settings *list = room(r, SECTION_FETCH, 0, sizeof *list, &n);
    if (!list)
        return err_nomem(err);
    r->s->fetches = list;
    for (size_t i = 0; i < r->nheads; i++)
        if (r->heads[i].id == SECTION_FETCH && read_fetch(r, &r->heads[i], &list[r->s->nfetches++], err) != 0)
            return -1;
    return 0;
}

static int read_quote(struct reading *r, const struct head *h, struct quote_terms *t, struct err *err)
{
    *t = quote_terms_none();
    t->name = arena_strdup(&r->s->arena, h->name);
    t->line = head_line(h);
    return t->name ? read_section(r, SECTION_QUOTE, h, t, err) : err_nomem(err);
}

static int read_quotes(struct reading *r, struct err *err)
{
    size_t n;
    struct quote_terms *list = room(r, SECTION_QUOTE, 0, sizeof *list, &n);
    if (!list)
        return err_nomem(err);
    r->s->quotes = list;
    for (size_t i = 0; i < r->nheads; i++)
        if (r->heads[i].id == SECTION_QUOTE && read_quote(r, &r->heads[i], &list[r->s->nquotes++], err) != 0)
            return -1;
    return 0;
}

static int read_network(struct reading *r, struct err *err)
{
    r->s->network = (struct network){.ca_bundle = "", .proxy = ""};
    return read_section(r, SECTION_NETWORK, reading_find(r, SECTION_NETWORK, ""), &r->s->network, err);
}

/* Without a [risk] rates stand still, the rest has its defaults, and none of it is among the settings. */
static int read_risk(struct reading *r, struct err *err)
{
    const struct head *h = reading_find(r, SECTION_RISK, "");
    size_t before = r->nsettings;
    r->s->risk = (struct risk){.line = head_line(h)};
    if (read_section(r, SECTION_RISK, h, &r->s->risk, err) != 0)
        return -1;
    if (h)
        return check_risk(r, err);
    r->nsettings = before;
    r->s->risk.fx = (struct risk_rates){.kind = RISK_FX_NONE};
    return 0;
}

/* What is only for fetching is checked here too when it is given: a slip in it is a slip of the file. */
static int read_network_if_given(struct reading *r, struct err *err)
{
    return reading_find(r, SECTION_NETWORK, "") ? read_network(r, err) : 0;
}

/* On what terms: who buys, in which currency, where. */
static int read_terms(struct reading *r, struct err *err)
{
    if (read_one(r, SECTION_PROJECT, err) != 0 || check_project(r, err) != 0 || read_buyers(r, err) != 0 ||
        read_one(r, SECTION_FX, err) != 0 || read_one(r, SECTION_PRICES, err) != 0 || read_payments(r, err) != 0 ||
        read_one(r, SECTION_COMPARE, err) != 0 || read_commitments(r, err) != 0)
        return -1;
    return check_payments(r, err);
}

static int begin(struct reading *r, struct err *err)
{
    r->s->file = arena_strdup(&r->s->arena, r->config->file);
    r->s->city = r->s->price_pack = "";
    return r->s->file ? read_heads(r, err) : err_nomem(err);
}

int read_all(struct reading *r, struct err *err)
{
    if (begin(r, err) != 0 || check_priced(r, err) != 0 || read_terms(r, err) != 0 || check_places(r, err) != 0 ||
        read_resources(r, err) != 0 || read_costs(r, err) != 0 || read_risk(r, err) != 0 ||
        read_variants(r, err) != 0 || read_network_if_given(r, err) != 0 || read_fetches(r, err) != 0 ||
        read_quotes(r, err) != 0)
        return -1;
    if (label_all(r, err) != 0 || read_plans(r, err) != 0)
        return -1;
    r->s->settings = r->settings;
    r->s->nsettings = r->nsettings;
    order_uncertain(r);
    return 0;
}

int config_scenario(const struct config *c, const struct rules *rules, struct scenario *out, struct err *err)
{
    struct scenario s = {0};
    struct reading r = {.config = c, .rules = rules, .s = &s};
    if (read_all(&r, err) != 0) {
        scenario_free(&s);
        return -1;
    }
    *out = s;
    return 0;
}

int config_terms(const struct config *c, const struct rules *rules, struct scenario *out, struct err *err)
{
    struct scenario s = {0};
    struct reading r = {.config = c, .rules = rules, .s = &s};
    if (begin(&r, err) != 0 || read_terms(&r, err) != 0) {
        scenario_free(&s);
        return -1;
    }
    s.settings = r.settings;
    s.nsettings = r.nsettings;
    s.no_shortfall = true;
    *out = s;
    return 0;
}

int config_fetch(const struct config *c, const struct rules *rules, struct scenario *out, struct err *err)
{
    struct scenario s = {0};
    struct reading r = {.config = c, .rules = rules, .s = &s};
    if (read_heads(&r, err) != 0 || read_network(&r, err) != 0 || read_fetches(&r, err) != 0) {
        scenario_free(&s);
        return -1;
    }
    *out = s;
    return 0;
}

int config_quotes(const struct config *c, const struct rules *rules, struct scenario *out, struct err *err)
{
    struct scenario s = {0};
    struct reading r = {.config = c, .rules = rules, .s = &s};
    if (read_heads(&r, err) != 0 || read_quotes(&r, err) != 0) {
        scenario_free(&s);
        return -1;
    }
    *out = s;
    return 0;
}
