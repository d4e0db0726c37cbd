/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Every source, fetched by the program over HTTP from a provider of our own that serves its recorded
 * answers: questions, paths, signatures' headers and pages are those that really go out. And keys are
 * nowhere but in the signature.
 */
#define _XOPEN_SOURCE 700 /* nftw */
#include "tests/support/loopback.h"
#include "tests/support/program.h"
#include "tests/support/scratch.h"
#include "tests/support/test.h"

#include "calc/file.h"
#include "fetchers/fetcher.h"

#include <ftw.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define ID "AKIDexampleexample"
#define SHEET_HOST "https://upapisachinanorth3.blob.core.chinacloudapi.cn"
#define SECRET "s3cretS3cretS3cretS3cret"

static const struct recorded {
    const char *source, *site; /* site "" for rates */
    const char *more;          /* what the recorded answers are of */
} sources[] = {
#include "tests/support/recorded_sources.def"
};

static const struct recorded *find(const char *source, const char *site)
{
    for (size_t i = 0; i < sizeof sources / sizeof *sources; i++)
        if (!strcmp(sources[i].source, source) && !strcmp(sources[i].site, site))
            return &sources[i];
    return NULL;
}

static char key_id[64], key_secret[64];
static const char *env[] = {key_id, ID, key_secret, SECRET, NULL};

static void set_key(const char *provider)
{
    char upper[32];

    snprintf(upper, sizeof upper, "%s", provider != NULL ? provider : "none");
    for (char *p = upper; *p != '\0'; p++)
        if (*p >= 'a' && *p <= 'z')
            *p = (char)(*p - 'a' + 'A');
    snprintf(key_id, sizeof key_id, "TCO_%s_KEY_ID", upper);
    snprintf(key_secret, sizeof key_secret, "TCO_%s_KEY_SECRET", upper);
}

static void run(struct program *p, const struct recorded *s, const struct loopback *lb)
{
    char words[2048];

    snprintf(words, sizeof words,
             "fetch %s %s%s --set 'fetch %s.endpoint=%s' --set 'fetch %s.per_minute=1000000' --set network.retries=0 "
             "--format csv %s",
             s->source, *s->site ? "--site " : "", s->site, s->source, loopback_url(lb), s->source, s->more);
    program_run(p, words);
}

/* ---- the secret ---- */

static size_t secrets;

static int look(const char *path, const struct stat *st, int type, struct FTW *at)
{
    const char *body;
    size_t len;
    struct err err;

    (void)st;
    (void)at;
    if (type != FTW_F || file_map(path, &body, &len, &err) != 0)
        return 0;
    for (size_t i = 0; i + sizeof SECRET - 1 <= len; i++)
        if (memcmp(body + i, SECRET, sizeof SECRET - 1) == 0) {
            print_message("the secret stands in %s\n", path);
            secrets++;
            break;
        }
    file_unmap(body, len);
    return 0;
}

static void nowhere(const struct program *p, struct loopback *lb)
{
    assert_null(strstr(p->out, SECRET));
    assert_null(strstr(p->err, SECRET));
    for (size_t i = 0; i < loopback_count(lb, "*"); i++) {
        const struct loopback_seen *seen = loopback_seen(lb, "*", i);
        assert_null(strstr(seen->head, SECRET));
        assert_null(strstr(seen->path, SECRET));
        assert_null(strstr(seen->body, SECRET));
    }
    secrets = 0;
    nftw(scratch_path("cache"), look, 16, FTW_PHYS);
    assert_int_equal(secrets, 0);
}

/* ---- all of them ---- */

/* An answer that names the place of the next one names the provider's own host: here it is ours. */
static char *moved(struct loopback *lb, const char *name, const char *file, const char *host)
{
    const char *body, *at;
    size_t len;
    struct err err;
    char *out;

    if (file_map(file, &body, &len, &err) != 0)
        fail_msg("%s", err.text);
    out = calloc(1, len + strlen(loopback_url(lb)) + 1);
    assert_non_null(out);
    memcpy(out, body, len);
    file_unmap(body, len);
    at = strstr(out, host);
    assert_non_null(at);
    size_t before = (size_t)(at - out), cut = strlen(host);
    char *tail = strdup(at + cut);
    snprintf(out + before, len + strlen(loopback_url(lb)) + 1 - before, "%s%s", loopback_url(lb), tail);
    free(tail);
    loopback_order(lb, (struct loopback_order){.name = name, .deed = LOOPBACK_BYTES, .bytes = out, .len = strlen(out)});
    return out;
}

static void fetch_one(const struct fetcher *f, const char *site)
{
    const struct recorded *s = find(f->name, site);
    struct program p = {.env = env};
    char dir[128], line[128];

    if (s == NULL)
        fail_msg("tests/support/recorded_sources.def says nothing of %s at '%s'", f->name, site);
    snprintf(dir, sizeof dir, "fixtures/%s", f->name);
    struct loopback *lb = loopback_start(dir, LOOPBACK_HTTP);
    char *answer = !strcmp(f->name, "azure-sheet")
                       ? moved(lb, "download.json", "fixtures/azure-sheet/download.json", SHEET_HOST)
                       : NULL;
    set_key(f->key);
    run(&p, s, lb);
    snprintf(line, sizeof line, "%s,%s,taken,", f->name, site);
    for (size_t i = 0; p.status != 0 && i < loopback_count(lb, ""); i++)
        print_message("no recorded answer to %s %s\n", loopback_seen(lb, "", i)->method,
                      loopback_seen(lb, "", i)->path);
    program_expect(&p, 0, line, NULL);
    nowhere(&p, lb);
    /* and again from the raw answers alone */
    loopback_stop(lb);
    free(answer);
    char words[256];
    snprintf(words, sizeof words, "fetch %s %s%s --reparse --format csv", s->source, *site ? "--site " : "", site);
    program_run(&p, words);
    program_expect(&p, 0, line, NULL);
    program_free(&p);
}

static void every_source_is_fetched_over_http(void **state)
{
    (void)state;
    scratch_mkdir("cache");
    for (const struct fetcher *const *f = fetcher_table; *f != NULL; f++) {
        const char *last = NULL;
        for (const struct fetch_endpoint *e = (*f)->endpoints; e != NULL && e->url != NULL; e++) {
            if (last != NULL && !strcmp(last, e->site))
                continue;
            last = e->site;
            print_message("%s %s\n", (*f)->name, e->site);
            fetch_one(*f, e->site);
        }
    }
}

static void a_key_of_one_site_is_not_sent_to_another(void **state)
{
    struct program p = {.env = env};
    struct loopback *lb = loopback_start(NULL, LOOPBACK_HTTP);
    char words[512];

    (void)state;
    set_key("tencent");
    loopback_order(
        lb, (struct loopback_order){
                .name = "*", .deed = LOOPBACK_REDIRECT, .status = 307, .location = "https://cvm.tencentcloudapi.com/"});
    snprintf(
        words, sizeof words,
        "fetch tencent --site tencent-cn --region ap-beijing --set 'fetch tencent.endpoint=%s' --set network.retries=0",
        loopback_url(lb));
    program_run(&p, words);
    program_expect(&p, 6, "a signed question was answered with a redirect", NULL);
    assert_int_equal(loopback_count(lb, "*"), 1);
    loopback_stop(lb);
    program_free(&p);
}

static void a_missing_key_is_said(void **state)
{
    struct program p = {.env = NULL};

    (void)state;
    program_run(&p, "fetch tencent --site tencent-cn");
    program_expect(&p, 6, "tencent tencent-cn: failed:", "TCO_TENCENT_KEY_ID", NULL);
    program_free(&p);
}

static int forget(void **state)
{
    (void)state;
    scratch_free();
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_source_is_fetched_over_http),
        cmocka_unit_test(a_key_of_one_site_is_not_sent_to_another),
        cmocka_unit_test(a_missing_key_is_said),
    };

    signal(SIGPIPE, SIG_IGN);
    return cmocka_run_group_tests(tests, NULL, forget);
}
