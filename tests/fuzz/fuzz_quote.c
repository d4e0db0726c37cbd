/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Any bytes as a received quote: items that are definite, or remarks that say what is open, or an error.
 */
#include "calc/file.h"
#include "fetchers/quote.h"
#include "tests/fuzz/target.h"

#include <assert.h>
#include <string.h>

static const struct site sites[] = {{.id = "aliyun-cn"}};
static const struct region regions[] = {{.site = "aliyun-cn",
                                         .id = "cn-hangzhou",
                                         .city = "Hangzhou",
                                         .display_en = "Hangzhou",
                                         .display_zh = "华东1（杭州）"}};
static const struct currency currencies[] = {{.code = "CNY", .minor_units = 2}, {.code = "JPY", .minor_units = 0}};
static const struct city cities[] = {{"Hangzhou", "杭州"}};
static const struct rules rules = {
    .sites = sites,
    .nsites = 1,
    .regions = regions,
    .nregions = 1,
    .cities = cities,
    .ncities = 1,
    .currencies = currencies,
    .ncurrencies = 2,
};

static struct arena words_arena;
static const struct quote_words *words;

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
    struct buf body = {0};
    struct err err;

    (void)argc, (void)argv;
    int rc = file_read("fixtures/rules/quote-words.csv", 1 << 20, &body, &err);
    if (rc == 0)
        rc = quote_words_read("words", body.v, body.n, &words_arena, &words, &err);
    assert(rc == 0);
    buf_free(&body);
    return 0;
}

static void look(const struct quote *q)
{
    size_t open = 0;

    for (size_t i = 0; i < q->nremarks; i++) {
        assert(*q->remarks[i].text != '\0' && strchr(q->remarks[i].text, '\n') == NULL);
        open += q->remarks[i].kind == QUOTE_OPEN;
    }
    assert(open == q->nopen && (q->nitems > 0 || open > 0));
    for (size_t i = 0; i < q->nitems; i++) {
        const struct quote_item *x = &q->items[i];
        assert(x->has_quantity && dec_sign(x->quantity) > 0 && dec_sign(x->price) > 0 && strlen(q->currency) == 3);
        assert(x->term_months >= 0 && x->term_months <= TERM_MAX);
        assert((x->unit == UNIT_TERM) == (x->period_months > 0));
        assert(x->period_months == 0 || x->term_months % x->period_months == 0);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct quote_terms terms = quote_terms_none();
    struct arena a = {0};
    struct quote q;
    struct err err = {.text = ""};

    terms.name = terms.file = "fuzz";
    terms.site = "aliyun-cn";
    if (size > 0 && data[0] % 2 == 0)
        terms.currency = "CNY", terms.basis = "incl", terms.unit = "month", terms.term.given = true;
    if (quote_read(&terms, words, &rules, (const char *)data, size, &a, &q, &err) == 0)
        look(&q);
    else
        assert(*err.text != '\0' && strchr(err.text, '\n') == NULL);
    arena_free(&a);
    return 0;
}
