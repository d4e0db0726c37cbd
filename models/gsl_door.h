/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The way into GSL. Left alone it ends the process at any error; whoever calls it goes through
 * gsl_door_open() first, which switches that off once, from any thread, and passes every code it
 * gets to gsl_door_check(). After that no error of GSL ends anything.
 */
#ifndef TCO_GSL_DOOR_H
#define TCO_GSL_DOOR_H

#include "calc/err.h"

void gsl_door_open(void);

/* 0 for GSL_SUCCESS; else *err says what failed and why, kind ERR_INTERNAL. */
int gsl_door_check(int status, const char *what, struct err *err);

#endif
