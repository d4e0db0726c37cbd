/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/support/small_data.h"

#include "calc/rules_read.h"
#include "tests/support/pack_case.h"
#include "tests/support/scratch.h"
#include "tests/support/test.h"

#include <stdio.h>
#include <string.h>

#define BUNDLED "fixtures/packs/bundled/"
#define TWO "tests/packs/two-dates/"

void small_data(void)
{
    static const char *const directories[] = {"data", "data/rules", "data/fx", "data/packs", "data/packs/bundled"};
    char from[128], to[128];

    for (size_t i = 0; i < sizeof directories / sizeof *directories; i++)
        scratch_mkdir(directories[i]);
    for (int t = 0; t < RULES_TABLES; t++) {
        snprintf(from, sizeof from, "fixtures/rules/%s.csv", rule_types[t]->name);
        snprintf(to, sizeof to, "data/rules/%s.csv", rule_types[t]->name);
        scratch_copy(from, to);
    }
    scratch_copy(TWO "prices.csv", "data/packs/bundled/prices.csv");
    scratch_copy(TWO "sources.csv", "data/packs/bundled/sources.csv");
    scratch_copy(BUNDLED "regions.csv", "data/packs/bundled/regions.csv");
    scratch_copy(BUNDLED "classes.csv", "data/packs/bundled/classes.csv");
    scratch_write("data/packs/bundled/shapes.csv",
                  SHAPE_HEADER "aliyun,ecs.g7.2xlarge,compute,ecs.g7,general,current,8,32,,0,amd64,no,7\n"
                               "aliyun,ecs.g7.large,compute,ecs.g7,general,current,2,8,,0,amd64,no,7\n"
                               "aliyun,ecs.g7.xlarge,compute,ecs.g7,general,legacy,4,16,,0,amd64,no,7\n");
    scratch_write("data/fx/ecb.csv",
                  "date,USD,CNY\n1999-01-04,1.1789,\n2026-03-17,1.1531,7.9412\n2026-03-18,1.15,7.9214\n");
    scratch_write("data/fx/cfets.csv", "date,USD/CNY,100JPY/CNY\n2026-09-04,6.7787,4.3135\n2026-09-03,6.7807,4.2495\n");
}

static void say(void *ctx, const char *text)
{
    struct small_catalogue *s = ctx;
    size_t n = strlen(s->said);

    snprintf(s->said + n, sizeof s->said - n, "%s\n", text);
}

int small_try(struct small_catalogue *s, const char *pack, struct err *err)
{
    const struct catalogue_options opt = {
        .data_dir = scratch_path("data"), .cache_dir = scratch_path("cache"), .pack = pack, .say = say, .say_ctx = s};

    *s = (struct small_catalogue){.c = NULL};
    return catalogue_open(&s->c, &opt, err);
}

void small_open(struct small_catalogue *s, const char *pack)
{
    struct err err = {ERR_NONE, ""};

    if (small_try(s, pack, &err) != 0 || catalogue_rules(s->c, &s->arena, &s->rules, &err) != 0)
        fail_msg("%s", err.text);
}

void small_close(struct small_catalogue *s)
{
    catalogue_close(s->c);
    arena_free(&s->arena);
}

struct date small_day(const char *text)
{
    struct date d;

    assert_true(date_parse(text, strlen(text), &d));
    return d;
}

struct offer_list small_offers(struct small_catalogue *s, const char *site, const char *region, const char *service,
                               unsigned charges, const char *day)
{
    struct offer_list list = {NULL, 0};
    struct err err = {ERR_NONE, ""};

    if (catalogue_offers(s->c, &s->arena, &s->rules, site, region, service, charges, small_day(day), &list, &err) != 0)
        fail_msg("%s", err.text);
    return list;
}
