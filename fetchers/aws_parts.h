/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the two fetchers of AWS share: the way from the service index to a file (aws_index.c), and the
 * provider's words in ours (aws_words.c); and the halves of the one for offers: what a product is
 * (aws_products.c), what is asked to pay for it (aws_offers.c).
 */
#ifndef TCO_AWS_PARTS_H
#define TCO_AWS_PARTS_H

#include "fetchers/fetcher.h"
#include "fetchers/harvest.h"
#include "fetchers/json_read.h"
#include "fetchers/price_list.h"

/* ---- aws_index.c ---- */

/* The path of the service index of a site: "/offers/v1.0/cn/index.json". */
const char *aws_index_path(const char *site);
/* What the service index says under a key of an offer, ("AmazonEC2", "currentRegionIndexUrl"); NULL when it
 * has no such offer or key. Copied. */
int aws_offer_url(const char *body, size_t len, const char *offer, const char *key, struct arena *a, const char **out,
                  struct err *err);
/* The files of some regions as a region index names them, NULL for a region it does not have. Offers write
 * an object, savings plans a list. Copied. */
int aws_region_urls(const char *body, size_t len, const struct fetch_job *job, struct arena *a, const char **urls,
                    struct err *err);
/* An absolute URL at the job's endpoint from one that an index gave; `csv`: its CSV form. */
int aws_follow(const struct fetch_job *job, const char *path, bool csv, struct arena *a, const char **out,
               struct err *err);

/* ---- aws_words.c ---- */

/* "1yr", "3yr", "1": 12 or 36 months; 0: neither. */
int aws_term(struct price_cell length);
/* "No Upfront" -> "no-upfront"; NULL for anything else. */
const char *aws_option(struct price_cell option);
/* The system that runs under an operation without anything else to pay for: "RunInstances" is "linux",
 * "RunInstances:0002" is "windows"; NULL for another licence or software. */
const char *aws_os(struct price_cell operation);
/* A usage type without the prefix of its region: "CNN1-BoxUsage:m5.large" -> "BoxUsage:m5.large". */
struct price_cell aws_usage(struct price_cell usage);
/* The region of a place's name, "China (Beijing)" -> "cn-north-1"; NULL: not known. */
const char *aws_region(struct price_cell location);

/* ---- aws_products.c ---- */

enum aws_offer { AWS_EC2, AWS_S3, AWS_RDS, AWS_TRANSFER, AWS_OFFERS };
extern const char *const aws_offer_names[AWS_OFFERS]; /* "AmazonEC2" ... */

enum aws_column {
#define COLUMN(id, name, offers) COL_##id,
#include "fetchers/aws_columns.def"
#undef COLUMN
    COL_COUNT
};

/* A file under way: which, and where its columns are. */
struct aws_file {
    enum aws_offer offer;
    const char *region;
    const struct fetch_job *job;
    bool takes_transfer; /* of EC2: no file of its own has the transfer */
    struct price_list list;
    int at[COL_COUNT];
    struct arena *arena; /* texts of products and reasons */
};
struct price_cell aws_cell(const struct aws_file *f, enum aws_column c);

/* A product that counts; texts live in the arena. */
struct aws_product {
    const char *service, *sku, *os;
    enum unit unit;
    const char *published_unit; /* what the rows that price it have for unit */
    enum tier_scope scope;
    struct aws_reservation *reserved; /* NULL: none so far; of aws_offers.c */
};

/* Finds the columns in the header. */
int aws_columns(struct aws_file *f, struct err *err);
/* What the product of the row is: *reason NULL and *out filled, or why it does not count (static, or in the
 * arena). Its shape goes to the harvest. */
int aws_product(const struct aws_file *f, struct aws_product *out, const char **reason, struct harvest *h,
                struct err *err);

/* ---- aws_offers.c ---- */

/* Reads the file of an offer and region into the harvest. */
int aws_read_offer(struct aws_file *f, const char *body, size_t len, struct harvest *h, struct err *err);

#endif
