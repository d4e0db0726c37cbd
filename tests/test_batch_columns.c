/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What a header means: names, keys, words, labels; and every way to be wrong.
 */
#include "tests/support/test.h"

#include "calc/batch_columns.h"
#include "tests/support/config_case.h"

#include <stdio.h>
#include <string.h>

static struct config base;

static int load(void **state)
{
    static const char text[] = "[project]\nmonths = 12\n[buyer]\n[buyer sg]\ncountry = SG\n[compare]\nsites = all\n"
                               "[compute web]\nvcpu = 2\nmemory = 4 GiB\n[compute web.1]\nvcpu = 2\nmemory = 4 GiB\n"
                               "[cost staff]\namount = 1 CNY\n";
    struct err err;

    if (config_case_setup(state) != 0)
        return -1;
    config_case_write(text, sizeof text - 1);
    return config_load(&base, "config.ini", NULL, 0, NULL, (struct date){0}, &err);
}

static int unload(void **state)
{
    config_free(&base);
    return config_case_teardown(state);
}

/* Two words, as an inventory has them. */
static bool find(void *ctx, const char *header, int *word)
{
    static const char *const known[] = {"name", "vcpu"};

    (void)ctx;
    for (int i = 0; i < 2; i++)
        if (strcmp(header, known[i]) == 0) {
            *word = i;
            return true;
        }
    return false;
}

static void known(void *ctx, struct buf *out)
{
    (void)ctx;
    buf_puts(out, "name, vcpu");
}

static const struct batch_words words = {.find = find, .known = known};

static size_t cells_of(char *text, struct batch_cell *cells)
{
    size_t n = 0;

    for (char *at = text; at != NULL;) {
        char *comma = strchr(at, ',');
        if (comma != NULL)
            *comma = '\0';
        cells[n++] = (struct batch_cell){at, strlen(at)};
        at = comma != NULL ? comma + 1 : NULL;
    }
    return n;
}

static int read(const char *header, const struct batch_words *w, struct arena *a, struct batch_columns *out,
                struct err *err)
{
    char text[512];
    struct batch_cell cells[16];

    snprintf(text, sizeof text, "%s", header);
    return batch_columns_read(out, a, "rows.csv", 1, cells, cells_of(text, cells), &base, w, err);
}

/* Each column as "name", "[compute web] count", "word 1" or "label". */
static void means(const char *header, const struct batch_words *w, const char *want)
{
    struct arena a = {NULL};
    struct batch_columns c;
    struct err err;
    struct buf out = {0};

    if (read(header, w, &a, &c, &err) != 0)
        fail_msg("%s: %s", header, err.text);
    for (size_t i = 0; i < c.n; i++) {
        const struct batch_column *v = &c.v[i];
        buf_puts(&out, i > 0 ? "; " : "");
        if (v->kind == BATCH_KEY)
            buf_printf(&out, "[%s] %s", v->section, v->key);
        else if (v->kind == BATCH_WORD)
            buf_printf(&out, "word %d", v->word);
        else
            buf_puts(&out, v->kind == BATCH_NAME ? "name" : "label");
    }
    assert_string_equal(out.v, want);
    buf_free(&out);
    arena_free(&a);
}

static void fails(const char *header, const struct batch_words *w, const char *want)
{
    struct arena a = {NULL};
    struct batch_columns c;
    struct err err;

    if (read(header, w, &a, &c, &err) == 0)
        fail_msg("%s is taken", header);
    assert_int_equal(err.kind, ERR_USAGE);
    assert_string_equal(err.text, want);
    arena_free(&a);
}

static void what_columns_mean(void **state)
{
    (void)state;
    means("scenario,compute.web.count", NULL, "name; [compute web] count");
    means("Scenario, compute web.count ", NULL, "name; [compute web] count");
    means("场景,project.months,Team", NULL, "name; [project] months; label");
    means("name,cost.staff.amount", NULL, "name; [cost staff] amount");
    means("project.name,fx.USD/CNY", NULL, "[project] name; [fx] USD/CNY");
    means("compare.discount.aliyun-cn,compare.discount.aliyun-cn.compute", NULL,
          "[compare] discount.aliyun-cn; [compare] discount.aliyun-cn.compute");
    means("buyer.invoice,buyer.sg.vat,buyer sg.wht", NULL, "[buyer] invoice; [buyer sg] vat; [buyer sg] wht");
    means("payment.fee,payment.aliyun-intl.fee", NULL, "[payment] fee; [payment aliyun-intl] fee");
    means("compute.web.sku.aliyun-cn,compute.web.1.sku.aliyun-cn,compute.web.1.count", NULL,
          "[compute web] sku.aliyun-cn; [compute web.1] sku.aliyun-cn; [compute web.1] count");
    means("project.months,Dept. no,dept,e.g. this,compute,web count", NULL,
          "[project] months; label; label; label; label; label");
}

/* A name is the line's beside words of inventories, else the scenario's. */
static void words_of_inventories(void **state)
{
    (void)state;
    means("name,vcpu,dept", &words, "word 0; word 1; label");
    means("scenario,name,vcpu", &words, "name; word 0; word 1");
    means("name,project.months", &words, "name; [project] months");
    fails("dept,owner", &words,
          "rows.csv:1: no column is known (known: scenario; keys such as compute.web.count or project.months, see tco "
          "help config; name, vcpu)");
}

static void what_is_wrong(void **state)
{
    (void)state;
    fails("dept,owner", NULL,
          "rows.csv:1: no column is known (known: scenario; keys such as compute.web.count or project.months, see tco "
          "help config)");
    fails("scenario,", NULL, "rows.csv:1: column 2 has no name");
    fails("compute.wbe.count", NULL,
          "rows.csv:1: column 'compute.wbe.count': config.ini has no section [compute wbe] (did you mean [compute "
          "web]?)");
    fails("database.orders.vcpu", NULL,
          "rows.csv:1: column 'database.orders.vcpu': config.ini has no section [database orders] (it has: project, "
          "buyer, buyer sg, compare, compute web, compute web.1, cost staff)");
    fails("compute.web.cuont", NULL,
          "rows.csv:1: column 'compute.web.cuont': unknown key 'cuont' in [compute web] (did you mean 'count'?)");
    fails("project.month", NULL,
          "rows.csv:1: column 'project.month': unknown key 'month' in [project] (did you mean 'months'?)");
    fails("compue.web.count", NULL,
          "rows.csv:1: column 'compue.web.count': unknown section [compue] (did you mean [compute]?)");
    fails("compute.count", NULL,
          "rows.csv:1: column 'compute.count': 'compute.count' names no key (such as compute.web.KEY)");
    fails("project x.months", NULL,
          "rows.csv:1: column 'project x.months': section [project] takes no name ('project x.months')");
    fails("prices.pack", NULL,
          "rows.csv:1: column 'prices.pack': 'prices.pack' is one for all rows (give it in config.ini or with --set)");
    fails("network.retries", NULL,
          "rows.csv:1: column 'network.retries': [network] says nothing about an estimate, so no row can set it");
    fails("compute.web.count,compute web.count", NULL,
          "rows.csv:1: columns 'compute.web.count' and 'compute web.count' say the same");
    fails("scenario,project.name", NULL, "rows.csv:1: columns 'scenario' and 'project.name' say the same");
    fails("scenario,dept,dept", NULL, "rows.csv:1: columns 'dept' and 'dept' say the same");
}

static void labels_are_named(void **state)
{
    struct arena a = {NULL};
    struct batch_columns c;
    struct err err;
    struct buf out = {0};

    (void)state;
    assert_int_equal(read("dept,project.months,owner,city", NULL, &a, &c, &err), 0);
    batch_columns_unused(&c, "owner", &out);
    assert_string_equal(out.v, "dept, city");
    buf_free(&out);
    arena_free(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_columns_mean),
        cmocka_unit_test(words_of_inventories),
        cmocka_unit_test(what_is_wrong),
        cmocka_unit_test(labels_are_named),
    };
    return cmocka_run_group_tests(tests, load, unload);
}
