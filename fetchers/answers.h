/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The list of the raw answers of a snapshot, answers.csv: what was asked, where, when, and in which
 * file of the same directory the answer lies, plain or packed. It is what a later fetch compares with
 * (ETag, Last-Modified) and what --reparse reads.
 */
#ifndef TCO_ANSWERS_H
#define TCO_ANSWERS_H

#include "calc/arena.h"
#include "calc/buf.h"
#include "calc/date.h"
#include "calc/err.h"

#include <stddef.h>

struct kept_answer {
    const char *name, *method, *url; /* url without its query when the question was signed */
    const char *status, *type;
    const char *file, *sha256, *bytes; /* file without ".gz"; digest and length of the plain bytes */
    const char *received;              /* "2026-11-22T01:02:03Z" */
    const char *etag, *last_modified;
};

struct kept_answers {
    const char *dir;
    struct kept_answer *v;
    size_t n, cap;
};

#define ANSWERS_FILE "answers.csv"

/* "dir/answers.csv"; a missing one is an empty list. All texts live in the arena. */
int answers_read(const char *dir, struct arena *a, struct kept_answers *out, struct err *err);
int answers_add(struct kept_answers *list, struct arena *a, const struct kept_answer *one, struct err *err);
void answers_write(const struct kept_answers *list, struct buf *out);
const struct kept_answer *answers_find(const struct kept_answers *list, const char *name); /* NULL without */

/* The plain bytes of a kept answer as the new file `to`: unpacked, its digest compared. */
int answers_unpack(const struct kept_answers *list, const struct kept_answer *one, const char *to, struct err *err);
/* Packs every answer of the directory that is still plain. */
int answers_pack(const struct kept_answers *list, struct err *err);

/* "2026-11-22T01:02:03Z" of seconds since 1970. */
enum { INSTANT_TEXT = 32 };
void instant_format(int64_t seconds, char out[INSTANT_TEXT]);
/* The day of such a text; DATE_NONE when it is none. */
struct date instant_day(const char *text);

#endif
