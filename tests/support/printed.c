/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the tests of reports and explain ask of printed text.
 */
#include "tests/support/test.h"

#include "tests/support/printed.h"

#include "calc/words.h"

#include <stdio.h>
#include <string.h>

struct buf print_report(const struct estimate_fixture *f, const char *name, const struct report_options *opt)
{
    struct buf out = {0};
    struct err err = {0};
    const struct report *r = report_find(name);
    assert_non_null(r);
    if (r->write(&f->e, opt, &out, &err) != 0)
        fail_msg("%s", err.text);
    return out;
}

struct buf print_explain(const struct estimate_fixture *f, const char *site, const char *line, int month,
                         const char *lang)
{
    struct buf out = {0};
    struct err err = {0};
    struct explain_options opt = {.site = site, .line = line, .month = month, .lang = lang};
    if (explain_write(&f->e, &opt, &out, &err) != 0)
        fail_msg("%s", err.text);
    return out;
}

void assert_terminal(const struct buf *text)
{
    char line[1024];
    assert_true(text->n > 0 && text->v[text->n - 1] == '\n');
    for (const char *at = text->v; *at != '\0';) {
        size_t n = strcspn(at, "\n");
        assert_true(n < sizeof line);
        memcpy(line, at, n);
        line[n] = '\0';
        if (words_width(line) > 100)
            fail_msg("%zu columns: %s", words_width(line), line);
        if (n > 0 && line[n - 1] == ' ')
            fail_msg("blanks at the end: %s", line);
        for (size_t i = 0; i < n; i++)
            if ((unsigned char)line[i] < 0x20 || line[i] == 0x7F)
                fail_msg("control character in: %s", line);
        at += n + 1;
    }
}

void assert_has(const struct buf *text, const char *piece)
{
    if (strstr(text->v, piece) == NULL)
        fail_msg("lacks '%s':\n%s", piece, text->v);
}

/* The bytes of a blank or of a branch of a tree at the start of text; 0 for anything else. */
static size_t blank(const char *text)
{
    static const char *const blanks[] = {" ", "\n", "│", "├", "└", "─"};
    for (size_t i = 0; i < sizeof blanks / sizeof blanks[0]; i++)
        if (strncmp(text, blanks[i], strlen(blanks[i])) == 0)
            return strlen(blanks[i]);
    return 0;
}

static struct buf unbroken(const char *text)
{
    struct buf out = {0};
    while (*text != '\0') {
        size_t n = blank(text);
        if (n == 0)
            buf_putc(&out, *text);
        else if (out.n > 0 && out.v[out.n - 1] != ' ')
            buf_putc(&out, ' ');
        text += n > 0 ? n : 1;
    }
    if (out.n > 0 && out.v[out.n - 1] != ' ')
        buf_putc(&out, ' ');
    return out;
}

void assert_tells(const struct buf *text, const char *piece)
{
    struct buf all = unbroken(text->v), part = unbroken(piece);
    if (strstr(all.v, part.v) == NULL)
        fail_msg("does not tell '%s':\n%s", piece, text->v);
    buf_free(&all);
    buf_free(&part);
}

void assert_lacks(const struct buf *text, const char *piece)
{
    if (strstr(text->v, piece) != NULL)
        fail_msg("has '%s':\n%s", piece, text->v);
}
