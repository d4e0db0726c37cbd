/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The swift way (swift.h) as a batch takes it: a row's records are put together from texts that were made once and
 * amounts in minor units, byte for byte what batch_format_row() writes of the estimate.
 */
#ifndef TCO_BATCH_SWIFT_H
#define TCO_BATCH_SWIFT_H

#include "calc/batch_record.h"

struct batch_swift {
    const struct config *base;
    const struct batch_columns *columns;
    const struct estimate_options *options;
    const struct batch_format *format; /* NULL: a sink takes the results */
};

/* ctx is a struct batch_swift. */
extern const struct batch_fast batch_swift_fast;

#endif
