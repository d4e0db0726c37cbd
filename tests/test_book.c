/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A book on paths whose drivers are put there by hand: every expectation is a product or a clamp.
 */
#include "tests/support/near.h"
#include "tests/support/numbers.h"

#include "models/book.h"

#include <math.h>

enum { MONTHS = 2 };

static const dec_t levels[] = {{10 * DEC_ONE_UNIT}, {20 * DEC_ONE_UNIT}, {40 * DEC_ONE_UNIT}};
static const struct book_value values[] = {{levels, 3}};
static const int years[MONTHS] = {0, 1};

/* What the drivers are on all paths: dollars at 1.5 from the start of the second month, at 2 from its end; prices of the
 * second year at 1.1. */
struct stage {
    struct book *book;
    double fx[MONTHS + 1][LANES], price[2][LANES], value[1][LANES], cost[1][LANES], npv[1][LANES];
};

static void fill(double *v, double x)
{
    for (int l = 0; l < LANES; l++)
        v[l] = x;
}

static void start(struct stage *s, const char *yearly)
{
    struct err err;
    *s = (struct stage){.book = NULL};
    assert_int_equal(book_open(&s->book, MONTHS, 1, D(yearly), values, 1, &err), 0);
    assert_int_equal(book_months(s->book), MONTHS);
}

static void play(struct stage *s, double value)
{
    const struct sim_seen seen = {MONTHS + 1, 2, 1, s->fx, s->price, s->value, s->cost, s->npv};
    fill(s->fx[0], 1);
    fill(s->fx[1], 1.5);
    fill(s->fx[2], 2);
    fill(s->price[0], 1);
    fill(s->price[1], 1.1);
    fill(s->value[0], value);
    fill(s->cost[0], 0);
    fill(s->npv[0], 0);
    book_more(s->book, &seen);
}

static size_t add(struct stage *s, enum timing at, int currency, int price, const dec_t *amount)
{
    struct err err;
    size_t number;
    const struct book_flow f = {0, currency, price, at, years, {amount, amount, amount, false}};
    assert_int_equal(book_add(s->book, &f, &number, &err), 0);
    return number;
}

static void answer(struct stage *s, size_t number, const dec_t (*at)[MONTHS], bool last_unknown)
{
    struct err err;
    struct book_months m[3];
    bool told = false;
    for (int k = 0; k < 3; k++)
        m[k] = (struct book_months){at[k], at[k], at[k], last_unknown && k == 2};
    assert_int_equal(book_answer(s->book, number, 0, m, &told, &err), 0);
    assert_true(told);
}

/* 100 at the end of each month: at 1.5 x 1 and at 2 x 1.1; at its start: at 1 x 1 and 1.5 x 1.1. */
static void rates_prices_and_times(void **state)
{
    static struct stage s;
    const dec_t hundred[MONTHS] = {D("100"), D("100")};
    (void)state;
    start(&s, "0");
    add(&s, AT_END, 0, 0, hundred);
    play(&s, 10);
    assert_near(s.cost[0][7], 150 + 220, 1e-9);
    add(&s, AT_START, 0, 0, hundred);
    play(&s, 10);
    assert_near(s.cost[0][7], 150 + 220 + 100 + 165, 1e-9);
    assert_near(s.npv[0][7], s.cost[0][7], 1e-9);
    book_free(s.book);
}

/* 21 % a year: 1.21^(-1/12) a month. */
static void money_is_discounted(void **state)
{
    static struct stage s;
    const dec_t hundred[MONTHS] = {D("100"), D("100")};
    double v = pow(1.21, -1 / 12.0);
    (void)state;
    start(&s, "0.21");
    add(&s, AT_START, SIM_NONE, SIM_NONE, hundred);
    play(&s, 10);
    assert_near(s.npv[0][0], 100 + 100 * v, 1e-9);
    add(&s, AT_END, SIM_NONE, SIM_NONE, hundred);
    play(&s, 10);
    assert_near(s.npv[0][0], 100 + 200 * v + 100 * v * v, 1e-9);
    book_free(s.book);
}

/* 100 at 10, 150 at 20, 350 at 40: 250 at 30. The second month has nothing at 10 and 8 at 40: 4 at 30. */
static void straight_lines_between_levels(void **state)
{
    static struct stage s;
    const dec_t base[MONTHS] = {D("100"), DEC_ZERO};
    const dec_t at[3][MONTHS] = {{D("100"), DEC_ZERO}, {D("150"), DEC_ZERO}, {D("350"), D("8")}};
    (void)state;
    start(&s, "0");
    answer(&s, add(&s, AT_END, SIM_NONE, SIM_NONE, base), at, false);
    play(&s, 10);
    assert_near(s.cost[0][3], 100, 1e-9);
    play(&s, 15);
    assert_near(s.cost[0][3], 125, 1e-9);
    play(&s, 30);
    assert_near(s.cost[0][3], 250 + 4, 1e-9);
    play(&s, 99);
    assert_near(s.cost[0][3], 358, 1e-9);
    book_free(s.book);
}

/* Without a price at 40 there is no figure above 20, and there is one up to it. */
static void nothing_is_known_beyond_a_price(void **state)
{
    static struct stage s;
    const dec_t base[MONTHS] = {D("100"), D("100")};
    const dec_t at[3][MONTHS] = {{D("50"), D("50")}, {D("100"), D("100")}, {DEC_ZERO, DEC_ZERO}};
    (void)state;
    start(&s, "0");
    answer(&s, add(&s, AT_END, SIM_NONE, SIM_NONE, base), at, true);
    play(&s, 20);
    assert_near(s.cost[0][3], 200, 1e-9);
    play(&s, 21);
    assert_true(isnan(s.cost[0][3]));
    book_free(s.book);
}

/* 1 % between 2 and 3, and 5: of 150 is 2, of 440 is 3; the second in a currency that doubled, of 440 / 2 is 2.2, and
 * 7.2 of it are 14.4. */
static void fees_follow_what_is_paid(void **state)
{
    static struct stage s;
    static const enum timing at[MONTHS] = {AT_END, AT_END};
    const dec_t paid[MONTHS] = {D("100"), D("200")};
    struct book_toll t = {0, SIM_NONE, D("1"), D("0.01"), D("2"), D("3"), D("5"), true, true, SIM_NONE, at};
    struct err err;
    (void)state;
    start(&s, "0");
    add(&s, AT_END, 0, 0, paid);
    assert_int_equal(book_add_toll(s.book, &t, &err), 0);
    play(&s, 10);
    assert_near(s.cost[0][0], 150 + 440 + (2 + 5) + (3 + 5), 1e-9);
    t.currency = 0;
    assert_int_equal(book_add_toll(s.book, &t, &err), 0);
    play(&s, 10);
    assert_near(s.cost[0][0], 590 + 15 + (2 + 5) * 1.5 + (2.2 + 5) * 2, 1e-9);
    book_free(s.book);
}

/* A month in which nothing is paid has no fee; the share paid may be the value: 10 times what is paid, or 15. */
static void fees_of_nothing_and_by_value(void **state)
{
    static struct stage s;
    static const enum timing at[MONTHS] = {AT_END, AT_END};
    const dec_t paid[MONTHS] = {D("100"), DEC_ZERO};
    struct book_toll t = {.rate = D("1"), .currency = SIM_NONE, .fixed = D("5"), .percent_value = 0, .at = at};
    struct err err;
    (void)state;
    start(&s, "0");
    add(&s, AT_END, SIM_NONE, SIM_NONE, paid);
    assert_int_equal(book_add_toll(s.book, &t, &err), 0);
    play(&s, 10);
    assert_near(s.cost[0][0], 100 + 1000 + 5, 1e-9);
    play(&s, 15);
    assert_near(s.cost[0][0], 100 + 1500 + 5, 1e-9);
    book_free(s.book);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rates_prices_and_times),        cmocka_unit_test(money_is_discounted),
        cmocka_unit_test(straight_lines_between_levels), cmocka_unit_test(nothing_is_known_beyond_a_price),
        cmocka_unit_test(fees_follow_what_is_paid),      cmocka_unit_test(fees_of_nothing_and_by_value),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
