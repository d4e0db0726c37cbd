/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/support/quote_intake.h"

#include "calc/file.h"

#include <string.h>

static const struct site sites[] = {{.id = "aliyun-cn"}, {.id = "aws-global"}};
static const struct region regions[] = {
    {.site = "aliyun-cn",
     .id = "cn-hangzhou",
     .city = "Hangzhou",
     .display_en = "Hangzhou",
     .display_zh = "华东1（杭州）"},
    {.site = "aliyun-cn", .id = "east-a", .city = "Shanghai", .display_en = "East A", .display_zh = "东部"},
    {.site = "aliyun-cn", .id = "east-b", .city = "Shanghai", .display_en = "East B", .display_zh = "东部 2"},
    {.site = "aws-global",
     .id = "ap-southeast-1",
     .city = "Singapore",
     .display_en = "Singapore",
     .display_zh = "新加坡"},
};
static const struct city cities[] = {{"Hangzhou", "杭州"}, {"Shanghai", "上海"}};
static const struct currency currencies[] = {{.code = "CNY", .minor_units = 2}, {.code = "USD", .minor_units = 2}};
const struct rules intake_rules = {
    .sites = sites,
    .nsites = 2,
    .regions = regions,
    .nregions = 4,
    .cities = cities,
    .ncities = 2,
    .currencies = currencies,
    .ncurrencies = 2,
};

int intake_start(void **state)
{
    static struct intake in;
    struct buf body = {0};

    in = (struct intake){.terms = quote_terms_none()};
    in.terms.name = "offer", in.terms.file = "offer.csv", in.terms.site = "aliyun-cn";
    if (file_read("fixtures/rules/quote-words.csv", 1 << 20, &body, &in.err) != 0 ||
        quote_words_read("words", body.v, body.n, &in.a, &in.words, &in.err) != 0)
        fail_msg("%s", in.err.text);
    buf_free(&body);
    *state = &in;
    return 0;
}

int intake_stop(void **state)
{
    struct intake *in = *state;

    arena_free(&in->a);
    return 0;
}

void take(struct intake *in, const char *body)
{
    if (quote_read(&in->terms, in->words, &intake_rules, body, strlen(body), &in->a, &in->q, &in->err) != 0)
        fail_msg("%s", in->err.text);
}

void take_file(struct intake *in, const char *path)
{
    struct buf body = {0};

    in->terms.file = path;
    if (file_read(path, 1 << 20, &body, &in->err) != 0 ||
        quote_read(&in->terms, in->words, &intake_rules, body.v, body.n, &in->a, &in->q, &in->err) != 0)
        fail_msg("%s", in->err.text);
    buf_free(&body);
}

bool says(const struct intake *in, enum quote_remark_kind kind, const char *text)
{
    for (size_t i = 0; i < in->q.nremarks; i++)
        if (in->q.remarks[i].kind == kind && strstr(in->q.remarks[i].text, text) != NULL)
            return true;
    return false;
}

void must_say(const struct intake *in, enum quote_remark_kind kind, const char *text)
{
    if (says(in, kind, text))
        return;
    for (size_t i = 0; i < in->q.nremarks; i++)
        print_message("%d %s\n", in->q.remarks[i].kind, in->q.remarks[i].text);
    fail_msg("does not say: %s", text);
}

void is(dec_t v, const char *expected)
{
    char got[DEC_TEXT];

    dec_format(v, 0, got);
    assert_string_equal(got, expected);
}
