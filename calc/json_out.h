/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Writing JSON: straight into a buffer, in the order of the calls, so keys are always in the same
 * order. Objects and arrays are broken over lines, or kept on one line where they are small. A
 * failed buffer makes every call do nothing; check it once at the end.
 *
 * Reading JSON is json-c's business. Writing is done here because a tree of json-c objects would
 * need a check per value and three copies of each text, for an output that only goes forward.
 */
#ifndef TCO_JSON_OUT_H
#define TCO_JSON_OUT_H

#include "calc/buf.h"
#include "calc/date.h"
#include "calc/decimal.h"

#include <stdbool.h>

enum { JSON_DEPTH_MAX = 16 };

struct json_out {
    struct buf *out;
    int depth;
    struct json_level {
        char close; /* what ends it: } or ] */
        bool flat;  /* on one line */
        bool any;   /* has a member already */
    } levels[JSON_DEPTH_MAX];
};

/* key NULL: a member of an array, or the document itself. What is inside a flat one is flat. */
void json_open_object(struct json_out *j, const char *key, bool flat);
void json_open_array(struct json_out *j, const char *key, bool flat);
void json_close(struct json_out *j);

void json_text(struct json_out *j, const char *key, const char *text); /* NULL: null */
void json_int(struct json_out *j, const char *key, long n);
void json_boolean(struct json_out *j, const char *key, bool yes);
void json_null(struct json_out *j, const char *key);
/* A string with at least so many decimals: readers must not make binary fractions of it. */
void json_decimal(struct json_out *j, const char *key, dec_t value, int min_places);
void json_day(struct json_out *j, const char *key, struct date day); /* no date: null */

#endif
