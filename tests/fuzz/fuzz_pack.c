/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Any bytes as a table of a price pack; the first byte says which (p prices, s shapes, c classes, r regions,
 * o sources, t sites), the other tables are small sound ones, without sites of the pack's own. Either refused with a text, or: every price is above 0 or
 * a free tier, of a site that is known, and the tiers of every ladder follow each other from 0 up.
 */
#include "fetchers/pack.h"
#include "tests/fuzz/target.h"

#include <assert.h>
#include <string.h>

static const struct site sites[] = {
    {.id = "aliyun-cn", .provider = "aliyun", .list_currency = "CNY", .list_tax_basis = "incl"},
    {.id = "aws-cn", .provider = "aws", .list_currency = "CNY", .list_tax_basis = "excl"},
};
static const struct currency currencies[] = {{.code = "CNY"}};
static const struct rules rules = {.sites = sites, .nsites = 2, .nbase = 1, .currencies = currencies, .ncurrencies = 1};

static const char letters[PACK_TABLES] = {'p', 's', 'c', 'r', 'o', 't'};
static const char *const sound[PACK_TABLES] = {
    [PACK_PRICES] = "site,region,service,sku,os,charge,offering,term_months,unit,tier_from,tier_to,tier_scope,price,"
                    "currency,tax_basis,"
                    "tax_rate,as_of,source\naliyun-cn,cn-hangzhou,compute,a,linux,on-demand,,,hour,,,,1,CNY,incl,0.06,"
                    "2024-12-31,a\n",
    [PACK_SHAPES] = "provider,sku,service,family,class,sold,vcpu,memory_gib,size_gib,gpu,arch,burstable,generation\n"
                    "aliyun,a,compute,f,general,current,4,16,,0,amd64,no,7\n",
    [PACK_CLASSES] = "site,service,class,sku\naliyun-cn,block-storage,ssd,b\n",
    [PACK_REGIONS] = "site,region,city,country,mainland,operator,display_en,display_zh\n"
                     "aliyun-cn,cn-hangzhou,Hangzhou,CN,yes,Alibaba Cloud,Hangzhou,杭州\n",
    [PACK_SOURCES] = "id,title,origin,as_of,licence,confidence,note\na,First,somewhere,2024-12-31,MIT,high,\n"
                     "b,Second,elsewhere,2024-12-31,MIT,low,\n",
};

static void check_prices(const struct pack *p)
{
    for (size_t i = 0; i < p->nprices; i++) {
        const struct pack_price *x = &p->prices[i], *last = i > 0 ? &p->prices[i - 1] : NULL;
        bool first = last == NULL || !pack_same_ladder(last, x);
        assert(last == NULL || pack_order(last, x) < 0);
        assert(rules_site(&p->facts, x->site) != NULL);
        assert(x->unit < UNIT_COUNT && x->charge < CHARGE_BEST);
        assert(dec_sign(x->price) > 0 || (dec_sign(x->tier_from) == 0 && !x->open));
        assert(first ? dec_sign(x->tier_from) == 0 : !last->open && dec_cmp(last->tier_to, x->tier_from) == 0);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct pack_body in[PACK_TABLES];
    struct pack p;
    struct err err = {0};
    struct shape shape;

    if (size == 0)
        return 0;
    for (int t = 0; t < PACK_TABLES; t++)
        in[t] = data[0] == (uint8_t)letters[t]
                    ? (struct pack_body){pack_files[t], (const char *)data + 1, size - 1}
                    : (struct pack_body){pack_files[t], sound[t], t != PACK_SITES ? strlen(sound[t]) : 0};
    if (pack_read(&p, in, &rules, &err) != 0) {
        assert(err.kind == ERR_USAGE && *err.text != '\0');
        return 0;
    }
    check_prices(&p);
    for (size_t i = 0; i < p.nshapes; i++) {
        int rc = pack_shape_of(&p.shapes[i], &shape, &err);
        assert(rc == 0);
    }
    pack_free(&p);
    return 0;
}
