/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Digests of FIPS 180-4's own examples, and of nothing.
 */
#include "tests/support/test.h"

#include "calc/hash.h"

static void digests_are_those_of_the_standard(void **state)
{
    static const struct {
        const char *text;
        size_t n;
        const char *digest;
    } rows[] = {
        {"abc", 3, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"},
        {"abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq", 56,
         "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"},
        {NULL, 0, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"},
    };
    char out[SHA256_TEXT];
    struct err err;

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        assert_int_equal(hash_sha256(rows[i].text, rows[i].n, out, &err), 0);
        assert_string_equal(out, rows[i].digest);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(digests_are_those_of_the_standard)};

    return cmocka_run_group_tests(tests, NULL, NULL);
}
