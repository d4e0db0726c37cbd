/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What is wrong with a text of a quote: set as an error, in English as errors are, and said again in a report.
 */
#include "fetchers/quote_parts.h"

#include <string.h>

static const enum text_id faults[] = {
    TEXT_QUOTE_TWO_CURRENCIES, TEXT_QUOTE_NO_AMOUNT,    TEXT_QUOTE_NO_DISCOUNT,    TEXT_QUOTE_NO_TAX_RATE,
    TEXT_QUOTE_TWO_RATES,      TEXT_QUOTE_TWO_INVOICES, TEXT_QUOTE_SIZE_OVERFLOWS,
};
enum { FAULTS = sizeof faults / sizeof *faults, TEXT_BYTES = 60 };

int quote_faulty(enum text_id id, const char *text, struct err *err)
{
    struct buf cut = {0}, said = {0};

    buf_printf(&cut, "%.*s", TEXT_BYTES, text);
    if (!cut.failed)
        say_to(&said, "en", id, cut.v != NULL ? cut.v : "");
    int rc = cut.failed || said.failed ? err_nomem(err) : err_set(err, ERR_USAGE, "%s", said.v);
    buf_free(&cut);
    buf_free(&said);
    return rc;
}

/* Each of them is '{1}' and why: what stands before the why is the text, in its quotes. */
const char *quote_fault(struct quote_reading *r, const struct err *err)
{
    const char *said = err->text;
    size_t len = strlen(said);

    r->nomem = r->nomem || err->kind == ERR_INTERNAL;
    for (size_t i = 0; i < FAULTS; i++) {
        const char *why = text("en", faults[i]) + strlen("'{1}");
        size_t n = strlen(why);
        if (len <= n + 1 || strcmp(said + len - n, why) != 0)
            continue;
        const char *of = arena_strndup(r->a, said + 1, len - n - 1);
        r->nomem = r->nomem || of == NULL;
        return of != NULL ? quote_put(r, faults[i], of) : "";
    }
    const char *copy = arena_strdup(r->a, said);
    r->nomem = r->nomem || copy == NULL;
    return copy != NULL ? copy : "";
}
