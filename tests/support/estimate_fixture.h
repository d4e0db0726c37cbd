/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * An estimate made by hand, for tests of what prints one. Four sites, buyer CN general with special
 * invoices, 12 months from 2027-01 in CNY at 6 % a year, as of 2026-11-21:
 *
 *   aliyun-cn    rank 1: six ecs.g7.xlarge, 1.0465 CNY/h incl 6 %: 4,583.67 a month
 *   aliyun-intl  rank 2: the same at 0.161973 USD/h excl, 7.10 CNY per USD, VAT withheld, spread 0.20 %
 *   tencent-cn   stale:  one machine on a ladder over its life, and a migration of 20,000 CNY
 *   baidu-cn     incomplete: no price
 *
 * The figures of the first two are the worked case of the money rules; tencent-cn's ladder is
 * 4.92 to 96 h, 2.46 to 360 h, 1.67 after (1,739.66 in the first month, 1,219.10 after), its NPV is
 * from Python's decimal. Everything points into the struct: do not copy it.
 */
#ifndef TCO_ESTIMATE_FIXTURE_H
#define TCO_ESTIMATE_FIXTURE_H

#include "calc/estimate.h"

enum { FIX_CN, FIX_INTL, FIX_TENCENT, FIX_BAIDU, FIX_SITES };

struct estimate_fixture {
    struct estimate e;
    struct scenario scenario;
    struct rules rules;
    struct buyer buyer;
    struct resource web, one_web; /* tencent-cn runs one machine */
    struct cost migration;
    struct site sites[FIX_SITES];
    struct region regions[FIX_SITES];
    struct currency currencies[3];
    struct source sources[3];
    struct tax_row tax_rows[2];
    struct tax_used cn_tax, intl_tax;
    struct fx_used same, usd_cny;
    const struct fx_used *rates[2];
    struct shape shape, big_shape;
    struct tier cn_tier, intl_tier, life_tiers[3];
    struct offer offers[3];
    struct offer runner_up;
    struct candidate candidates[2];
    struct line_run cn_run, intl_run, life_runs[2], migration_run;
    struct line lines[FIX_SITES], cost_line, tencent_lines[2];
    struct site_estimate site_estimates[FIX_SITES];
    struct setting settings[3];
    struct snapshot snapshot;
    const char *cn_notes[1], *intl_notes[2], *baidu_reasons[1], *tencent_reasons[1];
};

void estimate_fixture(struct estimate_fixture *f);

#endif
