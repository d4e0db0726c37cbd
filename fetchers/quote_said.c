/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What is said of a quote while it is read, and how its texts and figures are shown there.
 */
#include "fetchers/quote_parts.h"

#include <stdlib.h>
#include <string.h>

enum { SHOWN_BYTES = 48 };

static void keep_said(struct quote_reading *r, enum quote_remark_kind kind, const char *text)
{
    if (r->nsaid == r->cap_said) {
        size_t cap = r->cap_said > 0 ? 2 * r->cap_said : 32;
        struct quote_said *grown = arena_grow(r->a, r->said, r->nsaid, cap, sizeof *grown);
        r->nomem = r->nomem || grown == NULL;
        if (grown != NULL) {
            r->said = grown;
            r->cap_said = cap;
        }
    }
    if (r->nomem)
        return;
    r->said[r->nsaid] = (struct quote_said){.remark = {kind, text}, .row = r->at_row, .seq = r->nsaid};
    r->nsaid++;
}

const char *quote_put_filled(struct quote_reading *r, enum text_id id, size_t n, const char *const *with)
{
    const char *said = say_in_filled(r->a, r->terms->lang, id, n, with);

    r->nomem = r->nomem || said == NULL;
    return said != NULL ? said : "";
}

const char *quote_plain(struct quote_reading *r, enum text_id id)
{
    return text(r->terms->lang, id);
}

void quote_say_filled(struct quote_reading *r, enum quote_remark_kind kind, enum text_id id, size_t n,
                      const char *const *with)
{
    keep_said(r, kind, quote_put_filled(r, id, n, with));
}

void quote_say_plain(struct quote_reading *r, enum quote_remark_kind kind, enum text_id id)
{
    keep_said(r, kind, quote_plain(r, id));
}

const char *quote_who(struct quote_reading *r, const char *who)
{
    return who == quote_section ? quote_plain(r, TEXT_QUOTE_SECTION) : who;
}

/* Mappings first, then in the order of the file. */
static int said_order(const void *pa, const void *pb)
{
    const struct quote_said *a = pa, *b = pb;
    int mapped = (b->remark.kind == QUOTE_MAPPED) - (a->remark.kind == QUOTE_MAPPED);

    if (mapped != 0)
        return mapped;
    if (a->row != b->row)
        return a->row < b->row ? -1 : 1;
    return a->seq < b->seq ? -1 : 1;
}

void quote_give_remarks(struct quote_reading *r)
{
    struct quote_remark *v = arena_array(r->a, r->nsaid + 1, sizeof *v);

    r->nomem = r->nomem || v == NULL;
    if (r->nomem)
        return;
    if (r->nsaid > 1)
        qsort(r->said, r->nsaid, sizeof *r->said, said_order);
    for (size_t i = 0; i < r->nsaid; i++) {
        v[i] = r->said[i].remark;
        r->q->nopen += v[i].kind == QUOTE_OPEN;
    }
    r->q->remarks = v;
    r->q->nremarks = r->nsaid;
}

static bool cut_here(const char *p)
{
    return ((unsigned char)*p & 0xc0) != 0x80;
}

const char *quote_shown(struct quote_reading *r, const char *text)
{
    size_t n = strlen(text);
    bool cut = n > SHOWN_BYTES;

    if (cut)
        for (n = SHOWN_BYTES; n > 0 && !cut_here(text + n); n--)
            ;
    char *out = arena_printf(r->a, "%.*s%s", (int)n, text, cut ? "..." : "");
    r->nomem = r->nomem || out == NULL;
    for (char *p = out; p != NULL && *p != '\0'; p++)
        if ((unsigned char)*p < 0x20 || *p == 0x7f)
            *p = ' ';
    return out != NULL ? out : "";
}

const char *quote_count(struct quote_reading *r, int n)
{
    const char *text = arena_printf(r->a, "%d", n);

    r->nomem = r->nomem || text == NULL;
    return text != NULL ? text : "";
}

const char *quote_span_shown(struct quote_reading *r, const struct duration *d)
{
    int n = d->months > 0 ? d->months : d->days;
    enum text_id id = d->months > 0 ? (n == 1 ? TEXT_MONTH_ONE : TEXT_MONTHS) : n == 1 ? TEXT_DAY_ONE : TEXT_DAYS;

    return quote_put(r, id, quote_count(r, n));
}

int quote_places(const struct quote_reading *r)
{
    const char *code = *r->q->currency != '\0' ? r->q->currency : quote_sign_means(r->common.currency);
    const struct currency *c = *code != '\0' ? rules_currency(r->rules, code) : NULL;

    return c != NULL ? c->minor_units : 2;
}

/* "1,234.50"; further decimals only where they are not zero. */
const char *quote_money(struct quote_reading *r, dec_t v)
{
    char text[DEC_TEXT], out[2 * DEC_TEXT], *to = out;

    if (dec_bad(v))
        return "too much";
    dec_format(v, quote_places(r), text);
    const char *p = text;
    if (*p == '-')
        *to++ = *p++;
    size_t whole = strcspn(p, ".");
    for (size_t i = 0; i < whole; i++) {
        if (i > 0 && (whole - i) % 3 == 0)
            *to++ = ',';
        *to++ = p[i];
    }
    for (p += whole; *p != '\0';)
        *to++ = *p++;
    *to = '\0';
    const char *copy = arena_strdup(r->a, out);
    r->nomem = r->nomem || copy == NULL;
    return copy != NULL ? copy : "";
}

const char *quote_role_shown(const struct quote_reading *r, enum quote_role role)
{
    const struct quote_role_info *info = &quote_roles[role];

    return r->terms->lang != NULL && !strcmp(r->terms->lang, "zh") ? info->zh : info->en;
}

const char *quote_unit_shown(const char *lang, enum unit unit)
{
    switch (unit) {
    case UNIT_MINUTE:
        return text(lang, TEXT_QUOTE_MINUTE);
    case UNIT_HOUR:
        return text(lang, TEXT_QUOTE_HOUR);
    case UNIT_DAY:
        return text(lang, TEXT_QUOTE_DAY);
    case UNIT_MONTH:
        return text(lang, TEXT_QUOTE_MONTH);
    default:
        return unit_table[unit].name;
    }
}

const char *quote_service_shown(const char *lang, const char *service)
{
    static const enum text_id known[] = {
        TEXT_SERVICE_COMPUTE,   TEXT_SERVICE_BLOCK_STORAGE, TEXT_SERVICE_OBJECT_STORAGE, TEXT_SERVICE_EGRESS,
        TEXT_SERVICE_BANDWIDTH, TEXT_SERVICE_PUBLIC_IP,     TEXT_SERVICE_DATABASE,       TEXT_SERVICE_LOAD_BALANCER,
        TEXT_SERVICE_NAT,       TEXT_SERVICE_SNAPSHOT,      TEXT_SERVICE_REQUESTS,
    };

    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (!strcmp(text(NULL, known[i]), service))
            return text(lang, known[i]);
    return service;
}
