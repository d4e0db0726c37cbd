/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Names in a configuration: sections and keys are recognised before any value is read, and the
 * message names the line.
 */
#include "tests/support/test.h"

#include "tests/support/config_case.h"

static void names_are_recognised_first(void **state)
{
    (void)state;
    static const struct {
        const char *text, *message;
    } rows[] = {
        {"\n\n[compute web]\nvcpu = four\nmemry = 16 GiB\n",
         "config.ini:5: unknown key 'memry' in [compute web] (did you mean 'memory'?)"},
        {"[project]\nmonths = 0\n[colour]\n",
         "config.ini:3: unknown section [colour] (known: project, buyer, fx, prices, payment, compare, "
         "commitments, commit, compute, block-storage, object-storage, egress, bandwidth, database, public-ip, "
         "load-balancer, nat, snapshot, requests, cost, quote, risk, scenario, plan, network, fetch)"},
        {"[compute]\nvcpu = 4\n", "config.ini:1: section [compute] lacks a name (such as [compute web])"},
        {"[fx main]\n", "config.ini:1: section [fx] takes no name, not 'main'"},
        {"[egress a]\nsize = 1 TB\n", "config.ini:2: unknown key 'size' in [egress a] (known: volume, class, count, "
                                      "growth, charge, sites, sku.SITE, "
                                      "vat_rate)"},
        {"[compute web]\nvolume = 1 TB\n",
         "config.ini:2: unknown key 'volume' in [compute web] (known: vcpu, memory, arch, os, class, burstable, gpu, "
         "metal, legacy, hours, count, growth, charge, sites, sku.SITE, vat_rate)"},
        {"[project]\nname = x\n[project]\nname = y\n", "config.ini:3: section [project] given twice (first at line 1)"},
        {"[project]\nname = x\nname = y\n", "config.ini:3: key 'name' given twice in [project] (first at line 2)"},
        {"[project]\n", "config.ini: nothing to price (give a resource such as [compute web], or a [cost NAME])"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        config_case_fails(rows[i].text, NULL, NULL, rows[i].message);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names_are_recognised_first),
    };
    return cmocka_run_group_tests(tests, config_case_setup, config_case_teardown);
}
