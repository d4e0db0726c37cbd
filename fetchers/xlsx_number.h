/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Numbers of cells as plain decimals, from the text that the file keeps; never through binary.
 */
#ifndef TCO_XLSX_NUMBER_H
#define TCO_XLSX_NUMBER_H

#include "calc/buf.h"
#include "calc/date.h"

/* Appends the number to *out: "1.0E-2" is 0.01. Whole numbers are kept to the last digit. A fraction keeps 15
 * significant digits, half-up: spreadsheets compute in binary with 15 to 17 of them and show 15 at most, so that
 * 0.30000000000000004 is the 0.3 that everyone saw. Then it keeps 12 decimals, half-up, which is what our decimals
 * hold, and *rounded says so; but never fewer than six significant digits: 0.00000000123456789 stays as it is.
 * false when the text is no number. */
bool xlsx_number(const char *text, size_t len, struct buf *out, bool *rounded);

/* The day that a plain decimal counts from 1900 or from 1904, its time of the day dropped. In the count from 1900 the
 * day 60 is a 29 February that never was, so that days before it count from 1900-01-01 as 1, days behind it
 * from 1899-12-30 as 0. false when it is no day. */
bool xlsx_day(const char *plain, size_t len, bool from_1904, struct date *out);

#endif
