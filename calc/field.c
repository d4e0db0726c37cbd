/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "calc/field.h"

#include "calc/shown.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

struct field field_root(struct fields *all, const struct json *document)
{
    return (struct field){.all = all, .v = document};
}

struct field field_at(const struct field *up, const char *key)
{
    return (struct field){.all = up->all, .v = json_get(up->v, key), .up = up, .key = key};
}

struct field field_item(const struct field *up, size_t i)
{
    return (struct field){.all = up->all, .v = json_item(up->v, i), .up = up, .index = i};
}

/* "sites[0].lines[2]", behind what out holds. */
static void put_place(const struct field *f, char *out, size_t room)
{
    if (f->up == NULL)
        return;
    put_place(f->up, out, room);
    size_t n = strlen(out);
    if (f->key == NULL)
        snprintf(out + n, room - n, "[%zu]", f->index);
    else
        snprintf(out + n, room - n, "%s%s", n > 0 ? "." : "", f->key);
}

void field_refuse(const struct field *f, const char *fmt, ...)
{
    char place[160] = "", why[512];
    va_list ap;

    if (f->all->failed)
        return;
    f->all->failed = true;
    put_place(f, place, sizeof place);
    va_start(ap, fmt);
    vsnprintf(why, sizeof why, fmt, ap);
    va_end(ap);
    (void)err_set(f->all->err, ERR_USAGE, "%s%s%s", place, *place != '\0' ? ": " : "", why);
}

void field_nomem(struct fields *all)
{
    if (!all->failed)
        (void)err_nomem(all->err);
    all->failed = true;
}

size_t field_count(const struct field *list)
{
    if (!list->all->failed && json_kind(list->v) != JSON_LIST)
        field_refuse(list, "no list");
    return list->all->failed ? 0 : json_count(list->v);
}

bool field_is_null(const struct field *up, const char *key)
{
    return json_get(up->v, key) == NULL;
}

void field_object(const struct field *f)
{
    if (!f->all->failed && json_kind(f->v) != JSON_OBJECT)
        field_refuse(f, "no object");
}

/* The text of a member that must be one; "" when failed. Lent by the document. */
static const char *text_of(const struct field *f)
{
    if (!f->all->failed && json_kind(f->v) != JSON_STRING)
        field_refuse(f, f->v == NULL ? "missing" : "no text");
    return f->all->failed ? "" : json_string(f->v);
}

const char *field_text(const struct field *up, const char *key)
{
    struct field f = field_at(up, key);
    const char *text = text_of(&f);

    if (*text == '\0')
        return "";
    text = arena_strdup(f.all->arena, text);
    if (text == NULL)
        field_nomem(f.all);
    return text != NULL ? text : "";
}

bool field_truth(const struct field *up, const char *key)
{
    struct field f = field_at(up, key);

    if (!f.all->failed && json_kind(f.v) != JSON_TRUTH)
        field_refuse(&f, f.v == NULL ? "missing" : "neither true nor false");
    return !f.all->failed && json_true(f.v);
}

static dec_t parse(const struct field *f, const char *text)
{
    char cut[SHOWN_MAX];
    struct err why;
    dec_t v = DEC_ZERO;

    if (f->all->failed || dec_parse(text, strlen(text), &v, &why) == 0)
        return v;
    field_refuse(f, "'%s' is no number", shown(text, cut));
    return DEC_ZERO;
}

int field_whole(const struct field *up, const char *key, int low, int high)
{
    struct field f = field_at(up, key);

    if (!f.all->failed && json_kind(f.v) != JSON_NUMBER)
        field_refuse(&f, f.v == NULL ? "missing" : "no whole number");
    dec_t v = parse(&f, json_string(f.v));
    if (f.all->failed)
        return low;
    if (dec_cmp(v, dec_int64(low)) < 0 || dec_cmp(v, dec_int64(high)) > 0 || v.v % DEC_ONE_UNIT != 0) {
        field_refuse(&f, "%s is out of range (%d to %d)", json_string(f.v), low, high);
        return low;
    }
    return (int)(v.v / DEC_ONE_UNIT);
}

int field_choice(const struct field *up, const char *key, const char *const *names, size_t n)
{
    struct field f = field_at(up, key);
    const char *text = text_of(&f);
    char cut[SHOWN_MAX];

    for (size_t i = 0; !f.all->failed && i < n; i++)
        if (!strcmp(text, names[i]))
            return (int)i;
    field_refuse(&f, "unknown word '%s'", shown(text, cut));
    return 0;
}

void field_currency(const struct field *up, const char *key, char out[CURRENCY_TEXT])
{
    struct field f = field_at(up, key);
    const char *text = text_of(&f);
    char cut[SHOWN_MAX];

    memset(out, 0, CURRENCY_TEXT);
    if (f.all->failed)
        return;
    if (strlen(text) != CURRENCY_TEXT - 1 || strspn(text, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") != CURRENCY_TEXT - 1)
        field_refuse(&f, "'%s' is no currency", shown(text, cut));
    else
        memcpy(out, text, CURRENCY_TEXT);
}

struct date field_day(const struct field *up, const char *key)
{
    struct field f = field_at(up, key);
    struct date day = DATE_NONE;
    char cut[SHOWN_MAX];

    if (f.v == NULL)
        return DATE_NONE;
    const char *text = text_of(&f);
    if (!f.all->failed && !date_parse(text, strlen(text), &day))
        field_refuse(&f, "'%s' is no date (YYYY-MM-DD)", shown(text, cut));
    return day;
}

dec_t field_amount(const struct field *up, const char *key, int *places)
{
    struct field f = field_at(up, key);
    const char *text = text_of(&f);
    dec_t v = parse(&f, text);
    const char *point = strchr(text, '.');

    if (places != NULL)
        *places = f.all->failed || point == NULL ? 0 : (int)strnlen(point + 1, DEC_PLACES);
    return v;
}

dec_t field_money(const struct field *up, const char *key, int places)
{
    struct field f = field_at(up, key);
    dec_t v = field_amount(up, key, NULL);

    if (!f.all->failed && dec_cmp(dec_round(v, places, DEC_DOWN), v) != 0)
        field_refuse(&f, "%s has more decimals than its currency (%d)", json_string(f.v), places);
    return v;
}

dec_t field_amount_known(const struct field *up, const char *key, bool *known)
{
    *known = !field_is_null(up, key);
    return *known ? field_amount(up, key, NULL) : DEC_ZERO;
}
