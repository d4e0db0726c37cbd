/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "calc/bill_words.h"

#include <string.h>

static const struct {
    const char *name, *kind; /* a service of the price packs, or a ServiceCategory of FOCUS */
} service_table[] = {
    {"compute", "compute"},        {"database", "database"},  {"block-storage", "storage"},
    {"object-storage", "storage"}, {"snapshot", "storage"},   {"requests", "storage"},
    {"egress", "network"},         {"bandwidth", "network"},  {"public-ip", "network"},
    {"load-balancer", "network"},  {"nat", "network"},        {"cross-region-transfer", "network"},
    {"Compute", "compute"},        {"Databases", "database"}, {"Storage", "storage"},
    {"Networking", "network"},
};

const char *bill_kind(const char *name)
{
    for (size_t i = 0; i < sizeof service_table / sizeof *service_table; i++)
        if (!strcmp(service_table[i].name, name))
            return service_table[i].kind;
    return "";
}

const char *bill_sum_kind(const struct bill_sum *s)
{
    const char *kind = bill_kind(s->service);

    return *kind != '\0' ? kind : bill_kind(s->service_category);
}

bool bill_same_unit(const char *a, const char *b)
{
    size_t na = strlen(a), nb = strlen(b);

    na -= na > 1 && (a[na - 1] == 's' || a[na - 1] == 'S');
    nb -= nb > 1 && (b[nb - 1] == 's' || b[nb - 1] == 'S');
    for (size_t i = 0; i < na && i < nb; i++)
        if ((a[i] | 0x20) != (b[i] | 0x20))
            return false;
    return na == nb && na > 0;
}

/* Words of bills that are no plural of a unit's own name. */
static const struct {
    const char *word;
    enum unit unit;
} other_words[] = {
    {"hr", UNIT_HOUR},
    {"GiB", UNIT_GB},
    {"GB-Mo", UNIT_GB_MONTH},
    {"GB-Hr", UNIT_GB_HOUR},
    {"LCU-Hr", UNIT_LCU_HOUR},
    {"1M requests", UNIT_REQUESTS_1M},
    {"10K requests", UNIT_REQUESTS_10K},
};

int bill_unit(const char *word)
{
    for (int i = 0; i < UNIT_COUNT; i++)
        if (bill_same_unit(word, unit_table[i].name))
            return i;
    for (size_t i = 0; i < sizeof other_words / sizeof *other_words; i++)
        if (bill_same_unit(word, other_words[i].word))
            return (int)other_words[i].unit;
    return -1;
}
