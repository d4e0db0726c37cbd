/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The tables of config.def: which sections and keys a configuration has, what they hold, and how
 * names in a file are matched with them.
 */
#ifndef TCO_KEY_H
#define TCO_KEY_H

#include "calc/arena.h"
#include "calc/err.h"
#include "calc/scenario.h"

enum section_id {
#define SECTION(id, name, naming, example, about) SECTION_##id,
#define KIND_SECTION(id, example, about) SECTION_##id,
#define KEY(sections, key, type, field, def, allowed, example, help)
#include "calc/config.def"
#undef SECTION
#undef KIND_SECTION
#undef KEY
    SECTION_COUNT
};

enum naming { NAME_NO, NAME_MAY, NAME_MUST };

struct section_info {
    const char *word; /* the first word in the brackets; NULL for kinds: see section_word() */
    enum naming naming;
    int kind; /* enum resource_kind, -1 for a section that is no resource */
    const char *example, *about;
};
extern const struct section_info section_table[SECTION_COUNT];
const char *section_word(enum section_id id);

enum value_type {
#define TYPE(id, parser, how) VALUE_TYPE_##id,
#include "calc/value_types.def"
#undef TYPE
    VALUE_TYPE_COUNT
};

struct key {
    unsigned sections; /* bit 1 << section_id */
    const char *name;  /* "vcpu", "region.SITE", "AAA/BBB" */
    enum value_type type;
    size_t field; /* offset in the struct of the section */
    const char *def, *allowed, *example, *help;
};
extern const struct key key_table[];
extern const size_t nkeys;

bool key_in(const struct key *k, enum section_id id);
/* Has it a default that is read like a value (not one in brackets)? */
bool key_has_default(const struct key *k);
bool key_required(const struct key *k);
/* Does its name stand for many ("region.SITE", "AAA/BBB", "SECTION.KEY")? */
bool key_is_pattern(const struct key *k);
/* May its value be a distribution? */
bool key_may_vary(const struct key *k);
bool key_matches(const struct key *k, const char *text);

/* The row of a key of a section. An unknown one: NULL and *err with the nearest or the known ones;
 * `section` is the name in the file, for the message. */
const struct key *key_find(enum section_id id, const char *section, const char *text, struct err *err);

/* Splits "compute web" into its row and "web" ("" when there is none; points into text). Unknown
 * first words, a missing or an unwanted second word are errors. */
int section_find(const char *text, enum section_id *id, const char **name, struct err *err);

#endif
