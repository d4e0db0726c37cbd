/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Measure ids of Huawei Cloud: what usage and sizes are counted in, in its calculator and its ratings.
 */
#ifndef TCO_HUAWEI_MEASURES_H
#define TCO_HUAWEI_MEASURES_H

enum {
    MEASURE_MONEY = 1,
    MEASURE_HOUR = 4,
    MEASURE_PLAN_HOUR = 6, /* the hour of the calculator's plans; questions say 4 */
    MEASURE_GB = 10,
    MEASURE_GB_HOUR = 13,
    MEASURE_MBPS = 15,
    MEASURE_DISK_GB = 17,
    MEASURE_MB = 21,
    MEASURE_GIB = 102,
};

#endif
