/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The phrases: each is there in both languages and asks for the same {1} to {9}.
 */
#include "tests/support/test.h"

#include "calc/texts.h"
#include "calc/words.h"

#include <string.h>

/* A bit per place that a phrase leaves to be filled. */
static unsigned places(const char *phrase)
{
    unsigned set = 0;
    for (const char *t = phrase; (t = strchr(t, '{')) != NULL; t++) {
        assert_true(t[1] >= '1' && t[1] <= '9' && t[2] == '}');
        set |= 1u << (t[1] - '0');
    }
    return set;
}

static void both_languages(void **state)
{
    (void)state;
    for (int i = 0; i < TEXT_COUNT; i++) {
        const char *en = text("en", (enum text_id)i), *zh = text("zh", (enum text_id)i);
        assert_true(en[0] != '\0' && zh[0] != '\0');
        assert_true(words_utf8(en, strlen(en)) && words_utf8(zh, strlen(zh)));
        if (places(en) != places(zh))
            fail_msg("'%s' and '%s' leave different places", en, zh);
    }
}

static void any_other_language_is_english(void **state)
{
    (void)state;
    assert_string_equal(text("en", TEXT_COST), "Cost");
    assert_string_equal(text("zh", TEXT_COST), "总成本");
    assert_string_equal(text(NULL, TEXT_COST), "Cost");
    assert_string_equal(text("fr", TEXT_COST), "Cost");
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(both_languages),
                                       cmocka_unit_test(any_other_language_is_english)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
