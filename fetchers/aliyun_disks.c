/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * diskPrice.json: "cn-hangzhou::cloud_ssd::data": {"hours": [{"price": "0.0014", "value": "1", "unit": "GB"}],
 * "months": [...]}. System disks of the China station begin with a block of 40 GiB: an entry with the value 40
 * and the block's price, then one for each further GiB.
 */
#include "fetchers/aliyun_files.h"

#include <string.h>

enum { REGION, CATEGORY, PLACE, KEY_PARTS };

static const struct way {
    const char *list;
    enum unit unit;
    int term_months;
} ways[] = {
    {"hours", UNIT_GIB_HOUR, 0},
    {"months", UNIT_GIB_MONTH, 1},
};

static bool is_block(const struct json *entry)
{
    return !strcmp(json_string(json_get(entry, "value")), "40");
}

/* The unit comes with the entry: pages of the same provider quote by 100 GiB, by hour or by month. */
static bool by_gib(const struct json *list)
{
    for (size_t i = 0; i < json_count(list); i++) {
        const char *unit = json_string(json_get(json_item(list, i), "unit"));
        if (*unit != '\0' && strcmp(unit, "GB") != 0 && strcmp(unit, "GiB") != 0 && strcmp(unit, "G") != 0)
            return false;
    }
    return true;
}

/* A block that costs as much as its GiB is no tier of its own. */
static bool same_each(const struct json *block, const struct json *further)
{
    dec_t whole, each, n = DEC_ONE;
    struct err ignored;

    if (json_amount(json_get(block, "price"), &whole, &ignored) != 1 ||
        json_amount(json_get(further, "price"), &each, &ignored) != 1 ||
        json_amount(json_get(further, "value"), &n, &ignored) < 0)
        return false;
    dec_t product = dec_mul(whole, n, DEC_EXACT), forty = dec_muln(each, 40);
    return !dec_bad(product) && !dec_bad(forty) && dec_cmp(product, forty) == 0;
}

static int take_block(struct aliyun_file *f, const struct json *list, struct fetch_price *p, struct err *err)
{
    const struct json *block = json_item(list, 0), *further = json_item(list, 1);
    bool taken;

    if (same_each(block, further))
        return aliyun_file_price(f, further, p, true, NULL, err);
    struct fetch_price first = *p;
    first.bounded = true;
    first.tier_to = dec_int64(40);
    p->tier_from = dec_int64(40);
    if (aliyun_file_price(f, block, &first, true, &taken, err) != 0)
        return -1;
    return taken ? aliyun_file_price(f, further, p, true, NULL, err) : 0;
}

static int take(struct aliyun_file *f, const struct json *list, struct fetch_price *p, struct err *err)
{
    size_t n = json_count(list);

    if (n == 0)
        return 0;
    if (!by_gib(list))
        return harvest_skip(f->out, "disk price by another unit than GB", n, err);
    if (n == 2 && is_block(json_item(list, 0)))
        return take_block(f, list, p, err);
    if (n == 1 && !is_block(json_item(list, 0)))
        return aliyun_file_price(f, json_item(list, 0), p, true, NULL, err);
    return harvest_skip(f->out, "disk price in parts that are not known", n, err);
}

static int take_lists(struct aliyun_file *f, const struct json *value, const struct fetch_price *like, struct err *err)
{
    for (size_t i = 0; i < sizeof ways / sizeof *ways; i++) {
        struct fetch_price p = *like;
        p.charge = ways[i].term_months == 0 ? CHARGE_ON_DEMAND : CHARGE_PREPAID;
        p.unit = ways[i].unit;
        p.term_months = ways[i].term_months;
        if (take(f, json_get(value, ways[i].list), &p, err) != 0)
            return -1;
    }
    return harvest_skip(f->out, "price for another period, by weeks", json_count(json_get(value, "weeks")), err);
}

static int deliver(struct aliyun_file *f, const struct json_members *m, struct err *err)
{
    const char *parts[KEY_PARTS];
    struct fetch_price p = f->like;
    struct json *value;

    arena_clear(f->arena);
    if (!aliyun_key_parts(f->arena, m, parts, KEY_PARTS))
        return err_nomem(err); /* it could be taken apart before */
    p.region = parts[REGION];
    p.service = "block-storage";
    p.sku = aliyun_disk_sku(f->arena, parts[CATEGORY], "");
    if (json_members_read(m, &value, err) != 0)
        return -1;
    int rc = take_lists(f, value, &p, err);
    json_free(value);
    return rc == 0 ? 0 : err_prefix(err, "%s::%s", p.region, parts[CATEGORY]);
}

static int sort_out(struct aliyun_choice *c, struct err *err)
{
    struct aliyun_file *f = c->file;
    const char *parts[KEY_PARTS], *region;

    arena_clear(f->arena);
    if (!aliyun_key_parts(f->arena, &f->m, parts, KEY_PARTS))
        return err_set(err, ERR_FETCH, "'%.*s' is not region::category::use", (int)f->m.key_len, f->m.key);
    if (aliyun_region(f->job, parts[REGION], &region, f->out, err) != 0)
        return -1;
    if (region == NULL)
        return 0;
    const char *thing = arena_printf(f->arena, "%s %s", region, parts[CATEGORY]);
    return thing != NULL ? aliyun_choice_add(c, thing, !strcmp(parts[PLACE], "data"), err) : err_nomem(err);
}

int aliyun_read_disks(struct aliyun_file *f, struct err *err)
{
    struct aliyun_choice c = {
        .file = f,
        .passed_over = "system disk of a category sold as data disk too",
        .undecided = "several uses of a disk category, none as data disk",
        .deliver = deliver,
    };
    int rc;

    if (aliyun_choice_open(&c, err) != 0)
        return -1;
    while ((rc = json_members_next(&f->m, err)) == 1)
        if ((rc = sort_out(&c, err)) != 0)
            break;
    return aliyun_choice_close(&c, rc, err);
}
