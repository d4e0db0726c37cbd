/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Raw answers: written under a ceiling and hashed, packed and unpacked, and nothing believed of a packed
 * file. The digest of "abc" is FIPS 180-4's own; the packed bytes were made by gzip(1).
 */
#include "tests/support/test.h"

#include "fetchers/raw.h"
#include "tests/support/scratch.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define ABC "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
#define NOTHING "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"

/* printf abc | gzip -n */
static const char abc_gz[] =
    "\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\x03\x4b\x4c\x4a\x06\x00\xc2\x41\x24\x35\x03\x00\x00\x00";
enum { ABC_GZ = sizeof abc_gz - 1 };

static int clean(void **state)
{
    (void)state;
    scratch_free();
    return 0;
}

static bool there(const char *name)
{
    return access(scratch_path(name), F_OK) == 0;
}

static void holds(const char *name, const char *want, size_t len)
{
    size_t n;
    char *bytes = scratch_read(name, &n);

    assert_int_equal(n, len);
    assert_memory_equal(bytes, want, len);
    free(bytes);
}

static void bytes_are_kept_and_hashed(void **state)
{
    struct raw r;
    struct err err;
    struct stat st;
    char sha256[SHA256_TEXT];

    (void)state;
    assert_int_equal(raw_open(&r, scratch_path("a"), 3, &err), 0);
    assert_true(raw_write(&r, "ab", 2));
    assert_true(raw_write(&r, "", 0));
    assert_true(raw_write(&r, "c", 1));
    assert_int_equal(r.n, 3);
    assert_int_equal(raw_finish(&r, sha256, &err), 0);
    assert_string_equal(sha256, ABC);
    holds("a", "abc", 3);
    assert_int_equal(stat(scratch_path("a"), &st), 0);
    assert_int_equal(st.st_mode & 07777, 0600);
    raw_abandon(&r);
    assert_int_equal(raw_open(&r, scratch_path("a"), 3, &err), -1);
    assert_int_equal(err.kind, ERR_FETCH);
    assert_non_null(strstr(err.text, "cannot create '"));
    assert_non_null(strstr(err.text, "/a': File exists"));
}

static void the_ceiling_is_exact(void **state)
{
    struct raw r;
    struct err err;
    char sha256[SHA256_TEXT];

    (void)state;
    assert_int_equal(raw_open(&r, scratch_path("a"), 3, &err), 0);
    assert_true(raw_write(&r, "ab", 2));
    assert_false(raw_write(&r, "cd", 2));
    assert_true(r.full);
    assert_int_equal(r.n, 2);
    assert_int_equal(raw_restart(&r, &err), 0);
    assert_false(r.full);
    assert_true(raw_write(&r, "abc", 3));
    assert_false(raw_write(&r, "d", 1));
    assert_int_equal(raw_finish(&r, sha256, &err), 0);
    assert_string_equal(sha256, ABC);
    holds("a", "abc", 3);
}

static void it_can_begin_anew_and_be_given_up(void **state)
{
    struct raw r;
    struct err err;
    char sha256[SHA256_TEXT];

    (void)state;
    assert_int_equal(raw_open(&r, scratch_path("a"), 100, &err), 0);
    assert_true(raw_write(&r, "something longer", 16));
    assert_int_equal(raw_restart(&r, &err), 0);
    assert_int_equal(r.n, 0);
    assert_int_equal(raw_finish(&r, sha256, &err), 0);
    assert_string_equal(sha256, NOTHING);
    holds("a", "", 0);

    struct raw zero = {0};
    int standard = fcntl(STDIN_FILENO, F_GETFD);
    raw_abandon(&zero); /* and does not close descriptor 0 */
    assert_int_equal(fcntl(STDIN_FILENO, F_GETFD), standard);
    assert_int_equal(raw_open(&r, scratch_path("b"), 100, &err), 0);
    int fd = r.fd;
    raw_abandon(&r);
    assert_int_equal(fcntl(fd, F_GETFD), -1);
    raw_abandon(&r);
}

static void a_full_disk_is_told_from_a_ceiling(void **state)
{
    struct raw r;
    struct err err;

    (void)state;
    assert_int_equal(raw_open(&r, scratch_path("a"), 100, &err), 0);
    int full = open("/dev/full", O_WRONLY);
    assert_true(full >= 0);
    assert_int_equal(dup2(full, r.fd), r.fd);
    close(full);
    assert_false(raw_write(&r, "abc", 3));
    assert_int_equal(errno, ENOSPC);
    assert_false(r.full);
    raw_abandon(&r);
}

/* ---- packed ---- */

/* Larger than any buffer on the way; of so many different bytes. */
static char *long_text(size_t n, unsigned bytes)
{
    char *text = malloc(n);
    uint32_t x = 1;

    assert_non_null(text);
    for (size_t i = 0; i < n; i++) {
        x = x * 1664525u + 1013904223u;
        text[i] = (char)('0' + (x >> 24) % bytes);
    }
    return text;
}

static void packs(const char *text, size_t n)
{
    char sha256[SHA256_TEXT];
    struct err err;

    scratch_bytes("a", text, n);
    assert_int_equal(hash_sha256(text, n, sha256, &err), 0);
    assert_int_equal(raw_pack(scratch_path("a"), &err), 0);
    assert_false(there("a"));
    assert_false(there("a.gz.part"));
    assert_int_equal(raw_unpack(scratch_path("a.gz"), scratch_path("b"), n, sha256, &err), 0);
    holds("b", text, n);
    assert_int_equal(unlink(scratch_path("b")), 0);
}

static void what_is_packed_comes_back(void **state)
{
    enum { BIG = 3 * 1000 * 1000 + 7 };
    const size_t sizes[] = {0, 1, 64 * 1024, 64 * 1024 + 1, BIG};
    const unsigned bytes[] = {1, 10, 256}; /* packed to next to nothing, to half, and not at all */
    struct stat st;

    (void)state;
    for (size_t k = 0; k < 3; k++) {
        char *text = long_text(BIG, bytes[k]);
        for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++)
            packs(text, sizes[i]);
        free(text);
        assert_int_equal(stat(scratch_path("a.gz"), &st), 0);
        assert_in_range(st.st_size, 0, k == 0 ? BIG / 100 : k == 1 ? BIG / 2 : BIG + BIG / 1000);
    }
}

static void packing_that_fails_leaves_the_plain_file(void **state)
{
    struct err err;

    (void)state;
    assert_int_equal(raw_pack(scratch_path("none"), &err), -1);
    assert_int_equal(err.kind, ERR_FETCH);
    assert_non_null(strstr(err.text, "cannot read '"));
    assert_false(there("none.gz"));
    scratch_write("a", "abc");
    scratch_mkdir("a.gz");
    assert_int_equal(raw_pack(scratch_path("a"), &err), -1);
    assert_non_null(strstr(err.text, "/a.gz': Is a directory"));
    holds("a", "abc", 3);
    assert_false(there("a.gz.part"));
    scratch_write("b", "abc");
    scratch_write("b.gz.part", "left by a process that died");
    assert_int_equal(raw_pack(scratch_path("b"), &err), 0);
    assert_false(there("b.gz.part"));
    assert_int_equal(raw_unpack(scratch_path("b.gz"), scratch_path("c"), 3, ABC, &err), 0);
}

static void unpack_refused(const char *bytes, size_t n, uint64_t ceiling, const char *sha256, const char *want)
{
    struct err err;
    char text[400];

    scratch_bytes("p.gz", bytes, n);
    assert_int_equal(raw_unpack(scratch_path("p.gz"), scratch_path("p"), ceiling, sha256, &err), -1);
    assert_int_equal(err.kind, ERR_FETCH);
    snprintf(text, sizeof text, "the packed answer '%s' %s", scratch_path("p.gz"), want);
    assert_string_equal(err.text, text);
    assert_false(there("p"));
}

static void a_packed_file_is_not_believed(void **state)
{
    struct err err;
    char bytes[2 * ABC_GZ];

    (void)state;
    memcpy(bytes, abc_gz, ABC_GZ);
    memcpy(bytes + ABC_GZ, abc_gz, ABC_GZ);
    scratch_bytes("p.gz", bytes, ABC_GZ);
    assert_int_equal(raw_unpack(scratch_path("p.gz"), scratch_path("p"), 3, ABC, &err), 0);
    holds("p", "abc", 3);
    assert_int_equal(raw_unpack(scratch_path("p.gz"), scratch_path("p"), 3, ABC, &err), -1);
    assert_non_null(strstr(err.text, "File exists"));
    holds("p", "abc", 3);
    unlink(scratch_path("p"));

    unpack_refused(bytes, ABC_GZ, 2, ABC, "holds more than 2 bytes");
    unpack_refused(bytes, ABC_GZ, 3, NOTHING, "is damaged: it is not what was received");
    unpack_refused(bytes, 2 * ABC_GZ, 6, ABC, "is damaged: it is not what was received");
    for (size_t n = 1; n < ABC_GZ; n++)
        unpack_refused(bytes, n, 3, ABC, "is damaged: it ends too early");
    unpack_refused(bytes, 0, 3, ABC, "is damaged: it is not what was received");
    bytes[ABC_GZ] = 'x';
    unpack_refused(bytes, ABC_GZ + 2, 3, ABC, "is damaged: it is not gzip");
    bytes[ABC_GZ - 8] ^= 1; /* the checksum */
    unpack_refused(bytes, ABC_GZ, 3, ABC, "is damaged: it is not gzip");
    unpack_refused("plain text", 10, 3, ABC, "is damaged: it is not gzip");
    assert_int_equal(raw_unpack(scratch_path("none.gz"), scratch_path("p"), 3, ABC, &err), -1);
    assert_non_null(strstr(err.text, "cannot read '"));
    assert_false(there("p"));
}

/* ---- on the way ---- */

static void open_both(struct raw *r, struct raw_unzip **u, uint64_t ceiling)
{
    struct err err;

    unlink(scratch_path("u"));
    assert_int_equal(raw_open(r, scratch_path("u"), ceiling, &err), 0);
    assert_int_equal(raw_unzip_open(u, &err), 0);
}

static void close_both(struct raw *r, struct raw_unzip *u)
{
    raw_abandon(r);
    raw_unzip_free(u);
}

static void gzip_comes_in_pieces(void **state)
{
    struct raw r;
    struct raw_unzip *u = NULL;

    (void)state;
    open_both(&r, &u, 6);
    assert_true(raw_unzip_whole(u));
    for (int members = 1; members <= 2; members++) {
        for (size_t i = 0; i < ABC_GZ; i++) {
            assert_int_equal(raw_unzip_write(u, &r, abc_gz + i, 1), RAW_TAKEN);
            assert_int_equal(raw_unzip_whole(u), i == ABC_GZ - 1);
        }
        assert_int_equal(r.n, 3 * members);
    }
    assert_int_equal(raw_unzip_write(u, &r, abc_gz, ABC_GZ), RAW_REFUSED);
    assert_true(r.full);
    close_both(&r, u);
    holds("u", "abcabc", 6);

    open_both(&r, &u, 6);
    assert_int_equal(raw_unzip_write(u, &r, abc_gz, ABC_GZ), RAW_TAKEN);
    assert_int_equal(raw_unzip_write(u, &r, "no gzip", 7), RAW_DAMAGED);
    close_both(&r, u);
    raw_unzip_free(NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_teardown(bytes_are_kept_and_hashed, clean),
        cmocka_unit_test_teardown(the_ceiling_is_exact, clean),
        cmocka_unit_test_teardown(it_can_begin_anew_and_be_given_up, clean),
        cmocka_unit_test_teardown(a_full_disk_is_told_from_a_ceiling, clean),
        cmocka_unit_test_teardown(what_is_packed_comes_back, clean),
        cmocka_unit_test_teardown(packing_that_fails_leaves_the_plain_file, clean),
        cmocka_unit_test_teardown(a_packed_file_is_not_believed, clean),
        cmocka_unit_test_teardown(gzip_comes_in_pieces, clean),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
