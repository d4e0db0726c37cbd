/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Files: read whole under a ceiling, replaced whole or not at all, nothing left beside.
 */
#include "tests/support/test.h"

#include "calc/file.h"

#include <dirent.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

static char dir[64];

static int make_dir(void **state)
{
    (void)state;
    snprintf(dir, sizeof dir, "/tmp/test_file.XXXXXX");
    return mkdtemp(dir) != NULL ? 0 : -1;
}

static int remove_dir(void **state)
{
    (void)state;
    DIR *d = opendir(dir);
    char path[400];

    for (struct dirent *e; d != NULL && (e = readdir(d)) != NULL;) {
        snprintf(path, sizeof path, "%s/%s", dir, e->d_name);
        if (e->d_name[0] != '.' && unlink(path) != 0)
            rmdir(path);
    }
    if (d != NULL)
        closedir(d);
    return rmdir(dir);
}

static const char *in_dir(const char *name)
{
    static char path[400];

    snprintf(path, sizeof path, "%s/%s", dir, name);
    return path;
}

/* Files in the directory, hidden ones too. */
static int entries(void)
{
    DIR *d = opendir(dir);
    int n = -2; /* . and .. */

    assert_non_null(d);
    while (readdir(d) != NULL)
        n++;
    closedir(d);
    return n;
}

static void holds(const char *path, const char *want, size_t len)
{
    struct buf got = {0};
    struct err err = {0};

    assert_int_equal(file_read(path, 10000000, &got, &err), 0);
    assert_int_equal(got.n, len);
    assert_memory_equal(got.v, want, len);
    assert_int_equal(got.v[got.n], '\0');
    buf_free(&got);
}

static void read_refused(const char *path, size_t ceiling, const char *want)
{
    struct buf got = {0};
    struct err err = {0};
    char text[600];

    assert_int_equal(file_read(path, ceiling, &got, &err), -1);
    assert_int_equal(err.kind, ERR_USAGE);
    snprintf(text, sizeof text, "cannot read '%s': %s", path, want);
    assert_string_equal(err.text, text);
    assert_null(got.v);
}

static void write_refused(const char *path, const char *want)
{
    struct err err = {0};
    char text[600];

    assert_int_equal(file_write(path, "x", 1, &err), -1);
    assert_int_equal(err.kind, ERR_USAGE);
    snprintf(text, sizeof text, "cannot write '%s': %s", path, want);
    assert_string_equal(err.text, text);
}

static void what_is_written_is_read(void **state)
{
    (void)state;
    struct err err = {0};
    const char *path = in_dir("a.csv");
    char *big = malloc(300001);
    struct stat st;

    assert_non_null(big);
    memset(big, 'z', 300001);
    assert_int_equal(file_write(path, "net\0,1\n", 7, &err), 0);
    holds(path, "net\0,1\n", 7);
    assert_int_equal(file_write(path, big, 300001, &err), 0);
    holds(path, big, 300001);
    assert_int_equal(chmod(path, 0640), 0);
    assert_int_equal(file_write(path, "", 0, &err), 0);
    holds(path, "", 0);
    assert_int_equal(stat(path, &st), 0);
    assert_int_equal(st.st_mode & 07777, 0640);
    assert_int_equal(entries(), 1);
    unlink(path);
    free(big);
}

static void the_ceiling_is_exact(void **state)
{
    (void)state;
    struct err err = {0};
    struct buf got = {0};
    const char *path = in_dir("c");
    int fds[2];

    assert_int_equal(file_write(path, "12345", 5, &err), 0);
    assert_int_equal(file_read(path, 5, &got, &err), 0);
    assert_string_equal(got.v, "12345");
    buf_free(&got);
    read_refused(path, 4, "it is larger than 4 bytes");
    read_refused(path, 0, "it is larger than 0 bytes");
    unlink(path);

    for (size_t ceiling = 5; ceiling >= 4; ceiling--) {
        assert_int_equal(pipe(fds), 0);
        assert_int_equal(write(fds[1], "12345", 5), 5);
        close(fds[1]);
        int keep = dup(STDIN_FILENO);
        dup2(fds[0], STDIN_FILENO);
        close(fds[0]);
        int rc = file_read("-", ceiling, &got, &err);
        dup2(keep, STDIN_FILENO);
        close(keep);
        assert_int_equal(rc, ceiling == 5 ? 0 : -1);
        if (rc == 0)
            assert_string_equal(got.v, "12345");
        else
            assert_string_equal(err.text, "cannot read 'standard input': it is larger than 4 bytes");
        buf_free(&got);
    }
}

static void what_cannot_be_read(void **state)
{
    (void)state;
    struct err err = {0};
    const char *at;
    size_t len;

    read_refused(in_dir("none"), 10, "No such file or directory");
    read_refused(dir, 10, "it is a directory");
    read_refused("/dev/null", 10, "it is not a regular file");
    read_refused("", 10, "No such file or directory");
    assert_int_equal(mkfifo(in_dir("fifo"), 0600), 0);
    read_refused(in_dir("fifo"), 10, "it is not a regular file"); /* and does not wait for a writer */
    unlink(in_dir("fifo"));
    assert_int_equal(file_map(dir, &at, &len, &err), -1);
    assert_int_equal(err.kind, ERR_USAGE);
    assert_int_equal(file_map(in_dir("none"), &at, &len, &err), -1);
}

static void maps(void **state)
{
    (void)state;
    struct err err = {0};
    const char *at = "", *path = in_dir("m");
    size_t len = 9;

    assert_int_equal(file_write(path, "", 0, &err), 0);
    assert_int_equal(file_map(path, &at, &len, &err), 0);
    assert_true(at == NULL && len == 0);
    file_unmap(at, len);
    assert_int_equal(file_write(path, "abc", 3, &err), 0);
    assert_int_equal(file_map(path, &at, &len, &err), 0);
    assert_int_equal(len, 3);
    assert_memory_equal(at, "abc", 3);
    file_unmap(at, len);
    unlink(path);
}

static void what_cannot_be_written(void **state)
{
    (void)state;
    write_refused(in_dir("no/such/dir"), "No such file or directory");
    write_refused(dir, "it is a directory");
    write_refused("", "No such file or directory");
    char name[300];
    memset(name, 'n', sizeof name - 1);
    name[sizeof name - 1] = '\0';
    write_refused(in_dir(name), "File name too long");
    assert_int_equal(entries(), 0);
}

/* A disk that fills up half way, as far as one process can arrange it: a limit on file sizes. */
static void a_failed_write_leaves_the_old_file(void **state)
{
    (void)state;
    struct err err = {0};
    struct rlimit was, small;
    const char *path = in_dir("old");
    char *big = calloc(1, 200000);

    assert_non_null(big);
    assert_int_equal(file_write(path, "old", 3, &err), 0);
    assert_int_equal(getrlimit(RLIMIT_FSIZE, &was), 0);
    void (*handler)(int) = signal(SIGXFSZ, SIG_IGN);
    small = was;
    small.rlim_cur = 100000;
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &small), 0);
    int rc = file_write(path, big, 200000, &err);
    setrlimit(RLIMIT_FSIZE, &was);
    signal(SIGXFSZ, handler);
    assert_int_equal(rc, -1);
    assert_non_null(strstr(err.text, "File too large"));
    holds(path, "old", 3);
    assert_int_equal(entries(), 1);
    unlink(path);
    free(big);
}

/* The FIFO in our own directory comes first: were special files replaced, the test would end there,
 * before it touches a device of the machine, which root could replace as well. */
static void special_files_are_written_through(void **state)
{
    (void)state;
    struct err err = {0};
    struct stat st;
    const char *path = in_dir("fifo");
    char text[8] = "";

    assert_int_equal(mkfifo(path, 0600), 0);
    int fd = open(path, O_RDONLY | O_NONBLOCK);
    assert_true(fd >= 0);
    assert_int_equal(file_write(path, "net", 3, &err), 0);
    assert_int_equal(lstat(path, &st), 0);
    assert_true(S_ISFIFO(st.st_mode));
    assert_int_equal(read(fd, text, sizeof text), 3);
    assert_string_equal(text, "net");
    close(fd);
    assert_int_equal(entries(), 1);
    unlink(path);

    assert_int_equal(file_write("/dev/null", "x", 1, &err), 0);
    assert_int_equal(stat("/dev/null", &st), 0);
    assert_true(S_ISCHR(st.st_mode));
    write_refused("/dev/full", "No space left on device");
}

static void a_descriptor_is_added_to(void **state)
{
    (void)state;
    struct err err = {0};
    char path[400], name[40];

    snprintf(path, sizeof path, "%s", in_dir("log"));
    assert_int_equal(file_write(path, "one,", 4, &err), 0);
    int fd = open(path, O_WRONLY | O_APPEND);
    snprintf(name, sizeof name, "/dev/fd/%d", fd);
    assert_int_equal(file_write(name, "two", 3, &err), 0);
    close(fd);
    holds(path, "one,two", 7);
    unlink(path);
}

static void a_symbolic_link_stays(void **state)
{
    (void)state;
    struct err err = {0};
    struct stat st;
    char target[400], link[400];

    snprintf(target, sizeof target, "%s", in_dir("target"));
    snprintf(link, sizeof link, "%s", in_dir("link"));
    assert_int_equal(file_write(target, "one", 3, &err), 0);
    assert_int_equal(symlink("target", link), 0);
    assert_int_equal(file_write(link, "two", 3, &err), 0);
    assert_int_equal(lstat(link, &st), 0);
    assert_true(S_ISLNK(st.st_mode));
    holds(target, "two", 3);
    assert_int_equal(entries(), 2);
    unlink(link);
    unlink(target);
}

static void a_temporary_of_a_dead_process_is_no_hindrance(void **state)
{
    (void)state;
    struct err err = {0};
    char left[400], path[400];

    snprintf(left, sizeof left, "%s/.tco-%ld-0.tmp", dir, (long)getpid());
    snprintf(path, sizeof path, "%s", in_dir("a"));
    int fd = open(left, O_CREAT | O_WRONLY, 0600);
    assert_true(fd >= 0);
    close(fd);
    assert_int_equal(file_write(path, "x", 1, &err), 0);
    holds(path, "x", 1);
    assert_int_equal(unlink(left), 0);
    unlink(path);
}

static void a_name_without_a_directory(void **state)
{
    (void)state;
    struct err err = {0};
    char was[4096];

    assert_non_null(getcwd(was, sizeof was));
    assert_int_equal(chdir(dir), 0);
    int rc = file_write("here", "x", 1, &err);
    int again = file_write("here", "y", 1, &err);
    assert_int_equal(chdir(was), 0);
    assert_true(rc == 0 && again == 0);
    holds(in_dir("here"), "y", 1);
    assert_int_equal(entries(), 1);
    unlink(in_dir("here"));
}

/* Until the commit the old file is there, whole. */
static void piece_by_piece(void **state)
{
    (void)state;
    struct err err = {0};
    struct file_out f;
    char path[400];

    snprintf(path, sizeof path, "%s", in_dir("pieces"));
    assert_int_equal(file_write(path, "old", 3, &err), 0);
    assert_int_equal(chmod(path, 0640), 0);
    assert_int_equal(file_out_open(&f, path, &err), 0);
    assert_int_equal(file_out_add(&f, "ne", 2, &err), 0);
    holds(path, "old", 3);
    assert_int_equal(file_out_add(&f, "w", 1, &err), 0);
    assert_int_equal(file_out_commit(&f, &err), 0);
    holds(path, "new", 3);
    struct stat st;
    assert_int_equal(stat(path, &st), 0);
    assert_int_equal(st.st_mode & 0777, 0640);
    assert_int_equal(entries(), 1);
    unlink(path);
}

static void dropped_pieces_leave_nothing(void **state)
{
    (void)state;
    struct err err = {0};
    struct file_out f;

    assert_int_equal(file_out_open(&f, in_dir("none"), &err), 0);
    assert_int_equal(file_out_add(&f, "x", 1, &err), 0);
    file_out_drop(&f);
    assert_int_equal(entries(), 0);
    assert_int_equal(file_out_open(&f, "/no/such/dir/x", &err), -1);
    file_out_drop(&f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_written_is_read),
        cmocka_unit_test(the_ceiling_is_exact),
        cmocka_unit_test(what_cannot_be_read),
        cmocka_unit_test(maps),
        cmocka_unit_test(what_cannot_be_written),
        cmocka_unit_test(a_failed_write_leaves_the_old_file),
        cmocka_unit_test(special_files_are_written_through),
        cmocka_unit_test(a_descriptor_is_added_to),
        cmocka_unit_test(a_symbolic_link_stays),
        cmocka_unit_test(a_name_without_a_directory),
        cmocka_unit_test(a_temporary_of_a_dead_process_is_no_hindrance),
        cmocka_unit_test(piece_by_piece),
        cmocka_unit_test(dropped_pieces_leave_nothing),
    };
    return cmocka_run_group_tests(tests, make_dir, remove_dir);
}
