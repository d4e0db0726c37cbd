/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Thresholds of a command line: what the result may not cross, else the exit status is ERR_THRESHOLD.
 */
#ifndef TCO_THRESHOLD_H
#define TCO_THRESHOLD_H

#include "calc/scenario.h"

/* "5%", "2.5 %" as a share, 0.05; not below 0. `option` as in "--fail-over". */
int threshold_percent(const char *option, const char *text, dec_t *out, struct err *err);
/* "100000 CNY", not below 0. */
int threshold_amount(const char *option, const char *text, struct amount *out, struct err *err);
/* Is the amount in this currency? Nothing is converted. */
int threshold_currency(const char *option, const struct amount *a, const char *budget, struct err *err);
/* What is to be returned when both are asked for: the first of 3, 4, 5 counts. */
int threshold_status(int status, bool crossed);

#endif
