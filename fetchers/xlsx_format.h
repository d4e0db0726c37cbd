/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What a number is, by the format it is shown in: a day, a percentage, or just a number. Times without a day
 * are numbers.
 */
#ifndef TCO_XLSX_FORMAT_H
#define TCO_XLSX_FORMAT_H

#include <stddef.h>
#include <stdint.h>

enum xlsx_format { XLSX_PLAIN, XLSX_DAY, XLSX_PERCENT };

enum xlsx_format xlsx_format_builtin(uint32_t id); /* plain when it is none */
enum xlsx_format xlsx_format_code(const char *code, size_t len);

#endif
