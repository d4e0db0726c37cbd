/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The files of an export: the tables as CSV, the query in the engine's SQL, and what a reader is to know.
 */
#ifndef TCO_ENGINE_TEXTS_H
#define TCO_ENGINE_TEXTS_H

#include "calc/engine_job.h"

struct engine_file {
    const char *name;
    struct buf text;
};

enum { ENGINE_FILES = ENGINE_TABLES + 6 };

struct engine_texts {
    const struct engine *engine;
    const struct engine_job *job;
    const char *templates; /* the directory of the templates */
    const char *columns;   /* keys a scenario may change, with commas; NULL: count and hours of every line */
    struct arena arena;    /* of the names */
    struct engine_file v[ENGINE_FILES];
    size_t n;
};

/* Fills the files; the struct is zeroed but for its first four members. engine_texts_free() in any case. */
int engine_texts_make(struct engine_texts *t, struct err *err);
void engine_texts_free(struct engine_texts *t);

/* engine_keys.c: the table of scenarios, and its lines as the query reads them. */
int engine_keys(struct engine_texts *t, struct buf *create, struct buf *asked, struct buf *csv, struct err *err);

/* engine_write.c: all files into a directory that is empty or not there yet; whole or not at all. */
int engine_write(const char *dir, const struct engine_file *v, size_t n, struct err *err);
/* The same look at the directory, before the work is done. */
int engine_write_check(const char *dir, struct err *err);

#endif
