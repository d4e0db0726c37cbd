/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Price packs in tests: small tables written out, read against a few sites.
 */
#ifndef TCO_PACK_CASE_H
#define TCO_PACK_CASE_H

#include "fetchers/pack.h"

#define PRICE_HEADER                                                                                                   \
    "site,region,service,sku,os,charge,offering,term_months,unit,tier_from,tier_to,tier_scope,price,currency,"         \
    "tax_basis,tax_rate,as_of,source\n"
#define SHAPE_HEADER "provider,sku,service,family,class,sold,vcpu,memory_gib,size_gib,gpu,arch,burstable,generation\n"
#define CLASS_HEADER "site,service,class,sku\n"
#define REGION_HEADER "site,region,city,country,mainland,operator,display_en,display_zh\n"
#define SITE_HEADER                                                                                                    \
    "site,provider,name_en,name_zh,station,list_currency,list_tax_basis,contract_entity,payee_country,operator_note,"  \
    "accepts_mainland,accepts_overseas,condition,invoices,payment,icp_note,as_of,confidence,source\n"
#define SOURCE_HEADER "id,title,origin,as_of,licence,confidence,note\n"

/* Reads a pack of these tables; a NULL one is a small sound one: sites aliyun-cn (CNY), aliyun-intl
 * (USD) and baidu-cn (CNY, brought by another pack), a region of each, shapes of ecs.g7.xlarge and P10,
 * sources a and b, no sites of its own. */
int pack_case(struct pack *out, const char *const tables[PACK_TABLES], struct err *err);
/* The same with these prices, without their header. */
int pack_case_prices(struct pack *out, const char *rows, struct err *err);

#endif
