/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Where the output of a batch goes, piece by piece: standard output, or a file that takes its place only when it is
 * whole; packed when its name ends in .gz. What is added at once is whole records.
 */
#ifndef TCO_BATCH_OUT_H
#define TCO_BATCH_OUT_H

#include "calc/file.h"

struct batch_out {
    int fd; /* standard output; -1: the file */
    struct file_out file;
    struct raw_zip *zip; /* NULL: plain */
};

/* path NULL or "-": the descriptor. */
int batch_out_open(struct batch_out *o, const char *path, int fd, struct err *err);
int batch_out_add(struct batch_out *o, const void *bytes, size_t n, struct err *err);
/* Everything there is, then the file in its place; frees in any case. */
int batch_out_commit(struct batch_out *o, struct err *err);
/* Nothing in its place. Standard output has what was added. */
void batch_out_drop(struct batch_out *o);

#endif
