/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Totals of a batch by the cells of one column (--group-by), for each site and budget currency: exact sums of what is
 * complete; rows that are not are counted beside. Groups come in the order of their first rows, sites in that of
 * [compare] sites. Memory grows with the groups, not with the rows.
 */
#ifndef TCO_BATCH_GROUPS_H
#define TCO_BATCH_GROUPS_H

#include "calc/batch.h"
#include "calc/intern.h"

struct group_sum {
    int group;
    const char *site; /* "site", "site@buyer" */
    char currency[CURRENCY_TEXT];
    int places; /* of the currency */
    uint64_t rows, incomplete;
    bool any; /* something was added: the amounts below mean something */
    bool has_list;
    char list_currency[CURRENCY_TEXT];
    int list_places;
    enum tax_basis list_basis;
    dec_t list;
    struct money m;
    dec_t npv;
    const char *note;
};

/* Zeroed: empty. */
struct batch_groups {
    struct arena arena;
    struct intern texts, keys;
    struct buf key;
    const char **names; /* by group */
    uint64_t *failed;   /* rows without an estimate, by group */
    size_t ngroups, group_room;
    struct group_sum *sums;
    size_t nsums, sum_room;
};
void batch_groups_free(struct batch_groups *g);

int batch_groups_name(struct batch_groups *g, const char *text, size_t n, int *group, struct err *err);
/* A sum without rows that is not yet there is made. Good until the next call. NULL when there is no memory. */
struct group_sum *batch_groups_at(struct batch_groups *g, int group, const char *site, const char *currency, int places,
                                  const char *note, struct err *err);
/* Adds the rows and amounts of another sum of the same currency. */
void group_sum_add(struct group_sum *to, const struct group_sum *more);
/* What a site comes to, when it is complete. */
void group_sum_site(struct group_sum *to, const struct estimate *e, const struct site_estimate *site);

/* The site of an estimate, whose sites are ranked, that was asked for here; NULL: there is none. */
const struct site_estimate *batch_site(const struct estimate *e, const struct site_ref *ref);

/* A row of the batch: all its sites; e NULL: it failed. */
int batch_groups_row(struct batch_groups *g, const struct batch_cell *group, const struct estimate *e,
                     const struct estimate_options *opt, struct err *err);
/* Adds what `from` has, and empties it. */
int batch_groups_join(struct batch_groups *g, struct batch_groups *from, struct err *err);

/* The records, under their header. A sum that overflows is an error. */
int batch_groups_write(const struct batch_groups *g, bool bom, struct buf *out, struct err *err);

/* The column of a header as it is written; -1 with the known ones. */
int batch_groups_column(const struct batch_columns *columns, const char *name, int *out, struct err *err);

/* As a sink: what each worker gathered is joined in its turn. */
struct batch_grouping {
    struct batch_groups groups;
    int column;
    const struct estimate_options *options;
};
struct batch_sink batch_groups_sink(struct batch_grouping *g);

#endif
