/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Any bytes as a configuration, down to the typed scenario, against rules of two sites: refused
 * with a text, or a scenario whose numbers keep to the ranges its header promises.
 */
#include "calc/config.h"
#include "tests/fuzz/target.h"

#include <assert.h>
#include <string.h>

#define COUNT(array) (sizeof(array) / sizeof(array)[0])

static const struct site sites[] = {
    {.id = "aliyun-cn", .provider = "aliyun", .station = "cn", .list_currency = "CNY", .list_tax_basis = "incl"},
    {.id = "aliyun-intl", .provider = "aliyun", .station = "intl", .list_currency = "USD", .list_tax_basis = "excl"},
};
static const struct region regions[] = {
    {.site = "aliyun-cn", .id = "cn-hangzhou", .city = "Hangzhou", .country = "CN", .mainland = true},
    {.site = "aliyun-intl", .id = "cn-hangzhou", .city = "Hangzhou", .country = "CN", .mainland = true},
    {.site = "aliyun-intl", .id = "ap-southeast-1", .city = "Singapore", .country = "SG"},
};
static const struct city cities[] = {{"Hangzhou", "杭州"}, {"Singapore", "新加坡"}};
static const struct currency currencies[] = {{"CNY", 2, "", ""}, {"USD", 2, "", ""}, {"JPY", 0, "", ""}};
static const struct rules rules = {.sites = sites,
                                   .nsites = COUNT(sites),
                                   .regions = regions,
                                   .nregions = COUNT(regions),
                                   .cities = cities,
                                   .ncities = COUNT(cities),
                                   .currencies = currencies,
                                   .ncurrencies = COUNT(currencies)};

static void share(struct value v)
{
    assert(v.kind == VALUE_NONE || (dec_sign(v.fixed) >= 0 && dec_cmp(v.fixed, DEC_ONE) <= 0));
}

static void look(const struct scenario *s)
{
    struct err ignored;
    assert(s->months >= 1 && s->months <= MONTHS_MAX && strlen(s->currency) == 3 && date_is(s->as_of));
    assert(s->nsites > 0 && s->nbuyers > 0);
    share(s->fx_spread);
    for (size_t i = 0; i < s->nbuyers; i++) {
        share(s->buyers[i].taxable_use);
        share(s->buyers[i].wht);
    }
    for (size_t i = 0; i < s->nrates; i++)
        assert(dec_sign(s->rates[i].rate) > 0);
    for (size_t i = 0; i < s->nresources; i++)
        assert((dec_sign(s->resources[i].count.fixed) > 0 || s->resources[i].profile) && s->resources[i].label[0]);
    for (size_t i = 0; i < s->nuncertain; i++) {
        const struct uncertain *u = s->uncertain[i];
        assert(distribution_check(&u->is, &ignored) == 0 && u->section[0] && u->key[0] && u->text[0]);
        assert(dec_cmp(u->mean, u->range.low) >= 0 && dec_cmp(u->mean, u->range.high) <= 0);
    }
    for (size_t i = 0; i < s->ncosts; i++)
        assert(s->costs[i].month >= 1 && dec_sign(s->costs[i].amount.value) >= 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct config config = {.file = "fuzz.ini"};
    struct scenario scenario = {0};
    struct err err = {0};
    bool is_day = date_parse("2026-11-21", 10, &config.today);
    assert(is_day);
    if (ini_parse(&config.ini, &config.arena, config.file, (const char *)data, size, &err) == 0) {
        if (config_scenario(&config, &rules, &scenario, &err) == 0) {
            look(&scenario);
            scenario_free(&scenario);
            bool sound = config_check_variants(&config, &rules, &err) == 0;
            assert(sound || (err.text[0] && !strchr(err.text, '\n')));
        } else {
            assert(err.kind != ERR_NONE && err.text[0] && !strchr(err.text, '\n'));
        }
    }
    config_free(&config);
    return 0;
}
