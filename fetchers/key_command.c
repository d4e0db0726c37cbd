/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fetchers/key_command.h"

#include "calc/arena.h"
#include "fetchers/transport.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

enum { WORDS_MAX = 64 };

/* ---- words ---- */

/* Takes one word, its quotes gone, out of *at; NULL in *out at the end of the text. */
static int take_word(const char **at, struct arena *a, char **out, struct err *err)
{
    const char *in = *at + strspn(*at, " \t");
    char *word = arena_alloc(a, strlen(in) + 1), quote = '\0';
    size_t n = 0;

    *out = NULL;
    if (word == NULL)
        return err_nomem(err);
    if (*in == '\0') {
        *at = in;
        return 0;
    }
    for (; *in != '\0' && (quote != '\0' || (*in != ' ' && *in != '\t')); in++) {
        if (quote == '\0' && (*in == '\'' || *in == '"'))
            quote = *in;
        else if (*in == quote)
            quote = '\0';
        else
            word[n++] = *in;
    }
    if (quote != '\0')
        return err_set(err, ERR_USAGE, "key_command: a quote is not closed");
    *at = in;
    *out = word;
    return 0;
}

static int split(const char *command, struct arena *a, char *words[WORDS_MAX + 1], struct err *err)
{
    size_t n = 0;

    do {
        if (take_word(&command, a, &words[n], err) != 0)
            return -1;
    } while (words[n] != NULL && n++ < WORDS_MAX - 1);
    if (*command != '\0')
        return err_set(err, ERR_USAGE, "key_command: more than %d words", WORDS_MAX);
    if (n == 0 || *words[0] == '\0')
        return err_set(err, ERR_USAGE, "key_command: no command");
    return 0;
}

int key_command_name(const char *command, char name[KEY_COMMAND_NAME], struct err *err)
{
    struct arena a = {NULL};
    char *words[WORDS_MAX + 1] = {NULL};
    int rc = split(command, &a, words, err);

    snprintf(name, KEY_COMMAND_NAME, "%s", rc == 0 ? words[0] : "");
    arena_free(&a);
    return rc;
}

/* ---- its environment ---- */

/* What finds programs, speaks the user's language, and lets agents and keyrings be reached. */
static const char *const passed_on[] = {"PATH",
                                        "HOME",
                                        "USER",
                                        "LOGNAME",
                                        "LANG",
                                        "LC_ALL",
                                        "TERM",
                                        "TMPDIR",
                                        "GNUPGHOME",
                                        "GPG_TTY",
                                        "DISPLAY",
                                        "XDG_CONFIG_HOME",
                                        "WAYLAND_DISPLAY",
                                        "XDG_RUNTIME_DIR",
                                        "DBUS_SESSION_BUS_ADDRESS",
                                        "SSH_AUTH_SOCK",
                                        "PASSWORD_STORE_DIR"};
enum { PASSED_ON = sizeof passed_on / sizeof *passed_on };

static int small_environment(const struct key_environment *env, struct arena *a, char *out[PASSED_ON + 1],
                             struct err *err)
{
    size_t n = 0;

    for (size_t i = 0; i < PASSED_ON; i++) {
        const char *value = env->get(env->ctx, passed_on[i]);
        if (value == NULL)
            continue;
        out[n] = arena_printf(a, "%s=%s", passed_on[i], value);
        if (out[n++] == NULL)
            return err_nomem(err);
    }
    out[n] = NULL;
    return 0;
}

/* ---- starting ---- */

/* The program ignores SIGPIPE; its children start as usual. */
static int usual_signals(posix_spawnattr_t *attr)
{
    sigset_t none, pipes;

    sigemptyset(&none);
    sigemptyset(&pipes);
    sigaddset(&pipes, SIGPIPE);
    int rc = posix_spawnattr_setsigmask(attr, &none);
    rc = rc != 0 ? rc : posix_spawnattr_setsigdefault(attr, &pipes);
    return rc != 0 ? rc : posix_spawnattr_setflags(attr, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
}

static int spawn_with(posix_spawn_file_actions_t *files, posix_spawnattr_t *attr, char *const words[],
                      char *const env[], int out_fd, pid_t *pid)
{
    int rc = posix_spawn_file_actions_addopen(files, STDIN_FILENO, "/dev/null", O_RDONLY, 0);

    rc = rc != 0 ? rc : posix_spawn_file_actions_adddup2(files, out_fd, STDOUT_FILENO);
    rc = rc != 0 ? rc : usual_signals(attr);
    return rc != 0 ? rc : posix_spawnp(pid, words[0], files, attr, words, env);
}

static int spawn(char *const words[], char *const env[], int out_fd, pid_t *pid)
{
    posix_spawn_file_actions_t files;
    posix_spawnattr_t attr;
    int rc = posix_spawn_file_actions_init(&files);

    if (rc != 0)
        return rc;
    rc = posix_spawnattr_init(&attr);
    if (rc == 0) {
        rc = spawn_with(&files, &attr, words, env, out_fd, pid);
        posix_spawnattr_destroy(&attr);
    }
    posix_spawn_file_actions_destroy(&files);
    return rc;
}

/* The read end of a pipe whose write end is the child's stdout; nothing else of ours reaches it. */
static int start(char *const words[], char *const env[], int *read_fd, pid_t *pid, struct err *err)
{
    int ends[2];

    if (pipe(ends) != 0)
        return err_set(err, ERR_FETCH, "key_command: %s", strerror(errno));
    int rc = fcntl(ends[0], F_SETFD, FD_CLOEXEC) != 0 || fcntl(ends[1], F_SETFD, FD_CLOEXEC) != 0 ? errno : 0;
    rc = rc != 0 ? rc : spawn(words, env, ends[1], pid);
    close(ends[1]);
    *read_fd = ends[0];
    if (rc == 0)
        return 0;
    close(ends[0]);
    return err_set(err, ERR_FETCH, "key_command: cannot start '%s': %s", words[0], strerror(rc));
}

/* ---- listening ---- */

static int left_of(int64_t deadline)
{
    int64_t left = deadline - transport_clock();

    return left > 0 ? (int)left : 0;
}

static int too_slow(struct err *err)
{
    return err_set(err, ERR_FETCH, "key_command: no key in the time it has");
}

static int listen_to(int fd, int64_t deadline, char *text, size_t size, size_t *len, struct err *err)
{
    *len = 0;
    for (;;) {
        struct pollfd p = {.fd = fd, .events = POLLIN};
        int ready = poll(&p, 1, left_of(deadline));
        if (ready == 0)
            return too_slow(err);
        ssize_t got = ready > 0 ? read(fd, text + *len, size - *len) : -1;
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return err_set(err, ERR_FETCH, "key_command: %s", strerror(errno));
        if (got == 0)
            return 0;
        *len += (size_t)got;
        if (*len == size)
            return err_set(err, ERR_FETCH, "key_command: it prints more than %zu bytes", size - 1);
    }
}

/* It has closed its stdout and may take a moment to end. */
static int wait_for(pid_t pid, int64_t deadline, int *status, struct err *err)
{
    enum { NAP = 5 };

    for (;;) {
        pid_t got = waitpid(pid, status, WNOHANG);
        if (got == pid)
            return 0;
        if (got < 0 && errno != EINTR)
            return err_set(err, ERR_FETCH, "key_command: %s", strerror(errno));
        if (left_of(deadline) == 0)
            return too_slow(err);
        (void)poll(NULL, 0, NAP);
    }
}

/* Ends a child that has not ended by itself. */
static void put_down(pid_t pid)
{
    int status;

    if (waitpid(pid, &status, WNOHANG) != 0)
        return;
    kill(pid, SIGKILL);
    while (waitpid(pid, &status, 0) < 0 && errno == EINTR)
        ;
}

static int check_status(int status, struct err *err)
{
    if (WIFEXITED(status) && WEXITSTATUS(status) == 0)
        return 0;
    return WIFEXITED(status) ? err_set(err, ERR_FETCH, "key_command: it ended with status %d", WEXITSTATUS(status))
                             : err_set(err, ERR_FETCH, "key_command: it was ended by signal %d", WTERMSIG(status));
}

static int run(char *const words[], char *const env[], int seconds, char *text, size_t size, size_t *len,
               struct err *err)
{
    int64_t deadline = transport_clock() + (int64_t)seconds * 1000;
    int fd = -1, status = 0;
    pid_t pid = -1;

    if (start(words, env, &fd, &pid, err) != 0)
        return -1;
    int rc = listen_to(fd, deadline, text, size, len, err);
    close(fd);
    if (rc == 0)
        rc = wait_for(pid, deadline, &status, err);
    if (rc != 0) {
        put_down(pid);
        return -1;
    }
    return check_status(status, err);
}

int key_command_run(const char *command, const struct key_environment *env, int seconds, char *text, size_t size,
                    size_t *len, struct err *err)
{
    struct arena a = {NULL};
    char *words[WORDS_MAX + 1] = {NULL}, *small[PASSED_ON + 1];
    int rc = split(command, &a, words, err);

    if (rc == 0)
        rc = small_environment(env, &a, small, err);
    if (rc == 0)
        rc = run(words, small, seconds, text, size, len, err);
    arena_free(&a);
    return rc;
}
