/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What a fuzz target gives to libFuzzer, or to replay.c: one call per input, which must return 0
 * whatever the bytes are. A target that needs something once defines the initialiser as well.
 */
#ifndef TCO_FUZZ_TARGET_H
#define TCO_FUZZ_TARGET_H

#include <stddef.h>
#include <stdint.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerInitialize(int *argc, char ***argv) __attribute__((weak));

#endif
