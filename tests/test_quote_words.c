/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The table of words as it is shipped, tables that are wrong, and what is looked up in them: folding, whole
 * words, lengths of time, units.
 */
#include "calc/file.h"
#include "fetchers/quote_parts.h"
#include "tests/support/test.h"

#include <string.h>

struct shelf {
    struct arena a;
    const struct quote_words *w;
};

static int open_words(void **state)
{
    static struct shelf s;
    struct buf body = {0};
    struct err err = {.text = ""};

    s = (struct shelf){.w = NULL};
    if (file_read("fixtures/rules/quote-words.csv", 1 << 20, &body, &err) != 0 ||
        quote_words_read("words", body.v, body.n, &s.a, &s.w, &err) != 0)
        fail_msg("%s", err.text);
    buf_free(&body);
    *state = &s;
    return 0;
}

static int close_words(void **state)
{
    struct shelf *s = *state;

    arena_free(&s->a);
    return 0;
}

static void folds(struct shelf *s, const char *text, const char *to)
{
    assert_string_equal(quote_fold(&s->a, text), to);
}

static void folding(void **state)
{
    struct shelf *s = *state;

    folds(s, "Unit  Price", "unit price");
    folds(s, "单 价", "单价");
    folds(s, "单价（元／月）", "单价(元/月)");
    folds(s, "　１２３ＡＢＣ￥", "123abc¥");
    folds(s, "单\n价", "单价");
    folds(s, "\xff\xfe", "??");
    folds(s, "", "");
}

static void columns_of_both_languages(void **state)
{
    static const char *const pairs[][2] = {
        {"产品", "item"},
        {"规格", "spec"},
        {"地域", "region"},
        {"数量", "quantity"},
        {"单位", "unit"},
        {"单价", "price"},
        {"不含税单价", "price-excl"},
        {"含税单价", "price-incl"},
        {"税率", "tax-rate"},
        {"税额", "tax"},
        {"价税合计", "amount-incl"},
        {"折扣率", "discount-either"},
        {"折扣", "discount-either"},
        {"发票类型", "invoice"},
        {"可抵扣比例", "share"},
        {"时长", "term"},
        {"币种", "currency"},
        {"unit price", "price"},
        {"qty", "quantity"},
        {"discount", "discount"},
    };
    struct shelf *s = *state;

    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        const char *got = quote_word(s->w, "column", pairs[i][0]);
        if (got == NULL || strcmp(got, pairs[i][1]) != 0)
            fail_msg("%s is %s", pairs[i][0], got != NULL ? got : "nothing");
    }
}

static void words_stand_alone(void **state)
{
    struct shelf *s = *state;

    assert_string_equal(quote_word_in(s->w, "product", "云服务器ecs")->meaning, "compute");
    assert_string_equal(quote_word_in(s->w, "product", "弹性公网ip")->meaning, "public-ip");
    assert_null(quote_word_in(s->w, "product", "natural gas"));
    assert_null(quote_word_in(s->w, "product", "cosmetics"));
    assert_string_equal(quote_word_in(s->w, "basis", "以上价格不含税")->meaning, "excl"); /* the longer word */
    assert_string_equal(quote_word_in(s->w, "basis", "以上价格均含税")->meaning, "incl");
    assert_null(quote_word_first(s->w, "fact", "本报价有效期30天"));
}

static void spans(struct shelf *s, const char *text, int months, int days)
{
    struct duration d;

    if (!quote_span(s->w, text, &d))
        fail_msg("'%s' is no span", text);
    assert_int_equal(d.months, months);
    assert_int_equal(d.days, days);
}

static void lengths_of_time(void **state)
{
    struct shelf *s = *state;
    struct duration d;

    spans(s, "12个月", 12, 0);
    spans(s, "1年", 12, 0);
    spans(s, "三年", 36, 0);
    spans(s, "两年", 24, 0);
    spans(s, "十二个月", 12, 0);
    spans(s, "3 years", 36, 0);
    spans(s, "30天", 0, 30);
    spans(s, "2 quarters", 6, 0);
    assert_false(quote_span(s->w, "12", &d));
    assert_false(quote_span(s->w, "长期", &d));
    assert_false(quote_span(s->w, "99999 years", &d));
}

static void per(struct shelf *s, const char *text, const char *unit, int months)
{
    struct quote_qualifier q = {.currency = ""};
    enum unit u = UNIT_COUNT;
    int m = -1;

    if (!quote_qualifier(s->w, text, &q) || !quote_per_unit(&q.per, &u, &m))
        fail_msg("'%s' is no unit", text);
    assert_string_equal(unit_table[u].name, unit);
    assert_int_equal(m, months);
}

static void units(void **state)
{
    struct shelf *s = *state;
    struct quote_qualifier q = {.currency = ""};
    enum unit u;
    int m;

    per(s, "元/台/月", "month", 0);
    per(s, "台/月", "month", 0);
    per(s, "元/gb/月", "GB-month", 0);
    per(s, "gb-month", "GB-month", 0);
    per(s, "每月", "month", 0);
    per(s, "cny per month", "month", 0);
    per(s, "元/小时", "hour", 0);
    per(s, "年", "term", 12);
    per(s, "元/12个月", "term", 12);
    per(s, "季度", "term", 3);
    per(s, "元/gb", "GB", 0);
    per(s, "元/mbps/月", "Mbps-month", 0);
    per(s, "元/万次", "10k-requests", 0);
    assert_true(quote_qualifier(s->w, "台", &q));
    assert_false(quote_per_unit(&q.per, &u, &m)); /* no time */
    q = (struct quote_qualifier){.currency = ""};
    assert_false(quote_qualifier(s->w, "台/周末", &q));
    q = (struct quote_qualifier){.currency = ""};
    assert_false(quote_qualifier(s->w, "月/年", &q)); /* two times */
}

static void refuses(struct shelf *s, const char *body, const char *says)
{
    const struct quote_words *w;
    struct err err = {.text = ""};

    if (quote_words_read("w.csv", body, strlen(body), &s->a, &w, &err) == 0)
        fail_msg("took '%s'", body);
    if (strstr(err.text, says) == NULL)
        fail_msg("said: %s", err.text);
}

static void wrong_tables(void **state)
{
    struct shelf *s = *state;

    refuses(s, "set,word,meaning,reason\ncolumn,x,nothing,y\n", "w.csv:2: unknown meaning 'nothing' of set column");
    refuses(s, "set,word,meaning,reason\nproduct,x,cdn,y\n", "unknown meaning 'cdn'");
    refuses(s, "set,word,meaning,reason\nsets,x,y,z\n", "w.csv:2");
    refuses(s, "set,word,meaning,reason\nunit,x,item,\n", "reason");
    refuses(s, "set,word,meaning,reason\nunit,x,item,y\nunit,x,GiB,y\n", "w.csv:3");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(folding),
        cmocka_unit_test(columns_of_both_languages),
        cmocka_unit_test(words_stand_alone),
        cmocka_unit_test(lengths_of_time),
        cmocka_unit_test(units),
        cmocka_unit_test(wrong_tables),
    };

    return cmocka_run_group_tests(tests, open_words, close_words);
}
