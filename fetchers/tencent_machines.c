/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Machines of Tencent Cloud: DescribeZoneInstanceConfigInfos lists every type of every zone of a region
 * with its price, without disks. A type that costs the same in all zones is one row; one that does not
 * is handed over with two prices, so that it counts as ambiguous.
 */
#include "fetchers/tencent_machines.h"

#include <stdlib.h>
#include <string.h>

static int by_sku(const void *pa, const void *pb)
{
    const struct tencent_machine *a = pa, *b = pb;
    int order = strcmp(a->sku, b->sku);

    return order != 0 ? order : (a->order > b->order) - (a->order < b->order);
}

bool tencent_same(const struct tencent_machine *a, const struct tencent_machine *b, size_t slot)
{
    return dec_cmp(a->list[slot], b->list[slot]) == 0;
}

static const struct way {
    const char *charge, *name;
    const char *(*read)(struct tencent_machine *m, const struct json *price, struct err *err, int *rc);
    int (*put)(const struct fetch_price *like, const struct tencent_machine *v, size_t n, struct harvest *h,
               struct err *err);
} by_hour = {"POSTPAID_BY_HOUR", "machines-hour", tencent_read_hour, tencent_put_hours},
  by_term = {"PREPAID", "machines-prepaid", tencent_read_terms, tencent_put_terms};

static bool in_region(const struct tencent *t, const char *zone)
{
    size_t n = strlen(tencent_region(t));

    return strncmp(zone, tencent_region(t), n) == 0 && zone[n] == '-' &&
           strcspn(zone + n + 1, "-") == strlen(zone + n + 1);
}

/* NULL, or why the item is no answer to what was asked. */
static const char *unasked(const struct tencent *t, const struct way *way, const struct json *item)
{
    if (strcmp(json_string(json_get(item, "InstanceChargeType")), way->charge) != 0)
        return "machine of a charge that was not asked for";
    return in_region(t, json_string(json_get(item, "Zone"))) ? NULL : "machine of a zone outside the region";
}

static bool is_sold_out(const struct json *item)
{
    return !strcmp(json_string(json_get(item, "Status")), "SOLD_OUT") ||
           !strcmp(json_string(json_get(item, "StatusCategory")), "WithoutStock");
}

/* 1: a machine with a price; 0: counted, not taken; -1. */
static int read_machine(const struct tencent *t, const struct way *way, const struct json *item,
                        struct tencent_machine *out, struct harvest *h, struct err *err)
{
    const char *why = unasked(t, way, item);
    int rc = 0;

    out->sku = json_string(json_get(item, "InstanceType"));
    out->item = item;
    if (*out->sku == '\0')
        return err_set(err, ERR_FETCH, "a machine without InstanceType");
    if (why == NULL)
        why = way->read(out, json_get(item, "Price"), err, &rc);
    if (rc != 0)
        return err_prefix(err, "%s", out->sku);
    if (why != NULL)
        return harvest_skip(h, why, 1, err);
    if (is_sold_out(item) && harvest_remark(h, "sold out at the moment", 1, err) != 0)
        return -1;
    return 1;
}

static int put_all(const struct tencent *t, const struct way *way, const struct tencent_machine *v, size_t n,
                   struct harvest *h, struct err *err)
{
    for (size_t i = 0, j; i < n; i = j) {
        struct fetch_price like = tencent_price(t, "compute", v[i].sku);
        like.os = "linux";
        for (j = i + 1; j < n && !strcmp(v[j].sku, v[i].sku); j++)
            ;
        if (way->put(&like, v + i, j - i, h, err) != 0 || tencent_shape(t, v[i].item, h, err) != 0)
            return -1;
    }
    return 0;
}

static int read_list(struct tencent *t, const struct way *way, const struct json *response, struct harvest *h,
                     struct err *err)
{
    const struct json *list;
    size_t n = 0;

    if (json_need(response, "InstanceTypeQuotaSet", &list, err) != 0)
        return -1;
    struct tencent_machine *v = calloc(json_count(list) + 1, sizeof *v);
    if (v == NULL)
        return err_nomem(err);
    int rc = 0;
    for (size_t i = 0; rc == 0 && i < json_count(list); i++) {
        v[n].order = i;
        int taken = read_machine(t, way, json_item(list, i), &v[n], h, err);
        rc = taken < 0 ? -1 : 0;
        n += taken == 1;
    }
    if (rc == 0) {
        qsort(v, n, sizeof *v, by_sku);
        rc = put_all(t, way, v, n, h, err);
    }
    free(v);
    return rc;
}

static const char *ask(struct tencent *t, const struct way *way)
{
    buf_printf(&t->body, "{\"Filters\":[{\"Name\":\"instance-charge-type\",\"Values\":[\"%s\"]}]}", way->charge);
    return way->name;
}

static const char *ask_hour(struct tencent *t, size_t i)
{
    (void)i;
    return ask(t, &by_hour);
}

static const char *ask_term(struct tencent *t, size_t i)
{
    (void)i;
    return ask(t, &by_term);
}

static int read_hour_list(struct tencent *t, size_t i, const struct json *response, struct harvest *h, struct err *err)
{
    (void)i;
    return read_list(t, &by_hour, response, h, err);
}

static int read_term_list(struct tencent *t, size_t i, const struct json *response, struct harvest *h, struct err *err)
{
    (void)i;
    return read_list(t, &by_term, response, h, err);
}

const struct tencent_group tencent_machines = {
    .station = "",
    .endpoint = "cvm",
    .action = "DescribeZoneInstanceConfigInfos",
    .n = 1,
    .ask = ask_hour,
    .read = read_hour_list,
};

const struct tencent_group tencent_prepaid = {
    .station = "cn", /* the international station sells machines by the hour only */
    .endpoint = "cvm",
    .action = "DescribeZoneInstanceConfigInfos",
    .n = 1,
    .ask = ask_term,
    .read = read_term_list,
};
