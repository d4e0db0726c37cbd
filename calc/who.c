/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Who may buy where.
 */
#include "calc/who.h"

#include <string.h>

bool who_is_mainland(const struct buyer *buyer)
{
    return strcmp(buyer->country, "CN") == 0;
}

enum acceptance who_accepts(const struct site *site, const struct buyer *buyer)
{
    return who_is_mainland(buyer) ? site->accepts_mainland : site->accepts_overseas;
}

bool who_is_overseas(const struct site *site)
{
    return strcmp(site->station, "cn") != 0;
}
