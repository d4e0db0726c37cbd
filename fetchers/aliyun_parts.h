/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The fetcher `aliyun` in its parts. It asks in three stages, one after another:
 *
 *   lists     QuerySkuPriceList: all machines, disks and traffic by the hour, in pages (aliyun_lists.c)
 *   quotes    GetPayAsYouGoPrice, GetSubscriptionPrice: public addresses and disks, by region (aliyun_quotes.c)
 *   machines  DescribePrice: the job's machines by month and year, by hour where no list has them (aliyun_machines.c)
 */
#ifndef TCO_ALIYUN_PARTS_H
#define TCO_ALIYUN_PARTS_H

#include "calc/intern.h"
#include "fetchers/aliyun_answer.h"
#include "fetchers/aliyun_book.h"

struct aliyun {
    const struct fetch_job *job;
    const struct aliyun_book *book;
    struct arena arena, question, answer; /* for the job, the question under way, its answer */
    int stage;
    bool described;
    struct {
        int list, page;
        const char *token;    /* of the page to ask for; NULL: the first */
        struct intern tokens; /* those there were: a list must not go round in circles */
        size_t seen, total;   /* SKUs of the list */
    } lists;
    struct intern listed; /* "region type" of machines with an hourly price in the lists */
    struct {
        size_t region;
        int quote;
        dec_t totals[6]; /* for 1 to 6 Mbps; 0: no price */
    } quotes;
    struct {
        size_t region, sku;
        int way;             /* by hour, month, year */
        bool second;         /* the system disk is refused: the other one is asked for */
        struct intern essd;  /* machines that take cloud_essd only */
        struct intern disks; /* "region disk" with a monthly price */
    } machines;
};

struct aliyun_stage {
    /* FETCH_ASK, FETCH_DONE when the stage has no more, -1. Name, endpoint and url are to be filled. */
    int (*ask)(struct aliyun *s, struct fetch_request *out, struct err *err);
    /* FETCH_READ and on to the next question, FETCH_AGAIN, -1. */
    int (*read)(struct aliyun *s, const struct fetch_answer *in, const struct answer_node *root, struct harvest *out,
                struct err *err);
};
extern const struct aliyun_stage aliyun_lists, aliyun_quotes, aliyun_machines;

struct aliyun_parameter {
    const char *name, *value;
};
/* "https://HOST/?Format=JSON&Action=..."; a parameter without a value (NULL, "") is left out, NULL ends the list.
 * Lives until the next question. NULL: no memory. */
const char *aliyun_url(struct aliyun *s, const char *endpoint, const struct aliyun_parameter *parameters);

/* A price like all of this answer. */
int aliyun_like(const struct aliyun *s, const char *currency, struct fetch_price *out, struct err *err);

/* List and contracted price of a node by the names they have there: 1, 0 when the list price is missing or 0. */
int aliyun_amounts(const struct answer_node *v, const char *list, const char *contracted, struct fetch_price *p,
                   struct err *err);

#endif
