/* SPDX-License-Identifier: GPL-3.0-or-later */
#define _XOPEN_SOURCE 700 /* nftw, mkdtemp */
#include "tests/support/scratch.h"

#include "tests/support/test.h"

#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { PATHS = 8, PATH_BYTES = 512 };

static char directory[64];

const char *scratch_dir(void)
{
    if (*directory == '\0') {
        snprintf(directory, sizeof directory, "/tmp/tco-test-XXXXXX");
        assert_non_null(mkdtemp(directory));
    }
    return directory;
}

const char *scratch_path(const char *name)
{
    static char paths[PATHS][PATH_BYTES];
    static unsigned next;
    char *path = paths[next++ % PATHS];

    snprintf(path, PATH_BYTES, "%s/%s", scratch_dir(), name);
    return path;
}

void scratch_mkdir(const char *name)
{
    assert_int_equal(mkdir(scratch_path(name), 0700), 0);
}

void scratch_bytes(const char *name, const void *bytes, size_t n)
{
    FILE *f = fopen(scratch_path(name), "wb");

    assert_non_null(f);
    assert_int_equal(fwrite(bytes, 1, n, f), n);
    assert_int_equal(fclose(f), 0);
}

void scratch_write(const char *name, const char *text)
{
    scratch_bytes(name, text, strlen(text));
}

static char *read_all(const char *path, size_t *n)
{
    FILE *f = fopen(path, "rb");
    struct stat st;

    assert_non_null(f);
    assert_int_equal(fstat(fileno(f), &st), 0);
    char *bytes = malloc((size_t)st.st_size + 1);
    assert_non_null(bytes);
    *n = fread(bytes, 1, (size_t)st.st_size, f);
    bytes[*n] = '\0';
    fclose(f);
    return bytes;
}

char *scratch_read(const char *name, size_t *n)
{
    return read_all(scratch_path(name), n);
}

void scratch_copy(const char *from, const char *name)
{
    size_t n;
    char *bytes = read_all(from, &n);

    scratch_bytes(name, bytes, n);
    free(bytes);
}

static int drop(const char *path, const struct stat *st, int kind, struct FTW *where)
{
    (void)st;
    (void)kind;
    (void)where;
    return remove(path);
}

void scratch_free(void)
{
    if (*directory != '\0')
        nftw(directory, drop, 16, FTW_DEPTH | FTW_PHYS);
    *directory = '\0';
}
