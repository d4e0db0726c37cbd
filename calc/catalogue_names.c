/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The numbers of the catalogue's names. What the store numbers already keeps its number; new names
 * get theirs in sorted order, so that prices lie sorted too.
 */
#include "calc/catalogue_names.h"

#include <stdlib.h>
#include <string.h>

/* ---- keys ---- */

void names_key_start(struct names *p, char kind)
{
    p->key.n = 0;
    buf_putc(&p->key, kind);
}

void names_key_text(struct names *p, const char *text)
{
    buf_add(&p->key, text, strlen(text) + 1); /* texts hold no NUL: it parts them */
}

/* The number kept with the key, NULL when there is no memory. */
int *names_key_number(struct names *p)
{
    return p->key.failed ? NULL : intern_number(&p->numbers, p->key.v, p->key.n);
}

/* The array v, grown if it has no room for entry n; NULL when there is no memory. */
void *names_room(struct names *p, void *v, size_t n, size_t *cap, size_t size)
{
    if (n < *cap)
        return v;
    size_t wider = n < 128 ? 256 : n * 2;
    void *grown = arena_grow(&p->arena, v, n, wider, size);
    if (grown != NULL)
        *cap = wider;
    return grown;
}

/* ---- terms ---- */

static const char *const scope_names[] = {[SCOPE_ITEM] = "", [SCOPE_MONTH] = "month", [SCOPE_LIFE] = "life"};
static const char *const basis_names[] = {[BASIS_INCL] = "incl", [BASIS_EXCL] = "excl"};

/* Packs are gone before their names are written: what is kept is a copy. */
const char *names_copy(struct names *p, const char *text)
{
    return *text != '\0' ? arena_strdup(&p->arena, text) : "";
}

int names_terms(struct names *p, const struct terms *t, int *out, struct err *err)
{
    const int numbers[] = {t->term_months, t->basis, t->unit, t->scope, t->has_tax_rate};

    names_key_start(p, 't');
    names_key_text(p, t->os);
    names_key_text(p, t->offering);
    names_key_text(p, t->currency);
    names_key_text(p, t->source);
    buf_add(&p->key, numbers, sizeof numbers);
    buf_add(&p->key, &t->tax_rate.v, sizeof t->tax_rate.v);
    int *number = names_key_number(p);
    if (number == NULL)
        return err_nomem(err);
    if (*number == 0) {
        struct terms *v = names_room(p, p->terms, p->nterms, &p->cterms, sizeof *v);
        if (v == NULL)
            return err_nomem(err);
        struct terms new = *t;
        new.os = names_copy(p, t->os);
        new.offering = names_copy(p, t->offering);
        new.currency = names_copy(p, t->currency);
        new.source = names_copy(p, t->source);
        if (new.os == NULL || new.offering == NULL || new.currency == NULL || new.source == NULL)
            return err_nomem(err);
        p->terms = v;
        v[p->nterms] = new;
        *number = (int)p->nterms++;
    }
    *out = *number;
    return 0;
}

static int terms_order(const void *pa, const void *pb)
{
    const struct terms *a = pa, *b = pb;
    int order = strcmp(a->os, b->os);

    if (order == 0)
        order = (a->term_months > b->term_months) - (a->term_months < b->term_months);
    if (order == 0)
        order = strcmp(a->offering, b->offering);
    if (order == 0)
        order = (int)a->basis - (int)b->basis;
    if (order == 0)
        order = (int)a->unit - (int)b->unit;
    return order != 0 ? order : strcmp(a->source, b->source);
}

/* New terms are put in order; *moved says where an entry went. */
static int settle_terms(struct names *p, const int **moved, struct err *err)
{
    int *to = arena_array(&p->arena, p->nterms, sizeof *to);

    if (to == NULL)
        return err_nomem(err);
    for (size_t i = 0; i < p->nterms; i++)
        p->terms[i].id = (int)i;
    qsort(p->terms + p->known_terms, p->nterms - p->known_terms, sizeof *p->terms, terms_order);
    for (size_t i = 0; i < p->nterms; i++)
        to[p->terms[i].id] = (int)i;
    *moved = to;
    return 0;
}

static int write_one_terms(struct query *q, const struct terms *t, int id, uint64_t *sum, struct err *err)
{
    char rate[DEC_TEXT] = "";

    if (t->has_tax_rate)
        dec_format(t->tax_rate, 0, rate);
    query_int(q, id);
    query_text(q, t->os);
    query_text(q, t->offering);
    query_int(q, t->term_months);
    query_text(q, basis_names[t->basis]);
    query_text(q, unit_table[t->unit].name);
    query_text(q, scope_names[t->scope]);
    query_text(q, t->currency);
    query_text(q, rate);
    query_text(q, t->source);
    return query_run_sealed(q, sum, err);
}

static int write_terms(struct names *p, struct err *err)
{
    struct query q = {0};
    uint64_t sum = 0;
    int rc = store_run(p->store, "DELETE FROM terms", err);

    if (rc == 0)
        rc = query_open(&q, p->store, "INSERT INTO terms VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", err);
    for (size_t i = 1; rc == 0 && i < p->nterms; i++)
        rc = write_one_terms(&q, &p->terms[i], (int)i, &sum, err);
    query_close(&q);
    return rc == 0 ? tally_write(p->store, "terms", (long)p->nterms - 1, sum, err) : rc;
}

/* ---- places ---- */

static int *place_number(struct names *p, const char *site, const char *region, const char *service)
{
    names_key_start(p, 'p');
    names_key_text(p, site);
    names_key_text(p, region);
    names_key_text(p, service);
    return names_key_number(p);
}

int names_place(struct names *p, const char *site, const char *region, const char *service, int *out, struct err *err)
{
    int *number = place_number(p, site, region, service);

    if (number == NULL)
        return err_nomem(err);
    if (*number == 0) {
        struct place *v = names_room(p, p->places, p->nplaces, &p->cplaces, sizeof *v);
        if (v == NULL)
            return err_nomem(err);
        struct place new = {.site = names_copy(p, site),
                            .region = names_copy(p, region),
                            .service = names_copy(p, service),
                            .id = (int)p->nplaces,
                            .oldest = DATE_NONE,
                            .newest = DATE_NONE};
        if (new.site == NULL || new.region == NULL || new.service == NULL)
            return err_nomem(err);
        p->places = v;
        v[new.id] = new;
        *number = (int)p->nplaces++;
    }
    *out = *number;
    return 0;
}

/* Places keep their numbers; a number nobody has any more stays an empty place. */
static int load_places(struct names *p, const struct memory *m, struct err *err)
{
    p->nplaces = 1;
    for (size_t i = 0; i < m->nplaces; i++)
        if ((size_t)m->places[i].id >= p->nplaces)
            p->nplaces = (size_t)m->places[i].id + 1;
    p->cplaces = p->nplaces;
    p->places = arena_array(&p->arena, p->nplaces, sizeof *p->places);
    if (p->places == NULL)
        return err_nomem(err);
    for (size_t i = 0; i < p->nplaces; i++)
        p->places[i] = (struct place){"", "", "", (int)i, 0, 0, DATE_NONE, DATE_NONE};
    for (size_t i = 0; i < m->nplaces; i++) {
        const struct place *x = &m->places[i];
        int *number = place_number(p, x->site, x->region, x->service);
        if (number == NULL)
            return err_nomem(err);
        *number = x->id;
        p->places[x->id] = *x;
    }
    return 0;
}

static int write_place(struct query *q, const struct place *x, uint64_t *sum, struct err *err)
{
    query_text(q, x->site);
    query_text(q, x->region);
    query_text(q, x->service);
    query_int(q, x->id);
    query_int(q, x->ladders);
    query_int(q, x->charges);
    query_int(q, x->oldest.day);
    query_int(q, x->newest.day);
    return query_run_sealed(q, sum, err);
}

static int write_places(struct names *p, struct err *err)
{
    struct query q = {0};
    uint64_t sum = 0;
    long rows = 0;
    int rc = store_run(p->store, "DELETE FROM place", err);

    if (rc == 0)
        rc = query_open(&q, p->store, "INSERT INTO place VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?)", err);
    for (size_t i = 1; rc == 0 && i < p->nplaces; i++)
        if (date_is(p->places[i].newest)) { /* else a scope only names it, or its prices went */
            rc = write_place(&q, &p->places[i], &sum, err);
            rows++;
        }
    query_close(&q);
    return rc == 0 ? tally_write(p->store, "place", rows, sum, err) : rc;
}

/* ---- all of them ---- */

static int load_all(struct names *p, const struct memory *m, struct err *err)
{
    int at;

    p->nterms = 1;
    for (size_t i = 1; i < m->nterms; i++)
        if (names_terms(p, &m->terms[i], &at, err) != 0)
            return -1;
    p->known_terms = p->nterms;
    if (p->terms == NULL && (p->terms = names_room(p, NULL, 1, &p->cterms, sizeof *p->terms)) == NULL)
        return err_nomem(err);
    return load_places(p, m, err) != 0 ? -1 : names_load_skus(p, err);
}

int names_load(struct names *p, struct store *s, struct memory *m, struct err *err)
{
    *p = (struct names){.store = s};
    p->numbers.arena = &p->arena;
    return load_all(p, m, err);
}

void names_free(struct names *p)
{
    buf_free(&p->key);
    intern_free(&p->numbers);
    arena_free(&p->arena);
}

int names_settle(struct names *p, struct ladders *l, struct err *err)
{
    const int *moved = NULL;

    if (names_settle_skus(p, err) != 0 || settle_terms(p, &moved, err) != 0)
        return -1;
    for (size_t i = 0; i < l->n; i++) {
        l->v[i].sku = p->skus[l->v[i].sku].id;
        l->v[i].terms = moved[l->v[i].terms];
    }
    return 0;
}

int names_write(struct names *p, struct err *err)
{
    return names_write_skus(p, err) != 0 || write_terms(p, err) != 0 || write_places(p, err) != 0 ? -1 : 0;
}
