/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Rules in memory, for tests that need no catalogue: five sites, their regions, cities and
 * currencies. azure-cn has two regions in Beijing; baidu-cn has none; Hangzhou has two sites.
 */
#ifndef TCO_RULES_FIXTURE_H
#define TCO_RULES_FIXTURE_H

#include "calc/rules.h"

extern const struct rules rules_fixture;

#endif
