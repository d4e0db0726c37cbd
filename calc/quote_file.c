/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "calc/quote_file.h"

#include "calc/file.h"

int quote_file_words(const char *data_dir, struct arena *a, const struct quote_words **out, struct err *err)
{
    const char *path = arena_printf(a, "%s/rules/quote-words.csv", data_dir);
    struct buf body = {0};

    if (path == NULL)
        return err_nomem(err);
    int rc = file_read(path, QUOTE_BYTES_MAX, &body, err);
    if (rc == 0)
        rc = quote_words_read(path, body.v != NULL ? body.v : "", body.n, a, out, err);
    buf_free(&body);
    return rc;
}

int quote_file_read(const struct quote_terms *terms, const struct quote_words *words, const struct rules *rules,
                    struct arena *a, struct quote *out, struct err *err)
{
    struct buf body = {0};

    int rc = file_read(terms->file, QUOTE_BYTES_MAX, &body, err);
    if (rc == 0)
        rc = quote_read(terms, words, rules, body.v != NULL ? body.v : "", body.n, a, out, err);
    buf_free(&body);
    return rc;
}
