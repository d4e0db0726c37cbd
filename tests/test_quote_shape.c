/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Shapes, sizes and names of products in specifications as suppliers write them.
 */
#include "fetchers/quote_parts.h"
#include "tests/support/test.h"

#include <string.h>

static const char *number(bool known, dec_t v, char out[DEC_TEXT])
{
    if (!known)
        return "-";
    dec_format(v, 0, out);
    return out;
}

/* "vcpu memory size rate" */
static void has(const char *text, const char *expected)
{
    struct arena a = {0};
    char v[DEC_TEXT], m[DEC_TEXT], z[DEC_TEXT], b[DEC_TEXT], got[4 * DEC_TEXT];
    struct quote_shape s;
    struct err err = {.text = ""};

    if (quote_shape(&a, text, &s, &err) != 0)
        fail_msg("%s", err.text);
    struct buf line = {0};
    buf_printf(&line, "%s %s %s %s", number(s.has_vcpu, s.vcpu, v), number(s.has_memory, s.memory, m),
               number(s.has_size, s.size, z), number(s.has_rate, s.rate, b));
    assert_true(line.n < sizeof got);
    memcpy(got, line.v, line.n + 1);
    buf_free(&line);
    arena_free(&a);
    if (strcmp(got, expected) != 0)
        fail_msg("'%s': %s, not %s", text, got, expected);
}

static void shapes(void **state)
{
    (void)state;
    has("8核16G", "8 16 - -");
    has("8C16G", "8 16 - -");
    has("８Ｃ１６Ｇ", "8 16 - -");
    has("8 vCPU 16 GiB", "8 16 - -");
    has("8vCPU, 16GB memory", "8 16 - -");
    has("CPU 8核 内存 16G 系统盘40G", "8 16 40 -");
    has("4核 系统盘40G 内存16G", "4 16 40 -");
    has("内存16G 4核", "4 16 - -");
    has("2核4G 5M带宽 40G SSD", "2 4 40 5");
    has("0.5 vCPU 1 GiB", "0.5 1 - -");
}

static void sizes(void **state)
{
    (void)state;
    has("100GB SSD", "- - 100 -");
    has("2TB 高效云盘", "- - 2048 -");
    has("系统盘40G 数据盘200G", "- - - -"); /* two sizes: no single one */
    has("10Mbps", "- - - 10");
    has("10M带宽", "- - - 10");
    has("带宽 10M", "- - - 10");
    has("1Gbps", "- - - 1000");
    has("10M", "- - - -"); /* of what? */
}

static void names_hold_no_sizes(void **state)
{
    (void)state;
    has("ecs.g7.2xlarge", "- - - -");
    has("S6.2XLARGE16", "- - - -");
    has("ecs.c7.4c8g", "- - - -");
    has("MySQL 8.0", "- - - -");
    has("ESSD PL1 500G", "- - 500 -");
    has("7x24 support", "- - - -");
    has("0核0G", "- - - -");
}

static void is_sku(const char *text, const char *sku)
{
    struct arena a = {0};

    assert_string_equal(quote_sku(&a, text), sku);
    arena_free(&a);
}

static void skus(void **state)
{
    (void)state;
    is_sku("云服务器 ecs.g7.2xlarge 8核32G", "ecs.g7.2xlarge");
    is_sku("S6.2XLARGE16", "S6.2XLARGE16");
    is_sku("（s6.xlarge.2）", "s6.xlarge.2");
    is_sku("VM m5.xlarge", "m5.xlarge");
    is_sku("Standard_D4s_v5 in Shanghai", "Standard_D4s_v5");
    is_sku("cloud_essd_pl1 100G", "cloud_essd_pl1");
    is_sku("A large machine.", "");
    is_sku("MySQL 8.0", "");
    is_sku("1,234.50", "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(shapes), cmocka_unit_test(sizes),
                                       cmocka_unit_test(names_hold_no_sizes), cmocka_unit_test(skus)};

    return cmocka_run_group_tests(tests, NULL, NULL);
}
