/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The configuration's file format: [section], key = value, comments from `;` or `#` at the start
 * of a line or after a blank. Bytes in, entries out; nothing is interpreted. Accepts LF, CRLF and
 * a UTF-8 byte order mark. Errors name file and line: text that is not UTF-8, NUL bytes, control
 * characters, a line over 64 KiB, over 100,000 lines, a key before any section, a line that is
 * neither, an empty section name or key, a section or key given twice.
 */
#ifndef TCO_INI_H
#define TCO_INI_H

#include "calc/arena.h"
#include "calc/err.h"

struct ini_entry {
    const char *key, *value; /* blanks around both are dropped; a value may be empty */
    int line;
};
struct ini_section {
    const char *name; /* "compute web": inner blanks folded to one */
    int line;
    struct ini_entry *entries;
    size_t n;
};
struct ini {
    const char *file;
    struct ini_section *sections;
    size_t n;
};

enum { INI_BYTES_MAX = 4 * 1024 * 1024 };

int ini_parse(struct ini *out, struct arena *a, const char *file, const char *body, size_t len, struct err *err);

#endif
