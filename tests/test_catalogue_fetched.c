/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What was fetched, in the catalogue: what later lists of a source end or replace, what is left out, and
 * that a catalogue built anew says the same. Prices of a place the small data has none of: nat at
 * aliyun-cn cn-hangzhou, whose SKUs are a, b, c. The answers follow from the dates written here.
 */
#define _XOPEN_SOURCE 700 /* fork */
#include "tests/support/fetched_case.h"
#include "tests/support/pack_case.h"
#include "tests/support/scratch.h"
#include "tests/support/small_data.h"
#include "tests/support/test.h"

#include "calc/dirs.h"
#include "calc/file.h"
#include "calc/packdir.h"
#include "calc/store.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

enum { ALL = (1u << CHARGE_BEST) - 1 };
#define TODAY "2026-11-21"
#define FULL "region,service,full\ncn-hangzhou,nat,yes\n"
#define PARTIAL "region,service,full\ncn-hangzhou,nat,no\n"

static int setup(void **state)
{
    (void)state;
    small_data();
    scratch_mkdir("cache");
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    scratch_free();
    return 0;
}

static int start_anew(void **state)
{
    (void)state;
    assert_int_equal(dirs_remove(scratch_path("cache")), 0);
    scratch_mkdir("cache");
    return 0;
}

/* ---- fetching ---- */

/* "a 1.5 2026-01-01 | b 2 2026-02-01" as rows of prices.csv, without the header. */
static void write_rows(char *out, size_t size, const char *rows)
{
    char sku[16], price[16], day[16];
    int used;

    *out = '\0';
    for (; *rows != '\0'; rows += used) {
        const char *blank = strchr(rows, ' '), *second = strchr(blank + 1, ' ');
        snprintf(sku, sizeof sku, "%.*s", (int)(blank - rows), rows);
        snprintf(price, sizeof price, "%.*s", (int)(second - blank - 1), blank + 1);
        snprintf(day, sizeof day, "%.10s", second + 1);
        used = (int)(second + 11 - rows) + (second[11] == '\0' ? 0 : 3);
        size_t n = strlen(out);
        snprintf(out + n, size - n, "aliyun-cn,cn-hangzhou,nat,%s,,on-demand,,,hour,,,,%s,CNY,incl,0.06,%s,list\n", sku,
                 price, day);
    }
}

/* Puts a snapshot of these rows on the list; name NULL: a new one. */
static struct fetched_entry fetch_as(const char *name, const char *source, const char *received, const char *rows,
                                     const char *scopes, struct arena *a)
{
    char text[4096];

    write_rows(text, sizeof text, rows);
    return fetched_case_put(name, source, "aliyun-cn", received, text, scopes, a);
}

static void write_pack(const char *path, const char *rows)
{
    char text[4096];
    size_t n = strlen(PRICE_HEADER);

    memcpy(text, PRICE_HEADER, n);
    write_rows(text + n, sizeof text - n, rows);
    scratch_write(path, text);
}

static void fetch(const char *received, const char *rows, const char *scopes)
{
    struct arena a = {NULL};

    fetch_as(NULL, "aliyun", received, rows, scopes, &a);
    arena_free(&a);
}

static void fetch_rates(const char *source, const char *text)
{
    struct arena a = {NULL};
    struct fetched_work w = fetched_case_open(&a);
    char digest[SHA256_TEXT];
    struct err err;

    fetched_case_file(&w, "rates.csv", text);
    assert_int_equal(hash_sha256(text, strlen(text), digest, &err), 0);
    fetched_case_commit(&w,
                        (struct fetched_entry){.source = source,
                                               .site = "",
                                               .day = small_day(TODAY),
                                               .received = "2026-11-21T01:02:03Z",
                                               .rates = 1,
                                               .sha256 = digest},
                        &a);
    arena_free(&a);
}

/* ---- asking ---- */

/* "a 1.5, b 2": the SKUs and prices known on a day, "!" behind those that are ambiguous. */
static const char *known_in(struct small_catalogue *s, const char *day)
{
    static char text[512];
    struct offer_list l = small_offers(s, "aliyun-cn", "cn-hangzhou", "nat", ALL, day);
    char price[DEC_TEXT];
    size_t n = 0;

    *text = '\0';
    for (size_t i = 0; i < l.n; i++) {
        dec_format(l.v[i].parts[0].tiers[0].price, 0, price);
        n += (size_t)snprintf(text + n, sizeof text - n, "%s%s %s%s", i > 0 ? ", " : "", l.v[i].sku, price,
                              l.v[i].rival != NULL ? "!" : "");
    }
    return text;
}

/* What is known on a day, by the catalogue as it is found, and by one built anew. */
static void assert_known(const char *day, const char *expected)
{
    struct small_catalogue s;

    small_open(&s, NULL);
    assert_string_equal(known_in(&s, day), expected);
    char *path = strdup(catalogue_path(s.c));
    small_close(&s);
    char *aside = malloc(strlen(path) + 8);
    snprintf(aside, strlen(path) + 8, "%s.kept", path);
    assert_int_equal(rename(path, aside), 0);
    small_open(&s, NULL);
    assert_string_equal(known_in(&s, day), expected);
    small_close(&s);
    assert_int_equal(rename(aside, path), 0); /* the one that grew step by step goes on */
    free(path);
    free(aside);
}

/* Opens the catalogue, so that what was fetched is taken in this step. */
static void take(void)
{
    struct small_catalogue s;

    small_open(&s, NULL);
    small_close(&s);
}

/* ---- full and partial ---- */

static void a_partial_list_ends_nothing(void **state)
{
    (void)state;
    fetch("2026-01-01", "a 1 2026-01-01 | b 2 2026-01-01", NULL);
    take();
    fetch("2026-02-01", "a 3 2026-02-01", PARTIAL);
    assert_known("2026-01-31", "a 1, b 2");
    assert_known("2026-02-01", "a 3, b 2");
    assert_known("2025-12-31", "");
}

static void a_full_list_ends_what_it_no_longer_holds(void **state)
{
    (void)state;
    fetch("2026-01-01", "a 1 2026-01-01 | b 2 2026-01-01", FULL);
    take();
    fetch("2026-02-01", "a 3 2026-02-01", FULL);
    assert_known("2026-01-31", "a 1, b 2");
    assert_known("2026-02-01", "a 3");
    take();
    fetch("2026-03-01", "b 4 2026-03-01", FULL); /* a is gone, b is back */
    assert_known("2026-01-01", "a 1, b 2");
    assert_known("2026-02-28", "a 3");
    assert_known("2026-03-01", "b 4");
}

static void a_list_of_another_source_ends_nothing(void **state)
{
    struct arena a = {NULL};

    (void)state;
    fetch("2026-01-01", "a 1 2026-01-01 | b 2 2026-01-01", FULL);
    fetch_as(NULL, "other", "2026-02-01", "a 3 2026-02-01", FULL, &a);
    assert_known("2026-02-01", "a 3, b 2"); /* but its newer price is the newer price */
    arena_free(&a);
}

static void packs_beside_are_not_ended(void **state)
{
    struct small_catalogue s;
    struct err err = {ERR_NONE, ""};

    (void)state;
    scratch_mkdir("team");
    write_pack("team/prices.csv", "b 2 2026-01-01");
    scratch_write("team/sources.csv", SOURCE_HEADER "list,Ours,here,2026-01-01,,high,\n");
    small_open(&s, NULL);
    if (catalogue_load_pack(s.c, scratch_path("team"), small_day(TODAY), &err) != 0)
        fail_msg("%s", err.text);
    small_close(&s);
    fetch("2026-02-01", "a 3 2026-02-01", FULL);
    assert_known("2026-02-01", "a 3, b 2");
}

static void unchanged_days_of_a_list_end_nothing_themselves(void **state)
{
    (void)state; /* each row has a day of its own, older than the list's newest */
    fetch("2026-01-10", "a 1 2025-01-01 | b 2 2026-01-01", FULL);
    take();
    fetch("2026-02-10", "a 1 2025-01-01 | b 3 2026-02-01", FULL);
    assert_known(TODAY, "a 1, b 3");
    assert_known("2025-06-01", "a 1");
    assert_known("2026-01-15", "a 1, b 2");
}

static void a_list_whose_newest_row_went_ends_it_on_the_day_it_was_fetched(void **state)
{
    (void)state; /* without b the list's newest day is before b's */
    fetch("2026-01-10", "a 1 2025-01-01 | b 2 2026-01-01", FULL);
    take();
    fetch("2026-02-10", "a 1 2025-01-01", FULL);
    assert_known("2026-02-09", "a 1, b 2");
    assert_known("2026-02-10", "a 1");
}

static void a_list_ends_what_went_on_its_own_day_not_on_that_of_fetching(void **state)
{
    (void)state;
    fetch("2026-01-10", "a 1 2026-01-01 | b 2 2026-01-01", FULL);
    take();
    fetch("2026-02-10", "a 3 2026-02-01", FULL);
    assert_known("2026-01-31", "a 1, b 2");
    assert_known("2026-02-01", "a 3");
}

static void a_list_of_several_sites_is_never_full(void **state)
{
    struct arena a = {NULL};
    struct small_catalogue s;
    const char *const row = "aliyun-cn,cn-hangzhou,nat,a,,on-demand,,,hour,,,,1,CNY,incl,0.06,2026-01-01,list\n";

    (void)state;
    fetched_case_put(NULL, "csv", "", "2026-01-01", row, PARTIAL, &a);
    assert_known(TODAY, "a 1");
    fetched_case_put(NULL, "csv", "", "2026-01-01", row, FULL, &a);
    small_open(&s, NULL);
    assert_non_null(strstr(s.said, "/scopes.csv:2: full, but of no site; left out, "));
    small_close(&s);
    arena_free(&a);
}

/* ---- the same day again ---- */

static void a_correction_of_the_same_day_replaces(void **state)
{
    (void)state;
    fetch("2026-01-01", "a 1 2026-01-01 | b 2 2026-01-01", PARTIAL);
    take();
    fetch("2026-01-01", "a 1.5 2026-01-01", PARTIAL);
    assert_known("2026-01-01", "a 1.5, b 2"); /* not ambiguous */
}

static void a_full_correction_of_the_same_day_removes_too(void **state)
{
    (void)state;
    fetch("2026-01-01", "a 1 2026-01-01 | b 2 2026-01-01", FULL);
    take();
    fetch("2026-01-01", "a 1.5 2026-01-01", FULL);
    assert_known("2026-01-01", "a 1.5");
    assert_known(TODAY, "a 1.5");
}

static void a_correction_to_an_older_day_replaces(void **state)
{
    (void)state; /* first dated by the day of fetching, then by the list's own day */
    fetch("2026-02-01", "a 1 2026-02-01", FULL);
    take();
    fetch("2026-02-02", "a 1.5 2026-01-20", FULL);
    assert_known("2026-01-20", "a 1.5");
    assert_known(TODAY, "a 1.5");
}

static void two_sources_of_one_day_stay_ambiguous(void **state)
{
    struct arena a = {NULL};

    (void)state;
    fetch("2026-01-01", "a 1 2026-01-01", FULL);
    fetch_as(NULL, "other", "2026-01-01", "a 2 2026-01-01", FULL, &a);
    assert_known(TODAY, "a 1!, a 2!");
    arena_free(&a);
}

static void an_older_list_fetched_later_adds_to_the_history(void **state)
{
    (void)state;
    fetch("2026-02-01", "a 3 2026-02-01", FULL);
    take();
    fetch("2026-02-02", "a 1 2025-01-01", PARTIAL);
    assert_known("2025-06-01", "a 1");
    assert_known(TODAY, "a 3");
}

/* Reparsed: it stays where it stands on the list, so later lists still count as later. */
static void a_snapshot_parsed_again_keeps_its_place(void **state)
{
    struct arena a = {NULL};
    const char *name = fetch_as(NULL, "aliyun", "2026-01-01", "a 1 2026-01-01 | b 2 2026-01-01", FULL, &a).name;

    (void)state;
    fetch("2026-01-01", "a 1.5 2026-01-01 | b 2 2026-01-01", FULL);
    take();
    fetch_as(name, "aliyun", "2026-01-01", "a 7 2026-01-01 | c 9 2026-01-01", FULL, &a);
    assert_known(TODAY, "a 1.5, b 2");
    arena_free(&a);
}

/* ---- what the guard asks ---- */

static void the_last_snapshot_of_a_place_is_counted(void **state)
{
    struct small_catalogue s;
    struct err err;
    struct date day;
    long n;

    (void)state;
    fetch("2026-01-01", "a 1 2026-01-01 | b 2 2026-01-01 | c 3 2025-06-01", FULL);
    fetch("2026-02-01", "a 3 2026-01-20", PARTIAL);
    small_open(&s, NULL);
    assert_int_equal(catalogue_scope_last(s.c, "aliyun", "aliyun-cn", "cn-hangzhou", "nat", &n, &day, &err), 0);
    assert_int_equal(n, 1);
    assert_int_equal(day.day, small_day("2026-01-20").day);
    assert_int_equal(catalogue_scope_last(s.c, "aws", "aliyun-cn", "cn-hangzhou", "nat", &n, &day, &err), 0);
    assert_int_equal(n, -1);
    assert_false(date_is(day));
    small_close(&s);
    fetch("2026-03-01", "a 1 2026-03-01 | b 2 2026-03-01 | c 3 2026-03-01",
          "region,service,full\ncn-hangzhou,nat,yes\ncn-hangzhou,snapshot,yes\n");
    small_open(&s, NULL);
    assert_int_equal(catalogue_scope_last(s.c, "aliyun", "aliyun-cn", "cn-hangzhou", "nat", &n, &day, &err), 0);
    assert_int_equal(n, 3);
    assert_int_equal(catalogue_scope_last(s.c, "aliyun", "aliyun-cn", "cn-hangzhou", "snapshot", &n, &day, &err), 0);
    assert_int_equal(n, 0); /* asked, and nothing there */
    assert_int_equal(day.day, small_day("2026-03-01").day);
    small_close(&s);
}

static void a_place_that_went_whole_is_empty_not_damaged(void **state)
{
    struct small_catalogue s;
    const struct holding *places;
    struct elsewhere *e;
    size_t n;
    struct err err;
    const char *const gone = "region,service,full\ncn-hangzhou,nat,yes\ncn-hangzhou,snapshot,yes\n";

    (void)state;
    fetch("2026-01-01", "a 1 2026-01-01", FULL);
    take();
    fetch("2026-02-01", "a 1 2026-01-01", gone); /* nothing of `snapshot`, which nobody ever had */
    take();
    struct arena a = {NULL};
    struct fetched_work w = fetched_case_open(&a);
    struct packdir dir;
    fetched_case_file(&w, "prices.csv",
                      PRICE_HEADER
                      "aliyun-cn,cn-hangzhou,snapshot,x,,on-demand,,,GB-month,,,,1,CNY,incl,0.06,2026-03-01,list\n");
    fetched_case_file(&w, "sources.csv", SOURCE_HEADER "list,A fetched list,https://example.com,2026-11-22,,high,\n");
    fetched_case_file(&w, "scopes.csv", FULL);
    assert_int_equal(packdir_open(&dir, w.path, scratch_path("data/packs/bundled"), &err), 0);
    const struct fetched_entry e3 = {.source = "aliyun",
                                     .site = "aliyun-cn",
                                     .day = small_day("2026-03-01"),
                                     .received = "2026-03-01T00:00:00Z",
                                     .prices = 1,
                                     .sha256 = dir.sha256};
    fetched_case_commit(&w, e3, &a);
    packdir_close(&dir);
    arena_free(&a);
    assert_known("2026-02-28", "a 1");
    assert_known("2026-03-01", "");
    small_open(&s, NULL);
    assert_string_equal(s.said, "");
    assert_int_equal(catalogue_holdings(s.c, &s.arena, &places, &n, &err), 0);
    for (size_t i = 0; i < n; i++)
        if (!strcmp(places[i].service, "nat"))
            assert_int_equal(places[i].offers, 0);
    assert_int_equal(
        catalogue_elsewhere(s.c, &s.arena, "aliyun-cn", "cn-hangzhou", "nat", "a", small_day(TODAY), 3, &e, &n, &err),
        0);
    assert_int_equal(n, 0);
    small_close(&s);
}

/* ---- rates ---- */

static const char *rate_on(struct small_catalogue *s, const char *source, const char *currency, const char *day)
{
    static char text[DEC_TEXT];
    struct published_rate r;
    struct err err = {ERR_NONE, ""};
    bool found;

    if (catalogue_rate(s->c, source, currency, small_day(day), &r, &found, &err) != 0)
        fail_msg("%s", err.text);
    if (!found)
        return "none";
    dec_format(r.value, 0, text);
    return text;
}

/* The small data has USD of 1999-01-04, 2026-03-17 (1.1531) and 2026-03-18 (1.15). */
static void assert_rates(const char *pack)
{
    struct small_catalogue s;

    small_open(&s, pack);
    assert_string_equal(rate_on(&s, "ecb", "USD", "2026-03-16"), "1.1789");
    assert_string_equal(rate_on(&s, "ecb", "USD", "2026-03-17"), "1.1531");
    assert_string_equal(rate_on(&s, "ecb", "USD", "2026-03-18"), "1.16"); /* fetched wins */
    assert_string_equal(rate_on(&s, "ecb", "USD", "2026-03-19"), "1.16");
    assert_string_equal(rate_on(&s, "ecb", "USD", "2026-03-20"), "1.19"); /* fetched twice: the later one */
    assert_string_equal(rate_on(&s, "ecb", "CNY", "2026-03-20"), "7.9214");
    assert_string_equal(rate_on(&s, "ecb", "JPY", "2026-03-20"), "171.5");
    assert_string_equal(rate_on(&s, "ecb", "JPY", "2026-03-19"), "none");
    assert_string_equal(rate_on(&s, "cfets", "USD", TODAY), "6.7787");
    small_close(&s);
}

static void fetched_rates_join_those_there_are(void **state)
{
    struct small_catalogue s;

    (void)state;
    take();
    fetch_rates("ecb", "date,USD,JPY\n2026-03-18,1.16,\n2026-03-20,1.17,171.5\n");
    small_open(&s, NULL);
    assert_non_null(strstr(s.said, "loaded 3 rates from '"));
    small_close(&s);
    fetch_rates("ecb", "date,USD\n2026-03-20,1.19\n");
    assert_rates(NULL);
    start_anew(state);
    fetch_rates("ecb", "date,USD,JPY\n2026-03-18,1.16,\n2026-03-20,1.17,171.5\n");
    fetch_rates("ecb", "date,USD\n2026-03-20,1.19\n");
    assert_rates(NULL);
}

static void a_private_pack_takes_rates_but_no_prices(void **state)
{
    struct small_catalogue s;

    (void)state;
    scratch_mkdir("private");
    write_pack("private/prices.csv", "b 2 2026-01-01");
    scratch_write("private/sources.csv", SOURCE_HEADER "list,Ours,here,2026-01-01,,high,\n");
    fetch("2026-02-01", "a 3 2026-02-01", FULL);
    fetch_rates("ecb", "date,USD,JPY\n2026-03-18,1.16,\n2026-03-20,1.17,171.5\n");
    small_open(&s, scratch_path("private"));
    assert_string_equal(known_in(&s, TODAY), "b 2");
    small_close(&s);
    fetch_rates("ecb", "date,USD\n2026-03-20,1.19\n");
    assert_rates(scratch_path("private"));
}

/* ---- what cannot be used ---- */

static void a_damaged_snapshot_is_left_out_and_said(void **state)
{
    static const char *const harmed[] = {"prices.csv", "sources.csv", "scopes.csv", "SHA256SUMS"};
    struct arena a = {NULL};
    struct small_catalogue s;
    char path[256], said[512];

    (void)state;
    for (size_t i = 0; i < 2 * sizeof harmed / sizeof *harmed; i++) {
        start_anew(state);
        fetch("2026-01-01", "a 1 2026-01-01", FULL);
        struct fetched_entry e = fetch_as(NULL, "aliyun", "2026-02-01", "b 2 2026-02-01", FULL, &a);
        fetch("2026-03-01", "c 3 2026-03-01", PARTIAL);
        snprintf(path, sizeof path, "cache/fetched/%s/%s", e.dir, harmed[i / 2]);
        if (i % 2 == 0)
            scratch_write(path, "x\n");
        else
            unlink(scratch_path(path));
        snprintf(said, sizeof said, "fetched snapshot '%s' is damaged: ", e.name);
        for (int start = 0; start < 2; start++) { /* it is said at every start */
            small_open(&s, NULL);
            if (strstr(s.said, said) == NULL || strstr(s.said, "; left out, fetch it again\n") == NULL)
                fail_msg("%s: said only '%s'", path, s.said);
            assert_string_equal(known_in(&s, TODAY), "a 1, c 3");
            small_close(&s);
        }
        fetch_as(e.name, "aliyun", "2026-02-01", "b 2 2026-02-01", FULL, &a); /* fetched again */
        small_open(&s, NULL);
        assert_null(strstr(s.said, "damaged"));
        assert_string_equal(known_in(&s, TODAY), "b 2, c 3");
        small_close(&s);
    }
    arena_free(&a);
}

/* Somebody changed the files and their sums alike: the list knows better. */
static void a_snapshot_the_list_does_not_know_is_left_out(void **state)
{
    static const char prices[] = "7d865e959b2466918c9863afca942d0fb89d7c9ac0c99bafc3749504ded97730"; /* of "bar\n" */
    struct arena a = {NULL};
    struct small_catalogue s;
    struct fetched_entry e = fetch_as(NULL, "aliyun", "2026-02-01", "b 2 2026-02-01", FULL, &a);
    size_t n;
    char *list = scratch_read("cache/fetched/list.csv", &n);

    (void)state;
    memcpy(list + n - 1 - strlen(prices), prices, strlen(prices));
    scratch_bytes("cache/fetched/list.csv", list, n);
    free(list);
    fetch_rates("ecb", "date,USD\n2026-03-20,1.19\n");
    list = scratch_read("cache/fetched/list.csv", &n);
    memcpy(list + n - 1 - strlen(prices), prices, strlen(prices));
    scratch_bytes("cache/fetched/list.csv", list, n);
    free(list);
    small_open(&s, NULL);
    const char *first = strstr(s.said, "is not what the list says (sha256 ");
    assert_non_null(first);
    assert_non_null(strstr(first + 1, "/rates.csv' is not what the list says (sha256 "));
    assert_non_null(strstr(s.said, e.name));
    assert_string_equal(known_in(&s, TODAY), "");
    assert_string_equal(rate_on(&s, "ecb", "USD", "2026-03-20"), "1.15");
    small_close(&s);
    arena_free(&a);
}

static void what_follows_on_a_damaged_snapshot_is_still_taken(void **state)
{
    struct arena a = {NULL};
    struct small_catalogue s;
    char path[256];

    (void)state;
    take();
    struct fetched_entry e = fetch_as(NULL, "aliyun", "2026-02-01", "b 2 2026-02-01", FULL, &a);
    snprintf(path, sizeof path, "cache/fetched/%s/prices.csv", e.dir);
    unlink(scratch_path(path));
    take();
    fetch("2026-03-01", "c 3 2026-03-01", PARTIAL);
    small_open(&s, NULL);
    assert_non_null(strstr(s.said, "loaded 1 price from '"));
    assert_non_null(strstr(s.said, "is damaged: "));
    assert_string_equal(known_in(&s, TODAY), "c 3");
    small_close(&s);
    arena_free(&a);
}

static void a_bad_list_is_an_error_that_names_it(void **state)
{
    struct small_catalogue s;
    struct err err = {ERR_NONE, ""};

    (void)state;
    fetch("2026-01-01", "a 1 2026-01-01", FULL);
    take();
    for (int built = 1; built >= 0; built--) { /* with a catalogue that is there, and without one */
        if (!built)
            start_anew(state);
        if (!built)
            scratch_mkdir("cache/fetched");
        scratch_write("cache/fetched/list.csv", "name,dir\n");
        assert_int_equal(small_try(&s, NULL, &err), -1);
        assert_int_equal(err.kind, ERR_USAGE);
        assert_non_null(strstr(err.text, "cache/fetched/list.csv:1: "));
        assert_non_null(strstr(err.text, " (mend the list, or remove it to go on without what was fetched)"));
        small_close(&s);
    }
    unlink(scratch_path("cache/fetched/list.csv")); /* the way out the message leaves: without what was fetched */
    assert_known(TODAY, "");
}

static void what_left_the_list_is_forgotten(void **state)
{
    size_t n;

    (void)state;
    fetch("2026-01-01", "a 1 2026-01-01", PARTIAL);
    fetch("2026-01-02", "b 1 2026-01-02", PARTIAL);
    assert_known(TODAY, "a 1, b 1");
    char *list = scratch_read("cache/fetched/list.csv", &n), *last = list + n - 1;
    while (last[-1] != '\n')
        last--;
    scratch_bytes("cache/fetched/list.csv", list, (size_t)(last - list));
    free(list);
    assert_known(TODAY, "a 1");
    unlink(scratch_path("cache/fetched/list.csv"));
    assert_known(TODAY, "");
}

/* ---- processes ---- */

static void an_open_catalogue_takes_what_was_fetched(void **state)
{
    struct small_catalogue s;
    struct err err = {ERR_NONE, ""};

    (void)state;
    small_open(&s, NULL);
    fetch("2026-01-01", "a 1 2026-01-01", FULL);
    assert_string_equal(known_in(&s, TODAY), ""); /* what it read fits together: not yet */
    assert_int_equal(catalogue_take_fetched(s.c, &err), 0);
    assert_int_equal(catalogue_rules(s.c, &s.arena, &s.rules, &err), 0);
    assert_string_equal(known_in(&s, TODAY), "a 1");
    scratch_write("cache/fetched/list.csv", "name\n"); /* and stays usable when it cannot */
    assert_int_equal(catalogue_take_fetched(s.c, &err), -1);
    assert_string_equal(known_in(&s, TODAY), "a 1");
    small_close(&s);
}

static void processes_that_fetch_and_read_at_once_agree(void **state)
{
    enum { PROCESSES = 4 };
    struct small_catalogue s;

    (void)state;
    take();
    for (int i = 0; i < PROCESSES; i++) {
        pid_t pid = fork();
        assert_true(pid >= 0);
        if (pid == 0) {
            static const char *const rows[] = {"a 1 2026-01-01", "b 2 2026-01-01", "c 3 2026-01-01", "d 4 2026-01-01"};
            static const char *const own[] = {"a 1", "b 2", "c 3", "d 4"};
            fetch("2026-01-01", rows[i], PARTIAL);
            small_open(&s, NULL);
            bool ok = strstr(known_in(&s, TODAY), own[i]) != NULL && strstr(s.said, "damaged") == NULL;
            small_close(&s);
            _exit(ok ? 0 : 1);
        }
    }
    for (int i = 0; i < PROCESSES; i++) {
        int status;
        assert_true(wait(&status) > 0);
        assert_true(WIFEXITED(status) && WEXITSTATUS(status) == 0);
    }
    assert_known(TODAY, "a 1, b 2, c 3, d 4");
}

/* Somebody who reads for long holds nobody up: what cannot be added is built beside. */
static void a_long_reader_holds_nobody_up(void **state)
{
    struct small_catalogue reader, other;
    struct err err = {ERR_NONE, ""};

    (void)state;
    small_open(&reader, NULL);
    assert_string_equal(known_in(&reader, TODAY), "");
    fetch("2026-01-01", "a 1 2026-01-01", FULL);
    small_open(&other, NULL);
    assert_string_equal(known_in(&other, TODAY), "a 1");
    assert_non_null(strstr(other.said, "loaded 21 prices"));
    assert_string_equal(known_in(&reader, TODAY), "");
    assert_int_equal(catalogue_take_fetched(reader.c, &err), 0);
    assert_int_equal(catalogue_rules(reader.c, &reader.arena, &reader.rules, &err), 0);
    assert_string_equal(known_in(&reader, TODAY), "a 1");
    small_close(&other);
    small_close(&reader);
}

/* Killed after the list was written and before the catalogue took it, or while it did: the next start does. */
static void a_start_after_a_kill_takes_what_is_listed(void **state)
{
    struct small_catalogue s;
    struct store store;
    struct err err = {ERR_NONE, ""};

    (void)state;
    small_open(&s, NULL);
    fetch("2026-01-01", "a 1 2026-01-01", FULL);
    pid_t pid = fork();
    assert_true(pid >= 0);
    if (pid == 0) { /* in the middle of the transaction */
        if (store_open(&store, catalogue_path(s.c), STORE_OPEN, &err) != 0 ||
            store_run(&store, "BEGIN IMMEDIATE; DELETE FROM price; DELETE FROM stamp", &err) != 0)
            _exit(1);
        _exit(0);
    }
    int status;
    assert_true(wait(&status) > 0 && WEXITSTATUS(status) == 0);
    small_close(&s);
    assert_known(TODAY, "a 1");
}

static void lost_scopes_are_noticed(void **state)
{
    static const char *const harms[] = {"DELETE FROM scope", "UPDATE scope SET full = 0", "DELETE FROM fetched",
                                        "UPDATE fetched SET name = 'x'"};
    struct small_catalogue s;
    struct store store;
    struct err err = {ERR_NONE, ""};

    (void)state;
    for (size_t i = 0; i < sizeof harms / sizeof *harms; i++) {
        start_anew(state);
        fetch("2026-01-01", "a 1 2026-01-01 | b 1 2026-01-01", FULL);
        small_open(&s, NULL);
        if (store_open(&store, catalogue_path(s.c), STORE_OPEN, &err) != 0)
            fail_msg("%s", err.text);
        small_close(&s);
        assert_int_equal(store_run(&store, harms[i], &err), 0);
        store_close(&store);
        fetch("2026-02-01", "a 2 2026-02-01", FULL);
        small_open(&s, NULL);
        if (strstr(s.said, "put aside as '") == NULL)
            fail_msg("%s: said only %s", harms[i], s.said);
        assert_string_equal(known_in(&s, TODAY), "a 2");
        small_close(&s);
    }
}

/* ---- sites of packs ---- */

#define TEAM                                                                                                           \
    SITE_HEADER "team-cn,team,Team Cloud,团队云,cn,CNY,incl,Team,CN,,accepted,refused,,special,transfer,,2026-11,"  \
                "high,a list\n"
#define TEAM_REGIONS REGION_HEADER "team-cn,wuhu,Wuhu,CN,yes,Team,Wuhu,芜湖\n"
#define TEAM_PRICE(price) PRICE_HEADER "team-cn,wuhu,nat,n1,,on-demand,,,hour,,,," price ",CNY,incl,0.06,2026-01-01,t\n"

static void write_team(const char *prices)
{
    scratch_write("team/prices.csv", prices);
    scratch_write("team/sources.csv", SOURCE_HEADER "t,Team list,here,2026-01-01,,high,\n");
    scratch_write("team/regions.csv", TEAM_REGIONS);
    scratch_write("team/sites.csv", TEAM);
}

static void load(struct small_catalogue *s, const char *dir)
{
    struct err err = {ERR_NONE, ""};

    if (catalogue_load_pack(s->c, scratch_path(dir), small_day(TODAY), &err) != 0 ||
        catalogue_rules(s->c, &s->arena, &s->rules, &err) != 0)
        fail_msg("%s", err.text);
}

static void a_pack_brings_a_provider_the_program_does_not_know(void **state)
{
    struct small_catalogue s;
    struct rules rules;
    struct err err = {ERR_NONE, ""};

    (void)state;
    scratch_mkdir("lean");
    write_team(TEAM_PRICE("2"));
    small_open(&s, NULL);
    size_t before = s.rules.nsites;
    assert_null(rules_site(&s.rules, "team-cn"));
    load(&s, "team");
    assert_int_equal(s.rules.nsites, before + 1);
    assert_int_equal(s.rules.nbase, before);
    assert_string_equal(rules_site(&s.rules, "team-cn")->name_zh, "团队云");
    assert_int_equal(small_offers(&s, "team-cn", "wuhu", "nat", ALL, TODAY).n, 1);

    /* its own sites do not stand in the way of the next one from there; another pack may lean on them */
    assert_int_equal(catalogue_rules_for(s.c, scratch_path("team"), &s.arena, &rules, &err), 0);
    assert_null(rules_site(&rules, "team-cn"));
    write_team(TEAM_PRICE("3"));
    load(&s, "team");
    scratch_write("lean/prices.csv", TEAM_PRICE("4"));
    scratch_write("lean/sources.csv", SOURCE_HEADER "t,Team list,here,2026-01-01,,high,\n");
    scratch_write("lean/regions.csv", TEAM_REGIONS);
    load(&s, "lean");
    assert_int_equal(s.rules.nsites, before + 1);
    scratch_write("lean/sites.csv", TEAM); /* it may bring the site too: there is still one */
    load(&s, "lean");
    assert_int_equal(s.rules.nsites, before + 1);
    small_close(&s);

    struct small_catalogue again; /* and all of it stays when the catalogue is lost */
    small_open(&again, NULL);
    unlink(catalogue_path(again.c));
    small_close(&again);
    small_open(&again, NULL);
    assert_null(strstr(again.said, "damaged"));
    struct offer_list l = small_offers(&again, "team-cn", "wuhu", "nat", ALL, TODAY);
    assert_int_equal(l.n, 2);
    assert_true(l.v[0].rival != NULL); /* 3 and 4 on one day */
    small_close(&again);
}

static void a_pack_is_loaded_where_another_was_and_survives(void **state)
{
    struct small_catalogue s;
    const struct snapshot *v;
    size_t n;
    struct err err;

    (void)state;
    scratch_mkdir("first");
    write_pack("first/prices.csv", "a 1 2026-01-01");
    scratch_write("first/sources.csv", SOURCE_HEADER "list,Ours,here,2026-01-01,,high,\n");
    small_open(&s, NULL);
    memset(s.said, 0, sizeof s.said);
    load(&s, "first");
    assert_memory_equal(s.said, "loaded 1 price from '", 21);
    assert_non_null(strstr(s.said, "/first'\n"));
    assert_ptr_equal(strchr(s.said, '\n'), s.said + strlen(s.said) - 1); /* nothing else */
    write_pack("first/prices.csv", "a 2 2026-01-01");
    load(&s, "first");
    small_close(&s);
    assert_int_equal(dirs_remove(scratch_path("first")), 0); /* a copy was kept */
    assert_known(TODAY, "a 2");
    small_open(&s, NULL);
    assert_int_equal(catalogue_snapshots(s.c, &s.arena, &v, &n, &err), 0);
    assert_int_equal(n, 2);
    assert_string_equal(v[1].origin, scratch_path("first"));
    assert_memory_equal(v[1].id, "first@", 6);
    small_close(&s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(a_partial_list_ends_nothing, start_anew),
        cmocka_unit_test_setup(a_full_list_ends_what_it_no_longer_holds, start_anew),
        cmocka_unit_test_setup(a_list_of_another_source_ends_nothing, start_anew),
        cmocka_unit_test_setup(packs_beside_are_not_ended, start_anew),
        cmocka_unit_test_setup(unchanged_days_of_a_list_end_nothing_themselves, start_anew),
        cmocka_unit_test_setup(a_list_whose_newest_row_went_ends_it_on_the_day_it_was_fetched, start_anew),
        cmocka_unit_test_setup(a_list_ends_what_went_on_its_own_day_not_on_that_of_fetching, start_anew),
        cmocka_unit_test_setup(a_list_of_several_sites_is_never_full, start_anew),
        cmocka_unit_test_setup(a_correction_of_the_same_day_replaces, start_anew),
        cmocka_unit_test_setup(a_full_correction_of_the_same_day_removes_too, start_anew),
        cmocka_unit_test_setup(a_correction_to_an_older_day_replaces, start_anew),
        cmocka_unit_test_setup(two_sources_of_one_day_stay_ambiguous, start_anew),
        cmocka_unit_test_setup(an_older_list_fetched_later_adds_to_the_history, start_anew),
        cmocka_unit_test_setup(a_snapshot_parsed_again_keeps_its_place, start_anew),
        cmocka_unit_test_setup(the_last_snapshot_of_a_place_is_counted, start_anew),
        cmocka_unit_test_setup(a_place_that_went_whole_is_empty_not_damaged, start_anew),
        cmocka_unit_test_setup(fetched_rates_join_those_there_are, start_anew),
        cmocka_unit_test_setup(a_private_pack_takes_rates_but_no_prices, start_anew),
        cmocka_unit_test_setup(a_damaged_snapshot_is_left_out_and_said, start_anew),
        cmocka_unit_test_setup(a_snapshot_the_list_does_not_know_is_left_out, start_anew),
        cmocka_unit_test_setup(what_follows_on_a_damaged_snapshot_is_still_taken, start_anew),
        cmocka_unit_test_setup(a_bad_list_is_an_error_that_names_it, start_anew),
        cmocka_unit_test_setup(what_left_the_list_is_forgotten, start_anew),
        cmocka_unit_test_setup(an_open_catalogue_takes_what_was_fetched, start_anew),
        cmocka_unit_test_setup(processes_that_fetch_and_read_at_once_agree, start_anew),
        cmocka_unit_test_setup(a_long_reader_holds_nobody_up, start_anew),
        cmocka_unit_test_setup(a_start_after_a_kill_takes_what_is_listed, start_anew),
        cmocka_unit_test_setup(lost_scopes_are_noticed, start_anew),
        cmocka_unit_test_setup(a_pack_brings_a_provider_the_program_does_not_know, start_anew),
        cmocka_unit_test_setup(a_pack_is_loaded_where_another_was_and_survives, start_anew),
    };

    return cmocka_run_group_tests(tests, setup, teardown);
}
