/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What only several keys together can get wrong: one row per case, with the exact message.
 */
#include "tests/support/test.h"

#include "tests/support/config_case.h"

#define PLACE "[compare]\nsites = aliyun-cn, aliyun-intl\ncity = Hangzhou\n"
#define COST "[cost a]\namount = 1 CNY\n"

struct row {
    const char *text, *message; /* message NULL: it is fine */
};

static void run_rows(const struct row *rows, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        struct scenario s;
        if (rows[i].message) {
            config_case_fails(rows[i].text, NULL, NULL, rows[i].message);
            continue;
        }
        config_case_read(rows[i].text, NULL, NULL, &s);
        scenario_free(&s);
    }
}
#define RUN(rows) run_rows(rows, sizeof(rows) / sizeof *(rows))

static void the_horizon_ends_with_the_calendar(void **state)
{
    (void)state;
    static const struct row rows[] = {
        {"[project]\nstart = 2999-12\nmonths = 1\n" PLACE COST, NULL},
        {"[project]\nstart = 2999-12\nmonths = 2\n" PLACE COST, "config.ini:3: months: 2 of them run past 2999-12"},
    };
    RUN(rows);
}

static void buyers(void **state)
{
    (void)state;
    static const struct row rows[] = {
        {"[buyer]\nvat = small-scale\n" PLACE COST, NULL},
        {"[buyer]\ncountry = HK\nvat = unregistered\n" PLACE COST, NULL},
        {"[buyer]\nvat = registered\n" PLACE COST,
         "config.ini:2: vat: 'registered' does not go with country CN (general, small-scale)"},
        {"[buyer hk]\ncountry = HK\nvat = general\n" PLACE COST,
         "config.ini:3: vat: 'general' does not go with country HK (registered, unregistered)"},
        {"[buyer]\nwht = 100%\ntaxes_borne_by = supplier\n" PLACE COST, NULL},
        {"[buyer]\nwht = 100%\n" PLACE COST,
         "config.ini:2: wht: 100% leaves the seller nothing (give less, or taxes_borne_by = supplier)"},
    };
    RUN(rows);
}

static void payments(void **state)
{
    (void)state;
    static const struct row rows[] = {
        {"[payment]\nmethod = card\nfee = 2%\n" PLACE COST, NULL},
        {"[payment]\nmethod = card\n" PLACE COST,
         "config.ini:2: method: 'card' at aliyun-cn has no published fee (give fee, such as fee = 2%)"},
        {"[payment]\nmethod = paypal\n[payment aliyun-cn]\nmethod = wire\n" PLACE COST,
         "config.ini:2: method: 'paypal' at aliyun-intl has no published fee (give fee, such as fee = 2%)"},
        {"[payment]\nmethod = card\n[payment aliyun-cn]\nfee = 1%\n[payment aliyun-intl]\nfee = 0%\n" PLACE COST, NULL},
        {"[payment]\nfee = 1%\n[payment aws-cn]\nmethod = card\n" PLACE COST,
         "config.ini:4: method: 'card' at aws-cn has no published fee (give fee, such as fee = 2%)"},
        {"[payment gcp]\nmethod = wire\n" PLACE COST,
         "config.ini:1: unknown site 'gcp' (known: aliyun-cn, aliyun-intl, aws-cn, azure-cn, baidu-cn)"},
        {"[payment]\nsettlement = EUR\nsettlement_rate = 0.92\n" PLACE COST, NULL},
        {"[payment]\nsettlement = EUR\n" PLACE COST,
         "config.ini:2: settlement lacks its settlement_rate (the site's rate, per price currency)"},
        {"[payment]\n\nsettlement_rate = 0.92\n" PLACE COST,
         "config.ini:3: settlement_rate lacks its settlement (a currency)"},
    };
    RUN(rows);
}

static void a_place_is_needed(void **state)
{
    (void)state;
    static const struct row rows[] = {
        {COST "[compare]\nregion.aws-cn = cn-north-1\n", NULL},
        {COST, "config.ini: no city and no region (give city or region.SITE in [compare])"},
        {COST "[compare]\nsites = aws-cn\n",
         "config.ini: no city and no region (give city or region.SITE in [compare])"},
    };
    RUN(rows);
}

static void machines_need_a_shape_or_pins(void **state)
{
    (void)state;
    static const struct row rows[] = {
        {PLACE "[compute w]\nsku.aliyun-cn = a\nsku.aliyun-intl = b\n", NULL},
        {PLACE "[compute w]\nsku.aliyun-cn = a\nsites = aliyun-cn\n", NULL},
        {PLACE "[compute w]\nsites = aws-cn\n", NULL}, /* goes nowhere: nothing to find */
        {PLACE "[database d]\nvcpu = 2\nmemory = 4 GiB\n", NULL},
        {PLACE "[compute w]\n",
         "config.ini:4: [compute w] lacks vcpu (needed at aliyun-cn, which has no sku.aliyun-cn)"},
        {PLACE "[compute w]\nmemory = 1 GiB\nsku.aliyun-cn = a\n",
         "config.ini:4: [compute w] lacks vcpu (needed at aliyun-intl, which has no sku.aliyun-intl)"},
        {PLACE "[compute w]\nvcpu = 1\n",
         "config.ini:4: [compute w] lacks memory (needed at aliyun-cn, which has no sku.aliyun-cn)"},
        {PLACE "[database d]\nvcpu = 1\n",
         "config.ini:4: [database d] lacks memory (needed at aliyun-cn, which has no sku.aliyun-cn)"},
    };
    RUN(rows);
}

static void quantities_go_with_the_class(void **state)
{
    (void)state;
    static const struct row rows[] = {
        {PLACE "[load-balancer l]\n", NULL},
        {PLACE "[load-balancer l]\nclass = lcu\nquantity = 10\n", NULL},
        {PLACE "[load-balancer l]\nclass = data\nquantity = 2 TB\n", NULL},
        {PLACE "[nat n]\nclass = data\nquantity = 500\n", NULL},
        {PLACE "[load-balancer l]\nsku.aliyun-cn = slb\nquantity = 10\n", NULL},
        {PLACE "[load-balancer l]\nclass = lcu\n",
         "config.ini:4: [load-balancer l] lacks quantity (such as quantity = 10)"},
        {PLACE "[nat n]\nclass = data\n", "config.ini:4: [nat n] lacks quantity (such as quantity = 500 GB)"},
        {PLACE "[load-balancer l]\nquantity = 10\n",
         "config.ini:5: quantity: class instance is billed by the piece (use count, or class lcu or data)"},
        {PLACE "[nat n]\nquantity = 10\n",
         "config.ini:5: quantity: class small is billed by the piece (use count, or class data)"},
        {PLACE "[load-balancer l]\nclass = lcu\nquantity = 10 GB\n",
         "config.ini:6: quantity: '10 GB' has a unit (class lcu counts capacity units)"},
    };
    RUN(rows);
}

static void costs_begin_within_the_horizon(void **state)
{
    (void)state;
    static const struct row rows[] = {
        {PLACE "[cost a]\namount = 1 CNY\nmonth = 12\n", NULL},
        {PLACE "[cost a]\namount = 1 CNY\nmonth = 13\n", "config.ini:6: month: 13 is past the last month (12)"},
    };
    RUN(rows);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_horizon_ends_with_the_calendar),
        cmocka_unit_test(buyers),
        cmocka_unit_test(payments),
        cmocka_unit_test(a_place_is_needed),
        cmocka_unit_test(machines_need_a_shape_or_pins),
        cmocka_unit_test(quantities_go_with_the_class),
        cmocka_unit_test(costs_begin_within_the_horizon),
    };
    return cmocka_run_group_tests(tests, config_case_setup, config_case_teardown);
}
