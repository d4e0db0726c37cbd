/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What Huawei Cloud's rating calls are asked about: the flavors the job knows, disks, addresses, bandwidth.
 * By usage 100 hours and by size 1000 GB are asked for: what the rounding of a total takes away stays
 * small, and both divide exactly.
 */
#include "fetchers/huawei_measures.h"
#include "fetchers/huawei_parts.h"

#include <string.h>

enum { DISK_SIZE = 1000 };

#define EC2 "hws.service.type.ec2"
#define EBS "hws.service.type.ebs"
#define VPC "hws.service.type.vpc"

/* China has a step at 5 Mbps; the traffic of the list has steps at 10, 50 and 150 TB. */
static const struct probe_plan bandwidth = {.starts = {0, 5}, .nsteps = 2, .width = 1, .beyond = 15};
static const struct probe_plan traffic = {
    .starts = {0, 10240, 51200, 153600}, .nsteps = 4, .width = 1000, .beyond = 204800};

#define DISK(spec, sku)                                                                                                \
    {                                                                                                                  \
        EBS, "hws.resource.type.volume", spec, "block-storage", sku, "", DISK_SIZE, MEASURE_DISK_GB, UNIT_GIB_HOUR,    \
            UNIT_GIB_MONTH, true, NULL, false                                                                          \
    }
#define IP(spec)                                                                                                       \
    {                                                                                                                  \
        VPC, "hws.resource.type.ip", spec, "public-ip", spec, "", 0, 0, UNIT_HOUR, UNIT_TERM, false, NULL, false       \
    }
#define RATE(spec)                                                                                                     \
    {                                                                                                                  \
        VPC, "hws.resource.type.bandwidth", spec, "bandwidth", spec, "", 0, MEASURE_MBPS, UNIT_MBPS_HOUR,              \
            UNIT_MBPS_MONTH, true, &bandwidth, false                                                                   \
    }
#define TRAFFIC(spec)                                                                                                  \
    {                                                                                                                  \
        VPC, "hws.resource.type.bandwidth", spec, "egress", spec, "", 0, 0, UNIT_GB, UNIT_GB, false, &traffic, true    \
    }

static const struct huawei_product products[] = {
    DISK("SATA", "SATA"), DISK("SAS", "SAS"),   DISK("GPSSD", "GPSSD"),
    DISK("SSD", "SSD"),   DISK("ESSD", "ESSD"), DISK("GPSSD2.storage", "GPSSD2"),
    IP("5_bgp"),          IP("5_sbgp"),         RATE("19_bgp"),
    RATE("19_sbgp"),      RATE("19_share"),     TRAFFIC("12_bgp"),
    TRAFFIC("12_sbgp"),
};
enum { PRODUCTS = sizeof products / sizeof *products };

static const struct {
    const char *suffix, *os;
    enum huawei_phase phase; /* in which its hours are asked about */
} systems[HUAWEI_SYSTEMS] = {
    [HUAWEI_LINUX] = {".linux", "linux", PHASE_HOUR},
    [HUAWEI_WINDOWS] = {".win", "windows", PHASE_WINDOWS},
};

/* ---- the list ---- */

/* A name that stands in JSON and in a question's name as it is. */
static bool is_plain(const char *sku)
{
    return *sku != '\0' &&
           strspn(sku, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-") == strlen(sku);
}

static bool is_wanted(const struct fetch_job *job, size_t i, size_t system, enum huawei_phase phase, const bool *known)
{
    const struct fetch_sku *sku = &job->skus[i];

    if (strcmp(sku->service, "compute") != 0 || !is_plain(sku->sku))
        return false;
    if (phase >= PHASE_MONTH)
        return known[HUAWEI_SYSTEMS * i + system];
    return phase == systems[system].phase && (phase == PHASE_HOUR || known[HUAWEI_SYSTEMS * i + HUAWEI_LINUX]);
}

static int add_machine(struct huawei_items *to, const struct fetch_job *job, size_t i, size_t system, struct arena *a,
                       struct err *err)
{
    struct huawei_product *p = arena_alloc(a, sizeof *p);
    const char *spec = arena_printf(a, "%s%s", job->skus[i].sku, systems[system].suffix);

    if (p == NULL || spec == NULL)
        return err_nomem(err);
    *p = (struct huawei_product){
        .service_type = EC2,
        .resource_type = "hws.resource.type.vm",
        .spec = spec,
        .service = "compute",
        .sku = job->skus[i].sku,
        .os = systems[system].os,
        .hour = UNIT_HOUR,
        .month = UNIT_TERM,
        .by_month = true,
    };
    to->v[to->n++] = (struct huawei_item){.product = p, .id = spec, .known = HUAWEI_SYSTEMS * i + system};
    return 0;
}

static int add_machines(struct huawei_items *to, enum huawei_phase phase, const struct fetch_job *job,
                        const bool *known, struct arena *a, struct err *err)
{
    for (size_t i = 0; i < job->nskus; i++)
        for (size_t system = 0; system < HUAWEI_SYSTEMS; system++)
            if (is_wanted(job, i, system, phase, known) && add_machine(to, job, i, system, a, err) != 0)
                return -1;
    return 0;
}

static int add_ladder(struct huawei_items *to, const struct huawei_product *p, struct arena *a, struct err *err)
{
    int points[PROBE_POINTS];
    size_t n = probe_points(p->ladder, points);

    for (size_t i = 0; i < n; i++) {
        const char *id = arena_printf(a, "%s:%d", p->spec, points[i]);
        if (id == NULL)
            return err_nomem(err);
        to->v[to->n++] = (struct huawei_item){.product = p, .id = id, .quantity = points[i]};
    }
    return 0;
}

static int add_products(struct huawei_items *to, enum huawei_phase phase, struct arena *a, struct err *err)
{
    for (size_t i = 0; i < PRODUCTS; i++) {
        const struct huawei_product *p = &products[i];
        if (phase != PHASE_HOUR && (phase != PHASE_MONTH || !p->by_month))
            continue;
        if (p->ladder == NULL)
            to->v[to->n++] = (struct huawei_item){.product = p, .id = p->spec};
        else if (add_ladder(to, p, a, err) != 0)
            return -1;
    }
    return 0;
}

int huawei_items(struct huawei_items *out, enum huawei_phase phase, const struct fetch_job *job, const bool *known,
                 struct arena *a, struct err *err)
{
    *out = (struct huawei_items){
        .v = arena_array(a, job->nskus * HUAWEI_SYSTEMS + (size_t)PRODUCTS * PROBE_POINTS + 1, sizeof *out->v)};
    if (out->v == NULL)
        return err_nomem(err);
    return add_machines(out, phase, job, known, a, err) != 0 ? -1 : add_products(out, phase, a, err);
}

/* ---- as a question ---- */

static int size_of(const struct huawei_item *item)
{
    return item->quantity > 0 && !item->product->by_volume ? item->quantity : item->product->size;
}

static void put_usage(struct buf *out, const struct huawei_item *item)
{
    if (item->product->by_volume)
        buf_printf(out, ",\"usage_factor\":\"upflow\",\"usage_value\":%d,\"usage_measure_id\":%d", item->quantity,
                   MEASURE_GB);
    else
        buf_printf(out, ",\"usage_factor\":\"Duration\",\"usage_value\":%d,\"usage_measure_id\":%d", HUAWEI_HOURS,
                   MEASURE_HOUR);
}

void huawei_put_item(struct buf *out, const struct huawei_item *item, enum huawei_phase phase, const char *region)
{
    const struct huawei_product *p = item->product;

    buf_printf(out, "{\"id\":\"%s\",\"cloud_service_type\":\"%s\",\"resource_type\":\"%s\",\"resource_spec\":\"%s\"",
               item->id, p->service_type, p->resource_type, p->spec);
    buf_printf(out, ",\"region\":\"%s\"", region);
    if (size_of(item) > 0)
        buf_printf(out, ",\"resource_size\":%d,\"size_measure_id\":%d", size_of(item), p->size_measure);
    if (phase <= PHASE_WINDOWS)
        put_usage(out, item);
    else
        buf_printf(out, ",\"period_type\":%d,\"period_num\":1", phase == PHASE_MONTH ? 2 : 3);
    buf_puts(out, ",\"subscription_num\":1}");
}
