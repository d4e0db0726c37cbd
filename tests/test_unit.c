/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/support/numbers.h"

#include "calc/unit.h"

static struct resource resource(enum resource_kind kind, const char *size)
{
    struct resource r = {.kind = kind};
    if (size)
        r.size = (struct value){.kind = VALUE_FIXED, .fixed = D(size)};
    return r;
}

static void check(enum resource_kind kind, const char *size, enum unit unit, const char *want, const char *time,
                  const char *div)
{
    struct resource r = resource(kind, size);
    struct measure m;
    enum text_id why;
    assert_true(unit_measure(&r, unit, D("730"), &m, &why));
    assert_dec(m.size, want);
    assert_dec(m.time, time);
    assert_dec(m.time_div, div);
}

static void a_month_in_each_unit(void **state)
{
    (void)state;
    check(KIND_COMPUTE, NULL, UNIT_HOUR, "1", "730", "1");
    check(KIND_NAT, NULL, UNIT_DAY, "1", "730", "24");
    check(KIND_COMPUTE, NULL, UNIT_MINUTE, "1", "43800", "1"); /* 730 x 60 */
    check(KIND_BLOCK_STORAGE, "100", UNIT_GB_MINUTE, "100", "43800", "1");
    check(KIND_BLOCK_STORAGE, "100", UNIT_GIB_MINUTE, "100", "43800", "1");
    check(KIND_BANDWIDTH, "20", UNIT_MBPS_MINUTE, "20", "43800", "1");
    check(KIND_LOAD_BALANCER, NULL, UNIT_MONTH, "1", "1", "1");
    check(KIND_BLOCK_STORAGE, "100", UNIT_GIB_HOUR, "100", "730", "1");
    check(KIND_BLOCK_STORAGE, "100", UNIT_DISK_MONTH, "1", "1", "1");
    check(KIND_OBJECT_STORAGE, "5", UNIT_GB_MONTH, "5", "1", "1");
    check(KIND_BLOCK_STORAGE, "100", UNIT_GB_DAY, "100", "730", "24");
    check(KIND_EGRESS, "2048", UNIT_GB, "2048", "1", "1");
    check(KIND_BANDWIDTH, "20", UNIT_MBPS_DAY, "20", "730", "24");
    check(KIND_REQUESTS, "25000000", UNIT_REQUESTS_10K, "2500", "1", "1");
    check(KIND_LOAD_BALANCER, "3", UNIT_LCU_HOUR, "3", "730", "1");
}

static void what_does_not_measure_has_no_price(void **state)
{
    (void)state;
    struct measure m;
    enum text_id why;
    struct resource egress = resource(KIND_EGRESS, "100"), disk = resource(KIND_BLOCK_STORAGE, NULL);
    assert_false(unit_measure(&egress, UNIT_MBPS_DAY, D("730"), &m, &why));
    assert_int_equal(why, TEXT_UNIT_OTHER_KIND);
    assert_false(unit_measure(&disk, UNIT_GIB_MONTH, D("730"), &m, &why));
    assert_int_equal(why, TEXT_UNIT_NO_SIZE);
}

static void a_cache_is_sold_by_its_memory(void **state)
{
    (void)state;
    struct resource r = resource(KIND_DATABASE, NULL);
    struct measure m;
    enum text_id why;
    r.memory = (struct value){.kind = VALUE_FIXED, .fixed = D("8")};
    assert_true(unit_measure(&r, UNIT_GIB_MONTH, D("730"), &m, &why));
    assert_dec(m.size, "8");
}

static void a_term_is_so_many_months(void **state)
{
    (void)state;
    struct measure m = {D("1"), D("730"), D("1")};
    assert_dec(measure_term(m, UNIT_HOUR, 12).time, "8760");
    m.time = D("43800");
    assert_dec(measure_term(m, UNIT_MINUTE, 12).time, "525600"); /* minutes of 365 days */
    m.time = D("1");
    assert_dec(measure_term(m, UNIT_TERM, 12).time, "1");
    assert_dec(measure_term(m, UNIT_GIB_MONTH, 3).time, "3");
}

static void names(void **state)
{
    (void)state;
    for (int i = 0; i < UNIT_COUNT; i++)
        assert_int_equal(unit_find(unit_table[i].name), i);
    assert_int_equal(unit_find("GBs"), -1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_month_in_each_unit),
        cmocka_unit_test(what_does_not_measure_has_no_price),
        cmocka_unit_test(a_cache_is_sold_by_its_memory),
        cmocka_unit_test(a_term_is_so_many_months),
        cmocka_unit_test(names),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
