/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What a variable is: the row of its key says how its numbers are written and what they may be, the scenario's
 * settings what it is now.
 */
#include "calc/vary.h"

#include "calc/buf.h"
#include "calc/shown.h"
#include "calc/value.h"
#include "calc/vary_form.h"
#include "calc/vary_words.h"

#include <string.h>

/* ---- what it is now */

static const struct setting *setting_of(const struct scenario *s, const char *section, const char *key)
{
    for (size_t i = 0; i < s->nsettings; i++)
        if (!strcmp(s->settings[i].section, section) && !strcmp(s->settings[i].key, key))
            return &s->settings[i];
    return NULL;
}

static const struct uncertain *uncertain_of(const struct scenario *s, const char *section, const char *key)
{
    for (size_t i = 0; i < s->nuncertain; i++)
        if (!strcmp(s->uncertain[i]->section, section) && !strcmp(s->uncertain[i]->key, key))
            return s->uncertain[i];
    return NULL;
}

/* "2% / month": the number, and the rest as it stands. False for a text that is no number. */
static bool split(const char *text, struct vary *v, struct arena *a)
{
    const char *rest;
    struct err unheard;
    size_t n = value_number_length(text, &rest);
    if (n == 0 || dec_parse(text, n, &v->base, &unheard))
        return false;
    v->suffix = arena_strdup(a, text + n);
    return true;
}

/* The unit a value is measured in, as a text has it. */
static const char *measured_in(const struct vary *v, const struct key *k, const struct scenario *s)
{
    const struct uncertain *u = v->uncertain;
    switch (form_of(k)) {
    case FORM_PERCENT:
        return "%";
    case FORM_GROWTH:
        return u->resource >= 0 && s->resources[u->resource].growth.per_year ? "% / year" : "% / month";
    case FORM_SIZE:
        return " GiB";
    case FORM_RATE:
        return " Mbps";
    case FORM_MONEY:
        return u->cost >= 0 ? s->costs[u->cost].amount.currency : "";
    default:
        return "";
    }
}

/* A distribution's mean, in the numbers of the text. */
static void take_uncertain(struct vary *v, const struct key *k, const struct vary_from *from)
{
    dec_t mean = v->uncertain->mean;
    v->suffix = measured_in(v, k, from->scenario);
    form_finest(v, k, from->rules);
    v->base = dec_round(v->percent ? dec_muln(mean, 100) : mean, v->finest, DEC_HALF_UP);
    v->has_base = true;
}

/* The discount of a site holds for the kinds that have none of their own: of "discount.SITE.KIND" it is the first part. */
static const char *discount_otherwise(const char *key, const struct vary_from *from)
{
    const struct scenario *s = from->scenario;
    for (size_t i = 0; i < s->nsettings; i++) {
        const struct setting *t = &s->settings[i];
        size_t n = strlen(t->key);
        if (!strcmp(t->section, "compare") && !strncmp(t->key, key, n) && key[n] == '.')
            return t->value;
    }
    return "0%";
}

/* hours of a resource are those of the project while it has none of its own. */
static const char *text_otherwise(const struct key *k, const char *key, const struct vary_from *from)
{
    const struct setting *project = setting_of(from->scenario, "project", "hours");
    if (!strcmp(k->name, "hours"))
        return project ? project->value : "730";
    if (k->type == VALUE_TYPE_DISCOUNT)
        return discount_otherwise(key, from);
    return key_has_default(k) ? k->def : NULL;
}

static bool take_text(struct vary *v, const struct key *k, const char *text, struct arena *a)
{
    if (!text || !split(text, v, a))
        return false;
    if (k->type == VALUE_TYPE_GROWTH && v->suffix && !strchr(v->suffix, '/'))
        v->suffix = "% / month"; /* 0% needs no period, other numbers do */
    v->has_base = true;
    return true;
}

/* Whole where a part of one cannot be bought: a count is an average only while nothing is bought for a term. */
static bool is_whole(const struct key *k, const char *section, const struct vary_from *from)
{
    const struct setting *charge = setting_of(from->scenario, section, "charge");
    if (!strcmp(k->name, "count"))
        return charge && strcmp(charge->value, charge_names[CHARGE_ON_DEMAND]) != 0;
    return k->type == VALUE_TYPE_WHOLE;
}

/* Everything but the present value, which is `text` unless the number is uncertain. */
static int make(struct vary *v, const struct key *k, const char *text, const struct vary_from *from, struct arena *a,
                struct err *err)
{
    v->percent = form_of(k) == FORM_PERCENT || form_of(k) == FORM_GROWTH;
    v->whole = is_whole(k, v->section, from);
    v->suffix = v->percent ? "%" : "";
    v->uncertain = uncertain_of(from->scenario, v->section, v->key);
    if (v->uncertain)
        take_uncertain(v, k, from);
    else if (!take_text(v, k, text, a))
        v->has_base = false;
    if (!v->suffix || !v->name)
        return err_nomem(err);
    form_finest(v, k, from->rules);
    form_places(v, k);
    form_limits(v, k);
    if (v->has_base)
        form_range(v, k);
    return 0;
}

/* ---- rates */

/* The rate in use for a pair, turned when only the other direction is. */
static bool rate_in_use(const struct vary_from *from, const char *key, dec_t *out)
{
    for (size_t i = 0; i < from->nrates; i++) {
        const struct fx_used *u = from->rates[i];
        char pair[2 * CURRENCY_TEXT], turned[2 * CURRENCY_TEXT];
        memcpy(pair, (const char[]){u->from[0], u->from[1], u->from[2], '/', u->to[0], u->to[1], u->to[2], 0}, 8);
        memcpy(turned, (const char[]){u->to[0], u->to[1], u->to[2], '/', u->from[0], u->from[1], u->from[2], 0}, 8);
        if (!strcmp(key, pair) || !strcmp(key, turned)) {
            *out = strcmp(key, pair) ? dec_div_round(DEC_ONE, u->rate, 8, DEC_HALF_UP) : u->rate;
            return true;
        }
    }
    return false;
}

static int no_such_rate(const char *key, const struct vary_from *from, struct err *err)
{
    char cut[SHOWN_MAX];
    struct buf used = {0};
    for (size_t i = 0; i < from->nrates; i++)
        buf_printf(&used, "%s%s/%s", i ? ", " : "", from->rates[i]->from, from->rates[i]->to);
    int rc = used.failed ? err_nomem(err)
                         : err_set(err, ERR_USAGE, "no rate of %s is used (used: %s)", shown(key, cut),
                                   used.n > 0 ? used.v : "none");
    buf_free(&used);
    return rc;
}

/* The text of a budget rate, or of the rate in use; the other direction in the file cannot stand beside it. */
static int rate_text(struct vary *v, const struct vary_from *from, struct arena *a, const char **text, struct err *err)
{
    char number[DEC_TEXT];
    const char *slash = strchr(v->key, '/');
    const char *turned = arena_printf(a, "%s/%.*s", slash + 1, (int)(slash - v->key), v->key);
    const struct setting *given = setting_of(from->scenario, "fx", v->key);
    dec_t rate;
    if (!turned)
        return err_nomem(err);
    if (!given && setting_of(from->scenario, "fx", turned))
        return err_set(err, ERR_USAGE, "the configuration gives %s (fx:%s)", turned, turned);
    if (!rate_in_use(from, v->key, &rate))
        return no_such_rate(v->key, from, err);
    dec_format(given ? DEC_ZERO : rate, 0, number);
    *text = given ? given->value : arena_strdup(a, number);
    return *text ? 0 : err_nomem(err);
}

int vary_rate(const struct fx_used *used, const struct vary_from *from, struct arena *a, struct vary *out,
              struct err *err)
{
    const char *pair = arena_printf(a, "%s/%s", used->from, used->to);
    const char *word = pair ? arena_printf(a, "fx:%s", pair) : NULL;
    return word ? vary_find(word, from, a, out, err) : err_nomem(err);
}

/* ---- a word, a setting */

static int no_number(const struct vary *v, const struct key *k, struct err *err)
{
    if (form_of(k) != FORM_NONE && strcmp(k->name, "month") != 0)
        return 0;
    return err_set(err, ERR_USAGE, "[%s] %s is no number that can be varied", v->section, v->key);
}

static int find(const char *word, const struct vary_from *from, struct arena *a, struct vary *out, struct err *err)
{
    struct vary_place p;
    enum section_id id;
    const char *name, *text;
    if (vary_place_of(word, from, a, &p, err) || section_find(p.section, &id, &name, err))
        return -1;
    const struct key *k = key_find(id, p.section, p.key, err);
    struct vary v = {.name = p.name, .section = p.section, .key = p.key};
    if (!k || no_number(&v, k, err))
        return -1;
    const struct setting *given = setting_of(from->scenario, p.section, p.key);
    text = given ? given->value : text_otherwise(k, p.key, from);
    if ((k->type == VALUE_TYPE_BUDGET_RATE && rate_text(&v, from, a, &text, err)) || make(&v, k, text, from, a, err))
        return -1;
    if (!v.has_base)
        return err_set(err, ERR_USAGE, "[%s] %s %s, so there is nothing to vary", p.section, p.key,
                       text ? "is not one number" : "is not given");
    *out = v;
    return 0;
}

int vary_find(const char *word, const struct vary_from *from, struct arena *a, struct vary *out, struct err *err)
{
    char cut[SHOWN_MAX];
    if (!find(word, from, a, out, err))
        return 0;
    return err->kind == ERR_INTERNAL ? -1 : err_prefix(err, "--vary '%s'", shown(word, cut));
}

/* Sections of what an estimate does not read. */
static bool is_read(enum section_id id)
{
    return id == SECTION_PROJECT || id == SECTION_BUYER || id == SECTION_FX || id == SECTION_PAYMENT ||
           id == SECTION_COMPARE || id == SECTION_COST || section_table[id].kind >= 0;
}

int vary_setting(const struct setting *s, const struct vary_from *from, struct arena *a, struct vary *out, bool *is,
                 struct err *err)
{
    struct vary v = {.section = s->section, .key = s->key};
    enum section_id id;
    const char *name;
    struct err unheard;
    *is = false;
    if (section_find(s->section, &id, &name, &unheard) || !is_read(id))
        return 0;
    const struct key *k = key_find(id, s->section, s->key, &unheard);
    if (!k || no_number(&v, k, &unheard))
        return 0;
    v.name = vary_word_for(s->section, s->key, from, a);
    if (make(&v, k, s->value, from, a, err))
        return -1;
    *is = v.has_base;
    *out = v;
    return 0;
}
