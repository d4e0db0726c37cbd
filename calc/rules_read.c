/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the rule tables may hold, column by column, and what must hold between them.
 */
#include "calc/rules_read.h"

#include "calc/words.h"

#include <stdlib.h>
#include <string.h>

#define CELLS(a) .cells = (a), .ncells = sizeof(a) / sizeof *(a)
#define AT(type, field) offsetof(struct type, field)

static const char *const confidences[] = {"high", "medium", "low", NULL};
static const char *const acceptances[] = {"accepted", "conditional", "refused", NULL}; /* as enum acceptance */
static const char *const stations[] = {"cn", "intl", "global", NULL};
static const char *const bases[] = {"incl", "excl", "per-source", NULL};
static const char *const statuses[] = {"*", "general", "small-scale", "registered", "unregistered", NULL};
static const char *const invoices[] = {"", "special", "ordinary", NULL};

static const struct cell_rule currency_cells[] = {
    {"currency", CELL_CODE, AT(currency, code), 0, NULL},
    {"minor_units", CELL_COUNT, AT(currency, minor_units), 0, NULL},
    {"name_en", CELL_NAME, AT(currency, name_en), 0, NULL},
    {"name_zh", CELL_NAME, AT(currency, name_zh), 0, NULL},
};

static const struct cell_rule site_cells[] = {
    {"site", CELL_NAME, AT(site, id), 0, NULL},
    {"provider", CELL_NAME, AT(site, provider), 0, NULL},
    {"name_en", CELL_NAME, AT(site, name_en), 0, NULL},
    {"name_zh", CELL_NAME, AT(site, name_zh), 0, NULL},
    {"station", CELL_WORD, AT(site, station), 0, stations},
    {"list_currency", CELL_CODE, AT(site, list_currency), 0, NULL},
    {"list_tax_basis", CELL_WORD, AT(site, list_tax_basis), 0, bases},
    {"contract_entity", CELL_TEXT, AT(site, contract_entity), 0, NULL},
    {"payee_country", CELL_NAME, AT(site, payee_country), 0, NULL},
    {"operator_note", CELL_TEXT, AT(site, operator_note), 0, NULL},
    {"accepts_mainland", CELL_CHOICE, AT(site, accepts_mainland), 0, acceptances},
    {"accepts_overseas", CELL_CHOICE, AT(site, accepts_overseas), 0, acceptances},
    {"condition", CELL_TEXT, AT(site, condition), 0, NULL},
    {"invoices", CELL_TEXT, AT(site, invoices), 0, NULL},
    {"payment", CELL_TEXT, AT(site, payment), 0, NULL},
    {"icp_note", CELL_TEXT, AT(site, icp_note), 0, NULL},
    {"as_of", CELL_NAME, AT(site, as_of), 0, NULL},
    {"confidence", CELL_WORD, AT(site, confidence), 0, confidences},
    {"source", CELL_NAME, AT(site, source), 0, NULL},
};

static const struct cell_rule tax_cells[] = {
    {"buyer_country", CELL_NAME, AT(tax_row, buyer_country), 0, NULL},
    {"buyer_status", CELL_WORD, AT(tax_row, buyer_status), 0, statuses},
    {"station", CELL_WORD, AT(tax_row, station), 0, stations},
    {"provider", CELL_NAME, AT(tax_row, provider), 0, NULL},
    {"invoice", CELL_WORD, AT(tax_row, invoice), 0, invoices},
    {"effective_from", CELL_DATE, AT(tax_row, effective_from), 0, NULL},
    {"effective_to", CELL_DATE, AT(tax_row, effective_to), 0, NULL},
    {"seller_rate", CELL_SHARE, AT(tax_row, seller_rate), AT(tax_row, has_seller_rate), NULL},
    {"self_assessed_rate", CELL_SHARE, AT(tax_row, self_rate), AT(tax_row, has_self_rate), NULL},
    {"recoverable_share", CELL_SHARE, AT(tax_row, recoverable_share), 0, NULL},
    {"tax_currency", CELL_TEXT, AT(tax_row, tax_currency), 0, NULL},
    {"document", CELL_TEXT, AT(tax_row, document), 0, NULL},
    {"confidence", CELL_WORD, AT(tax_row, confidence), 0, confidences},
    {"source", CELL_NAME, AT(tax_row, source), 0, NULL},
};
enum { TAX_KEY = 6 }; /* two rows that share these are of equal rank for any buyer they both fit */

static const struct cell_rule fee_cells[] = {
    {"method", CELL_NAME, AT(fee_row, method), 0, NULL},
    {"payer_country", CELL_NAME, AT(fee_row, payer_country), 0, NULL},
    {"payee_country", CELL_NAME, AT(fee_row, payee_country), 0, NULL},
    {"percent", CELL_SHARE, AT(fee_row, percent), AT(fee_row, has_percent), NULL},
    {"min", CELL_DECIMAL, AT(fee_row, min), AT(fee_row, has_min), NULL},
    {"max", CELL_DECIMAL, AT(fee_row, max), AT(fee_row, has_max), NULL},
    {"fixed", CELL_DECIMAL, AT(fee_row, fixed), 0, NULL},
    {"currency", CELL_TEXT, AT(fee_row, currency), 0, NULL},
    {"source", CELL_NAME, AT(fee_row, source), 0, NULL},
    {"confidence", CELL_WORD, AT(fee_row, confidence), 0, confidences},
};

static const struct cell_rule city_cells[] = {
    {"en", CELL_NAME, AT(city, en), 0, NULL},
    {"zh", CELL_NAME, AT(city, zh), 0, NULL},
};

static const struct cell_rule region_cells[] = {
    {"site", CELL_NAME, AT(region, site), 0, NULL},
    {"region", CELL_NAME, AT(region, id), 0, NULL},
    {"city", CELL_NAME, AT(region, city), 0, NULL},
    {"country", CELL_NAME, AT(region, country), 0, NULL},
    {"mainland", CELL_YESNO, AT(region, mainland), 0, NULL},
    {"operator", CELL_TEXT, AT(region, operator_name), 0, NULL},
    {"display_en", CELL_NAME, AT(region, display_en), 0, NULL},
    {"display_zh", CELL_NAME, AT(region, display_zh), 0, NULL},
};

static const struct cell_rule source_cells[] = {
    {"id", CELL_NAME, AT(source, id), 0, NULL},
    {"title", CELL_NAME, AT(source, title), 0, NULL},
    {"origin", CELL_NAME, AT(source, origin), 0, NULL},
    {"as_of", CELL_DATE, AT(source, as_of), 0, NULL},
    {"licence", CELL_TEXT, AT(source, licence), 0, NULL},
    {"confidence", CELL_WORD, AT(source, confidence), 0, confidences},
    {"note", CELL_TEXT, AT(source, note), 0, NULL},
};

static const struct record_type currency_type = {
    "currencies", sizeof(struct currency), CELLS(currency_cells), "currency", 1, 0};
static const struct record_type site_type = {"sites", sizeof(struct site), CELLS(site_cells), "site", 1, 0};
static const struct record_type tax_type = {
    "tax",
    sizeof(struct tax_row),
    CELLS(tax_cells),
    "buyer country, status, station, provider, invoice and effective_from (two rows of equal rank)",
    TAX_KEY,
    AT(tax_row, row),
};
static const struct record_type fee_type = {
    "fees", sizeof(struct fee_row), CELLS(fee_cells), "method, payer and payee country", 3, 0};
static const struct record_type city_type = {"cities", sizeof(struct city), CELLS(city_cells), "city", 1, 0};
const struct record_type region_type = {"regions", sizeof(struct region), CELLS(region_cells), "site and region", 2, 0};
const struct record_type source_type = {"sources", sizeof(struct source), CELLS(source_cells), "id", 1, 0};

const struct record_type *const rule_types[RULES_TABLES] = {
    [RULES_CURRENCIES] = &currency_type, [RULES_SITES] = &site_type, [RULES_TAX] = &tax_type, [RULES_FEES] = &fee_type,
    [RULES_CITIES] = &city_type,
};

void rules_take(struct rules *out, enum rule_table which, const void *rows, size_t n)
{
    switch (which) {
    case RULES_CURRENCIES:
        out->currencies = rows, out->ncurrencies = n;
        break;
    case RULES_SITES:
        out->sites = rows, out->nsites = out->nbase = n;
        break;
    case RULES_TAX:
        out->taxes = rows, out->ntaxes = n;
        break;
    case RULES_FEES:
        out->fees = rows, out->nfees = n;
        break;
    case RULES_CITIES:
        out->cities = rows, out->ncities = n;
        break;
    case RULES_TABLES:
        break;
    }
}

int rules_unknown(const char *what, const char *name, const char *const *known, size_t n, struct err *err)
{
    const char *near = words_near(name, known, n);
    struct buf list = {0};

    words_list(&list, known, n, 40);
    int rc = list.failed ? err_nomem(err)
             : near != NULL
                 ? err_set(err, ERR_USAGE, "unknown %s '%s' (did you mean '%s'? known: %s)", what, name, near, list.v)
                 : err_set(err, ERR_USAGE, "unknown %s '%s' (known: %s)", what, name, n > 0 ? list.v : "none");
    buf_free(&list);
    return rc;
}

int rules_unknown_site(const struct rules *r, const char *name, struct err *err)
{
    const char **known = calloc(r->nsites + 1, sizeof *known);

    if (known == NULL)
        return err_nomem(err);
    for (size_t i = 0; i < r->nsites; i++)
        known[i] = r->sites[i].id;
    int rc = rules_unknown("site", name, known, r->nsites, err);
    free(known);
    return rc;
}

/* ---- between the tables ---- */

static int check_currency(const struct rules *r, const char *code, struct err *err)
{
    if (rules_currency(r, code) != NULL)
        return 0;
    const char **known = calloc(r->ncurrencies + 1, sizeof *known);
    if (known == NULL)
        return err_nomem(err);
    for (size_t i = 0; i < r->ncurrencies; i++)
        known[i] = r->currencies[i].code;
    int rc = rules_unknown("currency", code, known, r->ncurrencies, err);
    free(known);
    return rc;
}

static int check_country(const char *country, bool star, struct err *err)
{
    static const char capitals[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";

    if ((star && !strcmp(country, "*")) || (strlen(country) == 2 && strspn(country, capitals) == 2))
        return 0;
    return err_set(err, ERR_USAGE, "'%s' is no country (known: two capital letters of ISO 3166%s)", country,
                   star ? ", *" : "");
}

int rules_check_site(const struct rules *r, const struct site *s, struct err *err)
{
    static const char letters[] = "abcdefghijklmnopqrstuvwxyz0123456789-";

    if (strspn(s->id, letters) != strlen(s->id))
        return err_set(err, ERR_USAGE, "site: '%s' (known: small letters, digits, -)", s->id);
    return check_currency(r, s->list_currency, err) != 0 || check_country(s->payee_country, false, err) != 0 ? -1 : 0;
}

static int check_site(const struct rules *r, const void *row, struct err *err)
{
    return rules_check_site(r, row, err);
}

static bool provider_known(const struct rules *r, const char *provider)
{
    for (size_t i = 0; i < r->nsites; i++)
        if (!strcmp(r->sites[i].provider, provider))
            return true;
    return !strcmp(provider, "*");
}

static int check_tax(const struct rules *r, const void *row, struct err *err)
{
    const struct tax_row *t = row;

    if (check_country(t->buyer_country, true, err) != 0)
        return -1;
    if (!provider_known(r, t->provider))
        return err_set(err, ERR_USAGE, "unknown provider '%s' (known: those of sites.csv, *)", t->provider);
    if (*t->tax_currency != '\0' && check_currency(r, t->tax_currency, err) != 0)
        return -1;
    if (date_is(t->effective_to) && date_cmp(t->effective_from, t->effective_to) >= 0)
        return err_set(err, ERR_USAGE, "effective_to is not after effective_from");
    return 0;
}

static int check_fee(const struct rules *r, const void *row, struct err *err)
{
    const struct fee_row *f = row;

    if (check_country(f->payer_country, true, err) != 0 || check_country(f->payee_country, true, err) != 0)
        return -1;
    bool amounts = f->has_min || f->has_max || dec_sign(f->fixed) != 0;
    if (amounts && *f->currency == '\0')
        return err_set(err, ERR_USAGE, "amounts without a currency");
    if (*f->currency != '\0' && check_currency(r, f->currency, err) != 0)
        return -1;
    if (f->has_min && f->has_max && dec_cmp(f->min, f->max) > 0)
        return err_set(err, ERR_USAGE, "min is above max");
    return 0;
}

static int (*const checks[RULES_TABLES])(const struct rules *r, const void *row, struct err *err) = {
    [RULES_SITES] = check_site,
    [RULES_TAX] = check_tax,
    [RULES_FEES] = check_fee,
};

int rules_read(const struct rules_body in[RULES_TABLES], struct arena *a, struct rules *out,
               struct records tables[RULES_TABLES], struct err *err)
{
    struct rules r = {0};

    for (int t = 0; t < RULES_TABLES; t++) {
        if (records_read(rule_types[t], in[t].name, in[t].body, in[t].len, a, &tables[t], err) != 0)
            return -1;
        if (tables[t].n == 0)
            return err_set(err, ERR_USAGE, "%s: no rows", in[t].name);
        rules_take(&r, (enum rule_table)t, tables[t].v, tables[t].n);
    }
    for (int t = 0; t < RULES_TABLES; t++)
        for (size_t i = 0; checks[t] != NULL && i < tables[t].n; i++)
            if (checks[t](&r, (const char *)tables[t].v + i * rule_types[t]->size, err) != 0)
                return err_prefix(err, "%s:%d", in[t].name, tables[t].lines[i]);
    *out = r;
    return 0;
}
