/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Any bytes as a decimal: refused with a text, or printed and read again as the same number.
 */
#include "calc/decimal.h"
#include "tests/fuzz/target.h"

#include <assert.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct err err = {0};
    dec_t value, again;
    char text[DEC_TEXT];
    if (dec_parse((const char *)data, size, &value, &err) != 0) {
        assert(err.kind == ERR_USAGE && err.text[0] && !strchr(err.text, '\n'));
        return 0;
    }
    size_t len = dec_format(value, 0, text);
    assert(len == strlen(text) && len < DEC_TEXT);
    assert(dec_parse(text, len, &again, &err) == 0);
    assert(dec_cmp(value, again) == 0);
    return 0;
}
