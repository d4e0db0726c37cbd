/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Where the program's data and its catalogue live.
 */
#ifndef TCO_DIRS_H
#define TCO_DIRS_H

#include "calc/arena.h"
#include "calc/err.h"

/* The data directory, as a real path: `given` when there is one; else the source tree the program
 * was built in, if it still is there; else PREFIX/share/tco. None: an error listing the places. */
int dirs_data(const char *given, struct arena *a, const char **out, struct err *err);

/* The directory of catalogues, made when it is missing: `given`, else ~/.cache/tco. */
int dirs_cache(const char *given, struct arena *a, const char **out, struct err *err);

/* The real path of a directory; an error naming it when it is none. */
int dirs_real(const char *dir, struct arena *a, const char **out, struct err *err);

/* Removes what lies at a path, a directory with all in it. Symbolic links are removed, not followed. 0, or
 * errno of the first thing that would not go; a path where nothing is gives 0. */
int dirs_remove(const char *path);

#endif
