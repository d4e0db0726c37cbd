/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Expected mixtures: by hand, and by trying every assignment of lines to offers.
 */
#include "tests/support/numbers.h"

#include "models/mixture.h"

#include <string.h>

enum { LINES_MOST = 200, OFFERS = 24 };

struct table {
    struct mixture_cell cells[LINES_MOST * OFFERS];
    struct mixture_offer offer[OFFERS];
    struct mixture_ask ask;
    size_t line_offer[LINES_MOST];
    struct mixture got;
};

static void size(struct table *t, size_t lines, size_t offers, int providers)
{
    t->ask = (struct mixture_ask){
        .cells = t->cells, .lines = lines, .offers = offers, .offer = t->offer, .providers = providers};
}

/* A row of costs, "-" for an unknown one. */
static void row(struct table *t, size_t line, const char *const *costs)
{
    for (size_t o = 0; o < t->ask.offers; o++)
        t->cells[line * t->ask.offers + o] =
            strcmp(costs[o], "-") != 0 ? (struct mixture_cell){true, D(costs[o])} : (struct mixture_cell){0};
}

static void run(struct table *t)
{
    struct err err;
    if (mixture_best(&t->ask, t->line_offer, &t->got, &err))
        fail_msg("%s", err.text);
}

static void assert_lines(const struct table *t, const size_t *expected)
{
    for (size_t line = 0; line < t->ask.lines; line++)
        assert_int_equal(t->line_offer[line], expected[line]);
}

/* Machines, storage, traffic at providers 1 (two sites), 2 and 3. */
static void three_by_four(struct table *t, int providers)
{
    size(t, 3, 4, providers);
    row(t, 0, (const char *[]){"100", "110", "90", "130"});
    row(t, 1, (const char *[]){"50", "45", "70", "20"});
    row(t, 2, (const char *[]){"30", "5", "-", "40"});
    t->offer[0] = (struct mixture_offer){1, D("0")};
    t->offer[1] = (struct mixture_offer){1, D("0")};
    t->offer[2] = (struct mixture_offer){2, D("0")};
    t->offer[3] = (struct mixture_offer){3, D("0")};
}

static void fewer_providers_cost_more(void **state)
{
    (void)state;
    struct table t = {0};
    three_by_four(&t, 3);
    run(&t);
    assert_true(t.got.found);
    assert_dec(t.got.total, "115"); /* 90 + 20 + 5 */
    assert_lines(&t, (const size_t[]){2, 3, 1});
    assert_int_equal(t.got.providers, 3);
    three_by_four(&t, 2);
    run(&t);
    assert_dec(t.got.total, "125"); /* 100 + 20 + 5: providers 1 and 3 */
    assert_lines(&t, (const size_t[]){0, 3, 1});
    assert_int_equal(t.got.offers, 3);
    three_by_four(&t, 1);
    run(&t);
    assert_dec(t.got.total, "150"); /* 100 + 45 + 5: both sites of provider 1 */
    assert_lines(&t, (const size_t[]){0, 1, 1});
    assert_int_equal(t.got.providers, 1);
    assert_int_equal(t.got.offers, 2);
}

/* With 11 for the first site and 26 for the third provider, the second site alone is best: 110 + 45 + 5 + 3. */
static void fixed_costs_hold_it_together(void **state)
{
    (void)state;
    struct table t = {0};
    three_by_four(&t, 3);
    t.offer[0].fixed = D("11");
    t.offer[1].fixed = D("3");
    t.offer[2].fixed = D("20.5");
    t.offer[3].fixed = D("26");
    run(&t);
    assert_dec(t.got.total, "163");
    assert_dec(t.got.fixed, "3");
    assert_lines(&t, (const size_t[]){1, 1, 1});
    /* a fen less than the 20 provider 2 saves on machines, and it is taken: 90 + 45 + 5 + 3 + 19.99 */
    t.offer[2].fixed = D("19.99");
    run(&t);
    assert_dec(t.got.total, "162.99");
    assert_dec(t.got.fixed, "22.99");
    assert_lines(&t, (const size_t[]){2, 1, 1});
    /* as much as it saves: the same total with fewer providers */
    t.offer[2].fixed = D("20");
    run(&t);
    assert_dec(t.got.total, "163");
    assert_int_equal(t.got.providers, 1);
}

static void ties_go_to_the_earlier(void **state)
{
    (void)state;
    struct table t = {0};
    size(&t, 2, 3, 2);
    row(&t, 0, (const char *[]){"-", "7", "7"});
    row(&t, 1, (const char *[]){"9", "9", "9"});
    for (int o = 0; o < 3; o++)
        t.offer[o] = (struct mixture_offer){o, DEC_ZERO};
    run(&t);
    assert_dec(t.got.total, "16");
    assert_int_equal(t.got.offers, 1);
    assert_lines(&t, (const size_t[]){1, 1});
    /* both are needed, and the third line costs the same at either */
    size(&t, 3, 2, 2);
    row(&t, 0, (const char *[]){"1", "-"});
    row(&t, 1, (const char *[]){"-", "1"});
    row(&t, 2, (const char *[]){"4", "4"});
    run(&t);
    assert_lines(&t, (const size_t[]){0, 1, 0});
}

static void an_unknown_price_is_never_taken(void **state)
{
    (void)state;
    struct table t = {0};
    size(&t, 2, 2, 1);
    row(&t, 0, (const char *[]){"1", "-"});
    row(&t, 1, (const char *[]){"-", "1"});
    t.offer[0] = (struct mixture_offer){0, DEC_ZERO};
    t.offer[1] = (struct mixture_offer){1, DEC_ZERO};
    run(&t);
    assert_false(t.got.found); /* each line has a price, no provider both */
    assert_int_equal(t.got.unpriced, 2);
    t.ask.providers = 2;
    run(&t);
    assert_true(t.got.found);
    assert_dec(t.got.total, "2");
    row(&t, 1, (const char *[]){"-", "-"});
    run(&t);
    assert_false(t.got.found);
    assert_int_equal(t.got.unpriced, 1);
}

/* A small generator of its own (Knuth's MMIX), so that the cases are the same everywhere. */
static uint64_t next(uint64_t *seed)
{
    *seed = *seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return *seed >> 33;
}

static void fill(struct table *t, uint64_t *seed, unsigned costs, unsigned fixed, unsigned unknown)
{
    for (size_t i = 0; i < t->ask.lines * t->ask.offers; i++)
        t->cells[i] = (struct mixture_cell){next(seed) % 100 >= unknown, dec_of((int64_t)(next(seed) % costs), 2)};
    for (size_t o = 0; o < t->ask.offers; o++)
        t->offer[o] = (struct mixture_offer){(int)(next(seed) % (t->ask.offers * 2 / 3 + 1)),
                                             dec_of((int64_t)(next(seed) % fixed), 2)};
}

struct tried {
    bool found;
    dec_t total;
    int providers, offers;
    unsigned set;
};

static int count(unsigned set)
{
    int n = 0;
    for (; set; set &= set - 1)
        n++;
    return n;
}

/* Of two sets with as many offers: does a's list of numbers come first? */
static bool earlier(unsigned a, unsigned b)
{
    for (unsigned o = 0; o < 32; o++)
        if (((a ^ b) >> o) & 1)
            return (a >> o) & 1;
    return false;
}

static bool better(const struct tried *a, const struct tried *b)
{
    int order = dec_cmp(a->total, b->total);
    if (order || a->providers != b->providers)
        return order ? order < 0 : a->providers < b->providers;
    return a->offers != b->offers ? a->offers < b->offers : earlier(a->set, b->set);
}

/* Every assignment, counted like a number with one digit a line. */
static struct tried try_all(const struct table *t)
{
    struct tried best = {0};
    size_t of[8] = {0}, line;
    do {
        struct tried now = {.found = true};
        unsigned providers = 0;
        for (line = 0; line < t->ask.lines; line++) {
            const struct mixture_cell *c = &t->cells[line * t->ask.offers + of[line]];
            now.found = now.found && c->known;
            now.total = dec_add(now.total, c->cost);
            providers |= 1U << t->offer[of[line]].provider;
            if (!((now.set >> of[line]) & 1))
                now.total = dec_add(now.total, t->offer[of[line]].fixed);
            now.set |= 1U << of[line];
        }
        now.providers = count(providers);
        now.offers = count(now.set);
        if (now.found && now.providers <= t->ask.providers && (!best.found || better(&now, &best)))
            best = now;
        for (line = 0; line < t->ask.lines && ++of[line] == t->ask.offers; line++)
            of[line] = 0;
    } while (line < t->ask.lines);
    return best;
}

static void assert_as_tried(const struct table *t, const struct tried *best)
{
    assert_int_equal(t->got.found, best->found);
    if (!best->found)
        return;
    dec_t sum = t->got.fixed;
    unsigned set = 0;
    for (size_t line = 0; line < t->ask.lines; line++) {
        assert_true(t->cells[line * t->ask.offers + t->line_offer[line]].known);
        sum = dec_add(sum, t->cells[line * t->ask.offers + t->line_offer[line]].cost);
        set |= 1U << t->line_offer[line];
    }
    assert_int_equal(dec_cmp(t->got.total, best->total), 0);
    assert_int_equal(dec_cmp(sum, best->total), 0);
    assert_int_equal(set, best->set);
    assert_int_equal(t->got.providers, best->providers);
    assert_int_equal(t->got.offers, best->offers);
}

static void no_other_assignment_is_better(void **state)
{
    (void)state;
    static struct table t;
    uint64_t seed = 7;
    for (int round = 0; round < 400; round++) {
        size(&t, 1 + next(&seed) % 5, 1 + next(&seed) % 5, 1 + (int)(next(&seed) % 4));
        /* few different amounts, so that there are ties */
        fill(&t, &seed, round % 2 ? 4 : 1000, round % 3 ? 300 : 1, round % 5 ? 15 : 50);
        run(&t);
        struct tried best = try_all(&t);
        assert_as_tried(&t, &best);
    }
}

/* The largest that is promised; what one provider may serve is cheap to check: the best of single providers. */
static void many_offers_and_lines(void **state)
{
    (void)state;
    static struct table t;
    uint64_t seed = 3;
    size(&t, LINES_MOST, OFFERS, 3);
    fill(&t, &seed, 100000, 500000, 0);
    run(&t);
    assert_true(t.got.found && t.got.providers <= 3);
    dec_t three = t.got.total;
    t.ask.providers = 1;
    run(&t);
    assert_true(dec_cmp(three, t.got.total) <= 0);
    t.ask.providers = OFFERS;
    run(&t);
    assert_true(dec_cmp(t.got.total, three) <= 0);
}

static void refused(const struct table *t, const char *message)
{
    struct table copy = *t;
    struct err err;
    assert_int_equal(mixture_best(&t->ask, copy.line_offer, &copy.got, &err), -1);
    assert_int_equal(err.kind, ERR_USAGE);
    assert_string_equal(err.text, message);
}

static void what_cannot_be_mixed_is_refused(void **state)
{
    (void)state;
    static struct table t;
    three_by_four(&t, 1);
    t.offer[2].fixed = D("-1");
    refused(&t, "a fixed cost of an offer below 0");
    three_by_four(&t, 1);
    t.cells[0].cost = t.cells[5].cost = D("-100000000000000000000000000");
    refused(&t, "cost of a mixture overflows");
    t.ask.offers = 25;
    refused(&t, "25 offers to mix (allowed: up to 24)");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(fewer_providers_cost_more),       cmocka_unit_test(fixed_costs_hold_it_together),
        cmocka_unit_test(ties_go_to_the_earlier),          cmocka_unit_test(an_unknown_price_is_never_taken),
        cmocka_unit_test(no_other_assignment_is_better),   cmocka_unit_test(many_offers_and_lines),
        cmocka_unit_test(what_cannot_be_mixed_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
