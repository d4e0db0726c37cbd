/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The whole program as a call, with a world of the test's own: its cache in the scratch directory, its
 * environment, its Ctrl-C.
 */
#ifndef TCO_PROGRAM_H
#define TCO_PROGRAM_H

#include <stdbool.h>

struct program {
    const char *data_dir;      /* NULL: "fixtures" */
    const char *cache_dir;     /* NULL: "cache" in the scratch directory */
    const char *today;         /* NULL: "2026-11-21" */
    const char *const *env;    /* "NAME", "value", ... NULL; NULL: nothing is set */
    bool (*interrupted)(void); /* NULL: never */
    void (*watching)(void);    /* told when Ctrl-C is watched for; NULL: nobody */
    bool terminal;             /* stderr is one */
    /* Of the last run; good until the next one or program_free(). */
    int status;
    char *out, *err;
};

/* `words` as a shell would part them by blanks; '...' keeps blanks. Returns the exit status. */
int program_run(struct program *p, const char *words);
void program_free(struct program *p);
/* Fails the test, showing what was printed, unless the last run had this status and printed (on either
 * stream) every text; NULL after the last. */
void program_printed(const struct program *p, int status, const char *const *texts);
#define program_expect(p, status, ...) program_printed(p, status, (const char *const[]){__VA_ARGS__})

#endif
