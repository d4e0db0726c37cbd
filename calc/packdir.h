/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A price pack on the disk: its files mapped, its checksums compared. What a pack may lack
 * (shapes, classes, regions) is lent by another pack; sites of its own it has or has not.
 */
#ifndef TCO_PACKDIR_H
#define TCO_PACKDIR_H

#include "calc/hash.h"
#include "fetchers/pack.h"

struct packdir {
    struct arena arena;
    const char *dir, *id;     /* id: "bundled@ee1f9edacf61": name of the directory, digest */
    char sha256[SHA256_TEXT]; /* of the lines `sha256sum` prints for the pack's own tables */
    struct pack_body bodies[PACK_TABLES];
    bool own[PACK_TABLES]; /* else lent; or, PACK_SITES, not there */
    bool summed;           /* SHA256SUMS was there, and right */
};

/* `lender` may be NULL or the directory itself: then every table must be there. */
int packdir_open(struct packdir *out, const char *dir, const char *lender, struct err *err);
void packdir_close(struct packdir *p);

#endif
