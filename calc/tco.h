/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The program as a library: one call does what the command line does. It changes nothing outside
 * but the catalogue's cache and the file named by -o, keeps no state between calls, and is safe
 * to call from several threads.
 */
#ifndef TCO_TCO_H
#define TCO_TCO_H

#include "calc/date.h"

#include <stdbool.h>
#include <stdint.h>

#define TCO_VERSION "0.1.0"

/* What the program may know of the world outside its arguments. */
struct tco_world {
    const char *data_dir;  /* $TCO_DATA or NULL */
    const char *cache_dir; /* $TCO_CACHE or NULL */
    struct date today;
    bool color;         /* standard output is a terminal and NO_COLOR is not set */
    int out_fd, err_fd; /* where output and messages go */
    bool err_tty;       /* messages go to a terminal: progress may overwrite itself */
    /* For what takes long; NULL where there is none. */
    const char *(*env)(const char *name); /* a variable of the environment that holds a provider's key */
    void (*watch_interrupt)(void);        /* from now on Ctrl-C sets what interrupted() tells */
    bool (*interrupted)(void);
    int64_t (*now_ms)(void); /* a clock that only goes forward, for progress */
};

/* The exit status: 0 done, 1 internal fault, 2 usage or configuration error, 3 incomplete, 4 stale,
 * 5 a threshold was crossed, 6 fetching failed. Output is written first, then the status decided. */
int tco_main(int argc, char **argv, const struct tco_world *world);

#endif
