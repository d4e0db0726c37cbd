/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/support/prepared.h"

#include <stdio.h>

#define HEAD "[project]\nmonths = 3\nas_of = 2026-11-21\n[fx]\nUSD/CNY = 7.10\n"

static bool has_note(const struct site_estimate *e, const char *part)
{
    for (size_t i = 0; i < e->nnotes; i++)
        if (strstr(e->notes[i], part))
            return true;
    return false;
}

static void estimate(struct prepared *p, const char *text)
{
    char all[1024];
    snprintf(all, sizeof all, HEAD "%s", text);
    prepare_estimate(p, all, NULL, NULL);
}

static void conditions_and_duties_of_a_buyer_abroad(void **state)
{
    (void)state;
    struct prepared p;
    estimate(&p,
             "[compare]\nsites = aliyun-intl, aliyun-cn\ncity = Singapore\n[compute c]\nvcpu = 4\nmemory = 16 GiB\n");
    const struct site_estimate *intl = prepared_site(&p, "aliyun-intl"), *cn = prepared_site(&p, "aliyun-cn");
    assert_true(has_note(intl, "on condition: a mainland company needs a phone number"));
    assert_true(has_note(intl, "credited on the tax payment certificate"));
    assert_true(has_note(intl, "may be outside VAT: tax_rate = 0%"));
    assert_false(has_note(cn, "on condition"));
    assert_false(has_note(cn, "tax payment certificate"));
    assert_false(has_note(intl, "needs a tax filing"));
    prepared_free(&p);
}

static void a_large_payment_needs_a_filing(void **state)
{
    (void)state;
    struct prepared p;
    estimate(&p,
             "[compare]\nsites = aliyun-intl\ncity = Beijing\n[compute c]\nvcpu = 4\nmemory = 16 GiB\ncount = 500\n");
    assert_true(has_note(prepared_site(&p, "aliyun-intl"), "a payment above USD 50000 needs a tax filing"));
    prepared_free(&p);
}

/* Three lines of some 23,600 USD a month each are one payment of 70,900. */
static void lines_of_one_payment_count_together(void **state)
{
    (void)state;
    struct prepared p;
    static const char line[] = "vcpu = 4\nmemory = 16 GiB\ncount = 200\n";
    char text[512];
    snprintf(text, sizeof text,
             "[compare]\nsites = aliyun-intl\ncity = Beijing\n[compute a]\n%s[compute b]\n%s[compute c]\n%s", line,
             line, line);
    estimate(&p, text);
    assert_true(has_note(prepared_site(&p, "aliyun-intl"), "a payment above USD 50000 needs a tax filing"));
    prepared_free(&p);
}

static void filing_follows_region_and_workload(void **state)
{
    (void)state;
    struct prepared p;
    static const char *const where[] = {"Beijing", "Hong Kong"};
    for (size_t i = 0; i < 2; i++) {
        char text[256];
        snprintf(text, sizeof text, "[compare]\nsites = aliyun-cn\ncity = %s\n[egress out]\nvolume = 1 GB\n", where[i]);
        estimate(&p, text);
        assert_int_equal(has_note(prepared_site(&p, "aliyun-cn"), "ICP filing"), i == 0);
        prepared_free(&p);
    }
    estimate(&p, "[compare]\nsites = aliyun-cn\ncity = Beijing\n[compute c]\nvcpu = 1\nmemory = 1 GiB\n");
    assert_false(has_note(prepared_site(&p, "aliyun-cn"), "ICP filing")); /* nothing faces the public */
    prepared_free(&p);
}

static void weak_sources_are_named(void **state)
{
    (void)state;
    struct prepared p;
    estimate(&p, "[compare]\nsites = aliyun-cn\ncity = Beijing\n[nat gate]\n");
    assert_true(has_note(prepared_site(&p, "aliyun-cn"), "gate: price from a source of low confidence (acn-nat21)"));
    prepared_free(&p);
}

static void a_pin_smaller_than_asked_is_said(void **state)
{
    (void)state;
    struct prepared p;
    estimate(&p, "[compare]\nsites = aliyun-cn\ncity = Beijing\n"
                 "[compute c]\nvcpu = 8\nmemory = 16 GiB\nsku.aliyun-cn = ecs.g7.xlarge\n");
    const struct line *l = prepared_line(prepared_site(&p, "aliyun-cn"), "c");
    assert_int_equal(l->nnotes, 1);
    assert_string_equal(l->notes[0], "the pinned SKU is smaller than what is asked");
    prepared_free(&p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(conditions_and_duties_of_a_buyer_abroad),
        cmocka_unit_test(a_large_payment_needs_a_filing),
        cmocka_unit_test(lines_of_one_payment_count_together),
        cmocka_unit_test(filing_follows_region_and_workload),
        cmocka_unit_test(weak_sources_are_named),
        cmocka_unit_test(a_pin_smaller_than_asked_is_said),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
