/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/support/prepared.h"

#include "calc/match.h"
#include <stdio.h>

static const struct source good = {.id = "good", .confidence = "high"};
static const struct source weak = {.id = "weak", .confidence = "low"};

/* 4 vCPU, 16 GiB, amd64, current, no GPU, as asked by default_machine(). */
static struct shape machine(void)
{
    return (struct shape){.has_size = true,
                          .vcpu = D("4"),
                          .memory = D("16"),
                          .gpu = DEC_ZERO,
                          .arch = ARCH_AMD64,
                          .class_ = "general",
                          .family = "g"};
}

static struct resource default_machine(void)
{
    return (struct resource){.kind = KIND_COMPUTE,
                             .vcpu = {.kind = VALUE_FIXED, .fixed = D("4")},
                             .memory = {.kind = VALUE_FIXED, .fixed = D("16")},
                             .arch = ARCH_AMD64,
                             .os = "linux",
                             .class_ = ""};
}

static enum fit fit(const struct resource *r, const struct shape *s)
{
    struct offer o = {.sku = "x", .os = "linux", .source = &good, .shape = s};
    return match_shape(r, &o);
}

static void exactly_or_bigger_fits(void **state)
{
    (void)state;
    struct resource r = default_machine();
    struct shape s = machine();
    assert_int_equal(fit(&r, &s), FIT);
    s.vcpu = D("8");
    assert_int_equal(fit(&r, &s), FIT);
    s.vcpu = D("3.9");
    assert_int_equal(fit(&r, &s), FIT_TOO_SMALL);
    s.vcpu = D("4");
    s.memory = D("15.9");
    assert_int_equal(fit(&r, &s), FIT_TOO_SMALL);
}

static void what_is_special_must_be_asked_for(void **state)
{
    (void)state;
    struct resource r = default_machine();
    struct shape s = machine();
    s.arch = ARCH_ARM64;
    assert_int_equal(fit(&r, &s), FIT_ARCH);
    r.arch = ARCH_ANY;
    assert_int_equal(fit(&r, &s), FIT);
    s.burstable = true;
    assert_int_equal(fit(&r, &s), FIT_BURSTABLE);
    r.burstable = true;
    assert_int_equal(fit(&r, &s), FIT);
    s.metal = true;
    assert_int_equal(fit(&r, &s), FIT_METAL);
    r.metal = true;
    s.legacy = true;
    assert_int_equal(fit(&r, &s), FIT_LEGACY);
    r.legacy = true;
    assert_int_equal(fit(&r, &s), FIT);
    r.class_ = "memory";
    assert_int_equal(fit(&r, &s), FIT_CLASS);
}

static void cards_are_counted_when_they_are_known(void **state)
{
    (void)state;
    struct resource r = default_machine();
    struct shape s = machine();
    s.gpu = D("-1"); /* some, number not known */
    assert_int_equal(fit(&r, &s), FIT_GPU);
    r.gpu = (struct value){.kind = VALUE_FIXED, .fixed = DEC_ZERO}; /* any */
    assert_int_equal(fit(&r, &s), FIT);
    r.gpu.fixed = D("2");
    assert_int_equal(fit(&r, &s), FIT_GPU);
    s.gpu = D("4");
    assert_int_equal(fit(&r, &s), FIT);
    s.gpu = DEC_ZERO;
    r.gpu.fixed = DEC_ZERO;
    assert_int_equal(fit(&r, &s), FIT_GPU);
}

static void without_a_shape_or_sure_source_it_can_only_be_pinned(void **state)
{
    (void)state;
    struct resource r = default_machine();
    struct shape s = machine();
    struct offer o = {.sku = "x", .os = "linux", .source = &weak, .shape = &s};
    assert_int_equal(match_shape(&r, &o), FIT_LOW_CONFIDENCE);
    o.shape = NULL;
    assert_int_equal(match_shape(&r, &o), FIT_NO_SHAPE);
}

static void databases_fit_by_engine_and_standby(void **state)
{
    (void)state;
    struct resource r = default_machine();
    struct shape s = machine();
    r.kind = KIND_DATABASE;
    r.engine = "mysql";
    s.arch = ARCH_ANY;
    s.class_ = "mysql-single";
    assert_int_equal(fit(&r, &s), FIT);
    r.ha = true;
    assert_int_equal(fit(&r, &s), FIT_CLASS);
    s.class_ = "mysql-ha";
    assert_int_equal(fit(&r, &s), FIT);
    s.class_ = "mysqlx-ha";
    assert_int_equal(fit(&r, &s), FIT_CLASS);
}

/* ---- charges */

static struct offer offer(const char *sku, enum charge_kind charge, int months, const char *offering, enum unit unit)
{
    return (struct offer){.sku = sku,
                          .os = "",
                          .charge = charge,
                          .term_months = months,
                          .offering = offering,
                          .source = &good,
                          .parts = {{.unit = unit}},
                          .nparts = 1};
}

static bool answers(struct offer *v, size_t n, size_t i, enum charge_kind kind, int months, const char *offering)
{
    struct shelf s = {.offers = {v, n}};
    struct charge_choice asked = {kind, months, offering};
    return match_charge(&s, &v[i], &asked);
}

static void a_unit_sold_by_the_month_only_counts_as_on_demand(void **state)
{
    (void)state;
    struct offer v[] = {
        offer("disk", CHARGE_PREPAID, 1, "", UNIT_GIB_MONTH),   offer("line", CHARGE_ON_DEMAND, 0, "", UNIT_MBPS_DAY),
        offer("line", CHARGE_PREPAID, 1, "", UNIT_MBPS_MONTH),  offer("machine", CHARGE_PREPAID, 1, "", UNIT_TERM),
        offer("line2", CHARGE_PREPAID, 1, "", UNIT_MBPS_MONTH), offer("line2", CHARGE_ON_DEMAND, 0, "", UNIT_MBPS_DAY),
    };
    assert_true(answers(v, 6, 0, CHARGE_ON_DEMAND, 0, ""));
    assert_true(answers(v, 6, 1, CHARGE_ON_DEMAND, 0, ""));
    assert_false(answers(v, 6, 2, CHARGE_ON_DEMAND, 0, "")); /* the line has a daily price */
    assert_false(answers(v, 6, 3, CHARGE_ON_DEMAND, 0, "")); /* a machine is no unit */
    assert_false(answers(v, 6, 4, CHARGE_ON_DEMAND, 0, ""));
}

static void prepaid_takes_the_term_or_single_months(void **state)
{
    (void)state;
    struct offer v[] = {
        offer("a", CHARGE_PREPAID, 1, "", UNIT_TERM),
        offer("a", CHARGE_PREPAID, 12, "", UNIT_TERM),
        offer("b", CHARGE_PREPAID, 1, "", UNIT_TERM),
    };
    assert_false(answers(v, 3, 0, CHARGE_PREPAID, 12, "")); /* a has the year itself */
    assert_true(answers(v, 3, 1, CHARGE_PREPAID, 12, ""));
    assert_true(answers(v, 3, 2, CHARGE_PREPAID, 12, "")); /* b has single months only */
    assert_false(answers(v, 3, 0, CHARGE_PREPAID, 36, ""));
    assert_false(answers(v, 3, 1, CHARGE_PREPAID, 36, ""));
    assert_true(answers(v, 3, 0, CHARGE_PREPAID, 1, ""));
    assert_false(answers(v, 3, 0, CHARGE_ON_DEMAND, 0, ""));
}

static void reservations_go_by_term_and_offering(void **state)
{
    (void)state;
    struct offer v[] = {
        offer("a", CHARGE_RESERVED, 12, "all-upfront", UNIT_TERM),
        offer("a", CHARGE_RESERVED, 12, "", UNIT_MONTH),
    };
    assert_true(answers(v, 2, 0, CHARGE_RESERVED, 12, "all-upfront"));
    assert_false(answers(v, 2, 1, CHARGE_RESERVED, 12, "all-upfront"));
    assert_true(answers(v, 2, 0, CHARGE_RESERVED, 12, ""));
    assert_true(answers(v, 2, 1, CHARGE_RESERVED, 12, "unnamed"));
    assert_false(answers(v, 2, 0, CHARGE_RESERVED, 12, "unnamed"));
    assert_false(answers(v, 2, 0, CHARGE_RESERVED, 36, ""));
    assert_false(answers(v, 2, 0, CHARGE_SAVINGS_PLAN, 12, ""));
}

/* ---- whole lines, on the bundled prices */

static void estimate(struct prepared *p, const char *where, const char *resource)
{
    char text[1024];
    snprintf(text, sizeof text, "[project]\nas_of = 2026-11-21\n[fx]\nUSD/CNY = 7.1\n[compare]\n%s\n%s\n", where,
             resource);
    prepare_estimate(p, text, NULL, NULL);
}

/* Azure China, chinaeast2 (page of 2026-08-10): P10 holds 128 GiB, P15 256; E10 is the ssd of 128. */
static void sized_disks_take_the_smallest_that_holds(void **state)
{
    (void)state;
    static const struct {
        const char *size, *class_, *sku, *note;
    } v[] = {
        {"100 GiB", "ssd-premium", "P10", "128 GiB for 100 GiB"},
        {"128 GiB", "ssd-premium", "P10", ""},
        {"129 GiB", "ssd-premium", "P15", "256 GiB for 129 GiB"},
        {"1 GiB", "ssd", "E1", "4 GiB for 1 GiB"},
        {"4 TiB", "ssd-premium", "P50", ""},
    };
    for (size_t i = 0; i < sizeof v / sizeof *v; i++) {
        struct prepared p;
        char text[256];
        snprintf(text, sizeof text, "[block-storage d]\nclass = %s\nsize = %s", v[i].class_, v[i].size);
        estimate(&p, "sites = azure-cn\nregion.azure-cn = chinaeast2", text);
        const struct line *l = prepared_line(prepared_site(&p, "azure-cn"), "d");
        assert_int_equal(l->status, LINE_PRICED);
        assert_string_equal(l->offer->sku, v[i].sku);
        assert_string_equal(l->size_note, v[i].note);
        prepared_free(&p);
    }
}

static void a_disk_larger_than_all_is_unpriced(void **state)
{
    (void)state;
    struct prepared p;
    estimate(&p, "sites = azure-cn\nregion.azure-cn = chinaeast2", "[block-storage d]\nclass = ssd\nsize = 64 TiB");
    const struct line *l = prepared_line(prepared_site(&p, "azure-cn"), "d");
    assert_int_equal(l->status, LINE_UNPRICED);
    assert_non_null(strstr(l->reason, "no on-demand price in chinaeast2 of class ssd"));
    assert_non_null(strstr(l->reason, "too small"));
    assert_null(strstr(l->reason, "chinaeast2 on-demand")); /* what was just found too small is not the nearest */
    prepared_free(&p);
}

static void several_offerings_are_ambiguous(void **state)
{
    (void)state;
    struct prepared p;
    estimate(&p, "sites = azure-cn\nregion.azure-cn = chinaeast2",
             "[compute c]\nsku.azure-cn = Standard_D2_v3\ncharge = reserved 12 months");
    const struct line *l = prepared_line(prepared_site(&p, "azure-cn"), "c");
    assert_int_equal(l->status, LINE_AMBIGUOUS);
    assert_string_equal(l->reason, "several offerings: name one of unnamed, all-upfront");
    prepared_free(&p);
}

static void an_unknown_pin_names_the_nearest(void **state)
{
    (void)state;
    struct prepared p;
    estimate(&p, "sites = aliyun-cn\nregion.aliyun-cn = cn-hangzhou",
             "[compute c]\nsku.aliyun-cn = ecs.g7.xlarge\ncharge = prepaid 36 months");
    const struct line *l = prepared_line(prepared_site(&p, "aliyun-cn"), "c");
    assert_int_equal(l->status, LINE_UNPRICED);
    assert_non_null(strstr(l->reason, "no prepaid 36 months price in cn-hangzhou for ecs.g7.xlarge"));
    assert_non_null(strstr(l->reason, "nearest: ecs.g7.xlarge "));
    prepared_free(&p);
}

static void runners_up_are_kept_in_order(void **state)
{
    (void)state;
    struct prepared p;
    struct estimate_options opt = {.candidates = 3};
    prepare_estimate(&p,
                     "[project]\nas_of = 2026-11-21\n[compare]\nsites = aliyun-cn\ncity = Hangzhou\n"
                     "[compute c]\nvcpu = 4\nmemory = 16 GiB\n",
                     NULL, &opt);
    const struct line *l = prepared_line(prepared_site(&p, "aliyun-cn"), "c");
    assert_int_equal(l->ncandidates, 4);
    assert_ptr_equal(l->candidates[0].offer, l->offer);
    for (size_t i = 1; i < 4; i++)
        assert_true(dec_cmp(l->candidates[i - 1].cost, l->candidates[i].cost) <= 0);
    prepared_free(&p);
}

/* Tencent in Guangzhou sells S5.MEDIUM4 by the hour at 0.28 (204.40 a month), the month at 133.11, the year at 1,266.84, three
 * years at 2,258.28: over 36 months the long term is cheapest, over one month the month is. */
static void best_takes_the_lowest_present_value(void **state)
{
    (void)state;
    static const struct {
        int months;
        const char *charge;
    } v[] = {{36, "prepaid 36 months"}, {12, "prepaid 12 months"}, {1, "prepaid 1 month"}};
    for (size_t i = 0; i < 3; i++) {
        struct prepared p;
        char text[512];
        snprintf(text, sizeof text,
                 "[project]\nmonths = %d\nas_of = 2026-11-21\n[compare]\nsites = tencent-cn\n"
                 "region.tencent-cn = ap-guangzhou\n[compute c]\nsku.tencent-cn = S5.MEDIUM4\ncharge = best\n",
                 v[i].months);
        prepare_estimate(&p, text, NULL, NULL);
        assert_string_equal(prepared_line(prepared_site(&p, "tencent-cn"), "c")->charge, v[i].charge);
        prepared_free(&p);
    }
}

/* A month of 730 hours, by hand: 96 x 10 + 634 x 1 = 1,594; 96 x 15 + 634 x 1.05 = 2,105.70; 96 x 1.2 + 634 x 1.1 = 812.60. In the
 * order of their lowest steps the cheapest comes last, behind one that is dearer than the first. */
static void the_lowest_step_is_not_the_lowest_cost(void **state)
{
    (void)state;
    struct prepared p;
    prepare_estimate(&p,
                     "[project]\nmonths = 1\nas_of = 2026-11-21\n[compare]\nsites = aliyun-cn\ncity = Beijing\n"
                     "[compute c]\nvcpu = 4\nmemory = 16 GiB\n",
                     "tests/packs/steps", NULL);
    const struct line *l = prepared_line(prepared_site(&p, "aliyun-cn"), "c");
    assert_string_equal(l->offer->sku, "ecs.g7.xlarge");
    assert_dec(l->list, "812.60");
    prepared_free(&p);
}

/* With `best` runners-up are other SKUs and other ways of buying; which way is said. */
static void runners_up_of_best_are_other_skus_too(void **state)
{
    (void)state;
    struct prepared p;
    struct estimate_options opt = {.candidates = 5};
    prepare_estimate(&p,
                     "[project]\nas_of = 2026-11-21\n[compare]\nsites = tencent-cn\nregion.tencent-cn = ap-guangzhou\n"
                     "[compute c]\nvcpu = 4\nmemory = 16 GiB\ncharge = best\n",
                     NULL, &opt);
    const struct line *l = prepared_line(prepared_site(&p, "tencent-cn"), "c");
    assert_int_equal(l->ncandidates, 6);
    assert_ptr_equal(l->candidates[0].offer, l->offer);
    bool other_sku = false;
    for (size_t i = 1; i < 6; i++)
        other_sku |= strcmp(l->candidates[i].offer->sku, l->offer->sku) != 0;
    assert_true(other_sku);
    for (size_t i = 2; i < 6; i++)
        assert_true(dec_cmp(l->candidates[i - 1].npv, l->candidates[i].npv) <= 0);
    prepared_free(&p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(exactly_or_bigger_fits),
        cmocka_unit_test(what_is_special_must_be_asked_for),
        cmocka_unit_test(cards_are_counted_when_they_are_known),
        cmocka_unit_test(without_a_shape_or_sure_source_it_can_only_be_pinned),
        cmocka_unit_test(databases_fit_by_engine_and_standby),
        cmocka_unit_test(a_unit_sold_by_the_month_only_counts_as_on_demand),
        cmocka_unit_test(prepaid_takes_the_term_or_single_months),
        cmocka_unit_test(reservations_go_by_term_and_offering),
        cmocka_unit_test(sized_disks_take_the_smallest_that_holds),
        cmocka_unit_test(a_disk_larger_than_all_is_unpriced),
        cmocka_unit_test(several_offerings_are_ambiguous),
        cmocka_unit_test(an_unknown_pin_names_the_nearest),
        cmocka_unit_test(runners_up_are_kept_in_order),
        cmocka_unit_test(best_takes_the_lowest_present_value),
        cmocka_unit_test(the_lowest_step_is_not_the_lowest_cost),
        cmocka_unit_test(runners_up_of_best_are_other_skus_too),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
