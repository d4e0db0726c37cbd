/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Digests of FIPS 180-4's own examples, and of nothing; the vectors of RFC 4231 (HMAC-SHA-256), RFC 2202
 * (HMAC-SHA-1) and RFC 4648 (Base64).
 */
#include "tests/support/test.h"

#include "calc/hash.h"

#include <stdbool.h>
#include <string.h>

#define TWO_BLOCKS "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq"
#define TWO_BLOCKS_DIGEST "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"

static void digests_are_those_of_the_standard(void **state)
{
    static const struct {
        const char *text;
        size_t n;
        const char *digest;
    } rows[] = {
        {"abc", 3, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"},
        {TWO_BLOCKS, 56, TWO_BLOCKS_DIGEST},
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

static void pieces_give_the_digest_of_the_whole(void **state)
{
    char out[SHA256_TEXT];
    struct hashing *h = NULL;
    struct err err;

    (void)state;
    for (size_t cut = 0; cut <= 56; cut++) {
        assert_int_equal(hashing_open(&h, &err), 0);
        assert_int_equal(hashing_add(h, TWO_BLOCKS, cut, &err), 0);
        assert_int_equal(hashing_add(h, "", 0, &err), 0);
        assert_int_equal(hashing_add(h, &TWO_BLOCKS[cut], 56 - cut, &err), 0);
        assert_int_equal(hashing_finish(h, out, &err), 0);
        assert_string_equal(out, TWO_BLOCKS_DIGEST);
    }
    /* FIPS 180-4's long example: a million times "a". */
    assert_int_equal(hashing_open(&h, &err), 0);
    for (int i = 0; i < 1000 * 1000 / 8; i++)
        assert_int_equal(hashing_add(h, "aaaaaaaa", 8, &err), 0);
    assert_int_equal(hashing_finish(h, out, &err), 0);
    assert_string_equal(out, "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
    assert_int_equal(hashing_open(&h, &err), 0);
    hashing_free(h); /* half way */
    hashing_free(NULL);
}

/* ---- HMAC ---- */

/* A key or text of the vectors: a text, or one byte many times, or 01 02 03 and so on. */
struct given {
    const char *text;
    int byte;
    size_t n;
    bool counts;
};

static size_t spell(const struct given *g, unsigned char out[256])
{
    size_t n = g->text != NULL ? strlen(g->text) : g->n;

    for (size_t i = 0; i < n; i++)
        out[i] = (unsigned char)(g->text != NULL ? g->text[i] : g->counts ? (int)i + 1 : g->byte);
    return n;
}

#define LARGER_KEY "Test Using Larger Than Block-Size Key - Hash Key First"
#define LARGER_BOTH                                                                                                    \
    "This is a test using a larger than block-size key and a larger than block-size data. The key needs to be "        \
    "hashed before being used by the HMAC algorithm."

/* RFC 4231, sections 4.2 to 4.8; case 5 gives 128 bits only. */
static void hmac_sha256_is_that_of_rfc_4231(void **state)
{
    static const struct {
        struct given key, text;
        const char *digest;
    } rows[] = {
        {{.byte = 0x0b, .n = 20},
         {.text = "Hi There"},
         "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"},
        {{.text = "Jefe"},
         {.text = "what do ya want for nothing?"},
         "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"},
        {{.byte = 0xaa, .n = 20},
         {.byte = 0xdd, .n = 50},
         "773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe"},
        {{.n = 25, .counts = true},
         {.byte = 0xcd, .n = 50},
         "82558a389a443c0ea4cc819899f2083a85f0faa3e578f8077a2e3ff46729665b"},
        {{.byte = 0x0c, .n = 20}, {.text = "Test With Truncation"}, "a3b6167473100ee06e0c796c2955552b"},
        {{.byte = 0xaa, .n = 131},
         {.text = LARGER_KEY},
         "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"},
        {{.byte = 0xaa, .n = 131},
         {.text = LARGER_BOTH},
         "9b09ffa71b942fcb27635fbcd5b0e944bfdc63644f0713938a7f51535c3a35e2"},
    };
    unsigned char key[256], text[256], out[SHA256_BYTES];
    char hex[2 * SHA256_BYTES + 1];
    struct err err;

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        size_t key_len = spell(&rows[i].key, key), n = spell(&rows[i].text, text);
        assert_int_equal(hash_hmac_sha256(key, key_len, text, n, out, &err), 0);
        hash_hex(out, sizeof out, hex);
        assert_memory_equal(hex, rows[i].digest, strlen(rows[i].digest));
    }
}

/* RFC 2202, section 3. */
static void hmac_sha1_is_that_of_rfc_2202(void **state)
{
    static const struct {
        struct given key, text;
        const char *digest;
    } rows[] = {
        {{.byte = 0x0b, .n = 20}, {.text = "Hi There"}, "b617318655057264e28bc0b6fb378c8ef146be00"},
        {{.text = "Jefe"}, {.text = "what do ya want for nothing?"}, "effcdf6ae5eb2fa2d27416d5f184df9c259a7c79"},
        {{.byte = 0xaa, .n = 20}, {.byte = 0xdd, .n = 50}, "125d7342b9ac11cd91a39af48aa17b4f63f175d3"},
        {{.n = 25, .counts = true}, {.byte = 0xcd, .n = 50}, "4c9007f4026250c6bc8414f9bf50c86c2d7235da"},
        {{.byte = 0x0c, .n = 20}, {.text = "Test With Truncation"}, "4c1a03424b55e07fe7f27be1d58bb9324a9a5a04"},
        {{.byte = 0xaa, .n = 80}, {.text = LARGER_KEY}, "aa4ae5e15272d00e95705637ce8a3b55ed402112"},
        {{.byte = 0xaa, .n = 80},
         {.text = "Test Using Larger Than Block-Size Key and Larger Than One Block-Size Data"},
         "e8e99d0f45237d786d6bbaa7965c7808bbff1a91"},
    };
    unsigned char key[256], text[256], out[SHA1_BYTES];
    char hex[2 * SHA1_BYTES + 1];
    struct err err;

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        size_t key_len = spell(&rows[i].key, key), n = spell(&rows[i].text, text);
        assert_int_equal(hash_hmac_sha1(key, key_len, text, n, out, &err), 0);
        hash_hex(out, sizeof out, hex);
        assert_string_equal(hex, rows[i].digest);
    }
}

/* ---- as text ---- */

static void hexadecimal_is_lower_case(void **state)
{
    static const unsigned char bytes[] = {0x00, 0x09, 0x0a, 0xf0, 0xff};
    char out[11];

    (void)state;
    hash_hex(bytes, sizeof bytes, out);
    assert_string_equal(out, "00090af0ff");
    hash_hex(bytes, 0, out);
    assert_string_equal(out, "");
}

/* RFC 4648, section 10, and its alphabet's last two characters. */
static void base64_is_that_of_rfc_4648(void **state)
{
    static const struct {
        const char *text, *want;
    } rows[] = {{"", ""},
                {"f", "Zg=="},
                {"fo", "Zm8="},
                {"foo", "Zm9v"},
                {"foob", "Zm9vYg=="},
                {"fooba", "Zm9vYmE="},
                {"foobar", "Zm9vYmFy"},
                {"\xfb\xff", "+/8="}};
    unsigned char most[HASH_MAX];
    char out[BASE64_TEXT];

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        hash_base64((const unsigned char *)rows[i].text, strlen(rows[i].text), out);
        assert_string_equal(out, rows[i].want);
    }
    memset(most, 0xff, sizeof most);
    hash_base64(most, sizeof most, out);
    assert_string_equal(out, "//////////////////////////////////////////8=");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(digests_are_those_of_the_standard), cmocka_unit_test(pieces_give_the_digest_of_the_whole),
        cmocka_unit_test(hmac_sha256_is_that_of_rfc_4231),   cmocka_unit_test(hmac_sha1_is_that_of_rfc_2202),
        cmocka_unit_test(hexadecimal_is_lower_case),         cmocka_unit_test(base64_is_that_of_rfc_4648),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
