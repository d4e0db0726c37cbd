/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Libraries that are opened when they are first needed. Loading libcurl costs every run of the
 * program 3.6 ms and libxml2 2.2 ms, a quarter of what an estimate takes, and an estimate needs neither.
 * A door names the functions it calls once, as FUNCTION(name) rows, and gets a struct of them.
 */
#ifndef TCO_LATE_H
#define TCO_LATE_H

#include "calc/err.h"

#include <stddef.h>

struct late_function {
    const char *name;
    void *into; /* of a function pointer */
};

/* Opens a shared library ("libcurl.so.4") and fills in the functions. The library stays open until the
 * process ends. Kind ERR_FETCH: "cannot load libcurl.so.4: ... (install the package libcurl4)". */
int late_load(const char *library, const char *package, const struct late_function *functions, size_t n,
              struct err *err);

#endif
