/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * XML as it goes by: what well-behaved and hostile documents become.
 */
#include "tests/support/test.h"

#include "calc/buf.h"
#include "fetchers/markup_stream.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

/* A source that gives `piece` bytes at a time, from a place of its own size. */
struct source {
    const char *at;
    size_t left, piece;
    bool breaks; /* fails at its end */
};

static long from_memory(void *from, char *to, size_t n, struct err *err)
{
    struct source *s = from;
    size_t take = s->left < n ? s->left : n;

    if (s->piece > 0 && take > s->piece)
        take = s->piece;
    if (take == 0 && s->breaks)
        return err_set(err, ERR_USAGE, "the source broke");
    memcpy(to, s->at, take);
    s->at += take;
    s->left -= take;
    return (long)take;
}

/* Events as text: "<ns|name a=value>text</>". */
struct seen {
    struct buf text;
    const char *stop_at; /* an element whose start stops the reading with 5 */
};

static int on_start(void *ctx, const struct markup_tag *tag, struct err *err)
{
    struct seen *s = ctx;

    (void)err;
    buf_printf(&s->text, "<%s%s%s", tag->ns, *tag->ns != '\0' ? "|" : "", tag->name);
    for (size_t i = 0; i < tag->nattributes; i++) {
        struct markup_value v = markup_tag_value(tag, i);
        buf_printf(&s->text, " %s%s%s=%.*s", v.ns, *v.ns != '\0' ? "|" : "", v.name, (int)v.len, v.text);
    }
    buf_puts(&s->text, ">");
    return s->stop_at != NULL && !strcmp(tag->name, s->stop_at) ? 5 : 0;
}

static int on_end(void *ctx, struct err *err)
{
    struct seen *s = ctx;

    (void)err;
    buf_puts(&s->text, "</>");
    return 0;
}

static int on_text(void *ctx, const char *text, size_t len, struct err *err)
{
    struct seen *s = ctx;

    (void)err;
    buf_add(&s->text, text, len);
    return 0;
}

static const struct markup_events events = {.start = on_start, .end = on_end, .text = on_text};

static int run(const char *body, size_t len, size_t piece, struct seen *seen, struct err *err)
{
    char *tight = malloc(len > 0 ? len : 1);

    assert_non_null(tight);
    memcpy(tight, body, len);
    struct source source = {.at = tight, .left = len, .piece = piece};
    *err = (struct err){0};
    buf_puts(&seen->text, "");
    int rc = markup_stream(from_memory, &source, &events, seen, err);
    free(tight);
    return rc;
}

static void reads(const char *body, const char *expected)
{
    struct err err;

    for (size_t piece = 0; piece < 8; piece++) {
        struct seen seen = {.stop_at = NULL};
        if (run(body, strlen(body), piece, &seen, &err) != 0)
            fail_msg("%s: %s", body, err.text);
        assert_string_equal(seen.text.v, expected);
        buf_free(&seen.text);
    }
}

static void refused_bytes(const char *body, size_t len, const char *says)
{
    struct seen seen = {.stop_at = NULL};
    struct err err;

    assert_int_equal(run(body, len, 0, &seen, &err), -1);
    assert_int_equal(err.kind, ERR_USAGE);
    if (strstr(err.text, says) == NULL)
        fail_msg("'%s' does not say '%s'", err.text, says);
    buf_free(&seen.text);
}

static void refused(const char *body, const char *says)
{
    refused_bytes(body, strlen(body), says);
}

static void elements_attributes_and_texts_go_by(void **state)
{
    (void)state;
    reads("<a/>", "<a></>");
    reads("<?xml version='1.0' encoding='UTF-8'?>\n<!-- x --><a b='1' c=\"&lt;2&amp;\"> "
          "t<d/>&#x4EF7;<![CDATA[<u>]]></a>\n",
          "<a b=1 c=<2&> t<d></>\xE4\xBB\xB7<u></>");
    reads("\xEF\xBB\xBF<a>\xE4\xBB\xB7</a>", "<a>\xE4\xBB\xB7</>");
    reads("<x:a xmlns:x='urn:u' xmlns='urn:d' x:b='1'><b c='2'/></x:a>", "<urn:u|a urn:u|b=1><urn:d|b c=2></></>");
    /* What it says of its encoding does not count. */
    reads("<?xml version='1.0' encoding='ISO-8859-1'?><a>\xE4\xBB\xB7</a>", "<a>\xE4\xBB\xB7</>");
}

static int find_c(void *ctx, const struct markup_tag *tag, struct err *err)
{
    (void)ctx, (void)err;
    struct markup_value v = markup_tag_find(tag, "c");
    assert_int_equal(v.len, 2);
    assert_memory_equal(v.text, "no", 2);
    assert_null(markup_tag_find(tag, "b").text);
    return 3;
}

static void an_attribute_is_found_by_its_name(void **state)
{
    static const struct markup_events finding = {.start = find_c, .end = on_end, .text = on_text};
    const char body[] = "<a xmlns:x='urn:u' x:c='yes' x:b='1' c='no'/>";
    struct source source = {.at = body, .left = sizeof body - 1};
    struct err err = {0};

    (void)state;
    assert_int_equal(markup_stream(from_memory, &source, &finding, NULL, &err), 3);
}

static void a_handler_stops_the_reading(void **state)
{
    struct seen seen = {.stop_at = "c"};
    const char body[] = "<a><b/><c/><d/></a>";
    struct err err;

    (void)state;
    assert_int_equal(run(body, sizeof body - 1, 0, &seen, &err), 5);
    assert_string_equal(seen.text.v, "<a><b></><c>");
    buf_free(&seen.text);
}

static void a_source_that_fails_is_passed_up(void **state)
{
    const char body[] = "<a><b/>";
    struct source source = {.at = body, .left = sizeof body - 1, .breaks = true};
    struct seen seen = {.stop_at = NULL};
    struct err err = {0};

    (void)state;
    assert_int_equal(markup_stream(from_memory, &source, &events, &seen, &err), -1);
    assert_string_equal(err.text, "the source broke");
    buf_free(&seen.text);
}

static void document_types_are_refused(void **state)
{
    (void)state;
    refused("<!DOCTYPE a><a/>", "line 1: a document type (none is read)");
    refused("<!DOCTYPE a SYSTEM 'file:///etc/passwd'><a/>", "a document type");
    refused("<!DOCTYPE a [<!ENTITY e SYSTEM 'file:///etc/passwd'>]><a>&e;</a>", "a document type");
    refused("<!DOCTYPE a [<!ENTITY b 'bbbbbbbb'><!ENTITY c '&b;&b;&b;&b;&b;&b;&b;&b;'><!ENTITY d '&c;&c;&c;&c;'>]>"
            "<a>&d;</a>",
            "a document type");
    refused("<a>&e;</a>", "Entity 'e' not defined");
}

static void what_is_not_xml_in_utf8_is_refused(void **state)
{
    const char body[] = "<a b='1'><c>text</c><!-- x --></a>";

    (void)state;
    refused("", "an empty document");
    refused("hello", "not XML in UTF-8");
    refused_bytes("\xFF\xFE<\0a\0/\0>\0", 10, "not XML in UTF-8");
    refused_bytes("<\0a\0/\0>\0", 8, "not XML in UTF-8");
    refused_bytes("\0<\0a\0/\0>", 8, "not XML in UTF-8");
    refused_bytes("\x4C\x6F\xA7\x94", 4, "not XML in UTF-8"); /* "<?xm" in EBCDIC */
    refused("<a>\xE9</a>", "not XML");
    refused("<a>\xED\xA0\x80</a>", "not XML");
    refused_bytes("<a>\0</a>", 8, "not XML");
    refused("<a></b>", "not XML");
    refused("<a/><b/>", "not XML");
    refused("<x:a/>", "not XML");
    refused("<a b='1' b='2'/>", "not XML");
    for (size_t len = 1; len < sizeof body - 1; len++)
        refused_bytes(body, len, "XML");
}

/* `what` so often; '#' in it becomes a number. */
static void repeat(struct buf *b, const char *head, const char *what, size_t n, const char *tail)
{
    const char *mark = strchr(what, '#');

    buf_puts(b, head);
    for (size_t i = 0; i < n; i++)
        buf_printf(b, "%.*s%08zu%s", (int)(mark - what), what, i, mark + 1);
    buf_puts(b, tail);
    assert_false(b->failed);
}

static void refused_repeat(const char *head, const char *what, size_t n, const char *tail, const char *says)
{
    struct buf b = {0};

    repeat(&b, head, what, n, tail);
    refused_bytes(b.v, b.n, says);
    buf_free(&b);
}

static void what_grows_without_end_is_refused(void **state)
{
    struct buf b = {0};

    (void)state;
    refused_repeat("", "<a i='#'>", 65, "", "nested more than 64 deep");
    refused_repeat("<a ", "a#='' ", 65, "/>", "more than 64 attributes");
    refused_repeat("<a ", "xmlns:a#='urn:x' ", 65, "/>", "more than 64 attributes");
    refused_repeat("<a ", "a#='' ", 1000000, "/>", "a tag or comment of more than 262144 bytes");
    refused_repeat("<a b='", "#", 1 << 20, "'/>", "a tag or comment of more than 262144 bytes");
    refused_repeat("<a><!--", "#", 1 << 20, "--></a>", "a tag or comment of more than 262144 bytes");
    refused_repeat("<a><?x ", "#", 1 << 20, "?></a>", "a tag or comment of more than 262144 bytes");
    refused_repeat("<a><![CDATA[", "#", 1 << 20, "]]></a>", "a tag or comment of more than 262144 bytes");
    /* A text may go on: it comes in pieces. */
    repeat(&b, "<a>", "#", 1 << 19, "</a>");
    struct seen seen = {.stop_at = NULL};
    struct err err;
    assert_int_equal(run(b.v, b.n, 0, &seen, &err), 0);
    assert_int_equal(seen.text.n, 8 * (1 << 19) + strlen("<a></>"));
    buf_free(&seen.text);
    buf_free(&b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(elements_attributes_and_texts_go_by), cmocka_unit_test(an_attribute_is_found_by_its_name),
        cmocka_unit_test(a_handler_stops_the_reading),         cmocka_unit_test(a_source_that_fails_is_passed_up),
        cmocka_unit_test(document_types_are_refused),          cmocka_unit_test(what_is_not_xml_in_utf8_is_refused),
        cmocka_unit_test(what_grows_without_end_is_refused),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
