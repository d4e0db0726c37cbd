/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One month of a line again, from the contract amount to the cost, with operands of anyone's choice: the
 * same arithmetic and rounding as the estimate's own.
 */
#ifndef TCO_REPLAY_H
#define TCO_REPLAY_H

#include "calc/estimate.h"

enum replay_kind { REPLAY_RESOURCE, REPLAY_COST, REPLAY_FEE };

struct replay {
    enum replay_kind kind;
    dec_t contract;               /* price currency */
    const struct fx_used *settle; /* price -> billed; NULL when it is the same */
    int billed_places;            /* of the settlement */
    const struct fx_used *fx;     /* billed -> budget */
    const struct tax_used
        *tax; /* NULL: none; a resource has one, and a fee that the seller invoices as it does its services */
    const struct fx_used *tax_fx;  /* billed -> tax currency; NULL when it is the same */
    const struct fx_used *back_fx; /* tax currency -> budget; NULL when fx serves */
    int tax_places;
    enum tax_basis basis;
    dec_t spread;
    int places; /* of the budget currency */
};

/* Members may be bad decimals (dec_check). */
struct money replay_month(const struct replay *r);
enum replay_kind replay_kind(const char *kind); /* of a line's kind: "cost", "fee", any resource */

#endif
