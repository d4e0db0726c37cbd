/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The JSON estimate, read back by another library (json-c): every figure of the hand-made estimate is
 * there, as text, under the keys that fixtures/schema/estimate.schema.json names.
 */
#include "tests/support/test.h"

#include "tests/support/printed.h"

#include <json-c/json.h>
#include <stdlib.h>
#include <string.h>

static struct json_object *read_back(const struct estimate_fixture *f)
{
    struct buf out = print_report(f, "json", &(struct report_options){.view = VIEW_SUMMARY});
    struct json_tokener *t = json_tokener_new();
    struct json_object *top;
    json_tokener_set_flags(t, JSON_TOKENER_STRICT | JSON_TOKENER_VALIDATE_UTF8);
    assert_true(out.n > 2 && out.v[out.n - 1] == '\n' && out.v[out.n - 2] == '}');
    top = json_tokener_parse_ex(t, out.v, (int)out.n);
    if (json_tokener_get_error(t) != json_tokener_success)
        fail_msg("%s", json_tokener_error_desc(json_tokener_get_error(t)));
    json_tokener_free(t);
    buf_free(&out);
    return top;
}

/* Follows "sites.0.totals.cost". */
static struct json_object *at(struct json_object *top, const char *path)
{
    char key[64];
    struct json_object *v = top;
    while (*path != '\0') {
        size_t n = strcspn(path, ".");
        assert_true(n < sizeof key);
        memcpy(key, path, n);
        key[n] = '\0';
        if (json_object_is_type(v, json_type_array))
            v = json_object_array_get_idx(v, (size_t)strtol(key, NULL, 10));
        else if (!json_object_object_get_ex(v, key, &v))
            fail_msg("no key %s", key);
        path += n + (path[n] == '.');
    }
    return v;
}

static void assert_at(struct json_object *top, const char *path, const char *expected)
{
    struct json_object *v = at(top, path);
    if (expected == NULL) {
        assert_null(v);
        return;
    }
    if (!json_object_is_type(v, json_type_string))
        fail_msg("%s is no text", path);
    if (strcmp(json_object_get_string(v), expected) != 0)
        fail_msg("%s is %s, not %s", path, json_object_get_string(v), expected);
}

static void the_scenario(void **state)
{
    static struct estimate_fixture f;
    struct json_object *top;
    (void)state;
    estimate_fixture(&f);
    top = read_back(&f);
    assert_at(top, "schema", "tco-estimate/1");
    assert_at(top, "scenario.name", "storefront");
    assert_at(top, "scenario.start", "2027-01");
    assert_int_equal(json_object_get_int(at(top, "scenario.months")), 12);
    assert_at(top, "scenario.discount_rate", "0.06");
    assert_at(top, "scenario.settings.0.value", "storefront");
    assert_at(top, "scenario.settings.1.origin", "--set");
    assert_at(top, "snapshots.0.sha256", "0123abcd");
    assert_at(top, "rates.0.rate", "7.1");
    assert_at(top, "rates.0.date", NULL);
    json_object_put(top);
}

static void sites_and_totals(void **state)
{
    static struct estimate_fixture f;
    struct json_object *top;
    (void)state;
    estimate_fixture(&f);
    top = read_back(&f);
    assert_int_equal(json_object_array_length(at(top, "sites")), 4);
    assert_at(top, "sites.0.totals.list", "55004.04");
    assert_at(top, "sites.0.totals.npv", "50285.49");
    assert_at(top, "sites.0.totals.vs_best", "0");
    assert_at(top, "sites.1.name_zh", "阿里云国际站");
    assert_at(top, "sites.1.totals.list_currency", "USD");
    assert_at(top, "sites.1.totals.fees", "120.84");
    assert_at(top, "sites.1.totals.vs_best", "0.167167705833");
    assert_int_equal(json_object_get_int(at(top, "sites.1.rank")), 2);
    /* unknown is null */
    assert_null(at(top, "sites.2.rank"));
    assert_null(at(top, "sites.2.totals.list"));
    assert_null(at(top, "sites.3.totals"));
    assert_null(at(top, "sites.3.oldest_price"));
    assert_at(top, "sites.3.reasons.0", "1 of 1 lines has no price");
    json_object_put(top);
}

static void lines_with_every_operand(void **state)
{
    static struct estimate_fixture f;
    struct json_object *top;
    (void)state;
    estimate_fixture(&f);
    top = read_back(&f);
    assert_at(top, "sites.1.lines.0.offer.parts.0.tiers.0.price", "0.161973");
    assert_at(top, "sites.1.lines.0.offer.parts.0.tiers.0.to", NULL);
    assert_at(top, "sites.1.lines.0.offer.source.licence", "Apache-2.0");
    assert_at(top, "sites.1.lines.0.fx.source", "budget");
    assert_at(top, "sites.1.lines.0.spread", "0.002");
    assert_at(top, "sites.1.lines.0.runs.0.list_exact", "709.44174");
    assert_at(top, "sites.1.lines.0.runs.0.list", "709.44");
    assert_at(top, "sites.1.lines.0.runs.0.tax_sum.tax", "302.22");
    assert_at(top, "sites.1.lines.0.runs.0.cost", "5047.09");
    assert_int_equal(json_object_get_int(at(top, "sites.1.lines.0.runs.0.first_month")), 1);
    assert_int_equal(json_object_get_int(at(top, "sites.1.lines.0.runs.0.tax_sum.rule")), 0);
    assert_at(top, "sites.1.taxes.0.by", "buyer");
    assert_at(top, "sites.1.taxes.0.rule.source", "VAT Law Art. 10, 15, 16 (before 2026: Circular 36/2016)");
    assert_at(top, "sites.2.lines.0.offer.parts.0.scope", "life");
    assert_at(top, "sites.2.lines.0.offer.parts.0.tiers.1.to", "360");
    assert_at(top, "sites.2.lines.1.totals.other", "20000.00");
    assert_null(at(top, "sites.2.lines.1.runs.0.tax_sum"));
    assert_at(top, "sites.0.lines.0.runners_up.0.offer.sku", "ecs.g7.2xlarge");
    assert_null(at(top, "sites.3.lines.0.totals"));
    assert_null(at(top, "sites.3.lines.0.offer"));
    json_object_put(top);
}

/* Two lines of one pool name it by the same index; it is written once. */
static void pools_are_written_once(void **state)
{
    static struct estimate_fixture f;
    static const struct charge_run runs[] = {{.first = 0, .months = 12, .at = AT_END, .quantity = {0}, .list = {0}}};
    static const struct pool pool = {.nlines = 2, .runs = runs, .nruns = 1};
    struct json_object *top;
    (void)state;
    estimate_fixture(&f);
    f.tencent_lines[0].pool = &pool;
    f.tencent_lines[1].pool = &pool;
    top = read_back(&f);
    assert_int_equal(json_object_array_length(at(top, "sites.2.pools")), 1);
    assert_int_equal(json_object_get_int(at(top, "sites.2.lines.1.pool")), 0);
    assert_int_equal(json_object_get_int(at(top, "sites.2.pools.0.lines")), 2);
    assert_null(at(top, "sites.0.lines.0.pool"));
    json_object_put(top);
}

static void both_rivals_are_there(void **state)
{
    static struct estimate_fixture f;
    struct json_object *top;
    (void)state;
    estimate_fixture(&f);
    f.offers[FIX_CN].rival = &f.runner_up;
    f.lines[FIX_CN].status = LINE_AMBIGUOUS;
    top = read_back(&f);
    assert_at(top, "sites.0.lines.0.status", "ambiguous");
    assert_at(top, "sites.0.lines.0.rival.sku", "ecs.g7.2xlarge");
    assert_int_equal(json_object_array_length(at(top, "sites.0.lines.0.runs")), 0);
    assert_null(at(top, "sites.0.lines.0.totals"));
    json_object_put(top);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_scenario),
        cmocka_unit_test(sites_and_totals),
        cmocka_unit_test(lines_with_every_operand),
        cmocka_unit_test(pools_are_written_once),
        cmocka_unit_test(both_rivals_are_there),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
