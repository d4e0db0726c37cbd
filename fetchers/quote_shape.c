/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Shapes and sizes in the words of a specification, and names of products among them. A number counts
 * with its unit only; a size is memory when it stands behind the vCPUs or beside the word, else a disk's.
 */
#include "fetchers/quote_parts.h"

#include <string.h>

enum mark { MARK_NONE, MARK_CPU, MARK_SIZE, MARK_TIB, MARK_RATE, MARK_GBPS, MARK_BIT };

static const struct {
    const char *text;
    enum mark mark;
} marks[] = {
    {"核", MARK_CPU},    {"核心", MARK_CPU},  {"vcpus", MARK_CPU},   {"vcpu", MARK_CPU}, {"cores", MARK_CPU},
    {"core", MARK_CPU},  {"cpus", MARK_CPU},  {"cpu", MARK_CPU},     {"c", MARK_CPU},    {"gib", MARK_SIZE},
    {"gb", MARK_SIZE},   {"g", MARK_SIZE},    {"tib", MARK_TIB},     {"tb", MARK_TIB},   {"t", MARK_TIB},
    {"mbps", MARK_RATE}, {"mb/s", MARK_RATE}, {"mbit/s", MARK_RATE}, {"兆", MARK_RATE},  {"gbps", MARK_GBPS},
    {"m", MARK_BIT},
};

static bool plain(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' || c == '_';
}

static bool digit(char c)
{
    return c >= '0' && c <= '9';
}

/* The longest mark; what follows it may be another number, but no letter. */
static size_t find_mark(const char *p, enum mark *out)
{
    size_t best = 0;

    *out = MARK_NONE;
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
        size_t n = strlen(marks[i].text);
        bool letter = marks[i].text[0] > 0 && p[n] >= 'a' && p[n] <= 'z';
        if (n > best && !letter && !strncmp(p, marks[i].text, n)) {
            best = n;
            *out = marks[i].mark;
        }
    }
    return best;
}

struct shaping {
    struct quote_shape s;
    const char *from; /* where the last number with its mark ended */
    bool after_cpu;   /* that one was the vCPUs */
};

static bool beside(const char *from, const char *to, const char *const *words)
{
    for (; *words != NULL; words++) {
        const char *at = strstr(from, *words);
        if (at != NULL && at < to)
            return true;
    }
    return false;
}

/* Does one of the words stand right before? */
static bool ends_in(const char *from, const char *to, const char *const *words)
{
    while (to > from && (to[-1] == ' ' || to[-1] == ':'))
        to--;
    for (; *words != NULL; words++) {
        size_t n = strlen(*words);
        if ((size_t)(to - from) >= n && !strncmp(to - n, *words, n))
            return true;
    }
    return false;
}

/* Does one of the words follow at once? */
static bool next_is(const char *p, const char *const *words)
{
    p += strspn(p, " (");
    for (; *words != NULL; words++)
        if (!strncmp(p, *words, strlen(*words)))
            return true;
    return false;
}

static void take_size(struct shaping *w, const char *number, const char *end, dec_t v)
{
    static const char *const memory[] = {"内存", "memory", "ram", "mem", NULL};
    static const char *const storage[] = {"盘", "disk", "ssd", "hdd", "storage", "存储", NULL};
    bool before = beside(w->from, number, memory), is_disk = beside(w->from, number, storage);
    bool behind = next_is(end, memory) && !ends_in(w->from, number, storage);

    if (!w->s.has_memory && (behind || (!is_disk && (w->after_cpu || before)))) {
        w->s.has_memory = true;
        w->s.memory = v;
        return;
    }
    w->s.sizes++;
    w->s.has_size = w->s.sizes == 1;
    w->s.size = v;
}

static void take_mark(struct shaping *w, const char *number, const char *end, dec_t v, enum mark mark)
{
    static const char *const line[] = {"带宽", "bandwidth", "公网", "宽带", NULL};

    if (mark == MARK_BIT)
        mark = beside(w->from, number, line) || next_is(end, line) ? MARK_RATE : MARK_NONE;
    if (mark == MARK_CPU && !w->s.has_vcpu) {
        w->s.has_vcpu = true;
        w->s.vcpu = v;
    } else if (mark == MARK_SIZE || mark == MARK_TIB) {
        take_size(w, number, end, mark == MARK_TIB ? dec_muln(v, 1024) : v);
    } else if (mark == MARK_RATE || mark == MARK_GBPS) {
        w->s.has_rate = true;
        w->s.rate = mark == MARK_GBPS ? dec_muln(v, 1000) : v;
    }
    if (mark != MARK_NONE) {
        w->after_cpu = mark == MARK_CPU;
        w->from = end;
    }
}

/* One number at p; where the reading goes on. A word that begins with a letter is a name: passed over whole. */
static const char *take_number(struct shaping *w, const char *p)
{
    size_t n = strspn(p, "0123456789");
    struct err unused;
    enum mark mark;
    dec_t v;

    if (p[n] == '.' && digit(p[n + 1]))
        n += 1 + strspn(p + n + 1, "0123456789");
    const char *unit = p + n + (p[n] == ' ');
    size_t len = find_mark(unit, &mark);
    if (len == 0 || n > 12 || dec_parse(p, n, &v, &unused) != 0 || dec_sign(v) <= 0)
        return p + n;
    take_mark(w, p, unit + len, v, mark);
    return unit + len;
}

int quote_shape(struct arena *a, const char *text, struct quote_shape *out, struct err *err)
{
    const char *t = quote_fold(a, text);
    struct shaping w = {.from = t};

    *out = (struct quote_shape){0};
    if (t == NULL)
        return err_nomem(err);
    for (const char *p = t; *p != '\0';) {
        if (digit(*p))
            p = take_number(&w, p);
        else if (*p >= 'a' && *p <= 'z')
            while (plain(*p) || (*p == '-' && plain(p[1])))
                p++;
        else
            p++;
    }
    *out = w.s;
    return dec_bad(w.s.vcpu) || dec_bad(w.s.memory) || dec_bad(w.s.size) || dec_bad(w.s.rate)
               ? quote_faulty(TEXT_QUOTE_SIZE_OVERFLOWS, text, err)
               : 0;
}

/* ---- names of products ---- */

static bool name_char(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || digit(c) || c == '.' || c == '_' || c == '-';
}

static bool is_sku(const char *p, size_t n)
{
    static const char *const parts[] = {"large", "medium", "small", "micro", "nano", "metal", "cloud_", "standard_"};
    static const char *const starts[] = {"ecs.", "rds.", "bcc.", "db.", "oss_", "eip_", "bch."};
    char low[80];
    bool joined = false;

    if (n < 4 || n >= sizeof low || p[n - 1] == '.')
        return false;
    for (size_t i = 0; i < n; i++) {
        low[i] = p[i] >= 'A' && p[i] <= 'Z' ? (char)(p[i] + 32) : p[i];
        joined = joined || p[i] == '.' || p[i] == '_';
    }
    low[n] = '\0';
    for (size_t i = 0; i < sizeof starts / sizeof *starts; i++)
        if (!strncmp(low, starts[i], strlen(starts[i])))
            return true;
    for (size_t i = 0; joined && i < sizeof parts / sizeof *parts; i++)
        if (strstr(low, parts[i]) != NULL)
            return true;
    return false;
}

const char *quote_sku(struct arena *a, const char *text)
{
    for (const char *p = text; *p != '\0';) {
        size_t n = 0;
        while (name_char(p[n]))
            n++;
        if (n > 0 && is_sku(p, n))
            return arena_strndup(a, p, n);
        p += n > 0 ? n : 1;
    }
    return "";
}
