/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/support/test.h"

#include "calc/date.h"
#include "calc/decimal.h"
#include "calc/record.h"

#include <string.h>

struct thing {
    const char *name, *note, *station, *code;
    int kind;
    bool sold, has_rate;
    int count;
    dec_t rate, price;
    struct date day;
    int line;
};

static const char *const stations[] = {"cn", "intl", "", NULL};
static const char *const kinds[] = {"first", "second", NULL};
#define AT(field) offsetof(struct thing, field)
static const struct cell_rule cells[] = {
    {"name", CELL_NAME, AT(name), 0, NULL},           {"note", CELL_TEXT, AT(note), 0, NULL},
    {"station", CELL_WORD, AT(station), 0, stations}, {"code", CELL_CODE, AT(code), 0, NULL},
    {"kind", CELL_CHOICE, AT(kind), 0, kinds},        {"sold", CELL_YESNO, AT(sold), 0, NULL},
    {"count", CELL_COUNT, AT(count), 0, NULL},        {"rate", CELL_SHARE, AT(rate), AT(has_rate), NULL},
    {"price", CELL_DECIMAL, AT(price), 0, NULL},      {"day", CELL_DATE, AT(day), 0, NULL},
};
static const struct record_type type = {.name = "things",
                                        .size = sizeof(struct thing),
                                        .cells = cells,
                                        .ncells = 10,
                                        .key = "name",
                                        .nkey = 1,
                                        .line = AT(line)};

#define HEADER "name,note,station,code,kind,sold,count,rate,price,day\n"

static int read(const char *text, struct arena *a, struct records *out, struct err *err)
{
    return records_read(&type, "things.csv", text, strlen(text), a, out, err);
}

static void every_kind_of_cell_is_read(void **state)
{
    struct arena a = {NULL};
    struct records r;
    struct err err;

    (void)state;
    assert_int_equal(read(HEADER "one,\"a, b\",cn,CNY,second,yes,7,0.06,12.5,2026-11-21\n"
                                 "\n"
                                 "two,,,JPY,first,no,12,,,\n",
                          &a, &r, &err),
                     0);
    const struct thing *v = r.v;
    assert_int_equal(r.n, 2);
    assert_string_equal(v[0].name, "one");
    assert_string_equal(v[0].note, "a, b");
    assert_string_equal(v[0].station, "cn");
    assert_string_equal(v[0].code, "CNY");
    assert_int_equal(v[0].kind, 1);
    assert_true(v[0].sold);
    assert_int_equal(v[0].count, 7);
    assert_true(v[0].has_rate && dec_cmp(v[0].rate, dec_of(6, 2)) == 0);
    assert_true(dec_cmp(v[0].price, dec_of(125, 1)) == 0);
    assert_int_equal(v[0].day.day, 20778); /* date -d 2026-11-21 +%s / 86400 */
    assert_int_equal(v[0].line, 2);
    assert_string_equal(v[1].note, "");
    assert_string_equal(v[1].station, "");
    assert_false(v[1].has_rate);
    assert_int_equal(dec_sign(v[1].price), 0);
    assert_false(date_is(v[1].day));
    assert_int_equal(v[1].line, 4);
    assert_string_equal(r.texts[10 + 9], ""); /* the cells as they were */
    assert_string_equal(r.texts[7], "0.06");
    arena_free(&a);
}

static void columns_may_stand_in_any_order(void **state)
{
    struct arena a = {NULL};
    struct records r;
    struct err err;

    (void)state;
    assert_int_equal(
        read("day,price,rate,count,sold,kind,code,station,note,name\n2026-01-01,1,1,0,no,first,USD,intl,x,one\n", &a,
             &r, &err),
        0);
    const struct thing *v = r.v;
    assert_string_equal(v->name, "one");
    assert_string_equal(v->station, "intl");
    assert_int_equal(v->day.day, 20454); /* date -d 2026-01-01 +%s / 86400 */
    arena_free(&a);
}

static void bad_cells_are_refused_with_line_column_and_what_is_allowed(void **state)
{
    static const struct {
        const char *row, *message;
    } rows[] = {
        {",,cn,CNY,first,yes,7,,,", "things.csv:2: name: blank"},
        {"x,,global,CNY,first,yes,7,,,", "things.csv:2: station: unknown word 'global' (known: cn, intl, blank)"},
        {"x,,cn,cny,first,yes,7,,,", "things.csv:2: code: 'cny' is no currency code (known: three capital letters)"},
        {"x,,cn,CNY,third,yes,7,,,", "things.csv:2: kind: unknown word 'third' (known: first, second)"},
        {"x,,cn,CNY,first,maybe,7,,,", "things.csv:2: sold: unknown word 'maybe' (known: no, yes)"},
        {"x,,cn,CNY,first,yes,,,,", "things.csv:2: count: '' is no count (known: 0 to 99)"},
        {"x,,cn,CNY,first,yes,-1,,,", "things.csv:2: count: '-1' is no count (known: 0 to 99)"},
        {"x,,cn,CNY,first,yes,100,,,", "things.csv:2: count: '100' is no count (known: 0 to 99)"},
        {"x,,cn,CNY,first,yes,7,1.01,,", "things.csv:2: rate: share '1.01' is not between 0 and 1"},
        {"x,,cn,CNY,first,yes,7,,-1,", "things.csv:2: price: '-1' is below 0"},
        {"x,,cn,CNY,first,yes,7,,,2026-02-30", "things.csv:2: day: '2026-02-30' is no day (known: YYYY-MM-DD)"},
        {"x,,cn,CNY,first,yes,7,,", "things.csv:2: 9 cells where the header has 10"},
    };
    struct records r;

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct arena a = {NULL};
        struct err err = {ERR_NONE, ""};
        char text[256] = HEADER;
        memcpy(text + strlen(HEADER), rows[i].row, strlen(rows[i].row) + 1);
        assert_int_equal(read(text, &a, &r, &err), -1);
        assert_string_equal(err.text, rows[i].message);
        assert_int_equal(err.kind, ERR_USAGE);
        arena_free(&a);
    }
}

static void a_number_has_at_most_nine_digits(void **state)
{
    static const struct cell_rule number[] = {{"n", CELL_NUMBER, 0, 0, NULL}};
    static const struct record_type numbers = {
        .name = "numbers", .size = sizeof(long), .cells = number, .ncells = 1, .key = "n"};
    static const char *const bad[] = {"", "-1", "1000000000", "1.0", " 1", "x"};
    struct arena a = {NULL};
    struct err err;
    long n;

    (void)state;
    assert_int_equal(record_read(&numbers, (const char *const[]){"0"}, &n, &a, &err), 0);
    assert_int_equal(n, 0);
    assert_int_equal(record_read(&numbers, (const char *const[]){"999999999"}, &n, &a, &err), 0);
    assert_int_equal(n, 999999999);
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        assert_int_equal(record_read(&numbers, &bad[i], &n, &a, &err), -1);
        assert_non_null(strstr(err.text, " is no number (known: 0 to 999999999)"));
    }
    arena_free(&a);
}

static void a_key_given_twice_is_refused(void **state)
{
    struct arena a = {NULL};
    struct records r;
    struct err err;

    (void)state;
    assert_int_equal(
        read(HEADER "b,,cn,CNY,first,yes,7,,,\na,,cn,CNY,first,yes,7,,,\nb,,cn,CNY,first,no,7,,,\n", &a, &r, &err), -1);
    assert_string_equal(err.text, "things.csv:4: the same name as in line 2");
    arena_free(&a);
}

static void many_rows_are_kept(void **state)
{
    struct arena a = {NULL};
    struct buf text = {0};
    struct records r;
    struct err err;

    (void)state;
    buf_puts(&text, HEADER);
    for (int i = 0; i < 1000; i++)
        buf_printf(&text, "n%d,,cn,CNY,first,yes,%d,,,\n", i, i % 100);
    assert_int_equal(records_read(&type, "things.csv", text.v, text.n, &a, &r, &err), 0);
    assert_int_equal(r.n, 1000);
    const struct thing *v = r.v;
    for (int i = 0; i < 1000; i++)
        assert_int_equal(v[i].count, i % 100);
    buf_free(&text);
    arena_free(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_kind_of_cell_is_read),
        cmocka_unit_test(columns_may_stand_in_any_order),
        cmocka_unit_test(bad_cells_are_refused_with_line_column_and_what_is_allowed),
        cmocka_unit_test(a_number_has_at_most_nine_digits),
        cmocka_unit_test(a_key_given_twice_is_refused),
        cmocka_unit_test(many_rows_are_kept),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
