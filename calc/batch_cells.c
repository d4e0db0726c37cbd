/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The cells of a record, cut in place: a comma or a closing quote becomes the NUL behind a cell.
 */
#include "calc/batch_rows.h"

#include "calc/words.h"

#include <string.h>

static size_t cut_plain(char *at, size_t n, struct batch_cell *cells, size_t most)
{
    char *end = at + n;

    for (size_t k = 0;; k++) {
        char *sep = memchr(at, ',', (size_t)(end - at));
        char *stop = sep != NULL ? sep : end;
        *stop = '\0';
        if (k < most)
            cells[k] = (struct batch_cell){at, (size_t)(stop - at)};
        if (sep == NULL)
            return k + 1;
        at = sep + 1;
    }
}

/* Takes the quotes off the cell at `at`, in place: its length; *next is behind its closing quote. */
static size_t unquote(char *at, const char *end, char **next)
{
    char *to = at, *s = at + 1;

    for (; s < end; s++) {
        if (*s == '"' && (s + 1 == end || s[1] != '"'))
            break;
        s += *s == '"';
        *to++ = *s;
    }
    *next = s + 1;
    return (size_t)(to - at);
}

/* The reader has seen to it that the quotes are right. */
static size_t cut_quoted(char *at, size_t n, struct batch_cell *cells, size_t most)
{
    char *end = at + n;

    for (size_t k = 0;; k++) {
        char *stop = at;
        size_t len;
        if (*at == '"') {
            len = unquote(at, end, &stop);
        } else {
            while (stop < end && *stop != ',')
                stop++;
            len = (size_t)(stop - at);
        }
        bool last = stop >= end;
        at[len] = '\0';
        if (k < most)
            cells[k] = (struct batch_cell){at, len};
        if (last)
            return k + 1;
        at = stop + 1;
    }
}

size_t batch_cells(const struct batch_block *b, struct batch_record *rec, struct batch_cell *cells, size_t most)
{
    char *text = b->text + rec->at;

    if (!b->ascii && !words_utf8(text, rec->n)) {
        rec->wrong = memchr(text, '\0', rec->n) != NULL ? "a NUL byte" : "text that is not UTF-8";
        return 0;
    }
    return (rec->quotes ? cut_quoted : cut_plain)(text, rec->n, cells, most);
}
