/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * `tco quote check FILE`: the intake report of a received quote: how it was read, what that rests on, what
 * does not add up, and what is open.
 */
#include "calc/args.h"
#include "calc/config.h"
#include "calc/phrase.h"
#include "calc/quote_file.h"
#include "calc/quote_view.h"
#include "calc/rules_read.h"

#include <string.h>

static const struct option options[] = {
    {"site", "SITE", "whose offer it is", false},
    {"config", "FILE", "a configuration with the [quote NAME] section of this file", false},
    {"set", "'KEY=VALUE'", "say what the file leaves open: tax_basis=incl, unit=month ... (repeatable)", true},
    {"format", "table|csv", "what to write", false},
    {NULL, NULL, NULL, false},
};

struct intake {
    struct phrases p; /* its arena holds everything */
    struct catalogue *catalogue;
    struct rules rules;
    struct config config;
    struct scenario scenario;
    struct quote_terms terms;
    struct quote quote;
};

/* ---- what is asked ---- */

/* Without a configuration the word is the file, and what is set goes to a section made for it. */
static int load_config(struct intake *in, struct app *app, const struct args *args, struct err *err)
{
    const char *config = args_get(args, "config"), *site = args_get(args, "site");
    size_t n = args_count(args, "set"), k = 0;
    struct arena *a = &in->p.arena;
    const char **sets = arena_array(a, n + 2, sizeof *sets);

    if (sets == NULL)
        return err_nomem(err);
    if (config == NULL)
        sets[k++] = arena_printf(a, "quote offer.file=%s", args_word(args, 1));
    if (config == NULL && site != NULL)
        sets[k++] = arena_printf(a, "quote offer.site=%s", site);
    for (size_t i = 0; i < n; i++) {
        const char *set = args_nth(args, "set", i);
        size_t dot = strcspn(set, ".=");
        sets[k++] = config == NULL && set[dot] == '=' ? arena_printf(a, "quote offer.%s", set) : set;
    }
    for (size_t i = 0; i < k; i++)
        if (sets[i] == NULL)
            return err_nomem(err);
    return config_load(&in->config, config, sets, k, NULL, app->today, err);
}

static const char *last_part(const char *path)
{
    const char *slash = strrchr(path, '/');

    return slash != NULL ? slash + 1 : path;
}

/* The section of that name, of that file, or of a file of that name in the configuration's directory. */
static int find_terms(struct intake *in, const struct args *args, struct err *err)
{
    const struct scenario *s = &in->scenario;
    const char *word = args_word(args, 1), *site = args_get(args, "site");
    const char **known = arena_array(&in->p.arena, s->nquotes + 1, sizeof *known);

    if (known == NULL)
        return err_nomem(err);
    for (size_t i = 0; i < s->nquotes; i++) {
        const struct quote_terms *t = &s->quotes[i];
        known[i] = t->name;
        if (strcmp(t->name, word) != 0 && strcmp(t->file, word) != 0 && strcmp(last_part(t->file), word) != 0)
            continue;
        in->terms = *t;
        if (site == NULL || !strcmp(site, t->site))
            return 0;
        if (*t->site != '\0')
            return err_set(err, ERR_USAGE, "--site %s, but [quote %s] says %s", site, t->name, t->site);
        in->terms.site = site;
        return rules_site(&in->rules, site) != NULL ? 0 : rules_unknown_site(&in->rules, site, err);
    }
    return rules_unknown("quote", word, known, s->nquotes, err);
}

static int read_all(struct intake *in, struct app *app, const struct args *args, struct err *err)
{
    const struct quote_words *words;

    if (load_config(in, app, args, err) != 0)
        return -1;
    err->kind = ERR_NONE;
    const char *pack = config_pack(&in->config, err); /* its sites and regions may be the reader's own */
    if (err->kind != ERR_NONE || app_catalogue(app, pack, &in->catalogue, err) != 0 ||
        catalogue_rules(in->catalogue, &in->p.arena, &in->rules, err) != 0 ||
        config_quotes(&in->config, &in->rules, &in->scenario, err) != 0 || find_terms(in, args, err) != 0 ||
        quote_file_words(catalogue_data_dir(in->catalogue), &in->p.arena, &words, err) != 0)
        return -1;
    in->terms.lang = app->lang;
    return quote_file_read(&in->terms, words, &in->rules, &in->p.arena, &in->quote, err);
}

/* ---- the command ---- */

static int answer(struct intake *in, struct app *app, const struct args *args, bool csv, struct err *err)
{
    if (read_all(in, app, args, err) != 0)
        return -1;
    in->p.rules = &in->rules;
    if (csv)
        quote_csv(&in->quote, &app->out);
    else
        quote_table(&in->quote, in->terms.file, &in->p, app->color, &app->out);
    if (in->p.failed)
        return err_nomem(err);
    return in->quote.nopen > 0 ? ERR_USAGE : 0;
}

static int run(struct app *app, const struct args *args, struct err *err)
{
    static const char *const formats[] = {"table", "csv"};
    struct intake in = {.p = {.lang = app->lang}};
    size_t format;

    if (strcmp(args_word(args, 0), "check") != 0)
        return err_set(err, ERR_USAGE, "unknown verb '%s' of tco quote (known: check)", args_word(args, 0));
    if (args_choice(args, "format", formats, 2, &format, err) != 0)
        return -1;
    int rc = answer(&in, app, args, format == 1, err);
    scenario_free(&in.scenario);
    config_free(&in.config);
    catalogue_close(in.catalogue);
    arena_free(&in.p.arena);
    return rc;
}

const struct command cmd_quote = {
    .name = "quote",
    .words = "check FILE",
    .min_words = 2,
    .max_words = 2,
    .about = "how a received quote is read, and what it leaves open",
    .options = options,
    .run = run,
};
