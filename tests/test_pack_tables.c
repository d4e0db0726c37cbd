/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The small tables of a pack.
 */
#include "tests/support/pack_case.h"
#include "tests/support/test.h"

#include <stdio.h>
#include <string.h>

static struct shape shape_of(const char *row)
{
    static char table[512];
    const char *const tables[PACK_TABLES] = {[PACK_SHAPES] = table};
    struct shape s;
    struct pack p;
    struct err err = {ERR_NONE, ""};

    memcpy(table, SHAPE_HEADER, strlen(SHAPE_HEADER));
    memcpy(table + strlen(SHAPE_HEADER), row, strlen(row) + 1);
    if (pack_case(&p, tables, &err) != 0)
        fail_msg("%s", err.text);
    assert_int_equal(pack_shape_of(&p.shapes[0], &s, &err), 0);
    s.class_ = s.family = ""; /* they go with the pack */
    pack_free(&p);
    return s;
}

static void a_shape_is_what_its_row_says(void **state)
{
    (void)state;
    struct shape s = shape_of("aliyun,x,compute,ecs.g7,general,current,4,16,,0,amd64,no,7\n");
    assert_true(s.has_size && dec_cmp(s.vcpu, dec_int64(4)) == 0 && dec_cmp(s.memory, dec_int64(16)) == 0);
    assert_int_equal(s.arch, ARCH_AMD64);
    assert_false(s.burstable || s.metal || s.legacy || s.has_disk_size);
    assert_int_equal(dec_sign(s.gpu), 0);

    s = shape_of("aliyun,x,compute,ecs.t5:metal,burstable,legacy,0.25,0.5,,yes,arm64,yes,\n");
    assert_true(dec_cmp(s.vcpu, dec_of(25, 2)) == 0 && dec_cmp(s.memory, dec_of(5, 1)) == 0);
    assert_true(s.burstable && s.metal && s.legacy);
    assert_int_equal(s.arch, ARCH_ARM64);
    assert_true(dec_cmp(s.gpu, dec_int64(-1)) == 0); /* some, how many is not known */

    s = shape_of("aliyun,x,block-storage,Premium SSD,,current,,,128,0.125,,no,\n");
    assert_true(s.has_disk_size && dec_cmp(s.disk_size, dec_int64(128)) == 0);
    assert_false(s.has_size);
    assert_true(dec_cmp(s.gpu, dec_of(125, 3)) == 0);
    assert_int_equal(s.arch, ARCH_ANY);
}

static void bad_rows_are_refused(void **state)
{
    static const struct {
        enum pack_table table;
        const char *text, *message;
    } rows[] = {
        {PACK_SHAPES, SHAPE_HEADER "nobody,x,compute,f,c,current,4,16,,0,amd64,no,7\n",
         "shapes.csv:2: unknown provider 'nobody' (known: those of sites.csv)"},
        {PACK_SHAPES, SHAPE_HEADER "aliyun,x,compute,f,c,current,4,,,0,amd64,no,7\n",
         "shapes.csv:2: vcpu and memory_gib: one without the other"},
        {PACK_SHAPES, SHAPE_HEADER "aliyun,x,compute,f,c,current,0,16,,0,amd64,no,7\n",
         "shapes.csv:2: vcpu: '0' is not above 0"},
        {PACK_SHAPES, SHAPE_HEADER "aliyun,x,compute,f,c,current,4,16,-1,0,amd64,no,7\n",
         "shapes.csv:2: size_gib: '-1' is not above 0"},
        {PACK_SHAPES, SHAPE_HEADER "aliyun,x,compute,f,c,current,4,16,,-1,amd64,no,7\n",
         "shapes.csv:2: gpu: '-1' is below 0 (known: a number of cards, yes)"},
        {PACK_SHAPES, SHAPE_HEADER "aliyun,x,compute,f,c,sold,4,16,,0,amd64,no,7\n",
         "shapes.csv:2: sold: unknown word 'sold' (known: current, legacy)"},
        {PACK_SHAPES, SHAPE_HEADER "aliyun,x,compute,f|g,c,current,4,16,,0,amd64,no,7\n",
         "shapes.csv:2: class or family with a '|'"},
        {PACK_SHAPES,
         SHAPE_HEADER
         "aliyun,x,compute,f,c,current,4,16,,0,amd64,no,7\naliyun,x,compute,f,c,current,8,16,,0,amd64,no,7\n",
         "shapes.csv:3: the same SKU as in line 2"},
        {PACK_CLASSES, CLASS_HEADER "aws-cn,block-storage,ssd,gp3\n",
         "classes.csv:2: unknown site 'aws-cn' (known: aliyun-cn, aliyun-intl, baidu-cn)"},
        {PACK_REGIONS, REGION_HEADER "aliyun-cn,cn-hangzhou,Hangzhou,CN,no,Alibaba Cloud,Hangzhou,杭州\n",
         "regions.csv:2: mainland does not go with country 'CN' (CN is the mainland)"},
        {PACK_REGIONS, REGION_HEADER "aliyun-cn,cn-hongkong,Hong Kong,HK,yes,Alibaba Cloud,Hong Kong,香港\n",
         "regions.csv:2: mainland does not go with country 'HK' (CN is the mainland)"},
        {PACK_REGIONS, REGION_HEADER "aliyun-cn,cn-hangzhou,Hangzhou,China,no,Alibaba Cloud,Hangzhou,杭州\n",
         "regions.csv:2: 'China' is no country (known: two capital letters of ISO 3166)"},
        {PACK_SOURCES, SOURCE_HEADER "a,First,somewhere,2024-12-31,MIT,certain,\n",
         "sources.csv:2: confidence: unknown word 'certain' (known: high, medium, low)"},
        {PACK_SOURCES, SOURCE_HEADER "a,First,somewhere,2024-12-31,MIT,high,\na,Second,elsewhere,2024-12-31,MIT,low,\n",
         "sources.csv:3: the same id as in line 2"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const char *tables[PACK_TABLES] = {NULL};
        struct pack p;
        struct err err = {ERR_NONE, ""};
        tables[rows[i].table] = rows[i].text;
        assert_int_equal(pack_case(&p, tables, &err), -1);
        assert_string_equal(err.text, rows[i].message);
        assert_int_equal(err.kind, ERR_USAGE);
    }
}

#define TEAM ",Team Cloud,团队云,cn,CNY,incl,Team,CN,,accepted,refused,,special,transfer,,2026-11,high,a list\n"

static void a_pack_may_bring_sites(void **state)
{
    const char *const tables[PACK_TABLES] = {
        [PACK_PRICES] = PRICE_HEADER "team-cn,x,compute,t1,linux,on-demand,,,hour,,,,2,CNY,incl,0.06,2026-11-01,a\n",
        [PACK_SHAPES] = SHAPE_HEADER "team,t1,compute,t,general,current,4,16,,0,amd64,no,1\n",
        [PACK_CLASSES] = CLASS_HEADER "team-cn,block-storage,ssd,disk\n",
        [PACK_REGIONS] = REGION_HEADER "team-cn,x,Wuhu,CN,yes,Team,Wuhu,芜湖\n",
        [PACK_SITES] = SITE_HEADER "team-cn,team" TEAM "baidu-cn,baidu" TEAM,
    };
    struct pack p;
    struct err err = {ERR_NONE, ""};

    (void)state;
    if (pack_case(&p, tables, &err) != 0)
        fail_msg("%s", err.text);
    assert_int_equal(p.records[PACK_SITES].n, 2);
    assert_int_equal(p.facts.nsites, 4); /* baidu-cn, another pack's, is replaced */
    assert_int_equal(p.facts.nbase, 2);
    assert_string_equal(rules_site(&p.facts, "team-cn")->name_zh, "团队云");
    assert_string_equal(rules_site(&p.facts, "baidu-cn")->name_en, "Team Cloud");
    assert_null(rules_site(&p.facts, "aliyun-cn")->name_en);
    assert_int_equal(p.nwarnings, 0); /* t1 has a shape of its provider */
    pack_free(&p);
}

static void wrong_sites_are_refused(void **state)
{
    static const struct {
        const char *row, *message;
    } rows[] = {
        {"aliyun-cn,aliyun" TEAM, "sites.csv:2: site: 'aliyun-cn' is one of the rules' own (rules/sites.csv)"},
        {"baidu-cn,team" TEAM,
         "sites.csv:2: provider: 'team', but another pack has site 'baidu-cn' of provider 'baidu'"},
        {"team@cn,team" TEAM, "sites.csv:2: site: 'team@cn' (known: small letters, digits, -)"},
        {"team,team,Team,T,cn,EUR,incl,Team,CN,,accepted,refused,,special,transfer,,2026-11,high,a list\n",
         "sites.csv:2: unknown currency 'EUR' (known: CNY, USD)"},
        {"team,team,Team,T,cn,CNY,incl,Team,China,,accepted,refused,,special,transfer,,2026-11,high,a list\n",
         "sites.csv:2: 'China' is no country (known: two capital letters of ISO 3166)"},
        {"team,team,Team,T,west,CNY,incl,Team,CN,,accepted,refused,,special,transfer,,2026-11,high,a list\n",
         "sites.csv:2: station: unknown word 'west' (known: cn, intl, global)"},
        {"team,team" TEAM "team,other" TEAM, "sites.csv:3: the same site as in line 2"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char text[1024];
        const char *const tables[PACK_TABLES] = {[PACK_SITES] = text};
        struct pack p;
        struct err err = {ERR_NONE, ""};
        snprintf(text, sizeof text, "%s%s", SITE_HEADER, rows[i].row);
        assert_int_equal(pack_case(&p, tables, &err), -1);
        assert_string_equal(err.text, rows[i].message);
        assert_int_equal(err.kind, ERR_USAGE);
    }
}

static void an_unknown_service_of_a_class_is_refused(void **state)
{
    const char *const tables[PACK_TABLES] = {[PACK_CLASSES] = CLASS_HEADER "aliyun-cn,storage,ssd,P10\n"};
    struct pack p;
    struct err err = {ERR_NONE, ""};

    (void)state;
    assert_int_equal(pack_case(&p, tables, &err), -1);
    assert_non_null(strstr(err.text, "classes.csv:2: unknown service 'storage' (known: compute, block-storage, "));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_shape_is_what_its_row_says),
        cmocka_unit_test(bad_rows_are_refused),
        cmocka_unit_test(a_pack_may_bring_sites),
        cmocka_unit_test(wrong_sites_are_refused),
        cmocka_unit_test(an_unknown_service_of_a_class_is_refused),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
