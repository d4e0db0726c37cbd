/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the tests of reports and explain ask of printed text. Every failure fails the test.
 */
#ifndef TCO_PRINTED_H
#define TCO_PRINTED_H

#include "calc/explain.h"
#include "calc/report.h"
#include "tests/support/estimate_fixture.h"

/* The report of --format `name`; free with buf_free(). */
struct buf print_report(const struct estimate_fixture *f, const char *name, const struct report_options *opt);
struct buf print_explain(const struct estimate_fixture *f, const char *site, const char *line, int month,
                         const char *lang);
/* Is every line at most 100 columns wide, without blanks at its end, without control characters? */
void assert_terminal(const struct buf *text);
/* Does the text hold this piece? */
void assert_has(const struct buf *text, const char *piece);
/* The same, however the text is broken into lines: blanks, line breaks and a tree's branches count as one blank. */
void assert_tells(const struct buf *text, const char *piece);
void assert_lacks(const struct buf *text, const char *piece);

#endif
