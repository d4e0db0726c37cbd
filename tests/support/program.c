/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/support/program.h"

#include "tests/support/scratch.h"
#include "tests/support/test.h"

#include "calc/tco.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { WORDS_MAX = 40 };

static _Thread_local const char *const *environment;

static const char *look_up(const char *name)
{
    for (const char *const *e = environment; e != NULL && *e != NULL; e += 2)
        if (!strcmp(e[0], name))
            return e[1];
    return NULL;
}

static bool never(void)
{
    return false;
}

static void nothing(void) {}

static char *slurp(FILE *f)
{
    long n = ftell(f);
    char *text = malloc((size_t)n + 1);

    assert_non_null(text);
    rewind(f);
    text[fread(text, 1, (size_t)n, f)] = '\0';
    fclose(f);
    return text;
}

static int split(char *text, char *argv[WORDS_MAX])
{
    int n = 0;

    for (char *at = text; *at != '\0';) {
        at += strspn(at, " ");
        if (*at == '\0')
            break;
        assert_true(n + 1 < WORDS_MAX);
        char end = *at == '\'' ? '\'' : ' ';
        at += end == '\'';
        argv[n++] = at;
        at += strcspn(at, (char[]){end, '\0'});
        if (*at != '\0')
            *at++ = '\0';
    }
    argv[n] = NULL;
    return n;
}

static void seek_end(FILE *f)
{
    fseek(f, 0, SEEK_END);
}

int program_run(struct program *p, const char *words)
{
    char line[4096], *argv[WORDS_MAX];
    const char *today = p->today != NULL ? p->today : "2026-11-21";
    FILE *out = tmpfile(), *err = tmpfile();
    struct tco_world world = {
        .data_dir = p->data_dir != NULL ? p->data_dir : "fixtures",
        .cache_dir = p->cache_dir != NULL ? p->cache_dir : scratch_path("cache"),
        .out_fd = fileno(out),
        .err_fd = fileno(err),
        .env = look_up,
        .err_tty = p->terminal,
        .watch_interrupt = p->watching != NULL ? p->watching : nothing,
        .interrupted = p->interrupted != NULL ? p->interrupted : never,
    };

    program_free(p);
    environment = p->env;
    assert_true(date_parse(today, strlen(today), &world.today));
    snprintf(line, sizeof line, "tco %s", words);
    int argc = split(line, argv);
    p->status = tco_main(argc, argv, &world);
    seek_end(out);
    seek_end(err);
    p->out = slurp(out);
    p->err = slurp(err);
    return p->status;
}

void program_free(struct program *p)
{
    free(p->out);
    free(p->err);
    p->out = p->err = NULL;
}

void program_printed(const struct program *p, int status, const char *const *texts)
{
    const char *missing = NULL;

    for (; *texts != NULL && missing == NULL; texts++)
        if (strstr(p->out, *texts) == NULL && strstr(p->err, *texts) == NULL)
            missing = *texts;
    if (missing == NULL && p->status == status)
        return;
    print_message("status %d, expected %d; missing: %s\nstdout:\n%s\nstderr:\n%s\n", p->status, status,
                  missing != NULL ? missing : "nothing", p->out, p->err);
    fail();
}
