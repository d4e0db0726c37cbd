/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * XML and HTML as trees: what well-behaved and hostile documents become.
 */
#include "tests/support/test.h"

#include "calc/buf.h"
#include "fetchers/markup.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

struct doc {
    struct arena arena;
    const struct markup *root;
    struct err err;
};

static int read_doc(struct doc *d, enum markup_kind kind, const char *body, size_t len)
{
    *d = (struct doc){0};
    /* Of its own size, so that reading past the end is seen. */
    char *copy = arena_alloc(&d->arena, len + 1);
    memcpy(copy, body, len);
    char *tight = len > 0 ? test_malloc(len) : NULL;
    if (len > 0)
        memcpy(tight, copy, len);
    int rc = markup_read(kind, tight, len, &d->arena, &d->root, &d->err);
    if (len > 0)
        test_free(tight);
    return rc;
}

static struct doc good(enum markup_kind kind, const char *body)
{
    struct doc d;

    if (read_doc(&d, kind, body, strlen(body)) != 0)
        fail_msg("%s: %s", body, d.err.text);
    return d;
}

static void refused(enum markup_kind kind, const char *body, const char *says)
{
    struct doc d;

    if (read_doc(&d, kind, body, strlen(body)) == 0)
        fail_msg("read: %.200s", body);
    assert_int_equal(d.err.kind, ERR_FETCH);
    if (strstr(d.err.text, says) == NULL)
        fail_msg("'%s' does not say '%s'", d.err.text, says);
    arena_free(&d.arena);
}

static const char *text_of(struct doc *d, const char *name)
{
    const struct markup *v = markup_next(d->root, NULL, name);

    assert_non_null(v);
    return markup_text(v, &d->arena);
}

/* ---- XML ---- */

static void xml_has_names_namespaces_attributes_lines(void **state)
{
    struct doc d = good(MARKUP_XML, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                                    "<g:Envelope xmlns:g='http://x.org/g' xmlns=\"http://x.org/d\">\n"
                                    "  <g:name>A &amp; B &lt;&#20013;&#x56fd;></g:name>\n"
                                    "  <Cube time='2025-05-09' g:note=\"a&amp;b&quot;&#10;c\"/><!-- no --><?no pi?>\n"
                                    "  <![CDATA[<raw>&amp;]]></g:Envelope>\n");

    (void)state;
    assert_string_equal(d.root->name, "Envelope");
    assert_string_equal(d.root->ns, "http://x.org/g");
    assert_null(d.root->parent);
    const struct markup *cube = markup_child(d.root, "Cube");
    assert_string_equal(cube->ns, "http://x.org/d");
    assert_int_equal(cube->line, 4);
    assert_ptr_equal(cube->parent, d.root);
    assert_int_equal(cube->nattributes, 2);
    assert_string_equal(markup_attribute(cube, "time"), "2025-05-09");
    assert_string_equal(markup_attribute(cube, "note"), "a&b\"\nc");
    assert_null(markup_attribute(cube, "Time"));
    assert_string_equal(text_of(&d, "name"), "A & B <中国>");
    assert_string_equal(markup_text(d.root, &d.arena), "A & B <中国> <raw>&amp;");
    assert_null(markup_child(d.root, "cube"));
    arena_free(&d.arena);
}

static void a_byte_order_mark_and_another_encoding_named_change_nothing(void **state)
{
    struct doc d = good(MARKUP_XML, "\xef\xbb\xbf<?xml version='1.0' encoding='GBK'?><a>价格</a>");

    (void)state;
    assert_string_equal(markup_text(d.root, &d.arena), "价格");
    arena_free(&d.arena);
    d = good(MARKUP_HTML, "\xef\xbb\xbf<html><head><meta charset=gb2312></head><body>价格</body></html>");
    assert_string_equal(text_of(&d, "body"), "价格");
    arena_free(&d.arena);
}

static void elements_are_walked_in_the_order_of_the_document(void **state)
{
    struct doc d = good(MARKUP_XML, "<a><b><c/>t</b><c><c/></c><d/></a>");
    static const char *const order[] = {"b", "c", "c", "c", "d"};
    const struct markup *at = NULL;
    size_t n = 0;

    (void)state;
    while ((at = markup_next(d.root, at, NULL)) != NULL)
        assert_string_equal(at->name, order[n++]);
    assert_int_equal(n, 5);
    const struct markup *b = markup_child(d.root, "b");
    at = markup_next(b, NULL, "c");
    assert_non_null(at);
    assert_null(markup_next(b, at, "c")); /* the others stand outside of b */
    assert_null(markup_next(markup_next(d.root, NULL, "d"), NULL, NULL));
    arena_free(&d.arena);
}

static void xml_that_is_not_well_formed_is_refused(void **state)
{
    static const struct {
        const char *body, *says;
    } rows[] = {
        {"", "an empty answer"},
        {"   ", "not XML"},
        {"plain", "line 1: not XML"},
        {"<a>\n<b></a>", "line 2: not XML"},
        {"<a/><b/>", "not XML"},
        {"<a x='1' x='2'/>", "not XML"},
        {"<a x=1/>", "not XML"},
        {"<x:a/>", "not XML"}, /* a prefix that means nothing */
        {"<a>&nbsp;</a>", "not XML"},
        {"<a>&#0;</a>", "not XML"},
        {"<a>\x01</a>", "not XML"},
        {"<a>\xff</a>", "not UTF-8 at byte 3"},
        {"<a>\xc0\xaf</a>", "not UTF-8 at byte 3"},
        {"<!doctype html><html></html>", "not XML"},
        {"<html><head><meta charset='utf-8'></head></html>", "not XML"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        refused(MARKUP_XML, rows[i].body, rows[i].says);
}

static void document_types_and_their_entities_are_refused(void **state)
{
    (void)state;
    refused(MARKUP_XML, "<?xml version='1.0'?>\n<!DOCTYPE a>\n<a/>", "line 2: a document type (none is read)");
    /* A billion laughs. */
    refused(MARKUP_XML,
            "<!DOCTYPE l [<!ENTITY a 'ha'><!ENTITY b '&a;&a;&a;&a;&a;&a;&a;&a;'><!ENTITY c '&b;&b;&b;&b;&b;&b;&b;'>"
            "<!ENTITY d '&c;&c;&c;&c;&c;&c;&c;'><!ENTITY e '&d;&d;&d;&d;&d;&d;'>]><l>&e;&e;</l>",
            "a document type");
    /* A file of the machine, and a document type from elsewhere. */
    refused(MARKUP_XML, "<!DOCTYPE a [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><a>&x;</a>", "a document type");
    refused(MARKUP_XML, "<!DOCTYPE a SYSTEM 'http://127.0.0.1:9/a.dtd'><a/>", "a document type");
    refused(MARKUP_XML, "<!DOCTYPE a PUBLIC '-//X' 'file:///etc/passwd'><a/>", "a document type");
    refused(MARKUP_XML, "<!DOCTYPE a [<!ENTITY % p SYSTEM 'file:///etc/passwd'>%p;]><a/>", "a document type");
}

static char *nested(size_t depth, const char *open, const char *close, struct buf *out)
{
    for (size_t i = 0; i < depth; i++)
        buf_puts(out, open);
    for (size_t i = 0; i < depth; i++)
        buf_puts(out, close);
    assert_false(out->failed);
    return out->v;
}

static void depth_has_an_end(void **state)
{
    struct buf text = {0};
    struct doc d = good(MARKUP_XML, nested(64, "<a>", "</a>", &text));

    (void)state;
    arena_free(&d.arena);
    text.n = 0;
    refused(MARKUP_XML, nested(65, "<a>", "</a>", &text), "nested more than 64 deep");
    text.n = 0;
    d = good(MARKUP_HTML, nested(1000, "<div>", "</div>", &text));
    assert_string_equal(markup_text(d.root, &d.arena), "");
    arena_free(&d.arena);
    text.n = 0;
    refused(MARKUP_HTML, nested(100000, "<div>", "</div>", &text), "nested more than 1024 deep");
    buf_free(&text);
}

static void many_elements_are_read_too_many_refused(void **state)
{
    struct buf text = {0};
    struct doc d;
    size_t n = 0;

    (void)state;
    /* Larger than what libxml2 looks at by itself (10 MB), as the whole history of a central bank may be. */
    buf_puts(&text, "<a>");
    for (int i = 0; i < 300000; i++)
        buf_puts(&text, "<Cube currency=\"USD\" rate=\"1.1252\"/>\n");
    buf_puts(&text, "</a>");
    d = good(MARKUP_XML, text.v);
    for (const struct markup *v = NULL; (v = markup_next(d.root, v, "Cube")) != NULL;)
        n++;
    assert_int_equal(n, 300000);
    arena_free(&d.arena);
    text.n = 0;
    buf_puts(&text, "<a>");
    for (int i = 0; i < 2000001; i++)
        buf_puts(&text, "<b/>");
    refused(MARKUP_XML, text.v, "more than 2000000 elements");
    buf_free(&text);
}

/* Whatever is cut off: XML is refused, a page is read as far as it goes. */
static void cut_at_every_length(void **state)
{
    static const char xml[] = "<?xml version='1.0'?><a xmlns:g='u'><g:b x='1&amp;2'>t&#65;&lt;<![CDATA[x]]></g:b>"
                              "<!-- c --><?p i?></a>";
    static const char html[] =
        "<!DOCTYPE html><html><head><title>价格</title><script>if (a<b) c();</script></head><body>"
        "<table><tr><td colspan=2 rowspan='3'>&yen;1&nbsp;<br/>中</td></tr></table><!-- x --></body></html>";
    struct doc d;

    (void)state;
    for (size_t n = 0; n < sizeof xml - 1; n++) {
        assert_int_equal(read_doc(&d, MARKUP_XML, xml, n), -1);
        assert_true(strlen(d.err.text) > 0 && d.err.kind == ERR_FETCH);
        arena_free(&d.arena);
    }
    for (size_t n = 0; n < sizeof html - 1; n++) {
        if (read_doc(&d, MARKUP_HTML, html, n) == 0)
            assert_non_null(markup_text(d.root, &d.arena));
        else
            assert_string_not_equal(d.err.text, "");
        arena_free(&d.arena);
    }
}

/* ---- HTML ---- */

static void html_is_read_as_browsers_do(void **state)
{
    struct doc d = good(MARKUP_HTML, "<!DOCTYPE html>\n<HTML><Body Class=X data-href=\"#t\">\n<p>one<p>two &yen;&nbsp;"
                                     "1,220.16<br>three &copy; &nosuch; a < b &amp;c\n<ul><li>x<li>y</ul><b>bold</p>");

    (void)state;
    const struct markup *body = markup_next(d.root, NULL, "body");
    assert_string_equal(d.root->name, "html");
    assert_string_equal(markup_attribute(body, "class"), "X");
    assert_string_equal(markup_attribute(body, "data-href"), "#t");
    assert_int_equal(body->line, 2);
    assert_string_equal(markup_text(body, &d.arena), "one two ¥ 1,220.16 three © &nosuch; a < b &c x y bold");
    arena_free(&d.arena);
}

static void scripts_are_text_of_their_own_only(void **state)
{
    struct doc d = good(MARKUP_HTML, "<body><div>a<script>var x = '<td>1</td>';</script>b<style>p{}</style>"
                                     "<table><tr><td>c</td></tr></table></div>");

    (void)state;
    assert_string_equal(text_of(&d, "div"), "ab c");
    assert_string_equal(text_of(&d, "script"), "var x = '<td>1</td>';");
    assert_null(markup_next(d.root, markup_next(d.root, NULL, "td"), "td"));
    arena_free(&d.arena);
}

static void blanks_are_folded_and_invisible_characters_dropped(void **state)
{
    struct doc d =
        good(MARKUP_HTML, "<td>\n  ￥ 69.93\n      /月(~68%\n )\xe3\x80\x80\xc2\xa0 \xe2\x80\x8bx\xef\xbb\xbfy "
                          "\t</td>");

    (void)state;
    assert_string_equal(text_of(&d, "td"), "￥ 69.93 /月(~68% ) xy");
    arena_free(&d.arena);
    d = good(MARKUP_HTML, "<td><p>1</p><p>2</p><div>3<div>4</div></div>5<span>6</span>7</td>");
    assert_string_equal(text_of(&d, "td"), "1 2 3 4 567");
    arena_free(&d.arena);
}

static void bad_bytes_of_a_page_become_a_sign(void **state)
{
    static const char page[] = "<p>a\xff"
                               "b\0c\xe4\xb8</p>";
    struct doc d;

    (void)state;
    assert_int_equal(read_doc(&d, MARKUP_HTML, page, sizeof page - 1), 0);
    assert_string_equal(text_of(&d, "p"), "a\xef\xbf\xbd"
                                          "b\xef\xbf\xbd"
                                          "c\xef\xbf\xbd\xef\xbf\xbd");
    arena_free(&d.arena);
    refused(MARKUP_HTML, "", "an empty answer");
    refused(MARKUP_HTML, "  \n ", "not a page");
}

/* What libxml2 has to say of a page is not for the terminal. */
static void nothing_is_printed(void **state)
{
    char said[64];
    int ends[2], saved = dup(2);

    (void)state;
    assert_int_equal(pipe(ends), 0);
    dup2(ends[1], 2);
    close(ends[1]);
    struct doc d = good(MARKUP_HTML, "<nosuch><p></div><b><i></b>&bad;<table><td><tr><a name=x name=y \xff></html>x<");
    arena_free(&d.arena);
    read_doc(&d, MARKUP_XML, "<a><b x=1></a>&x;", 17);
    arena_free(&d.arena);
    dup2(saved, 2);
    close(saved);
    assert_int_equal(read(ends[0], said, sizeof said), 0);
    close(ends[0]);
}

/* ---- tables ---- */

static struct markup_grid grid_of(struct doc *d, const char *page)
{
    struct markup_grid g;

    *d = good(MARKUP_HTML, page);
    if (markup_grid(markup_next(d->root, NULL, "table"), &d->arena, &g, &d->err) != 0)
        fail_msg("%s", d->err.text);
    return g;
}

static void spans_are_filled_in(void **state)
{
    struct doc d;
    struct markup_grid g =
        grid_of(&d, "<table><thead><tr><th rowspan=2>size</th><th colspan=2>price</th></tr>"
                    "<tr><th>hour</th><th>month</th></tr></thead>"
                    "<tbody><tr><td>a</td><td>1</td><td>2</td></tr><tr><td>b</td><td>3</td></tr></table>");
    static const char *const want[] = {"size", "price", "price", "size", "hour", "month", "a", "1", "2", "b", "3", ""};

    (void)state;
    assert_int_equal(g.rows, 4);
    assert_int_equal(g.columns, 3);
    for (size_t i = 0; i < 12; i++)
        assert_string_equal(g.cells[i], want[i]);
    assert_ptr_equal(g.elements[0], g.elements[3]);
    assert_ptr_equal(g.elements[1], g.elements[2]);
    assert_string_equal(g.elements[6]->name, "td");
    assert_null(g.elements[11]);
    arena_free(&d.arena);
}

/* A span past the end, none at all, nonsense; a table in a cell keeps its cells to itself. */
static void odd_spans_and_inner_tables(void **state)
{
    struct doc d;
    struct markup_grid g =
        grid_of(&d, "<table><tr><td rowspan=99999999999>a</td><td colspan=0>b</td><td rowspan=x>c</td>"
                    "</tr><tr><td colspan=-3>d<table><tr><td>in</td></tr><tr><td>ner</td></tr></table>"
                    "</td></tr></table>");

    (void)state;
    assert_int_equal(g.rows, 2);
    assert_int_equal(g.columns, 3);
    assert_string_equal(g.cells[3], "a");
    assert_string_equal(g.cells[4], "d in ner");
    assert_string_equal(g.cells[5], "");
    arena_free(&d.arena);
    g = grid_of(&d, "<table></table>");
    assert_int_equal(g.rows, 0);
    assert_int_equal(g.columns, 0);
    arena_free(&d.arena);
}

static void tables_too_large_or_overlapping_are_refused(void **state)
{
    struct buf text = {0};
    struct markup_grid g;
    struct doc d;

    (void)state;
    buf_puts(&text, "<table>");
    for (int i = 0; i < 21; i++)
        buf_puts(&text, "<tr><td colspan=1000000>x</td></tr>");
    d = good(MARKUP_HTML, text.v);
    assert_int_equal(markup_grid(markup_next(d.root, NULL, "table"), &d.arena, &g, &d.err), -1);
    assert_string_equal(d.err.text, "a table of more than 20000 cells");
    arena_free(&d.arena);
    text.n = 0;
    buf_puts(&text, "<table>");
    for (int i = 0; i < 20001; i++)
        buf_puts(&text, "<tr>");
    d = good(MARKUP_HTML, text.v);
    assert_int_equal(markup_grid(markup_next(d.root, NULL, "table"), &d.arena, &g, &d.err), -1);
    arena_free(&d.arena);
    buf_free(&text);
    /* The second cell of row 2 would lie under the one that reaches down. */
    d = good(MARKUP_HTML, "<table><tr><td>a</td><td rowspan=2>b</td></tr>\n<tr><td colspan=2>c</td></tr></table>");
    assert_int_equal(markup_grid(markup_next(d.root, NULL, "table"), &d.arena, &g, &d.err), -1);
    assert_string_equal(d.err.text, "line 2: the cell overlaps another in its table");
    arena_free(&d.arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(xml_has_names_namespaces_attributes_lines),
        cmocka_unit_test(a_byte_order_mark_and_another_encoding_named_change_nothing),
        cmocka_unit_test(elements_are_walked_in_the_order_of_the_document),
        cmocka_unit_test(xml_that_is_not_well_formed_is_refused),
        cmocka_unit_test(document_types_and_their_entities_are_refused),
        cmocka_unit_test(depth_has_an_end),
        cmocka_unit_test(many_elements_are_read_too_many_refused),
        cmocka_unit_test(cut_at_every_length),
        cmocka_unit_test(html_is_read_as_browsers_do),
        cmocka_unit_test(scripts_are_text_of_their_own_only),
        cmocka_unit_test(blanks_are_folded_and_invisible_characters_dropped),
        cmocka_unit_test(bad_bytes_of_a_page_become_a_sign),
        cmocka_unit_test(nothing_is_printed),
        cmocka_unit_test(spans_are_filled_in),
        cmocka_unit_test(odd_spans_and_inner_tables),
        cmocka_unit_test(tables_too_large_or_overlapping_are_refused),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
