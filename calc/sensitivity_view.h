/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * `tco estimate --view sensitivity` as table, CSV and JSON.
 */
#ifndef TCO_SENSITIVITY_VIEW_H
#define TCO_SENSITIVITY_VIEW_H

#include "calc/phrase.h"
#include "calc/report.h"
#include "calc/sensitivity.h"

/* Makes it of an estimate and what that was made of, and writes it as the report named says. */
int sensitivity_report(const struct config *config, struct catalogue *catalogue, const struct estimate *e,
                       const struct estimate_options *opt, const struct report_options *how,
                       const struct report *report, struct buf *out, struct err *err);

/* Is another site than the base's best ranked first there? */
bool sensitivity_changes(const struct sensitivity *s, const struct sensitivity_end *end);

void sensitivity_table(const struct sensitivity *s, struct phrases *p, bool color, struct buf *out);
void sensitivity_csv(const struct sensitivity *s, struct buf *out);
void sensitivity_json(const struct sensitivity *s, struct buf *out);

#endif
