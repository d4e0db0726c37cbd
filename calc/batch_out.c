/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "calc/batch_out.h"

#include "fetchers/raw.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static bool ends_in(const char *text, const char *end)
{
    size_t n = strlen(text), m = strlen(end);

    return n >= m && strcmp(text + n - m, end) == 0;
}

int batch_out_open(struct batch_out *o, const char *path, int fd, struct err *err)
{
    bool standard = path == NULL || strcmp(path, "-") == 0;

    *o = (struct batch_out){.fd = standard ? fd : -1, .file = {.fd = -1}};
    if (standard)
        return 0;
    if (file_out_open(&o->file, path, err) != 0)
        return -1;
    if (!ends_in(path, ".gz") || raw_zip_open(&o->zip, err) == 0)
        return 0;
    file_out_drop(&o->file);
    return -1;
}

static int to_standard(int fd, const char *v, size_t n, struct err *err)
{
    char reason[128];

    while (n > 0) {
        ssize_t got = write(fd, v, n);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0) {
            if (strerror_r(errno, reason, sizeof reason) != 0)
                snprintf(reason, sizeof reason, "error %d", errno);
            return err_set(err, ERR_INTERNAL, "cannot write standard output: %s", reason);
        }
        v += got;
        n -= (size_t)got;
    }
    return 0;
}

static int to_file(void *ctx, const void *bytes, size_t n, struct err *err)
{
    return file_out_add(ctx, bytes, n, err);
}

int batch_out_add(struct batch_out *o, const void *bytes, size_t n, struct err *err)
{
    if (n == 0)
        return 0;
    if (o->fd >= 0)
        return to_standard(o->fd, bytes, n, err);
    if (o->zip != NULL)
        return raw_zip_add(o->zip, bytes, n, to_file, &o->file, err);
    return file_out_add(&o->file, bytes, n, err);
}

int batch_out_commit(struct batch_out *o, struct err *err)
{
    int rc = o->zip != NULL ? raw_zip_finish(o->zip, to_file, &o->file, err) : 0;

    if (rc == 0 && o->fd < 0)
        rc = file_out_commit(&o->file, err);
    batch_out_drop(o);
    return rc;
}

void batch_out_drop(struct batch_out *o)
{
    raw_zip_free(o->zip);
    o->zip = NULL;
    if (o->fd < 0)
        file_out_drop(&o->file);
    o->fd = -1;
}
