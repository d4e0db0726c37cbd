/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the key table says, for people: the template of `tco init` and the text of `tco help
 * config`. The template is a valid configuration, and stays one when any of its commented keys
 * is set free.
 */
#include "calc/config.h"
#include "calc/key.h"
#include "calc/value_uncertain.h"
#include "calc/words.h"
#include "calc/wrap.h"

#include <string.h>

enum { KEY_COLUMNS = 20, LINE_COLUMNS = 100 };

/* The keys that every kind of resource has are explained once. */
static bool is_common(const struct key *k)
{
    for (int id = 0; id < SECTION_COUNT; id++)
        if (section_table[id].kind >= 0 && !key_in(k, (enum section_id)id))
            return false;
    return true;
}

/* Has it to be given, always or in some cases? */
static bool is_wanted(const struct key *k)
{
    static const char required[] = "(required";
    return strncmp(k->def, required, sizeof required - 1) == 0;
}

/* "a|b|c" as "a, b, c"; a range as it is; else how the type is written. */
static void put_allowed(struct buf *out, const struct key *k)
{
    static const char *const how[VALUE_TYPE_COUNT] = {
#define TYPE(id, parser, how) [VALUE_TYPE_##id] = how,
#include "calc/value_types.def"
#undef TYPE
    };
    if (!k->allowed[0])
        buf_puts(out, how[k->type]);
    for (const char *p = k->allowed; *p; p++)
        buf_puts(out, *p == '|' ? ", " : (char[]){*p, '\0'});
}

/* "1 to 600; default 12", "a city; required unless region.SITE" */
static void put_terms(struct buf *out, const struct key *k)
{
    int inner = (int)strlen(k->def) - 2;
    put_allowed(out, k);
    if (key_may_vary(k))
        buf_puts(out, ", or a distribution");
    if (key_has_default(k))
        buf_printf(out, "; default %s", k->def);
    else
        buf_printf(out, "; %s%.*s", is_wanted(k) ? "" : "default: ", inner, k->def + 1);
}

/* The key's name with SITE and the like filled in as in the examples. */
static void put_example_key(struct buf *out, const char *name)
{
    static const struct {
        const char *pattern, *example;
    } fill[] = {{"SITE", "aliyun-cn"},
                {"KIND", "compute"},
                {"AAA/BBB", "USD/CNY"},
                {"RESOURCE", "web"},
                {"SECTION.KEY", "compute web.count"}};
    while (*name) {
        size_t i = 0, n = sizeof fill / sizeof *fill;
        while (i < n && strncmp(name, fill[i].pattern, strlen(fill[i].pattern)) != 0)
            i++;
        if (i < n) {
            buf_puts(out, fill[i].example);
            name += strlen(fill[i].pattern);
        } else {
            buf_putc(out, *name++);
        }
    }
}

/* Must the template set it, so that it is a whole configuration? */
static bool is_live(const struct key *k, enum section_id id)
{
    return (id == SECTION_COMPUTE || id == SECTION_COMPARE) && is_wanted(k);
}

/* What stands before a line of the template: a plan is shown only, as it has to name every resource. */
static const char *mark(enum section_id id, bool live)
{
    return live ? "" : id == SECTION_PLAN ? "; " : ";";
}

static void template_key(struct buf *out, const struct key *k, enum section_id id)
{
    struct buf terms = {0};
    put_terms(&terms, k);
    out->failed = out->failed || terms.failed;
    if (!terms.failed) {
        bool fits = words_width(k->help) + words_width(terms.v) + sizeof ";  ()" - 1 <= LINE_COLUMNS;
        buf_printf(out, "; %s%s(%s)\n", k->help, fits ? " " : "\n; ", terms.v);
    }
    buf_free(&terms);
    buf_puts(out, mark(id, is_live(k, id)));
    put_example_key(out, k->name);
    buf_printf(out, " = %s\n", k->example);
}

static void template_section(struct buf *out, enum section_id id, enum section_id first_kind)
{
    const struct section_info *s = &section_table[id];
    bool live = s->naming == NAME_NO || id == SECTION_BUYER || id == SECTION_COMPUTE, kind = s->kind >= 0;
    buf_printf(out, "\n; ---- %s\n%s[%s", s->about, mark(id, live), section_word(id));
    buf_printf(out, "%s%s]\n", s->naming == NAME_MUST ? " " : "", s->naming == NAME_MUST ? s->example : "");
    for (size_t i = 0; i < nkeys; i++)
        if (key_in(&key_table[i], id) && (!kind || id == first_kind || !is_common(&key_table[i])))
            template_key(out, &key_table[i], id);
    if (kind && id != first_kind)
        buf_printf(out, "; and count, growth, charge ... as for [%s %s]\n", section_word(first_kind),
                   section_table[first_kind].example);
}

void config_template(struct buf *out)
{
    buf_puts(out, "; A configuration of tco. Lines that begin with ; are comments: take the ; away from a key\n"
                  "; to set it. Then: tco check FILE, tco estimate FILE\n");
    for (int id = 0; id < SECTION_COUNT; id++)
        template_section(out, (enum section_id)id, SECTION_COMPUTE);
}

/* What a distribution is, and what becomes of one. */
static void put_distributions(struct buf *out)
{
    struct buf text = {0};
    buf_puts(&text, "Distributions: ");
    uncertain_forms(&text);
    buf_puts(&text, ". An estimate takes the mean and says so, a simulation draws. Numbers in the brackets have the "
                    "unit and keep within the range of the key: triangular(1%, 2%, 4%) / month, normal(2 TB, 500 GB), "
                    "discrete(4: 30%, 6: 70%). A normal or lognormal draw outside the range is set to its nearest "
                    "end.");
    out->failed = out->failed || text.failed;
    if (!text.failed)
        wrap_text(out, text.v, "", 0, LINE_COLUMNS);
    buf_free(&text);
}

static void help_key(struct buf *out, const struct key *k)
{
    struct buf terms = {0};
    put_terms(&terms, k);
    out->failed = out->failed || terms.failed;
    buf_printf(out, "  %-*s%s\n", KEY_COLUMNS, k->name, k->help);
    if (!terms.failed) {
        buf_printf(out, "  %*s", KEY_COLUMNS, "");
        wrap_text(out, terms.v, "", KEY_COLUMNS + 2, LINE_COLUMNS);
    }
    buf_free(&terms);
}

static void help_section(struct buf *out, enum section_id id)
{
    static const char *const names[] = {[NAME_NO] = "", [NAME_MAY] = "", [NAME_MUST] = " NAME"};
    const struct section_info *s = &section_table[id];
    buf_printf(out, "\n[%s%s]  %s\n", section_word(id), names[s->naming], s->about);
    for (size_t i = 0; i < nkeys; i++)
        if (key_in(&key_table[i], id) && !is_common(&key_table[i]))
            help_key(out, &key_table[i]);
}

void config_help(struct buf *out)
{
    buf_puts(out, "A configuration is made of [sections] with lines key = value; a comment begins with ; or #.\n"
                  "Sizes: GB and GiB are both 2^30 bytes, TB and TiB 1,024 of them.\n");
    put_distributions(out);
    for (int id = 0; id < SECTION_COUNT; id++)
        help_section(out, (enum section_id)id);
    buf_puts(out, "\nevery resource, [compute NAME] to [requests NAME]\n");
    for (size_t i = 0; i < nkeys; i++)
        if (is_common(&key_table[i]))
            help_key(out, &key_table[i]);
}
