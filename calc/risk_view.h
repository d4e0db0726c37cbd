/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * `tco estimate --view risk` as table, CSV and JSON.
 */
#ifndef TCO_RISK_VIEW_H
#define TCO_RISK_VIEW_H

#include "calc/phrase.h"
#include "calc/report.h"
#include "calc/risk.h"

/* Simulates an estimate and writes the result as the report named says. */
int risk_show(const struct risk_input *in, const struct report_options *how, const struct report *report,
              struct buf *out, struct err *err);

void risk_table(const struct risk_report *r, struct phrases *p, bool color, struct buf *out);
void risk_csv(const struct risk_report *r, struct buf *out);
void risk_json(const struct risk_report *r, struct buf *out);

/* From which amount to which bin k of a figure goes: k = 0 .. RISK_BINS are the bounds. */
dec_t risk_bound(const struct risk_figures *f, int k, int places);

#endif
