/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What a row offers: the service by its words, the provider's name for it, its shape or size, and where.
 */
#include "fetchers/quote_row.h"

#include <string.h>

static const char *dup(struct quote_reading *r, const char *text)
{
    const char *copy = text != NULL ? arena_strdup(r->a, text) : NULL;

    r->nomem = r->nomem || copy == NULL;
    return copy != NULL ? copy : "";
}

static void read_product(struct row_reading *w)
{
    static const enum quote_role roles[] = {ROLE_ITEM, ROLE_SPEC, ROLE_SKU};
    struct quote_item *i = &w->item;
    struct quote_reading *r = w->r;
    const struct quote_word *product = NULL;
    const char *sku = row_text(w, ROLE_SKU);

    for (size_t k = 0; product == NULL && k < 3; k++)
        product = quote_word_in(r->words, "product", row_folded(w, row_text(w, roles[k])));
    i->service = product != NULL ? product->meaning : "";
    if (*sku == '\0')
        sku = quote_sku(r->a, i->label);
    i->sku = dup(r, sku);
    const struct quote_word *os = quote_word_in(r->words, "os", row_folded(w, row_text(w, ROLE_OS)));
    if (os == NULL && *row_text(w, ROLE_OS) == '\0')
        os = quote_word_in(r->words, "os", row_folded(w, i->label));
    i->os = os != NULL ? os->meaning : "";
    if (os == NULL && *row_text(w, ROLE_OS) != '\0')
        quote_say(r, QUOTE_SKIPPED, TEXT_QUOTE_OS_UNREAD, quote_place(r, w->row, r->table->at[ROLE_OS]));
}

/* Sizes that belong to what is sold: the disk of a disk, the line of a line. */
static void read_shape(struct row_reading *w)
{
    struct quote_item *i = &w->item;
    struct quote_reading *r = w->r;
    struct err err;

    if (quote_shape(r->a, i->label, &w->shape, &err) != 0) {
        row_open_text(w, ROLE_SPEC, quote_fault(w->r, &err));
        return;
    }
    const struct quote_shape *s = &w->shape;
    if (*i->service == '\0' && s->has_vcpu && s->has_memory) {
        i->service = "compute";
        quote_say(r, QUOTE_ASSUMED, TEXT_QUOTE_AS_COMPUTE, quote_place(r, w->row, -1));
    }
    if (!strcmp(i->service, "public-ip") && s->has_rate) {
        i->service = "bandwidth";
        quote_say(r, QUOTE_ASSUMED, TEXT_QUOTE_AS_BANDWIDTH, quote_place(r, w->row, -1));
    }
    bool machine = !strcmp(i->service, "compute") || !strcmp(i->service, "database");
    i->has_shape = machine && s->has_vcpu && s->has_memory;
    i->vcpu = s->vcpu, i->memory = s->memory;
    if (machine && s->sizes > 0)
        quote_say(r, QUOTE_ASSUMED, TEXT_QUOTE_DISKS_WITHIN, quote_place(r, w->row, -1));
    if (machine)
        return;
    bool line = !strcmp(i->service, "bandwidth");
    i->has_size = line ? s->has_rate : s->has_size;
    i->size = line ? s->rate : s->size;
}

/* What the comparison takes a machine for where its row does not say. */
static void tell_machine(struct row_reading *w)
{
    const struct quote_item *i = &w->item;

    if (strcmp(i->service, "compute") != 0)
        return;
    if (*i->os == '\0' && !w->r->os_told) {
        quote_say(w->r, QUOTE_ASSUMED, TEXT_QUOTE_NO_OS, quote_place(w->r, w->row, -1));
        w->r->os_told = true;
    }
    if (*i->sku == '\0' && i->has_shape && !w->r->arch_told) {
        quote_say(w->r, QUOTE_ASSUMED, TEXT_QUOTE_NO_SKU, quote_place(w->r, w->row, -1));
        w->r->arch_told = true;
    }
}

static void read_region(struct row_reading *w)
{
    struct quote_reading *r = w->r;
    const char *text = row_text(w, ROLE_REGION), *why;

    w->item.region = r->common.region;
    if (r->site == NULL)
        return;
    if (*text == '\0') {
        if (*w->item.region == '\0' && !r->region_told)
            quote_say(r, QUOTE_ASSUMED, TEXT_QUOTE_NO_REGION, quote_place(r, w->row, -1));
        r->region_told = r->region_told || *w->item.region == '\0';
        return;
    }
    const struct region *g = quote_region(r, text, &why);
    if (g == NULL)
        row_open_text(w, ROLE_REGION, why);
    else if (r->common.region_where == quote_section && strcmp(g->id, r->common.region) != 0)
        row_open(w, ROLE_REGION, TEXT_QUOTE_REGION_DIFFERS);
    else
        w->item.region = g->id;
}

void row_product(struct row_reading *w)
{
    read_product(w);
    read_shape(w);
    tell_machine(w);
    read_region(w);
}
