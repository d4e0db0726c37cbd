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
    struct arena arena;
    struct ini ini;
    const char *file;
    const char *as_of; /* of --as-of, or NULL */
    struct date today;
};

/* sets: "section.key=value" each: the section ends at the first dot, keys may hold more; a section
 * that the file lacks is added. as_of: the flag's text or NULL. Errors name "--set 'text'". */
int config_load(struct config *out, const char *file, const char *const *sets, size_t nsets, const char *as_of,
                struct date today, struct err *err);
void config_free(struct config *c);

/* [prices] pack: the directory, relative to the configuration file's own; NULL when not given. */
const char *config_pack(struct config *c, struct err *err);

/* The scenario owns its memory; it does not point into the config or the rules. */
int config_scenario(const struct config *c, const struct rules *rules, struct scenario *out, struct err *err);

/* The commented template of `tco init`, from the key table. */
void config_template(struct buf *out);

#endif
