/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Rows of CSV into cells, twice: as one says it, and 64 bytes at a time. In the second a block becomes
 * words of 64 bits, one per kind of byte; a running exclusive-or over the quotes tells which bytes lie
 * inside of them, and what is a comma and outside ends a cell.
 */
#include "fetchers/row_scan.h"

#include <stdbool.h>
#include <string.h>

const char *const row_faults[] = {
    [ROW_FINE] = "",
    [ROW_NUL] = "a NUL byte",
    [ROW_RETURN] = "a carriage return inside the line",
    [ROW_STRAY_QUOTE] = "a quote inside a cell",
    [ROW_UNCLOSED] = "a quote that is not closed",
    [ROW_LONG] = "a line of over 64 KiB",
};

/* ---- plain ---- */

/* The end of the line at `at` without its CRLF or LF; *next the one behind it. */
static const char *line_end(const char *at, const char *end, const char **next)
{
    const char *lf = memchr(at, '\n', (size_t)(end - at)), *stop = lf != NULL ? lf : end;

    *next = lf != NULL ? lf + 1 : end;
    return lf != NULL && stop > at && stop[-1] == '\r' ? stop - 1 : stop;
}

/* Behind the cell that begins at p; NULL and *fault when it is malformed. */
static const char *cell_end(const char *p, const char *stop, enum row_fault *fault)
{
    if (p == stop || *p != '"') {
        for (; p < stop && *p != ','; p++)
            if (*p == '"') {
                *fault = ROW_STRAY_QUOTE;
                return NULL;
            }
        return p;
    }
    for (p++; p < stop; p++) {
        if (*p != '"')
            continue;
        if (p + 1 == stop || p[1] == ',')
            return p + 1;
        if (p[1] != '"') {
            *fault = ROW_STRAY_QUOTE;
            return NULL;
        }
        p++; /* one of a doubled pair */
    }
    *fault = ROW_UNCLOSED;
    return NULL;
}

/* Counts the marks of `blocks` blocks. */
static void count_ends(struct row_scan *out, size_t blocks)
{
    uint32_t n = 0;

    for (size_t b = 0; b < blocks; b++) {
        out->before[b] = n;
        for (uint64_t marks = out->ends[b]; marks != 0; marks &= marks - 1)
            n++;
    }
    out->before[blocks] = n;
    out->ncells = n;
}

enum row_fault row_scan_plain(const char *at, const char *end, struct row_scan *out)
{
    enum row_fault fault = ROW_FINE;
    const char *stop = line_end(at, end, &out->next);
    size_t len = (size_t)(stop - at), blocks = len / ROW_BLOCK + 1;

    out->at = at;
    if (len > ROW_BYTES_MAX)
        return ROW_LONG;
    if (memchr(at, '\0', len) != NULL)
        return ROW_NUL;
    if (memchr(at, '\r', len) != NULL)
        return ROW_RETURN;
    memset(out->ends, 0, blocks * sizeof *out->ends);
    for (const char *p = at; (p = cell_end(p, stop, &fault)) != NULL; p++) {
        out->ends[(p - at) / ROW_BLOCK] |= (uint64_t)1 << (p - at) % ROW_BLOCK;
        if (p == stop) {
            count_ends(out, blocks);
            return ROW_FINE;
        }
    }
    return fault;
}

/* ---- cells ---- */

static unsigned lowest(uint64_t marks)
{
#if defined __GNUC__
    return (unsigned)__builtin_ctzll(marks);
#else
    unsigned n = 0;
    while ((marks >> n & 1) == 0)
        n++;
    return n;
#endif
}

const char *row_cell(const struct row_scan *r, size_t i, size_t *len)
{
    size_t b = 0, start = 0, before = i > 0 ? i - 1 : 0;

    while (r->before[b + 1] <= before)
        b++;
    uint64_t marks = r->ends[b];
    for (size_t skip = before - r->before[b]; skip > 0; skip--)
        marks &= marks - 1;
    if (i > 0) {
        start = b * ROW_BLOCK + lowest(marks) + 1;
        marks &= marks - 1;
        while (marks == 0)
            marks = r->ends[++b];
    }
    *len = b * ROW_BLOCK + lowest(marks) - start;
    return r->at + start;
}

/* ---- 64 bytes at a time ---- */

#if defined __x86_64__ && defined __GNUC__

#include <immintrin.h>

/* Bit i speaks of byte i. */
struct block {
    uint64_t quotes, commas, controls; /* controls: all bytes up to CR; LF, CR and NUL are among them */
};

/* What the bytes before a block leave to it. */
struct carried {
    uint64_t inside;  /* all ones: within quotes */
    uint64_t opens;   /* 1: a quote may stand here, behind a comma or another quote */
    uint64_t closing; /* 1: the byte before was a closing quote */
};

/* Bit i: an odd number of quotes up to and including byte i. */
static inline uint64_t running_xor(uint64_t x)
{
    x ^= x << 1;
    x ^= x << 2;
    x ^= x << 4;
    x ^= x << 8;
    x ^= x << 16;
    return x ^ x << 32;
}

/* *ends: the commas outside of quotes. False when a quote stands where none may. */
static inline __attribute__((always_inline)) bool take_block(const struct block *b, struct carried *c, uint64_t *ends)
{
    uint64_t inside = running_xor(b->quotes) ^ c->inside;
    uint64_t commas = b->commas & ~inside, opening = b->quotes & inside, closing = b->quotes & ~inside;
    uint64_t may_open = ((commas | closing) << 1) | c->opens, behind = (closing << 1) | c->closing;

    *ends = commas;
    c->inside = (uint64_t)((int64_t)inside >> 63);
    c->opens = (commas | closing) >> 63;
    c->closing = closing >> 63;
    return ((opening & ~may_open) | (behind & ~(commas | opening))) == 0;
}

typedef struct block block_reader(const char *at);

/* The loop of both widths. A row with anything odd about it goes the plain way, from its start; so does the
 * last one of a file, behind which no whole block may be read. */
static inline __attribute__((always_inline)) enum row_fault scan(const char *at, const char *end, struct row_scan *out,
                                                                 block_reader *read)
{
    struct carried c = {.opens = 1};
    struct block bytes;
    uint32_t n = 0;
    size_t b = 0;

    for (;; b++) {
        if ((size_t)(end - at) < (b + 1) * ROW_BLOCK || b == ROW_BLOCKS_MAX)
            return row_scan_plain(at, end, out);
        bytes = read(at + b * ROW_BLOCK);
        if (bytes.controls != 0)
            break;
        if (!take_block(&bytes, &c, &out->ends[b]))
            return row_scan_plain(at, end, out);
        out->before[b] = n;
        n += (uint32_t)__builtin_popcountll(out->ends[b]);
    }
    const char *block = at + b * ROW_BLOCK, *lf = memchr(block, '\n', ROW_BLOCK);
    if (lf == NULL)
        return row_scan_plain(at, end, out);
    size_t stop = (size_t)(lf - block) - (lf > block && lf[-1] == '\r');
    uint64_t stop_bit = (uint64_t)1 << stop, before_stop = stop_bit - 1;
    bytes.quotes &= before_stop;
    bytes.commas = (bytes.commas & before_stop) | stop_bit; /* the end of the line ends a cell, too */
    if ((bytes.controls & before_stop) != 0 || !take_block(&bytes, &c, &out->ends[b]) || c.inside != 0)
        return row_scan_plain(at, end, out);
    out->before[b] = n;
    n += (uint32_t)__builtin_popcountll(out->ends[b]);
    out->before[b + 1] = n;
    out->at = at;
    out->next = lf + 1;
    out->ncells = n;
    return ROW_FINE;
}

static inline __attribute__((always_inline)) void read_16(const char *at, int shift, struct block *b)
{
    __m128i v = _mm_loadu_si128((const __m128i *)(const void *)at);
    __m128i up_to_cr = _mm_cmpeq_epi8(_mm_min_epu8(v, _mm_set1_epi8('\r')), v);

    b->quotes |= (uint64_t)(uint16_t)_mm_movemask_epi8(_mm_cmpeq_epi8(v, _mm_set1_epi8('"'))) << shift;
    b->commas |= (uint64_t)(uint16_t)_mm_movemask_epi8(_mm_cmpeq_epi8(v, _mm_set1_epi8(','))) << shift;
    b->controls |= (uint64_t)(uint16_t)_mm_movemask_epi8(up_to_cr) << shift;
}

static inline struct block read_by_16(const char *at)
{
    struct block b = {0};

    read_16(at, 0, &b);
    read_16(at + 16, 16, &b);
    read_16(at + 32, 32, &b);
    read_16(at + 48, 48, &b);
    return b;
}

#define AVX2 __attribute__((target("avx2,bmi,popcnt")))

static inline AVX2 __attribute__((always_inline)) void read_32(const char *at, int shift, struct block *b)
{
    __m256i v = _mm256_loadu_si256((const __m256i *)(const void *)at);
    __m256i up_to_cr = _mm256_cmpeq_epi8(_mm256_min_epu8(v, _mm256_set1_epi8('\r')), v);

    b->quotes |= (uint64_t)(uint32_t)_mm256_movemask_epi8(_mm256_cmpeq_epi8(v, _mm256_set1_epi8('"'))) << shift;
    b->commas |= (uint64_t)(uint32_t)_mm256_movemask_epi8(_mm256_cmpeq_epi8(v, _mm256_set1_epi8(','))) << shift;
    b->controls |= (uint64_t)(uint32_t)_mm256_movemask_epi8(up_to_cr) << shift;
}

static inline AVX2 struct block read_by_32(const char *at)
{
    struct block b = {0};

    read_32(at, 0, &b);
    read_32(at + 32, 32, &b);
    return b;
}

static enum row_fault scan_16(const char *at, const char *end, struct row_scan *out)
{
    return scan(at, end, out, read_by_16);
}

static AVX2 enum row_fault scan_32(const char *at, const char *end, struct row_scan *out)
{
    return scan(at, end, out, read_by_32);
}

enum row_fault row_scan_fast(const char *at, const char *end, struct row_scan *out)
{
    return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi") && __builtin_cpu_supports("popcnt")
               ? scan_32(at, end, out)
               : scan_16(at, end, out);
}

#else

enum row_fault row_scan_fast(const char *at, const char *end, struct row_scan *out)
{
    return row_scan_plain(at, end, out);
}

#endif
