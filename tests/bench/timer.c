/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * timer RUNS COMMAND...: runs a command so many times, its standard output thrown away, and prints
 * "MEDIAN-ms MIN-ms MAX-ms PEAK-KiB STATUS": wall time from fork to the end of the process, the
 * largest resident size of any run, the exit status of the last. A run that a signal ends is an error.
 */
#define _DEFAULT_SOURCE /* wait4: POSIX has no way to ask for one child's memory */

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { RUNS_MAX = 1000 };

static double now_ms(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

static int compare(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* Returns the milliseconds, or -1. */
static double run_once(char **command, long *peak, int *status)
{
    struct rusage usage;
    int how;
    double start = now_ms();
    pid_t child = fork();
    if (child < 0)
        return -1;
    if (child == 0) {
        int null = open("/dev/null", O_WRONLY);
        if (null >= 0 && dup2(null, STDOUT_FILENO) >= 0)
            execvp(command[0], command);
        _exit(127);
    }
    if (wait4(child, &how, 0, &usage) != child || !WIFEXITED(how) || WEXITSTATUS(how) == 127)
        return -1;
    double ms = now_ms() - start;
    if (usage.ru_maxrss > *peak)
        *peak = usage.ru_maxrss; /* KiB on Linux */
    *status = WEXITSTATUS(how);
    return ms;
}

int main(int argc, char **argv)
{
    double ms[RUNS_MAX];
    long peak = 0;
    int status = 0;
    long runs = argc > 2 ? strtol(argv[1], NULL, 10) : 0;
    if (runs < 1 || runs > RUNS_MAX) {
        fprintf(stderr, "usage: timer RUNS COMMAND... (1 to %d runs)\n", RUNS_MAX);
        return 2;
    }
    for (long i = 0; i < runs; i++)
        if ((ms[i] = run_once(argv + 2, &peak, &status)) < 0) {
            fprintf(stderr, "timer: %s did not run to its end\n", argv[2]);
            return 1;
        }
    qsort(ms, (size_t)runs, sizeof ms[0], compare);
    double median = (ms[(runs - 1) / 2] + ms[runs / 2]) / 2;
    printf("%.2f %.2f %.2f %ld %d\n", median, ms[0], ms[runs - 1], peak, status);
    return 0;
}
