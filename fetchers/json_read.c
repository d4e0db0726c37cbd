/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * json-c keeps the last of two equal keys without a word, reads NaN and Infinity, keys in single quotes
 * and -0 as 0. So the text it has read is looked over again: every word outside of texts must be one of
 * JSON's, and a document that lost a key is refused.
 */
#include "fetchers/json_read.h"

#include "calc/words.h"
#include "fetchers/harvest.h"

#include <json-c/json.h>
#include <limits.h>
#include <string.h>

enum { DEPTH_MAX = 64 };

static struct json_object *object(const struct json *v)
{
    union {
        const struct json *in;
        struct json_object *out;
    } cast = {.in = v}; /* json-c's readers take no const */

    return cast.out;
}

/* ---- reading ---- */

static bool blank(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static size_t digits(const char *at, size_t len)
{
    size_t n = 0;

    while (n < len && at[n] >= '0' && at[n] <= '9')
        n++;
    return n;
}

/* A number by the grammar; a whole -0 is none, for json-c forgets its sign. */
static bool is_number(const char *at, size_t len)
{
    size_t i = len > 0 && *at == '-', whole = digits(at + i, len - i), part;

    if (whole == 0 || (whole > 1 && at[i] == '0') || (len == 2 && at[0] == '-' && at[1] == '0'))
        return false;
    i += whole;
    if (i < len && at[i] == '.') {
        part = digits(at + i + 1, len - i - 1);
        i += part > 0 ? part + 1 : 0;
    }
    if (i < len && (at[i] == 'e' || at[i] == 'E')) {
        size_t sign = i + 1 < len && (at[i + 1] == '+' || at[i + 1] == '-');
        part = digits(at + i + 1 + sign, len - i - 1 - sign);
        i += part > 0 ? part + 1 + sign : 0;
    }
    return i == len;
}

static bool is_word(const char *at, size_t len)
{
    static const char *const words[] = {"true", "false", "null"};

    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (len == strlen(words[i]) && memcmp(at, words[i], len) == 0)
            return true;
    return is_number(at, len);
}

/* Behind a text whose quote is at `at`; `at` itself when it is not UTF-8 (json-c lets surrogates pass). */
static size_t behind_text(const char *body, size_t len, size_t at)
{
    size_t from = at++;

    for (; at < len && body[at] != '"'; at++)
        at += body[at] == '\\';
    return words_utf8(body + from, (at < len ? at : len) - from) ? at + 1 : from;
}

/* Counts the members the text has: colons outside of texts. False with *bad at a word that is not JSON's. */
static bool look_over(const char *body, size_t len, size_t *members, size_t *bad)
{
    static const char marks[] = "{}[],:";

    *members = 0;
    for (size_t i = 0, start; i < len;) {
        if (blank(body[i]) || memchr(marks, body[i], sizeof marks - 1) != NULL) {
            *members += body[i++] == ':';
            continue;
        }
        start = i;
        if (body[i] == '"') {
            i = behind_text(body, len, i);
            if (i > start)
                continue;
            *bad = start;
            return false;
        }
        while (i < len && !blank(body[i]) && body[i] != '"' && memchr(marks, body[i], sizeof marks - 1) == NULL)
            i++;
        if (!is_word(body + start, i - start)) {
            *bad = start;
            return false;
        }
    }
    return true;
}

static size_t members_kept(struct json_object *v)
{
    size_t n = 0;

    if (json_object_is_type(v, json_type_array)) {
        for (size_t i = 0; i < json_object_array_length(v); i++)
            n += members_kept(json_object_array_get_idx(v, i));
    } else if (json_object_is_type(v, json_type_object)) {
        n = (size_t)json_object_object_length(v);
        json_object_object_foreach(v, key, member)
        {
            (void)key;
            n += members_kept(member);
        }
    }
    return n;
}

static size_t mark_of(const char *body, size_t len)
{
    return len >= 3 && memcmp(body, "\xef\xbb\xbf", 3) == 0 ? 3 : 0;
}

static int malformed(struct json_tokener *t, size_t at, struct err *err)
{
    enum json_tokener_error why = json_tokener_get_error(t);

    if (why == json_tokener_continue)
        return err_set(err, ERR_FETCH, "not JSON: it ends at byte %zu in the middle of a value", at);
    return err_set(err, ERR_FETCH, "not JSON at byte %zu: %s", at, json_tokener_error_desc(why));
}

static int check_whole(const char *body, size_t from, size_t len, struct err *err)
{
    while (from < len && blank(body[from]))
        from++;
    return from == len ? 0 : err_set(err, ERR_FETCH, "not JSON at byte %zu: text behind the document", from);
}

static int parse(struct json_tokener *t, const char *body, size_t len, struct json **out, size_t *used, struct err *err)
{
    size_t start = mark_of(body, len);
    /* A number at the very end is only known to be whole when a NUL follows; documents are objects or lists. */
    struct json_object *v = json_tokener_parse_ex(t, body + start, (int)(len - start));
    size_t end = start + json_tokener_get_parse_end(t);

    if (v == NULL)
        return malformed(t, end, err);
    size_t members, bad;
    int rc = used == NULL ? check_whole(body, end, len, err) : 0;
    if (rc == 0 && !json_object_is_type(v, json_type_object) && !json_object_is_type(v, json_type_array))
        rc = err_set(err, ERR_FETCH, "not JSON: the document is no object and no list");
    if (rc == 0 && !look_over(body + start, end - start, &members, &bad))
        rc = err_set(err, ERR_FETCH, "not JSON at byte %zu: no value of JSON, or not UTF-8", start + bad);
    if (rc == 0 && members_kept(v) != members)
        rc = err_set(err, ERR_FETCH, "not usable JSON: an object has a key twice");
    if (rc != 0) {
        json_object_put(v);
        return -1;
    }
    if (used != NULL)
        *used = end;
    *out = (struct json *)v;
    return 0;
}

int json_read(const char *body, size_t len, struct json **out, size_t *used, struct err *err)
{
    if (len > INT_MAX)
        return err_set(err, ERR_FETCH, "not read: a document of %zu bytes (known: up to %d)", len, INT_MAX);
    struct json_tokener *t = json_tokener_new_ex(DEPTH_MAX);
    if (t == NULL)
        return err_nomem(err);
    json_tokener_set_flags(t, JSON_TOKENER_STRICT | JSON_TOKENER_VALIDATE_UTF8 |
                                  (used != NULL ? JSON_TOKENER_ALLOW_TRAILING_CHARS : 0));
    int rc = parse(t, body, len, out, used, err);
    json_tokener_free(t);
    return rc;
}

void json_free(struct json *v)
{
    json_object_put((struct json_object *)v);
}

/* ---- looking ---- */

enum json_kind json_kind(const struct json *v)
{
    static const enum json_kind kinds[] = {
        [json_type_null] = JSON_NULL,     [json_type_boolean] = JSON_TRUTH, [json_type_double] = JSON_NUMBER,
        [json_type_int] = JSON_NUMBER,    [json_type_object] = JSON_OBJECT, [json_type_array] = JSON_LIST,
        [json_type_string] = JSON_STRING,
    };

    return kinds[json_object_get_type(object(v))];
}

static const struct json *member(const struct json *v, const char *key)
{
    struct json_object *found = NULL;

    if (json_kind(v) != JSON_OBJECT || !json_object_object_get_ex(object(v), key, &found))
        return NULL;
    return (const struct json *)found;
}

const struct json *json_get(const struct json *v, const char *key)
{
    return member(v, key);
}

const struct json *json_at(const struct json *v, const char *path)
{
    char key[128];

    while (v != NULL) {
        size_t n = strcspn(path, "/");
        if (n >= sizeof key)
            return NULL;
        memcpy(key, path, n);
        key[n] = '\0';
        v = member(v, key);
        if (path[n] == '\0')
            return v;
        path += n + 1;
    }
    return NULL;
}

int json_need(const struct json *v, const char *path, const struct json **out, struct err *err)
{
    const struct json *found = json_at(v, path);

    if (found == NULL)
        return err_set(err, ERR_FETCH, "no '%s' in the answer", path);
    *out = found;
    return 0;
}

size_t json_count(const struct json *v)
{
    return json_kind(v) == JSON_LIST ? json_object_array_length(object(v)) : 0;
}

const struct json *json_item(const struct json *v, size_t i)
{
    return i < json_count(v) ? (const struct json *)json_object_array_get_idx(object(v), i) : NULL;
}

struct json_walk json_walk(const struct json *v)
{
    struct lh_table *table = json_kind(v) == JSON_OBJECT ? json_object_get_object(object(v)) : NULL;

    return (struct json_walk){.next = table != NULL ? table->head : NULL};
}

bool json_step(struct json_walk *w)
{
    const struct lh_entry *e = w->next;

    if (e == NULL)
        return false;
    w->key = lh_entry_k(e);
    w->value = (const struct json *)lh_entry_v(e);
    w->next = e->next;
    return true;
}

const char *json_string(const struct json *v)
{
    enum json_kind kind = json_kind(v);

    return kind == JSON_STRING || kind == JSON_NUMBER ? json_object_get_string(object(v)) : "";
}

bool json_true(const struct json *v)
{
    const char *text = json_string(v);

    if (json_kind(v) == JSON_TRUTH)
        return json_object_get_boolean(object(v));
    return !strcmp(text, "true") || !strcmp(text, "True");
}

/* json-c holds a whole number beyond 64 bits at its end of the range: such a price is none. */
static bool saturated(const struct json *v)
{
    return json_object_is_type(object(v), json_type_int) &&
           (json_object_get_uint64(object(v)) == UINT64_MAX || json_object_get_int64(object(v)) == INT64_MIN);
}

int json_amount(const struct json *v, dec_t *out, struct err *err)
{
    const char *text = json_string(v);

    if (json_kind(v) == JSON_STRING)
        while (blank(*text))
            text++;
    size_t len = strlen(text);
    while (len > 0 && blank(text[len - 1]))
        len--;
    if (len == 0 && json_kind(v) != JSON_NULL && json_kind(v) != JSON_STRING)
        return err_set(err, ERR_FETCH, "no number where an amount is expected");
    if (len == 0)
        return 0;
    if (saturated(v))
        return err_set(err, ERR_FETCH, "'%s' is too large a number", text);
    return fetch_amount(text, len, out, err) != 0 ? -1 : 1;
}
