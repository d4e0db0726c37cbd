/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What a machine of Huawei Cloud is, from a record of its calculator.
 */
#include "fetchers/huawei_web_parts.h"

#include <string.h>

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* Numbers stand before a key of the page's texts: "2dataInfo_36_", "4BSSUNIT.pluralUnit.102". */
int huawei_quantity(const char *text, dec_t *number, int *measure, struct err *err)
{
    size_t n = 0;
    const char *id = strrchr(text, '.');

    while (is_digit(text[n]) || (n > 0 && text[n] == '.' && is_digit(text[n + 1])))
        n++;
    if (n == 0)
        return 0;
    *measure = 0;
    if (id != NULL && id >= text + n)
        for (id++; is_digit(*id) && *measure < 10000; id++)
            *measure = *measure * 10 + (*id - '0');
    if (fetch_amount(text, n, number, err) != 0)
        return -1;
    return dec_sign(*number) > 0;
}

/* In GiB: 1; 0 when the unit is not known; -1. */
static int memory_of(const struct json *record, dec_t *out, struct err *err)
{
    int measure = 0, found = huawei_quantity(json_string(json_get(record, "mem")), out, &measure, err);

    if (found == 1 && measure == MEASURE_MB)
        *out = dec_div(*out, dec_int64(1024), DEC_EXACT);
    else if (measure != MEASURE_GIB && measure != MEASURE_DISK_GB)
        return found < 0 ? -1 : 0;
    return found == 1 && dec_bad(*out) ? 0 : found;
}

static const char *arch_of(const struct json *record)
{
    const char *arch = json_string(json_get(record, "instanceArch"));

    if (strstr(arch, "x86") != NULL || strstr(arch, "X86") != NULL)
        return "amd64";
    return strstr(arch, "ARM") != NULL || strstr(arch, "arm") != NULL || strstr(arch, "unpeng") != NULL ? "arm64" : "";
}

/* "2 * NVIDIA T4 / 2 * 16G": 2; a card without a number: "yes". */
static int cards_of(const struct json *record, char out[DEC_TEXT], struct err *err)
{
    const char *card = json_string(json_get(record, "acceleratorCard"));
    int unused, found;
    dec_t n;

    memcpy(out, "0", 2);
    if (*card == '\0' || !strcmp(card, "0"))
        return 0;
    found = huawei_quantity(card, &n, &unused, err);
    if (found == 1)
        dec_format(n, 0, out);
    else
        memcpy(out, "yes", 4);
    return found < 0 ? -1 : 0;
}

/* GiB a vCPU: below 2.5 compute, below 5 general, else memory; families with disks of their own are storage. */
static const char *class_of(const char *family, bool gpu, dec_t vcpu, dec_t memory)
{
    if (gpu)
        return "gpu";
    if (family[0] == 't' && is_digit(family[1]))
        return "burstable";
    if ((family[0] == 'd' || family[0] == 'i') && is_digit(family[1]))
        return "storage";
    if (dec_cmp(dec_muln(memory, 10), dec_muln(vcpu, 25)) < 0)
        return "compute";
    return dec_cmp(memory, dec_muln(vcpu, 5)) < 0 ? "general" : "memory";
}

/* "s6" is of the sixth; "x1" and its like count otherwise. */
static const char *generation_of(struct arena *a, const char *family)
{
    size_t from = strcspn(family, "0123456789"), n = strspn(family + from, "0123456789");

    return family[0] == 'x' ? "" : arena_strndup(a, family + from, n);
}

int huawei_shape(const struct huawei_reading *r, const struct json *record, const char *sku, struct err *err)
{
    const char *family = arena_strndup(r->arena, sku, strcspn(sku, "."));
    char vcpu_text[DEC_TEXT], memory_text[DEC_TEXT], gpu[DEC_TEXT];
    dec_t vcpu, memory;
    int unused, has_vcpu = huawei_quantity(json_string(json_get(record, "cpu")), &vcpu, &unused, err);
    int has_memory = has_vcpu < 0 ? -1 : memory_of(record, &memory, err);

    if (family == NULL)
        return err_nomem(err);
    if (has_memory < 0 || cards_of(record, gpu, err) != 0)
        return -1;
    if (has_vcpu == 0 || has_memory == 0)
        return harvest_remark(r->harvest, "machine without cpu or mem: it can be pinned, never matched", 1, err);
    dec_format(vcpu, 0, vcpu_text);
    dec_format(memory, 0, memory_text);
    const char *class_ = class_of(family, gpu[0] != '0', vcpu, memory);
    const char *generation = generation_of(r->arena, family);
    const struct pack_shape s = {
        .provider = r->provider,
        .sku = sku,
        .service = "compute",
        .family = family,
        .class_ = class_,
        .sold = "current",
        .vcpu = vcpu_text,
        .memory = memory_text,
        .size = "",
        .gpu = gpu,
        .arch = arch_of(record),
        .burstable = !strcmp(class_, "burstable"),
        .generation = generation,
    };
    return generation != NULL ? harvest_shape(r->harvest, &s, err) : err_nomem(err);
}
