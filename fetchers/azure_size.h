/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Sizes of Azure's machines as pages for people name them, and what the name says of the machine.
 */
#ifndef TCO_AZURE_SIZE_H
#define TCO_AZURE_SIZE_H

#include "calc/arena.h"
#include "fetchers/pack.h"

/* "D2s v3" -> "Standard_D2s_v3", "B2MS" -> "Standard_B2ms"; basic: "A1" -> "Basic_A1". NULL in *sku when the
 * text names no size, or one with fewer vCPU than its machine has ("E4-2s v3", *constrained then). -1: no memory. */
int azure_size_sku(const char *text, bool basic, struct arena *a, const char **sku, bool *constrained);

/* The shape of a size by its name, its vCPU and GiB of memory ("2", "3.5"). false: the name does not say
 * enough (machines with GPU), or there is no memory. */
bool azure_size_shape(const char *sku, const char *vcpu, const char *memory, struct arena *a, struct pack_shape *out);

#endif
