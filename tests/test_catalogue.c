/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The life of a catalogue: built once, loaded again when its data changed, never trusted when it is
 * damaged. What it should hold is always what a fresh one holds, written out as text.
 */
#define _XOPEN_SOURCE 700 /* fork, setrlimit */
#include "tests/support/scratch.h"
#include "tests/support/small_data.h"
#include "tests/support/test.h"

#include "calc/buf.h"
#include "calc/dirs.h"
#include "calc/store.h"

#include <dirent.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

enum { ON_DEMAND = 1u << CHARGE_ON_DEMAND, ALL = (1u << CHARGE_BEST) - 1 };
#define TODAY "2026-11-21"

/* ---- everything a catalogue says, as text ---- */

static void write_offer(struct buf *out, const struct offer *o)
{
    char price[DEC_TEXT];

    buf_printf(out, "%s %s %s %s %s %d %s %d %d %s %s", o->site, o->region, o->service, o->sku, o->os, (int)o->charge,
               o->offering, o->term_months, o->as_of.day, o->source->id, o->rival != NULL ? "rival" : "");
    for (size_t p = 0; p < o->nparts; p++)
        for (size_t t = 0; t < o->parts[p].ntiers; t++) {
            dec_format(o->parts[p].tiers[t].price, 0, price);
            buf_printf(out, " %s/%s", price, unit_table[o->parts[p].unit].name);
        }
    if (o->shape != NULL)
        buf_printf(out, " %s %s", o->shape->family, o->shape->class_);
    buf_putc(out, '\n');
}

static int write_offers(struct buf *out, struct small_catalogue *s, struct err *err)
{
    const struct holding *places;
    size_t n;

    if (catalogue_holdings(s->c, &s->arena, &places, &n, err) != 0)
        return -1;
    for (size_t i = 0; i < 2 * n; i++) {
        const struct holding *p = &places[i / 2];
        struct offer_list l;
        if (catalogue_offers(s->c, &s->arena, &s->rules, p->site, p->region, p->service, ALL,
                             small_day(i % 2 == 0 ? "2025-06-01" : TODAY), &l, err) != 0)
            return -1;
        for (size_t k = 0; k < l.n; k++)
            write_offer(out, &l.v[k]);
    }
    return 0;
}

static int write_rates(struct buf *out, struct small_catalogue *s, struct err *err)
{
    static const char *const pairs[][2] = {{"ecb", "USD"}, {"ecb", "CNY"}, {"cfets", "USD"}, {"cfets", "JPY"}};

    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        struct published_rate r;
        char value[DEC_TEXT];
        bool found;
        if (catalogue_rate(s->c, pairs[i][0], pairs[i][1], small_day(TODAY), &r, &found, err) != 0)
            return -1;
        dec_format(r.value, 0, value);
        buf_printf(out, "%s %s %d %s/%s %s\n", pairs[i][0], pairs[i][1], r.date.day, r.base, r.quote, value);
    }
    return 0;
}

static void write_rules(struct buf *out, const struct rules *r)
{
    for (size_t i = 0; i < r->nsites; i++)
        buf_printf(out, "%s %s %s\n", r->sites[i].id, r->sites[i].name_zh, r->sites[i].condition);
    for (size_t i = 0; i < r->nregions; i++)
        buf_printf(out, "%s %s %s\n", r->regions[i].site, r->regions[i].id, r->regions[i].display_zh);
    for (size_t i = 0; i < r->nsources; i++)
        buf_printf(out, "%s %s\n", r->sources[i].id, r->sources[i].title);
    buf_printf(out, "%zu %zu %zu\n", r->ntaxes, r->nfees, r->ncurrencies);
}

/* NULL with *err when the catalogue refuses; what it said on the way is in said[]. */
static char *dump(char said[2048], struct err *err)
{
    struct small_catalogue s;
    struct buf out = {0};

    int rc = small_try(&s, NULL, err);
    if (rc == 0)
        rc = catalogue_rules(s.c, &s.arena, &s.rules, err);
    if (rc == 0)
        write_rules(&out, &s.rules);
    if (rc == 0)
        rc = write_offers(&out, &s, err);
    if (rc == 0)
        rc = write_rates(&out, &s, err);
    memcpy(said, s.said, sizeof s.said);
    small_close(&s);
    char *text = rc == 0 ? strdup(out.v) : NULL;
    buf_free(&out);
    return text;
}

static char *good_dump(char said[2048])
{
    struct err err = {ERR_NONE, ""};
    char *text = dump(said, &err);

    if (text == NULL)
        fail_msg("%s", err.text);
    return text;
}

/* ---- the file ---- */

static char file[256]; /* its name in the scratch directory */

static int setup(void **state)
{
    struct small_catalogue s;

    (void)state;
    small_data();
    small_open(&s, NULL);
    snprintf(file, sizeof file, "%s", catalogue_path(s.c) + strlen(scratch_dir()) + 1);
    small_close(&s);
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    scratch_free();
    return 0;
}

static void change(const char *sql)
{
    struct store s;
    struct err err = {ERR_NONE, ""};

    if (store_open(&s, scratch_path(file), STORE_OPEN, &err) != 0 || store_run(&s, sql, &err) != 0)
        fail_msg("%s: %s", sql, err.text);
    store_close(&s);
}

static size_t files_in_cache(void)
{
    DIR *d = opendir(scratch_path("cache"));
    size_t n = 0;

    assert_non_null(d);
    for (const struct dirent *e; (e = readdir(d)) != NULL;)
        n += *e->d_name != '.' && strstr(e->d_name, "damaged") == NULL;
    closedir(d);
    return n;
}

/* ---- tests ---- */

static void it_is_built_once(void **state)
{
    char said[2048];

    (void)state;
    free(good_dump(said)); /* setup() built it */
    assert_string_equal(said, "");
    unlink(scratch_path(file));
    free(good_dump(said));
    assert_non_null(strstr(said, "loaded 21 prices from '"));
    assert_non_null(strstr(said, "data/packs/bundled'\n"));
    assert_int_equal(files_in_cache(), 1);
}

static void changed_data_is_loaded_again(void **state)
{
    char said[2048];
    size_t n;
    char *prices = scratch_read("data/packs/bundled/prices.csv", &n);
    char *before = good_dump(said), *at = strstr(prices, "1.20,CNY");

    (void)state;
    memcpy(at, "1.25", 4);
    scratch_bytes("data/packs/bundled/prices.csv", prices, n);
    char *after = good_dump(said);
    assert_non_null(strstr(said, "loaded 21 prices"));
    assert_string_not_equal(before, after);
    assert_non_null(strstr(after, "ecs.g7.xlarge linux 0  0 20454 made-b  1.25/hour"));
    memcpy(at, "1.20", 4);
    scratch_bytes("data/packs/bundled/prices.csv", prices, n);
    char *again = good_dump(said);
    assert_string_equal(before, again);
    free(prices);
    free(before);
    free(after);
    free(again);
}

static void what_the_data_says_no_more_is_forgotten(void **state)
{
    struct small_catalogue s;
    size_t n;
    char *shapes = scratch_read("data/packs/bundled/shapes.csv", &n);

    (void)state;
    scratch_bytes("data/packs/bundled/shapes.csv", shapes, strstr(shapes, "aliyun,ecs.g7.xlarge") - shapes);
    small_open(&s, NULL);
    struct offer_list l = small_offers(&s, "aliyun-cn", "cn-hangzhou", "compute", ON_DEMAND, TODAY);
    for (size_t i = 0; i < l.n; i++)
        assert_int_equal(l.v[i].shape == NULL, !strcmp(l.v[i].sku, "ecs.g7.xlarge"));
    small_close(&s);
    scratch_bytes("data/packs/bundled/shapes.csv", shapes, n);
    free(shapes);
}

static void bad_data_is_refused_and_nothing_is_lost(void **state)
{
    char said[2048];
    size_t n, before_size, after_size;
    struct err err = {ERR_NONE, ""};
    char *good = good_dump(said), *prices = scratch_read("data/packs/bundled/prices.csv", &n);
    char *before = scratch_read(file, &before_size), *at = strstr(prices, "1.20,CNY");

    (void)state;
    memcpy(at, "1.2O", 4);
    scratch_bytes("data/packs/bundled/prices.csv", prices, n);
    assert_null(dump(said, &err));
    assert_int_equal(err.kind, ERR_USAGE);
    assert_non_null(strstr(err.text, "data/packs/bundled/prices.csv:5: price: "));
    char *after = scratch_read(file, &after_size);
    assert_int_equal(before_size, after_size);
    assert_memory_equal(before, after, before_size);
    unlink(scratch_path(file)); /* nor is a new one left half built */
    assert_null(dump(said, &err));
    assert_int_equal(files_in_cache(), 0);
    memcpy(at, "1.20", 4);
    scratch_bytes("data/packs/bundled/prices.csv", prices, n);
    char *again = good_dump(said);
    assert_string_equal(good, again);
    free(good);
    free(prices);
    free(before);
    free(after);
    free(again);
}

/* After any harm the catalogue says what it said before, and that it was put aside. */
static void heals(const char *good, const char *what)
{
    char said[2048];
    struct err err = {ERR_NONE, ""};
    char *text = dump(said, &err);

    if (text == NULL)
        fail_msg("%s: %s", what, err.text);
    if (strcmp(text, good) != 0)
        fail_msg("%s: other contents", what);
    if (strstr(said, "put aside as '") == NULL || strstr(said, ".damaged'") == NULL)
        fail_msg("%s: it said only: %s", what, said);
    free(text);
}

static void lost_or_changed_rows_are_noticed(void **state)
{
    static const char *const harms[] = {
        "DELETE FROM price WHERE valid_to = 2932896 AND charge = 0",
        "DELETE FROM price WHERE valid_to = 2932896 AND charge = 2",
        "DELETE FROM price WHERE valid_to < 2932896",
        "DELETE FROM bucket WHERE charge = 0",
        "UPDATE price SET tiers = replace(tiers, '1.2', '2.1')",
        "UPDATE price SET valid_to = 20800 WHERE valid_to < 2932896",
        "UPDATE price SET valid_from = valid_from - 1",
        "UPDATE bucket SET rows = rows + 1",
        "DELETE FROM sku WHERE name = 'ecs.g7.large'",
        "UPDATE sku SET name = 'ecs.g7.huge' WHERE name = 'ecs.g7.large'",
        "UPDATE sku SET shape = replace(shape, '4|16', '4|8')",
        "DELETE FROM terms WHERE id = 1",
        "UPDATE terms SET unit = 'month' WHERE unit = 'hour'",
        "DELETE FROM place WHERE service = 'egress'",
        "UPDATE place SET service = 'nat' WHERE service = 'egress'",
        "DELETE FROM sites WHERE site = 'aws-cn'",
        "UPDATE sites SET accepts_mainland = 'accepted'",
        "DELETE FROM tax WHERE buyer_country = 'SG'",
        "UPDATE tax SET seller_rate = '0.05' WHERE seller_rate = '0.06'",
        "DELETE FROM fees",
        "DELETE FROM regions WHERE region = 'cn-hangzhou'",
        "UPDATE sources SET confidence = 'high'",
        "DELETE FROM rate WHERE day = 20530",
        "DELETE FROM rate WHERE source = 'cfets'",
        "UPDATE rate SET value = '7' WHERE currency = 'CNY'",
        "DELETE FROM snapshot",
        "DELETE FROM tally",
        "DROP TABLE price",
        "DROP TABLE terms",
        "PRAGMA user_version = 99",
    };
    char said[2048];
    char *good = good_dump(said);

    (void)state;
    for (size_t i = 0; i < sizeof harms / sizeof *harms; i++) {
        change(harms[i]);
        heals(good, harms[i]);
    }
    free(good);
}

static void garbage_in_its_place_is_noticed(void **state)
{
    static const char *const garbage[] = {
        "x", "SQLite format 3",
        "not a database, but longer than the hundred bytes of a header, so that somebody has to look at it closely"};
    char said[2048];
    char *good = good_dump(said);

    (void)state;
    for (size_t i = 0; i < sizeof garbage / sizeof *garbage; i++) {
        scratch_write(file, garbage[i]);
        heals(good, garbage[i]);
    }
    scratch_write(file, ""); /* SQLite takes an empty file for a database without tables */
    heals(good, "an empty file");
    free(good);
}

static void a_cut_file_is_noticed(void **state)
{
    char said[2048], what[64];
    size_t n;
    char *good = good_dump(said), *bytes = scratch_read(file, &n);

    (void)state;
    for (size_t cut = 1; cut < n; cut += n / 23) {
        snprintf(what, sizeof what, "cut at %zu of %zu", cut, n);
        scratch_bytes(file, bytes, cut);
        heals(good, what);
    }
    free(bytes);
    free(good);
}

/* A changed byte is harmless (in unused room), or noticed; it never changes what is said. */
static void changed_bytes_never_change_the_answers(void **state)
{
    char said[2048];
    size_t n, noticed = 0;
    char *good = good_dump(said), *bytes = scratch_read(file, &n);

    (void)state;
    for (size_t at = 17; at < n; at += 1009) {
        struct err err = {ERR_NONE, ""};
        bytes[at] ^= (char)(1 << at % 8);
        scratch_bytes(file, bytes, n);
        bytes[at] ^= (char)(1 << at % 8);
        char *text = dump(said, &err);
        if (text == NULL)
            fail_msg("byte %zu: %s", at, err.text);
        if (strcmp(text, good) != 0)
            fail_msg("byte %zu: other contents", at);
        noticed += *said != '\0';
        free(text);
    }
    assert_true(noticed > 20);
    free(bytes);
    free(good);
}

static void many_first_starts_at_once_all_work(void **state)
{
    enum { STARTS = 4 };
    char said[2048];
    char *good = good_dump(said);

    (void)state;
    unlink(scratch_path(file));
    for (int i = 0; i < STARTS; i++) {
        pid_t pid = fork();
        assert_true(pid >= 0);
        if (pid == 0) {
            struct err err;
            char *text = dump(said, &err);
            _exit(text != NULL && !strcmp(text, good) ? 0 : 1);
        }
    }
    for (int i = 0; i < STARTS; i++) {
        int status;
        assert_true(wait(&status) > 0);
        assert_true(WIFEXITED(status) && WEXITSTATUS(status) == 0);
    }
    assert_int_equal(files_in_cache(), 1);
    free(good);
}

static void a_full_disk_is_named_and_leaves_nothing(void **state)
{
    const struct rlimit little = {64 * 1024, RLIM_INFINITY};
    struct rlimit before;
    char said[2048];
    struct err err = {ERR_NONE, ""};

    (void)state;
    unlink(scratch_path(file));
    assert_int_equal(getrlimit(RLIMIT_FSIZE, &before), 0);
    signal(SIGXFSZ, SIG_IGN); /* so that a write fails instead */
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &little), 0);
    char *text = dump(said, &err);
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &before), 0);
    assert_null(text);
    assert_int_equal(err.kind, ERR_USAGE);
    assert_non_null(strstr(err.text, scratch_path("cache")));
    assert_non_null(strstr(err.text, "(set TCO_CACHE to a writable directory)"));
    assert_int_equal(files_in_cache(), 0);
    free(good_dump(said));
}

static void a_cache_that_cannot_be_written_is_named(void **state)
{
    struct catalogue *c;
    struct err err = {ERR_NONE, ""};
    const struct catalogue_options opt = {.data_dir = scratch_path("data"), .cache_dir = "/proc/tco"};

    (void)state;
    assert_int_equal(catalogue_open(&c, &opt, &err), -1);
    assert_int_equal(err.kind, ERR_USAGE);
    assert_string_equal(
        err.text,
        "cannot make directory '/proc/tco': No such file or directory (set TCO_CACHE to a writable directory)");
}

/* ---- other packs ---- */

static void forget_packs(void)
{
    assert_int_equal(dirs_remove(scratch_path("cache/fetched")), 0);
    unlink(scratch_path(file));
}

static void write_pack(const char *price, const char *day)
{
    char text[1024];

    snprintf(text, sizeof text,
             "site,region,service,sku,os,charge,offering,term_months,unit,tier_from,tier_to,tier_scope,price,currency,"
             "tax_basis,tax_rate,as_of,source\n"
             "aliyun-cn,cn-hangzhou,compute,ecs.g7.xlarge,linux,on-demand,,,hour,,,,%s,CNY,incl,0.06,%s,other\n",
             price, day);
    scratch_write("other/prices.csv", text);
    scratch_write("other/sources.csv", "id,title,origin,as_of,licence,confidence,note\n"
                                       "made-b,Known by another title here,somewhere,2026-06-01,none,low,\n"
                                       "other,Another source,somewhere,2026-06-01,none,low,\n");
}

static const char *price_of(struct small_catalogue *s, const char *day)
{
    static char text[DEC_TEXT];
    struct offer_list l = small_offers(s, "aliyun-cn", "cn-hangzhou", "compute", ON_DEMAND, day);

    for (size_t i = 0; i < l.n; i++)
        if (!strcmp(l.v[i].sku, "ecs.g7.xlarge")) {
            dec_format(l.v[i].parts[0].tiers[0].price, 2, text);
            return l.v[i].rival != NULL ? "ambiguous" : text;
        }
    return "none";
}

static void read_rules(struct small_catalogue *s)
{
    struct err err = {ERR_NONE, ""};

    if (catalogue_rules(s->c, &s->arena, &s->rules, &err) != 0)
        fail_msg("%s", err.text);
}

static void loaded_packs_join_the_history(void **state)
{
    struct small_catalogue s;
    const struct snapshot *snapshots;
    size_t n;
    struct err err = {ERR_NONE, ""};

    (void)state;
    scratch_mkdir("other");
    write_pack("1.30", "2026-06-01");
    small_open(&s, NULL);
    if (catalogue_load_pack(s.c, scratch_path("other"), small_day(TODAY), &err) != 0)
        fail_msg("%s", err.text);
    read_rules(&s);
    assert_string_equal(price_of(&s, "2026-05-31"), "1.20");
    assert_string_equal(price_of(&s, TODAY), "1.30");
    assert_non_null(rules_source(&s.rules, "other"));
    assert_int_equal(s.rules.nsources, 3); /* the newest pack's word for what two packs name */
    assert_string_equal(rules_source(&s.rules, "made-b")->title, "Known by another title here");
    assert_non_null(small_offers(&s, "aliyun-cn", "cn-hangzhou", "compute", ON_DEMAND, TODAY).v[0].shape);

    write_pack("1.40", "2026-01-01"); /* the same directory again: it replaces what came from there */
    assert_int_equal(catalogue_load_pack(s.c, scratch_path("other"), small_day(TODAY), &err), 0);
    read_rules(&s);
    assert_string_equal(price_of(&s, TODAY), "ambiguous"); /* with the bundled one of that day */
    assert_int_equal(catalogue_snapshots(s.c, &s.arena, &snapshots, &n, &err), 0);
    assert_int_equal(n, 2);
    assert_string_equal(snapshots[0].origin, "packs/bundled");
    assert_int_equal(snapshots[0].rows, 21);
    assert_string_equal(snapshots[1].origin, scratch_path("other"));
    assert_memory_equal(snapshots[1].id, "other@", 6);
    assert_int_equal(snapshots[1].rows, 1);
    small_close(&s);
    forget_packs();
}

static void a_bad_pack_changes_nothing(void **state)
{
    struct small_catalogue s;
    char said[2048];
    struct err err = {ERR_NONE, ""};
    char *good = good_dump(said);

    (void)state;
    write_pack("0", "2026-06-01");
    small_open(&s, NULL);
    assert_int_equal(catalogue_load_pack(s.c, scratch_path("other"), small_day(TODAY), &err), -1);
    assert_non_null(strstr(err.text, "other/prices.csv:2: price: '0' is no price"));
    assert_int_equal(catalogue_load_pack(s.c, scratch_path("none"), small_day(TODAY), &err), -1);
    assert_int_equal(err.kind, ERR_USAGE);
    assert_int_equal(catalogue_load_pack(s.c, scratch_path("data/packs/bundled"), small_day(TODAY), &err), -1);
    assert_non_null(strstr(err.text, "is the bundled pack: it is always loaded"));
    assert_string_equal(price_of(&s, TODAY), "1.20");
    small_close(&s);
    char *after = good_dump(said);
    assert_string_equal(good, after);
    free(good);
    free(after);
}

static void loading_the_bundled_pack_again_leaves_other_packs(void **state)
{
    struct small_catalogue s;
    size_t n;
    struct err err;
    char *prices = scratch_read("data/packs/bundled/prices.csv", &n);

    (void)state;
    write_pack("1.30", "2026-06-01");
    small_open(&s, NULL);
    assert_int_equal(catalogue_load_pack(s.c, scratch_path("other"), small_day(TODAY), &err), 0);
    small_close(&s);
    *strstr(prices, "tencent-intl") = '\0'; /* fewer prices than before */
    scratch_write("data/packs/bundled/prices.csv", prices);
    small_open(&s, NULL);
    assert_non_null(strstr(s.said, "loaded 13 prices"));
    assert_string_equal(price_of(&s, TODAY), "1.30");
    assert_string_equal(price_of(&s, "2026-05-31"), "1.20");
    assert_int_equal(small_offers(&s, "tencent-intl", "ap-singapore", "compute", ALL, TODAY).n, 0);
    small_close(&s);
    free(prices);
    scratch_copy("tests/packs/two-dates/prices.csv", "data/packs/bundled/prices.csv");
    forget_packs();
}

static void a_private_pack_stands_alone(void **state)
{
    struct small_catalogue s;
    struct published_rate rate;
    bool found;
    struct err err;

    (void)state;
    write_pack("1.30", "2026-06-01");
    small_open(&s, scratch_path("other"));
    assert_string_not_equal(catalogue_path(s.c), scratch_path(file));
    assert_string_equal(price_of(&s, TODAY), "1.30");
    assert_string_equal(price_of(&s, "2026-05-31"), "none"); /* nothing of the bundled pack */
    struct offer_list l = small_offers(&s, "aliyun-cn", "cn-hangzhou", "compute", ALL, TODAY);
    assert_int_equal(l.n, 1);
    assert_non_null(l.v[0].shape); /* but its shapes, regions, rules and rates */
    assert_non_null(rules_region(&s.rules, "baidu-cn", "bj"));
    assert_int_equal(catalogue_rate(s.c, "ecb", "USD", small_day(TODAY), &rate, &found, &err), 0);
    assert_true(found);
    small_close(&s);

    write_pack("0", "2026-06-01"); /* it changed for the worse: all or nothing */
    assert_int_equal(small_try(&s, scratch_path("other"), &err), -1);
    assert_non_null(strstr(err.text, "other/prices.csv:2: price: "));
    small_close(&s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(it_is_built_once),
        cmocka_unit_test(changed_data_is_loaded_again),
        cmocka_unit_test(what_the_data_says_no_more_is_forgotten),
        cmocka_unit_test(bad_data_is_refused_and_nothing_is_lost),
        cmocka_unit_test(lost_or_changed_rows_are_noticed),
        cmocka_unit_test(garbage_in_its_place_is_noticed),
        cmocka_unit_test(a_cut_file_is_noticed),
        cmocka_unit_test(changed_bytes_never_change_the_answers),
        cmocka_unit_test(many_first_starts_at_once_all_work),
        cmocka_unit_test(a_full_disk_is_named_and_leaves_nothing),
        cmocka_unit_test(a_cache_that_cannot_be_written_is_named),
        cmocka_unit_test(loaded_packs_join_the_history),
        cmocka_unit_test(a_bad_pack_changes_nothing),
        cmocka_unit_test(loading_the_bundled_pack_again_leaves_other_packs),
        cmocka_unit_test(a_private_pack_stands_alone),
    };

    return cmocka_run_group_tests(tests, setup, teardown);
}
