/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fetchers/walk.h"

#include "calc/intern.h"

#include <stdlib.h>
#include <string.h>

enum { NAME_MAX_BYTES = 200 };

struct walk_names {
    struct arena arena;
    struct intern texts;
};

int walk_open(struct walk *w, const struct fetcher *f, const struct fetch_job *job, struct harvest *h, struct err *err)
{
    *w = (struct walk){.fetcher = f, .job = job, .harvest = h};
    w->state = calloc(1, f->state_size + 1);
    w->asked = calloc(1, sizeof *w->asked);
    if (w->state == NULL || w->asked == NULL) {
        free(w->state);
        free(w->asked);
        *w = (struct walk){0};
        return err_nomem(err);
    }
    w->asked->texts.arena = &w->asked->arena;
    if (f->begin(w->state, job, err) == 0)
        return 0;
    walk_close(w);
    return -1;
}

void walk_close(struct walk *w)
{
    if (w->state != NULL && w->fetcher->end != NULL)
        w->fetcher->end(w->state);
    free(w->state);
    if (w->asked != NULL) {
        intern_free(&w->asked->texts);
        arena_free(&w->asked->arena);
    }
    free(w->asked);
    *w = (struct walk){0};
}

static int fault(const struct walk *w, const char *what, struct err *err)
{
    return err_set(err, ERR_INTERNAL, "fetcher %s %s", w->fetcher->name, what);
}

static bool good_name(const char *name)
{
    static const char allowed[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-=,/";
    size_t n = strlen(name);

    return n > 0 && n <= NAME_MAX_BYTES && strspn(name, allowed) == n;
}

static int check(struct walk *w, const struct fetch_request *q, struct err *err)
{
    if (++w->questions > QUESTIONS_MAX)
        return fault(w, "asks without end", err);
    if (!good_name(q->name))
        return fault(w, "names a question with other than letters, digits and . _ - = , /", err);
    int *asked = intern_number(&w->asked->texts, q->name, strlen(q->name));
    if (asked == NULL)
        return err_nomem(err);
    if ((*asked)++ > 0)
        return err_set(err, ERR_FETCH, "the answers lead round in circles: '%s' would be asked again", q->name);
    return 0;
}

int walk_next(struct walk *w, struct fetch_request *out, struct err *err)
{
    *out = (struct fetch_request){.name = NULL};
    int rc = w->fetcher->next(w->state, out, err);

    return rc == FETCH_ASK && check(w, out, err) != 0 ? -1 : rc;
}

int walk_parse(struct walk *w, const struct fetch_answer *in, struct err *err)
{
    int rc = w->fetcher->parse(w->state, in, w->harvest, err);

    bool named = rc < 0 && strncmp(err->text, in->name, strlen(in->name)) == 0;
    return rc < 0 && !named ? err_prefix(err, "%s", in->name) : rc;
}

static int walk_on(struct walk *w, const struct walk_source *from, struct err *err)
{
    struct fetch_request q;
    int rc;

    while ((rc = walk_next(w, &q, err)) == FETCH_ASK) {
        struct fetch_answer a = {.name = q.name, .status = 200, .type = ""};
        if (from->answer(from->ctx, &q, &a, err) != 0)
            return -1;
        rc = walk_parse(w, &a, err);
        if (rc == FETCH_AGAIN)
            return err_set(err, ERR_FETCH, "%s: the answer at hand only says to ask again later", q.name);
        if (rc < 0)
            return -1;
    }
    return rc;
}

int walk_all(const struct fetcher *f, const struct fetch_job *job, const struct walk_source *from, struct harvest *h,
             struct err *err)
{
    struct walk w;

    if (walk_open(&w, f, job, h, err) != 0)
        return -1;
    int rc = walk_on(&w, from, err);
    walk_close(&w);
    return rc;
}
