/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The three price files of Alibaba Cloud's ECS price page, read member by member: tens of megabytes, one
 * object of all prices each. For aliyun_files.c.
 */
#ifndef TCO_ALIYUN_FILES_H
#define TCO_ALIYUN_FILES_H

#include "fetchers/aliyun_book.h"
#include "fetchers/json_members.h"

/* A file under way. */
struct aliyun_file {
    const struct fetch_job *job;
    struct harvest *out;
    struct arena *arena;     /* for what is needed while the file is read */
    struct fetch_price like; /* what its head says of all prices */
    struct json_members m;   /* its `pricingInfo` */
    bool *sold;              /* by region of the job: there are prices of machines */
};

int aliyun_read_instances(struct aliyun_file *f, struct err *err);
int aliyun_read_disks(struct aliyun_file *f, struct err *err);
int aliyun_read_bandwidth(struct aliyun_file *f, struct err *err);

/* Delivers p with this entry's `price`, divided by its `value` when `per_value`: a price for "100" GiB. Missing
 * and 0 are counted, never a price. *taken (may be NULL) says which. */
int aliyun_file_price(struct aliyun_file *f, const struct json *entry, struct fetch_price *p, bool per_value,
                      bool *taken, struct err *err);

/* Counts a machine whose month and hour do not belong together (aliyun_ratio.c). */
int aliyun_check_ratio(struct aliyun_file *f, const struct json *machine, const struct fetch_price *p, struct err *err);

/* Of several members for one thing (network variants of a machine, disks as system or data disk) one is
 * the price: the preferred one, else the only one. The others are held until all are seen. */
struct aliyun_choice {
    struct aliyun_file *file;
    const char *passed_over; /* why a member is left out that stands beside the preferred one */
    const char *undecided;   /* and when there are several without a preferred one */
    int (*deliver)(struct aliyun_file *f, const struct json_members *m, struct err *err);
    struct aliyun_seen *seen;
};
int aliyun_choice_open(struct aliyun_choice *c, struct err *err);
/* The member at hand belongs to `thing`. */
int aliyun_choice_add(struct aliyun_choice *c, const char *thing, bool preferred, struct err *err);
/* Decides about those held, unless something failed; frees. */
int aliyun_choice_close(struct aliyun_choice *c, int rc, struct err *err);

/* The parts of a member's key between "::"; false unless there are n. Copied to the arena. */
bool aliyun_key_parts(struct arena *a, const struct json_members *m, const char **parts, size_t n);

#endif
