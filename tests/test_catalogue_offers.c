/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What is known on a day: a pack with two dates, contradictions, and reservations in two parts. The
 * figures are those of tests/packs/two-dates/prices.csv.
 */
#include "tests/support/scratch.h"
#include "tests/support/small_data.h"
#include "tests/support/test.h"

#include <string.h>

enum { ON_DEMAND = 1u << CHARGE_ON_DEMAND, RESERVED = 1u << CHARGE_RESERVED, ALL = (1u << CHARGE_BEST) - 1 };

static struct small_catalogue s;

static int setup(void **state)
{
    (void)state;
    small_data();
    small_open(&s, NULL);
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    small_close(&s);
    scratch_free();
    return 0;
}

static const struct offer *only(struct offer_list l, const char *sku)
{
    const struct offer *found = NULL;

    for (size_t i = 0; i < l.n; i++)
        if (!strcmp(l.v[i].sku, sku)) {
            assert_null(found);
            found = &l.v[i];
        }
    return found;
}

static void price_is(const struct price_part *part, size_t tier, const char *text)
{
    char price[DEC_TEXT];

    assert_true(tier < part->ntiers);
    dec_format(part->tiers[tier].price, 2, price);
    assert_string_equal(price, text);
}

static void day_is(struct date d, const char *text)
{
    char day[DATE_TEXT];

    date_format(d, day);
    assert_string_equal(day, text);
}

static void the_newest_price_not_after_the_day_counts(void **state)
{
    static const struct {
        const char *day, *price, *as_of; /* NULL: none */
    } rows[] = {
        {"2024-12-31", NULL, NULL},           {"2025-01-01", "1.00", "2025-01-01"},
        {"2025-12-31", "1.00", "2025-01-01"}, {"2026-01-01", "1.20", "2026-01-01"},
        {"2026-11-21", "1.20", "2026-01-01"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const struct offer *o =
            only(small_offers(&s, "aliyun-cn", "cn-hangzhou", "compute", ON_DEMAND, rows[i].day), "ecs.g7.xlarge");
        if (rows[i].price == NULL) {
            assert_null(o);
            continue;
        }
        assert_non_null(o);
        price_is(&o->parts[0], 0, rows[i].price);
        day_is(o->as_of, rows[i].as_of);
        assert_null(o->rival); /* an older price is no rival */
    }
}

static void the_newest_ladder_counts_as_a_whole(void **state)
{
    (void)state;
    const struct offer *o =
        only(small_offers(&s, "tencent-cn", "ap-guangzhou", "compute", ON_DEMAND, "2025-06-01"), "M5.2XLARGE64");
    assert_int_equal(o->nparts, 1);
    assert_int_equal(o->parts[0].scope, SCOPE_LIFE);
    assert_int_equal(o->parts[0].ntiers, 3);
    price_is(&o->parts[0], 0, "4.92");
    price_is(&o->parts[0], 1, "2.46");
    price_is(&o->parts[0], 2, "1.67");
    assert_true(dec_cmp(o->parts[0].tiers[1].from, dec_int64(96)) == 0);
    assert_true(dec_cmp(o->parts[0].tiers[1].to, dec_int64(360)) == 0);
    assert_true(o->parts[0].tiers[2].open);

    o = only(small_offers(&s, "tencent-cn", "ap-guangzhou", "compute", ON_DEMAND, "2026-06-01"), "M5.2XLARGE64");
    assert_int_equal(o->parts[0].ntiers, 1); /* no old tier under the new price */
    assert_int_equal(o->parts[0].scope, SCOPE_ITEM);
    price_is(&o->parts[0], 0, "1.50");
}

static void two_prices_of_one_day_are_rivals(void **state)
{
    (void)state;
    struct offer_list l = small_offers(&s, "aliyun-cn", "cn-hangzhou", "compute", ON_DEMAND, "2026-06-01");
    assert_int_equal(l.n, 4);
    assert_string_equal(l.v[0].sku, "ecs.g7.2xlarge");
    assert_string_equal(l.v[1].sku, "ecs.g7.2xlarge");
    assert_ptr_equal(l.v[0].rival, &l.v[1]);
    assert_ptr_equal(l.v[1].rival, &l.v[0]);
    assert_string_equal(l.v[0].source->id, "made-a");
    assert_string_equal(l.v[1].source->id, "made-b");
    price_is(&l.v[1].parts[0], 0, "2.10");
}

static void the_same_price_from_two_sources_is_one(void **state)
{
    (void)state;
    const struct offer *o =
        only(small_offers(&s, "aliyun-cn", "cn-hangzhou", "compute", ON_DEMAND, "2026-06-01"), "ecs.g7.large");
    assert_null(o->rival);
    assert_string_equal(o->source->id, "made-a");
}

static void a_reservation_in_two_parts_is_one_offer(void **state)
{
    (void)state;
    struct offer_list l = small_offers(&s, "tencent-intl", "ap-singapore", "compute", RESERVED, "2026-06-01");
    assert_int_equal(l.n, 3);
    assert_string_equal(l.v[1].offering, "no-upfront");
    assert_int_equal(l.v[1].nparts, 1);
    assert_string_equal(l.v[2].offering, "partial-upfront");
    assert_int_equal(l.v[2].nparts, 2);
    assert_int_equal(l.v[2].parts[0].unit, UNIT_TERM);
    price_is(&l.v[2].parts[0], 0, "412.00");
    assert_int_equal(l.v[2].parts[1].unit, UNIT_HOUR);
    price_is(&l.v[2].parts[1], 0, "0.05");
    assert_string_equal(l.v[0].sku, "S5.LARGE16");
    assert_int_equal(l.v[0].nparts, 1); /* its rate by the hour went with the older price */
    price_is(&l.v[0].parts[0], 0, "1200.00");

    l = small_offers(&s, "tencent-intl", "ap-singapore", "compute", RESERVED, "2025-06-01");
    assert_int_equal(l.n, 2); /* all that was known then */
    assert_int_equal(l.v[0].nparts, 2);
    price_is(&l.v[0].parts[0], 0, "500.00");
    assert_int_equal(l.v[1].nparts, 2);
    price_is(&l.v[1].parts[0], 0, "900.00");
    price_is(&l.v[1].parts[1], 0, "0.06");
}

static void an_offer_says_all_that_the_row_said(void **state)
{
    (void)state;
    const struct offer *o =
        only(small_offers(&s, "aliyun-cn", "cn-hangzhou", "compute", ON_DEMAND, "2026-06-01"), "ecs.g7.xlarge");
    assert_string_equal(o->site, "aliyun-cn");
    assert_string_equal(o->region, "cn-hangzhou");
    assert_string_equal(o->service, "compute");
    assert_string_equal(o->os, "linux");
    assert_int_equal(o->charge, CHARGE_ON_DEMAND);
    assert_int_equal(o->term_months, 0);
    assert_string_equal(o->offering, "");
    assert_string_equal(o->currency, "CNY");
    assert_int_equal(o->basis, BASIS_INCL);
    assert_true(o->has_tax_rate && dec_cmp(o->tax_rate, dec_of(6, 2)) == 0);
    assert_string_equal(o->source->confidence, "low");
    assert_memory_equal(o->snapshot, "bundled@", 8);
    assert_int_equal(o->parts[0].unit, UNIT_HOUR);
    assert_non_null(o->shape);
    assert_true(o->shape->has_size && dec_cmp(o->shape->vcpu, dec_int64(4)) == 0);
    assert_true(dec_cmp(o->shape->memory, dec_int64(16)) == 0);
    assert_true(o->shape->legacy);
    assert_string_equal(o->shape->class_, "general");
    assert_string_equal(o->shape->family, "ecs.g7");
}

static void charges_are_chosen_by_their_bits(void **state)
{
    (void)state;
    struct offer_list l = small_offers(&s, "aliyun-cn", "cn-hangzhou", "compute", 1u << CHARGE_PREPAID, "2026-06-01");
    assert_int_equal(l.n, 1);
    assert_string_equal(l.v[0].sku, "made.up");
    assert_int_equal(l.v[0].term_months, 1);
    assert_null(l.v[0].shape); /* can be pinned, never matched */
    l = small_offers(&s, "aliyun-cn", "cn-hangzhou", "compute", ALL, "2026-06-01");
    assert_int_equal(l.n, 5);
    for (size_t i = 1; i < l.n; i++)
        assert_true(strcmp(l.v[i - 1].sku, l.v[i].sku) <= 0);
    l = small_offers(&s, "aliyun-cn", "cn-hangzhou", "compute", 0, "2026-06-01");
    assert_int_equal(l.n, 0);
}

static void a_free_tier_is_a_price(void **state)
{
    (void)state;
    const struct offer *o =
        only(small_offers(&s, "aliyun-cn", "cn-hangzhou", "egress", ON_DEMAND, "2026-06-01"), "made_traffic");
    assert_int_equal(o->parts[0].ntiers, 2);
    price_is(&o->parts[0], 0, "0.00");
    assert_int_equal(o->parts[0].scope, SCOPE_MONTH);
    assert_string_equal(o->os, "");
}

static void nothing_is_sold_where_nothing_is_known(void **state)
{
    (void)state;
    assert_int_equal(small_offers(&s, "aliyun-cn", "cn-hangzhou", "database", ALL, "2026-06-01").n, 0);
    assert_int_equal(small_offers(&s, "aliyun-cn", "cn-nowhere", "compute", ALL, "2026-06-01").n, 0);
    assert_int_equal(small_offers(&s, "baidu-cn", "bj", "compute", ALL, "2026-06-01").n, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_newest_price_not_after_the_day_counts),
        cmocka_unit_test(the_newest_ladder_counts_as_a_whole),
        cmocka_unit_test(two_prices_of_one_day_are_rivals),
        cmocka_unit_test(the_same_price_from_two_sources_is_one),
        cmocka_unit_test(a_reservation_in_two_parts_is_one_offer),
        cmocka_unit_test(an_offer_says_all_that_the_row_said),
        cmocka_unit_test(charges_are_chosen_by_their_bits),
        cmocka_unit_test(a_free_tier_is_a_price),
        cmocka_unit_test(nothing_is_sold_where_nothing_is_known),
    };

    return cmocka_run_group_tests(tests, setup, teardown);
}
