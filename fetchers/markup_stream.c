/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * libxml2 pulls bytes from the source and pushes events, which are passed on without a copy. It compares
 * the attributes of a tag each with each, so that one tag of some megabytes would take minutes: what comes
 * without an event in between is bounded, and so is the number of attributes.
 */
#include "fetchers/markup_stream.h"

#include "calc/late.h"

#include <libxml/parser.h>
#include <stdbool.h>
#include <string.h>

enum { DEPTH_MAX = 64, ATTRIBUTES_MAX = 64, SILENT_MAX = 256 << 10, FIELDS = 5 };

struct library {
    xmlParserCtxtPtr (*xmlNewParserCtxt)(void);
    xmlDocPtr (*xmlCtxtReadIO)(xmlParserCtxtPtr, xmlInputReadCallback, xmlInputCloseCallback, void *, const char *,
                               const char *, int);
    void (*xmlStopParser)(xmlParserCtxtPtr);
    void (*xmlFreeParserCtxt)(xmlParserCtxtPtr);
};

struct stream {
    struct library xml;
    xmlParserCtxtPtr parser;
    markup_source *source;
    void *from;
    const struct markup_events *events;
    void *ctx;
    struct err *err;
    int rc; /* what stopped the reading; 0: nothing has */
    size_t depth, taken, silent;
    bool root;
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
        FUNCTION(xmlNewParserCtxt),
        FUNCTION(xmlCtxtReadIO),
        FUNCTION(xmlStopParser),
        FUNCTION(xmlFreeParserCtxt),
    };
#undef FUNCTION

    return late_load("libxml2.so.2", "libxml2", functions, sizeof functions / sizeof *functions, err);
}

struct markup_value markup_tag_value(const struct markup_tag *tag, size_t i)
{
    /* Five at a time: name, prefix, namespace, start and end of the value. */
    const unsigned char *const *v = tag->raw + i * FIELDS;

    return (struct markup_value){
        .name = (const char *)v[0],
        .ns = v[2] != NULL ? (const char *)v[2] : "",
        .text = (const char *)v[3],
        .len = (size_t)(v[4] - v[3]),
    };
}

struct markup_value markup_tag_find(const struct markup_tag *tag, const char *name)
{
    for (size_t i = 0; i < tag->nattributes; i++) {
        const unsigned char *const *v = tag->raw + i * FIELDS;
        if (v[2] == NULL && !strcmp((const char *)v[0], name))
            return markup_tag_value(tag, i);
    }
    return (struct markup_value){0};
}

/* ---- events of libxml2 ---- */

static int line_now(const struct stream *s)
{
    return s->parser->input != NULL ? s->parser->input->line : 0;
}

/* What comes after is not looked at. */
static void stop(struct stream *s, int rc)
{
    s->rc = rc;
    s->xml.xmlStopParser(s->parser);
}

static bool goes_on(struct stream *s)
{
    s->silent = 0;
    return s->rc == 0;
}

static void passed_on(struct stream *s, int rc)
{
    if (rc != 0)
        stop(s, rc);
}

static void on_start(void *ctx, const xmlChar *name, const xmlChar *prefix, const xmlChar *ns, int nns,
                     const xmlChar **namespaces, int n, int defaulted, const xmlChar **attributes)
{
    struct stream *s = ctx;

    (void)prefix, (void)namespaces, (void)defaulted;
    if (!goes_on(s))
        return;
    if (n > ATTRIBUTES_MAX || nns > ATTRIBUTES_MAX)
        stop(s,
             err_set(s->err, ERR_USAGE, "line %d: an element of more than %d attributes", line_now(s), ATTRIBUTES_MAX));
    else if (s->depth == DEPTH_MAX)
        stop(s, err_set(s->err, ERR_USAGE, "line %d: elements are nested more than %d deep", line_now(s), DEPTH_MAX));
    if (s->rc != 0)
        return;
    struct markup_tag tag = {(const char *)name, ns != NULL ? (const char *)ns : "", (size_t)n, attributes};
    s->depth++;
    s->root = true;
    passed_on(s, s->events->start(s->ctx, &tag, s->err));
}

static void on_end(void *ctx, const xmlChar *name, const xmlChar *prefix, const xmlChar *ns)
{
    struct stream *s = ctx;

    (void)name, (void)prefix, (void)ns;
    if (!goes_on(s))
        return;
    s->depth--;
    passed_on(s, s->events->end(s->ctx, s->err));
}

static void on_text(void *ctx, const xmlChar *text, int len)
{
    struct stream *s = ctx;

    if (goes_on(s) && s->depth > 0)
        passed_on(s, s->events->text(s->ctx, (const char *)text, (size_t)len, s->err));
}

static void on_comment(void *ctx, const xmlChar *text)
{
    (void)text;
    goes_on(ctx);
}

static void on_instruction(void *ctx, const xmlChar *target, const xmlChar *data)
{
    (void)target, (void)data;
    goes_on(ctx);
}

static void on_document_type(void *ctx, const xmlChar *name, const xmlChar *public_id, const xmlChar *system_id)
{
    struct stream *s = ctx;

    (void)name, (void)public_id, (void)system_id;
    if (goes_on(s))
        stop(s, err_set(s->err, ERR_USAGE, "line %d: a document type (none is read)", line_now(s)));
}

static void on_error(void *ctx, xmlErrorPtr e)
{
    struct stream *s = ctx;
    size_t n = e->message != NULL ? strlen(e->message) : 0;

    if (s->said[0] != '\0' || e->level == XML_ERR_WARNING)
        return;
    while (n > 0 && e->message[n - 1] == '\n')
        n--;
    n = n < sizeof s->said ? n : sizeof s->said - 1;
    if (n > 0)
        memcpy(s->said, e->message, n);
    s->said[n] = '\0';
    s->said_line = e->line;
}

static const xmlSAXHandler handler = {
    .initialized = XML_SAX2_MAGIC,
    .internalSubset = on_document_type,
    .startElementNs = on_start,
    .endElementNs = on_end,
    .characters = on_text,
    .ignorableWhitespace = on_text,
    .cdataBlock = on_text,
    .comment = on_comment,
    .processingInstruction = on_instruction,
    .serror = on_error,
};

/* ---- reading ---- */

/* libxml2 would take UTF-16 and EBCDIC by its first bytes, which then are no ASCII. */
static bool looks_like_utf8(const char *at, long n)
{
    const unsigned char *s = (const unsigned char *)at;

    if (n >= 3 && memcmp(s, "\xEF\xBB\xBF", 3) == 0)
        return true;
    for (long i = 0; i < n && i < 4; i++)
        if (s[i] == 0 || s[0] >= 0x80)
            return false;
    return n > 0 && (s[0] == '<' || s[0] == ' ' || s[0] == '\t' || s[0] == '\r' || s[0] == '\n');
}

/* As much as there is, up to n: libxml2 takes what little comes first for the whole beginning. -1: s->rc is set. */
static long fill(struct stream *s, char *to, size_t n)
{
    size_t have = 0;
    long got = 1;

    while (have < n && got > 0) {
        got = s->source(s->from, to + have, n - have, s->err);
        have += got > 0 ? (size_t)got : 0;
    }
    if (got < 0)
        s->rc = -1;
    else if (s->taken == 0 && !looks_like_utf8(to, (long)have))
        s->rc = err_set(s->err, ERR_USAGE, have == 0 ? "an empty document" : "not XML in UTF-8");
    return s->rc == 0 ? (long)have : -1;
}

static int on_read(void *ctx, char *to, int n)
{
    struct stream *s = ctx;

    if (s->rc != 0 || s->said[0] != '\0')
        return -1;
    if (s->silent > SILENT_MAX) {
        s->rc = err_set(s->err, ERR_USAGE, "a tag or comment of more than %d bytes", SILENT_MAX);
        return -1;
    }
    long got = fill(s, to, (size_t)n);
    s->taken += got > 0 ? (size_t)got : 0;
    s->silent += got > 0 ? (size_t)got : 0;
    return (int)got;
}

static int run(struct stream *s)
{
    s->parser = s->xml.xmlNewParserCtxt();
    if (s->parser == NULL)
        return err_nomem(s->err);
    *s->parser->sax = handler;
    s->parser->userData = s;
    /* NOENT lets &amp; in an attribute through as it is meant; there are no other entities to put in. */
    s->xml.xmlCtxtReadIO(s->parser, on_read, NULL, s, NULL, NULL,
                         XML_PARSE_NONET | XML_PARSE_NOENT | XML_PARSE_IGNORE_ENC | XML_PARSE_COMPACT);
    if (s->rc != 0)
        return s->rc;
    if (s->parser->wellFormed && s->parser->nsWellFormed && s->root)
        return 0;
    return err_set(s->err, ERR_USAGE, "line %d: not XML: %s", s->said_line, s->said[0] != '\0' ? s->said : "it is cut");
}

int markup_stream(markup_source *source, void *from, const struct markup_events *events, void *ctx, struct err *err)
{
    struct stream s = {.source = source, .from = from, .events = events, .ctx = ctx, .err = err};

    if (load(&s.xml, err) != 0)
        return -1;
    int rc = run(&s);
    if (s.parser != NULL)
        s.xml.xmlFreeParserCtxt(s.parser);
    return rc;
}
