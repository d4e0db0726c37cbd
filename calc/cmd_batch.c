/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * tco batch: many estimates in one go, rows in and records out, of any number.
 */
#include "calc/args.h"
#include "calc/batch_bill.h"
#include "calc/batch_columns.h"
#include "calc/batch_groups.h"
#include "calc/batch_swift.h"
#include "calc/batch_work.h"
#include "calc/run.h"
#include "calc/tco.h"

#include <inttypes.h>
#include <string.h>
#include <unistd.h>

enum { JOBS_MAX = 256, WORDS_MAX = 1000000, HEADER_CELLS = 4096 };

static const struct option options[] = {
    {"rows", "scenario|inventory", "a row is a scenario of its own (the default), or a line of one bill", false},
    {"group-by", "COLUMN", "sums by what the rows have in this column, for each site", false},
    {"view", "summary|lines", "a record for each site, or for each line of a site", false},
    {"columns", "A,B,...", "only these columns, in this order", false},
    {"jobs", "N", "how many rows are worked on side by side (also -j; default: the processors)", false},
    {"strict", NULL, "end at the first row that is wrong, with status 2", false},
    RUN_OPTIONS,
    {"all", NULL, "price sites that refuse the buyer as well", false},
    {"allow-stale", NULL, "rank sites whose prices or rates are older than allowed", false},
    {"bom", NULL, "begin with a byte order mark (the default with --lang zh)", false},
    {NULL, NULL, NULL, false},
};

/* What a batch is made of. */
struct batch {
    struct app *app;
    struct arena arena;
    struct batch_options options;
    struct config base;
    struct catalogue *catalogue; /* of the base */
    struct rules rules;
    struct batch_fields fields;
    struct batch_words words;
    struct batch_rows rows;
    struct batch_columns columns;
    bool inventory; /* the rows are lines of one bill */
    struct batch_grouping grouping;
    struct batch_format format;
    struct batch_out out;
};

/* ---- the command line ---- */

static bool ends_in_ini(const char *word)
{
    size_t n = strlen(word);

    return n > 4 && strcmp(word + n - 4, ".ini") == 0;
}

/* Either all words are configurations, or the second one has rows for the first. */
static int read_words(struct batch_options *o, struct arena *a, const struct args *args, struct err *err)
{
    size_t n = 0, ini = 0;
    const char **v = arena_array(a, args->n + 1, sizeof *v);

    if (v == NULL)
        return err_nomem(err);
    for (size_t i = 0; i < args->n; i++)
        if (args->v[i].option == NULL) {
            v[n++] = args->v[i].value;
            ini += ends_in_ini(args->v[i].value);
        }
    if (n >= 2 && ini == n) {
        o->files = v;
        o->nfiles = n;
        return 0;
    }
    if (n != 2)
        return err_set(err, ERR_USAGE,
                       n < 2 ? "tco batch needs rows as well (usage: tco batch BASE.ini ROWS.csv)"
                             : "several words are configurations, each ending in .ini; or it is BASE.ini ROWS.csv");
    o->base = v[0];
    o->rows = v[1];
    if (strcmp(o->base, "-") == 0 && strcmp(o->rows, "-") == 0)
        return err_set(err, ERR_USAGE, "BASE.ini and ROWS.csv cannot both be standard input");
    return 0;
}

static int read_sets(struct batch_options *o, struct arena *a, const struct args *args, struct err *err)
{
    const char **sets = arena_array(a, args_count(args, "set") + 1, sizeof *sets);

    if (sets == NULL)
        return err_nomem(err);
    for (size_t i = 0; i < args_count(args, "set"); i++)
        sets[o->nsets++] = args_nth(args, "set", i);
    o->sets = sets;
    o->as_of = args_get(args, "as-of");
    o->scenario = args_get(args, "scenario");
    return 0;
}

static int processors(void)
{
    long n = sysconf(_SC_NPROCESSORS_ONLN);

    return n < 1 ? 1 : n > JOBS_MAX ? JOBS_MAX : (int)n;
}

/* What goes with what. */
static int check_options(struct batch *b, struct err *err)
{
    const struct batch_options *o = &b->options;

    if (o->files != NULL && b->inventory)
        return err_set(err, ERR_USAGE, "--rows inventory goes with BASE.ini ROWS.csv only");
    if (o->files != NULL && o->group_by != NULL)
        return err_set(err, ERR_USAGE, "--group-by goes with BASE.ini ROWS.csv only");
    if (o->columns != NULL && o->group_by != NULL)
        return err_set(err, ERR_USAGE, "--columns does not go with --group-by, whose columns are fixed");
    return b->inventory ? batch_bill_check(o, err) : batch_format_make(&b->format, &b->arena, o->view, o->columns, err);
}

static int read_options(struct batch *b, const struct args *args, struct err *err)
{
    static const char *const views[] = {"summary", "lines"}, *const rows[] = {"scenario", "inventory"};
    struct batch_options *o = &b->options;
    size_t view, kind;

    if (read_words(o, &b->arena, args, err) != 0 || read_sets(o, &b->arena, args, err) != 0 ||
        args_choice(args, "view", views, 2, &view, err) != 0 || args_choice(args, "rows", rows, 2, &kind, err) != 0 ||
        args_number(args, "jobs", 1, JOBS_MAX, processors(), &o->workers, err) != 0)
        return -1;
    o->view = view == 1 ? VIEW_LINES : VIEW_SUMMARY;
    b->inventory = kind == 1;
    o->columns = args_get(args, "columns");
    o->group_by = args_get(args, "group-by");
    o->output = args_get(args, "output");
    o->strict = args_get(args, "strict") != NULL;
    o->bom = args_get(args, "bom") != NULL || strcmp(b->app->lang, "zh") == 0;
    o->estimate = (struct estimate_options){.lang = b->app->lang,
                                            .all = args_get(args, "all") != NULL,
                                            .allow_stale = args_get(args, "allow-stale") != NULL};
    o->estimate.plans = o->group_by == NULL && !b->inventory; /* sums by group and bills are of sites */
    return check_options(b, err);
}

/* ---- what goes in ---- */

/* So that the workers find a catalogue that is up to date, and what is to be said of it is said once. */
static int load_catalogue(struct batch *b, struct err *err)
{
    const char *pack = NULL;

    if (b->options.files == NULL) {
        struct err of_pack;
        pack = config_pack(&b->base, &of_pack);
        if (of_pack.kind != ERR_NONE) {
            *err = of_pack;
            return -1;
        }
    }
    if (app_catalogue(b->app, pack, &b->catalogue, err) != 0)
        return -1;
    if (b->options.files != NULL)
        return 0;
    if (catalogue_rules(b->catalogue, &b->arena, &b->rules, err) != 0)
        return -1;
    b->words = batch_fields_words(&b->fields);
    return batch_fields_open(&b->fields, &b->base, &b->rules, catalogue_data_dir(b->catalogue), &b->arena, err);
}

static int read_header(struct batch *b, struct batch_block *block, struct err *err)
{
    struct batch_cell *cells = arena_array(&b->arena, HEADER_CELLS, sizeof *cells);
    const char *name = b->rows.bytes.name;

    if (cells == NULL)
        return err_nomem(err);
    int got = batch_rows_block(&b->rows, block, 1, err);
    if (got < 0)
        return -1;
    if (got == 0)
        return err_set(err, ERR_USAGE, "%s: is empty (its first line names the columns)", name);
    struct batch_record *rec = &block->v[0];
    size_t n = rec->wrong == NULL ? batch_cells(block, rec, cells, HEADER_CELLS) : 0;
    if (rec->wrong != NULL)
        return err_set(err, ERR_USAGE, "%s:%ld: %s", name, rec->line, rec->wrong);
    if (n > HEADER_CELLS)
        return err_set(err, ERR_USAGE, "%s:%ld: more than %d columns", name, rec->line, HEADER_CELLS);
    int rc = batch_columns_read(&b->columns, &b->arena, name, rec->line, cells, n, &b->base, &b->words, err);
    return b->fields.nomem ? err_nomem(err) : rc;
}

static int say_unused(struct batch *b, struct err *err)
{
    struct buf labels = {0};

    batch_columns_unused(&b->columns, b->options.group_by, &labels);
    if (labels.n > 0 && !labels.failed)
        app_say(b->app, "%s: not used, as they are no keys: %s", b->rows.bytes.name, labels.v);
    int rc = labels.failed || b->app->messages.failed ? err_nomem(err) : 0;
    buf_free(&labels);
    return rc;
}

static int open_rows(struct batch *b, struct err *err)
{
    const struct batch_options *o = &b->options;
    struct batch_block block = {.text = NULL};

    if (batch_bytes_path(&b->rows.bytes, o->rows, b->app->world->interrupted, err) != 0 ||
        batch_rows_start(&b->rows, err) != 0)
        return -1;
    int rc = read_header(b, &block, err);
    batch_block_free(&block);
    return rc == 0 ? say_unused(b, err) : rc;
}

static int open_input(struct batch *b, struct err *err)
{
    const struct batch_options *o = &b->options;

    if (o->files == NULL && (config_load(&b->base, o->base, o->sets, o->nsets, o->as_of, b->app->today, err) != 0 ||
                             config_choose(&b->base, o->scenario, err) != 0))
        return -1;
    if (load_catalogue(b, err) != 0)
        return -1;
    return o->files == NULL ? open_rows(b, err) : 0;
}

/* ---- what comes out ---- */

static int open_output(struct batch *b, struct err *err)
{
    struct buf head = {0};

    if (batch_out_open(&b->out, b->options.output, b->app->world->out_fd, err) != 0)
        return -1;
    if (b->inventory || b->options.group_by != NULL) /* all at once, at the end */
        return 0;
    batch_format_header(&b->format, b->options.bom, &head);
    int rc = head.failed ? err_nomem(err) : batch_out_add(&b->out, head.v, head.n, err);
    buf_free(&head);
    return rc;
}

static void say_tally(struct app *app, const struct batch_tally *t)
{
    uint64_t all = 0;

    for (int i = 0; i < BATCH_STATUSES; i++)
        all += t->rows[i];
    if (t->interrupted)
        app_say(app, "interrupted: the rows up to %" PRIu64 " are written, those behind it are not", t->last);
    if (all == t->rows[BATCH_DONE])
        return;
    app_say(app,
            "of %" PRIu64 " rows, %" PRIu64 " are done, %" PRIu64 " incomplete, %" PRIu64 " stale, %" PRIu64 " failed",
            all, t->rows[BATCH_DONE], t->rows[BATCH_INCOMPLETE], t->rows[BATCH_STALE], t->rows[BATCH_FAILED]);
}

static int status_of(const struct batch_tally *t)
{
    if (t->interrupted || t->rows[BATCH_FAILED] > 0 || t->rows[BATCH_INCOMPLETE] > 0)
        return ERR_INCOMPLETE;
    return t->rows[BATCH_STALE] > 0 ? ERR_STALE : ERR_NONE;
}

/* Sums instead of records. */
static int write_groups(struct batch *b, struct err *err)
{
    struct buf text = {0};
    int rc = batch_groups_write(&b->grouping.groups, b->options.bom, &text, err);

    if (rc == 0)
        rc = batch_out_add(&b->out, text.v, text.n, err);
    buf_free(&text);
    return rc;
}

static int work(struct batch *b, struct err *err)
{
    bool rows = b->options.files == NULL, groups = b->options.group_by != NULL;
    const struct batch_setup setup = {.app = b->app,
                                      .options = &b->options,
                                      .base = rows ? &b->base : NULL,
                                      .columns = rows ? &b->columns : NULL,
                                      .words = &b->words};
    const struct batch_sink sink = batch_groups_sink(&b->grouping);
    struct batch_swift swift = {
        .base = &b->base, .columns = &b->columns, .options = &b->options.estimate, .format = &b->format};
    struct batch_fast fast = batch_swift_fast;
    fast.ctx = &swift;
    const struct batch_work w = {.app = b->app,
                                 .setup = &setup,
                                 .rows = rows ? &b->rows : NULL,
                                 .format = &b->format,
                                 .out = &b->out,
                                 .sink = groups ? &sink : NULL,
                                 .fast = rows ? &fast : NULL};
    struct batch_tally tally;

    b->grouping.options = &b->options.estimate;
    if (groups && batch_groups_column(&b->columns, b->options.group_by, &b->grouping.column, err) != 0)
        return -1;
    if (batch_work(&w, &tally, err) != 0 || (groups && write_groups(b, err) != 0) ||
        batch_out_commit(&b->out, err) != 0)
        return -1;
    b->app->delivered = true;
    say_tally(b->app, &tally);
    return status_of(&tally);
}

static int work_bill(struct batch *b, struct err *err)
{
    const struct batch_bill bill = {.app = b->app,
                                    .options = &b->options,
                                    .base = &b->base,
                                    .fields = &b->fields,
                                    .columns = &b->columns,
                                    .catalogue = b->catalogue,
                                    .rows = &b->rows};
    struct buf text = {0};
    int status, rc = batch_bill(&bill, &text, &status, err);

    if (rc == 0 && (batch_out_add(&b->out, text.v, text.n, err) != 0 || batch_out_commit(&b->out, err) != 0))
        rc = -1;
    buf_free(&text);
    b->app->delivered = rc == 0;
    return rc == 0 ? status : -1;
}

static int run(struct app *app, const struct args *args, struct err *err)
{
    struct batch b = {.app = app, .rows = {.bytes = {.fd = -1}}, .out = {.fd = -1, .file = {.fd = -1}}};
    int status = read_options(&b, args, err);

    if (status == 0)
        status = open_input(&b, err);
    if (status == 0 && app->world->watch_interrupt != NULL)
        app->world->watch_interrupt(); /* from here on there is something to keep */
    if (status == 0)
        status = open_output(&b, err);
    if (status == 0)
        status = b.inventory ? work_bill(&b, err) : work(&b, err);
    batch_groups_free(&b.grouping.groups);
    catalogue_close(b.catalogue);
    batch_out_drop(&b.out);
    batch_rows_close(&b.rows);
    config_free(&b.base);
    arena_free(&b.arena);
    return status;
}

const struct command cmd_batch = {
    .name = "batch",
    .words = "BASE.ini ROWS.csv",
    .min_words = 1,
    .max_words = WORDS_MAX,
    .about = "an estimate for each row of a file, or of several configurations",
    .options = options,
    .run = run,
};
