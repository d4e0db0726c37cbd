/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "calc/bill_read.h"

#include "calc/words.h"

#include <string.h>

const char *bill_shown(const char *word)
{
    return strcmp(word, "-") != 0 ? word : "standard input";
}

bool bill_names_provider(const char *text, const struct site *s)
{
    size_t n = strlen(text);

    if (n == 0)
        return false;
    if (words_same(text, s->provider) || !strcmp(text, s->name_zh))
        return true;
    for (size_t i = 0; i < n; i++)
        if (s->name_en[i] == '\0' || (s->name_en[i] | 0x20) != (text[i] | 0x20))
            return false;
    return s->name_en[n] == '\0' || s->name_en[n] == ' ';
}

/* ---- rates ---- */

/* --booked 'USD/CNY=7.15', when it is of this currency to the budget's. */
static int booked(const struct bill_reading *a, struct reconcile_rate *rate, struct err *err)
{
    for (size_t i = 0; i < args_count(a->args, "booked"); i++) {
        const char *text = args_nth(a->args, "booked", i);
        dec_t value;
        struct err none;
        if (strlen(text) < 9 || text[3] != '/' || text[7] != '=' ||
            dec_parse(text + 8, strlen(text) - 8, &value, &none) != 0 || dec_sign(value) <= 0)
            return err_set(err, ERR_USAGE, "--booked '%s' is no rate (USD/%s=7.15)", text, a->budget);
        if (strncmp(text + 4, a->budget, 3) != 0)
            return err_set(err, ERR_USAGE, "--booked '%s' is no rate to the budget currency %s", text, a->budget);
        if (!strncmp(text, rate->currency, 3))
            rate->booked = value;
    }
    return 0;
}

static void say_stale(struct bill_reading *a, const struct fx_used *used)
{
    char day[DATE_TEXT], rate[DEC_TEXT];

    date_format(used->date, day);
    dec_format(used->rate, 2, rate);
    app_say(a->app, "%s/%s %s is of %s: older than [fx] max_age allows", used->from, used->to, rate, day);
    a->stale = true;
}

/* A currency not seen before needs a rate now, so that the row without one is named. */
static int need_rate(struct bill_reading *a, const struct bill_row *row, struct err *err)
{
    const struct fx_used *used;
    struct err why = {0};

    for (size_t i = 0; i < a->nrates; i++)
        if (!strcmp(a->rates[i].currency, row->currency))
            return 0;
    if (a->nrates == BILL_CURRENCIES_MOST)
        return err_set(err, ERR_USAGE, "%s:%d: more than %d currencies", bill_shown(a->word), row->line,
                       BILL_CURRENCIES_MOST);
    if (rules_currency(a->rules, row->currency) == NULL)
        return err_set(err, ERR_USAGE, "%s:%d: BillingCurrency '%s' is unknown", bill_shown(a->word), row->line,
                       row->currency);
    if (fx_find(a->fx, row->currency, a->budget, &used, &why) != 0)
        return err_set(err, why.kind, "%s:%d: BillingCurrency '%s': %s", bill_shown(a->word), row->line, row->currency,
                       why.text);
    if (used->stale)
        say_stale(a, used);
    struct reconcile_rate *rate = &a->rates[a->nrates++];
    *rate = (struct reconcile_rate){.estimated = used->rate, .booked = used->rate};
    memcpy(rate->currency, row->currency, CURRENCY_TEXT);
    return booked(a, rate, err);
}

static int take_row(struct bill_reading *a, const struct bill_row *row, struct err *err)
{
    if (a->one_month && row->month.n != a->month.n)
        return 0;
    if (a->rows == 0 && a->first(a->ctx, row, err) != 0)
        return -1;
    if (need_rate(a, row, err) != 0)
        return -1;
    a->rows++;
    return bill_sums_add(&a->sums, row, err) == 0 ? 0 : err_prefix(err, "%s:%d", bill_shown(a->word), row->line);
}

static int read_rows(struct bill_reading *a, struct bill *bill, struct err *err)
{
    struct bill_row row;
    int got;

    while ((got = bill_next(bill, &row, err)) == 1)
        if (take_row(a, &row, err) != 0)
            return -1;
    a->rounded = bill_rounded(bill);
    if (got == 0 && a->rows == 0)
        return err_set(err, ERR_USAGE, "%s: no charge%s", bill_shown(a->word),
                       a->one_month ? " of the month asked for" : "");
    return got;
}

int bill_read(struct bill_reading *a, struct err *err)
{
    size_t n = args_count(a->args, "column");
    const char **v = arena_array(a->arena, n + 1, sizeof *v);
    struct bill *bill;

    if (v == NULL)
        return err_nomem(err);
    for (size_t i = 0; i < n; i++)
        v[i] = args_nth(a->args, "column", i);
    const struct bill_naming naming = {v, n};
    if (bill_open_path(&bill, a->word, &naming, err) != 0)
        return -1;
    int got = read_rows(a, bill, err);
    bill_close(bill);
    return got;
}

int bill_read_month(struct bill_reading *a, struct err *err)
{
    const char *text = args_get(a->args, "month");

    a->one_month = text != NULL;
    if (text != NULL && !month_parse(text, strlen(text), &a->month))
        return err_set(err, ERR_USAGE, "--month '%s' is no month (YYYY-MM)", text);
    return 0;
}

void bill_reading_free(struct bill_reading *a)
{
    bill_sums_free(&a->sums);
}
