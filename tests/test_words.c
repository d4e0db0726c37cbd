/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Near misses, lists and display widths. Widths were read off EastAsianWidth.txt by hand.
 */
#include "tests/support/test.h"

#include "calc/words.h"

#include <string.h>

#define COUNT(a) (sizeof(a) / sizeof(a)[0])

static void near_misses(void **state)
{
    (void)state;
    static const char *const keys[] = {"vcpu", "memory", "count", "growth", "discount_rate", "sites", "arch", "os"};
    static const struct {
        const char *typed, *meant;
    } rows[] = {
        {"vcpus", "vcpu"},
        {"VCPU", "vcpu"},
        {"v-c_p-u", "vcpu"},
        {"mamery", "memory"},

        {"v-cpu", "vcpu"},
        {"cuont", "count"},
        {"discountrate", "discount_rate"},
        {"Discount-Rates", "discount_rate"},
        {"memroy", "memory"},
        {"mmory", "memory"},
        {"site", "sites"},
        {"oss", "os"},
        {"zzz", NULL},
        {"vc", NULL},
        {"", NULL},
        {"--", NULL},
        {"x", NULL},
        {"memoization", NULL},
        {"cores", NULL},
        {"discuntrote", "discount_rate"},
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        const char *got = words_near(rows[i].typed, keys, COUNT(keys));
        if (rows[i].meant == NULL)
            assert_null(got);
        else
            assert_string_equal(got, rows[i].meant);
    }
}

static void the_nearest_wins_and_the_first_of_equals(void **state)
{
    (void)state;
    static const char *const sites[] = {"aliyun-intl", "aliyun-cn", "tencent-cn", "azure-cn"};
    char longest[200];

    assert_string_equal(words_near("aliyun-cm", sites, COUNT(sites)), "aliyun-cn");
    assert_string_equal(words_near("aliyuncn", sites, COUNT(sites)), "aliyun-cn");
    static const char *const pair[] = {"net", "nat"};
    assert_string_equal(words_near("nit", pair, 2), "net");
    memset(longest, 'a', sizeof longest - 1);
    longest[sizeof longest - 1] = '\0';
    assert_null(words_near(longest, sites, COUNT(sites)));
    const char *one = longest;
    assert_null(words_near("aaaa", &one, 1));
    assert_null(words_near("a", NULL, 0));
    static const char *const letters[] = {"", "h"};
    assert_null(words_near("x", letters, 2));
    assert_string_equal(words_near("H", letters, 2), "h");
}

static void lists(void **state)
{
    (void)state;
    static const char *const units[] = {"MiB", "GiB", "TiB"};
    static const struct {
        size_t n, limit;
        const char *want;
    } rows[] = {
        {3, 3, "MiB, GiB, TiB"},
        {3, 9, "MiB, GiB, TiB"},
        {3, 2, "MiB, GiB, ... (3 in all)"},
        {1, 1, "MiB"},
        {0, 5, ""},
        {3, 0, "... (3 in all)"},
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct buf out = {0};
        buf_add(&out, "", 0);
        words_list(&out, units, rows[i].n, rows[i].limit);
        assert_string_equal(out.v, rows[i].want);
        buf_free(&out);
    }
}

static void widths(void **state)
{
    (void)state;
    assert_int_equal(words_width(""), 0);
    assert_int_equal(words_width("aliyun-cn"), 9);
    assert_int_equal(words_width("阿里云"), 6);
    assert_int_equal(words_width("华北2（北京）"), 13);
    assert_int_equal(words_width("ﾊﾝｶｸ"), 4); /* halfwidth katakana */
    assert_int_equal(words_width("서울"), 4);
    assert_int_equal(words_width("e\xcc\x81t\xc3\xa9"), 3); /* e + combining acute, t, e acute */
    assert_int_equal(words_width("か\xe3\x82\x99"), 2);     /* ka + combining voiced mark */
    assert_int_equal(words_width("¥€—…"), 4);               /* ambiguous ones are narrow */
    assert_int_equal(words_width("\xf0\xa0\x80\x80"), 2);   /* U+20000 */
    assert_int_equal(words_width("\xf0\x9f\x98\x80"), 2);   /* U+1F600 */
    assert_int_equal(words_width("a\xe2\x80\x8b"
                                 "b"),
                     2);                              /* zero width space */
    assert_int_equal(words_width("\xff\xe4\xb8"), 3); /* broken bytes: one each */
    assert_int_equal(words_width("a\tb"), 3);
}

/* The ends of ranges, and what is just outside. */
static void borders_of_the_width_tables(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        size_t columns;
    } rows[] = {
        {"\xcb\xbf", 1},         /* U+02FF */
        {"\xcc\x80", 0},         /* U+0300, the first of the narrow */
        {"\xcd\xaf", 0},         /* U+036F */
        {"\xcd\xb0", 1},         /* U+0370 */
        {"\xe1\x83\xbf", 1},     /* U+10FF */
        {"\xe1\x84\x80", 2},     /* U+1100, the first of the wide */
        {"\xe1\x85\x9f", 2},     /* U+115F */
        {"\xe1\x85\xa0", 0},     /* U+1160 */
        {"\xe1\x87\xbf", 0},     /* U+11FF */
        {"\xe1\x88\x80", 1},     /* U+1200 */
        {"\xe3\x80\xbe", 2},     /* U+303E */
        {"\xe3\x80\xbf", 1},     /* U+303F */
        {"\xe4\xb6\xbf", 2},     /* U+4DBF */
        {"\xe4\xb7\x80", 1},     /* U+4DC0, a hexagram */
        {"\xe4\xb8\x80", 2},     /* U+4E00 */
        {"\xf0\xaf\xbf\xbd", 2}, /* U+2FFFD */
        {"\xf0\xbf\xbf\xbd", 2}, /* U+3FFFD */
        {"\xf0\xbf\xbf\xbe", 1}, /* U+3FFFE */
        {"\xf3\xa0\x87\xaf", 0}, /* U+E01EF, the last of the narrow */
        {"\xf3\xa0\x87\xb0", 1}, /* U+E01F0 */
        {"\xf4\x8f\xbf\xbf", 1}, /* U+10FFFF */
    };

    for (size_t i = 0; i < COUNT(rows); i++)
        assert_int_equal(words_width(rows[i].text), rows[i].columns);
}

static void pads(const char *text, size_t columns, bool right, const char *want)
{
    struct buf out = {0};

    buf_add(&out, "", 0);
    words_pad(&out, text, columns, right);
    assert_string_equal(out.v, want);
    assert_int_equal(words_width(out.v), columns);
    buf_free(&out);
}

static void padding_and_cutting(void **state)
{
    (void)state;
    pads("net", 6, false, "net   ");
    pads("net", 6, true, "   net");
    pads("net", 3, false, "net");
    pads("gross", 4, false, "gro~");
    pads("gross", 1, true, "~");
    pads("gross", 0, true, "");
    pads("", 2, false, "  ");
    pads("阿里云", 8, false, "阿里云  ");
    pads("阿里云", 8, true, "  阿里云");
    pads("阿里云", 5, false, "阿里~");
    pads("阿里云", 4, false, "阿~ ");
    pads("阿里云", 4, true, " 阿~");
    pads("阿里云", 2, false, "~ ");
    pads("e\xcc\x81t", 2, false, "e\xcc\x81t");
    pads("e\xcc\x81tat", 2, false, "e\xcc\x81~");
    pads("a\x1b[1m\xff\n", 8, false, "a?[1m?? ");
}

static void utf8(void **state)
{
    (void)state;
    assert_true(words_utf8("", 0));
    assert_true(words_utf8("plain ascii of some length, 阿里云, and more ascii", 53));
    assert_false(words_utf8("a\0b", 3));
    /* a bad byte at each place of a long text, so that each lane of the fast path sees one */
    for (size_t at = 0; at < 40; at++) {
        char text[40];
        memset(text, 'a', sizeof text);
        assert_true(words_utf8(text, sizeof text));
        text[at] = '\0';
        assert_false(words_utf8(text, sizeof text));
        text[at] = '\x80';
        assert_false(words_utf8(text, sizeof text));
        text[at] = '\x01';
        assert_true(words_utf8(text, sizeof text));
        text[at] = '\x7f';
        assert_true(words_utf8(text, sizeof text));
    }
}

static void same_but_for_case(void **state)
{
    (void)state;
    assert_true(words_same("CNY", "cny") && words_same("", "") && words_same("Z[a", "z[A"));
    assert_false(words_same("CNY", "CNYX") || words_same("CNYX", "CNY") || words_same("[", "{") ||
                 words_same("@", "`"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(near_misses),
        cmocka_unit_test(the_nearest_wins_and_the_first_of_equals),
        cmocka_unit_test(lists),
        cmocka_unit_test(widths),
        cmocka_unit_test(borders_of_the_width_tables),
        cmocka_unit_test(padding_and_cutting),
        cmocka_unit_test(utf8),
        cmocka_unit_test(same_but_for_case),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
