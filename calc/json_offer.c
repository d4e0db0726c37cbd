/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What was published, in the JSON estimate: rates with their operands, offers with tiers and source, tax rules.
 */
#include "calc/json_parts.h"

void json_texts(struct json_out *j, const char *key, const char *const *v, size_t n)
{
    json_open_array(j, key, false);
    for (size_t i = 0; i < n; i++)
        json_text(j, NULL, v[i]);
    json_close(j);
}

void json_value(struct json_out *j, const char *key, struct value v)
{
    if (v.kind == VALUE_NONE)
        json_null(j, key);
    else
        json_decimal(j, key, v.fixed, 0);
}

static void write_operand(struct json_out *j, const struct published_rate *r)
{
    json_open_object(j, NULL, true);
    json_text(j, "base", r->base);
    json_text(j, "quote", r->quote);
    json_int(j, "units", r->units);
    json_decimal(j, "value", r->value, 0);
    json_day(j, "date", r->date);
    json_text(j, "source", r->source);
    json_close(j);
}

void json_rate(struct json_out *j, const char *key, const struct fx_used *u)
{
    static const char *const paths[] = {
        [FX_SAME] = "same", [FX_DIRECT] = "direct", [FX_INVERSE] = "inverse", [FX_CROSS] = "cross"};
    if (u == NULL) {
        json_null(j, key);
        return;
    }
    json_open_object(j, key, true);
    json_text(j, "from", u->from);
    json_text(j, "to", u->to);
    json_decimal(j, "rate", u->rate, 0);
    json_text(j, "source", u->source);
    json_text(j, "path", paths[u->path]);
    json_day(j, "date", u->date);
    json_boolean(j, "stale", u->stale);
    json_open_array(j, "operands", true);
    for (int i = 0; i < u->noperands; i++)
        write_operand(j, &u->operands[i]);
    json_close(j);
    json_close(j);
}

static void write_source(struct json_out *j, const struct source *s)
{
    if (s == NULL) {
        json_null(j, "source");
        return;
    }
    json_open_object(j, "source", true);
    json_text(j, "id", s->id);
    json_text(j, "title", s->title);
    json_text(j, "origin", s->origin);
    json_day(j, "as_of", s->as_of);
    json_text(j, "licence", s->licence);
    json_text(j, "confidence", s->confidence);
    json_text(j, "note", s->note);
    json_close(j);
}

static void write_shape(struct json_out *j, const struct shape *s)
{
    static const char *const archs[] = {[ARCH_AMD64] = "amd64", [ARCH_ARM64] = "arm64", [ARCH_ANY] = NULL};
    if (s == NULL) {
        json_null(j, "shape");
        return;
    }
    json_open_object(j, "shape", true);
    json_value(j, "vcpu", (struct value){.kind = s->has_size ? VALUE_FIXED : VALUE_NONE, .fixed = s->vcpu});
    json_value(j, "memory_gib", (struct value){.kind = s->has_size ? VALUE_FIXED : VALUE_NONE, .fixed = s->memory});
    json_value(j, "disk_gib",
               (struct value){.kind = s->has_disk_size ? VALUE_FIXED : VALUE_NONE, .fixed = s->disk_size});
    json_decimal(j, "gpu", s->gpu, 0); /* -1: some, number not known */
    json_text(j, "arch", archs[s->arch]);
    json_boolean(j, "burstable", s->burstable);
    json_boolean(j, "metal", s->metal);
    json_boolean(j, "legacy", s->legacy);
    json_text(j, "class", s->class_);
    json_text(j, "family", s->family);
    json_close(j);
}

static void write_part(struct json_out *j, const struct price_part *part)
{
    static const char *const scopes[] = {[SCOPE_ITEM] = "item", [SCOPE_MONTH] = "month", [SCOPE_LIFE] = "life"};
    json_open_object(j, NULL, true);
    json_text(j, "unit", unit_table[part->unit].name);
    json_text(j, "scope", scopes[part->scope]);
    json_open_array(j, "tiers", true);
    for (size_t i = 0; i < part->ntiers; i++) {
        const struct tier *t = &part->tiers[i];
        json_open_object(j, NULL, true);
        json_decimal(j, "from", t->from, 0);
        json_value(j, "to", (struct value){.kind = t->open ? VALUE_NONE : VALUE_FIXED, .fixed = t->to});
        json_decimal(j, "price", t->price, 0);
        json_close(j);
    }
    json_close(j);
    json_close(j);
}

void json_offer(struct json_out *j, const char *key, const struct offer *o)
{
    if (o == NULL) {
        json_null(j, key);
        return;
    }
    json_open_object(j, key, false);
    json_text(j, "site", o->site);
    json_text(j, "region", o->region);
    json_text(j, "service", o->service);
    json_text(j, "sku", o->sku);
    json_text(j, "os", o->os);
    json_text(j, "charge", charge_names[o->charge]);
    json_text(j, "offering", o->offering);
    json_int(j, "term_months", o->term_months);
    json_text(j, "currency", o->currency);
    json_text(j, "tax_basis", o->basis == BASIS_INCL ? "incl" : "excl");
    json_value(j, "tax_rate", (struct value){.kind = o->has_tax_rate ? VALUE_FIXED : VALUE_NONE, .fixed = o->tax_rate});
    json_day(j, "as_of", o->as_of);
    json_text(j, "snapshot", o->snapshot);
    write_source(j, o->source);
    write_shape(j, o->shape);
    json_open_array(j, "parts", false);
    for (size_t i = 0; i < o->nparts; i++)
        write_part(j, &o->parts[i]);
    json_close(j);
    json_close(j);
}

static void write_tax_row(struct json_out *j, const struct tax_row *row)
{
    if (row == NULL) {
        json_null(j, "rule");
        return;
    }
    json_open_object(j, "rule", true);
    json_text(j, "buyer_country", row->buyer_country);
    json_text(j, "buyer_status", row->buyer_status);
    json_text(j, "station", row->station);
    json_text(j, "provider", row->provider);
    json_text(j, "invoice", row->invoice);
    json_value(j, "seller_rate",
               (struct value){.kind = row->has_seller_rate ? VALUE_FIXED : VALUE_NONE, .fixed = row->seller_rate});
    json_value(j, "self_assessed_rate",
               (struct value){.kind = row->has_self_rate ? VALUE_FIXED : VALUE_NONE, .fixed = row->self_rate});
    json_decimal(j, "recoverable_share", row->recoverable_share, 0);
    json_text(j, "tax_currency", row->tax_currency);
    json_text(j, "document", row->document);
    json_day(j, "effective_from", row->effective_from);
    json_day(j, "effective_to", row->effective_to);
    json_text(j, "confidence", row->confidence);
    json_text(j, "source", row->source);
    json_int(j, "row", row->row);
    json_close(j);
}

void json_tax(struct json_out *j, const struct tax_used *t)
{
    static const char *const origins[] = {
        [RATE_FROM_LINE] = "line", [RATE_FROM_PRICE] = "price", [RATE_FROM_BUYER] = "buyer", [RATE_FROM_RULE] = "rule"};
    json_open_object(j, NULL, false);
    json_decimal(j, "rate", t->rate, 0);
    json_text(j, "rate_from", origins[t->rate_from]);
    json_text(j, "by", t->by_buyer ? "buyer" : "seller");
    json_decimal(j, "wht", t->wht, 0);
    json_text(j, "borne_by", t->borne_by == BORNE_BY_BUYER ? "buyer" : "supplier");
    json_decimal(j, "deductible", t->deductible, 0);
    json_decimal(j, "surcharge", t->surcharge, 0);
    json_text(j, "currency", t->currency);
    write_tax_row(j, t->row);
    json_close(j);
}
