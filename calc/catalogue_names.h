/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Numbers for names while a pack is written: load what the store has, look names up (new ones are
 * added), settle the new ones' numbers, write all back.
 */
#ifndef TCO_CATALOGUE_NAMES_H
#define TCO_CATALOGUE_NAMES_H

#include "calc/catalogue_store.h"
#include "calc/intern.h"

struct sku_entry {
    const char *provider, *service, *name, *shape;
    int id, snapshot; /* id 0: new, not settled */
};

struct names {
    struct store *store;
    int snapshot; /* whose names are given; the caller sets it */
    struct arena arena;
    struct intern numbers; /* entry of a key */
    struct buf key;
    struct sku_entry *skus;
    size_t nskus, cskus;
    struct terms *terms; /* [0] unused */
    size_t nterms, cterms, known_terms;
    struct place *places; /* [id], id 0 unused */
    size_t nplaces, cplaces;
};

/* `m`: memory_read() of the same store; its texts must stay until names_free(). Texts given later are copied. */
int names_load(struct names *p, struct store *s, struct memory *m, struct err *err);
void names_free(struct names *p);

/* *out is an entry: of a SKU its index in `skus`, whose id holds after names_settle(); of terms their
 * place before names_settle(), see there; of a place its id. */
int names_sku(struct names *p, const char *provider, const char *service, const char *name, int *out, struct err *err);
int names_shape(struct names *p, const struct pack_shape *shape, struct err *err);
int names_terms(struct names *p, const struct terms *t, int *out, struct err *err);
int names_place(struct names *p, const char *site, const char *region, const char *service, int *out, struct err *err);

/* Numbers what is new and turns the entries in ladders into numbers. */
int names_settle(struct names *p, struct ladders *l, struct err *err);
int names_write(struct names *p, struct err *err);

/* Between catalogue_names.c and catalogue_skus.c. A key is a kind and texts; the number kept with it is
 * 0 until it is set. NULL: no memory. */
void names_key_start(struct names *p, char kind);
void names_key_text(struct names *p, const char *text);
const char *names_copy(struct names *p, const char *text); /* in the arena */
int *names_key_number(struct names *p);
/* The array v, grown if it has no room for entry n. */
void *names_room(struct names *p, void *v, size_t n, size_t *cap, size_t size);
int names_load_skus(struct names *p, struct err *err);
int names_settle_skus(struct names *p, struct err *err);
int names_write_skus(struct names *p, struct err *err);

#endif
