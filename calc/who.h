/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Who may buy where: a site's own rule for buyers of mainland China (country CN) and for all
 * others (Hong Kong, Macao and Taiwan among them).
 */
#ifndef TCO_WHO_H
#define TCO_WHO_H

#include "calc/rules.h"
#include "calc/scenario.h"

bool who_is_mainland(const struct buyer *buyer);
/* Does the site sell from outside the mainland (station intl, global)? */
bool who_is_overseas(const struct site *site);
enum acceptance who_accepts(const struct site *site, const struct buyer *buyer);

#endif
