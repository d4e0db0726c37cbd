/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Savings plans of AWS. Figures: fixtures/aws-savings-plans/README.md.
 */
#include "tests/support/fetch_case.h"
#include "tests/support/test.h"

#include "calc/buf.h"

#include <string.h>

extern const struct fetcher fetcher_aws_savings_plans;
static const char *const beijing[] = {"cn-north-1", NULL};
static const char *const tokyo[] = {"ap-northeast-1", NULL};

static struct fetch_case case_of(const char *site, const char *const *regions)
{
    return (struct fetch_case){.fetcher = &fetcher_aws_savings_plans, .site = site, .regions = regions};
}

static void run(struct fetch_case *c)
{
    struct err err;

    if (fetch_case_run(c, &err) != 0)
        fail_msg("%s", err.text);
}

#define WIN "aws-global,ap-northeast-1,compute,c5.xlarge,windows,savings-plan,"

static void plans_of_both_kinds(void **state)
{
    static const char *const rows[] = {
        "compute-no-upfront,12,hour,0,,,0.361",      "compute-partial-upfront,12,hour,0,,,0.352",
        "compute-all-upfront,12,hour,0,,,0.349",     "compute-no-upfront,36,hour,0,,,0.31",
        "compute-partial-upfront,36,hour,0,,,0.301", "compute-all-upfront,36,hour,0,,,0.299",
        "instance-no-upfront,12,hour,0,,,0.319",     "instance-partial-upfront,12,hour,0,,,0.312",
        "instance-all-upfront,12,hour,0,,,0.31",     "instance-no-upfront,36,hour,0,,,0.276",
        "instance-partial-upfront,36,hour,0,,,0.27", "instance-all-upfront,36,hour,0,,,0.264",
    };
    struct fetch_case c = case_of("aws-global", tokyo);

    (void)state;
    run(&c);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct buf line = {0};
        buf_printf(&line, WIN "%s,USD,excl,,2025-09-11", rows[i]);
        fetch_case_expect(&c, line.v);
        buf_free(&line);
    }
    assert_int_equal(c.got.nprices, 12);
    assert_true(fetch_case_scope(&c, "ap-northeast-1,compute,yes"));
    fetch_case_free(&c);
}

/* Trap 14: one type stands there once per tenancy, reservation and system, at different rates. */
static void one_row_of_a_type_and_plan_is_chosen(void **state)
{
    struct fetch_case c = case_of("aws-global", tokyo);

    (void)state;
    run(&c);
    assert_int_equal(fetch_case_count(&c, WIN "compute-no-upfront,12,"), 1);
    assert_int_equal(fetch_case_counted(&c, "dedicated or reserved capacity"), 4);
    assert_int_equal(fetch_case_counted(&c, "operating system or software not asked for"), 2);
    assert_int_equal(fetch_case_counted(&c, "other services"), 1);
    assert_int_equal(fetch_case_counted(&c, "another region"), 1);
    fetch_case_free(&c);
}

/* The path of the plans is what the index says; trap 16: their region index is a list; trap 15: not quoted. */
static void the_index_leads_to_the_plans(void **state)
{
    struct fetch_case c = case_of("aws-cn", beijing);

    (void)state;
    run(&c);
    assert_int_equal(c.asked, 3);
    assert_string_equal(c.urls[1],
                        "https://pricing.cn-north-1.amazonaws.com.cn/savingsPlan/v1.0/cn/AWSComputeSavingsPlan/"
                        "current/region_index.json");
    assert_string_equal(c.urls[2],
                        "https://pricing.cn-north-1.amazonaws.com.cn/savingsPlan/v1.0/cn/AWSComputeSavingsPlan/"
                        "20250911184447/cn-north-1/index.csv");
    fetch_case_expect(&c, "aws-cn,cn-north-1,compute,m5.large,linux,savings-plan,compute-no-upfront,12,hour,0,,,0.7391,"
                          "CNY,excl,,2025-09-11");
    fetch_case_free(&c);
}

static void a_region_without_plans_is_counted(void **state)
{
    static const char *const regions[] = {"ap-southeast-1", "ap-northeast-1", NULL};
    struct fetch_case c = case_of("aws-global", regions);

    (void)state;
    run(&c);
    assert_int_equal(fetch_case_counted(&c, "no savings plans in ap-southeast-1"), 1);
    assert_int_equal(c.got.nprices, 12);
    assert_false(fetch_case_scope(&c, "ap-southeast-1,compute,yes"));
    fetch_case_free(&c);
}

#define HEAD                                                                                                           \
    "FormatVersion,v1.0\nPublication Date,2025-09-11T18:44:47Z\nOfferCode,AmazonComputeSavingsPlan\n"                  \
    "Unit,DiscountedRate,Currency,DiscountedServiceCode,DiscountedUsageType,DiscountedOperation,PurchaseOption,"       \
    "LeaseContractLength,LeaseContractLengthUnit,Product Family,DiscountedRegionCode\n"
#define ROW(rate, currency, option, length, unit, family)                                                              \
    "Hrs," rate "," currency ",AmazonEC2,APN1-BoxUsage:m5.large,RunInstances," option "," length "," unit "," family   \
    ",ap-northeast-1\n"

static void what_cannot_be_read_is_refused(void **state)
{
    static const struct {
        const char *name, *body, *says;
    } rows[] = {
        {"aws-global/index.json", "{\"offers\":{\"AmazonEC2\":{\"currentRegionIndexUrl\":\"/x.json\"}}}",
         "no savings plans of AmazonEC2 in the service index"},
        {"ap-northeast-1.csv", "<html>\n", "no price list"},
        {"ap-northeast-1.csv", "FormatVersion,1\nPublication Date,2025-09-11\nOfferCode,AmazonEC2\na,b,c\n",
         "a list of 'AmazonEC2' where savings plans were asked for"},
        {"ap-northeast-1.csv",
         "FormatVersion,1\nPublication Date,2025-09-11\nOfferCode,AmazonComputeSavingsPlan\na,b,c\n",
         "no column 'DiscountedRate' in the header"},
        {"ap-northeast-1.csv", HEAD ROW("0.1", "CNY", "No Upfront", "1", "year", "ComputeSavingsPlans"),
         "line 5: Currency: 'CNY' (known: USD)"},
        {"ap-northeast-1.csv", HEAD ROW("free", "USD", "No Upfront", "1", "year", "ComputeSavingsPlans"),
         "line 5: DiscountedRate: 'free' is no amount"},
        {"ap-northeast-1.csv", HEAD ROW("0", "USD", "No Upfront", "1", "year", "ComputeSavingsPlans"),
         "no plan that counts among all rows"},
        {"ap-northeast-1.csv", HEAD ROW("0.1", "USD", "Some Upfront", "1", "year", "ComputeSavingsPlans"),
         "no plan that counts among all rows"},
        {"ap-northeast-1.csv", HEAD ROW("0.1", "USD", "No Upfront", "1", "month", "ComputeSavingsPlans"),
         "no plan that counts among all rows"},
        {"ap-northeast-1.csv", HEAD ROW("0.1", "USD", "No Upfront", "1", "year", "SageMakerSavingsPlans"),
         "no plan that counts among all rows"},
        {"ap-northeast-1.csv", HEAD "Hrs,0.1\n", "line 5: 2 cells where the header has 11"},
    };
    struct err err;

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct fetch_case c = case_of("aws-global", tokyo);
        c.replace[0].name = rows[i].name;
        c.replace[0].body = rows[i].body;
        assert_int_equal(fetch_case_run(&c, &err), -1);
        assert_int_equal(err.kind, ERR_FETCH);
        if (strstr(err.text, rows[i].says) == NULL)
            fail_msg("'%s' does not say '%s'", err.text, rows[i].says);
        fetch_case_free(&c);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(plans_of_both_kinds),
        cmocka_unit_test(one_row_of_a_type_and_plan_is_chosen),
        cmocka_unit_test(the_index_leads_to_the_plans),
        cmocka_unit_test(a_region_without_plans_is_counted),
        cmocka_unit_test(what_cannot_be_read_is_refused),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
