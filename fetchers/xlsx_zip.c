/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Everything an archive says of itself is checked before a byte is unpacked, and what comes out of a part is
 * counted against what was said.
 */
#include "fetchers/xlsx_zip.h"

#include "calc/intern.h"
#include "calc/late.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <zip.h>

enum { PARTS_MAX = 10000, NAME_MAX_BYTES = 500, FREE_BYTES = 1 << 20, RATIO_MAX = 200 };

struct library {
    void (*zip_error_init)(zip_error_t *);
    void (*zip_error_fini)(zip_error_t *);
    const char *(*zip_error_strerror)(zip_error_t *);
    zip_source_t *(*zip_source_buffer_create)(const void *, zip_uint64_t, int, zip_error_t *);
    void (*zip_source_free)(zip_source_t *);
    zip_t *(*zip_open_from_source)(zip_source_t *, int, zip_error_t *);
    void (*zip_discard)(zip_t *);
    zip_int64_t (*zip_get_num_entries)(zip_t *, zip_flags_t);
    const char *(*zip_get_name)(zip_t *, zip_uint64_t, zip_flags_t);
    int (*zip_stat_index)(zip_t *, zip_uint64_t, zip_flags_t, zip_stat_t *);
    zip_file_t *(*zip_fopen_index)(zip_t *, zip_uint64_t, zip_flags_t);
    zip_int64_t (*zip_fread)(zip_file_t *, void *, zip_uint64_t);
    int (*zip_fclose)(zip_file_t *);
    const char *(*zip_strerror)(zip_t *);
    const char *(*zip_file_strerror)(zip_file_t *);
};

struct part {
    const char *name; /* libzip's */
    uint64_t size, packed;
};

struct xlsx_zip {
    struct library lib;
    zip_t *archive;
    struct part *parts;
    long nparts;
    struct arena arena;
    struct intern names; /* in lower case, with the index + 1 */
    zip_file_t *file;
    uint64_t left; /* of the part that is being read */
};

static int load(struct library *x, struct err *err)
{
#define FUNCTION(name)                                                                                                 \
    {                                                                                                                  \
#name, &x->name                                                                                                \
    }
    const struct late_function functions[] = {
        FUNCTION(zip_error_init),     FUNCTION(zip_error_fini),
        FUNCTION(zip_error_strerror), FUNCTION(zip_source_buffer_create),
        FUNCTION(zip_source_free),    FUNCTION(zip_open_from_source),
        FUNCTION(zip_discard),        FUNCTION(zip_get_num_entries),
        FUNCTION(zip_get_name),       FUNCTION(zip_stat_index),
        FUNCTION(zip_fopen_index),    FUNCTION(zip_fread),
        FUNCTION(zip_fclose),         FUNCTION(zip_strerror),
        FUNCTION(zip_file_strerror),
    };
#undef FUNCTION

    return late_load("libzip.so.4", "libzip4", functions, sizeof functions / sizeof *functions, err);
}

/* ---- opening ---- */

static int open_archive(struct xlsx_zip *z, const char *body, size_t len, struct err *err)
{
    zip_error_t why;
    int rc = 0;

    z->lib.zip_error_init(&why);
    zip_source_t *source = z->lib.zip_source_buffer_create(body, len, 0, &why);
    if (source != NULL)
        z->archive = z->lib.zip_open_from_source(source, ZIP_RDONLY, &why);
    if (z->archive == NULL)
        rc = err_set(err, ERR_USAGE, "not a whole workbook: %s", z->lib.zip_error_strerror(&why));
    if (z->archive == NULL && source != NULL)
        z->lib.zip_source_free(source);
    z->lib.zip_error_fini(&why);
    return rc;
}

static size_t to_lower(const char *name, size_t len, char lower[NAME_MAX_BYTES])
{
    for (size_t i = 0; i < len; i++)
        lower[i] = (char)(name[i] >= 'A' && name[i] <= 'Z' ? name[i] + 32 : name[i]);
    return len;
}

/* No way out of the archive, and nothing that another reader could take for one. */
static bool clean_name(const char *name, size_t len)
{
    bool start = true;

    if (len == 0 || len >= NAME_MAX_BYTES || name[0] == '/')
        return false;
    for (size_t i = 0; i < len; i++) {
        bool dots = start && name[i] == '.' && name[i + 1] == '.' && (name[i + 2] == '/' || name[i + 2] == '\0');
        if (dots || (unsigned char)name[i] < 0x20 || name[i] == 0x7F || strchr("\\:", name[i]) != NULL)
            return false;
        start = name[i] == '/';
    }
    return true;
}

static int check_name(struct xlsx_zip *z, long i, struct err *err)
{
    const char *name = z->parts[i].name;
    size_t len = strlen(name);
    char lower[NAME_MAX_BYTES];

    if (!clean_name(name, len))
        return err_set(err, ERR_USAGE, "the name of a part leads elsewhere: '%.100s'", name);
    int *number = intern_number(&z->names, lower, to_lower(name, len, lower));
    if (number == NULL)
        return err_nomem(err);
    if (*number != 0)
        return err_set(err, ERR_USAGE, "two parts of the name '%.100s'", name);
    *number = (int)i + 1;
    return 0;
}

static int check_part(struct xlsx_zip *z, long i, uint64_t *left, struct err *err)
{
    const zip_uint64_t needed = ZIP_STAT_SIZE | ZIP_STAT_COMP_SIZE | ZIP_STAT_COMP_METHOD | ZIP_STAT_ENCRYPTION_METHOD;
    struct part *p = &z->parts[i];
    zip_stat_t stat;

    p->name = z->lib.zip_get_name(z->archive, (zip_uint64_t)i, ZIP_FL_ENC_RAW);
    if (p->name == NULL || z->lib.zip_stat_index(z->archive, (zip_uint64_t)i, 0, &stat) != 0 ||
        (stat.valid & needed) != needed)
        return err_set(err, ERR_USAGE, "not a whole workbook: nothing is known of part %ld", i + 1);
    if (check_name(z, i, err) != 0)
        return -1;
    if (stat.encryption_method != ZIP_EM_NONE)
        return err_set(err, ERR_USAGE, "the part '%.100s' is encrypted", p->name);
    if (stat.comp_method != ZIP_CM_STORE && stat.comp_method != ZIP_CM_DEFLATE)
        return err_set(err, ERR_USAGE, "the part '%.100s' is packed in an unknown way (known: stored, deflated)",
                       p->name);
    if (stat.size > *left)
        return err_set(err, ERR_USAGE, "it unpacks to more than is allowed");
    *left -= stat.size;
    p->size = stat.size;
    p->packed = stat.comp_size;
    return 0;
}

static int check_parts(struct xlsx_zip *z, uint64_t bytes, struct err *err)
{
    zip_int64_t n = z->lib.zip_get_num_entries(z->archive, 0);

    if (n <= 0 || n > PARTS_MAX)
        return err_set(err, ERR_USAGE, "not a workbook: it has %lld parts (1 to %d)", (long long)n, PARTS_MAX);
    z->parts = calloc((size_t)n, sizeof *z->parts);
    if (z->parts == NULL)
        return err_nomem(err);
    z->names.arena = &z->arena;
    for (z->nparts = 0; z->nparts < n; z->nparts++)
        if (check_part(z, z->nparts, &bytes, err) != 0)
            return -1;
    return 0;
}

int xlsx_zip_open(struct xlsx_zip **out, const char *body, size_t len, uint64_t bytes, struct err *err)
{
    struct xlsx_zip *z = calloc(1, sizeof *z);

    *out = NULL;
    if (z == NULL)
        return err_nomem(err);
    if (load(&z->lib, err) != 0 || open_archive(z, body, len, err) != 0 || check_parts(z, bytes, err) != 0) {
        xlsx_zip_free(z);
        return -1;
    }
    *out = z;
    return 0;
}

void xlsx_zip_free(struct xlsx_zip *z)
{
    if (z == NULL)
        return;
    xlsx_zip_leave(z);
    if (z->archive != NULL)
        z->lib.zip_discard(z->archive);
    intern_free(&z->names);
    arena_free(&z->arena);
    free(z->parts);
    free(z);
}

/* ---- parts ---- */

long xlsx_zip_find(const struct xlsx_zip *z, const char *name, size_t len)
{
    char lower[NAME_MAX_BYTES];

    return len < sizeof lower ? intern_known(&z->names, lower, to_lower(name, len, lower)) - 1 : -1;
}

const char *xlsx_zip_name(const struct xlsx_zip *z, long part)
{
    return z->parts[part].name;
}

int xlsx_zip_enter(struct xlsx_zip *z, long part, struct err *err)
{
    const struct part *p = &z->parts[part];

    xlsx_zip_leave(z);
    if (p->size > FREE_BYTES && p->size / RATIO_MAX > p->packed)
        return err_set(err, ERR_USAGE, "it unpacks to more than %d times its size", RATIO_MAX);
    z->file = z->lib.zip_fopen_index(z->archive, (zip_uint64_t)part, 0);
    if (z->file == NULL)
        return err_set(err, ERR_USAGE, "it cannot be unpacked: %s", z->lib.zip_strerror(z->archive));
    z->left = p->size;
    return 0;
}

long xlsx_zip_read(void *ctx, char *to, size_t n, struct err *err)
{
    struct xlsx_zip *z = ctx;
    zip_int64_t got = z->lib.zip_fread(z->file, to, n);

    if (got < 0)
        return err_set(err, ERR_USAGE, "it cannot be unpacked: %s", z->lib.zip_file_strerror(z->file));
    if ((uint64_t)got > z->left || (got == 0 && z->left > 0))
        return err_set(err, ERR_USAGE, "it unpacks to another size than it says");
    z->left -= (uint64_t)got;
    return (long)got;
}

void xlsx_zip_leave(struct xlsx_zip *z)
{
    if (z->file != NULL)
        z->lib.zip_fclose(z->file);
    z->file = NULL;
}
