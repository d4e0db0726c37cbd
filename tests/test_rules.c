/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Lookups in hand-made tables. What is expected follows from the order of precedence written in
 * rules.h, worked out by hand row by row.
 */
#include "tests/support/test.h"

#include "calc/err.h"
#include "calc/rules.h"

#include <string.h>

/* Each row is known by its document; its line is its place in the table. */
static const struct {
    const char *country, *status, *station, *provider, *invoice, *from, *to, *document;
} rows[] = {
    {"*", "*", "cn", "*", "", "", "", "any"},
    {"CN", "*", "cn", "*", "", "", "", "CN"},
    {"CN", "general", "cn", "*", "", "", "", "CN general"},
    {"CN", "general", "cn", "*", "special", "", "", "CN general special"},
    {"CN", "*", "cn", "aws", "", "", "", "CN aws"},
    {"SG", "registered", "intl", "*", "", "2020-01-01", "", "SG old"},
    {"SG", "registered", "intl", "*", "", "2024-01-15", "", "SG new"},
    {"MY", "*", "intl", "*", "", "", "2024-02-01", "MY"},
    {"JP", "*", "intl", "*", "", "", "", "JP one"},
    {"JP", "*", "intl", "*", "", "", "", "JP two"},
};
enum { ROWS = sizeof rows / sizeof *rows };

static struct date day_of(const char *text)
{
    struct date d = DATE_NONE;

    assert_true(*text == '\0' || date_parse(text, strlen(text), &d));
    return d;
}

static struct rules rules_of(struct tax_row taxes[ROWS])
{
    for (int i = 0; i < ROWS; i++)
        taxes[i] = (struct tax_row){.buyer_country = rows[i].country,
                                    .buyer_status = rows[i].status,
                                    .station = rows[i].station,
                                    .provider = rows[i].provider,
                                    .invoice = rows[i].invoice,
                                    .effective_from = day_of(rows[i].from),
                                    .effective_to = day_of(rows[i].to),
                                    .document = rows[i].document,
                                    .row = i + 1};
    return (struct rules){.taxes = taxes, .ntaxes = ROWS};
}

static struct month month_of(const char *text)
{
    struct month m;

    assert_true(month_parse(text, strlen(text), &m));
    return m;
}

static void the_most_specific_tax_row_wins(void **state)
{
    static const struct {
        const char *country, *status, *station, *provider, *invoice, *month, *expected; /* NULL: none */
    } cases[] = {
        {"HK", "registered", "cn", "aliyun", "special", "2027-01", "any"},
        {"CN", "small-scale", "cn", "aliyun", "special", "2027-01", "CN"},
        {"CN", "general", "cn", "aliyun", "ordinary", "2027-01", "CN general"},
        {"CN", "general", "cn", "aliyun", "special", "2027-01", "CN general special"},
        {"CN", "general", "cn", "aws", "special", "2027-01", "CN aws"}, /* the provider before status and invoice */
        {"HK", "registered", "cn", "aws", "special", "2027-01", "any"},
        {"SG", "registered", "intl", "aliyun", "special", "2019-12", NULL},
        {"SG", "registered", "intl", "aliyun", "special", "2020-01", "SG old"},
        {"SG", "registered", "intl", "aliyun", "special", "2023-12", "SG old"},
        {"SG", "registered", "intl", "aliyun", "special", "2024-01", "SG new"}, /* its month, not its day, counts */
        {"SG", "registered", "global", "aliyun", "special", "2024-01", NULL},
        {"SG", "unregistered", "intl", "aliyun", "special", "2024-01", NULL},
        {"MY", "registered", "intl", "aliyun", "special", "2024-01", "MY"},
        {"MY", "registered", "intl", "aliyun", "special", "2024-02", NULL}, /* half open */
        {"ZZ", "registered", "intl", "aliyun", "special", "2027-01", NULL},
    };
    struct tax_row taxes[ROWS];
    struct rules r = rules_of(taxes);

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const struct tax_row *found = &taxes[0];
        struct err err = {ERR_NONE, ""};
        assert_int_equal(rules_tax(&r, cases[i].country, cases[i].status, cases[i].station, cases[i].provider,
                                   cases[i].invoice, month_of(cases[i].month), &found, &err),
                         0);
        if (cases[i].expected == NULL ? found != NULL
                                      : found == NULL || strcmp(found->document, cases[i].expected) != 0)
            fail_msg("case %zu: got '%s'", i, found != NULL ? found->document : "none");
    }
}

static void two_rows_of_equal_rank_are_an_error_naming_both(void **state)
{
    struct tax_row taxes[ROWS];
    struct rules r = rules_of(taxes);
    const struct tax_row *found;
    struct err err = {ERR_NONE, ""};

    (void)state;
    assert_int_equal(rules_tax(&r, "JP", "registered", "intl", "aliyun", "", month_of("2027-01"), &found, &err), -1);
    assert_int_equal(err.kind, ERR_USAGE);
    assert_string_equal(err.text, "rows 9 and 10 of tax.csv are of equal rank for buyer country 'JP', status "
                                  "'registered', station 'intl', provider 'aliyun', invoice ''");
    taxes[9].provider = "aliyun"; /* more specific: no more a tie */
    assert_int_equal(rules_tax(&r, "JP", "registered", "intl", "aliyun", "", month_of("2027-01"), &found, &err), 0);
    assert_string_equal(found->document, "JP two");
}

static void a_fee_of_the_payer_comes_before_any(void **state)
{
    static const struct fee_row fees[] = {
        {.method = "wire", .payer_country = "*", .payee_country = "*", .source = "any"},
        {.method = "wire", .payer_country = "*", .payee_country = "HK", .source = "to HK"},
        {.method = "wire", .payer_country = "CN", .payee_country = "*", .source = "CN"},
        {.method = "wire", .payer_country = "CN", .payee_country = "HK", .source = "CN to HK"},
        {.method = "card", .payer_country = "CN", .payee_country = "SG", .source = "card"},
        {.method = "post", .payer_country = "*", .payee_country = "HK", .source = "to HK"},
        {.method = "post", .payer_country = "CN", .payee_country = "*", .source = "from CN"},
    };
    const struct rules r = {.fees = fees, .nfees = sizeof fees / sizeof *fees};

    (void)state;
    assert_string_equal(rules_fee(&r, "wire", "SG", "US")->source, "any");
    assert_string_equal(rules_fee(&r, "wire", "SG", "HK")->source, "to HK");
    assert_string_equal(rules_fee(&r, "wire", "CN", "SG")->source, "CN");
    assert_string_equal(rules_fee(&r, "wire", "CN", "HK")->source, "CN to HK");
    assert_string_equal(rules_fee(&r, "card", "CN", "SG")->source, "card");
    assert_null(rules_fee(&r, "card", "CN", "US"));
    assert_null(rules_fee(&r, "cheque", "CN", "US"));
    assert_string_equal(rules_fee(&r, "post", "CN", "HK")->source, "from CN"); /* the payer before the payee */
}

static void names_are_found_and_unknown_ones_are_not(void **state)
{
    static const struct site sites[] = {{.id = "aliyun-cn"}, {.id = "aws-cn"}};
    static const struct region regions[] = {{.site = "aliyun-cn", .id = "cn-beijing", .city = "Beijing"},
                                            {.site = "aws-cn", .id = "cn-north-1", .city = "Beijing"},
                                            {.site = "aws-cn", .id = "cn-west", .city = "Xanadu"}};
    static const struct city cities[] = {{"Beijing", "北京"}, {"Shanghai", "上海"}};
    static const struct currency currencies[] = {{"CNY", 2, "", ""}, {"JPY", 0, "", ""}};
    static const struct source sources[] = {{.id = "a"}, {.id = "b"}};
    const struct rules r = {.sites = sites,
                            .nsites = 2,
                            .regions = regions,
                            .nregions = 3,
                            .cities = cities,
                            .ncities = 2,
                            .currencies = currencies,
                            .ncurrencies = 2,
                            .sources = sources,
                            .nsources = 2};

    (void)state;
    assert_ptr_equal(rules_site(&r, "aws-cn"), &sites[1]);
    assert_null(rules_site(&r, "aws"));
    assert_ptr_equal(rules_region(&r, "aws-cn", "cn-north-1"), &regions[1]);
    assert_null(rules_region(&r, "aliyun-cn", "cn-north-1"));
    assert_ptr_equal(rules_currency(&r, "JPY"), &currencies[1]);
    assert_null(rules_currency(&r, "jpy"));
    assert_ptr_equal(rules_source(&r, "b"), &sources[1]);
    assert_null(rules_source(&r, "c"));
    assert_string_equal(rules_city(&r, "beijing"), "Beijing");
    assert_string_equal(rules_city(&r, "北京"), "Beijing");
    assert_string_equal(rules_city(&r, "xanadu"), "Xanadu"); /* of a pack, not of the table */
    assert_null(rules_city(&r, "上海"));                     /* a city, but nobody is there */
    assert_null(rules_city(&r, "beijin"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_most_specific_tax_row_wins),
        cmocka_unit_test(two_rows_of_equal_rank_are_an_error_naming_both),
        cmocka_unit_test(a_fee_of_the_payer_comes_before_any),
        cmocka_unit_test(names_are_found_and_unknown_ones_are_not),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
