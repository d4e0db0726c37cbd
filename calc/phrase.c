/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Figures, days and phrases as people read them.
 */
#include "calc/phrase.h"

#include "calc/buf.h"
#include "calc/price.h"
#include "calc/utf8.h"
#include "calc/words.h"

#include <stdio.h>
#include <string.h>

/* Digits, a comma per three of them, sign and dot: at most 48 + 16. */
enum { GROUPED_TEXT = DEC_TEXT + DEC_TEXT / 3 };

/* Takes what an arena call returned. */
static const char *keep(struct phrases *p, const char *made)
{
    if (made == NULL) {
        p->failed = true;
        return "";
    }
    return made;
}

/* Takes what a buffer holds, and frees it. */
static const char *keep_buf(struct phrases *p, struct buf *b)
{
    const char *made = b->failed ? NULL : arena_strndup(&p->arena, b->n > 0 ? b->v : "", b->n);
    buf_free(b);
    return keep(p, made);
}

const char *say_filled(struct phrases *p, enum text_id id, size_t n, const char *const *with)
{
    struct buf out = {0};
    say_to_filled(&out, p->lang, id, n, with);
    return keep_buf(p, &out);
}

const char *say_chain(struct phrases *p, size_t n, const char *const *texts)
{
    struct buf out = {0};
    for (size_t i = 0; i < n; i++)
        buf_puts(&out, texts[i]);
    return keep_buf(p, &out);
}

const char *say_plain(struct phrases *p, enum text_id id)
{
    return text(p->lang, id);
}

static void group(dec_t value, int places, char out[GROUPED_TEXT])
{
    char plain[DEC_TEXT];
    size_t digits, at = 0, i = 0;
    dec_format(value, places, plain);
    if (plain[0] == '-')
        out[at++] = plain[i++];
    digits = strcspn(plain + i, ".");
    for (; digits > 0; digits--) {
        out[at++] = plain[i++];
        if (digits > 1 && (digits - 1) % 3 == 0)
            out[at++] = ',';
    }
    snprintf(out + at, GROUPED_TEXT - at, "%s", plain + i);
}

const char *say_amount(struct phrases *p, dec_t amount, int places)
{
    char figure[GROUPED_TEXT];
    group(amount, places, figure);
    return keep(p, arena_strdup(&p->arena, figure));
}

static const char *with_code(struct phrases *p, dec_t amount, int places, const char *code)
{
    char figure[GROUPED_TEXT];
    group(amount, places, figure);
    return keep(p, arena_printf(&p->arena, "%s %s", figure, code));
}

const char *say_money(struct phrases *p, dec_t amount, const char *code)
{
    return with_code(p, amount, currency_places(p->rules, code), code);
}

const char *say_number(struct phrases *p, dec_t number)
{
    return say_amount(p, number, 0);
}

const char *say_rate(struct phrases *p, dec_t rate)
{
    return say_amount(p, rate, 2);
}

const char *say_exact(struct phrases *p, dec_t amount, const char *code)
{
    return with_code(p, amount, currency_places(p->rules, code), code);
}

const char *say_count(struct phrases *p, long n)
{
    return say_number(p, dec_int64(n));
}

/* English has plurals; a unit that is no word of its own (GB) or is one already stays as it is. */
const char *say_units(struct phrases *p, dec_t n, const char *unit)
{
    size_t length = strlen(unit);
    char last = length > 0 ? unit[length - 1] : ' ';
    bool english = p->lang == NULL || strcmp(p->lang, "zh") != 0;
    bool plural = english && dec_cmp(n, DEC_ONE) != 0 && last >= 'a' && last <= 'z' && last != 's';
    return say_joined(p, say_number(p, n), " ", unit, plural ? "s" : "");
}

const char *say_percent(struct phrases *p, dec_t share)
{
    return with_code(p, dec_muln(share, 100), 0, "%");
}

const char *say_percent1(struct phrases *p, dec_t share)
{
    return with_code(p, dec_round(dec_muln(share, 100), 1, DEC_HALF_UP), 1, "%");
}

const char *say_day(struct phrases *p, struct date day)
{
    char text_[DATE_TEXT];
    date_format(day, text_);
    return keep(p, arena_strdup(&p->arena, text_));
}

const char *say_month(struct phrases *p, struct month month)
{
    char text_[DATE_TEXT];
    month_format(month, text_);
    return keep(p, arena_strdup(&p->arena, text_));
}

const char *say_months(struct phrases *p, struct month first, int months)
{
    if (months <= 1)
        return say_month(p, first);
    return say_joined(p, say_month(p, first), " … ", say_month(p, month_add(first, months - 1)));
}

/* Texts for one and for several stand side by side in texts.def. */
static const char *units(struct phrases *p, enum text_id one, int n)
{
    return say(p, n == 1 ? one : one + 1, say_count(p, n));
}

const char *say_month_count(struct phrases *p, int months)
{
    return units(p, TEXT_MONTH_ONE, months);
}

const char *say_items(struct phrases *p, dec_t n)
{
    return say(p, dec_cmp(n, DEC_ONE) == 0 ? TEXT_ITEM_ONE : TEXT_ITEMS, say_number(p, n));
}

const char *say_age(struct phrases *p, struct date then, struct date now)
{
    int months = 0, days;
    if (date_cmp(then, now) > 0)
        then = now;
    /* the calendar's own end is no date */
    for (struct date next; date_is(next = date_add_months(then, months + 1)) && date_cmp(next, now) <= 0;)
        months++;
    days = now.day - date_add_months(then, months).day;
    if (months == 0)
        return units(p, TEXT_DAY_ONE, days);
    if (months < 12)
        return units(p, TEXT_MONTH_ONE, months);
    if (months % 12 == 0)
        return units(p, TEXT_YEAR_ONE, months / 12);
    return say_joined(p, units(p, TEXT_YEAR_ONE, months / 12), " ", units(p, TEXT_MONTH_ONE, months % 12));
}

const char *say_clean(struct phrases *p, const char *outside)
{
    struct buf out = {0};
    size_t left = strlen(outside);
    for (const char *t = outside; left > 0;) {
        uint32_t code = 0;
        size_t bytes = utf8_step(t, left, &code);
        if (bytes == 0 || utf8_control(code))
            buf_putc(&out, '?');
        else
            buf_add(&out, t, bytes);
        bytes = bytes > 0 ? bytes : 1;
        t += bytes;
        left -= bytes;
    }
    return keep_buf(p, &out);
}

const char *say_first(struct phrases *p, const char *text_, size_t bytes)
{
    return keep(p, arena_strndup(&p->arena, text_, bytes));
}

const char *say_cut(struct phrases *p, const char *long_text, size_t columns)
{
    struct buf out = {0};
    if (words_width(long_text) <= columns)
        return long_text;
    words_pad(&out, long_text, columns, false);
    return keep_buf(p, &out);
}

const char *say_site(struct phrases *p, const struct site_estimate *s)
{
    const char *at = strchr(s->column, '@');
    if (p->lang == NULL || strcmp(p->lang, "zh") != 0 || s->site->name_zh[0] == '\0')
        return say_clean(p, s->column);
    return say_clean(p, say_joined(p, s->site->name_zh, at != NULL ? at : ""));
}

const char *say_rate_source(struct phrases *p, const char *source)
{
    static const struct {
        const char *id;
        enum text_id title;
    } known[] = {{"", TEXT_RATE_SAME},
                 {"budget", TEXT_RATE_BUDGET},
                 {"vendor", TEXT_RATE_VENDOR},
                 {"ecb", TEXT_RATE_ECB},
                 {"cfets", TEXT_RATE_CFETS}};
    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++)
        if (strcmp(known[i].id, source) == 0)
            return say_plain(p, known[i].title);
    return say_clean(p, source);
}

static const char *operand(struct phrases *p, const struct published_rate *r)
{
    const char *units = say_count(p, r->units), *value = say_rate(p, r->value);
    if (!date_is(r->date))
        return say(p, TEXT_ONE_RATE_UNDATED, units, r->base, value, r->quote);
    return say(p, TEXT_ONE_RATE, units, r->base, value, r->quote, say_day(p, r->date));
}

/* How the rate was computed, when it is not the published figure itself. */
static const char *rate_path(struct phrases *p, const struct fx_used *u)
{
    enum text_id path = u->path == FX_CROSS         ? TEXT_RATE_CROSS_OF
                        : u->operands[0].units != 1 ? TEXT_RATE_OPERANDS
                                                    : TEXT_RATE_INVERSE_OF;
    const char *from;
    if (u->noperands == 0 || u->path == FX_DIRECT || u->path == FX_SAME)
        return "";
    from = operand(p, &u->operands[0]);
    if (u->noperands > 1)
        from = say_joined(p, from, say_plain(p, TEXT_AND), operand(p, &u->operands[1]));
    return say_joined(p, say_plain(p, TEXT_COMMA), say(p, path, from));
}

const char *say_rate_how(struct phrases *p, const struct fx_used *u)
{
    const char *old = u->stale ? say_plain(p, TEXT_RATE_TOO_OLD) : "";
    return say_joined(p, say_rate_source(p, u->source), rate_path(p, u), u->stale ? say_plain(p, TEXT_COMMA) : "", old);
}

const char *say_runner_up(struct phrases *p, const struct line *l, const struct candidate *c)
{
    const char *name = say_clean(p, c->offer->sku);
    if (l->resource != NULL && l->resource->charge.kind == CHARGE_BEST) {
        const char *charge = price_charge(&p->arena, p->lang, c->offer);
        p->failed = p->failed || charge == NULL;
        name = say_joined(p, name, " ", charge != NULL ? charge : "");
    }
    return c->offer->rival != NULL ? say_joined(p, name, " ", say_plain(p, TEXT_LINE_AMBIGUOUS)) : name;
}

const char *say_charge(struct phrases *p, const struct line *l)
{
    if (l->offer != NULL)
        return say_clean(p, keep(p, price_charge(&p->arena, p->lang, l->offer)));
    if (l->resource != NULL)
        return price_charge_name(p->lang, l->resource->charge.kind);
    return say_clean(p, l->charge);
}
