/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Rows of an inventory as overrides of a configuration, and the resources that the configuration makes of them.
 */
#include "tests/support/inventory_case.h"
#include "tests/support/numbers.h"
#include "tests/support/rules_fixture.h"

#include <stdio.h>

enum { ROOM = 64 };

struct laid {
    struct inventory_case c;
    struct override v[ROOM];
    size_t n;
    struct config base, config;
    struct scenario s;
};

static const char *const base_sets[] = {"compare.sites=aliyun-cn", "compare.city=Hangzhou"};

static int lay(struct laid *l, const char *header, const char *cells, struct err *err)
{
    *l = (struct laid){.n = 0};
    inventory_case(&l->c, &rules_fixture, "aliyun-cn", header);
    struct batch_words words = batch_fields_words(&l->c.fields);
    struct batch_row row = inventory_case_row(&l->c, cells);
    return words.overrides(words.ctx, &row, "rows.csv:8", &l->c.arena, l->v, ROOM, &l->n, err);
}

static void lay_out(struct laid *l, const char *header, const char *cells)
{
    struct err err = {0};
    if (lay(l, header, cells, &err) != 0 ||
        config_load(&l->base, NULL, base_sets, 2, "2026-11-21", (struct date){0}, &err) != 0 ||
        config_over(&l->base, l->v, l->n, &l->config, &err) != 0 ||
        config_scenario(&l->config, &rules_fixture, &l->s, &err) != 0)
        fail_msg("%s", err.text);
}

static void laid_free(struct laid *l)
{
    scenario_free(&l->s);
    config_free(&l->config);
    config_free(&l->base);
    inventory_case_free(&l->c);
}

/* The message of a row that is wrong in its cells or, when they are fine, in the configuration they make. */
static void refuses(const char *header, const char *cells, const char *why)
{
    struct laid l;
    struct err err = {0};
    if (lay(&l, header, cells, &err) == 0) {
        assert_int_equal(config_load(&l.base, NULL, base_sets, 2, "2026-11-21", (struct date){0}, &err), 0);
        assert_int_equal(config_over(&l.base, l.v, l.n, &l.config, &err), 0);
        assert_int_equal(config_scenario(&l.config, &rules_fixture, &l.s, &err), -1);
    }
    assert_string_equal(err.text, why);
    laid_free(&l);
}

static const struct resource *resource(const struct laid *l, enum resource_kind kind, const char *name)
{
    for (size_t i = 0; i < l->s.nresources; i++)
        if (l->s.resources[i].kind == kind && !strcmp(l->s.resources[i].name, name))
            return &l->s.resources[i];
    fail_msg("no %s %s", kind_table[kind].name, name);
    return NULL;
}

static void a_machine_with_its_disks_and_traffic(void **state)
{
    struct laid l;
    (void)state;
    lay_out(&l, "名称|CPU核数|内存(GB)|操作系统|台数|系统盘|数据盘|数据盘类型|流量|带宽|部门|增长率",
            "web|4核|16|CentOS 7.9|12台|40G|0.5T|SSD云盘|100GB|5M|sales|2%/月");
    assert_int_equal(l.s.nresources, 5);
    const struct resource *web = resource(&l, KIND_COMPUTE, "web");
    assert_dec(web->vcpu.fixed, "4");
    assert_dec(web->memory.fixed, "16");
    assert_dec(web->count.fixed, "12");
    assert_dec(web->growth.rate.fixed, "0.02");
    assert_string_equal(web->os, "linux");
    const struct resource *data = resource(&l, KIND_BLOCK_STORAGE, "web");
    assert_dec(data->size.fixed, "512");
    assert_dec(data->count.fixed, "12"); /* each machine has one */
    assert_dec(data->growth.rate.fixed, "0.02");
    assert_string_equal(data->class_, "ssd");
    assert_dec(resource(&l, KIND_BLOCK_STORAGE, "web system")->size.fixed, "40");
    assert_dec(resource(&l, KIND_EGRESS, "web")->size.fixed, "100");
    assert_dec(resource(&l, KIND_BANDWIDTH, "web")->size.fixed, "5");
    laid_free(&l);
}

static void what_is_not_wanted_makes_no_line(void **state)
{
    struct laid l;
    (void)state;
    lay_out(&l, "vcpu|memory|disk|disk_class|egress|bandwidth|gpu", "2|8G|0|ssd|-|无|");
    assert_int_equal(l.s.nresources, 1);
    assert_string_equal(l.s.resources[0].name, "7"); /* the row's number */
    laid_free(&l);
}

static void other_kinds(void **state)
{
    struct laid l;
    (void)state;
    lay_out(&l, "name|kind|vcpu|memory|engine|ha|charge", "orders|数据库|8|32G|MySQL 8.0|主备|包年");
    const struct resource *orders = resource(&l, KIND_DATABASE, "orders");
    assert_string_equal(orders->engine, "mysql");
    assert_true(orders->ha);
    assert_int_equal(orders->charge.kind, CHARGE_PREPAID);
    assert_int_equal(orders->charge.months, 12);
    laid_free(&l);
    lay_out(&l, "name|kind|object_storage|storage_class", "logs|对象存储|2TB|归档");
    assert_dec(resource(&l, KIND_OBJECT_STORAGE, "logs")->size.fixed, "2048");
    laid_free(&l);
    lay_out(&l, "scenario|kind|disk", "backup|快照|100G");
    assert_dec(resource(&l, KIND_SNAPSHOT, "backup")->size.fixed, "100");
    laid_free(&l);
    lay_out(&l, "name|kind|egress", "cdn|流量|8TB");
    assert_dec(resource(&l, KIND_EGRESS, "cdn")->size.fixed, "8192");
    laid_free(&l);
    lay_out(&l, "name|kind", "a|EIP"); /* nothing but the kind */
    assert_dec(resource(&l, KIND_PUBLIC_IP, "a")->count.fixed, "1");
    laid_free(&l);
}

static void places_and_pins(void **state)
{
    struct laid l;
    (void)state;
    lay_out(&l, "name|city|sku|sku.azure-cn", "web|北京|ecs.g7.xlarge|D4");
    const struct resource *web = resource(&l, KIND_COMPUTE, "web");
    assert_string_equal(l.s.city, "Beijing");
    assert_string_equal(resource_pin(web, "aliyun-cn"), "ecs.g7.xlarge");
    assert_string_equal(resource_pin(web, "azure-cn"), "D4");
    laid_free(&l);
}

static void wrong_rows(void **state)
{
    (void)state;
    refuses("vcpu|内存", "4|16", "内存: '16' lacks its unit (such as 16 GB, or in the header)");
    refuses("vcpu|memory", "4096|16G", "rows.csv:8: vcpu: '4096' is out of range (over 0 to 1024)");
    refuses("vcpu|memory", "4|",
            "rows.csv:8: [compute 7] lacks memory (needed at aliyun-cn, which has no sku.aliyun-cn)");
    refuses("vcpu|memory|memory_gb", "4|16G|16", "memory_gb: 'memory' is a column of the same meaning");
    refuses("kind|vcpu|egress", "egress|4|1TB", "vcpu: a row of kind egress has none");
    refuses("vcpu|memory|charge", "4|16G|包年包月",
            "rows.csv:8: charge: unknown charge '包年包月' (known: on-demand, prepaid, reserved, savings-plan, best)");
    refuses("vcpu|memory|growth", "4|16G|2%",
            "rows.csv:8: growth: '2%' lacks its period (such as 2% / month, 2% / year)");
    refuses("vcpu|memory|city", "4|16G|Atlantis",
            "rows.csv:8: city: unknown city 'Atlantis' (known: Beijing, Hangzhou, Singapore, Ningxia, Shanghai)");
}

static void a_pin_needs_its_site(void **state)
{
    struct inventory_case c;
    struct field_row out;
    struct err err = {0};
    (void)state;
    inventory_case(&c, &rules_fixture, "", "sku");
    struct batch_row row = inventory_case_row(&c, "ecs.g7.xlarge");
    assert_int_equal(batch_fields_read(&c.fields, &row, &c.arena, &out, &err), -1);
    assert_string_equal(err.text, "sku: of which site? (several are compared: call the column sku.SITE)");
    inventory_case_free(&c);
}

/* Whatever the table says a word means, the configuration takes it. */
static void meanings_are_those_of_the_configuration(void **state)
{
    static const struct {
        const char *set, *header, *cells;
    } rows[] = {
        {"os", "vcpu|memory|os", "4|16G|"},
        {"arch", "vcpu|memory|arch", "4|16G|"},
        {"class", "vcpu|memory|class", "4|16G|"},
        {"charge", "vcpu|memory|charge", "4|16G|"},
        {"always", "vcpu|memory|hours", "4|16G|"},
        {"disk-class", "vcpu|memory|disk|disk_class", "4|16G|40G|"},
        {"storage-class", "kind|object_storage|storage_class", "oss|40G|"},
        {"engine", "kind|vcpu|memory|engine", "rds|4|16G|"},
        {"yes-no", "kind|vcpu|memory|ha", "rds|4|16G|"},
        {"size", "vcpu|memory|disk", "4|16G|100 "},
        {"rate", "kind|bandwidth", "bandwidth|5 "},
        {"period", "vcpu|memory|growth", "4|16G|2% / "},
        {"cores", "memory|vcpu", "4G|4 "},
        {"items", "vcpu|memory|count", "4|16G|4 "},
        {"cards", "vcpu|memory|gpu", "4|16G|4 "},
        {"time", "vcpu|memory|hours", "4|16G|4 "},
    };
    struct inventory_case c;
    char cells[256];
    size_t seen = 0;
    (void)state;
    inventory_case(&c, &rules_fixture, "", "name");
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        for (size_t w = 0; w < c.fields.words.n; w++) {
            struct laid l;
            if (strcmp(c.fields.words.v[w].set, rows[i].set) != 0)
                continue;
            snprintf(cells, sizeof cells, "%s%s", rows[i].cells, c.fields.words.v[w].word);
            lay_out(&l, rows[i].header, cells);
            laid_free(&l);
            seen++;
        }
    assert_true(seen > 150);
    inventory_case_free(&c);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_machine_with_its_disks_and_traffic),
        cmocka_unit_test(what_is_not_wanted_makes_no_line),
        cmocka_unit_test(other_kinds),
        cmocka_unit_test(places_and_pins),
        cmocka_unit_test(wrong_rows),
        cmocka_unit_test(a_pin_needs_its_site),
        cmocka_unit_test(meanings_are_those_of_the_configuration),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
