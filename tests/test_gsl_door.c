/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/gsl_door.h"
#include "tests/support/near.h"

#include <gsl/gsl_errno.h>
#include <gsl/gsl_linalg.h>
#include <pthread.h>

/* Left to itself GSL would end this program with SIGABRT here. */
static void *provoke(void *status)
{
    double one[] = {-1};
    gsl_matrix_view m = gsl_matrix_view_array(one, 1, 1);
    gsl_door_open();
    *(int *)status = gsl_linalg_cholesky_decomp1(&m.matrix);
    return NULL;
}

static void nothing_ends_the_process(void **state)
{
    enum { THREADS = 8 };
    pthread_t thread[THREADS];
    int status[THREADS];
    (void)state;
    for (int i = 0; i < THREADS; i++)
        assert_int_equal(pthread_create(&thread[i], NULL, provoke, &status[i]), 0);
    for (int i = 0; i < THREADS; i++) {
        pthread_join(thread[i], NULL);
        assert_int_equal(status[i], GSL_EDOM);
    }
}

static void codes_become_errors(void **state)
{
    struct err err = {ERR_NONE, ""};
    (void)state;
    assert_int_equal(gsl_door_check(GSL_SUCCESS, "roots", &err), 0);
    assert_int_equal(err.kind, ERR_NONE);
    assert_int_equal(gsl_door_check(GSL_EDOM, "roots", &err), -1);
    assert_says(&err, ERR_INTERNAL, "roots: input domain error");
    assert_int_equal(gsl_door_check(GSL_ENOMEM, "roots", &err), -1);
    assert_says(&err, ERR_INTERNAL, "out of memory");
    assert_int_equal(gsl_door_check(12345, "roots", &err), -1);
    assert_says(&err, ERR_INTERNAL, "roots: unknown error code");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nothing_ends_the_process),
        cmocka_unit_test(codes_become_errors),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
