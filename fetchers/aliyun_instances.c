/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * instancePrice.json: "cn-hangzhou::ecs.g7.large::vpc::linux::optimized": {"hours": [{"price": "0.52325",
 * "period": "1"}], "months": [...], "years": [...]}. Lists may be empty, lack a period or be there or not
 * (weeks): what an entry is, its period says, never its place.
 */
#include "fetchers/aliyun_files.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { REGION, TYPE, NETWORK, OS, IO, KEY_PARTS };

/* What an entry of a list with this period is; a term of 0 is the hour on demand. */
struct way {
    const char *list;
    const char *period;
    int term_months;
};
static const struct way ways[] = {
    {"hours", "1", 0},  {"months", "1", 1}, {"years", "1", 12}, {"years", "2", 24},
    {"years", "3", 36}, {"years", "4", 48}, {"years", "5", 60},
};

static const struct way *find_way(const char *list, const char *period)
{
    for (size_t i = 0; i < sizeof ways / sizeof *ways; i++)
        if (!strcmp(ways[i].list, list) && !strcmp(ways[i].period, period))
            return &ways[i];
    return NULL;
}

static int take(struct aliyun_file *f, const struct json *entry, const char *list, struct fetch_price *p,
                struct err *err)
{
    const struct way *way = find_way(list, json_string(json_get(entry, "period")));
    char reason[100];

    if (way == NULL) {
        snprintf(reason, sizeof reason, "price for another period, by %s", aliyun_plain(list));
        return harvest_skip(f->out, reason, 1, err);
    }
    p->charge = way->term_months == 0 ? CHARGE_ON_DEMAND : CHARGE_PREPAID;
    p->unit = way->term_months == 0 ? UNIT_HOUR : UNIT_TERM;
    p->term_months = way->term_months;
    return aliyun_file_price(f, entry, p, false, NULL, err);
}

static int take_lists(struct aliyun_file *f, const struct json *value, struct fetch_price *p, struct err *err)
{
    for (struct json_walk w = json_walk(value); json_step(&w);)
        for (size_t i = 0; i < json_count(w.value); i++)
            if (take(f, json_item(w.value, i), w.key, p, err) != 0)
                return -1;
    return 0;
}

static void note_sold(struct aliyun_file *f, const char *region)
{
    for (size_t i = 0; i < f->job->nregions; i++)
        f->sold[i] |= !strcmp(f->job->regions[i], region);
}

static int deliver(struct aliyun_file *f, const struct json_members *m, struct err *err)
{
    size_t before = harvest_rows(f->out);
    const char *parts[KEY_PARTS];
    struct fetch_price p = f->like;
    struct json *value;

    arena_clear(f->arena);
    if (!aliyun_key_parts(f->arena, m, parts, KEY_PARTS))
        return err_nomem(err); /* it could be taken apart before */
    p.region = parts[REGION];
    p.service = "compute";
    p.sku = parts[TYPE];
    p.os = parts[OS];
    if (json_members_read(m, &value, err) != 0)
        return -1;
    int rc = take_lists(f, value, &p, err);
    if (rc == 0)
        rc = aliyun_check_ratio(f, value, &p, err);
    json_free(value);
    if (harvest_rows(f->out) > before)
        note_sold(f, p.region);
    return rc == 0 ? 0 : err_prefix(err, "%s::%s", p.region, p.sku);
}

static int sort_out(struct aliyun_choice *c, struct err *err)
{
    struct aliyun_file *f = c->file;
    const char *parts[KEY_PARTS], *region;

    arena_clear(f->arena);
    if (!aliyun_key_parts(f->arena, &f->m, parts, KEY_PARTS))
        return err_set(err, ERR_FETCH, "'%.*s' is not region::type::network::os::io", (int)f->m.key_len, f->m.key);
    if (aliyun_region(f->job, parts[REGION], &region, f->out, err) != 0)
        return -1;
    if (region == NULL)
        return 0;
    if (strcmp(parts[OS], "linux") != 0 && strcmp(parts[OS], "windows") != 0)
        return harvest_skip(f->out, "operating system other than linux and windows", 1, err);
    const char *thing = arena_printf(f->arena, "%s %s %s", region, parts[TYPE], parts[OS]);
    if (thing == NULL)
        return err_nomem(err);
    return aliyun_choice_add(c, thing, !strcmp(parts[NETWORK], "vpc") && !strcmp(parts[IO], "optimized"), err);
}

/* The list of machines is complete where it has any: what it no longer holds is no longer sold. Disks' and
 * bandwidth's lists are not, there are more kinds of both. */
static int close_regions(const struct aliyun_file *f, struct err *err)
{
    for (size_t i = 0; i < f->job->nregions; i++)
        if (f->sold[i] && harvest_full(f->out, f->job->regions[i], "compute", err) != 0)
            return -1;
    return 0;
}

static int walk(struct aliyun_file *f, struct err *err)
{
    struct aliyun_choice c = {
        .file = f,
        .passed_over = "network or I/O variant beside VPC and optimized",
        .undecided = "several network or I/O variants, none VPC and optimized",
        .deliver = deliver,
    };
    int rc;

    if (aliyun_choice_open(&c, err) != 0)
        return -1;
    while ((rc = json_members_next(&f->m, err)) == 1)
        if ((rc = sort_out(&c, err)) != 0)
            break;
    rc = aliyun_choice_close(&c, rc, err);
    return rc == 0 ? close_regions(f, err) : rc;
}

int aliyun_read_instances(struct aliyun_file *f, struct err *err)
{
    f->sold = calloc(f->job->nregions + 1, sizeof *f->sold);
    if (f->sold == NULL)
        return err_nomem(err);
    int rc = walk(f, err);
    free(f->sold);
    f->sold = NULL;
    return rc;
}
