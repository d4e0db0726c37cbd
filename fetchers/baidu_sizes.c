/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The sizes Baidu AI Cloud sells in a region: GET /v2/instance/flavorSpec. What each machine is, and
 * which families are to be priced in which zone.
 */
#include "fetchers/baidu_parts.h"

#include <stdlib.h>
#include <string.h>

static size_t one(const struct baidu *b)
{
    (void)b;
    return 1;
}

static const char *ask(struct baidu *b, size_t i)
{
    (void)b;
    (void)i;
    return "sizes";
}

/* ---- what a machine is ---- */

static const struct {
    const char *word, *arch;
} processors[] = {{"Intel", "amd64"}, {"Xeon", "amd64"},   {"AMD", "amd64"},     {"EPYC", "amd64"},
                  {"Hygon", "amd64"}, {"Ampere", "arm64"}, {"Kunpeng", "arm64"}, {"Altra", "arm64"}};

static const char *arch(const char *processor)
{
    for (size_t i = 0; i < sizeof processors / sizeof *processors; i++)
        if (strstr(processor, processors[i].word) != NULL)
            return processors[i].arch;
    return "";
}

/* GiB a vCPU: below 2.5 compute, below 5 general, else memory. */
static const char *class_of(bool gpu, dec_t vcpu, dec_t memory)
{
    if (gpu)
        return "gpu";
    if (dec_cmp(dec_muln(memory, 10), dec_muln(vcpu, 25)) < 0)
        return "compute";
    return dec_cmp(memory, dec_muln(vcpu, 5)) < 0 ? "general" : "memory";
}

/* The first number in the family: g5, ic4. */
static const char *generation(struct arena *a, const char *family)
{
    static const char digits[] = "0123456789";
    const char *from = family + strcspn(family, digits);

    return arena_strndup(a, from, strspn(from, digits));
}

static int put_shape(struct baidu *b, const struct json *item, struct harvest *h, struct err *err)
{
    char vcpu_text[DEC_TEXT], memory_text[DEC_TEXT], gpu_text[DEC_TEXT];
    dec_t vcpu, memory, gpu = DEC_ZERO;
    int found = baidu_amount(item, "cpuCount", &vcpu, err), more = 0, cards = 0;

    if (found == 1)
        more = baidu_amount(item, "memoryCapacityInGB", &memory, err);
    if (found == 1 && more == 1)
        cards = baidu_amount(item, "gpuCardCount", &gpu, err);
    if (found < 0 || more < 0 || cards < 0)
        return -1;
    if (found == 0 || more == 0)
        return harvest_skip(h, "a size without vCPU or memory", 1, err);
    dec_format(vcpu, 0, vcpu_text);
    dec_format(memory, 0, memory_text);
    dec_format(cards == 1 ? gpu : DEC_ZERO, 0, gpu_text);
    const char *family = json_string(json_get(item, "specId"));
    const struct pack_shape s = {
        .provider = b->provider,
        .sku = json_string(json_get(item, "spec")),
        .service = "compute",
        .family = family,
        .class_ = class_of(cards == 1, vcpu, memory),
        .sold = "current",
        .vcpu = vcpu_text,
        .memory = memory_text,
        .size = "",
        .gpu = gpu_text,
        .arch = arch(json_string(json_get(item, "cpuModel"))),
        .generation = generation(&b->arena, family),
    };
    return s.generation != NULL ? harvest_shape(h, &s, err) : err_nomem(err);
}

/* ---- the list ---- */

static int keep_family(struct baidu *b, const char *id, const char *zone, struct err *err)
{
    for (size_t i = 0; i < b->nfamilies; i++)
        if (!strcmp(b->families[i].id, id))
            return 0;
    struct baidu_family *f = &b->families[b->nfamilies++];
    *f = (struct baidu_family){arena_strdup(&b->kept, id), zone};
    return f->id != NULL ? 0 : err_nomem(err);
}

static int read_size(struct baidu *b, const struct json *item, const char *zone, struct harvest *h, struct err *err)
{
    const char *spec = json_string(json_get(item, "spec")), *family = json_string(json_get(item, "specId"));

    if (!baidu_plain(spec) || !baidu_plain(family))
        return harvest_skip(h, "a size without a name that can be asked about", 1, err);
    struct baidu_machine *m = &b->machines[b->nmachines++];
    *m = (struct baidu_machine){arena_strdup(&b->kept, spec), arena_strdup(&b->kept, family), zone};
    if (m->spec == NULL || m->family == NULL)
        return err_nomem(err);
    return keep_family(b, family, zone, err) != 0 ? -1 : put_shape(b, item, h, err);
}

/* Every size of a zone: bccResources/flavorGroups[]/flavors[]. */
static int read_zone(struct baidu *b, const struct json *zone, struct harvest *h, struct err *err)
{
    const struct json *list = json_at(zone, "bccResources/flavorGroups");
    const struct json *metal = json_at(zone, "ebcResources/flavorGroups");
    const char *name = arena_strdup(&b->kept, json_string(json_get(zone, "zoneName")));

    if (name == NULL)
        return err_nomem(err);
    if (!baidu_plain(name))
        return harvest_skip(h, "a zone without a name that can be asked about", 1, err);
    if (b->zone == NULL)
        b->zone = name;
    for (size_t i = 0; i < json_count(list); i++) {
        const struct json *sizes = json_get(json_item(list, i), "flavors");
        for (size_t k = 0; k < json_count(sizes); k++)
            if (read_size(b, json_item(sizes, k), name, h, err) != 0)
                return -1;
    }
    return harvest_skip(h, "a group of bare metal", json_count(metal), err);
}

static size_t sizes_in(const struct json *zones)
{
    size_t n = 0;

    for (size_t z = 0; z < json_count(zones); z++) {
        const struct json *list = json_at(json_item(zones, z), "bccResources/flavorGroups");
        for (size_t i = 0; i < json_count(list); i++)
            n += json_count(json_get(json_item(list, i), "flavors"));
    }
    return n;
}

/* ---- which reservations to ask about ---- */

static int by_spec(const void *pa, const void *pb)
{
    const struct baidu_machine *a = pa, *b = pb;
    int order = strcmp(a->spec, b->spec);

    return order != 0 ? order : strcmp(a->zone, b->zone);
}

static bool wanted(const struct baidu *b, const char *spec)
{
    for (size_t i = 0; i < b->job->nskus; i++)
        if (!strcmp(b->job->skus[i].service, "compute") && !strcmp(b->job->skus[i].sku, spec))
            return true;
    return false;
}

/* Each machine once, in its first zone: those the program knows. */
static int pick(struct baidu *b, struct err *err)
{
    b->asked = arena_array(&b->kept, b->nmachines + 1, sizeof *b->asked);
    if (b->asked == NULL)
        return err_nomem(err);
    if (b->nmachines > 1)
        qsort(b->machines, b->nmachines, sizeof *b->machines, by_spec);
    for (size_t i = 0; i < b->nmachines; i++)
        if ((i == 0 || strcmp(b->machines[i - 1].spec, b->machines[i].spec) != 0) && wanted(b, b->machines[i].spec))
            b->asked[b->nasked++] = i;
    return 0;
}

static int read(struct baidu *b, size_t i, const struct json *doc, struct harvest *h, struct err *err)
{
    const struct json *zones;

    (void)i;
    if (json_need(doc, "zoneResources", &zones, err) != 0)
        return -1;
    size_t most = sizes_in(zones) + 1;
    b->machines = arena_array(&b->kept, most, sizeof *b->machines);
    b->families = arena_array(&b->kept, most, sizeof *b->families);
    if (b->machines == NULL || b->families == NULL)
        return err_nomem(err);
    for (size_t z = 0; z < json_count(zones); z++)
        if (read_zone(b, json_item(zones, z), h, err) != 0)
            return -1;
    return pick(b, err);
}

const struct baidu_group baidu_sizes = {
    .host = "bcc",
    .method = "GET",
    .path = "/v2/instance/flavorSpec",
    .count = one,
    .ask = ask,
    .read = read,
};
