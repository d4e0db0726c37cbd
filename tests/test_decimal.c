/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Decimal arithmetic: hand-worked cases, a table made with bc, and properties over a fixed seed.
 */
#include "tests/support/test.h"

#include "calc/decimal.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A decimal from its text; the text is known to be good. */
static dec_t d(const char *text)
{
    dec_t out = DEC_ZERO;
    struct err err = {0};

    assert_int_equal(dec_parse(text, strlen(text), &out, &err), 0);
    return out;
}

static void same(dec_t got, const char *want)
{
    char text[DEC_TEXT];

    assert_false(dec_bad(got));
    dec_format(got, 0, text);
    assert_string_equal(text, want);
}

static void fault(dec_t got, const char *want)
{
    struct err err = {0};

    assert_true(dec_bad(got));
    assert_int_equal(dec_check(got, "x", &err), -1);
    assert_int_equal(err.kind, ERR_USAGE);
    assert_string_equal(err.text, want);
}

/* Money rules, section 1: worked on paper there. */
static void worked_invoice_lines(void **state)
{
    (void)state;
    same(dec_div_round(d("1060"), d("1.06"), 2, DEC_HALF_UP), "1000");
    same(dec_div_round(d("1000"), d("1.06"), 2, DEC_HALF_UP), "943.4");
    same(dec_div_round(d("1000"), d("1.09"), 2, DEC_HALF_UP), "917.43");
    same(dec_div_round(d("1000"), d("1.13"), 2, DEC_HALF_UP), "884.96");
    same(dec_mul_round(d("100.25"), d("7.78"), 2, DEC_HALF_UP), "779.95"); /* 779.945 */
    same(dec_mul_round(d("709.44"), d("7.1"), 2, DEC_HALF_UP), "5037.02");
    same(dec_round(dec_muln(dec_mul(d("1.0465"), d("730"), DEC_EXACT), 6), 2, DEC_HALF_UP), "4583.67");
}

static void roundings(void **state)
{
    (void)state;
    static const struct {
        const char *value;
        int places;
        const char *half_up, *down, *floor, *ceil;
    } rows[] = {
        {"2.5", 0, "3", "2", "2", "3"},
        {"-2.5", 0, "-3", "-2", "-3", "-2"},
        {"2.499999999999", 0, "2", "2", "2", "3"},
        {"-0.000000000001", 11, "0", "0", "-0.00000000001", "0"},
        {"0.000000000005", 11, "0.00000000001", "0", "0", "0.00000000001"},
        {"-1.005", 2, "-1.01", "-1", "-1.01", "-1"},
        {"1.23", 2, "1.23", "1.23", "1.23", "1.23"},
        {"0", 0, "0", "0", "0", "0"},
    };

    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        dec_t v = d(rows[i].value);
        same(dec_round(v, rows[i].places, DEC_HALF_UP), rows[i].half_up);
        same(dec_round(v, rows[i].places, DEC_DOWN), rows[i].down);
        same(dec_round(v, rows[i].places, DEC_FLOOR), rows[i].floor);
        same(dec_round(v, rows[i].places, DEC_CEIL), rows[i].ceil);
    }
}

static void faults_name_themselves_and_spread(void **state)
{
    (void)state;
    dec_t most = {DEC_MOST}, over = dec_add(most, (dec_t){1});

    fault(over, "x overflows");
    fault(dec_sub(dec_neg(most), (dec_t){1}), "x overflows");
    fault(dec_mul(most, most, DEC_HALF_UP), "x overflows");
    fault(dec_div(DEC_ONE, DEC_ZERO, DEC_HALF_UP), "x divides by zero");
    fault(dec_muldiv(DEC_ONE, DEC_ONE, DEC_ZERO, DEC_HALF_UP), "x divides by zero");
    fault(dec_div(DEC_ONE, d("3"), DEC_EXACT), "x is not exact");
    fault(dec_root(d("-1"), 2), "x is not a number");
    fault(dec_root(d("1000000000000.000000000001"), 2), "x overflows");
    fault(dec_add(dec_neg(dec_mul(over, DEC_ZERO, DEC_DOWN)), DEC_ONE), "x overflows");
    fault(dec_min(DEC_ONE, dec_max(over, DEC_ONE)), "x overflows");
    fault(dec_root(dec_round(dec_muln(over, 0), 2, DEC_DOWN), 2), "x overflows");
    struct err none = {0};
    assert_int_equal(dec_check(most, "x", &none), 0);
    assert_int_equal(none.kind, ERR_NONE);
    same(dec_add(most, dec_neg(most)), "0");
    assert_true(dec_add((dec_t){DEC_MOST - 1}, (dec_t){1}).v == DEC_MOST);
    assert_true(dec_sub((dec_t){1 - DEC_MOST}, (dec_t){1}).v == -DEC_MOST);
    for (int i = 0; i < 3; i++) {
        dec_t a = i == 0 ? over : DEC_ONE, b = i == 1 ? over : DEC_ONE, c = i == 2 ? over : DEC_ONE;
        fault(dec_muldiv(a, b, c, DEC_HALF_UP), "x overflows");
        if (i == 2)
            continue;
        fault(dec_add(a, b), "x overflows");
        fault(dec_sub(a, b), "x overflows");
        fault(dec_mul(a, b, DEC_HALF_UP), "x overflows");
        fault(dec_div(a, b, DEC_HALF_UP), "x overflows");
        fault(dec_min(a, b), "x overflows");
        fault(dec_max(a, b), "x overflows");
    }
    fault(dec_add(dec_bad_of(DEC_BY_ZERO), over), "x divides by zero");
}

/* An integer of units, from the table. */
static dec_t units(const char *text)
{
    bool negative = text[0] == '-';
    dec_int v = 0;

    for (const char *s = text + negative; *s != '\0'; s++)
        v = v * 10 + (*s - '0');
    return (dec_t){negative ? -v : v};
}

static dec_t computed(char *const cell[8])
{
    enum dec_round how = (enum dec_round)(cell[1][0] - '0');
    int places = (int)strtol(cell[2], NULL, 10);
    dec_t a = units(cell[3]), b = units(cell[4]), c = units(cell[5]);

    if (strcmp(cell[0], "mul") == 0)
        return places == DEC_PLACES ? dec_mul(a, b, how) : dec_mul_round(a, b, places, how);
    if (strcmp(cell[0], "div") == 0)
        return places == DEC_PLACES ? dec_div(a, b, how) : dec_div_round(a, b, places, how);
    if (strcmp(cell[0], "muldiv") == 0)
        return dec_muldiv(a, b, c, how);
    if (strcmp(cell[0], "round") == 0)
        return dec_round(a, places, how);
    assert_string_equal(cell[0], "root");
    return dec_root(a, places);
}

static bool as_in_table(dec_t got, const char *want)
{
    if (strcmp(want, "overflow") == 0)
        return got.v == dec_bad_of(DEC_OVERFLOW).v;
    if (strcmp(want, "zero") == 0)
        return got.v == dec_bad_of(DEC_BY_ZERO).v;
    if (strcmp(want, "inexact") == 0)
        return got.v == dec_bad_of(DEC_INEXACT).v;
    if (strcmp(want, "bad") == 0)
        return dec_bad(got);
    return got.v == units(want).v;
}

/* tests/support/decimal_table.bc made the table and says what a row is. */
static void table_made_with_bc(void **state)
{
    (void)state;
    FILE *f = fopen("tests/support/decimal_table.txt", "r");
    char line[400], shown[400];
    int rows = 0;

    assert_non_null(f); /* run from the top of the source tree */
    while (fgets(line, sizeof line, f) != NULL) {
        char *cell[8], *at = line;
        snprintf(shown, sizeof shown, "%s", line);
        for (int i = 0; i < 8; i++) {
            cell[i] = at;
            at += strcspn(at, " \n");
            assert_true(*at != '\0');
            *at++ = '\0';
        }
        if (!as_in_table(computed(cell), cell[7]))
            fail_msg("row %d: %s", rows + 1, shown);
        rows++;
    }
    fclose(f);
    assert_true(rows > 1000);
}

enum { ROUNDS = 20000 };

/* Numerical Recipes' generator of 64 bits; the tests print nothing, so the seed is fixed. */
static uint64_t seed = 20261121;

static uint64_t draw(void)
{
    seed = seed * 6364136223846793005U + 1442695040888963407U;
    return seed >> 32;
}

/* Any value of 1 to `bits` bits, either sign. */
static dec_t any(unsigned bits)
{
    unsigned n = (unsigned)(draw() % bits) + 1;
    dec_int v = (dec_int)(draw() >> 1);

    for (int i = 0; i < 3; i++)
        v = v << 32 | (dec_int)draw();
    if (n < 127)
        v &= ((dec_int)1 << n) - 1;
    if (v > DEC_MOST)
        v = DEC_MOST;
    return (dec_t){draw() % 2 ? v : -v};
}

static dec_t size(dec_t a)
{
    return dec_max(a, dec_neg(a));
}

static void equal(dec_t a, dec_t b)
{
    assert_false(dec_bad(a) || dec_bad(b));
    assert_int_equal(dec_cmp(a, b), 0);
}

static void adding_and_taking_away(void **state)
{
    (void)state;
    for (int i = 0; i < ROUNDS; i++) {
        dec_t a = any(126), b = any(126);
        equal(dec_sub(dec_add(a, b), b), a);
        equal(dec_add(a, b), dec_add(b, a));
        equal(dec_sub(a, b), dec_neg(dec_sub(b, a)));
        equal(dec_add(a, dec_neg(a)), DEC_ZERO);
        assert_int_equal(dec_cmp(a, b), dec_sign(dec_sub(a, b)));
        assert_int_equal(dec_cmp(dec_min(a, b), dec_max(a, b)), -(a.v != b.v));
    }
}

static void multiplying_and_dividing(void **state)
{
    (void)state;
    for (int i = 0; i < ROUNDS; i++) {
        dec_t a = any(80), b = any(80);
        equal(dec_mul(a, b, DEC_HALF_UP), dec_mul(b, a, DEC_HALF_UP));
        equal(dec_mul(a, DEC_ONE, DEC_EXACT), a);
        equal(dec_muln(a, -7), dec_mul(a, dec_int64(-7), DEC_EXACT));
        equal(dec_mul(a, dec_neg(b), DEC_FLOOR), dec_neg(dec_mul(a, b, DEC_CEIL)));
        if (b.v == 0)
            continue;
        equal(dec_muldiv(a, b, b, DEC_EXACT), a);
        equal(dec_div(dec_muln(a, 12), dec_int64(12), DEC_EXACT), a);
        /* (a / b) x b is off by half a unit x |b| at most, and rounded once more */
        dec_t q = dec_div(a, b, DEC_HALF_UP), back = dec_mul(q, b, DEC_HALF_UP);
        if (dec_bad(q))
            continue;
        dec_t bound = dec_add((dec_t){1}, dec_mul((dec_t){1}, size(b), DEC_CEIL));
        assert_true(dec_cmp(size(dec_sub(back, a)), bound) <= 0);
    }
}

static void rounding_directions(void **state)
{
    (void)state;
    for (int i = 0; i < ROUNDS; i++) {
        dec_t a = any(120);
        int places = (int)(draw() % 13);
        dec_t low = dec_round(a, places, DEC_FLOOR), high = dec_round(a, places, DEC_CEIL);
        dec_t mid = dec_round(a, places, DEC_HALF_UP), down = dec_round(a, places, DEC_DOWN);

        assert_true(dec_cmp(low, a) <= 0 && dec_cmp(a, high) <= 0);
        assert_true(dec_cmp(low, mid) <= 0 && dec_cmp(mid, high) <= 0);
        assert_true(dec_cmp(mid, low) == 0 || dec_cmp(mid, high) == 0);
        equal(down, a.v < 0 ? high : low);
        equal(dec_round(mid, places, DEC_EXACT), mid);
        assert_int_equal(dec_bad(dec_round(a, places, DEC_EXACT)), dec_cmp(low, high) != 0);
        if (dec_cmp(low, high) != 0)
            equal(dec_sub(high, low), dec_of(1, places));
        equal(dec_round(dec_neg(a), places, DEC_HALF_UP), dec_neg(mid));
    }
}

static void constructors(void **state)
{
    (void)state;
    same(dec_int64(INT64_MAX), "9223372036854775807");
    same(dec_int64(INT64_MIN), "-9223372036854775808");
    same(dec_of(709441, 3), "709.441");
    same(dec_of(-1, 12), "-0.000000000001");
    same(dec_of(INT64_MIN, 0), "-9223372036854775808");
    same(dec_muln(d("0.5"), INT64_MIN), "-4611686018427387904");
    fault(dec_muln((dec_t){DEC_MOST}, 2), "x overflows");
    fault(dec_muln((dec_t){-DEC_MOST}, INT64_MIN), "x overflows");
    equal(dec_muln((dec_t){DEC_MOST}, -1), (dec_t){-DEC_MOST});
}

/* The compiler reads a literal to the nearest double; the last rows lie as near as 12 decimals
 * allow to the middle between two. */
static void to_double(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        double nearest;
    } rows[] = {
        {"0", 0.0},
        {"1", 1.0},
        {"-1", -1.0},
        {"0.1", 0.1},
        {"7.1", 7.1},
        {"1.0465", 1.0465},
        {"0.161973", 0.161973},
        {"-0.000000000001", -0.000000000001},
        {"5037.02", 5037.02},
        {"9007199254740993", 9007199254740993.0},
        {"-9007199254740993", -9007199254740993.0},
        {"9007199254740992.999999999999", 9007199254740992.999999999999},
        {"123456789012.345678901234", 123456789012.345678901234},
        {"99999999999999999999.999999999999", 99999999999999999999.999999999999},
        {"-99999999999999999999.999999999999", -99999999999999999999.999999999999},
        {"170141183460469231731687303.715884105724", 170141183460469231731687303.715884105724},
        {"85408567769956312.000000000000", 85408567769956312.000000000000},
        {"2112024804774225024.000000000001", 2112024804774225024.000000000001},
        {"77960680.046099282801", 77960680.046099282801},
        {"7543250670342815.500000000001", 7543250670342815.500000000001},
        {"25231418176.055589675904", 25231418176.055589675904},
        {"241093562386118320.000000000001", 241093562386118320.000000000001},
        {"2744777517.331605195999", 2744777517.331605195999},
        {"46954356640175100.000000000001", 46954356640175100.000000000001},
        {"69141871.440119169652", 69141871.440119169652},
        {"1103918887221610816.000000000000", 1103918887221610816.000000000000},
        {"13087506.410141288303", 13087506.410141288303},
        {"83703575615574.351562500001", 83703575615574.351562500001},
    };

    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        assert_true(dec_to_double(d(rows[i].text)) == rows[i].nearest);
}

static void from_double(void **state)
{
    (void)state;
    same(dec_from_double(0.0, 2), "0");
    same(dec_from_double(-0.0, 2), "0");
    same(dec_from_double(0.5, 0), "1");
    same(dec_from_double(-0.5, 0), "-1");
    same(dec_from_double(0.49999999999999994, 0), "0");
    same(dec_from_double(-2.5, 0), "-3");
    same(dec_from_double(1.125, 2), "1.13"); /* a tie in binary too */
    same(dec_from_double(2.675, 2), "2.67"); /* stored as 2.67499999999999982236431605997495353221893310546875 */
    same(dec_from_double(1.005, 2), "1");    /* 1.00499999999999989... */
    same(dec_from_double(0.1, 12), "0.1");
    same(dec_from_double(0.145, 2), "0.14"); /* 0.14499999999999999... */
    same(dec_from_double(5e-13, 12), "0");   /* 4.99999999999999989...e-13 */
    same(dec_from_double(6e-13, 12), "0.000000000001");
    same(dec_from_double(50285.49, 2), "50285.49");
    same(dec_from_double(0x1p-13, 12), "0.000122070313"); /* 0.0001220703125 */
    same(dec_from_double(-0x1p-13, 12), "-0.000122070313");
    same(dec_from_double(5e-324, 12), "0");
    same(dec_from_double(0x1p-60, 12), "0");
    same(dec_from_double(1e20, 3), "100000000000000000000");
    same(dec_from_double(-0x1p87, 0), "-154742504910672534362390528");
    fault(dec_from_double(0x1p88, 0), "x overflows"); /* 3.09e26 */
    fault(dec_from_double(1.8e26, 12), "x overflows");
    fault(dec_from_double(1e300, 0), "x overflows");
    fault(dec_from_double((double)INFINITY, 2), "x overflows");
    fault(dec_from_double(-(double)INFINITY, 2), "x overflows");
    fault(dec_from_double((double)NAN, 2), "x is not a number");
    for (int i = 0; i < ROUNDS; i++) { /* 15 digits survive binary and back */
        dec_t a = dec_round(any(88), (int)(draw() % 4), DEC_DOWN);
        dec_t small = dec_div_round(a, dec_int64(1000), 3, DEC_DOWN);
        equal(dec_from_double(dec_to_double(small), 3), small);
    }
}

static void comparing(void **state)
{
    (void)state;
    assert_int_equal(dec_sign(d("-0.000000000001")), -1);
    assert_int_equal(dec_sign(DEC_ZERO), 0);
    assert_int_equal(dec_sign(DEC_ONE), 1);
    assert_int_equal(dec_cmp((dec_t){-DEC_MOST}, (dec_t){DEC_MOST}), -1);
    same(dec_min(d("2"), d("-3")), "-3");
    same(dec_max(d("2"), d("-3")), "2");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(worked_invoice_lines),
        cmocka_unit_test(roundings),
        cmocka_unit_test(faults_name_themselves_and_spread),
        cmocka_unit_test(table_made_with_bc),
        cmocka_unit_test(adding_and_taking_away),
        cmocka_unit_test(multiplying_and_dividing),
        cmocka_unit_test(rounding_directions),
        cmocka_unit_test(constructors),
        cmocka_unit_test(to_double),
        cmocka_unit_test(from_double),
        cmocka_unit_test(comparing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
