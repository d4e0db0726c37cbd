/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Amounts, discounts and tax texts as people write them. What can be read two ways is refused.
 */
#include "calc/words.h"
#include "fetchers/quote_parts.h"

#include <string.h>

/* ---- currencies ---- */

/* A sign that several currencies share keeps its own name; `fits` lists those. */
static const struct sign {
    const char *text, *code, *fits;
} signs[] = {
    {"¥", "¥", "CNY JPY"}, {"$", "$", "USD HKD SGD AUD CAD NZD TWD"},
    {"元", "CNY", ""},     {"圆", "CNY", ""},
    {"人民币", "CNY", ""}, {"人民币元", "CNY", ""},
    {"rmb", "CNY", ""},    {"rmb¥", "CNY", ""},
    {"cn¥", "CNY", ""},    {"元人民币", "CNY", ""},
    {"yuan", "CNY", ""},   {"美元", "USD", ""},
    {"美金", "USD", ""},   {"us$", "USD", ""},
    {"港元", "HKD", ""},   {"港币", "HKD", ""},
    {"hk$", "HKD", ""},    {"欧元", "EUR", ""},
    {"€", "EUR", ""},      {"日元", "JPY", ""},
    {"s$", "SGD", ""},     {"新加坡元", "SGD", ""},
    {"新元", "SGD", ""},   {"£", "GBP", ""},
    {"英镑", "GBP", ""},   {"cny", "CNY", ""},
    {"usd", "USD", ""},    {"hkd", "HKD", ""},
    {"eur", "EUR", ""},    {"jpy", "JPY", ""},
    {"sgd", "SGD", ""},    {"gbp", "GBP", ""},
    {"aud", "AUD", ""},    {"cad", "CAD", ""},
    {"nzd", "NZD", ""},    {"twd", "TWD", ""},
    {"myr", "MYR", ""},    {"thb", "THB", ""},
    {"idr", "IDR", ""},    {"inr", "INR", ""},
    {"krw", "KRW", ""},    {"php", "PHP", ""},
    {"vnd", "VND", ""},    {"aed", "AED", ""},
    {"sar", "SAR", ""},    {"chf", "CHF", ""},
};
enum { SIGNS = sizeof signs / sizeof *signs };

const char *quote_currency(const char *text)
{
    for (size_t i = 0; i < SIGNS; i++)
        if (!strcmp(signs[i].text, text))
            return signs[i].code;
    return NULL;
}

static const struct sign *shared(const char *sign)
{
    for (size_t i = 0; i < SIGNS; i++)
        if (*signs[i].fits != '\0' && !strcmp(signs[i].code, sign))
            return &signs[i];
    return NULL;
}

bool quote_sign_fits(const char *sign, const char *code)
{
    const struct sign *s = shared(sign);

    return !strcmp(sign, code) || (s != NULL && strlen(code) == 3 && strstr(s->fits, code) != NULL);
}

const char *quote_sign_means(const char *sign)
{
    return !strcmp(sign, "¥") ? "CNY" : !strcmp(sign, "$") ? "USD" : sign;
}

/* The longest sign a text begins with. */
static const struct sign *sign_first(const char *text)
{
    const struct sign *best = NULL;

    for (size_t i = 0; i < SIGNS; i++)
        if (!strncmp(signs[i].text, text, strlen(signs[i].text)) &&
            (best == NULL || strlen(signs[i].text) > strlen(best->text)))
            best = &signs[i];
    return best;
}

static int take_sign(const char **p, char currency[CURRENCY_TEXT], const char *all, struct err *err)
{
    *p += strspn(*p, " ");
    const struct sign *s = sign_first(*p);
    if (s == NULL)
        return 0;
    *p += strlen(s->text);
    if (*currency != '\0' && !quote_sign_fits(currency, s->code) && !quote_sign_fits(s->code, currency))
        return quote_faulty(TEXT_QUOTE_TWO_CURRENCIES, all, err);
    if (*currency == '\0' || shared(currency) != NULL)
        memcpy(currency, s->code, strlen(s->code) + 1);
    *p += strspn(*p, " ");
    return 0;
}

/* ---- numbers ---- */

static bool digit(char c)
{
    return c >= '0' && c <= '9';
}

/* Digits in groups of three behind the first comma, then decimals. Length read, 0: malformed. */
static size_t grouped(const char *p, char *out, size_t size)
{
    size_t n = strspn(p, "0123456789"), at = n, to = n;

    if (n == 0 || n >= size)
        return 0;
    memcpy(out, p, n);
    if (p[at] == ',' && digit(p[at + 1]) && n > 3)
        return 0;
    while (p[at] == ',' && digit(p[at + 1])) {
        if (strspn(p + at + 1, "0123456789") != 3 || to + 4 >= size)
            return 0;
        memcpy(out + to, p + at + 1, 3);
        at += 4, to += 3;
    }
    if (p[at] == '.' && digit(p[at + 1])) {
        size_t places = strspn(p + at + 1, "0123456789");
        if (to + places + 2 >= size)
            return 0;
        memcpy(out + to, p + at, places + 1);
        at += places + 1, to += places + 1;
    }
    out[to] = '\0';
    return p[at] == ',' && digit(p[at + 1]) ? 0 : at;
}

/* "万", "k": what a number is multiplied with; not the beginning of a longer word. */
static size_t multiple(const char *p, int64_t *by)
{
    static const struct {
        const char *text;
        int64_t by;
    } rows[] = {{"万", 10000}, {"千", 1000}, {"亿", 100000000}, {"k", 1000}, {"million", 1000000}, {"mn", 1000000}};

    *by = 1;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        size_t n = strlen(rows[i].text);
        if (strncmp(p, rows[i].text, n) != 0 ||
            (rows[i].text[0] < 0x7f && rows[i].text[0] > 0 && p[n] >= 'a' && p[n] <= 'z'))
            continue;
        *by = rows[i].by;
        return n;
    }
    return 0;
}

static int malformed(const char *text, struct err *err)
{
    return quote_faulty(TEXT_QUOTE_NO_AMOUNT, text, err);
}

int quote_scan_amount(const char *text, dec_t *out, char currency[CURRENCY_TEXT], const char **rest, struct err *err)
{
    const char *p = text;
    char digits[80];
    int64_t by;

    *currency = '\0';
    if (take_sign(&p, currency, text, err) != 0)
        return -1;
    p += *p == ':';
    bool negative = *p == '-';
    p += negative || *p == '+';
    if (take_sign(&p, currency, text, err) != 0)
        return -1;
    if (!digit(*p))
        return strpbrk(text, "0123456789") != NULL ? malformed(text, err) : 0;
    size_t n = grouped(p, digits, sizeof digits);
    if (n == 0)
        return malformed(text, err);
    if (dec_parse(digits, strlen(digits), out, err) != 0)
        return -1;
    p += n;
    p += strspn(p, " ");
    p += multiple(p, &by);
    *out = dec_muln(negative ? dec_neg(*out) : *out, by);
    if (dec_check(*out, "the amount", err) != 0 || take_sign(&p, currency, text, err) != 0)
        return -1;
    if (!strncmp(p, "整", 3))
        p += 3;
    *rest = p;
    return 1;
}

/* Folds into a fixed room, as these texts are short. */
static int folded(const char *text, char **out, struct arena *a, struct err *err)
{
    if (strlen(text) > 400)
        return err_set(err, ERR_USAGE, "'%.40s...' is too long for an amount", text);
    *out = quote_fold(a, text);
    return *out == NULL ? err_nomem(err) : 0;
}

int quote_amount(const char *text, dec_t *out, char currency[CURRENCY_TEXT], struct err *err)
{
    struct arena a = {0};
    const char *rest = "";
    char *t;

    int rc = folded(text, &t, &a, err);
    if (rc == 0)
        rc = quote_scan_amount(t, out, currency, &rest, err);
    if (rc == 1 && *rest != '\0')
        rc = malformed(text, err);
    arena_free(&a);
    return rc;
}

/* ---- discounts ---- */

static int no_discount(const char *text, struct err *err)
{
    return quote_faulty(TEXT_QUOTE_NO_DISCOUNT, text, err);
}

static int numeral_at(const char *p)
{
    int n;

    return strncmp(p, "十", 3) != 0 && (unsigned char)*p >= 0x80 && quote_whole(p, &n) == 3 ? n : -1;
}

/* "八五" and "八" as digits "85" and "8". */
static size_t numerals(const char *p, char *out)
{
    size_t n = 0;

    while (n < 3 && numeral_at(p + 3 * n) >= 0) {
        out[n] = (char)('0' + numeral_at(p + 3 * n));
        n++;
    }
    out[n] = '\0';
    return 3 * n;
}

/* "85", "8.5", "8" before 折: tenths when there is one digit before the point, hundredths when two and no point. */
static int read_zhe(const char *text, const char *digits, dec_t *out, struct err *err)
{
    dec_t v;
    size_t whole = strcspn(digits, ".");

    if (whole > 2 || (whole == 2 && digits[2] == '.') || dec_parse(digits, strlen(digits), &v, err) != 0)
        return no_discount(text, err);
    v = dec_div(v, dec_int64(whole == 1 ? 10 : 100), DEC_EXACT);
    if (dec_bad(v) || dec_sign(v) <= 0)
        return no_discount(text, err);
    *out = dec_sub(DEC_ONE, v);
    return 1;
}

static bool no_discount_at_all(const char *t)
{
    static const char *const words[] = {"无", "无折扣", "不打折", "none", "no discount", "-", "—", "--"};

    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (!strcmp(words[i], t))
            return true;
    return false;
}

static int read_discount(const char *text, const char *t, dec_t *out, struct err *err)
{
    char digits[80];

    if (no_discount_at_all(t)) {
        *out = DEC_ZERO;
        return 1;
    }
    size_t n = numerals(t, digits);
    if (n == 0)
        n = grouped(t, digits, sizeof digits);
    if (n == 0)
        return strpbrk(t, "0123456789%") != NULL || strstr(t, "折") != NULL ? no_discount(text, err) : 0;
    const char *p = t + n + strspn(t + n, " ");
    if (!strcmp(p, "折"))
        return read_zhe(text, digits, out, err);
    if (strcmp(p, "%") != 0 && strcmp(p, "% off") != 0 && strcmp(p, "%off") != 0)
        return no_discount(text, err);
    if (dec_parse(digits, strlen(digits), out, err) != 0)
        return -1;
    *out = dec_div(*out, dec_int64(100), DEC_EXACT);
    return !dec_bad(*out) && dec_cmp(*out, DEC_ONE) < 0 ? 1 : no_discount(text, err);
}

int quote_discount(const char *text, dec_t *out, struct err *err)
{
    struct arena a = {0};
    char *t;

    int rc = folded(text, &t, &a, err);
    if (rc == 0)
        rc = read_discount(text, t, out, err);
    arena_free(&a);
    return rc;
}

/* ---- tax ---- */

static bool holds(const char *t, const char *const *words)
{
    for (; *words != NULL; words++)
        if (strstr(t, *words) != NULL)
            return true;
    return false;
}

static int read_rate(const char *text, const char *t, dec_t *rate, bool *has_rate, struct err *err)
{
    for (const char *p = strchr(t, '%'); p != NULL; p = strchr(p + 1, '%')) {
        const char *from = p;
        while (from > t && from[-1] == ' ')
            from--;
        const char *end = from;
        while (from > t && (digit(from[-1]) || from[-1] == '.'))
            from--;
        dec_t v;
        if (from == end || dec_parse(from, (size_t)(end - from), &v, err) != 0)
            return quote_faulty(TEXT_QUOTE_NO_TAX_RATE, text, err);
        v = dec_div(v, dec_int64(100), DEC_EXACT);
        if (dec_bad(v) || dec_cmp(v, DEC_ONE) > 0 || (*has_rate && dec_cmp(v, *rate) != 0))
            return quote_faulty(TEXT_QUOTE_TWO_RATES, text, err);
        *rate = v;
        *has_rate = true;
    }
    return 0;
}

static int read_tax(const char *text, const char *t, dec_t *rate, bool *has_rate, enum invoice *invoice,
                    bool *has_invoice, struct err *err)
{
    static const char *const special[] = {"专票", "专用发票", "专用", "special", NULL};
    static const char *const ordinary[] = {"普票", "普通发票", "普通", "ordinary", "general invoice", NULL};

    *has_rate = *has_invoice = false;
    if (read_rate(text, t, rate, has_rate, err) != 0)
        return -1;
    bool is_special = holds(t, special), is_ordinary = holds(t, ordinary);
    if (is_special && is_ordinary)
        return quote_faulty(TEXT_QUOTE_TWO_INVOICES, text, err);
    *has_invoice = is_special || is_ordinary;
    *invoice = is_ordinary ? INVOICE_ORDINARY : INVOICE_SPECIAL;
    if (!*has_rate && !*has_invoice && strpbrk(t, "0123456789") != NULL)
        return quote_faulty(TEXT_QUOTE_NO_TAX_RATE, text, err);
    return *has_rate || *has_invoice;
}

int quote_tax(const char *text, dec_t *rate, bool *has_rate, enum invoice *invoice, bool *has_invoice, struct err *err)
{
    struct arena a = {0};
    char *t;

    int rc = folded(text, &t, &a, err);
    if (rc == 0)
        rc = read_tax(text, t, rate, has_rate, invoice, has_invoice, err);
    arena_free(&a);
    return rc;
}
