/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The table of words of inventories as it is shipped, tables that are wrong, and what headers mean.
 */
#include "tests/support/inventory_case.h"
#include "tests/support/rules_fixture.h"
#include "tests/support/test.h"

#include <string.h>

static int open_words(void **state)
{
    static struct inventory_case c;
    inventory_case(&c, &rules_fixture, "", "name");
    *state = &c;
    return 0;
}

static int close_words(void **state)
{
    inventory_case_free(*state);
    return 0;
}

static void means(struct inventory_case *c, const char *header, enum inventory_field field, const char *unit,
                  const char *site)
{
    struct inventory_header h;
    struct err err = {0};
    int got = inventory_header(&c->fields.words, header, &c->arena, &h, &err);
    if (got != 1 || h.field != field)
        fail_msg("'%s': %d, field %s", header, got, got == 1 ? field_table[h.field].name : "none");
    assert_string_equal(h.unit ? h.unit->meaning : "", unit);
    assert_string_equal(h.site, site);
}

static void headers_of_both_languages(void **state)
{
    struct inventory_case *c = *state;
    means(c, "Name", FIELD_NAME, "", "");
    means(c, "主机名", FIELD_NAME, "", "");
    means(c, "vCPU", FIELD_VCPU, "", "");
    means(c, "CPU核数", FIELD_VCPU, "", "");
    means(c, "ＣＰＵ", FIELD_VCPU, "", "");
    means(c, "内 存", FIELD_MEMORY, "", "");
    means(c, "操作系统", FIELD_OS, "", "");
    means(c, "台数", FIELD_COUNT, "", "");
    means(c, "disk_class", FIELD_DISK_CLASS, "", "");
    means(c, "系统盘", FIELD_SYSTEM_DISK, "", "");
    means(c, "付费方式", FIELD_CHARGE, "", "");
    means(c, "sku", FIELD_SKU, "", "");
}

static void every_field_has_its_own_name(void **state)
{
    struct inventory_case *c = *state;
    for (int i = 0; i < FIELD_COUNT_ALL; i++)
        means(c, field_table[i].name, (enum inventory_field)i, "", "");
}

static void headers_with_units_and_sites(void **state)
{
    struct inventory_case *c = *state;
    means(c, "memory_gib", FIELD_MEMORY, "GiB", "");
    means(c, "内存(GB)", FIELD_MEMORY, "GiB", "");
    means(c, "内存（ＧＢ）", FIELD_MEMORY, "GiB", "");
    means(c, "Memory (MB)", FIELD_MEMORY, "MiB", "");
    means(c, "带宽(Mbps)", FIELD_BANDWIDTH, "Mbps", "");
    means(c, "带宽(M)", FIELD_BANDWIDTH, "Mbps", "");
    means(c, "数据盘(T)", FIELD_DISK, "TiB", "");
    means(c, "CPU(核)", FIELD_VCPU, "vcpu", "");
    means(c, "增长率(年)", FIELD_GROWTH, "year", "");
    means(c, "sku.aliyun-cn", FIELD_SKU, "", "aliyun-cn");
    means(c, "region.aliyun-cn", FIELD_REGION, "", "aliyun-cn");
}

static void other_headers_are_none_of_ours(void **state)
{
    static const char *const labels[] = {"department", "部门", "name (GB)", "memory (EB)", "memory gb extra",
                                         "城市(M)",    "sku.", "cpu.",      "(GB)",        "",
                                         "系统",       "type", "备注",      "storage",     "os_gb"};
    struct inventory_case *c = *state;
    struct inventory_header h;
    struct err err = {0};
    for (size_t i = 0; i < sizeof labels / sizeof *labels; i++)
        if (inventory_header(&c->fields.words, labels[i], &c->arena, &h, &err) != 0)
            fail_msg("'%s' is taken for %s", labels[i], field_table[h.field].name);
}

static const char *first(struct inventory_case *c, const char *set, const char *text)
{
    const struct inventory_word *w = inventory_word_first(&c->fields.words, set, inventory_fold(&c->arena, text));
    return w ? w->meaning : "none";
}

static void words_with_a_version(void **state)
{
    struct inventory_case *c = *state;
    assert_string_equal(first(c, "os", "CentOS 7.9"), "linux");
    assert_string_equal(first(c, "os", "centos7.9"), "linux");
    assert_string_equal(first(c, "os", "Windows Server 2019 数据中心版"), "windows");
    assert_string_equal(first(c, "os", "Ubuntu Server 22.04 LTS 64位"), "linux");
    assert_string_equal(first(c, "os", "Linux/Windows"), "none");
    assert_string_equal(first(c, "os", "Windowsill"), "none");
    assert_string_equal(first(c, "os", "no Linux"), "none");
    assert_string_equal(first(c, "engine", "MySQL 8.0"), "mysql");
    assert_string_equal(first(c, "engine", "Oracle"), "none");
}

static void wrong(const char *body, const char *text)
{
    struct arena a = {NULL};
    struct inventory_words w;
    struct err err = {0};
    assert_int_equal(inventory_words_read("w.csv", body, strlen(body), &a, &w, &err), -1);
    assert_string_equal(err.text, text);
    arena_free(&a);
}

static void wrong_tables(void **state)
{
    (void)state;
    wrong("set,word,meaning,reason\ncolumn,cpu,cores,x\n", "w.csv:2: unknown meaning 'cores' of set column");
    wrong("set,word,meaning,reason\nkind,vm,machine,x\n", "w.csv:2: unknown meaning 'machine' of set kind");
    wrong("set,word,meaning,reason\nos,Linux,linux,x\nos,ＬＩＮＵＸ,linux,x\n",
          "w.csv:3: 'ＬＩＮＵＸ' is in set os already");
}

static void known_is_told(void **state)
{
    struct inventory_case *c = *state;
    struct buf out = {0};
    inventory_known(&c->fields.words, "os", &out);
    assert_string_equal(out.v, "windows, linux");
    buf_free(&out);
    out = (struct buf){0};
    inventory_known(&c->fields.words, "items", &out); /* all of them mean one thing */
    assert_string_equal(out.v, "台, 个, 套, 块, pcs, units, instances, servers");
    buf_free(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(headers_of_both_languages),
        cmocka_unit_test(every_field_has_its_own_name),
        cmocka_unit_test(headers_with_units_and_sites),
        cmocka_unit_test(other_headers_are_none_of_ours),
        cmocka_unit_test(words_with_a_version),
        cmocka_unit_test(wrong_tables),
        cmocka_unit_test(known_is_told),
    };
    return cmocka_run_group_tests(tests, open_words, close_words);
}
