/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Keys from the environment, a file and a command; what is refused, and that nothing of a key is in
 * what is said about it.
 */
#include "tests/support/test.h"

#include "fetchers/credentials.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>
#ifdef __linux__
#include <sys/prctl.h>
#endif

/* ---- an environment and a directory of our own ---- */

struct setting {
    const char *name, *value;
};

static const char *get(void *ctx, const char *name)
{
    const struct setting *s = ctx;

    for (; s->name != NULL; s++)
        if (!strcmp(s->name, name))
            return s->value;
    return NULL;
}

static struct setting nothing[] = {{NULL, NULL}};
static char dir[] = "/tmp/tco-credentials-XXXXXX", path[128];

static struct key_source source(struct setting *settings)
{
    return (struct key_source){
        .provider = "aliyun", .file = "", .command = "", .environment = {get, settings}, .command_seconds = 20};
}

static struct key_source file_source(const char *text, mode_t mode)
{
    struct key_source from = source(nothing);
    FILE *f;

    snprintf(path, sizeof path, "%s/key", dir);
    unlink(path);
    f = fopen(path, "w");
    assert_non_null(f);
    fputs(text, f);
    fclose(f);
    assert_int_equal(chmod(path, mode), 0);
    from.file = path;
    return from;
}

static void write_script(const char *name, const char *text)
{
    char script[160];
    FILE *f;

    snprintf(script, sizeof script, "%s/%s", dir, name);
    f = fopen(script, "w");
    assert_non_null(f);
    fprintf(f, "#!/bin/sh\n%s\n", text);
    fclose(f);
    assert_int_equal(chmod(script, 0700), 0);
}

/* A command in the directory, with its arguments. */
static struct key_source command_source(const char *text, const char *arguments)
{
    static char line[256];
    static struct setting settings[] = {
        {"PATH", "/usr/bin:/bin"}, {"HOME", "/nowhere"}, {"SECRET_OF_OTHERS", "x"}, {NULL, NULL}};
    struct key_source from = source(settings);

    write_script("tool", text);
    snprintf(line, sizeof line, "%s/tool%s", dir, arguments);
    from.command = line;
    return from;
}

static int make_dir(void **state)
{
    (void)state;
    return mkdtemp(dir) == NULL;
}

static int remove_dir(void **state)
{
    static const char *const names[] = {"key", "tool", "link", "out"};
    char name[160];

    (void)state;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        snprintf(name, sizeof name, "%s/%s", dir, names[i]);
        unlink(name);
    }
    return rmdir(dir);
}

static void loads(const struct key_source *from, const char *id, const char *secret, const char *token)
{
    struct credentials c;
    struct err err = {.text = ""};

    if (credentials_load(&c, from, &err) != 0)
        fail_msg("%s", err.text);
    assert_string_equal(c.key.id, id);
    assert_string_equal(c.key.secret, secret);
    assert_string_equal(c.key.token, token);
    credentials_wipe(&c);
}

static bool all_zero(const struct credentials *c)
{
    const unsigned char *at = (const unsigned char *)c;
    size_t i = 0;

    while (i < sizeof *c && at[i] == 0)
        i++;
    return i == sizeof *c;
}

/* Refused with these words, and nothing of the key in them or left in memory. */
static void refuses(const struct key_source *from, enum err_kind kind, const char *says)
{
    struct credentials c;
    struct err err = {.text = ""};

    memset(&c, 'x', sizeof c);
    assert_int_equal(credentials_load(&c, from, &err), -1);
    if (strstr(err.text, says) == NULL)
        fail_msg("said: %s\nnot:  %s", err.text, says);
    assert_int_equal(err.kind, kind);
    assert_null(strstr(err.text, "hunter2"));
    assert_true(all_zero(&c));
}

/* ---- the environment ---- */

static void variables_of_the_provider_give_the_key(void **state)
{
    struct setting two[] = {{"TCO_ALIYUN_KEY_ID", "LTAI1"}, {"TCO_ALIYUN_KEY_SECRET", "hunter2"}, {NULL, NULL}};
    struct setting three[] = {{"TCO_ALIYUN_KEY_ID", "LTAI1"},
                              {"TCO_ALIYUN_KEY_SECRET", "hunter2"},
                              {"TCO_ALIYUN_KEY_TOKEN", "tok/en+=="},
                              {NULL, NULL}};
    struct setting dashed[] = {{"TCO_AZURE_CN_KEY_ID", "a"}, {"TCO_AZURE_CN_KEY_SECRET", "b"}, {NULL, NULL}};
    struct key_source from = source(two);

    (void)state;
    loads(&from, "LTAI1", "hunter2", "");
    from = source(three);
    from.file = "/not/there"; /* the environment comes first */
    loads(&from, "LTAI1", "hunter2", "tok/en+==");
    from = source(dashed);
    from.provider = "azure-cn";
    loads(&from, "a", "b", "");
}

static void half_a_key_is_none(void **state)
{
    struct setting id[] = {{"TCO_ALIYUN_KEY_ID", "hunter2"}, {"TCO_ALIYUN_KEY_SECRET", ""}, {NULL, NULL}};
    struct setting secret[] = {{"TCO_ALIYUN_KEY_SECRET", "hunter2"}, {NULL, NULL}};
    struct setting blank[] = {{"TCO_ALIYUN_KEY_ID", "LTAI1"}, {"TCO_ALIYUN_KEY_SECRET", "hunter2\n"}, {NULL, NULL}};
    struct setting empty[] = {{"TCO_ALIYUN_KEY_ID", ""}, {"TCO_ALIYUN_KEY_SECRET", ""}, {NULL, NULL}};
    char long_id[KEY_ID_MAX + 1];
    struct setting large[] = {{"TCO_ALIYUN_KEY_ID", long_id}, {"TCO_ALIYUN_KEY_SECRET", "hunter2"}, {NULL, NULL}};
    struct key_source from = source(id);

    (void)state;
    refuses(&from, ERR_USAGE, "TCO_ALIYUN_KEY_SECRET is not set");
    from = source(secret);
    refuses(&from, ERR_USAGE, "TCO_ALIYUN_KEY_ID is not set");
    from = source(blank);
    refuses(&from, ERR_USAGE, "TCO_ALIYUN_KEY_SECRET: the secret has a blank or a character beyond ASCII");
    from = source(empty);
    refuses(&from, ERR_FETCH, "no key of aliyun (set TCO_ALIYUN_KEY_ID and TCO_ALIYUN_KEY_SECRET, or");
    memset(long_id, 'h', KEY_ID_MAX);
    long_id[KEY_ID_MAX] = '\0';
    from = source(large);
    refuses(&from, ERR_USAGE, "TCO_ALIYUN_KEY_ID: the id is longer than 255 bytes");
    long_id[KEY_ID_MAX - 1] = '\0';
    loads(&from, long_id, "hunter2", "");
}

/* ---- files ---- */

static void a_private_file_gives_the_key(void **state)
{
    struct key_source from =
        file_source("# of the price reader\n\n id = LTAI1 \r\n;x\nsecret=hunter2\ntoken =\tt\n", 0600);

    (void)state;
    loads(&from, "LTAI1", "hunter2", "t");
    from = file_source("secret = a=b==\nid = x", 0400); /* no line end at the end; '=' in the value */
    loads(&from, "x", "a=b==", "");
}

static void the_home_directory_is_known_as_a_tilde(void **state)
{
    struct setting home[] = {{"HOME", dir}, {NULL, NULL}};
    struct key_source from = file_source("id = a\nsecret = b\n", 0600);

    (void)state;
    from.file = "~/key";
    refuses(&from, ERR_USAGE, "HOME is not set");
    from.environment.ctx = home;
    loads(&from, "a", "b", "");
}

static void a_file_others_can_read_is_refused(void **state)
{
    static const struct {
        mode_t mode;
        const char *says;
    } rows[] = {
        {0644, "has the mode 0644: others may read it (chmod 600 it)"},
        {0640, "has the mode 0640"},
        {0602, "has the mode 0602"},
        {0610, "has the mode 0610"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct key_source from = file_source("id = a\nsecret = hunter2\n", rows[i].mode);
        refuses(&from, ERR_USAGE, rows[i].says);
    }
}

static void what_is_no_file_of_ours_is_refused(void **state)
{
    struct key_source from = file_source("id = a\nsecret = hunter2\n", 0600);
    char link[160];

    (void)state;
    snprintf(link, sizeof link, "%s/link", dir);
    assert_int_equal(symlink(path, link), 0);
    from.file = link;
    refuses(&from, ERR_USAGE, "is a symbolic link");
    from.file = dir;
    refuses(&from, ERR_USAGE, "is no regular file");
    from.file = "/dev/null";
    refuses(&from, ERR_USAGE, "is no regular file");
    from.file = "/not/there";
    refuses(&from, ERR_USAGE, "cannot read key file '/not/there'");
    if (geteuid() == 0) { /* only root can give a file away */
        from = file_source("id = a\nsecret = hunter2\n", 0600);
        assert_int_equal(chown(path, 12345, 12345), 0);
        refuses(&from, ERR_USAGE, "belongs to another user");
    }
}

static void a_file_that_says_anything_else_is_refused(void **state)
{
    static const struct {
        const char *text, *says;
    } rows[] = {
        {"id = a\nsceret = hunter2\n", "key:2: not an entry (known: id = ..., secret = ..., token = ...)"},
        {"hunter2\n", "key:1: not an entry"},
        {"= hunter2\n", "key:1: not an entry"},
        {"[aliyun]\nid = a\n", "key:1: not an entry"},
        {"id = a\nsecret = hunter2\nsecret = hunter2\n", "key:3: a second secret"},
        {"id = a\nsecret = hunter2 x\n", "key:2: the secret has a blank"},
        {"id = a\nsecret = hunter2\xc3\xa9\n", "key:2: the secret has a blank or a character beyond ASCII"},
        {"id = a\n", "key: there is no secret"},
        {"secret = hunter2\n", "key: there is no id"},
        {"", "key: there is no id"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct key_source from = file_source(rows[i].text, 0600);
        refuses(&from, ERR_USAGE, rows[i].says);
    }
}

static void a_file_beyond_its_ceiling_is_refused(void **state)
{
    static char text[KEY_TEXT_MAX + 64];
    struct key_source from;

    (void)state;
    snprintf(text, sizeof text, "id = a\nsecret = hunter2\n#");
    memset(text + strlen(text), 'x', KEY_TEXT_MAX - 1 - strlen(text));
    assert_int_equal(strlen(text), KEY_TEXT_MAX - 1);
    from = file_source(text, 0600);
    loads(&from, "a", "hunter2", "");
    text[KEY_TEXT_MAX - 1] = 'x';
    from = file_source(text, 0600);
    refuses(&from, ERR_USAGE, "is larger than 16383 bytes");
}

/* ---- commands ---- */

static void a_command_prints_the_key(void **state)
{
    struct key_source from = command_source("echo LTAI1; echo hunter2", "");

    (void)state;
    loads(&from, "LTAI1", "hunter2", "");
    from = command_source("printf 'a\\r\\nhunter2\\nt'", "");
    loads(&from, "a", "hunter2", "t");
    from = command_source("echo \"$#\"; echo \"$1,$2,$3\"", "  'b'c  \"d\"\t'$HOME;x'  "); /* no shell */
    loads(&from, "3", "bc,d,$HOME;x", "");
}

/* Nothing of the environment but what is named; stdin gives nothing. */
static void a_command_sees_little_of_the_world(void **state)
{
    struct key_source from = command_source("echo \"id$SECRET_OF_OTHERS$TCO_ALIYUN_KEY_ID\"; echo \"$HOME$(cat)\"", "");

    (void)state;
    loads(&from, "id", "/nowhere", "");
    from = command_source("env | cut -d= -f1 | grep -vxE 'PATH|HOME|PWD|OLDPWD|SHLVL|_' | wc -l; echo s", "");
    loads(&from, "0", "s", "");
}

static void a_command_that_fails_gives_no_key(void **state)
{
    static const struct {
        const char *text;
        enum err_kind kind;
        const char *says;
    } rows[] = {
        {"echo a; echo hunter2; exit 3", ERR_FETCH, "key_command: it ended with status 3"},
        {"echo a; echo hunter2; kill -9 $$", ERR_FETCH, "key_command: it was ended by signal 9"},
        {"echo a", ERR_USAGE, "key_command: there is no secret"},
        {"true", ERR_USAGE, "key_command: there is no id"},
        {"echo; echo hunter2", ERR_USAGE, "key_command: there is no id"},
        {"echo a; echo hunter2; echo; echo hunter2", ERR_USAGE, "prints more than three lines"},
        {"echo a; echo 'hunter2 is it'", ERR_USAGE, "the secret has a blank"},
        {"printf 'a\\nhun\\000ter2\\n'", ERR_USAGE, "the secret has a blank or a character"},
        {"yes hunter2", ERR_FETCH, "prints more than 16383 bytes"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct key_source from = command_source(rows[i].text, "");
        refuses(&from, rows[i].kind, rows[i].says);
    }
}

static void a_command_has_a_limit_of_time(void **state)
{
    static const char *const rows[] = {"exec sleep 600", "echo a; exec sleep 600", "exec >&-; exec sleep 600",
                                       "while :; do printf x; sleep 0.1; done"};

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct key_source from = command_source(rows[i], "");
        from.command_seconds = 1;
        refuses(&from, ERR_FETCH, "key_command: no key in the time it has");
    }
}

static void what_cannot_be_started_is_said(void **state)
{
    struct key_source from = source(nothing);

    (void)state;
    from.command = "/not/there hunter2";
    refuses(&from, ERR_FETCH, "key_command: cannot start '/not/there': No such file");
    from.command = "   ";
    refuses(&from, ERR_USAGE, "key_command: no command");
    from.command = "'' hunter2";
    refuses(&from, ERR_USAGE, "key_command: no command");
    from.command = "tool 'hunter2";
    refuses(&from, ERR_USAGE, "key_command: a quote is not closed");
}

static void commands_have_a_most_of_words(void **state)
{
    char arguments[256] = "";
    struct key_source from;

    (void)state;
    for (size_t i = 0; i < 63; i++)
        snprintf(arguments + 2 * i, 3, " %c", (int)('a' + i % 26));
    from = command_source("echo \"$#\"; echo s", arguments);
    loads(&from, "63", "s", "");
    snprintf(arguments + 126, 3, " x");
    from = command_source("echo \"$#\"; echo s", arguments);
    refuses(&from, ERR_USAGE, "key_command: more than 64 words");
}

/* ---- where ---- */

static void where_a_key_comes_from_is_told_without_it(void **state)
{
    struct setting env[] = {{"TCO_ALIYUN_KEY_ID", "LTAI1"}, {"TCO_ALIYUN_KEY_SECRET", "hunter2"}, {NULL, NULL}};
    struct setting half[] = {{"TCO_ALIYUN_KEY_ID", "LTAI1"}, {NULL, NULL}};
    struct key_source from = source(env);
    struct key_place place;
    char text[200];

    (void)state;
    credentials_where(&from, &place);
    assert_int_equal(place.kind, KEY_IN_ENVIRONMENT);
    assert_string_equal(place.text, "environment");
    assert_false(place.refused);
    from = source(half);
    credentials_where(&from, &place);
    assert_true(place.refused);
    assert_non_null(strstr(place.why.text, "TCO_ALIYUN_KEY_SECRET is not set"));

    from = file_source("id = a\nsecret = hunter2\n", 0600);
    credentials_where(&from, &place);
    snprintf(text, sizeof text, "file %s", path);
    assert_int_equal(place.kind, KEY_IN_FILE);
    assert_string_equal(place.text, text);
    assert_false(place.refused);
    from = file_source("id = a\nsecret = hunter2\n", 0644);
    credentials_where(&from, &place);
    assert_true(place.refused);
    assert_non_null(strstr(place.why.text, "mode 0644"));

    from = source(nothing);
    credentials_where(&from, &place);
    assert_int_equal(place.kind, KEY_NOWHERE);
    assert_string_equal(place.text, "none");
}

/* A command may ask a person: it is not run only to say where keys come from; its arguments stay private. */
static void a_command_is_named_and_not_run(void **state)
{
    struct key_source from;
    struct key_place place;
    char script[200], out[160], text[200];

    (void)state;
    snprintf(out, sizeof out, "%s/out", dir);
    snprintf(script, sizeof script, "touch %s; echo a; echo b", out);
    from = command_source(script, " hunter2");
    credentials_where(&from, &place);
    snprintf(text, sizeof text, "command %s/tool", dir);
    assert_int_equal(place.kind, KEY_BY_COMMAND);
    assert_string_equal(place.text, text);
    assert_false(place.refused);
    assert_int_equal(access(out, F_OK), -1);
    from.command = "'tool";
    credentials_where(&from, &place);
    assert_true(place.refused);
    assert_string_equal(place.text, "command ");
}

/* ---- core dumps ---- */

static void core_dumps_go_off_and_come_back(void **state)
{
    struct rlimit before, during, after;
    struct core_dumps kept;
    struct err err;

    (void)state;
    assert_int_equal(getrlimit(RLIMIT_CORE, &before), 0);
    assert_int_equal(core_dumps_off(&kept, &err), 0);
    assert_int_equal(getrlimit(RLIMIT_CORE, &during), 0);
    assert_int_equal(during.rlim_cur, 0);
#ifdef __linux__
    assert_int_equal(prctl(PR_GET_DUMPABLE, 0, 0, 0, 0), 0);
#endif
    core_dumps_back(&kept);
    assert_int_equal(getrlimit(RLIMIT_CORE, &after), 0);
    assert_true(after.rlim_cur == before.rlim_cur && after.rlim_max == before.rlim_max);
#ifdef __linux__
    assert_int_equal(prctl(PR_GET_DUMPABLE, 0, 0, 0, 0), 1);
#endif
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(variables_of_the_provider_give_the_key),
        cmocka_unit_test(half_a_key_is_none),
        cmocka_unit_test(a_private_file_gives_the_key),
        cmocka_unit_test(the_home_directory_is_known_as_a_tilde),
        cmocka_unit_test(a_file_others_can_read_is_refused),
        cmocka_unit_test(what_is_no_file_of_ours_is_refused),
        cmocka_unit_test(a_file_that_says_anything_else_is_refused),
        cmocka_unit_test(a_file_beyond_its_ceiling_is_refused),
        cmocka_unit_test(a_command_prints_the_key),
        cmocka_unit_test(a_command_sees_little_of_the_world),
        cmocka_unit_test(a_command_that_fails_gives_no_key),
        cmocka_unit_test(a_command_has_a_limit_of_time),
        cmocka_unit_test(what_cannot_be_started_is_said),
        cmocka_unit_test(commands_have_a_most_of_words),
        cmocka_unit_test(where_a_key_comes_from_is_told_without_it),
        cmocka_unit_test(a_command_is_named_and_not_run),
        cmocka_unit_test(core_dumps_go_off_and_come_back),
    };

    return cmocka_run_group_tests(tests, make_dir, remove_dir);
}
