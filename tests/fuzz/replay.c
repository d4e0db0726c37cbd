/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Runs a fuzz target over files and directories of files, without a fuzzer: what fuzzing once
 * found stays found. A directory without files is a failure.
 */
#include "tests/fuzz/target.h"

#include <dirent.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static bool replay_file(const char *path)
{
    FILE *f = fopen(path, "rb");
    if (!f) {
        perror(path);
        return false;
    }
    uint8_t *body = NULL;
    size_t n = 0;
    bool good = fseek(f, 0, SEEK_END) == 0;
    long size = good ? ftell(f) : -1;
    rewind(f);
    /* Exactly as large as the input, so that a read past its end is seen; not NULL for an empty one. */
    if (size >= 0 && (body = malloc(size ? (size_t)size : 1)))
        n = fread(body, 1, (size_t)size, f);
    good = body && n == (size_t)size && fclose(f) == 0;
    if (good)
        LLVMFuzzerTestOneInput(body, n);
    free(body);
    return good;
}

static bool replay_directory(const char *path, DIR *dir)
{
    int files = 0;
    for (struct dirent *entry; (entry = readdir(dir));) {
        char name[4096];
        if (entry->d_name[0] == '.')
            continue;
        if ((size_t)snprintf(name, sizeof name, "%s/%s", path, entry->d_name) >= sizeof name || !replay_file(name))
            return false;
        files++;
    }
    if (!files)
        fprintf(stderr, "%s: no files\n", path);
    return files > 0;
}

int main(int argc, char **argv)
{
    bool good = argc > 1;
    if (LLVMFuzzerInitialize)
        LLVMFuzzerInitialize(&argc, &argv);
    for (int i = 1; i < argc && good; i++) {
        DIR *dir = opendir(argv[i]);
        good = dir ? replay_directory(argv[i], dir) : replay_file(argv[i]);
        if (dir)
            closedir(dir);
    }
    return good ? EXIT_SUCCESS : EXIT_FAILURE;
}
