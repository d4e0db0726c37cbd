/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Answers of `tco breakeven` as table, CSV and JSON. They only read and append bytes.
 */
#ifndef TCO_BREAKEVEN_VIEW_H
#define TCO_BREAKEVEN_VIEW_H

#include "calc/breakeven.h"
#include "calc/phrase.h"

struct breakeven_view {
    const struct breakeven_pair *pair;
    const struct scenario *scenario;
    struct phrases *p;
    int places; /* minor units of the budget currency */
    int steps;
    bool color;
    struct buf *out;
};

extern const char *const breakeven_kind_names[]; /* of enum root_kind: "crossing", "jump", "touch", "equal" */

/* The column of the cheaper side, "" when both cost the same. */
const char *breakeven_cheaper(const struct breakeven_pair *pair, const struct breakeven_point *p);
/* A value as the configuration takes it; one that was found has all the decimals of an answer: "7.0800", "14.32%". */
const char *breakeven_value(struct phrases *p, const struct vary *v, dec_t x);
const char *breakeven_found(struct phrases *p, const struct vary *v, dec_t x);

void breakeven_table(struct breakeven_view *v, const struct breakeven *b);
void breakeven_csv(struct breakeven_view *v, const struct breakeven *b);
void breakeven_json(struct breakeven_view *v, const struct breakeven *b);

void breakeven_grid_table(struct breakeven_view *v, const struct breakeven_grid *g);
void breakeven_grid_csv(struct breakeven_view *v, const struct breakeven_grid *g);
void breakeven_grid_json(struct breakeven_view *v, const struct breakeven_grid *g);

#endif
