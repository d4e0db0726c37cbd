/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A meter of Azure: an item of the Retail Prices API and a row of the price sheet of Azure China are the
 * same thing in two dresses, read here once. Meters are gathered first and handed over together, as
 * only the whole list tells whether a meter is a duplicate and whether a price of 0 is a free tier.
 * All prices of both are without tax.
 */
#ifndef TCO_AZURE_METER_H
#define TCO_AZURE_METER_H

#include "calc/intern.h"
#include "fetchers/fetcher.h"
#include "fetchers/harvest.h"

/* As published, borrowed during the call; "" for what is not there. */
struct azure_meter {
    const char *region;  /* armRegionName: "eastus", "CN Zone 1" */
    const char *service; /* serviceName: "Virtual Machines" */
    const char *product; /* productName: "Virtual Machines Dsv5 Series Windows" */
    const char *meter;   /* meterName: "D2s v5 Spot" */
    const char *sku;     /* skuName: "P10 LRS"; of machines "D2 v3" or "Standard_D2_v5" by age */
    const char *arm_sku; /* armSkuName: "Standard_D2s_v5" */
    const char *type;    /* "Consumption", "Reservation", "SavingsPlanConsumption" ... */
    const char *unit;    /* unitOfMeasure: "1 GB/Month" */
    const char *term;    /* "1 Year" */
    const char *currency;
    const char *starts, *ends;     /* when the price holds: "2021-11-01T00:00:00Z" */
    const char *price, *tier_from; /* unitPrice, tierMinimumUnits: numbers as written */
    bool primary;                  /* not a second meter for the same thing */
};

/* Meters gathered so far. Zeroed but for what stands first it is empty. */
struct azure_meters {
    const struct fetch_job *job;
    struct date day;      /* as_of */
    const char *currency; /* every meter must be in it */
    struct arena arena;
    struct azure_found *v;
    size_t n, cap;
};

/* Takes a meter in, or counts why it is none of ours. */
int azure_meters_add(struct azure_meters *all, const struct azure_meter *m, struct harvest *h, struct err *err);
/* Hands over what was gathered and forgets it. With `full` the list of each region and service found was
 * complete. *delivered (may be NULL) gets the number of prices. */
int azure_meters_deliver(struct azure_meters *all, bool full, size_t *delivered, struct harvest *h, struct err *err);
void azure_meters_free(struct azure_meters *all);

#endif
