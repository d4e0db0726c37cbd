/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Words of AWS in ours.
 */
#include "fetchers/aws_parts.h"

#include <string.h>

int aws_term(struct price_cell length)
{
    if (price_cell_is(length, "1yr") || price_cell_is(length, "1"))
        return 12;
    return price_cell_is(length, "3yr") || price_cell_is(length, "3") ? 36 : 0;
}

const char *aws_option(struct price_cell option)
{
    static const struct {
        const char *theirs, *ours;
    } options[] = {
        {"No Upfront", "no-upfront"}, {"Partial Upfront", "partial-upfront"}, {"All Upfront", "all-upfront"}};

    for (size_t i = 0; i < sizeof options / sizeof *options; i++)
        if (price_cell_is(option, options[i].theirs))
            return options[i].ours;
    return NULL;
}

const char *aws_os(struct price_cell operation)
{
    if (price_cell_is(operation, "RunInstances"))
        return "linux";
    return price_cell_is(operation, "RunInstances:0002") ? "windows" : NULL;
}

static bool is_upper(char c)
{
    return c >= 'A' && c <= 'Z';
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* "USE2-", "EU-": two to four capitals, then perhaps a digit. */
struct price_cell aws_usage(struct price_cell usage)
{
    size_t n = 0;

    while (n < usage.n && is_upper(usage.v[n]))
        n++;
    if (n < 2 || n > 4)
        return usage;
    while (n < usage.n && n < 5 && is_digit(usage.v[n]))
        n++;
    if (n == usage.n || usage.v[n] != '-')
        return usage;
    return (struct price_cell){usage.v + n + 1, usage.n - n - 1};
}

/* Names of places as the price lists write them; lists before 2021 have no region's code beside them. */
const char *aws_region(struct price_cell location)
{
    static const struct {
        const char *name, *region;
    } places[] = {
        {"China (Beijing)", "cn-north-1"},
        {"China (Ningxia)", "cn-northwest-1"},
        {"US East (N. Virginia)", "us-east-1"},
        {"US East (Ohio)", "us-east-2"},
        {"US West (N. California)", "us-west-1"},
        {"US West (Oregon)", "us-west-2"},
        {"AWS GovCloud (US)", "us-gov-west-1"},
        {"AWS GovCloud (US-West)", "us-gov-west-1"},
        {"AWS GovCloud (US-East)", "us-gov-east-1"},
        {"Africa (Cape Town)", "af-south-1"},
        {"Asia Pacific (Hong Kong)", "ap-east-1"},
        {"Asia Pacific (Mumbai)", "ap-south-1"},
        {"Asia Pacific (Osaka)", "ap-northeast-3"},
        {"Asia Pacific (Osaka-Local)", "ap-northeast-3"},
        {"Asia Pacific (Seoul)", "ap-northeast-2"},
        {"Asia Pacific (Singapore)", "ap-southeast-1"},
        {"Asia Pacific (Sydney)", "ap-southeast-2"},
        {"Asia Pacific (Jakarta)", "ap-southeast-3"},
        {"Asia Pacific (Tokyo)", "ap-northeast-1"},
        {"Canada (Central)", "ca-central-1"},
        {"EU (Frankfurt)", "eu-central-1"},
        {"Europe (Frankfurt)", "eu-central-1"},
        {"EU (Ireland)", "eu-west-1"},
        {"Europe (Ireland)", "eu-west-1"},
        {"EU (London)", "eu-west-2"},
        {"Europe (London)", "eu-west-2"},
        {"EU (Paris)", "eu-west-3"},
        {"Europe (Paris)", "eu-west-3"},
        {"EU (Stockholm)", "eu-north-1"},
        {"Europe (Stockholm)", "eu-north-1"},
        {"EU (Milan)", "eu-south-1"},
        {"Europe (Milan)", "eu-south-1"},
        {"Middle East (Bahrain)", "me-south-1"},
        {"South America (Sao Paulo)", "sa-east-1"},
    };

    for (size_t i = 0; i < sizeof places / sizeof *places; i++)
        if (price_cell_is(location, places[i].name))
            return places[i].region;
    return NULL;
}
