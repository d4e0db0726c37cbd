/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fetchers/json_members.h"

#include "calc/buf.h"
#include "calc/utf8.h"

#include <string.h>

enum { REST_MAX = 1024 * 1024, KEY_MAX = 1024 };

static bool blank(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static void pass_blanks(struct json_members *m)
{
    while (m->at < m->len && blank(m->body[m->at]))
        m->at++;
}

static int malformed(const struct json_members *m, const char *what, struct err *err)
{
    if (m->at >= m->len)
        return err_set(err, ERR_FETCH, "not JSON: it ends at byte %zu in the middle of a value", m->len);
    return err_set(err, ERR_FETCH, "not JSON at byte %zu: %s", m->at, what);
}

static int need(struct json_members *m, char c, const char *what, struct err *err)
{
    pass_blanks(m);
    if (m->at >= m->len || m->body[m->at] != c)
        return malformed(m, what, err);
    m->at++;
    return 0;
}

int json_members_open(struct json_members *m, const char *body, size_t len, struct err *err)
{
    *m = (struct json_members){.body = body, .len = len};
    if (len >= 3 && memcmp(body, "\xef\xbb\xbf", 3) == 0)
        m->at = 3;
    return need(m, '{', "an object is expected", err);
}

/* ---- where a value ends ---- */

/* Behind the closing quote; m->at is behind the opening one. */
static int pass_text(struct json_members *m, struct err *err)
{
    for (; m->at < m->len; m->at++) {
        if (m->body[m->at] == '\\')
            m->at++;
        else if (m->body[m->at] == '"') {
            m->at++;
            return 0;
        }
    }
    m->at = m->len;
    return malformed(m, "", err);
}

/* Which bracket closes which is not looked at: reading the value does that. */
static int pass_nested(struct json_members *m, struct err *err)
{
    size_t depth = 0;

    while (m->at < m->len) {
        char c = m->body[m->at++];
        if (c == '"' && pass_text(m, err) != 0)
            return -1;
        depth += c == '{' || c == '[';
        depth -= c == '}' || c == ']';
        if (depth == 0)
            return 0;
    }
    return malformed(m, "", err);
}

static int pass_value(struct json_members *m, struct err *err)
{
    static const char ends[] = ",}]{[\":";

    pass_blanks(m);
    size_t start = m->at;
    char c = m->at < m->len ? m->body[m->at] : '\0';
    if (c == '{' || c == '[') {
        if (pass_nested(m, err) != 0)
            return -1;
    } else if (c == '"') {
        m->at++;
        if (pass_text(m, err) != 0)
            return -1;
    } else {
        while (m->at < m->len && !blank(m->body[m->at]) && memchr(ends, m->body[m->at], sizeof ends - 1) == NULL)
            m->at++;
        if (m->at == start || m->at == m->len)
            return malformed(m, "a value is expected", err);
    }
    m->value = m->body + start;
    m->value_len = m->at - start;
    return 0;
}

/* ---- members ---- */

/* Whole UTF-8 without controls, and nothing to be unescaped: it goes into texts as it is. */
static bool plain_name(const char *text, size_t len)
{
    for (size_t i = 0, step; i < len; i += step) {
        uint32_t code;
        step = utf8_step(text + i, len - i, &code);
        if (step == 0 || utf8_control(code) || code == '\\')
            return false;
    }
    return len <= KEY_MAX;
}

static int read_key(struct json_members *m, struct err *err)
{
    if (need(m, '"', "a name is expected", err) != 0)
        return -1;
    size_t start = m->at;
    if (pass_text(m, err) != 0)
        return -1;
    m->key = m->body + start;
    m->key_len = m->at - 1 - start;
    if (!plain_name(m->key, m->key_len))
        return err_set(err, ERR_FETCH,
                       "not usable JSON at byte %zu: a name with escapes or controls, not UTF-8, or over %d bytes",
                       start, KEY_MAX);
    return need(m, ':', "a colon is expected", err);
}

static int end(struct json_members *m, struct err *err)
{
    m->at++;
    pass_blanks(m);
    return m->at == m->len ? 0 : err_set(err, ERR_FETCH, "not JSON at byte %zu: text behind the document", m->at);
}

int json_members_next(struct json_members *m, struct err *err)
{
    pass_blanks(m);
    if (m->at < m->len && m->body[m->at] == '}')
        return end(m, err);
    if (m->begun > 0 && need(m, ',', "a comma or a closing brace is expected", err) != 0)
        return -1;
    if (read_key(m, err) != 0 || pass_value(m, err) != 0)
        return -1;
    m->begun++;
    return 1;
}

bool json_members_is(const struct json_members *m, const char *key)
{
    return strlen(key) == m->key_len && memcmp(key, m->key, m->key_len) == 0;
}

int json_members_read(const struct json_members *m, struct json **out, struct err *err)
{
    if (json_read(m->value, m->value_len, out, NULL, err) == 0)
        return 0;
    return err_prefix(err, "%.*s", (int)(m->key_len < 100 ? m->key_len : 100), m->key);
}

/* ---- one large member ---- */

static void keep(struct buf *rest, const struct json_members *m)
{
    buf_puts(rest, rest->n > 1 ? ",\"" : "\"");
    buf_add(rest, m->key, m->key_len);
    buf_puts(rest, "\":");
    buf_add(rest, m->value, m->value_len);
}

static int split(struct json_members *m, const char *large, struct buf *rest, struct json_members *found,
                 struct err *err)
{
    int rc;

    buf_putc(rest, '{');
    while ((rc = json_members_next(m, err)) == 1) {
        if (!json_members_is(m, large)) {
            keep(rest, m);
            continue;
        }
        if (found->value != NULL)
            return err_set(err, ERR_FETCH, "not usable JSON: an object has the key '%s' twice", large);
        *found = *m;
    }
    buf_putc(rest, '}');
    if (rc == 0 && rest->failed)
        return err_set(err, ERR_FETCH, "more than %d bytes beside '%s'", REST_MAX, large);
    if (rc == 0 && found->value == NULL)
        return err_set(err, ERR_FETCH, "no '%s' in the answer", large);
    return rc;
}

int json_members_split(const char *body, size_t len, const char *large, struct json **rest, struct json_members *big,
                       struct err *err)
{
    struct json_members m, found = {.value = NULL};
    struct buf text = {.ceiling = REST_MAX};

    if (json_members_open(&m, body, len, err) != 0)
        return -1;
    int rc = split(&m, large, &text, &found, err);
    if (rc == 0)
        rc = json_members_open(big, found.value, found.value_len, err);
    if (rc == 0)
        rc = json_read(text.v, text.n, rest, NULL, err);
    buf_free(&text);
    return rc;
}
