/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What is said of a quote while it is read, and how its texts and figures are shown there.
 */
#include "fetchers/quote_parts.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { SHOWN_BYTES = 48 };

void quote_say(struct quote_reading *r, enum quote_remark_kind kind, const char *fmt, ...)
{
    struct buf text = {.ceiling = 4096};
    char line[2048];
    va_list args;

    va_start(args, fmt);
    int n = vsnprintf(line, sizeof line, fmt, args);
    va_end(args);
    if (n > 0)
        buf_puts(&text, line);
    if (r->nsaid == r->cap_said) {
        size_t cap = r->cap_said > 0 ? 2 * r->cap_said : 32;
        struct quote_said *grown = arena_grow(r->a, r->said, r->nsaid, cap, sizeof *grown);
        r->nomem = r->nomem || grown == NULL;
        if (grown != NULL) {
            r->said = grown;
            r->cap_said = cap;
        }
    }
    const char *copy = text.failed ? NULL : arena_strdup(r->a, text.v != NULL ? text.v : "");
    buf_free(&text);
    r->nomem = r->nomem || copy == NULL;
    if (r->nomem)
        return;
    r->said[r->nsaid] = (struct quote_said){.remark = {kind, copy}, .row = r->at_row, .seq = r->nsaid};
    r->nsaid++;
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
