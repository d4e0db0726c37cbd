/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The clock and the dice of the world outside.
 */
#include "fetchers/transport.h"

#include "calc/hash.h"

#include <errno.h>
#include <sys/random.h>
#include <time.h>

int64_t transport_clock(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

int64_t transport_now(void)
{
    struct timespec now;

    clock_gettime(CLOCK_REALTIME, &now);
    return now.tv_sec;
}

int transport_nonce(char out[33], struct err *err)
{
    unsigned char bytes[16];
    ssize_t n;

    do
        n = getrandom(bytes, sizeof bytes, 0);
    while (n < 0 && errno == EINTR);
    if (n != (ssize_t)sizeof bytes)
        return err_set(err, ERR_FETCH, "cannot get random bytes from the system");
    hash_hex(bytes, sizeof bytes, out);
    return 0;
}
