/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Errors. A function that can fail returns 0, or -1 with *err filled in once, where the
 * problem is understood; callers pass it up. The kind is the exit status of the program.
 * Text: one line, no capital, no full stop, error first, and what is allowed in brackets.
 * Outputs of a failed function are not to be read.
 */
#ifndef TCO_ERR_H
#define TCO_ERR_H

enum err_kind {
    ERR_NONE = 0,
    ERR_INTERNAL = 1,   /* a fault of ours, no memory, an i/o error on our own files */
    ERR_USAGE = 2,      /* the command line, the configuration or the data given is wrong */
    ERR_INCOMPLETE = 3, /* a line is unpriced or ambiguous */
    ERR_STALE = 4,      /* a price or rate is older than allowed */
    ERR_THRESHOLD = 5,  /* a threshold given by the user was crossed */
    ERR_FETCH = 6       /* fetching failed */
};

struct err {
    enum err_kind kind;
    char text[768];
};

/* Fills *err (cut at its size, at a whole UTF-8 character; control characters become '?') and
 * returns -1, so that `return err_set(...)` reads well. */
int err_set(struct err *err, enum err_kind kind, const char *fmt, ...) __attribute__((format(printf, 3, 4)));

/* Puts "what: " before the text of *err, kind unchanged; returns -1. */
int err_prefix(struct err *err, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

/* "out of memory", kind ERR_INTERNAL; returns -1. */
int err_nomem(struct err *err);

#endif
