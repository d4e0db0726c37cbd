/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Inside the making of a scenario: what its steps share. config_scenario.c goes through the
 * sections, config_section.c reads one by the key table, config_check.c looks at what only
 * several keys together can get wrong.
 */
#ifndef TCO_CONFIG_READ_H
#define TCO_CONFIG_READ_H

#include "calc/config.h"
#include "calc/key.h"

struct head { /* a section of the file, understood */
    enum section_id id;
    const char *name; /* second word, "" when there is none */
    const struct ini_section *section;
};

struct reading {
    const struct config *config;
    const struct rules *rules;
    struct scenario *s; /* being made; its arena is used */
    const struct head *heads;
    size_t nheads;
    struct resource *resources; /* what s->resources and s->costs are, while they are being made */
    struct cost *costs;
    struct uncertain **uncertain; /* what the scenario will have, while it is being made */
    size_t nuncertain;
    struct setting *settings;
    size_t nsettings, cap;
    bool unpriced; /* nothing to price is fine: resources come from elsewhere */
    bool unnoted;  /* the settings are not asked for */
};

/* config_head.c: understands every section and key name, in the order of the file. */
int read_heads(struct reading *r, struct err *err);
int check_priced(const struct reading *r, struct err *err); /* is there a resource, or a cost? */
/* The section with this name, NULL when the file has none. */
const struct head *reading_find(const struct reading *r, enum section_id id, const char *name);
/* Where a key of a section stands, else the section, else 0. h may be NULL. */
int reading_line(const struct head *h, const char *key);
/* The text of a key in the file; NULL when it is not given. h may be NULL. */
const char *reading_text(const struct head *h, const char *key);
/* The line of a section for the scenario: 0 when it is not in the file. h may be NULL. */
int head_line(const struct head *h);

/* config_section.c: every key of the section into obj: given, or its default. h NULL: all defaults. */
int read_section(struct reading *r, enum section_id id, const struct head *h, void *obj, struct err *err);

/* config_scenario.c: every section that an estimate needs into r->s; a resource of the file. */
int read_all(struct reading *r, struct err *err);
int read_resource(struct reading *r, const struct head *h, struct resource *x, struct err *err);

/* config_uncertain.c: a distribution that was found at obj, and all of them in the order of the file. */
int note_uncertain(struct reading *r, struct uncertain *u, const void *obj, struct err *err);
void order_uncertain(struct reading *r);

/* config_variant.c: one key of a [scenario NAME]; what they are called. */
int check_variant_name(const char *name, struct err *err);
int check_variant_key(const struct reading *r, const struct ini_entry *e, struct err *err);
int read_variants(struct reading *r, struct err *err);

/* config_commit.c: [commitments] and every [commit SITE]; after [compare]. */
int read_commitments(struct reading *r, struct err *err);

/* config_label.c: what outputs call each resource and cost. */
int label_all(struct reading *r, struct err *err);

/* config_plan.c: every [plan NAME], once the resources have their labels. */
int read_plans(struct reading *r, struct err *err);

/* config_check.c. Each names the line at fault. */
int check_project(const struct reading *r, struct err *err);
int check_buyer(const struct reading *r, const struct head *h, const struct buyer *b, struct err *err);
int check_payments(const struct reading *r, struct err *err);
/* The same of a site that is bought from without being compared. */
int check_payment_at(const struct reading *r, const char *site, struct err *err);
int check_places(const struct reading *r, struct err *err);
int check_resource(const struct reading *r, const struct head *h, const struct resource *x, struct err *err);
int check_source(const struct reading *r, const struct head *h, struct err *err);
int check_risk(const struct reading *r, struct err *err);
int check_cost(const struct reading *r, const struct head *h, const struct cost *c, struct err *err);

#endif
