/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One function for each form of a cell; batch_fields.def says which field has which.
 */
#include "calc/batch_cell.h"

#include "calc/shown.h"
#include "calc/utf8.h"
#include "calc/value.h"

#include <string.h>

struct cell {
    const struct inventory_words *words;
    const struct inventory_header *header;
    const struct field_info *field;
    const char *text, *folded; /* as written, without blanks around it; as the words are */
    struct arena *arena;
};

typedef int cell_form(const struct cell *c, const char **out, struct err *err);

/* "unknown os 'BeOS' (known: linux, windows)" */
static int unknown(const struct cell *c, const char *what, const char *word, struct err *err)
{
    struct buf known = {0};
    char cut[SHOWN_MAX];
    inventory_known(c->words, c->field->set, &known);
    if (known.failed) {
        buf_free(&known);
        return err_nomem(err);
    }
    err_set(err, ERR_USAGE, "unknown %s '%s' (known: %s)", what, shown(word, cut), known.n > 0 ? known.v : "none");
    buf_free(&known);
    return -1;
}

static int keep(const char *value, const char **out, struct err *err)
{
    if (!value)
        return err_nomem(err);
    *out = value;
    return 0;
}

/* A line of a configuration holds no control character. */
static bool is_line(const char *text)
{
    uint32_t code;
    for (size_t left = strlen(text), n; left > 0; text += n, left -= n)
        if ((n = utf8_step(text, left, &code)) == 0 || utf8_control(code))
            return false;
    return true;
}

static int read_plain(const struct cell *c, const char **out, struct err *err)
{
    if (!is_line(c->text))
        return err_set(err, ERR_USAGE, "the cell holds a control character");
    return keep(arena_strdup(c->arena, c->text), out, err);
}

static int read_word(const struct cell *c, const char **out, struct err *err)
{
    const struct inventory_word *w = inventory_word(c->words, c->field->set, c->folded);
    return w ? keep(w->meaning, out, err) : unknown(c, c->field->name, c->text, err);
}

static int read_versioned(const struct cell *c, const char **out, struct err *err)
{
    const struct inventory_word *w = inventory_word_first(c->words, c->field->set, c->folded);
    return w ? keep(w->meaning, out, err) : unknown(c, c->field->name, c->text, err);
}

static int read_phrase(const struct cell *c, const char **out, struct err *err)
{
    const struct inventory_word *w = inventory_word(c->words, c->field->set, c->folded);
    return w ? keep(w->meaning, out, err) : read_plain(c, out, err);
}

/* The number that the cell begins with, and the word of the set behind it: NULL when there is none. */
static int read_number(const struct cell *c, const char **number, const struct inventory_word **unit, struct err *err)
{
    char cut[SHOWN_MAX];
    const char *rest;
    size_t n = value_number_length(c->folded, &rest);
    if (n == 0)
        return err_set(err, ERR_USAGE, "'%s' is no number", shown(c->text, cut));
    *number = arena_strndup(c->arena, c->folded, n);
    *unit = *rest ? inventory_word(c->words, c->field->set, rest) : NULL;
    if (!*number)
        return err_nomem(err);
    return *rest && !*unit ? unknown(c, "unit", rest, err) : 0;
}

static bool is_zero(const char *number)
{
    struct err err = {0};
    dec_t v;
    return dec_parse(number, strlen(number), &v, &err) == 0 && dec_sign(v) == 0;
}

static int read_counted(const struct cell *c, const char **out, struct err *err)
{
    const struct inventory_word *unit;
    const char *number;
    if (read_number(c, &number, &unit, err) != 0)
        return -1;
    *out = c->field->optional && is_zero(number) ? NULL : number;
    return 0;
}

static int read_measured(const struct cell *c, const char **out, struct err *err)
{
    const struct inventory_word *unit;
    const char *number;
    char cut[SHOWN_MAX];
    if (read_number(c, &number, &unit, err) != 0)
        return -1;
    if (c->field->optional && is_zero(number)) {
        *out = NULL;
        return 0;
    }
    unit = unit ? unit : c->header->unit;
    if (!unit)
        return err_set(err, ERR_USAGE, "'%s' lacks its unit (such as %s %s, or in the header)", shown(c->text, cut),
                       number, strcmp(c->field->set, "rate") ? "GB" : "Mbps");
    return keep(arena_printf(c->arena, "%s %s", number, unit->meaning), out, err);
}

static int read_hours(const struct cell *c, const char **out, struct err *err)
{
    const struct inventory_word *w = inventory_word(c->words, "always", c->folded);
    return w ? keep(w->meaning, out, err) : read_counted(c, out, err);
}

/* "5% / 月": the configuration's own form, with the period in its words. */
static int read_growth(const struct cell *c, const char **out, struct err *err)
{
    size_t n = strcspn(c->folded, "/");
    const char *period = c->folded + n + (c->folded[n] == '/');
    period += strspn(period, " ");
    while (n > 0 && c->folded[n - 1] == ' ')
        n--;
    char *rate = arena_strndup(c->arena, c->folded, n);
    const struct inventory_word *w = *period ? inventory_word(c->words, c->field->set, period) : c->header->unit;
    if (!rate)
        return err_nomem(err);
    if (*period && !w)
        return unknown(c, "period", period, err);
    return keep(w ? arena_printf(c->arena, "%s / %s", rate, w->meaning) : rate, out, err);
}

static cell_form *const forms[] = {
    [FORM_PLAIN] = read_plain,   [FORM_WORD] = read_word,       [FORM_VERSIONED] = read_versioned,
    [FORM_PHRASE] = read_phrase, [FORM_COUNTED] = read_counted, [FORM_MEASURED] = read_measured,
    [FORM_HOURS] = read_hours,   [FORM_GROWTH] = read_growth,
};

char *batch_cell_spaced(struct arena *a, const char *text)
{
    char *out = arena_alloc(a, strlen(text) + 1);
    size_t n = 0;
    for (; out && *text; text++) {
        if (!strchr(" \t\r\n", *text))
            out[n++] = *text;
        else if (n > 0 && out[n - 1] != ' ')
            out[n++] = ' ';
    }
    if (n > 0 && out[n - 1] == ' ')
        n--;
    if (out)
        out[n] = '\0';
    return out;
}

int batch_cell_read(const struct inventory_words *w, const struct inventory_header *h, const char *text,
                    struct arena *a, const char **out, struct err *err)
{
    struct cell c = {.words = w, .header = h, .field = &field_table[h->field], .arena = a};
    c.text = batch_cell_spaced(a, text);
    c.folded = c.text ? inventory_fold(a, c.text) : NULL;
    if (!c.folded)
        return err_nomem(err);
    *out = NULL;
    if (!*c.folded || (c.field->optional && inventory_word(w, "none", c.folded)))
        return 0;
    return forms[c.field->form](&c, out, err);
}
