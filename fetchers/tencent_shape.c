/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What a machine of Tencent Cloud is, from what the list of machines says of it.
 */
#include "fetchers/tencent_parts.h"

#include <string.h>

/* Families whose successors are sold; the list itself does not say it. */
static const char *const legacy[] = {"C2",  "C3", "CN3", "D1", "D2", "D3", "GI1", "GI3X", "GN6", "GN6S", "I2",   "I3",
                                     "IT3", "M1", "M2",  "M3", "M4", "S1", "S2",  "S3",   "S4",  "SA1",  "SN3ne"};

static const struct {
    const char *word, *arch;
} processors[] = {{"Intel", "amd64"},  {"Xeon", "amd64"},    {"AMD", "amd64"},   {"EPYC", "amd64"},
                  {"Hygon", "amd64"},  {"Ampere", "arm64"},  {"Altra", "arm64"}, {"Kunpeng", "arm64"},
                  {"Yitian", "arm64"}, {"Graviton", "arm64"}};

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_metal(const char *family)
{
    return strncmp(family, "BM", 2) == 0;
}

static const char *sold(const char *family)
{
    for (size_t i = 0; i < sizeof legacy / sizeof *legacy; i++)
        if (!strcmp(family, legacy[i]))
            return "legacy";
    return is_metal(family) ? "legacy" : "current";
}

static const char *arch(const char *processor)
{
    for (size_t i = 0; i < sizeof processors / sizeof *processors; i++)
        if (strstr(processor, processors[i].word) != NULL)
            return processors[i].arch;
    return "";
}

/* D3, I3, IT5: local disks. */
static bool is_storage(const char *family)
{
    return (family[0] == 'D' && is_digit(family[1])) || (family[0] == 'I' && is_digit(family[1])) ||
           (family[0] == 'I' && family[1] == 'T' && is_digit(family[2]));
}

/* GiB a vCPU: below 2.5 compute, below 5 general, else memory. */
static const char *class_of(const char *family, bool gpu, dec_t vcpu, dec_t memory)
{
    if (is_metal(family))
        return "metal";
    if (gpu)
        return "gpu";
    if (is_storage(family))
        return "storage";
    if (dec_cmp(dec_muln(memory, 10), dec_muln(vcpu, 25)) < 0)
        return "compute";
    return dec_cmp(memory, dec_muln(vcpu, 5)) < 0 ? "general" : "memory";
}

/* Cards; a share of one stands in GpuCount alone. */
static int cards(const struct json *item, dec_t *out, struct err *err)
{
    int found = tencent_amount(item, "Gpu", out, err);

    if (found == 0)
        found = tencent_amount(item, "GpuCount", out, err);
    if (found == 0)
        *out = DEC_ZERO;
    return found < 0 ? -1 : 0;
}

/* The first number in the family: S5, GN10X. */
static const char *generation(struct arena *a, const char *family)
{
    const char *from = family;
    size_t n = 0;

    while (*from != '\0' && !is_digit(*from))
        from++;
    while (is_digit(from[n]))
        n++;
    return arena_strndup(a, from, n);
}

static int put(const struct tencent *t, const struct json *item, dec_t vcpu, dec_t memory, dec_t gpu, struct harvest *h,
               struct err *err)
{
    const char *family = json_string(json_get(item, "InstanceFamily"));
    char vcpu_text[DEC_TEXT], memory_text[DEC_TEXT], gpu_text[DEC_TEXT];
    struct arena scratch = {0};

    dec_format(vcpu, 0, vcpu_text);
    dec_format(memory, 0, memory_text);
    dec_format(gpu, 0, gpu_text);
    const struct pack_shape s = {
        .provider = t->provider,
        .sku = json_string(json_get(item, "InstanceType")),
        .service = "compute",
        .family = is_metal(family) ? arena_printf(&scratch, "%s:metal", family) : family,
        .class_ = class_of(family, dec_sign(gpu) > 0, vcpu, memory),
        .sold = sold(family),
        .vcpu = vcpu_text,
        .memory = memory_text,
        .size = "",
        .gpu = gpu_text,
        .arch = arch(json_string(json_get(item, "CpuType"))),
        .generation = generation(&scratch, family),
    };
    int rc = s.family != NULL && s.generation != NULL ? harvest_shape(h, &s, err) : err_nomem(err);
    arena_free(&scratch);
    return rc;
}

int tencent_shape(const struct tencent *t, const struct json *item, struct harvest *h, struct err *err)
{
    dec_t vcpu, memory, gpu;
    int has_vcpu = tencent_amount(item, "Cpu", &vcpu, err);
    int has_memory = has_vcpu < 0 ? -1 : tencent_amount(item, "Memory", &memory, err);

    if (has_memory < 0 || cards(item, &gpu, err) != 0)
        return -1;
    if (has_vcpu == 0 || has_memory == 0)
        return harvest_remark(h, "machine without Cpu or Memory: it can be pinned, never matched", 1, err);
    return put(t, item, vcpu, memory, gpu, h, err);
}
