/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The table of components.
 */
#include "models/component.h"

const struct component *const component_table[] = {
#define COMPONENT(name) &component_##name,
#include "models/components.def"
#undef COMPONENT
    NULL};
