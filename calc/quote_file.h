/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A quote by its file: the words of the data directory and the file of a [quote NAME] section, read.
 */
#ifndef TCO_QUOTE_FILE_H
#define TCO_QUOTE_FILE_H

#include "fetchers/quote.h"

enum { QUOTE_BYTES_MAX = 32 << 20 };

/* The table of words of a data directory. */
int quote_file_words(const char *data_dir, struct arena *a, const struct quote_words **out, struct err *err);
/* quote_read() of the file the terms name; its text and the terms' must outlive the quote. */
int quote_file_read(const struct quote_terms *terms, const struct quote_words *words, const struct rules *rules,
                    struct arena *a, struct quote *out, struct err *err);

#endif
