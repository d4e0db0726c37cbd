/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One place after another is asked; the first that has a key gives it. Messages name the place and
 * what is wrong with it, never what was found there.
 */
#define _DEFAULT_SOURCE /* explicit_bzero */
#include "fetchers/credentials.h"

#include "fetchers/key_command.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>
#ifdef __linux__
#include <sys/prctl.h>
#endif

enum { PATH_TEXT = 4096 };

/* ---- a key in memory ---- */

void credentials_wipe(struct credentials *c)
{
    explicit_bzero(c, sizeof *c);
}

static int failed(struct credentials *c)
{
    credentials_wipe(c);
    return -1;
}

/* Keys are words of printable ASCII: they go into headers and queries. */
static int keep(char *into, size_t size, const char *word, size_t len, const char *what, const char *place,
                struct err *err)
{
    if (len >= size)
        return err_set(err, ERR_USAGE, "%s: the %s is longer than %zu bytes", place, what, size - 1);
    for (size_t i = 0; i < len; i++)
        if (word[i] <= ' ' || word[i] > '~')
            return err_set(err, ERR_USAGE, "%s: the %s has a blank or a character beyond ASCII", place, what);
    memcpy(into, word, len);
    into[len] = '\0';
    return 0;
}

enum part { PART_ID, PART_SECRET, PART_TOKEN, PARTS };
static const char *const part_names[PARTS] = {"id", "secret", "token"};

static int keep_part(struct credentials *c, enum part part, const char *word, size_t len, const char *place,
                     struct err *err)
{
    char *const into[PARTS] = {c->id, c->secret, c->token};
    static const size_t sizes[PARTS] = {KEY_ID_MAX, KEY_SECRET_MAX, KEY_TOKEN_MAX};

    return keep(into[part], sizes[part], word, len, part_names[part], place, err);
}

static int check_whole(const struct credentials *c, const char *place, struct err *err)
{
    if (*c->id == '\0' || *c->secret == '\0')
        return err_set(err, ERR_USAGE, "%s: there is no %s", place, *c->id == '\0' ? "id" : "secret");
    return 0;
}

/* ---- the environment ---- */

/* "TCO_ALIYUN_KEY_ID" */
static void variable(char out[80], const char *provider, enum part part)
{
    static const char *const ends[PARTS] = {"ID", "SECRET", "TOKEN"};

    int n = snprintf(out, 80, "TCO_%s_KEY_%s", provider, ends[part]);
    assert(n > 0 && n < 80);
    for (char *c = out; *c != '\0'; c++)
        *c = (char)(*c >= 'a' && *c <= 'z' ? *c - 'a' + 'A' : *c == '-' ? '_' : *c);
}

static const char *from_environment(const struct key_source *from, enum part part)
{
    char name[80];

    variable(name, from->provider, part);
    const char *value = from->environment.get(from->environment.ctx, name);
    return value != NULL ? value : "";
}

static bool in_environment(const struct key_source *from)
{
    return *from_environment(from, PART_ID) != '\0' || *from_environment(from, PART_SECRET) != '\0';
}

static int load_environment(struct credentials *c, const struct key_source *from, struct err *err)
{
    char name[80];

    for (int part = 0; part < PARTS; part++) {
        const char *value = from_environment(from, (enum part)part);
        variable(name, from->provider, (enum part)part);
        if (*value == '\0' && part != PART_TOKEN)
            return err_set(err, ERR_USAGE, "%s is not set (the id and the secret of a key belong together)", name);
        if (keep_part(c, (enum part)part, value, strlen(value), name, err) != 0)
            return -1;
    }
    return 0;
}

/* ---- a file ---- */

static int real_path(const struct key_source *from, char out[PATH_TEXT], struct err *err)
{
    const char *home = "", *rest = from->file;

    if (!strncmp(rest, "~/", 2)) {
        home = from->environment.get(from->environment.ctx, "HOME");
        if (home == NULL || *home == '\0')
            return err_set(err, ERR_USAGE, "key file '%s': HOME is not set", from->file);
        rest++;
    }
    int n = snprintf(out, PATH_TEXT, "%s%s", home, rest);
    return n >= 0 && n < PATH_TEXT ? 0 : err_set(err, ERR_USAGE, "the path of the key file is too long");
}

/* Looked at through the open file, so that it cannot be another one in between. */
static int check_file(int fd, const char *path, struct err *err)
{
    struct stat st;

    if (fstat(fd, &st) != 0)
        return err_set(err, ERR_USAGE, "cannot read key file '%s': %s", path, strerror(errno));
    if (!S_ISREG(st.st_mode))
        return err_set(err, ERR_USAGE, "key file '%s' is no regular file", path);
    if (st.st_uid != geteuid())
        return err_set(err, ERR_USAGE, "key file '%s' belongs to another user", path);
    if ((st.st_mode & (S_IRWXG | S_IRWXO | S_ISUID | S_ISGID)) != 0)
        return err_set(err, ERR_USAGE, "key file '%s' has the mode %04o: others may read it (chmod 600 it)", path,
                       (unsigned)(st.st_mode & 07777));
    return 0;
}

static int open_file(const char *path, struct err *err)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);

    if (fd < 0)
        return errno == ELOOP ? err_set(err, ERR_USAGE, "key file '%s' is a symbolic link", path)
                              : err_set(err, ERR_USAGE, "cannot read key file '%s': %s", path, strerror(errno));
    if (check_file(fd, path, err) == 0)
        return fd;
    close(fd);
    return -1;
}

static int read_all(int fd, char text[KEY_TEXT_MAX], size_t *len, const char *path, struct err *err)
{
    ssize_t got = 1;

    *len = 0;
    while (got != 0) {
        got = read(fd, text + *len, KEY_TEXT_MAX - *len);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return err_set(err, ERR_USAGE, "cannot read key file '%s': %s", path, strerror(errno));
        *len += (size_t)got;
        if (*len == KEY_TEXT_MAX)
            return err_set(err, ERR_USAGE, "key file '%s' is larger than %d bytes", path, KEY_TEXT_MAX - 1);
    }
    return 0;
}

struct span {
    const char *at;
    size_t len;
};

static struct span trimmed(const char *at, const char *end)
{
    while (at < end && (*at == ' ' || *at == '\t'))
        at++;
    while (at < end && (end[-1] == ' ' || end[-1] == '\t' || end[-1] == '\r'))
        end--;
    return (struct span){at, (size_t)(end - at)};
}

/* "secret = ..."; the line is not quoted in messages, for it may hold the secret. */
static int read_line(struct credentials *c, struct span line, const char *place, struct err *err)
{
    const char *end = line.at + line.len, *eq = line.len > 0 ? memchr(line.at, '=', line.len) : NULL;
    int part = 0;

    if (line.len == 0 || *line.at == '#' || *line.at == ';')
        return 0;
    struct span name = trimmed(line.at, eq != NULL ? eq : line.at);
    while (part < PARTS && (name.len != strlen(part_names[part]) || memcmp(name.at, part_names[part], name.len) != 0))
        part++;
    if (part == PARTS)
        return err_set(err, ERR_USAGE, "%s: not an entry (known: id = ..., secret = ..., token = ...)", place);
    const char *const held[PARTS] = {c->id, c->secret, c->token};
    struct span word = trimmed(eq + 1, end);
    if (*held[part] != '\0')
        return err_set(err, ERR_USAGE, "%s: a second %s", place, part_names[part]);
    return keep_part(c, (enum part)part, word.at, word.len, place, err);
}

static int read_entries(struct credentials *c, const char *text, size_t len, const char *path, struct err *err)
{
    char place[PATH_TEXT + 32];
    int number = 1;

    for (const char *at = text, *end = text + len; at < end; number++) {
        const char *lf = memchr(at, '\n', (size_t)(end - at));
        const char *stop = lf != NULL ? lf : end;
        snprintf(place, sizeof place, "%s:%d", path, number);
        if (read_line(c, trimmed(at, stop), place, err) != 0)
            return -1;
        at = stop + 1;
    }
    return check_whole(c, path, err);
}

static int load_file(struct credentials *c, const struct key_source *from, struct err *err)
{
    char path[PATH_TEXT], text[KEY_TEXT_MAX];
    size_t len;

    if (real_path(from, path, err) != 0)
        return -1;
    int fd = open_file(path, err);
    if (fd < 0)
        return -1;
    int rc = read_all(fd, text, &len, path, err);
    close(fd);
    if (rc == 0)
        rc = read_entries(c, text, len, path, err);
    explicit_bzero(text, sizeof text);
    return rc;
}

/* ---- a command ---- */

/* "id\nsecret[\ntoken]\n" */
static int read_answer(struct credentials *c, const char *text, size_t len, struct err *err)
{
    static const char place[] = "key_command";
    const char *at = text, *end = text + len;
    int part = 0;

    for (; at < end && part < PARTS; part++) {
        const char *lf = memchr(at, '\n', (size_t)(end - at));
        const char *stop = lf != NULL ? lf : end;
        struct span word = trimmed(at, stop);
        if (keep_part(c, (enum part)part, word.at, word.len, place, err) != 0)
            return -1;
        at = stop < end ? stop + 1 : end;
    }
    if (at < end)
        return err_set(err, ERR_USAGE, "%s: it prints more than three lines (known: id, secret, token)", place);
    return check_whole(c, place, err);
}

static int load_command(struct credentials *c, const struct key_source *from, struct err *err)
{
    enum { PATIENCE = 60 };
    char text[KEY_TEXT_MAX];
    size_t len;
    int seconds = from->command_seconds > 0 ? from->command_seconds : PATIENCE;
    int rc = key_command_run(from->command, &from->environment, seconds, text, sizeof text, &len, err);

    if (rc == 0)
        rc = read_answer(c, text, len, err);
    explicit_bzero(text, sizeof text);
    return rc;
}

/* ---- which of them ---- */

int credentials_load(struct credentials *out, const struct key_source *from, struct err *err)
{
    int rc;

    *out = (struct credentials){.id = ""};
    if (in_environment(from))
        rc = load_environment(out, from, err);
    else if (*from->file != '\0')
        rc = load_file(out, from, err);
    else if (*from->command != '\0')
        rc = load_command(out, from, err);
    else {
        char id[80], secret[80];
        variable(id, from->provider, PART_ID);
        variable(secret, from->provider, PART_SECRET);
        return err_set(err, ERR_FETCH, "no key of %s (set %s and %s, or key_file or key_command)", from->provider, id,
                       secret);
    }
    if (rc != 0)
        return failed(out);
    out->key = (struct fetch_key){out->id, out->secret, out->token};
    return 0;
}

void credentials_where(const struct key_source *from, struct key_place *out)
{
    struct credentials probe = {.id = ""};
    char name[KEY_COMMAND_NAME];

    *out = (struct key_place){.kind = KEY_NOWHERE, .text = "none"};
    if (in_environment(from)) {
        out->kind = KEY_IN_ENVIRONMENT;
        snprintf(out->text, sizeof out->text, "environment");
        out->refused = load_environment(&probe, from, &out->why) != 0;
    } else if (*from->file != '\0') {
        out->kind = KEY_IN_FILE;
        snprintf(out->text, sizeof out->text, "file %s", from->file);
        out->refused = load_file(&probe, from, &out->why) != 0;
    } else if (*from->command != '\0') {
        out->kind = KEY_BY_COMMAND;
        out->refused = key_command_name(from->command, name, &out->why) != 0;
        snprintf(out->text, sizeof out->text, "command %s", name);
    }
    credentials_wipe(&probe);
}

/* ---- core dumps ---- */

int core_dumps_off(struct core_dumps *before, struct err *err)
{
    struct rlimit limit;

    *before = (struct core_dumps){.dumpable = -1};
    if (getrlimit(RLIMIT_CORE, &limit) != 0)
        return err_set(err, ERR_INTERNAL, "cannot switch core dumps off: %s", strerror(errno));
    before->limit = limit.rlim_cur;
    before->had_limit = true;
    limit.rlim_cur = 0;
    if (setrlimit(RLIMIT_CORE, &limit) != 0)
        return err_set(err, ERR_INTERNAL, "cannot switch core dumps off: %s", strerror(errno));
#ifdef __linux__
    before->dumpable = prctl(PR_GET_DUMPABLE, 0, 0, 0, 0);
    if (prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) != 0)
        return err_set(err, ERR_INTERNAL, "cannot switch core dumps off: %s", strerror(errno));
#endif
    return 0;
}

void core_dumps_back(const struct core_dumps *before)
{
    struct rlimit limit;

    if (before->had_limit && getrlimit(RLIMIT_CORE, &limit) == 0) {
        limit.rlim_cur = (rlim_t)before->limit;
        (void)setrlimit(RLIMIT_CORE, &limit);
    }
#ifdef __linux__
    if (before->dumpable == 1)
        (void)prctl(PR_SET_DUMPABLE, 1, 0, 0, 0);
#endif
}
