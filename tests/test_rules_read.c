/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The shipped rule tables are read whole; one cell changed in them is refused by line and column.
 */
#include "tests/support/test.h"

#include "calc/buf.h"
#include "calc/file.h"
#include "calc/rules_read.h"

#include <stdio.h>
#include <string.h>

struct tables {
    struct buf text[RULES_TABLES];
    struct arena arena;
    struct rules rules;
    struct records records[RULES_TABLES];
};

static void load(struct tables *t)
{
    struct err err;
    char path[64];

    *t = (struct tables){.arena = {NULL}};
    for (int i = 0; i < RULES_TABLES; i++) {
        snprintf(path, sizeof path, "fixtures/rules/%s.csv", rule_types[i]->name);
        assert_int_equal(file_read(path, 1 << 20, &t->text[i], &err), 0);
    }
}

static int parse(struct tables *t, struct err *err)
{
    struct rules_body in[RULES_TABLES];
    char names[RULES_TABLES][32];

    for (int i = 0; i < RULES_TABLES; i++) {
        snprintf(names[i], sizeof names[i], "%s.csv", rule_types[i]->name);
        in[i] = (struct rules_body){names[i], t->text[i].v, t->text[i].n};
    }
    return rules_read(in, &t->arena, &t->rules, t->records, err);
}

static void drop(struct tables *t)
{
    for (int i = 0; i < RULES_TABLES; i++)
        buf_free(&t->text[i]);
    arena_free(&t->arena);
}

static void the_shipped_tables_are_sound(void **state)
{
    struct tables t;
    struct err err = {ERR_NONE, ""};

    (void)state;
    load(&t);
    if (parse(&t, &err) != 0)
        fail_msg("%s", err.text);
    assert_int_equal(t.rules.nsites, 11);      /* wc -l */
    assert_int_equal(t.rules.ntaxes, 113);     /* wc -l */
    assert_int_equal(t.rules.ncurrencies, 24); /* wc -l */
    const struct site *s = rules_site(&t.rules, "azure-cn");
    assert_non_null(s);
    assert_string_equal(s->name_zh, "Azure 中国(世纪互联)");
    assert_string_equal(s->list_tax_basis, "per-source");
    assert_int_equal(s->accepts_mainland, BUYER_ACCEPTED);
    assert_int_equal(s->accepts_overseas, BUYER_REFUSED);
    assert_int_equal(rules_currency(&t.rules, "JPY")->minor_units, 0);
    drop(&t);
}

static void a_mainland_payee_paid_by_wire_is_a_domestic_transfer(void **state)
{
    struct tables t;
    struct err err;

    (void)state;
    load(&t);
    assert_int_equal(parse(&t, &err), 0);
    const struct fee_row *f = rules_fee(&t.rules, "wire", "CN", "CN");
    assert_true(f->has_percent && dec_sign(f->percent) == 0 && dec_sign(f->fixed) == 0 && !f->has_min);
    f = rules_fee(&t.rules, "wire", "CN", "SG");
    assert_true(dec_cmp(f->percent, dec_of(1, 3)) == 0 && dec_cmp(f->fixed, dec_int64(150)) == 0);
    assert_string_equal(f->currency, "CNY");
    assert_false(rules_fee(&t.rules, "card", "CN", "SG")->has_percent); /* blank is unknown, not 0 */
    drop(&t);
}

static void blank_rates_are_unknown(void **state)
{
    struct tables t;
    struct err err;
    const struct tax_row *row;
    struct month m = {2027 * 12};

    (void)state;
    load(&t);
    assert_int_equal(parse(&t, &err), 0);
    assert_int_equal(rules_tax(&t.rules, "US", "registered", "intl", "aliyun", "special", m, &row, &err), 0);
    assert_false(row->has_seller_rate || row->has_self_rate);
    assert_int_equal(rules_tax(&t.rules, "CN", "general", "intl", "aliyun", "special", m, &row, &err), 0);
    assert_true(row->has_seller_rate && dec_sign(row->seller_rate) == 0);
    assert_true(row->has_self_rate && dec_cmp(row->self_rate, dec_of(6, 2)) == 0);
    assert_string_equal(row->tax_currency, "CNY");
    drop(&t);
}

/* Puts `by` where `what` stands first in a table. */
static void change(struct buf *text, const char *what, const char *by)
{
    struct buf out = {0};
    const char *at = strstr(text->v, what);

    assert_non_null(at);
    buf_add(&out, text->v, (size_t)(at - text->v));
    buf_puts(&out, by);
    buf_puts(&out, at + strlen(what));
    buf_free(text);
    *text = out;
}

static void one_bad_cell_is_refused(void **state)
{
    static const struct {
        enum rule_table table;
        const char *what, *by, *message;
    } rows[] = {
        {RULES_SITES, ",cn,CNY,incl,", ",home,CNY,incl,",
         "sites.csv:2: station: unknown word 'home' (known: cn, intl, global)"},
        {RULES_SITES, ",accepted,refused,", ",yes,refused,",
         "sites.csv:2: accepts_mainland: unknown word 'yes' (known: accepted, conditional, refused)"},
        {RULES_SITES, "\naliyun-intl,", "\naliyun-cn,", "sites.csv:3: the same site as in line 2"},
        {RULES_TAX, ",0.06,,1,", ",6,,1,", "tax.csv:2: seller_rate: share '6' is not between 0 and 1"},
        {RULES_TAX, ",0.06,,1,", ",0.06,,,", "tax.csv:2: recoverable_share: blank share (known: 0 to 1)"},
        {RULES_TAX, "2016-05-01,,high", "2016-05-01,2016-05-01,high",
         "tax.csv:2: effective_to is not after effective_from"},
        {RULES_TAX, "CN,general,cn,*,ordinary", "CN,general,cn,*,special",
         "tax.csv:3: the same buyer country, status, station, provider, invoice and effective_from (two rows of equal "
         "rank) as in line 2"},
        {RULES_TAX, "CN,general,cn,*,special", "CN,general,cn,aliyum,special",
         "tax.csv:2: unknown provider 'aliyum' (known: those of sites.csv, *)"},
        {RULES_TAX, "CN,general,cn", "China,general,cn",
         "tax.csv:2: 'China' is no country (known: two capital letters of ISO 3166, *)"},
        {RULES_FEES, "0.001,50,260", "0.001,500,260", "fees.csv:2: min is above max"},
        {RULES_FEES, "260,80,CNY", "260,80,", "fees.csv:2: amounts without a currency"},
        {RULES_FEES, "wire,CN,MO,", "wire,CN,HK,", "fees.csv:3: the same method, payer and payee country as in line 2"},
        {RULES_CURRENCIES, "JPY,0,", "JPY,none,", "currencies.csv:9: minor_units: 'none' is no count (known: 0 to 99)"},
        {RULES_CITIES, "Beijing,北京", ",北京", "cities.csv:4: en: blank"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct tables t;
        struct err err = {ERR_NONE, ""};
        load(&t);
        change(&t.text[rows[i].table], rows[i].what, rows[i].by);
        assert_int_equal(parse(&t, &err), -1);
        assert_string_equal(err.text, rows[i].message);
        assert_int_equal(err.kind, ERR_USAGE);
        drop(&t);
    }
}

static void a_currency_that_is_not_in_the_table_is_refused(void **state)
{
    struct tables t;
    struct err err = {ERR_NONE, ""};

    (void)state;
    load(&t);
    change(&t.text[RULES_SITES], ",cn,CNY,incl,", ",cn,CNX,incl,");
    assert_int_equal(parse(&t, &err), -1);
    assert_non_null(strstr(err.text, "sites.csv:2: unknown currency 'CNX' (did you mean 'CNY'? known: CNY, USD, "));
    drop(&t);
}

static void an_empty_table_is_refused(void **state)
{
    struct tables t;
    struct err err = {ERR_NONE, ""};

    (void)state;
    load(&t);
    t.text[RULES_CITIES].v[strlen("en,zh\n")] = '\0';
    t.text[RULES_CITIES].n = strlen("en,zh\n");
    assert_int_equal(parse(&t, &err), -1);
    assert_string_equal(err.text, "cities.csv: no rows");
    drop(&t);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_shipped_tables_are_sound),
        cmocka_unit_test(a_mainland_payee_paid_by_wire_is_a_domestic_transfer),
        cmocka_unit_test(blank_rates_are_unknown),
        cmocka_unit_test(one_bad_cell_is_refused),
        cmocka_unit_test(a_currency_that_is_not_in_the_table_is_refused),
        cmocka_unit_test(an_empty_table_is_refused),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
