/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Cells of an inventory, field by field: what people write, and what is no word of the table.
 */
#include "tests/support/inventory_case.h"
#include "tests/support/rules_fixture.h"
#include "tests/support/test.h"

#include "calc/batch_cell.h"

#include <string.h>

static int open_words(void **state)
{
    static struct inventory_case c;
    inventory_case(&c, &rules_fixture, "", "name");
    *state = &c;
    return 0;
}

static int close_words(void **state)
{
    inventory_case_free(*state);
    return 0;
}

/* to NULL: nothing is wanted. */
static void reads(struct inventory_case *c, const char *header, const char *text, const char *to)
{
    struct inventory_header h;
    struct err err = {0};
    const char *out = "?";
    assert_int_equal(inventory_header(&c->fields.words, header, &c->arena, &h, &err), 1);
    if (batch_cell_read(&c->fields.words, &h, text, &c->arena, &out, &err) != 0)
        fail_msg("%s '%s': %s", header, text, err.text);
    if ((out == NULL) != (to == NULL) || (to && strcmp(out, to) != 0))
        fail_msg("%s '%s' is '%s', not '%s'", header, text, out ? out : "nothing", to ? to : "nothing");
}

static void refuses(struct inventory_case *c, const char *header, const char *text, const char *why)
{
    struct inventory_header h;
    struct err err = {0};
    const char *out;
    assert_int_equal(inventory_header(&c->fields.words, header, &c->arena, &h, &err), 1);
    assert_int_equal(batch_cell_read(&c->fields.words, &h, text, &c->arena, &out, &err), -1);
    assert_int_equal(err.kind, ERR_USAGE);
    assert_string_equal(err.text, why);
}

static void numbers(void **state)
{
    struct inventory_case *c = *state;
    reads(c, "vcpu", "4", "4");
    reads(c, "vcpu", " 4核 ", "4");
    reads(c, "vcpu", "8 vCPU", "8");
    reads(c, "vcpu", "８Ｃ", "8");
    reads(c, "vcpu", "0", "0"); /* for the configuration to refuse */
    reads(c, "vcpu", "", NULL);
    refuses(c, "vcpu", "4C8G", "unknown unit 'c8g' (known: vCPU, vCPUs, CPU, CPUs, C, core, cores, 核, 核心, 核CPU)");
    refuses(c, "vcpu", "four", "'four' is no number");
    refuses(c, "vcpu", "无", "'无' is no number");
    reads(c, "count", "12台", "12");
    reads(c, "count", "0.5", "0.5");
    refuses(c, "count", "1,024", "unknown unit ',024' (known: 台, 个, 套, 块, pcs, units, instances, servers)");
    reads(c, "gpu", "2卡", "2");
    reads(c, "gpu", "0", NULL);
    reads(c, "gpu", "无", NULL);
}

static void sizes(void **state)
{
    struct inventory_case *c = *state;
    reads(c, "memory", "16G", "16 GiB");
    reads(c, "memory", "16 GiB", "16 GiB");
    reads(c, "memory", "16384mb", "16384 MiB");
    reads(c, "内存(GB)", "16", "16 GiB");
    reads(c, "内存(GB)", "512M", "512 MiB"); /* the cell says it itself */
    refuses(c, "memory", "16", "'16' lacks its unit (such as 16 GB, or in the header)");
    refuses(c, "memory", "16 Gbit", "unknown unit 'gbit' (known: MiB, GiB, TiB, PiB)");
    reads(c, "disk", "40G", "40 GiB");
    reads(c, "disk", "0", NULL);
    reads(c, "disk", "0GB", NULL);
    reads(c, "disk", "-", NULL);
    reads(c, "disk", "无", NULL);
    refuses(c, "disk", "40G+100G", "unknown unit 'g+100g' (known: MiB, GiB, TiB, PiB)");
    reads(c, "egress", "8TB/月", "8 TiB");
    reads(c, "bandwidth", "5M", "5 Mbps");
    reads(c, "bandwidth", "100兆", "100 Mbps");
    reads(c, "bandwidth", "1Gbps", "1 Gbps");
    refuses(c, "bandwidth", "5MB/s", "unknown unit 'mb/s' (known: Mbps, Gbps)"); /* bytes, or bits? */
    refuses(c, "bandwidth", "5", "'5' lacks its unit (such as 5 Mbps, or in the header)");
}

static void words(void **state)
{
    struct inventory_case *c = *state;
    reads(c, "os", "CentOS 7.9", "linux");
    reads(c, "os", "Windows Server 2019", "windows");
    refuses(c, "os", "BeOS", "unknown os 'BeOS' (known: windows, linux)");
    reads(c, "arch", "x86_64", "amd64");
    reads(c, "arch", "鲲鹏", "arm64");
    reads(c, "kind", "云服务器", "compute");
    reads(c, "kind", "RDS", "database");
    reads(c, "disk_class", "SSD云盘", "ssd");
    refuses(c, "disk_class", "NVMe",
            "unknown disk_class 'NVMe' (known: hdd, ssd, hdd-zrs, ssd-entry, ssd-entry-zrs, ssd-zrs, ssd-premium, "
            "ssd-premium-zrs)");
    reads(c, "ha", "主备", "yes");
    reads(c, "name", "  web   one\n", "web one");
    refuses(c, "name", "web\x01", "the cell holds a control character");
}

static void charges(void **state)
{
    struct inventory_case *c = *state;
    reads(c, "charge", "包年", "prepaid 12 months");
    reads(c, "charge", "包月", "prepaid 1 month");
    reads(c, "charge", "按量付费", "on-demand");
    reads(c, "charge", "Reserved 3 years", "reserved 36 months");
    /* what the table does not have goes to the configuration, which knows its own words and refuses others */
    reads(c, "charge", "savings-plan 12 months", "savings-plan 12 months");
    reads(c, "charge", "包年包月", "包年包月");
}

static void times(void **state)
{
    struct inventory_case *c = *state;
    reads(c, "hours", "365", "365");
    reads(c, "hours", "200小时", "200");
    reads(c, "hours", "7x24", "730");
    reads(c, "hours", "全天", "730");
    refuses(c, "hours", "8h/day", "unknown unit 'h/day' (known: h, hour, hours, 小时, 小时/月, h/month, hours/month)");
    reads(c, "growth", "2% / month", "2% / month");
    reads(c, "growth", "24%/年", "24% / year");
    reads(c, "增长率(年)", "24%", "24% / year");
    reads(c, "growth", "2%", "2%"); /* the configuration asks for the period */
    reads(c, "growth", "-", NULL);
    refuses(c, "growth", "2%/week", "unknown period 'week' (known: month, year)");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(numbers), cmocka_unit_test(sizes), cmocka_unit_test(words),
        cmocka_unit_test(charges), cmocka_unit_test(times),
    };
    return cmocka_run_group_tests(tests, open_words, close_words);
}
