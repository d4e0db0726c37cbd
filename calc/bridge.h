/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The variance bridge: how the cost of one saved estimate became that of another, per site and line, in parts
 * that add up to the difference exactly. Pure arithmetic: estimates in, parts out.
 *
 * A line in both estimates goes from old to new by one step after the other. Each step makes every month
 * anew as an estimate would, with its rounding, and what the cost moves by is that step's part:
 *
 *   step       what becomes new                                     what is still old
 *   quantity   how much is used                                     list price, discount, rates, taxes, spread
 *   product    the list price, where what is bought is another:     discount, rates, taxes, spread
 *              SKU, region, system, charge, offering, term
 *   price      the list price of the same product; of a cost        discount, rates, taxes, spread
 *              of the buyer's own, its amount and its dates
 *   discount   what was agreed                                      rates, taxes, spread
 *   fx         rates, and the currency the bill is settled in       taxes, spread
 *   tax        rate, who owes it, what is recoverable, income tax   spread
 *   fees       what the bank adds (spread); a line of kind `fee`
 *              (paying, handling invoices) is here altogether
 *
 * Beside these: `scope`, lines that one of the estimates does not have and months that one of the horizons
 * does not have (month 1 is compared with month 1); `rounding`, what the stored figures differ by from the
 * figures made anew, which is nothing unless another version of the program wrote them.
 *
 * Worked by hand: 730 hours at 1.00 CNY incl 6 %, all recoverable, become 1,460 hours at 1.20 with 50 %
 * recoverable. Old: 730.00 is net 688.68 + tax 41.32, recoverable 41.32, cost 688.68. At the new quantity:
 * 1,460.00 is 1,377.36 + 82.64, cost 1,377.36: quantity +688.68. At the new price: 1,752.00 is 1,652.83 +
 * 99.17, cost 1,652.83: price +275.47. Taxed anew: recoverable 99.17 x 0.5 = 49.59 (half-up), cost 1,702.41:
 * tax +49.58. 688.68 + 275.47 + 49.58 = 1,013.73 = 1,702.41 - 688.68.
 *
 * The quantity step. Where the offer is the same but for its day, all that the list amount moves by is
 * quantity (also through tiers, and a ladder shared with other lines). Else the old month's list amount is
 * taken at the new quantity: along the old ladder, where the ladder counts the month's quantity for this line
 * alone; else in proportion, month by month, or over the horizon where the months of buying are others. In
 * another unit (hours, terms) quantities do not compare: what they do is part of the product or the price, and
 * the line says so (BRIDGE_UNITS).
 * A price or bill in another currency. A step that needs a rate its estimate does not have takes the other's;
 * where neither has it, that step and all later ones are one part, and the line says so (BRIDGE_RATES).
 */
#ifndef TCO_BRIDGE_H
#define TCO_BRIDGE_H

#include "calc/saved.h"

enum bridge_part {
    PART_SCOPE,
    PART_QUANTITY,
    PART_PRODUCT,
    PART_PRICE,
    PART_DISCOUNT,
    PART_FX,
    PART_TAX,
    PART_FEES,
    PART_ROUNDING,
    BRIDGE_PARTS
};
extern const char *const bridge_part_names[BRIDGE_PARTS]; /* "scope" ... as CSV and JSON have them */

/* Of a site or line. UNKNOWN: there in both, or in one, but without a total in one of them: not bridged. */
enum bridge_change { BRIDGE_COMPARED, BRIDGE_ADDED, BRIDGE_REMOVED, BRIDGE_UNKNOWN };
extern const char *const bridge_change_names[]; /* "compared", "added", "removed", "incomplete" */

enum bridge_note {
    BRIDGE_UNITS = 1, /* counted in other units: quantity is within product or price */
    BRIDGE_RATES = 2, /* in another currency, without a rate for every step: later steps are within this one */
};

struct bridge_line {
    const struct saved_line *old, *new; /* NULL where it is not */
    enum bridge_change change;
    dec_t old_cost, new_cost;
    dec_t parts[BRIDGE_PARTS]; /* their sum is new_cost - old_cost */
    unsigned notes;            /* of enum bridge_note */
};

struct bridge_site {
    const struct saved_site *old, *new;
    enum bridge_change change;
    bool has_old, has_new; /* the costs are known */
    dec_t old_cost, new_cost;
    dec_t parts[BRIDGE_PARTS];       /* when COMPARED: of all lines; else 0 */
    const struct bridge_line *lines; /* as in the new estimate, then those removed; only when COMPARED */
    size_t nlines;
};

struct bridge {
    const struct saved *old, *new;
    int months;                      /* compared with each other; later ones are scope */
    const struct bridge_site *sites; /* as in the new estimate, then those removed */
    size_t nsites;
};

/* Points into both estimates. Refuses other budget currencies, ERR_USAGE. */
int bridge_make(const struct saved *old, const struct saved *new, struct arena *arena, struct bridge *out,
                struct err *err);

/* Has the cost risen by more than this share (0.05)? A cost that was 0 and is not, has. */
bool bridge_risen(const struct bridge_site *s, dec_t share);
/* new against old in per cent, half-up to 2 decimals; false when the old cost is not above 0. */
bool bridge_percent(const struct bridge_site *s, dec_t *out);

#endif
