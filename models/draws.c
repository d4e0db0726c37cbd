/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/draws.h"

#include "models/gsl_door.h"
#include "models/philox.h"

#include <gsl/gsl_qrng.h>
#include <stdbool.h>
#include <stdlib.h>

/* Words 0 and 1 of a counter are the path (or replicate), word 2 the pair of dimensions, word 3 what it is for. */
enum { FOR_PATHS, FOR_SHIFTS };

enum { SOBOL_BITS = 30 }; /* of a coordinate in gsl_qrng_sobol */

struct draws_cursor {
    gsl_qrng *sobol; /* NULL for the other methods */
    int dimensions;  /* of the sequence */
    uint64_t next;   /* the point that GSL gives next, from 1: it leaves out the first one, which is all zeros */
    bool shifted;
    uint64_t replicate; /* that `shift` belongs to */
    double point[DRAWS_SOBOL_DIMENSIONS];
    uint64_t shift[DRAWS_SOBOL_DIMENSIONS]; /* 52 bits */
};

const char *draws_name(enum draws_method method)
{
    static const char *const names[] = {"random", "antithetic", "sobol"};
    return names[method];
}

int draws_check(const struct draws *d, struct err *err)
{
    if (d->paths == 0)
        return err_set(err, ERR_USAGE, "a simulation needs at least one path");
    if (d->method == DRAWS_ANTITHETIC && d->paths % 2 != 0)
        return err_set(err, ERR_USAGE, "%llu paths: antithetic paths come in pairs", (unsigned long long)d->paths);
    if (d->method != DRAWS_SOBOL)
        return 0;
    if (d->paths % DRAWS_REPLICATES != 0)
        return err_set(err, ERR_USAGE,
                       "%llu paths: a Sobol sequence is repeated %d times, so their number is a multiple of %d",
                       (unsigned long long)d->paths, DRAWS_REPLICATES, DRAWS_REPLICATES);
    if (d->paths / DRAWS_REPLICATES > UINT64_C(1) << SOBOL_BITS)
        return err_set(err, ERR_USAGE, "%llu paths: the Sobol sequence ends after 2^30 points (%d times)",
                       (unsigned long long)d->paths, DRAWS_REPLICATES);
    return 0;
}

/* ---- cursor ---- */

int draws_open(const struct draws *d, struct draws_cursor **out, struct err *err)
{
    struct draws_cursor *c = calloc(1, sizeof *c);
    if (!c)
        return err_nomem(err);
    c->next = 1;
    c->dimensions = d->dimensions < DRAWS_SOBOL_DIMENSIONS ? d->dimensions : DRAWS_SOBOL_DIMENSIONS;
    if (d->method == DRAWS_SOBOL && c->dimensions > 0) {
        gsl_door_open();
        c->sobol = gsl_qrng_alloc(gsl_qrng_sobol, (unsigned)c->dimensions);
        if (!c->sobol) {
            free(c);
            return err_nomem(err);
        }
    }
    *out = c;
    return 0;
}

void draws_close(struct draws_cursor *c)
{
    if (c && c->sobol)
        gsl_qrng_free(c->sobol);
    free(c);
}

/* ---- random ---- */

/* 52 bits of two words. */
static inline uint64_t join(uint32_t high, uint32_t low)
{
    return ((uint64_t)high << 20) | (low >> 12);
}

/* (bits + 1/2) / 2^52, without rounding. */
static inline double uniform(uint64_t bits)
{
    return ((double)(int64_t)bits + 0.5) * 0x1p-52;
}

WIDE_LANES static void uniforms(const uint32_t *restrict high, const uint32_t *restrict low, double *restrict u)
{
    for (int l = 0; l < LANES; l++)
        u[l] = uniform(join(high[l], low[l]));
}

WIDE_LANES static void set_counters(struct philox *p, const uint64_t *restrict stream, uint32_t pair)
{
    for (int l = 0; l < LANES; l++) {
        p->word[0][l] = (uint32_t)stream[l];
        p->word[1][l] = (uint32_t)(stream[l] >> 32);
        p->word[2][l] = pair;
        p->word[3][l] = FOR_PATHS;
    }
}

/* From dimension `from` on. Lane l belongs to stream first + l / per, where `per` lanes share a stream. */
static void random_dimensions(const struct draws *d, uint64_t first, unsigned per, int from, double (*u)[LANES])
{
    uint64_t stream[LANES];
    for (unsigned l = 0; l < LANES; l++)
        stream[l] = first + l / per;
    for (int pair = from / 2; 2 * pair < d->dimensions; pair++) {
        struct philox p;
        set_counters(&p, stream, (uint32_t)pair);
        philox_lanes(&p, d->seed);
        if (2 * pair >= from)
            uniforms(p.word[0], p.word[1], u[2 * pair]);
        if (2 * pair + 1 < d->dimensions)
            uniforms(p.word[2], p.word[3], u[2 * pair + 1]);
    }
}

static void mirror_odd_lanes(int dimensions, double (*u)[LANES])
{
    for (int i = 0; i < dimensions; i++)
        for (int l = 1; l < LANES; l += 2)
            u[i][l] = 1 - u[i][l];
}

/* ---- Sobol ---- */

static void shift_of(const struct draws *d, struct draws_cursor *c, uint64_t replicate)
{
    for (int i = 0; i < c->dimensions; i++) {
        uint32_t word[4] = {(uint32_t)replicate, (uint32_t)(replicate >> 32), (uint32_t)i / 2, FOR_SHIFTS};
        philox_one(word, d->seed);
        c->shift[i] = i % 2 == 0 ? join(word[0], word[1]) : join(word[2], word[3]);
    }
    c->replicate = replicate;
    c->shifted = true;
}

/* Point `index` into c->point; the next call's is usually the one after. */
static int point_at(struct draws_cursor *c, uint64_t index, struct err *err)
{
    if (index == 0) {
        for (int i = 0; i < c->dimensions; i++)
            c->point[i] = 0;
        return 0;
    }
    if (index < c->next) {
        gsl_qrng_init(c->sobol);
        c->next = 1;
    }
    for (; c->next <= index; c->next++)
        if (gsl_door_check(gsl_qrng_get(c->sobol, c->point), "Sobol sequence", err))
            return -1;
    return 0;
}

/* The 30 bits of each coordinate, and 22 zeros below, against 52 bits of shift. */
static int sobol_lane(const struct draws *d, struct draws_cursor *c, uint64_t path, int lane, double (*u)[LANES],
                      struct err *err)
{
    uint64_t each = d->paths / DRAWS_REPLICATES;
    if (!c->shifted || c->replicate != path / each)
        shift_of(d, c, path / each);
    if (point_at(c, path % each, err))
        return -1;
    for (int i = 0; i < c->dimensions; i++)
        u[i][lane] = uniform((uint64_t)(c->point[i] * 0x1p52) ^ c->shift[i]);
    return 0;
}

static int sobol_block(const struct draws *d, struct draws_cursor *c, uint64_t first, double (*u)[LANES],
                       struct err *err)
{
    random_dimensions(d, first, 1, c->dimensions, u);
    for (int l = 0; l < LANES; l++) {
        uint64_t path = first + (uint64_t)l < d->paths ? first + (uint64_t)l : d->paths - 1; /* some draw beyond */
        if (sobol_lane(d, c, path, l, u, err))
            return -1;
    }
    return 0;
}

int draws_block(const struct draws *d, struct draws_cursor *c, uint64_t first, double (*u)[LANES], struct err *err)
{
    switch (d->method) {
    case DRAWS_RANDOM:
        random_dimensions(d, first, 1, 0, u);
        return 0;
    case DRAWS_ANTITHETIC:
        random_dimensions(d, first / 2, 2, 0, u);
        mirror_odd_lanes(d->dimensions, u);
        return 0;
    case DRAWS_SOBOL:
        break;
    }
    return c->dimensions > 0 ? sobol_block(d, c, first, u, err) : 0;
}
