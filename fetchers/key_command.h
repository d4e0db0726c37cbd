/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Runs the command that prints a key: words without a shell, a ceiling for what it prints, a limit
 * of time, a small environment. What it prints goes nowhere but into the memory given.
 */
#ifndef TCO_KEY_COMMAND_H
#define TCO_KEY_COMMAND_H

#include "fetchers/credentials.h"

#include <stddef.h>

enum { KEY_COMMAND_NAME = 128 };

/* The program's name alone, for showing: arguments may be private. "" and -1 when it cannot be split. */
int key_command_name(const char *command, char name[KEY_COMMAND_NAME], struct err *err);

/* At most size - 1 bytes of its stdout. Fails (ERR_FETCH) when it cannot be started, takes longer, prints
 * more, or ends with a status other than 0; the caller wipes `text` in any case. */
int key_command_run(const char *command, const struct key_environment *env, int seconds, char *text, size_t size,
                    size_t *len, struct err *err);

#endif
