/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A name is made of a letter or two for the kind, the vCPU (of old kinds a running number), small letters
 * for features, and a version: E, 104, ids, v5. `p` among the features is an ARM processor.
 */
#include "fetchers/azure_size.h"

#include <string.h>

static bool upper(char c)
{
    return c >= 'A' && c <= 'Z';
}

static bool digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool letter(char c)
{
    return upper(c) || (c >= 'a' && c <= 'z');
}

/* "D2s" or "NC4as": letters, digits, letters; *dash tells of "E4-2s". Ends at a blank or the end. */
static const char *first_word(const char *at, bool *dash)
{
    const char *start = at;

    *dash = false;
    while (upper(*at))
        at++;
    if (at == start || at - start > 3 || !digit(*at))
        return NULL;
    while (digit(*at))
        at++;
    if (*at == '-' && digit(at[1])) {
        *dash = true;
        for (at++; digit(*at); at++)
            ;
    }
    while (letter(*at))
        at++;
    return *at == '\0' || *at == ' ' ? at : NULL;
}

/* " v5", " T4 v3", " A10 v5": words of letters and a number. */
static bool further_words(const char *at)
{
    while (*at == ' ') {
        const char *word = ++at;
        while (letter(*at))
            at++;
        if (at == word || !digit(*at))
            return false;
        while (digit(*at))
            at++;
    }
    return *at == '\0';
}

int azure_size_sku(const char *text, bool basic, struct arena *a, const char **sku, bool *constrained)
{
    const char *word = first_word(text, constrained);

    *sku = NULL;
    if (word == NULL || !further_words(word) || *constrained)
        return 0;
    char *name = arena_printf(a, "%s_%s", basic ? "Basic" : "Standard", text);
    if (name == NULL)
        return -1;
    char *at = strchr(name, '_') + 1, *end = at + (word - text);
    while (!digit(*at))
        at++;
    for (; at < end; at++)
        if (upper(*at))
            *at = (char)(*at - 'A' + 'a');
    for (; *at != '\0'; at++)
        if (*at == ' ')
            *at = '_';
    *sku = name;
    return 0;
}

/* A name taken apart. */
struct parts {
    const char *kind, *features, *version; /* "DS", "", "2" */
    size_t kind_len, features_len;
};

static bool take_apart(const char *sku, struct parts *out)
{
    const char *at = strchr(sku, '_');

    if (at == NULL)
        return false;
    out->kind = ++at;
    while (upper(*at))
        at++;
    out->kind_len = (size_t)(at - out->kind);
    while (digit(*at))
        at++;
    out->features = at;
    while (letter(*at))
        at++;
    out->features_len = (size_t)(at - out->features);
    at = strstr(at, "_v");
    out->version = at != NULL ? at + 2 : "";
    return out->kind_len > 0;
}

/* Kinds that were followed by newer versions. */
static bool is_legacy(const struct parts *p)
{
    char kind = p->kind[0];
    int version = digit(p->version[0]) ? p->version[0] - '0' : 1;

    if (kind == 'A')
        return true;
    if (kind == 'F')
        return version < 2;
    return kind != 'B' && version < 3;
}

/* By GiB a vCPU: about 2, 4, 8. */
static const char *class_of(const struct parts *p, dec_t vcpu, dec_t memory)
{
    if (p->kind[0] == 'B' || dec_cmp(memory, DEC_ONE) < 0)
        return "burstable";
    if (p->kind[0] == 'L')
        return "storage";
    if (dec_cmp(memory, dec_muln(vcpu, 3)) < 0)
        return "compute";
    return dec_cmp(memory, dec_muln(vcpu, 6)) < 0 ? "general" : "memory";
}

static const char *family_of(const char *sku, const struct parts *p, struct arena *a)
{
    bool basic = !strncmp(sku, "Basic_", 6), versioned = *p->version != '\0';
    /* All sizes of the first B are one family. */
    int features = p->kind[0] == 'B' && !versioned ? 0 : (int)p->features_len;

    return arena_printf(a, "%s%.*s%.*s%s%s", basic ? "Basic" : "", (int)p->kind_len, p->kind, features, p->features,
                        versioned ? "v" : "", p->version);
}

bool azure_size_shape(const char *sku, const char *vcpu, const char *memory, struct arena *a, struct pack_shape *out)
{
    struct parts p;
    struct err ignored;
    dec_t cores, gib;

    if (!take_apart(sku, &p) || strchr("ABDEFLM", p.kind[0]) == NULL ||
        dec_parse(vcpu, strlen(vcpu), &cores, &ignored) != 0 || dec_parse(memory, strlen(memory), &gib, &ignored) != 0)
        return false;
    const char *class_ = class_of(&p, cores, gib);
    *out = (struct pack_shape){
        .provider = "azure",
        .sku = sku,
        .service = "compute",
        .family = family_of(sku, &p, a),
        .class_ = class_,
        .sold = is_legacy(&p) ? "legacy" : "current",
        .vcpu = vcpu,
        .memory = memory,
        .size = "",
        .gpu = "0",
        .arch = memchr(p.features, 'p', p.features_len) != NULL ? "arm64" : "amd64",
        .burstable = !strcmp(class_, "burstable"),
        .generation = *p.version != '\0' ? p.version : "1",
    };
    return out->family != NULL;
}
