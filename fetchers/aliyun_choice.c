/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One price of several for the same thing, and other small reading the price files share.
 */
#include "calc/intern.h"
#include "fetchers/aliyun_files.h"

#include <stdlib.h>
#include <string.h>

enum { PREFERRED = 1 << 30 };

struct held {
    const char *thing, *key, *value;
    size_t key_len, value_len;
};

struct aliyun_seen {
    struct arena arena;
    struct intern things; /* numbers: how many, and PREFERRED */
    struct held *held;
    size_t nheld, cap;
};

int aliyun_choice_open(struct aliyun_choice *c, struct err *err)
{
    c->seen = calloc(1, sizeof *c->seen);
    if (c->seen == NULL)
        return err_nomem(err);
    c->seen->things.arena = &c->seen->arena;
    return 0;
}

static int hold(struct aliyun_seen *s, const char *thing, const struct json_members *m, struct err *err)
{
    if (s->nheld == s->cap) {
        size_t wider = s->cap == 0 ? 256 : s->cap * 2;
        struct held *grown = realloc(s->held, wider * sizeof *grown);
        if (grown == NULL)
            return err_nomem(err);
        s->held = grown;
        s->cap = wider;
    }
    s->held[s->nheld++] = (struct held){thing, m->key, m->value, m->key_len, m->value_len};
    return 0;
}

int aliyun_choice_add(struct aliyun_choice *c, const char *thing, bool preferred, struct err *err)
{
    struct aliyun_seen *s = c->seen;
    int *number = intern_number(&s->things, thing, strlen(thing));

    if (number == NULL)
        return err_nomem(err);
    if (preferred) {
        *number |= PREFERRED;
        return c->deliver(c->file, &c->file->m, err);
    }
    ++*number;
    const char *kept = intern(&s->things, thing, strlen(thing));
    return kept != NULL ? hold(s, kept, &c->file->m, err) : err_nomem(err);
}

static int decide(struct aliyun_choice *c, const struct held *h, struct err *err)
{
    const int *number = intern_number(&c->seen->things, h->thing, strlen(h->thing));

    if (number == NULL)
        return err_nomem(err);
    if ((*number & PREFERRED) != 0)
        return harvest_skip(c->file->out, c->passed_over, 1, err);
    if (*number > 1)
        return harvest_skip(c->file->out, c->undecided, 1, err);
    const struct json_members m = {.key = h->key, .key_len = h->key_len, .value = h->value, .value_len = h->value_len};
    return c->deliver(c->file, &m, err);
}

int aliyun_choice_close(struct aliyun_choice *c, int rc, struct err *err)
{
    struct aliyun_seen *s = c->seen;

    for (size_t i = 0; i < s->nheld && rc == 0; i++)
        rc = decide(c, &s->held[i], err);
    intern_free(&s->things);
    arena_free(&s->arena);
    free(s->held);
    free(s);
    c->seen = NULL;
    return rc;
}

bool aliyun_key_parts(struct arena *a, const struct json_members *m, const char **parts, size_t n)
{
    char *at = arena_strndup(a, m->key, m->key_len);

    for (size_t i = 0; i < n && at != NULL; i++) {
        char *end = strstr(at, "::");
        if ((end != NULL) != (i + 1 < n) || *at == '\0')
            return false;
        parts[i] = at;
        if (end != NULL) {
            *end = '\0';
            at = end + 2;
        }
    }
    return at != NULL;
}

static int divide(const struct json *entry, dec_t *price, struct err *err)
{
    dec_t value = DEC_ONE;

    if (json_amount(json_get(entry, "value"), &value, err) < 0)
        return -1;
    dec_t each = dec_div(*price, value, DEC_EXACT);
    if (dec_bad(each))
        return err_set(err, ERR_FETCH, "a price for '%s' that cannot be divided exactly",
                       json_string(json_get(entry, "value")));
    *price = each;
    return 0;
}

int aliyun_file_price(struct aliyun_file *f, const struct json *entry, struct fetch_price *p, bool per_value,
                      bool *taken, struct err *err)
{
    int found = json_amount(json_get(entry, "price"), &p->price, err);

    if (taken != NULL)
        *taken = found > 0 && dec_sign(p->price) != 0;
    if (found < 0)
        return -1;
    if (found == 0 || dec_sign(p->price) == 0)
        return harvest_skip(f->out, "no price, or 0", 1, err);
    if (per_value && divide(entry, &p->price, err) != 0)
        return -1;
    return harvest_price(f->out, p, err);
}
