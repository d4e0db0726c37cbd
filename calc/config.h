/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * From a configuration file to a scenario, in two steps: config_load() reads file and --set, which
 * is enough to know which price pack is wanted; config_scenario() checks and types every key
 * against the key table (config.def) and the rules (sites, regions, currencies).
 */
#ifndef TCO_CONFIG_H
#define TCO_CONFIG_H

#include "calc/buf.h"
#include "calc/ini.h"
#include "calc/rules.h"
#include "calc/scenario.h"

struct config {
    struct arena arena, below;  /* below: of the base that this one was laid over by config_choose() */
    struct ini ini;             /* line -1 - i in it: not from the file, but from origins[i] */
    const char *const *origins; /* "--set 'compute web.count=7'", "--as-of 2026-11-21" */
    size_t norigins;
    const char *file;
    const char *as_of; /* of --as-of, or NULL */
    struct date today;
};

/* sets: "section.key=value" each: the section ends at the first dot, keys may hold more; a section
 * that the file lacks is added. file NULL: no file, only what is set. as_of: the flag's text or NULL. Errors name "--set 'text'". */
int config_load(struct config *out, const char *file, const char *const *sets, size_t nsets, const char *as_of,
                struct date today, struct err *err);
void config_free(struct config *c);

/* One key that takes another value, and where that was said ("rows.csv:17"), for messages. */
struct override {
    const char *section, *key, *value; /* as in the file: "compute web", "count", "7" */
    const char *origin;
};
/* The base with some keys set, a later one over an earlier; a section that the base lacks is added. Borrows the base
 * and every text; free it before them. The base itself stays as it is. */
int config_over(const struct config *base, const struct override *v, size_t n, struct config *out, struct err *err);

/* Puts the place of a line of ini ("config.ini:14", "--set 'compute web.count=7'"; 0: the file) before
 * the text of *err; returns -1. */
int config_blame(const struct config *c, int line, struct err *err);

/* [prices] pack: the directory, relative to the configuration file's own; NULL when not given, with
 * err->kind ERR_NONE, and when it is wrong, with the error in *err. */
const char *config_pack(struct config *c, struct err *err);

/* The scenario owns its memory; it does not point into the config or the rules. */
int config_scenario(const struct config *c, const struct rules *rules, struct scenario *out, struct err *err);

/* The same without what is priced: resources, costs and quotes are recognised and left alone, and no city is needed. */
int config_terms(const struct config *c, const struct rules *rules, struct scenario *out, struct err *err);
/* The same of a configuration whose resources come from elsewhere: it may have none. */
int config_bill(const struct config *c, const struct rules *rules, struct scenario *out, struct err *err);
/* A resource that is in no file, typed and checked like a section of the configuration: v are all keys of one. Lives in
 * the arena, label and all; s is what config_bill() made of c. */
int config_resource(const struct config *c, const struct rules *rules, const struct scenario *s,
                    const struct override *v, size_t n, struct arena *a, struct resource *out, struct err *err);
/* s with more resources behind its own, and the labels they all have together. Borrows both. */
int config_join(const struct scenario *s, const struct resource *more, size_t n, struct scenario *out, struct err *err);

/* Only [network] and the [fetch SOURCE] sections, with every default; the rest of the file is recognised and
 * left alone, so that one file serves estimates and fetching. */
int config_fetch(const struct config *c, const struct rules *rules, struct scenario *out, struct err *err);

/* Only the [quote NAME] sections, in the same way. */
int config_quotes(const struct config *c, const struct rules *rules, struct scenario *out, struct err *err);

/* What-if: the base with the keys of its [scenario name] laid over it, but not over what the command line says
 * (--set, --as-of); without scenarios of its own, and called by that name. Borrows the base and `texts`. */
int config_variant(const struct config *base, const char *name, struct arena *texts, struct config *out,
                   struct err *err);
/* That one's scenario, as config_scenario(). */
int config_variant_scenario(const struct config *base, const char *name, const struct rules *rules,
                            struct scenario *out, struct err *err);
/* The configuration becomes its own [scenario name]. NULL: it stays as it is. */
int config_choose(struct config *c, const char *name, struct err *err);
/* Is every [scenario NAME] sound? The first fault is named with its line. */
int config_check_variants(const struct config *base, const struct rules *rules, struct err *err);

/* The commented template of `tco init`, from the key table. */
void config_template(struct buf *out);
/* Every section and key with its type, default and meaning, for `tco help config`. */
void config_help(struct buf *out);

#endif
