/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * `tco fetch` as its user runs it, against a provider of our own over real HTTP and TLS: what it keeps,
 * what it refuses, and that a source that misbehaves leaves everything as it was.
 */
#include "tests/support/loopback.h"
#include "tests/support/program.h"
#include "tests/support/scratch.h"
#include "tests/support/small_data.h"
#include "tests/support/test.h"

#include <dirent.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

/* ---- a price list that any provider could have ---- */

#define LIST_HEADER "site,region,service,sku,os,charge,unit,price,currency,tax_basis,as_of\n"
#define LIST_ROW(sku, price)                                                                                           \
    "aliyun-cn,cn-hangzhou,compute," sku ",linux,on-demand,hour," price ",CNY,incl,2026-11-20\n"
static const char good_list[] = LIST_HEADER LIST_ROW("ecs.g7.large", "0.52325") LIST_ROW("ecs.g7.xlarge", "1.0465")
    LIST_ROW("ecs.c7.large", "0.4077");
/* The same a day later, one price moved a little. */
static const char next_list[] =
    LIST_HEADER "aliyun-cn,cn-hangzhou,compute,ecs.g7.large,linux,on-demand,hour,0.55,CNY,incl,2026-11-21\n"
                "aliyun-cn,cn-hangzhou,compute,ecs.g7.xlarge,linux,on-demand,hour,1.0465,CNY,incl,2026-11-21\n";

struct provider {
    struct loopback *lb;
    struct program p;
    char words[1024];
};

static char data_dir[256];

static void open_provider(struct provider *v, const char *dir, unsigned flags)
{
    snprintf(data_dir, sizeof data_dir, "%s", scratch_path("data"));
    *v = (struct provider){.lb = loopback_start(dir, flags), .p = {.data_dir = data_dir}};
}

static void close_provider(struct provider *v)
{
    loopback_stop(v->lb);
    program_free(&v->p);
    *v = (struct provider){0};
}

/* Fetches a source at the provider, quick to try again. */
static int fetch(struct provider *v, const char *source, const char *more)
{
    const char *ca = loopback_ca(v->lb);

    snprintf(v->words, sizeof v->words,
             "fetch %s --set 'fetch %s.endpoint=%s' --set 'fetch %s.per_minute=1000000' --set network.backoff=0.01 "
             "--set network.stall=1 %s%s%s %s",
             source, source, loopback_url(v->lb), source, ca != NULL ? "--set 'network.ca_bundle=" : "",
             ca != NULL ? ca : "", ca != NULL ? "'" : "", more);
    return program_run(&v->p, v->words);
}

/* The csv source reads one address of the provider. */
static int fetch_list(struct provider *v, const char *more)
{
    char words[512];

    snprintf(words, sizeof words, "--set 'fetch csv.file=%s/prices.csv' %s", loopback_url(v->lb), more);
    return fetch(v, "csv", words);
}

static void put_list(struct provider *v, const char *body)
{
    loopback_put(v->lb, "/prices.csv", "text/csv", body, strlen(body));
}

/* ---- what is on the disk ---- */

static size_t entries_of(const char *dir, const char *start)
{
    DIR *d = opendir(scratch_path(dir));
    size_t n = 0;

    for (struct dirent *e; d != NULL && (e = readdir(d)) != NULL;)
        n += strcmp(e->d_name, ".") != 0 && strcmp(e->d_name, "..") != 0 &&
             strncmp(e->d_name, start, strlen(start)) == 0;
    if (d != NULL)
        closedir(d);
    return n;
}

static char *list_now(void)
{
    size_t n;

    return access(scratch_path("cache/fetched/list.csv"), F_OK) == 0 ? scratch_read("cache/fetched/list.csv", &n)
                                                                     : strdup("");
}

static int clean(void **state)
{
    (void)state;
    scratch_free();
    small_data();
    return 0;
}

static int forget(void **state)
{
    (void)state;
    scratch_free();
    return 0;
}

/* ---- tests ---- */

static void a_fetched_price_is_the_price_from_then_on(void **state)
{
    struct provider v;

    (void)state;
    open_provider(&v, NULL, LOOPBACK_HTTP);
    put_list(&v, good_list);
    fetch_list(&v, "");
    program_expect(&v.p, 0, "csv", "taken", "2026-11-20", NULL);
    program_run(&v.p, "prices ecs.g7.large --site aliyun-cn --region cn-hangzhou --charge on-demand");
    program_expect(&v.p, 0, "0.52325", "2026-11-20", NULL);
    /* the same again is nothing new */
    fetch_list(&v, "--format csv");
    program_expect(&v.p, 0, "unchanged", NULL);
    /* a later day takes its place; the day before is still known */
    put_list(&v, next_list);
    fetch_list(&v, "");
    program_expect(&v.p, 0, "taken", "2026-11-21", NULL);
    program_run(&v.p, "prices ecs.g7.large --site aliyun-cn --region cn-hangzhou --charge on-demand");
    program_expect(&v.p, 0, "0.55", NULL);
    program_run(&v.p,
                "prices ecs.g7.large --site aliyun-cn --region cn-hangzhou --charge on-demand --as-of 2026-11-20");
    program_expect(&v.p, 0, "0.52325", NULL);
    assert_int_equal(entries_of("cache/fetched", ".work"), 0);
    close_provider(&v);
}

static void rates_are_fetched_too(void **state)
{
    struct provider v;

    (void)state;
    open_provider(&v, "fixtures/ecb", LOOPBACK_HTTP);
    fetch(&v, "ecb", "");
    program_expect(&v.p, 0, "ecb", "taken", NULL);
    close_provider(&v);
}

static void what_is_recent_is_not_asked(void **state)
{
    struct provider v;

    (void)state;
    open_provider(&v, NULL, LOOPBACK_HTTP);
    v.p.today = NULL;
    put_list(&v, good_list);
    fetch_list(&v, "");
    program_expect(&v.p, 0, "taken", NULL);
    size_t asked = loopback_count(v.lb, "*");
    /* received today by the clock, which is not the day of this world: the whole past is recent */
    fetch_list(&v, "--since '20000 days'");
    program_expect(&v.p, 0, "recent", NULL);
    assert_int_equal(loopback_count(v.lb, "*"), asked);
    fetch_list(&v, "--since soon");
    program_expect(&v.p, 2, "--since", NULL);
    close_provider(&v);
}

/* Puts the day the list was received on long before the "whole past" of --since. */
static void age_list(void)
{
    char *list = list_now(), *at;

    for (at = strchr(list, '\n'); at != NULL && (at = strchr(at, 'T')) != NULL && at[9] != 'Z';)
        at++;
    assert_non_null(at);
    memcpy(at - 10, "1970-01-02", 10);
    scratch_write("cache/fetched/list.csv", list);
    free(list);
}

static void what_was_the_same_lately_is_recent(void **state)
{
    struct provider v;

    (void)state;
    open_provider(&v, NULL, LOOPBACK_HTTP);
    put_list(&v, good_list);
    fetch_list(&v, "");
    age_list();
    fetch_list(&v, "--since '20000 days' --dry-run");
    program_expect(&v.p, 0, "would be taken", NULL);
    fetch_list(&v, "--since '20000 days'");
    program_expect(&v.p, 0, "unchanged", NULL);
    size_t asked = loopback_count(v.lb, "*");
    fetch_list(&v, "--since '20000 days'");
    program_expect(&v.p, 0, "recent", NULL);
    assert_int_equal(loopback_count(v.lb, "*"), asked);
    close_provider(&v);
}

static void a_part_says_nothing_of_the_rest(void **state)
{
    struct provider v;

    (void)state;
    open_provider(&v, "fixtures/aliyun-files", LOOPBACK_HTTP);
    fetch(&v, "aliyun-files", "--site aliyun-cn --region cn-beijing");
    program_expect(&v.p, 0, "taken", NULL);
    fetch(&v, "aliyun-files", "--site aliyun-cn --region cn-beijing --since '20000 days'");
    program_expect(&v.p, 0, "recent", NULL);
    fetch(&v, "aliyun-files", "--site aliyun-cn --since '20000 days'");
    program_expect(&v.p, 0, "taken", NULL);
    fetch(&v, "aliyun-files", "--site aliyun-cn --region cn-beijing --since '20000 days'");
    program_expect(&v.p, 0, "recent", NULL);
    close_provider(&v);
}

static void a_dry_run_keeps_nothing(void **state)
{
    struct provider v;

    (void)state;
    open_provider(&v, NULL, LOOPBACK_HTTP);
    put_list(&v, good_list);
    fetch_list(&v, "--dry-run");
    program_expect(&v.p, 0, "would be taken", NULL);
    assert_int_not_equal(access(scratch_path("cache/fetched/list.csv"), F_OK), 0);
    assert_int_equal(entries_of("cache/fetched", ".work"), 0);
    close_provider(&v);
}

static void raw_answers_are_kept_packed_and_read_again(void **state)
{
    struct provider v;
    size_t n;

    (void)state;
    open_provider(&v, NULL, LOOPBACK_HTTP);
    put_list(&v, good_list);
    fetch_list(&v, "");
    program_expect(&v.p, 0, "taken", NULL);
    close_provider(&v);
    char *list = list_now();
    char dir[256], path[512];
    const char *second = strchr(strchr(list, '\n'), ',') + 1; /* cell of the first line: dir */
    snprintf(dir, sizeof dir, "%.*s", (int)strcspn(second, ","), second);
    snprintf(path, sizeof path, "cache/fetched/%s", dir);
    assert_int_equal(entries_of(path, "1"), 1); /* one answer, packed */
    snprintf(path, sizeof path, "cache/fetched/%s/answers.csv", dir);
    char *answers = scratch_read(path, &n);
    assert_non_null(strstr(answers, "/prices.csv,200,text/csv"));
    free(answers);
    free(list);
    /* without a provider */
    program_run(&v.p, "fetch --reparse");
    program_expect(&v.p, 0, "csv", "taken", NULL);
    program_run(&v.p, "prices ecs.g7.large --site aliyun-cn --region cn-hangzhou --charge on-demand");
    program_expect(&v.p, 0, "0.52325", NULL);
    program_free(&v.p);
}

/* What is damaged or gone is said to be fetched again; so it can be. */
static void a_damaged_snapshot_is_taken_again(void **state)
{
    static const char *const tables[] = {"prices.csv", "sources.csv", "scopes.csv"};
    struct provider v;
    char path[256];

    (void)state;
    open_provider(&v, "fixtures/aliyun-files", LOOPBACK_HTTP);
    fetch(&v, "aliyun-files", "--site aliyun-cn");
    program_expect(&v.p, 0, "taken", NULL);
    for (size_t i = 0; i < 2 * (sizeof tables / sizeof *tables); i++) {
        /* where it lies now: each time it is taken, it comes into a directory of its own */
        char *list = list_now(), dir[128];
        const char *second = strchr(strchr(list, '\n'), ',') + 1;
        snprintf(dir, sizeof dir, "%.*s", (int)strcspn(second, ","), second);
        free(list);
        snprintf(path, sizeof path, "cache/fetched/%s/%s", dir, tables[i / 2]);
        if (i % 2 == 0)
            assert_int_equal(unlink(scratch_path(path)), 0);
        else
            scratch_write(path, "damaged\n");
        fetch(&v, "aliyun-files", "--site aliyun-cn");
        program_expect(&v.p, 0, "taken", NULL);
        fetch(&v, "aliyun-files", "--site aliyun-cn");
        program_expect(&v.p, 0, "unchanged", NULL);
        assert_null(strstr(v.p.err, "damaged"));
        assert_int_equal(entries_of("cache/fetched", "aliyun-files"), 1);
    }
    close_provider(&v);
}

/* ---- misbehaviour ---- */

static const struct deed {
    const char *what;
    struct loopback_order order;
    int status;
    const char *says;
} deeds[] = {
    {"cut once, then whole", {.deed = LOOPBACK_CUT, .times = 1}, 0, "taken"},
    {"hung up once", {.deed = LOOPBACK_HANGUP, .times = 1}, 0, "taken"},
    {"429, then well", {.deed = LOOPBACK_STATUS, .times = 1, .status = 429, .retry_after = "0"}, 0, "taken"},
    {"503 three times", {.deed = LOOPBACK_STATUS, .times = 3, .status = 503}, 0, "taken"},
    {"a byte order mark", {.deed = LOOPBACK_BOM}, 0, "taken"},
    {"redirected within", {.deed = LOOPBACK_REDIRECT, .times = 1, .location = "/prices.csv"}, 0, "taken"},
    {"500 for ever", {.deed = LOOPBACK_STATUS, .status = 500}, 6, "status 500 (tried 5 times)"},
    {"404", {.deed = LOOPBACK_STATUS, .status = 404}, 6, "status 404"},
    {"304, though nothing was said of what is held",
     {.deed = LOOPBACK_STATUS, .status = 304},
     6,
     "status 304 to a question that was not conditional"},
    {"asks for an hour",
     {.deed = LOOPBACK_STATUS, .status = 429, .retry_after = "3600"},
     6,
     "to be left alone for 3600 s"},
    {"always cut", {.deed = LOOPBACK_CUT}, 6, "(tried 5 times)"},
    {"half of it, whole in form", {.deed = LOOPBACK_BYTES, .bytes = "site,region\naliyun-cn", .len = 21}, 6, "failed"},
    {"bad gzip", {.deed = LOOPBACK_GZIP_BAD}, 6, "failed"},
    {"a gzip bomb", {.deed = LOOPBACK_GZIP_BOMB}, 6, "failed"},
    {"a terabyte announced", {.deed = LOOPBACK_HUGE_LENGTH}, 6, "failed"},
    {"redirected to another host",
     {.deed = LOOPBACK_REDIRECT, .location = "https://elsewhere.example.com/prices.csv"},
     6,
     "another host, 'elsewhere.example.com'"},
    {"redirected for ever", {.deed = LOOPBACK_REDIRECT}, 6, "redirected more than 5 times"},
    {"HTML in place of the list", {.deed = LOOPBACK_HTML}, 6, "failed"},
    {"nothing at all", {.deed = LOOPBACK_BYTES, .bytes = "", .len = 0}, 6, "failed"},
    {"only the header", {.deed = LOOPBACK_BYTES, .bytes = LIST_HEADER, .len = sizeof LIST_HEADER - 1}, 6, "no prices"},
};

static void a_source_that_misbehaves_leaves_what_is_held(void **state)
{
    struct provider v;

    (void)state;
    open_provider(&v, NULL, LOOPBACK_HTTP);
    put_list(&v, good_list);
    fetch_list(&v, "");
    program_expect(&v.p, 0, "taken", NULL);
    put_list(&v, next_list);
    for (size_t i = 0; i < sizeof deeds / sizeof *deeds; i++) {
        struct loopback_order order = deeds[i].order;
        char *before = list_now();
        order.name = "*";
        loopback_order(v.lb, order);
        fetch_list(&v, deeds[i].status == 0 ? "--dry-run" : "");
        print_message("%s\n", deeds[i].what);
        program_expect(&v.p, deeds[i].status, deeds[i].status == 0 ? "would be taken" : deeds[i].says, NULL);
        loopback_behave(v.lb);
        char *after = list_now();
        assert_string_equal(after, before);
        assert_int_equal(entries_of("cache/fetched", ".work"), 0);
        free(before);
        free(after);
        program_run(&v.p, "prices ecs.g7.large --site aliyun-cn --region cn-hangzhou --charge on-demand");
        program_expect(&v.p, 0, "0.52325", NULL);
    }
    close_provider(&v);
}

static void what_cannot_be_right_is_refused(void **state)
{
    static const struct {
        const char *what, *body, *says;
    } rows[] = {
        {"another currency",
         LIST_HEADER "aliyun-cn,cn-hangzhou,compute,ecs.g7.large,linux,on-demand,hour,0.5,USD,incl,2026-11-21\n",
         "prices.csv:2: currency: 'USD' is not the currency of aliyun-cn (known: CNY)"},
        {"a leap",
         LIST_HEADER "aliyun-cn,cn-hangzhou,compute,ecs.g7.large,linux,on-demand,hour,52.325,CNY,incl,2026-11-21\n",
         "1 price moved by more than 3 times"},
    };
    struct provider v;

    (void)state;
    open_provider(&v, NULL, LOOPBACK_HTTP);
    put_list(&v, good_list);
    fetch_list(&v, "--set 'fetch csv.site=aliyun-cn'");
    program_expect(&v.p, 0, "taken", NULL);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char *before = list_now();
        print_message("%s\n", rows[i].what);
        put_list(&v, rows[i].body);
        fetch_list(&v, "--set 'fetch csv.site=aliyun-cn'");
        program_expect(&v.p, 6, "refused", rows[i].says, NULL);
        char *after = list_now();
        assert_string_equal(after, before);
        free(before);
        free(after);
    }
    program_expect(
        &v.p, 6,
        "moved: cn-hangzhou compute ecs.g7.large linux on-demand per hour: 0.52325 CNY of 2026-11-20, now 52.325",
        NULL);
    fetch_list(&v, "--set 'fetch csv.site=aliyun-cn' --accept-moves");
    program_expect(&v.p, 0, "taken", NULL);
    close_provider(&v);
}

/* A list that says it is whole and holds a fraction of last time is not believed; one that drops a machine is,
 * and the machine is not sold any more. */
static void a_list_that_shrank_is_refused(void **state)
{
    static const char few[] =
        "{\"currency\":\"CNY\",\"version\":\"2.0.421\",\"publicationDate\":\"2026-11-20T00:00:00Z\",\"pricingInfo\":{"
        "\"cn-hangzhou::ecs.g7.large::vpc::linux::optimized\":{\"hours\":[{\"price\":\"0.52325\",\"period\":\"1\"}],"
        "\"months\":[],\"years\":[]}}}";
    struct provider v;

    (void)state;
    open_provider(&v, "fixtures/aliyun-files", LOOPBACK_HTTP);
    fetch(&v, "aliyun-files", "--site aliyun-cn --region cn-hangzhou");
    program_expect(&v.p, 0, "taken", NULL);
    char *before = list_now();
    loopback_order(v.lb, (struct loopback_order){.name = "ecs-price-info/instancePrice.json",
                                                 .deed = LOOPBACK_BYTES,
                                                 .bytes = few,
                                                 .len = sizeof few - 1});
    fetch(&v, "aliyun-files", "--site aliyun-cn --region cn-hangzhou");
    program_expect(&v.p, 6, "refused", "only 1 price of compute in cn-hangzhou, where there were 7 on 2025-12-03",
                   NULL);
    char *after = list_now();
    assert_string_equal(after, before);
    free(before);
    free(after);
    close_provider(&v);
}

#define TIERED_HEADER "site,region,service,sku,os,charge,unit,tier_from,tier_to,price,currency,tax_basis,as_of\n"
#define TIER(from, to, price, day)                                                                                     \
    "aliyun-cn,cn-hangzhou,egress,traffic,,on-demand,GB," from "," to "," price ",CNY,incl," day "\n"

/* Ten GB free, then 0.8 (documentation of ECS, 2020-12-29), then less: no tier may move unseen. */
static void every_tier_is_looked_at(void **state)
{
    static const char day1[] = TIERED_HEADER TIER("0", "10", "0", "2026-11-20") TIER("10", "100", "0.8", "2026-11-20")
        TIER("100", "", "0.5", "2026-11-20");
    static const char day2[] = TIERED_HEADER TIER("0", "10", "0", "2026-11-21") TIER("10", "100", "0.8", "2026-11-21")
        TIER("100", "", "1.6", "2026-11-21");
    static const char cut_elsewhere[] = TIERED_HEADER TIER("0", "10", "0", "2026-11-21")
        TIER("10", "50", "0.8", "2026-11-21") TIER("50", "", "0.5", "2026-11-21");
    struct provider v;

    (void)state;
    open_provider(&v, NULL, LOOPBACK_HTTP);
    put_list(&v, day1);
    fetch_list(&v, "");
    program_expect(&v.p, 0, "taken", NULL);
    put_list(&v, day2);
    fetch_list(&v, "");
    program_expect(&v.p, 6, "refused", "1 price moved by more than 3 times",
                   "moved: cn-hangzhou egress traffic on-demand per GB from 100: 0.5 CNY of 2026-11-20, now 1.6", NULL);
    put_list(&v, cut_elsewhere);
    fetch_list(&v, "");
    program_expect(&v.p, 0, "taken", NULL);
    close_provider(&v);
}

static void what_did_not_change_is_not_sent_again(void **state)
{
    struct provider v;

    (void)state;
    open_provider(&v, NULL, LOOPBACK_HTTP | LOOPBACK_ETAG);
    put_list(&v, good_list);
    fetch_list(&v, "");
    fetch_list(&v, "--format csv");
    program_expect(&v.p, 0, "csv,,unchanged,3,0,0,", NULL);
    const struct loopback_seen *seen = loopback_seen(v.lb, "*", loopback_count(v.lb, "/prices.csv") - 1);
    assert_non_null(loopback_header(seen, "If-None-Match"));
    close_provider(&v);
}

/* ---- TLS ---- */

static void certificates_are_verified(void **state)
{
    struct provider v;
    char words[512];

    (void)state;
    open_provider(&v, NULL, LOOPBACK_TLS);
    put_list(&v, good_list);
    fetch_list(&v, "");
    program_expect(&v.p, 0, "taken", NULL);
    snprintf(words, sizeof words, "fetch csv --set 'fetch csv.file=%s/prices.csv' --set network.retries=0",
             loopback_url(v.lb));
    program_run(&v.p, words);
    program_expect(&v.p, 6, "certificate", NULL);
    close_provider(&v);
    open_provider(&v, NULL, LOOPBACK_TLS | LOOPBACK_EXPIRED);
    put_list(&v, good_list);
    fetch_list(&v, "");
    program_expect(&v.p, 6, "certificate", NULL);
    close_provider(&v);
    open_provider(&v, NULL, LOOPBACK_TLS | LOOPBACK_OTHER_NAME);
    put_list(&v, good_list);
    fetch_list(&v, "");
    program_expect(&v.p, 6, "certificate", NULL);
    close_provider(&v);
}

/* ---- stopping in the middle ---- */

static bool at_once(void)
{
    return true;
}

static void an_interrupt_leaves_everything_as_it_was(void **state)
{
    struct provider v;

    (void)state;
    open_provider(&v, NULL, LOOPBACK_HTTP);
    put_list(&v, good_list);
    v.p.interrupted = at_once;
    fetch_list(&v, "");
    program_expect(&v.p, 6, "interrupted", NULL);
    assert_int_equal(entries_of("cache/fetched", ".work"), 0);
    assert_int_not_equal(access(scratch_path("cache/fetched/list.csv"), F_OK), 0);
    close_provider(&v);
}

static void nothing_is_there_yet(void)
{
    assert_int_equal(entries_of("cache/fetched", ".work"), 0);
}

static void ctrl_c_is_watched_for_before_anything_is_made(void **state)
{
    struct provider v;

    (void)state;
    open_provider(&v, NULL, LOOPBACK_HTTP);
    put_list(&v, good_list);
    v.p.watching = nothing_is_there_yet;
    fetch_list(&v, "");
    program_expect(&v.p, 0, "taken", NULL);
    close_provider(&v);
}

/* ---- what is shown, and what is not ---- */

static void progress_goes_before_anything_is_said(void **state)
{
    static const char gone[] = "\033[1A\033[J";
    struct provider v;

    (void)state;
    open_provider(&v, NULL, LOOPBACK_HTTP);
    put_list(&v, good_list);
    fetch_list(&v, "");
    v.p.terminal = true;
    put_list(&v, next_list);
    loopback_order(v.lb, (struct loopback_order){"*", LOOPBACK_STATUS, .times = 1, .status = 503});
    fetch_list(&v, "");
    program_expect(&v.p, 0, "\033[?7l\033[K  csv ", "\033[J\033[?7h", NULL);
    const char *said = strstr(v.p.err, "tco: loaded");
    assert_non_null(said);
    assert_true(said - v.p.err > (long)strlen(gone));
    assert_memory_equal(said - strlen(gone), gone, strlen(gone));
    assert_null(strstr(said, "\033[K")); /* and does not come back */
    close_provider(&v);
}

/* The command inherits the limit; while it runs, keys read before may be in memory. */
static void keys_are_read_without_core_dumps(void **state)
{
    struct program p = {.data_dir = NULL};
    struct rlimit limit;

    (void)state;
    assert_int_equal(getrlimit(RLIMIT_CORE, &limit), 0);
    limit.rlim_cur = limit.rlim_max;
    assert_int_equal(setrlimit(RLIMIT_CORE, &limit), 0);
    program_run(&p, "fetch baidu --set 'fetch baidu.key_command=sh -c \"test $(ulimit -c) = 0\"'");
    program_expect(&p, 6, "key_command: there is no id", NULL);
    program_free(&p);
}

/* Two sites fetched at different times, one key nobody should see: what the doctor says of them. */
static void the_doctor_tells_sites_and_reasons_apart(void **state)
{
    struct provider v;

    (void)state;
    open_provider(&v, "fixtures/aliyun-files", LOOPBACK_HTTP);
    fetch(&v, "aliyun-files", "--site aliyun-intl");
    program_run(&v.p, "doctor");
    program_expect(&v.p, 0, "not needed  2022-11-10 (1472 days)\n    nothing held of aliyun-cn\n", NULL);
    fetch(&v, "aliyun-files", "--site aliyun-cn");
    program_run(&v.p, "doctor");
    program_expect(&v.p, 0, "not needed  2022-11-10 to 2025-12-03\n", NULL);
    scratch_write("key", "id = a\nsecret = b\n");
    assert_int_equal(chmod(scratch_path("key"), 0640), 0);
    snprintf(v.words, sizeof v.words, "doctor --set 'fetch baidu.key_file=%s'", scratch_path("key"));
    program_run(&v.p, v.words);
    program_expect(&v.p, 2, "/key: refused ", "    key file '",
                   "has the mode 0640: others may read it (chmod 600 it)\n", NULL);
    close_provider(&v);
}

static void fetch_in_child(struct provider *v, pid_t *child)
{
    fflush(NULL);
    *child = fork();
    assert_true(*child >= 0);
    if (*child == 0) {
        fetch_list(v, "");
        _exit(0);
    }
}

static long nanoseconds(void)
{
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec * 1000000000L + t.tv_nsec;
}

/* A child that fetches and is killed at some moment; what the parent then sees is the old or the new. */
static void a_kill_at_any_moment_loses_nothing(void **state)
{
    enum { ROUNDS = 100 };
    static char bodies[ROUNDS][256]; /* the provider may still be sending one when the next is made */
    struct provider v;
    int taken = 0;

    (void)state;
    open_provider(&v, NULL, LOOPBACK_HTTP);
    put_list(&v, good_list);
    fetch_list(&v, "");
    program_expect(&v.p, 0, "taken", NULL);
    pid_t first;
    long start = nanoseconds();
    put_list(&v, next_list);
    fetch_in_child(&v, &first);
    assert_int_equal(waitpid(first, NULL, 0), first);
    long whole = nanoseconds() - start; /* what a fetch takes here */
    for (int i = 0; i < ROUNDS; i++) {
        char *body = bodies[i];
        snprintf(body, sizeof bodies[i],
                 LIST_HEADER
                 "aliyun-cn,cn-hangzhou,compute,ecs.g7.large,linux,on-demand,hour,0.5%03d,CNY,incl,2026-11-21\n",
                 i);
        put_list(&v, body);
        pid_t child;
        fetch_in_child(&v, &child);
        long wait = whole / ROUNDS * i * 5 / 4; /* all moments, and a few after the end */
        nanosleep(&(struct timespec){.tv_sec = wait / 1000000000L, .tv_nsec = wait % 1000000000L}, NULL);
        if (i + 1 < ROUNDS) /* the last may end, however slow the machine has become */
            kill(child, SIGKILL);
        int status;
        assert_int_equal(waitpid(child, &status, 0), child);
        taken += WIFEXITED(status);
        loopback_put(v.lb, "/prices.csv", "text/csv", "", 0);
        program_run(&v.p, "prices ecs.g7.large --site aliyun-cn --region cn-hangzhou --charge on-demand --format csv");
        program_expect(&v.p, 0, "ecs.g7.large,linux,on-demand,,,hour,0,,,0.5", NULL);
    }
    put_list(&v, next_list);
    fetch_list(&v, "");
    program_expect(&v.p, 0, NULL);
    assert_int_equal(entries_of("cache/fetched", ".work"), 0);
    assert_in_range(taken, 1, ROUNDS - 1); /* some ended before they were killed, some did not */
    close_provider(&v);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(a_fetched_price_is_the_price_from_then_on, clean),
        cmocka_unit_test_setup(rates_are_fetched_too, clean),
        cmocka_unit_test_setup(what_is_recent_is_not_asked, clean),
        cmocka_unit_test_setup(what_was_the_same_lately_is_recent, clean),
        cmocka_unit_test_setup(a_part_says_nothing_of_the_rest, clean),
        cmocka_unit_test_setup(a_dry_run_keeps_nothing, clean),
        cmocka_unit_test_setup(raw_answers_are_kept_packed_and_read_again, clean),
        cmocka_unit_test_setup(a_damaged_snapshot_is_taken_again, clean),
        cmocka_unit_test_setup(a_source_that_misbehaves_leaves_what_is_held, clean),
        cmocka_unit_test_setup(what_cannot_be_right_is_refused, clean),
        cmocka_unit_test_setup(a_list_that_shrank_is_refused, clean),
        cmocka_unit_test_setup(every_tier_is_looked_at, clean),
        cmocka_unit_test_setup(what_did_not_change_is_not_sent_again, clean),
        cmocka_unit_test_setup(certificates_are_verified, clean),
        cmocka_unit_test_setup(an_interrupt_leaves_everything_as_it_was, clean),
        cmocka_unit_test_setup(ctrl_c_is_watched_for_before_anything_is_made, clean),
        cmocka_unit_test_setup(progress_goes_before_anything_is_said, clean),
        cmocka_unit_test_setup(keys_are_read_without_core_dumps, clean),
        cmocka_unit_test_setup(the_doctor_tells_sites_and_reasons_apart, clean),
        cmocka_unit_test_setup(a_kill_at_any_moment_loses_nothing, clean),
    };

    signal(SIGPIPE, SIG_IGN);
    return cmocka_run_group_tests(tests, NULL, forget);
}
