/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The compiled way from a bill to its cost against tax_apply(), whose sums are worked by hand in test_tax: every
 * combination of who charges, who bears, on which basis, in which currency, on amounts of all sizes.
 */
#include "tests/support/test.h"

#include "tests/support/numbers.h"

#include "calc/chain.h"

static uint64_t state = 88172645463325252U;
static uint64_t next(void) /* xorshift64 */
{
    state ^= state << 13;
    state ^= state >> 7;
    state ^= state << 17;
    return state;
}

static dec_t one_of(const char *const *v, size_t n)
{
    return D(v[next() % n]);
}

struct random_rule {
    struct tax_used tax;
    struct tax_money how;
    struct fx_used fx, tax_fx, back_fx;
};

static void draw_rule(struct random_rule *r)
{
    static const char *const taxes[] = {"0.06", "0", "0.09", "0.13", "0.0675"},
                             *const whts[] = {"0", "0", "0.1", "0.07"},
                             *const shares[] = {"1", "0", "0.8", "0.333333333333"},
                             *const relief[] = {"0", "0.12", "0.06"}, *const spreads[] = {"0", "0.002", "0.0125"},
                             *const rates[] = {"7.10", "7.12345678", "0.14035087", "150.255", "1"};
    static const int places[] = {2, 2, 0, 3};
    *r = (struct random_rule){.tax = {.rate = one_of(taxes, 5),
                                      .by_buyer = next() % 2,
                                      .wht = one_of(whts, 4),
                                      .borne_by = next() % 2 ? BORNE_BY_BUYER : BORNE_BY_SUPPLIER,
                                      .deductible = one_of(shares, 4),
                                      .surcharge = one_of(relief, 3)},
                              .fx = {.rate = one_of(rates, 5)},
                              .tax_fx = {.rate = one_of(rates, 5)},
                              .back_fx = {.rate = one_of(rates, 5)}};
    r->how = (struct tax_money){.fx = &r->fx,
                                .billed_places = places[next() % 4],
                                .budget_places = places[next() % 4],
                                .basis = next() % 2 ? BASIS_INCL : BASIS_EXCL,
                                .spread = one_of(spreads, 3)};
    r->how.tax_places = r->how.billed_places;
    if (next() % 2) {
        r->how.tax_fx = &r->tax_fx;
        r->how.back_fx = &r->back_fx;
        r->how.tax_places = places[next() % 4];
    }
}

static void same(dec_t exact, uint64_t minor, int places)
{
    assert_true(exact.v == dec_of((int64_t)minor, places).v);
}

static void as_tax_apply(void **unused)
{
    (void)unused;
    size_t done = 0;
    for (int i = 0; i < 100000; i++) {
        struct random_rule r;
        struct chain c;
        struct minor_money m;
        draw_rule(&r);
        uint64_t billed = next() % ((uint64_t)1 << (next() % 40));
        if (!chain_make(&r.tax, &r.how, &c) || !chain_run(&c, billed, &m))
            continue;
        struct line_run run = {.months = 1, .billed = dec_of((int64_t)billed, r.how.billed_places)};
        tax_apply(&run, &r.tax, &r.how);
        int places = r.how.budget_places;
        same(run.m.net, m.net, places);
        same(run.m.tax, m.tax, places);
        same(run.m.recoverable, m.recoverable, places);
        same(run.m.withheld, m.withheld, places);
        same(run.m.fees, m.fees, places);
        assert_true(run.m.cost.v == dec_of(minor_cost(&m), places).v);
        struct minor_money net;
        assert_true(chain_net(&c, billed, &net) && net.net == m.net);
        done++;
    }
    assert_true(done > 90000); /* the rest: the supplier would bear more than it is paid, or digits are too many */
}

/* A bill greater by what is named costs more; by one unit it often costs the same. */
static void surely_dearer(void **unused)
{
    (void)unused;
    size_t named = 0;
    for (int i = 0; i < 100000; i++) {
        struct random_rule r;
        struct chain c;
        struct minor_money a, b;
        draw_rule(&r);
        if (!chain_make(&r.tax, &r.how, &c))
            continue;
        uint64_t billed = next() % 100000000, more = chain_surely_dearer(&c);
        if (more == 0 || !chain_run(&c, billed, &a) || !chain_run(&c, billed + more, &b))
            continue;
        assert_true(minor_cost(&b) > minor_cost(&a));
        named++;
    }
    assert_true(named > 80000);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(as_tax_apply),
        cmocka_unit_test(surely_dearer),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
