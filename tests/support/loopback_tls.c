/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A CA made for the occasion and a certificate that it signs, by the openssl command.
 */
#include "tests/support/loopback_parts.h"
#include "tests/support/scratch.h"
#include "tests/support/test.h"

#include <fcntl.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>

extern char **environ;

enum { WORDS = 32, COMMAND = 2048 };

/* Words parted by one blank each, as there is no shell here. What it says goes to `log`. */
static void run(char *command, const char *log)
{
    char *argv[WORDS + 1];
    size_t n = 0;
    posix_spawn_file_actions_t files;
    pid_t pid;
    int status = -1;

    argv[n++] = command;
    for (char *blank; n < WORDS && (blank = strchr(argv[n - 1], ' ')) != NULL; n++) {
        *blank = '\0';
        argv[n] = blank + 1;
    }
    argv[n] = NULL;
    assert_int_equal(posix_spawn_file_actions_init(&files), 0);
    posix_spawn_file_actions_addopen(&files, 0, "/dev/null", O_RDONLY, 0);
    posix_spawn_file_actions_addopen(&files, 1, log, O_WRONLY | O_CREAT | O_APPEND, 0600);
    posix_spawn_file_actions_adddup2(&files, 1, 2);
    assert_int_equal(posix_spawnp(&pid, argv[0], &files, NULL, argv, environ), 0);
    posix_spawn_file_actions_destroy(&files);
    assert_int_equal(waitpid(pid, &status, 0), pid);
    assert_int_equal(status, 0);
}

/* Files called `base`.ca.pem, `base`.pem and so on. */
static void make(const char *base, int days, const char *address)
{
    static const char new_key[] = "-newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes";
    char command[COMMAND], log[256];

    snprintf(log, sizeof log, "%s.log", base);
    snprintf(command, sizeof command,
             "openssl req -x509 %s -subj /CN=loopback-ca -days 2 -addext basicConstraints=critical,CA:TRUE "
             "-addext keyUsage=critical,keyCertSign -keyout %s.ca.key -out %s.ca.pem",
             new_key, base, base);
    run(command, log);
    snprintf(command, sizeof command,
             "openssl req -new %s -subj /CN=loopback -addext subjectAltName=IP:%s -keyout %s.key -out %s.csr", new_key,
             address, base, base);
    run(command, log);
    snprintf(
        command, sizeof command,
        "openssl x509 -req -in %s.csr -CA %s.ca.pem -CAkey %s.ca.key -copy_extensions copyall -days %d -out %s.pem",
        base, base, base, days, base);
    run(command, log);
}

void loopback_tls_make(struct loopback_tls *out, int days, const char *address)
{
    static unsigned count;
    char name[64];
    size_t n;

    count++;
    snprintf(name, sizeof name, "loopback-%u", count);
    make(scratch_path(name), days, address);
    snprintf(name, sizeof name, "loopback-%u.ca.pem", count);
    snprintf(out->ca, sizeof out->ca, "%s", scratch_path(name));
    snprintf(name, sizeof name, "loopback-%u.key", count);
    out->key = scratch_read(name, &n);
    snprintf(name, sizeof name, "loopback-%u.pem", count);
    out->chain = scratch_read(name, &n);
}

void loopback_tls_free(struct loopback_tls *tls)
{
    free(tls->key);
    free(tls->chain);
    *tls = (struct loopback_tls){.key = NULL};
}
