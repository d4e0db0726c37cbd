/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Keys of providers: from the environment (TCO_ALIYUN_KEY_ID, TCO_ALIYUN_KEY_SECRET, TCO_ALIYUN_KEY_TOKEN),
 * else from a file that nobody else can read, else from what a command prints. A key is never in
 * an argument, a log or the text of an error, and is wiped from memory as soon as it is not needed.
 */
#ifndef TCO_CREDENTIALS_H
#define TCO_CREDENTIALS_H

#include "calc/err.h"
#include "fetchers/fetcher.h"

#include <stdbool.h>

/* The value of a variable of the environment, NULL when it is not set. */
struct key_environment {
    const char *(*get)(void *ctx, const char *name);
    void *ctx;
};

/* Where a provider's key may be. */
struct key_source {
    const char *provider; /* "aliyun": fetcher.key */
    const char *file;     /* key_file of the configuration, "~/" is HOME; "" none */
    const char *command;  /* key_command: words parted by blanks, '...' and "..." keep them; no shell; "" none */
    struct key_environment environment;
    int command_seconds; /* 0: 60. A person may have to type a passphrase. */
};

enum { KEY_ID_MAX = 256, KEY_SECRET_MAX = 512, KEY_TOKEN_MAX = 8192, KEY_TEXT_MAX = 16384 };

/* A key and the memory it lives in; `key` points into it, so it cannot be copied. */
struct credentials {
    struct fetch_key key;
    char id[KEY_ID_MAX], secret[KEY_SECRET_MAX], token[KEY_TOKEN_MAX];
};

/* Gets the key. Kind ERR_USAGE for a file or variables that are not as they should be, ERR_FETCH when there
 * is no key at all or the command fails. After a failure nothing is left in memory. The command's stderr is
 * the program's own; it sees PATH, HOME and what programs that keep secrets need, nothing else. */
int credentials_load(struct credentials *out, const struct key_source *from, struct err *err);
void credentials_wipe(struct credentials *c);

/* Where the key would come from. Nothing is run: a command is only named. */
struct key_place {
    enum { KEY_NOWHERE, KEY_IN_ENVIRONMENT, KEY_IN_FILE, KEY_BY_COMMAND } kind;
    char text[320]; /* "none", "environment", "file /path", "command NAME" */
    bool refused;
    struct err why; /* when refused: what credentials_load() would say */
};
void credentials_where(const struct key_source *from, struct key_place *out);

/* No memory image of the process may reach the disk while keys are in it: switches core dumps off, and
 * back to what they were. */
struct core_dumps {
    unsigned long long limit;
    bool had_limit;
    int dumpable; /* -1: not known */
};
int core_dumps_off(struct core_dumps *before, struct err *err);
void core_dumps_back(const struct core_dumps *before);

#endif
