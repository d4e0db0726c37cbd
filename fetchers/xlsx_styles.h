/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The styles of a workbook, of which only one thing counts: how each shows numbers.
 */
#ifndef TCO_XLSX_STYLES_H
#define TCO_XLSX_STYLES_H

#include "fetchers/xlsx_format.h"
#include "fetchers/xlsx_zip.h"

#include <stdbool.h>

struct xlsx_styles {
    unsigned char *formats; /* enum xlsx_format of each style */
    size_t n;
};

int xlsx_styles_read(struct xlsx_styles *s, struct xlsx_zip *zip, long part, struct err *err);
void xlsx_styles_free(struct xlsx_styles *s); /* zeroed is fine */

#endif
