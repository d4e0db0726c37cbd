/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fetchers/answer_tree.h"

#include "fetchers/harvest.h"
#include "fetchers/json_read.h"
#include "fetchers/markup.h"

#include <string.h>

/* Children in the order in which they come. */
struct children {
    struct arena *arena;
    struct answer_node *first, *last;
    bool failed;
};

static void add(struct children *c, const char *name, const char *text, const struct answer_node *first)
{
    if (*text == '\0' && first == NULL)
        return;
    struct answer_node *v = arena_alloc(c->arena, sizeof *v);
    const char *kept_name = arena_strdup(c->arena, name), *kept = arena_strdup(c->arena, text);
    if (v == NULL || kept_name == NULL || kept == NULL) {
        c->failed = true;
        return;
    }
    *v = (struct answer_node){.name = kept_name, .text = kept, .first = first};
    if (c->last != NULL)
        c->last->next = v;
    else
        c->first = v;
    c->last = v;
}

/* ---- JSON ---- */

static void add_json(struct children *c, const char *name, const struct json *v);

static struct answer_node *members(struct children *of, const struct json *v)
{
    struct children c = {.arena = of->arena};

    for (struct json_walk w = json_walk(v); json_step(&w);)
        add_json(&c, w.key, w.value);
    of->failed |= c.failed;
    return c.first;
}

/* Recursion ends where json_read() does: at 64 levels. */
static void add_json(struct children *c, const char *name, const struct json *v)
{
    if (json_kind(v) == JSON_LIST)
        for (size_t i = 0; i < json_count(v); i++)
            add_json(c, name, json_item(v, i));
    else if (json_kind(v) == JSON_OBJECT)
        add(c, name, "", members(c, v));
    else if (json_kind(v) == JSON_TRUTH)
        add(c, name, json_true(v) ? "true" : "false", NULL);
    else
        add(c, name, json_string(v), NULL);
}

static int from_json(const char *body, size_t len, struct children *c, struct err *err)
{
    struct json *doc;

    if (json_read(body, len, &doc, NULL, err) != 0)
        return -1;
    int rc = json_kind(doc) == JSON_OBJECT ? 0 : err_set(err, ERR_FETCH, "the answer is a list, not an object");
    if (rc == 0)
        c->first = members(c, doc);
    json_free(doc);
    return rc;
}

/* ---- XML ---- */

static struct answer_node *elements(struct children *of, const struct markup *v)
{
    struct children c = {.arena = of->arena};

    for (const struct markup *e = v->first; e != NULL; e = e->next) {
        if (e->name == NULL)
            continue;
        const struct answer_node *first = elements(&c, e);
        const char *text = first == NULL ? markup_text(e, of->arena) : "";
        if (text == NULL)
            c.failed = true;
        else
            add(&c, e->name, text, first);
    }
    of->failed |= c.failed;
    return c.first;
}

static int from_xml(const char *body, size_t len, struct children *c, struct err *err)
{
    const struct markup *root;

    if (markup_read(MARKUP_XML, body, len, c->arena, &root, err) != 0)
        return -1;
    c->first = elements(c, root);
    return 0;
}

int answer_read(const char *body, size_t len, struct arena *a, const struct answer_node **root, struct err *err)
{
    struct children c = {.arena = a};
    size_t at = len >= 3 && memcmp(body, "\xef\xbb\xbf", 3) == 0 ? 3 : 0;

    while (at < len && (body[at] == ' ' || body[at] == '\t' || body[at] == '\n' || body[at] == '\r'))
        at++;
    if ((at < len && body[at] == '<' ? from_xml : from_json)(body, len, &c, err) != 0)
        return -1;
    struct answer_node *top = arena_alloc(a, sizeof *top);
    if (top == NULL || c.failed)
        return err_nomem(err);
    *top = (struct answer_node){.name = "", .text = "", .first = c.first};
    *root = top;
    return 0;
}

/* ---- looking ---- */

static const struct answer_node *named(const struct answer_node *v, const char *name, size_t len)
{
    while (v != NULL && (strncmp(v->name, name, len) != 0 || v->name[len] != '\0'))
        v = v->next;
    return v;
}

const struct answer_node *answer_at(const struct answer_node *v, const char *path)
{
    while (v != NULL) {
        size_t n = strcspn(path, "/");
        v = named(v->first, path, n);
        if (path[n] == '\0')
            return v;
        path += n + 1;
    }
    return NULL;
}

const struct answer_node *answer_more(const struct answer_node *v)
{
    return named(v->next, v->name, strlen(v->name));
}

const char *answer_text(const struct answer_node *v, const char *path)
{
    const struct answer_node *found = answer_at(v, path);

    return found != NULL ? found->text : "";
}

bool answer_true(const struct answer_node *v, const char *path)
{
    const char *text = answer_text(v, path);

    return !strcmp(text, "true") || !strcmp(text, "True");
}

int answer_amount(const struct answer_node *v, const char *path, dec_t *out, struct err *err)
{
    const char *text = answer_text(v, path);

    if (*text == '\0')
        return 0;
    return fetch_amount(text, strlen(text), out, err) == 0 ? 1 : -1;
}
