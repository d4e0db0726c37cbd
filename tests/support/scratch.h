/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A directory of its own for a test that writes files: made when first asked for, removed with all
 * in it by scratch_free(). Paths are good until eight more were asked for.
 */
#ifndef TCO_SCRATCH_H
#define TCO_SCRATCH_H

#include <stddef.h>

const char *scratch_dir(void);
const char *scratch_path(const char *name); /* "a/b" in it */
void scratch_mkdir(const char *name);
void scratch_write(const char *name, const char *text);
void scratch_bytes(const char *name, const void *bytes, size_t n);
void scratch_copy(const char *from, const char *name); /* a file of the source tree */
/* The bytes of a file in it, malloc'd. */
char *scratch_read(const char *name, size_t *n);
void scratch_free(void);

#endif
