/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The only place that asks the system for the day, the program's own environment and the terminal.
 */
#include "calc/tco.h"

#include <signal.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

static struct date today(void)
{
    enum { SECONDS_A_DAY = 24 * 60 * 60 };
    return (struct date){(int32_t)(time(NULL) / SECONDS_A_DAY)};
}

static int64_t now_ms(void)
{
    struct timespec t = {0};

    (void)clock_gettime(CLOCK_MONOTONIC, &t); /* 0 at worst: progress shows no rate then */
    return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

static volatile sig_atomic_t stop;

static void on_signal(int number)
{
    (void)number;
    stop = 1;
}

static bool interrupted(void)
{
    return stop != 0;
}

/* Only where there is something to clear away or to keep: everything else ends at once, and leaves nothing behind
 * when it does. The second Ctrl-C ends that too. */
static void watch_interrupt(void)
{
    struct sigaction action = {.sa_handler = on_signal, .sa_flags = (int)SA_RESETHAND};

    sigemptyset(&action.sa_mask);
    sigaction(SIGINT, &action, NULL);
    sigaction(SIGTERM, &action, NULL);
    sigaction(SIGHUP, &action, NULL);
}

static const char *environment(const char *name)
{
    return getenv(name);
}

int main(int argc, char **argv)
{
    const char *no_color = getenv("NO_COLOR");
    struct tco_world world = {
        .data_dir = getenv("TCO_DATA"),
        .cache_dir = getenv("TCO_CACHE"),
        .today = today(),
        .color = isatty(STDOUT_FILENO) && !(no_color && *no_color),
        .out_fd = STDOUT_FILENO,
        .err_fd = STDERR_FILENO,
        .err_tty = isatty(STDERR_FILENO) != 0,
        .env = environment,
        .watch_interrupt = watch_interrupt,
        .interrupted = interrupted,
        .now_ms = now_ms,
    };
    signal(SIGPIPE, SIG_IGN);
    return tco_main(argc, argv, &world);
}
