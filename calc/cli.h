/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The driver of commands: the table of commands.def and the help texts made from it.
 */
#ifndef TCO_CLI_H
#define TCO_CLI_H

#include "calc/command.h"

extern const struct command *const command_table[]; /* ends in NULL */
const struct command *command_find(const char *name);

void cli_help(struct buf *out);                                  /* all commands */
void cli_help_command(const struct command *c, struct buf *out); /* one command */

/* "unknown command 'x' (known: ...)", with a near miss when there is one. */
int cli_unknown(const char *name, struct err *err);

#endif
