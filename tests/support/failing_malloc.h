/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Memory that runs out on demand. A program linked with -Wl,--wrap=malloc,--wrap=calloc,--wrap=realloc
 * (see the Makefile) takes its own calls through here; those inside shared libraries go their usual
 * way. Not for threads.
 */
#ifndef TCO_FAILING_MALLOC_H
#define TCO_FAILING_MALLOC_H

/* Starts counting: the nth call from now on fails (1 is the next one), the others do not; 0: none fails. */
void failing_malloc_start(long nth);
/* Stops; returns how many calls there were. */
long failing_malloc_stop(void);

#endif
