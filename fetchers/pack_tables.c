/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The small tables of a pack: sites, shapes, classes, regions, sources.
 */
#include "fetchers/pack_parts.h"

#include "calc/rules_read.h"

#include <string.h>

#define CELLS(a) .cells = (a), .ncells = sizeof(a) / sizeof *(a)
#define SHAPE(field) offsetof(struct pack_shape, field)
#define CLASS(field) offsetof(struct pack_class, field)

static const char *const sold_words[] = {"current", "legacy", NULL};
static const char *const arch_words[] = {"amd64", "arm64", "", NULL};

static const struct cell_rule shape_cells[] = {
    {"provider", CELL_NAME, SHAPE(provider), 0, NULL},
    {"sku", CELL_NAME, SHAPE(sku), 0, NULL},
    {"service", CELL_NAME, SHAPE(service), 0, NULL},
    {"family", CELL_TEXT, SHAPE(family), 0, NULL},
    {"class", CELL_TEXT, SHAPE(class_), 0, NULL},
    {"sold", CELL_WORD, SHAPE(sold), 0, sold_words},
    {"vcpu", CELL_TEXT, SHAPE(vcpu), 0, NULL},
    {"memory_gib", CELL_TEXT, SHAPE(memory), 0, NULL},
    {"size_gib", CELL_TEXT, SHAPE(size), 0, NULL},
    {"gpu", CELL_TEXT, SHAPE(gpu), 0, NULL},
    {"arch", CELL_WORD, SHAPE(arch), 0, arch_words},
    {"burstable", CELL_YESNO, SHAPE(burstable), 0, NULL},
    {"generation", CELL_TEXT, SHAPE(generation), 0, NULL},
};

static const struct cell_rule class_cells[] = {
    {"site", CELL_NAME, CLASS(site), 0, NULL},
    {"service", CELL_NAME, CLASS(service), 0, NULL},
    {"class", CELL_NAME, CLASS(class_), 0, NULL},
    {"sku", CELL_NAME, CLASS(sku), 0, NULL},
};

const struct record_type shape_type = {"shapes", sizeof(struct pack_shape), CELLS(shape_cells), "SKU", 3, 0};
const struct record_type class_type = {"classes", sizeof(struct pack_class), CELLS(class_cells), "class and SKU", 4, 0};

static const char *const services[] = {
#define KIND(id, name, service, ...) service,
#include "calc/kinds.def"
#undef KIND
    /* Published beside the others; no kind of resource asks for them. */
    "cross-region-transfer",
    "file-storage",
    "cdn",
    "log-service",
};

int pack_service_check(const char *service, struct err *err)
{
    size_t n = sizeof services / sizeof *services;

    for (size_t i = 0; i < n; i++)
        if (!strcmp(services[i], service))
            return 0;
    return rules_unknown("service", service, services, n, err);
}

static int size_of(const char *what, const char *text, dec_t *out, struct err *err)
{
    if (dec_parse(text, strlen(text), out, err) != 0)
        return err_prefix(err, "%s", what);
    return dec_sign(*out) > 0 ? 0 : err_set(err, ERR_USAGE, "%s: '%s' is not above 0", what, text);
}

static int gpu_of(const char *text, dec_t *out, struct err *err)
{
    if (!strcmp(text, "yes")) {
        *out = dec_int64(-1);
        return 0;
    }
    *out = DEC_ZERO;
    if (*text != '\0' && dec_parse(text, strlen(text), out, err) != 0)
        return err_prefix(err, "gpu");
    return dec_sign(*out) >= 0 ? 0
                               : err_set(err, ERR_USAGE, "gpu: '%s' is below 0 (known: a number of cards, yes)", text);
}

static bool ends_in(const char *text, const char *tail)
{
    size_t n = strlen(text), m = strlen(tail);

    return n >= m && !strcmp(text + n - m, tail);
}

int pack_shape_of(const struct pack_shape *row, struct shape *out, struct err *err)
{
    struct shape s = {
        .has_size = *row->vcpu != '\0',
        .has_disk_size = *row->size != '\0',
        .arch = !strcmp(row->arch, "amd64")   ? ARCH_AMD64
                : !strcmp(row->arch, "arm64") ? ARCH_ARM64
                                              : ARCH_ANY,
        .burstable = row->burstable,
        .metal = ends_in(row->family, ":metal"),
        .legacy = !strcmp(row->sold, "legacy"),
        .class_ = row->class_,
        .family = row->family,
    };

    if (s.has_size != (*row->memory != '\0'))
        return err_set(err, ERR_USAGE, "vcpu and memory_gib: one without the other");
    if (s.has_size &&
        (size_of("vcpu", row->vcpu, &s.vcpu, err) != 0 || size_of("memory_gib", row->memory, &s.memory, err) != 0))
        return -1;
    if (s.has_disk_size && size_of("size_gib", row->size, &s.disk_size, err) != 0)
        return -1;
    if (gpu_of(row->gpu, &s.gpu, err) != 0)
        return -1;
    *out = s;
    return 0;
}

static int check_shape(const struct rules *rules, const void *row, struct err *err)
{
    const struct pack_shape *s = row;
    struct shape unused;

    if (strchr(s->class_, '|') != NULL || strchr(s->family, '|') != NULL)
        return err_set(err, ERR_USAGE, "class or family with a '|'");
    for (size_t i = 0; i < rules->nsites; i++)
        if (!strcmp(rules->sites[i].provider, s->provider))
            return pack_service_check(s->service, err) != 0 ? -1 : pack_shape_of(s, &unused, err);
    return err_set(err, ERR_USAGE, "unknown provider '%s' (known: those of sites.csv)", s->provider);
}

static int check_class(const struct rules *rules, const void *row, struct err *err)
{
    const struct pack_class *c = row;

    if (rules_site(rules, c->site) == NULL)
        return rules_unknown_site(rules, c->site, err);
    return pack_service_check(c->service, err);
}

static int check_region(const struct rules *rules, const void *row, struct err *err)
{
    const struct region *r = row;

    if (rules_site(rules, r->site) == NULL)
        return rules_unknown_site(rules, r->site, err);
    if (strlen(r->country) != 2)
        return err_set(err, ERR_USAGE, "'%s' is no country (known: two capital letters of ISO 3166)", r->country);
    if (r->mainland != !strcmp(r->country, "CN"))
        return err_set(err, ERR_USAGE, "mainland does not go with country '%s' (CN is the mainland)", r->country);
    return 0;
}

static const struct {
    const struct record_type *type;
    int (*check)(const struct rules *rules, const void *row, struct err *err);
} tables[PACK_TABLES] = {
    [PACK_SHAPES] = {&shape_type, check_shape},
    [PACK_CLASSES] = {&class_type, check_class},
    [PACK_REGIONS] = {&region_type, check_region},
    [PACK_SOURCES] = {&source_type, NULL},
};

/* ---- sites of the pack's own ---- */

static int check_own_site(const struct rules *rules, const struct site *s, struct err *err)
{
    const struct site *known = rules_site(rules, s->id);

    if (known != NULL && known < rules->sites + rules->nbase)
        return err_set(err, ERR_USAGE, "site: '%s' is one of the rules' own (rules/sites.csv)", s->id);
    if (known != NULL && strcmp(known->provider, s->provider) != 0)
        return err_set(err, ERR_USAGE, "provider: '%s', but another pack has site '%s' of provider '%s'", s->provider,
                       s->id, known->provider);
    return rules_check_site(rules, s, err);
}

/* The pack's sites behind those there are, or in the place of the same one from another pack. */
static int join_sites(struct pack *p, const struct rules *rules, const struct site *own, size_t n, struct err *err)
{
    struct site *v = arena_grow(&p->arena, rules->sites, rules->nsites, rules->nsites + n, sizeof *v);
    size_t have = rules->nsites;

    if (v == NULL)
        return err_nomem(err);
    for (size_t i = 0; i < n; i++) {
        const struct site *known = rules_site(rules, own[i].id);
        v[known != NULL ? (size_t)(known - rules->sites) : have++] = own[i];
    }
    p->facts.sites = v;
    p->facts.nsites = have;
    return 0;
}

static int read_sites(struct pack *p, const struct pack_body *in, const struct rules *rules, struct err *err)
{
    const struct record_type *type = rule_types[RULES_SITES];
    struct records *r = &p->records[PACK_SITES];

    p->facts = *rules;
    if (in->len == 0)
        return 0;
    if (records_read(type, in->name, in->body, in->len, &p->arena, r, err) != 0)
        return -1;
    const struct site *own = r->v;
    for (size_t i = 0; i < r->n; i++)
        if (check_own_site(rules, &own[i], err) != 0)
            return err_prefix(err, "%s:%d", in->name, r->lines[i]);
    return join_sites(p, rules, own, r->n, err);
}

int pack_read_tables(struct pack *p, const struct pack_body in[PACK_TABLES], const struct rules *rules, struct err *err)
{
    if (read_sites(p, &in[PACK_SITES], rules, err) != 0)
        return -1;
    for (int t = PACK_SHAPES; t < PACK_SITES; t++) {
        struct records *r = &p->records[t];
        if (records_read(tables[t].type, in[t].name, in[t].body, in[t].len, &p->arena, r, err) != 0)
            return -1;
        for (size_t i = 0; tables[t].check != NULL && i < r->n; i++)
            if (tables[t].check(&p->facts, (const char *)r->v + i * tables[t].type->size, err) != 0)
                return err_prefix(err, "%s:%d", in[t].name, r->lines[i]);
    }
    p->shapes = p->records[PACK_SHAPES].v, p->nshapes = p->records[PACK_SHAPES].n;
    p->classes = p->records[PACK_CLASSES].v, p->nclasses = p->records[PACK_CLASSES].n;
    p->facts.regions = p->records[PACK_REGIONS].v, p->facts.nregions = p->records[PACK_REGIONS].n;
    p->facts.sources = p->records[PACK_SOURCES].v, p->facts.nsources = p->records[PACK_SOURCES].n;
    return 0;
}
