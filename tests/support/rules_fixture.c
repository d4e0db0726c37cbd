/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Five sites, as small as tests of configuration, regions and buyers allow.
 */
#include "tests/support/rules_fixture.h"

#define SITE(site_id, the_provider, the_station, mainland, overseas, the_condition)                                    \
    {                                                                                                                  \
        .id = site_id, .provider = the_provider, .name_en = site_id, .name_zh = site_id, .station = the_station,       \
        .list_currency = "CNY", .list_tax_basis = "incl", .contract_entity = "", .payee_country = "CN",                \
        .operator_note = "", .accepts_mainland = mainland, .accepts_overseas = overseas, .condition = the_condition,   \
        .invoices = "", .payment = "", .icp_note = "", .as_of = "2026", .confidence = "high", .source = "fixture"      \
    }

static const struct site sites[] = {
    SITE("aliyun-cn", "aliyun", "cn", BUYER_ACCEPTED, BUYER_REFUSED, "real-name verification first"),
    SITE("aliyun-intl", "aliyun", "intl", BUYER_CONDITIONAL, BUYER_ACCEPTED, "a phone number outside the mainland"),
    SITE("aws-cn", "aws", "cn", BUYER_ACCEPTED, BUYER_REFUSED, "Chinese business licence needed"),
    SITE("azure-cn", "azure", "cn", BUYER_ACCEPTED, BUYER_REFUSED, "Chinese business licence needed"),
    SITE("baidu-cn", "baidu", "cn", BUYER_ACCEPTED, BUYER_CONDITIONAL, "by inquiry"),
};

#define REGION(site_id, region_id, the_city, the_country, is_mainland)                                                 \
    {                                                                                                                  \
        .site = site_id, .id = region_id, .city = the_city, .country = the_country, .mainland = is_mainland,           \
        .operator_name = "", .display_en = the_city, .display_zh = ""                                                  \
    }

static const struct region regions[] = {
    REGION("aliyun-cn", "cn-beijing", "Beijing", "CN", true),
    REGION("aliyun-cn", "cn-hangzhou", "Hangzhou", "CN", true),
    REGION("aliyun-cn", "ap-southeast-1", "Singapore", "SG", false),
    REGION("aliyun-intl", "cn-hangzhou", "Hangzhou", "CN", true),
    REGION("aliyun-intl", "ap-southeast-1", "Singapore", "SG", false),
    REGION("aws-cn", "cn-north-1", "Beijing", "CN", true),
    REGION("aws-cn", "cn-northwest-1", "Ningxia", "CN", true),
    REGION("azure-cn", "chinaeast", "Shanghai", "CN", true),
    REGION("azure-cn", "chinanorth", "Beijing", "CN", true),
    REGION("azure-cn", "chinanorth2", "Beijing", "CN", true),
};

static const struct city cities[] = {
    {"Beijing", "北京"}, {"Hangzhou", "杭州"}, {"Singapore", "新加坡"}, {"Ningxia", "宁夏"}, {"Shanghai", "上海"},
};

static const struct currency currencies[] = {
    {"CNY", 2, "Chinese yuan", "人民币"},
    {"USD", 2, "US dollar", "美元"},
    {"EUR", 2, "Euro", "欧元"},
    {"JPY", 0, "Japanese yen", "日元"},
    {"SGD", 2, "Singapore dollar", "新加坡元"},
};

#define TABLE(name, rows) .name = rows, .n##name = sizeof rows / sizeof *rows
const struct rules rules_fixture = {
    TABLE(sites, sites),
    TABLE(regions, regions),
    TABLE(cities, cities),
    TABLE(currencies, currencies),
};
