/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Rows that become one bill: which of them are one line, how lines are called, where the bill stands; and the property
 * that holds it all together: an inventory is the estimate of a configuration with a section for each of its lines, to
 * the minor unit, and its groups add up to it.
 */
#include "tests/support/inventory_case.h"
#include "tests/support/numbers.h"
#include "tests/support/prepared.h"

#include "calc/batch_inventory.h"
#include "calc/batch_shares.h"
#include "calc/tax.h"

#include <stdio.h>
#include <stdlib.h>

/* ---- an inventory over a base */

struct bill_case {
    struct prepared base; /* its configuration, catalogue and rules */
    struct inventory_case c;
    struct inventory *inventory;
    struct inventory_bill bill;
};

/* base: a whole configuration, resources and all. group: the place of a column, -1. */
static void open_case(struct bill_case *b, const char *base, const char *header, int group)
{
    struct err err = {0};
    prepare(&b->base, base, NULL);
    inventory_case(&b->c, &b->base.rules, "", header);
    b->c.columns.has_words = true;
    if (inventory_open(&b->inventory, &b->c.fields, &b->base.config, &b->c.columns, group, &err) != 0)
        fail_msg("%s", err.text);
}

static void add(struct bill_case *b, const char *cells)
{
    struct err err = {0};
    struct batch_row row = inventory_case_row(&b->c, cells);
    if (inventory_row(b->inventory, &row, &err) != 0)
        fail_msg("%s", err.text);
}

static void refused(struct bill_case *b, const char *cells, const char *why)
{
    struct err err = {0};
    struct batch_row row = inventory_case_row(&b->c, cells);
    assert_int_equal(inventory_row(b->inventory, &row, &err), 1);
    assert_string_equal(err.text, why);
}

static void close_bill(struct bill_case *b)
{
    struct err err = {0};
    if (inventory_bill(b->inventory, &b->bill, &err) != 0)
        fail_msg("%s", err.text);
}

static void close_case(struct bill_case *b)
{
    inventory_free(b->inventory);
    inventory_case_free(&b->c);
    prepared_free(&b->base);
}

static void line_is(const struct bill_case *b, size_t i, const char *label, int rows)
{
    const struct resource *r = &b->bill.scenario.resources[b->bill.nbase + i];
    assert_string_equal(r->label, label);
    assert_int_equal(r->repeats + 1, rows);
}

#define PLAIN_BASE                                                                                                     \
    "[project]\nas_of = 2026-11-21\n[compare]\nsites = aliyun-cn\ncity = Beijing\n[cost x]\namount = 1 CNY\n"

/* ---- lines */

static void rows_alike_are_one_line(void **state)
{
    struct bill_case b;
    (void)state;
    open_case(&b, PLAIN_BASE, "name|vcpu|memory|disk|部门", -1);
    add(&b, "web-1|4|16G|100G|a");
    add(&b, "web-2|4|16G|100G|b");
    add(&b, "web-3|4核|16 GiB|100G|b"); /* written otherwise, the same line */
    add(&b, "db|8|32G|100G|a");         /* another machine, the same disk */
    add(&b, "web-1|2|8G||a");           /* another machine of the same name */
    add(&b, "|2|4G||a");                /* called by its row: all rows of the case are number 7 */
    close_bill(&b);
    assert_int_equal(b.bill.scenario.nresources, 5);
    line_is(&b, 0, "compute web-1", 3);
    line_is(&b, 1, "block-storage web-1", 4);
    line_is(&b, 2, "db", 1);
    line_is(&b, 3, "web-1#2", 1);
    line_is(&b, 4, "7", 1);
    close_case(&b);
}

static void names_are_free_ones(void **state)
{
    struct bill_case b;
    (void)state;
    open_case(&b, PLAIN_BASE "[compute web]\nvcpu = 2\nmemory = 4 GiB\n", "name|vcpu|memory", -1);
    add(&b, "web#2|2|4G");
    add(&b, "web|4|8G");
    add(&b, "web|8|16G");
    close_bill(&b);
    assert_int_equal(b.bill.nbase, 1);
    line_is(&b, 0, "web#2", 1);
    line_is(&b, 1, "web#3", 1);
    line_is(&b, 2, "web#4", 1);
    close_case(&b);
}

static void wrong_rows_leave_nothing(void **state)
{
    struct bill_case b;
    (void)state;
    open_case(&b, PLAIN_BASE, "name|vcpu|memory|disk", -1);
    refused(&b, "web|4|16|", "rows.csv:8: memory: '16' lacks its unit (such as 16 GB, or in the header)");
    refused(&b, "web|4096|16G|", "rows.csv:8: vcpu: '4096' is out of range (over 0 to 1024)");
    refused(&b, "web|4|16G|9000000000T",
            "rows.csv:8: size: '9000000000 TiB' is out of range (over 0 to 1000000000 GiB)");
    refused(&b, "web|||", "rows.csv:8: asks for nothing");
    add(&b, "web|8|32G|");
    struct batch_row broken = inventory_case_row(&b.c, "web|8|32G|");
    struct err err;
    broken.wrong = "a quote is never closed";
    assert_int_equal(inventory_row(b.inventory, &broken, &err), 1);
    assert_string_equal(err.text, "rows.csv:8: a quote is never closed");
    close_bill(&b);
    assert_int_equal(b.bill.scenario.nresources, 1); /* the machine beside the disk that is too large is gone */
    assert_int_equal(b.bill.scenario.resources[0].repeats, 0);
    close_case(&b);
}

static void no_row_is_no_bill(void **state)
{
    struct bill_case b;
    struct err err;
    (void)state;
    open_case(&b, PLAIN_BASE, "name|vcpu|memory", -1);
    assert_int_equal(inventory_bill(b.inventory, &b.bill, &err), -1);
    assert_string_equal(err.text, "rows.csv: no row is in the bill");
    close_case(&b);
}

/* ---- one place */

static void a_bill_stands_in_one_place(void **state)
{
    struct bill_case b;
    (void)state;
    open_case(&b, PLAIN_BASE, "name|city|vcpu|memory", -1);
    add(&b, "a|上海|4|16G");
    add(&b, "b|Shanghai|8|16G");
    refused(&b, "c|Beijing|8|32G",
            "rows.csv:8: city: 'Beijing', where rows.csv:8 says '上海' (a bill stands in one place)");
    refused(&b, "d||2|4G", "rows.csv:8: city: 'Beijing', where rows.csv:8 says '上海' (a bill stands in one place)");
    close_bill(&b);
    assert_string_equal(b.bill.scenario.city, "Shanghai");
    close_case(&b);
    open_case(&b, PLAIN_BASE, "name|city|vcpu|memory", -1);
    add(&b, "a||4|16G");
    add(&b, "b|北京|8|16G");
    refused(&b, "c|Shanghai|8|16G",
            "rows.csv:8: city: 'Shanghai', where an earlier row says 'Beijing' (a bill stands in one place)");
    close_case(&b);
}

static void a_key_of_the_configuration_is_no_column(void **state)
{
    struct inventory_case c;
    struct inventory *v = NULL;
    struct config base = {.file = "base.ini"};
    struct err err;
    (void)state;
    struct rules rules = {.nsites = 0};
    inventory_case(&c, &rules, "", "vcpu|project.months");
    struct batch_column v2[2] = {c.columns.v[0], {.header = "project.months", .kind = BATCH_KEY}};
    c.columns.v = v2;
    assert_int_equal(inventory_open(&v, &c.fields, &base, &c.columns, -1, &err), -1);
    assert_string_equal(
        err.text,
        "rows.csv: column 'project.months' is a key of the configuration, of which a bill has one (use --set)");
    inventory_case_free(&c);
}

/* ---- the bill is the estimate of its lines */

static const char header[] =
    "name|kind|vcpu|memory|disk|object_storage|egress|sku.huawei-intl|charge|count|growth|group";

/* A row, but for its name, count, growth and group, and the sections it stands for. */
struct template
{
    const char *cells; /* kind to charge */
    const char *sections[2];
    const char *bodies[2];
};
#define MACHINE(n, m) "vcpu = " n "\nmemory = " m " GiB\n"
static const struct template azure[] = {
    {"|2|8G|||||", {"compute"}, {MACHINE("2", "8")}},
    {"vm|4|16G|||||", {"compute"}, {MACHINE("4", "16")}},
    {"|4核|16G|64G||||", {"compute", "block-storage"}, {MACHINE("4", "16"), "size = 64 GiB\n"}},
    {"oss||||777G|||", {"object-storage"}, {"size = 777 GiB\n"}},
    {"oss||||20T|||", {"object-storage"}, {"size = 20 TiB\n"}},
    {"对象存储||||0.333T|||", {"object-storage"}, {"size = 0.333 TB\n"}},
};
static const struct template huawei[] = {
    {"|2|4G|||||", {"compute"}, {MACHINE("2", "4")}},
    {"流量|||||100G|obs.internet|", {"egress"}, {"volume = 100 GB\nsku.huawei-intl = obs.internet\n"}},
    {"流量|||||333G|obs.internet|", {"egress"}, {"volume = 333 GB\nsku.huawei-intl = obs.internet\n"}},
    {"egress|||||2TB/月|obs.internet|", {"egress"}, {"volume = 2 TB\nsku.huawei-intl = obs.internet\n"}},
};
static const struct template aliyun[] = {
    {"|2|8G|||||", {"compute"}, {MACHINE("2", "8")}},
    {"|4|16G|200G||||", {"compute", "block-storage"}, {MACHINE("4", "16"), "size = 200 GiB\n"}},
    {"|8|32G|||||包年", {"compute"}, {MACHINE("8", "32") "charge = prepaid 12 months\n"}},
    {"流量|||||0.7T||", {"egress"}, {"volume = 0.7 TB\n"}},
};

static const struct scene {
    const char *base;
    const struct template *templates;
    size_t n;
    int fees;   /* 1: a site without fees shows nothing */
    bool pools; /* a minor unit of a shared ladder may go to one group or another */
} scenes[] = {
    {"[project]\nas_of = 2026-11-21\nmonths = 7\ndiscount_rate = 8%\n"
     "[buyer small]\nvat = small-scale\n"
     "[compare]\nsites = azure-cn, azure-cn@small\nregion.azure-cn = chinaeast2\ndiscount.azure-cn = 7%\n"
     "[payment]\nmethod = card\nfee = 1.7%\ninvoice_handling = 40 CNY\n"
     "[cost moving]\namount = 1000 CNY\nwhen = once\n"
     "[object-storage base]\nsize = 333 GiB\nvat_rate = 9%\n",
     azure, sizeof azure / sizeof *azure, 1, true},
    {"[project]\nas_of = 2026-11-21\nmonths = 14\ncurrency = CNY\ndiscount_rate = 5%\n"
     "[fx]\nUSD/CNY = 7.1234\nspread = 0.3%\n"
     "[buyer sub]\ncountry = SG\n[buyer hk]\ncountry = HK\n"
     "[compare]\nsites = huawei-intl, huawei-intl@sub, huawei-intl@hk\nregion.huawei-intl = ap-southeast-4\n"
     "[payment]\nmethod = wire\n"
     "[egress base]\nvolume = 5 TB\nsku.huawei-intl = obs.internet\n",
     huawei, sizeof huawei / sizeof *huawei, 1, true},
    {"[project]\nas_of = 2026-11-21\nmonths = 13\ndiscount_rate = 6%\n"
     "[compare]\nsites = aliyun-cn, tencent-cn\nregion.aliyun-cn = cn-hangzhou\nregion.tencent-cn = ap-shanghai\n"
     "[cost staff]\namount = 100 CNY\n",
     aliyun, sizeof aliyun / sizeof *aliyun, 0, false},
};

static const char *const counts[] = {"1", "1", "1", "3", "0.5"};
static const char *const growths[][2] = {
    {"", ""}, {"", ""}, {"2%/月", "growth = 2% / month\n"}, {"-24%/年", "growth = -24% / year\n"}};
static const char *const groups[] = {"a", "b", ""};

static uint32_t next_random(uint32_t *seed)
{
    *seed = *seed * 1664525u + 1013904223u;
    return *seed >> 8;
}

enum { ROWS_MAX = 200 };
static const char *group_of_row[ROWS_MAX];

/* The same line in either form. */
static void random_row(struct bill_case *b, const struct scene *s, size_t i, struct buf *config, uint32_t *seed)
{
    char cells[256];
    const struct template *t = &s->templates[next_random(seed) % s->n];
    const char *count = counts[next_random(seed) % 5], *const *growth = growths[next_random(seed) % 4];
    group_of_row[i] = groups[next_random(seed) % 3];
    snprintf(cells, sizeof cells, "n%zu|%s|%s|%s|%s", i, t->cells, count, growth[0], group_of_row[i]);
    add(b, cells);
    for (size_t k = 0; k < 2 && t->sections[k]; k++)
        buf_printf(config, "[%s n%03zu]\n%scount = %s\n%s", t->sections[k], i, t->bodies[k], count, growth[1]);
}

static void same(dec_t a, dec_t b, const char *what, const char *site, int round)
{
    char x[DEC_TEXT], y[DEC_TEXT];
    if (dec_cmp(a, b) == 0)
        return;
    dec_format(a, 0, x);
    dec_format(b, 0, y);
    fail_msg("round %d, %s of %s: %s, not %s", round, what, site, x, y);
}

static void same_money(const struct money *a, const struct money *b, const char *site, int round)
{
    same(a->net, b->net, "net", site, round);
    same(a->tax, b->tax, "tax", site, round);
    same(a->recoverable, b->recoverable, "recoverable", site, round);
    same(a->withheld, b->withheld, "withheld", site, round);
    same(a->fees, b->fees, "fees", site, round);
    same(a->other, b->other, "other", site, round);
    same(a->cash_out, b->cash_out, "cash_out", site, round);
    same(a->cost, b->cost, "cost", site, round);
}

static void same_site(const struct site_estimate *a, const struct site_estimate *b, int round)
{
    assert_int_equal(a->status, b->status);
    assert_int_equal(a->has_totals, b->has_totals);
    assert_int_equal(a->has_list, b->has_list);
    assert_int_equal(a->rank, b->rank);
    if (a->has_list)
        same(a->list, b->list, "list", a->column, round);
    same_money(&a->m, &b->m, a->column, round);
    same(a->npv, b->npv, "npv", a->column, round);
}

/* Every group and what is the whole bill's, together. */
static void groups_add_up(const struct batch_groups *g, const struct site_estimate *site, int round)
{
    struct group_sum all = {.any = false};
    for (size_t i = 0; i < g->nsums; i++)
        if (!strcmp(g->sums[i].site, site->column))
            group_sum_add(&all, &g->sums[i]);
    if (site->status != SITE_COMPLETE)
        return;
    same_money(&all.m, &site->m, site->column, round);
    same(all.npv, site->npv, "npv of groups", site->column, round);
    if (site->has_list)
        same(all.list, site->list, "list of groups", site->column, round);
}

/* Where no ladder is shared, a group has what its rows have when each is a line of its own. */
static void group_is_its_rows(const struct batch_groups *g, const struct site_estimate *each, const char *group,
                              size_t rows, int round)
{
    struct money m = {0};
    for (size_t i = 0; i < each->nlines; i++)
        if (each->lines[i].resource && each->lines[i].resource->name[0] == 'n' &&
            !strcmp(group_of_row[strtol(each->lines[i].resource->name + 1, NULL, 10)], group))
            m = money_add(m, each->lines[i].m, 1);
    for (size_t i = 0; i < g->nsums; i++)
        if (!strcmp(g->names[g->sums[i].group], group) && !strcmp(g->sums[i].site, each->column) && !*g->sums[i].note) {
            assert_true(g->sums[i].rows <= rows);
            if (g->sums[i].incomplete == 0)
                same_money(&g->sums[i].m, &m, group, round);
        }
}

static void one_round(const struct scene *s, int round, uint32_t *seed, size_t *complete)
{
    struct bill_case b;
    struct prepared each;
    struct estimate e;
    struct err err = {0};
    struct buf config = {0};
    struct batch_groups g = {.ngroups = 0};
    const struct estimate_options opt = {.all = true};
    size_t rows = 1 + next_random(seed) % ROWS_MAX;
    open_case(&b, s->base, header, 11);
    buf_puts(&config, s->base);
    for (size_t i = 0; i < rows; i++)
        random_row(&b, s, i, &config, seed);
    close_bill(&b);
    if (estimate_run(&b.bill.scenario, &b.base.rules, b.base.catalogue, &opt, &e, &err) != 0 ||
        batch_shares(&g, &b.bill, &e, &opt, true, &err) != 0)
        fail_msg("%s", err.text);
    prepare_estimate(&each, config.v, NULL, &opt);
    assert_int_equal(e.nsites, each.estimate.nsites);
    for (size_t i = 0; i < e.nsites; i++) {
        const struct site_estimate *alone = prepared_site(&each, e.sites[i].column);
        same_site(&e.sites[i], alone, round);
        groups_add_up(&g, &e.sites[i], round);
        for (size_t k = 0; k < 3 && !s->pools; k++)
            group_is_its_rows(&g, alone, groups[k], rows, round);
        *complete += e.sites[i].status == SITE_COMPLETE && dec_sign(e.sites[i].m.fees) >= s->fees;
    }
    estimate_free(&e);
    batch_groups_free(&g);
    prepared_free(&each);
    close_case(&b);
    buf_free(&config);
}

static void an_inventory_is_the_estimate_of_its_lines(void **state)
{
    uint32_t seed = 20261122;
    (void)state;
    for (size_t i = 0; i < sizeof scenes / sizeof *scenes; i++) {
        size_t complete = 0;
        for (int round = 0; round < 12; round++)
            one_round(&scenes[i], round, &seed, &complete);
        print_message("scene %zu: %zu complete sites\n", i, complete);
        assert_true(complete >= 12);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rows_alike_are_one_line),
        cmocka_unit_test(names_are_free_ones),
        cmocka_unit_test(wrong_rows_leave_nothing),
        cmocka_unit_test(no_row_is_no_bill),
        cmocka_unit_test(a_bill_stands_in_one_place),
        cmocka_unit_test(a_key_of_the_configuration_is_no_column),
        cmocka_unit_test(an_inventory_is_the_estimate_of_its_lines),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
