/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The user's text in messages.
 */
#include "tests/support/test.h"

#include "calc/shown.h"
#include "calc/words.h"

#include <string.h>

static void short_text_is_itself(void **state)
{
    (void)state;
    char buf[SHOWN_MAX];
    static const char text[] = "16 GiB";
    assert_ptr_equal(shown(text, buf), text);
}

static void long_text_is_cut_at_a_character(void **state)
{
    (void)state;
    char buf[SHOWN_MAX], text[400];
    for (size_t lead = 0; lead < 3; lead++) { /* 京 is three bytes: every place of a cut inside it */
        size_t n = lead;
        memset(text, 'a', lead);
        for (; n + 3 < sizeof text; n += 3)
            memcpy(text + n, "京", 3);
        text[n] = '\0';
        const char *got = shown(text, buf);
        assert_ptr_equal(got, buf);
        assert_in_range(strlen(got), SHOWN_MAX - 4, SHOWN_MAX - 1);
        assert_true(words_utf8(got, strlen(got)));
        assert_string_equal(got + strlen(got) - 3, "...");
    }
}

static void the_longest_that_fits_is_whole(void **state)
{
    (void)state;
    char buf[SHOWN_MAX], text[SHOWN_MAX + 1];
    memset(text, 'x', sizeof text);
    text[SHOWN_MAX - 1] = '\0';
    assert_ptr_equal(shown(text, buf), text);
    text[SHOWN_MAX - 1] = 'x';
    text[SHOWN_MAX] = '\0';
    assert_int_equal(strlen(shown(text, buf)), SHOWN_MAX - 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(short_text_is_itself),
        cmocka_unit_test(long_text_is_cut_at_a_character),
        cmocka_unit_test(the_longest_that_fits_is_whole),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
