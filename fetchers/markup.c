/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * libxml2's events become nodes in the arena as they come, so there is never a second tree. The
 * bytes are made sure to be UTF-8 before: then nothing is recoded, and a page's own word for its
 * encoding does not count. Errors come to a function of ours, per reading, so that libxml2 prints
 * nothing and no state is shared.
 */
#include "fetchers/markup.h"

#include "calc/buf.h"
#include "calc/intern.h"
#include "calc/late.h"
#include "calc/utf8.h"

#include <libxml/HTMLparser.h>
#include <libxml/parser.h>
#include <string.h>

enum { XML_DEPTH = 64, HTML_DEPTH = 1024, NODES_MAX = 2000000, BODY_MAX = 256 << 20, TEXT_MAX = 16 << 20 };

struct library {
    xmlParserCtxtPtr (*xmlNewParserCtxt)(void);
    htmlParserCtxtPtr (*htmlNewParserCtxt)(void);
    xmlDocPtr (*xmlCtxtReadMemory)(xmlParserCtxtPtr, const char *, int, const char *, const char *, int);
    htmlDocPtr (*htmlCtxtReadMemory)(htmlParserCtxtPtr, const char *, int, const char *, const char *, int);
    void (*xmlStopParser)(xmlParserCtxtPtr);
    void (*xmlFreeParserCtxt)(xmlParserCtxtPtr);
};

/* An element whose end has not come yet. */
struct open_element {
    struct markup *v, *last;
};

struct reader {
    struct library xml;
    xmlParserCtxtPtr parser;
    bool html;
    struct arena *arena;
    struct intern names;
    struct buf text; /* gathered: it comes in pieces */
    int text_line;
    struct open_element open[HTML_DEPTH];
    size_t depth, nodes;
    struct markup *root;
    bool failed;
    struct err *err;
    char said[256]; /* the first thing libxml2 said against the document */
    int said_line;
};

static int load(struct library *x, struct err *err)
{
#define FUNCTION(name)                                                                                                 \
    {                                                                                                                  \
#name, &x->name                                                                                                \
    }
    const struct late_function functions[] = {
        FUNCTION(xmlNewParserCtxt),   FUNCTION(htmlNewParserCtxt), FUNCTION(xmlCtxtReadMemory),
        FUNCTION(htmlCtxtReadMemory), FUNCTION(xmlStopParser),     FUNCTION(xmlFreeParserCtxt),
    };
#undef FUNCTION

    return late_load("libxml2.so.2", "libxml2", functions, sizeof functions / sizeof *functions, err);
}

/* ---- nodes ---- */

static int line_now(const struct reader *r)
{
    return r->parser->input != NULL ? r->parser->input->line : 0;
}

/* What comes after a failure is not looked at. */
static void stop(struct reader *r)
{
    r->failed = true;
    r->xml.xmlStopParser(r->parser);
}

static void no_memory(struct reader *r)
{
    err_nomem(r->err);
    stop(r);
}

static struct markup *new_node(struct reader *r, int line)
{
    if (++r->nodes > NODES_MAX) {
        err_set(r->err, ERR_FETCH, "more than %d elements and texts", NODES_MAX);
        stop(r);
        return NULL;
    }
    struct markup *v = arena_alloc(r->arena, sizeof *v);
    if (v == NULL) {
        no_memory(r);
        return NULL;
    }
    v->ns = "";
    v->line = line;
    return v;
}

/* Puts a node behind what its parent has already. */
static void hang(struct reader *r, struct markup *v)
{
    struct open_element *parent = &r->open[r->depth - 1];

    v->parent = parent->v;
    if (parent->last != NULL)
        parent->last->next = v;
    else
        parent->v->first = v;
    parent->last = v;
}

/* The text gathered so far becomes a node. */
static void flush_text(struct reader *r)
{
    if (r->text.failed)
        no_memory(r);
    if (r->failed || r->text.n == 0 || r->depth == 0)
        return;
    struct markup *v = new_node(r, r->text_line);
    if (v == NULL)
        return;
    v->text = arena_strndup(r->arena, r->text.v, r->text.n);
    r->text.n = 0;
    if (v->text != NULL)
        hang(r, v);
    else
        no_memory(r);
}

static void open_element(struct reader *r, struct markup *v)
{
    if (r->depth > 0)
        hang(r, v);
    else
        r->root = v;
    r->open[r->depth++] = (struct open_element){v, NULL};
}

/* A new element within the open ones, not yet hung; NULL: failed. */
static struct markup *new_element(struct reader *r, const xmlChar *name, const xmlChar *ns)
{
    size_t most = r->html ? HTML_DEPTH : XML_DEPTH;

    flush_text(r);
    if (!r->failed && r->depth == most) {
        err_set(r->err, ERR_FETCH, "line %d: elements are nested more than %zu deep", line_now(r), most);
        stop(r);
    }
    struct markup *v = r->failed ? NULL : new_node(r, line_now(r));
    if (v == NULL)
        return NULL;
    v->name = intern(&r->names, (const char *)name, strlen((const char *)name));
    if (ns != NULL)
        v->ns = intern(&r->names, (const char *)ns, strlen((const char *)ns));
    if (v->name != NULL && v->ns != NULL)
        return v;
    no_memory(r);
    return NULL;
}

static bool set_attribute(struct reader *r, struct markup_attribute *to, const xmlChar *name, const xmlChar *value,
                          size_t len)
{
    to->name = intern(&r->names, (const char *)name, strlen((const char *)name));
    to->value = value != NULL ? arena_strndup(r->arena, (const char *)value, len) : "";
    return to->name != NULL && to->value != NULL;
}

static struct markup_attribute *new_attributes(struct reader *r, struct markup *v, size_t n)
{
    struct markup_attribute *list = n > 0 ? arena_array(r->arena, n, sizeof *list) : NULL;

    if (n > 0 && list == NULL)
        no_memory(r);
    v->attributes = list;
    v->nattributes = list != NULL ? n : 0;
    return list;
}

/* ---- events of libxml2 ---- */

static void on_text(void *ctx, const xmlChar *text, int len)
{
    struct reader *r = ctx;

    if (r->failed || r->depth == 0)
        return;
    if (r->text.n == 0)
        r->text_line = line_now(r);
    buf_add(&r->text, text, (size_t)len);
    if (r->text.failed && r->text.n + (size_t)len > r->text.ceiling) {
        err_set(r->err, ERR_FETCH, "line %d: a text of more than %d bytes", r->text_line, TEXT_MAX);
        stop(r);
    }
}

static void on_xml_start(void *ctx, const xmlChar *name, const xmlChar *prefix, const xmlChar *ns, int nns,
                         const xmlChar **namespaces, int n, int defaulted, const xmlChar **attributes)
{
    struct reader *r = ctx;
    struct markup *v = r->failed ? NULL : new_element(r, name, ns);

    (void)prefix, (void)nns, (void)namespaces, (void)defaulted;
    if (v == NULL)
        return;
    struct markup_attribute *list = new_attributes(r, v, (size_t)n);
    /* Five at a time: name, prefix, namespace, start and end of the value. */
    for (int i = 0; i < n && !r->failed; i++, attributes += 5)
        if (!set_attribute(r, &list[i], attributes[0], attributes[3], (size_t)(attributes[4] - attributes[3])))
            no_memory(r);
    if (!r->failed)
        open_element(r, v);
}

static void on_html_start(void *ctx, const xmlChar *name, const xmlChar **attributes)
{
    struct reader *r = ctx;
    struct markup *v = r->failed ? NULL : new_element(r, name, NULL);
    size_t n = 0;

    while (v != NULL && attributes != NULL && attributes[2 * n] != NULL)
        n++;
    if (v == NULL)
        return;
    struct markup_attribute *list = new_attributes(r, v, n);
    for (size_t i = 0; i < n && !r->failed; i++) {
        const xmlChar *value = attributes[2 * i + 1];
        if (!set_attribute(r, &list[i], attributes[2 * i], value, value != NULL ? strlen((const char *)value) : 0))
            no_memory(r);
    }
    if (!r->failed)
        open_element(r, v);
}

/* The root of a page stays open: what stands behind its end belongs to it, as in browsers. */
static void on_end(void *ctx)
{
    struct reader *r = ctx;

    if (!r->failed)
        flush_text(r);
    if (!r->failed && r->depth > (r->html ? 1 : 0))
        r->depth--;
}

static void on_xml_end(void *ctx, const xmlChar *name, const xmlChar *prefix, const xmlChar *ns)
{
    (void)name, (void)prefix, (void)ns;
    on_end(ctx);
}

static void on_html_end(void *ctx, const xmlChar *name)
{
    (void)name;
    on_end(ctx);
}

static void on_document_type(void *ctx, const xmlChar *name, const xmlChar *public_id, const xmlChar *system_id)
{
    struct reader *r = ctx;

    (void)name, (void)public_id, (void)system_id;
    if (r->html || r->failed)
        return;
    err_set(r->err, ERR_FETCH, "line %d: a document type (none is read)", line_now(r));
    stop(r);
}

static void on_error(void *ctx, xmlErrorPtr e)
{
    struct reader *r = ctx;
    size_t n = e->message != NULL ? strlen(e->message) : 0;

    if (r->said[0] != '\0' || e->level == XML_ERR_WARNING)
        return;
    while (n > 0 && e->message[n - 1] == '\n')
        n--;
    n = n < sizeof r->said ? n : sizeof r->said - 1;
    if (n > 0)
        memcpy(r->said, e->message, n);
    r->said[n] = '\0';
    r->said_line = e->line;
}

/* ---- reading ---- */

static const xmlSAXHandler events = {
    .initialized = XML_SAX2_MAGIC,
    .internalSubset = on_document_type,
    .startElementNs = on_xml_start,
    .endElementNs = on_xml_end,
    .startElement = on_html_start,
    .endElement = on_html_end,
    .characters = on_text,
    .ignorableWhitespace = on_text,
    .cdataBlock = on_text,
    .serror = on_error,
};

static int refused(struct reader *r)
{
    if (r->failed)
        return -1;
    if (r->said[0] != '\0')
        return err_set(r->err, ERR_FETCH, "line %d: not XML: %s", r->said_line, r->said);
    return err_set(r->err, ERR_FETCH, "not XML");
}

/* NOENT lets &amp; in an attribute through as it is meant; there are no other entities to put in. */
static int read_xml(struct reader *r, const char *body, size_t len)
{
    r->parser = r->xml.xmlNewParserCtxt();
    if (r->parser == NULL)
        return err_nomem(r->err);
    *r->parser->sax = events;
    r->parser->userData = r;
    r->xml.xmlCtxtReadMemory(r->parser, body, (int)len, NULL, "UTF-8",
                             XML_PARSE_NONET | XML_PARSE_NOENT | XML_PARSE_IGNORE_ENC);
    return !r->failed && r->parser->wellFormed && r->parser->nsWellFormed && r->root != NULL ? 0 : refused(r);
}

static int read_html(struct reader *r, const char *body, size_t len)
{
    r->parser = r->xml.htmlNewParserCtxt();
    if (r->parser == NULL)
        return err_nomem(r->err);
    *r->parser->sax = events;
    r->parser->userData = r;
    r->xml.htmlCtxtReadMemory(r->parser, body, (int)len, NULL, "UTF-8",
                              HTML_PARSE_RECOVER | HTML_PARSE_NONET | HTML_PARSE_IGNORE_ENC);
    if (!r->failed)
        flush_text(r);
    if (r->failed)
        return -1;
    return r->root != NULL ? 0 : err_set(r->err, ERR_FETCH, "not a page: no element in it");
}

static size_t utf8_until(const char *body, size_t len)
{
    uint32_t code;
    size_t at = 0, n;

    while (at < len && body[at] != '\0' && (n = utf8_step(body + at, len - at, &code)) > 0)
        at += n;
    return at;
}

/* A copy with the replacement character for each byte that is not UTF-8, as browsers show it. */
static void repair(const char *body, size_t len, struct buf *out)
{
    for (size_t at = 0; at < len; at++) {
        size_t good = utf8_until(body + at, len - at);
        buf_add(out, body + at, good);
        at += good;
        if (at < len)
            buf_puts(out, "\xef\xbf\xbd");
    }
}

static int read_repaired(struct reader *r, const char *body, size_t len)
{
    struct buf whole = {0};

    repair(body, len, &whole);
    int rc = whole.failed ? err_nomem(r->err) : read_html(r, whole.v, whole.n);
    buf_free(&whole);
    return rc;
}

static int read_body(struct reader *r, const char *body, size_t len)
{
    size_t good = utf8_until(body, len);

    if (good < len && r->html)
        return read_repaired(r, body, len);
    if (good < len)
        return err_set(r->err, ERR_FETCH, "not UTF-8 at byte %zu", good);
    return r->html ? read_html(r, body, len) : read_xml(r, body, len);
}

int markup_read(enum markup_kind kind, const char *body, size_t len, struct arena *a, const struct markup **root,
                struct err *err)
{
    static const char mark[] = "\xef\xbb\xbf";
    struct reader r = {.html = kind == MARKUP_HTML, .arena = a, .names.arena = a, .text.ceiling = TEXT_MAX, .err = err};
    size_t skip = len >= 3 && memcmp(body, mark, 3) == 0 ? 3 : 0;

    if (len == skip)
        return err_set(err, ERR_FETCH, "an empty answer");
    if (len > BODY_MAX)
        return err_set(err, ERR_FETCH, "more than %d MiB of markup", BODY_MAX >> 20);
    if (load(&r.xml, err) != 0)
        return -1;
    int rc = read_body(&r, body + skip, len - skip);
    if (r.parser != NULL)
        r.xml.xmlFreeParserCtxt(r.parser);
    intern_free(&r.names);
    buf_free(&r.text);
    *root = r.root;
    return rc;
}
