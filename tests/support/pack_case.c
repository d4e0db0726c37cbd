/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/support/pack_case.h"

#include "tests/support/test.h"

#include <stdio.h>
#include <string.h>

static const struct site sites[] = {
    {.id = "aliyun-cn", .provider = "aliyun", .list_currency = "CNY", .list_tax_basis = "incl"},
    {.id = "aliyun-intl", .provider = "aliyun", .list_currency = "USD", .list_tax_basis = "excl"},
    {.id = "baidu-cn", .provider = "baidu", .list_currency = "CNY", .list_tax_basis = "incl"},
};
static const struct currency currencies[] = {{.code = "CNY"}, {.code = "USD"}};
static const struct rules rules = {.sites = sites, .nsites = 3, .nbase = 2, .currencies = currencies, .ncurrencies = 2};

static const char *const sound[PACK_TABLES] = {
    [PACK_PRICES] = PRICE_HEADER
    "aliyun-cn,cn-hangzhou,compute,ecs.g7.xlarge,linux,on-demand,,,hour,,,,1.0465,CNY,incl,0.06,2024-12-31,a\n",
    [PACK_SHAPES] = SHAPE_HEADER "aliyun,ecs.g7.xlarge,compute,ecs.g7,general,current,4,16,,0,amd64,no,7\n"
                                 "aliyun,P10,block-storage,Premium SSD,,current,,,128,0,,no,\n",
    [PACK_CLASSES] = CLASS_HEADER "aliyun-cn,block-storage,ssd,P10\n",
    [PACK_REGIONS] = REGION_HEADER "aliyun-cn,cn-hangzhou,Hangzhou,CN,yes,Alibaba Cloud,Hangzhou,杭州\n"
                                   "aliyun-intl,cn-hangzhou,Hangzhou,CN,yes,Alibaba Cloud,Hangzhou,杭州\n"
                                   "baidu-cn,bj,Beijing,CN,yes,Baidu,Beijing,北京\n",
    [PACK_SOURCES] = SOURCE_HEADER "a,First,somewhere,2024-12-31,MIT,high,\nb,Second,elsewhere,2024-12-31,MIT,low,\n",
};

int pack_case(struct pack *out, const char *const tables[PACK_TABLES], struct err *err)
{
    struct pack_body in[PACK_TABLES];

    for (int t = 0; t < PACK_TABLES; t++) {
        const char *text = tables[t] != NULL ? tables[t] : sound[t];
        in[t] = (struct pack_body){pack_files[t], text, text != NULL ? strlen(text) : 0};
    }
    return pack_read(out, in, &rules, err);
}

int pack_case_prices(struct pack *out, const char *rows, struct err *err)
{
    static char text[4096];
    const char *const tables[PACK_TABLES] = {[PACK_PRICES] = text};

    assert_true((size_t)snprintf(text, sizeof text, "%s%s", PRICE_HEADER, rows) < sizeof text);
    return pack_case(out, tables, err);
}
