/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Configurations in tests: a text becomes the file config.ini, in a directory of its own that is the
 * current one while the test program runs.
 */
#ifndef TCO_CONFIG_CASE_H
#define TCO_CONFIG_CASE_H

#include "calc/config.h"

/* Group fixtures: make and enter the directory; leave and remove it. */
int config_case_setup(void **state);
int config_case_teardown(void **state);

/* Writes config.ini. */
void config_case_write(const char *text, size_t len);

/* Reads text with rules_fixture as of the clock 2026-11-21; the flags may be NULL. Fails the test
 * when there is an error. */
void config_case_read(const char *text, const char *set, const char *as_of, struct scenario *out);
/* The same must fail with exactly this message. */
void config_case_fails(const char *text, const char *set, const char *as_of, const char *message);

/* A configuration that is whole: one line of it may be replaced through --set. */
extern const char config_case_whole[];

#endif
