/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Records of Huawei Cloud's calculator: which of them are goods of ours, and under which names.
 */
#include "fetchers/huawei_web_parts.h"

#include <string.h>

static int skip(const struct huawei_reading *r, const char *reason, struct err *err)
{
    return harvest_skip(r->harvest, reason, 1, err);
}

/* ---- machines ---- */

static const struct {
    const char *suffix, *os; /* os NULL: not taken */
} systems[] = {
    {".linux", "linux"},
    {".win", "windows"},
    {".byol", NULL},
};

static int take_machine(const struct huawei_reading *r, const struct json *record, const char *code, struct err *err)
{
    const char *suffix = strrchr(code, '.');
    size_t i = 0, n = sizeof systems / sizeof *systems;

    while (suffix != NULL && i < n && strcmp(suffix, systems[i].suffix) != 0)
        i++;
    if (suffix == NULL || i == n)
        return skip(r, "machine of a system without a name of ours", err);
    if (systems[i].os == NULL)
        return skip(r, "machine with a licence brought along", err);
    struct huawei_good good = {
        .service = "compute",
        .sku = arena_strndup(r->arena, code, (size_t)(suffix - code)),
        .os = systems[i].os,
        .hour = UNIT_HOUR,
        .month = UNIT_TERM,
    };
    if (good.sku == NULL)
        return err_nomem(err);
    if (huawei_plans(r, record, &good, err) != 0)
        return -1;
    return huawei_shape(r, record, good.sku, err);
}

/* ---- disks, addresses, bandwidth ---- */

#define DISK "hws.resource.type.volume"
#define IP "hws.resource.type.ip"
#define BANDWIDTH "hws.resource.type.bandwidth"
#define DISK_GOOD(sku)                                                                                                 \
    {                                                                                                                  \
        "block-storage", sku, "", UNIT_GIB_HOUR, UNIT_GIB_MONTH, MEASURE_DISK_GB, false, NULL, NULL, SCOPE_ITEM        \
    }
#define IP_GOOD(sku)                                                                                                   \
    {                                                                                                                  \
        "public-ip", sku, "", UNIT_HOUR, UNIT_TERM, 0, false, NULL, NULL, SCOPE_ITEM                                   \
    }
/* Bandwidth by the 95th percentile has the same code and another factor. */
#define RATE_GOOD(sku)                                                                                                 \
    {                                                                                                                  \
        "bandwidth", sku, "", UNIT_MBPS_HOUR, UNIT_MBPS_MONTH, MEASURE_MBPS, false, NULL, "Duration", SCOPE_ITEM       \
    }
#define TRAFFIC_GOOD(sku)                                                                                              \
    {                                                                                                                  \
        "egress", sku, "", UNIT_GB, UNIT_GB, MEASURE_GB, true, NULL, "upflow", SCOPE_MONTH                             \
    }

static const struct {
    const char *type, *code;
    struct huawei_good good;
} goods[] = {
    {DISK, "SATA", DISK_GOOD("SATA")},
    {DISK, "SAS", DISK_GOOD("SAS")},
    {DISK, "GPSSD", DISK_GOOD("GPSSD")},
    {DISK, "SSD", DISK_GOOD("SSD")},
    {DISK, "ESSD", DISK_GOOD("ESSD")},
    {DISK, "GPSSD2.storage", DISK_GOOD("GPSSD2")},
    {IP, "5_bgp", IP_GOOD("5_bgp")},
    {IP, "5_sbgp", IP_GOOD("5_sbgp")},
    {BANDWIDTH, "19_bgp", RATE_GOOD("19_bgp")},
    {BANDWIDTH, "19_sbgp", RATE_GOOD("19_sbgp")},
    {BANDWIDTH, "19_share", RATE_GOOD("19_share")},
    {BANDWIDTH, "12_bgp", TRAFFIC_GOOD("12_bgp")},
    {BANDWIDTH, "12_sbgp", TRAFFIC_GOOD("12_sbgp")},
};

static int take_good(const struct huawei_reading *r, const struct json *record, const char *type, const char *code,
                     struct err *err)
{
    for (size_t i = 0; i < sizeof goods / sizeof *goods; i++)
        if (!strcmp(type, goods[i].type) && !strcmp(code, goods[i].code))
            return huawei_plans(r, record, &goods[i].good, err);
    return skip(r, "disk, address or bandwidth without a name of ours", err);
}

/* ---- object storage ---- */

/* All sorts share one record type; the billing event says what is paid for. */
#define EVENT(event, service, sku, unit, measure, scope)                                                               \
    {                                                                                                                  \
        service, sku, "", unit, unit, measure, true, event, NULL, scope                                                \
    }
static const struct huawei_good events[] = {
    EVENT("event.type.obssize", "object-storage", "obs.standard.single-az", UNIT_GB_HOUR, MEASURE_GB_HOUR, SCOPE_ITEM),
    EVENT("event.type.obs.obs.size_3az", "object-storage", "obs.standard.multi-az", UNIT_GB_HOUR, MEASURE_GB_HOUR,
          SCOPE_ITEM),
    EVENT("event.type.obs.size_warm", "object-storage", "obs.infrequent.single-az", UNIT_GB_HOUR, MEASURE_GB_HOUR,
          SCOPE_ITEM),
    EVENT("event.type.obs.obs.size_warm_3az", "object-storage", "obs.infrequent.multi-az", UNIT_GB_HOUR,
          MEASURE_GB_HOUR, SCOPE_ITEM),
    EVENT("event.type.obs.size_cold", "object-storage", "obs.archive.single-az", UNIT_GB_HOUR, MEASURE_GB_HOUR,
          SCOPE_ITEM),
    EVENT("event.type.obs.retrieval_size_warm", "object-storage", "obs.infrequent.retrieval-standard", UNIT_GB,
          MEASURE_GB, SCOPE_ITEM),
    EVENT("event.type.obs.restore_size_sd", "object-storage", "obs.archive.retrieval-standard", UNIT_GB, MEASURE_GB,
          SCOPE_ITEM),
    EVENT("event.type.obs.restore_size_ex", "object-storage", "obs.archive.retrieval-urgent", UNIT_GB, MEASURE_GB,
          SCOPE_ITEM),
    EVENT("event.type.obs.downloadexternal", "egress", "obs.internet", UNIT_GB, MEASURE_GB, SCOPE_MONTH),
    EVENT("event.type.obs.download_crr", "cross-region-transfer", "obs.replication", UNIT_GB, MEASURE_GB, SCOPE_ITEM),
    EVENT("event.type.obsget", "requests", "obs.standard.read", UNIT_REQUESTS_10K, 0, SCOPE_ITEM),
    EVENT("event.type.obsput", "requests", "obs.standard.write", UNIT_REQUESTS_10K, 0, SCOPE_ITEM),
};

static bool is_known_event(const char *event)
{
    for (size_t i = 0; i < sizeof events / sizeof *events; i++)
        if (!strcmp(event, events[i].event))
            return true;
    return false;
}

static int take_storage(const struct huawei_reading *r, const struct json *record, struct err *err)
{
    const struct json *plans = huawei_plan_list(record);

    for (size_t i = 0; i < json_count(plans); i++)
        if (!is_known_event(json_string(json_get(json_item(plans, i), "billingEvent"))) &&
            skip(r, "part of object storage without a name of ours", err) != 0)
            return -1;
    for (size_t i = 0; i < sizeof events / sizeof *events; i++)
        if (huawei_plans(r, record, &events[i], err) != 0)
            return -1;
    return 0;
}

/* ---- all of them ---- */

static int take_record(const struct huawei_reading *r, const struct json *record, struct err *err)
{
    const char *type = json_string(json_get(record, "resourceType")),
               *code = json_string(json_get(record, "resourceSpecCode"));

    if (!strcmp(json_string(json_get(record, "type")), "hidden"))
        return skip(r, "hidden in the calculator", err);
    if (!strcmp(type, "hws.resource.type.vm"))
        return take_machine(r, record, code, err);
    if (!strcmp(type, "hws.resource.type.vm.image"))
        return skip(r, "licence of an operating system", err);
    if (!strcmp(type, DISK) || !strcmp(type, IP) || !strcmp(type, BANDWIDTH))
        return take_good(r, record, type, code, err);
    if (!strcmp(type, "hws.resource.type.obs"))
        return take_storage(r, record, err);
    return skip(r, "another product of the calculator", err);
}

/* The list of machines holds all there are in the region. */
static int tell_full(const struct huawei_reading *r, const char *list, struct err *err)
{
    if (!strcmp(list, "ec2_vm"))
        return harvest_full(r->harvest, r->region, "compute", err);
    return 0;
}

int huawei_records(const struct huawei_reading *r, const struct json *product, struct err *err)
{
    size_t before = harvest_rows(r->harvest);

    for (struct json_walk w = json_walk(product); json_step(&w);) {
        size_t rows = harvest_rows(r->harvest);
        for (size_t i = 0; i < json_count(w.value); i++)
            if (take_record(r, json_item(w.value, i), err) != 0)
                return err_prefix(err, "%s[%zu]", w.key, i);
        if (harvest_rows(r->harvest) > rows && tell_full(r, w.key, err) != 0)
            return -1;
    }
    return harvest_rows(r->harvest) > before ? 0 : skip(r, "product without a price in the region", err);
}
