/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The parts of the JSON estimate: json_offer.c writes what was published (offers, rates, tax
 * rules), json_line.c what it came to, report_json.c puts them together. Keys always come in the
 * same order, and every key is always there.
 */
#ifndef TCO_JSON_PARTS_H
#define TCO_JSON_PARTS_H

#include "calc/estimate.h"
#include "calc/json_out.h"
#include "calc/report.h"

/* Things that several lines share, in order of first use: they are written once and named by index. */
struct json_shared {
    const void **v;
    size_t n;
};

struct json_writer {
    struct json_out j;
    const struct estimate *e;
    struct arena arena;
    bool failed;                     /* no memory */
    int places;                      /* of the budget currency */
    struct json_shared taxes, pools; /* of the site being written */
};

/* The index of a thing, which is added when it is new. */
long json_shared_index(struct json_writer *w, struct json_shared *list, const void *thing);

/* json_offer.c; a thing that is NULL is null */
void json_texts(struct json_out *j, const char *key, const char *const *v, size_t n);
void json_value(struct json_out *j, const char *key, struct value v);
void json_rate(struct json_out *j, const char *key, const struct fx_used *u);
void json_offer(struct json_out *j, const char *key, const struct offer *o);
void json_tax(struct json_out *j, const struct tax_used *t);

/* json_line.c; taxes and pools are named by their index in w->taxes and w->pools */
void json_money(struct json_writer *w, const struct money *m);
void json_line(struct json_writer *w, const struct line *l);
void json_pool(struct json_out *j, const struct pool *p);

/* json_ways.c: the document of --view commitments */
int json_ways(struct json_writer *w, const struct report_options *opt, struct err *err);

#endif
