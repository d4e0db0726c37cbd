/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/gsl_door.h"

#include <gsl/gsl_errno.h>
#include <pthread.h>

static void switch_off(void)
{
    gsl_set_error_handler_off();
}

void gsl_door_open(void)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    pthread_once(&once, switch_off);
}

int gsl_door_check(int status, const char *what, struct err *err)
{
    if (status == GSL_SUCCESS)
        return 0;
    if (status == GSL_ENOMEM)
        return err_nomem(err);
    return err_set(err, ERR_INTERNAL, "%s: %s", what, gsl_strerror(status));
}
